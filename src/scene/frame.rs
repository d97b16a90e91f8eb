//! Where ground lies on the canvas: the projection around a region, scaled and shifted to its frame.

use super::canvas::step;
use super::rect::Rect;
use crate::areas::Region;
use crate::basemap::Extent;
use crate::projection::{Flat, Projection};
use crate::units::{LonLat, Px};
use geo::{Area as _, BoundingRect, Coord, LineString, MultiPolygon};
use plotters::coord::CoordTranslate;
use plotters_backend::BackendCoord;

/// Globe to canvas. A coordinate system for plotters, so that a map is drawn in degrees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// The projection.
    pub(crate) projection: Projection,
    /// Pixels for a kilometre at the centre.
    pub(crate) scale: f64,
    /// Where the projection's centre lies on the canvas.
    pub(crate) origin: Px,
    /// The rectangle the map fills.
    pub(crate) window: Rect,
}

impl CoordTranslate for Frame {
    type From = LonLat;
    fn translate(&self, at: &LonLat) -> BackendCoord {
        let at = self.px(*at);
        (step(at.x), step(at.y))
    }
}

impl Frame {
    /// Where a place lies on the canvas.
    pub(crate) fn px(&self, at: LonLat) -> Px {
        let flat = self.projection.flat(at);
        Px { x: self.origin.x + flat.x * self.scale, y: self.origin.y - flat.y * self.scale }
    }

    /// A smaller panel in the same corner of the window.
    pub(crate) fn within_corner(&self, panel: Rect, (width, height): (f64, f64)) -> Rect {
        let (here, whole) = (panel.centre(), self.window.centre());
        let left = if here.x < whole.x { panel.left } else { panel.right - width };
        let top = if here.y < whole.y { panel.top } else { panel.bottom - height };
        Rect::at(left, top, width, height)
    }

    /// Rings of a shape in degrees, as points on the globe.
    pub(crate) fn rings(shape: &MultiPolygon<f64>) -> Vec<Vec<LonLat>> {
        let rings = shape.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()));
        rings.map(points).collect()
    }

    /// The longitudes and latitudes seen, from points along the edge of the window: west, south, east, north. East
    /// is less than west where the window crosses the antimeridian.
    pub(crate) fn seen(&self) -> (f64, f64, f64, f64) {
        const SIDE: u32 = 24;
        let Rect { left, top, .. } = self.window;
        let centre = self.projection.centre();
        let (mut west, mut east, mut south, mut north) = (0.0_f64, 0.0_f64, 90.0_f64, -90.0_f64);
        for i in 0..=SIDE * SIDE + 2 * SIDE {
            let (column, row) = (f64::from(i % (SIDE + 1)), f64::from(i / (SIDE + 1)));
            let (x, y) = (
                left + self.window.width() * column / f64::from(SIDE),
                top + self.window.height() * row / f64::from(SIDE),
            );
            let flat = Flat { x: (x - self.origin.x) / self.scale, y: (self.origin.y - y) / self.scale };
            let Some(at) = self.projection.globe(flat) else { return (-180.0, -90.0, 180.0, 90.0) };
            let turn = (at.lon() - centre.lon() + 540.0).rem_euclid(360.0) - 180.0;
            (west, east) = (west.min(turn), east.max(turn));
            (south, north) = (south.min(at.lat()), north.max(at.lat()));
        }
        if east - west > 270.0 {
            return (-180.0, -90.0, 180.0, 90.0);
        }
        let wrapped = |turn: f64| (centre.lon() + turn + 540.0).rem_euclid(360.0) - 180.0;
        (wrapped(west), south, wrapped(east), north)
    }
}

/// Points of a line in degrees; those that are no place on the globe are left out.
pub(crate) fn points(line: &LineString<f64>) -> Vec<LonLat> {
    line.0.iter().filter_map(|at| LonLat::new(at.x, at.y)).collect()
}

/// The ground a map must show whole, projected: rings in kilometres around the projection's centre.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    /// The projection, centred on the ground's bounding box.
    pub(crate) projection: Projection,
    /// Its bounding box on the plane: west, south, east, north in kilometres.
    pub(crate) bounds: [f64; 4],
}

