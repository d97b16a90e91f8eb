//! JSON Lines: a report a line.

use super::Report;
use super::decode::clean;
use super::front::Facts;
use crate::diag::{Checked, Code, Locus, Problem, short};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A line, believed in nothing.
#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow, default)]
    id: Field<'a>,
    #[serde(borrow, default)]
    title: Field<'a>,
    #[serde(borrow, default)]
    publisher: Field<'a>,
    #[serde(borrow, default)]
    url: Field<'a>,
    #[serde(borrow, default)]
    published: Field<'a>,
    #[serde(borrow, default)]
    text: Field<'a>,
}

/// A value of a line. Text is copied only where escapes stand in it: most of a line is text.
#[derive(Default)]
enum Field<'a> {
    Text(Cow<'a, str>),
    Number(String),
    #[default]
    Other,
}

impl<'a> Field<'a> {
    /// What it says: text as a clean line, a number as written.
    fn words(&self) -> String {
        match self {
            Self::Text(text) => clean(text).split_whitespace().collect::<Vec<_>>().join(" "),
            Self::Number(number) => number.clone(),
            Self::Other => String::new(),
        }
    }

    /// The text, if there is any in it.
    fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(text).filter(|text| !text.trim().is_empty()),
            _ => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Field<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Taker)
    }
}

/// Takes any value for a [`Field`].
struct Taker;

impl<'de> Visitor<'de> for Taker {
    type Value = Field<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Field::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Field::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Field::Number(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Field::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(serde_json::Number::from_f64(number)
            .map_or(Field::Other, |number| Field::Number(number.to_string())))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Field::Other)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Field::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Self::Value, A::Error> {
        while values.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Field::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut values: A) -> Result<Self::Value, A::Error> {
        while values.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Field::Other)
    }
}

/// Reads whole lines of a JSON Lines file, the first of which has this number: a report a line.
///
/// A file of any size can be read so, a stretch of lines after the other. The text of a report is kept to the
/// character, furniture and all: who hands out JSON has done that work, and counts on the offsets.
///
/// # Errors
/// None: a line that is no object or has no text is a `bad-row`, a day that is none a `bad-date`, and bytes that are
/// not UTF-8 are replaced and told.
///
/// # Example
/// ```
/// use conflict_map::report;
/// let rows = report::rows("feed.jsonl", 7, b"{\"text\": \"Hama fell.\"}\n{\"id\": \"b\"}\n");
/// assert_eq!(rows.value[0].id, "feed.jsonl:7");
/// assert_eq!(rows.problems[0].message, "the line has no `text`");
/// ```
#[must_use]
pub fn rows(name: &str, first: u64, bytes: &[u8]) -> Checked<Vec<Report>> {
    let mut problems = Vec::new();
    let whole = std::str::from_utf8(bytes);
    let mut reports = Vec::new();
    let mut take = |number: u64, line: &str, problems: &mut Vec<Problem>| {
        if !line.trim().is_empty() {
            reports.extend(row(name, number, line, problems));
        }
    };
    match whole {
        Ok(text) => {
            text.split('\n').zip(first..).for_each(|(line, number)| take(number, line, &mut problems));
        }
        Err(_) => {
            for (line, number) in bytes.split(|byte| *byte == b'\n').zip(first..) {
                problems.extend(not_utf8(name, number, line));
                take(number, &String::from_utf8_lossy(line), &mut problems);
            }
        }
    }
    Checked { value: reports, problems }
}

fn at(name: &str, line: u64) -> Locus {
    Locus::Line { file: name.to_owned(), line }
}

fn not_utf8(name: &str, number: u64, line: &[u8]) -> Option<Problem> {
    let first = std::str::from_utf8(line).err()?.valid_up_to();
    let count = line.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let message = format!("the line is not UTF-8, first at its byte {first}: replaced by U+FFFD {times}");
    let problem = Problem::new(Code::BadReport, at(name, number), message);
    Some(problem.help("save it again as UTF-8; the rest of it was read"))
}

