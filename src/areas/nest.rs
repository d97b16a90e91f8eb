//! Rings that the even-odd rule fills: which of them lie alone, and which in which.
//!
//! Most rings of a day touch no other. What they bound is told by counting the sides that a line due east of them crosses (Shimrat,
//! *Algorithm 112: position of point relative to polygon*, CACM 5, 1962), and no overlay is needed for them.

use super::brief::Brief;
use super::clip::{self, Ring, Shapes, Spot};

/// A side of a ring, and which ring.
type Side = (Spot, Spot, u32);

/// The sides of rings by the bands of the plane they reach into, from south to north.
struct Sides {
    all: Vec<Side>,
    south: i64,
    height: i64,
    /// Where each band begins in `held`; one longer than there are bands.
    starts: Vec<u32>,
    held: Vec<u32>,
}

impl Sides {
    fn of<'r>(rings: impl Iterator<Item = &'r Ring>) -> Self {
        let mut all: Vec<Side> = Vec::new();
        for (n, ring) in rings.enumerate() {
            let next = ring.iter().cycle().skip(1);
            all.extend(ring.iter().zip(next).map(|(&a, &b)| (a, b, n as u32)));
        }
        let south = all.iter().map(|(a, ..)| i64::from(a.y)).min().unwrap_or(0);
        let north = all.iter().map(|(a, ..)| i64::from(a.y)).max().unwrap_or(0);
        let count = (all.len() / 8).clamp(1, 4096);
        let mut sides = Self {
            all,
            south,
            height: (north - south) / count as i64 + 1,
            starts: vec![0; count + 1],
            held: Vec::new(),
        };
        let reaches: Vec<(usize, usize)> = sides
            .all
            .iter()
            .map(|(a, b, _)| (sides.band(a.y.min(b.y).into()), sides.band(a.y.max(b.y).into())))
            .collect();
        for &(low, high) in &reaches {
            sides.starts[low..=high].iter_mut().for_each(|count| *count += 1);
        }
        let mut sum = 0;
        for start in &mut sides.starts {
            sum += std::mem::replace(start, sum);
        }
        sides.held = vec![0; sum as usize];
        let mut next = sides.starts.clone();
        for (n, (low, high)) in reaches.into_iter().enumerate() {
            for band in &mut next[low..=high] {
                sides.held[*band as usize] = n as u32;
                *band += 1;
            }
        }
        sides
    }

    fn band(&self, y: i64) -> usize {
        let last = self.starts.len().saturating_sub(2);
        usize::try_from((y - self.south) / self.height).map_or(0, |band| band.min(last))
    }

    fn within(&self, south: i64, north: i64) -> impl Iterator<Item = &Side> {
        (self.band(south)..=self.band(north)).flat_map(|band| {
            let held = self.starts[band] as usize..self.starts[band + 1] as usize;
            self.held[held].iter().map(|n| &self.all[*n as usize])
        })
    }

    /// Whether a side of another ring comes near a box.
    fn reach(&self, own: u32, (low, high): (Spot, Spot)) -> bool {
        self.within((low.y - CLEAR).into(), (high.y + CLEAR).into()).any(|(a, b, ring)| {
            *ring != own
                && a.x.min(b.x) <= high.x + CLEAR
                && a.x.max(b.x) >= low.x - CLEAR
                && a.y.min(b.y) <= high.y + CLEAR
                && a.y.max(b.y) >= low.y - CLEAR
        })
    }

    /// The other rings around a ring that crosses none.
    fn around(&self, own: u32, ring: &Ring) -> Vec<u32> {
        let mut around: Vec<u32> = Vec::new();
        let [a, b, ..] = ring[..] else { return around };
        // The middle of a side, in half centimetres: no other ring has a corner there.
        let (x, y) = (i64::from(a.x) + i64::from(b.x), i64::from(a.y) + i64::from(b.y));
        for (a, b, ring) in self.within(y.div_euclid(2), y.div_euclid(2)) {
            let [ax, ay, bx, by] = [a.x, a.y, b.x, b.y].map(|v| 2 * i64::from(v));
            if *ring == own || (ay > y) == (by > y) {
                continue;
            }
            let (rise, run) = ((by - ay) as f64, (bx - ax) as f64);
            let is_east = (run * (y - ay) as f64 - (x - ax) as f64 * rise > 0.0) == (rise > 0.0);
            if is_east {
                match around.iter().position(|other| other == ring) {
                    Some(n) => drop(around.swap_remove(n)),
                    None => around.push(*ring),
                }
            }
        }
        around
    }
}

