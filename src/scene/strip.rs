//! Who held each main town, day by day: a row of cells for each.

use super::canvas::{Page, Pixels, area, put};
use super::chart::{dates, paper};
use super::element::{Path, Shape, Words};
use super::rect::Rect;
use super::sheet::Sheet;
use super::span::Span;
use super::view::{View, long};
use super::{About, Anchor, Paint, Scene, Stroke, furniture, key, number};
use crate::actor::ActorId;
use crate::claim::Site;
use crate::timeline::{Control, Interval};
use crate::units::{Date, Px};
use plotters::chart::ChartBuilder;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A town and its history.
#[derive(Clone, Copy, Debug)]
pub struct Course<'a> {
    /// The town, under the name it has on the maps.
    pub site: &'a Site,
    /// Its intervals, in order.
    pub history: &'a [Interval],
}

/// Towns over time: page and words are those of a sheet.
#[derive(Clone, Copy, Debug)]
pub struct Strip<'a> {
    /// Page, title and views; of these only the style, the palette and the foot are looked at.
    pub sheet: Sheet<'a>,
    /// The first day and the last.
    pub days: (Date, Date),
    /// The towns, in any order.
    pub towns: &'a [Course<'a>],
}

/// Height of a row at least and at most, in units.
const ROW: (f64, f64) = (21.0, 60.0);
const NOTE: &str = "A cell is what is known at the end of its day.";

/// Draws a row for each of the most populous towns, as many as can be read. `None` where there is no town or but one day.
#[must_use]
pub fn strip(strip: &Strip<'_>) -> Option<Scene> {
    let view = strip.sheet.views.last()?;
    let (first, last) = strip.days;
    if strip.towns.is_empty() || first >= last {
        return None;
    }
    let mut towns: Vec<&Course<'_>> = strip.towns.iter().collect();
    towns.sort_by_key(|town| (Reverse(town.site.population), &town.site.name, town.site.key()));
    let when = format!("{} to {}", long(first), long(last));
    let mut scene = Scene {
        width: strip.sheet.width,
        height: strip.sheet.height,
        title: super::text::clean(strip.sheet.title),
        description: String::new(),
        about: About::default(),
        marks: Vec::new(),
    };
    let shown = draw(strip, view, &towns, &when, &mut scene);
    let of = of(shown, towns.len());
    scene.description = description(strip, view, &towns[..shown], &format!("{of}, {when}"));
    let caption = format!("Who held {of} of {}, {when}, day by day.", view.region.name);
    scene.about = About { caption, ..view.about() };
    Some(scene)
}

fn of(shown: usize, all: usize) -> String {
    if shown == all {
        number::counted(all, "place")
    } else {
        format!(
            "the {} most populous of {} places",
            number::grouped(shown as f64),
            number::grouped(all as f64)
        )
    }
}

