//! From what sources say to what we believe: claims of one change become one event, graded.

use super::Event;
use super::voices::{Voices, grade};
use crate::actor::ActorId;
use crate::claim::{Basis, Change, Claim, GeoPrecision, Precision, SiteKey, Standing};
use crate::diag::{Checked, Code, Locus, Problem};
use crate::project::Project;
use crate::report::Report;
use crate::units::Date;
use jiff::ToSpan;
use std::collections::{BTreeMap, BTreeSet};

/// Days before its publication in which an undated piece of news can have happened.
const NEWS_DAYS: i32 = 7;
/// Days before publication that an undated mention of the past can reach back.
const PAST_DAYS: i32 = 60;
/// Days by which reports of one change may differ: what fell at night is dated to either day.
const SLACK_DAYS: i32 = 1;
/// Days within which a withdrawal and a capture are one change.
const HANDOVER_DAYS: i32 = 3;

/// Merges the claims of all reports into events, ordered by day and place.
///
/// Claims on one place, change and side whose days can coincide are one event. A withdrawal and a capture of the same place
/// within three days are one capture. Reports of nearly the same text count as one source. History (claims marked as background) stays
/// in the claims table and makes no event. The order of the claims does not matter.
///
/// The grade is the Admiralty (NATO) code: see [`Grade`](super::Grade).
#[must_use]
pub fn merge(claims: &[Claim], reports: &BTreeMap<String, Report>, project: &Project) -> Checked<Vec<Event>> {
    let mut problems = Vec::new();
    let voices = Voices::of(reports, project);
    let mut groups: BTreeMap<(SiteKey, GeoPrecision), Vec<&Claim>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| !claim.background) {
        groups.entry((claim.site.key(), claim.site.precision)).or_default().push(claim);
    }
    let mut events = Vec::new();
    for mut group in groups.into_values() {
        group.sort_by(|a, b| {
            (certainty(a), a.day.to, a.day.from, &a.id).cmp(&(certainty(b), b.day.to, b.day.from, &b.id))
        });
        let (denials, told): (Vec<&Claim>, Vec<&Claim>) =
            group.into_iter().partition(|claim| matches!(claim.standing, Standing::DeniedBy(_)));
        let takers: BTreeSet<&ActorId> = told
            .iter()
            .filter(|claim| claim.change == Change::Captured)
            .filter_map(|claim| claim.gaining.as_ref())
            .collect();
        // Where a place changes hands back and forth, a claim without a date of its own is of its report's day only.
        let exact = takers.len() > 1;
        let mut clusters: Vec<Vec<&Claim>> = Vec::new();
        for claim in told {
            let place = clusters
                .iter()
                .enumerate()
                .filter(|(_, cluster)| {
                    cluster.iter().all(|other| same_side(other, claim)) && cluster[0].change == claim.change
                })
                .filter_map(|(i, cluster)| {
                    gap(cluster[0], claim)
                        .map(|gap| (gap, i))
                        .filter(|_| !exact || near_day(cluster[0], claim))
                })
                .min();
            match place {
                Some((_, i)) => clusters[i].push(claim),
                None => clusters.push(vec![claim]),
            }
        }
        hand_over(&mut clusters);
        led_up(&mut clusters);
        for cluster in clusters {
            let against: Vec<&Claim> = denials
                .iter()
                .copied()
                .filter(|denial| denies(denial, &cluster) && !voices.overtook(denial, &cluster))
                .collect();
            events.push(event(&cluster, &against, &voices, &mut problems));
        }
    }
    let places: BTreeMap<&str, (&str, usize, usize)> = claims
        .iter()
        .map(|claim| {
            let evidence = &claim.evidence;
            (claim.id.as_str(), (evidence.report.as_str(), evidence.sentence, evidence.name.start))
        })
        .collect();
    // Changes of one day and place follow each other as the first report that tells of them does.
    events.sort_by_cached_key(|event: &Event| {
        let told = event.claims.iter().filter_map(|id| places.get(id.as_str())).min();
        (
            event.day.shown_from(),
            event.site.key(),
            told.map(|&(report, ..)| report.to_owned()),
            told.copied().map(|(_, sentence, start)| (sentence, start)),
            event.change,
        )
    });
    name(&mut events);
    Checked { value: events, problems }
}

