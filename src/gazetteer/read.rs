//! Users' own tables of places, compiled at run time by the compiler that makes the embedded index.
//!
//! A table streams by: lines and cells are bounded, problems counted after the first few, and what is held is the
//! places alone.

mod alternates;
mod archive;
mod cells;
mod columns;
mod dump;
mod geojson;
mod join;
mod lines;
mod local;
mod names;
mod points;
mod told;

use super::compile::{Row, compile};
use super::index::Layer;
use super::{About, Gazetteer};
use crate::diag::{Checked, Code, Problem};
use crate::named::named;
use columns::Role;
use lines::Lines;
use points::Points;
use std::collections::{BTreeSet, VecDeque};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use told::Told;

/// Most places of one table, and most bytes of their names: an index holds its offsets in 32 bits.
const MOST_PLACES: usize = 2_000_000;
const MOST_NAMES: usize = 400 << 20;

named! {
    /// What kind of table it was.
    #[derive(Default)]
    Form {
        /// A GeoNames dump. It knows the places that the program knows, under names that nobody has corrected yet, so
        /// it belongs beneath the embedded gazetteer.
        Dump = "dump",
        /// A table of points of any other make, which belongs over it.
        #[default]
        Points = "points",
    }
}

/// The places of a table, ready to be compiled.
#[derive(Debug)]
pub struct Table {
    draft: Draft,
}

/// Reads a table of places.
///
/// Understood are a GeoNames dump (`SY.txt`: tabs, 19 columns, no header): settlements, first- and second-level units,
/// airfields, bases, dams, crossings; any CSV, by comma, semicolon or tab, whose first line names columns of a name,
/// a latitude and a longitude, in the many spellings that are usual, as OCHA's populated places; GeoJSON, of which
/// points are taken as they are and of areas a point inside; and a zip of one of these. A place that the embedded
/// gazetteer knows, near by and under one of its names, keeps the id that it has there. A row that does not say its
/// country is taken to be in that of the nearest town known, if one is within 50 kilometres.
///
/// # Units
/// Degrees.
///
/// # Errors
/// The source cannot be read. What is wrong with the table is among the problems: `bad-table` if it is not understood,
/// `bad-place` with its line for each row without a name or a place on the globe, `bad-row` for what cannot be used
/// in another row.
///
/// # Example
/// ```
/// use conflict_map::gazetteer::{Gazetteer, read};
/// use std::io::Cursor;
/// let table = "name,lat,lon,country\nTell Nowhere,35.2,36.7,SY\nNo Place,95,10,SY\n";
/// let mine = read("mine.csv", Cursor::new(table))?;
/// assert_eq!(mine.problems[0].code.name(), "bad-place");
/// let gazetteer = mine.value.gazetteer().over(Gazetteer::embedded());
/// assert_eq!(gazetteer.find("Tell Nowhere").len(), 1);
/// assert_eq!(gazetteer.find("Hama")[0].place.country, "SY");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn read(file: &str, from: impl Read + Seek) -> io::Result<Checked<Table>> {
    let mut told = Told::of(file);
    let draft = unpacked(from, &mut told, |from, told| draft(from, told))?;
    let draft = draft.unwrap_or_default();
    Ok(Checked { value: Table { draft }, problems: told.problems() })
}

impl Table {
    /// Adds names from GeoNames' table of other names (`alternateNamesV2.txt`, or the zip of it), joined by id. Of a
    /// place in a country that does not write Latin, the name tagged with its language becomes the local one, and a
    /// preferred English one its own; links, post codes and the like are left out.
    ///
    /// # Errors
    /// The source cannot be read.
    pub fn add_names(&mut self, file: &str, from: impl Read + Seek) -> io::Result<Vec<Problem>> {
        let mut told = Told::of(file);
        let draft = &mut self.draft;
        unpacked(from, &mut told, |from, told| {
            alternates::add(Lines::of(BufReader::with_capacity(1 << 16, from))?, draft, told)
        })?;
        Ok(told.problems())
    }

    /// What is known of it, called `name` and read from `source`. Of a dump the licence is known too.
    #[must_use]
    pub fn about(&self, name: &str, source: &str) -> About {
        let dump = self.draft.form == Form::Dump;
        let known = |text: &str| dump.then(|| text.to_owned());
        About {
            name: name.to_owned(),
            source: source.to_owned(),
            form: self.draft.form,
            licence: known("CC BY 4.0"),
            credit: known("GeoNames"),
            date: Some(self.draft.latest.clone()).filter(|day| !day.is_empty()),
            places: self.len(),
            checksum: 0,
        }
    }

