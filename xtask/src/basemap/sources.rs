//! The packages the base map is made from, and how each is read.

use super::shapefile::{dbf, shp};
use super::{P, scratch};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

/// A first-level unit as it comes, before its borders are shared with its neighbours.
pub(crate) struct Unit {
    /// ISO 3166-2 code, or Natural Earth's stand-in.
    pub(crate) code: String,
    /// English name.
    pub(crate) name: String,
    /// ISO 3166-1 two-letter code of the country.
    pub(crate) country: String,
    /// The country's English name.
    pub(crate) country_name: String,
    /// Who administers it, by Natural Earth's three letters.
    pub(crate) ruled_by: String,
    /// Polygons of rings, the first of each the outer one; rings are not closed.
    pub(crate) polygons: Vec<Vec<Vec<P>>>,
}

/// A river, or a stretch of one.
pub(crate) struct River {
    /// Its name; empty if it has none.
    pub(crate) name: String,
    /// 0 the greatest to 10.
    pub(crate) rank: u8,
    /// Whether it is a course through a lake.
    pub(crate) lake: bool,
    /// Its course.
    pub(crate) line: Vec<P>,
}

#[derive(Deserialize)]
struct Features {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    adm1_code: String,
    iso_3166_2: String,
    iso_a2: String,
    adm0_a3: String,
    admin: String,
    name: Option<String>,
    name_en: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<Vec<[f64; 2]>>),
    MultiPolygon(Vec<Vec<Vec<[f64; 2]>>>),
}

/// Territories without a code of their own in Natural Earth, by its three letters, and the ISO 3166-1 country that
/// they belong to by the same list (or that claims them, for the two no list settles: `XS` and `XJ` are
/// user-assigned codes).
const CODELESS: &[(&str, &str)] = &[
    ("ESB", "GB"),
    ("WSB", "GB"),
    ("SOL", "SO"),
    ("USG", "CU"),
    ("CYN", "CY"),
    ("KAS", "XJ"),
    ("KAB", "KZ"),
    ("IOA", "AU"),
    ("CSI", "AU"),
    ("PGA", "XS"),
    ("CLP", "FR"),
];

/// Country names as ISO 3166-1 or common English now has them, where the source is older or longer.
const NAMES: &[(&str, &str)] = &[
    ("BN", "Brunei"),
    ("BS", "Bahamas"),
    ("CD", "DR Congo"),
    ("CI", "Côte d’Ivoire"),
    ("CG", "Republic of the Congo"),
    ("CV", "Cape Verde"),
    ("CZ", "Czechia"),
    ("GB", "United Kingdom"),
    ("GW", "Guinea-Bissau"),
    ("HK", "Hong Kong"),
    ("MK", "North Macedonia"),
    ("MO", "Macao"),
    ("PS", "Palestine"),
    ("RS", "Serbia"),
    ("SS", "South Sudan"),
    ("ST", "São Tomé and Príncipe"),
    ("SZ", "Eswatini"),
    ("TK", "Tokelau"),
    ("TL", "Timor-Leste"),
    ("TZ", "Tanzania"),
    ("US", "United States"),
    ("XJ", "Siachen Glacier"),
    ("XS", "Spratly Islands"),
];

impl Properties {
    /// The country by international recognition where the source's code says so (Crimea's is `UA-43`), else the
    /// source's own.
    fn country(&self) -> String {
        let coded = self.iso_3166_2.get(..2).unwrap_or("");
        let settled = CODELESS.iter().find(|(who, _)| *who == self.adm0_a3).map(|(_, code)| *code);
        settled.unwrap_or(if coded == "UA" { coded } else { &self.iso_a2 }).to_owned()
    }
}

