//! Rings in fewer corners, for as long as they are cut.
//!
//! Most of a coast, and most of a front line, runs where nothing else does. In a square through which one stretch of one ring passes
//! and nothing else, a chord does for the stretch: it lies in the square as the stretch does, so that it crosses nothing either,
//! and whatever the rings are cut by comes out the same but for the chords. Put back, no corner is lost or moved.

use super::clip::{Ring, Spot};
use rustc_hash::FxHashMap;

/// Squares along the longer side of what is cut, as a share of the root of the number of sides: first large ones for what is far
/// from all else, then small ones for the rest.
const SQUARES: [f64; 2] = [0.5, 2.0];

/// What passes through a square: a ring, and the first and last of its sides.
type Passage = (u32, u32, u32);

/// Nothing passes.
const NOTHING: Passage = (u32::MAX, 0, 0);

/// More than one stretch of one ring passes.
const MUCH: Passage = (u32::MAX, 1, 1);

/// What passes through each square of a plane.
struct Squares {
    low: (i64, i64),
    size: i64,
    wide: i64,
    tall: i64,
    passages: Vec<Passage>,
}

impl Squares {
    /// So many of them along the longer side of rings.
    fn over(rings: &[Ring], count: i64) -> Self {
        let spots = || rings.iter().flatten();
        let range = |of: fn(&Spot) -> i32| {
            let (low, high) =
                spots().map(of).fold((i32::MAX, i32::MIN), |(low, high), v| (low.min(v), high.max(v)));
            (i64::from(low.min(high)) - NEAR, i64::from(high.max(low)) + NEAR)
        };
        let ((west, east), (south, north)) = (range(|at| at.x), range(|at| at.y));
        let size = (east - west).max(north - south) / count + 1;
        let (wide, tall) = ((east - west) / size + 1, (north - south) / size + 1);
        Self { low: (west, south), size, wide, tall, passages: vec![NOTHING; (wide * tall) as usize] }
    }

    fn square(&self, x: i64, y: i64) -> (i64, i64) {
        ((x - self.low.0).div_euclid(self.size), (y - self.low.1).div_euclid(self.size))
    }

    /// The number of the square of a corner of the rings.
    fn number(&self, at: Spot) -> usize {
        let (x, y) = self.square(at.x.into(), at.y.into());
        (y * self.wide + x) as usize
    }

    /// Changes what passes through each square that a side passes through or comes near to.
    fn pass(&mut self, a: Spot, b: Spot, mut change: impl FnMut(&mut Passage)) {
        let (a, b) = if (a.x, a.y) <= (b.x, b.y) { (a, b) } else { (b, a) };
        let [ax, ay, bx, by] = [a.x, a.y, b.x, b.y].map(i64::from);
        let (low, high) =
            (self.square(ax - NEAR, ay.min(by) - NEAR), self.square(bx + NEAR, ay.max(by) + NEAR));
        let slope = if bx > ax { (by - ay) as f64 / (bx - ax) as f64 } else { 0.0 };
        for column in low.0.max(0)..=high.0.min(self.wide - 1) {
            let rows = if low.1 == high.1 || low.0 == high.0 {
                (low.1, high.1)
            } else {
                let west = (self.low.0 + column * self.size - NEAR).clamp(ax, bx);
                let east = (self.low.0 + (column + 1) * self.size + NEAR).clamp(ax, bx);
                let [from, to] = [west, east].map(|x| ay + ((x - ax) as f64 * slope).round() as i64);
                (self.square(0, from.min(to) - 2 * NEAR).1, self.square(0, from.max(to) + 2 * NEAR).1)
            };
            for row in rows.0.max(0)..=rows.1.min(self.tall - 1) {
                change(&mut self.passages[(row * self.wide + column) as usize]);
            }
        }
    }
}

/// So near, in centimetres, something passes: cutting moves corners by one or two.
const NEAR: i64 = 4;

/// Rings with chords for stretches of them.
pub(super) struct Brief {
    /// The rings, in the order in which they were given.
    pub(super) rings: Vec<Ring>,
    /// For each pass, from chords to the corners in between.
    chords: Vec<FxHashMap<(Spot, Spot), Ring>>,
}

impl Brief {
    /// These rings in brief, where `fixed` lines, which stay as they are, do not pass.
    pub(super) fn of(rings: Vec<Ring>, fixed: &[Ring]) -> Self {
        let mut brief = Self { rings, chords: Vec::new() };
        for share in SQUARES {
            let sides = brief.rings.iter().map(Vec::len).sum::<usize>();
            let count = (share * (sides as f64).sqrt()).clamp(1.0, 512.0);
            brief.pass(count as i64, fixed);
        }
        brief
    }

