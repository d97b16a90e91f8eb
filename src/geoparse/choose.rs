//! Which place of a name is meant.
//!
//! A multinomial logistic model over the places of a name and "none of these". What it looks at are the features that
//! published comparisons found to matter (see [`FEATURES`]): the size and kind of the place, the other places of the text
//! and how near they are, the country and unit they lie in, "X, Y" containment, peoples named, and the words around.
//! Texts are read twice: the first choice of each name is what the second takes its neighbours for.

mod seen;
mod whole;

use super::ground::Ground;
use super::options::Choosable;
use crate::gazetteer::Kind;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use seen::FEATURES;
pub(crate) use seen::{Row, rows};
use seen::{contains, rows_of};

/// A name in a text, ready to be resolved.
#[derive(Clone, Debug)]
pub(crate) struct Asked<'g> {
    /// Number of its text among the distinct names.
    pub(crate) name: usize,
    /// Its places.
    pub(crate) options: Arc<[Choosable<'g>]>,
    pub(crate) ground: Ground,
    /// One past the last word that belongs to it.
    pub(crate) reach: usize,
    /// The name that follows after a comma or in brackets, if one does.
    pub(crate) next: Option<usize>,
    /// The name that stands so before this.
    pub(crate) previous: Option<usize>,
}

impl Asked<'_> {
    /// The unit of land that a word says is meant, where it bears the name of this town in it: "Homs province".
    pub(crate) fn unit(&self, town: usize) -> Option<usize> {
        let kind = match self.ground {
            Ground::Unit => Kind::Admin1,
            Ground::District => Kind::Admin2,
            _ => return None,
        };
        let town = &self.options[town];
        let inside = |unit: &Choosable<'_>| {
            unit.place.kind == kind
                && unit.country == town.country
                && (kind == Kind::Admin2 && unit.unit == town.unit
                    || kind == Kind::Admin1 && unit.is_unit == town.unit)
        };
        if matches!(town.place.kind, Kind::Town | Kind::Village | Kind::Quarter) {
            self.options.iter().position(inside)
        } else {
            None
        }
    }
}

/// What else is known of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Surroundings {
    /// Peoples named, by country, with how often.
    pub(crate) peoples: BTreeMap<u32, f32>,
    /// Countries of the project.
    pub(crate) region: Vec<u32>,
}

/// How likely each place of each name is, and, last, that it is none of them.
pub(crate) type Likely = Vec<Vec<f32>>;

/// Share of a text's names and peoples from which it is taken to speak of a country.
const SPOKEN_OF: f32 = 0.2;

/// Codes of the countries that a text speaks of, or its reader is concerned with.
pub(crate) fn spoken_of<'g>(asked: &[Asked<'g>], likely: &Likely, around: &Surroundings) -> Vec<&'g str> {
    let mut votes: BTreeMap<&str, f32> = BTreeMap::new();
    let mut all = 0.0;
    for (one, likely) in asked.iter().zip(likely) {
        for (option, p) in one.options.iter().zip(likely).filter(|(option, _)| option.country != 0) {
            *votes.entry(option.place.country).or_default() += p;
            all += p;
        }
    }
    all += around.peoples.values().sum::<f32>();
    for (code, vote) in &mut votes {
        let number = super::options::country(code);
        *vote += around.peoples.get(&number).copied().unwrap_or(0.0);
        if around.region.contains(&number) {
            *vote += all;
        }
    }
    votes.into_iter().filter(|(_, vote)| *vote >= SPOKEN_OF * all).map(|(code, _)| code).collect()
}

/// The first guess: size, and what an "X, Y" says.
pub(crate) fn first(asked: &[Asked<'_>]) -> Likely {
    asked
        .iter()
        .map(|one| {
            let next = one.next.map(|i| &asked[i].options);
            let scores = one.options.iter().map(|option| {
                let inside = next.is_some_and(|next| contains(next, option) > 0.0);
                8.0 * option.prior + if inside { 4.0 } else { 0.0 }
            });
            chances(scores.chain([1.0]))
        })
        .collect()
}

/// How likely each of some choices of these scores is, 0 to 1 (softmax).
pub(crate) fn chances(scores: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut all: Vec<f32> = scores.collect();
    let most = all.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in &mut all {
        *score = (*score - most).exp();
        sum += *score;
    }
    for score in &mut all {
        *score /= sum;
    }
    all
}

/// A choice so likely is not thought over again.
const SURE: f32 = 0.97;

/// Judges again, by these weights, the names of which not all is certain.
pub(crate) fn reconsider(asked: &[Asked<'_>], likely: &mut Likely, around: &Surroundings, weights: &Row) {
    let unsure: Vec<bool> = likely.iter().map(|likely| !likely.iter().any(|p| *p >= SURE)).collect();
    if !unsure.contains(&true) {
        return;
    }
    let rows = rows_of(asked, likely, around, |i| unsure[i]);
    for ((likely, rows), _) in likely.iter_mut().zip(&rows).zip(&unsure).filter(|(_, unsure)| **unsure) {
        *likely = chances(rows.iter().map(|row| dot(row, weights)));
    }
}

fn dot(row: &Row, weights: &Row) -> f32 {
    row.iter().zip(weights).map(|(x, w)| x * w).sum()
}

/// How likely each place is by these weights.
pub(crate) fn judge(rows: &[Vec<Row>], weights: &Row) -> Likely {
    rows.iter().map(|rows| chances(rows.iter().map(|row| dot(row, weights)))).collect()
}

/// Reads a table of weights, a feature and a tab before each; unknown features are passed over.
#[must_use]
pub fn read(table: &str) -> [f32; FEATURES.len()] {
    let mut weights = [0.0; FEATURES.len()];
    for line in table.lines().filter(|line| !line.starts_with("#!")) {
        let Some((name, weight)) = line.split_once('\t') else { continue };
        if let (Some(at), Ok(weight)) = (FEATURES.iter().position(|known| *known == name), weight.parse()) {
            weights[at] = weight;
        }
    }
    weights
}