impl Subject {
    /// What a map of a region must show: the part it is about, else its land.
    pub(crate) fn of_region(region: &Region, sites: &[LonLat]) -> Option<Self> {
        let Some(focus) = &region.focus else { return Self::of(&region.land, sites) };
        Self::of_extent(focus)
    }

    /// A rectangle of the globe; `None` where it has no corners.
    pub(crate) fn of_extent(focus: &Extent) -> Option<Self> {
        let wide = (focus.east() - focus.west()).rem_euclid(360.0);
        let rim = (0..=8_u32).flat_map(|i| {
            let lon = (focus.west() + wide * f64::from(i) / 8.0 + 540.0).rem_euclid(360.0) - 180.0;
            [LonLat::new(lon, focus.south()), LonLat::new(lon, focus.north())]
        });
        Self::around(&rim.flatten().collect::<Vec<_>>())
    }

    /// The land of a region, without far and small parts that hold none of the `sites`; the sites themselves where
    /// there is no land; `None` where there is neither.
    pub(crate) fn of(land: &MultiPolygon<f64>, sites: &[LonLat]) -> Option<Self> {
        let main: Vec<LonLat> = main_parts(land, sites);
        Self::around(if main.is_empty() { sites } else { &main })
    }

    fn around(all: &[LonLat]) -> Option<Self> {
        let first = Projection::around(middle(all)?);
        let [west, south, east, north] = bounds(&first, all);
        let centre = first.globe(Flat { x: f64::midpoint(west, east), y: f64::midpoint(south, north) })?;
        let projection = Projection::around(centre);
        Some(Self { projection, bounds: bounds(&projection, all) })
    }

    /// The largest frame in which the ground fits `room`, a part of the `window`.
    pub(crate) fn fit(&self, room: Rect, window: Rect) -> Frame {
        let [west, south, east, north] = self.bounds;
        // A single village is shown with some ten kilometres around it.
        let (width, height) = ((east - west).max(20.0), (north - south).max(20.0));
        let scale = (room.width() / width).min(room.height() / height).max(1e-6);
        let centre = room.centre();
        let origin = Px {
            x: centre.x - f64::midpoint(west, east) * scale,
            y: centre.y + f64::midpoint(south, north) * scale,
        };
        Frame { projection: self.projection, scale, origin, window }
    }
}

fn main_parts(land: &MultiPolygon<f64>, sites: &[LonLat]) -> Vec<LonLat> {
    let extents: Vec<f64> = land.iter().map(|part| size(part.exterior())).collect();
    let largest = extents.iter().copied().fold(0.0, f64::max);
    let Some(main) = land.iter().zip(&extents).find(|(_, size)| **size >= largest).map(|(part, _)| part)
    else {
        return Vec::new();
    };
    let Some(middle) = middle(&points(main.exterior())) else { return Vec::new() };
    let reach = points(main.exterior()).iter().map(|at| middle.distance(*at).0).fold(0.0, f64::max);
    let is_near = |at: &LonLat| middle.distance(*at).0 <= reach * 1.5;
    let holds_site = |line: &LineString<f64>| {
        line.bounding_rect().is_some_and(|rect| {
            sites.iter().any(|at| {
                (rect.min().x..=rect.max().x).contains(&at.lon())
                    && (rect.min().y..=rect.max().y).contains(&at.lat())
            })
        })
    };
    land.iter()
        .zip(&extents)
        .filter(|(part, size)| {
            **size >= largest * 0.2
                || holds_site(part.exterior())
                || points(part.exterior()).iter().all(is_near)
        })
        .flat_map(|(part, _)| points(part.exterior()))
        .collect()
}

/// Roughly in square degrees at the equator: for comparing parts of one region.
fn size(ring: &LineString<f64>) -> f64 {
    let lat = ring.0.first().map_or(0.0, |Coord { y, .. }| *y);
    geo::Polygon::new(ring.clone(), Vec::new()).unsigned_area() * lat.to_radians().cos()
}