/// Gives each event an id that stays the same when reports are added: day, place, change; a number where these agree.
pub(super) fn name(events: &mut [Event]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for event in events {
        let day = event.day.shown_from().map_or_else(|| "undated".to_owned(), |day| day.to_string());
        let place: String = event
            .site
            .name
            .to_lowercase()
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { '-' })
            .collect();
        let scope = if event.site.precision == GeoPrecision::Place {
            String::new()
        } else {
            format!("-{}", event.site.precision.name())
        };
        let id = format!("{day}-{place}{scope}-{}", event.change.name());
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        event.id = if *count == 1 { id } else { format!("{id}-{count}") };
    }
}

/// Best-dated claims come first, so that vaguer ones find their event.
fn certainty(claim: &Claim) -> (Basis, Precision) {
    let basis = if claim.day.precision == Precision::Unknown { Basis::Publication } else { claim.day.basis };
    (basis.min(if basis == Basis::Relative { Basis::Stated } else { basis }), claim.day.precision)
}

fn same_side(a: &Claim, b: &Claim) -> bool {
    let agree = |x: &Option<ActorId>, y: &Option<ActorId>| x.is_none() || y.is_none() || x == y;
    agree(&a.gaining, &b.gaining) && (a.change != Change::Withdrew || agree(&a.losing, &b.losing))
}

/// Days by which "a week after", "a month earlier" may be off: half the unit.
fn about_days(precision: Precision) -> i32 {
    match precision {
        Precision::Week => 3,
        Precision::Month => 15,
        Precision::Year => 182,
        Precision::Day | Precision::Unknown => 0,
    }
}

/// The days on which a claim's change can have happened.
fn window(claim: &Claim) -> Option<(Date, Date)> {
    let to = claim.day.to.or(claim.day.from)?;
    let back = |days: i32| to.checked_sub(days.days()).unwrap_or(Date::MIN);
    let from = match (claim.day.precision, claim.day.basis) {
        (Precision::Unknown, _) => back(PAST_DAYS),
        (_, Basis::Publication) => back(NEWS_DAYS),
        // "a week after": about that day.
        (Precision::Week | Precision::Month | Precision::Year, _) if claim.day.from == Some(to) => {
            let about = about_days(claim.day.precision);
            return Some((back(about), back(-about)));
        }
        _ => claim.day.from.unwrap_or(to),
    };
    Some((from, to))
}

/// Whether two claims are of one day, as far as each says.
fn near_day(a: &Claim, b: &Claim) -> bool {
    match (a.day.shown_from(), b.day.shown_from()) {
        (Some(a_day), Some(b_day)) => {
            a_day == b_day || a.day.precision > Precision::Day || b.day.precision > Precision::Day
        }
        _ => true,
    }
}

/// How many days lie between the windows of two claims, 0 where they meet; `None` where they cannot be one event.
fn gap(a: &Claim, b: &Claim) -> Option<i32> {
    let (Some((af, at)), Some((bf, bt))) = (window(a), window(b)) else { return Some(0) };
    let days = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
    let gap = if at < bf {
        days(at, bf)
    } else if bt < af {
        days(bt, af)
    } else {
        0
    };
    // Among windows that meet, the nearest last day decides.
    (gap <= SLACK_DAYS).then(|| gap * 1000 + days(at.min(bt), at.max(bt)))
}

/// A withdrawal and a capture of the same place within three days are one capture.
fn hand_over(clusters: &mut Vec<Vec<&Claim>>) {
    let mut at = 0;
    while at < clusters.len() {
        if clusters[at][0].change == Change::Withdrew {
            let left = clusters[at][0];
            let losing = clusters[at].iter().find_map(|claim| claim.losing.as_ref());
            let taken = clusters.iter().position(|other| {
                let capture = other[0];
                let taker = other.iter().find_map(|claim| claim.gaining.as_ref());
                let loser = other.iter().find_map(|claim| claim.losing.as_ref());
                capture.change == Change::Captured
                    && taker.is_some()
                    && taker != losing
                    && (loser.is_none() || losing.is_none() || loser == losing)
                    && near(left, capture)
            });
            if let Some(taken) = taken {
                let withdrawal = clusters.remove(at);
                let taken = if taken > at { taken - 1 } else { taken };
                clusters[taken].extend(withdrawal);
                continue;
            }
        }
        at += 1;
    }
}

