//! Whether a noun ("the fall of Hama") is told as having happened.

use super::{Silence, Told, group};
use crate::extract::grammar::{Item, ItemKind, Parse, Tag, Trigger};
use crate::extract::lexicon::{is_denial, is_failure, is_fear, is_intention, is_rumour};
use crate::extract::rules::Frame;

/// A noun is told as a fact unless what governs it wishes, fears, prevents or conditions it, or its clause only may be.
#[expect(
    clippy::too_many_lines,
    reason = "each case is one kind of governor, in the order in which they decide"
)]
pub(super) fn noun(items: &[Item], parse: &Parse, at: usize, trigger: &Trigger) -> Option<Told> {
    let clause = &parse.clauses[at];
    let verb = clause.verb.as_ref();
    // Words right before, in the same noun phrase or the one it hangs on: "reports of the fall of", "an attempt at the capture".
    let from = verb.filter(|verb| verb.end <= trigger.start).map_or(clause.start, |verb| verb.end);
    for (steps, i) in (from.min(trigger.start)..trigger.start).rev().enumerate() {
        let item = &items[i];
        let low = item.low.as_str();
        if item.kind == ItemKind::Mark && low == ","
            || matches!(item.kind, ItemKind::Actor(_)) && !item.possessive && steps > 2
            || steps > 7
        {
            break;
        }
        if item.kind == ItemKind::Word {
            if is_denial(low) {
                return Some(Told::Denied);
            }
            if is_rumour(low) {
                return Some(Told::Not(Silence::Rumour));
            }
            if matches!(low, "no" | "not" | "any") {
                return Some(Told::Not(Silence::Negated));
            }
            if is_failure(low) {
                return Some(Told::Not(Silence::Failed));
            }
            let wish = is_intention(low)
                && !matches!(
                    low,
                    "offensive"
                        | "campaign"
                        | "operation"
                        | "start"
                        | "began"
                        | "started"
                        | "advance"
                        | "set"
                        | "push"
                        | "drive"
                        | "fight"
                        | "battle"
                        | "fighting"
                );
            if wish || is_fear(low) {
                return Some(Told::Not(Silence::Intended));
            }
            let away = matches!(
                low,
                "for" | "until" | "against" | "or" | "without" | "ahead" | "towards" | "toward"
            ) || low == "before"
                && parse.tags[i] == Tag::Preposition
                && verb.is_none_or(|verb| verb.modal);
            if away && trigger.rule.frame != Frame::Fight {
                return Some(Told::Not(Silence::Intended));
            }
        }
    }
    let object = verb.filter(|verb| verb.end <= trigger.start);
    if let Some(verb) = object {
        let low = items[verb.head].low.as_str();
        let near = trigger.start - verb.end <= 6;
        if near && is_denial(low) {
            return Some(if verb.negated { Told::AsFact } else { Told::Denied });
        }
        if near && is_failure(low) {
            return Some(Told::Not(Silence::Failed));
        }
        let wish = is_fear(low)
            || matches!(
                low,
                "want"
                    | "wants"
                    | "wanted"
                    | "plan"
                    | "plans"
                    | "planned"
                    | "planning"
                    | "demand"
                    | "demands"
                    | "demanded"
                    | "ordered"
                    | "orders"
                    | "order"
                    | "seek"
                    | "seeks"
                    | "sought"
                    | "urged"
                    | "avoid"
                    | "avoided"
                    | "threatened"
                    | "threatens"
                    | "begin"
                    | "prepare"
                    | "prepared"
                    | "preparing"
                    | "stop"
                    | "stopped"
                    | "halted"
                    | "attempt"
                    | "attempted"
                    | "promised"
                    | "vowed"
                    | "discuss"
                    | "discussed"
                    | "rehearsed"
                    | "mean"
                    | "require"
                    | "hoped"
                    | "awaited"
                    | "await"
            );
        if near && wish {
            return Some(Told::Not(Silence::Intended));
        }
        if near
            && matches!(
                low,
                "broke"
                    | "broken"
                    | "break"
                    | "breaks"
                    | "breaking"
                    | "lifted"
                    | "lift"
                    | "lifts"
                    | "lifting"
                    | "ended"
                    | "end"
                    | "ends"
                    | "ending"
                    | "relieved"
            )
        {
            return Some(Told::Not(Silence::Static));
        }
        if let Some(told) = group(items, parse, at) {
            // "could not prevent the fall of Hama": it fell.
            let prevented = near && matches!(low, "prevent" | "stop" | "halt" | "avert" | "avoid");
            return if prevented && verb.negated { None } else { Some(told) };
        }
    } else if let Some(told) = group(items, parse, at) {
        // "The fall of Homs would be a disaster": the noun is the subject. "The capture of Hama did not end the war" stays true.
        if told != Told::Not(Silence::Negated) {
            return Some(told);
        }
    }
    if trigger.rule.frame == Frame::SiegeNoun {
        let ended = items.iter().any(|item| {
            item.kind == ItemKind::Word
                && matches!(
                    item.low.as_str(),
                    "ended"
                        | "ending"
                        | "end"
                        | "broken"
                        | "broke"
                        | "lifted"
                        | "lifting"
                        | "lift"
                        | "ran"
                        | "lasted"
                        | "relieved"
                        | "after"
                )
        });
        let past = verb.is_some_and(|verb| {
            matches!(items[verb.head].low.as_str(), "was" | "were" | "killed" | "had" | "began" | "cost")
        });
        if ended || past {
            return Some(Told::Not(Silence::Static));
        }
    }
    // The bare noun "control of" states nothing; the verbs before it do.
    if items[trigger.start].low == "control" {
        return Some(Told::Not(Silence::Static));
    }
    None
}
