//! conflict-map: reads reports of a war and draws who holds what, day by day.

use std::process::ExitCode;

fn main() -> ExitCode {
    conflict_map::cli::main()
}
