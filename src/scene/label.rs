//! Names beside their places: as many as fit, none over another, none that could belong to the place next to it.
//!
//! Each name has positions around its symbol, each with a cost ([`options`]). Greedy by importance, then simulated annealing
//! from a fixed seed ([`anneal`]): Christensen, Marks and Shieber, *An Empirical Study of Algorithms for Point-Feature Label
//! Placement* (1995). A name that must be shown may also stand further off, with a thin line to its place.

mod anneal;
mod options;

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
    /// The position it has on the other maps of a series, which it leaves only for a reason.
    pub(crate) home: Option<Slot>,
}

/// A position beside a place, by its number: the same number is the same direction from the place on any map.
pub(crate) type Slot = u8;

/// A name at its position.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed {
    /// Which of the wanted names.
    pub(crate) index: usize,
    /// Which of its positions.
    pub(crate) slot: Slot,
    /// What it covers.
    pub(crate) bounds: Rect,
    /// From the symbol's edge to the name, where it stands further off.
    pub(crate) leader: Option<(Px, Px)>,
}

/// The mark of a place, named or not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Disc {
    /// Its middle.
    pub(crate) at: Px,
    /// How far it reaches.
    pub(crate) reach: f64,
}

impl Disc {
    /// How far a rectangle is from its edge; negative where the rectangle covers a part of it.
    fn distance(&self, rect: &Rect) -> f64 {
        let (x, y) = (self.at.x.clamp(rect.left, rect.right), self.at.y.clamp(rect.top, rect.bottom));
        (self.at.x - x).hypot(self.at.y - y) - self.reach
    }
}

/// What is in the way of names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground<'a> {
    /// Names stay inside.
    pub(crate) window: Rect,
    /// Furniture and wide names: no name over them.
    pub(crate) blocked: &'a [Rect],
    /// Symbols: no name over them, nor so near to one that it seems to belong to it.
    pub(crate) symbols: &'a [Disc],
    /// Points along front lines: better not over them.
    pub(crate) front: &'a [Px],
}

