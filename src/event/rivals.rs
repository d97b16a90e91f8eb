//! Captures of one place on one day by different sides: a dispute, a claim that better evidence contradicts, or a place
//! that changed hands and back.

use super::grade::listed;
use super::{Event, Grade};
use crate::actor::{ActorId, Cast};
use crate::claim::{Change, Precision};
use std::collections::{BTreeMap, BTreeSet};

/// Captures of a day that each is compared with, the best attested; a place on which more sides claim the same day is
/// disputed whatever the rest say.
const COMPARED: usize = 16;

/// An event with what tells a dispute from two turns.
pub(super) struct Attested<'a> {
    pub(super) event: Event,
    /// The sources that tell of it.
    pub(super) sources: BTreeSet<&'a str>,
}

/// Finds the captures of one place that cannot both be: those of equal grade are disputed, and those that better evidence
/// speaks against are contradicted.
///
/// They are two turns and no dispute where one source tells of both, or where one took the place from the other.
pub(super) fn weigh(events: &mut [Attested<'_>], cast: &Cast) {
    let mut days: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, Attested { event, .. }) in events.iter().enumerate() {
        let taken = event.change == Change::Captured && event.gaining.is_some();
        let grade = event.grade.filter(|grade| grade.information < 5);
        if let (true, Some(_), Some(day)) =
            (taken && event.day.precision == Precision::Day, grade, event.day.to)
        {
            days.entry(day).or_default().push(at);
        }
    }
    for mut same_day in days.into_values().filter(|same_day| same_day.len() > 1) {
        same_day.sort_by_key(|&at| (rank(events[at].event.grade), events[at].event.gaining.clone()));
        let best: Vec<usize> = same_day.iter().copied().take(COMPARED).collect();
        let verdicts: Vec<(usize, Verdict, String)> = same_day
            .iter()
            .filter_map(|&at| {
                let against = best.iter().copied().filter(|&other| at_odds(&events[at], &events[other], cast));
                let (verdict, other) = against
                    .map(|other| (verdict(events[at].event.grade, events[other].event.grade), other))
                    .filter(|(verdict, _)| *verdict != Verdict::Better)
                    .max_by_key(|(verdict, other)| (*verdict, std::cmp::Reverse(*other)))?;
                let other = &events[other];
                let by = other.event.gaining.as_ref().map_or("", |id| cast.name(id));
                let who = listed(&other.sources);
                Some((at, verdict, match verdict {
                    Verdict::Worse => format!(
                        "contradicted by better evidence: {by} is reported to have taken it on that day, by {who}"
                    ),
                    _ => format!("as well attested as its capture by {by} on that day, told by {who}"),
                }))
            })
            .collect();
        for (at, verdict, reason) in verdicts {
            let event = &mut events[at].event;
            if let (Verdict::Worse, Some(grade)) = (verdict, event.grade.as_mut()) {
                grade.information = 5;
                event.disputed = false;
                event.record.reason = format!("{reason}; {}", event.record.reason);
            } else {
                event.disputed = true;
                event.record.reason = format!("{}; {reason}", event.record.reason);
            }
        }
    }
}

/// How one grade stands beside another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Better,
    Equal,
    Worse,
}

fn verdict(own: Option<Grade>, other: Option<Grade>) -> Verdict {
    let (Some(own), Some(other)) = (own, other) else { return Verdict::Equal };
    match class(own).cmp(&class(other)) {
        std::cmp::Ordering::Less => return Verdict::Better,
        std::cmp::Ordering::Greater => return Verdict::Worse,
        std::cmp::Ordering::Equal => {}
    }
    // Sources a letter apart are equal enough to disagree; one that nobody rated is neither better nor worse.
    let letters = (own.source as i32, other.source as i32);
    match (own.source, other.source) {
        ('F', _) | (_, 'F') => Verdict::Equal,
        _ if letters.0 + 2 <= letters.1 => Verdict::Better,
        _ if letters.1 + 2 <= letters.0 => Verdict::Worse,
        _ => Verdict::Equal,
    }
}

/// What only the gaining side says is its word, denied or not.
fn class(grade: Grade) -> u8 {
    if grade.information == 4 { 3 } else { grade.information }
}

fn rank(grade: Option<Grade>) -> (u8, char) {
    grade.map_or((9, 'F'), |grade| (class(grade), grade.source))
}

/// Whether two captures of one day cannot both be.
fn at_odds(one: &Attested<'_>, other: &Attested<'_>, cast: &Cast) -> bool {
    let side = |id: &Option<ActorId>| id.as_ref().map(|id| cast.side(id).clone());
    let (a, b) = (side(&one.event.gaining), side(&other.event.gaining));
    if a == b {
        return false;
    }
    let (a_from_b, b_from_a) = (side(&one.event.losing) == b, side(&other.event.losing) == a);
    let turns = a_from_b != b_from_a || one.sources.iter().any(|source| other.sources.contains(source));
    !turns
}
