//! Names as they stand in a sentence: Arabic with particles written on to them, Ukrainian and Russian with case endings.

/// The forms that a folded word may have in a gazetteer where it stands inflected or with particles in a text, likeliest
/// first, without the word itself; none for Latin and other scripts.
///
/// Arabic: و and ف (and), ب (in), ل (to), ك (as) before a name or its article. Ukrainian and Russian: the endings of
/// the cases, of nouns and adjectives, with the vowels and consonants that change with them (Харків, у Харкові; Авдіївка,
/// в Авдіївці). The forms are guesses, to be looked up: most of them are no names.
///
/// # Example
/// ```
/// use conflict_map::gazetteer::{base_forms, fold};
/// assert!(base_forms(&fold("Харкові")).contains(&fold("Харків")));
/// assert!(base_forms(&fold("للحسكة")).contains(&fold("الحسكة")));
/// ```
#[must_use]
pub fn base_forms(folded: &str) -> Vec<String> {
    let mut forms = Vec::new();
    match folded.chars().next() {
        Some('\u{620}'..='\u{6ff}') => arabic(folded, &mut forms),
        Some('\u{430}'..='\u{45f}' | 'ґ') => slavic(folded, &mut forms),
        _ => {}
    }
    let mut seen = std::collections::BTreeSet::new();
    forms.retain(|form| form != folded && seen.insert(form.clone()));
    forms
}

/// Letters that must be left of an Arabic name, its article not counted, once particles are taken off.
const LEAST_ARABIC: usize = 3;

fn arabic(word: &str, forms: &mut Vec<String>) {
    let alone = word.strip_prefix(['و', 'ف']);
    for start in [Some(word), alone].into_iter().flatten() {
        // "To the" is written with one alef less.
        if let Some(rest) = start.strip_prefix("لل").filter(|rest| rest.chars().count() >= LEAST_ARABIC) {
            forms.push(["ال", rest].concat());
            forms.push(rest.to_owned());
        }
        let bare = start.strip_prefix(['ب', 'ل', 'ك']);
        for form in alone.filter(|_| start != word).into_iter().chain(bare) {
            let name = form.strip_prefix("ال").unwrap_or(form);
            if name.chars().count() >= LEAST_ARABIC {
                forms.push(form.to_owned());
            }
        }
    }
}

/// Endings of a word in a sentence, and the endings the name may have by itself; й is и and ї is і, as folding leaves them.
/// An empty ending stands for a final consonant.
const ENDINGS: &[(&str, &[&str])] = &[
    // Names in -поль and -піль, -ів and -ів: the vowel of the closed syllable comes back.
    ("поля", &["поль", "піль", "поле"]),
    ("полю", &["поль", "піль", "поле"]),
    ("полі", &["піль", "поль", "поле"]),
    ("поле", &["поль"]),
    ("полем", &["поль", "піль", "поле"]),
    // Consonants that change before -і.
    ("ці", &["ка", "ця", "к"]),
    ("зі", &["га", "г"]),
    ("сі", &["ха", "са", "с"]),
    // Nouns in -а, -я, -ь, -е, a consonant.
    ("ою", &["а"]),
    ("ею", &["я", "а"]),
    ("єю", &["я"]),
    ("ои", &["а", "ая"]),
    ("еи", &["я", "а"]),
    ("ами", &["и", "ы", "а"]),
    ("ями", &["і", "и"]),
    ("ах", &["и", "ы", "а"]),
    ("ях", &["і", "и"]),
    ("ам", &["и", "ы"]),
    ("ям", &["і", "и"]),
    ("ом", &["", "о"]),
    ("ем", &["ь", "е", "", "и"]),
    ("єм", &["и"]),
    ("ням", &["нь", "ня"]),
    ("лям", &["ль", "ля"]),
    ("ью", &["ь"]),
    ("ві", &["в", "ва", "во"]),
    ("ові", &["", "о"]),
    ("еві", &["ь", ""]),
    ("єві", &["и"]),
    ("і", &["а", "я", "", "о", "ь", "е"]),
    ("и", &["а", "я", "ь"]),
    ("ы", &["а"]),
    ("у", &["а", "", "о"]),
    ("ю", &["я", "ь", "е", "и"]),
    ("е", &["а", "", "о", "ь"]),
    ("є", &["и", "я"]),
    ("а", &["", "о"]),
    ("я", &["ь", "е", "и"]),
    // Adjectives.
    ("ого", &["е", "ое", "ии", "ыи"]),
    ("ому", &["е", "ое", "ии", "ыи"]),
    ("ым", &["ыи", "ое"]),
    ("им", &["ии", "е", "ое"]),
    ("оі", &["а"]),
    ("іи", &["а", "я"]),
    ("ую", &["ая"]),
    ("его", &["ее", "ии"]),
    ("ему", &["ее", "ии"]),
    // Names that are plural: Суми, Черкаси.
    ("", &["и", "ы"]),
];

