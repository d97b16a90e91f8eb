//! What a professional map of a conflict has, a small picture for each point of it: a desert of our own, so that nothing but the
//! point is in it.

use super::{boxes, check, inside};
use crate::pictures;
use conflict_map::areas::{Area, Certainty, Front, Ground, Region};
use conflict_map::basemap::Basemap;
use conflict_map::claim::Site;
use conflict_map::gazetteer::Kind;
use conflict_map::scene::{self, Mark, Names, Palette, Scene, Spot, View};
use conflict_map::timeline::Control;
use conflict_map::units::Km;
use geo::{BooleanOps, Coord, LineString, MultiPolygon, Rect};
use jiff::civil::date;

/// A place: name, local name, longitude, latitude, what it is, who holds it as in [`pictures::control`].
type Row = (&'static str, &'static str, f64, f64, u64, Kind, &'static str);

/// A desert with some places and some ground.
struct Desert {
    rows: Vec<(Site, Option<Control>)>,
    region: Region,
    ground: Ground,
    before: Option<Ground>,
    palette: Palette,
    sources: Vec<String>,
    /// Names of places that changed, and of those that are only claimed.
    changed: Vec<&'static str>,
    claimed: Vec<&'static str>,
}

fn rectangle([west, south, east, north]: [f64; 4]) -> MultiPolygon<f64> {
    Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }).to_polygon().into()
}

fn area(letters: &str, certainty: Certainty, claimed: bool, bounds: [f64; 4]) -> Area {
    let control = pictures::control(letters).expect("somebody holds it");
    Area { control, claimed, certainty, shape: rectangle(bounds), places: [].into() }
}

fn desert(rows: &[Row], areas: Vec<Area>) -> Desert {
    let land = rectangle([20.0, 21.0, 23.0, 23.0]);
    let unknown = areas.iter().fold(land.clone(), |left, area| left.difference(&area.shape));
    Desert {
        rows: rows.iter().map(|row| (pictures::site(row), pictures::control(row.6))).collect(),
        region: Region::new("Desert", &Basemap::embedded(), land),
        ground: Ground { day: date(2024, 12, 5), areas, fronts: Vec::new(), unknown, strays: Vec::new() },
        before: None,
        palette: Palette::of(&pictures::sides()).value,
        sources: vec!["Agency".to_owned()],
        changed: Vec::new(),
        claimed: Vec::new(),
    }
}

