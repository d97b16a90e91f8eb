//! The settlement graph of a region: along what control spreads, and what stops it.
//!
//! Points are all settlements, whether anybody reports on them or not; neighbours are those of the Delaunay
//! triangulation, which is also the mesh on which values are linear. Outside the settlements' hull the mesh goes on over
//! waypoints, each with the value of the hull's nearest point, and a ring far outside closes it.

use super::barrier::Barriers;
use super::cholesky::{Graph, Plan};
use super::region::Region;
use super::{REACH, clip};
use crate::basemap::Basemap;
use crate::gazetteer::{Gazetteer, Kind};
use crate::projection::Flat;
use crate::units::{Km, LonLat};
use spade::{DelaunayTriangulation, Point2, PositionInTriangulation, Triangulation};
use std::collections::BTreeSet;

/// Neighbours conduct by the inverse square of their distance, detours over rivers included. Measured on true borders, the
/// inverse distance itself is worse at every share of labels, most where few places are known; see `eval/README.md`.
///
/// Neighbours are never taken to be closer than this: two names of one town are not one point.
const CLOSEST: f64 = 0.2;

/// Waypoints are so far from each other, or farther where that would be too many.
const LATTICE: f64 = 25.0;

/// At most about so many waypoints.
const WAYPOINTS: f64 = 20_000.0;

/// How far outside the region the mesh ends, in kilometres.
const OUTSIDE: f64 = 300.0;

/// How ground is worked out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// How far from a known place ground is still drawn as held.
    pub reach: Km,
    /// Whether great rivers and lakes hold control up.
    pub rivers: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { reach: REACH, rivers: true }
    }
}

type Mesh = DelaunayTriangulation<Point2<f64>>;

/// A side of a triangle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    /// Its ends, the smaller number first.
    pub(super) ends: [u32; 2],
}

/// A triangle of the mesh.
#[derive(Clone, Copy, Debug)]
pub(super) struct Triangle {
    /// Its corners, counter-clockwise.
    pub(super) corners: [u32; 3],
    /// Its sides: from each corner to the next.
    pub(super) sides: [u32; 3],
}

/// The settlement graph of a region, with all that can be worked out before anybody holds anything.
///
/// # Example
/// ```
/// use conflict_map::areas::{Net, Region, Rules, settlements};
/// use conflict_map::{basemap::Basemap, gazetteer::Gazetteer};
/// let map = Basemap::embedded();
/// let region = Region::countries(&map, &["LB"]).value;
/// let places = settlements(&Gazetteer::embedded(), &map, &region);
/// let net = Net::of(region, &map, places, Rules::default());
/// assert!(!net.is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct Net {
    region: Region,
    rules: Rules,
    /// Settlements by their cells, waypoints, the ring.
    points: Vec<Flat>,
    settlements: usize,
    /// Of each waypoint the settlements whose values it takes, and how much of each.
    waypoints: Vec<[(u32, f64); 2]>,
    mesh: Mesh,
    triangles: Vec<Triangle>,
    edges: Vec<Edge>,
    graph: Graph,
    plan: Plan,
}

/// The towns and villages of a region that a gazetteer knows.
#[must_use]
pub fn settlements(gazetteer: &Gazetteer, map: &Basemap, region: &Region) -> Vec<LonLat> {
    let Some(bounds) = region.bounds() else { return Vec::new() };
    let countries = map.countries_in(&bounds);
    let places = countries.iter().flat_map(|country| gazetteer.within(country.code));
    let places = places.filter(|place| matches!(place.kind, Kind::Town | Kind::Village));
    places.map(|place| place.at).filter(|at| region.is_near(*at)).collect()
}

impl Net {
    /// The graph of a region with these places in it, in any order; those more than 5 km outside are left out.
    #[must_use]
    pub fn of(region: Region, map: &Basemap, places: impl IntoIterator<Item = LonLat>, rules: Rules) -> Self {
        let cells: BTreeSet<(i64, i64)> = places
            .into_iter()
            .filter(|at| region.is_near(*at))
            .map(|at| cell(region.projection().flat(at)))
            .collect();
        let mut points: Vec<Flat> = cells.into_iter().map(middle).collect();
        let settlements = points.len();
        // Points are distinct and finite, which is all that could be refused.
        let among = triangulated(&points);
        let waypoints = waypoints(&region, &mut points, &among);
        ring(&region, &mut points);
        let mesh = triangulated(&points);
        let edges: Vec<Edge> = ends(&mesh).map(|ends| Edge { ends }).collect();
        let triangles = mesh
            .inner_faces()
            .map(|face| {
                let sides = face.adjacent_edges();
                Triangle {
                    corners: sides.map(|side| side.from().fix().index() as u32),
                    sides: sides.map(|side| side.as_undirected().fix().index() as u32),
                }
            })
            .collect();
        let barriers = if rules.rivers { Barriers::of(map, &region) } else { Barriers::default() };
        let mut weighted: Vec<(u32, u32, f64)> = ends(&among)
            .map(|[a, b]| {
                let (from, to) = (points[a as usize], points[b as usize]);
                let far = (to.x - from.x).hypot(to.y - from.y).max(CLOSEST) + barriers.detour(from, to).0;
                // Nearer neighbours count by the square: over a sparse graph values would else level out far from what is known.
                (a, b, far.powi(2).recip())
            })
            .collect();
        weighted.sort_unstable_by_key(|(a, b, _)| (*a, *b));
        let graph = Graph::of(settlements, &weighted);
        let plan = Plan::of(&points, &graph);
        Self { region, rules, points, settlements, waypoints, mesh, triangles, edges, graph, plan }
    }

