//! What no registry package has, sketched by hand through the places it passes: `gazetteer/basemap/schematic.csv`.

use super::{Extent, River};
use crate::units::{Km, LonLat};
use geo::{Coord, LineString};

/// A main road, sketched through the towns on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Road {
    /// What it is called.
    pub name: String,
    /// Its course, in degrees.
    pub line: LineString<f64>,
}

struct Sketch {
    kind: String,
    name: &'static str,
    rank: u8,
    points: Vec<LonLat>,
}

pub(super) fn rivers<'b>(extent: &Extent) -> Vec<River<'b>> {
    sketches("river", extent)
        .map(|sketch| River {
            name: sketch.name,
            rank: sketch.rank,
            lake: false,
            line: line(&sketch.points),
            schematic: true,
        })
        .collect()
}

pub(super) fn roads(extent: &Extent) -> Vec<Road> {
    sketches("road", extent)
        .map(|sketch| Road { name: sketch.name.to_owned(), line: line(&sketch.points) })
        .collect()
}

fn sketches(kind: &'static str, extent: &Extent) -> impl Iterator<Item = Sketch> {
    let extent = *extent;
    read(include_str!("../../gazetteer/basemap/schematic.csv")).into_iter().filter(move |sketch| {
        let around = Extent::around(sketch.points.iter().copied(), Km(0.0));
        sketch.kind == kind && sketch.points.len() >= 2 && around.is_some_and(|around| around.meets(&extent))
    })
}

/// The table's lines; rows that follow each other and bear one name are one line.
fn read(table: &'static str) -> Vec<Sketch> {
    let mut sketches: Vec<Sketch> = Vec::new();
    for row in table.lines().skip(1) {
        let cells: Vec<&'static str> = row.splitn(6, ',').collect();
        let [kind, name, rank, lon, lat, _] = cells[..] else { continue };
        let at = lon.parse().ok().zip(lat.parse().ok()).and_then(|(lon, lat)| LonLat::new(lon, lat));
        let Some(at) = at else { continue };
        match sketches.last_mut() {
            Some(open) if (open.kind.as_str(), open.name) == (kind, name) => open.points.push(at),
            _ => sketches.push(Sketch {
                kind: kind.to_owned(),
                name,
                rank: rank.parse().unwrap_or(10),
                points: vec![at],
            }),
        }
    }
    sketches
}

fn line(points: &[LonLat]) -> LineString<f64> {
    LineString(points.iter().map(|at| Coord { x: at.lon(), y: at.lat() }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_used() {
        let table = include_str!("../../gazetteer/basemap/schematic.csv");
        let points: usize = read(table).iter().map(|sketch| sketch.points.len()).sum();
        assert_eq!(points, table.lines().count() - 1);
    }
}
