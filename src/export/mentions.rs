//! Mentions: as JSON Lines, GeoJSON or CSV, report by report, so that no file need be held whole.

use super::points::Points;
use crate::geoparse::Mention;
use crate::named::named;
use crate::report::Report;
use crate::table::{cell, join, print, round};
use serde::Serialize;
use serde_json::Value;

named! {
    /// What mentions are written as.
    MentionForm {
        /// An object a line.
        JsonLines = "jsonl",
        /// A collection of points (RFC 7946).
        GeoJson = "geojson",
        /// A table.
        Csv = "csv",
    }
}

/// The columns of `mentions.csv`.
pub const MENTION_COLUMNS: &[&str] = &[
    "report",
    "start",
    "end",
    "surface",
    "name",
    "kind",
    "place_id",
    "geonameid",
    "admin1",
    "country",
    "lat",
    "lon",
    "geo_precision",
    "score",
    "rivals",
];

impl MentionForm {
    /// What stands before all mentions; a collection of points says whom its data is owed to, one line each.
    #[must_use]
    pub fn head(self, credits: &[&str]) -> String {
        match self {
            Self::JsonLines => String::new(),
            Self::GeoJson => {
                let credits = Value::from(credits);
                format!(
                    "{{\"type\":\"FeatureCollection\",\n\"name\":\"mentions\",\n\"credits\":{credits},\n\"features\":["
                )
            }
            Self::Csv => print(MENTION_COLUMNS, []),
        }
    }

    /// The mentions of a report, in the order given; empty where there are none.
    #[must_use]
    pub fn rows(self, report: &Report, mentions: &[Mention]) -> String {
        if mentions.is_empty() {
            return String::new();
        }
        match self {
            Self::JsonLines => mentions_jsonl(report, mentions),
            Self::GeoJson => features(report, mentions),
            Self::Csv => table(report, mentions),
        }
    }

    /// What stands before the rows of a report that has any: `first` where none came before.
    #[must_use]
    pub fn between(self, first: bool) -> &'static str {
        match (self, first) {
            (Self::GeoJson, true) => "\n",
            (Self::GeoJson, false) => ",\n",
            _ => "",
        }
    }

    /// What stands after all mentions.
    #[must_use]
    pub fn tail(self) -> &'static str {
        if self == Self::GeoJson { "\n]}\n" } else { "" }
    }
}

/// A line of `mentions.jsonl`.
#[derive(Serialize)]
struct Line<'a> {
    doc: &'a str,
    start: usize,
    end: usize,
    name: &'a str,
    lat: Option<f64>,
    lon: Option<f64>,
    geonameid: Option<u64>,
    score: f64,
}

/// `mentions.jsonl` of one report: an object a line, in the order given.
///
/// `start` and `end` count Unicode code points of the report's text, end exclusive. `lat`, `lon` and `geonameid` are
/// null where the place, or its GeoNames id, is not known.
#[must_use]
pub fn mentions_jsonl(report: &Report, mentions: &[Mention]) -> String {
    let points = Points::of(&report.text);
    let line = |mention: &Mention| {
        let (start, end) = points.span(mention.span);
        let site = mention.site.as_ref();
        Line {
            doc: &report.id,
            start,
            end,
            name: mention.span.of(&report.text),
            lat: site.and_then(|site| site.at).map(|at| round(at.lat())),
            lon: site.and_then(|site| site.at).map(|at| round(at.lon())),
            geonameid: site.and_then(|site| site.id?.geonames()),
            score: score(mention),
        }
    };
    lines(mentions.iter().map(line), "\n") + "\n"
}

fn score(mention: &Mention) -> f64 {
    (mention.score * 1e4).round() / 1e4
}

