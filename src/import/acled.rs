//! ACLED's export: three of its kinds of event are changes of control, all others say nothing of it.
//!
//! Source of the codes: ACLED, *Codebook*, "Event types", "Spatial precision codes", "Time precision codes".

use super::book::{Book, Draft, Grounds, Spot, position, seen};
use super::told::{Reason, Told};
use super::who::Who;
use super::{Given, Kind, Table};
use crate::claim::{Basis, Change, GeoPrecision, Precision, When};
use crate::diag::{Checked, Code, Locus, Problem};
use crate::report::parse_date;
use crate::table::sheet::{Cells, Sheet};
use crate::units::Date;
use std::collections::BTreeSet;

/// Battles that ended without a change, shelling, protests and all else.
const OTHER: Reason = Reason {
    code: Code::NoControl,
    one: "is a battle, shelling or a protest, which says nothing of control",
    many: "are battles, shelling or protests, which say nothing of control",
    help: "ACLED's changes of control are `Government regains territory`, `Non-state actor overtakes territory` and \
           `Non-violent transfer of territory`; all else is counted and left out",
};
/// Places known less closely than to a province.
const VAGUE: Reason = Reason {
    code: Code::BadPlace,
    one: "has no usable position",
    many: "have no usable position",
    help: "rows need `latitude` and `longitude`, and `location` or, for geo_precision 3, `admin1`",
};

/// How a place changed hands.
#[derive(Clone, Copy, PartialEq)]
enum Taking {
    /// By the government.
    Government,
    /// By anybody else, foreign states among them.
    NonState,
    /// Without a fight.
    Peaceful,
}

impl Taking {
    /// The kind of event of this name; older exports write it after `Battle-`, as the event type itself.
    fn parse(sub_event: &str, event: &str) -> Option<Self> {
        let name = if sub_event.is_empty() { event } else { sub_event };
        let name = name.to_lowercase();
        match name.strip_prefix("battle-").unwrap_or(&name) {
            "government regains territory" => Some(Self::Government),
            "non-state actor overtakes territory" | "non-state actors overtake territory" => {
                Some(Self::NonState)
            }
            "non-violent transfer of territory" => Some(Self::Peaceful),
            _ => None,
        }
    }

    /// Whether the second actor gained: ACLED lists the gaining side first, but its definitions go before its order. A
    /// government that regains is no rebel, and who overtakes as a non-state actor is not the government.
    fn is_turned(self, inter1: &str, inter2: &str) -> bool {
        let state = |code: &str| matches!(code, "1" | "state forces");
        let rebel = |code: &str| {
            matches!(code, "2" | "3" | "4" | "rebel group" | "rebel groups")
                || code.starts_with("political militia")
                || code.starts_with("identity militia")
        };
        match self {
            Self::Government => rebel(inter1) && state(inter2),
            Self::NonState => state(inter1) && rebel(inter2),
            Self::Peaceful => false,
        }
    }
}

/// Where the export says what.
struct Columns([Option<usize>; 17]);

/// The columns, in the order in which a row is read.
const NAMES: [&str; 17] = [
    "event_id_cnty",
    "event_date",
    "time_precision",
    "event_type",
    "sub_event_type",
    "actor1",
    "inter1",
    "actor2",
    "inter2",
    "country",
    "admin1",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "notes",
];

pub(super) fn read(name: &str, sheet: Sheet<'_>, given: &Given<'_>) -> Result<Checked<Table>, Problem> {
    let columns = Columns(NAMES.map(|name| sheet.column(name)));
    let lacks: Vec<String> = ["location", "latitude", "longitude"]
        .into_iter()
        .filter(|name| sheet.column(name).is_none())
        .map(|name| format!("`{name}`"))
        .collect();
    if !lacks.is_empty() {
        let message = format!("the table is an export of ACLED, but lacks {}", lacks.join(", "));
        let help = "export it again with all columns";
        return Err(Problem::new(Code::BadTable, Locus::File(name.into()), message).help(help));
    }
    let mut reader = Reader {
        columns,
        who: Who::new(given),
        grounds: Grounds::new(given),
        book: Book::new(name, Kind::Acled, Some("ACLED"), Some("https://acleddata.com")),
        used: BTreeSet::new(),
        told: Told::default(),
    };
    let unclosed = sheet.each(|row| {
        if let Err((reason, value)) = reader.row(row) {
            reader.told.add(reason, row.line, &value);
        }
    });
    let Reader { who, book, told, .. } = reader;
    let mut problems = told.problems(name);
    problems.extend(who.told(name));
    problems.extend(unclosed);
    Ok(Checked { value: book.close(), problems })
}

