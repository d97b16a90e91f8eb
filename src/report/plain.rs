//! Text and Markdown files to reports: what stands above the article, the article, its headline and its day.

use super::furniture::{self, ends_sentence, is_prose};
use super::{Report, date, front, markdown, stem};
use crate::diag::{Code, Locus, Problem};

/// Reads the clean text of a `.txt` (or `marked` up `.md`) file.
pub(super) fn read(name: &str, text: &str, marked: bool) -> (Option<Report>, Vec<Problem>) {
    let (facts, body, mut problems) = front::read(name, text);
    let lines = if marked {
        markdown::lines(body)
    } else {
        body.lines().map(|line| markdown::light(line).trim_end().to_owned()).collect()
    };
    let (article, site) = article(unwrap(&lines));
    let mut report = Report {
        id: facts.id.unwrap_or_else(|| stem(name)),
        title: facts.title,
        publisher: facts.publisher.or(site),
        url: facts.url,
        published: facts.published,
        text: String::new(),
    };
    let article = finish(&mut report, article);
    if article.is_empty() {
        let message = "the file holds no article, only what stands around one";
        problems.push(Problem::new(Code::BadReport, Locus::File(name.into()), message));
        return (None, problems);
    }
    report.text = article;
    (Some(report), problems)
}

/// The lines of an article without furniture, and the site's name where a line that is only a domain tells it.
fn article(lines: Vec<String>) -> (Vec<String>, Option<String>) {
    let mut domains: Vec<&str> = lines.iter().filter_map(|line| domain(line)).collect();
    domains.dedup_by_key(|name| name.to_lowercase());
    let site = match domains.as_slice() {
        [site] => Some((*site).to_owned()),
        _ => None,
    };
    let lower = site.as_ref().map(|site| site.to_lowercase());
    (furniture::strip(lines, lower.as_deref()), site)
}

/// Fills in title, day and publisher from the top of the article where they are not known, and gives the text.
///
/// The headline stays in the text: its words are the report's. A line that gives the day does not. A bare date
/// counts only where it is the one such line, since a chronology has many.
pub(super) fn finish(report: &mut Report, mut lines: Vec<String>) -> String {
    let bare = lines.iter().filter(|line| super::parse_date(line).is_some()).count();
    let top = lines.iter().position(|line| is_prose(line)).unwrap_or(lines.len()).min(20);
    let found = lines[..top].iter().enumerate().find_map(|(i, line)| {
        let fits = super::parse_date(line).is_none() || bare == 1;
        date::dateline(line).filter(|_| fits).map(|day| (i, day))
    });
    if let Some((i, day)) = found {
        report.published = report.published.or(Some(day));
        lines[i].clear();
    }
    if report.title.is_none() {
        report.title = headline(&lines);
    }
    if report.publisher.is_none()
        && let Some(i) =
            (0..top).find(|i| is_organisation(&lines[*i]) && report.title.as_ref() != Some(&lines[*i]))
    {
        report.publisher = Some(std::mem::take(&mut lines[i]));
    }
    join(&lines)
}

/// The lines with at most one blank line between two of them.
pub(super) fn join(lines: &[String]) -> String {
    let mut out = String::new();
    let mut blank = false;
    for line in lines.iter().map(|line| line.trim()) {
        if line.is_empty() {
            blank = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank { "\n\n" } else { "\n" });
        }
        out.push_str(line);
        blank = false;
    }
    out
}

/// The first line, where it is a headline: two words or more but no paragraph, no end of a sentence (a question or a
/// call may be one), and prose after it.
fn headline(lines: &[String]) -> Option<String> {
    let first = lines.iter().position(|line| !line.trim().is_empty())?;
    let line = lines[first].trim();
    let words = line.split_whitespace().count();
    let open = line.ends_with(['?', '!']) || !(ends_sentence(line) || line.ends_with([':', ';', ',']));
    let fits =
        (2..=30).contains(&words) && line.chars().count() <= 180 && open && date::dateline(line).is_none();
    (fits && lines[first + 1..].iter().any(|line| is_prose(line))).then(|| line.to_owned())
}

/// Whether a line is the name of one who publishes: some capitalised words, one of which says so.
fn is_organisation(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "desk",
        "news",
        "newswire",
        "wire",
        "agency",
        "press",
        "times",
        "post",
        "gazette",
        "herald",
        "tribune",
        "channel",
        "radio",
        "tv",
        "television",
        "media",
        "monitor",
        "observatory",
        "journal",
        "daily",
        "bulletin",
        "telegraph",
        "guardian",
        "network",
        "newspaper",
        "chronicle",
        "broadcasting",
        "observer",
        "courier",
        "dispatch",
        "reuters",
    ];
    let words: Vec<&str> = line.split_whitespace().collect();
    (1..=5).contains(&words.len())
        && words
            .iter()
            .all(|word| word.starts_with(|c: char| c.is_uppercase()) || ["of", "the", "and"].contains(word))
        && words.iter().any(|word| WORDS.contains(&word.to_lowercase().as_str()))
}

/// The domain name a line consists of, as written.
pub(super) fn domain(line: &str) -> Option<&str> {
    let name = line.trim().trim_matches(|c: char| !c.is_alphanumeric());
    if name.contains(char::is_whitespace) {
        return None;
    }
    let labels: Vec<&str> = name.split('.').collect();
    let [.., before, top] = labels.as_slice() else { return None };
    let label = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-') && label.len() <= 63
    };
    let fits = labels.iter().all(label)
        && top.len() >= 2
        && top.chars().all(char::is_alphabetic)
        && (top.chars().all(char::is_lowercase) || !name.contains(char::is_lowercase))
        && before.chars().count() >= 2
        && line.trim().trim_matches(['*', '_', '#', '[', ']', '(', ')', ' ']) == name;
    fits.then(|| name.strip_prefix("www.").unwrap_or(name))
}

