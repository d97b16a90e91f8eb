//! Place names in a sentence: which words name a place, and what ground the words around them make of it.

use super::lexicon::{
    is_around, is_auxiliary, is_determiner, is_direction, is_district, is_facility, is_institution, is_modal,
    is_never_a_place, is_part, is_place_noun, is_preposition, is_subordinator, is_title, is_unit, month,
    weekday,
};
use super::text::Token;
use crate::gazetteer::{Candidate, Gazetteer, Kind, fold};
use crate::units::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Words that name a place, with every place of that name.
#[derive(Clone, Debug)]
pub(crate) struct Named<'g> {
    /// First token of the name.
    pub(crate) start: usize,
    /// One past the last token of the name.
    pub(crate) end: usize,
    /// One past the last token of the words that belong to it ("Hama province").
    pub(crate) reach: usize,
    /// The name in the text.
    pub(crate) span: Span,
    /// Every place of this name, likeliest first.
    pub(crate) candidates: Vec<Candidate<'g>>,
    /// What the words around it make of it.
    pub(crate) ground: Ground,
}

/// What the words around a name make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// The place itself.
    Itself,
    /// "Hama province", "northern Aleppo": the unit of land of this name.
    Unit,
    /// "Afrin district": the smaller unit of this name.
    District,
    /// "Hama airport": something at the place that the gazetteer does not know by itself.
    Facility(Kind),
    /// "the countryside of", "outskirts of": near it.
    Near,
}

/// Names already looked up: a report names few places many times, and the places of a famous name are many.
pub(crate) struct Known<'g> {
    gazetteer: &'g Gazetteer,
    /// For the words that can be a name: how many of them are one, and whose.
    found: BTreeMap<String, Option<(usize, Vec<Candidate<'g>>)>>,
}

impl<'g> Known<'g> {
    /// Nothing looked up yet.
    pub(crate) fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, found: BTreeMap::new() }
    }

    /// As [`Gazetteer::longest`].
    fn longest(&mut self, words: &[&str]) -> Option<(usize, Vec<Candidate<'g>>)> {
        let mut walk = self.gazetteer.walk();
        let mut count = 0;
        for (i, word) in words.iter().enumerate() {
            let step = walk.step(word);
            if step.name {
                count = i + 1;
            }
            if !step.more {
                break;
            }
        }
        // "al-Sanamayn" is indexed without its article, which the look-up itself knows to drop.
        if words.first().is_some_and(|word| is_article(word)) {
            count = count.max(words.len().min(4));
        }
        if count == 0 {
            return None;
        }
        let gazetteer = self.gazetteer;
        self.found
            .entry(words[..count].join(" "))
            .or_insert_with(|| gazetteer.longest(&words[..count]))
            .clone()
    }
}

/// The place names of a sentence. `taken` says which tokens already name an actor or a time; names of persons are added to
/// `persons`, so that a surname by itself is not taken for a village elsewhere in the report.
pub(crate) fn names<'g>(
    text: &str,
    tokens: &[Token],
    taken: &[bool],
    known: &mut Known<'g>,
    persons: &mut BTreeSet<String>,
) -> Vec<Named<'g>> {
    let folded: Vec<String> =
        tokens.iter().map(|token| if token.word { fold(&token.low) } else { String::new() }).collect();
    let headline = is_headline(tokens);
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if taken[at] || !tokens[at].word || !starts_name(tokens, at) {
            at += 1;
            continue;
        }
        if !headline && is_person(tokens, at) {
            persons.insert(folded[at].clone());
        }
        match name_at(text, tokens, &folded, taken, at, headline, known) {
            Some(named) => {
                at = named.end;
                out.push(named);
            }
            None => at += 1,
        }
    }
    out
}

/// Whether a name stands for a person whom the report names in full elsewhere, and nothing here says that it is a place.
pub(crate) fn is_surname(named: &Named<'_>, tokens: &[Token], persons: &BTreeSet<String>) -> bool {
    let words: Vec<&Token> =
        tokens[named.start..named.end].iter().filter(|token| token.word && !is_article(&token.low)).collect();
    let [word] = words.as_slice() else { return false };
    let before = named.start.checked_sub(1).map_or("", |i| tokens[i].low.as_str());
    let placed =
        matches!(before, "in" | "at" | "near" | "towards" | "toward" | "outside" | "inside" | "around");
    persons.contains(&fold(&word.low)) && !placed && named.ground == Ground::Itself
}

