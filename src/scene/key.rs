//! The rows of the legend: what is on the map, and nothing else.

use super::layers::Detail;
use super::legend::{Class, Key, Row};
use super::places::hold;
use super::symbol::Hold;
use super::view::{View, long};
use super::{Colour, Paint, Palette, Stroke};
use crate::actor::ActorId;
use crate::areas::{Area, Certainty, Front};
use crate::gazetteer::Kind;
use crate::style::Style;
use crate::timeline::Control;
use std::collections::{BTreeMap, BTreeSet};

/// How much paler than a side's colour the ground is that it gained, against the ground that it held before.
const GAINED: f64 = 0.5;

/// What fills an area.
pub(crate) fn tint_of(style: &Style, palette: &Palette, area: &Area, unit: f64) -> Paint {
    let paper = match (area.claimed, area.certainty) {
        (true, _) => style.claimed_tint,
        (false, Certainty::Solid) => style.tint,
        (false, _) => style.presumed_tint,
    };
    filled(style, palette, &area.control, paper, unit)
}

/// What fills ground of a control that is surely held.
pub(crate) fn tint(style: &Style, palette: &Palette, control: &Control, claimed: bool, unit: f64) -> Paint {
    filled(style, palette, control, if claimed { style.claimed_tint } else { style.tint }, unit)
}

/// What fills ground that was gained since the map before.
pub(crate) fn gained(style: &Style, palette: &Palette, actor: &ActorId, unit: f64) -> Paint {
    filled(style, palette, &Control::Held(actor.clone()), style.tint * GAINED, unit)
}

fn filled(style: &Style, palette: &Palette, control: &Control, paper: f64, unit: f64) -> Paint {
    let tinted = |actor: &ActorId| palette.colour(actor).mixed(style.tint_towards, paper);
    match control {
        Control::Held(actor) | Control::Besieged { holder: actor, .. } => match palette.form(actor) {
            None => Paint::Solid(tinted(actor)),
            Some(form) => Paint::Pattern {
                ground: tinted(actor),
                ink: style.ink.mixed(style.paper, paper * 0.7),
                form,
                apart: (9.0 * unit).max(3.0),
            },
        },
        Control::Contested(actors) => {
            Paint::Hatch { colours: actors.iter().map(tinted).collect(), stripe: (6.0 * unit).max(2.0) }
        }
    }
}

/// The edge of ground that is only claimed.
pub(crate) fn claimed_edge(style: &Style, palette: &Palette, control: &Control, unit: f64) -> Stroke {
    let colour = edge(style, palette, control);
    Stroke::dashed(colour, 1.6 * unit, &[6.0 * unit, 4.0 * unit])
}

/// The colour of an edge: its side's, or ink where sides have none.
fn edge(style: &Style, palette: &Palette, control: &Control) -> Colour {
    match control.actors().first() {
        Some(actor) if !style.patterns => palette.colour(actor),
        _ => style.ink,
    }
}

/// The edge of ground that is presumed to be held, where nothing surer begins.
pub(crate) fn presumed_edge(style: &Style, palette: &Palette, control: &Control, unit: f64) -> Stroke {
    let colour = edge(style, palette, control);
    // Unknown ground will cover its outer half.
    Stroke::dashed(colour.faded(0.75), 2.2 * unit, &[3.5 * unit, 3.0 * unit])
}

/// A front line: a dark line on a light one.
pub(crate) fn front(style: &Style, unit: f64) -> Vec<Stroke> {
    let width = style.lines.front;
    let casing = Stroke::solid(style.casing.faded(0.85), (width + 3.0) * unit);
    vec![casing, Stroke::solid(style.ink, width * unit)]
}

/// The line between the ground of allies.
pub(crate) fn seam(style: &Style, unit: f64) -> Vec<Stroke> {
    vec![Stroke::solid(style.casing.faded(0.85), 4.4 * unit), Stroke::solid(style.ink, 1.2 * unit)]
}

/// Whether a line between two controls is where enemies meet.
pub(crate) fn is_front(palette: &Palette, front: &Front) -> bool {
    let (one, other) = &front.between;
    let actors: Vec<&ActorId> = one.actors().into_iter().chain(other.actors()).collect();
    !palette.are_allies(&actors)
}

/// The rows of this view's legend, in their order.
pub(crate) fn rows(view: &View<'_>, moved: Moved<'_>, detail: Detail, unit: f64) -> Vec<Row> {
    let mut rows = sides(view, unit);
    rows.extend(states(view, moved, unit));
    if detail == Detail::Full {
        rows.extend(kinds(view));
    }
    rows
}

/// Somebody whose new ground is marked, somebody whose way is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Moved<'a> {
    pub(crate) gained: Option<&'a ActorId>,
    pub(crate) advanced: Option<&'a ActorId>,
}

/// What may be marked of moves, before anybody looks which places are near enough.
fn moved<'a>(view: &View<'a>, detail: Detail) -> Moved<'a> {
    let taker = view.spots.iter().filter(|spot| spot.changed).find_map(|spot| match spot.control {
        Some(Control::Held(actor)) => Some(actor),
        _ => None,
    });
    let taker = taker.filter(|_| view.before.is_some() && detail == Detail::Full);
    Moved { gained: taker, advanced: taker.filter(|_| view.arrows) }
}

