//! Who stands behind a claim: the reporter, the side that gains, the side that loses, a denial.

use super::{Reader, View};
use crate::actor::ActorId;
use crate::claim::{Site, Standing};
use crate::extract::grammar::ItemKind;
use crate::extract::modality::{Told, Voice};
use crate::extract::who::Who;
use crate::units::Span;

impl Reader<'_, '_> {
    /// How a claim stands, by who says it and who gains or loses by it.
    pub(super) fn standing(
        &self,
        view: &View<'_>,
        voice: &Voice,
        told: Told,
        gaining: Option<&ActorId>,
        losing: Option<&ActorId>,
        site: &Site,
    ) -> Standing {
        let (said_by, speaker) = match voice {
            Voice::Reporter => (None, None),
            Voice::Bystander(at) => (self.words(view, *at, site), None),
            Voice::Said(at) => (self.words(view, *at, site), self.actor(view, *at, Some(site))),
        };
        if told == Told::Denied {
            return Standing::DeniedBy(said_by);
        }
        if speaker.is_some() && self.same_side(speaker.as_ref(), gaining) {
            return Standing::ClaimedBy(said_by);
        }
        if speaker.is_some() && self.same_side(speaker.as_ref(), losing) {
            return Standing::ConcededBy(said_by);
        }
        Standing::Reported(said_by)
    }

    /// The words of who speaks; whom a pronoun means.
    fn words(&self, view: &View<'_>, at: usize, site: &Site) -> Option<String> {
        let tokens = &view.sentence.tokens;
        match view.items[at].kind {
            ItemKind::Actor(i) if view.sentence.actors[i].who == Who::Pronoun => {
                self.actor(view, at, Some(site)).map(|id| self.project.cast.name(&id).to_owned())
            }
            ItemKind::Actor(i) => {
                let actors = &view.sentence.actors[i];
                let span =
                    Span { start: tokens[actors.start].span.start, end: tokens[actors.end - 1].span.end };
                Some(span.of(&self.report.text).to_owned())
            }
            ItemKind::Place(i) => Some(view.sentence.places[i].span.of(&self.report.text).to_owned()),
            _ => None,
        }
    }
}
