//! Lines of equal height without their corners, no settlement moved to the other side.
//!
//! A corner gives way to a stretch of quadratic B-spline (what Chaikin's corner cutting tends to; Chaikin, *An algorithm
//! for high speed curve generation*, CGIP 3, 1974), from the middle of one side to the middle of the next. The curve stays
//! within the triangle of the corner and the two middles. Of the mesh's points only the ends of the side that the corner lies on
//! can be in there; where one is, a smaller triangle is taken, and at last the corner itself.

use super::clip::{Ring, Spot, on_grid};
use super::contour::Corner;
use crate::projection::Flat;

/// How near a settlement a smoothed line may pass, in kilometres.
const CLEAR: f64 = 0.02;

/// A corner that the curve would cut by less than this is left, in kilometres.
const FLAT: f64 = 0.04;

/// A ring without its corners.
pub(super) fn ring(corners: &[Corner], points: &[Flat]) -> Ring {
    let count = corners.len();
    let mut out = Ring::new();
    for n in 0..count {
        let (before, after) = (corners[(n + count - 1) % count].at, corners[(n + 1) % count].at);
        rounded(before, &corners[n], after, points, &mut out);
    }
    out.dedup();
    while out.len() > 1 && out.first() == out.last() {
        out.pop();
    }
    stepped(out)
}

/// The longest straight side of a ring, in centimetres.
const STEP: f64 = 5e5;

/// A ring whose sides are short: straight on the plane, a side is a curve in degrees, and where another shape has a corner on
/// it that this one has not, a gap of the curve's height would open between the two. It is 0.5 m high over 5 km, 100 m over 70.
fn stepped(ring: Ring) -> Ring {
    let far = |a: Spot, b: Spot| (f64::from(a.x) - f64::from(b.x)).hypot(f64::from(a.y) - f64::from(b.y));
    let sides = || ring.iter().copied().zip(ring.iter().copied().cycle().skip(1));
    if sides().all(|(a, b)| far(a, b) <= STEP) {
        return ring;
    }
    let mut out = Ring::with_capacity(ring.len() * 2);
    for (a, b) in sides() {
        let steps = (far(a, b) / STEP).ceil().max(1.0);
        out.extend((0..steps as u32).map(|n| {
            let share = f64::from(n) / steps;
            let at = |from: i32, to: i32| {
                (f64::from(from) + (f64::from(to) - f64::from(from)) * share).round() as i32
            };
            Spot::new(at(a.x, b.x), at(a.y, b.y))
        }));
    }
    out.dedup();
    out
}

/// A line without its corners; its ends stay.
pub(super) fn line(corners: &[Corner], points: &[Flat]) -> Ring {
    let mut out = Ring::new();
    for (n, corner) in corners.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| corners.get(n));
        match before.zip(corners.get(n + 1)) {
            Some((before, after)) => rounded(before.at, corner, after.at, points, &mut out),
            None => out.push(spot(corner.at)),
        }
    }
    out.dedup();
    out
}

fn spot(at: Flat) -> Spot {
    on_grid(at.x, at.y)
}

fn rounded(before: Flat, corner: &Corner, after: Flat, points: &[Flat], out: &mut Ring) {
    let at = corner.at;
    let between = |from: Flat, to: Flat, share: f64| Flat {
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
    };
    for share in [0.5, 0.25, 0.1] {
        let (start, end) = (between(at, before, share), between(at, after, share));
        let on_curve = |t: f64| between(between(start, at, t), between(at, end, t), t);
        let top = on_curve(0.5);
        if (top.x - at.x).hypot(top.y - at.y) < FLAT {
            break;
        }
        let is_clear = |end_of_side: &u32| {
            let settlement = points[*end_of_side as usize];
            !is_within(settlement, start, at, end)
                && [(start, at), (at, end), (start, end)]
                    .into_iter()
                    .all(|(from, to)| super::region::to_line(settlement, from, to) > CLEAR)
        };
        if corner.ends.iter().all(is_clear) {
            let curve = [start, on_curve(0.25), top, on_curve(0.75), end];
            out.extend(curve.map(spot));
            return;
        }
    }
    out.push(spot(at));
}

fn is_within(at: Flat, a: Flat, b: Flat, c: Flat) -> bool {
    let left = |p: Flat, q: Flat| (q.x - p.x) * (at.y - p.y) - (q.y - p.y) * (at.x - p.x);
    let sides = [left(a, b), left(b, c), left(c, a)];
    sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0)
}
