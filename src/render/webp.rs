//! WebP without loss, from the same pixels as PNG.

use super::about::xmp;
use super::png::{Unprintable, pixels};
use crate::scene::Scene;
use image_webp::{ColorType, WebPEncoder};

/// Most pixels of a side that the format can have.
const SIDE: u32 = 16_383;

/// The picture as a WebP file without loss, `scale` pixels for a pixel of the scene, with its words in XMP.
///
/// # Errors
/// Where the picture would have no pixels, more than 200 million, or more than 16,383 on a side.
pub fn webp(scene: &Scene, scale: f64) -> Result<Vec<u8>, Unprintable> {
    let pixels = pixels(scene, scale)?;
    let (width, height) = (pixels.width(), pixels.height());
    if width > SIDE || height > SIDE {
        return Err(Unprintable(format!(
            "a WebP of {width} × {height} pixels cannot be made; a side can have {SIDE}"
        )));
    }
    let rgb: Vec<u8> =
        pixels.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut out = Vec::new();
    let mut encoder = WebPEncoder::new(&mut out);
    encoder.set_xmp_metadata(xmp(scene).into_bytes());
    let encoded = encoder.encode(&rgb, width, height, ColorType::Rgb8);
    encoded.map_err(|why| Unprintable(format!("webp: {why}")))?;
    Ok(out)
}
