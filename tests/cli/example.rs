//! The example project: what its reports say is what comes out.

use super::*;

#[test]
fn the_example_gives_every_file_that_the_readme_lists() {
    let files = tree(example());
    let names = [
        "claims.csv",
        "events.csv",
        "events.geojson",
        "places.geojson",
        "areas.geojson",
        "fronts.geojson",
        "maps/2024-11-30.svg",
        "maps/2024-12-05.svg",
        "maps/2024-12-05.png",
        "maps/2024-12-08.png",
        "sheet.svg",
        "sheet.png",
        "ground.svg",
        "ground.png",
        "towns.svg",
        "towns.png",
        "report.md",
        "problems.json",
    ];
    for name in names {
        let bytes = files.get(Path::new(name)).unwrap_or_else(|| panic!("{name} is missing"));
        match name.rsplit('.').next().unwrap() {
            "svg" => {
                let text = std::str::from_utf8(bytes).unwrap();
                let svg = roxmltree::Document::parse(text).unwrap();
                assert_eq!(svg.root_element().tag_name().name(), "svg", "{name}");
            }
            "png" => {
                assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n", "{name}");
                let width = u32::from_be_bytes(bytes[16..20].try_into().unwrap());
                assert!(width >= 1000, "{name} is {width} pixels wide");
            }
            "geojson" | "json" => {
                serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
            }
            _ => assert!(!bytes.is_empty(), "{name} is empty"),
        }
    }
    let left = files.keys().find(|path| path.to_string_lossy().contains("tmp"));
    assert_eq!(left, None, "a temporary file is left behind");
}

#[test]
fn every_map_has_its_picture_and_every_picture_is_in_the_report() {
    let files = tree(example());
    let report = read(&example().join("report.md"));
    let maps: Vec<_> = files.keys().filter(|path| path.starts_with("maps")).collect();
    assert!(maps.len() >= 2 * 8, "{maps:?}");
    for svg in maps.iter().filter(|path| path.extension().is_some_and(|end| end == "svg")) {
        let png = svg.with_extension("png");
        assert!(files.contains_key(&png), "{} has no PNG", svg.display());
        assert!(report.contains(&*png.to_string_lossy()), "{} is not in report.md", png.display());
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    let again = TempDir::new().unwrap();
    run(&["map", "examples/syria-2024", "-o", &again.path().to_string_lossy()]).ends(0);
    let (first, second) = (tree(example()), tree(again.path()));
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&first), names(&second));
    for (path, bytes) in &first {
        assert!(second[path] == *bytes, "{} differs", path.display());
    }
}

#[test]
fn hama_falls_on_the_fifth_of_december_and_two_publishers_say_so() {
    let events = rows(&read(&example().join("events.csv")));
    let hama: Vec<_> = events
        .iter()
        .filter(|row| {
            row["place"] == "Hama" && row["geo_precision"] == "place" && row["change"] == "captured"
        })
        .collect();
    assert_eq!(hama.len(), 1, "{hama:#?}");
    let hama = hama[0];
    assert_eq!(hama["date"], "2024-12-05");
    assert!(hama["gaining"].to_lowercase().contains("opposition"), "{hama:?}");
    assert!(hama["losing"].to_lowercase().contains("government"), "{hama:?}");
    assert!(hama["claims"].contains(';'), "the fall of Hama rests on one claim alone: {hama:?}");
    assert!(hama["sources"].contains("Northern Wire"), "{hama:?}");
}

#[test]
fn the_towns_that_fell_are_dated_to_their_day() {
    let events = rows(&read(&example().join("events.csv")));
    for (place, day, gaining) in [
        ("Saraqib", "2024-11-29", "opposition"),
        ("Tel Rifaat", "2024-12-01", "national army"),
        ("Rastan", "2024-12-06", "opposition"),
        ("Deir ez-Zor", "2024-12-06", "democratic forces"),
        ("Palmyra", "2024-12-07", "free army"),
        ("Damascus", "2024-12-08", "opposition"),
    ] {
        let located = run(&["locate", place, "--format", "json"]).ends(0);
        let located: serde_json::Value = serde_json::from_str(&located.out).unwrap();
        let name = first_name(&located).to_owned();
        let found = events.iter().any(|row| {
            row["place"] == name
                && row["change"] == "captured"
                && row["date"] == day
                && row["gaining"].to_lowercase().contains(gaining)
        });
        let near: Vec<_> = events.iter().filter(|row| row["place"] == name).collect();
        assert!(found, "no capture of {place} ({name}) by {gaining} on {day}; instead {near:#?}");
    }
}

#[test]
fn history_is_nowhere_near_december() {
    for row in rows(&read(&example().join("events.csv"))) {
        assert!(row["date"].is_empty() || row["date"].starts_with("2024-1"), "{row:?}");
    }
    for row in rows(&read(&example().join("claims.csv"))) {
        let old =
            ["1982", "2011", "2012", "2014", "2015", "2016"].iter().any(|year| row["date"].starts_with(year));
        assert!(!old || row["background"] == "true", "{row:?}");
    }
}

