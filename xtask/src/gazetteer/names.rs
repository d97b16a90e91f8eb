//! Choosing among the names of a place.

use super::fold::fold;
use super::script::{self, Script};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// The names of a place as the table has them.
pub(crate) struct Names {
    pub(crate) name: String,
    pub(crate) local: String,
    pub(crate) others: Vec<String>,
}

/// Chooses the Latin name, the one in the country's script, and the others worth keeping: Latin, Arabic, Cyrillic and
/// the country's script, each spelling once after folding.
///
/// Left out are names without a capital (`alkramt`, `a lei po`: made by machine, letter by letter), airport codes,
/// and names in scripts foreign to the place. A name is only ever taken as local if all its letters are of the
/// country's script: GeoNames labels some romanisations as Arabic.
pub(crate) fn choose(name: &str, alternates: &[String], country: &str) -> Names {
    let own = script::of_country(country);
    let latin = if own == Script::Latin { name.to_owned() } else { plain(name) };
    let local = if own == Script::Latin { String::new() } else { local(&latin, alternates, country, own) };
    let mut seen: BTreeSet<String> = [fold(&latin), fold(&local)].into();
    let mut others = Vec::new();
    for other in std::iter::once(name).chain(alternates.iter().map(String::as_str)) {
        let other = super::field(other);
        let keep = match script::of(&other) {
            Some(Script::Latin) => is_word(&other),
            Some(Script::Arabic | Script::Cyrillic) => true,
            Some(script) => script == own || own == Script::Han && script == Script::Kana,
            None => false,
        };
        let apt = keep && other.len() <= 120 && !other.contains(['|', '/', '(', '[', ';']);
        if apt && seen.insert(fold(&other)) {
            others.push(other);
        }
    }
    Names { name: latin, local, others }
}

/// Whether a Latin name is one people write: with a capital, longer than two letters, no code in capitals.
fn is_word(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let code = letters <= 4 && name.chars().all(char::is_uppercase);
    letters > 2 && !code && name.chars().any(char::is_uppercase)
}

/// A transliterated name without the transliterator's marks: `Ḩamāh` → `Hamah`.
pub(crate) fn plain(name: &str) -> String {
    let marked = name.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c));
    marked
        .map(|c| match c {
            '\u{2bb}' | '\u{2bc}' | '\u{2be}' | '\u{2bf}' | '\u{2018}' | '\u{2019}' | '`' => '\'',
            'ə' => 'a',
            'ı' => 'i',
            _ => c,
        })
        .collect::<String>()
        .nfc()
        .collect()
}

/// The name in the country's script: the one its own alphabet spells and whose romanisation is nearest to the Latin
/// name, then the shortest, then the first in code order. Where none is near, the Latin name is an exonym (Moscow):
/// then the one nearest to all the Latin names together.
fn local(latin: &str, alternates: &[String], country: &str, own: Script) -> String {
    let target = fold(latin);
    let romanised = |name: &String| script::roman(name, country);
    let candidates = || {
        let own_script = |name: &&String| {
            let found = script::of(name);
            found == Some(own) || country == "JP" && found == Some(Script::Kana)
        };
        alternates.iter().filter(own_script).filter(|name| !name.contains(['|', '/', '(', ',']))
    };
    let strange = |name: &String| script::strangeness(name, country);
    let least = candidates().map(strange).min();
    let native = || candidates().filter(|name| Some(strange(name)) == least);
    let far = |name: &String| romanised(name).map_or(0, |roman| distance(&roman, &target));
    let near = native().any(|name| far(name) * 3 <= target.len());
    let all: Vec<String> = if near {
        Vec::new()
    } else {
        alternates.iter().filter(|n| is_latin_word(n)).map(|n| fold(n)).collect()
    };
    let best = native().min_by_key(|name| {
        let kana = usize::from(country == "JP" && script::of(name) == Some(Script::Kana));
        let far = match romanised(name) {
            Some(roman) if !near => all.iter().map(|other| distance(&roman, other)).sum(),
            _ => far(name),
        };
        (kana, far, name.chars().count(), (*name).clone())
    });
    best.map_or_else(String::new, |name| super::field(name))
}

fn is_latin_word(name: &str) -> bool {
    script::of(name) == Some(Script::Latin) && is_word(name)
}

/// Letters to insert, drop or change from one text to the other (Levenshtein).
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
