//! Corrections applied to events.

use super::{Action, Checked, Code, Correction, Decision, Event, Locus, Override, Problem, ids, short};
use crate::actor::Cast;
use crate::claim::{Site, When};
use crate::event::Grade;
use std::collections::{BTreeMap, BTreeSet};

/// Ids that are offered in place of one that is not known.
const OFFERED: usize = 3;

/// Events after corrections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrected {
    /// What is believed.
    pub events: Vec<Event>,
    /// What was dropped, with who did so.
    pub dropped: Vec<Event>,
}

/// Applies corrections to events, which keep their ids.
///
/// The order of the rows does not matter. Rows that contradict each other are not applied, none of them: two rows that
/// want one thing otherwise, or one that drops an event and one that keeps it.
///
/// # Errors
/// None: rows that name no event of these, or contradict each other, are told and left out.
#[must_use]
pub fn apply(mut events: Vec<Event>, rows: &[Override], cast: &Cast) -> Checked<Corrected> {
    let mut problems = Vec::new();
    let places: BTreeMap<String, usize> =
        events.iter().enumerate().rev().map(|(at, event)| (event.id.clone(), at)).collect();
    let mut by_event: BTreeMap<usize, Vec<&Override>> = BTreeMap::new();
    for row in rows {
        match places.get(&row.event_id) {
            Some(&at) => by_event.entry(at).or_default().push(row),
            None => problems.push(unknown(row, &events)),
        }
    }
    let was_in_order = events.is_sorted_by_key(|event| event.day.shown_from());
    let mut dropped = BTreeSet::new();
    for (at, rows) in by_event {
        for row in agreed(rows, &mut problems) {
            correct(&mut events[at], row, cast);
            if row.correction == Correction::Drop {
                dropped.insert(at);
            }
        }
    }
    let mut out = Corrected::default();
    for (at, event) in events.into_iter().enumerate() {
        if dropped.contains(&at) { out.dropped.push(event) } else { out.events.push(event) }
    }
    if was_in_order {
        out.events.sort_by_key(|event| event.day.shown_from());
    }
    Checked { value: out, problems }
}

/// The rows about one event that do not contradict each other, by line, each thing once.
fn agreed<'a>(mut rows: Vec<&'a Override>, problems: &mut Vec<Problem>) -> Vec<&'a Override> {
    rows.sort_by_key(|row| row.line);
    let mut wrong: BTreeSet<u64> = BTreeSet::new();
    let mut out: Vec<&Override> = Vec::new();
    let mut firsts: Vec<&Override> = Vec::new();
    for row in rows {
        let (own, drops) = (row.correction.action(), |row: &Override| row.correction == Correction::Drop);
        let against = firsts.iter().find(|first| {
            let same = first.correction.action() == own;
            drops(first) != drops(row) || same && first.correction != row.correction
        });
        if let Some(first) = against {
            wrong.extend([first.line, row.line]);
            let message = format!(
                "`{}` contradicts `{}` in line {} for `{}`; neither is applied",
                own.name(),
                first.correction.action().name(),
                first.line,
                short(&row.event_id)
            );
            let at = Locus::Line { file: row.file.clone(), line: row.line };
            problems.push(Problem::new(Code::BadOverride, at, message).help("keep one of the two rows"));
        } else if !firsts.iter().any(|first| first.correction == row.correction) {
            out.push(row);
        }
        // One of each kind is enough to find what is against it.
        if !firsts.iter().any(|first| first.correction == row.correction) && firsts.len() < Action::ALL.len()
        {
            firsts.push(row);
        }
    }
    out.retain(|row| !wrong.contains(&row.line));
    out
}

