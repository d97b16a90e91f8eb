//! Markdown's marks taken off, the words kept.

/// The lines of Markdown without its marks: emphasis, headings, quotes, lists, targets of links, pictures, comments.
pub(super) fn lines(text: &str) -> Vec<String> {
    let text = without_comments(text);
    let mut out = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        if is_rule(line) || is_target(line) || line.starts_with("```") || line.starts_with("~~~") {
            out.push(String::new());
            continue;
        }
        let (line, starts) = unblock(line);
        if starts && out.last().is_some_and(|last: &String| !last.is_empty()) {
            out.push(String::new());
        }
        out.push(inline(line));
    }
    out
}

/// The line of a plain text file that was written with marks of Markdown, as sites' copies often are: headings and
/// strong emphasis go, and nothing that could be meant as it stands.
pub(super) fn light(line: &str) -> String {
    let line = line.trim();
    pairs(heading(line).unwrap_or(line), &["**", "__"])
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// A line across, the underline of a heading or the ruler of a table.
fn is_rule(line: &str) -> bool {
    let marks: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let same =
        marks.chars().next().is_some_and(|first| "-*_=".contains(first) && marks.chars().all(|c| c == first));
    (marks.len() >= 3 && same) || (marks.contains('|') && marks.chars().all(|c| "|-:".contains(c)))
}

/// The target of a link that stands apart: `[1]: https://example.org`.
fn is_target(line: &str) -> bool {
    line.starts_with('[') && line.split_once("]:").is_some_and(|(_, to)| to.trim_start().starts_with("http"))
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    ((1..=6).contains(&level) && rest.starts_with(' ')).then(|| rest.trim().trim_end_matches('#').trim_end())
}

/// A line without the marks of its block, and whether it begins one.
fn unblock(line: &str) -> (&str, bool) {
    if let Some(title) = heading(line) {
        return (title, true);
    }
    if let Some(rest) = line.strip_prefix('>') {
        return (rest.trim_start_matches(['>', ' ']), false);
    }
    for mark in ["- ", "* ", "+ "] {
        if let Some(rest) = line.strip_prefix(mark) {
            return (rest.trim_start(), true);
        }
    }
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if (1..=2).contains(&(line.len() - number.len()))
        && let Some(rest) = number.strip_prefix(". ").or(number.strip_prefix(") "))
    {
        return (rest.trim_start(), true);
    }
    if let Some(rest) = line.strip_prefix('|') {
        return (rest.trim_end_matches('|').trim(), true);
    }
    (line, false)
}

/// The words of a line without marks inside it.
fn inline(line: &str) -> String {
    let line = pairs(&links(line), &["***", "**", "__", "~~", "`", "*", "_"]);
    let line = ["<br>", "<br/>", "<br />"].iter().fold(line, |line, tag| line.replace(tag, " "));
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation) {
            continue;
        }
        out.push(c);
    }
    out
}

/// Links become their words, pictures and footnote marks nothing.
fn links(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('[') {
        let picture = rest[..at].ends_with('!');
        let Some(close) = closing(&rest[at..]).map(|close| at + close) else { break };
        let words = &rest[at + 1..close];
        let after = &rest[close + 1..];
        let target = match after.chars().next() {
            Some('(') => ends_at(after, ')'),
            Some('[') => ends_at(after, ']'),
            _ => None,
        };
        out.push_str(&rest[..if picture && target.is_some() { at - 1 } else { at }]);
        match target {
            Some(_) if picture => {}
            Some(_) => out.push_str(words),
            None if words.starts_with('^') => {}
            None => out.push_str(&rest[at..=close]),
        }
        rest = &after[target.unwrap_or(0)..];
    }
    out + rest
}

/// One past the first such character, not further away than any address is long.
fn ends_at(text: &str, end: char) -> Option<usize> {
    text.char_indices().take(600).find(|(_, c)| *c == end).map(|(at, _)| at + 1)
}

/// The bracket that closes the one a text begins with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(i);
        }
    }
    None
}

/// Marks that stand in pairs around words go; a mark inside a word or alone stays.
fn pairs(line: &str, marks: &[&str]) -> String {
    marks.iter().fold(line.to_owned(), |line, mark| {
        if !line.contains(mark) {
            return line;
        }
        let mut out = String::with_capacity(line.len());
        let mut from = 0;
        while let Some(open) = line[from..].find(mark).map(|at| from + at) {
            let inner = open + mark.len();
            let opens = !line[..open].ends_with(char::is_alphanumeric)
                && !line[inner..].starts_with(char::is_whitespace);
            out.push_str(&line[from..open]);
            if !opens {
                out.push_str(mark);
                from = inner;
                continue;
            }
            // Where nothing shuts this one, nothing shuts a later one.
            let Some(close) = shut(&line, inner, mark) else {
                from = open;
                break;
            };
            out.push_str(&line[inner..close]);
            from = close + mark.len();
        }
        out + &line[from..]
    })
}

/// Where the mark opened before `inner` is shut.
fn shut(line: &str, inner: usize, mark: &str) -> Option<usize> {
    line[inner..].match_indices(mark).map(|(at, _)| inner + at).find(|at| {
        let after = line[at + mark.len()..].chars().next();
        *at > inner
            && !line[..*at].ends_with(char::is_whitespace)
            && (mark.starts_with('*') || !after.is_some_and(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_go_and_words_stay() {
        for (marked, words) in [
            ("## Rebels take **Hama** ##", "Rebels take Hama"),
            ("The *Orontes* and the _Euphrates_, `Hama`", "The Orontes and the Euphrates, Hama"),
            ("[Hama](https://example.org/a) fell [on Thursday][1].[^2]", "Hama fell on Thursday."),
            ("![a tank](tank.png) Rebels entered", " Rebels entered"),
            ("- Khan Sheikhoun", "Khan Sheikhoun"),
            ("> “We have taken it,” he said", "“We have taken it,” he said"),
            ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
            ("5 \\* 3", "5 * 3"),
            ("[sic] and [Hama]", "[sic] and [Hama]"),
        ] {
            assert_eq!(lines(marked).join(""), words, "{marked}");
        }
    }

    #[test]
    fn rulers_comments_and_targets_are_no_words() {
        assert_eq!(lines("Hama\n====\n<!-- draft\n -->\n[1]: https://example.org\n***\n").join(""), "Hama");
    }

    #[test]
    fn a_text_file_loses_only_headings_and_strong_marks() {
        assert_eq!(light("**Dr. Doe:** yes"), "Dr. Doe: yes");
        assert_eq!(light("## A turning point?"), "A turning point?");
        assert_eq!(light("Required fields are marked *"), "Required fields are marked *");
        assert_eq!(light("#Hama is free"), "#Hama is free");
    }

    proptest! {
        #[test]
        fn no_letter_is_made_and_a_text_file_loses_none(text in "[\\[\\]()!*_`#>|^ \\\\aé\\n-]{0,60}") {
            let letters = |text: &str| text.chars().filter(|c| *c == 'é').count();
            prop_assert!(letters(&lines(&text).join("\n")) <= letters(&text));
            prop_assert_eq!(letters(&light(&text)), letters(&text));
        }
    }
}
