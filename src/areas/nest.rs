//! Rings that the even-odd rule fills: which of them lie alone, and which in which.
//!
//! Most rings of a day touch no other. What they bound is told by counting the sides that a line due east of them crosses (Shimrat,
//! *Algorithm 112: position of point relative to polygon*, CACM 5, 1962), and no overlay is needed for them.

use super::brief::Brief;
use super::clip::{self, Ring, Shapes, Spot};

/// A side of a ring, and which ring.
type Side = (Spot, Spot, u32);

/// The sides of rings, to be looked up by where they are.
struct Sides {
    all: Vec<Side>,
    /// Where each side reaches, in bands from south to north.
    bands: Lists,
    /// And in squares.
    squares: Lists,
    low: (i64, i64),
    /// Height of a band, side of a square, and how many of these there are in a row and in a column.
    height: i64,
    size: i64,
    wide: i64,
    tall: i64,
}

/// Numbers by what they belong to.
#[derive(Default)]
struct Lists {
    /// Where each list begins in `held`; one longer than there are lists.
    starts: Vec<u32>,
    held: Vec<u32>,
}

impl Lists {
    /// So many lists; `each` calls with every list and number, twice in the same order.
    fn of(count: usize, each: impl Fn(&mut dyn FnMut(usize, u32))) -> Self {
        let mut lists = Self { starts: vec![0; count + 1], held: Vec::new() };
        each(&mut |list, _| lists.starts[list] += 1);
        let mut sum = 0;
        for start in &mut lists.starts {
            sum += std::mem::replace(start, sum);
        }
        lists.held = vec![0; sum as usize];
        let mut next = lists.starts.clone();
        each(&mut |list, number| {
            lists.held[next[list] as usize] = number;
            next[list] += 1;
        });
        lists
    }

    fn list(&self, list: usize) -> &[u32] {
        &self.held[self.starts[list] as usize..self.starts[list + 1] as usize]
    }
}

