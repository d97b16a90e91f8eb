//! The ground a map is about.

use super::clip::{self, Half, Ring, Shapes};
use crate::basemap::{Basemap, Extent};
use crate::diag::{Checked, Code, Locus, Problem};
use crate::projection::{Flat, Projection};
use crate::units::{Km, LonLat};
use geo::orient::Direction;
use geo::{Coord, LineString, MultiPolygon, Orient, Polygon};
use std::collections::BTreeMap;

/// How much ground is shown around places, at least.
const MARGIN: Km = Km(100.0);

/// How far outside the region's land a place may lie and still count: coasts are simplified, harbours lie on them.
pub(super) const ASIDE: Km = Km(5.0);

/// Height of the bands in which the sides of the land are looked up, in kilometres.
const BAND: f64 = 2.5;

/// The ground a map is about: its land with lakes cut out, ready for cutting up.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// What readers call it.
    pub name: String,
    /// Its land, in degrees, lakes cut out, outer rings counter-clockwise, cut at the antimeridian.
    pub land: MultiPolygon<f64>,
    /// The part of it that a picture is to show; `None` for all of its land. Its land goes on around that part.
    pub focus: Option<Extent>,
    /// Whether somebody cut it out of larger land, so that places outside it are nothing to tell of.
    pub is_cutout: bool,
    projection: Projection,
    /// The same land on the plane's grid, without inner borders; rings to be filled by the even-odd rule.
    pieces: Vec<(Half, Vec<Ring>)>,
    bands: Bands,
}

/// The sides of the land by the bands of the plane they reach into, from south to north.
#[derive(Clone, Debug, Default, PartialEq)]
struct Bands {
    south: f64,
    sides: Vec<Vec<(Flat, Flat)>>,
}

impl Bands {
    fn of<'a>(rings: impl Iterator<Item = &'a [Ring]>) -> Self {
        let all: Vec<(Flat, Flat)> = rings.flat_map(sides).collect();
        let (south, north) = all.iter().fold((f64::MAX, f64::MIN), |(south, north), (a, b)| {
            (south.min(a.y).min(b.y), north.max(a.y).max(b.y))
        });
        let mut bands = Self { south, sides: Vec::new() };
        if !all.is_empty() {
            bands.sides = vec![Vec::new(); bands.band(north) as usize + 1];
        }
        for (a, b) in all {
            for band in bands.band(a.y.min(b.y))..=bands.band(a.y.max(b.y)) {
                bands.sides[band as usize].push((a, b));
            }
        }
        bands
    }

    fn band(&self, y: f64) -> i64 {
        ((y - self.south) / BAND).floor() as i64
    }

    fn within(&self, south: f64, north: f64) -> impl Iterator<Item = &(Flat, Flat)> {
        let all = 0..self.sides.len().cast_signed() as i64;
        let range = self.band(south).max(all.start)..(self.band(north) + 1).min(all.end);
        range.flat_map(|band| &self.sides[band as usize])
    }

    /// Whether a point lies on the land, by the even-odd rule.
    fn hold(&self, at: Flat) -> bool {
        self.within(at.y, at.y).filter(|(a, b)| is_east_of((*a, *b), at)).count() % 2 == 1
    }
}

impl Region {
    /// Whole countries by their ISO 3166-1 two-letter codes.
    ///
    /// # Problems
    /// `bad-project` for a code that no country has.
    ///
    /// # Example
    /// ```
    /// use conflict_map::areas::Region;
    /// use conflict_map::basemap::Basemap;
    /// let region = Region::countries(&Basemap::embedded(), &["SY", "LB"]).value;
    /// assert_eq!(region.name, "Syria and Lebanon");
    /// ```
    #[must_use]
    pub fn countries(map: &Basemap, codes: &[&str]) -> Checked<Self> {
        let mut problems = Vec::new();
        let (mut names, mut land) = (Vec::new(), Vec::new());
        for code in codes {
            if let Some((shape, name)) = map.country(code).zip(map.country_name(code)) {
                land.extend(shape);
                names.push(name);
            } else {
                let message = format!("no country has the code `{code}`");
                let way_out = "give ISO 3166 two-letter codes, as SY for Syria";
                problems.push(Problem::new(Code::BadProject, Locus::Run, message).help(way_out));
            }
        }
        Checked { value: Self::new(&listed(&names), map, MultiPolygon(land)), problems }
    }

