//! Names for events that stay the same while what they rest on grows.

use super::Event;
use crate::actor::{ActorId, Cast};
use crate::claim::{Change, GeoPrecision, Site, SiteKey, When};
use std::collections::{BTreeMap, BTreeSet};

/// Letters of an actor's name in an id.
const LONGEST: usize = 40;

/// An id made of day, place and change.
pub(super) fn made(day: &When, site: &Site, change: Change) -> String {
    let day = day.shown_from().map_or_else(|| "undated".to_owned(), |day| day.to_string());
    let scope = match site.precision {
        GeoPrecision::Place => String::new(),
        precision => format!("-{}", precision.name()),
    };
    format!("{day}-{}{scope}-{}", slug(&site.name), change.name())
}

/// Lower-case letters and digits, with one hyphen for all between.
pub(super) fn slug(text: &str) -> String {
    let lower: String =
        text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    lower.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// Gives each event its id: day, place, change and side.
///
/// It hangs on nothing else: not on the reports, their order or their number. It changes with what it is made of, so when
/// better reports move the day, or first name the side. Two places of one name that fell to one side on one day both have
/// the place's id or position in it; only changes that agree in all this are numbered.
pub(super) fn name(events: &mut [Event], cast: &Cast) {
    let mut grounds: BTreeMap<String, BTreeSet<SiteKey>> = BTreeMap::new();
    for event in events.iter_mut() {
        let side = event.gaining.as_ref().or(event.losing.as_ref()).map(|id| side(id, cast));
        let made = made(&event.day, &event.site, event.change);
        event.id = side.map_or(made.clone(), |side| format!("{made}-{side}"));
        grounds.entry(event.id.clone()).or_default().insert(event.site.key());
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_cached_key(|&at| {
        let event = &events[at];
        (event.day, event.losing.clone(), event.gaining.clone(), at)
    });
    for at in order {
        let event = &mut events[at];
        if grounds.get(&event.id).is_some_and(|grounds| grounds.len() > 1) {
            let ground = match (event.site.id, event.site.at) {
                (Some(id), _) => id.to_string(),
                (None, Some(at)) => slug(&format!("{:.4} {:.4}", at.lat(), at.lon())),
                (None, None) => "nowhere".to_owned(),
            };
            event.id = format!("{}-{ground}", event.id);
        }
        let count = seen.entry(event.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            event.id = format!("{}-{count}", event.id);
        }
    }
}

fn side(id: &ActorId, cast: &Cast) -> String {
    let slug: String = slug(&cast.side(id).0).chars().take(LONGEST).collect();
    if slug.is_empty() { "other".to_owned() } else { slug }
}

/// Makes ids differ: the second of a name becomes `name-2`.
pub(super) fn set_apart(events: &mut [Event]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for event in events.iter() {
        seen.insert(event.id.clone(), 0);
    }
    for event in events {
        let count = seen.entry(event.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            let mut n = *count;
            while seen.contains_key(&format!("{}-{n}", event.id)) {
                n += 1;
            }
            // The next of this name looks on from here.
            seen.insert(event.id.clone(), n);
            event.id = format!("{}-{n}", event.id);
            seen.insert(event.id.clone(), 1);
        }
    }
}
