//! The edge of held ground where nothing but the distance from known places ends it: it fades, for nobody drew a line there.

use super::edges::{Edges, around};
use super::frame::Frame;
use super::rect::Rect;
use super::view::View;
use super::{Mark, Stroke, clip};
use crate::areas::Certainty;
use crate::units::Px;
use geo::MultiPolygon;

/// How many strokes lie over each other, how wide the widest is, in units, and how much they cover together.
const STROKES: u32 = 8;
const WIDE: f64 = 40.0;
const COVER: f64 = 0.96;

/// How far a stroke may reach beyond the coast or the border, by its distance from it: little, and the widest hardly show.
const SPILL: f64 = 1.5;

/// Strokes in the colour of unknown ground along all edges between it and surely held ground.
pub(crate) fn marks(view: &View<'_>, frame: &Frame, u: f64) -> Vec<Mark> {
    let solid: Vec<Vec<Px>> = view
        .ground
        .areas
        .iter()
        .filter(|area| area.certainty == Certainty::Solid)
        .flat_map(|area| rings(&area.shape, frame))
        .collect();
    let solid = Edges::of(frame.window, solid.iter().map(Vec::as_slice));
    let land = rings(&view.region.land, frame);
    let land = Edges::of(frame.window, land.iter().map(Vec::as_slice));
    let widest = WIDE * u / 2.0;
    let seen = frame.window.grown(20.0 * u);
    let mut lines: Vec<Vec<(Px, Px, f64)>> = Vec::new();
    for ring in rings(&view.ground.unknown, frame) {
        let mut is_open = false;
        for (from, to) in ring.windows(2).flat_map(|pair| parts(pair[0], pair[1], 8.0 * u, &seen)) {
            let middle = Px { x: f64::midpoint(from.x, to.x), y: f64::midpoint(from.y, to.y) };
            let is_end = seen.has(middle) && solid.touch(middle, 0.7) && !land.touch(middle, 0.7);
            if is_end {
                let part = (from, to, land.distance(middle, widest) * SPILL);
                match lines.last_mut().filter(|_| is_open) {
                    Some(line) => line.push(part),
                    None => lines.push(vec![part]),
                }
            }
            is_open = is_end;
        }
    }
    let mut marks = Vec::new();
    for i in 0..STROKES {
        // Each covers what makes the sum grow evenly towards the edge.
        let (share, sum) = (COVER / f64::from(STROKES), COVER * f64::from(i) / f64::from(STROKES));
        let half = widest * (1.0 - f64::from(i) / f64::from(STROKES));
        let stroke = Stroke {
            colour: view.style.unknown.faded(share / (1.0 - sum)),
            width: 2.0 * half,
            // One dash longer than any line: dashed lines have flat ends.
            dashes: vec![1e5, 1.0],
        };
        // Near the coast and the border, the wide strokes are left out.
        let stretches = lines.iter().flat_map(|line| line.split(|(.., room)| *room < half));
        for stretch in stretches.filter(|stretch| !stretch.is_empty()) {
            let line: Vec<Px> =
                stretch.iter().map(|part| part.0).chain(stretch.last().map(|part| part.1)).collect();
            for points in clip::line(&clip::sparse(&line), frame.window) {
                marks.push(Mark::Line { points, closed: false, stroke: stroke.clone() });
            }
        }
    }
    marks
}

/// A line in parts of at most this length, where it can be seen.
fn parts(from: Px, to: Px, length: f64, seen: &Rect) -> impl Iterator<Item = (Px, Px)> {
    let whole = (to.x - from.x).hypot(to.y - from.y);
    let is_near = around(from, to).grown(0.1).meets(seen);
    let count = if is_near { (whole / length).ceil().clamp(1.0, 1000.0) as u32 } else { 1 };
    let at = move |i: u32| {
        let share = f64::from(i) / f64::from(count);
        Px { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
    };
    (0..count).map(move |i| (at(i), at(i + 1)))
}

/// Closed rings on the canvas.
fn rings(shape: &MultiPolygon<f64>, frame: &Frame) -> Vec<Vec<Px>> {
    let closed = |ring: Vec<crate::units::LonLat>| {
        let mut ring: Vec<Px> = ring.into_iter().map(|at| frame.px(at)).collect();
        if ring.first() != ring.last() {
            ring.extend(ring.first().copied());
        }
        ring
    };
    Frame::rings(shape).into_iter().map(closed).collect()
}
