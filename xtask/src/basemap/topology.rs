//! Shared borders: units as rings of arcs, where an arc is a stretch of line with the same neighbours on both sides.
//!
//! Since each arc is kept (and simplified) once, neighbours meet without gaps and never overlap.

use super::P;
use super::sources::Unit;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What an arc divides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Land from sea.
    Coast = 0,
    /// Two countries.
    Border = 1,
    /// Two countries, or two administrations of one, on a line that is not recognised.
    Disputed = 2,
    /// Two first-level units of one country.
    Admin1 = 3,
    /// Nothing: where the source is cut at the edge of the map.
    Cut = 4,
}

/// A stretch of line.
pub(crate) struct Arc {
    /// What it divides.
    pub(crate) class: Class,
    /// Its points; first and last are the same where it is a ring by itself.
    pub(crate) points: Vec<P>,
    left: Option<usize>,
    right: Option<usize>,
}

/// An arc as a ring walks it: `!n` is arc `n` backwards.
pub(crate) type Walk = i32;

/// Polygons of rings of arcs, the first ring of each the outer one.
pub(crate) type Shape = Vec<Vec<Vec<Walk>>>;

/// Units and the arcs they share.
pub(crate) struct Topology {
    /// The units; their own rings are taken out.
    pub(crate) units: Vec<Unit>,
    /// For each unit its shape.
    pub(crate) rings: Vec<Shape>,
    /// The arcs.
    pub(crate) arcs: Vec<Arc>,
    areas: Vec<f64>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Sides {
    left: Option<usize>,
    right: Option<usize>,
}

impl Topology {
    /// Finds the arcs of units whose rings share points where they share borders.
    pub(crate) fn of(mut units: Vec<Unit>, disputed: &[Vec<P>]) -> Self {
        let polygons: Vec<_> = units.iter_mut().map(|unit| std::mem::take(&mut unit.polygons)).collect();
        let areas =
            polygons.iter().map(|unit| unit.iter().flatten().map(|ring| square_km(ring)).sum()).collect();

        let mut edges: HashMap<(P, P), Sides> = HashMap::new();
        for (unit, rings) in polygons.iter().enumerate() {
            for (a, b) in rings.iter().flatten().flat_map(|ring| sides_of(ring)) {
                let sides = edges.entry((a.min(b), a.max(b))).or_default();
                *(if a < b { &mut sides.left } else { &mut sides.right }) = Some(unit);
            }
        }
        let near = Near::of(disputed);
        let kind = |a: P, b: P| {
            let sides = edges[&(a.min(b), a.max(b))];
            let class = class(&units, sides, a, b, &near);
            let seen = if a < b { sides } else { Sides { left: sides.right, right: sides.left } };
            (class, seen)
        };

        // A junction is where anything other than one line of one kind passes.
        let mut first: HashMap<P, (P, P)> = HashMap::new();
        let mut junctions: HashSet<P> = HashSet::new();
        for ring in polygons.iter().flatten().flatten() {
            for n in 0..ring.len() {
                let (a, b, c) =
                    (ring[(n + ring.len() - 1) % ring.len()], ring[n], ring[(n + 1) % ring.len()]);
                let ends = (a.min(c), a.max(c));
                if kind(a, b) != kind(b, c) || *first.entry(b).or_insert(ends) != ends {
                    junctions.insert(b);
                }
            }
        }

        let mut map = Self { units: Vec::new(), rings: Vec::new(), arcs: Vec::new(), areas };
        let mut known: HashMap<(P, P), Walk> = HashMap::new();
        for rings in &polygons {
            let walks = rings.iter().map(|polygon| {
                polygon
                    .iter()
                    .map(|ring| {
                        stretches(ring, &junctions)
                            .into_iter()
                            .map(|points| {
                                let (class, sides) = kind(points[0], points[1]);
                                map_arc(&mut map.arcs, &mut known, points, class, sides)
                            })
                            .collect()
                    })
                    .collect()
            });
            let walks = walks.collect();
            map.rings.push(walks);
        }
        map.units = units;
        map
    }

