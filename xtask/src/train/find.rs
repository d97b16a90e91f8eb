//! Fits the weights of the finder: a semi-Markov conditional random field without transitions, by adaptive gradients with dual
//! averaging (Duchi, Hazan and Singer 2011), whose penalty on the sum of weights leaves most of them at nothing.

use crate::judged::Document;
use conflict_map::gazetteer::Gazetteer;
use conflict_map::geoparse::study;
use std::collections::{BTreeSet, HashMap};

/// A stretch with its features as numbers.
pub(crate) struct Stretch {
    pub(crate) length: usize,
    pub(crate) guesses: Vec<Guess>,
}

pub(crate) struct Guess {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) features: Vec<u32>,
    pub(crate) right: bool,
}

/// Names of features and their numbers.
#[derive(Default)]
pub(crate) struct Features {
    numbers: HashMap<String, u32>,
    pub(crate) names: Vec<String>,
    pub(crate) counts: Vec<u32>,
}

impl Features {
    fn number(&mut self, name: String) -> u32 {
        let new = self.names.len() as u32;
        let number = *self.numbers.entry(name.clone()).or_insert(new);
        if number == new {
            self.names.push(name);
            self.counts.push(0);
        }
        self.counts[number as usize] += 1;
        number
    }
}

/// What the finder sees in each document.
pub(crate) fn look(
    documents: &[Document],
    gazetteer: &Gazetteer,
    features: &mut Features,
) -> Vec<Vec<Stretch>> {
    documents
        .iter()
        .map(|document| {
            let right: BTreeSet<(usize, usize)> =
                document.names.iter().map(|name| (name.span.start, name.span.end)).collect();
            study::stretches(&document.text, gazetteer, document.peoples)
                .into_iter()
                .map(|stretch| Stretch {
                    length: stretch.length,
                    guesses: stretch
                        .guesses
                        .into_iter()
                        .map(|seen| Guess {
                            start: seen.start,
                            end: seen.end,
                            right: right.contains(&(seen.span.start, seen.span.end)),
                            features: seen.features.into_iter().map(|name| features.number(name)).collect(),
                        })
                        .collect(),
                })
                .collect()
        })
        .collect()
}

/// How hard to learn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    pub(crate) rounds: usize,
    pub(crate) rate: f32,
    pub(crate) penalty: f32,
    /// Features seen less often are left out.
    pub(crate) least: u32,
}

struct Learner {
    effort: Effort,
    slope: Vec<f32>,
    squares: Vec<f32>,
    steps: f32,
}

impl Learner {
    fn weight(&self, feature: u32) -> f32 {
        let f = feature as usize;
        let mean = self.slope[f] / self.steps.max(1.0);
        let over = mean.abs() - self.effort.penalty;
        if over <= 0.0 || self.squares[f] <= 0.0 {
            return 0.0;
        }
        -mean.signum() * self.effort.rate * self.steps * over / (self.squares[f].sqrt() + 1e-3)
    }

    fn learn(&mut self, stretch: &Stretch, counts: &[u32]) {
        let scores: Vec<f32> = stretch
            .guesses
            .iter()
            .map(|guess| guess.features.iter().map(|&f| self.weight(f)).sum())
            .collect();
        let spans: Vec<(usize, usize)> =
            stretch.guesses.iter().map(|guess| (guess.start, guess.end)).collect();
        let chances = study::sure(stretch.length, &spans, &scores);
        self.steps += 1.0;
        for (guess, chance) in stretch.guesses.iter().zip(chances) {
            let slope = chance - f32::from(u8::from(guess.right));
            if slope.abs() < 1e-4 {
                continue;
            }
            for &f in &guess.features {
                if counts[f as usize] < self.effort.least {
                    continue;
                }
                self.slope[f as usize] += slope;
                self.squares[f as usize] += slope * slope;
            }
        }
    }
}

/// Fits weights to these documents.
pub(crate) fn fit<'a>(
    documents: impl Iterator<Item = &'a Vec<Stretch>>,
    counts: &[u32],
    effort: Effort,
) -> Vec<f32> {
    let stretches: Vec<&Stretch> =
        documents.flatten().filter(|stretch| !stretch.guesses.is_empty()).collect();
    let zero = || vec![0.0; counts.len()];
    let mut learner = Learner { effort, slope: zero(), squares: zero(), steps: 0.0 };
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..effort.rounds {
        for i in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(i, (random % (i as u64 + 1)) as usize);
        }
        for &i in &order {
            learner.learn(stretches[i], counts);
        }
    }
    (0..counts.len()).map(|f| learner.weight(f as u32)).collect()
}
