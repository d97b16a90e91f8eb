//! `[[tables]]`: which columns of somebody else's table say what.

use super::{Reader, one_line};
use crate::claim::Change;
use crate::table::sheet::column_name;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How a table is read that is known by its file and not by its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableMap {
    /// The file: a path relative to the project folder, or the end of one.
    pub file: String,
    /// Whose word the rows are; the file's name where it is not said.
    pub publisher: Option<String>,
    /// When it happened.
    pub date: Says,
    /// What comes first in a date of numbers alone, as in `05/12/2024`; nothing where such a date is none.
    pub order: Option<Order>,
    /// What the place is called.
    pub place: Option<Says>,
    /// Its first-level unit.
    pub admin1: Option<Says>,
    /// Its country, by ISO code or name.
    pub country: Option<Says>,
    /// Its latitude and longitude.
    pub position: Option<(Says, Says)>,
    /// What happened.
    pub change: Says,
    /// What the words of the column `change` mean, in lower case.
    pub values: BTreeMap<String, Meaning>,
    /// Who gained the place.
    pub gaining: Option<Says>,
    /// Who lost it.
    pub losing: Option<Says>,
    /// Who says so.
    pub source: Option<Says>,
    /// The words it rests on.
    pub note: Option<Says>,
}

/// Where a table says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// In the column of this name, as [`column_name`] writes it.
    Column(String),
    /// Nowhere: it is the same in every row.
    Always(String),
}

/// What a word for a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A change of control.
    Change(Change),
    /// Nothing of control.
    Nothing,
}

/// Which number of a date comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
}

