//! Baselines as tables and as polygons, and what changed between two days.

use super::*;

const HELD: &str = r#"{"type":"FeatureCollection","name":"control","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},
"features":[
{"type":"Feature","properties":{"fid":1,"Held by":"Army","date":"2024-11-26"},"geometry":{"type":"MultiPolygon","coordinates":[[[[35.5,32.2,0],[38.5,32.2,0],[38.5,37.2,0],[35.5,37.2,0],[35.5,32.2,0]]]]}},
{"type":"Feature","properties":{"fid":2,"Held by":"Guards","date":"2024-11-26"},"geometry":{"type":"Polygon","coordinates":[[[38.5,33],[42.4,33],[42.4,37.4],[38.5,37.4],[38.5,33]]]}}]}"#;

const EVENTS: &str = "date,place,country,change,gaining\n2024-12-05,Hama,SY,captured,Rebels\n2024-12-06,Homs,SY,contested,Rebels\n";

fn drawn(files: &[(&str, &[u8])], arguments: &[&str]) -> (TempDir, Run) {
    let made = folder(files);
    let (events, out) = (at(&made, "events.csv"), at(&made, "out"));
    let mut all =
        vec!["render".to_owned(), events, "-o".to_owned(), out, "--region".to_owned(), "SY".to_owned()];
    for argument in arguments {
        let path = made.path().join(argument);
        all.push(if path.exists() { path.to_string_lossy().into_owned() } else { (*argument).to_owned() });
    }
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let run = run(&all);
    (made, run)
}

fn features(made: &TempDir, file: &str) -> Vec<serde_json::Value> {
    let text = read(&made.path().join("out").join(file));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    value["features"].as_array().unwrap().iter().map(|feature| feature["properties"].clone()).collect()
}

#[test]
fn polygons_of_a_gis_give_every_settlement_a_side_and_events_flip_theirs() {
    let files: &[(&str, &[u8])] = &[("events.csv", EVENTS.as_bytes()), ("held.geojson", HELD.as_bytes())];
    let (made, run) = drawn(files, &["--baseline", "held.geojson"]);
    let run = run.ends(0);
    assert!(!run.err.contains("baseline"), "{}", run.err);
    // Only the places that an event names are listed; the thousands of others are the polygons' own.
    let places = features(&made, "places.geojson");
    let told: Vec<_> = places.iter().map(|p| (p["place"].as_str().unwrap(), p["actor"].clone())).collect();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told.contains(&("Hama", "Army".into())) && told.contains(&("Hama", "Rebels".into())), "{told:?}");
    assert!(places.iter().any(|place| place["source"] == "held.geojson"), "{places:?}");
    let areas = features(&made, "areas.geojson");
    let sides: std::collections::BTreeSet<&str> =
        areas.iter().filter_map(|area| area["actor"].as_str()).collect();
    assert!(["Army", "Guards", "Rebels"].iter().all(|side| sides.contains(side)), "{sides:?}");
}

#[test]
fn polygons_alone_are_enough_to_draw() {
    let none = "date,place,change,gaining\n";
    let files: &[(&str, &[u8])] = &[("events.csv", none.as_bytes()), ("held.geojson", HELD.as_bytes())];
    let (made, run) = drawn(files, &["--baseline", "held.geojson"]);
    run.ends(0);
    let map = read(&made.path().join("out/maps/2024-11-26.svg"));
    assert!(map.contains("Army") && map.contains("Guards") && map.contains("held.geojson"));
    assert_eq!(features(&made, "places.geojson").len(), 0);
}

#[test]
fn the_areas_of_an_earlier_run_are_a_baseline() {
    let files: &[(&str, &[u8])] = &[("events.csv", EVENTS.as_bytes()), ("held.geojson", HELD.as_bytes())];
    let (first, run) = drawn(files, &["--baseline", "held.geojson"]);
    run.ends(0);
    let areas = std::fs::read(first.path().join("out/areas.geojson")).unwrap();
    let later = "date,place,country,change,gaining\n2024-12-08,Homs,SY,captured,Rebels\n";
    let files: &[(&str, &[u8])] = &[("events.csv", later.as_bytes()), ("areas.geojson", &areas)];
    let (made, run) = drawn(files, &["--baseline", "areas.geojson"]);
    run.ends(0);
    let places = features(&made, "places.geojson");
    let homs: Vec<_> = places.iter().map(|place| (&place["actor"], &place["start"])).collect();
    assert_eq!(homs.len(), 2, "{homs:?}");
    // As of the last day of that run, on which it was fought over.
    assert_eq!(homs[0].1, "2024-12-06");
    assert!(homs[0].0.as_str().unwrap().contains("Army"), "{homs:?}");
    assert_eq!((homs[1].0.as_str(), homs[1].1.as_str()), (Some("Rebels"), Some("2024-12-08")));
    let sides: std::collections::BTreeSet<String> = features(&made, "areas.geojson")
        .iter()
        .filter_map(|area| Some(area["actor"].as_str()?.to_owned()))
        .collect();
    assert!(sides.contains("Guards") && sides.contains("Army"), "{sides:?}");
}

