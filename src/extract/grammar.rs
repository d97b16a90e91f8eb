//! Reads one sentence: finds the words of a rule, and what stands where around them.
//!
//! The sentence comes as items: actors, places and times as one item each, every other token by itself. Around the words of a
//! rule the frame says where to look for the place, the side that gains and the side that loses; [`super::modality`] says
//! whether it is told as having happened.

use super::lexicon::{
    Form, forms, is_around, is_auxiliary, is_be, is_determiner, is_direction, is_negative, is_part,
    is_place_noun, is_preposition, is_speech, is_subordinator,
};
use super::rules::{Frame, RULES, Rule};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One item of a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// What it is.
    pub(crate) kind: ItemKind,
    /// Its first word in lower case, or the punctuation mark.
    pub(crate) low: String,
    /// Whether a possessive ending follows it.
    pub(crate) possessive: bool,
    /// Whether it is written with a capital.
    pub(crate) name_like: bool,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    /// A word of no kind below.
    Word,
    /// A punctuation mark.
    Mark,
    /// A place, by its number among the sentence's places.
    Place(usize),
    /// An actor, by its number among the sentence's actors.
    Actor(usize),
    /// A time, by its number among the sentence's times.
    Time(usize),
}

/// The words of a rule in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    /// The rule.
    pub(crate) rule: &'static Rule,
    /// First item.
    pub(crate) start: usize,
    /// One past the last item.
    pub(crate) end: usize,
    /// The form of the verb; `None` for a noun.
    pub(crate) form: Option<Form>,
    /// Whether it is passive.
    pub(crate) passive: bool,
    /// An actor inside the phrase ("drove the army out of").
    pub(crate) inner: Option<usize>,
}

/// What stands where around the words of a rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// Items that are the place: places, or a noun that stands for one ("the city"), or a pronoun.
    pub(crate) places: Vec<usize>,
    /// The item of the side that gains.
    pub(crate) gaining: Option<usize>,
    /// The item of the side that loses.
    pub(crate) losing: Option<usize>,
    /// Only a part of the place is meant.
    pub(crate) partial: bool,
}

struct Phrase {
    rule: &'static Rule,
    rest: Vec<&'static str>,
    form: Option<Form>,
}

/// Every phrase of every rule by each form of its first word, longest first.
static PHRASES: LazyLock<BTreeMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut map: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
    for rule in RULES {
        for phrase in rule.phrases {
            let mut words = phrase.split(' ');
            let first = words.next().unwrap_or("");
            let rest: Vec<&'static str> = words.collect();
            if is_noun(rule.frame) {
                map.entry(first.to_owned()).or_default().push(Phrase { rule, rest, form: None });
            } else if first == "be" || first == "now" {
                let words: &[&str] =
                    if first == "be" { &["is", "are", "was", "were", "be", "been"] } else { &["now"] };
                for word in words {
                    map.entry((*word).to_owned()).or_default().push(Phrase {
                        rule,
                        rest: rest.clone(),
                        form: Some(Form::Third),
                    });
                }
            } else {
                for (word, form) in forms(first) {
                    map.entry(word).or_default().push(Phrase { rule, rest: rest.clone(), form: Some(form) });
                }
            }
        }
    }
    for phrases in map.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }
    map
});

fn is_noun(frame: Frame) -> bool {
    matches!(
        frame,
        Frame::TakeNoun
            | Frame::FallNoun
            | Frame::LossNoun
            | Frame::LeaveNoun
            | Frame::SiegeNoun
            | Frame::Fight
    )
}

/// The words of rules in a sentence, in order.
pub(crate) fn triggers(items: &[Item]) -> Vec<Trigger> {
    let mut out: Vec<Trigger> = Vec::new();
    for at in 0..items.len() {
        if items[at].kind != ItemKind::Word
            || out.last().is_some_and(|last| at < last.end && last.form.is_some())
        {
            continue;
        }
        let Some(phrases) = PHRASES.get(&items[at].low) else { continue };
        let mut found: Option<Trigger> = None;
        for phrase in phrases {
            let Some((end, inner)) = rest_matches(items, at + 1, &phrase.rest) else { continue };
            if found.as_ref().is_none_or(|best| end > best.end) {
                let passive =
                    phrase.form.is_some_and(|form| is_passive(items, at, end, form, phrase.rule.frame));
                if phrase.form == Some(Form::Participle)
                    && !passive
                    && !after_have(items, at)
                    && !reduced(items, at)
                {
                    continue;
                }
                found =
                    Some(Trigger { rule: phrase.rule, start: at, end, form: phrase.form, passive, inner });
            }
        }
        out.extend(found);
    }
    out
}

