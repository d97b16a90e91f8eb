//! Days as reports write them.

use crate::units::Date;

/// Months in the languages war reports are most often read in, folded to lower case.
///
/// Both names in use where a language has two (Arabic: Levantine and Gregorian). Source: Unicode CLDR.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "января", "січня", "يناير", "كانون الثاني", "janvier", "enero", "januar"],
    &["february", "feb", "февраля", "лютого", "فبراير", "شباط", "février", "febrero", "februar"],
    &["march", "mar", "марта", "березня", "مارس", "آذار", "mars", "marzo", "märz"],
    &["april", "apr", "апреля", "квітня", "أبريل", "نيسان", "avril", "abril"],
    &["may", "мая", "травня", "مايو", "أيار", "mai", "mayo"],
    &["june", "jun", "июня", "червня", "يونيو", "حزيران", "juin", "junio", "juni"],
    &["july", "jul", "июля", "липня", "يوليو", "تموز", "juillet", "julio", "juli"],
    &["august", "aug", "августа", "серпня", "أغسطس", "آب", "août", "agosto"],
    &["september", "sept", "sep", "сентября", "вересня", "سبتمبر", "أيلول", "septembre", "septiembre"],
    &["october", "oct", "октября", "жовтня", "أكتوبر", "تشرين الأول", "octobre", "octubre", "oktober"],
    &["november", "nov", "ноября", "листопада", "نوفمبر", "تشرين الثاني", "novembre", "noviembre"],
    &["december", "dec", "декабря", "грудня", "ديسمبر", "كانون الأول", "décembre", "diciembre", "dezember"],
];

/// Weekdays in the same languages, which say nothing that the rest of a date does not.
const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi \
    samedi dimanche lunes martes miércoles jueves viernes sábado domingo montag dienstag mittwoch donnerstag freitag \
    samstag sonntag понедельник вторник среда четверг пятница суббота воскресенье понеділок вівторок середа четвер \
    п'ятниця субота неділя الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد";

/// The last year that a date can mean: what names a later one is a slip of the pen, or a machine's word for "never".
pub const LAST_YEAR: i16 = 2200;

/// The day a date names, in ISO 8601, RFC 3339, RFC 2822 and the long forms of newspapers
/// (`5 December 2024`, `December 5, 2024`, `Thu, Dec. 5, 2024`), with or without a time after it.
///
/// The day is the one written: a time zone never moves it. `05/12/2024` is nobody's guess and gives `None`, as do
/// impossible days, those after [`LAST_YEAR`] and anything with words that are no part of a date.
///
/// # Example
/// ```
/// use conflict_map::report::parse_date;
/// assert_eq!(parse_date("2024-12-05T23:30:00+03:00"), parse_date("Thursday, December 5, 2024"));
/// assert_eq!(parse_date("31 February 2024"), None);
/// ```
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 80 {
        return None;
    }
    let day = iso(text).or_else(|| dotted(text)).or_else(|| long(text))?;
    (day.year() <= LAST_YEAR).then_some(day)
}

/// `2024-12-05`, `2024/12/05`, `20241205`, each with a time after it or not.
fn iso(text: &str) -> Option<Date> {
    let digits = |range: std::ops::Range<usize>| -> Option<i16> {
        let part = text.get(range)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let (month, day, rest) = match (text.get(4..5)?, text.get(7..8)) {
        (a @ ("-" | "/"), Some(b)) if a == b => (digits(5..7)?, digits(8..10)?, text.get(10..)?),
        _ => (digits(4..6)?, digits(6..8)?, text.get(8..)?),
    };
    let rest = rest.strip_prefix(['T', 't', ' ', ',']).map_or(rest, str::trim_start);
    let fits = rest.is_empty() || (rest.starts_with(|c: char| c.is_ascii_digit()) && is_time(rest));
    fits.then(|| Date::new(digits(0..4)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok())?
}

/// `05.12.2024`, always day first.
fn dotted(text: &str) -> Option<Date> {
    let (date, rest) = text.split_once([' ', ',']).unwrap_or((text, ""));
    let mut parts = date.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = parts.next().is_none() && year.len() == 4 && (rest.is_empty() || is_time(rest));
    fits.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())?
}

/// Whether this is a time of day with or without a zone, and nothing more.
fn is_time(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "at", "·", "|", "-", "–", "—", "a.m.", "p.m.", "am", "pm", "h", "hrs", "utc", "gmt", "est", "edt",
        "cst", "cdt", "mst", "mdt", "pst", "pdt", "et", "cet", "cest", "eet", "eest", "msk", "bst", "ist",
        "ast", "trt", "z", "г", "г.", "року", "года",
    ];
    text.to_lowercase().split([' ', ',', '(', ')']).filter(|word| !word.is_empty()).all(|word| {
        let clock = word.trim_end_matches('z').trim_end_matches("am").trim_end_matches("pm");
        let digits = |c: char| c.is_ascii_digit() || [':', '.', '+', '-'].contains(&c);
        (clock.contains(|c: char| c.is_ascii_digit()) && clock.chars().all(digits)) || WORDS.contains(&word)
    })
}