/// An object a line, with this between two.
fn lines(values: impl Iterator<Item = impl Serialize>, between: &str) -> String {
    let mut out = Vec::new();
    for value in values {
        if !out.is_empty() {
            out.extend_from_slice(between.as_bytes());
        }
        // Writing to memory cannot fail, and text and numbers always have a JSON form.
        let _ = serde_json::to_writer(&mut out, &value);
    }
    String::from_utf8(out).unwrap_or_default()
}

/// A point of GeoJSON, or no geometry where the place is not known.
#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    geometry: Option<Geometry>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Geometry {
    r#type: &'static str,
    coordinates: [f64; 2],
}

#[derive(Serialize)]
struct Properties<'a> {
    report: &'a str,
    start: usize,
    end: usize,
    surface: &'a str,
    name: Option<&'a str>,
    kind: Option<&'static str>,
    place_id: Option<u64>,
    geonameid: Option<u64>,
    admin1: Option<&'a str>,
    country: Option<&'a str>,
    geo_precision: Option<&'static str>,
    score: f64,
    rivals: String,
}

fn features(report: &Report, mentions: &[Mention]) -> String {
    let points = Points::of(&report.text);
    let feature = |mention| Feature {
        r#type: "Feature",
        geometry: mention_at(mention).map(|coordinates| Geometry { r#type: "Point", coordinates }),
        properties: properties(report, &points, mention),
    };
    lines(mentions.iter().map(feature), ",\n")
}

/// Longitude and latitude.
fn mention_at(mention: &Mention) -> Option<[f64; 2]> {
    mention.site.as_ref()?.at.map(|at| [round(at.lon()), round(at.lat())])
}

fn properties<'a>(report: &'a Report, points: &Points<'_>, mention: &'a Mention) -> Properties<'a> {
    let (start, end) = points.span(mention.span);
    let site = mention.site.as_ref();
    let rivals: Vec<String> = mention.rivals.iter().map(ToString::to_string).collect();
    Properties {
        report: &report.id,
        start,
        end,
        surface: mention.span.of(&report.text),
        name: site.map(|site| site.name.as_str()),
        kind: site.map(|site| site.kind.name()),
        place_id: site.and_then(|site| Some(site.id?.0)),
        geonameid: site.and_then(|site| site.id?.geonames()),
        admin1: site.and_then(|site| site.admin1.as_deref()),
        country: site.and_then(|site| site.country.as_deref()),
        geo_precision: site.map(|site| site.precision.name()),
        score: score(mention),
        rivals: join(&rivals),
    }
}