/// The rows of one legend for many days, each once.
pub(crate) fn rows_of(views: &[View<'_>], detail: Detail, unit: f64) -> Vec<Row> {
    if let [one] = views {
        return rows(one, moved(one, detail), detail, unit);
    }
    let mut all: BTreeMap<(Class, usize, String), Row> = BTreeMap::new();
    for view in views {
        for row in rows(&View { since: None, ..view.clone() }, moved(view, detail), detail, unit) {
            all.entry((row.rank.0, row.rank.1, row.words.clone())).or_insert(row);
        }
    }
    all.into_values().collect()
}

/// The row for disputed borders.
pub(crate) fn disputed(style: &Style, unit: f64) -> Row {
    Row {
        rank: (Class::Border, 0),
        key: Key::Line(vec![border(style, true, unit)]),
        words: "Disputed border".to_owned(),
    }
}

/// A border between countries.
pub(crate) fn border(style: &Style, is_disputed: bool, unit: f64) -> Stroke {
    let dashes: &[f64] = if is_disputed { &[5.0 * unit, 4.0 * unit] } else { &[] };
    Stroke::dashed(style.border, style.lines.border * unit, dashes)
}

/// The sides that hold something.
fn sides(view: &View<'_>, unit: f64) -> Vec<Row> {
    let of_spots = view.spots.iter().filter_map(|spot| spot.control);
    let controls = of_spots.chain(view.ground.areas.iter().map(|area| &area.control));
    let shown: BTreeSet<(usize, &ActorId)> = controls
        .flat_map(Control::actors)
        .map(|actor| (view.palette.rank(actor), view.palette.shown_as(actor)))
        .collect();
    let row = |(rank, actor): (usize, &ActorId)| {
        let held = Control::Held(actor.clone());
        let key = Key::Side(
            tint(view.style, view.palette, &held, false, unit),
            hold(view.palette, Some(&held), false),
        );
        Row { rank: (Class::Side, rank), key, words: view.palette.name(actor).to_owned() }
    };
    shown.into_iter().map(row).collect()
}

/// What else colours and lines say.
fn states(view: &View<'_>, moved: Moved<'_>, unit: f64) -> Vec<Row> {
    let (palette, style) = (view.palette, view.style);
    let controls = || {
        let of_areas = view.ground.areas.iter().map(|area| (&area.control, area.claimed));
        of_areas.chain(view.spots.iter().filter_map(|spot| Some((spot.control?, spot.claimed))))
    };
    let contested =
        controls().find(|(control, _)| matches!(control, Control::Contested(_))).map(|(control, _)| {
            let key =
                Key::Side(tint(style, palette, control, false, unit), hold(palette, Some(control), false));
            (key, "Contested".to_owned())
        });
    let claimed = controls().find(|(_, claimed)| *claimed).map(|(control, _)| {
        let actor = control.actors().first().copied();
        let holder = actor.map_or(Hold::Unknown, |actor| Hold::Claimed(palette.colour(actor)));
        (Key::Side(tint(style, palette, control, true, unit), holder), "Claimed by one side only".to_owned())
    });
    let presumed =
        view.ground.areas.iter().find(|area| !area.claimed && area.certainty == Certainty::Presumed);
    let presumed = presumed.map(|area| {
        (
            Key::Side(tint_of(style, palette, area, unit), Hold::Unknown),
            "Presumed, from places around".to_owned(),
        )
    });
    let besieged = controls().find_map(|(control, _)| match control {
        Control::Besieged { .. } => {
            Some((Key::Place(Kind::Town, hold(palette, Some(control), false), false), "Besieged".to_owned()))
        }
        _ => None,
    });
    let has_unknown =
        !view.ground.unknown.0.is_empty() || view.spots.iter().any(|spot| spot.control.is_none());
    let unknown = has_unknown
        .then(|| (Key::Side(Paint::Solid(style.unknown), Hold::Unknown), "Control not known".to_owned()));
    let changed = view.spots.iter().any(|spot| spot.changed).then(|| {
        let since = view.since.map_or_else(String::new, |day| format!(" since {}", long(day)));
        (Key::Place(Kind::Town, Hold::Held(Colour::grey(110)), true), format!("Changed{since}"))
    });
    let gained = moved.gained.map(|actor| {
        (Key::Patch(gained(style, palette, actor, unit)), "Ground gained since then".to_owned())
    });
    let arrow = moved
        .advanced
        .map(|actor| (Key::Arrow(palette.colour(actor)), "Advance to a place taken".to_owned()));
    let (fronts, seams): (Vec<&Front>, Vec<&Front>) =
        view.ground.fronts.iter().partition(|front| is_front(palette, front));
    let front = (!fronts.is_empty()).then(|| (Key::Line(front(style, unit)), "Front line".to_owned()));
    let seam = (!seams.is_empty()).then(|| (Key::Line(seam(style, unit)), "Line between allies".to_owned()));
    [presumed, contested, claimed, besieged, unknown, changed, gained, arrow, front, seam]
        .into_iter()
        .enumerate()
        .filter_map(|(i, row)| row.map(|(key, words)| Row { rank: (Class::State, i), key, words }))
        .collect()
}

/// Kinds of places other than towns, in grey: their form is what counts.
fn kinds(view: &View<'_>) -> Vec<Row> {
    const NAMED: [(Kind, &str); 4] = [
        (Kind::Base, "Military base"),
        (Kind::Airport, "Airport"),
        (Kind::Crossing, "Border crossing"),
        (Kind::Dam, "Dam"),
    ];
    let present = NAMED.iter().enumerate();
    present
        .filter(|(_, (kind, _))| view.spots.iter().any(|spot| spot.site.kind == *kind))
        .map(|(i, (kind, name))| Row {
            rank: (Class::Kind, i),
            key: Key::Place(*kind, Hold::Held(Colour::grey(110)), false),
            words: (*name).to_owned(),
        })
        .collect()
}
