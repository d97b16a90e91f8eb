//! Whose word stands behind an event, and how much it weighs: publishers, copies of one text, the Admiralty grade.

use super::Grade;
use crate::actor::{ActorId, folded};
use crate::claim::{Claim, Standing};
use crate::project::Project;
use crate::report::Report;
use std::collections::{BTreeMap, BTreeSet};

/// Share of common five-word shingles from which two reports are one text (Broder 1997, *On the resemblance and containment
/// of documents*).
const SAME_TEXT: f64 = 0.6;

/// The Admiralty code of what these claims say together, and whether it is disputed.
pub(super) fn grade(
    cluster: &[&Claim],
    denials: &[&Claim],
    gaining: Option<&ActorId>,
    voices: &Voices<'_>,
) -> (Grade, bool) {
    let mut told = Vec::new();
    let mut conceded = false;
    let mut best = 'F';
    for claim in cluster {
        let report = &claim.evidence.report;
        best = best.min(voices.reliability(report));
        let side = gaining.map(|gaining| voices.project.cast.side(gaining));
        let partisan = side.is_some_and(|side| voices.favours(report) == Some(side));
        match &claim.standing {
            Standing::ConcededBy(_) => conceded = true,
            Standing::Reported(by) if !partisan => told.push((voices.source(report), by.as_deref())),
            _ => {}
        }
    }
    let information = match (conceded, independent(&told), denials.is_empty()) {
        (true, ..) | (_, 2.., _) => 1,
        (_, 1, _) => 2,
        (_, 0, true) => 3,
        (_, 0, false) => 4,
    };
    (Grade { source: best, information }, !denials.is_empty() && information > 1)
}

/// How many of these sources, each with whom it cites, stand for themselves: who only passes on what another of them says
/// adds nothing to it.
fn independent(told: &[(&str, Option<&str>)]) -> usize {
    let sources: BTreeSet<&str> = told.iter().map(|(source, _)| *source).collect();
    let names =
        |text: &str, name: &str| format!(" {} ", folded(text)).contains(&format!(" {} ", folded(name)));
    let own = |(source, by): &&(&str, Option<&str>)| {
        by.is_none_or(|by| !sources.iter().any(|other| other != source && names(by, other)))
    };
    let alone: BTreeSet<&str> = told.iter().filter(own).map(|(source, _)| *source).collect();
    alone.len().max(usize::from(!sources.is_empty()))
}

/// Who speaks through which report.
pub(super) struct Voices<'a> {
    reports: &'a BTreeMap<String, Report>,
    project: &'a Project,
    /// The first report of the same text.
    first: BTreeMap<&'a str, &'a str>,
}

impl<'a> Voices<'a> {
    pub(super) fn of(reports: &'a BTreeMap<String, Report>, project: &'a Project) -> Self {
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        let mut seen: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, report) in reports {
            let shingles = shingles(&report.text);
            let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
            for shingle in &shingles {
                for other in seen.get(shingle).into_iter().flatten() {
                    *shared.entry(other).or_default() += 1;
                }
            }
            let twin = shared.into_iter().find(|(other, common)| {
                let union = shingles.len() + sizes[other] - common;
                *common as f64 >= SAME_TEXT * union as f64
            });
            if let Some((other, _)) = twin {
                first.insert(id, first[other]);
            } else {
                // Only the first of each text is looked up again, so many copies of one wire text stay cheap.
                for shingle in &shingles {
                    seen.entry(*shingle).or_default().push(id);
                }
                first.insert(id, id);
            }
            sizes.insert(id, shingles.len());
        }
        Self { reports, project, first }
    }

    /// What counts as one source: the publisher of the first report of this text.
    fn source<'b>(&'b self, report: &'b str) -> &'b str {
        self.publisher(self.first.get(report).copied().unwrap_or(report))
    }

    /// Whether a change that was denied was reported by others on a later day: a denial speaks for its own day.
    pub(super) fn overtook(&self, denial: &Claim, cluster: &[&Claim]) -> bool {
        let published =
            |claim: &Claim| self.reports.get(&claim.evidence.report).and_then(|report| report.published);
        let Some(denied) = published(denial) else { return false };
        cluster.iter().any(|claim| {
            let told = matches!(claim.standing, Standing::Reported(_) | Standing::ConcededBy(_));
            told && published(claim).is_some_and(|day| day > denied)
        })
    }

    pub(super) fn publisher<'b>(&'b self, report: &'b str) -> &'b str {
        self.reports.get(report).and_then(|report| report.publisher.as_deref()).unwrap_or(report)
    }

    fn known(&self, report: &str) -> Option<&crate::project::Source> {
        let publisher = self.publisher(report).to_lowercase();
        self.project.sources.iter().find(|source| source.publisher.to_lowercase() == publisher)
    }

    fn reliability(&self, report: &str) -> char {
        self.known(report).map_or('F', |source| source.reliability)
    }

    fn favours(&self, report: &str) -> Option<&ActorId> {
        self.known(report)?.favours.as_ref().map(|id| self.project.cast.side(id))
    }
}

/// Hashes of all runs of five words, whatever the case.
fn shingles(text: &str) -> BTreeSet<u64> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(5).map(|run| fnv(run.iter().flat_map(|word| word.bytes().chain([b' '])))).collect()
}

/// FNV-1a, 64 bits: small, and the same on every machine. Source: Fowler, Noll and Vo, draft-eastlake-fnv.
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_cites_another_source_adds_nothing_to_it() {
        let wire = ("Northern Wire", None);
        assert_eq!(independent(&[wire, ("ACLED", Some("SOHR; Northern Wire"))]), 1);
        assert_eq!(independent(&[wire, ("ACLED", Some("SOHR")), ("ACLED", Some("Northern Wire"))]), 2);
        assert_eq!(independent(&[("A", Some("B")), ("B", Some("the A"))]), 1);
        assert_eq!(independent(&[wire, ("Northern Wire", Some("Northern Wire"))]), 1);
        assert_eq!(independent(&[]), 0);
    }
}
