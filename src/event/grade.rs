//! How sure an event is, by the Admiralty (NATO) code, and why: who says so, who denies it, whose interest it serves.

use super::Grade;
use super::voices::{Voice, Voices};
use crate::actor::{ActorId, Cast, folded};
use crate::claim::{Claim, Standing};
use crate::diag::short;
use std::collections::{BTreeMap, BTreeSet};

/// Names that a sentence of reasons lists; the rest are counted.
const NAMED: usize = 6;

/// Who else than an army can have seen it: a denial by one of these is no side's word.
const WITNESSES: &[&str] = &[
    "monitor",
    "observatory",
    "resident",
    "witness",
    "journalist",
    "reporter",
    "correspondent",
    "united nations",
    "red cross",
    "red crescent",
    "aid worker",
    "geolocat",
    "satellite",
];

/// What claims say together.
pub(super) struct Finding {
    pub(super) grade: Grade,
    pub(super) disputed: bool,
    pub(super) reason: String,
}

/// The sides that a change concerns.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) gaining: Option<&'a ActorId>,
    pub(super) losing: Option<&'a ActorId>,
}

impl Sides<'_> {
    /// Whether a change serves the side that a source favours: its word then counts no more than that side's own.
    fn serve(self, favours: Option<&ActorId>) -> bool {
        match (favours, self.gaining, self.losing) {
            (None, ..) | (_, None, None) => false,
            (Some(side), Some(gaining), _) => side == gaining,
            (Some(side), None, Some(losing)) => side != losing,
        }
    }
}

/// Whose word a denial is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Denial {
    /// The side that would have gained says that it did not.
    Own,
    /// Nobody's who gains by it.
    Witness,
    /// That of the side that would lose.
    Interested,
}

/// The code of what `told` says and `against` denies, and the reason for it.
///
/// 1: conceded by the side that loses, or told by two independent sources. 2: by one. 3: only by the side that gains, or
/// by sources that favour it. 4: such a claim that is denied. 5: contradicted by better evidence: denied by more
/// disinterested sources than tell of it, or by the very side that would have gained. Reports of one text, and reports of
/// one publisher, are one source.
pub(super) fn grade(
    told: &[&Claim],
    against: &[&Claim],
    sides: Sides<'_>,
    voices: &Voices<'_>,
    cast: &Cast,
) -> Finding {
    let (mut neutral, mut conceding, mut partial) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut best: Option<Voice<'_>> = None;
    for claim in told {
        let voice = voices.of_report(&claim.evidence.report);
        let rank = |voice: Voice<'_>| (voice.reliability, voice.publisher.to_owned());
        if best.is_none_or(|best| rank(voice) < rank(best)) {
            best = Some(voice);
        }
        let speaker = claim.standing.said_by().map_or_else(|| short(voice.source), short);
        match &claim.standing {
            Standing::ConcededBy(_) => conceding.insert(speaker),
            Standing::Reported(by) if !sides.serve(voice.favours) => {
                neutral.insert((voice.source, by.as_deref()))
            }
            _ => partial.insert(speaker),
        };
    }
    let independent = independent(&neutral);
    let mut denying: BTreeMap<Denial, BTreeSet<String>> = BTreeMap::new();
    for denial in against {
        let voice = voices.of_report(&denial.evidence.report);
        let who = denial.standing.said_by().map_or_else(|| short(voice.source), short);
        denying.entry(whose(denial, sides, voice, cast)).or_default().insert(who);
    }
    let witnesses = denying.get(&Denial::Witness).map_or(0, BTreeSet::len);
    let contradicted = conceding.is_empty()
        && !against.is_empty()
        && (denying.contains_key(&Denial::Own) || witnesses > independent.len());
    let information = match (conceding.is_empty(), independent.len(), against.is_empty()) {
        _ if contradicted => 5,
        (false, ..) | (_, 2.., _) => 1,
        (_, 1, _) => 2,
        (_, 0, true) => 3,
        (_, 0, false) => 4,
    };
    let evenly = conceding.is_empty() && witnesses > 0 && witnesses == independent.len();
    let disputed = !contradicted && !against.is_empty() && (information > 1 || evenly);
    let first = match information {
        5 => {
            let strongest: Vec<&String> = denying
                .iter()
                .filter(|(kind, _)| **kind != Denial::Interested)
                .flat_map(|(_, who)| who)
                .collect();
            format!("contradicted by better evidence: {} says that it is not so", listed(strongest))
        }
        1 if !conceding.is_empty() => {
            format!("conceded by the side that loses by it: {}", listed(&conceding))
        }
        1 => format!("confirmed by {} independent sources: {}", independent.len(), listed(&independent)),
        2 => format!("one disinterested report: {}", listed(&independent)),
        4 => format!("claimed and denied: only the gaining side says so ({})", listed(&partial)),
        _ if sides.gaining.is_none() => format!("only the other side says so: {}", listed(&partial)),
        _ => format!("only the gaining side says so: {}", listed(&partial)),
    };
    let mut reasons = vec![first];
    if !conceding.is_empty() && !independent.is_empty() {
        reasons.push(format!("also told by {}", listed(&independent)));
    }
    let weaker = denying.iter().filter(|(kind, _)| information < 5 || **kind == Denial::Interested);
    let others: BTreeSet<&String> = weaker.flat_map(|(_, who)| who).collect();
    if !others.is_empty() {
        reasons.push(format!("denied by {}", listed(&others)));
    }
    reasons.extend(copied(told, voices));
    let best = best.filter(|voice| voice.reliability < 'F');
    let source = best.map_or('F', |voice| voice.reliability);
    let publisher = |claim: &&Claim| voices.of_report(&claim.evidence.report).publisher.to_owned();
    match best {
        // Where one speaks alone, the letter can only be its.
        Some(_) if told.iter().map(publisher).collect::<BTreeSet<_>>().len() == 1 => {}
        Some(voice) => reasons.push(format!("{source} is the reliability of {}", short(voice.publisher))),
        None => reasons.push("no source of it is rated".to_owned()),
    }
    Finding { grade: Grade { source, information }, disputed, reason: reasons.join("; ") }
}

