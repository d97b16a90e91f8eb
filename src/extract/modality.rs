//! Whether a sentence tells its change as having happened, and who says so.
//!
//! The verb of the clause is judged first, then, clause by clause outwards, what each hangs on: "vowed to", "denied that",
//! "if". Verbs that entail what follows them ("managed to", "forced to") and verbs that do not ("failed to", "planned to")
//! are told apart as in Karttunen 1971, *Implicative verbs*.

mod noun;
mod voice;

pub(crate) use voice::{Voice, voice};

use super::grammar::{Item, ItemKind, Opener, Parse, Tag, Trigger};
use super::lexicon::{
    Form, is_achievement, is_condition, is_denial, is_failure, is_fear, is_intention, is_modal, is_negative,
    is_rumour, is_speech,
};
use super::rules::Frame;

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

crate::named::named! {
    /// Why words of control give no claim.
    Silence {
        /// "did not", "never", "no".
        Negated = "negated",
        /// "failed to", "repelled".
        Failed = "failed",
        /// "vowed to", "an attempt to", "will".
        Intended = "plan, order or prediction",
        /// "if", "unless", "whether".
        Condition = "condition",
        /// A question.
        Question = "question",
        /// "rumours that".
        Rumour = "rumour",
        /// "still holds", "remains".
        Static = "possession that lasts, no change",
        /// "captured soldiers", "fell silent": the words mean something else here.
        Sense = "no ground is named",
        /// No armed side does it.
        Unarmed = "no armed side does it",
        /// A country, a river, or near a place.
        Ground = "no ground that changes hands",
        /// An attack, an approach, shelling.
        Attack = "attack or approach, no change of control",
        /// A place is named and no word of control.
        Mention = "no word of control",
    }
}

/// How the words of a rule are told.
pub(crate) fn told(items: &[Item], parse: &Parse, trigger: &Trigger) -> Told {
    let at = parse.clause_of[trigger.start];
    let first = match trigger.form {
        Some(_) => verb(items, parse, at, trigger),
        None => noun::noun(items, parse, at, trigger),
    };
    if let Some(told) = first {
        return told;
    }
    if let Some(told) = outwards(items, parse, at) {
        return told;
    }
    if items.iter().rev().take(3).any(|item| matches!(item.low.as_str(), "?" | "؟")) {
        return Told::Not(Silence::Question);
    }
    if denied_after(items, parse, trigger) {
        return Told::Denied;
    }
    Told::AsFact
}

/// "Reports that Homs had been captured were denied", "… which Ukraine denied", "… a claim that Kyiv rejected".
fn denied_after(items: &[Item], parse: &Parse, trigger: &Trigger) -> bool {
    let reported = (0..trigger.start).any(|i| {
        matches!(
            items[i].low.as_str(),
            "reports" | "claims" | "rumours" | "rumors" | "allegations" | "report" | "claim"
        ) && parse.tags[i] == Tag::Noun
    });
    let denied = items[trigger.end..].windows(2).any(|pair| {
        matches!(pair[0].low.as_str(), "was" | "were" | "are" | "is" | "been")
            && matches!(
                pair[1].low.as_str(),
                "denied" | "rejected" | "dismissed" | "false" | "untrue" | "refuted" | "baseless"
            )
    });
    let far_off = items[trigger.end..]
        .windows(3)
        .any(|run| run[0].low == "out" && run[1].low == "of" && run[2].low == "touch");
    reported && (denied || far_off)
}

/// What the verb group of a clause makes of what it tells.
fn group(items: &[Item], parse: &Parse, at: usize) -> Option<Told> {
    let clause = &parse.clauses[at];
    let verb = clause.verb.as_ref()?;
    let words = &items[verb.start..verb.end];
    if verb.negated && !words.iter().any(|item| item.low == "only") {
        return Some(Told::Not(Silence::Negated));
    }
    // "could not", "would", "may": nothing has happened; "was able to" is no modal.
    if verb.modal {
        return Some(Told::Not(Silence::Intended));
    }
    if words.iter().any(|item| matches!(item.low.as_str(), "nearly" | "almost" | "yet" | "virtually"))
        && !words.iter().any(|item| item.low == "now")
    {
        return Some(Told::Not(Silence::Failed));
    }
    // "no rebels entered", "neither side has taken".
    let nobody = clause.subjects.first().is_some_and(|(from, _)| {
        matches!(items[*from].low.as_str(), "no" | "neither" | "nobody" | "nothing" | "none")
    });
    nobody.then_some(Told::Not(Silence::Negated))
}

