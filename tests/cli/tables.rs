//! Tables of others among the reports: recognised by their columns, read, credited, and told where they cannot be used.

use super::*;
use std::fmt::Write as _;
use std::time::Instant;

const ACLED: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,\
                     inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,\
                     admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n";
const VIINA: &str = "geonameid,date,status_wiki,status_boost,status_dsm,status_isw,status\n";

/// A row of an ACLED export about a place in Syria.
fn acled(
    id: &str,
    date: &str,
    kind: &str,
    actors: [&str; 2],
    place: [&str; 3],
    source: &str,
    notes: &str,
) -> String {
    let ([first, second], [name, lat, lon]) = (actors, place);
    format!(
        "{id},{date},2024,1,Political violence,Battles,{kind},{first},,2,{second},,1,12,,760,Middle East,Syria,,,,{name},{lat},\
         {lon},1,{source},Other,{notes},0,,1733400000\n"
    )
}

const HTS: &str = "HTS: Hayat Tahrir al-Sham";
const ARMY: &str = "Military Forces of Syria (2000-2024)";
const TAKEN: &str = "Non-state actor overtakes territory";
const HAMA: [&str; 3] = ["Hama", "35.1318", "36.7578"];
const HOMS: [&str; 3] = ["Homs", "34.7268", "36.7234"];

fn export() -> String {
    format!(
        "{ACLED}{}{}{}",
        acled(
            "SYR1",
            "05 December 2024",
            TAKEN,
            [HTS, ARMY],
            HAMA,
            "SOHR",
            "\"On 5 December, HTS took Hama city.\""
        ),
        acled("SYR2", "2024-12-06", "Armed clash", [HTS, ARMY], HOMS, "SOHR", "Clashes"),
        acled(
            "SYR3",
            "2024-12-08",
            "Government regains territory",
            [ARMY, HTS],
            HOMS,
            "SANA",
            "=HYPERLINK(\"\"x\"\")"
        ),
    )
}

#[test]
fn an_acled_export_beside_reports_is_one_more_voice_and_credited() {
    let report =
        "---\npublisher: Northern Wire\npublished: 2024-12-05\n---\n\nRebels captured Hama on Thursday.\n";
    let project = "region = [\"SY\"]\n[[actors]]\nid = \"rebels\"\naliases = [\"HTS\"]\numbrella_of = \"SY\"\n\
                   [[actors]]\nid = \"army\"\nstate_of = \"SY\"\n[[sources]]\npublisher = \"ACLED\"\nreliability = \"B\"\n";
    let made = folder(&[
        ("conflict-map.toml", project.as_bytes()),
        ("reports/wire.md", report.as_bytes()),
        ("reports/acled.csv", export().as_bytes()),
    ]);
    let (input, out) = (made.path().to_string_lossy(), at(&made, "out"));
    run(&["map", &input, "-o", &out]).ends(0).tells(&["no-control", "the row is a battle"]);
    let events = rows(&read(&Path::new(&out).join("events.csv")));
    let hama = events.iter().find(|row| row["place"] == "Hama").unwrap();
    assert_eq!((hama["grade"].as_str(), hama["sources"].as_str()), ("B1", "ACLED;Northern Wire"));
    assert_eq!((hama["gaining"].as_str(), hama["losing"].as_str()), ("rebels", "army"));
    assert!(hama["claims"].contains("acled.csv-line-2"), "{hama:?}");
    let claims = rows(&read(&Path::new(&out).join("claims.csv")));
    let claim = claims.iter().find(|row| row["rule"] == "acled").unwrap();
    assert_eq!(claim["quote"], "On 5 December, HTS took Hama city.");
    assert_eq!((claim["surface"].as_str(), claim["said_by"].as_str()), ("Hama", "SOHR"));
    assert!(claims.iter().any(|row| row["quote"].starts_with("Homs: =HYPERLINK")), "{claims:#?}");
    let story = read(&Path::new(&out).join("report.md"));
    assert!(story.contains("from 1 report and 1 table by 2 publishers"), "{story}");
    assert!(story.contains("ACLED (acleddata.com, its terms of use)"), "{story}");
    assert!(read(&Path::new(&out).join("maps/2024-12-05.svg")).contains("acleddata.com"));
    let why = run(&["why", "Hama", "--on", "2024-12-06", &input]).ends(0);
    for words in
        ["HTS took Hama city", "line 2 of the table acled.csv", "reported by SOHR", "Rebels captured Hama"]
    {
        assert!(why.out.contains(words), "`{words}` is missing from:\n{}", why.out);
    }
}

