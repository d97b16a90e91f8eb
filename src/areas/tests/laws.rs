//! What holds of all ground, however places lie.

use super::*;
use crate::areas::{Fields, between, outline, square_km};
use crate::basemap::Extent;
use crate::gazetteer::Gazetteer;

/// A net of Syria with all its settlements, as maps have it.
static NET: LazyLock<Net> = LazyLock::new(|| {
    let places = crate::areas::settlements(&Gazetteer::embedded(), &MAP, &SYRIA);
    Net::of(SYRIA.clone(), &MAP, places, Rules::default())
});

fn sites(places: &[(f64, f64)]) -> Vec<Site> {
    places.iter().enumerate().map(|(n, (lon, lat))| site(n as u64, *lon, *lat)).collect()
}

fn held<'a>(sites: &'a [Site], controls: &'a [Option<Control>]) -> Vec<Held<'a>> {
    let pairs = sites.iter().zip(controls.iter().cycle());
    pairs
        .map(|(site, control)| Held { site, control: control.as_ref(), claimed: false, vouched: false })
        .collect()
}

/// Settlements of the net, every so many, with their number.
fn some(step: usize) -> Vec<(f64, f64)> {
    let globe = |at: &Flat| SYRIA.projection().globe(*at).map(|at| (at.lon(), at.lat()));
    NET.points()[..NET.len()].iter().step_by(step).filter_map(globe).collect()
}

#[test]
fn smoothing_leaves_every_settlement_on_its_side() {
    let sites = sites(&some(29));
    let controls: Vec<Option<Control>> =
        sites.iter().map(|site| by(if site.at.unwrap().lat() > 34.9 { "rebels" } else { "army" })).collect();
    let mut survey = Survey::of(&NET);
    let held = held(&sites, &controls);
    let (ground, fields) = (survey.ground(DAY, &held).value, survey.fields(&held).value);
    let mut near = 0;
    for point in &NET.points()[..NET.len()] {
        let score = fields.score(*point);
        // A metre or two are lost on the grid of the shapes.
        if (score.score - 0.5).abs() < 1e-3 || (score.score - 0.2).abs() < 1e-3 || score.nearest.0 > 49.9 {
            continue;
        }
        let at = SYRIA.projection().globe(*point).unwrap();
        if !SYRIA.contains(at) {
            continue;
        }
        let here = Point::new(at.lon(), at.lat());
        let drawn = ground.areas.iter().find(|area| area.shape.contains(&here));
        let expected = score.control.map(|control| (control, score.certainty));
        assert_eq!(drawn.map(|area| (area.control.clone(), area.certainty)), expected, "at {at:?}");
        near += usize::from(score.score < 0.8);
    }
    assert!(near > 50, "only {near} settlements were near a line");
}

#[test]
fn a_day_does_not_depend_on_the_days_before_it() {
    let sites = sites(&some(17));
    let day = |n: usize| -> Vec<Option<Control>> {
        let control = |at: usize| match (at * 7 + n * 3) % 11 {
            0 => None,
            1..=5 => by("army"),
            6 => Some(Control::Contested(vec![ActorId("army".into()), ActorId("rebels".into())])),
            _ => by("rebels"),
        };
        (0..sites.len()).map(control).collect()
    };
    let mut survey = Survey::of(&NET);
    for n in [0, 1, 1, 2] {
        let controls = day(n);
        // Some places are not known on some days.
        let held: Vec<Held<'_>> = held(&sites, &controls)
            .into_iter()
            .enumerate()
            .filter(|(at, _)| at % 5 != n)
            .map(|(_, h)| h)
            .collect();
        assert!(survey.ground(DAY, &held) == Survey::of(&NET).ground(DAY, &held), "day {n}");
    }
}

#[test]
fn what_places_say_adds_up_to_the_score() {
    let sites = sites(&[(36.75, 35.13), (36.72, 34.73), (37.16, 36.2), (36.3, 33.5), (40.14, 35.33)]);
    let controls = [by("army"), by("rebels"), by("rebels"), by("army"), None];
    let fields = Survey::of(&NET).fields(&held(&sites, &controls)).value;
    for (lon, lat) in [(36.75, 35.13), (36.6, 34.95), (38.0, 35.0), (40.9, 36.9)] {
        let at = LonLat::new(lon, lat).unwrap();
        let says = fields.behind(at);
        let all: f64 = says.iter().map(|say| say.share).sum();
        assert!((all - 1.0).abs() < 1e-6, "{all}");
        let of = |actor: Option<&str>| -> f64 {
            let same = |say: &&crate::areas::Say| say.control == actor.and_then(by);
            says.iter().filter(same).map(|say| say.share).sum()
        };
        let mut chances = [of(Some("army")), of(Some("rebels")), of(None)];
        let (army, rebels) = (chances[0], chances[1]);
        chances.sort_by(f64::total_cmp);
        let score = fields.at(at).unwrap();
        if army.max(rebels) >= chances[2] {
            assert!((score.score - (chances[2] - chances[1])).abs() < 1e-6, "{score:?} {chances:?}");
            assert_eq!(score.holder.unwrap().0, if army > rebels { "army" } else { "rebels" });
        }
    }
    assert_eq!(fields.behind(LonLat::new(10.0, 50.0).unwrap()), []);
    assert_eq!(fields.at(LonLat::new(10.0, 50.0).unwrap()), None);
}

