//! Airports and air bases: airportsdata (MIT). Only those a report could mean: with an IATA code, or called an air
//! base, and every strip of the countries a war was fought in since 2010.

use super::places::{Settlement, kilometres};
use super::{Done, field, fold::fold};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// The table: ICAO code, name, others, country, admin-1 code, lat, lon.
pub(crate) fn table(scratch: &Path, places: &[Settlement]) -> Done<String> {
    let path = scratch.join("airportsdata/airportsdata/airports.csv");
    let mut reader = csv::Reader::from_path(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut towns: BTreeMap<(&str, i32), Vec<&Settlement>> = BTreeMap::new();
    for place in places {
        towns.entry((&place.country, place.lat.floor() as i32)).or_default().push(place);
    }
    let mut out = String::new();
    for row in reader.deserialize() {
        let row: BTreeMap<String, String> = row.map_err(|e| e.to_string())?;
        let get = |key: &str| row.get(key).map_or("", String::as_str);
        let (name, country) = (field(get("name")), get("country"));
        let military =
            ["Air Base", "Airbase", "Military", "Air Force"].iter().any(|word| name.contains(word));
        if name.is_empty() || !(military || !get("iata").is_empty() || at_war(country)) || name.contains('|')
        {
            continue;
        }
        let (Ok(lat), Ok(lon)) = (get("lat").parse::<f64>(), get("lon").parse::<f64>()) else { continue };
        let near = (-1..=1).filter_map(|step| towns.get(&(country, lat.floor() as i32 + step))).flatten();
        let nearest = near.min_by(|a, b| {
            kilometres((a.lat, a.lon), (lat, lon)).total_cmp(&kilometres((b.lat, b.lon), (lat, lon)))
        });
        let unit = nearest.map_or_else(String::new, |place| format!("{country}.{}", place.admin1));
        let city = field(get("city"));
        let mut others: Vec<String> = Vec::new();
        if !city.is_empty() && !fold(&name).contains(&fold(&city)) {
            others.push(format!("{city} Airport"));
        }
        for (full, short) in [
            ("International Airport", "Airport"),
            ("Air Base", "Airbase"),
            ("Airport", "International Airport"),
        ] {
            if name.ends_with(full) && (short == "Airport" || !name.ends_with("International Airport")) {
                others.push(name.replace(full, short));
            }
        }
        others.dedup();
        let _ = writeln!(
            out,
            "{}\t{name}\t{}\t{country}\t{unit}\t{lat:.4}\t{lon:.4}",
            get("icao"),
            others.join("|")
        );
    }
    Ok(out)
}

/// Countries a war was fought in since 2010 (UCDP/PRIO: at least 25 deaths in battle in a year).
fn at_war(country: &str) -> bool {
    const CODES: &str =
        "AF AM AZ BF CD CF CM ET GE IL IQ IR LB LY ML MM MZ NE NG PH PK PS RU SD SO SS SY TD TR UA YE";
    CODES.split(' ').any(|code| code == country)
}
