//! The base map: countries, their borders and first-level units, rivers, lakes, main roads. Embedded in the program.
//!
//! Made by `cargo xtask basemap` from Natural Earth 1:10m (lakes 1:50m), simplified to a pixel or two of a
//! 1,600-pixel map of the country. `gazetteer/basemap/README.md` says from which packages and under which licence.
//!
//! # Whose is it
//! A country is what ISO 3166 and the United Nations count to it: Crimea to Ukraine, Somaliland to Somalia, Northern
//! Cyprus to Cyprus; the lines across them are disputed [`Border`]s. Two departures come from the source: the Golan
//! Heights west of the 1974 ceasefire line are drawn with Israel, which administers them (the line itself is a disputed
//! border, and the zone of the United Nations east of it is a unit of Syria of its own), and Western Sahara and Kosovo
//! are on their own. Borders are drawn for orientation and take no side.

mod decode;
mod extent;
mod records;
mod schematic;

pub use extent::Extent;
pub use schematic::Road;

use crate::units::LonLat;
use decode::Cursor;
use geo::{Coord, LineString, MultiPolygon, Polygon};
use records::{Head, head, lake, line, polygon_of, river};
use std::borrow::Cow;

/// A line between two countries.
#[derive(Clone, Debug, PartialEq)]
pub struct Border {
    /// Its course, in degrees.
    pub line: LineString<f64>,
    /// Whether it is disputed, indefinite or a line of control.
    pub disputed: bool,
}

/// A river, or a stretch of one.
#[derive(Clone, Debug, PartialEq)]
pub struct River<'b> {
    /// Its name; empty where the source has none.
    pub name: &'b str,
    /// How great it is: 0 the Amazon, 3 the Euphrates, 6 the Jordan, up to 10 (Natural Earth's scale rank).
    pub rank: u8,
    /// Whether it is the course through a lake or reservoir, many of which are in the data as nothing else.
    pub lake: bool,
    /// Its course, in degrees.
    pub line: LineString<f64>,
    /// Whether the course is only sketched through the towns on it.
    pub schematic: bool,
}

/// A country, or a first-level unit of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit<'b> {
    /// ISO 3166-1 two-letter code of a country, ISO 3166-2 code of a first-level unit.
    pub code: &'b str,
    /// English name.
    pub name: &'b str,
    /// Its land, in degrees, lakes not cut out, cut at the antimeridian; outer rings counter-clockwise.
    pub shape: MultiPolygon<f64>,
}

/// The base map. Only what is asked for is decoded.
///
/// # Example
/// ```
/// use conflict_map::basemap::Basemap;
/// let map = Basemap::embedded();
/// assert_eq!(map.country_name("SY"), Some("Syria"));
/// let rivers = map.rivers(&map.extent("SY").unwrap());
/// assert!(rivers.iter().any(|river| river.name == "Euphrates"));
/// ```
#[derive(Clone, Debug)]
pub struct Basemap {
    arcs: Cow<'static, [u8]>,
    shapes: Cow<'static, [u8]>,
    rivers: Cow<'static, [u8]>,
    lakes: Cow<'static, [u8]>,
    /// Where in `arcs` each record starts.
    starts: Vec<usize>,
}

const COUNTRY: u8 = 0;
const UNIT: u8 = 1;

