//! Joins what one report says of one change into one claim.

use crate::actor::ActorId;
use crate::claim::{Basis, Change, Claim, Precision, SiteKey, Standing, When};
use crate::report::Report;
use jiff::ToSpan;
use std::collections::{BTreeMap, BTreeSet};

/// Joins what one report says of one change: the first sentence states it, later ones repeat it or fill in what it left open.
pub(super) fn join(drafts: Vec<Claim>, report: &Report) -> Vec<Claim> {
    let mut out: Vec<Claim> = Vec::new();
    // Captures first, so that the fighting that led up to one finds it.
    let mut ordered = drafts;
    ordered.sort_by_key(|claim| claim.change != Change::Captured);
    let changed_back = changed_back(&ordered);
    for draft in ordered {
        let exact = changed_back.contains(&draft.site.key());
        match out.iter_mut().find(|claim| same_change(claim, &draft) && (!exact || same_day(claim, &draft))) {
            Some(claim) => absorb(claim, draft),
            None => out.push(draft),
        }
    }
    entered_after_withdrawal(&mut out);
    // A withdrawal whose taker is named is that capture.
    let mut joined: Vec<Claim> = Vec::new();
    for claim in out {
        match joined
            .iter_mut()
            .find(|other| withdrawal_and_capture(other, &claim) || withdrawal_and_capture(&claim, other))
        {
            Some(other) => {
                let capture = if other.change == Change::Captured { other.clone() } else { claim.clone() };
                let withdrawal = if other.change == Change::Captured { claim } else { other.clone() };
                let mut whole = capture;
                // The side that left confirms what the side that came claims.
                if matches!(whole.standing, Standing::ClaimedBy(_))
                    || matches!(withdrawal.standing, Standing::ConcededBy(_))
                {
                    whole.standing = withdrawal.standing.clone();
                }
                absorb(&mut whole, Claim { gaining: None, ..withdrawal });
                *other = whole;
            }
            None => joined.push(claim),
        }
    }
    joined.sort_by_key(|claim| (claim.evidence.sentence, claim.evidence.name.start));
    for (n, claim) in joined.iter_mut().enumerate() {
        claim.id = format!("{}#{}", report.id, n + 1);
    }
    joined
}

/// "The army left and rebels walked in": who enters what the other side has left takes it.
fn entered_after_withdrawal(claims: &mut [Claim]) {
    for at in 0..claims.len() {
        let left = claims.iter().any(|other| {
            let entered = &claims[at];
            entered.change == Change::Contested
                && entered.gaining.is_some()
                && other.change == Change::Withdrew
                && other.site.key() == entered.site.key()
                && other.losing.is_some()
                && other.losing != entered.gaining
                && !matches!(other.standing, Standing::DeniedBy(_))
                && soon_after(&other.day, &entered.day)
        });
        if left {
            claims[at].change = Change::Captured;
        }
    }
}

/// Whether somebody entered within three days of the withdrawal, as far as the days are known.
fn soon_after(left: &When, entered: &When) -> bool {
    match (left.to, entered.to) {
        (Some(left), Some(entered)) => {
            left <= entered && left.checked_add(3.days()).is_ok_and(|limit| entered <= limit)
        }
        _ => true,
    }
}

/// Places that several sides take in one report: there a change without a date of its own is not any change of that side.
fn changed_back(claims: &[Claim]) -> BTreeSet<SiteKey> {
    let mut takers: BTreeMap<SiteKey, BTreeSet<&ActorId>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| claim.change == Change::Captured && !claim.background) {
        takers.entry(claim.site.key()).or_default().extend(&claim.gaining);
    }
    takers.into_iter().filter(|(_, sides)| sides.len() > 1).map(|(site, _)| site).collect()
}

fn same_day(a: &Claim, b: &Claim) -> bool {
    a.day.shown_from() == b.day.shown_from() || a.change != b.change
}

fn same_change(a: &Claim, b: &Claim) -> bool {
    let same_side = |x: &Option<ActorId>, y: &Option<ActorId>| x.is_none() || y.is_none() || x == y;
    let denied = |claim: &Claim| matches!(claim.standing, Standing::DeniedBy(_));
    a.site.key() == b.site.key()
        && a.site.precision == b.site.precision
        && (a.change == b.change
            || a.change == Change::Captured && b.change == Change::Contested && on_the_way(a, b))
        && denied(a) == denied(b)
        && a.background == b.background
        && same_side(&a.gaining, &b.gaining)
        && same_side(&a.losing, &b.losing)
        // "retook Khanasir, two days after losing it" tells of two changes.
        && (a.gaining.is_none() || a.gaining != b.losing)
        && (b.gaining.is_none() || b.gaining != a.losing)
        && days_meet(&a.day, &b.day)
}

/// Whether a report of fighting in a place only leads up to its capture: nobody is named, or it has no date of its own.
fn on_the_way(capture: &Claim, fight: &Claim) -> bool {
    fight.gaining.is_none()
        || fight.day.basis == Basis::Publication
        || fight.day == capture.day
        // "moved into Lachin on Tuesday and now controls it".
        || capture.day.basis == Basis::Publication && fight.gaining == capture.gaining
}

/// Whether two dates can be the same: one is open or rests on publication, or they are within a day.
fn days_meet(a: &When, b: &When) -> bool {
    if a.basis == Basis::Publication || b.basis == Basis::Publication {
        return true;
    }
    match (a.from, a.to, b.from, b.to) {
        (Some(af), Some(at), Some(bf), Some(bt)) => {
            let exact = a.precision == Precision::Day && b.precision == Precision::Day;
            let about = |day: &When| day.precision == Precision::Week && day.from == day.to;
            let slack = if about(a) || about(b) {
                3.days()
            } else if exact {
                1.days()
            } else {
                0.days()
            };
            bf.checked_sub(slack).is_ok_and(|bf| bf <= at) && af.checked_sub(slack).is_ok_and(|af| af <= bt)
        }
        _ => true,
    }
}

fn withdrawal_and_capture(a: &Claim, b: &Claim) -> bool {
    a.change == Change::Withdrew
        && b.change == Change::Captured
        && a.site.key() == b.site.key()
        && a.site.precision == b.site.precision
        && !matches!(b.standing, Standing::DeniedBy(_))
        && !matches!(a.standing, Standing::DeniedBy(_))
        && a.background == b.background
        && b.gaining.is_some()
        && a.losing != b.gaining
        && (b.losing.is_none() || a.losing.is_none() || a.losing == b.losing)
        && (days_meet(&a.day, &b.day) || soon_after(&a.day, &b.day))
}

fn absorb(claim: &mut Claim, later: Claim) {
    if later.evidence.sentence != claim.evidence.sentence {
        claim.evidence.also.push(later.evidence.sentence);
        claim.evidence.also.sort_unstable();
        claim.evidence.also.dedup();
    }
    claim.gaining = claim.gaining.take().or(later.gaining);
    claim.losing = claim.losing.take().or(later.losing);
    let closer = later.day.basis != Basis::Publication
        && (claim.day.basis == Basis::Publication || later.day.precision < claim.day.precision);
    if closer {
        claim.day = later.day;
    }
    // The loser outweighs a third party, and a third party the gaining side's own word.
    let weight = |standing: &Standing| match standing {
        Standing::ConcededBy(_) => 2,
        Standing::Reported(_) => 1,
        Standing::ClaimedBy(_) | Standing::DeniedBy(_) => 0,
    };
    if weight(&later.standing) > weight(&claim.standing) && later.change == claim.change {
        claim.standing = later.standing;
    }
}
