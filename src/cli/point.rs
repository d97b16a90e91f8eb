//! `why --at LAT,LON --on DAY`: which places decide whose a point of ground is, and what stands behind those.

use super::args::WhyArgs;
use super::fail::Fail;
use super::input::Given;
use super::message::clean;
use super::why::{Chain, chain, told};
use super::{files, finish, json};
use crate::actor::ActorId;
use crate::atlas;
use crate::basemap::Basemap;
use crate::diag::{Code, Locus, Problem};
use crate::timeline::Control;
use crate::units::LonLat;
use serde::Serialize;
use std::fmt::Write as _;
use std::process::ExitCode;

/// Places whose chain is told in full.
const TOLD: usize = 5;

#[derive(Serialize)]
struct Ground {
    lat: f64,
    lon: f64,
    on: String,
    control: Option<&'static str>,
    actors: Vec<String>,
    certainty: Option<&'static str>,
    likeliest: Option<String>,
    score: Option<f64>,
    nearest_km: Option<f64>,
    places: Vec<Say>,
}

#[derive(Serialize)]
struct Say {
    share: f64,
    km: f64,
    #[serde(flatten)]
    chain: Chain,
}

/// Prints why a point of ground has its colour on a day.
pub(super) fn why(at: LonLat, args: &WhyArgs, mut given: Given) -> Result<ExitCode, Fail> {
    let situation = given.situation();
    given.problems.clear();
    let base = Basemap::embedded();
    let point = atlas::point(&situation, &base, &given.gazetteer, args.on, at);
    let point = point.unload(&mut given.problems);
    // Places that are far off, or set aside, have no say here.
    given.problems.retain(|problem| !matches!(problem.code, Code::StrayPlace | Code::OffMap));
    let round = |number: f64, by: f64| (number * by).round() / by;
    let says = point.says.iter().flat_map(|say| say.places.iter().map(move |place| (say, place)));
    let says = says.take(TOLD).map(|(say, place)| Say {
        share: round(say.share, 1e3),
        km: round(say.distance.0, 10.0),
        chain: chain(&place.site, args.on, &situation),
    });
    let score = point.score.as_ref();
    let control = score.and_then(|score| score.control.as_ref());
    let name = |id: &ActorId| situation.actor_name(id);
    let ground = Ground {
        lat: at.lat(),
        lon: at.lon(),
        on: args.on.to_string(),
        control: control.map(Control::name),
        actors: control.into_iter().flat_map(Control::actors).map(name).collect(),
        certainty: score.map(|score| score.certainty.name()),
        likeliest: score.and_then(|score| score.holder.as_ref()).map(name),
        score: score.map(|score| round(score.score, 1e3)),
        nearest_km: score.map(|score| round(score.nearest.0, 10.0)),
        places: says.collect(),
    };
    if ground.places.is_empty() {
        let message = format!("nothing is known of the ground at {}, {} on {}", at.lat(), at.lon(), args.on);
        let help = "it lies off the land of the region, or nothing is known by that day; see places.geojson";
        given.problems.push(Problem::new(Code::NoGround, Locus::Run, message).help(help));
    }
    let text = if json(args.common.format) {
        serde_json::to_string_pretty(&ground).unwrap_or_default() + "\n"
    } else {
        words(&ground)
    };
    files::print(&text)?;
    finish(&given, args.common)
}

fn words(ground: &Ground) -> String {
    let holder = match (ground.control, ground.actors.as_slice()) {
        (Some("held"), [actor, ..]) => format!("held by {actor}"),
        (Some(_), actors) => format!("contested: {}", actors.join(", ")),
        _ => "unknown".to_owned(),
    };
    let mut out = format!("the ground at {}, {} on {}: {holder}", ground.lat, ground.lon, ground.on);
    if let (Some(score), Some(certainty), Some(near)) = (ground.score, ground.certainty, ground.nearest_km) {
        let said = match &ground.likeliest {
            _ if ground.control.is_some() => certainty.to_owned(),
            Some(name) => format!("likeliest {name}"),
            None => "as likely one as another".to_owned(),
        };
        let _ = write!(out, " ({said}: score {score:.2} of 1, the nearest known place {near} km away)");
    }
    out.push('\n');
    if !ground.places.is_empty() {
        out.push_str("estimated from the places around it; those with the greatest say:\n");
    }
    for say in &ground.places {
        let _ = write!(out, "\n{:.0} %, {:.1} km away: {}", say.share * 100.0, say.km, told(&say.chain));
    }
    clean(&out)
}
