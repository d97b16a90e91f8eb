//! Writes what was found: tables and shapes for other programs, a page of words for people.
//!
//! Pure functions to text. The same values give the same bytes: rows keep the order given, numbers are rounded, and
//! text from reports is escaped for the form it goes into.

use crate::actor::ActorId;

mod csv;
mod geojson;
mod json;
mod markdown;
mod mentions;
mod picture;
mod points;
mod shape;
mod shifts;
mod words;

pub use csv::{CLAIM_COLUMNS, claims_csv, claims_head, claims_rows, events_csv};
pub use geojson::{Spell, areas_geojson, events_geojson, fronts_geojson, places_geojson};
pub use json::{first_problems_json, problems_json};
pub use markdown::{Chapter, Figure, Story, report_md};
pub use mentions::{MENTION_COLUMNS, MentionForm, mentions_jsonl};
pub use picture::picture_caption;
pub use shifts::{SHIFT_COLUMNS, shifts_csv, shifts_json};
pub use words::{alt_text, caption, long_date, sentence};

/// What every file says of itself: how actors are called in it, and whom its data is owed to.
#[derive(Clone, Copy)]
pub struct Imprint<'a> {
    /// The name shown for an actor.
    pub actor_name: &'a dyn Fn(&ActorId) -> String,
    /// Whose data it rests on, in the words they ask for, one line each.
    pub credits: &'a [String],
    /// The licence of the file itself; empty to say nothing.
    pub licence: &'a str,
}
