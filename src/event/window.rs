//! The days on which what a claim tells can have happened, and how far such days lie apart.

use crate::claim::{Basis, Claim, Precision};
use crate::units::Date;
use jiff::ToSpan;

/// Days before its publication in which an undated piece of news can have happened.
const NEWS_DAYS: i32 = 7;
/// Days before publication that an undated mention of the past can reach back.
const PAST_DAYS: i32 = 60;

/// More days than any two reports can lie apart.
const MOST_DAYS: i32 = 4_000_000;

/// First and last possible day.
pub(super) type Window = (Date, Date);

/// The days on which a claim's change can have happened; `None` where nothing is known.
pub(super) fn window(claim: &Claim) -> Option<Window> {
    let to = claim.day.to.or(claim.day.from)?;
    let from = match (claim.day.precision, claim.day.basis) {
        (Precision::Unknown, _) => back(to, PAST_DAYS),
        (_, Basis::Publication) => back(to, NEWS_DAYS),
        // "a week after": about that day.
        (Precision::Week | Precision::Month | Precision::Year, _) if claim.day.from == Some(to) => {
            let about = about_days(claim.day.precision);
            return Some((back(to, about), back(to, -about)));
        }
        _ => claim.day.from.unwrap_or(to),
    };
    Some((from.min(to), to))
}

/// Days by which "a week after", "a month earlier" may be off: half the unit.
fn about_days(precision: Precision) -> i32 {
    match precision {
        Precision::Week => 3,
        Precision::Month => 15,
        Precision::Year => 182,
        Precision::Day | Precision::Unknown => 0,
    }
}

/// So many days before a day; the first or last day there is where that is beyond it.
pub(super) fn back(day: Date, days: i32) -> Date {
    let span = days.clamp(-MOST_DAYS, MOST_DAYS).days();
    day.checked_sub(span).unwrap_or(if days > 0 { Date::MIN } else { Date::MAX })
}

/// Days from one day to a later one.
pub(super) fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX / 2, |span| span.get_days())
}

/// How many days lie between two windows, 0 where they meet, and how many between their last days.
pub(super) fn gap((a_from, a_to): Window, (b_from, b_to): Window) -> (i32, i32) {
    let between = if a_to < b_from {
        days(a_to, b_from)
    } else if b_to < a_from {
        days(b_to, a_from)
    } else {
        0
    };
    (between, days(a_to.min(b_to), a_to.max(b_to)))
}

/// Best-dated claims come first, so that vaguer ones find their event.
pub(super) fn certainty(claim: &Claim) -> (Basis, Precision) {
    let basis = match claim.day.basis {
        _ if claim.day.precision == Precision::Unknown => Basis::Publication,
        Basis::Relative => Basis::Stated,
        basis => basis,
    };
    (basis, claim.day.precision)
}
