//! The chart of ground and places held over time.

use super::canvas::{Canvas, Page, Pixels, area, put, rgba, step};
use super::element::{Look, Path, Shape, Words};
use super::rect::Rect;
use super::sheet::Sheet;
use super::span::Span;
use super::view::{View, long};
use super::{About, Anchor, Colour, Paint, Scene, Stroke, furniture, key, number};
use crate::actor::ActorId;
use crate::areas;
use crate::style::{Furniture, Style};
use crate::timeline::Control;
use crate::units::Px;
use plotters::chart::ChartBuilder;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::style::{ShapeStyle, TRANSPARENT};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Whose ground or place it is, in the order from the bottom up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// A side's, by its rank in the legend.
    Side(usize, ActorId),
    /// Of sides there is no room to name.
    Others,
    /// Contested.
    Contested,
    /// Nobody's that is known.
    Unknown,
}

/// A day and an amount: a point of the chart.
type At = (f64, f64);

/// How much each class has on a day.
type Amounts = BTreeMap<Class, f64>;

/// How much each class has on each day.
struct Series {
    classes: Vec<(Class, Vec<f64>)>,
}

impl Series {
    /// The amounts of each day, and of the classes the `most` greatest; the sides among the rest together.
    fn of(days: &[Amounts], most: usize) -> Self {
        let named: BTreeSet<&Class> = days.iter().flat_map(Amounts::keys).collect();
        let amounts =
            |class: &Class| days.iter().map(|day| day.get(class).copied().unwrap_or(0.0)).collect::<Vec<_>>();
        let peak = |amounts: &[f64]| amounts.iter().copied().fold(0.0, f64::max);
        let all = named.into_iter().map(|class| (class.clone(), amounts(class)));
        let mut classes: Vec<(Class, Vec<f64>)> = all.filter(|(_, amounts)| peak(amounts) > 0.0).collect();
        let sides = classes.iter().filter(|(class, _)| matches!(class, Class::Side(..))).count();
        let fixed = classes.len() - sides;
        if classes.len() > most && sides > 1 {
            let keep = most.saturating_sub(fixed + 1).max(1);
            let mut peaks: Vec<(f64, Class)> = classes
                .iter()
                .filter(|(class, _)| matches!(class, Class::Side(..)))
                .map(|(class, amounts)| (peak(amounts), class.clone()))
                .collect();
            peaks.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let small: BTreeSet<Class> = peaks.into_iter().skip(keep).map(|(_, class)| class).collect();
            let mut rest = vec![0.0; days.len()];
            classes.retain(|(class, amounts)| {
                let is_small = small.contains(class);
                if is_small {
                    rest.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
                }
                !is_small
            });
            classes.push((Class::Others, rest));
            classes.sort_by(|a, b| a.0.cmp(&b.0));
        }
        Self { classes }
    }

    fn top(&self) -> f64 {
        let days = self.classes.first().map_or(0, |(_, amounts)| amounts.len());
        let sum = |day: usize| self.classes.iter().map(|(_, amounts)| amounts[day]).sum::<f64>();
        (0..days).map(sum).fold(0.0, f64::max)
    }
}

/// Ground by class on the day of a view, in square kilometres on the ellipsoid. Ground that is presumed or only claimed counts as
/// its side's.
fn ground(view: &View<'_>) -> Amounts {
    let mut sums = BTreeMap::new();
    for area in &view.ground.areas {
        *sums.entry(class(view, Some(&area.control))).or_default() += areas::square_km(&area.shape);
    }
    *sums.entry(Class::Unknown).or_default() += areas::square_km(&view.ground.unknown);
    sums
}

fn places(view: &View<'_>) -> Amounts {
    let mut sums = BTreeMap::new();
    for spot in &view.spots {
        *sums.entry(class(view, spot.control)).or_default() += 1.0;
    }
    sums
}

fn class(view: &View<'_>, control: Option<&Control>) -> Class {
    match control {
        Some(Control::Held(actor) | Control::Besieged { holder: actor, .. }) => {
            Class::Side(view.palette.rank(actor), view.palette.shown_as(actor).clone())
        }
        Some(Control::Contested(_)) => Class::Contested,
        None => Class::Unknown,
    }
}

