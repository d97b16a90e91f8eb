//! What part of speech each item of a sentence is, by its forms and its neighbours.

use super::super::lexicon::{
    Form, also_noun, is_adverb, is_auxiliary, is_be, is_determiner, is_modal, is_negative, is_part,
    is_participial_preposition, is_preposition, is_pronoun, is_relative, is_subordinator, number, verb_forms,
};
use super::{Item, ItemKind};

/// The part of speech of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// "the", "its", "two".
    Determiner,
    /// A noun, or any word that is none of the others.
    Noun,
    /// "strategic", "captured" before a noun.
    Adjective,
    /// A verb with its own meaning.
    Verb(Form),
    /// "has", "was", "did".
    Auxiliary,
    /// "will", "could".
    Modal,
    /// "not", "never".
    Negative,
    /// "to" before a verb.
    To,
    /// "in", "of", "according to".
    Preposition,
    /// "after", "if": a clause may follow, or a noun.
    Subordinator,
    /// "which", "who".
    Relative,
    /// "that" before a clause.
    That,
    /// "and", "but".
    Conjunction,
    /// "also", "now".
    Adverb,
    /// "they", "it".
    Pronoun,
    /// A place.
    Place,
    /// An actor.
    Actor,
    /// A time.
    Time,
    /// A comma, or a dash between words.
    Comma,
    /// A hyphen inside a word.
    Hyphen,
    /// A quotation mark.
    Quote,
    /// A semicolon, a colon, a bracket, the end.
    Break,
}

impl Tag {
    /// Whether a noun phrase may start or go on with it.
    pub(super) fn nominal(self) -> bool {
        matches!(
            self,
            Self::Determiner
                | Self::Noun
                | Self::Adjective
                | Self::Pronoun
                | Self::Place
                | Self::Actor
                | Self::Hyphen
        )
    }

    /// Whether a verb group may start with it.
    fn verbal(self) -> bool {
        matches!(self, Self::Verb(_) | Self::Auxiliary | Self::Modal)
    }
}

/// The tags of all items, in order.
pub(crate) fn tags(items: &[Item]) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::with_capacity(items.len());
    for at in 0..items.len() {
        let tag = tag(items, &tags, at);
        tags.push(tag);
    }
    tags
}

/// The nearest tag before that is no adverb or negation, and its item.
fn before(tags: &[Tag]) -> Option<(usize, Tag)> {
    tags.iter()
        .copied()
        .enumerate()
        .rev()
        .find(|(_, tag)| !matches!(tag, Tag::Adverb | Tag::Negative | Tag::Quote))
}

fn tag(items: &[Item], tags: &[Tag], at: usize) -> Tag {
    let item = &items[at];
    match item.kind {
        ItemKind::Place(_) => return Tag::Place,
        ItemKind::Actor(_) => {
            let pronoun = matches!(item.low.as_str(), "they" | "it" | "we");
            return if pronoun { Tag::Pronoun } else { Tag::Actor };
        }
        ItemKind::Time(_) => return Tag::Time,
        ItemKind::Mark => {
            return match item.low.as_str() {
                "-" if !item.spaced => Tag::Hyphen,
                "," | "-" | "—" | "–" => Tag::Comma,
                "“" | "”" | "\"" | "«" | "»" | "‘" | "’" | "'" | "„" => Tag::Quote,
                _ => Tag::Break,
            };
        }
        ItemKind::Word => {}
    }
    word(items, tags, at)
}

fn word(items: &[Item], tags: &[Tag], at: usize) -> Tag {
    let low = items[at].low.as_str();
    let previous = before(tags);
    match low {
        "to" => {
            let mut next = at + 1;
            while items.get(next).is_some_and(|item| is_adverb(&item.low) || item.low.ends_with("ly")) {
                next += 1;
            }
            let verb = items.get(next).is_some_and(|item| {
                item.kind == ItemKind::Word
                    && !item.name_like
                    && (matches!(item.low.as_str(), "be" | "have" | "do")
                        || verb_forms(&item.low).contains(&Form::Base)
                            && !(also_noun(&item.low) && noun_follows_to(items, next)))
            });
            return if verb { Tag::To } else { Tag::Preposition };
        }
        "that" => return that(items, previous, at),
        "no" => return Tag::Determiner,
        "and" | "or" | "but" | "nor" | "yet" | "&" if low != "yet" || at == 0 => return Tag::Conjunction,
        "'d" | "'ll" => return Tag::Modal,
        "like" | "past" | "near" | "down" | "off" | "over" | "worth" => return Tag::Preposition,
        "s" => return Tag::Noun,
        _ => {}
    }
    // "the may", "a will" are nouns; so rare that a capital or a determiner before decides.
    if is_modal(low) && !(items[at].name_like && at > 0) && !matches!(previous, Some((_, Tag::Determiner))) {
        return Tag::Modal;
    }
    if is_negative(low) {
        return if low.ends_with("n't") { Tag::Auxiliary } else { Tag::Negative };
    }
    if is_auxiliary(low) || lasts(low) {
        return Tag::Auxiliary;
    }
    // "Sakhour and Haydariya both slipped".
    if matches!(low, "both" | "all" | "each")
        && matches!(tags.last(), Some(Tag::Place | Tag::Noun | Tag::Actor | Tag::Pronoun))
    {
        return Tag::Adverb;
    }
    if is_relative(low) {
        return Tag::Relative;
    }
    if low == "as" || is_subordinator(low) {
        return Tag::Subordinator;
    }
    // "most of", "much of": a share.
    if is_part(low) && items.get(at + 1).is_some_and(|next| next.low == "of") {
        return Tag::Noun;
    }
    if is_determiner(low) || number(low).is_some() {
        return Tag::Determiner;
    }
    if is_pronoun(low) {
        return Tag::Pronoun;
    }
    if is_participial_preposition(low) {
        return Tag::Preposition;
    }
    if is_preposition(low) {
        return Tag::Preposition;
    }
    if is_adverb(low)
        || low.ends_with("ly")
            && !matches!(
                low,
                "only" | "family" | "early" | "assembly" | "italy" | "ally" | "supply" | "reply"
            )
    {
        return Tag::Adverb;
    }
    verb(items, tags, at, previous)
        .unwrap_or_else(|| if adjective(low) && !noun_head(items, at) { Tag::Adjective } else { Tag::Noun })
}