/// Lines broken to fit a width, joined into paragraphs by a space in place of each break.
///
/// A break is such where no sentence ends, and the next line goes on in lower case or its first word would not have
/// fitted into the longest of three or more lines around it, all of which but the last are about as long.
fn unwrap(lines: &[String]) -> Vec<String> {
    let ends = |line: &str| ends_sentence(line) || line.ends_with(':');
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let end = lines[at..].iter().position(String::is_empty).map_or(lines.len(), |n| at + n);
        let block = &lines[at..end];
        let width = block.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        let about_as_long = |line: &String| line.chars().count() * 10 >= width * 6;
        let is_even = block.len() > 2 && block[..block.len() - 1].iter().all(about_as_long);
        let mut last_len = 0;
        for (i, line) in block.iter().enumerate() {
            let word = line.split_whitespace().next().unwrap_or_default();
            let is_full = (45..=120).contains(&width) && last_len + 1 + word.chars().count() > width;
            let goes_on = last_len >= 30 && word.starts_with(char::is_lowercase);
            match out.last_mut() {
                Some(last) if i > 0 && !ends(last) && (goes_on || (is_full && is_even)) => {
                    last.push(' ');
                    last.push_str(line);
                }
                _ => out.push(line.clone()),
            }
            last_len = line.chars().count();
        }
        if end < lines.len() {
            out.push(String::new());
        }
        at = end + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(text: &str) -> Report {
        read("desk.txt", text, false).0.unwrap()
    }

    const PROSE: &str = "The army left the town on Thursday after two days of fighting in its streets.";

    #[test]
    fn a_headline_is_the_title_and_stays_in_the_text() {
        let report = report(&format!("Rebels take Hama\n\n{PROSE}\n"));
        assert_eq!(report.title.as_deref(), Some("Rebels take Hama"));
        assert_eq!(report.text, format!("Rebels take Hama\n\n{PROSE}"));
    }

    #[test]
    fn a_first_sentence_is_no_headline() {
        assert_eq!(report(&format!("Rebels have taken Hama.\n\n{PROSE}\n")).title, None);
        assert_eq!(report("Rebels take Hama").title, None);
    }

    #[test]
    fn the_site_is_the_publisher_and_its_motto_is_no_text() {
        let report =
            report(&format!("example.com\n\nAll the news at example.com\n\nRebels take Hama\n\n{PROSE}\n"));
        assert_eq!(report.publisher.as_deref(), Some("example.com"));
        assert!(report.text.starts_with("Rebels take Hama"), "{}", report.text);
    }

    #[test]
    fn an_interview_keeps_its_questions() {
        let text = format!(
            "{PROSE}\n**Site-News.com**\n**Site-News.com**: Has the town fallen?\n**Dr. Doe**: It has.\n"
        );
        let report = report(&text);
        assert_eq!(report.publisher.as_deref(), Some("Site-News.com"));
        assert_eq!(report.text, format!("{PROSE}\nSite-News.com: Has the town fallen?\nDr. Doe: It has."));
    }

    #[test]
    fn a_date_alone_near_the_top_is_the_day_of_publication() {
        let found = report(&format!("Rebels take Hama\nDecember 5, 2024\n\n{PROSE}\n"));
        assert_eq!(found.published, super::super::parse_date("2024-12-05"));
        assert_eq!(found.text, format!("Rebels take Hama\n\n{PROSE}"));
        assert_eq!(report(&format!("Hama fell on December 5, 2024, as\n\n{PROSE}")).published, None);
    }

    #[test]
    fn a_publisher_between_headline_and_day_is_known_by_its_name() {
        let found =
            report(&format!("Rebels take the town of Hama\nLevant Desk\n5 December 2024\n\n{PROSE}\n"));
        assert_eq!(found.publisher.as_deref(), Some("Levant Desk"));
        assert_eq!(found.title.as_deref(), Some("Rebels take the town of Hama"));
        assert_eq!(found.text, format!("Rebels take the town of Hama\n\n{PROSE}"));
        assert_eq!(report(&format!("Rebels take Hama\nJane Doe\n\n{PROSE}\n")).publisher, None);
    }

    #[test]
    fn a_chronology_has_no_day_of_its_own() {
        let report = report(&format!("November 27, 2024\n{PROSE}\nDecember 5, 2024\n{PROSE}\n"));
        assert_eq!(report.published, None);
        assert!(report.text.contains("November 27, 2024"));
    }

    #[test]
    fn wrapped_lines_become_paragraphs_and_short_lines_do_not() {
        let wrapped = "The army left the town on Thursday after two days\nof fighting in its northern streets, and rebels\nentered it at noon.\n\nHoms\nHama\n";
        let text = report(wrapped).text;
        assert_eq!(
            text,
            "The army left the town on Thursday after two days of fighting in its northern streets, and rebels \
             entered it at noon.\n\nHoms\nHama"
        );
    }

    #[test]
    fn a_file_of_furniture_is_told() {
        let (report, problems) = read("a.txt", "Menu\nSkip to content\nWe use cookies.\n", false);
        assert!(report.is_none());
        assert_eq!(problems[0].message, "the file holds no article, only what stands around one");
    }

    #[test]
    fn a_domain_stands_alone() {
        assert_eq!(domain("**World-News.example.org**"), Some("World-News.example.org"));
        assert_eq!(domain("www.example.com"), Some("example.com"));
        for line in ["Hama.", "U.S.", "e.g.", "example.com says", "5.12", "Dr.Hassan", "a.b"] {
            assert_eq!(domain(line), None, "{line}");
        }
    }
}
