//! VIINA's control files: who held each settlement of Ukraine, day by day. A change is what differs from the day before.
//!
//! Source: Zhukov, *VIINA 2.0*, "Territorial control". The long form has a row for each settlement and day, with a status
//! and what it rests on; the first version had a row for each settlement and a column for each day.

mod course;

use super::book::{Book, Draft, Grounds, Spot, position, seen};
use super::told::{Reason, Told};
use super::who::Who;
use super::{Given, Kind, Table};
use crate::claim::{Basis, Change, GeoPrecision, Precision, Site, When};
use crate::diag::{Checked, Code, Problem};
use crate::gazetteer::PlaceId;
use crate::table::Sought;
use crate::table::sheet::{Cells, Sheet};
use course::{Course, Seen, Stamp, Status, Step, date, stamp};
use jiff::ToSpan;
use std::collections::BTreeMap;

/// The columns of what a status rests on, with whose they are.
const VOICES: [(&str, &str); 4] = [
    ("status_wiki", "Wikipedia"),
    ("status_boost", "VIINA's model"),
    ("status_dsm", "DeepStateMap"),
    ("status_isw", "ISW"),
];
/// How columns of the first version begin, before a day and a time.
const WIDE: &str = "ctr_";

const NO_STATUS: Reason = Reason {
    code: Code::BadRow,
    one: "has a status that is none of `UA`, `RU` and `CONTESTED`",
    many: "have a status that is none of `UA`, `RU` and `CONTESTED`",
    help: "they are taken for days of which nothing is known",
};
const NO_ID: Reason = Reason {
    code: Code::BadRow,
    one: "has no number in `geonameid`",
    many: "have no number in `geonameid`",
    help: "settlements are told apart by their GeoNames ids",
};
const TWICE: Reason = Reason {
    code: Code::BadRow,
    one: "gives a settlement a second status on one day",
    many: "give a settlement a second status on one day",
    help: "the first of the day was used",
};
const NO_SETTLEMENT: Reason = Reason {
    code: Code::UnknownPlace,
    one: "changes a settlement that no gazetteer knows by its id",
    many: "change settlements that no gazetteer knows by their ids",
    help: "install Ukraine's villages with `conflict-map gazetteer fetch UA`, or give a table with latitude and longitude",
};

/// Whether the table is of the first version, a column for each day.
pub(super) fn is_wide(sheet: &Sheet<'_>) -> bool {
    sheet.column("geonameid").is_some() && sheet.header().iter().any(|name| day_of(name).is_some())
}

/// The day of a column of the first version.
fn day_of(column: &str) -> Option<Stamp> {
    let digits = column.strip_prefix(WIDE)?.get(..8)?;
    stamp(digits)
}

pub(super) fn read(
    name: &str,
    bytes: &[u8],
    sheet: Sheet<'_>,
    given: &Given<'_>,
) -> Result<Checked<Table>, Problem> {
    let mut reader = Reader::of(name, &sheet, given);
    let mut is_late = false;
    let unclosed = sheet.each(|row| is_late |= reader.row(row, None));
    if !is_late {
        return Ok(reader.close(name, unclosed));
    }
    // The days do not come in order: the changes are found from all rows sorted, then the rows that tell them are read.
    let sheet = Sheet::open(name, bytes)?;
    let mut reader = Reader::of(name, &sheet, given);
    let mut all: Vec<(u64, Stamp, u64, Status)> = Vec::new();
    sheet.each(|row| all.extend(reader.observed(row).map(|(id, day, status)| (id, day, row.line, status))));
    all.sort_unstable();
    let mut steps = BTreeMap::new();
    for (id, day, line, status) in all {
        match reader.course.see(id, day, status) {
            Seen::Changed(step) => drop(steps.insert(line, step)),
            Seen::Twice => reader.told.add(TWICE, line, ""),
            Seen::Same | Seen::Late => {}
        }
    }
    let unclosed = Sheet::open(name, bytes)?.each(|row| {
        reader.row(row, Some(&steps));
    });
    Ok(reader.close(name, unclosed))
}

struct Reader<'a> {
    given: &'a Given<'a>,
    id: Option<usize>,
    day: Option<usize>,
    status: Option<usize>,
    voices: Vec<(usize, &'static str)>,
    name: Option<usize>,
    spot: [Option<usize>; 3],
    /// The columns of the first version, the last of each day, in the order of the days.
    days: Vec<(Stamp, usize)>,
    course: Course,
    who: Who<'a>,
    grounds: Grounds<'a>,
    book: Book,
    told: Told,
}

impl<'a> Reader<'a> {
    fn of(name: &str, sheet: &Sheet<'_>, given: &'a Given<'a>) -> Self {
        let mut days = BTreeMap::new();
        for (at, (day, column)) in
            sheet.header().iter().enumerate().filter_map(|(at, column)| Some((at, (day_of(column)?, column))))
        {
            let last = days.entry(day).or_insert((column, at));
            *last = (*last).max((column, at));
        }
        let voices = VOICES.iter().filter_map(|(column, who)| Some((sheet.column(column)?, *who))).collect();
        Self {
            given,
            id: sheet.column("geonameid"),
            day: sheet.column("date"),
            status: sheet.column("status"),
            voices,
            name: sheet.column("asciiname").or_else(|| sheet.column("name")),
            spot: ["latitude", "longitude", "adm1_name"].map(|column| sheet.column(column)),
            days: days.into_iter().map(|(day, (_, at))| (day, at)).collect(),
            course: Course::default(),
            who: Who::new(given),
            grounds: Grounds::new(given),
            book: Book::new(name, Kind::Viina, Some("VIINA"), Some("https://github.com/zhukovyuri/VIINA")),
            told: Told::default(),
        }
    }

