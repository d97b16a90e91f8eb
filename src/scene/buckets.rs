//! What lies near a rectangle of the canvas, without looking at everything: square buckets over the window.

use super::rect::Rect;

/// Numbered things by the squares they reach into.
#[derive(Clone, Debug)]
pub(crate) struct Buckets {
    window: Rect,
    side: f64,
    columns: usize,
    rows: usize,
    /// Where each square's things start in `things`.
    starts: Vec<u32>,
    things: Vec<u32>,
}

impl Buckets {
    /// Buckets of `side` pixels over a window, larger where there would be too many; what lies outside is in those along the edge.
    pub(crate) fn of(window: Rect, side: f64, things: impl Iterator<Item = Rect> + Clone) -> Self {
        const MOST: f64 = 256.0;
        let longest = window.width().max(window.height()).max(1.0);
        let side = side.max(longest / MOST).max(1.0);
        let count = |length: f64| ((length / side).ceil() as usize).clamp(1, MOST as usize);
        let (columns, rows) = (count(window.width()), count(window.height()));
        let mut buckets =
            Self { window, side, columns, rows, starts: vec![0; columns * rows + 1], things: Vec::new() };
        let mut ends = vec![0_u32; columns * rows];
        for rect in things.clone() {
            buckets.squares(&rect).for_each(|square| ends[square] += 1);
        }
        for (square, end) in ends.iter().enumerate() {
            buckets.starts[square + 1] = buckets.starts[square] + end;
        }
        buckets.things = vec![0; buckets.starts[columns * rows] as usize];
        let mut next = buckets.starts.clone();
        for (thing, rect) in things.enumerate() {
            for square in buckets.squares(&rect) {
                buckets.things[next[square] as usize] = thing as u32;
                next[square] += 1;
            }
        }
        buckets
    }

    /// Calls with every thing that may reach into a rectangle, some of them more than once.
    pub(crate) fn near<'s>(&'s self, rect: &Rect) -> impl Iterator<Item = usize> + use<'s> {
        let things = |square: usize| self.starts[square] as usize..self.starts[square + 1] as usize;
        self.squares(rect).flat_map(move |square| self.things[things(square)].iter().map(|at| *at as usize))
    }

    fn squares(&self, rect: &Rect) -> impl Iterator<Item = usize> + use<> {
        let index = |at: f64, count: usize| ((at / self.side).max(0.0) as usize).min(count - 1);
        let (left, right) = (rect.left - self.window.left, rect.right - self.window.left);
        let (top, bottom) = (rect.top - self.window.top, rect.bottom - self.window.top);
        let columns = index(left, self.columns)..=index(right, self.columns);
        let (rows, wide) = (index(top, self.rows)..=index(bottom, self.rows), self.columns);
        rows.flat_map(move |row| columns.clone().map(move |column| row * wide + column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_that_meets_a_rectangle_is_near_it(
            rects in prop::collection::vec((-50.0..450.0, -50.0..350.0, 0.0..90.0, 0.0..30.0), 0..40),
            asked in (-50.0..450.0, -50.0..350.0, 0.0..90.0, 0.0..30.0),
        ) {
            let rect = |(x, y, w, h): (f64, f64, f64, f64)| Rect::at(x, y, w, h);
            let rects: Vec<Rect> = rects.into_iter().map(rect).collect();
            let buckets = Buckets::of(Rect::at(0.0, 0.0, 400.0, 300.0), 24.0, rects.iter().copied());
            let near: Vec<usize> = buckets.near(&rect(asked)).collect();
            for (i, _) in rects.iter().enumerate().filter(|(_, other)| other.meets(&rect(asked))) {
                prop_assert!(near.contains(&i));
            }
        }
    }
}