/// A date in words: a day, a month and a year of four digits in any usual order, perhaps a weekday and a time.
fn long(text: &str) -> Option<Date> {
    let lower = text.to_lowercase();
    // Two-word months first become one word, so that what follows sees words only.
    let lower = lower.replace("كانون ال", "كانون_ال").replace("تشرين ال", "تشرين_ال");
    let (mut day, mut month, mut year) = (None, None, None);
    let mut words = lower.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty());
    while year.is_none() || month.is_none() || day.is_none() {
        let word = words.next()?.trim_matches('.');
        let bare = word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd");
        let bare = bare.trim_end_matches("th").trim_end_matches('º');
        if let Ok(number) = bare.parse::<i16>() {
            match bare.len() {
                1 | 2 if day.is_none() => day = i8::try_from(number).ok(),
                4 if year.is_none() => year = Some(number),
                _ => return None,
            }
        } else if let Some(found) = month_named(&word.replace('_', " ")) {
            if month.replace(found).is_some() {
                return None;
            }
        } else if !is_weekday(word) && !["de", "of", "the", "on", "г", "р", "року", "года"].contains(&word)
        {
            return None;
        }
    }
    // What the words do not use is only a time.
    let rest: Vec<&str> = words.collect();
    is_time(&rest.join(" ")).then(|| Date::new(year?, month?, day?).ok())?
}

/// The month (1 to 12) of this name or abbreviation, in lower case.
fn month_named(name: &str) -> Option<i8> {
    // Arabic papers give both names: كانون الأول/ديسمبر.
    let found = name.split('/').find_map(|name| MONTHS.iter().position(|names| names.contains(&name)))?;
    i8::try_from(found + 1).ok()
}

/// Whether this is a weekday or the beginning of one by which it is abbreviated.
fn is_weekday(word: &str) -> bool {
    word.chars().count() >= 3 && WEEKDAYS.split(' ').any(|day| day.starts_with(word))
}

/// The day of a line that is nothing but a date of publication: `Published: 5 December 2024`, `December 5, 2024`.
pub(super) fn dateline(line: &str) -> Option<Date> {
    const LABELS: &[&str] = &[
        "first published",
        "published on",
        "published at",
        "published",
        "posted on",
        "posted at",
        "posted",
        "date",
        "publication date",
        "date published",
        "issued",
        "опубликовано",
        "опубліковано",
        "дата",
        "publié le",
        "publicado el",
        "نشر في",
        "تاريخ النشر",
        "التاريخ",
    ];
    let line = line.trim().trim_matches(['*', '_', '(', ')', '[', ']']);
    if let Some(day) = parse_date(line) {
        return Some(day);
    }
    let lower = line.to_lowercase();
    let rest = LABELS.iter().find_map(|label| {
        let rest = lower.strip_prefix(label)?;
        rest.starts_with([':', ' ', '–', '-']).then_some(rest)
    })?;
    parse_date(rest.trim_start_matches([':', ' ', '–', '-', '*']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_form_names_the_same_day() {
        for text in [
            "2024-12-05",
            "2024/12/05",
            "20241205",
            "2024-12-05T23:59:59Z",
            "2024-12-05T23:59:59.123+03:00",
            "2024-12-05 18:20:11 +0300",
            "2024-12-05 18:20 UTC",
            "Thu, 05 Dec 2024 18:20:11 +0000",
            "Thu, 5 Dec 2024 18:20:11 GMT",
            "5 December 2024",
            "December 5, 2024",
            "Dec. 5, 2024",
            "December 5th, 2024",
            "Thursday, December 5, 2024",
            "Thursday 5 December 2024 18:20",
            "December 5, 2024 at 6:20 PM EST",
            "Dec 5, 2024, 6:20 p.m.",
            "05.12.2024",
            "05.12.2024, 18:20",
            "5 декабря 2024",
            "5 грудня 2024 року",
            "5 كانون الأول 2024",
            "5 ديسمبر 2024",
            "5 كانون الأول/ديسمبر 2024",
            "5 décembre 2024",
            "5 de diciembre de 2024",
            "jueves, 05 diciembre 2024 10:21",
        ] {
            assert_eq!(parse_date(text), Some(Date::constant(2024, 12, 5)), "{text}");
        }
    }

    #[test]
    fn what_is_impossible_or_a_guess_is_no_date() {
        for text in [
            "2024-13-05",
            "2024-02-30",
            "31 February 2024",
            "05/12/2024",
            "12/5/24",
            "December 2024",
            "December 5",
            "Hama fell on December 5, 2024",
            "December 5, 2024 was the day Hama fell",
            "yesterday",
            "",
            "2024",
            "99999999",
            "2024-12-05 Hama falls",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_dateline_stands_alone() {
        let day = Some(Date::constant(2024, 12, 5));
        for line in ["Published: 5 December 2024", "**Posted on December 5, 2024**", "(December 5, 2024)"] {
            assert_eq!(dateline(line), day, "{line}");
        }
        for line in ["Updated: 5 December 2024", "The town fell on 5 December 2024", "dated 5 December 2024"]
        {
            assert_eq!(dateline(line), None, "{line}");
        }
    }
}
