//! GeoJSON (RFC 7946): events, places, ground and front lines, each with the days it holds.
//!
//! `start` is the first day something holds and `end` the first day it no longer does, as ISO 8601 dates that GIS programs
//! take for dates; `end` is null while it lasts. There is no `crs`: positions are WGS 84.

use super::Imprint;
use super::shape::{self, Position};
use crate::areas::{Area, Front, Ground};
use crate::claim::{Site, SiteKey};
use crate::event::Event;
use crate::table::{join, round};
use crate::timeline::{Control, Interval};
use crate::units::Date;
use geojson::{Feature, Geometry, JsonObject, feature::Id};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The ground of a stretch of days.
#[derive(Clone, Copy, Debug)]
pub struct Spell<'a> {
    /// Whose is the land.
    pub ground: &'a Ground,
    /// The first day it is so.
    pub start: Date,
    /// The first day it no longer is; `None` while it lasts.
    pub end: Option<Date>,
}

/// `events.geojson`: a point for each event, with the fields of `events.csv`.
#[must_use]
pub fn events_geojson(events: &[Event], imprint: &Imprint<'_>) -> String {
    let features = events.iter().map(|event| {
        let mut fields = place(&event.site);
        let name = |actor: &Option<_>| actor.as_ref().map(imprint.actor_name);
        fields.extend(object(json!({
            "event_id": event.id,
            "date": day(event.day.from),
            "date_end": day(event.day.to.filter(|_| event.day.to != event.day.from)),
            "date_precision": event.day.precision.name(),
            "change": event.change.name(),
            "gaining": name(&event.gaining),
            "losing": name(&event.losing),
            "grade": event.grade.map(|grade| format!("{}{}", grade.source, grade.information)),
            "disputed": event.disputed,
            "sources": join(&event.sources),
            "claims": join(&event.claims),
            "note": event.note,
        })));
        point(&event.site, Some(event.id.clone()), fields)
    });
    collection("events", &features.collect::<Vec<_>>(), imprint)
}

/// `places.geojson`: a point for each stretch of days during which the control of a place did not change.
///
/// `control` is `held`, `contested`, `besieged`, or null where nobody is known to hold the place; `actor` is who does,
/// all of them with `;` between where several hold parts; `besieged_by` who is around it. Where the sources do not give the day
/// of a change, `start_earliest` is the first on which it may have happened (null where they give none), and the days on which
/// it may have happened are a stretch of their own: `control` is null, `before` and `after` say between whom it changed.
#[must_use]
pub fn places_geojson<'a>(
    intervals: impl IntoIterator<Item = &'a Interval>,
    imprint: &Imprint<'_>,
) -> String {
    let held = |control: &Control| names(control, imprint);
    let features = intervals.into_iter().map(|interval| {
        let mut fields = place(&interval.site);
        fields.extend(control(interval.control.as_ref(), imprint));
        fields.extend(object(json!({
            "start": day(Some(interval.start)),
            "start_earliest": day(interval.began.from),
            "end": day(interval.end),
            "before": interval.passing.as_ref().and_then(|passing| passing.before.as_ref()).map(held),
            "after": interval.passing.as_ref().and_then(|passing| passing.after.as_ref()).map(held),
            "claimed": interval.claimed,
            "events": join(&interval.events),
            "source": interval.source,
        })));
        point(&interval.site, None, fields)
    });
    collection("places", &features.collect::<Vec<_>>(), imprint)
}

