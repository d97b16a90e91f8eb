//! The tables: claims and events.

use super::points::Points;
use crate::actor::ActorId;
use crate::claim::{Claim, Site, When};
use crate::event::{self, Event};
use crate::report::Report;
use crate::table::{cell, join, print, round, rows};
use std::collections::BTreeMap;

/// The columns of `claims.csv`.
pub const CLAIM_COLUMNS: &[&str] = &[
    "claim_id",
    "report",
    "sentence",
    "also",
    "start",
    "end",
    "quote",
    "surface",
    "place_id",
    "place",
    "admin1",
    "country",
    "lat",
    "lon",
    "geo_precision",
    "change",
    "standing",
    "said_by",
    "gaining",
    "losing",
    "date",
    "date_end",
    "date_precision",
    "date_basis",
    "background",
    "rule",
];

/// `claims.csv`: what each report says of each place, with the sentence that says it.
///
/// `reports` are looked up by id for the words; a claim whose report is not among them (it stands in a table) has no
/// quote. `start` and `end` count Unicode code points of the report's text. Empty means unknown.
#[must_use]
pub fn claims_csv(
    claims: &[Claim],
    reports: &BTreeMap<String, Report>,
    actor_name: &dyn Fn(&ActorId) -> String,
) -> String {
    let mut points: BTreeMap<&str, Points<'_>> = BTreeMap::new();
    for claim in claims {
        if let Some(report) = reports.get(&claim.evidence.report) {
            points.entry(&claim.evidence.report).or_insert_with(|| Points::of(&report.text));
        }
    }
    let row = |claim: &Claim| claim_row(claim, points.get(claim.evidence.report.as_str()), actor_name);
    print(CLAIM_COLUMNS, claims.iter().map(row))
}

/// The rows of `claims.csv` for the claims of one report, with no header: for tables that are written report by report.
#[must_use]
pub fn claims_rows(claims: &[Claim], report: &Report, actor_name: &dyn Fn(&ActorId) -> String) -> String {
    if claims.is_empty() {
        return String::new();
    }
    let points = Points::of(&report.text);
    rows(claims.iter().map(|claim| claim_row(claim, Some(&points), actor_name)))
}

/// The header of `claims.csv`.
#[must_use]
pub fn claims_head() -> String {
    print(CLAIM_COLUMNS, std::iter::empty())
}

/// The cells of a claim, given the text of its report.
fn claim_row(
    claim: &Claim,
    points: Option<&Points<'_>>,
    actor_name: &dyn Fn(&ActorId) -> String,
) -> Vec<String> {
    let actor = |id: &Option<ActorId>| id.as_ref().map_or_else(String::new, |id| cell(&actor_name(id)));
    let evidence = &claim.evidence;
    let [start, end] = points.map_or_else(Default::default, |points| {
        let (start, end) = points.span(evidence.name);
        [start.to_string(), end.to_string()]
    });
    let words = |span: crate::units::Span| {
        points.map_or_else(String::new, |points| cell(&one_line(span.of(points.text))))
    };
    let also: Vec<String> = evidence.also.iter().map(ToString::to_string).collect();
    let ([place_id, place, _, admin1, country], [lat, lon]) = site(&claim.site);
    let [date, date_end] = days(&claim.day);
    vec![
        cell(&claim.id),
        cell(&evidence.report),
        evidence.sentence.to_string(),
        also.join(";"),
        start,
        end,
        words(evidence.quote),
        words(evidence.name),
        place_id,
        place,
        admin1,
        country,
        lat,
        lon,
        claim.site.precision.name().to_owned(),
        claim.change.name().to_owned(),
        claim.standing.name().to_owned(),
        cell(claim.standing.said_by().unwrap_or_default()),
        actor(&claim.gaining),
        actor(&claim.losing),
        date,
        date_end,
        claim.day.precision.name().to_owned(),
        claim.day.basis.name().to_owned(),
        claim.background.to_string(),
        cell(&evidence.rule),
    ]
}

