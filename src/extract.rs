//! Reads reports: the places they name, and what they say of control.
//!
//! Words ([`text`]) → actors ([`who`]), times ([`when`]) and places ([`crate::geoparse`]) → claims ([`mod@read`], by the rules
//! of [`rules`], the grammar of [`grammar`] and the moods of [`modality`]).

mod annotate;
mod grammar;
mod join;
mod lexicon;
mod modality;
mod read;
mod rules;
mod text;
mod unlisted;
mod when;
mod who;

use crate::claim::Claim;
use crate::diag::{Checked, Code, Locus, Problem};
use crate::gazetteer::Gazetteer;
use crate::geoparse::Geoparser;
use crate::project::Project;
use crate::report::Report;
use crate::units::Span;
use annotate::Wanted;

pub use modality::Silence;
pub use read::Silent;

/// What a report says of control, sentence by sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extract {
    /// The sentences of the report.
    pub sentences: Vec<Span>,
    /// One claim for each change of hands of each place.
    pub claims: Vec<Claim>,
    /// Words of control and places that gave no claim, with the reason.
    pub silences: Vec<Silent>,
}

/// What a report says of control: one claim for each change of hands of each place; see [`Extractor::claims`].
#[must_use]
pub fn claims(report: &Report, gazetteer: &Gazetteer, project: &Project) -> Checked<Vec<Claim>> {
    Extractor::new(gazetteer, project).claims(report)
}

/// The claims of a report, and why its other sentences give none; see [`Extractor::read`].
#[must_use]
pub fn read(report: &Report, gazetteer: &Gazetteer, project: &Project) -> Checked<Extract> {
    Extractor::new(gazetteer, project).read(report)
}

/// Reads reports, remembering what it looked up. Worth keeping for many reports; each thread needs its own. What was read
/// before changes nothing in what is read next.
///
/// # Example
/// ```
/// use conflict_map::{extract::{Extractor, Silence}, gazetteer::Gazetteer, project::Project, report};
/// let (gazetteer, project) = (Gazetteer::embedded(), Project::default());
/// let text = "Rebels captured Hama. They vowed to take Homs.";
/// let report = &report::read("a.txt", text.as_bytes()).value[0];
/// let read = Extractor::new(&gazetteer, &project).read(report).value;
/// assert_eq!(read.claims[0].site.name, "Hama");
/// assert_eq!((read.silences[0].sentence, read.silences[0].why), (1, Silence::Intended));
/// ```
pub struct Extractor<'g> {
    geoparser: Geoparser<'g>,
    gazetteer: &'g Gazetteer,
    project: &'g Project,
}

impl<'g> Extractor<'g> {
    /// One that knows these places and these actors.
    #[must_use]
    pub fn new(gazetteer: &'g Gazetteer, project: &'g Project) -> Self {
        Self { geoparser: Geoparser::new(gazetteer), gazetteer, project }
    }

    /// The claims of a report, and why its other sentences give none.
    #[must_use]
    pub fn read(&self, report: &Report) -> Checked<Extract> {
        self.wanted(report, Wanted::Reasons)
    }

    /// The claims of a report: the same as [`read`](Self::read) gives, and sooner, since what cannot tell of control is not
    /// looked into.
    ///
    /// A report with no date is told (`no-date`); its claims still come out, with empty dates where nothing in the text dates
    /// them.
    #[must_use]
    pub fn claims(&self, report: &Report) -> Checked<Vec<Claim>> {
        let Checked { value, problems } = self.wanted(report, Wanted::Claims);
        Checked { value: value.claims, problems }
    }

    fn wanted(&self, report: &Report, wanted: Wanted) -> Checked<Extract> {
        let annotated = annotate::annotate(report, wanted, &self.geoparser, self.gazetteer, self.project);
        let read::Read { claims, silences, mut problems } =
            read::read(report, &annotated, self.gazetteer, self.project);
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
        if let Some(day) = report.published.filter(|day| !PUBLISHED.contains(&day.year())) {
            problems.insert(
                0,
                Problem::new(
                    Code::BadDate,
                    Locus::File(report.id.clone()),
                    format!("the report is dated {day}, when no report of this kind was written"),
                )
                .help("correct its day of publication; its claims are kept as it dates them"),
            );
        }
        let sentences = annotated.sentences.iter().map(|sentence| sentence.span).collect();
        Checked { value: Extract { sentences, claims, silences }, problems }
    }
}

/// The years in which a report may have been published. What is later than the last is a slip of the hand: this program and
/// its places are then long out of date. (Today is no bound: nothing that is written may hang on the clock.)
const PUBLISHED: std::ops::RangeInclusive<i16> = 1800..=2049;
