//! The legend: only what is on the map, with the scale bar and the note on estimated ground.

use super::canvas::{Page, put, rgba, step};
use super::element::{Look, Made, Path, Shape, Words};
use super::rect::Rect;
use super::symbol::{Hold, Symbol};
use super::text::Line;
use super::{Anchor, Colour, Paint, Stroke, advance};
use crate::gazetteer::Kind;
use crate::style::Style;
use crate::units::Px;
use plotters::element::Rectangle;
use plotters::style::ShapeStyle;

/// What stands left of a row's words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Key {
    /// A side: its ground and its places.
    Side(Paint, Hold),
    /// Ground.
    Patch(Paint),
    /// An arrow of advance.
    Arrow(Colour),
    /// A place.
    Place(Kind, Hold, bool),
    /// A line, over a wider one where it has a casing.
    Line(Vec<Stroke>),
}

/// What a row is about; the last are left out first where there is little room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Who holds what.
    Side,
    /// How surely, since when, up to where.
    State,
    /// What a place is.
    Kind,
    /// What a border is.
    Border,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// Where it stands among the others.
    pub(crate) rank: (Class, usize),
    /// The sample.
    pub(crate) key: Key,
    /// What it means.
    pub(crate) words: String,
}

/// A scale bar: a round length on the ground and as drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bar {
    /// Kilometres from end to end.
    pub(crate) km: f64,
    /// Pixels from end to end.
    pub(crate) length: f64,
}

impl Bar {
    /// The longest bar of 1, 2 or 5 times a power of ten kilometres that is at most `longest` pixels.
    pub(crate) fn of(scale: f64, longest: f64) -> Self {
        let most = (longest / scale).max(1e-6);
        let power = 10.0_f64.powf(most.log10().floor());
        let km = [5.0, 2.0, 1.0].into_iter().map(|n| n * power).find(|km| *km <= most).unwrap_or(power);
        Self { km, length: km * scale }
    }
}

/// A row with its words broken into lines.
struct Laid {
    key: Key,
    lines: Vec<Line>,
    height: f64,
    /// Its upper left corner, from that of the first row.
    at: (f64, f64),
}

/// A legend ready to be put somewhere.
pub(crate) struct Legend<'s> {
    style: &'s Style,
    rows: Vec<Laid>,
    note: Vec<Line>,
    text: Look,
    small: Look,
    unit: f64,
    /// Size in pixels, with its padding.
    pub(crate) size: (f64, f64),
}

impl<'s> Legend<'s> {
    /// A legend of these rows, at most `widest` pixels wide. `unit` is the size of a pixel of the standard picture.
    pub(crate) fn of(rows: Vec<Row>, note: &str, style: &'s Style, unit: f64, widest: f64) -> Self {
        let text = style.look(style.letters.legend * unit, style.ink);
        let small = style.look(style.letters.small * 0.96154 * unit, style.quiet);
        let (pad, key) = (14.0 * unit, 44.0 * unit);
        let mut rows: Vec<Laid> = rows
            .into_iter()
            .map(|row| {
                let lines = text.wrap(&row.words, widest - 2.0 * pad - key, 3);
                let height = (lines.len().max(1) as f64 * 1.22 * text.size + 5.0 * unit).max(25.0 * unit);
                Laid { key: row.key, lines, height, at: (0.0, 0.0) }
            })
            .collect();
        let widths = rows.iter().flat_map(|row| row.lines.iter().map(|line| text.width(line) + key));
        let inner = widths.fold(170.0 * unit, f64::max).min(widest - 2.0 * pad);
        let note = small.wrap(note, inner, 4);
        let mut rows_height = 0.0;
        for row in &mut rows {
            row.at.1 = rows_height;
            rows_height += row.height;
        }
        let height = rows_height + 46.0 * unit + note.len() as f64 * small.size * 1.3 + 2.0 * pad;
        Self { style, rows, note, text, small, unit, size: (inner + 2.0 * pad, height) }
    }

