//! The events of one place, one after the other.

use super::{Control, Interval};
use crate::actor::ActorId;
use crate::claim::Change;
use crate::event::Event;
use crate::units::Date;
use std::collections::BTreeSet;

/// Captures of one day that are set in order by who held the place; more than these can be no turns.
const TURNS: usize = 64;

/// Adds to a place's history what its events do to it; their order does not matter.
pub(super) fn play(history: &mut Vec<Interval>, mut events: Vec<(Date, &Event)>) {
    let order = |(day, event): &(Date, &Event)| (*day, rank(event.change), !event.disputed);
    events.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.1.id.cmp(&b.1.id)));
    for same in events.chunk_by(|a, b| order(a) == order(b)) {
        let captures = same[0].1.change == Change::Captured;
        let rivals: BTreeSet<&ActorId> = if captures && same[0].1.disputed {
            same.iter().filter_map(|(_, event)| event.gaining.as_ref()).collect()
        } else {
            BTreeSet::new()
        };
        let mut waiting: Vec<&(Date, &Event)> = same.iter().collect();
        let in_turns = captures && waiting.len() <= TURNS;
        while in_turns && !waiting.is_empty() {
            let (day, event) = waiting.remove(turn(history, &waiting));
            advance(history, *day, event, &rivals);
        }
        for (day, event) in waiting {
            advance(history, *day, event, &rivals);
        }
    }
}

/// Which of several captures of one day came next: one from the holder, else one by somebody else than the holder.
fn turn(history: &[Interval], waiting: &[&(Date, &Event)]) -> usize {
    let control = history.last().and_then(|interval| interval.control.as_ref());
    let Some(Control::Held(holder)) = control else { return 0 };
    let by_other = |event: &Event| event.gaining.as_ref() != Some(holder);
    let find = |wanted: &dyn Fn(&Event) -> bool| waiting.iter().position(|(_, event)| wanted(event));
    find(&|event| by_other(event) && event.losing.as_ref() == Some(holder))
        .or_else(|| find(&|event| by_other(event) && event.losing.is_none()))
        .or_else(|| find(&by_other))
        .unwrap_or(0)
}

/// On one day fighting comes before leaving, and leaving before taking.
fn rank(change: Change) -> u8 {
    match change {
        Change::SiegeLifted => 0,
        Change::Besieged => 1,
        Change::Contested => 2,
        Change::Withdrew => 3,
        Change::Captured => 4,
    }
}

/// Adds to a place's history what an event does to it.
fn advance(history: &mut Vec<Interval>, day: Date, event: &Event, rivals: &BTreeSet<&ActorId>) {
    if history.last().is_some_and(|last| last.source.is_some() && day < last.start) {
        return; // the baseline is of a later day, and knows better
    }
    let held = history.last().and_then(|interval| interval.control.clone());
    let Step::To(control) = after(held.as_ref(), event, rivals) else { return };
    let claimed = event.only_claimed() && matches!(control, Some(Control::Held(_)));
    if let Some(last) = history.last_mut() {
        if last.control == control && last.claimed == claimed {
            last.events.push(event.id.clone());
            return;
        }
        if last.start >= day {
            // Changed twice in a day: the day shows how it ended, and both events stand behind it.
            last.control = control;
            last.claimed = claimed;
            last.source = None;
            last.events.push(event.id.clone());
            return;
        }
        last.end = Some(day);
    }
    history.push(Interval {
        site: event.site.clone(),
        start: day,
        end: None,
        control,
        claimed,
        events: vec![event.id.clone()],
        source: None,
    });
}

/// What an event does to a place.
enum Step {
    /// Nothing.
    Stay,
    /// It is held so from now on; `None` where nobody is known to.
    To(Option<Control>),
}

/// What an event does to a place that is held so far as `held`, where `rivals` are said to have taken it on that day.
fn after(held: Option<&Control>, event: &Event, rivals: &BTreeSet<&ActorId>) -> Step {
    let holder = held.and_then(|control| control.actors().first().copied());
    let inside = held.map(Control::actors).unwrap_or_default();
    let (gaining, losing) = (event.gaining.as_ref(), event.losing.as_ref());
    match event.change {
        Change::Captured if event.disputed && rivals.len() > 1 => contested(rivals.iter().copied()),
        Change::Captured if event.disputed => contested([losing.or(holder), gaining].into_iter().flatten()),
        Change::Captured => Step::To(event.gaining.clone().map(Control::Held)),
        Change::Withdrew => match held {
            // Others were inside with those who left: they hold parts, and the rest is held by nobody known.
            Some(Control::Contested(actors)) if losing.is_some() => {
                contested(actors.iter().filter(|actor| Some(*actor) != losing))
            }
            Some(Control::Contested(_)) => Step::To(None),
            // Whoever left held it: a withdrawal takes nothing from anybody else.
            _ if losing.is_none() || holder.is_none() || losing == holder => Step::To(None),
            _ => Step::Stay,
        },
        // The side that holds a place does not contest it by entering it.
        Change::Contested if matches!(held, Some(Control::Held(_))) && holder == gaining => Step::Stay,
        Change::Contested => contested(inside.into_iter().chain(gaining).chain(losing)),
        Change::Besieged => match losing.or(holder) {
            Some(holder) => {
                let by = event.gaining.clone().filter(|by| by != holder);
                Step::To(Some(Control::Besieged { holder: holder.clone(), by }))
            }
            None => Step::Stay,
        },
        Change::SiegeLifted => match held {
            Some(Control::Besieged { holder, .. }) => Step::To(Some(Control::Held(holder.clone()))),
            _ => Step::Stay,
        },
    }
}

fn contested<'a>(actors: impl Iterator<Item = &'a ActorId>) -> Step {
    let actors: BTreeSet<ActorId> = actors.cloned().collect();
    let control = Control::Contested(actors.into_iter().collect());
    Step::To((!control.actors().is_empty()).then_some(control))
}
