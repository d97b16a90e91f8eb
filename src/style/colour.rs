//! Colours: read, mixed, and how far apart they look.

/// An opaque or see-through colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// 0 invisible to 1 opaque.
    pub alpha: f64,
}

impl Colour {
    /// An opaque colour.
    #[must_use]
    pub const fn rgb(r: u8, g: u8, b: u8) -> Self {
        Self { rgb: [r, g, b], alpha: 1.0 }
    }

    /// An opaque grey, 0 black to 255 white.
    #[must_use]
    pub const fn grey(level: u8) -> Self {
        Self::rgb(level, level, level)
    }

    /// The colour that `#rrggbb` names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
        let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        digits.chars().all(|c| c.is_ascii_hexdigit()).then_some(())?;
        Some(Self::rgb(byte(0)?, byte(2)?, byte(4)?))
    }

    /// The same as `#rrggbb`, its alpha left out.
    #[must_use]
    pub fn hex(self) -> String {
        let [r, g, b] = self.rgb;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// The colour `share` of the way to `other`, 0 this one and 1 the other.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |a: u8, b: u8| {
            (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round().clamp(0.0, 255.0) as u8
        };
        let mut rgb = self.rgb;
        for (channel, towards) in rgb.iter_mut().zip(other.rgb) {
            *channel = mix(*channel, towards);
        }
        Self { rgb, alpha: self.alpha + (other.alpha - self.alpha) * share }
    }

    /// The same colour, seen through.
    #[must_use]
    pub const fn faded(self, alpha: f64) -> Self {
        Self { alpha, ..self }
    }

    /// How bright it looks, 0 black to 1 white, its alpha not counted. Source: *Web Content Accessibility Guidelines*
    /// 2.2 (W3C, 2023), "relative luminance".
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |byte: u8| match f64::from(byte) / 255.0 {
            dim if dim <= 0.04045 => dim / 12.92,
            bright => ((bright + 0.055) / 1.055).powf(2.4),
        };
        let [r, g, b] = self.rgb;
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }
}

/// The contrast of two colours, 1 none to 21 black on white. Source: *Web Content Accessibility Guidelines* 2.2 (W3C,
/// 2023), "contrast ratio".
#[must_use]
pub fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (a.luminance(), b.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_strictly() {
        assert_eq!(Colour::parse("#C8372d"), Some(Colour::rgb(200, 55, 45)));
        for wrong in ["c8372d", "#c8372", "#c8372dff", "#gggggg", "red", "", "#+12345", "#é1234"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn black_on_white_is_the_strongest_contrast() {
        assert!((contrast(Colour::grey(0), Colour::grey(255)) - 21.0).abs() < 1e-9);
        assert!((contrast(Colour::rgb(118, 118, 118), Colour::grey(255)) - 4.54).abs() < 0.01);
    }
}
