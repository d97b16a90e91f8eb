//! What a compiled table carries besides its places: where it is from, under which licence, how many places; and how
//! one knows that it is whole.
//!
//! A file is an index, then this as JSON, then 16 bytes: the length of the JSON, a checksum of all before, a mark. One
//! file holds it all, so that renaming it into place is all there is to installing.

use super::index::Data;
use super::layout::MAGIC;
use super::{Form, Gazetteer};
use crate::diag::short;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Last bytes of a compiled table.
const END: [u8; 8] = *b"cmgazend";
/// Bytes behind the JSON: its length and the checksum, a `u32` each, and [`END`].
const TAIL: usize = 16;

/// What is known of a table of places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What its user calls it.
    pub name: String,
    /// The files it was made from, without their folders.
    pub source: String,
    /// Its kind, which says whether it goes over or under the embedded gazetteer.
    pub form: Form,
    /// Under which licence it may be passed on, if that is known.
    pub licence: Option<String>,
    /// Whom it is owed to, in the words they ask for, if that is known.
    pub credit: Option<String>,
    /// The day of the data, if it says so.
    pub date: Option<String>,
    /// Number of places.
    pub places: usize,
    /// Checksum of the places (CRC-32): two tables of one checksum give one map.
    pub checksum: u32,
}

impl About {
    /// The line that a map owes to those who made the table; nothing for GeoNames, which every map names.
    #[must_use]
    pub fn owed(&self) -> Option<String> {
        if self.form == Form::Dump && self.credit.as_deref().is_none_or(|credit| credit == "GeoNames") {
            return None;
        }
        let whom = self.credit.as_deref().unwrap_or(&self.source);
        Some(self.licence.as_ref().map_or_else(|| whom.to_owned(), |licence| format!("{whom} ({licence})")))
    }

    /// What it is, in a line: name, places, source, licence, day, checksum.
    #[must_use]
    pub fn line(&self) -> String {
        let places = if self.places == 1 { "1 place".to_owned() } else { format!("{} places", self.places) };
        let mut line = format!("{}: {places} from {}", self.name, self.source);
        for part in [&self.credit, &self.licence].into_iter().flatten() {
            line = format!("{line}, {part}");
        }
        if let Some(date) = &self.date {
            line = format!("{line}, data of {date}");
        }
        format!("{line}, checksum {:08x}", self.checksum)
    }

    /// The file of an index with what is known of it.
    pub(super) fn pack(self, mut index: Vec<u8>) -> Vec<u8> {
        let about = Self { checksum: crc32fast::hash(&index), ..self };
        let json = serde_json::to_vec(&Row::of(about)).unwrap_or_default();
        index.extend(&json);
        let checksum = crc32fast::hash(&index);
        index.extend((json.len() as u32).to_le_bytes());
        index.extend(checksum.to_le_bytes());
        index.extend(END);
        index
    }

    /// What such a file says of itself.
    ///
    /// # Errors
    /// It is not whole, or made by another version of the program. What its places are is not looked at.
    pub fn read(file: &[u8]) -> Result<Self, Refused> {
        let version = file.get(..MAGIC.len()).ok_or(Refused::Cut)?;
        let (mark, known) = (MAGIC.len() - 1, MAGIC[MAGIC.len() - 1]);
        if version[..mark] != MAGIC[..mark] {
            return Err(Refused::Other);
        }
        match version[mark].cmp(&known) {
            std::cmp::Ordering::Greater => return Err(Refused::Newer(version[mark], known)),
            std::cmp::Ordering::Less => return Err(Refused::Older(version[mark], known)),
            std::cmp::Ordering::Equal => {}
        }
        let (_, json, _) = parts(file).ok_or(Refused::Cut)?;
        let row: Row = serde_json::from_slice(json).map_err(|error| Refused::Damaged(error.to_string()))?;
        Ok(row.about())
    }
}

/// The index, the JSON and the checksum of a file.
fn parts(file: &[u8]) -> Option<(&[u8], &[u8], u32)> {
    let (whole, tail) = file.split_at_checked(file.len().checked_sub(TAIL)?)?;
    let number = |at: usize| Some(u32::from_le_bytes(tail.get(at..at + 4)?.try_into().ok()?));
    if tail[8..] != END {
        return None;
    }
    let (index, json) = whole.split_at_checked(whole.len().checked_sub(number(0)? as usize)?)?;
    Some((index, json, number(4)?))
}

