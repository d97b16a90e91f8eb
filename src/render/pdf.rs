//! PDF with text that can be selected, from the tree of the SVG.

use super::about::SOFTWARE;
use super::png::{Unprintable, tree};
use crate::scene::Scene;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt, SvgSettings};

/// Most points of a side that readers must be able to show. Source: ISO 32000-1, annex C.
const SIDE: f64 = 14_400.0;

/// The picture as a PDF file of one page, `points` (1/72 inch) for a pixel of the scene: fonts embedded, title and
/// words in its metadata, the whole tagged as a figure with its alternative text. No date is in it: same scene, same
/// bytes.
///
/// # Errors
/// Where the page would have no size, or more than 14,400 points on a side.
pub fn pdf(scene: &Scene, points: f64) -> Result<Vec<u8>, Unprintable> {
    let (width, height) = (scene.width * points, scene.height * points);
    let page = PageSettings::from_wh(width as f32, height as f32);
    let fits = (1.0..=SIDE).contains(&width) && (1.0..=SIDE).contains(&height);
    let Some(page) = page.filter(|_| fits) else {
        return Err(Unprintable(format!("a PDF page of {width:.0} × {height:.0} points cannot be made")));
    };
    let size = Size::from_wh(width as f32, height as f32);
    let size = size.ok_or_else(|| Unprintable("a PDF page without a size cannot be made".to_owned()))?;
    let tree = tree(scene)?;
    let mut document = Document::new_with(SerializeSettings::default());
    let mut sheet = document.start_page_with(page);
    let mut surface = sheet.surface();
    let content = surface.start_tagged(ContentTag::Other);
    let drawn = surface.draw_svg(&tree, size, SvgSettings { embed_text: true, ..SvgSettings::default() });
    surface.end_tagged();
    surface.finish();
    sheet.finish();
    drawn.ok_or_else(|| Unprintable("the picture could not be put on a PDF page".to_owned()))?;
    let alt = [scene.title.as_str(), scene.description.as_str()].join(". ");
    let mut figure = TagGroup::new(Tag::Figure(Some(alt)));
    figure.push(content);
    let mut tags = TagTree::new();
    tags.push(figure);
    document.set_tag_tree(tags);
    document.set_metadata(metadata(scene));
    document.finish().map_err(|why| Unprintable(format!("pdf: {why:?}")))
}

fn metadata(scene: &Scene) -> Metadata {
    let about = &scene.about;
    let words = [about.caption.as_str(), about.licence.as_str()];
    let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
    Metadata::new()
        .title(scene.title.clone())
        .description(words.join(" "))
        .keywords(about.sources.clone())
        .creator(SOFTWARE.to_owned())
        .language("en".to_owned())
}
