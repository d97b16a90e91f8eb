//! How large a page is, and how large all that stands on it.

use crate::named::named;

/// A page: its pixels, and how large letters, lines and symbols are on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// How large letters, lines and symbols are against those that a page of this size has by itself.
    pub letters: f64,
    /// Pixels of a printed picture (PNG, WebP) for each of the page's.
    pub scale: f64,
    /// Points (1/72 inch) of a PDF for each of the page's pixels.
    pub points: f64,
    /// What stands around the map.
    pub furniture: Furniture,
}

/// What stands around a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Furniture {
    /// Title, day, legend, scale bar, sources and credits.
    #[default]
    Full,
    /// A title alone; for pictures that lead to larger ones.
    Title,
}

named! {
    /// Pages by name.
    Preset {
        /// A sheet of A4, landscape, at 300 dots an inch.
        A4 = "a4",
        /// A slide of 16 to 9.
        Slide = "slide",
        /// A square for feeds.
        Square = "square",
        /// A telephone's whole screen, upright.
        Story = "story",
        /// A small picture that leads to a larger one.
        Thumbnail = "thumbnail",
    }
}

impl Preset {
    /// Its page.
    #[must_use]
    pub fn size(self) -> Size {
        let size = |width, height, letters, scale| Size {
            letters,
            scale,
            ..Size { width, height, ..Size::default() }
        };
        match self {
            // 297 by 210 mm: 3508 by 2480 dots.
            Self::A4 => Size { points: 0.48, ..size(1754.0, 1240.0, 1.0, 2.0) },
            Self::Slide => size(1920.0, 1080.0, 1.25, 1.0),
            Self::Square => size(1080.0, 1080.0, 1.5, 1.0),
            Self::Story => size(1080.0, 1920.0, 2.0, 1.0),
            Self::Thumbnail => Size { furniture: Furniture::Title, ..size(480.0, 360.0, 1.0, 1.0) },
        }
    }
}

impl Default for Size {
    /// 1600 by 1200 pixels.
    fn default() -> Self {
        Self {
            width: 1600.0,
            height: 1200.0,
            letters: 1.0,
            scale: 1.0,
            points: 0.75,
            furniture: Furniture::Full,
        }
    }
}

/// Least and most pixels of a side: a stamp, and a poster of two metres.
const SIDE: (f64, f64) = (120.0, 20_000.0);
/// Most pixels in all. More would take gigabytes.
const AREA: f64 = 2e8;
/// Least and most pixels for each of the page's.
const SCALE: (f64, f64) = (0.1, 10.0);

impl Size {
    /// The page of this many pixels that `1920x1080` names.
    ///
    /// # Errors
    /// Where it is no size, or one that cannot be drawn: the message says which sizes can.
    pub fn parse(text: &str) -> Result<(f64, f64), String> {
        let no = || format!("`{text}` is not a width and a height in pixels, as 1600x1200");
        let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(no)?;
        let side = |text: &str| text.trim().parse::<u64>().map(|side| side as f64).map_err(|_| no());
        let (width, height) = (side(width)?, side(height)?);
        for side in [width, height] {
            if !(SIDE.0..=SIDE.1).contains(&side) {
                return Err(format!(
                    "a side of {side} pixels cannot be drawn; it can be {} to {}",
                    SIDE.0, SIDE.1
                ));
            }
        }
        Self { width, height, ..Self::default() }.drawable()?;
        Ok((width, height))
    }

    /// A scale.
    ///
    /// # Errors
    /// Where it is none, or one that cannot be drawn.
    pub fn parse_scale(text: &str) -> Result<f64, String> {
        let scale: Option<f64> = text.trim().trim_end_matches(['x', '×']).parse().ok();
        scale
            .filter(|scale| (SCALE.0..=SCALE.1).contains(scale))
            .ok_or_else(|| format!("`{text}` is not a scale from {} to {}", SCALE.0, SCALE.1))
    }

    /// The same size.
    ///
    /// # Errors
    /// Where it has too many pixels to be printed, with how many it can have.
    pub fn drawable(self) -> Result<Self, String> {
        let (width, height) = self.pixels();
        if f64::from(width) * f64::from(height) <= AREA {
            return Ok(self);
        }
        Err(format!(
            "{width} × {height} pixels are more than can be drawn, which is {} million; make the page or the scale smaller",
            AREA / 1e6
        ))
    }

    /// Width and height in pixels as printed.
    #[must_use]
    pub fn pixels(&self) -> (u32, u32) {
        ((self.width * self.scale).round() as u32, (self.height * self.scale).round() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_two_numbers_within_limits() {
        assert_eq!(Size::parse("1920x1080"), Ok((1920.0, 1080.0)));
        assert_eq!(Size::parse("640 × 480"), Ok((640.0, 480.0)));
        for (text, said) in [
            ("large", "as 1600x1200"),
            ("0x0", "can be 120 to 20000"),
            ("1e9x5", "as 1600x1200"),
            ("99999x200", "can be 120 to 20000"),
            ("20000x20000", "200 million"),
            ("-5x10", "as 1600x1200"),
        ] {
            let message = Size::parse(text).unwrap_err();
            assert!(message.contains(said), "{text}: {message}");
        }
        assert!(Size::parse_scale("2").is_ok() && Size::parse_scale("0").is_err());
        assert!(Size::parse_scale("NaN").is_err() && Size::parse_scale("1e9").is_err());
    }

    #[test]
    fn every_preset_can_be_drawn() {
        for (preset, name) in Preset::ALL {
            assert!(preset.size().drawable().is_ok(), "{name}");
        }
        assert_eq!(Preset::A4.size().pixels(), (3508, 2480));
    }
}
