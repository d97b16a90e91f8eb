//! The form in which the base map is kept.
//!
//! All files are records, each after its length. Numbers are variable-length (seven bits a byte, least first), signed
//! ones zigzag; coordinates are ten-thousandths of a degree, each point as its difference from the one before.
//! Bounds are west, south, width, height and come before what they bound, so that a reader skips what is outside.
//!
//! - `arcs.bin`: class (a byte: coast, border, disputed border, first-level border, cut), bounds, points. A stretch of
//!   line is kept once, so neighbours meet exactly.
//! - `shapes.bin`: level (a byte: 0 country, 1 first-level unit); country, code and name, each after its length;
//!   bounds; then polygons, each after its length: bounds, then rings: how many arcs, and which, where `!n` is arc `n`
//!   walked backwards. The first ring of a polygon is the outer one.
//! - `rivers.bin`: rank (a byte), whether it is a course through a lake (a byte, 0 or 1), name, bounds, points.
//! - `lakes.bin`: bounds, then rings, each after its length, closed.
//!
//! A reader believes nothing: what does not fit is left out.

use super::Extent;
use geo::Coord;

/// Reads on through bytes.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'d>(pub(super) &'d [u8]);

impl<'d> Cursor<'d> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut n = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            n |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(n);
            }
        }
        None
    }

    pub(super) fn signed(&mut self) -> Option<i32> {
        let n = u32::try_from(self.number()?).ok()?;
        Some((n >> 1).cast_signed() ^ -(n & 1).cast_signed())
    }

    /// The next record.
    pub(super) fn record(&mut self) -> Option<Cursor<'d>> {
        let len = usize::try_from(self.number()?).ok()?;
        let (record, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(Cursor(record))
    }

    pub(super) fn words(&mut self) -> Option<&'d str> {
        std::str::from_utf8(self.record()?.0).ok()
    }

    pub(super) fn bounds(&mut self) -> Option<Extent> {
        let (west, south, width, height) = (self.signed()?, self.signed()?, self.signed()?, self.signed()?);
        let (east, north) = (west.checked_add(width)?, south.checked_add(height)?);
        Extent::new(degrees(west), degrees(south), degrees(east), degrees(north))
    }

    /// Points to the end of the record, in degrees; up to the first that is none. Long straight lines get points on
    /// the way, so that they stay straight in degrees (as their source means them) in any projection.
    pub(super) fn points(mut self, into: &mut Vec<Coord<f64>>) {
        let start = into.len();
        let (mut x, mut y) = (0_i32, 0_i32);
        while let (Some(dx), Some(dy)) = (self.signed(), self.signed()) {
            (x, y) = (x.wrapping_add(dx), y.wrapping_add(dy));
            if x.unsigned_abs() > 1_800_000 || y.unsigned_abs() > 900_000 {
                return;
            }
            let at = Coord { x: degrees(x), y: degrees(y) };
            if dx.unsigned_abs().max(dy.unsigned_abs()) > LONGEST
                && into.len() > start
                && let Some(&last) = into.last()
            {
                on_the_way(last, at, into);
            }
            into.push(at);
        }
    }
}

/// A quarter of a degree, in ten-thousandths: the longest stretch without a point.
const LONGEST: u32 = 2_500;

fn on_the_way(from: Coord<f64>, to: Coord<f64>, into: &mut Vec<Coord<f64>>) {
    let steps = (f64::max((to.x - from.x).abs(), (to.y - from.y).abs()) * 1e4 / f64::from(LONGEST)).ceil();
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    into.extend((1..steps as u32).map(|n| f64::from(n) / steps).map(|part| Coord {
        x: round(from.x + (to.x - from.x) * part),
        y: round(from.y + (to.y - from.y) * part),
    }));
}

fn degrees(n: i32) -> f64 {
    f64::from(n) / 1e4
}
