//! Reading the index in place: nothing is built, nothing copied.

use super::about::About;
use super::layout::{
    COUNTRIES, COUNTRY, DEMONYM, DEMONYMS, HEADER, Hash, MAGIC, MEMBERS, NAME, OTHERS, PLACE, PLACES,
    POSTING, POSTINGS, SECTIONS, SKETCHED, SKETCHES, SKETCHES_OF_BLOCK, SLOT, TABLE, TEXTS,
};
use super::{Kind, Place, PlaceId};
use crate::units::LonLat;
use std::ops::Range;
use std::panic::RefUnwindSafe;
use std::sync::Arc;

/// What can hold the bytes of an index: a vector, a mapped file.
pub trait Data: AsRef<[u8]> + Send + Sync + RefUnwindSafe + 'static {}

impl<T: AsRef<[u8]> + Send + Sync + RefUnwindSafe + 'static> Data for T {}

/// The bytes of an index: those in the program, or somebody's, in memory or mapped from a file.
#[derive(Clone)]
enum Bytes {
    Static(&'static [u8]),
    Shared(Arc<dyn Data>),
}

impl Bytes {
    fn all(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Shared(bytes) => (**bytes).as_ref(),
        }
    }
}

/// The bytes of an index, where its sections are, and what is known of the table it was made from.
#[derive(Clone)]
pub(super) struct Layer {
    bytes: Bytes,
    at: [Range<usize>; SECTIONS],
    pub(super) about: Option<Arc<About>>,
}

impl Layer {
    /// Opens the index in the program.
    pub(super) fn embedded(bytes: &'static [u8]) -> Option<Self> {
        let at = sections(bytes)?;
        Some(Self { bytes: Bytes::Static(bytes), at, about: None })
    }

    /// Opens an index, or nothing if these bytes are none or not all of one.
    pub(super) fn open(bytes: impl Data) -> Option<Self> {
        let at = sections(bytes.as_ref())?;
        Some(Self { bytes: Bytes::Shared(Arc::new(bytes)), at, about: None })
    }

    /// The index, to be read.
    pub(super) fn index(&self) -> Index<'_> {
        Index { layer: self }
    }
}

/// Where the sections of an index are; nothing if they do not lie in these bytes.
fn sections(bytes: &[u8]) -> Option<[Range<usize>; SECTIONS]> {
    if bytes.get(..8)? != MAGIC {
        return None;
    }
    let mut at: [Range<usize>; SECTIONS] = Default::default();
    for (i, section) in at.iter_mut().enumerate() {
        let (start, length) = (u32_at(bytes, 8 + 8 * i)? as usize, u32_at(bytes, 12 + 8 * i)? as usize);
        *section = start.max(HEADER)..start.checked_add(length)?;
        bytes.get(section.clone())?;
    }
    Some(at)
}

/// An index in memory, opened. Every access is checked, so damaged bytes give wrong or missing answers, never a panic.
#[derive(Clone, Copy)]
pub(super) struct Index<'g> {
    layer: &'g Layer,
}

