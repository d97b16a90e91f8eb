//! Which side words mean: named groups, "the rebels", "they", a capital that speaks for its state.

use super::{Reader, View};
use crate::actor::ActorId;
use crate::claim::{Change, Site, Standing};
use crate::extract::grammar::{self, ItemKind, Opener, Trigger};
use crate::extract::lexicon::is_speech;
use crate::extract::modality::{self, Voice};
use crate::extract::who::{Actors, Who};
use crate::gazetteer::Kind;

impl Reader<'_, '_> {
    /// Remembers whom "the rebels" mean, once they were named so.
    pub(super) fn note_rebels(&mut self, view: &View<'_>) {
        let sentence = view.sentence;
        for actors in &sentence.actors {
            let called_rebels = || {
                sentence.tokens[actors.start..actors.end]
                    .iter()
                    .any(|token| matches!(token.low.as_str(), "rebels" | "rebel" | "insurgents"))
            };
            if let Who::Known(_) = &actors.who
                && let Some(group) = self.group_of(&actors.who)
                && called_rebels()
            {
                self.rebels_are = Some(group);
            }
        }
    }

    /// Remembers which group a sentence named last, for "the group" of the next.
    pub(super) fn note_group(&mut self, view: &View<'_>) {
        let last = view.sentence.actors.iter().rev().find_map(|actors| self.group_of(&actors.who));
        self.group = last.or_else(|| self.group.take());
    }

    /// The group, and no state, that some words name.
    fn group_of(&self, who: &Who) -> Option<ActorId> {
        match who {
            Who::Known(id) => {
                let state = self.project.cast.actor(id).is_some_and(|actor| actor.state_of.is_some());
                (!state).then(|| id.clone())
            }
            Who::Named(name) => Some(ActorId(name.clone())),
            _ => None,
        }
    }

    /// The group that "the group" at an item means: the last one before it, else one that the sentence names later.
    fn that_group(&self, view: &View<'_>, at: usize) -> Option<ActorId> {
        let actors = &view.sentence.actors;
        let token = view.token_of[at];
        let group = |actors: &Actors| self.group_of(&actors.who);
        let before = actors.iter().rev().filter(|actors| actors.end <= token).find_map(group);
        let after = || actors.iter().filter(|actors| actors.start > token).find_map(group);
        before.or_else(|| self.group.clone()).or_else(after)
    }

    /// Remembers the sides that a sentence names.
    pub(super) fn note_sides(&mut self, view: &View<'_>) {
        for (i, item) in view.items.iter().enumerate() {
            let ItemKind::Actor(actor) = item.kind else { continue };
            let who = &view.sentence.actors[actor].who;
            if matches!(who, Who::Pronoun | Who::Speaker | Who::Office | Who::Bystander) {
                continue;
            }
            // "Rwanda-backed" fights through others.
            let site = self.focus.last().cloned();
            if let Some(id) = self.actor(view, i, site.as_ref())
                && !self.sides.contains(&id)
            {
                self.sides.push(id);
            }
        }
    }

    /// Whether an actor is the government of some country.
    pub(super) fn is_government(&self, id: &ActorId) -> bool {
        let listed = self.project.cast.actor(id).is_some_and(|actor| actor.state_of.is_some());
        listed || self.project.cast.actor(id).is_none() && id.0.ends_with(" government")
    }

    /// The government of a country, as the project calls it.
    pub(super) fn state(&self, code: &str) -> ActorId {
        let demonym = self
            .gazetteer
            .country(code)
            .map_or_else(|| code.to_owned(), |country| country.demonym.to_owned());
        self.project.cast.state(code, &demonym)
    }

    /// Which actor an item means, for ground in the country of `site`.
    pub(super) fn actor(&self, view: &View<'_>, at: usize, site: Option<&Site>) -> Option<ActorId> {
        let items = &view.items;
        let cast = &self.project.cast;
        let here = site.and_then(|site| site.country.as_deref());
        let demonym = |code: &str| {
            self.gazetteer.country(code).map_or_else(|| code.to_owned(), |country| country.demonym.to_owned())
        };
        let rebels = |code: Option<&str>| code.map(|code| cast.umbrella(code, &demonym(code)));
        match items.get(at)?.kind {
            ItemKind::Actor(i) => match &view.sentence.actors[i].who {
                Who::Known(id) => Some(id.clone()),
                Who::State(Some(code)) => Some(cast.state(code, &demonym(code))),
                Who::State(None) => here.map(|code| cast.state(code, &demonym(code))),
                Who::Rebels(Some(code)) => rebels(Some(code)),
                Who::Rebels(None) => {
                    // "militants" after a group was named are that group; "rebels" may be others as well.
                    let loose = matches!(
                        items[at].low.as_str(),
                        "militants" | "militant" | "insurgents" | "insurgent" | "terrorists"
                    );
                    let group = || self.that_group(view, at).filter(|_| loose);
                    self.rebels_are.clone().or_else(group).or_else(|| rebels(here))
                }
                Who::Named(name) => Some(cast.find(name).cloned().unwrap_or_else(|| ActorId(name.clone()))),
                Who::ThatGroup => self.that_group(view, at).or_else(|| rebels(here)),
                Who::Pronoun => self.pronoun(view, at, site),
                Who::Office => {
                    // Whoever else the sentence is about, else the subject last spoken of.
                    let other = (0..items.len()).find(|&i| match items[i].kind {
                        ItemKind::Actor(actor) => {
                            i != at
                                && !matches!(
                                    view.sentence.actors[actor].who,
                                    Who::Office | Who::Pronoun | Who::Bystander | Who::Speaker
                                )
                        }
                        _ => false,
                    });
                    other.and_then(|other| self.actor(view, other, site)).or_else(|| self.subject.clone())
                }
                Who::Speaker | Who::Bystander => None,
            },
            ItemKind::Place(_) => {
                let site = view.site(at)?;
                let code = site.country.as_deref()?;
                let capital = || {
                    site.id
                        .and_then(|id| self.gazetteer.place(id))
                        .is_some_and(|place| place.feature == "PPLC")
                };
                let speaks_for_state = site.kind == Kind::Country || capital();
                speaks_for_state.then(|| cast.state(code, &demonym(code)))
            }
            _ => None,
        }
    }

