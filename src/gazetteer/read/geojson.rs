//! Points of a GeoJSON file as they stream by: one feature is held at a time.

use super::columns::role;
use super::points::Points;
use super::told::Told;
use super::{Draft, Role};
use crate::diag::{Code, short};
use geo::{Centroid, InteriorPoint};
use geojson::{GeoJson, GeometryValue};
use std::io::{self, BufRead};

/// Longest feature that is read, in bytes.
const LONGEST: usize = 8 << 20;

/// Reads the features of a collection, of a list, or one a line.
pub(super) fn read<R: BufRead>(from: R, told: &mut Told) -> io::Result<Draft> {
    let mut points = Points::default();
    let mut features = Features::of(from)?;
    let mut some = false;
    while let Some((line, bytes)) = features.next()? {
        some = true;
        let Some(bytes) = bytes else {
            told.line(Code::BadRow, line, format!("a feature longer than {LONGEST} bytes; it is left out"));
            continue;
        };
        feature(line, &bytes, &mut points, told);
        if points.draft.is_full(line, told) {
            break;
        }
    }
    if features.open() {
        told.line(Code::BadTable, features.line, "the file ends in the middle; what came before was used");
    } else if !some {
        let help = "give a FeatureCollection of points with a property `name`";
        told.whole(Code::BadTable, "the file holds no GeoJSON feature", help);
    }
    Ok(points.draft)
}

fn feature(line: u64, bytes: &[u8], points: &mut Points, told: &mut Told) {
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, std::borrow::Cow::Owned(_)) {
        told.line_with_help(
            Code::BadRow,
            line,
            "not UTF-8; the names it spoils are left out",
            "save the file as UTF-8",
        );
    }
    let feature = match text.parse::<GeoJson>() {
        Ok(GeoJson::Feature(feature)) => feature,
        Ok(_) => return told.line(Code::BadRow, line, "this is no GeoJSON feature"),
        Err(error) => {
            return told.line(Code::BadRow, line, format!("no GeoJSON: {}", short(&error.to_string())));
        }
    };
    let Some(geometry) = feature.geometry else {
        return told.line(Code::BadPlace, line, "this feature has no geometry");
    };
    let at = match &geometry.value {
        GeometryValue::Point { coordinates } => {
            coordinates.as_slice().first().copied().zip(coordinates.as_slice().get(1).copied())
        }
        _ => inner(&geometry),
    };
    let Some((lon, lat)) = at else {
        return told.line(Code::BadPlace, line, "this feature's geometry has no point");
    };
    let cells: Vec<(Role, String)> = feature
        .properties
        .iter()
        .flatten()
        .filter_map(|(key, value)| Some((role(key)?, value)))
        .filter(|(role, _)| !matches!(role, Role::Latitude | Role::Longitude))
        .filter_map(|(role, value)| match value {
            serde_json::Value::String(text) => Some((role, text.clone())),
            serde_json::Value::Number(number) => Some((role, number.to_string())),
            serde_json::Value::Array(list) => {
                let names: Vec<&str> = list.iter().filter_map(serde_json::Value::as_str).collect();
                Some((role, names.join("|")))
            }
            _ => None,
        })
        .collect();
    let cells: Vec<(Role, &str)> = cells.iter().map(|(role, cell)| (*role, cell.as_str())).collect();
    points.take(line, &cells, Some((lat, lon)), told);
}

/// A point inside a shape, else the middle of it: longitude, latitude.
fn inner(geometry: &geojson::Geometry) -> Option<(f64, f64)> {
    let shape = geo::Geometry::<f64>::try_from(geometry.clone()).ok()?;
    // Coordinates that are no numbers or far off the globe have no inside.
    let sound = |at: &geo::Coord<f64>| at.x.abs() <= 1e6 && at.y.abs() <= 1e6;
    if !geo::CoordsIter::coords_iter(&shape).all(|at| sound(&at)) {
        return None;
    }
    let point = shape.interior_point().or_else(|| shape.centroid())?;
    Some((point.x(), point.y()))
}

/// Cuts a GeoJSON text into its features by its braces, without reading it as a whole.
struct Features<R> {
    from: R,
    /// Line of the next byte, from 1.
    line: u64,
    /// Brackets that are open.
    nest: Vec<u8>,
    /// How many more are.
    deeper: usize,
    /// Within a text, and whether a backslash hides the next byte of it.
    text: Option<bool>,
    /// Whether each object of the file is a feature, and not those in its list.
    sequence: bool,
}

impl<R: BufRead> Features<R> {
    fn of(mut from: R) -> io::Result<Self> {
        let start = from.fill_buf()?;
        let holds = |word: &[u8]| start.windows(word.len()).any(|part| part == word);
        let sequence = !(holds(b"\"FeatureCollection\"")
            || holds(b"\"features\"")
            || start.trim_ascii_start().starts_with(b"["));
        Ok(Self { from, line: 1, nest: Vec::new(), deeper: 0, text: None, sequence })
    }