impl<'g> Index<'g> {
    fn section(self, section: usize) -> &'g [u8] {
        self.layer.bytes.all().get(self.layer.at[section].clone()).unwrap_or(&[])
    }

    /// Number of places.
    pub(super) fn len(self) -> u32 {
        (self.section(PLACES).len() / PLACE) as u32
    }

    fn text(self, at: u32) -> Option<&'g str> {
        let at = at as usize;
        let length = u16_at(self.section(TEXTS), at)?;
        std::str::from_utf8(self.section(TEXTS).get(at + 2..at + 2 + usize::from(length))?).ok()
    }

    fn record(self, number: u32) -> Option<&'g [u8]> {
        let at = number as usize * PLACE;
        self.section(PLACES).get(at..at + PLACE)
    }

    fn id(self, number: u32) -> Option<u64> {
        u64_at(self.record(number)?, 0)
    }

    /// The place of this number.
    pub(super) fn place(self, number: u32) -> Option<Place<'g>> {
        let record = self.record(number)?;
        let text = |at: usize| self.text(u32_at(record, at)?);
        let some = |at: usize| text(at).filter(|text| !text.is_empty());
        let degrees = |at: usize| u32_at(record, at).map(|bits| f64::from(bits.cast_signed()) / 1e5);
        Some(Place {
            id: PlaceId(self.id(number)?),
            name: text(20)?,
            local: some(24),
            kind: Kind::ALL.get(usize::from(*record.get(48)?))?.0,
            feature: text(28)?,
            at: LonLat::new(degrees(12)?, degrees(8)?)?,
            population: u64::from(u32_at(record, 16)?),
            country: text(32)?,
            admin1: some(36),
            admin2: some(40),
        })
    }

    /// Number of the place of this id.
    pub(super) fn number(self, id: PlaceId) -> Option<u32> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.id(middle)?.cmp(&id.0) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The places of this id and above.
    pub(super) fn from(self, id: PlaceId) -> impl Iterator<Item = Place<'g>> {
        let start = first(self.len() as usize, |i| self.id(i as u32).is_none_or(|found| found >= id.0));
        (start as u32..self.len()).filter_map(move |number| self.place(number))
    }

    /// The names of a place beyond its own, in the order of their numbers.
    pub(super) fn others(self, number: u32) -> impl Iterator<Item = &'g str> {
        let start = self.record(number).and_then(|record| u32_at(record, 44)).unwrap_or(u32::MAX);
        let mut rest = self.section(OTHERS).get(start as usize..).unwrap_or(&[]);
        std::iter::from_fn(move || {
            let (&length, after) = rest.split_first().filter(|(length, _)| **length > 0)?;
            let name = after.get(..usize::from(length))?;
            rest = after.get(usize::from(length)..)?;
            std::str::from_utf8(name).ok()
        })
    }

    /// The name of this number of a place: its own, the local, then the others.
    pub(super) fn name(self, number: u32, name: u16) -> Option<&'g str> {
        match name {
            0 => self.text(u32_at(self.record(number)?, 20)?),
            1 => self.text(u32_at(self.record(number)?, 24)?),
            _ => self.others(number).nth(usize::from(name) - 2),
        }
    }

    /// What the table says of a folded name: the slot's value. The fingerprint has 32 bits, so a name that is not in
    /// the table is taken for another once in about two thousand million look-ups.
    pub(super) fn slot(self, hash: Hash) -> Option<u32> {
        let table = self.section(TABLE);
        let slots = table.len() / SLOT;
        if slots == 0 {
            return None;
        }
        let (mut slot, wanted) = hash.slot(slots);
        for _ in 0..slots {
            match u32_at(table, slot * SLOT)? {
                0 => return None,
                found if found == wanted => return u32_at(table, slot * SLOT + 4),
                _ => slot = (slot + 1) % slots,
            }
        }
        None
    }

    /// The postings of a slot's value: places and the numbers of the names that match, best first.
    pub(super) fn postings(self, value: u32) -> impl Iterator<Item = (u32, u16)> + 'g {
        let postings = self.section(POSTINGS);
        let at = (value >> 2) as usize;
        let count = if value & NAME == 0 { 0 } else { u16_at(postings, at).unwrap_or(0) };
        (0..usize::from(count)).map_while(move |i| {
            let at = at + 2 + i * POSTING;
            Some((u32_at(postings, at)?, u16_at(postings, at + 4)?))
        })
    }

    /// How many names beyond its own a place has, up to 255.
    pub(super) fn fame(self, number: u32) -> u8 {
        self.record(number).and_then(|record| record.get(49)).copied().unwrap_or(0)
    }

    /// Blocks of sketches; see [`SKETCHES_OF_BLOCK`].
    pub(super) fn blocks(self, range: Range<u32>) -> &'g [[u8; SKETCHES_OF_BLOCK]] {
        let range = range.start as usize * SKETCHES_OF_BLOCK..range.end as usize * SKETCHES_OF_BLOCK;
        self.section(SKETCHES).get(range).unwrap_or(&[]).as_chunks().0
    }

    /// The place and the number of the name that a sketch is of.
    pub(super) fn sketched(self, sketch: u32) -> Option<(u32, u16)> {
        let (names, at) = (self.section(SKETCHED), sketch as usize * POSTING);
        Some((u32_at(names, at)?, u16_at(names, at + 4)?))
    }

    /// Numbers of the blocks of sketches of these countries, or of all there are.
    pub(super) fn heard_in(self, countries: Option<&[&str]>) -> Vec<Range<u32>> {
        let table = self.section(COUNTRIES);
        let range = |i: usize| {
            let start = u32_at(table, i * COUNTRY + 28)?;
            Some(start..start.checked_add(u32_at(table, i * COUNTRY + 32)?)?)
        };
        match countries {
            None => (0..table.len() / COUNTRY).filter_map(range).collect(),
            Some(codes) => codes.iter().filter_map(|code| range(self.nation(code)?)).collect(),
        }
    }

    /// Code, name, demonym, id of the country with this code, and the numbers of its settlements.
    pub(super) fn country(self, code: &str) -> Option<(&'g str, &'g str, &'g str, PlaceId, Range<u32>)> {
        let table = self.section(COUNTRIES);
        let text = |i: usize, at: usize| self.text(u32_at(table, i * COUNTRY + at)?);
        let i = self.nation(code)?;
        let (start, count) = (u32_at(table, i * COUNTRY + 20)?, u32_at(table, i * COUNTRY + 24)?);
        let id = PlaceId(u64_at(table, i * COUNTRY + 12)?);
        Some((text(i, 0)?, text(i, 4)?, text(i, 8)?, id, start..start.checked_add(count)?))
    }

    /// The number of the country with this code.
    fn nation(self, code: &str) -> Option<usize> {
        let table = self.section(COUNTRIES);
        let text = |i: usize| self.text(u32_at(table, i * COUNTRY)?);
        let i = first(table.len() / COUNTRY, |i| text(i).is_some_and(|found| found >= code));
        text(i).filter(|found| *found == code).map(|_| i)
    }

    /// Place number of a country's settlement by its number among all of them.
    pub(super) fn member(self, i: u32) -> Option<u32> {
        u32_at(self.section(MEMBERS), i as usize * 4)
    }

    /// Country code of a folded demonym.
    pub(super) fn demonym(self, folded: &str) -> Option<&'g str> {
        let table = self.section(DEMONYMS);
        let text = |i: usize, at: usize| self.text(u32_at(table, i * DEMONYM + at)?);
        let i = first(table.len() / DEMONYM, |i| text(i, 0).is_some_and(|found| found >= folded));
        text(i, 0).filter(|found| *found == folded)?;
        text(i, 4)
    }
}

/// The first of `0..count` for which `reached` holds, where it holds for all that follow; `count` if for none.
fn first(count: usize, reached: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if reached(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}
