//! From values at settlements to shapes: a day's ground after the other, what stays the same kept.

use super::cells::{self, Partition};
use super::clip::{self, Half, Ring};
use super::contour::Above;
use super::fields::{CONTESTED_REACH, Fields, Last, PRESUMED, SOLID};
use super::front::fronts;
use super::label::Paint;
use super::{Area, Certainty, Ground, Held, Net, nest, smooth};
use crate::actor::ActorId;
use crate::claim::SiteKey;
use crate::diag::{Checked, Code, Locus, Problem};
use crate::projection::Flat;
use crate::timeline::Control;
use crate::units::{Date, Km};
use geo::MultiPolygon;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A region's land, piece by piece, each by the rings around it.
pub(super) type Land = Vec<(Half, Vec<Ring>)>;

/// Works out the ground of days of one region, each from what was worked out for the last.
///
/// A day's ground does not depend on the days before it, to the last bit; only the time it takes does. So days may be shared
/// out among threads, a survey for each.
///
/// # Example
/// ```
/// use conflict_map::areas::{Held, Net, Region, Rules, Survey};
/// use conflict_map::{actor::ActorId, basemap::Basemap, gazetteer::Gazetteer};
/// use conflict_map::{claim::Site, timeline::Control, units::Date};
/// let (map, gazetteer) = (Basemap::embedded(), Gazetteer::embedded());
/// let region = Region::countries(&map, &["SY"]).value;
/// let hama = Site::of(&gazetteer.locate("Hama")[0].place);
/// let net = Net::of(region, &map, hama.at, Rules::default());
/// let mut survey = Survey::of(&net);
/// let by = Control::Held(ActorId("rebels".into()));
/// let held = [Held { site: &hama, control: Some(&by), claimed: false, vouched: false }];
/// let ground = survey.ground(Date::constant(2024, 12, 5), &held).value;
/// assert_eq!(ground.areas[0].control, by);
/// let score = survey.fields(&held).value.at(hama.at.unwrap()).unwrap();
/// assert_eq!((score.control, score.score), (Some(by), 1.0));
/// ```
#[derive(Debug)]
pub struct Survey<'n> {
    net: &'n Net,
    sides: BTreeMap<ActorId, ActorId>,
    last: Last,
    /// What is in reach of known places and what is not, and of which points, or of all that these rings bound, that is so.
    domain: Option<(Vec<Flat>, Vec<Ring>, Land, Land)>,
}

impl<'n> Survey<'n> {
    /// A survey that has seen no day.
    #[must_use]
    pub fn of(net: &'n Net) -> Self {
        Self { net, sides: BTreeMap::new(), last: Last::default(), domain: None }
    }

    /// The same, told who fights on whose side: places of one side are no strays among each other.
    #[must_use]
    pub fn allied(self, sides: BTreeMap<ActorId, ActorId>) -> Self {
        Self { sides, ..self }
    }

