//! Finding places by name.

use super::fold::{bare, fold};
use super::index::Index;
use super::layout::{BARE, Hash, MORE, NAME, prominence, weight};
use super::{Candidate, Gazetteer, Place};
use std::collections::BTreeMap;

/// A walk along the words of a text, looking for the names that begin at its first word.
///
/// # Example
/// ```
/// let gazetteer = conflict_map::gazetteer::Gazetteer::embedded();
/// let mut walk = gazetteer.walk();
/// assert!(walk.step("deir").more);
/// assert!(walk.step("ez").more);
/// assert!(walk.step("zor").name);
/// assert_eq!(walk.candidates()[0].place.country, "SY");
/// ```
#[derive(Clone, Copy)]
pub struct Walk<'g> {
    gazetteer: &'g Gazetteer,
    hash: Option<Hash>,
}

/// What the words of a [`Walk`] up to here are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// They are a name.
    pub name: bool,
    /// Longer names begin so.
    pub more: bool,
}

impl<'g> Walk<'g> {
    /// Goes on by one word, folded and without a space in it.
    ///
    /// Words are known by a hash: about one in 2³¹ that is no name is taken for one. Nothing is allocated.
    pub fn step(&mut self, word: &str) -> Step {
        let hash = self.hash.map_or(Hash::START, |hash| hash.then(" ")).then(word);
        self.hash = Some(hash);
        let bits =
            self.gazetteer.indices().filter_map(|index| index.slot(hash)).fold(0, |all, bits| all | bits);
        Step { name: bits & NAME != 0, more: bits & MORE != 0 }
    }

    /// The places that bear the words up to here as a name, best first.
    #[must_use]
    pub fn candidates(&self) -> Vec<Candidate<'g>> {
        let mut found = Found::default();
        if let Some(hash) = self.hash {
            for index in self.gazetteer.indices() {
                found.add(index, hash, None, 1.0);
            }
        }
        found.sorted()
    }
}

/// Candidates by place, the best match of each.
#[derive(Default)]
pub(super) struct Found<'g>(BTreeMap<super::PlaceId, Candidate<'g>>);

impl<'g> Found<'g> {
    /// Adds the places under a hash. With `folded`, a name must fold to it (less its article, where one was dropped).
    fn add(&mut self, index: Index<'g>, hash: Hash, folded: Option<&str>, factor: f64) {
        let Some(value) = index.slot(hash) else { return };
        for (number, name) in index.postings(value) {
            let (Some(place), Some(matched)) = (index.place(number), index.name(number, name & !BARE)) else {
                continue;
            };
            let fits = |wanted: &str| {
                let own = fold(matched);
                if name & BARE == 0 { own == wanted } else { bare(&own) == Some(wanted) }
            };
            if folded.is_none_or(fits) {
                let canonical = name < 2 && factor >= 1.0;
                self.put(Candidate {
                    place,
                    matched,
                    canonical,
                    score: score(&place, weight(name) * factor),
                });
            }
        }
    }

    /// A place of an upper layer hides the one of the same id below; of two matches of one place the better stays.
    pub(super) fn put(&mut self, candidate: Candidate<'g>) {
        let best = self.0.entry(candidate.place.id).or_insert(candidate);
        if candidate.score > best.score {
            *best = candidate;
        }
    }

    pub(super) fn sorted(self) -> Vec<Candidate<'g>> {
        let mut all: Vec<_> = self.0.into_values().collect();
        all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.place.id.cmp(&b.place.id)));
        all
    }
}

/// See [`Candidate::score`].
fn score(place: &Place<'_>, how: f64) -> f64 {
    let likely = prominence(place.kind.name(), place.feature, place.population);
    (likely * how * 1000.0).round() / 1000.0
}

