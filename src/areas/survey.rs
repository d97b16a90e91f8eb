//! From values at settlements to shapes: a day's ground after the other, what stays the same kept.

use super::cells::Partition;
use super::clip::{self, Half, Ring};
use super::contour::{Above, Corner};
use super::fields::{CONTESTED_REACH, Fields, Last, PRESUMED, SOLID};
use super::label::Paint;
use super::{Area, Certainty, Front, Ground, Held, Net, smooth};
use crate::actor::ActorId;
use crate::claim::SiteKey;
use crate::diag::{Checked, Code, Locus, Problem};
use crate::projection::Flat;
use crate::timeline::Control;
use crate::units::{Date, Km};
use geo::{Coord, LineString, MultiPolygon};
use std::collections::{BTreeMap, BTreeSet};

/// No front line is farther than this from a known place of either side. Where both sides are far, a line between them is an
/// accident of where settlements lie.
const FRONT_REACH: Km = Km(35.0);

/// A region's land, piece by piece, each by the rings around it.
type Land = Vec<(Half, Vec<Ring>)>;

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
/// let held = [Held { site: &hama, control: Some(&by), claimed: false }];
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
    /// What is in reach of known places and what is not, and of which places that is so.
    domain: Option<(Vec<u32>, Land, Land)>,
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
        let drawn = self.reach_out(&fields).and_then(|()| {
            let (_, domain, beyond) = self.domain.as_ref()?;
            Some((layers(&fields, self.net, domain)?, beyond))
        });
        let Some((layers, beyond)) = drawn else {
            let message = format!("the ground of {} could not be worked out on {day}", region.name);
            problems.push(Problem::new(Code::NoGround, Locus::Run, message));
            return Checked { value: ground, problems };
        };
        let behind = |paint: &Paint| -> Vec<SiteKey> {
            let labels = fields.labels.values().filter(|label| label.paint.as_ref() == Some(paint));
            labels.flat_map(|label| &label.places).collect::<BTreeSet<_>>().into_iter().cloned().collect()
        };
        for (paint, certainty, land) in &layers.areas {
            let shape = globe(self.net, land);
            if !shape.0.is_empty() {
                let (control, claimed) = paint.clone();
                let places = behind(paint);
                ground.areas.push(Area { control, claimed, certainty: *certainty, shape, places });
            }
        }
        ground
            .areas
            .sort_by(|a, b| (&a.control, a.claimed, a.certainty).cmp(&(&b.control, b.claimed, b.certainty)));
        let unknown: Land = layers
            .rest
            .into_iter()
            .zip(beyond)
            .map(|((half, rest), (_, beyond))| (half, [rest, beyond.clone()].concat()))
            .collect();
        // The two only touch, so by the even-odd rule their rings together are those of both.
        ground.unknown = globe(self.net, &unknown);
        ground.fronts = fronts(&fields, self.net, &layers.disputable);
        Checked { value: ground, problems }
    }

    /// Cuts the land into what is in reach of a known place and what is not.
    fn reach_out(&mut self, fields: &Fields<'_>) -> Option<()> {
        let known = fields.labels.iter().filter(|(_, label)| label.paint.is_some());
        let known: Vec<u32> = known.map(|(point, _)| *point).collect();
        if self.domain.as_ref().is_some_and(|(same, ..)| *same == known) {
            return Some(());
        }
        let rings = discs(self.net, &known, self.net.rules().reach);
        let mut domain = (known, Vec::new(), Vec::new());
        for (half, land) in self.net.region().pieces() {
            let (near, far) = clip::split(land, &rings)?;
            domain.1.push((*half, near));
            domain.2.push((*half, far));
        }
        self.domain = Some(domain);
        Some(())
    }
}

/// The rings around all that is no farther from one of these points than so much.
fn discs(net: &Net, points: &[u32], reach: Km) -> Vec<Ring> {
    let points: Vec<Flat> = points.iter().map(|point| net.points()[*point as usize]).collect();
    Partition::of(&points, reach).rings()
}

/// The region's land in layers.
struct Layers {
    areas: Vec<(Paint, Certainty, Land)>,
    /// What is none of theirs.
    rest: Land,
    /// What two may meet on: all but contested ground.
    disputable: Land,
}

