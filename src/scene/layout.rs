//! Where the region and the legend go on the page, so that neither hides the other.

use super::frame::{Frame, Subject};
use super::mask::Mask;
use super::rect::Rect;
use crate::units::{LonLat, Px};
use geo::MultiPolygon;

/// Largest part of its size that a region gives up to make room for the legend.
const LEAST: f64 = 0.6;

/// Where things go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// The map.
    pub(crate) frame: Frame,
    /// The legend.
    pub(crate) panel: Rect,
}

/// What the parts of a page must keep off.
pub(crate) struct Room<'s> {
    subject: &'s Subject,
    window: Rect,
    gap: f64,
    mask: Mask,
    /// On the projected plane, y down.
    sites: Vec<Px>,
}

/// Corners of a page: how far right, how far down.
const CORNERS: [(f64, f64); 4] = [(0.0, 1.0), (1.0, 1.0), (0.0, 0.0), (1.0, 0.0)];
/// The most land that may lie under the small map of the world around.
const HIDDEN: f64 = 0.12;

impl<'s> Room<'s> {
    /// A page with this land and these places.
    pub(crate) fn of(
        subject: &'s Subject,
        land: &MultiPolygon<f64>,
        sites: &[LonLat],
        window: Rect,
        gap: f64,
    ) -> Self {
        let sites = sites.iter().map(|at| plane(subject, *at)).collect();
        Self { subject, window, gap, mask: land_mask(subject, land), sites }
    }

    /// A panel of this size in a corner.
    fn panel(&self, (right, bottom): (f64, f64), (width, height): (f64, f64)) -> Rect {
        let inner = self.window.grown(-self.gap * 0.5);
        let left = inner.left + (inner.width() - width) * right;
        Rect::at(left, inner.top + (inner.height() - height) * bottom, width, height)
    }

    /// How much of a panel lies over land, and how many places under it or next to it.
    fn hidden(&self, frame: &Frame, panel: Rect) -> (f64, f64) {
        let (from, to) = (corner(frame, panel.left, panel.top), corner(frame, panel.right, panel.bottom));
        let hidden = Rect { left: from.x, top: from.y, right: to.x, bottom: to.y };
        let near = hidden.grown(self.gap * 0.8 / frame.scale);
        let places = self.sites.iter().filter(|at| near.has(**at)).count() as f64;
        (self.mask.share(&hidden), places)
    }

    /// The arrangement in which the region is largest while the legend, in one of the corners, hides as little of
    /// its land as can be and none of its places.
    pub(crate) fn layout(&self, size: (f64, f64)) -> Layout {
        let room = self.window.grown(-self.gap);
        let mut best: Option<(f64, Layout)> = None;
        for shrink in 0..=20_u32 {
            let share = 1.0 - f64::from(shrink) * (1.0 - LEAST) / 20.0;
            for (right, bottom) in CORNERS {
                let panel = self.panel((right, bottom), size);
                for (shift_x, shift_y) in
                    [(0.5, 0.5), (1.0 - right, 0.5), (0.5, 1.0 - bottom), (1.0 - right, 1.0 - bottom)]
                {
                    let frame = shifted(self.subject, room, share, (shift_x, shift_y), self.window);
                    let (land, places) = self.hidden(&frame, panel);
                    let moved = (shift_x - 0.5).abs() + (shift_y - 0.5).abs();
                    let cost = (1.0 - share) + 3.0 * land + 5.0 * places + 0.02 * moved;
                    if best.is_none_or(|(least, _)| cost < least) {
                        best = Some((cost, Layout { frame, panel }));
                    }
                }
            }
        }
        let whole = Layout {
            frame: self.subject.fit(room, self.window),
            panel: Rect::at(self.window.left, self.window.top, size.0, size.1),
        };
        best.map_or(whole, |(_, layout)| layout)
    }

    /// The corner other than the legend's in which a panel hides no place and hardly any land, if there is one.
    pub(crate) fn corner(&self, frame: &Frame, legend: Rect, size: (f64, f64)) -> Option<Rect> {
        let apart = |panel: &Rect| !panel.grown(self.gap).meets(&legend) && self.window.holds(panel);
        let corners = CORNERS.into_iter().map(|corner| self.panel(corner, size)).filter(apart);
        let small = corners.filter(|panel| panel.width() < self.window.width() * 0.3);
        let free = small.map(|panel| (self.hidden(frame, panel), panel));
        let free = free.filter(|((land, places), _)| *places < 1.0 && *land <= HIDDEN);
        free.min_by(|a, b| a.0.0.total_cmp(&b.0.0)).map(|(_, panel)| panel)
    }
}

/// The frame at `size` of the largest, with `share` of the room left over on its left and top.
fn shifted(subject: &Subject, room: Rect, size: f64, share: (f64, f64), window: Rect) -> Frame {
    let whole = subject.fit(room, window);
    let [west, south, east, north] = subject.bounds;
    let scale = whole.scale * size;
    let left = room.left + (room.width() - (east - west) * scale) * share.0;
    let top = room.top + (room.height() - (north - south) * scale) * share.1;
    Frame { scale, origin: Px { x: left - west * scale, y: top + north * scale }, ..whole }
}

/// A point of the canvas on the projected plane, y down, in kilometres.
fn corner(frame: &Frame, x: f64, y: f64) -> Px {
    Px { x: (x - frame.origin.x) / frame.scale, y: (y - frame.origin.y) / frame.scale }
}

fn plane(subject: &Subject, at: LonLat) -> Px {
    let flat = subject.projection.flat(at);
    Px { x: flat.x, y: -flat.y }
}

fn land_mask(subject: &Subject, land: &MultiPolygon<f64>) -> Mask {
    let rings: Vec<Vec<Px>> = Frame::rings(land)
        .into_iter()
        .map(|ring| ring.into_iter().map(|at| plane(subject, at)).collect())
        .collect();
    let [west, south, east, north] = subject.bounds;
    let bounds =
        Rect { left: west, top: -north, right: east.max(west + 1.0), bottom: (-south).max(1.0 - north) };
    Mask::of(&rings, bounds, (160, 120), |_| true)
}
