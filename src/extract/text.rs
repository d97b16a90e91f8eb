//! Sentences and words of a report's text.

use super::lexicon::{Low, is_auxiliary, is_preposition, is_subordinator};
use crate::units::Span;

/// A word, a number or a punctuation mark.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a plain fact of how the word is written")]
pub(crate) struct Token {
    /// Where it stands.
    pub(crate) span: Span,
    /// Folded to lower case, curly apostrophes straightened, the possessive ending left out.
    pub(crate) low: Low,
    /// Whether it starts with a capital letter, or is of a script that has none.
    pub(crate) name_like: bool,
    /// Whether it is a word or number, not punctuation.
    pub(crate) word: bool,
    /// Whether a possessive ending ("'s") followed.
    pub(crate) possessive: bool,
    /// Whether white space stands before it.
    pub(crate) spaced: bool,
}

/// Abbreviations after which a full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "maj", "capt", "sgt", "brig", "st", "mt", "ft",
    "gov", "sen", "rep", "pres", "rev", "hon", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "no", "vs", "etc", "inc", "ltd", "co", "corp", "approx", "km", "e.g", "i.e",
    "al", "u.s", "u.k", "u.n", "a.m", "p.m",
];

/// The sentences of a text, in order. A line break between paragraphs always ends one; a full stop does where a capital, a
/// digit, a quotation mark or a letter without case follows.
pub(crate) fn sentences(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let ends = match c {
            '\n' => !wrapped(text, at, end),
            '.' | '!' | '?' | '…' | '؟' | '。' | '।' | '።' => {
                let mut after = end;
                while let Some(&(i, q)) = chars.peek() {
                    if !matches!(q, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '.' | '!' | '?' | '*') {
                        break;
                    }
                    after = i + q.len_utf8();
                    chars.next();
                }
                if ends_sentence(text, start, at, c, after) {
                    push(text, &mut out, start, after);
                    start = after;
                }
                false
            }
            _ => false,
        };
        if ends {
            push(text, &mut out, start, at);
            start = end;
        }
    }
    push(text, &mut out, start, text.len());
    out
}

/// Whether the line break at `at` only wraps a line: the next begins with a small letter, this one ends where no sentence
/// can, or it is as long as lines of wrapped text are, so that the next word had no room.
fn wrapped(text: &str, at: usize, end: usize) -> bool {
    let rest = &text[end..];
    if rest.starts_with(char::is_lowercase) {
        return true;
    }
    if !rest.starts_with(char::is_alphanumeric) {
        return false;
    }
    let line = text[..at].rsplit('\n').next().unwrap_or("");
    let next = rest.split('\n').next().unwrap_or("");
    let word = next.split(char::is_whitespace).next().unwrap_or("");
    let after = rest.split('\n').nth(1).unwrap_or("");
    let before = text[..at - line.len()].trim_end_matches('\n').rsplit('\n').next().unwrap_or("");
    let width = |line: &str| line.chars().take(WIDEST + 1).count();
    let block = [line, next, after, before].map(width);
    let widest = block.into_iter().max().unwrap_or(0);
    let full = widest <= WIDEST && block[0] + 1 + width(word) > widest && block[0] >= NARROWEST;
    // Two lines alone may be a headline and its text, unless the first is longer than headlines are.
    if full && (block[2] > 0 && width(next) >= NARROWEST || block[3] >= NARROWEST || block[0] >= HEADLINE) {
        return true;
    }
    let word = line.trim_end().rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    word.ends_with(',')
        || word.ends_with("'s")
        || word.ends_with("’s")
        // A headline may well end with "out" or "over".
        || is_preposition(word.as_str()) && !matches!(word.as_str(), "out" | "in" | "over" | "up" | "down" | "off" | "on" | "back" | "by" | "through" | "about" | "around" | "near" | "inside" | "outside" | "behind" | "below" | "above")
        || is_subordinator(word.as_str())
        || is_auxiliary(word.as_str())
        || matches!(
            word.as_str(),
            "the" | "a" | "an" | "and" | "or" | "but" | "that" | "which" | "who" | "its" | "their" | "his"
        )
}

/// Lines of wrapped text are so long, in characters, at least and at most.
const NARROWEST: usize = 55;
const WIDEST: usize = 132;
/// No headline is so long.
const HEADLINE: usize = 100;

/// Longer than any sentence of prose: text without full stops is cut at the next space, so that reading it stays linear.
const LONGEST: usize = 4000;

fn push(text: &str, out: &mut Vec<Span>, mut start: usize, end: usize) {
    while end - start > LONGEST {
        let near = (start + LONGEST..=end).find(|&at| text.is_char_boundary(at)).unwrap_or(end);
        let cut = text[near..end].find(char::is_whitespace).map_or(end, |space| near + space);
        trim(text, out, start, cut);
        start = cut;
    }
    trim(text, out, start, end);
}

fn trim(text: &str, out: &mut Vec<Span>, start: usize, end: usize) {
    let piece = &text[start..end];
    let trimmed = piece.trim();
    if trimmed.chars().any(char::is_alphanumeric) {
        let from = start + (piece.len() - piece.trim_start().len());
        out.push(Span { start: from, end: from + trimmed.len() });
    }
}

