//! One type for each space: the globe, the ground, the canvas, the text of a report.
//!
//! Degrees never meet pixels or kilometres by accident, because none of these converts into another
//! without a named function.

use std::fmt;

/// A calendar day, with no time zone: reports speak of days.
pub use jiff::civil::Date;

/// A point on the globe, WGS 84.
///
/// # Units
/// Degrees; longitude in −180…180, latitude in −90…90. No other value can be made.
#[derive(Clone, Copy, Default, PartialEq, PartialOrd)]
pub struct LonLat {
    lon: f64,
    lat: f64,
}

impl LonLat {
    /// The point at `lon`, `lat` in degrees, or `None` where that is no place on the globe.
    ///
    /// # Example
    /// ```
    /// use conflict_map::units::LonLat;
    /// assert!(LonLat::new(36.75, 35.13).is_some());
    /// assert!(LonLat::new(301.0, 48.2).is_none());
    /// ```
    #[must_use]
    pub fn new(lon: f64, lat: f64) -> Option<Self> {
        let fits = (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
        fits.then_some(Self { lon, lat })
    }

    /// Longitude in degrees.
    #[must_use]
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Latitude in degrees.
    #[must_use]
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Great-circle distance on a sphere of the Earth's mean radius (IUGG, 6371.0088 km), by the haversine
    /// formula; within 0.6 % of the ellipsoid.
    #[must_use]
    pub fn distance(self, other: Self) -> Km {
        let (dlat, dlon) = ((other.lat - self.lat).to_radians(), (other.lon - self.lon).to_radians());
        let h = (dlat / 2.0).sin().powi(2)
            + self.lat.to_radians().cos() * other.lat.to_radians().cos() * (dlon / 2.0).sin().powi(2);
        Km(2.0 * 6371.0088 * h.sqrt().min(1.0).asin())
    }
}

impl fmt::Debug for LonLat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}, {})", self.lon, self.lat)
    }
}

/// A length on the ground.
///
/// # Units
/// Kilometres.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Km(pub f64);

/// A point on the canvas, x to the right and y down.
///
/// # Units
/// Pixels of the canvas at scale 1, fractions allowed.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Px {
    /// Rightwards from the left edge.
    pub x: f64,
    /// Downwards from the top edge.
    pub y: f64,
}

/// A stretch of one report's text.
///
/// # Units
/// Bytes from the start of the text, end exclusive, always on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The words the span points at; empty where the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// The same span counted in Unicode code points, as the files we write give it.
    #[must_use]
    pub fn code_points(self, text: &str) -> (usize, usize) {
        let start = text.get(..self.start).map_or(0, |s| s.chars().count());
        (start, start + self.of(text).chars().count())
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aleppo_and_hama_are_124_km_apart() {
        let (aleppo, hama) = (LonLat::new(37.161, 36.202).unwrap(), LonLat::new(36.754, 35.132).unwrap());
        assert!((aleppo.distance(hama).0 - 124.5).abs() < 1.0, "{:?}", aleppo.distance(hama));
    }

    #[test]
    fn a_span_counts_code_points_and_not_bytes() {
        let text = "في حماة اليوم";
        let start = text.find("حماة").unwrap();
        let span = Span { start, end: start + "حماة".len() };
        assert_eq!((span.of(text), span.code_points(text)), ("حماة", (3, 7)));
    }

    #[test]
    fn no_number_is_no_place() {
        assert!(LonLat::new(f64::NAN, 0.0).is_none());
    }
}
