//! The history of one place: what is said of it, one after the other.

use super::turns::{self, Step};
use super::{Control, Ground, Holding, Interval, Passing};
use crate::actor::ActorId;
use crate::claim::{Basis, Change, Precision, Site, When};
use crate::diag::{Code, Locus, Problem, short};
use crate::event::Event;
use crate::units::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What baselines say of the place on one day.
struct Seen<'a> {
    day: Date,
    /// The day is the baseline's own.
    is_dated: bool,
    site: &'a Site,
    control: Control,
    source: &'a str,
    presumed: bool,
}

/// An event with the days on which it may have happened.
#[derive(Clone, Copy)]
pub(super) struct Dated<'a> {
    pub(super) event: &'a Event,
    /// The first; `None` where only the last is known.
    from: Option<Date>,
    to: Date,
    /// The last day is not the sources', but that of the loss that must have come after.
    is_cut: bool,
}

/// The history that baselines and events make of one place; their order does not matter. Each holding comes with its day, and
/// every event has one.
pub(super) fn history<'a>(
    seen: Vec<(Date, &'a Holding)>,
    events: &[&'a Event],
    problems: &mut Vec<Problem>,
) -> Vec<Interval> {
    let seen = observed(seen, problems);
    let mut events = dated(&seen, events);
    // A baseline outweighs what came before it.
    let start = seen.first().map_or(Date::MIN, |seen| seen.day);
    events.retain(|dated| dated.to >= start);
    let order =
        |dated: &Dated<'_>| (dated.to, !dated.is_cut, turns::rank(dated.event.change), !dated.event.disputed);
    events.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.event.id.cmp(&b.event.id)));
    let (mut history, mut known) = (Vec::new(), None);
    let mut seen = seen.into_iter().peekable();
    for same in events.chunk_by(|a, b| order(a) == order(b)) {
        while let Some(seen) = seen.next_if(|seen| seen.day <= same[0].to) {
            observe(&mut history, &seen, known.replace(seen.day));
        }
        known = Some(same[0].to);
        play(&mut history, same);
    }
    for seen in seen {
        observe(&mut history, &seen, known.replace(seen.day));
    }
    history
}

/// What baselines say, once a day and in order. Rows go before polygons, and these before what an earlier run presumed; of
/// equals that differ all are kept, and the place is contested.
fn observed<'a>(mut seen: Vec<(Date, &'a Holding)>, problems: &mut Vec<Problem>) -> Vec<Seen<'a>> {
    let key = |&(day, row): &(Date, &'a Holding)| {
        (day, row.basis, &row.at, &row.control, &row.source, row.site.name.as_str())
    };
    seen.sort_by(|a, b| key(a).cmp(&key(b)));
    let days = seen.chunk_by(|a, b| a.0 == b.0);
    days.map(|rows| {
        let (day, first) = rows[0];
        let mut actors: BTreeSet<&ActorId> = first.control.actors().into_iter().collect();
        let mut control = first.control.clone();
        for (_, row) in rows.iter().filter(|(_, row)| row.control != first.control) {
            let is_equal = row.basis == first.basis;
            if is_equal {
                actors.extend(row.control.actors());
                control = Control::Contested(actors.iter().copied().cloned().collect());
            }
            // Polygons that overlap are told as such, once.
            if first.basis == Ground::Named {
                problems.push(conflict(first, row, is_equal));
            }
        }
        let presumed = first.basis == Ground::Presumed;
        Seen {
            day,
            is_dated: first.as_of.is_some(),
            site: &first.site,
            control,
            source: &first.source,
            presumed,
        }
    })
    .collect()
}

