//! A baseline drawn as polygons: GeoJSON of anybody's making, or the `areas.geojson` of an earlier run.

use super::{Control, Ground, Holding};
use crate::actor::ActorId;
use crate::claim::Site;
use crate::diag::{Checked, Code, Locus, Problem, grouped, short};
use crate::table::split;
use crate::units::Date;
use geo::indexed::IntervalTreeMultiPolygon;
use geo::{BoundingRect, Contains, Coord, Intersects, MultiPolygon, Rect};
use geojson::{Feature, FeatureCollection, GeoJson, JsonObject};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

mod repair;

/// Ground that a baseline gives to an actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Territory {
    /// Who held it.
    pub control: Control,
    /// Its shape in degrees (x longitude, y latitude), valid.
    pub shape: MultiPolygon<f64>,
    /// As of which day, if the file says.
    pub as_of: Option<Date>,
    /// Whether an earlier run only presumed so.
    pub presumed: bool,
    /// Where that is known from.
    pub source: String,
    /// The file.
    pub at: Locus,
    /// Which of its features it is, from 1.
    pub feature: usize,
}

/// Names of the property that says whose a polygon is, the best first. Compared without case, spaces, `-` and `_` alike.
pub const ACTOR: &[&str] = &[
    "actor_id",
    "actor",
    "held_by",
    "controlled_by",
    "controller",
    "holder",
    "occupier",
    "owner",
    "control",
    "party",
    "faction",
    "side",
    "belligerent",
    "force",
    "group",
    "name",
];
/// The same for the day it was so.
const AS_OF: &[&str] = &["as_of", "asof", "date", "day", "valid_from", "updated"];
/// The same for where that is known from.
const SOURCE: &[&str] = &["source", "sources", "publisher", "credit"];

/// Whether bytes look like GeoJSON and not like a table.
#[must_use]
pub fn is_geojson(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// Reads polygons with the actor who holds each.
///
/// A feature is a `Polygon`, a `MultiPolygon`, or a collection of these; heights are ignored. Its actor is the first of the
/// properties in [`ACTOR`] that it has, as text or number. `as_of` (or `date`, `day`, …) says for which day it is; else a member
/// of that name beside the features does. A list of actors with `;` between is contested ground.
///
/// `areas.geojson` of an earlier run is known by its `start`, `end` and `control`: of it the ground of its last day is taken, as
/// of that day; what it only claims or presumes (`certainty`) stays presumed.
///
/// # Problems
/// `bad-table` for what is no GeoJSON, or not in degrees; `bad-polygon` for a feature with no actor, no polygon or a ring that
/// crosses itself (which is repaired by the even-odd rule where anything is left), `bad-date` for a day that is none.
///
/// # Example
/// ```
/// use conflict_map::{actor::ActorId, timeline::polygons};
/// let text = r#"{"type":"Feature","properties":{"Held by":"Army","date":"2024-11-26"},"geometry":{"type":"Polygon",
///     "coordinates":[[[36,35],[37,35],[37,36],[36,36],[36,35]]]}}"#;
/// let ground = polygons::read("front.geojson", text.as_bytes(), &|name| ActorId(name.to_lowercase()));
/// assert_eq!(ground.problems, []);
/// assert_eq!(ground.value[0].control.actors()[0].0, "army");
/// ```
#[must_use]
pub fn read(name: &str, bytes: &[u8], actor: &dyn Fn(&str) -> ActorId) -> Checked<Vec<Territory>> {
    let mut reader = Reader { name, actor, problems: Vec::new(), value: Vec::new() };
    match parsed(bytes) {
        Ok(collection) => reader.all(&collection),
        Err(error) => reader.whole(format!("this is no GeoJSON: {}", short(&error))),
    }
    Checked { value: reader.value, problems: reader.problems }
}

fn parsed(bytes: &[u8]) -> Result<FeatureCollection, String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    let of = |features| FeatureCollection { bbox: None, features, foreign_members: None };
    let feature = |geometry| Feature {
        bbox: None,
        geometry: Some(geometry),
        id: None,
        properties: None,
        foreign_members: None,
    };
    match text.parse::<GeoJson>().map_err(|error| error.to_string())? {
        GeoJson::FeatureCollection(collection) => Ok(collection),
        GeoJson::Feature(feature) => Ok(of(vec![feature])),
        GeoJson::Geometry(geometry) => Ok(of(vec![feature(geometry)])),
    }
}

