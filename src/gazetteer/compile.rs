//! The index compiler: rows of places in, one block of bytes out that is searched in place.
//!
//! Used by the build script for the embedded gazetteer and at run time for users' own tables.

use super::fold::{bare, fold};
use super::layout::{
    BARE, BLOCK, HEADER, Hash, KINDS, MAGIC, MORE, NAME, OTHERS, PLACES, PLANE, POSTINGS, SECTIONS, SKETCHED,
    SKETCHES, SKETCHES_OF_BLOCK, SLOT, TABLE, TEXTS, prominence,
};
use super::layout::{COUNTRIES, DEMONYMS, MEMBERS};
use super::sound::{sketch, sounds};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// One place of a table, before anything is indexed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// See `PlaceId`.
    pub id: u64,
    /// Name in Latin script.
    pub name: String,
    /// Name in the script of its country, or empty.
    pub local: String,
    /// All other names.
    pub others: Vec<String>,
    /// The name of its kind; see [`KINDS`].
    pub kind: String,
    /// GeoNames feature code, or empty.
    pub feature: String,
    /// Latitude in 1e-5 degrees.
    pub lat: i32,
    /// Longitude in 1e-5 degrees.
    pub lon: i32,
    /// Inhabitants, 0 where unknown.
    pub population: u32,
    /// ISO 3166 two-letter code, or empty.
    pub country: String,
    /// Name of the first-level unit, or empty.
    pub admin1: String,
    /// Name of the second-level unit, or empty.
    pub admin2: String,
}

/// One country: what the index knows beyond the place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CountryRow {
    /// ISO 3166 two-letter code, or a code of our own in the user-assigned range.
    pub code: String,
    /// Usual English name.
    pub name: String,
    /// Id of its place.
    pub id: u64,
    /// The adjectives and the nouns of its people, the usual adjective first.
    pub demonyms: Vec<String>,
}

/// Longest name kept, in bytes.
pub const LONGEST: usize = 250;

/// Builds the index. Rows with an id that an earlier row has are left out, as are kinds not in [`KINDS`].
#[must_use]
pub fn compile(rows: Vec<Row>, countries: &[CountryRow]) -> Vec<u8> {
    let mut rows = rows;
    rows.retain(|row| KINDS.contains(&row.kind.as_str()) && !row.name.is_empty());
    rows.sort_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);

    let mut texts = Texts::default();
    let mut sections: [Vec<u8>; SECTIONS] = Default::default();
    let codes: BTreeSet<String> =
        rows.iter().map(|row| row.country.clone()).chain(countries.iter().map(|c| c.code.clone())).collect();
    let codes: Vec<String> = codes.into_iter().collect();
    for row in &rows {
        let others = sections[OTHERS].len() as u32;
        record(row, others, &mut texts, &mut sections[PLACES]);
        for other in row.others.iter().filter(|other| (1..=LONGEST).contains(&other.len())) {
            sections[OTHERS].push(other.len() as u8);
            sections[OTHERS].extend(other.as_bytes());
        }
        sections[OTHERS].push(0);
    }
    let (names, sketches) = entries(&rows, &codes);

    let scores: Vec<f64> =
        rows.iter().map(|row| prominence(&row.kind, &row.feature, row.population.into())).collect();
    let entries = group(names, &scores, &mut sections[POSTINGS]);
    sections[TABLE] = table(&entries);
    let blocks = blocks(sketches, codes.len(), &mut sections);
    nations(&rows, countries, &codes, &blocks, &mut texts, &mut sections);
    sections[TEXTS] = texts.bytes;
    join(&sections)
}

/// Texts stored once each.
struct Texts {
    bytes: Vec<u8>,
    known: HashMap<String, u32>,
}

impl Default for Texts {
    fn default() -> Self {
        Self { bytes: vec![0, 0], known: HashMap::new() }
    }
}

impl Texts {
    fn offset(&mut self, text: &str) -> u32 {
        if text.is_empty() || text.len() > usize::from(u16::MAX) {
            return 0;
        }
        if let Some(&at) = self.known.get(text) {
            return at;
        }
        let at = self.bytes.len() as u32;
        self.bytes.extend((text.len() as u16).to_le_bytes());
        self.bytes.extend(text.as_bytes());
        self.known.insert(text.to_owned(), at);
        at
    }
}

fn record(row: &Row, others: u32, texts: &mut Texts, out: &mut Vec<u8>) {
    out.extend(row.id.to_le_bytes());
    out.extend(row.lat.to_le_bytes());
    out.extend(row.lon.to_le_bytes());
    out.extend(row.population.to_le_bytes());
    for text in [&row.name, &row.local, &row.feature, &row.country, &row.admin1, &row.admin2] {
        out.extend(texts.offset(text).to_le_bytes());
    }
    out.extend(others.to_le_bytes());
    let kind = KINDS.iter().position(|kind| *kind == row.kind).unwrap_or(0);
    out.extend([kind as u8, row.others.len().min(255) as u8, 0, 0]);
}

