//! A text as words, each with what stands before it and how it is written.
//!
//! Made for speed: one pass, no allocation for a word. Spans count from the beginning of the text that was given.

mod marks;

use crate::gazetteer::{Hash, fold};
use crate::units::Span;

pub(crate) use marks::{Bits, gap, how};

/// A word or number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub(crate) start: u32,
    pub(crate) end: u32,
    folded: u32,
    length: u16,
    /// See [`how`].
    pub(crate) how: Bits,
    /// What stands between it and the word before, see [`gap`].
    pub(crate) gap: Bits,
    /// Hash of its folded text.
    pub(crate) key: Hash,
}

impl Word {
    /// Whether it may belong to a name by the way it is written.
    pub(crate) fn name_like(&self) -> bool {
        self.how.has(how::CAPITAL | how::CASELESS)
    }

    /// Whether it begins a sentence.
    pub(crate) fn first(&self) -> bool {
        self.how.has(how::FIRST)
    }
}

/// The words of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub(crate) list: Vec<Word>,
    folded: String,
    /// What stands after the last word.
    end: Bits,
}

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: &str = " mr mrs ms dr prof gen col lt maj capt sgt brig cpl adm st ste mt ft gov sen rep pres rev hon sr jr \
    jan feb mar apr jun jul aug sep sept oct nov dec no vs inc ltd co corp dept univ assn bros ave blvd rd hwy approx \
    ala ariz ark calif colo conn del fla ga ill ind kan kans ky la md mass mich minn miss mo mont neb nebr nev okla ore \
    oreg penn pa tenn tex vt va wash wva wis wisc wyo ont que alta sask man phila ";

/// Abbreviations that keep their full stop as part of a name: of states, provinces, streets.
const NAMES: &str = " ala ariz ark calif colo conn del fla ga ill ind kan kans ky la md mass mich minn miss mo mont neb nebr nev \
    okla ore oreg penn pa tenn tex vt va wash wva wis wisc wyo ont que alta sask phila st ave blvd rd hwy co ";

fn listed(list: &str, word: &str) -> bool {
    word.len() <= 6
        && list
            .match_indices(word)
            .any(|(at, _)| list[..at].ends_with(' ') && list[at + word.len()..].starts_with(' '))
}

/// How far a word reaches.
struct Extent {
    /// One past its last byte, and where the text goes on behind a possessive.
    end: usize,
    next: usize,
    how: Bits,
    /// Whether it is ASCII throughout, and whether it is letters and digits only.
    ascii: bool,
    plain: bool,
}

impl Extent {
    /// Of the word that begins at `at`.
    fn of(text: &str, at: usize) -> Self {
        let bytes = text.as_bytes();
        let mut how = Bits::default();
        let (mut end, mut next) = (at, at);
        let (mut segment, mut dots, mut ascii, mut plain) = (at, 0, true, true);
        while next < bytes.len() {
            let byte = bytes[next];
            if byte.is_ascii_alphanumeric() {
                next += 1;
                end = next;
                continue;
            }
            if byte >= 0x80 {
                let c = text[next..].chars().next().unwrap_or(' ');
                if word_char(c) {
                    ascii = false;
                    next += c.len_utf8();
                    end = next;
                    continue;
                }
            }
            plain = false;
            if let Some(length) = invisible_at(text, next)
                && text[next + length..].chars().next().is_some_and(word_char)
            {
                // A soft hyphen or a joiner inside a word is not seen.
                ascii = false;
                next += length;
                continue;
            }
            let follows = |i: usize| text[i..].chars().next().is_some_and(word_char);
            if let Some(length) = apostrophe_at(text, next) {
                let after = next + length;
                let s = bytes.get(after).is_some_and(|b| matches!(b, b's' | b'S')) && !follows(after + 1);
                if s && next > at {
                    how |= how::POSSESSIVE;
                    next = after + 1;
                    break;
                }
                // "d'Abidjan", "l'Ukraine": an article or preposition that lost its vowel is a word of its own.
                let elided = next == at + 1
                    && matches!(bytes[at], b'd' | b'l')
                    && text[after..].starts_with(char::is_uppercase);
                if next > at && follows(after) && !elided {
                    ascii = ascii && length == 1;
                    next = after;
                    continue;
                }
            } else if byte == b'.' && next - segment == 1 && bytes[segment].is_ascii_alphabetic() {
                // "U.S.", "W.Va.", "p.m.": letter by letter.
                let upper = bytes[segment].is_ascii_uppercase();
                let letter = |b: &u8| if upper { b.is_ascii_uppercase() } else { b.is_ascii_lowercase() };
                let goes_on =
                    bytes.get(next + 1).is_some_and(letter) && (upper || bytes.get(next + 2) == Some(&b'.'));
                if goes_on {
                    dots += 1;
                    segment = next + 1;
                    next += 1;
                    continue;
                }
                if dots > 0 {
                    how |= how::INITIALS;
                    next += 1;
                    end = next;
                    break;
                }
            } else if byte == b'.' && dots > 0 && next - segment <= 3 {
                how |= how::INITIALS;
                next += 1;
                end = next;
                break;
            } else if matches!(byte, b'.' | b',')
                && bytes[next - 1].is_ascii_digit()
                && bytes.get(next + 1).is_some_and(u8::is_ascii_digit)
            {
                next += 1;
                continue;
            }
            break;
        }
        Self { end, next, how, ascii, plain }
    }
}

