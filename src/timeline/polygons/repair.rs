//! Polygons as they come, and as they are valid.
//!
//! A ring that crosses itself is found by what the even-odd rule makes of it: the area it fills is then not the one that its
//! corners enclose. Overlays by `i_overlay`, which works on whole numbers, on a grid of 2e-7 of a degree (about 2 cm).

use geo::{Coord, LineString, MultiPolygon, Polygon};
use geojson::{Geometry, GeometryValue, PolygonType};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Steps of the grid in a degree: ±360 degrees fit.
const STEPS: f64 = 5e6;

/// Share of the area by which two may differ that are one, rounded.
const SAME: f64 = 1e-6;

/// What is wrong with a polygon.
#[derive(Debug, PartialEq)]
pub(super) enum Fault {
    /// A ring crosses itself or another; with what the even-odd rule makes of it.
    Crosses {
        /// Where.
        at: Coord<f64>,
        /// What is kept.
        kept: MultiPolygon<f64>,
    },
    /// Nothing is inside.
    Empty,
    /// This corner is no position in degrees.
    Off(Coord<f64>),
}

/// The polygons of a geometry, without heights; `None` where it has none.
pub(super) fn polygons(geometry: &Geometry) -> Option<Vec<Polygon<f64>>> {
    let mut found = Vec::new();
    gather(geometry, &mut found);
    (!found.is_empty()).then_some(found)
}

fn gather(geometry: &Geometry, into: &mut Vec<Polygon<f64>>) {
    match &geometry.value {
        GeometryValue::Polygon { coordinates } => into.extend(polygon(coordinates)),
        GeometryValue::MultiPolygon { coordinates } => into.extend(coordinates.iter().filter_map(polygon)),
        GeometryValue::GeometryCollection { geometries } => {
            for geometry in geometries {
                gather(geometry, into);
            }
        }
        _ => {}
    }
}

fn polygon(rings: &PolygonType) -> Option<Polygon<f64>> {
    let mut rings = rings.iter().map(|ring| {
        let corners = ring.iter().filter_map(|position| match position.as_slice() {
            [x, y, ..] => Some(Coord { x: *x, y: *y }),
            _ => None,
        });
        LineString(corners.collect())
    });
    let outer = rings.next()?;
    Some(Polygon::new(outer, rings.collect()))
}

/// Polygons as a shape in which each is valid; they may overlap each other.
pub(super) fn valid(polygons: &[Polygon<f64>]) -> Result<MultiPolygon<f64>, Fault> {
    let mut kept = MultiPolygon(Vec::new());
    let mut crossing = None;
    for polygon in polygons {
        match of_one(polygon) {
            Ok(shape) => kept.0.extend(shape.0),
            Err(Fault::Crosses { at, kept: shape }) => {
                crossing = crossing.or(Some(at));
                kept.0.extend(shape.0);
            }
            Err(Fault::Empty) => {}
            Err(off) => return Err(off),
        }
    }
    match crossing {
        _ if kept.0.is_empty() => Err(Fault::Empty),
        Some(at) => Err(Fault::Crosses { at, kept }),
        None => Ok(kept),
    }
}

fn of_one(polygon: &Polygon<f64>) -> Result<MultiPolygon<f64>, Fault> {
    let corners = || rings(polygon).flat_map(|ring| &ring.0);
    if let Some(off) = corners().find(|at| !(at.x.abs() <= 360.0 && at.y.abs() <= 90.0)) {
        return Err(Fault::Off(*off));
    }
    let mut overlay = Overlay::new_custom(corners().count(), IntOverlayOptions::ogc(), Solver::default());
    for ring in rings(polygon) {
        let points: Vec<IntPoint> = ring.0.iter().map(on_grid).collect();
        overlay.add_contour(&points, ShapeType::Subject);
    }
    let fill = || overlay.overlay(OverlayRule::Subject, FillRule::EvenOdd);
    let shapes = catch_unwind(AssertUnwindSafe(fill)).map_err(|_| Fault::Empty)?;
    let line = |ring: &Vec<IntPoint>| LineString(ring.iter().copied().map(off_grid).collect());
    let kept = shapes.iter().filter_map(|shape| {
        let (outer, holes) = shape.split_first()?;
        Some(Polygon::new(line(outer), holes.iter().map(line).collect()))
    });
    let kept = MultiPolygon(kept.collect());
    let filled: f64 = kept.iter().map(enclosed).sum();
    if filled <= 0.0 {
        return Err(Fault::Empty);
    }
    // Each corner is moved by up to half a step.
    let length: f64 = rings(polygon).flat_map(LineString::lines).map(|line| line.dx().hypot(line.dy())).sum();
    if (enclosed(polygon) - filled).abs() <= SAME * filled + length / STEPS {
        return Ok(kept);
    }
    let given: BTreeSet<(i32, i32)> = corners().map(on_grid).map(|point| (point.x, point.y)).collect();
    let is_new = |point: &&IntPoint| !given.contains(&(point.x, point.y));
    let at = shapes.iter().flatten().flatten().find(is_new);
    let first = corners().next().copied().unwrap_or_default();
    Err(Fault::Crosses { at: at.copied().map_or(first, off_grid), kept })
}

fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

/// The area that the corners of a polygon enclose, less its holes, in square degrees.
fn enclosed(polygon: &Polygon<f64>) -> f64 {
    let area = |ring: &LineString<f64>| {
        // Counted from the first corner, so that numbers stay small.
        let first = ring.0.first().copied().unwrap_or_default();
        let twice: f64 = ring
            .lines()
            .map(|line| {
                (line.start - first).x * (line.end - first).y - (line.end - first).x * (line.start - first).y
            })
            .sum();
        twice.abs() / 2.0
    };
    area(polygon.exterior()) - polygon.interiors().iter().map(area).sum::<f64>()
}

fn on_grid(at: &Coord<f64>) -> IntPoint {
    IntPoint::new((at.x * STEPS).round() as i32, (at.y * STEPS).round() as i32)
}

fn off_grid(point: IntPoint) -> Coord<f64> {
    Coord { x: f64::from(point.x) / STEPS, y: f64::from(point.y) / STEPS }
}
