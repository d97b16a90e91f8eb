//! Who held which place on which day.

use crate::actor::ActorId;
use crate::claim::{Change, Site, SiteKey};
use crate::diag::{Checked, Code, Locus, Problem};
use crate::event::Event;
use crate::units::Date;
use jiff::ToSpan;
use std::collections::{BTreeMap, BTreeSet};

pub mod baseline;

/// Who holds a place. A place nobody is known to hold has no `Control` at all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Control {
    /// One actor holds it.
    Held(ActorId),
    /// Several hold parts of it, or sources disagree; sorted.
    Contested(Vec<ActorId>),
    /// One holds it, encircled.
    Besieged {
        /// Who is inside.
        holder: ActorId,
        /// Who is around it, if named.
        by: Option<ActorId>,
    },
}

impl Control {
    /// Every actor with a part in it, holder first.
    #[must_use]
    pub fn actors(&self) -> Vec<&ActorId> {
        match self {
            Self::Held(actor) => vec![actor],
            Self::Contested(actors) => actors.iter().collect(),
            Self::Besieged { holder, by } => std::iter::once(holder).chain(by).collect(),
        }
    }

    /// The name in files: `held`, `contested` or `besieged`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Held(_) => "held",
            Self::Contested(_) => "contested",
            Self::Besieged { .. } => "besieged",
        }
    }
}

/// One row of a baseline: who held a place before the first event.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// The place.
    pub site: Site,
    /// Who held it.
    pub control: Control,
    /// As of which day, if the row says.
    pub as_of: Option<Date>,
    /// Where that is known from.
    pub source: String,
}

/// A stretch of days during which the control of one place did not change.
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    /// The place.
    pub site: Site,
    /// First day.
    pub start: Date,
    /// First day on which it no longer holds; `None` while it lasts.
    pub end: Option<Date>,
    /// Who holds it; `None` where nobody is known to (a withdrawal with no taker).
    pub control: Option<Control>,
    /// Whether only the side that gained says so.
    pub claimed: bool,
    /// Ids of the events behind it; empty for the baseline.
    pub events: Vec<String>,
    /// Source of the baseline row, where the baseline is behind it.
    pub source: Option<String>,
}

impl Interval {
    /// Whether it began by an event, and not with the baseline (which events may confirm).
    #[must_use]
    pub fn is_change(&self) -> bool {
        self.source.is_none() && !self.events.is_empty()
    }
}

/// Who held which place, day by day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// For each place its intervals, in order and without gaps.
    places: BTreeMap<SiteKey, Vec<Interval>>,
}

impl Timeline {
    /// The timeline that a baseline and events make; their order does not matter.
    ///
    /// Only places as a whole have a history: an event about a province, a district or the surroundings of a place
    /// repaints nothing. An event with no date is told (`undated`) and left out.
    #[must_use]
    pub fn of(baseline: &[Holding], events: &[Event]) -> Checked<Self> {
        let mut problems = Vec::new();
        let mut dated: Vec<(Date, &Event)> = Vec::new();
        for event in events.iter().filter(|event| event.site.is_spot()) {
            match event.day.shown_from() {
                Some(day) => dated.push((day, event)),
                None => problems.push(Problem::new(
                    Code::Undated,
                    Locus::Run,
                    format!("{} ({}) has no date and is on no map", event.site.name, event.change.name()),
                )),
            }
        }
        dated.sort_by(|a, b| (a.0, rank(a.1.change), &a.1.id).cmp(&(b.0, rank(b.1.change), &b.1.id)));
        let first = dated
            .first()
            .map(|(day, _)| *day)
            .into_iter()
            .chain(baseline.iter().filter_map(|row| row.as_of))
            .min();
        let before = first.and_then(|day| day.checked_sub(1.days()).ok());
        let mut places: BTreeMap<SiteKey, Vec<Interval>> = BTreeMap::new();
        for row in baseline.iter().filter(|row| row.site.is_spot()) {
            let Some(start) = row.as_of.or(before) else { continue };
            let intervals = places.entry(row.site.key()).or_default();
            if intervals.is_empty() {
                intervals.push(Interval {
                    site: row.site.clone(),
                    start,
                    end: None,
                    control: Some(row.control.clone()),
                    claimed: false,
                    events: Vec::new(),
                    source: Some(row.source.clone()),
                });
            }
        }
        for (day, event) in dated {
            advance(places.entry(event.site.key()).or_default(), day, event);
        }
        Checked { value: Self { places }, problems }
    }

