//! Tables as people keep them: CSV from a spreadsheet, columns in any order, cells that may be hostile.
//!
//! Reading believes nothing and stops at nothing: what cannot be used is a [`Problem`] with its line. Writing
//! neutralises cells that a spreadsheet would run as a formula, and reading takes that back, so that
//! what was written is what is read.

use crate::claim::Site;
use crate::diag::{Checked, Code, Locus, Problem, short};
use crate::gazetteer::PlaceId;
use crate::units::LonLat;
use std::collections::BTreeMap;

pub mod place;
pub mod rows;
pub mod sheet;

/// What a row says of its place, for a gazetteer to find it by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sought<'a> {
    /// The gazetteer's id, if the row gives one.
    pub id: Option<PlaceId>,
    /// The name; empty where the row gives only a position.
    pub name: &'a str,
    /// Name of the first-level unit, if given.
    pub admin1: Option<&'a str>,
    /// ISO 3166 two-letter code or name of the country, if given.
    pub country: Option<&'a str>,
    /// The position, if given.
    pub at: Option<LonLat>,
}

/// Finds the ground a row speaks of; `None` where no gazetteer knows it.
pub type Resolve<'a> = dyn Fn(&Sought<'_>) -> Option<Site> + 'a;

/// One row: its line in the file and its cells by column name, trimmed, those that are empty left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line its first cell stands on, from 1.
    pub line: u64,
    cells: BTreeMap<&'static str, String>,
}

impl Row {
    /// The cell of this column; `None` where it is empty or the table has no such column.
    #[must_use]
    pub fn cell(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str)
    }
}

/// Which columns a table may have and which it must.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// Every column that is understood.
    pub known: &'static [&'static str],
    /// Columns that must be there: one of the lists of each entry, whole.
    pub needed: &'static [&'static [&'static [&'static str]]],
}

/// Reads the rows of a CSV table.
///
/// The separator is the one the header uses: comma, semicolon (spreadsheets in much of Europe) or tab. A byte-order
/// mark is dropped; column names are compared without case, and a space or hyphen in them is an underscore.
///
/// # Errors
/// None: a header that lacks a needed column is one `bad-table` and no rows; an unknown column is told once and
/// ignored; a row that is no CSV or not UTF-8 is told and left out, or kept with replacement characters.
#[must_use]
pub fn read(name: &str, bytes: &[u8], columns: Columns) -> Checked<Vec<Row>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut problems = Vec::new();
    if bytes.contains(&0) {
        let message = "the table holds zero bytes, so it is not text";
        problems.push(
            Problem::new(Code::BadTable, Locus::File(name.into()), message)
                .help("save the sheet as CSV in UTF-8; a workbook (.xlsx, .ods) cannot be read"),
        );
        return Checked { value: Vec::new(), problems };
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(bytes))
        .from_reader(bytes);
    let mut lines = Lines { bytes, done: 0, line: 1 };
    let mut record = csv::ByteRecord::new();
    let mut header: Option<Vec<Option<&'static str>>> = None;
    let mut rows = Vec::new();
    let mut record_start = 0;
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                problems.push(Problem::new(Code::BadTable, Locus::File(name.into()), error.to_string()));
                break;
            }
        }
        record_start = record.position().map_or(0, |p| p.byte() as usize);
        let line = lines.of(record_start);
        let locus = || Locus::Line { file: name.into(), line };
        let Some(header) = &header else {
            match read_header(&record, columns, &locus) {
                Ok((found, unknown)) => {
                    header = Some(found);
                    problems.extend(unknown);
                }
                Err(problem) => {
                    problems.push(problem);
                    return Checked { value: Vec::new(), problems };
                }
            }
            continue;
        };
        let mut row = Row { line, cells: BTreeMap::new() };
        for (column, cell) in header.iter().zip(&record) {
            let Some(column) = column else { continue };
            let text = String::from_utf8_lossy(cell);
            if matches!(text, std::borrow::Cow::Owned(_)) {
                let message = format!("`{column}` is not UTF-8: read as `{}`", short(&text));
                problems.push(Problem::new(Code::BadRow, locus(), message));
            }
            let text = text.replace(unprintable, " ");
            let text = plain(&text).trim();
            if !text.is_empty() {
                row.cells.insert(column, text.to_owned());
            }
        }
        let surplus: Vec<_> =
            record.iter().skip(header.len()).filter(|c| !c.trim_ascii().is_empty()).collect();
        if let Some(first) = surplus.first() {
            let message = format!(
                "{} cells more than the header has columns, the first `{}`",
                surplus.len(),
                short(&String::from_utf8_lossy(first))
            );
            problems.push(
                Problem::new(Code::BadRow, locus(), message)
                    .help("put cells that hold the separator in double quotes"),
            );
        }
        if !row.cells.is_empty() {
            rows.push(row);
        }
    }
    if let Some(line) = never_closed(bytes, record_start, &mut lines) {
        let message =
            "a double quote is opened here and never closed, so the row swallows the rest of the table";
        problems.push(
            Problem::new(Code::BadRow, Locus::Line { file: name.into(), line }, message)
                .help("close the quote, or write it twice where a cell holds one"),
        );
    }
    if header.is_none() {
        let message =
            format!("the table is empty; its first line names its columns: {}", list(columns.known));
        problems.push(Problem::new(Code::BadTable, Locus::File(name.into()), message));
    }
    Checked { value: rows, problems }
}

