//! Writes the base map in the form that `src/basemap/decode.rs` describes and reads.

use super::P;
use super::sources::River;
use super::topology::{Topology, Walk};

/// The arcs, in order.
pub(crate) fn arcs(map: &Topology) -> Vec<u8> {
    let mut out = Vec::new();
    for arc in &map.arcs {
        let mut record = vec![arc.class as u8];
        if !arc.points.is_empty() {
            bounds(&mut record, arc.points.iter().copied());
            points(&mut record, &arc.points);
        }
        put(&mut out, &record);
    }
    out
}

/// Countries, then first-level units: each with code, name, bounds and its polygons of rings of arcs.
pub(crate) fn shapes(map: &Topology) -> Vec<u8> {
    let mut out = Vec::new();
    for (code, name, polygons) in map.countries() {
        put(&mut out, &shape(map, 0, &code, &code, &name, &polygons));
    }
    for (unit, polygons) in map.units.iter().zip(&map.rings) {
        put(&mut out, &shape(map, 1, &unit.country, &unit.code, &unit.name, polygons));
    }
    out
}

fn shape(
    map: &Topology,
    level: u8,
    country: &str,
    code: &str,
    name: &str,
    polygons: &[Vec<Vec<Walk>>],
) -> Vec<u8> {
    let mut record = vec![level];
    for word in [country, code, name] {
        put(&mut record, word.as_bytes());
    }
    let reach = |polygon: &[Vec<Walk>]| -> Vec<P> {
        polygon
            .iter()
            .flatten()
            .flat_map(|&walk| map.arcs[super::topology::id(walk)].points.clone())
            .collect()
    };
    bounds(&mut record, polygons.iter().flat_map(|polygon| reach(polygon)));
    for polygon in polygons {
        let mut part = Vec::new();
        bounds(&mut part, reach(polygon).into_iter());
        for ring in polygon {
            number(&mut part, ring.len() as u64);
            for &walk in ring {
                signed(&mut part, walk);
            }
        }
        put(&mut record, &part);
    }
    record
}

/// Rivers, the greatest first.
pub(crate) fn rivers(rivers: &[River]) -> Vec<u8> {
    let mut out = Vec::new();
    for river in rivers {
        let mut record = vec![river.rank, u8::from(river.lake)];
        put(&mut record, river.name.as_bytes());
        bounds(&mut record, river.line.iter().copied());
        points(&mut record, &river.line);
        put(&mut out, &record);
    }
    out
}

/// Lakes: bounds, then each ring closed.
pub(crate) fn lakes(lakes: &[Vec<Vec<P>>]) -> Vec<u8> {
    let mut out = Vec::new();
    for lake in lakes {
        let mut record = Vec::new();
        bounds(&mut record, lake.iter().flatten().copied());
        for ring in lake {
            let mut part = Vec::new();
            let closed: Vec<P> = ring.iter().chain(ring.first()).copied().collect();
            points(&mut part, &closed);
            put(&mut record, &part);
        }
        put(&mut out, &record);
    }
    out
}

fn bounds(out: &mut Vec<u8>, points: impl Iterator<Item = P>) {
    let mut all: Option<(P, P)> = None;
    for at in points {
        let (low, high) = all.unwrap_or((at, at));
        all = Some(((low.0.min(at.0), low.1.min(at.1)), (high.0.max(at.0), high.1.max(at.1))));
    }
    let (low, high) = all.unwrap_or(((0, 0), (0, 0)));
    for n in [low.0, low.1, high.0 - low.0, high.1 - low.1] {
        signed(out, n);
    }
}

fn points(out: &mut Vec<u8>, points: &[P]) {
    let mut last = (0, 0);
    for &at in points {
        signed(out, at.0 - last.0);
        signed(out, at.1 - last.1);
        last = at;
    }
}

fn put(out: &mut Vec<u8>, record: &[u8]) {
    number(out, record.len() as u64);
    out.extend_from_slice(record);
}

fn signed(out: &mut Vec<u8>, n: i32) {
    let n = i64::from(n);
    number(out, ((n << 1) ^ (n >> 63)) as u64);
}

fn number(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}
