//! What happened, in words: captions that say it, and descriptions for those who cannot see the map.
//!
//! Headlines are in the active and the present tense; sentences in the passive or the past, which no name of an actor can
//! make wrong.

use crate::actor::ActorId;
use crate::claim::{Change, GeoPrecision, Site};
use crate::event::{Event, Grade};
use crate::gazetteer::Kind;
use crate::units::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A day as newspapers write it: `5 December 2024`.
#[must_use]
pub fn long_date(day: Date) -> String {
    crate::scene::long_date(day)
}

/// The headline of a day's map, as a newspaper would write it: the change at the largest place first, with the others of
/// its kind, then as many more as one line holds. Empty where nothing changed.
///
/// It says no more than the grade allows: what only the gaining side says is claimed, what sources are at odds about is
/// disputed. Of several events at one place it tells the weightiest.
///
/// # Example
/// `Syrian rebels take Hama and Suran; fighting in Homs`
#[must_use]
pub fn caption(events: &[&Event], actor_name: &dyn Fn(&ActorId) -> String) -> String {
    let mut groups: Vec<Vec<&Event>> = Vec::new();
    let mut told = BTreeSet::new();
    let mut sorted = events.to_vec();
    sorted.sort_by_key(|event| (Reverse(weight(event)), event.site.name.clone(), event.id.clone()));
    for event in sorted.into_iter().filter(|event| told.insert(ground(&event.site))) {
        match groups.iter_mut().find(|group| kind(group[0]) == kind(event)) {
            Some(group) => group.push(event),
            None => groups.push(vec![event]),
        }
    }
    let Some((first, others)) = groups.split_first() else { return String::new() };
    let size = |text: &str| text.chars().count();
    let whole = |group: &[&Event], most: usize, with_loser: bool| {
        let (who, what) = news(group, &among(group, most), with_loser, actor_name);
        if who.is_empty() { what } else { format!("{who} {what}") }
    };
    let lead = [2, 1].map(|most| whole(first, most, false));
    let mut line = lead.iter().find(|lead| size(lead) <= LINE).unwrap_or(&lead[1]).clone();
    let mut before = news(first, "", false, actor_name).0;
    let mut is_alone = true;
    for group in others {
        let more = [2, 1, 0].map(|most| {
            let (who, what) = news(group, &among(group, most), false, actor_name);
            // What one side does besides is told in one breath.
            match who.as_str() {
                "" => format!("{line}; {what}"),
                who if who == before => format!("{line}, {what}"),
                who => format!("{line}; {who} {what}"),
            }
        });
        if let Some(more) = more.into_iter().find(|more| size(more) <= LINE) {
            (line, is_alone) = (more, false);
            before = news(group, "", false, actor_name).0;
        }
    }
    let with_loser = whole(first, 2, true);
    if is_alone && size(&with_loser) <= LINE {
        line = with_loser;
    }
    let mut letters = line.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Letters of a headline that fit on one line of a map.
const LINE: usize = 76;

/// What makes two events one piece of news.
fn kind(event: &Event) -> (Change, Option<&ActorId>, Option<&ActorId>, Doubt, String) {
    let losing = event.losing.as_ref().filter(|_| event.change == Change::Withdrew);
    (event.change, event.gaining.as_ref(), losing, Doubt::of(event), loosely(event))
}

/// When it happened, where the sources do not give the day; empty where they do.
fn loosely(event: &Event) -> String {
    match (event.day.from, event.day.to) {
        (Some(from), Some(to)) if from < to => {
            format!(" between {} and {}", crate::scene::short_date(from), crate::scene::short_date(to))
        }
        (None, Some(to)) => format!(" by {}", crate::scene::short_date(to)),
        _ => String::new(),
    }
}

/// How much an event is news: by the size of the place, how final the change is, and how sure.
fn weight(event: &Event) -> (bool, u64) {
    let least = match event.site.kind {
        Kind::Airport | Kind::Base => 15_000,
        Kind::Crossing | Kind::Dam => 8_000,
        _ => 1_000,
    };
    let change = match event.change {
        Change::Captured => 100,
        Change::Besieged | Change::Withdrew => 70,
        Change::SiegeLifted | Change::Contested => 50,
    };
    let doubt = match Doubt::of(event) {
        Doubt::No => 1,
        Doubt::Disputed => 2,
        Doubt::Claimed => 5,
        Doubt::Contradicted => 20,
    };
    // What happened on the day is news of the day.
    let doubt = if loosely(event).is_empty() { doubt } else { doubt * 3 };
    (event.site.is_spot(), event.site.population.max(least).saturating_mul(change) / doubt)
}

/// Names of the places of a group, at most `most` of them, the others by their number; for 0 the first alone.
fn among(group: &[&Event], most: usize) -> String {
    let names: Vec<String> = group.iter().map(|event| ground(&event.site)).collect();
    match names.len().saturating_sub(most) {
        0 => listed(&names),
        _ if most == 0 => names[0].clone(),
        // One more name is no longer than to say that there is one.
        1 => listed(&names[..=most]),
        more => format!("{} and {more} other places", names[..most].join(", ")),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// A group in the words of a headline, in the present tense: who, empty where that is not told, and what.
fn news(
    group: &[&Event],
    places: &str,
    with_loser: bool,
    actor_name: &dyn Fn(&ActorId) -> String,
) -> (String, String) {
    let event = group[0];
    let doubt = Doubt::of(event);
    let when = loosely(event);
    let passive = |what: String| (String::new(), format!("{what}{when}"));
    let does = |actor: &ActorId, word: &str, what: &str| {
        let name = actor_name(actor);
        let what = format!("{} {what}{when}", verb(&name, word));
        (name, what)
    };
    if doubt != Doubt::No {
        if let (Doubt::Claimed, Change::Captured, Some(by)) = (doubt, event.change, &event.gaining) {
            return does(by, "claim", &format!("capture of {places}"));
        }
        let what = match event.change {
            Change::Captured => "capture of",
            Change::Withdrew => "withdrawal from",
            Change::Contested => "fighting in",
            Change::Besieged => "encirclement of",
            Change::SiegeLifted => "end of siege of",
        };
        return passive(format!("{what} {places} {}", doubt.word()));
    }
    match (event.change, &event.gaining, &event.losing) {
        (Change::Captured, Some(by), from) => {
            let is_of_all = group.iter().all(|other| other.losing == *from);
            let from = from.as_ref().filter(|_| with_loser && is_of_all);
            let from = from.map(|from| format!(" from {}", actor_name(from))).unwrap_or_default();
            does(by, "take", &format!("{places}{from}"))
        }
        (Change::Captured, None, _) => passive(format!("{places} captured")),
        (Change::Withdrew, _, Some(from)) => does(from, "withdraw", &format!("from {places}")),
        (Change::Withdrew, _, None) => passive(format!("{places} left by those who held it")),
        (Change::Contested, ..) => passive(format!("fighting in {places}")),
        (Change::Besieged, Some(by), _) => does(by, "encircle", places),
        (Change::Besieged, None, _) => passive(format!("{places} encircled")),
        (Change::SiegeLifted, Some(by), _) => does(by, "break", &format!("siege of {places}")),
        (Change::SiegeLifted, None, _) => passive(format!("siege of {places} broken")),
    }
}

/// A verb as a name asks for it: rebels take, the army takes.
fn verb(name: &str, word: &str) -> String {
    if is_many(name) { word.to_owned() } else { format!("{word}s") }
}

/// Whether a name is in the plural, judged by its last word before any "of": forces, rebels, Houthis.
fn is_many(name: &str) -> bool {
    const MANY: [&str; 4] = ["taliban", "police", "mai-mai", "people"];
    const ONE: [&str; 8] =
        ["hamas", "states", "emirates", "netherlands", "philippines", "maldives", "seychelles", "honduras"];
    let head = name.split(" of ").next().unwrap_or(name).trim();
    let last = head.rsplit(' ').next().unwrap_or(head);
    let lower = last.to_lowercase();
    if MANY.contains(&lower.as_str()) {
        return true;
    }
    // An acronym is one body, whatever it stands for.
    let is_acronym = last.chars().all(|c| !c.is_lowercase());
    lower.ends_with('s')
        && !is_acronym
        && !lower.ends_with("ss")
        && !lower.ends_with("us")
        && !ONE.contains(&lower.as_str())
}

/// What stands against taking an event for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    No,
    Claimed,
    Disputed,
    Contradicted,
}

impl Doubt {
    fn of(event: &Event) -> Self {
        match event.grade.map(|grade| grade.information) {
            Some(5) => Self::Contradicted,
            _ if event.disputed => Self::Disputed,
            Some(4) => Self::Disputed,
            Some(3) => Self::Claimed,
            _ => Self::No,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::No => "reported",
            Self::Claimed => "claimed",
            Self::Disputed => "disputed",
            Self::Contradicted => "contradicted",
        }
    }
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

/// Whether two events differ in nothing but the place and the day.
pub(super) fn are_alike(one: &Event, other: &Event) -> bool {
    let key = |event: &Event| (event.change, event.disputed, event.grade, event.site.precision);
    key(one) == key(other) && one.gaining == other.gaining && one.losing == other.losing
}

/// Several events that differ in nothing but the place, as one sentence.
pub(super) fn sentence_of(events: &[&Event], actor_name: &dyn Fn(&ActorId) -> String) -> String {
    let names: Vec<String> = events.iter().map(|event| ground(&event.site)).collect();
    let told = events
        .first()
        .map(|event| format!("{}{}", clause(event, &listed(&names), true, actor_name), doubt(event)));
    told.unwrap_or_default()
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
    let mut groups: Vec<(Vec<&Event>, String)> = Vec::new();
    for event in by_importance(events) {
        let grade = event.grade.map(|grade| format!("grade {}{}", grade.source, grade.information));
        let sources = (!event.sources.is_empty()).then(|| event.sources.join(", "));
        let told: Vec<String> = grade.into_iter().chain(sources).collect();
        let told = if told.is_empty() { String::new() } else { format!(" [{}]", told.join("; ")) };
        let told = loosely(event) + &told;
        match groups.iter_mut().find(|(like, said)| are_alike(like[0], event) && *said == told) {
            Some((like, _)) => like.push(event),
            None => groups.push((vec![event], told)),
        }
    }
    let told = groups.iter().map(|(like, told)| format!("{}{told}", sentence_of(like, actor_name)));
    let told = told.collect::<Vec<_>>().join("; ");
    match events.len() {
        0 => {
            let _ = write!(out, " No change of control{when}.");
        }
        1 => {
            let _ = write!(out, " Changed{when}: {told}.");
        }
        n => {
            let _ = write!(out, " {n} changes{when}: {told}.");
        }
    }
    if !held.is_empty() {
        let _ = write!(out, " Places held: {}.", tally(held));
    }
    out + " Ground between places is estimated."
}

/// How many places each side holds, who holds most first: `Syrian government 44, Syrian Free Army 1`.
pub(super) fn tally(held: &BTreeMap<String, usize>) -> String {
    let mut sides: Vec<(&String, &usize)> = held.iter().collect();
    sides.sort_by_key(|(_, count)| Reverse(**count));
    let sides: Vec<String> = sides.into_iter().map(|(name, count)| format!("{name} {count}")).collect();
    sides.join(", ")
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
                at: Some(LonLat::new(36.7, 35.1).unwrap()),
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
            record: crate::event::Record::default(),
        }
    }

    fn name(id: &ActorId) -> String {
        format!("Syrian {id}")
    }

    #[test]
    fn a_headline_says_who_took_the_largest_place() {
        let hama = event("Hama", 460_000, Change::Captured, Some("rebels"));
        let suran = event("Suran", 20_000, Change::Captured, Some("rebels"));
        let tadef = event("Tadef", 5_000, Change::Captured, Some("army"));
        let homs = event("Homs", 700_000, Change::Contested, None);
        assert_eq!(caption(&[&hama], &name), "Syrian rebels take Hama");
        assert_eq!(caption(&[&suran, &hama], &name), "Syrian rebels take Hama and Suran");
        assert_eq!(
            caption(&[&homs, &tadef, &suran, &hama], &name),
            "Syrian rebels take Hama and Suran; fighting in Homs; Syrian army takes Tadef"
        );
        let nubl = event("Nubl", 25_000, Change::Besieged, Some("rebels"));
        assert_eq!(
            caption(&[&nubl, &suran, &hama], &name),
            "Syrian rebels take Hama and Suran, encircle Nubl"
        );
        assert_eq!(caption(&[&homs], &name), "Fighting in Homs");
        assert_eq!(caption(&[], &name), "");
    }

    #[test]
    fn a_headline_names_the_loser_where_nothing_else_is_to_be_told() {
        let mut hama = event("Hama", 460_000, Change::Captured, Some("rebels"));
        hama.losing = Some(ActorId("army".into()));
        assert_eq!(caption(&[&hama], &name), "Syrian rebels take Hama from Syrian army");
    }

    #[test]
    fn a_headline_claims_no_more_than_the_grade_allows() {
        let mut aleppo = event("Aleppo", 2_000_000, Change::Captured, Some("army"));
        aleppo.grade = Some(Grade { source: 'E', information: 3 });
        assert_eq!(caption(&[&aleppo], &name), "Syrian army claims capture of Aleppo");
        aleppo.disputed = true;
        assert_eq!(caption(&[&aleppo], &name), "Capture of Aleppo disputed");
        aleppo.grade = Some(Grade { source: 'E', information: 5 });
        assert_eq!(caption(&[&aleppo], &name), "Capture of Aleppo contradicted");
        let hama = event("Hama", 460_000, Change::Captured, Some("rebels"));
        assert_eq!(
            caption(&[&aleppo, &hama], &name),
            "Syrian rebels take Hama; capture of Aleppo contradicted"
        );
    }

    #[test]
    fn a_headline_names_no_day_that_the_sources_do_not_give() {
        let day = |from: Option<i8>| When {
            from: from.map(|day| Date::constant(2024, 12, day)),
            ..When::day(Date::constant(2024, 12, 5), Basis::Stated)
        };
        let hama =
            |from| Event { day: day(from), ..event("Hama", 460_000, Change::Captured, Some("rebels")) };
        assert_eq!(
            caption(&[&hama(Some(1))], &name),
            "Syrian rebels take Hama between 1 Dec 2024 and 5 Dec 2024"
        );
        assert_eq!(caption(&[&hama(None)], &name), "Syrian rebels take Hama by 5 Dec 2024");
        let suran = event("Suran", 200_000, Change::Captured, Some("rebels"));
        assert!(caption(&[&hama(None), &suran], &name).starts_with("Syrian rebels take Suran, take Hama by"));
    }

    #[test]
    fn a_verb_agrees_with_its_name() {
        let many = ["Rapid Support Forces", "Syrian rebels", "Houthis", "Taliban", "Forces of Freedom"];
        let one = ["Syrian National Army", "M23", "Hamas", "ISIS", "United States", "SDF", "Ukraine"];
        assert!(many.iter().all(|name| is_many(name)) && !one.iter().any(|name| is_many(name)));
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
             from Syrian army [grade B1; Desk, Wire]. Places held: Syrian army 40, Syrian rebels 12. Ground between \
             places is estimated."
        );
        let suran =
            Event { losing: hama.losing.clone(), ..event("Suran", 9_000, Change::Captured, Some("rebels")) };
        let both = alt_text("Syria", Date::constant(2024, 12, 5), None, &[&suran, &hama], &held, &name);
        assert!(
            both.contains(" 2 changes: Hama and Suran captured by Syrian rebels from Syrian army ["),
            "{both}"
        );
    }
}
