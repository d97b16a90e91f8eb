//! `cargo xtask eval areas`: is the ground between known places given to whom it belongs?
//!
//! Two groups of a country's first-level units stand for two sides. A share of its settlements is labelled with the side
//! they lie in, the rest of the ground is worked out, and compared with the true border. See `eval/README.md`.

mod borders;
mod methods;

use borders::{Border, Country};
use conflict_map::basemap::Basemap;
use conflict_map::gazetteer::Gazetteer;
use methods::Method;
use std::collections::BTreeMap;

/// Groups of countries: those whose villages the program's gazetteer knows (over 2,400 settlements, less than two million
/// square kilometres, no archipelagos), and countries at war of which it knows some hundreds of towns.
const GROUPS: [(&str, &[&str]); 2] = [
    ("villages known", &["AT", "CI", "CZ", "DE", "ES", "FR", "IR", "IT", "MX", "PL", "RO", "TR", "UA"]),
    ("towns only", &["AF", "CD", "ET", "IQ", "LY", "ML", "MM", "SD", "SO", "SY", "YE"]),
];

/// Share of settlements that is labelled, and share of labels that is wrong.
const CASES: [(f64, f64); 6] = [(1.0, 0.0), (0.3, 0.0), (0.1, 0.0), (0.03, 0.0), (0.1, 0.02), (0.03, 0.02)];

/// Each case is drawn so many times.
const DRAWS: u64 = 2;

/// Ground so near the true border is where anything can go wrong at all.
const BAND_KM: f32 = 50.0;

/// What a method made of a border, summed up so that means are of countries.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    iou: f64,
    mean_km: f64,
    p95_km: f64,
    held_out: f64,
    /// Of what is shown as solid: what is wrong of it, how much of the band it covers, what is wrong of that, and how
    /// much of all error is not shown as solid. For methods that know no doubt all is solid.
    solid_wrong: f64,
    solid_of_band: f64,
    solid_wrong_in_band: f64,
    errors_caught: f64,
}

impl Score {
    fn add(&mut self, other: &Self, weight: f64) {
        for (sum, value) in self.values().into_iter().zip(other.clone().values()) {
            *sum += weight * *value;
        }
    }

    fn values(&mut self) -> [&mut f64; 8] {
        [
            &mut self.iou,
            &mut self.mean_km,
            &mut self.p95_km,
            &mut self.held_out,
            &mut self.solid_wrong,
            &mut self.solid_of_band,
            &mut self.solid_wrong_in_band,
            &mut self.errors_caught,
        ]
    }
}

pub(crate) fn run() {
    let (map, gazetteer) = (Basemap::embedded(), Gazetteer::embedded());
    for (name, countries) in GROUPS {
        println!("{name}: {}", countries.join(", "));
        score(countries, &map, &gazetteer);
        println!();
    }
}

fn score(countries: &[&str], map: &Basemap, gazetteer: &Gazetteer) {
    let mut means: BTreeMap<(usize, Method), Score> = BTreeMap::new();
    println!(
        "country  settlements  borders   IoU at 10 %: nearest  natural neighbour  harmonic  with rivers"
    );
    for code in countries {
        let country = Country::of(code, map, gazetteer);
        let mut own: BTreeMap<(usize, Method), Score> = BTreeMap::new();
        let part = 1.0 / (country.borders.len() as f64 * DRAWS as f64);
        for border in &country.borders {
            for (case, (share, wrong)) in CASES.into_iter().enumerate() {
                for draw in 0..DRAWS {
                    let labels = border.labels(share, wrong, draw);
                    for method in Method::ALL {
                        let score = judge(&country, border, &labels, method);
                        own.entry((case, method)).or_default().add(&score, part);
                    }
                }
            }
        }
        let at_ten: Vec<String> = Method::ALL.iter().map(|m| format!("{:.4}", own[&(2, *m)].iou)).collect();
        println!("{code:7} {:12} {:8}   {}", country.places.len(), country.borders.len(), at_ten.join("   "));
        for (key, score) in &own {
            means.entry(*key).or_default().add(score, 1.0 / countries.len() as f64);
        }
    }
    print(&means);
}

fn print(means: &BTreeMap<(usize, Method), Score>) {
    println!();
    println!(
        "labels  wrong  method               IoU    error against  border km     held-out  solid: wrong  of band  wrong    errors"
    );
    println!(
        "                                           nearest        mean   95 %   wrong     of all        shown    in band  caught"
    );
    for ((case, method), score) in means {
        let (share, wrong) = CASES[*case];
        let nearest = 1.0 - means[&(*case, Method::Nearest)].iou;
        println!(
            "{:4.0} %  {:3.0} %  {:18} {:.4}  {:+6.1} %       {:5.1}  {:5.1}   {:.4}    {:.4}        {:.3}    {:.4}   {:.3}",
            share * 100.0,
            wrong * 100.0,
            method.name(),
            score.iou,
            ((1.0 - score.iou) / nearest - 1.0) * 100.0,
            score.mean_km,
            score.p95_km,
            score.held_out,
            score.solid_wrong,
            score.solid_of_band,
            score.solid_wrong_in_band,
            score.errors_caught,
        );
    }
}

/// Compares what a method makes of these labels with the truth.
fn judge(country: &Country, border: &Border, labels: &[Option<bool>], method: Method) -> Score {
    let drawn = method.draw(country, labels);
    let (mut both, mut any) = ([0.0; 2], [0.0; 2]);
    let (mut solid, mut solid_wrong, mut band, mut solid_band, mut wrong_band) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut wrong, mut caught) = (0.0_f64, 0.0);
    for (cell, answer) in border.cells.iter().zip(&drawn.cells) {
        let Some(truth) = cell.side else { continue };
        for (n, side) in [false, true].into_iter().enumerate() {
            let (is, said) = (truth == side, answer.side == side);
            both[n] += f64::from(u8::from(is && said));
            any[n] += f64::from(u8::from(is || said));
        }
        let is_wrong = f64::from(u8::from(answer.side != truth));
        let is_solid = f64::from(u8::from(answer.is_solid));
        let in_band = f64::from(u8::from(cell.km <= BAND_KM));
        solid += is_solid;
        solid_wrong += is_solid * is_wrong;
        band += in_band;
        solid_band += in_band * is_solid;
        wrong_band += in_band * is_solid * is_wrong;
        wrong += is_wrong;
        caught += is_wrong * (1.0 - is_solid);
    }
    let mut away: Vec<f32> =
        country.edges(|cell| Some(drawn.cells[cell].side)).map(|cell| border.cells[cell].km).collect();
    away.sort_by(f32::total_cmp);
    let (mut unlabelled, mut missed) = (0.0_f64, 0.0);
    for ((label, truth), said) in labels.iter().zip(&border.sides).zip(&drawn.places) {
        if label.is_none() {
            unlabelled += 1.0;
            missed += f64::from(u8::from(said != truth));
        }
    }
    Score {
        iou: f64::midpoint(both[0] / any[0], both[1] / any[1]),
        mean_km: away.iter().map(|km| f64::from(*km)).sum::<f64>() / away.len().max(1) as f64,
        p95_km: away.get(away.len() * 95 / 100).map_or(0.0, |km| f64::from(*km)),
        held_out: missed / unlabelled.max(1.0),
        solid_wrong: solid_wrong / f64::max(solid, 1.0),
        solid_of_band: solid_band / f64::max(band, 1.0),
        solid_wrong_in_band: wrong_band / f64::max(solid_band, 1.0),
        errors_caught: caught / wrong.max(1.0),
    }
}
