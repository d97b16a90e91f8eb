//! Consonant skeletons: what stays of a name when it is romanised by another rule.

use super::fold::bare;
use std::collections::BTreeSet;

/// The skeleton keys of a folded name, for look-up under another romanisation; none if too little is left.
///
/// Vowels, ayn, hamza and a final h are dropped, doubled letters made one, and letters merged that stand for one sound
/// in different romanisations: kh gh h g, q k, z dh, s, t, d, v w, j zh dj. Letters that stand for several sounds give a
/// key for each: ch is sh or k or the affricate, w is consonant or vowel, j is j or y, c is k or s, th is t or s.
/// Arabic and Cyrillic names are first written in Latin. Recall .72 on Arabic and .71 on Slavic variants of GeoNames.
#[must_use]
pub fn keys(folded: &str) -> BTreeSet<String> {
    let latin = latin(folded);
    let name = bare(&latin).unwrap_or(&latin);
    let mut keys: Vec<Vec<u8>> = vec![Vec::new()];
    for word in name.split(' ') {
        // An article inside a name (Khan al-Asal) is as fleeting as one before it.
        let word = if name.len() > word.len() && is_article(word) { "" } else { word };
        consonants(word, &mut keys);
    }
    keys.into_iter().filter(|key| key.len() >= 2).filter_map(|key| String::from_utf8(key).ok()).collect()
}

fn is_article(word: &str) -> bool {
    bare_word(word)
}

fn bare_word(word: &str) -> bool {
    let probe = [word, " x"].concat();
    bare(&probe) == Some("x")
}

/// Appends the consonants of a word to every key, splitting keys where a letter has several readings.
#[allow(clippy::match_same_arms, reason = "a table, letter by letter")]
fn consonants(word: &str, keys: &mut Vec<Vec<u8>>) {
    let bytes = word.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let (here, next) = (bytes[i], bytes.get(i + 1).copied().unwrap_or(0));
        let third = bytes.get(i + 2).copied().unwrap_or(0);
        let last = i + 1 == bytes.len();
        let number: [&[u8]; 1] = [&bytes[i..=i]];
        let (readings, width): (&[&[u8]], usize) = match (here, next) {
            (b's', b'h') if third == b'c' && bytes.get(i + 3) == Some(&b'h') => (&[b"x"], 4),
            (b's', b'c') if third == b'h' => (&[b"x"], 3),
            (b't', b's') if third == b'h' || third == b'c' => (&[b"x"], if third == b'h' { 3 } else { 4 }),
            (b's', b'h') => (&[b"x"], 2),
            (b'k' | b'g', b'h') => (&[b"h"], 2),
            (b't', b'h') => (&[b"t", b"s"], 2),
            (b'd', b'h') => (&[b"z", b"d"], 2),
            (b'z', b'h') => (&[b"j"], 2),
            (b'd', b'j') => (&[b"j"], 2),
            (b'c', b'h') => (&[b"x", b"h"], 2),
            (b'p', b'h') => (&[b"f"], 2),
            (b't', b'z' | b's') => (&[b"s"], 2),
            (b'c', b'e' | b'i') => (&[b"s"], 1),
            (b'c' | b'q' | b'k', _) => (&[b"k"], 1),
            (b'x', _) => (&[b"ks"], 1),
            (b'g', _) => (&[b"h", b"j"], 1),
            (b'h', _) if last => (&[b""], 1),
            (b'h', _) => (&[b"h"], 1),
            (b'j', _) => (&[b"j", b""], 1),
            (b'w', _) => (&[b"v", b""], 1),
            (b'v', _) => (&[b"v"], 1),
            (b'b', _) => (&[b"b"], 1),
            (b'p', _) => (&[b"b"], 1),
            (b'd', _) => (&[b"d"], 1),
            (b'f', _) => (&[b"f"], 1),
            (b'l', _) => (&[b"l"], 1),
            (b'm', _) => (&[b"m"], 1),
            (b'n', _) => (&[b"n"], 1),
            (b'r', _) => (&[b"r"], 1),
            (b's', _) => (&[b"s"], 1),
            (b't', _) => (&[b"t"], 1),
            (b'z', _) => (&[b"z"], 1),
            (b'0'..=b'9', _) => (&number, 1),
            _ => (&[b""], 1),
        };
        extend(keys, readings);
        i += width;
    }
}

/// Every key with every reading after it; a letter just like the one before is not doubled. At most 8 keys.
fn extend(keys: &mut Vec<Vec<u8>>, readings: &[&[u8]]) {
    let readings = if keys.len() * readings.len() > 8 { &readings[..1] } else { readings };
    let stems = std::mem::take(keys);
    for reading in readings {
        for stem in &stems {
            let mut key = stem.clone();
            for &byte in *reading {
                if key.last() != Some(&byte) {
                    key.push(byte);
                }
            }
            keys.push(key);
        }
    }
}

/// A folded name of Arabic or Cyrillic script in Latin letters, roughly; Latin stays as it is.
fn latin(folded: &str) -> String {
    if folded.is_ascii() {
        return folded.to_owned();
    }
    let mut out = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        if !out.is_empty() {
            out.push(' ');
        }
        let word = match word.strip_prefix("ال") {
            Some(rest) if rest.chars().count() > 1 => {
                out.push_str("al ");
                rest
            }
            _ => word,
        };
        for c in word.chars() {
            out.push_str(roman(c));
        }
    }
    out
}

/// Arabic after BGN/PCGN 1956 without vowels, Cyrillic after BGN/PCGN for Russian and Ukrainian without soft signs.
#[allow(clippy::match_same_arms, reason = "a table, letter by letter")]
fn roman(c: char) -> &'static str {
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    match c {
        'ا' => "a",
        'ب' => "b",
        'ت' | 'ط' => "t",
        'ث' => "th",
        'ج' => "j",
        'ح' | 'ه' => "h",
        'خ' => "kh",
        'د' | 'ض' => "d",
        'ذ' => "dh",
        'ر' => "r",
        'ز' | 'ظ' => "z",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'ع' => "",
        'غ' => "gh",
        'ف' => "f",
        'ق' => "q",
        'ك' => "k",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        'و' => "w",
        'ي' => "y",
        'پ' => "p",
        'چ' => "ch",
        'ژ' => "zh",
        'گ' => "g",
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'є' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'ы' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' | 'щ' => "sh",
        'ю' => "yu",
        'я' => "ya",
        _ => ASCII.char_indices().find(|(_, a)| *a == c).map_or("", |(i, _)| &ASCII[i..=i]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    #[test]
    fn romanisations_of_one_name_share_a_key() {
        for pair in [
            ["Khan Sheikhoun", "Khan Shaykhun"],
            ["Maaret al-Noman", "Ma'arrat an Nu'man"],
            ["Dayr az Zawr", "Deir Ezzour"],
            ["Suwayda", "Soueida"],
            ["Zaporizhzhia", "Запоріжжя"],
            ["Khan Shaykhun", "خان شيخون"],
            ["Chasiv Yar", "Часів Яр"],
        ] {
            let [a, b] = pair.map(|name| keys(&fold(name)));
            assert!(!a.is_disjoint(&b), "{pair:?}: {a:?} {b:?}");
        }
        assert!(keys(&fold("Homs")).is_disjoint(&keys(&fold("Hama"))));
        assert!(keys("").is_empty());
    }
}