#[test]
fn a_river_holds_control_up() {
    // Either bank of the Euphrates below Raqqa.
    let places: Vec<(f64, f64)> =
        (0..12).map(|n| 39.1 + 0.08 * f64::from(n)).flat_map(|x| [(x, 36.1), (x, 35.6)]).collect();
    let sites = sites(&places);
    let controls = [by("north"), by("south")];
    let score = |rivers| {
        let rules = Rules { rivers, ..Rules::default() };
        let graph = places.iter().copied().chain(some(1)).filter_map(|(x, y)| LonLat::new(x, y));
        let net = Net::of(SYRIA.clone(), &MAP, graph, rules);
        let fields: Fields<'_> = Survey::of(&net).fields(&held(&sites, &controls)).value;
        let on = |lat| fields.at(LonLat::new(39.5, lat).unwrap()).unwrap();
        (on(36.0).score, on(35.7).score)
    };
    let (with, without) = (score(true), score(false));
    assert!(with.0 + with.1 > without.0 + without.1, "{with:?} {without:?}");
}

#[test]
fn a_stray_repaints_nothing_and_is_told() {
    let mut places: Vec<(f64, f64)> =
        (0..25).map(|n| (36.0 + 0.1 * f64::from(n % 5), 35.4 + 0.1 * f64::from(n / 5))).collect();
    places.extend([(36.2, 35.61), (38.0, 34.3), (38.1, 34.3)]);
    let sites = sites(&places);
    let mut controls = vec![by("rebels"); 25];
    controls.extend([by("army"), by("army"), by("army")]);
    let net = Net::of(SYRIA.clone(), &MAP, sites.iter().filter_map(|site| site.at), Rules::default());
    let ground = Survey::of(&net).ground(DAY, &held(&sites, &controls));
    assert_eq!(codes(&ground), ["stray-place"]);
    assert!(
        ground.problems[0].message.starts_with("`place 25` is said to be held by army"),
        "{:?}",
        ground.problems
    );
    assert_eq!(ground.value.strays, [sites[25].key()]);
    assert_eq!(whose(&ground.value, 36.2, 35.61), by("rebels").as_ref());
    // Somebody looked at it and stands by it.
    let mut sure = held(&sites, &controls);
    sure[25].vouched = true;
    let ground = Survey::of(&net).ground(DAY, &sure);
    assert!(ground.problems.is_empty() && ground.value.strays.is_empty());
    assert_eq!(whose(&ground.value, 36.2, 35.61), by("army").as_ref());
    // Besieged, it says itself that it is surrounded.
    controls[25] = Some(Control::Besieged { holder: ActorId("army".into()), by: None });
    let ground = Survey::of(&net).ground(DAY, &held(&sites, &controls));
    assert!(ground.problems.is_empty());
    assert!(matches!(whose(&ground.value, 36.2, 35.61), Some(Control::Besieged { .. })));
    // Allies nearby make it none.
    controls[25] = by("navy");
    let sides =
        [("navy", "rebels"), ("rebels", "rebels")].map(|(a, b)| (ActorId(a.into()), ActorId(b.into())));
    let ground = Survey::of(&net).allied(sides.into()).ground(DAY, &held(&sites, &controls));
    assert!(ground.problems.is_empty());
}

#[test]
fn fifty_actors_share_the_ground_and_one_alone_has_no_front() {
    let sites = sites(&some(NET.len() / 60)[..50]);
    let controls: Vec<Option<Control>> = (0..50).map(|n| by(&format!("actor {n}"))).collect();
    let ground = Survey::of(&NET).ground(DAY, &held(&sites, &controls));
    let holders: std::collections::BTreeSet<_> =
        ground.value.areas.iter().map(|area| &area.control).collect();
    assert_eq!(holders.len(), 50);
    assert_fills(&ground.value, &SYRIA);
    let alone = Survey::of(&NET).ground(DAY, &held(&sites, &[by("army")]));
    assert!(
        alone.value.fronts.is_empty()
            && alone.value.areas.iter().all(|area| area.certainty == Certainty::Solid)
    );
    assert_fills(&alone.value, &SYRIA);
}

