//! Whose each settlement is, and how surely: control spread over the settlement graph.
//!
//! What is known of places is clamped, and between them values are harmonic: each settlement has the weighted mean of its
//! neighbours (Zhu, Ghahramani and Lafferty, *Semi-supervised learning using Gaussian fields and harmonic functions*, ICML
//! 2003). The value for a label is the chance that somebody who wanders from settlement to settlement, to nearer ones more
//! likely, meets a place of that label first. Between settlements values are linear on the mesh.

use super::cholesky::Factor;
use super::label::{self, Label, Paint};
use super::register::Register;
use super::{Held, Net};
use crate::actor::ActorId;
use crate::claim::SiteKey;
use crate::diag::{Checked, Problem};
use crate::named::named;
use crate::projection::Flat;
use crate::timeline::Control;
use crate::units::{Km, LonLat};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

named! {
    /// How surely ground is held.
    Certainty {
        /// Known: a score of 0.5 or more.
        Solid = "solid",
        /// Likely: a score between 0.2 and 0.5.
        Presumed = "presumed",
        /// Anybody's: a score below 0.2, or too far from every known place.
        Unknown = "unknown",
    }
}

/// Ground of at least this score is shown as solid: measured, 0.8 % of it was wrong.
pub const SOLID: f64 = 0.5;

/// Ground of at least this score is shown as presumed.
pub const PRESUMED: f64 = 0.2;

/// No ground farther from a contested place than this is contested because of it.
pub const CONTESTED_REACH: Km = Km(15.0);

/// Whose a point of ground is.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// How it is drawn: held or contested; `None` where it is unknown.
    pub control: Option<Control>,
    /// Who is likeliest to hold it, drawn or not; `None` where two are equally likely.
    pub holder: Option<ActorId>,
    /// How surely he does: the difference between the two likeliest, the |f| of the literature.
    ///
    /// # Units
    /// 0, as likely the next one's, to 1, certain.
    pub score: f64,
    /// What that is taken for.
    pub certainty: Certainty,
    /// How far the nearest place is of which it is known who holds it.
    pub nearest: Km,
}

/// A place that has a say in whose a point of ground is.
#[derive(Clone, Debug, PartialEq)]
pub struct Say {
    /// The places there; mostly one.
    pub places: Vec<SiteKey>,
    /// How it is held; `None` where nobody is known to hold it.
    pub control: Option<Control>,
    /// Its share in the decision: those of all places together make 1.
    pub share: f64,
    /// How far it is.
    pub distance: Km,
}

/// The known places of a day, and what follows for all others.
#[derive(Clone, Debug)]
pub struct Fields<'n> {
    net: &'n Net,
    pub(super) labels: BTreeMap<u32, Label>,
    /// Places that are set aside as strays.
    pub(super) strays: BTreeSet<SiteKey>,
    /// Each label there is, and its value by point.
    pub(super) paints: Vec<(Paint, Arc<Vec<f64>>)>,
    /// Each actor, and the chance by point that he holds it: half of what is contested by him counts.
    pub(super) actors: Vec<(ActorId, Vec<f64>)>,
    /// The chance by point that nobody known holds it, where there are places that nobody is known to hold.
    pub(super) nobody: Option<Vec<f64>>,
}

/// What was worked out for the last day, so that the next one costs only what changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Last {
    pub(super) register: Register,
    factor: Factor,
    clamped: Vec<bool>,
    paints: BTreeMap<Paint, (Vec<u32>, Arc<Vec<f64>>)>,
}

impl Last {
    /// How many bytes it keeps.
    pub(super) fn bytes(&self) -> usize {
        let values = self.paints.values().map(|(points, values)| points.len() * 4 + values.len() * 8);
        self.factor.size() * 8 + values.sum::<usize>() + self.register.bytes()
    }
}

