//! What stands between settlements: great rivers and lakes. Fronts follow them.

use super::Region;
use crate::basemap::Basemap;
use crate::projection::{Flat, Projection};
use crate::units::{Km, LonLat};
use geo::LineString;

/// How much farther two settlements are from each other with a great river or a lake between them.
///
/// Measured on published daily control maps of a war along rivers: between 20 and 50 km hardly matters.
pub const CROSSING: Km = Km(30.0);

/// Rivers up to this rank of Natural Earth's scale are great: the Euphrates has 3, the Orontes 6.
const GREAT: u8 = 6;

/// Side of the cells in which lines are looked up, in kilometres.
const CELL: f64 = 10.0;

/// A stretch of a line, and which line.
type Stretch = (Flat, Flat, u32);

/// Lines that are hard to cross.
///
/// A relief term would go where [`Barriers::detour`] adds up what is between two settlements.
#[derive(Debug, Default)]
pub(super) struct Barriers {
    stretches: Vec<Stretch>,
    /// Lines from this number on are shores: crossed once, one has come to a shore and not across.
    shores: u32,
    /// For each cell its stretches.
    cells: Vec<Vec<u32>>,
    low: (i64, i64),
    wide: i64,
}

impl Barriers {
    /// The great rivers and lakes of a region.
    pub(super) fn of(map: &Basemap, region: &Region) -> Self {
        let Some(extent) = region.bounds() else { return Self::default() };
        let mut lines: Vec<Vec<Flat>> = map
            .rivers(&extent)
            .into_iter()
            .filter(|river| river.rank <= GREAT)
            .map(|river| flat(region.projection(), &river.line))
            .collect();
        let shores = lines.len() as u32;
        let lakes = map.lakes(&extent);
        lines.extend(lakes.iter().map(|lake| flat(region.projection(), lake.exterior())));
        let pairs = |line: &[Flat], n: usize| -> Vec<Stretch> {
            line.windows(2).map(|pair| (pair[0], pair[1], n as u32)).collect()
        };
        let stretches = lines.iter().enumerate().flat_map(|(n, line)| pairs(line, n)).collect();
        Self::indexed(stretches, shores)
    }

    fn indexed(stretches: Vec<Stretch>, shores: u32) -> Self {
        let mut barriers = Self { stretches, shores, ..Self::default() };
        let boxes: Vec<_> = barriers.stretches.iter().map(|(a, b, _)| covered(*a, *b)).collect();
        let Some(&first) = boxes.first() else { return barriers };
        let (low, high) = boxes.iter().fold((first.0, first.1), |(low, high), (from, to)| {
            ((low.0.min(from.0), low.1.min(from.1)), (high.0.max(to.0), high.1.max(to.1)))
        });
        barriers.low = low;
        barriers.wide = high.0 - low.0 + 1;
        barriers.cells = vec![Vec::new(); (barriers.wide * (high.1 - low.1 + 1)) as usize];
        for (n, (from, to)) in boxes.into_iter().enumerate() {
            for cell in barriers.numbers(from, to) {
                barriers.cells[cell].push(n as u32);
            }
        }
        barriers
    }

    /// How much farther than the straight line the way from one point to the other is.
    pub(super) fn detour(&self, from: Flat, to: Flat) -> Km {
        let (low, high) = covered(from, to);
        let cells = self.numbers(low, high);
        let mut near: Vec<u32> = cells.flat_map(|cell| self.cells[cell].iter().copied()).collect();
        near.sort_unstable();
        near.dedup();
        let mut crossed: Vec<u32> = near
            .iter()
            .map(|n| self.stretches[*n as usize])
            .filter(|(a, b, _)| crosses((from, to), (*a, *b)))
            .map(|(.., line)| line)
            .collect();
        crossed.sort_unstable();
        // A meander crossed twice leads back to the same bank; a shore crossed twice leads over the water.
        let is_between = |times: &[u32]| {
            if times[0] < self.shores { times.len() % 2 == 1 } else { times.len() >= 2 }
        };
        if crossed.chunk_by(|a, b| a == b).any(is_between) { CROSSING } else { Km(0.0) }
    }

    /// The numbers of the cells in a box of them, as far as there are lines.
    fn numbers(&self, low: (i64, i64), high: (i64, i64)) -> impl Iterator<Item = usize> + use<> {
        let tall = if self.wide > 0 { self.cells.len().cast_signed() as i64 / self.wide } else { 0 };
        let (wide, origin) = (self.wide, self.low);
        let columns = (low.0 - origin.0).max(0)..(high.0 - origin.0 + 1).min(wide);
        let rows = (low.1 - origin.1).max(0)..(high.1 - origin.1 + 1).min(tall);
        rows.flat_map(move |row| columns.clone().map(move |column| (row * wide + column) as usize))
    }
}

fn flat(projection: &Projection, line: &LineString<f64>) -> Vec<Flat> {
    let points = line.0.iter().filter_map(|at| LonLat::new(at.x, at.y));
    points.map(|at| projection.flat(at)).collect()
}

/// The cells that the box around two points covers, lowest and highest.
fn covered(a: Flat, b: Flat) -> ((i64, i64), (i64, i64)) {
    let cell = |x: f64| (x / CELL).floor() as i64;
    ((cell(a.x.min(b.x)), cell(a.y.min(b.y))), (cell(a.x.max(b.x)), cell(a.y.max(b.y))))
}

/// Whether two stretches cross.
fn crosses((a, b): (Flat, Flat), (c, d): (Flat, Flat)) -> bool {
    let left = |p: Flat, q: Flat, r: Flat| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x) > 0.0;
    left(a, b, c) != left(a, b, d) && left(c, d, a) != left(c, d, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Flat {
        Flat { x, y }
    }

    #[test]
    fn a_river_is_crossed_or_not_and_a_meander_is_not() {
        let river = [(-50.0, 0.0), (0.0, 0.0), (5.0, 20.0), (10.0, 0.0), (60.0, 0.0)];
        let pairs = river.windows(2).map(|w| (at(w[0].0, w[0].1), at(w[1].0, w[1].1), 0));
        let barriers = Barriers::indexed(pairs.collect(), 1);
        assert_eq!(barriers.detour(at(-20.0, -3.0), at(-22.0, 4.0)), CROSSING);
        assert_eq!(barriers.detour(at(-20.0, 3.0), at(-22.0, 4.0)), Km(0.0));
        assert_eq!(barriers.detour(at(-5.0, 10.0), at(15.0, 10.0)), Km(0.0), "across the bend and back");
        assert_eq!(barriers.detour(at(300.0, 300.0), at(301.0, 300.0)), Km(0.0));
    }

    #[test]
    fn a_lake_is_in_the_way_of_those_on_its_shores_and_not_of_those_who_seem_in_it() {
        let shore = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)];
        let pairs = shore.windows(2).map(|w| (at(w[0].0, w[0].1), at(w[1].0, w[1].1), 0));
        let barriers = Barriers::indexed(pairs.collect(), 0);
        assert_eq!(barriers.detour(at(-1.0, 5.0), at(11.0, 5.5)), CROSSING);
        assert_eq!(barriers.detour(at(-1.0, 5.0), at(1.0, 5.5)), Km(0.0));
    }
}