fn verb(items: &[Item], parse: &Parse, at: usize, trigger: &Trigger) -> Option<Told> {
    // "remains under siege", "still holds".
    group(items, parse, at).or_else(|| {
        let verb = parse.clauses[at].verb.as_ref()?;
        // A plain base form that is neither infinitive nor after a helper is an order or a headline.
        let bare = verb.form == Form::Base
            && !verb.infinitive
            && !verb.modal
            && verb.start == verb.head
            && parse.subjects(at).is_empty()
            && !matches!(parse.clauses[at].opener, Opener::Relative(..));
        (bare && trigger.rule.frame != Frame::Held).then_some(Told::Not(Silence::Intended))
    })
}

/// What a clause's place among the others makes of it.
fn outwards(items: &[Item], parse: &Parse, mut at: usize) -> Option<Told> {
    for _ in 0..parse.clauses.len() {
        let clause = &parse.clauses[at];
        let perfect = clause.verb.as_ref().is_some_and(|verb| verb.perfect);
        let told = match clause.opener {
            Opener::Main | Opener::Tail => return hypothetical(items, parse, at),
            Opener::Sub(word) => {
                let low = items[word].low.as_str();
                if is_condition(low) || matches!(low, "until" | "lest") {
                    return Some(Told::Not(Silence::Condition));
                }
                // "unclear how", "so that".
                if low == "so" {
                    return Some(Told::Not(Silence::Intended));
                }
                // A clause of time is a fact of its own: what its main clause plans does not touch it.
                let timed = matches!(
                    low,
                    "after"
                        | "since"
                        | "as"
                        | "because"
                        | "although"
                        | "though"
                        | "whereas"
                        | "once"
                        | "when"
                        | "while"
                        | "before"
                );
                if timed {
                    // "when rebels take Homs, they will": not yet.
                    let future = matches!(low, "when" | "once" | "before" | "after" | "as")
                        && clause.verb.as_ref().is_some_and(|verb| {
                            matches!(verb.form, Form::Base | Form::Third) && verb.start == verb.head
                        })
                        && clause
                            .parent
                            .and_then(|parent| parse.clauses[parent].verb.as_ref())
                            .is_some_and(|verb| verb.modal);
                    if future {
                        return Some(Told::Not(Silence::Condition));
                    }
                    return embedded(items, parse, clause.parent);
                }
                None
            }
            // "whether the town, which fell on Monday, …": told by itself, whatever the clause around is.
            Opener::Relative(..) => return None,
            Opener::Reduced(..) => return embedded(items, parse, clause.parent),
            Opener::That(word) => completes(items, parse, at, word),
            Opener::Infinitive(word) => infinitive(items, parse, at, word, perfect),
            Opener::Gerund(word) => gerund(items, parse, at, word),
        };
        if told.is_some() {
            return told;
        }
        let parent = clause.parent?;
        // What the clause around is told as holds for what it entails: "could not manage to", "will go on to".
        let complement = matches!(clause.opener, Opener::That(_));
        if !complement && let Some(told) = group(items, parse, parent) {
            return Some(told);
        }
        at = parent;
    }
    None
}

/// "Had the rebels captured", "should they take": a condition by word order.
fn hypothetical(items: &[Item], parse: &Parse, at: usize) -> Option<Told> {
    let start = parse.clauses[at].start;
    let first = items.get(start)?;
    (first.low == "should").then_some(Told::Not(Silence::Condition))
}

/// A clause inside another is told by itself, unless what it hangs on is a condition or a denial.
fn embedded(items: &[Item], parse: &Parse, parent: Option<usize>) -> Option<Told> {
    let mut at = parent?;
    for _ in 0..parse.clauses.len() {
        match parse.clauses[at].opener {
            Opener::Sub(word) if is_condition(&items[word].low) => {
                return Some(Told::Not(Silence::Condition));
            }
            _ => {}
        }
        at = parse.clauses[at].parent?;
    }
    None
}

