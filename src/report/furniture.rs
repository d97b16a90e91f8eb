//! Page furniture: what stands on a saved page and is not the article.
//!
//! The rules know no site. Each looks at one line (a paragraph) alone and says what goes with it; they are kept from
//! real prose by a limit of words, and each carries lines it must and must not take.

use std::collections::BTreeSet;
use std::sync::LazyLock;

mod rules;

use rules::{Looks, RULES, Rule, Takes};

/// The article's lines, without the furniture; blank lines stay where they are.
///
/// `domain` is the site's own, if known: a short line that names it is its motto.
pub(super) fn strip(lines: Vec<String>, domain: Option<&str>) -> Vec<String> {
    let prose: Vec<usize> = lines.iter().map(|line| if is_prose(line) { line.len() } else { 0 }).collect();
    let (mut before, mut after) = (0, prose.iter().sum::<usize>());
    let mut kept: Vec<String> = Vec::with_capacity(lines.len());
    let mut in_links = false;
    for (line, prose) in lines.into_iter().zip(prose) {
        after -= prose;
        if line.trim().is_empty() {
            kept.push(String::new());
            continue;
        }
        if let Some(rule) = rule_of(&line) {
            if rule.takes == Takes::Rest && before >= after {
                break;
            }
            in_links = rule.takes == Takes::Links;
            continue;
        }
        if domain.is_some_and(|domain| is_motto(&line, domain)) {
            continue;
        }
        in_links &= !ends_sentence(&line);
        if !in_links {
            before += prose;
            kept.push(line);
        }
    }
    without_author_box(kept)
}

/// The rule that takes a line, if one does.
fn rule_of(line: &str) -> Option<&'static Rule> {
    let words = words_up_to(line, 100);
    if words == 100 {
        return None;
    }
    let folded = fold(line);
    let Some(first) = folded.bytes().next() else { return other_rule(line, words) };
    // Most lines begin as no phrase of a rule does: one byte tells, and the phrases need not be compared.
    let begun = |phrases: &Phrases, goes_on: fn(&str) -> bool| {
        phrases.0[usize::from(first)].iter().any(|phrase| folded.strip_prefix(phrase).is_some_and(goes_on))
    };
    let found = RULES.iter().zip(PHRASES.iter()).find(|(rule, phrases)| {
        words <= rule.words
            && match rule.looks {
                Looks::Is(_) => begun(phrases, str::is_empty),
                Looks::Starts(_) => begun(phrases, |rest| !rest.starts_with(char::is_alphanumeric)),
                Looks::Label(_) => begun(phrases, |rest| rest.starts_with(':')),
                Looks::Has(_) => phrases.0.iter().flatten().any(|phrase| folded.contains(phrase)),
                Looks::So(passes) => passes(line),
            }
    });
    found.map(|(rule, _)| rule)
}

/// The rule that takes a line without a letter or a digit.
fn other_rule(line: &str, words: usize) -> Option<&'static Rule> {
    RULES.iter().find(|rule| words <= rule.words && matches!(rule.looks, Looks::So(passes) if passes(line)))
}

/// The phrases of a rule by their first byte.
struct Phrases([Vec<&'static str>; 256]);

/// The phrases of each rule, in the order of the rules.
static PHRASES: LazyLock<Vec<Phrases>> = LazyLock::new(|| {
    let phrases = |rule: &Rule| {
        let mut phrases = Phrases(std::array::from_fn(|_| Vec::new()));
        if let Looks::Is(list) | Looks::Starts(list) | Looks::Label(list) | Looks::Has(list) = rule.looks {
            for phrase in list.split('|').map(str::trim) {
                phrases.0[phrase.bytes().next().map_or(0, usize::from)].push(phrase);
            }
        }
        phrases
    };
    RULES.iter().map(phrases).collect()
});

/// How many words a line has, where there are fewer than so many.
fn words_up_to(line: &str, most: usize) -> usize {
    if !line.is_ascii() {
        return line.split_whitespace().take(most).count();
    }
    let is_space = |byte: u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let bytes = line.as_bytes();
    let starts = (0..bytes.len()).filter(|i| !is_space(bytes[*i]) && (*i == 0 || is_space(bytes[i - 1])));
    starts.take(most).count()
}

/// Lower case, straight apostrophes, single spaces, and no marks around.
fn fold(line: &str) -> String {
    let lower = line.to_lowercase();
    let mut out = String::with_capacity(lower.len());
    for word in lower.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.is_ascii() {
            out.push_str(word);
        } else {
            out.extend(word.chars().map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c }));
        }
    }
    let mark = |c: char| !c.is_alphanumeric();
    out.truncate(out.trim_end_matches(mark).len());
    out.drain(..out.len() - out.trim_start_matches(mark).len());
    out
}

