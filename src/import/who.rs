//! Actors as tables name them: the project's, a state's forces, a country's rebels, else new ones.

use super::Given;
use crate::actor::ActorId;
use crate::diag::{Code, Locus, Problem, short};
use crate::gazetteer::Kind;
use std::collections::BTreeMap;

/// How the forces of a state begin in ACLED's list of actors; what follows is its country.
const STATES: &[&str] = &["Military Forces of ", "Police Forces of ", "Government of "];
/// How rebels that ACLED does not tell apart begin; their country stands in brackets.
const REBELS: &[&str] = &["Opposition Rebels", "Rebel Forces", "Islamist Rebels"];
/// What ACLED writes behind a country where a second government or army has its forces, with the name it is known by here.
const RIVALS: [(&str, &str); 3] = [
    ("supreme political council", "Houthis"),
    ("haftar faction", "Libyan National Army"),
    ("gaza strip", "Hamas"),
];
/// What stands for somebody who is not identified.
const NOBODY: &[&str] = &["unidentified ", "unknown", "civilians"];
/// Names of new actors that are listed in a message.
const LISTED: usize = 8;
/// Longest name of a new actor, in characters.
const LONGEST: usize = 120;

/// Finds the actors of one table; those it does not know it remembers, to tell of them.
pub(super) struct Who<'a> {
    given: &'a Given<'a>,
    met: BTreeMap<String, Option<ActorId>>,
    countries: BTreeMap<String, Option<String>>,
    new: Vec<(u64, String)>,
}

impl<'a> Who<'a> {
    pub(super) fn new(given: &'a Given<'a>) -> Self {
        Self { given, met: BTreeMap::new(), countries: BTreeMap::new(), new: Vec::new() }
    }

    /// The actor of a name; nobody where the name is empty or says that nobody knows.
    pub(super) fn actor(&mut self, name: &str, line: u64) -> Option<ActorId> {
        if let Some(met) = self.met.get(name) {
            return met.clone();
        }
        let found = self.find(name, line);
        self.met.insert(name.to_owned(), found.clone());
        found
    }

    fn find(&mut self, name: &str, line: u64) -> Option<ActorId> {
        let low = name.to_lowercase();
        if name.is_empty() || NOBODY.iter().any(|word| low.starts_with(word)) {
            return None;
        }
        if let Some(known) = self.known(name) {
            return Some(known);
        }
        let new: String = name.chars().take(LONGEST).collect();
        self.new.push((line, new.clone()));
        Some(ActorId(new))
    }

    fn known(&mut self, name: &str) -> Option<ActorId> {
        let cast = &self.given.project.cast;
        let listed = |name: &str| cast.find(name).cloned();
        if let Some(id) = listed(name) {
            return Some(id);
        }
        // "Military Forces of Russia (2000-) Wagner Group": the unit is itself if the project or everybody knows it.
        let (head, tail) = match name.split_once(" (") {
            Some((head, rest)) => (head, rest.split_once(')')),
            None => (name, None),
        };
        let unit = tail.map_or("", |(_, unit)| unit.trim());
        if let Some(country) = STATES.iter().find_map(|start| head.strip_prefix(start)) {
            let rival = RIVALS.iter().find(|(tail, _)| unit.to_lowercase() == *tail);
            if let Some((_, rival)) = rival {
                return Some(listed(rival).unwrap_or_else(|| ActorId((*rival).to_owned())));
            }
            return listed(unit).or_else(|| listed(head)).or_else(|| {
                let code = self.country(country)?;
                Some(self.state(&code))
            });
        }
        let parts = [": ", " - "].into_iter().filter_map(|between| name.split_once(between));
        let parts = parts.flat_map(|(first, second)| [first, second]);
        let bare = parts.clone().map(|part| part.split(" (").next().unwrap_or(part));
        if let Some(id) = parts.chain(bare).chain([head]).find_map(listed) {
            return Some(id);
        }
        let country = tail.map(|(country, _)| country).filter(|_| REBELS.contains(&head))?;
        let code = self.country(country)?;
        Some(cast.umbrella(&code, &self.demonym(&code)))
    }

    /// The government and army of a country.
    pub(super) fn state(&self, code: &str) -> ActorId {
        self.given.project.cast.state(code, &self.demonym(code))
    }

    fn demonym(&self, code: &str) -> String {
        let country = self.given.gazetteer.country(code);
        let word =
            country.map(|country| if country.demonym.is_empty() { country.name } else { country.demonym });
        word.unwrap_or(code).to_owned()
    }

    /// The ISO code of a country, by its code or any of its names.
    pub(super) fn country(&mut self, name: &str) -> Option<String> {
        if let Some(met) = self.countries.get(name) {
            return met.clone();
        }
        let found = self.find_country(name);
        self.countries.insert(name.to_owned(), found.clone());
        found
    }

    fn find_country(&self, name: &str) -> Option<String> {
        let gazetteer = self.given.gazetteer;
        if name.len() == 2
            && let Some(country) = gazetteer.country(&name.to_uppercase())
        {
            return Some(country.code.to_owned());
        }
        let found = gazetteer.find(name);
        let country = found.iter().find(|candidate| candidate.place.kind == Kind::Country)?;
        Some(country.place.country.to_owned())
    }

    /// What is told of the actors nobody listed.
    pub(super) fn told(self, file: &str) -> Option<Problem> {
        let (line, _) = *self.new.first().as_ref()?;
        let names: Vec<String> =
            self.new.iter().take(LISTED).map(|(_, name)| format!("`{}`", short(name))).collect();
        let names = names.join(", ");
        let more = self.new.len().saturating_sub(LISTED);
        let message = match (self.new.len(), more) {
            (1, _) => format!("no actor is called {names}; it is taken for a new one"),
            (n, 0) => format!("{n} actors are known by none of their names and taken for new ones: {names}"),
            (n, more) => {
                format!(
                    "{n} actors are known by none of their names and taken for new ones: {names} and {more} more"
                )
            }
        };
        let at = Locus::Line { file: file.into(), line: *line };
        Some(
            Problem::new(Code::UnknownActor, at, message)
                .help("list them under [[actors]] in the project file, or as aliases of one"),
        )
    }
}
