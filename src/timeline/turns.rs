//! What an event does to a place, and which of several of one day came first.

use super::Control;
use super::play::Dated;
use crate::actor::ActorId;
use crate::claim::Change;
use crate::event::Event;
use std::collections::BTreeSet;

/// Captures of one day that are set in order by who held the place; more than these can be no turns.
const TURNS: usize = 64;

/// Which of several captures of one day came next: one from the holder, else one by somebody else that names no loser, else
/// one by somebody else; of those one from whose side another took the place. `None` where several sides could be meant, and
/// where none is left.
pub(super) fn next(held: Option<&Control>, waiting: &[&Dated<'_>]) -> Option<usize> {
    if waiting.len() > TURNS {
        return None;
    }
    let waiting: Vec<&Event> = waiting.iter().map(|dated| dated.event).collect();
    let holder = match held {
        Some(Control::Held(holder)) => Some(holder),
        _ => None,
    };
    let by_other = |event: &Event| holder.is_none() || event.gaining.as_ref() != holder;
    let from_holder = |event: &Event| holder.is_some() && event.losing.as_ref() == holder;
    let tiers: [&dyn Fn(&Event) -> bool; 4] = [
        &|event| by_other(event) && from_holder(event),
        &|event| by_other(event) && event.losing.is_none(),
        &|event| by_other(event),
        &|_| true,
    ];
    let of_tier = |wanted: &dyn Fn(&Event) -> bool| -> Vec<usize> {
        (0..waiting.len()).filter(|at| wanted(waiting[*at])).collect()
    };
    let tier = tiers.into_iter().map(of_tier).find(|tier| !tier.is_empty())?;
    let is_lost = |at: &usize| {
        let gained = waiting[*at].gaining.as_ref();
        gained.is_some() && waiting.iter().any(|other| other.losing.as_ref() == gained)
    };
    let lost: Vec<usize> = tier.iter().copied().filter(is_lost).collect();
    let tier = if lost.is_empty() { tier } else { lost };
    let first = *tier.first()?;
    tier.iter().all(|at| waiting[*at].gaining == waiting[first].gaining).then_some(first)
}

/// On one day fighting comes before leaving, and leaving before taking.
pub(super) fn rank(change: Change) -> u8 {
    match change {
        Change::SiegeLifted => 0,
        Change::Besieged => 1,
        Change::Contested => 2,
        Change::Withdrew => 3,
        Change::Captured => 4,
    }
}

/// What an event does to a place.
pub(super) enum Step {
    /// Nothing.
    Stay,
    /// It is held so from now on; `None` where nobody is known to.
    To(Option<Control>),
}

/// What an event does to a place that is held so far as `held`, where `rivals` are said to have taken it on that day.
pub(super) fn after(held: Option<&Control>, event: &Event, rivals: &BTreeSet<ActorId>) -> Step {
    let holder = held.and_then(|control| control.actors().first().copied());
    let inside = held.map(Control::actors).unwrap_or_default();
    let (gaining, losing) = (event.gaining.as_ref(), event.losing.as_ref());
    match event.change {
        Change::Captured if event.disputed && rivals.len() > 1 => contested(rivals.iter()),
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
