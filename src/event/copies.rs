//! Copies of one text: a wire story in ten papers is one voice.
//!
//! Texts are compared by the runs of five words they share (Broder 1997, *On the resemblance and containment of
//! documents*). Comparing all with all would be quadratic, so each text is reduced to a sketch of minima (`MinHash`), the
//! sketches are cut into bands, and only texts that agree in a whole band are looked at (Leskovec, Rajaraman and Ullman,
//! *Mining of Massive Datasets*, chapter 3). What is looked at is compared exactly.

use rayon::prelude::*;
use std::collections::BTreeMap;

/// Share of common shingles from which two texts are one.
const SAME_TEXT: f64 = 0.6;
/// Words in a shingle.
const SHINGLE: usize = 5;
/// Bands of a sketch, and minima in a band: two texts that share six tenths meet in some band 99 times in 100, two that
/// share three tenths 42 times.
const BANDS: usize = 20;
const ROWS: usize = 3;
const SKETCH: usize = BANDS * ROWS;
/// A sketch tells the share to within 0.06; what it puts so far below [`SAME_TEXT`] is not compared exactly.
const DOUBT: f64 = 0.12;
/// Texts at the head of a band with which the others of that band are compared. Texts filled into one form fall into one
/// band by the thousand, and each is compared with these only.
const HEADS: usize = 8;
/// Exact comparisons that may fail before a text's sketch alone decides.
const FAILURES: u8 = 4;

/// For each text, the first of the texts it is a copy of, or itself.
///
/// Time and memory grow with the length of all texts together, whatever they say. The first counts, so that texts in the
/// order of their publication give the one that was copied.
pub(super) fn originals(texts: &[&str]) -> Vec<usize> {
    // Equal to the letter: known without a sketch.
    let mut equal: BTreeMap<&str, usize> = BTreeMap::new();
    let mut first: Vec<usize> =
        texts.iter().enumerate().map(|(i, text)| *equal.entry(*text).or_insert(i)).collect();
    let different: Vec<usize> = (0..texts.len()).filter(|&i| first[i] == i).collect();
    drop(equal);
    let sketches: Vec<Option<[u32; SKETCH]>> =
        different.par_iter().map(|&i| sketch(&shingles(texts[i]))).collect();
    let mut groups = Groups { parents: (0..different.len() as u32).collect() };
    let mut failures = vec![0_u8; different.len()];
    for band in 0..BANDS {
        let cut = |sketch: &[u32; SKETCH]| -> [u32; ROWS] {
            [sketch[band * ROWS], sketch[band * ROWS + 1], sketch[band * ROWS + 2]]
        };
        let mut keyed: Vec<([u32; ROWS], u32)> = sketches
            .iter()
            .enumerate()
            .filter_map(|(i, sketch)| Some((cut(sketch.as_ref()?), i as u32)))
            .collect();
        keyed.par_sort_unstable();
        for bucket in keyed.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1) {
            // Each with its shingles, once they were needed.
            let mut heads: Vec<(u32, Option<Vec<u64>>)> = Vec::new();
            for &(_, at) in bucket {
                let mut met = false;
                for (head, of_head) in &mut heads {
                    let head = *head;
                    if groups.of(at) == groups.of(head) {
                        met = true;
                        break;
                    }
                    let (Some(a), Some(b)) = (&sketches[at as usize], &sketches[head as usize]) else {
                        continue;
                    };
                    let share = likeness(a, b);
                    if share < SAME_TEXT - DOUBT {
                        continue;
                    }
                    let failed = &mut failures[at as usize];
                    let same = if *failed < FAILURES {
                        let of_head =
                            of_head.get_or_insert_with(|| shingles(texts[different[head as usize]]));
                        resemblance(&shingles(texts[different[at as usize]]), of_head) >= SAME_TEXT
                    } else {
                        share >= SAME_TEXT
                    };
                    if same {
                        groups.join(at, head);
                        met = true;
                        break;
                    }
                    *failed = failed.saturating_add(1);
                }
                if !met && heads.len() < HEADS {
                    heads.push((at, None));
                }
            }
        }
    }
    let heads: Vec<usize> = (0..different.len()).map(|at| different[groups.of(at as u32) as usize]).collect();
    for (at, &i) in different.iter().enumerate() {
        first[i] = heads[at];
    }
    // Copies to the letter follow the text they equal, which stands before them.
    for i in 0..first.len() {
        first[i] = first[first[i]];
    }
    first
}

/// Which texts belong together; the smallest number stands for all (union–find).
struct Groups {
    parents: Vec<u32>,
}

