//! Who held which place on which day.
//!
//! A place has a history: intervals in order, without gap or overlap, each with the events behind it. Where the sources do
//! not give the day of a change, the days on which it may have happened are an interval of their own, whose holder is not
//! known ([`Passing`]): no day is shown on which it is said to have happened.

use crate::actor::ActorId;
use crate::claim::{GeoPrecision, Site, SiteKey, When};
use crate::diag::{Checked, Code, Locus, Problem};
use crate::event::Event;
use crate::units::Date;
use jiff::ToSpan;
use std::collections::{BTreeMap, BTreeSet};

pub mod baseline;
mod doubts;
mod play;
pub mod polygons;
mod turns;

pub use doubts::doubts;

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

/// Who held a place on a day, as a baseline says: a row of a table, or a settlement within a polygon.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// The place.
    pub site: Site,
    /// Who held it.
    pub control: Control,
    /// As of which day, if the baseline says.
    pub as_of: Option<Date>,
    /// Where that is known from.
    pub source: String,
    /// How it is known.
    pub basis: Ground,
    /// Where the baseline says so.
    pub at: Locus,
}

/// How a baseline knows who held a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// A row names it.
    Named,
    /// It lies in the ground that a polygon gives to an actor.
    Within,
    /// It lies in ground that an earlier run only presumed to be the actor's.
    Presumed,
}

/// A stretch of days during which what is known of the control of one place did not change.
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    /// The place.
    pub site: Site,
    /// First day.
    pub start: Date,
    /// First day on which it no longer holds; `None` while it lasts.
    pub end: Option<Date>,
    /// Who holds it; `None` where nobody is known to: after a withdrawal with no taker, and in passing.
    pub control: Option<Control>,
    /// Between what the place passed on these days, where it changed on one of them and nobody says on which.
    pub passing: Option<Passing>,
    /// When it began. `start` is the day of the change where `from` equals `to`, else the first day that lies surely after it
    /// (and, in passing, the first day on which it may have happened).
    pub began: When,
    /// Whether only the side that gained says so.
    pub claimed: bool,
    /// Whether it rests on ground that an earlier run only presumed.
    pub presumed: bool,
    /// Ids of the events behind it: what began it first, then what confirms it; empty for the baseline.
    pub events: Vec<String>,
    /// What the baseline rests on, where the baseline is behind it.
    pub source: Option<String>,
}

/// What a place was before and after a change of which the day is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Passing {
    /// Who held it before; `None` where nobody was known to.
    pub before: Option<Control>,
    /// Who held it after; `None` where nobody is known to.
    pub after: Option<Control>,
}

impl Interval {
    /// Whether a place changed hands by an event at its start, and was surely so from then on: not with the baseline (which
    /// events may confirm), nor on the days on which the change may have happened.
    #[must_use]
    pub fn is_change(&self) -> bool {
        self.source.is_none() && !self.events.is_empty() && self.passing.is_none()
    }

    /// Whether `day` is one of its days.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.start <= day && self.end.is_none_or(|end| day < end)
    }
}

/// How one place differs between the ends of two days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift<'a> {
    /// The place.
    pub site: &'a Site,
    /// The interval of the first day; `None` where nothing was known of the place.
    pub before: Option<&'a Interval>,
    /// The interval of the last day.
    pub after: &'a Interval,
    /// The intervals that began after the first day, up to the last one and with it, in order: never empty.
    pub steps: &'a [Interval],
}

impl<'a> Shift<'a> {
    /// Ids of the events behind it, in the order of the steps, each once.
    #[must_use]
    pub fn events(&self) -> Vec<&'a str> {
        let mut seen = BTreeSet::new();
        let ids = self.steps.iter().flat_map(|step| &step.events).map(String::as_str);
        ids.filter(|id| seen.insert(*id)).collect()
    }

    /// Whether the place ended as it began, so that only its steps tell of it.
    #[must_use]
    pub fn is_back(&self) -> bool {
        self.before.is_some_and(|before| {
            (&before.control, &before.passing, before.claimed)
                == (&self.after.control, &self.after.passing, self.after.claimed)
        })
    }
}

