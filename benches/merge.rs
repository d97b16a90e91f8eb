//! How long claims take to become events when reports come in floods: `cargo bench --bench merge`.
//!
//! Every report is of three hundred words and makes one claim about one town. Ten times the reports should take about ten
//! times as long, whatever they say.
#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use conflict_map::actor::ActorId;
use conflict_map::claim::{Basis, Change, Claim, Evidence, GeoPrecision, Site, Standing, When};
use conflict_map::event::merge;
use conflict_map::gazetteer::Kind;
use conflict_map::project::Project;
use conflict_map::report::Report;
use conflict_map::units::{Date, LonLat, Span};
use std::collections::BTreeMap;

fn main() {
    divan::main();
    #[cfg(unix)]
    if std::env::args().any(|argument| argument == "--bench") {
        use nix::sys::resource::{UsageWho, getrusage};
        let peak = getrusage(UsageWho::RUSAGE_SELF).unwrap().max_rss();
        println!("peak memory of all, input included: {} MB", peak / 1024);
    }
}

/// How the reports of a flood are like each other.
#[derive(Clone, Copy)]
enum Flood {
    /// To the letter.
    Identical,
    /// A wire story, each with a head and a foot of its own.
    Near,
    /// One form filled in: half of the words are the same in all.
    Form,
    /// Not at all.
    Different,
}

/// Words that no other seed has in this order.
fn words(seed: usize, count: usize) -> String {
    let mut state = seed as u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("word{} ", (state >> 33) % 50_000)
    };
    (0..count).map(|_| word()).collect()
}

fn flood(count: usize, flood: Flood) -> (Vec<Claim>, BTreeMap<String, Report>) {
    let (story, form) = (words(1, 300), words(1, 150));
    let report = |n: usize| Report {
        id: format!("report-{n:06}"),
        title: None,
        publisher: Some(format!("paper {}", n % 500)),
        url: None,
        published: Some(Date::constant(2024, 12, 6)),
        text: match flood {
            Flood::Identical => story.clone(),
            Flood::Near => format!("Paper {n} writes: {story} Page {n}."),
            Flood::Form => format!("{form} {}", words(n + 2, 150)),
            Flood::Different => words(n + 2, 300),
        },
    };
    let reports: BTreeMap<String, Report> = (0..count).map(report).map(|it| (it.id.clone(), it)).collect();
    let claim = |(n, report): (usize, &String)| Claim {
        id: format!("{report}#1"),
        site: Site {
            at: Some(LonLat::default()),
            ..Site::unplaced("Hama", None, Kind::Town, GeoPrecision::Place)
        },
        change: Change::Captured,
        standing: if n % 10 == 9 { Standing::DeniedBy(None) } else { Standing::Reported(None) },
        gaining: Some(ActorId(["rebels", "army", "militia"][n % 3].into())),
        losing: None,
        day: When::day(Date::constant(2024, 12, 1 + (n % 28) as i8), Basis::Stated),
        background: false,
        evidence: Evidence {
            report: report.clone(),
            sentence: 0,
            also: Vec::new(),
            name: Span { start: 0, end: 4 },
            quote: Span { start: 0, end: 9 },
            rule: "take".into(),
        },
    };
    (reports.keys().enumerate().map(claim).collect(), reports)
}

fn run(bencher: divan::Bencher, count: usize, kind: Flood) {
    let (claims, reports) = flood(count, kind);
    let project = Project::default();
    bencher.bench_local(|| merge(&claims, &reports, &project).len());
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 3, sample_size = 1)]
fn identical(bencher: divan::Bencher, count: usize) {
    run(bencher, count, Flood::Identical);
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 3, sample_size = 1)]
fn near_duplicates(bencher: divan::Bencher, count: usize) {
    run(bencher, count, Flood::Near);
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 3, sample_size = 1)]
fn one_form(bencher: divan::Bencher, count: usize) {
    run(bencher, count, Flood::Form);
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 3, sample_size = 1)]
fn different(bencher: divan::Bencher, count: usize) {
    run(bencher, count, Flood::Different);
}
