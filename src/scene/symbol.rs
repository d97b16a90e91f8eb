//! Marks of places: their form says what they are, their fill who holds them.

use super::canvas::{Page, put, rgba, step};
use super::element::{Path, Shape};
use super::label::Disc;
use super::rect::Rect;
use super::{Colour, Paint, Stroke, clip};
use crate::gazetteer::Kind;
use crate::style::Style;
use crate::units::Px;
use plotters::element::Circle;
use plotters::style::ShapeStyle;

/// Who holds a place, as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Hold {
    /// Filled.
    Held(Colour),
    /// An open ring: only the side that gained says so.
    Claimed(Colour),
    /// Bands of each side's colour.
    Contested(Vec<Colour>),
    /// Filled, with a ring in the colour of the side around it.
    Besieged(Colour, Option<Colour>),
    /// Grey: nobody is known to hold it.
    Unknown,
}

/// The mark of one place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Symbol {
    /// Its middle.
    pub(crate) at: Px,
    /// Half its width, without rings, in pixels.
    pub(crate) radius: f64,
    /// What the place is.
    pub(crate) kind: Kind,
    /// Who holds it.
    pub(crate) hold: Hold,
    /// Whether it changed hands since the map before.
    pub(crate) changed: bool,
}

impl Symbol {
    /// How far it reaches from its middle, rings counted.
    pub(crate) fn reach(&self) -> f64 {
        let ring = if matches!(self.hold, Hold::Besieged(..)) { self.radius * 0.75 } else { 0.0 };
        let glow = if self.changed { self.radius * 0.85 } else { 0.0 };
        self.radius + ring + glow + self.radius * 0.2
    }

    /// Whether it changed or is fought over.
    pub(crate) fn is_news(&self) -> bool {
        self.changed || matches!(self.hold, Hold::Contested(_) | Hold::Besieged(..))
    }

    /// The rectangle it covers.
    pub(crate) fn bounds(&self) -> Rect {
        Rect { left: self.at.x, top: self.at.y, right: self.at.x, bottom: self.at.y }.grown(self.reach())
    }

    /// What it covers, as names see it.
    pub(crate) fn disc(&self) -> Disc {
        Disc { at: self.at, reach: self.reach() }
    }

    /// Draws it.
    pub(crate) fn draw(&self, page: &Page<'_>, style: &Style) {
        let (at, r) = (self.at, self.radius);
        if self.changed {
            disc(page, at, self.reach(), style.changed);
            ring(page, at, self.reach(), style.ink, r * 0.2);
        }
        if let Hold::Besieged(_, by) = &self.hold {
            let around = self.reach() - if self.changed { r * 0.95 } else { r * 0.3 };
            ring(page, at, around, style.casing, r * 0.75);
            ring(page, at, around, by.unwrap_or(style.ink), r * 0.4);
        }
        // Greys as light as the page need a stronger edge.
        let share = if style.patterns { 1.0 } else { 0.45 };
        let edge = |colour: Colour| colour.mixed(style.edge, share);
        self.form(page, r * 1.28, style.casing);
        match &self.hold {
            Hold::Held(colour) | Hold::Besieged(colour, _) => {
                self.form(page, r, *colour);
                self.edge(page, r, edge(*colour), r * 0.16);
            }
            Hold::Claimed(colour) => {
                let colour = if style.patterns { style.ink } else { *colour };
                self.edge(page, r * 0.86, colour, r * 0.42);
            }
            Hold::Contested(colours) => {
                self.bands(page, colours);
                self.edge(page, r, style.ink, r * 0.2);
            }
            Hold::Unknown => {
                self.form(page, r, Colour::grey(175));
                self.edge(page, r, Colour::grey(90), r * 0.16);
            }
        }
    }

    fn form(&self, page: &Page<'_>, radius: f64, colour: Colour) {
        match outline(self.kind, self.at, radius) {
            None => disc(page, self.at, radius, colour),
            Some(ring) => put(page.draw(&Shape::new([ring], Paint::Solid(colour)))),
        }
    }

    fn edge(&self, page: &Page<'_>, radius: f64, colour: Colour, width: f64) {
        match outline(self.kind, self.at, radius) {
            None => ring(page, self.at, radius, colour, width),
            Some(points) => put(page.draw(&Path::new(points, Stroke::solid(colour, width)).closed())),
        }
    }

    fn bands(&self, page: &Page<'_>, colours: &[Colour]) {
        let points = outline(self.kind, self.at, self.radius).unwrap_or_else(|| round(self.at, self.radius));
        let width = 2.0 * self.radius * 1.5 / colours.len().max(1) as f64;
        let from = self.at.x - self.radius * 1.5;
        // Bands reach a little beyond the widest form; a disc is as wide as two of its radii.
        let (from, width) = match outline(self.kind, self.at, self.radius) {
            None => (self.at.x - self.radius, width / 1.5),
            Some(_) => (from, width),
        };
        for (i, colour) in colours.iter().enumerate() {
            let band =
                Rect::at(from + width * i as f64, self.at.y - self.radius * 2.0, width, self.radius * 4.0);
            let part = clip::ring(&points, Some(band));
            put(page.draw(&Shape::new([part], Paint::Solid(*colour))));
        }
    }
}

/// The corners of the mark of a kind of place; `None` for a disc.
fn outline(kind: Kind, at: Px, radius: f64) -> Option<Vec<Px>> {
    let corners: &[(f64, f64)] = match kind {
        Kind::Base => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        Kind::Airport => &[(0.0, -1.15), (1.1, 0.8), (-1.1, 0.8)],
        Kind::Crossing => &[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)],
        Kind::Dam => &[(-1.4, -0.5), (1.4, -0.5), (1.4, 0.5), (-1.4, 0.5)],
        _ => return None,
    };
    Some(corners.iter().map(|(x, y)| Px { x: at.x + x * radius, y: at.y + y * radius }).collect())
}

fn round(at: Px, radius: f64) -> Vec<Px> {
    let corner = |i: u32| {
        let (sin, cos) = (f64::from(i) / 32.0 * std::f64::consts::TAU).sin_cos();
        Px { x: at.x + radius * cos, y: at.y + radius * sin }
    };
    (0..32).map(corner).collect()
}

fn disc(page: &Page<'_>, at: Px, radius: f64, colour: Colour) {
    put(page.draw(&Circle::new(
        at,
        step(radius),
        ShapeStyle { color: rgba(colour), filled: true, stroke_width: 0 },
    )));
}

fn ring(page: &Page<'_>, at: Px, radius: f64, colour: Colour, width: f64) {
    let style = ShapeStyle { color: rgba(colour), filled: false, stroke_width: step(width).max(0) as u32 };
    put(page.draw(&Circle::new(at, step(radius), style)));
}