/// The middle of points on the globe, right across the antimeridian: the direction of their mean.
fn middle(points: &[LonLat]) -> Option<LonLat> {
    let mut sum = [0.0; 3];
    for at in points {
        let (lon, lat) = (at.lon().to_radians(), at.lat().to_radians());
        for (total, part) in sum.iter_mut().zip([lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]) {
            *total += part;
        }
    }
    let [x, y, z] = sum;
    (!points.is_empty()).then(|| LonLat::new(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees()))?
}

fn bounds(projection: &Projection, all: &[LonLat]) -> [f64; 4] {
    let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for flat in all.iter().map(|at| projection.flat(*at)) {
        bounds = [bounds[0].min(flat.x), bounds[1].min(flat.y), bounds[2].max(flat.x), bounds[3].max(flat.y)];
    }
    bounds
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Rect as Box, polygon};

    fn square(west: f64, south: f64, side: f64) -> geo::Polygon<f64> {
        Box::new(Coord { x: west, y: south }, Coord { x: west + side, y: south + side }).to_polygon()
    }

    fn window() -> Rect {
        Rect::at(0.0, 0.0, 800.0, 600.0)
    }

    #[test]
    fn the_region_fills_its_room_and_no_more() {
        let land = MultiPolygon::from(square(36.0, 33.0, 4.0));
        let frame = Subject::of(&land, &[]).unwrap().fit(window().grown(-20.0), window());
        for ring in Frame::rings(&land) {
            for at in ring.into_iter().map(|at| frame.px(at)) {
                assert!(window().grown(-19.5).has(at), "{at:?}");
            }
        }
    }

    #[test]
    fn a_far_island_does_not_shrink_the_map_unless_something_happens_there() {
        let land = MultiPolygon::new(vec![square(0.0, 45.0, 6.0), square(-54.0, 3.0, 1.0)]);
        let main = Subject::of(&land, &[]).unwrap();
        let both = Subject::of(&land, &[LonLat::new(-53.5, 3.5).unwrap()]).unwrap();
        assert!(main.bounds[2] - main.bounds[0] < 700.0, "{:?}", main.bounds);
        assert!(both.bounds[2] - both.bounds[0] > 3000.0, "{:?}", both.bounds);
    }

    #[test]
    fn a_region_across_the_antimeridian_is_one() {
        let west =
            polygon![(x: 177.0, y: -19.0), (x: 180.0, y: -19.0), (x: 180.0, y: -16.0), (x: 177.0, y: -16.0)];
        let east = polygon![(x: -180.0, y: -19.0), (x: -179.0, y: -19.0), (x: -179.0, y: -16.0), (x: -180.0, y: -16.0)];
        let subject = Subject::of(&MultiPolygon::new(vec![west, east]), &[]).unwrap();
        assert!(subject.bounds[2] - subject.bounds[0] < 500.0, "{:?}", subject.bounds);
        let (west, _, east, _) = subject.fit(window(), window()).seen();
        assert!(west > 170.0 && east < -170.0, "{west} {east}");
    }

    #[test]
    fn a_region_with_a_focus_shows_that_and_its_surroundings() {
        let robotyne = LonLat::new(35.84, 47.45).unwrap();
        let region = Region::around(&crate::basemap::Basemap::embedded(), &[(robotyne, Some("UA"))]);
        let subject = Subject::of_region(&region, &[robotyne]).unwrap();
        let wide = subject.bounds[2] - subject.bounds[0];
        assert!((180.0..260.0).contains(&wide), "{wide}");
        let frame = subject.fit(window(), window());
        let middle = frame.px(robotyne);
        assert!((middle.x - 400.0).hypot(middle.y - 300.0) < 5.0, "{middle:?}");
        let corner = frame.projection.globe(Flat { x: -140.0, y: 90.0 }).unwrap();
        assert!(region.contains(corner), "the land goes on to the edge of the page");
    }

    #[test]
    fn one_place_and_no_land_is_still_a_map() {
        let hama = LonLat::new(36.75, 35.13).unwrap();
        let frame = Subject::of(&MultiPolygon::new(Vec::new()), &[hama]).unwrap().fit(window(), window());
        assert!(window().has(frame.px(hama)) && frame.scale.is_finite());
        assert!(Subject::of(&MultiPolygon::new(Vec::new()), &[]).is_none());
    }
}
