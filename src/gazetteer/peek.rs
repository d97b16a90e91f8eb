//! What can be said of a name without reading all its places: made for deciding whether words are a name at all.

use super::layout::{BARE, Hash, prominence};
use super::lore::{self, Lore};
use super::{Gazetteer, Kind};

/// A name in short.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Peek {
    /// Kind of the likeliest place of this name, if there is one.
    pub kind: Option<Kind>,
    /// Its prominence in thousandths, see [`Candidate::score`](super::Candidate::score).
    pub prominence: u16,
    /// How many places have this name.
    pub places: u16,
    /// Whether it is the likeliest place's own name, in Latin or local script.
    pub own: bool,
    /// Whether longer names begin so.
    pub more: bool,
}

static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.idx"));

impl Gazetteer {
    /// What is known of a folded name, given its hash: all layers together, the likeliest place first.
    #[must_use]
    pub fn peek(&self, name: Hash) -> Peek {
        let mut peek = Peek::default();
        for index in self.indices() {
            let Some(value) = index.slot(name) else { continue };
            peek.more |= value & super::layout::MORE != 0;
            for (i, (number, which)) in index.postings(value).enumerate() {
                peek.places = peek.places.saturating_add(1);
                // Postings stand best first.
                if i > 0 {
                    continue;
                }
                let Some(place) = index.place(number) else { continue };
                let likely = prominence(place.kind.name(), place.feature, place.population);
                let likely = (likely * super::layout::weight(which) * 1000.0) as u16;
                if peek.kind.is_none() || likely > peek.prominence {
                    peek.kind = Some(place.kind);
                    peek.prominence = likely;
                    peek.own = which & !BARE < 2;
                }
            }
        }
        peek
    }

    /// How usual a folded word is in English as an ordinary word, a first name and a surname.
    #[must_use]
    pub fn lore(word: Hash) -> Lore {
        lore::of(WORDS, word)
    }
}