/// `events.csv`: what we believe happened; [`event::table::read`] reads it back.
#[must_use]
pub fn events_csv(events: &[Event], actor_name: &dyn Fn(&ActorId) -> String) -> String {
    let actor = |id: &Option<ActorId>| id.as_ref().map_or_else(String::new, |id| cell(&actor_name(id)));
    let rows = events.iter().map(|event| {
        let ([place_id, place, local, admin1, country], [lat, lon]) = site(&event.site);
        let [date, date_end] = days(&event.day);
        vec![
            cell(&event.id),
            date,
            date_end,
            event.day.precision.name().to_owned(),
            place_id,
            place,
            local,
            admin1,
            country,
            lat,
            lon,
            event.site.precision.name().to_owned(),
            event.change.name().to_owned(),
            actor(&event.gaining),
            actor(&event.losing),
            event.grade.map_or_else(String::new, |grade| format!("{}{}", grade.source, grade.information)),
            event.disputed.to_string(),
            cell(&join(&event.sources)),
            cell(&join(&event.claims)),
            cell(&event.note),
        ]
    });
    print(event::table::COLUMNS, rows)
}

/// Id, name, local name, first-level unit and country; latitude and longitude.
pub(super) fn site(site: &Site) -> ([String; 5], [String; 2]) {
    let text = |text: &Option<String>| cell(text.as_deref().unwrap_or_default());
    let id = site.id.map_or_else(String::new, |id| id.to_string());
    let names = [id, cell(&site.name), text(&site.local), text(&site.admin1), text(&site.country)];
    let degrees = |number: fn(&crate::units::LonLat) -> f64| {
        site.at.as_ref().map_or_else(String::new, |at| round(number(at)).to_string())
    };
    (names, [degrees(|at| at.lat()), degrees(|at| at.lon())])
}

/// First and last day; the last only where it is another.
fn days(when: &When) -> [String; 2] {
    let day = |day: Option<crate::units::Date>| day.map_or_else(String::new, |day| day.to_string());
    [day(when.from), day(when.to.filter(|_| when.to != when.from))]
}

