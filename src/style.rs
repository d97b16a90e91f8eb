//! How pictures look: colours, type and lines of all that is drawn, and how large the page is.
//!
//! [`LIGHT`], [`DARK`] and [`PRINT`] are built in; a style file in TOML changes one of them.

mod colour;
mod logo;
mod read;
mod size;

pub use colour::{Colour, contrast};
pub use logo::Logo;
pub use read::{Beside, faint, read};
pub use size::{Furniture, Preset, Size};

use crate::fonts::Family;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The look of a picture. Settled before drawing; no renderer has a say in it.
///
/// # Example
/// ```
/// use conflict_map::style::{Colour, DARK, Style};
/// let ours = Style { sea: Colour::rgb(20, 30, 48), ..DARK.clone() };
/// assert_eq!(ours.ink, DARK.ink);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// What it is called.
    pub name: Cow<'static, str>,
    /// Lines and letters.
    pub ink: Colour,
    /// Second-rank letters.
    pub quiet: Colour,
    /// The page.
    pub paper: Colour,
    /// What is laid under symbols and front lines to set them off.
    pub casing: Colour,
    /// Towards what the edge of a symbol differs from its fill.
    pub edge: Colour,
    /// Sea and lakes.
    pub sea: Colour,
    /// Coasts, shores and rivers.
    pub shore: Colour,
    /// Names of waters.
    pub water_name: Colour,
    /// Land of which the map does not speak.
    pub abroad: Colour,
    /// Names of countries around.
    pub abroad_name: Colour,
    /// Land of the region where nobody is known to be in control.
    pub unknown: Colour,
    /// Borders of countries.
    pub border: Colour,
    /// Borders of first-level units.
    pub admin: Colour,
    /// Roads.
    pub road: Colour,
    /// The glow behind a place that changed hands.
    pub changed: Colour,
    /// What a side's colour is mixed with to tint ground.
    pub tint_towards: Colour,
    /// How much of it is mixed in, 0 none to 1 all, on ground that is held.
    pub tint: f64,
    /// The same for ground that is presumed to be held.
    pub presumed_tint: f64,
    /// The same for ground that is only claimed.
    pub claimed_tint: f64,
    /// Whether sides are told apart by greys and patterns in place of colours.
    pub patterns: bool,
    /// Colours of actors by id, name or alias, in lower case; they go before all others.
    pub actors: BTreeMap<String, Colour>,
    /// The palette that colours actors before their own colours do.
    pub palette: Option<Colours>,
    /// Heights of letters.
    pub letters: Letters,
    /// Widths of lines.
    pub lines: Lines,
    /// What letters are set in before the bundled fonts.
    pub family: Family,
    /// What stands in the upper right corner.
    pub logo: Option<Arc<Logo>>,
}

/// Heights of letters.
///
/// # Units
/// Pixels of an em on a page of 1600 by 1200; they grow and shrink with the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Letters {
    /// The headline.
    pub title: f64,
    /// The day and what stands under the headline.
    pub subtitle: f64,
    /// The legend.
    pub legend: f64,
    /// Sources, credits, notes, the scale bar.
    pub small: f64,
    /// A small place; larger ones have larger names.
    pub places: f64,
}

/// Widths of lines.
///
/// # Units
/// Pixels on a page of 1600 by 1200; they grow and shrink with the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lines {
    /// Front lines.
    pub front: f64,
    /// Borders of countries.
    pub border: f64,
}

crate::named::named! {
    /// Colours for actors, by name.
    Colours {
        /// Okabe and Ito's, which readers with any common colour blindness tell apart.
        OkabeIto = "okabe-ito",
        /// Those that the press and wikis have come to use for the sides of a war, where there are such.
        Conventional = "conventional",
    }
}

const SIZES: Letters = Letters { title: 38.0, subtitle: 20.0, legend: 16.0, small: 13.0, places: 14.5 };
const WIDTHS: Lines = Lines { front: 2.6, border: 1.7 };

