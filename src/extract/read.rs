//! Reads a whole report: sentences to items, items to claims, claims of one change joined.

mod actors;
mod day;
mod doubts;
mod ground;
mod listed;
mod losers;
mod sense;
mod standing;
mod unnamed;

use super::annotate::{Annotated, Sentence};
use super::grammar::{self, Item, ItemKind, Parse, Trigger};
use super::join::join;
use super::lexicon::is_attack;
use super::modality::{self, Silence, Told, Voice};
use super::rules::Frame;
use super::when::{self, Says};
use super::who::Who;
use crate::actor::ActorId;
use crate::claim::{Basis, Change, Claim, Evidence, GeoPrecision, Precision, Site, SiteKey, When};
use crate::diag::Problem;
use crate::gazetteer::{Gazetteer, Kind};
use crate::project::Project;
use crate::report::Report;
use crate::units::{Date, Span};
use listed::{gapped, own_times};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Words of control, or a place, that gave no claim, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silent {
    /// The sentence, counted from 0.
    pub sentence: usize,
    /// The words.
    pub words: Span,
    /// The rule that knows these words, if one does.
    pub rule: Option<&'static str>,
    /// Why they give no claim.
    pub why: Silence,
}

/// The claims of a report, what gave none, and what could not be used.
pub(super) struct Read {
    pub(super) claims: Vec<Claim>,
    pub(super) silences: Vec<Silent>,
    pub(super) problems: Vec<Problem>,
}

/// Reads a report whose words are told apart.
pub(super) fn read(report: &Report, annotated: &Annotated, gazetteer: &Gazetteer, project: &Project) -> Read {
    let mut reader = Reader {
        report,
        gazetteer,
        project,
        problems: Vec::new(),
        silences: Vec::new(),
        focus: Vec::new(),
        list: Vec::new(),
        holders: BTreeMap::new(),
        held: BTreeMap::new(),
        subject: None,
        group: None,
        rebels_are: None,
        sides: Vec::new(),
        anchor: None,
        own_day: None,
        unnamed: None,
        drafts: Vec::new(),
    };
    for (at, sentence) in annotated.sentences.iter().enumerate() {
        reader.sentence(at, sentence);
    }
    reader.fill_in_takers();
    // Before joining, so that a withdrawal finds the capture it belongs to, and after, since joining fills in what was open.
    reader.fill_in_losers();
    reader.drafts = join(reader.drafts, report);
    reader.fill_in_losers();
    let Reader { drafts: claims, silences, problems, .. } = reader;
    Read { claims, silences, problems }
}

struct Reader<'a, 'g> {
    report: &'a Report,
    gazetteer: &'g Gazetteer,
    project: &'a Project,
    problems: Vec<Problem>,
    silences: Vec<Silent>,
    /// Places named so far, the one most spoken of last.
    focus: Vec<Site>,
    /// The places last named together.
    list: Vec<Site>,
    /// Who holds a place, as told so far.
    holders: BTreeMap<SiteKey, ActorId>,
    /// Who is said to hold a place or to have held it, in the order of the text.
    held: BTreeMap<SiteKey, Vec<ActorId>>,
    /// Who did what was last told.
    subject: Option<ActorId>,
    /// The non-state group last named.
    group: Option<ActorId>,
    /// Whom "the rebels" mean in this report, once it said "M23 rebels".
    rebels_are: Option<ActorId>,
    /// The sides that fight in this report, in order of their first mention.
    sides: Vec<ActorId>,
    /// The date last spoken of.
    anchor: Option<Date>,
    /// When the next change happened, where its place has a time of its own in a list.
    own_day: Option<When>,
    /// What was said of a place whose name comes in the next sentence.
    unnamed: Option<Claim>,
    /// What was read so far.
    drafts: Vec<Claim>,
}

/// A sentence as it is read: its items and its clauses.
struct View<'a> {
    at: usize,
    sentence: &'a Sentence,
    items: Vec<Item>,
    token_of: Vec<usize>,
    parse: OnceCell<Parse>,
}

impl View<'_> {
    /// The clauses of the sentence, worked out when they are first asked for.
    fn parse(&self) -> &Parse {
        self.parse.get_or_init(|| grammar::parse(&self.items))
    }

    /// The words of some items in the text.
    fn span(&self, from: usize, to: usize) -> Span {
        let tokens = &self.sentence.tokens;
        let first = self.token_of[from];
        let last = self.token_of.get(to).map_or(tokens.len(), |next| *next).max(first + 1) - 1;
        Span { start: tokens[first].span.start, end: tokens[last].span.end }
    }

    /// The ground that an item names.
    fn site(&self, at: usize) -> Option<&Site> {
        match self.items.get(at)?.kind {
            ItemKind::Place(i) => self.sentence.places.get(i).map(|placed| &placed.site),
            _ => None,
        }
    }
}

