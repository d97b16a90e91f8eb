//! The example's files with random damage, and what is left when they are read and drawn: no panic, every span on
//! characters, every output whole. `HOSTILE=5000 cargo test --test hostile` looks longer.
#![expect(
    clippy::disallowed_methods,
    reason = "the example is read, and the environment says how long to look"
)]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use conflict_map::actor::ActorId;
use conflict_map::basemap::Basemap;
use conflict_map::diag::{Locus, Problem};
use conflict_map::gazetteer::Gazetteer;
use conflict_map::project::{self, Project};
use conflict_map::report::{self, Report};
use conflict_map::run::{self, Situation};
use conflict_map::table::Sought;
use conflict_map::timeline::baseline;
use conflict_map::{atlas, event};
use std::collections::BTreeMap;
use std::path::Path;

/// Rounds of damage, and how many of them are also drawn: one in so many.
const ROUNDS: u64 = 40;
const DRAWN: u64 = 20;

/// What is put into texts: what means something to a reader of one of the formats.
const BITS: [&[u8]; 40] = [
    b"\"",
    b"'",
    b",",
    b";",
    b"\n",
    b"\r",
    b"\r\n\r\n",
    b"\t",
    b"\0",
    b"---\n",
    b"+++\n",
    b"<",
    b"</p>",
    b"<script>",
    b"&#x110000;",
    b"&amp",
    b"{",
    b"}",
    b"[[",
    b"]",
    b"\\u0000",
    b"\\",
    b"\xff",
    b"\xc3",
    b"\xf0\x9f\x92\xa3",
    b"\xe2\x80\xae",
    b"\xcc\x81\xcc\x81",
    b"\xef\xbb\xbf",
    b"\xd8\xad\xd9\x85\xd8\xa7\xd8\xa9",
    b"=cmd()",
    b"NaN",
    b"1e999",
    b"-0",
    b"99999999999999999999",
    b"9999-12-31",
    b"-0001-01-01",
    b"2024-02-30",
    b"Hama",
    b" captured ",
    b"../../etc/passwd",
];

/// A small generator of its own, so that a round is the same on every machine (xorshift64*, Vigna 2016).
struct Dice(u64);

impl Dice {
    fn of(round: u64) -> Self {
        Self(round.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end.max(1)
    }

    fn damage(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..self.below(8) {
            let at = self.below(bytes.len() + 1);
            let until = (at + self.below(40)).min(bytes.len());
            match self.below(5) {
                0 => drop(bytes.drain(at..until)),
                1 => drop(bytes.splice(at..at, BITS[self.below(BITS.len())].iter().copied())),
                2 => drop(bytes.splice(at..until, BITS[self.below(BITS.len())].iter().copied())),
                3 => {
                    let copy = bytes[at..until].to_vec();
                    let to = self.below(bytes.len() + 1);
                    bytes.splice(to..to, copy);
                }
                _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << self.below(8)),
            }
        }
    }
}

/// The rounds to go through: `HOSTILE=5000` for so many, `HOSTILE=266..267` for those.
fn rounds() -> std::ops::Range<u64> {
    let asked = std::env::var("HOSTILE").unwrap_or_default();
    let (from, to) = asked.split_once("..").unwrap_or(("0", &asked));
    from.parse().unwrap_or(0)..to.parse().unwrap_or(ROUNDS)
}

fn example() -> BTreeMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/syria-2024");
    let mut files = BTreeMap::new();
    for folder in [folder.clone(), folder.join("reports")] {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                let name = entry.file_name().to_string_lossy().into_owned();
                files.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    files
}

/// Reads damaged files as the program does.
fn read(files: &BTreeMap<String, Vec<u8>>, gazetteer: &Gazetteer) -> (Situation, Vec<Problem>) {
    let mut problems = Vec::new();
    let text = String::from_utf8_lossy(&files[project::FILE]);
    let project: Project = project::read(project::FILE, &text).unload(&mut problems);
    let cast = project.cast.clone();
    let actor = |name: &str| cast.find(name).cloned().unwrap_or_else(|| ActorId(name.to_owned()));
    let seek = |sought: &Sought<'_>| run::seek(gazetteer, &project, sought);
    let table = &files["baseline.csv"];
    let holdings = baseline::read("baseline.csv", table, &seek, &actor).unload(&mut problems);
    let mut reports: Vec<Report> = Vec::new();
    let is_report = |name: &str| !matches!(name.rsplit('.').next(), Some("toml" | "csv"));
    for (name, bytes) in files.iter().filter(|(name, _)| is_report(name)) {
        reports.extend(report::read(name, bytes).unload(&mut problems));
    }
    let situation = run::read(project, reports, holdings, gazetteer).unload(&mut problems);
    (situation, problems)
}

