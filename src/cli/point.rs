//! `why --at LAT,LON --on DAY`: which places decide whose a point of ground is, and what stands behind those.

use super::args::WhyArgs;
use super::fail::Fail;
use super::input::Given;
use super::message::clean;
use super::why::{Chain, chain, told};
use super::{files, finish, json};
use crate::atlas;
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
    score: f64,
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
    let point = atlas::point(&situation, args.on, at);
    let round = |number: f64| (number * 1e3).round() / 1e3;
    let says = point.says.iter().take(TOLD).map(|say| Say {
        share: round(say.share),
        km: (say.distance.0 * 10.0).round() / 10.0,
        chain: chain(&say.interval.site, args.on, &situation),
    });
    let control = point.control.as_ref();
    let ground = Ground {
        lat: at.lat(),
        lon: at.lon(),
        on: args.on.to_string(),
        control: control.map(Control::name),
        actors: control.into_iter().flat_map(Control::actors).map(|id| situation.actor_name(id)).collect(),
        score: round(point.score),
        places: says.collect(),
    };
    if ground.places.is_empty() {
        let message =
            format!("nothing is known of the ground around {}, {} on {}", at.lat(), at.lon(), args.on);
        given.problems = vec![
            Problem::new(Code::NoGround, Locus::Run, message)
                .help("no place is known close enough, or none by that day; see places.geojson"),
        ];
    } else {
        given.problems.clear();
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
        (Some("besieged"), [holder, ..]) => format!("held by {holder}, besieged"),
        (Some(_), actors) => format!("contested: {}", actors.join(", ")),
        _ => "unknown".to_owned(),
    };
    let mut out = format!(
        "the ground at {}, {} on {}: {holder} (score {:.2} of 1, estimated)\n",
        ground.lat, ground.lon, ground.on, ground.score
    );
    for say in &ground.places {
        let _ =
            write!(out, "{:.0} % by a place {:.1} km away: {}", say.share * 100.0, say.km, told(&say.chain));
    }
    clean(&out)
}
