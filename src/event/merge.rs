//! From what sources say to what we believe: claims of one change become one event, graded.

use super::cluster::{Cluster, clusters};
use super::grade::{Sides, grade};
use super::rivals::{Attested, weigh};
use super::voices::Voices;
use super::window::certainty;
use super::{Event, Record, ids};
use crate::actor::{ActorId, Cast};
use crate::claim::{Claim, GeoPrecision, SiteKey, Standing, When};
use crate::project::Project;
use crate::report::Report;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Merges the claims of all reports into events, ordered by day and place.
///
/// Claims on one place, change and side whose days can coincide are one event; allies are one side. A withdrawal and a
/// capture of the same place within three days are one capture; a place taken, lost and taken again is three. Reports of
/// nearly the same text count as one source. History (claims marked as background) stays in the claims table and makes no
/// event. Neither the order of the claims nor that of the reports matters, and a report given twice adds only its name.
///
/// The grade is the Admiralty (NATO) code, see [`Grade`](super::Grade); [`Record::reason`] says in words what it rests on.
/// Where sources of equal grade disagree on who took a place on a day, both events stay and are disputed.
///
/// Time and memory grow with the input, also where thousands of reports tell of one place.
#[must_use]
pub fn merge(claims: &[Claim], reports: &BTreeMap<String, Report>, project: &Project) -> Vec<Event> {
    let (voices, cast) = (Voices::of(reports, project), &project.cast);
    let mut groups: BTreeMap<(SiteKey, GeoPrecision), Vec<&Claim>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| !claim.background) {
        groups.entry((claim.site.key(), claim.site.precision)).or_default().push(claim);
    }
    let mut told: Vec<(Option<Told<'_>>, Event)> = Vec::new();
    for group in groups.into_values() {
        let mut found: Vec<Attested<'_>> = Vec::new();
        let mut firsts = Vec::new();
        for cluster in clusters(group, cast) {
            firsts.push(cluster.claims.iter().map(|claim| place(claim)).min());
            found.push(event(&cluster, &voices, cast));
        }
        weigh(&mut found, cast);
        told.extend(firsts.into_iter().zip(found.into_iter().map(|found| found.event)));
    }
    // Changes of one day and place follow each other as the first report that tells of them does.
    told.sort_by_cached_key(|(told, event)| {
        (event.day.shown_from(), event.site.key(), *told, event.change, event.gaining.clone())
    });
    let mut events: Vec<Event> = told.into_iter().map(|(_, event)| event).collect();
    ids::name(&mut events, cast);
    events
}

/// Where a claim stands: its report, its sentence, its name in it.
type Told<'a> = (&'a str, usize, usize);

fn place(claim: &Claim) -> Told<'_> {
    (&claim.evidence.report, claim.evidence.sentence, claim.evidence.name.start)
}

fn event<'a>(cluster: &Cluster<'a>, voices: &Voices<'a>, cast: &Cast) -> Attested<'a> {
    let claims = &cluster.claims;
    let first = claims[0];
    let source = |claim: &&'a Claim| voices.of_report(&claim.evidence.report).source;
    let gaining =
        most_named(claims.iter().filter_map(|claim| Some((claim.gaining.as_ref()?, source(claim)))));
    let own = gaining.as_ref().map(|id| cast.side(id));
    let losers = claims.iter().filter_map(|claim| Some((claim.losing.as_ref()?, source(claim))));
    let losing = most_named(losers.filter(|(id, _)| Some(cast.side(id)) != own));
    let sides = Sides { gaining: own, losing: losing.as_ref().map(|id| cast.side(id)) };
    // A denial speaks for its own day: what others tell on a later day it could not know.
    let published = |claim: &Claim| voices.of_report(&claim.evidence.report).published;
    let last_told = claims
        .iter()
        .filter(|claim| matches!(claim.standing, Standing::Reported(_) | Standing::ConcededBy(_)))
        .filter_map(|claim| published(claim))
        .max();
    let mut against: Vec<&Claim> = cluster.against.clone();
    against.retain(|denial| published(denial).zip(last_told).is_none_or(|(denied, told)| told <= denied));
    let finding = grade(claims, &against, sides, voices, cast);
    let all = || claims.iter().chain(&against);
    let publishers: BTreeSet<&str> =
        all().map(|claim| voices.of_report(&claim.evidence.report).publisher).collect();
    let ids: BTreeSet<&str> = all().map(|claim| claim.id.as_str()).collect();
    let event = Event {
        id: String::new(),
        site: first.site.clone(),
        change: cluster.change,
        day: day(cluster, voices).unwrap_or(first.day),
        gaining,
        losing,
        grade: Some(finding.grade),
        disputed: finding.disputed,
        sources: publishers.into_iter().map(str::to_owned).collect(),
        claims: ids.into_iter().map(str::to_owned).collect(),
        note: String::new(),
        record: Record { reason: finding.reason, ..Record::default() },
    };
    Attested { event, sources: claims.iter().map(source).collect() }
}

/// The day that most sources give, of the claims that are dated best; the earliest among equals.
fn day(cluster: &Cluster<'_>, voices: &Voices<'_>) -> Option<When> {
    let dated = || cluster.claims.iter().filter(|claim| claim.change == cluster.change);
    let best = dated().map(|claim| certainty(claim)).min()?;
    let mut days: BTreeMap<When, BTreeSet<&str>> = BTreeMap::new();
    for claim in dated().filter(|claim| certainty(claim) == best) {
        let source = voices.of_report(&claim.evidence.report).source;
        days.entry(claim.day).or_default().insert(source);
    }
    let most = days.into_iter().min_by_key(|(day, sources)| (Reverse(sources.len()), day.to, *day));
    most.map(|(day, _)| day)
}

/// The name that most sources give; the first in order among equals.
fn most_named<'a>(named: impl Iterator<Item = (&'a ActorId, &'a str)>) -> Option<ActorId> {
    let mut sources: BTreeMap<&ActorId, BTreeSet<&str>> = BTreeMap::new();
    for (id, source) in named {
        sources.entry(id).or_default().insert(source);
    }
    sources.into_iter().min_by_key(|(id, sources)| (Reverse(sources.len()), *id)).map(|(id, _)| id.clone())
}

#[cfg(test)]
mod tests;
