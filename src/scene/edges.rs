//! Outlines on the canvas, and which points lie on them.

use super::buckets::Buckets;
use super::rect::Rect;
use crate::units::Px;

/// The sides of some rings, to be asked for those near a point.
pub(crate) struct Edges {
    sides: Vec<(Px, Px)>,
    buckets: Buckets,
}

impl Edges {
    /// The sides that reach into a window.
    pub(crate) fn of<'r>(window: Rect, rings: impl Iterator<Item = &'r [Px]>) -> Self {
        let near = window.grown(8.0);
        let sides: Vec<(Px, Px)> = rings
            .flat_map(|ring| ring.windows(2).map(|pair| (pair[0], pair[1])))
            .filter(|(a, b)| around(*a, *b).grown(0.1).meets(&near))
            .collect();
        let buckets = Buckets::of(window, 24.0, sides.iter().map(|(a, b)| around(*a, *b)));
        Self { sides, buckets }
    }

    /// Whether a point lies on one of them, or no further off than `within` pixels.
    pub(crate) fn touch(&self, at: Px, within: f64) -> bool {
        self.near(at, within).any(|side| distance(at, side).0 <= within)
    }

    /// How far a point is from the nearest of them, at most `most` pixels.
    pub(crate) fn distance(&self, at: Px, most: f64) -> f64 {
        self.near(at, most).map(|side| distance(at, side).0).fold(most, f64::min)
    }

    fn near(&self, at: Px, within: f64) -> impl Iterator<Item = (Px, Px)> {
        let square = Rect { left: at.x, top: at.y, right: at.x, bottom: at.y }.grown(within);
        self.buckets.near(&square).map(|i| self.sides[i])
    }
}

/// How far a point is from a line, and which point of the line is nearest.
pub(crate) fn distance(at: Px, (from, to): (Px, Px)) -> (f64, Px) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx * dx + dy * dy;
    let along = ((at.x - from.x) * dx + (at.y - from.y) * dy) / length.max(1e-12);
    let along = along.clamp(0.0, 1.0);
    let near = Px { x: from.x + dx * along, y: from.y + dy * along };
    ((at.x - near.x).hypot(at.y - near.y), near)
}

/// The rectangle around a line.
pub(crate) fn around(from: Px, to: Px) -> Rect {
    Rect { left: from.x.min(to.x), top: from.y.min(to.y), right: from.x.max(to.x), bottom: from.y.max(to.y) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_on_an_outline_touch_it() {
        let window = Rect::at(0.0, 0.0, 100.0, 100.0);
        let ring = [(10.0, 10.0), (90.0, 10.0), (90.0, 90.0)].map(|(x, y)| Px { x, y });
        let edges = Edges::of(window, std::iter::once(ring.as_slice()));
        assert!(edges.touch(Px { x: 50.0, y: 10.4 }, 0.5) && edges.touch(Px { x: 90.0, y: 60.0 }, 0.1));
        assert_eq!(edges.distance(Px { x: 50.0, y: 13.0 }, 8.0).to_string(), "3");
        assert_eq!(edges.distance(Px { x: 50.0, y: 50.0 }, 8.0).to_string(), "8");
        assert!(!edges.touch(Px { x: 50.0, y: 11.0 }, 0.5) && !edges.touch(Px { x: 50.0, y: 50.0 }, 0.5));
    }
}