/// Cuts off each layer in turn from what is left, so that none can overlap another.
fn layers(fields: &Fields<'_>, net: &Net, domain: &Land) -> Option<Layers> {
    let mut layers = Layers { areas: Vec::new(), rest: domain.clone(), disputable: Vec::new() };
    let smoothed = |above: &Above<'_>| -> Vec<Ring> {
        above
            .rings(net)
            .iter()
            .map(|corners| smooth::ring(corners, net.points()))
            .filter(|r| r.len() > 2)
            .collect()
    };
    let nobody = || fields.nobody.as_deref();
    let is_contested = |paint: &Paint| matches!(paint.0, Control::Contested(_));
    for (n, (paint, values)) in fields.paints.iter().enumerate() {
        if is_contested(paint) {
            let others = fields.paints.iter().enumerate().filter(|(other, _)| *other != n);
            let low = others.map(|(_, (_, values))| values.as_slice()).chain(nobody()).collect();
            let likeliest = smoothed(&Above { high: values, low, by: 0.0 });
            let here = fields.labels.iter().filter(|(_, label)| label.paint.as_ref() == Some(paint));
            let here: Vec<u32> = here.map(|(point, _)| *point).collect();
            let near = discs(net, &here, CONTESTED_REACH);
            let (likeliest, _) = clip::split(&likeliest, &near)?;
            let (mine, rest) = cut(&layers.rest, &likeliest)?;
            layers.areas.push((paint.clone(), Certainty::Solid, mine));
            layers.rest = rest;
        }
    }
    layers.disputable = layers.rest.clone();
    for (actor, values) in &fields.actors {
        let others = || fields.actors.iter().filter(|(other, _)| other != actor);
        let low = || others().map(|(_, values)| values.as_slice()).chain(nobody()).collect();
        let wide = smoothed(&Above { high: values, low: low(), by: PRESUMED });
        let (mine, rest) = cut(&layers.rest, &wide)?;
        layers.rest = rest;
        let sure = smoothed(&Above { high: values, low: low(), by: SOLID });
        let (solid, presumed) = cut(&mine, &sure)?;
        let paints: Vec<&(Paint, _)> = fields
            .paints
            .iter()
            .filter(|(paint, _)| !is_contested(paint) && paint.0.actors().first() == Some(&actor))
            .collect();
        for (certainty, mut land) in [(Certainty::Solid, solid), (Certainty::Presumed, presumed)] {
            // What is besieged, or only claimed, is apart where its places say more than the actor's other places.
            for (n, (paint, values)) in paints.iter().enumerate().skip(1).rev() {
                let others = paints.iter().enumerate().filter(|(other, _)| *other != n);
                let low = others.map(|(_, (_, values))| values.as_slice()).collect();
                let (apart, rest) = cut(&land, &smoothed(&Above { high: values, low, by: 0.0 }))?;
                layers.areas.push((paint.clone(), certainty, apart));
                land = rest;
            }
            let whole = (Control::Held(actor.clone()), false);
            let paint = paints.first().map_or(whole, |(paint, _)| paint.clone());
            layers.areas.push((paint, certainty, land));
        }
    }
    Some(layers)
}

/// What of land lies within rings, and what does not.
fn cut(land: &Land, rings: &[Ring]) -> Option<(Land, Land)> {
    let (mut inside, mut outside) = (Land::new(), Land::new());
    for (half, land) in land {
        let (within, without) = clip::split(land, rings)?;
        inside.push((*half, within));
        outside.push((*half, without));
    }
    Some((inside, outside))
}

/// Land in degrees.
fn globe(net: &Net, land: &Land) -> MultiPolygon<f64> {
    let region = net.region();
    let shapes = |(half, rings): &(Half, Vec<Ring>)| {
        clip::globe_shapes(region.projection(), *half, &clip::nested(rings))
    };
    MultiPolygon(land.iter().flat_map(shapes).collect())
}

