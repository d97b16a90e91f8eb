//! Rivers and reservoirs: names and courses of the Natural Earth 10m river centre lines.

use super::{Done, field, fold::fold};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const LINES: &str = "libmagics++-data/usr/share/magics/10m/ne_10m_rivers_lake_centerlines";

/// A river: vertices of its longest stretch, name, other names, middle of that stretch as (lon, lat).
type River = (usize, String, Vec<String>, (f64, f64));

/// The table: kind, name, others, lat, lon. The place of a river is the middle vertex of its longest stretch.
pub(crate) fn table(scratch: &Path) -> Done<String> {
    let read = |end: &str| {
        fs::read(scratch.join(format!("{LINES}.{end}"))).map_err(|e| format!("{LINES}.{end}: {e}"))
    };
    let (names, shapes) = (records(&read("dbf")?), middles(&read("shp")?));
    let mut rivers: BTreeMap<String, River> = BTreeMap::new();
    for (record, (length, at)) in names.iter().zip(shapes) {
        let Some(full) = record.get("name").map(|name| field(name)).filter(|name| !name.is_empty()) else {
            continue;
        };
        // `Abay (Blue Nile)`: the name of this stretch, and the one the river is known by.
        let (own, known) = match full.split_once('(') {
            Some((own, known)) => (field(own), field(known.trim_end_matches(')'))),
            None => (full.clone(), String::new()),
        };
        let others = [known].into_iter().chain(record.get("name_alt").map(|name| field(name)));
        let others: Vec<String> = others.filter(|name| !name.is_empty() && !name.contains('|')).collect();
        let river = rivers.entry(fold(&own)).or_insert((0, own, Vec::new(), at));
        river.2.extend(others);
        if length > river.0 {
            (river.0, river.3) = (length, at);
        }
    }
    let mut out = String::new();
    for (_, name, mut others, (lon, lat)) in rivers.into_values() {
        others.sort();
        others.dedup();
        let _ = writeln!(out, "river\t{name}\t{}\t{lat:.3}\t{lon:.3}", others.join("|"));
    }
    Ok(out)
}

/// Records of a dBASE III file.
fn records(file: &[u8]) -> Vec<BTreeMap<String, String>> {
    let word = |at: usize| usize::from(u16::from_le_bytes([file[at], file[at + 1]]));
    let (header, width) = (word(8), word(10));
    let mut fields = Vec::new();
    let mut at = 1;
    for field in file[32..header - 1].chunks_exact(32) {
        let name = field[..11].split(|byte| *byte == 0).next().unwrap_or(&[]);
        fields.push((String::from_utf8_lossy(name).into_owned(), at, usize::from(field[16])));
        at += usize::from(field[16]);
    }
    let record = |bytes: &[u8]| {
        let field = |(name, at, width): &(String, usize, usize)| {
            let text = String::from_utf8_lossy(&bytes[*at..at + width]);
            (name.clone(), text.trim_matches(['\0', ' ']).to_owned())
        };
        fields.iter().map(field).collect()
    };
    file[header..].chunks_exact(width).map(record).collect()
}

/// Number of vertices and middle vertex of each record of a shapefile of lines.
fn middles(file: &[u8]) -> Vec<(usize, (f64, f64))> {
    let int = |at: usize| u32::from_le_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]]) as usize;
    let float = |at: usize| f64::from_le_bytes(std::array::from_fn(|i| file[at + i]));
    let (mut at, mut out) = (100, Vec::new());
    while at + 8 < file.len() {
        let words = u32::from_be_bytes([file[at + 4], file[at + 5], file[at + 6], file[at + 7]]) as usize;
        let body = at + 8;
        if int(body) == 3 {
            let (parts, points) = (int(body + 36), int(body + 40));
            let middle = body + 44 + parts * 4 + points / 2 * 16;
            out.push((points, (float(middle), float(middle + 8))));
        } else {
            out.push((0, (0.0, 0.0)));
        }
        at = body + words * 2;
    }
    out
}