/// Places names, the most important first. What finds no room is left out.
pub(crate) fn place(wanted: &[Wanted], ground: &Ground<'_>) -> Vec<Placed> {
    let options = options::of(wanted, ground);
    let chosen = anneal::settle(&options, wanted);
    let placed = chosen.into_iter().enumerate().filter_map(|(index, option)| {
        let option = &options.all[option?];
        Some(Placed { index, slot: option.slot, bounds: option.bounds, leader: option.leader })
    });
    placed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::LIGHT;
    use proptest::prelude::*;

    const WINDOW: Rect = Rect { left: 0.0, top: 0.0, right: 400.0, bottom: 300.0 };

    fn want(x: f64, y: f64, name: &str) -> Wanted {
        let look = LIGHT.look(14.0, LIGHT.ink);
        Wanted { at: Px { x, y }, reach: 6.0, lines: vec![look.line(name)], look, must: false, home: None }
    }

    fn discs(wanted: &[Wanted]) -> Vec<Disc> {
        wanted.iter().map(|want| Disc { at: want.at, reach: want.reach }).collect()
    }

    fn on<'a>(blocked: &'a [Rect], symbols: &'a [Disc], front: &'a [Px]) -> Ground<'a> {
        Ground { window: WINDOW, blocked, symbols, front }
    }

    #[test]
    fn a_lonely_name_stands_at_the_upper_right() {
        let placed = place(&[want(200.0, 150.0, "Hama")], &on(&[], &[], &[]));
        assert!(placed[0].bounds.left > 200.0 && placed[0].bounds.centre().y < 150.0);
    }

    #[test]
    fn a_name_at_the_edge_turns_inwards() {
        let placed = place(&[want(398.0, 150.0, "Deir ez-Zor")], &on(&[], &[], &[]));
        assert!(placed[0].bounds.right < 398.0);
    }

    #[test]
    fn a_name_steps_off_the_front_line() {
        let front: Vec<Px> = (200..300).map(|x| Px { x: f64::from(x), y: 148.0 }).collect();
        let placed = place(&[want(200.0, 150.0, "Hama")], &on(&[], &[], &front));
        assert!(front.iter().all(|at| !placed[0].bounds.has(*at)));
    }

    #[test]
    fn a_name_stays_nearer_to_its_own_place_than_to_another() {
        let wanted = [want(200.0, 150.0, "Kafr Battikh")];
        // Another place where the name would end, first on one side, then on both.
        for others in [vec![(222.0, 138.0)], vec![(222.0, 138.0), (178.0, 140.0)], vec![(200.0, 130.0)]] {
            let mut symbols = discs(&wanted);
            symbols.extend(others.iter().map(|(x, y)| Disc { at: Px { x: *x, y: *y }, reach: 6.0 }));
            let bounds = place(&wanted, &on(&[], &symbols, &[]))[0].bounds;
            let own = symbols[0].distance(&bounds);
            assert!(
                symbols[1..].iter().all(|other| other.distance(&bounds) > own + 2.0),
                "{others:?} {bounds:?}"
            );
        }
    }

    #[test]
    fn a_name_that_must_be_shown_gets_a_line_to_its_place() {
        let around = [Rect::at(140.0, 120.0, 120.0, 60.0)];
        let mut hama = want(200.0, 150.0, "Hama");
        assert!(place(std::slice::from_ref(&hama), &on(&around, &[], &[])).is_empty());
        hama.must = true;
        let placed = place(&[hama], &on(&around, &[], &[]));
        assert!(placed[0].leader.is_some() && !placed[0].bounds.meets(&around[0]));
    }

    #[test]
    fn a_name_stays_where_it_was_while_it_can() {
        let (mut hama, homs) = (want(200.0, 150.0, "Hama"), want(222.0, 170.0, "Homs"));
        let before = place(&[hama.clone(), homs.clone()], &on(&[], &[], &[]));
        for slot in [before[0].slot, 5, 7] {
            hama.home = Some(slot);
            let symbols = discs(std::slice::from_ref(&hama));
            assert_eq!(place(std::slice::from_ref(&hama), &on(&[], &symbols, &[]))[0].slot, slot);
        }
        let wall = [Rect::at(100.0, 100.0, 95.0, 100.0)];
        let placed = place(&[Wanted { home: Some(4), ..hama }], &on(&wall, &[], &[]));
        assert!(placed[0].slot != 4, "what is blocked is left");
    }

    #[test]
    fn annealing_places_names_that_greed_leaves_out() {
        // A corridor; the second place, at the edge, has room on its left only, where the first name would be.
        let wanted = [want(330.0, 150.0, "Abcd"), want(392.0, 150.0, "Abcd")];
        let walls = [Rect::at(0.0, 0.0, 400.0, 138.0), Rect::at(0.0, 162.0, 400.0, 138.0)];
        let symbols = discs(&wanted);
        let ground = on(&walls, &symbols, &[]);
        assert!(place(&wanted[..1], &ground)[0].bounds.left > 330.0);
        let placed = place(&wanted, &ground);
        assert!(placed.len() == 2 && placed[0].bounds.right < 330.0, "{placed:?}");
    }

    proptest! {
        #[test]
        fn no_name_covers_another_or_a_symbol_or_leaves_the_window(
            spots in prop::collection::vec((0.0..400.0, 0.0..300.0, any::<bool>()), 0..60),
        ) {
            let wanted: Vec<_> = spots
                .iter()
                .enumerate()
                .map(|(i, (x, y, must))| Wanted { must: *must, ..want(*x, *y, &format!("Place {i}")) })
                .collect();
            let symbols = discs(&wanted);
            let placed = place(&wanted, &on(&[], &symbols, &[]));
            for (i, name) in placed.iter().enumerate() {
                prop_assert!(WINDOW.holds(&name.bounds));
                prop_assert!(symbols.iter().all(|symbol| symbol.distance(&name.bounds) > -0.7));
                prop_assert!(!placed[..i].iter().any(|other| other.bounds.meets(&name.bounds)));
            }
        }
    }
}
