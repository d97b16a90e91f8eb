//! Sparse symmetric systems on a planar graph, factored once and mended where the clamped points change.
//!
//! Points are put in order by nested dissection along their coordinates (George, *Nested dissection of a regular finite
//! element mesh*, SIAM J. Numer. Anal. 10, 1973), which for planar graphs keeps the factor at O(n log n) numbers and
//! O(n^1.5) work (Lipton, Rose and Tarjan 1979). The factor is multifrontal (Duff and Reid, *The multifrontal solution of
//! indefinite sparse symmetric linear equations*, ACM TOMS 9, 1983): each block of points leaves its contribution to the
//! blocks above it. A point that is clamped or set free changes the blocks that it and its neighbours are in and those above
//! them; only these are worked out again, from contributions that are kept. What comes out is the same to the last bit as
//! a factor made from nothing, so that a day does not depend on the days before it.
//!
//! Written here, and not taken from a library, for three reasons: no fused multiply-add and no instruction set chosen at
//! run time, so that every machine gives the same bits; the mending above; and the order by coordinates, which general
//! libraries cannot know.

use crate::projection::Flat;

/// Blocks of at most so many points are not cut any further.
const LEAF: usize = 12;

/// Conductors between points: a symmetric graph with positive weights.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    /// Where the neighbours of each point begin; one longer than there are points.
    starts: Vec<usize>,
    /// Neighbours and the weights of the edges to them, by point.
    neighbours: Vec<(u32, f64)>,
}

impl Graph {
    /// The graph of these edges among the first `count` points.
    pub(super) fn of(count: usize, edges: &[(u32, u32, f64)]) -> Self {
        let mut starts = vec![0; count + 1];
        for (a, b, _) in edges {
            starts[*a as usize + 1] += 1;
            starts[*b as usize + 1] += 1;
        }
        for i in 0..count {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut neighbours = vec![(0, 0.0); starts[count]];
        for &(a, b, weight) in edges {
            for (from, to) in [(a, b), (b, a)] {
                neighbours[next[from as usize]] = (to, weight);
                next[from as usize] += 1;
            }
        }
        Self { starts, neighbours }
    }

    /// Number of points.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The neighbours of a point, with the weights of the edges to them.
    pub(super) fn around(&self, point: u32) -> &[(u32, f64)] {
        &self.neighbours[self.starts[point as usize]..self.starts[point as usize + 1]]
    }
}

/// A block of points that are eliminated together.
#[derive(Clone, Debug, Default)]
struct Block {
    /// Its points, in order of elimination.
    own: Vec<u32>,
    /// Points of blocks above that are joined to it, in order of elimination.
    rim: Vec<u32>,
    /// The block above; none for a root.
    above: Option<u32>,
    /// The blocks right below, each with where the points of its rim stand in this one (own points, then rim).
    below: Vec<(u32, Vec<u32>)>,
    /// Edges from its own points to its own and its rim: row, column, weight.
    edges: Vec<(u32, u32, f64)>,
}

/// The order of elimination, and which numbers of the factor there can be at all.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// Every block after those below it.
    blocks: Vec<Block>,
    /// The block of each point.
    block_of: Vec<u32>,
    /// Sum of the weights at each point.
    degrees: Vec<f64>,
}

impl Plan {
    /// The plan for a graph whose points lie here.
    pub(super) fn of(points: &[Flat], graph: &Graph) -> Self {
        let count = graph.len();
        let mut plan = Self {
            blocks: Vec::new(),
            block_of: vec![0; count],
            degrees: (0..count as u32).map(|v| graph.around(v).iter().map(|(_, w)| w).sum()).collect(),
        };
        let mut side = vec![0; count];
        let mut cut = Cut { points, graph, side: &mut side, stamp: 0 };
        cut.dissect((0..count as u32).collect(), &mut plan);
        plan.find_rims(graph);
        plan
    }

    fn push(&mut self, own: Vec<u32>, below: &[u32]) -> u32 {
        let id = self.blocks.len() as u32;
        for &v in &own {
            self.block_of[v as usize] = id;
        }
        for &child in below {
            self.blocks[child as usize].above = Some(id);
        }
        let below = below.iter().map(|child| (*child, Vec::new())).collect();
        self.blocks.push(Block { own, below, ..Block::default() });
        id
    }