/// "remained": a helper like "was", of a state that lasts.
pub(super) fn lasts(word: &str) -> bool {
    matches!(word, "remain" | "remains" | "remained" | "remaining" | "stay" | "stays" | "stayed")
}

/// "to attack": a verb; "to attacks", "to control of" are nouns.
fn noun_follows_to(items: &[Item], at: usize) -> bool {
    items.get(at + 1).is_some_and(|next| matches!(next.low.as_str(), "of" | "by" | "between"))
}

fn that(items: &[Item], previous: Option<(usize, Tag)>, at: usize) -> Tag {
    // "that day", "that town": a determiner, where no verb of the clause has to follow.
    let next = items.get(at + 1);
    let demonstrative = previous.is_none_or(|(_, tag)| {
        matches!(tag, Tag::Preposition | Tag::Subordinator | Tag::Conjunction | Tag::Comma)
    }) && next
        .is_some_and(|next| next.kind == ItemKind::Word && !is_auxiliary(&next.low) && !is_modal(&next.low));
    let same_day = next.is_some_and(|next| {
        matches!(
            next.low.as_str(),
            "day" | "morning" | "evening" | "night" | "afternoon" | "week" | "month" | "year" | "time"
        )
    });
    if demonstrative || same_day {
        return Tag::Determiner;
    }
    // "the town that fell": relative after a noun, where a verb follows; a complement otherwise.
    let verb_follows = next.is_some_and(|next| {
        next.kind == ItemKind::Word
            && (is_auxiliary(&next.low)
                || is_modal(&next.low)
                || !verb_forms(&next.low).is_empty() && !also_noun(&next.low))
    });
    match previous {
        Some((_, Tag::Noun | Tag::Place | Tag::Actor | Tag::Pronoun)) if verb_follows => Tag::Relative,
        _ => Tag::That,
    }
}

/// A word as a verb, if it is one here.
fn verb(items: &[Item], tags: &[Tag], at: usize, previous: Option<(usize, Tag)>) -> Option<Tag> {
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
    let to_noun = next.is_some_and(|next| opens_noun(next));
    let last = previous.map(|(_, tag)| tag);
    let after_helper = matches!(last, Some(Tag::To | Tag::Modal | Tag::Auxiliary));
    let in_phrase = matches!(tags.last(), Some(Tag::Determiner | Tag::Adjective | Tag::Hyphen))
        || at > 0 && items[at - 1].possessive;
    for form in known {
        let here = match form {
            Form::Base => base(items, tags, at, previous, after_helper),
            Form::Third => third(items, tags, at, previous, in_phrase),
            Form::Ing => return ing(items, tags, at, last, in_phrase, true),
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
        return ing(items, tags, at, last, in_phrase, false);
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
            joined && (!also_noun(low) || next.is_some_and(opens_noun))
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
fn ing(
    items: &[Item],
    tags: &[Tag],
    at: usize,
    last: Option<Tag>,
    in_phrase: bool,
    known: bool,
) -> Option<Tag> {
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
        return Some(Tag::Adjective);
    }
    if matches!(last, Some(Tag::Auxiliary)) && !in_phrase {
        return Some(Tag::Verb(Form::Ing));
    }
    if in_phrase {
        return Some(if of {
            Tag::Noun
        } else if next.is_some_and(|next| {
            matches!(next.kind, ItemKind::Word | ItemKind::Place(_) | ItemKind::Actor(_))
                && !is_preposition(&next.low)
        }) {
            Tag::Adjective
        } else {
            Tag::Noun
        });
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
        return Some(if verb { Tag::Verb(Form::Ing) } else { Tag::Noun });
    }
    let _ = (tags, known);
    Some(Tag::Verb(Form::Ing))
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

fn adjective(word: &str) -> bool {
    ["ic", "ern", "al", "ous", "ive", "ful", "ant", "ent", "ary", "able", "ible", "less", "ish"]
        .iter()
        .any(|end| word.ends_with(end))
        || matches!(
            word,
            "key"
                | "main"
                | "last"
                | "entire"
                | "whole"
                | "new"
                | "old"
                | "large"
                | "small"
                | "big"
                | "nearby"
                | "own"
                | "former"
                | "heavy"
                | "full"
                | "further"
                | "loyal"
                | "able"
                | "due"
                | "ready"
                | "poised"
                | "set"
                | "unable"
        )
}

/// Whether a word that looks like an adjective heads its phrase ("the capital fell").
fn noun_head(items: &[Item], at: usize) -> bool {
    items.get(at + 1).is_none_or(|next| match next.kind {
        ItemKind::Mark => next.low != "-",
        ItemKind::Word => {
            is_preposition(&next.low)
                || is_auxiliary(&next.low)
                || is_be(&next.low)
                || matches!(next.low.as_str(), "and" | "or")
        }
        _ => false,
    }) && !matches!(items[at].low.as_str(), "loyal" | "able" | "due" | "ready" | "poised" | "unable")
}

impl Tag {
    /// Whether it belongs to a verb group that starts here.
    pub(super) fn starts_verb(self) -> bool {
        self.verbal() || self == Self::To
    }
}
