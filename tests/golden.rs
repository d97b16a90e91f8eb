//! Pictures: small ones compared as text with what was looked at and found right, large ones by laws.
//!
//! `UPDATE=1 cargo test --test golden` writes the golden files anew; read the difference before you commit it.

#[path = "golden/charts.rs"]
mod charts;
mod pictures;
#[path = "golden/points.rs"]
mod points;
#[path = "golden/situations.rs"]
mod situations;

use conflict_map::areas::{Area, Certainty, Front, Region};
use conflict_map::basemap::{Basemap, Extent};
use conflict_map::gazetteer::Kind;
use conflict_map::scene::{self, Face, Mark, Names, Palette, Scene};
use conflict_map::style::{Preset, Size, Style};
use conflict_map::units::{Km, LonLat};
use conflict_map::{fonts, render};
use geo::{BooleanOps, Coord, LineString, Rect};
use pictures::{Case, syria};
use proptest::prelude::*;
use std::path::PathBuf;

/// Compares with `tests/golden/<name>.svg`, or writes it.
#[allow(clippy::disallowed_methods)]
fn check(name: &str, picture: &Scene) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{name}.svg"));
    let made = render::svg(picture);
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(&path, &made).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    let line = made.lines().zip(golden.lines()).position(|(a, b)| a != b);
    assert!(made == golden, "{} differs, first in line {line:?}", path.display());
}

/// A line of text as it stands on the canvas: words, whether a halo is behind it, left, top, right, bottom.
type Boxed = (String, bool, [f64; 4]);

/// The box around a box that is turned by some degrees clockwise about a point.
fn turned((x, y): (f64, f64), [left, top, right, bottom]: [f64; 4], degrees: f64) -> [f64; 4] {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        .map(|(a, b)| (x + (a - x) * cos - (b - y) * sin, y + (a - x) * sin + (b - y) * cos));
    corners
        .iter()
        .fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |all, (a, b)| {
            [all[0].min(*a), all[1].min(*b), all[2].max(*a), all[3].max(*b)]
        })
}

/// Boxes of all text, measured by shaping with the bundled fonts.
fn boxes(picture: &Scene) -> Vec<Boxed> {
    let texts = picture.marks.iter().filter_map(|mark| match mark {
        Mark::Text { at, words, font, anchor, turned } => Some((at, words, font, *anchor, *turned)),
        _ => None,
    });
    texts
        .map(|(at, words, font, anchor, degrees)| {
            let face = fonts::FACES
                .iter()
                .find(|face| face.family == font.face.family() && face.bold == font.bold)
                .expect("the font is bundled");
            let face = rustybuzz::Face::from_slice(face.bytes, 0).expect("the font is a font");
            let mut buffer = rustybuzz::UnicodeBuffer::new();
            buffer.push_str(words);
            buffer.guess_segment_properties();
            let shaped = rustybuzz::shape(&face, &[], buffer);
            assert!(
                shaped.glyph_infos().iter().all(|glyph| glyph.glyph_id != 0),
                "a letter of {words:?} is missing"
            );
            let advance: i32 = shaped.glyph_positions().iter().map(|glyph| glyph.x_advance).sum();
            let width = f64::from(advance) / f64::from(face.units_per_em()) * font.size
                + font.spacing * words.chars().count() as f64;
            // The height of capitals, for Arabic of the tallest letters: what a reader sees as touching.
            let (up, down) = if font.face == Face::Arabic { (0.75, 0.25) } else { (0.72, 0.0) };
            let left = at.x - width * anchor.share();
            let level = [left, at.y - up * font.size, left + width, at.y + down * font.size];
            (words.clone(), font.halo.is_some(), turned((at.x, at.y), level, degrees))
        })
        .collect()
}

fn inside(picture: &Scene) {
    for (words, _, [left, top, right, bottom]) in boxes(picture) {
        let fits = left >= 0.0 && top >= 0.0 && right <= picture.width && bottom <= picture.height;
        assert!(fits, "{words:?} leaves the canvas: {left} {top} {right} {bottom}");
    }
}

fn apart(picture: &Scene) {
    let all = boxes(picture);
    for (i, (words, _, a)) in all.iter().enumerate() {
        for (other, _, b) in &all[..i] {
            let meet = a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
            assert!(!meet, "{words:?} and {other:?} overlap: {a:?} {b:?}");
        }
    }
}

