//! Choosing one position for each name, or none: greedy first, then by simulated annealing.
//!
//! Kirkpatrick, Gelatt and Vecchi, *Optimization by Simulated Annealing* (1983). A step gives one name another position; the
//! names in its way look for a free one or go. No two names ever overlap, at no temperature. The numbers are drawn by
//! `SplitMix64` (Steele, Lea and Flood, 2014) from one seed: same names, same map.

use super::Wanted;
use super::options::Options;

/// What it costs to leave out the least and the most important name.
const LEFT_OUT: (f64, f64) = (10.0, 22.0);
/// The same for a name that must be shown.
const MUST: f64 = 1000.0;
/// Temperatures at the start and at the end, in units of cost.
const HEAT: (f64, f64) = (1.2, 0.04);
/// Steps for each name, and most of all.
const STEPS: (usize, usize) = (140, 40_000);
/// A step that would push away more names than this is not tried.
const MOST_PUSHED: usize = 3;

/// A position for each name, as an index into the options.
pub(super) fn settle(options: &Options, wanted: &[Wanted]) -> Vec<Option<usize>> {
    let mut state = State::of(options, wanted);
    for label in 0..wanted.len() {
        state.seat(label);
    }
    // Names that have their best position and nobody to dispute it stay there.
    let loose: Vec<usize> = (0..wanted.len())
        .filter(|label| {
            let own = &options.of[*label];
            let is_settled = state.chosen[*label] == Some(own.start) && options.rivals(own.start).is_empty();
            !own.is_empty() && !is_settled
        })
        .collect();
    if !loose.is_empty() {
        anneal(&mut state, &loose);
    }
    for label in 0..wanted.len() {
        if state.chosen[label].is_none() {
            state.seat(label);
        }
    }
    state.chosen
}

fn anneal(state: &mut State<'_>, loose: &[usize]) {
    let steps = (STEPS.0 * loose.len()).min(STEPS.1);
    let cooling = (HEAT.1 / HEAT.0).powf(1.0 / steps as f64);
    let mut numbers = Numbers(0x6d61_702d_6c61_6265);
    let (mut heat, mut best) = (HEAT.0, (0.0, state.chosen.clone()));
    let mut energy = 0.0;
    for _ in 0..steps {
        heat *= cooling;
        let label = loose[numbers.below(loose.len())];
        let own = state.options.of[label].clone();
        let option = own.start + numbers.below(own.len());
        let chance = numbers.share();
        if state.chosen[label] == Some(option) {
            continue;
        }
        let Some(change) =
            state.push(label, option, |change| change <= 0.0 || chance < (-change / heat).exp())
        else {
            continue;
        };
        energy += change;
        if energy < best.0 - 1e-9 {
            best = (energy, state.chosen.clone());
        }
    }
    state.restore(&best.1);
}

/// Which name stands where.
struct State<'o> {
    options: &'o Options,
    /// What leaving out each name costs.
    dear: Vec<f64>,
    chosen: Vec<Option<usize>>,
    /// For each position, how many chosen ones are in its way.
    hits: Vec<u16>,
}

impl<'o> State<'o> {
    fn of(options: &'o Options, wanted: &[Wanted]) -> Self {
        let (low, high) = LEFT_OUT;
        let rank = |i: usize| high - (high - low) * i as f64 / wanted.len().max(1) as f64;
        let dear =
            wanted.iter().enumerate().map(|(i, want)| if want.must { MUST + rank(i) } else { rank(i) });
        Self {
            options,
            dear: dear.collect(),
            chosen: vec![None; wanted.len()],
            hits: vec![0; options.all.len()],
        }
    }

    fn cost(&self, label: usize) -> f64 {
        self.chosen[label].map_or(self.dear[label], |option| self.options.all[option].cost)
    }

    fn choose(&mut self, label: usize, option: Option<usize>) {
        if let Some(old) = self.chosen[label] {
            for rival in self.options.rivals(old) {
                self.hits[*rival as usize] -= 1;
            }
        }
        if let Some(new) = option {
            for rival in self.options.rivals(new) {
                self.hits[*rival as usize] += 1;
            }
        }
        self.chosen[label] = option;
    }

    /// Gives a name its cheapest free position, if that costs less than leaving it out.
    fn seat(&mut self, label: usize) {
        let free = self.options.of[label].clone().find(|option| self.hits[*option] == 0);
        self.choose(label, free.filter(|option| self.options.all[*option].cost < self.dear[label]));
    }

    /// Gives a name a position and those in its way others, if the change of cost is acceptable.
    fn push(&mut self, label: usize, option: usize, accept: impl Fn(f64) -> bool) -> Option<f64> {
        if usize::from(self.hits[option]) > MOST_PUSHED {
            return None;
        }
        let options = self.options;
        let mut moved: Vec<(usize, Option<usize>)> = vec![(label, self.chosen[label])];
        if self.hits[option] > 0 {
            for rival in options.rivals(option) {
                let other = options.all[*rival as usize].label;
                if self.chosen[other] == Some(*rival as usize) {
                    moved.push((other, self.chosen[other]));
                }
            }
        }
        let before: f64 = moved.iter().map(|(label, _)| self.cost(*label)).sum();
        for (label, _) in &moved {
            self.choose(*label, None);
        }
        self.choose(label, Some(option));
        moved[1..].sort_by_key(|(label, _)| *label);
        for (label, _) in &moved[1..] {
            self.seat(*label);
        }
        let change = moved.iter().map(|(label, _)| self.cost(*label)).sum::<f64>() - before;
        if accept(change) {
            return Some(change);
        }
        for (label, _) in &moved {
            self.choose(*label, None);
        }
        for (label, old) in moved {
            self.choose(label, old);
        }
        None
    }

    fn restore(&mut self, chosen: &[Option<usize>]) {
        (0..chosen.len()).for_each(|label| self.choose(label, None));
        chosen.iter().enumerate().for_each(|(label, option)| self.choose(label, *option));
    }
}

/// Numbers that look random and are always the same.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to `count`, which is at least 1.
    fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.next()) * count as u128) >> 64) as usize
    }

    /// From 0 up to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