impl Words {
    /// Reads the words of a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut words = Self {
            list: Vec::with_capacity(text.len() / 6 + 4),
            folded: String::with_capacity(text.len()),
            end: gap::LINE,
        };
        let bytes = text.as_bytes();
        let (mut at, mut gap) = (0, gap::LINE);
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() {
                at = words.read(text, at, gap);
                gap = Bits::default();
            } else if byte < 0x80 {
                let wrapped = byte == b'\n' && is_wrapped(bytes, at);
                gap |= if wrapped { gap::SPACE } else { ascii_gap(byte) };
                at += 1;
            } else {
                let c = text[at..].chars().next().unwrap_or(' ');
                if word_char(c) {
                    at = words.read(text, at, gap);
                    gap = Bits::default();
                } else {
                    gap |= other_gap(c);
                    at += c.len_utf8();
                }
            }
            // A bare apostrophe after an s: "rebels' capture".
            if gap == gap::QUOTE
                && apostrophe_at(text, at.saturating_sub(1)).is_some()
                && let Some(last) = words.list.last_mut()
                && last.end as usize + 1 == at
                && words.folded.ends_with('s')
            {
                last.how |= how::POSSESSIVE;
            }
        }
        words.end = gap | gap::LINE;
        words.mark_sentences();
        words
    }

    /// Reads the word at `at`; gives where the text goes on.
    fn read(&mut self, text: &str, at: usize, gap: Bits) -> usize {
        let bytes = text.as_bytes();
        let Extent { end, next, mut how, ascii, plain } = Extent::of(text, at);
        let folded = self.folded.len();
        if ascii && plain {
            self.folded.push_str(&text[at..end]);
            self.folded[folded..].make_ascii_lowercase();
        } else if ascii {
            for &byte in &bytes[at..end] {
                if byte.is_ascii_alphanumeric() {
                    self.folded.push(char::from(byte.to_ascii_lowercase()));
                }
            }
        } else {
            // A word folds to one word; should marks in it fall apart into several, the gazetteer knows them as one name.
            self.folded.push_str(&fold(&text[at..end]));
        }
        let low = &self.folded[folded..];
        let first = text[at..].chars().next().unwrap_or(' ');
        how |= if first.is_uppercase() {
            how::CAPITAL
        } else if first.is_numeric() {
            how::DIGIT
        } else if first.is_alphabetic() && !first.is_lowercase() {
            how::CASELESS
        } else {
            Bits::default()
        };
        if how.has(how::CAPITAL)
            && text[at..end].chars().nth(1).is_some_and(|c| c.is_uppercase() || c == '.')
            && !text[at..end].chars().any(char::is_lowercase)
        {
            how |= how::UPPER;
        }
        if !ascii && !first.is_ascii() && !matches!(first, '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') {
            how |= how::FOREIGN;
        }
        if bytes.get(next) == Some(&b'.')
            && (listed(ABBREVIATIONS, low) || end - at == 1 && how.has(how::CAPITAL))
        {
            how |= how::SHORT;
        }
        self.list.push(Word {
            start: at as u32,
            end: end as u32,
            folded: folded as u32,
            length: low.len() as u16,
            how,
            gap,
            key: Hash::START.then(low),
        });
        next.max(end)
    }

    /// Marks the first words of sentences and the words of headlines.
    fn mark_sentences(&mut self) {
        let mut start = 0;
        for i in 0..=self.list.len() {
            let first = i == self.list.len() || i == 0 || {
                let (before, word) = (self.list[i - 1], self.list[i]);
                let stop = word.gap.has(gap::STOP) && word.gap.has(gap::SPACE) && !before.how.has(how::SHORT);
                word.gap.has(gap::LINE)
                    || stop && (word.name_like() || word.how.has(how::DIGIT))
                    || before.how.has(how::INITIALS) && word.gap.has(gap::STOP)
            };
            if !first {
                continue;
            }
            if start < i {
                let mark = self.headline(start, i);
                for word in &mut self.list[start..i] {
                    word.how |= mark;
                }
                self.list[start].how |= how::FIRST;
            }
            start = i;
        }
    }

    fn headline(&self, start: usize, end: usize) -> Bits {
        let long = self.list[start..end].iter().filter(|word| word.length > 3 && !word.how.has(how::DIGIT));
        let (mut all, mut capital) = (0, 0);
        for word in long {
            all += 1;
            capital += usize::from(word.how.has(how::CAPITAL));
        }
        if all >= 3 && capital * 3 >= all * 2 { how::HEADLINE } else { Bits::default() }
    }

    /// The folded text of a word.
    pub(crate) fn text(&self, i: usize) -> &str {
        let word = &self.list[i];
        &self.folded[word.folded as usize..word.folded as usize + usize::from(word.length)]
    }

    /// Hash of the folded name that the words from `start` up to `end` make.
    pub(crate) fn key(&self, start: usize, end: usize) -> Hash {
        (start + 1..end).fold(self.list[start].key, |hash, i| hash.then(" ").then(self.text(i)))
    }

    /// What stands before the word at `i`, or after the last one.
    pub(crate) fn gap(&self, i: usize) -> Bits {
        self.list.get(i).map_or(self.end, |word| word.gap)
    }

    /// The words that a span of the text covers or touches: the first, and one past the last; none where there are none.
    pub(crate) fn range(&self, span: Span) -> (usize, usize) {
        let start = self.list.partition_point(|word| word.end as usize <= span.start);
        let end = self.list.partition_point(|word| (word.start as usize) < span.end);
        (start, end.max(start))
    }

    /// Where the words from `start` up to `end` stand, with the full stop of an abbreviation that belongs to a name.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let last = &self.list[end - 1];
        let stop = last.how.has(how::SHORT) && listed(NAMES, self.text(end - 1));
        Span { start: self.list[start].start as usize, end: last.end as usize + usize::from(stop) }
    }
}

