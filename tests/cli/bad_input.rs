//! Bad input: a clear message, and the good parts still come out.

use super::*;

#[test]
fn a_missing_path_is_named() {
    run(&["map", "no/such/folder", "-o", "unused"]).ends(2).tells(&["no/such/folder"]);
    run(&["extract", "no-such-file.txt"]).ends(2).tells(&["no-such-file.txt"]);
    run(&["render", "no-such-events.csv"]).ends(2).tells(&["no-such-events.csv"]);
    run(&["why", "Hama", "--on", "2024-12-06", "-p", "no/such/project"]).ends(2).tells(&["no/such/project"]);
    assert!(!root().join("unused").exists());
}

#[test]
fn a_report_that_cannot_be_read_does_not_stop_the_others() {
    let good = format!("Published: 5 December 2024\n\n{}", PAGES[1].1);
    let mixed = folder(&[
        ("empty.txt", b""),
        ("blank.txt", b" \n\n\t\n"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x01\x00\x00\x00"),
        ("latin.txt", b"Published: 5 December 2024\n\nRebels captured Homs on Thursday. Caf\xe9s stayed open.\n"),
        ("broken.html", b"<html><body><p>Rebels <b>captured"),
        ("broken.jsonl", b"{\"id\": \"a\", \"published\": \"2024-12-05\", \"text\": \"Rebels captured Saraqib on Thursday.\"}\n{not json\n"),
        ("good.txt", good.as_bytes()),
    ]);
    let told = run(&["extract", &mixed.path().to_string_lossy()]).ends(0).tells(&[
        "empty.txt",
        "blank.txt",
        "picture.txt",
        "latin.txt",
        "broken.jsonl:2",
        "bad-report",
        "bad-row",
    ]);
    let places: Vec<String> = rows(&told.out).into_iter().map(|row| row["place"].clone()).collect();
    for place in ["Hama", "Homs", "Saraqib"] {
        assert!(places.iter().any(|name| name == place), "{place} is not among {places:?}");
    }
    assert!(
        told.out.is_ascii() || told.out.contains('\u{fffd}') || !told.out.contains("Caf"),
        "{}",
        told.out
    );
    run(&["extract", &mixed.path().to_string_lossy(), "--strict"]).ends(1);
}

#[test]
fn a_folder_with_nothing_readable_is_told() {
    let empty = folder(&[]);
    run(&["check", &empty.path().to_string_lossy()]).ends(0).tells(&["no-reports", ".txt"]);
    let pictures = folder(&[("a.png", b"\x89PNG"), ("sub/b.bin", b"\0\0")]);
    let out = at(&pictures, "out");
    run(&["map", &pictures.path().to_string_lossy(), "-o", &out]).ends(0).tells(&["no-reports"]);
}

#[test]
fn rows_that_cannot_be_used_are_told_with_their_line_and_the_rest_is_drawn() {
    let table = "date,place,lat,lon,change,gaining\n2024-12-05,Hama,,,captured,Rebels\n2024-12-05,Xyzzyxqwv,,,captured,Rebels\n\
                 2024-12-05,Homs,,,conquered,Rebels\n2024-13-05,Homs,,,captured,Rebels\n2024-12-05,Farm,301,48.2,captured,Rebels\n";
    let made = folder(&[("events.csv", table.as_bytes())]);
    let out = at(&made, "out");
    run(&["render", &at(&made, "events.csv"), "-o", &out]).ends(0).tells(&[
        "events.csv:3",
        "Xyzzyxqwv",
        "unknown-place",
        "events.csv:4",
        "conquered",
        "events.csv:5",
        "2024-13-05",
        "bad-date",
        "events.csv:6",
        "301",
        "bad-place",
    ]);
    assert!(Path::new(&out).join("maps/2024-12-05.svg").exists());
}

#[test]
fn days_that_cannot_be_are_told_and_the_rest_is_kept() {
    let made = folder(&[
        ("later.md", b"---\npublished: 2024-12-05\n---\nRebels captured Hama on 5 December 2031.\n"),
        ("far.md", b"---\npublished: 2094-12-05\n---\nRebels captured Homs on Thursday.\n"),
    ]);
    let told = run(&["extract", &made.path().to_string_lossy()]).ends(0).tells(&[
        "bad-date",
        "happened on 2031-12-05",
        "dated 2094-12-05",
    ]);
    let rows: Vec<&str> = told.out.lines().skip(1).collect();
    assert!(rows.iter().any(|row| row.contains(",Homs,") && row.contains(",2094-12-02,")), "{rows:?}");
    assert!(rows.iter().any(|row| row.contains(",Hama,") && !row.contains(",2031-12-05,")), "{rows:?}");
}

#[test]
fn a_table_of_another_kind_is_told_with_the_columns_it_should_have() {
    let made = folder(&[("prices.csv", b"town,bread,oil\nHama,3,4\n")]);
    let out = at(&made, "out");
    run(&["render", &at(&made, "prices.csv"), "-o", &out]).ends(0).tells(&[
        "prices.csv",
        "bad-table",
        "date",
        "change",
        "bread",
    ]);
}

#[test]
fn a_project_with_faults_is_told_with_its_lines_and_still_drawn() {
    let project = folder(&[
        (
            "conflict-map.toml",
            b"title = \"Faults\"\nregion = [\"SY\"]\nbaseline = \"baseline.csv\"\nreports = [\"reports\"]\n\n[[actors]]\nid = \"government\"\nstate_of = \"SY\"\ncolour = \"red\"\n",
        ),
        (
            "baseline.csv",
            b"place,lat,lon,country,actor,control,as_of,source\nHama,,,SY,government,held,2024-11-26,S\nHoms,,,SY,nobody we know,held,2024-11-26,S\n",
        ),
        ("reports/a.md", b"---\npublished: 2024-12-05\n---\n\nRebels captured Hama on Thursday.\n"),
    ]);
    let out = at(&project, "out");
    run(&["map", &project.path().to_string_lossy(), "-o", &out]).ends(0).tells(&[
        "conflict-map.toml:9",
        "bad-project",
        "baseline.csv:3",
        "nobody we know",
        "unknown-actor",
    ]);
    assert!(Path::new(&out).join("maps/2024-12-05.svg").exists());
}

#[test]
fn a_project_file_that_is_no_toml_is_told_with_its_line() {
    let project = folder(&[("conflict-map.toml", b"title = \"T\"\nregion = [\"SY\"\n"), ("a.txt", b"x")]);
    run(&["check", &project.path().to_string_lossy()]).ends(0).tells(&["conflict-map.toml", "bad-project"]);
}

#[test]
fn an_output_folder_that_cannot_be_made_is_named() {
    let made = folder(&[("file", b"I am no folder")]);
    let out = at(&made, "file/out");
    run(&["map", "examples/syria-2024", "-o", &out]).ends(2).tells(&[&out]);
    assert_eq!(read(&made.path().join("file")), "I am no folder");
}

#[test]
fn hostile_names_stay_inside_the_output_folder() {
    let evil = b"{\"id\": \"../../evil\", \"title\": \"<script>alert(1)</script>\", \"publisher\": \"=cmd|' /C calc'!A0\", \
                 \"published\": \"2024-12-05\", \"text\": \"Rebels captured Hama on Thursday. ]]> <b>x</b>\"}\n";
    let made = folder(&[("in/evil.jsonl", evil)]);
    let out = at(&made, "a/b/out");
    run(&["map", &at(&made, "in"), "-o", &out]).ends(0);
    let outside =
        tree(made.path()).into_keys().find(|path| !path.starts_with("a/b/out") && !path.starts_with("in"));
    assert_eq!(outside, None);
    for (path, bytes) in tree(Path::new(&out)) {
        let text = String::from_utf8_lossy(&bytes);
        if path.extension().is_some_and(|end| end == "csv") {
            assert!(
                !text.contains(",=cmd") && !text.contains(",\"=cmd"),
                "{} holds a formula",
                path.display()
            );
        } else if path.extension().is_some_and(|end| end == "svg" || end == "md") {
            assert!(!text.contains("<script>"), "{} holds a script", path.display());
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_link_and_a_device_are_written_into_and_not_replaced() {
    let made = folder(&[("target.csv", b"old")]);
    let (link, device) = (made.path().join("link.csv"), made.path().join("device"));
    std::os::unix::fs::symlink(made.path().join("target.csv"), &link).unwrap();
    // Through a link, so that a program that replaces it does the machine no harm.
    std::os::unix::fs::symlink("/dev/full", &device).unwrap();
    run(&["extract", "examples/syria-2024", "-o", &link.to_string_lossy()]).ends(0);
    assert!(link.is_symlink() && read(&made.path().join("target.csv")).starts_with("claim_id"));
    run(&["extract", "examples/syria-2024", "-o", &device.to_string_lossy()]).ends(2).tells(&[
        "device",
        "the disk is full",
        "help",
    ]);
    assert!(device.is_symlink());
}

#[cfg(unix)]
#[test]
fn links_in_a_folder_are_told_and_never_followed_out_of_a_project() {
    let made =
        folder(&[("secret/a.txt", b"Published: 5 December 2024\n\nRebels captured Homs on Thursday.\n")]);
    let project = folder(&[
        ("conflict-map.toml", b"reports = [\"link\"]\n"),
        ("reports/b.txt", b"Published: 5 December 2024\n\nRebels captured Hama on Thursday.\n"),
    ]);
    std::os::unix::fs::symlink(made.path().join("secret"), project.path().join("link")).unwrap();
    let at_project = project.path().to_string_lossy().into_owned();
    run(&["check", &at_project]).ends(2).tells(&["link", "leads out of the project folder", "help"]);
    let rest = run(&["extract", &at_project, &at(&project, "reports")]).ends(0);
    let rest = rest.tells(&["link", "passed over", "conflict-map.toml", "bad-project"]);
    assert_eq!(rows(&rest.out).len(), 1);
}

#[test]
fn a_report_named_twice_is_read_once_and_what_was_written_is_not_read_again() {
    let project = folder(&[
        ("conflict-map.toml", b"title = \"T\"\n"),
        ("a.txt", b"Published: 5 December 2024\n\nRebels captured Hama on Thursday.\n"),
    ]);
    let (a, all) = (at(&project, "a.txt"), project.path().to_string_lossy().into_owned());
    assert!(run(&["check", &a, &all, &a]).ends(0).out.starts_with("1 report read"));
    run(&["map", &all, "-o", &at(&project, "out")]).ends(0);
    assert!(run(&["check", &all]).ends(0).out.starts_with("1 report read"));
}

#[test]
fn a_project_may_be_named_by_its_file_and_two_are_told() {
    let told = run(&["check", "-p", "examples/syria-2024/conflict-map.toml"]).ends(0);
    assert!(told.out.starts_with("20 reports read"), "{}", told.out);
    let other = folder(&[("conflict-map.toml", b"title = \"Other\"\n"), ("a.txt", b"Nothing happened.")]);
    let other = other.path().to_string_lossy().into_owned();
    run(&["check", "-p", "examples/syria-2024", &other]).ends(0).tells(&[&other, "bad-project", "not used"]);
    run(&["check", "-p", "docs"]).ends(2).tells(&["docs", "conflict-map.toml", "help"]);
}

#[test]
fn a_project_folder_named_by_a_dot_gives_the_output_its_name() {
    let made = folder(&[
        ("siege/conflict-map.toml", b"title = \"T\"\n"),
        ("siege/a.txt", b"Published: 5 December 2024\n\nRebels captured Hama on Thursday.\n"),
    ]);
    let inside = made.path().join("siege");
    finish(program(&["map", "."]).current_dir(&inside).stdin(Stdio::null())).ends(0);
    assert!(inside.join("output/siege/events.csv").is_file());
}

#[test]
fn an_events_table_comes_from_standard_input_and_an_empty_one_is_told() {
    let out = TempDir::new().unwrap();
    let out = out.path().to_string_lossy().into_owned();
    run_with_input(
        &["render", "-", "-o", &out],
        "date,place,change,gaining\n2024-12-05,Hama,captured,Rebels\n",
    )
    .ends(0);
    assert!(Path::new(&out).join("maps/2024-12-05.svg").exists());
    run_with_input(&["render", "-", "-o", &out], "date,place,change,gaining\n")
        .ends(0)
        .tells(&["no-events", "no rows"]);
}

#[test]
fn why_answers_for_a_province_and_says_when_nothing_is_known() {
    let ask = |place| {
        let why = ["why", place, "--on", "2024-12-06", "-p", "examples/syria-2024", "--format", "json"];
        let told = run(&why).ends(0);
        let chains: serde_json::Value = serde_json::from_str(&told.out).unwrap();
        (chains, told)
    };
    let (province, _) = ask("Hama Governorate");
    assert_eq!(province[0]["place_id"], 170_015, "{province}");
    let (nowhere, told) = ask("Qwxzyv");
    assert_eq!(nowhere, serde_json::json!([]));
    told.tells(&["unknown-place"]);
    run(&["why", "Qwxzyv", "--on", "2024-12-06", "-p", "examples/syria-2024", "--strict"]).ends(1);
}

#[test]
fn control_characters_reach_no_output() {
    let made = folder(&[
        (
            "in/conflict-map.toml",
            b"title = \"T\\u0001\"\n[[actors]]\nid = \"r\\u0000\"\nname = \"R\\u001b\"\numbrella_of = \"SY\"\n",
        ),
        (
            "in/a.jsonl",
            b"{\"id\":\"a\\u0000\",\"published\":\"2024-12-05\",\"publisher\":\"P\\u0000\",\"title\":\"T\\u0001\",\
              \"text\":\"Syrian rebels captured Hama\\u0000 on Thursday.\"}\n",
        ),
    ]);
    let out = at(&made, "out");
    run(&["map", &at(&made, "in"), "-o", &out]).ends(0);
    for (path, bytes) in tree(Path::new(&out)) {
        let odd = bytes.iter().find(|byte| **byte < b' ' && !b"\n\t".contains(byte));
        let picture = path.extension().is_some_and(|end| end == "png");
        assert!(picture || odd.is_none(), "{} holds the byte {odd:?}", path.display());
    }
    run(&["render", &format!("{out}/events.csv"), "-o", &at(&made, "again")]).ends(0);
    assert!(made.path().join("again/maps/2024-12-05.svg").is_file());
}

#[test]
fn every_problem_tells_a_way_out() {
    let table = "date,place,lat,lon,change,gaining\n2024-12-05,Hama,NaN,1,captured,Rebels\n1.2.3,Homs,,,captured,Rebels\n\
                 2024-12-05,Idlib,,,fell,Rebels\n";
    let made = folder(&[("events.csv", table.as_bytes())]);
    let told = run(&["render", &at(&made, "events.csv"), "-o", &at(&made, "out")]).ends(0);
    let (problems, ways) = (told.err.matches("warning[").count(), told.err.matches("help: ").count());
    assert_eq!((problems, ways), (3, 3), "{}", told.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_closed_pipe_are_no_reason_to_panic() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let page = folder(&[(PAGES[0].0, PAGES[0].1.as_bytes())]);
    let page = at(&page, PAGES[0].0);
    finish_without_output(program(&["extract", &page, "--published", "2024-12-05"]).stdout(full), 2);
    let mut child =
        program(&["geoparse", &page]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

#[cfg(target_os = "linux")]
fn finish_without_output(command: &mut Command, code: i32) {
    let output = command.stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(!err.contains("panicked"), "{err}");
    assert_eq!(output.status.code(), Some(code), "{err}");
}
