//! What a text says of who took what.
//!
//! ```sh
//! cargo run --example claims < article.txt
//! ```
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use conflict_map::gazetteer::Gazetteer;
use conflict_map::project::Project;
use conflict_map::{extract, report};
use std::io::Read as _;

fn main() -> std::io::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let gazetteer = Gazetteer::embedded();
    for report in report::read("standard input", &bytes).value {
        for claim in extract::claims(&report, &gazetteer, &Project::default()).value {
            let who =
                claim.gaining.or(claim.losing).map_or_else(|| "nobody named".to_owned(), |id| id.to_string());
            println!("{}: {}, {who} ({})", claim.site.name, claim.change.name(), claim.standing.name());
            println!("    {}", claim.evidence.quote.of(&report.text));
        }
    }
    Ok(())
}
