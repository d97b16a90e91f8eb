//! What the maps of a series have in common, so that nothing jumps from one to the next: where the ground lies, in which
//! corner the legend stands, on which side of its place each name does.

use super::canvas::{Pixels, area};
use super::frame::Frame;
use super::label::{self, Disc, Slot};
use super::map::{Arranged, arrange, heading};
use super::rect::Rect;
use super::view::{Spot, View};
use super::{Mark, Scene, front, locator, places, zoom};
use crate::claim::SiteKey;
use std::collections::BTreeMap;

/// The plan of a series of maps of one region and one size.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) frame: Frame,
    pub(crate) panel: Rect,
    pub(crate) inset: Option<Rect>,
    pub(crate) locator: Vec<Mark>,
    /// The position of each place's name.
    pub(crate) homes: BTreeMap<SiteKey, Slot>,
}

impl Plan {
    /// The plan's arrangement on a page whose map has this window.
    pub(crate) fn arranged(&self, window: Rect) -> Arranged {
        Arranged { frame: Frame { window, ..self.frame }, panel: self.panel, inset: self.inset }
    }
}

/// Plans a series; `None` where there is nothing to show.
#[must_use]
pub fn plan(views: &[View<'_>]) -> Option<Plan> {
    let last = views.last()?;
    let u = last.unit();
    // The window that all maps have, whatever the length of their titles and lists of sources.
    let window = views.iter().map(window).reduce(|a, b| Rect {
        top: a.top.max(b.top),
        bottom: a.bottom.min(b.bottom).max(a.top.max(b.top) + 1.0),
        ..a
    })?;
    let all = View { spots: ever(views), ..last.clone() };
    let Arranged { frame, panel, inset, .. } = arrange(views, &all, window, u)?;
    let mut panels = vec![Some(panel), inset];
    panels.extend(zoom::panels(&all, window, u).into_iter().map(Some));
    let shown = places::shown(&all, &frame, u, &panels);
    let discs: Vec<Disc> = shown.iter().map(|(_, symbol)| symbol.disc()).collect();
    let wanted = places::wanted(&all, &shown, u);
    let front = front::dots(last, &frame);
    let blocked: Vec<Rect> = panels.iter().flatten().map(|it| it.grown(4.0 * u)).collect();
    let ground =
        label::Ground { window: window.grown(-3.0 * u), blocked: &blocked, symbols: &discs, front: &front };
    let placed = label::place(&wanted, &ground);
    let homes = placed.iter().map(|name| (shown[name.index].0.site.key(), name.slot)).collect();
    let locator = locator::marks(last, &frame, u);
    Some(Plan { frame, panel, inset, locator, homes })
}

/// What is left of a page for the map itself.
fn window(view: &View<'_>) -> Rect {
    let mut scene = Scene { width: view.width, height: view.height, ..Scene::default() };
    let page = area(&mut scene).apply_coord_spec(Pixels);
    heading(&page, view)
}

/// Each place once, at its most important.
fn ever<'a>(views: &[View<'a>]) -> Vec<Spot<'a>> {
    let mut all: BTreeMap<SiteKey, Spot<'a>> = BTreeMap::new();
    for spot in views.iter().flat_map(|view| &view.spots) {
        let known = all.entry(spot.site.key()).or_insert(*spot);
        if places::rank(spot) > places::rank(known) {
            *known = *spot;
        }
    }
    all.into_values().collect()
}
