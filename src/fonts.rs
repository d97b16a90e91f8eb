//! The fonts that are part of the program, and [`Family`] for those that a style brings along: nothing is ever drawn
//! with another.
//!
//! Subsets of Noto Sans and Noto Sans Arabic (SIL Open Font License 1.1, see `gazetteer/fonts/OFL.txt`), without
//! hinting but with all layout features. Noto Sans has Latin with its transliteration marks, Greek and Cyrillic; Noto
//! Sans Arabic has hardly any Latin, so text of mixed script needs both. Neither has arrows or shapes: draw those.

mod family;

pub use family::Family;

/// One font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Face {
    /// The family's name, as SVG names it.
    pub family: &'static str,
    /// Bold or regular.
    pub bold: bool,
    /// The TrueType file.
    pub bytes: &'static [u8],
}

/// The family for Latin, Greek and Cyrillic script.
pub const LATIN: &str = "Noto Sans";

/// The family for Arabic script.
pub const ARABIC: &str = "Noto Sans Arabic";

/// All fonts there are.
pub const FACES: [Face; 4] = [
    Face { family: LATIN, bold: false, bytes: include_bytes!("../gazetteer/fonts/NotoSans-Regular.ttf") },
    Face { family: LATIN, bold: true, bytes: include_bytes!("../gazetteer/fonts/NotoSans-Bold.ttf") },
    Face {
        family: ARABIC,
        bold: false,
        bytes: include_bytes!("../gazetteer/fonts/NotoSansArabic-Regular.ttf"),
    },
    Face { family: ARABIC, bold: true, bytes: include_bytes!("../gazetteer/fonts/NotoSansArabic-Bold.ttf") },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters each family must have.
    fn letters(family: &str) -> &'static str {
        if family == LATIN {
            "Aāḩẕʿʾ‘’–“”…ŷğşЖїΩ·№"
        } else {
            "حماةخانشیخونپژڤەۆێ٠۹،؟"
        }
    }

    #[test]
    fn each_font_has_its_name_its_weight_and_its_letters() {
        for face in FACES {
            let font = rustybuzz::Face::from_slice(face.bytes, 0).unwrap();
            let mut names = font.names().into_iter();
            let name =
                names.find(|name| name.name_id == 1 && name.is_unicode()).and_then(|name| name.to_string());
            assert_eq!((name.as_deref(), font.is_bold()), (Some(face.family), face.bold));
            for letter in letters(face.family).chars() {
                assert!(font.glyph_index(letter).is_some(), "{} has no {letter}", face.family);
            }
        }
    }
}
