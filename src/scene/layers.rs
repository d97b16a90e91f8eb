//! The ground of a map, from the sea up to the front lines.

use super::advance::Gained;
use super::canvas::{Canvas, Page, put};
use super::element::{Made, Path, Shape};
use super::frame::{Frame, points};
use super::rect::Rect;
use super::view::View;
use super::{Paint, Stroke, fade, front, key};
use crate::areas::Certainty;
use crate::basemap::{Basemap, Border, Extent, River, Road, Unit};
use geo::{LineString, MultiPolygon, Polygon};
use plotters::drawing::DrawingArea;

/// A drawing area in degrees.
type Ground<'a> = DrawingArea<Canvas<'a>, Frame>;

/// How much a map tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// All there is.
    Full,
    /// What can be seen on one of many small maps.
    Small,
}

/// The base map around a region, decoded once for all maps of it.
#[derive(Default)]
pub(crate) struct Backdrop<'b> {
    /// Countries with land in the window.
    pub(crate) countries: Vec<Unit<'b>>,
    lakes: Vec<Polygon<f64>>,
    /// Rivers of a size to be seen, the greatest first.
    pub(crate) rivers: Vec<River<'b>>,
    admin1: Vec<LineString<f64>>,
    /// The first-level units of the countries in which a place is known.
    pub(crate) units: Vec<Unit<'b>>,
    roads: Vec<Road>,
    coasts: Vec<LineString<f64>>,
    borders: Vec<Border>,
}

impl<'b> Backdrop<'b> {
    /// What of the base map lies in the frame's window.
    pub(crate) fn of(base: &'b Basemap, frame: &Frame, known: &[&str]) -> Self {
        let Some(seen) = extent(frame) else { return Self::default() };
        let mut rivers = base.rivers(&seen);
        rivers.retain(|river| river.rank <= finest(frame));
        Self {
            countries: base.countries_in(&seen),
            lakes: base.lakes(&seen).0,
            rivers,
            admin1: base.admin1_lines(&seen),
            units: known.iter().flat_map(|code| base.admin1(code)).collect(),
            roads: base.roads(&seen),
            coasts: base.coasts(&seen),
            borders: base.borders(&seen),
        }
    }
}

/// Whether a disputed border runs through the frame's window.
pub(crate) fn has_disputed_border(base: &Basemap, frame: &Frame) -> bool {
    let is_seen = |border: &Border| points(&border.line).iter().any(|at| frame.window.has(frame.px(*at)));
    extent(frame)
        .is_some_and(|seen| base.borders(&seen).iter().any(|border| border.disputed && is_seen(border)))
}

/// The rectangle of the globe that a frame shows.
pub(crate) fn extent(frame: &Frame) -> Option<Extent> {
    let (west, south, east, north) = frame.seen();
    Extent::new(west, south, east, north)
}

/// Draws all ground inside the frame's window.
pub(crate) fn draw(
    ground: &Ground<'_>,
    page: &Page<'_>,
    view: &View<'_>,
    backdrop: &Backdrop<'_>,
    frame: &Frame,
    (detail, gained): (Detail, &[Gained]),
    u: f64,
) {
    let pen = Pen { ground, window: frame.window };
    let style = view.style;
    put(page.draw(&Shape::new([frame.window.corners()], Paint::Solid(style.sea))));
    for country in &backdrop.countries {
        pen.fill(&country.shape, Paint::Solid(style.abroad));
    }
    pen.rim(&view.region.land, &Stroke::solid(style.casing.faded(0.8), 7.0 * u));
    pen.fill(&view.region.land, Paint::Solid(style.unknown));
    // What is surer covers the edges of what is less.
    for area in view.ground.areas.iter().filter(|area| area.certainty != Certainty::Solid) {
        pen.fill(&area.shape, key::tint_of(style, view.palette, area, u));
        pen.rim(&area.shape, &key::presumed_edge(style, view.palette, &area.control, u));
    }
    let solid = || view.ground.areas.iter().filter(|area| area.certainty == Certainty::Solid);
    for area in solid() {
        let tint = key::tint_of(style, view.palette, area, u);
        if let Paint::Solid(colour) = &tint
            && !area.claimed
        {
            pen.rim(&area.shape, &Stroke::solid(*colour, 1.4 * u));
        }
        pen.fill(&area.shape, tint);
        if style.patterns {
            pen.rim(&area.shape, &Stroke::solid(style.quiet, 0.9 * u));
        }
    }
    for (actor, rings) in gained {
        let paint = key::gained(style, view.palette, actor, u);
        put(page.draw(&Shape::new(rings.iter().cloned(), paint).within(frame.window)));
    }
    put(page.draw(&Made::of(fade::marks(view, frame, u))));
    // What fades does so on its own side of the edge only.
    pen.fill(&view.ground.unknown, Paint::Solid(style.unknown));
    for area in solid().filter(|area| area.claimed) {
        pen.rim(&area.shape, &key::claimed_edge(style, view.palette, &area.control, u));
    }
    let lakes = MultiPolygon(backdrop.lakes.clone());
    pen.fill(&lakes, Paint::Solid(style.sea));
    let full = detail == Detail::Full;
    if full {
        pen.rim(&lakes, &Stroke::solid(style.shore, 0.8 * u));
        backdrop.admin1.iter().for_each(|line| {
            pen.line(line, &Stroke::dashed(style.admin, 0.9 * u, &[3.0 * u, 2.5 * u]));
        });
    }
    for river in backdrop.rivers.iter().filter(|river| full || river.rank <= 5) {
        let width = (2.4 - 0.2 * f64::from(river.rank)).max(0.9);
        pen.line(&river.line, &Stroke::solid(style.shore, width * u));
    }
    for road in backdrop.roads.iter().filter(|_| full) {
        pen.line(&road.line, &Stroke::solid(style.road.faded(0.75), 2.2 * u));
        pen.line(&road.line, &Stroke::solid(style.admin, 0.8 * u));
    }
    for line in &backdrop.coasts {
        pen.line(line, &Stroke::solid(style.shore, 1.1 * u));
    }
    for border in &backdrop.borders {
        pen.line(&border.line, &key::border(style, border.disputed, u));
    }
    put(page.draw(&Made::of(front::marks(view, frame, u))));
}

/// Draws in degrees, cut off at the window.
struct Pen<'p, 'a> {
    ground: &'p Ground<'a>,
    window: Rect,
}

impl Pen<'_, '_> {
    fn fill(&self, shape: &MultiPolygon<f64>, paint: Paint) {
        put(self.ground.draw(&Shape::new(Frame::rings(shape), paint).within(self.window)));
    }

    fn rim(&self, shape: &MultiPolygon<f64>, stroke: &Stroke) {
        for ring in Frame::rings(shape) {
            put(self.ground.draw(&Path::new(ring, stroke.clone()).closed().within(self.window)));
        }
    }

    fn line(&self, line: &LineString<f64>, stroke: &Stroke) {
        put(self.ground.draw(&Path::new(points(line), stroke.clone()).within(self.window)));
    }
}

/// The least rivers worth drawing at this scale, by Natural Earth's scale rank.
fn finest(frame: &Frame) -> u8 {
    match frame.window.width() / frame.scale {
        wide if wide > 4000.0 => 3,
        wide if wide > 1800.0 => 5,
        wide if wide > 900.0 => 7,
        _ => 10,
    }
}
