//! From places to ground: whose is the land between the places that are known, and how surely.
//!
//! ```text
//! settlements, rivers ─► Net ─► Survey ─┬─► Fields: the score of any point, and which places decide it
//!                 known places of a day ┘└─► Ground: areas, front lines, unknown ground ─► Gain, from day to day
//! ```
//!
//! Control spreads from known places over the graph of all settlements and stops at rivers and empty ground ([`Net`],
//! [`Fields`]). Ground is drawn where it is held surely or likely ([`Certainty`]), no further than a stated reach from a known
//! place, and only on the region's land ([`Survey`]).

mod barrier;
mod brief;
mod cells;
mod cholesky;
mod clip;
mod contour;
mod fields;
mod front;
mod gain;
mod label;
mod nest;
mod net;
mod outline;
mod region;
mod register;
mod smooth;
mod survey;

pub use barrier::CROSSING;
pub use fields::{CONTESTED_REACH, Certainty, Fields, PRESUMED, SOLID, Say, Score};
pub use gain::{Gain, between, gained, square_km};
pub use net::{Net, Rules, settlements};
pub use outline::outline;
pub use region::Region;
pub use survey::Survey;

use crate::claim::{Site, SiteKey};
use crate::timeline::Control;
use crate::units::{Date, Km};
use geo::{Coord, LineString, MultiPolygon};
use geographiclib_rs::{Geodesic, InverseGeodesic};
use std::sync::Arc;

/// Ground of one control. Shapes are in degrees (x longitude, y latitude), outer rings counter-clockwise, rounded to
/// a millionth of a degree (about 0.1 m).
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Whose it is.
    pub control: Control,
    /// Whether the place behind it is only claimed by the side that gained.
    pub claimed: bool,
    /// How surely; never unknown. Contested ground is solid: it is surely contested.
    pub certainty: Certainty,
    /// Its shape.
    pub shape: MultiPolygon<f64>,
    /// The places behind it, sorted.
    pub places: Arc<[SiteKey]>,
}

/// The line where two actors are equally likely to hold the ground. On both sides of it there is mostly a strip of unknown
/// ground, as wide as the doubt.
#[derive(Clone, Debug, PartialEq)]
pub struct Front {
    /// The two sides, sorted; both `Held`.
    pub between: (Control, Control),
    /// The line, in degrees.
    pub line: LineString<f64>,
    /// Its length on the ellipsoid (WGS 84).
    pub length: Km,
}

/// All ground of a region on a day. Areas never overlap; areas and `unknown` together fill the region's land.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// The day.
    pub day: Date,
    /// Ground of known control, one entry for each control and certainty, what is only claimed apart.
    pub areas: Vec<Area>,
    /// Where ground of different actors meets.
    pub fronts: Vec<Front>,
    /// Ground that may be anybody's, or is too far from any known place.
    pub unknown: MultiPolygon<f64>,
    /// Places that repaint no ground because they lie deep in that of others, sorted.
    pub strays: Vec<SiteKey>,
}

/// A place and who holds it on the day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held<'a> {
    /// The place.
    pub site: &'a Site,
    /// Who holds it; `None` where nobody is known to: its ground is then unknown, and not its neighbours'.
    pub control: Option<&'a Control>,
    /// Whether only the side that gained it says so.
    pub claimed: bool,
    /// Whether somebody looked at it and stands by it: it is then no stray, however deep in the ground of others it lies.
    pub vouched: bool,
}

/// How far from a known place ground is still drawn as held, unless told otherwise.
///
/// Measured on published control maps, ground further than this from any report is guesswork, whatever the method.
pub const REACH: Km = Km(50.0);

/// The length of a line in degrees, on the ellipsoid (Karney, *Algorithms for geodesics*, J. Geodesy 87, 2013).
fn length(line: &LineString<f64>) -> Km {
    let geodesic = Geodesic::wgs84();
    let metres = |from: Coord<f64>, to: Coord<f64>| -> f64 { geodesic.inverse(from.y, from.x, to.y, to.x) };
    Km(line.0.windows(2).map(|pair| metres(pair[0], pair[1])).sum::<f64>() / 1000.0)
}

#[cfg(test)]
mod tests;
