//! `geoparse` and `extract` on input of any size and kind.

use super::*;
use std::fmt::Write as _;

/// A report of a few thousand bytes as a line, with a name in it that stands first.
fn line(id: &str) -> String {
    let text = "Hama was quiet. ".to_owned() + &"nothing was heard of it for a long time; ".repeat(60);
    format!("{{\"id\":\"{id}\",\"text\":\"{text}\"}}\n")
}

fn mentions(out: &str) -> Vec<serde_json::Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn docs(out: &str) -> Vec<String> {
    mentions(out).iter().map(|mention| mention["doc"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_read_is_never_written_over() {
    let made = tempfile::tempdir().unwrap();
    let text = made.path().join("a.txt");
    std::fs::write(&text, "Rebels took Hama on Thursday.").unwrap();
    let path = text.to_string_lossy().into_owned();
    for command in ["geoparse", "extract"] {
        run(&[command, &path, "-o", &path]).ends(2).tells(&["is read here"]);
    }
    assert_eq!(std::fs::read_to_string(&text).unwrap(), "Rebels took Hama on Thursday.");
}

#[test]
fn what_is_found_keeps_the_order_of_the_input() {
    let (mut text, mut spans, mut ids) = (String::new(), String::new(), Vec::new());
    for n in 0..4000 {
        let id = format!("r{}", n * 7919 % 4000);
        text += &line(&id);
        writeln!(spans, "{{\"doc\":\"{id}\",\"start\":0,\"end\":4}}").unwrap();
        ids.push(id);
    }
    assert!(text.len() > 8 << 20, "several batches");
    spans += "{\"doc\":\"last\",\"start\":0,\"end\":4}\n";
    ids.push("last".to_owned());
    let made = folder(&[
        ("in/a.jsonl", text.as_bytes()),
        ("in/last.txt", b"Hama was quiet on Thursday."),
        ("spans.jsonl", spans.as_bytes()),
    ]);
    let found = run(&["geoparse", &at(&made, "in"), "--spans", &at(&made, "spans.jsonl")]).ends(0);
    assert_eq!(found.err, "");
    assert!(docs(&found.out) == ids, "the order changed");
}

#[test]
fn claims_keep_the_order_of_the_input_and_tables_come_last() {
    let mut text = String::new();
    for n in 0..3000 {
        let id = n * 7919 % 3000 / 2;
        let more = "Nothing was heard of it for a long time. ".repeat(60);
        let fell = if n % 100 == 0 { "Rebels captured Hama on Thursday. " } else { "" };
        writeln!(text, "{{\"id\":\"r{id}\",\"published\":\"2024-12-05\",\"text\":\"{fell}{more}\"}}")
            .unwrap();
    }
    assert!(text.len() > 6 << 20, "several batches");
    let acled = "event_id_cnty,event_date,sub_event_type,actor1,location,latitude,longitude\n\
                 SYR1,05 December 2024,Non-state actor overtakes territory,Opposition Rebels (Syria),Hama,35.13,36.75\n";
    let made = folder(&[("a.jsonl", text.as_bytes()), ("acled", acled.as_bytes())]);
    let found = run(&["extract", &at(&made, "acled"), &at(&made, "a.jsonl")]).ends(0);
    let reports: Vec<&str> = found.out.lines().skip(1).filter_map(|row| row.split(',').nth(1)).collect();
    let last = reports.last().copied().unwrap_or_default();
    assert!(reports.len() == 31 && last.ends_with("acled"), "{reports:?}");
    // The same id comes twice, and is then told apart.
    let mut met = std::collections::BTreeSet::new();
    let wanted = (0..3000)
        .map(|n| (n, format!("r{}", n * 7919 % 3000 / 2)))
        .map(|(n, id)| (n, if met.insert(id.clone()) { id } else { format!("{id}-2") }));
    let wanted: Vec<String> = wanted.filter(|(n, _)| n % 100 == 0).map(|(_, id)| id).collect();
    assert_eq!(&reports[..30], wanted);
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_input() {
    use std::io::{BufRead, BufReader};
    /// The peak of a run over a file, in kilobytes.
    fn peak(made: &TempDir, file: &str) -> u64 {
        let arguments = ["geoparse", &at(made, file), "-", "--spans", &at(made, "spans.jsonl")];
        let mut child = program(&arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(line("end").as_bytes()).unwrap();
        let mut answer = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut answer).unwrap();
        assert_eq!(docs(&answer), ["end"]);
        // The whole file has gone through, and more may come.
        let status = read(Path::new(&format!("/proc/{}/status", child.id())));
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        drop(input);
        assert!(child.wait().unwrap().success());
        peak.trim().trim_end_matches(" kB").parse().unwrap()
    }
    let long = format!("{{\"text\":\"{}\"}}\n", "Nothing was heard of it for a long time. ".repeat(250));
    let part = packed(&long.repeat(2000));
    let made = folder(&[
        ("spans.jsonl", b"{\"doc\":\"end\",\"start\":0,\"end\":4}\n"),
        ("small.jsonl.gz", &part),
        ("large.jsonl.gz", &part.repeat(20)),
    ]);
    let (small, large) = (peak(&made, "small.jsonl.gz"), peak(&made, "large.jsonl.gz"));
    assert!(large * 10 <= small * 13, "{small} kB for 20 MB, {large} kB for 400 MB");
}

#[test]
fn the_ending_chooses_the_form_and_to_goes_before_it() {
    let made = folder(&[("a.jsonl", b"{\"id\":\"=a\",\"text\":\"Rebels took Hama and Homs.\"}\n")]);
    let write = |name: &str, more: &[&str]| {
        let (input, output) = (at(&made, "a.jsonl"), at(&made, name));
        let arguments = [&["geoparse", &input, "-o", &output][..], more].concat();
        assert_eq!(run(&arguments).ends(0).out, "");
        read(Path::new(&output))
    };
    let table = rows(&write("m.CSV", &[]));
    assert_eq!(table[0]["report"], "'=a", "a spreadsheet would run it");
    assert_eq!((table[0]["surface"].as_str(), table[0]["country"].as_str()), ("Hama", "SY"));
    let points: serde_json::Value = serde_json::from_str(&write("m.geojson", &[])).unwrap();
    assert_eq!(points["features"].as_array().unwrap().len(), table.len());
    assert_eq!(points["features"][0]["geometry"]["type"], "Point");
    assert!(points["credits"][0].as_str().unwrap().contains("GeoNames"));
    assert_eq!(mentions(&write("m.txt", &[])).len(), table.len());
    assert_eq!(rows(&write("m.jsonl", &["--to", "csv"])).len(), table.len());
    run(&["geoparse", &at(&made, "a.jsonl"), "--to", "kml"]).ends(2).tells(&["kml", "geojson"]);
}

#[test]
fn lines_that_cannot_be_used_are_told_and_counted_and_the_rest_is_found() {
    let lines = "\u{feff}{\"id\":\"a\",\"text\":\"Rebels took Hama.\"}\r\n\r\n{\"id\":\"a\",\"text\":\"Rebels took Homs.\"}\r\n\
                 [{\"text\":\"Hama\"}]\n\"Hama\"\n{\"id\":\"c\"}\n{\"text\":7}\n{\"id\":1e999,\"text\":\"Hama\"}\n{\"text\":\"\\ud800\"}\n\
                 {\"id\":\"b\",\"text\":\"Rebels took Idlib.\"}";
    let made = folder(&[("a.jsonl", lines.as_bytes()), ("empty.jsonl", b""), ("blank.jsonl", b"\n \r\n")]);
    let found = run(&["geoparse", &made.path().to_string_lossy()]).ends(0);
    assert_eq!(docs(&found.out), ["a", "a-2", "b"]);
    let found = found.tells(&["bad-row", "empty.jsonl", "blank.jsonl", "the file is empty", "{\"text\":7}"]);
    for line in 4..=9 {
        assert!(found.err.contains(&format!("a.jsonl:{line}")), "line {line} is not told:\n{}", found.err);
    }
    let many = folder(&[("a.jsonl", "no\n".repeat(5000).as_bytes())]);
    run(&["geoparse", &at(&many, "a.jsonl"), "--strict"]).ends(1).tells(&["… and 4988 more [bad-row]"]);
    let told = run(&["geoparse", &at(&many, "a.jsonl"), "--format", "json"]).ends(0);
    let told: serde_json::Value = serde_json::from_str(&told.err).unwrap();
    assert_eq!(told["counts"]["bad-row"], 5000);
    assert_eq!(told["problems"].as_array().unwrap().len(), 1000);
}

#[test]
fn a_report_larger_than_allowed_is_passed_over() {
    let huge = format!("{{\"id\":\"b\",\"text\":\"{}\"}}\n", "Rebels took Hama. ".repeat(200_000));
    let text = [line("a"), huge, line("c")].concat();
    let page = "Rebels took Hama. ".repeat(200_000);
    let made = folder(&[("a.jsonl", text.as_bytes()), ("b.txt", page.as_bytes())]);
    let found = run(&["geoparse", &made.path().to_string_lossy(), "--max-report", "1"]).ends(0);
    assert_eq!(docs(&found.out), ["a", "c"]);
    found.tells(&["a.jsonl:2", "bad-row", "b.txt", "bad-report", "1 MiB", "--max-report"]);
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

#[test]
fn what_gzip_packed_is_read_as_what_it_holds() {
    let text: String = (0..200).map(|n| line(&format!("r{n}"))).collect();
    // Two archives, one after the other, are one.
    let whole = [packed(&text), packed("{\"id\":\"last\",\"text\":\"Rebels took Homs.\"}\n")].concat();
    let page = packed("Published: 5 December 2024\n\nRebels captured Hama on Thursday.\n");
    let cut = whole[..whole.len() / 2].to_vec();
    let made = folder(&[("in/a.jsonl.gz", &whole), ("in/page.txt.gz", &page), ("cut.jsonl.gz", &cut)]);
    let found = docs(&run(&["geoparse", &at(&made, "in")]).ends(0).out);
    assert_eq!((found.len(), found[200].as_str(), found[201].as_str()), (202, "last", "page"));
    let cut = run(&["geoparse", &at(&made, "cut.jsonl.gz")]).ends(0);
    assert!(docs(&cut.out).starts_with(&["r0".to_owned(), "r1".to_owned()]));
    cut.tells(&["cut.jsonl.gz", "the gzip archive is damaged", "bad-report"]);
    let claims = run(&["extract", &at(&made, "in/page.txt.gz")]).ends(0);
    assert_eq!(rows(&claims.out)[0]["claim_id"], "page#1");
}

#[test]
fn names_that_were_found_elsewhere_are_given_their_places() {
    let spans = "{\"doc\":\"a\",\"start\":12,\"end\":16,\"more\":1}\n{\"doc\":\"a\",\"start\":21,\"end\":26}\n{\"doc\":\"a\",\"start\":3,\"end\":99}\n\
                 {\"doc\":\"a\",\"start\":5,\"end\":5}\n{\"doc\":\"b\",\"start\":0,\"end\":4}\nx\n";
    let made = folder(&[
        ("a.jsonl", b"{\"id\":\"a\",\"text\":\"Rebels took Hama and Xyzzy. Homs did not fall.\"}\n"),
        ("s.jsonl", spans.as_bytes()),
    ]);
    let found = run(&["geoparse", &at(&made, "a.jsonl"), "--spans", &at(&made, "s.jsonl")]).ends(0);
    let names: Vec<_> = mentions(&found.out);
    assert_eq!(names.len(), 2, "{}", found.out);
    assert_eq!((&names[0]["name"], &names[1]["name"]), (&"Hama".into(), &"Xyzzy".into()));
    assert!(names[0]["lat"].is_number() && names[1]["lat"].is_null());
    found.tells(&["s.jsonl:3", "s.jsonl:4", "s.jsonl:5", "s.jsonl:6", "bad-row"]);
    run(&["geoparse", &at(&made, "a.jsonl"), "--spans", "no-such.jsonl"]).ends(2).tells(&["no-such.jsonl"]);
}

#[test]
fn a_file_that_is_missing_leaves_no_output() {
    let made = folder(&[("a.jsonl", line("a").as_bytes())]);
    let out = at(&made, "out.jsonl");
    run(&["geoparse", &at(&made, "a.jsonl"), &at(&made, "no.jsonl"), "-o", &out])
        .ends(2)
        .tells(&["no.jsonl"]);
    assert_eq!(tree(made.path()).len(), 1);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_no_file() {
    for signal in ["-INT", "-TERM"] {
        let made = folder(&[]);
        let mut command = program(&["geoparse", "-", "-o", &at(&made, "out.jsonl")]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        // Held open to the end: waiting for a child closes what is left in it, and that would end the run by itself.
        let mut input = child.stdin.take().unwrap();
        input.write_all(line("a").repeat(10).as_bytes()).unwrap();
        while std::fs::read_dir(made.path())
            .unwrap()
            .all(|entry| entry.unwrap().metadata().unwrap().len() == 0)
        {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        let ended = child.wait().unwrap();
        drop(input);
        assert!(matches!(ended.code(), Some(130 | 143)), "{ended}");
        assert_eq!(tree(made.path()).len(), 0);
    }
}

#[test]
fn what_trickles_in_is_answered_before_the_end() {
    use std::io::{BufRead, BufReader};
    let mut child = program(&["geoparse", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    for id in ["a", "b"] {
        input.write_all(line(id).as_bytes()).unwrap();
        let mut found = String::new();
        out.read_line(&mut found).unwrap();
        assert_eq!(docs(&found), [id]);
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}
