//! The program as its user meets it: real files in, real files out, messages and exit codes.
#![expect(clippy::disallowed_methods, reason = "the user's files are made and read here")]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod bad_input;
mod baselines;
mod commands;
mod corrections;
mod example;
#[cfg(feature = "fetch")]
mod fetch;
mod gazetteers;
mod pictures;
mod stream;
mod tables;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// What a run left behind.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    /// Ends with this code and never by a panic.
    #[track_caller]
    fn ends(self, code: i32) -> Self {
        assert!(!self.err.contains("panicked"), "{}", self.err);
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// Says all of these to its user.
    #[track_caller]
    fn tells(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.err.contains(word), "`{word}` is missing from:\n{}", self.err);
        }
        self
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_conflict-map"));
    // What the developer has installed is no part of a test.
    let nothing = concat!(env!("CARGO_TARGET_TMPDIR"), "/nothing-installed");
    command.args(arguments).current_dir(root()).env("NO_COLOR", "1").env("CONFLICT_MAP_DATA", nothing);
    command
}

fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn run(arguments: &[&str]) -> Run {
    finish(program(arguments).stdin(Stdio::null()))
}

fn run_with_input(arguments: &[&str], input: &str) -> Run {
    let mut child = program(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder with these files in it.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn at(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_string_lossy().into_owned()
}

/// The rows of a table, each by column name.
fn rows(table: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(table.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder, by its path in it.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            found.insert(path.strip_prefix(folder).unwrap().to_path_buf(), std::fs::read(&path).unwrap());
        }
    }
    found
}

/// The example's output, made once for all tests.
fn example() -> &'static Path {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        run(&["map", "examples/syria-2024", "-o", &folder.path().to_string_lossy()]).ends(0);
        folder
    })
    .path()
}

/// The name of the best candidate, wherever the answer keeps it.
fn first_name(located: &serde_json::Value) -> &str {
    fn find(value: &serde_json::Value) -> Option<&str> {
        match value {
            serde_json::Value::Array(values) => values.iter().find_map(find),
            serde_json::Value::Object(map) => map
                .get("name")
                .filter(|_| map.contains_key("lat"))
                .and_then(|name| name.as_str())
                .or_else(|| map.values().find_map(find)),
            _ => None,
        }
    }
    find(located).unwrap()
}

/// Two pages about one event as the web has them: unsure of its words, full of history, plans and other countries.
const PAGES: [(&str, &str); 2] = [
    (
        "one.txt",
        "Hama in rebel hands, army says it has left\n\nSyria's army withdrew from Hama on Thursday and rebels took the \
         city, a week after they captured Aleppo.\n\nThe insurgents, led by Hayat Tahrir al-Sham, now want to move on \
         Homs. If Homs falls, Damascus will be cut off from the coast. Hezbollah is busy in Beirut, Iran and Russia \
         with wars of their own.\n\nIn 1982 the army crushed a revolt in Hama and killed thousands. In 2011 its \
         people demonstrated again.\n\nLeave a Reply\n\nYour email address will not be published. Required fields are \
         marked *\n",
    ),
    (
        "two.txt",
        "A second city falls in Syria\n\nRebels seized control of Hama, Syria's fourth city, residents and the army \
         said. They had already captured Khan Sheikhoun on the way.\n\nState television spoke of a withdrawal from Hama \
         province. The army vowed to retake Aleppo.\n",
    ),
];
