//! Colours of actors: the project's own, else the next of Okabe and Ito's.

use super::{Colour, Form, conventional};
use crate::actor::{Actor, ActorId};
use crate::diag::{Checked, Code, Locus, Problem};
use crate::style::{Colours, LIGHT, Style, contrast};
use std::collections::BTreeMap;

/// Six of the eight colours that readers with any common colour blindness tell apart, strongest contrasts first; black is
/// kept for lines and letters, yellow for what changed. Source: Okabe and Ito, *Color Universal Design* (2002, revised
/// 2008).
const OKABE_ITO: [[u8; 3]; 6] =
    [[213, 94, 0], [0, 114, 178], [0, 158, 115], [204, 121, 167], [230, 159, 0], [86, 180, 233]];

/// Colours nearer to each other than this, in RGB units of 0 to 255, are taken for the same.
const TOO_NEAR: f64 = 48.0;

/// The greys of sides that are told apart without colours, each with its pattern: the symbol's fill is the grey. Sides
/// beyond these share a look with an earlier one, and are told apart by their names alone.
const GREYS: [(u8, Option<Form>); 9] = [
    (70, None),
    (255, Some(Form::Dots)),
    (160, Some(Form::Level)),
    (215, Some(Form::Grid)),
    (115, Some(Form::Falling)),
    (235, Some(Form::Upright)),
    (185, Some(Form::Crosses)),
    (140, None),
    (90, Some(Form::Dots)),
];

/// The colour and name under which each actor is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    shown: BTreeMap<ActorId, (ActorId, Colour)>,
    names: BTreeMap<ActorId, String>,
    order: Vec<ActorId>,
    sides: BTreeMap<ActorId, ActorId>,
    forms: BTreeMap<ActorId, Form>,
}

impl Palette {
    /// Colours for these actors in the light style; see [`Palette::styled`].
    #[must_use]
    pub fn of(actors: &[Actor]) -> Checked<Self> {
        Self::styled(actors, &LIGHT)
    }

    /// Colours for these actors, by their order alone: same list, same colours, on every map of a war.
    ///
    /// An actor has the colour that the style gives it, else that of the style's palette, else its own. One with none of
    /// these is shown as its side, if its side is in the list. The others take the next colour of Okabe and Ito that no
    /// other is near; when those are used up, darker and lighter ones. A style of greys gives a grey and a pattern to
    /// each; on dark ground, colours too dark to be seen are lightened.
    #[must_use]
    pub fn styled(actors: &[Actor], style: &Style) -> Checked<Self> {
        let mut problems = Vec::new();
        let mut own: BTreeMap<&ActorId, Colour> = BTreeMap::new();
        for actor in actors {
            if let Some(colour) = given(actor, style) {
                own.insert(&actor.id, colour);
                continue;
            }
            let written = actor.colour.as_deref().filter(|_| style.palette != Some(Colours::OkabeIto));
            match written.map(|text| Colour::parse(text).ok_or(text)) {
                Some(Ok(colour)) => drop(own.insert(&actor.id, colour)),
                Some(Err(text)) => problems.push(
                    Problem::new(
                        Code::BadProject,
                        Locus::Run,
                        format!("colour \"{text}\" of {} is not #rrggbb", actor.id),
                    )
                    .help("write six hexadecimal digits, as in #d55e00"),
                ),
                None => {}
            }
        }
        let taken: Vec<Colour> = own.values().copied().collect();
        let mut free =
            spare().filter(|colour| taken.iter().all(|other| distance(*colour, *other) >= TOO_NEAR));
        let mut palette = Self {
            shown: BTreeMap::new(),
            names: BTreeMap::new(),
            order: Vec::new(),
            sides: actors.iter().map(|actor| (actor.id.clone(), actor.side.clone())).collect(),
            forms: BTreeMap::new(),
        };
        let has = |id: &ActorId| actors.iter().any(|actor| actor.id == *id);
        let stands_alone =
            |actor: &Actor| own.contains_key(&actor.id) || actor.side == actor.id || !has(&actor.side);
        for actor in actors.iter().filter(|actor| stands_alone(actor)) {
            let colour = own.get(&actor.id).copied().or_else(|| free.next()).unwrap_or(Colour::grey(110));
            palette.shown.insert(actor.id.clone(), (actor.id.clone(), colour));
            palette.names.insert(actor.id.clone(), actor.name.clone());
            palette.order.push(actor.id.clone());
        }
        for actor in actors.iter().filter(|actor| !stands_alone(actor)) {
            let side = palette.shown.get(&actor.side).cloned();
            let shown = side.unwrap_or_else(|| (actor.id.clone(), free.next().unwrap_or(Colour::grey(110))));
            palette.names.entry(shown.0.clone()).or_insert_with(|| actor.name.clone());
            palette.shown.insert(actor.id.clone(), shown);
        }
        if style.patterns {
            palette.turn_grey();
        }
        for (_, colour) in palette.shown.values_mut().filter(|_| style.is_dark()) {
            *colour = seen(*colour, style);
        }
        Checked { value: palette, problems }
    }

    /// A grey and a pattern for each, by their order.
    fn turn_grey(&mut self) {
        let looks: BTreeMap<&ActorId, _> = self.order.iter().zip(GREYS.into_iter().cycle()).collect();
        for (shown, colour) in self.shown.values_mut() {
            let (grey, form) = looks.get(shown).copied().unwrap_or(GREYS[0]);
            *colour = Colour::grey(grey);
            self.forms.extend(form.map(|form| (shown.clone(), form)));
        }
    }

