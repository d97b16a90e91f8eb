//! Judged texts: documents in which somebody marked the place names and said which places they are.
//!
//! Two forms: the project's own in `eval/geoparse/*.md`, whose marks its README explains, and folders of public sets with
//! `docs.jsonl` and `gold.jsonl`, which are not part of the project.

mod made;

use crate::shell::root;
use conflict_map::gazetteer::{Gazetteer, PlaceId, fold};
use conflict_map::units::Span;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub(crate) use made::MADE;

/// A document and its names, in order.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Name of its set.
    pub(crate) set: String,
    /// Its id within the set.
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) names: Vec<Name>,
    /// Whether its annotators took nationalities for names of places.
    pub(crate) peoples: bool,
    /// Countries its reader is concerned with, as ISO codes; told for every other document, so that both are learnt.
    pub(crate) region: Vec<String>,
    /// Whether it is kept apart to test on.
    pub(crate) test: bool,
}

/// A name that was marked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name {
    pub(crate) span: Span,
    /// Latitude and longitude, where the place was told.
    pub(crate) at: Option<(f64, f64)>,
    /// Whether it is a people or its adjective.
    pub(crate) people: bool,
}

#[derive(Deserialize)]
struct DocumentRow {
    id: serde_json::Value,
    text: String,
}

#[derive(Deserialize)]
struct NameRow {
    doc: serde_json::Value,
    start: usize,
    end: usize,
    lat: Option<f64>,
    lon: Option<f64>,
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The project's own texts, and those of the folders.
pub(crate) fn all(folders: &[String]) -> Result<Vec<Document>, String> {
    let gazetteer = Gazetteer::embedded();
    let mut documents = own(&gazetteer)?;
    documents.extend(made::sentences(&gazetteer));
    for path in folders {
        documents.extend(folder(Path::new(path), &gazetteer)?);
    }
    Ok(documents)
}

/// The sets that documents are of, with how many, in words.
pub(crate) fn sources(documents: &[Document]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for document in documents {
        *counts.entry(&document.set).or_default() += 1;
    }
    let told: Vec<String> = counts.iter().map(|(set, count)| format!("{set} ({count} documents)")).collect();
    told.join(", ")
}

/// Name of the project's own set.
pub(crate) const OWN: &str = "own";

/// Reads `eval/geoparse/*.md`: documents after headings `=== id | published | countries`, perhaps ` | test`, with names
/// in `[[…]]`.
fn own(gazetteer: &Gazetteer) -> Result<Vec<Document>, String> {
    let folder = root().join("eval/geoparse");
    let shown = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(&folder).map_err(shown)? {
        paths.push(entry.map_err(shown)?.path());
    }
    paths.sort();
    let mut documents = Vec::new();
    for path in paths
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("README.md"))
    {
        let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        for (heading, body) in text.split("=== ").skip(1).filter_map(|part| part.split_once('\n')) {
            let fields: Vec<&str> = heading.split('|').map(str::trim).collect();
            let id = fields.first().copied().unwrap_or_default().to_owned();
            let (text, names) =
                marked(body.trim(), gazetteer).map_err(|e| format!("{}: {id}: {e}", path.display()))?;
            let test = fields.contains(&"test");
            let codes = fields.get(2).map_or("", |codes| codes).split_whitespace().map(str::to_owned);
            let region = if documents.len() % 2 == 0 { codes.collect() } else { Vec::new() };
            documents.push(Document { set: OWN.to_owned(), id, text, names, peoples: true, region, test });
        }
    }
    Ok(documents)
}

/// A text without its marks, and the names they mark.
fn marked(body: &str, gazetteer: &Gazetteer) -> Result<(String, Vec<Name>), String> {
    let (mut text, mut names) = (String::with_capacity(body.len()), Vec::new());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("[[") {
        let (mark, after) = after.split_once("]]").ok_or("a `[[` is never closed")?;
        text.push_str(before);
        let start = text.len();
        let people = mark.starts_with('~');
        let (name, id) =
            mark.trim_start_matches('~').split_once('|').map_or((mark, None), |(name, id)| (name, Some(id)));
        text.push_str(name);
        let place = match id {
            Some("-") => None,
            Some(id) => {
                let id = PlaceId(id.parse().map_err(|e| format!("[[{mark}]]: {e}"))?);
                Some(gazetteer.place(id).ok_or_else(|| format!("[[{mark}]]: no such place"))?)
            }
            None => gazetteer.find(name).first().map(|candidate| candidate.place),
        };
        let at = place.map(|place| (place.at.lat(), place.at.lon()));
        names.push(Name { span: Span { start, end: text.len() }, at, people });
        rest = after;
    }
    text.push_str(rest);
    Ok((text, names))
}

/// Reads a folder with `docs.jsonl` (`id`, `text`) and `gold.jsonl` (`doc`, `start`, `end` in code points, `lat`, `lon`).
fn folder(path: &Path, gazetteer: &Gazetteer) -> Result<Vec<Document>, String> {
    let read = |name: &str| {
        let file = path.join(name);
        fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))
    };
    let set = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut names: BTreeMap<String, Vec<NameRow>> = BTreeMap::new();
    for line in read("gold.jsonl")?.lines().filter(|line| !line.trim().is_empty()) {
        let row: NameRow = serde_json::from_str(line).map_err(|e| format!("{line}: {e}"))?;
        names.entry(plain(&row.doc)).or_default().push(row);
    }
    let mut documents = Vec::new();
    for line in read("docs.jsonl")?.lines().filter(|line| !line.trim().is_empty()) {
        let row: DocumentRow = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let id = plain(&row.id);
        let bytes: Vec<usize> = row.text.char_indices().map(|(at, _)| at).chain([row.text.len()]).collect();
        let mut names: Vec<Name> = names
            .remove(&id)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|name| {
                let span = Span { start: *bytes.get(name.start)?, end: *bytes.get(name.end)? };
                let people = gazetteer.demonym(&fold(span.of(&row.text))).is_some();
                Some(Name { span, at: name.lat.zip(name.lon), people })
            })
            .collect();
        names.sort_by_key(|name| name.span.start);
        documents.push(Document {
            set: set.clone(),
            id,
            text: row.text,
            names,
            peoples: false,
            region: Vec::new(),
            test: false,
        });
    }
    // A set that marks more than a few peoples means to mark them.
    let marks =
        |people: bool| documents.iter().flat_map(|d| &d.names).filter(|name| name.people || !people).count();
    let peoples = marks(true) * 50 > marks(false);
    for document in &mut documents {
        document.peoples = peoples;
    }
    Ok(documents)
}
