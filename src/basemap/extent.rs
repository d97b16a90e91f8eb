//! A rectangle of the globe.

use crate::units::{Km, LonLat};

/// A rectangle in degrees. Where `west` is greater than `east` it runs across the antimeridian (as RFC 7946 has it).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    low: LonLat,
    high: LonLat,
}

impl Extent {
    /// The rectangle between two corners, or `None` where a number is no longitude or latitude or south is above
    /// north.
    ///
    /// # Example
    /// ```
    /// use conflict_map::basemap::Extent;
    /// use conflict_map::units::LonLat;
    /// let fiji = Extent::new(176.0, -20.0, -178.0, -15.0).unwrap();
    /// assert!(fiji.contains(LonLat::new(-179.0, -17.0).unwrap()));
    /// assert!(!fiji.contains(LonLat::new(0.0, -17.0).unwrap()));
    /// ```
    #[must_use]
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Option<Self> {
        let (low, high) = (LonLat::new(west, south)?, LonLat::new(east, north)?);
        (south <= north).then_some(Self { low, high })
    }

    /// The smallest rectangle around points, widened by a margin on each side; `None` for no points.
    ///
    /// It crosses the antimeridian where that is the shorter way round.
    #[must_use]
    pub fn around(points: impl IntoIterator<Item = LonLat>, margin: Km) -> Option<Self> {
        let points: Vec<LonLat> = points.into_iter().collect();
        let south = points.iter().map(|at| at.lat()).reduce(f64::min)?;
        let north = points.iter().map(|at| at.lat()).reduce(f64::max)?;
        let mut lons: Vec<f64> = points.iter().map(|at| at.lon()).collect();
        lons.sort_by(f64::total_cmp);
        // The widest gap between neighbours is what the rectangle leaves out.
        let (mut west, mut east) = (lons[0], lons[lons.len() - 1]);
        let mut widest = 360.0 - (east - west);
        for pair in lons.windows(2) {
            if pair[1] - pair[0] > widest {
                (widest, west, east) = (pair[1] - pair[0], pair[1], pair[0]);
            }
        }
        let degrees = margin.0.max(0.0) / 111.195;
        let (south, north) = ((south - degrees).max(-90.0), (north + degrees).min(90.0));
        let shrink = south.abs().max(north.abs()).to_radians().cos();
        let aside = if shrink > 1e-6 { degrees / shrink } else { 180.0 };
        let width = (360.0 - widest) + 2.0 * aside;
        if width >= 360.0 {
            return Self::new(-180.0, south, 180.0, north);
        }
        Self::new(wrapped(west - aside), south, wrapped(east + aside), north)
    }

    /// Westernmost longitude in degrees.
    #[must_use]
    pub fn west(&self) -> f64 {
        self.low.lon()
    }

    /// Southernmost latitude in degrees.
    #[must_use]
    pub fn south(&self) -> f64 {
        self.low.lat()
    }

    /// Easternmost longitude in degrees; less than [`Extent::west`] across the antimeridian.
    #[must_use]
    pub fn east(&self) -> f64 {
        self.high.lon()
    }

    /// Northernmost latitude in degrees.
    #[must_use]
    pub fn north(&self) -> f64 {
        self.high.lat()
    }

    /// Width in degrees of longitude.
    #[must_use]
    pub fn width(&self) -> f64 {
        if self.west() <= self.east() { self.east() - self.west() } else { self.east() - self.west() + 360.0 }
    }

    /// Its middle.
    #[must_use]
    pub fn centre(&self) -> LonLat {
        let lon = wrapped(self.west() + self.width() / 2.0);
        LonLat::new(lon, self.south().midpoint(self.north())).unwrap_or(self.low)
    }

    /// Whether a point lies in it or on its rim.
    #[must_use]
    pub fn contains(&self, at: LonLat) -> bool {
        let across = if self.west() <= self.east() {
            (self.west()..=self.east()).contains(&at.lon())
        } else {
            at.lon() >= self.west() || at.lon() <= self.east()
        };
        across && (self.south()..=self.north()).contains(&at.lat())
    }

    /// Whether two rectangles share at least a point.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let up = self.south() <= other.north() && other.south() <= self.north();
        up && self.spans().iter().any(|a| other.spans().iter().any(|b| a.0 <= b.1 && b.0 <= a.1))
    }

    /// Its longitudes as one or two spans from west to east.
    fn spans(&self) -> [(f64, f64); 2] {
        if self.west() <= self.east() {
            [(self.west(), self.east()); 2]
        } else {
            [(self.west(), 180.0), (-180.0, self.east())]
        }
    }
}

fn wrapped(lon: f64) -> f64 {
    if (-180.0..=180.0).contains(&lon) { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    #[test]
    fn points_on_both_sides_of_the_antimeridian_are_near_each_other() {
        let extent = Extent::around([at(178.0, -17.0), at(-179.0, -18.0)], Km(0.0)).unwrap();
        assert_eq!((extent.west(), extent.east(), extent.width()), (178.0, -179.0, 3.0));
        assert!((extent.centre().lon() - 179.5).abs() < 1e-9);
        assert!(extent.meets(&Extent::new(-180.0, -90.0, -170.0, 0.0).unwrap()));
        assert!(!extent.meets(&Extent::new(0.0, -90.0, 90.0, 0.0).unwrap()));
    }

    #[test]
    fn a_margin_is_wider_in_degrees_away_from_the_equator() {
        let extent = Extent::around([at(20.0, 60.0)], Km(111.195)).unwrap();
        assert!((extent.north() - 61.0).abs() < 1e-9 && extent.width() > 4.0, "{extent:?}");
        assert_eq!(Extent::around([], Km(1.0)), None);
    }

    #[test]
    fn the_pole_is_all_around() {
        assert!(Extent::around([at(20.0, 89.9)], Km(100.0)).unwrap().width() >= 360.0);
    }
}
