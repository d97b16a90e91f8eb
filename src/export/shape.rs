//! Shapes as GeoJSON wants them (RFC 7946): in ±180°, cut where they cross the antimeridian, five decimals, rings that
//! are valid and run the right way round.
//!
//! Rounding can make a ring touch or cross itself, so it is done before the rings are made: polygons are put on a grid
//! of 1e-5° and built there in whole numbers, and what comes out needs no rounding.

use geo::{Coord, LineString, MultiPolygon};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;

/// Steps of the grid in a degree: 1.1 m on the equator.
const STEPS: f64 = 1e5;
/// Half the way round, in steps.
const HALF: i32 = 18_000_000;

/// A position as longitude and latitude in degrees.
pub(super) type Position = [f64; 2];

/// Polygons, each its outer ring counter-clockwise and then its holes clockwise, every ring closed.
pub(super) type Polygons = Vec<Vec<Vec<Position>>>;

fn degrees(point: IntPoint) -> Position {
    [f64::from(point.x) / STEPS, f64::from(point.y) / STEPS]
}

/// A coordinate on the grid, where it is a number that could be one.
fn steps(coord: Coord<f64>) -> Option<IntPoint> {
    let fits = coord.x.abs() <= 720.0 && coord.y.abs() <= 90.0;
    fits.then(|| IntPoint::new((coord.x * STEPS).round() as i32, (coord.y * STEPS).round() as i32))
}

/// The polygons of a shape. A ring may run over ±180 or jump across it; a jump of exactly 360° is an edge around
/// the world and stays.
pub(super) fn polygons(shape: &MultiPolygon<f64>) -> Polygons {
    let mut rings: Vec<Vec<IntPoint>> = Vec::new();
    for polygon in shape {
        let Some(outer) = on_grid(polygon.exterior()) else { continue };
        let west = outer.iter().map(|point| point.x).min().unwrap_or(0);
        let east = outer.iter().map(|point| point.x).max().unwrap_or(0);
        for hole in polygon.interiors() {
            let Some(mut hole) = on_grid(hole) else { continue };
            // A hole lies within its ring, on whichever turn of the world that was laid out.
            let Some(x) = hole.first().map(|point| point.x) else { continue };
            let turn = [0, 2 * HALF, -2 * HALF].into_iter().find(|turn| (west..=east).contains(&(x + turn)));
            for point in &mut hole {
                point.x += turn.unwrap_or(0);
            }
            rings.push(hole);
        }
        rings.push(outer);
    }
    let mut out = Vec::new();
    for turn in -1..=1_i32 {
        let west = HALF * (2 * turn - 1);
        let east = HALF * (2 * turn + 1);
        let inside = |point: &IntPoint| (west..=east).contains(&point.x);
        if !rings.iter().flatten().any(inside) {
            continue;
        }
        let all = rings.iter().flatten().all(inside);
        let size = rings.iter().map(Vec::len).sum();
        let mut overlay = Overlay::new_custom(size, IntOverlayOptions::ogc(), Solver::default());
        for ring in &rings {
            overlay.add_contour(ring, ShapeType::Subject);
        }
        let band =
            [(west, -HALF), (east, -HALF), (east, HALF), (west, HALF)].map(|(x, y)| IntPoint::new(x, y));
        overlay.add_contour(&band, ShapeType::Clip);
        let rule = if all { OverlayRule::Subject } else { OverlayRule::Intersect };
        for shape in overlay.overlay(rule, FillRule::EvenOdd) {
            let rings = shape.into_iter().filter(|ring| ring.len() >= 3).map(|ring| {
                let shifted =
                    ring.iter().map(|point| degrees(IntPoint::new(point.x - 2 * HALF * turn, point.y)));
                let mut ring: Vec<Position> = shifted.collect();
                ring.extend(ring.first().copied());
                ring
            });
            let polygon: Vec<Vec<Position>> = rings.collect();
            if !polygon.is_empty() {
                out.push(polygon);
            }
        }
        if all {
            break;
        }
    }
    out
}

/// A ring or line on the grid, laid out so that no step jumps across the antimeridian; `None` where a coordinate is
/// no number.
fn on_grid(line: &LineString<f64>) -> Option<Vec<IntPoint>> {
    let mut points: Vec<IntPoint> = Vec::with_capacity(line.0.len());
    let (mut last, mut turned) = (None, 0);
    for coord in &line.0 {
        let mut point = steps(*coord)?;
        let jump = point.x - last.unwrap_or(point.x);
        if jump.abs() > HALF && jump.abs() < 2 * HALF {
            turned -= 2 * HALF * jump.signum();
        }
        last = Some(point.x);
        point.x += turned;
        // Winding round the world more than once is no shape on it.
        if point.x.abs() > 3 * HALF {
            return None;
        }
        if points.last() != Some(&point) {
            points.push(point);
        }
    }
    Some(points)
}

