//! From places to ground: whose is the land between the places that are known.
//!
//! Ground belongs to the nearest place (a Voronoi partition in a local equal-area plane), no further than a stated
//! reach, and only on the region's land. Beyond that, and around places that nobody is known to hold, it is unknown.

mod cells;
mod clip;
mod region;

pub use region::Region;

use crate::claim::{Site, SiteKey};
use crate::diag::{Checked, Code, Locus, Problem};
use crate::projection::Flat;
use crate::timeline::Control;
use crate::units::{Date, Km};
use cells::Partition;
use geo::{LineString, MultiPolygon};
use std::collections::{BTreeMap, BTreeSet};

/// Ground of one control. Shapes are in degrees (x longitude, y latitude), outer rings counter-clockwise, rounded to
/// a millionth of a degree (about 0.1 m).
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Whose it is.
    pub control: Control,
    /// Whether the place behind it is only claimed by the side that gained.
    pub claimed: bool,
    /// Its shape.
    pub shape: MultiPolygon<f64>,
    /// The places behind it, sorted.
    pub places: Vec<SiteKey>,
}

/// The line where the ground of two actors meets.
#[derive(Clone, Debug, PartialEq)]
pub struct Front {
    /// The two sides, sorted.
    pub between: (Control, Control),
    /// The line, in degrees.
    pub line: LineString<f64>,
}

/// All ground of a region on a day. Areas never overlap; areas and `unknown` together fill the region's land.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// The day.
    pub day: Date,
    /// Ground of known control, one entry for each control, what is only claimed apart.
    pub areas: Vec<Area>,
    /// Where ground of different control meets.
    pub fronts: Vec<Front>,
    /// Ground too far from any known place.
    pub unknown: MultiPolygon<f64>,
}

/// A place and who holds it on the day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held<'a> {
    /// The place.
    pub site: &'a Site,
    /// Who holds it; `None` where nobody is known to: its ground is then unknown, and not its neighbours'.
    pub control: Option<&'a Control>,
    /// Whether only the side that gained it says so.
    pub claimed: bool,
}

/// How far from a known place ground is still drawn as held, unless told otherwise.
///
/// Measured on published control maps, ground further than this from any report is guesswork, whatever the method.
pub const REACH: Km = Km(50.0);

/// How far outside the region's land a place may lie and still count: coasts are simplified, harbours lie on them.
const ASIDE: Km = Km(5.0);

/// What one stretch of ground is painted as.
type Paint = (Control, bool);

/// A spot of the plane with all that is known of it: several names may stand for it.
struct Spot {
    at: Flat,
    paint: Option<Paint>,
    places: BTreeSet<SiteKey>,
}