/// Words that may stand inside a phrase: "took full control of", "is now firmly in rebel hands".
fn is_filler(item: &Item) -> bool {
    item.kind == ItemKind::Word
        && (matches!(
            item.low.as_str(),
            "full"
                | "complete"
                | "total"
                | "entire"
                | "partial"
                | "effective"
                | "back"
                | "firmly"
                | "all"
                | "its"
                | "their"
                | "the"
                | "a"
                | "sole"
                | "near"
                | "once"
                | "again"
                | "over"
                | "on"
                | "out"
                | "now"
                | "also"
                | "away"
                | "tight"
                | "any"
                | "his"
        ) || item.low.ends_with("ly"))
}

/// Whether the rest of a phrase stands from `at` on; where it ends, and an actor inside it.
fn rest_matches(items: &[Item], mut at: usize, rest: &[&str]) -> Option<(usize, Option<usize>)> {
    let mut inner = None;
    let mut words = rest.iter().peekable();
    while let Some(word) = words.next() {
        if *word == "*" {
            let next = words.peek()?;
            let mut steps = 0;
            while items.get(at)?.low != **next || !matches!(items[at].kind, ItemKind::Word) {
                let item = &items[at];
                match item.kind {
                    ItemKind::Actor(_) => inner = inner.or(Some(at)),
                    ItemKind::Word if is_speech(&item.low) || is_subordinator(&item.low) => return None,
                    ItemKind::Mark if item.low != "-" => return None,
                    _ => {}
                }
                at += 1;
                steps += 1;
                if steps > 8 {
                    return None;
                }
            }
            continue;
        }
        let mut skipped = 0;
        while items.get(at)?.low != *word {
            if !is_filler(&items[at]) || skipped == 3 {
                return None;
            }
            skipped += 1;
            at += 1;
        }
        at += 1;
    }
    Some((at, inner))
}

/// Whether the verb at `at` is passive: after a form of "be", or a bare participle before "by" or after a noun.
fn is_passive(items: &[Item], at: usize, end: usize, form: Form, frame: Frame) -> bool {
    if !matches!(form, Form::Participle | Form::PastOrParticiple)
        || matches!(frame, Frame::Fall | Frame::Held)
    {
        return false;
    }
    let mut i = at;
    let mut steps = 0;
    while i > 0 && steps < 5 {
        i -= 1;
        let item = &items[i];
        if item.kind == ItemKind::Word && is_be(&item.low) {
            return true;
        }
        let passes = item.kind == ItemKind::Word
            && (item.low.ends_with("ly")
                || is_negative(&item.low)
                || matches!(
                    item.low.as_str(),
                    "also"
                        | "now"
                        | "then"
                        | "later"
                        | "once"
                        | "just"
                        | "partially"
                        | "remains"
                        | "remain"
                        | "remained"
                        | "reportedly"
                        | "again"
                        | "since"
                        | "first"
                        | "finally"
                ));
        if !passes {
            break;
        }
        if item.low.starts_with("remain") {
            return true;
        }
        steps += 1;
    }
    // "Hama, captured by rebels on Thursday": only "by" tells a participle from a past.
    let by = items.get(end).is_some_and(|item| item.low == "by");
    by && !after_have(items, at)
}

fn after_have(items: &[Item], at: usize) -> bool {
    items[..at]
        .iter()
        .rev()
        .take(4)
        .any(|item| matches!(item.low.as_str(), "has" | "have" | "had" | "having" | "'ve" | "'d"))
}

/// "Aleppo, taken last week, …": a participle that trails a place.
fn reduced(items: &[Item], at: usize) -> bool {
    at >= 1 && matches!(items[at - 1].kind, ItemKind::Place(_))
        || at >= 2 && items[at - 1].low == "," && matches!(items[at - 2].kind, ItemKind::Place(_))
}

