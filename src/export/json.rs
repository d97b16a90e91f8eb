//! Problems as JSON, for programs.

use crate::diag::{Code, Locus, Problem};
use serde::Serialize;
use std::collections::BTreeMap;

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
    page(sorted, &counts)
}

/// As [`problems_json`], of the first problems of so many that not all were kept: `counts` has all of them.
#[must_use]
pub fn first_problems_json(problems: &[Problem], counts: &BTreeMap<Code, usize>) -> String {
    let mut sorted: Vec<&Problem> = problems.iter().collect();
    sorted.sort();
    page(sorted, counts)
}

fn page(sorted: Vec<&Problem>, counts: &BTreeMap<Code, usize>) -> String {
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
    let counts = counts.iter().map(|(code, count)| (code.name(), *count)).collect();
    let all = Problems { counts, problems: rows.collect() };
    // Text, numbers and lists of them always have a JSON form.
    serde_json::to_string_pretty(&all).map_or_else(|_| String::new(), |json| json + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Span;

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
