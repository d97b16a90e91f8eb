//! Developer chores: `cargo xtask CHORE`.

#![allow(clippy::disallowed_methods, reason = "chores work on files")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "chores talk to the developer")]

mod gazetteer;

use std::process::ExitCode;

fn main() -> ExitCode {
    let done = match std::env::args().nth(1).as_deref() {
        Some("gazetteer") => gazetteer::make(),
        chore => Err(format!("no chore {:?}; there is: gazetteer", chore.unwrap_or(""))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