/// The report of a line.
fn row(name: &str, number: u64, line: &str, problems: &mut Vec<Problem>) -> Option<Report> {
    let mut tell = |code, message: String, help: Option<&str>| {
        let problem = Problem::new(code, at(name, number), message);
        problems.push(match help {
            Some(help) => problem.help(help),
            None => problem,
        });
    };
    let start = line.trim_start();
    if !start.starts_with('{') {
        let (message, help) = if start.starts_with('[') {
            ("it is an array".to_owned(), "give one object a line, as `jq -c '.[]' FILE` prints them")
        } else {
            (
                format!("it begins `{}`", short(start.trim_end())),
                "give one object a line: {\"id\": \"…\", \"text\": \"…\"}",
            )
        };
        tell(Code::BadRow, format!("the line is no JSON object: {message}"), Some(help));
        return None;
    }
    let row: Row<'_> = match serde_json::from_str(line) {
        Ok(row) => row,
        Err(error) => {
            tell(Code::BadRow, format!("the line is no JSON object: {}", place(&error)), None);
            return None;
        }
    };
    let Some(text) = row.text.text() else {
        tell(Code::BadRow, "the line has no `text`".to_owned(), None);
        return None;
    };
    let mut facts = Facts::default();
    for (key, value) in
        [("id", &row.id), ("title", &row.title), ("publisher", &row.publisher), ("url", &row.url)]
    {
        // None of these can be refused: only a date can.
        let _ = facts.take(key, &value.words());
    }
    if let Err(value) = facts.take("published", &row.published.words()) {
        let message = format!("published `{}` is no day", short(&value));
        tell(Code::BadDate, message, Some("write it as YYYY-MM-DD"));
    }
    Some(Report {
        id: facts.id.unwrap_or_else(|| format!("{name}:{number}")),
        title: facts.title,
        publisher: facts.publisher,
        url: facts.url,
        published: facts.published,
        text: text.into_owned(),
    })
}

/// A JSON error without its line, which is always 1 here.
fn place(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> (Vec<Report>, Vec<Problem>) {
        let Checked { value, problems } = rows(name, 1, text.as_bytes());
        (value, problems)
    }

    #[test]
    fn bad_lines_are_told_and_the_others_kept() {
        let text = concat!(
            "{\"id\": 7, \"title\": \"Hama\", \"published\": \"2024-12-05\", \"text\": \"Hama fell.\", \"more\": [1]}\n",
            "\n",
            "{\"id\": \"b\", \"text\": \n",
            "{\"id\": \"c\"}\n",
            "{\"text\": \"Homs fell.\", \"published\": \"soon\"}\n",
        );
        let (reports, problems) = read("a.jsonl", text);
        let ids: Vec<_> = reports.iter().map(|report| report.id.as_str()).collect();
        assert_eq!(ids, ["7", "a.jsonl:5"]);
        let told: Vec<_> = problems.iter().map(|p| (&p.at, p.message.as_str())).collect();
        let line = |line| Locus::Line { file: "a.jsonl".into(), line };
        assert_eq!(
            told,
            [
                (&line(3), "the line is no JSON object: EOF while parsing a value at column 20"),
                (&line(4), "the line has no `text`"),
                (&line(5), "published `soon` is no day"),
            ]
        );
    }

    #[test]
    fn what_is_no_object_is_told_in_few_words() {
        let long = format!("\"{}\"", "x".repeat(1000));
        for (line, says) in [
            ("[{\"text\": \"Hama fell.\"}]", "it is an array"),
            ("Hama fell.", "it begins `Hama fell.`"),
            ("1e999", "it begins `1e999`"),
            (&long, "…`"),
        ] {
            let (reports, problems) = read("a.jsonl", line);
            assert_eq!((reports.len(), problems.len()), (0, 1), "{line}");
            assert!(problems[0].message.ends_with(says), "{}", problems[0].message);
            assert!(problems[0].message.len() < 120);
        }
    }

    #[test]
    fn values_of_any_kind_stand_beside_a_text() {
        let deep = "[".repeat(100) + &"]".repeat(100);
        for id in ["null", "true", "{\"a\": [1]}", "[]", &deep] {
            let (reports, problems) = read("a.jsonl", &format!("{{\"id\": {id}, \"text\": \"Hama fell.\"}}"));
            assert_eq!((reports[0].id.as_str(), problems.len()), ("a.jsonl:1", 0), "{id}");
        }
        for (id, is) in [("-3", "-3"), ("1.50", "1.5"), ("18446744073709551616", "1.8446744073709552e+19")] {
            assert_eq!(read("a.jsonl", &format!("{{\"id\": {id}, \"text\": \"x\"}}")).0[0].id, is);
        }
        let (reports, problems) = read("a.jsonl", "{\"text\": 7}\n{\"text\": \"a\", \"text\": \"b\"}");
        assert_eq!((reports.len(), problems.len()), (0, 2));
    }

    #[test]
    fn a_line_that_is_not_utf_8_is_told_and_read() {
        let checked = rows("a.jsonl", 3, b"{\"text\": \"Homs\"}\r\n{\"text\": \"Ham\xE1 fell.\"}");
        assert_eq!(checked.value[1].text, "Ham\u{FFFD} fell.");
        assert_eq!(checked.problems[0].at, at("a.jsonl", 4));
        let message = "the line is not UTF-8, first at its byte 13: replaced by U+FFFD once";
        assert_eq!(checked.problems[0].message, message);
    }

    #[test]
    fn the_text_is_kept_to_the_character() {
        let (reports, _) = read("a.jsonl", "{\"text\": \"  Ha\\u200bma\\r\\n\\r\\nShare this:\\n\"}");
        assert_eq!(reports[0].text, "  Ha\u{200b}ma\r\n\r\nShare this:\n");
    }
}
