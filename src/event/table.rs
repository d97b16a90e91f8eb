//! Reads `events.csv`: the table between reading and drawing, ours, an analyst's edit of ours, or made by hand.

use super::{Event, Grade, Record, ids};
use crate::actor::ActorId;
use crate::claim::{Basis, Change, GeoPrecision, Precision, Site, When};
use crate::diag::{Checked, Code, Problem, short};
use crate::gazetteer::Kind;
use crate::report::{self, LAST_YEAR};
use crate::table::rows::{Meaning, Reading, each};
use crate::table::{self, Columns, Resolve};
use crate::units::Date;

/// The columns, in the order they are written.
pub const COLUMNS: &[&str] = &[
    "event_id",
    "date",
    "date_end",
    "date_precision",
    "place_id",
    "place",
    "place_local",
    "admin1",
    "country",
    "lat",
    "lon",
    "geo_precision",
    "change",
    "gaining",
    "losing",
    "grade",
    "disputed",
    "sources",
    "claims",
    "note",
];

/// What a table must have: a day, a change, one of the two sides, and a name or a position.
const NEEDED: &[&[&[&str]]] = &[
    &[&["date"]],
    &[&["place"], &["lat", "lon"], &["place_id"]],
    &[&["change"]],
    &[&["gaining"], &["losing"]],
];

/// Reads an events table: all its columns, or as few as `date, place, change, gaining`, in any order.
///
/// `resolve` finds a place the table only names, `actor` the id behind a name of an actor. A `date` may also be a
/// month (`2024-12`) or a year. What an event rests on is not in the table, so its [`Basis`] is [`Basis::Stated`].
///
/// # Errors
/// None; see [`table::read`] for the header. A row whose place, change or date cannot be used is told with its line
/// and left out; one whose place has a name that nobody knows is told and has no position. A grade, an end or a flag that cannot be read is told and left out of its row.
///
/// # Example
/// ```
/// use conflict_map::{actor::ActorId, event::table};
/// let text = "date,place,lat,lon,change,gaining\n2024-12-05,Hama,35.13,36.75,captured,Rebels\n";
/// let events = table::read("events.csv", text.as_bytes(), &|_| None, &|name| ActorId(name.to_lowercase()));
/// assert_eq!(events.value[0].id, "2024-12-05-hama-captured");
/// ```
#[must_use]
pub fn read(
    name: &str,
    bytes: &[u8],
    resolve: &Resolve<'_>,
    actor: &dyn Fn(&str) -> ActorId,
) -> Checked<Vec<Event>> {
    let columns = Columns { known: COLUMNS, needed: NEEDED };
    let mut events = each(name, bytes, columns, Meaning { resolve, actor }, event);
    ids::set_apart(&mut events.value);
    events
}

fn event(row: &mut Reading<'_>) -> Result<Event, Problem> {
    let day = when(row)?;
    let Some(change) = row.cell("change") else {
        return Err(row.problem(Code::BadRow, "the row says nothing in `change`"));
    };
    let change = Change::parse(&change.to_lowercase().replace([' ', '-'], "_")).ok_or_else(|| {
        let names: Vec<_> = Change::ALL.iter().map(|(_, name)| format!("`{name}`")).collect();
        row.problem(Code::BadRow, format!("change `{}` is none of {}", short(change), names.join(", ")))
    })?;
    let site = match row.site() {
        // Ground that nobody can place is on no map; what is said of it stays in the tables.
        Err(problem) if problem.code == Code::UnknownPlace => {
            row.pass_on(problem);
            unplaced(row)
        }
        site => site?,
    };
    let grade = row.cell("grade").map(|text| read_grade(text).ok_or_else(|| short(text)));
    let grade = grade.and_then(|grade| match grade {
        Ok(grade) => Some(grade),
        Err(text) => {
            row.tell(Code::BadRow, format!("`{text}` is no grade: a letter A to F and a digit 1 to 6"));
            None
        }
    });
    let disputed = match row.cell("disputed").map(str::to_lowercase).as_deref() {
        None | Some("false" | "no" | "0") => false,
        Some("true" | "yes" | "1") => true,
        Some(other) => {
            row.tell(Code::BadRow, format!("disputed is `{}`, neither true nor false", short(other)));
            false
        }
    };
    let list = |column| {
        let mut items = row.cell(column).map(table::split).unwrap_or_default();
        items.sort();
        items.dedup();
        items
    };
    Ok(Event {
        id: row.cell("event_id").map_or_else(|| ids::made(&day, &site, change), str::to_owned),
        site,
        change,
        gaining: row.actor("gaining"),
        losing: row.actor("losing"),
        day,
        grade,
        disputed,
        sources: list("sources"),
        claims: list("claims"),
        note: row.cell("note").unwrap_or_default().to_owned(),
        record: Record::default(),
    })
}

