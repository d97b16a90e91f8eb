//! Running other programs.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What a chore ends with: nothing to say, or why it could not go on.
pub(crate) type Done = Result<(), String>;

/// The repository's root, where every command is run.
pub(crate) fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or_else(|| here.clone(), PathBuf::from)
}

/// A command at the root, from its words.
pub(crate) fn command(words: &[&str]) -> Command {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).current_dir(root());
    command
}

/// Runs a command to its end, its output shown as it comes.
///
/// # Errors
/// If it cannot be started or ends with anything but success; the message holds the command.
pub(crate) fn sh(words: &[&str]) -> Done {
    run_with(words, &[])
}

/// [`sh`] with environment variables set.
#[expect(clippy::print_stderr, reason = "whoever waits should see what is waited for")]
pub(crate) fn run_with(words: &[&str], environment: &[(&str, &str)]) -> Done {
    let line = words.join(" ");
    eprintln!("$ {line}");
    let status = command(words)
        .envs(environment.iter().copied())
        .status()
        .map_err(|error| format!("`{line}` did not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{line}` ended with {status}")) }
}

/// Whether a program is there and says so itself.
pub(crate) fn exists(words: &[&str]) -> bool {
    let mut command = command(words);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What a command prints.
///
/// # Errors
/// As [`sh`].
pub(crate) fn output(words: &[&str]) -> Result<String, String> {
    let line = words.join(" ");
    let output = command(words).output().map_err(|error| format!("`{line}` did not start: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("`{line}` ended with {}", output.status))
    }
}

/// Runs a chore again in optimised code where this is not; gives whether it did.
///
/// # Errors
/// As [`sh`].
pub(crate) fn slow(chore: &str, arguments: &[String]) -> Result<bool, String> {
    if !cfg!(debug_assertions) {
        return Ok(false);
    }
    let mut words = vec!["cargo", "run", "--quiet", "--release", "--package", "xtask", "--", chore];
    words.extend(arguments.iter().map(String::as_str));
    sh(&words).map(|()| true)
}