fn with(case: &Case, change: impl FnOnce(&mut scene::View<'_>)) -> Scene {
    let base = Basemap::embedded();
    let mut view = case.view(&base);
    change(&mut view);
    scene::map(&view)
}

/// A governorate of a few towns, so that the golden files stay short; its ground is rectangles and its front a line, so
/// that only the drawing is tested.
fn hama() -> Case {
    let (mut case, base) = (syria(), Basemap::embedded());
    let land = base.admin1("SY").into_iter().find(|unit| unit.name == "Hama").map(|unit| unit.shape);
    case.region = Region::new("Hama", &base, land.expect("Hama is a governorate"));
    let towns: Vec<_> = case.rows.iter().take(3).map(|(site, _)| site.key()).collect();
    let area = |letters: &str, claimed, [west, south, east, north]: [f64; 4]| Area {
        control: pictures::control(letters).expect("somebody holds it"),
        claimed,
        certainty: Certainty::Solid,
        shape: Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }).to_polygon().into(),
        places: towns.clone().into(),
    };
    case.ground.areas = vec![
        area("o", false, [36.5, 35.0, 37.5, 35.6]),
        area("o", true, [36.6, 34.8, 36.9, 35.0]),
        area("og", false, [36.2, 35.2, 36.5, 35.6]),
        Area { certainty: Certainty::Presumed, ..area("g", false, [37.5, 35.0, 38.0, 35.3]) },
        area("g", false, [36.9, 34.8, 38.0, 35.0]),
    ];
    let [opposition, .., government] = case.ground.areas.as_slice() else { unreachable!("five areas") };
    case.ground.fronts = vec![Front {
        between: (government.control.clone(), opposition.control.clone()),
        line: LineString::from(vec![(36.9, 34.8), (36.9, 35.0), (37.5, 35.0)]),
        length: Km(77.0),
    }];
    let held = case.ground.areas.iter().map(|area| &area.shape);
    case.ground.unknown = held.fold(case.region.land.clone(), |left, shape| left.difference(shape));
    case
}

#[test]
fn a_governorate_in_small() {
    check("map", &with(&hama(), |view| (view.width, view.height) = (400.0, 300.0)));
}

#[test]
fn a_sheet_of_three_days_in_small() {
    let (case, base) = (hama(), Basemap::embedded());
    let days: Vec<_> = (5..8).map(|day| case.ground_on(day)).collect();
    let views: Vec<_> = days.iter().map(|ground| scene::View { ground, ..case.view(&base) }).collect();
    let sheet =
        scene::Sheet { width: 400.0, height: 300.0, title: "Three days", subtitle: "Hama", views: &views };
    check("sheet", &scene::sheet(&sheet));
}

#[test]
fn an_empty_map_is_a_map() {
    let mut case = hama();
    case.rows.clear();
    case.ground.areas.clear();
    let picture = with(&case, |view| (view.width, view.height) = (400.0, 300.0));
    inside(&picture);
    assert!(!boxes(&picture).is_empty() && render::png(&picture, 1.0).is_ok());
}

#[test]
fn no_text_is_missing_covered_or_cut_off() {
    for names in [Names::English, Names::Local, Names::Both] {
        let picture = with(&syria(), |view| view.names = names);
        assert!(boxes(&picture).len() > 60, "{names:?}");
        inside(&picture);
        apart(&picture);
    }
}

#[test]
fn no_name_covers_a_symbol() {
    let picture = with(&syria(), |_| {});
    let symbols: Vec<_> = picture
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Note { centre, radius, words } => Some((centre, radius, words)),
            _ => None,
        })
        .collect();
    assert!(symbols.len() > 50);
    for (words, _, [left, top, right, bottom]) in boxes(&picture).iter().filter(|(_, is_label, _)| *is_label)
    {
        for (centre, radius, place) in &symbols {
            let (dx, dy) =
                (centre.x - centre.x.clamp(*left, *right), centre.y - centre.y.clamp(*top, *bottom));
            assert!(dx.hypot(dy) > **radius * 0.9, "{words:?} covers the symbol of {place}");
        }
    }
}

