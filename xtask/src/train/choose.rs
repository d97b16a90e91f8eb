//! Fits the weights of choosing: multinomial logistic regression over the places of each name, by adaptive gradients.

use crate::judged::Document;
use conflict_map::gazetteer::Gazetteer;
use conflict_map::geoparse::study::{self, FEATURES, Weighed};
use conflict_map::units::Span;

/// A name, its places, and which of them are right.
pub(crate) struct Case {
    pub(crate) places: Vec<Weighed>,
    pub(crate) right: Vec<bool>,
}

/// Great-circle distance in kilometres between two points of latitude and longitude.
pub(crate) fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat1, lat2) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lat2 - lat1, (b.1 - a.1).to_radians());
    let x = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
    12742.0176 * x.sqrt().min(1.0).asin()
}

/// The cases of each document, as seen with these weights.
pub(crate) fn look(documents: &[&Document], gazetteer: &Gazetteer, weights: &[f32]) -> Vec<Vec<Case>> {
    documents
        .iter()
        .map(|document| {
            let spans: Vec<Span> = document.names.iter().map(|name| name.span).collect();
            let choices = study::choices(&document.text, &spans, gazetteer, &document.region, weights);
            document
                .names
                .iter()
                .zip(choices)
                .map(|(name, places)| {
                    let far = |place: &Weighed| name.at.map_or(f64::MAX, |at| kilometres(at, place.at));
                    let nearest = places.iter().filter(|p| p.id != 0).map(far).fold(f64::MAX, f64::min);
                    let near = nearest <= 161.0;
                    let right = places
                        .iter()
                        .map(|place| match (place.id, near) {
                            (0, near) => !near,
                            (_, near) => near && far(place) <= nearest.max(5.0) + 20.0,
                        })
                        .collect();
                    Case { places, right }
                })
                .collect()
        })
        .collect()
}

fn chances(case: &Case, weights: &[f32]) -> Vec<f32> {
    let score = |place: &Weighed| place.row.iter().zip(weights).map(|(x, w)| x * w).sum();
    study::chances(case.places.iter().map(score))
}

/// Fits weights to these cases.
pub(crate) fn fit<'a>(documents: impl Iterator<Item = &'a Vec<Case>>) -> Vec<f32> {
    let cases: Vec<&Case> = documents.flatten().filter(|case| case.places.len() > 1).collect();
    let n = FEATURES.len();
    let (mut weights, mut squares) = (vec![0.0_f32; n], vec![1e-6_f32; n]);
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..80 {
        for i in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(i, (random % (i as u64 + 1)) as usize);
        }
        let rate = 0.3 / (1.0 + round as f32 / 10.0);
        for &i in &order {
            let case = cases[i];
            let chances = chances(case, &weights);
            let right: f32 = chances.iter().zip(&case.right).filter(|(_, r)| **r).map(|(c, _)| *c).sum();
            let mut slope = vec![0.0_f32; n];
            for ((place, chance), &is_right) in case.places.iter().zip(&chances).zip(&case.right) {
                let wanted = if is_right { chance / right.max(1e-6) } else { 0.0 };
                for (s, x) in slope.iter_mut().zip(&place.row) {
                    *s += (chance - wanted) * x;
                }
            }
            for ((w, s), q) in weights.iter_mut().zip(slope).zip(&mut squares) {
                let s = s + 1e-5 * *w;
                *q += s * s;
                *w -= rate * s / q.sqrt();
            }
        }
    }
    weights
}
