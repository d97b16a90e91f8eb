//! What is to be doubted about a timeline: events that do not fit what came before, and days that nobody knows.

use super::{Control, Interval, Timeline};
use crate::actor::{ActorId, Cast};
use crate::claim::{Change, Claim, SiteKey};
use crate::diag::{Code, Locus, Problem, short};
use crate::event::{self, Event};
use crate::units::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Places named in one message.
const LISTED: usize = 5;

/// What is to be told of a timeline that these events made, each at the first of its `claims`.
///
/// # Problems
/// `odd-turn` where a place was taken from, or left by, a side that did not hold it, taken again by the side that held it all
/// the while, or freed of a siege that is not known; `same-day` where it changed hands more than once on a day; `loose-date`,
/// once for all, where the day of a change is not known. Allies are one side. What is only an echo (an event that confirms what
/// is known, one of before the baseline) is not told.
#[must_use]
pub fn doubts(timeline: &Timeline, events: &[Event], claims: &[Claim], cast: &Cast) -> Vec<Problem> {
    let claims: BTreeMap<&str, &Claim> = claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let mut of_place: BTreeMap<SiteKey, Vec<&Event>> = BTreeMap::new();
    for event in events.iter().filter(|event| event.site.is_spot()) {
        of_place.entry(event.site.key()).or_default().push(event);
    }
    let mut problems = Vec::new();
    for (place, events) in &of_place {
        let place = Place { history: timeline.history(place), cast };
        for event in events {
            if let Some(message) = place.odd(event) {
                let at = event::first_said(event, &claims);
                problems.push(Problem::new(Code::OddTurn, at, message));
            }
        }
        let by_id: BTreeMap<&str, &Event> = events.iter().map(|event| (event.id.as_str(), *event)).collect();
        for interval in place.history.iter().filter(|interval| interval.passing.is_none()) {
            if let Some((message, last)) = place.turns(interval, &by_id) {
                problems.push(Problem::new(Code::SameDay, event::first_said(last, &claims), message));
            }
        }
    }
    problems.extend(loose(timeline));
    problems
}

/// One place with its history.
struct Place<'a> {
    history: &'a [Interval],
    cast: &'a Cast,
}

