//! The ground of each point of a plane: what is nearer to it than to any other, and no further than a reach.
//!
//! Borders are kept by the points between which they run (the corners of the Voronoi diagram, and where two points'
//! circles of reach cross), each worked out once. So neighbours share their borders to the last bit, and cells of one
//! control are joined by leaving out the borders between them, with no geometry at all.
//!
//! Delaunay triangulation by `spade`, whose predicates are exact; its dual as in de Berg et al., *Computational
//! Geometry* (3rd ed., 2008), chapters 7 and 9.

use super::clip::{Ring, Spot, off_grid, on_grid};
use crate::projection::Flat;
use crate::units::Km;
use rustc_hash::FxHashMap;
use spade::{DelaunayTriangulation, Point2, Triangulation};
use std::collections::BTreeMap;

/// Circles are drawn with so many corners: with a reach of 50 km, never more than 30 m inside the true circle.
const CORNERS: f64 = 96.0;

/// Straight lines of the plane get a point at least every so many centimetres, since they are curves in degrees.
const STEP: f64 = 5e5;

/// No reach needs to be wider, and no point to be found further out.
const WIDEST: f64 = 5_000.0;

/// The points of a plane without those that reach no ground which others do not.
///
/// The plane is cut into squares of a quarter of the reach. Of a square with a point in each of the eight around it the first is
/// enough: seen from any other of its points, those nine lie at most 0.71 reaches away and in directions at most 135°
/// apart. A disc at distance d covers of a circle of its own radius r all that is within acos(d / 2r) of its
/// direction, here 69° to both sides: together they cover the circle, and with it the disc.
pub(super) fn needed(points: &[Flat], reach: Km) -> Vec<Flat> {
    let side = reach.0.min(WIDEST) / 4.0;
    let square = |at: &Flat| ((at.x / side).floor() as i64, (at.y / side).floor() as i64);
    let mut firsts: FxHashMap<(i64, i64), usize> = FxHashMap::default();
    for (n, at) in points.iter().enumerate() {
        firsts.entry(square(at)).or_insert(n);
    }
    let is_surrounded =
        |(x, y): (i64, i64)| (x - 1..=x + 1).all(|x| (y - 1..=y + 1).all(|y| firsts.contains_key(&(x, y))));
    let mut of_square: FxHashMap<(i64, i64), bool> = FxHashMap::default();
    let mut is_needed = |(n, at): (usize, &Flat)| {
        let here = square(at);
        firsts.get(&here) == Some(&n) || !*of_square.entry(here).or_insert_with(|| is_surrounded(here))
    };
    points.iter().enumerate().filter(|(n, at)| is_needed((*n, *at))).map(|(_, at)| *at).collect()
}

/// A point where borders meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    /// Equally far from three points: a corner of the Voronoi diagram, by its Delaunay triangle.
    Corner(usize),
    /// Where the circles of two neighbours cross, by their Delaunay edge and the side of it.
    Crossing(usize, bool),
}

/// Where the nodes are.
#[derive(Default)]
struct Nodes {
    corners: Vec<Option<Spot>>,
    crossings: Vec<[Option<Spot>; 2]>,
}

impl Nodes {
    fn set(&mut self, node: Node, at: Spot) {
        match node {
            Node::Corner(face) => self.corners[face] = Some(at),
            Node::Crossing(edge, side) => self.crossings[edge][usize::from(side)] = Some(at),
        }
    }

    fn get(&self, node: Node) -> Option<Spot> {
        match node {
            Node::Corner(face) => self.corners[face],
            Node::Crossing(edge, side) => self.crossings[edge][usize::from(side)],
        }
    }
}

/// The stretch of border between two neighbouring cells.
#[derive(Clone, Copy)]
struct Side {
    cells: (usize, usize),
    start: Node,
    end: Node,
}

/// A stretch of a cell's rim, the cell on its left.
#[derive(Clone, Copy)]
struct Rim {
    /// The cell beyond; `None` where it is the reach that ends the cell.
    beyond: Option<usize>,
    start: Node,
    end: Node,
}

/// The cells of points.
pub(super) struct Partition {
    points: Vec<Flat>,
    reach: f64,
    nodes: Nodes,
    sides: Vec<Side>,
    /// The rim of each cell, counter-clockwise; empty where it is the whole circle, or none of it.
    rims: Vec<Vec<Rim>>,
    /// The cells that are a whole circle, and those that no circle bounds.
    is_whole: Vec<bool>,
    is_inner: Vec<bool>,
}

