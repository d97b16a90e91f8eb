//! How an atlas' pictures look.

use crate::style::{Size, Style};

/// How pictures look and how large they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Design {
    /// Colours, type and lines.
    pub style: Style,
    /// The page.
    pub size: Size,
}
