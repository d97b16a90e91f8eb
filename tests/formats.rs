//! Pictures opened by others' readers: PNG by the png crate, SVG as XML, WebP by its own decoder, PDF by poppler.
#![expect(clippy::disallowed_methods, reason = "the files are made and read here")]

#[expect(dead_code, reason = "other tests draw more of it")]
mod pictures;

use conflict_map::basemap::Basemap;
use conflict_map::fonts::{FACES, Family};
use conflict_map::render::{self, Format, Print};
use conflict_map::scene::{self, About, Face, Mark, Names, Scene};
use conflict_map::style::{DARK, LIGHT, Logo, Preset, Style};
use pictures::syria;
use std::io::Cursor;
use std::process::Command;
use std::sync::Arc;

/// The map of the tests in this style, with a caption.
fn picture(style: &Style) -> Scene {
    let (case, base) = (syria(), Basemap::embedded());
    let mut made = scene::map(&scene::View { style, names: Names::Both, ..case.view(&base) });
    made.about = About {
        caption: "Government forces leave Hama <& so on>".into(),
        sources: vec!["Reuters".into(), "SANA".into()],
        licence: "Natural Earth (public domain)".into(),
    };
    made
}

fn printed(scene: &Scene, format: Format, print: &Print) -> Vec<u8> {
    render::print(scene, format, print).expect("the picture can be printed")
}