/// What the chart says under its sources.
const NOTE: &str = "Ground in square kilometres on the ellipsoid (WGS 84), besieged, presumed and claimed ground with its side's. \
                    Each day as at its end; between the days drawn, as on the one before.";

/// Draws the ground and the places that each side holds, from the first day of the sheet's views to the last, as areas on top of each
/// other: what is contested and what nobody is known to hold are classes of their own. `None` for fewer than two days.
#[must_use]
pub fn chart(sheet: &Sheet<'_>) -> Option<Scene> {
    let [first, .., last] = sheet.views else { return None };
    let grounds: Vec<Amounts> = sheet.views.par_iter().map(ground).collect();
    let held: Vec<Amounts> = sheet.views.iter().map(places).collect();
    let when = format!("{} to {}", long(first.ground.day), long(last.ground.day));
    let words = told(sheet.views, &grounds, &held);
    let mut scene = Scene {
        width: sheet.width,
        height: sheet.height,
        title: super::text::clean(sheet.title),
        description: format!(
            "Chart of the ground and the places held in {}, {when}. {}",
            first.region.name,
            words.join(" ")
        ),
        about: About {
            caption: format!(
                "Ground and places held in {}, {when}. Ground between places is estimated.",
                first.region.name
            ),
            ..last.about()
        },
        marks: Vec::new(),
    };
    draw(sheet, &when, (&grounds, &held), &mut scene);
    Some(scene)
}

/// Each class on the first day and on the last, a sentence each.
fn told(views: &[View<'_>], grounds: &[Amounts], held: &[Amounts]) -> Vec<String> {
    let Some(view) = views.first() else { return Vec::new() };
    let classes: BTreeSet<&Class> = grounds.iter().chain(held).flat_map(Amounts::keys).collect();
    let at = |days: &[Amounts], class: &Class, is_last: bool| {
        let day = if is_last { days.last() } else { days.first() };
        day.and_then(|day| day.get(class).copied()).unwrap_or(0.0)
    };
    let sentence = |class: &Class| {
        let [from, to] = [false, true].map(|last| number::square_km(at(grounds, class, last)));
        let [had, has] = [false, true].map(|last| number::grouped(at(held, class, last)));
        format!("{}: from {from} and {had} places to {to} and {has} places.", name(view, class))
    };
    classes.into_iter().map(sentence).collect()
}

fn name(view: &View<'_>, class: &Class) -> String {
    match class {
        Class::Side(_, actor) => view.palette.name(actor).to_owned(),
        Class::Others => "Other sides".to_owned(),
        Class::Contested => "Contested".to_owned(),
        Class::Unknown => "Not known".to_owned(),
    }
}

fn draw(sheet: &Sheet<'_>, when: &str, (grounds, held): (&[Amounts], &[Amounts]), scene: &mut Scene) {
    let Some(view) = sheet.views.last() else { return };
    let root = area(scene);
    let page = root.apply_coord_spec(Pixels);
    let u = furniture::unit(sheet.width, sheet.height, view.letters);
    let inner = paper(&page, sheet, view, when, NOTE, u);
    let gap = 20.0 * u;
    let both = [("Ground held", true, grounds), ("Places held", false, held)];
    let share = [0.58, 0.42];
    let mut top = inner.top;
    for ((heading, is_ground, days), share) in both.into_iter().zip(share) {
        let height = (inner.height() - gap) * share;
        let panel = Rect::at(inner.left, top, inner.width(), height);
        let lines = ((height - 60.0 * u) / (40.0 * u)).floor().max(3.0) as usize;
        let series = Series::of(days, lines.min(12));
        Panel { root: &root, page: &page, views: sheet.views, view, u }
            .draw(panel, heading, is_ground, &series);
        top += height + gap;
    }
}

/// Title, days, sources; gives the rectangle that is left.
pub(crate) fn paper(
    page: &Page<'_>,
    sheet: &Sheet<'_>,
    view: &View<'_>,
    when: &str,
    note: &str,
    u: f64,
) -> Rect {
    let style = view.style;
    let whole = Rect::at(0.0, 0.0, sheet.width, sheet.height);
    put(page.draw(&Shape::new([whole.corners()], Paint::Solid(style.paper))));
    match view.furniture {
        Furniture::Title => furniture::headed(page, whole, sheet.title, when, style, u),
        Furniture::Full => {
            let (words, note) = ((sheet.title, sheet.subtitle, when), format!("{note} {}", furniture::DAYS));
            furniture::noted(page, whole, words, view.sources, (view.credits, &note), style, u)
        }
    }
}

struct Panel<'p, 'c> {
    root: &'p DrawingArea<Canvas<'c>, Shift>,
    page: &'p Page<'c>,
    views: &'p [View<'p>],
    view: &'p View<'p>,
    u: f64,
}

