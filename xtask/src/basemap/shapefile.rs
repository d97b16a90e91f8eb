//! Reads shapefiles: the points of lines, and the table that says what they are.

use super::P;
use std::collections::BTreeMap;
use std::error::Error;

/// Reads a dBASE III table (ESRI Shapefile Technical Description, 1998, and its dBASE part).
pub(crate) fn dbf(bytes: &[u8]) -> Result<Vec<BTreeMap<String, String>>, Box<dyn Error>> {
    let short = || Box::<dyn Error>::from("table ends early");
    let number = |at: usize, len: usize| -> Option<usize> {
        let bytes = bytes.get(at..at + len)?;
        Some(bytes.iter().rev().fold(0, |sum, &byte| sum << 8 | usize::from(byte)))
    };
    let rows = number(4, 4).ok_or_else(short)?;
    let (header, width) = (number(8, 2).ok_or_else(short)?, number(10, 2).ok_or_else(short)?);
    let mut columns = Vec::new();
    let mut at = 32;
    while bytes.get(at).is_some_and(|&byte| byte != 13) {
        let name = bytes.get(at..at + 11).ok_or_else(short)?.split(|&byte| byte == 0).next();
        let name = String::from_utf8_lossy(name.unwrap_or(&[])).to_lowercase();
        columns.push((name, number(at + 16, 1).ok_or_else(short)?));
        at += 32;
    }
    let mut table = Vec::with_capacity(rows);
    for row in 0..rows {
        let mut at = header + row * width + 1;
        let mut cells = BTreeMap::new();
        for (name, width) in &columns {
            let cell = String::from_utf8_lossy(bytes.get(at..at + width).ok_or_else(short)?);
            cells
                .insert(name.clone(), cell.trim_matches(|c: char| c == '\0' || c.is_whitespace()).to_owned());
            at += width;
        }
        table.push(cells);
    }
    Ok(table)
}

/// Reads the polylines of a shapefile, the parts of each apart (ESRI Shapefile Technical Description, 1998).
///
/// Records are found by the index file: one record of the border lines gives a wrong length of its own.
pub(crate) fn shp(bytes: &[u8], index: &[u8]) -> Result<Vec<Vec<Vec<P>>>, Box<dyn Error>> {
    let short = || Box::<dyn Error>::from("shapefile ends early");
    let long = |at: usize| -> Result<usize, Box<dyn Error>> {
        Ok(u32::from_le_bytes(bytes.get(at..at + 4).ok_or_else(short)?.try_into()?) as usize)
    };
    let double = |at: usize| -> Result<f64, Box<dyn Error>> {
        Ok(f64::from_le_bytes(bytes.get(at..at + 8).ok_or_else(short)?.try_into()?))
    };
    let mut shapes = Vec::new();
    for entry in index.get(100..).unwrap_or(&[]).chunks_exact(8) {
        let words = u32::from_be_bytes([entry[0], entry[1], entry[2], entry[3]]) as usize;
        let record = 2 * words + 8;
        if long(record)? == 0 {
            shapes.push(Vec::new());
            continue;
        }
        let (parts, count) = (long(record + 36)?, long(record + 40)?);
        let starts = (0..parts).map(|n| long(record + 44 + 4 * n)).collect::<Result<Vec<_>, _>>()?;
        let points = record + 44 + 4 * parts;
        let mut lines = Vec::new();
        for (n, &start) in starts.iter().enumerate() {
            let end = starts.get(n + 1).copied().unwrap_or(count);
            let mut line = Vec::with_capacity(end - start);
            for n in start..end {
                line.push(super::sources::point([double(points + 16 * n)?, double(points + 16 * n + 8)?]));
            }
            line.dedup();
            lines.push(line);
        }
        shapes.push(lines);
    }
    Ok(shapes)
}