    /// The days on which the control of some place changed by an event, in order.
    #[must_use]
    pub fn days(&self) -> Vec<Date> {
        let changed = self.intervals().filter(|interval| interval.is_change()).map(|interval| interval.start);
        changed.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The interval of each place that holds on `day`.
    #[must_use]
    pub fn at(&self, day: Date) -> Vec<&Interval> {
        self.places.values().filter_map(|history| on(history, day)).collect()
    }

    /// All intervals of one place, in order.
    #[must_use]
    pub fn history(&self, place: &SiteKey) -> &[Interval] {
        self.places.get(place).map_or(&[], Vec::as_slice)
    }

    /// All intervals of all places.
    pub fn intervals(&self) -> impl Iterator<Item = &Interval> {
        self.places.values().flatten()
    }
}

fn on(history: &[Interval], day: Date) -> Option<&Interval> {
    history.iter().rev().find(|interval| interval.start <= day && interval.end.is_none_or(|end| day < end))
}

/// On one day fighting comes before leaving, and leaving before taking.
fn rank(change: Change) -> u8 {
    match change {
        Change::SiegeLifted => 0,
        Change::Besieged => 1,
        Change::Contested => 2,
        Change::Withdrew => 3,
        Change::Captured => 4,
    }
}

/// Adds to a place's history what an event does to it.
fn advance(history: &mut Vec<Interval>, day: Date, event: &Event) {
    if history.last().is_some_and(|last| last.source.is_some() && day < last.start) {
        return; // the baseline is of a later day, and knows better
    }
    let held = history.last().and_then(|interval| interval.control.clone());
    let Some(control) = after(held.as_ref(), event) else { return };
    let claimed = event.only_claimed() && matches!(control, Some(Control::Held(_)));
    if let Some(last) = history.last_mut() {
        if last.control == control && last.claimed == claimed {
            last.events.push(event.id.clone());
            return;
        }
        if last.start >= day {
            // Changed twice in a day: the day shows how it ended, and both events stand behind it.
            last.control = control;
            last.claimed = claimed;
            last.source = None;
            last.events.push(event.id.clone());
            return;
        }
        last.end = Some(day);
    }
    history.push(Interval {
        site: event.site.clone(),
        start: day,
        end: None,
        control,
        claimed,
        events: vec![event.id.clone()],
        source: None,
    });
}

/// Who holds a place after an event; the outer `None` where the event changes nothing.
fn after(held: Option<&Control>, event: &Event) -> Option<Option<Control>> {
    let holder = held.and_then(|control| control.actors().first().copied().cloned());
    let contested = |actors: Vec<Option<&ActorId>>| {
        let set: BTreeSet<ActorId> = actors.into_iter().flatten().cloned().collect();
        Some(Some(Control::Contested(set.into_iter().collect())))
    };
    match event.change {
        Change::Captured if event.disputed => {
            let other = event.losing.as_ref().or(holder.as_ref());
            contested(vec![other, event.gaining.as_ref()])
        }
        Change::Captured => Some(event.gaining.clone().map(Control::Held)),
        Change::Withdrew => {
            // Whoever left no longer held it: a withdrawal takes nothing from anybody else.
            let left = event.losing.is_none()
                || holder.is_none()
                || event.losing == holder
                || matches!(held, Some(Control::Contested(_)));
            match (left, held) {
                (true, Some(Control::Contested(actors))) if event.losing.is_some() => {
                    let rest: Vec<ActorId> = actors
                        .iter()
                        .filter(|actor| Some(*actor) != event.losing.as_ref())
                        .cloned()
                        .collect();
                    match rest.as_slice() {
                        [only] => Some(Some(Control::Held(only.clone()))),
                        [] => Some(None),
                        _ => Some(Some(Control::Contested(rest))),
                    }
                }
                (true, _) => Some(None),
                (false, _) => None,
            }
        }
        Change::Contested => {
            if held.is_some_and(
                |control| matches!(control, Control::Held(holder) if Some(holder) == event.gaining.as_ref()),
            ) {
                return None; // the side that already holds it entered it
            }
            let inside = held.map(Control::actors).unwrap_or_default();
            let all =
                inside.into_iter().map(Some).chain([event.gaining.as_ref(), event.losing.as_ref()]).collect();
            contested(all)
        }
        Change::Besieged => {
            let holder = event.losing.clone().or(holder)?;
            let by = event.gaining.clone().filter(|by| *by != holder);
            Some(Some(Control::Besieged { holder, by }))
        }
        Change::SiegeLifted => match held {
            Some(Control::Besieged { holder, .. }) => Some(Some(Control::Held(holder.clone()))),
            Some(_) => None,
            None => event.gaining.clone().map(|actor| Some(Control::Held(actor))),
        },
    }
}