fn ends_sentence(text: &str, start: usize, at: usize, mark: char, after: usize) -> bool {
    let rest = &text[after..];
    let Some(next) = rest.chars().next() else { return true };
    if !next.is_whitespace() {
        return matches!(mark, '。' | '।' | '።');
    }
    if mark != '.' {
        return mark != '…' || rest.trim_start().chars().next().is_some_and(|c| !c.is_lowercase());
    }
    let word =
        text[start..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("").to_lowercase();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    if initial || ABBREVIATIONS.contains(&word.as_str()) {
        // "in the U.S. Rebels" is rarer than "the U.S. Army": an abbreviation goes on unless a paragraph ends here.
        return false;
    }
    rest.trim_start().chars().next().is_some_and(|c| !c.is_lowercase())
}

/// The tokens of one sentence. Hyphens are tokens of their own, so that "Deir ez-Zor" and "rebel-held" come apart.
pub(crate) fn tokens(text: &str, sentence: Span) -> Vec<Token> {
    let piece = sentence.of(text);
    let mut out: Vec<Token> = Vec::new();
    let mut chars = piece.char_indices().peekable();
    let mut spaced = true;
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let mut end = at + c.len_utf8();
        let is_word = word_char(c);
        if is_word {
            while let Some(&(i, d)) = chars.peek() {
                let inner = apostrophe(d) && piece[i + d.len_utf8()..].chars().next().is_some_and(word_char)
                    || (d == '.' || d == ',' || d == ':')
                        && piece[..i].ends_with(|p: char| p.is_ascii_digit())
                        && piece[i + 1..].starts_with(|n: char| n.is_ascii_digit())
                    || d == '.' && initials(&piece[at..i], &piece[i + 1..]);
                if !word_char(d) && !inner {
                    break;
                }
                end = i + d.len_utf8();
                chars.next();
            }
        }
        let raw = &piece[at..end];
        let mut low = String::with_capacity(raw.len());
        for l in raw.chars().flat_map(char::to_lowercase) {
            low.push(if apostrophe(l) { '\'' } else { l });
        }
        let mut possessive = false;
        let mut stop = end;
        if is_word && low.ends_with("'s") {
            low.truncate(low.len() - 2);
            possessive = true;
            stop = at + raw.char_indices().rev().nth(1).map_or(raw.len(), |(i, _)| i);
        }
        let span = Span { start: sentence.start + at, end: sentence.start + stop };
        let name_like = c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase());
        if !is_word && apostrophe(c) && !spaced && out.last().is_some_and(|t| t.word && t.low.ends_with('s'))
        {
            // "rebels' capture": a bare apostrophe after an s is taken for a possessive as well as for a closing quote.
            if let Some(last) = out.last_mut() {
                last.possessive = true;
            }
        }
        out.push(Token { span, low: Low::from(low.as_str()), name_like, word: is_word, possessive, spaced });
        spaced = false;
    }
    out
}

fn word_char(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | 'ʿ' | 'ʾ')
}

/// Whether a full stop stands inside initials such as "U.S." or "p.m.".
fn initials(before: &str, after: &str) -> bool {
    let letter = before.rsplit('.').next().unwrap_or("");
    letter.chars().count() == 1
        && letter.chars().all(char::is_alphabetic)
        && (before.contains('.')
            || after.chars().nth(1) == Some('.') && after.starts_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|s| s.of(text)).collect()
    }

    fn words(text: &str) -> Vec<String> {
        tokens(text, Span { start: 0, end: text.len() }).into_iter().map(|t| t.low.to_string()).collect()
    }

    #[test]
    fn titles_and_initials_end_no_sentence() {
        let text =
            "Gen. Ali left Hama. “We hold it,” Dr. Saleh said. U.S. troops stayed at 5 p.m. on Nov. 30!";
        assert_eq!(
            split(text),
            [
                "Gen. Ali left Hama.",
                "“We hold it,” Dr. Saleh said.",
                "U.S. troops stayed at 5 p.m. on Nov. 30!",
            ]
        );
    }

    #[test]
    fn text_without_full_stops_is_cut_at_spaces() {
        let text = "حماة Hama ".repeat(3000);
        let pieces = split(&text);
        assert!(pieces.len() > 5 && pieces.iter().all(|piece| piece.len() < LONGEST + 20));
        assert_eq!(pieces.join(" "), text.trim());
        assert_eq!(split(&"x".repeat(9000)).len(), 1, "a word is never cut");
    }

    #[test]
    fn a_line_break_ends_a_sentence_without_a_full_stop() {
        assert_eq!(
            split("Rebels take Hama\nThe army left.  It is over"),
            ["Rebels take Hama", "The army left.", "It is over"]
        );
        assert_eq!(
            split("The army of\nSyria left\nhome."),
            ["The army of\nSyria left\nhome."],
            "a wrapped line goes on"
        );
        let wrapped = "Rebels led by Hayat Tahrir al-Sham, who had been waiting on the ridge since the\n\
                       Monday before, took Hama on Thursday, residents said, and the army of President\n\
                       Assad left.";
        assert_eq!(split(wrapped).len(), 1);
        let headed = "Rebels take Hama, the fourth city of the country, as army pulls out\nThe army left.";
        assert_eq!(split(headed).len(), 2);
    }

    #[test]
    fn possessives_hyphens_and_numbers_come_apart_as_words() {
        assert_eq!(
            words("Syria’s rebel-held Ma'arra, 1.5 km"),
            ["syria", "rebel", "-", "held", "ma'arra", ",", "1.5", "km"]
        );
        let text = "Syria’s army";
        assert_eq!(tokens(text, Span { start: 0, end: text.len() })[0].span.of(text), "Syria");
    }

    #[test]
    fn every_token_stands_where_it_says() {
        for text in ["في 5 ديسمبر، حماة", "Харків’s “U.S. Army” — ok…", "a\u{301}b 'x' s' 's", "1,000.5, 2."]
        {
            for sentence in sentences(text) {
                for token in tokens(text, sentence) {
                    assert!(!token.span.of(text).is_empty(), "{token:?} in {text}");
                }
            }
        }
    }
}
