use super::*;
use crate::claim::{Evidence, Site, When};
use crate::gazetteer::Kind;
use crate::units::{LonLat, Span};
use proptest::prelude::*;

fn claim(report: &str, place: &str, change: Change, sides: (Option<&str>, Option<&str>), day: i8) -> Claim {
    let id = |name: &str| ActorId(name.to_owned());
    let nowhere = Span { start: 0, end: 0 };
    Claim {
        id: format!("{report}#{place}{}{sides:?}{day}", change.name()),
        site: Site {
            id: None,
            name: place.into(),
            local: None,
            admin1: None,
            country: None,
            at: Some(LonLat::default()),
            kind: Kind::Town,
            population: 0,
            precision: GeoPrecision::Place,
        },
        change,
        standing: Standing::Reported(None),
        gaining: sides.0.map(id),
        losing: sides.1.map(id),
        day: When::day(Date::constant(2024, 12, day), Basis::Stated),
        background: false,
        evidence: Evidence {
            report: report.into(),
            sentence: 0,
            also: Vec::new(),
            name: nowhere,
            quote: nowhere,
            rule: "take".into(),
        },
    }
}

fn reports(texts: &[(&str, &str)]) -> BTreeMap<String, Report> {
    let report = |&(id, text): &(&str, &str)| Report {
        id: id.into(),
        title: None,
        publisher: Some(format!("{id} paper")),
        url: None,
        published: None,
        text: text.into(),
    };
    texts.iter().map(|pair| (pair.0.to_owned(), report(pair))).collect()
}

fn merged(claims: &[Claim]) -> Vec<Event> {
    merge(claims, &reports(&[("a", "one text"), ("b", "another text")]), &Project::default()).value
}

