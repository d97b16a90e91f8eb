//! Scripts: which one a name is written in, which one a country writes, and which of its names a country would use.

/// The scripts told apart here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Arabic,
    Cyrillic,
    Greek,
    Hebrew,
    Georgian,
    Armenian,
    Ethiopic,
    Devanagari,
    Bengali,
    Sinhala,
    Thai,
    Lao,
    Khmer,
    Myanmar,
    Han,
    Kana,
    Hangul,
    Thaana,
    Tibetan,
    Other,
}

/// The script of a name's first letter, if all its letters are of that script; kana may stand among Han.
pub(crate) fn of(name: &str) -> Option<Script> {
    let mut found = None;
    for c in name.chars().filter(|c| c.is_alphabetic()) {
        let script = of_char(c);
        match found {
            None => found = Some(script),
            Some(Script::Han | Script::Kana) if matches!(script, Script::Han | Script::Kana) => {}
            Some(before) if before == script => {}
            Some(_) => return Some(Script::Other),
        }
    }
    found
}

fn of_char(c: char) -> Script {
    match c {
        'A'..='Z' | 'a'..='z' | '\u{aa}'..='\u{2af}' | '\u{2b0}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' => {
            Script::Latin
        }
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{530}'..='\u{58f}' => Script::Armenian,
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Script::Arabic,
        '\u{780}'..='\u{7bf}' => Script::Thaana,
        '\u{900}'..='\u{97f}' => Script::Devanagari,
        '\u{980}'..='\u{9ff}' => Script::Bengali,
        '\u{d80}'..='\u{dff}' => Script::Sinhala,
        '\u{e00}'..='\u{e7f}' => Script::Thai,
        '\u{e80}'..='\u{eff}' => Script::Lao,
        '\u{f00}'..='\u{fff}' => Script::Tibetan,
        '\u{1000}'..='\u{109f}' => Script::Myanmar,
        '\u{10a0}'..='\u{10ff}' => Script::Georgian,
        '\u{1200}'..='\u{137f}' => Script::Ethiopic,
        '\u{1780}'..='\u{17ff}' => Script::Khmer,
        '\u{3040}'..='\u{30ff}' => Script::Kana,
        '\u{3400}'..='\u{9fff}' => Script::Han,
        '\u{ac00}'..='\u{d7af}' => Script::Hangul,
        _ => Script::Other,
    }
}

/// The script a country writes its place names in.
pub(crate) fn of_country(code: &str) -> Script {
    match code {
        "SY" | "IQ" | "JO" | "LB" | "PS" | "EG" | "LY" | "TN" | "DZ" | "MA" | "EH" | "MR" | "SD" | "SA"
        | "YE" | "OM" | "AE" | "QA" | "BH" | "KW" | "IR" | "AF" | "PK" | "KM" | "DJ" | "TD" => Script::Arabic,
        "UA" | "RU" | "BY" | "BG" | "MK" | "RS" | "KZ" | "KG" | "TJ" | "MN" => Script::Cyrillic,
        "GR" | "CY" => Script::Greek,
        "IL" => Script::Hebrew,
        "GE" => Script::Georgian,
        "AM" => Script::Armenian,
        "ET" | "ER" => Script::Ethiopic,
        "IN" | "NP" => Script::Devanagari,
        "BD" => Script::Bengali,
        "LK" => Script::Sinhala,
        "TH" => Script::Thai,
        "LA" => Script::Lao,
        "KH" => Script::Khmer,
        "MM" => Script::Myanmar,
        "CN" | "TW" | "HK" | "MO" | "JP" => Script::Han,
        "KR" | "KP" => Script::Hangul,
        "MV" => Script::Thaana,
        "BT" => Script::Tibetan,
        _ => Script::Latin,
    }
}