    /// The land of these countries within a rectangle; of all countries where none is given.
    #[must_use]
    pub fn extent(map: &Basemap, name: &str, extent: &Extent, countries: &[&str]) -> Self {
        let land = land_of(map, extent, countries);
        Self { is_cutout: true, ..Self::of(name, map, land, Some((*extent, rectangle(extent)))) }
    }

    /// First-level units by their ISO 3166-2 codes, and whole countries by their two-letter ones.
    ///
    /// # Problems
    /// `bad-project` for a code that nothing has.
    ///
    /// # Example
    /// ```
    /// use conflict_map::areas::Region;
    /// use conflict_map::basemap::Basemap;
    /// let region = Region::units(&Basemap::embedded(), &["SY-HM", "SY-HI"]).value;
    /// assert_eq!(region.name, "Hama and Homs");
    /// ```
    #[must_use]
    pub fn units(map: &Basemap, codes: &[&str]) -> Checked<Self> {
        let mut problems = Vec::new();
        let (mut names, mut land) = (Vec::new(), Vec::new());
        for code in codes {
            let country = code.split('-').next().unwrap_or_default();
            let unit = map.admin1(country).into_iter().find(|unit| unit.code == *code);
            let whole = || Some((map.country(code)?, map.country_name(code)?));
            if let Some((shape, name)) = unit.map(|unit| (unit.shape, unit.name)).or_else(whole) {
                land.extend(shape);
                names.push(name);
            } else {
                let known: Vec<&str> = map.admin1(country).iter().map(|unit| unit.code).collect();
                let message = format!("no country or first-level unit has the code `{code}`");
                let way_out = if known.is_empty() {
                    "give ISO 3166 codes, as SY for Syria or SY-HM for Hama".to_owned()
                } else {
                    format!("those of {country} are {}", known.join(", "))
                };
                problems.push(Problem::new(Code::BadProject, Locus::Run, message).help(way_out));
            }
        }
        Checked { value: Self::new(&listed(&names), map, MultiPolygon(land)), problems }
    }

    /// The land of these countries, of all where none is given, within an outline in degrees. Where its rings cross each other or themselves, what is inside an odd
    /// number of times is in.
    #[must_use]
    pub fn within(map: &Basemap, name: &str, outline: &MultiPolygon<f64>, countries: &[&str]) -> Self {
        let Some(extent) = extent_of(outline) else { return Self::new(name, map, MultiPolygon(Vec::new())) };
        let land = land_of(map, &extent, countries);
        Self { is_cutout: true, ..Self::of(name, map, land, Some((extent, outline.clone()))) }
    }