    /// The region it is of.
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// How ground is worked out on it.
    #[must_use]
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// Number of settlements; several at one point (to 10 m) count once.
    #[must_use]
    pub fn len(&self) -> usize {
        self.settlements
    }

    /// Whether there is no settlement.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.settlements == 0
    }

    /// The settlement at a place, if it is one of the graph's.
    pub(super) fn vertex(&self, at: LonLat) -> Option<u32> {
        let wanted = cell(self.region.projection().flat(at));
        let among = &self.points[..self.settlements];
        among.binary_search_by(|point| cell(*point).cmp(&wanted)).ok().map(|n| n as u32)
    }

    /// The settlement nearest to a place.
    pub(super) fn nearest(&self, at: LonLat) -> Option<u32> {
        let at = self.region.projection().flat(at);
        let far = |point: &Flat| (point.x - at.x).hypot(point.y - at.y);
        let among = self.points[..self.settlements].iter().zip(0..);
        among.min_by(|a, b| far(a.0).total_cmp(&far(b.0))).map(|(_, n)| n)
    }

    /// All points: settlements, waypoints, the ring.
    pub(super) fn points(&self) -> &[Flat] {
        &self.points
    }

    /// How many points have values: settlements and waypoints.
    pub(super) fn inner(&self) -> usize {
        self.settlements + self.waypoints.len()
    }

    /// Adds to the values of settlements those of waypoints.
    pub(super) fn extend(&self, values: &mut Vec<f64>) {
        values.truncate(self.settlements);
        for parts in &self.waypoints {
            values.push(parts.iter().map(|(point, by)| by * values[*point as usize]).sum());
        }
    }

    /// A point as shares of settlements; none for those of the ring.
    pub(super) fn settled(&self, point: u32) -> Vec<(u32, f64)> {
        let n = point as usize;
        if n < self.settlements {
            return vec![(point, 1.0)];
        }
        self.waypoints.get(n - self.settlements).map_or_else(Vec::new, |parts| parts.to_vec())
    }

    pub(super) fn triangles(&self) -> &[Triangle] {
        &self.triangles
    }

    pub(super) fn edges(&self) -> &[Edge] {
        &self.edges
    }

    pub(super) fn graph(&self) -> &Graph {
        &self.graph
    }

    pub(super) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The corners of the triangle a point of the plane lies in, with its weights (barycentric coordinates).
    pub(super) fn corners(&self, at: Flat) -> Vec<(u32, f64)> {
        let weighed = |corners: [u32; 3]| -> Vec<(u32, f64)> {
            let [a, b, c] = corners.map(|v| self.points[v as usize]);
            let twice = |p: Flat, q: Flat, r: Flat| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
            let all = twice(a, b, c);
            let parts = [twice(at, b, c), twice(a, at, c), twice(a, b, at)];
            corners.into_iter().zip(parts).map(|(v, part)| (v, (part / all).clamp(0.0, 1.0))).collect()
        };
        match self.mesh.locate(Point2::new(at.x, at.y)) {
            PositionInTriangulation::OnVertex(vertex) => vec![(vertex.index() as u32, 1.0)],
            PositionInTriangulation::OnFace(face) => {
                weighed(self.mesh.face(face).vertices().map(|vertex| vertex.fix().index() as u32))
            }
            PositionInTriangulation::OnEdge(edge) => {
                let [a, b] =
                    self.mesh.directed_edge(edge).vertices().map(|vertex| vertex.fix().index() as u32);
                let (from, to) = (self.points[a as usize], self.points[b as usize]);
                let long = (to.x - from.x).hypot(to.y - from.y);
                let share = ((at.x - from.x).hypot(at.y - from.y) / long).clamp(0.0, 1.0);
                vec![(a, 1.0 - share), (b, share)]
            }
            PositionInTriangulation::OutsideOfConvexHull(_) | PositionInTriangulation::NoTriangulation => {
                Vec::new()
            }
        }
    }
}

