//! Which of GeoNames' names people write, and how the romanised ones are written.

use unicode_normalization::UnicodeNormalization;

/// Whether a name is one that people write. GeoNames has Latin ones made by machine, letter by letter, which have no
/// capital (`alkramt`), and codes of airports.
pub(super) fn is_word(name: &str) -> bool {
    let Some(first) = name.chars().find(|c| c.is_alphabetic()) else { return false };
    if !(first.is_ascii() || super::points::is_latin(name)) {
        return true;
    }
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let code = letters <= 4 && name.chars().all(char::is_uppercase);
    letters > 2 && !code && name.chars().any(char::is_uppercase)
}

/// A romanised name without the marks of the romanisation: `Ḩamāh` is `Hamah`.
pub(super) fn plain(name: &str) -> String {
    if name.is_ascii() && !name.contains('`') {
        return name.to_owned();
    }
    let unmarked = name.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c));
    let plain = unmarked.map(|c| match c {
        '\u{2bb}' | '\u{2bc}' | '\u{2be}' | '\u{2bf}' | '\u{2018}' | '\u{2019}' | '`' => '\'',
        c => c,
    });
    plain.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_made_by_machine_and_codes_are_told_from_words() {
        let words =
            ["Hama", "حماة", "Ōno", "Хама", "al-Qusayr", "alkramt", "a lei po", "DAM", "OSDI", "Al", "12"];
        assert_eq!(
            words.map(is_word),
            [true, true, true, true, true, false, false, false, false, false, false]
        );
    }

    #[test]
    fn a_romanised_name_loses_the_marks_of_its_romanisation() {
        assert_eq!(
            ["Ḩamāh", "Ma‘arrat an Nu‘mān", "Hama"].map(plain),
            ["Hamah", "Ma'arrat an Nu'man", "Hama"]
        );
    }
}
