//! Where on Earth the map is: a small map of a part of the world, the frame of the large one marked on it.

use super::canvas::{Page, put};
use super::element::{Made, Path, Shape};
use super::frame::Frame;
use super::layers::extent;
use super::mask::Mask;
use super::rect::Rect;
use super::view::View;
use super::{Colour, Mark, Paint, Stroke, clip};
use crate::style::Style;
use crate::units::Px;
use geo::MultiPolygon;

/// How many times as wide as the map the part of the world is, and how wide at least and at most, in kilometres.
const TIMES: f64 = 5.0;
const LEAST: f64 = 4200.0;
const MOST: f64 = 9000.0;

/// The size of the small map, in units.
pub(crate) const SIZE: (f64, f64) = (176.0, 132.0);

/// The least share of land on which one sees where one is; with less, more of the world is shown.
const LAND: f64 = 0.08;

/// The small map's marks; its upper left corner is the canvas's.
pub(crate) fn marks(view: &View<'_>, map: &Frame, u: f64) -> Vec<Mark> {
    let wide = (map.window.width() / map.scale * TIMES).clamp(LEAST, MOST);
    let mut marks = Vec::new();
    for times in [1.0, 1.8, 3.0] {
        let (drawn, land) = drawn(view, map, (wide * times).min(1.6 * MOST), u);
        marks = drawn;
        if land >= LAND {
            break;
        }
    }
    marks
}

/// A part of the world that is `wide` kilometres wide, and how much of it is land.
fn drawn(view: &View<'_>, map: &Frame, wide: f64, u: f64) -> (Vec<Mark>, f64) {
    let style = view.style;
    let window = Rect::at(0.0, 0.0, SIZE.0 * u, SIZE.1 * u);
    let scale = window.width() / wide;
    let middle = map.window.centre();
    // The middle of the large map is the middle of the small one.
    let off = Px { x: (map.origin.x - middle.x) / map.scale, y: (map.origin.y - middle.y) / map.scale };
    let centre = window.centre();
    let origin = Px { x: centre.x + off.x * scale, y: centre.y + off.y * scale };
    let frame = Frame { projection: map.projection, scale, origin, window };
    let mut marks = vec![filled(vec![window.corners()], style.sea)];
    let Some(seen) = extent(&frame) else { return (marks, 1.0) };
    let rings = |shape: &MultiPolygon<f64>| -> Vec<Vec<Px>> {
        let rings = Frame::rings(shape).into_iter().map(|ring| {
            let ring: Vec<Px> = ring.into_iter().map(|at| frame.px(at)).collect();
            clip::ring(&clip::sparse(&ring), Some(window))
        });
        rings.filter(|ring| ring.len() > 2 && clip::is_seen(ring)).collect()
    };
    let mut land = Vec::new();
    for country in view.base.countries_in(&seen) {
        let rings = rings(&country.shape);
        for points in &rings {
            let stroke = Stroke::solid(style.sea, 0.6 * u);
            marks.push(Mark::Line { points: points.clone(), closed: true, stroke });
        }
        land.extend(rings.iter().cloned());
        marks.push(filled(rings, style.abroad.mixed(style.ink, 0.12)));
    }
    let land = Mask::of(&land, window, (44, 33), |_| true).share(&window);
    marks.push(filled(rings(&view.region.land), style.border));
    let side = Px {
        x: map.window.width() / map.scale * scale / 2.0,
        y: map.window.height() / map.scale * scale / 2.0,
    };
    let shown = Rect {
        left: centre.x - side.x,
        top: centre.y - side.y,
        right: centre.x + side.x,
        bottom: centre.y + side.y,
    };
    let stroke = Stroke::solid(style.ink, 1.4 * u);
    marks.push(Mark::Line { points: shown.corners(), closed: true, stroke });
    marks.retain(|mark| !matches!(mark, Mark::Fill { rings, .. } if rings.is_empty()));
    (marks, land)
}

/// Puts the small map somewhere.
pub(crate) fn draw(page: &Page<'_>, style: &Style, marks: &[Mark], at: Rect, u: f64) {
    put(page.draw(&Shape::new([at.grown(3.0 * u).corners()], Paint::Solid(style.paper))));
    let moved = |points: &[Px]| points.iter().map(|p| Px { x: p.x + at.left, y: p.y + at.top }).collect();
    let marks = marks.iter().map(|mark| match mark {
        Mark::Fill { rings, paint } => {
            Mark::Fill { rings: rings.iter().map(|ring| moved(ring)).collect(), paint: paint.clone() }
        }
        Mark::Line { points, closed, stroke } => {
            Mark::Line { points: moved(points), closed: *closed, stroke: stroke.clone() }
        }
        other => other.clone(),
    });
    put(page.draw(&Made::of(marks.collect())));
    put(page.draw(&Path::new(at.corners(), Stroke::solid(style.border, u)).closed()));
}

fn filled(rings: Vec<Vec<Px>>, colour: Colour) -> Mark {
    Mark::Fill { rings, paint: Paint::Solid(colour) }
}
