//! Which part of a plane a shape covers, on a coarse grid: where there is room for a legend or a wide name.

use super::canvas::Rect;
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
        let (width, height) =
            (self.bounds.width() / self.columns as f64, self.bounds.height() / self.rows as f64);
        let column = |x: f64| ((x - self.bounds.left) / width).clamp(0.0, self.columns as f64);
        let row = |y: f64| ((y - self.bounds.top) / height).clamp(0.0, self.rows as f64);
        let (left, right) = (column(rect.left).floor() as usize, column(rect.right).ceil() as usize);
        let (top, bottom) = (row(rect.top).floor() as usize, row(rect.bottom).ceil() as usize);
        let sum = |column: usize, row: usize| f64::from(self.sums[row * (self.columns + 1) + column]);
        let inside = sum(right, bottom) + sum(left, top) - sum(left, bottom) - sum(right, top);
        let cells = (rect.width() / width).ceil().max(1.0) * (rect.height() / height).ceil().max(1.0);
        (inside / cells).min(1.0)
    }

    /// The middle of the place inside the shape where a box of this size has most room around it, if it fits at all;
    /// `is_free` says whether a box may stand there.
    pub(crate) fn roomiest(&self, width: f64, height: f64, is_free: impl Fn(&Rect) -> bool) -> Option<Px> {
        let grown = [3.0, 2.2, 1.6, 1.3];
        let (cell_x, cell_y) =
            (self.bounds.width() / self.columns as f64, self.bounds.height() / self.rows as f64);
        for more in grown {
            // Room above and below a name matters as much as beside it, so both sides grow by the same length.
            let margin = height * (more - 1.0);
            let mut best: Option<(f64, Px)> = None;
            for row in 0..self.rows {
                for column in 0..self.columns {
                    let at = Px {
                        x: self.bounds.left + (column as f64 + 0.5) * cell_x,
                        y: self.bounds.top + (row as f64 + 0.5) * cell_y,
                    };
                    let rect = Rect::at(at.x - width / 2.0, at.y - height / 2.0, width, height);
                    let wide = rect.grown(margin);
                    if !self.bounds.holds(&rect) || self.share(&wide) < 0.995 || !is_free(&rect) {
                        continue;
                    }
                    let around = self.share(&rect.grown(margin + height * 2.0));
                    if best.is_none_or(|(share, _)| around > share) {
                        best = Some((around, at));
                    }
                }
            }
            if let Some((_, at)) = best {
                return Some(at);
            }
        }
        None
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
        let at = mask().roomiest(60.0, 10.0, |_| true).unwrap();
        assert!(mask().share(&Rect::at(at.x - 30.0, at.y - 5.0, 60.0, 10.0)) > 0.97);
        assert!(mask().roomiest(150.0, 10.0, |_| true).is_none());
    }

    #[test]
    fn an_empty_shape_has_no_room() {
        let none = Mask::of(&[], Rect::at(0.0, 0.0, 10.0, 10.0), (5, 5), |_| true);
        assert!(none.roomiest(1.0, 1.0, |_| true).is_none());
    }
}