fn conflict(first: &Holding, row: &Holding, is_equal: bool) -> Problem {
    let said = |row: &Holding| {
        let actors: Vec<&str> = row.control.actors().iter().map(|actor| actor.0.as_str()).collect();
        format!("{} by {}", row.control.name(), short(&actors.join(" and ")))
    };
    let at = match &first.at {
        Locus::Line { file, line } => format!("{file}:{line}"),
        Locus::File(file) => file.clone(),
        _ => "another row".to_owned(),
    };
    let result = if is_equal { "shown as contested" } else { "the row goes before the polygon" };
    let message =
        format!("`{}` is {} here and {} in {at}: {result}", short(&row.site.name), said(row), said(first));
    Problem::new(Code::BaselineConflict, row.at.clone(), message)
}

/// The events with the days on which they may have happened.
///
/// Whoever loses a place on a known day had it before: where nothing else says since when, an event that gave it to him and is
/// less closely dated happened no later.
fn dated<'a>(seen: &[Seen<'_>], events: &[&'a Event]) -> Vec<Dated<'a>> {
    let mut losses: BTreeMap<&ActorId, BTreeSet<Date>> = BTreeMap::new();
    let mut gains: BTreeMap<&ActorId, Date> = BTreeMap::new();
    for seen in seen {
        for actor in seen.control.actors() {
            first(&mut gains, actor, seen.day);
        }
    }
    for event in events {
        let (day, lost) = (event.day, event.losing.as_ref());
        let Some(last) = day.shown_from() else { continue };
        if let Some(lost) = lost.filter(|_| day.from == day.to && matters(event.change)) {
            losses.entry(lost).or_default().insert(last);
        }
        if let Some(gained) = event.gaining.as_ref().filter(|_| event.change == Change::Captured) {
            first(&mut gains, gained, last);
        }
    }
    let dated = |event: &&'a Event| {
        let to = event.day.shown_from()?;
        let from = event.day.from.filter(|from| *from <= to);
        let cut = || {
            let actor = event.gaining.as_ref().filter(|_| event.change == Change::Captured)?;
            let lost = *losses.get(actor)?.range(from.unwrap_or(Date::MIN)..to).next()?;
            gains.get(actor).is_none_or(|first| *first > lost).then_some(lost)
        };
        let cut = if from == Some(to) { None } else { cut() };
        Some(Dated { event, from, to: cut.unwrap_or(to), is_cut: cut.is_some() })
    };
    events.iter().filter_map(dated).collect()
}

fn first<'e>(days: &mut BTreeMap<&'e ActorId, Date>, actor: &'e ActorId, day: Date) {
    days.entry(actor).and_modify(|first| *first = day.min(*first)).or_insert(day);
}

/// Whether somebody who loses by such a change held the place.
fn matters(change: Change) -> bool {
    matches!(change, Change::Captured | Change::Withdrew)
}

/// Adds what a baseline says of a day, where the day before of which something is known is `known`.
fn observe(history: &mut Vec<Interval>, seen: &Seen<'_>, known: Option<Date>) {
    let began = When {
        from: None,
        to: seen.is_dated.then_some(seen.day),
        precision: Precision::Unknown,
        basis: Basis::Stated,
    };
    let state = State {
        control: Some(seen.control.clone()),
        claimed: false,
        presumed: seen.presumed,
        source: Some(seen.source.to_owned()),
        events: Vec::new(),
    };
    let is_same =
        |last: &Interval| last.control == state.control && !last.claimed && last.presumed == state.presumed;
    if history.last().is_some_and(is_same) {
        return;
    }
    // Between what was last known and what this says it changed, and nobody says when.
    let from = known.and_then(|day| day.tomorrow().ok());
    change(history, seen.site, (from, seen.day), began, state);
}

