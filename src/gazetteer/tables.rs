//! The tables in `gazetteer/`: their text in, rows for the compiler out.

use super::compile::{CountryRow, Row};
use super::fold::fold;
use super::layout::own_id;
use std::collections::{BTreeMap, BTreeSet};

/// The texts of the tables, unpacked.
pub struct Tables<'t> {
    /// `places.tsv`: settlements.
    pub places: &'t str,
    /// `units.tsv`: first- and second-level units.
    pub units: &'t str,
    /// `nations.tsv`: countries as the data sets have them.
    pub nations: &'t str,
    /// `waters.tsv`: rivers of the base map.
    pub waters: &'t str,
    /// `airports.tsv`: airports and air bases.
    pub airports: &'t str,
    /// `countries.csv`: countries as people name them and their peoples.
    pub countries: &'t str,
    /// `regions.csv`: parts of the world, seas, lakes, rivers.
    pub regions: &'t str,
    /// `supplement.csv`: places the data sets lack.
    pub supplement: &'t str,
    /// `alternates.csv`: names the data sets lack.
    pub alternates: &'t str,
}

/// All rows of all tables, and the countries. What a table gets wrong is left out; the tests of the library read the
/// tables again and say what.
#[must_use]
pub fn rows(tables: &Tables<'_>) -> (Vec<Row>, Vec<CountryRow>) {
    let mut rows = Vec::with_capacity(300_000);
    let names: BTreeMap<&str, &str> =
        tsv(tables.units).filter_map(|f| Some((*f.first()?, *f.get(2)?))).collect();
    let unit = |code: String| names.get(code.as_str()).map_or_else(String::new, |name| (*name).to_owned());

    // Typed rows first: of two rows with one id the compiler keeps the first.
    rows.extend(supplement(tables.regions));
    rows.extend(supplement(tables.supplement));
    let rivers = rows.iter().filter(|row| row.kind == "river");
    let typed: BTreeSet<String> =
        rivers.flat_map(|row| row.others.iter().chain([&row.name])).map(|name| fold(name)).collect();
    for f in tsv(tables.places).filter(|f| f.len() == 11) {
        let (feature, population) = (f[4], f[7].parse().unwrap_or(0));
        rows.push(Row {
            id: f[0].parse().unwrap_or(0),
            name: f[1].to_owned(),
            local: f[2].to_owned(),
            others: list(f[3]),
            kind: kind(feature, population).to_owned(),
            feature: feature.to_owned(),
            lat: degrees(f[5]).unwrap_or(0),
            lon: degrees(f[6]).unwrap_or(0),
            population,
            country: f[8].to_owned(),
            admin1: unit(format!("{}.{}", f[8], f[9])),
            admin2: if f[10].is_empty() {
                String::new()
            } else {
                unit(format!("{}.{}.{}", f[8], f[9], f[10]))
            },
        });
    }
    let mut inhabitants: BTreeMap<(String, String), u32> = BTreeMap::new();
    for row in &rows {
        let sum = inhabitants.entry((row.country.clone(), row.admin1.clone())).or_default();
        *sum = sum.saturating_add(row.population);
    }
    for f in tsv(tables.units).filter(|f| f.len() == 7) {
        let Some((lat, lon)) = degrees(f[5]).zip(degrees(f[6])) else { continue };
        let (level, country) = (f[0].matches('.').count(), f[0].split('.').next().unwrap_or(""));
        let parent = if level == 2 { f[0].rsplit_once('.').map_or("", |(parent, _)| parent) } else { "" };
        rows.push(Row {
            id: f[1].parse().unwrap_or(0),
            name: f[2].to_owned(),
            local: f[3].to_owned(),
            others: list(f[4]),
            kind: format!("admin{level}"),
            feature: format!("ADM{level}"),
            lat,
            lon,
            // Of a first-level unit what its towns have; for the second level the towns are too few to say.
            population: match level {
                1 => inhabitants.get(&(country.to_owned(), f[2].to_owned())).copied().unwrap_or(0),
                _ => 0,
            },
            country: country.to_owned(),
            admin1: unit(parent.to_owned()),
            ..Row::default()
        });
    }
    for f in tsv(tables.waters).filter(|f| f.len() == 5) {
        let Some((lat, lon)) = degrees(f[3]).zip(degrees(f[4])) else { continue };
        // Natural Earth names each stretch in its own language; a river typed with all its names is one place.
        if [f[1]].into_iter().chain(f[2].split('|')).any(|name| typed.contains(&fold(name))) {
            continue;
        }
        rows.push(Row {
            id: own_id(f[1], "", f[0]),
            name: f[1].to_owned(),
            others: list(f[2]),
            kind: f[0].to_owned(),
            lat,
            lon,
            ..Row::default()
        });
    }
    for f in tsv(tables.airports).filter(|f| f.len() == 7) {
        let Some((lat, lon)) = degrees(f[5]).zip(degrees(f[6])) else { continue };
        rows.push(Row {
            id: own_id(f[0], f[3], "airport"),
            name: f[1].to_owned(),
            others: list(f[2]),
            kind: if is_base(f[1]) { "base" } else { "airport" }.to_owned(),
            feature: if is_base(f[1]) { "AIRB" } else { "AIRP" }.to_owned(),
            country: f[3].to_owned(),
            admin1: unit(f[4].to_owned()),
            lat,
            lon,
            ..Row::default()
        });
    }
    let countries = countries(tables, &mut rows);
    alternates(tables.alternates, &mut rows);
    (rows, countries)
}

