//! What cannot be worked around: the only errors that end a run.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a run ended, with the path it ended on.
#[derive(Debug)]
pub(super) enum Fail {
    /// A file or folder could not be read.
    Read(PathBuf, io::Error),
    /// A file or folder could not be written.
    Write(PathBuf, io::Error),
    /// What was asked cannot be done.
    Asked(String, &'static str),
    /// Whoever read our output went away; nothing to say.
    Pipe,
}

impl Fail {
    /// For `map_err`: reading `path` failed.
    pub(super) fn reading(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |error| Self::Read(path.to_owned(), error)
    }

    /// For `map_err`: writing `path` failed.
    pub(super) fn writing(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |error| Self::Write(path.to_owned(), error)
    }

    /// For `map_err`: standard output was closed.
    pub(super) fn printing(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Pipe,
            _ => Self::Write(PathBuf::from("standard output"), error),
        }
    }
}

impl fmt::Display for Fail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, error, verb) = match self {
            Self::Read(path, error) => (path, error, "read"),
            Self::Write(path, error) => (path, error, "write"),
            Self::Asked(message, help) => return write!(f, "{message}\n  help: {help}"),
            Self::Pipe => return Ok(()),
        };
        let elsewhere = match self {
            Self::Write(..) => "choose another place with -o",
            _ => "check the path",
        };
        let (why, help) = match error.kind() {
            io::ErrorKind::NotFound => ("there is no such file or folder", elsewhere),
            io::ErrorKind::PermissionDenied => {
                ("permission is denied", "choose another place, or change its permissions")
            }
            io::ErrorKind::StorageFull => {
                ("the disk is full", "free some space; no file was left half written")
            }
            io::ErrorKind::ReadOnlyFilesystem => {
                ("the file system is read-only", "choose another place with -o")
            }
            io::ErrorKind::NotADirectory => ("a file stands where the path needs a folder", elsewhere),
            io::ErrorKind::IsADirectory => ("it is a folder", "give a file"),
            io::ErrorKind::AlreadyExists => {
                ("a file of that name is in the way", "choose another folder with -o")
            }
            _ => return write!(f, "cannot {verb} {}: {error}\n  help: {elsewhere}", path.display()),
        };
        write!(f, "cannot {verb} {}: {why}\n  help: {help}", path.display())
    }
}
