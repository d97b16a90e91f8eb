//! Tells a report's words, names and times apart, chooses its places, and lays sentences out for the grammar.

use super::grammar::{self, Item, ItemKind};
use super::mention::Named;
use super::resolve::Choice;
use super::text::Token;
use super::when::{Says, Time};
use super::who::Actors;
use super::{mention, resolve, text, when, who};
use crate::gazetteer::{Gazetteer, fold};
use crate::project::Project;
use crate::report::Report;
use crate::units::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A report with its words, names and times told apart.
pub(crate) struct Annotated<'g> {
    pub(crate) sentences: Vec<Sentence<'g>>,
}

/// One sentence of it.
pub(crate) struct Sentence<'g> {
    pub(crate) span: Span,
    pub(crate) tokens: Vec<Token>,
    pub(crate) actors: Vec<Actors>,
    pub(crate) times: Vec<Time>,
    pub(crate) places: Vec<(Named<'g>, Option<Choice>)>,
}

/// Tells a report's words, names and times apart and chooses its places.
pub(crate) fn annotate<'g>(report: &Report, gazetteer: &'g Gazetteer, project: &Project) -> Annotated<'g> {
    let text = &report.text;
    let mut spoken_of: BTreeMap<String, f64> = BTreeMap::new();
    for code in &project.region {
        *spoken_of.entry(code.clone()).or_default() += 3.0;
    }
    let mut sentences = Vec::new();
    let mut persons = BTreeSet::new();
    let mut known = mention::Known::new(gazetteer);
    for span in text::sentences(text) {
        let tokens = text::tokens(text, span);
        let actors = who::actors(&tokens, &project.cast, gazetteer);
        let times = when::times(&tokens);
        for token in tokens.iter().filter(|token| token.word && token.name_like) {
            if let Some(code) = gazetteer.demonym(&fold(&token.low)) {
                *spoken_of.entry(code.to_owned()).or_default() += 0.7;
            }
        }
        let mut sentence = Sentence { span, tokens, actors, times, places: Vec::new() };
        let names = mention::names(text, &sentence.tokens, &sentence.taken(), &mut known, &mut persons);
        sentence.places = names.into_iter().map(|named| (named, None)).collect();
        sentences.push(sentence);
    }
    for sentence in &mut sentences {
        let tokens = &sentence.tokens;
        sentence.places.retain(|(named, _)| !mention::is_surname(named, tokens, &persons));
    }
    let names = sentences.iter().flat_map(|sentence: &Sentence<'_>| &sentence.places).map(|(named, _)| named);
    let shares = resolve::countries(names, &spoken_of);
    for sentence in &mut sentences {
        let mut names: Vec<Named<'g>> = sentence.places.drain(..).map(|(named, _)| named).collect();
        // A spelling is guessed at only where something may be said of the place.
        if sentence.tokens.iter().any(|token| grammar::speaks_of_control(&token.low)) {
            mention::add_misspelt(
                text,
                &sentence.tokens,
                &sentence.taken(),
                &shares,
                gazetteer,
                &persons,
                &mut names,
            );
        }
        let choices = resolve::choose(&names, &shares);
        // A name of no place that the report can mean is no place name here.
        sentence.places = names.into_iter().zip(choices).filter(|(_, choice)| choice.is_some()).collect();
    }
    Annotated { sentences }
}

impl Sentence<'_> {
    /// Which tokens already name an actor or a time.
    fn taken(&self) -> Vec<bool> {
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
        let place = self.places.iter().any(|(named, _)| named.start == 0);
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
        while at < self.tokens.len() {
            let token = &self.tokens[at];
            let found = self
                .actors
                .iter()
                .enumerate()
                .find(|(_, a)| a.start == at)
                .map(|(i, a)| (ItemKind::Actor(i), a.end))
                .or_else(|| {
                    self.times.iter().enumerate().find(|(_, t)| t.start == at).map(|(i, t)| {
                        // "a week after": the "after" opens the clause that the week counts from.
                        let end = if matches!(t.says, Says::FromClause(..)) { t.end - 1 } else { t.end };
                        (ItemKind::Time(i), end)
                    })
                })
                .or_else(|| {
                    self.places
                        .iter()
                        .enumerate()
                        .find(|(_, p)| p.0.start == at)
                        .map(|(i, p)| (ItemKind::Place(i), p.0.reach))
                })
                .unwrap_or((if token.word { ItemKind::Word } else { ItemKind::Mark }, at + 1));
            let (kind, end) = found;
            let end = end.max(at + 1);
            items.push(Item {
                kind,
                low: token.low.clone(),
                possessive: self.tokens[end - 1].possessive,
                name_like: token.name_like,
            });
            token_of.push(at);
            at = end;
        }
        (items, token_of)
    }
}
