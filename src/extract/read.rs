//! Reads a whole report: sentences to items, items to claims, claims of one change joined.

mod doubts;

use super::annotate::{Annotated, Sentence};
use super::grammar::{self, Item, ItemKind, Trigger};
use super::join::join;
use super::lexicon::is_speech;
use super::modality::{self, Told, Voice};
use super::rules::Frame;
use super::when::{self, Says};
use super::who::Who;
use crate::actor::ActorId;
use crate::claim::{Basis, Change, Claim, Evidence, GeoPrecision, Precision, Site, Standing, When};
use crate::diag::Problem;
use crate::gazetteer::{Gazetteer, Kind};
use crate::project::Project;
use crate::report::Report;
use crate::units::{Date, Span};
use jiff::ToSpan;

/// The claims of a report, and what could not be used.
pub(crate) fn claims(
    report: &Report,
    annotated: &Annotated,
    gazetteer: &Gazetteer,
    project: &Project,
) -> (Vec<Claim>, Vec<Problem>) {
    let mut reader = Reader {
        report,
        annotated,
        gazetteer,
        project,
        problems: Vec::new(),
        focus: Vec::new(),
        subject: None,
        group: None,
        rebels_are: None,
        anchor: None,
        drafts: Vec::new(),
    };
    for at in 0..annotated.sentences.len() {
        reader.sentence(at);
    }
    let drafts = std::mem::take(&mut reader.drafts);
    (join(drafts, report), reader.problems)
}

struct Reader<'a, 'g> {
    report: &'a Report,
    annotated: &'a Annotated,
    gazetteer: &'g Gazetteer,
    project: &'a Project,
    problems: Vec<Problem>,
    /// Places named so far, the one most spoken of last.
    focus: Vec<Site>,
    /// Who did what was last told.
    subject: Option<ActorId>,
    /// The non-state group last named.
    group: Option<ActorId>,
    /// Whom "the rebels" mean in this report, once it said "M23 rebels".
    rebels_are: Option<ActorId>,
    /// The date last spoken of.
    anchor: Option<Date>,
    drafts: Vec<Claim>,
}

impl Reader<'_, '_> {
    fn sentence(&mut self, at: usize) {
        let sentence = &self.annotated.sentences[at];
        let (items, token_of) = sentence.items();
        self.note_groups(sentence);
        let triggers = grammar::triggers(&items);
        let mut days: Vec<(usize, When)> = Vec::new();
        for trigger in &triggers {
            self.trigger(at, sentence, &items, &token_of, trigger, &mut days);
        }
        // What a sentence leaves in mind for the next.
        for (i, item) in items.iter().enumerate() {
            if let ItemKind::Place(p) = item.kind
                && let Some(choice) = sentence.places.get(p)
                && choice.site.precision != GeoPrecision::Country
            {
                let container = i > 0
                    && matches!(
                        items[i - 1].low.as_str(),
                        "in" | "from" | "near" | "of" | "to" | "towards" | "with"
                    )
                    && !self.focus.is_empty();
                let seen = self.focus.iter().position(|site| site.key() == choice.site.key());
                match (seen, container) {
                    (Some(_), true) => {}
                    (None, true) => self.focus.insert(0, choice.site.clone()),
                    (seen, false) => {
                        if let Some(seen) = seen {
                            self.focus.remove(seen);
                        }
                        let last = self.focus.len();
                        // The first place of a sentence is its topic; later ones come behind it in mind.
                        let first =
                            !items[..i].iter().any(|before| matches!(before.kind, ItemKind::Place(_)));
                        self.focus
                            .insert(if first || last == 0 { last } else { last - 1 }, choice.site.clone());
                    }
                }
            }
        }
        if triggers.is_empty()
            && let Some(time) =
                sentence.times.iter().find(|time| matches!(time.says, Says::Weekday(_) | Says::Day(..)))
            && let Some(when) = when::resolve(time.says, self.report.published, self.anchor)
        {
            self.anchor = when.from;
        }
        let main = items.iter().position(|item| matches!(item.kind, ItemKind::Actor(_)));
        if let Some(main) = main
            && let Some(id) = self.actor(sentence, &items, main, self.focus.last().cloned().as_ref())
        {
            self.subject = Some(id);
        }
    }

