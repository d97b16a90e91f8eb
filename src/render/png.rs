//! PNG, rasterised from the SVG with the bundled fonts alone.

use super::about::SOFTWARE;
use super::svg;
use crate::fonts::{self, Family};
use crate::scene::{Face, Font, Mark, Scene};
use resvg::{tiny_skia, usvg};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, OnceLock};
use usvg::fontdb;

/// Most pixels that are drawn: 20 000 by 10 000, a poster of two metres. More would take gigabytes.
const MOST: f64 = 2e8;

/// Why a scene cannot be a PNG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unprintable(pub(super) String);

impl fmt::Display for Unprintable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unprintable {}

/// The picture as a PNG file, `scale` pixels for a pixel of the scene, with its title and description in it.
///
/// # Errors
/// Where the picture would have no pixels or more than 200 million.
pub fn png(scene: &Scene, scale: f64) -> Result<Vec<u8>, Unprintable> {
    let pixels = pixels(scene, scale)?;
    encode(scene, &pixels).map_err(|why| Unprintable(format!("png: {why}")))
}

/// The picture's pixels.
pub(super) fn pixels(scene: &Scene, scale: f64) -> Result<tiny_skia::Pixmap, Unprintable> {
    let (width, height) = ((scene.width * scale).round(), (scene.height * scale).round());
    if !(width >= 1.0 && height >= 1.0 && width * height <= MOST) {
        return Err(Unprintable(format!(
            "a picture of {} × {} pixels at scale {scale} cannot be drawn",
            scene.width, scene.height
        )));
    }
    raster(scene, width as u32, height as u32, scale)
}

/// The tree of the picture's SVG, from which all other forms are printed.
pub(super) fn tree(scene: &Scene) -> Result<usvg::Tree, Unprintable> {
    let options = usvg::Options {
        fontdb: fonts_of(scene),
        font_family: Face::Sans.family().to_owned(),
        ..Default::default()
    };
    usvg::Tree::from_str(&svg(scene), &options).map_err(|why| Unprintable(format!("svg: {why}")))
}

fn raster(scene: &Scene, width: u32, height: u32, scale: f64) -> Result<tiny_skia::Pixmap, Unprintable> {
    let tree = tree(scene)?;
    let mut pixels = tiny_skia::Pixmap::new(width, height)
        .ok_or_else(|| Unprintable(format!("{width} × {height} pixels cannot be drawn")))?;
    pixels.fill(tiny_skia::Color::WHITE);
    let shape = tiny_skia::Transform::from_scale(scale as f32, scale as f32);
    resvg::render(&tree, shape, &mut pixels.as_mut());
    Ok(pixels)
}

fn encode(scene: &Scene, pixels: &tiny_skia::Pixmap) -> Result<Vec<u8>, ::png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut out, pixels.width(), pixels.height());
    encoder.set_color(::png::ColorType::Rgb);
    encoder.set_depth(::png::BitDepth::Eight);
    encoder.set_compression(::png::Compression::Fast);
    let about = &scene.about;
    let words = [
        ("Title", scene.title.as_str()),
        ("Description", scene.description.as_str()),
        ("Comment", about.caption.as_str()),
        ("Source", &about.sources.join("; ")),
        ("Copyright", about.licence.as_str()),
        ("Software", SOFTWARE),
    ];
    for (name, words) in words.into_iter().filter(|(_, words)| !words.is_empty()) {
        encoder.add_itxt_chunk(name.to_owned(), words.to_owned())?;
    }
    // The page is opaque, so the alpha channel says nothing.
    let rgb: Vec<u8> =
        pixels.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()?;
    Ok(out)
}

/// The fonts of a scene's text: the bundled ones, and a family of its own under the name that its text gives.
fn fonts_of(scene: &Scene) -> Arc<fontdb::Database> {
    let own = scene.marks.iter().filter_map(|mark| match mark {
        Mark::Text { font: Font { face: Face::Own(family), .. }, .. } => Some(*family),
        _ => None,
    });
    let own: BTreeSet<Family> = own.collect();
    if own.is_empty() {
        return bundled();
    }
    let mut all = (*bundled()).clone();
    for family in own {
        let Some((name, files)) = family.name().zip(family.files()) else { continue };
        for (file, weight) in files.into_iter().zip([fontdb::Weight::NORMAL, fontdb::Weight::BOLD]) {
            for id in all.load_font_source(fontdb::Source::Binary(Arc::new(file))) {
                let Some(mut face) = all.face(id).cloned() else { continue };
                all.remove_face(id);
                face.families = vec![(name.to_owned(), fontdb::Language::English_UnitedStates)];
                (face.weight, face.style) = (weight, fontdb::Style::Normal);
                all.push_face_info(face);
            }
        }
    }
    Arc::new(all)
}

/// The bundled fonts, read once; `sans-serif`, which SVGs name for other readers, is one of them too.
fn bundled() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let make = || {
        let mut all = fontdb::Database::new();
        for font in fonts::FACES {
            all.load_font_source(fontdb::Source::Binary(Arc::new(font.bytes)));
        }
        all.set_sans_serif_family(Face::Sans.family());
        Arc::new(all)
    };
    FONTS.get_or_init(make).clone()
}