/// The cell of 10 m that a point lies in.
fn cell(at: Flat) -> (i64, i64) {
    ((at.x * 100.0).round() as i64, (at.y * 100.0).round() as i64)
}

fn middle((x, y): (i64, i64)) -> Flat {
    Flat { x: x as f64 / 100.0, y: y as f64 / 100.0 }
}

/// The Delaunay triangulation of points, numbered as they are.
fn triangulated(points: &[Flat]) -> Mesh {
    let vertices = points.iter().map(|at| Point2::new(at.x, at.y)).collect();
    DelaunayTriangulation::bulk_load_stable(vertices).unwrap_or_default()
}

/// The ends of each edge, the smaller number first.
fn ends(mesh: &Mesh) -> impl Iterator<Item = [u32; 2]> {
    mesh.undirected_edges().map(|edge| {
        let mut ends = edge.vertices().map(|vertex| vertex.fix().index() as u32);
        ends.sort_unstable();
        ends
    })
}

/// Adds points on a lattice of triangles outside the settlements' hull. Each takes the value of the hull's nearest point: of
/// which settlements that is, and how much of each.
fn waypoints(region: &Region, points: &mut Vec<Flat>, among: &Mesh) -> Vec<[(u32, f64); 2]> {
    let Some((low, high)) = region.frame() else { return Vec::new() };
    let hull: Vec<[u32; 2]> = match among.num_vertices() {
        0 => return Vec::new(),
        1 => vec![[0, 0]],
        // Settlements in a row have no hull but their row.
        _ if among.num_inner_faces() == 0 => ends(among).collect(),
        _ => among.convex_hull().map(|edge| edge.vertices().map(|v| v.fix().index() as u32)).collect(),
    };
    let (wide, tall) = (high.x - low.x + 2.0 * LATTICE, high.y - low.y + 2.0 * LATTICE);
    let step = (wide * tall / WAYPOINTS).sqrt().max(LATTICE);
    let rise = step * 3.0_f64.sqrt() / 2.0;
    let (rows, columns) = ((tall / rise).ceil() as i64, (wide / step).ceil() as i64);
    let lattice = (0..=rows).flat_map(|row| (0..=columns).map(move |column| (row, column)));
    let lattice = lattice.map(|(row, column)| {
        let shift = if row % 2 == 0 { 0.0 } else { 0.5 };
        let (x, y) = ((column as f64 + shift) * step, row as f64 * rise);
        middle(cell(Flat { x: low.x - LATTICE + x, y: low.y - LATTICE + y }))
    });
    let mut parts = Vec::new();
    for at in lattice {
        let is_outside = among.num_inner_faces() == 0
            || matches!(
                among.locate(Point2::new(at.x, at.y)),
                PositionInTriangulation::OutsideOfConvexHull(_)
            );
        let nearest = hull.iter().map(|[a, b]| {
            let (from, to) = (points[*a as usize], points[*b as usize]);
            let (dx, dy) = (to.x - from.x, to.y - from.y);
            let long = dx * dx + dy * dy;
            let along = ((at.x - from.x) * dx + (at.y - from.y) * dy) / long;
            let share = if long > 0.0 { along.clamp(0.0, 1.0) } else { 0.0 };
            let apart = (from.x + share * dx - at.x).hypot(from.y + share * dy - at.y);
            (apart, [(*a, 1.0 - share), (*b, share)])
        });
        let nearest = nearest.min_by(|a, b| a.0.total_cmp(&b.0));
        // So near the hull that it adds nothing, or on a settlement.
        if let Some((apart, of)) = nearest.filter(|(apart, _)| is_outside && *apart >= step / 2.0) {
            debug_assert!(apart > 0.0);
            parts.push((at, of));
        }
    }
    points.extend(parts.iter().map(|(at, _)| *at));
    parts.into_iter().map(|(_, of)| of).collect()
}

/// Adds points around everything.
fn ring(region: &Region, points: &mut Vec<Flat>) {
    const CORNERS: u32 = 24;
    let frame = region.frame().unwrap_or((Flat { x: 0.0, y: 0.0 }, Flat { x: 0.0, y: 0.0 }));
    let centre = Flat { x: frame.0.x.midpoint(frame.1.x), y: frame.0.y.midpoint(frame.1.y) };
    let far = points.iter().map(|at| (at.x - centre.x).hypot(at.y - centre.y)).fold(0.0, f64::max);
    let radius = (far + OUTSIDE).min(clip::WIDEST);
    points.extend((0..CORNERS).map(|n| {
        let turn = std::f64::consts::TAU * f64::from(n) / f64::from(CORNERS);
        middle(cell(Flat { x: centre.x + radius * turn.cos(), y: centre.y + radius * turn.sin() }))
    }));
}
