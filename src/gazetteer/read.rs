//! Users' own tables of places, compiled at run time by the compiler that makes the embedded index.

use super::compile::{Row, compile};
use super::index::Layer;
use super::layout::{KINDS, own_id};
use super::{Gazetteer, tables};
use crate::diag::{Checked, Code, Locus, Problem};
use std::collections::BTreeMap;

/// Reads a table of places; lay it over the embedded gazetteer with [`Gazetteer::over`].
///
/// Two forms are understood. A GeoNames dump (`SY.txt`: tabs, 19 columns, no header): settlements, first- and
/// second-level units, airfields, dams. Any CSV whose first line names at least the columns `name`, `lat` and `lon`
/// (also `latitude`, `y`, `longitude`, `lng`, `x`; `place`, `admin4name_en` for the name); known besides are `id`,
/// `local`, `alternates` (by `|`), `kind`, `population`, `country`, `admin1`, `admin2`.
///
/// # Units
/// Degrees.
///
/// # Problems
/// `bad-table` if the header is not understood; `bad-place` with its line for each row without a name or a place on the
/// globe, `bad-row` for an unknown kind.
///
/// # Example
/// ```
/// use conflict_map::gazetteer::{Gazetteer, read};
/// let mine = read("mine.csv", "name,lat,lon,country\nTell Nowhere,35.2,36.7,SY\nNo Place,95,10,SY\n");
/// assert_eq!(mine.problems[0].code.name(), "bad-place");
/// let gazetteer = mine.value.over(Gazetteer::embedded());
/// assert_eq!(gazetteer.find("Tell Nowhere").len(), 1);
/// assert_eq!(gazetteer.find("Hama")[0].place.country, "SY");
/// ```
#[must_use]
pub fn read(file: &str, table: &str) -> Checked<Gazetteer> {
    let table = table.strip_prefix('\u{feff}').unwrap_or(table);
    let dump = table.lines().next().is_some_and(|line| line.split('\t').count() == 19);
    let Checked { value: rows, problems } = if dump { geonames(file, table) } else { columns(file, table) };
    let layers = Layer::open(compile(rows, &[]).into()).into_iter().collect();
    Checked { value: Gazetteer { layers }, problems }
}

fn problem(code: Code, file: &str, line: u64, message: impl Into<String>) -> Problem {
    Problem::new(code, Locus::Line { file: file.to_owned(), line }, message)
}

/// A latitude and longitude in 1e-5 degrees, or what is wrong with them.
fn at(lat: &str, lon: &str) -> Result<(i32, i32), String> {
    let number = |text: &str| text.trim().parse::<f64>().ok();
    match number(lat).zip(number(lon)) {
        Some((lat, lon)) if lat.abs() <= 90.0 && lon.abs() <= 180.0 => {
            Ok(((lat * 1e5).round() as i32, (lon * 1e5).round() as i32))
        }
        _ => Err(format!("({lat}, {lon}) is not a latitude in ±90 and a longitude in ±180")),
    }
}

/// The columns of a CSV that are understood, each with the names it goes by.
const COLUMNS: [(&str, &[&str]); 11] = [
    ("name", &["name", "place", "asciiname", "name_en", "admin4name_en", "location"]),
    ("lat", &["lat", "latitude", "y"]),
    ("lon", &["lon", "lng", "long", "longitude", "x"]),
    ("id", &["id", "geonameid"]),
    ("local", &["local", "name_ar", "admin4name_ar", "name_local"]),
    ("alternates", &["alternates", "alternatenames", "aliases"]),
    ("kind", &["kind"]),
    ("population", &["population"]),
    ("country", &["country", "countrycode", "country_code", "iso2"]),
    ("admin1", &["admin1", "admin1name_en", "governorate", "province"]),
    ("admin2", &["admin2", "admin2name_en", "district"]),
];

fn columns(file: &str, table: &str) -> Checked<Vec<Row>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(table.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .map(|header| header.iter().map(|name| name.trim().to_lowercase()).collect())
        .unwrap_or_default();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (column, names) in COLUMNS {
        let found = names.iter().find_map(|name| header.iter().position(|given| given == name));
        places.extend(found.map(|i| (column, i)));
    }
    if ["name", "lat", "lon"].iter().any(|column| !places.contains_key(column)) {
        let message =
            format!("a table of places needs the columns name, lat and lon; this has: {}", header.join(", "));
        return Checked { value: Vec::new(), problems: vec![problem(Code::BadTable, file, 1, message)] };
    }
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                problems.push(problem(Code::BadRow, file, line, format!("{:?}", error.kind())));
                continue;
            }
        };
        let line = record.position().map_or(1, csv::Position::line);
        let get = |column: &str| places.get(column).and_then(|&i| record.get(i)).map_or("", str::trim);
        let (name, kind, country) = (get("name"), get("kind"), get("country"));
        if name.is_empty() {
            problems.push(problem(Code::BadPlace, file, line, "this place has no name"));
            continue;
        }
        let kind = match kind {
            "" => "village",
            known if KINDS.contains(&known) => known,
            _ => {
                let help = format!("one of {}", KINDS.join(", "));
                problems.push(
                    problem(Code::BadRow, file, line, format!("no kind of place is called {kind:?}"))
                        .help(help),
                );
                "village"
            }
        };
        match at(get("lat"), get("lon")) {
            Err(message) => problems.push(problem(Code::BadPlace, file, line, message)),
            Ok((lat, lon)) => rows.push(Row {
                id: get("id")
                    .parse()
                    .unwrap_or_else(|_| own_id(&format!("{name}|{lat}|{lon}"), country, kind)),
                name: name.to_owned(),
                local: get("local").to_owned(),
                others: tables::list(get("alternates")),
                kind: kind.to_owned(),
                lat,
                lon,
                population: get("population").parse().unwrap_or(0),
                country: country.to_owned(),
                admin1: get("admin1").to_owned(),
                admin2: get("admin2").to_owned(),
                ..Row::default()
            }),
        }
    }
    Checked { value: rows, problems }
}

