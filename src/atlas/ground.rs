//! The ground of a situation: its region, the settlement graph of that, and what is known of places on a day.

use crate::actor::ActorId;
use crate::areas::{self, Held, Net, Region, Rules, Survey};
use crate::basemap::{Basemap, Extent};
use crate::claim::Site;
use crate::diag::{Checked, Code, Locus, Problem};
use crate::event::Event;
use crate::event::overrides::Action;
use crate::gazetteer::Gazetteer;
use crate::project::By;
use crate::run::Situation;
use crate::timeline::{Control, Interval};
use crate::units::{Date, LonLat};
use std::collections::BTreeSet;

/// The region of the project; else what lies around the places that have a history.
fn region(situation: &Situation, base: &Basemap) -> Checked<Region> {
    let drawing = &situation.project.drawing;
    if let Some((name, outline)) = &drawing.outline {
        return Checked::fine(Region::within(base, name, outline, &at_war(situation)));
    }
    if let Some([west, south, east, north]) = drawing.bbox {
        if let Some(extent) = Extent::new(west, south, east, north) {
            let countries = at_war(situation);
            let there = base.countries_in(&extent);
            let named: Vec<&str> = there
                .iter()
                .filter(|country| countries.contains(&country.code))
                .map(|country| country.name)
                .collect();
            let all: Vec<&str> = there.iter().map(|country| country.name).collect();
            let name = self::named(if named.is_empty() { &all } else { &named });
            return Checked::fine(Region::extent(base, &name, &extent, &countries));
        }
        let message =
            format!("{west}, {south}, {east}, {north} is no rectangle; the region is chosen otherwise");
        let way_out = "write it as west, south, east, north, in degrees";
        let problem = Problem::new(Code::BadProject, Locus::Run, message).help(way_out);
        return Checked { problems: vec![problem], ..listed_or_around(situation, base) };
    }
    listed_or_around(situation, base)
}

/// The countries whose ground is asked for: the project's, else those in which places have a history. A rectangle or an outline
/// cuts from these, so that control does not run over a border that nobody crossed.
fn at_war(situation: &Situation) -> Vec<&str> {
    let listed: Vec<&str> = situation.project.region.iter().map(String::as_str).collect();
    if !listed.is_empty() {
        return listed;
    }
    let of_history = situation.timeline.intervals().map(|interval| &interval.site);
    let countries = of_history.filter_map(|site| site.country.as_deref());
    countries.collect::<BTreeSet<_>>().into_iter().collect()
}

/// What a rectangle shows, in words.
fn named(countries: &[&str]) -> String {
    match countries {
        [] => "open sea".to_owned(),
        [one] => format!("parts of {one}"),
        [one, other] => format!("parts of {one} and {other}"),
        [one, two, three] => format!("parts of {one}, {two} and {three}"),
        many => format!("parts of {} countries", many.len()),
    }
}

/// The units or countries of the project; else what lies around the places that have a history.
fn listed_or_around(situation: &Situation, base: &Basemap) -> Checked<Region> {
    let units: Vec<&str> = situation.project.drawing.units.iter().map(String::as_str).collect();
    if !units.is_empty() {
        return Region::units(base, &units);
    }
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
    let rules = Rules { rivers: situation.project.drawing.rivers, ..Rules::default() };
    let known = situation.timeline.intervals().filter_map(|interval| interval.site.at);
    let places: Vec<LonLat> =
        areas::settlements(gazetteer, base, &region.value).into_iter().chain(known).collect();
    Checked { value: Net::of(region.value, base, places, rules), problems: region.problems }
}

/// A survey that knows who fights on whose side.
#[must_use]
pub fn survey<'n>(situation: &Situation, net: &'n Net) -> Survey<'n> {
    let actors = situation.project.actors.iter();
    Survey::of(net).allied(actors.map(|actor| (actor.id.clone(), actor.side.clone())).collect())
}

/// Control by sides: what allies contest among each other is held by their side.
fn of_sides(control: &Control, side: &dyn Fn(&ActorId) -> ActorId) -> Control {
    match control {
        Control::Held(actor) => Control::Held(side(actor)),
        Control::Contested(actors) => {
            let sides: BTreeSet<ActorId> = actors.iter().map(side).collect();
            match sides.first() {
                Some(one) if sides.len() == 1 && actors.len() > 1 => Control::Held(one.clone()),
                _ => Control::Contested(sides.into_iter().collect()),
            }
        }
        Control::Besieged { holder, by } => {
            let holder = side(holder);
            Control::Besieged { by: by.as_ref().map(side).filter(|by| *by != holder), holder }
        }
    }
}

/// What is known of a situation's places on a day.
#[derive(Clone, Debug)]
pub struct Holdings<'a> {
    rows: Vec<(&'a Interval, Option<Control>)>,
    /// Ids of the events that somebody confirmed by hand, or whose place somebody corrected.
    vouched: BTreeSet<&'a str>,
}

impl<'a> Holdings<'a> {
    /// What the timeline says of the day: of the places, and of the settlements in the region that a baseline's polygons label.
    ///
    /// On days on which a place may have changed hands nobody is known to hold it. What an earlier run only presumed is given
    /// no more weight than a claim.
    #[must_use]
    pub fn of(situation: &'a Situation, region: &Region, day: Date) -> Self {
        let by_side = situation.project.drawing.by == By::Side;
        let side = |actor: &ActorId| {
            situation.project.cast.actor(actor).map_or_else(|| actor.clone(), |actor| actor.side.clone())
        };
        let control = |interval: &Interval| {
            let control = interval.control.as_ref()?;
            Some(if by_side { of_sides(control, &side) } else { control.clone() })
        };
        // Polygons may reach far beyond what is drawn, and nobody wants to be told of each village there.
        let settlements = situation.timeline.settlements(day);
        let settlements =
            settlements.filter(|interval| interval.site.at.is_some_and(|at| region.contains(at)));
        let intervals = situation.timeline.at(day).into_iter().chain(settlements);
        let by_hand = |event: &&Event| {
            let decisions = event.record.decisions.iter();
            decisions
                .map(|decision| decision.action)
                .any(|action| matches!(action, Action::Confirm | Action::FixPlace))
        };
        let vouched = situation.events.iter().filter(by_hand).map(|event| event.id.as_str()).collect();
        Self { rows: intervals.map(|interval| (interval, control(interval))).collect(), vouched }
    }

    /// The same as [`Survey::ground`] and [`Survey::fields`] take it.
    #[must_use]
    pub fn held(&self) -> Vec<Held<'_>> {
        let rows = self.rows.iter();
        rows.map(|(interval, control)| Held {
            site: &interval.site,
            control: control.as_ref(),
            claimed: interval.claimed || interval.presumed,
            vouched: interval.events.iter().any(|event| self.vouched.contains(event.as_str())),
        })
        .collect()
    }
}
