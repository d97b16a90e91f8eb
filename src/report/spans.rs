//! Names that somebody else found: which words of which report.

use super::Report;
use crate::diag::{Checked, Code, Locus, Problem, short};
use crate::units::Span;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The spans that a file names, by report, until they are taken.
#[derive(Clone, Debug, Default)]
pub struct Spans {
    file: String,
    asked: BTreeMap<String, Vec<Asked>>,
}

/// A span as asked for, in code points, with its line.
#[derive(Clone, Copy, Debug)]
struct Asked {
    line: u64,
    start: usize,
    end: usize,
}

/// A line, believed in nothing.
#[derive(Deserialize)]
struct Row {
    doc: Doc,
    start: usize,
    end: usize,
}

/// The id of a report, which may be a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Doc {
    Text(String),
    Number(serde_json::Number),
}

impl Spans {
    /// Reads a file of JSON Lines: `doc`, the id of a report, and `start` and `end`, end exclusive, in code points of its
    /// text. Other keys are passed over, so that the lines `geoparse` writes can be given back.
    ///
    /// # Errors
    /// None: a line that is no such object is a `bad-row`.
    ///
    /// # Example
    /// ```
    /// use conflict_map::report::{self, Spans};
    /// let report = report::read("a.jsonl", "{\"id\": \"a\", \"text\": \"Бои за Хаму\"}".as_bytes()).value.remove(0);
    /// let mut spans = Spans::read("spans.jsonl", b"{\"doc\": \"a\", \"start\": 7, \"end\": 11}\n").value;
    /// assert_eq!(spans.take(&report).value[0].of(&report.text), "Хаму");
    /// ```
    #[must_use]
    pub fn read(name: &str, bytes: &[u8]) -> Checked<Self> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let (mut value, mut problems) = (Self { file: name.to_owned(), asked: BTreeMap::new() }, Vec::new());
        for (text, line) in bytes.split(|byte| *byte == b'\n').zip(1_u64..) {
            if text.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice::<Row>(text) {
                Ok(Row { doc, start, end }) if start < end => {
                    let doc = match doc {
                        Doc::Text(text) => text,
                        Doc::Number(number) => number.to_string(),
                    };
                    value.asked.entry(doc).or_default().push(Asked { line, start, end });
                }
                Ok(Row { start, end, .. }) => {
                    problems.push(value.bad(line, format!("the span {start} to {end} holds no character")));
                }
                Err(_) => {
                    let told = short(&String::from_utf8_lossy(&text[..text.len().min(240)]));
                    let message = format!("the line is no span of a report: `{told}`");
                    problems.push(value.bad(line, message));
                }
            }
        }
        if value.asked.is_empty() && problems.is_empty() {
            let message = "the file holds no span";
            problems.push(Problem::new(Code::BadRow, Locus::File(name.to_owned()), message).help(HELP));
        }
        Checked { value, problems }
    }

    /// The spans asked for in this report, in the order of the file; they are taken, and not there for another.
    ///
    /// # Errors
    /// None: a span that ends after the text is a `bad-row`.
    #[must_use]
    pub fn take(&mut self, report: &Report) -> Checked<Vec<Span>> {
        let asked = self.asked.remove(&report.id).unwrap_or_default();
        let mut points: Vec<usize> = asked.iter().flat_map(|asked| [asked.start, asked.end]).collect();
        points.sort_unstable();
        points.dedup();
        let bytes = bytes_of(&report.text, &points);
        let (mut value, mut problems) = (Vec::new(), Vec::new());
        for Asked { line, start, end } in asked {
            if let (Some(&start), Some(&end)) = (bytes.get(&start), bytes.get(&end)) {
                value.push(Span { start, end });
                continue;
            }
            let (id, length) = (short(&report.id), report.text.chars().count());
            let message =
                format!("the span {start} to {end} ends outside of `{id}`, which has {length} characters");
            problems.push(self.bad(line, message));
        }
        Checked { value, problems }
    }

    /// A problem for each line whose report never came.
    #[must_use]
    pub fn left(self) -> Vec<Problem> {
        let left = self.asked.iter().flat_map(|(doc, asked)| asked.iter().map(move |asked| (doc, asked)));
        let mut left: Vec<_> = left.collect();
        left.sort_by_key(|(_, asked)| asked.line);
        let tell = |(doc, asked): (&String, &Asked)| {
            let message = format!("no report has the id `{}`", short(doc));
            let problem = Problem::new(Code::BadRow, self.at(asked.line), message);
            problem.help("`doc` is the `id` a report gives, or its file's name without ending")
        };
        left.into_iter().map(tell).collect()
    }

    fn at(&self, line: u64) -> Locus {
        Locus::Line { file: self.file.clone(), line }
    }

    fn bad(&self, line: u64, message: String) -> Problem {
        Problem::new(Code::BadRow, self.at(line), message).help(HELP)
    }
}

