//! What is known of a region's places on a day: each settlement's label, doubtful ones set aside.

use super::region::ASIDE;
use super::{Held, Net, Region};
use crate::actor::ActorId;
use crate::claim::{Site, SiteKey};
use crate::diag::{Code, Locus, Problem};
use crate::projection::Flat;
use crate::timeline::Control;
use std::collections::{BTreeMap, BTreeSet};

/// What ground is painted as: the control, and whether only the side that gained says so.
pub(super) type Paint = (Control, bool);

/// A settlement with all that is known of it: several names may stand for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    /// How it is held; `None` where nobody is known to hold it.
    pub(super) paint: Option<Paint>,
    /// The places there.
    pub(super) places: BTreeSet<SiteKey>,
    /// The first of their names.
    pub(super) name: String,
}

impl Label {
    /// The one actor who holds it as a whole.
    pub(super) fn holder(&self) -> Option<&ActorId> {
        match self.paint.as_ref()? {
            (Control::Held(actor) | Control::Besieged { holder: actor, .. }, _) => Some(actor),
            (Control::Contested(_), _) => None,
        }
    }
}

/// A label is looked at as a stray if so many of the nearest others all disagree with it.
const NEAREST: usize = 5;

/// A stray is at least so far from the next place of its own side, in kilometres.
const ALONE: f64 = 40.0;

/// A stray is at least so many times farther from its own side than from its nearest neighbours.
const SPACINGS: f64 = 3.0;

/// The labels of the places in the region, by the graph's points.
pub(super) fn of(held: &[Held<'_>], net: &Net, problems: &mut Vec<Problem>) -> BTreeMap<u32, Label> {
    let mut sorted: Vec<(SiteKey, &Held<'_>)> =
        held.iter().filter(|held| held.site.is_spot()).map(|held| (held.site.key(), held)).collect();
    sorted.sort_by(|(a, one), (b, other)| {
        (a, one.control, one.claimed).cmp(&(b, other.control, other.claimed))
    });
    let region = net.region();
    let mut labels: BTreeMap<u32, Label> = BTreeMap::new();
    for (key, held) in sorted {
        let Some(at) = held.site.at else { continue };
        if !region.is_near(at) {
            if !region.is_cutout {
                problems.push(off_map(held.site, region));
            }
            continue;
        }
        let Some(vertex) = net.vertex(at).or_else(|| net.nearest(at)) else { continue };
        let paint = held.control.map(|control| (control.clone(), held.claimed));
        let name = || held.site.name.clone();
        let fresh = || Label { paint: paint.clone(), places: BTreeSet::new(), name: name() };
        let label = labels.entry(vertex).or_insert_with(fresh);
        label.places.insert(key);
        let (both, is_disputed) = both(label.paint.take(), paint);
        if is_disputed {
            let message = format!(
                "`{}` and `{}` lie at one point and are held by different sides",
                label.name, held.site.name
            );
            let way_out = "the ground there is shown as contested; drop one of the rows";
            problems.push(Problem::new(Code::Disputed, Locus::Run, message).help(way_out));
        }
        label.paint = both;
    }
    labels
}

/// What a point is painted as when it is painted twice, and whether the two disagree on who is there.
fn both(one: Option<Paint>, other: Option<Paint>) -> (Option<Paint>, bool) {
    match (one, other) {
        (Some((one, first)), Some((other, second))) if one == other => (Some((one, first && second)), false),
        (Some((one, first)), Some((other, second))) => {
            let actors: BTreeSet<_> = one.actors().into_iter().chain(other.actors()).cloned().collect();
            (Some((Control::Contested(actors.into_iter().collect()), first || second)), true)
        }
        (one, other) => (one.or(other), false),
    }
}

fn off_map(site: &Site, region: &Region) -> Problem {
    let outside = site.at.map_or(f64::INFINITY, |at| region.distance(region.projection().flat(at)).0);
    let at = site.at.map_or_else(String::new, |at| format!(" ({:.3}, {:.3})", at.lat(), at.lon()));
    debug_assert!(outside > ASIDE.0 - 0.01);
    let message = format!("`{}`{at} lies {outside:.0} km outside {}", site.name, region.name);
    Problem::new(Code::OffMap, Locus::Run, message)
}

/// Labels that are most likely wrong, mostly because a town of the same name was meant: the five nearest places all belong
/// to others, and the next place of its own side is more than 40 km away and more than three times as far as those
/// are on average. A besieged place says itself that it is surrounded, and the only place of its side has nothing
/// to be far from: neither is a stray.
pub(super) fn strays(
    labels: &BTreeMap<u32, Label>,
    net: &Net,
    side: &dyn Fn(&ActorId) -> ActorId,
) -> Vec<(u32, Problem)> {
    let held = labels.iter().filter_map(|(point, label)| Some((*point, label, side(label.holder()?))));
    let mut held: Vec<(Flat, u32, &Label, ActorId)> =
        held.map(|(point, label, side)| (net.points()[point as usize], point, label, side)).collect();
    held.sort_by(|a, b| a.0.x.total_cmp(&b.0.x).then(a.1.cmp(&b.1)));
    let far = |a: Flat, b: Flat| (a.x - b.x).hypot(a.y - b.y);
    let mut strays = Vec::new();
    for (n, (at, point, label, own)) in held.iter().enumerate() {
        if !matches!(label.paint, Some((Control::Held(_), _))) {
            continue;
        }
        let mut nearest: Vec<(f64, usize)> = Vec::with_capacity(NEAREST + 1);
        let mut look = |other: usize| {
            let widest = if nearest.len() < NEAREST { f64::INFINITY } else { nearest[NEAREST - 1].0 };
            if (held[other].0.x - at.x).abs() > widest {
                return false;
            }
            let apart = far(*at, held[other].0);
            if apart < widest {
                let place = nearest.partition_point(|(near, _)| *near <= apart);
                nearest.insert(place, (apart, other));
                nearest.truncate(NEAREST);
            }
            true
        };
        let (mut west, mut east) = ((0..n).rev(), n + 1..held.len());
        let (mut more_west, mut more_east) = (true, true);
        while more_west || more_east {
            more_west = more_west && west.next().is_some_and(&mut look);
            more_east = more_east && east.next().is_some_and(&mut look);
        }
        if nearest.len() < NEAREST || nearest.iter().any(|(_, other)| held[*other].3 == *own) {
            continue;
        }
        let spacing = nearest.iter().map(|(apart, _)| apart).sum::<f64>() / NEAREST as f64;
        let allies = held.iter().filter(|other| other.3 == *own && other.1 != *point);
        let ally = allies.map(|other| (far(*at, other.0), other.2)).min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((apart, ally)) = ally
            && apart > ALONE
            && apart > SPACINGS * spacing
        {
            strays.push((*point, stray(label, own, (apart, &ally.name), spacing)));
        }
    }
    strays
}

fn stray(label: &Label, side: &ActorId, (apart, ally): (f64, &str), spacing: f64) -> Problem {
    let message = format!(
        "`{}` is said to be held by {side}, but the five nearest places, {spacing:.0} km away on average, are all held by \
         others, and the next of its own, `{ally}`, is {apart:.0} km away",
        label.name
    );
    Problem::new(Code::StrayPlace, Locus::Run, message)
}
