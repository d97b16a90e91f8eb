//! Commands that print a table or a list.

use super::args::{Common, LocateArgs};
use super::fail::Fail;
use super::input::Given;
use super::message::{Texts, clean, counted};
use super::{files, finish, json};
use crate::diag::{Code, Locus, Problem, grouped};
use crate::export;
use crate::gazetteer::{Candidate, Gazetteer};
use serde::Serialize;
use std::fmt::Write as _;
use std::process::ExitCode;

#[derive(Serialize)]
struct Found<'a> {
    query: &'a str,
    name: &'a str,
    matched: &'a str,
    local: Option<&'a str>,
    kind: &'static str,
    country: &'a str,
    admin1: Option<&'a str>,
    lat: f64,
    lon: f64,
    population: u64,
    place_id: u64,
    geonameid: Option<u64>,
    score: f64,
}

/// Prints the places that have a name.
pub(super) fn locate(args: &LocateArgs) -> Result<ExitCode, Fail> {
    let (mut problems, mut texts) = (Vec::new(), Texts::default());
    let gazetteer = super::gazetteer::lay(&args.places, &[], &mut problems, &mut texts)?;
    if let Some(code) = &args.country
        && gazetteer.country(&code.to_ascii_uppercase()).is_none()
    {
        return Err(Fail::Asked(
            format!("`{}` is not the ISO code of a country", crate::diag::short(code)),
            "use two-letter codes such as SY, UA, SD",
        ));
    }
    let mut out = String::new();
    let mut all: Vec<String> = Vec::new();
    for query in &args.names {
        let mut found = match &args.country {
            Some(code) => gazetteer.locate_in(query, &[&code.to_ascii_uppercase()]),
            None => gazetteer.locate(query),
        };
        if found.is_empty() {
            let place = args.country.as_ref().map_or_else(String::new, |code| format!(" in {code}"));
            let query = crate::diag::short(query);
            problems.push(
                Problem::new(
                    Code::UnknownPlace,
                    Locus::Run,
                    format!("no place called `{query}` is known{place}"),
                )
                .help(if args.country.is_some() {
                    "look without --country, or try another spelling or the local script"
                } else {
                    "try another spelling or the local script"
                }),
            );
        }
        found.truncate(args.limit.max(1));
        if json(args.common.format) {
            all.extend(
                found
                    .iter()
                    .map(|candidate| serde_json::to_string(&row(query, candidate)).unwrap_or_default()),
            );
        } else if !found.is_empty() {
            if args.names.len() > 1 {
                let _ = writeln!(out, "{}", clean(query));
            }
            list(&mut out, &found, &gazetteer);
        }
    }
    if json(args.common.format) {
        out = format!("[{}]\n", all.join(",\n "));
    }
    files::print(&out)?;
    super::message::problems(&problems, &texts, args.common.format)?;
    Ok(if args.common.strict && !problems.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn row<'a>(query: &'a str, candidate: &'a Candidate<'_>) -> Found<'a> {
    let place = &candidate.place;
    let round = |value: f64, by: f64| (value * by).round() / by;
    Found {
        query,
        name: place.name,
        matched: candidate.matched,
        local: place.local,
        kind: place.kind.name(),
        country: place.country,
        admin1: place.admin1,
        lat: round(place.at.lat(), 1e5),
        lon: round(place.at.lon(), 1e5),
        population: place.population,
        place_id: place.id.0,
        geonameid: place.id.geonames(),
        score: round(candidate.score, 1e3),
    }
}

fn list(out: &mut String, found: &[Candidate<'_>], gazetteer: &Gazetteer) {
    for candidate in found {
        let place = &candidate.place;
        let name = match place.local {
            Some(local) => format!("{} ({local})", place.name),
            None => place.name.to_owned(),
        };
        let country = gazetteer.country(place.country).map_or(place.country, |country| country.name);
        let within = [place.kind.name(), place.admin1.unwrap_or(""), country]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(", ");
        let people = if place.population > 0 {
            format!("{} people", grouped(place.population))
        } else {
            "population unknown".to_owned()
        };
        let _ = writeln!(
            out,
            "  {:.3}  {}  {}  {:.4}, {:.4}  {people}",
            candidate.score,
            clean(&name),
            clean(&within),
            place.at.lat(),
            place.at.lon(),
        );
    }
}

/// Reads everything and tells problems only.
pub(super) fn check(mut given: Given, common: Common) -> Result<ExitCode, Fail> {
    let (count, beside) = (given.reports.len(), given.tables.len());
    let situation = given.situation();
    if json(common.format) {
        files::print(&export::problems_json(&given.problems))?;
        return Ok(if common.strict && !given.problems.is_empty() {
            ExitCode::from(1)
        } else {
            ExitCode::SUCCESS
        });
    }
    let code = finish(&given, common)?;
    let plural = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let tables = if beside == 0 { String::new() } else { format!(" and {}", plural(beside, "table")) };
    files::print(&format!(
        "{}{tables} read, {}, {}, {}\n",
        plural(count, "report"),
        plural(situation.claims.len(), "claim"),
        plural(situation.events.len(), "event"),
        counted(&given.problems)
    ))?;
    Ok(code)
}
