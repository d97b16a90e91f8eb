use super::*;
use crate::claim::GeoPrecision;
use crate::gazetteer::{Kind, PlaceId};
use crate::timeline::Timeline;
use crate::units::LonLat;

fn told(text: &str) -> Checked<Vec<Territory>> {
    read("dir/front.geojson", text.as_bytes(), &|name| ActorId(name.to_lowercase()))
}

fn messages(problems: &[Problem]) -> Vec<(Code, &str)> {
    problems.iter().map(|problem| (problem.code, problem.message.as_str())).collect()
}

fn feature(properties: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Polygon","coordinates":{coordinates}}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn square(west: f64, east: f64) -> String {
    format!("[[[{west},35],[{east},35],[{east},36],[{west},36],[{west},35]]]")
}

fn site(id: u64, lon: f64) -> Site {
    Site {
        id: Some(PlaceId(id)),
        name: format!("V{id}"),
        local: None,
        admin1: None,
        country: None,
        at: LonLat::new(lon, 35.5),
        kind: Kind::Town,
        population: 0,
        precision: GeoPrecision::Place,
    }
}

fn held(name: &str) -> Control {
    Control::Held(ActorId(name.into()))
}

#[test]
fn what_gdal_writes_is_read_well() {
    let text = r#"{"type":"FeatureCollection","name":"control",
      "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},
      "features":[
        {"type":"Feature","properties":{"fid":1,"Held-By":7,"area":1.5},"geometry":{"type":"MultiPolygon","coordinates":
          [[[[36,35,12.5],[37,35,12.5],[37,36,12.5],[36,36,12.5],[36,35,12.5]]],[[[38,35,0],[39,35,0],[39,36,0],[38,35,0]]]]}},
        {"type":"Feature","properties":{"fid":2,"Held-By":8},"geometry":null},
        {"type":"Feature","properties":{"fid":3,"Held-By":null},"geometry":{"type":"Polygon","coordinates":[[[40,35],[41,35],[41,36],[40,35]]]}},
        {"type":"Feature","properties":{"fid":4,"Held-By":"x"},"geometry":{"type":"Point","coordinates":[40,35]}}]}"#;
    let ground = told(text);
    assert_eq!(ground.value.len(), 1);
    assert_eq!((&ground.value[0].control, ground.value[0].shape.0.len()), (&held("7"), 2));
    assert_eq!(
        messages(&ground.problems),
        [
            (Code::BadPolygon, "feature 2 has no geometry and cannot be used"),
            (Code::BadPolygon, "feature 4 has no polygon and cannot be used"),
            (Code::BadPolygon, "feature 3 has no property that names its actor and cannot be used"),
        ]
    );
    assert!(ground.problems[2].help.as_ref().is_some_and(|help| help.contains("Held-By, fid")));
}

#[test]
fn coordinates_that_are_no_degrees_are_told() {
    let metres = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}},"features":[]}"#;
    assert!(told(metres).problems[0].message.contains("EPSG::3857"));
    let metres = feature(r#"{"actor":"A"}"#, "[[[4e6,4e6],[5e6,4e6],[5e6,5e6],[4e6,4e6]]]");
    assert!(told(&metres).problems[0].message.contains("4000000, 4000000, which is no longitude"));
}