    fn pass(&mut self, count: i64, fixed: &[Ring]) {
        let mut squares = Squares::over(&self.rings, count);
        for (n, ring) in (0..).zip(&self.rings) {
            for (k, (a, b)) in (0..).zip(sides(ring)) {
                squares.pass(a, b, |passage| match *passage {
                    NOTHING => *passage = (n, k, k),
                    (ring, first, last) if ring == n && last + 1 >= k => *passage = (n, first, k),
                    _ => *passage = MUCH,
                });
            }
        }
        for pair in fixed.iter().flat_map(|line| line.windows(2)) {
            squares.pass(pair[0], pair[1], |passage| *passage = MUCH);
        }
        let mut chords = FxHashMap::default();
        for (n, ring) in (0..).zip(&mut self.rings) {
            let count = ring.len();
            let own: Vec<usize> = ring.iter().map(|at| squares.number(*at)).collect();
            let mut kept = Ring::with_capacity(count);
            let mut k = 0;
            while k < count {
                kept.push(ring[k]);
                // The stretch from this corner on that lies in its square.
                let end = (k + 1..count).find(|m| own[*m] != own[k]).unwrap_or(count);
                // Its sides, with the one before it and the one after it, are all that passes there; at the seam of the ring none
                // is told.
                let is_lone = squares.passages[own[k]] == (n, (k as u32).wrapping_sub(1), end as u32 - 1);
                if is_lone && end - k > 2 && end < count {
                    chords.insert((ring[k], ring[end - 1]), ring[k + 1..end - 1].to_vec());
                    kept.push(ring[end - 1]);
                    k = end;
                } else {
                    kept.extend(&ring[k + 1..end]);
                    k = end;
                }
            }
            *ring = kept;
        }
        self.chords.push(chords);
    }

    /// Rings that were cut from those in brief, in full again.
    pub(super) fn in_full(&self, mut rings: Vec<Ring>) -> Vec<Ring> {
        for chords in self.chords.iter().rev().filter(|chords| !chords.is_empty()) {
            for ring in &mut rings {
                let mut full = Ring::with_capacity(ring.len());
                for (a, b) in sides(ring) {
                    full.push(a);
                    if let Some(between) = chords.get(&(a, b)) {
                        full.extend(between);
                    } else if let Some(between) = chords.get(&(b, a)) {
                        full.extend(between.iter().rev());
                    }
                }
                *ring = full;
            }
        }
        rings
    }
}

/// The sides of a ring.
fn sides(ring: &Ring) -> impl Iterator<Item = (Spot, Spot)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

#[cfg(test)]
mod tests {
    use super::super::clip;
    use super::*;

    /// A ring around a middle, in centimetres, with so many corners, in and out by turns.
    fn wavy(x: i32, y: i32, radius: f64, count: u32) -> Ring {
        let corner = |n: u32| {
            let turn = std::f64::consts::TAU * f64::from(n) / f64::from(count);
            let far = radius * (1.0 + 0.001 * f64::from(n * 7 % 5));
            Spot::new(x + (far * turn.cos()) as i32, y + (far * turn.sin()) as i32)
        };
        (0..count).map(corner).collect()
    }

    #[test]
    fn rings_in_brief_are_the_same_in_full() {
        let rings = vec![wavy(0, 0, 3e7, 2000), wavy(1_000_000, 500_000, 4e6, 300)];
        let brief = Brief::of(rings.clone(), &[]);
        let count = |rings: &[Ring]| rings.iter().map(Vec::len).sum::<usize>();
        assert!(count(&brief.rings) * 3 < count(&rings), "{}", count(&brief.rings));
        assert_eq!(brief.in_full(brief.rings.clone()), rings);
    }

    #[test]
    fn what_is_cut_in_brief_comes_out_as_cut_in_full() {
        for (land, within) in [
            (wavy(0, 0, 3e7, 2000), wavy(2_000_000, 25_000_000, 2e7, 1500)),
            (wavy(0, 0, 3e7, 2000), wavy(10, 10, 3.02e7, 2000)),
            (wavy(0, 0, 3e6, 200), wavy(3_000_000, 100_000, 3e6, 200)),
        ] {
            let brief = Brief::of(vec![land.clone(), within.clone()], &[]);
            let cut = clip::split(&brief.rings[..1], &brief.rings[1..]).unwrap();
            let full = clip::split(&[land], &[within]).unwrap();
            let sorted = |rings: Vec<Ring>| super::super::nest::nested(&rings);
            assert_eq!(sorted(brief.in_full(cut.0)), sorted(full.0));
            assert_eq!(sorted(brief.in_full(cut.1)), sorted(full.1));
        }
    }

    #[test]
    fn a_line_that_stays_as_it_is_is_kept_clear_of() {
        let ring = wavy(0, 0, 3e7, 2000);
        let brief = Brief::of(vec![ring.clone()], std::slice::from_ref(&ring));
        assert_eq!(brief.rings, [ring]);
    }
}