impl Gazetteer {
    /// The gazetteer of a file that [`About::pack`] made, read in place.
    ///
    /// # Errors
    /// It is not whole, damaged, or made by another version of the program.
    pub fn installed(file: impl Data) -> Result<Self, Refused> {
        let bytes = file.as_ref();
        let about = About::read(bytes)?;
        let (index, json, checksum) = parts(bytes).ok_or(Refused::Cut)?;
        if crc32fast::hash(&bytes[..index.len() + json.len()]) != checksum {
            return Err(Refused::Damaged("its checksum is not that of its places".to_owned()));
        }
        let gazetteer = Self::open(file).ok_or_else(|| Refused::Damaged("it is not all there".to_owned()))?;
        Ok(gazetteer.with(about))
    }
}

/// Why a compiled table cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is no compiled table.
    Other,
    /// It ends in the middle.
    Cut,
    /// It is not as it was made.
    Damaged(String),
    /// A newer version of the program made it: its format, and the newest known here.
    Newer(u8, u8),
    /// An older version of the program made it: its format, and the one known here.
    Older(u8, u8),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other => write!(f, "this is no compiled gazetteer"),
            Self::Cut => write!(f, "the gazetteer is not whole: its end is missing"),
            Self::Damaged(how) => write!(f, "the gazetteer is damaged: {}", short(how)),
            Self::Newer(is, known) => write!(
                f,
                "the gazetteer was made by a newer conflict-map: it has format {is}, and this version reads up to {known}"
            ),
            Self::Older(is, known) => write!(
                f,
                "the gazetteer was made by an older conflict-map: it has format {is}, and this version reads {known}"
            ),
        }
    }
}

/// As it stands in a file.
#[derive(Serialize, Deserialize)]
struct Row {
    name: String,
    source: String,
    form: String,
    licence: Option<String>,
    credit: Option<String>,
    date: Option<String>,
    places: usize,
    checksum: u32,
}

impl Row {
    fn of(about: About) -> Self {
        let About { name, source, form, licence, credit, date, places, checksum } = about;
        Self { name, source, form: form.name().to_owned(), licence, credit, date, places, checksum }
    }

    fn about(self) -> About {
        let Self { name, source, form, licence, credit, date, places, checksum } = self;
        About {
            name,
            source,
            form: Form::parse(&form).unwrap_or_default(),
            licence,
            credit,
            date,
            places,
            checksum,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::{PlaceId, read};
    use std::io::Cursor;

    fn file() -> Vec<u8> {
        let table = read("mine.csv", Cursor::new("name,lat,lon\nTell Nowhere,35.2,36.7\n")).unwrap().value;
        let about = About { licence: Some("CC0".to_owned()), ..table.about("mine", "mine.csv") };
        table.pack(about)
    }

    #[test]
    fn what_is_packed_is_opened_again_with_what_is_known_of_it() {
        let about = About::read(&file()).unwrap();
        let line = about.line();
        assert!(line.starts_with("mine: 1 place from mine.csv, CC0, checksum "), "{line}");
        assert_ne!(about.checksum, 0);
        assert_eq!(about.owed().as_deref(), Some("mine.csv (CC0)"));
        let gazetteer = Gazetteer::installed(file()).unwrap();
        let id = gazetteer.find("tell nowhere")[0].place.id;
        assert_eq!(gazetteer.tables(&[id].into()), [(&about, true)]);
        assert_eq!(gazetteer.tables(&[PlaceId(1)].into()), [(&about, false)]);
    }

    #[test]
    fn a_file_that_is_not_as_it_was_made_is_refused_with_the_reason() {
        let whole = file();
        for length in 0..whole.len() {
            assert!(Gazetteer::installed(whole[..length].to_vec()).is_err(), "{length}");
        }
        for i in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[i] ^= 0x20;
            assert!(Gazetteer::installed(damaged).is_err(), "{i}");
        }
        let mut newer = whole.clone();
        newer[7] = 200;
        let refused = Gazetteer::installed(newer).unwrap_err();
        assert_eq!(refused, Refused::Newer(200, MAGIC[7]));
        assert!(refused.to_string().contains("newer conflict-map"), "{refused}");
        assert_eq!(Gazetteer::installed(b"%PDF-1.7 ....".to_vec()).unwrap_err(), Refused::Other);
    }
}
