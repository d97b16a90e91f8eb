//! Rows of named cells, from CSV or GeoJSON, made into places.

use super::columns::{Role, kind, split};
use super::told::Told;
use super::{Draft, is_day, position, text};
use crate::diag::{Code, short};
use crate::gazetteer::compile::Row;
use crate::gazetteer::layout::{KINDS, own_id};
use crate::gazetteer::{Gazetteer, Kind, tables};
use std::collections::{BTreeMap, BTreeSet};

/// Most names kept of one place.
const MOST_NAMES: usize = 500;

/// Takes rows one by one.
#[derive(Default)]
pub(super) struct Points {
    pub(super) draft: Draft,
    /// The codes and numbers that rows had so far.
    keys: BTreeSet<String>,
    countries: BTreeMap<String, String>,
    units: BTreeMap<(String, String), String>,
}

impl Points {
    /// Takes a row: what its cells hold, and where it is if no cell says.
    pub(super) fn take(
        &mut self,
        line: u64,
        cells: &[(Role, &str)],
        at: Option<(f64, f64)>,
        told: &mut Told,
    ) {
        let cell = |role: Role| {
            cells
                .iter()
                .find(|(is, cell)| *is == role && !cell.trim().is_empty())
                .map_or("", |(_, cell)| cell.trim())
        };
        let Some((name, local, mut others)) = names(cells) else {
            told.line(Code::BadPlace, line, "this place has no name");
            return;
        };
        if others.len() > MOST_NAMES {
            let left = others.len() - MOST_NAMES;
            told.line(Code::BadRow, line, format!("{left} names more than the {MOST_NAMES} that are kept"));
            others.truncate(MOST_NAMES);
        }
        let (lat, lon) = match at {
            Some((lat, lon)) => (lat.to_string(), lon.to_string()),
            None => (degrees(cell(Role::Latitude)), degrees(cell(Role::Longitude))),
        };
        let (lat, lon) = match position(&lat, &lon) {
            Ok(at) => at,
            Err(message) => {
                told.line(Code::BadPlace, line, message);
                return;
            }
        };
        let named = cells.iter().any(|(role, cell)| matches!(role, Role::Name(_)) && !cell.trim().is_empty());
        let word = match cell(Role::Kind) {
            "" if named => kind(cell(Role::Place)).unwrap_or_default(),
            word => word,
        };
        let population = count(cell(Role::Population));
        let feature = cell(Role::Feature);
        let kind = match kind(word) {
            Some(kind) => kind,
            None if !feature.is_empty() => tables::kind(feature, population),
            None if word.is_empty() => tables::kind("", population),
            None => {
                let help = format!("one of {}", KINDS.join(", "));
                let message =
                    format!("no kind of place is called {:?}; it is taken for a village", short(word));
                told.line_with_help(Code::BadRow, line, message, &help);
                "village"
            }
        };
        let country = self.country(cells, cell(Role::Code));
        let code = cell(Role::Code);
        let id = match cell(Role::GeoNames).parse::<u64>() {
            Ok(id) if id > 0 => id,
            _ if !code.is_empty() => own_id(code, &country, "code"),
            _ => own_id(&format!("{name}|{lat}|{lon}"), &country, kind),
        };
        let key = [cell(Role::GeoNames), code, cell(Role::Number)].into_iter().find(|key| !key.is_empty());
        if let Some(key) = key
            && !self.keys.insert(key.to_owned())
        {
            let message =
                format!("the id {} is that of a place on an earlier line; this row is left out", short(key));
            told.line(Code::BadRow, line, message);
            return;
        }
        let day = cell(Role::Day).get(..10).unwrap_or("").replace('/', "-");
        if is_day(&day) && day > self.draft.latest {
            self.draft.latest = day;
        }
        let (admin1, admin2) = (cell(Role::Admin1), cell(Role::Admin2));
        let row = Row {
            id,
            name,
            local,
            others,
            kind: kind.to_owned(),
            feature: feature.to_owned(),
            lat,
            lon,
            population,
            admin1: self.unit(admin1, &country),
            admin2: text(admin2).unwrap_or_default(),
            country,
        };
        self.draft.add(line, row, told);
    }

