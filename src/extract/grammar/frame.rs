//! What stands where around the words of a rule, frame by frame.

use super::super::lexicon::is_speech;
use super::super::rules::Frame;
use super::agent::{actor_here, behind, held_by, possessor, subject, trapped};
use super::clause::{Opener, Parse};
use super::place::{Ground, ground, grounds};
use super::tag::Tag;
use super::{Item, ItemKind, Trigger};

/// What stands where around the words of a rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// The grounds it speaks of.
    pub(crate) grounds: Vec<Ground>,
    /// The item of the side that gains.
    pub(crate) gaining: Option<usize>,
    /// The item of the side that loses.
    pub(crate) losing: Option<usize>,
    /// It tells of a state that lasts, not of a change.
    pub(crate) lasting: bool,
}

/// What stands where around a trigger. Without ground there is no reading.
pub(crate) fn read(items: &[Item], parse: &Parse, trigger: &Trigger) -> Option<Reading> {
    let context = At { items, parse, trigger, clause: parse.clause_of[trigger.start] };
    let reading = match trigger.rule.frame {
        Frame::Fall => context.fall()?,
        Frame::Held => context.held()?,
        Frame::UnderSiege => Reading { gaining: context.behind("by"), ..context.before() },
        _ if trigger.form.is_none() => context.noun()?,
        _ if trigger.passive => context.passive(),
        _ => context.active()?,
    };
    (!reading.grounds.is_empty()).then_some(reading)
}

/// A trigger in its sentence.
struct At<'a> {
    items: &'a [Item],
    parse: &'a Parse,
    trigger: &'a Trigger,
    clause: usize,
}