fn grade_of(events: &[Event]) -> String {
    events.iter().filter_map(|event| event.grade).map(|grade| grade.to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn two_reports_of_one_capture_are_one_confirmed_event() {
    let sides = (Some("rebels"), None);
    let events = merged(&[
        claim("a", "Hama", Change::Captured, sides, 5),
        claim("b", "Hama", Change::Captured, sides, 6),
    ]);
    assert_eq!((events.len(), grade_of(&events).as_str()), (1, "F1"));
    assert_eq!(events[0].sources, ["a paper", "b paper"]);
    assert_eq!(events[0].claims.len(), 2);
}

#[test]
fn one_text_in_two_papers_is_one_source() {
    let words: Vec<String> = (0..60).map(|n| format!("word{n}")).collect();
    let text = words.join(" ");
    let sides = (Some("rebels"), None);
    let claims =
        [claim("a", "Hama", Change::Captured, sides, 5), claim("b", "Hama", Change::Captured, sides, 5)];
    let one =
        merge(&claims, &reports(&[("a", &text), ("b", &format!("{text} more"))]), &Project::default()).value;
    assert_eq!(grade_of(&one), "F2");
}

#[test]
fn a_withdrawal_and_a_capture_within_three_days_are_one_capture() {
    let events = merged(&[
        claim("a", "Hama", Change::Withdrew, (None, Some("army")), 5),
        claim("b", "Hama", Change::Captured, (Some("rebels"), None), 7),
    ]);
    assert_eq!(events.len(), 1);
    assert_eq!(
        (&events[0].gaining, &events[0].losing),
        (&Some(ActorId("rebels".into())), &Some(ActorId("army".into())))
    );
    let apart = merged(&[
        claim("a", "Hama", Change::Withdrew, (None, Some("army")), 5),
        claim("b", "Hama", Change::Captured, (Some("rebels"), None), 15),
    ]);
    assert_eq!(apart.len(), 2);
}

#[test]
fn a_place_that_changes_hands_back_and_forth_keeps_its_turns() {
    let events = merged(&[
        claim("a", "Maar Shuhur", Change::Captured, (Some("rebels"), None), 3),
        claim("a", "Maar Shuhur", Change::Captured, (Some("army"), None), 4),
        claim("b", "Maar Shuhur", Change::Captured, (Some("rebels"), None), 5),
    ]);
    let turns: Vec<_> = events.iter().map(|event| event.gaining.as_ref().map_or("", |id| &id.0)).collect();
    assert_eq!(turns, ["rebels", "army", "rebels"]);
}

#[test]
fn a_claim_that_is_denied_is_disputed_unless_the_loser_concedes() {
    let capture =
        |standing| Claim { standing, ..claim("a", "Hama", Change::Captured, (Some("rebels"), None), 5) };
    let denial = Claim {
        standing: Standing::DeniedBy(None),
        ..claim("b", "Hama", Change::Captured, (Some("rebels"), None), 5)
    };
    let claimed = merged(&[capture(Standing::ClaimedBy(None)), denial.clone()]);
    assert_eq!((grade_of(&claimed).as_str(), claimed[0].disputed), ("F4", true));
    let conceded = merged(&[capture(Standing::ConcededBy(None)), denial]);
    assert_eq!((grade_of(&conceded).as_str(), conceded[0].disputed), ("F1", false));
}

#[test]
fn fighting_without_a_date_of_its_own_leads_up_to_the_capture() {
    let undated = When {
        from: None,
        basis: Basis::Publication,
        precision: Precision::Unknown,
        ..claim("b", "Hama", Change::Contested, (None, None), 5).day
    };
    let fight = Claim { day: undated, ..claim("b", "Hama", Change::Contested, (Some("rebels"), None), 5) };
    let events = merged(&[fight, claim("a", "Hama", Change::Captured, (Some("rebels"), None), 5)]);
    assert_eq!((events.len(), events[0].change, events[0].claims.len()), (1, Change::Captured, 2));
}

#[test]
fn a_denial_speaks_for_its_own_day_only() {
    let mut reports = reports(&[("a", "one text"), ("b", "another text")]);
    let day = |day| Some(Date::constant(2024, 12, day));
    let capture = claim("a", "Homs", Change::Captured, (Some("rebels"), None), 7);
    let denial =
        Claim { standing: Standing::DeniedBy(None), ..claim("b", "Homs", Change::Captured, (None, None), 7) };
    for (told, denied, disputed) in [(8, 7, false), (7, 7, true), (7, 8, true)] {
        reports.entry("a".into()).and_modify(|report| report.published = day(told));
        reports.entry("b".into()).and_modify(|report| report.published = day(denied));
        let events = merge(&[capture.clone(), denial.clone()], &reports, &Project::default()).value;
        assert_eq!(events[0].disputed, disputed, "told on {told}, denied on {denied}");
    }
}

#[test]
fn history_makes_no_event() {
    let old = Claim { background: true, ..claim("a", "Hama", Change::Captured, (Some("army"), None), 5) };
    assert_eq!(merged(&[old]), []);
}

fn random_claim() -> impl Strategy<Value = Claim> {
    let sides = prop::option::of(prop::sample::select(vec!["army", "rebels"]));
    let change = prop::sample::select(vec![Change::Captured, Change::Withdrew, Change::Contested]);
    let report = prop::sample::select(vec!["a", "b"]);
    let place = prop::sample::select(vec!["Hama", "Homs"]);
    (report, place, change, sides.clone(), sides, 1i8..9).prop_map(
        |(report, place, change, gaining, losing, day)| claim(report, place, change, (gaining, losing), day),
    )
}

proptest! {
    #[test]
    fn the_order_of_claims_does_not_matter(
        (claims, shuffled) in prop::collection::vec(random_claim(), 0..10)
            .prop_flat_map(|claims| (Just(claims.clone()), Just(claims).prop_shuffle()))
    ) {
        prop_assert_eq!(merged(&claims), merged(&shuffled));
    }

    #[test]
    fn every_claim_stands_behind_an_event(claims in prop::collection::vec(random_claim(), 0..10)) {
        let events = merged(&claims);
        for claim in &claims {
            prop_assert!(events.iter().any(|event| event.claims.contains(&claim.id)));
        }
    }
}
