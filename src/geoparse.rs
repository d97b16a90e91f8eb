//! Finds place names in text and decides which place each means.
//!
//! Text → words ([`words`]) → stretches that may hold names ([`context`]) → names ([`find`], by [`features`]) → places.

mod context;
mod features;
mod find;
mod lists;
#[doc(hidden)]
pub mod study;
pub mod weights;
mod words;
