//! The columns of a table that say where.

use super::{Resolve, Row, Sought, round};
use crate::claim::{GeoPrecision, Site};
use crate::diag::{Code, Locus, Problem, short};
use crate::gazetteer::{Kind, PlaceId};
use crate::units::LonLat;

/// The ground of a row, by the gazetteer where it knows it, with what the row itself says in place of what the
/// gazetteer would; a row that gives `lat` and `lon` needs no gazetteer.
///
/// # Errors
/// `bad-place` where a number is no coordinate; `unknown-place` where nothing says where it is.
pub fn site(row: &Row, file: &str, resolve: &Resolve<'_>) -> Result<Site, Problem> {
    let problem = |code, message: String| {
        Problem::new(code, Locus::Line { file: file.into(), line: row.line }, message)
    };
    let bad = |message: String| problem(Code::BadPlace, message);
    let at = position(row).map_err(bad)?;
    let id = match row.cell("place_id") {
        None => None,
        Some(text) => {
            Some(PlaceId(text.parse().map_err(|_| bad(format!("`{}` is no place id", short(text))))?))
        }
    };
    let precision = match row.cell("geo_precision") {
        None => None,
        Some(text) => Some(GeoPrecision::parse(text).ok_or_else(|| {
            let names: Vec<_> = GeoPrecision::ALL.iter().map(|(_, name)| format!("`{name}`")).collect();
            bad(format!("`{}` is none of {}", short(text), names.join(", ")))
        })?),
    };
    let name = row.cell("place").unwrap_or_default();
    let (admin1, country) = (row.cell("admin1"), row.cell("country"));
    if name.is_empty() && id.is_none() && at.is_none() {
        return Err(bad("the row names no place and gives no lat and lon".into()));
    }
    let named = !name.is_empty() || id.is_some();
    let found = if named { resolve(&Sought { id, name, admin1, country, at }) } else { None };
    let mut site = match (found, at) {
        (Some(site), _) => site,
        (None, Some(at)) => unlisted(id, name, at, precision),
        (None, None) => {
            let within = [admin1, country].into_iter().flatten().map(short).collect::<Vec<_>>().join(", ");
            let within = if within.is_empty() { within } else { format!(" in {within}") };
            let message = format!("`{}`{within} is in no gazetteer", short(name));
            return Err(problem(Code::UnknownPlace, message)
                .help("give lat and lon in the row, correct the spelling, or add the place to a gazetteer"));
        }
    };
    if !name.is_empty() {
        name.clone_into(&mut site.name);
    }
    site.at = at.or(site.at);
    site.precision = precision.unwrap_or(site.precision);
    site.local = row.cell("place_local").map(str::to_owned).or(site.local);
    site.admin1 = admin1.map(str::to_owned).or(site.admin1);
    // A name of the country ("Syria") never replaces the code the gazetteer gives.
    let code = country.filter(|c| c.len() == 2 || site.country.is_none());
    site.country = code.map(str::to_owned).or(site.country);
    Ok(site)
}

/// A place that only the table knows.
fn unlisted(id: Option<PlaceId>, name: &str, at: LonLat, precision: Option<GeoPrecision>) -> Site {
    let kind = match precision {
        None | Some(GeoPrecision::Place | GeoPrecision::Near) => Kind::Town,
        Some(GeoPrecision::Admin2) => Kind::Admin2,
        Some(GeoPrecision::Admin1) => Kind::Admin1,
        Some(GeoPrecision::Country) => Kind::Country,
    };
    Site {
        id,
        name: if name.is_empty() { format!("{}, {}", at.lat(), at.lon()) } else { name.to_owned() },
        local: None,
        admin1: None,
        country: None,
        at: Some(at),
        kind,
        population: 0,
        precision: precision.unwrap_or(GeoPrecision::Place),
    }
}

