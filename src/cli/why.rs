//! `why PLACE --on DAY`: the chain from a colour back to the sentences behind it.

use super::args::WhyArgs;
use super::fail::Fail;
use super::input::Given;
use super::message::clean;
use super::{files, finish, json};
use crate::claim::{Claim, Site};
use crate::diag::{Code, Locus, Problem};
use crate::event::Event;
use crate::event::overrides::Decision;
use crate::run::{self, Situation};
use crate::table::Sought;
use crate::timeline::{Control, Interval};
use crate::units::Date;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::ExitCode;

/// The chain of one place.
#[derive(Serialize)]
pub(super) struct Chain {
    place: String,
    place_id: Option<u64>,
    geo_precision: &'static str,
    admin1: Option<String>,
    country: Option<String>,
    on: String,
    control: Option<&'static str>,
    actors: Vec<String>,
    claimed: bool,
    passing: Option<Between>,
    start: Option<String>,
    start_earliest: Option<String>,
    end: Option<String>,
    baseline: Option<String>,
    events: Vec<Link>,
    others: Vec<Link>,
    dropped: Vec<Link>,
}

/// Whose a place was before and after a change of which the day is not known.
#[derive(Serialize)]
struct Between {
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Serialize)]
struct Link {
    event: String,
    change: &'static str,
    geo_precision: &'static str,
    gaining: Option<String>,
    losing: Option<String>,
    date: Option<String>,
    date_end: Option<String>,
    date_precision: &'static str,
    grade: Option<String>,
    reason: Option<String>,
    disputed: bool,
    decisions: Vec<Decided>,
    sources: Vec<String>,
    claims: Vec<Said>,
}

#[derive(Serialize)]
struct Decided {
    action: &'static str,
    file: String,
    line: u64,
    by: Option<String>,
    note: Option<String>,
    was: Option<String>,
    text: String,
}

#[derive(Serialize)]
struct Said {
    claim: String,
    report: String,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    url: Option<String>,
    standing: &'static str,
    said_by: Option<String>,
    sentence: usize,
    #[serde(skip)]
    is_row: bool,
    start: usize,
    end: usize,
    rule: String,
    quote: String,
    also: Vec<usize>,
}

