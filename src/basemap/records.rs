//! What each kind of record of the base map holds.

use super::decode::Cursor;
use super::{Extent, River};
use geo::{Coord, LineString, Polygon};

/// The head of a record of a country or unit.
pub(super) struct Head<'b> {
    pub(super) level: u8,
    pub(super) country: &'b str,
    pub(super) code: &'b str,
    pub(super) name: &'b str,
    pub(super) extent: Extent,
    pub(super) polygons: Cursor<'b>,
}

pub(super) fn head(mut record: Cursor<'_>) -> Option<Head<'_>> {
    Some(Head {
        level: record.byte()?,
        country: record.words()?,
        code: record.words()?,
        name: record.words()?,
        extent: record.bounds()?,
        polygons: record,
    })
}

pub(super) fn river<'b>(mut record: Cursor<'b>, extent: &Extent) -> Option<River<'b>> {
    let (rank, lake, name) = (record.byte()?, record.byte()? == 1, record.words()?);
    record.bounds()?.meets(extent).then_some(())?;
    Some(River { name, rank, lake, line: line(record)?, schematic: false })
}

pub(super) fn lake(mut record: Cursor<'_>, extent: &Extent) -> Option<Polygon<f64>> {
    record.bounds()?.meets(extent).then_some(())?;
    let mut rings = Vec::new();
    while let Some(ring) = record.record() {
        let mut points = Vec::new();
        ring.points(&mut points);
        rings.push(points);
    }
    polygon_of(rings)
}

pub(super) fn line(record: Cursor<'_>) -> Option<LineString<f64>> {
    let mut points = Vec::new();
    record.points(&mut points);
    (points.len() >= 2).then_some(LineString(points))
}

/// Rings of under four points are no rings.
pub(super) fn polygon_of(rings: Vec<Vec<Coord<f64>>>) -> Option<Polygon<f64>> {
    let mut rings = rings.into_iter().map(LineString).filter(|ring| ring.0.len() >= 4);
    Some(Polygon::new(rings.next()?, rings.collect()))
}