/// Whether a line ends as a sentence does, whatever quotes or brackets follow.
pub(super) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['"', '”', '»', '’', '\'', ')', ']', '*', '_']);
    line.ends_with(['.', '!', '?', '…', '。', '؟', '۔', '।', '።'])
}

/// Whether a line is a paragraph of an article: words enough and the end of a sentence. Where a script sets no space
/// between words letters are counted, and where it marks no end of a sentence (Thai, Lao, Khmer) only those.
pub(super) fn is_prose(line: &str) -> bool {
    let letters = |fits: fn(&char) -> bool| line.chars().filter(fits).count();
    let is_long = line.split_whitespace().nth(7).is_some() || letters(|c| *c > '\u{0e00}') >= 30;
    let is_endless = |c: &char| matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1780}'..='\u{17ff}');
    (is_long && ends_sentence(line)) || letters(is_endless) >= 60
}

fn counts_comments(line: &str) -> bool {
    let text = fold(line);
    let (number, what) = text.split_once(' ').unwrap_or_default();
    let number = number.trim_matches(|c: char| !c.is_alphanumeric());
    !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
        && matches!(what, "comment" | "comments" | "replies")
}

fn is_path(line: &str) -> bool {
    const ROOTS: &[&str] =
        &["home", "homepage", "главная", "головна", "accueil", "inicio", "startseite", "الرئيسية"];
    let mut parts = line.split(['>', '»', '›', '/', '|', '→']);
    let root = parts.next().unwrap_or_default();
    parts.nth(1).is_some() && !ends_sentence(line) && ROOTS.contains(&fold(root).as_str())
}

fn is_copyright(line: &str) -> bool {
    let text = line.trim().to_lowercase();
    let year = |rest: &str| {
        rest.trim_start().trim_start_matches('©').trim_start().starts_with(|c: char| c.is_ascii_digit())
    };
    text.starts_with('©')
        || text.strip_prefix("(c)").is_some_and(year)
        || text.strip_prefix("copyright").is_some_and(year)
        || text.contains("all rights reserved")
        || text.contains("все права защищены")
}

fn is_byline(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let by = words.next().is_some_and(|word| word.eq_ignore_ascii_case("by"));
    let names: Vec<&str> = words.collect();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let month = |word: &str| super::parse_date(&format!("5 {} 2024", word.trim_matches(','))).is_some();
    let time = |word: &str| {
        let word = word.trim_matches(',').to_lowercase();
        word.ends_with("day") || word == "week" || word.starts_with(|c: char| c.is_ascii_digit())
    };
    by && names.len() >= 2
        && !ends_sentence(line)
        && names
            .iter()
            .all(|word| capital(word) || ["and", "de", "van", "von", "al", "bin", "in", "for"].contains(word))
        && !names.iter().any(|word| month(word) || time(word))
}

fn is_reading_time(line: &str) -> bool {
    let text = fold(line);
    let minutes = |text: &str| {
        let (number, unit) = text.split_once([' ', '-']).unwrap_or_default();
        number.parse::<u16>().is_ok()
            && ["min", "mins", "minute", "minutes"].contains(&unit.trim_end_matches(" read"))
    };
    match text.strip_prefix("reading time").or(text.strip_prefix("estimated reading time")) {
        Some(rest) => minutes(rest.trim_start_matches([':', ' '])),
        None => text.ends_with(" read") && minutes(&text),
    }
}

fn is_update(line: &str) -> bool {
    const LABELS: &[&str] = &[
        "last updated",
        "last modified",
        "last update",
        "updated",
        "modified",
        "edited",
        "обновлено",
        "оновлено",
    ];
    let text = fold(line);
    let ago = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        matches!(words[..], [number, unit, "ago"] if number.parse::<u16>().is_ok() && unit.len() >= 3)
    };
    let rest = LABELS.iter().find_map(|label| text.strip_prefix(label));
    ago(&text)
        || rest.is_some_and(|rest| {
            let rest = rest.trim_start_matches([':', ' ']);
            let rest = rest.strip_prefix("on ").or(rest.strip_prefix("at ")).unwrap_or(rest);
            ago(rest) || super::parse_date(rest).is_some()
        })
}

fn is_address(line: &str) -> bool {
    let line = line.trim();
    ["http://", "https://", "www."].iter().any(|start| line.starts_with(start)) && !line.contains(' ')
}

/// Whether a short line that is no sentence names the site it stands on.
fn is_motto(line: &str, domain: &str) -> bool {
    line.split_whitespace().count() <= 14 && !ends_sentence(line) && {
        let line = line.to_lowercase();
        let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
        // A name followed by a colon speaks: an interview.
        !bare.contains(&format!("{domain}:"))
            && !bare.contains(&format!("{domain}**:"))
            && bare.contains(domain)
    }
}