/// Prints why a place has its colour on a day.
pub(super) fn why(place: &str, args: &WhyArgs, mut given: Given) -> Result<ExitCode, Fail> {
    let situation = given.situation();
    let sites = meant(place, &situation, &given);
    if sites.is_empty() {
        let known = !given.gazetteer.find(place).is_empty();
        let asked = crate::diag::short(place);
        let problem = if known {
            Problem::new(
                Code::NoEvents,
                Locus::Run,
                format!(
                    "nothing is known of who holds `{asked}`: no report speaks of it and no baseline lists it"
                ),
            )
            .help("`conflict-map map` lists the places of which something is known, in places.geojson")
        } else {
            Problem::new(Code::UnknownPlace, Locus::Run, format!("no place called `{asked}` is known"))
                .help("find its spelling with `conflict-map locate`")
        };
        given.problems = vec![problem];
        if json(args.common.format) {
            files::print("[]\n")?;
        }
        return finish(&given, args.common);
    }
    let chains: Vec<Chain> = sites.iter().map(|site| chain(site, args.on, &situation)).collect();
    let text = if json(args.common.format) {
        serde_json::to_string_pretty(&chains).unwrap_or_default() + "\n"
    } else {
        chains.iter().map(told).collect::<Vec<_>>().join("\n")
    };
    files::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The grounds of this name of which something is known: exact names first, then what the gazetteer takes the name for.
fn meant(name: &str, situation: &Situation, given: &Given) -> Vec<Site> {
    let wanted = crate::gazetteer::fold(name);
    let known = || {
        let places = situation.timeline.intervals().map(|interval| &interval.site);
        places.chain(situation.events.iter().chain(&situation.dropped).map(|event| &event.site))
    };
    let mut out: Vec<Site> = Vec::new();
    let add = |out: &mut Vec<Site>, site: &Site| {
        if !out.iter().any(|other| other.key() == site.key()) {
            out.push(site.clone());
        }
    };
    let sought = run::seek(&given.gazetteer, &situation.project, &Sought { name, ..Sought::default() });
    if let Some(site) = &sought {
        known().filter(|other| other.key() == site.key()).take(1).for_each(|site| add(&mut out, site));
    }
    let names = |site: &Site| {
        let mut names = vec![site.name.clone()];
        names.extend(site.local.clone());
        names.extend(
            site.id.map(|id| given.gazetteer.names(id)).unwrap_or_default().into_iter().map(str::to_owned),
        );
        names
    };
    known()
        .filter(|site| names(site).iter().any(|own| crate::gazetteer::fold(own) == wanted))
        .for_each(|site| add(&mut out, site));
    if out.is_empty() {
        // A spelling of its own: what the gazetteer thinks nearest, if anything is known of it.
        for candidate in given.gazetteer.locate(name) {
            known()
                .filter(|site| site.id == Some(candidate.place.id))
                .take(1)
                .for_each(|site| add(&mut out, site));
        }
        out.truncate(1);
    }
    out
}

pub(super) fn chain(site: &Site, on: Date, situation: &Situation) -> Chain {
    let history = situation.timeline.history(&site.key());
    let interval = history.iter().find(|interval| interval.holds(on));
    let sides = |control: &Option<Control>| -> Vec<String> {
        let actors = control.iter().flat_map(Control::actors);
        actors.map(|id| situation.actor_name(id)).collect()
    };
    let passing = interval.and_then(|interval| interval.passing.as_ref());
    let name = |id| situation.actor_name(id);
    let behind: Vec<&str> =
        interval.map(|interval| interval.events.iter().map(String::as_str).collect()).unwrap_or_default();
    let of_site = || situation.events.iter().filter(|event| event.site.key() == site.key());
    Chain {
        place: site.name.clone(),
        place_id: site.id.map(|id| id.0),
        geo_precision: site.precision.name(),
        admin1: site.admin1.clone(),
        country: site.country.clone(),
        on: on.to_string(),
        control: interval.and_then(|interval| interval.control.as_ref()).map(Control::name),
        actors: interval
            .and_then(|interval| interval.control.as_ref())
            .map(|control| control.actors().into_iter().map(name).collect())
            .unwrap_or_default(),
        claimed: interval.is_some_and(|interval| interval.claimed),
        passing: passing
            .map(|passing| Between { before: sides(&passing.before), after: sides(&passing.after) }),
        start: interval.map(|interval: &Interval| interval.start.to_string()),
        start_earliest: interval.and_then(|interval| interval.began.from).map(|day| day.to_string()),
        end: interval.and_then(|interval| interval.end).map(|end| end.to_string()),
        baseline: interval.and_then(|interval| interval.source.clone()),
        events: of_site()
            .filter(|event| behind.contains(&event.id.as_str()))
            .map(|event| link(event, situation))
            .collect(),
        others: of_site()
            .filter(|event| !behind.contains(&event.id.as_str()))
            .map(|event| link(event, situation))
            .collect(),
        dropped: situation
            .dropped
            .iter()
            .filter(|event| event.site.key() == site.key())
            .map(|event| link(event, situation))
            .collect(),
    }
}

fn link(event: &Event, situation: &Situation) -> Link {
    let behind: BTreeSet<&str> = event.claims.iter().map(String::as_str).collect();
    let claims = situation.claims.iter().filter(|claim| behind.contains(claim.id.as_str()));
    let decided = |decision: &Decision| Decided {
        action: decision.action.name(),
        file: decision.file.clone(),
        line: decision.line,
        by: decision.by.clone(),
        note: decision.note.clone(),
        was: decision.was.clone(),
        text: decision.to_string(),
    };
    Link {
        event: event.id.clone(),
        change: event.change.name(),
        geo_precision: event.site.precision.name(),
        gaining: event.gaining.as_ref().map(|id| situation.actor_name(id)),
        losing: event.losing.as_ref().map(|id| situation.actor_name(id)),
        date: event.day.from.map(|day| day.to_string()),
        date_end: event.day.to.map(|day| day.to_string()),
        date_precision: event.day.precision.name(),
        grade: event.grade.map(|grade| grade.to_string()),
        reason: Some(event.record.reason.clone()).filter(|reason| !reason.is_empty()),
        disputed: event.disputed,
        decisions: event.record.decisions.iter().map(decided).collect(),
        sources: event.sources.clone(),
        claims: claims.map(|claim| said(claim, situation)).collect(),
    }
}

fn said(claim: &Claim, situation: &Situation) -> Said {
    let evidence = &claim.evidence;
    let report = situation.reports.get(&evidence.report);
    let text = report.map_or("", |report| report.text.as_str());
    let (start, end) = evidence.name.code_points(text);
    Said {
        claim: claim.id.clone(),
        report: evidence.report.clone(),
        title: report.and_then(|report| report.title.clone()),
        publisher: report.and_then(|report| report.publisher.clone()),
        published: report.and_then(|report| report.published).map(|day| day.to_string()),
        url: report.and_then(|report| report.url.clone()),
        standing: claim.standing.name(),
        said_by: claim.standing.said_by().map(str::to_owned),
        sentence: evidence.sentence,
        is_row: situation.tables.contains_key(&evidence.report),
        start,
        end,
        rule: evidence.rule.clone(),
        quote: evidence.quote.of(text).to_owned(),
        also: evidence.also.clone(),
    }
}

/// A chain in words.
pub(super) fn told(chain: &Chain) -> String {
    let mut out = String::new();
    let within = [chain.admin1.as_deref(), chain.country.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let named =
        |actors: &[String]| if actors.is_empty() { "nobody known".to_owned() } else { actors.join(", ") };
    let holder = match (chain.control, chain.actors.as_slice()) {
        _ if chain.passing.is_some() => chain.passing.as_ref().map_or_else(String::new, |passing| {
            let (before, after) = (named(&passing.before), named(&passing.after));
            format!("it changed on an unknown day, held by {before} before and by {after} after")
        }),
        (Some("held"), [actor, ..]) => {
            format!("held by {actor}{}", if chain.claimed { " (only that side says so)" } else { "" })
        }
        (Some("contested"), actors) => format!("contested: {}", actors.join(", ")),
        (Some("besieged"), [holder, by @ ..]) => {
            format!(
                "held by {holder}, besieged{}",
                by.first().map_or_else(String::new, |by| format!(" by {by}"))
            )
        }
        _ => "held by nobody known".to_owned(),
    };
    if chain.geo_precision != "place" {
        let _ = writeln!(
            out,
            "{} [{}] ({within}): what is said of it as a whole repaints no town",
            chain.place, chain.geo_precision
        );
        for link in chain.events.iter().chain(&chain.others) {
            event(&mut out, link);
        }
        dropped(&mut out, chain);
        return clean(&out);
    }
    let _ = write!(out, "{} ({within}) on {}: {holder}", chain.place, chain.on);
    if let Some(start) = &chain.start {
        let _ = match &chain.start_earliest {
            _ if chain.passing.is_some() => write!(out, "; not before {start}"),
            Some(earliest) if earliest < start => {
                write!(out, " since {start} at the latest, {earliest} at the earliest")
            }
            _ => write!(out, " since {start}"),
        };
    }
    if let Some(end) = &chain.end {
        let word = if chain.passing.is_some() { " and not after" } else { " until" };
        let _ = write!(out, "{word} {end}");
    }
    out.push('\n');
    if let Some(source) = &chain.baseline {
        let _ = writeln!(out, "  baseline: {source}");
    }
    if chain.events.is_empty() && chain.baseline.is_none() {
        out.push_str("  no event is dated on or before that day\n");
    }
    for link in &chain.events {
        event(&mut out, link);
    }
    if !chain.others.is_empty() {
        out.push_str("other events there:\n");
        for link in &chain.others {
            event(&mut out, link);
        }
    }
    dropped(&mut out, chain);
    clean(&out)
}

/// What reports say of the place and an analyst does not believe.
fn dropped(out: &mut String, chain: &Chain) {
    if !chain.dropped.is_empty() {
        out.push_str("dropped by hand:\n");
    }
    for link in &chain.dropped {
        event(out, link);
    }
}

fn event(out: &mut String, link: &Link) {
    let change = link.change.replace('_', " ");
    let what = match (&link.gaining, &link.losing) {
        (Some(gaining), Some(losing)) => format!("{change} by {gaining} from {losing}"),
        (Some(gaining), None) => format!("{change} by {gaining}"),
        (None, Some(losing)) => format!("{change}, lost by {losing}"),
        (None, None) => change,
    };
    let day = match (&link.date, &link.date_end) {
        (Some(from), Some(to)) if from == to => from.clone(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (None, Some(to)) => format!("on or before {to}"),
        _ => "no date".to_owned(),
    };
    let grade = link.grade.as_ref().map_or_else(String::new, |grade| format!(", grade {grade}"));
    let disputed = if link.disputed { ", disputed" } else { "" };
    let scope =
        if link.geo_precision == "place" { String::new() } else { format!(" [{}]", link.geo_precision) };
    let _ = writeln!(out, "  event {}: {what}{scope}, {day}{grade}{disputed}", link.event);
    if let Some(reason) = &link.reason {
        let _ = writeln!(
            out,
            "    {}{reason}",
            link.grade.as_ref().map_or_else(String::new, |grade| format!("{grade}: "))
        );
    }
    for decision in &link.decisions {
        let _ = writeln!(out, "    {}", decision.text);
    }
    for said in &link.claims {
        let who = said.said_by.as_ref().map_or_else(String::new, |who| format!(" by {who}"));
        let source = [
            Some(said.publisher.clone().unwrap_or_else(|| said.report.clone())),
            said.published.clone(),
            said.title.clone().map(|title| format!("“{title}”")),
            said.url.clone(),
        ];
        let source = source.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "    claim {} ({}{who}): {source}", said.claim, said.standing);
        let also = match said.also.as_slice() {
            [] => String::new(),
            also => format!(
                "; also sentences {}",
                also.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            ),
        };
        let _ = writeln!(out, "      “{}”", said.quote);
        if said.is_row {
            let _ = writeln!(
                out,
                "      line {} of the table {}, rule {}",
                said.sentence, said.report, said.rule
            );
            continue;
        }
        let _ = writeln!(
            out,
            "      sentence {}, name at characters {}–{}, rule {}{also}",
            said.sentence, said.start, said.end, said.rule
        );
    }
}
