//! Whether a word is a verb here: "capture", "captures", "capturing", "captured" may each be something else.

use super::Tag;
use crate::extract::grammar::{Item, ItemKind};
use crate::extract::lexicon::{
    Form, also_noun, is_adverb, is_auxiliary, is_determiner, is_preposition, is_pronoun, is_relative,
    is_subordinator, verb_forms,
};

/// A word as a verb, if it is one here.
pub(super) fn verb(items: &[Item], tags: &[Tag], at: usize, previous: Option<(usize, Tag)>) -> Option<Tag> {
    let item = &items[at];
    let low = item.low.as_str();
    // A capital inside a sentence is a name ("Victory March").
    if item.name_like
        && at > 0
        && !matches!(previous, Some((_, Tag::Actor | Tag::Place)))
        && !matches!(tags[at - 1], Tag::Quote | Tag::Break)
    {
        return None;
    }
    if item.possessive {
        return None;
    }
    let known = verb_forms(low);
    let next = items.get(at + 1);
    let to_noun = next.is_some_and(opens_noun);
    let last = previous.map(|(_, tag)| tag);
    let after_helper = matches!(last, Some(Tag::To | Tag::Modal | Tag::Auxiliary));
    let in_phrase = matches!(tags.last(), Some(Tag::Determiner | Tag::Adjective | Tag::Hyphen))
        || at > 0 && items[at - 1].possessive;
    for form in known {
        let here = match form {
            Form::Base => base(items, tags, at, previous, after_helper),
            Form::Third => third(items, tags, at, previous, in_phrase),
            Form::Ing => return Some(ing(items, at, last, in_phrase)),
            Form::Past => !in_phrase,
            Form::Participle | Form::PastOrParticiple => {
                if in_phrase
                    && !matches!(tags.last(), Some(Tag::Hyphen))
                    && !to_noun
                    && next.is_some_and(|next| next.low == "by")
                {
                    // "the captured by" does not occur; "those captured by" does.
                    true
                } else {
                    !in_phrase && !before_noun(items, tags, at, last)
                }
            }
        };
        if here {
            return Some(Tag::Verb(*form));
        }
    }
    if !known.is_empty() {
        let participle = known.iter().any(|form| matches!(form, Form::Participle | Form::PastOrParticiple));
        return participle.then_some(Tag::Adjective);
    }
    // A verb that no list has.
    if low.len() > 4
        && low.ends_with("ed")
        && !item.name_like
        && !matches!(
            low,
            "hundred"
                | "naked"
                | "wicked"
                | "sacred"
                | "rugged"
                | "armed"
                | "red"
                | "united"
                | "speed"
                | "need"
                | "indeed"
                | "breed"
                | "seed"
                | "so-called"
        )
    {
        if in_phrase || before_noun(items, tags, at, last) {
            return Some(Tag::Adjective);
        }
        return Some(Tag::Verb(Form::PastOrParticiple));
    }
    if low.len() > 5
        && low.ends_with("ing")
        && !item.name_like
        && !matches!(
            low,
            "morning"
                | "evening"
                | "nothing"
                | "something"
                | "anything"
                | "everything"
                | "building"
                | "spring"
                | "string"
                | "meeting"
                | "during"
        )
    {
        return Some(ing(items, at, last, in_phrase));
    }
    None
}

/// Whether an item opens a noun phrase.
fn opens_noun(item: &Item) -> bool {
    match item.kind {
        ItemKind::Place(_) | ItemKind::Actor(_) => true,
        ItemKind::Word => is_determiner(&item.low) || is_pronoun(&item.low) || item.name_like,
        _ => false,
    }
}

/// "capture": a verb after "to", a modal, a plural subject; in a list of infinitives.
fn base(items: &[Item], tags: &[Tag], at: usize, previous: Option<(usize, Tag)>, after_helper: bool) -> bool {
    let low = items[at].low.as_str();
    let next = items.get(at + 1);
    if after_helper {
        let (i, tag) = previous.unwrap_or((0, Tag::To));
        // "was under siege", "has control of": a form of "be" or "have" takes no base.
        return tag != Tag::Auxiliary
            || matches!(items[i].low.as_str(), "do" | "does" | "did" | "didn't" | "doesn't" | "don't");
    }
    // Base and participle may look the same: "was overrun", "had quit".
    match previous {
        Some((_, Tag::Conjunction)) => {
            // "to advance and capture": joined to an infinitive or a modal.
            let joined = tags.iter().enumerate().rev().take(12).any(|(i, tag)| {
                *tag == Tag::Verb(Form::Base)
                    && i > 0
                    && matches!(
                        tags[..i].iter().rev().find(|tag| !matches!(tag, Tag::Adverb)),
                        Some(Tag::To | Tag::Modal)
                    )
            });
            // "moved in and now control it".
            let plural = tags
                .iter()
                .any(|tag| matches!(tag, Tag::Verb(Form::Past | Form::PastOrParticiple | Form::Base)));
            joined && (!also_noun(low) || next.is_some_and(opens_noun))
                || plural && next.is_some_and(opens_noun)
        }
        Some((i, Tag::Actor | Tag::Noun | Tag::Place)) => {
            let plural = items[i].last.ends_with('s') && !items[i].last.ends_with("ss")
                || matches!(
                    items[i].last.as_str(),
                    "troops" | "forces" | "police" | "people" | "men" | "militia" | "military" | "taliban"
                );
            let plural = plural && !items[i].possessive;
            plural
                && (!also_noun(low)
                    || next.is_some_and(opens_noun)
                    || next.is_some_and(|next| {
                        matches!(next.low.as_str(), "into" | "to" | "from" | "on" | "in" | "back")
                    }) && !matches!(low, "attack" | "advance" | "raid" | "base" | "control" | "command"))
        }
        Some((i, Tag::Pronoun)) => matches!(items[i].low.as_str(), "they" | "we" | "you" | "i" | "who"),
        Some((_, Tag::Relative)) => !also_noun(low) || next.is_some_and(opens_noun),
        _ => false,
    }
}

