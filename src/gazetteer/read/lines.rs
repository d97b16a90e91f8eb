//! The lines of a table as they stream by: bounded in length, made to text, counted.

use super::told::Told;
use crate::diag::Code;
use std::io::{self, BufRead};

/// Longest line kept, in bytes. The longest of GeoNames is near 20 kB.
pub(super) const LONGEST: usize = 1 << 20;

/// Reads line by line and holds one line at a time.
pub(super) struct Lines<R> {
    from: R,
    line: u64,
    bytes: Vec<u8>,
    /// No more is read: what there is is no text.
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    /// The lines of this, a byte-order mark left out.
    pub(super) fn of(mut from: R) -> io::Result<Self> {
        if from.fill_buf()?.starts_with(b"\xEF\xBB\xBF") {
            from.consume(3);
        }
        Ok(Self { from, line: 0, bytes: Vec::new(), ended: false })
    }

    /// The next line that is text, without its end, and its number. What is none is told and passed over; what is not
    /// UTF-8 in a line is told, and stands as `U+FFFD` in it.
    pub(super) fn next(&mut self, told: &mut Told) -> io::Result<Option<(u64, String)>> {
        loop {
            self.bytes.clear();
            let length = if self.ended { 0 } else { self.one()? };
            if length == 0 {
                return Ok(None);
            }
            self.line += 1;
            if length > LONGEST {
                let message = format!("a line of {length} bytes, longer than {LONGEST}; it is left out");
                told.line_with_help(Code::BadRow, self.line, message, "a table has a row a line");
                continue;
            }
            while matches!(self.bytes.last(), Some(b'\n' | b'\r')) {
                self.bytes.pop();
            }
            if self.bytes.contains(&0) {
                let help = "save the table as UTF-8 text; a workbook (.xlsx, .ods) cannot be read";
                if self.line == 1 {
                    told.whole(Code::BadTable, "the file holds zero bytes, so it is not text", help);
                    self.ended = true;
                    return Ok(None);
                }
                told.line_with_help(Code::BadRow, self.line, "zero bytes, so this is not text", help);
                continue;
            }
            if let Ok(text) = std::str::from_utf8(&self.bytes) {
                return Ok(Some((self.line, text.to_owned())));
            }
            let text = String::from_utf8_lossy(&self.bytes).into_owned();
            let at = text.find('\u{fffd}').unwrap_or(0);
            let near: String =
                text[..at].chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
            let message = format!("not UTF-8 after {near:?}; the names it spoils are left out");
            told.line_with_help(Code::BadRow, self.line, message, "save the table as UTF-8");
            return Ok(Some((self.line, text)));
        }
    }

    /// Reads one line into `bytes`, at most [`LONGEST`] of it, and gives its whole length.
    fn one(&mut self) -> io::Result<usize> {
        let mut length = 0;
        loop {
            let here = match self.from.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            if here.is_empty() {
                return Ok(length);
            }
            let (take, ended) = match here.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (here.len(), false),
            };
            let room = LONGEST.saturating_sub(self.bytes.len()).min(take);
            self.bytes.extend_from_slice(&here[..room]);
            length += take;
            self.from.consume(take);
            if ended {
                return Ok(length);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> (Vec<(u64, String)>, Vec<String>) {
        let (mut told, mut out) = (Told::of("t"), Vec::new());
        let mut lines = Lines::of(bytes).unwrap();
        while let Some(line) = lines.next(&mut told).unwrap() {
            out.push(line);
        }
        (out, told.problems().into_iter().map(|problem| problem.message).collect())
    }

    #[test]
    fn lines_are_counted_and_lose_their_ends() {
        let (lines, told) = all(b"\xEF\xBB\xBFa\r\nb\n\nc");
        let wanted = [(1, "a"), (2, "b"), (3, ""), (4, "c")].map(|(line, text)| (line, text.to_owned()));
        assert_eq!((lines, told.len()), (wanted.to_vec(), 0));
    }

    #[test]
    fn what_is_no_text_is_told_and_the_rest_is_read() {
        let mut bytes = b"a\nb\0b\nCaf\xe9 x\n".to_vec();
        bytes.extend(vec![b'x'; LONGEST + 5]);
        bytes.extend(b"\nlast\n");
        let (lines, told) = all(&bytes);
        let texts: Vec<&str> = lines.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["a", "Caf\u{fffd} x", "last"]);
        assert_eq!(lines[2].0, 5);
        assert_eq!(told.len(), 3);
        assert_eq!(all(b"\xff\xfea\0\n\0b\0\n\0").1.len(), 1);
        assert!(told[1].contains("not UTF-8 after \"Caf\""), "{told:?}");
        assert!(told[2].contains(&(LONGEST + 6).to_string()), "{told:?}");
    }
}
