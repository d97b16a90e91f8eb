//! Which ground a noun phrase means: the place it names, the town it stands for, a part of it, or none.

use super::super::lexicon::{
    is_around, is_determiner, is_direction, is_facility, is_hour, is_part, is_place_noun, is_post,
};
use super::clause::Parse;
use super::phrase::{noun_phrase_end, starts_noun};
use super::tag::Tag;
use super::{Item, ItemKind};

/// Ground that words speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ground {
    /// A place, a noun that stands for one ("the city"), or a pronoun.
    pub(crate) item: usize,
    /// The place it belongs to: "Hama's airport".
    pub(crate) owner: Option<usize>,
    /// Only a part of it is meant.
    pub(crate) partial: bool,
    /// Several are meant: "both towns".
    pub(crate) plural: bool,
    /// The noun behind the place: "the Euphrates city" is a city, if the Euphrates is none.
    pub(crate) noun: Option<usize>,
}

/// The ground of the noun phrase from `from` up to `to`.
#[expect(clippy::too_many_lines, reason = "one pass over the words, a case for each kind of word")]
pub(super) fn ground(items: &[Item], tags: &[Tag], from: usize, to: usize) -> Option<Ground> {
    let mut place: Option<usize> = None;
    let mut noun: Option<usize> = None;
    let mut owner: Option<usize> = None;
    let mut behind: Option<usize> = None;
    let mut other = false;
    let mut partial = false;
    let mut i = from;
    while i < to {
        let item = &items[i];
        let low = item.low.as_str();
        match item.kind {
            ItemKind::Place(_) => {
                if item.possessive {
                    (owner, place, noun) = (Some(i), None, None);
                } else {
                    (place, noun, behind) = (Some(i), None, None);
                }
                other = false;
            }
            ItemKind::Actor(_) => {
                if matches!(low, "it" | "they") && to == from + 1 {
                    return Some(Ground {
                        item: i,
                        owner: None,
                        partial: false,
                        plural: low == "they",
                        noun: None,
                    });
                }
                let held = items.get(i + 1).is_some_and(|next| next.low == "-");
                let before_noun = (i + 1..to).any(|j| tags[j] == Tag::Noun || tags[j] == Tag::Place);
                other |= place.is_some() || !held && !before_noun && !item.possessive;
            }
            ItemKind::Word if tags[i] == Tag::Pronoun => {
                let stands = matches!(low, "them" | "both" | "there" | "those") && to == from + 1;
                return stands.then_some(Ground {
                    item: i,
                    owner: None,
                    partial: false,
                    plural: low != "there",
                    noun: None,
                });
            }
            ItemKind::Word
                if tags[i] == Tag::Preposition
                // "of": what stands before must be ground or a part of it.
                && low == "of" =>
            {
                let before = items[i - 1].low.as_str();
                if before == "capital" && i > from + 1 && !matches!(items[i - 2].low.as_str(), "the" | "its")
                {
                    return None;
                }
                if other && !is_measure(before) || before == "capital" {
                    return None;
                }
                if is_around(before) || is_direction(before) {
                    return None;
                }
                other = false;
                noun = None;
            }
            ItemKind::Word if is_portion(low) && items.get(i + 1).is_some_and(|next| next.low == "of") => {
                if low == "villages" {
                    return None;
                }
                partial = true;
            }
            ItemKind::Word if is_around(low) => return None,
            ItemKind::Word if is_place_noun(low) && tags[i] != Tag::Determiner => {
                if item.possessive {
                    (noun, other) = (None, false);
                    owner = None;
                } else if place.is_some() {
                    if is_portion(low) {
                        partial = true;
                    } else if is_facility(low) {
                        (owner, place, noun) = (place, None, Some(i));
                    } else {
                        behind = Some(i);
                    }
                } else {
                    noun = Some(i);
                    other = false;
                }
            }
            ItemKind::Word if is_measure(low) || low == "itself" => {}
            ItemKind::Word if tags[i] == Tag::Noun => {
                let next_noun = (i + 1..to).take_while(|j| tags[*j] != Tag::Preposition).any(|j| {
                    matches!(tags[j], Tag::Place) || tags[j] == Tag::Noun && is_place_noun(&items[j].low)
                });
                // "transport junction", "border town", "the army stronghold Saraqib": what follows is the head.
                other |= !next_noun;
                if item.possessive {
                    other = false;
                }
            }
            _ => {}
        }
        i += 1;
    }
    if other {
        return None;
    }
    if let Some(item) = place {
        return Some(Ground { item, owner: None, partial, plural: false, noun: behind });
    }
    let item = noun?;
    // "the K1 airbase", "the base of Division 17": something with a name of its own.
    if items[from..item]
        .iter()
        .any(|word| word.kind == ItemKind::Word && word.name_like && !is_determiner(&word.low))
        && owner.is_none()
    {
        return None;
    }
    let both = items[from..item].iter().any(|word| matches!(word.low.as_str(), "both" | "two" | "three"));
    let definite = both
        || owner.is_some()
        || items[from..item]
            .iter()
            .any(|word| matches!(word.low.as_str(), "the" | "its" | "this" | "that" | "their" | "all"));
    let singular = !items[item].low.ends_with('s');
    (definite && (singular || both)).then_some(Ground {
        item,
        owner,
        partial,
        plural: both && !singular,
        noun: None,
    })
}

