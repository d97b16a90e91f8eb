//! The places met so far: what makes each the same from day to day, and where it stands on the graph.
//!
//! From one day to the next nearly all places are the same, and in the same order. What is to be known of a place whoever
//! holds it (its key, whether it lies in the region, its point of the graph, its place in the order of keys) is worked out once.

use super::{Held, Net};
use crate::claim::{Site, SiteKey};
use crate::gazetteer::PlaceId;
use crate::units::LonLat;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::Arc;

/// Where a place stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// At a point of the graph.
    At(u32),
    /// Too far outside the region.
    Outside,
    /// Nowhere, for the graph has no point.
    Nowhere,
}

/// A place.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    id: Option<PlaceId>,
    at: LonLat,
    /// Its name.
    pub(super) name: SmolStr,
    /// Its key, alone.
    pub(super) keys: Arc<[SiteKey]>,
    /// Where it stands.
    pub(super) stand: Stand,
}

impl Entry {
    /// What makes it the same place.
    pub(super) fn key(&self) -> &SiteKey {
        &self.keys[0]
    }

    fn is(&self, site: &Site) -> bool {
        self.id == site.id && site.at == Some(self.at) && self.name == site.name
    }
}

/// All that makes an entry.
type Mark = (Option<PlaceId>, SmolStr, [u64; 2]);

/// The places of all days so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Register {
    entries: Vec<Entry>,
    numbers: FxHashMap<Mark, u32>,
    /// Entries by their keys.
    sorted: Vec<u32>,
    /// Those of the last day, in the order in which they came.
    last: Vec<u32>,
}

impl Register {
    /// Enters the spots among the places of a day: the number of each, with its row.
    pub(super) fn enter<'h, 's>(&mut self, held: &'h [Held<'s>], net: &Net) -> Vec<(u32, &'h Held<'s>)> {
        let last = std::mem::take(&mut self.last);
        let mut rows = Vec::with_capacity(held.len());
        let mut next = 0;
        let before = self.entries.len();
        for row in held {
            let Some(at) = row.site.at.filter(|_| row.site.is_spot()) else { continue };
            // The place that followed yesterday, the one after it, or else it is looked up.
            let follows =
                (next..(next + 2).min(last.len())).find(|n| self.entries[last[*n] as usize].is(row.site));
            let number = match follows {
                Some(n) => {
                    next = n + 1;
                    last[n]
                }
                None => self.number(row.site, at, net),
            };
            rows.push((number, row));
        }
        self.last = rows.iter().map(|(number, _)| *number).collect();
        if self.entries.len() > before {
            self.sorted.extend(before as u32..self.entries.len() as u32);
            let entries = &self.entries;
            self.sorted.sort_by(|a, b| entries[*a as usize].key().cmp(entries[*b as usize].key()));
        }
        rows
    }

    fn number(&mut self, site: &Site, at: LonLat, net: &Net) -> u32 {
        let name = SmolStr::new(&site.name);
        let mark = (site.id, name.clone(), [at.lon().to_bits(), at.lat().to_bits()]);
        let fresh = self.entries.len() as u32;
        let number = *self.numbers.entry(mark).or_insert(fresh);
        if number == fresh {
            let stand = if net.region().is_near(at) {
                net.vertex(at).or_else(|| net.nearest(at)).map_or(Stand::Nowhere, Stand::At)
            } else {
                Stand::Outside
            };
            let keys = [site.key()].into();
            self.entries.push(Entry { id: site.id, at, name, keys, stand });
        }
        number
    }

    /// An entry by its number.
    pub(super) fn entry(&self, number: u32) -> &Entry {
        &self.entries[number as usize]
    }

    /// The keys of the last day's places that stand at a point of some group, by group, sorted.
    pub(super) fn grouped(&self, groups: usize, group: &[Option<u32>]) -> Vec<Arc<[SiteKey]>> {
        let mut is_there = vec![false; self.entries.len()];
        for number in &self.last {
            is_there[*number as usize] = true;
        }
        let mut keys: Vec<Vec<SiteKey>> = vec![Vec::new(); groups];
        for number in self.sorted.iter().filter(|number| is_there[**number as usize]) {
            let entry = self.entry(*number);
            let Stand::At(point) = entry.stand else { continue };
            if let Some(group) = group[point as usize]
                && keys[group as usize].last() != Some(entry.key())
            {
                keys[group as usize].push(entry.key().clone());
            }
        }
        keys.into_iter().map(Into::into).collect()
    }

    /// How many bytes it keeps, about.
    pub(super) fn bytes(&self) -> usize {
        let each = size_of::<Entry>() + size_of::<(Mark, u32)>() + size_of::<SiteKey>() + 16 + 8;
        self.entries.len() * each
    }
}