/// Fighting by the side that took a place, with no date of its own, only led up to the capture.
fn led_up(clusters: &mut Vec<Vec<&Claim>>) {
    let mut at = 0;
    while at < clusters.len() {
        let fight = &clusters[at];
        let undated = fight.iter().all(|claim| claim.day.basis == Basis::Publication);
        let taken = clusters.iter().position(|other| {
            let taker = other.iter().find_map(|claim| claim.gaining.as_ref());
            other[0].change == Change::Captured
                && taker.is_some()
                && fight.iter().find_map(|claim| claim.gaining.as_ref()) == taker
                && near(fight[0], other[0])
        });
        match taken {
            Some(taken) if fight[0].change == Change::Contested && undated => {
                let fight = clusters.remove(at);
                let taken = if taken > at { taken - 1 } else { taken };
                clusters[taken].extend(fight);
            }
            _ => at += 1,
        }
    }
}

fn near(a: &Claim, b: &Claim) -> bool {
    let (Some((af, at)), Some((bf, bt))) = (window(a), window(b)) else { return true };
    let reach = HANDOVER_DAYS.days();
    bf.checked_sub(reach).is_ok_and(|from| from <= at) && af.checked_sub(reach).is_ok_and(|from| from <= bt)
}

fn denies(denial: &Claim, cluster: &[&Claim]) -> bool {
    cluster
        .iter()
        .any(|claim| claim.change == denial.change && same_side(claim, denial) && near(claim, denial))
}

fn event(cluster: &[&Claim], denials: &[&Claim], voices: &Voices<'_>, problems: &mut Vec<Problem>) -> Event {
    let first = cluster
        .iter()
        .min_by_key(|claim| (certainty(claim), claim.day.to, &claim.id))
        .copied()
        .unwrap_or(cluster[0]);
    let change = if cluster.iter().any(|claim| claim.change == Change::Captured) {
        Change::Captured
    } else {
        first.change
    };
    let gaining = most_named(cluster.iter().filter_map(|claim| claim.gaining.as_ref()));
    let losing = most_named(
        cluster.iter().filter_map(|claim| claim.losing.as_ref()).filter(|id| Some(*id) != gaining.as_ref()),
    );
    let dated = cluster
        .iter()
        .filter(|claim| claim.change == change)
        .min_by_key(|claim| (certainty(claim), claim.day.to, claim.day.from));
    let day = dated.map_or(first.day, |claim| claim.day);
    let (grade, disputed) = grade(cluster, denials, gaining.as_ref(), voices);
    if disputed {
        let at = Locus::Words { report: first.evidence.report.clone(), span: first.evidence.name };
        let who = denials.iter().find_map(|claim| claim.standing.said_by()).unwrap_or("another source");
        problems.push(Problem::new(
            Code::Disputed,
            at,
            format!("{} is said to be {}, which {who} denies", first.site.name, change.name()),
        ));
    }
    let all = cluster.iter().chain(denials);
    let sources: BTreeSet<String> =
        all.clone().map(|claim| voices.publisher(&claim.evidence.report).to_owned()).collect();
    let claims: BTreeSet<String> = all.map(|claim| claim.id.clone()).collect();
    Event {
        id: String::new(),
        site: first.site.clone(),
        change,
        gaining,
        losing,
        day,
        grade: Some(grade),
        disputed,
        sources: sources.into_iter().collect(),
        claims: claims.into_iter().collect(),
        note: String::new(),
    }
}

/// The name given most often; the first in order among equals.
fn most_named<'a>(ids: impl Iterator<Item = &'a ActorId>) -> Option<ActorId> {
    let mut counts: BTreeMap<&ActorId, usize> = BTreeMap::new();
    for id in ids {
        *counts.entry(id).or_default() += 1;
    }
    counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|(id, _)| id.clone())
}

#[cfg(test)]
mod tests;
