//! Events: what we believe happened, from the claims of many reports or from a table.

mod cluster;
mod copies;
mod grade;
mod ids;
mod merge;
mod rivals;
mod shelf;
mod voices;
mod window;

pub mod overrides;
pub mod table;

pub use merge::merge;

use crate::actor::ActorId;
use crate::claim::{Change, Claim, Site, When};
use crate::diag::{Code, Locus, Problem};
use overrides::Decision;
use std::collections::BTreeMap;

/// How sure an event is: the Admiralty (NATO) code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grade {
    /// Reliability of the best source, `A` (reliable) to `E`, `F` unknown.
    pub source: char,
    /// The information: 1 confirmed, 2 one disinterested report, 3 only the gaining side, 4 claimed and denied,
    /// 5 contradicted, 6 cannot be judged.
    pub information: u8,
}

impl std::fmt::Display for Grade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.source, self.information)
    }
}

/// One change of control as we believe it, with the claims behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Stable: made from day, place, change and side.
    pub id: String,
    /// Which ground.
    pub site: Site,
    /// What happened.
    pub change: Change,
    /// The side that gained.
    pub gaining: Option<ActorId>,
    /// The side that lost.
    pub losing: Option<ActorId>,
    /// When.
    pub day: When,
    /// How sure; `None` in a hand-made table that does not say.
    pub grade: Option<Grade>,
    /// Whether sources disagree.
    pub disputed: bool,
    /// Publishers (or files) behind it, sorted.
    pub sources: Vec<String>,
    /// Ids of the claims behind it, sorted.
    pub claims: Vec<String>,
    /// Free words of the analyst.
    pub note: String,
    /// How it came to be believed so; empty for an event of a table.
    pub record: Record,
}

/// How an event came to be believed as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// What its grade rests on, in words.
    pub reason: String,
    /// What was decided by hand, in the order of the table.
    pub decisions: Vec<Decision>,
}

impl Event {
    /// Whether only the gaining side says so (or it is disputed): drawn lighter than what is assessed.
    #[must_use]
    pub fn only_claimed(&self) -> bool {
        self.grade.is_some_and(|grade| grade.information >= 3)
    }
}

/// What is to be told of events that sources are at odds about: those disputed, and those that better evidence contradicts.
///
/// Each is told at the first of its `claims`.
#[must_use]
pub fn doubts(events: &[Event], claims: &[Claim]) -> Vec<Problem> {
    let claims: BTreeMap<&str, &Claim> = claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let told = |event: &Event| {
        let (code, how) = match event.grade {
            _ if event.disputed => (Code::Disputed, "sources disagree"),
            Some(Grade { information: 5, .. }) => (Code::Contradicted, "it is not believed"),
            _ => return None,
        };
        let at = first_said(event, &claims);
        let (place, what, reason) = (&event.site.name, event.change.name(), &event.record.reason);
        Some(Problem::new(code, at, format!("{place} is said to be {what}, but {how}: {reason}")))
    };
    events.iter().filter_map(told).collect()
}

/// Where an event is said first: in the first of its claims that does not deny it.
pub(crate) fn first_said(event: &Event, claims: &BTreeMap<&str, &Claim>) -> Locus {
    let behind = || event.claims.iter().filter_map(|id| claims.get(id.as_str()));
    let says = behind().find(|claim| claim.standing.name() != "denied").or_else(|| behind().next());
    says.map_or(Locus::Run, |claim| Locus::Words {
        report: claim.evidence.report.clone(),
        span: claim.evidence.name,
    })
}