    /// The fullest and largest legend of these rows that leaves most of the window to the map.
    pub(crate) fn fitted(rows: &[Row], note: &str, style: &'s Style, unit: f64, window: Rect) -> Self {
        let widest = (window.width() * 0.3).max(150.0_f64.min(window.width() * 0.45));
        let upto = |last: Class| rows.iter().filter(|row| row.rank.0 <= last).cloned().collect::<Vec<_>>();
        let choices = [Class::Border, Class::State, Class::Side];
        let legends = choices.into_iter().flat_map(|last| {
            [1.0, 0.85, 0.75].map(|size| Self::of(upto(last), note, style, unit * size, widest))
        });
        let mut legends = legends.skip_while(|legend| legend.size.1 > window.height() * 0.8);
        legends.next().unwrap_or_else(|| Self::of(upto(Class::Side), note, style, unit * 0.75, widest))
    }

    /// The same with its rows side by side in so many columns.
    fn in_columns(mut self, columns: usize) -> Self {
        let pad = 14.0 * self.unit;
        let tall: f64 = self.rows.iter().map(|row| row.height).sum();
        let (wide, gap) = (self.size.0 - 2.0 * pad, 18.0 * self.unit);
        let each = self.rows.len().div_ceil(columns.max(1)).max(1);
        let mut highest = 0.0_f64;
        let used = self.rows.len().div_ceil(each).max(1);
        for (column, rows) in self.rows.chunks_mut(each).enumerate() {
            let mut y = 0.0;
            for row in rows {
                row.at = (column as f64 * (wide + gap), y);
                y += row.height;
            }
            highest = highest.max(y);
        }
        let width = wide * used as f64 + gap * (used - 1) as f64;
        let note: Vec<String> = self.note.iter().map(Line::words).collect();
        let before = self.note.len();
        self.note = self.small.wrap(&note.join(" "), width, 4);
        let shorter = before.saturating_sub(self.note.len()) as f64 * self.small.size * 1.3;
        self.size = (width + 2.0 * pad, self.size.1 - tall + highest - shorter);
        self
    }

    /// The largest legend of these rows, in as few columns as can be, that fits a width and a height.
    pub(crate) fn spread(
        rows: &[Row],
        note: &str,
        style: &'s Style,
        unit: f64,
        (widest, highest): (f64, f64),
    ) -> Option<Self> {
        let upto = |last: Class| rows.iter().filter(|row| row.rank.0 <= last).cloned().collect::<Vec<_>>();
        let choices = [Class::Border, Class::State, Class::Side].into_iter();
        let choices = choices.flat_map(|last| [0.95, 0.85, 0.75].map(|size| (last, size)));
        let mut legends = choices.flat_map(|(last, size)| {
            (1..=3).map(move |columns| (last, size, columns)).map(|(last, size, columns)| {
                Self::of(upto(last), note, style, unit * size, widest).in_columns(columns)
            })
        });
        legends.find(|legend| legend.size.0 <= widest && legend.size.1 <= highest)
    }

    /// Draws it with its upper left corner at `at`.
    pub(crate) fn draw(&self, page: &Page<'_>, at: Px, scale: f64) {
        let (u, style) = (self.unit, self.style);
        let panel = Rect::at(at.x, at.y, self.size.0, self.size.1);
        let fill = Paint::Solid(style.paper.faded(0.97));
        put(page.draw(&Shape::new([panel.corners()], fill)));
        put(page.draw(&Path::new(panel.corners(), Stroke::solid(style.border.faded(0.5), u)).closed()));
        let corner = Px { x: panel.left + 14.0 * u, y: panel.top + 14.0 * u };
        for row in &self.rows {
            let (left, y) = (corner.x + row.at.0, corner.y + row.at.1);
            let block = row.lines.len() as f64 * 1.22 * self.text.size;
            self.key(page, &row.key, Px { x: left + 15.0 * u, y: y + row.height / 2.0 });
            let mut baseline = y + (row.height - block) / 2.0 + self.text.size * 0.95;
            for line in &row.lines {
                put(page.draw(&Words::new(
                    Px { x: left + 44.0 * u, y: baseline },
                    Anchor::Start,
                    line,
                    self.text,
                )));
                baseline += 1.22 * self.text.size;
            }
        }
        let left = corner.x;
        let mut y = self.rows.iter().map(|row| corner.y + row.at.1 + row.height).fold(corner.y, f64::max);
        y += 34.0 * u;
        scale_bar(
            page,
            Px { x: left, y },
            style,
            &Bar::of(scale, (self.size.0 - 64.0 * u).min(190.0 * u)),
            u,
        );
        y += 10.0 * u;
        for line in &self.note {
            y += self.small.size * 1.3;
            put(page.draw(&Words::new(Px { x: left, y }, Anchor::Start, line, self.small)));
        }
    }

