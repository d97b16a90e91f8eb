//! Verb groups and noun phrases: the pieces that a clause is made of.

use super::super::lexicon::{Form, is_be, is_place_noun};
use super::tag::{Tag, lasts};
use super::{Item, ItemKind};

/// A verb with its helpers: "has not yet been captured".
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a plain fact of the group's form")]
pub(crate) struct VerbGroup {
    /// First item.
    pub(crate) start: usize,
    /// The verb that carries the meaning.
    pub(crate) head: usize,
    /// One past the last item.
    pub(crate) end: usize,
    /// The form of the head.
    pub(crate) form: Form,
    /// "was captured", "being captured", "got captured".
    pub(crate) passive: bool,
    /// "has captured", "having captured".
    pub(crate) perfect: bool,
    /// "had captured".
    pub(crate) pluperfect: bool,
    /// "to capture".
    pub(crate) infinitive: bool,
    /// "will capture", "could capture".
    pub(crate) modal: bool,
    /// "did not capture".
    pub(crate) negated: bool,
}

impl VerbGroup {
    /// Whether it can be the verb of a main clause.
    pub(super) fn finite(&self, tags: &[Tag]) -> bool {
        !self.infinitive
            && (self.form != Form::Ing
                || tags[self.start..self.head].iter().any(|tag| matches!(tag, Tag::Auxiliary | Tag::Modal)))
            && !matches!(tags[self.start], Tag::Verb(Form::Ing | Form::Participle))
    }
}

/// The verb group that starts at `at`.
pub(super) fn verb_group(items: &[Item], tags: &[Tag], at: usize) -> Option<VerbGroup> {
    if !tags.get(at)?.starts_verb() {
        return None;
    }
    let mut i = at;
    let infinitive = tags[at] == Tag::To;
    i += usize::from(infinitive);
    let (mut modal, mut negated, mut head) = (false, false, None);
    let mut helpers: Vec<usize> = Vec::new();
    let mut end = i;
    while let Some(tag) = tags.get(i) {
        match tag {
            Tag::Modal => modal = true,
            Tag::Auxiliary => {
                negated |= items[i].low.ends_with("n't");
                helpers.push(i);
            }
            Tag::Negative => negated = true,
            Tag::Adverb => {}
            // "had on Thursday captured".
            Tag::Time if !helpers.is_empty() => {}
            Tag::Verb(_) => {
                head = Some(i);
                end = i + 1;
                break;
            }
            _ => break,
        }
        i += 1;
        if matches!(tag, Tag::Modal | Tag::Auxiliary | Tag::Negative) {
            end = i;
        }
    }
    // "was under siege", "has no plan": the helper is the verb.
    let head = match head.or_else(|| helpers.last().copied()) {
        Some(head) => head,
        None if modal => end - 1,
        None => return None,
    };
    let form = match tags[head] {
        Tag::Verb(form) => form,
        _ => auxiliary_form(&items[head].low),
    };
    let word = |i: &usize| items[*i].low.as_str();
    let helper = helpers.iter().rev().find(|i| **i != head).map(word);
    let participle =
        matches!(form, Form::Participle | Form::PastOrParticiple) && matches!(tags[head], Tag::Verb(_));
    let have = |low: &str| {
        matches!(low, "has" | "have" | "had" | "having" | "'ve" | "'d" | "hasn't" | "haven't" | "hadn't")
    };
    Some(VerbGroup {
        start: at,
        head,
        end: end.max(head + 1),
        form,
        passive: participle
            && helper.is_some_and(|low| {
                is_be(low)
                    || lasts(low)
                    || matches!(low, "wasn't" | "weren't" | "isn't" | "aren't" | "'s" | "being")
            }),
        perfect: helpers.iter().any(|i| *i != head && have(word(i))),
        pluperfect: helpers.iter().any(|i| *i != head && matches!(word(i), "had" | "hadn't" | "'d")),
        infinitive,
        modal,
        negated,
    })
}

fn auxiliary_form(low: &str) -> Form {
    match low {
        "being" | "having" | "getting" => Form::Ing,
        "been" => Form::Participle,
        "be" | "have" | "do" | "get" => Form::Base,
        _ => Form::Past,
    }
}

/// One past the noun phrase that starts at `at`; `at` itself where none does.
///
/// It goes on over "of": "the last pocket of the province of Hama".
pub(super) fn noun_phrase_end(items: &[Item], tags: &[Tag], at: usize) -> usize {
    let mut i = at;
    let mut end = at;
    while let Some(tag) = tags.get(i) {
        match tag {
            Tag::Pronoun => {
                // A pronoun is a phrase by itself.
                if i == at {
                    return i + 1;
                }
                break;
            }
            Tag::Determiner => {
                // A determiner opens a new phrase, except after "all", "of" or another of its kind.
                if i > at
                    && !matches!(tags[i - 1], Tag::Determiner)
                    && !matches!(items[i - 1].low.as_str(), "of")
                {
                    break;
                }
            }
            // "Under the same accord Aghdam was taken": a name with a verb of its own starts another phrase.
            Tag::Place | Tag::Actor
                if i > at
                    && tags[i - 1] == Tag::Noun
                    && !is_place_noun(&items[i - 1].low)
                    && !items[i - 1].name_like
                    && tags[i + 1..].iter().find(|tag| **tag != Tag::Adverb).is_some_and(|next| {
                        next.starts_verb() && *next != Tag::To && !matches!(next, Tag::Verb(Form::Ing))
                    }) =>
            {
                break;
            }
            Tag::Noun | Tag::Place | Tag::Actor => end = i + 1,
            Tag::Adjective | Tag::Hyphen | Tag::Quote => {}
            Tag::Negative if items[i].low == "no" => {}
            // "the strategically important city".
            Tag::Adverb if matches!(tags.get(i + 1), Some(Tag::Adjective)) => {}
            Tag::Preposition
                if items[i].low == "of" && i > at && (end == i || matches!(tags[i - 1], Tag::Determiner)) =>
            {
                if !tags.get(i + 1).is_some_and(|tag| tag.nominal() || *tag == Tag::Quote) {
                    break;
                }
            }
            // "Assad's and Hezbollah's men" and such stay apart.
            _ => break,
        }
        i += 1;
    }
    if end == at && i > at && matches!(tags[at], Tag::Determiner | Tag::Adjective) {
        // "the wounded", "several": a phrase without a noun.
        return i.min(at + 1 + usize::from(matches!(tags.get(at + 1), Some(Tag::Adjective))));
    }
    end
}

/// Whether a noun phrase may start here.
pub(super) fn starts_noun(tag: Tag) -> bool {
    matches!(tag, Tag::Determiner | Tag::Noun | Tag::Adjective | Tag::Pronoun | Tag::Place | Tag::Actor)
}

/// The actor that a noun phrase names: its first, unless a hyphen makes it an adjective of somebody else.
pub(crate) fn actor_in(items: &[Item], from: usize, to: usize) -> Option<usize> {
    let actor = |i: &usize| matches!(items[*i].kind, ItemKind::Actor(_));
    let hyphen = |i: usize| items.get(i + 1).is_some_and(|next| next.low == "-" && !next.spaced);
    (from..to).find(|i| actor(i) && !hyphen(*i))
}
