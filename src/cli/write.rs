//! `map` and `render`: works everything out, writes it, and says in a few lines what changed hands.

use super::args::Common;
use super::fail::Fail;
use super::input::Given;
use super::look::{self, Look};
use super::message::{clean, counted};
use super::{files, finish, json};
use crate::atlas::{self, Atlas};
use crate::basemap::Basemap;
use crate::run;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Work that takes longer than this shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// Days listed in the closing lines.
const LISTED: usize = 14;

pub(super) fn map(mut given: Given, folder: &Path, look: &Look, common: Common) -> Result<ExitCode, Fail> {
    #[expect(clippy::disallowed_methods, reason = "when to show a progress bar changes no output")]
    let started = Instant::now();
    let mut design = given.design(look)?;
    let situation = given.situation();
    look::aim(look, &mut design, &situation, &given.gazetteer)?;
    let base = Basemap::embedded();
    let atlas = atlas::designed(&situation, &base, &given.gazetteer, design).unload(&mut given.problems);
    let bar =
        ProgressBar::with_draw_target(Some(atlas.grounds().len() as u64 + 1), ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} maps") {
        bar.set_style(style);
    }
    let step = || {
        bar.inc(1);
        if bar.is_hidden() && std::io::stderr().is_terminal() && started.elapsed() > PATIENCE {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    };
    let made = atlas.files(&given.problems, &step).unload(&mut given.problems);
    bar.finish_and_clear();
    for file in &made {
        files::write(&folder.join(&file.path), &file.bytes)?;
    }
    files::remove_stale_maps(folder, &made)?;
    if json(common.format) {
        files::print(&summary_json(&situation, &atlas, &given, folder, &made))?;
        return Ok(if common.strict && !given.problems.is_empty() {
            ExitCode::from(1)
        } else {
            ExitCode::SUCCESS
        });
    }
    let code = finish(&given, common)?;
    files::print(&summary(&situation, &atlas, &given, folder))?;
    Ok(code)
}

fn summary(situation: &run::Situation, atlas: &Atlas<'_>, given: &Given, folder: &Path) -> String {
    let mut out = String::new();
    let plural = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let reports = if situation.reports.is_empty() {
        plural(situation.events.len(), "event")
    } else {
        let tables = match situation.tables.len() {
            0 => String::new(),
            n => format!(" and {}", plural(n, "table")),
        };
        format!(
            "{}{tables}, {}, {}",
            plural(situation.reports.len() - situation.tables.len(), "report"),
            plural(situation.claims.len(), "claim"),
            plural(situation.events.len(), "event")
        )
    };
    let _ = writeln!(out, "{}: {reports}", clean(&atlas.title()));
    let days = atlas.grounds();
    for ground in days.iter().take(LISTED) {
        let _ = writeln!(out, "  {}  {}", ground.day, clean(&atlas.headline(ground.day)));
    }
    if days.len() > LISTED {
        let _ = writeln!(out, "  … and {} more days", days.len() - LISTED);
    }
    let _ = writeln!(out, "{}", counted(&given.problems));
    let maps = match days.len() {
        0 => "no map: nothing is known to draw".to_owned(),
        1 => "a map in maps/".to_owned(),
        n => format!("{n} maps in maps/, all of them on one sheet"),
    };
    let _ = writeln!(out, "written to {}/: {maps}, report.md, tables and GeoJSON", folder.display());
    out
}

fn summary_json(
    situation: &run::Situation,
    atlas: &Atlas<'_>,
    given: &Given,
    folder: &Path,
    made: &[atlas::File],
) -> String {
    let days: Vec<_> = atlas
        .grounds()
        .iter()
        .map(|ground| serde_json::json!({ "day": ground.day.to_string(), "headline": atlas.headline(ground.day) }))
        .collect();
    let summary = serde_json::json!({
        "title": atlas.title(),
        "reports": situation.reports.len() - situation.tables.len(),
        "tables": situation.tables.len(),
        "claims": situation.claims.len(),
        "events": situation.events.len(),
        "problems": given.problems.len(),
        "days": days,
        "folder": folder.display().to_string(),
        "files": made.iter().map(|file| &file.path).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&summary).unwrap_or_default() + "\n"
}
