//! Finds the words of rules in a sentence.

use super::super::lexicon::{Form, forms, is_speech, is_subordinator};
use super::super::rules::{Frame, RULES, Rule};
use super::super::text::Token;
use super::clause::{Opener, Parse};
use super::tag::{Tag, lasts};
use super::{Item, ItemKind, Trigger};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

struct Phrase {
    rule: &'static Rule,
    rest: Vec<&'static str>,
    form: Option<Form>,
}

/// Every phrase of every rule by each form of its first word, longest first.
static PHRASES: LazyLock<FxHashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut all: Vec<(String, Phrase)> = Vec::new();
    for (rule, phrase) in RULES.iter().flat_map(|rule| rule.phrases.iter().map(move |phrase| (rule, phrase)))
    {
        let mut words = phrase.split(' ');
        let first = words.next().unwrap_or("");
        let rest: Vec<&'static str> = words.collect();
        if rule.frame.is_noun() {
            all.push((first.to_owned(), Phrase { rule, rest, form: None }));
            continue;
        }
        for (word, form) in if first == "be" { be() } else { forms(first) } {
            all.push((word, Phrase { rule, rest: rest.clone(), form: Some(form) }));
        }
    }
    all.sort_by_key(|(_, phrase)| std::cmp::Reverse(phrase.rest.len()));
    let mut map: FxHashMap<String, Vec<Phrase>> = FxHashMap::default();
    for (word, phrase) in all {
        map.entry(word).or_default().push(phrase);
    }
    map
});

/// The words that phrases of a rule begin with, in every form.
pub(crate) fn openers(rule: &Rule) -> Vec<String> {
    let firsts = rule.phrases.iter().filter_map(|phrase| phrase.split(' ').next());
    if rule.frame.is_noun() {
        return firsts.map(str::to_owned).collect();
    }
    firsts.flat_map(|first| if first == "be" { be() } else { forms(first) }).map(|(word, _)| word).collect()
}

/// Forms of "be", which phrases such as "be in control of" begin with.
fn be() -> Vec<(String, Form)> {
    ["is", "are", "was", "were", "be", "been", "being", "'s"]
        .map(|word| (word.to_owned(), Form::Third))
        .into()
}

/// Whether a sentence of these words may hold the words of a rule: it has the first word of a phrase, and the others behind it.
pub(crate) fn may_tell(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().filter(|(_, token)| token.low.opens_rule()).any(|(at, token)| {
        let behind = &tokens[at + 1..];
        let has = |word: &&str| *word == "*" || behind.iter().any(|token| token.low == *word);
        PHRASES
            .get(&*token.low)
            .is_some_and(|phrases| phrases.iter().any(|phrase| phrase.rest.iter().all(has)))
    })
}

/// Whether a verb takes ground as its object by itself ("captured Hama").
pub(super) fn takes_ground(word: &str) -> bool {
    PHRASES.get(word).is_some_and(|phrases| {
        phrases.iter().any(|phrase| {
            phrase.rest.is_empty()
                && matches!(phrase.rule.frame, Frame::Take | Frame::Besiege | Frame::Lose | Frame::Leave)
        })
    })
}

/// The words of rules in a sentence, in order.
pub(crate) fn triggers(items: &[Item], parse: &Parse) -> Vec<Trigger> {
    let mut out: Vec<Trigger> = Vec::new();
    for at in 0..items.len() {
        if items[at].kind != ItemKind::Word
            || out.last().is_some_and(|last| at < last.end && last.form.is_some())
        {
            continue;
        }
        let Some(phrases) = PHRASES.get(&*items[at].low) else { continue };
        let mut found: Option<Trigger> = None;
        for phrase in phrases {
            if !fits(phrase.form, &items[at].low, parse.tags[at]) {
                continue;
            }
            let Some((end, inner)) = rest_matches(items, at + 1, &phrase.rest) else { continue };
            let group = parse.clause(at).verb.as_ref().filter(|verb| (verb.start..verb.end).contains(&at));
            let reduced = matches!(parse.clause(at).opener, Opener::Reduced(..));
            let passive = phrase.form.is_some()
                && !matches!(phrase.rule.frame, Frame::Fall | Frame::Held | Frame::UnderSiege)
                && (reduced || group.is_some_and(|verb| verb.passive));
            let trigger = Trigger { rule: phrase.rule, start: at, end, form: phrase.form, passive, inner };
            // Among phrases the first that makes sense here: "Jalalabad surrendered" has no object to lose.
            let better = found.as_ref().is_none_or(|best| {
                super::read(items, parse, best).is_none() && super::read(items, parse, &trigger).is_some()
            });
            if better {
                found = Some(trigger);
            }
        }
        out.extend(found);
    }
    out
}

/// Whether a word stands here as the verb or noun that a phrase asks for.
fn fits(form: Option<Form>, low: &str, tag: Tag) -> bool {
    match form {
        None => {
            matches!(tag, Tag::Noun)
                || tag == Tag::Adjective && low.ends_with("al")
                || matches!(tag, Tag::Verb(Form::Base)) && low == "capture"
        }
        Some(Form::Third)
            if matches!(low, "is" | "are" | "was" | "were" | "be" | "been" | "being" | "'s") =>
        {
            tag == Tag::Auxiliary
        }
        Some(_) => matches!(tag, Tag::Verb(_)) || tag == Tag::Auxiliary && lasts(low),
    }
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
                    // "in Baghdad's hands".
                    ItemKind::Place(_) if item.possessive => inner = inner.or(Some(at)),
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
