//! What stands where around the words of a rule, frame by frame.

use super::super::lexicon::is_speech;
use super::super::rules::Frame;
use super::agent::{self, actor_here, by_actor, held_by, possessor};
use super::clause::{clause_start, ends_clause};
use super::place::{antecedent, object_places, subject_places};
use super::{Item, ItemKind, Trigger};

/// What stands where around a trigger. Without a place there is no reading.
pub(crate) fn read(items: &[Item], trigger: &Trigger) -> Option<Reading> {
    let mut reading = Reading::default();
    let subject = || agent::subject(items, trigger.start);
    match trigger.rule.frame {
        Frame::Take | Frame::Enter | Frame::Besiege if trigger.passive => {
            reading.places = subject_places(items, trigger.start, &mut reading.partial);
            reading.gaining = by_actor(items, trigger.end, &["by"]);
            reading.losing = by_actor(items, trigger.end, &["from"]);
        }
        Frame::Take | Frame::Enter | Frame::Besiege => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.gaining = subject();
            reading.losing = by_actor(items, trigger.end, &["from"])
                .or_else(|| held_by(items, trigger.end, &reading.places));
        }
        Frame::Lift => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.gaining = subject();
            reading.losing = trigger.inner;
        }
        Frame::Lose if trigger.passive => {
            reading.places = subject_places(items, trigger.start, &mut reading.partial);
            reading.gaining = by_actor(items, trigger.end, &["to"]);
            reading.losing = by_actor(items, trigger.end, &["by"]);
        }
        Frame::Lose => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.gaining = by_actor(items, trigger.end, &["to"]);
            reading.losing = Some(subject()?);
        }
        Frame::Leave if trigger.passive => {
            reading.places = subject_places(items, trigger.start, &mut reading.partial);
            reading.losing = by_actor(items, trigger.end, &["by"]);
        }
        Frame::Leave => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.losing = Some(subject()?);
            reading.gaining = by_actor(items, trigger.end, &["to"]).filter(|_| false);
        }
        Frame::Drive if trigger.passive => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.losing = subject();
            reading.gaining = by_actor(items, trigger.end, &["by"]);
        }
        Frame::Drive => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.gaining = subject();
            reading.losing = Some(trigger.inner?);
        }
        Frame::Fall => {
            reading.places = subject_places(items, trigger.start, &mut reading.partial);
            reading.gaining = match trigger.inner {
                // "slipped from the government's hands" names the loser, "fell into rebel hands" the winner.
                Some(inner)
                    if items[trigger.start + 1..trigger.end].iter().any(|item| item.low == "from") =>
                {
                    reading.losing = Some(inner);
                    None
                }
                Some(inner) => Some(inner),
                None if matches!(items[trigger.end - 1].low.as_str(), "to" | "of") => {
                    Some(actor_here(items, trigger.end)?)
                }
                None => by_actor(items, trigger.end, &["to"]),
            };
            let bare = trigger.end == trigger.start + 1;
            if bare && reading.gaining.is_none() && !ends_clause(items, trigger.end) {
                return None; // "Hama fell silent", "shells fell on"
            }
        }
        Frame::Held => {
            let controls = items[trigger.start].low == "now"
                || items[trigger.start..trigger.end].iter().any(|item| item.low == "control")
                    && items[trigger.end - 1].low == "of"
                    && items[trigger.start..trigger.end].iter().any(|item| item.low == "in");
            if controls {
                reading.places = object_places(items, trigger.end, &mut reading.partial);
                reading.gaining = Some(subject()?);
            } else {
                reading.places = subject_places(items, trigger.start, &mut reading.partial);
                let own = items[trigger.start..trigger.end]
                    .iter()
                    .any(|item| matches!(item.low.as_str(), "its" | "their"));
                let speaker = || {
                    clause_start(items, trigger.start)
                        .checked_sub(1)
                        .and_then(|end| agent::subject(items, end))
                };
                reading.gaining = trigger
                    .inner
                    .or_else(|| own.then(speaker).flatten())
                    .or_else(|| actor_here(items, trigger.end))
                    .or_else(|| by_actor(items, trigger.end, &["of", "by"]));
                reading.gaining?;
            }
        }
        Frame::Fight => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
        }
        Frame::TakeNoun => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.gaining =
                possessor(items, trigger.start).or_else(|| by_actor(items, trigger.end, &["by"]));
            reading.losing = by_actor(items, trigger.end, &["from"]);
        }
        Frame::FallNoun => {
            let of = items[trigger.end - 1].low == "of";
            if of {
                reading.places = object_places(items, trigger.end, &mut reading.partial);
            } else {
                let before = trigger.start.checked_sub(1)?;
                let place = matches!(items[before].kind, ItemKind::Place(_)) && items[before].possessive
                    || items[before].low == "its";
                reading.places = place.then_some(before).into_iter().collect();
            }
            reading.gaining = by_actor(items, trigger.end, &["to"]);
        }
        Frame::LossNoun => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.losing = possessor(items, trigger.start);
            reading.gaining = by_actor(items, trigger.end, &["to"]);
        }
        Frame::LeaveNoun => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            let announced =
                items[trigger.start.saturating_sub(3)..trigger.start].iter().any(|item| is_speech(&item.low));
            reading.losing = trigger
                .inner
                .or_else(|| possessor(items, trigger.start))
                .or_else(|| announced.then(|| agent::subject(items, trigger.start)).flatten());
            if reading.losing.is_none()
                && !matches!(items[trigger.start].low.as_str(), "withdrawal" | "pullout" | "pullback")
            {
                return None;
            }
        }
        Frame::SiegeNoun => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.gaining =
                possessor(items, trigger.start).or_else(|| by_actor(items, trigger.end, &["by"]));
        }
    }
    if reading.places.is_empty() && trigger.form.is_some() && !trigger.passive {
        reading.places = antecedent(items, clause_start(items, trigger.start)).into_iter().collect();
    }
    (!reading.places.is_empty()).then_some(reading)
}

/// What stands where around the words of a rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// Items that are the place: places, or a noun that stands for one ("the city"), or a pronoun.
    pub(crate) places: Vec<usize>,
    /// The item of the side that gains.
    pub(crate) gaining: Option<usize>,
    /// The item of the side that loses.
    pub(crate) losing: Option<usize>,
    /// Only a part of the place is meant.
    pub(crate) partial: bool,
}
