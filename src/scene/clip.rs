//! Cutting rings and lines at the edges of a rectangle, in pixels.

use super::rect::Rect;
use crate::units::Px;

/// Points that bend a line by less than this are left out, in pixels: nobody sees them, and a page of sixty small
/// maps would hold millions.
const SLIGHT: f64 = 0.2;

/// The points without those that hardly bend the line. Its ends are kept, so that lines still meet. Source: Douglas
/// and Peucker, *Algorithms for the reduction of the number of points* (1973).
pub(crate) fn sparse(points: &[Px]) -> Vec<Px> {
    let Some(last) = points.len().checked_sub(1) else { return Vec::new() };
    let mut kept = vec![false; points.len()];
    (kept[0], kept[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let off = |i: &usize| distance(points[*i], points[from], points[to]);
        let farthest = (from + 1..to).max_by(|a, b| off(a).total_cmp(&off(b)));
        if let Some(at) = farthest.filter(|at| off(at) > SLIGHT * SLIGHT) {
            kept[at] = true;
            open.extend([(from, at), (at, to)]);
        }
    }
    points.iter().zip(kept).filter(|(_, kept)| *kept).map(|(at, _)| *at).collect()
}

/// Whether a line or ring is large enough to be seen at all: half a pixel wide or high.
pub(crate) fn is_seen(points: &[Px]) -> bool {
    let Some(first) = points.first() else { return false };
    points.iter().any(|at| (at.x - first.x).abs() >= 0.25 || (at.y - first.y).abs() >= 0.25)
}

/// The square of the distance from a point to a line between two others; to the points where these are one.
fn distance(at: Px, from: Px, to: Px) -> f64 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let (ax, ay) = (at.x - from.x, at.y - from.y);
    let length = dx * dx + dy * dy;
    let along = if length < 1e-18 { 0.0 } else { ((ax * dx + ay * dy) / length).clamp(0.0, 1.0) };
    (ax - dx * along).powi(2) + (ay - dy * along).powi(2)
}

/// The part of a ring inside a rectangle. Source: Sutherland and Hodgman, *Reentrant Polygon Clipping* (1974); where
/// a ring leaves and comes back, the parts stay joined along the edge, which fills nothing.
pub(crate) fn ring(ring: &[Px], within: Option<Rect>) -> Vec<Px> {
    let Some(rect) = within else { return ring.to_vec() };
    if ring.iter().all(|at| rect.has(*at)) {
        return ring.to_vec();
    }
    let side = |ring: &[Px], depth: &dyn Fn(Px) -> f64| {
        let mut out = Vec::with_capacity(ring.len() + 4);
        for (i, to) in ring.iter().enumerate() {
            let from = ring[(i + ring.len() - 1) % ring.len()];
            let (a, b) = (depth(from), depth(*to));
            if (a < 0.0) != (b < 0.0) {
                out.push(between(from, *to, a / (a - b)));
            }
            if b >= 0.0 {
                out.push(*to);
            }
        }
        out
    };
    let ring = side(ring, &|at| at.x - rect.left);
    let ring = side(&ring, &|at| rect.right - at.x);
    let ring = side(&ring, &|at| at.y - rect.top);
    side(&ring, &|at| rect.bottom - at.y)
}

/// The parts of a line inside a rectangle. Source: Liang and Barsky, *A New Concept and Method for Line Clipping*
/// (1984).
pub(crate) fn line(points: &[Px], rect: Rect) -> Vec<Vec<Px>> {
    let mut parts: Vec<Vec<Px>> = Vec::new();
    let mut is_open = false;
    for pair in points.windows(2) {
        let Some((start, end)) = inside(pair[0], pair[1], rect) else {
            is_open = false;
            continue;
        };
        match parts.last_mut().filter(|_| is_open && start <= 0.0) {
            Some(part) => part.push(between(pair[0], pair[1], end)),
            None => {
                parts.push(vec![between(pair[0], pair[1], start), between(pair[0], pair[1], end)]);
            }
        }
        is_open = end >= 1.0;
    }
    parts
}

fn inside(from: Px, to: Px, rect: Rect) -> Option<(f64, f64)> {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for (move_out, room) in [
        (-dx, from.x - rect.left),
        (dx, rect.right - from.x),
        (-dy, from.y - rect.top),
        (dy, rect.bottom - from.y),
    ] {
        if move_out.abs() < 1e-12 {
            if room < 0.0 {
                return None;
            }
        } else if move_out < 0.0 {
            start = start.max(room / move_out);
        } else {
            end = end.min(room / move_out);
        }
    }
    (start < end).then_some((start, end))
}

fn between(from: Px, to: Px, share: f64) -> Px {
    Px { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const UNIT: Rect = Rect { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    fn at(x: f64, y: f64) -> Px {
        Px { x, y }
    }

    #[test]
    fn a_line_that_leaves_and_returns_is_two() {
        let parts = line(&[at(1.0, 5.0), at(20.0, 5.0), at(20.0, 8.0), at(1.0, 8.0)], UNIT);
        assert_eq!(parts, vec![vec![at(1.0, 5.0), at(10.0, 5.0)], vec![at(10.0, 8.0), at(1.0, 8.0)]]);
    }

    #[test]
    fn a_line_inside_is_left_alone() {
        let whole = vec![at(1.0, 1.0), at(5.0, 5.0), at(9.0, 1.0)];
        assert_eq!(line(&whole, UNIT), vec![whole]);
    }

    #[test]
    fn only_points_that_bend_the_line_are_kept() {
        let line: Vec<Px> =
            (0..100).map(|i| at(f64::from(i) * 0.1, if i == 50 { 4.0 } else { 0.0 })).collect();
        assert_eq!(sparse(&line).len(), 5);
        assert_eq!((sparse(&[]), sparse(&line[..1]).len()), (Vec::new(), 1));
    }

    #[test]
    fn a_ring_around_becomes_the_rectangle() {
        let around = [at(-5.0, -5.0), at(15.0, -5.0), at(15.0, 15.0), at(-5.0, 15.0)];
        let cut = ring(&around, Some(UNIT));
        assert_eq!(cut.len(), 4);
        assert!(cut.iter().all(|at| UNIT.has(*at)));
    }

    proptest! {
        #[test]
        fn nothing_is_left_outside(points in prop::collection::vec((-30.0..40.0, -30.0..40.0), 0..12)) {
            let points: Vec<Px> = points.into_iter().map(|(x, y)| at(x, y)).collect();
            let near = UNIT.grown(1e-6);
            prop_assert!(ring(&points, Some(UNIT)).iter().all(|at| near.has(*at)));
            prop_assert!(line(&points, UNIT).iter().flatten().all(|at| near.has(*at)));
        }
    }
}
