//! A contact sheet: many days side by side, with one legend.

use super::canvas::{Page, Pixels, area, put, step};
use super::element::{Path, Shape, Words};
use super::frame::{Frame, Subject};
use super::label::Disc;
use super::layers::{Backdrop, Detail};
use super::legend::Legend;
use super::rect::Rect;
use super::view::{View, brief, long, short};
use super::{About, Anchor, Paint, Scene, Stroke, front, furniture, key, label, layers, places};
use crate::style::LIGHT;
use crate::units::{LonLat, Px};
use std::collections::BTreeSet;

/// Many maps on one page.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// The headline.
    pub title: &'a str,
    /// The region and whatever else belongs under the title.
    pub subtitle: &'a str,
    /// The maps, first day first, of one region; their own sizes, titles and subtitles are not looked at.
    pub views: &'a [View<'a>],
}

/// Draws a small map for each day, in as many rows as let them be largest, with one legend for all.
#[must_use]
pub fn sheet(sheet: &Sheet<'_>) -> Scene {
    let days = sheet.views.iter().map(|view| view.ground.day);
    let span = match (days.clone().min(), days.max()) {
        (Some(first), Some(last)) if first < last => format!("{} to {}", long(first), long(last)),
        (Some(day), _) => long(day),
        _ => "no day".to_owned(),
    };
    let mut scene = Scene {
        width: sheet.width,
        height: sheet.height,
        title: super::text::clean(sheet.title),
        description: description(sheet.views, &span),
        about: about(sheet, &span),
        marks: Vec::new(),
    };
    draw(sheet, &span, &mut scene);
    scene
}

fn about(sheet: &Sheet<'_>, span: &str) -> About {
    let first = sheet.views.first();
    let caption = format!("{}: {span}.", sheet.title);
    About { caption, ..first.map(View::about).unwrap_or_default() }
}

