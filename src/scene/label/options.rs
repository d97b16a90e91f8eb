//! The positions a name can have, and what each costs.

use super::{Ground, Slot, Wanted};
use crate::scene::buckets::Buckets;
use crate::scene::clip;
use crate::scene::edges::{around, distance};
use crate::scene::rect::Rect;
use crate::units::Px;
use std::ops::Range;

/// One position of one name that nothing fixed is in the way of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    /// Which name.
    pub(super) label: usize,
    /// Which position.
    pub(super) slot: Slot,
    /// What the name covers there.
    pub(super) bounds: Rect,
    /// From the symbol to the name.
    pub(super) leader: Option<(Px, Px)>,
    /// How bad it is: 0 is the best there is.
    pub(super) cost: f64,
}

/// All positions of all names, and which of them exclude each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    /// The positions, those of one name together, the cheapest first.
    pub(super) all: Vec<Choice>,
    /// Which of them are each name's.
    pub(super) of: Vec<Range<usize>>,
    starts: Vec<u32>,
    rivals: Vec<u32>,
}

impl Options {
    /// The positions of other names that meet this one.
    pub(super) fn rivals(&self, option: usize) -> &[u32] {
        &self.rivals[self.starts[option] as usize..self.starts[option + 1] as usize]
    }
}

/// The eight positions of Imhof, *Positioning Names on Maps* (1975), those above and below each in several shifts: how much
/// of the name's width lies left of the symbol, how much of its height above it, and what the position costs.
const AROUND: [(f64, f64, f64); 16] = [
    (0.0, 0.72, 0.0),
    (0.0, 0.5, 0.3),
    (0.0, 0.28, 0.5),
    (1.0, 0.72, 0.7),
    (1.0, 0.5, 0.9),
    (1.0, 0.28, 1.1),
    (0.5, 1.0, 1.0),
    (0.5, 0.0, 1.4),
    (0.08, 1.0, 0.7),
    (0.25, 1.0, 0.9),
    (0.75, 1.0, 1.1),
    (0.92, 1.0, 1.2),
    (0.08, 0.0, 1.1),
    (0.25, 0.0, 1.3),
    (0.75, 0.0, 1.5),
    (0.92, 0.0, 1.6),
];

/// What one point of front line under a name costs.
const ON_FRONT: f64 = 0.25;
/// What leaving the position on the other maps costs.
const MOVED: f64 = 2.5;
/// What a name costs that touches the symbol of another place; less the further off it is, nothing from [`CLEAR`] on.
const ASTRAY: f64 = 2.6;
/// How far from a symbol a name cannot be taken for that place's, in ems.
const CLEAR: f64 = 0.8;
/// How much more all this weighs for the most important name than for the least.
const HEAVY: f64 = 3.0;
/// How much of a symbol, by its reach, a name may cover: its casing.
const TOUCH: f64 = 0.1;
/// What the need for a line between place and name costs.
const LED: f64 = 3.0;
/// Most names that may stand further off.
const MOST_LED: usize = 80;

/// Directions and distances of the positions further off.
const ANGLES: u8 = 16;
const CIRCLES: u8 = 8;

