//! One day on one page: title, map, legend, sources.

use super::advance;
use super::canvas::{Page, Pixels, area, put};
use super::element::{Path, Shape};
use super::frame::{Frame, Subject};
use super::key::Moved;
use super::label::Disc;
use super::layers::{Backdrop, Detail};
use super::layout::{Layout, Room};
use super::legend::{Legend, Row};
use super::rect::Rect;
use super::view::{View, long};
use super::{
    Paint, Scene, Stroke, front, furniture, graticule, key, label, layers, locator, places, river, wide, zoom,
};
use crate::style::Furniture;
use crate::units::{LonLat, Px};
use geo::MultiPolygon;
use std::collections::BTreeSet;

/// Draws one day.
///
/// The page is a headline with the day, the map in a frame, and a foot with sources, credits and projection. The
/// region is as large as the page and the legend allow; the legend takes the corner where it hides nothing.
#[must_use]
pub fn map(view: &View<'_>) -> Scene {
    let mut scene = Scene {
        width: view.width,
        height: view.height,
        title: super::text::clean(view.title),
        description: view.description(),
        about: view.about(),
        marks: Vec::new(),
    };
    draw(view, &mut scene);
    scene
}

/// The day and what else is written around the map; gives the rectangle that is left.
pub(crate) fn heading(page: &Page<'_>, view: &View<'_>) -> Rect {
    let (style, unit) = (view.style, view.unit());
    let whole = Rect::at(0.0, 0.0, view.width, view.height);
    put(page.draw(&Shape::new([whole.corners()], Paint::Solid(style.paper))));
    let day = format!("Situation at the end of {}", long(view.ground.day));
    match view.furniture {
        Furniture::Title => furniture::headed(page, whole, view.title, &long(view.ground.day), style, unit),
        Furniture::Full => {
            let words = (view.title, view.subtitle, day.as_str());
            furniture::around(page, whole, words, view.sources, view.credits, style, unit)
        }
    }
}

fn draw(view: &View<'_>, scene: &mut Scene) {
    let root = area(scene);
    let page = root.apply_coord_spec(Pixels);
    let (style, unit) = (view.style, view.unit());
    let window = heading(&page, view);
    let arranged = match view.plan {
        Some(plan) => Some(plan.arranged(window)),
        None => arrange(std::slice::from_ref(view), view, window, unit),
    };
    let Some(Arranged { frame, panel, inset }) = arranged else { return };
    let (gained, arrows) = (advance::gained(view, &frame, unit), places::arrows(view, &frame, unit));
    let moved = Moved {
        gained: gained.first().map(|(actor, _)| actor),
        advanced: arrows.first().map(|arrow| &arrow.actor),
    };
    let legend = legend(view, moved, &frame, unit);
    let panel = legend.as_ref().map_or(panel, |legend| frame.within_corner(panel, legend.size));

    let ground = root.apply_coord_spec(frame);
    let known: BTreeSet<&str> = view.spots.iter().filter_map(|spot| spot.site.country.as_deref()).collect();
    let backdrop = Backdrop::of(view.base, &frame, &known.into_iter().collect::<Vec<_>>());
    layers::draw(&ground, &page, view, &backdrop, &frame, (Detail::Full, &gained), unit);
    let zooms = zoom::panels(view, frame.window, unit);
    for (inset, _) in view.insets.iter().zip(&zooms) {
        zoom::outline(&page, view, inset, &frame, unit);
    }
    let mut panels = vec![legend.as_ref().map(|_| panel), inset];
    panels.extend(zooms.iter().map(|at| Some(*at)));
    let mut blocked: Vec<Rect> = panels.iter().flatten().map(|it| it.grown(4.0 * unit)).collect();
    if view.graticule {
        blocked.extend(graticule::draw(&page, style, &frame, unit, &blocked));
    }
    let shown = places::shown(view, &frame, unit, &panels);
    let discs: Vec<Disc> = shown.iter().map(|(_, symbol)| symbol.disc()).collect();
    let mut taken = blocked.clone();
    taken.extend(shown.iter().map(|(_, symbol)| symbol.bounds()));
    blocked.extend(wide::sides(&page, view, &frame, unit, &taken));
    let mut wanted = places::wanted(view, &shown, unit);
    if view.furniture == Furniture::Title {
        wanted.truncate(FEW);
    }
    let mut front = front::dots(view, &frame);
    front.extend(arrows.iter().flat_map(advance::dots));
    let around = label::Ground {
        window: window.grown(-3.0 * unit),
        blocked: &blocked,
        symbols: &discs,
        front: &front,
    };
    let names = label::place(&wanted, &around);
    taken.extend(blocked);
    taken.extend(names.iter().map(|name| name.bounds.grown(4.0 * unit)));
    taken.extend(river::names(&page, style, &backdrop, &frame, unit, &taken));
    wide::lands(&page, view, &backdrop, &frame, unit, &taken);
    places::draw_arrows(&page, view, &arrows, unit);
    places::draw_symbols(&page, style, &shown, &names);
    places::draw_names(&page, style, &wanted, &names, unit);
    places::draw_notes(&page, view, &shown);
    for (inset, at) in view.insets.iter().zip(zooms) {
        zoom::draw(&root, &page, view, (inset, at), unit);
    }
    if let Some(legend) = legend {
        legend.draw(&page, Px { x: panel.left, y: panel.top }, frame.scale);
    }
    if let Some(at) = inset {
        match view.plan {
            Some(plan) => locator::draw(&page, style, &plan.locator, at, unit),
            None => locator::draw(&page, style, &locator::marks(view, &frame, unit), at, unit),
        }
    }
    put(page.draw(&Path::new(window.corners(), Stroke::solid(style.border, unit)).closed()));
}

