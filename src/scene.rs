//! A picture with nothing left to decide: marks on a canvas, in drawing order.
//!
//! [`map()`] draws one day, [`sheet()`] many days on one page, [`compare()`] two of them with what changed between; [`chart()`] and
//! [`strip()`] draw the ground and the towns held over time. All draw through plotters: its drawing areas, its
//! coordinate systems and its elements, onto a canvas of our own ([`canvas`](mod@canvas)) that keeps 1/64 of a pixel
//! and records [`Mark`]s. Colour, order, position and font are settled here; a renderer has no choices.

mod advance;
mod buckets;
mod canvas;
mod chart;
mod clip;
mod compare;
mod conventional;
mod edges;
mod element;
mod fade;
mod frame;
mod front;
mod furniture;
mod graticule;
mod key;
mod label;
mod layers;
mod layout;
mod legend;
mod list;
mod locator;
mod map;
mod mask;
mod number;
mod palette;
mod places;
mod plan;
mod rect;
mod river;
mod sheet;
mod span;
mod strip;
mod style;
mod symbol;
mod text;
mod view;
mod wide;
mod zoom;

pub use crate::style::Colour;
pub use chart::chart;
pub use compare::{Comparison, compare};
pub use map::map;
pub use palette::Palette;
pub use plan::{Plan, plan};
pub use sheet::{Sheet, sheet};
pub use strip::{Course, Strip, strip};
pub(crate) use text::shaper;
pub(crate) use view::long as long_date;
pub(crate) use view::short as short_date;
pub use view::{Names, Spot, View};
pub use zoom::Inset;

use crate::fonts::Family;
use crate::style::Logo;
use crate::units::Px;
use std::sync::Arc;

/// A finished picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// Short title for readers that do not show the picture.
    pub title: String,
    /// What the picture shows, in words (alt text).
    pub description: String,
    /// What else it says of itself, for those who publish it.
    pub about: About,
    /// What is drawn, first at the bottom.
    pub marks: Vec<Mark>,
}

/// What a picture says of itself, besides title and description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The caption to print under it.
    pub caption: String,
    /// Whose reports it rests on.
    pub sources: Vec<String>,
    /// Whose data it shows and under which licences.
    pub licence: String,
}

/// One thing drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A filled shape of any number of rings, inside by the even-odd rule.
    Fill {
        /// The rings, closed implicitly.
        rings: Vec<Vec<Px>>,
        /// What it is filled with.
        paint: Paint,
    },
    /// A line.
    Line {
        /// Its points.
        points: Vec<Px>,
        /// Whether the last point joins the first.
        closed: bool,
        /// How it looks.
        stroke: Stroke,
    },
    /// A disc, perhaps with an outline.
    Dot {
        /// Its centre.
        centre: Px,
        /// Radius in pixels.
        radius: f64,
        /// What fills it.
        fill: Option<Paint>,
        /// Its outline.
        stroke: Option<Stroke>,
    },
    /// What a reader is told who points at a place; it draws nothing.
    Note {
        /// The middle of the place's symbol.
        centre: Px,
        /// How far the symbol reaches, in pixels.
        radius: f64,
        /// What is told.
        words: String,
    },
    /// A picture.
    Image {
        /// Its upper left corner.
        at: Px,
        /// Width in pixels.
        width: f64,
        /// Height in pixels.
        height: f64,
        /// What is shown.
        picture: Arc<Logo>,
    },
    /// A run of text in one script.
    Text {
        /// Where its baseline starts (or ends, or is centred: see `anchor`).
        at: Px,
        /// The words.
        words: String,
        /// How it looks.
        font: Font,
        /// Which part of it stands at `at`.
        anchor: Anchor,
        /// Degrees clockwise around `at`.
        turned: f64,
    },
}

/// What a shape is filled with.
#[derive(Clone, Debug, PartialEq)]
pub enum Paint {
    /// One colour.
    Solid(Colour),
    /// Diagonal stripes of several colours in turn.
    Hatch {
        /// The stripes' colours.
        colours: Vec<Colour>,
        /// Width of one stripe in pixels.
        stripe: f64,
    },
    /// Marks of one colour on another: sides told apart without colours.
    Pattern {
        /// What the marks stand on.
        ground: Colour,
        /// The marks' colour.
        ink: Colour,
        /// The marks.
        form: Form,
        /// From one mark to the next in pixels.
        apart: f64,
    },
}

/// The marks of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Dots.
    Dots,
    /// Level lines.
    Level,
    /// Upright lines.
    Upright,
    /// Level and upright lines.
    Grid,
    /// Lines that fall to the right.
    Falling,
    /// Small crosses.
    Crosses,
}

/// How a line looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub colour: Colour,
    /// Width in pixels.
    pub width: f64,
    /// Lengths of dashes and gaps in pixels; empty for a solid line.
    pub dashes: Vec<f64>,
}

/// The typefaces; a run of text is in one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// Noto Sans: Latin, Greek, Cyrillic, punctuation.
    Sans,
    /// Noto Sans Arabic.
    Arabic,
    /// A style's own.
    Own(Family),
}

impl Face {
    /// The name of its family, as the font file gives it.
    #[must_use]
    pub fn family(self) -> &'static str {
        match self {
            Self::Sans => crate::fonts::LATIN,
            Self::Arabic => crate::fonts::ARABIC,
            Self::Own(family) => family.name().unwrap_or(crate::fonts::LATIN),
        }
    }
}

/// How text looks. Only fonts that are bundled or were loaded can be named.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    /// Typeface.
    pub face: Face,
    /// Height of an em in pixels.
    pub size: f64,
    /// Bold or regular.
    pub bold: bool,
    /// Extra space after each letter in pixels.
    pub spacing: f64,
    /// Colour.
    pub colour: Colour,
    /// A halo behind the letters: its colour and width in pixels.
    pub halo: Option<(Colour, f64)>,
}

/// Which part of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

impl Anchor {
    /// How much of the text's width lies left of its point.
    #[must_use]
    pub fn share(self) -> f64 {
        match self {
            Self::Start => 0.0,
            Self::Middle => 0.5,
            Self::End => 1.0,
        }
    }
}
