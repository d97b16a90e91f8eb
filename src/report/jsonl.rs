//! JSON Lines: a report a line.

use super::Report;
use super::decode::clean;
use super::front::Facts;
use crate::diag::{Code, Locus, Problem, short};
use serde::Deserialize;
use serde_json::Value;

/// A line, believed in nothing.
#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    title: Value,
    #[serde(default)]
    publisher: Value,
    #[serde(default)]
    url: Value,
    #[serde(default)]
    published: Value,
    #[serde(default)]
    text: Value,
}

/// Reads each line's report. Its text is kept to the character, furniture and all: who hands out JSON has done
/// that work, and counts on the offsets.
pub(super) fn read(name: &str, text: &str) -> (Vec<Report>, Vec<Problem>) {
    let (mut reports, mut problems) = (Vec::new(), Vec::new());
    for (line, number) in text.split('\n').zip(1_u64..) {
        if line.trim().is_empty() {
            continue;
        }
        let at = || Locus::Line { file: name.into(), line: number };
        let row: Row = match serde_json::from_str(line) {
            Ok(row) => row,
            Err(error) => {
                let message = format!("the line is no JSON object: {}", place(&error));
                problems.push(Problem::new(Code::BadRow, at(), message));
                continue;
            }
        };
        let Some(text) = row.text.as_str().filter(|text| !text.trim().is_empty()) else {
            problems.push(Problem::new(Code::BadRow, at(), "the line has no `text`"));
            continue;
        };
        let mut facts = Facts::default();
        for (key, value) in
            [("id", &row.id), ("title", &row.title), ("publisher", &row.publisher), ("url", &row.url)]
        {
            // None of these can be refused: only a date can.
            let _ = facts.take(key, &words(value));
        }
        if let Err(value) = facts.take("published", &words(&row.published)) {
            let message = format!("published `{}` is no day", short(&value));
            problems.push(Problem::new(Code::BadDate, at(), message).help("write it as YYYY-MM-DD"));
        }
        reports.push(Report {
            id: facts.id.unwrap_or_else(|| format!("{name}:{number}")),
            title: facts.title,
            publisher: facts.publisher,
            url: facts.url,
            published: facts.published,
            text: text.to_owned(),
        });
    }
    (reports, problems)
}

/// What a value says: text as a clean line, a number as written.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => clean(text).split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// A JSON error without its line, which is always 1 here.
fn place(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn the_text_is_kept_to_the_character() {
        let (reports, _) = read("a.jsonl", "{\"text\": \"  Ha\\u200bma\\r\\n\\r\\nShare this:\\n\"}");
        assert_eq!(reports[0].text, "  Ha\u{200b}ma\r\n\r\nShare this:\n");
    }
}
