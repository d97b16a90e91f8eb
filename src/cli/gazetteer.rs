//! The user's own tables of places: laid around the embedded gazetteer for a run, or installed for all runs.

pub(super) mod args;
#[cfg(feature = "fetch")]
mod fetch;
mod store;

use super::args::{Format, Places};
use super::fail::Fail;
use super::message::{Texts, clean, problems};
use super::{files, json};
use crate::diag::{Code, Locus, Problem};
use crate::gazetteer::{About, Form, Gazetteer, Table, read};
use args::{Add, Gazetteer as Asked, Info, List, Remove};
use std::fmt::Write as _;
use std::io::{Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Files above this are not kept for showing their lines.
const SHOWN: u64 = 1 << 20;

/// The gazetteer of a run: the tables named on the command line, those of the project, those installed, around the
/// embedded one. Earlier ones lie over later ones; dumps of GeoNames lie beneath what is embedded.
///
/// A table that cannot be read ends the run, for it was asked for by name; an installed one that cannot is told.
pub(super) fn lay(
    places: &Places,
    project: &[PathBuf],
    problems: &mut Vec<Problem>,
    texts: &mut Texts,
) -> Result<Gazetteer, Fail> {
    let mut tables: Vec<(Form, Gazetteer)> = Vec::new();
    for path in places.files.iter().chain(project) {
        let name = file_name(path);
        let table = open(path, problems, texts)?;
        if !table.is_empty() {
            let about = table.about(&name, &name);
            tables.push((about.form, table.known(about)));
        }
    }
    let installed = if places.no_installed { Vec::new() } else { store::all()? };
    for path in installed {
        match store::open(&path)? {
            Ok(gazetteer) => tables.push(gazetteer),
            Err(problem) => problems.push(problem),
        }
    }
    let (over, under): (Vec<_>, Vec<_>) = tables.into_iter().partition(|(form, _)| *form == Form::Points);
    let whole = over.into_iter().rev().fold(Gazetteer::embedded(), |below, (_, table)| table.over(below));
    Ok(under.into_iter().fold(whole, |above, (_, table)| above.over(table)))
}

/// Reads a table; its lines are kept for showing if there is something wrong with them.
fn open(path: &Path, problems: &mut Vec<Problem>, texts: &mut Texts) -> Result<Table, Fail> {
    let mut file = files::open(path).map_err(Fail::reading(path))?;
    let shown = path.display().to_string();
    let mut found = Vec::new();
    let table = read(&shown, &mut file).map_err(Fail::reading(path))?.unload(&mut found);
    let small = file.metadata().is_ok_and(|about| about.len() < SHOWN);
    if found.iter().any(|problem| matches!(problem.at, Locus::Line { .. })) && small {
        file.seek(SeekFrom::Start(0)).map_err(Fail::reading(path))?;
        let bytes = files::read(path)?;
        if !bytes.starts_with(b"PK") {
            texts.keep(&shown, &String::from_utf8_lossy(&bytes));
        }
    }
    problems.append(&mut found);
    Ok(table)
}

/// `gazetteer` and what follows it.
pub(super) fn run(asked: Asked) -> Result<ExitCode, Fail> {
    match asked {
        Asked::Add(asked) => add(&asked),
        Asked::List(asked) => list(&asked),
        Asked::Info(asked) => info(&asked),
        Asked::Remove(asked) => remove(&asked),
        #[cfg(feature = "fetch")]
        Asked::Fetch(asked) => fetch::fetch(&asked),
    }
}

fn add(asked: &Add) -> Result<ExitCode, Fail> {
    if asked.name.is_some() && asked.files.len() > 1 {
        return Err(Fail::Asked(
            format!("one name was given for {} files", asked.files.len()),
            "add them one by one, or let each be called as its file",
        ));
    }
    let mut told = false;
    for path in &asked.files {
        let name = asked.name.clone().unwrap_or_else(|| stem(path));
        let names = asked.alternates.as_deref();
        told |=
            install(path, names, &name, (asked.licence.as_deref(), asked.credit.as_deref()), asked.format)?;
    }
    Ok(if told && asked.strict { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Compiles a table and installs it. Gives whether there were problems.
fn install(
    path: &Path,
    names: Option<&Path>,
    name: &str,
    (licence, credit): (Option<&str>, Option<&str>),
    format: Format,
) -> Result<bool, Fail> {
    let target = store::path(name)?;
    let (mut found, mut texts) = (Vec::new(), Texts::default());
    let mut table = open(path, &mut found, &mut texts)?;
    let mut source = file_name(path);
    if let Some(names) = names.filter(|_| !table.is_empty()) {
        let from = files::open(names).map_err(Fail::reading(names))?;
        let told = table.add_names(&names.display().to_string(), from).map_err(Fail::reading(names))?;
        found.extend(told);
        source = format!("{source} with {}", file_name(names));
    }
    if table.is_empty() {
        problems(&found, &texts, format)?;
        return Err(Fail::Asked(
            format!("{} holds no place that can be used; nothing was installed", path.display()),
            "the problems above say what is wrong with it",
        ));
    }
    let mut about = table.about(name, &source);
    let own = |text: Option<&str>| text.map(clean).filter(|text| !text.is_empty());
    about.licence = own(licence).or(about.licence);
    about.credit = own(credit).or(about.credit);
    let replaced = target.exists();
    // Installed before anything is told: a reader who goes away must not keep it from being there.
    files::write(&target, &table.pack(about))?;
    problems(&found, &texts, format)?;
    let about = store::about(&target)?.map_err(|problem| {
        Fail::Asked(problem.message, "something else writes in this folder; add it again")
    })?;
    let line = if json(format) {
        shown(&about, &target).to_string() + "\n"
    } else {
        let verb = if replaced { "replaced" } else { "installed" };
        format!("{verb} {}\n  {}\n", clean(&about.line()), target.display())
    };
    files::print(&line)?;
    Ok(!found.is_empty())
}

fn list(asked: &List) -> Result<ExitCode, Fail> {
    let (mut found, mut out, mut all) = (Vec::new(), String::new(), Vec::new());
    for path in store::all()? {
        match store::about(&path)? {
            Ok(about) => {
                let _ = writeln!(out, "{}, {}", clean(&about.line()), size(&path));
                all.push(shown(&about, &path));
            }
            Err(problem) => found.push(problem),
        }
    }
    if json(asked.format) {
        out = serde_json::to_string_pretty(&all).unwrap_or_default() + "\n";
    } else if all.is_empty() && found.is_empty() {
        out = format!("no gazetteer is installed in {}\n", store::folder()?.display());
    }
    files::print(&out)?;
    problems(&found, &Texts::default(), asked.format)?;
    Ok(ExitCode::SUCCESS)
}

fn info(asked: &Info) -> Result<ExitCode, Fail> {
    let path = known(&asked.name)?;
    let about = match store::open(&path)? {
        Ok(_) => store::about(&path)?,
        Err(problem) => Err(problem),
    };
    let about = match about {
        Ok(about) => about,
        Err(problem) => {
            problems(&[problem], &Texts::default(), asked.format)?;
            return Ok(ExitCode::from(1));
        }
    };
    if json(asked.format) {
        files::print(&(shown(&about, &path).to_string() + "\n"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let unknown = || "not known".to_owned();
    let how = match about.form {
        Form::Dump => "GeoNames dump: adds places beneath those in the program",
        Form::Points => "points: go before those in the program",
    };
    let rows = [
        ("name", about.name.clone()),
        ("places", about.places.to_string()),
        ("source", about.source.clone()),
        ("form", how.to_owned()),
        ("licence", about.licence.clone().unwrap_or_else(unknown)),
        ("credit", about.credit.clone().unwrap_or_else(unknown)),
        ("data of", about.date.clone().unwrap_or_else(unknown)),
        ("checksum", format!("{:08x}", about.checksum)),
        ("size", size(&path)),
        ("file", path.display().to_string()),
    ];
    let line = |(what, is): &(&str, String)| format!("{what:<9} {}\n", clean(is));
    files::print(&rows.iter().map(line).collect::<String>())?;
    Ok(ExitCode::SUCCESS)
}

fn remove(asked: &Remove) -> Result<ExitCode, Fail> {
    let paths = asked.names.iter().map(|name| known(name)).collect::<Result<Vec<_>, _>>()?;
    for (name, path) in asked.names.iter().zip(&paths) {
        files::remove(path)?;
        files::print(&format!("removed {name}\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The file of an installed gazetteer.
fn known(name: &str) -> Result<PathBuf, Fail> {
    let path = store::path(name)?;
    if path.is_file() {
        return Ok(path);
    }
    Err(Fail::Asked(
        format!("no gazetteer called `{}` is installed", crate::diag::short(name)),
        "`conflict-map gazetteer list` names those that are",
    ))
}

fn shown(about: &About, path: &Path) -> serde_json::Value {
    serde_json::json!({
        "name": about.name,
        "places": about.places,
        "source": about.source,
        "form": about.form.name(),
        "licence": about.licence,
        "credit": about.credit,
        "date": about.date,
        "checksum": format!("{:08x}", about.checksum),
        "bytes": path.metadata().map_or(0, |about| about.len()),
        "file": path.display().to_string(),
    })
}

/// "3.2 MB".
fn size(path: &Path) -> String {
    let bytes = path.metadata().map_or(0, |about| about.len());
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| "gazetteer".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// What is wrong with an installed gazetteer.
fn refused(path: &Path, message: &str, help: String) -> Problem {
    let at = Locus::File(path.display().to_string());
    Problem::new(Code::BadGazetteer, at, format!("{message}; the run goes on without it")).help(help)
}