/// Letters that must be left of a Slavic name before its ending.
const LEAST_STEM: usize = 2;

fn slavic(word: &str, forms: &mut Vec<String>) {
    for (ending, bases) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() >= LEAST_STEM) else {
            continue;
        };
        let hard = stem.ends_with(|c| !"аеєиіоуыюяьъ".contains(c));
        for base in *bases {
            if base.is_empty() && !hard {
                continue;
            }
            if base.is_empty() {
                // The vowel of a syllable that is closed again: Харкова, Харків; Києва, Київ.
                let closed = ["ов", "ев", "єв"].iter().find_map(|open| stem.strip_suffix(open));
                forms.push(stem.to_owned());
                forms.extend(closed.map(|closed| [closed, "ів"].concat()));
            } else if hard || matches!(*base, "и" | "е" | "я") || base.starts_with(|c| !"аеиоыь".contains(c))
            {
                forms.push([stem, base].concat());
            }
        }
    }
    // в, во Львове: a name that ends in -ів as it stands in Ukrainian and in -ов, -ев in Russian.
    for open in ["ове", "еве", "ова", "ева", "ову", "еву", "овом", "евом", "овым", "евым", "євом"]
    {
        if let Some(stem) = word.strip_suffix(open).filter(|stem| stem.chars().count() >= LEAST_STEM) {
            let first = if open.starts_with('о') { "ов" } else { "ев" };
            forms.extend([[stem, first].concat(), [stem, "ів"].concat()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Gazetteer, fold};
    use super::*;
    use std::collections::BTreeSet;

    /// Checks that a base form of each word leads to a place that also bears the name, best first.
    fn check(pairs: &[(&str, &str)]) {
        let gazetteer = Gazetteer::embedded();
        let mut missed = Vec::new();
        for (name, words) in pairs {
            let known: BTreeSet<_> = gazetteer.find(name).into_iter().map(|c| c.place.id).collect();
            assert!(!known.is_empty(), "{name}");
            for word in words.split(' ') {
                let forms = base_forms(&fold(word));
                let found =
                    |form: &String| gazetteer.find(form).iter().take(5).any(|c| known.contains(&c.place.id));
                if !forms.iter().any(found) {
                    missed.push((word, forms));
                }
            }
        }
        assert!(missed.is_empty(), "{missed:#?}");
    }

    #[test]
    fn particles_written_on_to_an_arabic_name_come_off() {
        check(&[
            ("حماة", "وحماة بحماة لحماة كحماة فحماة وبحماة"),
            ("حلب", "بحلب وحلب لحلب وبحلب ولحلب فحلب"),
            ("الحسكة", "للحسكة والحسكة بالحسكة فالحسكة وبالحسكة وللحسكة كالحسكة"),
            ("الرقة", "للرقة بالرقة والرقة وبالرقة"),
            ("إدلب", "بإدلب وإدلب لإدلب وبإدلب"),
            ("دمشق", "بدمشق ودمشق لدمشق"),
            ("غزة", "بغزة وغزة لغزة"),
            ("الخرطوم", "بالخرطوم والخرطوم للخرطوم"),
            ("الفاشر", "بالفاشر والفاشر للفاشر"),
            ("حمص", "بحمص وحمص لحمص"),
            ("تدمر", "بتدمر وتدمر لتدمر"),
        ]);
    }

    #[test]
    fn cases_of_ukrainian_and_russian_names_lead_to_the_nominative() {
        check(&[
            ("Харків", "Харкові Харкова Харкову Харковом"),
            ("Харьков", "Харькове Харькова Харькову Харьковом"),
            ("Херсон", "Херсоні Херсоне Херсона Херсону Херсоном"),
            ("Одеса", "Одесі Одеси Одесу Одесою"),
            ("Одесса", "Одессе Одессы Одессу Одессой"),
            ("Київ", "Києві Києва Києву Києвом"),
            ("Киев", "Киеве Киева Киеву Киевом"),
            ("Донецьк", "Донецьку Донецька Донецьком"),
            ("Донецк", "Донецке Донецка Донецку Донецком"),
            ("Луганськ", "Луганську Луганська Луганськом"),
            ("Маріуполь", "Маріуполі Маріуполя Маріуполю Маріуполем"),
            ("Мариуполь", "Мариуполе Мариуполя Мариуполю Мариуполем"),
            ("Львів", "Львові Львова Львову Львовом"),
            ("Львов", "Львове Львова Львову Львовом"),
            ("Миколаїв", "Миколаєві Миколаєва Миколаєву Миколаєвом"),
            ("Николаев", "Николаеве Николаева Николаеву Николаевом"),
            ("Чернігів", "Чернігові Чернігова Чернігову"),
            ("Полтава", "Полтаві Полтави Полтаву Полтавою Полтаве Полтавы Полтавой"),
            ("Вінниця", "Вінниці Вінницю Вінницею"),
            ("Винница", "Виннице Винницы Винницу"),
            ("Авдіївка", "Авдіївці Авдіївки Авдіївку Авдіївкою"),
            ("Авдеевка", "Авдеевке Авдеевки Авдеевку Авдеевкой"),
            ("Бахмут", "Бахмуті Бахмуте Бахмута Бахмуту Бахмутом"),
            ("Запоріжжя", "Запоріжжі Запоріжжю"),
            ("Запорожье", "Запорожья Запорожью Запорожьем"),
            ("Суми", "Сумах Сум Сумами Сумам"),
            ("Черкаси", "Черкасах Черкас"),
            ("Тернопіль", "Тернополі Тернополя Тернополем"),
            ("Краматорськ", "Краматорську Краматорська"),
            ("Ізюм", "Ізюмі Ізюма Ізюмом"),
            ("Кременчук", "Кременчуці Кременчука Кременчуку"),
            ("Москва", "Москве Москвы Москву Москвой"),
            ("Курск", "Курске Курска Курску Курском"),
            ("Белгород", "Белгороде Белгорода Белгородом"),
            ("Казань", "Казани Казанью"),
            ("Мелитополь", "Мелитополе Мелитополя Мелитополем"),
            ("Енергодар", "Енергодарі Енергодара"),
            ("Судак", "Судаке Судака"),
            ("Керчь", "Керчи Керчью"),
        ]);
    }

    #[test]
    fn latin_words_short_words_and_nonsense_have_few_forms_or_none() {
        assert!(base_forms("hama").is_empty() && base_forms("").is_empty() && base_forms("北京").is_empty());
        assert!(base_forms("ول").is_empty() && base_forms("و").is_empty());
        for word in ["а", "ів", "чоловіками", "والمسلحين"] {
            let forms = base_forms(word);
            assert!(
                forms.len() < 24 && forms.iter().all(|form| form != word && !form.is_empty()),
                "{forms:?}"
            );
        }
    }
}