#[test]
fn tables_of_each_kind_are_known_by_their_columns() {
    let viina = format!("{VIINA}706448,20220301,UA,UA,UA,UA,UA\n706448,20220302,RU,RU,RU,RU,RU\n");
    let deaths = "id,year,type_of_violence,conflict_name,side_a,side_b,where_prec,latitude,longitude,date_start,best\n\
                  1,2024,1,Syria: Government,Government of Syria,HTS,1,35.1,36.7,2024-12-05,3\n";
    let wide: String = format!("\u{feff}{}", export()).replace(',', ";");
    let made = folder(&[
        ("all/acled.csv", export().as_bytes()),
        ("all/deep/viina.CSV", viina.as_bytes()),
        ("all/ged.csv", deaths.as_bytes()),
        ("all/prices.csv", b"town,bread\nHama,3\n"),
        ("all/readme.csv", b"not,a,table\n"),
        ("wide.csv", wide.as_bytes()),
    ]);
    let all = run(&["extract", &at(&made, "all")]).ends(0).tells(&[
        "battle deaths, which say nothing of control",
        "prices.csv",
        "bad-table",
        "[[tables]]",
    ]);
    assert!(!all.err.contains("readme.csv") && !all.err.contains("no-date"), "{}", all.err);
    let what: Vec<_> =
        rows(&all.out).into_iter().map(|row| (row["place"].clone(), row["rule"].clone())).collect();
    let row = |place: &str, rule: &str| (place.to_owned(), rule.to_owned());
    assert_eq!(what, [row("Hama", "acled"), row("Homs", "acled"), row("Kherson", "viina")]);
    let wide = run(&["extract", &at(&made, "wide.csv")]).ends(0);
    assert_eq!(rows(&wide.out).len(), 2);
    let piped = run_with_input(&["extract", "-"], &export()).ends(0);
    assert_eq!(rows(&piped.out).len(), 2);
    run(&["check", &at(&made, "all")]).ends(0).tells(&["no-control"]);
    // Names are looked for in reports; the tables of a folder are none.
    run(&["geoparse", &at(&made, "all")]).ends(0).tells(&["no-reports"]);
    run(&["check", &at(&made, "all"), "--strict"]).ends(1);
}

#[test]
fn a_table_of_any_columns_is_read_as_the_project_says() {
    let project = "region = [\"SY\"]\nreports = [\"reports\"]\nbaseline = \"baseline.csv\"\n[[tables]]\nfile = \"monitor.csv\"\n\
                   publisher = \"Front Monitor\"\ndate = \"Datum\"\ndate_order = \"dmy\"\nplace = \"Ort\"\nchange = \"Art\"\n\
                   values = { \"Einnahme\" = \"captured\", \"Beschuss\" = \"none\" }\ngaining = \"Wer\"\n\
                   losing = { always = \"Syrian army\" }\nsource = \"Quelle\"\n";
    let monitor = b"Datum;Ort;Art;Wer;Quelle\n5/12/2024;Hama;Einnahme;HTS;a caf\xe9 owner\n5/12/2024;Homs;Beschuss;;\n;Homs;Einnahme;HTS;\n";
    let made = folder(&[
        ("conflict-map.toml", project.as_bytes()),
        ("baseline.csv", b"place,actor\nHama,Syrian army\n"),
        ("monitor.csv", monitor),
        ("reports/a.md", b"---\npublished: 2024-12-05\n---\n\nRebels captured Homs on Thursday.\n"),
    ]);
    let input = made.path().to_string_lossy();
    let read = run(&["extract", &input]).ends(0).tells(&["no usable date", "monitor.csv:4", "Windows-1252"]);
    let claims = rows(&read.out);
    let hama = claims.iter().find(|row| row["place"] == "Hama").unwrap();
    assert_eq!((hama["date"].as_str(), hama["said_by"].as_str()), ("2024-12-05", "a café owner"));
    assert_eq!((hama["losing"].as_str(), hama["rule"].as_str()), ("Syrian army", "table"));
    assert!(claims.iter().any(|row| row["place"] == "Homs"), "{claims:#?}");
    let whole = folder(&[
        ("conflict-map.toml", b"baseline = \"baseline.csv\"\n"),
        ("baseline.csv", b"place,actor\nHama,Syrian army\n"),
        ("a.md", b"---\npublished: 2024-12-05\n---\n\nRebels captured Homs on Thursday.\n"),
    ]);
    let read = run(&["check", &whole.path().to_string_lossy()]).ends(0);
    assert!(!read.err.contains("bad-table"), "{}", read.err);
}