impl Sides {
    fn of<'r>(rings: impl Iterator<Item = &'r Ring>) -> Self {
        let mut all: Vec<Side> = Vec::new();
        for (n, ring) in rings.enumerate() {
            let next = ring.iter().cycle().skip(1);
            all.extend(ring.iter().zip(next).map(|(&a, &b)| (a, b, n as u32)));
        }
        let first = all.first().map_or(Spot::new(0, 0), |(a, ..)| *a);
        let (low, high) = all.iter().fold((first, first), |(low, high), (a, ..)| {
            (Spot::new(low.x.min(a.x), low.y.min(a.y)), Spot::new(high.x.max(a.x), high.y.max(a.y)))
        });
        let low = (i64::from(low.x), i64::from(low.y));
        let (across, up) = (i64::from(high.x) - low.0, i64::from(high.y) - low.1);
        let bands = (all.len() as u32 / 8).clamp(1, 4096);
        let along = ((all.len() as f64).sqrt() * 3.0).clamp(1.0, 512.0);
        let (height, size) = (up / i64::from(bands) + 1, (across.max(up) as f64 / along) as i64 + 1);
        let (wide, tall) = (across / size + 1, up / size + 1);
        let mut sides =
            Self { all, bands: Lists::default(), squares: Lists::default(), low, height, size, wide, tall };
        sides.bands = Lists::of((up / height + 1) as usize, |add| {
            for (n, (a, b, _)) in (0..).zip(&sides.all) {
                for band in sides.band(a.y.min(b.y).into())..=sides.band(a.y.max(b.y).into()) {
                    add(band, n);
                }
            }
        });
        sides.squares = Lists::of((wide * tall) as usize, |add| {
            for (n, (a, b, _)) in (0..).zip(&sides.all) {
                sides.reached(*a, *b, 0).for_each(|square| add(square, n));
            }
        });
        sides
    }

    fn band(&self, y: i64) -> usize {
        ((y - self.low.1) / self.height) as usize
    }

    /// The squares that the box around a side, and so much more, reaches into.
    fn reached(&self, a: Spot, b: Spot, more: i32) -> impl Iterator<Item = usize> + use<> {
        let square =
            |v: i32, low: i64, last: i64| ((i64::from(v) - low).div_euclid(self.size)).clamp(0, last);
        let x = |v: i32| square(v, self.low.0, self.wide - 1);
        let y = |v: i32| square(v, self.low.1, self.tall - 1);
        let columns = x(a.x.min(b.x) - more)..=x(a.x.max(b.x) + more);
        let wide = self.wide;
        let rows = y(a.y.min(b.y) - more)..=y(a.y.max(b.y) + more);
        rows.flat_map(move |row| columns.clone().map(move |column| (row * wide + column) as usize))
    }

    /// Whether a side comes near one of these that `counts`: by its number and its ring.
    fn meet(&self, (a, b): (Spot, Spot), counts: impl Fn(u32, u32) -> bool) -> bool {
        let (low, high) = (a.y.min(b.y) - CLEAR, a.y.max(b.y) + CLEAR);
        let (west, east) = (a.x.min(b.x) - CLEAR, a.x.max(b.x) + CLEAR);
        self.reached(a, b, CLEAR).any(|square| {
            self.squares.list(square).iter().any(|&n| {
                let (c, d, ring) = self.all[n as usize];
                c.x.min(d.x) <= east
                    && c.x.max(d.x) >= west
                    && c.y.min(d.y) <= high
                    && c.y.max(d.y) >= low
                    && counts(n, ring)
                    && is_near((a, b), (c, d))
            })
        })
    }

    /// Whether a ring of these, the first of whose sides has this number, comes near no other, nor near itself but at the corners
    /// between its sides.
    fn is_free(&self, own: u32, first: u32, ring: &Ring) -> bool {
        let count = ring.len() as u32;
        (0..count).all(|k| {
            let next = |n: u32| first + (n - first + 1) % count;
            let here = first + k;
            let is_other =
                |n: u32, ring: u32| ring != own || (n != here && next(n) != here && next(here) != n);
            let (a, b, _) = self.all[here as usize];
            let (_, c, _) = self.all[next(here) as usize];
            let is_fold = left(a, b, c) == 0 && (is_near((a, a), (b, c)) || is_near((c, c), (a, b)));
            !is_fold && !self.meet((a, b), is_other)
        })
    }

    /// The other rings around a ring that crosses none.
    fn around(&self, own: Option<u32>, ring: &Ring) -> Vec<u32> {
        let mut around: Vec<u32> = Vec::new();
        let [start, end, ..] = ring[..] else { return around };
        // The middle of a side, in half centimetres: no other ring has a corner there.
        let (x, y) = (i64::from(start.x) + i64::from(end.x), i64::from(start.y) + i64::from(end.y));
        if self.all.is_empty()
            || y < 2 * self.low.1
            || self.band(y.div_euclid(2)) + 1 >= self.bands.starts.len()
        {
            return around;
        }
        let band = self.bands.list(self.band(y.div_euclid(2)));
        for (a, b, ring) in band.iter().map(|n| self.all[*n as usize]) {
            let [ax, ay, bx, by] = [a.x, a.y, b.x, b.y].map(|v| 2 * i64::from(v));
            if Some(ring) == own || (ay > y) == (by > y) {
                continue;
            }
            let (rise, run) = ((by - ay) as f64, (bx - ax) as f64);
            let is_east = (run * (y - ay) as f64 - (x - ax) as f64 * rise > 0.0) == (rise > 0.0);
            if is_east {
                match around.iter().position(|other| *other == ring) {
                    Some(n) => drop(around.swap_remove(n)),
                    None => around.push(ring),
                }
            }
        }
        around
    }
}

/// So near each other, in centimetres, rings are taken to touch: cutting moves corners by one at most.
const CLEAR: i32 = 4;

/// Which side of a line from one point to another a third is on.
fn left(p: Spot, q: Spot, r: Spot) -> i128 {
    let [px, py, qx, qy, rx, ry] = [p.x, p.y, q.x, q.y, r.x, r.y].map(i128::from);
    ((qx - px) * (ry - py) - (qy - py) * (rx - px)).signum()
}

