//! What moved since the map before: ground gained, and arrows from the attacker's nearest ground to the places taken.

use super::edges::distance;
use super::frame::Frame;
use super::view::{Spot, View};
use super::{Colour, Mark, Paint, Stroke, clip};
use crate::actor::ActorId;
use crate::areas::{self, Ground};
use crate::style::Style;
use crate::timeline::Control;
use crate::units::{Km, Px};
use geo::MultiPolygon;

/// Ground gained is marked only so near to a place that was: further off, a line moved because the estimate did.
const NEAR: Km = Km(30.0);
/// No arrow is longer: what lies further from all ground of a side was not reached by driving on from it.
const FARTHEST: Km = Km(120.0);
/// A shorter arrow would be all head, in units.
const SHORTEST: f64 = 30.0;
/// Strips narrower than this are no gain, in units.
const STRIP: f64 = 2.0;

/// Whose new ground, and its rings on the canvas.
pub(crate) type Gained = (ActorId, Vec<Vec<Px>>);

/// Ground that a side surely holds and did not hold on the map before, around the places it gained.
pub(crate) fn gained(view: &View<'_>, frame: &Frame, u: f64) -> Vec<Gained> {
    let Some(before) = view.before else { return Vec::new() };
    let taken: Vec<(&ActorId, Px)> =
        taken(view).into_iter().filter_map(|(actor, spot)| Some((actor, frame.px(spot.site.at?)))).collect();
    if taken.is_empty() {
        return Vec::new();
    }
    let reach = NEAR.0 * frame.scale;
    let mut all = Vec::new();
    for (actor, shape) in areas::gained(before, view.ground) {
        let own: Vec<Px> = taken.iter().filter(|(by, _)| **by == actor).map(|(_, at)| *at).collect();
        for part in shape {
            let rings: Vec<Vec<Px>> = Frame::rings(&MultiPolygon(vec![part]))
                .into_iter()
                .map(|ring| clip::sparse(&ring.into_iter().map(|at| frame.px(at)).collect::<Vec<_>>()))
                .collect();
            let Some(outer) = rings.first() else { continue };
            if own.iter().any(|at| nearest(*at, outer).0 <= reach || holds(outer, *at))
                && is_wide(outer, STRIP * u)
            {
                all.push((actor.clone(), rings));
            }
        }
    }
    all
}

/// The places that changed hands, and who took them.
fn taken<'v, 'a>(view: &'v View<'a>) -> Vec<(&'a ActorId, &'v Spot<'a>)> {
    let changed = view.spots.iter().filter(|spot| spot.changed);
    let taken = changed.filter_map(|spot| match spot.control? {
        Control::Held(actor) | Control::Besieged { holder: actor, .. } => Some((actor, spot)),
        Control::Contested(_) => None,
    });
    taken.collect()
}

/// The way from ground already held to a place taken.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Arrow {
    /// Who advanced.
    pub(crate) actor: ActorId,
    /// Its tail and its tip.
    pub(crate) ends: (Px, Px),
}

/// An arrow to each place taken, from the nearest ground that the side held on the map before, or from a place it took on the
/// way: so that several of them show an axis.
pub(crate) fn arrows(view: &View<'_>, frame: &Frame, reach: impl Fn(&Spot<'_>) -> f64, u: f64) -> Vec<Arrow> {
    let Some(before) = view.before else { return Vec::new() };
    let mut arrows = Vec::new();
    let mut taken = taken(view);
    taken.sort_by_key(|(actor, spot)| ((*actor).clone(), spot.site.key()));
    for of_one in taken.chunk_by(|a, b| a.0 == b.0) {
        let Some((actor, _)) = of_one.first() else { continue };
        let ground = ground_of(before, actor, view, frame);
        let mut open: Vec<(Px, f64)> = of_one
            .iter()
            .filter_map(|(_, spot)| Some((frame.px(spot.site.at?), reach(spot))))
            .filter(|(at, _)| frame.window.has(*at) && !ground.iter().any(|ring| holds(ring, *at)))
            .collect();
        let mut reached: Vec<(Px, f64)> = Vec::new();
        // The nearest first: the others may start from there.
        while !open.is_empty() {
            let from = |at: Px| {
                let of_ground = ground.iter().map(|ring| (nearest(at, ring), 0.0));
                let of_places = reached
                    .iter()
                    .map(|(place, reach)| (((at.x - place.x).hypot(at.y - place.y), *place), *reach));
                of_ground.chain(of_places).min_by(|a, b| a.0.0.total_cmp(&b.0.0))
            };
            let next = open
                .iter()
                .enumerate()
                .filter_map(|(i, (at, _))| Some((i, from(*at)?)))
                .min_by(|a, b| a.1.0.0.total_cmp(&b.1.0.0));
            let Some((i, ((far, tail), tail_reach))) = next else { break };
            let (at, reach) = open.swap_remove(i);
            reached.push((at, reach));
            // From ground, the arrow starts a little inside it; from a place, at the edge of its symbol.
            let back = if tail_reach > 0.0 { -tail_reach - 1.5 * u } else { 6.0 * u };
            let share = |length: f64| {
                let share = length / far.max(1e-9);
                Px { x: tail.x + (at.x - tail.x) * share, y: tail.y + (at.y - tail.y) * share }
            };
            let ends = (share(-back), share(far - reach - 1.5 * u));
            let length = far - reach - 1.5 * u + back;
            if length >= SHORTEST * u && far <= FARTHEST.0 * frame.scale {
                arrows.push(Arrow { actor: (*actor).clone(), ends });
            }
        }
    }
    arrows
}

