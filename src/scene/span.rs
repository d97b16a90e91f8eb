//! Days as an axis: a coordinate of plotters that counts days, and the days at which it has ticks.

use super::view::{brief, short};
use crate::units::Date;
use jiff::{ToSpan, Unit};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use std::ops::Range;

/// All of the days from one to another, both included. A day reaches from its number to the next: what is true of a day fills it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Span {
    first: Date,
    last: Date,
}

impl Span {
    /// The days between these, in either order.
    pub(crate) fn of(first: Date, last: Date) -> Self {
        Self { first: first.min(last), last: first.max(last) }
    }

    /// Where a day begins.
    pub(crate) fn at(self, day: Date) -> f64 {
        self.first.until((Unit::Day, day)).map_or(0.0, |span| f64::from(span.get_days()))
    }

    /// Where the last day ends.
    pub(crate) fn end(self) -> f64 {
        self.at(self.last) + 1.0
    }

    /// At most `most` days in even steps (of days, weeks, months or years) with what is written at each: months and years at
    /// their first day. A year is written where it is new.
    pub(crate) fn ticks(self, most: usize) -> Vec<(f64, String)> {
        let most = most.max(2);
        let length = self.end();
        let mut days: Vec<Date> = [1.0, 2.0, 7.0, 14.0]
            .into_iter()
            .find(|step| length / step <= most as f64)
            .map(|step| {
                let all = (0..).map(|i| self.first.checked_add((i * step as i64).days()));
                all.map_while(Result::ok).take_while(|day| *day <= self.last).collect()
            })
            .unwrap_or_default();
        if days.is_empty() {
            const MONTHS: [i64; 9] = [1, 3, 6, 12, 24, 60, 120, 600, 1200];
            let step = MONTHS.into_iter().find(|step| length / (30.4 * *step as f64) <= most as f64);
            days = self.months(step.unwrap_or(12_000));
        }
        let mut year = None;
        let mut write = |day: &Date| {
            let is_new = year.replace(day.year()) != Some(day.year());
            (self.at(*day), if is_new { short(*day) } else { brief(*day) })
        };
        days.iter().map(&mut write).collect()
    }

    /// The first days of months, `step` months apart, January among them.
    fn months(self, step: i64) -> Vec<Date> {
        let months = i64::from(self.first.year()) * 12 + i64::from(self.first.month()) - 1;
        let from = months.div_euclid(step);
        let first = |i: i64| {
            let month = (from + i) * step;
            let year = i16::try_from(month.div_euclid(12)).ok()?;
            Date::new(year, i8::try_from(month.rem_euclid(12)).ok()? + 1, 1).ok()
        };
        let all = (0..).map_while(first).take_while(|day| *day <= self.last);
        all.filter(|day| *day >= self.first).collect()
    }
}

impl Ranged for Span {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let share = value / self.end();
        limit.0 + (share * f64::from(limit.1 - limit.0)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        self.ticks(hint.max_num_points()).into_iter().map(|(at, _)| at).collect()
    }

    fn range(&self) -> Range<f64> {
        0.0..self.end()
    }
}

impl ValueFormatter<f64> for Span {
    fn format(value: &f64) -> String {
        format!("{value:.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn words(first: Date, last: Date, most: usize) -> Vec<String> {
        Span::of(first, last).ticks(most).into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn ticks_are_days_weeks_months_or_years() {
        let first = date(2024, 12, 30);
        assert_eq!(words(first, date(2025, 1, 1), 8), ["30 Dec 2024", "31 Dec", "1 Jan 2025"]);
        assert_eq!(words(first, date(2025, 2, 20), 8)[..3], ["30 Dec 2024", "6 Jan 2025", "13 Jan"]);
        assert_eq!(words(first, date(2025, 8, 20), 8)[..3], ["1 Jan 2025", "1 Feb", "1 Mar"]);
        let years = words(date(2011, 3, 15), date(2024, 12, 8), 8);
        assert_eq!(years[..2], ["1 Jan 2012", "1 Jan 2014"]);
        for last in [date(2024, 12, 30), date(2025, 3, 1), date(2031, 5, 5), date(9999, 12, 31)] {
            let ticks = words(first, last, 8);
            assert!(!ticks.is_empty() && ticks.len() <= 9, "{last}: {ticks:?}");
        }
    }
}
