//! The rows of the legend: what is on the map, and nothing else.

use super::layers::Detail;
use super::legend::Key;
use super::places::hold;
use super::symbol::Hold;
use super::view::{View, long};
use super::{Colour, Paint, Palette, Stroke, style};
use crate::actor::ActorId;
use crate::gazetteer::Kind;
use crate::timeline::Control;
use std::collections::BTreeSet;

/// What fills ground of a control.
pub(crate) fn tint(palette: &Palette, control: &Control, claimed: bool, unit: f64) -> Paint {
    let paper = if claimed { style::CLAIMED_TINT } else { style::TINT };
    let tinted = |actor: &ActorId| palette.colour(actor).mixed(style::PAPER, paper);
    match control {
        Control::Held(actor) | Control::Besieged { holder: actor, .. } => Paint::Solid(tinted(actor)),
        Control::Contested(actors) => {
            Paint::Hatch { colours: actors.iter().map(tinted).collect(), stripe: (6.0 * unit).max(2.0) }
        }
    }
}

/// The edge of ground that is only claimed.
pub(crate) fn claimed_edge(palette: &Palette, control: &Control, unit: f64) -> Stroke {
    let colour = control.actors().first().map_or(style::INK, |actor| palette.colour(actor));
    Stroke::dashed(colour, 1.6 * unit, &[6.0 * unit, 4.0 * unit])
}

/// A front line: a dark line on a light one.
pub(crate) fn front(unit: f64) -> Vec<Stroke> {
    vec![Stroke::solid(style::PAPER.faded(0.85), 5.6 * unit), Stroke::solid(style::INK, 2.6 * unit)]
}

/// The rows of this view's legend, sides first. The first list has all; where there is no room for it, the next ones
/// leave out what can best be done without.
pub(crate) fn rows(view: &View<'_>, has_disputed_border: bool, unit: f64) -> [Vec<(Key, String)>; 3] {
    let sides = sides(view, unit);
    let classes = [sides.clone(), classes(view, Detail::Full, unit)].concat();
    let mut all = [classes.clone(), kinds(view)].concat();
    if has_disputed_border {
        all.push((Key::Line(vec![border(true, unit)]), "Disputed border".to_owned()));
    }
    [all, classes, sides]
}

/// A border between countries.
pub(crate) fn border(is_disputed: bool, unit: f64) -> Stroke {
    let dashes: &[f64] = if is_disputed { &[5.0 * unit, 4.0 * unit] } else { &[] };
    Stroke::dashed(style::BORDER, 1.7 * unit, dashes)
}

/// The sides that hold something.
pub(crate) fn sides(view: &View<'_>, unit: f64) -> Vec<(Key, String)> {
    let of_spots = view.spots.iter().filter_map(|spot| spot.control);
    let controls = of_spots.chain(view.ground.areas.iter().map(|area| &area.control));
    let shown: BTreeSet<(usize, &ActorId)> = controls
        .flat_map(Control::actors)
        .map(|actor| (view.palette.rank(actor), view.palette.shown_as(actor)))
        .collect();
    shown
        .into_iter()
        .map(|(_, actor)| {
            let held = Control::Held(actor.clone());
            let key =
                Key::Side(tint(view.palette, &held, false, unit), hold(view.palette, Some(&held), false));
            (key, view.palette.name(actor).to_owned())
        })
        .collect()
}

/// What else colours and lines say.
pub(crate) fn classes(view: &View<'_>, detail: Detail, unit: f64) -> Vec<(Key, String)> {
    let (spots, areas, palette) = (&view.spots, &view.ground.areas, view.palette);
    let mut rows = Vec::new();
    let is_contested = |control: &&Control| matches!(control, Control::Contested(_));
    let contested = areas
        .iter()
        .map(|area| &area.control)
        .chain(spots.iter().filter_map(|spot| spot.control))
        .find(is_contested);
    if let Some(control) = contested {
        let key = Key::Side(tint(palette, control, false, unit), hold(palette, Some(control), false));
        rows.push((key, "Contested".to_owned()));
    }
    let claimed_area = areas.iter().find(|area| area.claimed).map(|area| &area.control);
    let claimed = spots.iter().find(|spot| spot.claimed).and_then(|spot| spot.control).or(claimed_area);
    if let Some(control) = claimed {
        let actors = control.actors();
        let holder = actors.first().map_or(Hold::Unknown, |actor| Hold::Claimed(palette.colour(actor)));
        rows.push((
            Key::Side(tint(palette, control, true, unit), holder),
            "Claimed by one side only".to_owned(),
        ));
    }
    if let Some(Control::Besieged { holder, by }) = spots
        .iter()
        .filter_map(|spot| spot.control)
        .find(|control| matches!(control, Control::Besieged { .. }))
    {
        let ring = Hold::Besieged(palette.colour(holder), by.as_ref().map(|by| palette.colour(by)));
        rows.push((Key::Place(Kind::Town, ring, false), "Besieged".to_owned()));
    }
    if !view.ground.unknown.0.is_empty() {
        rows.push((Key::Ground(Paint::Solid(style::UNKNOWN), None), "No report near".to_owned()));
    }
    if detail == Detail::Full && spots.iter().any(|spot| spot.control.is_none()) {
        rows.push((Key::Place(Kind::Town, Hold::Unknown, false), "Holder not known".to_owned()));
    }
    if spots.iter().any(|spot| spot.changed) {
        let since = view.since.map_or_else(String::new, |day| format!(" since {}", long(day)));
        rows.push((Key::Place(Kind::Town, Hold::Held(Colour::grey(110)), true), format!("Changed{since}")));
    }
    if !view.ground.fronts.is_empty() {
        rows.push((Key::Line(front(unit)), "Front line".to_owned()));
    }
    rows
}

/// Kinds of places other than towns, in grey: their form is what counts.
pub(crate) fn kinds(view: &View<'_>) -> Vec<(Key, String)> {
    const NAMED: [(Kind, &str); 4] = [
        (Kind::Base, "Military base"),
        (Kind::Airport, "Airport"),
        (Kind::Crossing, "Border crossing"),
        (Kind::Dam, "Dam"),
    ];
    let present = NAMED.iter().filter(|(kind, _)| view.spots.iter().any(|spot| spot.site.kind == *kind));
    present
        .map(|(kind, name)| (Key::Place(*kind, Hold::Held(Colour::grey(110)), false), (*name).to_owned()))
        .collect()
}