    /// The region of a map whose places are given, with their countries where these are known, and whose region is not:
    /// the countries that hold at least a
    /// twentieth of the places, whole unless they are far larger than what the places span; else, with no place on
    /// land, the rectangle around the places. Where it is no whole country it has a [`Region::focus`].
    #[must_use]
    pub fn around<'a>(map: &'a Basemap, places: &[(LonLat, Option<&'a str>)]) -> Self {
        // A town on a border may lie across it on a map as coarse as this: what is said of its country comes first.
        let country = |at: LonLat, code: Option<&'a str>| {
            code.filter(|code| map.extent(code).is_some()).or_else(|| map.country_at(at))
        };
        let at: Vec<(LonLat, Option<&str>)> =
            places.iter().map(|&(at, code)| (at, country(at, code))).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for code in at.iter().filter_map(|(_, code)| *code) {
            *counts.entry(code).or_default() += 1;
        }
        counts.retain(|_, count| *count * 20 >= places.len());
        let within = at.iter().filter(|(_, code)| code.is_some_and(|code| counts.contains_key(code)));
        let Some(close) = Extent::around(within.map(|(at, _)| *at), Km(0.0)) else {
            let around = Extent::around(places.iter().map(|(at, _)| *at), MARGIN);
            let of_places = |focus| {
                let wide = beyond(&focus);
                let land = map.land(&wide);
                let frame = Some((wide, rectangle(&wide)));
                Self { focus: Some(focus), ..Self::of("the places named", map, land, frame) }
            };
            return around.map_or_else(|| Self::new("nowhere", map, MultiPolygon(Vec::new())), of_places);
        };
        let codes: Vec<&str> = counts.keys().copied().collect();
        let region = Self::countries(map, &codes).value;
        let corners = [(close.west(), close.south()), (close.east(), close.north())];
        let corners = corners.into_iter().filter_map(|(lon, lat)| LonLat::new(lon, lat));
        let across = corners.clone().zip(corners.clone().skip(1)).map(|(a, b)| a.distance(b).0).sum::<f64>();
        let margin = Km((across / 4.0).max(MARGIN.0));
        match Extent::around(corners, margin) {
            Some(focus) if region.span().0 > 4.0 * (across + 2.0 * margin.0) => {
                let name = format!("parts of {}", region.name);
                let wide = beyond(&focus);
                let frame = Some((wide, rectangle(&wide)));
                Self { focus: Some(focus), ..Self::of(&name, map, region.land, frame) }
            }
            _ => region,
        }
    }

    /// A region of one's own: land in degrees, from which the base map's lakes are cut.
    #[must_use]
    pub fn new(name: &str, map: &Basemap, land: MultiPolygon<f64>) -> Self {
        Self::of(name, map, land, None)
    }

    fn of(
        name: &str,
        map: &Basemap,
        land: MultiPolygon<f64>,
        frame: Option<(Extent, MultiPolygon<f64>)>,
    ) -> Self {
        let Some(extent) = frame.as_ref().map(|(extent, _)| *extent).or_else(|| extent_of(&land)) else {
            let projection = Projection::around(LonLat::default());
            return Self {
                name: name.to_owned(),
                land: MultiPolygon(Vec::new()),
                focus: None,
                is_cutout: false,
                projection,
                pieces: Vec::new(),
                bands: Bands::default(),
            };
        };
        let projection = Projection::around(extent.centre());
        let lakes = plane(&projection, map.lakes(&extent));
        let frame = frame.map(|(_, frame)| plane(&projection, frame));
        let wraps = extent.west() > extent.east();
        let mut halves: BTreeMap<bool, Vec<Polygon<f64>>> = BTreeMap::new();
        for polygon in land {
            let east = polygon.exterior().0.iter().map(|at| at.x).sum::<f64>() < 0.0;
            halves.entry(east && wraps).or_default().push(polygon);
        }
        let (mut pieces, mut dry_land) = (Vec::new(), Vec::new());
        for (east, land) in halves {
            let half = match (wraps, east) {
                (false, _) => Half::Whole,
                (true, false) => Half::West,
                (true, true) => Half::East,
            };
            let land = dry(&plane(&projection, MultiPolygon(land)), &lakes);
            let land = match &frame {
                Some(frame) => clip::nested(&clip::split(&land.concat(), frame).unwrap_or_default().0),
                None => land,
            };
            dry_land.extend(clip::globe_shapes(&projection, half, &land));
            pieces.push((half, land.concat()));
        }
        let bands = Bands::of(pieces.iter().map(|(_, rings)| rings.as_slice()));
        Self {
            name: name.to_owned(),
            land: MultiPolygon(dry_land),
            focus: None,
            is_cutout: false,
            projection,
            pieces,
            bands,
        }
    }