/// The value of the first of these properties that an object has.
fn property<'a>(object: Option<&'a JsonObject>, names: &[&str]) -> Option<&'a Value> {
    let plain = |name: &str| name.trim().to_lowercase().replace([' ', '-'], "_");
    let object = object?;
    let find = |name: &&str| {
        let of_name = |(key, value): &(&String, &Value)| plain(key) == **name && words(value).is_some();
        object.iter().find(of_name).map(|(_, value)| value)
    };
    names.iter().find_map(find)
}

/// A value in words: text and numbers have some.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => {
            let list: Vec<String> = list.iter().filter_map(words).collect();
            (!list.is_empty()).then(|| list.join(";"))
        }
        _ => None,
    }
}

fn text(object: Option<&JsonObject>, names: &[&str]) -> Option<String> {
    property(object, names).and_then(words)
}

struct Reader<'a> {
    name: &'a str,
    actor: &'a dyn Fn(&str) -> ActorId,
    problems: Vec<Problem>,
    value: Vec<Territory>,
}

impl Reader<'_> {
    fn at(&self) -> Locus {
        Locus::File(self.name.to_owned())
    }

    fn whole(&mut self, message: String) {
        let help =
            "give a FeatureCollection of polygons in degrees (WGS 84), or a table with `place` and `actor`";
        self.problems.push(Problem::new(Code::BadTable, self.at(), message).help(help));
    }

    fn bad(&mut self, message: String) {
        self.problems.push(Problem::new(Code::BadPolygon, self.at(), message));
    }

    fn all(&mut self, collection: &FeatureCollection) {
        if let Some(system) = foreign(collection.foreign_members.as_ref()) {
            self.whole(format!("its coordinates are in `{}`, not in degrees of WGS 84", short(&system)));
            return;
        }
        if collection.features.is_empty() {
            self.whole("it holds no feature".to_owned());
            return;
        }
        let file_day = self.day(collection.foreign_members.as_ref(), "the file");
        let source = text(collection.foreign_members.as_ref(), SOURCE);
        let ours = last_day(&collection.features);
        let mut lacking: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, feature) in collection.features.iter().enumerate() {
            let properties = feature.properties.as_ref();
            if ours.is_some_and(|day| !lasts(properties, day)) {
                continue;
            }
            let Some(geometry) = &feature.geometry else {
                lacking.entry("no geometry").or_default().push(i + 1);
                continue;
            };
            let Some(shape) = repair::polygons(geometry) else {
                lacking.entry("no polygon").or_default().push(i + 1);
                continue;
            };
            let Some(control) = self.control(properties) else {
                lacking.entry("no property that names its actor").or_default().push(i + 1);
                continue;
            };
            let of = control.actors().first().map_or_else(String::new, |actor| actor.0.clone());
            let shape = match repair::valid(&shape) {
                Ok(shape) => shape,
                Err(repair::Fault::Crosses { at, kept }) => {
                    let message = format!(
                        "the polygon of feature {} ({}) crosses itself near {:.4}, {:.4}: it was repaired by the even-odd rule",
                        i + 1,
                        short(&of),
                        at.y,
                        at.x
                    );
                    self.bad(message);
                    kept
                }
                Err(repair::Fault::Empty) => {
                    self.bad(format!("the polygon of feature {} ({}) has no area", i + 1, short(&of)));
                    continue;
                }
                Err(repair::Fault::Off(at)) => {
                    let message = format!(
                        "the polygon of feature {} ({}) has a corner at {}, {}, which is no longitude and latitude",
                        i + 1,
                        short(&of),
                        at.x,
                        at.y
                    );
                    self.bad(message);
                    continue;
                }
            };
            let own_day = self.day(properties, &format!("feature {}", i + 1));
            let presumed = ours.is_some() && is_presumed(properties);
            let file = self.name.rsplit(['/', '\\']).next().unwrap_or(self.name);
            let source = text(properties, SOURCE).or_else(|| source.clone());
            self.value.push(Territory {
                control,
                shape,
                as_of: own_day.or(ours).or(file_day),
                presumed,
                source: source.map_or_else(|| file.to_owned(), |source| format!("{file}: {source}")),
                at: self.at(),
                feature: i + 1,
            });
        }
        for (what, features) in lacking {
            self.lacking(what, &features, collection);
        }
    }

    /// Tells once what several features lack.
    fn lacking(&mut self, what: &str, features: &[usize], collection: &FeatureCollection) {
        let mut list = features.iter().take(5).map(ToString::to_string).collect::<Vec<_>>().join(", ");
        if features.len() > 5 {
            let _ = write!(list, " and {} more", features.len() - 5);
        }
        let plural = if features.len() == 1 { "feature" } else { "features" };
        let has = if features.len() == 1 { "has" } else { "have" };
        let mut problem = Problem::new(
            Code::BadPolygon,
            self.at(),
            format!("{plural} {list} {has} {what} and cannot be used"),
        );
        if what.contains("actor") {
            let first = features.first().and_then(|first| collection.features.get(first - 1));
            let keys: Vec<&str> = first
                .and_then(|feature| feature.properties.as_ref())
                .into_iter()
                .flat_map(|properties| properties.keys().map(String::as_str))
                .take(12)
                .collect();
            let has = if keys.is_empty() { "nothing".to_owned() } else { short(&keys.join(", ")) };
            problem = problem.help(format!(
                "give each polygon a property `actor` (or one of {}); this one has {has}",
                ACTOR[2..8].join(", ")
            ));
        }
        self.problems.push(problem);
    }

    fn control(&self, properties: Option<&JsonObject>) -> Option<Control> {
        let kind = text(properties, &["control"]).map(|kind| kind.to_lowercase());
        let is_kind = matches!(kind.as_deref(), Some("held" | "contested" | "besieged"));
        let names: Vec<&str> =
            ACTOR.iter().copied().filter(|name| !(is_kind && *name == "control")).collect();
        let mut actors: Vec<ActorId> =
            split(&text(properties, &names)?).iter().map(|name| (self.actor)(name)).collect();
        let by = text(properties, &["besieged_by"]).map(|name| (self.actor)(&name));
        match (kind.as_deref(), actors.as_slice()) {
            (_, []) => None,
            (Some("besieged"), [holder, ..]) => Some(Control::Besieged { holder: holder.clone(), by }),
            (Some("contested"), _) | (_, [_, _, ..]) => {
                actors.sort();
                actors.dedup();
                Some(Control::Contested(actors))
            }
            (_, [one]) => Some(Control::Held(one.clone())),
        }
    }

    fn day(&mut self, object: Option<&JsonObject>, of: &str) -> Option<Date> {
        let words = text(object, AS_OF)?;
        let day = crate::report::parse_date(&words);
        if day.is_none() {
            let message = format!("the date `{}` of {of} is no day", short(&words));
            self.problems.push(Problem::new(Code::BadDate, self.at(), message));
        }
        day
    }
}