/// The first-level units of the world.
pub(crate) fn units() -> Result<Vec<Unit>, Box<dyn Error>> {
    let text = fs::read_to_string(scratch().join("places/package/data/build.json"))?;
    let Features { features } = serde_json::from_str(&text)?;
    let mut units: Vec<Unit> = features
        .into_iter()
        .map(|Feature { properties, geometry }| {
            let country = properties.country();
            let named = NAMES.iter().find(|(code, _)| *code == country);
            let english = properties.name_en.as_deref().filter(|name| !name.is_empty());
            let own = properties.name.as_deref().unwrap_or("");
            let name = if properties.iso_3166_2.contains("-X") { own } else { english.unwrap_or(own) };
            let polygons = match geometry {
                Geometry::Polygon(polygon) => vec![polygon],
                Geometry::MultiPolygon(polygons) => polygons,
            };
            Unit {
                code: if properties.iso_3166_2.is_empty() {
                    properties.adm1_code.clone()
                } else {
                    properties.iso_3166_2.clone()
                },
                name: name.to_owned(),
                country_name: named.map_or(properties.admin.clone(), |(_, name)| (*name).to_owned()),
                country,
                ruled_by: properties.adm0_a3.clone(),
                polygons: polygons
                    .iter()
                    .map(|polygon| polygon.iter().map(|ring| ring_of(ring)).collect::<Vec<_>>())
                    .filter_map(tidy)
                    .collect(),
            }
        })
        .collect();
    // A country is called as most of it is: territories listed with it do not name it.
    let mut names: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for unit in &units {
        *names.entry(unit.country.clone()).or_default().entry(unit.country_name.clone()).or_default() += 1;
    }
    for unit in &mut units {
        let most = names[&unit.country].iter().max_by_key(|(_, count)| **count);
        unit.country_name = most.map_or_else(String::new, |(name, _)| name.clone());
    }
    units.sort_by(|a, b| (&a.country, &a.code, &a.name).cmp(&(&b.country, &b.code, &b.name)));
    Ok(units)
}

/// The nearest point of the grid.
pub(crate) fn point(at: [f64; 2]) -> P {
    ((at[0] * 1e4).round() as i32, (at[1] * 1e4).round() as i32)
}

/// A ring on the grid, not closed, without repeated points or spikes.
fn ring_of(ring: &[[f64; 2]]) -> Vec<P> {
    let mut out: Vec<P> = Vec::with_capacity(ring.len());
    for &at in ring {
        let at = point(at);
        if out.last() == Some(&at) {
            continue;
        }
        if out.len() >= 2 && out[out.len() - 2] == at {
            out.pop();
            continue;
        }
        out.push(at);
    }
    while out.len() > 1 && out.first() == out.last() {
        out.pop();
    }
    while out.len() > 2 && out[1] == out[out.len() - 1] {
        out.remove(0);
        out.pop();
    }
    out
}

/// Rings of under four points (closed) are no rings; outer rings are turned counter-clockwise, holes clockwise.
fn tidy(mut rings: Vec<Vec<P>>) -> Option<Vec<Vec<P>>> {
    if rings.first().is_none_or(|outer| outer.len() < 3) {
        return None;
    }
    rings.retain(|ring| ring.len() >= 3);
    for (n, ring) in rings.iter_mut().enumerate() {
        if (super::topology::twice_area(ring) > 0) != (n == 0) {
            ring.reverse();
        }
    }
    Some(rings)
}

fn magics(name: &str) -> PathBuf {
    scratch().join("magics/usr/share/magics/10m").join(name)
}

/// Border lines that the source does not call international boundaries: disputed, indefinite, lines of control.
pub(crate) fn disputed_lines() -> Result<Vec<Vec<P>>, Box<dyn Error>> {
    let name = "ne_10m_admin_0_boundary_lines_land";
    let rows = dbf(&fs::read(magics(&format!("{name}.dbf")))?)?;
    let lines = shp(&fs::read(magics(&format!("{name}.shp")))?, &fs::read(magics(&format!("{name}.shx")))?)?;
    Ok(rows
        .iter()
        .zip(lines)
        .filter(|(row, _)| !row.get("featurecla").is_some_and(|class| class.starts_with("International")))
        .flat_map(|(_, parts)| parts)
        .collect())
}

