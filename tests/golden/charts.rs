//! Pictures of more than one day: two days compared, ground and places over time, towns day by day.

use super::{apart, boxes, check, hama, inside};
use crate::pictures::{self, Case};
use conflict_map::actor::{Actor, ActorId};
use conflict_map::areas::Ground;
use conflict_map::basemap::Basemap;
use conflict_map::claim::{Basis, When};
use conflict_map::gazetteer::PlaceId;
use conflict_map::scene::{self, Comparison, Course, Palette, Scene, Sheet, Strip, View};
use conflict_map::style::{Preset, Style};
use conflict_map::timeline::{Control, Interval};
use jiff::civil::{Date, date};

/// Three days: on the second the last area changes hands, on the third it is nobody's.
fn days(case: &Case) -> [Ground; 3] {
    let [first, mut second, mut third] = [1, 3, 8].map(|day| case.ground_on(day));
    let Some(last) = second.areas.last_mut() else { unreachable!("there are areas") };
    last.control = pictures::control("o").expect("somebody holds it");
    let freed = third.areas.pop().expect("there are areas");
    third.unknown.0.extend(freed.shape.0);
    [first, second, third]
}

fn views<'a>(case: &'a Case, base: &'a Basemap, days: &'a [Ground]) -> Vec<View<'a>> {
    days.iter().map(|ground| View { ground, before: None, ..case.view(base) }).collect()
}