impl Gazetteer {
    /// The places that bear this name, best first: spelled so after [`fold`], with or without a leading Arabic article
    /// on either side.
    ///
    /// # Example
    /// ```
    /// let gazetteer = conflict_map::gazetteer::Gazetteer::embedded();
    /// let hama = gazetteer.find("حماة");
    /// assert_eq!((hama[0].place.name, hama[0].place.country), ("Hama", "SY"));
    /// ```
    #[must_use]
    pub fn find(&self, name: &str) -> Vec<Candidate<'_>> {
        self.find_folded(&fold(name))
    }

    fn find_folded(&self, folded: &str) -> Vec<Candidate<'_>> {
        let mut found = Found::default();
        if folded.is_empty() {
            return Vec::new();
        }
        for index in self.indices() {
            found.add(index, Hash::START.then(folded), Some(folded), 1.0);
            if let Some(rest) = bare(folded) {
                found.add(index, Hash::START.then(rest), Some(rest), 0.9);
            }
        }
        found.sorted()
    }

    /// Whether a name begins with this folded word: one look-up, to pass over most words of a text.
    #[must_use]
    pub fn starts(&self, word: &str) -> bool {
        let hash = Hash::START.then(word);
        self.indices().any(|index| index.slot(hash).is_some())
    }

    /// Begins a walk along a text.
    #[must_use]
    pub fn walk(&self) -> Walk<'_> {
        Walk { gazetteer: self, hash: None }
    }

    /// The longest name at the beginning of these words: how many of them it takes, and whose it is, best first. The
    /// words are folded and have no space in them. An Arabic article before a name known without one is part of it.
    #[must_use]
    pub fn longest(&self, words: &[&str]) -> Option<(usize, Vec<Candidate<'_>>)> {
        let (mut walk, mut last) = (self.walk(), 0);
        for (i, word) in words.iter().enumerate() {
            let step = walk.step(word);
            if step.name {
                last = i + 1;
            }
            if !step.more {
                break;
            }
        }
        let alone = self.find_first(words, last);
        let after_article = match words {
            // A name of one word that is an article (there is a place called Al) is rarely what was meant.
            [article, second, ..] if last <= 1 && bare(&[article, " ", second].concat()).is_some() => {
                self.starts(second).then(|| self.longest(&words[1..])).flatten()
            }
            _ => None,
        };
        after_article.map(|(count, found)| (count + 1, found)).or(alone)
    }

    /// The places that bear the first `most` of these words as a name, or else one word fewer, and so on.
    fn find_first(&self, words: &[&str], most: usize) -> Option<(usize, Vec<Candidate<'_>>)> {
        (1..=most).rev().find_map(|count| {
            let found = self.find_folded(&words[..count].join(" "));
            (!found.is_empty()).then_some((count, found))
        })
    }

    /// The places a query may mean, best first: [`find`](Self::find), and where that finds nothing, places whose name
    /// is spelled nearly so. `Hama, Syria` asks for a Hama in Syria; the part after the comma is a country or a unit.
    ///
    /// `Hama province` and `Governorate of Hama` ask for the unit of land of that name.
    ///
    /// Nearly so: the same consonant skeleton (see `skeleton.rs`), or one letter added, dropped, changed or swapped.
    /// Ranked by the likeness of the spelling (Dice coefficient of letter trigrams) before the size of the place.
    #[must_use]
    pub fn locate(&self, query: &str) -> Vec<Candidate<'_>> {
        let exact = self.find(query);
        if !exact.is_empty() {
            return exact;
        }
        if let Some((name, area)) = query.split_once([',', '،']) {
            let areas = self.find(area);
            let inside = |candidate: &Candidate<'_>| {
                areas.iter().any(|area| match area.place.kind {
                    super::Kind::Country => area.place.country == candidate.place.country,
                    super::Kind::Admin1 => {
                        area.place.country == candidate.place.country
                            && candidate.place.admin1 == Some(area.place.name)
                    }
                    _ => false,
                })
            };
            let mut found = self.locate(name);
            found.retain(inside);
            return found;
        }
        let units = self.units(&fold(query));
        if units.is_empty() { self.near(query) } else { units }
    }

    /// The units of land that a folded query names by their kind.
    fn units(&self, folded: &str) -> Vec<Candidate<'_>> {
        let of_kind = |(kind, name): (&str, &'_ str)| UNITS.contains(&kind).then(|| name.to_owned());
        let before = folded.split_once(' ').and_then(of_kind);
        let behind = folded.rsplit_once(' ').and_then(|(name, kind)| of_kind((kind, name)));
        let Some(name) = before.or(behind) else { return Vec::new() };
        let mut found = self.find(name.strip_prefix("of ").unwrap_or(&name));
        found.retain(|candidate| matches!(candidate.place.kind, super::Kind::Admin1 | super::Kind::Admin2));
        found
    }
}

/// Words that make a name that of a unit of land, folded.
const UNITS: [&str; 9] =
    ["province", "governorate", "oblast", "region", "district", "state", "county", "raion", "محافظه"];
