//! Finding places by name.

use super::fold::{bare, fold};
use super::index::Index;
use super::layout::{BARE, Hash, MORE, NAME, prominence, weight};
use super::{Candidate, Gazetteer, Kind, Place};
use std::collections::BTreeMap;

/// A walk along the words of a text, looking for the names that begin at its first word.
///
/// # Example
/// ```
/// let gazetteer = conflict_map::gazetteer::Gazetteer::embedded();
/// let mut walk = gazetteer.walk();
/// assert!(walk.step("deir").more);
/// assert!(walk.step("ez").more);
/// assert!(walk.step("zor").name);
/// assert_eq!(walk.candidates()[0].place.country, "SY");
/// ```
#[derive(Clone, Copy)]
pub struct Walk<'g> {
    gazetteer: &'g Gazetteer,
    hash: Option<Hash>,
}

/// What the words of a [`Walk`] up to here are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// They are a name.
    pub name: bool,
    /// Longer names begin so.
    pub more: bool,
}

impl<'g> Walk<'g> {
    /// Goes on by one word, folded and without a space in it.
    ///
    /// Words are known by a hash: about one in 2³¹ that is no name is taken for one. Nothing is allocated.
    pub fn step(&mut self, word: &str) -> Step {
        let hash = self.hash.map_or(Hash::START, |hash| hash.then(" ")).then(word);
        self.hash = Some(hash);
        let bits =
            self.gazetteer.indices().filter_map(|index| index.slot(hash)).fold(0, |all, bits| all | bits);
        Step { name: bits & NAME != 0, more: bits & MORE != 0 }
    }

    /// The places that bear the words up to here as a name, best first.
    #[must_use]
    pub fn candidates(&self) -> Vec<Candidate<'g>> {
        let mut found = Found::of(self.gazetteer);
        if let Some(hash) = self.hash {
            for (layer, index) in self.gazetteer.indices().enumerate() {
                found.add((layer, index), hash, None, 1.0);
            }
        }
        found.sorted()
    }
}

/// Candidates by place, the best match of each, with the layer it was found in.
pub(super) struct Found<'g> {
    gazetteer: &'g Gazetteer,
    by_id: BTreeMap<super::PlaceId, (usize, Candidate<'g>)>,
}

/// Two tables may put one village so many kilometres apart.
const TWINS_KM: f64 = 4.0;

impl<'g> Found<'g> {
    pub(super) fn of(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, by_id: BTreeMap::new() }
    }

    /// Adds the places under a hash. With `folded`, a name must fold to it (less its article, where one was dropped).
    fn add(&mut self, layer: (usize, Index<'g>), hash: Hash, folded: Option<&str>, factor: f64) {
        let (layer, index) = layer;
        let Some(value) = index.slot(hash) else { return };
        for (number, name) in index.postings(value) {
            let (Some(place), Some(matched)) = (index.place(number), index.name(number, name & !BARE)) else {
                continue;
            };
            let fits = |wanted: &str| {
                let own = fold(matched);
                if name & BARE == 0 { own == wanted } else { bare(&own) == Some(wanted) }
            };
            if folded.is_none_or(fits) {
                let canonical = name < 2 && factor >= 1.0;
                let place = self.uppermost(layer, place);
                let score = score(&place, weight(name) * factor);
                self.put(layer, Candidate { place, matched, canonical, score });
            }
        }
    }

    /// The row of the uppermost layer that knows a place of this one by its id.
    pub(super) fn uppermost(&self, layer: usize, place: Place<'g>) -> Place<'g> {
        let mut above = self.gazetteer.indices().take(layer);
        above.find_map(|index| index.place(index.number(place.id)?)).unwrap_or(place)
    }

    /// Of two matches of one place the better stays.
    pub(super) fn put(&mut self, layer: usize, candidate: Candidate<'g>) {
        let best = self.by_id.entry(candidate.place.id).or_insert((layer, candidate));
        if candidate.score > best.1.score {
            best.1 = candidate;
        }
    }

    /// Takes away what a lower layer knows by another id: a settlement of the name asked for, on the same spot as one
    /// of a layer above. GeoNames tells its own places apart.
    fn drop_twins(&mut self) {
        let mut spots: Vec<(usize, Candidate<'g>)> = self.by_id.values().copied().collect();
        spots.retain(|(_, candidate)| {
            matches!(candidate.place.kind, super::Kind::Town | super::Kind::Quarter | super::Kind::Village)
        });
        spots.sort_by(|a, b| a.1.place.at.lat().total_cmp(&b.1.place.at.lat()));
        for (i, (layer, candidate)) in spots.iter().enumerate() {
            let place = &candidate.place;
            // A degree of latitude is 111 kilometres.
            let near = spots[i + 1..]
                .iter()
                .take_while(|(_, other)| (other.place.at.lat() - place.at.lat()) * 110.0 <= TWINS_KM);
            for (other_layer, other) in near {
                let both_geonames = place.id.geonames().and(other.place.id.geonames()).is_some();
                if layer == other_layer || both_geonames || place.at.distance(other.place.at).0 > TWINS_KM {
                    continue;
                }
                let (upper, lower) =
                    if layer < other_layer { (candidate, other) } else { (other, candidate) };
                self.by_id.remove(&lower.place.id);
                if let Some((_, stays)) = self.by_id.get_mut(&upper.place.id) {
                    stays.score = stays.score.max(lower.score);
                }
            }
        }
    }

    /// All of them, best first.
    pub(super) fn sorted(mut self) -> Vec<Candidate<'g>> {
        if self.gazetteer.layers.len() > 1 && self.by_id.len() > 1 {
            self.drop_twins();
        }
        let mut all: Vec<_> = self.by_id.into_values().map(|(_, candidate)| candidate).collect();
        all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.place.id.cmp(&b.place.id)));
        all
    }
}