/// What stands where around a trigger. Without a place there is no reading.
pub(crate) fn read(items: &[Item], trigger: &Trigger) -> Option<Reading> {
    let mut reading = Reading::default();
    let subject = || subject(items, trigger.start);
    match trigger.rule.frame {
        Frame::Take | Frame::Enter | Frame::Besiege if trigger.passive => {
            reading.places = subject_places(items, trigger.start, &mut reading.partial);
            reading.gaining = by_actor(items, trigger.end, &["by"]);
            reading.losing = by_actor(items, trigger.end, &["from"]);
        }
        Frame::Take | Frame::Enter | Frame::Besiege => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.gaining = subject();
            reading.losing = by_actor(items, trigger.end, &["from"])
                .or_else(|| held_by(items, trigger.end, &reading.places));
        }
        Frame::Lift => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.gaining = subject();
            reading.losing = trigger.inner;
        }
        Frame::Lose if trigger.passive => {
            reading.places = subject_places(items, trigger.start, &mut reading.partial);
            reading.gaining = by_actor(items, trigger.end, &["to"]);
            reading.losing = by_actor(items, trigger.end, &["by"]);
        }
        Frame::Lose => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.gaining = by_actor(items, trigger.end, &["to"]);
            reading.losing = Some(subject()?);
        }
        Frame::Leave if trigger.passive => {
            reading.places = subject_places(items, trigger.start, &mut reading.partial);
            reading.losing = by_actor(items, trigger.end, &["by"]);
        }
        Frame::Leave => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.losing = Some(subject()?);
            reading.gaining = by_actor(items, trigger.end, &["to"]).filter(|_| false);
        }
        Frame::Drive if trigger.passive => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.losing = subject();
            reading.gaining = by_actor(items, trigger.end, &["by"]);
        }
        Frame::Drive => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.gaining = subject();
            reading.losing = Some(trigger.inner?);
        }
        Frame::Fall => {
            reading.places = subject_places(items, trigger.start, &mut reading.partial);
            reading.gaining = match trigger.inner {
                // "slipped from the government's hands" names the loser, "fell into rebel hands" the winner.
                Some(inner)
                    if items[trigger.start + 1..trigger.end].iter().any(|item| item.low == "from") =>
                {
                    reading.losing = Some(inner);
                    None
                }
                Some(inner) => Some(inner),
                None if items[trigger.end - 1].low == "to" => Some(actor_here(items, trigger.end)?),
                None => by_actor(items, trigger.end, &["to"]),
            };
            let bare = trigger.end == trigger.start + 1;
            if bare && reading.gaining.is_none() && !ends_clause(items, trigger.end) {
                return None; // "Hama fell silent", "shells fell on"
            }
        }
        Frame::Held => {
            let controls = items[trigger.start].low == "now"
                || items[trigger.start..trigger.end].iter().any(|item| item.low == "control")
                    && items[trigger.end - 1].low == "of"
                    && items[trigger.start..trigger.end].iter().any(|item| item.low == "in");
            if controls {
                reading.places = object_places(items, trigger.end, &mut reading.partial);
                reading.gaining = Some(subject()?);
            } else {
                reading.places = subject_places(items, trigger.start, &mut reading.partial);
                reading.gaining = trigger
                    .inner
                    .or_else(|| actor_here(items, trigger.end))
                    .or_else(|| by_actor(items, trigger.end, &["of", "by"]));
                reading.gaining?;
            }
        }
        Frame::Fight => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
        }
        Frame::TakeNoun => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.gaining =
                possessor(items, trigger.start).or_else(|| by_actor(items, trigger.end, &["by"]));
            reading.losing = by_actor(items, trigger.end, &["from"]);
        }
        Frame::FallNoun => {
            let of = items[trigger.end - 1].low == "of";
            if of {
                reading.places = object_places(items, trigger.end, &mut reading.partial);
            } else {
                let before = trigger.start.checked_sub(1)?;
                let place = matches!(items[before].kind, ItemKind::Place(_)) && items[before].possessive
                    || items[before].low == "its";
                reading.places = place.then_some(before).into_iter().collect();
            }
            reading.gaining = by_actor(items, trigger.end, &["to"]);
        }
        Frame::LossNoun => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.losing = possessor(items, trigger.start);
            reading.gaining = by_actor(items, trigger.end, &["to"]);
        }
        Frame::LeaveNoun => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            let announced =
                items[trigger.start.saturating_sub(3)..trigger.start].iter().any(|item| is_speech(&item.low));
            reading.losing = trigger
                .inner
                .or_else(|| possessor(items, trigger.start))
                .or_else(|| announced.then(|| self::subject(items, trigger.start)).flatten());
            reading.losing?;
        }
        Frame::SiegeNoun => {
            reading.places = object_places(items, trigger.end, &mut reading.partial);
            reading.gaining =
                possessor(items, trigger.start).or_else(|| by_actor(items, trigger.end, &["by"]));
        }
    }
    (!reading.places.is_empty()).then_some(reading)
}