/// A name in the making of the table: its hash, the place and the number of the name; [`BEGINNING`] for a beginning.
type Entry = (u64, u32, u16);

/// Place number of entries that are only the beginning of a name.
const BEGINNING: u32 = u32::MAX;

/// The names of a row that are kept, folded, each with its number; none empty.
fn folded(row: &Row) -> impl Iterator<Item = (u16, String)> {
    let others = row.others.iter().filter(|other| (1..=LONGEST).contains(&other.len()));
    let all = [&row.name, &row.local].into_iter().chain(others);
    let numbered = all.enumerate().map(|(i, name)| (i.min(usize::from(BARE - 1)) as u16, fold(name)));
    numbered.filter(|(_, name)| !name.is_empty())
}

/// The names and sketches of all rows: the greater part of the work, done on all processors. Both are sorted later, so
/// that it does not matter who did which.
fn entries(rows: &[Row], codes: &[String]) -> (Vec<Entry>, Vec<Heard>) {
    let hands = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = rows.len().div_ceil(hands).max(1000);
    let enter_all = |first: usize, rows: &[Row]| {
        let (mut names, mut sketches) =
            (Vec::with_capacity(rows.len() * 6), Vec::with_capacity(rows.len() * 3));
        for (number, row) in (first as u32..).zip(rows) {
            let folded: Vec<(u16, String)> = folded(row).collect();
            enter(row, number, &folded, &mut names);
            hear(row, number, &folded, codes, &mut sketches);
        }
        (names, sketches)
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> = rows
            .chunks(share)
            .enumerate()
            .map(|(i, part)| scope.spawn(move || enter_all(i * share, part)))
            .collect();
        let mut all = (Vec::new(), Vec::new());
        for part in parts {
            // A panic of one hand is a panic of all.
            let (names, sketches) = part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            all.0.extend(names);
            all.1.extend(sketches);
        }
        all
    })
}

fn enter(row: &Row, number: u32, folded: &[(u16, String)], names: &mut Vec<Entry>) {
    let mut seen = BTreeSet::new();
    for (i, name) in folded {
        if !seen.insert(name.as_str()) {
            continue;
        }
        names.push((Hash::START.then(name).bits(), number, *i));
        for (at, _) in name.match_indices(' ') {
            names.push((Hash::START.then(&name[..at]).bits(), BEGINNING, 0));
        }
    }
    if !has_articles(&row.country) {
        return;
    }
    for (i, name) in folded {
        let rest = bare(name).filter(|rest| rest.chars().count() > 2 && seen.insert(rest));
        if let Some(rest) = rest {
            names.push((Hash::START.then(rest).bits(), number, i | BARE));
            for (at, _) in rest.match_indices(' ') {
                names.push((Hash::START.then(&rest[..at]).bits(), BEGINNING, 0));
            }
        }
    }
}

/// A name's sketch in the order of its section: number of the country, bits that are set, sketch, place, name.
type Heard = (usize, u32, u64, u32, u16);

/// Adds the sketches of a row's names, each once.
fn hear(row: &Row, number: u32, folded: &[(u16, String)], codes: &[String], sketches: &mut Vec<Heard>) {
    let country = codes.binary_search(&row.country).unwrap_or(0);
    let mut seen = BTreeSet::new();
    for (i, name) in folded {
        let sounds = sounds(name);
        if sounds.len() > 1 {
            let sketch = sketch(&sounds);
            if seen.insert(sketch) {
                sketches.push((country, sketch.count_ones(), sketch, number, *i));
            }
        }
    }
}

/// Writes the sketches of each country in blocks, and says which blocks are whose.
fn blocks(mut sketches: Vec<Heard>, countries: usize, sections: &mut [Vec<u8>; SECTIONS]) -> Vec<Range<u32>> {
    sketches.sort_unstable();
    let (mut ranges, mut rest, mut done) = (Vec::new(), sketches.as_slice(), 0);
    for country in 0..countries {
        let (own, others) = rest.split_at(rest.partition_point(|heard| heard.0 == country));
        rest = others;
        let filled = own.len().next_multiple_of(BLOCK) - own.len();
        let nobody = std::iter::repeat_n((country, 0, 0, u32::MAX, 0), filled);
        let all: Vec<Heard> = nobody.chain(own.iter().copied()).collect();
        for block in all.chunks(BLOCK) {
            let mut planes = [0u8; SKETCHES_OF_BLOCK];
            for (i, &(_, bits, sketch, place, name)) in block.iter().enumerate() {
                for bit in (0..64).filter(|bit| sketch >> bit & 1 == 1) {
                    planes[bit * PLANE + i / 8] |= 1 << (i % 8);
                }
                planes[64 * PLANE + i] = bits as u8;
                sections[SKETCHED].extend(place.to_le_bytes());
                sections[SKETCHED].extend(name.to_le_bytes());
            }
            sections[SKETCHES].extend(planes);
        }
        let end = done + (all.len() / BLOCK) as u32;
        ranges.push(done..end);
        done = end;
    }
    ranges
}

