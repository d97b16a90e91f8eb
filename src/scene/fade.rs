//! The edge of held ground where nothing but the distance from known places ends it: it fades, for nobody drew a line there.

use super::edges::Edges;
use super::frame::Frame;
use super::view::View;
use super::{Mark, Stroke, clip};
use crate::areas::Certainty;
use crate::units::Px;
use geo::MultiPolygon;

/// How many strokes lie over each other, how wide the widest is, in units, and how much they cover together.
const STROKES: u32 = 12;
const WIDE: f64 = 44.0;
const COVER: f64 = 0.96;

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
    let mut lines: Vec<Vec<Px>> = Vec::new();
    for ring in rings(&view.ground.unknown, frame) {
        let mut is_open = false;
        for pair in ring.windows(2) {
            let middle =
                Px { x: f64::midpoint(pair[0].x, pair[1].x), y: f64::midpoint(pair[0].y, pair[1].y) };
            let fades = frame.window.grown(20.0 * u).has(middle)
                && solid.touch(middle, 0.7)
                && !land.touch(middle, 0.7);
            match lines.last_mut() {
                Some(line) if fades && is_open => line.push(pair[1]),
                _ if fades => lines.push(vec![pair[0], pair[1]]),
                _ => {}
            }
            is_open = fades;
        }
    }
    let lines: Vec<Vec<Px>> = lines.iter().map(|line| clip::sparse(line)).collect();
    let mut marks = Vec::new();
    for i in 0..STROKES {
        // Each covers what makes the sum grow evenly towards the edge.
        let (share, sum) = (COVER / f64::from(STROKES), COVER * f64::from(i) / f64::from(STROKES));
        let width = WIDE * u * (1.0 - f64::from(i) / f64::from(STROKES));
        let stroke = Stroke::solid(view.style.unknown.faded(share / (1.0 - sum)), width);
        for line in lines.iter().flat_map(|line| clip::line(line, frame.window)) {
            marks.push(Mark::Line { points: line, closed: false, stroke: stroke.clone() });
        }
    }
    marks
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
