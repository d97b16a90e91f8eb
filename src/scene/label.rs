//! Names beside their places: as many as fit, none over another.
//!
//! Greedy by importance over the eight positions of Imhof, *Positioning Names on Maps* (1975), upper right first; then
//! each name that found no room may push one name away that has another position. A name that must be shown and
//! found none stands further off, with a thin line to its place.

use super::element::Look;
use super::rect::Rect;
use super::text::Line;
use crate::units::Px;

/// A name to place.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// The place's position.
    pub(crate) at: Px,
    /// How far its symbol reaches.
    pub(crate) reach: f64,
    /// The name, perhaps in two scripts, a line each.
    pub(crate) lines: Vec<Line>,
    /// How it looks.
    pub(crate) look: Look,
    /// Whether it is to be shown even with a line to its place.
    pub(crate) must: bool,
}

/// A name at its position.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed {
    /// Which of the wanted names.
    pub(crate) index: usize,
    /// What it covers.
    pub(crate) bounds: Rect,
    /// From the symbol's edge to the name, where it stands further off.
    pub(crate) leader: Option<(Px, Px)>,
}

/// What is in the way of names.
#[derive(Clone, Debug)]
pub(crate) struct Ground<'a> {
    /// Names stay inside.
    pub(crate) window: Rect,
    /// Symbols and furniture: no name over them.
    pub(crate) blocked: &'a [Rect],
    /// Points along front lines: better not over them.
    pub(crate) front: &'a [Px],
}

/// The eight positions: how much of the name's width lies left of the symbol, how much of its height above it, and
/// what the position costs.
const AROUND: [(f64, f64, f64); 8] = [
    (0.0, 0.72, 0.0),
    (0.0, 0.5, 0.3),
    (0.0, 0.28, 0.6),
    (1.0, 0.72, 0.9),
    (1.0, 0.5, 1.1),
    (1.0, 0.28, 1.3),
    (0.5, 1.0, 1.2),
    (0.5, 0.0, 1.6),
];

/// What one point of front line under a name costs.
const ON_FRONT: f64 = 0.25;

impl Wanted {
    /// Width and height of the name in pixels.
    fn size(&self) -> (f64, f64) {
        let width = self.lines.iter().map(|line| self.look.width(line)).fold(0.0, f64::max);
        let height: f64 =
            self.lines.iter().map(|line| (line.ascent() + line.descent()) * self.look.size).sum();
        (width, height)
    }

    fn positions(&self) -> impl Iterator<Item = (Rect, f64)> {
        let ((width, height), Px { x, y }) = (self.size(), self.at);
        let gap = self.reach + self.look.size * 0.14;
        AROUND.iter().map(move |&(left, above, cost)| {
            // Beside the symbol the name stands off sideways; straight above or below it, up or down.
            let (dx, dy) = match (left, above) {
                (0.5, 1.0) => (0.0, -gap),
                (0.5, _) => (0.0, gap),
                (_, 0.5) => (gap * (1.0 - 2.0 * left), 0.0),
                // A little nearer at the corners of a dot that is smaller than the name is high.
                _ if self.reach < height * 0.4 => (gap * 0.92 * (1.0 - 2.0 * left), 0.0),
                _ => (gap * (1.0 - 2.0 * left), 0.0),
            };
            (Rect::at(x + dx - width * left, y + dy - height * above, width, height), cost)
        })
    }

    /// Positions further off, on circles around the place.
    fn far(&self) -> impl Iterator<Item = (Rect, (Px, Px))> {
        const ANGLES: u32 = 16;
        let ((width, height), Px { x, y }) = (self.size(), self.at);
        (1..=8_u32).flat_map(move |circle| {
            (0..ANGLES).map(move |i| {
                let (sin, cos) = (f64::from(i) / f64::from(ANGLES) * std::f64::consts::TAU - 0.6).sin_cos();
                let away = self.reach + self.look.size * (0.5 + f64::from(circle) * 0.75);
                let near = Px { x: x + cos * self.reach, y: y + sin * self.reach };
                let end = Px { x: x + cos * away, y: y + sin * away };
                let left = if cos > 0.3 {
                    0.0
                } else if cos < -0.3 {
                    1.0
                } else {
                    0.5
                };
                let above = if sin > 0.8 {
                    0.0
                } else if sin < -0.8 {
                    1.0
                } else {
                    0.5
                };
                let pad = self.look.size * 0.12 * (1.0 - 2.0 * left);
                (Rect::at(end.x + pad - width * left, end.y - height * above, width, height), (near, end))
            })
        })
    }
}

/// Places names, the most important first. What finds no room is left out.
pub(crate) fn place(wanted: &[Wanted], ground: &Ground<'_>) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    for (index, want) in wanted.iter().enumerate() {
        if want.lines.iter().all(|line| line.runs.is_empty()) {
            continue;
        }
        let near = best(want, ground, &placed, None).map(|bounds| Placed { index, bounds, leader: None });
        match near {
            Some(name) => placed.push(name),
            None if push(index, wanted, ground, &mut placed) => {}
            None if want.must => placed.extend(far(index, want, ground, &placed)),
            None => {}
        }
    }
    placed.sort_by_key(|name| name.index);
    placed
}