/// The places that are the object from `at` on: the first noun phrase, and what is joined to it by commas and "and".
fn object_places(items: &[Item], at: usize, partial: &mut bool) -> Vec<usize> {
    let Some(first) = noun_phrase(items, at, partial) else { return Vec::new() };
    let mut out = vec![first];
    let mut i = first + 1;
    loop {
        i = skip_place_tail(items, i);
        let mut next = i;
        let mut joined = false;
        while items.get(next).is_some_and(|item| {
            matches!(
                item.low.as_str(),
                "," | "and"
                    | "&"
                    | "as"
                    | "well"
                    | "then"
                    | "besides"
                    | "plus"
                    | "both"
                    | "or"
                    | "along"
                    | "with"
            )
        }) {
            joined |= matches!(items[next].low.as_str(), "," | "and" | "&" | "as" | "besides" | "plus");
            next += 1;
        }
        if !joined {
            break;
        }
        let mut part = false;
        match noun_phrase(items, next, &mut part) {
            Some(place)
                if matches!(items[place].kind, ItemKind::Place(_))
                    && !part
                    && !starts_new_clause(items, place) =>
            {
                out.push(place);
                i = place + 1;
            }
            // "Hama, the country's fourth city, and Homs": an apposition is stepped over once.
            _ => match apposition_end(items, next) {
                Some(end) if items.get(end).is_some_and(|item| item.low == "and") => i = end,
                _ => break,
            },
        }
    }
    out
}

/// Steps over "in Idlib province", "near the border", "on Thursday", "province" behind a place.
fn skip_place_tail(items: &[Item], mut i: usize) -> usize {
    loop {
        match items.get(i) {
            Some(item) if matches!(item.kind, ItemKind::Time(_)) => i += 1,
            Some(item) if item.kind == ItemKind::Word && is_place_noun(&item.low) => i += 1,
            Some(item)
                if matches!(item.low.as_str(), "on" | "late" | "early")
                    && items.get(i + 1).is_some_and(|next| matches!(next.kind, ItemKind::Time(_))) =>
            {
                i += 2
            }
            Some(item) if matches!(item.low.as_str(), "in" | "near" | "of" | "at") => {
                let mut j = i + 1;
                while items.get(j).is_some_and(|item| {
                    item.kind == ItemKind::Word
                        && (is_determiner(&item.low)
                            || is_direction(&item.low)
                            || is_place_noun(&item.low)
                            || item.low == "of")
                }) {
                    j += 1;
                }
                if items.get(j).is_some_and(|item| matches!(item.kind, ItemKind::Place(_))) {
                    i = j + 1
                } else {
                    return i;
                }
            }
            _ => return i,
        }
    }
}

/// Whether a place is the subject of what follows, and so no member of the list before it.
fn starts_new_clause(items: &[Item], place: usize) -> bool {
    items.get(place + 1).is_some_and(|item| item.kind == ItemKind::Word && is_auxiliary(&item.low))
}

fn apposition_end(items: &[Item], at: usize) -> Option<usize> {
    let opens = items.get(at).is_some_and(|item| is_determiner(&item.low));
    if !opens {
        return None;
    }
    let comma = items[at..].iter().take(12).position(|item| item.low == ",")?;
    Some(at + comma + 1)
}

