use super::*;
use crate::units::Km;
use geo::Area;
use proptest::prelude::*;

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::new(lon, lat).unwrap()
}

#[test]
fn towns_lie_in_their_countries() {
    let map = Basemap::embedded();
    for (town, lon, lat, country) in [
        ("Hama", 36.754, 35.132, Some("SY")),
        ("Beirut", 35.51, 33.88, Some("LB")),
        ("Quneitra", 35.824, 33.126, Some("SY")),
        ("Jerusalem's west", 35.20, 31.78, Some("IL")),
        ("Nablus", 35.26, 32.22, Some("PS")),
        ("Sevastopol", 33.55, 44.58, Some("UA")),
        ("Hargeisa", 44.06, 9.56, Some("SO")),
        ("Suva", 178.44, -18.12, Some("FJ")),
        ("Taveuni's east", -179.9, -16.85, Some("FJ")),
        ("Nauru", 166.93, -0.53, Some("NR")),
        ("Malé", 73.51, 4.18, Some("MV")),
        ("Vatican", 12.453, 41.903, Some("VA")),
        ("the Mediterranean", 33.0, 34.0, None),
    ] {
        assert_eq!(map.country_at(at(lon, lat)), country, "{town}");
    }
}

#[test]
fn countries_are_about_as_large_as_they_are() {
    let map = Basemap::embedded();
    for (code, square_km) in
        [("SY", 185_000.0), ("LB", 10_450.0), ("UA", 603_500.0), ("SD", 1_861_000.0), ("MT", 316.0)]
    {
        let shape = map.country(code).unwrap();
        let middle = map.extent(code).unwrap().centre().lat();
        let area = shape.unsigned_area() * 111.195_f64.powi(2) * middle.to_radians().cos();
        assert!((area / square_km - 1.0).abs() < 0.06, "{code}: {area} km², not {square_km}");
    }
}

#[test]
fn first_level_units_fill_their_country() {
    let map = Basemap::embedded();
    for code in ["SY", "UA", "SD", "FJ", "LB"] {
        let units = map.admin1(code);
        let sum: f64 = units.iter().map(|unit| unit.shape.signed_area()).sum();
        let whole = map.country(code).unwrap().signed_area();
        assert!((sum / whole - 1.0).abs() < 1e-9, "{code}: {sum} of {whole}");
    }
    assert!(map.admin1("SY").iter().any(|unit| unit.code == "SY-HM" && unit.name == "Hama"));
}

#[test]
fn neighbours_share_every_point_of_their_border() {
    let map = Basemap::embedded();
    let points = |code| -> Vec<_> {
        let shape = map.country(code).unwrap();
        let mut points: Vec<_> = shape
            .iter()
            .flat_map(|p| p.exterior().0.clone())
            .map(|c| (c.x.to_bits(), c.y.to_bits()))
            .collect();
        points.sort_unstable();
        points
    };
    let (syria, jordan) = (points("SY"), points("JO"));
    let shared = syria.iter().filter(|point| jordan.binary_search(point).is_ok()).count();
    assert!(shared > 20, "{shared}");
}

#[test]
fn the_ceasefire_line_of_1974_is_a_disputed_border_and_that_of_jordan_is_not() {
    let map = Basemap::embedded();
    let near = |lon, lat| map.borders(&Extent::around([at(lon, lat)], Km(5.0)).unwrap());
    assert!(near(35.82, 33.1).iter().any(|border| border.disputed));
    assert!(near(38.0, 32.5).iter().all(|border| !border.disputed));
    assert!(near(33.6, 46.1).iter().any(|border| border.disputed), "Perekop");
}

#[test]
fn the_euphrates_runs_through_its_reservoir_and_the_orontes_is_a_sketch() {
    let map = Basemap::embedded();
    let rivers = map.rivers(&map.extent("SY").unwrap());
    let euphrates: Vec<_> = rivers.iter().filter(|river| river.name == "Euphrates").collect();
    let meets = |lon: f64, lat: f64| {
        euphrates.iter().flat_map(|river| &river.line.0).any(|c| (c.x - lon).hypot(c.y - lat) < 0.1)
    };
    assert!(euphrates.iter().any(|river| river.lake));
    assert!(meets(38.25, 35.9) && meets(39.0, 35.93) && meets(40.15, 35.35));
    assert!(rivers.iter().any(|river| river.name == "Orontes" && river.schematic));
    let roads = map.roads(&map.extent("SY").unwrap());
    assert_eq!(roads.iter().map(|road| road.name.as_str()).collect::<Vec<_>>(), ["M5", "M4"]);
}

#[test]
fn rings_are_closed_long_enough_and_wound_the_right_way() {
    let map = Basemap::embedded();
    let world = Extent::new(-180.0, -90.0, 180.0, 90.0).unwrap();
    for shape in map.countries_in(&world).iter().map(|unit| &unit.shape).chain([&map.lakes(&world)]) {
        for polygon in shape {
            let area = Polygon::new(polygon.exterior().clone(), vec![]).signed_area();
            assert!(area > 0.0, "{:?}", polygon.exterior().0.first());
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                assert!(ring.0.len() >= 4 && ring.is_closed());
            }
        }
    }
}

#[test]
fn every_country_has_a_name_and_land() {
    let map = Basemap::embedded();
    let world = Extent::new(-180.0, -90.0, 180.0, 90.0).unwrap();
    let countries = map.countries_in(&world);
    assert!(countries.len() > 240, "{}", countries.len());
    assert!(countries.iter().all(|country| country.code.len() == 2 && !country.name.is_empty()));
    assert_eq!((map.country("XX"), map.country_name("")), (None, None));
}

#[test]
fn an_extent_across_the_antimeridian_finds_land_on_both_sides() {
    let map = Basemap::embedded();
    let fiji: Vec<_> = map
        .countries_in(&Extent::new(177.0, -19.0, -178.5, -16.0).unwrap())
        .into_iter()
        .filter(|country| country.code == "FJ")
        .flat_map(|country| country.shape)
        .collect();
    let lons = || fiji.iter().flat_map(|polygon| &polygon.exterior().0).map(|c| c.x);
    assert!(lons().any(|lon| lon > 177.0) && lons().any(|lon| lon < -178.0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn broken_data_never_panics(
        breaks in prop::collection::vec((0..400_000_usize, any::<u8>()), 1..200),
        cut in 0..400_000_usize,
        which in 0..4_usize,
    ) {
        let whole = Basemap::embedded();
        let mut files = [whole.arcs, whole.shapes, whole.rivers, whole.lakes].map(Cow::into_owned);
        for (place, byte) in breaks {
            let len = files[which].len();
            files[which][place % len] = byte;
        }
        files[which].truncate(cut.max(1000));
        let map = {
            let [arcs, shapes, rivers, lakes] = files.map(Cow::Owned);
            Basemap::of(arcs, shapes, rivers, lakes)
        };
        let extent = Extent::new(30.0, 30.0, 45.0, 40.0).unwrap();
        let shapes = [map.land(&extent), map.lakes(&extent), map.country("SY").unwrap_or(MultiPolygon(vec![]))];
        let lines = [map.borders(&extent).len(), map.admin1_lines(&extent).len(), map.rivers(&extent).len()];
        for ring in shapes.iter().flat_map(MultiPolygon::iter).map(Polygon::exterior) {
            prop_assert!(ring.0.len() >= 4 && ring.is_closed());
        }
        prop_assert!(lines.iter().all(|&count| count < 100_000) && map.admin1("SY").len() < 100);
    }
}