/// The ground of a row that only names it, where nobody knows that name.
fn unplaced(row: &Reading<'_>) -> Site {
    let text = |column| row.cell(column).map(str::to_owned);
    Site {
        id: None,
        name: text("place").unwrap_or_default(),
        local: text("place_local"),
        admin1: text("admin1"),
        country: text("country"),
        at: None,
        kind: Kind::Town,
        population: 0,
        precision: row.cell("geo_precision").and_then(GeoPrecision::parse).unwrap_or(GeoPrecision::Place),
    }
}

/// When a row says it happened.
pub(super) fn when(row: &mut Reading<'_>) -> Result<When, Problem> {
    let read = |column| row.cell(column).map(|text| days(text).map_err(|no| no.of(column, text)));
    let first = read("date").transpose();
    let last = read("date_end").transpose();
    let first = first.map_err(|message| row.problem(Code::BadDate, message))?;
    let last = last.unwrap_or_else(|message| {
        row.tell(Code::BadDate, message);
        None
    });
    let (from, mut to) = (first.map(|(from, _)| from), last.or(first).map(|(_, to)| to));
    if let (Some(start), Some(end)) = (from, to)
        && end < start
    {
        row.tell(Code::BadDate, format!("date_end {end} is before date {start}"));
        to = first.map(|(_, to)| to);
    }
    let stated = row.cell("date_precision").map(|text| Precision::parse(text).ok_or_else(|| short(text)));
    let stated = stated.and_then(|stated| match stated {
        Ok(precision) => Some(precision),
        Err(text) => {
            let names: Vec<_> = Precision::ALL.iter().map(|(_, name)| format!("`{name}`")).collect();
            row.tell(Code::BadRow, format!("date_precision `{text}` is none of {}", names.join(", ")));
            None
        }
    });
    let precision = stated.unwrap_or_else(|| closeness(from, to));
    Ok(When { from, to, precision, basis: Basis::Stated })
}

/// How closely the days between two are known, where the row does not say.
fn closeness(from: Option<Date>, to: Option<Date>) -> Precision {
    let (Some(from), Some(to)) = (from, to) else { return Precision::Unknown };
    match (to - from).get_days() {
        0 => Precision::Day,
        1..=27 => Precision::Week,
        28..=89 => Precision::Month,
        _ => Precision::Year,
    }
}

/// Why words give no days.
enum No {
    /// They are no date.
    Date,
    /// They are one that nobody can mean.
    Far,
}

impl No {
    fn of(self, column: &str, text: &str) -> String {
        match self {
            Self::Date => format!("{column} `{}` is no day", short(text)),
            Self::Far => {
                format!("{column} `{}` lies after {LAST_YEAR}: is it a slip of the pen?", short(text))
            }
        }
    }
}

