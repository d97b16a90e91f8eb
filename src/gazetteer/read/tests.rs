//! Tests of reading tables as a whole: what people have, and what is wrong with it.

use super::*;
use crate::diag::Locus;
use crate::gazetteer::Kind;
use std::io::{Cursor, Write};

pub(super) fn read_text(file: &str, text: &str) -> Checked<Table> {
    read_bytes(file, text.as_bytes())
}

fn read_bytes(file: &str, bytes: &[u8]) -> Checked<Table> {
    read(file, Cursor::new(bytes)).unwrap()
}

/// The code, line and message of each problem.
fn told(problems: &[Problem]) -> Vec<(&'static str, u64, &str)> {
    let line = |at: &Locus| match at {
        Locus::Line { line, .. } => *line,
        _ => 0,
    };
    problems.iter().map(|p| (p.code.name(), line(&p.at), p.message.as_str())).collect()
}

#[test]
fn a_bad_row_is_told_with_its_line_and_the_rest_is_used() {
    let table = "Place,Latitude,Longitude,kind\n\"Two\nlines\",35,36,dam\n,1,2,\nHigh,91,0,\nOdd,1,2,castle\nNull,0,0.0,\n";
    let Checked { value, problems } = read_text("p.csv", table);
    assert_eq!(value.len(), 2);
    assert_eq!(
        told(&problems),
        [
            ("bad-place", 4, "this place has no name"),
            ("bad-place", 5, "(91, 0) is not a latitude in ±90 and a longitude in ±180"),
            ("bad-row", 6, "no kind of place is called \"castle\"; it is taken for a village"),
            (
                "bad-place",
                7,
                "(0, 0) is in the sea off Africa, where tables put places whose position they do not know"
            ),
        ]
    );
    assert_eq!(value.gazetteer().find("two lines")[0].place.kind, Kind::Dam);
}

#[test]
fn a_header_that_is_not_understood_or_stands_alone_is_told() {
    let Checked { value, problems } = read_text("p.csv", "who,what\na,b\n");
    assert!(value.is_empty());
    let wanted = "a table of places needs the columns name, lat and lon; this has: who, what";
    assert_eq!(told(&problems), [("bad-table", 1, wanted)]);
    for (text, message) in [
        ("", "the table is empty"),
        ("\n\n", "the table is empty"),
        ("name,lat,lon\n", "the table has a header and no rows"),
    ] {
        assert_eq!(told(&read_text("p.csv", text).problems), [("bad-table", 0, message)]);
    }
}

#[test]
fn a_table_of_populated_places_as_humanitarians_head_it_is_read() {
    let table = "\u{feff}featureName_en;featureName_ar;featureAltName1_en;featurePcode;admin2Name_en;admin1Name_en;admin1Pcode;admin0Pcode;LATITUDE;LONGITUDE;POP;validOn\n\
                 Qaryat an Nowhere;قرية;Nowhere Village;C9991;Hama;Hama;SY05;SY;35,25;36,75;1 250;2024-05-15\n\
                 Other;;;C9991;Hama;Hama;SY05;SY;35,3;36,8;;2024-06-01\n";
    let Checked { value, problems } = read_text("syr_pplp.csv", table);
    assert_eq!(
        told(&problems),
        [("bad-row", 3, "the id C9991 is that of a place on an earlier line; this row is left out")]
    );
    assert_eq!(value.about("", "").date.as_deref(), Some("2024-05-15"));
    let gazetteer = value.gazetteer();
    let place = gazetteer.find("nowhere village")[0].place;
    assert_eq!((place.name, place.local, place.country), ("Qaryat an Nowhere", Some("قرية"), "SY"));
    assert_eq!((place.admin1, place.admin2, place.population), (Some("Hama"), Some("Hama"), 1250));
    assert_eq!((place.at.lat(), place.at.lon()), (35.25, 36.75));
}

#[test]
fn a_number_in_a_column_of_ids_is_no_id_of_geonames() {
    let hama = Gazetteer::embedded().find("Hama")[0].place.id;
    let table = format!("id,name,lat,lon\n{hama},Somewhere,10,20\n2,Elsewhere,11,20\n");
    let gazetteer = read_text("p.csv", &table).value.gazetteer();
    assert_eq!(gazetteer.place(hama), None);
    let own = gazetteer.find("Somewhere")[0].place.id;
    assert_eq!(own.geonames(), None);
    let table = "geonameid,name,lat,lon\n424242424,Somewhere,10,20\n";
    assert_eq!(read_text("p.csv", table).value.gazetteer().find("Somewhere")[0].place.id.0, 424_242_424);
}