/// Adds names that no gazetteer spells so, where a spelling near to it is a place in a country the report speaks of.
///
/// Spelling is judged by [`Gazetteer::locate`]; only capitalised words that stand where a place would are looked at.
pub(crate) fn add_misspelt<'g>(
    text: &str,
    tokens: &[Token],
    taken: &[bool],
    shares: &BTreeMap<String, f64>,
    gazetteer: &'g Gazetteer,
    persons: &BTreeSet<String>,
    names: &mut Vec<Named<'g>>,
) {
    let named: Vec<bool> =
        (0..tokens.len()).map(|i| taken[i] || names.iter().any(|n| (n.start..n.end).contains(&i))).collect();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let fits = !named[at] && token.word && starts_name(tokens, at) && token.low.chars().count() >= 4
            || is_article(&token.low) && !named[at] && starts_name(tokens, at);
        if !fits || is_common(&token.low) && !is_article(&token.low) || at == 0 || is_headline(tokens) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < tokens.len() && end < at + 6 && !named[end] && !tokens[end - 1].possessive {
            let hyphen = tokens[end].low == "-" && !tokens[end].spaced;
            if !(hyphen || tokens[end].word && tokens[end].name_like && !is_place_noun(&tokens[end].low)) {
                break;
            }
            end += 1;
        }
        while end > at + 1 && !tokens[end - 1].word {
            end -= 1;
        }
        if named.get(end).copied().unwrap_or(false) && tokens[end - 1].low == "-"
            || is_other(tokens, at, end, false)
            || tokens[at..end].iter().any(|token| persons.contains(&fold(&token.low)))
        {
            at = end;
            continue;
        }
        let span = Span { start: tokens[at].span.start, end: tokens[end - 1].span.end };
        let mut candidates = gazetteer.locate(span.of(text));
        candidates
            .retain(|candidate| shares.get(candidate.place.country).is_some_and(|share| *share >= SPOKEN_OF));
        if !candidates.is_empty() {
            let (ground, reach) = ground(tokens, at, end);
            names.push(Named { start: at, end, reach, span, candidates, ground });
        }
        at = end;
    }
    names.sort_by_key(|named| named.start);
}

/// Share of a report's places and peoples from which a country is taken to be what it speaks of.
const SPOKEN_OF: f64 = 0.2;

fn is_common(low: &str) -> bool {
    is_never_a_place(low)
        || month(low).is_some()
        || weekday(low).is_some()
        || is_determiner(low)
        || is_force_word(low)
}

/// A name starts with a capital, or with a lower-case article joined to one ("al-Bab").
fn starts_name(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    token.name_like
        || (is_article(&token.low)
            && tokens.get(at + 1).is_some_and(|t| t.low == "-")
            && tokens.get(at + 2).is_some_and(|t| t.name_like))
}

fn is_article(word: &str) -> bool {
    matches!(
        word,
        "al" | "el"
            | "an"
            | "ad"
            | "ar"
            | "as"
            | "at"
            | "az"
            | "ash"
            | "ez"
            | "es"
            | "er"
            | "ed"
            | "et"
            | "en"
            | "esh"
            | "ath"
            | "adh"
            | "ul"
    )
}

fn name_at<'g>(
    text: &str,
    tokens: &[Token],
    folded: &[String],
    taken: &[bool],
    at: usize,
    headline: bool,
    known: &mut Known<'g>,
) -> Option<Named<'g>> {
    let mut words: Vec<&str> = Vec::new();
    let mut ends = Vec::new();
    let mut i = at;
    while i < tokens.len() && words.len() < 7 && !taken[i] {
        let token = &tokens[i];
        if token.word {
            words.extend(folded[i].split(' ').filter(|word| !word.is_empty()));
            ends.resize(words.len(), i + 1);
            if token.possessive {
                break;
            }
        } else if !(matches!(token.low.as_str(), "-" | "–") && !token.spaced
            || token.low == "." && short(tokens, i))
        {
            break;
        }
        i += 1;
    }
    if words.is_empty() || !known.gazetteer.starts(words[0]) {
        return None;
    }
    let (mut count, mut candidates) = known.longest(&words)?;
    let mut end = *ends.get(count - 1)?;
    // The words of a name are written as names, but for an article or a closing "airport": else only the first of them are one.
    while !is_name(&tokens[at..end]) {
        (count, candidates) = known.longest(&words[..count - 1])?;
        end = *ends.get(count - 1)?;
    }
    if is_other(tokens, at, end, headline) {
        return None;
    }
    let span = Span { start: tokens[at].span.start, end: tokens[end - 1].span.end };
    if span.of(text).is_empty() {
        return None;
    }
    let (mut ground, reach) = ground(tokens, at, end);
    if matches!(ground, Ground::Facility(_)) {
        // The gazetteer may know the airport or base by a name of its own.
        let own = facility(&folded[at..end].join(" "), &folded[reach - 1], known.gazetteer);
        if !own.is_empty() {
            (candidates, ground) = (own, Ground::Itself);
        }
    }
    Some(Named { start: at, end, reach, span, candidates, ground })
}

