//! What ground passed from whom to whom between two days.

use super::input::Given;
use super::message::clean;
use crate::actor::ActorId;
use crate::areas::{self, Gain, Ground};
use crate::atlas::{self, Holdings};
use crate::basemap::Basemap;
use crate::claim::SiteKey;
use crate::run::Situation;
use crate::units::Date;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Front lines, ground and what passed from whom to whom, on two days.
pub(super) struct Movement<'a> {
    situation: &'a Situation,
    days: [Ground; 2],
    gains: Vec<Gain>,
    names: BTreeMap<SiteKey, String>,
}

/// Works out the ground of both days, telling what is wrong with it.
pub(super) fn movement<'a>(situation: &'a Situation, days: [Date; 2], given: &mut Given) -> Movement<'a> {
    let net = atlas::net(situation, &Basemap::embedded(), &given.gazetteer).unload(&mut given.problems);
    let mut survey = atlas::survey(situation, &net);
    let mut told = Vec::new();
    let days = days
        .map(|day| survey.ground(day, &Holdings::of(situation, net.region(), day).held()).unload(&mut told));
    let mut seen = BTreeSet::new();
    told.retain(|problem| seen.insert(problem.clone()));
    given.problems.append(&mut told);
    let gains = areas::between(&days[0], &days[1]);
    let sites = situation.timeline.intervals().map(|interval| &interval.site);
    let names = sites.map(|site| (site.key(), site.name.clone())).collect();
    Movement { situation, days, gains, names }
}

impl Movement<'_> {
    fn name(&self, actor: Option<&ActorId>) -> String {
        actor.map_or_else(|| "nobody known".to_owned(), |actor| clean(&self.situation.actor_name(actor)))
    }

    fn places(&self, gain: &Gain) -> Vec<&str> {
        gain.places.iter().filter_map(|key| self.names.get(key)).map(String::as_str).collect()
    }

    /// Length of front and square kilometres of unknown ground on a day.
    fn sums(ground: &Ground) -> (f64, f64) {
        let front = ground.fronts.iter().map(|front| front.length.0).sum::<f64>();
        (front, areas::square_km(&ground.unknown))
    }

    /// A line for each that gained ground, and one for each day.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        // What rounds to nothing and moved no place is nothing to read of.
        let worth = |gain: &&Gain| gain.area >= 0.5 || !gain.places.is_empty();
        for gain in self.gains.iter().filter(worth) {
            let (from, to) = (self.name(gain.from.as_ref()), self.name(gain.to.as_ref()));
            let _ = write!(out, "  {from} → {to}: {:.0} km²", gain.area);
            let places = self.places(gain);
            if !places.is_empty() {
                let _ = write!(out, ", {}", clean(&places.join(", ")));
            }
            out.push('\n');
        }
        if out.is_empty() {
            out.push_str("  no ground changed hands\n");
        }
        for ground in &self.days {
            let (front, unknown) = Self::sums(ground);
            let _ = writeln!(out, "{}: {front:.0} km of front line, {unknown:.0} km² unknown", ground.day);
        }
        out
    }

    /// The same for programs.
    pub(super) fn json(&self) -> Value {
        let gains = self.gains.iter().map(|gain| {
            json!({
                "from": gain.from.as_ref().map(|actor| self.name(Some(actor))),
                "to": gain.to.as_ref().map(|actor| self.name(Some(actor))),
                "km2": (gain.area * 10.0).round() / 10.0,
                "places": self.places(gain),
            })
        });
        let days = self.days.iter().map(|ground| {
            let (front, unknown) = Self::sums(ground);
            json!({
                "day": ground.day.to_string(),
                "front_km": (front * 10.0).round() / 10.0,
                "unknown_km2": (unknown * 10.0).round() / 10.0,
            })
        });
        json!({ "gains": gains.collect::<Vec<_>>(), "days": days.collect::<Vec<_>>() })
    }
}
