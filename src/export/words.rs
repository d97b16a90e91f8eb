//! What happened, in words: captions that say it, and descriptions for those who cannot see the map.
//!
//! Verbs stand in the passive or the past, since nobody knows of an actor's name whether it is one or many.

use crate::actor::ActorId;
use crate::claim::{Change, GeoPrecision, Site};
use crate::event::{Event, Grade};
use crate::units::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A day as newspapers write it: `5 December 2024`.
#[must_use]
pub fn long_date(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(day.month() - 1).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
    format!("{} {month} {}", day.day(), day.year())
}

/// The caption of a day's map: its most important change, with the others of the same kind, and how many more there
/// were. Empty where nothing changed.
///
/// Important is first what more than one side says, then captures before fighting, then the larger place.
///
/// # Example
/// `Hama and 2 other places captured by Syrian rebels; 1 more change`
#[must_use]
pub fn caption(events: &[&Event], actor_name: &dyn Fn(&ActorId) -> String) -> String {
    let sorted = by_importance(events);
    let Some(first) = sorted.first() else { return String::new() };
    let kind = |event: &Event| {
        (event.change, event.gaining.clone(), event.only_claimed(), event.disputed, event.site.is_spot())
    };
    let (same, others): (Vec<&Event>, Vec<&Event>) =
        sorted.iter().copied().partition(|event| kind(event) == kind(first));
    let mut names: Vec<String> = Vec::new();
    for event in &same {
        let name = ground(&event.site);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let places = match names.as_slice() {
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [one, rest @ ..] => format!("{one} and {} other places", rest.len()),
        [] => String::new(),
    };
    let more = match others.len() {
        0 => String::new(),
        1 => "; 1 more change".to_owned(),
        n => format!("; {n} more changes"),
    };
    format!("{}{}{more}", clause(first, &places, false, actor_name), doubt(first))
}

/// Events by importance: what more than one side says before what is doubtful, captures before fighting, the larger
/// place before the smaller; whole places before more or less ground than one.
pub(super) fn by_importance<'a>(events: &[&'a Event]) -> Vec<&'a Event> {
    let mut sorted = events.to_vec();
    sorted.sort_by_key(|event| {
        let doubt = event.only_claimed() || event.disputed;
        (!event.site.is_spot(), doubt, event.change, Reverse(event.site.population), event.site.name.clone())
    });
    sorted
}

/// One event as a sentence without its full stop: `Hama captured by Syrian rebels from Syrian government (disputed)`.
#[must_use]
pub fn sentence(event: &Event, actor_name: &dyn Fn(&ActorId) -> String) -> String {
    format!("{}{}", clause(event, &ground(&event.site), true, actor_name), doubt(event))
}

/// What happened at places.
fn clause(event: &Event, places: &str, with_loser: bool, actor_name: &dyn Fn(&ActorId) -> String) -> String {
    let named = |word: &str, actor: Option<&ActorId>| {
        actor.map_or_else(String::new, |actor| format!(" {word} {}", actor_name(actor)))
    };
    let by = named("by", event.gaining.as_ref());
    let from = named("from", event.losing.as_ref().filter(|_| with_loser));
    match event.change {
        Change::Captured => format!("{places} captured{by}{from}"),
        Change::Withdrew => match &event.losing {
            Some(losing) => format!("{} withdrew from {places}", actor_name(losing)),
            None => format!("{places} left by those who held it"),
        },
        Change::Contested => format!("Fighting in {places}"),
        Change::Besieged => format!("{places} encircled{by}"),
        Change::SiegeLifted => format!("Siege of {places} broken{by}"),
    }
}

/// What stands against taking an event for certain.
fn doubt(event: &Event) -> &'static str {
    match event.grade {
        _ if event.disputed => " (disputed)",
        Some(Grade { information: 3, .. }) => " (claimed by that side only)",
        Some(Grade { information: 4, .. }) => " (claimed and denied)",
        Some(Grade { information: 5, .. }) => " (contradicted)",
        _ => "",
    }
}

/// The ground of an event, so that a province is not read as the town of its name.
fn ground(site: &Site) -> String {
    match site.precision {
        GeoPrecision::Place | GeoPrecision::Country => site.name.clone(),
        GeoPrecision::Near => format!("the surroundings of {}", site.name),
        GeoPrecision::Admin2 => format!("{} district", site.name),
        GeoPrecision::Admin1 => format!("{} province", site.name),
    }
}

/// A grade in words, after its code: `B1, confirmed by independent sources or by the loser`.
#[must_use]
pub(super) fn graded(grade: Grade) -> String {
    let words = match grade.information {
        1 => "confirmed by independent sources or by the loser",
        2 => "one disinterested report",
        3 => "only the gaining side says so",
        4 => "claimed and denied",
        5 => "contradicted by better evidence",
        _ => "cannot be judged",
    };
    format!("{}{}, {words}", grade.source, grade.information)
}