/// The words at the end of a band.
struct Label {
    /// The middle of the band at its end.
    wanted: f64,
    name: String,
    amount: String,
    colour: Colour,
}

impl Panel<'_, '_> {
    fn draw(&self, panel: Rect, heading: &str, is_ground: bool, series: &Series) {
        let (style, u) = (self.view.style, self.u);
        let small = style.look(style.letters.small * u, style.quiet);
        let bold = style.look(style.letters.legend * 1.1 * u, style.ink).bold();
        let unit = if is_ground { "square kilometres" } else { "number of places" };
        let head = bold.cut(&format!("{heading}, {unit}"), panel.width());
        put(self.page.draw(&Words::new(
            Px { x: panel.left, y: panel.top + bold.size },
            Anchor::Start,
            &head,
            bold,
        )));

        let ticks = heights(series.top(), ((panel.height() / u) / 55.0) as usize);
        let highest = ticks.last().copied().unwrap_or(1.0).max(1.0);
        let number = |at: f64| small.line(&number::grouped(at));
        let left =
            ticks.iter().map(|at| small.width(&number(*at))).fold(small.width(&number(888_888.0)), f64::max)
                + 12.0 * u;
        let right = (panel.width() * 0.27).min(250.0 * u);
        let plot = Rect {
            left: panel.left + left,
            top: panel.top + bold.size + 16.0 * u,
            right: (panel.right - right).max(panel.left + left + 1.0),
            bottom: panel.bottom - 26.0 * u,
        };
        let plot = Rect { bottom: plot.bottom.max(plot.top + 1.0), ..plot };
        let span = span(self.views);
        let margins =
            [plot.top, view_height(self.root) - plot.bottom, plot.left, view_width(self.root) - plot.right]
                .map(step);
        let mut builder = ChartBuilder::on(self.root);
        builder
            .margin_top(margins[0])
            .margin_bottom(margins[1])
            .margin_left(margins[2])
            .margin_right(margins[3]);
        let Ok(mut chart) = builder.build_cartesian_2d(span, 0.0..highest) else { return };
        let grid = |share: f64| ShapeStyle {
            color: rgba(style.border.faded(share)),
            filled: false,
            stroke_width: step(0.8 * u).max(1) as u32,
        };
        let (bands, edges) = self.bands(series, span);
        put(chart.draw_series(bands).map(drop));
        put(chart.draw_series(edges).map(drop));
        // The grid lies over the bands, faintly, so that amounts can be read off inside them.
        let mut mesh = chart.configure_mesh();
        mesh.disable_x_mesh().x_labels(0).y_labels(ticks.len().max(2));
        mesh.light_line_style(TRANSPARENT).bold_line_style(grid(0.35)).axis_style(grid(0.9));
        put(mesh.draw());
        for at in &ticks {
            let y = plot.bottom - plot.height() * at / highest + small.size * 0.35;
            put(self.page.draw(&Words::new(
                Px { x: plot.left - 8.0 * u, y },
                Anchor::End,
                &number(*at),
                small,
            )));
        }
        dates(self.page, style, plot, span, u);
        self.labels(plot, panel.right, highest, is_ground, series);
    }

