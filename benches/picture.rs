//! One day's map at 1600 × 1200: deciding it, writing it, printing it.
//!
//! The figure to reach is 0.15 s of processor time for a PNG, reading the SVG included.

#[path = "../tests/pictures/mod.rs"]
mod pictures;

use conflict_map::basemap::Basemap;
use conflict_map::{render, scene};
use divan::Bencher;

fn main() {
    divan::main();
}

#[divan::bench]
fn decide_a_map(bencher: Bencher<'_, '_>) {
    let (case, base) = (pictures::syria(), Basemap::embedded());
    bencher.bench_local(|| scene::map(&case.view(&base)));
}

/// Two hundred names, then ten and a hundred times as many places.
#[divan::bench(args = [200, 2_000, 20_000])]
fn decide_a_crowd(bencher: Bencher<'_, '_>, places: usize) {
    let (case, base) = (pictures::crowd(places), Basemap::embedded());
    bencher.bench_local(|| scene::map(&case.view(&base)));
}

#[divan::bench]
fn decide_and_print_two_hundred_names(bencher: Bencher<'_, '_>) {
    let (case, base) = (pictures::crowd(200), Basemap::embedded());
    bencher.bench_local(|| render::png(&scene::map(&case.view(&base)), 1.0));
}

#[divan::bench]
fn write_an_svg(bencher: Bencher<'_, '_>) {
    let (case, base) = (pictures::syria(), Basemap::embedded());
    let picture = scene::map(&case.view(&base));
    bencher.bench_local(|| render::svg(&picture));
}

#[divan::bench]
fn print_a_png(bencher: Bencher<'_, '_>) {
    let (case, base) = (pictures::syria(), Basemap::embedded());
    let picture = scene::map(&case.view(&base));
    bencher.bench_local(|| render::png(&picture, 1.0));
}

#[divan::bench]
fn decide_and_print_a_sheet_of_twelve(bencher: Bencher<'_, '_>) {
    let (case, base) = (pictures::syria(), Basemap::embedded());
    let days: Vec<_> = (1..13).map(|day| case.ground_on(day)).collect();
    let views: Vec<_> = days.iter().map(|ground| scene::View { ground, ..case.view(&base) }).collect();
    let sheet = scene::Sheet {
        width: 1600.0,
        height: 1200.0,
        title: "Twelve days",
        subtitle: "Syria",
        views: &views,
    };
    bencher.bench_local(|| render::png(&scene::sheet(&sheet), 1.0));
}
