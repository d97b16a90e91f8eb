//! Finds the words of rules in a sentence, and whether a verb among them is passive.

use super::super::lexicon::{Form, forms, is_be, is_determiner, is_negative, is_speech, is_subordinator};
use super::super::rules::{Frame, RULES, Rule};
use super::{Item, ItemKind, Trigger};
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(super) struct Phrase {
    rule: &'static Rule,
    rest: Vec<&'static str>,
    form: Option<Form>,
}

/// Every phrase of every rule by each form of its first word, longest first.
pub(super) static PHRASES: LazyLock<BTreeMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut map: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
    for rule in RULES {
        for phrase in rule.phrases {
            let mut words = phrase.split(' ');
            let first = words.next().unwrap_or("");
            let rest: Vec<&'static str> = words.collect();
            if is_noun(rule.frame) {
                map.entry(first.to_owned()).or_default().push(Phrase { rule, rest, form: None });
            } else if first == "be" || first == "now" {
                let words: &[&str] =
                    if first == "be" { &["is", "are", "was", "were", "be", "been"] } else { &["now"] };
                for word in words {
                    map.entry((*word).to_owned()).or_default().push(Phrase {
                        rule,
                        rest: rest.clone(),
                        form: Some(Form::Third),
                    });
                }
            } else {
                for (word, form) in forms(first) {
                    map.entry(word).or_default().push(Phrase { rule, rest: rest.clone(), form: Some(form) });
                }
            }
        }
    }
    for phrases in map.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }
    map
});

pub(super) fn is_noun(frame: Frame) -> bool {
    matches!(
        frame,
        Frame::TakeNoun
            | Frame::FallNoun
            | Frame::LossNoun
            | Frame::LeaveNoun
            | Frame::SiegeNoun
            | Frame::Fight
    )
}

/// The words of rules in a sentence, in order.
pub(crate) fn triggers(items: &[Item]) -> Vec<Trigger> {
    let mut out: Vec<Trigger> = Vec::new();
    for at in 0..items.len() {
        if items[at].kind != ItemKind::Word
            || out.last().is_some_and(|last| at < last.end && last.form.is_some())
        {
            continue;
        }
        let Some(phrases) = PHRASES.get(&items[at].low) else { continue };
        let mut found: Option<Trigger> = None;
        for phrase in phrases {
            // "Hama's fall", "the withdrawal": a noun; "to fall", "has fallen": a verb.
            let after_noun_mark = at > 0 && (items[at - 1].possessive || is_determiner(&items[at - 1].low));
            if phrase.form == Some(Form::Base) && after_noun_mark {
                continue;
            }
            let Some((end, inner)) = rest_matches(items, at + 1, &phrase.rest) else { continue };
            // Among phrases of one length the first that makes sense here: "Jalalabad surrendered" has no object to lose.
            // "was overrun": where base and participle look the same, the verb before decides.
            let better = found.as_ref().is_none_or(|best| {
                end > best.end
                    || end == best.end
                        && (best.form == Some(Form::Base) && phrase.form == Some(Form::Participle)
                            || super::read(items, best).is_none())
            });
            if better {
                let passive =
                    phrase.form.is_some_and(|form| is_passive(items, at, end, form, phrase.rule.frame));
                if phrase.form == Some(Form::Participle)
                    && !passive
                    && !after_have(items, at)
                    && !reduced(items, at)
                {
                    continue;
                }
                found =
                    Some(Trigger { rule: phrase.rule, start: at, end, form: phrase.form, passive, inner });
            }
        }
        out.extend(found);
    }
    out
}

/// Words that may stand inside a phrase: "took full control of", "is now firmly in rebel hands".
pub(super) fn is_filler(item: &Item) -> bool {
    item.kind == ItemKind::Word
        && (matches!(
            item.low.as_str(),
            "full"
                | "complete"
                | "total"
                | "entire"
                | "partial"
                | "effective"
                | "back"
                | "firmly"
                | "all"
                | "its"
                | "their"
                | "the"
                | "a"
                | "sole"
                | "near"
                | "once"
                | "again"
                | "over"
                | "on"
                | "out"
                | "now"
                | "also"
                | "away"
                | "tight"
                | "any"
                | "his"
        ) || item.low.ends_with("ly"))
}

/// Whether the rest of a phrase stands from `at` on; where it ends, and an actor inside it.
pub(super) fn rest_matches(items: &[Item], mut at: usize, rest: &[&str]) -> Option<(usize, Option<usize>)> {
    let mut inner = None;
    let mut words = rest.iter().peekable();
    while let Some(word) = words.next() {
        if *word == "*" {
            let next = words.peek()?;
            let mut steps = 0;
            while items.get(at)?.low != **next || !matches!(items[at].kind, ItemKind::Word) {
                let item = &items[at];
                match item.kind {
                    ItemKind::Actor(_) => inner = inner.or(Some(at)),
                    ItemKind::Word if is_speech(&item.low) || is_subordinator(&item.low) => return None,
                    ItemKind::Mark if item.low != "-" => return None,
                    // "pushed back twenty kilometres from": a distance, not a place left.
                    ItemKind::Word
                        if matches!(item.low.as_str(), "km" | "kilometres" | "kilometers" | "miles") =>
                    {
                        return None;
                    }
                    _ => {}
                }
                at += 1;
                steps += 1;
                if steps > 8 {
                    return None;
                }
            }
            continue;
        }
        let mut skipped = 0;
        while items.get(at)?.low != *word {
            if !is_filler(&items[at]) || skipped == 3 {
                return None;
            }
            skipped += 1;
            at += 1;
        }
        at += 1;
    }
    Some((at, inner))
}

/// Whether the verb at `at` is passive: after a form of "be", or a bare participle before "by" or after a noun.
pub(super) fn is_passive(items: &[Item], at: usize, end: usize, form: Form, frame: Frame) -> bool {
    if !matches!(form, Form::Participle | Form::PastOrParticiple)
        || matches!(frame, Frame::Fall | Frame::Held)
    {
        return false;
    }
    let mut i = at;
    let mut steps = 0;
    while i > 0 && steps < 5 {
        i -= 1;
        let item = &items[i];
        if item.kind == ItemKind::Word && is_be(&item.low) {
            return true;
        }
        let passes = item.kind == ItemKind::Word
            && (item.low.ends_with("ly")
                || is_negative(&item.low)
                || matches!(
                    item.low.as_str(),
                    "also"
                        | "now"
                        | "then"
                        | "later"
                        | "once"
                        | "just"
                        | "partially"
                        | "remains"
                        | "remain"
                        | "remained"
                        | "reportedly"
                        | "again"
                        | "since"
                        | "first"
                        | "finally"
                ));
        if !passes {
            break;
        }
        if item.low.starts_with("remain") {
            return true;
        }
        steps += 1;
    }
    // "Hama, captured by rebels on Thursday": only "by" tells a participle from a past.
    let by = items.get(end).is_some_and(|item| item.low == "by");
    by && !after_have(items, at)
}

pub(super) fn after_have(items: &[Item], at: usize) -> bool {
    items[..at]
        .iter()
        .rev()
        .take(4)
        .any(|item| matches!(item.low.as_str(), "has" | "have" | "had" | "having" | "'ve" | "'d"))
}

/// "Aleppo, taken last week, …": a participle that trails a place.
pub(super) fn reduced(items: &[Item], at: usize) -> bool {
    at >= 1 && matches!(items[at - 1].kind, ItemKind::Place(_))
        || at >= 2 && items[at - 1].low == "," && matches!(items[at - 2].kind, ItemKind::Place(_))
}