/// See [`Candidate::score`].
fn score(place: &Place<'_>, how: f64) -> f64 {
    let likely = prominence(place.kind.name(), place.feature, place.population);
    (likely * how * 1000.0).round() / 1000.0
}

impl Gazetteer {
    /// The places that bear this name, best first: spelled so after [`fold`], with or without a leading Arabic article
    /// on either side.
    ///
    /// # Example
    /// ```
    /// let gazetteer = conflict_map::gazetteer::Gazetteer::embedded();
    /// let hama = gazetteer.find("حماة");
    /// assert_eq!((hama[0].place.name, hama[0].place.country), ("Hama", "SY"));
    /// ```
    #[must_use]
    pub fn find(&self, name: &str) -> Vec<Candidate<'_>> {
        self.find_folded(&fold(name))
    }

    fn find_folded(&self, folded: &str) -> Vec<Candidate<'_>> {
        let mut found = Found::of(self);
        if folded.is_empty() {
            return Vec::new();
        }
        for layer in self.indices().enumerate() {
            found.add(layer, Hash::START.then(folded), Some(folded), 1.0);
            if let Some(rest) = bare(folded) {
                found.add(layer, Hash::START.then(rest), Some(rest), 0.9);
            }
        }
        found.sorted()
    }

    /// Whether a name begins with this folded word: one look-up, to pass over most words of a text.
    #[must_use]
    pub fn starts(&self, word: &str) -> bool {
        let hash = Hash::START.then(word);
        self.indices().any(|index| index.slot(hash).is_some())
    }

    /// Begins a walk along a text.
    #[must_use]
    pub fn walk(&self) -> Walk<'_> {
        Walk { gazetteer: self, hash: None }
    }

    /// The longest name at the beginning of these words: how many of them it takes, and whose it is, best first. The
    /// words are folded and have no space in them. An Arabic article before a name known without one is part of it.
    #[must_use]
    pub fn longest(&self, words: &[&str]) -> Option<(usize, Vec<Candidate<'_>>)> {
        let (mut walk, mut last) = (self.walk(), 0);
        for (i, word) in words.iter().enumerate() {
            let step = walk.step(word);
            if step.name {
                last = i + 1;
            }
            if !step.more {
                break;
            }
        }
        let alone = self.find_first(words, last);
        let after_article = match words {
            // A name of one word that is an article (there is a place called Al) is rarely what was meant.
            [article, second, ..] if last <= 1 && bare(&[article, " ", second].concat()).is_some() => {
                self.starts(second).then(|| self.longest(&words[1..])).flatten()
            }
            _ => None,
        };
        after_article.map(|(count, found)| (count + 1, found)).or(alone)
    }

    /// The places that bear the first `most` of these words as a name, or else one word fewer, and so on.
    fn find_first(&self, words: &[&str], most: usize) -> Option<(usize, Vec<Candidate<'_>>)> {
        (1..=most).rev().find_map(|count| {
            let found = self.find_folded(&words[..count].join(" "));
            (!found.is_empty()).then_some((count, found))
        })
    }

    /// The places a query may mean, best first: [`find`](Self::find), and where that finds nothing, or only small places,
    /// after them those whose name is spelled nearly so. `Hama, Syria` asks for a Hama in Syria; the part after the comma
    /// is a country or a unit.
    ///
    /// `Hama province` and `Governorate of Hama` ask for the unit of land of that name.
    ///
    /// Nearly so: alike in sound, whatever rule a name was romanised by (see `sound.rs`), or one letter added, dropped,
    /// changed or swapped. Ranked by the likeness of the spelling before the size and fame of the place.
    #[must_use]
    pub fn locate(&self, query: &str) -> Vec<Candidate<'_>> {
        self.seek(query, None)
    }

    /// [`locate`](Self::locate) among the places of these countries, by their ISO 3166 codes.
    ///
    /// # Example
    /// ```
    /// let gazetteer = conflict_map::gazetteer::Gazetteer::embedded();
    /// assert_eq!(gazetteer.locate_in("Trippoli", &["LB"])[0].place.country, "LB");
    /// ```
    #[must_use]
    pub fn locate_in(&self, query: &str, countries: &[&str]) -> Vec<Candidate<'_>> {
        self.seek(query, Some(countries))
    }

    fn seek(&self, query: &str, countries: Option<&[&str]>) -> Vec<Candidate<'_>> {
        let asked = |candidate: &Candidate<'_>| {
            countries.is_none_or(|countries| countries.contains(&candidate.place.country))
        };
        let mut exact = self.find(query);
        exact.retain(asked);
        if let Some(best) = exact.first() {
            if best.score < OBSCURE {
                self.append_near(query, countries, &mut exact);
            }
            return exact;
        }
        if let Some((name, area)) = query.split_once([',', '،']) {
            let areas = self.areas(area);
            let inside = |candidate: &Candidate<'_>| {
                areas.iter().any(|area| match area.kind {
                    Kind::Country => area.country == candidate.place.country,
                    _ => area.country == candidate.place.country && candidate.place.admin1 == Some(area.name),
                })
            };
            let mut within: Vec<&str> = areas.iter().map(|area| area.country).collect();
            within.retain(|code| countries.is_none_or(|countries| countries.contains(code)));
            let mut found = self.seek(name, Some(&within));
            found.retain(inside);
            return found;
        }
        let mut units = self.units(&fold(query));
        units.retain(asked);
        if units.is_empty() { self.nearly(query, countries) } else { units }
    }

    /// Adds what is spelled nearly so behind small places that bear the very name: who types it may have meant these,
    /// or a larger one and missed a letter.
    fn append_near<'g>(&'g self, query: &str, countries: Option<&[&str]>, exact: &mut Vec<Candidate<'g>>) {
        let below = exact.last().map_or(1.0, |last| last.score);
        let mut near = self.nearly(query, countries);
        near.retain(|candidate| exact.iter().all(|known| known.place.id != candidate.place.id));
        exact.extend(near.into_iter().map(|candidate| Candidate {
            score: (candidate.score * below * 1000.0).round() / 1000.0,
            ..candidate
        }));
    }

    /// The countries and first-level units that bear this name, or one spelled nearly so.
    fn areas(&self, name: &str) -> Vec<Place<'_>> {
        let areas = |candidate: &Candidate<'_>| matches!(candidate.place.kind, Kind::Country | Kind::Admin1);
        let mut found = self.find(name);
        found.retain(areas);
        if found.is_empty() {
            found = self.near(name);
            found.retain(areas);
        }
        found.into_iter().map(|candidate| candidate.place).collect()
    }

    /// The units of land that a folded query names by their kind.
    fn units(&self, folded: &str) -> Vec<Candidate<'_>> {
        let of_kind = |(kind, name): (&str, &'_ str)| UNITS.contains(&kind).then(|| name.to_owned());
        let before = folded.split_once(' ').and_then(of_kind);
        let behind = folded.rsplit_once(' ').and_then(|(name, kind)| of_kind((kind, name)));
        let Some(name) = before.or(behind) else { return Vec::new() };
        let mut found = self.find(name.strip_prefix("of ").unwrap_or(&name));
        found.retain(|candidate| matches!(candidate.place.kind, Kind::Admin1 | Kind::Admin2));
        found
    }
}

/// Score below which the bearers of a name are small places, about 5,000 inhabitants: a larger one may be meant instead.
const OBSCURE: f64 = 0.5;

/// Words that make a name that of a unit of land, folded.
const UNITS: [&str; 9] =
    ["province", "governorate", "oblast", "region", "district", "state", "county", "raion", "محافظه"];
