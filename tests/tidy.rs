//! What a test can hold of ARCHITECTURE.md: who may import whom, how long a file gets, which codes are documented.
#![expect(clippy::disallowed_methods, reason = "a test of the repository reads its files")]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use conflict_map::diag::Code;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The modules from left to right. A module uses itself and what stands to its left, nothing to its right.
const LINE: &[&str] = &[
    "named",
    "units",
    "diag",
    "gazetteer",
    "actor",
    "claim",
    "table",
    "report",
    "project",
    "geoparse",
    "extract",
    "import",
    "event",
    "timeline",
    "projection",
    "basemap",
    "fonts",
    "style",
    "areas",
    "scene",
    "render",
    "export",
    "run",
    "atlas",
    "lib",
    "cli",
    "main",
];

/// Lines a source file may have, its tests included. A longer one holds more than one idea.
const LONGEST: usize = 600;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` whose name ends in one of `endings`, with its text, in the order of their paths.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(String, String)> {
    ["src", "tests", "benches", "examples", "xtask/src", "build.rs"]
        .into_iter()
        .filter(|folder| root().join(folder).exists())
        .flat_map(|folder| files(folder, &[".rs"]))
        .collect()
}

/// The module a file under `src` belongs to: `extract` for `src/extract.rs` and for `src/extract/text.rs`.
fn module(file: &str) -> String {
    let inside = Path::new(file).strip_prefix("src").unwrap();
    let first: PathBuf = inside.components().take(1).collect();
    first.with_extension("").to_string_lossy().into_owned()
}

/// The code of a file: no comments, and nothing from its tests.
fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let lines = before_tests.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The modules that some code names after `crate::`, also in braces: `use crate::{claim::Claim, units::Span}`.
fn imports(code: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + path.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            found.push(word(rest));
            continue;
        };
        let mut depth = 0;
        let mut at_name = true;
        for (i, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => at_name = true,
                c if at_name && depth == 0 && !c.is_whitespace() => {
                    found.push(word(&list[i..]));
                    at_name = false;
                }
                _ => {}
            }
        }
    }
    found
}

fn check(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn imports_are_found_in_every_form() {
    let code = "use crate::claim::Site;\nuse crate::{\n    event::{self, Event},\n    units::Span,\n};\n\
                fn f(x: crate::diag::Code) {}\nlet y = conflict_crate::no;";
    assert_eq!(imports(code), ["claim", "event", "units", "diag"]);
}

#[test]
fn a_module_uses_only_what_stands_to_its_left() {
    let place = |module: &str| LINE.iter().position(|name| *name == module);
    let mut wrong = Vec::new();
    for (file, text) in files("src", &[".rs"]) {
        let module = module(&file);
        let Some(here) = place(&module) else {
            wrong.push(format!("{file}: `{module}` has no place in the line; give it one in tests/tidy.rs"));
            continue;
        };
        for import in imports(&code(&text)) {
            if place(&import).is_some_and(|there| there > here) {
                wrong.push(format!("{file}: `{module}` uses `{import}`, which stands to its right"));
            }
        }
    }
    check(&wrong);
}

#[test]
fn a_file_holds_one_idea() {
    let long = |(file, text): (String, String)| {
        let lines = text.lines().count();
        (lines > LONGEST).then(|| format!("{file} has {lines} lines, more than {LONGEST}: split it"))
    };
    check(&sources().into_iter().filter_map(long).collect::<Vec<_>>());
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        concat!("#[ign", "ore"),
        concat!("unimpl", "emented!"),
    ];
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (i, line) in text.lines().enumerate() {
            if let Some(mark) = marks.iter().find(|mark| line.contains(**mark)) {
                wrong.push(format!("{file}:{}: {mark}", i + 1));
            }
        }
    }
    check(&wrong);
}

#[test]
fn files_speak_of_the_project_and_not_of_how_it_was_made() {
    let words = [
        concat!("issue", " #"),
        concat!("../", "shared"),
        concat!("/wo", "rk/"),
        concat!("this ses", "sion"),
        concat!("language ", "model"),
    ];
    let mut wrong = Vec::new();
    let papers = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "Cargo.toml",
        "deny.toml",
        ".ci/run",
        "docs",
        "gazetteer",
        "eval",
        "examples",
    ];
    let papers = papers.into_iter().filter(|path| root().join(path).exists());
    let papers = papers.flat_map(|path| files(path, &[".md", ".toml", ".txt", ".ci/run"]));
    for (file, text) in sources().into_iter().chain(papers) {
        for (i, line) in text.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.to_lowercase().contains(**word)) {
                wrong.push(format!("{file}:{}: `{word}`", i + 1));
            }
        }
    }
    check(&wrong);
}

#[test]
fn every_problem_code_is_raised_somewhere() {
    let code: String = files("src", &[".rs"])
        .into_iter()
        .filter(|(file, _)| file != "src/diag.rs")
        .map(|(_, text)| code(&text))
        .collect();
    let unused = |(kind, name, ..): &(Code, &str, &str, &str)| {
        (!code.contains(&format!("Code::{kind:?}")))
            .then(|| format!("`{name}` is in the table and never raised"))
    };
    check(&Code::ALL.iter().filter_map(unused).collect::<Vec<_>>());
}

#[test]
fn every_problem_code_is_documented() {
    let mut page = String::from(
        "# Problems\n\nWhat conflict-map tells you about input it could not use, or used with a doubt. The codes are \
         stable: scripts may\nrely on them. The table is made from `src/diag.rs` by `UPDATE=1 cargo test --test tidy`.\n\n\
         | code | what it means | the way out |\n|---|---|---|\n",
    );
    for (_, name, cause, way_out) in Code::ALL {
        writeln!(page, "| `{name}` | {cause} | {way_out} |").unwrap();
    }
    let path = root().join("docs/problems.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        there, page,
        "docs/problems.md is behind src/diag.rs; `UPDATE=1 cargo test --test tidy` rewrites it"
    );
}

#[test]
fn the_architecture_document_has_the_same_line() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let table = text.split("## Modules").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let firsts = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('|').next());
    let names: Vec<&str> =
        firsts.flat_map(|cell| cell.split(',')).map(|name| name.trim_matches([' ', '`'])).collect();
    assert_eq!(names, LINE);
}
