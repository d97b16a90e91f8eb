//! How pictures look, how large they are and in which forms they are written.

use super::*;

const TABLE: &str = "date,place,change,gaining,losing,sources\n\
                     2024-11-30,Aleppo,captured,Rebels,Army,Wire\n2024-12-05,Hama,captured,Rebels,Army,Wire\n";

/// Draws the table with these options; gives the folder it wrote.
fn drawn(made: &tempfile::TempDir, options: &[&str]) -> (Run, PathBuf) {
    let (events, out) = (at(made, "events.csv"), at(made, "out"));
    let told = run(&[&["render", &events, "--region", "SY", "-o", &out][..], options].concat());
    (told, PathBuf::from(out))
}

fn table() -> tempfile::TempDir {
    folder(&[("events.csv", TABLE.as_bytes())])
}

#[test]
fn pictures_are_written_in_the_forms_asked_for_and_no_others_stay() {
    let made = table();
    let (told, out) = drawn(&made, &[]);
    told.ends(0);
    assert!(out.join("maps/2024-12-05.png").exists() && out.join("sheet.svg").exists());
    let (told, out) = drawn(&made, &["--as", "pdf,webp", "--preset", "thumbnail"]);
    told.ends(0);
    let starts = |name: &str| std::fs::read(out.join(name)).unwrap_or_default();
    assert!(starts("maps/2024-12-05.pdf").starts_with(b"%PDF-"));
    assert!(starts("maps/2024-12-05.webp").starts_with(b"RIFF"));
    for gone in ["maps/2024-12-05.png", "maps/2024-12-05.svg", "sheet.svg", "sheet.png"] {
        assert!(!out.join(gone).exists(), "{gone} is of the run before");
    }
    assert!(read(&out.join("report.md")).contains("(maps/2024-12-05.webp)"));
}

#[test]
fn a_page_has_the_size_asked_for() {
    let made = table();
    let (told, out) = drawn(&made, &["--size", "800x450", "--scale", "1.5", "--as", "png"]);
    told.ends(0);
    let bytes = std::fs::read(out.join("maps/2024-12-05.png")).expect("it was written");
    let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    assert_eq!((side(16), side(20)), (1200, 675));
}

#[test]
fn a_report_has_a_caption_for_each_map() {
    let made = table();
    let (told, out) = drawn(&made, &["--as", "svg"]);
    told.ends(0);
    let report = read(&out.join("report.md"));
    assert!(report.contains("Rebels gained 1 place (Hama); Army lost 1."), "{report}");
    assert!(report.contains("Sources: Wire."), "{report}");
    let svg = read(&out.join("maps/2024-12-05.svg"));
    assert!(svg.contains("Rebels gained 1 place (Hama); Army lost 1.") && svg.contains("<dc:rights>"));
}

#[test]
fn two_days_are_compared_and_charts_are_in_the_report() {
    let made = table();
    let (told, out) = drawn(&made, &["--as", "svg", "--compare", "2024-11-30", "2024-12-05"]);
    told.ends(0);
    let report = read(&out.join("report.md"));
    for stem in ["compare-2024-11-30-2024-12-05", "ground", "towns"] {
        assert!(report.contains(&format!("({stem}.svg)")), "{stem} is not in {report}");
        assert!(out.join(format!("{stem}.svg")).exists(), "{stem}");
    }
    let svg = read(&out.join("compare-2024-11-30-2024-12-05.svg"));
    assert!(svg.contains("Rebels: 1 place") && svg.contains("Hama, 5 Dec") && svg.contains("km²"));
    let (told, out) = drawn(&made, &["--as", "svg", "--compare", "2024-11-01", "2024-11-30"]);
    let told = told.ends(0);
    assert!(told.err.contains("of 2024-11-01 nothing is known"), "{}", told.err);
    assert!(!out.join("compare-2024-11-30-2024-12-05.svg").exists(), "it is of the run before");
    let (told, _) = drawn(&made, &["--compare", "2024-12-05", "2024-11-30"]);
    let told = told.ends(2);
    assert!(told.err.contains("2024-12-05 is not before 2024-11-30"), "{}", told.err);
}

