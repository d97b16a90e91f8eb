//! A list beside a map: rows with a sample before their words, in as many columns as there is room for.

use super::Anchor;
use super::canvas::{Page, put};
use super::element::{Look, Path, Words};
use super::rect::Rect;
use super::symbol::{Hold, Symbol};
use super::{Stroke, number};
use crate::gazetteer::Kind;
use crate::style::Style;
use crate::units::Px;

/// One row of a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Row {
    /// What the rows below it are about.
    Head(String),
    /// Something that passed from one hand to another.
    Passed(Hold, Hold, String),
    /// Words alone.
    Plain(String),
}

impl Row {
    fn words(&self) -> &str {
        match self {
            Self::Head(words) | Self::Passed(_, _, words) | Self::Plain(words) => words,
        }
    }
}

/// Where the rows of a list go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct List<'s> {
    style: &'s Style,
    room: Rect,
    unit: f64,
    columns: usize,
    /// Rows in one column.
    deep: usize,
}

/// Height of a row, in units.
const ROW: f64 = 21.5;
/// Width of a column at least and at most, in units.
const COLUMN: (f64, f64) = (215.0, 305.0);
/// Width of the sample before the words, in units.
const SAMPLE: f64 = 46.0;

impl<'s> List<'s> {
    /// A list for rows such as these in some room.
    pub(crate) fn of(rows: &[Row], style: &'s Style, room: Rect, unit: f64) -> Self {
        let (row, head) = looks(style, unit);
        let wide = |of: &Row| match of {
            Row::Head(words) => head.width(&head.line(words)),
            Row::Passed(_, _, words) => row.width(&row.line(words)) + SAMPLE * unit,
            Row::Plain(words) => row.width(&row.line(words)),
        };
        // Of ten thousand rows, the first hundreds say how wide a column is.
        let widest = rows.iter().take(400).map(wide).fold(COLUMN.0 * unit, f64::max);
        let column = widest.min(COLUMN.1 * unit) + 18.0 * unit;
        let columns = ((room.width() / column).floor() as usize).max(1);
        let deep = ((room.height() / (ROW * unit)).floor() as usize).max(1);
        Self { style, room, unit, columns, deep }
    }

    /// How many rows there is room for.
    pub(crate) fn rows(&self) -> usize {
        self.columns * self.deep
    }

    /// Draws the rows, as far as there is room, column by column. No head stands last in its column.
    pub(crate) fn draw(&self, page: &Page<'_>, rows: &[Row]) {
        let u = self.unit;
        let (plain, head) = looks(self.style, u);
        let width = self.room.width() / self.columns as f64;
        for (i, row) in rows.iter().take(self.rows()).enumerate() {
            let (column, down) = (i / self.deep, i % self.deep);
            let left = self.room.left + column as f64 * width;
            let y = self.room.top + (down as f64 + 0.7) * ROW * u;
            let (look, indent) = match row {
                Row::Head(_) => (head, 0.0),
                Row::Passed(..) => (plain, SAMPLE * u),
                Row::Plain(_) => (plain, 0.0),
            };
            let line = look.cut(row.words(), (width - indent - 14.0 * u).max(1.0));
            put(page.draw(&Words::new(Px { x: left + indent, y }, Anchor::Start, &line, look)));
            if let Row::Passed(from, to, _) = row {
                self.passed(page, (from, to), Px { x: left, y: y - look.size * 0.34 });
            }
        }
    }

    /// Two symbols and an arrow from the first to the second; the middle of their left end is `at`.
    fn passed(&self, page: &Page<'_>, (from, to): (&Hold, &Hold), at: Px) {
        let u = self.unit;
        for (hold, x) in [(from, 6.5), (to, 33.5)] {
            let at = Px { x: at.x + x * u, y: at.y };
            let hold = hold.clone();
            Symbol { at, radius: 4.6 * u, kind: Kind::Town, hold, changed: false }.draw(page, self.style);
        }
        let line = |points: Vec<(f64, f64)>| {
            let points = points.into_iter().map(|(x, y)| Px { x: at.x + x * u, y: at.y + y * u }).collect();
            put(page.draw(&Path::new(points, Stroke::solid(self.style.quiet, 1.2 * u))));
        };
        line(vec![(15.0, 0.0), (24.0, 0.0)]);
        line(vec![(20.5, -3.0), (24.0, 0.0), (20.5, 3.0)]);
    }
}

/// What is said where `left` rows did not fit.
pub(crate) fn more(left: usize) -> Row {
    Row::Plain(format!("and {} more", number::grouped(left as f64)))
}

fn looks(style: &Style, u: f64) -> (Look, Look) {
    let size = style.letters.legend * 0.9 * u;
    (style.look(size, style.ink), style.look(size, style.ink).bold())
}
