//! What a report says that cannot be used, or only with a doubt: unknown names, names of several places.

use super::{Reader, View};
use crate::claim::{Basis, Precision, When};
use crate::diag::{Code, Locus, Problem};
use crate::extract::grammar::{self, ItemKind, Trigger};
use crate::extract::lexicon::{is_force, is_place_noun};
use crate::extract::rules::Frame;
use jiff::ToSpan;

impl Reader<'_, '_> {
    /// Tells of a name taken that no gazetteer knows.
    pub(super) fn unknown_place(&mut self, view: &View<'_>, trigger: &Trigger) {
        let items = &view.items;
        if trigger.passive
            || !matches!(
                trigger.rule.frame,
                Frame::Take
                    | Frame::Drive
                    | Frame::Enter
                    | Frame::Besiege
                    | Frame::TakeNoun
                    | Frame::LossNoun
            )
        {
            return;
        }
        if trigger.form.is_some()
            && grammar::subject(items, view.parse(), view.parse().clause_of[trigger.start]).is_none()
        {
            return;
        }
        let mut at = trigger.end;
        while items.get(at).is_some_and(|item| {
            matches!(item.low.as_str(), "the" | "of") || is_place_noun(&item.low) && !item.name_like
        }) {
            at += 1;
        }
        let name: Vec<usize> = (at..items.len())
            .take_while(|&i| {
                items[i].kind == ItemKind::Word && items[i].name_like && !is_force(&items[i].low)
                    || items[i].low == "-" && i > at
            })
            .collect();
        let (Some(&first), Some(&last)) = (name.first(), name.last()) else { return };
        let span = view.span(first, last + 1);
        let words = span.of(&self.report.text);
        self.problems.push(
            Problem::new(
                Code::UnknownPlace,
                Locus::Words { report: self.report.id.clone(), span },
                format!("no place called `{words}` is known, so what is said of it is left out"),
            )
            .help("correct the spelling, or add the place to a gazetteer"),
        );
    }

    /// Tells of a day after the report's own, which it cannot know of, and takes the change for one of no known day.
    pub(super) fn not_after(&mut self, view: &View<'_>, day: When) -> When {
        let Some(published) = self.report.published else { return day };
        // A report may be dated by the day of another time zone.
        let latest = published.checked_add(1.days()).unwrap_or(published);
        let Some(from) = day.from.filter(|from| *from > latest) else { return day };
        self.problems.push(
            Problem::new(
                Code::BadDate,
                Locus::Words { report: self.report.id.clone(), span: view.sentence.span },
                format!("this is told as having happened on {from}, after the report of {published}"),
            )
            .help(
                "correct the day in the text or the day of publication; the change is kept without its day",
            ),
        );
        When { from: None, to: Some(published), precision: Precision::Unknown, basis: Basis::Publication }
    }

    /// Tells of a name that several places have about equally.
    pub(super) fn ambiguous(&mut self, view: &View<'_>, at: usize) {
        let ItemKind::Place(i) = view.items[at].kind else { return };
        let Some(placed) = view.sentence.places.get(i) else { return };
        let Some(rival) = placed.rivals.first().and_then(|id| self.gazetteer.place(*id)) else { return };
        let whole = |admin1: Option<&str>, country: &str| match admin1 {
            Some(admin1) => format!("{admin1}, {country}"),
            None => country.to_owned(),
        };
        let site = &placed.site;
        self.problems.push(
            Problem::new(
                Code::ManyPlaces,
                Locus::Words { report: self.report.id.clone(), span: placed.span },
                format!(
                    "`{}` is taken for the one in {}, but could be the one in {}",
                    placed.span.of(&self.report.text),
                    whole(site.admin1.as_deref(), site.country.as_deref().unwrap_or("no country")),
                    whole(rival.admin1, rival.country),
                ),
            )
            .help("name its province or country in the text, or set the project's region"),
        );
    }
}
