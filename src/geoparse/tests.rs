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