    /// How far each arc may be simplified, in square kilometres: about three square pixels of a 1,600-pixel map of the
    /// smaller of the countries beside it, and never so far that a small unit could vanish.
    pub(crate) fn limits(&self) -> Vec<f64> {
        let mut countries: BTreeMap<&str, f64> = BTreeMap::new();
        for (unit, area) in self.units.iter().zip(&self.areas) {
            *countries.entry(&unit.country).or_default() += area;
        }
        self.arcs
            .iter()
            .map(|arc| {
                // Ragged coasts of the far north and south would fill a third of the file.
                let polar = arc.class == Class::Coast && arc.points.iter().any(|at| at.1.abs() > 600_000);
                let coarser = if polar { 3.0 } else { 1.0 };
                let beside = [arc.left, arc.right].into_iter().flatten();
                beside
                    .map(|unit| {
                        let country =
                            (countries[self.units[unit].country.as_str()] * 2.5e-6).clamp(1e-4, 1.2);
                        (country * coarser).min(self.areas[unit] * 3e-3)
                    })
                    .fold(f64::MAX, f64::min)
            })
            .collect()
    }

    /// Takes out islets too small to be seen, but never the greatest island of a unit. Says how many.
    pub(crate) fn drop_islets(&mut self) -> usize {
        let limits = self.limits();
        let size = |walk: &[Walk], arcs: &[Arc]| square_km(&open(arcs, walk)).abs();
        let mut dropped = 0;
        for polygons in &mut self.rings {
            let sizes: Vec<f64> = polygons.iter().map(|polygon| size(&polygon[0], &self.arcs)).collect();
            let greatest = sizes.iter().copied().fold(0.0, f64::max);
            let mut n = 0;
            polygons.retain(|polygon| {
                n += 1;
                let alone = polygon.len() == 1 && polygon[0].len() == 1;
                let arc = id(polygon[0][0]);
                let islet = alone && self.arcs[arc].class == Class::Coast && sizes[n - 1] < 2.0 * limits[arc];
                let keep = !islet || sizes[n - 1] >= greatest;
                dropped += usize::from(!keep);
                if !keep {
                    self.arcs[arc].points.clear();
                }
                keep
            });
        }
        dropped
    }

    /// For each country its code, its name and its shape, made by leaving out what only divides its units.
    pub(crate) fn countries(&self) -> Vec<(String, String, Shape)> {
        let mut names: BTreeMap<&str, &str> = BTreeMap::new();
        for unit in &self.units {
            names.insert(&unit.country, &unit.country_name);
        }
        let of = |unit: Option<usize>| unit.map(|unit| self.units[unit].country.as_str());
        let mut rims: BTreeMap<&str, Vec<Walk>> = BTreeMap::new();
        for (n, arc) in self.arcs.iter().enumerate().filter(|(_, arc)| !arc.points.is_empty()) {
            let (left, right) = (of(arc.left), of(arc.right));
            if left != right {
                let n = forwards(n);
                for (country, walk) in
                    left.map(|left| (left, n)).into_iter().chain(right.map(|right| (right, !n)))
                {
                    rims.entry(country).or_default().push(walk);
                }
            }
        }
        rims.into_iter()
            .map(|(code, rim)| (code.to_owned(), names[code].to_owned(), self.polygons(self.chain(&rim))))
            .collect()
    }

