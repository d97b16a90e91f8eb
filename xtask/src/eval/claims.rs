//! `cargo xtask eval claims FOLDER`: are the right changes of control read from judged passages?
//!
//! The folder holds the passages as `passages.jsonl` and their scorer as `score_events.py`, which is asked with the claims
//! that the library reads. A fifth of the passages, chosen by a hash of their ids, is scored apart.

use crate::shell::{Done, root};
use conflict_map::export::claims_csv;
use conflict_map::gazetteer::Gazetteer;
use conflict_map::project::Project;
use conflict_map::report;
use conflict_map::run::extracts;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// One passage in so many is kept apart.
const KEPT: u64 = 5;

/// What is printed of the scorer's answer: the name of the measure and where it stands there.
const MEASURES: &[(&str, &[&str])] = &[
    ("place+change precision", &["place_change", "precision"]),
    ("place+change recall", &["place_change", "recall"]),
    ("place+change F1", &["place_change", "f1"]),
    ("claims merged F1", &["place_change_claims_merged", "f1"]),
    ("gaining actor", &["attributes", "gaining", "accuracy"]),
    ("losing actor", &["attributes", "losing", "accuracy"]),
    ("date", &["attributes", "date", "accuracy"]),
    ("standing", &["attributes", "standing", "accuracy"]),
];

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
        let answer = score(folder, &work, split, &lines.join("\n"), &gazetteer)?;
        for (measure, path) in MEASURES {
            let value = path.iter().try_fold(&answer, |at, key| at.get(key)).and_then(Value::as_f64);
            println!(
                "{split},{measure},{}",
                value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"))
            );
        }
    }
    Ok(())
}

/// The scorer's answer to the claims of these passages.
fn score(
    folder: &Path,
    work: &Path,
    split: &str,
    passages: &str,
    gazetteer: &Gazetteer,
) -> Result<Value, String> {
    let project = Project::default();
    let reports = report::read("passages.jsonl", passages.as_bytes()).value;
    let claims: Vec<_> =
        extracts(&reports, gazetteer, &project).into_iter().flat_map(|read| read.value.claims).collect();
    let by_id = reports.into_iter().map(|report| (report.id.clone(), report)).collect();
    let table = claims_csv(&claims, &by_id, &|id| project.cast.name(id).to_owned());
    let (gold, said) = (work.join(format!("{split}.jsonl")), work.join(format!("{split}.csv")));
    for (path, text) in [(&gold, passages), (&said, table.as_str())] {
        fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let out = Command::new("python3")
        .arg(folder.join("score_events.py"))
        .args([&gold, &said])
        .arg("--json")
        .output()
        .map_err(|error| format!("python3 did not start: {error}"))?;
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
