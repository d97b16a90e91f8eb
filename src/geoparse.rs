//! Finds place names in text and decides which place each means.
//!
//! Text → words ([`words`]) → stretches that may hold names ([`context`]) → names ([`find`], by [`features`]) → what the
//! words around make of them ([`ground`]) → places ([`choose`], among [`options`]). Both decisions are linear models whose
//! weights stand in `find.tsv` and `choose.tsv` and are made by `cargo xtask train`; see `eval/README.md`.

mod choose;
mod context;
mod cut;
mod features;
mod find;
mod ground;
mod lists;
mod options;
#[doc(hidden)]
pub mod study;
#[doc(hidden)]
pub mod weights;
mod words;

use crate::claim::{GeoPrecision, Site};
use crate::gazetteer::{Gazetteer, Kind, Place, PlaceId};
use crate::units::Span;
use choose::{Asked, Row, Surroundings};
use context::{Context, Memory};
use find::Found;
use ground::Ground;
use options::Options;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use weights::Weights;
use words::{Words, gap};

pub(crate) use lists::{is_around, is_direction, is_title, is_unit};

/// Whether a noun names a spot by itself after a name ("Hama airport").
pub(crate) fn is_facility(noun: &str) -> bool {
    ground::facility(noun).is_some()
}

static FIND: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("geoparse/find.tsv")));
static CHOOSE: LazyLock<Row> = LazyLock::new(|| choose::read(include_str!("geoparse/choose.tsv")));

/// A place name in a text, and the place it is taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The name in the text.
    pub span: Span,
    /// The name and the words behind it that belong to it: "Hama province".
    pub reach: Span,
    /// The place, if one was chosen.
    pub site: Option<Site>,
    /// How sure it is that this is a name and means this place, 0 to 1.
    pub score: f64,
    /// Other places it could nearly as well be, likeliest first.
    pub rivals: Vec<PlaceId>,
    /// Whether it is a people or its adjective, and the place its country.
    pub people: bool,
}

/// What is asked of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    /// ISO codes of the countries the reader is concerned with, which are likelier for it.
    pub region: Vec<String>,
    /// Whether peoples and their adjectives are wanted as names of their countries: "Syrian".
    pub peoples: bool,
    /// Whether to take what may well be a name for one, rather than miss it: for readers who judge by the sentence
    /// afterwards.
    pub eager: bool,
    /// Whether a name that the gazetteer does not know may be one it spells nearly so, in the countries spoken of.
    pub spelling: Spelling,
    /// Where in the text spellings are guessed at, in order; everywhere unless told. It is what takes longest.
    pub guessed: Option<Vec<Span>>,
}

impl Asking {
    /// Whether the spelling of a name may be guessed at here.
    fn guesses(&self, at: Span) -> bool {
        self.guessed.as_ref().is_none_or(|spans| {
            let next = spans.partition_point(|span| span.end <= at.start);
            spans.get(next).is_some_and(|span| span.start < at.end)
        })
    }
}

/// When a name that the gazetteer does not know may be a misspelt one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spelling {
    /// Never.
    Exact,
    /// In countries whose own script is not Latin, where names are spelled as the writer hears them.
    #[default]
    Transliterated,
    /// Anywhere.
    Any,
}

/// Finds and places names, remembering what it looked up. Cheap to make, but worth keeping for many texts; each thread
/// needs its own.
///
/// # Example
/// ```
/// use conflict_map::{gazetteer::Gazetteer, geoparse::{Asking, Geoparser}};
/// let gazetteer = Gazetteer::embedded();
/// let text = "Rebels entered Hama on Thursday, days after they had taken Aleppo.";
/// let mentions = Geoparser::new(&gazetteer).mentions(text, &Asking::default());
/// let names: Vec<&str> = mentions.iter().map(|mention| mention.span.of(text)).collect();
/// assert_eq!(names, ["Hama", "Aleppo"]);
/// assert_eq!(mentions[0].site.as_ref().unwrap().country.as_deref(), Some("SY"));
/// ```
pub struct Geoparser<'g> {
    memory: Memory<'g>,
    options: Options<'g>,
    find: &'g Weights,
    choose: &'g Row,
}

/// Text is read in pieces of about this many bytes, so that memory and time stay in bounds whatever its length. What one
/// piece names does not help to place what another does.
const PIECE: usize = 1 << 18;

/// A rival must be at least so likely, measured by the place chosen, and lie this far from it in kilometres.
const RIVAL: f32 = 0.35;
const RIVAL_KM: f64 = 100.0;

