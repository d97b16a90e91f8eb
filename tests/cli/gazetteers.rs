//! The user's own tables of places: for one run, in a project, installed.

use super::*;

/// A run with a data folder of its own.
pub(super) fn with_data(data: &TempDir, arguments: &[&str]) -> Run {
    finish(program(arguments).env("CONFLICT_MAP_DATA", data.path()).stdin(Stdio::null()))
}

/// A line of a GeoNames dump.
pub(super) fn dump_line(id: u32, name: &str, others: &str, lat: &str, lon: &str, code: &str) -> String {
    let class = if code.starts_with('P') { "P" } else { "H" };
    format!(
        "{id}\t{name}\t{name}\t{others}\t{lat}\t{lon}\t{class}\t{code}\tSY\t\t03\t\t\t\t0\t\t310\tAsia/Damascus\t2024-11-{:02}\n",
        1 + id % 28
    )
}

pub(super) fn dump() -> String {
    [
        dump_line(42_000_001, "Tall Mafqud", "تل مفقود,Tell Mafkud", "35.21", "36.71", "PPL"),
        dump_line(42_000_002, "Khirbat Mansiya", "خربة منسية", "35.31", "36.81", "PPL"),
        dump_line(42_000_003, "Nahr Wahmi", "", "35.4", "36.9", "STM"),
    ]
    .concat()
}

const REPORT: &[u8] = b"Published: 5 December 2024\n\nRebels captured Hama on Thursday. They also captured Tall Mafqud in Hama province on Thursday.\n";

const POINTS: &str = "NAME_EN;NAME_AR;alternates;LATITUDE;LONGITUDE;country\nTall Mafqud;تل مفقود;Tell Mafkud;35,21;36,71;SY\n";

fn places_of(claims: &str) -> Vec<String> {
    rows(claims).into_iter().map(|row| row["place"].clone()).collect()
}

#[test]
fn a_table_given_by_name_is_used_by_every_command_that_reads() {
    let made = folder(&[("a.txt", REPORT), ("mine.csv", POINTS.as_bytes()), ("SY.txt", dump().as_bytes())]);
    let (report, mine) = (at(&made, "a.txt"), at(&made, "mine.csv"));
    let has = |run: &Run| run.out.contains("Tall Mafqud");
    assert!(!has(&run(&["locate", "Tell Mafkud"])));
    for table in [&mine, &at(&made, "SY.txt")] {
        let located = run(&["locate", "Tell Mafkud", "تل مفقود", "--gazetteer", table]).ends(0);
        assert_eq!(located.out.matches("35.2100, 36.7100").count(), 2, "{}", located.out);
        assert_eq!(located.err, "");
        let claims = run(&["extract", &report, "--gazetteer", table]).ends(0);
        assert!(places_of(&claims.out).contains(&"Tall Mafqud".to_owned()), "{}", claims.out);
        assert!(has(&run(&["geoparse", &report, "--gazetteer", table]).ends(0)));
        assert!(has(
            &run(&["why", "Tell Mafkud", "--on", "2024-12-06", &report, "--gazetteer", table]).ends(0)
        ));
        run(&["check", &report, "--gazetteer", table]).ends(0);
    }
    let events = folder(&[("e.csv", b"date,place,change,gaining\n2024-12-05,Tell Mafkud,captured,Rebels\n")]);
    let (table, out) = (at(&events, "e.csv"), at(&events, "out"));
    run(&["render", &table, "-o", &out]).ends(0).tells(&["unknown-place"]);
    let drawn = run(&["render", &table, "-o", &out, "--gazetteer", &mine]).ends(0);
    assert!(!drawn.err.contains("unknown-place"), "{}", drawn.err);
    let told = read(&Path::new(&out).join("report.md"));
    assert!(told.contains("## Gazetteers") && told.contains("mine.csv: 1 place from mine.csv"), "{told}");
    assert!(told.contains("- Places also: mine.csv\n"), "{told}");
    assert!(read(&Path::new(&out).join("maps/2024-12-05.svg")).contains("Places also: mine.csv"));
}