fn word_char(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Bytes of the apostrophe at this place, if there is one.
fn apostrophe_at(text: &str, at: usize) -> Option<usize> {
    let c = text.get(at..)?.chars().next()?;
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | 'ʿ' | 'ʾ').then_some(c.len_utf8())
}

/// Whether a line break only fits a paragraph to a width, and parts no words: it stands between two lines of usual width, the
/// first of them with no mark at its end.
fn is_wrapped(bytes: &[u8], at: usize) -> bool {
    const WIDTH: std::ops::RangeInclusive<usize> = 40..=110;
    let before = bytes[..at].iter().rev().take(WIDTH.end() + 1).take_while(|byte| **byte != b'\n').count();
    let after = bytes[at + 1..].iter().take(WIDTH.end() + 1).take_while(|byte| **byte != b'\n').count();
    let letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    let more = at + 1 + after < bytes.len();
    WIDTH.contains(&before)
        && (WIDTH.contains(&after) || !more && after < *WIDTH.start())
        && (letter(at.checked_sub(1).map(|i| &bytes[i])) || bytes[at - 1] == b',')
        && letter(bytes.get(at + 1))
}

/// Bytes of the character that is not seen at this place, if there is one: soft hyphen, zero-width space, joiners.
fn invisible_at(text: &str, at: usize) -> Option<usize> {
    let c = text.get(at..)?.chars().next()?;
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}').then_some(c.len_utf8())
}

