//! Events: what we believe happened, from the claims of many reports or from a table.

mod merge;
mod voices;

pub use merge::merge;

use crate::actor::ActorId;
use crate::claim::{Change, Site, When};

pub mod table;

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
    /// Stable: made from day, place and change.
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
}

impl Event {
    /// Whether only the gaining side says so (or it is disputed): drawn lighter than what is assessed.
    #[must_use]
    pub fn only_claimed(&self) -> bool {
        self.grade.is_some_and(|grade| grade.information >= 3)
    }
}