/// What a program of poppler says of a PDF.
fn poppler(program: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let folder = tempfile::TempDir::new().expect("there is room for a file");
    let path = folder.path().join("map.pdf");
    std::fs::write(&path, pdf).expect("there is room for a file");
    let to = if program == "pdftotext" { &["-"][..] } else { &[] };
    let output = Command::new(program).args(arguments).arg(&path).args(to).output();
    let output = output.unwrap_or_else(|error| {
        panic!("`{program}` did not start ({error}); `cargo xtask test` installs it, or: apt-get install poppler-utils")
    });
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    // A flag that the standard has as a boolean, and poppler before 23 does not expect.
    let said = String::from_utf8_lossy(&output.stderr)
        .replace("Syntax Error: Suspects object is wrong type (boolean)\n", "");
    assert_eq!(said, "", "{program}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_png_has_its_words_and_its_scale() {
    let bytes = printed(&picture(&DARK), Format::Png, &Print { scale: 0.5, ..Print::default() });
    let reader = png::Decoder::new(Cursor::new(&bytes)).read_info().expect("it is a PNG");
    assert_eq!((reader.info().width, reader.info().height), (800, 600));
    let words = |key: &str| {
        let texts = &reader.info().utf8_text;
        let text =
            texts.iter().find(|text| text.keyword == key).unwrap_or_else(|| panic!("{key} is missing"));
        text.get_text().expect("the text can be read")
    };
    assert_eq!(words("Comment"), "Government forces leave Hama <& so on>");
    assert_eq!(
        (words("Source"), words("Copyright")),
        ("Reuters; SANA".into(), "Natural Earth (public domain)".into())
    );
    assert!(words("Software").starts_with("conflict-map") && words("Description").contains("Hama"));
}

#[test]
fn an_svg_has_its_words() {
    let text =
        String::from_utf8(printed(&picture(&LIGHT), Format::Svg, &Print::default())).expect("it is text");
    let svg = roxmltree::Document::parse(&text).expect("it is XML");
    let inside = |name: &str| {
        let found = svg.descendants().find(|node| node.tag_name().name() == name);
        let found = found.unwrap_or_else(|| panic!("{name} is missing"));
        found
            .descendants()
            .filter(roxmltree::Node::is_text)
            .filter_map(|node| node.text())
            .collect::<String>()
    };
    assert_eq!(inside("rights"), "Natural Earth (public domain)");
    assert_eq!(inside("source"), "Reuters; SANA");
    assert_eq!(inside("title"), "Government forces leave Hama");
    assert!(inside("desc").contains("Places: "));
}

#[test]
fn letters_as_outlines_look_as_letters_do() {
    let scene = picture(&LIGHT);
    let outlined = render::svg_outlined(&scene);
    let read = roxmltree::Document::parse(&outlined).expect("it is XML");
    assert!(!read.descendants().any(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text"))));
    let told: Vec<_> = read.descendants().filter_map(|node| node.attribute("aria-label")).collect();
    assert!(told.contains(&"Hama") && told.contains(&"حماة"), "{told:?}");
    // The same picture drawn by resvg from either, pixel by pixel.
    let drawn = |svg: &str| {
        let mut options = resvg::usvg::Options::default();
        let fonts = Arc::make_mut(&mut options.fontdb);
        for face in FACES {
            fonts.load_font_data(face.bytes.to_vec());
        }
        let tree = resvg::usvg::Tree::from_str(svg, &options).expect("it is an SVG");
        let mut pixels = resvg::tiny_skia::Pixmap::new(1600, 1200).expect("it has a size");
        resvg::render(&tree, resvg::tiny_skia::Transform::default(), &mut pixels.as_mut());
        pixels.data().to_vec()
    };
    let (live, outlined) = (drawn(&render::svg(&scene)), drawn(&outlined));
    let far = live.iter().zip(&outlined).filter(|(a, b)| a.abs_diff(**b) > 60).count();
    assert!(far < 400, "{far} of {} bytes differ", live.len());
}

#[test]
fn a_webp_is_the_png_without_loss() {
    let scene = picture(&LIGHT);
    let print = Print { scale: 0.5, ..Print::default() };
    let webp = printed(&scene, Format::WebP, &print);
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(&webp)).expect("it is a WebP");
    assert_eq!(decoder.dimensions(), (800, 600));
    let mut pixels = vec![0; decoder.output_buffer_size().expect("it has a size")];
    decoder.read_image(&mut pixels).expect("it can be read");
    let mut reader =
        png::Decoder::new(Cursor::new(printed(&scene, Format::Png, &print))).read_info().expect("a PNG");
    let mut same = vec![0; reader.output_buffer_size().expect("it has a size")];
    reader.next_frame(&mut same).expect("it can be read");
    assert!(pixels == same, "the pixels differ");
    let xmp = decoder.xmp_metadata().expect("it can be read").expect("it has words");
    assert!(String::from_utf8_lossy(&xmp).contains("Government forces leave Hama &lt;&amp; so on&gt;"));
}

#[test]
fn a_pdf_has_text_to_select_and_words_for_those_who_do_not_see_it() {
    let scene = picture(&LIGHT);
    let pdf = printed(&scene, Format::Pdf, &Print::default());
    assert_eq!(pdf, printed(&scene, Format::Pdf, &Print::default()), "same scene, same bytes");
    let text = poppler("pdftotext", &["-layout"], &pdf);
    for words in ["Government forces leave Hama", "Deir ez-Zor", "Syrian Democratic Forces", "Reuters"] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    let info = poppler("pdfinfo", &["-meta"], &pdf);
    assert!(info.contains("Natural Earth (public domain)") && info.contains("conflict-map"), "{info}");
    let tagged = poppler("pdfinfo", &["-struct"], &pdf);
    assert!(tagged.contains("Figure"), "{tagged}");
    let alt: &[u8] = b"/Alt(Government forces leave Hama. Map of ";
    assert!(pdf.windows(alt.len()).any(|bytes| bytes == alt), "the figure has no alternative text");
}

#[test]
fn a_sheet_of_a4_is_one_in_pdf() {
    let size = Preset::A4.size();
    let (case, base) = (syria(), Basemap::embedded());
    let scene = scene::map(&scene::View { width: size.width, height: size.height, ..case.view(&base) });
    let print = Print { points: size.points, ..Print::default() };
    let info = poppler("pdfinfo", &[], &printed(&scene, Format::Pdf, &print));
    assert!(info.contains("(A4)"), "{info}");
}

#[test]
fn what_cannot_be_printed_is_told() {
    let scene = Scene { width: 30_000.0, height: 30_000.0, ..picture(&LIGHT) };
    for (format, said) in
        [(Format::Png, "cannot be drawn"), (Format::WebP, "cannot be drawn"), (Format::Pdf, "cannot be made")]
    {
        let error = render::print(&scene, format, &Print::default()).expect_err("it is too large");
        assert!(error.to_string().contains(said), "{error}");
    }
}

#[test]
fn a_font_of_ones_own_is_used_and_embedded() {
    let family = Family::load(FACES[1].bytes, Some(FACES[1].bytes)).expect("it is a font");
    let style = Style { family, ..LIGHT.clone() };
    let (own, light) = (picture(&style), picture(&LIGHT));
    let is_own = |mark: &Mark| matches!(mark, Mark::Text { font, .. } if font.face == Face::Own(family));
    assert!(own.marks.iter().filter(|mark| is_own(mark)).count() > 40);
    let arabic = |mark: &Mark| matches!(mark, Mark::Text { font, .. } if font.face == Face::Arabic);
    assert!(own.marks.iter().any(arabic), "what a font lacks is set in a bundled one");
    let print = Print { scale: 0.5, ..Print::default() };
    assert_ne!(printed(&own, Format::Png, &print), printed(&light, Format::Png, &print));
    let text = poppler("pdftotext", &["-layout"], &printed(&own, Format::Pdf, &print));
    assert!(text.contains("Deir ez-Zor"), "{text}");
}

#[test]
fn a_logo_is_drawn_in_every_form() {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 40, 20);
    encoder.set_color(png::ColorType::Rgb);
    let red: Vec<u8> = [200, 0, 30].repeat(800);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&red))
        .expect("a PNG can be written");
    let logo = Arc::new(Logo::read(file).expect("it is a PNG"));
    let scene = picture(&Style { logo: Some(logo), ..LIGHT.clone() });
    let mut reader = png::Decoder::new(Cursor::new(printed(&scene, Format::Png, &Print::default())));
    reader.set_transformations(png::Transformations::IDENTITY);
    let mut reader = reader.read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it has a size")];
    reader.next_frame(&mut pixels).expect("it can be read");
    let reds = pixels.chunks_exact(3).filter(|pixel| **pixel == [200, 0, 30]).count();
    assert!(reds > 1500, "{reds}");
    assert!(!printed(&scene, Format::Pdf, &Print::default()).is_empty());
}