impl Groups {
    fn of(&mut self, at: u32) -> u32 {
        let mut at = at;
        while self.parents[at as usize] != at {
            let above = self.parents[self.parents[at as usize] as usize];
            self.parents[at as usize] = above;
            at = above;
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.of(a), self.of(b));
        self.parents[a.max(b) as usize] = a.min(b);
    }
}

/// Hashes of all runs of five words, whatever the case, sorted; of a shorter text one of the whole.
fn shingles(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            if word.is_ascii() {
                fnv(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())))
            } else {
                fnv(word.chars().flat_map(char::to_lowercase))
            }
        })
        .collect();
    let run = |words: &[u64]| words.iter().fold(0, |hash, word| mix(hash ^ word));
    let mut hashes: Vec<u64> = match words.len() {
        0 => Vec::new(),
        1..SHINGLE => vec![run(&words)],
        _ => words.windows(SHINGLE).map(run).collect(),
    };
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// The least of each of sixty orders of the shingles; a text of no words has none.
fn sketch(shingles: &[u64]) -> Option<[u32; SKETCH]> {
    if shingles.is_empty() {
        return None;
    }
    let mut least = [u32::MAX; SKETCH];
    let mut seed = 0;
    let orders: [(u64, u64); SKETCH] = std::array::from_fn(|_| {
        seed += 2;
        (mix(seed) | 1, mix(seed + 1))
    });
    for shingle in shingles {
        for (least, (times, plus)) in least.iter_mut().zip(&orders) {
            let rank = (shingle.wrapping_mul(*times).wrapping_add(*plus) >> 32) as u32;
            *least = (*least).min(rank);
        }
    }
    Some(least)
}

/// Share of the minima that two sketches have in common: what [`resemblance`] would be, about.
fn likeness(a: &[u32; SKETCH], b: &[u32; SKETCH]) -> f64 {
    a.iter().zip(b).filter(|(a, b)| a == b).count() as f64 / SKETCH as f64
}

/// Share of common shingles among all of both (Jaccard); both sorted.
fn resemblance(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    let all = a.len() + b.len() - common;
    if all == 0 { 0.0 } else { f64::from(common as u32) / all as f64 }
}

/// FNV-1a, 64 bits: small, and the same on every machine. Source: Fowler, Noll and Vo, draft-eastlake-fnv.
fn fnv(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, c| {
        (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Spreads a number over all its bits. Source: `SplitMix64`, Steele, Lea and Flood 2014, *Fast splittable pseudorandom number
/// generators*.
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A text of `count` words that has nothing in common with that of another seed.
    fn text(seed: usize, count: usize) -> String {
        (0..count)
            .map(|n| format!("w{}", mix((seed * 10_000 + n) as u64) % 100_000))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_text_with_another_headline_and_without_its_end_is_a_copy() {
        let story = text(1, 200);
        let headed = format!("Our correspondent writes: {}", &story[..story.len() * 9 / 10]);
        let shout = story.to_uppercase();
        assert_eq!(originals(&[&story, &text(2, 200), &headed, &shout, &story]), [0, 1, 0, 0, 0]);
    }

    #[test]
    fn a_text_that_quotes_another_is_none() {
        let story = text(1, 100);
        let longer = format!("{story} {}", text(2, 150));
        assert_eq!(originals(&[&story, &longer]), [0, 1]);
    }

    #[test]
    fn texts_of_no_words_are_copies_only_of_the_very_same() {
        assert_eq!(originals(&["…", "!", "…", ""]), [0, 1, 0, 3]);
        assert_eq!(originals(&["Hama fell.", "Homs fell.", "hama fell"]), [0, 1, 0]);
    }

    #[test]
    fn a_form_filled_in_a_thousand_ways_stays_a_thousand_texts() {
        let form = text(1, 40);
        let filled: Vec<String> = (0..1000).map(|n| format!("{form} {}", text(n + 2, 40))).collect();
        let texts: Vec<&str> = filled.iter().map(String::as_str).collect();
        assert_eq!(originals(&texts), (0..1000).collect::<Vec<_>>());
    }

    #[test]
    fn a_thousand_near_copies_are_one_text() {
        let story = text(1, 120);
        let near: Vec<String> = (0..1000).map(|n| format!("Paper {n}: {story} Page {n}")).collect();
        let texts: Vec<&str> = near.iter().map(String::as_str).collect();
        assert!(originals(&texts).iter().all(|first| *first == 0));
    }

    proptest! {
        #[test]
        fn an_original_is_its_own_and_never_stands_behind_its_copy(
            texts in prop::collection::vec("[ab ]{0,30}", 0..30)
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let first = originals(&texts);
            for (i, &original) in first.iter().enumerate() {
                prop_assert!(original <= i && first[original] == original);
                if texts[i] == texts[original] { continue; }
                prop_assert!(!texts[i].trim().is_empty());
            }
        }
    }
}