/// So near each other, in centimetres, rings are taken to touch: cutting moves corners by one at most.
const CLEAR: i32 = 4;

/// A ring of more corners is not looked at, whether it lies alone.
const SMALL: usize = 160;

/// The box around a ring.
fn frame(ring: &Ring) -> (Spot, Spot) {
    let first = ring.first().copied().unwrap_or_default();
    ring.iter().fold((first, first), |(low, high), at| {
        (Spot::new(low.x.min(at.x), low.y.min(at.y)), Spot::new(high.x.max(at.x), high.y.max(at.y)))
    })
}

/// Whether no two sides of a ring meet but at the corner they share.
fn is_simple(ring: &Ring) -> bool {
    let count = ring.len();
    let side = |n: usize| (ring[n], ring[(n + 1) % count]);
    let left = |p: Spot, q: Spot, r: Spot| {
        let [px, py, qx, qy, rx, ry] = [p.x, p.y, q.x, q.y, r.x, r.y].map(i128::from);
        ((qx - px) * (ry - py) - (qy - py) * (rx - px)).signum()
    };
    count >= 3
        && (0..count).all(|n| {
            let (a, b) = side(n);
            let turns = left(a, b, ring[(n + 2) % count]) != 0;
            turns
                && (n + 2..count).filter(|m| n + count != m + 1).all(|m| {
                    let (c, d) = side(m);
                    let is_apart = a.x.max(b.x) < c.x.min(d.x)
                        || c.x.max(d.x) < a.x.min(b.x)
                        || a.y.max(b.y) < c.y.min(d.y)
                        || c.y.max(d.y) < a.y.min(b.y);
                    is_apart || left(a, b, c) * left(a, b, d) > 0 || left(c, d, a) * left(c, d, b) > 0
                })
        })
}

/// What of land lies within rings and what does not, both as rings that the even-odd rule fills. `None` where it cannot be
/// worked out.
///
/// Small rings that touch no other need no cutting. By the even-odd rule each ring turns what it bounds over, whatever the
/// others bound: one of the land is in or out as a whole, one of the others bounds both what lies within and what does not.
pub(super) fn split(land: &[Ring], within: &[Ring]) -> Option<(Vec<Ring>, Vec<Ring>)> {
    let sides = Sides::of(land.iter().chain(within));
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    let (mut lands, mut withins) = (Vec::new(), Vec::new());
    for (n, ring) in land.iter().chain(within).enumerate() {
        let (is_land, n) = (n < land.len(), n as u32);
        let is_alone = ring.len() <= SMALL && !sides.reach(n, frame(ring)) && (is_land || is_simple(ring));
        if !is_alone {
            if is_land { &mut lands } else { &mut withins }.push(ring.clone());
            continue;
        }
        let around = sides.around(n, ring);
        let of_land = around.iter().filter(|other| (**other as usize) < land.len()).count();
        if is_land {
            let is_in = (around.len() - of_land) % 2 == 1;
            if is_in { &mut inside } else { &mut outside }.push(ring.clone());
        } else if of_land % 2 == 1 {
            inside.push(ring.clone());
            outside.push(ring.clone());
        }
    }
    let count = lands.len();
    let brief = Brief::of([lands, withins].concat(), &[]);
    let (lands, withins) = brief.rings.split_at(count);
    let (more_inside, more_outside) = clip::split(lands, withins)?;
    inside.extend(brief.in_full(more_inside));
    outside.extend(brief.in_full(more_outside));
    Some((inside, outside))
}

/// The rings of two pieces of land that only touch: by the even-odd rule those of both together.
pub(super) fn joined(one: &[Ring], other: &[Ring]) -> Vec<Ring> {
    let both = [one, other].concat();
    if one.is_empty() || other.is_empty() {
        return both;
    }
    let brief = Brief::of(both, &[]);
    brief.in_full(clip::nested(&brief.rings).concat())
}

/// What of lines lies in a shape given by rings that the even-odd rule fills.
pub(super) fn lines(shape: &[Ring], lines: &[Ring]) -> Vec<Ring> {
    clip::lines(&Brief::of(shape.to_vec(), lines).rings, lines)
}

