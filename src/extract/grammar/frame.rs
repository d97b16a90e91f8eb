//! What stands where around the words of a rule, frame by frame.

use super::super::lexicon::is_speech;
use super::super::rules::Frame;
use super::agent::{actor_here, by_actor, held_by, possessor, subject};
use super::clause::{clause_start, ends_clause};
use super::place::{antecedent, object_places, subject_places};
use super::{Item, ItemKind, Trigger};

/// What stands where around a trigger. Without a place there is no reading.
pub(crate) fn read(items: &[Item], trigger: &Trigger) -> Option<Reading> {
    let mut reading = match trigger.rule.frame {
        Frame::Fall => fall(items, trigger)?,
        Frame::Held => held(items, trigger)?,
        Frame::UnderSiege => {
            Reading { gaining: by_actor(items, trigger.end, &["by"]), ..before(items, trigger) }
        }
        _ if trigger.form.is_none() => noun(items, trigger)?,
        _ if trigger.passive => passive(items, trigger),
        _ => active(items, trigger)?,
    };
    if reading.places.is_empty() && trigger.form.is_some() && !trigger.passive {
        reading.places = antecedent(items, clause_start(items, trigger.start)).into_iter().collect();
    }
    (!reading.places.is_empty()).then_some(reading)
}

/// The ground behind the words of a rule.
fn object(items: &[Item], trigger: &Trigger) -> Reading {
    let mut reading = Reading::default();
    reading.places = object_places(items, trigger.end, &mut reading.partial);
    reading
}

/// The ground before them.
fn before(items: &[Item], trigger: &Trigger) -> Reading {
    let mut reading = Reading::default();
    reading.places = subject_places(items, trigger.start, &mut reading.partial);
    reading
}

/// "Rebels captured Hama from the army", "the army lost Hama to the rebels", "rebels drove the army out of Hama".
fn active(items: &[Item], trigger: &Trigger) -> Option<Reading> {
    let subject = subject(items, trigger.start);
    let behind = |preposition| by_actor(items, trigger.end, &[preposition]);
    let ground = object(items, trigger);
    Some(match trigger.rule.frame {
        Frame::Lose => Reading { gaining: behind("to"), losing: Some(subject?), ..ground },
        Frame::Leave => Reading { losing: Some(subject?), ..ground },
        Frame::Drive => Reading { gaining: subject, losing: Some(trigger.inner?), ..ground },
        Frame::Lift => Reading { gaining: subject, losing: trigger.inner, ..ground },
        _ => {
            let losing = behind("from").or_else(|| held_by(items, trigger.end, &ground.places));
            Reading { gaining: subject, losing, ..ground }
        }
    })
}

/// "Hama was captured by rebels", "Bagram was handed over to the Taliban", "the army was driven from Hama".
fn passive(items: &[Item], trigger: &Trigger) -> Reading {
    let behind = |preposition| by_actor(items, trigger.end, &[preposition]);
    match trigger.rule.frame {
        Frame::Drive => {
            Reading { gaining: behind("by"), losing: subject(items, trigger.start), ..object(items, trigger) }
        }
        Frame::Lose => Reading { gaining: behind("to"), losing: behind("by"), ..before(items, trigger) },
        Frame::Leave => Reading { losing: behind("by"), ..before(items, trigger) },
        _ => Reading { gaining: behind("by"), losing: behind("from"), ..before(items, trigger) },
    }
}

/// "Hama fell to the rebels", "Raqqa slipped from the government's grasp".
fn fall(items: &[Item], trigger: &Trigger) -> Option<Reading> {
    let ground = before(items, trigger);
    let phrase = &items[trigger.start..trigger.end];
    if let Some(inner) = trigger.inner {
        // "slipped from the government's hands" names the loser, "fell into rebel hands" the winner.
        let lost = phrase.iter().any(|item| item.low == "from");
        return Some(if lost {
            Reading { losing: Some(inner), ..ground }
        } else {
            Reading { gaining: Some(inner), ..ground }
        });
    }
    if matches!(phrase.last()?.low.as_str(), "to" | "of") {
        return Some(Reading { gaining: Some(actor_here(items, trigger.end)?), ..ground });
    }
    let gaining = by_actor(items, trigger.end, &["to"]);
    // "Hama fell silent", "shells fell on Hama" are other falls.
    let plain = phrase.len() == 1 && gaining.is_none() && !ends_clause(items, trigger.end);
    (!plain).then_some(Reading { gaining, ..ground })
}

/// "Hama is now in rebel hands", "the rebels are in full control of Hama".
fn held(items: &[Item], trigger: &Trigger) -> Option<Reading> {
    let phrase = &items[trigger.start..trigger.end];
    let has = |word: &str| phrase.iter().any(|item| item.low == word);
    let holder_first = phrase[0].low == "now" || has("in") && has("control") && phrase.last()?.low == "of";
    if holder_first {
        return Some(Reading { gaining: Some(subject(items, trigger.start)?), ..object(items, trigger) });
    }
    // "was back under its control": of whoever says so.
    let speaker = || clause_start(items, trigger.start).checked_sub(1).and_then(|end| subject(items, end));
    let gaining = trigger
        .inner
        .or_else(|| (has("its") || has("their")).then(speaker).flatten())
        .or_else(|| actor_here(items, trigger.end))
        .or_else(|| by_actor(items, trigger.end, &["of", "by"]));
    Some(Reading { gaining: Some(gaining?), ..before(items, trigger) })
}

/// "The rebels' capture of Hama", "Hama's fall to the rebels", "the withdrawal of troops from Hama".
fn noun(items: &[Item], trigger: &Trigger) -> Option<Reading> {
    let behind = |preposition| by_actor(items, trigger.end, &[preposition]);
    let owner = || possessor(items, trigger.start);
    let ground = object(items, trigger);
    Some(match trigger.rule.frame {
        Frame::Fight => ground,
        Frame::FallNoun if items[trigger.end - 1].low != "of" => {
            let place = trigger.start.checked_sub(1)?;
            let named = matches!(items[place].kind, ItemKind::Place(_)) && items[place].possessive;
            let places = (named || items[place].low == "its").then_some(place).into_iter().collect();
            Reading { places, gaining: behind("to"), ..Reading::default() }
        }
        Frame::FallNoun => Reading { gaining: behind("to"), ..ground },
        Frame::LossNoun => Reading { losing: owner(), gaining: behind("to"), ..ground },
        Frame::LeaveNoun => {
            let before = &items[trigger.start.saturating_sub(3)..trigger.start];
            let announced = before.iter().any(|item| is_speech(&item.low));
            let subject = || announced.then(|| subject(items, trigger.start)).flatten();
            let losing = trigger.inner.or_else(owner).or_else(subject);
            // Civilians depart and are evacuated too; only armed men make "a withdrawal".
            let armed = matches!(items[trigger.start].low.as_str(), "withdrawal" | "pullout" | "pullback");
            (losing.is_some() || armed).then_some(Reading { losing, ..ground })?
        }
        _ => Reading { gaining: owner().or_else(|| behind("by")), losing: behind("from"), ..ground },
    })
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