/// The lines without a box about the author after the article: the name alone and a paragraph about that person, or
/// a paragraph that is plainly such by itself.
fn without_author_box(mut lines: Vec<String>) -> Vec<String> {
    let full: Vec<usize> = (0..lines.len()).filter(|i| !lines[*i].trim().is_empty()).collect();
    let mut drop = BTreeSet::new();
    for (n, &i) in full.iter().enumerate().skip(1) {
        let (line, before) = (&lines[i], &lines[full[n - 1]]);
        let named = line.starts_with(before.trim()) && is_name(before);
        if named && line.split_whitespace().count() <= 160 && biography(line) >= 1 {
            drop.extend([full[n - 1], i]);
        } else if n + 2 >= full.len() && opens_with_name_is(line) && biography(line) >= 3 {
            drop.insert(i);
        }
    }
    let mut i = 0;
    lines.retain(|_| {
        i += 1;
        !drop.contains(&(i - 1))
    });
    lines
}

/// Two to four capitalised words and nothing else.
fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=4).contains(&words.len())
        && !ends_sentence(line)
        && words.iter().all(|word| word.starts_with(char::is_uppercase) && !word.contains([':', ',']))
}

/// Whether it begins `Jane Doe is a`.
fn opens_with_name_is(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(7).collect();
    words
        .windows(2)
        .position(|pair| matches!(pair, ["is", "a" | "an" | "the"] | ["covers" | "has", _]))
        .is_some_and(|at| {
            (2..=4).contains(&at) && words[..at].iter().all(|word| word.starts_with(char::is_uppercase))
        })
}

/// How many of the things that paragraphs about authors tell this one tells.
fn biography(line: &str) -> usize {
    const TELLS: &[&[&str]] = &[
        &[
            "journalist",
            "reporter",
            "correspondent",
            "editor",
            "writer",
            "columnist",
            "contributor",
            "author",
            "blogger",
        ],
        &[
            "years of experience",
            "decade of experience",
            "decades of experience",
            "seasoned",
            "award-winning",
            "veteran",
        ],
        &["degree", "graduated", "university", "studied", "alumn"],
        &["career", "has worked with", "has worked for", "has written for", "previously worked", "bylines"],
        &[
            "follow him",
            "follow her",
            "follow them",
            "can be reached",
            "passion",
            "specializes in",
            "specialises in",
        ],
        &["coverage", "storytelling", "accolades", "journalism", "newsroom"],
    ];
    let line = line.to_lowercase();
    TELLS.iter().filter(|words| words.iter().any(|word| line.contains(word))).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_takes_and_leaves_what_its_examples_say() {
        for rule in RULES {
            assert!(!rule.yes.is_empty() && !rule.no.is_empty(), "{} has no examples", rule.name);
            for line in rule.yes {
                assert_eq!(rule_of(line).map(|found| found.name), Some(rule.name), "{line}");
            }
            for line in rule.no {
                assert_eq!(rule_of(line).map(|found| found.name), None, "{line}");
            }
        }
    }

    fn stripped(lines: &[&str]) -> Vec<String> {
        let lines = strip(lines.iter().map(|line| (*line).to_owned()).collect(), Some("example.com"));
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    }

    const PROSE: &str =
        "The army left the town on Thursday after two days of fighting in its northern streets.";

    #[test]
    fn links_go_and_the_prose_after_them_stays() {
        let lines = [PROSE, "Related Articles", "Rebels take Damascus", "Assad leaves Syria", PROSE];
        assert_eq!(stripped(&lines), [PROSE, PROSE]);
    }

    #[test]
    fn nothing_after_the_comments_is_the_article() {
        let lines = [PROSE, PROSE, "Leave a Reply", "Name", "I heard that Homs fell as well, is that so?"];
        assert_eq!(stripped(&lines), [PROSE, PROSE]);
    }

    #[test]
    fn a_comment_form_above_the_article_takes_only_itself() {
        assert_eq!(stripped(&["Comments", PROSE, PROSE]), [PROSE, PROSE]);
    }

    #[test]
    fn the_site_s_motto_goes_and_its_questions_stay() {
        let question = "Example.com: Has the town fallen";
        assert_eq!(stripped(&["All the news at example.com", PROSE, question]), [PROSE, question]);
    }

    #[test]
    fn a_box_about_the_author_goes() {
        let about =
            "Jane Doe is a seasoned journalist with a degree from a university and a long career abroad.";
        assert_eq!(stripped(&[PROSE, PROSE, "Jane Doe", about]), [PROSE, PROSE]);
        assert_eq!(stripped(&[PROSE, PROSE, about]), [PROSE, PROSE]);
    }

    #[test]
    fn a_journalist_in_the_news_stays() {
        let news = "Samir Haddad is a journalist in the town and saw the army leave it on Thursday.";
        assert_eq!(stripped(&[PROSE, news, PROSE]), [PROSE, news, PROSE]);
        assert_eq!(stripped(&[PROSE, PROSE, news]), [PROSE, PROSE, news]);
    }
}
