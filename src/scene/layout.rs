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

impl Layout {
    /// The arrangement in which the region is largest while the legend, in one of the corners, hides as little of
    /// its land as can be and none of its places.
    pub(crate) fn of(
        subject: &Subject,
        land: &MultiPolygon<f64>,
        sites: &[LonLat],
        window: Rect,
        (width, height): (f64, f64),
        gap: f64,
    ) -> Self {
        let mask = land_mask(subject, land);
        let sites: Vec<Px> = sites.iter().map(|at| plane(subject, *at)).collect();
        let room = window.grown(-gap);
        let mut best: Option<(f64, Self)> = None;
        for shrink in 0..=20_u32 {
            let size = 1.0 - f64::from(shrink) * (1.0 - LEAST) / 20.0;
            for (right, bottom) in [(0.0, 1.0), (1.0, 1.0), (0.0, 0.0), (1.0, 0.0)] {
                let inner = window.grown(-gap * 0.5);
                let panel = Rect::at(
                    inner.left + (inner.width() - width) * right,
                    inner.top + (inner.height() - height) * bottom,
                    width,
                    height,
                );
                for (shift_x, shift_y) in
                    [(0.5, 0.5), (1.0 - right, 0.5), (0.5, 1.0 - bottom), (1.0 - right, 1.0 - bottom)]
                {
                    let frame = shifted(subject, room, size, (shift_x, shift_y), window);
                    let (from, to) =
                        (corner(&frame, panel.left, panel.top), corner(&frame, panel.right, panel.bottom));
                    let hidden = Rect { left: from.x, top: from.y, right: to.x, bottom: to.y };
                    let near = hidden.grown(gap * 0.8 / frame.scale);
                    let places = sites.iter().filter(|at| near.has(**at)).count() as f64;
                    let moved = (shift_x - 0.5).abs() + (shift_y - 0.5).abs();
                    let cost = (1.0 - size) + 3.0 * mask.share(&hidden) + 5.0 * places + 0.02 * moved;
                    if best.is_none_or(|(least, _)| cost < least) {
                        best = Some((cost, Self { frame, panel }));
                    }
                }
            }
        }
        let whole = Self {
            frame: subject.fit(room, window),
            panel: Rect::at(window.left, window.top, width, height),
        };
        best.map_or(whole, |(_, layout)| layout)
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
