//! Rings in fewer corners, for as long as they are cut.
//!
//! Most of a coast, and most of a front line, runs where nothing else does. In a square through which one stretch of one ring passes
//! and nothing else, a chord does for the stretch: it lies in the square as the stretch does, so that it crosses nothing either,
//! and whatever the rings are cut by comes out the same but for the chords. Put back, no corner is lost or moved.

use super::clip::{Ring, Spot};
use rustc_hash::FxHashMap;

/// Sides of the squares, in centimetres: large ones for what is far from all else, then small ones for the rest.
const SQUARES: [i32; 2] = [4_000_000, 800_000];

type Square = (i32, i32);

/// What passes through a square: the first and last of the sides of one ring; `None` where there is more.
type Passage = Option<(u32, u32, u32)>;

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
        for size in SQUARES {
            brief.pass(size, fixed);
        }
        brief
    }

    fn pass(&mut self, size: i32, fixed: &[Ring]) {
        let mut squares: FxHashMap<Square, Passage> = FxHashMap::default();
        for (n, ring) in (0..).zip(&self.rings) {
            for (k, (a, b)) in (0..).zip(sides(ring)) {
                passed(a, b, size, |square| {
                    let passage = squares.entry(square).or_insert(Some((n, k, k)));
                    *passage =
                        passage.filter(|(ring, _, last)| *ring == n && last + 1 >= k).map(|p| (n, p.1, k));
                });
            }
        }
        for pair in fixed.iter().flat_map(|line| line.windows(2)) {
            passed(pair[0], pair[1], size, |square| {
                squares.insert(square, None);
            });
        }
        let mut chords = FxHashMap::default();
        for (n, ring) in (0..).zip(&mut self.rings) {
            let count = ring.len();
            let own = |at: Spot| (at.x.div_euclid(size), at.y.div_euclid(size));
            let mut kept = Ring::with_capacity(count);
            let mut k = 0;
            while k < count {
                kept.push(ring[k]);
                let square = own(ring[k]);
                // The stretch from this corner on that lies in its square.
                let end = (k + 1..count).find(|m| own(ring[*m]) != square).unwrap_or(count);
                // Its sides, with the one before it and the one after it, are all that passes there; at the seam of the ring none
                // is told.
                let is_lone =
                    squares.get(&square) == Some(&Some((n, (k as u32).wrapping_sub(1), end as u32 - 1)));
                if is_lone && end - k > 2 && end < count {
                    chords.insert((ring[k], ring[end - 1]), ring[k + 1..end - 1].to_vec());
                    kept.push(ring[end - 1]);
                    k = end;
                } else {
                    k += 1;
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

/// Calls with each square that a side passes through or comes near to.
fn passed(a: Spot, b: Spot, size: i32, mut each: impl FnMut(Square)) {
    /// So near, in centimetres: cutting moves corners by one or two.
    const NEAR: f64 = 4.0;
    let (a, b) = if (a.x, a.y) <= (b.x, b.y) { (a, b) } else { (b, a) };
    let [ax, ay, bx, by] = [a.x, a.y, b.x, b.y].map(f64::from);
    let square = |v: f64| (v / f64::from(size)).floor() as i32;
    let slope = if bx > ax { (by - ay) / (bx - ax) } else { 0.0 };
    for column in square(ax - NEAR)..=square(bx + NEAR) {
        let west = (f64::from(column) * f64::from(size) - NEAR).clamp(ax, bx);
        let east = ((f64::from(column) + 1.0) * f64::from(size) + NEAR).clamp(ax, bx);
        let (from, to) =
            if bx > ax { (ay + (west - ax) * slope, ay + (east - ax) * slope) } else { (ay, by) };
        for row in square(from.min(to) - NEAR)..=square(from.max(to) + NEAR) {
            each((column, row));
        }
    }
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
        let brief = Brief::of(vec![ring.clone()], &[ring.clone()]);
        assert_eq!(brief.rings, [ring]);
    }
}
