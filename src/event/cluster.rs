//! Claims of one place that speak of one change.

use super::shelf::Shelf;
use super::window::{Window, certainty, window};
use crate::actor::{ActorId, Cast};
use crate::claim::{Change, Claim, Precision, Standing, When};
use crate::units::Date;
use std::collections::BTreeMap;

/// Days by which reports of one change may differ: what fell at night is dated to either day.
const SLACK_DAYS: i32 = 1;
/// Days within which a withdrawal and a capture are one change, and a denial speaks of what it denies.
const HANDOVER_DAYS: i32 = 3;

/// Claims of one change of one place.
pub(super) struct Cluster<'a> {
    /// What they say happened.
    pub(super) change: Change,
    /// The side that gains; of a withdrawal the side that leaves. `None` while nobody names it.
    pub(super) side: Option<&'a ActorId>,
    /// The side that loses a place that is taken, once somebody names it.
    pub(super) loser: Option<&'a ActorId>,
    /// The days of the claim that is dated best.
    pub(super) window: Option<Window>,
    /// What is said, the best dated first.
    pub(super) claims: Vec<&'a Claim>,
    /// Claims that deny it.
    pub(super) against: Vec<&'a Claim>,
}

/// The side that marks a claim: allies are one side.
fn side_of<'a>(claim: &'a Claim, cast: &'a Cast) -> Option<&'a ActorId> {
    let actor = if claim.change == Change::Withdrew { &claim.losing } else { &claim.gaining };
    actor.as_ref().map(|actor| cast.side(actor))
}

/// The clusters of the claims of one place.
///
/// Claims of one change and side whose days can coincide are one cluster; a withdrawal and a capture within three days
/// are one as well. The time this takes grows with the claims, not with their square: each looks only at clusters near
/// to it, and claims that say the same are looked up once.
pub(super) fn clusters<'a>(mut claims: Vec<&'a Claim>, cast: &'a Cast) -> Vec<Cluster<'a>> {
    claims.sort_by_cached_key(|claim| {
        // The named before the unnamed, so that these find all they can belong to.
        let side = side_of(claim, cast);
        (certainty(claim), claim.day.to, claim.day.from, side.is_none(), side, &claim.evidence, &claim.id)
    });
    let (denials, told): (Vec<&Claim>, Vec<&Claim>) =
        claims.into_iter().partition(|claim| matches!(claim.standing, Standing::DeniedBy(_)));
    let turns = Turns::of(&told, cast);
    let mut all: Vec<Cluster<'a>> = Vec::new();
    let mut shelves: BTreeMap<Change, Shelf<'a>> = BTreeMap::new();
    let mut met: BTreeMap<(Change, Option<&ActorId>, When), usize> = BTreeMap::new();
    for claim in told {
        let (side, days) = (side_of(claim, cast), window(claim));
        let shelf = shelves.entry(claim.change).or_default();
        let known = met.get(&(claim.change, side, claim.day)).copied();
        let found = known.or_else(|| {
            let open = |at: usize| {
                let cluster: &Cluster<'_> = &all[at];
                !turns.lie_between(cluster.claims[0], claim, side.or(cluster.side))
            };
            shelf.nearest(side, days, SLACK_DAYS, &open)
        });
        let at = found.unwrap_or(all.len());
        if let Some(cluster) = all.get_mut(at) {
            if let (None, Some(side)) = (cluster.side, side) {
                cluster.side = Some(side);
                shelf.learn(side, cluster.window, at);
            }
            cluster.claims.push(claim);
        } else {
            shelf.put(side, days, at);
            let (change, window) = (claim.change, days);
            all.push(Cluster { change, side, loser: None, window, claims: vec![claim], against: Vec::new() });
        }
        met.insert((claim.change, side, claim.day), at);
    }
    for denial in denials {
        // A denial answers the nearest of what it can be meant for.
        let near = shelves
            .get(&denial.change)
            .and_then(|shelf| shelf.nearest(side_of(denial, cast), window(denial), HANDOVER_DAYS, &|_| true));
        if let Some(at) = near {
            all[at].against.push(denial);
        }
    }
    for cluster in &mut all {
        let losers = cluster.claims.iter().filter_map(|claim| claim.losing.as_ref());
        cluster.loser = losers.map(|loser| cast.side(loser)).find(|loser| Some(*loser) != cluster.side);
    }
    joined(all)
}

