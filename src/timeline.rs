//! Who held which place on which day.

use crate::actor::ActorId;
use crate::claim::{Site, SiteKey};
use crate::diag::{Checked, Code, Locus, Problem};
use crate::event::Event;
use crate::units::Date;
use jiff::ToSpan;
use std::collections::{BTreeMap, BTreeSet};

pub mod baseline;
mod turns;

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
    /// repaints nothing, nor does one about ground that no gazetteer knows, nor one that better evidence contradicts. An
    /// event with no date is told (`undated`) and left out.
    #[must_use]
    pub fn of(baseline: &[Holding], events: &[Event]) -> Checked<Self> {
        let mut problems = Vec::new();
        let mut dated: Vec<(Date, &Event)> = Vec::new();
        let drawn =
            |event: &&Event| event.site.is_spot() && event.site.at.is_some() && !is_contradicted(event);
        for event in events.iter().filter(drawn) {
            match event.day.shown_from() {
                Some(day) => dated.push((day, event)),
                None => problems.push(Problem::new(
                    Code::Undated,
                    Locus::Run,
                    format!("{} ({}) has no date and is on no map", event.site.name, event.change.name()),
                )),
            }
        }
        let first = dated
            .iter()
            .map(|(day, _)| *day)
            .min()
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
        let mut of_place: BTreeMap<SiteKey, Vec<(Date, &Event)>> = BTreeMap::new();
        for (day, event) in dated {
            of_place.entry(event.site.key()).or_default().push((day, event));
        }
        for (place, events) in of_place {
            turns::play(places.entry(place).or_default(), events);
        }
        // A place of which only contradicted claims are known has no history.
        places.retain(|_, history| !history.is_empty());
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

/// Whether better evidence speaks against it.
fn is_contradicted(event: &Event) -> bool {
    event.grade.is_some_and(|grade| grade.information == 5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Basis, Change, GeoPrecision, When};
    use crate::gazetteer::Kind;
    use crate::units::LonLat;
    use proptest::prelude::*;

    fn id(name: &str) -> ActorId {
        ActorId(name.into())
    }

    fn site(name: &str) -> Site {
        Site {
            id: None,
            name: name.into(),
            local: None,
            admin1: None,
            country: None,
            at: Some(LonLat::default()),
            kind: Kind::Town,
            population: 0,
            precision: GeoPrecision::Place,
        }
    }

    fn date(day: i8) -> Date {
        Date::constant(2024, 12, day)
    }

    fn event(day: i8, place: &str, change: Change, gaining: Option<&str>, losing: Option<&str>) -> Event {
        Event {
            id: format!("{day:02}-{place}-{}-{gaining:?}-{losing:?}", change.name()),
            site: site(place),
            change,
            gaining: gaining.map(id),
            losing: losing.map(id),
            day: When::day(date(day), Basis::Stated),
            grade: None,
            disputed: false,
            sources: Vec::new(),
            claims: Vec::new(),
            note: String::new(),
            record: crate::event::Record::default(),
        }
    }

    fn holding(place: &str, actor: &str) -> Holding {
        Holding {
            site: site(place),
            control: Control::Held(id(actor)),
            as_of: Some(date(1)),
            source: "atlas".into(),
        }
    }

    fn on_day(timeline: &Timeline, day: i8) -> Option<Control> {
        timeline.at(date(day)).first().and_then(|interval| interval.control.clone())
    }

    #[test]
    fn a_withdrawal_with_no_taker_leaves_a_place_to_nobody_known() {
        let events = [event(5, "A", Change::Withdrew, None, Some("army"))];
        let timeline = Timeline::of(&[holding("A", "army")], &events).value;
        assert_eq!((on_day(&timeline, 4), on_day(&timeline, 5)), (Some(Control::Held(id("army"))), None));
    }

    #[test]
    fn a_withdrawal_takes_nothing_from_somebody_else() {
        let events = [
            event(4, "A", Change::Captured, Some("rebels"), None),
            event(5, "A", Change::Withdrew, None, Some("army")),
        ];
        let timeline = Timeline::of(&[holding("A", "army")], &events).value;
        assert_eq!(on_day(&timeline, 5), Some(Control::Held(id("rebels"))));
    }

    #[test]
    fn those_inside_hold_parts_when_the_others_leave_and_not_the_whole() {
        let events = [
            event(4, "A", Change::Contested, Some("rebels"), None),
            event(5, "A", Change::Withdrew, None, Some("army")),
        ];
        let timeline = Timeline::of(&[holding("A", "army")], &events).value;
        assert_eq!(on_day(&timeline, 4), Some(Control::Contested(vec![id("army"), id("rebels")])));
        assert_eq!(on_day(&timeline, 5), Some(Control::Contested(vec![id("rebels")])));
    }

    #[test]
    fn a_siege_keeps_the_holder_and_its_end_frees_him() {
        let events = [
            event(4, "A", Change::Besieged, Some("rebels"), None),
            event(6, "A", Change::SiegeLifted, Some("army"), None),
        ];
        let timeline = Timeline::of(&[holding("A", "army")], &events).value;
        let besieged = Control::Besieged { holder: id("army"), by: Some(id("rebels")) };
        assert_eq!(
            (on_day(&timeline, 5), on_day(&timeline, 6)),
            (Some(besieged), Some(Control::Held(id("army"))))
        );
    }

    #[test]
    fn an_event_that_confirms_the_baseline_makes_no_day_of_change() {
        let events = [event(5, "A", Change::Captured, Some("army"), None)];
        assert_eq!(Timeline::of(&[holding("A", "army")], &events).value.days(), []);
    }

    #[test]
    fn a_baseline_outweighs_what_came_before_it() {
        let mut early = event(1, "A", Change::Captured, Some("rebels"), None);
        early.day = When::day(Date::constant(2024, 11, 1), Basis::Stated);
        let timeline = Timeline::of(&[holding("A", "army")], &[early]).value;
        assert_eq!(on_day(&timeline, 5), Some(Control::Held(id("army"))));
    }

    #[test]
    fn a_province_repaints_no_place_and_an_undated_event_is_told() {
        let mut province = event(5, "A", Change::Captured, Some("rebels"), None);
        province.site.precision = GeoPrecision::Admin1;
        let mut undated = event(5, "B", Change::Captured, Some("rebels"), None);
        undated.day = When::UNKNOWN;
        let checked = Timeline::of(&[holding("A", "army")], &[province, undated]);
        assert_eq!(on_day(&checked.value, 6), Some(Control::Held(id("army"))));
        assert_eq!(checked.problems.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::Undated]);
    }

    #[test]
    fn a_place_that_two_are_said_to_have_taken_on_one_day_is_contested_between_them() {
        let disputed =
            |gaining| Event { disputed: true, ..event(5, "A", Change::Captured, Some(gaining), None) };
        let events = [disputed("rebels"), disputed("guards")];
        let timeline = Timeline::of(&[holding("A", "army")], &events).value;
        assert_eq!(on_day(&timeline, 5), Some(Control::Contested(vec![id("guards"), id("rebels")])));
        assert_eq!(timeline.at(date(5))[0].events.len(), 2);
        let settled = [disputed("rebels"), event(5, "A", Change::Captured, Some("guards"), None)];
        let timeline = Timeline::of(&[holding("A", "army")], &settled).value;
        assert_eq!(on_day(&timeline, 5), Some(Control::Held(id("guards"))));
    }

    #[test]
    fn a_place_that_changes_hands_twice_in_a_day_ends_with_the_last_to_take_it() {
        let lost = event(5, "A", Change::Captured, Some("rebels"), Some("army"));
        let retaken = event(5, "A", Change::Captured, Some("army"), Some("rebels"));
        for (holder, last) in [("army", "army"), ("rebels", "rebels")] {
            let timeline = Timeline::of(&[holding("A", holder)], &[lost.clone(), retaken.clone()]).value;
            assert_eq!(on_day(&timeline, 5), Some(Control::Held(id(last))), "held by {holder} before");
        }
    }

    #[test]
    fn a_contradicted_claim_repaints_nothing() {
        let grade = Some(crate::event::Grade { source: 'D', information: 5 });
        let claimed = Event { grade, ..event(5, "A", Change::Captured, Some("rebels"), None) };
        let timeline = Timeline::of(&[holding("A", "army")], std::slice::from_ref(&claimed)).value;
        assert_eq!(on_day(&timeline, 5), Some(Control::Held(id("army"))));
        assert_eq!(Timeline::of(&[], &[claimed]).value.intervals().count(), 0);
    }

    fn random_event() -> impl Strategy<Value = Event> {
        let actors = prop::option::of(prop::sample::select(vec!["army", "rebels", "guards"]));
        let change = prop::sample::select(Change::ALL.iter().map(|(change, _)| *change).collect::<Vec<_>>());
        (2i8..20, prop::sample::select(vec!["A", "B"]), change, actors.clone(), actors)
            .prop_map(|(day, place, change, gaining, losing)| event(day, place, change, gaining, losing))
    }

    proptest! {
        #[test]
        fn the_order_of_events_does_not_matter(
            (events, shuffled) in prop::collection::vec(random_event(), 0..12)
                .prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle()))
        ) {
            let baseline = [holding("A", "army")];
            prop_assert_eq!(Timeline::of(&baseline, &events), Timeline::of(&baseline, &shuffled));
        }

        #[test]
        fn an_event_never_changes_the_days_before_it(events in prop::collection::vec(random_event(), 1..12)) {
            let last = events.iter().filter_map(|event| event.day.to).max().unwrap_or(date(1));
            let before: Vec<Event> = events.iter().filter(|event| event.day.to < Some(last)).cloned().collect();
            let (whole, part) = (Timeline::of(&[], &events).value, Timeline::of(&[], &before).value);
            for day in 1..last.day() {
                let held = |timeline: &Timeline| {
                    timeline.at(date(day)).into_iter().map(|i| (i.site.name.clone(), i.control.clone())).collect::<Vec<_>>()
                };
                prop_assert_eq!(held(&whole), held(&part));
            }
        }

        #[test]
        fn intervals_of_a_place_follow_each_other_without_gap(events in prop::collection::vec(random_event(), 0..12)) {
            let timeline = Timeline::of(&[holding("A", "army")], &events).value;
            for place in ["A", "B"] {
                for pair in timeline.history(&site(place).key()).windows(2) {
                    prop_assert_eq!(pair[0].end, Some(pair[1].start));
                    prop_assert!(pair[0].start < pair[1].start);
                }
            }
        }
    }
}
