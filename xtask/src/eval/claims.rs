//! `cargo xtask eval claims FOLDER`: are the right changes of control read from judged passages?
//!
//! The folder holds the passages as `passages.jsonl` and their scorer as `score_events.py`, which is asked with the claims
//! that the library reads. A fifth of the passages, chosen by a hash of their ids, is scored apart.

use crate::shell::{Done, root};
use conflict_map::export::claims_csv;
use conflict_map::gazetteer::Gazetteer;
use conflict_map::project::Project;
use conflict_map::report;
use conflict_map::run::claims;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One passage in so many is kept apart.
const KEPT: u64 = 5;

/// What is printed of the scorer's answer: the name of the measure and where it stands there.
const MEASURES: &[(&str, &[&str])] = &[
    ("place+change precision", &["place_change", "precision"]),
    ("place+change recall", &["place_change", "recall"]),
    ("place+change F1", &["place_change", "f1"]),
    ("claims merged precision", &["place_change_claims_merged", "precision"]),
    ("claims merged recall", &["place_change_claims_merged", "recall"]),
    ("claims merged F1", &["place_change_claims_merged", "f1"]),
    ("gaining actor", &["attributes", "gaining", "accuracy"]),
    ("losing actor", &["attributes", "losing", "accuracy"]),
    ("date", &["attributes", "date", "accuracy"]),
    ("standing", &["attributes", "standing", "accuracy"]),
];

/// The same for a scorer that takes the words for a state's side for one: "army" in the passage, "Sudanese government" in
/// the table.
const ALIKE: &[(&str, &[&str])] = &[
    ("gaining actor, state words alike", &["attributes", "gaining", "accuracy"]),
    ("losing actor, state words alike", &["attributes", "losing", "accuracy"]),
];

/// Those words, as the scorer reads them.
const STATE_WORDS: &str = r#"{"government": ["army", "military", "troops", "junta", "regime", "soldiers"]}"#;

/// What the scorer counts as false positives that no trap of the passages set.
const NO_TRAP: &[&str] = &["none", "wrong_label", "duplicate"];

pub(crate) fn run(words: &[String]) -> Done {
    let folder = words.first().ok_or("give a folder with passages.jsonl and score_events.py")?;
    let folder = Path::new(folder);
    let path = folder.join("passages.jsonl");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let work = root().join("target/eval-claims");
    fs::create_dir_all(&work).map_err(|error| format!("{}: {error}", work.display()))?;
    let gazetteer = Gazetteer::embedded();
    println!("split,measure,value");
    for (split, wanted) in [("tuned", Some(false)), ("kept", Some(true)), ("all", None)] {
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim().is_empty() && wanted.is_none_or(|kept| is_kept(line) == kept))
            .collect();
        let text = lines.join("\n");
        let said = say(&work, split, &text, &gazetteer)?;
        let answer = score(folder, &said, None)?;
        print(split, MEASURES, &answer);
        print(split, ALIKE, &score(folder, &said, Some(STATE_WORDS))?);
        let fallen = answer.get("false_positives_by_trap").and_then(Value::as_object);
        let fallen: u64 = fallen
            .into_iter()
            .flatten()
            .filter(|(kind, _)| !NO_TRAP.contains(&kind.as_str()))
            .filter_map(|(_, count)| count.as_u64())
            .sum();
        println!("{split},traps fallen for,{:.3}", fallen as f64 / traps(&lines).max(1) as f64);
    }
    Ok(())
}

/// Prints some measures of an answer.
fn print(split: &str, measures: &[(&str, &[&str])], answer: &Value) {
    for (measure, path) in measures {
        let value = path.iter().try_fold(answer, |at, key| at.get(key)).and_then(Value::as_f64);
        println!("{split},{measure},{}", value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}")));
    }
}

/// How many traps some passages set.
fn traps(lines: &[&str]) -> usize {
    let of = |line: &&str| -> Option<usize> {
        let passage: Value = serde_json::from_str(line).ok()?;
        Some(passage.get("traps")?.as_array()?.len())
    };
    lines.iter().filter_map(of).sum()
}

/// Writes passages and the claims read of them; gives where they are.
fn say(work: &Path, split: &str, passages: &str, gazetteer: &Gazetteer) -> Result<[PathBuf; 2], String> {
    let project = Project::default();
    let reports = report::read("passages.jsonl", passages.as_bytes()).value;
    let claims: Vec<_> =
        claims(&reports, gazetteer, &project).into_iter().flat_map(|read| read.value).collect();
    let by_id = reports.into_iter().map(|report| (report.id.clone(), report)).collect();
    let table = claims_csv(&claims, &by_id, &|id| project.cast.name(id).to_owned());
    let paths = [work.join(format!("{split}.jsonl")), work.join(format!("{split}.csv"))];
    for (path, text) in paths.iter().zip([passages, table.as_str()]) {
        fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(paths)
}

/// The scorer's answer to passages and claims, given words that it takes for one.
fn score(folder: &Path, said: &[PathBuf; 2], alike: Option<&str>) -> Result<Value, String> {
    let mut command = Command::new("python3");
    command.arg(folder.join("score_events.py")).args(said).arg("--json");
    if let Some(words) = alike {
        let path = said[0].with_extension("alias.json");
        fs::write(&path, words).map_err(|error| format!("{}: {error}", path.display()))?;
        command.arg("--alias").arg(path);
    }
    let out = command.output().map_err(|error| format!("python3 did not start: {error}"))?;
    serde_json::from_slice(&out.stdout).map_err(|error| {
        format!("the scorer's answer is no JSON ({error}): {}", String::from_utf8_lossy(&out.stderr))
    })
}

/// Whether a passage is of the fifth that is kept apart: by the FNV-1a hash of its id.
fn is_kept(line: &str) -> bool {
    let passage: Value = serde_json::from_str(line).unwrap_or_default();
    let id = passage.get("id").and_then(Value::as_str).unwrap_or_default();
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash % KEPT == 0
}