/// What a day's map shows, for those who do not see it: every change with its grade and its sources, and how many
/// places each side holds (`held`, by the name shown).
#[must_use]
pub fn alt_text(
    region: &str,
    day: Date,
    since: Option<Date>,
    events: &[&Event],
    held: &BTreeMap<String, usize>,
    actor_name: &dyn Fn(&ActorId) -> String,
) -> String {
    let mut out = format!("Map of control in {region} on {}.", long_date(day));
    let when = since.map_or_else(String::new, |since| format!(" since {}", long_date(since)));
    let changes: Vec<String> = by_importance(events)
        .into_iter()
        .map(|event| {
            let grade = event.grade.map(|grade| format!("grade {}{}", grade.source, grade.information));
            let sources = (!event.sources.is_empty()).then(|| event.sources.join(", "));
            let told: Vec<String> = grade.into_iter().chain(sources).collect();
            let told = if told.is_empty() { String::new() } else { format!(" [{}]", told.join("; ")) };
            format!("{}{told}", sentence(event, actor_name))
        })
        .collect();
    match changes.len() {
        0 => {
            let _ = write!(out, " No change of control{when}.");
        }
        1 => {
            let _ = write!(out, " Changed{when}: {}.", changes[0]);
        }
        n => {
            let _ = write!(out, " {n} changes{when}: {}.", changes.join("; "));
        }
    }
    let held: Vec<String> = held.iter().map(|(name, count)| format!("{name} {count}")).collect();
    if !held.is_empty() {
        let _ = write!(out, " Places known: {}.", held.join(", "));
    }
    out + " Ground between places is estimated."
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::claim::{Basis, When};
    use crate::gazetteer::Kind;
    use crate::units::LonLat;

    /// An event of 5 December 2024.
    pub(in crate::export) fn event(
        place: &str,
        population: u64,
        change: Change,
        gaining: Option<&str>,
    ) -> Event {
        Event {
            id: format!("e-{place}"),
            site: Site {
                id: None,
                name: place.into(),
                local: None,
                admin1: None,
                country: None,
                at: LonLat::new(36.7, 35.1).unwrap(),
                kind: Kind::Town,
                population,
                precision: GeoPrecision::Place,
            },
            change,
            gaining: gaining.map(|name| ActorId(name.into())),
            losing: None,
            day: When::day(Date::constant(2024, 12, 5), Basis::Stated),
            grade: Some(Grade { source: 'B', information: 1 }),
            disputed: false,
            sources: vec!["Desk".into(), "Wire".into()],
            claims: vec![],
            note: String::new(),
        }
    }

    fn name(id: &ActorId) -> String {
        format!("Syrian {id}")
    }

    #[test]
    fn a_caption_says_the_most_important_change() {
        let hama = event("Hama", 460_000, Change::Captured, Some("rebels"));
        let suran = event("Suran", 20_000, Change::Captured, Some("rebels"));
        let homs = event("Homs", 700_000, Change::Contested, None);
        let mut aleppo = event("Aleppo", 2_000_000, Change::Captured, Some("army"));
        aleppo.grade = Some(Grade { source: 'E', information: 3 });
        assert_eq!(caption(&[&hama], &name), "Hama captured by Syrian rebels");
        assert_eq!(caption(&[&suran, &hama], &name), "Hama and Suran captured by Syrian rebels");
        assert_eq!(
            caption(&[&aleppo, &homs, &suran, &hama], &name),
            "Hama and Suran captured by Syrian rebels; 2 more changes"
        );
        assert_eq!(caption(&[&aleppo], &name), "Aleppo captured by Syrian army (claimed by that side only)");
        assert_eq!(caption(&[], &name), "");
    }

    #[test]
    fn a_province_is_not_read_as_its_town() {
        let mut left = event("Hama", 0, Change::Withdrew, None);
        left.site.precision = GeoPrecision::Admin1;
        left.losing = Some(ActorId("army".into()));
        assert_eq!(sentence(&left, &name), "Syrian army withdrew from Hama province");
    }

    #[test]
    fn a_description_tells_every_change_with_its_grade_and_sources() {
        let mut hama = event("Hama", 460_000, Change::Captured, Some("rebels"));
        hama.losing = Some(ActorId("army".into()));
        let held = BTreeMap::from([("Syrian rebels".to_owned(), 12), ("Syrian army".to_owned(), 40)]);
        let since = Some(Date::constant(2024, 12, 4));
        assert_eq!(
            alt_text("Syria", Date::constant(2024, 12, 5), since, &[&hama], &held, &name),
            "Map of control in Syria on 5 December 2024. Changed since 4 December 2024: Hama captured by Syrian rebels \
             from Syrian army [grade B1; Desk, Wire]. Places known: Syrian army 40, Syrian rebels 12. Ground between \
             places is estimated."
        );
    }
}
