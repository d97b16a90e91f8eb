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

/// Opens a file to be read as it streams by.
pub(super) fn open(path: &Path) -> Result<std::fs::File, Fail> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where files are read")]
    std::fs::File::open(path).map_err(Fail::reading(path))
}

/// Removes a file.
pub(super) fn remove(path: &Path) -> Result<(), Fail> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where files are removed")]
    std::fs::remove_file(path).map_err(Fail::writing(path))
}

/// Reads standard input whole.
pub(super) fn standard_input() -> Result<Vec<u8>, Fail> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(Fail::reading(Path::new("standard input")))?;
    Ok(bytes)
}

/// What a folder holds.
#[derive(Default)]
pub(super) struct Found {
    /// The report files, in the order of their paths.
    pub(super) reports: Vec<PathBuf>,
    /// What might hold reports and was passed over, with the reason.
    pub(super) passed: Vec<(PathBuf, String)>,
}

/// The report files in a folder and below; hidden ones and those of other endings are passed over.
///
/// A README beside reports is about them, and not one of them; nor is what an earlier run wrote. Links are not followed:
/// they could lead anywhere, and in circles.
pub(super) fn reports_below(folder: &Path) -> Result<Found, Fail> {
    let mut out = Found::default();
    let walk = walkdir::WalkDir::new(folder).follow_links(false).sort_by_file_name();
    let wanted = |entry: &walkdir::DirEntry| {
        let hidden = || entry.file_name().to_string_lossy().starts_with('.');
        let made_here = || entry.file_type().is_dir() && is_output(entry.path());
        entry.depth() == 0 || !hidden() && !made_here()
    };
    for entry in walk.into_iter().filter_entry(wanted) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let (depth, path) = (error.depth(), error.path().unwrap_or(folder).to_owned());
                let error = error.into_io_error().unwrap_or_else(|| std::io::Error::other("a loop of links"));
                if depth == 0 {
                    return Err(Fail::Read(path, error));
                }
                out.passed.push((path, format!("it cannot be read: {error}")));
                continue;
            }
        };
        let path = entry.path();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let readme = path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
        let report = !readme && ending.is_some_and(|ending| REPORTS.contains(&ending.as_str()));
        if entry.file_type().is_file() && report {
            out.reports.push(path.to_owned());
        } else if entry.depth() > 0 && entry.path_is_symlink() && (report || path.is_dir()) {
            out.passed.push((path.to_owned(), "it is a link, and links are not followed".to_owned()));
        }
    }
    Ok(out)
}

/// Whether a folder is one that this program wrote: its report.md would be read as one more witness of what it tells.
fn is_output(folder: &Path) -> bool {
    ["claims.csv", "problems.json", "report.md"].iter().all(|name| folder.join(name).is_file())
}

/// Writes a file under a temporary name beside it and renames it, so that the old file stands until the new one is whole,
/// also if the program is killed. (Against a power cut the disk is not waited for: dozens of files would take seconds.)
///
/// What a link points to is written, and the link stays. A device or a pipe is written into: a rename would put a plain
/// file in its place, and `-o /dev/null` would take the machine's away.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Fail> {
    let there = path.metadata().ok();
    if there.as_ref().is_some_and(|there| !there.is_file() && !there.is_dir()) {
        let mut special = std::fs::OpenOptions::new().write(true).open(path).map_err(Fail::writing(path))?;
        return special.write_all(bytes).and_then(|()| special.flush()).map_err(|error| match error.kind() {
            std::io::ErrorKind::BrokenPipe => Fail::Pipe,
            _ => Fail::Write(path.to_owned(), error),
        });
    }
    let whole = there.and_then(|_| path.canonicalize().ok()).unwrap_or_else(|| path.to_owned());
    let folder = whole.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[expect(clippy::disallowed_methods, reason = "the command line is where files are written")]
    std::fs::create_dir_all(folder).map_err(Fail::writing(folder))?;
    let mut file =
        tempfile::Builder::new().prefix(".conflict-map-").tempfile_in(folder).map_err(Fail::writing(path))?;
    file.write_all(bytes).map_err(Fail::writing(path))?;
    readable(&file).map_err(Fail::writing(path))?;
    file.persist(&whole).map_err(|error| Fail::Write(path.to_owned(), error.error))?;
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
            remove(&entry.path())?;
        }
    }
    Ok(())
}
