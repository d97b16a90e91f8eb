//! Places whose name is spelled nearly as asked.

use super::fold::{bare, fold};
use super::index::Index;
use super::layout::{BARE, BLOCK, Hash, PLANE, SKETCHES_OF_BLOCK, prominence};
use super::search::Found;
use super::sound::{likeness, sketch, sounds};
use super::{Candidate, Gazetteer, Place};
use std::cmp::Reverse;

/// Names that are compared with the query letter by letter, of those whose sketches are most like it, in each layer.
const COMPARED: usize = 128;
/// Dice coefficient of sketches, in thousandths, below which names are not compared at all.
const LEAST_SHARED: u32 = 450;
/// Likeness below which two names are taken for two names.
const LEAST_ALIKE: f64 = 0.6;
/// What one wrong letter weighs more than other differences of the same size: it is what typists do.
const ONE_LETTER: f64 = 0.08;
/// What size and fame count where countries are given: among the places of one country the spelling says more.
const AT_HOME: f64 = 0.5;
/// What a name counts less that is not the place's own: many places have names in languages nobody asked in.
const OTHER_NAME: f64 = 0.04;

impl Gazetteer {
    /// The places whose name is spelled nearly so, whether or not there are some of exactly this name; see
    /// [`Gazetteer::locate`]. At most 50, none of a score below 0.75 of the best.
    ///
    /// # Example
    /// ```
    /// let gazetteer = conflict_map::gazetteer::Gazetteer::embedded();
    /// let near = gazetteer.near("Talbissa");
    /// assert!(near.iter().any(|c| c.place.name == "Talbiseh"));
    /// ```
    #[must_use]
    pub fn near(&self, name: &str) -> Vec<Candidate<'_>> {
        self.nearly(name, None)
    }

    /// [`near`](Self::near) among the places of these countries, by their ISO 3166 codes: faster, and it finds spellings
    /// that are further off.
    ///
    /// # Example
    /// ```
    /// let gazetteer = conflict_map::gazetteer::Gazetteer::embedded();
    /// assert_eq!(gazetteer.near_in("Chan Schaichun", &["SY"])[0].place.name, "Khan Sheikhoun");
    /// ```
    #[must_use]
    pub fn near_in(&self, name: &str, countries: &[&str]) -> Vec<Candidate<'_>> {
        self.nearly(name, Some(countries))
    }

    pub(super) fn nearly(&self, name: &str, countries: Option<&[&str]>) -> Vec<Candidate<'_>> {
        let query = Query::of(fold(name));
        let prior = if countries.is_some() { AT_HOME } else { 1.0 };
        let mut found = Found::of(self);
        for (layer, index) in self.indices().enumerate() {
            for sketch in query.closest(index, countries) {
                let Some((number, name)) = index.sketched(sketch) else { continue };
                let Some((place, matched)) = index.place(number).zip(index.name(number, name)) else {
                    continue;
                };
                let alike = query.likeness(&fold(matched));
                let place = found.uppermost(layer, place);
                put((&mut found, layer), prior, index.fame(number), (place, matched, name), alike);
            }
            typos(&query.folded, |hash, typo| {
                let Some(value) = index.slot(hash) else { return };
                for (number, name) in index.postings(value) {
                    let place = index
                        .place(number)
                        .filter(|place| countries.is_none_or(|countries| countries.contains(&place.country)));
                    let Some((place, matched)) = place.zip(index.name(number, name & !BARE)) else {
                        continue;
                    };
                    let (own, typo) = (fold(matched), typo());
                    if own == typo || name & BARE != 0 && bare(&own) == Some(&typo) {
                        let alike = query.likeness(&typo);
                        let place = found.uppermost(layer, place);
                        put(
                            (&mut found, layer),
                            prior,
                            index.fame(number),
                            (place, matched, name & !BARE),
                            alike,
                        );
                    }
                }
            });
        }
        let mut sorted = found.sorted();
        let least = sorted.first().map_or(0.0, |best| best.score * 0.75);
        sorted.retain(|candidate| candidate.score >= least);
        sorted.truncate(50);
        sorted
    }
}

/// Adds a place of which the name of this number matched; see [`Candidate::score`].
fn put<'g>(
    (found, layer): (&mut Found<'g>, usize),
    prior: f64,
    fame: u8,
    (place, matched, name): (Place<'g>, &'g str, u16),
    alike: f64,
) {
    if alike < LEAST_ALIKE {
        return;
    }
    let own = if name < 2 { 0.0 } else { OTHER_NAME };
    let likely = prominence(place.kind.name(), place.feature, place.population);
    let score = 0.55 * (alike - own) + prior * (0.14 * likely + 0.02 * f64::from(fame).ln_1p());
    let score = (score * 1000.0).round() / 1000.0;
    found.put(layer, Candidate { place, matched, canonical: false, score });
}

