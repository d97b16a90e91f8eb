//! Leaves out the points of lines that least change their course, never letting two lines cross.
//!
//! Visvalingam and Whyatt, "Line generalisation by repeated elimination of points" (The Cartographic Journal 30,
//! 1993): again and again the point whose triangle with its neighbours is smallest goes. Here a point stays while
//! any other point lies in that triangle, so lines that did not cross before do not cross after.

use super::P;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// Square kilometres of a square of one ten-thousandth of a degree, at the equator.
const UNIT: f64 = 0.011_132 * 0.011_132;
const CELL: i32 = 500;
const NONE: usize = usize::MAX;

struct Vertex {
    at: P,
    arc: usize,
    prev: usize,
    next: usize,
    version: u32,
    gone: bool,
}

/// Simplifies each line up to its own limit, given in square kilometres; first and last points stay.
pub(crate) fn arcs(lines: &mut [Vec<P>], limits: &[f64]) {
    let mut vertices: Vec<Vertex> = Vec::new();
    let mut grid: HashMap<(i32, i32), Vec<usize>> = HashMap::new();
    let mut left: Vec<usize> = Vec::new();
    for (arc, line) in lines.iter().enumerate() {
        left.push(line.len());
        for (n, &at) in line.iter().enumerate() {
            let id = vertices.len();
            let prev = if n == 0 { NONE } else { id - 1 };
            let next = if n + 1 == line.len() { NONE } else { id + 1 };
            vertices.push(Vertex { at, arc, prev, next, version: 0, gone: false });
            grid.entry(cell(at)).or_default().push(id);
        }
    }
    let mut heap = BinaryHeap::new();
    for id in 0..vertices.len() {
        if let Some(area) = worth(&vertices, id).filter(|&area| area < limits[vertices[id].arc]) {
            heap.push(Reverse(((area * 1e12) as u64, id, 0)));
        }
    }
    while let Some(Reverse((_, id, version))) = heap.pop() {
        let Vertex { arc, prev, next, gone, version: now, .. } = vertices[id];
        let ring = lines[arc].len() > 2 && lines[arc].first() == lines[arc].last();
        if gone || version != now || left[arc] <= (if ring { 4 } else { 2 }) {
            continue;
        }
        let triangle = [vertices[prev].at, vertices[id].at, vertices[next].at];
        if occupied(&vertices, &grid, triangle) {
            continue;
        }
        vertices[id].gone = true;
        left[arc] -= 1;
        vertices[prev].next = next;
        vertices[next].prev = prev;
        for near in [prev, next] {
            vertices[near].version += 1;
            if let Some(area) = worth(&vertices, near).filter(|&area| area < limits[arc]) {
                heap.push(Reverse(((area * 1e12) as u64, near, vertices[near].version)));
            }
        }
    }
    let mut kept: Vec<Vec<P>> = vec![Vec::new(); lines.len()];
    for vertex in vertices.iter().filter(|vertex| !vertex.gone) {
        kept[vertex.arc].push(vertex.at);
    }
    for (line, kept) in lines.iter_mut().zip(kept) {
        *line = kept;
    }
}

fn cell(at: P) -> (i32, i32) {
    (at.0.div_euclid(CELL), at.1.div_euclid(CELL))
}

/// The triangle of a point with its neighbours in square kilometres; `None` at an end.
fn worth(vertices: &[Vertex], id: usize) -> Option<f64> {
    let Vertex { at, prev, next, .. } = vertices[id];
    if prev == NONE || next == NONE {
        return None;
    }
    let twice = cross(vertices[prev].at, at, vertices[next].at).abs() as f64;
    Some(twice / 2.0 * UNIT * (f64::from(at.1) * 1e-4).to_radians().cos().max(0.0))
}

fn cross(a: P, b: P, c: P) -> i64 {
    let d = |x: i32, y: i32| i64::from(x) - i64::from(y);
    d(b.0, a.0) * d(c.1, a.1) - d(b.1, a.1) * d(c.0, a.0)
}

/// Whether a point of any line other than the corners lies in the triangle or on its rim.
fn occupied(vertices: &[Vertex], grid: &HashMap<(i32, i32), Vec<usize>>, triangle: [P; 3]) -> bool {
    let [a, b, c] = triangle;
    let low = cell((a.0.min(b.0).min(c.0), a.1.min(b.1).min(c.1)));
    let high = cell((a.0.max(b.0).max(c.0), a.1.max(b.1).max(c.1)));
    (low.0..=high.0).flat_map(|x| (low.1..=high.1).map(move |y| (x, y))).any(|key| {
        grid.get(&key).is_some_and(|ids| {
            ids.iter().any(|&id| {
                let vertex = &vertices[id];
                !vertex.gone && !triangle.contains(&vertex.at) && {
                    let sides = [cross(a, b, vertex.at), cross(b, c, vertex.at), cross(c, a, vertex.at)];
                    sides.iter().all(|&side| side >= 0) || sides.iter().all(|&side| side <= 0)
                }
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hardly_bends_goes_and_the_ends_stay() {
        let mut lines = vec![vec![(0, 0), (1_000, 1), (2_000, 0), (3_000, 2_000), (4_000, 0)]];
        arcs(&mut lines, &[0.5]);
        assert_eq!(lines, [vec![(0, 0), (2_000, 0), (3_000, 2_000), (4_000, 0)]]);
    }

    #[test]
    fn a_ring_keeps_three_corners() {
        let mut lines = vec![vec![(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]];
        arcs(&mut lines, &[1e9]);
        assert_eq!(lines[0].len(), 4);
    }

    #[test]
    fn a_line_never_jumps_over_an_island() {
        let bay = vec![(0, 0), (1_000, 300), (2_000, 0)];
        let island = vec![(990, 100), (1_010, 100), (1_000, 120), (990, 100)];
        let mut lines = vec![bay.clone(), island];
        arcs(&mut lines, &[1e9, 1e-9]);
        assert_eq!(lines[0], bay);
    }
}