    /// Joins arcs to rings, keeping to the land on the left where several ways are open.
    fn chain(&self, rim: &[Walk]) -> Vec<Vec<Walk>> {
        let mut from: BTreeMap<P, BTreeSet<Walk>> = BTreeMap::new();
        for &walk in rim {
            from.entry(ends(&self.arcs, walk).0).or_default().insert(walk);
        }
        let mut rings = Vec::new();
        for &start in rim {
            let (home, _) = ends(&self.arcs, start);
            if !from.get_mut(&home).is_some_and(|walks| walks.remove(&start)) {
                continue;
            }
            let mut ring = vec![start];
            loop {
                let last = ring[ring.len() - 1];
                let (_, end) = ends(&self.arcs, last);
                let line = along(&self.arcs, last);
                let back = angle(end, line[line.len() - 2]);
                let Some(ways) = from.get_mut(&end) else { break };
                let mut home_turn = f64::MAX;
                if end == home {
                    home_turn = turn(back, angle(home, along(&self.arcs, start)[1]));
                }
                let next = ways
                    .iter()
                    .map(|&walk| (turn(back, angle(end, along(&self.arcs, walk)[1])), walk))
                    .min_by(|a, b| a.0.total_cmp(&b.0));
                match next {
                    Some((sharp, walk)) if sharp < home_turn => {
                        ways.remove(&walk);
                        ring.push(walk);
                    }
                    _ => break,
                }
            }
            rings.push(ring);
        }
        rings
    }

    /// Gives each hole to the smallest outer ring around it.
    fn polygons(&self, rings: Vec<Vec<Walk>>) -> Shape {
        let open: Vec<Vec<P>> = rings.iter().map(|ring| open(&self.arcs, ring)).collect();
        let (mut polygons, mut holes) = (Vec::new(), Vec::new());
        for (n, ring) in rings.into_iter().enumerate() {
            if twice_area(&open[n]) > 0 {
                polygons.push((n, vec![ring]));
            } else {
                holes.push((n, ring));
            }
        }
        for (hole, ring) in holes {
            let around = polygons
                .iter_mut()
                .filter(|(n, _)| open[hole].iter().any(|&at| inside(&open[*n], at)))
                .min_by_key(|(n, _)| twice_area(&open[*n]));
            if let Some((_, polygon)) = around {
                polygon.push(ring);
            }
        }
        polygons.into_iter().map(|(_, polygon)| polygon).collect()
    }
}

fn class(units: &[Unit], sides: Sides, a: P, b: P, near: &Near) -> Class {
    let at_edge = |p: P| p.0.abs() >= 1_800_000 || p.1 <= -899_990;
    match (sides.left, sides.right) {
        (Some(left), Some(right)) => {
            let (left, right) = (&units[left], &units[right]);
            let middle = (a.0.midpoint(b.0), a.1.midpoint(b.1));
            match (left.country == right.country, left.ruled_by == right.ruled_by) {
                (true, true) => Class::Admin1,
                (true, false) => Class::Disputed,
                (false, _) if near.has(middle) => Class::Disputed,
                (false, _) => Class::Border,
            }
        }
        _ if at_edge(a) && at_edge(b) => Class::Cut,
        _ => Class::Coast,
    }
}

/// Cuts a ring at its junctions; one without any is a stretch by itself, from its least point.
fn stretches(ring: &[P], junctions: &HashSet<P>) -> Vec<Vec<P>> {
    let cuts: Vec<usize> = (0..ring.len()).filter(|&n| junctions.contains(&ring[n])).collect();
    let cuts =
        if cuts.is_empty() { (0..ring.len()).min_by_key(|&n| ring[n]).into_iter().collect() } else { cuts };
    (0..cuts.len())
        .map(|n| {
            let (start, end) = (cuts[n], cuts[(n + 1) % cuts.len()]);
            let len = if end > start { end - start } else { end + ring.len() - start };
            (0..=len).map(|step| ring[(start + step) % ring.len()]).collect()
        })
        .collect()
}

/// The arc of this stretch, made when first met.
fn map_arc(
    arcs: &mut Vec<Arc>,
    known: &mut HashMap<(P, P), Walk>,
    points: Vec<P>,
    class: Class,
    sides: Sides,
) -> Walk {
    if let Some(&walk) = known.get(&(points[0], points[1])) {
        return walk;
    }
    let id = forwards(arcs.len());
    known.insert((points[0], points[1]), id);
    known.insert((points[points.len() - 1], points[points.len() - 2]), !id);
    arcs.push(Arc { class, points, left: sides.left, right: sides.right });
    id
}

/// Where lines lie, to about 200 m.
struct Near(HashSet<P>);

impl Near {
    fn of(lines: &[Vec<P>]) -> Self {
        let mut cells = HashSet::new();
        for pair in lines.iter().flat_map(|line| line.windows(2)) {
            let (a, b) = (pair[0], pair[1]);
            let steps = (a.0 - b.0).abs().max((a.1 - b.1).abs()) / 5 + 1;
            for step in 0..=steps {
                let on = |a: i32, b: i32| a + (f64::from(b - a) * f64::from(step) / f64::from(steps)) as i32;
                cells.insert((on(a.0, b.0).div_euclid(20), on(a.1, b.1).div_euclid(20)));
            }
        }
        Self(cells)
    }

