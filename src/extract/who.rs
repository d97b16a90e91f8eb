//! Actors named in a sentence: listed groups, a state's forces, "the rebels".

use super::lexicon::{
    Low, is_actor_pronoun, is_bystander, is_determiner, is_direction, is_facility, is_force, is_other_side,
    is_people, is_rebel_force, is_state_force, is_that_group, month, weekday,
};
use super::text::Token;
use crate::actor::{ActorId, Cast, folded};
use crate::gazetteer::{Gazetteer, Kind, fold};
use std::borrow::Cow;

/// Words of a sentence that name an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Actors {
    /// First token.
    pub(crate) start: usize,
    /// One past the last token.
    pub(crate) end: usize,
    /// Whom they mean.
    pub(crate) who: Who,
}

/// Whom some words mean, as far as the words themselves tell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    /// A listed actor.
    Known(ActorId),
    /// The government or army of a country, or of the country spoken of.
    State(Option<String>),
    /// The umbrella opposition of a country, or of the country spoken of.
    Rebels(Option<String>),
    /// A group that no list knows, by its words.
    Named(String),
    /// The non-state actor last spoken of.
    ThatGroup,
    /// "they", "it": the subject last spoken of.
    Pronoun,
    /// "we": whoever speaks.
    Speaker,
    /// "the defence ministry", "a spokesman": speaks for the side that the sentence is about.
    Office,
    /// Residents, monitors, journalists.
    Bystander,
}

/// The actors of a sentence, in order, none overlapping.
pub(crate) fn actors(tokens: &[Token], cast: &Cast, gazetteer: &Gazetteer) -> Vec<Actors> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match actor_at(tokens, at, cast, gazetteer) {
            Some((end, who)) => {
                out.push(Actors { start: at, end, who });
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

fn actor_at(tokens: &[Token], at: usize, cast: &Cast, gazetteer: &Gazetteer) -> Option<(usize, Who)> {
    let token = &tokens[at];
    if !token.word {
        return None;
    }
    if !token.name_like && !may_open(&token.low) && !cast.opens(first(&word(token))) {
        debug_assert_eq!(generic(tokens, at), None, "`{}` opens an actor and is not listed so", token.low);
        return None;
    }
    if let Some((end, id)) = listed(tokens, at, cast) {
        if joined(tokens, end) && !holds(tokens, end) {
            return None; // "Nusra-led", "Houthi-linked"
        }
        return Some((swallow(tokens, end), Who::Known(id)));
    }
    if let Some((end, country)) = demonym(tokens, at, gazetteer) {
        return of_country(tokens, at, end, country);
    }
    if let Some(found) = unlisted(tokens, at) {
        return Some(found);
    }
    let (end, who) = generic(tokens, at)?;
    if matches!(who, Who::Rebels(None) | Who::State(None) | Who::ThatGroup | Who::Pronoun)
        && is_force(tokens[end - 1].low.as_str())
        && let Some(named) = belonging_to(tokens, end, cast, gazetteer)
    {
        return Some(named);
    }
    Some((end, who))
}

/// "the insurgents of Al-Shabaab", "troops loyal to President Assad", "fighters for Libya's government": whom they belong to.
fn belonging_to(tokens: &[Token], at: usize, cast: &Cast, gazetteer: &Gazetteer) -> Option<(usize, Who)> {
    let word = |i: usize| tokens.get(i).map_or("", |token| token.low.as_str());
    let from = match (word(at), word(at + 1)) {
        ("of" | "from" | "for", _) => at + 1,
        ("loyal" | "belonging" | "allied", "to") => at + 2,
        _ => return None,
    };
    // "of the separatist Southern Transitional Council".
    for start in from..(from + 3).min(tokens.len()) {
        if let Some((end, id)) = listed(tokens, start, cast) {
            return Some((swallow(tokens, end), Who::Known(id)));
        }
        if let Some((end, country)) = demonym(tokens, start, gazetteer)
            && let Some(found) = of_country(tokens, start, end, country)
        {
            return Some(found);
        }
        if tokens[start].name_like || !tokens[start].word {
            return None;
        }
    }
    None
}

/// Whether a word written small may be the first of an actor that no list has, as [`generic`] knows them.
fn may_open(low: &Low) -> bool {
    is_rebel_force(low)
        || is_state_force(low)
        || is_that_group(low)
        || is_actor_pronoun(low)
        || is_bystander(low)
        || is_other_side(low)
}

/// A word as lists of actors have it, in which a word may come apart into several.
fn word(token: &Token) -> Cow<'_, str> {
    if token.low.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Cow::Borrowed(token.low.as_str());
    }
    Cow::Owned(folded(&token.low))
}

