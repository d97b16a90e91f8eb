//! The rows of a table that are used: their words become the text of its report, what they say its claims.

use super::{Given, Kind, Table};
use crate::actor::ActorId;
use crate::claim::{Change, Claim, Evidence, GeoPrecision, Site, Standing, When};
use crate::gazetteer;
use crate::report::{Report, clean};
use crate::table::place::degrees;
use crate::table::{Sought, round};
use crate::units::{LonLat, Span};
use std::collections::BTreeMap;

/// What a row says.
pub(super) struct Draft<'d> {
    /// Its line in the file.
    pub(super) line: u64,
    /// Tells changes of one line apart; empty where there is one.
    pub(super) part: &'d str,
    /// The place's name as the row writes it.
    pub(super) name: &'d str,
    /// The words it rests on.
    pub(super) words: &'d str,
    pub(super) site: Site,
    pub(super) change: Change,
    pub(super) source: Option<String>,
    pub(super) gaining: Option<ActorId>,
    pub(super) losing: Option<ActorId>,
    pub(super) day: When,
}

/// A table's text and claims, as far as it is read.
pub(super) struct Book {
    kind: Kind,
    report: Report,
    claims: Vec<Claim>,
}

impl Book {
    /// Nothing used yet.
    pub(super) fn new(file: &str, kind: Kind, publisher: Option<&str>, url: Option<&str>) -> Self {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let report = Report {
            id: name.strip_suffix(".gz").unwrap_or(name).to_owned(),
            title: None,
            publisher: publisher.map(str::to_owned),
            url: url.map(str::to_owned),
            published: None,
            text: String::new(),
        };
        Self { kind, report, claims: Vec::new() }
    }

    /// Adds a row: its words are a line of the text, headed with the place's name where they do not hold it.
    pub(super) fn add(&mut self, draft: Draft<'_>) {
        let Draft { line, part, name, words, site, change, source, gaining, losing, day } = draft;
        let text = &mut self.report.text;
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        let at = if let Some(at) = whole(words, name) {
            start + at
        } else {
            text.push_str(name);
            if !words.is_empty() {
                text.push_str(": ");
            }
            start
        };
        text.push_str(words);
        let evidence = Evidence {
            report: self.report.id.clone(),
            sentence: usize::try_from(line).unwrap_or(usize::MAX),
            also: Vec::new(),
            name: Span { start: at, end: at + name.len() },
            quote: Span { start, end: text.len() },
            rule: self.kind.name().to_lowercase(),
        };
        let part = if part.is_empty() { String::new() } else { format!("-{part}") };
        self.claims.push(Claim {
            id: format!("{}-line-{line}{part}", self.report.id),
            site,
            change,
            standing: Standing::Reported(source),
            losing: losing.filter(|losing| Some(losing) != gaining.as_ref()),
            gaining,
            day,
            background: false,
            evidence,
        });
    }

    /// The table.
    pub(super) fn close(self) -> Table {
        Table { kind: self.kind, report: self.report, claims: self.claims }
    }
}

/// A cell without what cannot be seen: others wrote it, and a map or a terminal shows it.
pub(super) fn seen(cell: &str) -> String {
    clean(cell).trim().to_owned()
}

/// Where a name stands in a text as whole words.
fn whole(text: &str, name: &str) -> Option<usize> {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let stands =
        |at: &usize| edge(text[..*at].chars().next_back()) && edge(text[at + name.len()..].chars().next());
    text.match_indices(name).map(|(at, _)| at).find(stands)
}

/// What a row says of where it is.
pub(super) struct Spot<'s> {
    pub(super) name: &'s str,
    pub(super) at: Option<LonLat>,
    pub(super) admin1: &'s str,
    /// Its ISO code, if the row or its country's name gives one.
    pub(super) country: Option<&'s str>,
}

/// Finds the ground of rows, each place once.
pub(super) struct Grounds<'a> {
    given: &'a Given<'a>,
    met: BTreeMap<(String, i32, i32), Option<Site>>,
}

impl<'a> Grounds<'a> {
    pub(super) fn new(given: &'a Given<'a>) -> Self {
        Self { given, met: BTreeMap::new() }
    }

    /// The gazetteer's place of that name near the row's position, else a place of the table's own.
    pub(super) fn site(&mut self, spot: &Spot<'_>) -> Option<Site> {
        let (x, y) = spot.at.map_or((i32::MAX, 0), |at| ((at.lon() * 1e5) as i32, (at.lat() * 1e5) as i32));
        let key = (format!("{}\n{}\n{}", spot.name, spot.admin1, spot.country.unwrap_or("")), x, y);
        if let Some(met) = self.met.get(&key) {
            return met.clone();
        }
        let found = self.find(spot);
        self.met.insert(key, found.clone());
        found
    }

    fn find(&self, spot: &Spot<'_>) -> Option<Site> {
        let admin1 = (!spot.admin1.is_empty()).then_some(spot.admin1);
        // Where there is a position, it says which; countries are drawn differently by different people.
        let country = spot.country.filter(|_| spot.at.is_none());
        let sought = Sought { id: None, name: spot.name, admin1, country, at: spot.at };
        let known = if spot.name.is_empty() { None } else { (self.given.resolve)(&sought) };
        let own = |at: LonLat| Site {
            id: None,
            name: if spot.name.is_empty() {
                format!("{}, {}", at.lat(), at.lon())
            } else {
                spot.name.to_owned()
            },
            local: None,
            admin1: admin1.map(str::to_owned),
            country: spot.country.map(str::to_owned),
            at: Some(at),
            kind: gazetteer::Kind::Town,
            population: 0,
            precision: GeoPrecision::Place,
        };
        match spot.at {
            // A row with a position is of that spot: a province of its name is something else.
            Some(at) => Some(known.filter(Site::is_spot).unwrap_or_else(|| own(at))),
            None => known,
        }
    }

    /// The whole of a first-level unit: the gazetteer's, else one of the table's own at the row's position.
    pub(super) fn unit(&self, name: &str, at: LonLat, country: Option<&str>) -> Site {
        let found = self.given.gazetteer.find(name);
        let fits = |code: &str| country.is_none_or(|own| own == code);
        let unit = found
            .iter()
            .find(|found| found.place.kind == gazetteer::Kind::Admin1 && fits(found.place.country))
            .map(|found| Site::of(&found.place));
        let own = || Site {
            id: None,
            name: name.to_owned(),
            local: None,
            admin1: Some(name.to_owned()),
            country: country.map(str::to_owned),
            at: Some(at),
            kind: gazetteer::Kind::Admin1,
            population: 0,
            precision: GeoPrecision::Admin1,
        };
        unit.unwrap_or_else(own)
    }
}

/// The position two cells give, to five decimals.
pub(super) fn position(lat: &str, lon: &str) -> Option<LonLat> {
    LonLat::new(round(degrees(lon)?), round(degrees(lat)?))
}
