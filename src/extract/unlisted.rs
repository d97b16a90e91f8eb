//! Names of ground that no gazetteer knows, told by the words around them.
//!
//! "Dadikh" is a place where the text says "the village of Dadikh", "Dadikh, a town in Idlib" or "rebels overran Dadikh";
//! once it is, it is one in the whole report. A name with a rank or an office beside it is a person everywhere.

use super::annotate::{Placed, Sentence};
use super::lexicon::{Form, is_actor_pronoun, is_force, is_place_noun, is_title, month, weekday};
use super::rules::{Frame, RULES};
use super::text::Token;
use crate::claim::{GeoPrecision, Site};
use crate::gazetteer::{Gazetteer, Kind, fold};
use crate::geoparse::is_facility;
use crate::units::Span;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A run of capitalised words that name no actor, no time and no known place.
struct Run {
    sentence: usize,
    start: usize,
    end: usize,
}

/// Adds to each sentence the places that only its words make known.
pub(super) fn add(sentences: &mut [Sentence], text: &str, gazetteer: &Gazetteer, home: Option<&str>) {
    let runs: Vec<Run> = sentences
        .iter()
        .enumerate()
        .flat_map(|(n, sentence)| {
            runs(sentence).into_iter().map(move |(start, end)| Run { sentence: n, start, end })
        })
        .collect();
    if runs.is_empty() {
        return;
    }
    let name = |run: &Run| -> String {
        let tokens = &sentences[run.sentence].tokens[run.start..run.end];
        tokens.iter().map(|token| token.low.as_str()).collect::<Vec<_>>().join(" ")
    };
    let names: Vec<String> = runs.iter().map(name).collect();
    let mut persons: BTreeSet<&str> = BTreeSet::new();
    let mut places: BTreeSet<&str> = BTreeSet::new();
    for (run, name) in runs.iter().zip(&names) {
        let sentence = &sentences[run.sentence];
        // "all 34 Afghan provinces".
        if gazetteer.demonym(&fold(name)).is_some() {
            continue;
        }
        if person(&sentence.tokens, run) {
            persons.extend(name.split(' ').filter(|word| word.len() > 3));
            persons.insert(name);
        } else if place(sentence, run) {
            places.insert(name);
        }
    }
    // "Sabiid and Anole, two towns": what is joined to a place is one.
    for pair in runs.windows(2).zip(names.windows(2)) {
        let ([a, b], [one, other]) = pair else { continue };
        if a.sentence == b.sentence && listed(&sentences[a.sentence].tokens[a.end..b.start]) {
            if places.contains(one.as_str()) {
                places.insert(other);
            } else if places.contains(other.as_str()) {
                places.insert(one);
            }
        }
    }
    let mut add: Vec<(usize, Placed)> = Vec::new();
    for (run, name) in runs.iter().zip(&names) {
        if !places.contains(name.as_str()) || name.split(' ').any(|word| persons.contains(word)) {
            continue;
        }
        let tokens = &sentences[run.sentence].tokens;
        let span = Span { start: tokens[run.start].span.start, end: tokens[run.end - 1].span.end };
        let site = Site::unplaced(span.of(text), home, kind(tokens, run), GeoPrecision::Place);
        let reach = run.end + usize::from(tokens.get(run.end).is_some_and(|next| is_facility(&next.low)));
        add.push((run.sentence, Placed { start: run.start, reach, span, site, rivals: Vec::new() }));
    }
    for (n, placed) in add {
        let at = sentences[n].places.partition_point(|other| other.start < placed.start);
        sentences[n].places.insert(at, placed);
    }
}

