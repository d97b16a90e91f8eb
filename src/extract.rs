//! Reads reports: the places they name, and what they say of control.
//!
//! Words ([`text`]) → actors ([`who`]), times ([`when`]) and place names ([`mention`]) → places ([`resolve`]) → claims
//! ([`read`], by the rules of [`rules`], the grammar of [`grammar`] and the moods of [`modality`]).

mod annotate;
mod grammar;
mod join;
mod lexicon;
mod mention;
mod modality;
mod read;
mod resolve;
mod rules;
mod text;
mod when;
mod who;

use crate::claim::{Claim, Site};
use crate::diag::{Checked, Code, Locus, Problem};
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::project::Project;
use crate::report::Report;
use crate::units::Span;

/// A place name in a report, and the place it is taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The name in the report's text.
    pub span: Span,
    /// The place, if one was chosen.
    pub site: Option<Site>,
    /// How sure the choice is, 0 to 1.
    pub score: f64,
    /// Other places it could nearly as well be, likeliest first.
    pub rivals: Vec<PlaceId>,
}

/// The place names of a report, in order.
#[must_use]
pub fn mentions(report: &Report, gazetteer: &Gazetteer, project: &Project) -> Vec<Mention> {
    let annotated = annotate::annotate(report, gazetteer, project);
    let places = annotated.sentences.into_iter().flat_map(|sentence| sentence.places);
    places
        .map(|(named, choice)| match choice {
            Some(choice) => Mention {
                span: named.span,
                site: Some(choice.site),
                score: choice.score,
                rivals: choice.rivals,
            },
            None => Mention { span: named.span, site: None, score: 0.0, rivals: Vec::new() },
        })
        .collect()
}

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
