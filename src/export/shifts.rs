//! What changed hands between two days.

use super::csv;
use crate::actor::ActorId;
use crate::table::{cell, join, print};
use crate::timeline::{Control, Interval, Shift};
use crate::units::Date;
use serde::Serialize;

/// The columns of the table of changes between two days.
pub const SHIFT_COLUMNS: &[&str] = &[
    "place_id",
    "place",
    "place_local",
    "admin1",
    "country",
    "lat",
    "lon",
    "geo_precision",
    "control_before",
    "actor_before",
    "control_after",
    "actor_after",
    "claimed",
    "start",
    "start_earliest",
    "events",
];

/// A table of what changed between two days, a row for each place: how it was held at the end of the first and of the last,
/// since when (at the earliest, where the day is not known), and the events behind it. Empty means unknown; a place that changed
/// and changed back is the same before and after.
#[must_use]
pub fn shifts_csv(shifts: &[Shift<'_>], actor_name: &dyn Fn(&ActorId) -> String) -> String {
    let rows = shifts.iter().map(|shift| {
        let (names, position) = csv::site(shift.site);
        let [control_before, actor_before] = held(shift.before, actor_name);
        let [control_after, actor_after] = held(Some(shift.after), actor_name);
        let earliest = shift.after.began.from.map_or_else(String::new, |day| day.to_string());
        let rest = [
            shift.site.precision.name().to_owned(),
            control_before,
            cell(&actor_before),
            control_after,
            cell(&actor_after),
            shift.after.claimed.to_string(),
            shift.after.start.to_string(),
            earliest,
            cell(&join(&shift.events())),
        ];
        names.into_iter().chain(position).chain(rest).collect()
    });
    print(SHIFT_COLUMNS, rows)
}

fn held(interval: Option<&Interval>, actor_name: &dyn Fn(&ActorId) -> String) -> [String; 2] {
    let control = interval.and_then(|interval| interval.control.as_ref());
    let actors = control.map(|control| control.actors().into_iter().map(actor_name).collect::<Vec<_>>());
    let name = match interval {
        Some(Interval { passing: Some(_), .. }) => "unsure",
        _ => control.map_or("", Control::name),
    };
    [name.to_owned(), join(&actors.unwrap_or_default())]
}

#[derive(Serialize)]
struct File {
    from: String,
    to: String,
    #[serde(flatten)]
    ground: serde_json::Value,
    changed: Vec<Place>,
}

#[derive(Serialize)]
struct Place {
    place: String,
    place_id: Option<u64>,
    admin1: Option<String>,
    country: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    geo_precision: &'static str,
    before: Option<Held>,
    after: Held,
    back: bool,
    steps: Vec<Held>,
    events: Vec<String>,
}

#[derive(Serialize)]
struct Held {
    start: String,
    start_earliest: Option<String>,
    control: Option<&'static str>,
    actors: Vec<String>,
    claimed: bool,
    between: Option<[Vec<String>; 2]>,
    events: Vec<String>,
}

/// The same as JSON, with every step between and, beside it, the fields of `ground`: `{"from", "to", "changed": [{"place", …, "before", "after", "steps", "events"}]}`.
/// `before` is null where nothing was known of the place; `control` is null where nobody is known to hold it, with the actors
/// before and after in `between` on days on which a change of unknown day may have happened.
#[must_use]
pub fn shifts_json(
    (from, to): (Date, Date),
    shifts: &[Shift<'_>],
    ground: serde_json::Value,
    actor_name: &dyn Fn(&ActorId) -> String,
) -> String {
    let names = |control: &Option<Control>| -> Vec<String> {
        control.iter().flat_map(Control::actors).map(actor_name).collect()
    };
    let held = |interval: &Interval| Held {
        start: interval.start.to_string(),
        start_earliest: interval.began.from.map(|day| day.to_string()),
        control: interval.control.as_ref().map(Control::name),
        actors: names(&interval.control),
        claimed: interval.claimed,
        between: interval.passing.as_ref().map(|passing| [names(&passing.before), names(&passing.after)]),
        events: interval.events.clone(),
    };
    let changed = shifts.iter().map(|shift| Place {
        place: shift.site.name.clone(),
        place_id: shift.site.id.map(|id| id.0),
        admin1: shift.site.admin1.clone(),
        country: shift.site.country.clone(),
        lat: shift.site.at.map(|at| crate::table::round(at.lat())),
        lon: shift.site.at.map(|at| crate::table::round(at.lon())),
        geo_precision: shift.site.precision.name(),
        before: shift.before.map(held),
        after: held(shift.after),
        back: shift.is_back(),
        steps: shift.steps.iter().map(held).collect(),
        events: shift.events().into_iter().map(str::to_owned).collect(),
    });
    let file = File { from: from.to_string(), to: to.to_string(), ground, changed: changed.collect() };
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}
