//! The forms in which a picture is written.

use super::{Unprintable, pdf, png, svg, svg_outlined, webp};
use crate::named::named;
use crate::scene::Scene;

named! {
    /// A form in which a picture is written, by the ending of its file.
    Format {
        /// SVG: text as text, or as outlines.
        Svg = "svg",
        /// PNG.
        Png = "png",
        /// PDF with text that can be selected.
        Pdf = "pdf",
        /// WebP without loss.
        WebP = "webp",
    }
}

/// How pictures are printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Print {
    /// Pixels of PNG and WebP for each of the scene's.
    pub scale: f64,
    /// Points (1/72 inch) of PDF for each pixel of the scene.
    pub points: f64,
    /// Whether the letters of SVG are drawn as outlines: the same everywhere, but no text to search or change.
    pub outlined: bool,
}

impl Default for Print {
    fn default() -> Self {
        Self { scale: 1.0, points: 0.75, outlined: false }
    }
}

/// A picture as a file of this form.
///
/// # Errors
/// Where it has no pixels or too many.
pub fn print(scene: &Scene, format: Format, print: &Print) -> Result<Vec<u8>, Unprintable> {
    match format {
        Format::Svg if print.outlined => Ok(svg_outlined(scene).into_bytes()),
        Format::Svg => Ok(svg(scene).into_bytes()),
        Format::Png => png(scene, print.scale),
        Format::WebP => webp(scene, print.scale),
        Format::Pdf => pdf(scene, print.points),
    }
}
