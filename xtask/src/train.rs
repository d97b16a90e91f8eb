//! Fits the geoparser's weights to judged texts.

pub(crate) mod choose;
pub(crate) mod find;

use crate::judged;
use crate::shell::Done;
use conflict_map::gazetteer::Gazetteer;
use find::{Effort, Features, Score};
use std::collections::BTreeMap;
use std::path::Path;

pub(crate) fn run(arguments: &[String]) -> Done {
    let gazetteer = Gazetteer::embedded();
    let peoples = std::env::var("PEOPLES").is_ok();
    let mut documents = Vec::new();
    for folder in arguments {
        documents.extend(judged::folder(Path::new(folder))?);
    }
    if std::env::var("CHOOSE").is_ok() {
        return choosing(&documents, &gazetteer);
    }
    let mut features = Features::default();
    let seen = find::look(&documents, &gazetteer, &mut features, peoples);
    println!("{} documents, {} features", documents.len(), features.names.len());
    let env = |name: &str, or: f32| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(or);
    let effort = Effort { rounds: env("ROUNDS", 8.0) as usize, rate: env("RATE", 0.1), penalty: env("L1", 2e-5), least: env("LEAST", 3.0) as u32 };
    // Five folds over the documents of all sets.
    let mut errors = BTreeMap::new();
    let offsets = [-0.6_f32, -0.3, 0.0, 0.3, 0.6];
    let mut totals: BTreeMap<(String, usize), Score> = BTreeMap::new();
    for fold in 0..5 {
        let weights = find::fit(
            seen.iter().enumerate().filter(|(i, _)| i % 5 != fold).map(|(_, s)| s),
            &features.counts,
            effort,
        );
        for (i, document) in documents.iter().enumerate().filter(|(i, _)| i % 5 == fold) {
            for (o, &offset) in offsets.iter().enumerate() {
                let score = find::score(document, &seen[i], &weights, offset, (o == 2).then_some(&mut errors));
                let total = totals.entry((document.set.clone(), o)).or_default();
                total.right += score.right;
                total.found += score.found;
                total.all += score.all;
            }
        }
    }
    for ((set, o), score) in &totals {
        println!("{set:9} {:5} P {:.3} R {:.3} F1 {:.3}", offsets[*o], score.precision(), score.recall(), score.f1());
    }
    for set in ["LGL", "GeoVirus"] {
        let train = documents.iter().zip(&seen).filter(|(d, _)| d.set != set).map(|(_, s)| s);
        let weights = find::fit(train, &features.counts, effort);
        println!("{} weights", weights.iter().filter(|w| w.abs() > 1e-4).count());
        for offset in offsets {
            let mut total = Score::default();
            for (d, s) in documents.iter().zip(&seen).filter(|(d, _)| d.set == set) {
                let score = find::score(d, s, &weights, offset, None);
                total.right += score.right;
                total.found += score.found;
                total.all += score.all;
            }
            println!("others to {set} {offset}: P {:.3} R {:.3} F1 {:.3}", total.precision(), total.recall(), total.f1());
        }
    }
    let mut reach: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (document, seen) in documents.iter().zip(&seen) {
        let entry = reach.entry(&document.set).or_default();
        entry.0 += seen.iter().flat_map(|s| &s.guesses).filter(|g| g.right).count();
        entry.1 += document.names.len();
    }
    println!("reachable {reach:?}");
    let text: String = errors.iter().map(|(e, n)| format!("{n} {e}\n")).collect();
    std::fs::write("/tmp/lead/errors.txt", text).map_err(|e| e.to_string())?;
    Ok(())
}

fn choosing(documents: &[judged::Document], gazetteer: &Gazetteer) -> Done {
    let mut weights: Vec<f32> = Vec::new();
    for pass in 0..3 {
        let seen = choose::look(documents, gazetteer, &weights);
        let mut totals: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut errors: BTreeMap<String, usize> = BTreeMap::new();
        for fold in 0..5 {
            let weights = choose::fit(seen.iter().enumerate().filter(|(i, _)| i % 5 != fold).map(|(_, s)| s));
            for (i, document) in documents.iter().enumerate().filter(|(i, _)| i % 5 == fold) {
                let (all, right) = choose::score(&seen[i], &weights, |case, chosen| {
                    let options = case.places.len() - 1;
                    let reach = case.right.last() != Some(&true);
                    let gold = case.gold.unwrap_or_default();
                    let said = chosen.map(|place| (place.id, place.at, gazetteer.place(conflict_map::gazetteer::PlaceId(place.id)).map(|p| (p.name, p.kind.name(), p.country))));
                    let key = format!("{} {} {} of {options}{} gold {:.2},{:.2} said {said:?}", document.set, document.id, case.surface, if reach { "" } else { " UNREACHABLE" }, gold.0, gold.1);
                    *errors.entry(key).or_default() += 1;
                });
                let total = totals.entry(&document.set).or_default();
                total.0 += all;
                total.1 += right;
            }
        }
        for (set, (all, right)) in &totals {
            println!("pass {pass} {set}: {:.3} of {all}", *right as f64 / *all as f64);
        }
        for set in ["LGL", "GeoVirus"] {
            let w = choose::fit(documents.iter().zip(&seen).filter(|(d, _)| d.set != set).map(|(_, s)| s));
            let (mut all, mut right) = (0, 0);
            for (_, s) in documents.iter().zip(&seen).filter(|(d, _)| d.set == set) {
                let score = choose::score(s, &w, |_, _| ());
                all += score.0;
                right += score.1;
            }
            println!("pass {pass} others to {set}: {:.3}", right as f64 / all as f64);
        }
        weights = choose::fit(seen.iter());
        let text: String = errors.iter().map(|(e, n)| format!("{n} {e}\n")).collect();
        std::fs::write("/tmp/lead/choose.txt", text).map_err(|e| e.to_string())?;
    }
    for (name, weight) in conflict_map::geoparse::study::FEATURES.iter().zip(&weights) {
        println!("{weight:8.3} {name}");
    }
    Ok(())
}
