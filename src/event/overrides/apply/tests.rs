use super::*;
use crate::actor::ActorId;
use crate::claim::{Basis, Change, GeoPrecision};
use crate::event::{Record, overrides::read};
use crate::gazetteer::{Kind, PlaceId};
use crate::units::{Date, LonLat};
use proptest::prelude::*;

fn event(id: &str, place: &str, day: i8) -> Event {
    Event {
        id: id.into(),
        site: Site {
            id: Some(PlaceId(7)),
            name: place.into(),
            local: None,
            admin1: Some("Hama".into()),
            country: Some("SY".into()),
            at: LonLat::new(36.75, 35.13),
            kind: Kind::Town,
            population: 9,
            precision: GeoPrecision::Place,
        },
        change: Change::Captured,
        gaining: Some(ActorId("rebels".into())),
        losing: None,
        day: When::day(Date::constant(2024, 12, day), Basis::Stated),
        grade: Some(Grade { source: 'B', information: 3 }),
        disputed: true,
        sources: vec!["Wire".into()],
        claims: vec!["c1".into()],
        note: String::new(),
        record: Record { reason: "only the gaining side says so".into(), decisions: Vec::new() },
    }
}

const HAMA: &str = "2024-12-05-hama-captured-rebels";
const HOMS: &str = "2024-12-07-homs-captured-rebels";

fn events() -> Vec<Event> {
    vec![event(HAMA, "Hama", 5), event(HOMS, "Homs", 7)]
}

/// The events after the rows of a table, and what was told.
fn after(rows: &str) -> (Corrected, Vec<String>) {
    let text = format!("event_id,action,place,lat,lon,date,date_end,gaining,losing,note,by\n{rows}");
    let mut problems = Vec::new();
    let rows = read("p/overrides.csv", text.as_bytes(), &|_| None, &|name| ActorId(name.to_owned()))
        .unload(&mut problems);
    let corrected = apply(events(), &rows, &Cast::default()).unload(&mut problems);
    let told = problems.iter().map(|problem| match &problem.at {
        Locus::Line { line, .. } => format!("{line}: {} [{}]", problem.message, problem.code.name()),
        _ => problem.message.clone(),
    });
    (corrected, told.collect())
}

#[test]
fn a_fixed_date_moves_the_event_and_says_who_decided() {
    let (after, told) = after(&format!("{HAMA},fix_date,,,,2024-12-09,,,,phone call with the mayor,AB\n"));
    assert_eq!(told, [""; 0]);
    let ids: Vec<&str> = after.events.iter().map(|event| event.id.as_str()).collect();
    assert_eq!(ids, [HOMS, HAMA], "events stay in order of their days, under their ids");
    let hama = &after.events[1];
    let words = "date fixed by overrides.csv:2 (by AB: phone call with the mayor), was 2024-12-05";
    assert_eq!(hama.record.decisions[0].to_string(), words);
    assert_eq!((hama.note.as_str(), hama.day.to), (words, Some(Date::constant(2024, 12, 9))));
    assert_eq!(hama.claims, ["c1"]);
}

#[test]
fn each_action_does_what_it_says() {
    let (after, told) = after(&format!(
        "{HAMA},drop,,,,,,,,hoax,\n{HOMS},fix_place,,34.5,36.5,,,,,,\n{HOMS},fix sides,,,,,,SNA,army,,CD\n{HOMS},Confirm,,,,,,,,,\n"
    ));
    assert_eq!(told, [""; 0]);
    assert_eq!((after.events.len(), after.dropped.len()), (1, 1));
    assert_eq!(after.dropped[0].record.decisions[0].to_string(), "dropped by overrides.csv:2 (hoax)");
    let homs = &after.events[0];
    assert_eq!((homs.id.as_str(), homs.site.name.as_str(), homs.site.id), (HOMS, "Homs", None));
    assert_eq!((homs.site.at.unwrap().lat(), homs.gaining.as_ref().unwrap().0.as_str()), (34.5, "SNA"));
    assert_eq!((homs.grade.unwrap().to_string().as_str(), homs.disputed), ("B1", false));
    let said: Vec<String> = homs.record.decisions.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "place fixed by overrides.csv:3, was Homs (35.13, 36.75)",
            "sides fixed by overrides.csv:4 (by CD), was gained by rebels, lost by unknown",
            "confirmed by overrides.csv:5, was B3, disputed",
        ]
    );
    assert_eq!(homs.record.reason, "confirmed by hand; by the reports alone: only the gaining side says so");
}

