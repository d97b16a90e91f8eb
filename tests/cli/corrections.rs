//! What an analyst decides by hand: `overrides.csv`, and `events.csv` edited and drawn again.

use super::*;

const PROJECT: &[u8] =
    b"title = \"T\"\nregion = [\"SY\"]\nreports = [\"reports\"]\nbaseline = \"baseline.csv\"\n\
    [[actors]]\nid = \"army\"\nname = \"Syrian army\"\nstate_of = \"SY\"\n\
    [[actors]]\nid = \"rebels\"\nname = \"Rebels\"\numbrella_of = \"SY\"\n";
const BASELINE: &[u8] =
    b"place,country,actor,as_of,source\nHama,SY,army,2024-11-26,Atlas\nHoms,SY,army,2024-11-26,Atlas\n";
const HAMA: &str = "2024-12-05-hama-captured-rebels";
const HOMS: &str = "2024-12-05-homs-captured-rebels";

/// A project of two reports, with these corrections.
fn project(overrides: &str) -> TempDir {
    let files: [(&str, &[u8]); 5] = [
        ("p/conflict-map.toml", PROJECT),
        ("p/baseline.csv", BASELINE),
        ("p/reports/a.md", b"---\npublisher: Wire\npublished: 2024-12-05\n---\n\nRebels captured Hama on Thursday.\n"),
        ("p/reports/b.md", b"---\npublisher: Desk\npublished: 2024-12-05\n---\n\nRebels captured Homs on Thursday, they said.\n"),
        ("p/overrides.csv", overrides.as_bytes()),
    ];
    folder(&files)
}

fn events(made: &TempDir) -> Vec<BTreeMap<String, String>> {
    rows(&read(&made.path().join("out/events.csv")))
}

fn map(made: &TempDir) -> Run {
    run(&["map", &at(made, "p"), "-o", &at(made, "out")]).ends(0)
}

fn why(made: &TempDir, place: &str, day: &str, more: &[&str]) -> Run {
    let folder = at(made, "p");
    let mut arguments = vec!["why", place, "--on", day, "-p", &folder];
    arguments.extend(more);
    run(&arguments).ends(0)
}