/// The positions of all names.
pub(super) fn of(wanted: &[Wanted], ground: &Ground<'_>) -> Options {
    let em = wanted.iter().map(|want| want.look.size).fold(8.0, f64::max);
    let point = |at: &Px| Rect::at(at.x, at.y, 0.0, 0.0);
    let symbols = ground.symbols.iter().map(|disc| point(&disc.at).grown(disc.reach + CLEAR * em));
    let way = Way {
        ground,
        blocked: Buckets::of(ground.window, 2.0 * em, ground.blocked.iter().copied()),
        symbols: Buckets::of(ground.window, 2.0 * em, symbols),
        front: Buckets::of(ground.window, 2.0 * em, ground.front.iter().map(point)),
    };
    let mut options = Options::default();
    let mut led = 0;
    for (label, want) in wanted.iter().enumerate() {
        let start = options.all.len();
        if want.lines.iter().any(|line| !line.runs.is_empty()) {
            options.all.extend(near(want).filter_map(|(slot, bounds, cost)| {
                way.choice(want, Choice { label, slot, bounds, leader: None, cost })
            }));
            if want.must && led < MOST_LED {
                led += 1;
                options.all.extend(far(want).filter_map(|(slot, bounds, leader, cost)| {
                    way.choice(want, Choice { label, slot, bounds, leader: Some(leader), cost })
                }));
            }
        }
        // A great city in an odd position is worse than a village left out.
        let weight = HEAVY - (HEAVY - 1.0) * label as f64 / wanted.len().max(1) as f64;
        options.all[start..].iter_mut().for_each(|choice| choice.cost *= weight);
        options.all[start..].sort_by(|a, b| a.cost.total_cmp(&b.cost).then(a.slot.cmp(&b.slot)));
        options.of.push(start..options.all.len());
    }
    exclude(&mut options, ground.window, em);
    options
}

/// Width and height of a name in pixels.
fn size(want: &Wanted) -> (f64, f64) {
    let width = want.lines.iter().map(|line| want.look.width(line)).fold(0.0, f64::max);
    let ems: f64 = want.lines.iter().map(|line| line.ascent() + line.descent()).sum();
    let spare = want.lines.last().map_or(0.0, |last| last.descent() - last.depth());
    (width, (ems - spare) * want.look.size)
}

/// The positions beside the symbol.
fn near(want: &Wanted) -> impl Iterator<Item = (Slot, Rect, f64)> {
    let ((width, height), Px { x, y }, reach) = (size(want), want.at, want.reach);
    let gap = reach + want.look.size * 0.14;
    (0..).zip(AROUND).map(move |(slot, (left, above, cost))| {
        let rect = |dx: f64, dy: f64| Rect::at(x + dx - width * left, y + dy - height * above, width, height);
        let bounds = match above {
            // Letters seldom fill their line: above and below, a name may stand a little nearer.
            1.0 => rect(0.0, -gap + want.look.size * 0.1),
            0.0 => rect(0.0, gap - want.look.size * 0.06),
            0.5 => rect(gap * (1.0 - 2.0 * left), 0.0),
            // A little nearer at the corners of a dot that is smaller than the name is high.
            _ => rect(gap * if reach < height * 0.4 { 0.92 } else { 1.0 } * (1.0 - 2.0 * left), 0.0),
        };
        (slot, bounds, cost)
    })
}

/// The positions further off, on circles around the place, each with the line to it.
fn far(want: &Wanted) -> impl Iterator<Item = (Slot, Rect, (Px, Px), f64)> {
    let ((width, height), Px { x, y }, reach, em) = (size(want), want.at, want.reach, want.look.size);
    (0..CIRCLES * ANGLES).map(move |i| {
        let (circle, angle) = (f64::from(i / ANGLES), f64::from(i % ANGLES));
        let (sin, cos) = (angle / f64::from(ANGLES) * std::f64::consts::TAU - 0.6).sin_cos();
        let away = reach + em * (0.9 + circle * 0.7);
        let near = Px { x: x + cos * reach, y: y + sin * reach };
        let end = Px { x: x + cos * away, y: y + sin * away };
        // Of the name, the part nearest to the place is at the line's end.
        let part = |along: f64, sharp: f64| (0.5 - along * sharp).clamp(0.0, 1.0);
        let (left, above) = (part(cos, 1.2), part(sin, 0.8));
        let pad = em * 0.12 * (1.0 - 2.0 * left);
        let bounds = Rect::at(end.x + pad - width * left, end.y - height * above, width, height);
        (AROUND.len() as Slot + i, bounds, (near, end), LED + circle * 0.9)
    })
}

/// What is fixed on the map.
struct Way<'g> {
    ground: &'g Ground<'g>,
    blocked: Buckets,
    symbols: Buckets,
    front: Buckets,
}