/// The towns that changed, in words.
fn description(strip: &Strip<'_>, view: &View<'_>, towns: &[&Course<'_>], of: &str) -> String {
    let mut sentences = vec![format!("Chart of who held {of}, day by day.")];
    for town in towns {
        let seen = town
            .history
            .iter()
            .filter(|it| it.start <= strip.days.1 && it.end.is_none_or(|end| end > strip.days.0));
        let steps: Vec<String> = seen
            .map(|interval| {
                let control = interval.control.as_ref();
                let held = control.map_or("not known".to_owned(), |control| view.control(control));
                let from = if interval.start > strip.days.0 {
                    format!(" from {}", long(interval.start))
                } else {
                    String::new()
                };
                format!("{held}{from}")
            })
            .collect();
        if steps.len() > 1 {
            sentences.push(format!("{}: {}.", town.site.name, steps.join(", ")));
        }
    }
    sentences.join(" ")
}

/// Draws the page; gives how many rows there was room for.
fn draw(strip: &Strip<'_>, view: &View<'_>, towns: &[&Course<'_>], when: &str, scene: &mut Scene) -> usize {
    let root = area(scene);
    let page = root.apply_coord_spec(Pixels);
    let style = view.style;
    let u = furniture::unit(strip.sheet.width, strip.sheet.height, view.letters);
    let about = format!("The most populous towns day by day, {when}");
    let inner = paper(&page, &strip.sheet, view, &about, NOTE, u);
    let span = Span::of(strip.days.0, strip.days.1);
    let (samples, _) = samples(&page, strip, view, towns, inner, u, false);
    let deep = inner.height() - samples - 34.0 * u;
    let rows = ((deep / (ROW.0 * u)).floor().max(1.0) as usize).min(towns.len());
    let towns = &towns[..rows];
    let height = (deep / rows as f64).min(ROW.1 * u).max(1.0);
    let look = style.look((height * 0.62).min(style.letters.legend * u), style.ink);
    let names: Vec<_> = towns.iter().map(|town| look.cut(&town.site.name, inner.width() * 0.3)).collect();
    let left = names.iter().map(|name| look.width(name)).fold(0.0, f64::max) + 12.0 * u;
    let (samples, _) = self::samples(&page, strip, view, towns, inner, u, true);
    let plot = Rect::at(
        inner.left + left,
        inner.top + samples + 4.0 * u,
        (inner.width() - left).max(1.0),
        height * rows as f64,
    );
    let margins = [plot.top, strip.sheet.height - plot.bottom, plot.left, strip.sheet.width - plot.right];
    let [top, bottom, before, after] = margins.map(super::canvas::step);
    let mut builder = ChartBuilder::on(&root);
    builder.margin_top(top).margin_bottom(bottom).margin_left(before).margin_right(after);
    // Rows are counted from the top.
    let Ok(mut chart) = builder.build_cartesian_2d(span, rows as f64..0.0) else { return rows };
    for (i, (town, name)) in towns.iter().zip(&names).enumerate() {
        let (top, bottom) = (i as f64 + 0.09, i as f64 + 0.91);
        let cell = |from: f64, to: f64, paint: Paint| {
            Shape::new([vec![(from, top), (to, top), (to, bottom), (from, bottom)]], paint)
        };
        put(chart.draw_series([cell(0.0, span.end(), Paint::Solid(style.unknown))]).map(drop));
        let mut edges = Vec::new();
        for interval in town.history {
            let from = span.at(interval.start).max(0.0);
            let to = interval.end.map_or(span.end(), |end| span.at(end)).min(span.end());
            let Some(control) = interval.control.as_ref().filter(|_| from < to) else { continue };
            let paint = key::tint(style, view.palette, control, interval.claimed, u);
            put(chart.draw_series([cell(from, to, paint)]).map(drop));
            let px = |at: f64| plot.left + plot.width() * at / span.end();
            let row = Rect {
                left: px(from),
                right: px(to),
                top: plot.top + top * height,
                bottom: plot.top + bottom * height,
            };
            edges.push((row, control, interval.claimed));
        }
        let whole = Rect { top: plot.top + top * height, bottom: plot.top + bottom * height, ..plot };
        let faint = Stroke::solid(style.border.faded(0.4), 0.8 * u);
        put(page.draw(&Path::new(whole.corners(), faint).closed()));
        for (row, control, claimed) in edges {
            marks(&page, view, row, control, claimed, u);
        }
        let y = plot.top + (i as f64 + 0.5) * height + look.size * 0.36;
        put(page.draw(&Words::new(Px { x: plot.left - 8.0 * u, y }, Anchor::End, name, look)));
    }
    let line = vec![Px { x: plot.left, y: plot.bottom }, Px { x: plot.right, y: plot.bottom }];
    put(page.draw(&Path::new(line, Stroke::solid(style.border, u))));
    dates(&page, style, plot, span, u);
    rows
}

/// What sets a cell off besides its colour: where it begins, a ring if it is besieged, a broken edge if it is claimed.
fn marks(page: &Page<'_>, view: &View<'_>, cell: Rect, control: &Control, claimed: bool, u: f64) {
    let style = view.style;
    let start = vec![Px { x: cell.left, y: cell.top }, Px { x: cell.left, y: cell.bottom }];
    put(page.draw(&Path::new(start, Stroke::solid(style.casing, 1.6 * u))));
    let inside = cell.grown(-1.6 * u);
    if inside.width() <= 0.0 || inside.height() <= 0.0 {
        return;
    }
    if let Control::Besieged { by, .. } = control {
        let colour = by.as_ref().filter(|_| !style.patterns).map_or(style.ink, |by| view.palette.colour(by));
        put(page.draw(&Path::new(inside.corners(), Stroke::solid(colour, 3.2 * u)).closed()));
    } else if claimed {
        put(page
            .draw(&Path::new(inside.corners(), key::claimed_edge(style, view.palette, control, u)).closed()));
    }
}

/// What the cells of these towns mean, in rows above them; gives their height. Only measured where `is_drawn` is not set.
fn samples(
    page: &Page<'_>,
    strip: &Strip<'_>,
    view: &View<'_>,
    towns: &[&Course<'_>],
    inner: Rect,
    u: f64,
    is_drawn: bool,
) -> (f64, usize) {
    let (style, palette) = (view.style, view.palette);
    let seen = |interval: &&Interval| {
        interval.start <= strip.days.1 && interval.end.is_none_or(|end| end > strip.days.0)
    };
    let all = || towns.iter().flat_map(|town| town.history.iter().filter(seen));
    let mut sides: BTreeMap<usize, BTreeSet<&ActorId>> = BTreeMap::new();
    for actor in all().filter_map(|interval| interval.control.as_ref()).flat_map(Control::actors) {
        sides.entry(palette.rank(actor)).or_default().insert(palette.shown_as(actor));
    }
    let mut kinds: Vec<(Option<Control>, bool, String)> = sides
        .into_values()
        .flatten()
        .map(|actor| (Some(Control::Held(actor.clone())), false, palette.name(actor).to_owned()))
        .collect();
    let first = |wanted: &dyn Fn(&Interval) -> bool| {
        all().find(|interval| wanted(interval)).and_then(|it| it.control.clone())
    };
    let contested = first(&|it| matches!(it.control, Some(Control::Contested(_))));
    let besieged = first(&|it| matches!(it.control, Some(Control::Besieged { .. })));
    let claimed = first(&|it| it.claimed && matches!(it.control, Some(Control::Held(_))));
    kinds.extend(contested.map(|control| (Some(control), false, "Contested".to_owned())));
    kinds.extend(besieged.map(|control| (Some(control), false, "Besieged".to_owned())));
    kinds.extend(claimed.map(|control| (Some(control), true, "Claimed by one side only".to_owned())));
    let is_whole = |town: &&Course<'_>| {
        town.history.first().is_some_and(|first| first.start <= strip.days.0)
            && town.history.iter().filter(seen).all(|interval| interval.control.is_some())
    };
    kinds.extend((!towns.iter().all(is_whole)).then(|| (None, false, "Not known".to_owned())));

    let look = style.look(style.letters.legend * 0.95 * u, style.ink);
    let (wide, high, row) = (30.0 * u, 16.0 * u, 26.0 * u);
    let (mut x, mut y) = (inner.left, inner.top + 6.0 * u);
    // More sides than a fifth of the page has room for go without a sample.
    let last = inner.top + (inner.height() * 0.2).max(row);
    let mut left_out = 0;
    for (control, is_claimed, words) in &kinds {
        let line = look.cut(words, inner.width() - wide - 10.0 * u);
        let width = wide + 8.0 * u + look.width(&line);
        if x > inner.left && x + width > inner.right {
            (x, y) = (inner.left, y + row);
        }
        if y + row > last {
            left_out += 1;
            continue;
        }
        if is_drawn {
            let patch = Rect::at(x, y, wide, high);
            let paint = control.as_ref().map_or(Paint::Solid(style.unknown), |control| {
                key::tint(style, palette, control, *is_claimed, u)
            });
            put(page.draw(&Shape::new([patch.corners()], paint)));
            if let Some(control) = control {
                marks(page, view, patch, control, *is_claimed, u);
            }
            put(page
                .draw(&Path::new(patch.corners(), Stroke::solid(style.border.faded(0.6), 0.8 * u)).closed()));
            let at = Px { x: x + wide + 8.0 * u, y: y + high / 2.0 + look.size * 0.36 };
            put(page.draw(&Words::new(at, Anchor::Start, &line, look)));
        }
        x += width + 22.0 * u;
    }
    ((y + row - inner.top).min(last - inner.top + row), left_out)
}
