//! From one report to one map, as PNG on standard output.
//!
//! ```sh
//! cargo run --example draw > map.png
//! ```

use conflict_map::gazetteer::Gazetteer;
use conflict_map::{project, render, report, run, style::DARK, units::Date};
use std::io::Write;

const REPORT: &str = "---
publisher: Example
published: 2024-12-05
---
Rebels captured Hama on Thursday, residents and the army said. They seized Aleppo on 30 November.
The army still holds Homs. Fighting continued in Salamiyah.
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let project = project::read("example", "title = \"Syria, December 2024\"\nregion = [\"SY\"]\n").value;
    let reports = report::read("report.md", REPORT.as_bytes()).value;
    let situation = run::read(project, reports, Vec::new(), &Gazetteer::embedded()).value;
    let scene = conflict_map::draw(&situation, Date::constant(2024, 12, 5), &DARK).value;
    std::io::stdout().write_all(&render::png(&scene, 1.0)?)?;
    Ok(())
}
