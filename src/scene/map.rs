//! One day on one page: title, map, legend, sources.

use super::canvas::{Look, Page, Path, Pixels, Rect, Shape, Words, area};
use super::frame::Subject;
use super::layout::Layout;
use super::legend::Legend;
use super::symbol::{Symbol, put};
use super::view::{View, long};
use super::{Paint, Scene, Stroke, key, label, layers, places, style};
use crate::units::{LonLat, Px};

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

/// What was put where, for those who check that nothing covers anything.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    /// Symbols of places inside the window.
    pub(crate) symbols: Vec<Symbol>,
    /// Names beside them.
    pub(crate) names: Vec<label::Placed>,
    /// The legend.
    pub(crate) panel: Rect,
    /// The map's frame on the page.
    pub(crate) window: Rect,
}

pub(crate) fn draw(view: &View<'_>, scene: &mut Scene) -> Drawn {
    let root = area(scene);
    let page = root.apply_coord_spec(Pixels);
    let unit = unit(view.width, view.height);
    let whole = Rect::at(0.0, 0.0, view.width, view.height);
    put(page.draw(&Shape::new([whole.corners()], Paint::Solid(style::PAPER))));
    let top = head(&page, view, unit);
    let bottom = foot(&page, view, unit);
    let margin = 24.0 * unit;
    let window = Rect { left: margin, top, right: view.width - margin, bottom: bottom.max(top + 1.0) };

    let sites: Vec<LonLat> = view.spots.iter().map(|spot| spot.site.at).collect();
    let note = "Ground between places is estimated from the nearest known place.";
    let legend = Legend::of(key::rows(view, unit), note, unit, window.width() * 0.3);
    let Some(subject) = Subject::of(&view.region.land, &sites) else {
        return Drawn { symbols: Vec::new(), names: Vec::new(), panel: window, window };
    };
    let gap = 30.0 * unit;
    let Layout { frame, panel } = Layout::of(&subject, &view.region.land, &sites, window, legend.size, gap);

    let ground = root.apply_coord_spec(frame);
    layers::draw(&ground, &page, view, &frame, unit);
    let symbols = places::symbols(view, &frame, unit);
    symbols.iter().for_each(|symbol| symbol.draw(&page));
    let front = layers::front_points(view, &frame);
    let mut blocked: Vec<Rect> = symbols.iter().map(Symbol::bounds).collect();
    blocked.push(panel.grown(4.0 * unit));
    let wanted = places::wanted(view, &frame, unit);
    let room = label::Ground { window: window.grown(-3.0 * unit), blocked: &blocked, front: &front };
    let names = label::place(&wanted, &room);
    blocked.extend(names.iter().map(|name| name.bounds.grown(4.0 * unit)));
    layers::names(&page, view, &frame, unit, &blocked);
    places::draw_names(&page, &wanted, &names, unit);
    legend.draw(&page, Px { x: panel.left, y: panel.top }, frame.scale);
    put(page.draw(&Path::new(window.corners(), Stroke::solid(style::BORDER, unit)).closed()));
    Drawn { symbols, names, panel, window }
}

/// How large things are against the standard picture of 1600 by 1200; never so small that letters cannot be read.
pub(crate) fn unit(width: f64, height: f64) -> f64 {
    (width / 1600.0).min(height / 1200.0).clamp(0.55, 8.0)
}

/// The headline; gives where the map may begin.
fn head(page: &Page<'_>, view: &View<'_>, u: f64) -> f64 {
    let (left, width) = (24.0 * u, view.width - 48.0 * u);
    let title = Look::new(38.0 * u, style::INK).bold();
    let under = Look::new(20.0 * u, style::QUIET);
    let day = format!("Situation at the end of {}; days are as the sources give them", long(view.ground.day));
    let subtitle =
        if view.subtitle.trim().is_empty() { day } else { format!("{}  ·  {day}", view.subtitle.trim()) };
    let mut y = 14.0 * u;
    for (look, words, most) in [(title, view.title, 2), (under, subtitle.as_str(), 2)] {
        for line in look.wrap(words, width, most) {
            y += look.size * 1.22;
            put(page.draw(&Words::new(Px { x: left, y: y - look.size * 0.2 }, 0.0, &line, look)));
        }
        y += 2.0 * u;
    }
    y + 10.0 * u
}

/// Sources, credits and projection; gives where the map must end.
fn foot(page: &Page<'_>, view: &View<'_>, u: f64) -> f64 {
    let (left, width) = (24.0 * u, view.width - 48.0 * u);
    let look = Look::new(13.0 * u, style::QUIET);
    let mut lines = Vec::new();
    if !view.sources.is_empty() {
        lines.extend(look.wrap(&format!("Sources: {}", view.sources.join(", ")), width, 2));
    }
    let projection = "Projection: Lambert azimuthal equal-area.";
    let credits = if view.credits.trim().is_empty() {
        projection.to_owned()
    } else {
        format!("{} {projection}", view.credits.trim())
    };
    lines.extend(look.wrap(&credits, width, 2));
    let top = view.height - 12.0 * u - lines.len() as f64 * look.size * 1.35;
    for (i, line) in lines.iter().enumerate() {
        let y = top + (i as f64 + 0.85) * look.size * 1.35;
        put(page.draw(&Words::new(Px { x: left, y }, 0.0, line, look)));
    }
    top - 8.0 * u
}
