//! Reads a whole report: sentences to items, items to claims, claims of one change joined.

use super::grammar::{self, Item, ItemKind, Trigger};
use super::lexicon::{is_force, is_place_noun};
use super::mention::{self, Named};
use super::modality::{self, Told, Voice};
use super::resolve::{self, Choice};
use super::rules::Frame;
use super::text::{self, Token};
use super::when::{self, Says, Time};
use super::who::{self, Actors, Who};
use crate::actor::ActorId;
use crate::claim::{Basis, Change, Claim, Evidence, GeoPrecision, Precision, Site, Standing, When};
use crate::diag::{Code, Locus, Problem};
use crate::gazetteer::{Gazetteer, Kind, fold};
use crate::project::Project;
use crate::report::Report;
use crate::units::{Date, Span};
use jiff::ToSpan;
use std::collections::BTreeMap;

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
    let mut all = Vec::new();
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
        let names = mention::names(text, &sentence.tokens, &sentence.taken(), gazetteer);
        all.extend(names.iter().cloned());
        sentence.places = names.into_iter().map(|named| (named, None)).collect();
        sentences.push(sentence);
    }
    let shares = resolve::countries(&all, &spoken_of);
    for sentence in &mut sentences {
        let mut names: Vec<Named<'g>> = sentence.places.drain(..).map(|(named, _)| named).collect();
        mention::add_misspelt(text, &sentence.tokens, &sentence.taken(), &shares, gazetteer, &mut names);
        let choices = resolve::choose(&names, &shares);
        sentence.places = names.into_iter().zip(choices).collect();
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
    fn items(&self) -> (Vec<Item>, Vec<usize>) {
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
                        .map(|(i, p)| (ItemKind::Place(i), p.0.end))
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

/// A claim before its actors are named: what a sentence alone says.
struct Draft {
    claim: Claim,
}

/// The claims of a report, and what could not be used.
pub(crate) fn claims(
    report: &Report,
    annotated: &Annotated<'_>,
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
    (join(drafts.into_iter().map(|draft| draft.claim).collect(), report), reader.problems)
}

struct Reader<'a, 'g> {
    report: &'a Report,
    annotated: &'a Annotated<'g>,
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
    drafts: Vec<Draft>,
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
                && let Some(choice) = &sentence.places[p].1
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
    fn note_groups(&mut self, sentence: &Sentence<'_>) {
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
    fn actor(
        &self,
        sentence: &Sentence<'_>,
        items: &[Item],
        at: usize,
        site: Option<&Site>,
    ) -> Option<ActorId> {
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
                    let earlier = from.checked_sub(1).and_then(|end| grammar::subject(items, end));
                    let inside = || grammar::subject(items, at);
                    let near = earlier.or_else(inside).filter(|&near| near < at);
                    near.and_then(|near| self.actor(sentence, items, near, site))
                        .or_else(|| self.subject.clone())
                }
                Who::Speaker | Who::Bystander => None,
            },
            ItemKind::Place(i) => {
                let site = &sentence.places[i].1.as_ref()?.site;
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
        sentence: &Sentence<'_>,
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
            self.unknown_place(sentence, items, token_of, trigger);
            return;
        };
        let partial = reading.partial;
        let mut seen_sites = Vec::new();
        for &place in &reading.places {
            let Some((site, name)) = self.ground(sentence, items, token_of, place, &seen_sites) else {
                continue;
            };
            seen_sites.push(site.clone());
            let change = match trigger.rule.frame {
                Frame::Enter | Frame::Fight => Change::Contested,
                Frame::Besiege | Frame::SiegeNoun => Change::Besieged,
                Frame::Lift => Change::SiegeLifted,
                Frame::Leave | Frame::LeaveNoun => Change::Withdrew,
                _ if partial => Change::Contested,
                _ => Change::Captured,
            };
            if site.kind == Kind::Country
                || matches!(site.kind, Kind::Sea | Kind::River | Kind::Lake | Kind::Region)
            {
                continue;
            }
            if matches!(trigger.rule.frame, Frame::Fight) && !site.is_spot() {
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
            self.drafts.push(Draft {
                claim: Claim {
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
                },
            });
        }
        if let Some(site) = seen_sites.last().filter(|site| site.is_spot()) {
            let key = site.key();
            self.focus.retain(|other| other.key() != key);
            self.focus.push(site.clone());
        }
    }

    /// "We have taken": whoever speaks; else the item itself.
    fn actor_or_voice(
        &self,
        sentence: &Sentence<'_>,
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
        sentence: &Sentence<'_>,
        items: &[Item],
        token_of: &[usize],
        at: usize,
        seen: &[Site],
    ) -> Option<(Site, Span)> {
        let token = &sentence.tokens[token_of[at]];
        match items[at].kind {
            ItemKind::Place(i) => {
                let (named, choice) = &sentence.places[i];
                Some((choice.as_ref()?.site.clone(), named.span))
            }
            _ => {
                let noun = items[at].low.as_str();
                let wanted = |site: &&Site| match noun {
                    "province" | "governorate" | "region" | "oblast" | "state" => {
                        site.precision == GeoPrecision::Admin1
                    }
                    "airport" | "airbase" | "airfield" => matches!(site.kind, Kind::Airport | Kind::Base),
                    "base" | "camp" => matches!(site.kind, Kind::Base | Kind::Airport),
                    "dam" => site.kind == Kind::Dam,
                    "crossing" => site.kind == Kind::Crossing,
                    _ => site.is_spot() && matches!(site.kind, Kind::Town | Kind::Village | Kind::Quarter),
                };
                // Earlier in this sentence first, then what is in mind.
                let before = items[..at].iter().rev().filter_map(|item| match item.kind {
                    ItemKind::Place(i) => sentence.places[i].1.as_ref().map(|choice| &choice.site),
                    _ => None,
                });
                let site = before.filter(wanted).last().or_else(|| self.focus.iter().rev().find(wanted))?;
                (!seen.contains(site)).then(|| (site.clone(), token.span))
            }
        }
    }

    fn day(
        &self,
        sentence: &Sentence<'_>,
        items: &[Item],
        trigger: &Trigger,
        days: &[(usize, When)],
    ) -> When {
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
        sentence: &Sentence<'_>,
        items: &[Item],
        voice: &Voice,
        told: Told,
        gaining: Option<&ActorId>,
        losing: Option<&ActorId>,
        site: &Site,
    ) -> Standing {
        let cast = &self.project.cast;
        let words = |at: usize| match items[at].kind {
            ItemKind::Actor(i) => {
                let actors = &sentence.actors[i];
                let span = Span {
                    start: sentence.tokens[actors.start].span.start,
                    end: sentence.tokens[actors.end - 1].span.end,
                };
                Some(span.of(&self.report.text).to_owned())
            }
            ItemKind::Place(i) => Some(sentence.places[i].0.span.of(&self.report.text).to_owned()),
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

    /// Tells of a name taken that no gazetteer knows.
    fn unknown_place(
        &mut self,
        sentence: &Sentence<'_>,
        items: &[Item],
        token_of: &[usize],
        trigger: &Trigger,
    ) {
        if trigger.passive
            || !matches!(
                trigger.rule.frame,
                Frame::Take
                    | Frame::Drive
                    | Frame::Enter
                    | Frame::Besiege
                    | Frame::TakeNoun
                    | Frame::LossNoun
            )
        {
            return;
        }
        if trigger.form.is_some() && grammar::subject(items, trigger.start).is_none() {
            return;
        }
        let mut at = trigger.end;
        while items.get(at).is_some_and(|item| {
            matches!(item.low.as_str(), "the" | "of") || is_place_noun(&item.low) && !item.name_like
        }) {
            at += 1;
        }
        let name: Vec<usize> = (at..items.len())
            .take_while(|&i| {
                items[i].kind == ItemKind::Word && items[i].name_like && !is_force(&items[i].low)
                    || items[i].low == "-" && i > at
            })
            .collect();
        let (Some(&first), Some(&last)) = (name.first(), name.last()) else { return };
        let span = Span {
            start: sentence.tokens[token_of[first]].span.start,
            end: sentence.tokens[token_of[last]].span.end,
        };
        let words = span.of(&self.report.text);
        self.problems.push(
            Problem::new(
                Code::UnknownPlace,
                Locus::Words { report: self.report.id.clone(), span },
                format!("no place called `{words}` is known, so what is said of it is left out"),
            )
            .help("correct the spelling, or add the place to a gazetteer"),
        );
    }

    /// Tells of a name that several places have about equally.
    fn ambiguous(&mut self, sentence: &Sentence<'_>, items: &[Item], at: usize) {
        let ItemKind::Place(i) = items[at].kind else { return };
        let (named, Some(choice)) = &sentence.places[i] else { return };
        let Some(rival) = choice.rivals.first().and_then(|id| self.gazetteer.place(*id)) else { return };
        let whole = |admin1: Option<&str>, country: &str| match admin1 {
            Some(admin1) => format!("{admin1}, {country}"),
            None => country.to_owned(),
        };
        let site = &choice.site;
        self.problems.push(
            Problem::new(
                Code::ManyPlaces,
                Locus::Words { report: self.report.id.clone(), span: named.span },
                format!(
                    "`{}` is taken for the one in {}, but could be the one in {}",
                    named.span.of(&self.report.text),
                    whole(site.admin1.as_deref(), site.country.as_deref().unwrap_or("no country")),
                    whole(rival.admin1, rival.country),
                ),
            )
            .help("name its province or country in the text, or set the project's region"),
        );
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
        Frame::Leave | Frame::LeaveNoun => {
            trigger.passive
                && reading.losing.is_none()
                && !matches!(items[trigger.start].low.as_str(), "evacuated" | "left")
                || losing.is_some()
        }
        Frame::Lose | Frame::LossNoun => {
            trigger.passive && gaining.is_some() || losing.is_some() || trigger.rule.frame == Frame::LossNoun
        }
        Frame::Take | Frame::Enter | Frame::Besiege | Frame::Lift if !trigger.passive => {
            gaining.is_some() && named(reading.gaining, gaining)
        }
        Frame::Enter => gaining.is_some(),
        Frame::Drive => losing.is_some(),
        Frame::Fall => reading.gaining.is_none() || gaining.is_some(),
        Frame::Held => gaining.is_some(),
        _ => true,
    }
}

/// Joins what one report says of one change: the first sentence states it, later ones repeat it or fill in what it left open.
fn join(drafts: Vec<Claim>, report: &Report) -> Vec<Claim> {
    let mut out: Vec<Claim> = Vec::new();
    for draft in drafts {
        match out.iter_mut().find(|claim| same_change(claim, &draft)) {
            Some(claim) => absorb(claim, draft),
            None => out.push(draft),
        }
    }
    // A withdrawal whose taker is named is that capture.
    let mut joined: Vec<Claim> = Vec::new();
    for claim in out {
        match joined
            .iter_mut()
            .find(|other| withdrawal_and_capture(other, &claim) || withdrawal_and_capture(&claim, other))
        {
            Some(other) => {
                let capture = if other.change == Change::Captured { other.clone() } else { claim.clone() };
                let withdrawal = if other.change == Change::Captured { claim } else { other.clone() };
                let mut whole = capture;
                // The side that left confirms what the side that came claims.
                if matches!(whole.standing, Standing::ClaimedBy(_))
                    || matches!(withdrawal.standing, Standing::ConcededBy(_))
                {
                    whole.standing = withdrawal.standing.clone();
                }
                absorb(&mut whole, Claim { gaining: None, ..withdrawal });
                *other = whole;
            }
            None => joined.push(claim),
        }
    }
    for (n, claim) in joined.iter_mut().enumerate() {
        claim.id = format!("{}#{}", report.id, n + 1);
    }
    joined
}

fn same_change(a: &Claim, b: &Claim) -> bool {
    let same_side = |x: &Option<ActorId>, y: &Option<ActorId>| x.is_none() || y.is_none() || x == y;
    let denied = |claim: &Claim| matches!(claim.standing, Standing::DeniedBy(_));
    a.site.key() == b.site.key()
        && a.site.precision == b.site.precision
        && (a.change == b.change
            || a.change == Change::Captured && b.change == Change::Contested && b.gaining.is_none())
        && denied(a) == denied(b)
        && a.background == b.background
        && same_side(&a.gaining, &b.gaining)
        && same_side(&a.losing, &b.losing)
        && days_meet(&a.day, &b.day)
}

/// Whether two dates can be the same: one is open or rests on publication, or they are within three days.
fn days_meet(a: &When, b: &When) -> bool {
    if a.basis == Basis::Publication || b.basis == Basis::Publication {
        return true;
    }
    match (a.from, a.to, b.from, b.to) {
        (Some(af), Some(at), Some(bf), Some(bt)) => {
            let slack = 3.days();
            bf.checked_sub(slack).is_ok_and(|bf| bf <= at) && af.checked_sub(slack).is_ok_and(|af| af <= bt)
        }
        _ => true,
    }
}

fn withdrawal_and_capture(a: &Claim, b: &Claim) -> bool {
    a.change == Change::Withdrew
        && b.change == Change::Captured
        && a.site.key() == b.site.key()
        && a.site.precision == b.site.precision
        && !matches!(b.standing, Standing::DeniedBy(_))
        && !matches!(a.standing, Standing::DeniedBy(_))
        && a.background == b.background
        && b.gaining.is_some()
        && a.losing != b.gaining
        && (b.losing.is_none() || a.losing.is_none() || a.losing == b.losing)
        && days_meet(&a.day, &b.day)
}

fn absorb(claim: &mut Claim, later: Claim) {
    if later.evidence.sentence != claim.evidence.sentence {
        claim.evidence.also.push(later.evidence.sentence);
        claim.evidence.also.sort_unstable();
        claim.evidence.also.dedup();
    }
    claim.gaining = claim.gaining.take().or(later.gaining);
    claim.losing = claim.losing.take().or(later.losing);
    let closer = later.day.basis != Basis::Publication
        && (claim.day.basis == Basis::Publication || later.day.precision < claim.day.precision);
    if closer {
        claim.day = later.day;
    }
    // The loser outweighs a third party, and a third party the gaining side's own word.
    let weight = |standing: &Standing| match standing {
        Standing::ConcededBy(_) => 2,
        Standing::Reported(_) => 1,
        Standing::ClaimedBy(_) | Standing::DeniedBy(_) => 0,
    };
    if weight(&later.standing) > weight(&claim.standing) && later.change == claim.change {
        claim.standing = later.standing;
    }
}
