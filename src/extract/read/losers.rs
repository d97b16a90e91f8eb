//! Who lost what a report says was taken, and who took what it says fell, where the sentence itself does not tell.
//!
//! A report tells it elsewhere: it says who held the place before, who denies or concedes the loss, or it names only two
//! sides that fight. What none of this tells stays empty.

use super::{Reader, View};
use crate::actor::ActorId;
use crate::claim::{Change, Claim, SiteKey, Standing};
use crate::extract::grammar::{self, ItemKind, Trigger};
use crate::extract::lexicon::{is_denial, is_determiner, is_post, is_state_force};
use crate::extract::rules::Frame;
use crate::extract::who::Who;
use std::collections::BTreeSet;

impl Reader<'_, '_> {
    /// Remembers who holds what, from "rebel-held Saraqib", "Saraqib, the rebels' last foothold" and "a military outpost in
    /// Maungdaw".
    pub(super) fn note_holders(&mut self, view: &View<'_>) {
        self.note_posts(view);
        let items = &view.items;
        for i in 0..items.len() {
            let ItemKind::Actor(_) = items[i].kind else { continue };
            let place = if items.get(i + 1).is_some_and(|next| next.low == "-") {
                let held = items.get(i + 2).is_some_and(|next| {
                    matches!(next.low.as_str(), "held" | "controlled" | "run" | "occupied" | "ruled")
                });
                let ahead = (i + 3..items.len().min(i + 8)).take_while(|j| {
                    items[*j].kind == ItemKind::Word || matches!(items[*j].kind, ItemKind::Place(_))
                });
                ahead.filter(|_| held).find(|j| matches!(items[*j].kind, ItemKind::Place(_)))
            } else {
                apposed(view, i).or_else(|| run_by(view, i))
            };
            if let Some(site) = place.and_then(|place| view.site(place)).cloned()
                && let Some(holder) = self.actor(view, i, Some(&site))
            {
                self.holders.entry(site.key()).or_insert_with(|| holder.clone());
                self.note_held(site.key(), holder);
            }
        }
    }

    /// "The last military outpost in Maungdaw", "an al-Shabaab base in Moqokori": whose post stands in a town.
    fn note_posts(&mut self, view: &View<'_>) {
        let items = &view.items;
        for post in 1..items.len() {
            if items[post].kind != ItemKind::Word || !is_post(&items[post].low) {
                continue;
            }
            let Some(site) = items
                .get(post + 1)
                .filter(|next| matches!(next.low.as_str(), "in" | "inside" | "at"))
                .and_then(|_| view.site(post + 2))
                .filter(|site| site.is_spot())
                .cloned()
            else {
                continue;
            };
            let owner = match items[post - 1].kind {
                ItemKind::Actor(_) => self.actor(view, post - 1, Some(&site)),
                ItemKind::Word if is_state_force(&items[post - 1].low) => {
                    site.country.as_deref().map(|code| self.state(code))
                }
                _ => None,
            };
            if let Some(owner) = owner {
                self.note_held(site.key(), owner);
            }
        }
    }

    /// Remembers that somebody is said to hold or have held a place.
    pub(super) fn note_held(&mut self, place: SiteKey, holder: ActorId) {
        let known = self.held.entry(place).or_default();
        if !known.contains(&holder) {
            known.push(holder);
        }
    }

    /// "An official of the SDF said that was untrue": who refuses to believe that a place was taken held it.
    pub(super) fn note_refusal(&mut self, view: &View<'_>) {
        let items = &view.items;
        let refuses = |low: &crate::extract::lexicon::Low| is_denial(low) || low == "lie" || low == "lies";
        let Some(word) = items.iter().position(|item| item.kind == ItemKind::Word && refuses(&item.low))
        else {
            return;
        };
        let speaker = (0..word).find(|&i| match items[i].kind {
            ItemKind::Actor(actor) => !matches!(
                view.sentence.actors[actor].who,
                Who::Pronoun | Who::Speaker | Who::Office | Who::Bystander
            ),
            _ => false,
        });
        let Some(speaker) = speaker else { return };
        let Some(at) = self.drafts.iter().rposition(|claim| {
            claim.change == Change::Captured
                && view.at - claim.evidence.sentence <= 2
                && !matches!(claim.standing, Standing::DeniedBy(_))
        }) else {
            return;
        };
        let claim = &self.drafts[at];
        if claim.losing.is_none()
            && claim.gaining.is_some()
            && let Some(who) = self.actor(view, speaker, Some(&claim.site))
            && !self.same_side(claim.gaining.as_ref(), Some(&who))
        {
            self.drafts[at].losing = Some(who);
        }
    }

