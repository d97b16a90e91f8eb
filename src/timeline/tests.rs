//! Laws of the timeline, and how each kind of change is played.

use super::*;
use crate::actor::Cast;
use crate::claim::{Basis, Change, GeoPrecision, Precision, When};
use crate::gazetteer::Kind;
use crate::units::LonLat;
use proptest::prelude::*;

fn id(name: &str) -> ActorId {
    ActorId(name.into())
}

fn site(name: &str) -> Site {
    Site { at: Some(LonLat::default()), ..Site::unplaced(name, None, Kind::Town, GeoPrecision::Place) }
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
        basis: Ground::Named,
        at: Locus::Run,
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
    let disputed = |gaining| Event { disputed: true, ..event(5, "A", Change::Captured, Some(gaining), None) };
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

fn within(from: i8, to: i8, event: Event) -> Event {
    let day =
        When { from: Some(date(from)), to: Some(date(to)), precision: Precision::Week, basis: Basis::Stated };
    Event { id: format!("{from}-{}", event.id), day, ..event }
}

fn told(timeline: &Timeline, events: &[Event]) -> Vec<(Code, String)> {
    let problems = doubts(timeline, events, &[], &Cast::default());
    problems.into_iter().map(|problem| (problem.code, problem.message)).collect()
}

#[test]
fn a_change_dated_to_a_week_shows_no_holder_on_the_days_on_which_it_may_have_happened() {
    let events = [within(5, 9, event(9, "A", Change::Captured, Some("rebels"), None))];
    let timeline = Timeline::of(&[holding("A", "army")], &events).value;
    let (army, rebels) = (Control::Held(id("army")), Control::Held(id("rebels")));
    assert_eq!(
        (on_day(&timeline, 4), on_day(&timeline, 5), on_day(&timeline, 8)),
        (Some(army.clone()), None, None)
    );
    assert_eq!(on_day(&timeline, 9), Some(rebels.clone()));
    let week = timeline.at(date(6))[0];
    assert_eq!(week.passing, Some(Passing { before: Some(army), after: Some(rebels) }));
    assert_eq!((week.start, week.end, &week.events), (date(5), Some(date(9)), &vec![events[0].id.clone()]));
    assert_eq!((week.is_change(), timeline.days()), (false, vec![date(9)]));
    assert_eq!(timeline.at(date(9))[0].began, events[0].day);
    assert_eq!(
        told(&timeline, &events),
        [(Code::LooseDate, "the day of a change is not known: A (2024-12-05 to 2024-12-09)".to_owned())]
    );
}

#[test]
fn of_a_place_never_heard_of_a_loosely_dated_capture_tells_who_lost_it() {
    let events = [within(5, 9, event(9, "A", Change::Captured, Some("rebels"), Some("army")))];
    let timeline = Timeline::of(&[], &events).value;
    assert_eq!(timeline.at(date(4)), Vec::<&Interval>::new());
    let passing = timeline.at(date(5))[0].passing.clone();
    assert_eq!(passing.and_then(|passing| passing.before), Some(Control::Held(id("army"))));
}

#[test]
fn of_a_change_known_only_to_be_over_no_day_before_is_in_doubt() {
    let late = event(9, "A", Change::Captured, Some("rebels"), None);
    let day = When { from: None, precision: Precision::Unknown, ..late.day };
    let timeline = Timeline::of(&[holding("A", "army")], &[Event { day, ..late }]).value;
    assert_eq!(on_day(&timeline, 8), Some(Control::Held(id("army"))));
    assert_eq!((timeline.at(date(9))[0].start, timeline.at(date(9))[0].began.from), (date(9), None));
}

#[test]
fn whoever_lost_a_place_on_a_known_day_took_it_before() {
    let events = [
        within(2, 18, event(18, "A", Change::Captured, Some("rebels"), None)),
        event(9, "A", Change::Captured, Some("army"), Some("rebels")),
    ];
    let timeline = Timeline::of(&[holding("A", "army")], &events).value;
    assert_eq!((on_day(&timeline, 5), on_day(&timeline, 9)), (None, Some(Control::Held(id("army")))));
    assert_eq!(on_day(&timeline, 18), Some(Control::Held(id("army"))));
    let left = [events[0].clone(), event(9, "A", Change::Withdrew, None, Some("rebels"))];
    let timeline = Timeline::of(&[holding("A", "army")], &left).value;
    assert_eq!((on_day(&timeline, 9), timeline.at(date(9))[0].passing.clone()), (None, None));
}

#[test]
fn what_is_said_of_a_province_stays_its_own() {
    let mut province = event(5, "P", Change::Captured, Some("rebels"), Some("army"));
    province.site.precision = GeoPrecision::Admin1;
    let timeline = Timeline::of(&[holding("A", "army")], std::slice::from_ref(&province)).value;
    assert_eq!(timeline.at(date(6)).len(), 1);
    assert_eq!(timeline.units(date(6)).count(), 1);
    assert_eq!(timeline.history(&province.site.key())[0].control, Some(Control::Held(id("rebels"))));
    assert_eq!((timeline.days(), timeline.between(date(4), date(5)).len()), (vec![], 1));
}

#[test]
fn of_two_rows_of_a_baseline_the_later_holds_from_its_day_on() {
    let later = Holding { as_of: Some(date(10)), ..holding("A", "rebels") };
    let rows = [later, holding("A", "army")];
    let timeline = Timeline::of(&rows, &[event(3, "A", Change::Contested, Some("rebels"), None)]);
    assert_eq!(timeline.problems, []);
    let timeline = timeline.value;
    let both = Control::Contested(vec![id("army"), id("rebels")]);
    assert_eq!((on_day(&timeline, 2), on_day(&timeline, 3)), (Some(Control::Held(id("army"))), Some(both)));
    // Between the fourth and the tenth it changed, and nobody says when.
    assert_eq!((on_day(&timeline, 4), on_day(&timeline, 10)), (None, Some(Control::Held(id("rebels")))));
    assert_eq!(timeline.days(), [date(3)]);
}

#[test]
fn a_baseline_that_contradicts_itself_is_told_and_its_place_contested() {
    let line = |line| Locus::Line { file: "b.csv".into(), line };
    let rows = [
        Holding { at: line(2), ..holding("A", "army") },
        Holding { at: line(3), ..holding("A", "rebels") },
        Holding { at: Locus::File("b.geojson".into()), basis: Ground::Within, ..holding("A", "guards") },
    ];
    let timeline = Timeline::of(&rows, &[]);
    let both = Control::Contested(vec![id("army"), id("rebels")]);
    assert_eq!(on_day(&timeline.value, 1), Some(both));
    let told: Vec<_> = timeline.problems.iter().map(|p| (&p.at, p.code, p.message.as_str())).collect();
    assert_eq!(
        told,
        [
            (
                &line(3),
                Code::BaselineConflict,
                "`A` is held by rebels here and held by army in b.csv:2: shown as contested"
            ),
            (
                &rows[2].at,
                Code::BaselineConflict,
                "`A` is held by guards here and held by army in b.csv:2: the row goes before the polygon"
            ),
        ]
    );
}

#[test]
fn two_who_are_said_to_have_taken_a_place_on_one_day_share_it_where_nothing_tells_their_order() {
    let events = [
        event(5, "A", Change::Captured, Some("rebels"), None),
        event(5, "A", Change::Captured, Some("guards"), None),
    ];
    let timeline = Timeline::of(&[holding("A", "army")], &events).value;
    assert_eq!(on_day(&timeline, 5), Some(Control::Contested(vec![id("guards"), id("rebels")])));
    assert_eq!(
        told(&timeline, &events),
        [(
            Code::SameDay,
            "`A` is said to be taken on 2024-12-05 by guards and by rebels, and nothing says who came last: shown as contested"
                .to_owned()
        )]
    );
    let in_turn = [events[0].clone(), event(5, "A", Change::Captured, Some("guards"), Some("rebels"))];
    let timeline = Timeline::of(&[], &in_turn).value;
    assert_eq!(on_day(&timeline, 5), Some(Control::Held(id("guards"))));
    let told = told(&timeline, &in_turn);
    assert!(told[0].1.starts_with("`A` was taken on 2024-12-05 by rebels, then by guards"), "{told:?}");
}

#[test]
fn what_does_not_fit_who_held_a_place_is_told_and_what_confirms_it_is_not() {
    let baseline = [holding("A", "army")];
    let doubt = |events: &[Event]| {
        let timeline = Timeline::of(&baseline, events).value;
        told(&timeline, events).into_iter().map(|(_, message)| message).collect::<Vec<_>>()
    };
    let taken = |day, by, from| event(day, "A", Change::Captured, Some(by), from);
    assert_eq!(
        doubt(&[taken(5, "rebels", Some("guards"))]),
        [
            "`A` is said to be taken from guards on 2024-12-05, but army held it since 2024-12-01 by the baseline"
        ]
    );
    assert_eq!(
        doubt(&[event(5, "A", Change::Withdrew, None, Some("guards"))]),
        ["`A` is said to be left by guards on 2024-12-05, but army held it since 2024-12-01 by the baseline"]
    );
    assert_eq!(
        doubt(&[taken(5, "rebels", Some("army")), taken(9, "rebels", Some("army"))]),
        [
            "`A` is said to be taken by rebels from army on 2024-12-09, but rebels held it since 2024-12-05: no loss between is known"
        ]
    );
    assert_eq!(
        doubt(&[event(5, "A", Change::SiegeLifted, None, None)]),
        ["the siege of `A` is said to end on 2024-12-05, but none is known"]
    );
    let fine =
        [taken(5, "rebels", Some("army")), taken(9, "rebels", None), taken(12, "army", Some("rebels"))];
    assert_eq!(doubt(&fine), Vec::<String>::new());
}

#[test]
fn between_two_days_every_change_is_told_with_its_events() {
    let events = [
        event(5, "A", Change::Captured, Some("rebels"), None),
        event(7, "A", Change::Captured, Some("army"), None),
        event(6, "B", Change::Captured, Some("rebels"), None),
        event(9, "C", Change::Captured, Some("rebels"), None),
    ];
    let timeline = Timeline::of(&[holding("A", "army")], &events).value;
    let between = |from, to| {
        let shifts = timeline.between(date(from), date(to));
        let told = |shift: &Shift<'_>| (shift.site.name.clone(), shift.events().len(), shift.is_back());
        shifts.iter().map(told).collect::<Vec<_>>()
    };
    let row = |name: &str, events, back| (name.to_owned(), events, back);
    assert_eq!(between(4, 8), [row("A", 2, true), row("B", 1, false)]);
    assert_eq!(between(8, 4), between(4, 8));
    assert_eq!(between(5, 6), [row("B", 1, false)]);
    assert_eq!(between(9, 19), []);
    assert_eq!(timeline.between(Date::MIN, date(1)), []);
    assert_eq!(timeline.between(Date::MIN, Date::MAX).len(), 3);
}

#[test]
fn the_first_and_the_last_day_of_the_calendar_are_days() {
    let at = |day| Event {
        day: When::day(day, Basis::Stated),
        ..event(1, "A", Change::Captured, Some("rebels"), None)
    };
    for day in [Date::MIN, Date::MAX] {
        let timeline = Timeline::of(&[], &[at(day)]).value;
        assert_eq!((timeline.days(), timeline.at(Date::MAX).len()), (vec![day], 1));
        let undated = Holding { as_of: None, ..holding("A", "army") };
        assert!(Timeline::of(&[undated], &[at(day)]).value.days().len() <= 1);
    }
    let always = Event {
        day: When { from: Some(Date::MIN), to: Some(Date::MAX), ..at(Date::MIN).day },
        ..at(Date::MIN)
    };
    let timeline = Timeline::of(&[holding("A", "army")], &[always]).value;
    assert_eq!((on_day(&timeline, 1), on_day(&timeline, 2)), (Some(Control::Held(id("army"))), None));
}

fn random_event() -> impl Strategy<Value = Event> {
    let actors = prop::option::of(prop::sample::select(vec!["army", "rebels", "guards"]));
    let change = prop::sample::select(Change::ALL.iter().map(|(change, _)| *change).collect::<Vec<_>>());
    let days = (2i8..20, prop::sample::select(vec![None, Some(0), Some(0), Some(3), Some(9)]));
    (days, prop::sample::select(vec!["A", "B"]), change, actors.clone(), actors).prop_map(
        |((day, loose), place, change, gaining, losing)| {
            let exact = event(day, place, change, gaining, losing);
            // To a day, to some days, or only by when.
            let from = loose.map(|days| date((day - days).max(1)));
            Event { id: format!("{loose:?}-{}", exact.id), day: When { from, ..exact.day }, ..exact }
        },
    )
}

fn random_row() -> impl Strategy<Value = Holding> {
    let actors = prop::sample::select(vec!["army", "rebels", "guards"]);
    let basis = prop::sample::select(vec![Ground::Named, Ground::Within, Ground::Presumed]);
    (prop::option::of(1i8..20), prop::sample::select(vec!["A", "B"]), actors, basis).prop_map(
        |(day, place, actor, basis)| Holding { as_of: day.map(date), basis, ..holding(place, actor) },
    )
}

proptest! {
    #[test]
    fn neither_the_order_of_events_nor_that_of_rows_matters(
        (events, shuffled) in prop::collection::vec(random_event(), 0..12)
            .prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
        (rows, mixed) in prop::collection::vec(random_row(), 0..5)
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let (one, other) = (Timeline::of(&rows, &events), Timeline::of(&mixed, &shuffled));
        prop_assert_eq!(&one.value, &other.value);
        let told = |timeline: &Timeline, events: &[Event]| doubts(timeline, events, &[], &Cast::default());
        let (mut one, mut other) = (told(&one.value, &events), told(&other.value, &shuffled));
        one.sort();
        other.sort();
        prop_assert_eq!(one, other);
    }

    #[test]
    fn an_event_never_changes_the_days_before_the_first_on_which_it_may_have_happened(
        events in prop::collection::vec(random_event(), 0..12),
        more in random_event(),
    ) {
        // An event of which only the last day is known may say that another happened earlier.
        prop_assume!(more.day.from.is_some());
        let all: Vec<Event> = events.iter().cloned().chain([more.clone()]).collect();
        let (whole, part) = (Timeline::of(&[], &all).value, Timeline::of(&[], &events).value);
        let loose = events.iter().filter(|event| event.day.from != event.day.to);
        let first = loose.filter_map(|event| event.day.from.or(Some(date(1)))).chain(more.day.from).min();
        for day in 1..first.map_or(1, Date::day) {
            let held = |timeline: &Timeline| {
                timeline.at(date(day)).into_iter().map(|i| (i.site.name.clone(), i.control.clone())).collect::<Vec<_>>()
            };
            prop_assert_eq!(held(&whole), held(&part));
        }
    }

    #[test]
    fn intervals_follow_each_other_without_gap_and_every_day_is_that_of_its_interval(
        events in prop::collection::vec(random_event(), 0..12),
        rows in prop::collection::vec(random_row(), 0..5),
    ) {
        let timeline = Timeline::of(&rows, &events).value;
        for place in ["A", "B"] {
            let history = timeline.history(&site(place).key());
            for pair in history.windows(2) {
                prop_assert_eq!(pair[0].end, Some(pair[1].start));
                prop_assert!(pair[0].start < pair[1].start);
            }
            prop_assert!(history.last().is_none_or(|last| last.end.is_none()));
            prop_assert!(history.iter().all(|interval| interval.passing.is_none() || interval.control.is_none()));
            for day in 1..=21 {
                let listed: Vec<&Interval> = history.iter().filter(|interval| interval.holds(date(day))).collect();
                let at = timeline.at(date(day)).into_iter().chain(timeline.settlements(date(day)));
                let at: Vec<&Interval> = at.filter(|interval| interval.site.name == place).collect();
                prop_assert_eq!(listed, at);
            }
        }
    }

    #[test]
    fn what_changed_between_two_days_leads_from_the_one_to_the_other(
        events in prop::collection::vec(random_event(), 0..12),
        (from, to) in (1i8..22, 1i8..22),
    ) {
        let timeline = Timeline::of(&[], &events).value;
        let (from, to) = (date(from.min(to)), date(from.max(to)));
        let mut then: BTreeMap<SiteKey, &Interval> =
            timeline.at(from).into_iter().map(|interval| (interval.site.key(), interval)).collect();
        for shift in timeline.between(from, to) {
            prop_assert_eq!(then.insert(shift.site.key(), shift.after), shift.before);
            prop_assert_eq!(shift.steps.last(), Some(shift.after));
            prop_assert!(shift.steps.iter().all(|step| from < step.start && step.start <= to));
            prop_assert!(!shift.events().is_empty());
        }
        prop_assert_eq!(then.into_values().collect::<Vec<_>>(), timeline.at(to));
    }
}