/// First and last day of a day, a month or a year in ISO 8601, up to [`LAST_YEAR`].
fn days(text: &str) -> Result<(Date, Date), No> {
    let numbers: Option<Vec<i16>> = text.split('-').map(|part| part.parse().ok()).collect();
    let read = || match (numbers.as_deref().unwrap_or_default(), text.len()) {
        ([year], 4) => Some((Date::new(*year, 1, 1).ok()?, Date::new(*year, 12, 31).ok()?)),
        ([year, month], 7) => {
            let first = Date::new(*year, i8::try_from(*month).ok()?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        _ => report::parse_date(text).map(|day| (day, day)),
    };
    let is_far = text.get(..4).and_then(|year| year.parse().ok()).is_some_and(|year: i16| year > LAST_YEAR);
    if is_far { Err(No::Far) } else { read().ok_or(No::Date) }
}

/// A grade as written, a letter and a digit.
fn read_grade(text: &str) -> Option<Grade> {
    let mut chars = text.chars();
    let (source, digit) = (chars.next()?.to_ascii_uppercase(), chars.next()?);
    let information = u8::try_from(digit.to_digit(10)?).ok()?;
    let fits = ('A'..='F').contains(&source) && (1..=6).contains(&information) && chars.next().is_none();
    fits.then_some(Grade { source, information })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Locus;
    use crate::table::place;

    fn table(text: &str) -> Checked<Vec<Event>> {
        read("e.csv", text.as_bytes(), &|_| None, &|name| ActorId(name.to_owned()))
    }

    #[test]
    fn a_hand_made_table_needs_four_columns() {
        let known = |sought: &table::Sought<'_>| {
            let text = "lat,lon,place\n35.13,36.75,Hama\n";
            let columns = Columns { known: COLUMNS, needed: &[] };
            let rows = table::read("g", text.as_bytes(), columns).value;
            (sought.name == "Hama").then(|| place::site(&rows[0], "g", &|_| None).unwrap())
        };
        let text = "date,place,change,gaining\n2024-12-05,Hama,Captured,rebels\n";
        let events = read("e.csv", text.as_bytes(), &known, &|name| ActorId(name.to_owned()));
        assert_eq!(events.problems, []);
        assert_eq!(events.value[0].site.name, "Hama");
        assert_eq!(events.value[0].day, When::day(Date::constant(2024, 12, 5), Basis::Stated));
    }

    #[test]
    fn each_bad_row_is_told_with_its_line_and_the_good_ones_stay() {
        let events = table(concat!(
            "date,place,lat,lon,change,gaining\n",
            "2024-12-05,Hama,35.13,36.75,captured,rebels\n",
            "2024-13-05,Hama,35.13,36.75,captured,rebels\n",
            "2024-12-05,Hama,35.13,366,captured,rebels\n",
            "2024-12-05,Hama,35.13,36.75,stormed,rebels\n",
            "2024-12-05,Nowhere,,,captured,rebels\n",
        ));
        // The last is named and lies nowhere: it is told, and kept off the map.
        assert_eq!(
            events.value.iter().map(|event| event.site.at.is_some()).collect::<Vec<_>>(),
            [true, false]
        );
        let told: Vec<_> = events.problems.iter().map(|p| (p.code, p.message.as_str())).collect();
        assert_eq!(
            told,
            [
                (Code::BadDate, "date `2024-13-05` is no day"),
                (Code::BadPlace, "(35.13, 366) is not a latitude in ±90 and a longitude in ±180"),
                (
                    Code::BadRow,
                    "change `stormed` is none of `captured`, `withdrew`, `contested`, `besieged`, `siege_lifted`"
                ),
                (Code::UnknownPlace, "`Nowhere` is in no gazetteer"),
            ]
        );
        assert_eq!(events.problems[3].at, Locus::Line { file: "e.csv".into(), line: 6 });
    }

    #[test]
    fn a_month_is_a_month_and_no_date_is_unknown() {
        let events = table(
            "date,date_end,lat,lon,change,gaining\n2024-12,,1,2,captured,x\n,2024-12-05,1,2,captured,x\n",
        );
        let days: Vec<_> = events.value.iter().map(|e| (e.day.from, e.day.to, e.day.precision)).collect();
        let day = |m, d| Some(Date::constant(2024, m, d));
        assert_eq!(days[0], (day(12, 1), day(12, 31), Precision::Month));
        assert_eq!(days[1], (None, day(12, 5), Precision::Unknown));
    }

    #[test]
    fn an_end_before_its_start_is_told_and_dropped() {
        let events = table("date,date_end,lat,lon,change,gaining\n2024-12-05,2024-12-01,1,2,captured,x\n");
        assert_eq!(events.problems[0].message, "date_end 2024-12-01 is before date 2024-12-05");
        assert_eq!(events.value[0].day.precision, Precision::Day);
    }

    #[test]
    fn rows_without_ids_get_different_ones() {
        let row = "2024-12-05,Deir ez-Zor,1,2,captured,x\n";
        let events = table(&format!("date,place,lat,lon,change,gaining\n{row}{row}"));
        let ids: Vec<_> = events.value.iter().map(|e| e.id.as_str()).collect();
        assert_eq!(ids, ["2024-12-05-deir-ez-zor-captured", "2024-12-05-deir-ez-zor-captured-2"]);
    }
}
