//! How long ground takes: one day from nothing, further days with ten changes each, by number of settlements.
#![expect(clippy::disallowed_methods, reason = "a clock is what a benchmark reads")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use conflict_map::actor::ActorId;
use conflict_map::areas::{Held, Net, Region, Rules, Survey, settlements};
use conflict_map::basemap::Basemap;
use conflict_map::claim::{GeoPrecision, Site};
use conflict_map::gazetteer::{Gazetteer, Kind};
use conflict_map::timeline::Control;
use conflict_map::units::{Date, LonLat};
use std::time::Instant;

/// Days after the first.
const DAYS: usize = 30;

/// Changes from one day to the next: holders changed, places newly known.
const CHANGES: (usize, usize) = (7, 3);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_short = !arguments.iter().any(|argument| argument == "--bench");
    let wanted: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let map = Basemap::embedded();
    if let [count, known] = wanted[..] {
        return row(&map, count, known as f64 / 100.0);
    }
    println!("Ukraine, two actors, medians; times in ms, memory in MB");
    println!(
        "settlements  known     graph  first day   of it solving   further day   the same, new places   kept    peak"
    );
    for count in [1_000, 3_000, 10_000, 12_600, 30_000, 100_000] {
        for known in ["5", "100"] {
            // Each in a process of its own, whose peak of memory is that of this row alone.
            let program = std::env::current_exe().unwrap_or_default();
            let done = std::process::Command::new(program).args([&count.to_string(), known]).status();
            assert!(done.is_ok_and(|status| status.success()));
        }
        if is_short {
            return;
        }
    }
    year(&map, &Gazetteer::embedded());
}

/// A year of three changes a day over the settlements of Syria that the program knows, of which every third is known.
fn year(map: &Basemap, gazetteer: &Gazetteer) {
    let region = Region::countries(map, &["SY"]).value;
    let places = settlements(gazetteer, map, &region);
    let site = |(n, at): (usize, &LonLat)| Site {
        at: Some(*at),
        ..Site::unplaced(&format!("place {n}"), None, Kind::Village, GeoPrecision::Place)
    };
    let sites: Vec<Site> = places.iter().enumerate().map(site).step_by(3).collect();
    let controls = ["army", "rebels"].map(|name| Control::Held(ActorId(name.to_owned())));
    let mut sides: Vec<usize> =
        sites.iter().map(|site| usize::from(site.at.is_some_and(|at| at.lat() > 35.3))).collect();
    let near: Vec<usize> =
        (0..sites.len()).filter(|n| sites[*n].at.is_some_and(|at| (at.lat() - 35.3).abs() < 0.5)).collect();
    let ((count, kilometres), took) = timed(|| {
        let net = Net::of(region, map, places.iter().copied(), Rules::default());
        let mut survey = Survey::of(&net);
        let mut kilometres = 0.0;
        for day in 0..365 {
            for n in 0..3 {
                let place = near[(day * 101 + n * 37) % near.len()];
                sides[place] = 1 - sides[place];
            }
            let held: Vec<Held<'_>> = sites
                .iter()
                .zip(&sides)
                .map(|(site, side)| Held {
                    site,
                    control: Some(&controls[*side]),
                    claimed: false,
                    vouched: false,
                })
                .collect();
            let ground = survey.ground(Date::constant(2024, 1, 1), &held).value;
            kilometres += ground.fronts.iter().map(|front| front.length.0).sum::<f64>();
        }
        (net.len(), kilometres)
    });
    println!(
        "365 days of three changes, Syria, {count} settlements, {} known: {:.2} s, {:.0} MB at most; {:.0} km of front on average",
        sites.len(),
        took / 1e3,
        peak() as f64 / 1e6,
        kilometres / 365.0
    );
}

/// The most memory this process has had, in bytes.
#[cfg(unix)]
fn peak() -> u64 {
    use nix::sys::resource::{UsageWho, getrusage};
    let kilobytes = getrusage(UsageWho::RUSAGE_SELF).map_or(0, |usage| usage.max_rss());
    u64::try_from(kilobytes).unwrap_or(0) * if cfg!(target_os = "macos") { 1 } else { 1024 }
}

