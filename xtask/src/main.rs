//! Developer chores of conflict-map: tests, data, evaluation.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a chore works on files and talks to a terminal"
)]

mod basemap;

use std::process::ExitCode;

fn main() -> ExitCode {
    let chore = std::env::args().nth(1).unwrap_or_default();
    let done = match chore.as_str() {
        "basemap" => basemap::make(),
        "fonts" => basemap::fonts::make(),
        _ => Err(format!("no chore is called `{chore}`; there are: basemap, fonts").into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
