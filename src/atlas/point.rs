//! Whose a point of ground is on a day, and which places decide it.

use crate::areas::REACH;
use crate::run::Situation;
use crate::timeline::{Control, Interval};
use crate::units::{Date, Km, LonLat};

/// Whose a point of ground is.
#[derive(Clone, Debug, PartialEq)]
pub struct Point<'a> {
    /// How it is held; `None` where that is unknown.
    pub control: Option<Control>,
    /// How surely, from 0, as likely somebody else's, to 1, certain.
    pub score: f64,
    /// The places that decide it, those with the greatest say first.
    pub says: Vec<Say<'a>>,
}

/// A place that has a say in whose a point of ground is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Say<'a> {
    /// The place on that day.
    pub interval: &'a Interval,
    /// Its share in the decision: those of all places together make 1.
    pub share: f64,
    /// How far it is.
    pub distance: Km,
}

/// Whose a point of ground is at the end of a day: that of the nearest known place, within [`REACH`]. The score compares how
/// far that is with how far the next place of another side is.
#[must_use]
pub fn point(situation: &Situation, day: Date, at: LonLat) -> Point<'_> {
    let known = situation.timeline.at(day).into_iter().chain(situation.timeline.settlements(day));
    let far = |interval: &Interval| interval.site.at.map_or(f64::INFINITY, |there| there.distance(at).0);
    let mut near: Vec<(f64, &Interval)> = known.map(|interval| (far(interval), interval)).collect();
    near.retain(|(distance, _)| *distance <= REACH.0);
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.site.key().cmp(&b.1.site.key())));
    let Some(&(distance, first)) = near.first() else {
        return Point { control: None, score: 0.0, says: Vec::new() };
    };
    let other = near.iter().find(|(_, interval)| interval.control != first.control);
    let next = other.map_or(REACH.0, |(distance, _)| *distance);
    let score = if next > 0.0 { (next - distance) / (next + distance) } else { 0.0 };
    let says = vec![Say { interval: first, share: 1.0, distance: Km(distance) }];
    Point { control: first.control.clone(), score, says }
}