/// The place that heads the noun phrase at `at`, or the noun that stands for one ("the city"), or "it".
fn noun_phrase(items: &[Item], at: usize, partial: &mut bool) -> Option<usize> {
    let mut noun = None;
    let mut i = at;
    while let Some(item) = items.get(i).filter(|_| i < at + 14) {
        match item.kind {
            ItemKind::Place(_) => {
                if item.possessive {
                    // "Hama's airport": what follows is meant, not the town as a whole.
                    noun = None;
                    i += 1;
                    continue;
                }
                return real_head(items, i).then_some(i);
            }
            ItemKind::Actor(_) if item.low == "it" && i == at => return Some(i),
            // "rebel-held Saraqib", "the government stronghold of Homs", "the army base of Hama".
            ItemKind::Actor(_)
                if item.low == "they" || item.low == "he" || item.low == "she" || item.low == "we" =>
            {
                return None;
            }
            ItemKind::Actor(_) => {}
            ItemKind::Time(_) => {}
            ItemKind::Mark if matches!(item.low.as_str(), "-" | "\"" | "“" | "”") => {}
            ItemKind::Mark => break,
            ItemKind::Word => {
                let low = item.low.as_str();
                if is_part(low) && !is_place_noun(low)
                    || matches!(
                        low,
                        "quarter"
                            | "quarters"
                            | "neighbourhoods"
                            | "neighborhoods"
                            | "suburbs"
                            | "districts"
                            | "villages"
                    )
                {
                    let of = items
                        .get(i + 1)
                        .is_some_and(|next| matches!(next.low.as_str(), "of" | "in" | "inside"));
                    if low == "villages" || is_around(low) && !of {
                        if items.get(i + 1).is_none_or(|next| next.low != "of") {
                            break;
                        }
                    } else {
                        *partial = true;
                        noun = None;
                        i += 1 + usize::from(of);
                        continue;
                    }
                }
                if is_around(low) {
                    break;
                }
                if is_place_noun(low) {
                    noun = Some(i);
                } else if low == "of" {
                    if noun.is_none()
                        && !items.get(i.wrapping_sub(1)).is_some_and(|before| {
                            is_part(&before.low) || matches!(before.low.as_str(), "control" | "all")
                        })
                    {
                        break;
                    }
                } else if is_preposition(low)
                    || is_subordinator(low)
                    || is_speech(low)
                    || is_auxiliary(low)
                    || is_negative(low)
                    || low == "and"
                    || low == "or"
                {
                    break;
                } else if noun.is_some() {
                    break; // "the city council"
                }
            }
        }
        i += 1;
    }
    // "the city" stands for a place named before.
    let noun = noun?;
    let definite = items[at..noun]
        .iter()
        .any(|item| matches!(item.low.as_str(), "the" | "both" | "its" | "this" | "that"));
    let singular = !items[noun].low.ends_with('s') || items[at..noun].iter().any(|item| item.low == "both");
    let head = items.get(noun + 1).is_none_or(|next| {
        next.kind != ItemKind::Word
            || is_preposition(&next.low)
            || is_subordinator(&next.low)
            || is_auxiliary(&next.low)
            || next.low.ends_with("ly")
            || matches!(
                next.low.as_str(),
                "and" | "or" | "without" | "itself" | "earlier" | "again" | "later"
            )
    });
    (definite && singular && head).then_some(noun)
}

/// Whether a place is meant itself, and is not the first part of a longer noun ("Hama brigade").
fn real_head(items: &[Item], at: usize) -> bool {
    items.get(at + 1).is_none_or(|next| match next.kind {
        ItemKind::Word => {
            is_place_noun(&next.low)
                || is_preposition(&next.low)
                || is_subordinator(&next.low)
                || is_auxiliary(&next.low)
                || is_determiner(&next.low)
                || is_speech(&next.low)
                || is_direction(&next.low)
                || next.low.ends_with("ly")
                || next.low.ends_with("ed")
                || next.low.ends_with("ing")
                || next.name_like
                || matches!(
                    next.low.as_str(),
                    "and"
                        | "or"
                        | "nor"
                        | "then"
                        | "now"
                        | "also"
                        | "itself"
                        | "again"
                        | "late"
                        | "early"
                        | "earlier"
                        | "later"
                        | "last"
                        | "this"
                        | "next"
                        | "yesterday"
                        | "today"
                        | "overnight"
                        | "back"
                        | "so"
                        | "only"
                        | "yet"
                        | "too"
                        | "first"
                        | "not"
                        | "just"
                        | "took"
                        | "fell"
                        | "left"
                        | "would"
                        | "will"
                        | "could"
                        | "may"
                        | "might"
                        | "because"
                        | "alone"
                        | "soon"
                        | "days"
                        | "hours"
                        | "weeks"
                        | "one"
                        | "two"
                        | "three"
                        | "rather"
                        | "instead"
                        | "altogether"
                        | "even"
                        | "already"
                        | "still"
                        | "comes"
                        | "came"
                        | "marks"
                        | "means"
                        | "leaves"
                        | "gives"
                )
        }
        ItemKind::Mark => next.low != "-",
        _ => true,
    })
}

