//! Reports: bytes of a file in, text with its title, publisher, address and day out.
//!
//! Files of text, Markdown and web pages are cleaned while they are read: page furniture, marks and what cannot be
//! seen go, line ends become `\n`, and a line is a paragraph. Reports in JSON Lines are kept to the character. After
//! that nothing changes a text, and every span and offset counts in it.

use crate::diag::{Checked, Code, Locus, Problem};
use crate::units::Date;

mod date;
mod decode;
mod front;
mod furniture;
mod html;
mod ids;
mod jsonl;
mod markdown;
mod plain;
mod spans;

pub use date::{LAST_YEAR, parse_date};
pub(crate) use decode::clean;
pub use ids::{Ids, unique_ids};
pub use jsonl::rows;
pub use spans::Spans;

/// One article, dispatch or post. Its text is never altered after reading, so that spans stay true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Unique among the reports of a run: the file's name without ending, or the id the file gives.
    pub id: String,
    /// Headline, if known.
    pub title: Option<String>,
    /// Who published it, if known.
    pub publisher: Option<String>,
    /// Where it can be read, if known.
    pub url: Option<String>,
    /// The day it was published, if known.
    pub published: Option<Date>,
    /// The article, without the page's furniture.
    pub text: String,
}

/// The endings of names that [`read`] knows, each with a dot.
pub const ENDINGS: &[&str] = &[".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson"];

/// What may follow the ending of a file that was packed; its bytes come unpacked to [`read`].
const PACKED: &str = ".gz";

/// Reads the reports of one file: text, Markdown, a saved page, or JSON Lines, by the ending of its name or, where
/// that says nothing (standard input is named `-`), by its first character.
///
/// The day of publication comes from front matter, the page's metadata, a field, or a line near the top that is
/// nothing but a date; never from the prose.
///
/// # Errors
/// None: a file that is no text, or holds no article, is a `bad-report` and no report; bytes that are not UTF-8 are
/// replaced and told; a line of JSON that cannot be used is a `bad-row`, a day that is none a `bad-date`.
///
/// # Example
/// ```
/// use conflict_map::report;
/// let text = b"---\npublisher: Levant Desk\npublished: 2024-12-05\n---\nRebels took Hama on Thursday.\n";
/// let reports = report::read("reports/hama.md", text).value;
/// assert_eq!((reports[0].id.as_str(), reports[0].published), ("hama", report::parse_date("5 December 2024")));
/// ```
#[must_use]
pub fn read(name: &str, bytes: &[u8]) -> Checked<Vec<Report>> {
    let (text, mut problems) = match decode::decode(name, bytes) {
        Ok(decoded) => decoded,
        Err(problem) => return Checked { value: Vec::new(), problems: vec![problem] },
    };
    let (reports, told) = match form(name, &text) {
        Form::Rows => {
            let Checked { value, problems } = rows(name, 1, text.trim_start_matches('\u{feff}').as_bytes());
            (value, problems)
        }
        Form::Page => one(html::read(name, &text)),
        Form::Text { marked } => one(plain::read(name, &decode::clean(&text), marked)),
    };
    problems.extend(told);
    if reports.is_empty() && problems.is_empty() {
        let message = "the file holds no report";
        problems.push(Problem::new(Code::BadReport, Locus::File(name.into()), message));
    }
    Checked { value: reports, problems }
}

fn one((report, problems): (Option<Report>, Vec<Problem>)) -> (Vec<Report>, Vec<Problem>) {
    (report.into_iter().collect(), problems)
}

/// Whether a file is JSON Lines, by its name or, where that says nothing, by how it begins: such a file need not be
/// read whole, see [`rows`].
///
/// # Example
/// ```
/// use conflict_map::report::is_rows;
/// assert!(is_rows("feed.jsonl", b"") && is_rows("-", b"\xEF\xBB\xBF\n{\"text\": \"Hama fell.\"}"));
/// assert!(!is_rows("hama.txt", b"{Hama} fell."));
/// ```
#[must_use]
pub fn is_rows(name: &str, top: &[u8]) -> bool {
    matches!(form(name, &String::from_utf8_lossy(&top[..top.len().min(1024)])), Form::Rows)
}

/// How a file is to be read.
enum Form {
    Rows,
    Page,
    Text { marked: bool },
}

