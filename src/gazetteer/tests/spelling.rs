//! Names as people spell and misspell them.

use super::*;

/// Places by their GeoNames id (0 for the crossing, which has none), and spellings of their names that are in use.
const SPELLINGS: [(u64, &str); 18] = [
    (168_325, "Khan Sheikhoun|Khan Shaykhun|Khan Sheikhun|خان شيخون"),
    (167_611, "Maarat al-Numan|Ma'arrat an Nu'man|Maaret al-Noman|معرة النعمان"),
    (170_794, "Deir ez-Zor|Dayr az Zawr|Deir al-Zour|دير الزور"),
    (163_476, "Tel Rifaat|Tall Rif'at"),
    (164_947, "Salamiyah|Salamiya"),
    (163_779, "Talbiseh|Talbisa"),
    (172_256, "Kobani|Ayn al-Arab"),
    (172_955, "Raqqa|Ar Raqqah"),
    (163_808, "Palmyra|Tadmur"),
    (173_576, "Latakia|Al Ladhiqiyah"),
    (173_334, "Quneitra|Al Qunaytirah"),
    (703_448, "Kyiv|Kiev|Київ|Киев"),
    (706_483, "Kharkiv|Kharkov|Харків"),
    (687_700, "Zaporizhzhia|Zaporozhye"),
    (700_569, "Mykolaiv|Nikolaev"),
    (379_555, "El Fasher|Al-Fashir"),
    (0, "Bab al-Hawa"),
    (173_364, "Qardaha|القرداحة"),
];

fn is(place: &Place<'_>, id: u64) -> bool {
    place.id.geonames().unwrap_or(0) == id
}

#[test]
fn every_usual_spelling_leads_to_its_place_first() {
    let gazetteer = Gazetteer::embedded();
    for (id, spellings) in SPELLINGS {
        for name in spellings.split('|') {
            let found = gazetteer.locate(name);
            assert!(found.first().is_some_and(|c| is(&c.place, id)), "{name}: {found:#?}");
            let country = found[0].place.country;
            assert!(is(&gazetteer.locate_in(name, &[country])[0].place, id), "{name} in {country}");
        }
    }
}

/// Numbers that look random and are the same each time.
fn random(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize % below
}

/// The name with one letter dropped, swapped with the next, doubled or replaced; `None` where nothing changed.
fn mistyped(name: &str, how: usize, state: &mut u64) -> Option<String> {
    let mut letters: Vec<char> = name.chars().collect();
    let at = random(state, letters.len() - 1);
    let alphabet = match letters[0] {
        '\u{600}'..='\u{6ff}' => "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
        '\u{400}'..='\u{4ff}' => "абвгдежзийклмнопрстуфхцчшщьюяіїєґ",
        _ => "abcdefghijklmnopqrstuvwxyz",
    };
    match how {
        0 => _ = letters.remove(at),
        1 => letters.swap(at, at + 1),
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = alphabet.chars().nth(random(state, alphabet.chars().count()))?,
    }
    let typed: String = letters.into_iter().collect();
    (fold(&typed) != fold(name)).then_some(typed)
}

#[test]
fn a_name_with_one_letter_wrong_is_among_the_first_five_and_mostly_first() {
    const EACH: usize = 2;
    let gazetteer = Gazetteer::embedded();
    let (mut state, mut typed, mut first, mut missed) = (7, 0, 0, Vec::new());
    for (id, spellings) in SPELLINGS {
        for (name, how) in spellings.split('|').flat_map(|name| (0..4 * EACH).map(move |i| (name, i % 4))) {
            let Some(typo) = mistyped(name, how, &mut state) else { continue };
            let found = gazetteer.locate(&typo);
            typed += 1;
            match found.iter().position(|candidate| is(&candidate.place, id)) {
                Some(0) => first += 1,
                Some(1..=4) => {}
                _ => missed.push(format!("{typo} for {name}")),
            }
        }
    }
    assert!(missed.len() * 20 <= typed, "{} of {typed} not among the first five: {missed:#?}", missed.len());
    assert!(first * 100 >= typed * 85, "{first} of {typed} first");
}

#[test]
fn a_misspelt_name_may_be_followed_by_its_area_or_kept_to_a_country() {
    let gazetteer = Gazetteer::embedded();
    for (query, id) in [
        ("Talbissah, Syria", 163_779),
        ("Khan Cheikhun, Idlib", 168_325),
        ("Hamma, Siria", 170_017),
        ("Rakka, Syria", 172_955),
        ("Kharkyv, Ukraine", 706_483),
        ("Нiколаев, Украина", 700_569),
        ("حماا، سوريا", 170_017),
    ] {
        let found = gazetteer.locate(query);
        assert!(found.first().is_some_and(|c| is(&c.place, id)), "{query}: {found:#?}");
        assert!(found.iter().all(|c| ["SY", "UA"].contains(&c.place.country)));
    }
    for (query, country, id) in [
        ("Chan Schaichun", "SY", 168_325),
        ("Tripolli", "LB", 266_826),
        ("Tripolli", "LY", 2_210_247),
        ("Talbisseh", "SY", 163_779),
        ("Zaporischschja", "UA", 687_700),
        ("Дейр эз Зорр", "SY", 170_794),
    ] {
        let found = gazetteer.locate_in(query, &[country]);
        assert!(found.first().is_some_and(|c| is(&c.place, id)), "{query}: {found:#?}");
        assert!(found.iter().all(|c| c.place.country == country));
        assert!(gazetteer.near_in(query, &[country]).iter().any(|c| is(&c.place, id)), "{query}");
    }
    assert!(gazetteer.near_in("Hama", &["ZZ"]).is_empty() && gazetteer.near_in("Hama", &[]).is_empty());
}

#[test]
fn misspellings_in_arabic_and_cyrillic_are_understood() {
    let gazetteer = Gazetteer::embedded();
    for (typed, id) in [
        ("خان شيخن", 168_325),
        ("خان شيخونن", 168_325),
        ("معره النعمن", 167_611),
        ("دير الزوور", 170_794),
        ("اللاذقيه", 173_576),
        ("الاذقية", 173_576),
        ("القرداحا", 173_364),
        ("Харкив", 706_483),
        ("Запорижжя", 687_700),
        ("Миколаев", 700_569),
        ("Київв", 703_448),
        ("Хан Шейхун", 168_325),
    ] {
        let found = gazetteer.locate(typed);
        assert!(found.first().is_some_and(|c| is(&c.place, id)), "{typed}: {found:#?}");
    }
}

#[test]
fn behind_small_places_of_the_very_name_come_those_spelled_nearly_so() {
    let gazetteer = Gazetteer::embedded();
    let found = gazetteer.locate("Mykolayiv");
    let exact = found.iter().take_while(|c| fold(c.matched) == "mykolayiv").count();
    assert!(exact > 0, "{found:#?}");
    assert!(found.windows(2).all(|pair| pair[0].score >= pair[1].score), "{found:#?}");
    let hama = gazetteer.locate("Hama");
    assert!(
        hama.iter().all(|c| fold(c.matched).contains("hama")),
        "a large place needs no guesses: {hama:#?}"
    );
}
