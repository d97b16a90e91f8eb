//! Who held which place on which day.

use crate::actor::ActorId;
use crate::claim::Site;
use crate::units::Date;

pub mod baseline;

/// Who holds a place. A place nobody is known to hold has no `Control` at all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Control {
    /// One actor holds it.
    Held(ActorId),
    /// Several hold parts of it, or sources disagree; sorted.
    Contested(Vec<ActorId>),
    /// One holds it, encircled.
    Besieged {
        /// Who is inside.
        holder: ActorId,
        /// Who is around it, if named.
        by: Option<ActorId>,
    },
}

impl Control {
    /// Every actor with a part in it, holder first.
    #[must_use]
    pub fn actors(&self) -> Vec<&ActorId> {
        match self {
            Self::Held(actor) => vec![actor],
            Self::Contested(actors) => actors.iter().collect(),
            Self::Besieged { holder, by } => std::iter::once(holder).chain(by).collect(),
        }
    }

    /// The name in files: `held`, `contested` or `besieged`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Held(_) => "held",
            Self::Contested(_) => "contested",
            Self::Besieged { .. } => "besieged",
        }
    }
}

/// One row of a baseline: who held a place before the first event.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// The place.
    pub site: Site,
    /// Who held it.
    pub control: Control,
    /// As of which day, if the row says.
    pub as_of: Option<Date>,
    /// Where that is known from.
    pub source: String,
}

/// A stretch of days during which the control of one place did not change.
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    /// The place.
    pub site: Site,
    /// First day.
    pub start: Date,
    /// First day on which it no longer holds; `None` while it lasts.
    pub end: Option<Date>,
    /// Who holds it; `None` where nobody is known to (a withdrawal with no taker).
    pub control: Option<Control>,
    /// Whether only the side that gained says so.
    pub claimed: bool,
    /// Ids of the events behind it; empty for the baseline.
    pub events: Vec<String>,
    /// Source of the baseline row, where the baseline is behind it.
    pub source: Option<String>,
}
