//! Who acts and who is acted on: subjects, agents behind prepositions, possessors.

use super::super::lexicon::{
    is_auxiliary, is_determiner, is_hour, is_place_noun, is_preposition, is_speech, is_subordinator,
};
use super::clause::clause_start;
use super::trigger::PHRASES;
use super::{Item, ItemKind};

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

pub(super) fn country_as_actor(items: &[Item], at: usize) -> bool {
    // Resolved later: a country or a capital that does something ("Russia withdrew its forces").
    matches!(items[at].kind, ItemKind::Place(_))
        && !items[at].possessive
        && items.get(at + 1).is_some_and(|next| {
            next.kind == ItemKind::Word && !is_preposition(&next.low) && !is_place_noun(&next.low)
        })
}

/// An actor that hangs on a preposition is not the subject ("soldiers of the army" is, "with the army" is not).
pub(super) fn oblique_actor(items: &[Item], at: usize, from: usize) -> bool {
    let pronoun = matches!(items[at].low.as_str(), "they" | "it" | "we");
    let mut i = at;
    while i > from {
        i -= 1;
        let item = &items[i];
        match item.kind {
            ItemKind::Word if is_preposition(&item.low) => {
                return !(item.low == "of" && of_many(items, i, from));
            }
            // A phrase of time before the subject: "by noon rebels had", "in the north-east the last soldiers".
            ItemKind::Word if pronoun || is_hour(&item.low) => return false,
            ItemKind::Word if is_determiner(&item.low) => {
                let hangs =
                    i > from && items[i - 1].kind == ItemKind::Word && is_preposition(&items[i - 1].low);
                return hangs && !(items[i - 1].low == "of" && of_many(items, i - 1, from));
            }
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

/// "units of the army", "hundreds of rebels": the words before this "of" only count or portion out.
fn of_many(items: &[Item], of: usize, from: usize) -> bool {
    of > from
        && matches!(
            items[of - 1].low.as_str(),
            "hundreds"
                | "thousands"
                | "dozens"
                | "members"
                | "men"
                | "units"
                | "columns"
                | "fighters"
                | "soldiers"
                | "convoys"
                | "heroes"
                | "detachments"
        )
}

/// Whether the actor at `at` is what an earlier verb is done to ("drove the army out and seized").
pub(super) fn object_of_verb(items: &[Item], at: usize, from: usize) -> bool {
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
            && !is_hour(&item.low)
            && (PHRASES.contains_key(&item.low) || item.low.ends_with("ing") || item.low.ends_with("ed"))
            && i > from;
    }
    false
}

/// The actor after one of these prepositions, behind the object.
pub(super) fn by_actor(items: &[Item], at: usize, prepositions: &[&str]) -> Option<usize> {
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
pub(super) fn actor_here(items: &[Item], at: usize) -> Option<usize> {
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
pub(super) fn possessor(items: &[Item], noun: usize) -> Option<usize> {
    let from = noun.saturating_sub(4);
    let its = items[from..noun].iter().any(|item| matches!(item.low.as_str(), "its" | "their"));
    (from..noun)
        .rev()
        .find(|&i| matches!(items[i].kind, ItemKind::Actor(_) | ItemKind::Place(_)) && items[i].possessive)
        .or_else(|| its.then(|| subject(items, noun)).flatten())
}

/// "rebel-held Saraqib": who held the object before.
pub(super) fn held_by(items: &[Item], at: usize, places: &[usize]) -> Option<usize> {
    let place = *places.first()?;
    (at..place).find(|&i| matches!(items[i].kind, ItemKind::Actor(_)))
}
