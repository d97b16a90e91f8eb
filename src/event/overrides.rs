//! What an analyst decides by hand: a table of corrections that is applied to the events of every run.
//!
//! Each row names an event by its id and says what to do with it. What reports say is never altered; the event keeps its id,
//! its claims and, with each [`Decision`], what it was before.

use super::table::when;
use super::{Event, ids};
use crate::actor::ActorId;
use crate::claim::{Site, When};
use crate::diag::{Checked, Code, Locus, Problem, short};
use crate::named::named;
use crate::table::rows::{Meaning, Reading, each};
use crate::table::{Columns, Resolve};
use crate::units::LonLat;
use std::fmt;

mod apply;

pub use apply::{Corrected, apply};

/// The table's name in a project folder.
pub const FILE: &str = "overrides.csv";

/// The columns, in the order they are written.
pub const COLUMNS: &[&str] =
    &["event_id", "action", "place", "lat", "lon", "date", "date_end", "gaining", "losing", "note", "by"];

const NEEDED: &[&[&[&str]]] = &[&[&["event_id"]], &[&["action"]]];

named! {
    /// What a row does with an event.
    Action {
        /// It is not believed: it is on no map and in no table.
        Drop = "drop",
        /// It happened elsewhere.
        FixPlace = "fix_place",
        /// It happened on another day.
        FixDate = "fix_date",
        /// Others gained or lost by it.
        FixSides = "fix_sides",
        /// It is true: graded 1 and no longer disputed.
        Confirm = "confirm",
    }
}

impl Action {
    /// The columns that say what to do, besides those that every row has.
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Drop | Self::Confirm => &[],
            Self::FixPlace => &["place", "lat", "lon"],
            Self::FixDate => &["date", "date_end"],
            Self::FixSides => &["gaining", "losing"],
        }
    }
}

/// A row: what to do with which event, and who says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// The event.
    pub event_id: String,
    /// What to do with it.
    pub correction: Correction,
    /// The table.
    pub file: String,
    /// The row's line in it, from 1.
    pub line: u64,
    /// Who decided.
    pub by: Option<String>,
    /// Why.
    pub note: Option<String>,
}

/// What a row does with an event, with what it needs for that.
#[derive(Clone, Debug, PartialEq)]
pub enum Correction {
    /// Drops it.
    Drop,
    /// Moves it to another ground.
    Place(Box<Site>),
    /// Moves it to a position, under the name it has.
    Position(LonLat),
    /// Dates it.
    Date(When),
    /// Says who gained and who lost, where given.
    Sides {
        /// Who gained.
        gaining: Option<ActorId>,
        /// Who lost.
        losing: Option<ActorId>,
    },
    /// Confirms it.
    Confirm,
}

impl Correction {
    /// The action that asks for it.
    #[must_use]
    pub fn action(&self) -> Action {
        match self {
            Self::Drop => Action::Drop,
            Self::Place(_) | Self::Position(_) => Action::FixPlace,
            Self::Date(_) => Action::FixDate,
            Self::Sides { .. } => Action::FixSides,
            Self::Confirm => Action::Confirm,
        }
    }
}

/// A correction that was applied to an event.
///
/// In words: `date fixed by overrides.csv:3 (by AB: phone call with the mayor), was 2024-12-04`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What was done.
    pub action: Action,
    /// The table, without its folder.
    pub file: String,
    /// The row's line in it, from 1.
    pub line: u64,
    /// Who decided.
    pub by: Option<String>,
    /// Why.
    pub note: Option<String>,
    /// What the event was before, where that is another.
    pub was: Option<String>,
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.action {
            Action::Drop => "dropped",
            Action::FixPlace => "place fixed",
            Action::FixDate => "date fixed",
            Action::FixSides => "sides fixed",
            Action::Confirm => "confirmed",
        };
        write!(f, "{what} by {}:{}", self.file, self.line)?;
        match (&self.by, &self.note) {
            (Some(by), Some(note)) => write!(f, " (by {by}: {note})")?,
            (Some(by), None) => write!(f, " (by {by})")?,
            (None, Some(note)) => write!(f, " ({note})")?,
            (None, None) => {}
        }
        self.was.as_ref().map_or(Ok(()), |was| write!(f, ", was {was}"))
    }
}