#[test]
fn a_fixed_date_moves_the_map_and_why_says_who_decided() {
    let made = project(&format!(
        "event_id,action,date,note,by\n{HAMA},fix_date,2024-12-04,phone call with the mayor,AB\n"
    ));
    let told = map(&made);
    assert!(!told.err.contains("override"), "{}", told.err);
    assert!(made.path().join("out/maps/2024-12-04.svg").is_file());
    let words = "date fixed by overrides.csv:2 (by AB: phone call with the mayor), was 2024-12-05";
    let hama = events(&made).into_iter().find(|row| row["place"] == "Hama").unwrap();
    assert_eq!((hama["event_id"].as_str(), hama["date"].as_str()), (HAMA, "2024-12-04"));
    assert_eq!(hama["note"], words);
    let text = why(&made, "Hama", "2024-12-04", &[]);
    assert!(text.out.contains("held by Rebels since 2024-12-04") && text.out.contains(words), "{}", text.out);
    let json = why(&made, "Hama", "2024-12-04", &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let decision = &json[0]["events"][0]["decisions"][0];
    assert_eq!((&decision["by"], &decision["line"]), (&serde_json::json!("AB"), &serde_json::json!(2)));
    assert_eq!(
        (&decision["was"], &decision["text"]),
        (&serde_json::json!("2024-12-05"), &serde_json::json!(words))
    );
    let report = read(&made.path().join("out/report.md"));
    assert!(report.contains("phone call with the mayor"), "{report}");
}

#[test]
fn a_dropped_event_is_nowhere_but_in_why() {
    let made = project(&format!("event_id,action,note,by\n{HAMA},drop,a hoax,AB\n"));
    map(&made);
    assert!(events(&made).iter().all(|row| row["place"] != "Hama"));
    let text = why(&made, "Hama", "2024-12-06", &[]).out;
    assert!(text.starts_with("Hama (Hama, SY) on 2024-12-06: held by Syrian army"), "{text}");
    assert!(text.contains("dropped by hand:") && text.contains("overrides.csv:2 (by AB: a hoax)"), "{text}");
    let json = why(&made, "Hama", "2024-12-06", &["--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json[0]["events"], &json[0]["dropped"][0]["event"]),
        (&serde_json::json!([]), &serde_json::json!(HAMA))
    );
}

#[test]
fn a_confirmed_event_is_graded_one_and_a_fixed_place_moves() {
    let made = project(&format!(
        "event_id,action,place,lat,lon,note\n{HOMS},confirm,,,,seen\n{HAMA},fix_place,Salamiyah,,,\n"
    ));
    map(&made);
    let events = events(&made);
    let homs = events.iter().find(|row| row["event_id"] == HOMS).unwrap();
    assert_eq!((homs["grade"].as_str(), homs["disputed"].as_str()), ("F1", "false"));
    let moved = events.iter().find(|row| row["event_id"] == HAMA).unwrap();
    assert_eq!(moved["place"], "Salamiyah");
    assert!(moved["note"].contains("was Hama ("), "{moved:?}");
}

#[test]
fn an_option_goes_before_the_project_and_all_four_commands_know_it() {
    let made = project("event_id,action\nnothing,drop\n");
    let mine = made.path().join("mine.csv");
    std::fs::write(&mine, format!("event_id,action\n{HAMA},drop\n")).unwrap();
    let (mine, folder, out) = (mine.to_string_lossy().into_owned(), at(&made, "p"), at(&made, "out"));
    map(&made).tells(&["overrides.csv:2", "bad-override", "nothing"]);
    run(&["check", &folder]).ends(0).tells(&["bad-override"]);
    run(&["check", &folder, "--strict"]).ends(1);
    let table = format!("{out}/events.csv");
    let again = at(&made, "again");
    for arguments in [
        vec!["check", &folder, "--overrides", &mine, "--strict"],
        vec!["map", &folder, "-o", &out, "--overrides", &mine, "--strict"],
        vec!["render", &table, "-p", &folder, "-o", &again, "--overrides", &mine, "--strict"],
    ] {
        run(&arguments).ends(0);
    }
    assert!(why(&made, "Hama", "2024-12-06", &["--overrides", &mine]).out.contains("dropped by mine.csv:2"));
    run(&["map", &folder, "-o", &out, "--overrides", "no-such.csv"]).ends(2).tells(&["no-such.csv"]);
}

#[test]
fn bad_corrections_are_told_and_the_good_ones_applied() {
    let made = project(&format!(
        "event_id,action,date,colour,note\n2024-12-04-hama-captured-rebels,drop,,,\n{HAMA},fix_date,2024-12-04,,\n\
         {HAMA},fix_date,2024-12-06,,\n{HOMS},burn,,,\n{HOMS},confirm,,,=cmd|' /C calc'!A0\n,drop,,,\n{HOMS},fix_date,31 Foo,,\n"
    ));
    map(&made).tells(&[
        "column not known and ignored: `colour`",
        "overrides.csv:2",
        &format!("of that place: `{HAMA}`"),
        "overrides.csv:4",
        "contradicts `fix_date` in line 3",
        "overrides.csv:5",
        "`burn` is none of `drop`, `fix_place`",
        "overrides.csv:7",
        "names no event",
        "overrides.csv:8",
        "`31 Foo` is no day",
    ]);
    let events = events(&made);
    let by_id = |id: &str| events.iter().find(|row| row["event_id"] == id).unwrap().clone();
    assert_eq!((by_id(HAMA)["date"].as_str(), by_id(HOMS)["grade"].as_str()), ("2024-12-05", "F1"));
    let table = read(&made.path().join("out/events.csv"));
    assert!(!table.contains(",=") && !table.contains("\"="), "{table}");
}

#[test]
fn a_note_that_is_a_formula_is_neutralised() {
    let made =
        folder(&[("events.csv", b"date,place,change,gaining,note\n2024-12-05,Hama,captured,Rebels,=1+1\n")]);
    run(&["render", &at(&made, "events.csv"), "-o", &at(&made, "out")]).ends(0);
    assert!(read(&made.path().join("out/events.csv")).contains(",'=1+1\n"));
}

#[test]
fn corrections_that_are_no_table_are_told() {
    for (bytes, words) in [
        (&b"PK\x03\x04\0\0"[..], "zero bytes"),
        (b"", "the table is empty"),
        (b"id,what\n1,2\n", "lacks `event_id`, `action`"),
    ] {
        let made = project("");
        std::fs::write(made.path().join("p/overrides.csv"), bytes).unwrap();
        map(&made).tells(&["overrides.csv", "bad-table", words]);
        assert_eq!(events(&made).len(), 2);
    }
}

#[test]
fn a_table_that_was_corrected_by_rows_is_drawn_again_as_it_was() {
    let made =
        project(&format!("event_id,action,date,note\n{HAMA},fix_date,2024-12-04,mayor\n{HOMS},drop,,hoax\n"));
    map(&made);
    let (table, again) = (at(&made, "out/events.csv"), at(&made, "again"));
    run(&["render", &table, "-p", &at(&made, "p"), "-o", &again, "--strict"]).ends(0);
    assert_eq!(read(Path::new(&table)), read(&made.path().join("again/events.csv")));
}

#[test]
fn ids_outlive_more_reports_and_another_order() {
    let made = project("");
    std::fs::remove_file(made.path().join("p/overrides.csv")).unwrap();
    map(&made);
    let ids = |made: &TempDir| {
        let mut ids: Vec<String> = events(made).into_iter().map(|row| row["event_id"].clone()).collect();
        ids.sort();
        ids
    };
    let before = ids(&made);
    assert_eq!(before, [HAMA, HOMS]);
    for (name, text) in [
        ("0.md", "Rebels captured Hama and Homs on Thursday, residents said."),
        ("z.md", "The army retook Hama on Saturday."),
    ] {
        let text = format!("---\npublisher: {name}\npublished: 2024-12-08\n---\n\n{text}\n");
        std::fs::write(made.path().join("p/reports").join(name), text).unwrap();
    }
    map(&made);
    let after = ids(&made);
    assert!(before.iter().all(|id| after.contains(id)), "{after:?}");
    let table = read(&made.path().join("out/events.csv"));
    let (folder, out) = (at(&made, "p"), at(&made, "out"));
    let reports: Vec<String> =
        ["z.md", "b.md", "0.md", "a.md"].iter().map(|name| at(&made, &format!("p/reports/{name}"))).collect();
    let mut arguments = vec!["map", "-p", &folder, "-o", &out];
    arguments.extend(reports.iter().map(String::as_str));
    run(&arguments).ends(0);
    assert_eq!(read(&made.path().join("out/events.csv")), table);
}

#[test]
fn an_events_table_edited_by_hand_is_read_back_whole() {
    let out = TempDir::new().unwrap();
    let table = read(&example().join("events.csv"));
    // A column of the analyst's own, a row cut short, a note.
    let mut lines: Vec<String> = table.lines().map(|line| format!("{line},")).collect();
    lines[0] = lines[0].replace("note,", "note,colour");
    lines.insert(3, "2024-12-05-x,2024-12-05,Hama".to_owned());
    let edited = out.path().join("edited.csv");
    std::fs::write(&edited, lines.join("\n") + "\n").unwrap();
    let (edited, again) = (edited.to_string_lossy().into_owned(), out.path().join("again"));
    run(&["render", &edited, "-p", "examples/syria-2024", "-o", &again.to_string_lossy()]).ends(0).tells(&[
        "column not known and ignored: `colour`",
        "edited.csv:4",
        "the row says nothing in `change`",
    ]);
    assert_eq!(read(&again.join("events.csv")), table);
    for map in ["maps/2024-12-05.svg", "places.geojson"] {
        let same = read(&again.join(map)) == read(&example().join(map));
        assert!(same || map.ends_with("svg"), "{map} differs");
    }
}

#[test]
fn why_says_what_a_grade_rests_on() {
    let json =
        run(&["why", "Hama", "--on", "2024-12-06", "-p", "examples/syria-2024", "--format", "json"]).ends(0);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let reason = json[0]["events"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("conceded") || reason.contains("independent sources"), "{reason}");
    let report = read(&example().join("report.md"));
    assert!(report.contains("1, confirmed by 2 independent sources: "), "{report}");
}
