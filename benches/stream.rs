//! How fast a stream of reports goes through: `cargo bench --bench stream`.
//!
//! First the program as its user starts it, on news made up here: claims read of it, place names found in it, and the same
//! without finding any (`--spans` with one span), which is what reading and writing cost. Each once and on ten times the text, with the
//! peak memory of the process. Then single stages, by divan.
#![expect(
    clippy::disallowed_methods,
    reason = "a clock is what a benchmark reads, and it makes its own input"
)]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use conflict_map::claim::Site;
use conflict_map::export::MentionForm;
use conflict_map::gazetteer::Gazetteer;
use conflict_map::geoparse::Mention;
use conflict_map::report::{self, Report};
use conflict_map::units::Span;
use divan::{Bencher, black_box, counter::BytesCount};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

fn main() {
    // Under `cargo test` a benchmark only has to start.
    if std::env::args().any(|argument| argument == "--bench") {
        whole();
    }
    divan::main();
}

/// Megabytes of the smaller input.
const SMALL: usize = 4;

/// A small generator of its own, so that the news are the same on every machine (xorshift64*, Vigna 2016).
struct Dice(u64);

impl Dice {
    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        words[(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % words.len()]
    }
}

const SENTENCES: &[&str] = &[
    "Government troops left PLACE during the night, residents said by phone, and the road was quiet in the morning.",
    "The ministry gave no figures and did not answer questions about the people who had fled from the valley.",
    "Officials from PLACE and PLACE met for the third time this month to speak about prices, water and bread.",
    "“We heard it all night,” said a teacher who asked not to be named. “In the morning nobody was left.”",
    "A convoy of aid reached PLACE on Thursday after two weeks in which nothing had come through.",
    "Analysts have warned for months that the line would not hold if the garrison was not relieved before winter.",
    "В PLACE местные жители сообщили, что утром на дороге было спокойно.",
    "وقالت مصادر محلية إن الطريق إلى PLACE مفتوح منذ الصباح.",
];
const PLACES: &[&str] = &[
    "Hama",
    "Homs",
    "Khan Sheikhoun",
    "Deir ez-Zor",
    "Aleppo",
    "Kharkiv",
    "Bakhmut",
    "El Fasher",
    "Port Sudan",
    "Nyala",
    "Goma",
    "London",
    "Paris",
    "Washington",
    "Tripoli",
    "حماة",
    "Харьков",
];

/// Texts of news, as many bytes of them as asked for.
fn news(bytes: usize) -> Vec<String> {
    let mut dice = Dice(7);
    let (mut texts, mut size) = (Vec::new(), 0);
    while size < bytes {
        let mut text = String::new();
        while text.len() < 3000 {
            for part in dice.of(SENTENCES).split_inclusive("PLACE") {
                match part.strip_suffix("PLACE") {
                    Some(before) => text += &(before.to_owned() + dice.of(PLACES)),
                    None => text += part,
                }
            }
            text += dice.of(&[" ", " ", " ", "\n\n"]);
        }
        size += text.len();
        texts.push(text);
    }
    texts
}

/// News as JSON Lines.
fn lines(bytes: usize) -> String {
    let line = |(i, text): (usize, &String)| {
        let line = serde_json::json!({ "id": format!("n{i}"), "title": "News", "published": "2024-12-05", "text": text });
        line.to_string() + "\n"
    };
    news(bytes).iter().enumerate().map(line).collect()
}

/// Runs whole processes. The smaller goes first: the kernel tells only the largest peak of all children so far.
fn whole() {
    let folder = tempfile::TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    std::fs::write(at("spans.jsonl"), "{\"doc\":\"n0\",\"start\":0,\"end\":4}\n").unwrap();
    println!("whole process                        text        wall     speed   peak memory");
    for times in [1, 10] {
        let size = SMALL * times * 1_000_000;
        std::fs::write(at("news.jsonl"), lines(size)).unwrap();
        for (name, verb, more) in [
            ("reading and writing", "geoparse", &["--spans", &at("spans.jsonl")][..]),
            ("finding names", "geoparse", &[]),
            ("reading claims", "extract", &[]),
        ] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_conflict-map"));
            command.args([verb, &at("news.jsonl"), "-o", &at("out.jsonl")]).args(more);
            command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).stderr(Stdio::null());
            let start = Instant::now();
            assert!(command.status().unwrap().success());
            let wall = start.elapsed().as_secs_f64();
            let (text, peak) = (size as f64 / 1e6, peak_of_children() as f64 / 1e6);
            println!("{name:34} {text:4.0} MB {wall:8.2} s {:5.0} MB/s {peak:10.0} MB", text / wall);
        }
    }
    println!();
}

/// The largest resident set, in bytes, of any child that has ended; 0 where the system does not tell.
#[cfg(unix)]
fn peak_of_children() -> u64 {
    use nix::sys::resource::{UsageWho, getrusage};
    let kilobytes = getrusage(UsageWho::RUSAGE_CHILDREN).map_or(0, |usage| usage.max_rss());
    u64::try_from(kilobytes).unwrap_or(0) * if cfg!(target_os = "macos") { 1 } else { 1024 }
}

#[cfg(not(unix))]
fn peak_of_children() -> u64 {
    0
}

/// JSON Lines to reports, on one core.
#[divan::bench]
fn read_lines(bencher: Bencher<'_, '_>) {
    let lines = lines(1_000_000);
    let bench = bencher.counter(BytesCount::of_str(&lines));
    bench.bench_local(|| report::rows("news.jsonl", 1, black_box(lines.as_bytes())).value.len());
}

/// Files of text to reports, on one core: furniture is looked for in each line.
#[divan::bench(args = ["txt", "md", "html"])]
fn read_files(bencher: Bencher<'_, '_>, ending: &str) {
    let file = |text: String| match ending {
        "html" => {
            format!("<!doctype html><title>News</title><article><p>{}", text.replace("\n\n", "</p><p>"))
        }
        "md" => format!("---\ntitle: News\n---\n{text}"),
        _ => format!("News of the day\n5 December 2024\n\n{text}"),
    };
    let files: Vec<String> = news(300_000).into_iter().map(file).collect();
    let (name, size) = (format!("news.{ending}"), files.iter().map(String::len).sum::<usize>());
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        files.iter().map(|file| report::read(&name, black_box(file.as_bytes())).value.len()).sum::<usize>()
    });
}

/// A mention every 150 bytes to each form, on one core; the speed is that of the text they stand in.
#[divan::bench(args = ["jsonl", "geojson", "csv"])]
fn write_mentions(bencher: Bencher<'_, '_>, form: &str) {
    let form = MentionForm::parse(form).unwrap();
    let gazetteer = Gazetteer::embedded();
    let site = Site::of(&gazetteer.find("Hama")[0].place);
    let reports = report::rows("news.jsonl", 1, lines(1_000_000).as_bytes()).value;
    let mentions = |report: &Report| -> Vec<Mention> {
        let starts = (0..report.text.len()).step_by(150);
        let spans = starts.map(|start| Span { start, end: start + 4 });
        let spans = spans.filter(|span| !span.of(&report.text).is_empty());
        let mention = |span| Mention {
            span,
            reach: span,
            site: Some(site.clone()),
            score: 0.5,
            rivals: Vec::new(),
            people: false,
        };
        spans.map(mention).collect()
    };
    let found: Vec<_> = reports.iter().map(mentions).collect();
    let size: usize = reports.iter().map(|report| report.text.len()).sum();
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        reports.iter().zip(&found).map(|(report, mentions)| form.rows(report, mentions).len()).sum::<usize>()
    });
}
