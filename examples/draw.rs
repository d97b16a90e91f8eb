//! From one report to one map, as SVG on standard output.
//!
//! ```sh
//! cargo run --example draw > map.svg
//! ```
#![expect(clippy::print_stdout, reason = "an example shows what it made")]

use conflict_map::basemap::Basemap;
use conflict_map::gazetteer::Gazetteer;
use conflict_map::project::{self, Project};
use conflict_map::{atlas, render, report, run};

const PROJECT: &str = "title = \"Syria, December 2024\"\nregion = [\"SY\"]\n";

const REPORT: &str = "---
publisher: Example
published: 2024-12-05
---
Rebels captured Hama on Thursday, residents and the army said. They seized Aleppo on 30 November.
The army still holds Homs. Fighting continued in Salamiyah.
";

fn main() {
    let project: Project = project::read("example", PROJECT).value;
    let reports = report::read("report.md", REPORT.as_bytes()).value;
    let read = run::read(project, reports, Vec::new(), &Gazetteer::embedded());
    let base = Basemap::embedded();
    let atlas = atlas::of(&read.value, &base, &Gazetteer::embedded()).value;
    if let Some(last) = atlas.grounds().len().checked_sub(1) {
        print!("{}", render::svg(&atlas.map(last)));
    }
}