/// How well the spelling must fit, as [`Gazetteer::near_in`] scores it, where a name was not found by its context alone.
const ALIKE: f32 = 0.53;

/// What being known to the gazetteer adds for an eager reader, in logarithms of odds.
const EAGER: f32 = 2.0;
/// How much likelier "none of these" must be than the best place to be believed, and for an eager reader.
const PLACE: f32 = 2.0;
const EAGER_PLACE: f32 = 10.0;

impl<'g> Geoparser<'g> {
    /// One that looks names up in this gazetteer.
    #[must_use]
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Self::weighing(gazetteer, &FIND, &CHOOSE)
    }

    /// One with weights of its own.
    fn weighing(gazetteer: &'g Gazetteer, find: &'g Weights, choose: &'g Row) -> Self {
        Self { memory: Memory::new(gazetteer), options: Options::new(gazetteer), find, choose }
    }

    /// The place names of a text, in order.
    #[must_use]
    pub fn mentions(&self, text: &str, asking: &Asking) -> Vec<Mention> {
        let mut out = Vec::new();
        for piece in pieces(text) {
            self.piece(piece.of(text), piece.start, asking, &mut out);
        }
        out
    }

    /// The places that names found by somebody else mean; one mention for each span, in the order given.
    #[must_use]
    pub fn resolve(&self, text: &str, names: &[Span], asking: &Asking) -> Vec<Mention> {
        let words = Words::of(text);
        let found: Vec<(usize, usize)> = names.iter().map(|span| words.range(*span)).collect();
        let mut mentions = Vec::with_capacity(names.len());
        let (asked, around) = (self.ask(&words, &found), self.surroundings(&words, asking));
        self.place(&words, &found, (asked, &around), (asking, 0), f32::INFINITY, |i, _, reach, choice| {
            let reach = Span { start: names[i].start, end: reach.max(names[i].end) };
            mentions.push(choice.mention(names[i], reach, 1.0));
        });
        mentions
    }

    fn piece(&self, text: &str, base: usize, asking: &Asking, out: &mut Vec<Mention>) {
        let words = Words::of(text);
        let context = Context::of(&words, &self.memory);
        let (mut guesses, mut found): (Vec<find::Guess>, Vec<Found>) = (Vec::new(), Vec::new());
        let mut doubtful: Vec<Found> = Vec::new();
        for run in context.runs() {
            find::guesses(&context, run, asking.peoples, &mut guesses);
            let bias = if asking.eager { EAGER } else { 0.0 };
            find::names(&context, run, &guesses, (self.find, bias), &mut found, &mut doubtful);
        }
        let around = self.surroundings(&words, asking);
        let mut asked = self.ask(&words, &names(&found));
        doubtful.retain(|doubt| {
            let Span { start, end } = words.span(doubt.guess.start, doubt.guess.end);
            asking.guesses(Span { start: base + start, end: base + end })
        });
        if asking.spelling != Spelling::Exact
            && !doubtful.is_empty()
            && self.second_look(&words, asking, (&asked, &around), doubtful, &mut found)
        {
            asked = self.ask(&words, &names(&found));
        }
        let shift = |span: Span| Span { start: base + span.start, end: base + span.end };
        self.place(
            &words,
            &names(&found),
            (asked, &around),
            (asking, base),
            if asking.eager { EAGER_PLACE } else { PLACE },
            |i, span, reach, choice| {
                let reach = Span { start: span.start, end: reach };
                let mut mention = choice.mention(shift(span), shift(reach), found[i].sure);
                mention.people = found[i].guess.fact.people;
                out.push(mention);
            },
        );
    }

    /// Takes words for names after all where the countries spoken of have a place spelled nearly so; gives whether it did.
    fn second_look(
        &self,
        words: &Words,
        asking: &Asking,
        (asked, around): (&[Asked<'g>], &Surroundings),
        mut doubtful: Vec<Found>,
        found: &mut Vec<Found>,
    ) -> bool {
        let countries = self.countries(asked, &choose::first(asked), around, asking.spelling);
        if countries.is_empty() {
            return false;
        }
        let before = found.len();
        doubtful.sort_by(|a, b| b.sure.total_cmp(&a.sure).then(a.guess.start.cmp(&b.guess.start)));
        for doubt in doubtful {
            let (start, end) = (doubt.guess.start, doubt.guess.end);
            let free = found.iter().all(|found| found.guess.end <= start || end <= found.guess.start);
            let alike = |options: std::sync::Arc<[options::Choosable<'_>]>| {
                options.first().is_some_and(|best| best.prior >= ALIKE && best.place.kind != Kind::Country)
            };
            let ordinary = (start..end).all(|i| Gazetteer::lore(words.list[i].key).ordinary() > 0);
            if free && !ordinary && alike(self.options.near(words, start, end, &countries)) {
                let at = found.partition_point(|found| found.guess.start < start);
                found.insert(at, doubt);
            }
        }
        found.len() > before
    }

    /// Chooses a place for each name; `none` is how much likelier than the best place it must be that none of
    /// them is meant.
    fn place(
        &self,
        words: &Words,
        names: &[(usize, usize)],
        (mut asked, around): (Vec<Asked<'g>>, &Surroundings),
        (asking, base): (&Asking, usize),
        none: f32,
        mut tell: impl FnMut(usize, Span, usize, Choice<'g>),
    ) {
        let mut likely = choose::first(&asked);
        likely = choose::judge(&choose::rows(&asked, &likely, around), self.choose);
        if self.respell(words, names, (asking, base), &mut asked, &likely, around) {
            likely = choose::judge(&choose::rows(&asked, &choose::first(&asked), around), self.choose);
        }
        choose::reconsider(&asked, &mut likely, around, self.choose);
        for (i, (one, likely)) in asked.iter().zip(&likely).enumerate() {
            let (start, end) = names[i];
            let span = if start < end { words.span(start, end) } else { Span { start: 0, end: 0 } };
            let reach = if start < end { words.span(start, one.reach.max(end)).end } else { 0 };
            tell(i, span, reach, Choice::of(one, likely, none));
        }
    }

    /// Makes names, given by their words, ready to be placed.
    fn ask(&self, words: &Words, names: &[(usize, usize)]) -> Vec<Asked<'g>> {
        let mut distinct: BTreeMap<u64, usize> = BTreeMap::new();
        let mut asked: Vec<Asked<'g>> = Vec::with_capacity(names.len());
        for (i, &(start, end)) in names.iter().enumerate() {
            let count = distinct.len();
            if start >= end {
                let name = *distinct.entry(i as u64).or_insert(count);
                let options = Vec::new().into();
                asked.push(Asked {
                    name,
                    options,
                    ground: Ground::Itself,
                    reach: end,
                    next: None,
                    previous: None,
                });
                continue;
            }
            let (mut ground, reach) = ground::of(words, start, end);
            let mut options = self.options.of(words, start, end);
            let mut key = words.key(start, end).bits();
            if matches!(ground, Ground::Facility(_)) {
                // The gazetteer may know the airport or base by a name of its own.
                let own = self.options.facility(words, start, end, words.text(reach - 1));
                if !own.is_empty() {
                    (options, ground) = (own, Ground::Itself);
                    key ^= words.list[reach - 1].key.bits().rotate_left(1);
                }
            }
            let name = *distinct.entry(key).or_insert(count);
            // "Hajin, Deir ez-Zor" and "Hajin (Deir ez-Zor)".
            let marks = words.gap(end);
            let inside = marks.has(gap::COMMA | gap::OPEN)
                && marks.only(gap::COMMA | gap::OPEN | gap::SPACE | gap::STOP);
            let next = names.get(i + 1).filter(|next| next.0 == end && next.0 < next.1 && inside);
            asked.push(Asked { name, options, ground, reach, next: next.map(|_| i + 1), previous: None });
        }
        for i in 0..asked.len() {
            if let Some(next) = asked[i].next {
                asked[next].previous = Some(i);
            }
        }
        asked
    }

    /// Gives names without a place those that are spelled nearly so in the countries spoken of; gives whether any got one.
    fn respell(
        &self,
        words: &Words,
        names: &[(usize, usize)],
        (asking, base): (&Asking, usize),
        asked: &mut [Asked<'g>],
        likely: &choose::Likely,
        around: &Surroundings,
    ) -> bool {
        let unknown = |one: &Asked<'_>| one.options.is_empty();
        if asking.spelling == Spelling::Exact || !asked.iter().any(unknown) {
            return false;
        }
        let countries = self.countries(asked, likely, around, asking.spelling);
        let here = |start, end| {
            let Span { start, end } = words.span(start, end);
            asking.guesses(Span { start: base + start, end: base + end })
        };
        let mut any = false;
        for (one, &(start, end)) in asked.iter_mut().zip(names).filter(|(one, _)| unknown(one)) {
            if start < end && !countries.is_empty() && here(start, end) {
                one.options = self.options.near(words, start, end, &countries);
                any |= !one.options.is_empty();
            }
        }
        any
    }

    /// The countries in which a spelling is guessed at.
    fn countries(
        &self,
        asked: &[Asked<'g>],
        likely: &choose::Likely,
        around: &Surroundings,
        spelling: Spelling,
    ) -> Vec<&'g str> {
        let mut countries = choose::spoken_of(asked, likely, around);
        countries.retain(|code| spelling == Spelling::Any || self.options.transliterated(code));
        countries
    }

    /// What a text tells of its countries besides their places.
    fn surroundings(&self, words: &Words, asking: &Asking) -> Surroundings {
        let region = asking.region.iter().map(|code| options::country(code)).collect();
        let mut around = Surroundings { region, ..Surroundings::default() };
        for (i, word) in words.list.iter().enumerate().filter(|(_, word)| word.name_like()) {
            if self.memory.people(word.key, || words.text(i).to_owned())
                && let Some(code) = self.memory.gazetteer.demonym(words.text(i))
            {
                *around.peoples.entry(options::country(code)).or_default() += 1.0;
            }
        }
        around
    }
}

/// The words of each name.
fn names(found: &[Found]) -> Vec<(usize, usize)> {
    found.iter().map(|found| (found.guess.start, found.guess.end)).collect()
}

/// What was chosen for a name.
struct Choice<'g> {
    place: Option<Place<'g>>,
    ground: Ground,
    likely: f32,
    rivals: Vec<PlaceId>,
}

impl<'g> Choice<'g> {
    fn of(one: &Asked<'g>, likely: &[f32], odds: f32) -> Self {
        let mut ranked: Vec<(f32, usize)> =
            likely.iter().take(one.options.len()).enumerate().map(|(i, p)| (*p, i)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let none = likely.last().copied().unwrap_or(1.0);
        let best = ranked.first().filter(|best| best.0 * odds >= none || odds.is_infinite()).copied();
        let Some((p, i)) = best else {
            return Self { place: None, ground: one.ground, likely: none, rivals: Vec::new() };
        };
        let place = one.unit(i).unwrap_or(i);
        let place = one.options[place].place;
        let far = |other: &Place<'_>| other.at.distance(place.at).0 > RIVAL_KM;
        let rivals = ranked[1..]
            .iter()
            .take(5)
            .filter(|(other, _)| *other >= RIVAL * p)
            .map(|(_, i)| one.options[*i].place)
            .filter(far)
            .map(|other| other.id)
            .collect();
        Self { place: Some(place), ground: one.ground, likely: p, rivals }
    }

    fn mention(self, span: Span, reach: Span, sure: f32) -> Mention {
        Mention {
            span,
            reach,
            site: self.place.map(|place| site(&place, self.ground)),
            score: f64::from(self.likely * sure),
            rivals: self.rivals,
            people: false,
        }
    }
}

/// The ground a chosen place and the words around it make.
fn site(place: &Place<'_>, ground: Ground) -> Site {
    let whole = Site::of(place);
    let own = whole.precision;
    let spot = matches!(place.kind, Kind::Airport | Kind::Base | Kind::Crossing | Kind::Dam);
    let precision = match ground {
        Ground::Near => GeoPrecision::Near,
        // "the Nasib border crossing" is a crossing itself.
        Ground::Facility(_) if !spot => GeoPrecision::Near,
        Ground::Unit if own == GeoPrecision::Place => GeoPrecision::Admin1,
        Ground::District if own == GeoPrecision::Place => GeoPrecision::Admin2,
        _ => own,
    };
    let kind = match ground {
        Ground::Facility(kind) if !spot => kind,
        _ => place.kind,
    };
    Site { kind, precision, ..whole }
}

/// The pieces a text is read in, cut where a line, a sentence or at least a word ends.
fn pieces(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    while text.len() - start > PIECE {
        let boundary =
            |at: usize| (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        let (from, to) = (boundary(start + PIECE - PIECE / 4), boundary(start + PIECE));
        let window = &text[from..to];
        let cut = window
            .rfind('\n')
            .or_else(|| window.rfind(". ").map(|at| at + 1))
            .or_else(|| window.rfind(' '))
            .map_or(to, |at| from + at);
        out.push(Span { start, end: cut });
        start = cut;
    }
    out.push(Span { start, end: text.len() });
    out
}

#[cfg(test)]
mod tests;
