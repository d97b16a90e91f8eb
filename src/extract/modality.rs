//! Whether a sentence tells its change as having happened, and who says so.

use super::grammar::{Item, ItemKind, Trigger, clause_start};
use super::lexicon::{
    Form, is_achievement, is_auxiliary, is_be, is_condition, is_denial, is_determiner, is_failure, is_hour,
    is_intention, is_modal, is_negative, is_speech,
};

/// How a sentence tells its change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// As having happened.
    AsFact,
    /// As denied by somebody.
    Denied,
    /// Not as having happened; the reason.
    Not(Silence),
}

/// Why a sentence gives no claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Silence {
    /// "did not", "never", "no".
    Negated,
    /// "failed to", "repelled".
    Failed,
    /// "will", "plans to", "is about to".
    Intended,
    /// "if", "unless", "whether".
    Condition,
    /// A question.
    Question,
    /// "still holds", "remains".
    Static,
}

/// How the words of a rule are told.
pub(crate) fn told(items: &[Item], trigger: &Trigger) -> Told {
    let from = clause_start(items, trigger.start);
    if let Some(told) = governed(items, from) {
        return told;
    }
    // "Reports that Homs had been captured were denied".
    let reported = from >= 2
        && matches!(
            items[from - 2].low.as_str(),
            "reports" | "claims" | "rumours" | "rumors" | "allegations"
        );
    let denied_after = items[trigger.end..].windows(2).any(|pair| {
        is_auxiliary(&pair[0].low)
            && matches!(
                pair[1].low.as_str(),
                "denied" | "rejected" | "dismissed" | "false" | "untrue" | "refuted"
            )
    });
    if reported && denied_after {
        return Told::Denied;
    }
    let question = items.iter().rev().take(3).any(|item| matches!(item.low.as_str(), "?" | "؟"));
    if question {
        return Told::Not(Silence::Question);
    }
    match trigger.form {
        Some(form) => verb(items, trigger, form, from),
        None => noun(items, trigger, from),
    }
}

/// What the words that open the clause make of it: "if", "denied that".
fn governed(items: &[Item], from: usize) -> Option<Told> {
    let opener = from.checked_sub(1).map(|i| items[i].low.as_str())?;
    if is_condition(opener) || opener == "until" {
        return Some(Told::Not(Silence::Condition));
    }
    // "denied that rebels had captured", "rejected claims that", "denied losing".
    let mut i = from - 1;
    let mut steps = 0;
    loop {
        let low = items[i].low.as_str();
        if is_denial(low) && matches!(items[i].kind, ItemKind::Word) {
            return Some(Told::Denied);
        }
        if matches!(items[i].kind, ItemKind::Time(_))
            || matches!(low, "on" | "late" | "early")
            || is_hour(low)
            || steps == 0 && opener == "that"
            || matches!(
                low,
                "claims"
                    | "reports"
                    | "claim"
                    | "report"
                    | "rumours"
                    | "rumors"
                    | "allegations"
                    | "of"
                    | "media"
                    | "it"
                    | "statements"
            )
            || is_determiner(low)
        {
            if is_fear(low) {
                return Some(Told::Not(Silence::Intended));
            }
            steps += 1;
            if i == 0 || steps > 5 {
                break;
            }
            i -= 1;
            if is_fear(&items[i].low) {
                return Some(Told::Not(Silence::Intended));
            }
            continue;
        }
        break;
    }
    None
}

fn is_fear(word: &str) -> bool {
    matches!(
        word,
        "fear"
            | "fears"
            | "feared"
            | "hope"
            | "hopes"
            | "hoped"
            | "expect"
            | "expects"
            | "expected"
            | "predict"
            | "predicts"
            | "predicted"
            | "possibility"
            | "risk"
            | "danger"
            | "chance"
            | "likelihood"
            | "prospect"
            | "threat"
    )
}