/// Who held which place, day by day.
///
/// # Example
/// ```
/// use conflict_map::{actor::ActorId, event::table, timeline::Timeline, units::Date};
/// let text = "date,place,lat,lon,change,gaining,losing\n\
///             2024-11,Hama,35.13,36.75,captured,Rebels,Army\n\
///             2024-12-05,Homs,34.73,36.71,captured,Rebels,Army\n";
/// let events = table::read("e.csv", text.as_bytes(), &|_| None, &|name| ActorId(name.into())).value;
/// let timeline = Timeline::of(&[], &events).value;
/// let hama = timeline.history(&events[0].site.key());
/// // Some day in November: until its last day nobody can say who held the town.
/// assert_eq!((hama[0].start.to_string().as_str(), &hama[0].control), ("2024-11-01", &None));
/// assert_eq!((hama[1].start.to_string().as_str(), hama[1].events[0].as_str()), ("2024-11-30", events[0].id.as_str()));
/// let changed = timeline.between(Date::constant(2024, 12, 1), Date::constant(2024, 12, 6));
/// assert_eq!(changed.iter().map(|shift| shift.site.name.as_str()).collect::<Vec<_>>(), ["Homs"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// The places that an event or a row of a baseline names: for each its intervals, in order and without gaps.
    places: BTreeMap<SiteKey, Vec<Interval>>,
    /// The settlements of which only a baseline's polygons say something.
    settlements: BTreeMap<SiteKey, Vec<Interval>>,
    /// What is said of provinces, districts and countries as a whole.
    units: BTreeMap<SiteKey, Vec<Interval>>,
}

/// All that is said of one place.
#[derive(Default)]
struct Said<'a> {
    seen: Vec<(Date, &'a Holding)>,
    events: Vec<&'a Event>,
}

impl Timeline {
    /// The timeline that a baseline and events make; their order does not matter.
    ///
    /// What is said of a province, a district or a country as a whole is the history of that unit and repaints no place in
    /// it; what is said of the surroundings of a place, of ground that no gazetteer knows, and what better evidence
    /// contradicts, is no history at all.
    ///
    /// # Problems
    /// `undated` for an event with no date, which is left out; `baseline-conflict` where two rows or polygons of one day give a
    /// place to different actors (a row goes before a polygon, of equals both are kept and the place is contested).
    #[must_use]
    pub fn of(baseline: &[Holding], events: &[Event]) -> Checked<Self> {
        let mut problems = Vec::new();
        let mut spots: BTreeMap<SiteKey, Said<'_>> = BTreeMap::new();
        let mut wide: BTreeMap<SiteKey, Said<'_>> = BTreeMap::new();
        for event in events.iter().filter(|event| !is_contradicted(event)) {
            let into = match event.site.precision {
                GeoPrecision::Place if event.site.at.is_some() => &mut spots,
                GeoPrecision::Place | GeoPrecision::Near => continue,
                GeoPrecision::Admin2 | GeoPrecision::Admin1 | GeoPrecision::Country => &mut wide,
            };
            if event.day.shown_from().is_none() {
                // What repaints nothing anyway needs no day.
                if event.site.is_spot() {
                    problems.push(undated(event));
                }
                continue;
            }
            into.entry(event.site.key()).or_default().events.push(event);
        }
        let dated = spots.values().flat_map(|said| &said.events).filter_map(|event| event.day.shown_from());
        let first = dated.chain(baseline.iter().filter_map(|row| row.as_of)).min();
        let before = first.and_then(|day| day.checked_sub(1.days()).ok());
        for row in baseline.iter().filter(|row| row.site.is_spot()) {
            // With no day at all, neither of its own nor of an event, there is no map to be a baseline of.
            let Some(day) = row.as_of.or(before) else { continue };
            spots.entry(row.site.key()).or_default().seen.push((day, row));
        }
        let mut timeline = Self::default();
        for (place, said) in spots {
            let named =
                !said.events.is_empty() || said.seen.iter().any(|(_, row)| row.basis == Ground::Named);
            let history = play::history(said.seen, &said.events, &mut problems);
            // A place of which nothing that was said has an effect has no history.
            if !history.is_empty() {
                let into = if named { &mut timeline.places } else { &mut timeline.settlements };
                into.insert(place, history);
            }
        }
        for (unit, said) in wide {
            let history = play::history(Vec::new(), &said.events, &mut problems);
            if !history.is_empty() {
                timeline.units.insert(unit, history);
            }
        }
        Checked { value: timeline, problems }
    }