#[test]
fn a_province_repaints_no_town() {
    let claims = rows(&read(&example().join("claims.csv")));
    let province: Vec<_> = claims.iter().filter(|row| row["geo_precision"] == "admin1").collect();
    assert!(
        province.iter().any(|row| row["quote"].contains("withdrawal from Hama province")),
        "{province:#?}"
    );
    let events = rows(&read(&example().join("events.csv")));
    let withdrew = events
        .iter()
        .find(|row| row["place"] == "Hama" && row["change"] == "withdrew" && row["geo_precision"] == "place");
    assert_eq!(withdrew, None);
}

#[test]
fn plans_conditions_and_failures_are_no_claims() {
    let claims = rows(&read(&example().join("claims.csv")));
    for quote in [
        "aimed to push on to Saraqib",
        "If Aleppo were to fall",
        "Their assault on Qamhana failed",
        "Hama will be next",
        "Should Homs fall",
        "It plans to take the town",
        "Would Damascus hold",
        "Both ports were calm",
    ] {
        let said = claims.iter().find(|row| row["quote"].contains(quote) && row["background"] != "true");
        assert_eq!(said, None);
    }
}

#[test]
fn every_claim_points_at_words_of_its_report() {
    let claims = rows(&read(&example().join("claims.csv")));
    assert!(claims.len() > 40, "only {} claims", claims.len());
    for row in claims {
        assert!(row["quote"].contains(&row["surface"]), "{row:?}");
        let (start, end): (usize, usize) = (row["start"].parse().unwrap(), row["end"].parse().unwrap());
        assert_eq!(end - start, row["surface"].chars().count(), "{row:?}");
        assert!(!row["rule"].is_empty() && !row["report"].is_empty(), "{row:?}");
    }
}

#[test]
fn why_names_the_chain_from_colour_to_sentence() {
    let why = run(&["why", "Hama", "--on", "2024-12-06", "-p", "examples/syria-2024"]).ends(0);
    for words in
        ["Hama", "opposition", "2024-12-05", "Northern Wire", "Syrian rebels captured Hama on Thursday"]
    {
        assert!(why.out.contains(words), "`{words}` is missing from:\n{}", why.out);
    }
    let before = run(&["why", "Hama", "--on", "2024-12-04", "-p", "examples/syria-2024"]).ends(0);
    assert!(before.out.contains("Syrian government") && before.out.contains("Wikipedia"), "{}", before.out);
}

#[test]
fn the_summary_says_what_changed_hands_and_where_the_files_are() {
    let out = TempDir::new().unwrap();
    let summary = run(&["map", "examples/syria-2024", "-o", &out.path().to_string_lossy()]).ends(0);
    let said = format!("{}{}", summary.out, summary.err);
    for words in ["Hama", "2024-12-05", "problem", &*out.path().to_string_lossy()] {
        assert!(said.contains(words), "`{words}` is missing from:\n{said}");
    }
}

#[test]
fn check_reads_everything_and_writes_nothing() {
    let before = tree(&root().join("output"));
    run(&["check", "examples/syria-2024"]).ends(0);
    assert_eq!(before, tree(&root().join("output")));
}

#[test]
fn a_village_retaken_and_lost_again_ends_with_the_last_to_take_it() {
    let events = rows(&read(&example().join("events.csv")));
    let village: Vec<_> = events
        .iter()
        .filter(|row| row["place"] == "Maar Shuhur" && row["change"] == "captured")
        .map(|row| (row["date"].as_str(), row["gaining"].as_str()))
        .collect();
    let expected = [
        ("2024-12-03", "HTS-led opposition"),
        ("2024-12-04", "Syrian government"),
        ("2024-12-04", "HTS-led opposition"),
    ];
    for change in expected {
        assert!(village.contains(&change), "{change:?} is not among {village:?}");
    }
    let why = run(&["why", "Maar Shuhur", "--on", "2024-12-05", "-p", "examples/syria-2024"]).ends(0);
    let first = why.out.lines().next().unwrap();
    assert!(first.contains("held by HTS-led opposition"), "{first}");
}

#[test]
fn an_army_s_denial_is_no_fighting() {
    let why = run(&["why", "Aleppo", "--on", "2024-11-28", "-p", "examples/syria-2024"]).ends(0);
    let first = why.out.lines().next().unwrap();
    assert!(first.contains("held by Syrian government"), "{first}");
    let claims = rows(&read(&example().join("claims.csv")));
    for quote in ["A military source denied", "The Defence Ministry denied"] {
        for row in claims.iter().filter(|row| row["quote"].contains(quote)) {
            assert_eq!(row["standing"], "denied", "{row:?}");
        }
    }
}

#[test]
fn nothing_happens_before_the_first_report() {
    let files = tree(example());
    let early = files.keys().find(|path| path.to_string_lossy().contains("2024-11-26"));
    assert_eq!(early, None, "the day of the baseline is no day of change");
}
