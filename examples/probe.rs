#![allow(missing_docs, clippy::print_stdout)]
use conflict_map::gazetteer::{Gazetteer, fold};
fn main() {
    let g = Gazetteer::embedded();
    for query in std::env::args().skip(1) {
        println!("== {query} [{}]", fold(&query));
        for c in g.locate(&query).iter().take(6) {
            let p = c.place;
            println!(
                "  {:.3} {}{} {} {:?} {} {} {:?} {:?} pop {} id {} [{}]",
                c.score,
                p.name,
                p.local.map_or(String::new(), |l| format!(" ({l})")),
                p.kind.name(),
                p.at,
                p.country,
                p.feature,
                p.admin1,
                p.admin2,
                p.population,
                p.id,
                c.matched
            );
        }
    }
}