    /// "Kyiv conceded the loss of Soledar": who concedes a loss had it.
    pub(super) fn conceder(&self, view: &View<'_>, trigger: &Trigger) -> Option<ActorId> {
        let (items, parse) = (&view.items, view.parse());
        let loss = trigger.rule.frame == Frame::LossNoun;
        let verb = items[..trigger.start].iter().rposition(|item| {
            matches!(
                item.low.as_str(),
                "admitted" | "admits" | "acknowledged" | "acknowledges" | "conceded" | "concedes"
            )
        });
        let verb = verb.filter(|_| loss)?;
        let subject = grammar::subject(items, parse, parse.clause_of[verb])?;
        self.actor(view, subject, self.focus.last())
    }

    /// Fills in who gained, where all that changed hands in the report went to one side.
    pub(super) fn fill_in_takers(&mut self) {
        let gained = |claim: &Claim| {
            claim.gaining.clone().filter(|_| {
                claim.change == Change::Captured && !matches!(claim.standing, Standing::DeniedBy(_))
            })
        };
        let takers: BTreeSet<ActorId> = self.drafts.iter().filter_map(gained).collect();
        let (Some(taker), 1) = (takers.first(), takers.len()) else { return };
        for n in 0..self.drafts.len() {
            let claim = &self.drafts[n];
            if claim.gaining.is_none()
                && claim.change == Change::Captured
                && !claim.background
                && !self.same_side(claim.losing.as_ref(), Some(taker))
            {
                self.drafts[n].gaining = Some(taker.clone());
            }
        }
    }

    /// Fills in who lost, from the rest of the report.
    pub(super) fn fill_in_losers(&mut self) {
        for n in 0..self.drafts.len() {
            let claim = &self.drafts[n];
            let fits = matches!(claim.change, Change::Captured | Change::Contested | Change::Besieged);
            if !fits || claim.losing.is_some() {
                continue;
            }
            let gaining = claim.gaining.clone();
            self.drafts[n].losing = self.said_to_hold(n, gaining.as_ref()).or_else(|| {
                let gaining = gaining?;
                self.taken_before(n, &gaining).or_else(|| self.other_side(n, &gaining))
            });
        }
        self.fill_in_leavers();
    }

    /// Who had taken the same place before, as the report tells it in whatever order.
    fn taken_before(&self, n: usize, gaining: &ActorId) -> Option<ActorId> {
        let claim = &self.drafts[n];
        let day = claim.day.from?;
        let earlier = |other: &&Claim| {
            other.change == Change::Captured
                && other.site.key() == claim.site.key()
                && !matches!(other.standing, Standing::DeniedBy(_))
                && other.day.to.is_some_and(|to| to < day)
                && other.gaining.is_some()
                && !self.same_side(other.gaining.as_ref(), Some(gaining))
        };
        let last = self.drafts.iter().filter(earlier).max_by_key(|other| other.day.to)?;
        last.gaining.clone()
    }

    /// Who is said to hold the place, or to have held it.
    fn said_to_hold(&self, n: usize, gaining: Option<&ActorId>) -> Option<ActorId> {
        let holders = self.held.get(&self.drafts[n].site.key())?;
        holders.iter().find(|holder| !self.same_side(Some(*holder), gaining)).cloned()
    }

