//! Shapes cut by shapes on one grid, and the way back to degrees.
//!
//! All of a region is worked out on the same grid of a centimetre, so that what two shapes share they share exactly.
//! Overlays by `i_overlay`, which works on whole numbers.

use crate::projection::{Flat, Projection};
use geo::{Area, Coord, LineString, Polygon};
use i_overlay::core::extract::BooleanExtractionBuffer;
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

/// No point of the plane is farther from its centre than this, in kilometres: the grid ends at 21,474.
pub(super) const WIDEST: f64 = 15_000.0;

/// The grid's nearest point.
pub(super) fn on_grid(x: f64, y: f64) -> Spot {
    IntPoint::new((x * CENTIMETRES).round() as i32, (y * CENTIMETRES).round() as i32)
}

/// A point of the grid in kilometres.
pub(super) fn off_grid(at: Spot) -> Flat {
    Flat { x: f64::from(at.x) / CENTIMETRES, y: f64::from(at.y) / CENTIMETRES }
}

/// Points on straight lines are kept: they are corners in degrees, and of neighbours.
const OPTIONS: IntOverlayOptions = IntOverlayOptions {
    preserve_input_collinear: true,
    output_direction: ContourDirection::CounterClockwise,
    preserve_output_collinear: true,
    min_output_area: 0,
    ogc: true,
};

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

/// What of a shape lies within another and what does not, each given by rings that the even-odd rule fills.
///
/// Both come from one arrangement of all sides, so that they share their border exactly. `None` where the overlay panics.
pub(super) fn split(land: &[Ring], within: &[Ring]) -> Option<(Vec<Ring>, Vec<Ring>)> {
    if land.is_empty() || within.is_empty() {
        return Some((Vec::new(), land.to_vec()));
    }
    let work = || {
        let mut overlay = Overlay::with_contours_custom(land, within, OPTIONS, Solver::default());
        let Some(graph) = overlay.build_graph_view(FillRule::EvenOdd) else {
            return (Vec::new(), Vec::new());
        };
        let part = |rule| {
            // A buffer for each: what the first extraction leaves in it misleads the second.
            graph.extract_shapes(rule, &mut BooleanExtractionBuffer::default()).concat()
        };
        (part(OverlayRule::Intersect), part(OverlayRule::Difference))
    };
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Rings put together to polygons: each outer one with its holes.
pub(super) fn nested(rings: &[Ring]) -> Shapes {
    run(rings, &[], OverlayRule::Subject, FillRule::EvenOdd).unwrap_or_default()
}

/// Shapes made one, outer rings given counter-clockwise and holes clockwise; they may overlap.
pub(super) fn union(rings: &[Ring]) -> Option<Shapes> {
    run(rings, &[], OverlayRule::Subject, FillRule::Positive)
}

/// `None` where the overlay panics: none is known to, but none may take the program down.
fn run(first: &[Ring], second: &[Ring], rule: OverlayRule, fill: FillRule) -> Option<Shapes> {
    let work =
        || Overlay::with_contours_custom(first, second, OPTIONS, Solver::default()).overlay(rule, fill);
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

/// Rings of less than so many square degrees are what rounding leaves of nothing: about a square metre.
const NOTHING: f64 = 1e-10;

/// Shapes in degrees, outer rings counter-clockwise; rings that rounding leaves nothing of are gone.
pub(super) fn globe_shapes(projection: &Projection, half: Half, shapes: &[Vec<Ring>]) -> Vec<Polygon<f64>> {
    let mut polygons = Vec::new();
    for shape in shapes {
        let mut rings = shape.iter().enumerate().map(|(n, ring)| {
            let ring = Polygon::new(LineString(globe_line(projection, half, ring)), Vec::new());
            // By the area, since a ring that touches itself has no lowest point to tell its direction from.
            let area = ring.signed_area();
            let mut ring = ring.into_inner().0;
            if (area > 0.0) != (n == 0) {
                ring.0.reverse();
            }
            (area.abs() > NOTHING).then_some(ring)
        });
        if let Some(outer) = rings.next().flatten() {
            polygons.push(Polygon::new(outer, rings.flatten().collect()));
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