/// The coordinate reference system that a file names, where it is not the one of GeoJSON.
fn foreign(members: Option<&JsonObject>) -> Option<String> {
    let name = members?.get("crs")?.get("properties")?.get("name")?.as_str()?;
    let is_degrees = ["CRS84", "EPSG::4326", "EPSG:4326", "CRS:84"].iter().any(|end| name.ends_with(end));
    (!is_degrees).then(|| name.to_owned())
}

fn stated(properties: Option<&JsonObject>, name: &str) -> Option<Date> {
    properties?.get(name)?.as_str().and_then(crate::report::parse_date)
}

/// The last day that the areas of an earlier run were made for: the last on which some of them begin.
fn last_day(features: &[Feature]) -> Option<Date> {
    let is_ours = |feature: &&Feature| {
        let has = |name| feature.properties.as_ref().is_some_and(|properties| properties.contains_key(name));
        has("start") && has("end") && has("actor_id") && has("control")
    };
    features.iter().filter(is_ours).filter_map(|feature| stated(feature.properties.as_ref(), "start")).max()
}

/// Whether an area of an earlier run is one of this day.
fn lasts(properties: Option<&JsonObject>, day: Date) -> bool {
    let (start, end) = (stated(properties, "start"), stated(properties, "end"));
    start.is_some_and(|start| start <= day) && end.is_none_or(|end| day < end)
}