    /// The one other side that the report names, or the one that is said to lose the place elsewhere.
    fn other_side(&self, n: usize, gaining: &ActorId) -> Option<ActorId> {
        let claim = &self.drafts[n];
        let state = claim.site.country.as_deref().map(|code| self.state(code));
        let others: Vec<&ActorId> =
            self.sides.iter().filter(|side| !self.same_side(Some(side), Some(gaining))).collect();
        // "The SNA claimed to have captured it; the SDF denied losing it": whoever else of this place is said to lose.
        let named = self.drafts.iter().find_map(|other| {
            let losing = other.losing.as_ref().filter(|_| other.site.key() == claim.site.key())?;
            others.contains(&losing).then(|| losing.clone())
        });
        named.or_else(|| match others.as_slice() {
            [only] => Some((*only).clone()),
            // Besides the army of the country only other states are named: they do not hold its towns.
            several => several
                .iter()
                .find(|side| Some(**side) == state.as_ref())
                .filter(|_| several.iter().all(|side| self.is_government(side)))
                .map(|side| (*side).clone()),
        })
    }

    /// "Aguelhok was vacated two days later": where all that was left was left by one side, this was too.
    fn fill_in_leavers(&mut self) {
        let left = |claim: &Claim| claim.change == Change::Withdrew && !claim.background;
        let leavers: BTreeSet<ActorId> =
            self.drafts.iter().filter(|claim| left(claim)).filter_map(|claim| claim.losing.clone()).collect();
        if leavers.len() != 1 {
            return;
        }
        for claim in self.drafts.iter_mut().filter(|claim| left(claim) && claim.losing.is_none()) {
            claim.losing = leavers.first().cloned();
        }
    }
}

/// "Tarhouna, Haftar's biggest remaining stronghold": the place before the actor at `i`.
fn apposed(view: &View<'_>, i: usize) -> Option<usize> {
    let items = &view.items;
    let mut noun = i + 1;
    while noun < items.len().min(i + 5)
        && items[noun].kind == ItemKind::Word
        && !is_stronghold(&items[noun].low)
    {
        noun += 1;
    }
    let owned = items[i].possessive || noun == i + 1;
    if !owned || !items.get(noun).is_some_and(|item| is_stronghold(&item.low)) {
        return None;
    }
    let mut before = i.checked_sub(1)?;
    while items[before].kind == ItemKind::Word
        && (is_determiner(&items[before].low) || matches!(items[before].low.as_str(), "last" | "main"))
    {
        before = before.checked_sub(1)?;
    }
    let comma = items[before].low == ",";
    before.checked_sub(1).filter(|place| comma && matches!(items[*place].kind, ItemKind::Place(_)))
}

/// "Kyaukme, which had been run by the TNLA": the place before, of whose rule no rule of control speaks.
fn run_by(view: &View<'_>, i: usize) -> Option<usize> {
    let items = &view.items;
    let mut by = i.checked_sub(1)?;
    while items[by].kind == ItemKind::Word && is_determiner(&items[by].low) {
        by = by.checked_sub(1)?;
    }
    let verb = by.checked_sub(1).filter(|_| items[by].low == "by")?;
    if !matches!(items[verb].low.as_str(), "run" | "ruled" | "governed" | "administered" | "policed") {
        return None;
    }
    // The subject; of a relative clause the place before it, and of "and had been run by" the first one named.
    let place = |at: &usize| matches!(items[*at].kind, ItemKind::Place(_));
    let clause = view.parse().clause_of[verb];
    let subject = view.parse().subjects(clause).iter().find_map(|(from, to)| (*from..*to).find(place));
    let opener = match view.parse().clauses[clause].opener {
        grammar::Opener::Relative(from, to) => (from..to).find(place),
        _ => None,
    };
    subject.or(opener).or_else(|| (0..verb).find(place))
}

/// Nouns for a place that belongs to whoever is named before.
fn is_stronghold(noun: &str) -> bool {
    matches!(noun, "stronghold" | "foothold" | "bastion" | "redoubt" | "enclave" | "holdout" | "headquarters")
}
