//! Rows that cannot be used: counted by reason, so that a table of a million rows is told in a few lines.

use crate::diag::{Code, Locus, Problem, grouped, short};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Lines named in a message.
const LISTED: usize = 6;

/// Why rows are left out. The words follow "the row" and "12 rows".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reason {
    pub(super) code: Code,
    pub(super) one: &'static str,
    pub(super) many: &'static str,
    pub(super) help: &'static str,
}

impl Reason {
    const fn row(one: &'static str, many: &'static str, help: &'static str) -> Self {
        Self { code: Code::BadRow, one, many, help }
    }

    pub(super) const SHIFTED: Self = Self::row(
        "has more cells than the header has columns",
        "have more cells than the header has columns",
        "put cells that hold the separator in double quotes",
    );
    pub(super) const CUT: Self = Self::row(
        "ends before it says what happened",
        "end before they say what happened",
        "fetch the table again; the rest of it was used",
    );
    pub(super) const AGAIN: Self = Self::row(
        "tells an event that a row above tells",
        "tell events that rows above tell",
        "the first row of an event was used; exports by actor have one for each side",
    );
    pub(super) const NO_DATE: Self = Self {
        code: Code::BadDate,
        one: "has no usable date",
        many: "have no usable date",
        help: "write dates as YYYY-MM-DD; of 05/12/2024 nobody can tell which number is the day",
    };
    pub(super) const NO_SPOT: Self = Self {
        code: Code::BadPlace,
        one: "has no usable position",
        many: "have no usable position",
        help: "give a latitude in ±90 and a longitude in ±180, in decimal degrees",
    };
    pub(super) const NO_PLACE: Self = Self {
        code: Code::UnknownPlace,
        one: "is of a place that no gazetteer knows",
        many: "are of places that no gazetteer knows",
        help: "give lat and lon, or install the places of the country: `conflict-map gazetteer fetch` and its code",
    };
    pub(super) const NOBODY: Self = Self::row(
        "does not say who gained or lost the place",
        "do not say who gained or lost the place",
        "where the gaining side is not identified, nothing can be drawn",
    );
    pub(super) const NO_CHANGE: Self = Self::row(
        "tells of a change that is not known",
        "tell of a change that is not known",
        "say what the word means in `values` of the table: captured, withdrew, contested, besieged, siege_lifted or none",
    );
    pub(super) const SAYS_NOTHING: Self = Self {
        code: Code::NoControl,
        one: "says nothing of control, by the project's `values`",
        many: "say nothing of control, by the project's `values`",
        help: "they are counted and left out; nothing needs to be done",
    };
}

/// How often a reason was met, and where first.
#[derive(Default)]
struct Met {
    count: u64,
    lines: Vec<u64>,
    first: String,
}

/// The rows of one file that could not be used.
#[derive(Default)]
pub(super) struct Told(BTreeMap<Reason, Met>);

impl Told {
    /// Counts a row; `value` is what is wrong with it, if that can be shown.
    pub(super) fn add(&mut self, reason: Reason, line: u64, value: &str) {
        let met = self.0.entry(reason).or_default();
        if met.count == 0 {
            value.clone_into(&mut met.first);
        }
        met.count += 1;
        if met.lines.len() < LISTED {
            met.lines.push(line);
        }
    }

    /// One problem for each reason.
    pub(super) fn problems(self, file: &str) -> Vec<Problem> {
        self.0.into_iter().map(|(reason, met)| problem(reason, &met, file)).collect()
    }
}

fn problem(reason: Reason, met: &Met, file: &str) -> Problem {
    let mut message = match met.count {
        1 => format!("the row {}", reason.one),
        n => format!("{} rows {}", grouped(n), reason.many),
    };
    let first = short(&met.first);
    match (met.count, first.is_empty()) {
        (_, true) => {}
        (1, false) => drop(write!(message, ": `{first}`")),
        (_, false) => drop(write!(message, ", the first `{first}`")),
    }
    // What says nothing of control is as it should be: nobody looks for those lines.
    let at = match met.lines.first() {
        Some(line) if reason.code != Code::NoControl => Locus::Line { file: file.into(), line: *line },
        _ => Locus::File(file.into()),
    };
    if met.count > 1 && reason.code != Code::NoControl {
        let lines: Vec<String> = met.lines.iter().map(ToString::to_string).collect();
        let more = if met.count > met.lines.len() as u64 { " …" } else { "" };
        let _ = write!(message, ": lines {}{more}", lines.join(", "));
    }
    Problem::new(reason.code, at, message).help(reason.help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_told_once_with_the_first_of_its_lines() {
        let mut told = Told::default();
        for line in 2..14 {
            told.add(Reason::NO_DATE, line, "5/12/24");
        }
        told.add(Reason::SHIFTED, 20, "");
        let problems = told.problems("t.csv");
        let said: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "12 rows have no usable date, the first `5/12/24`: lines 2, 3, 4, 5, 6, 7 …",
                "the row has more cells than the header has columns",
            ]
        );
        assert_eq!(problems[1].at, Locus::Line { file: "t.csv".into(), line: 20 });
    }
}