/// The first of the words that a word came apart into.
fn first(word: &str) -> &str {
    word.split(' ').next().unwrap_or("")
}

/// A listed name, over tight hyphens.
fn listed(tokens: &[Token], at: usize, cast: &Cast) -> Option<(usize, ActorId)> {
    let opening = word(&tokens[at]);
    if !cast.opens(first(&opening)) && !tokens[at].possessive {
        return None;
    }
    let mut ahead: Vec<Cow<'_, str>> = Vec::new();
    let mut ends = Vec::new();
    let mut i = at;
    while i < tokens.len() && ahead.len() < 7 {
        if tokens[i].word {
            match word(&tokens[i]) {
                Cow::Borrowed(word) => ahead.push(Cow::Borrowed(word)),
                Cow::Owned(words) => {
                    let words = words.split(' ').filter(|word| !word.is_empty());
                    ahead.extend(words.map(|word| Cow::Owned(word.to_owned())));
                }
            }
            ends.resize(ahead.len(), i + 1);
            if tokens[i].possessive && i + 1 < tokens.len() {
                // "Assad's forces" may be listed so; "the RSF's base" must not run on into another name.
                let next = tokens.get(i + 1).filter(|next| next.word).map_or(Cow::Borrowed(""), word);
                let pair = [Cow::Owned(format!("{}s", word(&tokens[i]))), next];
                if ahead.len() == 1
                    && let Some((2, id)) = cast.longest(&pair)
                {
                    return Some((i + 2, id.clone()));
                }
                break;
            }
        } else if tokens[i].low != "-" || tokens[i].spaced {
            break;
        }
        i += 1;
    }
    let (count, id) = cast.longest(&ahead)?;
    let end = *ends.get(count - 1)?;
    let single = count == 1;
    // A listed name that is also an ordinary word must be written as a name.
    (!single || tokens[at].name_like || cast.lower_case(&ahead[0])).then(|| (end, id.clone()))
}

/// Words of force after a name belong to it: "Islamic State fighters", "M23 rebels".
fn swallow(tokens: &[Token], mut end: usize) -> usize {
    if tokens.get(end - 1).is_some_and(|token| token.possessive) {
        return end;
    }
    while tokens
        .get(end)
        .is_some_and(|token| token.word && !token.name_like && is_force(&token.low) && !voice(&token.low))
    {
        end += 1;
        if tokens[end - 1].possessive {
            break;
        }
    }
    end
}

fn voice(word: &str) -> bool {
    matches!(word, "commander" | "commanders" | "spokesman" | "officials" | "command" | "ministry")
}

/// A demonym or a country's name in the possessive; one past its last token, and the country.
fn demonym<'g>(tokens: &[Token], at: usize, gazetteer: &'g Gazetteer) -> Option<(usize, &'g str)> {
    if !tokens[at].name_like {
        return None;
    }
    let one = fold(&tokens[at].low);
    if let Some(next) = tokens.get(at + 1).filter(|next| next.word && next.name_like) {
        let two = format!("{one} {}", fold(&next.low));
        if let Some(country) = gazetteer.demonym(&two) {
            return Some((at + 2, country));
        }
    }
    if let Some(country) = gazetteer.demonym(&one) {
        return Some((at + 1, country));
    }
    nation(tokens, at, gazetteer)
}

/// "Sudan's military", "the Central African Republic's army": a country in the possessive.
fn nation<'g>(tokens: &[Token], at: usize, gazetteer: &'g Gazetteer) -> Option<(usize, &'g str)> {
    let end = (at..tokens.len().min(at + 4)).find(|&i| tokens[i].possessive)? + 1;
    let words = &tokens[at..end];
    if words.iter().any(|token| !token.word || !token.name_like) {
        return None;
    }
    let name = words.iter().map(|token| fold(&token.low)).collect::<Vec<_>>().join(" ");
    let countries = gazetteer.find(&name).into_iter().find(|candidate| candidate.place.kind == Kind::Country);
    countries.map(|candidate| (end, candidate.place.country))
}