impl Reader<'_, '_> {
    fn sentence(&mut self, at: usize, sentence: &Sentence) {
        let (items, token_of) = sentence.items();
        if items.is_empty() {
            return;
        }
        let view = View { at, sentence, items, token_of, parse: OnceCell::new() };
        self.note_rebels(&view);
        self.note_holders(&view);
        let triggers =
            if sentence.may_tell { grammar::triggers(&view.items, view.parse()) } else { Vec::new() };
        let mut days: Vec<(usize, When)> = Vec::new();
        let told_before = self.drafts.len();
        for trigger in &triggers {
            if let Err(why) = self.trigger(&view, trigger, &mut days) {
                let words = view.span(trigger.start, trigger.end);
                self.silences.push(Silent { sentence: at, words, rule: Some(trigger.rule.name), why });
            }
        }
        self.name_unnamed(&view);
        if self.drafts.len() == told_before {
            if triggers.is_empty() {
                self.mention_only(&view);
            }
            self.note_refusal(&view);
        }
        self.keep_in_mind(&view);
        // What changed hands last is what the next sentence speaks of, not what had done so before it.
        if let Some(site) = self.drafts[told_before..]
            .iter()
            .max_by_key(|draft| draft.day.to)
            .map(|draft| draft.site.clone())
            .filter(Site::is_spot)
        {
            let key = site.key();
            self.focus.retain(|other| other.key() != key);
            self.focus.push(site);
        }
        self.note_group(&view);
        self.note_sides(&view);
        if triggers.is_empty()
            && let Some(time) =
                sentence.times.iter().find(|time| matches!(time.says, Says::Weekday(_) | Says::Day(..)))
            && let Some(when) = when::resolve(time.says, self.report.published, self.anchor)
        {
            self.anchor = when.from;
        }
    }

    /// A sentence that names a place and has no word of control, for who asks why.
    fn mention_only(&mut self, view: &View<'_>) {
        let Some(place) = view.items.iter().position(|item| matches!(item.kind, ItemKind::Place(_))) else {
            return;
        };
        let attack = view.items.iter().position(|item| item.kind == ItemKind::Word && is_attack(&item.low));
        let (at, why) = attack.map_or((place, Silence::Mention), |at| (at, Silence::Attack));
        self.silences.push(Silent { sentence: view.at, words: view.span(at, at + 1), rule: None, why });
    }

    /// What a sentence leaves in mind for the next: the places it named, and who its subject is.
    fn keep_in_mind(&mut self, view: &View<'_>) {
        let items = &view.items;
        let mut named: Vec<Site> = Vec::new();
        for (i, item) in items.iter().enumerate() {
            let Some(site) = view.site(i).filter(|site| site.precision != GeoPrecision::Country) else {
                continue;
            };
            // "3 km from Hama": afterwards "the city" is Hama itself.
            let mut site = site.clone();
            if site.precision == GeoPrecision::Near && matches!(site.kind, Kind::Town | Kind::Village) {
                site.precision = GeoPrecision::Place;
            }
            let speaks = items.get(i + 1).is_some_and(|next| super::lexicon::is_speech(&next.low))
                || item.possessive && item.kind != ItemKind::Place(0);
            let container = i > 0
                && matches!(
                    items[i - 1].low.as_str(),
                    "in" | "from" | "near" | "of" | "to" | "towards" | "with" | "at" | "around" | "between"
                )
                && !self.focus.is_empty()
                || speaks && !self.focus.is_empty();
            if !container && site.is_spot() {
                named.push(site.clone());
            }
            let seen = self.focus.iter().position(|other| other.key() == site.key());
            match (seen, container) {
                (Some(_), true) => {}
                (None, true) => self.focus.insert(0, site.clone()),
                (seen, false) => {
                    if let Some(seen) = seen {
                        self.focus.remove(seen);
                    }
                    let last = self.focus.len();
                    // The first place of a sentence is its topic; later ones come behind it in mind.
                    let first = !items[..i].iter().any(|before| matches!(before.kind, ItemKind::Place(_)));
                    self.focus.insert(if first || last == 0 { last } else { last - 1 }, site.clone());
                }
            }
        }
        if named.len() > 1 {
            self.list = named;
        }
        if !self.names_a_side(view) {
            return;
        }
        // The subject of the first clause that has an actor for one; of a clause that says who says it, where no other has.
        let parse = view.parse();
        let embedded = |clause: usize| {
            matches!(
                parse.clauses[clause].opener,
                grammar::Opener::Relative(..) | grammar::Opener::Reduced(..)
            )
        };
        let clauses = || 0..parse.clauses.len();
        let subject = |clause| grammar::subject(items, parse, clause);
        let main = clauses()
            .filter(|clause| !embedded(*clause))
            .find_map(subject)
            .or_else(|| clauses().find_map(subject))
            .or_else(|| items.iter().position(|item| matches!(item.kind, ItemKind::Actor(_))));
        if let Some(main) = main
            && let Some(id) = self.actor(view, main, self.focus.last().cloned().as_ref())
        {
            self.subject = Some(id);
        }
    }

