//! A text as a whole: which countries and units its names speak of, and where its places lie.

use super::{Asked, Likely};
use crate::gazetteer::Kind;

/// Sums by key; a text has few, so they are looked through.
#[derive(Clone, Debug)]
pub(super) struct Votes<K>(pub(super) Vec<(K, f32)>);

impl<K> Default for Votes<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Copy + PartialEq> Votes<K> {
    pub(super) fn of(&self, key: K) -> f32 {
        self.0.iter().find(|(known, _)| *known == key).map_or(0.0, |(_, sum)| *sum)
    }

    fn of_mut(&mut self, key: K) -> &mut f32 {
        let at = self.0.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            self.0.push((key, 0.0));
            self.0.len() - 1
        });
        &mut self.0[at].1
    }
}

/// The text as a whole, given what is thought of each name so far.
pub(super) struct Whole {
    /// For each distinct name the likeliest places, with how likely: where they are.
    pub(super) points: Vec<Vec<([f32; 3], f32)>>,
    /// Votes of the distinct names.
    pub(super) countries: Votes<u32>,
    units: Votes<u64>,
    /// The same for each name alone, to be left out when it is the one asked about.
    own: Vec<(Votes<u32>, Votes<u64>)>,
    /// Units and countries that are named themselves.
    pub(super) named_units: Votes<u64>,
    pub(super) named_countries: Votes<u32>,
    /// Share of names with no place at all.
    pub(super) unknown: f32,
}

impl Whole {
    pub(super) fn of(asked: &[Asked<'_>], likely: &Likely, names: usize) -> Self {
        let mut whole = Self {
            points: vec![Vec::new(); names],
            countries: Votes::default(),
            units: Votes::default(),
            own: vec![(Votes::default(), Votes::default()); names],
            named_units: Votes::default(),
            named_countries: Votes::default(),
            unknown: 0.0,
        };
        let mut count = vec![0.0_f32; names];
        for one in asked {
            count[one.name] += 1.0;
        }
        for (one, likely) in asked.iter().zip(likely) {
            let share = 1.0 / count[one.name];
            if one.options.is_empty() {
                whole.unknown += share / names as f32;
            }
            for (option, &p) in one.options.iter().zip(likely) {
                let p = p * share;
                if p < 0.03 * share {
                    continue;
                }
                let large = matches!(option.place.kind, Kind::Country | Kind::Region | Kind::Sea);
                if !large {
                    whole.points[one.name].push((option.at, p));
                }
                if option.country != 0 {
                    *whole.countries.of_mut(option.country) += p;
                    *whole.own[one.name].0.of_mut(option.country) += p;
                    if option.place.kind == Kind::Country {
                        let named = whole.named_countries.of_mut(option.country);
                        *named = named.max(p / share);
                    }
                }
                let unit = option.unit | option.is_unit;
                if unit != 0 {
                    *whole.units.of_mut(unit) += p;
                    *whole.own[one.name].1.of_mut(unit) += p;
                }
                if option.is_unit != 0 {
                    let named = whole.named_units.of_mut(option.is_unit);
                    *named = named.max(p / share);
                }
            }
        }
        whole
    }

    /// Share of the other names' votes.
    pub(super) fn country(&self, name: usize, country: u32) -> f32 {
        (self.countries.of(country) - self.own[name].0.of(country)).max(0.0)
    }

    pub(super) fn unit(&self, name: usize, unit: u64) -> f32 {
        (self.units.of(unit) - self.own[name].1.of(unit)).max(0.0)
    }
}