/// Whether these words can be one name by the way they are written.
fn is_name(name: &[Token]) -> bool {
    let [first, rest @ ..] = name else { return false };
    // "the Tiyas air base", "Nasib border crossing": the words for what it is need no capital.
    let common = |word: &str| {
        is_place_noun(word) || matches!(word, "air" | "border" | "military" | "international" | "naval")
    };
    rest.iter().enumerate().all(|(i, token)| {
        // "Mazar-i-Sharif": a particle between hyphens.
        let particle = !token.spaced && i > 0 && !rest[i - 1].word;
        particle
            || !token.word
            || token.name_like
            || is_article(&token.low)
            || common(&token.low) && !is_determiner(&first.low)
    })
}

/// The airports, bases, dams and crossings that are called after a place in one of the usual ways.
fn facility<'g>(name: &str, noun: &str, gazetteer: &'g Gazetteer) -> Vec<Candidate<'g>> {
    let endings: &[&str] = match noun {
        "airport" | "airfield" => {
            &["airport", "international airport", "military airport", "airfield", "air base"]
        }
        "airbase" | "base" => &["air base", "airbase", "base", "military airport", "airport"],
        "crossing" => &["border crossing", "crossing"],
        "dam" => &["dam"],
        "camp" => &["camp"],
        _ => return Vec::new(),
    };
    let spot = |candidate: &Candidate<'_>| {
        matches!(candidate.place.kind, Kind::Airport | Kind::Base | Kind::Crossing | Kind::Dam)
    };
    let found = endings.iter().map(|ending| gazetteer.find(&format!("{name} {ending}")));
    found
        .map(|mut found| {
            found.retain(spot);
            found
        })
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// A full stop inside a name: "St. Petersburg".
fn short(tokens: &[Token], at: usize) -> bool {
    at > 0
        && matches!(tokens[at - 1].low.as_str(), "st" | "mt" | "ft")
        && tokens.get(at + 1).is_some_and(|token| token.name_like)
}

/// Whether the words are a person, an organisation, a month or an ordinary word instead.
fn is_other(tokens: &[Token], at: usize, end: usize, headline: bool) -> bool {
    let one = end - at == 1;
    let low = tokens[at].low.as_str();
    if one
        && (is_never_a_place(low)
            || month(low).is_some()
            || weekday(low).is_some()
            || low.chars().count() < 2)
    {
        return true;
    }
    if one && (is_direction(low) || is_determiner(low)) {
        return true;
    }
    if one
        && (is_preposition(low)
            || is_subordinator(low)
            || is_auxiliary(low)
            || is_modal(low)
            || is_place_noun(low))
    {
        return true;
    }
    let before = at.checked_sub(1).map(|i| &tokens[i]);
    let after = tokens.get(end).filter(|_| !tokens[end - 1].possessive);
    if after.is_some_and(|token| token.word && is_institution(&token.low)) {
        return true;
    }
    if tokens.get(end).is_some_and(|token| token.low == "@" || token.low == "_")
        || before.is_some_and(|token| matches!(token.low.as_str(), "@" | "#" | "_" | "/"))
    {
        return true;
    }
    // A web address: "beyondmsn.com".
    if tokens.get(end).is_some_and(|token| token.low == "." && !token.spaced)
        && tokens.get(end + 1).is_some_and(|t| t.word && !t.spaced && !t.name_like)
    {
        return true;
    }
    if headline {
        return false;
    }
    if is_person(tokens, at) {
        return true;
    }
    after.is_some_and(|token| {
        let latin = token.low.chars().next().is_some_and(|c| c.is_ascii());
        token.word
            && token.name_like
            && latin
            && !is_place_noun(&token.low)
            && !is_direction(&token.low)
            && month(&token.low).is_none()
            && weekday(&token.low).is_none()
            && !is_force_word(&token.low)
    })
}