#[cfg(not(unix))]
fn peak() -> u64 {
    0
}

fn row(map: &Basemap, count: usize, share: f64) {
    let region = Region::countries(map, &["UA"]).value;
    let sites = sites(&region, count);
    let places: Vec<LonLat> = sites.iter().filter_map(|site| site.at).collect();
    let (net, graph) = timed(|| Net::of(region.clone(), map, places.iter().copied(), Rules::default()));
    let controls = ["army", "rebels"].map(|name| Control::Held(ActorId(name.to_owned())));
    // The front runs from north to south; a few places more are known each day, and a few change hands.
    let front = 32.0;
    let mut known: Vec<Option<usize>> = sites
        .iter()
        .enumerate()
        .map(|(n, site)| {
            let is_known = (n * 7919 % 1000) as f64 <= share * 1000.0;
            is_known.then(|| usize::from(site.at.is_some_and(|at| at.lon() > front)))
        })
        .collect();
    let near: Vec<usize> =
        (0..sites.len()).filter(|n| sites[*n].at.is_some_and(|at| (at.lon() - front).abs() < 1.0)).collect();
    let day = Date::constant(2024, 1, 1);
    let held = |known: &[Option<usize>]| -> Vec<Held<'_>> {
        sites
            .iter()
            .zip(known)
            .filter_map(|(site, side)| {
                Some(Held { site, control: Some(&controls[(*side)?]), claimed: false, vouched: false })
            })
            .collect()
    };
    let (_, solving) = timed(|| Survey::of(&net).fields(&held(&known)));
    let mut survey = Survey::of(&net);
    let (_, first) = timed(|| survey.ground(day, &held(&known)));
    let (mut flips, mut news) = (Vec::new(), Vec::new());
    for step in 0..DAYS {
        let is_new = step % 2 == 1;
        for n in 0..CHANGES.0 + CHANGES.1 {
            let place = near[(step * 101 + n * 37) % near.len()];
            if is_new && n >= CHANGES.0 {
                known[place] = known[place].map_or(Some(n % 2), |_| None);
            } else if let Some(side) = known[place] {
                known[place] = Some(1 - side);
            }
        }
        let (ground, took) = timed(|| survey.ground(day, &held(&known)));
        assert!(!ground.value.areas.is_empty());
        if is_new { news.push(took) } else { flips.push(took) }
    }
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied().unwrap_or_default()
    };
    println!(
        "{:11} {:5.0} % {graph:9.1} {first:10.1} {solving:15.1} {:13.1} {:22.1} {:6.1} {:7.1}",
        net.len(),
        share * 100.0,
        median(flips),
        median(news),
        survey.bytes() as f64 / 1e6,
        peak() as f64 / 1e6
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let value = work();
    (value, start.elapsed().as_secs_f64() * 1e3)
}

/// Settlements strewn over a region as settlements are: most of them near others.
fn sites(region: &Region, count: usize) -> Vec<Site> {
    let mut state = 42_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let Some(bounds) = region.bounds() else { return Vec::new() };
    let mut sites: Vec<Site> = Vec::new();
    while sites.len() < count {
        let parent =
            (!sites.is_empty() && random() < 0.6).then(|| sites[(random() * sites.len() as f64) as usize].at);
        let (lon, lat) = match parent.flatten() {
            Some(at) => (at.lon() + (random() - 0.5) * 0.3, at.lat() + (random() - 0.5) * 0.2),
            None => (
                bounds.west() + random() * bounds.width(),
                bounds.south() + random() * (bounds.north() - bounds.south()),
            ),
        };
        let Some(at) = LonLat::new(lon, lat).filter(|at| region.contains(*at)) else { continue };
        let name = format!("place {}", sites.len());
        sites.push(Site { at: Some(at), ..Site::unplaced(&name, None, Kind::Village, GeoPrecision::Place) });
    }
    sites
}
