//! Reads one sentence: takes it apart into clauses, finds the words of a rule, and what stands where around them.
//!
//! The sentence comes as items: actors, places and times as one item each, every other token by itself. [`tag`] tells their
//! parts of speech, [`phrase`] puts verb groups and noun phrases together, [`clause`] says which verb has which subject and
//! hangs on which other. Around the words of a rule ([`trigger`]) the frame ([`frame`]) says where the ground ([`place`]) and
//! the sides ([`agent`]) stand; [`super::modality`] says whether it is told as having happened.

mod agent;
mod clause;
mod frame;
mod phrase;
mod place;
mod tag;
mod trigger;

pub(crate) use agent::subject;
pub(crate) use clause::{Opener, Parse, parse};
pub(crate) use frame::{Reading, read};
pub(crate) use phrase::actor_in;
pub(crate) use place::Ground;
pub(crate) use tag::Tag;
pub(crate) use trigger::{may_tell, openers, triggers};

use super::lexicon::{Form, Low};
use super::rules::Rule;

/// One item of a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// What it is.
    pub(crate) kind: ItemKind,
    /// Its first word in lower case, or the punctuation mark.
    pub(crate) low: Low,
    /// Its last word in lower case.
    pub(crate) last: Low,
    /// Whether a possessive ending follows it.
    pub(crate) possessive: bool,
    /// Whether it is written with a capital.
    pub(crate) name_like: bool,
    /// Whether white space stands before it.
    pub(crate) spaced: bool,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    /// A word of no kind below.
    Word,
    /// A punctuation mark.
    Mark,
    /// A place, by its number among the sentence's places.
    Place(usize),
    /// An actor, by its number among the sentence's actors.
    Actor(usize),
    /// A time, by its number among the sentence's times.
    Time(usize),
}

/// The words of a rule in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    /// The rule.
    pub(crate) rule: &'static Rule,
    /// First item.
    pub(crate) start: usize,
    /// One past the last item.
    pub(crate) end: usize,
    /// The form of the verb; `None` for a noun.
    pub(crate) form: Option<Form>,
    /// Whether it is passive.
    pub(crate) passive: bool,
    /// An actor inside the phrase ("drove the army out of").
    pub(crate) inner: Option<usize>,
}