    /// Whether the file ended within a bracket or a text.
    fn open(&self) -> bool {
        !self.nest.is_empty() || self.text.is_some()
    }

    /// The next feature and the line it begins on; no bytes if it is too long.
    fn next(&mut self) -> io::Result<Option<(u64, Option<Vec<u8>>)>> {
        let (mut bytes, mut length, mut begun) = (Vec::new(), 0_usize, None);
        loop {
            let here = match self.from.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            if here.is_empty() {
                return Ok(None);
            }
            let mut taken = 0;
            let mut whole = false;
            for &byte in here {
                taken += 1;
                self.line += u64::from(byte == b'\n');
                // Within a text only its end matters, and what a backslash hides.
                match (self.text, byte) {
                    (Some(true), _) | (Some(false), b'\\') => self.text = Some(self.text == Some(false)),
                    (Some(false), b'"') => self.text = None,
                    (None, b'"') => self.text = Some(false),
                    (None, b'{' | b'[') => {
                        if begun.is_none() && byte == b'{' && begins(self.sequence, &self.nest) {
                            begun = Some((self.line, self.nest.len()));
                        }
                        // Nothing sound is nested so deep; the bound holds the memory.
                        if self.nest.len() < 256 { self.nest.push(byte) } else { self.deeper += 1 }
                    }
                    (None, b'}' | b']') if self.deeper > 0 => self.deeper -= 1,
                    (None, b'}' | b']') => drop(self.nest.pop()),
                    _ => {}
                }
                if let Some((_, depth)) = begun {
                    length += 1;
                    if length <= LONGEST {
                        bytes.push(byte);
                    }
                    whole = self.text.is_none() && self.nest.len() == depth;
                    if whole {
                        break;
                    }
                }
            }
            self.from.consume(taken);
            if whole && let Some((line, _)) = begun {
                return Ok(Some((line, (length <= LONGEST).then_some(bytes))));
            }
        }
    }
}

/// Whether an object that begins here is a feature: in the list of a collection, in a list, or one of a sequence.
fn begins(sequence: bool, nest: &[u8]) -> bool {
    match nest {
        [] => sequence,
        nest => !sequence && matches!(nest, b"{[" | b"["),
    }
}

#[cfg(test)]
mod tests {
    use crate::gazetteer::read::tests::read_text;

    const PLACE: &str = r#"{"type":"Feature","properties":{"name:en":"Tell {Nowhere","name:ar":"تل","place":"town"},"geometry":{"type":"Point","coordinates":[36.7,35.2]}}"#;

    #[test]
    fn a_collection_a_list_and_a_sequence_hold_the_same_features() {
        let collection = format!(r#"{{"type":"FeatureCollection","crs":{{"a":[1]}},"features":[{PLACE}]}}"#);
        for text in [collection, format!("[{PLACE}]"), format!("{PLACE}\n")] {
            let checked = read_text("a.geojson", &text);
            assert_eq!(checked.problems, []);
            let gazetteer = checked.value.gazetteer();
            let place = gazetteer.find("تل")[0].place;
            assert_eq!((place.name, place.kind.name(), place.at.lat()), ("Tell {Nowhere", "town", 35.2));
        }
    }

    #[test]
    fn an_area_lies_at_a_point_inside_it() {
        let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"NAME":"Corner"},
            "geometry":{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,35.1],[36.1,35.1],[36.1,36],[36,36],[36,35]]]}}]}"#;
        let gazetteer = read_text("a.geojson", text).value.gazetteer();
        let at = gazetteer.find("corner")[0].place.at;
        assert!((36.0..=37.0).contains(&at.lon()) && (35.0..=36.0).contains(&at.lat()), "{at:?}");
        assert!(at.lon() <= 36.1 || at.lat() <= 35.1, "{at:?} is in the empty corner");
    }

    #[test]
    fn a_bad_feature_is_told_with_its_line_and_the_rest_is_used() {
        let text = format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[\n{PLACE},\n{{\"type\":\"Feature\",\"properties\":{{}}}},\n{},\n{},\n{{\"type\":",
            PLACE.replace("[36.7,35.2]", "[35.2,361.7]"),
            PLACE.replace("\"Point\"", "\"Dot\""),
        );
        let checked = read_text("a.geojson", &text);
        assert_eq!(checked.value.gazetteer().len(), 1);
        let told: Vec<String> =
            checked.problems.iter().map(|p| format!("{} {:?}", p.code.name(), p.at)).collect();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let wanted = [
            r#"bad-place Line { file: "a.geojson", line: 3 }"#,
            r#"bad-place Line { file: "a.geojson", line: 4 }"#,
            r#"bad-row Line { file: "a.geojson", line: 5 }"#,
            r#"bad-table Line { file: "a.geojson", line: 6 }"#,
        ];
        assert_eq!(told, wanted, "{:#?}", checked.problems);
    }
}