#[test]
fn what_is_wrong_with_a_baseline_is_told_and_the_rest_is_used() {
    let polygons = r#"{"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"actor":"Army"},"geometry":{"type":"Polygon","coordinates":[[[36,34],[38,36],[38,34],[36,36],[36,34]]]}},
      {"type":"Feature","properties":{"colour":"red"},"geometry":{"type":"Polygon","coordinates":[[[36,34],[38,34],[38,36],[36,34]]]}},
      {"type":"Feature","properties":{"actor":"Guards"},"geometry":{"type":"Polygon","coordinates":[[[36.9,34],[38,34],[38,36],[36.9,34]]]}},
      {"type":"Feature","properties":{"actor":"Guards"},"geometry":null}]}"#;
    let rows = "place,country,actor,as_of\nHama,SY,Army,2024-11-26\nHama,SY,Guards,2024-11-26\nHoms,SY,Army,9999-01-01\n";
    let files: &[(&str, &[u8])] = &[
        ("events.csv", EVENTS.as_bytes()),
        ("held.json", polygons.as_bytes()),
        ("held.csv", rows.as_bytes()),
        ("empty.csv", b""),
        ("empty.geojson", b"{}"),
        ("metres.geojson", br#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"features":[]}"#),
    ];
    let arguments: Vec<&str> = ["held.json", "held.csv", "empty.csv", "empty.geojson", "metres.geojson"]
        .into_iter()
        .flat_map(|file| ["--baseline", file])
        .collect();
    let (made, run) = drawn(files, &arguments);
    run.ends(0).tells(&[
        "bad-polygon",
        "feature 1 (Army) crosses itself near 35.0000, 37.0000",
        "feature 2 has no property that names its actor",
        "colour",
        "feature 4 has no geometry",
        "overlap",
        "baseline-conflict",
        "held.csv:3",
        "`Hama` is held by Guards here and held by Army",
        "as_of `9999-01-01` is no day",
        "empty.csv",
        "the table is empty",
        "empty.geojson",
        "EPSG:3857",
    ]);
    let hama = features(&made, "places.geojson")
        .into_iter()
        .find(|place| place["place"] == "Hama" && place["start"] == "2024-11-26")
        .unwrap();
    assert_eq!((hama["control"].as_str(), hama["actor"].as_str()), (Some("contested"), Some("Army;Guards")));
}

#[test]
fn a_project_may_have_several_baselines() {
    let project = "region = [\"SY\"]\nbaseline = [\"held.csv\", \"held.geojson\"]\n";
    let made = folder(&[
        ("conflict-map.toml", project.as_bytes()),
        ("held.csv", b"place,actor,as_of\nHama,Rebels,2024-11-26\n"),
        ("held.geojson", HELD.as_bytes()),
        ("a.md", b"---\npublished: 2024-12-05\n---\nRebels captured Homs on Thursday.\n"),
    ]);
    let project = made.path().to_string_lossy().into_owned();
    let why = run(&["why", "Hama", "--on", "2024-12-05", "-p", &project]).ends(0);
    assert!(why.out.contains("held by Rebels since 2024-11-26"), "{}", why.out);
    let ground = run(&["why", "--at", "35.9,40.5", "--on", "2024-12-05", &project]).ends(0);
    assert!(ground.out.contains("held by Guards (solid"), "{}", ground.out);
    assert!(ground.out.contains("baseline: held.geojson"), "{}", ground.out);
}

#[test]
fn a_point_of_ground_leads_back_to_the_sentences_behind_the_places_around_it() {
    let project = "examples/syria-2024";
    let why = run(&["why", "--at", "35.14,36.75", "--on", "2024-12-06", "-p", project]).ends(0);
    for words in ["held by HTS-led opposition", "solid", "Hama (Hama, SY)", "“", "claim "] {
        assert!(why.out.contains(words), "`{words}` is missing from:\n{}", why.out);
    }
    let why =
        run(&["why", "--at", "35.14,36.75", "--on", "2024-12-06", "-p", project, "--format", "json"]).ends(0);
    let value: serde_json::Value = serde_json::from_str(&why.out).unwrap();
    assert_eq!((value["control"].as_str(), value["certainty"].as_str()), (Some("held"), Some("solid")));
    let first = &value["places"][0];
    assert!(first["share"].as_f64().unwrap() > 0.3, "{value:#}");
    assert!(first["events"][0]["claims"][0]["quote"].as_str().unwrap().contains("Hama"), "{value:#}");
    // In the sea, and before anything was known.
    run(&["why", "--at", "34.0,34.0", "--on", "2024-12-06", "-p", project])
        .ends(0)
        .tells(&["no-ground", "34, 34"]);
    run(&["why", "--at", "35.14,36.75", "--on", "1900-01-01", "-p", project]).ends(0).tells(&["no-ground"]);
    run(&["why", "--at", "135,36", "--on", "2024-12-06", "-p", project]).ends(2).tells(&["35.2,36.7"]);
    run(&["why", "--on", "2024-12-06"]).ends(2).tells(&["--at"]);
}

