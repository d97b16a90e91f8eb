//! Places of a table that the program knows already, under an id of its own.
//!
//! A town with two ids would be two towns: one taken by what one report calls it, the other held under another spelling.

use super::Form;
use crate::gazetteer::compile::Row;
use crate::gazetteer::fold::fold;
use crate::gazetteer::{Gazetteer, Kind, Place, PlaceId};
use crate::units::LonLat;
use std::collections::{BTreeMap, BTreeSet};

/// Tables differ by so much on where a place is, in kilometres …
const NEAR_KM: f64 = 4.0;
/// … and by so much on a city, an airfield or a unit of land.
const NEAR_LARGE_KM: f64 = 12.0;
const NEAR_UNIT_KM: f64 = 80.0;
/// Inhabitants from which a town is large.
const LARGE: u64 = 50_000;

/// How far the nearest town may be whose country a place is taken to be in, in kilometres.
const NEIGHBOUR_KM: f64 = 50.0;
/// Width of the cells in which it is sought, in degrees: nowhere that people live is one narrower than that.
const CELL: f64 = 1.0;

/// Gives each row that is one of the embedded places the id of that place, and what the row does not say of it.
pub(super) fn join(rows: &mut [Row], form: Form) {
    let embedded = Gazetteer::embedded();
    let own = if form == Form::Dump { unnumbered(&embedded) } else { BTreeMap::new() };
    let mut taken: BTreeSet<u64> = rows.iter().map(|row| row.id).collect();
    for row in &mut *rows {
        if let Some(place) = embedded.place(PlaceId(row.id)) {
            fill(row, &place);
            continue;
        }
        let Some(at) = LonLat::new(f64::from(row.lon) / 1e5, f64::from(row.lat) / 1e5) else { continue };
        let mut names: Vec<String> = [&row.name, &row.local].map(|name| fold(name)).to_vec();
        let twin = if form == Form::Dump {
            names.iter().flat_map(|name| own.get(name).into_iter().flatten()).find_map(|id| {
                let place = embedded.place(*id)?;
                is_one(row, at, &place).then_some(place)
            })
        } else {
            names.extend(row.others.iter().map(|name| fold(name)));
            let found = names.iter().flat_map(|name| embedded.find(name)).map(|candidate| candidate.place);
            found
                .filter(|place| is_one(row, at, place))
                .min_by(|a, b| at.distance(a.at).0.total_cmp(&at.distance(b.at).0).then(a.id.cmp(&b.id)))
        };
        if let Some(place) = twin
            && taken.insert(place.id.0)
        {
            row.id = place.id.0;
            fill(row, &place);
        }
    }
    place_in_countries(rows);
}

/// Gives each row that does not say its country that of the nearest settlement known, if there is one near.
fn place_in_countries(rows: &mut [Row]) {
    if rows.iter().all(|row| !row.country.is_empty()) {
        return;
    }
    let embedded = Gazetteer::embedded();
    let cell = |lat: f64, lon: f64| ((lat / CELL).floor() as i32, (lon / CELL).floor() as i32);
    let mut grid: BTreeMap<(i32, i32), Vec<(LonLat, &str)>> = BTreeMap::new();
    for place in embedded.indices().flat_map(|index| index.from(PlaceId(0))) {
        if class(place.kind.name()).0 == "town" {
            grid.entry(cell(place.at.lat(), place.at.lon())).or_default().push((place.at, place.country));
        }
    }
    for row in rows.iter_mut().filter(|row| row.country.is_empty()) {
        let Some(at) = LonLat::new(f64::from(row.lon) / 1e5, f64::from(row.lat) / 1e5) else { continue };
        let (north, east) = cell(at.lat(), at.lon());
        let cells = (-1..=1).flat_map(|n| (-1..=1).map(move |e| (north + n, east + e)));
        let near = cells.filter_map(|cell| grid.get(&cell)).flatten();
        let nearest = near
            .map(|(there, country)| (at.distance(*there).0, *country))
            .filter(|(km, _)| *km <= NEIGHBOUR_KM)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        if let Some((_, country)) = nearest {
            country.clone_into(&mut row.country);
        }
    }
}

