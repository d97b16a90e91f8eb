//! Mentions and problems as JSON, for programs.

use super::points::Points;
use crate::diag::{Code, Locus, Problem};
use crate::geoparse::Mention;
use crate::report::Report;
use crate::table::round;
use serde::Serialize;
use std::collections::BTreeMap;

/// A line of `mentions.jsonl`.
#[derive(Serialize)]
struct MentionRow<'a> {
    doc: &'a str,
    start: usize,
    end: usize,
    name: &'a str,
    lat: Option<f64>,
    lon: Option<f64>,
    geonameid: Option<u64>,
    score: f64,
}

/// `mentions.jsonl` of one report: an object a line, in the order given.
///
/// `start` and `end` count Unicode code points of the report's text, end exclusive. `lat`, `lon` and `geonameid` are
/// null where the place, or its GeoNames id, is not known.
#[must_use]
pub fn mentions_jsonl(report: &Report, mentions: &[Mention]) -> String {
    let mut out = String::new();
    let points = Points::of(&report.text);
    for Mention { span, site, score, .. } in mentions {
        let (start, end) = points.span(*span);
        out += &line(&MentionRow {
            doc: &report.id,
            start,
            end,
            name: span.of(&report.text),
            lat: site.as_ref().map(|site| round(site.at.lat())),
            lon: site.as_ref().map(|site| round(site.at.lon())),
            geonameid: site.as_ref().and_then(|site| site.id?.geonames()),
            score: (score * 1e4).round() / 1e4,
        });
    }
    out
}

/// One object of `problems.json`; a key is null where the problem has no such place.
#[derive(Serialize)]
struct ProblemRow<'a> {
    code: &'static str,
    file: Option<&'a str>,
    line: Option<u64>,
    report: Option<&'a str>,
    start_byte: Option<usize>,
    end_byte: Option<usize>,
    message: &'a str,
    help: String,
}

#[derive(Serialize)]
struct Problems<'a> {
    counts: BTreeMap<&'static str, usize>,
    problems: Vec<ProblemRow<'a>>,
}

/// `problems.json`: how many problems of each code, and each of them with its place, sorted.
///
/// `start_byte` and `end_byte` count bytes of the report's text, as a [`Span`](crate::units::Span) does.
#[must_use]
pub fn problems_json(problems: &[Problem]) -> String {
    let mut sorted: Vec<&Problem> = problems.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for problem in &sorted {
        *counts.entry(problem.code).or_default() += 1;
    }
    let rows = sorted.into_iter().map(|problem| {
        let mut row = ProblemRow {
            code: problem.code.name(),
            file: None,
            line: None,
            report: None,
            start_byte: None,
            end_byte: None,
            message: &problem.message,
            help: problem.way_out(),
        };
        match &problem.at {
            Locus::Run => {}
            Locus::File(file) => row.file = Some(file),
            Locus::Line { file, line } => (row.file, row.line) = (Some(file.as_str()), Some(*line)),
            Locus::Words { report, span } => {
                (row.report, row.start_byte, row.end_byte) =
                    (Some(report.as_str()), Some(span.start), Some(span.end));
            }
        }
        row
    });
    let counts = counts.into_iter().map(|(code, count)| (code.name(), count)).collect();
    let all = Problems { counts, problems: rows.collect() };
    // Text, numbers and lists of them always have a JSON form.
    serde_json::to_string_pretty(&all).map_or_else(|_| String::new(), |json| json + "\n")
}

/// An object on a line of its own.
fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).map_or_else(|_| String::new(), |json| json + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{GeoPrecision, Site};
    use crate::gazetteer::{Kind, PlaceId};
    use crate::units::{LonLat, Span};

    fn report(text: &str) -> Report {
        Report {
            id: "a\"b".into(),
            title: None,
            publisher: None,
            url: None,
            published: None,
            text: text.into(),
        }
    }

    #[test]
    fn a_mention_is_counted_in_code_points() {
        let report = report("“Ḩamāh” fell; Homs — Nowhere did not");
        let site = |id: u64| Site {
            id: Some(PlaceId(id)),
            name: "x".into(),
            local: None,
            admin1: None,
            country: None,
            at: LonLat::new(36.757_830_01, 35.0).unwrap(),
            kind: Kind::Town,
            population: 0,
            precision: GeoPrecision::Place,
        };
        let mention = |name: &str, site: Option<Site>| {
            let start = report.text.find(name).unwrap();
            let span = Span { start, end: start + name.len() };
            Mention { span, reach: span, site, score: 0.987_654, rivals: Vec::new(), people: false }
        };
        let mentions = [
            mention("Ḩamāh", Some(site(170_017))),
            mention("Nowhere", None),
            mention("Homs", Some(site(1 << 40))),
        ];
        let text = mentions_jsonl(&report, &mentions);
        assert_eq!(
            text,
            "{\"doc\":\"a\\\"b\",\"start\":1,\"end\":6,\"name\":\"Ḩamāh\",\"lat\":35.0,\"lon\":36.75783,\
             \"geonameid\":170017,\"score\":0.9877}\n\
             {\"doc\":\"a\\\"b\",\"start\":21,\"end\":28,\"name\":\"Nowhere\",\"lat\":null,\"lon\":null,\
             \"geonameid\":null,\"score\":0.9877}\n\
             {\"doc\":\"a\\\"b\",\"start\":14,\"end\":18,\"name\":\"Homs\",\"lat\":35.0,\"lon\":36.75783,\
             \"geonameid\":null,\"score\":0.9877}\n"
        );
    }

    #[test]
    fn problems_are_sorted_counted_and_told_once() {
        let line = |line| Locus::Line { file: "e.csv".into(), line };
        let problems = [
            Problem::new(Code::BadRow, line(10), "late"),
            Problem::new(Code::BadRow, line(2), "early").help("do"),
            Problem::new(Code::BadRow, line(2), "early").help("do"),
            Problem::new(
                Code::UnknownPlace,
                Locus::Words { report: "r".into(), span: Span { start: 3, end: 7 } },
                "x",
            ),
        ];
        let json: serde_json::Value = serde_json::from_str(&problems_json(&problems)).unwrap();
        assert_eq!(json["counts"], serde_json::json!({"bad-row": 2, "unknown-place": 1}));
        assert_eq!(json["problems"][0]["line"], 2);
        assert_eq!(json["problems"][0]["help"], "do");
        assert_eq!(json["problems"][2]["end_byte"], 7);
        assert_eq!(json["problems"][2]["file"], serde_json::Value::Null);
    }
}