/// "said that", "denied that", "fears that", "rumours that".
fn completes(items: &[Item], parse: &Parse, at: usize, word: usize) -> Option<Told> {
    let low = items[word].low.as_str();
    let parent = parse.clauses[at].parent;
    let group = parent
        .and_then(|parent| parse.clauses[parent].verb.as_ref())
        .filter(|verb| (verb.start..verb.end).contains(&word));
    if is_denial(low) {
        return if group.is_some_and(|verb| verb.negated) { None } else { Some(Told::Denied) };
    }
    if is_rumour(low) {
        return Some(Told::Not(Silence::Rumour));
    }
    if is_fear(low)
        || is_intention(low) && !is_speech(low)
        || matches!(
            low,
            "warned"
                | "warns"
                | "warn"
                | "vowed"
                | "vows"
                | "vow"
                | "doubt"
                | "doubts"
                | "doubted"
                | "pretend"
                | "imagine"
                | "demand"
                | "demands"
                | "demanded"
                | "suggest"
        )
    {
        return Some(Told::Not(Silence::Intended));
    }
    // "rejected claims that", "denied reports that".
    if is_speech(low)
        && parse.tags[word] == Tag::Noun
        && let Some(verb) = parent.and_then(|parent| parse.clauses[parent].verb.as_ref())
        && is_denial(&items[verb.head].low)
    {
        return Some(Told::Denied);
    }
    // "did not say that", "would not confirm that".
    if let Some(verb) = group
        && (verb.negated || verb.modal)
        && is_speech(low)
    {
        return Some(Told::Not(Silence::Negated));
    }
    None
}

/// "to capture" after what stands before it.
fn infinitive(items: &[Item], parse: &Parse, at: usize, word: Option<usize>, perfect: bool) -> Option<Told> {
    let Some(word) = word else { return Some(Told::Not(Silence::Intended)) };
    let low = items[word].low.as_str();
    let parent = parse.clauses[at].parent;
    let group = parent.and_then(|parent| parse.clauses[parent].verb.as_ref());
    let governed = group.filter(|verb| (verb.start..verb.end).contains(&word));
    if is_failure(low) {
        return Some(Told::Not(Silence::Failed));
    }
    if is_denial(low) {
        return Some(Told::Denied);
    }
    // "claimed to have captured", "are reported to have", "appear to have".
    if perfect && (is_achievement(low) || is_speech(low) || is_modal(low)) {
        return None;
    }
    // "only to lose it again": told as having happened.
    if low == "only" {
        return None;
    }
    let entails = matches!(
        low,
        "managed"
            | "manages"
            | "manage"
            | "managing"
            | "succeeded"
            | "went"
            | "goes"
            | "gone"
            | "going"
            | "began"
            | "begun"
            | "begins"
            | "begin"
            | "started"
            | "starts"
            | "start"
            | "continued"
            | "continues"
            | "continue"
            | "had"
            | "has"
            | "have"
            | "forced"
            | "forcing"
            | "forces"
            | "compelled"
            | "obliged"
            | "allowed"
            | "allowing"
            | "allows"
            | "enabled"
            | "enabling"
            | "helped"
            | "helping"
            | "led"
            | "prompted"
            | "prompting"
            | "able"
            | "enough"
            | "caused"
            | "causing"
            | "rushed"
            | "proceeded"
            | "returned"
            | "left"
            | "first"
            | "last"
    );
    if entails && !(low == "going" && governed.is_some_and(|verb| verb.form == Form::Ing)) {
        // "had to abandon" happened; "is able to" may; "were going to" has not.
        return None;
    }
    Some(Told::Not(if is_negative(low) { Silence::Negated } else { Silence::Intended }))
}