struct Reader<'a> {
    columns: Columns,
    who: Who<'a>,
    grounds: Grounds<'a>,
    book: Book,
    /// The events that rows were used of.
    used: BTreeSet<String>,
    told: Told,
}

impl Reader<'_> {
    fn row(&mut self, row: &Cells<'_>) -> Result<(), (Reason, String)> {
        if row.surplus {
            return Err((Reason::SHIFTED, String::new()));
        }
        let [event, sub_event] = [self.columns.0[3], self.columns.0[4]].map(|column| row.text(column));
        if event.is_empty() && sub_event.is_empty() {
            return Err((Reason::CUT, row.text(self.columns.0[0]).into_owned()));
        }
        let Some(taking) = Taking::parse(&sub_event, &event) else { return Err((OTHER, String::new())) };
        let cells = self.columns.0.map(|column| seen(&row.text(column)));
        let [id, date, time, _, _, actor1, inter1, actor2, inter2, rest @ ..] = &cells;
        let [country, admin1, location, lat, lon, geo, source, notes] = rest;
        let day = day(date).ok_or_else(|| (Reason::NO_DATE, date.clone()))?;
        let at = position(lat, lon).ok_or_else(|| (VAGUE, format!("{lat}, {lon}")))?;
        let code = self.who.country(country);
        let (name, site) = if geo == "3" && !admin1.is_empty() {
            (admin1, self.grounds.unit(admin1, at, code.as_deref()))
        } else if location.is_empty() {
            return Err((VAGUE, location.clone()));
        } else {
            let spot = Spot { name: location, at: Some(at), admin1, country: code.as_deref() };
            let mut site = self.grounds.site(&spot).ok_or_else(|| (VAGUE, location.clone()))?;
            match geo.as_str() {
                "2" => site.precision = GeoPrecision::Near,
                "3" => site.precision = GeoPrecision::Admin1,
                _ => {}
            }
            (location, site)
        };
        let (first, second) = (self.who.actor(actor1, row.line), self.who.actor(actor2, row.line));
        let turned = taking.is_turned(&inter1.to_lowercase(), &inter2.to_lowercase());
        let (gaining, losing) = if turned { (second, first) } else { (first, second) };
        if gaining.is_none() {
            return Err((Reason::NOBODY, actor1.clone()));
        }
        if !id.is_empty() && !self.used.insert(id.clone()) {
            return Err((Reason::AGAIN, id.clone()));
        }
        let said = [date.as_str(), &sub_event, &event, actor1, actor2];
        let said = said.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ");
        self.book.add(Draft {
            line: row.line,
            part: "",
            name,
            words: if notes.is_empty() { &said } else { notes },
            site,
            change: Change::Captured,
            source: (!source.is_empty()).then(|| source.clone()),
            gaining,
            losing,
            day: when(day, time),
        });
        Ok(())
    }
}

/// A date as exports of several years write it: `2024-12-05`, `05 December 2024`, `05-December-2024`.
fn day(text: &str) -> Option<Date> {
    parse_date(text).or_else(|| parse_date(&text.replace('-', " ")))
}

/// The day with what ACLED says of how close it is: about a week or a month around it.
fn when(day: Date, precision: &str) -> When {
    let precision = match precision {
        "2" => Precision::Week,
        "3" => Precision::Month,
        _ => Precision::Day,
    };
    When { precision, ..When::day(day, Basis::Stated) }
}