    fn find_rims(&mut self, graph: &Graph) {
        let mut position = vec![0_u32; self.block_of.len()];
        for (n, v) in self.blocks.iter().flat_map(|block| &block.own).enumerate() {
            position[*v as usize] = n as u32;
        }
        let mut place = vec![0_u32; self.block_of.len()];
        for id in 0..self.blocks.len() {
            let mut block = std::mem::take(&mut self.blocks[id]);
            let is_above = |v: &u32| self.block_of[*v as usize] as usize > id;
            let near = block.own.iter().flat_map(|v| graph.around(*v)).map(|(v, _)| *v);
            let passed = block.below.iter().flat_map(|(child, _)| self.blocks[*child as usize].rim.iter());
            block.rim = near.chain(passed.copied()).filter(is_above).collect();
            block.rim.sort_unstable_by_key(|v| position[*v as usize]);
            block.rim.dedup();
            for (n, v) in block.own.iter().chain(&block.rim).enumerate() {
                place[*v as usize] = n as u32;
            }
            for (child, map) in &mut block.below {
                *map = self.blocks[*child as usize].rim.iter().map(|v| place[*v as usize]).collect();
            }
            for &v in &block.own {
                let later =
                    graph.around(v).iter().filter(|(u, _)| position[*u as usize] > position[v as usize]);
                block.edges.extend(later.map(|(u, w)| (place[*u as usize], place[v as usize], *w)));
            }
            self.blocks[id] = block;
        }
    }
}

/// Cuts sets of points in two and sets aside those between.
struct Cut<'a> {
    points: &'a [Flat],
    graph: &'a Graph,
    /// The stamp of the half each point was last in.
    side: &'a mut [u32],
    stamp: u32,
}

impl Cut<'_> {
    /// Adds the blocks of a set of points; the last of them.
    fn dissect(&mut self, mut set: Vec<u32>, plan: &mut Plan) -> u32 {
        if set.len() <= LEAF {
            return plan.push(set, &[]);
        }
        let range = |of: fn(&Flat) -> f64| {
            let all = set.iter().map(|v| of(&self.points[*v as usize]));
            let (low, high) = all.fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)));
            high - low
        };
        let along: fn(&Flat) -> f64 = if range(|at| at.x) > range(|at| at.y) { |at| at.x } else { |at| at.y };
        let middle = set.len() / 2;
        let points = self.points;
        set.select_nth_unstable_by(middle, |a, b| {
            let (one, other) = (along(&points[*a as usize]), along(&points[*b as usize]));
            one.total_cmp(&other).then(a.cmp(b))
        });
        let mut high = set.split_off(middle);
        let mut low = set;
        low.sort_unstable();
        high.sort_unstable();
        let (in_low, in_high) = (self.stamp + 1, self.stamp + 2);
        self.stamp += 2;
        for (half, stamp) in [(&low, in_low), (&high, in_high)] {
            for v in half {
                self.side[*v as usize] = stamp;
            }
        }
        let touches =
            |v: &u32, half: u32| self.graph.around(*v).iter().any(|(u, _)| self.side[*u as usize] == half);
        let of_low: Vec<u32> = low.iter().copied().filter(|v| touches(v, in_high)).collect();
        let of_high: Vec<u32> = high.iter().copied().filter(|v| touches(v, in_low)).collect();
        let between = if of_low.len() <= of_high.len() {
            low.retain(|v| of_low.binary_search(v).is_err());
            of_low
        } else {
            high.retain(|v| of_high.binary_search(v).is_err());
            of_high
        };
        let below: Vec<u32> = [low, high]
            .into_iter()
            .filter(|half| !half.is_empty())
            .map(|half| self.dissect(half, plan))
            .collect();
        plan.push(between, &below)
    }
}

/// The factor of the graph's Laplacian, some of its points clamped to a value of their own.
#[derive(Clone, Debug, Default)]
pub(super) struct Factor {
    clamped: Vec<bool>,
    /// Of each block the columns of its own points, lower part.
    columns: Vec<Vec<f64>>,
    /// What each block leaves to those above: a square matrix on its rim, lower part.
    left: Vec<Vec<f64>>,
}

impl Factor {
    /// Clamps just these points, and works out again what that changes. At least one must be clamped in each connected
    /// part of the graph.
    pub(super) fn clamp(&mut self, plan: &Plan, graph: &Graph, clamped: &[bool]) {
        let count = plan.blocks.len();
        let mut stale = vec![false; count];
        if self.clamped.len() == clamped.len() {
            for v in (0..clamped.len()).filter(|v| clamped[*v] != self.clamped[*v]) {
                let mine = plan.block_of[v];
                stale[mine as usize] = true;
                // An edge stands in the block that is eliminated first.
                for (u, _) in graph.around(v as u32) {
                    stale[plan.block_of[*u as usize].min(mine) as usize] = true;
                }
            }
        } else {
            stale.fill(true);
            self.columns = vec![Vec::new(); count];
            self.left = vec![Vec::new(); count];
        }
        self.clamped = clamped.to_vec();
        for id in 0..count {
            if stale[id] {
                self.eliminate(plan, id);
                if let Some(above) = plan.blocks[id].above {
                    stale[above as usize] = true;
                }
            }
        }
    }