    /// Its projection: Lambert azimuthal equal-area around its middle.
    #[must_use]
    pub fn projection(&self) -> &Projection {
        &self.projection
    }

    /// The rectangle around its land; `None` without land.
    #[must_use]
    pub fn bounds(&self) -> Option<Extent> {
        extent_of(&self.land)
    }

    /// Whether a place lies on its land.
    #[must_use]
    pub fn contains(&self, at: LonLat) -> bool {
        self.bands.hold(self.projection.flat(at))
    }

    /// Whether a place lies on its land or no more than 5 km beside it.
    pub(super) fn is_near(&self, at: LonLat) -> bool {
        let at = self.projection.flat(at);
        self.bands.hold(at)
            || self.bands.within(at.y - ASIDE.0, at.y + ASIDE.0).any(|(a, b)| to_line(at, *a, *b) <= ASIDE.0)
    }

    /// The box around its land in the plane: its south-western and north-eastern corner; `None` without land.
    pub(super) fn frame(&self) -> Option<(Flat, Flat)> {
        let spots = || self.pieces.iter().flat_map(|(_, land)| land).flatten().map(|&at| clip::off_grid(at));
        let first = spots().next()?;
        Some(spots().fold((first, first), |(low, high), at| {
            (
                Flat { x: low.x.min(at.x), y: low.y.min(at.y) },
                Flat { x: high.x.max(at.x), y: high.y.max(at.y) },
            )
        }))
    }

    /// Its land on the plane's grid, piece by piece.
    pub(super) fn pieces(&self) -> &[(Half, Vec<Ring>)] {
        &self.pieces
    }

    /// How far a point of the plane is from the land; 0 on it, infinite where there is none.
    pub(super) fn distance(&self, at: Flat) -> Km {
        if self.bands.hold(at) {
            return Km(0.0);
        }
        let sides = self.pieces.iter().flat_map(|(_, land)| sides(land));
        Km(sides.map(|(a, b)| to_line(at, a, b)).fold(f64::INFINITY, f64::min))
    }

    /// The longer side of the land in the plane.
    fn span(&self) -> Km {
        Km(self.frame().map_or(0.0, |(low, high)| (high.x - low.x).max(high.y - low.y)))
    }
}

/// What a picture of a rectangle may show of its surroundings, whatever the form of the page: as much again on each side.
fn beyond(focus: &Extent) -> Extent {
    let wide = (focus.east() - focus.west()).rem_euclid(360.0);
    let high = focus.north() - focus.south();
    let (south, north) = ((focus.south() - high).max(-90.0), (focus.north() + high).min(90.0));
    let turned = |lon: f64| (lon + 540.0).rem_euclid(360.0) - 180.0;
    let all_round = Extent::new(-180.0, south, 180.0, north);
    let part = Extent::new(turned(focus.west() - wide), south, turned(focus.east() + wide), north);
    if wide <= 0.0 || wide * 3.0 >= 360.0 { all_round } else { part }.unwrap_or(*focus)
}

fn extent_of(land: &MultiPolygon<f64>) -> Option<Extent> {
    let points = land.iter().flat_map(|polygon| &polygon.exterior().0);
    Extent::around(points.filter_map(|at| LonLat::new(at.x, at.y)), Km(0.0))
}

/// A shape in degrees on the plane's grid, outer rings counter-clockwise.
fn plane(projection: &Projection, shape: MultiPolygon<f64>) -> Vec<Ring> {
    let ring = |ring: &LineString<f64>| {
        let points = dense(&ring.0);
        let points = points.iter().filter_map(|at| LonLat::new(at.x, at.y)).map(|at| projection.flat(at));
        let mut ring: Ring = points.map(|Flat { x, y }| clip::on_grid(x, y)).collect();
        ring.dedup();
        ring
    };
    let polygons = shape.into_iter().map(|polygon| polygon.orient(Direction::Default));
    polygons
        .flat_map(|polygon| rings(&polygon).map(ring).collect::<Vec<_>>())
        .filter(|ring| ring.len() >= 4)
        .collect()
}

