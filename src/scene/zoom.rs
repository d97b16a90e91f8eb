//! A part of the map drawn larger, in a panel in one of its corners.

use super::canvas::{Canvas, Page, put};
use super::element::{Path, Shape, Words};
use super::frame::{Frame, Subject, points};
use super::label::{self, Disc};
use super::layers::{self, Backdrop, Detail};
use super::legend::{Bar, scale_bar};
use super::rect::Rect;
use super::view::View;
use super::{Anchor, Paint, Stroke, front, places, river};
use crate::basemap::Extent;
use crate::style::Furniture;
use crate::units::Px;
use geo::LineString;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

/// A part of a map that is also drawn larger.
#[derive(Clone, Debug, PartialEq)]
pub struct Inset {
    /// What it is headed with.
    pub name: String,
    /// What it shows.
    pub extent: Extent,
}

/// How much of a window's shorter side a panel takes.
const SHARE: f64 = 0.38;

/// Where the insets of a view go in its window: one below the other at the left, on an upright page side by side at the
/// bottom; as many as there is room for.
pub(crate) fn panels(view: &View<'_>, window: Rect, u: f64) -> Vec<Rect> {
    if view.insets.is_empty() || view.furniture == Furniture::Title {
        return Vec::new();
    }
    let gap = 15.0 * u;
    let inner = window.grown(-gap);
    let side = window.width().min(window.height()) * SHARE;
    let (width, height) = (side * 1.1, side);
    let is_upright = window.height() > window.width();
    let (along, step) = if is_upright { (inner.width(), width) } else { (inner.height(), height) };
    let most = ((along + gap) / (step + gap)).floor().max(0.0) as usize;
    let at = |i: usize| {
        let off = i as f64 * (step + gap);
        if is_upright {
            Rect::at(inner.left + off, inner.bottom - height, width, height)
        } else {
            Rect::at(inner.left, inner.top + off, width, height)
        }
    };
    (0..view.insets.len().min(most)).map(at).collect()
}

/// What the panels leave of the window for the map.
pub(crate) fn beside(window: Rect, panels: &[Rect]) -> Rect {
    let Some(panel) = panels.first() else { return window };
    if window.height() > window.width() {
        Rect { bottom: panel.top.max(window.top + 1.0), ..window }
    } else {
        Rect { left: panel.right.min(window.right - 1.0), ..window }
    }
}

/// Draws the panel at `at`.
pub(crate) fn draw(
    root: &DrawingArea<Canvas<'_>, Shift>,
    page: &Page<'_>,
    view: &View<'_>,
    (inset, at): (&Inset, Rect),
    u: f64,
) {
    let style = view.style;
    let Some(subject) = Subject::of_extent(&inset.extent) else { return };
    let heading = style.look(style.letters.legend * u, style.ink).bold();
    let strip = heading.size * 1.7;
    put(page.draw(&Shape::new([at.grown(2.0 * u).corners()], Paint::Solid(style.paper))));
    let window = Rect { top: (at.top + strip).min(at.bottom - 1.0), ..at };
    let frame = subject.fit(window, window);
    let backdrop = Backdrop::of(view.base, &frame, &[]);
    let part = View { plan: None, insets: &[], ..view.seen_in(&frame) };
    layers::draw(&root.apply_coord_spec(frame), page, &part, &backdrop, &frame, (Detail::Full, &[]), u);
    let bar = Bar::of(frame.scale, window.width() * 0.25);
    let corner = Rect::at(window.left, window.bottom - 40.0 * u, bar.length + 60.0 * u, 40.0 * u);
    let shown = places::shown(&part, &frame, u, &[Some(corner)]);
    let discs: Vec<Disc> = shown.iter().map(|(_, symbol)| symbol.disc()).collect();
    let wanted = places::wanted(&part, &shown, u);
    let front = front::dots(&part, &frame);
    let blocked = [corner];
    let ground =
        label::Ground { window: window.grown(-3.0 * u), blocked: &blocked, symbols: &discs, front: &front };
    let names = label::place(&wanted, &ground);
    let mut taken: Vec<Rect> = vec![corner];
    taken.extend(shown.iter().map(|(_, symbol)| symbol.bounds()));
    taken.extend(names.iter().map(|name| name.bounds.grown(4.0 * u)));
    river::names(page, style, &backdrop, &frame, u, &taken);
    places::draw_symbols(page, style, &shown, &names);
    places::draw_names(page, style, &wanted, &names, u);
    put(page.draw(&Shape::new([corner.corners()], Paint::Solid(style.paper.faded(0.85)))));
    scale_bar(page, Px { x: corner.left + 8.0 * u, y: corner.bottom - 9.0 * u }, style, &bar, u);
    let title = heading.cut(&inset.name, at.width() - 16.0 * u);
    let base = Px { x: at.left + 8.0 * u, y: at.top + heading.size * 1.2 };
    put(page.draw(&Words::new(base, Anchor::Start, &title, heading)));
    put(page.draw(&Path::new(window.corners(), Stroke::solid(style.border, u)).closed()));
    put(page.draw(&Path::new(at.corners(), Stroke::solid(style.ink, 1.6 * u)).closed()));
}

/// The outline of what an inset shows, on the map itself.
pub(crate) fn outline(page: &Page<'_>, view: &View<'_>, inset: &Inset, main: &Frame, u: f64) {
    let (style, extent) = (view.style, &inset.extent);
    let wide = (extent.east() - extent.west()).rem_euclid(360.0);
    let wrapped = |share: f64| (extent.west() + wide * share + 540.0).rem_euclid(360.0) - 180.0;
    // Parallels are bent, so that a side needs points between its ends.
    let along = || (0..=8_u32).map(|i| f64::from(i) / 8.0);
    let south = along().map(|share| (wrapped(share), extent.south()));
    let north = along().rev().map(|share| (wrapped(share), extent.north()));
    let ring: LineString<f64> = south.chain(north).collect();
    let ring: Vec<Px> = points(&ring).into_iter().map(|at| main.px(at)).collect();
    for stroke in [Stroke::solid(style.casing.faded(0.85), 4.0 * u), Stroke::solid(style.ink, 1.6 * u)] {
        put(page.draw(&Path::new(ring.clone(), stroke).closed().within(main.window)));
    }
}