#[test]
fn at_least_165_of_200_names_are_placed() {
    let picture = with(&pictures::crowd(200), |_| {});
    inside(&picture);
    apart(&picture);
    let names = boxes(&picture).iter().filter(|(_, is_label, _)| *is_label).count();
    assert!(names >= 165, "{names}");
}

#[test]
fn every_place_that_changed_is_named() {
    let picture = with(&syria(), |_| {});
    let words: Vec<String> = boxes(&picture).into_iter().map(|(words, ..)| words).collect();
    for name in pictures::CHANGED {
        assert!(words.iter().any(|word| word == name), "{name} is missing in {words:?}");
    }
}

#[test]
fn hostile_words_stay_on_the_canvas_and_out_of_the_markup() {
    let title = format!("<script>alert(\"1\")</script>\u{202e}\u{0}&]]> {}", "very ".repeat(120));
    let mut case = syria();
    case.sources = vec!["\"'><svg onload=x>".repeat(90); 40];
    let base = Basemap::embedded();
    let picture = scene::map(&scene::View { title: &title, subtitle: &title, ..case.view(&base) });
    inside(&picture);
    let text = render::svg(&picture);
    let read = roxmltree::Document::parse(&text).unwrap();
    assert!(read.descendants().all(|node| !["script", "a", "image"].contains(&node.tag_name().name())));
    assert!(!text.contains('\u{202e}'));
    assert!(read.descendants().any(|node| node.text().is_some_and(|words| words.ends_with('…'))));
}

#[test]
fn any_size_makes_a_picture() {
    for (width, height) in [(1.0, 1.0), (64.0, 4000.0), (4000.0, 64.0), (300.0, 300.0), (3200.0, 2400.0)] {
        let picture = with(&syria(), |view| (view.width, view.height) = (width, height));
        assert!(roxmltree::Document::parse(&render::svg(&picture)).is_ok());
    }
    assert!(render::png(&with(&syria(), |view| view.width = f64::NAN), 1.0).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn any_places_make_a_picture_with_no_name_over_another(
        spots in prop::collection::vec((-179.0..179.0, -80.0..80.0, "\\PC{0,30}", 0..5_000_000_u64), 0..12),
        near in (36.0..40.0, 33.0..36.0),
    ) {
        let mut case = syria();
        let near = (near.0, near.1, "near".to_owned(), 5);
        let spots = spots.iter().chain(std::iter::once(&near));
        case.rows.extend(spots.enumerate().map(|(i, (lon, lat, name, population))| {
            let row = (name.as_str(), name.as_str(), *lon, *lat, *population, Kind::Town, ["g", "o", "gs", "s/t", "?"][i % 5]);
            (pictures::site(&row), pictures::control(row.6))
        }));
        let picture = with(&case, |view| view.names = Names::Both);
        inside(&picture);
        apart(&picture);
        prop_assert!(roxmltree::Document::parse(&render::svg(&picture)).is_ok());
    }
}

#[test]
fn a_sheet_takes_any_number_of_days() {
    let (case, base) = (syria(), Basemap::embedded());
    for days in [0, 1, 2, 3, 5, 13, 31] {
        let grounds: Vec<_> = (1..=days).map(|day| case.ground_on(day)).collect();
        let views: Vec<_> = grounds.iter().map(|ground| scene::View { ground, ..case.view(&base) }).collect();
        let sheet =
            scene::Sheet { width: 1600.0, height: 1200.0, title: "Days", subtitle: "Syria", views: &views };
        let picture = scene::sheet(&sheet);
        inside(&picture);
        let dates = boxes(&picture).iter().filter(|(words, ..)| words.ends_with("December 2024")).count();
        assert_eq!(dates, days as usize, "{days}");
    }
}

#[test]
fn the_same_view_gives_the_same_bytes() {
    let (a, b) = (with(&syria(), |_| {}), with(&syria(), |_| {}));
    assert_eq!(render::svg(&a), render::svg(&b));
    assert_eq!(render::png(&a, 0.25).unwrap(), render::png(&b, 0.25).unwrap());
}

#[test]
fn a_png_says_what_it_shows() {
    let picture = with(&syria(), |_| {});
    let bytes = render::png(&picture, 0.25).unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (400, 300));
    let texts = &reader.info().utf8_text;
    let found = |key: &str| texts.iter().find(|text| text.keyword == key).unwrap().get_text().unwrap();
    assert_eq!(found("Title"), "Government forces leave Hama");
    assert!(found("Description").contains("Hama (HTS-led opposition, before Syrian government)"));
}

