//! Somebody else's table, row by row: as long as it likes, with columns that only its reader knows.

use super::{Lines, never_closed, plain, separator, unprintable};
use crate::diag::{Code, Locus, Problem};
use std::borrow::Cow;

/// A table whose header has been read and whose rows have not.
pub struct Sheet<'a> {
    name: &'a str,
    bytes: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    lines: Lines<'a>,
    header: Vec<String>,
    start: usize,
}

impl<'a> Sheet<'a> {
    /// Reads the header of a table in UTF-8: its first line with anything in it. The separator is the one it uses.
    ///
    /// # Errors
    /// `bad-table`: there is no such line.
    pub fn open(name: &'a str, bytes: &'a [u8]) -> Result<Self, Problem> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator(bytes))
            .from_reader(bytes);
        let mut record = csv::ByteRecord::new();
        if !matches!(reader.read_byte_record(&mut record), Ok(true)) {
            return Err(Problem::new(Code::BadTable, Locus::File(name.into()), "the table is empty"));
        }
        let header = record.iter().map(|cell| column_name(&String::from_utf8_lossy(cell))).collect();
        let start = record.position().map_or(0, |position| position.byte() as usize);
        Ok(Self { name, bytes, reader, lines: Lines { bytes, done: 0, line: 1 }, header, start })
    }

    /// The names of the columns, as [`column_name`] writes them.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The first column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|own| own == name)
    }

    /// Shows every row that is not empty, in order; then what is wrong with the table as a whole.
    pub fn each(mut self, mut show: impl FnMut(&Cells<'_>)) -> Option<Problem> {
        let mut record = csv::ByteRecord::new();
        let mut told = None;
        loop {
            match self.reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    let at = Locus::File(self.name.into());
                    told = Some(Problem::new(Code::BadTable, at, error.to_string()));
                    break;
                }
            }
            self.start = record.position().map_or(self.start, |position| position.byte() as usize);
            let line = self.lines.of(self.start);
            let surplus = record.iter().skip(self.header.len()).any(|cell| !cell.trim_ascii().is_empty());
            if record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                show(&Cells { record: &record, line, width: self.header.len(), surplus });
            }
        }
        told.or_else(|| self.unclosed())
    }

    fn unclosed(&mut self) -> Option<Problem> {
        let line = never_closed(self.bytes, self.start, &mut self.lines)?;
        let message =
            "a double quote is opened here and never closed, so the row swallows the rest of the table";
        let at = Locus::Line { file: self.name.into(), line };
        Some(
            Problem::new(Code::BadRow, at, message)
                .help("close the quote, or write it twice where a cell holds one"),
        )
    }
}

/// One row.
pub struct Cells<'r> {
    record: &'r csv::ByteRecord,
    /// The line its first cell stands on, from 1.
    pub line: u64,
    width: usize,
    /// Whether it has more cells than the header names: they are shifted, and no cell can be trusted.
    pub surplus: bool,
}

impl<'r> Cells<'r> {
    /// Whether the row ends before the header does.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.record.len() < self.width
    }

    /// A cell on one line, trimmed, without what cannot be printed; empty where there is no such column.
    #[must_use]
    pub fn text(&self, column: Option<usize>) -> Cow<'r, str> {
        let Some(cell) = column.and_then(|column| self.record.get(column)) else { return Cow::Borrowed("") };
        match String::from_utf8_lossy(cell) {
            Cow::Borrowed(text) if !text.contains(hidden) => Cow::Borrowed(plain(text).trim()),
            text => {
                let text = text.replace(hidden, " ");
                Cow::Owned(plain(&text).split_whitespace().collect::<Vec<_>>().join(" "))
            }
        }
    }
}

/// What has no place in a cell on one line.
fn hidden(c: char) -> bool {
    unprintable(c) || matches!(c, '\n' | '\t')
}

/// A column's name as it is compared: lower case, with `_` for spaces and hyphens.
#[must_use]
pub fn column_name(name: &str) -> String {
    plain(name)
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .to_lowercase()
        .replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_with_their_lines_and_empty_ones_do_not_come() {
        let sheet = Sheet::open("t", b"\nName;Event Date\n\nHama;\"two\nlines\"\n;\nHoms\nA;B;C\n").unwrap();
        assert_eq!(sheet.header(), ["name", "event_date"]);
        let (name, date) = (sheet.column("name"), sheet.column("event_date"));
        let mut rows = Vec::new();
        let told = sheet.each(|row| {
            rows.push((
                row.line,
                format!("{}/{}", row.text(name), row.text(date)),
                row.is_short(),
                row.surplus,
            ));
        });
        assert_eq!(told, None);
        let row = |line, text: &str, short, surplus| (line, text.to_owned(), short, surplus);
        assert_eq!(
            rows,
            [
                row(4, "Hama/two lines", false, false),
                row(7, "Homs/", true, false),
                row(8, "A/B", false, true)
            ]
        );
    }

    #[test]
    fn a_quote_that_swallows_the_table_is_told_with_its_line() {
        let sheet = Sheet::open("t", b"a,b\n1,2\n3,\"4\n5,6\n7,8\n").unwrap();
        let told = sheet.each(|_| {}).unwrap();
        assert_eq!(told.at, Locus::Line { file: "t".into(), line: 3 });
    }
}
