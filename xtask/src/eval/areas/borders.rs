//! Countries in two: settlements, a raster of the land, and borders along first-level units.

use conflict_map::areas::{Net, Region, Rules, settlements};
use conflict_map::basemap::{Basemap, Unit};
use conflict_map::gazetteer::Gazetteer;
use conflict_map::projection::Flat;
use conflict_map::units::LonLat;
use geo::{Area, Centroid, MultiPolygon};

/// About so many cells of a country are compared.
const CELLS: f64 = 60_000.0;

/// A country with what does not depend on labels.
pub(super) struct Country {
    pub(super) places: Vec<LonLat>,
    pub(super) flat: Vec<Flat>,
    pub(super) nets: [Net; 2],
    /// Middles of the raster's cells, row by row, on land or not.
    pub(super) raster: Vec<(Flat, LonLat)>,
    columns: usize,
    pub(super) borders: Vec<Border>,
}

/// A border between two groups of units.
pub(super) struct Border {
    /// The side of each settlement.
    pub(super) sides: Vec<bool>,
    pub(super) cells: Vec<Cell>,
}

/// The truth about a cell.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    /// Its side; `None` off land.
    pub(super) side: Option<bool>,
    /// How far the border is.
    pub(super) km: f32,
}

impl Country {
    pub(super) fn of(code: &str, map: &Basemap, gazetteer: &Gazetteer) -> Self {
        let region = Region::countries(map, &[code]).value;
        let places = settlements(gazetteer, map, &region);
        let units = map.admin1(code);
        let groups = [0.0, 2.0].map(|turn| halves(&units, map, turn));
        // A settlement on a coarse coast is on neither side.
        let is_on = |at: &LonLat| groups[0].iter().any(|side| side.contains(*at));
        let mut places: Vec<LonLat> = places.into_iter().filter(is_on).collect();
        places.sort_by(|a, b| a.lon().total_cmp(&b.lon()).then(a.lat().total_cmp(&b.lat())));
        places.dedup();
        let projection = *region.projection();
        let flat: Vec<Flat> = places.iter().map(|at| projection.flat(*at)).collect();
        let (raster, columns) = raster(&region);
        let net = |rivers| {
            let rules = Rules { rivers, ..Rules::default() };
            Net::of(region.clone(), map, places.iter().copied(), rules)
        };
        let nets = [net(false), net(true)];
        let mut country = Self { places, flat, nets, raster, columns, borders: Vec::new() };
        country.borders = groups.iter().map(|sides| country.border(sides)).collect();
        country
    }

    fn border(&self, sides: &[Region; 2]) -> Border {
        let side = |at: LonLat| {
            if sides[0].contains(at) { Some(false) } else { sides[1].contains(at).then_some(true) }
        };
        let truth: Vec<Option<bool>> = self.raster.iter().map(|(_, at)| side(*at)).collect();
        let rim: Vec<Flat> = self.edges(|cell| truth[cell]).map(|cell| self.raster[cell].0).collect();
        let far = |at: Flat| {
            rim.iter().map(|rim| (rim.x - at.x).hypot(rim.y - at.y)).fold(f64::MAX, f64::min) as f32
        };
        let cells = truth.iter().zip(&self.raster);
        let cells =
            cells.map(|(side, (at, _))| Cell { side: *side, km: side.map_or(0.0, |_| far(*at)) }).collect();
        // A settlement between the two, in a lake, is nobody's and counts for the first.
        Border { sides: self.places.iter().map(|at| side(*at).unwrap_or(false)).collect(), cells }
    }

    /// Cells beyond whose right or upper side another side begins.
    pub(super) fn edges(&self, side: impl Fn(usize) -> Option<bool>) -> impl Iterator<Item = usize> {
        (0..self.raster.len()).filter(move |&cell| {
            let right = (cell % self.columns + 1 < self.columns).then_some(cell + 1);
            let above = Some(cell + self.columns).filter(|above| *above < self.raster.len());
            let differs = |other: usize| side(other).zip(side(cell)).is_some_and(|(one, other)| one != other);
            right.is_some_and(differs) || above.is_some_and(differs)
        })
    }
}

impl Border {
    /// Labels for a share of the settlements, some of them wrong, drawn at random but always the same.
    pub(super) fn labels(&self, share: f64, wrong: f64, draw: u64) -> Vec<Option<bool>> {
        let mut state = draw.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5EED;
        let mut random = || {
            // SplitMix64 (Steele, Lea and Flood 2014).
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        };
        self.sides
            .iter()
            .map(|side| {
                let (is_known, is_wrong) = (random() < share, random() < wrong);
                is_known.then_some(*side != is_wrong)
            })
            .collect()
    }
}

/// A country's units in two halves of about the same area, by how far they lie in a direction, in eighths of a turn.
fn halves(units: &[Unit<'_>], map: &Basemap, turn: f64) -> [Region; 2] {
    let (sin, cos) = (turn * std::f64::consts::FRAC_PI_4).sin_cos();
    let mut sorted: Vec<(f64, f64, &Unit<'_>)> = units
        .iter()
        .filter_map(|unit| {
            let middle = unit.shape.centroid()?;
            Some((middle.x() * cos + middle.y() * sin, unit.shape.unsigned_area(), unit))
        })
        .collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.code.cmp(b.2.code)));
    let all: f64 = sorted.iter().map(|(_, area, _)| area).sum();
    let mut sum = 0.0;
    let (mut low, mut high) = (Vec::new(), Vec::new());
    for (_, area, unit) in sorted {
        let half = if sum + area / 2.0 < all / 2.0 { &mut low } else { &mut high };
        half.extend(unit.shape.0.iter().cloned());
        sum += area;
    }
    [low, high].map(|half| Region::new("half", map, MultiPolygon(half)))
}

/// The middles of the cells over a country, and how many stand in a row.
fn raster(region: &Region) -> (Vec<(Flat, LonLat)>, usize) {
    let points: Vec<Flat> = region
        .land
        .iter()
        .flat_map(|polygon| &polygon.exterior().0)
        .filter_map(|at| LonLat::new(at.x, at.y))
        .map(|at| region.projection().flat(at))
        .collect();
    let range = |of: fn(&Flat) -> f64| {
        points.iter().map(of).fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)))
    };
    let ((west, east), (south, north)) = (range(|at| at.x), range(|at| at.y));
    let step = ((east - west) * (north - south) / CELLS).sqrt().max(1.0);
    let (columns, rows) = (((east - west) / step).ceil() as usize, ((north - south) / step).ceil() as usize);
    let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let middles = cells.map(|(row, column)| {
        let at = Flat { x: west + (column as f64 + 0.5) * step, y: south + (row as f64 + 0.5) * step };
        (at, region.projection().globe(at).unwrap_or_default())
    });
    (middles.collect(), columns)
}