/// Whether an airfield's name says that it is a military one.
fn is_base(name: &str) -> bool {
    ["Air Base", "Airbase", "Military", "Air Force", "AFB", "Army", "Naval"]
        .iter()
        .any(|word| name.contains(word))
}

/// The kind of a GeoNames settlement. GeoNames does not tell towns from villages, so below 2,000 inhabitants (or where
/// nobody counted) what is no seat of a unit above the lowest is called a village.
pub(crate) fn kind(feature: &str, population: u32) -> &'static str {
    match feature {
        "PPLX" => "quarter",
        "PPLC" | "PPLCH" | "PPLG" | "PPLA" | "PPLA2" | "PPLA3" => "town",
        _ if population >= 2000 => "town",
        _ => "village",
    }
}

/// Rows of `supplement.csv` and `regions.csv`: id, name, local, alternates, kind, lat, lon, population, country, admin1,
/// admin2, source.
#[must_use]
pub fn supplement(table: &str) -> Vec<Row> {
    let row = |f: Vec<String>| -> Option<Row> {
        let field = |i: usize| f.get(i).map_or("", |text| text.trim());
        let (name, kind, country) = (field(1), field(4), field(8));
        Some(Row {
            id: match field(0) {
                "" => own_id(name, country, kind),
                id => id.parse().ok()?,
            },
            name: (!name.is_empty()).then(|| name.to_owned())?,
            local: field(2).to_owned(),
            others: list(field(3)),
            kind: kind.to_owned(),
            lat: degrees(field(5))?,
            lon: degrees(field(6))?,
            population: field(7).parse().unwrap_or(0),
            country: country.to_owned(),
            admin1: field(9).to_owned(),
            admin2: field(10).to_owned(),
            ..Row::default()
        })
    };
    csv(table).into_iter().skip(1).filter_map(row).collect()
}

/// Countries: id, place and names in many languages from the data sets; usual name, more names and people from
/// `countries.csv` (code, name, alternates, demonyms, and where the data sets have no or no good position lat, lon, source).
fn countries(tables: &Tables<'_>, rows: &mut Vec<Row>) -> Vec<CountryRow> {
    let mut nations: BTreeMap<&str, Vec<&str>> =
        tsv(tables.nations).filter(|f| f.len() == 8).map(|f| (f[0], f)).collect();
    let mut countries = Vec::new();
    for typed in csv(tables.countries).into_iter().skip(1).filter(|f| f.len() == 7) {
        let (code, name) = (typed[0].clone(), typed[1].clone());
        let nation = nations.remove(code.as_str());
        let given = |i: usize| nation.as_ref().map_or("", |f| f[i]);
        let at = degrees(&typed[4]).zip(degrees(&typed[5])).or(degrees(given(5)).zip(degrees(given(6))));
        let Some((lat, lon)) = at else { continue };
        let mut others = list(&typed[2]);
        others.extend([given(2).to_owned()].into_iter().filter(|other| *other != name && !other.is_empty()));
        others.extend(list(given(4)));
        let id = given(1).parse().unwrap_or_else(|_| own_id(&name, &code, "country"));
        rows.push(Row {
            id,
            name: name.clone(),
            local: given(3).to_owned(),
            others,
            kind: "country".to_owned(),
            feature: "PCL".to_owned(),
            lat,
            lon,
            population: given(7).parse().unwrap_or(0),
            country: code.clone(),
            ..Row::default()
        });
        countries.push(CountryRow { code, name, id, demonyms: list(&typed[3]) });
    }
    countries
}

/// Names from `alternates.csv` (id, name, usual, source) join the places they name; a usual one becomes the name, and one to
/// drop is no name of it.
fn alternates(table: &str, rows: &mut [Row]) {
    let mut by_id: BTreeMap<u64, usize> = BTreeMap::new();
    let mut renamed: BTreeMap<(String, String), String> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        by_id.entry(row.id).or_insert(number);
    }
    for f in csv(table).into_iter().skip(1).filter(|f| f.len() >= 3) {
        let Some(&number) = f[0].parse().ok().and_then(|id: u64| by_id.get(&id)) else { continue };
        let row = &mut rows[number];
        match f[2].as_str() {
            "yes" => {
                let before = std::mem::replace(&mut row.name, f[1].clone());
                if row.kind == "admin1" {
                    renamed.insert((row.country.clone(), before.clone()), row.name.clone());
                }
                row.others.push(before);
            }
            "local" => {
                let before = std::mem::replace(&mut row.local, f[1].clone());
                row.others.push(before);
            }
            "drop" => row.others.retain(|other| fold(other) != fold(&f[1])),
            _ => row.others.push(f[1].clone()),
        }
        if row.kind == "airport" && is_base(&row.name) {
            (row.kind, row.feature) = ("base".to_owned(), "AIRB".to_owned());
        }
    }
    for row in rows {
        if let Some(name) = renamed.get(&(row.country.clone(), row.admin1.clone())) {
            row.admin1.clone_from(name);
        }
    }
}

/// Names separated by `|`.
pub(crate) fn list(field: &str) -> Vec<String> {
    field.split('|').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Degrees as 1e-5 degrees, if they can be on the globe.
fn degrees(field: &str) -> Option<i32> {
    let degrees: f64 = field.trim().parse().ok()?;
    (degrees.abs() <= 180.0).then(|| (degrees * 1e5).round() as i32)
}

fn tsv(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().map(|line| line.split('\t').collect())
}

/// Fields of a CSV text by RFC 4180; lines that start with `#` are comments.
#[must_use]
pub fn csv(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut rest = table.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => {
                rest.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            _ => field.push(c),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows.retain(|row| !row.first().is_some_and(|first| first.starts_with('#')) && row.len() > 1);
    rows
}
