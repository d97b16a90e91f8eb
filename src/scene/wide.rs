//! Wide names: of the sides on the ground they hold, of first-level units, of countries around, where they have room.

use super::Anchor;
use super::canvas::{Page, put};
use super::element::{Look, Words};
use super::frame::Frame;
use super::layers::Backdrop;
use super::mask::Mask;
use super::rect::Rect;
use super::text::Line;
use super::view::View;
use crate::areas::Certainty;
use crate::timeline::Control;
use crate::units::Px;
use geo::MultiPolygon;

/// Names the sides on the ground they hold; `blocked` is what no name may cover. Gives what the names cover.
pub(crate) fn sides(page: &Page<'_>, view: &View<'_>, frame: &Frame, u: f64, blocked: &[Rect]) -> Vec<Rect> {
    let mut room = Room::new(page, frame, u, blocked);
    for area in &view.ground.areas {
        let Control::Held(actor) = &area.control else { continue };
        // A name across the ground of one or two places would say more than is known.
        if area.claimed || area.certainty != Certainty::Solid || area.places.len() < 3 {
            continue;
        }
        let (style, colour) = (view.style, view.palette.colour(actor));
        let ground = colour.mixed(style.tint_towards, style.tint);
        let colour = if style.patterns { style.ink } else { style.readable(colour, ground, 0.55) };
        let mask = room.free(&area.shape, |_| true);
        room.name(&mask, view.palette.name(actor), &[22.0, 18.0, 15.5], |size| {
            let look = style.look(size, colour.faded(0.9)).bold().spaced(size * 0.06);
            if style.patterns { look.halo(style.halo(), size * 0.14) } else { look }
        });
    }
    room.covered
}

/// Names first-level units and countries, where there is room left.
pub(crate) fn lands(
    page: &Page<'_>,
    view: &View<'_>,
    backdrop: &Backdrop<'_>,
    frame: &Frame,
    u: f64,
    blocked: &[Rect],
) {
    let mut room = Room::new(page, frame, u, blocked);
    let held = view.ground.areas.iter().flat_map(|area| rings(&area.shape, frame)).collect::<Vec<_>>();
    let held = Mask::of(&held, frame.window, room.cells, |_| true);
    let is_bare = |at: Px| held.share(&Rect::at(at.x, at.y, 0.0, 0.0).grown(1e-3)) < 0.5;
    // What the whole map is about is said above it.
    for country in backdrop.countries.iter().filter(|country| country.name != view.region.name) {
        let mask = room.free(&country.shape, is_bare);
        room.name(&mask, &country.name.to_uppercase(), &[19.0, 15.5, 13.0], |size| {
            view.style.look(size, view.style.abroad_name).spaced(size * 0.16)
        });
    }
    for unit in backdrop.units.iter().filter(|unit| unit.name != view.region.name) {
        let mask = room.free(&unit.shape, |_| true);
        room.name(&mask, &unit.name.to_uppercase(), &[10.5], |size| {
            view.style.look(size, view.style.quiet.faded(0.8)).spaced(size * 0.14)
        });
    }
}

/// Where wide names can still go.
struct Room<'p, 'a> {
    page: &'p Page<'a>,
    frame: &'p Frame,
    u: f64,
    /// Columns and rows of the grid on which room is looked for.
    cells: (usize, usize),
    /// For each cell, whether something stands there.
    taken: Vec<bool>,
    /// What the names written so far cover.
    covered: Vec<Rect>,
}

impl<'p, 'a> Room<'p, 'a> {
    fn new(page: &'p Page<'a>, frame: &'p Frame, u: f64, blocked: &[Rect]) -> Self {
        let cell = 8.0 * u;
        let count = |length: f64| ((length / cell) as usize).clamp(1, 1000);
        let cells = (count(frame.window.width()), count(frame.window.height()));
        let mut room =
            Self { page, frame, u, cells, taken: vec![false; cells.0 * cells.1], covered: Vec::new() };
        for rect in blocked {
            room.take(rect);
        }
        room
    }

    /// The column and row of a point, not held inside the grid.
    fn cell(&self, at: Px) -> (f64, f64) {
        let window = self.frame.window;
        (
            (at.x - window.left) / window.width() * self.cells.0 as f64,
            (at.y - window.top) / window.height() * self.cells.1 as f64,
        )
    }

    fn take(&mut self, rect: &Rect) {
        let (left, top) = self.cell(Px { x: rect.left, y: rect.top });
        let (right, bottom) = self.cell(Px { x: rect.right, y: rect.bottom });
        let (columns, rows) = self.cells;
        for row in top.max(0.0) as usize..(bottom.ceil().max(0.0) as usize).min(rows) {
            for column in left.max(0.0) as usize..(right.ceil().max(0.0) as usize).min(columns) {
                self.taken[row * columns + column] = true;
            }
        }
    }

    /// The part of a shape where nothing stands.
    fn free(&self, shape: &MultiPolygon<f64>, keep: impl Fn(Px) -> bool) -> Mask {
        let is_free = |at: Px| {
            let (column, row) = self.cell(at);
            self.taken.get(row as usize * self.cells.0 + column as usize) == Some(&false)
        };
        Mask::of(&rings(shape, self.frame), self.frame.window, self.cells, |at| is_free(at) && keep(at))
    }

    /// Writes a name in the largest of the sizes that fits the shape, on one line, or broken into two or three.
    fn name(&mut self, mask: &Mask, words: &str, sizes: &[f64], look: impl Fn(f64) -> Look) {
        for size in sizes {
            let look = look(size * self.u);
            let parts = words.split_whitespace().count();
            for rows in 1..=parts.min(3) {
                let width = look.width(&look.line(words)) / rows as f64;
                // Words differ in length, so rows of equal width are not to be had.
                let lines = look.wrap(words, width * if rows == 1 { 1.01 } else { 1.35 }, rows + 1);
                if lines.len() <= rows && self.write(mask, &lines, look) {
                    return;
                }
            }
        }
    }

    fn write(&mut self, mask: &Mask, lines: &[Line], look: Look) -> bool {
        let leading = look.size * 1.2;
        let width = lines.iter().map(|line| look.width(line)).fold(0.0, f64::max);
        let height = leading * lines.len() as f64 - look.size * 0.4;
        let Some(at) = mask.roomiest(width, height) else { return false };
        for (i, line) in lines.iter().enumerate() {
            let y = at.y - height / 2.0 + look.size * 0.78 + leading * i as f64;
            put(self.page.draw(&Words::new(Px { x: at.x, y }, Anchor::Middle, line, look)));
        }
        let bounds = Rect::at(at.x - width / 2.0, at.y - height / 2.0, width, height);
        self.take(&bounds.grown(look.size));
        self.covered.push(bounds.grown(0.25 * look.size));
        true
    }
}

fn rings(shape: &MultiPolygon<f64>, frame: &Frame) -> Vec<Vec<Px>> {
    Frame::rings(shape).into_iter().map(|ring| ring.into_iter().map(|at| frame.px(at)).collect()).collect()
}
