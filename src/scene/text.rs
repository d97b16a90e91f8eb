//! Words on a canvas: cleaned, cut into runs of one script, measured by shaping them with the bundled fonts.
//!
//! Lengths are in ems until a size is chosen, since all scale with it.

use super::Face;
use crate::fonts::{self, Family};
use rustybuzz::UnicodeBuffer;
use std::sync::OnceLock;
use unicode_bidi::{BidiClass, BidiInfo, bidi_class};

/// Longest text that is looked at, in characters: no title of a picture needs more, and hostile ones have more.
const LONGEST: usize = 600;

/// How far letters reach above the baseline, in ems (ascenders of Noto Sans; marks above Arabic letters).
const ASCENT: (f64, f64) = (0.77, 0.90);
/// How far letters reach below the baseline, in ems.
const DESCENT: (f64, f64) = (0.22, 0.38);

/// What a line is set in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Hand {
    /// The family before the bundled ones.
    pub(crate) family: Family,
    /// Bold or regular.
    pub(crate) bold: bool,
}

/// A stretch of one script and one direction, standing at its place in the line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Run {
    /// The words in reading order.
    pub(crate) words: String,
    /// Its typeface.
    pub(crate) face: Face,
    /// Its left end, in ems from the left end of the line.
    pub(crate) left: f64,
}

/// One line of text, its runs from left to right.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// The runs.
    pub(crate) runs: Vec<Run>,
    /// Width in ems.
    pub(crate) width: f64,
}

impl Line {
    /// The line that these words make; cleaned first.
    pub(crate) fn of(words: &str, hand: Hand) -> Self {
        lay(&clean(words), hand)
    }

    /// Its words, as they are seen from left to right.
    pub(crate) fn words(&self) -> String {
        self.runs.iter().map(|run| run.words.as_str()).collect()
    }

    /// How far it reaches above the baseline, in ems.
    pub(crate) fn ascent(&self) -> f64 {
        if self.is_arabic() { ASCENT.1 } else { ASCENT.0 }
    }

    /// How far it reaches below the baseline, in ems.
    pub(crate) fn descent(&self) -> f64 {
        if self.is_arabic() { DESCENT.1 } else { DESCENT.0 }
    }

    /// How far its own letters reach below the baseline, in ems: hardly at all where none of them is low.
    pub(crate) fn depth(&self) -> f64 {
        let is_flat = |c: char| c.is_ascii() && !"gjpqyQ,;()[]{}|/_@$".contains(c);
        if self.runs.iter().all(|run| run.words.chars().all(is_flat)) { 0.05 } else { self.descent() }
    }

    fn is_arabic(&self) -> bool {
        self.runs.iter().any(|run| run.face == Face::Arabic)
    }
}

/// The words without what a picture cannot show: control and direction marks dropped, white space (but what groups
/// digits) made one space,
/// signs that no bundled font has replaced by `?`, all cut at [`LONGEST`] characters.
pub(crate) fn clean(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars().take(LONGEST) {
        let c = if c.is_whitespace() && c != super::number::THIN { ' ' } else { c };
        let is_mark = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}' | '\u{ad}');
        if c.is_control() || is_mark || (c == ' ' && (out.is_empty() || out.ends_with(' '))) {
            continue;
        }
        out.push(if face_of(c, Face::Sans, None).is_some() { c } else { '?' });
    }
    if words.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out.trim_end().to_owned()
}

/// Whether the bundled fonts have all of its letters.
pub(crate) fn can_show(words: &str) -> bool {
    !clean(words).contains('?') || words.contains('?')
}

/// What letters words are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Script {
    /// Latin.
    Latin,
    /// Greek.
    Greek,
    /// Cyrillic.
    Cyrillic,
    /// Arabic.
    Arabic,
    /// Any other.
    Other,
}

/// The script of the first letter; `None` where there is no letter.
pub(crate) fn script(words: &str) -> Option<Script> {
    let first = words.chars().find(|c| c.is_alphabetic())?;
    Some(match first {
        'A'..='Z' | 'a'..='z' | '\u{aa}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{feff}' => {
            Script::Arabic
        }
        _ => Script::Other,
    })
}