/// The verb group left of a verb, and what governs it.
fn verb(items: &[Item], trigger: &Trigger, form: Form, from: usize) -> Told {
    let mut i = trigger.start;
    let mut infinitive = false;
    let mut steps = 0;
    // Inside the verb group: auxiliaries, adverbs, negation, "to".
    while i > from && steps < 7 {
        let item = &items[i - 1];
        let low = item.low.as_str();
        if item.kind != ItemKind::Word {
            break;
        }
        if is_negative(low) {
            return Told::Not(Silence::Negated);
        }
        if is_modal(low) {
            return Told::Not(Silence::Intended);
        }
        if low == "yet" || low == "nearly" || low == "almost" && form != Form::Ing {
            return Told::Not(Silence::Intended);
        }
        if low == "still" && trigger.rule.name == "held" {
            return Told::Not(Silence::Static);
        }
        if low == "to" {
            infinitive = true;
            i -= 1;
            break;
        }
        let adverb = low.ends_with("ly")
            || matches!(
                low,
                "also"
                    | "now"
                    | "then"
                    | "later"
                    | "soon"
                    | "again"
                    | "already"
                    | "since"
                    | "just"
                    | "finally"
                    | "even"
                    | "both"
                    | "together"
                    | "first"
                    | "once"
                    | "all"
                    | "largely"
                    | "so"
                    | "far"
                    | "only"
                    | "never"
                    | "long"
            );
        if !adverb && !is_auxiliary(low) {
            break;
        }
        i -= 1;
        steps += 1;
    }
    if infinitive {
        let perfect = items[i..trigger.start].iter().any(|item| item.low == "have");
        return governor(items, i, from, perfect);
    }
    // Verbs joined by "and" share what governs the first: "vowed to advance and capture Homs".
    if form == Form::Base
        && i > from
        && matches!(items[i - 1].low.as_str(), "and" | "or")
        && let Some(to) = (from..i - 1).rev().find(|&j| {
            items[j].low == "to"
                && items
                    .get(j + 1)
                    .is_some_and(|next| next.kind == ItemKind::Word && !is_determiner(&next.low))
        })
    {
        return governor(items, to, from, false);
    }
    if form == Form::Ing {
        return gerund(items, trigger, i, from);
    }
    if form == Form::Base && trigger.rule.name != "held" {
        // A base form is a fact only in a headline with its subject right before it.
        let subject = i > 0 && matches!(items[i - 1].kind, ItemKind::Actor(_) | ItemKind::Place(_));
        if !subject {
            return Told::Not(Silence::Intended);
        }
    }
    if clause_intends(items, from, trigger.start) {
        return Told::Not(Silence::Condition);
    }
    Told::AsFact
}

/// What governs "to capture": "vowed to", "failed to", "managed to".
fn governor(items: &[Item], to: usize, from: usize, perfect: bool) -> Told {
    let low_from = from.saturating_sub(2);
    if to > 0
        && matches!(items[to - 1].low.as_str(), "had" | "began" | "begun" | "started" | "begins" | "starts")
    {
        // "had to abandon", "began to withdraw" are under way.
        return Told::AsFact;
    }
    for i in (low_from..to).rev().take(7) {
        let low = items[i].low.as_str();
        if items[i].kind == ItemKind::Mark && low == "," {
            break;
        }
        if is_failure(low) {
            return Told::Not(Silence::Failed);
        }
        if is_negative(low) {
            return Told::Not(Silence::Negated);
        }
        if matches!(
            low,
            "managed"
                | "manages"
                | "manage"
                | "succeeded"
                | "went"
                | "helped"
                | "allowed"
                | "allowing"
                | "enabled"
                | "enabling"
                | "forced"
                | "forcing"
                | "compelled"
        ) {
            let denied = items[i.saturating_sub(3)..i].iter().any(|item| is_negative(&item.low));
            return if denied { Told::Not(Silence::Negated) } else { Told::AsFact };
        }
        // "retook it, only to lose it again": told as having happened.
        if low == "only" && i + 1 == to {
            return Told::AsFact;
        }
        if perfect && is_achievement(low) {
            return Told::AsFact;
        }
        if is_denial(low) {
            return Told::Denied;
        }
    }
    if perfect { Told::AsFact } else { Told::Not(Silence::Intended) }
}

/// "after capturing", ", capturing Hama", "are capturing"; not "aimed at capturing", "before capturing".
fn gerund(items: &[Item], trigger: &Trigger, group: usize, from: usize) -> Told {
    if items[group..trigger.start].iter().any(|item| is_be(&item.low)) {
        return Told::AsFact;
    }
    let Some(before) = group.checked_sub(1).map(|i| &items[i]) else { return Told::Not(Silence::Intended) };
    let low = before.low.as_str();
    if is_denial(low) {
        return Told::Denied;
    }
    if matches!(low, "admitted" | "acknowledged" | "conceded" | "confirmed" | "reported") {
        return Told::AsFact;
    }
    let joined = matches!(low, "and" | ",")
        && (from..group).any(|i| {
            items[i].low == "after"
                || items[i].kind == ItemKind::Mark
                || matches!(items[i].kind, ItemKind::Actor(_))
        });
    let told = matches!(
        low,
        "after" | "since" | "following" | "while" | "by" | "besides" | "upon" | "days" | "," | "before"
    ) || joined
        || matches!(before.kind, ItemKind::Time(_));
    let aimed = (from.saturating_sub(3)..group).rev().take(5).any(|i| {
        is_failure(&items[i].low)
            || matches!(
                items[i].low.as_str(),
                "aimed" | "aim" | "hopes" | "hope" | "stop" | "from" | "plans" | "towards" | "instead"
            )
    });
    if told && !aimed { Told::AsFact } else { Told::Not(Silence::Intended) }
}

