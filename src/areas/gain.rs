//! What moved from one day to another: ground, place by place and in square kilometres.

use super::{Area, Certainty, Ground};
use crate::actor::ActorId;
use crate::claim::SiteKey;
use crate::timeline::Control;
use geo::{BooleanOps, GeodesicArea, LineString, MultiPolygon, Polygon};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Ground that passed from one to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Who was likely to hold it before; `None` for ground that was contested, unknown or too far from any place.
    pub from: Option<ActorId>,
    /// Who is likely to hold it after.
    pub to: Option<ActorId>,
    /// How much that is, on the ellipsoid (WGS 84).
    ///
    /// # Units
    /// Square kilometres.
    pub area: f64,
    /// The places behind the new ground that were not behind ground of the same actor before, sorted. For a loss to nobody
    /// known, those that were.
    pub places: Vec<SiteKey>,
}

/// The ground that passed from each to each between two days of one region, the greatest first. Solid and presumed ground count
/// alike, besieged ground is the holder's; less than a hundredth of a square kilometre is no ground.
///
/// # Example
/// ```
/// use conflict_map::areas::{Held, Net, Region, Rules, Survey, between};
/// use conflict_map::{actor::ActorId, basemap::Basemap, gazetteer::Gazetteer};
/// use conflict_map::{claim::Site, timeline::Control, units::Date};
/// let (map, gazetteer) = (Basemap::embedded(), Gazetteer::embedded());
/// let hama = Site::of(&gazetteer.locate("Hama")[0].place);
/// let net = Net::of(Region::countries(&map, &["SY"]).value, &map, hama.at, Rules::default());
/// let ground = |day, actor: &str| {
///     let by = Control::Held(ActorId(actor.to_owned()));
///     Survey::of(&net).ground(day, &[Held { site: &hama, control: Some(&by), claimed: false, vouched: false }]).value
/// };
/// let before = ground(Date::constant(2024, 12, 4), "army");
/// let gains = between(&before, &ground(Date::constant(2024, 12, 5), "rebels"));
/// assert_eq!(gains.len(), 1);
/// assert_eq!((gains[0].from.clone().unwrap().0, gains[0].to.clone().unwrap().0), ("army".into(), "rebels".into()));
/// assert!((gains[0].area / 7850.0 - 1.0).abs() < 0.1, "a disc of 50 km, less what is abroad: {}", gains[0].area);
/// ```
#[must_use]
pub fn between(before: &Ground, after: &Ground) -> Vec<Gain> {
    let (old, new) = (of_actors(before), of_actors(after));
    let mut gains = Vec::new();
    let mut push = |from: Option<&ActorId>, to: Option<&ActorId>, shape: &MultiPolygon<f64>, places| {
        let area = square_km(shape);
        if area >= 0.01 {
            gains.push(Gain { from: from.cloned(), to: to.cloned(), area, places });
        }
    };
    for (to, (shape, places)) in &new {
        let own = old.get(to);
        let fresh: Vec<SiteKey> = places
            .iter()
            .filter(|place| own.is_none_or(|(_, had)| !had.contains(*place)))
            .map(|place| (*place).clone())
            .collect();
        let mut won = own.map_or_else(|| shape.clone(), |(had, _)| without(shape, had));
        for (from, (had, lost)) in old.iter().filter(|(from, _)| from != &to) {
            let passed = common(&won, had);
            let places = fresh.iter().filter(|place| lost.contains(place)).cloned().collect();
            push(Some(from), Some(to), &passed, places);
            won = without(&won, had);
        }
        let places = fresh.iter().filter(|place| !old.values().any(|(_, had)| had.contains(place)));
        push(None, Some(to), &won, places.cloned().collect());
    }
    for (from, (had, places)) in &old {
        let left = new.values().fold(had.clone(), |left, (shape, _)| without(&left, shape));
        let lost = places.iter().filter(|place| !new.values().any(|(_, has)| has.contains(*place)));
        push(Some(from), None, &left, lost.map(|place| (*place).clone()).collect());
    }
    gains.sort_by(|a, b| b.area.total_cmp(&a.area).then((&a.from, &a.to).cmp(&(&b.from, &b.to))));
    gains
}

/// The ground that each surely holds after, and neither held nor was presumed to hold before; what is only claimed is left
/// out. In degrees.
#[must_use]
pub fn gained(before: &Ground, after: &Ground) -> Vec<(ActorId, MultiPolygon<f64>)> {
    let mut all: BTreeMap<&ActorId, MultiPolygon<f64>> = BTreeMap::new();
    let is_sure = |area: &&Area| area.certainty == Certainty::Solid && !area.claimed;
    for Area { control, shape, .. } in after.areas.iter().filter(is_sure) {
        let Control::Held(actor) = control else { continue };
        let mine = |area: &&Area| match &area.control {
            Control::Held(by) | Control::Besieged { holder: by, .. } => by == actor,
            Control::Contested(_) => false,
        };
        let own = before.areas.iter().filter(mine);
        if own.clone().any(|had| had.shape == *shape) {
            continue;
        }
        let won = own.fold(shape.clone(), |left, had| without(&left, &had.shape));
        all.entry(actor).or_insert_with(|| MultiPolygon(Vec::new())).0.extend(won.0);
    }
    all.into_iter().map(|(actor, shape)| (actor.clone(), shape)).collect()
}

/// The size of a shape in degrees, on the ellipsoid (WGS 84); antimeridian and poles included.
///
/// # Units
/// Square kilometres. Method: Karney, *Algorithms for geodesics*, J. Geodesy 87 (2013), section 6.
#[must_use]
pub fn square_km(shape: &MultiPolygon<f64>) -> f64 {
    // Ring by ring and without its direction: that of one that touches itself is not told from its lowest point.
    let ring =
        |ring: &LineString<f64>| Polygon::new(ring.clone(), Vec::new()).geodesic_area_signed().abs() / 1e6;
    let size =
        |polygon: &Polygon<f64>| ring(polygon.exterior()) - polygon.interiors().iter().map(ring).sum::<f64>();
    shape.iter().map(size).sum()
}

/// The ground of each actor and the places behind it.
fn of_actors(ground: &Ground) -> BTreeMap<&ActorId, (MultiPolygon<f64>, BTreeSet<&SiteKey>)> {
    let mut all: BTreeMap<&ActorId, (MultiPolygon<f64>, BTreeSet<&SiteKey>)> = BTreeMap::new();
    for Area { control, shape, places, .. } in &ground.areas {
        if let Control::Held(actor) | Control::Besieged { holder: actor, .. } = control {
            let (sum, behind) =
                all.entry(actor).or_insert_with(|| (MultiPolygon(Vec::new()), BTreeSet::new()));
            *sum = if sum.0.is_empty() { shape.clone() } else { joined(sum, shape) };
            behind.extend(places.iter());
        }
    }
    all
}

fn joined(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    safely(|| a.union(b))
}

fn common(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    if a.0.is_empty() || b.0.is_empty() { MultiPolygon(Vec::new()) } else { safely(|| a.intersection(b)) }
}

fn without(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    if a.0.is_empty() || b.0.is_empty() { a.clone() } else { safely(|| a.difference(b)) }
}

/// Nothing where the overlay panics: none is known to, but none may take the program down.
fn safely(work: impl FnOnce() -> MultiPolygon<f64>) -> MultiPolygon<f64> {
    let shape = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| MultiPolygon(Vec::new()));
    MultiPolygon(shape.0.into_iter().filter(|polygon| polygon.exterior().0.len() >= 4).collect())
}