/// "Syrian army", "Russian troops", "Congolese rebels", "the Ukrainians".
fn of_country(tokens: &[Token], at: usize, end: usize, country: &str) -> Option<(usize, Who)> {
    let country = country.to_owned();
    if joined(tokens, end) {
        // "Russian-held" names who holds; "Turkish-backed" says nothing of control.
        return holds(tokens, end).then_some((end, Who::State(Some(country))));
    }
    let mut i = end;
    while tokens.get(i).is_some_and(|token| {
        token.word
            && (is_adjective_of_force(&token.low)
                || is_direction(&token.low)
                || token.low == "-" && !token.spaced)
            && !token.possessive
    }) {
        i += 1;
    }
    // "the Syrian army": the last adjective may be the force itself.
    if !tokens.get(i).is_some_and(|token| token.word && is_force(&token.low)) {
        while i > end && !is_force(&tokens[i - 1].low) {
            i -= 1;
        }
        i = if i > end { i - 1 } else { end };
    }
    let Some(head) = tokens.get(i).filter(|token| token.word) else {
        return plural_people(tokens, at, end).then_some((end, Who::State(Some(country))));
    };
    let between = &tokens[end..i];
    let rebel = |word: &str| is_rebel_force(word);
    if is_force(&head.low) {
        let who = if rebel(&head.low) || between.iter().any(|token| rebel(&token.low)) {
            Who::Rebels(Some(country))
        } else {
            Who::State(Some(country))
        };
        let mut stop = i + 1;
        while !tokens[stop - 1].possessive
            && tokens.get(stop).is_some_and(|token| token.word && is_force(&token.low))
        {
            stop += 1;
        }
        return Some((stop, who));
    }
    if between.iter().any(|token| rebel(&token.low)) {
        return Some((i, Who::Rebels(Some(country))));
    }
    if matches!(
        head.low.as_str(),
        "defence" | "defense" | "foreign" | "interior" | "ministry" | "general" | "state"
    ) && i == end
    {
        return Some((end, Who::State(Some(country))));
    }
    plural_people(tokens, at, end).then_some((end, Who::State(Some(country))))
}

fn plural_people(tokens: &[Token], at: usize, end: usize) -> bool {
    let last = &tokens[end - 1];
    let nation = last.low.ends_with('s') && !last.low.ends_with("ss") && !last.possessive;
    nation && (at > 0 || end < tokens.len())
}

fn is_adjective_of_force(word: &str) -> bool {
    is_rebel_force(word)
        || matches!(
            word,
            "armed"
                | "government"
                | "regime"
                | "security"
                | "ground"
                | "special"
                | "federal"
                | "regular"
                | "elite"
                | "naval"
                | "national"
                | "allied"
                | "border"
                | "air"
                | "arab"
                | "military"
                | "army"
                | "paramilitary"
                | "islamist"
                | "state"
                | "and"
                | "separatist"
                | "transitional"
                | "interim"
                | "junta"
                | "recognised"
                | "recognized"
                | "internationally"
                | "elected"
                | "ousted"
                | "defense"
                | "defence"
                | "peacekeeping"
                | "ruling"
                | "revolutionary"
                | "un"
                | "u.n"
        )
}

/// A capitalised name before a word of armed men: "Karen fighters", "the Wazalendo militia".
fn unlisted(tokens: &[Token], at: usize) -> Option<(usize, Who)> {
    if !tokens[at].name_like
        || tokens[at].possessive
        || is_determiner(&tokens[at].low)
        || is_direction(&tokens[at].low)
    {
        return None;
    }
    let low = tokens[at].low.as_str();
    if is_force(low)
        || is_adjective_of_force(low)
        || is_bystander(low)
        || month(low).is_some()
        || weekday(low).is_some()
    {
        return None;
    }
    // At the head of a sentence any word has a capital; there only a people's name is sure.
    if at == 0 && !is_people(low) {
        return None;
    }
    let mut end = at;
    while tokens
        .get(end)
        .is_some_and(|token| token.word && token.name_like && !token.possessive && !is_force(&token.low))
    {
        end += 1;
    }
    let head = tokens.get(end)?;
    let armed = matches!(
        head.low.as_str(),
        "fighters"
            | "militia"
            | "militias"
            | "militants"
            | "rebels"
            | "forces"
            | "troops"
            | "insurgents"
            | "gunmen"
            | "guerrillas"
            | "separatists"
    );
    if !armed || head.name_like || end - at > 3 {
        return None;
    }
    let words: Vec<String> = tokens[at..=end]
        .iter()
        .map(|token| if token.name_like { capitalised(&token.low) } else { token.low.to_string() })
        .collect();
    Some((end + 1, Who::Named(words.join(" "))))
}

