//! How an atlas' pictures look.

use crate::basemap::Extent;
use crate::render::{Format, Print};
use crate::scene::Inset;
use crate::style::{Size, Style};
use crate::units::Date;

/// How pictures look and how large they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    /// Colours, type and lines.
    pub style: Style,
    /// The page.
    pub size: Size,
    /// The rectangle that fills each map; the region where none is given. What is outside has its colours too.
    pub extent: Option<Extent>,
    /// Parts of the maps that are also drawn larger, in panels; as many as there is room for.
    pub insets: Vec<Inset>,
    /// Two days that are drawn side by side, the earlier first.
    pub compare: Option<[Date; 2]>,
    /// The forms in which pictures are written.
    pub formats: Vec<Format>,
    /// Whether the letters of SVG are outlines.
    pub outlined: bool,
}

impl Default for Design {
    fn default() -> Self {
        Self {
            style: Style::default(),
            size: Size::default(),
            extent: None,
            insets: Vec::new(),
            compare: None,
            formats: vec![Format::Svg, Format::Png],
            outlined: false,
        }
    }
}

impl Design {
    /// How pictures are printed.
    #[must_use]
    pub fn print(&self) -> Print {
        Print { scale: self.size.scale, points: self.size.points, outlined: self.outlined }
    }

    /// The form that a text shows its pictures in: the first of these that are written.
    pub(super) fn shown(&self) -> Option<Format> {
        let best = [Format::Png, Format::WebP, Format::Svg, Format::Pdf];
        best.into_iter().find(|format| self.formats.contains(format))
    }
}
