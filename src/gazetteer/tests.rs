//! Tests of the gazetteer on its real data.

use super::compile::{CountryRow, Row, compile};
use super::layout::KINDS;
use super::tables::csv;
use super::*;

mod spelling;

fn read(name: &str) -> Vec<Vec<String>> {
    let path = format!("{}/gazetteer/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    #[allow(clippy::disallowed_methods, reason = "a test reads the table the build script reads")]
    csv(&std::fs::read_to_string(path).unwrap())
}

/// The id of the best candidate that lies in this country.
fn best(gazetteer: &Gazetteer, query: &str, country: &str) -> Option<u64> {
    gazetteer.locate(query).iter().find(|c| c.place.country == country).map(|c| c.place.id.0)
}

#[test]
fn spellings_of_one_name_lead_to_one_place() {
    let gazetteer = Gazetteer::embedded();
    for (country, spellings) in [
        ("SY", "Khan Sheikhoun|Khan Shaykhun|Khan Sheikhun|Khan Shaykhoun|Khan Cheikhun|خان شيخون"),
        ("SY", "Maarat al-Numan|Ma'arrat an Nu'man|Maaret al-Noman|Maarrat al-Nu‘man|معرة النعمان"),
        ("SY", "Deir ez-Zor|Dayr az Zawr|Deir al-Zour|Deir Ezzor|دير الزور|Дейр-эз-Зор"),
        ("SY", "Tel Rifaat|Tall Rif'at|Tal Rifaat|Tell Rifaat"),
        ("SY", "Salamiyah|Salamiya|As Salamiyah|Salamiyeh"),
        ("SY", "Talbiseh|Talbisa|Tallbisah|Talbisah"),
        ("SY", "Kobani|Ayn al-Arab|Ain al-Arab|Kobane"),
        ("SY", "Raqqa|Ar Raqqah|al-Raqqa|Raqqah|الرقة|رقة"),
        ("SY", "Palmyra|Tadmur|Tadmor|تدمر"),
        ("SY", "Latakia|Al Ladhiqiyah|Lattakia|اللاذقية"),
        ("SY", "Quneitra|Al Qunaytirah|Qunaitra"),
        ("SY", "Hama|Hamah|حماة|حماه|Хама"),
        ("SY", "Homs|Hims|حمص|Хомс"),
        ("SY", "Qardaha|Al Qardahah|al-Qardaha"),
        ("SY", "Al-Bukamal|Abu Kamal|Bukamal"),
        ("SY", "Bab al-Hawa|باب الهوى"),
        ("SY", "Morek|Murik"),
        ("UA", "Kyiv|Kiev|Київ|Киев"),
        ("UA", "Kharkiv|Kharkov|Харків|Харьков"),
        ("UA", "Zaporizhzhia|Zaporozhye|Zaporizhia|Запоріжжя"),
        ("UA", "Mykolaiv|Nikolaev|Nikolayev|Mykolayiv"),
        ("UA", "Bakhmut|Artemivsk|Бахмут"),
        ("SD", "El Fasher|Al-Fashir|al-Fasher|الفاشر"),
    ] {
        let ids: Vec<_> = spellings.split('|').map(|name| (name, best(&gazetteer, name, country))).collect();
        assert!(ids[0].1.is_some(), "{ids:?}");
        assert!(ids.iter().all(|(_, id)| *id == ids[0].1), "{ids:?}");
    }
}

#[test]
fn a_misspelt_name_is_found_by_its_sound_or_one_letter_away() {
    let gazetteer = Gazetteer::embedded();
    for (typed, meant) in
        [("Damascsu", "Damascus"), ("Allepo", "Aleppo"), ("Kuneitrah", "Quneitra"), ("Харкив", "Kharkiv")]
    {
        let found = gazetteer.locate(typed);
        assert!(found.iter().take(3).any(|c| c.place.name == meant), "{typed}: {found:?}");
    }
    assert!(gazetteer.locate("Zzyzxqwkjh").is_empty());
}

#[test]
fn a_city_and_its_province_are_both_found_and_told_apart() {
    let gazetteer = Gazetteer::embedded();
    let hama = gazetteer.find("Hama");
    let kinds: Vec<_> =
        hama.iter().filter(|c| c.place.country == "SY").map(|c| (c.place.kind, c.place.id.0)).collect();
    assert_eq!(kinds, [(Kind::Town, 170_017), (Kind::Admin1, 170_015)]);
    for typed in ["Hama province", "Hama Governorate", "governorate of Hama", "محافظة حماة"] {
        let found = gazetteer.locate(typed);
        assert_eq!(
            found.first().map(|c| (c.place.kind, c.place.id.0)),
            Some((Kind::Admin1, 170_015)),
            "{typed}"
        );
    }
    let oblast = gazetteer.find("Kyiv Oblast");
    assert_eq!((oblast[0].place.kind, oblast[0].place.id.0), (Kind::Admin1, 703_446));
}

#[test]
fn a_query_may_name_the_area_after_a_comma() {
    let gazetteer = Gazetteer::embedded();
    assert_eq!(gazetteer.locate("Tripoli, Lebanon")[0].place.country, "LB");
    assert_eq!(gazetteer.locate("Tripoli, Libya")[0].place.country, "LY");
    assert!(gazetteer.locate("Moscow, Idaho").iter().all(|c| c.place.admin1 == Some("Idaho")));
}

#[test]
fn a_text_is_walked_word_by_word_to_the_longest_name() {
    let gazetteer = Gazetteer::embedded();
    let (words, found) = gazetteer.longest(&["deir", "ez", "zor", "fell"]).unwrap();
    assert_eq!((words, found[0].place.id.0), (3, 170_794));
    let (words, found) = gazetteer.longest(&["al", "raqqa", "city"]).unwrap();
    assert_eq!((words, found[0].place.id.0), (2, 172_955));
    let (words, found) = gazetteer.longest(&["khan", "yunis", "and", "rafah"]).unwrap();
    assert_eq!((words, found[0].place.country), (2, "PS"));
    assert!(gazetteer.longest(&["xqzzt"]).is_none() && gazetteer.longest(&[]).is_none());
    assert!(gazetteer.starts("deir") && !gazetteer.starts("xqzzt"));
}

#[test]
fn peoples_and_countries_are_known_by_their_words() {
    let gazetteer = Gazetteer::embedded();
    for (word, code) in [
        ("syrian", "SY"),
        ("syrians", "SY"),
        ("south sudanese", "SS"),
        ("sudanese", "SD"),
        ("congolese", "CD"),
        ("ukrainian", "UA"),
        ("burmese", "MM"),
        ("british", "GB"),
        ("nigerien", "NE"),
        ("nigerian", "NG"),
        ("abkhaz", "XA"),
    ] {
        assert_eq!(gazetteer.demonym(word), Some(code), "{word}");
    }
    assert_eq!(gazetteer.demonym("syri"), None);
    let syria = gazetteer.country("SY").unwrap();
    assert_eq!((syria.name, syria.demonym, syria.id.0), ("Syria", "Syrian", 163_843));
    for name in ["Syria", "سوريا", "Сирия", "Syrie", "Siria", "Syrian Arab Republic"] {
        assert_eq!(gazetteer.find(name)[0].place.id, syria.id, "{name}");
    }
    assert_eq!(gazetteer.country("ZZ"), None);
}

#[test]
fn a_country_knows_its_towns() {
    let gazetteer = Gazetteer::embedded();
    let syria: Vec<_> = gazetteer.within("SY").collect();
    assert!(syria.len() >= 300, "{}", syria.len());
    assert!(syria.iter().all(|place| place.country == "SY" && (30.0..=38.0).contains(&place.at.lat())));
    assert_eq!(gazetteer.within("ZZ").count(), 0);
    assert!(gazetteer.len() > 280_000, "{gazetteer:?}");
}

#[test]
fn every_place_can_be_reached_by_its_own_name() {
    let gazetteer = Gazetteer::embedded();
    let places = ["SY", "UA", "SD", "PS"].into_iter().flat_map(|code| gazetteer.within(code));
    for place in places.step_by(7) {
        let found = gazetteer.find(place.name);
        assert!(found.iter().any(|c| c.place.id == place.id && c.canonical), "{place:?}");
        assert_eq!(gazetteer.place(place.id), Some(place));
        assert_eq!(gazetteer.names(place.id)[0], place.name);
    }
}

#[test]
fn local_names_are_in_the_script_of_their_country() {
    let gazetteer = Gazetteer::embedded();
    let local = |id: u64| gazetteer.place(PlaceId(id)).unwrap().local;
    assert_eq!(local(170_017), Some("حماة"));
    assert_eq!(local(703_448), Some("Київ"));
    assert_eq!(local(524_901), Some("Москва"));
    assert_eq!(local(170_015), Some("حماة"));
    for place in gazetteer.within("SY").filter_map(|place| place.local) {
        assert!(place.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)), "{place}");
    }
}

