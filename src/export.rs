//! Writes what was found: tables and shapes for other programs, a page of words for people.
//!
//! Pure functions to text. The same values give the same bytes: rows keep the order given, numbers are rounded, and
//! text from reports is escaped for the form it goes into.

mod csv;

pub use csv::{CLAIM_COLUMNS, claims_csv, events_csv};
pub fn problems_json(_: &[crate::diag::Problem]) -> String { String::new() }
pub fn mentions_jsonl(report: &crate::report::Report, mentions: &[crate::extract::Mention]) -> String {
    mentions.iter().map(|m| { let (start,end)=m.span.code_points(&report.text); format!("{}\n", serde_json::json!({"doc":report.id,"start":start,"end":end,"name":m.span.of(&report.text),"lat":m.site.as_ref().map(|s|s.at.lat()),"lon":m.site.as_ref().map(|s|s.at.lon()),"geonameid":m.site.as_ref().and_then(|s|s.id).and_then(|i|i.geonames()),"score":m.score})) }).collect()
}
