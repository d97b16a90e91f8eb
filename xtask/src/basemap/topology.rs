//! Shared borders: units as rings of arcs, where an arc is a stretch of line with the same neighbours on both sides.
//!
//! Since each arc is kept (and simplified) once, neighbours meet without gaps and never overlap.

use super::P;
use super::sources::Unit;
use std::collections::{BTreeMap, HashMap, HashSet};

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
    /// The unit on its left, by number; `None` where there is none.
    pub(crate) left: Option<usize>,
    /// The unit on its right.
    pub(crate) right: Option<usize>,
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

/// The sides of a ring that is not closed.
pub(crate) fn sides_of(ring: &[P]) -> impl Iterator<Item = (P, P)> {
    (0..ring.len()).map(|n| (ring[n], ring[(n + 1) % ring.len()]))
}

/// The arc a walk takes.
pub(crate) fn id(walk: Walk) -> usize {
    (if walk < 0 { !walk } else { walk }) as usize
}

/// Twice the area in square units, above 0 where the ring runs counter-clockwise.
pub(crate) fn twice_area(ring: &[P]) -> i64 {
    sides_of(ring).map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1)).sum()
}

fn square_km(ring: &[P]) -> f64 {
    let middle = ring.iter().map(|at| f64::from(at.1)).sum::<f64>() / ring.len().max(1) as f64;
    twice_area(ring) as f64 / 2.0 * 0.011_132 * 0.011_132 * (middle * 1e-4).to_radians().cos()
}

/// The walk along an arc as it runs. The world has some 17,000 arcs.
pub(crate) fn forwards(arc: usize) -> Walk {
    Walk::try_from(arc).unwrap_or(Walk::MAX)
}

/// The points of an arc as a ring walks it.
pub(crate) fn along(arcs: &[Arc], walk: Walk) -> Vec<P> {
    let points = arcs[id(walk)].points.iter().copied();
    if walk < 0 { points.rev().collect() } else { points.collect() }
}

/// The points of a ring of arcs, not closed.
pub(crate) fn open(arcs: &[Arc], ring: &[Walk]) -> Vec<P> {
    let mut points = Vec::new();
    for &walk in ring {
        points.extend(along(arcs, walk));
        points.pop();
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A unit of one polygon with one ring.
    fn unit(country: &str, ruled_by: &str, ring: &[P]) -> Unit {
        Unit {
            code: format!("{country}-1"),
            name: String::new(),
            country: country.to_owned(),
            country_name: country.to_owned(),
            ruled_by: ruled_by.to_owned(),
            polygons: vec![vec![ring.to_vec()]],
        }
    }

    fn square(x: i32) -> Vec<P> {
        vec![(x, 0), (x + 1_000, 0), (x + 1_000, 1_000), (x, 1_000)]
    }

    fn classes(map: &Topology) -> Vec<Class> {
        let mut classes: Vec<_> = map.arcs.iter().map(|arc| arc.class).collect();
        classes.sort();
        classes
    }

    #[test]
    fn neighbours_share_one_border() {
        let units = vec![unit("AA", "A", &square(0)), unit("BB", "B", &square(1_000))];
        let map = Topology::of(units, &[]);
        assert_eq!(classes(&map), [Class::Coast, Class::Coast, Class::Border]);
        let shared = map.rings[0][0][0].iter().find(|&&walk| map.arcs[id(walk)].class == Class::Border);
        assert!(map.rings[1][0][0].contains(&!*shared.unwrap()));
    }

    #[test]
    fn a_border_is_disputed_where_a_disputed_line_runs() {
        let units = || vec![unit("AA", "A", &square(0)), unit("BB", "B", &square(1_000))];
        assert!(
            classes(&Topology::of(units(), &[vec![(1_000, 0), (1_000, 1_000)]])).contains(&Class::Disputed)
        );
        assert!(
            !classes(&Topology::of(units(), &[vec![(3_000, 0), (3_000, 1_000)]])).contains(&Class::Disputed)
        );
        let occupied = vec![unit("AA", "A", &square(0)), unit("AA", "B", &square(1_000))];
        assert!(classes(&Topology::of(occupied, &[])).contains(&Class::Disputed));
    }

    #[test]
    fn a_country_has_no_borders_within() {
        let units = vec![unit("AA", "A", &square(0)), unit("AA", "A", &square(1_000))];
        let map = Topology::of(units, &[]);
        let (_, _, shape) = map.countries().remove(0);
        let rings: Vec<_> = shape.iter().flatten().map(|ring| open(&map.arcs, ring)).collect();
        assert_eq!((rings.len(), rings[0].len(), twice_area(&rings[0])), (1, 6, 4_000_000));
    }

    #[test]
    fn an_enclave_is_a_hole_and_a_country() {
        let mut around = unit("AA", "A", &square(0));
        let hole = vec![(400, 400), (400, 600), (600, 600), (600, 400)];
        around.polygons[0].push(hole.clone());
        let inner: Vec<P> = hole.into_iter().rev().collect();
        let map = Topology::of(vec![around, unit("BB", "B", &inner)], &[]);
        let counts: Vec<_> =
            map.countries().iter().map(|(.., shape)| (shape.len(), shape[0].len())).collect();
        assert_eq!(counts, [(1, 2), (1, 1)]);
    }
}
