//! When a change happened, as the sentence and the report date it.

use super::{Reader, View};
use crate::claim::{Basis, When};
use crate::extract::grammar::{ItemKind, Opener, Trigger};
use crate::extract::modality;
use crate::extract::rules::Frame;
use crate::extract::when::{self, Says};
use jiff::ToSpan;

/// Days before publication from which a change is history, as the table of claims defines it.
const BACKGROUND_DAYS: i32 = 60;

impl Reader<'_, '_> {
    /// The day that the words of a rule speak of.
    pub(super) fn day(&self, view: &View<'_>, trigger: &Trigger, days: &[(usize, When)]) -> When {
        let published = self.report.published;
        let items = &view.items;
        if let Some(when) = self.counted(view, trigger, days) {
            return when;
        }
        // A siege "since May" is one today.
        let siege = matches!(trigger.rule.frame, Frame::Besiege | Frame::UnderSiege | Frame::SiegeNoun);
        let since = |i: usize| i > 0 && matches!(items[i - 1].low.as_str(), "since" | "for");
        let times: Vec<Says> = modality::times(items, view.parse(), trigger)
            .into_iter()
            .filter(|i| !(siege && since(*i)))
            .filter_map(|i| match items[i].kind {
                ItemKind::Time(t) => Some(view.sentence.times[t].says),
                _ => None,
            })
            .filter(|says| !matches!(says, Says::FromClause(..)))
            .collect();
        // "said on Friday that it fell the previous evening": what the sentence dates itself by comes before the last date
        // of another.
        let own = times
            .iter()
            .find(|says| !matches!(says, Says::Offset(..)))
            .and_then(|says| when::resolve(*says, published, None)?.from);
        let anchor = own.or(self.anchor).or(published);
        if let Some(when) = times.iter().find_map(|says| when::resolve(*says, published, anchor)) {
            return when;
        }
        match published {
            Some(day) if modality::is_news(items, view.parse(), trigger) => {
                When::day(day, Basis::Publication)
            }
            Some(day) => When {
                from: None,
                to: Some(day),
                precision: crate::claim::Precision::Unknown,
                basis: Basis::Publication,
            },
            None => When::UNKNOWN,
        }
    }

    /// "… a week after rebels took Aleppo", "days after the fall of Aleppo": counted back from what the main clause tells.
    fn counted(&self, view: &View<'_>, trigger: &Trigger, days: &[(usize, When)]) -> Option<When> {
        let items = &view.items;
        let clause = view.parse().clause(trigger.start);
        let opener = match clause.opener {
            Opener::Sub(word) | Opener::Gerund(Some(word)) => Some(word),
            _ if trigger.form.is_none() => (trigger.start.saturating_sub(4)..trigger.start)
                .rev()
                .find(|&i| matches!(items[i].low.as_str(), "after" | "before")),
            _ => None,
        }?;
        if !matches!(items[opener].low.as_str(), "after" | "before") {
            return None;
        }
        let ItemKind::Time(i) = items[opener.checked_sub(1)?].kind else { return None };
        let Says::FromClause(count, unit) = view.sentence.times[i].says else { return None };
        let main = days
            .first()
            .and_then(|(_, when)| when.from)
            .or_else(|| {
                // The main clause may tell of something else, but be dated.
                modality::times(items, view.parse(), trigger).into_iter().find_map(|i| match items[i].kind {
                    ItemKind::Time(t) if !matches!(view.sentence.times[t].says, Says::FromClause(..)) => {
                        when::resolve(view.sentence.times[t].says, self.report.published, self.anchor)?.from
                    }
                    _ => None,
                })
            })
            .or(self.anchor)
            .or(self.report.published);
        when::resolve(Says::Offset(-count, unit), self.report.published, main)
    }

    /// Whether a day is history for this report.
    pub(super) fn is_background(&self, day: &When) -> bool {
        let Some(published) = self.report.published else { return false };
        day.to.is_some_and(|to| published.checked_sub(BACKGROUND_DAYS.days()).is_ok_and(|limit| to < limit))
    }
}
