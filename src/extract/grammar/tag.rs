//! What part of speech each item of a sentence is, by its forms and its neighbours.

mod verb;

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
    verb::verb(items, tags, at, previous)
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
    if demonstrative || same_day || next.is_some_and(|next| next.low == "of") {
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
