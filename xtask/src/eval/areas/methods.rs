//! The methods that are compared.

use super::borders::Country;
use conflict_map::actor::ActorId;
use conflict_map::areas::{Held, REACH, SOLID, Survey};
use conflict_map::claim::{GeoPrecision, Site};
use conflict_map::gazetteer::Kind;
use conflict_map::projection::Flat;
use conflict_map::timeline::Control;
use spade::{DelaunayTriangulation, HasPosition, Point2, Triangulation};

/// How ground is given to sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Method {
    /// To that of the nearest known place.
    Nearest,
    /// By natural neighbour interpolation (Sibson 1981) of ±1; outside the hull to the nearest.
    Natural,
    /// By ours, rivers left out.
    Harmonic,
    /// By ours.
    Rivers,
}

/// What a method says of a point.
#[derive(Clone, Copy)]
pub(super) struct Answer {
    pub(super) side: bool,
    pub(super) is_solid: bool,
}

/// What a method says of a country.
pub(super) struct Drawn {
    pub(super) cells: Vec<Answer>,
    pub(super) places: Vec<bool>,
}

struct Known {
    at: Point2<f64>,
    side: bool,
}

impl HasPosition for Known {
    type Scalar = f64;
    fn position(&self) -> Point2<f64> {
        self.at
    }
}

impl Method {
    pub(super) const ALL: [Self; 4] = [Self::Nearest, Self::Natural, Self::Harmonic, Self::Rivers];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Nearest => "nearest place",
            Self::Natural => "natural neighbour",
            Self::Harmonic => "harmonic",
            Self::Rivers => "harmonic + rivers",
        }
    }

    pub(super) fn draw(self, country: &Country, labels: &[Option<bool>]) -> Drawn {
        match self {
            Self::Nearest | Self::Natural => between(country, labels, self == Self::Natural),
            Self::Harmonic => harmonic(country, labels, 0),
            Self::Rivers => harmonic(country, labels, 1),
        }
    }
}

/// The known places, to find those around a point.
fn known(country: &Country, labels: &[Option<bool>]) -> DelaunayTriangulation<Known> {
    let known = country
        .flat
        .iter()
        .zip(labels)
        .filter_map(|(at, label)| Some(Known { at: Point2::new(at.x, at.y), side: (*label)? }));
    DelaunayTriangulation::bulk_load(known.collect()).unwrap_or_default()
}

fn between(country: &Country, labels: &[Option<bool>], is_natural: bool) -> Drawn {
    let net = known(country, labels);
    let natural = net.natural_neighbor();
    let value = |side: bool| if side { 1.0 } else { -1.0 };
    let side = |at: Flat| {
        let at = Point2::new(at.x, at.y);
        let smooth = (is_natural && net.num_inner_faces() > 0)
            .then(|| natural.interpolate(|vertex| value(vertex.data().side), at))
            .flatten();
        smooth.map_or_else(
            || net.num_vertices() > 0 && net.nearest_neighbor(at).is_some_and(|vertex| vertex.data().side),
            |value: f64| value > 0.0,
        )
    };
    Drawn {
        cells: country.raster.iter().map(|(at, _)| Answer { side: side(*at), is_solid: true }).collect(),
        places: country.flat.iter().map(|at| side(*at)).collect(),
    }
}

fn harmonic(country: &Country, labels: &[Option<bool>], net: usize) -> Drawn {
    let controls = ["first", "second"].map(|name| Control::Held(ActorId(name.to_owned())));
    let sites: Vec<Site> = country
        .places
        .iter()
        .enumerate()
        .map(|(n, at)| {
            let name = format!("place {n}");
            let mut site = Site::unplaced(&name, None, Kind::Village, GeoPrecision::Place);
            site.at = Some(*at);
            site
        })
        .collect();
    let held: Vec<Held<'_>> = sites
        .iter()
        .zip(labels)
        .filter_map(|(site, label)| {
            let control = Some(&controls[usize::from((*label)?)]);
            Some(Held { site, control, claimed: false, vouched: false })
        })
        .collect();
    let fields = Survey::of(&country.nets[net]).fields(&held).value;
    let said = |at| {
        let (actor, score) = fields.likeliest(at)?;
        Some((actor.0 == "second", score))
    };
    // Ground farther than this from every known place is never shown as solid.
    let known = known(country, labels);
    let is_near = |at: Flat| {
        let nearest = known.nearest_neighbor(Point2::new(at.x, at.y));
        nearest.is_some_and(|place| {
            let there = place.position();
            (there.x - at.x).hypot(there.y - at.y) <= REACH.0
        })
    };
    Drawn {
        cells: country
            .raster
            .iter()
            .map(|(flat, at)| {
                let (side, score) = said(*at).unwrap_or_default();
                Answer { side, is_solid: score >= SOLID && is_near(*flat) }
            })
            .collect(),
        places: country.places.iter().map(|at| said(*at).is_some_and(|(side, _)| side)).collect(),
    }
}
