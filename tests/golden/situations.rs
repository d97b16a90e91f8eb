//! Wars and exercises all over the globe, from tables made by hand: every name whole, apart, and made of letters there are.

use super::{apart, boxes, inside};
use conflict_map::atlas::{self, Atlas};
use conflict_map::basemap::Basemap;
use conflict_map::gazetteer::Gazetteer;
use conflict_map::scene::Scene;
use conflict_map::table::Sought;
use conflict_map::{event, project, run, timeline};
use std::fmt::Write as _;
use std::path::PathBuf;

#[allow(clippy::disallowed_methods)]
fn text(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/situations").join(path);
    std::fs::read_to_string(path).expect("the table is there")
}

/// Draws the maps of a situation, its settings changed.
fn draw<T>(name: &str, change: impl FnOnce(&mut project::Project), then: impl FnOnce(&Atlas<'_>) -> T) -> T {
    let (gazetteer, base) = (Gazetteer::embedded(), Basemap::embedded());
    let mut project = project::read(name, &text(&format!("{name}/conflict-map.toml"))).value;
    change(&mut project);
    let actor = |name: &str| conflict_map::actor::ActorId(name.to_owned());
    let resolve = |sought: &Sought<'_>| run::seek(&gazetteer, &project, sought);
    let table = text(&format!("{name}/baseline.csv"));
    let baseline = timeline::baseline::read(name, table.as_bytes(), &resolve, &actor);
    let table = text(&format!("{name}/events.csv"));
    let events = event::table::read(name, table.as_bytes(), &resolve, &actor);
    assert!(
        events.problems.is_empty() && baseline.problems.is_empty(),
        "{:?} {:?}",
        events.problems,
        baseline.problems
    );
    let situation = run::of_events(project.clone(), events.value, baseline.value).value;
    then(&atlas::of(&situation, &base, &gazetteer).value)
}

fn reads_well(picture: &Scene) {
    inside(picture);
    apart(picture);
}

#[test]
fn maps_read_well_all_over_the_globe() {
    for name in ["ukraine", "sudan", "congo", "myanmar", "fiji", "svalbard"] {
        draw(
            name,
            |_| {},
            |atlas| {
                let days = atlas.grounds().len();
                for day in [0, days / 2, days - 1] {
                    let picture = atlas.map(day);
                    reads_well(&picture);
                    assert!(boxes(&picture).len() > 10, "{name}");
                }
                reads_well(&atlas.sheet());
            },
        );
    }
}

#[test]
fn a_long_or_arabic_title_leaves_room_for_the_map() {
    for title in [
        "Government forces leave Wad Madani ".repeat(15),
        "قوات الدعم السريع تسيطر على مدينة الفاشر".to_owned(),
    ] {
        draw("sudan", |project| project.title = Some(title.clone()), |atlas| reads_well(&atlas.map(0)));
    }
}

#[test]
fn no_day_of_a_situation_is_before_its_first() {
    let empty = |project: &mut project::Project| {
        project.from = Some(jiff::civil::date(1999, 1, 1));
        project.to = Some(jiff::civil::date(1999, 12, 31));
    };
    draw("sudan", empty, |atlas| {
        assert!(atlas.grounds().len() <= 1);
        (0..atlas.grounds().len()).for_each(|day| reads_well(&atlas.map(day)));
    });
}

#[test]
fn a_rectangle_with_no_place_in_it_is_a_map_of_nothing_known() {
    let sea = |project: &mut project::Project| project.drawing.bbox = Some([-30.0, 30.0, -25.0, 33.0]);
    draw("ukraine", sea, |atlas| reads_well(&atlas.map(0)));
}

#[test]
fn fifty_actors_have_a_legend_that_fits() {
    let (gazetteer, base) = (Gazetteer::embedded(), Basemap::embedded());
    let mut table = String::from("date,place,lat,lon,country,change,gaining\n");
    let mut towns: Vec<_> = gazetteer.within("UA").filter(|place| place.population > 40_000).collect();
    towns.sort_by_key(|place| place.id);
    for (i, town) in towns.iter().take(50).enumerate() {
        let _ = writeln!(
            table,
            "2024-12-05,{},{},{},UA,captured,Army {i}",
            town.name,
            town.at.lat(),
            town.at.lon()
        );
    }
    let actor = |name: &str| conflict_map::actor::ActorId(name.to_owned());
    let events = event::table::read("many", table.as_bytes(), &|_| None, &actor).value;
    let situation = run::of_events(project::Project::default(), events, Vec::new()).value;
    let atlas = atlas::of(&situation, &base, &gazetteer).value;
    reads_well(&atlas.map(0));
}
