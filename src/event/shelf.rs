//! Finds the nearest of many clusters in time, without looking at all of them.

use super::window::{Window, back, days, gap};
use crate::actor::ActorId;
use crate::units::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Clusters of one change at one place, by their side and by their days.
#[derive(Default)]
pub(super) struct Shelf<'a> {
    sides: BTreeMap<Option<&'a ActorId>, Days>,
    all: Days,
}

/// Clusters by their days.
#[derive(Default)]
struct Days {
    /// By last and first day: clusters of the same days are equally near to anything.
    windows: BTreeMap<(Date, Date), BTreeSet<usize>>,
    /// Those of which no day is known: they meet everything.
    undated: BTreeSet<usize>,
    /// Days in the longest window.
    longest: i32,
}

impl Days {
    fn put(&mut self, window: Option<Window>, cluster: usize) {
        match window {
            Some((from, to)) => {
                self.longest = self.longest.max(days(from, to));
                self.windows.entry((to, from)).or_default().insert(cluster);
            }
            None => {
                self.undated.insert(cluster);
            }
        }
    }

    fn take(&mut self, window: Option<Window>, cluster: usize) {
        let Some((from, to)) = window else {
            self.undated.remove(&cluster);
            return;
        };
        if let Some(same) = self.windows.get_mut(&(to, from)) {
            same.remove(&cluster);
            if same.is_empty() {
                self.windows.remove(&(to, from));
            }
        }
    }

    /// The nearest that is accepted, with how near it is.
    fn nearest(
        &self,
        window: Option<Window>,
        reach: i32,
        accept: &dyn Fn(usize) -> bool,
    ) -> Option<((i32, i32), usize)> {
        let first = |clusters: &BTreeSet<usize>| clusters.iter().copied().find(|cluster| accept(*cluster));
        let undated = first(&self.undated).map(|cluster| ((0, 0), cluster));
        let dated = match window {
            None => self.windows.values().filter_map(first).min().map(|cluster| ((0, 0), cluster)),
            Some(window) => {
                let (least, most) =
                    (back(window.0, reach), back(window.1, -reach.saturating_add(self.longest)));
                let near = self.windows.range((least, Date::MIN)..=(most, Date::MAX));
                near.filter_map(|(&(to, from), clusters)| {
                    let gap = gap((from, to), window);
                    (gap.0 <= reach).then(|| first(clusters).map(|cluster| (gap, cluster)))?
                })
                .min()
            }
        };
        undated.into_iter().chain(dated).min()
    }
}

impl<'a> Shelf<'a> {
    /// Puts a cluster on the shelf.
    pub(super) fn put(&mut self, side: Option<&'a ActorId>, window: Option<Window>, cluster: usize) {
        self.sides.entry(side).or_default().put(window, cluster);
        self.all.put(window, cluster);
    }

    /// A cluster of which the side was not known turns out to be of this one.
    pub(super) fn learn(&mut self, side: &'a ActorId, window: Option<Window>, cluster: usize) {
        if let Some(unknown) = self.sides.get_mut(&None) {
            unknown.take(window, cluster);
        }
        self.sides.entry(Some(side)).or_default().put(window, cluster);
    }

    /// The nearest cluster of this side, or of one that is not known, whose days lie at most `reach` days from these.
    pub(super) fn nearest(
        &self,
        side: Option<&'a ActorId>,
        window: Option<Window>,
        reach: i32,
        accept: &dyn Fn(usize) -> bool,
    ) -> Option<usize> {
        let look = |days: Option<&Days>| days.and_then(|days| days.nearest(window, reach, accept));
        let found = match side {
            None => look(Some(&self.all)),
            Some(_) => look(self.sides.get(&side)).into_iter().chain(look(self.sides.get(&None))).min(),
        };
        found.map(|(_, cluster)| cluster)
    }
}