#[test]
fn every_typed_row_has_a_source_and_a_place_on_the_globe() {
    let gazetteer = Gazetteer::embedded();
    for table in ["supplement", "regions"] {
        for row in read(table).iter().skip(1) {
            let [lat, lon] = [&row[5], &row[6]].map(|field| field.parse::<f64>().unwrap());
            assert!(row.len() == 12 && lat.abs() <= 90.0 && lon.abs() <= 180.0, "{row:?}");
            assert!(KINDS.contains(&row[4].as_str()) && row[11].len() > 8, "{row:?}");
            let found = gazetteer.find(&row[1]);
            let here = |p: &Place<'_>| {
                let near = (p.at.lat() - lat).abs() < 1e-4 && (p.at.lon() - lon).abs() < 1e-4;
                near && p.kind.name() == row[4] && p.country == row[8]
            };
            assert!(found.iter().any(|c| here(&c.place)), "{row:?}");
            let unit = |p: &Place<'_>| p.kind == Kind::Admin1 && p.country == row[8] && p.name == row[9];
            assert!(row[9].is_empty() || gazetteer.find(&row[9]).iter().any(|c| unit(&c.place)), "{row:?}");
        }
    }
    for row in read("alternates").iter().skip(1) {
        let id = PlaceId(row[0].parse().unwrap());
        assert!(row.len() == 4 && row[3].len() > 8, "{row:?}");
        let known = row[2] != "drop";
        assert_eq!(gazetteer.names(id).contains(&row[1].as_str()), known, "{row:?}");
        assert_eq!(gazetteer.find(&row[1]).iter().any(|c| c.place.id == id), known, "{row:?}");
    }
    for row in read("countries").iter().skip(1) {
        assert_eq!(row.len(), 7, "{row:?}");
        assert!(gazetteer.country(&row[0]).is_some_and(|country| country.name == row[1]), "{row:?}");
    }
}

