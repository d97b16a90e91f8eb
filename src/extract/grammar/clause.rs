//! Where a clause starts and ends.

use super::super::lexicon::{is_determiner, is_preposition, is_speech, is_subordinator};
use super::{Item, ItemKind};

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
pub(super) fn is_participle_adjective(items: &[Item], at: usize) -> bool {
    items[at].low.ends_with("ed")
        && at > 0
        && (is_determiner(&items[at - 1].low) || items[at - 1].possessive)
        && items.get(at + 1).is_some_and(|next| next.kind == ItemKind::Word && !is_preposition(&next.low))
}

pub(super) fn ends_clause(items: &[Item], at: usize) -> bool {
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
