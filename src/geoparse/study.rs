//! What the models see, by name, and what they do with other weights: for training and measuring them, not for using them.

use super::context::{Context, Memory};
use super::cut::Cut;
use super::find::{self, Guess};
use super::weights::{Names, Weights};
use super::words::Words;
use super::{Asking, Geoparser, choose, features};
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

/// A place that a name may mean, and what choosing sees of it.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The place's id.
    pub id: u64,
    /// Latitude and longitude.
    pub at: (f64, f64),
    /// What is seen, in the order of [`FEATURES`].
    pub row: Vec<f32>,
}

pub use super::choose::{FEATURES, read as read_choose};

/// A geoparser with other weights than its own.
#[must_use]
pub fn weighing<'g>(
    gazetteer: &'g Gazetteer,
    find: &'g Weights,
    choose: &'g [f32; FEATURES.len()],
) -> Geoparser<'g> {
    Geoparser::weighing(gazetteer, find, choose)
}

/// What choosing sees of the places of these names, given weights for its first reading: for each name its places, and last
/// a place of id 0 that stands for none of them.
#[must_use]
pub fn choices(
    text: &str,
    names: &[Span],
    gazetteer: &Gazetteer,
    region: &[String],
    weights: &[f32],
) -> Vec<Vec<Weighed>> {
    let words = Words::of(text);
    let parser = Geoparser::new(gazetteer);
    let spans: Vec<(usize, usize)> = names.iter().map(|span| words.range(*span)).collect();
    let asked = parser.ask(&words, &spans);
    let around = parser.surroundings(&words, &Asking { region: region.to_vec(), ..Asking::default() });
    let mut likely = choose::first(&asked);
    if let Ok(weights) = weights.try_into() {
        likely = choose::judge(&choose::rows(&asked, &likely, &around), weights);
    }
    let rows = choose::rows(&asked, &likely, &around);
    asked
        .iter()
        .zip(rows)
        .map(|(one, rows)| {
            let places = one
                .options
                .iter()
                .map(|option| (option.place.id.0, (option.place.at.lat(), option.place.at.lon())));
            let places = places.chain([(0, (0.0, 0.0))]);
            places.zip(rows).map(|((id, at), row)| Weighed { id, at, row: row.to_vec() }).collect()
        })
        .collect()
}

/// How likely each span of words (first, one past the last) is a name, over all ways to cut a stretch of so many words.
#[must_use]
pub fn sure(length: usize, spans: &[(usize, usize)], scores: &[f32]) -> Vec<f32> {
    let cut = Cut::of(length, spans, scores);
    spans.iter().zip(scores).map(|(span, score)| cut.sure(*span, *score)).collect()
}

/// How likely each of some choices of these scores is, 0 to 1.
#[must_use]
pub fn chances(scores: impl Iterator<Item = f32>) -> Vec<f32> {
    choose::chances(scores)
}