fn ascii_gap(byte: u8) -> Bits {
    match byte {
        b' ' | b'\t' => gap::SPACE,
        b'\n' | b'\r' => gap::LINE,
        b',' => gap::COMMA,
        b'.' | b'!' | b'?' => gap::STOP,
        b'-' => gap::HYPHEN,
        b':' | b';' => gap::COLON,
        b'"' | b'\'' | b'`' => gap::QUOTE,
        b'(' | b'[' | b'{' | b'<' => gap::OPEN,
        b')' | b']' | b'}' | b'>' => gap::CLOSE,
        b'/' | b'|' => gap::SLASH,
        b'@' | b'#' | b'_' | b'\\' => gap::SIGN,
        _ => gap::OTHER,
    }
}

fn other_gap(c: char) -> Bits {
    match c {
        '،' | '、' | '，' => gap::COMMA,
        '…' | '؟' | '。' | '।' | '።' | '۔' => gap::STOP,
        '‐' | '‑' => gap::HYPHEN,
        '–' | '—' | '―' => gap::DASH,
        '؛' => gap::COLON,
        '“' | '”' | '„' | '«' | '»' | '’' | '‘' => gap::QUOTE,
        '\u{2028}' | '\u{2029}' | '\u{85}' => gap::LINE,
        '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{feff}' => Bits::default(),
        _ if c.is_whitespace() => gap::SPACE,
        _ => gap::OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, String)> {
        let words = Words::of(text);
        (0..words.list.len()).map(|i| (words.span(i, i + 1).of(text), words.text(i).to_owned())).collect()
    }

    fn surfaces(text: &str) -> Vec<&str> {
        read(text).into_iter().map(|(surface, _)| surface).collect()
    }

    #[test]
    fn words_come_apart_at_hyphens_and_lose_possessives() {
        assert_eq!(
            surfaces("Syria’s rebel-held Ma'arra, Deir ez-Zor's 1.5 km"),
            ["Syria", "rebel", "held", "Ma'arra", "Deir", "ez", "Zor", "1.5", "km"]
        );
        assert_eq!(read("Ma‘arrat")[0].1, "maarrat");
        assert_eq!(
            surfaces("à Ham\u{ad}a, d'Alep et l’Ukraine"),
            ["à", "Ham\u{ad}a", "d", "Alep", "et", "l", "Ukraine"]
        );
        assert_eq!(read("Ham\u{ad}a")[0].1, "hama");
    }

    #[test]
    fn initials_and_abbreviated_states_keep_their_full_stops() {
        assert_eq!(
            surfaces("In Huntington, W.Va., the U.S. sent Gainesville, Fla. aid at 5 p.m. to St. Louis. No."),
            [
                "In",
                "Huntington",
                "W.Va.",
                "the",
                "U.S.",
                "sent",
                "Gainesville",
                "Fla.",
                "aid",
                "at",
                "5",
                "p.m.",
                "to",
                "St.",
                "Louis",
                "No"
            ]
        );
    }

    #[test]
    fn sentences_begin_after_stops_and_lines_but_not_after_abbreviations() {
        let text = "Gen. Ali left Hama. Dr. Saleh said so\nThe army of the U.S. came";
        let words = Words::of(text);
        let firsts: Vec<&str> =
            (0..words.list.len()).filter(|&i| words.list[i].first()).map(|i| words.text(i)).collect();
        assert_eq!(firsts, ["gen", "dr", "the"]);
    }

    #[test]
    fn a_line_break_that_fits_a_width_parts_no_words() {
        let text = "The army said on Thursday that it had left the town of Khan\nSheikhoun after days of fighting there, and went on to\nHama";
        let words = Words::of(text);
        assert_eq!(words.list.iter().filter(|word| word.first()).count(), 1);
        let list = "Aleppo\nKhan\nSheikhoun";
        assert_eq!(Words::of(list).list.iter().filter(|word| word.first()).count(), 3);
    }

    #[test]
    fn headlines_are_known_by_their_capitals() {
        let words = Words::of("Rebels Capture Hama From Army\nThe rebels captured Hama on Thursday");
        assert!(words.list[2].how.has(how::HEADLINE));
        assert!(!words.list[8].how.has(how::HEADLINE));
    }

    #[test]
    fn every_word_stands_on_character_boundaries() {
        for text in [
            "في 5 ديسمبر، حماة",
            "Харків’s “U.S. Army” — ok…",
            "a\u{301}b 'x' s' 's",
            "1,000.5, 2.",
            "İ'.'’s",
            "A.",
            "A.B",
            "é.É.x",
        ] {
            let words = Words::of(text);
            for i in 0..words.list.len() {
                assert!(!words.span(i, i + 1).of(text).is_empty());
            }
        }
    }
}
