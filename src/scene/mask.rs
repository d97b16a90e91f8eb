//! Which part of a plane a shape covers, on a coarse grid: where there is room for a legend or a wide name.

use super::rect::Rect;
use crate::units::Px;

/// A grid of cells, each inside the shape or not, with sums over all rectangles at once.
#[derive(Clone, Debug)]
pub(crate) struct Mask {
    bounds: Rect,
    columns: usize,
    rows: usize,
    /// Cells inside left of and above each corner of the grid.
    sums: Vec<u32>,
}

impl Mask {
    /// The cells of `bounds`, cut into `columns` by `rows`, whose middle lies inside these rings by the even-odd
    /// rule and for which `keep` holds.
    pub(crate) fn of(
        rings: &[Vec<Px>],
        bounds: Rect,
        (columns, rows): (usize, usize),
        keep: impl Fn(Px) -> bool,
    ) -> Self {
        let (columns, rows) = (columns.clamp(1, 1000), rows.clamp(1, 1000));
        let (width, height) = (bounds.width() / columns as f64, bounds.height() / rows as f64);
        let mut crossings: Vec<Vec<f64>> = vec![Vec::new(); rows];
        for ring in rings {
            for (i, to) in ring.iter().enumerate() {
                let from = ring[(i + ring.len() - 1) % ring.len()];
                let (low, high) = if from.y < to.y { (from, *to) } else { (*to, from) };
                let row = |y: f64| ((y - bounds.top) / height - 0.5).ceil().clamp(0.0, rows as f64) as usize;
                for (row, crossings) in crossings.iter_mut().enumerate().take(row(high.y)).skip(row(low.y)) {
                    let y = bounds.top + (row as f64 + 0.5) * height;
                    crossings.push(low.x + (high.x - low.x) * (y - low.y) / (high.y - low.y));
                }
            }
        }
        let mut sums = vec![0; (columns + 1) * (rows + 1)];
        for (row, crossings) in crossings.iter_mut().enumerate() {
            crossings.sort_by(f64::total_cmp);
            let mut passed = 0;
            let mut along = 0;
            for column in 0..columns {
                let x = bounds.left + (column as f64 + 0.5) * width;
                passed += crossings[passed..].iter().take_while(|crossing| **crossing <= x).count();
                let at = Px { x, y: bounds.top + (row as f64 + 0.5) * height };
                along += u32::from(passed % 2 == 1 && keep(at));
                sums[(row + 1) * (columns + 1) + column + 1] = sums[row * (columns + 1) + column + 1] + along;
            }
        }
        Self { bounds, columns, rows, sums }
    }

    /// How much of a rectangle is inside the shape, from 0 to 1; what lies beyond the grid is outside the shape.
    pub(crate) fn share(&self, rect: &Rect) -> f64 {
        let (width, height) = self.cell();
        let (left, right) = (
            ((rect.left - self.bounds.left) / width).floor(),
            ((rect.right - self.bounds.left) / width).ceil(),
        );
        let (top, bottom) = (
            ((rect.top - self.bounds.top) / height).floor(),
            ((rect.bottom - self.bounds.top) / height).ceil(),
        );
        let column = |x: f64| x.clamp(0.0, self.columns as f64) as usize;
        let row = |y: f64| y.clamp(0.0, self.rows as f64) as usize;
        let sum = |x: f64, y: f64| f64::from(self.sums[row(y) * (self.columns + 1) + column(x)]);
        let inside = sum(right, bottom) + sum(left, top) - sum(left, bottom) - sum(right, top);
        inside / ((right - left).max(1.0) * (bottom - top).max(1.0))
    }

    fn is_inside(&self, column: usize, row: usize) -> bool {
        let above = row * (self.columns + 1) + column;
        let below = above + self.columns + 1;
        self.sums[below + 1] + self.sums[above] > self.sums[below] + self.sums[above + 1]
    }

    fn cell(&self) -> (f64, f64) {
        (self.bounds.width() / self.columns as f64, self.bounds.height() / self.rows as f64)
    }

    /// The middle of the place inside the shape where a box of this size has most room on all sides, if it fits at
    /// all with a third of its height around it.
    pub(crate) fn roomiest(&self, width: f64, height: f64) -> Option<Px> {
        const MARGINS: [f64; 9] = [8.0, 6.0, 4.0, 2.5, 2.0, 1.5, 1.1, 0.7, 0.3];
        let (cell_x, cell_y) = self.cell();
        let whole = f64::from(self.sums.last().copied().unwrap_or_default()) * cell_x * cell_y;
        if whole < width * height {
            return None;
        }
        let rect = |at: Px, margin: f64| {
            // Room above and below a name matters as much as beside it, so both sides grow by the same length.
            Rect::at(at.x - width / 2.0, at.y - height / 2.0, width, height).grown(margin * height)
        };
        let is_room = |at: Px, margin: f64| self.share(&rect(at, margin)) > 0.999;
        let mut best: Option<((f64, f64), Px)> = None;
        for i in 0..self.rows * self.columns {
            let (row, column) = (i / self.columns, i % self.columns);
            if !self.is_inside(column, row) {
                continue;
            }
            let at = Px {
                x: self.bounds.left + (column as f64 + 0.5) * cell_x,
                y: self.bounds.top + (row as f64 + 0.5) * cell_y,
            };
            if !is_room(at, 0.3) {
                continue;
            }
            let margin = MARGINS.into_iter().find(|margin| is_room(at, *margin)).unwrap_or(0.3);
            let room = (margin, self.share(&rect(at, margin + 2.0)));
            if best.is_none_or(|(most, _)| room > most) {
                best = Some((room, at));
            }
        }
        best.map(|(_, at)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(side: f64) -> Vec<Px> {
        Rect::at(0.0, 0.0, side, side).corners()
    }

    fn mask() -> Mask {
        let hole: Vec<Px> = Rect::at(40.0, 40.0, 20.0, 20.0).corners();
        Mask::of(&[square(100.0), hole], Rect::at(0.0, 0.0, 200.0, 100.0), (200, 100), |_| true)
    }

    #[test]
    fn a_share_is_what_a_rectangle_covers() {
        assert!((mask().share(&Rect::at(0.0, 0.0, 40.0, 100.0)) - 1.0).abs() < 1e-9);
        assert!((mask().share(&Rect::at(90.0, 0.0, 20.0, 10.0)) - 0.5).abs() < 1e-9);
        assert!(mask().share(&Rect::at(42.0, 42.0, 16.0, 16.0)).abs() < 1e-9);
        assert!(mask().share(&Rect::at(-500.0, -500.0, 100.0, 100.0)).abs() < 1e-9);
    }

    #[test]
    fn a_name_stands_where_it_has_room() {
        let at = mask().roomiest(60.0, 10.0).unwrap();
        assert!(mask().share(&Rect::at(at.x - 30.0, at.y - 5.0, 60.0, 10.0)) > 0.97);
        assert!(mask().roomiest(150.0, 10.0).is_none());
    }

    #[test]
    fn an_empty_shape_has_no_room() {
        let none = Mask::of(&[], Rect::at(0.0, 0.0, 10.0, 10.0), (5, 5), |_| true);
        assert!(none.roomiest(1.0, 1.0).is_none());
    }
}