impl Partition {
    /// The cells of points, no two of which are the same.
    pub(super) fn of(points: &[Flat], reach: Km) -> Self {
        let reach = reach.0.min(WIDEST);
        let mut partition = Self {
            points: points.to_vec(),
            reach,
            nodes: Nodes::default(),
            sides: Vec::new(),
            rims: vec![Vec::new(); points.len()],
            is_whole: vec![true; points.len()],
            is_inner: vec![true; points.len()],
        };
        let vertices = points.iter().map(|at| Point2::new(at.x, at.y)).collect();
        if let Ok(net) = DelaunayTriangulation::<Point2<f64>>::bulk_load_stable(vertices) {
            partition.find_sides(&net);
            partition.find_rims();
        }
        partition
    }

    fn find_sides(&mut self, net: &DelaunayTriangulation<Point2<f64>>) {
        // The outer face is one of them.
        let mut corners: Vec<Option<(Point2<f64>, bool)>> = vec![None; net.num_all_faces()];
        self.nodes.corners = vec![None; net.num_all_faces()];
        self.nodes.crossings = vec![[None; 2]; net.num_undirected_edges()];
        for face in net.inner_faces() {
            let centre = face.circumcenter();
            let near = centre.distance_2(face.positions()[0]) < self.reach * self.reach;
            corners[face.fix().index()] = Some((centre, near));
        }
        for edge in net.undirected_edges() {
            let (id, edge) = (edge.fix().index(), edge.as_directed());
            let (a, b) = (edge.from().position(), edge.to().position());
            let half = a.distance_2(b).sqrt() / 2.0;
            if half >= self.reach {
                continue;
            }
            let middle = Point2::new(a.x.midpoint(b.x), a.y.midpoint(b.y));
            let left = Point2::new((a.y - b.y) / (2.0 * half), (b.x - a.x) / (2.0 * half));
            let span = (self.reach * self.reach - half * half).sqrt();
            // Along the bisector, leftwards from the middle: where it ends on each side.
            let end = |face: Option<usize>, side: f64| -> Option<(Node, Spot)> {
                let corner = face.and_then(|face| corners[face].map(|corner| (face, corner)));
                if let Some((face, (at, near))) = corner {
                    if near {
                        return Some((Node::Corner(face), on_grid(at.x, at.y)));
                    }
                    let along = (at.x - middle.x) * left.x + (at.y - middle.y) * left.y;
                    if along * side < 0.0 {
                        return None;
                    }
                }
                let at = on_grid(middle.x + side * span * left.x, middle.y + side * span * left.y);
                Some((Node::Crossing(id, side > 0.0), at))
            };
            let start = end(edge.rev().face().as_inner().map(|face| face.fix().index()), -1.0);
            let end = end(edge.face().as_inner().map(|face| face.fix().index()), 1.0);
            if let (Some((start, from)), Some((end, to))) = (start, end) {
                self.nodes.set(start, from);
                self.nodes.set(end, to);
                let cells = (edge.from().fix().index(), edge.to().fix().index());
                self.sides.push(Side { cells, start, end });
            }
        }
        self.sides.sort_by_key(|side| side.cells);
    }

    /// Puts the sides of each cell in order and fills the gaps between them with the circle of its reach.
    fn find_rims(&mut self) {
        let mut around: Vec<Vec<(f64, Rim)>> = vec![Vec::new(); self.points.len()];
        for &Side { cells: (a, b), start, end } in &self.sides {
            for cell in [a, b] {
                self.is_whole[cell] = false;
                self.is_inner[cell] &= [start, end].iter().all(|node| matches!(node, Node::Corner(_)));
            }
        }
        for &Side { cells: (a, b), start, end } in &self.sides {
            if self.is_inner[a] && self.is_inner[b] {
                continue;
            }
            let (from, to) = (self.points[a], self.points[b]);
            let (dx, dy) = (to.x - from.x, to.y - from.y);
            around[a].push((dy.atan2(dx), Rim { beyond: Some(b), start, end }));
            around[b].push(((-dy).atan2(-dx), Rim { beyond: Some(a), start: end, end: start }));
        }
        for ((rims, mut sides), _) in
            self.rims.iter_mut().zip(around).zip(&self.is_inner).filter(|(_, inner)| !**inner)
        {
            sides.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (n, (_, side)) in sides.iter().enumerate() {
                rims.push(*side);
                let next = sides[(n + 1) % sides.len()].1.start;
                if side.end != next {
                    rims.push(Rim { beyond: None, start: side.end, end: next });
                }
            }
        }
    }

