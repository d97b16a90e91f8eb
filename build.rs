//! Unpacks the data that the binary embeds: compiles the tables in `gazetteer/` into one index that is searched in place.

#![allow(dead_code, reason = "the modules are the library's own; it uses the rest of them")]
#![allow(unreachable_pub, reason = "the modules are the library's own")]
#![allow(clippy::disallowed_methods, reason = "a build script's work is to read and write files")]

#[path = "src/gazetteer/compile.rs"]
mod compile;
#[path = "src/gazetteer/fold.rs"]
mod fold;
#[path = "src/gazetteer/latin.rs"]
mod latin;
#[path = "src/gazetteer/layout.rs"]
mod layout;
#[path = "src/gazetteer/lore.rs"]
mod lore;
#[path = "src/gazetteer/sound.rs"]
mod sound;
#[path = "src/gazetteer/tables.rs"]
mod tables;

use std::fs;
use std::io::Read;
use std::path::PathBuf;

fn main() -> Result<(), String> {
    let packed = |name: &str| -> Result<String, String> {
        let bytes = fs::read(format!("gazetteer/{name}.tsv.br"))
            .map_err(|e| format!("gazetteer/{name}.tsv.br: {e}"))?;
        let mut text = String::new();
        brotli_decompressor::Decompressor::new(bytes.as_slice(), 1 << 16)
            .read_to_string(&mut text)
            .map_err(|e| format!("gazetteer/{name}.tsv.br: {e}"))?;
        Ok(text)
    };
    let typed = |name: &str| {
        fs::read_to_string(format!("gazetteer/{name}.csv")).map_err(|e| format!("gazetteer/{name}.csv: {e}"))
    };
    let (rows, countries) = tables::rows(&tables::Tables {
        places: &packed("places")?,
        units: &packed("units")?,
        nations: &packed("nations")?,
        waters: &packed("waters")?,
        airports: &packed("airports")?,
        countries: &typed("countries")?,
        regions: &typed("regions")?,
        supplement: &typed("supplement")?,
        alternates: &typed("alternates")?,
    });
    let index = compile::compile(rows, &countries);
    let out = std::env::var("OUT_DIR").map_err(|e| e.to_string())?;
    let path = PathBuf::from(out).join("gazetteer.idx");
    fs::write(&path, index).map_err(|e| format!("{}: {e}", path.display()))?;
    let path = PathBuf::from(std::env::var("OUT_DIR").map_err(|e| e.to_string())?).join("words.idx");
    fs::write(&path, lore::compile(&packed("words")?)).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("cargo::rerun-if-changed=gazetteer");
    for part in ["compile", "fold", "latin", "layout", "lore", "sound", "tables"] {
        println!("cargo::rerun-if-changed=src/gazetteer/{part}.rs");
    }
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
