//! Tables of others: rows of somebody else's data that say who gained what, as claims.
//!
//! A table is known by its columns (ACLED, UCDP GED, VIINA) or by the project's description of them. It becomes one
//! [`Report`]: its text is what the used rows say, a line each, so that a claim points at the words of its row as it does
//! at a sentence, and a table of ten thousand rows is one voice and not ten thousand.

mod acled;
mod book;
mod mapped;
mod told;
mod ucdp;
mod viina;
mod who;

use crate::claim::Claim;
use crate::diag::{Checked, Code, Locus, Problem, short};
use crate::gazetteer::Gazetteer;
use crate::named::named;
use crate::project::{Project, TableMap};
use crate::report::{self, Report};
use crate::table::Resolve;
use crate::table::sheet::Sheet;
use std::borrow::Cow;

named! {
    /// Whose table it is.
    Kind {
        /// The Armed Conflict Location & Event Data project's export.
        Acled = "ACLED",
        /// The Uppsala Conflict Data Program's georeferenced events.
        Ucdp = "UCDP GED",
        /// Zhukov's daily control of Ukraine's settlements.
        Viina = "VIINA",
        /// A table that the project describes.
        Mapped = "table",
    }
}

impl Kind {
    /// What is owed to its makers wherever the data is shown.
    #[must_use]
    pub fn credit(self) -> Option<&'static str> {
        match self {
            Self::Acled => Some("ACLED (acleddata.com, its terms of use)"),
            Self::Viina => Some("VIINA (github.com/zhukovyuri/VIINA, ODbL)"),
            Self::Ucdp | Self::Mapped => None,
        }
    }

    /// The columns it is known by, each in the spellings there are.
    fn signature(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Acled => &[&["event_date"], &["sub_event_type", "event_type"], &["actor1"]],
            Self::Ucdp => &[&["side_a"], &["side_b"], &["type_of_violence"], &["date_start", "where_prec"]],
            Self::Viina => &[&["geonameid"], &["date"], &["status"]],
            Self::Mapped => &[],
        }
    }

    /// The kinds known by their columns.
    const KNOWN: [Self; 3] = [Self::Acled, Self::Ucdp, Self::Viina];
}

/// A table of others, read.
#[derive(Clone, Debug)]
pub struct Table {
    /// Whose it is.
    pub kind: Kind,
    /// The table as a report: its text is the words of the rows that were used, a line each.
    pub report: Report,
    /// What these rows say. Their [`Evidence::sentence`](crate::claim::Evidence::sentence) is the row's line in the file.
    pub claims: Vec<Claim>,
}

impl Table {
    /// Gives the table another id, and its claims with it.
    pub fn rename(&mut self, id: &str) {
        for claim in &mut self.claims {
            let rest = claim.id.strip_prefix(self.report.id.as_str()).unwrap_or(&claim.id);
            claim.id = format!("{id}{rest}");
            id.clone_into(&mut claim.evidence.report);
        }
        id.clone_into(&mut self.report.id);
    }
}

/// Makes the ids of tables differ from each other and from those of the reports beside them.
pub fn set_apart(tables: &mut [Table], reports: &[Report]) {
    let mut all: Vec<Report> = reports
        .iter()
        .chain(tables.iter().map(|table| &table.report))
        .map(|report| Report { text: String::new(), ..report.clone() })
        .collect();
    report::unique_ids(&mut all);
    for (table, named) in tables.iter_mut().zip(&all[reports.len()..]) {
        if table.report.id != named.id {
            table.rename(&named.id);
        }
    }
}

/// What a table is read with.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// Where countries and settlements are looked up.
    pub gazetteer: &'a Gazetteer,
    /// Its actors are those that rows name; its tables are read as it says.
    pub project: &'a Project,
    /// Finds the ground a row names.
    pub resolve: &'a Resolve<'a>,
}

/// The endings of names of tables, each with a dot.
pub const ENDINGS: &[&str] = &[".csv", ".tsv"];

/// Whether a file is a table, by its name or, where that says nothing (standard input), by the columns it begins with.
#[must_use]
pub fn is_table(name: &str, bytes: &[u8]) -> bool {
    let lower = name.to_lowercase();
    let lower = lower.strip_suffix(".gz").unwrap_or(&lower);
    if ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
        return true;
    }
    // A folder may have a dot in its name, as "./exports" has.
    if lower.rsplit(['/', '\\']).next().is_some_and(|file| file.contains('.')) {
        return false;
    }
    let top = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let top = &top[..top.len().min(1 << 14)];
    Sheet::open(name, top).is_ok_and(|sheet| known(&sheet).is_some())
}

