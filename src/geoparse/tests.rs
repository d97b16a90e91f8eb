use super::*;

fn read(text: &str) -> Vec<Mention> {
    let gazetteer = Gazetteer::embedded();
    Geoparser::new(&gazetteer).mentions(text, &Asking::default())
}

/// Names with country, kind and precision.
fn told(text: &str) -> Vec<String> {
    read(text)
        .iter()
        .map(|mention| {
            let site = mention.site.as_ref().map_or("?".to_owned(), |site| {
                format!(
                    "{} {} {}",
                    site.country.as_deref().unwrap_or("-"),
                    site.kind.name(),
                    site.precision.name()
                )
            });
            format!("{}: {site}", mention.span.of(text))
        })
        .collect()
}

#[test]
fn words_around_a_name_make_its_ground() {
    assert_eq!(
        told("Rebels hold Aleppo International Airport, the Hama countryside and Homs province in Syria."),
        [
            "Aleppo: SY airport place",
            "Hama: SY town near",
            "Homs: SY admin1 admin1",
            "Syria: SY country country"
        ]
    );
}

#[test]
fn names_are_found_whole_wherever_they_stand() {
    let names = |text: &str| {
        told(text).iter().map(|told| told.split(':').next().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        names(
            "GAINESVILLE, Fla. — Deir ez-Zor's Hajin and Port-au-Prince are far from St. Petersburg, Russia."
        ),
        ["GAINESVILLE", "Fla.", "Deir ez-Zor", "Hajin", "Port-au-Prince", "St. Petersburg", "Russia"]
    );
    assert_eq!(
        names("President Lincoln wrote to the Washington Post about Paris Hilton."),
        Vec::<String>::new()
    );
    assert_eq!(names("سيطرت الفصائل على مدينة حماة وخان شيخون."), ["حماة", "وخان شيخون"]);
    assert_eq!(names("Бої тривають у Харкові та під Бахмутом."), ["Харкові", "Бахмутом"]);
    assert_eq!(names("Il vient d'Alep et de Homs."), ["Alep", "Homs"]);
}

#[test]
fn the_same_name_means_the_place_its_text_speaks_of() {
    let one = |text: &str| told(text)[0].clone();
    assert!(one("Tripoli's port was shelled, officials in Libya said.").contains("LY"));
    assert!(one("Tripoli lies north of Beirut in Lebanon.").contains("LB"));
    let text = "Deputies in Paris, Texas, arrested a man.";
    let paris = &read(text)[0];
    assert_eq!(paris.site.as_ref().unwrap().admin1.as_deref(), Some("Texas"));
}

#[test]
fn given_names_are_placed_one_for_one_even_where_there_is_none() {
    let gazetteer = Gazetteer::embedded();
    let text = "Hama and xyzzy";
    let spans = [Span { start: 0, end: 4 }, Span { start: 9, end: 14 }, Span { start: 4, end: 4 }];
    let placed = Geoparser::new(&gazetteer).resolve(text, &spans, &Asking::default());
    assert_eq!(placed.len(), 3);
    assert!(placed[0].site.is_some() && placed[1].site.is_none() && placed[2].site.is_none());
}

#[test]
fn peoples_are_told_only_when_asked_for() {
    let gazetteer = Gazetteer::embedded();
    let text = "Syrian officials met in Geneva.";
    let asking = Asking { peoples: true, ..Asking::default() };
    let found = Geoparser::new(&gazetteer).mentions(text, &asking);
    assert!(found[0].people && found[0].site.as_ref().unwrap().country.as_deref() == Some("SY"));
    assert_eq!(read(text).len(), 1);
}

#[test]
fn a_long_text_without_any_break_is_read_in_pieces() {
    let text = "حماةHama".repeat(60_000);
    let whole = pieces(&text);
    assert!(whole.len() > 1 && whole.iter().all(|piece| !piece.of(&text).is_empty()));
    assert_eq!(whole.iter().map(|piece| piece.end - piece.start).sum::<usize>(), text.len());
    let spaced = "Fighting went on in Hama. ".repeat(30_000);
    let mentions = read(&spaced);
    assert!(mentions.len() > 29_000);
    assert!(mentions.iter().all(|mention| mention.span.of(&spaced) == "Hama"));
}
