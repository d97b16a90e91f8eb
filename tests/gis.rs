//! The GeoJSON we write, opened by somebody else's reader: GDAL's `ogrinfo` and `ogr2ogr`.
#![expect(clippy::disallowed_methods, reason = "the files are made and read here")]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

const FILES: [&str; 4] = ["events", "places", "areas", "fronts"];

/// The example's output, made once for all tests.
fn example() -> &'static Path {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let status = Command::new(env!("CARGO_BIN_EXE_conflict-map"))
            .args(["map", "examples/syria-2024", "-o"])
            .arg(folder.path())
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
        folder
    })
    .path()
}

fn file(name: &str) -> PathBuf {
    example().join(format!("{name}.geojson"))
}

/// What a GDAL program says, on both streams. No warning and no error may be in it.
fn gdal(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|error| {
        panic!("`{program}` did not start ({error}); `cargo xtask test` installs it, or: apt-get install gdal-bin")
    });
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    let bad = said.lines().find(|line| line.to_lowercase().contains("warning") || line.contains("ERROR"));
    assert_eq!(bad, None, "{program} {arguments:?}");
    said
}

fn summary(path: &Path) -> String {
    gdal("ogrinfo", &["-ro", "-al", "-so", &path.to_string_lossy()])
}

/// How many features a summary counts.
fn count(summary: &str) -> usize {
    let line = summary.lines().find_map(|line| line.strip_prefix("Feature Count: "));
    line.unwrap_or_else(|| panic!("no count in {summary}")).parse().unwrap()
}

/// How many features we wrote.
fn written(name: &str) -> usize {
    let text = std::fs::read_to_string(file(name)).unwrap();
    let collection: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(collection["type"], "FeatureCollection");
    collection["features"].as_array().unwrap().len()
}

#[test]
fn every_file_opens_without_a_warning_and_with_every_feature() {
    for name in FILES {
        let ours = written(name);
        assert!(ours > 0, "{name}.geojson is empty");
        assert_eq!(count(&summary(&file(name))), ours, "{name}.geojson");
    }
}

#[test]
fn days_are_dates_and_not_words() {
    for name in ["places", "areas", "fronts"] {
        let summary = summary(&file(name));
        for field in ["start: Date", "end: Date"] {
            assert!(summary.contains(field), "{name}.geojson has no `{field}`:\n{summary}");
        }
    }
    let events = summary(&file("events"));
    assert!(events.contains("date: Date"), "{events}");
}

#[test]
fn each_file_holds_its_own_kind_of_shape() {
    for (name, shapes) in [
        ("events", &["Point"][..]),
        ("places", &["Point"]),
        ("areas", &["Polygon", "Multi Polygon"]),
        ("fronts", &["Line String", "Multi Line String"]),
    ] {
        let summary = summary(&file(name));
        let shape = summary.lines().find_map(|line| line.strip_prefix("Geometry: ")).unwrap();
        assert!(shapes.contains(&shape), "{name}.geojson holds {shape}");
        assert!(summary.contains("WGS 84"), "{summary}");
    }
}

#[test]
fn everything_lies_in_syria_and_a_little_around_it() {
    for name in FILES {
        let summary = summary(&file(name));
        let extent = summary.lines().find_map(|line| line.strip_prefix("Extent: ")).unwrap();
        let numbers: Vec<f64> = extent
            .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
            .filter_map(|word| word.parse().ok())
            .collect();
        let [west, south, east, north] = numbers[..] else { panic!("{extent}") };
        assert!(west > 35.0 && east < 43.0 && south > 32.0 && north < 38.0, "{name}.geojson: {extent}");
    }
}

#[test]
fn no_area_crosses_itself() {
    let sql = "SELECT count(*) AS broken FROM areas WHERE NOT ST_IsValid(geometry)";
    let areas = file("areas");
    let said = gdal("ogrinfo", &["-ro", "-q", &areas.to_string_lossy(), "-dialect", "SQLite", "-sql", sql]);
    assert!(said.contains("broken (Integer) = 0"), "{said}");
}

#[test]
fn no_two_areas_of_a_day_overlap() {
    // Slivers of the fifth decimal are rounding; a square metre is about 1e-10 square degrees.
    let sql = "SELECT a.start AS day, max(ST_Area(ST_Intersection(a.geometry, b.geometry))) < 1e-5 AS apart \
               FROM areas a, areas b WHERE a.start = '2024-12-06' AND b.start = a.start AND a.rowid < b.rowid";
    let areas = file("areas");
    let said = gdal("ogrinfo", &["-ro", "-q", &areas.to_string_lossy(), "-dialect", "SQLite", "-sql", sql]);
    assert!(said.contains("apart (Integer) = 1"), "{said}");
}

#[test]
fn a_round_trip_through_a_geopackage_keeps_every_feature() {
    let folder = TempDir::new().unwrap();
    for name in FILES {
        let packed = folder.path().join(format!("{name}.gpkg"));
        let back = folder.path().join(format!("{name}.geojson"));
        gdal("ogr2ogr", &[&packed.to_string_lossy(), &file(name).to_string_lossy()]);
        assert_eq!(count(&summary(&packed)), written(name), "{name}.gpkg");
        gdal("ogr2ogr", &["-lco", "RFC7946=YES", &back.to_string_lossy(), &packed.to_string_lossy()]);
        assert_eq!(count(&summary(&back)), written(name), "{name}.geojson after the round trip");
    }
}

#[test]
fn mentions_are_a_layer_of_points() {
    let made = TempDir::new().unwrap();
    let path = made.path().join("mentions.geojson");
    let geoparse = ["geoparse", "-p", "examples/syria-2024", "-o"];
    let output = Command::new(env!("CARGO_BIN_EXE_conflict-map"))
        .args(geoparse)
        .arg(&path)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(&path).unwrap();
    let collection: serde_json::Value = serde_json::from_str(&text).unwrap();
    let told = summary(&path);
    assert!(told.contains("Geometry: Point"), "{told}");
    assert!(count(&told) > 20 && count(&told) == collection["features"].as_array().unwrap().len());
}