/// Whether an area of an earlier run is less than certain.
fn is_presumed(properties: Option<&JsonObject>) -> bool {
    let certainty = text(properties, &["certainty"]);
    let claimed = properties.and_then(|properties| properties.get("claimed")).and_then(Value::as_bool);
    certainty.is_some_and(|certainty| certainty != "solid") || claimed == Some(true)
}

/// A territory made ready to be asked what lies in it.
struct Indexed<'a> {
    territory: &'a Territory,
    bounds: Rect<f64>,
    tree: IntervalTreeMultiPolygon<f64>,
}

impl<'a> Indexed<'a> {
    fn of(territory: &'a Territory) -> Option<Self> {
        let bounds = territory.shape.bounding_rect()?;
        Some(Self { territory, bounds, tree: IntervalTreeMultiPolygon::new(&territory.shape) })
    }

    /// Whether a point lies inside, on whichever turn of the world the shape was drawn.
    fn has(&self, at: Coord<f64>) -> bool {
        [0.0, 360.0, -360.0].iter().any(|turn| {
            let at = Coord { x: at.x + turn, y: at.y };
            self.bounds.intersects(&at) && self.tree.contains(&at)
        })
    }
}

/// Who held each settlement, by the territory it lies in; those in none are left out.
///
/// Time grows with the number of settlements and the logarithm of the number of corners.
///
/// # Problems
/// `baseline-conflict`, once for two polygons that give settlements to different actors on one day, and `bad-polygon` for one
/// that holds no settlement. What of several is believed is settled by [`Timeline::of`](super::Timeline::of).
#[must_use]
pub fn label(
    territories: &[Territory],
    settlements: impl IntoIterator<Item = Site>,
) -> Checked<Vec<Holding>> {
    let indexed: Vec<Indexed<'_>> = territories.iter().filter_map(Indexed::of).collect();
    let mut holdings = Vec::new();
    let mut overlaps: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for site in settlements {
        let Some(at) = site.at.map(|at| Coord { x: at.lon(), y: at.lat() }) else { continue };
        // A place of several tables is one.
        if !seen.insert(site.key()) {
            continue;
        }
        let within: Vec<usize> = (0..indexed.len()).filter(|i| indexed[*i].has(at)).collect();
        for (n, &i) in within.iter().enumerate() {
            let territory = indexed[i].territory;
            used.insert(i);
            let clash = within[..n].iter().copied().find(|&other| {
                let other = indexed[other].territory;
                other.as_of == territory.as_of && other.control != territory.control
            });
            if let Some(other) = clash {
                overlaps.entry((other, i)).or_default().push(site.name.clone());
            }
            holdings.push(Holding {
                site: site.clone(),
                control: territory.control.clone(),
                as_of: territory.as_of,
                source: territory.source.clone(),
                basis: if territory.presumed { Ground::Presumed } else { Ground::Within },
                at: territory.at.clone(),
            });
        }
    }
    Checked { value: holdings, problems: told(&indexed, &overlaps, &used) }
}

fn told(
    indexed: &[Indexed<'_>],
    overlaps: &BTreeMap<(usize, usize), Vec<String>>,
    used: &BTreeSet<usize>,
) -> Vec<Problem> {
    let whose = |i: usize| {
        let territory = indexed[i].territory;
        let actors: Vec<&str> = territory.control.actors().iter().map(|actor| actor.0.as_str()).collect();
        format!("feature {} ({})", territory.feature, short(&actors.join(" and ")))
    };
    let mut problems = Vec::new();
    for ((one, other), places) in overlaps {
        let first = places.first().map_or("", String::as_str);
        let message = format!(
            "{} and {} overlap: {} settlements lie in both, as `{}`",
            whose(*one),
            whose(*other),
            grouped(places.len() as u64),
            short(first)
        );
        problems.push(Problem::new(Code::BaselineConflict, indexed[*other].territory.at.clone(), message));
    }
    for i in (0..indexed.len()).filter(|i| !used.contains(i)) {
        let message = format!("no settlement of the gazetteer lies in {}, so it changes nothing", whose(i));
        let help =
            "see that it lies in the region drawn, or bring the villages: `conflict-map gazetteer fetch`";
        problems.push(Problem::new(Code::BadPolygon, indexed[i].territory.at.clone(), message).help(help));
    }
    problems
}

#[cfg(test)]
mod tests;