/// The parts of a line, cut where it crosses the antimeridian.
pub(super) fn lines(line: &LineString<f64>) -> Vec<Vec<Position>> {
    let Some(points) = on_grid(line) else { return Vec::new() };
    let turn = |x: i32| (f64::from(x + HALF) / f64::from(2 * HALF)).floor() as i32;
    let mut parts: Vec<(i32, Vec<IntPoint>)> = Vec::new();
    for pair in points.windows(2) {
        let [from, to] = [pair[0], pair[1]];
        // A point on the line itself belongs to the side of its step's other end.
        let middle = turn(i32::midpoint(from.x, to.x));
        let (first, last) = (if from.x % (2 * HALF) == HALF { middle } else { turn(from.x) }, turn(to.x));
        let crossing = (first != last && to.x != HALF * (2 * first + 1)).then(|| {
            let x = if last > first { HALF * (2 * first + 1) } else { HALF * (2 * first - 1) };
            let share = f64::from(x - from.x) / f64::from(to.x - from.x);
            IntPoint::new(x, from.y + (f64::from(to.y - from.y) * share).round() as i32)
        });
        let ends = match crossing {
            Some(cut) => vec![(first, from, cut), (last, cut, to)],
            None => vec![(first, from, to)],
        };
        for (turn, from, to) in ends {
            match parts.last_mut() {
                Some((same, part)) if *same == turn && part.last() == Some(&from) => part.push(to),
                _ => parts.push((turn, vec![from, to])),
            }
        }
    }
    let parts = parts.into_iter().map(|(turn, part)| {
        let shifted =
            part.into_iter().map(|point| degrees(IntPoint::new(point.x - 2 * HALF * turn, point.y)));
        let mut part: Vec<Position> = shifted.collect();
        part.dedup();
        part
    });
    parts.filter(|part| part.len() >= 2).collect()
}