/// `areas.geojson`: a shape for each side's ground in each stretch of days, with the places it rests on.
///
/// Ground that does not change from one spell to the next is one feature. `estimated` is always true: nobody surveyed it.
#[must_use]
pub fn areas_geojson(spells: &[Spell<'_>], sites: &BTreeMap<SiteKey, Site>, imprint: &Imprint<'_>) -> String {
    let lasting = lasting(spells, |ground| &ground.areas);
    let features = lasting.into_iter().filter_map(|(area, start, end): (&Area, _, _)| {
        // Always the plural, so that a layer is of one kind.
        let polygons = shape::polygons(&area.shape);
        let geometry = (!polygons.is_empty()).then(|| Geometry::new_multi_polygon(polygons))?;
        let mut fields = control(Some(&area.control), imprint);
        let names = area.places.iter().filter_map(|key| Some(sites.get(key)?.name.as_str()));
        fields.extend(object(json!({
            "start": day(Some(start)),
            "end": day(end),
            "claimed": area.claimed,
            "certainty": area.certainty.name(),
            "estimated": true,
            "places": join(&names.collect::<Vec<_>>()),
        })));
        Some(feature(geometry, None, fields))
    });
    collection("areas", &features.collect::<Vec<_>>(), imprint)
}

/// `fronts.geojson`: a line for each stretch of border between the ground of two sides, in each stretch of days.
#[must_use]
pub fn fronts_geojson(spells: &[Spell<'_>], imprint: &Imprint<'_>) -> String {
    let lasting = lasting(spells, |ground| &ground.fronts);
    let features = lasting.into_iter().filter_map(|(front, start, end): (&Front, _, _)| {
        let parts = shape::lines(&front.line);
        let geometry = (!parts.is_empty()).then(|| Geometry::new_multi_line_string(parts))?;
        let (one, other) = &front.between;
        let fields = object(json!({
            "start": day(Some(start)),
            "end": day(end),
            "side_a": names(one, imprint),
            "side_b": names(other, imprint),
            "control_a": one.name(),
            "control_b": other.name(),
            "length_km": (front.length.0 * 10.0).round() / 10.0,
            "estimated": true,
        }));
        Some(feature(geometry, None, fields))
    });
    collection("fronts", &features.collect::<Vec<_>>(), imprint)
}

/// What each spell's ground has, as long as it stays the same from one spell to the next.
fn lasting<'a, T: PartialEq>(
    spells: &[Spell<'a>],
    of: fn(&'a Ground) -> &'a Vec<T>,
) -> Vec<(&'a T, Date, Option<Date>)> {
    let mut all: Vec<(&T, Date, Option<Date>)> = Vec::new();
    // Where in `all` the last spell's things stand.
    let mut last: Vec<usize> = Vec::new();
    for spell in spells {
        let mut now = Vec::new();
        for thing in of(spell.ground) {
            let same = last.iter().copied().find(|at| all[*at].2 == Some(spell.start) && all[*at].0 == thing);
            let at = same.unwrap_or(all.len());
            match all.get_mut(at) {
                Some(lasts) => lasts.2 = spell.end,
                None => all.push((thing, spell.start, spell.end)),
            }
            now.push(at);
        }
        last = now;
    }
    all
}

fn day(day: Option<Date>) -> Value {
    day.map_or(Value::Null, |day| Value::String(day.to_string()))
}

fn object(value: Value) -> JsonObject {
    match value {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}

/// The fields that say which ground a point stands for.
fn place(site: &Site) -> JsonObject {
    object(json!({
        "place_id": site.id.map(|id| id.0),
        "place": site.name,
        "place_local": site.local,
        "kind": site.kind.name(),
        "admin1": site.admin1,
        "country": site.country,
        "geo_precision": site.precision.name(),
    }))
}

/// The fields that say who is in control.
fn control(control: Option<&Control>, imprint: &Imprint<'_>) -> JsonObject {
    let by = match control {
        Some(Control::Besieged { by, .. }) => by.as_ref().map(imprint.actor_name),
        _ => None,
    };
    let ids = control.map(|control| match control {
        Control::Besieged { holder, .. } => holder.0.clone(),
        control => join(&control.actors().iter().map(|actor| &actor.0).collect::<Vec<_>>()),
    });
    object(json!({
        "control": control.map(Control::name),
        "actor": control.map(|control| names(control, imprint)),
        "actor_id": ids,
        "besieged_by": by,
    }))
}

/// Who holds, by name; all of them where several hold parts.
fn names(control: &Control, imprint: &Imprint<'_>) -> String {
    match control {
        Control::Held(holder) | Control::Besieged { holder, .. } => (imprint.actor_name)(holder),
        Control::Contested(actors) => join(&actors.iter().map(imprint.actor_name).collect::<Vec<_>>()),
    }
}

fn point(site: &Site, id: Option<String>, fields: JsonObject) -> Feature {
    let at = site.at.unwrap_or_default();
    let whole = feature(Geometry::new_point([round(at.lon()), round(at.lat())]), id, fields);
    // RFC 7946, section 3.2: a feature that is nowhere has a null geometry.
    if site.at.is_some() { whole } else { Feature { geometry: None, ..whole } }
}

fn feature(geometry: Geometry, id: Option<String>, fields: JsonObject) -> Feature {
    Feature {
        bbox: None,
        geometry: Some(geometry),
        id: id.map(Id::String),
        properties: Some(fields),
        foreign_members: None,
    }
}

/// The whole file: what it says of itself first, then a feature a line, so that two versions can be compared.
fn collection(name: &str, features: &[Feature], imprint: &Imprint<'_>) -> String {
    let mut head = JsonObject::new();
    head.insert("name".into(), name.into());
    if let Some(bbox) = bbox(features) {
        head.insert("bbox".into(), json!(bbox));
    }
    if !imprint.credits.is_empty() {
        head.insert("credits".into(), json!(imprint.credits));
    }
    if !imprint.licence.is_empty() {
        head.insert("licence".into(), imprint.licence.into());
    }
    let mut out = "{\"type\":\"FeatureCollection\"".to_owned();
    for (key, value) in head {
        let _ = write!(out, ",\n{}:{value}", Value::String(key));
    }
    out += ",\n\"features\":[";
    // Text, numbers and lists of them always have a JSON form.
    let lines: Vec<String> =
        features.iter().filter_map(|feature| serde_json::to_string(feature).ok()).collect();
    for (i, line) in lines.iter().enumerate() {
        out += if i == 0 { "\n" } else { ",\n" };
        out += line;
    }
    out + "\n]}\n"
}

fn bbox(features: &[Feature]) -> Option<[f64; 4]> {
    let mut outlines: Vec<Vec<Position>> = Vec::new();
    for geometry in features.iter().filter_map(|feature| feature.geometry.as_ref()) {
        use geojson::GeometryValue as G;
        let line =
            |line: &Vec<geojson::Position>| line.iter().map(|at| [at[0], at[1]]).collect::<Vec<Position>>();
        match &geometry.value {
            G::Point { coordinates: at } => outlines.push(vec![[at[0], at[1]]]),
            G::LineString { coordinates } => outlines.push(line(coordinates)),
            G::MultiLineString { coordinates } => outlines.extend(coordinates.iter().map(line)),
            G::Polygon { coordinates } => outlines.extend(coordinates.first().map(line)),
            G::MultiPolygon { coordinates } => {
                outlines.extend(coordinates.iter().filter_map(|p| p.first()).map(line));
            }
            _ => {}
        }
    }
    shape::bounds(outlines.iter().map(Vec::as_slice))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::ActorId;
    use crate::areas::Certainty;
    use crate::claim::{Basis, Change, GeoPrecision, When};
    use crate::event::Grade;
    use crate::gazetteer::{Kind, PlaceId};
    use crate::timeline::Passing;
    use crate::units::{Km, LonLat};
    use geo::{LineString, MultiPolygon, Polygon};

    const DAY: Date = Date::constant(2024, 12, 5);

    fn site(name: &str, lon: f64, lat: f64) -> Site {
        Site {
            id: Some(PlaceId(170_017)),
            name: name.into(),
            local: Some("حماة".into()),
            admin1: None,
            country: Some("SY".into()),
            at: Some(LonLat::new(lon, lat).unwrap()),
            kind: Kind::Town,
            population: 0,
            precision: GeoPrecision::Place,
        }
    }

    fn imprinted(write: impl Fn(&Imprint<'_>) -> String) -> Value {
        let name = |id: &ActorId| format!("The {id}");
        let credits = ["Places: GeoNames, CC BY 4.0".to_owned()];
        let imprint = Imprint { actor_name: &name, credits: &credits, licence: "CC BY 4.0" };
        let text = write(&imprint);
        assert!(text.ends_with("]}\n"));
        let parsed: geojson::GeoJson = text.parse().unwrap();
        assert!(matches!(parsed, geojson::GeoJson::FeatureCollection(_)));
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&value["licence"], value.get("crs")), (&json!("CC BY 4.0"), None));
        value
    }

    fn held(actor: &str) -> Control {
        Control::Held(ActorId(actor.into()))
    }

    fn square(west: f64, east: f64) -> MultiPolygon<f64> {
        let ring = vec![(west, 35.0), (east, 35.0), (east, 36.0), (west, 36.0), (west, 35.0)];
        MultiPolygon(vec![Polygon::new(LineString::from(ring), vec![])])
    }

    #[test]
    fn an_event_is_a_point_with_the_fields_of_the_table() {
        let event = Event {
            id: "e1".into(),
            site: site("Hama", 36.757_831_9, 35.131_88),
            change: Change::Captured,
            gaining: Some(ActorId("rebels".into())),
            losing: None,
            day: When::day(DAY, Basis::Stated),
            grade: Some(Grade { source: 'B', information: 1 }),
            disputed: false,
            sources: vec!["Desk".into(), "Wire".into()],
            claims: vec![],
            note: String::new(),
            record: crate::event::Record::default(),
        };
        let value = imprinted(|imprint| events_geojson(std::slice::from_ref(&event), imprint));
        assert_eq!(value["bbox"], json!([36.75783, 35.13188, 36.75783, 35.13188]));
        let feature = &value["features"][0];
        assert_eq!(feature["geometry"], json!({"type": "Point", "coordinates": [36.75783, 35.13188]}));
        let fields = &feature["properties"];
        assert_eq!(fields["date"], "2024-12-05");
        assert_eq!(fields["date_end"], Value::Null);
        assert_eq!((&fields["gaining"], &fields["grade"]), (&json!("The rebels"), &json!("B1")));
        assert_eq!(fields["sources"], "Desk;Wire");
    }

    #[test]
    fn a_place_has_a_point_for_each_interval() {
        let interval = |control: Option<Control>, end: Option<Date>| Interval {
            site: site("Hama", 36.75, 35.13),
            start: DAY,
            end,
            control,
            passing: None,
            began: When::day(DAY, Basis::Stated),
            claimed: false,
            presumed: false,
            events: vec![],
            source: None,
        };
        let besieged =
            Control::Besieged { holder: ActorId("army".into()), by: Some(ActorId("rebels".into())) };
        let contested = Control::Contested(vec![ActorId("army".into()), ActorId("rebels".into())]);
        let intervals = [
            interval(Some(besieged), Some(DAY.tomorrow().unwrap())),
            interval(Some(contested), None),
            interval(None, None),
        ];
        let value = imprinted(|imprint| places_geojson(&intervals, imprint));
        let fields: Vec<_> = value["features"].as_array().unwrap().iter().map(|f| &f["properties"]).collect();
        assert_eq!((&fields[0]["start"], &fields[0]["end"]), (&json!("2024-12-05"), &json!("2024-12-06")));
        assert_eq!(
            (&fields[0]["actor"], &fields[0]["besieged_by"]),
            (&json!("The army"), &json!("The rebels"))
        );
        assert_eq!((&fields[1]["actor"], &fields[1]["end"]), (&json!("The army;The rebels"), &Value::Null));
        assert_eq!(fields[2]["control"], Value::Null);
        assert_eq!(
            (&fields[0]["start_earliest"], &fields[0]["before"]),
            (&json!("2024-12-05"), &Value::Null)
        );
        let (before, after) = (held("army"), held("rebels"));
        let passing = Passing { before: Some(before), after: Some(after) };
        let intervals = [Interval { passing: Some(passing), ..interval(None, None) }];
        let value = imprinted(|imprint| places_geojson(&intervals, imprint));
        let fields = &value["features"][0]["properties"];
        assert_eq!((&fields["before"], &fields["after"]), (&json!("The army"), &json!("The rebels")));
    }

    #[test]
    fn ground_that_stays_the_same_is_one_feature() {
        let area = |actor: &str, shape| Area {
            control: held(actor),
            claimed: false,
            certainty: Certainty::Solid,
            shape,
            places: vec![].into(),
        };
        let ground = |east: f64| Ground {
            day: DAY,
            areas: vec![area("army", square(36.0, 37.0)), area("rebels", square(38.0, east))],
            fronts: vec![Front {
                between: (held("army"), held("rebels")),
                line: LineString::from(vec![(37.0, 35.0), (37.0, 36.0)]),
                length: Km(111.0),
            }],
            unknown: MultiPolygon(vec![]),
            strays: vec![],
        };
        let (first, second) = (ground(39.0), ground(40.0));
        let next = DAY.tomorrow().unwrap();
        let spells = [
            Spell { ground: &first, start: DAY, end: Some(next) },
            Spell { ground: &second, start: next, end: None },
        ];
        let value = imprinted(|imprint| areas_geojson(&spells, &BTreeMap::new(), imprint));
        let fields = value["features"].as_array().unwrap().iter().map(|f| &f["properties"]);
        let days: Vec<_> =
            fields.map(|f| (f["actor_id"].clone(), f["start"].clone(), f["end"].clone())).collect();
        assert_eq!(
            days,
            [
                (json!("army"), json!("2024-12-05"), Value::Null),
                (json!("rebels"), json!("2024-12-05"), json!("2024-12-06")),
                (json!("rebels"), json!("2024-12-06"), Value::Null),
            ]
        );
        assert_eq!(value["features"][0]["properties"]["estimated"], true);
        let value = imprinted(|imprint| fronts_geojson(&spells, imprint));
        assert_eq!(value["features"].as_array().unwrap().len(), 1);
        assert_eq!(value["features"][0]["properties"]["side_b"], "The rebels");
    }

    #[test]
    fn nothing_is_an_empty_collection() {
        let value = imprinted(|imprint| events_geojson(&[], imprint));
        assert_eq!((&value["features"], value.get("bbox")), (&json!([]), None));
    }
}