/// The sheet in words: how many maps of what, and what changed on each day.
fn description(views: &[View<'_>], span: &str) -> String {
    let region = views.first().map_or("", |view| view.region.name.as_str());
    let maps = if views.len() == 1 { "map" } else { "maps" };
    let mut sentences = vec![format!("{} {maps} of {region}, {span}.", views.len())];
    let changes = views.iter().filter_map(|view| Some((long(view.ground.day), view.changes()?)));
    sentences.extend(changes.map(|(day, changes)| format!("{day}: {changes}.")));
    sentences.join(" ")
}

/// Height of the line above each small map, in units.
const CAPTION: f64 = 30.0;
/// Space between small maps, in units.
const GAP: f64 = 16.0;

fn draw(sheet: &Sheet<'_>, span: &str, scene: &mut Scene) {
    let root = area(scene);
    let page = root.apply_coord_spec(Pixels);
    let style = sheet.views.first().map_or(&LIGHT, |view| view.style);
    let letters = sheet.views.first().map_or(1.0, |view| view.letters);
    let u = furniture::unit(sheet.width, sheet.height, letters);
    let whole = Rect::at(0.0, 0.0, sheet.width, sheet.height);
    put(page.draw(&Shape::new([whole.corners()], Paint::Solid(style.paper))));
    let mut told = BTreeSet::new();
    let all = sheet.views.iter().flat_map(|view| view.sources);
    let sources: Vec<String> = all.filter(|source| told.insert(*source)).cloned().collect();
    let credits = sheet.views.first().map_or("", |view| view.credits);
    let days = format!("{span}; each map shows the end of its day");
    let inner =
        furniture::around(&page, whole, (sheet.title, sheet.subtitle, &days), &sources, credits, style, u);

    let Some(subject) = subject(sheet.views) else { return };
    let detail = if sheet.views.len() <= 2 { Detail::Full } else { Detail::Small };
    // Each map has a day before it of its own.
    let views: Vec<View<'_>> = sheet.views.iter().map(|view| View { since: None, ..view.clone() }).collect();
    let legends = [0.95, 0.85, 0.75].map(|size| {
        let rows = key::rows_of(&views, detail, u);
        Legend::of(rows, "Ground between places is estimated.", style, u * size, inner.width() * 0.24)
    });
    let sizes = legends.each_ref().map(|legend| legend.size);
    let (grid, chosen) = Grid::of(sheet.views.len(), inner, &sizes, &subject, u);
    let legend = &legends[chosen];
    let margins =
        [inner.top, sheet.height - grid.room.bottom, inner.left, sheet.width - grid.room.right].map(step);
    let maps = root.margin(margins[0], margins[1], margins[2], margins[3]);
    let cells: Vec<Rect> = maps
        .split_evenly((grid.rows, grid.columns))
        .iter()
        .map(|cell| rect(&cell.get_pixel_range()))
        .collect();
    let windows = sheet.views.iter().zip(&cells).map(|(_, cell)| grid.window(cell, u));
    let mut backdrop = None;
    let mut scale = 1.0;
    for (view, window) in sheet.views.iter().zip(windows) {
        let frame = subject.fit(window.grown(-8.0 * u), window);
        scale = frame.scale;
        let backdrop = backdrop.get_or_insert_with(|| Backdrop::of(view.base, &frame, &[]));
        let ground = root.apply_coord_spec(frame);
        let small = if detail == Detail::Full { u } else { u * 0.62 };
        layers::draw(&ground, &page, view, backdrop, &frame, (detail, &[]), small);
        marks(&page, view, &frame, detail, u);
        put(page.draw(&Path::new(window.corners(), Stroke::solid(style.border, 0.8 * u)).closed()));
        caption(&page, view, window, u);
    }
    legend.draw(&page, grid.legend, scale);
}

/// One name is written on a small map for each so many units of its width: more could not be read.
const NAME_ROOM: f64 = 55.0;
/// Maps narrower than this many units bear no names.
const NAMELESS: f64 = 170.0;

/// The places of one small map: those that changed or are fought over, and the names of the first that changed.
fn marks(page: &Page<'_>, view: &View<'_>, frame: &Frame, detail: Detail, u: f64) {
    let size = if detail == Detail::Full { u * 0.85 } else { u * 0.55 };
    let mut shown = places::shown(view, frame, size, &[]);
    shown.retain(|(_, symbol)| detail == Detail::Full || symbol.is_news());
    for (_, symbol) in shown.iter().rev() {
        symbol.draw(page, view.style);
    }
    let discs: Vec<Disc> = shown.iter().map(|(_, symbol)| symbol.disc()).collect();
    if detail == Detail::Small {
        shown.retain(|(spot, _)| spot.changed);
    }
    let mut wanted = places::wanted(view, &shown, size);
    if detail == Detail::Small {
        let width = frame.window.width() / u;
        wanted.truncate(if width < NAMELESS { 0 } else { (width / NAME_ROOM) as usize });
        for want in &mut wanted {
            // Names on small maps are few, so they can be as large as those on a large map.
            want.look.size = 14.0 * u;
        }
    }
    let front = front::dots(view, frame);
    let ground =
        label::Ground { window: frame.window.grown(-2.0 * u), blocked: &[], symbols: &discs, front: &front };
    let names = label::place(&wanted, &ground);
    places::draw_names(page, view.style, &wanted, &names, size);
}

/// The day above a small map, and how much changed on it.
fn caption(page: &Page<'_>, view: &View<'_>, window: Rect, u: f64) {
    let style = view.style;
    let bold = style.look(17.0 * u, style.ink).bold();
    let quiet = style.look(14.0 * u, style.quiet);
    let day = [long(view.ground.day), short(view.ground.day)]
        .into_iter()
        .map(|words| bold.line(&words))
        .find(|line| bold.width(line) <= window.width())
        .unwrap_or_else(|| bold.cut(&brief(view.ground.day), window.width()));
    let at = Px { x: window.left, y: window.top - 8.0 * u };
    put(page.draw(&Words::new(at, Anchor::Start, &day, bold)));
    let changed = match view.spots.iter().filter(|spot| spot.changed).count() {
        0 => return,
        1 => quiet.line("1 place changed"),
        n => quiet.line(&format!("{n} places changed")),
    };
    if bold.width(&day) + quiet.width(&changed) + 12.0 * u < window.width() {
        put(page.draw(&Words::new(Px { x: window.right, y: at.y }, Anchor::End, &changed, quiet)));
    }
}

pub(crate) fn subject(views: &[View<'_>]) -> Option<Subject> {
    let sites: Vec<LonLat> =
        views.iter().flat_map(|view| view.spots.iter().filter_map(|spot| spot.site.at)).collect();
    let first = views.first()?;
    first.extent.as_ref().map_or_else(|| Subject::of_region(first.region, &sites), Subject::of_extent)
}

/// How the page is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Grid {
    rows: usize,
    columns: usize,
    /// Where the maps go.
    room: Rect,
    /// Upper left corner of the legend.
    legend: Px,
    /// Width to height of the region.
    aspect: f64,
}

impl Grid {
    /// The grid in which the maps are largest, and which of the legend's `sizes` it has room for: the first, beside the
    /// maps, or any in the cells of the last column that are left over.
    fn of(maps: usize, inner: Rect, sizes: &[(f64, f64)], subject: &Subject, u: f64) -> (Self, usize) {
        let [west, south, east, north] = subject.bounds;
        let aspect = ((east - west).max(1.0) / (north - south).max(1.0)).clamp(0.4, 2.5);
        let maps = maps.max(1);
        let (width, _) = sizes.first().copied().unwrap_or_default();
        let beside = Rect { right: (inner.right - width - GAP * u).max(inner.left + 1.0), ..inner };
        let at_side = Px { x: inner.right - width, y: inner.top + CAPTION * u };
        let mut best = (0.0, Self { rows: 1, columns: maps, room: beside, legend: at_side, aspect }, 0);
        for columns in 1..=maps {
            let size = |room: &Rect, rows: usize| {
                let cell = (room.width() / columns as f64, room.height() / rows as f64);
                (cell.0 - GAP * u).min((cell.1 - (CAPTION + GAP) * u) * aspect)
            };
            let rows = maps.div_ceil(columns);
            let mut consider = |size: f64, rows: usize, room: Rect, legend: Px, chosen: usize| {
                if size > best.0 {
                    best = (size, Self { rows, columns, room, legend, aspect }, chosen);
                }
            };
            let rows_inside = (maps + 1).div_ceil(columns);
            for (chosen, (width, height)) in sizes.iter().enumerate() {
                let cell = (inner.width() / columns as f64, inner.height() / rows_inside as f64);
                if cell.0 - GAP * u >= *width && cell.1 - CAPTION * u >= *height {
                    let corner = Px { x: inner.right - GAP * u - width, y: inner.bottom - height - 2.0 * u };
                    // A legend in small letters must be worth it.
                    let worth = 1.0 - 0.02 * chosen as f64;
                    consider(size(&inner, rows_inside) * worth, rows_inside, inner, corner, chosen);
                }
            }
            consider(size(&beside, rows), rows, beside, at_side, 0);
        }
        (best.1, best.2)
    }

    /// The window of the map in a cell: below its caption, no wider or higher than the region needs.
    fn window(&self, cell: &Rect, u: f64) -> Rect {
        let full = Rect {
            top: cell.top + CAPTION * u,
            right: cell.right - GAP * u,
            bottom: cell.bottom - 2.0 * u,
            ..*cell
        };
        let width = full.width().min(full.height() * self.aspect * 1.5).max(1.0);
        let height = full.height().min(full.width() / self.aspect * 1.5).max(1.0);
        Rect::at(full.left, full.top, width, height)
    }
}

fn rect((x, y): &(std::ops::Range<i32>, std::ops::Range<i32>)) -> Rect {
    let px = |steps: i32| f64::from(steps) / super::canvas::STEPS;
    Rect { left: px(x.start), top: px(y.start), right: px(x.end), bottom: px(y.end) }
}