    /// Number of places.
    #[must_use]
    pub fn len(&self) -> usize {
        self.draft.rows.len()
    }

    /// Whether there is no place at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.draft.rows.is_empty()
    }

    /// The index of these places, for [`Gazetteer::open`].
    #[must_use]
    pub fn index(self) -> Vec<u8> {
        let Draft { mut rows, form, .. } = self.draft;
        join::join(&mut rows, form);
        compile(rows, &[])
    }

    /// A gazetteer of these places alone.
    #[must_use]
    pub fn gazetteer(self) -> Gazetteer {
        Gazetteer { layers: Layer::open(self.index()).into_iter().collect() }
    }

    /// A gazetteer of these places alone, and what is known of them.
    #[must_use]
    pub fn known(self, about: About) -> Gazetteer {
        let index = self.index();
        let about = About { checksum: crc32fast::hash(&index), ..about };
        Gazetteer { layers: Layer::open(index).into_iter().collect() }.with(about)
    }

    /// The file of these places and what is known of them, for [`Gazetteer::installed`].
    #[must_use]
    pub fn pack(self, about: About) -> Vec<u8> {
        about.pack(self.index())
    }
}

/// Places as they are read.
#[derive(Debug, Default)]
struct Draft {
    form: Form,
    rows: Vec<Row>,
    ids: BTreeSet<u64>,
    /// Bytes of all names.
    bytes: usize,
    latest: String,
}

impl Draft {
    /// Adds a place; of two with one id the first stays.
    fn add(&mut self, line: u64, mut row: Row, told: &mut Told) {
        if !self.ids.insert(row.id) {
            let id = crate::gazetteer::PlaceId(row.id);
            let what = id.geonames().map_or_else(|| "this place".to_owned(), |id| format!("the id {id}"));
            let message = format!("{what} is that of a place on an earlier line; this row is left out");
            return told.line(Code::BadRow, line, message);
        }
        once(&mut row);
        self.bytes += row.name.len() + row.local.len() + row.others.iter().map(String::len).sum::<usize>();
        self.rows.push(row);
    }

    /// Whether no more places can be taken, which is told.
    fn is_full(&self, line: u64, told: &mut Told) -> bool {
        let full = self.rows.len() >= MOST_PLACES || self.bytes >= MOST_NAMES;
        if full {
            let message =
                format!("the first {} places are used, and none from this line on", self.rows.len());
            let help = "split the table, for example by country";
            told.line_with_help(Code::BadTable, line, message, help);
        }
        full
    }
}

/// Leaves each name of a place once.
fn once(row: &mut Row) {
    let mut others: Vec<String> = Vec::with_capacity(row.others.len());
    let mut many = BTreeSet::new();
    for other in row.others.drain(..).filter(|other| *other != row.name && *other != row.local) {
        // Few names are compared one by one faster than they are put in order.
        let new = if others.len() < 16 {
            !others.contains(&other)
        } else {
            !others[..16].contains(&other) && many.insert(other.clone())
        };
        if new {
            others.push(other);
        }
    }
    row.others = others;
}

/// Gives `read` the text of a table, unpacked where it comes as a zip. Nothing, if the zip is no good.
fn unpacked<R: Read + Seek, T>(
    mut from: R,
    told: &mut Told,
    read: impl FnOnce(&mut dyn Read, &mut Told) -> io::Result<T>,
) -> io::Result<Option<T>> {
    let mut start = Vec::new();
    from.by_ref().take(archive::MAGIC.len() as u64).read_to_end(&mut start)?;
    from.seek(SeekFrom::Start(0))?;
    if start != archive::MAGIC {
        return read(&mut from, told).map(Some);
    }
    let mut within = Told::of("");
    match archive::read(from, |text| read(text, &mut within)) {
        Ok(value) => {
            told.take(within);
            Ok(Some(value))
        }
        Err(archive::No::Io(error)) => Err(error),
        Err(archive::No::Bad(message)) => {
            told.whole(Code::BadTable, message, "get the file again from where it came");
            Ok(None)
        }
    }
}

