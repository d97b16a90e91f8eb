//! Who says what a sentence tells.

use crate::extract::grammar::{Item, ItemKind, Opener, Parse, Tag, Trigger, actor_in, subject};
use crate::extract::lexicon::{is_bystander, is_speech};

/// Who says what the clause tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The reporter.
    Reporter,
    /// The item that speaks.
    Said(usize),
    /// Somebody of no side, by these words.
    Bystander(usize),
}

/// Who says what the words at `trigger` tell: "the army said", "according to residents", or the reporter.
pub(crate) fn voice(items: &[Item], parse: &Parse, trigger: &Trigger) -> Voice {
    let start = parse.clause_of[trigger.start];
    let mut at = start;
    // A noun that is the object of a verb of saying: "announced the capture of".
    let own = parse.clauses[at].verb.as_ref().filter(|verb| {
        trigger.form.is_none() && verb.end <= trigger.start && is_speech(&items[verb.head].low)
    });
    if own.is_some()
        && let Some(speaker) = speaker(items, parse, at)
    {
        return said(items, speaker);
    }
    for _ in 0..parse.clauses.len() {
        let clause = &parse.clauses[at];
        let spoken = match clause.opener {
            Opener::That(word) | Opener::Infinitive(Some(word)) | Opener::Gerund(Some(word)) => {
                is_speech(&items[word].low)
            }
            _ => false,
        };
        let Some(parent) = clause.parent else { break };
        if spoken {
            if let Opener::That(word) = clause.opener
                && parse.tags[word] == Tag::Noun
                && let Some(owner) = claimed_by(items, word)
            {
                return said(items, owner);
            }
            if let Some(speaker) = speaker(items, parse, parent) {
                return said(items, speaker);
            }
        }
        at = parent;
    }
    // "…, the army said", "as the army said", "according to".
    let top = at;
    for (n, clause) in parse.clauses.iter().enumerate() {
        let attribution = n != top
            && clause.start > trigger.start
            && clause.verb.as_ref().is_some_and(|verb| is_speech(&items[verb.head].low) && !verb.modal)
            && (clause.opener == Opener::Tail
                || matches!(clause.opener, Opener::Sub(word) if items[word].low == "as"));
        if attribution && let Some(found) = speaker(items, parse, n).or_else(|| after_verb(items, parse, n)) {
            return said(items, found);
        }
    }
    if let Some(found) = according(items, parse) {
        return said(items, found);
    }
    Voice::Reporter
}

/// "the rebels' claim that", "a claim by the rebels that".
fn claimed_by(items: &[Item], word: usize) -> Option<usize> {
    (word.saturating_sub(3)..word)
        .rev()
        .find(|&i| matches!(items[i].kind, ItemKind::Actor(_) | ItemKind::Place(_)) && items[i].possessive)
}

/// Who speaks in a clause with a verb of saying: its own subject, or what hangs on it ("a spokesman for the army").
fn speaker(items: &[Item], parse: &Parse, clause: usize) -> Option<usize> {
    let subjects = parse.subjects(clause);
    for &(from, to) in subjects {
        if let Some(actor) = actor_in(items, from, to) {
            return Some(actor);
        }
        if let Some(place) = (from..to).find(|&i| matches!(items[i].kind, ItemKind::Place(_))) {
            return Some(place);
        }
    }
    // "a spokesman for the army", "an official in the ministry of": what hangs on the subject.
    let verb = parse.clauses[clause].verb.as_ref()?;
    let hanging = subjects
        .first()
        .and_then(|(_, to)| (*to..verb.start).find(|&i| matches!(items[i].kind, ItemKind::Actor(_))));
    // "the Arakan Army, which says": whoever the pronoun stands for.
    hanging.or_else(|| subject(items, parse, clause))
}

/// "said the army": the subject behind its verb.
fn after_verb(items: &[Item], parse: &Parse, clause: usize) -> Option<usize> {
    let verb = parse.clauses[clause].verb.as_ref()?;
    (verb.end..items.len().min(verb.end + 7))
        .take_while(|&i| !matches!(items[i].low.as_str(), "," | "." | ";"))
        .find(|&i| matches!(items[i].kind, ItemKind::Actor(_) | ItemKind::Place(_)))
}

fn according(items: &[Item], _parse: &Parse) -> Option<usize> {
    let at = items.windows(2).position(|pair| pair[0].low == "according" && pair[1].low == "to")?;
    (at + 2..items.len().min(at + 10))
        .take_while(|&i| !matches!(items[i].low.as_str(), "," | "." | ";"))
        .find(|&i| matches!(items[i].kind, ItemKind::Actor(_) | ItemKind::Place(_)))
}

fn said(items: &[Item], at: usize) -> Voice {
    let bystander = is_bystander(&items[at].low) && items[at].low != "officials";
    // "a rebel commander", "Syria's state media": the words that follow keep the side; "a monitor" and "residents" have none.
    let near = items[at + 1..].iter().take(2).any(|item| {
        matches!(item.low.as_str(), "observatory" | "monitor" | "residents" | "journalists" | "activists")
    });
    if bystander || near { Voice::Bystander(at) } else { Voice::Said(at) }
}
