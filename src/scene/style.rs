//! The look of all pictures: restrained ground, so that control is what one sees.

use super::{Colour, Stroke};

/// Lines and letters.
pub(crate) const INK: Colour = Colour::rgb(31, 31, 35);
/// Second-rank letters: 4.5:1 and more on paper and on unknown ground.
pub(crate) const QUIET: Colour = Colour::rgb(92, 92, 98);
/// The page.
pub(crate) const PAPER: Colour = Colour::grey(255);
/// Sea and lakes.
pub(crate) const SEA: Colour = Colour::rgb(211, 225, 233);
/// Coasts, shores and rivers.
pub(crate) const SHORE: Colour = Colour::rgb(142, 173, 193);
/// Names of waters.
pub(crate) const WATER_NAME: Colour = Colour::rgb(62, 96, 122);
/// Land of which the map does not speak.
pub(crate) const ABROAD: Colour = Colour::rgb(236, 233, 226);
/// Names of countries around.
pub(crate) const ABROAD_NAME: Colour = Colour::rgb(120, 114, 104);
/// Land of the region where nobody is known to be in control.
pub(crate) const UNKNOWN: Colour = Colour::rgb(250, 248, 243);
/// Borders of countries.
pub(crate) const BORDER: Colour = Colour::rgb(122, 115, 106);
/// Borders of first-level units.
pub(crate) const ADMIN: Colour = Colour::rgb(176, 169, 159);
/// Roads.
pub(crate) const ROAD: Colour = Colour::rgb(255, 255, 255);
/// The glow behind a place that changed hands.
pub(crate) const CHANGED: Colour = Colour::rgb(255, 226, 77);

/// How much paper is mixed into a side's colour to tint the ground it holds.
pub(crate) const TINT: f64 = 0.52;
/// The same for ground that is presumed to be held.
pub(crate) const PRESUMED_TINT: f64 = 0.76;
/// The same for ground that is only claimed.
pub(crate) const CLAIMED_TINT: f64 = 0.78;

impl Stroke {
    /// An unbroken line.
    pub(crate) fn solid(colour: Colour, width: f64) -> Self {
        Self { colour, width, dashes: Vec::new() }
    }

    /// A broken line.
    pub(crate) fn dashed(colour: Colour, width: f64, dashes: &[f64]) -> Self {
        Self { colour, width, dashes: dashes.to_vec() }
    }
}