    fn has(&self, at: P) -> bool {
        let (x, y) = (at.0.div_euclid(20), at.1.div_euclid(20));
        (-1..=1).any(|dx| (-1..=1).any(|dy| self.0.contains(&(x + dx, y + dy))))
    }
}

fn sides_of(ring: &[P]) -> impl Iterator<Item = (P, P)> {
    (0..ring.len()).map(|n| (ring[n], ring[(n + 1) % ring.len()]))
}

/// The walk along an arc as it runs. The world has some 17,000 arcs.
fn forwards(arc: usize) -> Walk {
    Walk::try_from(arc).unwrap_or(Walk::MAX)
}

/// The arc a walk takes.
pub(crate) fn id(walk: Walk) -> usize {
    (if walk < 0 { !walk } else { walk }) as usize
}

fn along(arcs: &[Arc], walk: Walk) -> Vec<P> {
    let points = arcs[id(walk)].points.iter().copied();
    if walk < 0 { points.rev().collect() } else { points.collect() }
}

fn ends(arcs: &[Arc], walk: Walk) -> (P, P) {
    let points = &arcs[id(walk)].points;
    let (first, last) = (points[0], points[points.len() - 1]);
    if walk < 0 { (last, first) } else { (first, last) }
}

/// The points of a ring of arcs, not closed.
fn open(arcs: &[Arc], ring: &[Walk]) -> Vec<P> {
    let mut points = Vec::new();
    for &walk in ring {
        points.extend(along(arcs, walk));
        points.pop();
    }
    points
}

fn angle(from: P, to: P) -> f64 {
    f64::from(to.1 - from.1).atan2(f64::from(to.0 - from.0))
}

/// How far clockwise from one direction to another, above 0 to a full turn.
fn turn(from: f64, to: f64) -> f64 {
    let turn = (from - to).rem_euclid(std::f64::consts::TAU);
    if turn < 1e-12 { std::f64::consts::TAU } else { turn }
}

/// Twice the area in square units, above 0 where the ring runs counter-clockwise.
pub(crate) fn twice_area(ring: &[P]) -> i64 {
    sides_of(ring).map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1)).sum()
}

fn square_km(ring: &[P]) -> f64 {
    let middle = ring.iter().map(|at| f64::from(at.1)).sum::<f64>() / ring.len().max(1) as f64;
    twice_area(ring) as f64 / 2.0 * 0.011_132 * 0.011_132 * (middle * 1e-4).to_radians().cos()
}

fn inside(ring: &[P], at: P) -> bool {
    let crossings = sides_of(ring).filter(|&(a, b)| {
        let (x, y) = (f64::from(at.0), f64::from(at.1));
        let (ax, ay, bx, by) = (f64::from(a.0), f64::from(a.1), f64::from(b.0), f64::from(b.1));
        (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax
    });
    crossings.count() % 2 == 1
}