/// The days on which a place was taken by whom, to tell a town retaken from a town taken once.
struct Turns<'a>(BTreeMap<Date, (Option<&'a ActorId>, bool)>);

impl<'a> Turns<'a> {
    fn of(told: &[&'a Claim], cast: &'a Cast) -> Self {
        let mut days: BTreeMap<Date, (Option<&ActorId>, bool)> = BTreeMap::new();
        for claim in told {
            let exact = claim.change == Change::Captured && claim.day.precision == Precision::Day;
            if let (true, Some(day), Some(side)) = (exact, claim.day.shown_from(), side_of(claim, cast)) {
                let (first, several) = days.entry(day).or_insert((Some(side), false));
                *several |= *first != Some(side);
            }
        }
        Self(days)
    }

    /// Whether another side took the place on a day between those of two claims, which so are two changes.
    fn lie_between(&self, a: &Claim, b: &Claim, side: Option<&ActorId>) -> bool {
        if a.day.precision > Precision::Day || b.day.precision > Precision::Day || side.is_none() {
            return false;
        }
        let (Some(a), Some(b)) = (a.day.shown_from(), b.day.shown_from()) else { return false };
        a != b && self.0.range(a.min(b)..=a.max(b)).any(|(_, (first, several))| *several || *first != side)
    }
}

/// The clusters with those made one that tell of one change in two ways.
fn joined(clusters: Vec<Cluster<'_>>) -> Vec<Cluster<'_>> {
    let mut all: Vec<Option<Cluster<'_>>> = clusters.into_iter().map(Some).collect();
    hand_over(&mut all);
    lead_up(&mut all);
    all.into_iter().flatten().collect()
}

/// A withdrawal and a capture of the same place within three days are one capture.
fn hand_over(all: &mut [Option<Cluster<'_>>]) {
    let mut by_loser = Shelf::default();
    for (at, cluster) in all.iter().enumerate() {
        if let Some(taken) = cluster.as_ref().filter(|cluster| cluster.change == Change::Captured)
            && taken.side.is_some()
        {
            by_loser.put(taken.loser, taken.window, at);
        }
    }
    for at in 0..all.len() {
        let Some(left) = all[at].as_ref().filter(|cluster| cluster.change == Change::Withdrew) else {
            continue;
        };
        let other = |taken: usize| {
            all[taken].as_ref().is_some_and(|taken| left.side.is_none() || taken.side != left.side)
        };
        let Some(taken) = by_loser.nearest(left.side, left.window, HANDOVER_DAYS, &other) else { continue };
        let Some(left) = all[at].take() else { continue };
        if let Some(capture) = all[taken].as_mut() {
            if let (None, Some(loser)) = (capture.loser, left.side) {
                capture.loser = Some(loser);
                by_loser.learn(loser, capture.window, taken);
            }
            capture.claims.extend(left.claims);
            capture.against.extend(left.against);
        }
    }
}

/// Fighting by the side that took a place, with no date of its own, only led up to the capture.
fn lead_up(all: &mut [Option<Cluster<'_>>]) {
    let mut by_taker = Shelf::default();
    for (at, cluster) in all.iter().enumerate() {
        if let Some(taken) = cluster.as_ref().filter(|cluster| cluster.change == Change::Captured)
            && taken.side.is_some()
        {
            by_taker.put(taken.side, taken.window, at);
        }
    }
    for at in 0..all.len() {
        let undated = |fight: &Cluster<'_>| {
            fight.claims.iter().all(|claim| claim.day.basis == crate::claim::Basis::Publication)
        };
        let fought =
            all[at].as_ref().filter(|cluster| cluster.change == Change::Contested && undated(cluster));
        let Some((side, days)) = fought.and_then(|fight| Some((Some(fight.side?), fight.window))) else {
            continue;
        };
        let Some(taken) = by_taker.nearest(side, days, HANDOVER_DAYS, &|_| true) else { continue };
        let Some(fight) = all[at].take() else { continue };
        if let Some(capture) = all[taken].as_mut() {
            capture.claims.extend(fight.claims);
            capture.against.extend(fight.against);
        }
    }
}