/// A sentence on one line, so that a table of quotes can be read.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Basis, Change, Evidence, GeoPrecision, Precision, Standing};
    use crate::event::Grade;
    use crate::gazetteer::{Kind, PlaceId};
    use crate::units::{Date, LonLat, Span};
    use proptest::prelude::*;

    fn hama() -> Site {
        Site {
            id: Some(PlaceId(170_017)),
            name: "Hama".into(),
            local: Some("حماة".into()),
            admin1: Some("Hama".into()),
            country: Some("SY".into()),
            at: Some(LonLat::new(36.757_830_000_000_006, -35.131_88).unwrap()),
            kind: Kind::Town,
            population: 0,
            precision: GeoPrecision::Place,
        }
    }

    #[test]
    fn a_claim_points_in_code_points_and_quotes_its_sentence() {
        let text = "“النصر”. =Rebels took\nHama on Thursday.";
        let quote = Span { start: text.find('=').unwrap(), end: text.len() };
        let name = Span { start: text.find("Hama").unwrap(), end: text.find(" on").unwrap() };
        let report = Report {
            id: "desk".into(),
            title: None,
            publisher: None,
            url: None,
            published: None,
            text: text.into(),
        };
        let claim = Claim {
            id: "desk-1-hama".into(),
            site: hama(),
            change: Change::Captured,
            standing: Standing::ClaimedBy(Some("the rebels".into())),
            gaining: Some(ActorId("rebels".into())),
            losing: None,
            day: When::day(Date::constant(2024, 12, 5), Basis::Relative),
            background: false,
            evidence: Evidence {
                report: "desk".into(),
                sentence: 1,
                also: vec![3, 4],
                name,
                quote,
                rule: "took".into(),
            },
        };
        let csv = claims_csv(&[claim], &BTreeMap::from([("desk".into(), report)]), &|id| id.0.to_uppercase());
        let row = csv.lines().nth(1).unwrap();
        assert_eq!(
            row,
            "desk-1-hama,desk,1,3;4,22,26,'=Rebels took Hama on Thursday.,Hama,170017,Hama,Hama,SY,-35.13188,36.75783,\
             place,captured,claimed,the rebels,REBELS,,2024-12-05,,day,relative,false,took"
        );
        assert_eq!(csv.lines().next().unwrap(), CLAIM_COLUMNS.join(","));
    }

    /// Words a table may hold: hostile ones among them, without the space around that reading takes off.
    fn words() -> impl Strategy<Value = String> {
        "[=+@'\"a-zé ,;\\\\\n−＝-]{0,8}".prop_map(|text| text.trim().to_owned())
    }

    fn day() -> impl Strategy<Value = Date> {
        (1990_i16..2030, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d))
    }

    fn event() -> impl Strategy<Value = Event> {
        let site = (
            words(),
            words(),
            -18_000_000_i32..=18_000_000,
            -9_000_000_i32..=9_000_000,
            0_usize..5,
            0_u64..9,
        );
        let what = (
            0_usize..5,
            words(),
            words(),
            prop::option::of((prop::char::range('A', 'F'), 1_u8..=6)),
            any::<bool>(),
        );
        let lists =
            (prop::collection::btree_set(words(), 0..3), prop::collection::btree_set(words(), 0..3), words());
        (site, what, lists, prop::option::of(day()), 0_i32..60, 0_usize..5).prop_map(
            |(
                (name, local, lon, lat, precision, id),
                (change, gaining, losing, grade, disputed),
                lists,
                from,
                more,
                p,
            )| {
                let some = |text: String| (!text.is_empty()).then_some(text);
                let (to, precision_of_day) = match from {
                    Some(from) => (Some(from + jiff::Span::new().days(more)), Precision::ALL[p].0),
                    None => (None, Precision::Unknown),
                };
                let list = |items: std::collections::BTreeSet<String>| {
                    items.into_iter().filter(|item| !item.is_empty()).collect::<Vec<_>>()
                };
                Event {
                    id: format!("e{id}"),
                    site: Site {
                        id: (id > 0).then_some(PlaceId(id)),
                        name: format!("N{name}").trim().to_owned(),
                        local: some(local),
                        admin1: None,
                        country: Some("SY".into()),
                        at: Some(LonLat::new(f64::from(lon) / 1e5, f64::from(lat) / 1e5).unwrap()),
                        kind: Kind::Town,
                        population: 0,
                        precision: GeoPrecision::ALL[precision].0,
                    },
                    change: Change::ALL[change].0,
                    gaining: some(gaining).map(ActorId),
                    losing: some(losing).map(ActorId),
                    day: When { from, to, precision: precision_of_day, basis: Basis::Stated },
                    grade: grade.map(|(source, information)| Grade { source, information }),
                    disputed,
                    sources: list(lists.0),
                    claims: list(lists.1),
                    note: lists.2,
                    record: crate::event::Record::default(),
                }
            },
        )
    }

    fn read(csv: &str) -> crate::diag::Checked<Vec<Event>> {
        event::table::read("events.csv", csv.as_bytes(), &|_| None, &|name| ActorId(name.to_owned()))
    }

    proptest! {
        #[test]
        fn an_events_table_reads_back_as_it_was_written(event in event()) {
            let csv = events_csv(std::slice::from_ref(&event), &|id| id.0.clone());
            let back = read(&csv);
            prop_assert_eq!(&back.problems, &[]);
            // What a table does not say is the gazetteer's to know.
            let mut event = event;
            event.site.kind = back.value[0].site.kind;
            prop_assert_eq!(&back.value[0], &event);
            prop_assert_eq!(events_csv(&back.value, &|id| id.0.clone()), csv);
        }
    }
}