    /// Works out the columns of a block and what it leaves to those above.
    fn eliminate(&mut self, plan: &Plan, id: usize) {
        let block = &plan.blocks[id];
        let (own, rim) = (block.own.len(), block.rim.len());
        let high = own + rim;
        let mut columns = std::mem::take(&mut self.columns[id]);
        let mut left = std::mem::take(&mut self.left[id]);
        columns.clear();
        columns.resize(high * own, 0.0);
        left.clear();
        left.resize(rim * rim, 0.0);
        for (k, v) in block.own.iter().enumerate() {
            let v = *v as usize;
            columns[k * high + k] = if self.clamped[v] { 1.0 } else { plan.degrees[v] };
        }
        let point =
            |n: u32| if (n as usize) < own { block.own[n as usize] } else { block.rim[n as usize - own] };
        for &(row, column, weight) in &block.edges {
            if !self.clamped[point(row) as usize] && !self.clamped[point(column) as usize] {
                columns[column as usize * high + row as usize] -= weight;
            }
        }
        for (child, map) in &block.below {
            let matrix = &self.left[*child as usize];
            let size = map.len();
            for (j, &column) in map.iter().enumerate() {
                let column = column as usize;
                let from = &matrix[j * size + j..(j + 1) * size];
                let (to, base) = if column < own {
                    (&mut columns[column * high..(column + 1) * high], 0)
                } else {
                    (&mut left[(column - own) * rim..(column - own + 1) * rim], own)
                };
                for (value, &row) in from.iter().zip(&map[j..]) {
                    to[row as usize - base] += value;
                }
            }
        }
        for k in 0..own {
            let (done, rest) = columns.split_at_mut((k + 1) * high);
            let pivot = &mut done[k * high + k..];
            // Positive by theory; where rounding eats it up, the point is free of its neighbours.
            let root = pivot[0].max(f64::MIN_POSITIVE).sqrt();
            pivot[0] = root;
            pivot[1..].iter_mut().for_each(|value| *value /= root);
            for j in k + 1..own {
                let by = pivot[j - k];
                if by != 0.0 {
                    let column = &mut rest[(j - k - 1) * high + j..(j - k) * high];
                    column.iter_mut().zip(&pivot[j - k..]).for_each(|(value, from)| *value -= by * from);
                }
            }
        }
        subtract_products(&mut left, &columns, own, rim);
        self.columns[id] = columns;
        self.left[id] = left;
    }

    /// The solution of one system: values given at clamped points, inflow at the others.
    pub(super) fn solve(&self, plan: &Plan, values: &mut [f64]) {
        let mut at_rim = Vec::new();
        for (block, columns) in plan.blocks.iter().zip(&self.columns) {
            let (own, high) = (block.own.len(), block.own.len() + block.rim.len());
            at_rim.clear();
            at_rim.resize(high, 0.0);
            for (n, v) in block.own.iter().enumerate() {
                at_rim[n] = values[*v as usize];
            }
            for k in 0..own {
                let column = &columns[k * high..(k + 1) * high];
                let value = at_rim[k] / column[k];
                at_rim[k] = value;
                if value != 0.0 {
                    at_rim[k + 1..].iter_mut().zip(&column[k + 1..]).for_each(|(x, by)| *x -= value * by);
                }
            }
            block.own.iter().zip(&at_rim).for_each(|(v, x)| values[*v as usize] = *x);
            block.rim.iter().zip(&at_rim[own..]).for_each(|(v, x)| values[*v as usize] += x);
        }
        for (block, columns) in plan.blocks.iter().zip(&self.columns).rev() {
            let (own, high) = (block.own.len(), block.own.len() + block.rim.len());
            at_rim.clear();
            at_rim.extend(block.own.iter().chain(&block.rim).map(|v| values[*v as usize]));
            for k in (0..own).rev() {
                let column = &columns[k * high..(k + 1) * high];
                if !self.clamped[block.own[k] as usize] {
                    at_rim[k] = (at_rim[k] - product(&column[k + 1..], &at_rim[k + 1..high])) / column[k];
                }
            }
            block.own.iter().zip(&at_rim).for_each(|(v, x)| values[*v as usize] = *x);
        }
    }

