//! Lambert's azimuthal equal-area projection: globe to flat ground and back.
//!
//! One centre for each region. Equal-area, so that ground is compared fairly; right across the antimeridian and
//! at the poles; on the sphere, since at the scale of a country the ellipsoid moves nothing by a pixel.
//! Source: Snyder, *Map Projections – A Working Manual* (USGS 1395, 1987), equations 24-2 to 24-4, 20-14, 20-15.

use crate::units::LonLat;

/// A point on the projected plane.
///
/// # Units
/// Kilometres east (`x`) and north (`y`) of the projection's centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flat {
    /// East of the centre.
    pub x: f64,
    /// North of the centre.
    pub y: f64,
}

/// Lambert azimuthal equal-area around a centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    centre: LonLat,
}

const RADIUS: f64 = 6371.0088;

impl Projection {
    /// The projection that is truest around `centre`.
    #[must_use]
    pub fn around(centre: LonLat) -> Self {
        Self { centre }
    }

    /// Where it is truest.
    #[must_use]
    pub fn centre(&self) -> LonLat {
        self.centre
    }

    /// Onto the plane. The point opposite the centre has no image and is sent to the rim.
    #[must_use]
    pub fn flat(&self, at: LonLat) -> Flat {
        let (lat, lat0) = (at.lat().to_radians(), self.centre.lat().to_radians());
        let turn = (at.lon() - self.centre.lon()).to_radians();
        let cos = lat0.sin() * lat.sin() + lat0.cos() * lat.cos() * turn.cos();
        let k = RADIUS * (2.0 / (1.0 + cos).max(1e-9)).sqrt();
        Flat {
            x: k * lat.cos() * turn.sin(),
            y: k * (lat0.cos() * lat.sin() - lat0.sin() * lat.cos() * turn.cos()),
        }
    }

    /// Back onto the globe; `None` beyond the rim.
    #[must_use]
    pub fn globe(&self, at: Flat) -> Option<LonLat> {
        let rho = at.x.hypot(at.y);
        if rho < 1e-9 {
            return Some(self.centre);
        }
        let half = rho / (2.0 * RADIUS);
        if half > 1.0 {
            return None;
        }
        let (c, lat0) = (2.0 * half.asin(), self.centre.lat().to_radians());
        let lat = (c.cos() * lat0.sin() + at.y * c.sin() * lat0.cos() / rho).clamp(-1.0, 1.0).asin();
        let turn = (at.x * c.sin()).atan2(rho * lat0.cos() * c.cos() - at.y * lat0.sin() * c.sin());
        let lon = (self.centre.lon() + turn.to_degrees() + 540.0).rem_euclid(360.0) - 180.0;
        LonLat::new(lon, lat.to_degrees())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(centre: (f64, f64), at: (f64, f64)) {
        let projection = Projection::around(LonLat::new(centre.0, centre.1).unwrap());
        let at = LonLat::new(at.0, at.1).unwrap();
        let back = projection.globe(projection.flat(at)).unwrap();
        assert!(back.distance(at).0 < 1e-6, "{at:?} came back as {back:?}");
    }

    #[test]
    fn forward_and_back_meet() {
        check((38.5, 35.0), (36.75, 35.13));
        check((178.0, -17.0), (-179.5, -18.2));
        check((15.0, 88.0), (-170.0, 84.0));
        check((0.0, 0.0), (0.0, 0.0));
    }

    #[test]
    fn snyders_example_is_reproduced() {
        // USGS 1395, page 332: R = 3, centre 40 N 100 W, point 20 S 100 E gives x = -4.2339303, y = 4.0257775.
        let flat =
            Projection::around(LonLat::new(-100.0, 40.0).unwrap()).flat(LonLat::new(100.0, -20.0).unwrap());
        let unit = 3.0 / RADIUS;
        assert!((flat.x * unit + 4.233_930_3).abs() < 1e-6 && (flat.y * unit - 4.025_777_5).abs() < 1e-6);
    }
}
