//! Places whose name is spelled nearly as asked.

use super::fold::{bare, fold};
use super::layout::{BARE, Hash, prominence};
use super::search::Found;
use super::{Candidate, Gazetteer, Place, skeleton};
use std::collections::BTreeSet;

/// Likeness below which the same skeleton is a coincidence: many names are little but vowels.
const LEAST_ALIKE: f64 = 0.3;

impl Gazetteer {
    /// The places whose name is spelled nearly so, whether or not there are some of exactly this name; see
    /// [`Gazetteer::locate`]. At most 50, none of a score below 0.6 of the best.
    ///
    /// # Example
    /// ```
    /// let gazetteer = conflict_map::gazetteer::Gazetteer::embedded();
    /// let near = gazetteer.near("Talbissa");
    /// assert!(near.iter().any(|c| c.place.name == "Talbiseh"));
    /// ```
    #[must_use]
    pub fn near(&self, name: &str) -> Vec<Candidate<'_>> {
        let folded = &fold(name);
        let mut found = Found::default();
        let wanted = trigrams(folded);
        let spelled = |name: &str| likeness(&wanted, &trigrams(name));
        for index in self.indices() {
            let numbers: BTreeSet<u32> = skeleton::keys(folded)
                .iter()
                .flat_map(|key| index.skeleton(Hash::START.then(key).key()))
                .collect();
            for number in numbers {
                let Some(place) = index.place(number) else { continue };
                let names = [Some(place.name), place.local].into_iter().flatten().chain(index.others(number));
                let alike = |name: &'_ str| {
                    let own = fold(name);
                    spelled(&own).max(bare(&own).map_or(0.0, &spelled))
                };
                let best = names.map(|name| (alike(name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
                if let Some((alike, matched)) = best.filter(|(alike, _)| *alike >= LEAST_ALIKE) {
                    found.put(Candidate {
                        place,
                        matched,
                        canonical: false,
                        score: near_score(&place, alike),
                    });
                }
            }
            for typo in typos(folded) {
                let Some(value) = index.slot(Hash::START.then(&typo)) else { continue };
                for (number, name) in index.postings(value) {
                    let (Some(place), Some(matched)) =
                        (index.place(number), index.name(number, name & !BARE))
                    else {
                        continue;
                    };
                    if fold(matched) == typo {
                        let alike = spelled(&typo).max(0.5);
                        found.put(Candidate {
                            place,
                            matched,
                            canonical: false,
                            score: near_score(&place, alike),
                        });
                    }
                }
            }
        }
        let mut sorted = found.sorted();
        let least = sorted.first().map_or(0.0, |best| best.score * 0.6);
        sorted.retain(|candidate| candidate.score >= least);
        sorted.truncate(50);
        sorted
    }
}

fn near_score(place: &Place<'_>, alike: f64) -> f64 {
    let likely = prominence(place.kind.name(), place.feature, place.population);
    ((0.55 * alike + 0.25 * likely) * 1000.0).round() / 1000.0
}

/// Letter trigrams of a folded name, spaces left out, with its ends marked.
fn trigrams(folded: &str) -> BTreeSet<[char; 3]> {
    let inner = folded.chars().filter(|c| *c != ' ');
    let letters: Vec<char> = ['^', '^'].into_iter().chain(inner).chain(['$']).collect();
    letters.windows(3).map(|w| [w[0], w[1], w[2]]).collect()
}

/// Dice coefficient: twice the shared over the sum, 0…1.
fn likeness(a: &BTreeSet<[char; 3]>, b: &BTreeSet<[char; 3]>) -> f64 {
    2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()).max(1) as f64
}

/// All texts one letter away, in the query's own alphabet; none for words too short to tell a typo from another word.
fn typos(folded: &str) -> BTreeSet<String> {
    let letters: Vec<char> = folded.chars().collect();
    if letters.len() < 4 || letters.len() > 40 {
        return BTreeSet::new();
    }
    let alphabet: &str = match letters[0] {
        '\u{600}'..='\u{6ff}' => "ابتثجحخدذرزسشصضطظعغفقكلمنهوي ",
        '\u{400}'..='\u{4ff}' => "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ ",
        _ => "abcdefghijklmnopqrstuvwxyz ",
    };
    let mut typos = BTreeSet::new();
    for i in 0..=letters.len() {
        let (head, tail) = letters.split_at(i);
        let text = |middle: &[char], tail: &[char]| head.iter().chain(middle).chain(tail).collect::<String>();
        for c in alphabet.chars() {
            typos.insert(text(&[c], tail));
            if !tail.is_empty() {
                typos.insert(text(&[c], &tail[1..]));
            }
        }
        if !tail.is_empty() {
            typos.insert(text(&[], &tail[1..]));
        }
        if tail.len() > 1 {
            typos.insert(text(&[tail[1], tail[0]], &tail[2..]));
        }
    }
    typos.remove(folded);
    typos
}