/// The embedded places that have no GeoNames id, by their folded names: those that a dump may know by another.
fn unnumbered(embedded: &Gazetteer) -> BTreeMap<String, Vec<PlaceId>> {
    let mut own: BTreeMap<String, Vec<PlaceId>> = BTreeMap::new();
    for index in embedded.indices() {
        for place in index.from(PlaceId(1 << 40)) {
            for name in embedded.names(place.id) {
                own.entry(fold(name)).or_default().push(place.id);
            }
        }
    }
    own
}

/// Whether a row of one of its names is this place.
fn is_one(row: &Row, at: LonLat, place: &Place<'_>) -> bool {
    let large = u64::from(row.population).max(place.population) >= LARGE;
    let (class, reach) = class(place.kind.name());
    let reach = if large { reach.max(NEAR_LARGE_KM) } else { reach };
    let country = row.country.is_empty() || place.country.is_empty() || row.country == place.country;
    country && self::class(&row.kind).0 == class && at.distance(place.at).0 <= reach
}

/// Kinds that tables take one for the other, and how far tables differ on where they are.
fn class(kind: &str) -> (&str, f64) {
    match kind {
        "quarter" | "village" => ("town", NEAR_KM),
        "airport" => ("base", NEAR_LARGE_KM),
        "town" | "crossing" => (kind, NEAR_KM),
        "base" | "dam" => (kind, NEAR_LARGE_KM),
        _ => (kind, NEAR_UNIT_KM),
    }
}

/// What the row does not say, the embedded place does.
fn fill(row: &mut Row, place: &Place<'_>) {
    let unsaid = |text: &mut String, known: &str| {
        if text.is_empty() {
            known.clone_into(text);
        }
    };
    unsaid(&mut row.local, place.local.unwrap_or(""));
    unsaid(&mut row.country, place.country);
    unsaid(&mut row.admin1, place.admin1.unwrap_or(""));
    unsaid(&mut row.admin2, place.admin2.unwrap_or(""));
    if row.feature.is_empty() && class(&row.kind).0 == class(place.kind.name()).0 {
        place.feature.clone_into(&mut row.feature);
        if row.kind == "village" && place.kind == Kind::Town {
            place.kind.name().clone_into(&mut row.kind);
        }
    }
    if row.population == 0 {
        row.population = place.population as u32;
    }
}

#[cfg(test)]
mod tests {
    use crate::gazetteer::Gazetteer;
    use crate::gazetteer::read::tests::read_text;

    #[test]
    fn a_place_that_the_program_knows_keeps_its_id_and_what_the_table_does_not_say() {
        let embedded = Gazetteer::embedded();
        let hama = embedded.find("Hama")[0].place;
        let table = "name,name_ar,lat,lon,country\nHamah,حماة,35.14,36.74,SY\nHama,,31.0,36.0,SY\nKafr Nowhere,,35.14,36.75,SY\n";
        let mine = read_text("mine.csv", table).value.gazetteer();
        let here = mine.place(hama.id).unwrap();
        assert_eq!((here.name, here.population, here.admin1), ("Hamah", hama.population, hama.admin1));
        assert_eq!((here.kind, here.feature), (hama.kind, hama.feature));
        // One of the name far off is another place, and so is one beside it of another name.
        let far = mine.find("Hama").into_iter().find(|c| c.place.at.lat() < 32.0).unwrap();
        assert_ne!(far.place.id, hama.id);
        assert_eq!(mine.find("Kafr Nowhere").len(), 1);
        let unsaid = read_text("mine.csv", "name,lat,lon\nKafr Nowhere,35.14,36.75\nIsland,-40,-20\n")
            .value
            .gazetteer();
        assert_eq!(unsaid.find("Kafr Nowhere")[0].place.country, "SY");
        assert_eq!(unsaid.find("Island")[0].place.country, "");
        let over = mine.over(Gazetteer::embedded());
        assert_eq!(over.find("حماة").iter().filter(|c| c.place.at.distance(hama.at).0 < 20.0).count(), 1);
    }
}