    /// "they", "it", "its forces": the subject of the clause around, else the one last spoken of.
    fn pronoun(&self, view: &View<'_>, at: usize, site: Option<&Site>) -> Option<ActorId> {
        let (items, parse) = (&view.items, view.parse());
        let mut clause = parse.clause_of[at];
        for _ in 0..parse.clauses.len() {
            let parent = match parse.clauses[clause].parent {
                Some(parent) => parent,
                // "Rebels advanced and they took": the clause before.
                None => match clause.checked_sub(1) {
                    Some(earlier) if parse.clauses[clause].opener == Opener::Main => earlier,
                    _ => break,
                },
            };
            if let Some(near) = grammar::subject(items, parse, parent).filter(|&near| near < at) {
                if let Some(found) = self.actor(view, near, site) {
                    return Some(found);
                }
            } else if parse.subjects(parent).first().is_some_and(|(from, _)| *from < at) {
                // "The leadership conceded that it": somebody, but nobody known.
                return None;
            }
            clause = parent;
        }
        // "its forces" inside the subject's own clause: "Russia withdrew its forces".
        let own = grammar::subject(items, parse, parse.clause_of[at]).filter(|&near| near < at);
        own.and_then(|near| self.actor(view, near, site)).or_else(|| self.subject.clone())
    }

    /// "We have taken": whoever speaks; else the item itself.
    pub(super) fn actor_or_voice(
        &self,
        view: &View<'_>,
        item: usize,
        trigger: &Trigger,
        site: &Site,
    ) -> Option<ActorId> {
        if let ItemKind::Actor(i) = view.items[item].kind
            && view.sentence.actors[i].who == Who::Speaker
        {
            return match modality::voice(&view.items, view.parse(), trigger) {
                Voice::Said(at) => self.actor(view, at, Some(site)),
                _ => self.subject.clone(),
            };
        }
        self.actor(view, item, Some(site))
    }

    /// Whether two actors fight on one side.
    pub(super) fn same_side(&self, a: Option<&ActorId>, b: Option<&ActorId>) -> bool {
        let cast = &self.project.cast;
        matches!((a, b), (Some(a), Some(b)) if cast.side(a) == cast.side(b))
    }

    /// Whether an item is the state of another country than the ground lies in.
    pub(super) fn is_foreign(view: &View<'_>, at: usize, site: &Site) -> bool {
        let country = match view.items[at].kind {
            ItemKind::Actor(i) => match &view.sentence.actors[i].who {
                Who::State(Some(code)) => Some(code.as_str()),
                _ => None,
            },
            ItemKind::Place(_) => view.site(at).and_then(|site| site.country.as_deref()),
            _ => None,
        };
        country.is_some_and(|code| site.country.as_deref() != Some(code))
    }

    /// "Insurgents admitted pulling out": a side that leaves ground just said to be taken is the one that lost it. Whether
    /// that was so.
    pub(super) fn leaves_unnamed(&mut self, view: &View<'_>, trigger: &Trigger) -> bool {
        let (items, parse) = (&view.items, view.parse());
        let Some(subject) = grammar::subject(items, parse, parse.clause_of[trigger.start]) else {
            return false;
        };
        let Some(draft) = self.drafts.iter().rposition(|claim| {
            matches!(claim.change, Change::Captured | Change::Contested)
                && view.at - claim.evidence.sentence <= 2
                && !matches!(claim.standing, Standing::DeniedBy(_))
        }) else {
            return false;
        };
        let site = self.drafts[draft].site.clone();
        let Some(left) = self.actor(view, subject, Some(&site)) else { return false };
        let claim = &self.drafts[draft];
        if self.same_side(claim.gaining.as_ref(), Some(&left))
            || claim.losing.as_ref().is_some_and(|losing| *losing != left)
        {
            return false;
        }
        let conceded = matches!(modality::voice(items, parse, trigger), Voice::Said(_))
            || items[..trigger.start].iter().any(|item| {
                is_speech(&item.low)
                    && matches!(item.low.as_str(), "admitted" | "acknowledged" | "conceded" | "confirmed")
            });
        let claim = &mut self.drafts[draft];
        claim.losing = Some(left);
        if conceded {
            claim.standing = Standing::ConcededBy(claim.standing.said_by().map(str::to_owned));
        }
        if claim.evidence.sentence != view.at {
            claim.evidence.also.push(view.at);
        }
        true
    }
}