#[test]
fn what_moves_between_days_is_what_changed_on_the_map() {
    let sites = sites(&some(40));
    let army = vec![by("army"); sites.len()];
    let mut after = army.clone();
    let north = |site: &Site| site.at.unwrap().lat() > 35.0;
    sites
        .iter()
        .zip(&mut after)
        .filter(|(site, _)| north(site))
        .for_each(|(_, control)| *control = by("rebels"));
    let mut survey = Survey::of(&NET);
    let (before, after) =
        (survey.ground(DAY, &held(&sites, &army)).value, survey.ground(DAY, &held(&sites, &after)).value);
    let gains = between(&before, &after);
    let rebels: f64 = after
        .areas
        .iter()
        .filter(|a| Some(&a.control) == by("rebels").as_ref())
        .map(|a| square_km(&a.shape))
        .sum();
    let won = gains.iter().find(|gain| gain.to.is_some()).unwrap();
    assert_eq!(
        (won.from.clone(), won.to.clone()),
        (Some(ActorId("army".into())), Some(ActorId("rebels".into())))
    );
    assert!((won.area / rebels - 1.0).abs() < 1e-6);
    assert_eq!(won.places.len(), sites.iter().filter(|site| north(site)).count());
    assert_eq!(between(&after, &after), []);
    let back = between(&after, &before);
    let won: f64 =
        back.iter().filter(|gain| gain.to == Some(ActorId("army".into()))).map(|gain| gain.area).sum();
    let lost: f64 =
        gains.iter().filter(|gain| gain.from == Some(ActorId("army".into()))).map(|gain| gain.area).sum();
    // Passages of less than a hundredth of a square kilometre are left out of both.
    assert!((won / lost - 1.0).abs() < 1e-5, "{won} {lost}");
}

#[test]
fn rectangles_across_the_antimeridian_and_at_a_pole_are_whole() {
    for (west, south, east, north, spots) in [
        (176.0, 62.0, -170.0, 69.0, [(177.5, 64.75), (-173.2, 64.4)]),
        (-180.0, 80.0, 180.0, 90.0, [(-62.3, 82.5), (55.0, 80.7)]),
    ] {
        let extent = Extent::new(west, south, east, north).unwrap();
        let region = Region::extent(&MAP, "far off", &extent, &[]);
        let places = [(spots[0].0, spots[0].1, by("east")), (spots[1].0, spots[1].1, by("west"))];
        let ground = ground(&places, &region);
        assert!(ground.problems.is_empty(), "{:?}", ground.problems);
        assert_eq!(ground.value.areas.len(), 2);
        let size = square_km(&region.land);
        let parts: f64 = ground.value.areas.iter().map(|area| square_km(&area.shape)).sum();
        assert!(((parts + square_km(&ground.value.unknown)) / size - 1.0).abs() < 1e-6);
    }
}

#[test]
fn an_outline_of_ones_own_bounds_the_ground_even_if_it_crosses_itself() {
    let bow_tie =
        r#"{"type": "Polygon", "coordinates": [[[36, 34.5], [38, 36], [38, 34.5], [36, 36], [36, 34.5]]]}"#;
    let shape = outline("mine.geojson", bow_tie);
    assert_eq!(codes_of(&shape.problems), ["bad-project"]);
    let region = Region::within(&MAP, "mine", &shape.value, &[]);
    assert!(
        region.contains(LonLat::new(36.2, 35.2).unwrap())
            && region.contains(LonLat::new(37.8, 35.2).unwrap())
    );
    assert!(!region.contains(LonLat::new(37.0, 34.7).unwrap()));
    assert_fills(&ground(&[(36.3, 35.2, by("army")), (37.8, 35.2, by("rebels"))], &region).value, &region);
    for (text, count) in [
        ("no", 2),
        (r#"{"type": "Point", "coordinates": [1, 2]}"#, 2),
        (r#"{"type": "Polygon", "coordinates": [[[36, 34], [400, 34], [38, 36], [36, 34]]]}"#, 2),
        (r#"{"type": "Polygon", "coordinates": [[[36, 34], [37, 34], [38, 34], [36, 34]]]}"#, 1),
    ] {
        let checked = outline("mine.geojson", text);
        assert_eq!(
            (checked.value.0.len(), checked.problems.len()),
            (0, count),
            "{text}: {:?}",
            checked.problems
        );
    }
    assert_eq!(Region::within(&MAP, "mine", &MultiPolygon(vec![]), &[]).land, MultiPolygon(vec![]));
}

fn codes_of(problems: &[crate::diag::Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.code.name()).collect()
}

#[test]
fn a_region_without_settlements_still_has_the_ground_of_its_places() {
    let outline = r#"{"type": "Polygon", "coordinates": [[[38.2, 33.2], [38.4, 33.2], [38.4, 33.4], [38.2, 33.4], [38.2, 33.2]]]}"#;
    let region = Region::within(&MAP, "desert", &outline_of(outline), &[]);
    let net = Net::of(region.clone(), &MAP, [LonLat::new(38.3, 33.3).unwrap()], Rules::default());
    let sites = sites(&[(38.3, 33.3)]);
    let ground = Survey::of(&net).ground(DAY, &held(&sites, &[by("guards")])).value;
    assert_eq!((ground.areas.len(), ground.unknown.0.len()), (1, 0));
    let empty = Net::of(region, &MAP, [], Rules::default());
    assert!(empty.is_empty());
    let ground = Survey::of(&empty).ground(DAY, &held(&sites, &[by("guards")])).value;
    assert!(ground.areas.is_empty(), "there is no point for it on a graph of nothing");
}

fn outline_of(text: &str) -> MultiPolygon<f64> {
    outline("mine.geojson", text).value
}