#[test]
fn names_that_the_file_spoils_are_left_out_and_the_rest_of_their_rows_is_used() {
    let Checked { value, problems } = read_bytes(
        "p.csv",
        b"name,alternates,lat,lon\nOne,Un\xe9|Uno,1,2\nCaf\xe9,,3,4\nNul\0l,,5,6\nTwo,,7,8\n",
    );
    let gazetteer = value.gazetteer();
    assert_eq!(gazetteer.len(), 2);
    assert_eq!(gazetteer.names(gazetteer.find("Uno")[0].place.id), ["One", "Uno"]);
    let codes: Vec<(&str, u64)> = told(&problems).into_iter().map(|(code, line, _)| (code, line)).collect();
    assert_eq!(codes, [("bad-row", 2), ("bad-row", 3), ("bad-place", 3), ("bad-row", 4)]);
}

#[test]
fn a_place_with_absurdly_many_names_keeps_the_first_of_them() {
    let names: Vec<String> = (0..3000).map(|i| format!("Name {i}")).collect();
    let table = format!("name,alternates,lat,lon\nOne,{},1,2\n", names.join("|"));
    let Checked { value, problems } = read_text("p.csv", &table);
    assert_eq!(told(&problems), [("bad-row", 2, "2500 names more than the 500 that are kept")]);
    assert_eq!(value.gazetteer().find("name 499").len(), 1);
}

/// A zip of these files.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TABLE: &[u8] = b"name,lat,lon\nTell Nowhere,35.2,36.7\nshort\n";

#[test]
fn a_zip_is_read_as_the_table_in_it() {
    let packed = zip(&[("readme.txt", &b"x,y\n".repeat(99)), ("SY.txt", TABLE)]);
    let Checked { value, problems } = read_bytes("SY.zip", &packed);
    assert_eq!((value.len(), problems.len()), (1, 1));
    assert_eq!(problems[0].at, Locus::Line { file: "SY.zip".to_owned(), line: 3 });
    let none = read_bytes("SY.zip", &zip(&[("readme.txt", b"x"), ("a.png", b"x")]));
    assert_eq!(told(&none.problems)[0].2, "the zip holds no table: no .txt, .csv, .tsv or .geojson");
}

#[test]
fn a_damaged_or_cut_zip_gives_no_place_and_says_so() {
    let table = (0..2000)
        .fold("name,lat,lon\n".to_owned(), |all, i| all + &format!("Place {i},{},{}\n", 1 + i % 80, i % 170));
    let packed = zip(&[("SY.txt", table.as_bytes())]);
    for (i, byte) in [(packed.len() / 2, 0xff), (packed.len() / 3, 0x10), (14, 0xff)] {
        let mut damaged = packed.clone();
        damaged[i] ^= byte;
        let Checked { value, problems } = read_bytes("SY.zip", &damaged);
        if value.is_empty() {
            assert!(problems[0].message.contains("zip"), "{problems:?}");
        } else {
            // The checksum in the local header is not the one that counts.
            assert_eq!((i, value.len()), (14, 2000));
        }
    }
    for length in [5, 100, packed.len() / 2, packed.len() - 1] {
        let Checked { value, problems } = read_bytes("SY.zip", &packed[..length]);
        assert!(value.is_empty() && problems[0].message.contains("zip"), "{length}: {problems:?}");
    }
}

#[test]
fn a_zip_that_would_fill_the_memory_is_not_unpacked() {
    let bomb = zip(&[("SY.txt", &vec![b'0'; 64 << 20])]);
    assert!(bomb.len() < 1 << 17);
    let Checked { value, problems } = read_bytes("SY.zip", &bomb);
    assert!(value.is_empty());
    assert!(problems[0].message.contains("it is not unpacked"), "{problems:?}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_a_panic(
        start in "(name,lat,lon\n|\\[|\\{\"features\":\\[|1\t2\t3\n|PK\x03\x04)?",
        rest in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300),
        text in "[a-z0-9,;\t\n\"{}:\\[\\]. -]{0,200}",
    ) {
        for tail in [rest.as_slice(), text.as_bytes()] {
            let bytes = [start.as_bytes(), tail].concat();
            let checked = read_bytes("x", &bytes);
            let _ = checked.value.gazetteer().locate("a");
        }
    }
}