/// A noun is told as a fact unless something before it wishes, fears, prevents or conditions it, or what follows is "would be".
fn noun(items: &[Item], trigger: &Trigger, from: usize) -> Told {
    let mut i = trigger.start;
    let mut steps = 0;
    while i > from.saturating_sub(3) && steps < 7 {
        i -= 1;
        let item = &items[i];
        let low = item.low.as_str();
        if item.kind == ItemKind::Mark && matches!(low, "," | ";")
            || matches!(item.kind, ItemKind::Actor(_)) && !item.possessive && steps > 0 && item.low != "it"
        {
            break;
        }
        if is_denial(low) {
            return Told::Denied;
        }
        if is_negative(low) {
            return Told::Not(Silence::Negated);
        }
        if is_failure(low) {
            return Told::Not(Silence::Failed);
        }
        let verb_of_wish = is_intention(low)
            && !matches!(
                low,
                "offensive" | "campaign" | "operation" | "start" | "began" | "started" | "advance" | "set"
            );
        if verb_of_wish && item.kind == ItemKind::Word {
            return Told::Not(Silence::Intended);
        }
        if matches!(low, "for" | "until" | "before" | "against" | "or" | "without" | "ahead")
            && trigger.rule.name != "fight"
        {
            return Told::Not(Silence::Intended);
        }
        if matches!(
            low,
            "break"
                | "broke"
                | "broken"
                | "lift"
                | "lifted"
                | "end"
                | "ended"
                | "ending"
                | "lifting"
                | "breaking"
        ) {
            return Told::Not(Silence::Static);
        }
        steps += 1;
    }
    // "The fall of Homs would be".
    let after = items[trigger.end..]
        .iter()
        .take(12)
        .take_while(|item| !matches!(item.low.as_str(), ";" | "," | "that" | "which"))
        .collect::<Vec<_>>();
    if after.iter().any(|item| item.kind == ItemKind::Word && is_modal(&item.low)) {
        return Told::Not(Silence::Intended);
    }
    if trigger.rule.name == "siege-noun"
        && items[trigger.end..]
            .iter()
            .any(|item| matches!(item.low.as_str(), "ended" | "broken" | "lifted" | "was" | "ran" | "lasted"))
    {
        return Told::Not(Silence::Static);
    }
    if clause_intends(items, from, trigger.start) {
        return Told::Not(Silence::Condition);
    }
    // "in control of", "lost control of" are verbs' business; the bare noun "control of" states nothing.
    if items[trigger.start].low == "control" {
        let taken = trigger.start > 0
            && items[..trigger.start].iter().rev().take(2).any(|item| item.low == "takeover");
        return if taken { Told::AsFact } else { Told::Not(Silence::Static) };
    }
    Told::AsFact
}

/// "should rebels take", "in case", "whether": a condition inside the clause itself.
fn clause_intends(items: &[Item], from: usize, to: usize) -> bool {
    items[from..to]
        .first()
        .is_some_and(|item| matches!(item.low.as_str(), "should" | "were") && item.name_like)
        || items[from..to].windows(2).any(|pair| pair[0].low == "in" && pair[1].low == "case")
}

/// Who says what the clause tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The reporter.
    Reporter,
    /// The item that speaks.
    Said(usize),
    /// Somebody of no side, by these words.
    Bystander(usize),
}