/// The line of the last record, if a quoted cell in it is still open at the end of the table.
fn never_closed(bytes: &[u8], start: usize, lines: &mut Lines<'_>) -> Option<u64> {
    let last = bytes.get(start..)?.trim_ascii();
    let opens = last
        .iter()
        .enumerate()
        .any(|(i, b)| *b == b'"' && (i == 0 || matches!(last[i - 1], b',' | b';' | b'\t' | b'\n' | b'\r')));
    let open = opens && last.iter().fold(false, |open, b| open ^ (*b == b'"'));
    (open && last.contains(&b'\n')).then(|| lines.of(start))
}

/// The columns of a header, `None` for one not known, with a problem that tells those.
fn read_header(
    record: &csv::ByteRecord,
    columns: Columns,
    locus: &dyn Fn() -> Locus,
) -> Result<(Vec<Option<&'static str>>, Option<Problem>), Problem> {
    let found: Vec<String> =
        record.iter().map(|c| plain(&String::from_utf8_lossy(c)).trim().to_owned()).collect();
    let known = |name: &str| {
        let name = name.to_lowercase().replace([' ', '-'], "_");
        columns.known.iter().find(|known| **known == name).copied()
    };
    let mut header: Vec<Option<&'static str>> = Vec::new();
    let mut unknown = Vec::new();
    for name in &found {
        let column = known(name).filter(|column| !header.contains(&Some(column)));
        if column.is_none() && !name.is_empty() {
            unknown.push(format!("`{}`", short(name)));
        }
        header.push(column);
    }
    let lacks = columns
        .needed
        .iter()
        .filter(|ways| !ways.iter().any(|way| way.iter().all(|column| header.contains(&Some(column)))));
    let lacks: Vec<String> = lacks
        .map(|ways| {
            let mut ways = ways.iter().map(|way| list(way).replace(", ", " and "));
            let first = ways.next().unwrap_or_default();
            let others: Vec<String> = ways.map(|way| format!("or {way}")).collect();
            if others.is_empty() { first } else { format!("{first} ({})", others.join(", ")) }
        })
        .collect();
    if !lacks.is_empty() {
        let found: Vec<String> = found.iter().take(40).map(|name| format!("`{}`", short(name))).collect();
        let message = format!("the header lacks {}; it has {}", lacks.join(", "), found.join(", "));
        return Err(Problem::new(Code::BadTable, locus(), message)
            .help(format!("the columns that are understood: {}", list(columns.known))));
    }
    let unknown = (!unknown.is_empty()).then(|| {
        let what =
            if unknown.len() == 1 { "column not known and ignored" } else { "columns not known and ignored" };
        let message = format!("{what}: {}", unknown.join(", "));
        Problem::new(Code::BadTable, locus(), message)
            .help(format!("the columns that are understood: {}", list(columns.known)))
    });
    Ok((header, unknown))
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The separator the first line with any text uses most, outside quotes.
fn separator(bytes: &[u8]) -> u8 {
    let line = bytes.split(|b| matches!(b, b'\n' | b'\r')).find(|line| !line.trim_ascii().is_empty());
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in line.unwrap_or_default() {
        quoted ^= *byte == b'"';
        if let (false, Some(count)) = (quoted, counts.iter_mut().find(|(c, _)| c == byte)) {
            count.1 += 1;
        }
    }
    // Of equals the first counts, so a lone column is read with commas.
    counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(c, _)| *c)
}