#[test]
fn contested_ground_shows_both_colours_in_the_png() {
    let bytes = render::png(&with(&syria(), |_| {}), 1.0).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    // A patch of the ground around Deir ez-Zor: every pixel is of either tint or a mix at an edge, and both are many.
    let count = |rgb: [u8; 3]| pixels.chunks_exact(3).filter(|pixel| **pixel == rgb).count();
    let (government, democratic) = ([229, 159, 154], [240, 213, 133]);
    assert!(
        count(government) > 10_000 && count(democratic) > 10_000,
        "{} {}",
        count(government),
        count(democratic)
    );
}

#[test]
fn each_style_in_small() {
    for style in Style::built_in().into_iter().filter(|style| style.name != "light") {
        let mut case = hama();
        case.palette = Palette::styled(&pictures::sides(), style).value;
        let picture = with(&case, |view| (view.width, view.height, view.style) = (400.0, 300.0, style));
        check(&format!("style-{}", style.name), &picture);
    }
}

/// Sets the page of a view.
fn page(view: &mut scene::View<'_>, size: Size) {
    (view.width, view.height) = (size.width, size.height);
    (view.letters, view.furniture) = (size.letters, size.furniture);
}

#[test]
fn each_preset_in_small() {
    for (preset, name) in Preset::ALL {
        let picture = with(&hama(), |view| page(view, preset.size()));
        check(&format!("preset-{name}"), &picture);
    }
}

#[test]
fn every_text_fits_every_preset_in_every_style() {
    let case = syria();
    for (preset, name) in Preset::ALL {
        for style in Style::built_in() {
            let palette = Palette::styled(&pictures::sides(), style).value;
            let base = Basemap::embedded();
            let mut view = scene::View { style, palette: &palette, ..case.view(&base) };
            page(&mut view, preset.size());
            let picture = scene::map(&view);
            inside(&picture);
            apart(&picture);
            assert!(boxes(&picture).len() > 8, "{name}");
        }
    }
}

#[test]
#[allow(clippy::disallowed_methods)]
fn the_style_file_of_the_manual_is_read_without_a_problem() {
    let page = std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/styles.md"));
    let page = page.expect("the manual is there");
    let text = page
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("it has a style file");
    let read = conflict_map::style::read("docs", text, &|_| Err("no files".into()));
    assert_eq!(read.problems, []);
    assert_eq!(read.value.actors.len(), 2);
}

#[test]
fn a_part_is_drawn_larger_in_a_corner() {
    let around = |lon, lat, km| Extent::around(LonLat::new(lon, lat), Km(km)).expect("it is a place");
    let insets = [
        scene::Inset { name: "Around Hama".into(), extent: around(36.754, 35.132, 35.0) },
        scene::Inset { name: "Open sea".into(), extent: around(34.0, 35.0, 20.0) },
    ];
    let (case, base) = (syria(), Basemap::embedded());
    let picture = scene::map(&scene::View { insets: &insets, ..case.view(&base) });
    inside(&picture);
    let words: Vec<String> = boxes(&picture).into_iter().map(|(words, ..)| words).collect();
    assert!(words.iter().any(|word| word == "Around Hama") && words.iter().any(|word| word == "Open sea"));
    assert!(words.iter().filter(|word| *word == "Hama").count() >= 1);
}

#[test]
fn an_extent_fills_the_picture_with_a_part() {
    let (case, base) = (syria(), Basemap::embedded());
    let extent = Extent::new(36.0, 34.5, 37.5, 35.6);
    let picture = scene::map(&scene::View { extent, ..case.view(&base) });
    inside(&picture);
    apart(&picture);
    let words: Vec<String> = boxes(&picture).into_iter().map(|(words, ..)| words).collect();
    assert!(
        words.iter().any(|word| word == "Hama") && !words.iter().any(|word| word == "Raqqa"),
        "{words:?}"
    );
    // Nothing to show is still a map.
    let sea = scene::map(&scene::View { extent: Extent::new(30.0, 33.5, 31.0, 34.0), ..case.view(&base) });
    inside(&sea);
}
