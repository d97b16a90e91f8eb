//! What is seen of each place that a name may mean.

use super::whole::Whole;
use super::{Asked, Likely, Surroundings};
use crate::gazetteer::Kind;
use crate::geoparse::ground::Ground;
use crate::geoparse::options::{Choosable, kilometres};
use std::collections::BTreeMap;

/// Number of features.
pub(super) const COUNT: usize = FEATURES.len();

/// The features by name, as the table of weights has them.
pub const FEATURES: [&str; 50] = [
    "country",
    "admin1",
    "admin2",
    "town",
    "village",
    "quarter",
    "water",
    "region",
    "facility",
    "capital",
    "seat1",
    "seat2",
    "prior",
    "lead",
    "first",
    "reciprocal rank",
    "own name",
    "other names",
    "only one",
    "country share",
    "country leads",
    "country named",
    "unit share",
    "unit named",
    "contains others",
    "next contains",
    "next contains another",
    "next contains, elsewhere",
    "next is a unit of its country",
    "contains the one before",
    "near 30 km",
    "near 100 km",
    "near 400 km",
    "nearest 30 km",
    "nearest 150 km",
    "neighbour 100 km",
    "people share",
    "region of the project",
    "unit word, unit",
    "unit word, other",
    "district word, district",
    "district word, other",
    "town word, settlement",
    "town word, other",
    "facility word, facility",
    "same name larger unit here",
    "none",
    "none, prior",
    "none, country share",
    "none, unknown around",
];

/// The feature of this name.
const fn feature(name: &str) -> usize {
    let mut i = 0;
    while i < COUNT {
        let (a, b) = (FEATURES[i].as_bytes(), name.as_bytes());
        let mut same = a.len() == b.len();
        let mut j = 0;
        while same && j < a.len() {
            same = a[j] == b[j];
            j += 1;
        }
        if same {
            return i;
        }
        i += 1;
    }
    panic!("no feature has this name")
}

/// Sets features by name, checked when compiling.
macro_rules! set {
    ($row:ident, $name:literal, $value:expr) => {
        $row[const { feature($name) }] = $value as f32
    };
}

/// What is seen of one place.
pub(crate) type Row = [f32; COUNT];