    /// Whether a sentence says of itself who some side is: otherwise its pronouns and offices are whoever was spoken of before.
    fn names_a_side(&self, view: &View<'_>) -> bool {
        view.items.iter().enumerate().any(|(i, item)| match item.kind {
            ItemKind::Actor(actor) => !matches!(
                view.sentence.actors[actor].who,
                Who::Pronoun | Who::Speaker | Who::Office | Who::Bystander
            ),
            ItemKind::Place(_) => self.actor(view, i, None).is_some(),
            _ => false,
        })
    }

    /// Reads what the words of a rule tell; why they tell nothing otherwise.
    fn trigger(
        &mut self,
        view: &View<'_>,
        trigger: &Trigger,
        days: &mut Vec<(usize, When)>,
    ) -> Result<(), Silence> {
        let items = &view.items;
        let told = modality::told(items, view.parse(), trigger);
        let reading = grammar::read(items, view.parse(), trigger);
        if let Told::Not(why) = told {
            return Err(why);
        }
        let Some(reading) = reading else {
            if trigger.rule.frame == Frame::Leave && !trigger.passive && self.leaves_unnamed(view, trigger) {
                return Ok(());
            }
            if let Some(done) = self.walks_in(view, trigger, told, days) {
                return done;
            }
            self.note_unnamed(view, trigger, told, days);
            self.unknown_place(view, trigger);
            return Err(Silence::Sense);
        };
        let mut seen: Vec<Site> = Vec::new();
        let mut why = Silence::Sense;
        let mut told_any = false;
        let own = own_times(view, &reading);
        for (n, ground) in reading.grounds.iter().enumerate() {
            self.own_day = own.get(n).and_then(|time| self.dated(view, *time));
            for (mut site, name) in self.ground(view, *ground, &seen) {
                // "redeployed its troops outside Hama": the town is what was left.
                if site.precision == GeoPrecision::Near && items[trigger.end - 1].low == "outside" {
                    site.precision = GeoPrecision::Place;
                }
                seen.push(site.clone());
                match self.draft(view, trigger, &reading, told, site, name, ground.partial, days) {
                    Ok(()) => told_any = true,
                    Err(reason) => why = reason,
                }
            }
            self.ambiguous(view, ground.item);
        }
        for (place, time) in gapped(view, trigger, &reading) {
            let Some(site) = view.site(place).cloned() else { continue };
            self.own_day = self.dated(view, time);
            let words = view.span(place, place + 1);
            seen.push(site.clone());
            if self.draft(view, trigger, &reading, told, site, words, false, days).is_ok() {
                told_any = true;
            }
        }
        if let Some(site) = seen.last().filter(|site| site.is_spot()) {
            let key = site.key();
            self.focus.retain(|other| other.key() != key);
            self.focus.push(site.clone());
        }
        if seen.len() > 1 {
            self.list = seen;
        }
        if told_any { Ok(()) } else { Err(why) }
    }

    /// "The army left Hama, and rebels walked in": into what was last spoken of.
    fn walks_in(
        &mut self,
        view: &View<'_>,
        trigger: &Trigger,
        told: Told,
        days: &mut Vec<(usize, When)>,
    ) -> Option<Result<(), Silence>> {
        let inwards = trigger.rule.frame == Frame::Enter && view.items[trigger.end - 1].low == "in";
        let site = self
            .drafts
            .last()
            .filter(|draft| inwards && view.at - draft.evidence.sentence <= 1)?
            .site
            .clone();
        let gaining = grammar::subject(&view.items, view.parse(), view.parse().clause_of[trigger.start])?;
        let reading = grammar::Reading { gaining: Some(gaining), ..grammar::Reading::default() };
        let words = view.span(trigger.start, trigger.end);
        Some(self.draft(view, trigger, &reading, told, site, words, false, days))
    }

