use super::*;
use crate::actor::ActorId;
use crate::basemap::Basemap;
use crate::claim::GeoPrecision;
use crate::diag::Checked;
use crate::gazetteer::{Kind, PlaceId};
use crate::projection::Flat;
use crate::units::LonLat;
use geo::{Area as _, BooleanOps, Contains, Point};
use proptest::prelude::*;
use std::sync::LazyLock;

mod laws;

static MAP: LazyLock<Basemap> = LazyLock::new(Basemap::embedded);
static SYRIA: LazyLock<Region> = LazyLock::new(|| Region::countries(&MAP, &["SY"]).value);
const DAY: Date = Date::constant(2024, 12, 5);

fn site(id: u64, lon: f64, lat: f64) -> Site {
    Site {
        id: Some(PlaceId(id)),
        name: format!("place {id}"),
        local: None,
        admin1: None,
        country: None,
        at: Some(LonLat::new(lon, lat).unwrap()),
        kind: Kind::Town,
        population: 0,
        precision: GeoPrecision::Place,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a place may have no holder")]
fn by(actor: &str) -> Option<Control> {
    Some(Control::Held(ActorId(actor.to_owned())))
}

/// The ground of places given as longitude, latitude, holder.
fn ground(places: &[(f64, f64, Option<Control>)], region: &Region) -> Checked<Ground> {
    let sites: Vec<Site> =
        places.iter().enumerate().map(|(n, (lon, lat, _))| site(n as u64, *lon, *lat)).collect();
    let held: Vec<Held<'_>> = sites
        .iter()
        .zip(places)
        .map(|(site, (.., control))| Held { site, control: control.as_ref(), claimed: false, vouched: false })
        .collect();
    of(&held, region, REACH)
}

/// The ground of places on a graph of their own.
fn of(held: &[Held<'_>], region: &Region, reach: Km) -> Checked<Ground> {
    let rules = Rules { reach, rivers: false };
    let net = Net::of(region.clone(), &MAP, held.iter().filter_map(|held| held.site.at), rules);
    Survey::of(&net).ground(DAY, held)
}

fn codes(ground: &Checked<Ground>) -> Vec<&str> {
    ground.problems.iter().map(|problem| problem.code.name()).collect()
}

/// Areas and unknown ground fill the region's land and do not overlap, to a millionth of the land.
fn assert_fills(ground: &Ground, region: &Region) {
    let all: Vec<&MultiPolygon<f64>> =
        ground.areas.iter().map(|area| &area.shape).chain([&ground.unknown]).collect();
    let land = region.land.unsigned_area();
    let sum: f64 = all.iter().map(|shape| shape.unsigned_area()).sum();
    assert!((sum / land - 1.0).abs() < 1e-6, "{sum} of {land}");
    for (n, one) in all.iter().enumerate() {
        for other in &all[n + 1..] {
            let overlap = one.intersection(*other).unsigned_area();
            assert!(overlap < land * 1e-6, "{overlap} of {land}");
        }
        for polygon in *one {
            let outer = geo::Polygon::new(polygon.exterior().clone(), vec![]).signed_area();
            assert!(outer > 0.0, "an outer ring runs clockwise");
        }
    }
}

fn whose(ground: &Ground, lon: f64, lat: f64) -> Option<&Control> {
    let at = Point::new(lon, lat);
    ground.areas.iter().find(|area| area.shape.contains(&at)).map(|area| &area.control)
}

#[test]
fn a_place_far_from_all_others_holds_a_disc_of_its_reach() {
    let ground = ground(&[(38.5, 34.5, by("army"))], &SYRIA);
    assert!(ground.problems.is_empty());
    let shape = &ground.value.areas[0].shape;
    let area = shape.unsigned_area() * 111.195_f64.powi(2) * 34.5_f64.to_radians().cos();
    assert!((area / (std::f64::consts::PI * 2500.0) - 1.0).abs() < 0.01, "{area}");
    assert_fills(&ground.value, &SYRIA);
}

#[test]
fn between_two_places_lie_their_solid_and_presumed_ground_and_in_the_middle_doubt() {
    let ground = ground(&[(38.3, 35.0, by("army")), (38.7, 35.0, by("rebels"))], &SYRIA).value;
    let drawn = |lon: f64| {
        let at = Point::new(lon, 35.0);
        let area = ground.areas.iter().find(|area| area.shape.contains(&at))?;
        Some((area.control.actors()[0].0.as_str(), area.certainty))
    };
    let solid = Certainty::Solid;
    assert_eq!((drawn(38.38), drawn(38.62)), (Some(("army", solid)), Some(("rebels", solid))));
    let presumed = Certainty::Presumed;
    assert_eq!((drawn(38.42), drawn(38.58)), (Some(("army", presumed)), Some(("rebels", presumed))));
    assert_eq!((drawn(38.47), drawn(38.53), drawn(40.0)), (None, None, None));
    assert_eq!(ground.fronts.len(), 1);
    let front = &ground.fronts[0];
    assert!(
        front.line.0.iter().any(|at| (at.x - 38.5).abs() < 0.01 && (at.y - 35.0).abs() < 0.1),
        "{front:?}"
    );
    // No farther than 35 km from either place: two sides of a right triangle, twice.
    let half = (35.0_f64.powi(2) - 18.2_f64.powi(2)).sqrt();
    assert!((front.length.0 / (2.0 * half) - 1.0).abs() < 0.1, "{}", front.length.0);
    assert_fills(&ground, &SYRIA);
}

#[test]
fn two_places_of_one_holder_have_no_front_between_them() {
    let ground = ground(&[(38.3, 35.0, by("army")), (38.7, 35.0, by("army"))], &SYRIA).value;
    assert_eq!((ground.areas.len(), ground.areas[0].shape.0.len(), ground.fronts.len()), (1, 1, 0));
}

#[test]
fn a_place_nobody_is_known_to_hold_takes_its_ground_out() {
    let ground = ground(&[(38.3, 35.0, by("army")), (38.7, 35.0, None)], &SYRIA).value;
    assert_eq!(whose(&ground, 38.42, 35.0), by("army").as_ref());
    assert_eq!(whose(&ground, 38.55, 35.0), None);
    assert!(ground.fronts.is_empty());
    assert_fills(&ground, &SYRIA);
}

#[test]
fn places_in_a_row_each_have_their_strip() {
    let places: Vec<_> = (0..6)
        .map(|n| (37.5 + 0.2 * f64::from(n), 35.0, by(if n % 2 == 0 { "army" } else { "rebels" })))
        .collect();
    let ground = ground(&places, &SYRIA).value;
    let pieces = |certainty| {
        ground
            .areas
            .iter()
            .filter(|area| area.certainty == certainty)
            .map(|a| a.shape.0.len())
            .collect::<Vec<_>>()
    };
    assert!(pieces(Certainty::Solid).iter().all(|pieces| *pieces >= 3), "{:?}", pieces(Certainty::Solid));
    for (lon, lat, control) in &places {
        assert_eq!(whose(&ground, *lon, *lat), control.as_ref());
    }
    assert_fills(&ground, &SYRIA);
}

#[test]
fn an_enclave_is_a_hole_in_the_ground_around_it() {
    let mut places: Vec<_> = (0..8)
        .map(|n| f64::from(n) * std::f64::consts::FRAC_PI_4)
        .map(|turn| (38.5 + 0.3 * turn.cos(), 35.0 + 0.25 * turn.sin(), by("rebels")))
        .collect();
    places.push((38.5, 35.0, by("army")));
    let ground = ground(&places, &SYRIA).value;
    let rebels = ground.areas.iter().find(|area| Some(&area.control) == by("rebels").as_ref()).unwrap();
    assert_eq!((rebels.shape.0.len(), rebels.shape.0[0].interiors().len()), (1, 1));
    assert_eq!(ground.fronts.len(), 1);
    assert!(ground.fronts[0].line.is_closed());
    assert_fills(&ground, &SYRIA);
}

#[test]
fn two_names_at_one_point_share_their_ground() {
    let same = ground(&[(38.5, 35.0, by("army")), (38.5, 35.0, by("army"))], &SYRIA);
    assert_eq!((same.problems.len(), same.value.areas[0].places.len()), (0, 2));
    let unlike = ground(&[(38.5, 35.0, by("army")), (38.5, 35.0, by("rebels"))], &SYRIA);
    assert_eq!(codes(&unlike), ["disputed"]);
    let both = Control::Contested(vec![ActorId("army".into()), ActorId("rebels".into())]);
    assert_eq!(whose(&unlike.value, 38.6, 35.0), Some(&both));
}

#[test]
fn what_is_only_claimed_is_an_area_of_its_own_and_no_front() {
    let sites = [site(1, 38.3, 35.0), site(2, 38.7, 35.0)];
    let army = by("army").unwrap();
    let held = [
        Held { site: &sites[0], control: Some(&army), claimed: false, vouched: false },
        Held { site: &sites[1], control: Some(&army), claimed: true, vouched: false },
    ];
    let ground = of(&held, &SYRIA, REACH).value;
    assert_eq!(ground.areas.iter().map(|area| area.claimed).collect::<Vec<_>>(), [false, true]);
    assert!(ground.fronts.is_empty());
}

#[test]
fn a_place_outside_the_region_is_named_and_left_out() {
    let ground = ground(&[(35.5, 33.9, by("militia")), (36.75, 35.13, by("army"))], &SYRIA);
    assert_eq!(codes(&ground), ["off-map"]);
    assert_eq!(ground.problems[0].message, "`place 0` (33.900, 35.500) lies 47 km outside Syria");
    assert_eq!(ground.value.areas.len(), 1);
}

#[test]
fn a_harbour_just_off_the_simplified_coast_still_counts() {
    let ground = ground(&[(35.74, 35.52, by("army"))], &SYRIA);
    assert!(ground.problems.is_empty(), "{:?}", ground.problems);
    assert_fills(&ground.value, &SYRIA);
}

#[test]
fn without_a_known_place_all_ground_is_unknown() {
    for places in [vec![], vec![(38.0, 35.0, None)], vec![(10.0, 50.0, by("army"))]] {
        let ground = ground(&places, &SYRIA);
        assert_eq!(codes(&ground).last(), Some(&"no-ground"));
        assert_eq!(ground.value.unknown, SYRIA.land);
    }
    let site = site(1, 38.0, 35.0);
    let army = by("army");
    let held = [Held { site: &site, control: army.as_ref(), claimed: false, vouched: false }];
    for reach in [0.0, -1.0, f64::NAN] {
        assert_eq!(codes(&of(&held, &SYRIA, Km(reach))), ["no-ground"]);
    }
    assert_eq!(of(&held, &SYRIA, Km(f64::INFINITY)).value.unknown, MultiPolygon(vec![]));
}

#[test]
fn a_province_repaints_nothing() {
    let mut province = site(1, 38.0, 35.0);
    province.precision = GeoPrecision::Admin1;
    let army = by("army");
    let held = [Held { site: &province, control: army.as_ref(), claimed: false, vouched: false }];
    assert_eq!(codes(&of(&held, &SYRIA, REACH)), ["no-ground"]);
}

#[test]
fn fiji_is_whole_across_the_antimeridian() {
    let fiji = Region::countries(&MAP, &["FJ"]).value;
    assert!(fiji.bounds().unwrap().width() < 8.0, "{:?}", fiji.bounds());
    let ground = ground(&[(179.95, -16.7, by("east")), (177.5, -17.8, by("west"))], &fiji);
    assert!(ground.problems.is_empty(), "{:?}", ground.problems);
    assert_eq!(whose(&ground.value, -179.95, -16.85), by("east").as_ref());
    assert_fills(&ground.value, &fiji);
    let widest = |shape: &MultiPolygon<f64>| {
        shape
            .iter()
            .flat_map(|p| p.exterior().0.windows(2))
            .map(|w| (w[0].x - w[1].x).abs())
            .fold(0.0, f64::max)
    };
    assert!(widest(&fiji.land) < 1.0 && widest(&ground.value.unknown) < 1.0);
}

#[test]
fn russia_is_whole_across_the_antimeridian_too() {
    let russia = Region::countries(&MAP, &["RU"]).value;
    let places = [(-175.5, 66.5, by("east")), (177.5, 64.75, by("west")), (37.6, 55.75, by("west"))];
    let ground = ground(&places, &russia);
    assert!(ground.problems.is_empty(), "{:?}", ground.problems);
    assert_fills(&ground.value, &russia);
}

#[test]
fn small_island_states_have_ground() {
    for (code, lon, lat) in
        [("MV", 73.51, 4.18), ("NR", 166.93, -0.53), ("TV", 179.2, -8.5), ("KI", -157.4, 1.87)]
    {
        let region = Region::countries(&MAP, &[code]).value;
        let ground = ground(&[(lon, lat, by("navy"))], &region);
        assert_eq!(ground.value.areas.len(), 1, "{code}: {:?}", ground.problems);
        assert_fills(&ground.value, &region);
    }
}

#[test]
fn lakes_are_no_ground() {
    let iraq = Region::countries(&MAP, &["IQ"]).value;
    assert!(!iraq.contains(LonLat::new(43.25, 34.0).unwrap()), "Tharthar");
    assert!(iraq.contains(LonLat::new(44.36, 33.31).unwrap()), "Baghdad");
}

#[test]
fn syria_holds_hama_and_not_beirut() {
    assert!(SYRIA.contains(LonLat::new(36.754, 35.132).unwrap()));
    assert!(!SYRIA.contains(LonLat::new(35.5, 33.89).unwrap()));
    assert_eq!(SYRIA.name, "Syria");
}

#[test]
fn an_unknown_country_is_told_and_the_others_stand() {
    let region = Region::countries(&MAP, &["SY", "XX", "LB", "JO"]);
    assert_eq!(region.value.name, "Syria, Lebanon and Jordan");
    assert_eq!(region.problems[0].message, "no country has the code `XX`");
    assert_eq!(Region::countries(&MAP, &[]).value.land, MultiPolygon(vec![]));
}

#[test]
fn without_a_region_the_countries_of_the_places_are_shown() {
    let at = |lon, lat| (LonLat::new(lon, lat).unwrap(), None);
    let hama = at(36.75, 35.13);
    assert_eq!(Region::around(&MAP, &[hama, at(37.16, 36.2), at(40.14, 35.33)]).name, "Syria");
    let stray: Vec<_> = std::iter::repeat_n(hama, 30).chain([at(37.6, 55.75)]).collect();
    assert_eq!(Region::around(&MAP, &stray).name, "Syria");
    let kursk = Region::around(&MAP, &[at(36.19, 51.73), at(35.27, 51.2), at(34.8, 50.9)]);
    assert!(kursk.focus.unwrap().width() < 12.0, "{} {:?}", kursk.name, kursk.focus);
    assert!(kursk.bounds().unwrap().width() > kursk.focus.unwrap().width(), "{:?}", kursk.bounds());
    let at_sea = Region::around(&MAP, &[at(34.0, 34.5)]);
    assert!(at_sea.contains(at(33.36, 35.17).0) && at_sea.name == "the places named");
    // Goma's harbour, as coarse as the base map is, lies in Rwanda.
    let goma = LonLat::new(29.24, -1.68).unwrap();
    assert_eq!(Region::around(&MAP, &[(goma, Some("CD"))]).name, "parts of DR Congo");
    assert_eq!(Region::around(&MAP, &[]).land, MultiPolygon(vec![]));
}

#[test]
fn a_rectangle_over_a_border_is_cut_to_the_countries_asked_for() {
    let extent = crate::basemap::Extent::new(35.6, 35.5, 37.5, 37.3).unwrap();
    let land = |countries: &[&str]| {
        super::square_km(&Region::extent(&MAP, "the north-west", &extent, countries).land)
    };
    let (all, syria, turkey, far) = (land(&[]), land(&["SY"]), land(&["TR"]), land(&["UA"]));
    assert!(syria > 5000.0 && turkey > 5000.0);
    assert!((all / (syria + turkey) - 1.0).abs() < 1e-3, "{all} {syria} {turkey}");
    assert!((far / all - 1.0).abs() < 1e-9, "where none of them lies, all land is meant");
    let region = Region::extent(&MAP, "the north-west", &extent, &["SY"]);
    let ground = ground(&[(36.7, 36.0, by("rebels")), (36.3, 33.5, by("army"))], &region);
    assert!(ground.problems.is_empty(), "a place outside a rectangle is left out on purpose");
    assert!(ground.value.areas.iter().all(|area| area.control.actors()[0].0 == "rebels"));
}

#[test]
fn a_region_by_rectangle_ends_at_its_rim() {
    let extent = crate::basemap::Extent::new(36.0, 34.5, 38.0, 37.0).unwrap();
    let region = Region::extent(&MAP, "the north-west", &extent, &[]);
    let bounds = region.bounds().unwrap();
    assert!((bounds.west() - 36.0).abs() < 1e-5 && (bounds.north() - 37.0).abs() < 1e-5, "{bounds:?}");
    let ground = ground(&[(36.75, 35.13, by("army")), (37.16, 36.2, by("rebels"))], &region);
    assert_fills(&ground.value, &region);
}

#[test]
fn the_order_of_places_does_not_matter() {
    let mut places: Vec<_> = (0..40_u64)
        .map(|n| {
            let (x, y) = ((n * 7919 % 97) as f64 / 97.0, (n * 104_729 % 89) as f64 / 89.0);
            (n, 36.5 + 4.5 * x, 33.5 + 3.0 * y)
        })
        .collect();
    let run = |places: &[(u64, f64, f64)]| {
        let sites: Vec<Site> = places.iter().map(|&(id, lon, lat)| site(id, lon, lat)).collect();
        let holders = [by("army"), by("rebels"), None];
        let held: Vec<_> = sites
            .iter()
            .zip(places)
            .map(|(site, (id, ..))| Held {
                site,
                control: holders[(id % 3) as usize].as_ref(),
                claimed: false,
                vouched: false,
            })
            .collect();
        of(&held, &SYRIA, REACH)
    };
    let one = run(&places);
    places.reverse();
    assert_eq!(one, run(&places));
}

fn control() -> impl Strategy<Value = Option<Control>> {
    let actor = |name: &str| ActorId(name.to_owned());
    prop_oneof![
        3 => Just(Some(Control::Held(actor("army")))),
        3 => Just(Some(Control::Held(actor("rebels")))),
        1 => Just(Some(Control::Contested(vec![actor("army"), actor("rebels")]))),
        1 => Just(Some(Control::Besieged { holder: actor("army"), by: None })),
        1 => Just(None),
    ]
}

/// Where places are few, lines run straight for dozens of kilometres, and other lines end on them.
#[test]
fn long_lines_that_others_end_on_leave_no_gap() {
    let both = Some(Control::Contested(vec![ActorId("army".into()), ActorId("rebels".into())]));
    let places = [
        (37.286_126, 35.538_431, by("rebels")),
        (40.934_535, 35.238_171, by("rebels")),
        (37.584_102, 32.991_319, both),
        (38.105_004, 36.268_649, by("army")),
        (38.145_614, 34.295_895, by("army")),
        (38.159_131, 34.294_198, by("rebels")),
    ];
    assert_fills(&ground(&places, &SYRIA).value, &SYRIA);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn areas_fill_the_region_and_never_overlap(
        places in prop::collection::vec((35.0..43.0, 32.0..38.0, control()), 0..60),
    ) {
        let ground = ground(&places, &SYRIA);
        assert_fills(&ground.value, &SYRIA);
    }

    /// Places on a coarse grid are collinear, on one circle and on top of each other all the time.
    #[test]
    fn places_on_a_grid_fill_the_region_too(
        places in prop::collection::vec((0..8_u8, 0..6_u8, control()), 0..48),
        reach in prop_oneof![Just(50.0), Just(25.0), Just(18.1), 5.0..300.0],
    ) {
        let sites: Vec<Site> = places.iter().enumerate().map(|(n, (x, y, _))| {
            let flat = Flat { x: f64::from(*x) * 25.0 - 100.0, y: f64::from(*y) * 25.0 - 60.0 };
            let at = SYRIA.projection().globe(flat).unwrap();
            site(n as u64, at.lon(), at.lat())
        }).collect();
        let held: Vec<Held<'_>> = sites.iter().zip(&places)
            .map(|(site, (.., control))| Held { site, control: control.as_ref(), claimed: false, vouched: false })
            .collect();
        assert_fills(&of(&held, &SYRIA, Km(reach)).value, &SYRIA);
    }

    #[test]
    fn a_place_lies_in_its_own_ground(
        places in prop::collection::vec((36.9..40.0, 34.7..36.0, control()), 1..40),
    ) {
        let ground = ground(&places, &SYRIA).value;
        for (n, (lon, lat, control)) in places.iter().enumerate() {
            if !ground.strays.contains(&site(n as u64, *lon, *lat).key()) {
                prop_assert_eq!(whose(&ground, *lon, *lat), control.as_ref());
            }
        }
    }
}