#[test]
fn rows_that_contradict_each_other_are_told_and_none_is_applied() {
    let (after, told) = after(&format!(
        "{HAMA},fix_date,,,,2024-12-04,,,,,\n{HAMA},fix_date,,,,2024-12-06,,,,,\n{HAMA},confirm,,,,,,,,,\n\
         {HOMS},drop,,,,,,,,,\n{HOMS},confirm,,,,,,,,,\n"
    ));
    assert_eq!(
        told,
        [
            format!(
                "3: `fix_date` contradicts `fix_date` in line 2 for `{HAMA}`; neither is applied [bad-override]"
            ),
            format!(
                "6: `confirm` contradicts `drop` in line 5 for `{HOMS}`; neither is applied [bad-override]"
            ),
        ]
    );
    let days: Vec<_> = after.events.iter().map(|event| event.day).collect();
    assert_eq!(days, events().iter().map(|event| event.day).collect::<Vec<_>>());
    // What is not in question is done.
    assert_eq!(after.events[0].grade.map(|grade| grade.information), Some(1));
    assert_eq!(after.events[1].grade.map(|grade| grade.information), Some(3));
}

#[test]
fn one_thing_said_twice_is_done_once() {
    let row = format!("{HAMA},fix_date,,,,2024-12-04,,,,,\n");
    let (after, told) = after(&format!("{row}{row}"));
    assert_eq!((told.len(), after.events[0].record.decisions.len()), (0, 1));
}

#[test]
fn half_rows_are_told_with_their_lines() {
    let (after, told) = after(&format!(
        ",drop,,,,,,,,,\n{HAMA},,,,,,,,,,\n{HAMA},erase,,,,,,,,,\n{HAMA},fix_date,,,,,,,,,\n{HAMA},fix_date,,,,soon,,,,,\n\
         {HAMA},fix_place,,,,,,,,,\n{HAMA},fix_place,Nowhere,,,,,,,,\n{HAMA},fix_place,,35,,,,,,,\n{HAMA},fix_sides,,,,,,,,,\n\
         {HAMA},confirm,,,,2024-12-05,,,,,\n"
    ));
    let actions = "`drop`, `fix_place`, `fix_date`, `fix_sides`, `confirm`";
    assert_eq!(
        told,
        [
            "2: the row names no event in `event_id` [bad-row]".to_owned(),
            format!("3: the row says nothing in `action` for `{HAMA}` [bad-row]"),
            format!("4: action `erase` is none of {actions} [bad-row]"),
            "5: `fix_date` needs a `date` [bad-row]".to_owned(),
            "6: date `soon` is no day [bad-date]".to_owned(),
            "7: `fix_place` needs a `place`, or `lat` and `lon` [bad-row]".to_owned(),
            "8: `Nowhere` is in no gazetteer [unknown-place]".to_owned(),
            "9: lat is `35` and lon is empty [bad-place]".to_owned(),
            "10: `fix_sides` needs a `gaining` or a `losing` [bad-row]".to_owned(),
            "11: `confirm` has no use for date `2024-12-05`, which is ignored [bad-row]".to_owned(),
        ]
    );
    assert_eq!(after.events[0].record.decisions.len(), 1);
}

#[test]
fn an_id_that_is_gone_is_told_with_those_of_the_place() {
    let row = |id: &str| Override {
        event_id: id.into(),
        correction: Correction::Drop,
        file: "o".into(),
        line: 2,
        by: None,
        note: None,
    };
    let help = |id: &str| apply(events(), &[row(id)], &Cast::default()).problems[0].help.clone().unwrap();
    assert!(help("2024-12-04-hama-captured-rebels").ends_with(&format!("of that place: `{HAMA}`")));
    assert!(help("hama").ends_with(&format!("`{HAMA}`")));
    for odd in ["", "-", "é", "2024-12-0é", "undated-", "hamadan"] {
        assert!(help(odd).starts_with("events.csv lists the ids"), "{odd}");
    }
}

#[test]
fn a_decision_that_changes_nothing_adds_nothing_to_the_note() {
    let first = after(&format!("{HAMA},confirm,,,,,,,,,\n")).0.events;
    let text = format!("event_id,action\n{HAMA},confirm\n");
    let rows = read("overrides.csv", text.as_bytes(), &|_| None, &|name| ActorId(name.to_owned())).value;
    let again = apply(first.clone(), &rows, &Cast::default()).value.events;
    assert_eq!(again[0].note, first[0].note);
}

proptest! {
    #[test]
    fn whatever_the_table_nothing_is_lost_and_no_row_goes_untold(
        rows in prop::collection::vec(
            (
                prop::sample::select(vec![HAMA, HOMS, "x", ""]),
                prop::sample::select(vec!["drop", "confirm", "fix_date", "fix_place", "fix_sides", "?", ""]),
                "[0-9=a-z.\"-]{0,10}",
                prop::sample::select(vec!["2024-12-04", "2024-12", "", "1"]),
            ),
            0..8,
        )
    ) {
        let rows: Vec<String> =
            rows.iter().map(|(id, action, cell, day)| format!("{id},{action},{cell},1,{cell},{day},,{cell},,{cell},\n")).collect();
        let rows = rows.concat();
        let (after, _) = after(&rows);
        prop_assert_eq!(after.events.len() + after.dropped.len(), 2);
    }
}
