//! One command each.

use super::*;

#[test]
fn locate_finds_a_town_under_each_of_its_spellings() {
    let names: Vec<String> = ["Khan Sheikhoun", "Khan Shaykhun", "خان شيخون"]
        .iter()
        .map(|name| {
            let found = run(&["locate", name, "--format", "json"]).ends(0);
            first_name(&serde_json::from_str(&found.out).unwrap()).to_owned()
        })
        .collect();
    assert!(names.iter().all(|name| *name == names[0]), "{names:?}");
    let text = run(&["locate", "Khan Sheikhoun", "خان شيخون", "Hama", "Homs"]).ends(0);
    for words in ["Syria", "Idlib", "35.44", "Homs"] {
        assert!(text.out.contains(words), "`{words}` is missing from:\n{}", text.out);
    }
}

#[test]
fn locate_says_when_nobody_knows_a_name() {
    run(&["locate", "Xyzzyxqwv"]).ends(0).tells(&["Xyzzyxqwv", "unknown-place"]);
    run(&["locate", "Xyzzyxqwv", "--strict"]).ends(1);
}

#[test]
fn two_loose_pages_make_a_map_when_their_day_is_given() {
    let pages = folder(&[(PAGES[0].0, PAGES[0].1.as_bytes()), (PAGES[1].0, PAGES[1].1.as_bytes())]);
    let out = TempDir::new().unwrap();
    let (input, output) = (pages.path().to_string_lossy(), out.path().to_string_lossy());
    run(&["map", &input, "--published", "2024-12-05", "--title", "Hama, December 2024", "-o", &output])
        .ends(0);
    let events = rows(&read(&out.path().join("events.csv")));
    let captured = |place: &str| {
        events.iter().find(|row| {
            row["place"] == place && row["change"] == "captured" && row["geo_precision"] == "place"
        })
    };
    let hama = captured("Hama").unwrap();
    assert_eq!(hama["date"], "2024-12-05");
    assert!(hama["claims"].contains(';') && hama["grade"].ends_with('1'), "{hama:?}");
    let aleppo = captured("Aleppo").unwrap();
    assert!(("2024-11-27".."2024-12-01").contains(&aleppo["date"].as_str()), "{aleppo:?}");
    assert!(
        events.iter().any(|row| row["place"].starts_with("Kh") && row["change"] == "captured"),
        "{events:#?}"
    );
    for row in &events {
        let place = row["place"].as_str();
        assert!(!["Homs", "Damascus", "Beirut", "Iran", "Russia"].contains(&place), "{row:?}");
        assert!(row["date"].is_empty() || row["date"].starts_with("2024-1"), "{row:?}");
    }
    let claims = rows(&read(&out.path().join("claims.csv")));
    let province = claims.iter().find(|row| row["geo_precision"] == "admin1").unwrap();
    assert!(province["quote"].contains("Hama province"), "{province:?}");
    assert!(read(&out.path().join("maps/2024-12-05.svg")).contains("Hama, December 2024"));
}

#[test]
fn a_report_with_no_date_is_told_and_the_rest_still_works() {
    let pages = folder(&[(PAGES[1].0, PAGES[1].1.as_bytes())]);
    let page = at(&pages, PAGES[1].0);
    run(&["check", &page]).ends(0).tells(&["no-date", "two", "--published"]);
    run(&["check", &page, "--strict"]).ends(1);
    let places = run(&["geoparse", &page]).ends(0);
    let hama = places.out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let hama: Vec<_> = hama.filter(|mention| mention["name"] == "Hama").collect();
    assert!(!hama.is_empty(), "{}", places.out);
    for key in ["doc", "start", "end", "name", "lat", "lon", "geonameid", "score"] {
        assert!(!hama[0][key].is_null(), "`{key}` is missing from {}", hama[0]);
    }
    let claims = rows(&run(&["extract", &page]).ends(0).out);
    let hama = claims.iter().find(|row| row["place"] == "Hama" && row["change"] == "captured").unwrap();
    assert!(hama["date"].is_empty(), "{hama:?}");
}

#[test]
fn standard_input_is_a_report_too() {
    let claims = run_with_input(&["extract", "-", "--published", "2024-12-05"], PAGES[0].1).ends(0);
    assert!(rows(&claims.out).iter().any(|row| row["place"] == "Hama" && row["change"] == "captured"));
}

#[test]
fn extract_writes_to_the_file_it_is_given() {
    let pages = folder(&[(PAGES[0].0, PAGES[0].1.as_bytes())]);
    let (page, table) = (at(&pages, PAGES[0].0), at(&pages, "claims.csv"));
    let quiet = run(&["extract", &page, "--published", "2024-12-05", "-o", &table]).ends(0);
    assert_eq!(quiet.out, "");
    assert!(!rows(&read(Path::new(&table))).is_empty());
}

#[test]
fn a_hand_made_table_of_four_columns_is_enough_to_draw() {
    let table = "date,place,change,gaining\n2024-11-30,Aleppo,captured,Rebels\n2024-12-05,Hama,captured,Rebels\n\
                 2024-12-05,Homs,contested,Rebels\n2024-12-08,Damascus,captured,Rebels\n";
    let made = folder(&[("events.csv", table.as_bytes())]);
    let out = at(&made, "out");
    run(&["render", &at(&made, "events.csv"), "-o", &out]).ends(0);
    for day in ["2024-11-30", "2024-12-05", "2024-12-08"] {
        let svg = read(&Path::new(&out).join(format!("maps/{day}.svg")));
        assert!(svg.contains("Hama") || day < "2024-12-05", "no Hama on {day}");
    }
}

#[test]
fn the_events_table_a_map_wrote_draws_the_same_changes_again() {
    let made = TempDir::new().unwrap();
    let out = at(&made, "out");
    run(&["render", &example().join("events.csv").to_string_lossy(), "-o", &out]).ends(0);
    let days = |folder: &Path| {
        tree(folder)
            .into_keys()
            .filter(|path| path.extension().is_some_and(|end| end == "svg"))
            .collect::<Vec<_>>()
    };
    let (first, again) = (days(&example().join("maps")), days(&Path::new(&out).join("maps")));
    assert!(
        again.iter().all(|day| first.contains(day)) && again.len() + 1 >= first.len(),
        "{first:?} {again:?}"
    );
}

#[test]
fn help_shows_examples_and_shells_get_completions() {
    for command in [&["--help"][..], &["map", "--help"], &["why", "--help"], &["locate", "--help"]] {
        let help = run(command).ends(0);
        assert!(
            help.out.contains("conflict-map ") && help.out.to_lowercase().contains("example"),
            "{}",
            help.out
        );
    }
    let bash = run(&["completions", "bash"]).ends(0);
    assert!(bash.out.contains("conflict-map") && bash.out.contains("locate"));
}

#[test]
fn a_wrong_option_is_a_usage_error() {
    run(&["map", "--no-such-option"]).ends(2).tells(&["--no-such-option"]);
    run(&["why", "Hama", "--on", "yesterday", "-p", "examples/syria-2024"]).ends(2).tells(&["yesterday"]);
}
