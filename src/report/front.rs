//! What a file says of itself above its text, between lines of `---` (YAML's simple form) or `+++` (TOML).

use super::parse_date;
use crate::diag::{Code, Locus, Problem, short};
use crate::units::Date;

/// What is said of a report by something other than its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) published: Option<Date>,
}

impl Facts {
    /// Takes a value for a key; other keys than ours and empty values are no fact. Gives back a date that is none.
    pub(super) fn take(&mut self, key: &str, value: &str) -> Result<(), String> {
        let value = value.trim();
        if value.is_empty() {
            return Ok(());
        }
        let field = match key.trim().to_lowercase().as_str() {
            "id" => &mut self.id,
            "title" => &mut self.title,
            "publisher" => &mut self.publisher,
            "url" => &mut self.url,
            "published" | "date" => {
                let day = parse_date(value).ok_or_else(|| value.to_owned())?;
                self.published.get_or_insert(day);
                return Ok(());
            }
            _ => return Ok(()),
        };
        field.get_or_insert_with(|| value.split_whitespace().collect::<Vec<_>>().join(" "));
        Ok(())
    }
}

/// The facts above a text, the text below them, and what could not be read.
pub(super) fn read<'a>(name: &str, text: &'a str) -> (Facts, &'a str, Vec<Problem>) {
    let text = text.trim_start_matches('\n');
    for (fence, read) in [("---", yaml as Reader), ("+++", toml)] {
        let Some(rest) =
            text.strip_prefix(fence).and_then(|rest| rest.trim_start_matches(' ').strip_prefix('\n'))
        else {
            continue;
        };
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
                let mut facts = Facts::default();
                let problems = read(name, &rest[..at], &mut facts);
                return (facts, &rest[at + line.len()..], problems);
            }
            at += line.len();
        }
    }
    (Facts::default(), text, Vec::new())
}

type Reader = fn(&str, &str, &mut Facts) -> Vec<Problem>;

fn bad_date(name: &str, line: usize, value: &str) -> Problem {
    let at = Locus::Line { file: name.into(), line: line as u64 };
    Problem::new(Code::BadDate, at, format!("published `{}` is no day", short(value)))
        .help("write it as YYYY-MM-DD")
}

fn yaml(name: &str, text: &str, facts: &mut Facts) -> Vec<Problem> {
    let mut problems = Vec::new();
    // The first line of the file is the fence.
    for (line, number) in text.lines().zip(2..) {
        let Some((key, value)) = line.split_once(':') else { continue };
        if key.starts_with([' ', '-', '#']) {
            continue;
        }
        if let Err(value) = facts.take(key, unquoted(value.trim())) {
            problems.push(bad_date(name, number, &value));
        }
    }
    problems
}

/// A value without its quotes, or without the remark after it.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some((inner, _)) = value.strip_prefix(quote).and_then(|rest| rest.rsplit_once(quote)) {
            return inner;
        }
    }
    value.split_once(" #").map_or(value, |(value, _)| value)
}

fn toml(name: &str, text: &str, facts: &mut Facts) -> Vec<Problem> {
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let line =
                text[..error.span().map_or(0, |span| span.start.min(text.len()))].lines().count().max(1) + 1;
            let at = Locus::Line { file: name.into(), line: line as u64 };
            let message = format!("the front matter is no TOML: {}", error.message());
            return vec![Problem::new(Code::BadReport, at, message).help("the text below it was read")];
        }
    };
    let mut problems = Vec::new();
    for (key, value) in &table {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if let Err(value) = facts.take(key, &value) {
            let line = text.lines().position(|line| line.starts_with(key.as_str())).unwrap_or(0) + 2;
            problems.push(bad_date(name, line, &value));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_say_the_same() {
        let yaml = "---\ntitle: \"Rebels: Hama is ours\"\npublisher: Levant Desk # a desk\nauthor: x\ntags:\n  - date: y\npublished: 2024-12-05\n---\nBody\n";
        let toml = "+++\ntitle = \"Rebels: Hama is ours\"\npublisher = 'Levant Desk'\npublished = 2024-12-05\n+++\nBody\n";
        for text in [yaml, toml] {
            let (facts, body, problems) = read("a.md", text);
            assert_eq!(facts.title.as_deref(), Some("Rebels: Hama is ours"));
            assert_eq!(facts.publisher.as_deref(), Some("Levant Desk"));
            assert_eq!(facts.published, Some(Date::constant(2024, 12, 5)));
            assert_eq!((body, problems), ("Body\n", vec![]));
        }
    }

    #[test]
    fn an_impossible_day_is_told_with_its_line() {
        let (facts, _, problems) = read("a.md", "---\ntitle: x\npublished: 2024-02-31\n---\n");
        assert_eq!(facts.published, None);
        assert_eq!(problems[0].at, Locus::Line { file: "a.md".into(), line: 3 });
        assert_eq!(problems[0].message, "published `2024-02-31` is no day");
    }

    #[test]
    fn a_line_across_is_no_front_matter() {
        let text = "---\nThe town fell: all of it.\n";
        assert_eq!(read("a.md", text).1, text);
    }

    #[test]
    fn broken_toml_is_told_and_the_text_below_it_read() {
        let (facts, body, problems) = read("a.md", "+++\ntitle = \n+++\nBody");
        assert_eq!((facts, body), (Facts::default(), "Body"));
        assert_eq!(problems[0].code, Code::BadReport);
    }
}
