//! From places to ground: whose is the land between the places that are known.

use crate::claim::SiteKey;
use crate::timeline::Control;
use crate::units::Date;
use geo::{LineString, MultiPolygon};

/// Ground of one control. Shapes are in degrees (x longitude, y latitude), outer rings counter-clockwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Whose it is.
    pub control: Control,
    /// Whether the place behind it is only claimed by the side that gained.
    pub claimed: bool,
    /// Its shape.
    pub shape: MultiPolygon<f64>,
    /// The places behind it, sorted.
    pub places: Vec<SiteKey>,
}

/// The line where the ground of two actors meets.
#[derive(Clone, Debug, PartialEq)]
pub struct Front {
    /// The two sides, sorted.
    pub between: (Control, Control),
    /// The line, in degrees.
    pub line: LineString<f64>,
}

/// All ground of a region on a day. Areas never overlap; areas and `unknown` together fill the region's land.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// The day.
    pub day: Date,
    /// Ground of known control, one entry for each control.
    pub areas: Vec<Area>,
    /// Where ground of different control meets.
    pub fronts: Vec<Front>,
    /// Ground too far from any known place.
    pub unknown: MultiPolygon<f64>,
}

/// The ground a map is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// What readers call it.
    pub name: String,
    /// Its land, in degrees.
    pub land: MultiPolygon<f64>,
}