/// Adds what the events of one kind and day do.
fn play(history: &mut Vec<Interval>, same: &[Dated<'_>]) {
    let captures = same[0].event.change == Change::Captured;
    let sides: BTreeSet<&ActorId> = same.iter().filter_map(|dated| dated.event.gaining.as_ref()).collect();
    let rivals: BTreeSet<ActorId> = if captures && same[0].event.disputed {
        sides.iter().copied().cloned().collect()
    } else {
        BTreeSet::new()
    };
    let mut waiting: Vec<&Dated<'_>> = same.iter().collect();
    if captures && rivals.is_empty() && sides.len() > 1 {
        while let Some(next) = turns::next(held(history), &waiting) {
            let dated = waiting.remove(next);
            step(history, dated, &rivals);
        }
        // Nothing says which of those left came last: each may hold a part.
        let left = waiting.iter().filter_map(|dated| dated.event.gaining.clone());
        let control = Control::Contested(left.collect::<BTreeSet<_>>().into_iter().collect());
        for dated in waiting {
            advance(history, dated, Some(control.clone()));
        }
    } else {
        for dated in waiting {
            step(history, dated, &rivals);
        }
    }
}

/// Who holds the place so far.
fn held(history: &[Interval]) -> Option<&Control> {
    history.last().and_then(|interval| interval.control.as_ref())
}

/// Adds what an event does.
fn step(history: &mut Vec<Interval>, dated: &Dated<'_>, rivals: &BTreeSet<ActorId>) {
    if let Step::To(control) = turns::after(held(history), dated.event, rivals) {
        advance(history, dated, control);
    }
}

/// Adds that a place is held so after an event.
fn advance(history: &mut Vec<Interval>, dated: &Dated<'_>, control: Option<Control>) {
    let event = dated.event;
    let claimed = event.only_claimed() && matches!(control, Some(Control::Held(_)));
    if let Some(last) = history.last_mut()
        && last.control == control
        && last.claimed == claimed
    {
        last.events.push(event.id.clone());
        return;
    }
    let state = State { control, claimed, presumed: false, source: None, events: vec![event.id.clone()] };
    let began = if dated.is_cut { When { to: Some(dated.to), ..event.day } } else { event.day };
    if history.is_empty()
        && let Some(from) = dated.from.filter(|from| *from < dated.to)
    {
        // Of a place of which nothing was known it may at least be said who lost it.
        let before = event.losing.clone().filter(|_| matters(event.change)).map(Control::Held);
        history.push(passing(&event.site, (from, dated.to), began, before, &state));
    }
    change(history, &event.site, (dated.from, dated.to), began, state);
}

/// What is known of a place from some day on.
struct State {
    control: Option<Control>,
    claimed: bool,
    presumed: bool,
    source: Option<String>,
    events: Vec<String>,
}

/// Ends the last interval and begins another, with the days between them on which it may have been either.
fn change(
    history: &mut Vec<Interval>,
    site: &Site,
    (from, to): (Option<Date>, Date),
    began: When,
    state: State,
) {
    if let Some(last) = history.last_mut().filter(|last| last.passing.is_none()) {
        if last.start >= to {
            // Changed twice in a day: the day shows how it ended, and all events stand behind it.
            last.control = state.control;
            (last.claimed, last.presumed, last.source, last.began) =
                (state.claimed, state.presumed, state.source, began);
            last.events.extend(state.events);
            return;
        }
        let open = from.and_then(|from| Some(from.max(last.start.tomorrow().ok()?)));
        let open = open.filter(|open| *open < to && last.control != state.control);
        last.end = Some(open.unwrap_or(to));
        let before = last.control.clone();
        if let Some(open) = open {
            history.push(passing(site, (open, to), began, before, &state));
        }
    }
    history.push(Interval {
        site: site.clone(),
        start: to,
        end: None,
        control: state.control,
        passing: None,
        began,
        claimed: state.claimed,
        presumed: state.presumed,
        events: state.events,
        source: state.source,
    });
}

/// The days on which a change may have happened.
fn passing(
    site: &Site,
    (from, to): (Date, Date),
    began: When,
    before: Option<Control>,
    after: &State,
) -> Interval {
    Interval {
        site: site.clone(),
        start: from,
        end: Some(to),
        control: None,
        passing: Some(Passing { before, after: after.control.clone() }),
        began,
        claimed: false,
        presumed: false,
        events: after.events.clone(),
        source: after.source.clone(),
    }
}