/// Whose ground is whose on a day. Sites that are no spots (a province, "near" a town) repaint nothing.
///
/// # Problems
/// `off-map` for a place more than 5 km outside the region, `disputed` for two places at one point that are held
/// differently, `no-ground` where no place in the region is known to be held, or where a shape could not be worked out.
///
/// # Example
/// ```
/// use conflict_map::areas::{self, Region};
/// use conflict_map::basemap::Basemap;
/// use conflict_map::units::Date;
/// let region = Region::countries(&Basemap::embedded(), &["SY"]).value;
/// let ground = areas::of(Date::constant(2024, 12, 5), &[], &region, areas::REACH);
/// assert_eq!(ground.value.unknown, region.land);
/// assert_eq!(ground.problems[0].code.name(), "no-ground");
/// ```
#[must_use]
pub fn of(day: Date, holdings: &[Held<'_>], region: &Region, reach: Km) -> Checked<Ground> {
    let mut problems = Vec::new();
    let spots = spots(holdings, region, &mut problems);
    let mut ground = Ground { day, areas: Vec::new(), fronts: Vec::new(), unknown: region.land.clone() };
    let paints: BTreeSet<&Paint> = spots.iter().filter_map(|spot| spot.paint.as_ref()).collect();
    if paints.is_empty() || reach.0.is_nan() || reach.0 <= 0.0 {
        let held = holdings.iter().filter(|held| held.control.is_some()).count();
        let message = format!("none of {held} held places is in {}, so no ground can be drawn", region.name);
        problems.push(Problem::new(Code::NoGround, Locus::Run, message).help(help(Code::NoGround)));
        return Checked { value: ground, problems };
    }
    let middles: Vec<Flat> = spots.iter().map(|spot| spot.at).collect();
    let paint: Vec<Option<&Paint>> = spots.iter().map(|spot| spot.paint.as_ref()).collect();
    let partition = Partition::of(&middles, reach);

    for &wanted in &paints {
        let rings = partition.rings(|spot| paint[spot] == Some(wanted));
        let shape = region.cut(&rings).unwrap_or_else(|| lost(wanted, region, &mut problems));
        let places: BTreeSet<&SiteKey> = spots
            .iter()
            .filter(|spot| spot.paint.as_ref() == Some(wanted))
            .flat_map(|spot| &spot.places)
            .collect();
        let (control, claimed) = wanted.clone();
        if !shape.0.is_empty() {
            ground.areas.push(Area {
                control,
                claimed,
                shape,
                places: places.into_iter().cloned().collect(),
            });
        }
    }
    let known = partition.rings(|spot| paint[spot].is_some());
    ground.unknown = region.without(&known).unwrap_or_else(|| {
        problems.push(Problem::new(Code::NoGround, Locus::Run, "the unknown ground could not be worked out"));
        MultiPolygon(Vec::new())
    });
    ground.fronts = fronts(&partition, &paint, region);
    Checked { value: ground, problems }
}

fn help(code: Code) -> String {
    let row = Code::ALL.iter().find(|(known, ..)| *known == code);
    row.map_or_else(String::new, |(.., way_out)| (*way_out).to_owned())
}

fn lost(paint: &Paint, region: &Region, problems: &mut Vec<Problem>) -> MultiPolygon<f64> {
    let actors: Vec<&str> = paint.0.actors().iter().map(|actor| actor.0.as_str()).collect();
    let message = format!("the ground of {} in {} could not be worked out", actors.join(", "), region.name);
    problems.push(Problem::new(Code::NoGround, Locus::Run, message));
    MultiPolygon(Vec::new())
}

/// The sites in the region, those at one point (to 10 m) taken together, in an order of their own.
fn spots(holdings: &[Held<'_>], region: &Region, problems: &mut Vec<Problem>) -> Vec<Spot> {
    let mut sorted: Vec<(SiteKey, &Held<'_>)> =
        holdings.iter().filter(|held| held.site.is_spot()).map(|held| (held.site.key(), held)).collect();
    sorted.sort_by(|(a, one), (b, other)| {
        (a, one.control, one.claimed).cmp(&(b, other.control, other.claimed))
    });
    let mut at_point: BTreeMap<(i64, i64), (Spot, &str)> = BTreeMap::new();
    for (key, held) in sorted {
        let Some(at) = held.site.at.map(|at| region.projection().flat(at)) else { continue };
        let outside = region.distance(at);
        if outside.0 > ASIDE.0 {
            problems.push(off_map(held.site, outside, region));
            continue;
        }
        let paint = held.control.map(|control| (control.clone(), held.claimed));
        let cell = ((at.x * 100.0).round() as i64, (at.y * 100.0).round() as i64);
        let fresh = || {
            let at = Flat { x: cell.0 as f64 / 100.0, y: cell.1 as f64 / 100.0 };
            (Spot { at, paint: paint.clone(), places: BTreeSet::new() }, held.site.name.as_str())
        };
        let (spot, first) = at_point.entry(cell).or_insert_with(fresh);
        spot.places.insert(key);
        let both = both(spot.paint.take(), paint);
        if both.1 {
            let message = format!(
                "`{first}` and `{}` lie at one point and are held by different sides",
                held.site.name
            );
            let way_out = "the ground there is shown as contested; drop one of the rows";
            problems.push(Problem::new(Code::Disputed, Locus::Run, message).help(way_out));
        }
        spot.paint = both.0;
    }
    at_point.into_values().map(|(spot, _)| spot).collect()
}

/// What a point is painted as when it is painted twice, and whether the two disagree on who is there.
fn both(one: Option<Paint>, other: Option<Paint>) -> (Option<Paint>, bool) {
    match (one, other) {
        (Some((one, first)), Some((other, second))) if one == other => (Some((one, first && second)), false),
        (Some((one, first)), Some((other, second))) => {
            let actors: BTreeSet<_> = one.actors().into_iter().chain(other.actors()).cloned().collect();
            (Some((Control::Contested(actors.into_iter().collect()), first || second)), true)
        }
        (one, other) => (one.or(other), false),
    }
}

fn off_map(site: &Site, outside: Km, region: &Region) -> Problem {
    let at = site.at.map_or_else(String::new, |at| format!(" ({:.3}, {:.3})", at.lat(), at.lon()));
    let message = format!("`{}`{at} lies {:.0} km outside {}", site.name, outside.0, region.name);
    Problem::new(Code::OffMap, Locus::Run, message).help(help(Code::OffMap))
}

/// The borders between cells of different control, pair by pair.
fn fronts(partition: &Partition, paint: &[Option<&Paint>], region: &Region) -> Vec<Front> {
    let mut lines: BTreeMap<(&Control, &Control), BTreeSet<(usize, usize)>> = BTreeMap::new();
    for (a, b) in partition.neighbours() {
        if let (Some((one, _)), Some((other, _))) = (paint[a], paint[b])
            && one != other
        {
            lines.entry((one.min(other), one.max(other))).or_default().insert((a, b));
        }
    }
    let mut fronts = Vec::new();
    for ((one, other), pairs) in lines {
        for line in region.clip(&partition.lines(&pairs)) {
            fronts.push(Front { between: (one.clone(), other.clone()), line });
        }
    }
    fronts
}

#[cfg(test)]
mod tests;
