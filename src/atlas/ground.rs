//! The ground of a situation: its region, the settlement graph of that, and what is known of places on a day.

use crate::areas::{self, Held, Net, Region, Rules, Survey};
use crate::basemap::Basemap;
use crate::claim::Site;
use crate::diag::Checked;
use crate::gazetteer::Gazetteer;
use crate::run::Situation;
use crate::timeline::{Control, Interval};
use crate::units::{Date, LonLat};
use std::collections::BTreeSet;

/// The region of the project; else what lies around the places that have a history.
fn region(situation: &Situation, base: &Basemap) -> Checked<Region> {
    let listed: Vec<&str> = situation.project.region.iter().map(String::as_str).collect();
    if !listed.is_empty() {
        return Region::countries(base, &listed);
    }
    let of_history = situation.timeline.intervals().map(|interval| &interval.site);
    let of_history = of_history.chain(situation.timeline.labelled());
    let sites: Vec<&Site> = of_history.chain(situation.events.iter().map(|event| &event.site)).collect();
    let places: Vec<(LonLat, Option<&str>)> =
        sites.iter().filter_map(|site| Some((site.at?, site.country.as_deref()))).collect();
    let mut region = Region::around(base, &places);
    // Where no country lends its name, the places do.
    if !places.is_empty() && places.iter().all(|(at, code)| code.is_none() && base.country_at(*at).is_none())
    {
        let names: BTreeSet<&str> = sites.iter().map(|site| site.name.as_str()).collect();
        let first = names.first().copied().unwrap_or_default();
        region.name = match names.len() {
            1 => first.to_owned(),
            2 => format!("{first} and 1 other place"),
            n => format!("{first} and {} other places", n - 1),
        };
    }
    Checked::fine(region)
}

/// The settlement graph of a situation's region: all settlements of the gazetteer, and every place that has a history.
#[must_use]
pub fn net(situation: &Situation, base: &Basemap, gazetteer: &Gazetteer) -> Checked<Net> {
    let region = region(situation, base);
    let known = situation.timeline.intervals().map(|interval| &interval.site);
    let known = known.chain(situation.timeline.labelled()).filter_map(|site| site.at);
    let places: Vec<LonLat> =
        areas::settlements(gazetteer, base, &region.value).into_iter().chain(known).collect();
    Checked { value: Net::of(region.value, base, places, Rules::default()), problems: region.problems }
}

/// A survey that knows who fights on whose side.
#[must_use]
pub fn survey<'n>(situation: &Situation, net: &'n Net) -> Survey<'n> {
    let actors = situation.project.actors.iter();
    Survey::of(net).allied(actors.map(|actor| (actor.id.clone(), actor.side.clone())).collect())
}

/// What is known of a situation's places on a day.
#[derive(Clone, Debug)]
pub struct Holdings<'a>(Vec<(&'a Interval, Option<Control>)>);

impl<'a> Holdings<'a> {
    /// What the timeline says of the day: of the places, and of the settlements that a baseline's polygons label.
    ///
    /// On days on which a place may have changed hands nobody is known to hold it. What an earlier run only presumed is given
    /// no more weight than a claim.
    #[must_use]
    pub fn of(situation: &'a Situation, day: Date) -> Self {
        let intervals = situation.timeline.at(day).into_iter().chain(situation.timeline.settlements(day));
        Self(intervals.map(|interval| (interval, interval.control.clone())).collect())
    }

    /// The same as [`Survey::ground`] and [`Survey::fields`] take it.
    #[must_use]
    pub fn held(&self) -> Vec<Held<'_>> {
        let rows = self.0.iter();
        rows.map(|(interval, control)| Held {
            site: &interval.site,
            control: control.as_ref(),
            claimed: interval.claimed || interval.presumed,
        })
        .collect()
    }
}