/// Reads a table of somebody else's: ACLED, UCDP GED and VIINA by their columns, any other as the project describes it.
///
/// # Errors
/// None: a table that nobody described is one `bad-table`. Rows that cannot be used are counted, one problem for each
/// reason; rows that say nothing of control are a `no-control`.
///
/// # Example
/// ```
/// use conflict_map::{gazetteer::Gazetteer, import, project::Project, run, table::Sought};
/// let text = "event_id_cnty,event_date,sub_event_type,actor1,location,latitude,longitude\n\
///             SYR1,05 December 2024,Non-state actor overtakes territory,Opposition Rebels (Syria),Hama,35.13,36.75\n";
/// let (gazetteer, project) = (Gazetteer::embedded(), Project::default());
/// let resolve = |sought: &Sought<'_>| run::seek(&gazetteer, &project, sought);
/// let given = import::Given { gazetteer: &gazetteer, project: &project, resolve: &resolve };
/// let table = import::read("acled.csv", text.as_bytes(), &given).value.unwrap();
/// assert_eq!(table.claims[0].gaining.as_ref().unwrap().0, "Syrian rebels");
/// ```
#[must_use]
pub fn read(name: &str, bytes: &[u8], given: &Given<'_>) -> Checked<Option<Table>> {
    let (bytes, told) = match decoded(name, bytes) {
        Ok(decoded) => decoded,
        Err(problem) => return Checked { value: None, problems: vec![problem] },
    };
    let map = given.project.tables.iter().find(|map| map.fits(name));
    let read = Sheet::open(name, &bytes).and_then(|sheet| read_as(name, &bytes, sheet, map, given));
    let (value, mut problems) = match read {
        Ok(Checked { value, problems }) => (Some(value), problems),
        Err(problem) => (None, vec![problem]),
    };
    if problems.is_empty() && value.as_ref().is_some_and(|table| table.claims.is_empty()) {
        problems.push(silent(name, &bytes));
    }
    problems.splice(0..0, told);
    Checked { value, problems }
}

/// What is told of a table with which nothing is wrong, and in which nothing changes.
fn silent(name: &str, bytes: &[u8]) -> Problem {
    let mut rows = false;
    let _ = Sheet::open(name, bytes).map(|sheet| sheet.each(|_| rows = true));
    let at = Locus::File(name.into());
    if rows {
        Problem::new(Code::NoControl, at, "the table tells of no change of control")
    } else {
        Problem::new(Code::BadTable, at, "the table has a header and no rows")
    }
}

fn read_as(
    name: &str,
    bytes: &[u8],
    sheet: Sheet<'_>,
    map: Option<&TableMap>,
    given: &Given<'_>,
) -> Result<Checked<Table>, Problem> {
    if let Some(map) = map {
        return mapped::read(name, sheet, map, given);
    }
    match known(&sheet) {
        Some(Kind::Acled) => acled::read(name, sheet, given),
        Some(Kind::Ucdp) => Ok(ucdp::read(name, sheet)),
        Some(Kind::Viina) => viina::read(name, bytes, sheet, given),
        Some(Kind::Mapped) | None => Err(unknown(name, sheet.header())),
    }
}

/// Which kind has these columns.
fn known(sheet: &Sheet<'_>) -> Option<Kind> {
    let whole =
        |kind: &Kind| kind.signature().iter().all(|ways| ways.iter().any(|way| sheet.column(way).is_some()));
    Kind::KNOWN.into_iter().find(whole).or_else(|| viina::is_wide(sheet).then_some(Kind::Viina))
}

/// What is told of a table that nobody described.
fn unknown(name: &str, header: &[String]) -> Problem {
    let has = |column: &str| header.iter().any(|own| own == column);
    let there = |kind: Kind| kind.signature().iter().filter(|ways| ways.iter().any(|way| has(way))).count();
    let nearest = Kind::KNOWN.into_iter().max_by_key(|kind| there(*kind)).filter(|kind| there(*kind) > 1);
    let columns = |ways: &[&[&str]]| {
        let list: Vec<String> = ways.iter().map(|ways| format!("`{}`", ways.join("` or `"))).collect();
        list.join(", ")
    };
    let own = header.iter().take(12).map(|name| format!("`{}`", short(name))).collect::<Vec<_>>().join(", ");
    let more = if header.len() > 12 { format!(" and {} more", header.len() - 12) } else { String::new() };
    let message = match nearest {
        Some(kind) => {
            let lacks: Vec<_> =
                kind.signature().iter().copied().filter(|ways| !ways.iter().any(|way| has(way))).collect();
            format!("the table is nearly one of {}, but lacks {}", kind.name(), columns(&lacks))
        }
        None => "the table has the columns of none that is known".to_owned(),
    };
    let help = if has("date") && has("change") {
        "an events table is drawn by `conflict-map render`".to_owned()
    } else if has("place") && has("actor") {
        "a table of who held what is given as `--baseline`, or as `baseline` in the project file".to_owned()
    } else {
        let known = Kind::KNOWN.map(|kind| format!("{} has {}", kind.name(), columns(kind.signature())));
        format!("say what its columns mean under [[tables]] in conflict-map.toml; {}", known.join("; "))
    };
    let at = Locus::File(name.into());
    Problem::new(Code::BadTable, at, format!("{message}; it has {own}{more}")).help(help)
}

/// The bytes of a table as UTF-8, with a problem where they were not.
fn decoded<'b>(name: &str, bytes: &'b [u8]) -> Result<(Cow<'b, [u8]>, Option<Problem>), Problem> {
    let at = || Locus::File(name.into());
    if let [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] = bytes {
        let (text, ..) = encoding_rs::UTF_16LE.decode(bytes);
        return Ok((Cow::Owned(text.into_owned().into_bytes()), None));
    }
    if bytes.contains(&0) {
        return Err(Problem::new(Code::BadTable, at(), "the table holds zero bytes, so it is not text")
            .help("save the sheet as CSV in UTF-8; a workbook (.xlsx, .ods) cannot be read"));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if std::str::from_utf8(bytes).is_ok() {
        return Ok((Cow::Borrowed(bytes), None));
    }
    let (text, ..) = encoding_rs::WINDOWS_1252.decode(bytes);
    let problem = Problem::new(Code::BadTable, at(), "the table is not UTF-8; it was read as Windows-1252")
        .help("save it again as CSV in UTF-8 if its names look wrong");
    Ok((Cow::Owned(text.into_owned().into_bytes()), Some(problem)))
}

#[cfg(test)]
mod tests;