#[test]
fn kinds_are_numbered_as_the_index_numbers_them() {
    assert!(Kind::ALL.iter().map(|(_, name)| *name).eq(KINDS));
}

fn two_rows() -> Vec<u8> {
    let row = |id, name: &str, others: &str| Row {
        id,
        name: name.to_owned(),
        others: others.split('|').map(str::to_owned).collect(),
        kind: "village".to_owned(),
        lat: 3_500_000,
        lon: 3_600_000,
        country: "SY".to_owned(),
        ..Row::default()
    };
    let syria = CountryRow {
        code: "SY".to_owned(),
        name: "Syria".to_owned(),
        id: 9,
        demonyms: vec!["Syrian".to_owned()],
    };
    compile(vec![row(2, "Tell Nowhere", "Tall Nowhere"), row(1, "Al-Somewhere", "")], &[syria])
}

#[test]
fn what_is_compiled_is_read_back() {
    let gazetteer = Gazetteer::open(two_rows()).unwrap();
    assert_eq!(gazetteer.len(), 2);
    assert_eq!(gazetteer.names(PlaceId(2)), ["Tell Nowhere", "Tall Nowhere"]);
    assert_eq!(gazetteer.find("tall nowhere")[0].matched, "Tall Nowhere");
    assert_eq!(gazetteer.find("Somewhere")[0].place.id, PlaceId(1));
    assert_eq!(gazetteer.within("SY").map(|place| place.id.0).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(gazetteer.demonym("syrian"), Some("SY"));
    let at = gazetteer.place(PlaceId(1)).unwrap().at;
    assert_eq!((at.lat(), at.lon()), (35.0, 36.0));
}

#[test]
fn a_damaged_index_is_refused_or_answers_without_panic() {
    let whole = two_rows();
    for length in 0..whole.len() {
        assert!(Gazetteer::open(whole[..length].to_vec()).is_none(), "{length}");
    }
    for i in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[i] ^= 0xff;
        if let Some(gazetteer) = Gazetteer::open(damaged) {
            let _ = (
                gazetteer.locate("tal nowhere"),
                gazetteer.longest(&["tell", "nowhere"]),
                gazetteer.names(PlaceId(2)),
            );
            let _ = (gazetteer.country("SY"), gazetteer.demonym("syrian"), gazetteer.within("SY").count());
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_query_makes_a_panic_and_folding_twice_changes_nothing(query in "\\PC{0,24}|[a-z' -]{0,20}|[ء-ي ]{0,12}") {
        let gazetteer = Gazetteer::embedded();
        let folded = fold(&query);
        proptest::prop_assert_eq!(&fold(&folded), &folded);
        let words: Vec<&str> = folded.split(' ').collect();
        let _ = (gazetteer.longest(&words), gazetteer.starts(&folded));
        for candidate in gazetteer.locate(&query) {
            proptest::prop_assert!((0.0..=1.0).contains(&candidate.score));
        }
    }
}

#[test]
fn a_village_that_two_tables_know_is_one_place_and_one_that_lies_apart_is_another() {
    let table =
        |text: &str| super::read("t.csv", std::io::Cursor::new(text.to_owned())).unwrap().value.gazetteer();
    let dump = "42000001\tTall Mafqud\tTall Mafqud\tTal Mafqud\t35.21\t36.71\tP\tPPL\tSY\t\t\t\t\t\t0\t\t\t\t2024-01-01\n\
                42000002\tTall Mafqud\tTall Mafqud\t\t36.5\t38.0\tP\tPPL\tSY\t\t\t\t\t\t0\t\t\t\t2024-01-01\n";
    let mine =
        table("name,alternates,lat,lon,country,population\nTell Mafqood,Tall Mafqud,35.22,36.70,SY,900\n");
    let all = mine.clone().over(Gazetteer::embedded()).over(table(dump));
    let found = all.find("Tall Mafqud");
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(
        (found[0].place.name, found[0].place.id),
        ("Tell Mafqood", mine.find("tell mafqood")[0].place.id)
    );
    assert_eq!(found[1].place.id, PlaceId(42_000_002));
    let mut walked = all.walk();
    assert!(walked.step("tall").more && walked.step("mafqud").name);
    assert_eq!(walked.candidates(), found);
}

#[test]
fn a_place_is_shown_as_the_uppermost_table_has_it_under_whatever_name_it_is_found() {
    let hama = Gazetteer::embedded().find("Hama")[0].place.id;
    let dump = format!(
        "{hama}\tḨamāh\tHamah\tHamahville,حماة\t35.13\t36.75\tP\tPPLA\tSY\t\t\t\t\t\t460000\t\t\t\t2024-01-01\n"
    );
    let dump = super::read("SY.txt", std::io::Cursor::new(dump)).unwrap().value.gazetteer();
    let beneath = Gazetteer::embedded().over(dump.clone());
    let found = beneath.find("Hamahville")[0].place;
    assert_eq!((found.id, found.name), (hama, "Hama"));
    assert!(found.population > 100_000);
    let above = dump.over(Gazetteer::embedded());
    for name in ["Hama", "Hamahville", "حماة"] {
        assert_eq!(above.find(name)[0].place.name, "Hamah", "{name}");
    }
}
