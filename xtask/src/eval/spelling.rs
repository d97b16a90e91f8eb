//! `cargo xtask eval spelling`: is a place found by a spelling that the gazetteer does not have?
//!
//! Leave one out: a name of a place is taken from it, the gazetteer of its country compiled again without it, and the
//! name looked up there. See `eval/README.md` for the rules.

use crate::shell::Done;
use conflict_map::gazetteer::{Gazetteer, Place, fold, read};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// Countries whose names are romanised from Arabic.
const ARABIC: &str = "AE BH DJ DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SO SY TN YE";
/// Countries that speak a Slavic language.
const SLAVIC: &str = "BA BG BY CZ HR ME MK PL RS RU SI SK UA";
/// Names looked up in each group, about.
const SAMPLE: usize = 10_000;
/// A place this near to the one meant is as good.
const NEAR_KM: f64 = 5.0;

/// A name taken from a place.
struct Taken {
    place: usize,
    name: String,
    /// Whether another Latin name of the place is spelled so nearly alike that this one can be its variant.
    variant: bool,
}

/// What looking one up gave.
struct Answer {
    variant: bool,
    /// Rank of the place and of the first place not far from it, from 0.
    rank: Option<usize>,
    near: Option<usize>,
    /// What went wrong, and an example of it; nothing if the place came first.
    fault: Option<(&'static str, String)>,
    took: Duration,
}

pub(crate) fn run() -> Done {
    let gazetteer = Gazetteer::embedded();
    let mut all = Vec::new();
    for (group, codes) in [("Arabic", ARABIC), ("Slavic", SLAVIC)] {
        let answers = score(&gazetteer, codes);
        print(group, &answers);
        all.extend(answers);
    }
    if all.is_empty() {
        return Err("the gazetteer has no names to look up".to_owned());
    }
    print("both", &all);
    Ok(())
}

/// Looks up every so many of the names of these countries.
fn score(gazetteer: &Gazetteer, codes: &str) -> Vec<Answer> {
    let countries: Vec<(&str, Vec<Place<'_>>, Vec<Taken>)> = codes
        .split(' ')
        .map(|code| {
            let places: Vec<Place<'_>> = gazetteer.within(code).collect();
            let taken = (0..places.len()).flat_map(|i| variants(gazetteer, &places, i)).collect();
            (code, places, taken)
        })
        .collect();
    let total: usize = countries.iter().map(|(.., taken)| taken.len()).sum();
    let excluded = countries.iter().flat_map(|(.., taken)| taken).filter(|taken| !taken.variant).count();
    let step = (total / SAMPLE).max(1);
    println!("{total} names, of which {excluded} are no variants; one in {step} is looked up");
    let mut answers = Vec::new();
    for (code, places, taken) in &countries {
        // In each round a place loses at most one name.
        let mut rounds: Vec<BTreeMap<usize, &Taken>> = Vec::new();
        for one in taken.iter().step_by(step) {
            match rounds.iter_mut().find(|round| !round.contains_key(&one.place)) {
                Some(round) => _ = round.insert(one.place, one),
                None => rounds.push(BTreeMap::from([(one.place, one)])),
            }
        }
        for round in rounds {
            let without = without(gazetteer, places, &round);
            answers.extend(round.values().map(|one| look_up(&without, code, &places[one.place], one)));
        }
    }
    answers
}

/// The names of a place to be looked up: in Latin script, not its first, each different from the others when folded.
fn variants(gazetteer: &Gazetteer, places: &[Place<'_>], place: usize) -> Vec<Taken> {
    let names = gazetteer.names(places[place].id);
    let latin: Vec<&str> = names.iter().copied().filter(|name| is_latin(name)).collect();
    let folded: Vec<String> = latin.iter().map(|name| fold(name)).collect();
    let mut seen = BTreeSet::from([fold(places[place].name)]);
    let mut taken = Vec::new();
    for (name, own) in latin.iter().zip(&folded) {
        if !own.is_empty() && seen.insert(own.clone()) {
            let variant = folded.iter().any(|other| other != own && is_variant(own, other));
            taken.push(Taken { place, name: (*name).to_owned(), variant });
        }
    }
    taken
}

fn is_latin(name: &str) -> bool {
    let latin = |c: char| {
        (c as u32) < 0x250 || ('\u{1e00}'..='\u{1eff}').contains(&c) || (0x2b0..0x370).contains(&(c as u32))
    };
    name.chars().all(|c| latin(c) || !c.is_alphabetic()) && name.chars().any(char::is_alphabetic)
}

/// Whether at most half of the letters of the longer name differ (Levenshtein distance of folded names, no spaces).
fn is_variant(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|name| name.chars().filter(|c| *c != ' ').collect::<Vec<char>>());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let least = (corner + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = std::mem::replace(&mut row[j + 1], least);
        }
    }
    2 * row[b.len()] <= a.len().max(b.len())
}

/// The gazetteer of these places, each without the name that this round takes from it.
fn without(gazetteer: &Gazetteer, places: &[Place<'_>], round: &BTreeMap<usize, &Taken>) -> Gazetteer {
    let mut table = csv::Writer::from_writer(Vec::new());
    let header =
        ["id", "name", "local", "alternates", "kind", "lat", "lon", "population", "country", "admin1"];
    let mut write = |row: &[String]| table.write_record(row).expect("a vector takes every row");
    write(&header.map(str::to_owned));
    for (i, place) in places.iter().enumerate() {
        let gone = round.get(&i).map(|taken| fold(&taken.name));
        let names = gazetteer.names(place.id);
        let others: Vec<&str> = names[1..].iter().copied().filter(|name| gone != Some(fold(name))).collect();
        write(&[
            place.id.0.to_string(),
            place.name.to_owned(),
            place.local.unwrap_or("").to_owned(),
            others.join("|"),
            place.kind.name().to_owned(),
            place.at.lat().to_string(),
            place.at.lon().to_string(),
            place.population.to_string(),
            place.country.to_owned(),
            place.admin1.unwrap_or("").to_owned(),
        ]);
    }
    let bytes = table.into_inner().expect("a vector can be flushed");
    read("without", std::io::Cursor::new(bytes)).expect("bytes in memory can be read").value.gazetteer()
}

fn look_up(gazetteer: &Gazetteer, code: &str, place: &Place<'_>, taken: &Taken) -> Answer {
    let start = Instant::now();
    let found = gazetteer.locate_in(&taken.name, &[code]);
    let took = start.elapsed();
    let rank = found.iter().position(|candidate| candidate.place.id == place.id);
    let near = found.iter().position(|candidate| candidate.place.at.distance(place.at).0 <= NEAR_KM);
    let first = found.first();
    let said =
        first.map_or_else(String::new, |first| format!("{} by its name {}", first.place.name, first.matched));
    let kind = match rank {
        Some(0) => None,
        _ if first.is_some_and(|first| fold(first.matched) == fold(&taken.name)) => {
            Some("another place has this very name")
        }
        Some(1..=4) => Some("another place is spelled nearer, and this one is among the first five"),
        Some(_) => Some("found, but not among the first five"),
        None if first.is_none() => Some("nothing found"),
        None => Some("only other places found"),
    };
    let fault = kind.map(|kind| (kind, format!("{code}: {} of {}, answered {said}", taken.name, place.name)));
    Answer { variant: taken.variant, rank, near, fault, took }
}

fn print(group: &str, answers: &[Answer]) {
    let share = |answers: &[&Answer], test: &dyn Fn(&Answer) -> bool| {
        answers.iter().filter(|answer| test(answer)).count() as f64 / answers.len().max(1) as f64
    };
    let within = |rank: Option<usize>, most: usize| rank.is_some_and(|rank| rank < most);
    for (what, every) in [("variants", false), ("all names", true)] {
        let counted: Vec<&Answer> = answers.iter().filter(|answer| every || answer.variant).collect();
        println!(
            "{group}, {} {what}: recall at 1 {:.3}, at 5 {:.3}; or within {NEAR_KM} km {:.3}, {:.3}",
            counted.len(),
            share(&counted, &|answer| within(answer.rank, 1)),
            share(&counted, &|answer| within(answer.rank, 5)),
            share(&counted, &|answer| within(answer.near, 1)),
            share(&counted, &|answer| within(answer.near, 5)),
        );
    }
    let mut took: Vec<Duration> = answers.iter().map(|answer| answer.took).collect();
    took.sort_unstable();
    if let (Some(median), Some(late)) = (took.get(took.len() / 2), took.get(took.len() * 99 / 100)) {
        println!("a look-up takes {median:?}, one in a hundred {late:?} or more");
    }
    let mut faults: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (kind, example) in
        answers.iter().filter(|answer| answer.variant).filter_map(|answer| answer.fault.as_ref())
    {
        faults.entry(kind).or_default().push(example);
    }
    let mut faults: Vec<_> = faults.into_iter().collect();
    faults.sort_by_key(|(kind, examples)| (std::cmp::Reverse(examples.len()), *kind));
    for (kind, examples) in faults {
        println!("  {:5} {kind}", examples.len());
        for example in examples.iter().step_by((examples.len() / 3).max(1)).take(3) {
            println!("          {example}");
        }
    }
    println!();
}
