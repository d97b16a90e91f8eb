//! Rectangles of the canvas.

use crate::units::Px;

/// A rectangle of the canvas, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Rect {
    /// A rectangle from its upper left corner.
    pub(crate) fn at(left: f64, top: f64, width: f64, height: f64) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// Width in pixels.
    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height in pixels.
    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Its middle.
    pub(crate) fn centre(&self) -> Px {
        Px { x: f64::midpoint(self.left, self.right), y: f64::midpoint(self.top, self.bottom) }
    }

    /// The same, larger by `by` pixels on each side (smaller where negative).
    pub(crate) fn grown(&self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// Whether they share more than an edge.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether `other` lies inside.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }

    /// Whether the point lies inside or on the edge.
    pub(crate) fn has(&self, at: Px) -> bool {
        (self.left..=self.right).contains(&at.x) && (self.top..=self.bottom).contains(&at.y)
    }

    /// Its corners, clockwise from the upper left.
    pub(crate) fn corners(&self) -> Vec<Px> {
        let Self { left, top, right, bottom } = *self;
        vec![
            Px { x: left, y: top },
            Px { x: right, y: top },
            Px { x: right, y: bottom },
            Px { x: left, y: bottom },
        ]
    }
}
