//! "The army retook a district capital. Kyaukme lies on the road to China": a place that is named only afterwards.

use super::{Reader, View};
use crate::claim::{GeoPrecision, Site, When};
use crate::extract::grammar::{self, ItemKind, Trigger};
use crate::extract::lexicon::is_place_noun;
use crate::extract::modality::{Silence, Told};
use crate::extract::rules::Frame;
use crate::gazetteer::Kind;

impl Reader<'_, '_> {
    /// Keeps what is told of "a town", for the next sentence to name it.
    pub(super) fn note_unnamed(
        &mut self,
        view: &View<'_>,
        trigger: &Trigger,
        told: Told,
        days: &mut Vec<(usize, When)>,
    ) {
        let items = &view.items;
        if trigger.passive || trigger.rule.frame != Frame::Take {
            return;
        }
        let opens =
            items.get(trigger.end).is_some_and(|item| matches!(item.low.as_str(), "a" | "an" | "another"));
        let noun = (trigger.end + 1..items.len().min(trigger.end + 6))
            .take_while(|&i| items[i].kind == ItemKind::Word)
            .find(|&i| {
                is_place_noun(&items[i].low) && !items.get(i + 1).is_some_and(|next| is_place_noun(&next.low))
            });
        let Some(noun) = noun.filter(|_| opens) else { return };
        // "a village near Hama": what comes next may well be Hama.
        if items
            .get(noun + 1)
            .is_some_and(|next| matches!(next.low.as_str(), "near" | "outside" | "of" | "called"))
        {
            return;
        }
        let Some(gaining) = grammar::subject(items, view.parse(), view.parse().clause_of[trigger.start])
        else {
            return;
        };
        let here = (0..items.len()).find_map(|i| view.site(i)).or(self.focus.last());
        let country = here.and_then(|site| site.country.clone());
        let site = Site::unplaced("", country.as_deref(), Kind::Town, GeoPrecision::Place);
        let reading = grammar::Reading { gaining: Some(gaining), ..grammar::Reading::default() };
        let words = view.span(trigger.end, noun + 1);
        if self.draft(view, trigger, &reading, told, site.clone(), words, false, days).is_ok() {
            self.unnamed = self.drafts.pop();
        }
        self.holders.remove(&site.key());
    }

    /// Gives it the name that the next sentence begins with, if that is of a place not spoken of before.
    pub(super) fn name_unnamed(&mut self, view: &View<'_>) {
        let Some(told) = self.unnamed.as_ref().map(|claim| claim.evidence.sentence) else { return };
        if told == view.at {
            return;
        }
        let Some(mut claim) = self.unnamed.take().filter(|_| told + 1 == view.at) else { return };
        // "Kyaukme lies on the road", "White flags flew over Ghazni": its first word, or the one place that is spoken of.
        let named: Vec<usize> = (0..view.items.len()).filter(|&i| view.site(i).is_some()).collect();
        let &[at, ..] = named.as_slice() else { return };
        let inside = at > 0
            && named.len() == 1
            && matches!(view.items[at - 1].low.as_str(), "over" | "in" | "inside" | "around");
        let Some(site) = view.site(at).filter(|_| (at == 0 || inside) && !view.items[at].possessive) else {
            return;
        };
        let new = |site: &Site| {
            let key = site.key();
            self.focus.iter().all(|other| other.key() != key)
                && self.drafts.iter().all(|draft| draft.site.key() != key)
        };
        let settled = matches!(site.kind, Kind::Town | Kind::Village | Kind::Quarter | Kind::Base);
        if settled && site.is_spot() && new(site) {
            claim.site = site.clone();
            claim.evidence.also.push(view.at);
            self.silences.retain(|silent| silent.sentence != told || silent.why != Silence::Sense);
            self.drafts.push(claim);
        }
    }
}
