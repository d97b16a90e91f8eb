//! Reads reports: the places they name, and what they say of control.
//!
//! Words ([`text`]) → actors ([`who`]), times ([`when`]) and places ([`crate::geoparse`]) → claims ([`read`], by the rules
//! of [`rules`], the grammar of [`grammar`] and the moods of [`modality`]).

mod annotate;
mod grammar;
mod join;
mod lexicon;
mod modality;
mod read;
mod rules;
mod text;
mod when;
mod who;

use crate::claim::Claim;
use crate::diag::{Checked, Code, Locus, Problem};
use crate::gazetteer::Gazetteer;
use crate::project::Project;
use crate::report::Report;

/// What a report says of control: one claim for each change of hands of each place.
///
/// A report with no date is told (`no-date`); its claims still come out, with empty dates where nothing in the text dates
/// them.
#[must_use]
pub fn claims(report: &Report, gazetteer: &Gazetteer, project: &Project) -> Checked<Vec<Claim>> {
    let annotated = annotate::annotate(report, gazetteer, project);
    let (value, mut problems) = read::claims(report, &annotated, gazetteer, project);
    if report.published.is_none() {
        problems.insert(
            0,
            Problem::new(
                Code::NoDate,
                Locus::File(report.id.clone()),
                "the report does not say when it was published, so its events cannot be dated",
            )
            .help("give --published YYYY-MM-DD, or `published: YYYY-MM-DD` in its front matter"),
        );
    }
    Checked { value, problems }
}