/// What holds of every situation, whatever it was read from.
fn examine(situation: &Situation, problems: &[Problem], gazetteer: &Gazetteer) {
    for claim in &situation.claims {
        let text = &situation.reports[&claim.evidence.report].text;
        for span in [claim.evidence.name, claim.evidence.quote] {
            assert!(
                text.get(span.start..span.end).is_some_and(|words| !words.is_empty()),
                "{}: {span:?}",
                claim.id
            );
        }
    }
    for problem in problems {
        assert!(!problem.message.is_empty() && !problem.message.contains('\n'), "{problem:?}");
        if let Locus::Words { report, span } = &problem.at {
            let report = &situation.reports[report];
            assert!(report.text.get(span.start..span.end).is_some(), "{problem:?}");
        }
    }
    let table = conflict_map::export::events_csv(&situation.events, &|id: &ActorId| id.0.clone());
    let again = event::table::read(
        "events.csv",
        table.as_bytes(),
        &|sought| run::seek(gazetteer, &situation.project, sought),
        &|name| ActorId(name.to_owned()),
    );
    let dated: Vec<_> = situation.events.iter().filter(|event| event.day.to.is_some()).collect();
    assert!(again.value.len() >= dated.len(), "{:?}\n{table}", again.problems);
}

fn draw(situation: &Situation, problems: &[Problem]) {
    let base = Basemap::embedded();
    let atlas = atlas::of(situation, &base, &Gazetteer::embedded()).value;
    let files = atlas.files(problems, &|| ()).value;
    for file in &files {
        let text = || String::from_utf8(file.bytes.clone()).unwrap();
        match file.path.rsplit('.').next() {
            Some("svg") => drop(roxmltree::Document::parse(&text()).unwrap()),
            Some("json" | "geojson") => drop(serde_json::from_str::<serde_json::Value>(&text()).unwrap()),
            Some("csv") => {
                let rows = csv::Reader::from_reader(&file.bytes[..]).records().filter(Result::is_err).count();
                assert_eq!(rows, 0, "{}", file.path);
            }
            Some("png") => assert!(file.bytes.starts_with(b"\x89PNG")),
            _ => assert!(!text().contains("<script"), "{}", file.path),
        }
        assert!(!file.path.contains("..") && !file.path.starts_with('/'), "{}", file.path);
    }
}

#[test]
fn damaged_files_are_read_and_drawn_without_a_panic() {
    let gazetteer = Gazetteer::embedded();
    let whole = example();
    for round in rounds() {
        let mut dice = Dice::of(round);
        let mut files = whole.clone();
        for (name, bytes) in &mut files {
            // The project file is spared most of the time: without it little else is left to break.
            if name != project::FILE || round % 4 == 0 {
                dice.damage(bytes);
            }
        }
        let outcome = std::panic::catch_unwind(|| {
            let (situation, problems) = read(&files, &gazetteer);
            examine(&situation, &problems, &gazetteer);
            if round % DRAWN == 0 {
                draw(&situation, &problems);
            }
        });
        assert!(outcome.is_ok(), "round {round} broke; look at it alone with HOSTILE={round}..{}", round + 1);
    }
}

#[test]
fn damaged_events_tables_are_read_and_drawn_without_a_panic() {
    let gazetteer = Gazetteer::embedded();
    let (situation, _) = read(&example(), &gazetteer);
    let table = conflict_map::export::events_csv(&situation.events, &|id: &ActorId| id.0.clone());
    for round in rounds() {
        let mut bytes = table.clone().into_bytes();
        let mut dice = Dice::of(round);
        (0..3).for_each(|_| dice.damage(&mut bytes));
        let outcome = std::panic::catch_unwind(|| {
            let seek = |sought: &Sought<'_>| run::seek(&gazetteer, &situation.project, sought);
            let mut problems = Vec::new();
            let events = event::table::read("events.csv", &bytes, &seek, &|name| ActorId(name.to_owned()))
                .unload(&mut problems);
            let drawn = run::of_events(situation.project.clone(), events, Vec::new()).unload(&mut problems);
            examine(&drawn, &problems, &gazetteer);
            if round % DRAWN == 0 {
                draw(&drawn, &problems);
            }
        });
        assert!(outcome.is_ok(), "round {round} broke; look at it alone with HOSTILE={round}..{}", round + 1);
    }
}
