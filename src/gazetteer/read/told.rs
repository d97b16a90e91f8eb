//! Problems of one table, held in bounds: a table of a million wrong rows is told in twenty lines.

use crate::diag::{Code, Locus, Problem};
use std::collections::BTreeMap;

/// Problems of one code that are told one by one; the rest are counted.
const SINGLY: u64 = 20;

/// The problems of one file.
#[derive(Debug)]
pub(super) struct Told {
    file: String,
    problems: Vec<Problem>,
    counts: BTreeMap<Code, u64>,
}

impl Told {
    /// Nothing wrong with this file so far.
    pub(super) fn of(file: &str) -> Self {
        Self { file: file.to_owned(), problems: Vec::new(), counts: BTreeMap::new() }
    }

    /// Tells what is wrong on a line.
    pub(super) fn line(&mut self, code: Code, line: u64, message: impl Into<String>) {
        self.add(code, Some(line), message, None);
    }

    /// Tells what is wrong on a line, and the way out.
    pub(super) fn line_with_help(&mut self, code: Code, line: u64, message: impl Into<String>, help: &str) {
        self.add(code, Some(line), message, Some(help));
    }

    /// Tells what is wrong with the file as a whole, and the way out.
    pub(super) fn whole(&mut self, code: Code, message: impl Into<String>, help: &str) {
        self.add(code, None, message, Some(help));
    }

    fn add(&mut self, code: Code, line: Option<u64>, message: impl Into<String>, help: Option<&str>) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count > SINGLY {
            return;
        }
        let file = self.file.clone();
        let at =
            line.map_or_else(|| Locus::File(file.clone()), |line| Locus::Line { file: file.clone(), line });
        let problem = Problem::new(code, at, message);
        self.problems.push(match help {
            Some(help) => problem.help(help),
            None => problem,
        });
    }

    /// Whether nothing was told.
    pub(super) fn is_fine(&self) -> bool {
        self.problems.is_empty()
    }

    /// Takes over the problems of what this file packs.
    pub(super) fn take(&mut self, within: Self) {
        for mut problem in within.problems {
            problem.at = match problem.at {
                Locus::Line { line, .. } => Locus::Line { file: self.file.clone(), line },
                _ => Locus::File(self.file.clone()),
            };
            self.problems.push(problem);
        }
        for (code, count) in within.counts {
            *self.counts.entry(code).or_default() += count;
        }
    }

    /// All problems, with one that counts those not told singly for each code.
    pub(super) fn problems(self) -> Vec<Problem> {
        let Self { file, mut problems, counts } = self;
        // Lines are read ahead to know what a table is, so their faults are found before those of the rows.
        problems.sort_by_key(|problem| match &problem.at {
            Locus::Line { line, .. } => *line,
            _ => 0,
        });
        for (code, count) in counts.into_iter().filter(|(_, count)| *count > SINGLY) {
            let message = format!("{} more rows of this file have a problem of this kind", count - SINGLY);
            problems.push(
                Problem::new(code, Locus::File(file.clone()), message)
                    .help("correct the rows told singly first; they often have one cause"),
            );
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_twenty_problems_of_a_kind_the_rest_are_one_line() {
        let mut told = Told::of("a.csv");
        for line in 1..=1_000_000 {
            told.line(Code::BadRow, line, "x");
        }
        told.line(Code::BadPlace, 2_000_000, "y");
        let problems = told.problems();
        assert_eq!(problems.len(), 22);
        assert!(problems[21].message.starts_with("999980 more rows"), "{:?}", problems[21]);
    }
}