    /// The bands from the bottom up, each with an edge where the next begins.
    fn bands(&self, series: &Series, span: Span) -> (Vec<Shape<At>>, Vec<Path<At>>) {
        let days: Vec<f64> = self.views.iter().map(|view| span.at(view.ground.day)).collect();
        let ends: Vec<f64> = days.iter().skip(1).copied().chain([span.end()]).collect();
        let mut below = vec![0.0; days.len()];
        let (mut bands, mut edges) = (Vec::new(), Vec::new());
        let edge = Stroke::solid(self.view.style.border, 0.7 * self.u);
        for (class, amounts) in &series.classes {
            let above: Vec<f64> = below.iter().zip(amounts).map(|(base, amount)| base + amount).collect();
            let steps = |levels: &[f64]| -> Vec<(f64, f64)> {
                let all = days.iter().zip(&ends).zip(levels);
                all.flat_map(|((from, to), level)| [(*from, *level), (*to, *level)]).collect()
            };
            let mut ring = steps(&above);
            edges.push(Path::new(ring.clone(), edge.clone()));
            ring.extend(steps(&below).into_iter().rev());
            bands.push(Shape::new([ring], self.paint(class)));
            below = above;
        }
        (bands, edges)
    }

    fn paint(&self, class: &Class) -> Paint {
        let View { style, palette, .. } = self.view;
        match class {
            Class::Side(_, actor) => key::tint(style, palette, &Control::Held(actor.clone()), false, self.u),
            Class::Others => Paint::Solid(style.quiet.mixed(style.paper, 0.5)),
            Class::Contested => Paint::Hatch {
                colours: vec![style.ink.mixed(style.paper, 0.45), style.paper],
                stripe: 4.0 * self.u,
            },
            Class::Unknown => Paint::Solid(style.unknown),
        }
    }

    /// Names and amounts at the ends of the bands, none over another, each led to its band.
    fn labels(&self, plot: Rect, right: f64, highest: f64, is_ground: bool, series: &Series) {
        let (style, u, view) = (self.view.style, self.u, self.view);
        let y = |level: f64| plot.bottom - plot.height() * level / highest;
        let mut base = 0.0;
        let mut labels = Vec::new();
        for (class, amounts) in &series.classes {
            let amount = amounts.last().copied().unwrap_or(0.0);
            let colour = match class {
                Class::Side(_, actor) if !style.patterns => {
                    style.readable(view.palette.colour(actor), style.paper, 0.0)
                }
                _ => style.ink,
            };
            let words = if is_ground {
                number::square_km(amount)
            } else {
                number::counted(amount.round() as usize, "place")
            };
            labels.push(Label {
                wanted: y(base + amount / 2.0),
                name: name(view, class),
                amount: words,
                colour,
            });
            base += amount;
        }
        labels.reverse();
        let name = style.look(style.letters.legend * 0.95 * u, style.ink).bold();
        let under = style.look(style.letters.small * u, style.quiet);
        let height = (name.size + under.size) * 1.2 + 4.0 * u;
        let mids = spread(
            &labels.iter().map(|label| label.wanted).collect::<Vec<_>>(),
            height,
            (plot.top, plot.bottom),
        );
        let (from, to) = (plot.right + 3.0 * u, plot.right + 22.0 * u);
        for (label, mid) in labels.iter().zip(mids) {
            let line = vec![Px { x: from, y: label.wanted }, Px { x: to - 4.0 * u, y: mid }];
            put(self.page.draw(&Path::new(line, Stroke::solid(style.quiet.faded(0.7), u))));
            let look = Look { colour: label.colour, ..name };
            let at = Px { x: to, y: mid - 2.0 * u };
            put(self.page.draw(&Words::new(at, Anchor::Start, &look.cut(&label.name, right - to), look)));
            let at = Px { x: to, y: mid + under.size * 0.95 };
            put(self.page.draw(&Words::new(at, Anchor::Start, &under.cut(&label.amount, right - to), under)));
        }
    }
}