/// What is seen of each place of each name, and, last, of none of them.
pub(crate) fn rows(asked: &[Asked<'_>], likely: &Likely, around: &Surroundings) -> Vec<Vec<Row>> {
    rows_of(asked, likely, around, |_| true)
}

pub(super) fn rows_of(
    asked: &[Asked<'_>],
    likely: &Likely,
    around: &Surroundings,
    wanted: impl Fn(usize) -> bool,
) -> Vec<Vec<Row>> {
    let names = asked.iter().map(|one| one.name + 1).max().unwrap_or(0);
    let whole = Whole::of(asked, likely, names);
    let mut elsewhere: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for one in asked.iter().filter(|one| one.next.is_some()) {
        elsewhere.entry(one.name).or_default().extend(one.next);
    }
    let row = |i: usize| of_name(i, asked, likely, &whole, &elsewhere, around, names);
    (0..asked.len()).map(|i| if wanted(i) { row(i) } else { Vec::new() }).collect()
}

fn of_name(
    i: usize,
    asked: &[Asked<'_>],
    likely: &Likely,
    whole: &Whole,
    elsewhere: &BTreeMap<usize, Vec<usize>>,
    around: &Surroundings,
    names: usize,
) -> Vec<Row> {
    let one = &asked[i];
    let others = (names.max(2) - 1) as f32;
    let leading = {
        let votes = whole.countries.0.iter().map(|&(country, _)| (country, whole.country(one.name, country)));
        let most = votes.filter(|vote| vote.1 > 0.0).max_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        most.map_or(0, |vote| vote.0)
    };
    let peoples: f32 = around.peoples.values().sum();
    let best = one.options.iter().map(|option| option.prior).fold(0.0, f32::max);
    let second = {
        let mut priors: Vec<f32> = one.options.iter().map(|option| option.prior).collect();
        priors.sort_by(|a, b| b.total_cmp(a));
        priors.get(1).copied().unwrap_or(0.0)
    };
    let mut best_country = 0.0_f32;
    let mut rows: Vec<Row> = Vec::with_capacity(one.options.len() + 1);
    for (rank, option) in one.options.iter().enumerate() {
        let mut row: Row = [0.0; COUNT];
        let kind = option.place.kind;
        kinds(&mut row, option);
        set!(row, "prior", option.prior);
        let rival = if rank == 0 { second } else { best };
        set!(row, "lead", option.prior - rival);
        set!(row, "first", f32::from(u8::from(rank == 0)));
        set!(row, "reciprocal rank", 1.0 / (rank + 1) as f32);
        set!(row, "own name", f32::from(u8::from(option.own)));
        set!(row, "other names", f32::from(option.others + 1).ln() / 5.0);
        set!(row, "only one", f32::from(u8::from(one.options.len() == 1)));

        let country = whole.country(one.name, option.country) / others;
        best_country = best_country.max(country);
        set!(row, "country share", country);
        set!(row, "country leads", f32::from(u8::from(option.country == leading && leading != 0)));
        let small = !matches!(kind, Kind::Country | Kind::Region | Kind::Sea);
        let named = whole.named_countries.of(option.country);
        set!(row, "country named", if small { named } else { 0.0 });
        let unit = whole.unit(one.name, option.unit | option.is_unit) / others;
        set!(row, "unit share", if option.unit | option.is_unit == 0 { 0.0 } else { unit });
        let named = whole.named_units.of(option.unit);
        set!(row, "unit named", if option.unit == 0 { 0.0 } else { named });
        let inside = if option.is_unit == 0 { 0.0 } else { whole.unit(one.name, option.is_unit) };
        set!(row, "contains others", inside.min(3.0) / 3.0);

        containment(&mut row, one, option, asked, likely, elsewhere);
        near(&mut row, i, option, asked, likely, whole, others);

        let people = around.peoples.get(&option.country).copied().unwrap_or(0.0);
        set!(row, "people share", if peoples > 0.0 { people / (peoples + 2.0) } else { 0.0 });
        set!(row, "region of the project", f32::from(u8::from(around.region.contains(&option.country))));
        ground(&mut row, one.ground, option);
        let larger = one.options.iter().any(|other| {
            kind != Kind::Admin1
                && other.place.kind == Kind::Admin1
                && other.is_unit == option.unit
                && option.unit != 0
        });
        set!(row, "same name larger unit here", f32::from(u8::from(larger)));
        rows.push(row);
    }
    let mut none: Row = [0.0; COUNT];
    set!(none, "none", 1.0);
    set!(none, "none, prior", best);
    set!(none, "none, country share", best_country);
    set!(none, "none, unknown around", whole.unknown);
    rows.push(none);
    rows
}

/// What kind of place it is.
fn kinds(row: &mut Row, option: &Choosable<'_>) {
    match option.place.kind {
        Kind::Country => set!(row, "country", 1.0),
        Kind::Admin1 => set!(row, "admin1", 1.0),
        Kind::Admin2 => set!(row, "admin2", 1.0),
        Kind::Town => set!(row, "town", 1.0),
        Kind::Village => set!(row, "village", 1.0),
        Kind::Quarter => set!(row, "quarter", 1.0),
        Kind::River | Kind::Lake | Kind::Sea => set!(row, "water", 1.0),
        Kind::Region => set!(row, "region", 1.0),
        Kind::Base | Kind::Airport | Kind::Crossing | Kind::Dam => set!(row, "facility", 1.0),
    }
    match option.place.feature {
        "PPLC" => set!(row, "capital", 1.0),
        "PPLA" => set!(row, "seat1", 1.0),
        "PPLA2" => set!(row, "seat2", 1.0),
        _ => {}
    }
}

/// What "X, Y" says, here and where else the name stands.
fn containment(
    row: &mut Row,
    one: &Asked<'_>,
    option: &Choosable<'_>,
    asked: &[Asked<'_>],
    likely: &Likely,
    elsewhere: &BTreeMap<usize, Vec<usize>>,
) {
    if let Some(next) = one.next {
        let fits = contains(&asked[next].options, option);
        set!(row, "next contains", f32::from(u8::from(fits > 0.0)));
        let containers = asked[next]
            .options
            .first()
            .is_some_and(|next| matches!(next.place.kind, Kind::Country | Kind::Admin1));
        set!(row, "next contains another", f32::from(u8::from(fits <= 0.0 && containers)));
        let same = asked[next].options.first().is_some_and(|next| {
            next.country == option.country && next.place.kind == Kind::Admin1 && fits <= 0.0
        });
        set!(row, "next is a unit of its country", f32::from(u8::from(same)));
    } else if let Some(nexts) = elsewhere.get(&one.name) {
        let fits = nexts.iter().map(|&next| contains(&asked[next].options, option)).fold(0.0, f32::max);
        set!(row, "next contains, elsewhere", f32::from(u8::from(fits > 0.0)));
    }
    if let Some(previous) = one.previous {
        let inner = asked[previous].options.iter().zip(&likely[previous]);
        let fits: f32 = inner
            .filter(|(inner, _)| contains(std::slice::from_ref(option), inner) > 0.0)
            .map(|(_, p)| *p)
            .sum();
        set!(row, "contains the one before", fits);
    }
}

/// At most so many other names, on either side, are asked how near they are, so that long lists take no longer than prose.
const WINDOW: usize = 64;

/// How near the other places of the text are.
fn near(
    row: &mut Row,
    i: usize,
    option: &Choosable<'_>,
    asked: &[Asked<'_>],
    likely: &Likely,
    whole: &Whole,
    others: f32,
) {
    if matches!(option.place.kind, Kind::Country | Kind::Region | Kind::Sea) {
        return;
    }
    let (mut near, mut nearest) = ([0.0_f32; 3], [0.0_f32; 2]);
    let here = asked[i].name;
    let window = here.saturating_sub(WINDOW)..(here + WINDOW).min(whole.points.len());
    for points in window.filter(|&name| name != here).map(|name| &whole.points[name]) {
        let mut within = [0.0_f32; 4];
        for (at, p) in points {
            let km = kilometres(at, &option.at);
            if km < 400.0 {
                within[2] += p;
                within[3] += if km < 150.0 { *p } else { 0.0 };
                within[1] += if km < 100.0 { *p } else { 0.0 };
                within[0] += if km < 30.0 { *p } else { 0.0 };
            }
        }
        for (all, one) in near.iter_mut().zip(within) {
            *all += one;
        }
        nearest = [nearest[0].max(within[0]), nearest[1].max(within[3])];
    }
    set!(row, "near 30 km", near[0] / others);
    set!(row, "near 100 km", near[1] / others);
    set!(row, "near 400 km", near[2] / others);
    set!(row, "nearest 30 km", nearest[0]);
    set!(row, "nearest 150 km", nearest[1]);
    let beside = [i.checked_sub(1), Some(i + 1).filter(|&j| j < asked.len())];
    let mut best = 0.0_f32;
    for j in beside.into_iter().flatten().filter(|&j| asked[j].name != asked[i].name) {
        let near: f32 = asked[j]
            .options
            .iter()
            .zip(&likely[j])
            .filter(|(other, _)| {
                !matches!(other.place.kind, Kind::Country | Kind::Region | Kind::Sea)
                    && kilometres(&other.at, &option.at) < 100.0
            })
            .map(|(_, p)| *p)
            .sum();
        best = best.max(near);
    }
    set!(row, "neighbour 100 km", best);
}

/// What a word for a unit or a town counts: it is seldom met and seldom misleads, so it must be learnt from few cases.
const PLAIN: f32 = 4.0;

fn ground(row: &mut Row, ground: Ground, option: &Choosable<'_>) {
    let kind = option.place.kind;
    let settlement = matches!(kind, Kind::Town | Kind::Village | Kind::Quarter);
    let facility = matches!(kind, Kind::Base | Kind::Airport | Kind::Crossing | Kind::Dam);
    match ground {
        Ground::Unit if kind == Kind::Admin1 => set!(row, "unit word, unit", PLAIN),
        Ground::Unit => set!(row, "unit word, other", PLAIN),
        Ground::District if kind == Kind::Admin2 => set!(row, "district word, district", PLAIN),
        Ground::District => set!(row, "district word, other", PLAIN),
        Ground::Settlement if settlement => set!(row, "town word, settlement", PLAIN),
        Ground::Settlement => set!(row, "town word, other", PLAIN),
        Ground::Facility(_) if facility => set!(row, "facility word, facility", PLAIN),
        _ => {}
    }
}

/// How likely it is by prior that one of these places contains the other.
pub(super) fn contains(outer: &[Choosable<'_>], inner: &Choosable<'_>) -> f32 {
    let fits = |outer: &&Choosable<'_>| match outer.place.kind {
        Kind::Country => outer.country == inner.country && inner.place.kind != Kind::Country,
        Kind::Admin1 => outer.is_unit == inner.unit && inner.unit != 0 && inner.is_unit == 0,
        Kind::Admin2 => {
            outer.unit == inner.unit && inner.unit != 0 && inner.place.admin2 == Some(outer.place.name)
        }
        _ => false,
    };
    outer.iter().filter(fits).map(|outer| outer.prior).fold(0.0, f32::max)
}