fn table(report: &Report, mentions: &[Mention]) -> String {
    fn written(value: Option<impl ToString>) -> String {
        value.map_or_else(String::new, |value| value.to_string())
    }
    let points = Points::of(&report.text);
    let rows = mentions.iter().map(|mention| {
        let row = properties(report, &points, mention);
        let at = mention_at(mention);
        let text = |text: Option<&str>| cell(text.unwrap_or_default());
        vec![
            cell(row.report),
            row.start.to_string(),
            row.end.to_string(),
            cell(row.surface),
            text(row.name),
            written(row.kind),
            written(row.place_id),
            written(row.geonameid),
            text(row.admin1),
            text(row.country),
            written(at.map(|[_, lat]| lat)),
            written(at.map(|[lon, _]| lon)),
            written(row.geo_precision),
            row.score.to_string(),
            row.rivals,
        ]
    });
    let whole = print(MENTION_COLUMNS, rows);
    whole.split_once('\n').map_or_else(String::new, |(_, rows)| rows.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{GeoPrecision, Site};
    use crate::gazetteer::{Kind, PlaceId};
    use crate::units::{LonLat, Span};

    fn report(text: &str) -> Report {
        Report {
            id: "a\"b".into(),
            title: None,
            publisher: None,
            url: None,
            published: None,
            text: text.into(),
        }
    }

    /// A report, three names in it, one of no place, one of no GeoNames id.
    fn found() -> (Report, Vec<Mention>) {
        let report = report("“Ḩamāh” fell; Homs — =Nowhere did not");
        let site = |id: u64| Site {
            id: Some(PlaceId(id)),
            name: "x".into(),
            local: None,
            admin1: None,
            country: Some("SY".into()),
            at: Some(LonLat::new(36.757_830_01, 35.0).unwrap()),
            kind: Kind::Town,
            population: 0,
            precision: GeoPrecision::Place,
        };
        let mention = |name: &str, site: Option<Site>, rivals: &[u64]| {
            let start = report.text.find(name).unwrap();
            let span = Span { start, end: start + name.len() };
            let rivals = rivals.iter().copied().map(PlaceId).collect();
            Mention { span, reach: span, site, score: 0.987_654, rivals, people: false }
        };
        let mentions = vec![
            mention("Ḩamāh", Some(site(170_017)), &[7, 8]),
            mention("=Nowhere", None, &[]),
            mention("Homs", Some(site(1 << 40)), &[]),
        ];
        (report, mentions)
    }

    /// A whole file of two reports with mentions and one without.
    fn whole(form: MentionForm) -> String {
        let (report, mentions) = found();
        let mut out = form.head(&["Places: \"GeoNames\""]);
        let mut first = true;
        for mentions in [&mentions[..], &[], &mentions[2..]] {
            let rows = form.rows(&report, mentions);
            if !rows.is_empty() {
                out += form.between(std::mem::take(&mut first));
                out += &rows;
            }
        }
        out + form.tail()
    }

    #[test]
    fn a_mention_is_counted_in_code_points() {
        let (report, mentions) = found();
        assert_eq!(
            mentions_jsonl(&report, &mentions),
            "{\"doc\":\"a\\\"b\",\"start\":1,\"end\":6,\"name\":\"Ḩamāh\",\"lat\":35.0,\"lon\":36.75783,\
             \"geonameid\":170017,\"score\":0.9877}\n\
             {\"doc\":\"a\\\"b\",\"start\":21,\"end\":29,\"name\":\"=Nowhere\",\"lat\":null,\"lon\":null,\
             \"geonameid\":null,\"score\":0.9877}\n\
             {\"doc\":\"a\\\"b\",\"start\":14,\"end\":18,\"name\":\"Homs\",\"lat\":35.0,\"lon\":36.75783,\
             \"geonameid\":null,\"score\":0.9877}\n"
        );
    }

    #[test]
    fn a_collection_of_points_is_whole_and_owes_its_data() {
        let text = whole(MentionForm::GeoJson);
        assert!(matches!(text.parse().unwrap(), geojson::GeoJson::FeatureCollection(_)));
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["credits"][0], "Places: \"GeoNames\"");
        let features = json["features"].as_array().unwrap();
        assert_eq!(features.len(), 4);
        assert_eq!(features[0]["geometry"]["coordinates"], serde_json::json!([36.75783, 35.0]));
        let properties = &features[0]["properties"];
        assert_eq!((&properties["surface"], &properties["rivals"]), (&"Ḩamāh".into(), &"7;8".into()));
        assert_eq!((&properties["kind"], &properties["geo_precision"]), (&"town".into(), &"place".into()));
        assert_eq!(features[1]["geometry"], Value::Null);
        let empty = MentionForm::GeoJson.head(&[]) + MentionForm::GeoJson.tail();
        assert!(empty.parse::<geojson::GeoJson>().is_ok(), "{empty}");
    }

    #[test]
    fn a_table_has_one_header_and_runs_nothing() {
        let text = whole(MentionForm::Csv);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], MENTION_COLUMNS.join(","));
        assert_eq!(lines[1], "\"a\"\"b\",1,6,Ḩamāh,x,town,170017,170017,,SY,35,36.75783,place,0.9877,7;8");
        assert_eq!(lines[2], "\"a\"\"b\",21,29,'=Nowhere,,,,,,,,,,0.9877,");
        assert_eq!(lines.len(), 5);
        assert_eq!(MentionForm::Csv.head(&[]).lines().count(), 1);
    }
}
