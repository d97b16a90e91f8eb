//! Finds place names in text and decides which place each means.
//!
//! Text → words ([`words`]) → stretches that may hold names ([`context`]) → names ([`find`], by [`features`]) → places.

mod choose;
mod context;
mod features;
mod find;
mod ground;
mod lists;
mod options;
#[doc(hidden)]
pub mod study;
pub mod weights;
mod words;

use crate::gazetteer::Gazetteer;
use choose::{Asked, Surroundings};
use context::Memory;
use options::Options;
use std::collections::BTreeMap;
use words::{Words, gap};

/// Makes names, given by their words, ready to be resolved.
fn ask<'g>(words: &Words, names: &[(usize, usize)], options: &Options<'g>) -> Vec<Asked<'g>> {
    let mut distinct: BTreeMap<u64, usize> = BTreeMap::new();
    let mut asked: Vec<Asked<'g>> = Vec::with_capacity(names.len());
    for (i, &(start, end)) in names.iter().enumerate() {
        let none = start >= end;
        let key = if none { i as u64 } else { words.key(start, end).bits() };
        let count = distinct.len();
        let name = *distinct.entry(key).or_insert(count);
        let found = if none { Vec::new().into() } else { options.of(words, start, end) };
        let ground = if none { ground::Ground::Itself } else { ground::of(words, start, end).0 };
        // "Hajin, Deir ez-Zor" and "Hajin (Deir ez-Zor)".
        let inside = |gap_: words::Bits| gap_.has(gap::COMMA | gap::OPEN) && gap_.only(gap::COMMA | gap::OPEN | gap::SPACE | gap::STOP);
        let next = names.get(i + 1).filter(|next| !none && next.0 == end && next.0 < next.1 && inside(words.gap(end)));
        asked.push(Asked { name, options: found, ground, next: next.map(|_| i + 1), previous: None });
    }
    for i in 0..asked.len() {
        if let Some(next) = asked[i].next {
            asked[next].previous = Some(i);
        }
    }
    asked
}

/// What a text tells of its countries besides their places.
fn surroundings(words: &Words, memory: &Memory<'_>, region: &[String]) -> Surroundings {
    let mut around = Surroundings { region: region.iter().map(|code| options::country(code)).collect(), ..Surroundings::default() };
    for (i, word) in words.list.iter().enumerate().filter(|(_, word)| word.name_like()) {
        if memory.people(word.key, || words.text(i).to_owned())
            && let Some(code) = memory.gazetteer.demonym(words.text(i))
        {
            *around.peoples.entry(options::country(code)).or_default() += 1.0;
        }
    }
    around
}

#[allow(unused)]
fn unused(_: &Gazetteer) {}