    /// The rings around all cells, borders between two of them left out, to be filled by the even-odd rule.
    pub(super) fn rings(&self) -> Vec<Ring> {
        let mut rings = Vec::new();
        let mut from: BTreeMap<Node, Vec<(usize, Rim)>> = BTreeMap::new();
        for cell in 0..self.points.len() {
            if self.is_whole[cell] {
                rings.push(self.arc(cell, 0.0, std::f64::consts::TAU));
            }
            for rim in &self.rims[cell] {
                if rim.beyond.is_none() {
                    from.entry(rim.start).or_default().push((cell, *rim));
                }
            }
        }
        while let Some((&home, _)) = from.first_key_value() {
            let mut ring = Vec::new();
            let mut here = home;
            while let Some((cell, rim)) = take(&mut from, here) {
                ring.extend(self.along(cell, rim));
                here = rim.end;
            }
            rings.push(ring);
        }
        rings.retain(|ring| ring.len() >= 3);
        rings
    }

    /// The points of a stretch of rim, its end left out.
    fn along(&self, cell: usize, rim: Rim) -> Ring {
        if rim.beyond.is_some() {
            return self.straight(rim.start, rim.end);
        }
        let (Some(start), Some(end)) = (self.nodes.get(rim.start), self.nodes.get(rim.end)) else {
            return Vec::new();
        };
        let centre = self.points[cell];
        let towards = |at: Spot| {
            let at = off_grid(at);
            (at.y - centre.y).atan2(at.x - centre.x)
        };
        let (from, to) = (towards(start), towards(end));
        let mut turn = (to - from).rem_euclid(std::f64::consts::TAU);
        // Between two sides of one cell, a turn that is all but full is one of nothing, lost in rounding.
        if turn > std::f64::consts::TAU - 1e-3 && self.rims[cell].len() > 2 {
            turn = 0.0;
        }
        let mut points = vec![start];
        points.extend(self.arc(cell, from, from + turn));
        points
    }

    /// The corners of a cell's circle between two directions, ends left out.
    fn arc(&self, cell: usize, from: f64, to: f64) -> Ring {
        let step = std::f64::consts::TAU / CORNERS;
        let (first, last) = ((from / step).floor() as i64 + 1, (to / step).ceil() as i64 - 1);
        let centre = self.points[cell];
        (first..=last.max(first - 1))
            .map(|n| n as f64 * step)
            .map(|turn| on_grid(centre.x + self.reach * turn.cos(), centre.y + self.reach * turn.sin()))
            .collect()
    }

    /// The points of a straight line, its end left out; the same points in either direction.
    fn straight(&self, start: Node, end: Node) -> Ring {
        let (Some(a), Some(b)) = (self.nodes.get(start.min(end)), self.nodes.get(start.max(end))) else {
            return Vec::new();
        };
        let (dx, dy) = (f64::from(b.x) - f64::from(a.x), f64::from(b.y) - f64::from(a.y));
        let steps = (dx.hypot(dy) / STEP).ceil().max(1.0);
        let point = |n: u32| {
            let part = f64::from(n) / steps;
            let on = |from: i32, by: f64| (f64::from(from) + by * part).round() as i32;
            Spot::new(on(a.x, dx), on(a.y, dy))
        };
        let count = steps as u32;
        if start < end { (0..count).map(point).collect() } else { (1..=count).rev().map(point).collect() }
    }
}

fn take(from: &mut BTreeMap<Node, Vec<(usize, Rim)>>, at: Node) -> Option<(usize, Rim)> {
    let rims = from.get_mut(&at)?;
    let rim = rims.pop();
    if rims.is_empty() {
        from.remove(&at);
    }
    rim
}

#[cfg(test)]
mod tests {
    use super::super::nest::nested;
    use super::*;

    #[test]
    fn what_the_needed_points_reach_is_what_all_reach() {
        let spread = |n: u32, step: f64, size: f64| (f64::from(n) * step).fract() * size;
        for (count, size) in [(2000, 300.0), (600, 200.0), (40, 400.0), (1, 1.0)] {
            let points: Vec<Flat> = (0..count)
                .map(|n| Flat { x: spread(n, 0.618_034, size), y: spread(n, 0.754_878, size) })
                // An empty middle, for a hole.
                .filter(|at| (at.x - size / 2.0).hypot(at.y - size / 2.0) > 70.0 || size < 300.0)
                .collect();
            let some = needed(&points, Km(50.0));
            assert_eq!(some.len() < points.len() * 3 / 4, count >= 600, "{} of {}", some.len(), points.len());
            let rings = |points: &[Flat]| nested(&Partition::of(points, Km(50.0)).rings());
            assert_eq!(rings(&some), rings(&points));
        }
    }
}
