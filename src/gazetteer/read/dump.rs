//! A GeoNames dump: tabs, 19 columns, no header.

use super::lines::Lines;
use super::told::Told;
use super::{Draft, Form, local, names, position, text};
use crate::diag::Code;
use crate::gazetteer::compile::Row;
use crate::gazetteer::tables;
use crate::gazetteer::{Gazetteer, PlaceId};
use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead};

/// Columns of a dump.
pub(super) const COLUMNS: usize = 19;

/// Names of one place that are kept; GeoNames has a few hundred for the best known countries.
const MOST_NAMES: usize = 500;

/// Whether a line is one of a dump.
pub(super) fn is_dump(line: &str) -> bool {
    let mut columns = line.split('\t');
    let number =
        columns.next().is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()));
    number && columns.count() + 1 == COLUMNS
}

/// Whether a line is the header that some put before a dump.
fn is_header(line: &str) -> bool {
    line.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("geonameid\t"))
}

/// Reads a dump; the names of its units come from its own `ADM1` and `ADM2` rows, or from what the program embeds.
pub(super) fn read<R: BufRead>(
    mut head: VecDeque<(u64, String)>,
    mut lines: Lines<R>,
    told: &mut Told,
) -> io::Result<Draft> {
    let mut draft = Draft { form: Form::Dump, ..Draft::default() };
    let mut units: BTreeMap<String, String> = BTreeMap::new();
    // Until the units are known, a row's `admin1` and `admin2` hold their codes.
    loop {
        let next = match head.pop_front() {
            None => lines.next(told)?,
            some => some,
        };
        let Some((line, text)) = next.filter(|(line, _)| !draft.is_full(*line, told)) else { break };
        if !text.is_empty() && !is_header(&text) {
            row(line, &text, &mut draft, &mut units, told);
        }
    }
    for row in &mut draft.rows {
        for unit in [&mut row.admin1, &mut row.admin2] {
            *unit = units.get(unit.as_str()).cloned().unwrap_or_default();
        }
    }
    Ok(draft)
}

fn row(line: u64, text: &str, draft: &mut Draft, units: &mut BTreeMap<String, String>, told: &mut Told) {
    let f: Vec<&str> = text.split('\t').collect();
    if f.len() != COLUMNS {
        told.line(Code::BadRow, line, format!("{} columns where GeoNames has {COLUMNS}", f.len()));
        return;
    }
    let population = f[14].parse().unwrap_or(0);
    let kind = match (f[6], f[7]) {
        // A place of history is not where anything happens.
        ("P", "PPLH") => return,
        ("P", feature) => tables::kind(feature, population),
        ("A", "ADM1") => "admin1",
        ("A", "ADM2") => "admin2",
        ("S", "AIRB" | "INSM" | "MILB") | ("L", "MILB") => "base",
        ("S", "AIRP" | "AIRF") => "airport",
        ("S", "DAM") => "dam",
        ("S", "PSTB") => "crossing",
        _ => return,
    };
    let Ok(id) = f[0].parse::<u64>() else {
        told.line(Code::BadRow, line, format!("{:?} is not a GeoNames id", crate::diag::short(f[0])));
        return;
    };
    let (lat, lon) = match position(f[4], f[5]) {
        Ok(at) => at,
        Err(message) => {
            told.line(Code::BadPlace, line, message);
            return;
        }
    };
    let Some(name) = self::text(f[1]).or_else(|| self::text(f[2])) else {
        told.line(Code::BadPlace, line, "this place has no name");
        return;
    };
    let (admin1, admin2) = (format!("{}.{}", f[8], f[10]), format!("{}.{}.{}", f[8], f[10], f[11]));
    match kind {
        "admin1" => drop(units.insert(admin1.clone(), usual(id, &name))),
        "admin2" => drop(units.insert(admin2.clone(), usual(id, &name))),
        _ => {}
    }
    // Where Latin is not written, the name is a romanisation.
    let name = if local::language(f[8]).is_some() { names::plain(&name) } else { name };
    let mut names = f[3].split(',').filter(|name| names::is_word(name)).chain([f[2]]);
    let others: Vec<String> = names.by_ref().take(MOST_NAMES).filter_map(self::text).collect();
    let left = names.count();
    if left > 0 {
        told.line(Code::BadRow, line, format!("{left} names more than the {MOST_NAMES} that are kept"));
    }
    let latest = f[18].trim();
    if super::is_day(latest) && latest > draft.latest.as_str() {
        latest.clone_into(&mut draft.latest);
    }
    draft.add(
        line,
        Row {
            id,
            name,
            local: local::among(f[8], &others).unwrap_or_default(),
            others,
            kind: kind.to_owned(),
            feature: f[7].to_owned(),
            lat,
            lon,
            population,
            country: f[8].to_owned(),
            admin1: if kind == "admin1" { String::new() } else { admin1 },
            admin2: if matches!(kind, "admin1" | "admin2") || f[11].is_empty() {
                String::new()
            } else {
                admin2
            },
        },
        told,
    );
}

