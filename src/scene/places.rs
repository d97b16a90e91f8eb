//! Symbols and names of the places on a map.

use super::advance::{self, Arrow};
use super::canvas::{Page, put};
use super::element::{Made, Note, Path, Words};
use super::frame::Frame;
use super::label::{Placed, Wanted};
use super::rect::Rect;
use super::symbol::{Hold, Symbol};
use super::text::{self, Script};
use super::view::{Names, Spot, View, brief};
use super::{Anchor, Palette, Stroke};
use crate::claim::Site;
use crate::gazetteer::Kind;
use crate::style::Style;
use crate::timeline::Control;
use crate::units::Px;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Who holds a place, as drawn.
pub(crate) fn hold(palette: &Palette, control: Option<&Control>, claimed: bool) -> Hold {
    match control {
        None => Hold::Unknown,
        Some(Control::Held(actor)) if claimed => Hold::Claimed(palette.colour(actor)),
        Some(Control::Held(actor)) => Hold::Held(palette.colour(actor)),
        Some(Control::Contested(actors)) => {
            Hold::Contested(actors.iter().map(|actor| palette.colour(actor)).collect())
        }
        Some(Control::Besieged { holder, by }) => {
            Hold::Besieged(palette.colour(holder), by.as_ref().map(|by| palette.colour(by)))
        }
    }
}

/// The places of a view, the most important first: what changed, then what is fought over, then by size.
pub(crate) fn ranked<'a, 'v>(view: &'v View<'a>) -> Vec<&'v Spot<'a>> {
    let mut spots: Vec<&Spot<'_>> = view.spots.iter().collect();
    spots.sort_by_key(|spot| (Reverse(rank(spot)), spot.site.name.as_str(), spot.site.key()));
    spots
}

/// How important a place is on its map.
pub(crate) fn rank(spot: &Spot<'_>) -> (bool, u64) {
    // A base or a crossing is as good to know as a small town; a place fought over as a larger one.
    let least = match spot.site.kind {
        Kind::Airport | Kind::Base => 15_000,
        Kind::Crossing | Kind::Dam => 8_000,
        _ => 0,
    };
    let is_fought_over = matches!(spot.control, Some(Control::Contested(_) | Control::Besieged { .. }));
    let people = spot.site.population.max(least);
    (spot.changed, if is_fought_over { people.saturating_mul(4).max(100_000) } else { people })
}

/// A place that is on the map, with its symbol.
pub(crate) type Shown<'v, 'a> = (&'v Spot<'a>, Symbol);

/// The places whose symbols lie inside the window and not under a panel, the most important first.
pub(crate) fn shown<'v, 'a>(
    view: &'v View<'a>,
    frame: &Frame,
    unit: f64,
    panels: &[Option<Rect>],
) -> Vec<Shown<'v, 'a>> {
    let is_seen = |symbol: &Symbol| {
        let bounds = symbol.bounds();
        frame.window.holds(&bounds) && !panels.iter().flatten().any(|panel| panel.meets(&bounds))
    };
    let all = ranked(view).into_iter().map(|spot| (spot, symbol(view, spot, frame, unit)));
    all.filter(|(_, symbol)| is_seen(symbol)).collect()
}

/// Draws their symbols, the least important first, so that the others lie on top. One that no name goes with is smaller, so
/// that no other name seems to be its own.
pub(crate) fn draw_symbols(page: &Page<'_>, style: &Style, shown: &[Shown<'_, '_>], names: &[Placed]) {
    let mut named = vec![false; shown.len()];
    for name in names {
        named[name.index] = true;
    }
    for (i, (_, symbol)) in shown.iter().enumerate().rev() {
        let share = if named[i] || symbol.is_news() { 1.0 } else { NAMELESS };
        Symbol { radius: symbol.radius * share, ..symbol.clone() }.draw(page, style);
    }
}

/// The arrows to the places taken.
pub(crate) fn arrows(view: &View<'_>, frame: &Frame, u: f64) -> Vec<Arrow> {
    if !view.arrows {
        return Vec::new();
    }
    advance::arrows(view, frame, |spot| symbol(view, spot, frame, u).reach(), u)
}

/// Draws arrows.
pub(crate) fn draw_arrows(page: &Page<'_>, view: &View<'_>, arrows: &[Arrow], u: f64) {
    for arrow in arrows {
        let colour = view.palette.colour(&arrow.actor);
        put(page.draw(&Made::of(advance::marks(arrow.ends, colour, view.style, u))));
    }
}

/// What is told of each place to those who point at it.
pub(crate) fn draw_notes(page: &Page<'_>, view: &View<'_>, shown: &[Shown<'_, '_>]) {
    for (spot, symbol) in shown.iter().rev() {
        put(page.draw(&Note::new(symbol.at, symbol.reach(), &view.state(spot))));
    }
}