impl<'n> Fields<'n> {
    /// Spreads what is known of places over the graph. `side` says who fights along with whom: it matters for strays only.
    pub(super) fn of(
        net: &'n Net,
        held: &[Held<'_>],
        side: &dyn Fn(&ActorId) -> ActorId,
        last: &mut Last,
    ) -> Checked<Self> {
        let mut problems: Vec<Problem> = Vec::new();
        let mut labels = label::of(held, net, &mut last.register, &mut problems);
        let mut strays = BTreeSet::new();
        for (point, problem) in label::strays(&labels, net, side) {
            strays.extend(labels.remove(&point).iter().flat_map(|label| label.places.iter().cloned()));
            problems.push(problem);
        }
        let mut of_paint: BTreeMap<&Paint, Vec<u32>> = BTreeMap::new();
        for (point, label) in &labels {
            if let Some(paint) = &label.paint {
                of_paint.entry(paint).or_default().push(*point);
            }
        }
        let mut paints = Vec::new();
        if !of_paint.is_empty() {
            let mut clamped = vec![false; net.len()];
            for point in labels.keys() {
                clamped[*point as usize] = true;
            }
            if clamped != last.clamped {
                last.factor.clamp(net.plan(), net.graph(), &clamped);
                last.clamped = clamped;
                last.paints.clear();
            }
            last.paints.retain(|paint, (points, _)| of_paint.get(paint) == Some(points));
            let spreads = of_paint.into_par_iter().map(|(paint, points)| {
                let values = match last.paints.get(paint) {
                    Some((_, values)) => Arc::clone(values),
                    None => Arc::new(spread(net, last, &points)),
                };
                (paint.clone(), points, values)
            });
            let spreads: Vec<_> = spreads.collect();
            for (paint, points, values) in spreads {
                last.paints.insert(paint.clone(), (points, Arc::clone(&values)));
                paints.push((paint, values));
            }
        }
        let actors = chances(&paints);
        let is_left = labels.values().any(|label| label.paint.is_none()) && !paints.is_empty();
        let nobody = is_left.then(|| {
            let known = |point: usize| paints.iter().map(|(_, values)| values[point]).sum::<f64>();
            (0..net.inner()).map(|point| (1.0 - known(point)).max(0.0)).collect()
        });
        Checked { value: Self { net, labels, strays, paints, actors, nobody }, problems }
    }

    /// Whether nothing is known of any place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paints.is_empty()
    }

    /// The places that were set aside as strays.
    #[must_use]
    pub fn strays(&self) -> &BTreeSet<SiteKey> {
        &self.strays
    }

    /// Whose a point of ground is; `None` off the region's land, or where nothing is known of any place.
    ///
    /// Drawn lines are smoothed by some tens of metres; this is the value from which they are drawn.
    #[must_use]
    pub fn at(&self, at: LonLat) -> Option<Score> {
        if self.is_empty() || !self.net.region().contains(at) {
            return None;
        }
        Some(self.score(self.net.region().projection().flat(at)))
    }

    /// Who is likeliest to hold a point, on land or not, and how surely; what [`Fields::at`] says of it without looking for
    /// the nearest place, and so much quicker. `None` where two are equally likely.
    #[must_use]
    pub fn likeliest(&self, at: LonLat) -> Option<(&ActorId, f64)> {
        let corners = self.net.corners(self.net.region().projection().flat(at));
        let mix = |values: &[f64]| -> f64 {
            corners.iter().map(|(point, by)| by * values.get(*point as usize).unwrap_or(&0.0)).sum()
        };
        let mut second = self.nobody.as_ref().map_or(0.0, |values| mix(values));
        let mut first: Option<(&ActorId, f64)> = None;
        for (actor, values) in &self.actors {
            let chance = mix(values);
            match first {
                Some((_, best)) if chance <= best => second = second.max(chance),
                _ => {
                    second = second.max(first.map_or(0.0, |(_, chance)| chance));
                    first = Some((actor, chance));
                }
            }
        }
        first.map(|(actor, chance)| (actor, chance - second)).filter(|(_, score)| *score > 1e-9)
    }

    /// Whose a point of the plane is.
    pub(super) fn score(&self, at: Flat) -> Score {
        let corners = self.net.corners(at);
        let mix = |values: &[f64]| -> f64 {
            corners.iter().map(|(point, by)| by * values.get(*point as usize).unwrap_or(&0.0)).sum()
        };
        let mut chances: Vec<(f64, &ActorId)> =
            self.actors.iter().map(|(actor, values)| (mix(values), actor)).collect();
        chances.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let nobody = self.nobody.as_ref().map_or(0.0, |values| mix(values));
        let second = chances.get(1).map_or(0.0, |chance| chance.0).max(nobody);
        let score = chances.first().map_or(0.0, |first| first.0 - second);
        let holder = chances.first().filter(|_| score > 1e-9).map(|(_, actor)| (*actor).clone());
        let near = self.nearest(at, &|_| true);
        let likeliest = self
            .paints
            .iter()
            .map(|((control, _), values)| (control, mix(values)))
            .reduce(|best, next| if next.1 > best.1 { next } else { best });
        let contested = likeliest.filter(|(control, chance)| {
            *chance >= nobody
                && matches!(control, Control::Contested(_))
                && self.nearest(at, &|here| here == *control).0 <= CONTESTED_REACH.0
        });
        let certainty = match score {
            _ if near.0 > self.net.rules().reach.0 => Certainty::Unknown,
            score if score >= SOLID => Certainty::Solid,
            score if score >= PRESUMED => Certainty::Presumed,
            _ => Certainty::Unknown,
        };
        let held = || holder.clone().filter(|_| certainty != Certainty::Unknown).map(Control::Held);
        let control = contested.map(|(control, _)| control.clone()).or_else(held);
        Score { control, holder, score: score.clamp(0.0, 1.0), certainty, nearest: near }
    }