#[test]
fn a_town_that_a_table_knows_too_stays_one_town() {
    let table = "name,name_ar,lat,lon,country\nHamah,حماة,35.14,36.74,SY\n";
    let made = folder(&[("a.txt", REPORT), ("mine.csv", table.as_bytes())]);
    let id = |extra: &[&str], name: &str| -> Vec<String> {
        let found = run(&[&["locate", name, "--country", "SY", "--format", "json"], extra].concat()).ends(0);
        let found: serde_json::Value = serde_json::from_str(&found.out).unwrap();
        let towns = found.as_array().unwrap().iter().filter(|place| place["kind"] == "town");
        towns.map(|place| format!("{} {}", place["place_id"], place["name"].as_str().unwrap())).collect()
    };
    let embedded = id(&[], "Hama");
    let number = embedded[0].split(' ').next().unwrap();
    let mine = at(&made, "mine.csv");
    for name in ["Hama", "Hamah", "حماة"] {
        let found = id(&["--gazetteer", &mine], name);
        assert_eq!(found.iter().filter(|place| place.starts_with(number)).count(), 1, "{name}: {found:?}");
        // The table is the user's word: its name is the one shown.
        assert_eq!(found[0], format!("{number} Hamah"), "{name}");
    }
}

#[test]
fn a_project_names_its_tables() {
    let project = "title = \"T\"\ngazetteer = [\"tables/mine.csv\"]\nreports = [\"a.txt\"]\n";
    let made = folder(&[
        ("p/conflict-map.toml", project.as_bytes()),
        ("p/a.txt", REPORT),
        ("p/tables/mine.csv", POINTS.as_bytes()),
        ("out.csv", POINTS.as_bytes()),
    ]);
    let claims = run(&["extract", &at(&made, "p")]).ends(0);
    assert!(places_of(&claims.out).contains(&"Tall Mafqud".to_owned()), "{}", claims.out);
    std::fs::write(made.path().join("p/conflict-map.toml"), project.replace("tables/mine", "../out"))
        .unwrap();
    run(&["extract", &at(&made, "p")]).ends(2).tells(&["leads out of the project folder"]);
    std::fs::write(made.path().join("p/conflict-map.toml"), project.replace("tables/mine", "gone")).unwrap();
    run(&["extract", &at(&made, "p")]).ends(2).tells(&["gone.csv"]);
}

#[test]
fn what_is_installed_is_used_until_it_is_removed() {
    let (made, data) = (folder(&[("SY.txt", dump().as_bytes())]), TempDir::new().unwrap());
    let file = at(&made, "SY.txt");
    with_data(&data, &["gazetteer", "list"]).ends(0);
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0);
    let added = with_data(&data, &["gazetteer", "add", &file]).ends(0);
    assert!(
        added.out.starts_with("installed SY: 2 places from SY.txt, GeoNames, CC BY 4.0, data of 2024-11-")
    );
    let again = with_data(&data, &["gazetteer", "add", &file]).ends(0);
    assert_eq!(added.out.replace("installed", "replaced"), again.out);
    let list = with_data(&data, &["gazetteer", "list", "--format", "json"]).ends(0);
    let list: serde_json::Value = serde_json::from_str(&list.out).unwrap();
    assert_eq!((&list[0]["name"], &list[0]["places"]), (&"SY".into(), &2.into()));
    let info = with_data(&data, &["gazetteer", "info", "SY"]).ends(0);
    for words in ["CC BY 4.0", "GeoNames", "SY.gaz", "2024-11-"] {
        assert!(info.out.contains(words), "{words}: {}", info.out);
    }
    let knows = |more: &[&str]| {
        let run = with_data(&data, &[&["locate", "خربة منسية"], more].concat()).ends(0);
        run.out.contains("Khirbat Mansiya")
    };
    assert!(knows(&[]) && !knows(&["--no-installed"]));
    // A name of a place that the program knows is not changed by a dump.
    assert!(with_data(&data, &["locate", "Hama"]).ends(0).out.contains("  Hama ("));
    with_data(&data, &["gazetteer", "remove", "SY", "XX"]).ends(2).tells(&["`XX`"]);
    with_data(&data, &["gazetteer", "remove", "SY"]).ends(0);
    assert!(!knows(&[]));
}