/// "captures": a verb after a singular subject.
fn third(items: &[Item], tags: &[Tag], at: usize, previous: Option<(usize, Tag)>, in_phrase: bool) -> bool {
    if in_phrase {
        return false;
    }
    let low = items[at].low.as_str();
    let next = items.get(at + 1);
    match previous {
        Some((
            i,
            Tag::Actor
            | Tag::Noun
            | Tag::Place
            | Tag::Pronoun
            | Tag::Relative
            | Tag::Comma
            | Tag::Conjunction
            | Tag::Time,
        )) => {
            if !also_noun(low) {
                return !matches!(tags.last(), Some(Tag::Comma | Tag::Conjunction))
                    || next.is_some_and(opens_noun)
                    || next.is_some_and(|next| next.low == "that");
            }
            let object = next.is_none_or(|next| {
                opens_noun(next)
                    || matches!(
                        next.low.as_str(),
                        "that"
                            | "to"
                            | "into"
                            | "from"
                            | "back"
                            | "out"
                            | "under"
                            | "."
                            | "over"
                            | "how"
                            | "what"
                            | ","
                            | "when"
                            | "as"
                            | "after"
                    )
                    || matches!(next.kind, ItemKind::Time(_))
            });
            // "after days of drone attacks the army": behind a preposition it is another noun.
            let oblique = tags[i] == Tag::Noun
                && tags[..i]
                    .iter()
                    .rev()
                    .find(|tag| !matches!(tag, Tag::Noun | Tag::Adjective | Tag::Determiner))
                    == Some(&Tag::Preposition);
            if oblique {
                return false;
            }
            let subject = matches!(tags[i], Tag::Place | Tag::Pronoun | Tag::Relative | Tag::Time)
                || tags[i] == Tag::Actor
                || tags[i] == Tag::Noun && !items[i].low.ends_with('s');
            let listed = matches!(tags[i], Tag::Comma | Tag::Conjunction);
            object && (subject || listed && next.is_some_and(opens_noun)) && !items[i].possessive
        }
        _ => false,
    }
}

/// "capturing": progressive, gerund, participle; a noun before "of"; an adjective before a noun.
fn ing(items: &[Item], at: usize, last: Option<Tag>, in_phrase: bool) -> Tag {
    let low = items[at].low.as_str();
    let next = items.get(at + 1);
    let of = next.is_some_and(|next| next.low == "of");
    if matches!(
        low,
        "neighbouring"
            | "neighboring"
            | "surrounding"
            | "outlying"
            | "remaining"
            | "existing"
            | "leading"
            | "ruling"
            | "warring"
            | "opposing"
            | "adjoining"
            | "retreating"
            | "advancing"
            | "attacking"
            | "besieging"
    ) && next.is_some_and(|next| {
        !matches!(next.kind, ItemKind::Mark) && !is_preposition(&next.low) && !is_determiner(&next.low)
    }) && !matches!(last, Some(Tag::Auxiliary))
    {
        return Tag::Adjective;
    }
    if matches!(last, Some(Tag::Auxiliary)) && !in_phrase {
        return Tag::Verb(Form::Ing);
    }
    if in_phrase {
        return if of {
            Tag::Noun
        } else if next.is_some_and(|next| {
            matches!(next.kind, ItemKind::Word | ItemKind::Place(_) | ItemKind::Actor(_))
                && !is_preposition(&next.low)
        }) {
            Tag::Adjective
        } else {
            Tag::Noun
        };
    }
    if matches!(
        low,
        "fighting"
            | "shelling"
            | "bombing"
            | "looting"
            | "crossing"
            | "landing"
            | "briefing"
            | "training"
            | "funding"
            | "ruling"
            | "uprising"
            | "offering"
    ) {
        let verb = next.is_some_and(opens_noun) && !matches!(last, Some(Tag::Preposition | Tag::Noun));
        return if verb { Tag::Verb(Form::Ing) } else { Tag::Noun };
    }
    Tag::Verb(Form::Ing)
}

/// "of captured territory", "held talks": a participle that belongs to the noun after it.
fn before_noun(items: &[Item], tags: &[Tag], at: usize, last: Option<Tag>) -> bool {
    let Some(next) = items.get(at + 1) else { return false };
    let bare = next.kind == ItemKind::Word
        && !next.name_like
        && !is_determiner(&next.low)
        && !is_preposition(&next.low)
        && !is_adverb(&next.low)
        && !is_subordinator(&next.low)
        && !is_auxiliary(&next.low)
        && !is_relative(&next.low)
        && !matches!(
            next.low.as_str(),
            "and"
                | "or"
                | "but"
                | "that"
                | "to"
                | "as"
                | "control"
                | "possession"
                | "charge"
                | "part"
                | "parts"
        )
        && !next.low.ends_with("ly");
    match last {
        // After a preposition it can only be an adjective, if a noun follows.
        Some(Tag::Preposition) => {
            !matches!(tags.last(), Some(Tag::Adverb))
                && (bare || matches!(next.kind, ItemKind::Place(_) | ItemKind::Actor(_)))
        }
        Some(Tag::Verb(_)) => bare || matches!(next.kind, ItemKind::Place(_) | ItemKind::Actor(_)),
        // "Rebels captured soldiers" and "Captured soldiers said" look alike; the start of a sentence has no subject.
        None => bare,
        _ => false,
    }
}
