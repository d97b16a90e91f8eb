//! Files in and out. Every file is written whole or not at all.

use super::fail::Fail;
use crate::import;
use crate::render::Format;
use crate::report::ENDINGS;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Reads a file whole.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Fail> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where files are read")]
    std::fs::read(path).map_err(Fail::reading(path))
}

/// Opens a file to be read as it streams by.
pub(super) fn open(path: &Path) -> std::io::Result<std::fs::File> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where files are read")]
    std::fs::File::open(path)
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
    /// The tables beside them.
    pub(super) tables: Vec<PathBuf>,
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
        let readme = path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
        let report = !readme && is_report(&entry.file_name().to_string_lossy());
        let table = !readme && has_ending(&entry.file_name().to_string_lossy(), import::ENDINGS);
        if entry.file_type().is_file() && report {
            out.reports.push(path.to_owned());
        } else if entry.file_type().is_file() && table {
            out.tables.push(path.to_owned());
        } else if entry.depth() > 0 && entry.path_is_symlink() && (report || table || path.is_dir()) {
            out.passed.push((path.to_owned(), "it is a link, and links are not followed".to_owned()));
        }
    }
    Ok(out)
}

/// Whether a file of this name can be a report, packed by gzip or not.
fn is_report(name: &str) -> bool {
    has_ending(name, ENDINGS) || has_ending(name, &[".text"])
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    endings.iter().any(|ending| name.len() > ending.len() && name.ends_with(ending))
}

/// Whether a folder is one that this program wrote: its report.md would be read as one more witness of what it tells.
fn is_output(folder: &Path) -> bool {
    ["claims.csv", "problems.json", "report.md"].iter().all(|name| folder.join(name).is_file())
}

/// Writes a file whole; see [`Out`].
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Fail> {
    let mut out = Out::file(path)?;
    out.write(bytes)?;
    out.finish()
}

/// A file that is being written, or standard output.
///
/// It is written under a temporary name beside it and renamed when it is finished, so that the old file stands until the
/// new one is whole, also if the program is killed. (Against a power cut the disk is not waited for: dozens of files would
/// take seconds.)
///
/// What a link points to is written, and the link stays. A device or a pipe is written into: a rename would put a plain
/// file in its place, and `-o /dev/null` would take the machine's away.
pub(super) struct Out {
    to: To,
    path: PathBuf,
    waiting: Vec<u8>,
}

enum To {
    Standard,
    Special(std::fs::File),
    Whole(tempfile::NamedTempFile, PathBuf),
}

/// Bytes gathered before they are written.
const GATHERED: usize = 1 << 18;

impl Out {
    /// Standard output, which is written as it comes.
    pub(super) fn standard() -> Self {
        Self { to: To::Standard, path: PathBuf::from("standard output"), waiting: Vec::new() }
    }

    /// The file of this path, in a folder that is made if it is not there.
    pub(super) fn file(path: &Path) -> Result<Self, Fail> {
        let there = path.metadata().ok();
        let to = if there.as_ref().is_some_and(|there| !there.is_file() && !there.is_dir()) {
            To::Special(std::fs::OpenOptions::new().write(true).open(path).map_err(Fail::writing(path))?)
        } else {
            let whole = there.and_then(|_| path.canonicalize().ok()).unwrap_or_else(|| path.to_owned());
            let folder =
                whole.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            #[expect(clippy::disallowed_methods, reason = "the command line is where files are written")]
            std::fs::create_dir_all(folder).map_err(Fail::writing(folder))?;
            let made = tempfile::Builder::new().prefix(".conflict-map-").tempfile_in(folder);
            To::Whole(made.map_err(Fail::writing(path))?, whole)
        };
        Ok(Self { to, path: path.to_owned(), waiting: Vec::new() })
    }

    /// The temporary file that is to go if the program is interrupted.
    pub(super) fn temporary(&self) -> Option<PathBuf> {
        match &self.to {
            To::Whole(file, _) => Some(file.path().to_owned()),
            _ => None,
        }
    }

    /// Writes on, now or a little later.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Fail> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= GATHERED { self.flush() } else { Ok(()) }
    }

    /// Writes what was gathered.
    pub(super) fn flush(&mut self) -> Result<(), Fail> {
        let bytes = std::mem::take(&mut self.waiting);
        let written = match &mut self.to {
            To::Standard => {
                let mut out = std::io::stdout().lock();
                out.write_all(&bytes).and_then(|()| out.flush())
            }
            To::Special(file) => file.write_all(&bytes),
            To::Whole(file, _) => file.write_all(&bytes),
        };
        written.map_err(|error| match error.kind() {
            std::io::ErrorKind::BrokenPipe => Fail::Pipe,
            _ => Fail::Write(self.path.clone(), error),
        })
    }

    /// Writes the rest and gives the file its name.
    pub(super) fn finish(mut self) -> Result<(), Fail> {
        self.flush()?;
        if let To::Whole(file, whole) = self.to {
            readable(&file).map_err(Fail::writing(&self.path))?;
            file.persist(&whole).map_err(|error| Fail::Write(self.path, error.error))?;
        }
        Ok(())
    }
}

/// Takes a half-written file away when the program is interrupted or told to end, and ends it as such a program ends:
/// with 128 and the number of the signal.
#[cfg(unix)]
pub(super) fn remove_when_interrupted(path: PathBuf) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            #[expect(clippy::disallowed_methods, reason = "the command line is where files are removed")]
            let _ = std::fs::remove_file(&path);
            std::process::exit(128 + signal);
        }
    });
}

#[cfg(not(unix))]
pub(super) fn remove_when_interrupted(_: PathBuf) {}

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

/// Removes maps that an earlier run drew and this one did not, so that no picture of old data stays among the new.
pub(super) fn remove_stale_maps(folder: &Path, made: &[crate::atlas::File]) -> Result<(), Fail> {
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_ours = name.rsplit_once('.').is_some_and(|(stem, ending)| {
            Format::parse(ending).is_some()
                && (["sheet", "ground", "towns"].contains(&stem) || compares(stem))
        });
        if is_ours && entry.path().is_file() && !made.iter().any(|file| file.path == name) {
            remove(&entry.path())?;
        }
    }
    let Ok(entries) = folder.join("maps").read_dir() else { return Ok(()) };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let dated = name.rsplit_once('.').is_some_and(|(stem, ending)| {
            Format::parse(ending).is_some() && stem.parse::<crate::units::Date>().is_ok()
        });
        let path = format!("maps/{name}");
        if dated && !made.iter().any(|file| file.path == path) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Whether a picture of this name is one of two days: `compare-2024-12-01-2024-12-08`.
fn compares(stem: &str) -> bool {
    let is_day = |text: Option<&str>| text.is_some_and(|text| text.parse::<crate::units::Date>().is_ok());
    stem.strip_prefix("compare-").is_some_and(|days| is_day(days.get(..10)) && is_day(days.get(11..)))
}

/// Refuses to write over what is read.
pub(super) fn keep_inputs<'a>(output: &Path, inputs: impl IntoIterator<Item = &'a Path>) -> Result<(), Fail> {
    let Ok(real) = output.canonicalize() else { return Ok(()) };
    if inputs.into_iter().any(|input| input.canonicalize().is_ok_and(|input| input == real)) {
        return Err(Fail::Asked(
            format!("{} is read here, and would be lost", output.display()),
            "give another file to write to",
        ));
    }
    Ok(())
}
