//! A family that somebody else's style brings along, beside the bundled ones.

use super::{ARABIC, LATIN};
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// The family that text is set in before the bundled ones: one of a newsroom's own, or none.
///
/// What was loaded stays in memory as long as the program runs, each font once, as the bundled ones do; that makes a family
/// as light to pass on as its name.
#[derive(Clone, Copy)]
pub struct Family(Option<&'static Own>);

struct Own {
    name: String,
    files: [&'static [u8]; 2],
    shapers: [rustybuzz::Face<'static>; 2],
}

/// Largest font file: the largest that cover one script have some megabytes.
const LARGEST: usize = 32 << 20;

impl Family {
    /// No family but the bundled ones.
    pub const BUNDLED: Self = Self(None);

    /// The family of a TrueType or OpenType file, and of another with its bold letters; without that, bold is drawn with the
    /// regular ones.
    ///
    /// # Errors
    /// Where one of them is no font, or has no Latin letters; in words.
    pub fn load(regular: &[u8], bold: Option<&[u8]>) -> Result<Self, String> {
        for bytes in [Some(regular), bold].into_iter().flatten() {
            check(bytes)?;
        }
        let files = [regular, bold.unwrap_or(regular)];
        let mut all = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.iter().find(|own| own.files == files) {
            return Ok(Self(Some(known)));
        }
        let kept = files.map(|bytes| &*Box::leak(bytes.to_vec().into_boxed_slice()));
        let shaper = |bytes: &'static [u8]| {
            rustybuzz::Face::from_slice(bytes, 0).ok_or_else(|| "a font could not be read".to_owned())
        };
        let shapers = [shaper(kept[0])?, shaper(kept[1])?];
        let mut name = name_of(&shapers[0]);
        if all.iter().any(|own| own.name == name) || [LATIN, ARABIC].contains(&name.as_str()) {
            name = format!("{name} {}", all.len() + 1);
        }
        let own = &*Box::leak(Box::new(Own { name, files: kept, shapers }));
        all.push(own);
        Ok(Self(Some(own)))
    }

    /// Its name, as pictures give it: letters, digits, spaces and hyphens.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        self.0.map(|own| own.name.as_str())
    }

    /// The font files, regular and bold.
    #[must_use]
    pub fn files(self) -> Option<[&'static [u8]; 2]> {
        self.0.map(|own| own.files)
    }

    /// The font to shape text with.
    pub(crate) fn shaper(self, bold: bool) -> Option<&'static rustybuzz::Face<'static>> {
        self.0.map(|own| &own.shapers[usize::from(bold)])
    }
}

static LOADED: Mutex<Vec<&'static Own>> = Mutex::new(Vec::new());

fn check(bytes: &[u8]) -> Result<(), String> {
    if bytes.len() > LARGEST {
        return Err(format!("a font of {} MiB is too large", bytes.len() >> 20));
    }
    let font = rustybuzz::Face::from_slice(bytes, 0);
    let font = font.ok_or("the file is no TrueType or OpenType font")?;
    if !"Aa0".chars().all(|letter| font.glyph_index(letter).is_some()) {
        return Err("the font has no Latin letters".into());
    }
    if font.tables().glyf.is_none() && font.tables().cff.is_none() {
        return Err("the font has no outlines".into());
    }
    Ok(())
}

fn name_of(font: &rustybuzz::Face<'_>) -> String {
    let mut names = font.names().into_iter();
    let name = names.find(|name| name.name_id == 1 && name.is_unicode()).and_then(|name| name.to_string());
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-');
    let name: String = name.unwrap_or_default().chars().filter(is_plain).take(60).collect();
    if name.trim().is_empty() { "Own".to_owned() } else { name.trim().to_owned() }
}

impl Default for Family {
    fn default() -> Self {
        Self::BUNDLED
    }
}

impl fmt::Debug for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Family({})", self.name().unwrap_or("bundled"))
    }
}

/// Each font is loaded once, and names are given once.
impl PartialEq for Family {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Family {}

impl PartialOrd for Family {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Family {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.name().cmp(&other.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::FACES;

    #[test]
    fn a_font_is_loaded_once_under_a_name_of_its_own() {
        let one = Family::load(FACES[0].bytes, Some(FACES[1].bytes)).unwrap();
        let same = Family::load(FACES[0].bytes, Some(FACES[1].bytes)).unwrap();
        assert_eq!(one, same);
        assert_ne!(one.name(), Some(LATIN));
        assert!(one.shaper(true).is_some() && Family::BUNDLED.shaper(true).is_none());
    }

    #[test]
    fn what_is_no_font_is_refused() {
        assert!(Family::load(b"not a font", None).unwrap_err().contains("no TrueType or OpenType font"));
        let cut = &FACES[0].bytes[..200];
        assert!(Family::load(FACES[0].bytes, Some(cut)).is_err());
    }
}
