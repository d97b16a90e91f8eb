//! Front lines: where two actors are equally likely, near known places of both.

use super::clip::{self, Ring};
use super::contour::{Above, Corner};
use super::fields::Fields;
use super::survey::Land;
use super::{Front, Net, nest, smooth};
use crate::actor::ActorId;
use crate::projection::Flat;
use crate::timeline::Control;
use crate::units::Km;
use geo::{Coord, LineString};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// No front line is farther than this from a known place of either side. Where both sides are far, a line between them is an
/// accident of where settlements lie.
const FRONT_REACH: Km = Km(35.0);

/// The lines where two actors are equally likely, and all others less, on the land where it matters.
pub(super) fn fronts(fields: &Fields<'_>, net: &Net, land: &Land) -> Vec<Front> {
    let places = places(fields, net);
    let lines: Vec<Vec<((usize, usize), Ring)>> = (0..fields.actors.len())
        .into_par_iter()
        .map(|a| {
            let others: Vec<usize> = (0..fields.actors.len()).filter(|b| *b != a).collect();
            // Who is met beyond the others is nobody, and there is no line with him.
            let low = others.iter().map(|b| fields.actors[*b].1.as_slice()).chain(fields.nobody.as_deref());
            let above = Above { high: &fields.actors[a].1, low: low.collect(), by: 0.0 };
            // Of the last there are only lines with those before it.
            let rings = if others.iter().any(|b| a < *b) { above.rings(net) } else { Vec::new() };
            let stretches = rings.iter().flat_map(|ring| stretches(ring, &others));
            let stretches = stretches.filter(|(b, _)| a < *b);
            let faced = |(b, corners): (usize, Vec<Corner>)| {
                let line = smooth::line(&corners, net.points());
                faced(&line, [&places[a], &places[b]]).into_iter().map(move |line| ((a, b), line))
            };
            stretches.flat_map(faced).collect()
        })
        .collect();
    let mut of_pair: BTreeMap<(usize, usize), Vec<Ring>> = BTreeMap::new();
    for (pair, line) in lines.into_iter().flatten() {
        of_pair.entry(pair).or_default().push(line);
    }
    let actor = |n: usize| Control::Held(fields.actors[n].0.clone());
    let mut fronts = Vec::new();
    for ((a, b), lines) in of_pair {
        for (half, land) in land {
            let lines = clip::globe_lines(net.region().projection(), *half, nest::lines(land, &lines));
            let front = |line| {
                let line = forwards(line);
                let length = super::length(&line);
                Front { between: (actor(a), actor(b)), line, length }
            };
            fronts.par_extend(lines.into_par_iter().map(front));
        }
    }
    fronts
}

/// The places of an actor, from west to east.
#[derive(Default)]
struct Places(Vec<Flat>);

impl Places {
    /// One of them that is no farther than [`FRONT_REACH`], if there is any; `hint`, if it is one.
    fn near(&self, at: Flat, hint: Option<Flat>) -> Option<Flat> {
        let far = FRONT_REACH.0;
        let is_close = |place: &Flat| (place.x - at.x).powi(2) + (place.y - at.y).powi(2) <= far * far;
        if let Some(hint) = hint.filter(is_close) {
            return Some(hint);
        }
        let (west, east) = self.0.split_at(self.0.partition_point(|place| place.x < at.x));
        let mut east = east.iter().take_while(|place| place.x - at.x <= far);
        let mut west = west.iter().rev().take_while(|place| at.x - place.x <= far);
        east.find(|place| is_close(place)).or_else(|| west.find(|place| is_close(place))).copied()
    }
}

/// Where the places are that each actor holds or fights for.
fn places(fields: &Fields<'_>, net: &Net) -> Vec<Places> {
    let mut all: BTreeMap<&ActorId, Places> = BTreeMap::new();
    // By their points, which go from west to east.
    for (point, label) in &fields.labels {
        for actor in label.paint.iter().flat_map(|paint| paint.0.actors()) {
            all.entry(actor).or_default().0.push(net.points()[*point as usize]);
        }
    }
    fields.actors.iter().map(|(actor, _)| all.remove(actor).unwrap_or_default()).collect()
}

/// The stretches of a line that both sides have a known place near to: two sides that are both far away face nobody there.
fn faced(line: &Ring, sides: [&Places; 2]) -> Vec<Ring> {
    let mut out: Vec<Ring> = Vec::new();
    let mut goes_on = false;
    // Whoever was near the last corner is mostly near the next.
    let mut near = [None; 2];
    for &at in line {
        let here = clip::off_grid(at);
        near = [0, 1].map(|n| sides[n].near(here, near[n]));
        let is_near = near.iter().all(Option::is_some);
        match out.last_mut().filter(|_| goes_on && is_near) {
            Some(stretch) => stretch.push(at),
            None if is_near => out.push(vec![at]),
            None => {}
        }
        goes_on = is_near;
    }
    out.retain(|stretch| stretch.len() > 1);
    out
}

/// The stretches of a ring on which one and the same other is met, with who that is; a whole ring ends where it begins.
fn stretches(ring: &[Corner], others: &[usize]) -> Vec<(usize, Vec<Corner>)> {
    let met = |corner: &Corner| corner.meets.and_then(|low| others.get(low)).copied();
    let count = ring.len();
    let turns = |n: usize| met(&ring[n]) != met(&ring[(n + count - 1) % count]);
    let start = (0..count).find(|n| turns(*n));
    let mut all: Vec<(usize, Vec<Corner>)> = Vec::new();
    let mut last = None;
    for n in 0..count {
        let corner = &ring[(start.unwrap_or(0) + n) % count];
        let here = met(corner);
        if let Some(other) = here {
            match all.last_mut() {
                Some((_, line)) if last == here => line.push(*corner),
                _ => all.push((other, vec![*corner])),
            }
        }
        // Where two others take turns, the line of each goes on to the first corner of the next.
        last = here;
    }
    if start.is_none()
        && let Some((_, line)) = all.first_mut()
    {
        line.extend(line.first().copied());
    }
    all.retain(|(_, line)| line.len() > 1);
    all
}

/// A line from its western end.
fn forwards(mut line: LineString<f64>) -> LineString<f64> {
    let ends = |line: &LineString<f64>| line.0.first().copied().zip(line.0.last().copied());
    let order = |a: Coord<f64>, b: Coord<f64>| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y));
    if ends(&line).is_some_and(|(first, last)| order(first, last).is_gt()) {
        line.0.reverse();
    }
    line
}
