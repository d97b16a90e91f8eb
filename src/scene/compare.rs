//! Two days side by side, with one legend and a list of what changed between them.

use super::canvas::{Page, Pixels, area, put};
use super::element::{Path, Shape, Words};
use super::frame::{Frame, Subject};
use super::label::Disc;
use super::layers::{Backdrop, Detail};
use super::legend::Legend;
use super::list::{self, List, Row};
use super::places::hold;
use super::rect::Rect;
use super::sheet::subject;
use super::view::{Spot, View, long};
use super::{
    About, Anchor, Paint, Scene, Stroke, advance, front, furniture, key, label, layers, number, places,
};
use crate::actor::ActorId;
use crate::areas::{self, Gain};
use crate::style::Furniture;
use crate::timeline::Control;
use crate::units::Px;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Two days of one region and what is written around them.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a> {
    /// The headline.
    pub title: &'a str,
    /// The region and whatever else belongs under the title; the days are added to it.
    pub subtitle: &'a str,
    /// The earlier day, then the later one; what is marked as changed on the second is what differs from the first. Page, style,
    /// sources and credits are those of the second.
    pub views: &'a [View<'a>; 2],
}

/// Draws two days side by side (or one above the other, on a page higher than wide), what changed marked on the second and listed:
/// for each side the ground it gained, in square kilometres on the ellipsoid, and the places.
///
/// Solid, presumed and claimed ground count alike, as in [`areas::between`]. The list ends with how many places there was no room
/// for.
#[must_use]
pub fn compare(comparison: &Comparison<'_>) -> Scene {
    let [before, after] = comparison.views;
    let gains = areas::between(before.ground, after.ground);
    let mut scene = Scene {
        width: after.width,
        height: after.height,
        title: super::text::clean(comparison.title),
        description: description(comparison, &gains),
        about: about(comparison, &gains),
        marks: Vec::new(),
    };
    draw(comparison, &gains, &mut scene);
    scene
}

/// Both days, in words.
fn days(comparison: &Comparison<'_>) -> [String; 2] {
    comparison.views.each_ref().map(|view| long(view.ground.day))
}

fn about(comparison: &Comparison<'_>, gains: &[Gain]) -> About {
    let [before, after] = days(comparison);
    let view = &comparison.views[1];
    let places = view.spots.iter().filter(|spot| spot.changed).count();
    let region = &view.region.name;
    let changed = match places {
        0 => "No place changed hands between".to_owned(),
        n => format!("{} changed between", number::counted(n, "place")),
    };
    let mut caption = format!("{region} at the end of {before} and of {after}. {changed}");
    let gained: Vec<String> = gained(view, gains).into_iter().take(4).collect();
    if !gained.is_empty() {
        caption = format!("{caption}; {}", gained.join("; "));
    }
    caption += ". Ground between places is estimated.";
    About { caption, ..view.about() }
}

/// Who gained how much ground, the most first.
fn gained(view: &View<'_>, gains: &[Gain]) -> Vec<String> {
    let mut sums: BTreeMap<&ActorId, f64> = BTreeMap::new();
    for gain in gains {
        if let Some(to) = &gain.to {
            *sums.entry(view.palette.shown_as(to)).or_default() += gain.area;
        }
    }
    let mut sums: Vec<(&ActorId, f64)> = sums.into_iter().filter(|(_, area)| *area >= 0.5).collect();
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    let told = |(actor, area)| format!("{} gained {}", view.palette.name(actor), number::square_km(area));
    sums.into_iter().map(told).collect()
}

fn description(comparison: &Comparison<'_>, gains: &[Gain]) -> String {
    let ([before, after], view) = (days(comparison), &comparison.views[1]);
    let mut sentences =
        vec![format!("Two maps of {}, at the end of {before} and of {after}.", view.region.name)];
    sentences.extend(gained(view, gains).into_iter().map(|gained| gained + "."));
    sentences.push(match view.changes() {
        Some(changes) => format!("Changed: {changes}."),
        None => "No place changed hands.".to_owned(),
    });
    sentences.join(" ")
}

/// Space between the maps and the list, in units.
const GAP: f64 = 18.0;
/// Height of the line above each map, in units.
const CAPTION: f64 = 32.0;
const NOTE: &str = "Ground between places is estimated.";