/// Restrained ground on white, so that control is what one sees.
pub static LIGHT: Style = Style {
    name: Cow::Borrowed("light"),
    ink: Colour::rgb(31, 31, 35),
    quiet: Colour::rgb(92, 92, 98),
    paper: Colour::grey(255),
    casing: Colour::grey(255),
    edge: Colour::grey(0),
    sea: Colour::rgb(211, 225, 233),
    shore: Colour::rgb(142, 173, 193),
    water_name: Colour::rgb(62, 96, 122),
    abroad: Colour::rgb(236, 233, 226),
    abroad_name: Colour::rgb(110, 104, 94),
    unknown: Colour::rgb(250, 248, 243),
    border: Colour::rgb(122, 115, 106),
    admin: Colour::rgb(176, 169, 159),
    road: Colour::grey(255),
    changed: Colour::rgb(255, 226, 77),
    tint_towards: Colour::grey(255),
    tint: 0.52,
    presumed_tint: 0.76,
    claimed_tint: 0.78,
    patterns: false,
    actors: BTreeMap::new(),
    palette: None,
    letters: SIZES,
    lines: WIDTHS,
    family: Family::BUNDLED,
    logo: None,
};

/// Light letters on dark ground, for slides and screens in dark rooms.
pub static DARK: Style = Style {
    name: Cow::Borrowed("dark"),
    ink: Colour::rgb(240, 240, 236),
    quiet: Colour::rgb(178, 182, 188),
    paper: Colour::rgb(23, 26, 31),
    casing: Colour::rgb(16, 18, 22),
    edge: Colour::grey(255),
    sea: Colour::rgb(27, 42, 56),
    shore: Colour::rgb(76, 112, 138),
    water_name: Colour::rgb(140, 178, 206),
    abroad: Colour::rgb(44, 47, 52),
    abroad_name: Colour::rgb(164, 162, 154),
    unknown: Colour::rgb(62, 65, 71),
    border: Colour::rgb(150, 148, 142),
    admin: Colour::rgb(102, 104, 108),
    road: Colour::rgb(38, 41, 46),
    changed: Colour::rgb(255, 214, 10),
    tint_towards: Colour::rgb(36, 39, 45),
    tint: 0.40,
    presumed_tint: 0.66,
    claimed_tint: 0.74,
    patterns: false,
    actors: BTreeMap::new(),
    palette: None,
    letters: SIZES,
    lines: WIDTHS,
    family: Family::BUNDLED,
    logo: None,
};

/// Greys and patterns alone: for newsprint, copiers and readers who see no colours.
pub static PRINT: Style = Style {
    name: Cow::Borrowed("print"),
    ink: Colour::grey(0),
    quiet: Colour::grey(64),
    paper: Colour::grey(255),
    casing: Colour::grey(255),
    edge: Colour::grey(0),
    sea: Colour::grey(232),
    shore: Colour::grey(130),
    water_name: Colour::grey(70),
    abroad: Colour::grey(246),
    abroad_name: Colour::grey(92),
    unknown: Colour::grey(255),
    border: Colour::grey(70),
    admin: Colour::grey(140),
    road: Colour::grey(255),
    changed: Colour::grey(255),
    tint_towards: Colour::grey(255),
    tint: 0.52,
    presumed_tint: 0.76,
    claimed_tint: 0.82,
    patterns: true,
    actors: BTreeMap::new(),
    palette: None,
    letters: SIZES,
    lines: WIDTHS,
    family: Family::BUNDLED,
    logo: None,
};

impl Style {
    /// The built-in styles.
    #[must_use]
    pub fn built_in() -> [&'static Self; 3] {
        [&LIGHT, &DARK, &PRINT]
    }

    /// The built-in style of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::built_in().into_iter().find(|style| style.name == name)
    }

    /// Whether letters are lighter than the page.
    #[must_use]
    pub fn is_dark(&self) -> bool {
        self.ink.luminance() > self.paper.luminance()
    }

    /// A colour as letters that stand on `ground`: mixed with ink from `least` on until it can be read.
    #[must_use]
    pub fn readable(&self, colour: Colour, ground: Colour, least: f64) -> Colour {
        let steps = (0..=10).map(|i| least + (1.0 - least) * f64::from(i) / 10.0);
        let mut mixed = steps.map(|share| colour.mixed(self.ink, share));
        mixed.find(|mixed| contrast(*mixed, ground) >= READABLE).unwrap_or(self.ink)
    }
}

impl Default for Style {
    fn default() -> Self {
        LIGHT.clone()
    }
}

/// Least contrast of letters with what they stand on. Source: *Web Content Accessibility Guidelines* 2.2 (W3C, 2023),
/// success criterion 1.4.3.
pub const READABLE: f64 = 4.5;
