//! Files in and out. Every file is written whole or not at all.

use super::fail::Fail;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// The endings of files that can be reports.
const REPORTS: [&str; 8] = ["txt", "md", "markdown", "html", "htm", "jsonl", "ndjson", "text"];

/// Reads a file whole.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Fail> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where files are read")]
    std::fs::read(path).map_err(Fail::reading(path))
}

/// Reads standard input whole.
pub(super) fn standard_input() -> Result<Vec<u8>, Fail> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(Fail::reading(Path::new("standard input")))?;
    Ok(bytes)
}

/// The report files in a folder and below, in the order of their paths; hidden ones and those of other endings are passed over.
/// A README beside reports is about them, and not one of them.
pub(super) fn reports_below(folder: &Path) -> Result<Vec<PathBuf>, Fail> {
    let mut out = Vec::new();
    let walk = walkdir::WalkDir::new(folder).follow_links(false).sort_by_file_name();
    let hidden =
        |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    for entry in walk.into_iter().filter_entry(|entry| !hidden(entry)) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            Fail::Read(
                path,
                error.into_io_error().unwrap_or_else(|| std::io::Error::other("a loop of links")),
            )
        })?;
        let path = entry.path();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let readme = path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
        if entry.file_type().is_file()
            && !readme
            && ending.is_some_and(|ending| REPORTS.contains(&ending.as_str()))
        {
            out.push(path.to_owned());
        }
    }
    Ok(out)
}

/// Writes a file under a temporary name beside it and renames it, so that the old file stands until the new one is whole, also
/// if the program is killed. (Against a power cut the disk is not waited for: dozens of files would take seconds.)
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Fail> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[expect(clippy::disallowed_methods, reason = "the command line is where files are written")]
    std::fs::create_dir_all(folder).map_err(Fail::writing(folder))?;
    let mut file =
        tempfile::Builder::new().prefix(".conflict-map-").tempfile_in(folder).map_err(Fail::writing(path))?;
    file.write_all(bytes).map_err(Fail::writing(path))?;
    readable(&file).map_err(Fail::writing(path))?;
    file.persist(path).map_err(|error| Fail::Write(path.to_owned(), error.error))?;
    Ok(())
}

/// Temporary files are private; what stays is not.
#[cfg(unix)]
fn readable(file: &tempfile::NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &tempfile::NamedTempFile) -> std::io::Result<()> {
    Ok(())
}

/// Prints to standard output.
pub(super) fn print(text: &str) -> Result<(), Fail> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Fail::printing)
}

/// Removes maps of days that an earlier run drew and this one did not, so that no picture of old data stays among the new.
pub(super) fn remove_stale_maps(folder: &Path, made: &[crate::atlas::File]) -> Result<(), Fail> {
    let Ok(entries) = folder.read_dir() else { return Ok(()) };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let dated = name.rsplit_once('.').is_some_and(|(stem, ending)| {
            matches!(ending, "svg" | "png") && stem.parse::<crate::units::Date>().is_ok()
        });
        let path = format!("maps/{name}");
        if dated && !made.iter().any(|file| file.path == path) {
            #[expect(clippy::disallowed_methods, reason = "the command line is where files are removed")]
            std::fs::remove_file(entry.path()).map_err(Fail::writing(&entry.path()))?;
        }
    }
    Ok(())
}
