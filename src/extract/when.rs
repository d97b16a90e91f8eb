//! Expressions of time, and the days they mean.

use super::lexicon::{month, number, weekday};
use super::text::Token;
use crate::claim::{Basis, Precision, When};
use crate::units::Date;
use jiff::civil::Weekday;
use jiff::{Span as Duration, ToSpan};

/// An expression of time in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    /// First token.
    pub(crate) start: usize,
    /// One past the last token.
    pub(crate) end: usize,
    /// What it says.
    pub(crate) says: Says,
}

/// What an expression of time says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    /// "on Thursday", "last Thursday".
    Weekday(Weekday),
    /// "5 December 2024", "December 5".
    Day(Option<i16>, i8, i8),
    /// "in December 2024", "in December".
    Month(Option<i16>, i8),
    /// "in 2012".
    Year(i16),
    /// "today", "yesterday", "two days ago": days before publication.
    DaysAgo(i32),
    /// "last week", "earlier this month", "a month ago": a stretch of days before publication.
    Stretch(Unit, i32),
    /// "the next day", "two days later", "a week earlier": days from the date last spoken of.
    Offset(i32, Unit),
    /// "a week after", "two days before": days from what the following clause tells.
    FromClause(i32, Unit),
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        _ => return None,
    })
}

/// The expressions of time of a sentence, in order, none overlapping.
pub(crate) fn times(tokens: &[Token]) -> Vec<Time> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match time_at(tokens, at) {
            Some((end, says)) => {
                out.push(Time { start: at, end, says });
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

fn time_at(tokens: &[Token], at: usize) -> Option<(usize, Says)> {
    let word = |i: usize| tokens.get(at + i).map_or("", |token| token.low.as_str());
    let year_at = |i: usize| year(word(i));
    // "5 December 2024", "5th of December".
    if let Some(day) = day_number(word(0)) {
        let of = usize::from(word(1) == "of");
        if let Some(month) =
            month(word(1 + of)).filter(|_| tokens.get(at + 1 + of).is_some_and(|t| t.name_like))
        {
            let next = 2 + of + usize::from(word(2 + of) == ",");
            return Some(match year_at(next) {
                Some(year) => (at + next + 1, Says::Day(Some(year), month, day)),
                None => (at + 2 + of, Says::Day(None, month, day)),
            });
        }
    }
    // "December 5, 2024", "Dec. 5", "December 2024", "in December".
    if let Some(month) = month(word(0)).filter(|_| tokens[at].name_like) {
        let dot = usize::from(word(1) == ".");
        if let Some(day) = day_number(word(1 + dot)) {
            let next = 2 + dot + usize::from(word(2 + dot) == ",");
            return Some(match year_at(next) {
                Some(year) => (at + next + 1, Says::Day(Some(year), month, day)),
                None => (at + 2 + dot, Says::Day(None, month, day)),
            });
        }
        let of = usize::from(word(1) == "of") + dot;
        if let Some(year) = year_at(1 + of) {
            return Some((at + 2 + of, Says::Month(Some(year), month)));
        }
        let before = at.checked_sub(1).map_or("", |i| tokens[i].low.as_str());
        let sure = !matches!(tokens[at].low.as_str(), "may" | "march" | "mar" | "sat" | "sun");
        if sure
            || matches!(
                before,
                "in" | "since" | "last" | "of" | "until" | "by" | "early" | "late" | "mid" | "this"
            )
        {
            return Some((at + 1, Says::Month(None, month)));
        }
    }
    if let Some(day) = weekday(word(0)).filter(|_| tokens[at].name_like) {
        return Some((at + 1, Says::Weekday(day)));
    }
    if let Some((year, month, day)) = iso(tokens, at) {
        return Some((at + 5, Says::Day(Some(year), month, day)));
    }
    if let Some(year) = year_at(0) {
        let before = at.checked_sub(1).map_or("", |i| tokens[i].low.as_str());
        if matches!(
            before,
            "in" | "since"
                | "of"
                | "by"
                | "the"
                | "during"
                | "until"
                | "from"
                | "early"
                | "late"
                | "mid"
                | "("
        ) {
            return Some((at + 1, Says::Year(year)));
        }
    }
    match (word(0), word(1)) {
        ("today" | "tonight", _) | ("this", "morning" | "afternoon" | "evening") => {
            Some((at + 1 + usize::from(word(0) == "this"), Says::DaysAgo(0)))
        }
        ("yesterday", _) => Some((at + 1, Says::DaysAgo(1))),
        ("last", "night") => Some((at + 2, Says::DaysAgo(1))),
        ("last", "weekend") => Some((at + 2, Says::Weekday(Weekday::Saturday))),
        ("this" | "last" | "past" | "previous", named) if unit(named).is_some() => {
            let back = i32::from(word(0) != "this");
            Some((at + 2, Says::Stretch(unit(named)?, back)))
        }
        ("the" | "a", "next" | "following") if unit(word(2)).is_some() => {
            Some((at + 3, Says::Offset(1, unit(word(2))?)))
        }
        ("the", "previous") if word(2) == "day" || word(2) == "evening" => {
            Some((at + 3, Says::Offset(-1, Unit::Day)))
        }
        ("the", "day") if word(2) == "before" => Some((at + 3, Says::Offset(-1, Unit::Day))),
        ("the", "day") if word(2) == "after" => Some((at + 3, Says::Offset(1, Unit::Day))),
        ("the", "same") if word(2) == "day" => Some((at + 3, Says::Offset(0, Unit::Day))),
        ("same", "day") => Some((at + 2, Says::Offset(0, Unit::Day))),
        _ => counted(tokens, at),
    }
}

/// "two days later", "a week after", "three days ago".
fn counted(tokens: &[Token], at: usize) -> Option<(usize, Says)> {
    let word = |i: usize| tokens.get(at + i).map_or("", |token| token.low.as_str());
    let count = number(word(0))?;
    let of = usize::from(word(1) == "of");
    let unit = unit(word(1 + of))?;
    let end = at + 3 + of;
    Some(match word(2 + of) {
        "later" | "afterwards" => (end, Says::Offset(count, unit)),
        "earlier" => (end, Says::Offset(-count, unit)),
        "before" if !starts_clause(tokens, end) => (end, Says::Offset(-count, unit)),
        "ago" => (end, if unit == Unit::Day { Says::DaysAgo(count) } else { Says::Stretch(unit, count) }),
        "after" => (end, Says::FromClause(count, unit)),
        "before" => (end, Says::FromClause(-count, unit)),
        _ => return None,
    })
}

fn starts_clause(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.word)
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| (1900..=2100).contains(year))
}

fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    (matches!(ending, "" | "st" | "nd" | "rd" | "th"))
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|day| (1..=31).contains(day))
}

fn iso(tokens: &[Token], at: usize) -> Option<(i16, i8, i8)> {
    let word = |i: usize| tokens.get(at + i).map_or("", |token| token.low.as_str());
    let year = year(word(0)).filter(|_| word(1) == "-" && word(3) == "-")?;
    let month: i8 = word(2).parse().ok().filter(|month| (1..=12).contains(month))?;
    Some((year, month, day_number(word(4))?))
}

/// The days an expression means.
///
/// `published` is the report's day; `anchor` the date last spoken of, from which "two days later" counts. `None` where the
/// expression cannot be dated by these.
pub(crate) fn resolve(says: Says, published: Option<Date>, anchor: Option<Date>) -> Option<When> {
    match says {
        Says::Weekday(day) => Some(When::day(on_or_before(published?, day)?, Basis::Relative)),
        Says::Day(Some(year), month, day) => {
            Some(When::day(Date::new(year, month, day).ok()?, Basis::Stated))
        }
        Says::Day(None, month, day) => {
            let published = published?;
            let this = Date::new(published.year(), month, day).ok()?;
            let last = || Date::new(published.year() - 1, month, day).ok();
            Some(When::day(if this <= published { this } else { last()? }, Basis::Stated))
        }
        Says::Month(Some(year), month) => {
            stretch(Date::new(year, month, 1).ok()?, Unit::Month, Basis::Stated)
        }
        Says::Month(None, month) => {
            let published = published?;
            let year = published.year() - i16::from(month > published.month());
            stretch(Date::new(year, month, 1).ok()?, Unit::Month, Basis::Stated)
        }
        Says::Year(year) => stretch(Date::new(year, 1, 1).ok()?, Unit::Year, Basis::Stated),
        Says::DaysAgo(days) => Some(When::day(published?.checked_sub(days.days()).ok()?, Basis::Relative)),
        Says::Stretch(unit, back) => {
            let published = published?;
            let day = published.checked_sub(length(back, unit)).ok()?;
            let mut when = stretch(first_of(day, unit)?, unit, Basis::Relative)?;
            when.to = when.to.map(|to| to.min(published));
            Some(when)
        }
        Says::Offset(count, unit) | Says::FromClause(count, unit) => {
            let day = anchor?.checked_add(length(count, unit)).ok()?;
            match unit {
                Unit::Day => Some(When::day(day, Basis::Relative)),
                // "a week after" is about that day.
                Unit::Week => Some(When { precision: Precision::Week, ..When::day(day, Basis::Relative) }),
                Unit::Month if matches!(says, Says::FromClause(..)) || count < 0 => {
                    Some(When { precision: Precision::Month, ..When::day(day, Basis::Relative) })
                }
                Unit::Year if matches!(says, Says::FromClause(..)) || count < 0 => {
                    Some(When { precision: Precision::Year, ..When::day(day, Basis::Relative) })
                }
                Unit::Month | Unit::Year => stretch(first_of(day, unit)?, unit, Basis::Relative),
            }
        }
    }
}

