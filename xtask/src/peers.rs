//! `cargo xtask peers FOLDER`: the same map drawn by others, and what it costs them.
//!
//! Peers get the ground and the places that the program worked out for one day of the Syria example, and the base map cut to
//! what is seen. They install into the folder. See `benches/peers/README.md`.

use crate::shell::{Done, output, root, sh};
use conflict_map::basemap::{Basemap, Extent};
use geojson::{Feature, FeatureCollection, Geometry};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The day that is drawn.
const DAY: &str = "2024-12-05";

/// So many runs of each; the cheapest counts.
const RUNS: usize = 5;

pub(crate) fn run(words: &[String]) -> Done {
    let folder = words.first().ok_or("give a scratch folder to install the peers to")?;
    let folder = std::path::absolute(folder).map_err(|error| error.to_string())?;
    let layers = folder.join("layers");
    fs::create_dir_all(&layers).map_err(|error| format!("{}: {error}", layers.display()))?;
    sh(&["cargo", "build", "--release", "--example", "draw"])?;
    sh(&["cargo", "build", "--release"])?;
    let ours = root().join("target/release");
    let program = ours.join("conflict-map").display().to_string();
    let maps = folder.join("ours").display().to_string();
    // Problems of the example are no concern here; a run that wrote nothing is told below.
    let _ = output(&[&program, "map", "examples/syria-2024", "-o", &maps]);
    of_day(&folder.join("ours"), &layers)?;
    base(&layers)?;
    let python = folder.join("venv/bin/python").display().to_string();
    if !Path::new(&python).exists() {
        sh(&["python3", "-m", "venv", &folder.join("venv").display().to_string()])?;
        sh(&[&python, "-m", "pip", "install", "--quiet", "geopandas", "matplotlib"])?;
    }
    if output(&["/usr/bin/python3", "-c", "import mapnik"]).is_err() {
        sh(&["apt-get", "install", "-y", "--no-install-recommends", "python3-mapnik", "fonts-dejavu-core"])?;
    }
    let print = "import geopandas, matplotlib; print('geopandas', geopandas.__version__, 'matplotlib', matplotlib.__version__)";
    print!("{}", output(&[&python, "-c", print])?);
    print!(
        "{}",
        output(&["/usr/bin/python3", "-c", "import mapnik; print('mapnik', mapnik.mapnik_version())"])?
    );
    let layers = layers.display().to_string();
    let picture = |name: &str| folder.join(name).display().to_string();
    let rows: [(&str, Vec<String>); 4] = [
        ("ours, a report to one map", vec![ours.join("examples/draw").display().to_string()]),
        (
            "ours, the example: all days, files",
            [&program, "map", "examples/syria-2024", "-o", &maps].map(String::from).into(),
        ),
        (
            "geopandas + matplotlib",
            vec![python, "benches/peers/geopandas_map.py".into(), layers.clone(), picture("geopandas.png")],
        ),
        (
            "mapnik",
            vec![
                "/usr/bin/python3".into(),
                "benches/peers/mapnik_map.py".into(),
                layers,
                picture("mapnik.png"),
            ],
        ),
    ];
    println!("\n{:36} {:>8} {:>8}", "", "CPU s", "MB");
    for (name, words) in rows {
        let runs = (0..RUNS).map(|_| timed(&words)).collect::<Result<Vec<_>, _>>()?;
        let (cpu, memory) = runs.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default();
        println!("{name:36} {cpu:8.2} {memory:8.0}");
    }
    Ok(())
}

/// Seconds of both kinds of a command, and the megabytes it held at most, by GNU time.
fn timed(words: &[String]) -> Result<(f64, f64), String> {
    let line = words.join(" ");
    let done = Command::new("/usr/bin/time")
        .args(["-f", "%U %S %M"])
        .args(words)
        .current_dir(root())
        .output()
        .map_err(|error| format!("/usr/bin/time: {error}"))?;
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    if !done.status.success() && !words[0].ends_with("conflict-map") {
        return Err(format!("`{line}` ended with {}: {said}", done.status));
    }
    let last = said.lines().last().unwrap_or_default().to_owned();
    let numbers: Vec<f64> = last.split(' ').filter_map(|word| word.parse().ok()).collect();
    match numbers[..] {
        [user, system, kilobytes] => Ok((user + system, kilobytes / 1024.0)),
        _ => Err(format!("`{line}`: {said}")),
    }
}

/// The ground and the places of the day, from what the program wrote.
fn of_day(from: &Path, to: &Path) -> Done {
    for name in ["areas", "places"] {
        let path = from.join(name).with_extension("geojson");
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut all: Value =
            serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        let rows =
            all["features"].as_array_mut().ok_or_else(|| format!("{}: no features", path.display()))?;
        rows.retain(|row| {
            let day = |key: &str| row["properties"][key].as_str().map(str::to_owned);
            day("start").is_none_or(|start| *start <= *DAY)
                && day("end").is_none_or(|end| *end > *DAY)
                && row["properties"]["actor"].is_string()
        });
        let out = json!({"type": "FeatureCollection", "features": rows});
        write(to, &format!("{name}.geojson"), &out.to_string())?;
    }
    Ok(())
}

/// The base map, cut to what is seen.
fn base(to: &Path) -> Done {
    let map = Basemap::embedded();
    let seen = Extent::new(33.0, 31.5, 45.0, 38.0).ok_or("no extent")?;
    write(to, "extent.json", &json!([seen.west(), seen.south(), seen.east(), seen.north()]).to_string())?;
    let lines = |lines: Vec<geo::LineString<f64>>| lines.iter().map(Geometry::from).collect::<Vec<_>>();
    let layers = [
        ("land", vec![Geometry::from(&map.land(&seen))]),
        ("admin1", lines(map.admin1_lines(&seen))),
        ("borders", lines(map.borders(&seen).into_iter().map(|border| border.line).collect())),
        ("rivers", lines(map.rivers(&seen).into_iter().map(|river| river.line).collect())),
        ("roads", lines(map.roads(&seen).into_iter().map(|road| road.line).collect())),
    ];
    for (name, shapes) in layers {
        let features =
            shapes.into_iter().map(|shape| Feature { geometry: Some(shape), ..Feature::default() });
        let all = FeatureCollection { features: features.collect(), bbox: None, foreign_members: None };
        write(to, &format!("{name}.geojson"), &all.to_string())?;
    }
    Ok(())
}

fn write(folder: &Path, name: &str, text: &str) -> Done {
    let path = folder.join(name);
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}