    /// How many bytes are kept from one day for the next, besides the graph.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.last.bytes()
    }

    /// Spreads what is known of places over the settlement graph.
    ///
    /// # Problems
    /// `off-map` for a place more than 5 km outside the region, unless that is a cutout, `disputed` for two places at one point that are held
    /// differently, `stray-place` for a place set aside because it lies deep in the ground of others.
    pub fn fields(&mut self, held: &[Held<'_>]) -> Checked<Fields<'n>> {
        let sides = &self.sides;
        let side = |actor: &ActorId| sides.get(actor).unwrap_or(actor).clone();
        Fields::of(self.net, held, &side, &mut self.last)
    }

    /// Whose ground is whose on a day.
    ///
    /// # Problems
    /// Those of [`Survey::fields`]; `no-ground` where no place in the region is known to be held, or where a shape could
    /// not be worked out.
    pub fn ground(&mut self, day: Date, held: &[Held<'_>]) -> Checked<Ground> {
        let mut problems = Vec::new();
        let fields = self.fields(held).unload(&mut problems);
        let region = self.net.region();
        let mut ground = Ground {
            day,
            areas: Vec::new(),
            fronts: Vec::new(),
            unknown: region.land.clone(),
            strays: fields.strays.iter().cloned().collect(),
        };
        let reach = self.net.rules().reach;
        if fields.is_empty() || reach.0.is_nan() || reach.0 <= 0.0 {
            let held = held.iter().filter(|held| held.control.is_some()).count();
            let message =
                format!("none of {held} held places is in {}, so no ground can be drawn", region.name);
            problems.push(Problem::new(Code::NoGround, Locus::Run, message));
            return Checked { value: ground, problems };
        }
        let net = self.net;
        let (reached, rings) = rayon::join(|| self.reach_out(&fields), || rings(&fields, net));
        let drawn = reached.and_then(|()| {
            let (.., domain, beyond) = self.domain.as_ref()?;
            Some((layers(&fields, net, rings, domain)?, beyond))
        });
        let Some((layers, beyond)) = drawn else {
            let message = format!("the ground of {} could not be worked out on {day}", region.name);
            problems.push(Problem::new(Code::NoGround, Locus::Run, message));
            return Checked { value: ground, problems };
        };
        let (shapes, fronts) = rayon::join(
            || {
                let areas = layers.areas.par_iter().map(|(.., land)| globe(self.net, land));
                rayon::join(
                    || areas.collect::<Vec<_>>(),
                    || {
                        let both = layers.rest.iter().zip(beyond);
                        globe(
                            self.net,
                            &both.map(|((half, rest), (_, far))| (*half, nest::joined(rest, far))).collect(),
                        )
                    },
                )
            },
            || fronts(&fields, self.net, &layers.disputable),
        );
        (ground.unknown, ground.fronts) = (shapes.1, fronts);
        let behind = self.behind(&fields);
        for ((paint, certainty, _), shape) in layers.areas.iter().zip(shapes.0) {
            if !shape.0.is_empty() {
                let (control, claimed) = paint.clone();
                let places = behind.get(paint).cloned().unwrap_or_default();
                ground.areas.push(Area { control, claimed, certainty: *certainty, shape, places });
            }
        }
        ground
            .areas
            .sort_by(|a, b| (&a.control, a.claimed, a.certainty).cmp(&(&b.control, b.claimed, b.certainty)));
        Checked { value: ground, problems }
    }

    /// The places behind each paint.
    fn behind<'f>(&self, fields: &'f Fields<'_>) -> BTreeMap<&'f Paint, Arc<[SiteKey]>> {
        let paints = fields.paints.iter().map(|(paint, _)| paint);
        let numbers: BTreeMap<&Paint, u32> = paints.clone().zip(0..).collect();
        let mut group = vec![None; self.net.len()];
        for (point, label) in &fields.labels {
            group[*point as usize] = label.paint.as_deref().and_then(|paint| numbers.get(paint)).copied();
        }
        paints.zip(self.last.register.grouped(numbers.len(), &group)).collect()
    }

    /// Cuts the land into what is in reach of a known place and what is not.
    fn reach_out(&mut self, fields: &Fields<'_>) -> Option<()> {
        let known = fields.labels.iter().filter(|(_, label)| label.paint.is_some());
        let known: Vec<Flat> = known.map(|(point, _)| self.net.points()[*point as usize]).collect();
        let reach = self.net.rules().reach;
        let known = cells::needed(&known, reach);
        if self.domain.as_ref().is_some_and(|(same, ..)| *same == known) {
            return Some(());
        }
        let rings = Partition::of(&known, reach).rings();
        if let Some(domain) = self.domain.as_mut().filter(|domain| domain.1 == rings) {
            domain.0 = known;
            return Some(());
        }
        let (mut near, mut far) = (Land::new(), Land::new());
        for (half, land) in self.net.region().pieces() {
            let (within, beyond) = nest::split(land, &rings)?;
            near.push((*half, within));
            far.push((*half, beyond));
        }
        let domain = (known, rings, near, far);
        self.domain = Some(domain);
        Some(())
    }
}

/// The rings around all that is no farther from one of these points than so much.
fn discs(net: &Net, points: &[u32], reach: Km) -> Vec<Ring> {
    let points: Vec<Flat> = points.iter().map(|point| net.points()[*point as usize]).collect();
    Partition::of(&cells::needed(&points, reach), reach).rings()
}

/// The region's land in layers.
struct Layers {
    areas: Vec<(Paint, Certainty, Land)>,
    /// What is none of theirs.
    rest: Land,
    /// What two may meet on: all but contested ground.
    disputable: Land,
}

/// The smoothed rings around a set.
fn smoothed(above: &Above<'_>, net: &Net) -> Vec<Ring> {
    let rings = above.rings(net);
    let rings = rings.iter().map(|corners| smooth::ring(corners, net.points()));
    rings.filter(|ring| ring.len() > 2).collect()
}

fn is_contested(paint: &Paint) -> bool {
    matches!(paint.0, Control::Contested(_))
}

/// For each actor the rings around the ground that is at least presumed to be his, and around what surely is.
fn rings(fields: &Fields<'_>, net: &Net) -> Vec<[Vec<Ring>; 2]> {
    let of_actor = |(actor, values): &(ActorId, Vec<f64>)| {
        let others = fields.actors.iter().filter(|(other, _)| other != actor);
        let low = others.map(|(_, values)| values.as_slice()).chain(fields.nobody.as_deref());
        let low: Vec<&[f64]> = low.collect();
        let [wide, sure] = [PRESUMED, SOLID].map(|by| Above { high: values, low: low.clone(), by });
        let (wide, sure) = rayon::join(|| smoothed(&wide, net), || smoothed(&sure, net));
        [wide, sure]
    };
    fields.actors.par_iter().map(of_actor).collect()
}

/// Cuts off each layer in turn from what is left, so that none can overlap another.
fn layers(fields: &Fields<'_>, net: &Net, rings: Vec<[Vec<Ring>; 2]>, domain: &Land) -> Option<Layers> {
    let mut layers = Layers { areas: Vec::new(), rest: domain.clone(), disputable: Vec::new() };
    let nobody = || fields.nobody.as_deref();
    for (n, (paint, values)) in fields.paints.iter().enumerate() {
        if is_contested(paint) {
            let others = fields.paints.iter().enumerate().filter(|(other, _)| *other != n);
            let low = others.map(|(_, (_, values))| values.as_slice()).chain(nobody()).collect();
            let likeliest = smoothed(&Above { high: values, low, by: 0.0 }, net);
            let here = fields.labels.iter().filter(|(_, label)| label.paint.as_deref() == Some(paint));
            let here: Vec<u32> = here.map(|(point, _)| *point).collect();
            let near = discs(net, &here, CONTESTED_REACH);
            let (likeliest, _) = nest::split(&likeliest, &near)?;
            let (mine, rest) = cut(&layers.rest, &likeliest)?;
            layers.areas.push((paint.clone(), Certainty::Solid, mine));
            layers.rest = rest;
        }
    }
    layers.disputable.clone_from(&layers.rest);
    let mut wide: Vec<Land> = Vec::new();
    for [presumed, _] in &rings {
        let (mine, rest) = cut(&layers.rest, presumed)?;
        layers.rest = rest;
        wide.push(mine);
    }
    let areas: Option<Vec<Vec<(Paint, Certainty, Land)>>> = fields
        .actors
        .par_iter()
        .zip(rings)
        .zip(wide)
        .map(|(((actor, _), [_, solid]), wide)| of_actor(fields, net, actor, &wide, &solid))
        .collect();
    layers.areas.extend(areas?.into_iter().flatten());
    Some(layers)
}

/// The layers of an actor's ground, of which that within `sure` is solid.
fn of_actor(
    fields: &Fields<'_>,
    net: &Net,
    actor: &ActorId,
    ground: &Land,
    sure: &[Ring],
) -> Option<Vec<(Paint, Certainty, Land)>> {
    let (solid, presumed) = cut(ground, sure)?;
    let paints = fields.paints.iter();
    let paints: Vec<&(Paint, _)> = paints
        .filter(|(paint, _)| !is_contested(paint) && paint.0.actors().first() == Some(&actor))
        .collect();
    let mut areas = Vec::new();
    for (certainty, mut land) in [(Certainty::Solid, solid), (Certainty::Presumed, presumed)] {
        // What is besieged, or only claimed, is apart where its places say more than the actor's other places.
        for (n, (paint, values)) in paints.iter().enumerate().skip(1).rev() {
            let others = paints.iter().enumerate().filter(|(other, _)| *other != n);
            let low = others.map(|(_, (_, values))| values.as_slice()).collect();
            let (apart, rest) = cut(&land, &smoothed(&Above { high: values, low, by: 0.0 }, net))?;
            areas.push((paint.clone(), certainty, apart));
            land = rest;
        }
        let whole = (Control::Held(actor.clone()), false);
        let paint = paints.first().map_or(whole, |(paint, _)| paint.clone());
        areas.push((paint, certainty, land));
    }
    Some(areas)
}

/// What of land lies within rings, and what does not.
fn cut(land: &Land, rings: &[Ring]) -> Option<(Land, Land)> {
    let (mut inside, mut outside) = (Land::new(), Land::new());
    for (half, land) in land {
        let (within, without) = nest::split(land, rings)?;
        inside.push((*half, within));
        outside.push((*half, without));
    }
    Some((inside, outside))
}

/// Land in degrees.
fn globe(net: &Net, land: &Land) -> MultiPolygon<f64> {
    let region = net.region();
    let shapes = |(half, rings): &(Half, Vec<Ring>)| {
        clip::globe_shapes(region.projection(), *half, &nest::nested(rings))
    };
    MultiPolygon(land.iter().flat_map(shapes).collect())
}