/// The places that are the subject left of a passive verb or of "fell": the nearest noun phrase and what is joined to it.
fn subject_places(items: &[Item], start: usize, partial: &mut bool) -> Vec<usize> {
    let from = clause_start(items, start);
    // A relative clause: "Aleppo, which was captured": the antecedent stands before the pronoun.
    if from > 0 && matches!(items[from - 1].low.as_str(), "which" | "that") {
        let mut i = from - 1;
        while i > 0 {
            i -= 1;
            if matches!(items[i].kind, ItemKind::Place(_)) {
                return vec![i];
            }
            if items[i].low != "," && !is_place_noun(&items[i].low) {
                break;
            }
        }
    }
    let mut best: Option<usize> = None;
    let mut i = from;
    while i < start {
        let item = &items[i];
        let oblique = oblique(items, i, from);
        match item.kind {
            ItemKind::Place(_) if !oblique && !item.possessive && real_head(items, i) => {
                if best.is_none_or(|b| !joined(items, b, i)) {
                    best = Some(i);
                }
            }
            ItemKind::Actor(_) if item.low == "it" && best.is_none() => best = Some(i),
            ItemKind::Word if is_place_noun(&item.low) && !oblique && best.is_none() => {
                let definite = i > from
                    && items[from..i]
                        .iter()
                        .rev()
                        .take(3)
                        .any(|before| matches!(before.low.as_str(), "the" | "both" | "this"));
                let named =
                    items[i + 1..start].iter().take(3).any(|next| matches!(next.kind, ItemKind::Place(_)));
                if definite && !named && !item.low.ends_with('s') {
                    best = Some(i);
                }
            }
            ItemKind::Word
                if is_part(&item.low) && item.low != "capital" && !is_place_noun(&item.low) && !oblique =>
            {
                *partial = true
            }
            _ => {}
        }
        i += 1;
    }
    let Some(first) = best else { return Vec::new() };
    let mut out = vec![first];
    let mut last = first;
    for (j, item) in items.iter().enumerate().take(start).skip(first + 1) {
        if matches!(item.kind, ItemKind::Place(_)) && joined(items, last, j) {
            out.push(j);
            last = j;
        }
    }
    out
}

/// Whether two places are members of one list.
fn joined(items: &[Item], a: usize, b: usize) -> bool {
    let between = &items[a + 1..b];
    !between.is_empty()
        && between.len() <= 4
        && between.iter().any(|item| matches!(item.low.as_str(), "," | "and"))
        && between.iter().all(|item| {
            matches!(item.low.as_str(), "," | "and")
                || is_determiner(&item.low)
                || is_place_noun(&item.low)
                || item.low == "of"
        })
}

/// Whether the noun phrase with item `at` hangs on a preposition other than "of" after a place noun.
fn oblique(items: &[Item], at: usize, from: usize) -> bool {
    let mut i = at;
    while i > from {
        i -= 1;
        let item = &items[i];
        match item.kind {
            ItemKind::Word if is_preposition(&item.low) => {
                return !(item.low == "of"
                    && i > from
                    && (is_place_noun(&items[i - 1].low) || is_part(&items[i - 1].low)));
            }
            ItemKind::Word
                if is_determiner(&item.low) || is_direction(&item.low) || is_place_noun(&item.low) => {}
            ItemKind::Word
                if !is_subordinator(&item.low)
                    && !is_auxiliary(&item.low)
                    && !is_speech(&item.low)
                    && item.low != "and"
                    && !PHRASES.contains_key(&item.low) => {}
            ItemKind::Mark if item.low == "-" => {}
            _ => return false,
        }
    }
    false
}

