//! Whole passages and the claims read from them, in `tests/corpus/*.md`.
//!
//! A file holds cases: a heading, the day of publication, the passage as a quotation, the claims as a table.
//! `UPDATE=1 cargo test --test corpus` rewrites the tables; nobody edits them by hand, everybody reads the diff.
#![expect(clippy::disallowed_methods, reason = "a test of texts reads files")]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use conflict_map::claim::{Claim, When};
use conflict_map::extract;
use conflict_map::gazetteer::Gazetteer;
use conflict_map::project::Project;
use conflict_map::report;
use std::fmt::Write as _;
use std::path::Path;

const HEADER: &str = "| place | precision | change | gaining | losing | standing | said by | when |\n\
                      |---|---|---|---|---|---|---|---|\n";

/// The claims of one passage as the table below it.
fn table(passage: &str, published: &str, gazetteer: &Gazetteer) -> String {
    let text = format!("---\npublished: {published}\n---\n\n{passage}\n");
    let mut rows = String::new();
    for report in report::read("case.md", text.as_bytes()).value {
        let claims = extract::claims(&report, gazetteer, &Project::default()).value;
        let looked_into = extract::read(&report, gazetteer, &Project::default()).value.claims;
        assert_eq!(claims, looked_into, "asking for reasons changes no claim: {passage}");
        for claim in claims {
            writeln!(rows, "{}", row(&claim)).unwrap();
        }
    }
    if rows.is_empty() { "No claims.\n".to_owned() } else { format!("{HEADER}{rows}") }
}

fn row(claim: &Claim) -> String {
    let actor =
        |id: &Option<conflict_map::actor::ActorId>| id.as_ref().map_or_else(String::new, ToString::to_string);
    let cells = [
        claim.site.name.clone(),
        claim.site.precision.name().to_owned(),
        claim.change.name().to_owned(),
        actor(&claim.gaining),
        actor(&claim.losing),
        claim.standing.name().to_owned(),
        claim.standing.said_by().unwrap_or_default().to_owned(),
        when(claim.day) + if claim.background { ", background" } else { "" },
    ];
    format!("| {} |", cells.join(" | "))
}

fn when(day: When) -> String {
    match (day.from, day.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (None, Some(to)) => format!("by {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, None) => "unknown".to_owned(),
    }
}

/// A file with the tables that its passages give today; all else in it as it is.
fn renewed(text: &str, gazetteer: &Gazetteer) -> String {
    let mut out = String::new();
    for (i, case) in text.split("\n## ").enumerate() {
        if i == 0 {
            out += case.trim_end();
            out.push('\n');
            continue;
        }
        let published = case.lines().find_map(|line| line.strip_prefix("published: ")).unwrap_or_default();
        let quoted: Vec<&str> = case.lines().filter(|line| line.starts_with('>')).collect();
        let passage: Vec<&str> = quoted.iter().map(|line| line[1..].trim()).collect();
        // What stands before the end of the quotation is the case; what stands below it is written anew.
        let last =
            quoted.last().unwrap_or_else(|| panic!("no passage in `{}`", case.lines().next().unwrap()));
        let end = last.as_ptr() as usize - case.as_ptr() as usize + last.len();
        write!(out, "\n## {}\n\n{}", &case[..end], table(&passage.join("\n"), published, gazetteer)).unwrap();
    }
    out
}

#[test]
fn passages_give_the_claims_written_below_them() {
    let gazetteer = Gazetteer::embedded();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let today = renewed(&text, &gazetteer);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &today).unwrap();
        } else {
            let different = text.lines().zip(today.lines()).find(|(there, now)| there != now);
            assert!(
                text == today,
                "{}: `UPDATE=1 cargo test --test corpus` rewrites it; first difference, there and now:\n{different:#?}",
                path.display()
            );
        }
    }
}
