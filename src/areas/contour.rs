//! Where a linear surface over the mesh is high enough: rings and lines of equal height, exact on every triangle.
//!
//! A set is where one value exceeds each of several others by at least so much. All are linear on a triangle, so the set
//! is convex there and what it covers of a side is one stretch, worked out from the side's two ends alone: neighbours
//! agree to the last bit. (Marching triangles; where three values meet within one triangle its corner is cut short.)

use super::net::{Net, Triangle};
use crate::projection::Flat;

/// How far towards the ring around the mesh a set goes.
const OUTWARDS: f64 = 0.9;

/// Where `high` exceeds each of `low` by at least `by`. Values by point; those of the ring do not count.
pub(super) struct Above<'a> {
    pub(super) high: &'a [f64],
    pub(super) low: Vec<&'a [f64]>,
    pub(super) by: f64,
}

/// A corner of a ring: where it crosses a side of the mesh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Corner {
    pub(super) at: Flat,
    /// The ends of the side.
    pub(super) ends: [u32; 2],
    /// Which of `low` is met there; none where it is the outermost ring that ends the set.
    pub(super) meets: Option<usize>,
}

/// What a set covers of a side, from its first end: as shares of its length, and what is met at either end.
#[derive(Clone, Copy)]
struct Stretch {
    from: f64,
    to: f64,
    meets: [Option<usize>; 2],
}

/// An end of a [`Stretch`]: the side, and whether it is the later one.
type Node = (u32, bool);

/// No node.
const NONE: u32 = u32::MAX;

fn number((side, late): Node) -> u32 {
    side * 2 + u32::from(late)
}

fn node(number: u32) -> Node {
    (number / 2, number % 2 == 1)
}

/// Of each node the number of the one that follows on the border of a set.
struct Next(Vec<u32>);

impl Next {
    fn take(&mut self, at: Node) -> Option<Node> {
        let next = std::mem::replace(&mut self.0[number(at) as usize], NONE);
        (next != NONE).then(|| node(next))
    }
}

impl Above<'_> {
    fn spare(&self, low: usize, point: u32) -> f64 {
        self.high[point as usize] - self.low[low][point as usize] - self.by
    }

    fn has(&self, point: u32) -> bool {
        (0..self.low.len()).all(|low| self.spare(low, point) >= 0.0)
    }

    fn stretch(&self, ends: [u32; 2], inner: usize) -> Option<Stretch> {
        let mut stretch = Stretch { from: 0.0, to: 1.0, meets: [None; 2] };
        // The ring has the greatest numbers, so it can only be the later end, or both.
        if ends[0] as usize >= inner {
            return None;
        }
        if ends[1] as usize >= inner {
            stretch.to = OUTWARDS;
            return self.has(ends[0]).then_some(stretch);
        }
        for low in 0..self.low.len() {
            let (first, last) = (self.spare(low, ends[0]), self.spare(low, ends[1]));
            if first < 0.0 && last < 0.0 {
                return None;
            }
            let turn = || (first / (first - last)).clamp(0.0, 1.0);
            if first < 0.0 && turn() >= stretch.from {
                (stretch.from, stretch.meets[0]) = (turn(), Some(low));
            }
            if last < 0.0 && turn() <= stretch.to {
                (stretch.to, stretch.meets[1]) = (turn(), Some(low));
            }
        }
        (stretch.from <= stretch.to).then_some(stretch)
    }

    /// The rings around the set, it on their left; each closed implicitly.
    pub(super) fn rings(&self, net: &Net) -> Vec<Vec<Corner>> {
        let inner = net.inner();
        let has: Vec<bool> = (0..inner as u32).map(|point| self.has(point)).collect();
        let is_in = |point: u32| has.get(point as usize).copied().unwrap_or(false);
        let mut next = Next(vec![NONE; net.edges().len() * 2]);
        for triangle in net.triangles() {
            match triangle.corners.into_iter().filter(|point| is_in(*point)).count() {
                3 => {}
                0 if !self.may_cross(triangle, inner) => {}
                _ => self.chords(net, triangle, &is_in, &mut next),
            }
        }
        let mut rings = Vec::new();
        for first in 0..next.0.len() {
            let home = node(first as u32);
            let Some(mut here) = next.take(home) else { continue };
            let mut ring = vec![self.corner(net, home)];
            while here != home {
                ring.push(self.corner(net, here));
                let Some(after) = next.take(here) else { break };
                here = after;
            }
            rings.push(ring);
        }
        rings
    }

    /// Whether a set that has no corner of a triangle may still reach into it.
    fn may_cross(&self, triangle: &Triangle, inner: usize) -> bool {
        let [a, b, c] = triangle.corners;
        let is_lost = |low| [a, b, c].into_iter().all(|point| self.spare(low, point) < 0.0);
        [a, b, c].into_iter().all(|point| (point as usize) < inner) && !(0..self.low.len()).any(is_lost)
    }

    /// The lines along which the set ends in a triangle.
    fn chords(&self, net: &Net, triangle: &Triangle, is_in: &dyn Fn(u32) -> bool, next: &mut Next) {
        // For each side, as one walks around: where the set is entered and left.
        let mut passed: Vec<(Node, Node, bool)> = Vec::with_capacity(3);
        for (n, side) in triangle.sides.into_iter().enumerate() {
            let ends = net.edges()[side as usize].ends;
            if self.stretch(ends, net.inner()).is_some() {
                let along = triangle.corners[n] == ends[0];
                passed.push(((side, !along), (side, along), is_in(triangle.corners[(n + 1) % 3])));
            }
        }
        for (n, (_, left, is_at_corner)) in passed.iter().enumerate() {
            if !is_at_corner {
                next.0[number(*left) as usize] = number(passed[(n + 1) % passed.len()].0);
            }
        }
    }

    fn corner(&self, net: &Net, (side, late): Node) -> Corner {
        let ends = net.edges()[side as usize].ends;
        let [a, b] = ends.map(|point| net.points()[point as usize]);
        let stretch = self.stretch(ends, net.inner());
        let (share, meets) = stretch.map_or((0.0, None), |stretch| {
            if late { (stretch.to, stretch.meets[1]) } else { (stretch.from, stretch.meets[0]) }
        });
        Corner { at: Flat { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) }, ends, meets }
    }
}