#[test]
fn what_is_no_geojson_is_told_and_nothing_panics() {
    for text in
        ["{", "{}", "[]", "null", r#"{"type":"FeatureCollection","features":[]}"#, "", "\u{feff}{\"a\":1}"]
    {
        let ground = told(text);
        assert!(ground.value.is_empty());
        assert_eq!(
            ground.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(),
            [Code::BadTable],
            "{text}"
        );
    }
    let bare = r#"{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,35]]]}"#;
    assert_eq!(
        told(bare).problems[0].message,
        "feature 1 has no property that names its actor and cannot be used"
    );
    for coordinates in ["[]", "[[]]", "[[[36,35]]]", "[[[36,35],[37,35],[36,35]]]"] {
        assert_eq!(told(&feature(r#"{"actor":"A"}"#, coordinates)).value, [], "{coordinates}");
    }
}

#[test]
fn a_ring_that_crosses_itself_is_repaired_and_told_with_the_place() {
    let bow_tie = feature(r#"{"actor":"A"}"#, "[[[36,35],[38,37],[38,35],[36,37],[36,35]]]");
    let ground = told(&bow_tie);
    assert_eq!(
        messages(&ground.problems),
        [(
            Code::BadPolygon,
            "the polygon of feature 1 (a) crosses itself near 36.0000, 37.0000: it was repaired by the even-odd rule"
        )]
    );
    let inside =
        |lon| label(&ground.value, [Site { at: LonLat::new(lon, 36.0), ..site(1, 0.0) }]).value.len();
    assert_eq!((inside(36.2), inside(37.8)), (1, 1));
    let flat = feature(r#"{"actor":"A"}"#, "[[[36,35],[37,35],[38,35],[36,35]]]");
    assert_eq!(told(&flat).problems[0].message, "the polygon of feature 1 (a) has no area");
}

#[test]
fn a_hole_is_no_crossing() {
    let ring = feature(
        r#"{"actor":"A"}"#,
        "[[[36,35],[39,35],[39,36],[36,36],[36,35]],[[37,35.2],[38,35.2],[38,35.8],[37,35.8],[37,35.2]]]",
    );
    let ground = told(&ring);
    assert_eq!(ground.problems, []);
    let labels = label(&ground.value, [site(1, 36.5), site(2, 37.5), site(3, 38.5)]).value;
    assert_eq!(labels.iter().map(|label| label.site.name.as_str()).collect::<Vec<_>>(), ["V1", "V3"]);
}

#[test]
fn settlements_take_the_side_of_the_polygon_they_lie_in() {
    let ground = told(&collection(&[
        feature(r#"{"actor":"Army","date":"2024-11-26","source":"Atlas"}"#, &square(36.0, 37.0)),
        feature(r#"{"actor":"Rebels","date":"2024-11-26"}"#, &square(37.0, 38.0)),
    ]));
    let labels = label(&ground.value, [site(1, 36.5), site(2, 37.5), site(3, 39.0), site(1, 36.5)]);
    assert_eq!(labels.problems, []);
    let said: Vec<_> = labels.value.iter().map(|row| (row.site.name.as_str(), &row.control)).collect();
    assert_eq!(said, [("V1", &held("army")), ("V2", &held("rebels"))]);
    assert_eq!(labels.value[0].source, "front.geojson: Atlas");
    let timeline = Timeline::of(&labels.value, &[]).value;
    assert_eq!(
        (
            timeline.at(Date::constant(2024, 12, 1)).len(),
            timeline.settlements(Date::constant(2024, 12, 1)).count()
        ),
        (0, 2)
    );
    assert_eq!(timeline.settlements(Date::constant(2024, 11, 25)).count(), 0);
    assert_eq!(timeline.history(&site(1, 0.0).key())[0].control, Some(held("army")));
}

#[test]
fn polygons_that_overlap_are_told_once_and_what_lies_in_both_is_contested() {
    let ground = told(&collection(&[
        feature(r#"{"actor":"Army"}"#, &square(36.0, 37.0)),
        feature(r#"{"actor":"Rebels"}"#, &square(36.4, 38.0)),
        feature(r#"{"actor":"Guards"}"#, &square(50.0, 51.0)),
    ]));
    let ground: Vec<Territory> = ground
        .value
        .into_iter()
        .map(|t| Territory { as_of: Some(Date::constant(2024, 1, 1)), ..t })
        .collect();
    let labels = label(&ground, [site(1, 36.5), site(2, 36.6), site(3, 36.1)]);
    assert_eq!(
        messages(&labels.problems),
        [
            (
                Code::BaselineConflict,
                "feature 1 (army) and feature 2 (rebels) overlap: 2 settlements lie in both, as `V1`"
            ),
            (
                Code::BadPolygon,
                "no settlement of the gazetteer lies in feature 3 (guards), so it changes nothing"
            ),
        ]
    );
    let timeline = Timeline::of(&labels.value, &[]);
    assert_eq!(timeline.problems, [], "told once, and not for each settlement");
    let both = Control::Contested(vec![ActorId("army".into()), ActorId("rebels".into())]);
    assert_eq!(timeline.value.history(&site(1, 0.0).key())[0].control, Some(both));
}

#[test]
fn of_an_earlier_run_the_last_day_is_taken_as_certain_as_it_was() {
    let area = |actor: &str, start: &str, end: &str, certainty: &str, west: f64| {
        let properties = format!(
            r#"{{"control":"held","actor":"The {actor}","actor_id":"{actor}","start":"{start}","end":{end},"claimed":false,"certainty":"{certainty}"}}"#
        );
        feature(&properties, &square(west, west + 1.0))
    };
    let ground = told(&collection(&[
        area("army", "2024-12-01", "\"2024-12-05\"", "solid", 36.0),
        area("rebels", "2024-12-05", "null", "solid", 36.0),
        area("army", "2024-12-01", "null", "presumed", 37.0),
    ]));
    assert_eq!(ground.problems, []);
    let day = Some(Date::constant(2024, 12, 5));
    let said: Vec<_> = ground.value.iter().map(|t| (&t.control, t.as_of, t.presumed)).collect();
    assert_eq!(said, [(&held("rebels"), day, false), (&held("army"), day, true)]);
}

#[test]
fn a_polygon_across_the_antimeridian_holds_what_lies_on_both_sides() {
    let ground = told(&feature(r#"{"actor":"A"}"#, "[[[178,35],[182,35],[182,36],[178,36],[178,35]]]"));
    let labels = label(&ground.value, [site(1, 179.0), site(2, -179.0), site(3, -177.0)]).value;
    assert_eq!(labels.iter().map(|label| label.site.name.as_str()).collect::<Vec<_>>(), ["V1", "V2"]);
}