/// Countries whose place names carry the Arabic article; elsewhere `El Paso` and `As` are names, not articles.
fn has_articles(country: &str) -> bool {
    const CODES: &str =
        "AE BH DJ DZ EG EH ER IL IQ IR JO KM KW LB LY MA ML MR NE NG OM PS QA SA SD SO SS SY TD TN TR YE";
    country.is_empty() || CODES.split(' ').any(|code| code == country)
}

/// Entries with one hash become one: its hash and the value of its slot. Postings are best first.
fn group(mut names: Vec<Entry>, scores: &[f64], postings: &mut Vec<u8>) -> Vec<(u64, u32)> {
    names.sort_unstable();
    names.dedup();
    let mut entries = Vec::with_capacity(names.len());
    for same in names.chunk_by(|a, b| a.0 == b.0) {
        let mut whole: Vec<(u32, u16)> =
            same.iter().filter(|e| e.1 != BEGINNING).map(|&(_, place, name)| (place, name)).collect();
        let more = if whole.len() < same.len() { MORE } else { 0 };
        if whole.is_empty() {
            entries.push((same[0].0, more));
            continue;
        }
        let rank = |&(place, name): &(u32, u16)| scores[place as usize] * super::layout::weight(name);
        whole.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.cmp(b)));
        whole.truncate(usize::from(u16::MAX));
        entries.push((same[0].0, (postings.len() as u32) << 2 | NAME | more));
        postings.extend((whole.len() as u16).to_le_bytes());
        for (place, name) in whole {
            postings.extend(place.to_le_bytes());
            postings.extend(name.to_le_bytes());
        }
    }
    entries
}

fn table(entries: &[(u64, u32)]) -> Vec<u8> {
    let slots = entries.len() * 5 / 4 + 1;
    let mut table = vec![0; slots * SLOT];
    for &(bits, value) in entries {
        let (mut slot, fingerprint) = Hash::of_bits(bits).slot(slots);
        while table[slot * SLOT..slot * SLOT + 4] != [0; 4] {
            slot = (slot + 1) % slots;
        }
        table[slot * SLOT..slot * SLOT + 4].copy_from_slice(&fingerprint.to_le_bytes());
        table[slot * SLOT + 4..(slot + 1) * SLOT].copy_from_slice(&value.to_le_bytes());
    }
    table
}

/// Countries, who lives in them, and the words for their people.
fn nations(
    rows: &[Row],
    countries: &[CountryRow],
    codes: &[String],
    blocks: &[Range<u32>],
    texts: &mut Texts,
    sections: &mut [Vec<u8>; SECTIONS],
) {
    let mut members: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        if matches!(row.kind.as_str(), "town" | "quarter" | "village") && !row.country.is_empty() {
            members.entry(&row.country).or_default().push(number as u32);
        }
    }
    let known: BTreeMap<&str, &CountryRow> = countries.iter().map(|c| (c.code.as_str(), c)).collect();
    let nameless = CountryRow::default();
    for (number, code) in codes.iter().map(String::as_str).enumerate() {
        let country = known.get(code).copied().unwrap_or(&nameless);
        let demonym = country.demonyms.first().map_or("", String::as_str);
        for text in [code, &country.name, demonym] {
            sections[COUNTRIES].extend(texts.offset(text).to_le_bytes());
        }
        let inhabited: &[u32] = members.get(code).map_or(&[], Vec::as_slice);
        sections[COUNTRIES].extend(country.id.to_le_bytes());
        sections[COUNTRIES].extend(((sections[MEMBERS].len() / 4) as u32).to_le_bytes());
        sections[COUNTRIES].extend((inhabited.len() as u32).to_le_bytes());
        let heard = blocks.get(number).cloned().unwrap_or_default();
        sections[COUNTRIES].extend(heard.start.to_le_bytes());
        sections[COUNTRIES].extend((heard.end - heard.start).to_le_bytes());
        sections[MEMBERS].extend(inhabited.iter().flat_map(|number| number.to_le_bytes()));
    }
    let mut demonyms = BTreeMap::new();
    for country in countries {
        for demonym in &country.demonyms {
            demonyms.entry(fold(demonym)).or_insert(country.code.as_str());
        }
    }
    for (demonym, code) in demonyms {
        sections[DEMONYMS].extend(texts.offset(&demonym).to_le_bytes());
        sections[DEMONYMS].extend(texts.offset(code).to_le_bytes());
    }
}

fn join(sections: &[Vec<u8>; SECTIONS]) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEADER + sections.iter().map(Vec::len).sum::<usize>());
    out.extend(MAGIC);
    let mut at = HEADER;
    for section in sections {
        out.extend((at as u32).to_le_bytes());
        out.extend((section.len() as u32).to_le_bytes());
        at += section.len();
    }
    for section in sections {
        out.extend(section);
    }
    out
}
