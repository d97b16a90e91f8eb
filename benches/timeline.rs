//! How long it takes to know who held what: a year of events, and a baseline of polygons over all settlements of a country.
//!
//! `cargo bench --bench timeline`

use conflict_map::actor::ActorId;
use conflict_map::claim::{GeoPrecision, Site};
use conflict_map::event::{Event, table};
use conflict_map::gazetteer::{Kind, PlaceId};
use conflict_map::timeline::polygons::{self, Territory};
use conflict_map::timeline::{Holding, Timeline};
use conflict_map::units::{Date, LonLat};
use std::fmt::Write as _;

fn main() {
    divan::main();
}

/// Settlements in a square of six degrees, in no order that a map has.
fn settlements(count: u64) -> Vec<Site> {
    let spread = |n: u64, step: f64| (n as f64 * step).fract() * 6.0;
    let site = |n| Site {
        id: Some(PlaceId(n)),
        name: format!("Village {n}"),
        local: Some("قرية".to_owned()),
        admin1: Some("Hama".to_owned()),
        country: Some("SY".to_owned()),
        at: LonLat::new(36.0 + spread(n, 0.618_034), 32.0 + spread(n, 0.754_878)),
        kind: Kind::Town,
        population: 0,
        precision: GeoPrecision::Place,
    };
    (1..=count).map(site).collect()
}

/// Two sides along a front of so many corners.
fn ground(corners: u32) -> Vec<Territory> {
    let front =
        |i: u32| (39.0 + 0.2 * f64::from(i % 7) / 7.0, 32.0 + 6.0 * f64::from(i) / f64::from(corners));
    let side = |actor: &str, edge: f64| {
        let mut ring = format!("[{edge},38],[{edge},32]");
        for (x, y) in (0..=corners).map(front) {
            let _ = write!(ring, ",[{x:.6},{y:.6}]");
        }
        format!(
            r#"{{"type":"Feature","properties":{{"actor":"{actor}","as_of":"2024-01-01"}},"geometry":{{"type":"Polygon","coordinates":[[{ring},[{edge},38]]]}}}}"#
        )
    };
    let (west, east) = (side("army", 36.0), side("rebels", 42.0));
    let text = format!(r#"{{"type":"FeatureCollection","features":[{west},{east}]}}"#);
    polygons::read("held.geojson", text.as_bytes(), &|name| ActorId(name.to_owned())).value
}

fn labels(count: u64) -> Vec<Holding> {
    polygons::label(&ground(10_000), settlements(count)).value
}

/// A year of captures, ten a day.
fn year() -> Vec<Event> {
    let mut text = "date,place,lat,lon,change,gaining\n".to_owned();
    for n in 0..3650 {
        let day = Date::constant(2024, 1, 1) + jiff::Span::new().days(n / 10);
        let (place, side) = (n * 7 % 911, if n % 3 == 0 { "army" } else { "rebels" });
        let _ = writeln!(
            text,
            "{day},Town {place},{:.4},{:.4},captured,{side}",
            32.0 + f64::from(place) / 200.0,
            36.5
        );
    }
    table::read("events.csv", text.as_bytes(), &|_| None, &|name| ActorId(name.to_owned())).value
}

#[divan::bench]
fn read_polygons_of_a_front_of_10_000_corners(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(|| ground(10_000));
}

#[divan::bench(args = [12_600, 100_000])]
fn label_settlements(bencher: divan::Bencher<'_, '_>, count: u64) {
    let ground = ground(10_000);
    bencher.with_inputs(|| settlements(count)).bench_values(|sites| polygons::label(&ground, sites));
}

#[divan::bench(args = [12_600, 100_000])]
fn timeline_of_a_year_over_labelled_settlements(bencher: divan::Bencher<'_, '_>, count: u64) {
    let (rows, events) = (labels(count), year());
    bencher.bench(|| Timeline::of(&rows, &events));
}

#[divan::bench(args = [12_600, 100_000])]
fn a_day_of_all_settlements(bencher: divan::Bencher<'_, '_>, count: u64) {
    let timeline = Timeline::of(&labels(count), &year()).value;
    let day = Date::constant(2024, 7, 1);
    bencher.bench(|| timeline.at(day).into_iter().chain(timeline.settlements(day)).count());
}

#[divan::bench]
fn between_two_days_of_a_year(bencher: divan::Bencher<'_, '_>) {
    let timeline = Timeline::of(&[], &year()).value;
    bencher.bench(|| timeline.between(Date::constant(2024, 6, 1), Date::constant(2024, 7, 1)).len());
}
