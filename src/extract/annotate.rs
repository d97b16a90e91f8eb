//! Tells a report's words, names and times apart, and lays sentences out for the grammar.

use super::grammar::{self, Item, ItemKind};
use super::lexicon::is_direction;
use super::text::Token;
use super::when::{Says, Time};
use super::who::Actors;
use super::{text, unlisted, when, who};
use crate::claim::{GeoPrecision, Site};
use crate::gazetteer::{Gazetteer, Kind, PlaceId};
use crate::geoparse::{Asking, Geoparser, Mention, Spelling, is_unit};
use crate::project::Project;
use crate::report::Report;
use crate::units::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What is wanted of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Its claims.
    Claims,
    /// Its claims, and why its other sentences give none.
    Reasons,
}

/// A report with its words, names and times told apart.
pub(crate) struct Annotated {
    pub(crate) sentences: Vec<Sentence>,
}

/// One sentence of it.
pub(crate) struct Sentence {
    pub(crate) span: Span,
    pub(crate) tokens: Vec<Token>,
    pub(crate) actors: Vec<Actors>,
    pub(crate) times: Vec<Time>,
    pub(crate) places: Vec<Placed>,
    /// Whether it may hold the words of a rule of control.
    pub(crate) may_tell: bool,
}

/// A place named in a sentence.
pub(crate) struct Placed {
    /// First token of the name.
    pub(crate) start: usize,
    /// One past the last token of the words that belong to it ("Hama province").
    pub(crate) reach: usize,
    /// The name in the text.
    pub(crate) span: Span,
    /// The ground meant.
    pub(crate) site: Site,
    /// Other places nearly as likely, likeliest first.
    pub(crate) rivals: Vec<PlaceId>,
}

/// Tells a report's words, names and times apart and chooses its places.
///
/// Where only claims are wanted, a report that has the words of no rule is not looked into.
pub(super) fn annotate(
    report: &Report,
    wanted: Wanted,
    geoparser: &Geoparser<'_>,
    gazetteer: &Gazetteer,
    project: &Project,
) -> Annotated {
    let text = &report.text;
    let worded: Vec<(Span, Vec<Token>, bool)> = text::sentences(text)
        .into_iter()
        .map(|span| {
            let tokens = text::tokens(text, span);
            let may_tell = grammar::may_tell(&tokens);
            (span, tokens, may_tell)
        })
        .collect();
    if wanted == Wanted::Claims && worded.iter().all(|(.., may_tell)| !may_tell) {
        return Annotated { sentences: Vec::new() };
    }
    let region = project.region.clone();
    // What changed hands is named in the sentence that says so or not far before it.
    let near = |n: usize| worded[n..worded.len().min(n + REMEMBERED)].iter().any(|(.., may_tell)| *may_tell);
    let guessed = worded.iter().enumerate().filter(|(n, _)| near(*n)).map(|(_, (span, ..))| *span).collect();
    let spelling = Spelling::Transliterated;
    let asking = Asking { region, eager: true, spelling, guessed: Some(guessed), ..Asking::default() };
    let mentions = geoparser.mentions(text, &asking);
    let home = home(&mentions);
    let mut mentions = mentions.into_iter().peekable();
    let mut sentences = Vec::with_capacity(worded.len());
    for (span, tokens, may_tell) in worded {
        let actors = who::actors(&tokens, &project.cast, gazetteer);
        let times = when::times(&tokens);
        let mut sentence = Sentence { span, tokens, actors, times, places: Vec::new(), may_tell };
        let taken = sentence.taken();
        while let Some(mention) = mentions.next_if(|mention| mention.span.start < span.end) {
            if let Some(mut placed) = sentence.placed(mention, &taken, text, home.as_deref()) {
                if !sentence.names_unit(&placed)
                    && let Some(town) = town_of_the_name(&placed.site, gazetteer)
                {
                    placed.site = town;
                }
                sentence.places.push(placed);
            }
        }
        sentences.push(sentence);
    }
    stray(&mut sentences, text, gazetteer, home.as_deref());
    unlisted::add(&mut sentences, text, gazetteer, home.as_deref());
    Annotated { sentences }
}

