use super::*;
use crate::claim::{Basis, Change, Precision};
use crate::claim::{Evidence, Site};
use crate::gazetteer::Kind;
use crate::units::{Date, LonLat, Span};
use proptest::prelude::*;

fn claim(report: &str, place: &str, change: Change, sides: (Option<&str>, Option<&str>), day: i8) -> Claim {
    let id = |name: &str| ActorId(name.to_owned());
    let nowhere = Span { start: 0, end: 0 };
    Claim {
        id: format!("{report}#{place}{}{sides:?}{day}", change.name()),
        site: Site {
            at: Some(LonLat::default()),
            ..Site::unplaced(place, None, Kind::Town, GeoPrecision::Place)
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
    merge(claims, &reports(&[("a", "one text"), ("b", "another text")]), &Project::default())
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
    let one = merge(&claims, &reports(&[("a", &text), ("b", &format!("{text} more"))]), &Project::default());
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
    let army = Claim { standing: Standing::DeniedBy(Some("the army".into())), ..denial.clone() };
    let claimed = merged(&[capture(Standing::ClaimedBy(None)), army]);
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
        let events = merge(&[capture.clone(), denial.clone()], &reports, &Project::default());
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

#[test]
fn the_grade_says_who_stands_behind_it() {
    let sides = (Some("rebels"), None);
    let told = |report, standing| Claim { standing, ..claim(report, "Hama", Change::Captured, sides, 5) };
    let reason = |claims: &[Claim]| merged(claims)[0].record.reason.clone();
    let by = |who: &str| Some(who.to_owned());
    assert_eq!(
        reason(&[told("a", Standing::Reported(None)), told("b", Standing::Reported(None))]),
        "confirmed by 2 independent sources: a paper, b paper; no source of it is rated"
    );
    assert_eq!(
        reason(&[told("a", Standing::ClaimedBy(by("the rebels")))]),
        "only the gaining side says so: the rebels; no source of it is rated"
    );
    assert_eq!(
        reason(&[told("a", Standing::ConcededBy(by("the army"))), told("b", Standing::ClaimedBy(None))]),
        "conceded by the side that loses by it: the army; no source of it is rated"
    );
}

#[test]
fn copies_are_counted_once_and_the_reason_says_so() {
    let texts: Vec<(String, String)> = (0..4)
        .map(|n| {
            (
                format!("r{n}"),
                format!("Paper {n}. {}", "Rebels took Hama on Thursday after days. ".repeat(20)),
            )
        })
        .collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
    let claims: Vec<Claim> =
        texts.iter().map(|(id, _)| claim(id, "Hama", Change::Captured, (Some("rebels"), None), 5)).collect();
    let events = merge(&claims, &reports(&texts), &Project::default());
    assert_eq!(grade_of(&events), "F2");
    assert_eq!(
        events[0].record.reason,
        "one disinterested report: r0 paper; 4 copies of one text counted once; no source of it is rated"
    );
    assert_eq!(events[0].sources.len(), 4);
}

/// A project in which the paper of report `a` favours the rebels and is rated D, and that of `b` is rated B.
fn partisan() -> Project {
    let text = "[[actors]]\nid = \"rebels\"\nside = \"opposition\"\n[[actors]]\nid = \"allies\"\nside = \"opposition\"\n\
                [[actors]]\nid = \"army\"\n[[sources]]\npublisher = \"a paper\"\nreliability = \"D\"\nfavours = \"opposition\"\n\
                [[sources]]\npublisher = \"b paper\"\nreliability = \"B\"\n";
    crate::project::read("p", text).value
}

fn merged_in(project: &Project, claims: &[Claim]) -> Vec<Event> {
    let texts = [("a", "one text"), ("b", "another text"), ("c", "a third text"), ("d", "and a fourth one")];
    merge(claims, &reports(&texts), project)
}

#[test]
fn a_partisan_source_counts_fully_only_against_its_side() {
    let grade = |change, gaining, losing| {
        grade_of(&merged_in(&partisan(), &[claim("a", "Hama", change, (gaining, losing), 5)]))
    };
    assert_eq!(grade(Change::Captured, Some("rebels"), None), "D3");
    assert_eq!(grade(Change::Captured, Some("allies"), None), "D3");
    assert_eq!(grade(Change::Captured, Some("army"), None), "D2");
    assert_eq!(grade(Change::Withdrew, None, Some("army")), "D3");
    assert_eq!(grade(Change::Withdrew, None, Some("rebels")), "D2");
}

#[test]
fn allies_are_one_side_and_the_most_named_of_them_gains() {
    let by = |report, who, day| claim(report, "Hama", Change::Captured, (Some(who), None), day);
    let events = merged_in(&partisan(), &[by("b", "rebels", 5), by("c", "allies", 5), by("d", "allies", 6)]);
    assert_eq!((events.len(), events[0].gaining.as_ref().map(|id| id.0.as_str())), (1, Some("allies")));
    assert_eq!(events[0].id, "2024-12-05-hama-captured-opposition");
}

#[test]
fn a_claim_that_better_evidence_speaks_against_is_contradicted() {
    let sides = (Some("rebels"), None);
    let claimed =
        Claim { standing: Standing::ClaimedBy(None), ..claim("c", "Hama", Change::Captured, sides, 5) };
    let denied = |who: Option<&str>| Claim {
        standing: Standing::DeniedBy(who.map(str::to_owned)),
        ..claim("b", "Hama", Change::Captured, sides, 5)
    };
    for (who, grade) in [
        (None, "F5"),
        (Some("residents"), "F5"),
        (Some("the rebels"), "F5"),
        (Some("the army"), "F4"),
        (Some("a military source"), "F4"),
    ] {
        let events = merged_in(&partisan(), &[claimed.clone(), denied(who)]);
        assert_eq!(
            (grade_of(&events).as_str(), events[0].disputed),
            (grade, grade == "F4"),
            "denied by {who:?}"
        );
    }
    let other = claim("b", "Hama", Change::Captured, (Some("army"), None), 5);
    let events = merged_in(&partisan(), &[claimed, other]);
    assert_eq!((grade_of(&events).as_str(), events.iter().any(|event| event.disputed)), ("B2 F5", false));
    assert!(
        events[1].record.reason.starts_with("contradicted by better evidence: army is reported"),
        "{events:?}"
    );
}

#[test]
fn sources_of_equal_grade_that_disagree_leave_both_events_disputed() {
    let by = |report, who| claim(report, "Hama", Change::Captured, (Some(who), None), 5);
    let events = merged_in(&partisan(), &[by("c", "rebels"), by("d", "army")]);
    assert_eq!(events.iter().map(|event| event.disputed).collect::<Vec<_>>(), [true, true]);
    // One source that tells of both tells of two turns, and a loser that is named tells their order.
    let turns = merged_in(&partisan(), &[by("c", "rebels"), by("c", "army")]);
    assert!(!turns.iter().any(|event| event.disputed));
    let retaken = claim("d", "Hama", Change::Captured, (Some("army"), Some("rebels")), 5);
    let turns = merged_in(&partisan(), &[by("c", "rebels"), retaken]);
    assert!(!turns.iter().any(|event| event.disputed));
}

#[test]
fn a_place_taken_lost_and_taken_again_is_three_events_whatever_the_dates_rest_on() {
    let published = |report, who, day| {
        let claim = claim(report, "Hama", Change::Captured, (Some(who), None), day);
        let when = When { basis: Basis::Publication, ..claim.day };
        Claim { day: when, ..claim }
    };
    let exact = |report, who, day| claim(report, "Hama", Change::Captured, (Some(who), None), day);
    for claims in [
        [exact("a", "x", 1), exact("b", "y", 3), exact("a", "x", 5)],
        [published("a", "x", 1), published("b", "y", 3), published("a", "x", 5)],
    ] {
        let days: Vec<_> = merged(&claims).iter().map(|event| event.day.to.map(Date::day)).collect();
        assert_eq!(days, [Some(1), Some(3), Some(5)]);
    }
}

#[test]
fn a_capture_far_away_in_time_by_others_does_not_part_what_is_one() {
    let by = |report, who, day| claim(report, "Hama", Change::Captured, (Some(who), None), day);
    assert_eq!(merged(&[by("a", "x", 5), by("b", "x", 6), by("a", "y", 20)]).len(), 2);
}

#[test]
fn ids_stay_when_reports_are_added_and_differ_by_side_and_place() {
    let by = |report, who, day| claim(report, "Hama", Change::Captured, (Some(who), None), day);
    let ids = |claims: &[Claim]| merged(claims).into_iter().map(|event| event.id).collect::<Vec<_>>();
    let before = [by("b", "y", 4), by("b", "y", 8)];
    assert_eq!(ids(&before), ["2024-12-04-hama-captured-y", "2024-12-08-hama-captured-y"]);
    let after = ids(&[by("a", "x", 4), by("b", "y", 4), by("a", "y", 4), by("b", "y", 8), by("a", "z", 8)]);
    assert!(ids(&before).iter().all(|id| after.contains(id)), "{after:?}");
    let mut elsewhere = by("a", "y", 4);
    elsewhere.site.at = LonLat::new(10.0, 20.0);
    elsewhere.id += "elsewhere";
    assert_eq!(
        ids(&[by("b", "y", 4), elsewhere]),
        ["2024-12-04-hama-captured-y-0-0000-0-0000", "2024-12-04-hama-captured-y-20-0000-10-0000"]
    );
}

/// What events say, without who says it.
fn believed(mut events: Vec<Event>) -> Vec<Event> {
    for event in &mut events {
        event.sources.clear();
        event.claims.clear();
        event.record = Record::default();
    }
    events.sort_by(|a, b| a.id.cmp(&b.id));
    events
}

fn random_standing() -> impl Strategy<Value = Standing> {
    let who = prop::sample::select(vec![None, Some("army"), Some("rebels"), Some("residents")]);
    (0_u8..4, who).prop_map(|(kind, who)| {
        let who = who.map(str::to_owned);
        match kind {
            0 => Standing::Reported(who),
            1 => Standing::ConcededBy(who),
            2 => Standing::ClaimedBy(who),
            _ => Standing::DeniedBy(who),
        }
    })
}

/// Claims of all kinds, vaguely dated ones among them, in four reports.
fn hard_claim() -> impl Strategy<Value = Claim> {
    let report = prop::sample::select(vec!["a", "b", "c", "d"]);
    let precision = prop::sample::select(Precision::ALL.iter().map(|(it, _)| *it).collect::<Vec<_>>());
    let basis = prop::sample::select(Basis::ALL.iter().map(|(it, _)| *it).collect::<Vec<_>>());
    let side = prop::option::of(prop::sample::select(vec!["army", "rebels", "allies"]));
    let change = prop::sample::select(Change::ALL.iter().map(|(it, _)| *it).collect::<Vec<_>>());
    let days = (1_i8..20, 0_i8..9, any::<(bool, bool)>());
    (report, change, (side.clone(), side), days, precision, basis, random_standing()).prop_map(
        |(report, change, sides, (day, more, (from, to)), precision, basis, standing)| {
            let mut claim = claim(report, "Hama", change, sides, day);
            claim.day.to = to.then(|| Date::constant(2024, 12, day + more));
            claim.day.from = claim.day.from.filter(|_| from);
            (claim.day.precision, claim.day.basis, claim.standing) = (precision, basis, standing);
            claim.id = format!("{}{:?}{:?}", claim.id, claim.day, claim.standing);
            claim
        },
    )
}

proptest! {
    #[test]
    fn neither_the_order_of_claims_nor_a_second_copy_of_a_report_changes_what_is_believed(
        (claims, shuffled) in prop::collection::vec(hard_claim(), 0..14)
            .prop_flat_map(|claims| (Just(claims.clone()), Just(claims).prop_shuffle())),
        copied in prop::sample::select(vec!["a", "b", "c", "d"]),
    ) {
        let project = partisan();
        let texts = [("a", "one text"), ("b", "another text"), ("c", "a third text"), ("d", "and a fourth one")];
        let mut reports = reports(&texts);
        let once = merge(&claims, &reports, &project);
        prop_assert_eq!(&once, &merge(&shuffled, &reports, &project));
        // The same report once more, under a name that sorts before or after.
        for name in ["0-again", "z-again"] {
            let copy = Report { id: name.into(), ..reports[copied].clone() };
            reports.insert(name.into(), copy);
            let mut more = claims.clone();
            more.extend(claims.iter().filter(|claim| claim.evidence.report == copied).map(|claim| {
                let mut again = claim.clone();
                again.id = format!("{name}{}", claim.id);
                again.evidence.report = name.into();
                again
            }));
            prop_assert_eq!(believed(once.clone()), believed(merge(&more, &reports, &project)));
        }
    }
}

#[test]
fn a_flood_of_claims_about_one_place_is_merged_in_no_time() {
    // Different sides, days, precisions: nothing to bundle. Quadratic work would take minutes.
    let claims: Vec<Claim> = (0..20_000_usize)
        .map(|n| {
            let who = format!("group {}", n % 5000);
            let who = Some(who.as_str()).filter(|_| n % 3 > 0);
            let change = Change::ALL[n % 5].0;
            let sides = if change == Change::Withdrew { (None, who) } else { (who, None) };
            let mut claim = claim("a", "Hama", change, sides, 1 + (n % 28) as i8);
            claim.id = format!("{n}");
            if n % 7 == 0 {
                claim.standing = Standing::DeniedBy(None);
            }
            claim.day.precision = Precision::ALL[n % 4].0;
            claim
        })
        .collect();
    assert!(merged(&claims).len() > 100);
}
