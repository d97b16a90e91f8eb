//! Shapes cut by shapes on one grid, and the way back to degrees.
//!
//! All of a region is worked out on the same grid of a centimetre, so that what two shapes share they share exactly.
//! Overlays by `i_overlay`, which works on whole numbers.

use crate::projection::{Flat, Projection};
use geo::orient::Direction;
use geo::{Coord, LineString, Orient, Polygon};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{ContourDirection, IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::string::clip::{ClipRule, IntClip};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A point of the plane.
///
/// # Units
/// Centimetres east and north of the projection's centre. The whole globe fits.
pub(super) type Spot = IntPoint;

/// A ring, closed implicitly, or a line.
pub(super) type Ring = Vec<Spot>;

/// Polygons of rings, the first of each the outer one.
pub(super) type Shapes = Vec<Vec<Ring>>;

const CENTIMETRES: f64 = 1e5;

/// The grid's nearest point.
pub(super) fn on_grid(x: f64, y: f64) -> Spot {
    IntPoint::new((x * CENTIMETRES).round() as i32, (y * CENTIMETRES).round() as i32)
}

/// A point of the grid in kilometres.
pub(super) fn off_grid(at: Spot) -> Flat {
    Flat { x: f64::from(at.x) / CENTIMETRES, y: f64::from(at.y) / CENTIMETRES }
}

/// On which side of the antimeridian a piece of land lies, where a region has land on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    /// The antimeridian is not near.
    Whole,
    /// West of it: longitudes up to 180.
    West,
    /// East of it: longitudes from −180.
    East,
}

/// How two shapes make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// What is in both.
    Both,
    /// What is in the first only.
    First,
}

/// Two shapes made one, each given by rings that the even-odd rule fills.
pub(super) fn overlay(first: &[Ring], second: &[Ring], rule: Rule) -> Option<Shapes> {
    let rule = match rule {
        Rule::Both => OverlayRule::Intersect,
        Rule::First => OverlayRule::Difference,
    };
    run(first, second, rule, FillRule::EvenOdd)
}

/// Shapes made one, outer rings given counter-clockwise and holes clockwise; they may overlap.
pub(super) fn union(rings: &[Ring]) -> Option<Shapes> {
    run(rings, &[], OverlayRule::Subject, FillRule::Positive)
}

/// `None` where the overlay panics: none is known to, but none may take the program down.
fn run(first: &[Ring], second: &[Ring], rule: OverlayRule, fill: FillRule) -> Option<Shapes> {
    // Points on straight lines are kept: they are corners in degrees, and of neighbours.
    let options = IntOverlayOptions {
        preserve_input_collinear: true,
        output_direction: ContourDirection::CounterClockwise,
        preserve_output_collinear: true,
        min_output_area: 0,
        ogc: true,
    };
    let work =
        || Overlay::with_contours_custom(first, second, options, Solver::default()).overlay(rule, fill);
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// What of lines lies in a shape given by rings that the even-odd rule fills.
pub(super) fn lines(shape: &[Ring], lines: &[Ring]) -> Vec<Ring> {
    let shape = shape.to_vec();
    let rule = ClipRule { invert: false, boundary_included: true };
    catch_unwind(AssertUnwindSafe(|| shape.clip_paths(lines, FillRule::EvenOdd, rule))).unwrap_or_default()
}

/// A point in degrees, to a millionth.
fn globe(projection: &Projection, half: Half, at: Spot) -> Option<Coord<f64>> {
    let at = projection.globe(off_grid(at))?;
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6 + 0.0;
    let lon = match half {
        Half::West if at.lon() < -179.0 => 180.0,
        Half::East if at.lon() > 179.0 => -180.0,
        _ => round(at.lon()),
    };
    Some(Coord { x: lon, y: round(at.lat()) })
}

fn globe_line(projection: &Projection, half: Half, line: &[Spot]) -> Vec<Coord<f64>> {
    let mut points: Vec<_> = line.iter().filter_map(|&at| globe(projection, half, at)).collect();
    points.dedup();
    points
}

/// Shapes in degrees, outer rings counter-clockwise; rings that rounding leaves nothing of are gone.
pub(super) fn globe_shapes(projection: &Projection, half: Half, shapes: &[Vec<Ring>]) -> Vec<Polygon<f64>> {
    let mut polygons = Vec::new();
    for shape in shapes {
        let rings = shape.iter().map(|ring| globe_line(projection, half, ring));
        let mut rings = rings.map(|ring| (ring.len() >= 3).then_some(LineString(ring)));
        if let Some(outer) = rings.next().flatten() {
            polygons.push(Polygon::new(outer, rings.flatten().collect()).orient(Direction::Default));
        }
    }
    polygons
}

/// Lines in degrees, joined where one ends and exactly one other begins.
pub(super) fn globe_lines(projection: &Projection, half: Half, lines: Vec<Ring>) -> Vec<LineString<f64>> {
    let lines = joined(lines).into_iter().map(|line| globe_line(projection, half, &line));
    lines.filter(|line| line.len() >= 2).map(LineString).collect()
}

fn joined(lines: Vec<Ring>) -> Vec<Ring> {
    let key = |at: Spot| (at.x, at.y);
    let mut ends: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
    for (n, line) in lines.iter().enumerate() {
        for &at in [line.first(), line.last()].into_iter().flatten() {
            ends.entry(key(at)).or_default().push(n);
        }
    }
    let mut left: Vec<Option<Ring>> = lines.into_iter().map(Some).collect();
    let mut out = Vec::new();
    for n in 0..left.len() {
        let Some(mut line) = left[n].take() else { continue };
        for _ in 0..2 {
            while let Some(&end) = line.last() {
                let here = ends.get(&key(end)).filter(|here| here.len() == 2);
                let Some(mut more) = here.and_then(|here| here.iter().find_map(|&n| left[n].take())) else {
                    break;
                };
                if more.first() != Some(&end) {
                    more.reverse();
                }
                line.extend(more.into_iter().skip(1));
            }
            line.reverse();
        }
        out.push(line);
    }
    out
}