/// The cheapest free position; `except` is a name that does not count as being in the way.
fn best(want: &Wanted, ground: &Ground<'_>, placed: &[Placed], except: Option<usize>) -> Option<Rect> {
    let mut best: Option<(f64, Rect)> = None;
    for (rect, cost) in want.positions() {
        let in_way = placed.iter().any(|name| Some(name.index) != except && name.bounds.meets(&rect));
        if in_way || !is_free(&rect, ground) {
            continue;
        }
        let cost = cost + ON_FRONT * ground.front.iter().filter(|at| rect.has(**at)).count() as f64;
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, rect));
        }
    }
    best.map(|(_, rect)| rect)
}

fn is_free(rect: &Rect, ground: &Ground<'_>) -> bool {
    ground.window.holds(rect) && !ground.blocked.iter().any(|other| other.meets(rect))
}

/// Takes the position of one name that can stand elsewhere.
fn push(index: usize, wanted: &[Wanted], ground: &Ground<'_>, placed: &mut Vec<Placed>) -> bool {
    for (rect, _) in wanted[index].positions().filter(|(rect, _)| is_free(rect, ground)) {
        let mut in_way = placed.iter().enumerate().filter(|(_, name)| name.bounds.meets(&rect));
        let (Some((at, other)), None) = (in_way.next(), in_way.next()) else { continue };
        if other.leader.is_some() {
            continue;
        }
        let moved = other.index;
        let mut others: Vec<Placed> = placed.clone();
        others[at] = Placed { index, bounds: rect, leader: None };
        if let Some(bounds) = best(&wanted[moved], ground, &others, None) {
            others.push(Placed { index: moved, bounds, leader: None });
            *placed = others;
            return true;
        }
    }
    false
}

fn far(index: usize, want: &Wanted, ground: &Ground<'_>, placed: &[Placed]) -> Option<Placed> {
    want.far()
        .find(|(rect, _)| is_free(rect, ground) && !placed.iter().any(|name| name.bounds.meets(rect)))
        .map(|(bounds, leader)| Placed { index, bounds, leader: Some(leader) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::LIGHT;
    use proptest::prelude::*;

    fn want(x: f64, y: f64, name: &str) -> Wanted {
        let look = LIGHT.look(14.0, LIGHT.ink);
        Wanted { at: Px { x, y }, reach: 6.0, lines: vec![look.line(name)], look, must: false }
    }

    fn on<'a>(blocked: &'a [Rect], front: &'a [Px]) -> Ground<'a> {
        Ground { window: Rect::at(0.0, 0.0, 400.0, 300.0), blocked, front }
    }

    #[test]
    fn a_lonely_name_stands_at_the_upper_right() {
        let placed = place(&[want(200.0, 150.0, "Hama")], &on(&[], &[]));
        assert!(placed[0].bounds.left > 200.0 && placed[0].bounds.centre().y < 150.0);
    }

    #[test]
    fn a_name_at_the_edge_turns_inwards() {
        let placed = place(&[want(398.0, 150.0, "Deir ez-Zor")], &on(&[], &[]));
        assert!(placed[0].bounds.right < 398.0);
    }

    #[test]
    fn a_name_steps_off_the_front_line() {
        let front: Vec<Px> = (200..300).map(|x| Px { x: f64::from(x), y: 148.0 }).collect();
        let placed = place(&[want(200.0, 150.0, "Hama")], &on(&[], &front));
        assert!(front.iter().all(|at| !placed[0].bounds.has(*at)));
    }

    #[test]
    fn a_name_that_must_be_shown_gets_a_line_to_its_place() {
        let symbols = [Rect::at(140.0, 120.0, 120.0, 60.0)];
        let mut hama = want(200.0, 150.0, "Hama");
        assert!(place(std::slice::from_ref(&hama), &on(&symbols, &[])).is_empty());
        hama.must = true;
        let placed = place(&[hama], &on(&symbols, &[]));
        assert!(placed[0].leader.is_some() && !placed[0].bounds.meets(&symbols[0]));
    }

    proptest! {
        #[test]
        fn no_name_covers_another_or_leaves_the_window(
            spots in prop::collection::vec((0.0..400.0, 0.0..300.0), 0..60),
        ) {
            let wanted: Vec<_> =
                spots.iter().enumerate().map(|(i, (x, y))| want(*x, *y, &format!("Place {i}"))).collect();
            let blocked: Vec<Rect> =
                wanted.iter().map(|w| Rect::at(w.at.x, w.at.y, 0.0, 0.0).grown(6.0)).collect();
            let ground = on(&blocked, &[]);
            let placed = place(&wanted, &ground);
            for (i, name) in placed.iter().enumerate() {
                prop_assert!(is_free(&name.bounds, &ground));
                prop_assert!(!placed[..i].iter().any(|other| other.bounds.meets(&name.bounds)));
            }
        }
    }
}