    /// Remembers which group was last named, and whether "rebels" are one of them.
    fn note_groups(&mut self, sentence: &Sentence) {
        for actors in &sentence.actors {
            match &actors.who {
                Who::Known(id) => {
                    let state = self.project.cast.actor(id).is_some_and(|actor| actor.state_of.is_some());
                    if !state {
                        self.group = Some(id.clone());
                        let named_rebels = sentence.tokens[actors.start..actors.end]
                            .iter()
                            .any(|t| matches!(t.low.as_str(), "rebels" | "rebel" | "insurgents"));
                        if named_rebels {
                            self.rebels_are = Some(id.clone());
                        }
                    }
                }
                Who::Named(name) => self.group = Some(ActorId(name.clone())),
                _ => {}
            }
        }
    }

    /// Which actor an item means, for ground in the country of `site`.
    fn actor(&self, sentence: &Sentence, items: &[Item], at: usize, site: Option<&Site>) -> Option<ActorId> {
        let cast = &self.project.cast;
        let here = site.and_then(|site| site.country.as_deref());
        let demonym = |code: &str| {
            self.gazetteer.country(code).map_or_else(|| code.to_owned(), |country| country.demonym.to_owned())
        };
        let rebels = |code: Option<&str>| code.map(|code| cast.umbrella(code, &demonym(code)));
        match items.get(at)?.kind {
            ItemKind::Actor(i) => match &sentence.actors[i].who {
                Who::Known(id) => Some(id.clone()),
                Who::State(Some(code)) => Some(cast.state(code, &demonym(code))),
                Who::State(None) => here.map(|code| cast.state(code, &demonym(code))),
                Who::Rebels(Some(code)) => rebels(Some(code)),
                Who::Rebels(None) => self.rebels_are.clone().or_else(|| rebels(here)),
                Who::Named(name) => Some(cast.find(name).cloned().unwrap_or_else(|| ActorId(name.clone()))),
                Who::ThatGroup => self.group.clone().or_else(|| rebels(here)),
                Who::Pronoun => {
                    // "Ukraine said that it …": whoever leads the clause before, else the subject last spoken of.
                    let from = grammar::clause_start(items, at);
                    let told = from > 0 && items[from - 1].low == "that";
                    let verb = (0..from).rev().find(|&i| !told || is_speech(&items[i].low));
                    let earlier = verb.and_then(|end| grammar::subject(items, end));
                    let inside = || grammar::subject(items, at);
                    let near = earlier.or_else(inside).filter(|&near| near < at);
                    near.and_then(|near| self.actor(sentence, items, near, site))
                        .or_else(|| self.subject.clone())
                }
                Who::Speaker | Who::Bystander => None,
            },
            ItemKind::Place(i) => {
                let site = &sentence.places.get(i)?.site;
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

    fn trigger(
        &mut self,
        at: usize,
        sentence: &Sentence,
        items: &[Item],
        token_of: &[usize],
        trigger: &Trigger,
        days: &mut Vec<(usize, When)>,
    ) {
        let told = modality::told(items, trigger);
        if matches!(told, Told::Not(_)) {
            return;
        }
        let Some(reading) = grammar::read(items, trigger) else {
            if trigger.rule.frame == Frame::Leave && !trigger.passive {
                self.leaves_unnamed(at, sentence, items, trigger);
            }
            self.unknown_place(sentence, items, token_of, trigger);
            return;
        };
        let partial = reading.partial;
        let mut seen_sites = Vec::new();
        for &place in &reading.places {
            let Some((mut site, name)) = self.ground(sentence, items, token_of, place, &seen_sites) else {
                continue;
            };
            // "redeployed its troops outside Hama": the town is what was left.
            if site.precision == GeoPrecision::Near && items[trigger.end - 1].low == "outside" {
                site.precision = GeoPrecision::Place;
            }
            seen_sites.push(site.clone());
            let change = match trigger.rule.frame {
                Frame::Enter | Frame::Fight => Change::Contested,
                Frame::Besiege | Frame::UnderSiege | Frame::SiegeNoun => Change::Besieged,
                Frame::Lift => Change::SiegeLifted,
                Frame::Leave | Frame::LeaveNoun => Change::Withdrew,
                _ if partial => Change::Contested,
                _ => Change::Captured,
            };
            if site.kind == Kind::Country || matches!(site.kind, Kind::Sea | Kind::River | Kind::Lake) {
                continue;
            }
            if matches!(trigger.rule.frame, Frame::Fight | Frame::Enter) && !site.is_spot() {
                continue;
            }
            let mut gaining =
                reading.gaining.and_then(|item| self.actor_or_voice(sentence, items, item, trigger, &site));
            let mut losing =
                reading.losing.and_then(|item| self.actor_or_voice(sentence, items, item, trigger, &site));
            if gaining.is_some() && gaining == losing {
                losing = None;
            }
            if !plausible(trigger, items, &reading, gaining.as_ref(), losing.as_ref()) {
                continue;
            }
            if change == Change::Withdrew {
                gaining = None;
            }
            let day = self.day(sentence, items, trigger, days);
            let voice = modality::voice(items, trigger);
            // "Moscow claimed that Soledar had been captured": a foreign power that says so means itself.
            if gaining.is_none()
                && change == Change::Captured
                && told == Told::AsFact
                && let Voice::Said(at) = voice
                && let Some(speaker) = self.actor(sentence, items, at, Some(&site))
                && Self::is_foreign(sentence, items, at, &site)
                && losing.as_ref() != Some(&speaker)
            {
                gaining = Some(speaker);
            }
            let standing =
                self.standing(sentence, items, &voice, told, gaining.as_ref(), losing.as_ref(), &site);
            let background = self.is_background(&day);
            if let Some(from) =
                day.from.filter(|_| day.precision == Precision::Day && day.basis != Basis::Publication)
            {
                self.anchor = Some(from);
            }
            days.push((trigger.start, day));
            self.ambiguous(sentence, items, place);
            self.drafts.push(Claim {
                id: String::new(),
                site,
                change,
                standing,
                gaining,
                losing,
                day,
                background,
                evidence: Evidence {
                    report: self.report.id.clone(),
                    sentence: at,
                    also: Vec::new(),
                    name,
                    quote: sentence.span,
                    rule: trigger.rule.name.to_owned(),
                },
            });
        }
        if let Some(site) = seen_sites.last().filter(|site| site.is_spot()) {
            let key = site.key();
            self.focus.retain(|other| other.key() != key);
            self.focus.push(site.clone());
        }
    }

    /// Whether an item is the state of another country than the ground lies in.
    fn is_foreign(sentence: &Sentence, items: &[Item], at: usize, site: &Site) -> bool {
        let country = match items[at].kind {
            ItemKind::Actor(i) => match &sentence.actors[i].who {
                Who::State(Some(code)) => Some(code.as_str()),
                _ => None,
            },
            ItemKind::Place(i) => sentence.places.get(i).and_then(|placed| placed.site.country.as_deref()),
            _ => None,
        };
        country.is_some_and(|code| site.country.as_deref() != Some(code))
    }

    /// "Insurgents admitted pulling out": a side that leaves ground just said to be taken is the one that lost it.
    fn leaves_unnamed(&mut self, at: usize, sentence: &Sentence, items: &[Item], trigger: &Trigger) {
        let Some(subject) = grammar::subject(items, trigger.start) else { return };
        let Some(draft) = self.drafts.iter().rposition(|claim| {
            matches!(claim.change, Change::Captured | Change::Contested)
                && at - claim.evidence.sentence <= 2
                && !matches!(claim.standing, Standing::DeniedBy(_))
        }) else {
            return;
        };
        let site = self.drafts[draft].site.clone();
        let Some(left) = self.actor(sentence, items, subject, Some(&site)) else { return };
        let claim = &self.drafts[draft];
        if claim.gaining.as_ref() == Some(&left)
            || claim.losing.as_ref().is_some_and(|losing| *losing != left)
        {
            return;
        }
        let conceded = matches!(modality::voice(items, trigger), Voice::Said(_))
            || items[..trigger.start].iter().any(|item| {
                matches!(item.low.as_str(), "admitted" | "acknowledged" | "conceded" | "confirmed")
            });
        let claim = &mut self.drafts[draft];
        claim.losing = Some(left);
        if conceded {
            claim.standing = Standing::ConcededBy(claim.standing.said_by().map(str::to_owned));
        }
        if claim.evidence.sentence != at {
            claim.evidence.also.push(at);
        }
    }

    /// "We have taken": whoever speaks; else the item itself.
    fn actor_or_voice(
        &self,
        sentence: &Sentence,
        items: &[Item],
        item: usize,
        trigger: &Trigger,
        site: &Site,
    ) -> Option<ActorId> {
        if let ItemKind::Actor(i) = items[item].kind
            && sentence.actors[i].who == Who::Speaker
        {
            return match modality::voice(items, trigger) {
                Voice::Said(at) => self.actor(sentence, items, at, Some(site)),
                _ => self.subject.clone(),
            };
        }
        self.actor(sentence, items, item, Some(site))
    }

    /// The ground an item means: a place, or the one that "the city" or "it" stands for.
    fn ground(
        &self,
        sentence: &Sentence,
        items: &[Item],
        token_of: &[usize],
        at: usize,
        seen: &[Site],
    ) -> Option<(Site, Span)> {
        let token = &sentence.tokens[token_of[at]];
        if let ItemKind::Place(i) = items[at].kind {
            let placed = sentence.places.get(i)?;
            Some((placed.site.clone(), placed.span))
        } else {
            let noun = items[at].low.as_str();
            let wanted = |site: &&Site| match noun {
                "province" | "governorate" | "region" | "oblast" | "state" => {
                    site.precision == GeoPrecision::Admin1
                }
                "airport" | "airbase" | "airfield" => matches!(site.kind, Kind::Airport | Kind::Base),
                "base" | "camp" => matches!(site.kind, Kind::Base | Kind::Airport),
                "dam" => site.kind == Kind::Dam,
                "crossing" => site.kind == Kind::Crossing,
                "it" => !matches!(site.precision, GeoPrecision::Country | GeoPrecision::Near),
                _ => site.is_spot() && matches!(site.kind, Kind::Town | Kind::Village | Kind::Quarter),
            };
            // Earlier in this sentence first, then what is in mind.
            // A capital that speaks is its government and no ground.
            let mut before = items[..at].iter().enumerate().filter_map(|(j, item)| match item.kind {
                ItemKind::Place(i) if !items.get(j + 1).is_some_and(|next| is_speech(&next.low)) => {
                    sentence.places.get(i).map(|placed| &placed.site)
                }
                _ => None,
            });
            // "the town" may be one that the gazetteer knows only as a crossing or a base.
            let spot = |site: &&Site| site.is_spot();
            let last = || self.focus.iter().rev();
            let site = before.find(wanted).or_else(|| last().find(wanted)).or_else(|| last().find(spot))?;
            (!seen.contains(site)).then(|| (site.clone(), token.span))
        }
    }

    fn day(&self, sentence: &Sentence, items: &[Item], trigger: &Trigger, days: &[(usize, When)]) -> When {
        let published = self.report.published;
        let from = grammar::clause_start(items, trigger.start);
        // "… a week after rebels took Aleppo": counted back from what the main clause tells.
        if from >= 2
            && matches!(items[from - 1].low.as_str(), "after" | "before")
            && let ItemKind::Time(i) = items[from - 2].kind
            && let Says::FromClause(count, unit) = sentence.times[i].says
        {
            let main =
                days.first().map(|(_, when)| *when).and_then(|when| when.from).or(self.anchor).or(published);
            if let Some(when) = when::resolve(Says::Offset(-count, unit), published, main) {
                return when;
            }
        }
        if let Some(i) = modality::near_time(items, trigger)
            && let ItemKind::Time(t) = items[i].kind
            && !matches!(sentence.times[t].says, Says::FromClause(..))
            && let Some(when) = when::resolve(sentence.times[t].says, published, self.anchor.or(published))
        {
            return when;
        }
        match published {
            Some(day) if modality::is_news(items, trigger) => When::day(day, Basis::Publication),
            Some(day) => {
                When { from: None, to: Some(day), precision: Precision::Unknown, basis: Basis::Publication }
            }
            None => When::UNKNOWN,
        }
    }

    fn is_background(&self, day: &When) -> bool {
        let Some(published) = self.report.published else { return false };
        day.to.is_some_and(|to| published.checked_sub(60.days()).is_ok_and(|limit| to < limit))
    }

    #[expect(clippy::too_many_arguments, reason = "all of them decide who stands behind a claim")]
    fn standing(
        &self,
        sentence: &Sentence,
        items: &[Item],
        voice: &Voice,
        told: Told,
        gaining: Option<&ActorId>,
        losing: Option<&ActorId>,
        site: &Site,
    ) -> Standing {
        let cast = &self.project.cast;
        let words = |at: usize| match items[at].kind {
            ItemKind::Actor(i) if sentence.actors[i].who == Who::Pronoun => {
                self.actor(sentence, items, at, Some(site)).map(|id| cast.name(&id).to_owned())
            }
            ItemKind::Actor(i) => {
                let actors = &sentence.actors[i];
                let span = Span {
                    start: sentence.tokens[actors.start].span.start,
                    end: sentence.tokens[actors.end - 1].span.end,
                };
                Some(span.of(&self.report.text).to_owned())
            }
            ItemKind::Place(i) => Some(sentence.places[i].span.of(&self.report.text).to_owned()),
            _ => None,
        };
        let (said_by, speaker) = match voice {
            Voice::Reporter => (None, None),
            Voice::Bystander(at) => (words(*at), None),
            Voice::Said(at) => (words(*at), self.actor(sentence, items, *at, Some(site))),
        };
        if told == Told::Denied {
            return Standing::DeniedBy(said_by);
        }
        match (speaker, gaining, losing) {
            (Some(speaker), Some(gaining), _) if cast.side(&speaker) == cast.side(gaining) => {
                Standing::ClaimedBy(said_by)
            }
            (Some(speaker), _, Some(losing)) if cast.side(&speaker) == cast.side(losing) => {
                Standing::ConcededBy(said_by)
            }
            _ => Standing::Reported(said_by),
        }
    }
}

/// Words such as "left", "took" and "fled" are of control only when armed men do it.
fn plausible(
    trigger: &Trigger,
    items: &[Item],
    reading: &grammar::Reading,
    gaining: Option<&ActorId>,
    losing: Option<&ActorId>,
) -> bool {
    let named = |item: Option<usize>, id: Option<&ActorId>| item.is_none() || id.is_some();
    match trigger.rule.frame {
        // "spoke of a withdrawal from Hama province": only armed men withdraw, whoever they are.
        Frame::LeaveNoun => losing.is_some() || reading.losing.is_none(),
        Frame::Leave => {
            let civil = matches!(items[trigger.start].low.as_str(), "evacuated" | "left");
            losing.is_some() || trigger.passive && reading.losing.is_none() && !civil
        }
        Frame::Lose | Frame::LossNoun => {
            trigger.passive && gaining.is_some() || losing.is_some() || trigger.rule.frame == Frame::LossNoun
        }
        Frame::Take | Frame::Enter | Frame::Besiege | Frame::Lift if !trigger.passive => {
            gaining.is_some() && named(reading.gaining, gaining)
        }
        Frame::Enter | Frame::Held => gaining.is_some(),
        Frame::Drive => losing.is_some(),
        Frame::Fall => reading.gaining.is_none() || gaining.is_some(),
        _ => true,
    }
}
