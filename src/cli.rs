//! The command line: arguments and files in, files, messages and an exit code out. It computes nothing itself.

mod args;
mod baseline;
mod between;
mod explain;
mod extract;
mod fail;
mod files;
mod flow;
mod gazetteer;
mod geoparse;
mod input;
mod lines;
mod look;
mod message;
mod movement;
mod point;
mod print;
mod source;
mod why;
mod write;

use args::{BetweenArgs, Cli, Command, Common, Format, Wanted};
use clap::{CommandFactory, Parser};
use fail::Fail;
use input::Given;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Runs the program with the arguments it was started with.
#[must_use]
pub fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(Fail::Pipe) => ExitCode::SUCCESS,
        Err(fail) => {
            message::fatal(&fail);
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode, Fail> {
    match cli.command {
        Command::Map(args) => {
            let (mut given, name) = input::reports(&args.inputs, Some(&args.picture.ground))?;
            given.title(args.picture.title.as_deref());
            given.signs(&args.picture.signs);
            given.correct(&args.corrections)?;
            let folder = args.picture.output.unwrap_or_else(|| default_output(&name));
            write::map(given, &folder, &args.picture.look, args.common)
        }
        Command::Render(args) => {
            let name = args
                .events
                .file_stem()
                .map_or_else(|| "events".to_owned(), |stem| stem.to_string_lossy().into_owned());
            let (project, picture) = (args.project.as_ref(), &args.picture);
            let mut given = input::events(&args.events, project, &args.places, &picture.ground)?;
            given.title(picture.title.as_deref());
            given.signs(&picture.signs);
            given.correct(&args.corrections)?;
            let folder = args.picture.output.unwrap_or_else(|| default_output(&name));
            write::map(given, &folder, &args.picture.look, args.common)
        }
        Command::Locate(args) => print::locate(&args),
        Command::Why(mut args) => {
            let wanted = args.wanted()?;
            let (mut given, _) = input::reports(&args.inputs, Some(&args.ground))?;
            given.correct(&args.corrections)?;
            match wanted {
                Wanted::Point(at) => point::why(at, &args, given),
                Wanted::Place(place) => why::why(&place, &args, given),
            }
        }
        Command::Between(args) => {
            let BetweenArgs { inputs, ground, .. } = &args;
            let mut given = match &args.events {
                Some(table) => input::events(table, inputs.project.as_ref(), &inputs.places, ground)?,
                None => input::reports(inputs, Some(ground))?.0,
            };
            given.correct(&args.corrections)?;
            between::between(&args, given)
        }
        Command::Extract(args) => extract::extract(&args),
        Command::Geoparse(args) => geoparse::geoparse(&args),
        Command::Check(args) => {
            let (mut given, _) = input::reports(&args.inputs, None)?;
            given.correct(&args.corrections)?;
            print::check(given, args.common)
        }
        Command::Gazetteer(command) => gazetteer::run(command),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "conflict-map", &mut script);
            files::print(&String::from_utf8_lossy(&script))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn default_output(name: &str) -> PathBuf {
    Path::new("output").join(name)
}

/// Tells the problems and turns them into an exit code.
fn finish(given: &Given, common: Common) -> Result<ExitCode, Fail> {
    message::problems(&given.problems, &given.texts, common.format)?;
    Ok(if common.strict && !given.problems.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn json(format: Format) -> bool {
    format == Format::Json
}