/// "by capturing", "without capturing", "denied capturing", "…, capturing".
fn gerund(items: &[Item], parse: &Parse, at: usize, word: Option<usize>) -> Option<Told> {
    let word = word?;
    let low = items[word].low.as_str();
    let parent = parse.clauses[at].parent;
    let verb = parent.and_then(|parent| parse.clauses[parent].verb.as_ref());
    let head = verb.map(|verb| items[verb.head].low.as_str());
    if parse.tags[word] == Tag::Preposition || matches!(parse.tags[word], Tag::Subordinator) {
        return match low {
            "without" => Some(Told::Not(Silence::Negated)),
            "after" | "since" | "following" | "upon" | "by" | "with" | "while" | "when" | "besides"
            | "having" | "despite" | "once" | "before" | "as" | "amid" => None,
            "in" | "at" | "from" if head.is_some_and(is_failure) => Some(Told::Not(Silence::Failed)),
            "in" if head.is_some_and(|head| {
                matches!(head, "succeeded" | "succeed" | "succeeds" | "resulted" | "ended" | "spent")
            }) =>
            {
                None
            }
            "of" if word > 0 && is_speech(&items[word - 1].low) && head.is_some_and(is_denial) => {
                Some(Told::Denied)
            }
            "of" if word > 0
                && matches!(
                    items[word - 1].low.as_str(),
                    "accused"
                        | "reports"
                        | "reported"
                        | "report"
                        | "claims"
                        | "news"
                        | "boasted"
                        | "spoke"
                        | "days"
                        | "hours"
                        | "weeks"
                        | "within"
                ) =>
            {
                None
            }
            _ => Some(Told::Not(Silence::Intended)),
        };
    }
    if is_denial(low) {
        return Some(Told::Denied);
    }
    if is_failure(low) {
        return Some(Told::Not(Silence::Failed));
    }
    let told = is_speech(low)
        || matches!(
            low,
            "began"
                | "begun"
                | "begins"
                | "started"
                | "starts"
                | "kept"
                | "keeps"
                | "continued"
                | "continues"
                | "finished"
                | "completed"
                | "seen"
                | "saw"
                | "were"
                | "was"
                | "is"
                | "are"
                | "went"
                | "remembered"
        );
    if told { None } else { Some(Told::Not(Silence::Intended)) }
}

/// Whether the words of a clause place it in the present or the news of the day: not the pluperfect, not an aside.
pub(crate) fn is_news(items: &[Item], parse: &Parse, trigger: &Trigger) -> bool {
    let clause = parse.clause(trigger.start);
    let verb = clause.verb.as_ref();
    let earlier = verb.is_some_and(|verb| {
        verb.pluperfect && !matches!(clause.opener, Opener::That(_))
            || items[verb.start..verb.end].iter().any(|item| {
                matches!(item.low.as_str(), "previously" | "once" | "earlier" | "originally" | "first")
            })
    });
    // A relative clause is background ("Aleppo, which they took").
    let aside = matches!(clause.opener, Opener::Relative(..))
        || matches!(clause.opener, Opener::Sub(word) | Opener::Gerund(Some(word)) if matches!(items[word].low.as_str(), "since" | "before"));
    !earlier && !aside
}

/// The times that may date what a trigger tells, the nearest first: of its clause, then of the clauses around.
pub(crate) fn times(items: &[Item], parse: &Parse, trigger: &Trigger) -> Vec<usize> {
    let is_time = |i: &usize| matches!(items[*i].kind, ItemKind::Time(_));
    let mut out: Vec<usize> = Vec::new();
    let mut at = parse.clause_of[trigger.start];
    for _ in 0..parse.clauses.len() {
        let mut own: Vec<usize> =
            (0..items.len()).filter(is_time).filter(|&i| parse.clause_of[i] == at).collect();
        own.sort_by_key(|&i| if i >= trigger.end { (i - trigger.end, 0) } else { (trigger.start - i, 1) });
        out.extend(own);
        let clause = &parse.clauses[at];
        let Some(parent) = clause.parent else { break };
        // "after", "which": times of their own, not of what they hang on.
        let apart = match clause.opener {
            Opener::Relative(..) | Opener::Reduced(..) => true,
            Opener::Sub(word) => !matches!(items[word].low.as_str(), "as" | "when" | "while"),
            Opener::Gerund(Some(word)) => {
                matches!(items[word].low.as_str(), "after" | "since" | "before" | "following")
            }
            _ => false,
        };
        if apart {
            return out;
        }
        at = parent;
    }
    // "…, the army said on Friday"; "On Sunday rebels advanced and took": what the sentence says otherwise.
    for (n, clause) in parse.clauses.iter().enumerate() {
        if clause.opener == Opener::Tail {
            out.extend((0..items.len()).filter(is_time).filter(|&i| parse.clause_of[i] == n));
        }
    }
    // "broke the siege on Sunday and entered": what the same subject did before was of that time.
    if out.is_empty() {
        let clause = parse.clause(trigger.start);
        let same = |i: &usize| *i < trigger.start && parse.clause(*i).subjects == clause.subjects;
        out.extend((0..items.len()).filter(is_time).rfind(same));
    }
    out
}