#[test]
fn the_licence_and_the_credit_given_come_out_on_the_map() {
    let made = folder(&[("a.txt", REPORT), ("mine.csv", POINTS.as_bytes())]);
    let data = TempDir::new().unwrap();
    let add = ["gazetteer", "add", &at(&made, "mine.csv"), "--name", "ocha-syria"];
    with_data(&data, &[&add[..], &["--licence", "CC BY-IGO", "--credit", "OCHA"]].concat()).ends(0);
    let out = at(&made, "out");
    with_data(&data, &["map", &at(&made, "a.txt"), "-o", &out]).ends(0);
    let told = read(&Path::new(&out).join("report.md"));
    assert!(told.contains("- Places also: OCHA (CC BY-IGO)\n"), "{told}");
    assert!(told.contains("- ocha-syria: 1 place from mine.csv, OCHA, CC BY-IGO, checksum "), "{told}");
    assert!(read(&Path::new(&out).join("maps/2024-12-05.svg")).contains("OCHA (CC BY-IGO)"));
    let without = at(&made, "without");
    with_data(&data, &["map", &at(&made, "a.txt"), "-o", &without, "--no-installed"]).ends(0);
    assert!(!read(&Path::new(&without).join("report.md")).contains("Gazetteers"));
    // Of a table without a place of this war the map says nothing.
    let elsewhere = folder(&[("far.csv", b"name,lat,lon,country\nFarland,-10,20,AO\n")]);
    with_data(&data, &["gazetteer", "add", &at(&elsewhere, "far.csv"), "--credit", "Far Office"]).ends(0);
    with_data(&data, &["map", &at(&made, "a.txt"), "-o", &out]).ends(0);
    assert!(!read(&Path::new(&out).join("maps/2024-12-05.svg")).contains("Far Office"));
    assert!(read(&Path::new(&out).join("report.md")).contains("- far: 1 place from far.csv, Far Office"));
}

#[test]
fn other_names_are_joined_by_their_id() {
    let names = "1\t42000001\tar\tتل الضائع\t1\t\t\t\t\t\n2\t42000001\twkdt\tQ5\t\t\t\t\t\t\n3\t42000001\ten\tLost Hill\t\t\t\t\t\t\n";
    let made = folder(&[("SY.txt", dump().as_bytes()), ("alternateNamesV2.txt", names.as_bytes())]);
    let data = TempDir::new().unwrap();
    let (file, names) = (at(&made, "SY.txt"), at(&made, "alternateNamesV2.txt"));
    with_data(&data, &["gazetteer", "add", "--alternates", &names, &file]).ends(0);
    let found = with_data(&data, &["locate", "Lost Hill"]).ends(0);
    assert!(found.out.contains("Tall Mafqud (تل الضائع)"), "{}", found.out);
    with_data(&data, &["locate", "Q5"]).tells(&["unknown-place"]);
}

#[test]
fn a_gazetteer_that_is_damaged_or_newer_is_told_and_the_run_goes_on() {
    let made = folder(&[("SY.txt", dump().as_bytes()), ("b.csv", POINTS.as_bytes())]);
    let data = TempDir::new().unwrap();
    with_data(&data, &["gazetteer", "add", &at(&made, "SY.txt"), &at(&made, "b.csv")]).ends(0);
    let installed = data.path().join("gazetteers/SY.gaz");
    let whole = std::fs::read(&installed).unwrap();
    let (mut newer, mut damaged) = (whole.clone(), whole.clone());
    newer[7] = 99;
    damaged[whole.len() / 2] ^= 1;
    for (bytes, words) in [
        (&newer[..], "newer conflict-map"),
        (&damaged, "damaged"),
        (&whole[..whole.len() / 2], "not whole"),
        (b"", "not whole"),
        (b"hello, this is something else", "no compiled gazetteer"),
    ] {
        std::fs::write(&installed, bytes).unwrap();
        let run = with_data(&data, &["locate", "Tall Mafqud", "Hama"]).ends(0);
        assert!(run.out.contains("35.2100, 36.7100") && run.out.contains("Hama"), "{}", run.out);
        run.tells(&["bad-gazetteer", words, "SY.gaz", "gazetteer remove SY"]);
        with_data(&data, &["locate", "Hama", "--strict"]).ends(1);
        with_data(&data, &["gazetteer", "info", "SY"]).ends(1).tells(&[words]);
    }
    with_data(&data, &["gazetteer", "list"]).ends(0).tells(&["bad-gazetteer"]);
    with_data(&data, &["gazetteer", "add", &at(&made, "SY.txt")]).ends(0);
    assert_eq!(std::fs::read(&installed).unwrap(), whole);
}