impl Desert {
    fn draw(&self, name: &str, change: impl FnOnce(&mut View<'_>)) -> Scene {
        let (case, base) = (pictures::syria(), Basemap::embedded());
        let spots = self.rows.iter().map(|(site, control)| Spot {
            site,
            control: control.as_ref(),
            claimed: self.claimed.contains(&site.name.as_str()),
            changed: self.changed.contains(&site.name.as_str()),
            on: None,
            previous: None,
            passing: None,
        });
        let mut view = View {
            width: 480.0,
            height: 360.0,
            title: "A title",
            subtitle: "Desert",
            region: &self.region,
            ground: &self.ground,
            since: Some(date(2024, 12, 4)),
            before: self.before.as_ref(),
            spots: spots.collect(),
            palette: &self.palette,
            sources: &self.sources,
            ..case.view(&base)
        };
        change(&mut view);
        let picture = scene::map(&view);
        inside(&picture);
        super::apart(&picture);
        check(&format!("point-{name}"), &picture);
        picture
    }
}

fn words(picture: &Scene) -> Vec<String> {
    boxes(picture).into_iter().map(|(words, ..)| words).collect()
}

fn says(picture: &Scene, words: &str) -> bool {
    self::words(picture).iter().any(|line| line.contains(words))
}

const OASIS: Row = ("Oasis", "واحة", 21.5, 22.0, 60_000, Kind::Town, "g");
const WELL: Row = ("Well", "بئر", 22.2, 22.3, 9_000, Kind::Town, "o");

fn lines(picture: &Scene) -> impl Iterator<Item = (&[conflict_map::units::Px], &scene::Stroke)> {
    picture.marks.iter().filter_map(|mark| match mark {
        Mark::Line { points, stroke, .. } => Some((points.as_slice(), stroke)),
        _ => None,
    })
}

#[test]
fn the_title_says_the_claim_and_the_line_below_it_the_day() {
    let picture = desert(&[OASIS], Vec::new()).draw("title", |view| view.title = "Government takes Oasis");
    assert!(says(&picture, "Government takes Oasis"));
    assert!(says(&picture, "Situation at the end of 5 December 2024"));
}

#[test]
fn sources_and_licences_are_named_and_estimated_ground_is_said_to_be() {
    let picture = desert(&[OASIS], Vec::new()).draw("sources", |_| {});
    for line in ["Sources: Agency", "CC BY 4.0", "estimated"] {
        assert!(says(&picture, line), "{line}: {:?}", words(&picture));
    }
}

#[test]
fn claimed_ground_is_lighter_and_outlined() {
    let mut desert = desert(
        &[OASIS, WELL],
        vec![
            area("g", Certainty::Solid, false, [20.2, 21.2, 21.5, 22.8]),
            area("o", Certainty::Solid, true, [21.5, 21.2, 22.8, 22.8]),
        ],
    );
    desert.claimed.push("Well");
    let picture = desert.draw("claimed", |_| {});
    assert!(says(&picture, "Claimed by one"));
}

#[test]
fn contested_ground_is_hatched_in_both_colours() {
    let picture = desert(
        &[("Oasis", "", 21.5, 22.0, 60_000, Kind::Town, "go")],
        vec![area("go", Certainty::Solid, false, [21.0, 21.5, 22.0, 22.5])],
    )
    .draw("contested", |_| {});
    let hatch = |mark: &&Mark| matches!(mark, Mark::Fill { paint: scene::Paint::Hatch { .. }, .. });
    assert!(picture.marks.iter().filter(hatch).count() >= 2 && says(&picture, "Contested"));
}

#[test]
fn each_kind_of_place_has_its_mark_and_each_state_its_look() {
    let rows: Vec<Row> = vec![
        OASIS,
        ("Fort", "", 20.6, 22.6, 0, Kind::Base, "g"),
        ("Field", "", 21.2, 22.6, 0, Kind::Airport, "g"),
        ("Gate", "", 21.9, 22.6, 0, Kind::Crossing, "o"),
        ("Weir", "", 22.4, 22.6, 0, Kind::Dam, "o"),
        ("Split", "", 20.6, 21.4, 9_000, Kind::Town, "go"),
        ("Ring", "", 21.3, 21.4, 9_000, Kind::Town, "g/o"),
        ("Nobody", "", 20.7, 22.0, 9_000, Kind::Town, "?"),
    ];
    let picture = desert(&rows, Vec::new()).draw("symbols", |view| view.height = 480.0);
    for line in
        ["Military base", "Airport", "Border crossing", "Dam", "Contested", "Besieged", "Control not known"]
    {
        assert!(says(&picture, line), "{line}: {:?}", words(&picture));
    }
}

/// A day on which the opposition took Well, 60 km east of the ground it had.
fn advance() -> Desert {
    let mut desert = desert(&[WELL], vec![area("o", Certainty::Solid, false, [20.3, 21.5, 22.6, 22.6])]);
    let held = vec![area("o", Certainty::Solid, false, [20.3, 21.5, 21.5, 22.6])];
    desert.before = Some(Ground { areas: held, ..desert.ground.clone() });
    desert.changed.push("Well");
    desert
}

#[test]
fn what_changed_is_ringed_its_ground_darker_and_an_arrow_leads_there() {
    let picture = advance().draw("change", |_| {});
    for line in ["Changed since 4", "Ground gained", "Advance to a"] {
        assert!(says(&picture, line), "{line}: {:?}", words(&picture));
    }
    let without = advance().draw("change-without-arrows", |view| view.arrows = false);
    assert!(without.marks.len() < picture.marks.len() && !says(&without, "Advance"));
}

#[test]
fn a_map_of_several_days_gives_the_day_of_each_change() {
    let picture = advance().draw("days", |view| {
        view.since = Some(date(2024, 11, 30));
        view.spots.iter_mut().for_each(|spot| spot.on = Some(date(2024, 12, 3)));
    });
    assert!(says(&picture, "3 Dec"), "{:?}", words(&picture));
}

#[test]
fn unknown_ground_is_a_class_of_its_own() {
    let picture = desert(&[OASIS], vec![area("g", Certainty::Solid, false, [21.0, 21.5, 22.0, 22.5])]);
    assert!(says(&picture.draw("unknown", |_| {}), "Control not known"));
}

#[test]
fn a_front_line_is_no_border_and_thins_out_where_it_ends() {
    let mut desert = desert(
        &[OASIS, WELL],
        vec![
            area("g", Certainty::Solid, false, [20.2, 21.2, 21.8, 22.8]),
            area("o", Certainty::Solid, false, [21.8, 21.2, 22.8, 22.8]),
        ],
    );
    let [government, opposition] = desert.ground.areas.as_slice() else { unreachable!("two areas") };
    desert.ground.fronts = vec![Front {
        between: (government.control.clone(), opposition.control.clone()),
        line: LineString::from(vec![(21.8, 21.4), (21.85, 22.0), (21.8, 22.7)]),
        length: Km(140.0),
    }];
    let picture = desert.draw("front", |_| {});
    assert!(says(&picture, "Front line"));
    let front = conflict_map::style::LIGHT.lines.front * 0.55;
    let widest = lines(&picture).filter(|(_, stroke)| (stroke.width - front).abs() < 1e-6);
    // The line itself is shorter than its course: both ends are wedges.
    assert!(widest.count() >= 1);
}

#[test]
fn a_disputed_border_is_dashed() {
    // The line across the Golan Heights.
    let mut desert = desert(&[("Quneitra", "", 35.82, 33.13, 4_000, Kind::Town, "g")], Vec::new());
    desert.region = Region::new("Golan", &Basemap::embedded(), rectangle([35.6, 32.9, 36.1, 33.3]));
    desert.ground.unknown = desert.region.land.clone();
    let picture = desert.draw("border", |_| {});
    assert!(says(&picture, "Disputed border"));
}

#[test]
fn a_scale_bar_a_small_map_of_the_world_and_the_projection_say_where_this_is() {
    let picture =
        desert(&[OASIS], Vec::new()).draw("where", |view| (view.width, view.height) = (640.0, 400.0));
    assert!(says(&picture, " km") && says(&picture, "Lambert azimuthal equal-area"));
    let bare = picture.marks.len();
    let drawn = desert(&[OASIS], Vec::new()).draw("graticule", |view| view.graticule = true);
    assert!(says(&drawn, "° N") && says(&drawn, "° E"), "{:?}", words(&drawn));
    assert!(bare > 20);
}

#[test]
fn names_are_in_the_language_chosen() {
    for (name, names, expected) in [
        ("names-en", Names::English, vec!["Oasis"]),
        ("names-local", Names::Local, vec!["واحة"]),
        ("names-both", Names::Both, vec!["Oasis", "واحة"]),
    ] {
        let picture = desert(&[OASIS], Vec::new()).draw(name, |view| view.names = names);
        for word in ["Oasis", "واحة"] {
            assert_eq!(says(&picture, word), expected.contains(&word), "{names:?} {word}");
        }
    }
}

#[test]
fn a_romanised_name_is_no_local_one() {
    let rows = [OASIS, WELL, ("Baghdad", "Baghdad al-Jadida", 20.8, 22.5, 9_000, Kind::Town, "g")];
    let picture = desert(&rows, Vec::new()).draw("names-script", |view| view.names = Names::Local);
    assert!(says(&picture, "Baghdad") && !says(&picture, "Jadida") && says(&picture, "بئر"));
}

#[test]
fn a_picture_says_what_it_shows() {
    let picture = advance().draw("words", |_| {});
    assert!(picture.description.contains("Changed since 4 December 2024: Well (HTS-led opposition)"));
}

#[test]
fn a_place_keeps_its_side_of_its_symbol_through_a_series() {
    let early = desert(&[OASIS, WELL], vec![area("g", Certainty::Solid, false, [20.2, 21.2, 21.8, 22.8])]);
    // A town next to Oasis is known only on the second day: on the first, its name has its place already.
    let camp: Row = ("Camp", "", 21.62, 22.03, 9_000, Kind::Town, "o");
    let late = desert(&[OASIS, WELL, camp], Vec::new());
    let (case, base) = (pictures::syria(), Basemap::embedded());
    let view = |desert: &'static Desert| {
        let spots = desert.rows.iter().map(|(site, control)| Spot {
            site,
            control: control.as_ref(),
            claimed: false,
            changed: false,
            on: None,
            previous: None,
            passing: None,
        });
        (desert, spots.collect::<Vec<_>>())
    };
    let days = [view(Box::leak(Box::new(early))), view(Box::leak(Box::new(late)))];
    let views: Vec<View<'_>> = days
        .iter()
        .map(|(desert, spots)| View {
            width: 640.0,
            height: 400.0,
            region: &desert.region,
            ground: &desert.ground,
            spots: spots.clone(),
            ..case.view(&base)
        })
        .collect();
    let plan = scene::plan(&views).expect("there is something to show");
    let at = |view: &View<'_>, name: &str| {
        let picture = scene::map(&View { plan: Some(&plan), ..view.clone() });
        boxes(&picture).into_iter().find(|(words, ..)| words == name).map(|(.., bounds)| bounds)
    };
    for name in ["Oasis", "Well"] {
        assert_eq!(at(&views[0], name), at(&views[1], name), "{name} jumps");
    }
    assert!(at(&views[1], "Camp").is_some());
}