/// Words that measure ground and are none: "control of", "all of", "the whole of".
fn is_measure(word: &str) -> bool {
    is_part(word) && !is_place_noun(word)
        || matches!(
            word,
            "control" | "all" | "whole" | "entirety" | "share" | "length" | "name" | "percent" | "cent"
        )
}

/// "parts of", "several districts of", "the villages of": not the place as a whole.
pub(super) fn is_portion(word: &str) -> bool {
    const MANY: [&str; 8] = [
        "quarter",
        "quarters",
        "neighbourhoods",
        "neighborhoods",
        "suburbs",
        "districts",
        "villages",
        "blocks",
    ];
    is_part(word) && !is_place_noun(word) || MANY.contains(&word)
}

/// The grounds of the noun phrase at `at` and of those joined to it by commas and "and".
pub(super) fn grounds(items: &[Item], parse: &Parse, at: usize) -> Vec<Ground> {
    let tags = &parse.tags;
    let mut out: Vec<Ground> = Vec::new();
    let mut i = at;
    while tags.get(i).is_some_and(|tag| matches!(tag, Tag::Adverb | Tag::Quote)) {
        i += 1;
    }
    let Some(clause) = parse.clause_of.get(i) else { return out };
    // "overran that of Brigade 93".
    if items.get(i).is_some_and(|item| matches!(item.low.as_str(), "that" | "those"))
        && items.get(i + 1).is_some_and(|next| next.low == "of")
    {
        i += 2;
    }
    if let Some(found) = last_hold(items, tags, i) {
        return vec![found];
    }
    let mut part_of_list = false;
    loop {
        // "from inside the city", "over to": a share without "of" first: "most", "about half".
        if !tags.get(i).is_some_and(|tag| starts_noun(*tag)) || parse.clause_of[i] != *clause {
            break;
        }
        let end = noun_phrase_end(items, tags, i).max(i + 1);
        let found = ground(items, tags, i, end);
        if let Some(found) = found {
            // "Hama, the country's fourth city," is one place.
            let apposition = !out.is_empty() && !matches!(items[found.item].kind, ItemKind::Place(_));
            if !apposition {
                // "the provincial capital, Ghazni": the name, not the noun before it.
                if let Some(last) = out.last_mut()
                    && !matches!(items[last.item].kind, ItemKind::Place(_) | ItemKind::Actor(_))
                    && !part_of_list
                    && !last.plural
                    && last.owner.is_none()
                {
                    *last = found;
                } else {
                    out.push(found);
                }
            }
        } else {
            let portion = (i..end).any(|j| is_portion(&items[j].low));
            if portion
                && out.is_empty()
                && let Some(whole) = whole(items, tags, end)
            {
                out.push(whole);
                break;
            }
            let head = end - 1;
            let stands = (i..end).any(|j| is_place_noun(&items[j].low) && !items[j].possessive) && !portion
                || matches!(items[head].low.as_str(), "prize" | "key" | "gateway" | "crossroads");
            // "a provincial capital, Ghazni", ", the tenth they have won,": stepped over.
            if out.is_empty() && !stands {
                // "control of most of Hama" has its share before a preposition that ends the phrase.
                break;
            }
            if !stands && !is_determiner(&items[i].low) {
                break;
            }
        }
        i = tail(items, tags, end);
        let mut next = i;
        let (mut joined, mut conjunction) = (false, false);
        while let Some(item) = items.get(next) {
            match item.low.as_str() {
                "," | "—" | "–" => joined = true,
                "and" | "&" | "or" | "plus" => (joined, conjunction) = (true, true),
                "as" if items.get(next + 1).is_some_and(|next| next.low == "well")
                    && items.get(next + 2).is_some_and(|next| next.low == "as") =>
                {
                    (joined, conjunction) = (true, true);
                    next += 2;
                }
                "along" | "together" if items.get(next + 1).is_some_and(|next| next.low == "with") => {
                    (joined, conjunction) = (true, true);
                    next += 1;
                }
                "then" | "also" | "later" | "both" | "finally" => {}
                _ => break,
            }
            next += 1;
        }
        if !joined {
            break;
        }
        part_of_list = conjunction;
        i = next;
    }
    out
}