/// Names on a map that only leads to a larger one.
const FEW: usize = 14;

/// Where everything goes.
pub(crate) struct Arranged {
    /// The map.
    pub(crate) frame: Frame,
    /// What the legend covers at most.
    pub(crate) panel: Rect,
    /// Where the small map of the world around goes, if there is room for it.
    pub(crate) inset: Option<Rect>,
}

const NOTE: &str =
    "Ground between places is estimated from the known places around, none more than 50 km away.";

/// The legend of a map: only what its frame shows. `None` where the page has none.
fn legend<'a>(view: &View<'a>, moved: Moved<'_>, frame: &Frame, unit: f64) -> Option<Legend<'a>> {
    if view.furniture == Furniture::Title {
        return None;
    }
    let mut rows = key::rows(&view.seen_in(frame), moved, Detail::Full, unit);
    rows.extend(layers::has_disputed_border(view.base, frame).then(|| key::disputed(view.style, unit)));
    Some(Legend::fitted(&rows, NOTE, view.style, unit, frame.window))
}

/// The rows of one legend for all these views, each once.
fn rows(views: &[View<'_>], frame: &Frame, unit: f64) -> Vec<Row> {
    let mut rows = key::rows_of(views, Detail::Full, unit);
    let disputed = views.first().filter(|view| layers::has_disputed_border(view.base, frame));
    rows.extend(disputed.map(|view| key::disputed(view.style, unit)));
    rows
}

/// The map's frame, and room for a legend of what that frame shows; `None` where there is nothing to show. `all` has every
/// place of the views.
pub(crate) fn arrange(views: &[View<'_>], all: &View<'_>, window: Rect, unit: f64) -> Option<Arranged> {
    let sites: Vec<LonLat> = all.spots.iter().filter_map(|spot| spot.site.at).collect();
    let subject = match &all.extent {
        Some(extent) => Subject::of_extent(extent)?,
        None => Subject::of_region(all.region, &sites)?,
    };
    let gap = 30.0 * unit;
    if all.furniture == Furniture::Title {
        let panel = Rect::at(window.left, window.top, 0.0, 0.0);
        let frame = subject.fit(window.grown(-0.4 * gap), window);
        return Some(Arranged { frame, panel, inset: None });
    }
    // A map of a part shows land everywhere: then the legend has only the places to keep off.
    let none = MultiPolygon(Vec::new());
    let is_part = all.extent.is_some() || all.region.focus.is_some();
    let land = if is_part { &none } else { &all.region.land };
    let room = Room::of(&subject, land, &sites, zoom::beside(window, &zoom::panels(all, window, unit)), gap);
    let laid = |rows: &[Row]| {
        let legend = Legend::fitted(rows, NOTE, all.style, unit, window);
        let Layout { frame, panel } = room.layout(legend.size);
        Arranged { frame: Frame { window, ..frame }, panel, inset: None }
    };
    let rows = |frame: &Frame| {
        let seen: Vec<View<'_>> = views.iter().map(|view| view.seen_in(frame)).collect();
        rows(&seen, frame, unit)
    };
    let mut chosen = laid(&self::rows(views, &subject.fit(window.grown(-gap), window), unit));
    // A smaller legend leaves a larger map, on which there may be less; where that does not settle, the full one stands.
    let mut frame = chosen.frame;
    for _ in 0..3 {
        let seen = rows(&frame);
        let less = laid(&seen);
        if rows(&less.frame) == seen {
            chosen = less;
            break;
        }
        frame = less.frame;
    }
    let inset = room.corner(&chosen.frame, chosen.panel, (locator::SIZE.0 * unit, locator::SIZE.1 * unit));
    Some(Arranged { inset, ..chosen })
}