fn form(name: &str, text: &str) -> Form {
    let lower = name.to_lowercase();
    let lower = lower.strip_suffix(PACKED).unwrap_or(&lower);
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    let text = text.trim_start_matches('\u{feff}').trim_start();
    // A page saved as text is still a page.
    let is_page = || {
        let top: String = text.chars().take(200).collect::<String>().to_lowercase();
        top.starts_with("<!doctype html")
            || top.starts_with("<html")
            || top.starts_with("<!-- saved from url")
    };
    if ends(&[".jsonl", ".ndjson"]) {
        Form::Rows
    } else if ends(&[".html", ".htm", ".xhtml"]) || is_page() {
        Form::Page
    } else if ends(&[".md", ".markdown"]) {
        Form::Text { marked: true }
    } else if ends(&[".txt"]) {
        Form::Text { marked: false }
    } else if text.starts_with('{') {
        Form::Rows
    } else if text.starts_with('<') {
        Form::Page
    } else {
        Form::Text { marked: text.starts_with("---\n") || text.starts_with("+++\n") }
    }
}

/// The id of a file's one report: its name without folders and ending.
fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let file = file.strip_suffix(PACKED).unwrap_or(file);
    let end = ENDINGS.iter().find_map(|ending| {
        let at = file.len().checked_sub(ending.len())?;
        file.get(at..)?.eq_ignore_ascii_case(ending).then_some(at)
    });
    let stem = &file[..end.unwrap_or(file.len())];
    if stem.is_empty() { file.to_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn standard_input_is_known_by_its_first_character() {
        let title = |text: &str| read("-", text.as_bytes()).value[0].title.clone();
        assert_eq!(title("{\"title\": \"A\", \"text\": \"Hama fell.\"}").as_deref(), Some("A"));
        let page = "<title>A page</title><p>The army left the town of Hama on Thursday after two days.</p>";
        assert_eq!(title(page).as_deref(), Some("A page"));
        assert_eq!(title("---\ntitle: B\n---\nHama fell.").as_deref(), Some("B"));
    }

    #[test]
    fn a_file_that_was_packed_is_known_by_the_ending_before() {
        assert_eq!(read("in/hama.md.gz", b"---\ntitle: A\n---\nHama fell.").value[0].id, "hama");
        assert!(is_rows("feed.JSONL.gz", b"") && !is_rows("hama.txt.gz", b"{"));
    }

    #[test]
    fn an_empty_and_a_binary_file_are_told() {
        for bytes in [&b""[..], b"\n\n", b"\x00\x01\x02", b"---\ntitle: x\n---\n"] {
            let read = read("a.md", bytes);
            assert_eq!((read.value.len(), read.problems.len()), (0, 1), "{bytes:?}");
            assert_eq!(read.problems[0].code, Code::BadReport);
        }
        assert_eq!(read("a.jsonl", b"\xEF\xBB\xBF\n").problems.len(), 1);
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_told_and_the_rest_read() {
        let read = read("a.txt", b"Rebels took Ham\xE1 on Thursday.");
        assert_eq!(read.value[0].text, "Rebels took Ham\u{FFFD} on Thursday.");
        assert_eq!(read.problems[0].code, Code::BadReport);
    }

    proptest! {
        #[test]
        fn whatever_the_bytes_something_is_read_or_told(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            for name in ["a.txt", "a.md", "a.html", "a.jsonl", "-"] {
                let read = read(name, &bytes);
                prop_assert!(!read.value.is_empty() || !read.problems.is_empty(), "{}", name);
            }
        }

        #[test]
        fn whatever_the_text_something_is_read_or_told(
            text in "(---|\\+\\+\\+|[a-zA-Zé:.*#\\[\\]<>/\"{} \\n-]){0,80}"
        ) {
            for name in ["a.txt", "a.md", "a.html", "a.jsonl"] {
                let read = read(name, text.as_bytes());
                prop_assert!(!read.value.is_empty() || !read.problems.is_empty(), "{}", name);
            }
        }

        #[test]
        fn reading_invents_and_reorders_no_word(text in "([A-Za-z.:]{1,9}[ \n]{1,3}){1,60}") {
            for report in read("a.txt", text.as_bytes()).value {
                let mut words = text.split_whitespace();
                prop_assert!(report.text.split_whitespace().all(|word| words.any(|given| given == word)));
            }
        }
    }
}