/// The box around positions as west, south, east, north; west is greater than east where it crosses the antimeridian
/// (RFC 7946, 5.2). `None` where there are none.
///
/// Each entry is the positions of one thing, which itself does not cross.
pub(super) fn bounds<'a>(things: impl IntoIterator<Item = &'a [Position]>) -> Option<[f64; 4]> {
    let mut spans: Vec<(f64, f64)> = Vec::new();
    let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
    for thing in things {
        let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
        for [lon, lat] in thing {
            (west, east) = (west.min(*lon), east.max(*lon));
            (south, north) = (south.min(*lat), north.max(*lat));
        }
        if west <= east {
            spans.push((west, east));
        }
    }
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (first, _) = *spans.first()?;
    // The widest stretch of longitudes with nothing in it is what the box leaves out.
    let mut reached = spans[0].1;
    let mut gap = (0.0, first, first);
    for (west, east) in &spans[1..] {
        if west - reached > gap.0 {
            gap = (west - reached, *west, reached);
        }
        reached = reached.max(*east);
    }
    let around = first + 360.0 - reached;
    Some(if around >= gap.0 { [first, south, reached, north] } else { [gap.1, south, gap.2, north] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area, Polygon, Validation};
    use proptest::prelude::*;

    fn ring(points: &[(f64, f64)]) -> LineString<f64> {
        LineString::from(points.to_vec())
    }

    fn shape(points: &[(f64, f64)]) -> MultiPolygon<f64> {
        MultiPolygon(vec![Polygon::new(ring(points), Vec::new())])
    }

    fn back(polygons: &Polygons) -> MultiPolygon<f64> {
        let line = |ring: &Vec<Position>| LineString::from(ring.clone());
        let polygon =
            |rings: &Vec<Vec<Position>>| Polygon::new(line(&rings[0]), rings[1..].iter().map(line).collect());
        MultiPolygon(polygons.iter().map(polygon).collect())
    }

    #[test]
    fn rings_run_the_right_way_round_and_are_closed() {
        let clockwise = [(0.0, 0.0), (0.0, 4.0), (4.0, 4.0), (4.0, 0.0), (0.0, 0.0)];
        let hole = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)];
        let shape = MultiPolygon(vec![Polygon::new(ring(&clockwise), vec![ring(&hole)])]);
        let found = polygons(&shape);
        assert_eq!((found.len(), found[0].len()), (1, 2));
        let areas: Vec<f64> = found[0]
            .iter()
            .map(|ring| Polygon::new(LineString::from(ring.clone()), vec![]).signed_area())
            .collect();
        assert_eq!(areas, [16.0, -1.0]);
        assert!(found[0].iter().all(|ring| ring.first() == ring.last()));
    }

    #[test]
    fn a_shape_across_the_antimeridian_is_cut_there() {
        let jumping =
            shape(&[(178.0, -18.0), (-178.0, -18.0), (-178.0, -16.0), (178.0, -16.0), (178.0, -18.0)]);
        let running =
            shape(&[(178.0, -18.0), (182.0, -18.0), (182.0, -16.0), (178.0, -16.0), (178.0, -18.0)]);
        for shape in [jumping, running] {
            let found = polygons(&shape);
            assert_eq!(found.len(), 2, "{found:?}");
            assert!((back(&found).unsigned_area() - 8.0).abs() < 1e-9);
            let outlines: Vec<&[Position]> = found.iter().map(|polygon| polygon[0].as_slice()).collect();
            assert_eq!(bounds(outlines), Some([178.0, -18.0, -178.0, -16.0]));
        }
    }

    #[test]
    fn a_frame_around_the_world_stays_one() {
        let world = shape(&[(-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0), (-180.0, -90.0)]);
        let found = polygons(&world);
        assert!((back(&found).unsigned_area() - 360.0 * 180.0).abs() < 1e-6);
    }

    #[test]
    fn a_line_across_the_antimeridian_is_cut_there() {
        let parts = lines(&ring(&[(179.0, 10.0), (-179.0, 12.0), (-178.0, 12.0)]));
        assert_eq!(
            parts,
            [vec![[179.0, 10.0], [180.0, 11.0]], vec![[-180.0, 11.0], [-179.0, 12.0], [-178.0, 12.0]]]
        );
        let along = lines(&ring(&[(170.0, 0.0), (180.0, 0.0), (180.0, 1.0)]));
        assert!(along.iter().flatten().all(|[lon, _]| lon.abs() <= 180.0), "{along:?}");
    }

    #[test]
    fn what_is_no_shape_is_left_out() {
        assert!(polygons(&shape(&[(0.0, 0.0), (1.0, f64::NAN), (1.0, 1.0), (0.0, 0.0)])).is_empty());
        assert!(polygons(&shape(&[(0.0, 0.0), (1.0, 1.0), (0.0, 0.0)])).is_empty());
        assert!(lines(&ring(&[(0.0, 0.0), (0.0, 0.0)])).is_empty());
        assert_eq!(bounds([]), None);
    }

    #[test]
    fn boxes_take_the_short_way_round() {
        let points = [[[179.0, 0.0]], [[-179.0, 1.0]], [[170.0, 2.0]]];
        assert_eq!(bounds(points.iter().map(<[Position; 1]>::as_slice)), Some([170.0, 0.0, -179.0, 2.0]));
        let points = [[[36.0, 33.0]], [[42.0, 37.0]]];
        assert_eq!(bounds(points.iter().map(<[Position; 1]>::as_slice)), Some([36.0, 33.0, 42.0, 37.0]));
    }

    proptest! {
        #[test]
        fn every_ring_is_valid_within_the_world_and_of_the_same_area(
            radii in prop::collection::vec(1_u32..300_000, 3..40),
            centre in -200_i32..200,
        ) {
            // A star around a centre, its spikes fine enough that rounding matters.
            let turn = std::f64::consts::TAU / radii.len() as f64;
            let spikes = radii.iter().zip(0_u32..).map(|(radius, i)| {
                let (sin, cos) = (turn * f64::from(i)).sin_cos();
                let radius = 1e-9 * f64::from(*radius).powi(2);
                (f64::from(centre) + radius * cos, radius * sin)
            });
            let star = shape(&spikes.collect::<Vec<_>>());
            let found = polygons(&star);
            let drawn = back(&found);
            prop_assert!(drawn.is_valid(), "{:?}", drawn.validation_errors());
            prop_assert!(found.iter().flatten().flatten().all(|[lon, lat]| lon.abs() <= 180.0 && lat.abs() <= 90.0));
            let perimeter: f64 = star.0[0].exterior().lines().map(|line| line.dx().hypot(line.dy())).sum();
            let difference = (drawn.unsigned_area() - star.unsigned_area()).abs();
            prop_assert!(difference <= perimeter * 1e-5 + 1e-9, "{difference}");
        }
    }
}