    /// The days on which the control of some place changed by an event, in order.
    ///
    /// A change of which only the last possible day is known, or a stretch of days, counts on that last day: then it has surely
    /// happened.
    #[must_use]
    pub fn days(&self) -> Vec<Date> {
        let changed = self.intervals().filter(|interval| interval.is_change()).map(|interval| interval.start);
        changed.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The interval of each place that holds on `day`. Settlements of which only a baseline's polygons say something are not
    /// among them; see [`Timeline::settlements`].
    #[must_use]
    pub fn at(&self, day: Date) -> Vec<&Interval> {
        self.places.values().filter_map(|history| on(history, day)).collect()
    }

    /// The same for the settlements of which only a baseline's polygons say something: what a map of ground rests on besides
    /// the places, by the thousand.
    pub fn settlements(&self, day: Date) -> impl Iterator<Item = &Interval> {
        self.settlements.values().filter_map(move |history| on(history, day))
    }

    /// The same for provinces, districts and countries of which something is said as a whole.
    pub fn units(&self, day: Date) -> impl Iterator<Item = &Interval> {
        self.units.values().filter_map(move |history| on(history, day))
    }

    /// The places of which something changed by an event after the day `from`, up to the day `to` and on it, in the order of
    /// [`SiteKey`]; then the units of which something was said anew. Which of the two days is the earlier does not matter.
    ///
    /// Each is compared as at the end of both days. A place that changed and changed back is among them.
    #[must_use]
    pub fn between(&self, from: Date, to: Date) -> Vec<Shift<'_>> {
        let (from, to) = (from.min(to), from.max(to));
        let all = self.places.values().chain(self.units.values());
        all.filter_map(|history| shift(history, from, to)).collect()
    }

    /// All intervals of one place (or settlement, or unit), in order; empty where nothing is known of it.
    #[must_use]
    pub fn history(&self, place: &SiteKey) -> &[Interval] {
        let all = [&self.places, &self.settlements, &self.units];
        all.into_iter().find_map(|histories| histories.get(place)).map_or(&[], Vec::as_slice)
    }

    /// All intervals of all places, but not of the settlements that only polygons label, nor of units.
    pub fn intervals(&self) -> impl Iterator<Item = &Interval> {
        self.places.values().flatten()
    }

    /// Every control that some place or settlement is under at some time, as often as it is.
    pub fn controls(&self) -> impl Iterator<Item = &Control> {
        self.all().filter_map(|interval| interval.control.as_ref())
    }

    /// What the baselines rest on, as often as they are used.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.all().filter_map(|interval| interval.source.as_deref())
    }

    /// The last day on which something new is known of a place or a settlement.
    #[must_use]
    pub fn last(&self) -> Option<Date> {
        self.all().map(|interval| interval.start).max()
    }

    fn all(&self) -> impl Iterator<Item = &Interval> {
        self.places.values().chain(self.settlements.values()).flatten()
    }

    /// The settlements that only a baseline's polygons label, each once.
    pub fn labelled(&self) -> impl Iterator<Item = &Site> {
        self.settlements.values().filter_map(|history| Some(&history.first()?.site))
    }
}

/// The interval of a day. Intervals are in order and without gaps, so the last that began is the one.
fn on(history: &[Interval], day: Date) -> Option<&Interval> {
    let begun = history.partition_point(|interval| interval.start <= day);
    history.get(begun.checked_sub(1)?).filter(|interval| interval.holds(day))
}

/// How a place differs between the ends of two days, if events changed it between.
fn shift(history: &[Interval], from: Date, to: Date) -> Option<Shift<'_>> {
    let known = history.partition_point(|interval| interval.start <= from);
    let steps = &history[known..history.partition_point(|interval| interval.start <= to)];
    let (first, after) = (history.first()?, steps.last()?);
    let changed = steps.iter().any(|step| !step.events.is_empty());
    let before = known.checked_sub(1).map(|at| &history[at]);
    changed.then_some(Shift { site: &first.site, before, after, steps })
}

/// Whether better evidence speaks against it.
fn is_contradicted(event: &Event) -> bool {
    event.grade.is_some_and(|grade| grade.information == 5)
}

fn undated(event: &Event) -> Problem {
    let message = format!("{} ({}) has no date and is on no map", event.site.name, event.change.name());
    Problem::new(Code::Undated, Locus::Run, message)
}

#[cfg(test)]
mod tests;
