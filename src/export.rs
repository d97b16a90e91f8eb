//! Writes what was found: tables and shapes for other programs, a page of words for people.
//!
//! Pure functions to text. The same values give the same bytes: rows keep the order given, numbers are rounded, and
//! text from reports is escaped for the form it goes into.

mod csv;

pub use csv::{CLAIM_COLUMNS, claims_csv, events_csv};
