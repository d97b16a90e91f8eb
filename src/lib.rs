//! Reads reports of a war, works out who held which ground on which day, and draws it.
//!
//! `Report → Mention → Place → Claim → Event → Timeline → Areas → Scene → SVG → PNG, PDF, WebP`: each arrow is a function of one
//! module, and a module uses only itself and what stands to its left.

pub mod actor;
pub mod areas;
pub mod atlas;
pub mod basemap;
pub mod claim;
pub mod cli;
pub mod diag;
pub mod event;
pub mod export;
pub mod extract;
pub mod fonts;
pub mod gazetteer;
pub mod geoparse;
pub mod import;
mod named;
pub mod project;
pub mod projection;
pub mod render;
pub mod report;
pub mod run;
pub mod scene;
pub mod style;
pub mod table;
pub mod timeline;
pub mod units;

pub use atlas::draw;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../docs/styles.md")]
struct StylesPage;

#[cfg(doctest)]
#[doc = include_str!("../docs/timeline.md")]
struct TimelinePage;
