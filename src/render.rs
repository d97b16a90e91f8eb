//! Files from a [`Scene`](crate::scene::Scene): one match over its marks, and nothing left to decide.
//!
//! PNG, WebP and PDF are printed from the tree of the SVG, so all show the same.

mod about;
mod format;
mod outline;
mod pdf;
mod png;
mod svg;
mod webp;

pub use format::{Format, Print, print};
pub use pdf::pdf;
pub use png::{Unprintable, png};
pub use svg::{svg, svg_outlined};
pub use webp::webp;