/// "the last military outpost in Maungdaw": who takes the last hold in a town has the town.
fn last_hold(items: &[Item], tags: &[Tag], at: usize) -> Option<Ground> {
    let mut noun = at;
    while items.get(noun).is_some_and(|item| {
        item.kind == ItemKind::Word && !is_hold(&item.low) && tags[noun] != Tag::Preposition
            || matches!(item.kind, ItemKind::Actor(_))
    }) {
        noun += 1;
    }
    let last = items[at..noun].iter().any(|item| matches!(item.low.as_str(), "last" | "final" | "only"));
    let inside = items.get(noun + 1).is_some_and(|item| matches!(item.low.as_str(), "in" | "inside"));
    if !last || !inside || !items.get(noun).is_some_and(|item| is_hold(&item.low)) {
        return None;
    }
    let end = noun_phrase_end(items, tags, noun + 2);
    let place = (noun + 2 < end).then(|| ground(items, tags, noun + 2, end)).flatten()?;
    matches!(items[place.item].kind, ItemKind::Place(_)).then_some(place)
}

/// What the last of a town's defenders hold.
fn is_hold(noun: &str) -> bool {
    is_post(noun) || matches!(noun, "stronghold" | "foothold" | "pocket" | "holdout")
}

/// "several districts in the south of Tripoli": the place that a share before a preposition is of.
fn whole(items: &[Item], tags: &[Tag], at: usize) -> Option<Ground> {
    if !items.get(at).is_some_and(|item| matches!(item.low.as_str(), "in" | "of" | "inside")) {
        return None;
    }
    let mut from = at + 1;
    while items.get(from).is_some_and(|item| {
        matches!(item.low.as_str(), "the" | "of")
            || is_direction(&item.low)
            || matches!(item.low.as_str(), "centre" | "center" | "heart")
    }) {
        from += 1;
    }
    let end = noun_phrase_end(items, tags, from).max(from);
    let found = (from < end).then(|| ground(items, tags, from, end)).flatten()?;
    Some(Ground { partial: true, ..found })
}

/// Steps over what describes a place and is none: "in Idlib province", "near the border", "on Thursday".
fn tail(items: &[Item], tags: &[Tag], mut i: usize) -> usize {
    loop {
        match items.get(i) {
            Some(item) if matches!(item.kind, ItemKind::Time(_)) || is_hour(&item.low) => i += 1,
            Some(item) if tags[i] == Tag::Adverb && item.kind == ItemKind::Word => i += 1,
            Some(item)
                if matches!(item.low.as_str(), "on" | "late" | "early")
                    && items.get(i + 1).is_some_and(|next| matches!(next.kind, ItemKind::Time(_))) =>
            {
                i += 2;
            }
            Some(item)
                if matches!(
                    item.low.as_str(),
                    "in" | "near" | "at" | "on" | "outside" | "close" | "south" | "north" | "east" | "west"
                ) && item.kind == ItemKind::Word =>
            {
                let mut next = i + 1;
                while items.get(next).is_some_and(|item| matches!(item.low.as_str(), "to" | "of" | "the"))
                    && tags[next] != Tag::To
                {
                    next += 1;
                }
                if !tags.get(next).is_some_and(|tag| starts_noun(*tag)) {
                    return i;
                }
                let end = noun_phrase_end(items, tags, next).max(next + 1);
                let named = (next..end).any(|j| {
                    matches!(items[j].kind, ItemKind::Place(_))
                        || is_place_noun(&items[j].low)
                        || is_hour(&items[j].low)
                        || is_direction(&items[j].low)
                        || matches!(
                            items[j].low.as_str(),
                            "border" | "river" | "coast" | "highway" | "road" | "country" | "area"
                        )
                });
                if !named {
                    return i;
                }
                i = end;
            }
            // "Hama (pop. 500,000)".
            Some(item) if item.low == "(" => {
                let Some(close) = items[i..].iter().take(14).position(|item| item.low == ")") else {
                    return i;
                };
                i += close + 1;
            }
            _ => return i,
        }
    }
}