/// Reads a table of corrections: `event_id` and `action`, and what the action needs.
///
/// `drop` and `confirm` need nothing more; `fix_place` a `place`, or `lat` and `lon`, or all of them; `fix_date` a `date`,
/// which may be a month or a year, and perhaps a `date_end`; `fix_sides` a `gaining` or a `losing`. `note` and `by` say why
/// and who. `resolve` finds a place that the table only names, `actor` the id behind a name of an actor.
///
/// # Errors
/// None; see [`table::read`](crate::table::read) for the header. A row that lacks what its action needs is told with its line and left out; a
/// cell that its action has no use for is told and ignored.
///
/// # Example
/// ```
/// use conflict_map::{actor::ActorId, event::overrides};
/// let text = "event_id,action,date,note\n2024-12-05-hama-captured-rebels,fix_date,2024-12-04,seen by the mayor\n";
/// let rows = overrides::read("overrides.csv", text.as_bytes(), &|_| None, &|name| ActorId(name.into()));
/// assert_eq!(rows.value[0].correction.action().name(), "fix_date");
/// ```
#[must_use]
pub fn read(
    name: &str,
    bytes: &[u8],
    resolve: &Resolve<'_>,
    actor: &dyn Fn(&str) -> ActorId,
) -> Checked<Vec<Override>> {
    each(name, bytes, Columns { known: COLUMNS, needed: NEEDED }, Meaning { resolve, actor }, read_row)
}

fn read_row(row: &mut Reading<'_>) -> Result<Override, Problem> {
    let bad = |row: &Reading<'_>, message: String| row.problem(Code::BadRow, message);
    let Some(event_id) = row.cell("event_id") else {
        return Err(bad(row, "the row names no event in `event_id`".to_owned())
            .help("events.csv has the id of each event in its first column, and `why` prints it"));
    };
    let Some(action) = row.cell("action") else {
        return Err(bad(row, format!("the row says nothing in `action` for `{}`", short(event_id)))
            .help(format!("the actions: {}", actions())));
    };
    let Some(action) = Action::parse(&action.to_lowercase().replace([' ', '-'], "_")) else {
        return Err(bad(row, format!("action `{}` is none of {}", short(action), actions())));
    };
    let lacks = |row: &Reading<'_>, what: &str| bad(row, format!("`{}` needs {what}", action.name()));
    let correction = match action {
        Action::Drop => Correction::Drop,
        Action::Confirm => Correction::Confirm,
        _ if !action.columns().iter().any(|column| row.cell(column).is_some()) => {
            let needs = match action {
                Action::FixPlace => "a `place`, or `lat` and `lon`",
                Action::FixDate => "a `date`",
                _ => "a `gaining` or a `losing`",
            };
            return Err(lacks(row, needs));
        }
        Action::FixPlace => {
            let site = row.site()?;
            match (row.cell("place"), site.at) {
                (None, Some(at)) => Correction::Position(at),
                _ => Correction::Place(Box::new(site)),
            }
        }
        Action::FixDate => match when(row)? {
            When { from: None, to: None, .. } => return Err(lacks(row, "a `date`")),
            day => Correction::Date(day),
        },
        Action::FixSides => Correction::Sides { gaining: row.actor("gaining"), losing: row.actor("losing") },
    };
    let said = ["event_id", "action", "note", "by"];
    let used = |column: &&&str| said.contains(*column) || action.columns().contains(*column);
    for column in COLUMNS.iter().filter(|column| !used(column)) {
        let Some(cell) = row.cell(column).map(short) else { continue };
        let message = format!("`{}` has no use for {column} `{cell}`, which is ignored", action.name());
        row.tell(Code::BadRow, message);
    }
    let words = |column| row.cell(column).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    Ok(Override {
        event_id: event_id.to_owned(),
        correction,
        file: row.file.to_owned(),
        line: row.line(),
        by: words("by"),
        note: words("note"),
    })
}

fn actions() -> String {
    Action::ALL.iter().map(|(_, name)| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