/// The position a row gives, to five decimals.
fn position(row: &Row) -> Result<Option<LonLat>, String> {
    match (row.cell("lat"), row.cell("lon")) {
        (None, None) => Ok(None),
        (Some(lat), None) => Err(format!("lat is `{}` and lon is empty", short(lat))),
        (None, Some(lon)) => Err(format!("lon is `{}` and lat is empty", short(lon))),
        (Some(lat), Some(lon)) => match (degrees(lat), degrees(lon)) {
            (Some(y), Some(x)) => LonLat::new(round(x), round(y)).map(Some).ok_or_else(|| {
                let swapped = LonLat::new(y, x).map_or("", |_| "; are lat and lon swapped?");
                let pair = format!("({}, {})", short(lat), short(lon));
                format!("{pair} is not a latitude in ±90 and a longitude in ±180{swapped}")
            }),
            (None, _) => Err(format!("lat `{}` is no number of degrees", short(lat))),
            (_, None) => Err(format!("lon `{}` is no number of degrees", short(lon))),
        },
    }
}

/// Decimal degrees, with a decimal point or comma and any of the minus signs people type.
pub(crate) fn degrees(text: &str) -> Option<f64> {
    let text = text.trim_end_matches('°').replace(['−', '–'], "-");
    let text = if text.contains('.') { text } else { text.replace(',', ".") };
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Columns, read};

    const COLUMNS: Columns =
        Columns { known: &["place", "place_id", "lat", "lon", "country", "geo_precision"], needed: &[] };

    fn one(row: &str) -> Result<Site, String> {
        let text = format!("place,place_id,lat,lon,country,geo_precision\n{row}\n");
        let table = read("t.csv", text.as_bytes(), COLUMNS);
        let hama = |sought: &Sought<'_>| {
            (sought.name == "Hama").then(|| Site {
                id: Some(PlaceId(170_017)),
                name: "Ḩamāh".into(),
                local: Some("حماة".into()),
                admin1: Some("Hama".into()),
                country: Some("SY".into()),
                at: Some(LonLat::new(36.75, 35.13).unwrap()),
                kind: Kind::Town,
                population: 460_602,
                precision: GeoPrecision::Place,
            })
        };
        site(&table.value[0], "t.csv", &hama).map_err(|problem| problem.message)
    }

    #[test]
    fn a_known_name_needs_no_position_and_keeps_its_spelling() {
        let hama = one("Hama,,,,Syria,").unwrap();
        assert_eq!((hama.name.as_str(), hama.local.as_deref()), ("Hama", Some("حماة")));
        assert_eq!((hama.country.as_deref(), hama.at.unwrap().lat()), (Some("SY"), 35.13));
    }

    #[test]
    fn a_position_needs_no_known_name() {
        let spot = one("Checkpoint 7,,\"35,25\",36.7512345,SY,").unwrap();
        assert_eq!((spot.at.unwrap().lat(), spot.at.unwrap().lon(), spot.id), (35.25, 36.75123, None));
        assert_eq!(one(",,35.25,-36.75,,").unwrap().name, "35.25, -36.75");
    }

    #[test]
    fn what_is_no_place_is_told_with_its_value() {
        for (row, message) in [
            ("Hama,,301,48.2,,", "(301, 48.2) is not a latitude in ±90 and a longitude in ±180"),
            (
                "Hama,,120.5,48.2,,",
                "(120.5, 48.2) is not a latitude in ±90 and a longitude in ±180; are lat and lon swapped?",
            ),
            ("Hama,,35.1,,,", "lat is `35.1` and lon is empty"),
            ("Hama,,north,36,,", "lat `north` is no number of degrees"),
            ("Hama,x9,,,,", "`x9` is no place id"),
            ("Hama,,,,,town", "`town` is none of `place`, `near`, `admin2`, `admin1`, `country`"),
            ("Hamma,,,,SY,", "`Hamma` in SY is in no gazetteer"),
        ] {
            assert_eq!(one(row).unwrap_err(), message);
        }
    }
}
