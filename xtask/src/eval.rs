//! `cargo xtask eval WHAT`: how well a stage does, as `eval/README.md` describes it.

mod areas;
mod claims;
mod geoparse;
mod spelling;

use crate::shell::{self, Done};

/// What can be scored: its name and the function that prints the scores.
type Stage = (&'static str, fn(&[String]) -> Done);

/// Every stage that can be scored.
const STAGES: &[Stage] = &[
    ("areas", |_| {
        areas::run();
        Ok(())
    }),
    ("claims", claims::run),
    ("geoparse", geoparse::run),
    ("spelling", |_| spelling::run()),
];

/// Scores the stage that the first word names, in optimised code.
pub(crate) fn run(words: &[String]) -> Done {
    let name = words.first().map_or("", String::as_str);
    let names: Vec<&str> = STAGES.iter().map(|(name, _)| *name).collect();
    let Some((_, stage)) = STAGES.iter().find(|(known, _)| *known == name) else {
        return Err(format!("`{name}` is nothing to score; one of {}", names.join(", ")));
    };
    if shell::slow("eval", words)? {
        return Ok(());
    }
    stage(&words[1..])
}
