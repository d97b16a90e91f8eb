//! Front lines: dark on light, thinning out where nothing is known of how they go on.

use super::edges::{Edges, distance};
use super::frame::{Frame, points};
use super::rect::Rect;
use super::view::View;
use super::{Mark, Paint, Stroke, clip, key};
use crate::units::Px;
use std::collections::BTreeSet;

/// How long the end of a line takes to thin out, in units.
const TAPER: f64 = 34.0;

/// A line on the canvas, and which of its ends lead nowhere.
struct Course {
    points: Vec<Px>,
    loose: [bool; 2],
    hostile: bool,
}

/// The marks of all front lines inside the frame's window, the lines between allies below.
pub(crate) fn marks(view: &View<'_>, frame: &Frame, u: f64) -> Vec<Mark> {
    let courses = courses(view, frame, u);
    let mut marks = Vec::new();
    for (strokes, hostile) in [(key::seam(view.style, u), false), (key::front(view.style, u), true)] {
        for stroke in strokes {
            for course in courses.iter().filter(|course| course.hostile == hostile) {
                draw(course, &stroke, frame.window, u, &mut marks);
            }
        }
    }
    marks
}

fn courses(view: &View<'_>, frame: &Frame, u: f64) -> Vec<Course> {
    let land: Vec<Vec<Px>> = Frame::rings(&view.region.land)
        .into_iter()
        .map(|ring| {
            let mut ring: Vec<Px> = ring.into_iter().map(|at| frame.px(at)).collect();
            ring.extend(ring.first().copied());
            ring
        })
        .collect();
    let shore = Edges::of(frame.window, land.iter().map(Vec::as_slice));
    let lines: Vec<Vec<Px>> = view
        .ground
        .fronts
        .iter()
        .map(|front| points(&front.line).into_iter().map(|at| frame.px(at)).collect())
        .collect();
    let near = |at: Px, line: &[Px]| line.windows(2).any(|pair| distance(at, (pair[0], pair[1])).0 < 1.5 * u);
    let is_loose = |index: usize, at: Option<&Px>| {
        at.is_some_and(|at| {
            let meets = lines.iter().enumerate().any(|(other, line)| other != index && near(*at, line));
            frame.window.has(*at) && !meets && !shore.touch(*at, 2.0 * u)
        })
    };
    let fronts = view.ground.fronts.iter().zip(&lines).enumerate();
    fronts
        .map(|(index, (front, line))| {
            let is_ring = line.first() == line.last();
            let ends = [line.first(), line.last()];
            Course {
                points: line.clone(),
                loose: ends.map(|end| !is_ring && is_loose(index, end)),
                hostile: key::is_front(view.palette, front),
            }
        })
        .collect()
}

fn draw(course: &Course, stroke: &Stroke, window: Rect, u: f64, marks: &mut Vec<Mark>) {
    let points = clip::sparse(&course.points);
    let whole: f64 = points.windows(2).map(|pair| (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y)).sum();
    let taper = (TAPER * u).min(whole * 0.3);
    let mut rest = points;
    for end in [0, 1] {
        if course.loose[end] {
            let (tip, body) = cut(rest, taper);
            rest = body;
            let ring = clip::ring(&wedge(&tip, stroke.width), Some(window));
            if ring.len() > 2 {
                marks.push(Mark::Fill { rings: vec![ring], paint: Paint::Solid(stroke.colour) });
            }
        }
        rest.reverse();
    }
    for points in clip::line(&rest, window).into_iter().filter(|line| clip::is_seen(line)) {
        marks.push(Mark::Line { points, closed: false, stroke: stroke.clone() });
    }
}

/// The first stretch of a line of this length, and what follows.
fn cut(line: Vec<Px>, length: f64) -> (Vec<Px>, Vec<Px>) {
    let mut gone = 0.0;
    for (i, pair) in line.windows(2).enumerate() {
        let step = (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y);
        if gone + step >= length && step > 0.0 {
            let share = (length - gone) / step;
            let at = Px {
                x: pair[0].x + (pair[1].x - pair[0].x) * share,
                y: pair[0].y + (pair[1].y - pair[0].y) * share,
            };
            let tip = line[..=i].iter().copied().chain([at]).collect();
            return (tip, std::iter::once(at).chain(line[i + 1..].iter().copied()).collect());
        }
        gone += step;
    }
    let last = line.last().copied();
    (line, last.into_iter().collect())
}

/// A shape along a line, a point at its start and `width` wide at its end.
fn wedge(line: &[Px], width: f64) -> Vec<Px> {
    let mut run = vec![0.0];
    for pair in line.windows(2) {
        run.push(run[run.len() - 1] + (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y));
    }
    let whole = run.last().copied().unwrap_or_default().max(1e-9);
    let side = |i: usize, sign: f64| {
        let (before, after) = (line[i.saturating_sub(1)], line[(i + 1).min(line.len() - 1)]);
        let (dx, dy) = (after.x - before.x, after.y - before.y);
        let long = dx.hypot(dy).max(1e-9);
        let half = sign * width / 2.0 * run[i] / whole;
        Px { x: line[i].x - dy / long * half, y: line[i].y + dx / long * half }
    };
    (0..line.len()).map(|i| side(i, 1.0)).chain((0..line.len()).rev().map(|i| side(i, -1.0))).collect()
}

/// Points along the front lines, a few pixels apart, for names to keep off.
pub(crate) fn dots(view: &View<'_>, frame: &Frame) -> Vec<Px> {
    const APART: f64 = 5.0;
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    for front in &view.ground.fronts {
        let line: Vec<Px> = points(&front.line).into_iter().map(|at| frame.px(at)).collect();
        for pair in line.windows(2) {
            let (dx, dy) = (pair[1].x - pair[0].x, pair[1].y - pair[0].y);
            // A line across the whole page needs no more points than the page is wide.
            let steps = (dx.hypot(dy) / APART).ceil().clamp(1.0, 1000.0) as u32;
            let at = |i: u32| {
                let share = f64::from(i) / f64::from(steps);
                Px { x: pair[0].x + dx * share, y: pair[0].y + dy * share }
            };
            let dots = (0..steps).map(at).filter(|at| frame.window.has(*at));
            // A wiggly line has many points in one spot; one is enough.
            all.extend(dots.filter(|at| seen.insert(((at.x / APART) as i64, (at.y / APART) as i64))));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64) -> Px {
        Px { x, y: 0.0 }
    }

    #[test]
    fn a_line_is_cut_where_its_end_starts_to_thin_out() {
        let (tip, rest) = cut(vec![at(0.0), at(10.0), at(30.0)], 15.0);
        assert_eq!((tip, rest), (vec![at(0.0), at(10.0), at(15.0)], vec![at(15.0), at(30.0)]));
        let (tip, rest) = cut(vec![at(0.0), at(10.0)], 50.0);
        assert_eq!((tip.len(), rest), (2, vec![at(10.0)]));
    }

    #[test]
    fn a_wedge_is_a_point_at_its_start_and_as_wide_as_the_line_at_its_end() {
        let ring = wedge(&[at(0.0), at(10.0), at(20.0)], 4.0);
        assert_eq!((ring[0], ring[5]), (at(0.0), at(0.0)));
        assert_eq!((ring[2].y, ring[3].y), (2.0, -2.0));
    }
}