    /// The ISO code of the country that a row names by code or name, or by the beginning of its P-code.
    fn country(&mut self, cells: &[(Role, &str)], code: &str) -> String {
        let said = cells.iter().filter(|(role, _)| *role == Role::Country).map(|(_, cell)| cell.trim());
        let begins = code.get(..2).filter(|_| code.as_bytes().get(2).is_some_and(u8::is_ascii_digit));
        for said in said.chain(begins).filter(|said| !said.is_empty()) {
            if let Some(known) = self.countries.get(said) {
                return known.clone();
            }
            let embedded = Gazetteer::embedded();
            let upper = said.to_uppercase();
            let found = if embedded.country(&upper).is_some() {
                Some(upper)
            } else {
                let named = embedded.find(said);
                let country = named.iter().find(|candidate| candidate.place.kind == Kind::Country);
                country.map(|candidate| candidate.place.country.to_owned())
            };
            if let Some(found) = found {
                self.countries.insert(said.to_owned(), found.clone());
                return found;
            }
        }
        String::new()
    }

    /// A first-level unit by the name that the program knows it by, so that tables agree.
    fn unit(&mut self, name: &str, country: &str) -> String {
        let Some(name) = text(name) else { return String::new() };
        let key = (name, country.to_owned());
        if let Some(known) = self.units.get(&key) {
            return known.clone();
        }
        let embedded = Gazetteer::embedded();
        let found = embedded
            .find(&key.0)
            .into_iter()
            .find(|candidate| candidate.place.kind == Kind::Admin1 && candidate.place.country == country);
        let usual = found.map_or_else(|| key.0.clone(), |candidate| candidate.place.name.to_owned());
        self.units.insert(key, usual.clone());
        usual
    }
}

/// The place's own name, its name in another script, and its others.
fn names(cells: &[(Role, &str)]) -> Option<(String, String, Vec<String>)> {
    let mut own: Vec<(u8, String)> = Vec::new();
    let mut others = Vec::new();
    for (role, cell) in cells {
        match role {
            Role::Name(rank) => own.extend(text(cell).map(|name| (*rank, name))),
            Role::Others => others.extend(split(cell).filter_map(text)),
            _ => {}
        }
    }
    if own.is_empty() {
        let place = cells.iter().find(|(role, _)| *role == Role::Place);
        own.extend(place.and_then(|(_, cell)| text(cell)).map(|name| (2, name)));
    }
    own.sort_by_key(|(rank, name)| (!is_latin(name), *rank));
    let mut own = own.into_iter().map(|(_, name)| name);
    let name = own.next().or_else(|| (!others.is_empty()).then(|| others.remove(0)))?;
    let mut local = String::new();
    for more in own {
        if local.is_empty() && !is_latin(&more) && is_latin(&name) {
            local = more;
        } else if more != name && !others.contains(&more) {
            others.push(more);
        }
    }
    Some((name, local, others))
}

/// Whether a name is written in Latin letters.
pub(super) fn is_latin(name: &str) -> bool {
    let letter = name.chars().find(|c| c.is_alphabetic());
    letter.is_none_or(|c| c.is_ascii() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'))
}

/// Degrees as a spreadsheet prints them, as a number that can be parsed: a comma is a decimal point.
fn degrees(cell: &str) -> String {
    let cell = cell.trim().trim_end_matches('°');
    if cell.contains('.') { cell.to_owned() } else { cell.replace(',', ".") }
}

/// How many, as a spreadsheet prints it: `1,234`, `12 345`, `7000.0`.
fn count(cell: &str) -> u32 {
    let digits: String = cell.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '\'')).collect();
    digits.parse::<f64>().map_or(0, |count| count.clamp(0.0, f64::from(u32::MAX)) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_spreadsheets_print_them() {
        assert_eq!(["36,752", "-0.5", "36°"].map(degrees), ["36.752", "-0.5", "36"]);
        assert_eq!(["12,345", "12 345", "7000.0", "-3", "many"].map(count), [12345, 12345, 7000, 0, 0]);
    }

    #[test]
    fn the_latin_name_is_the_places_own_and_the_other_script_its_local_one() {
        let cells = [(Role::Name(4), "قرية"), (Role::Name(1), "Qarya"), (Role::Others, "Karya; Qariyah")];
        let (name, local, others) = names(&cells).unwrap();
        assert_eq!((name.as_str(), local.as_str(), others.len()), ("Qarya", "قرية", 2));
        let (name, local, _) = names(&[(Role::Name(1), "قرية")]).unwrap();
        assert_eq!((name.as_str(), local.as_str()), ("قرية", ""));
    }
}