/// Rings that do not cross put together to polygons: each outer one with its holes, in an order that depends on where they
/// lie and on nothing else.
pub(super) fn nested(rings: &[Ring]) -> Shapes {
    let sides = Sides::of(rings.iter());
    let around: Vec<Vec<u32>> =
        rings.iter().enumerate().map(|(n, ring)| sides.around(n as u32, ring)).collect();
    let is_outer = |n: u32| around[n as usize].len().is_multiple_of(2);
    let mut shapes: Vec<Vec<Ring>> = Vec::new();
    let mut number = vec![None; rings.len()];
    for n in (0..rings.len()).filter(|n| is_outer(*n as u32)) {
        number[n] = Some(shapes.len());
        shapes.push(vec![ordered(&rings[n])]);
    }
    for n in (0..rings.len()).filter(|n| !is_outer(*n as u32)) {
        let innermost = around[n].iter().max_by_key(|other| around[**other as usize].len());
        // There is none where rings cross after all.
        let Some(shape) = innermost.and_then(|other| number[*other as usize]) else {
            return clip::nested(rings);
        };
        shapes[shape].push(ordered(&rings[n]));
    }
    for shape in &mut shapes {
        shape[1..].sort_unstable();
    }
    shapes.sort_unstable();
    shapes
}

/// A ring from its westernmost corner on.
fn ordered(ring: &Ring) -> Ring {
    let first = (0..ring.len()).min_by_key(|n| (ring[*n].x, ring[*n].y)).unwrap_or(0);
    ring[first..].iter().chain(&ring[..first]).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn square(x: i32, y: i32, size: i32) -> Ring {
        [(0, 0), (size, 0), (size, size), (0, size)].map(|(dx, dy)| Spot::new(x + dx, y + dy)).to_vec()
    }

    fn size(shapes: &[Vec<Ring>]) -> i64 {
        let twice = |ring: &Ring| -> i64 {
            let next = ring.iter().cycle().skip(1);
            let cross =
                |(a, b): (&Spot, &Spot)| i64::from(a.x) * i64::from(b.y) - i64::from(b.x) * i64::from(a.y);
            ring.iter().zip(next).map(cross).sum::<i64>().abs()
        };
        let of = |shape: &Vec<Ring>| twice(&shape[0]) - shape[1..].iter().map(twice).sum::<i64>();
        shapes.iter().map(of).sum()
    }

    #[test]
    fn an_island_in_a_lake_on_an_island_is_a_polygon_of_its_own() {
        let rings = [square(20, 20, 60), square(0, 0, 100), square(30, 30, 20), square(200, 0, 10)];
        let shapes = nested(&rings);
        assert_eq!(shapes.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1, 1]);
        assert_eq!(shapes[0], [square(0, 0, 100), square(20, 20, 60)]);
    }

    #[test]
    fn a_ring_that_crosses_itself_does_not_count_as_alone() {
        let bow: Ring = [(0, 0), (10, 10), (10, 0), (0, 10)].map(|(x, y)| Spot::new(x, y)).to_vec();
        assert!(!is_simple(&bow) && is_simple(&square(0, 0, 5)));
    }

    proptest! {
        /// Squares that touch, cross, lie in each other or alone.
        #[test]
        fn what_lies_alone_is_cut_as_the_overlay_cuts_it(
            land in prop::collection::vec((0..40, 0..40, 1..20), 1..6),
            within in prop::collection::vec((0..40, 0..40, 1..6), 0..8),
        ) {
            let squares = |all: &[(i32, i32, i32)]| -> Vec<Ring> {
                all.iter().map(|(x, y, size)| square(x * 5, y * 5, size * 5)).collect()
            };
            let land = clip::nested(&squares(&land)).concat();
            let within = squares(&within);
            let (inside, outside) = split(&land, &within).unwrap();
            let (expected_in, expected_out) = clip::split(&land, &within).unwrap();
            for (rings, expected) in [(inside, expected_in), (outside, expected_out)] {
                let (mine, theirs) = (nested(&rings), clip::nested(&expected));
                prop_assert_eq!(size(&mine), size(&theirs));
                // Nothing is left of either without the other.
                let (_, only) = clip::split(&mine.concat(), &theirs.concat()).unwrap();
                prop_assert_eq!(size(&clip::nested(&only)), 0);
            }
        }
    }
}