    #[expect(clippy::too_many_arguments, reason = "a claim has as many parts")]
    fn draft(
        &mut self,
        view: &View<'_>,
        trigger: &Trigger,
        reading: &grammar::Reading,
        told: Told,
        site: Site,
        name: Span,
        partial: bool,
        days: &mut Vec<(usize, When)>,
    ) -> Result<(), Silence> {
        let items = &view.items;
        let change = match trigger.rule.frame {
            Frame::Enter | Frame::Fight => Change::Contested,
            Frame::Besiege | Frame::UnderSiege | Frame::SiegeNoun => Change::Besieged,
            Frame::Lift => Change::SiegeLifted,
            Frame::Leave | Frame::LeaveNoun => Change::Withdrew,
            _ if partial => Change::Contested,
            _ => Change::Captured,
        };
        if site.kind == Kind::Country || matches!(site.kind, Kind::Sea | Kind::River | Kind::Lake) {
            return Err(Silence::Ground);
        }
        if matches!(trigger.rule.frame, Frame::Fight | Frame::Enter)
            && matches!(site.precision, GeoPrecision::Near | GeoPrecision::Country)
        {
            return Err(Silence::Ground);
        }
        let mut gaining = reading.gaining.and_then(|item| self.actor_or_voice(view, item, trigger, &site));
        let mut losing = reading.losing.and_then(|item| self.actor_or_voice(view, item, trigger, &site));
        if gaining.is_some() && gaining == losing {
            losing = None;
        }
        // "announced that it held": news, since somebody announces it.
        let announced = matches!(view.parse().clause(trigger.start).opener, grammar::Opener::That(word)
            if matches!(items[word].low.as_str(), "announced" | "announces" | "declared" | "declares" | "claimed" | "claims" | "proclaimed"))
            && items[view.parse().clause(trigger.start).start..trigger.end].iter().all(|item| {
                !matches!(item.low.as_str(), "still" | "retained" | "remained" | "remains" | "retains")
            });
        if reading.lasting && !announced {
            if let Some(holder) = gaining {
                self.note_held(site.key(), holder.clone());
                self.holders.insert(site.key(), holder);
            }
            return Err(Silence::Static);
        }
        sense::plausible(trigger, items, reading, gaining.as_ref(), losing.as_ref())?;
        if change == Change::Withdrew {
            gaining = None;
        }
        let day = self.own_day.take().unwrap_or_else(|| self.day(view, trigger, days));
        let day = self.not_after(view, day);
        let voice = modality::voice(items, view.parse(), trigger);
        // "Moscow claimed that Soledar had been captured": a foreign power that says so means itself.
        if gaining.is_none()
            && change == Change::Captured
            && told == Told::AsFact
            && let Voice::Said(at) = voice
            && let Some(speaker) = self.actor(view, at, Some(&site))
            && Self::is_foreign(view, at, &site)
            && losing.as_ref() != Some(&speaker)
        {
            gaining = Some(speaker);
        }
        // Who held it is told elsewhere in the report.
        if change == Change::Captured && losing.is_none() && gaining.is_some() {
            losing = self
                .holders
                .get(&site.key())
                .filter(|holder| !self.same_side(Some(*holder), gaining.as_ref()))
                .cloned();
        }
        if let Some(who) = self.conceder(view, trigger) {
            self.note_held(site.key(), who);
        }
        let standing = self.standing(view, &voice, told, gaining.as_ref(), losing.as_ref(), &site);
        let background = self.is_background(&day);
        if let Some(from) =
            day.from.filter(|_| day.precision == Precision::Day && day.basis != Basis::Publication)
        {
            self.anchor = Some(from);
        }
        if told == Told::AsFact
            && change == Change::Captured
            && let Some(holder) = &gaining
        {
            self.holders.insert(site.key(), holder.clone());
        }
        days.push((trigger.start, day));
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
                sentence: view.at,
                also: Vec::new(),
                name,
                quote: view.sentence.span,
                rule: trigger.rule.name.to_owned(),
            },
        });
        Ok(())
    }
}
