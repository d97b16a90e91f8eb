//! The places typed by hand against the rest of what the program knows: each has a source, lies in its country, is not
//! known twice, and answers to the names that reports use. `chronology.csv` beside this file lists such names.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use conflict_map::basemap::Basemap;
use conflict_map::gazetteer::{Gazetteer, Kind, Place, fold};
use conflict_map::units::{Km, LonLat};
use std::collections::BTreeMap;

/// A table of the repository, its rows by column name.
fn rows(file: &str) -> Vec<BTreeMap<String, String>> {
    let path = format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut table = csv::Reader::from_path(path).unwrap();
    table.deserialize().map(Result::unwrap).collect()
}

fn at(row: &BTreeMap<String, String>) -> LonLat {
    LonLat::new(row["lon"].parse().unwrap(), row["lat"].parse().unwrap()).unwrap()
}

fn inhabited(place: &Place<'_>) -> bool {
    matches!(place.kind, Kind::Town | Kind::Village | Kind::Quarter)
}

#[test]
fn every_typed_place_says_where_its_position_is_from() {
    for row in rows("gazetteer/supplement.csv") {
        let source = &row["source"];
        let named = ["Wikipedia", "OCHA", "OpenStreetMap", "DCS", "GeoNames", "middle of"];
        assert!(named.iter().any(|name| source.contains(name)), "{row:?}");
    }
}

#[test]
fn every_typed_place_lies_in_its_country_or_by_its_border() {
    let (gazetteer, basemap) = (Gazetteer::embedded(), Basemap::embedded());
    for row in rows("gazetteer/supplement.csv") {
        let (here, country) = (at(&row), row["country"].as_str());
        let inside = country.is_empty() || basemap.country_at(here) == Some(country);
        let by_it = || gazetteer.within(country).any(|place| place.at.distance(here) <= Km(30.0));
        assert!(inside || by_it(), "{row:?}");
    }
}

#[test]
fn no_typed_settlement_is_known_twice() {
    let gazetteer = Gazetteer::embedded();
    for row in rows("gazetteer/supplement.csv") {
        let (here, name) = (at(&row), row["name"].as_str());
        if !matches!(row["kind"].as_str(), "town" | "village" | "quarter") {
            continue;
        }
        let same: Vec<_> = gazetteer
            .find(name)
            .into_iter()
            .map(|candidate| candidate.place)
            .filter(|place| inhabited(place) && place.country == row["country"])
            .filter(|place| fold(place.name) == fold(name) && place.at.distance(here) <= Km(3.0))
            .collect();
        assert_eq!(same.len(), 1, "{name}: {same:?}");
    }
}

#[test]
fn names_of_the_chronology_lead_to_their_places_first() {
    let gazetteer = Gazetteer::embedded();
    let mut wrong = Vec::new();
    for row in rows("tests/chronology.csv") {
        let (name, country) = (row["name"].as_str(), row["country"].as_str());
        let found = gazetteer.locate(name);
        let first = found.iter().find(|candidate| candidate.place.country == country);
        let near = first.is_some_and(|candidate| candidate.place.at.distance(at(&row)) <= Km(5.0));
        if !near {
            wrong.push(format!("{name}, {country}: {:?}", first.map(|c| (c.place.name, c.place.at))));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