const HELP: &str = "give {\"doc\": \"…\", \"start\": 0, \"end\": 4}, counted in code points, end exclusive";

/// The byte at which each of these code points begins; the points rise. One past the last character is a point too.
fn bytes_of(text: &str, points: &[usize]) -> BTreeMap<usize, usize> {
    let mut starts = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).enumerate();
    points
        .iter()
        .filter_map(|point| starts.by_ref().find(|(at, _)| at == point).map(|(_, byte)| (*point, byte)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn report(id: &str, text: &str) -> Report {
        Report {
            id: id.to_owned(),
            title: None,
            publisher: None,
            url: None,
            published: None,
            text: text.to_owned(),
        }
    }

    #[test]
    fn spans_are_counted_in_code_points_and_kept_in_their_order() {
        let file = "\u{feff}{\"doc\":\"a\",\"start\":3,\"end\":7,\"name\":\"x\"}\r\n\n{\"doc\":\"a\",\"start\":0,\"end\":2}\n{\"doc\":7,\"start\":0,\"end\":1}\n";
        let mut spans = Spans::read("s.jsonl", file.as_bytes());
        assert_eq!(spans.problems, []);
        let a = report("a", "في حماة");
        let taken = spans.value.take(&a);
        let words: Vec<&str> = taken.value.iter().map(|span| span.of(&a.text)).collect();
        assert_eq!((words, taken.problems), (vec!["حماة", "في"], vec![]));
        assert_eq!(spans.value.take(&report("7", "x")).value.len(), 1);
        assert_eq!(spans.value.left(), []);
    }

    #[test]
    fn wrong_lines_are_told_with_their_number() {
        let file = "[1]\n{\"doc\":\"a\",\"start\":4,\"end\":4}\n{\"doc\":\"a\",\"start\":-1,\"end\":4}\n{\"doc\":\"a\",\"start\":2,\"end\":9}\n{\"doc\":\"b\",\"start\":2,\"end\":9}\n";
        let mut spans = Spans::read("s.jsonl", file.as_bytes());
        let mut problems = spans.problems;
        problems.extend(spans.value.take(&report("a", "Hama")).problems);
        problems.extend(spans.value.left());
        let lines: Vec<_> = problems.iter().map(|problem| &problem.at).collect();
        let line = |line| Locus::Line { file: "s.jsonl".into(), line };
        assert_eq!(lines, [&line(1), &line(2), &line(3), &line(4), &line(5)]);
        assert_eq!(problems[3].message, "the span 2 to 9 ends outside of `a`, which has 4 characters");
        assert_eq!(problems[4].message, "no report has the id `b`");
        assert_eq!(Spans::read("s.jsonl", b"\n").problems.len(), 1);
    }

    proptest! {
        #[test]
        fn every_point_of_a_text_has_its_byte(text in "[aé€😀]{0,9}") {
            let points: Vec<usize> = (0..12).collect();
            let bytes = bytes_of(&text, &points);
            prop_assert_eq!(bytes.len(), text.chars().count() + 1);
            for (point, byte) in bytes {
                prop_assert_eq!(text[..byte].chars().count(), point);
            }
        }
    }
}