fn draw(comparison: &Comparison<'_>, gains: &[Gain], scene: &mut Scene) {
    let root = area(scene);
    let page = root.apply_coord_spec(Pixels);
    let views = comparison.views;
    let view = &views[1];
    let (style, u) = (view.style, view.unit());
    let whole = Rect::at(0.0, 0.0, view.width, view.height);
    put(page.draw(&Shape::new([whole.corners()], Paint::Solid(style.paper))));
    let [first, last] = days(comparison);
    let is_small = view.furniture == Furniture::Title;
    let inner = if is_small {
        furniture::headed(&page, whole, comparison.title, &format!("{first} and {last}"), style, u)
    } else {
        let when = format!("Situation at the end of {first} and of {last}");
        let words = (comparison.title, comparison.subtitle, when.as_str());
        furniture::around(&page, whole, words, view.sources, view.credits, style, u)
    };
    let Some(subject) = subject(views) else { return };
    let windows = windows(inner, &subject, is_small, u);
    let mut backdrop = None;
    let mut scale = 1.0;
    let mut seen: Vec<View<'_>> = Vec::new();
    for (view, window) in views.iter().zip(windows) {
        let frame = subject.fit(window.grown(-10.0 * u), window);
        scale = frame.scale;
        let backdrop = backdrop.get_or_insert_with(|| Backdrop::of(view.base, &frame, &[]));
        let (ground, gained) = (root.apply_coord_spec(frame), advance::gained(view, &frame, u));
        layers::draw(&ground, &page, view, backdrop, &frame, (Detail::Full, &gained), u * 0.85);
        let arrows = marks(&page, view, &frame, u * 0.85);
        // The legend has what is seen; the days stand above the maps.
        let before = view.before.filter(|_| !gained.is_empty() || arrows);
        seen.push(View { since: None, arrows, before, ..view.seen_in(&frame) });
        put(page.draw(&Path::new(window.corners(), Stroke::solid(style.border, u)).closed()));
        let bold = style.look(19.0 * u, style.ink).bold();
        let day = bold.cut(&long(view.ground.day), window.width());
        let at = Px { x: window.left, y: window.top - 9.0 * u };
        put(page.draw(&Words::new(at, Anchor::Start, &day, bold)));
    }
    if is_small {
        return;
    }
    let top = windows.iter().map(|window| window.bottom).fold(inner.top, f64::max) + GAP * u;
    let mut band = Rect { top, ..inner };
    let rows = key::rows_of(&seen, Detail::Full, u);
    let size = (inner.width() * 0.48, band.height());
    if let Some(legend) = Legend::spread(&rows, NOTE, style, u, size) {
        legend.draw(&page, Px { x: band.left, y: band.top }, scale);
        band.left += legend.size.0 + GAP * u;
    }
    let groups = groups(view, gains);
    let all = told(&groups, usize::MAX);
    let list = List::of(&all, style, band, u);
    list.draw(&page, &told(&groups, list.rows()));
}

/// Where the two maps go.
fn windows(inner: Rect, subject: &Subject, is_small: bool, u: f64) -> [Rect; 2] {
    let [west, south, east, north] = subject.bounds;
    let aspect = ((east - west).max(1.0) / (north - south).max(1.0)).clamp(0.4, 2.5);
    let (gap, caption) = (GAP * u, CAPTION * u);
    let share = if is_small { 1.0 } else { 0.64 };
    let (across, down) = if inner.height() > inner.width() * 1.25 { (1.0, 2.0) } else { (2.0, 1.0) };
    let width = ((inner.width() - gap * (across - 1.0)) / across).max(1.0);
    let most = (inner.height() * share / down - caption).max(1.0);
    let height = most.min((width / aspect * 1.15).max(most * 0.75));
    [0.0, 1.0].map(|i| {
        let (x, y) = if across > 1.0 { (i, 0.0) } else { (0.0, i) };
        let left = inner.left + x * (width + gap);
        Rect::at(left, inner.top + caption + y * (height + caption), width, height)
    })
}

/// Arrows, symbols and names of one map; whether there are arrows.
fn marks(page: &Page<'_>, view: &View<'_>, frame: &Frame, u: f64) -> bool {
    let arrows = places::arrows(view, frame, u);
    let shown = places::shown(view, frame, u, &[]);
    let discs: Vec<Disc> = shown.iter().map(|(_, symbol)| symbol.disc()).collect();
    let wanted = places::wanted(view, &shown, u);
    let mut front = front::dots(view, frame);
    front.extend(arrows.iter().flat_map(advance::dots));
    let window = frame.window.grown(-3.0 * u);
    let names =
        label::place(&wanted, &label::Ground { window, blocked: &[], symbols: &discs, front: &front });
    places::draw_arrows(page, view, &arrows, u);
    places::draw_symbols(page, view.style, &shown, &names);
    places::draw_names(page, view.style, &wanted, &names, u);
    places::draw_notes(page, view, &shown);
    !arrows.is_empty()
}

/// Rows of ground, rows of places.
type Rows<'v> = (Vec<Row>, Vec<(&'v Spot<'v>, Row)>);

/// What one side gained, or what came to be nobody's for sure.
struct Group<'v> {
    head: String,
    ground: Vec<Row>,
    /// The largest first.
    places: Vec<(&'v Spot<'v>, Row)>,
}

