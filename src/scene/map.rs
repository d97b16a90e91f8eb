//! One day on one page: title, map, legend, sources.

use super::canvas::{Pixels, area, put};
use super::element::{Path, Shape};
use super::frame::{Frame, Subject};
use super::layers::{Backdrop, Detail};
use super::layout::Layout;
use super::legend::{Legend, Row};
use super::rect::Rect;
use super::symbol::Symbol;
use super::view::{View, long};
use super::{Paint, Scene, Stroke, furniture, key, label, layers, places, river, wide};
use crate::style::Furniture;
use crate::units::{LonLat, Px};
use geo::MultiPolygon;

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
        marks: Vec::new(),
    };
    draw(view, &mut scene);
    scene
}

fn draw(view: &View<'_>, scene: &mut Scene) {
    let root = area(scene);
    let page = root.apply_coord_spec(Pixels);
    let style = view.style;
    let unit = view.unit();
    let whole = Rect::at(0.0, 0.0, view.width, view.height);
    put(page.draw(&Shape::new([whole.corners()], Paint::Solid(style.paper))));
    let day = format!("Situation at the end of {}", long(view.ground.day));
    let window = match view.furniture {
        Furniture::Title => furniture::headed(&page, whole, view.title, &long(view.ground.day), style, unit),
        Furniture::Full => {
            let words = (view.title, view.subtitle, day.as_str());
            furniture::around(&page, whole, words, view.sources, view.credits, style, unit)
        }
    };

    let Some((Layout { frame, panel }, legend)) = arrange(view, window, unit) else { return };

    let ground = root.apply_coord_spec(frame);
    let backdrop = Backdrop::of(view.base, &frame);
    layers::draw(&ground, &page, view, &backdrop, &frame, Detail::Full, unit);
    let shown = places::shown(view, &frame, unit, Some(panel));
    let symbols = places::symbols(&shown);
    for symbol in &symbols {
        symbol.draw(&page, style);
    }
    let front = layers::front_points(view, &frame);
    let mut blocked: Vec<Rect> = symbols.iter().map(Symbol::bounds).collect();
    blocked.push(panel.grown(4.0 * unit));
    let wanted = places::wanted(view, &shown, unit);
    let around = label::Ground { window: window.grown(-3.0 * unit), blocked: &blocked, front: &front };
    let names = label::place(&wanted, &around);
    blocked.extend(names.iter().map(|name| name.bounds.grown(4.0 * unit)));
    blocked.extend(river::names(&page, style, &backdrop, &frame, unit, &blocked));
    wide::names(&page, view, &backdrop, &frame, unit, &blocked);
    places::draw_names(&page, style, &wanted, &names, unit);
    places::draw_notes(&page, view, &shown);
    if let Some(legend) = legend {
        legend.draw(&page, Px { x: panel.left, y: panel.top }, frame.scale);
    }
    put(page.draw(&Path::new(window.corners(), Stroke::solid(style.border, unit)).closed()));
}

/// The map's frame and its legend, which names only what that frame shows, if it is to have one; `None` where there is
/// nothing to show.
fn arrange<'a>(view: &View<'a>, window: Rect, unit: f64) -> Option<(Layout, Option<Legend<'a>>)> {
    const NOTE: &str =
        "Ground between places is estimated from the known places around, none more than 50 km away.";
    let sites: Vec<LonLat> = view.spots.iter().filter_map(|spot| spot.site.at).collect();
    let subject = Subject::of_region(view.region, &sites)?;
    let gap = 30.0 * unit;
    if view.furniture == Furniture::Title {
        let panel = Rect::at(window.left, window.top, 0.0, 0.0);
        return Some((Layout { frame: subject.fit(window.grown(-0.4 * gap), window), panel }, None));
    }
    let laid = |rows: &[Row]| {
        let legend = Legend::fitted(rows, NOTE, view.style, unit, window);
        // A map of a part shows land everywhere: then the legend has only the places to keep off.
        let none = MultiPolygon(Vec::new());
        let land = if view.region.focus.is_some() { &none } else { &view.region.land };
        (Layout::of(&subject, land, &sites, window, legend.size, gap), legend)
    };
    let rows = |view: &View<'_>, frame: &Frame| {
        let mut rows = key::rows(view, Detail::Full, unit);
        rows.extend(layers::has_disputed_border(view.base, frame).then(|| key::disputed(view.style, unit)));
        rows
    };
    let full = laid(&rows(view, &subject.fit(window.grown(-gap), window)));
    // A smaller legend leaves a larger map, on which there may be less; where that does not settle, the full one stands.
    let mut frame = full.0.frame;
    for _ in 0..3 {
        let seen = rows(&view.seen_in(&frame), &frame);
        let less = laid(&seen);
        if rows(&view.seen_in(&less.0.frame), &less.0.frame) == seen {
            return Some((less.0, Some(less.1)));
        }
        frame = less.0.frame;
    }
    Some((full.0, Some(full.1)))
}