impl Place<'_> {
    /// Why an event does not fit what is known of the place, if it does not.
    fn odd(&self, event: &Event) -> Option<String> {
        let day = event.day.shown_from()?;
        let first = self.history.first()?;
        // What a baseline outweighs is not of this history.
        if first.source.is_some() && day < first.start {
            return None;
        }
        let name = short(&event.site.name);
        let at = self
            .history
            .iter()
            .position(|interval| interval.passing.is_none() && interval.events.contains(&event.id));
        let Some(at) = at else { return self.idle(event, day, &name) };
        let interval = &self.history[at];
        let lost = event.losing.as_ref()?;
        let is_first = interval.source.is_none() && interval.events.first() == Some(&event.id);
        let before = self.history[..at].iter().rfind(|interval| interval.passing.is_none());
        let (since, is_again) = match (before, is_first) {
            (Some(before), true) => (before, before.control == interval.control),
            (_, true) => return None,
            (_, false) => (interval, true),
        };
        let holder = holder(since)?;
        match (event.change, event.gaining.as_ref()) {
            (Change::Captured, Some(by)) if is_again && self.is_ally(by, holder) => {
                // Only what surely happened later is no confirmation.
                let later = event.day.from == event.day.to && day > since.start;
                (later && !self.is_ally(lost, holder)).then(|| {
                    format!(
                        "`{name}` is said to be taken by {} from {} on {day}, but {}: no loss between is known",
                        self.name(by),
                        self.name(lost),
                        self.held(since, holder),
                    )
                })
            }
            (Change::Captured | Change::Withdrew, _) if is_first && !self.is_ally(lost, holder) => {
                let by = event.gaining.as_ref().filter(|by| self.is_ally(by, holder));
                by.is_none().then(|| self.not_his(event, day, &name, since, holder))
            }
            _ => None,
        }
    }

    /// Why an event that changed nothing is odd, if it is.
    fn idle(&self, event: &Event, day: Date, name: &str) -> Option<String> {
        let then = self.history.iter().rev().find(|interval| interval.holds(day));
        match (event.change, then.and_then(|then| Some((then, holder(then)?)))) {
            (Change::Withdrew, Some((then, holder)))
                if event.losing.as_ref().is_some_and(|lost| !self.is_ally(lost, holder)) =>
            {
                Some(self.not_his(event, day, name, then, holder))
            }
            (Change::SiegeLifted, _) => {
                Some(format!("the siege of `{name}` is said to end on {day}, but none is known"))
            }
            _ => None,
        }
    }

    fn not_his(&self, event: &Event, day: Date, name: &str, since: &Interval, holder: &ActorId) -> String {
        let lost = event.losing.as_ref().map_or("those in it", |lost| self.name(lost));
        let what = if event.change == Change::Withdrew { "left by" } else { "taken from" };
        format!("`{name}` is said to be {what} {lost} on {day}, but {}", self.held(since, holder))
    }

    fn held(&self, since: &Interval, holder: &ActorId) -> String {
        let source = if since.events.is_empty() { " by the baseline" } else { "" };
        format!("{} held it since {}{source}", self.name(holder), since.start)
    }

    /// How a place changed hands several times on the first day of an interval, with the last event of them.
    fn turns<'e>(
        &self,
        interval: &Interval,
        events: &BTreeMap<&str, &'e Event>,
    ) -> Option<(String, &'e Event)> {
        let all = interval.events.iter().filter_map(|id| events.get(id.as_str()).copied());
        let of_day = all.filter(|event| {
            let is_day = event.day.from == event.day.to && event.day.to == Some(interval.start);
            event.change == Change::Captured && is_day && !event.disputed
        });
        let of_day: Vec<&Event> = of_day.filter(|event| event.gaining.is_some()).collect();
        let sides: Vec<&ActorId> = of_day.iter().filter_map(|event| event.gaining.as_ref()).collect();
        let differ: BTreeSet<&ActorId> = sides.iter().map(|side| self.cast.side(side)).collect();
        let last = of_day.last().filter(|_| differ.len() > 1)?;
        let place = short(&interval.site.name);
        let names: Vec<&str> = sides.iter().map(|side| self.name(side)).collect();
        let message = match &interval.control {
            Some(Control::Held(_)) => format!(
                "`{place}` was taken on {} by {}, in this order as far as the sources tell: the map shows how the day ended",
                interval.start,
                names.join(", then by ")
            ),
            _ => format!(
                "`{place}` is said to be taken on {} by {}, and nothing says who came last: shown as contested",
                interval.start,
                names.join(" and by ")
            ),
        };
        Some((message, last))
    }

    fn name<'n>(&'n self, id: &'n ActorId) -> &'n str {
        self.cast.name(id)
    }

    fn is_ally(&self, one: &ActorId, other: &ActorId) -> bool {
        self.cast.side(one) == self.cast.side(other)
    }
}

/// The one who holds a place alone.
fn holder(interval: &Interval) -> Option<&ActorId> {
    match interval.control.as_ref()? {
        Control::Held(holder) | Control::Besieged { holder, .. } => Some(holder),
        Control::Contested(_) => None,
    }
}

/// The changes whose day is not known, told once for all.
fn loose(timeline: &Timeline) -> Option<Problem> {
    let loose: Vec<String> = timeline
        .intervals()
        .filter(|interval| interval.passing.is_some() && !interval.events.is_empty())
        .map(|interval| {
            let to = interval.end.map_or_else(String::new, |end| format!(" to {end}"));
            format!("{} ({}{to})", short(&interval.site.name), interval.start)
        })
        .collect();
    let more = match loose.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let listed = loose.iter().take(LISTED).cloned().collect::<Vec<_>>().join(", ");
    let changes = if loose.len() == 1 { "a change" } else { "changes" };
    let message = format!("the day of {changes} is not known: {listed}{more}");
    (!loose.is_empty()).then(|| Problem::new(Code::LooseDate, Locus::Run, message))
}