impl Way<'_> {
    /// The position with its whole cost, if nothing fixed is in its way.
    fn choice(&self, want: &Wanted, mut choice: Choice) -> Option<Choice> {
        let (bounds, ground) = (&choice.bounds, self.ground);
        let is_free = ground.window.holds(bounds)
            && !self.blocked.near(bounds).any(|other| ground.blocked[other].meets(bounds));
        is_free.then_some(())?;
        let clear = CLEAR * want.look.size;
        let mut astray: f64 = 0.0;
        for other in self.symbols.near(bounds) {
            let other = &ground.symbols[other];
            if is_at(other.at, want.at) {
                continue;
            }
            let away = other.distance(bounds);
            if away < -TOUCH * other.reach {
                return None;
            }
            // A line shows whose the name is; without one, the nearest symbol seems to be.
            let weight = if choice.leader.is_some() { 0.5 } else { ASTRAY };
            astray = astray.max(weight * (1.0 - away / clear));
        }
        let front = self.front.near(bounds).filter(|at| bounds.has(ground.front[*at])).count();
        choice.cost += astray + ON_FRONT * front as f64;
        if let Some((from, to)) = choice.leader {
            let crossed = |rect: Rect| {
                self.symbols.near(&rect).any(|other| {
                    let other = &ground.symbols[other];
                    !is_at(other.at, want.at) && distance(other.at, (from, to)).0 < other.reach
                })
            };
            choice.cost += if crossed(around(from, to)) { 2.0 } else { 0.0 };
        }
        if want.home.is_some_and(|home| home != choice.slot) {
            choice.cost += MOVED;
        }
        Some(choice)
    }
}

fn is_at(one: Px, other: Px) -> bool {
    (one.x - other.x).abs() < 1e-6 && (one.y - other.y).abs() < 1e-6
}

/// Whether a line runs through a rectangle.
fn cuts((from, to): (Px, Px), rect: &Rect) -> bool {
    !clip::line(&[from, to], *rect).is_empty()
}

/// Finds which positions exclude each other.
fn exclude(options: &mut Options, window: Rect, em: f64) {
    let reach = |choice: &Choice| {
        choice.leader.map_or(choice.bounds, |(from, to)| {
            let (line, name) = (around(from, to), choice.bounds);
            Rect {
                left: line.left.min(name.left),
                top: line.top.min(name.top),
                right: line.right.max(name.right),
                bottom: line.bottom.max(name.bottom),
            }
        })
    };
    // Two names side by side must not read as one.
    let room = |choice: &Choice| {
        let (bounds, side) = (reach(choice), 0.12 * em);
        Rect { left: bounds.left - side, right: bounds.right + side, ..bounds }
    };
    let rooms: Vec<Rect> = options.all.iter().map(room).collect();
    let buckets = Buckets::of(window, 2.0 * em, rooms.iter().copied());
    let mut seen = vec![usize::MAX; options.all.len()];
    options.starts = vec![0];
    for (one, choice) in options.all.iter().enumerate() {
        for other in buckets.near(&rooms[one]) {
            if std::mem::replace(&mut seen[other], one) == one || options.all[other].label == choice.label {
                continue;
            }
            if rooms[one].meets(&rooms[other]) && excludes(choice, &options.all[other], 0.12 * em) {
                options.rivals.push(other as u32);
            }
        }
        options.starts.push(options.rivals.len() as u32);
    }
}

fn excludes(one: &Choice, other: &Choice, side: f64) -> bool {
    let wide = |rect: &Rect| Rect { left: rect.left - side, right: rect.right + side, ..*rect };
    if wide(&one.bounds).meets(&wide(&other.bounds)) {
        return true;
    }
    let crosses = |line: Option<(Px, Px)>, name: &Rect| line.is_some_and(|line| cuts(line, name));
    if crosses(one.leader, &other.bounds) || crosses(other.leader, &one.bounds) {
        return true;
    }
    one.leader.zip(other.leader).is_some_and(|((a, b), (c, d))| {
        let side =
            |from: Px, to: Px, at: Px| (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x);
        side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
    })
}