#[test]
fn a_style_is_a_name_a_file_or_the_projects() {
    let made = folder(&[
        ("events.csv", TABLE.as_bytes()),
        ("own.toml", b"base = \"dark\"\n[colours]\nsea = \"#123456\"\n[actors]\nrebels = \"#00aa55\"\n"),
        ("conflict-map.toml", b"region = [\"SY\"]\nstyle = \"own.toml\"\n"),
    ]);
    let own = at(&made, "own.toml");
    let project = made.path().to_string_lossy().into_owned();
    for options in [&["--style", own.as_str()][..], &["-p", project.as_str()]] {
        let (told, out) = drawn(&made, &[options, &["--as", "svg"]].concat());
        told.ends(0);
        let svg = read(&out.join("maps/2024-12-05.svg"));
        assert!(svg.contains("#123456") && svg.contains("#00aa55"), "{options:?}");
    }
    let (told, out) = drawn(&made, &["-p", &project, "--style", "print", "--as", "svg", "--text", "paths"]);
    told.ends(0);
    let svg = read(&out.join("maps/2024-12-05.svg"));
    assert!(!svg.contains("#123456") && !svg.contains("<text"));
}

#[test]
fn what_is_wrong_with_a_style_is_told_and_the_map_is_drawn() {
    let made = folder(&[
        ("events.csv", TABLE.as_bytes()),
        (
            "own.toml",
            b"base = \"drak\"\nlogo = \"none.png\"\n[colours]\nsea = \"blue\"\nquiet = \"#bbbbbb\"\n[fonts]\nregular = \"events.csv\"\n",
        ),
    ]);
    let (told, out) = drawn(&made, &["--style", &at(&made, "own.toml")]);
    told.ends(0).tells(&[
        "own.toml:1",
        "`drak` is no built-in style; there are light, dark, print",
        "`none.png` cannot be read",
        "`blue` is not a colour of the form #rrggbb",
        "own.toml:7",
        "is no TrueType or OpenType font; the bundled one is used",
        "low-contrast",
        "bad-style",
    ]);
    assert!(out.join("maps/2024-12-05.png").exists());
}

#[test]
fn a_part_of_the_ground_fills_the_map() {
    let made = table();
    let (told, out) = drawn(&made, &["--around", "hama", "--km", "50", "--inset", "Hama=12", "--as", "svg"]);
    told.ends(0);
    let svg = read(&out.join("maps/2024-12-05.svg"));
    assert!(svg.matches(">Hama</text>").count() >= 2, "on the map and in the panel");
    let (told, _) = drawn(&made, &["--extent", "60,-10,62,-8", "--inset", "Damascus", "--as", "svg"]);
    told.ends(0).tells(&[
        "off-map",
        "no place of this war lies in 60.00,-10.00,62.00,-8.00",
        "the inset of Damascus",
    ]);
}

#[test]
fn pictures_that_cannot_be_are_refused_with_what_can() {
    let made = table();
    for (options, said) in [
        (&["--size", "0x0"][..], "a side of 0 pixels cannot be drawn; it can be 120 to 20000"),
        (&["--size", "900000x100000"], "it can be 120 to 20000"),
        (&["--size", "big"], "is not a width and a height in pixels, as 1600x1200"),
        (&["--size", "20000x9000", "--scale", "4"], "200 million"),
        (&["--scale", "0"], "is not a scale from 0.1 to 10"),
        (&["--style", "drak"], "`drak` is no built-in style and no file; built in are light, dark, print"),
        (&["--style", "no/such.toml"], "no/such.toml"),
        (&["--preset", "huge"], "a4, slide, square, story, thumbnail"),
        (&["--as", "gif"], "svg, png, pdf, webp"),
        (&["--around", "Xyzzyxqwv"], "no place is called `Xyzzyxqwv`"),
        (&["--around", "Hama", "--km", "0"], "no number of kilometres from 1 to 3000"),
        (&["--extent", "1,2,3"], "is not west,south,east,north in degrees"),
    ] {
        let (told, _) = drawn(&made, options);
        told.ends(2).tells(&[said]);
    }
}