/// Where the clause of item `at` starts: after a subordinating word, a verb of saying, a semicolon, colon, dash or bracket.
pub(crate) fn clause_start(items: &[Item], at: usize) -> usize {
    (0..at)
        .rev()
        .find(|&i| {
            let item = &items[i];
            match item.kind {
                ItemKind::Word => {
                    is_subordinator(&item.low) || is_speech(&item.low) && !is_participle_adjective(items, i)
                }
                ItemKind::Mark => {
                    matches!(item.low.as_str(), ";" | ":" | "—" | "–" | "(" | ")" | "“" | "”" | "\"")
                }
                _ => false,
            }
        })
        .map_or(0, |i| i + 1)
}

/// "the reported capture": a verb of saying that is only an adjective.
fn is_participle_adjective(items: &[Item], at: usize) -> bool {
    items[at].low.ends_with("ed")
        && at > 0
        && (is_determiner(&items[at - 1].low) || items[at - 1].possessive)
        && items.get(at + 1).is_some_and(|next| next.kind == ItemKind::Word && !is_preposition(&next.low))
}

fn ends_clause(items: &[Item], at: usize) -> bool {
    items.get(at).is_none_or(|item| match item.kind {
        ItemKind::Mark | ItemKind::Time(_) => item.low != "-",
        ItemKind::Word => {
            is_subordinator(&item.low)
                || matches!(
                    item.low.as_str(),
                    "and"
                        | "or"
                        | "but"
                        | "on"
                        | "in"
                        | "without"
                        | "within"
                        | "at"
                        | "by"
                        | "late"
                        | "early"
                        | "overnight"
                        | "to"
                        | "last"
                        | "one"
                        | "next"
                        | "then"
                        | "too"
                        | "completely"
                        | "entirely"
                        | "quickly"
                        | "first"
                        | "second"
                        | "days"
                        | "hours"
                        | "almost"
                )
        }
        _ => false,
    })
}

/// The actor that does what the verb at `verb` says.
pub(crate) fn subject(items: &[Item], verb: usize) -> Option<usize> {
    let from = clause_start(items, verb);
    let hyphen = |i: usize| items.get(i + 1).is_some_and(|next| next.low == "-");
    let actor =
        |i: usize| matches!(items[i].kind, ItemKind::Actor(_)) && !hyphen(i) || country_as_actor(items, i);
    let candidates: Vec<usize> = (from..verb)
        .filter(|&i| actor(i) && !oblique_actor(items, i, from) && !object_of_verb(items, i, from))
        .collect();
    if let Some(&near) = candidates.last() {
        // "Syria's army and its allies": the first of a joined pair leads.
        let first = candidates
            .iter()
            .rev()
            .skip(1)
            .take_while(|&&i| items[i + 1..near].iter().any(|item| item.low == "and") && near - i <= 4)
            .last();
        return Some(first.copied().unwrap_or(near));
    }
    if from == 0 {
        // "After capturing Aleppo, rebels moved on": the subject may follow.
        return None;
    }
    let opener = items[from - 1].low.as_str();
    if matches!(opener, "which" | "who" | "that") && from >= 2 {
        let relative = (0..from - 1).rev().take(6).find(|&i| actor(i) && !items[i].possessive);
        if relative.is_some() && !is_speech(&items[from - 2].low) {
            return relative;
        }
    }
    if matches!(opener, "after" | "before" | "since" | "while" | "when")
        || matches!(items[from - 1].kind, ItemKind::Mark)
    {
        // A gerund shares the subject of its main clause, before it or after the comma.
        return subject(items, from - 1).or_else(|| {
            let comma = (verb..items.len()).find(|&i| items[i].low == ",")?;
            (comma..items.len().min(comma + 5)).find(|&i| actor(i))
        });
    }
    if is_speech(opener) || opener == "that" {
        // "The army claimed to have recaptured": the speaker.
        return subject(items, from - 1);
    }
    None
}

fn country_as_actor(items: &[Item], at: usize) -> bool {
    // Resolved later: a country or a capital that does something ("Russia withdrew its forces").
    matches!(items[at].kind, ItemKind::Place(_))
        && !items[at].possessive
        && items.get(at + 1).is_some_and(|next| {
            next.kind == ItemKind::Word && !is_preposition(&next.low) && !is_place_noun(&next.low)
        })
}