fn view_height(root: &DrawingArea<Canvas<'_>, Shift>) -> f64 {
    f64::from(root.dim_in_pixel().1) / super::canvas::STEPS
}

fn view_width(root: &DrawingArea<Canvas<'_>, Shift>) -> f64 {
    f64::from(root.dim_in_pixel().0) / super::canvas::STEPS
}

/// The days of the views.
pub(crate) fn span(views: &[View<'_>]) -> Span {
    let day = |view: Option<&View<'_>>| view.map(|view| view.ground.day).unwrap_or_default();
    Span::of(day(views.first()), day(views.last()))
}

/// Dates under a chart, each at the start of its day, as many as have room.
pub(crate) fn dates(page: &Page<'_>, style: &Style, plot: Rect, span: Span, u: f64) {
    let look = style.look(style.letters.small * u, style.quiet);
    let most = (plot.width() / (95.0 * u)).floor() as usize;
    let mut free = f64::NEG_INFINITY;
    for (at, words) in span.ticks(most) {
        let x = plot.left + plot.width() * at / span.end();
        let line = look.line(&words);
        let tick = vec![Px { x, y: plot.bottom }, Px { x, y: plot.bottom + 5.0 * u }];
        put(page.draw(&Path::new(tick, Stroke::solid(style.border, u))));
        let fits = x >= free && x + look.width(&line) <= plot.right + 40.0 * u;
        if fits {
            let at = Px { x, y: plot.bottom + 6.0 * u + look.size };
            put(page.draw(&Words::new(at, Anchor::Start, &line, look)));
            free = x + look.width(&line) + 8.0 * u;
        }
    }
}

/// Ticks from 0 to at least `top`, `most` of them or a few more, at 1, 2 or 5 times a power of ten.
fn heights(top: f64, most: usize) -> Vec<f64> {
    let top = top.max(1.0);
    let rough = (top / most.clamp(2, 8) as f64).max(1.0);
    let power = 10_f64.powf(rough.log10().floor());
    let apart =
        [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|n| *n >= rough * 0.999).unwrap_or(power);
    let count = (top / apart - 1e-9).ceil().max(1.0) as u32;
    (0..=count).map(|i| f64::from(i) * apart).collect()
}

/// Where the middles of boxes of one height go, in order from the top, each as near as can be to where it is wanted and none over
/// another, within limits where these have room for all.
fn spread(wanted: &[f64], height: f64, (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut mids: Vec<f64> = Vec::with_capacity(wanted.len());
    for want in wanted {
        let least = mids.last().map_or(top + height / 2.0, |above| above + height);
        mids.push(want.max(least));
    }
    let mut most = bottom - height / 2.0;
    for mid in mids.iter_mut().rev() {
        *mid = mid.min(most);
        most = *mid - height;
    }
    mids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_apart_and_near_their_bands() {
        let mids = spread(&[10.0, 12.0, 50.0, 99.0], 20.0, (0.0, 100.0));
        assert!(mids.windows(2).all(|pair| pair[1] - pair[0] >= 20.0 - 1e-9), "{mids:?}");
        assert_eq!((mids[0], mids[2], mids[3]), (10.0, 50.0, 90.0));
    }

    #[test]
    fn ticks_are_round_and_reach_the_top() {
        assert_eq!(heights(185_000.0, 4), [0.0, 50_000.0, 100_000.0, 150_000.0, 200_000.0]);
        assert_eq!(heights(3.0, 5), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(heights(0.0, 5), [0.0, 1.0]);
    }

    #[test]
    fn the_smallest_of_fifty_sides_are_one_band() {
        let side = |i: usize| Class::Side(i, ActorId(format!("a{i}")));
        let day: Amounts =
            (0..50).map(|i| (side(i), i as f64 + 1.0)).chain([(Class::Unknown, 5.0)]).collect();
        let series = Series::of(&[day.clone(), day], 8);
        assert_eq!(series.classes.len(), 8);
        assert!((series.top() - (50.0 * 51.0 / 2.0 + 5.0)).abs() < 1e-9);
    }
}
