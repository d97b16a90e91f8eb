//! A table that the project describes: which column says what, and what its words mean.

use super::book::{Book, Draft, Grounds, Spot, position, seen};
use super::told::{Reason, Told};
use super::who::Who;
use super::{Given, Kind, Table};
use crate::claim::{Basis, Change, When};
use crate::diag::{Checked, Code, Locus, Problem};
use crate::project::{Meaning, Order, Says, TableMap};
use crate::report::parse_date;
use crate::table::sheet::{Cells, Sheet};
use crate::units::Date;
use std::borrow::Cow;

/// A [`Says`] with its column found.
enum From<'m> {
    Nothing,
    Column(usize),
    Always(&'m str),
}

impl From<'_> {
    fn read<'r>(&'r self, row: &Cells<'r>) -> Cow<'r, str> {
        match self {
            Self::Nothing => Cow::Borrowed(""),
            Self::Column(column) => row.text(Some(*column)),
            Self::Always(text) => Cow::Borrowed(text),
        }
    }
}

pub(super) fn read(
    name: &str,
    sheet: Sheet<'_>,
    map: &TableMap,
    given: &Given<'_>,
) -> Result<Checked<Table>, Problem> {
    let (lat, lon) = map.position.as_ref().map(|(lat, lon)| (lat, lon)).unzip();
    let wanted = [
        Some(&map.date),
        Some(&map.change),
        map.place.as_ref(),
        map.admin1.as_ref(),
        map.country.as_ref(),
        lat,
        lon,
        map.gaining.as_ref(),
        map.losing.as_ref(),
        map.source.as_ref(),
        map.note.as_ref(),
    ];
    let mut lacks = Vec::new();
    let columns = wanted.map(|says| match says {
        None => From::Nothing,
        Some(Says::Always(text)) => From::Always(text),
        Some(Says::Column(column)) => sheet.column(column).map_or_else(
            || {
                lacks.push(format!("`{column}`"));
                From::Nothing
            },
            From::Column,
        ),
    });
    if !lacks.is_empty() {
        let own: Vec<String> = sheet.header().iter().take(40).map(|name| format!("`{name}`")).collect();
        let message = format!(
            "the table lacks {}, which the project names; it has {}",
            lacks.join(", "),
            own.join(", ")
        );
        return Err(Problem::new(Code::BadTable, Locus::File(name.into()), message)
            .help("correct the columns under [[tables]] in conflict-map.toml"));
    }
    let mut reader = Reader {
        map,
        columns,
        who: Who::new(given),
        grounds: Grounds::new(given),
        book: Book::new(name, Kind::Mapped, map.publisher.as_deref(), None),
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
    map: &'a TableMap,
    columns: [From<'a>; 11],
    who: Who<'a>,
    grounds: Grounds<'a>,
    book: Book,
    told: Told,
}

impl Reader<'_> {
    fn row(&mut self, row: &Cells<'_>) -> Result<(), (Reason, String)> {
        let cells = self.columns.each_ref().map(|from| seen(&from.read(row)));
        let [date, change, place, admin1, country, lat, lon, gaining, losing, source, note] = &cells;
        if row.surplus {
            return Err((Reason::SHIFTED, String::new()));
        }
        let word = change;
        if word.is_empty() {
            return Err((Reason::CUT, String::new()));
        }
        let change = match self.meaning(word) {
            Some(Meaning::Change(change)) => change,
            Some(Meaning::Nothing) => return Err((Reason::SAYS_NOTHING, String::new())),
            None => return Err((Reason::NO_CHANGE, word.clone())),
        };
        let day = day(date, self.map.order).ok_or_else(|| (Reason::NO_DATE, date.clone()))?;
        let at = match (lat.is_empty(), lon.is_empty()) {
            (true, true) => None,
            _ => Some(position(lat, lon).ok_or_else(|| (Reason::NO_SPOT, format!("{lat}, {lon}")))?),
        };
        let code = self.who.country(country);
        let code = code.as_deref().or(Some(country.as_str()).filter(|name| !name.is_empty()));
        let spot = Spot { name: place, at, admin1, country: code };
        if place.is_empty() && at.is_none() {
            return Err((Reason::NO_PLACE, String::new()));
        }
        let site = self.grounds.site(&spot).ok_or_else(|| (Reason::NO_PLACE, place.clone()))?;
        let gains = self.who.actor(gaining, row.line);
        let loses = self.who.actor(losing, row.line);
        let named = match change {
            Change::Captured => gains.is_some(),
            Change::SiegeLifted => true,
            _ => gains.is_some() || loses.is_some(),
        };
        if !named {
            return Err((Reason::NOBODY, place.clone()));
        }
        let said: Vec<&str> =
            [date, word, gaining, losing].into_iter().map(String::as_str).filter(|c| !c.is_empty()).collect();
        let said = said.join(", ");
        let name = if place.is_empty() { site.name.clone() } else { place.clone() };
        self.book.add(Draft {
            line: row.line,
            part: "",
            name: &name,
            words: if note.is_empty() { &said } else { note },
            site,
            change,
            source: (!source.is_empty()).then(|| source.clone()),
            gaining: gains,
            losing: loses,
            day: When::day(day, Basis::Stated),
        });
        Ok(())
    }

    /// What a word of the column means, if that is known.
    fn meaning(&self, word: &str) -> Option<Meaning> {
        let low = word.to_lowercase();
        let listed = self.map.values.get(&low).copied();
        listed.or_else(|| Change::parse(&low.replace([' ', '-'], "_")).map(Meaning::Change))
    }
}

/// A date, also one of numbers alone where the project says which comes first.
fn day(text: &str, order: Option<Order>) -> Option<Date> {
    if let Some(day) = parse_date(text) {
        return Some(day);
    }
    let date = text.split(' ').next().unwrap_or(text);
    let numbers: Vec<i16> = date.split(['/', '-', '.']).map_while(|part| part.parse().ok()).collect();
    let [first, second, year] = numbers[..] else { return None };
    let (day, month) = match order? {
        Order::DayFirst => (first, second),
        Order::MonthFirst => (second, first),
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
