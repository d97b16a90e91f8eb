//! Tells a report's words, names and times apart, and lays sentences out for the grammar.

use super::grammar::{Item, ItemKind};
use super::text::Token;
use super::when::{Says, Time};
use super::who::Actors;
use super::{text, when, who};
use crate::claim::Site;
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::geoparse::{Asking, Geoparser, Mention, Spelling};
use crate::project::Project;
use crate::report::Report;
use crate::units::Span;

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
pub(crate) fn annotate(report: &Report, gazetteer: &Gazetteer, project: &Project) -> Annotated {
    let text = &report.text;
    let region = project.region.clone();
    let asking = Asking { region, eager: true, spelling: Spelling::Any, ..Asking::default() };
    let mentions = Geoparser::new(gazetteer).mentions(text, &asking);
    let mut mentions = mentions.into_iter().peekable();
    let mut sentences = Vec::new();
    for span in text::sentences(text) {
        let tokens = text::tokens(text, span);
        let actors = who::actors(&tokens, &project.cast, gazetteer);
        let times = when::times(&tokens);
        let mut sentence = Sentence { span, tokens, actors, times, places: Vec::new() };
        let taken = sentence.taken();
        while let Some(mention) = mentions.next_if(|mention| mention.span.start < span.end) {
            if let Some(placed) = sentence.placed(mention, &taken) {
                sentence.places.push(placed);
            }
        }
        sentences.push(sentence);
    }
    Annotated { sentences }
}

impl Sentence {
    /// A place name as tokens of the sentence, if a place was chosen and no actor or time has its words.
    fn placed(&self, mention: Mention, taken: &[bool]) -> Option<Placed> {
        let start = self.tokens.iter().position(|token| token.span.end > mention.span.start)?;
        let count = |end: usize| self.tokens.iter().take_while(|token| token.span.start < end).count();
        let (end, reach) = (count(mention.span.end), count(mention.reach.end));
        if taken.get(start..end)?.contains(&true) {
            return None;
        }
        let Mention { span, site, rivals, .. } = mention;
        Some(Placed { start, reach: reach.max(end), span, site: site?, rivals })
    }

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
                        .find(|(_, placed)| placed.start == at)
                        .map(|(i, placed)| (ItemKind::Place(i), placed.reach))
                })
                .unwrap_or((if token.word { ItemKind::Word } else { ItemKind::Mark }, at + 1));
            let (kind, end) = found;
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
