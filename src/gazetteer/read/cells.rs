//! The rows of a CSV table as they stream by.
//!
//! A quoted cell may run over several lines, and a quote that nobody closed over all of them; so a row has a longest
//! number of lines, and a row that passes it is told, left out, and reading goes on at the line after its first.

use super::lines::Lines;
use super::told::Told;
use crate::diag::Code;
use std::collections::VecDeque;
use std::io::{self, BufRead};

/// Most lines that one row may take.
const MOST_LINES: usize = 64;
/// Most bytes that a row of several lines may take.
const MOST_BYTES: usize = 1 << 18;

/// Reads row by row.
pub(super) struct Rows<R> {
    lines: Lines<R>,
    separator: char,
    /// Lines read ahead to look for the end of a cell.
    ahead: VecDeque<(u64, String)>,
}

impl<R: BufRead> Rows<R> {
    /// The rows of the lines read `ahead` and those that follow, the cells of which this separates.
    pub(super) fn of(ahead: VecDeque<(u64, String)>, lines: Lines<R>, separator: char) -> Self {
        Self { lines, separator, ahead }
    }

    /// The next row that is not empty, with the line it begins on.
    pub(super) fn next(&mut self, told: &mut Told) -> io::Result<Option<(u64, Vec<String>)>> {
        loop {
            let Some((line, text)) = self.line(told)? else { return Ok(None) };
            if text.trim().is_empty() {
                continue;
            }
            let mut cells = Cells::default();
            cells.add(&text, self.separator);
            let (mut taken, mut bytes) = (Vec::new(), 0);
            while cells.open && taken.len() < MOST_LINES && bytes < MOST_BYTES {
                let Some(more) = self.line(told)? else { break };
                bytes += more.1.len();
                cells.more(&more.1, self.separator);
                taken.push(more);
            }
            if cells.open {
                let message = "a double quote is opened here and never closed; the row is left out";
                let help = "close the quote, or write it twice where a cell holds one";
                told.line_with_help(Code::BadRow, line, message, help);
                for back in taken.into_iter().rev() {
                    self.ahead.push_front(back);
                }
                continue;
            }
            return Ok(Some((line, cells.cells)));
        }
    }

    fn line(&mut self, told: &mut Told) -> io::Result<Option<(u64, String)>> {
        match self.ahead.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.lines.next(told),
        }
    }
}

/// The cells of a row so far.
#[derive(Default)]
struct Cells {
    cells: Vec<String>,
    /// Whether the last cell is quoted and its quote not closed.
    open: bool,
}

impl Cells {
    /// Takes one more line into the open cell.
    fn more(&mut self, line: &str, separator: char) {
        let cell = self.cells.pop().unwrap_or_default() + "\n";
        self.take(line, separator, cell);
    }

    /// Takes the first line.
    fn add(&mut self, line: &str, separator: char) {
        self.take(line, separator, String::new());
    }

    fn take(&mut self, line: &str, separator: char, mut cell: String) {
        let mut rest = line.chars().peekable();
        // A quote opens a cell only where the cell begins: `Tell "5"` is a name.
        let mut begins = !self.open;
        while let Some(c) = rest.next() {
            match c {
                '"' if self.open && rest.peek() == Some(&'"') => {
                    rest.next();
                    cell.push('"');
                }
                '"' if self.open => self.open = false,
                '"' if begins => self.open = true,
                c if c == separator && !self.open => {
                    self.cells.push(std::mem::take(&mut cell));
                    begins = true;
                    continue;
                }
                c => cell.push(c),
            }
            begins = false;
        }
        self.cells.push(cell);
    }
}

/// The separator that a header uses most, outside quotes: comma, semicolon or tab.
pub(super) fn separator(header: &str) -> char {
    let mut quoted = false;
    let mut counts = [(',', 0), (';', 0), ('\t', 0)];
    for c in header.chars() {
        quoted ^= c == '"';
        if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| *separator == c && !quoted) {
            *count += 1;
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most).map_or(',', |(separator, _)| *separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, separator: char) -> (Vec<(u64, Vec<String>)>, Vec<String>) {
        let (mut told, mut out) = (Told::of("t"), Vec::new());
        let mut rows = Rows::of(VecDeque::new(), Lines::of(text.as_bytes()).unwrap(), separator);
        while let Some(row) = rows.next(&mut told).unwrap() {
            out.push(row);
        }
        (out, told.problems().into_iter().map(|problem| format!("{:?}", problem.at)).collect())
    }

    #[test]
    fn quoted_cells_hold_separators_quotes_and_lines() {
        let (rows, told) = all("\"a,b\",\"say \"\"x\"\"\",c\n\n\"two\nlines\",Tell \"5\",\n", ',');
        assert_eq!(rows[0], (1, vec!["a,b".to_owned(), "say \"x\"".to_owned(), "c".to_owned()]));
        assert_eq!(rows[1], (3, vec!["two\nlines".to_owned(), "Tell \"5\"".to_owned(), String::new()]));
        assert!(told.is_empty());
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_one_row() {
        let rest = "row,1\n".repeat(500);
        let (rows, told) = all(&format!("good,1\n\"bad,1\n{rest}"), ',');
        assert_eq!(rows.len(), 501);
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("line: 2"), "{told:?}");
    }

    #[test]
    fn the_separator_is_the_one_the_header_uses() {
        let found = ["a,b", "a;b;c", "a\tb", "\"a;b;c\",d", "alone"].map(separator);
        assert_eq!(found, [',', ';', '\t', ',', ',']);
    }
}
