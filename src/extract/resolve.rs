//! Which place of a name is meant.
//!
//! A linear score over: the gazetteer's own rank (population, kind, canonical name), the share of the report that speaks of
//! the candidate's country, fit with the words around the name, and containment ("Hajin, Deir ez-Zor"). The weights are
//! set by hand after the ranking of features in published comparisons, where document context and population lead.

use super::mention::{Ground, Named};
use crate::claim::{GeoPrecision, Site};
use crate::gazetteer::{Candidate, Kind, Place, PlaceId};
use std::collections::BTreeMap;

const COUNTRY: f64 = 1.2;
const FIT: f64 = 0.6;
const CONTAINED: f64 = 0.5;
/// A country with less than this share of a report is not what it speaks of …
const ELSEWHERE: f64 = 0.08;
/// … if another has at least this share; its places then need at least this score by themselves.
const MAIN: f64 = 0.4;
const PROMINENT: f64 = 0.62;
/// Rivals this close in score, and this far away on the ground, make a name ambiguous.
const CLOSE: f64 = 0.08;
const FAR_KM: f64 = 100.0;

/// The place chosen for a name.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    /// The ground meant.
    pub(crate) site: Site,
    /// Score against the other candidates, 0 to 1.
    pub(crate) score: f64,
    /// Other places nearly as likely, likeliest first.
    pub(crate) rivals: Vec<PlaceId>,
}

/// How much of a report speaks of each country; shares sum to 1.
pub(crate) fn countries<'a, 'g: 'a>(
    names: impl Iterator<Item = &'a Named<'g>>,
    spoken_of: &BTreeMap<String, f64>,
) -> BTreeMap<String, f64> {
    let mut votes = spoken_of.clone();
    for named in names {
        // One vote a name, shared by the best candidate of each country: many small homonyms in one country weigh no more
        // than one.
        let mut best: BTreeMap<&str, f64> = BTreeMap::new();
        for candidate in named.candidates.iter().filter(|c| !c.place.country.is_empty()) {
            let whole = if candidate.place.kind == Kind::Country { 2.0 } else { 1.0 };
            let score = best.entry(candidate.place.country).or_default();
            *score = score.max(whole * candidate.score.powi(2));
        }
        let total: f64 = best.values().sum();
        for (country, score) in best {
            *votes.entry(country.to_owned()).or_default() += score / total.max(1e-9);
        }
    }
    let total: f64 = votes.values().sum();
    for vote in votes.values_mut() {
        *vote /= total.max(1e-9);
    }
    votes
}

/// Chooses a place for each name of a report.
pub(crate) fn choose(names: &[Named<'_>], shares: &BTreeMap<String, f64>) -> Vec<Option<Choice>> {
    let container = |i: usize| {
        names
            .get(i + 1)
            .filter(|next| next.start <= names[i].reach + 3 && next.span.start > names[i].span.start)
    };
    (0..names.len()).map(|i| one(&names[i], container(i), shares)).collect()
}

fn one(named: &Named<'_>, next: Option<&Named<'_>>, shares: &BTreeMap<String, f64>) -> Option<Choice> {
    let mut scored: Vec<(f64, &Candidate<'_>)> =
        named.candidates.iter().map(|candidate| (score(candidate, named, next, shares), candidate)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.place.id.cmp(&b.1.place.id)));
    // None of these: a small place of a country the report does not speak of, while it clearly speaks of another.
    let elsewhere = |candidate: &Candidate<'_>| {
        let share = shares.get(candidate.place.country).copied().unwrap_or(0.0);
        share < ELSEWHERE && candidate.score < PROMINENT && !candidate.place.country.is_empty()
    };
    if shares.values().any(|share| *share >= MAIN) {
        scored.retain(|(_, candidate)| !elsewhere(candidate));
    }
    let (best, candidate) = *scored.first()?;
    let place = candidate.place;
    let rivals = scored[1..]
        .iter()
        .filter(|(score, other)| best - score < CLOSE && other.place.at.distance(place.at).0 > FAR_KM)
        .map(|(_, other)| other.place.id)
        .collect();
    Some(Choice { site: site(&place, named), score: (best / (1.0 + COUNTRY + FIT)).clamp(0.0, 1.0), rivals })
}

fn score(
    candidate: &Candidate<'_>,
    named: &Named<'_>,
    next: Option<&Named<'_>>,
    shares: &BTreeMap<String, f64>,
) -> f64 {
    let place = &candidate.place;
    let country = COUNTRY * shares.get(place.country).copied().unwrap_or(0.0);
    let unit = matches!(place.kind, Kind::Admin1 | Kind::Admin2 | Kind::Country);
    let fit = match named.ground {
        Ground::Unit => match place.kind {
            Kind::Admin1 => FIT,
            Kind::Admin2 => FIT / 2.0,
            _ => 0.0,
        },
        Ground::District => match place.kind {
            Kind::Admin2 => FIT,
            _ => 0.0,
        },
        // A bare name is the town, unless only a unit or a country has it.
        _ => match place.kind {
            Kind::Admin1 => -FIT / 2.0,
            Kind::Admin2 => -FIT,
            Kind::River | Kind::Lake | Kind::Region => -FIT / 3.0,
            _ => 0.0,
        },
    };
    let contained = next.is_some_and(|next| {
        next.candidates.iter().any(|outer| {
            let outer = &outer.place;
            outer.id != place.id
                && (outer.kind == Kind::Admin1
                    && outer.country == place.country
                    && place.admin1 == Some(outer.name)
                    || outer.kind == Kind::Country && outer.country == place.country && !unit)
        })
    });
    candidate.score + country + fit + if contained { CONTAINED } else { 0.0 }
}

fn is_facility(kind: Kind) -> bool {
    matches!(kind, Kind::Airport | Kind::Base | Kind::Crossing | Kind::Dam)
}

/// The ground a chosen place and the words around it make.
fn site(place: &Place<'_>, named: &Named<'_>) -> Site {
    let whole = Site::of(place);
    let own = whole.precision;
    let near = match named.ground {
        Ground::Near => true,
        // "the Nasib border crossing" is a crossing itself.
        Ground::Facility(_) => !is_facility(place.kind),
        Ground::Itself | Ground::Unit | Ground::District => false,
    };
    let precision = match named.ground {
        _ if near => GeoPrecision::Near,
        Ground::Unit if own == GeoPrecision::Place => GeoPrecision::Admin1,
        Ground::District if own == GeoPrecision::Place => GeoPrecision::Admin2,
        _ => own,
    };
    let kind = match named.ground {
        Ground::Facility(kind) if !is_facility(place.kind) => kind,
        _ => place.kind,
    };
    Site { kind, precision, ..whole }
}