#[test]
fn tables_in_ruins_are_told_and_never_end_the_run() {
    let half = export();
    let half = &half[..half.len() - 260];
    for (name, bytes, words) in [
        ("empty.csv", &b""[..], "the table is empty"),
        ("zero.csv", b"a,b\n\0\n", "zero bytes"),
        ("half.csv", half.as_bytes(), "no-control"),
        (
            "quote.csv",
            b"event_date,actor1,event_type,location,latitude,longitude\n\"2024-12-05,x\ny,z\n",
            "never closed",
        ),
        ("damaged.csv.gz", b"\x1f\x8b\x08\x00zzzz", "gzip"),
    ] {
        let made = folder(&[(name, bytes)]);
        run(&["extract", &at(&made, name)]).ends(0).tells(&[name, words]);
        let out = at(&made, "out");
        run(&["map", &at(&made, name), "-o", &out]).ends(0);
        assert!(Path::new(&out).join("report.md").exists(), "{name}");
    }
    let header = folder(&[("acled.csv", ACLED.as_bytes())]);
    let read =
        run(&["extract", &at(&header, "acled.csv")]).ends(0).tells(&["the table has a header and no rows"]);
    assert_eq!(rows(&read.out).len(), 0);
}

#[test]
fn a_table_ten_times_as_long_takes_ten_times_as_long() {
    let table = |count: usize| {
        let mut text = ACLED.to_owned();
        for n in 0..count {
            let (id, day) = (format!("SYR{n}"), format!("2024-{:02}-{:02}", n % 12 + 1, n % 28 + 1));
            let kind = if n % 20 == 0 { TAKEN } else { "Shelling/artillery/missile attack" };
            let place = format!("Village {}", n % 997);
            let (lat, lon) = (format!("{}.{:03}", 33 + n % 3, n % 997), format!("{}.5", 36 + n % 4));
            text += &acled(
                &id,
                &day,
                kind,
                [HTS, ARMY],
                [&place, &lat, &lon],
                "SOHR",
                "Some words of no importance",
            );
        }
        text
    };
    let mut lengths = String::new();
    let mut seconds = |count: usize| {
        let made = folder(&[("acled.csv", table(count).as_bytes())]);
        let started = Instant::now();
        let read = run(&["check", &at(&made, "acled.csv")]).ends(0).tells(&["no-control"]);
        let took = started.elapsed().as_secs_f64();
        let claims = format!("{} claims", count / 20);
        assert!(read.out.contains(&claims), "{}", read.out);
        let _ = write!(lengths, "{count}: {took:.2} s; ");
        took
    };
    let (short, long) = (seconds(10_000), seconds(100_000));
    // A busy machine may double a time; what grows with the square takes a hundred times as long.
    assert!(long < 40.0 * short.max(0.05), "{lengths}");
    assert!(long < 60.0, "{lengths}");
}