/// A small town of a country that nothing else in the report names is more likely one here that no gazetteer knows.
fn stray(sentences: &mut [Sentence], text: &str, gazetteer: &Gazetteer, home: Option<&str>) {
    let mut countries: BTreeMap<String, BTreeSet<PlaceId>> = BTreeMap::new();
    let sites = sentences.iter().flat_map(|sentence| &sentence.places).map(|placed| &placed.site);
    for (country, id) in sites.filter_map(|site| Some((site.country.clone()?, site.id?))) {
        countries.entry(country).or_default().insert(id);
    }
    let Some(home) = home.filter(|home| countries.get(*home).is_some_and(|places| places.len() > 1)) else {
        return;
    };
    for placed in sentences.iter_mut().flat_map(|sentence| &mut sentence.places) {
        let site = &placed.site;
        let Some(country) = site.country.as_deref().filter(|country| *country != home) else { continue };
        let alone = countries.get(country).is_some_and(|places| places.len() == 1);
        let small =
            site.kind == Kind::Village || site.kind == Kind::Town && site.population < STRAY_POPULATION;
        let capital = site.id.and_then(|id| gazetteer.place(id)).is_some_and(|place| place.feature == "PPLC");
        if alone && small && !capital {
            placed.site = Site::unplaced(placed.span.of(text), Some(home), site.kind, site.precision);
            placed.rivals.clear();
        }
    }
}

/// "Kherson" by itself is the town, not the province of that name: it is towns that change hands.
fn town_of_the_name(site: &Site, gazetteer: &Gazetteer) -> Option<Site> {
    let (at, id) = (site.at?, site.id?);
    if !matches!(site.kind, Kind::Admin1 | Kind::Admin2) {
        return None;
    }
    let found = gazetteer.find(gazetteer.place(id)?.name);
    let town = found.iter().find(|candidate| {
        let place = &candidate.place;
        let seat = place.feature.starts_with("PPLA")
            || place.feature == "PPLC"
            || place.population >= SEAT_POPULATION;
        place.kind == Kind::Town
            && seat
            && site.country.as_deref() == Some(place.country)
            && at.distance(place.at).0 < SEAT_KM
    })?;
    let near = site.precision == GeoPrecision::Near;
    let town = Site::of(&town.place);
    Some(if near { Site { precision: GeoPrecision::Near, ..town } } else { town })
}

/// A town that a unit of land is named after has at least so many people, or is a seat, and lies no further from its middle.
const SEAT_POPULATION: u64 = 5_000;
const SEAT_KM: f64 = 150.0;

/// How many sentences on "the town" still means one whose name's spelling is guessed at.
const REMEMBERED: usize = 3;

/// A town of fewer people is no town of the world's news by itself.
const STRAY_POPULATION: u64 = 300_000;

/// The country that most places of a report lie in; the first in order among equals. Countries named by themselves count where
/// nothing else does: they may be backers or neighbours.
fn home(mentions: &[Mention]) -> Option<String> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for site in mentions.iter().filter_map(|mention| mention.site.as_ref()) {
        let Some(country) = site.country.as_deref() else { continue };
        let (places, all) = counts.entry(country).or_default();
        *places += usize::from(site.kind != Kind::Country);
        *all += 1;
    }
    counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|(country, _)| country.to_owned())
}

impl Sentence {
    /// A place name as tokens of the sentence, if a place was chosen and no actor or time has its words.
    fn placed(&self, mention: Mention, taken: &[bool], text: &str, home: Option<&str>) -> Option<Placed> {
        let start = self.tokens.partition_point(|token| token.span.end <= mention.span.start);
        if start == self.tokens.len() {
            return None;
        }
        let count = |end: usize| self.tokens.partition_point(|token| token.span.start < end);
        let (end, reach) = (count(mention.span.end), count(mention.reach.end));
        if taken.get(start..end)?.contains(&true) {
            return None;
        }
        let Mention { span, site, rivals, .. } = mention;
        let site =
            site.unwrap_or_else(|| Site::unplaced(span.of(text), home, Kind::Town, GeoPrecision::Place));
        Some(Placed { start, reach: reach.max(end), span, site, rivals })
    }