    /// How many numbers it keeps.
    pub(super) fn size(&self) -> usize {
        self.columns.iter().chain(&self.left).map(Vec::len).sum()
    }
}

/// The sum of the products of two rows, in four parts so that none waits for another.
fn product(one: &[f64], other: &[f64]) -> f64 {
    let mut parts = [0.0; 4];
    let (ones, others) = (one.chunks_exact(4), other.chunks_exact(4));
    let rest: f64 = ones.remainder().iter().zip(others.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in ones.zip(others) {
        for n in 0..4 {
            parts[n] += a[n] * b[n];
        }
    }
    (parts[0] + parts[1]) + (parts[2] + parts[3]) + rest
}

/// Subtracts from a square matrix, lower part, what the rows of the rim in these columns give, four columns at a time.
fn subtract_products(left: &mut [f64], columns: &[f64], own: usize, rim: usize) {
    let high = own + rim;
    let tail = |k: usize| &columns[k * high + own..(k + 1) * high];
    let fours = own / 4 * 4;
    for row in 0..rim {
        let target = &mut left[row * rim + row..(row + 1) * rim];
        for first in (0..fours).step_by(4) {
            let four = [0, 1, 2, 3].map(|n| &tail(first + n)[row..]);
            let by = four.map(|column| column[0]);
            if by.iter().any(|by| *by != 0.0) {
                let rows = target.iter_mut().zip(four[0]).zip(four[1]).zip(four[2]).zip(four[3]);
                for ((((value, one), two), three), last) in rows {
                    *value -= (by[0] * one + by[1] * two) + (by[2] * three + by[3] * last);
                }
            }
        }
        for column in fours..own {
            let column = &tail(column)[row..];
            let by = column[0];
            if by != 0.0 {
                target.iter_mut().zip(column).for_each(|(value, other)| *value -= by * other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A grid of points with weights that differ, and its plan.
    fn grid(side: u32) -> (Graph, Plan) {
        let points: Vec<Flat> =
            (0..side * side).map(|n| Flat { x: f64::from(n % side), y: f64::from(n / side) }).collect();
        let mut edges = Vec::new();
        for n in 0..side * side {
            let weight = 1.0 + f64::from(n * 7 % 5);
            if n % side + 1 < side {
                edges.push((n, n + 1, weight));
            }
            if n + side < side * side {
                edges.push((n, n + side, 6.0 - weight));
            }
        }
        let graph = Graph::of((side * side) as usize, &edges);
        let plan = Plan::of(&points, &graph);
        (graph, plan)
    }

    /// What flows out of a free point, less what should: nought in a solution.
    fn residual(graph: &Graph, values: &[f64], v: u32) -> f64 {
        graph.around(v).iter().map(|(u, w)| w * (values[v as usize] - values[*u as usize])).sum()
    }

    fn harmonic(graph: &Graph, plan: &Plan, factor: &Factor, labels: &[Option<f64>]) -> Vec<f64> {
        let mut values: Vec<f64> = (0..labels.len() as u32)
            .map(|v| {
                let inflow =
                    || graph.around(v).iter().map(|(u, w)| w * labels[*u as usize].unwrap_or(0.0)).sum();
                labels[v as usize].unwrap_or_else(inflow)
            })
            .collect();
        factor.solve(plan, &mut values);
        values
    }

    proptest! {
        #[test]
        fn solutions_are_harmonic_and_mending_gives_the_bits_of_a_new_factor(
            first in prop::collection::btree_map(0_usize..144, -1.0..1.0, 1..30),
            second in prop::collection::btree_map(0_usize..144, -1.0..1.0, 1..30),
        ) {
            let (graph, plan) = grid(12);
            let mut mended = Factor::default();
            for labelled in [&first, &second] {
                let labels: Vec<Option<f64>> = (0..144).map(|v| labelled.get(&v).copied()).collect();
                let clamped: Vec<bool> = labels.iter().map(Option::is_some).collect();
                mended.clamp(&plan, &graph, &clamped);
                let mut new = Factor::default();
                new.clamp(&plan, &graph, &clamped);
                let values = harmonic(&graph, &plan, &mended, &labels);
                prop_assert_eq!(&values, &harmonic(&graph, &plan, &new, &labels));
                for v in 0..144 {
                    match labels[v as usize] {
                        Some(label) => prop_assert_eq!(values[v as usize].to_bits(), label.to_bits()),
                        None => prop_assert!(residual(&graph, &values, v).abs() < 1e-9),
                    }
                }
            }
        }
    }
}
