//! Actors: the sides of a war, their names and aliases, found in text.

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
}