/// An actor that hangs on a preposition is not the subject ("soldiers of the army" is, "with the army" is not).
fn oblique_actor(items: &[Item], at: usize, from: usize) -> bool {
    let mut i = at;
    while i > from {
        i -= 1;
        let item = &items[i];
        match item.kind {
            ItemKind::Word if is_preposition(&item.low) => {
                return item.low != "of"
                    || i > from && matches!(items[i - 1].kind, ItemKind::Actor(_))
                    || i == from;
            }
            ItemKind::Word
                if item.low == "president"
                    || is_determiner(&item.low)
                    || item.low.ends_with("ly")
                    || item.low == "loyal"
                    || item.name_like => {}
            ItemKind::Word
                if !is_auxiliary(&item.low)
                    && !is_subordinator(&item.low)
                    && item.low != "and"
                    && !PHRASES.contains_key(&item.low)
                    && !is_speech(&item.low)
                    && !item.low.ends_with("ed") => {}
            ItemKind::Mark if item.low == "-" => {}
            _ => return false,
        }
    }
    false
}

/// Whether the actor at `at` is what an earlier verb is done to ("drove the army out and seized").
fn object_of_verb(items: &[Item], at: usize, from: usize) -> bool {
    let mut i = at;
    while i > from {
        i -= 1;
        let item = &items[i];
        if item.kind == ItemKind::Word && (is_determiner(&item.low) || item.low.ends_with("ern")) {
            continue;
        }
        return item.kind == ItemKind::Word
            && !is_auxiliary(&item.low)
            && !is_subordinator(&item.low)
            && !is_speech(&item.low)
            && (PHRASES.contains_key(&item.low) || item.low.ends_with("ing") || item.low.ends_with("ed"))
            && i > from;
    }
    false
}

/// The actor after one of these prepositions, behind the object.
fn by_actor(items: &[Item], at: usize, prepositions: &[&str]) -> Option<usize> {
    let mut i = at;
    while let Some(item) = items.get(i).filter(|_| i < at + 22) {
        match item.kind {
            ItemKind::Word if prepositions.contains(&item.low.as_str()) => {
                if let Some(actor) = actor_here(items, i + 1) {
                    return Some(actor);
                }
            }
            ItemKind::Word if is_subordinator(&item.low) || is_speech(&item.low) => return None,
            ItemKind::Word
                if i > at
                    && PHRASES.contains_key(&item.low)
                    && item.low != "control"
                    && item.low != "fall" =>
            {
                return None;
            }
            ItemKind::Mark if matches!(item.low.as_str(), ";" | ":" | "—") => return None,
            _ => {}
        }
        i += 1;
    }
    None
}

/// An actor right here, over determiners and adjectives; a country or capital counts.
fn actor_here(items: &[Item], at: usize) -> Option<usize> {
    let mut i = at;
    while let Some(item) = items.get(i).filter(|_| i < at + 5) {
        match item.kind {
            ItemKind::Actor(_) => return Some(i),
            ItemKind::Place(_)
                if i == at
                    && items.get(i + 1).is_none_or(|next| {
                        next.kind != ItemKind::Word || is_preposition(&next.low) || is_subordinator(&next.low)
                    }) =>
            {
                return Some(i);
            }
            ItemKind::Word if is_preposition(&item.low) || is_subordinator(&item.low) => return None,
            ItemKind::Word => {}
            ItemKind::Mark if item.low == "-" => {}
            _ => return None,
        }
        i += 1;
    }
    None
}

/// "the rebels' capture of": the actor in the possessive right before a noun.
fn possessor(items: &[Item], noun: usize) -> Option<usize> {
    let from = noun.saturating_sub(4);
    let its = items[from..noun].iter().any(|item| matches!(item.low.as_str(), "its" | "their"));
    (from..noun)
        .rev()
        .find(|&i| matches!(items[i].kind, ItemKind::Actor(_) | ItemKind::Place(_)) && items[i].possessive)
        .or_else(|| its.then(|| subject(items, noun)).flatten())
}

/// "rebel-held Saraqib": who held the object before.
fn held_by(items: &[Item], at: usize, places: &[usize]) -> Option<usize> {
    let place = *places.first()?;
    (at..place).find(|&i| matches!(items[i].kind, ItemKind::Actor(_)))
}