    fn nearest(&self, at: Flat, wanted: &dyn Fn(&Control) -> bool) -> Km {
        let known = self
            .labels
            .iter()
            .filter(|(_, label)| label.paint.as_ref().is_some_and(|paint| wanted(&paint.0)));
        let far = known.map(|(point, _)| self.far(at, *point));
        Km(far.fold(f64::INFINITY, f64::min))
    }

    fn far(&self, at: Flat, point: u32) -> f64 {
        let there = self.net.points()[point as usize];
        (there.x - at.x).hypot(there.y - at.y)
    }

    /// The places that decide whose a point of ground is, those with the greatest share first. Empty where [`Fields::at`] is
    /// `None`.
    ///
    /// A share is the harmonic measure of a place: the chance that a wanderer from the point meets it before any other known
    /// place. The value for a label is the sum of the shares of its places. One system is solved for it.
    #[must_use]
    pub fn behind(&self, at: LonLat) -> Vec<Say> {
        if self.is_empty() || !self.net.region().contains(at) {
            return Vec::new();
        }
        let flat = self.net.region().projection().flat(at);
        let (plan, graph) = (self.net.plan(), self.net.graph());
        let mut clamped = vec![false; self.net.len()];
        for point in self.labels.keys() {
            clamped[*point as usize] = true;
        }
        let mut factor = Factor::default();
        factor.clamp(plan, graph, &clamped);
        let mut flow = vec![0.0; self.net.len()];
        let mut shares: BTreeMap<u32, f64> = BTreeMap::new();
        let corners = self.net.corners(flat);
        let settled = corners.iter().flat_map(|(point, by)| {
            self.net.settled(*point).into_iter().map(move |(point, part)| (point, by * part))
        });
        for (point, by) in settled {
            match clamped.get(point as usize) {
                Some(true) => *shares.entry(point).or_default() += by,
                Some(false) => flow[point as usize] += by,
                None => {}
            }
        }
        factor.solve(plan, &mut flow);
        for point in self.labels.keys() {
            let near = graph.around(*point).iter().filter(|(other, _)| !clamped[*other as usize]);
            *shares.entry(*point).or_default() +=
                near.map(|(other, w)| w * flow[*other as usize]).sum::<f64>();
        }
        let all: f64 = shares.values().sum();
        let mut says: Vec<(Say, u32)> = shares
            .into_iter()
            .filter(|(_, share)| *share > 1e-6)
            .filter_map(|(point, share)| {
                let label = self.labels.get(&point)?;
                let say = Say {
                    places: label.places.to_vec(),
                    control: label.paint.as_ref().map(|paint| paint.0.clone()),
                    share: share / all,
                    distance: Km(self.far(flat, point)),
                };
                Some((say, point))
            })
            .collect();
        says.sort_by(|a, b| b.0.share.total_cmp(&a.0.share).then(a.1.cmp(&b.1)));
        says.into_iter().map(|(say, _)| say).collect()
    }
}

/// The value by point of a label that these points have.
fn spread(net: &Net, last: &Last, points: &[u32]) -> Vec<f64> {
    let mut values = vec![0.0; net.len()];
    for point in points {
        for (near, weight) in net.graph().around(*point) {
            if !last.clamped[*near as usize] {
                values[*near as usize] += weight;
            }
        }
    }
    for point in points {
        values[*point as usize] = 1.0;
    }
    last.factor.solve(net.plan(), &mut values);
    net.extend(&mut values);
    values
}

/// The chance by point that each actor holds it.
fn chances(paints: &[(Paint, Arc<Vec<f64>>)]) -> Vec<(ActorId, Vec<f64>)> {
    let mut actors: BTreeMap<&ActorId, Vec<f64>> = BTreeMap::new();
    for ((control, _), values) in paints {
        let (parts, part) = match control {
            Control::Held(actor) | Control::Besieged { holder: actor, .. } => (vec![actor], 1.0),
            // Whoever else is there holds at least as much as one of those that are named.
            Control::Contested(parts) => (parts.iter().collect(), 1.0 / parts.len().max(2) as f64),
        };
        for actor in parts {
            let sum = actors.entry(actor).or_insert_with(|| vec![0.0; values.len()]);
            sum.iter_mut().zip(values.iter()).for_each(|(sum, value)| *sum += part * value);
        }
    }
    actors.into_iter().map(|(actor, values)| (actor.clone(), values)).collect()
}
