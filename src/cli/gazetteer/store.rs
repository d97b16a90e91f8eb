//! Where installed gazetteers lie, and how they are opened.

use super::refused;
use crate::cli::fail::Fail;
use crate::cli::files;
use crate::diag::Problem;
use crate::gazetteer::{About, Form, Gazetteer, Refused};
use etcetera::BaseStrategy;
use std::io;
use std::path::{Path, PathBuf};

/// The variable that names another folder for the user's data.
const VARIABLE: &str = "CONFLICT_MAP_DATA";

/// The ending of a compiled table.
const ENDING: &str = "gaz";

/// The folder of installed gazetteers; it need not exist.
pub(super) fn folder() -> Result<PathBuf, Fail> {
    let data = match std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => match etcetera::base_strategy::choose_native_strategy() {
            Ok(strategy) => strategy.data_dir().join("conflict-map"),
            Err(_) => {
                return Err(Fail::Asked(
                    "it is not known where your data are kept: you have no home folder".to_owned(),
                    "set CONFLICT_MAP_DATA to a folder",
                ));
            }
        },
    };
    Ok(data.join("gazetteers"))
}

/// The file of the gazetteer of this name, whether or not it is there.
pub(super) fn path(name: &str) -> Result<PathBuf, Fail> {
    let sound = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ' | '(' | ')' | '+');
    if name.is_empty() || name.len() > 100 || name.starts_with('.') || !name.chars().all(sound) {
        return Err(Fail::Asked(
            format!("`{}` cannot be the name of a gazetteer", crate::diag::short(name)),
            "give one of letters, figures, - and _ with --name",
        ));
    }
    Ok(folder()?.join(format!("{name}.{ENDING}")))
}

/// The files of all installed gazetteers, by name. Where nothing was ever installed there is none.
pub(super) fn all() -> Result<Vec<PathBuf>, Fail> {
    let Ok(folder) = folder() else { return Ok(Vec::new()) };
    let entries = match folder.read_dir() {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(Fail::Read(folder, error)),
    };
    let mut paths: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
        .filter(|path| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.')))
        .collect();
    paths.sort();
    Ok(paths)
}

/// Opens an installed gazetteer: its bytes are mapped, not read. Where they cannot be, as on some network disks, they
/// are read.
pub(super) fn open(path: &Path) -> Result<Result<(Form, Gazetteer), Problem>, Fail> {
    let opened = if let Ok(bytes) = mmap_guard::map_file(path) {
        About::read(&bytes).and_then(|about| Ok((about.form, Gazetteer::installed(bytes)?)))
    } else {
        let bytes = files::read(path)?;
        About::read(&bytes).and_then(|about| Ok((about.form, Gazetteer::installed(bytes)?)))
    };
    Ok(opened.map_err(|why| problem(path, &why)))
}

/// What an installed gazetteer says of itself.
pub(super) fn about(path: &Path) -> Result<Result<About, Problem>, Fail> {
    let about = match mmap_guard::map_file(path) {
        Ok(bytes) => About::read(&bytes),
        Err(_) => About::read(&files::read(path)?),
    };
    Ok(about.map_err(|why| problem(path, &why)))
}

fn problem(path: &Path, why: &Refused) -> Problem {
    let name = super::stem(path);
    let help = match why {
        Refused::Newer(..) => format!(
            "update conflict-map, or make it again with `conflict-map gazetteer add`, or `conflict-map gazetteer remove {name}`"
        ),
        _ => format!(
            "make it again with `conflict-map gazetteer add`, or `conflict-map gazetteer remove {name}`"
        ),
    };
    refused(path, &why.to_string(), help)
}