/// Whether the word at `at` goes on or ends the name of a person: "President Assad", "Walid Hama", "Bashar al-Assad".
fn is_person(tokens: &[Token], at: usize) -> bool {
    let back = |n: usize| at.checked_sub(n).map(|i| &tokens[i]);
    let Some(before) = back(1) else { return false };
    // "Dr. Hassan"
    let title = if before.low == "." { back(2) } else { Some(before) };
    if title.is_some_and(|token| token.word && is_title(&token.low)) {
        return true;
    }
    // Part of a longer name that the gazetteer does not know, but not "Northern Aleppo" or "Syria's Hama".
    let latin = before.low.starts_with(|c: char| c.is_ascii());
    let name = before.word
        && before.name_like
        && latin
        && !before.possessive
        && !is_direction(&before.low)
        && !is_determiner(&before.low)
        && !is_place_noun(&before.low)
        && !is_preposition(&before.low)
        && !is_subordinator(&before.low)
        && !is_auxiliary(&before.low)
        // "Russian Kursk", "Iraqi Mosul".
        && !["ian", "ean", "ish", "ese", "aqi", "eni", "ani", "ali"].iter().any(|ending| before.low.ends_with(ending));
    // At the head of a sentence any word has a capital, and says nothing.
    let inside = back(2).is_some_and(|token| token.word)
        || back(2).is_some_and(|dot| dot.low == ".") && back(3).is_some_and(|token| is_title(&token.low));
    if name && inside {
        return true;
    }
    // "Bashar al-Assad": joined by an article to a name before it, or by a hyphen.
    let article = is_article(&tokens[at].low) && (name && at >= 2 || before.low == "-");
    article
        || before.low == "-"
            && !before.spaced
            && back(2).is_some_and(|token| is_article(&token.low))
            && at >= 3
            && is_person(tokens, at - 2)
}

fn is_force_word(word: &str) -> bool {
    super::lexicon::is_force(word)
}

/// Whether most of the longer words are written with a capital, as English headlines are.
fn is_headline(tokens: &[Token]) -> bool {
    let long: Vec<&Token> =
        tokens.iter().filter(|token| token.word && token.low.chars().count() >= 4).collect();
    let ended = tokens.last().is_some_and(|token| token.low == ".");
    long.len() >= 3 && !ended && long.iter().filter(|token| token.name_like).count() * 3 >= long.len() * 2
}

/// What the words around a name make of it, and where those words end.
fn ground(tokens: &[Token], at: usize, end: usize) -> (Ground, usize) {
    let word = |i: usize| tokens.get(i).filter(|token| token.word).map_or("", |token| token.low.as_str());
    let back = |n: usize| at.checked_sub(n).map_or("", |i| word(i));
    if !tokens[end - 1].possessive {
        if is_unit(word(end)) {
            let ground = if word(end) == "countryside" { Ground::Near } else { Ground::Unit };
            return (ground, end + 1);
        }
        if is_district(word(end)) {
            return (Ground::District, end + 1);
        }
        let mut i = end;
        while matches!(
            word(i),
            "international" | "military" | "civilian" | "air" | "border" | "army" | "naval"
        ) {
            i += 1;
        }
        if is_facility(word(i)) {
            let kind = match word(i) {
                "airport" | "airfield" => Kind::Airport,
                "crossing" => Kind::Crossing,
                "dam" => Kind::Dam,
                "bridge" | "port" | "refinery" => Kind::Quarter,
                _ => Kind::Base,
            };
            return (Ground::Facility(kind), i + 1);
        }
    }
    // "the province of Hama", "southern Idlib", "the countryside of Hama".
    if back(1) == "of" && is_unit(back(2)) {
        return (if back(2) == "countryside" { Ground::Near } else { Ground::Unit }, end);
    }
    if back(1) == "of" && is_district(back(2)) {
        return (Ground::District, end);
    }
    if is_direction(back(1)) && back(1).ends_with("ern") {
        return (Ground::Unit, end);
    }
    if back(1) == "of" && (is_around(back(2)) || is_direction(back(2)))
        || is_around(back(1)) && !is_part(back(1))
    {
        return (Ground::Near, end);
    }
    (Ground::Itself, end)
}
