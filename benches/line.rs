//! How long the line takes: `cargo bench`.
//!
//! First the program as its user starts it, cold: wall time and peak memory of whole processes. Then single stages,
//! inside one process, by divan.
#![expect(clippy::disallowed_methods, reason = "a clock is what a benchmark reads")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use conflict_map::gazetteer::Gazetteer;
use conflict_map::project::{self, Project};
use conflict_map::report::{self, Report};
use conflict_map::{atlas, basemap::Basemap, extract, render, run};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    // Under `cargo test` a benchmark only has to start.
    if std::env::args().any(|argument| argument == "--bench") {
        cold();
    }
    divan::main();
}

/// Runs whole processes and prints the median of their times and the largest of their peak memories.
///
/// The smallest goes first: the kernel tells only the largest peak of all children so far.
fn cold() {
    let out = tempfile::TempDir::new().unwrap();
    let out = out.path().to_string_lossy();
    println!("cold, whole process        median wall      peak memory");
    for (name, times, arguments) in [
        ("locate Hama", 21, &["locate", "Hama"][..]),
        ("check examples/syria-2024", 5, &["check", "examples/syria-2024"]),
        ("map examples/syria-2024", 5, &["map", "examples/syria-2024", "-o", &out]),
    ] {
        let mut walls: Vec<Duration> = (0..times).map(|_| wall(arguments)).collect();
        walls.sort();
        let wall = walls[walls.len() / 2].as_secs_f64() * 1e3;
        let peak =
            peak_of_children().map_or("unknown".into(), |bytes| format!("{:.0} MB", bytes as f64 / 1e6));
        println!("{name:26} {wall:8.1} ms {peak:>16}");
    }
    println!();
}

fn wall(arguments: &[&str]) -> Duration {
    let mut command = Command::new(env!("CARGO_BIN_EXE_conflict-map"));
    command.args(arguments).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().unwrap();
    let wall = start.elapsed();
    assert!(status.success(), "{arguments:?} ended with {status}");
    wall
}

/// The largest resident set, in bytes, of any child that has ended.
#[cfg(unix)]
fn peak_of_children() -> Option<u64> {
    use nix::sys::resource::{UsageWho, getrusage};
    let kilobytes = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?.max_rss();
    u64::try_from(kilobytes)
        .ok()
        .map(|kilobytes| kilobytes * if cfg!(target_os = "macos") { 1 } else { 1024 })
}

#[cfg(not(unix))]
fn peak_of_children() -> Option<u64> {
    None
}

/// One name, exactly as the gazetteer spells it.
#[divan::bench]
fn locate(bencher: divan::Bencher) {
    let gazetteer = Gazetteer::embedded();
    bencher.bench_local(|| gazetteer.locate(divan::black_box("Hama")).len());
}

/// One name in a spelling that the gazetteer does not have.
#[divan::bench]
fn locate_misspelt(bencher: divan::Bencher) {
    let gazetteer = Gazetteer::embedded();
    bencher.bench_local(|| gazetteer.locate(divan::black_box("Khan Shaikhoon")).len());
}

/// The example's project and reports, as read from disk.
fn example() -> (Project, Vec<(String, Vec<u8>)>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/syria-2024");
    let text = std::fs::read_to_string(folder.join(project::FILE)).unwrap();
    let files = std::fs::read_dir(folder.join("reports")).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap())
    });
    (project::read(project::FILE, &text).value, files.collect())
}

fn reports(files: &[(String, Vec<u8>)]) -> Vec<Report> {
    files.iter().flat_map(|(name, bytes)| report::read(name, bytes).value).collect()
}

/// Bytes of files to reports.
#[divan::bench]
fn read_reports(bencher: divan::Bencher) {
    let (_, files) = example();
    bencher.bench_local(|| reports(&files).len());
}

/// Reports to claims, one after the other.
#[divan::bench]
fn extract_claims(bencher: divan::Bencher) {
    let (project, files) = example();
    let (reports, gazetteer) = (reports(&files), Gazetteer::embedded());
    bencher.bench_local(|| {
        reports.iter().map(|report| extract::claims(report, &gazetteer, &project).value.len()).sum::<usize>()
    });
}

/// Reports to a situation: claims, events, timeline.
#[divan::bench]
fn whole_reading(bencher: divan::Bencher) {
    let (project, files) = example();
    let (reports, gazetteer) = (reports(&files), Gazetteer::embedded());
    bencher.with_inputs(|| (project.clone(), reports.clone())).bench_local_values(|(project, reports)| {
        run::read(project, reports, Vec::new(), &gazetteer).value.events.len()
    });
}

/// The ground of every day of the example, from its situation.
#[divan::bench(sample_count = 10)]
fn ground_of_all_days(bencher: divan::Bencher) {
    let (project, files) = example();
    let situation = run::read(project, reports(&files), Vec::new(), &Gazetteer::embedded()).value;
    let base = Basemap::embedded();
    bencher.bench_local(|| atlas::of(&situation, &base, &Gazetteer::embedded()).value.grounds().len());
}

/// One map, 1600 × 1200: scene, SVG, PNG.
#[divan::bench(sample_count = 10)]
fn one_map(bencher: divan::Bencher) {
    let (project, files) = example();
    let situation = run::read(project, reports(&files), Vec::new(), &Gazetteer::embedded()).value;
    let base = Basemap::embedded();
    let atlas = atlas::of(&situation, &base, &Gazetteer::embedded()).value;
    let last = atlas.grounds().len() - 1;
    bencher.bench_local(|| {
        let scene = atlas.map(last);
        render::svg(&scene).len() + render::png(&scene, 1.0).unwrap().len()
    });
}