/// Line numbers by byte position, asked for in rising order.
///
/// The reader's own count starts a record at the end of the one before, also where blank lines lie between.
struct Lines<'a> {
    bytes: &'a [u8],
    done: usize,
    line: u64,
}

impl Lines<'_> {
    fn of(&mut self, byte: usize) -> u64 {
        // The record's first byte: the reader's position may still be on the line break before it.
        let rest = self.bytes.get(byte..).unwrap_or_default();
        let byte = byte + rest.iter().take_while(|b| matches!(b, b'\n' | b'\r')).count();
        let passed = self.bytes.get(self.done..byte).unwrap_or_default();
        // "\r\n" is one line end, a lone "\r" (old Macintosh) one as well.
        let ends = passed.iter().enumerate().filter(|(i, b)| match b {
            b'\n' => true,
            b'\r' => self.bytes.get(self.done + i + 1) != Some(&b'\n'),
            _ => false,
        });
        self.line += ends.count() as u64;
        self.done = self.done.max(byte);
        self.line
    }
}

/// Whether a spreadsheet might run this as a formula, once the quotes put before it are gone.
///
/// Source: OWASP, *CSV Injection*; full-width forms because Excel and Sheets in East Asian locales fold them.
fn runs(text: &str) -> bool {
    let text = text.trim_start_matches('\'').trim_start_matches(' ');
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A text cell as written to a file: an apostrophe is put before what a spreadsheet would run as a formula.
#[must_use]
pub fn cell(text: &str) -> String {
    if runs(text) { format!("'{text}") } else { text.to_owned() }
}

/// A cell as read: without the apostrophe that [`cell`] put there.
#[must_use]
pub fn plain(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if runs(rest) => rest,
        _ => text,
    }
}

/// A list in one cell: `;` between, and `\;` for one inside an entry.
#[must_use]
pub fn join<S: AsRef<str>>(items: &[S]) -> String {
    let escaped = items.iter().map(|item| item.as_ref().replace('\\', "\\\\").replace(';', "\\;"));
    escaped.collect::<Vec<_>>().join(";")
}

/// The entries of a list in one cell, trimmed; empty ones are left out.
#[must_use]
pub fn split(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = c == '\\' && matches!(chars.peek(), Some('\\' | ';'));
        if c == ';' {
            items.push(String::new());
        } else if let Some(item) = items.last_mut() {
            item.push(if escaped { chars.next().unwrap_or(c) } else { c });
        }
    }
    items.iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}

