//! Whose a point of ground is on a day, and which places decide it.

use super::ground::{Holdings, net, survey};
use crate::areas::Score;
use crate::basemap::Basemap;
use crate::diag::Checked;
use crate::gazetteer::Gazetteer;
use crate::run::Situation;
use crate::timeline::Interval;
use crate::units::{Date, Km, LonLat};

/// Whose a point of ground is, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Point<'a> {
    /// Whose it is and how surely; `None` off the land of the region, or where nothing is known of any place.
    pub score: Option<Score>,
    /// The places that decide it, those with the greatest share first.
    pub says: Vec<Say<'a>>,
}

/// Places at one point that have a say in whose a point of ground is.
#[derive(Clone, Debug, PartialEq)]
pub struct Say<'a> {
    /// The places on that day; mostly one.
    pub places: Vec<&'a Interval>,
    /// Its share in the decision: those of all places together make 1. See [`Fields::behind`](crate::areas::Fields::behind).
    pub share: f64,
    /// How far it is.
    pub distance: Km,
}

/// Whose a point of ground is at the end of a day, and which places decide it.
///
/// # Problems
/// Those of the region, and of the places of that day: strays, those off the map.
#[must_use]
pub fn point<'a>(
    situation: &'a Situation,
    base: &Basemap,
    gazetteer: &Gazetteer,
    day: Date,
    at: LonLat,
) -> Checked<Point<'a>> {
    let mut problems = Vec::new();
    let net = net(situation, base, gazetteer).unload(&mut problems);
    let holdings = Holdings::of(situation, net.region(), day);
    let fields = survey(situation, &net).fields(&holdings.held()).unload(&mut problems);
    let says = fields.behind(at).into_iter().map(|say| {
        let on_day = |place| situation.timeline.history(place).iter().find(|interval| interval.holds(day));
        Say {
            places: say.places.iter().filter_map(on_day).collect(),
            share: say.share,
            distance: say.distance,
        }
    });
    Checked { value: Point { score: fields.at(at), says: says.collect() }, problems }
}
