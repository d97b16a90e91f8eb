//! Fits the geoparser's weights to judged texts and writes them where the library embeds them.

pub(crate) mod choose;
pub(crate) mod find;

use crate::judged::{self, Document};
use crate::shell::{self, Done};
use conflict_map::gazetteer::Gazetteer;
use conflict_map::geoparse::study::FEATURES;
use find::{Effort, Features, Stretch};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// How hard the finder's weights are fitted; settled by cross-validation.
pub(crate) const EFFORT: Effort = Effort { rounds: 8, rate: 0.1, penalty: 3e-5, least: 3 };
/// How often choosing is fitted anew to what the fit before makes of the other names.
pub(crate) const PASSES: usize = 3;

/// `cargo xtask train [FOLDER …]`
pub(crate) fn run(arguments: &[String]) -> Done {
    if shell::slow("train", arguments)? {
        return Ok(());
    }
    let mut documents = judged::all(arguments)?;
    documents.retain(|document| !document.test);
    let gazetteer = Gazetteer::embedded();
    let mut features = Features::default();
    let seen = find::look(&documents, &gazetteer, &mut features);
    let weights = find::fit(seen.iter(), &features.counts, EFFORT);
    let mut rows: Vec<(&str, f32)> = features
        .names
        .iter()
        .map(String::as_str)
        .zip(weights)
        .filter(|(_, weight)| weight.abs() >= 5e-4)
        .collect();
    rows.sort_by(|a, b| a.0.cmp(b.0));
    let sources = judged::sources(&documents);
    let mut table = head("what each feature of words weighs for their being a place name", &sources);
    for (name, weight) in &rows {
        let _ = writeln!(table, "{name}\t{weight:.3}");
    }
    write("find", &table)?;
    println!("find.tsv: {} of {} features, {} bytes", rows.len(), features.names.len(), table.len());

    let weights = choosing(&documents.iter().collect::<Vec<_>>(), &gazetteer);
    let mut table = head("what each feature of a place weighs for its being meant by a name", &sources);
    for (name, weight) in FEATURES.iter().zip(&weights) {
        let _ = writeln!(table, "{name}\t{weight:.4}");
    }
    write("choose", &table)?;
    println!("choose.tsv: {} features", FEATURES.len());
    Ok(())
}

/// Weights for finding names in these documents.
pub(crate) fn finding<'a>(seen: impl Iterator<Item = &'a Vec<Stretch>>, features: &Features) -> Vec<f32> {
    find::fit(seen, &features.counts, EFFORT)
}

/// Weights for choosing places in these documents. Sentences that were made tell nothing of what is named beside a place.
pub(crate) fn choosing(documents: &[&Document], gazetteer: &Gazetteer) -> Vec<f32> {
    let documents: Vec<&Document> =
        documents.iter().copied().filter(|document| document.set != judged::MADE).collect();
    let mut weights = Vec::new();
    for _ in 0..PASSES {
        let seen = choose::look(&documents, gazetteer, &weights);
        weights = choose::fit(seen.iter());
    }
    weights
}

fn head(what: &str, sources: &str) -> String {
    format!(
        "#! Made by `cargo xtask train`: {what}.\n#! Fitted to {sources}; see eval/README.md. Not to be edited.\n"
    )
}

fn write(name: &str, table: &str) -> Done {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../src/geoparse/{name}.tsv"));
    fs::write(&path, table).map_err(|e| format!("{}: {e}", path.display()))
}
