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

/// Gives each row that is one of the embedded places the id of that place, and what the row does not say of it.
pub(super) fn join(rows: &mut [Row], form: Form) {
    let embedded = Gazetteer::embedded();
    let own = if form == Form::Dump { unnumbered(&embedded) } else { BTreeMap::new() };
    let mut taken: BTreeSet<u64> = rows.iter().map(|row| row.id).collect();
    for row in rows {
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
        let over = mine.over(Gazetteer::embedded());
        assert_eq!(over.find("حماة").iter().filter(|c| c.place.at.distance(hama.at).0 < 20.0).count(), 1);
    }
}