    fn close(self, name: &str, unclosed: Option<Problem>) -> Checked<Table> {
        let mut problems = self.told.problems(name);
        problems.extend(unclosed);
        Checked { value: self.book.close(), problems }
    }

    /// What a row of the long form says, if it can be used.
    fn observed(&self, row: &Cells<'_>) -> Option<(u64, Stamp, Status)> {
        let id = number(&row.text(self.id))?;
        Some((id, stamp(&row.text(self.day))?, Status::parse(&row.text(self.status)).ok()??))
    }

    /// Reads a row, its change known already or found from the rows before; says whether it comes too late for that.
    fn row(&mut self, row: &Cells<'_>, steps: Option<&BTreeMap<u64, Step>>) -> bool {
        let Some(id) = number(&row.text(self.id)) else {
            self.told.add(NO_ID, row.line, &row.text(self.id));
            return false;
        };
        if !self.days.is_empty() {
            self.wide(row, id);
            return false;
        }
        let day = row.text(self.day);
        let Some(day) = stamp(&day) else {
            self.told.add(if row.is_short() { Reason::CUT } else { Reason::NO_DATE }, row.line, &day);
            return false;
        };
        let status = row.text(self.status);
        let status = match Status::parse(&status) {
            Ok(Some(status)) => status,
            Ok(None) => return false,
            Err(()) => {
                self.told.add(NO_STATUS, row.line, &status);
                return false;
            }
        };
        if let Some(steps) = steps {
            if let Some(step) = steps.get(&row.line) {
                self.tell(row, id, *step, "");
            }
            return false;
        }
        match self.course.see(id, day, status) {
            Seen::Same => {}
            Seen::Changed(step) => self.tell(row, id, step, ""),
            Seen::Twice => self.told.add(TWICE, row.line, ""),
            Seen::Late => return true,
        }
        false
    }

    /// A row of the first version: all days of a settlement.
    fn wide(&mut self, row: &Cells<'_>, id: u64) {
        let mut course = Course::default();
        for at in 0..self.days.len() {
            let (day, column) = self.days[at];
            let text = row.text(Some(column));
            match Status::parse(&text) {
                Ok(None) => {}
                Err(()) => self.told.add(NO_STATUS, row.line, &text),
                Ok(Some(status)) => {
                    if let Seen::Changed(step) = course.see(id, day, status) {
                        self.tell(row, id, step, &day.to_string());
                    }
                }
            }
        }
    }

    /// Makes a claim of a change.
    fn tell(&mut self, row: &Cells<'_>, id: u64, step: Step, part: &str) {
        let [lat, lon, admin1] = self.spot.map(|column| row.text(column));
        let written = seen(&row.text(self.name));
        let name = if written.is_empty() { id.to_string() } else { written };
        let Some(site) = self.site(id, &name, [&lat, &lon, &admin1]) else {
            return self.told.add(NO_SETTLEMENT, row.line, &name);
        };
        let (Some(before), Some(day)) = (date(step.before.day), date(step.day)) else { return };
        // What is known of one day and then of a later one happened on any day after the first.
        let from = before.checked_add(1.day()).unwrap_or(day).min(day);
        let precision = match from.until(day).map_or(0, |span| span.get_days()) {
            0 => Precision::Day,
            1..=27 => Precision::Week,
            28..=89 => Precision::Month,
            _ => Precision::Year,
        };
        let state = |status: Status| self.who.state(status.name());
        let (change, gaining, losing) = match step.status {
            Status::Contested => {
                let held = step.before.held;
                (Change::Contested, held.and_then(Status::other), held)
            }
            status => (Change::Captured, Some(status), status.other()),
        };
        let (gaining, losing) = (gaining.map(state), losing.map(state));
        let cells = self.voices.iter().map(|(column, who)| (row.text(Some(*column)), *who));
        let agree: Vec<&str> = cells
            .filter(|(text, _)| Status::parse(text) == Ok(Some(step.status)))
            .map(|(_, who)| who)
            .collect();
        let words =
            format!("{name}: {} on {before}, {} on {day}", step.before.status.name(), step.status.name());
        self.book.add(Draft {
            line: row.line,
            part,
            name: &name,
            words: &words,
            site,
            change,
            source: (!agree.is_empty()).then(|| agree.join("; ")),
            gaining,
            losing,
            day: When { from: Some(from), to: Some(day), precision, basis: Basis::Stated },
        });
    }

    fn site(&mut self, id: u64, name: &str, [lat, lon, admin1]: [&str; 3]) -> Option<Site> {
        let sought = Sought { id: Some(PlaceId(id)), ..Sought::default() };
        if let Some(site) = (self.given.resolve)(&sought) {
            return Some(Site { precision: GeoPrecision::Place, ..site });
        }
        let at = position(lat, lon)?;
        self.grounds.site(&Spot { name, at: Some(at), admin1, country: Some("UA") })
    }
}

/// A GeoNames id, also as spreadsheets and data frames write it: `707753`, `707753.0`.
fn number(text: &str) -> Option<u64> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    digits.parse().ok().filter(|id| *id > 0 && *id < 1 << 40)
}
