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
    /// By how long the window is, to a power of two, so that one of decades does not make all look far; then by last and
    /// first day: clusters of the same days are equally near to anything.
    windows: BTreeMap<u32, BTreeMap<(Date, Date), BTreeSet<usize>>>,
    /// Those of which no day is known: they meet everything.
    undated: BTreeSet<usize>,
}

/// The powers of two up to the days in a window: such a window is shorter than two to this power.
fn length((from, to): Window) -> u32 {
    u32::BITS - days(from, to).unsigned_abs().leading_zeros()
}

impl Days {
    fn put(&mut self, window: Option<Window>, cluster: usize) {
        let Some(window) = window else {
            self.undated.insert(cluster);
            return;
        };
        let same = self.windows.entry(length(window)).or_default().entry((window.1, window.0));
        same.or_default().insert(cluster);
    }

    fn take(&mut self, window: Option<Window>, cluster: usize) {
        let Some(window) = window else {
            self.undated.remove(&cluster);
            return;
        };
        if let Some(alike) = self.windows.get_mut(&length(window))
            && let Some(same) = alike.get_mut(&(window.1, window.0))
        {
            same.remove(&cluster);
            if same.is_empty() {
                alike.remove(&(window.1, window.0));
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
        let all = || self.windows.iter();
        let dated = match window {
            None => all()
                .flat_map(|(_, alike)| alike.values())
                .filter_map(first)
                .min()
                .map(|cluster| ((0, 0), cluster)),
            Some(window) => all()
                .flat_map(|(length, alike)| {
                    let longest = 1_i32.checked_shl(*length).unwrap_or(i32::MAX);
                    let most = back(window.1, -reach.saturating_add(longest));
                    alike.range((back(window.0, reach), Date::MIN)..=(most, Date::MAX))
                })
                .filter_map(|(&(to, from), clusters)| {
                    let gap = gap((from, to), window);
                    (gap.0 <= reach).then(|| first(clusters).map(|cluster| (gap, cluster)))?
                })
                .min(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn windows() -> impl Strategy<Value = Option<Window>> {
        let first = Date::constant(2024, 1, 1);
        prop::option::of((0_i32..40, prop::sample::select(vec![0, 0, 1, 6, 60, 9000])))
            .prop_map(move |days| days.map(|(at, long)| (back(first, -at), back(first, -at - long))))
    }

    proptest! {
        #[test]
        fn the_nearest_is_that_of_all(
            clusters in prop::collection::vec((prop::option::of(0_usize..3), windows()), 0..30),
            side in prop::option::of(0_usize..3),
            window in windows(),
            reach in 0_i32..4,
        ) {
            let names = ["a", "b", "c"].map(|name| ActorId(name.to_owned()));
            let actor = |side: Option<usize>| side.map(|side| &names[side]);
            let mut shelf = Shelf::default();
            for (at, (side, window)) in clusters.iter().enumerate() {
                // Every third learns its side later.
                match actor(*side) {
                    Some(side) if at % 3 == 0 => {
                        shelf.put(None, *window, at);
                        shelf.learn(side, *window, at);
                    }
                    side => shelf.put(side, *window, at),
                }
            }
            let odd = |at: usize| at % 2 == 1;
            let fits = clusters.iter().enumerate().filter(|(at, (own, _))| {
                odd(*at) && (own.is_none() || side.is_none() || *own == side)
            });
            let near = fits.filter_map(|(at, (_, own))| {
                let gap = own.zip(window).map_or((0, 0), |(own, window)| gap(own, window));
                (gap.0 <= reach).then_some((gap, at))
            });
            prop_assert_eq!(shelf.nearest(actor(side), window, reach, &odd), near.min().map(|(_, at)| at));
        }
    }
}
