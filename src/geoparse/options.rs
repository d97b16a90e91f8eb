//! The places a name may mean, with what choosing among them asks for.

use super::words::Words;
use crate::gazetteer::{Gazetteer, Hash, Kind, Place};
use crate::units::LonLat;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// A place a name may mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choosable<'g> {
    pub(crate) place: Place<'g>,
    /// How likely it is if nothing but the name is known, 0 to 1.
    pub(crate) prior: f32,
    /// Whether the name is its own, and not one of its others.
    pub(crate) own: bool,
    /// How many other names it has.
    pub(crate) others: u16,
    /// The point on the unit sphere.
    pub(crate) at: [f32; 3],
    /// Its country, and its first-level unit, as numbers; 0 for none.
    pub(crate) country: u32,
    pub(crate) unit: u64,
    /// The unit it is itself, as others call theirs; 0 for none.
    pub(crate) is_unit: u64,
}

/// At most so many places of a name are weighed, the likeliest first.
const MOST: usize = 40;

/// … of one spelled nearly so.
const MOST_NEAR: usize = 5;

/// Names whose places are kept at hand, at most.
const KEPT: usize = 20_000;

/// Places of names looked up before.
pub(crate) struct Options<'g> {
    gazetteer: &'g Gazetteer,
    found: RefCell<HashMap<u64, Arc<[Choosable<'g>]>>>,
}

impl<'g> Options<'g> {
    pub(crate) fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, found: RefCell::default() }
    }

    /// The places of the name that these words are.
    pub(crate) fn of(&self, words: &Words, start: usize, end: usize) -> Arc<[Choosable<'g>]> {
        let key = words.key(start, end).bits();
        if let Some(found) = self.found.borrow().get(&key) {
            return Arc::clone(found);
        }
        let name: Vec<&str> = (start..end).map(|i| words.text(i)).collect();
        let name = name.join(" ");
        let mut candidates = self.gazetteer.find(&name);
        if candidates.is_empty() && !name.is_ascii() {
            let mut bases = super::context::bases(&name).map(|base| self.gazetteer.find(&base));
            candidates = bases.find(|found| !found.is_empty()).unwrap_or_default();
        }
        candidates.truncate(MOST);
        let mut options: Vec<Choosable<'g>> = candidates
            .iter()
            .map(|candidate| self.option(candidate.place, candidate.score as f32, candidate.canonical))
            .collect();
        // A people stands for its country.
        let people = self.gazetteer.demonym(&name).and_then(|code| self.gazetteer.country(code));
        if let Some(place) = people.and_then(|country| self.gazetteer.place(country.id))
            && options.iter().all(|option| option.place.id != place.id)
        {
            options.insert(0, self.option(place, PEOPLE, false));
        }
        self.keep(key, options)
    }

    /// The airports, bases, dams and crossings called after the name that these words are, in one of the usual ways.
    pub(crate) fn facility(
        &self,
        words: &Words,
        start: usize,
        end: usize,
        noun: &str,
    ) -> Arc<[Choosable<'g>]> {
        let endings: &[&str] = match noun {
            "airport" | "airfield" => {
                &["airport", "international airport", "military airport", "airfield", "air base"]
            }
            "airbase" | "base" => &["air base", "airbase", "base", "military airport", "airport"],
            "crossing" => &["border crossing", "crossing"],
            "dam" => &["dam"],
            "camp" => &["camp"],
            _ => return Vec::new().into(),
        };
        let key = words.key(start, end).then(" ").then(noun).bits() ^ 1;
        if let Some(found) = self.found.borrow().get(&key) {
            return Arc::clone(found);
        }
        let name: Vec<&str> = (start..end).map(|i| words.text(i)).collect();
        let name = name.join(" ");
        let spot = |kind| matches!(kind, Kind::Airport | Kind::Base | Kind::Crossing | Kind::Dam);
        let found = endings.iter().map(|ending| self.gazetteer.find(&format!("{name} {ending}")));
        let found = found
            .map(|found| found.into_iter().filter(|candidate| spot(candidate.place.kind)).collect::<Vec<_>>())
            .find(|found| !found.is_empty())
            .unwrap_or_default();
        self.keep(
            key,
            found
                .iter()
                .map(|candidate| self.option(candidate.place, candidate.score as f32, candidate.canonical))
                .collect(),
        )
    }

    /// The places in these countries whose name is spelled nearly as these words.
    pub(crate) fn near(
        &self,
        words: &Words,
        start: usize,
        end: usize,
        countries: &[&str],
    ) -> Arc<[Choosable<'g>]> {
        let key = countries.iter().fold(words.key(start, end).then("~"), |key, code| key.then(code)).bits();
        if let Some(found) = self.found.borrow().get(&key) {
            return Arc::clone(found);
        }
        let name: Vec<&str> = (start..end).map(|i| words.text(i)).collect();
        let mut found = self.gazetteer.near_in(&name.join(" "), countries);
        found.truncate(MOST_NEAR);
        self.keep(
            key,
            found
                .iter()
                .map(|candidate| self.option(candidate.place, candidate.score as f32, false))
                .collect(),
        )
    }

    /// Whether a country writes its names in another script than Latin.
    pub(crate) fn transliterated(&self, code: &str) -> bool {
        let country = self.gazetteer.country(code).and_then(|country| self.gazetteer.place(country.id));
        country.is_some_and(|place| place.local.is_some())
    }

    fn keep(&self, key: u64, options: Vec<Choosable<'g>>) -> Arc<[Choosable<'g>]> {
        let options: Arc<[Choosable<'g>]> = options.into();
        let mut found = self.found.borrow_mut();
        if found.len() >= KEPT {
            found.clear();
        }
        found.insert(key, Arc::clone(&options));
        options
    }

    fn option(&self, place: Place<'g>, prior: f32, own: bool) -> Choosable<'g> {
        Choosable {
            place,
            prior,
            own,
            others: self.gazetteer.names(place.id).len() as u16,
            at: sphere(place.at),
            country: country(place.country),
            unit: place.admin1.map_or(0, |unit| unit_key(place.country, unit)),
            is_unit: if place.kind == Kind::Admin1 { unit_key(place.country, place.name) } else { 0 },
        }
    }
}

/// How likely a people's name means its country.
const PEOPLE: f32 = 0.85;

/// A country code as a number, 0 for none.
pub(crate) fn country(code: &str) -> u32 {
    code.bytes().take(2).fold(0, |all, byte| all << 8 | u32::from(byte))
}

fn unit_key(country: &str, unit: &str) -> u64 {
    Hash::START.then(country).then("|").then(unit).bits()
}

fn sphere(at: LonLat) -> [f32; 3] {
    let (lon, lat) = (at.lon().to_radians(), at.lat().to_radians());
    [(lat.cos() * lon.cos()) as f32, (lat.cos() * lon.sin()) as f32, lat.sin() as f32]
}

/// Distance on the ground in kilometres, on a sphere.
pub(crate) fn kilometres(a: &[f32; 3], b: &[f32; 3]) -> f32 {
    let chord = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f32>().sqrt();
    // The straight line is short of the arc by less than 4 % up to a sixth of the way round.
    chord * 6371.0
}