/// Words broken at spaces into lines of at most `width` ems; what does not fit `most` lines is cut with an ellipsis.
pub(crate) fn wrap(words: &str, hand: Hand, width: f64, most: usize) -> Vec<Line> {
    let words = clean(words);
    let mut rows: Vec<String> = Vec::new();
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let longer = rows.last().map(|row| format!("{row} {word}"));
        match (rows.last_mut(), longer) {
            (Some(row), Some(longer)) if lay(&longer, hand).width <= width => *row = longer,
            _ => rows.push(word.to_owned()),
        }
    }
    if rows.len() > most {
        rows.truncate(most);
        if let Some(last) = rows.last_mut() {
            last.push_str(" …");
        }
    }
    rows.iter().map(|row| cut(row, hand, width)).collect()
}

/// One line, cut with an ellipsis where it is wider than `width` ems.
pub(crate) fn cut(words: &str, hand: Hand, width: f64) -> Line {
    let words = clean(words);
    let whole = lay(&words, hand);
    if whole.width <= width {
        return whole;
    }
    let ends: Vec<usize> = words.char_indices().map(|(at, _)| at).collect();
    let shorter = |n: usize| lay(&format!("{}…", words[..ends[n]].trim_end_matches([' ', '…'])), hand);
    let fits = |n: &usize| shorter(*n).width <= width;
    let (mut low, mut high) = (0, ends.len().saturating_sub(1));
    while low < high {
        let mid = (low + high).div_ceil(2);
        if fits(&mid) { low = mid } else { high = mid - 1 }
    }
    shorter(low)
}

/// The typeface that has this character: `current` if it can, so that spaces and points stay with their words; letters go
/// back to the style's `own` as soon as it has them.
fn face_of(c: char, current: Face, own: Option<Face>) -> Option<Face> {
    let first = own.filter(|_| c.is_alphanumeric()).unwrap_or(current);
    let faces = [Some(first), Some(current), own, Some(Face::Sans), Some(Face::Arabic)];
    faces.into_iter().flatten().find(|face| shaper(*face, false).glyph_index(c).is_some())
}

fn lay(words: &str, hand: Hand) -> Line {
    let mut line = Line { runs: Vec::new(), width: 0.0 };
    let bidi = BidiInfo::new(words, None);
    for paragraph in &bidi.paragraphs {
        let (levels, stretches) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for stretch in stretches {
            let is_rtl = levels.get(stretch.start).is_some_and(unicode_bidi::Level::is_rtl);
            let mut pieces = pieces(&words[stretch], is_rtl, hand.family);
            if is_rtl {
                pieces.reverse();
            }
            for (piece, face) in pieces {
                let width = shaped(&piece, face, hand.bold);
                if !piece.trim().is_empty() {
                    line.runs.push(Run { words: piece, face, left: line.width });
                }
                line.width += width;
            }
        }
    }
    line
}

/// A stretch of one direction cut where the typeface changes, and at white space and points on its ends: an SVG
/// reader trims the first and would move the others to the wrong side of right-to-left words.
fn pieces(stretch: &str, is_rtl: bool, family: Family) -> Vec<(String, Face)> {
    let mut pieces: Vec<(String, Face)> = Vec::new();
    let own = family.name().map(|_| Face::Own(family));
    let mut current = own.unwrap_or(if is_rtl { Face::Arabic } else { Face::Sans });
    let is_loose = |c: char| c == ' ' || (is_rtl && is_neutral(c));
    let inner = stretch.trim_matches(is_loose);
    let start = inner.as_ptr() as usize - stretch.as_ptr() as usize;
    for (at, c) in stretch.char_indices() {
        let c = if is_rtl { mirrored(c) } else { c };
        current = face_of(c, current, own).unwrap_or(Face::Sans);
        let is_edge = at == start || at == start + inner.len();
        let lone = c == ' ' && (at < start || at >= start + inner.len());
        match pieces.last_mut() {
            Some((piece, face)) if *face == current && !is_edge && !lone && piece != " " => piece.push(c),
            _ => pieces.push((c.to_string(), current)),
        }
    }
    pieces
}

fn is_neutral(c: char) -> bool {
    !matches!(
        bidi_class(c),
        BidiClass::AL | BidiClass::R | BidiClass::NSM | BidiClass::L | BidiClass::AN | BidiClass::EN
    )
}

fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('{', '}'), ('«', '»'), ('<', '>')];
    for (a, b) in PAIRS {
        if c == a {
            return b;
        }
        if c == b {
            return a;
        }
    }
    c
}

/// Width in ems as shaped: ligatures, joined letters and kerning counted.
fn shaped(words: &str, face: Face, bold: bool) -> f64 {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(words);
    buffer.guess_segment_properties();
    let font = shaper(face, bold);
    let glyphs = rustybuzz::shape(font, &[], buffer);
    let advance: i32 = glyphs.glyph_positions().iter().map(|glyph| glyph.x_advance).sum();
    f64::from(advance) / f64::from(font.units_per_em().max(1))
}

/// The font to shape with: the style's own, or one of the four bundled ones, parsed once.
pub(crate) fn shaper(face: Face, bold: bool) -> &'static rustybuzz::Face<'static> {
    static FACES: OnceLock<Vec<rustybuzz::Face<'static>>> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        let parse = |face: Face, bold| {
            let font = fonts::FACES.iter().find(|font| font.family == face.family() && font.bold == bold);
            font.and_then(|font| rustybuzz::Face::from_slice(font.bytes, 0))
                .expect("the bundled fonts are checked by a test")
        };
        [(Face::Sans, false), (Face::Sans, true), (Face::Arabic, false), (Face::Arabic, true)]
            .map(|(face, bold)| parse(face, bold))
            .into()
    });
    if let Face::Own(family) = face
        && let Some(own) = family.shaper(bold)
    {
        return own;
    }
    &faces[usize::from(face == Face::Arabic) * 2 + usize::from(bold)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_is_one_run_of_joined_letters() {
        let line = Line::of("حماة", Hand::default());
        assert_eq!(line.runs.len(), 1);
        let apart: f64 = "حماة".chars().map(|c| Line::of(&c.to_string(), Hand::default()).width).sum();
        assert!(
            (line.width - apart).abs() > 0.05,
            "joined letters have other widths: {} {apart}",
            line.width
        );
    }

    #[test]
    fn each_script_is_a_run_of_its_own_in_the_order_seen() {
        let words: Vec<_> = Line::of("Hama (حماة) 2024", Hand::default())
            .runs
            .into_iter()
            .map(|run| (run.words, run.face))
            .collect();
        assert!(words.contains(&("حماة".to_owned(), Face::Arabic)), "{words:?}");
        assert!(words[0].0.starts_with("Hama") && words.last().unwrap().0.ends_with("2024"), "{words:?}");
    }

    #[test]
    fn a_right_to_left_line_ends_on_the_left() {
        let line = Line::of("سقطت حماة اليوم.", Hand::default());
        assert_eq!(line.runs[0].words, ".");
    }

    #[test]
    fn hostile_marks_are_dropped_and_unknown_signs_replaced() {
        assert_eq!(clean("a\u{202e}b\u{0}\n\t c 𓀀"), "ab c ?");
    }

    #[test]
    fn names_in_scripts_without_a_font_are_told_apart() {
        assert!(can_show("Київ") && can_show("خان شيخون") && can_show("Why?"));
        assert!(!can_show("ירושלים") && !can_show("መቐለ"));
    }

    #[test]
    fn the_script_of_a_name_is_that_of_its_letters() {
        let scripts = ["Baghdad", "بغداد", "«Київ»", "Θήβα", "ירושלים", "1"].map(script);
        let expected = [Script::Latin, Script::Arabic, Script::Cyrillic, Script::Greek, Script::Other];
        assert_eq!(scripts[..5], expected.map(Some));
        assert_eq!(scripts[5], None);
    }

    #[test]
    fn a_long_text_is_cut_inside_its_width() {
        let lines = wrap(
            &"Government forces leave Hama ".repeat(40),
            Hand { bold: true, ..Hand::default() },
            20.0,
            2,
        );
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.width <= 20.0));
        assert!(lines[1].runs.last().unwrap().words.ends_with('…'));
        assert!(cut(&"m".repeat(5000), Hand::default(), 10.0).width <= 10.0);
    }

    #[test]
    fn nothing_makes_no_lines() {
        assert!(wrap("", Hand::default(), 10.0, 2).is_empty());
        assert!(wrap("\u{202e}\n", Hand::default(), 10.0, 2).is_empty());
        assert!(cut("", Hand::default(), 1.0).runs.is_empty());
    }
}