/// A GeoNames dump; the names of units come from its own `ADM1` and `ADM2` rows.
fn geonames(file: &str, table: &str) -> Checked<Vec<Row>> {
    let lines = || table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let mut units: BTreeMap<String, String> = BTreeMap::new();
    for f in lines().filter(|f| f.len() == 19) {
        let code = match f[7] {
            "ADM1" => format!("{}.{}", f[8], f[10]),
            "ADM2" => format!("{}.{}.{}", f[8], f[10], f[11]),
            _ => continue,
        };
        units.insert(code, f[1].to_owned());
    }
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for (number, f) in lines().enumerate() {
        let line = number as u64 + 1;
        if f.len() != 19 {
            problems.push(problem(
                Code::BadRow,
                file,
                line,
                format!("{} columns where GeoNames has 19", f.len()),
            ));
            continue;
        }
        let population = f[14].parse().unwrap_or(0);
        let kind = match (f[6], f[7]) {
            ("P", feature) => tables::kind(feature, population),
            ("A", "ADM1") => "admin1",
            ("A", "ADM2") => "admin2",
            ("S", "AIRB" | "INSM" | "MILB") | ("L", "MILB") => "base",
            ("S", "AIRP" | "AIRF") => "airport",
            ("S", "DAM") => "dam",
            ("S", "PSTB") => "crossing",
            _ => continue,
        };
        let unit = |code: String| units.get(&code).cloned().unwrap_or_default();
        let (admin1, admin2) = (format!("{}.{}", f[8], f[10]), format!("{}.{}.{}", f[8], f[10], f[11]));
        match (f[0].parse(), at(f[4], f[5])) {
            (Ok(id), Ok((lat, lon))) => rows.push(Row {
                id,
                name: f[1].to_owned(),
                local: String::new(),
                others: f[3]
                    .split(',')
                    .chain([f[2]])
                    .filter(|name| !name.is_empty())
                    .map(str::to_owned)
                    .collect(),
                kind: kind.to_owned(),
                feature: f[7].to_owned(),
                lat,
                lon,
                population,
                country: f[8].to_owned(),
                admin1: if kind == "admin1" { String::new() } else { unit(admin1) },
                admin2: if kind == "admin2" { String::new() } else { unit(admin2) },
            }),
            (Err(_), _) => {
                problems.push(problem(Code::BadRow, file, line, format!("{:?} is not a GeoNames id", f[0])));
            }
            (_, Err(message)) => problems.push(problem(Code::BadPlace, file, line, message)),
        }
    }
    Checked { value: rows, problems }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::{Kind, PlaceId};

    #[test]
    fn a_geonames_dump_is_read_with_its_units() {
        let row = |id, name, class, code, admin2| {
            format!(
                "{id}\t{name}\t{name}\tOther {name},Third\t35.2\t36.7\t{class}\t{code}\tSY\t\t10\t{admin2}\t\t\t0\t\t9\tAsia/Damascus\t2020-01-01\n"
            )
        };
        let dump = row(1, "Hamaland", "A", "ADM1", "")
            + &row(2, "Nowhere", "P", "PPL", "")
            + &row(3, "A Hill", "T", "HLL", "")
            + "short\n";
        let Checked { value, problems } = read("SY.txt", &dump);
        assert_eq!(value.len(), 2);
        let place = value.place(PlaceId(2)).unwrap();
        assert_eq!((place.name, place.kind, place.admin1), ("Nowhere", Kind::Village, Some("Hamaland")));
        assert_eq!(value.find("other nowhere").len(), 1);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].at, Locus::Line { file: "SY.txt".to_owned(), line: 4 });
    }

    #[test]
    fn a_bad_row_is_told_with_its_line_and_the_rest_is_used() {
        let table =
            "Place,Latitude,Longitude,kind\n\"Two\nlines\",35,36,dam\n,1,2,\nHigh,91,0,\nOdd,1,2,castle\n";
        let Checked { value, problems } = read("p.csv", table);
        assert_eq!(value.len(), 2);
        let told: Vec<_> = problems.iter().map(|p| (p.code, p.at.clone(), p.message.as_str())).collect();
        let line = |line| Locus::Line { file: "p.csv".to_owned(), line };
        assert_eq!(
            told,
            [
                (Code::BadPlace, line(4), "this place has no name"),
                (Code::BadPlace, line(5), "(91, 0) is not a latitude in ±90 and a longitude in ±180"),
                (Code::BadRow, line(6), "no kind of place is called \"castle\""),
            ]
        );
    }

    #[test]
    fn a_header_that_is_not_understood_is_told() {
        let Checked { value, problems } = read("p.csv", "who,what\na,b\n");
        assert!(value.is_empty());
        assert_eq!(problems[0].code, Code::BadTable);
        assert!(read("empty.csv", "").value.is_empty());
    }
}
