//! Countries out of their first-level units: what only divides units of one country is left out.

use super::P;
use super::topology::{Arc, Shape, Topology, Walk, along, forwards, id, open, sides_of, twice_area};
use std::collections::{BTreeMap, BTreeSet};

impl Topology {
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

fn ends(arcs: &[Arc], walk: Walk) -> (P, P) {
    let points = &arcs[id(walk)].points;
    let (first, last) = (points[0], points[points.len() - 1]);
    if walk < 0 { (last, first) } else { (first, last) }
}

fn angle(from: P, to: P) -> f64 {
    f64::from(to.1 - from.1).atan2(f64::from(to.0 - from.0))
}

/// How far clockwise from one direction to another, above 0 to a full turn.
fn turn(from: f64, to: f64) -> f64 {
    let turn = (from - to).rem_euclid(std::f64::consts::TAU);
    if turn < 1e-12 { std::f64::consts::TAU } else { turn }
}

fn inside(ring: &[P], at: P) -> bool {
    let crossings = sides_of(ring).filter(|&(a, b)| {
        let (x, y) = (f64::from(at.0), f64::from(at.1));
        let (ax, ay, bx, by) = (f64::from(a.0), f64::from(a.1), f64::from(b.0), f64::from(b.1));
        (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax
    });
    crossings.count() % 2 == 1
}