#[test]
fn a_table_of_nothing_usable_installs_nothing() {
    let made = folder(&[
        ("prices.csv", b"town,bread\nHama,3\n"),
        ("empty.csv", b""),
        ("head.csv", b"name,lat,lon\n"),
        ("cut.zip", b"PK\x03\x04\x14\x00\x00\x00"),
        ("wide.csv", b"\xff\xfen\0a\0m\0e\0"),
    ]);
    let data = TempDir::new().unwrap();
    for (file, words) in [
        ("prices.csv", "town, bread"),
        ("empty.csv", "empty"),
        ("head.csv", "no rows"),
        ("cut.zip", "zip"),
        ("wide.csv", "zero bytes"),
    ] {
        let file = at(&made, file);
        with_data(&data, &["gazetteer", "add", &file]).ends(2).tells(&[
            "bad-table",
            words,
            "nothing was installed",
        ]);
        // Named for one run, it is told and the run goes on.
        run(&["locate", "Hama", "--gazetteer", &file]).ends(0).tells(&["bad-table", words]);
    }
    with_data(&data, &["gazetteer", "add", &at(&made, "gone.csv")]).ends(2).tells(&["gone.csv"]);
    with_data(&data, &["gazetteer", "add", &at(&made, "head.csv"), "--name", "../x"])
        .ends(2)
        .tells(&["../x"]);
    assert!(!data.path().join("gazetteers").exists());
}

#[test]
fn of_a_thousand_bad_rows_twenty_are_told_and_the_rest_counted() {
    let table = "Somewhere,35,301\n".repeat(1000);
    let made = folder(&[("p.csv", format!("name,lat,lon\n{table}Good,35,36\n").as_bytes())]);
    let told = run(&["locate", "Good", "--gazetteer", &at(&made, "p.csv"), "--format", "json"]).ends(0);
    let told: serde_json::Value = serde_json::from_str(&told.err).unwrap();
    let all = told["problems"].as_array().unwrap();
    assert_eq!(all.len(), 21);
    assert!(all[1]["message"].as_str().unwrap().contains("301"), "{}", all[1]);
    let last = all.iter().find(|problem| problem["message"].as_str().unwrap().starts_with("980 more rows"));
    assert!(last.is_some(), "{all:?}");
}

#[test]
fn two_that_add_at_once_leave_a_whole_gazetteer_and_so_does_one_that_is_killed() {
    let rows = |from: u32| -> String {
        let place = |i| dump_line(from + i, &format!("Qarya {i}"), "", "35.2", "36.7", "PPL");
        (0..20_000).map(place).collect()
    };
    let made =
        folder(&[("a/SY.txt", rows(50_000_000).as_bytes()), ("b/SY.txt", rows(60_000_000).as_bytes())]);
    let data = TempDir::new().unwrap();
    let start = |file: &str| {
        program(&["gazetteer", "add", &at(&made, file)])
            .env("CONFLICT_MAP_DATA", data.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut both = [start("a/SY.txt"), start("b/SY.txt")];
    for one in &mut both {
        assert!(one.wait().unwrap().success());
    }
    let info = with_data(&data, &["gazetteer", "info", "SY"]).ends(0);
    assert!(info.out.contains("20000"), "{}", info.out);
    for milliseconds in [1, 40, 120, 200, 300, 400, 600] {
        let mut one = start("a/SY.txt");
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        let _ = one.kill();
        one.wait().unwrap();
        with_data(&data, &["gazetteer", "info", "SY"]).ends(0);
        with_data(&data, &["locate", "Qarya 7", "--strict"]).ends(0);
    }
}
