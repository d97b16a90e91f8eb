//! What the models see, by name: for training and measuring them, not for using them.

use super::context::{Context, Memory};
use super::find::{self, Guess};
use super::features;
use super::weights::Names;
use super::words::Words;
use crate::gazetteer::Gazetteer;
use crate::units::Span;

/// A stretch of a text that may hold names, and all names it may hold.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// Number of its words.
    pub length: usize,
    /// What may be a name.
    pub guesses: Vec<Seen>,
}

/// Words that may be a name, and what the finder sees in them.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Where they stand.
    pub span: Span,
    /// First word, counted from the stretch's first.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// Whether they are a people or its adjective.
    pub people: bool,
    /// Names of the features that hold.
    pub features: Vec<String>,
}

/// What the finder sees in a text.
#[must_use]
pub fn stretches(text: &str, gazetteer: &Gazetteer, peoples: bool) -> Vec<Stretch> {
    let words = Words::of(text);
    let memory = Memory::new(gazetteer);
    let context = Context::of(&words, &memory);
    let mut guesses: Vec<Guess> = Vec::new();
    let mut out = Vec::new();
    for run in context.runs() {
        find::guesses(&context, run, peoples, &mut guesses);
        let seen = guesses.iter().map(|guess| {
            let mut names = Names::default();
            features::of(&context, run, guess, &guesses, &mut names);
            Seen {
                span: words.span(guess.start, guess.end),
                start: guess.start - run.start,
                end: guess.end - run.start,
                people: guess.fact.people,
                features: names.0,
            }
        });
        out.push(Stretch { length: run.end - run.start, guesses: seen.collect() });
    }
    out
}