    /// The pattern of an actor's ground, where it has one.
    #[must_use]
    pub fn form(&self, actor: &ActorId) -> Option<Form> {
        self.forms.get(self.shown_as(actor)).copied()
    }

    /// The colour of an actor; grey for one that is not in the list.
    #[must_use]
    pub fn colour(&self, actor: &ActorId) -> Colour {
        self.shown.get(actor).map_or(Colour::grey(110), |(_, colour)| *colour)
    }

    /// The actor as which this one is shown: its side, or itself.
    #[must_use]
    pub fn shown_as<'a>(&'a self, actor: &'a ActorId) -> &'a ActorId {
        self.shown.get(actor).map_or(actor, |(shown, _)| shown)
    }

    /// The name a reader is given.
    #[must_use]
    pub fn name<'a>(&'a self, actor: &'a ActorId) -> &'a str {
        self.names.get(self.shown_as(actor)).map_or(actor.0.as_str(), String::as_str)
    }

    /// Whether all of these actors fight on one side, so that the line between their ground is no front.
    #[must_use]
    pub fn are_allies(&self, actors: &[&ActorId]) -> bool {
        let side = |actor: &ActorId| self.sides.get(actor).unwrap_or(actor).clone();
        actors.windows(2).all(|pair| side(pair[0]) == side(pair[1]))
    }

    /// Where an actor stands in the legend.
    #[must_use]
    pub fn rank(&self, actor: &ActorId) -> usize {
        let shown = self.shown_as(actor);
        self.order.iter().position(|id| id == shown).unwrap_or(usize::MAX)
    }
}

/// The colour that a style gives an actor.
fn given(actor: &Actor, style: &Style) -> Option<Colour> {
    let names = [&actor.id.0, &actor.name].into_iter().chain(&actor.aliases);
    let mut named = names.map(|name| name.to_lowercase());
    let own = named.find_map(|name| style.actors.get(&name).copied());
    own.or_else(|| conventional::colour(actor).filter(|_| style.palette == Some(Colours::Conventional)))
}

/// Least contrast of a side's colour with a dark page.
const SEEN: f64 = 3.0;

/// A colour lightened until it is seen on a dark page.
fn seen(colour: Colour, style: &Style) -> Colour {
    let mut lighter = (0..=10).map(|i| colour.mixed(style.ink, f64::from(i) / 10.0));
    lighter.find(|lighter| contrast(*lighter, style.paper) >= SEEN).unwrap_or(style.ink)
}

/// Okabe and Ito's colours, then the same darker, lighter, darkest and lightest: 30 in all.
fn spare() -> impl Iterator<Item = Colour> {
    [(0.0, 0), (0.4, 0), (0.45, 255), (0.65, 0), (0.7, 255)].into_iter().flat_map(|(share, towards)| {
        OKABE_ITO.iter().map(move |&[r, g, b]| Colour::rgb(r, g, b).mixed(Colour::grey(towards), share))
    })
}

fn distance(a: Colour, b: Colour) -> f64 {
    let square = |i: usize| (f64::from(a.rgb[i]) - f64::from(b.rgb[i])).powi(2);
    (square(0) + square(1) + square(2)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(id: &str, side: &str, colour: Option<&str>) -> Actor {
        let (id, side) = (ActorId(id.into()), ActorId(side.into()));
        Actor { name: id.0.to_uppercase(), side, colour: colour.map(Into::into), ..Actor::named(&id.0) }
    }

    #[test]
    fn the_projects_colour_wins_and_no_other_is_near_it() {
        let palette = Palette::of(&[actor("a", "a", None), actor("b", "b", Some("#D55E00"))]).value;
        assert_eq!(palette.colour(&ActorId("b".into())), Colour::rgb(213, 94, 0));
        assert_eq!(palette.colour(&ActorId("a".into())), Colour::rgb(0, 114, 178));
    }

    #[test]
    fn an_actor_is_shown_as_its_side() {
        let palette =
            Palette::of(&[actor("army", "government", None), actor("government", "government", None)]);
        let (army, government) = (ActorId("army".into()), ActorId("government".into()));
        assert_eq!(palette.value.colour(&army), palette.value.colour(&government));
        assert_eq!(palette.value.name(&army), "GOVERNMENT");
    }

    #[test]
    fn those_who_fight_on_one_side_are_allies() {
        let actors =
            [("hts", "rebels"), ("sna", "rebels"), ("army", "army")].map(|(id, side)| actor(id, side, None));
        let palette = Palette::of(&actors).value;
        let [hts, sna, army, other] = ["hts", "sna", "army", "sdf"].map(|id| ActorId(id.into()));
        assert!(palette.are_allies(&[&hts, &sna]) && palette.are_allies(&[&other]));
        assert!(!palette.are_allies(&[&hts, &sna, &army]) && !palette.are_allies(&[&hts, &other]));
    }

    #[test]
    fn thirty_actors_have_thirty_colours() {
        let actors: Vec<_> = (0..30).map(|i| actor(&format!("a{i}"), &format!("a{i}"), None)).collect();
        let palette = Palette::of(&actors).value;
        let colours: std::collections::BTreeSet<_> =
            actors.iter().map(|a| palette.colour(&a.id).rgb).collect();
        assert_eq!(colours.len(), 30);
    }

    #[test]
    fn a_bad_colour_is_told_and_replaced() {
        for bad in ["red", "#12345", "#1234567", "#gggggg", "#+1+2+3", "#é1234", ""] {
            let palette = Palette::of(&[actor("a", "a", Some(bad))]);
            assert_eq!(palette.problems.len(), 1, "{bad}");
            assert_eq!(palette.problems[0].message, format!("colour \"{bad}\" of a is not #rrggbb"));
        }
    }
}
