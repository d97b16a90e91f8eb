//! Which ground the words of a rule speak of: noun phrases, lists, subjects of passives, relative clauses.

use super::super::lexicon::{
    is_around, is_auxiliary, is_determiner, is_direction, is_hour, is_negative, is_part, is_place_noun,
    is_preposition, is_speech, is_subordinator,
};
use super::clause::clause_start;
use super::trigger::PHRASES;
use super::{Item, ItemKind};

/// "Aleppo, which the rebels seized": the place that a relative pronoun before `from` stands for.
pub(super) fn antecedent(items: &[Item], from: usize) -> Option<usize> {
    let pronoun = from.checked_sub(1).filter(|&i| matches!(items[i].low.as_str(), "which" | "that"))?;
    let before = (0..pronoun)
        .rev()
        .take_while(|&i| items[i].low == "," || matches!(items[i].kind, ItemKind::Place(_)));
    before.into_iter().find(|&i| matches!(items[i].kind, ItemKind::Place(_)))
}

/// The places that are the object from `at` on: the first noun phrase, and what is joined to it by commas and "and".
pub(super) fn object_places(items: &[Item], at: usize, partial: &mut bool) -> Vec<usize> {
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
                    && items[next..place].iter().all(may_open_member)
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

/// Words that may stand before a further member of a list: "the town of", "nearby", "rebel-held".
pub(super) fn may_open_member(item: &Item) -> bool {
    match item.kind {
        ItemKind::Word => {
            is_determiner(&item.low)
                || is_place_noun(&item.low)
                || is_direction(&item.low)
                || looks_like_adjective(&item.low) && !PHRASES.contains_key(&item.low)
                || matches!(item.low.as_str(), "of" | "held" | "nearby" | "key")
        }
        ItemKind::Actor(_) => true,
        ItemKind::Mark => item.low == "-",
        _ => false,
    }
}

/// Whether an ordinary word before a name is likely an adjective ("neighbouring Hama", "strategic Saraqib").
pub(super) fn looks_like_adjective(word: &str) -> bool {
    ["ing", "ed", "ic", "ern", "al", "ous", "ive", "ful", "ant", "ent", "ary"]
        .iter()
        .any(|ending| word.ends_with(ending))
}

/// Steps over "in Idlib province", "near the border", "on Thursday", "province" behind a place.
pub(super) fn skip_place_tail(items: &[Item], mut i: usize) -> usize {
    loop {
        match items.get(i) {
            Some(item) if matches!(item.kind, ItemKind::Time(_)) || is_hour(&item.low) => i += 1,
            Some(item) if item.kind == ItemKind::Word && is_place_noun(&item.low) => i += 1,
            Some(item)
                if matches!(item.low.as_str(), "on" | "late" | "early")
                    && items.get(i + 1).is_some_and(|next| matches!(next.kind, ItemKind::Time(_))) =>
            {
                i += 2;
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
                let hour = items.get(j).is_some_and(|item| is_hour(&item.low));
                if hour || items.get(j).is_some_and(|item| matches!(item.kind, ItemKind::Place(_))) {
                    i = j + 1;
                } else {
                    return i;
                }
            }
            _ => return i,
        }
    }
}

/// Whether a place is the subject of what follows, and so no member of the list before it.
pub(super) fn starts_new_clause(items: &[Item], place: usize) -> bool {
    items.get(place + 1).is_some_and(|item| item.kind == ItemKind::Word && is_auxiliary(&item.low))
}

pub(super) fn apposition_end(items: &[Item], at: usize) -> Option<usize> {
    let opens = items.get(at).is_some_and(|item| is_determiner(&item.low));
    if !opens {
        return None;
    }
    let comma = items[at..].iter().take(12).position(|item| item.low == ",")?;
    Some(at + comma + 1)
}

/// The place that heads the noun phrase at `at`, or the noun that stands for one ("the city"), or "it".
pub(super) fn noun_phrase(items: &[Item], at: usize, partial: &mut bool) -> Option<usize> {
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
            ItemKind::Actor(_) | ItemKind::Time(_) => {}
            ItemKind::Mark if matches!(item.low.as_str(), "-" | "\"" | "“" | "”") => {}
            ItemKind::Mark => break,
            ItemKind::Word => {
                let low = item.low.as_str();
                if is_portion(low) {
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
                    // "the capital of Anbar province" is a city in it.
                    if i > at && items[i - 1].low == "capital" {
                        break;
                    }
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
    // "the K1 airbase", "the base of Division 17": something with a name of its own.
    if items[at..noun].iter().any(|item| item.kind == ItemKind::Word && item.name_like)
        || items
            .get(noun + 1)
            .is_some_and(|next| next.low == "of" || next.kind == ItemKind::Word && next.name_like)
    {
        return None;
    }
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

/// "parts of", "several districts of", "the villages of": not the place as a whole.
fn is_portion(word: &str) -> bool {
    const MANY: [&str; 7] =
        ["quarter", "quarters", "neighbourhoods", "neighborhoods", "suburbs", "districts", "villages"];
    is_part(word) && !is_place_noun(word) || MANY.contains(&word)
}

/// Whether a place is meant itself, and is not the first part of a longer noun ("Hama brigade").
pub(super) fn real_head(items: &[Item], at: usize) -> bool {
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
                        | "almost"
                        | "remains"
                        | "remained"
                        | "stays"
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
pub(super) fn subject_places(items: &[Item], start: usize, partial: &mut bool) -> Vec<usize> {
    let from = clause_start(items, start);
    // "Aleppo, which was captured".
    if let Some(place) = antecedent(items, from) {
        return vec![place];
    }
    let mut best: Option<usize> = None;
    let mut last_place: Option<usize> = None;
    let mut i = from;
    while i < start {
        let item = &items[i];
        let oblique = oblique(items, i, from);
        match item.kind {
            ItemKind::Place(_) if !oblique && !item.possessive && real_head(items, i) => {
                if last_place.is_none_or(|last| !joined(items, last, i)) {
                    best = Some(i);
                }
                last_place = Some(i);
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
                *partial = true;
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
pub(super) fn joined(items: &[Item], a: usize, b: usize) -> bool {
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
pub(super) fn oblique(items: &[Item], at: usize, from: usize) -> bool {
    let mut i = at;
    while i > from {
        i -= 1;
        let item = &items[i];
        match item.kind {
            ItemKind::Word if is_preposition(&item.low) => {
                return !(item.low == "of"
                    && i > from
                    && items[i - 1].low != "capital"
                    && (is_place_noun(&items[i - 1].low)
                        || is_part(&items[i - 1].low)
                        || matches!(items[i - 1].low.as_str(), "all" | "whole" | "control")));
            }
            ItemKind::Word
                if is_determiner(&item.low)
                    || is_direction(&item.low)
                    || is_place_noun(&item.low)
                    || looks_like_adjective(&item.low) && !is_speech(&item.low) => {}
            ItemKind::Mark if item.low == "-" => {}
            _ => return false,
        }
    }
    false
}
