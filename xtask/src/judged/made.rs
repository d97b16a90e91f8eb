//! Sentences made around the gazetteer's own names, only to learn from: judged texts are too few to hold every kind of name.

use super::{Document, Name};
use conflict_map::gazetteer::{Gazetteer, Hash, Place, fold};
use conflict_map::units::Span;
use std::cmp::Reverse;

/// Name of the set that is made of the gazetteer's own names.
pub(crate) const MADE: &str = "made";

/// Sentences around names of several words, of larger towns from all over the world: judged texts hold too few of them to show
/// that a long name is one name. Only to learn from.
pub(super) fn sentences(gazetteer: &Gazetteer) -> Vec<Document> {
    const AROUND: [(&str, &str); 8] = [
        ("Police in ", " said so."),
        ("The road from ", " to the coast is closed."),
        ("Troops entered ", " on Sunday, officials said."),
        ("She was born in ", " and studied abroad."),
        ("", " has a new mayor, the council said."),
        ("The hospital of ", " is full."),
        ("Rebels had held ", " since March."),
        ("He moved to ", ", where he died."),
    ];
    const PRESS: [&str; 12] = [
        "Times",
        "Post",
        "Herald",
        "Tribune",
        "Gazette",
        "Daily News",
        "Chronicle",
        "Star",
        "Observer",
        "Journal",
        "Mirror",
        "Today",
    ];
    const TAKEN: [(&str, &str); 6] = [
        ("Rebels captured ", " on Sunday."),
        ("The army retook ", " after days of fighting."),
        ("Government forces have withdrawn from ", ", a monitor said."),
        ("Fighting went on around ", " overnight."),
        ("Militants seized ", " from the army."),
        ("The town of ", " fell on Monday."),
    ];
    const COUNTRIES: [&str; 24] = [
        "BR", "MX", "CO", "ES", "PT", "FR", "DE", "GB", "US", "CA", "IN", "VN", "TH", "ID", "PH", "RU", "SY",
        "IQ", "SA", "SD", "NG", "ET", "CN", "DO",
    ];
    let mut documents = Vec::new();
    for code in COUNTRIES {
        let long = |name: &str| {
            name.contains([' ', '-']) && name.chars().all(|c| c.is_alphabetic() || " -'".contains(c))
        };
        let mut towns: Vec<_> = gazetteer
            .within(code)
            .filter(|place| {
                place.population > 30_000 && long(place.name) && !place.feature.starts_with("PPLX")
            })
            .collect();
        towns.sort_by_key(|place| place.id);
        let step = (towns.len() / 24).max(1);
        for (i, town) in towns.iter().step_by(step).take(24).enumerate() {
            let (before, after) = AROUND[(i + code.len() * documents.len()) % AROUND.len()];
            documents.push(sentence(town, before, after));
        }
        // Towns called like something else, where only the sentence tells: "Rebels captured Tyre."
        let other = |name: &str| {
            let lore = Gazetteer::lore(Hash::START.then(&fold(name)));
            lore.ordinary() > 0 || lore.first_name() > 0
        };
        let mut towns: Vec<_> = gazetteer
            .within(code)
            .filter(|place| place.population > 20_000 && !place.name.contains(' ') && other(place.name))
            .collect();
        towns.sort_by_key(|place| (Reverse(place.population), place.id));
        for (i, town) in towns.iter().take(10).enumerate() {
            let (before, after) = TAKEN[(i + documents.len()) % TAKEN.len()];
            documents.push(sentence(town, before, after));
        }
        // A newspaper is no place.
        let mut towns: Vec<_> = gazetteer.within(code).filter(|place| place.population > 100_000).collect();
        towns.sort_by_key(|place| (Reverse(place.population), place.id));
        for (i, town) in towns.iter().take(8).enumerate() {
            let paper = PRESS[(i + documents.len()) % PRESS.len()];
            let mut read =
                sentence(town, "The ", &format!(" {paper} reported it first, and others followed."));
            read.names.clear();
            documents.push(read);
        }
        // "Deir ez-Zor's Hajin": the owner is a place of its own.
        let mut towns: Vec<_> = gazetteer
            .within(code)
            .filter(|place| place.population > 5_000 && place.admin1.is_some_and(|unit| unit != place.name))
            .collect();
        towns.sort_by_key(|place| place.id);
        let step = (towns.len() / 12).max(1);
        for (i, town) in towns.iter().step_by(step).take(12).enumerate() {
            let (before, after) = TAKEN[(i + documents.len()) % TAKEN.len()];
            let owner = town.admin1.unwrap_or_default();
            let mut owned = sentence(town, &format!("{before}{owner}'s "), after);
            let span = Span { start: before.len(), end: before.len() + owner.len() };
            owned.names.insert(0, Name { span, at: None, people: false });
            documents.push(owned);
        }
    }
    documents
}

fn sentence(town: &Place<'_>, before: &str, after: &str) -> Document {
    let span = Span { start: before.len(), end: before.len() + town.name.len() };
    Document {
        set: MADE.to_owned(),
        id: town.id.to_string(),
        text: format!("{before}{}{after}", town.name),
        names: vec![Name { span, at: Some((town.at.lat(), town.at.lon())), people: false }],
        peoples: false,
        region: Vec::new(),
        test: false,
    }
}
