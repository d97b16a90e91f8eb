//! Whose word a report is: its publisher, that of the text it copies, how far each is trusted and whom it favours.

use super::copies;
use crate::actor::ActorId;
use crate::project::{Project, Source};
use crate::report::Report;
use crate::units::Date;
use std::collections::BTreeMap;

/// Who speaks through which report.
pub(super) struct Voices<'a> {
    voices: BTreeMap<&'a str, Voice<'a>>,
}

/// Who speaks through a report.
#[derive(Clone, Copy)]
pub(super) struct Voice<'a> {
    /// The publisher of this report, or its id where that is not known.
    pub(super) publisher: &'a str,
    /// Who counts as the source: the publisher of the text that this report copies.
    pub(super) source: &'a str,
    /// The report whose text this is, the first by day and id.
    pub(super) text: &'a str,
    /// How far the publisher is trusted, `F` where nobody says.
    pub(super) reliability: char,
    /// The side that the source favours.
    pub(super) favours: Option<&'a ActorId>,
    /// The day of publication.
    pub(super) published: Option<Date>,
}

impl<'a> Voices<'a> {
    pub(super) fn of(reports: &'a BTreeMap<String, Report>, project: &'a Project) -> Self {
        let known: BTreeMap<String, &Source> =
            project.sources.iter().rev().map(|source| (source.publisher.to_lowercase(), source)).collect();
        let known = |report: &Report| {
            let publisher = report.publisher.as_ref().unwrap_or(&report.id);
            known.get(&publisher.to_lowercase()).copied()
        };
        let favours = |report: &Report| known(report)?.favours.as_ref().map(|id| project.cast.side(id));
        // The one who had a text first is its source. On one day a rated publisher goes before one that nobody knows, and
        // one that takes a side before all: a story of its that others print is still its story.
        let mut sorted: Vec<(&'a str, &'a Report)> =
            reports.iter().map(|(id, report)| (id.as_str(), report)).collect();
        sorted.sort_by_cached_key(|(id, report)| {
            let day = report.published.unwrap_or(Date::MAX);
            (day, favours(report).is_none(), known(report).is_none(), *id)
        });
        let texts: Vec<&str> = sorted.iter().map(|(_, report)| report.text.as_str()).collect();
        let originals = copies::originals(&texts);
        let publisher = |report: &'a Report| report.publisher.as_deref().unwrap_or(&report.id);
        let voice = |(at, (id, report)): (usize, &(&'a str, &'a Report))| {
            let (text, original) = sorted[originals[at]];
            let voice = Voice {
                publisher: publisher(report),
                source: publisher(original),
                text,
                reliability: known(report).map_or('F', |source| source.reliability),
                favours: favours(original),
                published: report.published,
            };
            (*id, voice)
        };
        Self { voices: sorted.iter().enumerate().map(voice).collect() }
    }

    /// Who speaks through a report; one that is not among the reports (a row of a table) speaks for itself.
    pub(super) fn of_report<'b>(&self, report: &'b str) -> Voice<'b>
    where
        'a: 'b,
    {
        let alone = Voice {
            publisher: report,
            source: report,
            text: report,
            reliability: 'F',
            favours: None,
            published: None,
        };
        self.voices.get(report).copied().unwrap_or(alone)
    }
}