    /// Whether the words around a place say that a unit of land is meant: "Kherson province", "the state of Kaduna", "Hama and
    /// Homs provinces".
    fn names_unit(&self, placed: &Placed) -> bool {
        let unit = |token: &Token| {
            is_unit(&token.low)
                || is_direction(&token.low)
                || matches!(
                    token.low.as_str(),
                    "district" | "districts" | "county" | "countryside" | "rural" | "across" | "throughout"
                )
        };
        let (upto, behind) = self.tokens.split_at(placed.reach.min(self.tokens.len()));
        // Its own words and the two before them.
        upto[placed.start.saturating_sub(2)..].iter().any(unit)
            || behind.iter().take(5).any(|token| unit(token) && token.low.ends_with('s'))
    }

    /// Which tokens already name an actor or a time.
    pub(super) fn taken(&self) -> Vec<bool> {
        let mut taken = vec![false; self.tokens.len()];
        let ranges =
            self.actors.iter().map(|a| (a.start, a.end)).chain(self.times.iter().map(|t| (t.start, t.end)));
        for (start, end) in ranges {
            taken[start..end].iter_mut().for_each(|taken| *taken = true);
        }
        taken
    }

    /// Where the text begins after a dateline: "BEIRUT, Aug 20 – ", "Aden: ".
    fn after_dateline(&self) -> usize {
        let opening = self.tokens.iter().take(12);
        let Some(end) = opening.clone().position(|token| {
            matches!(token.low.as_str(), "—" | "–" | ":") || token.low == "-" && token.spaced
        }) else {
            return 0;
        };
        let bare = self.tokens[..end].iter().enumerate().all(|(i, token)| {
            !token.word
                || token.name_like
                || self.times.iter().any(|time| (time.start..time.end).contains(&i))
        });
        let place = self.places.iter().any(|placed| placed.start == 0);
        let mut next = end;
        while self.tokens.get(next).is_some_and(|token| !token.word) {
            next += 1;
        }
        if bare && place && end > 0 { next } else { 0 }
    }

    /// The sentence as the grammar reads it.
    pub(super) fn items(&self) -> (Vec<Item>, Vec<usize>) {
        let mut items = Vec::new();
        let mut token_of = Vec::new();
        let mut at = self.after_dateline();
        let (mut actor, mut time, mut place) = (0, 0, 0);
        while at < self.tokens.len() {
            let token = &self.tokens[at];
            advance(&mut actor, &self.actors, |actors| actors.start < at);
            advance(&mut time, &self.times, |time| time.start < at);
            advance(&mut place, &self.places, |placed| placed.start < at);
            let (kind, end) = if let Some(found) = self.actors.get(actor).filter(|found| found.start == at) {
                (ItemKind::Actor(actor), found.end)
            } else if let Some(found) = self.times.get(time).filter(|found| found.start == at) {
                // "a week after": the "after" opens the clause that the week counts from.
                let after = usize::from(matches!(found.says, Says::FromClause(..)));
                (ItemKind::Time(time), found.end - after)
            } else if let Some(found) = self.places.get(place).filter(|found| found.start == at) {
                (ItemKind::Place(place), found.reach)
            } else {
                (if token.word { ItemKind::Word } else { ItemKind::Mark }, at + 1)
            };
            let end = end.max(at + 1);
            items.push(Item {
                kind,
                low: token.low.clone(),
                last: self.tokens[end - 1].low.clone(),
                possessive: self.tokens[end - 1].possessive,
                name_like: token.name_like,
                spaced: token.spaced,
            });
            token_of.push(at);
            at = end;
        }
        (items, token_of)
    }
}

/// Goes on along a list to the first that is not behind.
fn advance<T>(at: &mut usize, list: &[T], behind: impl Fn(&T) -> bool) {
    while list.get(*at).is_some_and(&behind) {
        *at += 1;
    }
}