fn unprintable(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// Writes a table: header first, lines end in `\n`, cells as given (see [`cell`] for text).
pub(crate) fn print(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let header = header.iter().map(|name| (*name).to_owned()).collect();
    self::rows(std::iter::once(header).chain(rows))
}

/// The rows of a table without a header.
pub(crate) fn rows(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for mut row in rows {
        // A zero byte in one cell would make the whole table binary to its next reader.
        for cell in row.iter_mut().filter(|cell| cell.contains(unprintable)) {
            *cell = cell.replace(unprintable, " ");
        }
        // Writing to memory cannot fail, and `flexible` takes rows of any length.
        let _ = writer.write_record(&row);
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// A coordinate as tables and shapes give it: five decimals (1.1 m on the equator), no `-0`.
///
/// # Units
/// Degrees.
#[must_use]
pub fn round(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COLUMNS: Columns =
        Columns { known: &["place", "lat", "lon", "note"], needed: &[&[&["place"], &["lat", "lon"]]] };

    fn rows(text: &str) -> Checked<Vec<Row>> {
        read("t.csv", text.as_bytes(), COLUMNS)
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        let table = rows("\n\nplace,note\nHama,\"two\nlines\"\n\nHoms,\r\nIdlib,x\n");
        let found: Vec<_> = table.value.iter().map(|r| (r.line, r.cell("place").unwrap())).collect();
        assert_eq!(found, [(4, "Hama"), (7, "Homs"), (8, "Idlib")]);
        assert_eq!(rows("place\rHama\rHoms\r").value[1].line, 3);
    }

    #[test]
    fn a_semicolon_or_a_tab_may_stand_between_cells() {
        for text in ["place;lat;lon\nHama;35.1;36.7", "place\tlat\tlon\nHama\t35.1\t36.7"] {
            assert_eq!(rows(text).value[0].cell("lon"), Some("36.7"), "{text}");
        }
    }

    #[test]
    fn columns_come_in_any_order_case_and_behind_a_byte_order_mark() {
        let table = rows("\u{feff}Note,PLACE\nn,Hama\n");
        assert_eq!((table.value[0].cell("place"), table.problems.len()), (Some("Hama"), 0));
    }

    #[test]
    fn a_wrong_header_tells_what_it_lacks_and_what_is_known() {
        let table = rows("town,note\nHama,x\n");
        assert!(table.value.is_empty());
        assert_eq!(table.problems[0].at, Locus::Line { file: "t.csv".into(), line: 1 });
        assert_eq!(
            table.problems[0].message,
            "the header lacks `place` (or `lat` and `lon`); it has `town`, `note`"
        );
        assert!(table.problems[0].help.as_deref().unwrap().contains("`lon`"));
    }

    #[test]
    fn an_unknown_column_is_told_once() {
        let table = rows("place,colour\nHama,red\nHoms,blue\n");
        assert_eq!((table.value.len(), table.problems.len()), (2, 1));
        assert_eq!(table.problems[0].message, "column not known and ignored: `colour`");
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told_where_it_begins() {
        let table = rows("place,note\nHama,x\n\"Homs,y\nIdlib,z\n");
        assert_eq!(table.problems.last().unwrap().at, Locus::Line { file: "t.csv".into(), line: 3 });
        assert!(table.problems.last().unwrap().message.contains("never closed"));
        assert_eq!(rows("place,note\n\"Ho\"\"ms\",5\" gun\n").problems, []);
    }

    #[test]
    fn a_workbook_is_no_table() {
        let table = read("t.csv", b"PK\x03\x04\x00\x00", COLUMNS);
        assert_eq!((table.value.len(), table.problems[0].code), (0, Code::BadTable));
    }

    #[test]
    fn no_control_character_is_written() {
        assert_eq!(print(&["a"], [vec!["x\0y\u{1b}z\n".to_owned()]]), "a\n\"x y z\n\"\n");
    }

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not_text() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(cell("＝1+1"), "'＝1+1");
        assert_eq!(cell("  @SUM(A1)"), "'  @SUM(A1)");
        assert_eq!(cell("Hama - the city"), "Hama - the city");
        assert_eq!(plain("'Ayn al-Arab"), "'Ayn al-Arab");
    }

    proptest! {
        #[test]
        fn a_neutralised_cell_reads_back_as_it_was(text in "['=+@＝ \t-]{0,4}.{0,6}") {
            let written = cell(&text);
            prop_assert_eq!(plain(&written), &text);
        }

        #[test]
        fn a_list_reads_back_as_it_was(items in prop::collection::vec("[a-z;\\\\,]{1,5}", 0..4)) {
            prop_assert_eq!(split(&join(&items)), items);
        }

        #[test]
        fn whatever_the_bytes_no_row_stands_above_the_header(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut table = b"place,note\n".to_vec();
            table.extend(bytes);
            let lines: Vec<u64> = read("t.csv", &table, COLUMNS).value.iter().map(|row| row.line).collect();
            prop_assert!(lines.iter().all(|line| *line > 1) && lines.is_sorted());
        }
    }
}
