//! A style's letters and lines, as elements take them.

use super::Stroke;
use super::element::Look;
use crate::style::{Colour, Style};

impl Style {
    /// Regular letters of this height in pixels, without halo.
    pub(crate) fn look(&self, size: f64, colour: Colour) -> Look {
        Look { family: self.family, ..Look::new(size, colour) }
    }

    /// What ground and lines are set off with.
    pub(crate) fn halo(&self) -> Colour {
        self.casing.faded(0.8)
    }
}

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