impl TableMap {
    /// Whether this is how a file is read: its path, without `.gz`, ends in the one given.
    #[must_use]
    pub fn fits(&self, path: &str) -> bool {
        let parts = |path: &str| -> Vec<String> {
            path.split(['/', '\\']).filter(|part| !matches!(*part, "" | ".")).map(str::to_owned).collect()
        };
        let (path, own) = (path.strip_suffix(".gz").unwrap_or(path), &self.file);
        let own = parts(own.strip_suffix(".gz").unwrap_or(own));
        !own.is_empty() && parts(path).ends_with(&own)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableRow {
    file: String,
    publisher: Option<String>,
    date: SaysRow,
    date_order: Option<String>,
    place: Option<SaysRow>,
    admin1: Option<SaysRow>,
    country: Option<SaysRow>,
    lat: Option<SaysRow>,
    lon: Option<SaysRow>,
    change: SaysRow,
    #[serde(default)]
    values: BTreeMap<String, String>,
    gaining: Option<SaysRow>,
    losing: Option<SaysRow>,
    source: Option<SaysRow>,
    note: Option<SaysRow>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected the name of a column, or { always = \"what every row says\" }")]
enum SaysRow {
    Column(String),
    Always(AlwaysRow),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AlwaysRow {
    always: String,
}

/// The word in `values` for what says nothing of control.
const NOTHING: &str = "none";

impl Reader<'_> {
    /// A table's map; nothing where it cannot lead to a change of control.
    pub(super) fn table(&mut self, row: TableRow) -> Option<TableMap> {
        let file = one_line(&row.file);
        let says = |row: SaysRow| match row {
            SaysRow::Column(name) => Says::Column(column_name(&name)),
            SaysRow::Always(row) => Says::Always(one_line(&row.always)),
        };
        let position = match (row.lat, row.lon) {
            (Some(lat), Some(lon)) => Some((says(lat), says(lon))),
            (None, None) => None,
            _ => {
                self.tell_table(&file, "gives one of lat and lon; it needs both or neither");
                None
            }
        };
        if file.is_empty() {
            self.tell_table(&file, "names no file; it is left out");
            return None;
        }
        if row.place.is_none() && position.is_none() {
            self.tell_table(&file, "says neither `place` nor `lat` and `lon`; it is left out");
            return None;
        }
        if row.gaining.is_none() && row.losing.is_none() {
            self.tell_table(&file, "says neither `gaining` nor `losing`; it is left out");
            return None;
        }
        let change = says(row.change);
        if let Says::Always(word) = &change
            && Change::parse(word).is_none()
        {
            self.tell(word, format!("change `{word}` is none of {}; the table is left out", changes()));
            return None;
        }
        let order = row.date_order.and_then(|order| match order.as_str() {
            "dmy" => Some(Order::DayFirst),
            "mdy" => Some(Order::MonthFirst),
            _ => {
                self.tell(&order, format!("date_order `{order}` is neither `dmy` nor `mdy`"));
                None
            }
        });
        let mut values = BTreeMap::new();
        for (word, change) in row.values {
            let meaning = match Change::parse(&change) {
                Some(change) => Meaning::Change(change),
                None if change == NOTHING => Meaning::Nothing,
                None => {
                    let known = changes();
                    self.tell(&change, format!("`{word}` = `{change}` is none of {known}, `{NOTHING}`"));
                    continue;
                }
            };
            values.insert(word.trim().to_lowercase(), meaning);
        }
        Some(TableMap {
            file,
            publisher: row.publisher.as_deref().map(one_line).filter(|name| !name.is_empty()),
            date: says(row.date),
            order,
            place: row.place.map(says),
            admin1: row.admin1.map(says),
            country: row.country.map(says),
            position,
            change,
            values,
            gaining: row.gaining.map(says),
            losing: row.losing.map(says),
            source: row.source.map(says),
            note: row.note.map(says),
        })
    }

    fn tell_table(&mut self, file: &str, what: &str) {
        let at = self.text.find(&format!("\"{file}\"")).or_else(|| self.text.find("[[tables]]"));
        self.tell_at(at, format!("the table `{file}` {what}"));
    }
}

/// The words for changes.
fn changes() -> String {
    Change::ALL.iter().map(|(_, name)| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{FILE, read};

    #[test]
    fn a_table_is_described_by_its_columns_and_by_what_every_row_says() {
        let text = "[[tables]]\nfile = \"data/monitor.csv\"\ndate = \"Datum\"\ndate_order = \"dmy\"\nplace = \"Ort\"\n\
                    change = \"Art\"\nvalues = { \"Einnahme\" = \"captured\", \"Beschuss\" = \"none\" }\n\
                    gaining = \"Wer\"\nsource = { always = \"Monitor\" }\n";
        let checked = read(FILE, text);
        assert_eq!(checked.problems, []);
        let table = &checked.value.tables[0];
        assert_eq!((&table.date, table.order), (&Says::Column("datum".into()), Some(Order::DayFirst)));
        assert_eq!(table.source, Some(Says::Always("Monitor".into())));
        assert_eq!(table.values["einnahme"], Meaning::Change(Change::Captured));
        assert_eq!(table.values["beschuss"], Meaning::Nothing);
        assert!(table.fits("in/data/monitor.csv") && table.fits("./data/monitor.csv.gz"));
        assert!(!table.fits("monitor.csv") && !table.fits("other-data/monitor.csv"));
    }

    #[test]
    fn a_table_that_cannot_lead_to_a_change_is_told_with_its_line_and_left_out() {
        let whole = "file = \"a.csv\"\ndate = \"d\"\nplace = \"p\"\nchange = \"c\"\ngaining = \"g\"\n";
        for (from, to, line, message) in [
            ("place = \"p\"", "lat = \"y\"", 2, "gives one of lat and lon"),
            ("gaining = \"g\"", "", 2, "neither `gaining` nor `losing`"),
            ("\"c\"", "{ always = \"stormed\" }", 5, "change `stormed` is none of `captured`"),
            ("\"a.csv\"", "\" \"", 1, "names no file"),
        ] {
            let checked = read(FILE, &format!("[[tables]]\n{}", whole.replace(from, to)));
            assert_eq!(checked.value.tables, [], "{to}");
            let told = &checked.problems[0];
            assert!(told.message.contains(message), "{}", told.message);
            assert_eq!(told.at, crate::diag::Locus::Line { file: FILE.into(), line }, "{to}");
        }
        for wrong in ["dat = \"x\"\n", "date = 5\n", "source = { allways = \"x\" }\n"] {
            let checked = read(FILE, &format!("[[tables]]\n{}{wrong}", whole.replace("date = \"d\"\n", "")));
            assert_eq!(checked.problems.len(), 1, "{wrong}");
            assert!(checked.value.tables.is_empty());
        }
    }
}