/// Whether two sides cross or come near each other.
fn is_near(one: (Spot, Spot), other: (Spot, Spot)) -> bool {
    let apart = |at: Spot, from: Spot, to: Spot| {
        let off = |to: Spot| (f64::from(to.x) - f64::from(from.x), f64::from(to.y) - f64::from(from.y));
        let (there, side) = (off(at), off(to));
        let length = side.0 * side.0 + side.1 * side.1;
        let along = (there.0 * side.0 + there.1 * side.1) / length;
        let along = if length > 0.0 { along.clamp(0.0, 1.0) } else { 0.0 };
        (along * side.0 - there.0).powi(2) + (along * side.1 - there.1).powi(2)
    };
    let near = f64::from(CLEAR).powi(2);
    let ends = |from: (Spot, Spot), to: (Spot, Spot)| {
        apart(from.0, to.0, to.1) <= near || apart(from.1, to.0, to.1) <= near
    };
    let parts = |by: (Spot, Spot), of: (Spot, Spot)| left(by.0, by.1, of.0) != left(by.0, by.1, of.1);
    ends(one, other) || ends(other, one) || (parts(one, other) && parts(other, one))
}

/// What of land lies within rings and what does not, both as rings that the even-odd rule fills. `None` where it cannot be
/// worked out.
///
/// Rings that touch no other need no cutting. One of the land bounds what is in or what is out, as a whole; one of the others, where
/// it runs on land, bounds both.
pub(super) fn split(land: &[Ring], within: &[Ring]) -> Option<(Vec<Ring>, Vec<Ring>)> {
    let sides = Sides::of(land.iter().chain(within));
    let all = || (0..).zip(land.iter().chain(within));
    let mut first = 0;
    let mut is_free = Vec::with_capacity(land.len() + within.len());
    for (n, ring) in all() {
        is_free.push(sides.is_free(n, first, ring));
        first += ring.len() as u32;
    }
    // A free ring around others that are not is cut along with them: what is land, there, hangs on it.
    let held: Vec<u32> = all()
        .filter(|(n, _)| !is_free[*n as usize])
        .flat_map(|(n, ring)| sides.around(Some(n), ring))
        .collect();
    for n in held {
        is_free[n as usize] = false;
    }
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    let (mut lands, mut withins) = (Vec::new(), Vec::new());
    for (n, ring) in all() {
        let is_land = (n as usize) < land.len();
        if !is_free[n as usize] {
            if is_land { &mut lands } else { &mut withins }.push(ring.clone());
            continue;
        }
        let around = sides.around(Some(n), ring);
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
    let sides = Sides::of(shape.iter());
    let (mut inside, mut others) = (Vec::new(), Vec::new());
    for line in lines {
        if line.windows(2).any(|pair| sides.meet((pair[0], pair[1]), |_, _| true)) {
            others.push(line.clone());
        } else if sides.around(None, line).len() % 2 == 1 {
            inside.push(line.clone());
        }
    }
    if !others.is_empty() {
        inside.extend(clip::lines(&Brief::of(shape.to_vec(), &others).rings, &others));
    }
    inside
}

/// Rings that do not cross put together to polygons: each outer one with its holes, in an order that depends on where they
/// lie and on nothing else.
pub(super) fn nested(rings: &[Ring]) -> Shapes {
    let sides = Sides::of(rings.iter());
    let around: Vec<Vec<u32>> =
        rings.iter().enumerate().map(|(n, ring)| sides.around(Some(n as u32), ring)).collect();
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
    fn a_ring_is_free_if_it_meets_no_other_and_not_itself() {
        let bow: Ring = [(0, 0), (100, 100), (100, 0), (0, 100)].map(|(x, y)| Spot::new(x, y)).to_vec();
        let rings = [bow, square(200, 0, 100), square(220, 20, 20), square(500, 0, 100), square(520, 2, 20)];
        let sides = Sides::of(rings.iter());
        let is_free = |n: u32| sides.is_free(n, n * 4, &rings[n as usize]);
        assert_eq!([0, 1, 2, 3, 4].map(is_free), [false, true, true, false, false]);
    }

    proptest! {
        /// Squares that touch, cross, lie in each other or alone.
        #[test]
        fn what_lies_alone_is_cut_as_the_overlay_cuts_it(
            land in prop::collection::vec((0..40, 0..40, 1..40), 1..8),
            within in prop::collection::vec((0..40, 0..40, 1..30), 0..8),
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