/// How unlikely a country's own language spells a name so: letters that only its neighbours' languages use, judged by
/// the alphabets of Arabic, Persian, Urdu, Pashto, Ukrainian, Russian, Belarusian, Bulgarian, Serbian and Macedonian.
pub(crate) fn strangeness(name: &str, country: &str) -> usize {
    let foreign: &dyn Fn(char) -> bool = match country {
        "IR" => &|c| arabic(c) && !ARABIC.contains(c) && !"پچژگیک\u{200c}".contains(c) || "يكىة".contains(c),
        "AF" | "PK" => &|c| arabic(c) && !ARABIC.contains(c) && !"پچژگیکٹڈڑںہھےټډړږښګڼېۍئۀ".contains(c),
        _ if of_country(country) == Script::Arabic => &|c| arabic(c) && !ARABIC.contains(c),
        "UA" => &|c| cyrillic(c) && !"абвгґдеєжзиіїйклмнопрстуфхцчшщьюя".contains(c),
        "RU" => &|c| cyrillic(c) && !"абвгдеёжзийклмнопрстуфхцчшщъыьэюя".contains(c),
        "BY" => &|c| cyrillic(c) && !"абвгдеёжзійклмнопрстуўфхцчшыьэюя".contains(c),
        "BG" => &|c| cyrillic(c) && !"абвгдежзийклмнопрстуфхцчшщъьюя".contains(c),
        "RS" | "MK" => &|c| cyrillic(c) && !"абвгдђѓежзѕијклљмнњопрстћќуфхцчџш".contains(c),
        _ => &|_| false,
    };
    name.chars().flat_map(char::to_lowercase).filter(|&c| foreign(c)).count()
}

const ARABIC: &str = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ";

fn arabic(c: char) -> bool {
    ('\u{600}'..='\u{6ff}').contains(&c)
}

fn cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}

/// A name in Latin letters for comparison with its romanisation: Arabic, and Cyrillic as the country reads it.
#[allow(clippy::match_same_arms, reason = "a table, letter by letter")]
pub(crate) fn roman(name: &str, country: &str) -> Option<String> {
    let letter = |c: char| -> Option<&'static str> {
        Some(match c {
            'ة' => "h",
            'ا' | 'أ' | 'إ' | 'آ' | 'ى' => "a",
            'ب' => "b",
            'ت' | 'ط' => "t",
            'ث' => "th",
            'ج' => "j",
            'ح' | 'ه' => "h",
            'خ' => "kh",
            'د' | 'ض' => "d",
            'ذ' => "dh",
            'ر' => "r",
            'ز' | 'ظ' => "z",
            'س' | 'ص' => "s",
            'ش' => "sh",
            'ع' | 'ء' => "",
            'ئ' | 'ي' | 'ی' => "y",
            'غ' => "gh",
            'ف' => "f",
            'ق' => "q",
            'ك' | 'ک' => "k",
            'ل' => "l",
            'م' => "m",
            'ن' => "n",
            'و' | 'ؤ' => "w",
            'پ' => "p",
            'چ' => "ch",
            'ژ' => "zh",
            'گ' => "g",
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'ґ' => "g",
            'д' => "d",
            'е' | 'э' | 'ё' => "e",
            'є' => "ye",
            'г' if matches!(country, "UA" | "BY") => "h",
            'г' => "g",
            'ж' => "zh",
            'з' => "z",
            'и' if country == "UA" => "y",
            'и' | 'і' => "i",
            'ї' => "i",
            'й' | 'ј' => "y",
            'ы' => "y",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' | 'ў' => "u",
            'ф' => "f",
            'х' => "kh",
            'ц' => "ts",
            'ч' | 'ћ' => "ch",
            'ш' => "sh",
            'щ' => "shch",
            'ю' => "yu",
            'я' => "ya",
            'ь' | 'ъ' | '\'' | '’' => "",
            'ђ' => "dj",
            'љ' => "lj",
            'њ' => "nj",
            'џ' => "dz",
            ' ' | '-' => " ",
            _ => return None,
        })
    };
    let mut out = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        out.push_str(letter(c)?);
    }
    Some(out)
}
