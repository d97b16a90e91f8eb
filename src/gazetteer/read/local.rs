//! Which of a place's names is the one its country writes.

/// Scripts that are not Latin, each with the letters by which it is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Arabic,
    Cyrillic,
    Hebrew,
    Greek,
    Georgian,
    Armenian,
    Ethiopic,
    Myanmar,
    Devanagari,
    Bengali,
    Thai,
    Hangul,
    Han,
}

/// Countries that do not write Latin, by the language of their names.
const COUNTRIES: [(&str, Script, &str); 21] = [
    ("ar", Script::Arabic, "AE BH DJ DZ EG EH IQ JO KW LB LY MA MR OM PS QA SA SD SY TD TN YE"),
    ("fa", Script::Arabic, "AF IR"),
    ("ur", Script::Arabic, "PK"),
    ("uk", Script::Cyrillic, "UA"),
    ("ru", Script::Cyrillic, "RU BY KZ KG"),
    ("sr", Script::Cyrillic, "RS MK BG"),
    ("he", Script::Hebrew, "IL"),
    ("el", Script::Greek, "GR CY"),
    ("ka", Script::Georgian, "GE"),
    ("hy", Script::Armenian, "AM"),
    ("am", Script::Ethiopic, "ET ER"),
    ("my", Script::Myanmar, "MM"),
    ("ne", Script::Devanagari, "NP"),
    ("hi", Script::Devanagari, "IN"),
    ("bn", Script::Bengali, "BD"),
    ("th", Script::Thai, "TH"),
    ("ko", Script::Hangul, "KP KR"),
    ("zh", Script::Han, "CN HK MO TW"),
    ("ja", Script::Han, "JP"),
    ("mn", Script::Cyrillic, "MN"),
    ("tg", Script::Cyrillic, "TJ"),
];

/// The language in which a country's places are written, where that is not in Latin letters.
pub(super) fn language(country: &str) -> Option<&'static str> {
    COUNTRIES
        .iter()
        .find(|(.., codes)| codes.split(' ').any(|code| code == country))
        .map(|(language, ..)| *language)
}

/// The first of these names that is in the script of the country.
pub(super) fn among(country: &str, names: &[String]) -> Option<String> {
    let (language, script, _) =
        COUNTRIES.iter().find(|(.., codes)| codes.split(' ').any(|code| code == country))?;
    // Letters that Russian has and Ukrainian has not.
    let russian = |name: &str| *language == "uk" && name.chars().any(|c| "ыэъёЫЭЪЁ".contains(c));
    names.iter().find(|name| of(name) == Some(*script) && !russian(name)).cloned()
}

/// The script of a name's first letter.
fn of(name: &str) -> Option<Script> {
    Some(match name.chars().find(|c| c.is_alphabetic())? {
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Script::Arabic,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        '\u{370}'..='\u{3ff}' => Script::Greek,
        '\u{10a0}'..='\u{10ff}' => Script::Georgian,
        '\u{530}'..='\u{58f}' => Script::Armenian,
        '\u{1200}'..='\u{139f}' => Script::Ethiopic,
        '\u{1000}'..='\u{109f}' => Script::Myanmar,
        '\u{900}'..='\u{97f}' => Script::Devanagari,
        '\u{980}'..='\u{9ff}' => Script::Bengali,
        '\u{e00}'..='\u{e7f}' => Script::Thai,
        '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        '\u{4e00}'..='\u{9fff}' => Script::Han,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_local_name_is_in_the_script_of_the_country() {
        let names = ["Bakhmut", "Артёмовск", "Бахмут", "باخموت"].map(str::to_owned);
        assert_eq!(among("UA", &names).as_deref(), Some("Бахмут"));
        assert_eq!(among("SY", &names).as_deref(), Some("باخموت"));
        assert_eq!(among("FR", &names), None);
        assert_eq!((language("SD"), language("DE")), (Some("ar"), None));
    }
}