/// The same line with a point every twentieth of a degree at least: straight in degrees is curved in the plane, and a
/// new corner on a long stretch would shift it by metres.
fn dense(line: &[Coord<f64>]) -> Vec<Coord<f64>> {
    let mut points = Vec::with_capacity(line.len());
    for (n, &at) in line.iter().enumerate() {
        if let Some(&last) = n.checked_sub(1).and_then(|before| line.get(before)) {
            let (dx, dy): (f64, f64) = (at.x - last.x, at.y - last.y);
            let steps = (dx.abs().max(dy.abs()) * 20.0).ceil();
            if dx.abs() < 180.0 && steps > 1.0 {
                let parts = (1..steps as u32).map(|n| f64::from(n) / steps);
                points.extend(parts.map(|part| Coord { x: last.x + dx * part, y: last.y + dy * part }));
            }
        }
        points.push(at);
    }
    points
}

/// Land as one, without lakes.
fn dry(land: &[Ring], lakes: &[Ring]) -> Shapes {
    let one = clip::union(land).map_or_else(|| land.to_vec(), |shapes| shapes.concat());
    clip::nested(&clip::split(&one, lakes).unwrap_or_default().1)
}

/// The land of these countries that reaches into an extent; of all where none of them does.
fn land_of(map: &Basemap, extent: &Extent, countries: &[&str]) -> MultiPolygon<f64> {
    let mut there = map.countries_in(extent);
    if there.iter().any(|country| countries.contains(&country.code)) {
        there.retain(|country| countries.contains(&country.code));
    }
    there.into_iter().flat_map(|country| country.shape).collect()
}

/// The rectangle as a polygon with a point every twentieth of a degree.
fn rectangle(extent: &Extent) -> MultiPolygon<f64> {
    let (west, width) = (extent.west(), extent.width());
    let (south, height) = (extent.south(), extent.north() - extent.south());
    let wrapped = |lon: f64| if lon > 180.0 { lon - 360.0 } else { lon };
    let at = |x: f64, y: f64| Coord { x: wrapped(west + width * x), y: south + height * y };
    let (across, up) = ((width * 20.0).ceil().max(1.0), (height * 20.0).ceil().max(1.0));
    let steps = |count: f64| (0..count as usize).map(move |n| n as f64 / count);
    let rim = steps(across)
        .map(|x| at(x, 0.0))
        .chain(steps(up).map(|y| at(1.0, y)))
        .chain(steps(across).map(|x| at(1.0 - x, 1.0)))
        .chain(steps(up).map(|y| at(0.0, 1.0 - y)));
    MultiPolygon(vec![Polygon::new(LineString(rim.collect()), Vec::new())])
}

fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

/// The sides of rings, in kilometres.
fn sides(rings: &[Ring]) -> impl Iterator<Item = (Flat, Flat)> {
    rings.iter().flat_map(|ring| {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(&a, &b)| (clip::off_grid(a), clip::off_grid(b)))
    })
}

/// Whether a side crosses the line from a point due east.
fn is_east_of((a, b): (Flat, Flat), at: Flat) -> bool {
    (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x
}

/// How far a point of the plane is from a stretch of line.
pub(super) fn to_line(at: Flat, a: Flat, b: Flat) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx * dx + dy * dy;
    let along =
        if length > 0.0 { (((at.x - a.x) * dx + (at.y - a.y) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (a.x + along * dx - at.x).hypot(a.y + along * dy - at.y)
}

/// Names as a sentence lists them.
fn listed(names: &[&str]) -> String {
    match names {
        [] => "nowhere".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