/// The name of a unit that the program embeds, for a unit has one name wherever it is spoken of; else the dump's own.
fn usual(id: u64, name: &str) -> String {
    let embedded = Gazetteer::embedded();
    embedded.place(PlaceId(id)).map_or_else(|| name.to_owned(), |place| place.name.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::diag::Locus;
    use crate::gazetteer::read::tests::read_text;
    use crate::gazetteer::{Kind, PlaceId};

    fn line(id: &str, name: &str, class: &str, code: &str, admin2: &str) -> String {
        format!(
            "{id}\t{name}\t{name}\tOther {name},Third,alkramt\t35.2\t36.7\t{class}\t{code}\tSY\t\t10\t{admin2}\t\t\t0\t\t9\tAsia/Damascus\t2020-01-01\n"
        )
    }

    #[test]
    fn a_dump_is_read_with_its_units_and_its_day() {
        let dump = line("1", "Hamaland", "A", "ADM1", "")
            + &line("2", "Nowhere", "P", "PPL", "")
            + &line("3", "A Hill", "T", "HLL", "")
            + &line("4", "Gone", "P", "PPLH", "");
        let checked = read_text("SY.txt", &dump);
        assert_eq!(checked.problems, []);
        let about = checked.value.about("SY", "SY.txt");
        assert_eq!(
            (about.date.as_deref(), about.licence.as_deref()),
            (Some("2020-01-01"), Some("CC BY 4.0"))
        );
        let gazetteer = checked.value.gazetteer();
        assert_eq!(gazetteer.len(), 2);
        let place = gazetteer.place(PlaceId(2)).unwrap();
        assert_eq!((place.name, place.kind, place.admin1), ("Nowhere", Kind::Village, Some("Hamaland")));
        assert_eq!(gazetteer.names(PlaceId(2)), ["Nowhere", "Other Nowhere", "Third"]);
        assert_eq!(gazetteer.find("other nowhere").len(), 1);
    }

    #[test]
    fn each_bad_row_of_a_dump_is_told_with_its_line() {
        let good = line("1", "Nowhere", "P", "PPL", "");
        let dump = [
            &good,
            "short\n",
            &good,
            &line("2", "Null", "P", "PPL", "").replace("35.2\t36.7", "0\t0"),
            &line("3", "Far", "P", "PPL", "").replace("36.7", "301"),
            &line("4", " ", "P", "PPL", ""),
            &line("x5", "Five", "P", "PPL", ""),
        ]
        .concat();
        let checked = read_text("SY.txt", &dump);
        assert_eq!(checked.value.gazetteer().len(), 1);
        let told: Vec<(String, &str)> = checked
            .problems
            .iter()
            .map(|p| match &p.at {
                Locus::Line { line, .. } => (format!("{line} {}", p.code.name()), p.message.as_str()),
                other => panic!("{other:?}"),
            })
            .collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(at, message)| (at.as_str(), *message)).collect();
        assert_eq!(
            told,
            [
                ("2 bad-row", "1 columns where GeoNames has 19"),
                ("3 bad-row", "the id 1 is that of a place on an earlier line; this row is left out"),
                (
                    "4 bad-place",
                    "(0, 0) is in the sea off Africa, where tables put places whose position they do not know"
                ),
                ("5 bad-place", "(35.2, 301) is not a latitude in ±90 and a longitude in ±180"),
                ("6 bad-place", "this place has no name"),
                ("7 bad-row", "\"x5\" is not a GeoNames id"),
            ]
        );
    }
}