/// Rivers, named in English where the source gives a local name only for a stretch.
pub(crate) fn rivers() -> Result<Vec<River>, Box<dyn Error>> {
    let name = "ne_10m_rivers_lake_centerlines";
    let rows = dbf(&fs::read(magics(&format!("{name}.dbf")))?)?;
    let lines = shp(&fs::read(magics(&format!("{name}.shp")))?, &fs::read(magics(&format!("{name}.shx")))?)?;
    let mut rivers = Vec::new();
    for (row, parts) in rows.iter().zip(lines) {
        let name = match row.get("name").map_or("", String::as_str) {
            "Al Furat" => "Euphrates",
            name => name,
        };
        let rank: f64 = row.get("scalerank").and_then(|rank| rank.parse().ok()).unwrap_or(10.0);
        let lake = row.get("featurecla").is_some_and(|class| class == "Lake Centerline");
        for line in parts {
            let mut line = vec![line];
            super::simplify::arcs(&mut line, &[if rank < 7.0 { 0.6 } else { 1.2 }]);
            let line = line.remove(0);
            if line.len() >= 2 {
                rivers.push(River { name: name.to_owned(), rank: rank as u8, lake, line });
            }
        }
    }
    rivers.sort_by(|a, b| (a.rank, &a.name, &a.line).cmp(&(b.rank, &b.name, &b.line)));
    Ok(rivers)
}

#[derive(Deserialize)]
struct Topojson {
    objects: BTreeMap<String, Collection>,
    arcs: Vec<Vec<[i64; 2]>>,
    transform: Transform,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

/// Lakes: polygons of rings.
pub(crate) fn lakes() -> Result<Vec<Vec<Vec<P>>>, Box<dyn Error>> {
    let text = fs::read_to_string(scratch().join("sane/package/dist/world_50m.json"))?;
    let world: Topojson = serde_json::from_str(&text)?;
    let line = |id: i64| -> Vec<[f64; 2]> {
        let mut at = [0, 0];
        let mut points: Vec<[f64; 2]> = Vec::new();
        for step in &world.arcs[if id < 0 { !id } else { id } as usize] {
            at = [at[0] + step[0], at[1] + step[1]];
            let on = |n: usize| at[n] as f64 * world.transform.scale[n] + world.transform.translate[n];
            points.push([on(0), on(1)]);
        }
        if id < 0 {
            points.reverse();
        }
        points
    };
    let mut lakes = Vec::new();
    for shape in &world.objects["lakes"].geometries {
        let polygons: Vec<Vec<Vec<i64>>> = match shape["type"].as_str() {
            Some("Polygon") => vec![serde_json::from_value(shape["arcs"].clone())?],
            Some("MultiPolygon") => serde_json::from_value(shape["arcs"].clone())?,
            _ => continue,
        };
        for polygon in polygons {
            let rings = polygon
                .iter()
                .map(|arcs| ring_of(&rounded(&arcs.iter().flat_map(|&id| line(id)).collect::<Vec<_>>())));
            lakes.extend(tidy(rings.collect()));
        }
    }
    lakes.sort();
    Ok(lakes)
}

/// A ring with its corners cut once (Chaikin), since the source's grid of about 2 km shows as steps.
fn rounded(ring: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut open: Vec<[f64; 2]> = ring.to_vec();
    open.dedup();
    if open.len() > 1 && open.first() == open.last() {
        open.pop();
    }
    if open.len() < 4 {
        return open;
    }
    let mut out = Vec::with_capacity(open.len() * 2);
    for (n, a) in open.iter().enumerate() {
        let b = open[(n + 1) % open.len()];
        out.push([a[0] * 0.75 + b[0] * 0.25, a[1] * 0.75 + b[1] * 0.25]);
        out.push([a[0] * 0.25 + b[0] * 0.75, a[1] * 0.25 + b[1] * 0.75]);
    }
    out
}