    /// The sample of a row, in a box of 30 by 17 units around `at`.
    fn key(&self, page: &Page<'_>, key: &Key, at: Px) {
        let (u, style) = (self.unit, self.style);
        let place = |kind: Kind, hold: &Hold, changed: bool, radius: f64| {
            Symbol { at, radius: radius * u, kind, hold: hold.clone(), changed }.draw(page, style);
        };
        let patch = |paint: &Paint| {
            let corners = Rect::at(at.x - 15.0 * u, at.y - 8.5 * u, 30.0 * u, 17.0 * u).corners();
            put(page.draw(&Shape::new([corners.clone()], paint.clone())));
            put(page.draw(&Path::new(corners, Stroke::solid(style.border.faded(0.6), 0.8 * u)).closed()));
        };
        match key {
            Key::Side(paint, hold) => {
                patch(paint);
                place(Kind::Town, hold, false, 5.0);
            }
            Key::Patch(paint) => patch(paint),
            Key::Arrow(colour) => {
                let ends = [-14.0, 15.0].map(|x| Px { x: at.x + x * u, y: at.y + 0.5 * u });
                put(page.draw(&Made::of(advance::marks((ends[0], ends[1]), *colour, style, u))));
            }
            Key::Place(kind, hold, changed) => place(*kind, hold, *changed, 5.6),
            Key::Line(strokes) => {
                for stroke in strokes {
                    let ends = vec![Px { x: at.x - 15.0 * u, y: at.y }, Px { x: at.x + 15.0 * u, y: at.y }];
                    put(page.draw(&Path::new(ends, stroke.clone())));
                }
            }
        }
    }
}

/// A scale bar in two halves, its lengths written above; its lower left end is `at`.
pub(crate) fn scale_bar(page: &Page<'_>, at: Px, style: &Style, bar: &Bar, u: f64) {
    let look = style.look(style.letters.small * 0.96154 * u, style.quiet);
    let half = bar.length / 2.0;
    for (i, colour) in [style.ink, style.casing].into_iter().enumerate() {
        let left = at.x + half * i as f64;
        let corners = [Px { x: left, y: at.y - 5.0 * u }, Px { x: left + half, y: at.y }];
        let fill = ShapeStyle { color: rgba(colour), filled: true, stroke_width: 0 };
        let line = ShapeStyle { color: rgba(style.ink), filled: false, stroke_width: step(u).max(1) as u32 };
        put(page.draw(&Rectangle::new(corners, fill)));
        put(page.draw(&Rectangle::new(corners, line)));
    }
    for (share, words) in
        [(0.0, "0".to_owned()), (0.5, number(bar.km / 2.0)), (1.0, format!("{} km", number(bar.km)))]
    {
        let line = look.line(&words);
        // The last is centred by its number alone, so that the unit does not move it.
        let anchor = if share == 0.0 { 0.0 } else { look.width(&look.line(&number(bar.km * share))) / 2.0 };
        let place = Px { x: at.x + bar.length * share - anchor, y: at.y - 10.0 * u };
        put(page.draw(&Words::new(place, Anchor::Start, &line, look)));
    }
}

fn number(km: f64) -> String {
    let text = format!("{km:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_bar_is_round_and_fits() {
        let bar = Bar::of(2.7, 190.0);
        assert_eq!(bar.km.to_string(), "50");
        assert!((bar.length - 135.0).abs() < 1e-9);
        assert!(Bar::of(1e-9, 190.0).length <= 190.0 && Bar::of(1e6, 190.0).length <= 190.0);
        assert_eq!((number(0.5), number(25.0), number(100.0)), ("0.5".into(), "25".into(), "100".into()));
    }
}
