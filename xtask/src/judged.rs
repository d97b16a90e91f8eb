//! Judged texts: documents in which somebody marked the place names and said which places they are.

use conflict_map::units::Span;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

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
}

/// A name that was marked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name {
    pub(crate) span: Span,
    /// Latitude and longitude, where the place was told.
    pub(crate) at: Option<(f64, f64)>,
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

/// Reads a folder with `docs.jsonl` (`id`, `text`) and `gold.jsonl` (`doc`, `start`, `end` in code points, `lat`, `lon`).
pub(crate) fn folder(path: &Path) -> Result<Vec<Document>, String> {
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
                Some(Name { span, at: name.lat.zip(name.lon) })
            })
            .collect();
        names.sort_by_key(|name| name.span.start);
        documents.push(Document { set: set.clone(), id, text: row.text, names, peoples: false });
    }
    let gazetteer = conflict_map::gazetteer::Gazetteer::embedded();
    let people = |document: &Document| {
        document.names.iter().filter(|name| gazetteer.demonym(&conflict_map::gazetteer::fold(name.span.of(&document.text))).is_some()).count()
    };
    let peoples = documents.iter().map(people).sum::<usize>() * 50 > documents.iter().map(|d| d.names.len()).sum();
    for document in &mut documents {
        document.peoples = peoples;
    }
    Ok(documents)
}