impl Basemap {
    /// The base map that is part of the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self::of(
            include_bytes!("../gazetteer/basemap/arcs.bin").as_slice().into(),
            include_bytes!("../gazetteer/basemap/shapes.bin").as_slice().into(),
            include_bytes!("../gazetteer/basemap/rivers.bin").as_slice().into(),
            include_bytes!("../gazetteer/basemap/lakes.bin").as_slice().into(),
        )
    }

    fn of(
        arcs: Cow<'static, [u8]>,
        shapes: Cow<'static, [u8]>,
        rivers: Cow<'static, [u8]>,
        lakes: Cow<'static, [u8]>,
    ) -> Self {
        let mut starts = Vec::new();
        let mut rest = Cursor(&arcs);
        loop {
            let start = arcs.len() - rest.0.len();
            if rest.record().is_none() {
                break;
            }
            starts.push(start);
        }
        Self { arcs, shapes, rivers, lakes, starts }
    }

    /// The land of a country by its ISO 3166-1 two-letter code, in degrees.
    #[must_use]
    pub fn country(&self, code: &str) -> Option<MultiPolygon<f64>> {
        let head = self.heads(COUNTRY).find(|head| head.code == code)?;
        Some(self.shape(&head, None))
    }

    /// The English name of a country by its ISO 3166-1 two-letter code.
    #[must_use]
    pub fn country_name(&self, code: &str) -> Option<&str> {
        self.heads(COUNTRY).find(|head| head.code == code).map(|head| head.name)
    }

    /// The rectangle around a country. A country that the antimeridian cuts has one all around the globe; take
    /// [`Extent::around`] its points for one that wraps.
    #[must_use]
    pub fn extent(&self, code: &str) -> Option<Extent> {
        self.heads(COUNTRY).find(|head| head.code == code).map(|head| head.extent)
    }

    /// The code of the country a point lies in; `None` at sea.
    #[must_use]
    pub fn country_at(&self, at: LonLat) -> Option<&str> {
        let here = Extent::new(at.lon(), at.lat(), at.lon(), at.lat())?;
        let holds = |head: &Head<'_>| holds(&self.shape(head, Some(&here)), at);
        self.heads(COUNTRY).filter(|head| head.extent.contains(at)).find(holds).map(|head| head.code)
    }

    /// The countries with land in an extent, by code; of each only the pieces that reach into it.
    #[must_use]
    pub fn countries_in(&self, extent: &Extent) -> Vec<Unit<'_>> {
        self.units_where(COUNTRY, Some(extent), |head| head.extent.meets(extent))
    }

    /// All land that reaches into an extent, country by country: neighbours touch and never overlap.
    #[must_use]
    pub fn land(&self, extent: &Extent) -> MultiPolygon<f64> {
        self.countries_in(extent).into_iter().flat_map(|country| country.shape).collect()
    }

    /// The first-level units of a country, by code.
    #[must_use]
    pub fn admin1(&self, country: &str) -> Vec<Unit<'_>> {
        self.units_where(UNIT, None, |head| head.country == country)
    }

    /// Borders between countries that reach into an extent.
    #[must_use]
    pub fn borders(&self, extent: &Extent) -> Vec<Border> {
        let lines = |class| self.lines(class, extent).map(move |line| Border { line, disputed: class == 2 });
        lines(1).chain(lines(2)).collect()
    }

    /// Borders between first-level units that reach into an extent.
    #[must_use]
    pub fn admin1_lines(&self, extent: &Extent) -> Vec<LineString<f64>> {
        self.lines(3, extent).collect()
    }

    /// Coasts of seas that reach into an extent.
    #[must_use]
    pub fn coasts(&self, extent: &Extent) -> Vec<LineString<f64>> {
        self.lines(0, extent).collect()
    }

    /// Rivers that reach into an extent, the greatest first, sketched ones last.
    #[must_use]
    pub fn rivers(&self, extent: &Extent) -> Vec<River<'_>> {
        let mut rest = Cursor(&self.rivers);
        let mut rivers = Vec::new();
        while let Some(record) = rest.record() {
            rivers.extend(river(record, extent));
        }
        rivers.extend(schematic::rivers(extent));
        rivers
    }

    /// Lakes that reach into an extent.
    #[must_use]
    pub fn lakes(&self, extent: &Extent) -> MultiPolygon<f64> {
        let mut rest = Cursor(&self.lakes);
        let mut lakes = Vec::new();
        while let Some(record) = rest.record() {
            lakes.extend(lake(record, extent));
        }
        MultiPolygon(lakes)
    }

    /// Main roads that reach into an extent, sketched through the towns on them.
    #[must_use]
    pub fn roads(&self, extent: &Extent) -> Vec<Road> {
        schematic::roads(extent)
    }

    fn heads(&self, level: u8) -> impl Iterator<Item = Head<'_>> {
        let mut rest = Cursor(&self.shapes);
        std::iter::from_fn(move || rest.record()).filter_map(head).filter(move |head| head.level == level)
    }

    fn units_where(
        &self,
        level: u8,
        extent: Option<&Extent>,
        wanted: impl Fn(&Head<'_>) -> bool,
    ) -> Vec<Unit<'_>> {
        self.heads(level)
            .filter(wanted)
            .map(|head| Unit { code: head.code, name: head.name, shape: self.shape(&head, extent) })
            .filter(|unit| !unit.shape.0.is_empty())
            .collect()
    }

    /// The polygons of a shape, or those that reach into an extent.
    fn shape(&self, head: &Head<'_>, extent: Option<&Extent>) -> MultiPolygon<f64> {
        let mut rest = head.polygons;
        let mut polygons = Vec::new();
        while let Some(record) = rest.record() {
            polygons.extend(self.polygon(record, extent));
        }
        MultiPolygon(polygons)
    }

    fn polygon(&self, mut record: Cursor<'_>, extent: Option<&Extent>) -> Option<Polygon<f64>> {
        let bounds = record.bounds()?;
        if extent.is_some_and(|extent| !bounds.meets(extent)) {
            return None;
        }
        let mut rings = Vec::new();
        while let Some(count) = record.number() {
            let mut points = Vec::new();
            for _ in 0..count {
                self.walk(record.signed()?, &mut points)?;
            }
            rings.push(points);
        }
        polygon_of(rings)
    }

    /// Adds the points of an arc, the joint with the one before once.
    fn walk(&self, walk: i32, points: &mut Vec<Coord<f64>>) -> Option<()> {
        let id = usize::try_from(if walk < 0 { !walk } else { walk }).ok()?;
        let mut record = Cursor(self.arcs.get(*self.starts.get(id)?..)?).record()?;
        record.byte()?;
        record.bounds()?;
        points.pop();
        let start = points.len();
        record.points(points);
        if walk < 0 {
            points[start..].reverse();
        }
        Some(())
    }

    fn lines(&self, class: u8, extent: &Extent) -> impl Iterator<Item = LineString<f64>> {
        let mut rest = Cursor(&self.arcs);
        std::iter::from_fn(move || rest.record()).filter_map(move |mut record| {
            (record.byte()? == class && record.bounds()?.meets(extent)).then_some(())?;
            line(record)
        })
    }
}

/// Whether a point lies in a shape, by the even-odd rule.
fn holds(shape: &MultiPolygon<f64>, at: LonLat) -> bool {
    let (x, y) = (at.lon(), at.lat());
    let rings =
        shape.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let crossings = rings.flat_map(|ring| ring.0.windows(2)).filter(|pair| {
        let (a, b) = (pair[0], pair[1]);
        (a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x
    });
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests;