/// The runs of capitalised words of a sentence, hyphens and Arabic articles included.
fn runs(sentence: &Sentence) -> Vec<(usize, usize)> {
    let tokens = &sentence.tokens;
    let mut taken = sentence.taken();
    for placed in &sentence.places {
        taken[placed.start..placed.reach.min(tokens.len())].fill(true);
    }
    let name = |i: usize| {
        let token = &tokens[i];
        let numbered = tokens.get(i + 1).is_some_and(|next| next.low.parse::<u32>().is_ok());
        token.word
            && token.name_like
            && !taken[i]
            && (!is_common(&token.low) || is_force(&token.low) && numbered)
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !name(at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < tokens.len() && !tokens[end - 1].possessive {
            let joint = tokens[end].low == "-" && !tokens[end].spaced;
            let article = matches!(
                tokens[end].low.as_str(),
                "al" | "el" | "as" | "ad" | "ar" | "ash" | "an" | "az" | "de" | "du" | "la"
            );
            if name(end) || tokens[end].word && tokens[end].low.parse::<u32>().is_ok() && end > at {
                end += 1;
            } else if article
                && tokens.get(end + 1).is_some_and(|next| next.low == "-" && !next.spaced)
                && tokens.get(end + 2).is_some_and(|next| next.word && next.name_like)
                && !taken[end]
                && !taken[end + 2]
            {
                end += 3;
            } else if (joint || article)
                && tokens.get(end + 1).is_some_and(|next| {
                    next.word
                        && (next.name_like
                            || matches!(
                                next.low.as_str(),
                                "al" | "el" | "as" | "ad" | "ar" | "ash" | "an" | "az"
                            ))
                })
                && !taken[end]
                && !taken[end + 1]
            {
                end += 1;
            } else {
                break;
            }
        }
        if end - at <= 5 && !tokens[at].low.is_empty() {
            out.push((at, end));
        }
        at = end;
    }
    out
}

/// Words with a capital that begin no name of a place.
fn is_common(word: &str) -> bool {
    is_force(word)
        || is_actor_pronoun(word)
        || month(word).is_some()
        || weekday(word).is_some()
        || super::lexicon::is_determiner(word)
        || super::lexicon::is_preposition(word)
        || super::lexicon::is_subordinator(word)
        || super::lexicon::is_relative(word)
        || super::lexicon::is_pronoun(word)
        || super::lexicon::is_adverb(word) && word != "far"
        || super::lexicon::is_auxiliary(word)
        || super::lexicon::is_bystander(word)
        || matches!(word, "and" | "or" | "but" | "no" | "i")
}

/// "Gen. Ali", "Ali, the commander of": a person.
fn person(tokens: &[Token], run: &Run) -> bool {
    let before = run.start.checked_sub(1).map_or("", |i| tokens[i].low.as_str());
    let before =
        if before == "." { run.start.checked_sub(2).map_or("", |i| tokens[i].low.as_str()) } else { before };
    let first = tokens[run.start].low.as_str();
    let office = tokens[run.end..]
        .iter()
        .take(5)
        .skip_while(|token| matches!(token.low.as_str(), "," | "the" | "a" | "an" | "its"))
        .take(2)
        .any(|token| {
            is_title(&token.low)
                || matches!(token.low.as_str(), "head" | "chief" | "leader" | "aged" | "analyst" | "resident")
        });
    let apposed = tokens.get(run.end).is_some_and(|token| token.low == ",") && office;
    is_title(before)
        || is_title(first)
        || matches!(before, "leader" | "chief" | "analyst" | "activist" | "journalist")
        || apposed
}

/// Whether the words around a run make it a place.
fn place(sentence: &Sentence, run: &Run) -> bool {
    let tokens = &sentence.tokens;
    let back = |n: usize| run.start.checked_sub(n).map_or("", |i| tokens[i].low.as_str());
    let ahead = |n: usize| tokens.get(run.end + n).map_or("", |token| token.low.as_str());
    let single = run.end - run.start == 1
        || tokens[run.start..run.end].iter().any(|token| matches!(token.low.as_str(), "al" | "el" | "-"));
    let possessive = tokens[run.end - 1].possessive;
    // "the village of Dadikh", "Dadikh village", "near Dadikh".
    if is_place_noun(back(1)) && back(1) != "state"
        || back(1) == "of" && is_place_noun(back(2)) && back(2) != "area"
    {
        return true;
    }
    if is_place_noun(ahead(0)) && !possessive && !matches!(ahead(0), "state" | "capital" | "stronghold")
        || matches!(ahead(0), "hill" | "hills" | "barracks" | "outpost") && !possessive
    {
        return true;
    }
    if single
        && matches!(back(1), "near" | "outside" | "inside" | "towards" | "toward" | "in" | "around")
        && !matches!(ahead(0), "and")
    {
        return true;
    }
    // "Dadikh, a town in Idlib", "Dadikh, in Idlib", "Dadikh in Idlib province".
    if ahead(0) == "," {
        let described = tokens[run.end + 1..].iter().take(6).take_while(|token| token.low != ",");
        let opens =
            matches!(ahead(1), "a" | "an" | "the" | "another" | "two" | "three" | "both" | "its" | "one");
        if opens && described.into_iter().any(|token| is_place_noun(&token.low) && !token.possessive) {
            return true;
        }
    }
    let comma = usize::from(ahead(0) == ",");
    if matches!(ahead(comma), "in" | "near")
        && sentence
            .places
            .iter()
            .any(|placed| (run.end + comma + 1..run.end + comma + 4).contains(&placed.start))
        && single
    {
        return true;
    }
    if possessive {
        return false;
    }
    // "overran Dadikh", "pulled out of Dadikh", "Dadikh fell", "Dadikh was retaken".
    let verb = |word: &str| GROUND_VERBS.contains(word);
    // "took the base of Division 17 and overran that of Brigade 93".
    if back(1) == "of" && matches!(back(2), "that" | "those") && verb(back(3)) {
        return true;
    }
    let entered = matches!(back(1), "of" | "from" | "into" | "to" | "through" | "over" | "on")
        && (verb(back(2)) || verb(back(3)))
        || verb(back(1));
    if entered && single && !is_title(ahead(0)) {
        return true;
    }
    let passive = matches!(ahead(0), "was" | "were" | "is" | "has" | "had" | "remains" | "remained");
    // "Snow fell": the first word of a sentence has its capital from there.
    let fell = matches!(ahead(0), "fell" | "falls") && run.start > 0
        || passive
            && (1..4).any(|n| {
                verb(ahead(n)) && tokens[run.end + n].low.ends_with(['d', 'n']) || ahead(n) == "fallen"
            });
    fell && single
}

/// Whether words between two names only list them.
fn listed(between: &[Token]) -> bool {
    !between.is_empty()
        && between.len() <= 2
        && between.iter().all(|token| matches!(token.low.as_str(), "," | "and" | "&"))
}

fn kind(tokens: &[Token], run: &Run) -> Kind {
    let noun = tokens.get(run.end).map_or("", |token| token.low.as_str());
    match noun {
        "airport" | "airfield" => Kind::Airport,
        "airbase" | "base" | "camp" | "barracks" | "outpost" => Kind::Base,
        "crossing" => Kind::Crossing,
        "dam" => Kind::Dam,
        "village" => Kind::Village,
        "district" | "neighbourhood" | "neighborhood" | "suburb" | "quarter" => Kind::Quarter,
        _ => Kind::Town,
    }
}

/// Every form of the first words of rules whose object is ground.
static GROUND_VERBS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    RULES
        .iter()
        .filter(|rule| matches!(rule.frame, Frame::Take | Frame::Leave | Frame::Enter | Frame::Besiege))
        .flat_map(|rule| rule.phrases)
        .filter_map(|phrase| phrase.split(' ').next())
        .flat_map(super::lexicon::forms)
        .filter(|(_, form)| *form != Form::Base)
        .map(|(word, _)| word)
        .collect()
});