impl At<'_> {
    fn behind(&self, preposition: &str) -> Option<usize> {
        let found = behind(self.items, self.parse, self.trigger.end, &[preposition])?;
        // "The loss of Hama is a blow to the army": behind the verb it belongs to that.
        let verb = self.parse.clauses[self.clause].verb.as_ref().filter(|_| self.trigger.form.is_none());
        let past = verb.is_some_and(|verb| verb.start >= self.trigger.end && found >= verb.end);
        (!past).then_some(found)
    }

    fn subject(&self) -> Option<usize> {
        subject(self.items, self.parse, self.clause)
    }

    /// The ground behind the words of the rule, or the one that a relative pronoun stands for.
    fn object(&self) -> Reading {
        let mut found = grounds(self.items, self.parse, self.trigger.end);
        if found.is_empty() && self.trigger.form.is_some() {
            found = self.antecedent();
        }
        Reading { grounds: found, ..Reading::default() }
    }

    /// "Aleppo, which the rebels seized", "the town rebels took": the ground that the relative clause is about.
    fn antecedent(&self) -> Vec<Ground> {
        let mut clause = self.clause;
        for _ in 0..4 {
            match self.parse.clauses[clause].opener {
                Opener::Relative(from, to) | Opener::Reduced(from, to) => {
                    return ground(self.items, &self.parse.tags, from, to).into_iter().collect();
                }
                // "which rebels vowed to take".
                Opener::Infinitive(_) | Opener::That(_) => match self.parse.clauses[clause].parent {
                    Some(parent) => clause = parent,
                    None => break,
                },
                _ => break,
            }
        }
        Vec::new()
    }

    /// The ground before the words of the rule: the subject.
    fn before(&self) -> Reading {
        let subjects = self.parse.subjects(self.clause);
        let mut found = Vec::new();
        for (n, &(from, to)) in subjects.iter().enumerate() {
            if from >= self.trigger.start {
                continue;
            }
            if let Some(first) = ground(self.items, &self.parse.tags, from, to) {
                found = grounds(self.items, self.parse, from);
                found.retain(|ground| ground.item < self.trigger.start);
                if found.is_empty() {
                    found = vec![first];
                }
                // "It fell": what "it" means is sought outside; a name in the same subject is better.
                let named = |ground: &Ground| matches!(self.items[ground.item].kind, ItemKind::Place(_));
                if !found.iter().any(named)
                    && let Some(better) = subjects[n + 1..].iter().find_map(|&(from, to)| {
                        ground(self.items, &self.parse.tags, from, to)
                            .filter(|found| named(found) && from < self.trigger.start)
                    })
                {
                    found = vec![better];
                }
                break;
            }
        }
        if found.is_empty() && subjects.is_empty() {
            found = self.antecedent();
        }
        Reading { grounds: found, ..Reading::default() }
    }

    /// "Rebels captured Hama from the army", "the army lost Hama to the rebels", "rebels drove the army out of Hama".
    fn active(&self) -> Option<Reading> {
        let subject = self.subject();
        let object = self.object();
        Some(match self.trigger.rule.frame {
            Frame::Lose => Reading { gaining: self.behind("to"), losing: Some(subject?), ..object },
            Frame::Leave => Reading { losing: Some(self.trigger.inner.or(subject)?), ..object },
            Frame::Drive | Frame::Lift => Reading { gaining: subject, losing: self.trigger.inner, ..object },
            Frame::Besiege => {
                let losing = trapped(self.items, self.trigger.end);
                Reading { gaining: subject, losing, ..object }
            }
            _ => {
                let to = object.grounds.first().map_or(self.trigger.end, |ground| ground.item + 1);
                let losing = self.behind("from").or_else(|| held_by(self.items, self.trigger.end, to));
                Reading { gaining: subject, losing, ..object }
            }
        })
    }

    /// "Hama was captured by rebels", "Bagram was handed over to the Taliban", "the army was driven from Hama".
    fn passive(&self) -> Reading {
        match self.trigger.rule.frame {
            Frame::Drive => Reading {
                gaining: self.behind("by"),
                losing: self.subject().or_else(|| match self.parse.clauses[self.clause].opener {
                    Opener::Reduced(from, to) => super::phrase::actor_in(self.items, from, to),
                    _ => None,
                }),
                ..self.object()
            },
            Frame::Lose => Reading { gaining: self.behind("to"), losing: self.behind("by"), ..self.before() },
            Frame::Leave => {
                // "soldiers were withdrawn from Hama": the subject leaves; "Hama was abandoned": it is left.
                let before = self.before();
                if before.grounds.is_empty() {
                    return Reading { losing: self.subject(), ..self.object() };
                }
                Reading { losing: self.behind("by"), ..before }
            }
            _ => Reading { gaining: self.behind("by"), losing: self.behind("from"), ..self.before() },
        }
    }

    /// "Hama fell to the rebels", "Raqqa slipped from the government's grasp".
    fn fall(&self) -> Option<Reading> {
        let before = self.before();
        let phrase = &self.items[self.trigger.start..self.trigger.end];
        if let Some(inner) = self.trigger.inner {
            // "slipped from the government's hands" names the loser, "fell into rebel hands" the winner.
            let lost = phrase.iter().any(|item| item.low == "from" || item.low == "out");
            return Some(if lost {
                Reading { losing: Some(inner), ..before }
            } else {
                Reading { gaining: Some(inner), ..before }
            });
        }
        if matches!(phrase.last()?.low.as_str(), "to" | "of" | "by") {
            let gaining = actor_here(self.items, self.parse, self.trigger.end)?;
            return Some(Reading { gaining: Some(gaining), ..before });
        }
        let gaining = self.behind("to");
        // "Hama fell silent", "shells fell on Hama" are other falls.
        let plain = phrase.len() == 1 && gaining.is_none() && self.goes_on_otherwise();
        (!plain).then_some(Reading { gaining, ..before })
    }

    /// Whether a noun, an adjective or a preposition of direction after "fell" makes it another fall.
    fn goes_on_otherwise(&self) -> bool {
        let Some(next) = self.items.get(self.trigger.end) else { return false };
        match self.parse.tags[self.trigger.end] {
            Tag::Adjective | Tag::Noun | Tag::Actor | Tag::Place | Tag::Pronoun => {
                !matches!(next.low.as_str(), "days" | "hours" | "last" | "weeks" | "late" | "early")
            }
            Tag::Determiner => {
                // "fell two days later" is a time; "fell the city" nothing.
                !self.items[self.trigger.end..].iter().take(4).any(|item| {
                    matches!(item.kind, ItemKind::Time(_)) || super::super::lexicon::is_hour(&item.low)
                })
            }
            Tag::Preposition => {
                matches!(
                    next.low.as_str(),
                    "on" | "into"
                        | "from"
                        | "under"
                        | "behind"
                        | "out"
                        | "off"
                        | "over"
                        | "to"
                        | "towards"
                        | "toward"
                        | "back"
                        | "short"
                        | "apart"
                ) && !matches!(
                    self.items.get(self.trigger.end + 1).map(|item| item.kind),
                    Some(ItemKind::Time(_))
                )
            }
            _ => false,
        }
    }

    /// "Hama is now in rebel hands", "the rebels are in full control of Hama".
    fn held(&self) -> Option<Reading> {
        let phrase = &self.items[self.trigger.start..self.trigger.end];
        let group = self.parse.clauses[self.clause]
            .verb
            .as_ref()
            .filter(|verb| (verb.start..verb.end).contains(&self.trigger.start));
        let from = group.map_or(self.trigger.start, |verb| verb.start);
        let to = (self.trigger.end + 2).min(self.items.len());
        let has = |word: &str| phrase.iter().any(|item| item.low == word);
        let changed = self.items[from.saturating_sub(1)..to].iter().any(|item| {
            matches!(
                item.low.as_str(),
                "now"
                    | "full"
                    | "fully"
                    | "complete"
                    | "completely"
                    | "entire"
                    | "entirely"
                    | "back"
                    | "again"
                    | "whole"
            )
        });
        let lasting = !changed
            || self.items[from.saturating_sub(1)..to].iter().any(|item| {
                matches!(
                    item.low.as_str(),
                    "still"
                        | "remain"
                        | "remains"
                        | "remained"
                        | "long"
                        | "stay"
                        | "stayed"
                        | "stays"
                        | "retain"
                        | "retains"
                        | "retained"
                        | "not"
                )
            });
        // "has been in Baghdad's hands since 3 November": that day it changed.
        let since = self.items[self.trigger.end..]
            .windows(2)
            .take(8)
            .any(|pair| pair[0].low == "since" && matches!(pair[1].kind, ItemKind::Time(_)));
        let lasting = lasting && !since;
        let holder_first = !has("by") && !has("under") && !has("hands") && !has("to") && !has("part");
        if holder_first {
            return Some(Reading { gaining: Some(self.subject()?), lasting, ..self.object() });
        }
        // "was back under its control": of whoever says so.
        let speaker = || {
            self.parse.clauses[self.clause].parent.and_then(|parent| subject(self.items, self.parse, parent))
        };
        let gaining = self
            .trigger
            .inner
            .or_else(|| (has("its") || has("their")).then(speaker).flatten())
            .or_else(|| actor_here(self.items, self.parse, self.trigger.end))
            .or_else(|| behind(self.items, self.parse, self.trigger.end, &["of", "by"]));
        Some(Reading { gaining: Some(gaining?), lasting, ..self.before() })
    }

    /// "The rebels' capture of Hama", "Hama's fall to the rebels", "the withdrawal of troops from Hama".
    fn noun(&self) -> Option<Reading> {
        let (items, start) = (self.items, self.trigger.start);
        let owner = || possessor(items, self.parse, start);
        let with_of = self.trigger.end > start + 1;
        let object = if with_of { self.object() } else { Reading::default() };
        // "Hama's fall", "its capture", "the town's seizure": the place stands before the noun.
        let owned = || -> Vec<Ground> {
            let Some(before) = start.checked_sub(1) else { return Vec::new() };
            let adjective = self.parse.tags[before] == Tag::Adjective && before > 0;
            let before = if adjective { before - 1 } else { before };
            let item = &items[before];
            let place = matches!(item.kind, ItemKind::Place(_)) && item.possessive
                || item.kind == ItemKind::Word
                    && item.possessive
                    && super::super::lexicon::is_place_noun(&item.low)
                || item.low == "its"
                || item.low == "their";
            if place {
                vec![Ground {
                    item: before,
                    owner: None,
                    partial: false,
                    plural: item.low == "their",
                    noun: None,
                }]
            } else {
                Vec::new()
            }
        };
        Some(match self.trigger.rule.frame {
            Frame::Fight => object,
            Frame::FallNoun | Frame::LossNoun if !with_of => {
                Reading { grounds: owned(), gaining: self.behind("to"), ..Reading::default() }
            }
            Frame::TakeNoun if !with_of => Reading {
                grounds: owned(),
                gaining: self.behind("by"),
                losing: self.behind("from"),
                ..Reading::default()
            },
            Frame::FallNoun => Reading { gaining: self.behind("to"), ..object },
            Frame::LossNoun => Reading { losing: owner(), gaining: self.behind("to"), ..object },
            Frame::LeaveNoun => {
                let before = &items[start.saturating_sub(3)..start];
                let announced = before.iter().any(|item| is_speech(&item.low));
                let subject = || announced.then(|| self.subject()).flatten();
                let losing = self.trigger.inner.or_else(owner).or_else(|| self.behind("by")).or_else(subject);
                // Civilians depart and are evacuated too; only armed men make "a withdrawal".
                let armed =
                    matches!(items[start].low.as_str(), "withdrawal" | "pullout" | "pullback" | "retreat");
                (losing.is_some() || armed).then_some(Reading { losing, ..object })?
            }
            _ => Reading {
                gaining: owner().or_else(|| self.behind("by")),
                losing: self.behind("from"),
                ..object
            },
        })
    }
}