/// Reads whatever table this is.
fn draft(from: &mut dyn Read, told: &mut Told) -> io::Result<Draft> {
    let mut from = BufReader::with_capacity(1 << 16, from);
    let start = io::BufRead::fill_buf(&mut from)?;
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    // Record separators begin the lines of a GeoJSON text sequence.
    if text.starts_with(b"{") || text.starts_with(b"[") || text.starts_with(b"\x1e") {
        return geojson::read(from, told);
    }
    let mut lines = Lines::of(from)?;
    // A dump is known by any of its first lines: the very first may be broken.
    let mut head = VecDeque::new();
    while head.len() < 8 {
        let Some(line) = lines.next(told)? else { break };
        head.push_back(line);
    }
    if head.iter().any(|(_, line)| dump::is_dump(line)) {
        return dump::read(head, lines, told);
    }
    table(head, lines, told)
}

fn table<R: io::BufRead>(
    mut head: VecDeque<(u64, String)>,
    lines: Lines<R>,
    told: &mut Told,
) -> io::Result<Draft> {
    while head.front().is_some_and(|(_, line)| line.trim().is_empty()) {
        head.pop_front();
    }
    let separator = cells::separator(head.front().map_or("", |(_, line)| line));
    let mut rows = cells::Rows::of(head, lines, separator);
    let help = "name the columns in the first line: name, lat, lon, and what else is known: name_ar, alternates, \
                kind, population, country, admin1, admin2";
    let Some((line, header)) = rows.next(told)? else {
        if told.is_fine() {
            told.whole(Code::BadTable, "the table is empty", help);
        }
        return Ok(Draft::default());
    };
    let roles: Vec<Option<Role>> = header.iter().map(|column| columns::role(column)).collect();
    let has = |wanted: &dyn Fn(Role) -> bool| roles.iter().flatten().any(|role| wanted(*role));
    let named = has(&|role| matches!(role, Role::Name(_) | Role::Place));
    if !named || !has(&|role| role == Role::Latitude) || !has(&|role| role == Role::Longitude) {
        let columns = crate::diag::short(&header.join(", "));
        let message = format!("a table of places needs the columns name, lat and lon; this has: {columns}");
        told.line_with_help(Code::BadTable, line, message, help);
        return Ok(Draft::default());
    }
    let mut points = Points::default();
    let mut some = false;
    while let Some((line, cells)) = rows.next(told)? {
        some = true;
        if cells.len() > roles.len() && cells[roles.len()..].iter().any(|cell| !cell.trim().is_empty()) {
            let message = format!("{} cells where the header has {} columns", cells.len(), roles.len());
            let help = "put cells that hold the separator in double quotes";
            told.line_with_help(Code::BadRow, line, message, help);
            continue;
        }
        let known = roles.iter().zip(&cells).filter_map(|(role, cell)| Some(((*role)?, cell.as_str())));
        points.take(line, &known.collect::<Vec<_>>(), None, told);
        if points.draft.is_full(line, told) {
            break;
        }
    }
    if !some {
        told.whole(Code::BadTable, "the table has a header and no rows", "add a row for each place");
    }
    Ok(points.draft)
}

/// A latitude and longitude in 1e-5 degrees, or what is wrong with them.
fn position(lat: &str, lon: &str) -> Result<(i32, i32), String> {
    let number = |text: &str| text.trim().parse::<f64>().ok();
    let (lat, lon) = (lat.trim(), lon.trim());
    match number(lat).zip(number(lon)) {
        Some((0.0, 0.0)) => {
            Err("(0, 0) is in the sea off Africa, where tables put places whose position they do not know"
                .to_owned())
        }
        Some((north, east)) if north.abs() <= 90.0 && east.abs() <= 180.0 => {
            Ok(((north * 1e5).round() as i32, (east * 1e5).round() as i32))
        }
        _ => Err(format!(
            "({}, {}) is not a latitude in ±90 and a longitude in ±180",
            crate::diag::short(lat),
            crate::diag::short(lon)
        )),
    }
}

/// A name as it may be kept: one line, sound characters, no longer than the index takes; nothing if none is left.
fn text(name: &str) -> Option<String> {
    let name = name.trim();
    let sound = !name.is_empty() && name.len() <= super::compile::LONGEST && !name.contains('\u{fffd}');
    let plain =
        || !name.contains("  ") && !name.contains(|c: char| c.is_control() || c.is_whitespace() && c != ' ');
    let one_line = || {
        if plain() {
            return name.to_owned();
        }
        let plain: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    sound.then(one_line).filter(|name| name.chars().any(char::is_alphanumeric))
}

/// Whether this is a day, `2024-11-30`.
fn is_day(text: &str) -> bool {
    text.parse::<crate::units::Date>().is_ok()
}

#[cfg(test)]
mod tests;
