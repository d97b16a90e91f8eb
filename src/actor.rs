//! Actors: the sides of a war, their names and aliases, found in text.
//!
//! A project lists its own. Without a list, a state's forces ("Ukrainian troops"), a country's umbrella opposition
//! ("rebels") and a table of well-known groups are still told apart.

mod known;

use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt;

/// Names one actor; readable, as projects and tables write it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub String);

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Its id.
    pub id: ActorId,
    /// The name shown to readers.
    pub name: String,
    /// Other names, in any script.
    pub aliases: Vec<String>,
    /// The side it fights on; its own id where it stands alone.
    pub side: ActorId,
    /// Fill colour as `#rrggbb`, if the project sets one.
    pub colour: Option<String>,
    /// The country whose government and army it is: "the Syrian army" then means this actor.
    pub state_of: Option<String>,
    /// The country whose rebels it is: "the rebels" then means this actor.
    pub umbrella_of: Option<String>,
}

impl Actor {
    /// An actor of which only the name is known.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let id = ActorId(name.to_owned());
        Self {
            side: id.clone(),
            id,
            name: name.to_owned(),
            aliases: Vec::new(),
            colour: None,
            state_of: None,
            umbrella_of: None,
        }
    }
}

/// All actors a run knows: the project's, and the well-known ones it does not mention.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    actors: Vec<Actor>,
    names: FxHashMap<String, ActorId>,
    /// First words of names of several words, so that a walk over text knows whether to go on.
    beginnings: FxHashSet<String>,
    /// Names that are listed in lower case, and so need no capital in text.
    lower: FxHashSet<String>,
}

impl Cast {
    /// The project's actors, completed by the well-known groups that the project does not name.
    #[must_use]
    pub fn new(actors: Vec<Actor>) -> Self {
        let mut cast = Self::default();
        for actor in actors {
            cast.add(actor);
        }
        for group in known::GROUPS {
            let taken = std::iter::once(&group.name)
                .chain(group.aliases)
                .any(|name| cast.names.contains_key(&folded(name)));
            if taken {
                // The project speaks of this group in its own way; its other names then mean the same actor.
                let id = std::iter::once(&group.name)
                    .chain(group.aliases)
                    .find_map(|name| cast.names.get(&folded(name)).cloned());
                if let Some(id) = id {
                    for name in std::iter::once(&group.name).chain(group.aliases) {
                        cast.alias(name, &id);
                    }
                }
            } else {
                let mut actor = Actor::named(group.name);
                actor.aliases = group.aliases.iter().map(|alias| (*alias).to_owned()).collect();
                cast.add(actor);
            }
        }
        cast
    }

    fn add(&mut self, actor: Actor) {
        for name in std::iter::once(&actor.name).chain(&actor.aliases).chain(std::iter::once(&actor.id.0)) {
            self.alias(name, &actor.id);
        }
        self.actors.push(actor);
    }

    fn alias(&mut self, name: &str, id: &ActorId) {
        let lower = !name.chars().any(char::is_uppercase);
        let name = folded(name);
        if lower {
            self.lower.insert(name.clone());
        }
        if name.is_empty() {
            return;
        }
        for (at, _) in name.match_indices(' ') {
            self.beginnings.insert(name[..at].to_owned());
        }
        self.names.entry(name).or_insert_with(|| id.clone());
    }

    /// The actor with this id.
    #[must_use]
    pub fn actor(&self, id: &ActorId) -> Option<&Actor> {
        self.actors.iter().find(|actor| actor.id == *id)
    }

    /// The name shown to readers: the actor's own, else the id itself.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a ActorId) -> &'a str {
        self.actor(id).map_or(&id.0, |actor| &actor.name)
    }

    /// The actor of this name, alias or id, whatever the case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&ActorId> {
        self.names.get(&folded(name))
    }

    /// The longest name that begins `words` (folded, see [`folded`]): how many words it takes, and whose it is.
    #[must_use]
    pub fn longest(&self, words: &[impl AsRef<str>]) -> Option<(usize, &ActorId)> {
        let mut best = None;
        let mut name = String::new();
        for (i, word) in words.iter().enumerate() {
            if i > 0 {
                name.push(' ');
            }
            name.push_str(word.as_ref());
            if let Some(id) = self.names.get(&name) {
                best = Some((i + 1, id));
            }
            if !self.beginnings.contains(&name) {
                break;
            }
        }
        best
    }

    /// Whether a name begins with this word (folded, see [`folded`]).
    #[must_use]
    pub fn opens(&self, word: &str) -> bool {
        self.beginnings.contains(word) || self.names.contains_key(word)
    }

    /// Whether a name is listed in lower case, and so is itself even where text writes it without a capital.
    #[must_use]
    pub fn lower_case(&self, name: &str) -> bool {
        self.lower.contains(name)
    }

    /// The state of a country: the project's actor for it, else a generic one such as "Syrian government".
    #[must_use]
    pub fn state(&self, country: &str, demonym: &str) -> ActorId {
        let of = self.actors.iter().find(|actor| actor.state_of.as_deref() == Some(country));
        of.map_or_else(|| ActorId(format!("{demonym} government")), |actor| actor.id.clone())
    }

    /// The rebels of a country: the project's actor for them, else a generic one such as "Syrian rebels".
    #[must_use]
    pub fn umbrella(&self, country: &str, demonym: &str) -> ActorId {
        let of = self.actors.iter().find(|actor| actor.umbrella_of.as_deref() == Some(country));
        of.map_or_else(|| ActorId(format!("{demonym} rebels")), |actor| actor.id.clone())
    }

    /// The side an actor fights on.
    #[must_use]
    pub fn side<'a>(&'a self, id: &'a ActorId) -> &'a ActorId {
        self.actor(id).map_or(id, |actor| &actor.side)
    }

    /// Every actor, the project's first, in their order.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter()
    }
}

/// A name as it is compared: lower case, letters and digits only, words separated by one space, no possessive.
#[must_use]
pub fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !matches!(c, '\'' | '’' | '‘' | '.' | 'ʼ' | '`') && !out.ends_with(' ') && !out.is_empty()
        {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_speaks_of_a_known_group_in_its_own_way() {
        let mut rebels = Actor::named("Opposition");
        rebels.aliases = vec!["HTS".into()];
        let cast = Cast::new(vec![rebels]);
        assert_eq!(cast.find("Hayat Tahrir al-Sham"), Some(&ActorId("Opposition".into())));
        assert_eq!(cast.find("M23").map(|id| cast.name(id)), Some("M23"));
    }

    #[test]
    fn the_longest_name_wins() {
        let cast = Cast::new(vec![]);
        let words = ["islamic", "state", "militants"];
        assert_eq!(cast.longest(&words), Some((2, &ActorId("Islamic State".into()))));
        assert_eq!(cast.longest(&["islamic", "law"]), None);
    }

    #[test]
    fn a_generic_state_is_named_by_its_demonym() {
        let mut army = Actor::named("Regime");
        army.state_of = Some("SY".into());
        let cast = Cast::new(vec![army]);
        assert_eq!(cast.state("SY", "Syrian").0, "Regime");
        assert_eq!(cast.state("SD", "Sudanese").0, "Sudanese government");
    }
}
