//! What is known of a region's places on a day: each settlement's label, doubtful ones set aside.

use super::region::ASIDE;
use super::register::{Register, Stand};
use super::{Held, Net, Region};
use crate::actor::ActorId;
use crate::claim::{Site, SiteKey};
use crate::diag::{Code, Locus, Problem};
use crate::projection::Flat;
use crate::timeline::Control;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What ground is painted as: the control, and whether only the side that gained says so.
pub(super) type Paint = (Control, bool);

/// A settlement with all that is known of it: several names may stand for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    /// How it is held; `None` where nobody is known to hold it.
    pub(super) paint: Option<Arc<Paint>>,
    /// The places there, sorted.
    pub(super) places: Arc<[SiteKey]>,
    /// The first of their names.
    pub(super) name: SmolStr,
    /// Whether somebody vouches for one of them.
    pub(super) vouched: bool,
}

impl Label {
    /// The one actor who holds it as a whole.
    pub(super) fn holder(&self) -> Option<&ActorId> {
        match self.paint.as_deref()? {
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
pub(super) fn of(
    held: &[Held<'_>],
    net: &Net,
    register: &mut Register,
    problems: &mut Vec<Problem>,
) -> BTreeMap<u32, Label> {
    let region = net.region();
    let rows = register.enter(held, net);
    let mut alone = vec![true; net.len()];
    let mut seen = vec![false; net.len()];
    for (number, _) in &rows {
        if let Stand::At(point) = register.entry(*number).stand {
            let is_second = std::mem::replace(&mut seen[point as usize], true);
            alone[point as usize] &= !is_second;
        }
    }
    let mut paints: BTreeMap<(&Control, bool), Arc<Paint>> = BTreeMap::new();
    let mut labels: Vec<(u32, Label)> = Vec::with_capacity(rows.len());
    let mut others: Vec<(u32, &Held<'_>)> = Vec::new();
    for (number, held) in rows {
        let entry = register.entry(number);
        match entry.stand {
            Stand::At(point) if alone[point as usize] => {
                let paint = held.control.map(|control| {
                    let fresh = || Arc::new((control.clone(), held.claimed));
                    Arc::clone(paints.entry((control, held.claimed)).or_insert_with(fresh))
                });
                let (places, name) = (Arc::clone(&entry.keys), entry.name.clone());
                labels.push((point, Label { paint, places, name, vouched: held.vouched }));
            }
            Stand::Nowhere => {}
            Stand::At(_) | Stand::Outside => others.push((number, held)),
        }
    }
    labels.sort_unstable_by_key(|(point, _)| *point);
    let mut labels: BTreeMap<u32, Label> = labels.into_iter().collect();
    others.sort_by(|(a, one), (b, other)| {
        let key = |number: &u32| register.entry(*number).key();
        (key(a), one.control, one.claimed).cmp(&(key(b), other.control, other.claimed))
    });
    for (number, held) in others {
        let entry = register.entry(number);
        let Stand::At(point) = entry.stand else {
            if !region.is_cutout {
                problems.push(off_map(held.site, region));
            }
            continue;
        };
        let paint = held.control.map(|control| (control.clone(), held.claimed));
        let Some(label) = labels.get_mut(&point) else {
            let (places, name) = (Arc::clone(&entry.keys), entry.name.clone());
            let label = Label { paint: paint.map(Arc::new), places, name, vouched: held.vouched };
            labels.insert(point, label);
            continue;
        };
        if label.places.last() != Some(entry.key()) {
            label.places = label.places.iter().chain([entry.key()]).cloned().collect();
        }
        let (both, is_disputed) = both(label.paint.take().map(|paint| (*paint).clone()), paint);
        if is_disputed {
            let message = format!(
                "`{}` and `{}` lie at one point and are held by different sides",
                label.name, held.site.name
            );
            let way_out = "the ground there is shown as contested; drop one of the rows";
            problems.push(Problem::new(Code::Disputed, Locus::Run, message).help(way_out));
        }
        label.paint = both.map(Arc::new);
        label.vouched |= held.vouched;
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
/// are on average. A besieged place says itself that it is surrounded, the only place of its side has nothing to be far
/// from, and what somebody vouches for is no mistake: none of these is a stray.
pub(super) fn strays(
    labels: &BTreeMap<u32, Label>,
    net: &Net,
    side: &dyn Fn(&ActorId) -> ActorId,
) -> Vec<(u32, Problem)> {
    // By their points, and so from west to east.
    let mut sides: BTreeMap<&ActorId, ActorId> = BTreeMap::new();
    for actor in labels.values().filter_map(Label::holder) {
        sides.entry(actor).or_insert_with(|| side(actor));
    }
    let numbers: BTreeMap<&ActorId, usize> =
        sides.values().collect::<BTreeSet<_>>().into_iter().zip(0..).collect();
    let number: BTreeMap<&ActorId, usize> =
        sides.iter().map(|(actor, side)| (*actor, numbers[side])).collect();
    let names: Vec<&ActorId> = numbers.keys().copied().collect();
    let held: Vec<(Flat, u32, &Label, usize)> = labels
        .iter()
        .filter_map(|(point, label)| {
            Some((net.points()[*point as usize], *point, label, *number.get(label.holder()?)?))
        })
        .collect();
    let mut of_point = vec![None; net.len()];
    for (_, point, _, side) in &held {
        of_point[*point as usize] = Some(*side);
    }
    let far = |a: Flat, b: Flat| (a.x - b.x).hypot(a.y - b.y);
    let mut strays = Vec::new();
    for (n, (at, point, label, own)) in held.iter().enumerate() {
        if label.vouched || !matches!(label.paint.as_deref(), Some((Control::Held(_), _))) {
            continue;
        }
        let is_close = |other: &u32| far(*at, net.points()[*other as usize]) <= ALONE;
        let mut around = net.graph().around(*point).iter().map(|(other, _)| other);
        if around.any(|other| of_point[*other as usize] == Some(*own) && is_close(other)) {
            continue;
        }
        // Whether there is an ally in reach among those on one side of it, of which the nearest come first.
        let is_near_ally = |others: &mut dyn Iterator<Item = &(Flat, u32, &Label, usize)>| {
            let mut others = others.take_while(|other| (other.0.x - at.x).abs() <= ALONE);
            others.any(|other| other.3 == *own && far(*at, other.0) <= ALONE)
        };
        if is_near_ally(&mut held[..n].iter().rev()) || is_near_ally(&mut held[n + 1..].iter()) {
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
            strays.push((*point, stray(label, names[*own], (apart, &ally.name), spacing)));
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
