//! Bad input is a result, not a failure: what could be used, and a [`Problem`] for each thing that could not.

use crate::units::Span;

/// A value and what went wrong on the way to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked<T> {
    /// What could be used.
    pub value: T,
    /// One entry for each thing that could not, in the order found.
    pub problems: Vec<Problem>,
}

impl<T> Checked<T> {
    /// A value with nothing wrong.
    pub fn fine(value: T) -> Self {
        Self { value, problems: Vec::new() }
    }

    /// The value, its problems moved to the end of `into`.
    pub fn unload(self, into: &mut Vec<Problem>) -> T {
        into.extend(self.problems);
        self.value
    }
}

/// One thing the program could not use, or used with a doubt.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it stands.
    pub at: Locus,
    /// What kind of problem it is.
    pub code: Code,
    /// What is wrong, with the offending value in it; lower case, no full stop.
    pub message: String,
    /// The way out, if there is one to tell.
    pub help: Option<String>,
}

impl Problem {
    /// A problem with no way out to tell; see [`Problem::help`].
    #[must_use]
    pub fn new(code: Code, at: Locus, message: impl Into<String>) -> Self {
        Self { at, code, message: message.into(), help: None }
    }

    /// The way out: its own, or what helps with every problem of its code.
    #[must_use]
    pub fn way_out(&self) -> String {
        let listed =
            Code::ALL.iter().find(|(code, ..)| *code == self.code).map_or("", |(.., way_out)| way_out);
        let mut chars = listed.trim_end_matches('.').chars();
        let listed =
            || chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect());
        self.help.clone().unwrap_or_else(listed)
    }

    /// The same problem with the way out.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// Where a problem stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Locus {
    /// The run as a whole: an option, a name asked for, the sum of the input.
    Run,
    /// A whole file (or report).
    File(String),
    /// A line of a file, counted from 1 as an editor does.
    Line {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
    },
    /// Some words of a report.
    Words {
        /// The report's id.
        report: String,
        /// Where in its text.
        span: Span,
    },
}

/// At most sixty characters of a value on one line, for a message.
#[must_use]
pub fn short(value: &str) -> String {
    let mut chars = value.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut start: String = chars.by_ref().take(60).collect();
    if chars.next().is_some() {
        start.pop();
        start.push('…');
    }
    start
}

/// A number as people read it: 2098210 is `2,098,210`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

macro_rules! codes {
    ($($name:ident $code:literal $cause:literal $way_out:literal,)*) => {
        /// The kinds of problem. Their names in print are stable: scripts may rely on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $cause] $name,)* }

        impl Code {
            /// Every code with its name in print, its cause and the way out, in the order documented.
            pub const ALL: &'static [(Code, &'static str, &'static str, &'static str)] =
                &[$((Code::$name, $code, $cause, $way_out),)*];

            /// The name in print.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }
        }
    };
}

codes! {
    BadReport "bad-report" "A report could not be read, or not all of it." "Save it again as UTF-8 text, Markdown, HTML or JSON Lines.",
    NoReports "no-reports" "Nothing readable was found where reports were looked for." "Give .txt, .md, .html or .jsonl files, or a folder of them.",
    NoDate "no-date" "A report does not say when it was published." "Give --published YYYY-MM-DD, or `published:` in its front matter.",
    BadDate "bad-date" "A date could not be read, or is impossible where it stands." "Write dates as YYYY-MM-DD.",
    BadPlace "bad-place" "A row's coordinates or name cannot be a place." "Correct the row: a name, a latitude in ±90, a longitude in ±180, in decimal degrees.",
    UnknownPlace "unknown-place" "No gazetteer knows this name." "Give lat and lon, correct the spelling, or add the place to a gazetteer.",
    ManyPlaces "many-places" "Several places of this name are about equally likely." "Name its country or province, or set the project's region.",
    UnknownActor "unknown-actor" "No actor of the project has this name." "Add it to [[actors]] in conflict-map.toml, or as an alias of one.",
    BadTable "bad-table" "A table's header is not one that is understood." "Compare its first line with the columns named in the message.",
    BadRow "bad-row" "A row of a table cannot be used." "Correct the row; the rest of the table was used.",
    NoControl "no-control" "Rows of a table say nothing of who holds what." "They are counted and left out; nothing needs to be done.",
    BadProject "bad-project" "The project file is not understood." "Correct the named line of conflict-map.toml.",
    BadStyle "bad-style" "A style file, or something a style names, is not understood." "Correct the named line; docs/styles.md has all keys.",
    LowContrast "low-contrast" "Letters of a style are hard to read on what they stand on." "Choose a darker or lighter colour for one of the two.",
    Disputed "disputed" "Sources of equal weight disagree on who holds a place." "Both are kept and the place is shown as contested; settle it in overrides.csv.",
    Contradicted "contradicted" "A claim is contradicted by better evidence." "It is in the tables and on no map; if it is true all the same, confirm it in overrides.csv.",
    BadOverride "bad-override" "A row of overrides.csv speaks of an event there is not, or two rows contradict each other." "Correct the event_id, or keep one of the rows; none of them was applied.",
    Undated "undated" "An event has no date, so no map can show it." "It is listed, not drawn; give its report a publication date.",
    OddTurn "odd-turn" "An event does not fit who held the place before it." "A report between is missing, or a side or a day was misread: look at `conflict-map why`, and settle it in overrides.csv or in the baseline.",
    SameDay "same-day" "A place changed hands more than once on one day." "The map shows how the day ended, contested where nothing says how; settle it in overrides.csv.",
    LooseDate "loose-date" "The day of a change is known only to a week, a month or a year." "On the days on which it may have happened no holder is shown; give the day in overrides.csv if you know it.",
    BaselineConflict "baseline-conflict" "A baseline gives one place to different actors on one day." "Keep one of the rows or polygons, or give each its own as_of.",
    BadPolygon "bad-polygon" "A polygon of a baseline cannot be used as it is." "Repair it in a GIS program, and give it the actor who holds it in a property `actor`.",
    NoGround "no-ground" "Too few places are known to draw ground." "Places are drawn as dots; add a baseline.csv.",
    NoPicture "no-picture" "A picture could not be written in the form asked for." "Make the page or the scale smaller, or choose another form with --as.",
    OffMap "off-map" "A place lies outside the region drawn." "It is in the tables and not on the map; widen `region`.",
    StrayPlace "stray-place" "A place is held by one side deep in the ground of others; mostly a town of the same name was meant." "It is on the map as a symbol and repaints no ground; correct the place (`fix_place`) or stand by it (`confirm`) in overrides.csv, or report more of its surroundings.",
    BadGazetteer "bad-gazetteer" "An installed gazetteer cannot be used." "Add it again with `conflict-map gazetteer add`, or remove it.",
    NoEvents "no-events" "No report states a change of control." "Look at the claims with `conflict-map extract`, or add a baseline to draw.",
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_problem_that_knows_no_way_out_has_that_of_its_code() {
        let problem = Problem::new(Code::BadDate, Locus::Run, "x");
        assert_eq!(problem.way_out(), "write dates as YYYY-MM-DD");
        assert_eq!(problem.help("y").way_out(), "y");
    }

    #[test]
    fn every_code_has_a_name_of_its_own() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|(code, name, ..)| (code.name(), *name)).collect();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(names.iter().all(|(a, b)| a == b));
    }
}
