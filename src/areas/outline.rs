//! A region's outline from a file of one's own.

use crate::diag::{Checked, Code, Locus, Problem};
use crate::units::LonLat;
use geo::{BoundingRect, Geometry, MultiPolygon, Polygon, Validation};
use geojson::GeoJson;

/// The polygons of a GeoJSON file, all taken together.
///
/// # Problems
/// `bad-project` where the text is no GeoJSON or holds no polygon, for a polygon with a position off the globe, which is
/// left out, and for one whose rings cross, which is used by the even-odd rule.
///
/// # Example
/// ```
/// let text = r#"{"type": "Polygon", "coordinates": [[[36, 34], [38, 34], [38, 36], [36, 36], [36, 34]]]}"#;
/// let outline = conflict_map::areas::outline("hama.geojson", text);
/// assert_eq!((outline.value.0.len(), outline.problems.len()), (1, 0));
/// ```
#[must_use]
pub fn outline(name: &str, text: &str) -> Checked<MultiPolygon<f64>> {
    let mut problems = Vec::new();
    let mut tell = |message: String, way_out: &str| {
        let at = Locus::File(name.to_owned());
        problems.push(Problem::new(Code::BadProject, at, message).help(way_out));
    };
    let mut polygons = Vec::new();
    match text.parse::<GeoJson>() {
        Err(error) => tell(
            format!("no GeoJSON: {}", crate::diag::short(&error.to_string())),
            "give a GeoJSON file with a Polygon or MultiPolygon",
        ),
        Ok(file) => {
            let geometries: Vec<geojson::Geometry> = match file {
                GeoJson::Geometry(geometry) => vec![geometry],
                GeoJson::Feature(feature) => feature.geometry.into_iter().collect(),
                GeoJson::FeatureCollection(all) => {
                    all.features.into_iter().filter_map(|feature| feature.geometry).collect()
                }
            };
            for geometry in geometries {
                match Geometry::<f64>::try_from(geometry) {
                    Ok(Geometry::Polygon(polygon)) => polygons.push(polygon),
                    Ok(Geometry::MultiPolygon(many)) => polygons.extend(many),
                    _ => tell(
                        "a geometry is no polygon; it is left out".to_owned(),
                        "draw the region as polygons",
                    ),
                }
            }
        }
    }
    let count = polygons.len();
    polygons.retain(is_on_globe);
    if polygons.len() < count {
        tell(
            format!(
                "{} of {count} polygons have a position that is none; they are left out",
                count - polygons.len()
            ),
            "write positions as [longitude, latitude] in degrees",
        );
    }
    let before = polygons.len();
    // Not by the area: the two halves of a ring that crosses itself may cancel each other out.
    let is_flat =
        |polygon: &Polygon<f64>| polygon.bounding_rect().is_none_or(|r| r.width() * r.height() <= 0.0);
    polygons.retain(|polygon| polygon.exterior().0.len() >= 4 && !is_flat(polygon));
    if polygons.iter().any(|polygon| !polygon.is_valid()) {
        tell(
            "a polygon crosses itself; what is inside an odd number of times is taken for the region"
                .to_owned(),
            "correct the outline, in QGIS by \"Fix geometries\"",
        );
    }
    if polygons.is_empty() {
        let what = if before > 0 { "its polygons have no area" } else { "it holds no polygon" };
        tell(format!("{what}, so the region is chosen from the events"), "draw the region as polygons");
    }
    Checked { value: MultiPolygon(polygons), problems }
}

fn is_on_globe(polygon: &Polygon<f64>) -> bool {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    rings.flat_map(|ring| &ring.0).all(|at| LonLat::new(at.x, at.y).is_some())
}