/// Those of some sources, each with whom it cites, that stand for themselves: who only passes on what another of them says
/// adds nothing to it. Where all cite each other, one of them is left.
fn independent(told: &BTreeSet<(&str, Option<&str>)>) -> BTreeSet<String> {
    let names: BTreeSet<String> = told.iter().map(|(source, _)| folded(source)).collect();
    let longest = names.iter().map(|name| name.split(' ').count()).max().unwrap_or(0);
    let cites = |source: &str, by: &str| {
        let (source, by) = (folded(source), folded(by));
        let words: Vec<&str> = by.split(' ').collect();
        (0..words.len()).any(|from| {
            (from + 1..=words.len().min(from + longest)).any(|to| {
                let name = words[from..to].join(" ");
                name != source && names.contains(&name)
            })
        })
    };
    let own = told.iter().filter(|(source, by)| !by.is_some_and(|by| cites(source, by)));
    let alone: BTreeSet<String> = own.map(|(source, _)| short(source)).collect();
    match told.first() {
        Some((source, _)) if alone.is_empty() => BTreeSet::from([short(source)]),
        _ => alone,
    }
}

/// Whose word a denial is, by who says so or, where nobody is named, by who prints it.
fn whose(denial: &Claim, sides: Sides<'_>, voice: Voice<'_>, cast: &Cast) -> Denial {
    let of_side = |side: &ActorId| {
        if sides.gaining == Some(side) { Denial::Own } else { Denial::Interested }
    };
    let Some(who) = denial.standing.said_by() else {
        return voice.favours.map_or(Denial::Witness, of_side);
    };
    let name = who.to_lowercase();
    let name = name.strip_prefix("the ").unwrap_or(&name);
    match cast.find(name) {
        Some(actor) => of_side(cast.side(actor)),
        None if WITNESSES.iter().any(|witness| name.contains(witness)) => Denial::Witness,
        None => Denial::Interested,
    }
}

/// How many of the reports are one text, in words; nothing where each has its own.
fn copied(told: &[&Claim], voices: &Voices<'_>) -> Option<String> {
    let mut texts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for claim in told {
        let report = claim.evidence.report.as_str();
        texts.entry(voices.of_report(report).text).or_default().insert(report);
    }
    let copies: Vec<usize> = texts.values().map(BTreeSet::len).filter(|reports| *reports > 1).collect();
    match copies.as_slice() {
        [] => None,
        [one] => Some(format!("{one} copies of one text counted once")),
        more => {
            let reports: usize = more.iter().sum();
            Some(format!("{reports} copies of {} texts, each counted once", more.len()))
        }
    }
}

/// Names with commas between them, the first six and how many more.
pub(super) fn listed<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    let names: Vec<S> = names.into_iter().collect();
    let first: Vec<&str> = names.iter().take(NAMED).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(NAMED) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_cites_another_source_adds_nothing_to_it() {
        let count = |told: &[(&str, Option<&str>)]| independent(&told.iter().copied().collect()).len();
        let wire = ("Northern Wire", None);
        assert_eq!(count(&[wire, ("ACLED", Some("SOHR; Northern Wire"))]), 1);
        assert_eq!(count(&[wire, ("ACLED", Some("SOHR")), ("ACLED", Some("Northern Wire"))]), 2);
        assert_eq!(count(&[("A", Some("B")), ("B", Some("the A"))]), 1);
        assert_eq!(count(&[wire, ("Northern Wire", Some("Northern Wire"))]), 1);
        assert_eq!(count(&[]), 0);
    }
}
