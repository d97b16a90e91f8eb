//! Who acts and who is acted on: subjects, agents behind prepositions, possessors.

use super::clause::{Opener, Parse};
use super::phrase::{actor_in, noun_phrase_end, starts_noun};
use super::tag::Tag;
use super::{Item, ItemKind};

/// The actor among noun phrases; a country or capital by itself counts as its government.
pub(super) fn actor_among(items: &[Item], phrases: &[(usize, usize)]) -> Option<usize> {
    phrases.iter().find_map(|&(from, to)| {
        let to = to.min(items.len());
        actor_in(items, from, to).or_else(|| state_in(items, from, to))
    })
}

/// "Russia", "Kyiv", "the United States": a place that may speak and act.
fn state_in(items: &[Item], from: usize, to: usize) -> Option<usize> {
    let places: Vec<usize> = (from..to).filter(|i| matches!(items[*i].kind, ItemKind::Place(_))).collect();
    let &[place] = places.as_slice() else { return None };
    let alone = (from..to).all(|i| i == place || items[i].kind == ItemKind::Word && items[i].low == "the");
    (alone && !items[place].possessive).then_some(place)
}

/// The actor that does what the verb of clause `clause` says.
pub(crate) fn subject(items: &[Item], parse: &Parse, clause: usize) -> Option<usize> {
    let phrases = parse.subjects(clause);
    if let Some(found) = actor_among(items, phrases) {
        return Some(found);
    }
    if !phrases.is_empty() {
        return None;
    }
    match parse.clauses[clause].opener {
        // "Rebels who captured": whoever the pronoun stands for.
        Opener::Relative(from, to) => actor_among(items, &[(from, to)]),
        _ => None,
    }
}

/// The actor after one of these prepositions, behind item `at` and in its clause.
pub(super) fn behind(items: &[Item], parse: &Parse, at: usize, prepositions: &[&str]) -> Option<usize> {
    let clause = parse.clause_of.get(at.checked_sub(1)?)?;
    let mut i = at;
    while i < items.len() && i < at + 26 {
        if parse.clause_of[i] != *clause {
            // A relative clause may stand between; a new verb of the same rank ends the search.
            let inner = parse.clauses[parse.clause_of[i]].parent == Some(*clause)
                && matches!(
                    parse.clauses[parse.clause_of[i]].opener,
                    Opener::Relative(..) | Opener::Reduced(..)
                );
            if !inner {
                return None;
            }
            i += 1;
            continue;
        }
        let item = &items[i];
        if item.kind == ItemKind::Word
            && prepositions.contains(&item.low.as_str())
            && matches!(parse.tags[i], Tag::Preposition | Tag::To)
            && let Some(found) = actor_here(items, parse, i + 1)
        {
            return Some(found);
        }
        if matches!(item.low.as_str(), ";" | ":") {
            return None;
        }
        i += 1;
    }
    None
}

/// The actor of the noun phrase right here.
pub(super) fn actor_here(items: &[Item], parse: &Parse, at: usize) -> Option<usize> {
    let tags = &parse.tags;
    let mut i = at;
    while tags.get(i).is_some_and(|tag| matches!(tag, Tag::Adverb | Tag::Quote)) {
        i += 1;
    }
    if !tags.get(i).is_some_and(|tag| starts_noun(*tag)) {
        return None;
    }
    let end = noun_phrase_end(items, tags, i).max(i + 1);
    actor_among(items, &[(i, end)])
}

/// "the rebels' capture of": the actor in the possessive before a noun, or the subject that "its" stands for.
pub(super) fn possessor(items: &[Item], parse: &Parse, noun: usize) -> Option<usize> {
    let from = noun.saturating_sub(4);
    let owner = (from..noun)
        .rev()
        .find(|&i| matches!(items[i].kind, ItemKind::Actor(_) | ItemKind::Place(_)) && items[i].possessive);
    // "rebel advance", "army withdrawal from": the word right before.
    let plain = noun.checked_sub(1).filter(|&i| {
        matches!(items[i].kind, ItemKind::Actor(_)) && !matches!(items[i].low.as_str(), "it" | "they")
    });
    let its = items[from..noun].iter().any(|item| matches!(item.low.as_str(), "its" | "their" | "our"));
    owner.or(plain).or_else(|| {
        its.then(|| {
            let clause = parse.clause_of[noun];
            let inside =
                parse.subjects(clause).first().is_some_and(|(from, to)| (*from..*to).contains(&noun));
            if inside { None } else { subject(items, parse, clause) }
        })
        .flatten()
    })
}

/// "rebel-held Saraqib": who held the ground that a phrase names.
pub(super) fn held_by(items: &[Item], from: usize, to: usize) -> Option<usize> {
    (from..to).find(|&i| {
        matches!(items[i].kind, ItemKind::Actor(_))
            && items.get(i + 1).is_some_and(|next| next.low == "-")
            && items.get(i + 2).is_some_and(|next| {
                matches!(next.low.as_str(), "held" | "controlled" | "run" | "occupied" | "ruled")
            })
            || matches!(items[i].kind, ItemKind::Actor(_))
                && items.get(i + 1).is_some_and(|next| {
                    matches!(
                        next.low.as_str(),
                        "stronghold" | "bastion" | "hub" | "base" | "capital" | "foothold"
                    )
                })
    })
}

/// "besieged the town, trapping a garrison": who sits inside.
pub(super) fn trapped(items: &[Item], from: usize) -> Option<usize> {
    let traps = |item: &Item| {
        item.kind == ItemKind::Word
            && matches!(item.low.as_str(), "trapping" | "encircling" | "surrounding" | "isolating")
    };
    let verb = from + items.get(from..)?.iter().position(traps)?;
    (verb + 1..items.len().min(verb + 6)).find(|&i| matches!(items[i].kind, ItemKind::Actor(_)))
}