/// A name that is looked for.
struct Query {
    folded: String,
    letters: Vec<char>,
    sounds: Vec<u8>,
    sketch: u64,
}

impl Query {
    fn of(folded: String) -> Self {
        let sounds = sounds(&folded);
        Self { letters: letters(&folded), sketch: sketch(&sounds), sounds, folded }
    }

    /// How alike the query and a folded name are: by their sounds or by their letters, whichever says more.
    fn likeness(&self, name: &str) -> f64 {
        let own = letters(name);
        let wrong = distance(&self.letters, &own);
        let spelled = 1.0 - wrong as f64 / self.letters.len().max(own.len()).max(1) as f64;
        let bonus = if wrong <= 1 { ONE_LETTER } else { 0.0 };
        spelled.max(likeness(&self.sounds, &sounds(name))) + bonus
    }

    /// Numbers of the sketches that share most with the query's, by the Dice coefficient.
    fn closest(&self, index: Index<'_>, countries: Option<&[&str]>) -> Vec<u32> {
        if self.sounds.len() < 2 {
            return Vec::new();
        }
        let asked = self.sketch.count_ones();
        let order = |&(dice, number): &(u32, u32)| (Reverse(dice), number);
        let (mut best, mut least) = (Vec::with_capacity(4 * COMPARED), LEAST_SHARED);
        for range in index.heard_in(countries) {
            for (block, number) in index.blocks(range.clone()).iter().zip(range) {
                // Within a country sketches come by the number of their bits.
                let bits = &block[64 * PLANE..];
                let (fewest, most) = (u32::from(bits[0]), u32::from(bits[BLOCK - 1]));
                if 2000 * asked <= least * (asked + fewest) || 2000 * most <= least * (asked + most) {
                    continue;
                }
                shared(block, self.sketch, (least * (asked + fewest)).div_ceil(2000), |i, shared| {
                    let dice = 2000 * shared / (asked + u32::from(bits[i]));
                    if dice > least {
                        best.push((dice, number * BLOCK as u32 + i as u32));
                    }
                });
                if best.len() > 3 * COMPARED {
                    best.select_nth_unstable_by_key(COMPARED, order);
                    best.truncate(COMPARED);
                    least = best.iter().map(|&(dice, _)| dice).min().unwrap_or(least);
                }
            }
        }
        best.sort_unstable_by_key(order);
        best.into_iter().take(COMPARED).map(|(_, number)| number).collect()
    }
}

/// Calls back with each sketch of a block that shares at least so many bits with a sketch, and how many.
///
/// All sketches of a block are counted at once: `sums[k]` has the k-th binary digit of the count of each.
fn shared(block: &[u8; SKETCHES_OF_BLOCK], sketch: u64, least: u32, mut each: impl FnMut(usize, u32)) {
    const LANES: usize = PLANE / 8;
    let mut sums = [[0u64; LANES]; 7];
    let mut rest = sketch;
    let mut added = 0u32;
    while rest != 0 {
        let plane = rest.trailing_zeros() as usize * PLANE;
        rest &= rest - 1;
        added += 1;
        let (words, _) = block[plane..plane + PLANE].as_chunks();
        let mut carry = [0u64; LANES];
        for (carry, word) in carry.iter_mut().zip(words) {
            *carry = u64::from_le_bytes(*word);
        }
        for sum in sums.iter_mut().take((u32::BITS - added.leading_zeros()) as usize) {
            for (sum, carry) in sum.iter_mut().zip(&mut carry) {
                (*sum, *carry) = (*sum ^ *carry, *sum & *carry);
            }
        }
    }
    for lane in 0..LANES {
        // Digit by digit from the lowest: a greater digit settles it, an equal one leaves what was.
        let mut enough = u64::MAX;
        for (digit, sum) in sums.iter().enumerate() {
            enough = if least >> digit & 1 == 1 { sum[lane] & enough } else { sum[lane] | enough };
        }
        while enough != 0 {
            let i = enough.trailing_zeros();
            enough &= enough - 1;
            let digit = |digit: usize| ((sums[digit][lane] >> i & 1) as u32) << digit;
            each(lane * 64 + i as usize, (0..sums.len()).map(digit).sum());
        }
    }
}

/// Most letters of a name that are compared.
const LETTERS: usize = 48;

/// The letters of a folded name, spaces left out; of a very long one its beginning.
fn letters(folded: &str) -> Vec<char> {
    folded.chars().filter(|c| *c != ' ').take(LETTERS).collect()
}

