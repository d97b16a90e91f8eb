//! Who held what on each day, from a table of events: no reports, no files.
//!
//! ```sh
//! cargo run --example holders
//! ```
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use conflict_map::actor::ActorId;
use conflict_map::event;
use conflict_map::gazetteer::Gazetteer;
use conflict_map::project::Project;
use conflict_map::run;

const TABLE: &str = "\
date,place,change,gaining,losing
2016-12-22,Aleppo,captured,Army,Rebels
2024-11-29,Aleppo,contested,Rebels,
2024-11-30,Aleppo,captured,Rebels,Army
2024-12-05,Hama,captured,Rebels,Army
2024-12-06,Deir ez-Zor,withdrew,,Army
";

fn main() {
    let (gazetteer, project) = (Gazetteer::embedded(), Project::default());
    let resolve = |sought: &conflict_map::table::Sought<'_>| run::seek(&gazetteer, &project, sought);
    let events = event::table::read("table", TABLE.as_bytes(), &resolve, &|name| ActorId(name.to_owned()));
    for problem in &events.problems {
        println!("{}", problem.message);
    }
    let situation = run::of_events(project.clone(), events.value, Vec::new()).value;
    for day in situation.timeline.days() {
        println!("{day}");
        for interval in situation.timeline.at(day) {
            let holder = interval.control.as_ref().map_or_else(
                || "nobody known".to_owned(),
                |control| control.actors().iter().map(ToString::to_string).collect::<Vec<_>>().join(" and "),
            );
            println!("    {:12} {holder}", interval.site.name);
        }
    }
}