/// The ground of an actor, or of those it is shown with, as rings on the canvas.
fn ground_of(ground: &Ground, actor: &ActorId, view: &View<'_>, frame: &Frame) -> Vec<Vec<Px>> {
    let shown = view.palette.shown_as(actor);
    let own = ground.areas.iter().filter(|area| match &area.control {
        Control::Held(by) | Control::Besieged { holder: by, .. } => view.palette.shown_as(by) == shown,
        Control::Contested(_) => false,
    });
    own.flat_map(|area| area.shape.iter())
        .map(|part| {
            let ring = part.exterior().0.iter().filter_map(|at| crate::units::LonLat::new(at.x, at.y));
            clip::sparse(&ring.map(|at| frame.px(at)).collect::<Vec<_>>())
        })
        .filter(|ring| ring.len() > 2)
        .collect()
}

/// The marks of an arrow: a shaft that widens towards its head, lightly bent.
pub(crate) fn marks((tail, tip): (Px, Px), side: Colour, style: &Style, u: f64) -> Vec<Mark> {
    let colour = side.mixed(style.edge, 0.45);
    let (dx, dy) = (tip.x - tail.x, tip.y - tail.y);
    let length = dx.hypot(dy).max(1e-9);
    let bend = 0.1;
    let control =
        Px { x: f64::midpoint(tail.x, tip.x) - dy * bend, y: f64::midpoint(tail.y, tip.y) + dx * bend };
    let head = (11.0 * u).min(length * 0.6);
    let mid = |from: Px, to: Px, share: f64| Px {
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
    };
    // A point of the quadratic curve and the direction to its right (de Casteljau).
    let at = |share: f64| {
        let (from, to) = (mid(tail, control, share), mid(control, tip, share));
        let size = (to.x - from.x).hypot(to.y - from.y).max(1e-9);
        (mid(from, to, share), ((from.y - to.y) / size, (to.x - from.x) / size))
    };
    let neck = 1.0 - head / length;
    let side = |share: f64, half: f64| {
        let (on, (right, down)) = at(share);
        Px { x: on.x + right * half, y: on.y + down * half }
    };
    let half = |share: f64| (1.1 + 1.5 * share / neck.max(1e-9)) * u;
    let along = |i: u32| neck * f64::from(i) / 8.0;
    let mut ring: Vec<Px> = (0..=8).map(|i| side(along(i), half(along(i)))).collect();
    ring.extend([side(neck, 6.2 * u), tip, side(neck, -6.2 * u)]);
    ring.extend((0..=8).rev().map(|i| side(along(i), -half(along(i)))));
    let casing = Stroke::solid(style.casing.faded(0.9), 2.6 * u);
    vec![
        Mark::Line { points: ring.clone(), closed: true, stroke: casing },
        Mark::Fill { rings: vec![ring], paint: Paint::Solid(colour) },
    ]
}

/// Points along an arrow, for names to keep off.
pub(crate) fn dots(arrow: &Arrow) -> impl Iterator<Item = Px> + use<> {
    const COUNT: u32 = 12;
    let (tail, tip) = arrow.ends;
    (0..=COUNT).map(move |i| {
        let share = f64::from(i) / f64::from(COUNT);
        Px { x: tail.x + (tip.x - tail.x) * share, y: tail.y + (tip.y - tail.y) * share }
    })
}

/// The nearest point of a ring and how far it is.
fn nearest(at: Px, ring: &[Px]) -> (f64, Px) {
    let sides = ring.windows(2).map(|pair| distance(at, (pair[0], pair[1])));
    sides.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((f64::INFINITY, at))
}

/// Whether a point lies in a ring.
fn holds(ring: &[Px], at: Px) -> bool {
    let crosses = |pair: &&[Px]| {
        let (a, b) = (pair[0], pair[1]);
        (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x
    };
    ring.windows(2).filter(crosses).count() % 2 == 1
}

/// Whether a ring is more than a strip: its area against its length.
fn is_wide(ring: &[Px], strip: f64) -> bool {
    let pairs = || ring.windows(2).map(|pair| (pair[0], pair[1]));
    let area: f64 = pairs().map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f64>().abs() / 2.0;
    let length: f64 = pairs().map(|(a, b)| (b.x - a.x).hypot(b.y - a.y)).sum();
    area > length / 2.0 * strip && area > 9.0 * strip * strip
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::rect::Rect;
    use crate::style::LIGHT;

    fn ring(width: f64, height: f64) -> Vec<Px> {
        let mut ring = Rect::at(0.0, 0.0, width, height).corners();
        ring.push(ring[0]);
        ring
    }

    #[test]
    fn a_strip_is_no_gain() {
        assert!(is_wide(&ring(30.0, 30.0), 2.0));
        assert!(!is_wide(&ring(300.0, 1.5), 2.0) && !is_wide(&ring(3.0, 3.0), 2.0));
    }

    #[test]
    fn the_nearest_point_of_a_ring_is_on_its_edge() {
        let (far, at) = nearest(Px { x: 50.0, y: 10.0 }, &ring(30.0, 30.0));
        assert_eq!((far, at), (20.0, Px { x: 30.0, y: 10.0 }));
        assert!(holds(&ring(30.0, 30.0), Px { x: 10.0, y: 10.0 }) && !holds(&ring(30.0, 30.0), at));
    }

    #[test]
    fn an_arrow_ends_at_its_tip() {
        let ends = (Px { x: 0.0, y: 0.0 }, Px { x: 100.0, y: 0.0 });
        let marks = marks(ends, LIGHT.ink, &LIGHT, 1.0);
        let Some(Mark::Fill { rings, .. }) = marks.last() else { panic!("{marks:?}") };
        let right = rings[0].iter().map(|at| at.x).fold(0.0, f64::max);
        assert!((right - 100.0).abs() < 1e-9 && rings[0].contains(&ends.1));
    }
}