/// Letters to add, drop, change or swap with their neighbour to make one name of another (the restricted edit distance
/// of Damerau).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = [[0u8; LETTERS + 1]; 3];
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j as u8;
    }
    for i in 0..a.len() {
        let [above, before, here] = [i % 3, (i + 2) % 3, (i + 1) % 3];
        rows[here][0] = i as u8 + 1;
        for j in 0..b.len() {
            let changed = rows[above][j] + u8::from(a[i] != b[j]);
            let mut least = changed.min(rows[above][j + 1] + 1).min(rows[here][j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(rows[before][j - 1] + 1);
            }
            rows[here][j + 1] = least;
        }
    }
    usize::from(rows[a.len() % 3][b.len()])
}

/// Calls back with the hash of every text one letter away, in the query's own alphabet, and with what makes that text;
/// not at all for words too short to tell a typo from another word.
fn typos(folded: &str, mut each: impl FnMut(Hash, &dyn Fn() -> String)) {
    let letters = folded.chars().count();
    if !(4..=40).contains(&letters) {
        return;
    }
    let alphabet: &str = match folded.chars().next() {
        Some('\u{600}'..='\u{6ff}') => "ابتثجحخدذرزسشصضطظعغفقكلمنهوي ",
        Some('\u{400}'..='\u{4ff}') => "абвгдежзиклмнопрстуфхцчшщъыьэюяієґ ",
        _ => "abcdefghijklmnopqrstuvwxyz ",
    };
    let mut one = |head: &str, middle: &[&str], tail: &str| {
        let hash = middle.iter().fold(Hash::START.then(head), |hash, part| hash.then(part)).then(tail);
        each(hash, &|| [head, &middle.concat(), tail].concat());
    };
    let width = |text: &str| text.chars().next().map_or(0, char::len_utf8);
    let starts = folded.char_indices().map(|(at, _)| at).chain([folded.len()]);
    for (head, tail) in starts.map(|at| folded.split_at(at)) {
        let (first, rest) = tail.split_at(width(tail));
        let (second, others) = rest.split_at(width(rest));
        for (at, c) in alphabet.char_indices() {
            let letter = &alphabet[at..at + c.len_utf8()];
            one(head, &[letter], tail);
            if !first.is_empty() && first != letter {
                one(head, &[letter], rest);
            }
        }
        if !first.is_empty() {
            one(head, &[], rest);
        }
        if !second.is_empty() && first != second {
            one(head, &[second, first], others);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_letters_and_swaps() {
        let apart = |a: &str, b: &str| distance(&letters(a), &letters(b));
        for (a, b, count) in [
            ("hama", "hama", 0),
            ("hama", "hmaa", 1),
            ("hama", "hamah", 1),
            ("hama", "homs", 2),
            ("", "ab", 2),
        ] {
            assert_eq!((apart(a, b), apart(b, a)), (count, count), "{a} {b}");
        }
    }

    #[test]
    fn the_sketches_of_a_block_are_counted_as_one_by_one() {
        let sketches: Vec<u64> =
            (0..BLOCK as u64).map(|i| i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (i % 60)).collect();
        let mut block = [0; SKETCHES_OF_BLOCK];
        for (i, sketch) in sketches.iter().enumerate() {
            for bit in (0..64).filter(|bit| sketch >> bit & 1 == 1) {
                block[bit * PLANE + i / 8] |= 1 << (i % 8);
            }
        }
        for (asked, least) in [(u64::MAX, 30), (0xf0f0_1234_5678_9abc, 9), (1, 1), (u64::MAX, 1)] {
            let mut found = Vec::new();
            shared(&block, asked, least, |i, count| found.push((i, count)));
            let counts = sketches.iter().map(|sketch| (sketch & asked).count_ones()).enumerate();
            assert_eq!(found, counts.filter(|&(_, count)| count >= least).collect::<Vec<_>>());
        }
    }

    #[test]
    fn typos_are_all_texts_one_letter_away_and_their_hashes() {
        let mut found = std::collections::BTreeSet::new();
        typos("kyiv", |hash, text| {
            assert_eq!(hash.bits(), Hash::START.then(&text()).bits());
            found.insert(text());
        });
        for text in ["kyv", "yiv", "kyi", "kiyv", "kyivv", "kxiv", "ky iv", "akyiv"] {
            assert!(found.contains(text), "{text}");
        }
        let letters = super::letters("kyiv");
        assert!(found.iter().all(|text| distance(&letters, &super::letters(text)) <= 1));
        typos("abc", |_, text| panic!("too short for {}", text()));
    }
}
