//! Files from a [`Scene`](crate::scene::Scene): one match over its marks, and nothing left to decide.
//!
//! PNG is printed from the tree of the SVG, so both show the same.

mod png;
mod svg;

pub use png::{Unprintable, png};
pub use svg::svg;
