//! GeoNames' other names: `alternateNamesV2.txt`, joined to the places of a dump by their id.

use super::lines::Lines;
use super::told::Told;
use super::{Draft, local, names, text};
use crate::diag::{Code, short};
use std::collections::BTreeMap;
use std::io::{self, BufRead};

/// What stands in place of a language where the name is none that people say.
const NO_LANGUAGE: [&str; 14] = [
    "link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "abbr", "phon", "piny", "fr_1793",
    "swift", "uicn",
];

/// Most names of one place that are kept.
const MOST_NAMES: usize = 500;

/// Adds the names of a table to the places they name; the others it passes over. Gives how many places got one.
pub(super) fn add<R: BufRead>(mut lines: Lines<R>, draft: &mut Draft, told: &mut Told) -> io::Result<usize> {
    let numbers: BTreeMap<u64, usize> =
        draft.rows.iter().enumerate().map(|(number, row)| (row.id, number)).collect();
    let mut named = vec![false; draft.rows.len()];
    // How sure the local name is: 1 from a row of its language, 2 from one that is preferred.
    let mut sure = vec![0_u8; draft.rows.len()];
    let mut some = false;
    while let Some((line, row)) = lines.next(told)? {
        let f: Vec<&str> = row.split('\t').collect();
        let id = f.get(1).and_then(|id| id.parse::<u64>().ok());
        let (Some(id), true) = (id, matches!(f.len(), 4..=10)) else {
            if !row.is_empty()
                && !row.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("alternatenameid"))
            {
                let message = format!("not a row of GeoNames' alternate names: {:?}", short(&row));
                told.line_with_help(
                    Code::BadRow,
                    line,
                    message,
                    "a row has an id, a geonameid, a language and a name, by tabs",
                );
            }
            continue;
        };
        some = true;
        let Some(&number) = numbers.get(&id) else { continue };
        let (language, preferred) = (f[2], f.get(4).is_some_and(|flag| *flag == "1"));
        if NO_LANGUAGE.contains(&language) {
            continue;
        }
        let Some(name) = text(f[3]).filter(|name| names::is_word(name)) else { continue };
        named[number] = true;
        let historic = f.get(7).is_some_and(|flag| *flag == "1");
        let row = &mut draft.rows[number];
        let is_local = local::language(&row.country) == Some(language) && !historic;
        if is_local && sure[number] < 1 + u8::from(preferred) {
            sure[number] = 1 + u8::from(preferred);
            if row.local != name {
                let before = std::mem::replace(&mut row.local, name);
                keep(&mut row.others, before);
            }
            continue;
        }
        if language == "en" && preferred && !historic && row.name != name {
            let before = std::mem::replace(&mut row.name, name);
            keep(&mut row.others, before);
            continue;
        }
        if row.name != name && row.local != name {
            keep(&mut row.others, name);
        }
    }
    if !some {
        let message = "the table holds no alternate name";
        told.whole(Code::BadTable, message, "give alternateNamesV2.txt, or a country's table of that form");
    }
    Ok(named.into_iter().filter(|named| *named).count())
}

fn keep(others: &mut Vec<String>, name: String) {
    if !name.is_empty() && others.len() < MOST_NAMES && !others.contains(&name) {
        others.push(name);
    }
}

#[cfg(test)]
mod tests {
    use crate::gazetteer::PlaceId;
    use crate::gazetteer::read::tests::read_text;
    use std::io::Cursor;

    #[test]
    fn names_join_their_places_and_the_language_picks_the_local_one() {
        let dump = "7\tAl Makan\tAl Makan\tx\t35.2\t36.7\tP\tPPL\tSY\t\t10\t\t\t\t0\t\t9\tAsia/Damascus\t2020-01-01\n";
        let names = "1\t7\tlink\thttps://en.wikipedia.org/wiki/Makan\n2\t7\tfr\tLe Lieu\t\t\t\t\n3\t7\tar\tمكان\t\t\t\t\t\t\n\
                     4\t7\tar\tالمكان\t1\t\t\t\n5\t7\ten\tThe Place\t1\t\t\t\n6\t99\ten\tElsewhere\t\t\t\t\n7\t7\tpost\t12345\t\t\t\t\nbroken\n";
        let mut table = read_text("SY.txt", dump).value;
        let problems = table.add_names("alternateNamesV2.txt", Cursor::new(names)).unwrap();
        assert_eq!(problems.len(), 1);
        assert!(problems[0].message.contains("broken"), "{problems:?}");
        let gazetteer = table.gazetteer();
        let place = gazetteer.place(PlaceId(7)).unwrap();
        assert_eq!((place.name, place.local), ("The Place", Some("المكان")));
        let mut all = gazetteer.names(PlaceId(7));
        all.sort_unstable();
        assert_eq!(all, ["Al Makan", "Le Lieu", "The Place", "المكان", "مكان"]);
    }
}