/// Does to an event what a row says, and writes down who did so.
fn correct(event: &mut Event, row: &Override, cast: &Cast) {
    let before = event.clone();
    let was = match &row.correction {
        Correction::Drop => None,
        Correction::Place(site) => {
            event.site = (**site).clone();
            Some(ground(&before.site))
        }
        Correction::Position(at) => {
            // A name that a gazetteer puts elsewhere is another place of that name.
            let Site { id, local, admin1, population, .. } = &mut event.site;
            (*id, *local, *admin1, *population) = (None, None, None, 0);
            event.site.at = Some(*at);
            Some(ground(&before.site))
        }
        Correction::Date(day) => {
            event.day = *day;
            Some(days(&before.day))
        }
        Correction::Sides { gaining, losing } => {
            event.gaining = gaining.clone().or(event.gaining.take());
            event.losing = losing.clone().or(event.losing.take());
            let name = |id: &Option<_>| {
                id.as_ref().map_or_else(|| "unknown".to_owned(), |id| cast.name(id).to_owned())
            };
            Some(format!("gained by {}, lost by {}", name(&before.gaining), name(&before.losing)))
        }
        Correction::Confirm => {
            let source = event.grade.map_or('F', |grade| grade.source);
            event.grade = Some(Grade { source, information: 1 });
            event.disputed = false;
            let grade = before.grade.map_or_else(|| "without grade".to_owned(), |grade| grade.to_string());
            Some(format!("{grade}{}", if before.disputed { ", disputed" } else { "" }))
        }
    };
    let changed = *event != before;
    let file = row.file.rsplit(['/', '\\']).next().unwrap_or(&row.file).to_owned();
    let decision = Decision {
        action: row.correction.action(),
        file,
        line: row.line,
        by: row.by.clone(),
        note: row.note.clone(),
        was: was.filter(|_| changed),
    };
    if row.correction == Correction::Confirm {
        let reports = std::mem::take(&mut event.record.reason);
        event.record.reason = match reports.as_str() {
            "" => "confirmed by hand".to_owned(),
            reports => format!("confirmed by hand; by the reports alone: {reports}"),
        };
    }
    let told = decision.to_string();
    // A table that was corrected, written and read again has the decision in its note already.
    if changed || row.correction == Correction::Drop {
        event.note = if event.note.is_empty() { told } else { format!("{}; {told}", event.note) };
    }
    event.record.decisions.push(decision);
}

fn ground(site: &Site) -> String {
    let round = crate::table::round;
    let at = site.at.map_or_else(String::new, |at| format!(" ({}, {})", round(at.lat()), round(at.lon())));
    format!("{}{at}", site.name)
}

fn days(day: &When) -> String {
    match (day.from, day.to) {
        (Some(from), Some(to)) if from != to => format!("{from} to {to}"),
        (Some(day), _) => day.to_string(),
        (None, Some(to)) => format!("on or before {to}"),
        (None, None) => "undated".to_owned(),
    }
}

/// What is told of a row whose event is not there, with the nearest that are.
fn unknown(row: &Override, events: &[Event]) -> Problem {
    let at = Locus::Line { file: row.file.clone(), line: row.line };
    let id = row.event_id.to_lowercase();
    let problem =
        Problem::new(Code::BadOverride, at, format!("no event has the id `{}`", short(&row.event_id)));
    let (_, rest) = without_day(&id);
    let mut near: Vec<(usize, &str)> = events
        .iter()
        .filter(|event| {
            let place = ids::slug(&event.site.name);
            let named = rest
                .strip_prefix(place.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
            !place.is_empty() && named || without_day(&event.id).1 == rest
        })
        .map(|event| (distance(&id, &event.id), event.id.as_str()))
        .collect();
    near.sort_unstable();
    near.truncate(OFFERED);
    if near.is_empty() {
        return problem.help("events.csv lists the ids; no event of that place is among them");
    }
    let ids: Vec<String> = near.iter().map(|(_, id)| format!("`{id}`")).collect();
    problem.help(format!(
        "an id changes when reports move the day or name the side; of that place: {}",
        ids.join(", ")
    ))
}

/// The day that an id begins with, and the rest of it.
fn without_day(id: &str) -> (&str, &str) {
    if let Some(rest) = id.strip_prefix("undated-") {
        return ("undated", rest);
    }
    match id.split_at_checked(11) {
        Some((day, rest)) if day.bytes().all(|b| b.is_ascii_digit() || b == b'-') => (&day[..10], rest),
        _ => ("", id),
    }
}

/// Letters to change, add or leave out between two ids (Levenshtein 1966), of their first hundred.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(100).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(100).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let other = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = other.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests;