/// A word as names write it: "U.N", "UN", "Karen".
fn capitalised(word: &str) -> String {
    if word.contains('.') || matches!(word, "un" | "au" | "eu" | "nato") {
        return word.to_uppercase();
    }
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// "the army", "government forces", "rebel fighters", "they".
fn generic(tokens: &[Token], at: usize) -> Option<(usize, Who)> {
    let low = tokens[at].low.as_str();
    let mut end = at;
    let mut who = None;
    while let Some(token) = tokens.get(end).filter(|token| token.word) {
        let word = token.low.as_str();
        let found = if is_rebel_force(word) {
            Some(Who::Rebels(None))
        } else if is_state_force(word) || matches!(word, "security" | "loyalist" | "junta" | "pro-government")
        {
            Some(Who::State(None))
        } else if is_that_group(word) {
            Some(Who::ThatGroup)
        } else if is_force(word) && who.is_some() && !voice(word)
            || matches!(word, "allied" | "armed") && end > at
        {
            None
        } else {
            break;
        };
        // The first telling word decides ("rebel fighters", "government troops").
        who = who.or(found);
        end += 1;
        if token.possessive {
            break;
        }
    }
    // "the military airport", "the police headquarters": the word only says whose building it is.
    if tokens.get(end).is_some_and(|token| token.word && is_building(&token.low))
        && end == at + 1
        && !tokens[at].possessive
    {
        return None;
    }
    if let Some(found) = who {
        // "its forces", "their troops": those of whoever was spoken of.
        let own = at > 0 && matches!(tokens[at - 1].low.as_str(), "its" | "their" | "his" | "our");
        let who = if own { Who::Pronoun } else { found };
        let alone = tokens[at..end]
            .iter()
            .all(|token| matches!(token.low.as_str(), "security" | "opposition" | "movement" | "group"));
        let next_is_voice = tokens.get(end).is_some_and(|token| voice(&token.low));
        if tokens[at].low == "security" && alone && !next_is_voice {
            return None;
        }
        if joined(tokens, end) && !holds(tokens, end) {
            return None; // "rebel-backed": an adjective of somebody else
        }
        return Some((end, who));
    }
    if matches!(low, "forces" | "fighters" | "coalition" | "alliance" | "faction" | "factions" | "defenders")
    {
        let own = at > 0 && matches!(tokens[at - 1].low.as_str(), "its" | "their" | "his" | "our");
        let who = match low {
            _ if own => Who::Pronoun,
            "defenders" => Who::State(None),
            "forces" => Who::Pronoun,
            _ => Who::ThatGroup,
        };
        return Some((at + 1, who));
    }
    // "state media", "state television": the government's own voice.
    if low == "state"
        && tokens.get(at + 1).is_some_and(|next| {
            matches!(next.low.as_str(), "media" | "television" | "tv" | "news" | "radio" | "broadcaster")
        })
    {
        return Some((at + 2, Who::State(None)));
    }
    if low == "general" && tokens.get(at + 1).is_some_and(|next| next.low == "command") {
        return Some((at + 2, Who::State(None)));
    }
    if let Some(end) = office(tokens, at) {
        return Some((end, Who::Office));
    }
    if low == "we" {
        return Some((at + 1, Who::Speaker));
    }
    if low == "men" && at > 0 && matches!(tokens[at - 1].low.as_str(), "its" | "their" | "his") {
        return Some((at + 1, Who::Pronoun));
    }
    if is_actor_pronoun(low) {
        return Some((at + 1, Who::Pronoun));
    }
    if is_bystander(low) {
        return Some((at + 1, Who::Bystander));
    }
    None
}

/// "defence ministry", "general staff", "spokesman": one past the words.
fn office(tokens: &[Token], at: usize) -> Option<usize> {
    let word = |i: usize| tokens.get(at + i).map_or("", |token| token.low.as_str());
    match (word(0), word(1)) {
        ("defence" | "defense" | "interior" | "foreign" | "information" | "war", "ministry" | "minister") => {
            Some(at + 2)
        }
        ("general", "staff") | ("prime", "minister") | ("armed", "forces") => Some(at + 2),
        ("spokesman" | "spokeswoman" | "spokesperson" | "spokesmen" | "ministry", _) => Some(at + 1),
        _ => None,
    }
}

/// Things that belong to armed men and are not they.
fn is_building(word: &str) -> bool {
    is_facility(word)
        || matches!(
            word,
            "headquarters"
                | "hospital"
                | "academy"
                | "council"
                | "station"
                | "stations"
                | "outpost"
                | "outposts"
                | "post"
                | "posts"
                | "checkpoint"
                | "checkpoints"
                | "positions"
                | "position"
                | "installation"
                | "warehouse"
                | "vehicles"
                | "buildings"
                | "building"
                | "offices"
                | "service"
                | "air"
        )
}

/// Whether a hyphen joins the next word.
fn joined(tokens: &[Token], end: usize) -> bool {
    tokens.get(end).is_some_and(|token| token.low == "-" && !token.spaced)
}

/// "-held", "-controlled": the words before name who holds a place.
fn holds(tokens: &[Token], end: usize) -> bool {
    let verb = tokens.get(end + 1).map_or("", |token| token.low.as_str());
    matches!(verb, "held" | "controlled" | "run" | "occupied" | "ruled" | "dominated")
}
