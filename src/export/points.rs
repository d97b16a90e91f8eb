//! Code points of many spans of one text, without walking the text for each.

use crate::units::Span;

/// Bytes between two counts kept.
const STEP: usize = 256;

/// How many code points begin before every so many bytes of a text.
pub(super) struct Points<'a> {
    /// The text.
    pub(super) text: &'a str,
    counts: Vec<usize>,
}

impl<'a> Points<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut counts = vec![0];
        for chunk in text.as_bytes().chunks(STEP) {
            let begun = chunk.iter().filter(|byte| begins(**byte)).count();
            counts.push(counts.last().copied().unwrap_or(0) + begun);
        }
        Self { text, counts }
    }

    /// What [`Span::code_points`] gives.
    pub(super) fn span(&self, span: Span) -> (usize, usize) {
        let start = span.start.min(self.text.len());
        let chunk = start / STEP;
        let rest = &self.text.as_bytes()[chunk * STEP..start];
        let before = self.counts.get(chunk).copied().unwrap_or(0);
        let start = before + rest.iter().filter(|byte| begins(**byte)).count();
        (start, start + span.of(self.text).chars().count())
    }
}

/// Whether a byte of UTF-8 is the first of its code point.
fn begins(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_counts_as_a_span_does(text in "[aé€😀]{0,3}", times in 0_usize..4000, a in 0_usize..40_000, b in 0_usize..9) {
            let text = text.repeat(times);
            let start = (0..=a.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            let end = (start..=text.len()).rev().find(|at| *at <= start + b && text.is_char_boundary(*at)).unwrap();
            let span = Span { start, end };
            prop_assert_eq!(Points::of(&text).span(span), span.code_points(&text));
        }
    }
}
