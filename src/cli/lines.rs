//! Cuts bytes that come in stretches into whole lines, none of them longer than allowed.

/// What was cut off.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Whole lines, with the number of the first.
    Lines(u64, Vec<u8>),
    /// The line of this number was too long, and is passed over.
    TooLong(u64),
}

/// Bytes that are not yet a whole line.
pub(super) struct Lines {
    bytes: Vec<u8>,
    /// So many of them hold no line end.
    searched: usize,
    /// The number of the line they begin.
    line: u64,
    /// Whether they are the rest of a line that was too long.
    skipping: bool,
    longest: usize,
}

impl Lines {
    /// A file that begins with these bytes; a byte-order mark is dropped.
    pub(super) fn new(top: &[u8], longest: usize) -> Self {
        let top = top.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(top);
        Self { bytes: top.to_vec(), searched: 0, line: 1, skipping: false, longest }
    }

    /// Takes more bytes by a function that reads them.
    pub(super) fn fill<E>(
        &mut self,
        step: usize,
        read: impl FnOnce(&mut [u8]) -> Result<usize, E>,
    ) -> Result<usize, E> {
        let had = self.bytes.len();
        self.bytes.resize(had + step, 0);
        let count = read(&mut self.bytes[had..]);
        self.bytes.truncate(had + count.as_ref().map_or(0, |count| (*count).min(step)));
        count
    }

    /// Cuts off what can be; at the end of the file that is all.
    pub(super) fn cut(&mut self, at_end: bool) -> Vec<Cut> {
        let mut out = Vec::new();
        if self.skipping {
            let Some(end) = self.bytes.iter().position(|byte| *byte == b'\n') else {
                self.bytes.clear();
                return out;
            };
            self.bytes.drain(..=end);
            (self.line, self.skipping, self.searched) = (self.line + 1, false, 0);
        }
        let last = self.bytes[self.searched..].iter().rposition(|byte| *byte == b'\n');
        let mut end = last.map_or(0, |at| self.searched + at + 1);
        if at_end && self.bytes.len() - end <= self.longest {
            end = self.bytes.len();
        }
        if end > 0 {
            let rest = self.bytes.split_off(end);
            let whole = std::mem::replace(&mut self.bytes, rest);
            let ends: u64 = whole.iter().map(|byte| u64::from(*byte == b'\n')).sum();
            out.push(Cut::Lines(self.line, whole));
            self.line += ends;
        }
        if self.bytes.len() > self.longest {
            out.push(Cut::TooLong(self.line));
            (self.bytes, self.skipping) = (Vec::new(), true);
        }
        self.searched = self.bytes.len();
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All that is cut from a text read in steps of this size.
    fn cuts(text: &[u8], step: usize, longest: usize) -> Vec<Cut> {
        let mut lines = Lines::new(&text[..text.len().min(2)], longest);
        let mut rest = &text[text.len().min(2)..];
        let mut out = Vec::new();
        loop {
            let read = |into: &mut [u8]| {
                let (now, later) = rest.split_at(rest.len().min(into.len()));
                into[..now.len()].copy_from_slice(now);
                rest = later;
                Ok::<_, ()>(now.len())
            };
            let count = lines.fill(step, read).unwrap();
            out.extend(lines.cut(count == 0));
            if count == 0 {
                return out;
            }
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_wherever_it_stands() {
        let all = |text: &str| cuts(text.as_bytes(), 3, 4);
        let lines = |first, text: &str| Cut::Lines(first, text.as_bytes().to_vec());
        assert_eq!(all("aaaaaaaaaaaaaa\nb"), [Cut::TooLong(1), lines(2, "b")]);
        assert_eq!(all("a\nbbbbbbbbbbbbbb"), [lines(1, "a\n"), Cut::TooLong(2)]);
        assert_eq!(all("bbbbbbbbb\ncccccccccccc\n"), [Cut::TooLong(1), Cut::TooLong(2)]);
    }

    proptest! {
        #[test]
        fn every_line_comes_once_with_its_number(
            text in "[ab\n]{0,60}",
            step in 1_usize..20,
        ) {
            let mut line = 1;
            let mut whole = Vec::new();
            for cut in cuts(text.as_bytes(), step, 100) {
                let Cut::Lines(first, bytes) = cut else { panic!("no line is so long") };
                prop_assert_eq!(first, line);
                line += bytes.split(|byte| *byte == b'\n').count() as u64 - 1;
                whole.extend(bytes);
            }
            prop_assert_eq!(String::from_utf8(whole).unwrap(), text);
        }
    }
}