/// What a group is about, in the order of the list: sides, then what is fought over, then what nobody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whose<'v> {
    Side(usize, &'v ActorId),
    Contested,
    Nobody,
}

fn groups<'v>(view: &'v View<'v>, gains: &'v [Gain]) -> Vec<Group<'v>> {
    let palette = view.palette;
    let side = |actor: &'v ActorId| Whose::Side(palette.rank(actor), palette.shown_as(actor));
    let held = |actor: Option<&ActorId>| hold(palette, actor.cloned().map(Control::Held).as_ref(), false);
    let mut groups: BTreeMap<Whose<'v>, Rows<'v>> = BTreeMap::new();
    for gain in gains.iter().filter(|gain| gain.area >= 0.5) {
        let whose = gain.to.as_ref().map_or(Whose::Nobody, side);
        let area = number::square_km(gain.area);
        let words = match &gain.from {
            Some(actor) => format!("{area} from {}", palette.name(actor)),
            None => format!("{area} that was unclear"),
        };
        let row = Row::Passed(held(gain.from.as_ref()), held(gain.to.as_ref()), words);
        groups.entry(whose).or_default().0.push(row);
    }
    let mut changed: Vec<&Spot<'_>> = view.spots.iter().filter(|spot| spot.changed).collect();
    changed.sort_by_key(|spot| (Reverse(places::rank(spot)), &spot.site.name, spot.site.key()));
    for spot in changed {
        let whose = match spot.control {
            Some(Control::Held(actor) | Control::Besieged { holder: actor, .. }) => side(actor),
            Some(Control::Contested(_)) => Whose::Contested,
            None => Whose::Nobody,
        };
        let day = spot.on.map_or_else(String::new, |day| format!(", {}", super::view::brief(day)));
        let claimed = if spot.claimed { ", claimed" } else { "" };
        let besieged = if matches!(spot.control, Some(Control::Besieged { .. })) { ", besieged" } else { "" };
        let row = Row::Passed(
            hold(palette, spot.previous, false),
            hold(palette, spot.control, spot.claimed),
            format!("{}{claimed}{besieged}{day}", spot.site.name),
        );
        groups.entry(whose).or_default().1.push((spot, row));
    }
    let group = |(whose, (ground, places)): (Whose<'_>, (Vec<Row>, Vec<_>))| {
        let head = match whose {
            Whose::Side(_, actor) => palette.name(actor).to_owned(),
            Whose::Contested => "Contested".to_owned(),
            Whose::Nobody => "Unknown or contested".to_owned(),
        };
        let head = if places.is_empty() {
            head
        } else {
            format!("{head}: {}", number::counted(places.len(), "place"))
        };
        Group { head, ground, places }
    };
    groups.into_iter().map(group).collect()
}

/// The list in at most `most` rows: what ground changed hands first, of the places the largest, and how many more there are.
fn told(groups: &[Group<'_>], most: usize) -> Vec<Row> {
    if groups.is_empty() {
        return vec![Row::Plain("Nothing changed between these days.".to_owned())];
    }
    let all: usize = groups.iter().map(|group| 1 + group.ground.len() + group.places.len()).sum();
    let fixed: usize = groups.iter().map(|group| 1 + group.ground.len()).sum();
    if all > most && fixed >= most {
        let head =
            |group: &Group<'_>| std::iter::once(Row::Head(group.head.clone())).chain(group.ground.clone());
        let mut rows: Vec<Row> = groups.iter().flat_map(|group| head(group).collect::<Vec<_>>()).collect();
        rows.truncate(most.saturating_sub(1));
        rows.push(list::more(all - rows.len()));
        return rows;
    }
    let shown = if all > most { most - fixed - 1 } else { all };
    let mut ranked: Vec<&Spot<'_>> =
        groups.iter().flat_map(|group| group.places.iter().map(|(spot, _)| *spot)).collect();
    ranked.sort_by_key(|spot| (Reverse(places::rank(spot)), &spot.site.name, spot.site.key()));
    let left = ranked.len().saturating_sub(shown);
    let least = ranked.get(shown).map(|spot| (Reverse(places::rank(spot)), &spot.site.name, spot.site.key()));
    let is_shown = |spot: &Spot<'_>| {
        least
            .as_ref()
            .is_none_or(|least| (Reverse(places::rank(spot)), &spot.site.name, spot.site.key()) < *least)
    };
    let mut rows = Vec::new();
    for group in groups {
        rows.push(Row::Head(group.head.clone()));
        rows.extend(group.ground.iter().cloned());
        rows.extend(group.places.iter().filter(|(spot, _)| is_shown(spot)).map(|(_, row)| row.clone()));
    }
    if left > 0 {
        rows.push(list::more(left));
    }
    rows
}
