//! The caption of a map, ready to be printed under it.

use super::markdown::Chapter;
use super::words::{by_importance, listed, long_date, tally};
use crate::actor::ActorId;
use crate::claim::Change;
use crate::event::Event;
use std::collections::{BTreeMap, BTreeSet};

/// Places listed by name for each side.
const LISTED: usize = 6;

/// What a map shows in three sentences or four: what it is headed with and its day, who gained and lost how many places
/// since the map before, how many places each side holds, and whose reports that rests on.
#[must_use]
pub fn picture_caption(
    region: &str,
    chapter: &Chapter<'_>,
    actor_name: &dyn Fn(&ActorId) -> String,
) -> String {
    let day = long_date(chapter.day);
    let headline = chapter.headline.trim().trim_end_matches('.');
    let mut sentences = vec![match headline {
        "" => format!("Control in {region} at the end of {day}"),
        headline => format!("{headline}. {region} at the end of {day}"),
    }];
    let changes = changes(&by_importance(&chapter.events), actor_name);
    let since = chapter.since.map_or_else(String::new, |since| format!("Since {}: ", long_date(since)));
    if changes.is_empty() {
        let since = chapter.since.map_or_else(String::new, |since| format!(" since {}", long_date(since)));
        sentences.push(format!("No change of control{since}"));
    } else {
        sentences.push(format!("{since}{}", changes.join("; ")));
    }
    if !chapter.held.is_empty() {
        sentences.push(format!("Places held: {}", tally(&chapter.held)));
    }
    let sources: BTreeSet<&str> =
        chapter.events.iter().flat_map(|event| event.sources.iter().map(String::as_str)).collect();
    if !sources.is_empty() {
        sentences.push(format!("Sources: {}", sources.into_iter().collect::<Vec<_>>().join(", ")));
    }
    sentences.push("Ground between places is estimated".to_owned());
    sentences.join(". ") + "."
}

/// Who gained, who lost, and where there is fighting, a clause each.
fn changes(events: &[&Event], actor_name: &dyn Fn(&ActorId) -> String) -> Vec<String> {
    let mut gained: Vec<(String, Vec<&Event>)> = Vec::new();
    let mut lost: BTreeMap<String, usize> = BTreeMap::new();
    let mut others: Vec<(&str, Vec<&Event>)> = Vec::new();
    for event in events {
        let what = match event.change {
            Change::Captured | Change::Withdrew => {
                if let Some(losing) = &event.losing {
                    *lost.entry(actor_name(losing)).or_default() += 1;
                }
                if event.change == Change::Captured
                    && let Some(gaining) = event.gaining.as_ref().map(actor_name)
                {
                    match gained.iter_mut().find(|(name, _)| *name == gaining) {
                        Some((_, places)) => places.push(event),
                        None => gained.push((gaining, vec![event])),
                    }
                    continue;
                }
                if event.change == Change::Captured { "captured" } else { "left" }
            }
            Change::Contested => "contested",
            Change::Besieged => "encircled",
            Change::SiegeLifted => "relieved",
        };
        match others.iter_mut().find(|(known, _)| *known == what) {
            Some((_, places)) => places.push(event),
            None => others.push((what, vec![event])),
        }
    }
    let gained = gained.iter().map(|(name, events)| format!("{name} gained {}", places(events)));
    let lost = lost.iter().map(|(name, n)| format!("{name} lost {n}"));
    let others = others.iter().map(|(what, events)| format!("{what}: {}", places(events)));
    gained.chain(lost).chain(others).collect()
}

/// How many places, which, and how many of these are in doubt.
fn places(events: &[&Event]) -> String {
    let mut names: Vec<String> = Vec::new();
    for event in events {
        if !names.contains(&event.site.name) {
            names.push(event.site.name.clone());
        }
    }
    let count = names.len();
    let left = count.saturating_sub(LISTED);
    names.truncate(LISTED);
    if left > 0 {
        names.push(format!("{left} more"));
    }
    let doubtful = events.iter().filter(|event| event.disputed || event.only_claimed()).count();
    let doubt = match doubtful {
        0 => String::new(),
        all if all == events.len() => ", claimed or disputed".to_owned(),
        some => format!(", {some} of these claimed or disputed"),
    };
    let places = if count == 1 { "1 place" } else { &format!("{count} places") };
    format!("{places} ({}{doubt})", listed(&names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::words::tests::event;
    use crate::units::Date;

    fn chapter(events: Vec<&Event>) -> Chapter<'_> {
        Chapter {
            day: Date::constant(2024, 12, 5),
            headline: "Rebels take Hama".into(),
            since: Some(Date::constant(2024, 12, 4)),
            picture: String::new(),
            events,
            held: BTreeMap::from([("rebels".to_owned(), 12)]),
        }
    }

    #[test]
    fn a_caption_says_who_gained_how_many_places_by_which_sources() {
        let mut hama = event("Hama", 460_000, Change::Captured, Some("rebels"));
        hama.losing = Some(ActorId("army".into()));
        let suran = event("Suran", 9_000, Change::Captured, Some("rebels"));
        let homs = event("Homs", 700_000, Change::Contested, None);
        let said = picture_caption("Syria", &chapter(vec![&suran, &hama, &homs]), &|id| id.0.clone());
        assert_eq!(
            said,
            "Rebels take Hama. Syria at the end of 5 December 2024. Since 4 December 2024: rebels gained 2 places (Hama \
             and Suran); army lost 1; contested: 1 place (Homs). Places held: rebels 12. Sources: Desk, Wire. Ground \
             between places is estimated."
        );
    }

    #[test]
    fn a_day_without_changes_has_a_caption_too() {
        let quiet = Chapter { headline: String::new(), ..chapter(Vec::new()) };
        let said = picture_caption("Syria", &quiet, &|id| id.0.clone());
        assert!(
            said.starts_with("Control in Syria at the end of 5 December 2024. No change of control since"),
            "{said}"
        );
    }
}