fn sheet<'a>(views: &'a [View<'a>], (width, height): (f64, f64)) -> Sheet<'a> {
    Sheet { width, height, title: "Control of Hama", subtitle: "", views }
}

fn compared(case: &Case, [before, after]: [&Ground; 2], change: impl Fn(&mut View<'_>)) -> Scene {
    let base = Basemap::embedded();
    let mut first = View { ground: before, since: None, before: None, ..case.view(&base) };
    first.spots.iter_mut().for_each(|spot| (spot.changed, spot.previous) = (false, None));
    let mut second = View { ground: after, before: Some(before), ..case.view(&base) };
    for spot in &mut second.spots {
        spot.on = spot.changed.then_some(date(2024, 12, 2));
    }
    let mut views = [first, second];
    views.iter_mut().for_each(change);
    scene::compare(&Comparison { title: "Control of Hama", subtitle: "", views: &views })
}

fn interval(
    case: &Case,
    at: usize,
    (start, end): (Date, Option<Date>),
    who: &str,
    claimed: bool,
) -> Interval {
    Interval {
        site: case.rows[at].0.clone(),
        start,
        end,
        control: pictures::control(who),
        passing: None,
        began: When::day(start, Basis::Stated),
        claimed,
        presumed: false,
        events: Vec::new(),
        source: None,
    }
}

/// Four towns, between them each look of a cell.
fn histories(case: &Case) -> Vec<Vec<Interval>> {
    let [a, b, c] = [1, 4, 6].map(|day| date(2024, 12, day));
    vec![
        vec![interval(case, 0, (a, Some(b)), "g", false), interval(case, 0, (b, None), "o", false)],
        vec![interval(case, 1, (a, Some(c)), "og", false), interval(case, 1, (c, None), "o", true)],
        vec![interval(case, 2, (b, Some(c)), "g/o", false), interval(case, 2, (c, None), "?", false)],
        vec![interval(case, 3, (a, None), "s", false)],
    ]
}

fn stripped(sheet: Sheet<'_>, histories: &[Vec<Interval>], last: i8) -> Option<Scene> {
    let courses =
        histories.iter().filter_map(|history| Some(Course { site: &history.first()?.site, history }));
    let towns: Vec<Course<'_>> = courses.collect();
    scene::strip(&Strip { sheet, days: (date(2024, 12, 1), date(2024, 12, last)), towns: &towns })
}

#[test]
fn two_days_side_by_side_in_small() {
    let case = hama();
    let [first, second, _] = days(&case);
    let picture = compared(&case, [&first, &second], |view| (view.width, view.height) = (800.0, 600.0));
    inside(&picture);
    check("compare", &picture);
}

#[test]
fn ground_and_places_over_time_in_small() {
    let (case, base) = (hama(), Basemap::embedded());
    let days = days(&case);
    for style in Style::built_in() {
        let palette = Palette::styled(&pictures::sides(), style).value;
        let mut views = views(&case, &base, &days);
        for view in &mut views {
            (view.style, view.palette) = (style, &palette);
        }
        let picture = scene::chart(&sheet(&views, (800.0, 600.0))).expect("there are three days");
        inside(&picture);
        apart(&picture);
        check(&format!("ground-{}", style.name), &picture);
    }
}

#[test]
fn towns_day_by_day_in_small() {
    let (case, base) = (hama(), Basemap::embedded());
    let days = days(&case);
    for style in Style::built_in() {
        let palette = Palette::styled(&pictures::sides(), style).value;
        let mut views = views(&case, &base, &days);
        for view in &mut views {
            (view.style, view.palette) = (style, &palette);
        }
        let picture = stripped(sheet(&views, (800.0, 400.0)), &histories(&case), 8).expect("there are towns");
        inside(&picture);
        apart(&picture);
        check(&format!("towns-{}", style.name), &picture);
    }
}

#[test]
fn nothing_and_one_day_make_no_chart() {
    let (case, base) = (hama(), Basemap::embedded());
    let days = days(&case);
    let views = views(&case, &base, &days);
    assert!(scene::chart(&sheet(&[], (800.0, 600.0))).is_none());
    assert!(scene::chart(&sheet(&views[..1], (800.0, 600.0))).is_none());
    assert!(stripped(sheet(&views, (800.0, 600.0)), &[], 8).is_none());
    assert!(stripped(sheet(&views, (800.0, 600.0)), &histories(&case), 1).is_none());
}

#[test]
fn days_on_which_nothing_is_known_are_compared_too() {
    let mut case = hama();
    case.rows.clear();
    case.ground.areas.clear();
    let ground = case.ground_on(4);
    let picture = compared(&case, [&ground, &case.ground], |_| {});
    inside(&picture);
    let words: Vec<String> = boxes(&picture).into_iter().map(|(words, ..)| words).collect();
    assert!(words.iter().any(|words| words.starts_with("Nothing changed")), "{words:?}");
}

#[test]
fn every_text_of_charts_fits_every_preset() {
    let (case, base) = (pictures::syria(), Basemap::embedded());
    let days = days(&case);
    for (preset, _) in Preset::ALL {
        let size = preset.size();
        let page = |view: &mut View<'_>| {
            (view.width, view.height) = (size.width, size.height);
            (view.letters, view.furniture) = (size.letters, size.furniture);
        };
        let mut views = views(&case, &base, &days);
        views.iter_mut().for_each(page);
        let sheet = sheet(&views, (size.width, size.height));
        let pictures = [
            Some(compared(&case, [&days[0], &days[1]], page)),
            scene::chart(&sheet),
            stripped(sheet, &histories(&case), 8),
        ];
        for picture in pictures.into_iter().flatten() {
            inside(&picture);
            apart(&picture);
        }
    }
}

#[test]
fn fifty_sides_make_charts_that_can_be_read() {
    let (mut case, base) = (pictures::syria(), Basemap::embedded());
    let name = |i: usize| format!("Movement number {i} of the united front");
    let sides: Vec<Actor> =
        (0..50).map(|i| Actor { name: name(i), ..Actor::named(&format!("a{i}")) }).collect();
    case.palette = Palette::of(&sides).value;
    let held = |i: usize| Some(Control::Held(ActorId(format!("a{}", i % 50))));
    case.rows.iter_mut().enumerate().for_each(|(i, (_, control))| *control = held(i));
    for (i, area) in case.ground.areas.iter_mut().enumerate() {
        area.control = held(i).expect("somebody holds it");
    }
    let days = days(&case);
    let views = views(&case, &base, &days);
    let histories: Vec<Vec<Interval>> = (0..50)
        .map(|i| {
            let mut interval = interval(&case, i, (date(2024, 12, 1), None), "g", false);
            interval.control = held(i);
            vec![interval]
        })
        .collect();
    let sheet = sheet(&views, (1600.0, 1200.0));
    let pictures = [
        scene::chart(&sheet),
        stripped(sheet, &histories, 8),
        Some(compared(&case, [&days[0], &days[1]], |_| {})),
    ];
    for picture in pictures.into_iter().flatten() {
        inside(&picture);
        apart(&picture);
    }
}

#[test]
fn of_ten_thousand_towns_those_with_room_are_shown_and_the_others_counted() {
    let (mut case, base) = (hama(), Basemap::embedded());
    let row = case.rows[0].clone();
    case.rows = (0..10_000)
        .map(|i| {
            let mut row = row.clone();
            row.0.name = format!("Town {i}");
            row.0.id = Some(PlaceId(i));
            row.0.population = i;
            row
        })
        .collect();
    let days = days(&case);
    let histories: Vec<Vec<Interval>> =
        (0..10_000).map(|i| vec![interval(&case, i, (date(2024, 12, 1), None), "g", false)]).collect();
    let views = views(&case, &base, &days);
    let towns = stripped(sheet(&views, (1600.0, 1200.0)), &histories, 8).expect("there are towns");
    inside(&towns);
    apart(&towns);
    assert!(towns.about.caption.contains("most populous of 10\u{202f}000 places"), "{}", towns.about.caption);
    let words: Vec<String> = boxes(&towns).into_iter().map(|(words, ..)| words).collect();
    assert!(words.iter().any(|words| words == "Town 9999"));
    let mut changed = case.view(&base);
    changed.spots.iter_mut().for_each(|spot| spot.changed = true);
    let first = View { ground: &days[0], ..case.view(&base) };
    let compared = scene::compare(&Comparison { title: "Hama", subtitle: "", views: &[first, changed] });
    inside(&compared);
    let more = boxes(&compared).into_iter().find(|(words, ..)| words.starts_with("and "));
    assert!(more.is_some_and(|(words, ..)| words.ends_with(" more")));
}