fn length(count: i32, unit: Unit) -> Duration {
    match unit {
        Unit::Day => count.days(),
        Unit::Week => count.weeks(),
        Unit::Month => count.months(),
        Unit::Year => count.years(),
    }
}

fn first_of(day: Date, unit: Unit) -> Option<Date> {
    match unit {
        Unit::Day => Some(day),
        Unit::Week => on_or_before(day, Weekday::Monday),
        Unit::Month => Some(day.first_of_month()),
        Unit::Year => Some(day.first_of_year()),
    }
}

fn stretch(from: Date, unit: Unit, basis: Basis) -> Option<When> {
    let (to, precision) = match unit {
        Unit::Day => (from, Precision::Day),
        Unit::Week => (from.checked_add(6.days()).ok()?, Precision::Week),
        Unit::Month => (from.last_of_month(), Precision::Month),
        Unit::Year => (from.last_of_year(), Precision::Year),
    };
    Some(When { from: Some(from), to: Some(to), precision, basis })
}

/// The nearest such weekday on or before a day.
fn on_or_before(day: Date, weekday: Weekday) -> Option<Date> {
    let back = weekday.until(day.weekday());
    day.checked_sub(i32::from(back).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::super::text::tokens;
    use super::*;
    use crate::units::Span;

    fn check(text: &str, expect: &str) {
        let published = Date::constant(2024, 12, 5); // a Thursday
        let anchor = Some(Date::constant(2024, 12, 1));
        let said: Vec<String> = times(&tokens(text, Span { start: 0, end: text.len() }))
            .into_iter()
            .map(|time| match resolve(time.says, Some(published), anchor) {
                Some(When { from: Some(from), to: Some(to), .. }) if from == to => from.to_string(),
                Some(When { from: Some(from), to: Some(to), .. }) => format!("{from}/{to}"),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(said.join(" "), expect, "{text}");
    }

    #[test]
    fn days_are_counted_from_publication_or_from_the_date_last_spoken_of() {
        check("on Thursday", "2024-12-05");
        check("late on Friday", "2024-11-29");
        check("on 30 November 2024 and on Dec. 2", "2024-11-30 2024-12-02");
        check("December 28", "2023-12-28");
        check("yesterday, three days ago", "2024-12-04 2024-12-02");
        check("two days later", "2024-12-03");
        check("a day earlier", "2024-11-30");
        check("just a week after", "2024-12-08");
        check("on 2024-12-03.", "2024-12-03");
    }

    #[test]
    fn looser_dates_stay_loose() {
        check("in 2012", "2012-01-01/2012-12-31");
        check("in February", "2024-02-01/2024-02-29");
        check("last week", "2024-11-25/2024-12-01");
        check("earlier this month", "2024-12-01/2024-12-05");
        check("since March 2011", "2011-03-01/2011-03-31");
    }

    #[test]
    fn verbs_and_plain_numbers_are_no_dates() {
        check("they may march on Homs with 2000 men", "");
    }
}