/// The lines where two actors are equally likely, and all others less, on the land where it matters.
fn fronts(fields: &Fields<'_>, net: &Net, land: &Land) -> Vec<Front> {
    let places = places(fields, net);
    let mut lines: BTreeMap<(usize, usize), Vec<Ring>> = BTreeMap::new();
    for (a, (_, values)) in fields.actors.iter().enumerate() {
        let others: Vec<usize> = (0..fields.actors.len()).filter(|b| *b != a).collect();
        // Who is met beyond the others is nobody, and there is no line with him.
        let low =
            others.iter().map(|b| fields.actors[*b].1.as_slice()).chain(fields.nobody.as_deref()).collect();
        for ring in (Above { high: values, low, by: 0.0 }).rings(net) {
            for (b, corners) in stretches(&ring, &others) {
                if a < b {
                    let line = smooth::line(&corners, net.points());
                    lines.entry((a, b)).or_default().extend(faced(&line, [&places[a], &places[b]]));
                }
            }
        }
    }
    let actor = |n: usize| Control::Held(fields.actors[n].0.clone());
    let mut fronts = Vec::new();
    for ((a, b), lines) in lines {
        for (half, land) in land {
            for line in clip::globe_lines(net.region().projection(), *half, clip::lines(land, &lines)) {
                let line = forwards(line);
                let length = super::length(&line);
                fronts.push(Front { between: (actor(a), actor(b)), line, length });
            }
        }
    }
    fronts
}

/// The places of an actor, by squares of [`FRONT_REACH`].
#[derive(Default)]
struct Squares(BTreeMap<(i64, i64), Vec<Flat>>);

impl Squares {
    fn square(at: Flat) -> (i64, i64) {
        ((at.x / FRONT_REACH.0).floor() as i64, (at.y / FRONT_REACH.0).floor() as i64)
    }

    /// Whether one of them is no farther than [`FRONT_REACH`].
    fn reach(&self, at: Flat) -> bool {
        let (x, y) = Self::square(at);
        let close = |place: &Flat| (place.x - at.x).hypot(place.y - at.y) <= FRONT_REACH.0;
        let rows = (x - 1..=x + 1).flat_map(|x| self.0.range((x, y - 1)..=(x, y + 1)));
        rows.flat_map(|(_, places)| places).any(close)
    }
}

/// Where the places are that each actor holds or fights for.
fn places(fields: &Fields<'_>, net: &Net) -> Vec<Squares> {
    let mut all: BTreeMap<&ActorId, Squares> = BTreeMap::new();
    for (point, label) in &fields.labels {
        let at = net.points()[*point as usize];
        for actor in label.paint.iter().flat_map(|paint| paint.0.actors()) {
            all.entry(actor).or_default().0.entry(Squares::square(at)).or_default().push(at);
        }
    }
    fields.actors.iter().map(|(actor, _)| all.remove(actor).unwrap_or_default()).collect()
}

/// The stretches of a line that both sides have a known place near to: two sides that are both far away face nobody there.
fn faced(line: &Ring, sides: [&Squares; 2]) -> Vec<Ring> {
    let mut out: Vec<Ring> = Vec::new();
    let mut goes_on = false;
    for &at in line {
        let is_near = sides.iter().all(|places| places.reach(clip::off_grid(at)));
        match out.last_mut().filter(|_| goes_on && is_near) {
            Some(stretch) => stretch.push(at),
            None if is_near => out.push(vec![at]),
            None => {}
        }
        goes_on = is_near;
    }
    out.retain(|stretch| stretch.len() > 1);
    out
}

/// The stretches of a ring on which one and the same other is met, with who that is; a whole ring ends where it begins.
fn stretches(ring: &[Corner], others: &[usize]) -> Vec<(usize, Vec<Corner>)> {
    let met = |corner: &Corner| corner.meets.and_then(|low| others.get(low)).copied();
    let count = ring.len();
    let turns = |n: usize| met(&ring[n]) != met(&ring[(n + count - 1) % count]);
    let start = (0..count).find(|n| turns(*n));
    let mut all: Vec<(usize, Vec<Corner>)> = Vec::new();
    let mut last = None;
    for n in 0..count {
        let corner = &ring[(start.unwrap_or(0) + n) % count];
        let here = met(corner);
        if let Some(other) = here {
            match all.last_mut() {
                Some((_, line)) if last == here => line.push(*corner),
                _ => all.push((other, vec![*corner])),
            }
        }
        // Where two others take turns, the line of each goes on to the first corner of the next.
        last = here;
    }
    if start.is_none()
        && let Some((_, line)) = all.first_mut()
    {
        line.extend(line.first().copied());
    }
    all.retain(|(_, line)| line.len() > 1);
    all
}

/// A line from its western end.
fn forwards(mut line: LineString<f64>) -> LineString<f64> {
    let ends = |line: &LineString<f64>| line.0.first().copied().zip(line.0.last().copied());
    let order = |a: Coord<f64>, b: Coord<f64>| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y));
    if ends(&line).is_some_and(|(first, last)| order(first, last).is_gt()) {
        line.0.reverse();
    }
    line
}