#[test]
fn what_changed_between_two_days_is_told_place_by_place() {
    let project = "examples/syria-2024";
    let told = run(&["between", "2024-12-04", "2024-12-06", project]).ends(0);
    assert!(
        told.out.contains(
            "Hama (Hama, SY): Syrian government → HTS-led opposition\n    2024-12-05: Hama captured"
        ),
        "{}",
        told.out
    );
    assert!(!told.out.contains("Aleppo"), "{}", told.out);
    let table = run(&["between", "2024-12-04", "2024-12-06", project, "--format", "csv"]).ends(0);
    let hama = rows(&table.out)
        .into_iter()
        .find(|row| row["place"] == "Hama" && row["geo_precision"] == "place")
        .unwrap();
    assert_eq!(
        (hama["actor_before"].as_str(), hama["actor_after"].as_str()),
        ("Syrian government", "HTS-led opposition")
    );
    assert_eq!(
        (hama["start"].as_str(), hama["events"].as_str()),
        ("2024-12-05", "2024-12-05-hama-captured-opposition")
    );
    let json = run(&["between", "2024-12-04", "2024-12-06", project, "--format", "json"]).ends(0);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let places = value["changed"].as_array().unwrap();
    assert_eq!(places.len(), rows(&table.out).len());
    assert!(
        places.iter().any(|place| place["place"] == "Hama" && place["steps"][0]["start"] == "2024-12-05")
    );
    let none = run(&["between", "2024-12-05", "2024-12-05", project]).ends(0);
    assert!(none.out.contains("no place changed hands"), "{}", none.out);
    run(&["between", "2024-12-06", "2024-12-04", project]).ends(2).tells(&["2024-12-06 is after 2024-12-04"]);
    run(&["between", "1900-01-01", "1900-01-02", project])
        .ends(0)
        .tells(&["nothing is known on or before 1900-01-02"]);
}

#[test]
fn a_change_dated_to_a_month_is_shown_on_no_day_of_it() {
    let table = "date,place,country,change,gaining,losing\n2024-11-01,Homs,SY,captured,Army,\n2024-11,Hama,SY,captured,Rebels,Army\n\
                 2024-11-15,Idlib,SY,captured,Rebels,\n9999-12-05,Aleppo,SY,captured,Rebels,\n";
    let made = folder(&[("events.csv", table.as_bytes())]);
    let (events, out) = (at(&made, "events.csv"), at(&made, "out"));
    let drawn = run(&["render", &events, "-o", &out]).ends(0);
    let drawn = drawn.tells(&[
        "loose-date",
        "Hama (2024-11-01 to 2024-11-30)",
        "date `9999-12-05` lies after 2200",
        "events.csv:5",
    ]);
    assert!(
        drawn.out.contains("2024-11-30  Rebels take Hama from Army between 1 Nov 2024 and 30 Nov 2024"),
        "{}",
        drawn.out
    );
    let middle = read(&Path::new(&out).join("maps/2024-11-15.svg"));
    assert!(
        middle.contains(
            "Hama (changed between 1 November 2024 and 30 November 2024: Army before, Rebels after)"
        )
    );
    let places = features(&made, "places.geojson");
    let hama: Vec<_> = places.iter().filter(|place| place["place"] == "Hama").collect();
    assert_eq!((&hama[0]["start"], &hama[0]["end"]), (&"2024-11-01".into(), &"2024-11-30".into()));
    assert_eq!((&hama[0]["before"], &hama[0]["after"]), (&"Army".into(), &"Rebels".into()));
    assert!(hama[0]["control"].is_null());
    assert_eq!((&hama[1]["start"], &hama[1]["start_earliest"]), (&"2024-11-30".into(), &"2024-11-01".into()));
    let between = run(&["between", "2024-10-31", "2024-11-15", "--events", &events]).ends(0);
    assert!(between.out.contains("Hama (Hama, SY): nothing known → Army or Rebels"), "{}", between.out);
    let between =
        run(&["between", "2024-11-15", "2024-11-30", "--events", &events, "--format", "csv"]).ends(0);
    let rows = rows(&between.out);
    assert_eq!((rows[0]["control_before"].as_str(), rows[0]["actor_after"].as_str()), ("unsure", "Rebels"));
}