fn symbol(view: &View<'_>, spot: &Spot<'_>, frame: &Frame, unit: f64) -> Symbol {
    // Three hundred places need smaller dots than thirty; one place more changes them by less than an eye sees.
    let crowd = (120.0 / view.spots.len().max(1) as f64).sqrt().clamp(0.7, 1.0);
    let radius = match spot.site.population {
        _ if spot.site.kind != Kind::Town => 5.6,
        1_000_000.. => 9.0,
        200_000.. => 7.6,
        50_000.. => 6.4,
        _ => 5.4,
    };
    Symbol {
        // The timeline has only places whose position is known.
        at: frame.px(spot.site.at.unwrap_or_default()),
        radius: radius * crowd * unit,
        kind: spot.site.kind,
        hold: hold(view.palette, spot.control, spot.claimed),
        changed: spot.changed,
    }
}

/// Most names tried on one map, those of places that changed apart: what finds no room is left out anyway.
const MOST: usize = 400;

/// Size of the symbol of a place without a name against that of one with a name.
const NAMELESS: f64 = 0.74;

/// Inhabitants of a city that is named whatever stands around it.
const GREAT: u64 = 500_000;

/// The names to be placed, the most important first.
pub(crate) fn wanted(view: &View<'_>, shown: &[Shown<'_, '_>], unit: f64) -> Vec<Wanted> {
    let (style, scripts) = (view.style, scripts(view));
    let chosen = shown.iter().enumerate().filter(|(i, (spot, _))| spot.changed || *i < MOST);
    chosen
        .map(|(_, (spot, symbol))| {
            let size = match spot.site.population {
                1_000_000.. => 22.0,
                200_000.. => 18.5,
                50_000.. => 16.0,
                _ => 14.5,
            };
            let size = size * style.letters.places / 14.5;
            let look = style.look(size * unit, style.ink).halo(style.halo(), 2.3 * unit);
            let look = if spot.changed { look.bold() } else { look };
            let english = spot.site.name.as_str();
            let mut names = match (view.names, local(spot.site, &scripts)) {
                (Names::Local, Some(local)) => vec![local],
                (Names::Both, Some(local)) if local != english => vec![english, local],
                _ => vec![english],
            };
            let day = spot.on.filter(|day| spot.changed && *day != view.ground.day).map(brief);
            names.extend(day.as_deref());
            // A name as wide as a tenth of the largest page is not a name but a mistake: cut it.
            let lines = names.iter().map(|name| look.cut(name, 18.0 * look.size)).collect();
            let home = view.plan.and_then(|plan| plan.homes.get(&spot.site.key()).copied());
            let must = spot.changed || spot.site.population >= GREAT;
            Wanted { at: symbol.at, reach: symbol.reach(), lines, look, must, home }
        })
        .collect()
}

/// In which script the places of each country are mostly written.
fn scripts<'v>(view: &'v View<'_>) -> BTreeMap<Option<&'v str>, Script> {
    let mut counts: BTreeMap<(Option<&str>, Script), usize> = BTreeMap::new();
    for site in view.spots.iter().map(|spot| spot.site) {
        if let Some(script) = site.local.as_deref().and_then(text::script) {
            *counts.entry((site.country.as_deref(), script)).or_default() += 1;
        }
    }
    let mut scripts: BTreeMap<Option<&str>, (usize, Script)> = BTreeMap::new();
    for ((country, script), count) in counts {
        let most = scripts.entry(country).or_insert((count, script));
        // As many in another script as in Latin: then it is the other that is the country's own.
        *most = (*most).max((count, script));
    }
    scripts.into_iter().map(|(country, (_, script))| (country, script)).collect()
}

/// The local name of a place, if it is one: a romanised name that a table calls local, in a country that writes otherwise, is none.
fn local<'s>(site: &'s Site, scripts: &BTreeMap<Option<&str>, Script>) -> Option<&'s str> {
    let name = site.local.as_deref().filter(|name| text::can_show(name))?;
    let script = text::script(name);
    (script.is_none() || script == scripts.get(&site.country.as_deref()).copied()).then_some(name)
}

/// Draws the names where they were placed.
pub(crate) fn draw_names(page: &Page<'_>, style: &Style, wanted: &[Wanted], placed: &[Placed], unit: f64) {
    for (from, to) in placed.iter().filter_map(|name| name.leader) {
        put(page.draw(&Path::new(vec![from, to], Stroke::solid(style.casing.faded(0.85), 3.0 * unit))));
        put(page.draw(&Path::new(vec![from, to], Stroke::solid(style.ink, unit))));
    }
    for name in placed.iter().rev() {
        let Some(Wanted { at, lines, look, .. }) = wanted.get(name.index) else { continue };
        let mut y = name.bounds.top;
        // Lines of a name of several lines are flush with the side on which the symbol is.
        let anchor = if name.bounds.left >= at.x {
            Anchor::Start
        } else if name.bounds.right <= at.x {
            Anchor::End
        } else {
            Anchor::Middle
        };
        let x = name.bounds.left + name.bounds.width() * anchor.share();
        for line in lines {
            y += line.ascent() * look.size;
            put(page.draw(&Words::new(Px { x, y }, anchor, line, *look)));
            y += line.descent() * look.size;
        }
    }
}