/// Who says what the words at `trigger` tell: "the army said", "according to residents", or the reporter.
pub(crate) fn voice(items: &[Item], trigger: &Trigger) -> Voice {
    let speaker = |i: usize| match items[i].kind {
        ItemKind::Actor(_) | ItemKind::Place(_) => Some(i),
        _ => None,
    };
    // "according to X", anywhere in the sentence.
    for (i, item) in items.iter().enumerate() {
        if item.low == "according"
            && items.get(i + 1).is_some_and(|next| next.low == "to")
            && let Some(found) = (i + 2..items.len().min(i + 9))
                .take_while(|&j| !matches!(items[j].low.as_str(), "," | "."))
                .find_map(speaker)
        {
            return said(items, found);
        }
    }
    let verbs: Vec<usize> = (0..items.len())
        .filter(|&i| {
            items[i].kind == ItemKind::Word
                && is_speech(&items[i].low)
                && (i < trigger.start || i >= trigger.end)
        })
        .collect();
    // "X said (that) …": the nearest verb of saying before, if the clause hangs on it.
    if let Some(&verb) = verbs.iter().rev().find(|&&i| i < trigger.start) {
        let hangs = !items[verb + 1..trigger.start].iter().any(|item| {
            matches!(
                item.low.as_str(),
                ";" | "after" | "but" | "while" | "although" | "though" | "which" | "who" | "as" | "when"
            )
        }) && items.get(verb + 1).is_none_or(|next| next.low != ".");
        // "announced an operation and took Tadef": a second verb of the same subject, not what it said.
        let second = items[trigger.start - 1].low == "and"
            && items.get(verb + 1).is_some_and(|next| next.low != "that");
        let hangs = hangs && !second;
        if hangs
            && let Some(found) = (verb.saturating_sub(9)..verb)
                .rev()
                .take_while(|&j| !matches!(items[j].low.as_str(), "." | ";"))
                .find_map(speaker)
        {
            return said(items, found);
        }
    }
    // "…, X said" or "…, said X": behind.
    if let Some(&verb) = verbs.iter().find(|&&i| i >= trigger.end) {
        let comma = (trigger.end..verb)
            .rev()
            .take(10)
            .find(|&j| matches!(items[j].low.as_str(), "," | "”" | "\"" | "’" | "'"));
        if let Some(comma) = comma {
            if let Some(found) = (comma + 1..verb).rev().find_map(speaker) {
                return said(items, found);
            }
            // "…, their spokesman told reporters": whoever the clause is about speaks for itself.
            let own = items[comma..verb]
                .iter()
                .any(|item| matches!(item.low.as_str(), "their" | "its" | "our" | "his"));
            let voiced = items[comma..verb].iter().any(|item| is_office(&item.low));
            if own
                && voiced
                && let Some(subject) = super::grammar::subject(items, trigger.start)
            {
                return Voice::Said(subject);
            }
            if !items[verb].low.starts_with('t')
                && let Some(found) = (verb + 1..items.len().min(verb + 6)).find_map(speaker)
            {
                return said(items, found);
            }
        }
    }
    Voice::Reporter
}

/// Offices that speak for a side.
fn is_office(word: &str) -> bool {
    matches!(
        word,
        "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "commander"
            | "leader"
            | "general"
            | "officer"
            | "chief"
            | "command"
            | "leadership"
    )
}

fn said(items: &[Item], at: usize) -> Voice {
    let bystander = super::lexicon::is_bystander(&items[at].low) && items[at].low != "officials";
    // "a rebel commander", "Syria's state media": the words that follow keep the side; "a monitor" and "residents" have none.
    let near = items[at + 1..].iter().take(2).any(|item| {
        matches!(item.low.as_str(), "observatory" | "monitor" | "residents" | "journalists" | "activists")
    });
    if bystander || near { Voice::Bystander(at) } else { Voice::Said(at) }
}

/// Whether the words of a clause place it in the present or the news of the day: present tense, present perfect, nouns.
pub(crate) fn is_news(items: &[Item], trigger: &Trigger) -> bool {
    let from = clause_start(items, trigger.start);
    let group: Vec<&str> =
        items[from..trigger.start].iter().rev().take(6).map(|item| item.low.as_str()).collect();
    if group.contains(&"had")
        || group.contains(&"previously")
        || group.contains(&"once")
        || group.contains(&"earlier")
    {
        return false;
    }
    // A relative clause is background ("Aleppo, which they took").
    let opener = from.checked_sub(1).map_or("", |i| items[i].low.as_str());
    !matches!(opener, "which" | "who" | "since" | "whose" | "where")
}

/// Whether a preposition or subject before a time makes it another clause's.
pub(crate) fn near_time(items: &[Item], trigger: &Trigger) -> Option<usize> {
    let from = clause_start(items, trigger.start);
    let to = (trigger.end..items.len())
        .find(|&i| {
            let low = items[i].low.as_str();
            items[i].kind == ItemKind::Word && (super::lexicon::is_subordinator(low) || is_speech(low))
                || items[i].kind == ItemKind::Mark && matches!(low, ";" | "—")
        })
        .unwrap_or(items.len());
    let time = |i: &usize| matches!(items[*i].kind, ItemKind::Time(_));
    let after = (trigger.end..to).find(time);
    let before = (from..trigger.start).rev().find(time);
    match (after, before) {
        (Some(a), Some(b)) => Some(if a - trigger.end <= trigger.start - b { a } else { b }),
        (found, None) | (None, found) => found,
    }
}
