//! Which words are ordinary English and which are first names and surnames, and how usual each is.

use super::{Done, fold::fold};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// How usual a word is, 0 (not on the list) to 3.
#[derive(Clone, Copy, Default)]
struct Bands {
    ordinary: u8,
    first: u8,
    last: u8,
}

/// Folded word and its three bands as digits, a row each, sorted.
pub(super) fn table(scratch: &Path) -> Done<String> {
    let mut words: BTreeMap<String, Bands> = BTreeMap::new();
    // SCOWL's sizes: 10 holds the commonest words, 50 what an educated reader knows.
    for (size, band) in [("10", 3), ("20", 3), ("35", 2), ("40", 1), ("50", 1)] {
        for variety in ["english", "american", "british"] {
            let path = scratch.join(format!("scowl/usr/share/dict/scowl/{variety}-words.{size}"));
            let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
            for word in text.lines().filter(|word| word.starts_with(char::is_lowercase)) {
                if word.contains('\'') {
                    continue;
                }
                let bands = words.entry(fold(word)).or_default();
                bands.ordinary = bands.ordinary.max(band);
            }
        }
    }
    // United States census of 1990: name, per cent, cumulated per cent, rank.
    for (list, most) in [("male.first", 1500), ("female.first", 5000), ("all.last", 15_000)] {
        let path = scratch.join(format!("names/names-0.3.0/names/dist.{list}"));
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        for line in text.lines() {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let [name, _, _, rank] = fields.as_slice() else { continue };
            let rank: u32 = rank.parse().map_err(|e| format!("{}: {line}: {e}", path.display()))?;
            if rank > most {
                continue;
            }
            let bands = words.entry(fold(name)).or_default();
            let band = match rank {
                ..=300 => 3,
                301..=1500 => 2,
                _ => 1,
            };
            let slot = if list == "all.last" { &mut bands.last } else { &mut bands.first };
            *slot = (*slot).max(band);
        }
    }
    let row = |(word, bands): (&String, &Bands)| {
        format!("{word}\t{}{}{}\n", bands.ordinary, bands.first, bands.last)
    };
    Ok(words.iter().filter(|(word, _)| !word.contains(' ')).map(row).collect())
}
