//! What a text as a whole tells about its words: what the gazetteer knows of them, and how each is used elsewhere in it.

use super::ground::facility;
use super::lists::{
    is_connector, is_district, is_facility_adjective, is_place_part, is_place_preposition, is_settlement,
    is_title, is_unit,
};
use super::words::{Word, Words, gap, how};
use crate::gazetteer::{Gazetteer, Hash, Kind, Lore, Peek, base_forms};
use std::cell::RefCell;
use std::collections::HashMap;

/// A stretch of words that may hold names: capitalised words and what joins them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What the gazetteer knows of some words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fact {
    pub(crate) peek: Peek,
    /// They are a people or its adjective.
    pub(crate) people: bool,
    /// How usual they are in English, if they are one word.
    pub(crate) lore: Lore,
}

/// How a word is used in the text as a whole.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Use {
    /// Times it stands with a capital.
    pub(crate) count: u16,
    /// … without.
    pub(crate) lower: u16,
    /// … after a first name or a title.
    pub(crate) person: u16,
    /// … after "in" and the like, or before a comma and a unit of land.
    pub(crate) placed: u16,
    /// … next to another capitalised word.
    pub(crate) part: u16,
}

/// Facts looked up before, by hash: names come again and again, in a text and in the next.
pub(crate) struct Memory<'g> {
    pub(crate) gazetteer: &'g Gazetteer,
    facts: RefCell<Vec<(u64, Fact)>>,
}

/// A stretch has at most about so many words; a longer one, as of a headline in capitals, is cut.
const LONGEST_RUN: usize = 24;

/// Prominence from which a name is a place's before it is a people's.
const PROMINENT: u16 = 450;

/// Slots of the memory. A name that falls on another's slot takes it over.
const SLOTS: usize = 1 << 16;

impl<'g> Memory<'g> {
    pub(crate) fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, facts: RefCell::new(vec![(0, Fact::default()); SLOTS]) }
    }

    /// Whether a word is a people or its adjective.
    pub(crate) fn people(&self, word: Hash, text: impl FnOnce() -> String) -> bool {
        self.fact(word, || Some(text())).people
    }

    fn fact(&self, name: Hash, text: impl FnOnce() -> Option<String>) -> Fact {
        let (slot, _) = name.slot(SLOTS);
        let (found, fact) = self.facts.borrow()[slot];
        if found == name.bits() {
            return fact;
        }
        let mut peek = self.gazetteer.peek(name);
        let text = text();
        if peek.kind.is_none()
            && let Some(text) = text.as_deref().filter(|text| !text.is_ascii())
        {
            // "Харькове" and "بحلب": a case ending, a preposition or conjunction written together with the name.
            for base in bases(text) {
                let base = self.gazetteer.peek(Hash::START.then(&base));
                let more = peek.more || base.more;
                peek = if peek.kind.is_none() && base.kind.is_some() { base } else { peek };
                peek.more = more;
            }
        }
        // "Vatican" and "Myanmar" are adjectives too, and places first.
        let people =
            peek.prominence < PROMINENT && text.is_some_and(|text| self.gazetteer.demonym(&text).is_some());
        let fact = Fact { peek, people, lore: Gazetteer::lore(name) };
        self.facts.borrow_mut()[slot] = (name.bits(), fact);
        fact
    }
}

/// The forms that a name of one or two words may have without case endings and joined prepositions, likeliest first.
pub(crate) fn bases(name: &str) -> impl Iterator<Item = String> {
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    let gap = if rest.is_empty() { "" } else { " " };
    base_forms(first).into_iter().map(move |base| format!("{base}{gap}{rest}"))
}

/// A text's words with what is known of them.
pub(crate) struct Context<'w, 'g> {
    pub(crate) words: &'w Words,
    memory: &'w Memory<'g>,
    uses: HashMap<u64, Use, Mixed>,
    /// What is known of each word by itself, for words that may belong to names.
    singles: Vec<Fact>,
}

impl<'w, 'g> Context<'w, 'g> {
    /// Looks the text over.
    pub(crate) fn of(words: &'w Words, memory: &'w Memory<'g>) -> Self {
        let mut context = Self { words, memory, uses: HashMap::default(), singles: Vec::new() };
        let single = |(i, word): (usize, &Word)| {
            if word.name_like() { context.fact(i, i + 1, word.key) } else { Fact::default() }
        };
        context.singles = words.list.iter().enumerate().map(single).collect();
        for run in context.runs() {
            context.count(run);
        }
        for word in words.list.iter().filter(|word| !word.name_like()) {
            if let Some(uses) = context.uses.get_mut(&word.key.bits()) {
                uses.lower = uses.lower.saturating_add(1);
            }
        }
        context
    }

    /// The stretches that may hold names, in order.
    pub(crate) fn runs(&self) -> Vec<Run> {
        let list = &self.words.list;
        let mut runs = Vec::new();
        let mut at = 0;
        while at < list.len() {
            let start = at;
            if !self.opens(start) {
                at += 1;
                continue;
            }
            let mut end = start + 1;
            while end - start < LONGEST_RUN {
                // Over up to three joining words to the next capital: "Democratic Republic of the Congo".
                let joined = |i: usize| i < list.len() && self.joins(i);
                let mut next = end;
                while joined(next) && !list[next].name_like() && next < end + 3 && self.links(next) {
                    next += 1;
                }
                let goes_on =
                    joined(next) && (list[next].name_like() || list[next].how.has(how::DIGIT) && next == end);
                if !goes_on {
                    break;
                }
                end = next + 1;
            }
            end = self.facility(end).unwrap_or(end);
            runs.push(Run { start, end });
            at = end;
        }
        runs
    }

    /// Where the words end that say without a capital what a name's place is: "Tiyas air base".
    fn facility(&self, from: usize) -> Option<usize> {
        let list = &self.words.list;
        let mut end = from;
        while end < list.len().min(from + 3)
            && list[end].gap == gap::SPACE
            && !list[end].name_like()
            && !list[end - 1].how.has(how::POSSESSIVE)
        {
            end += 1;
            if facility(self.words.text(end - 1)).is_some() {
                return Some(end);
            }
            if !is_facility_adjective(self.words.text(end - 1)) {
                return None;
            }
        }
        None
    }

    /// Whether a run may begin here: a capital, or an article joined to one ("al-Bab").
    fn opens(&self, i: usize) -> bool {
        let list = &self.words.list;
        list[i].name_like() || self.articled(i)
    }

    fn articled(&self, i: usize) -> bool {
        let list = &self.words.list;
        list.get(i + 1).is_some_and(|next| next.gap == gap::HYPHEN && next.name_like())
            && self.words.text(i).len() <= 3
            && is_connector(self.words.text(i))
            && !list[i].gap.has(gap::HYPHEN)
    }

    /// Whether the word at `i` goes on the run of the word before it.
    fn joins(&self, i: usize) -> bool {
        let (word, before) = (&self.words.list[i], &self.words.list[i - 1]);
        let abbreviated = before.how.has(how::SHORT) && word.gap.only(gap::SPACE | gap::STOP);
        (word.gap.only(gap::SPACE | gap::HYPHEN) || abbreviated) && !word.first()
    }

    /// Whether the word at `i` joins the parts of a name: "Republic of the Congo", "Port-au-Prince".
    fn links(&self, i: usize) -> bool {
        let hyphen = |i: usize| self.words.gap(i) == gap::HYPHEN;
        is_connector(self.words.text(i)) || hyphen(i) && hyphen(i + 1) && self.words.text(i).len() <= 4
    }

    /// Whether a name may start with this word.
    pub(crate) fn may_start(&self, i: usize) -> bool {
        self.words.list[i].name_like() || self.articled(i)
    }

    /// Whether a name may end with this word.
    pub(crate) fn may_end(&self, i: usize) -> bool {
        self.words.list[i].name_like() || self.words.list[i].how.has(how::DIGIT)
    }

    /// Whether several words that the gazetteer does not know may be a name of a place for all that: they begin or end as
    /// such names do, or none of them is an ordinary word or a first name.
    pub(crate) fn may_be_unknown(&self, start: usize, end: usize) -> bool {
        let part = |i: usize| is_place_part(self.words.text(i)) || self.words.list[i].how.has(how::DIGIT);
        let other = |i: usize| self.lore(i).ordinary() > 0 || self.lore(i).first_name() > 0;
        end - start <= 4
            && !self.caseless(start)
            && (part(end - 1) || part(start) || !(start..end).any(other))
    }

    /// Whether a word is a common noun for a kind of place, which only a capital could make a name: مدينة, "city".
    pub(crate) fn common(&self, i: usize) -> bool {
        let word = self.words.text(i);
        is_unit(word) || is_district(word) || is_settlement(word)
    }

    /// Whether the word is of a script without capitals, where only the gazetteer tells names.
    pub(crate) fn caseless(&self, i: usize) -> bool {
        self.words.list[i].how.has(how::CASELESS)
    }

    /// What the gazetteer knows of these words, whose hash this is.
    pub(crate) fn fact(&self, start: usize, end: usize, name: Hash) -> Fact {
        self.memory.fact(name, || match end - start {
            1 => Some(self.words.text(start).to_owned()),
            2 => Some(format!("{} {}", self.words.text(start), self.words.text(start + 1))),
            _ => None,
        })
    }

    /// What the gazetteer knows of one word; nothing of words without a capital.
    pub(crate) fn single(&self, i: usize) -> Fact {
        self.singles[i]
    }

    /// How usual a word with a capital is in English.
    pub(crate) fn lore(&self, i: usize) -> Lore {
        self.singles[i].lore
    }

    /// How a word is used in the whole text.
    pub(crate) fn uses(&self, word: &Word) -> Use {
        self.uses.get(&word.key.bits()).copied().unwrap_or_default()
    }

    /// The kind of unit of land or country that follows after a comma: "Gainesville, Fla.", "Hajin, Deir ez-Zor".
    pub(crate) fn container(&self, end: usize) -> Option<Kind> {
        let list = &self.words.list;
        let next = list.get(end)?;
        if !next.gap.only(gap::SPACE | gap::COMMA | gap::STOP | gap::CLOSE)
            || !next.gap.has(gap::COMMA)
            || !next.name_like()
        {
            return None;
        }
        let unit = |kind: Option<Kind>| {
            kind.filter(|kind| matches!(kind, Kind::Country | Kind::Admin1 | Kind::Admin2))
        };
        let mut walk = next.key;
        let mut best = unit(self.single(end).peek.kind);
        for i in end + 1..list.len().min(end + 4) {
            if !self.joins(i) || !self.fact(end, i, walk).peek.more {
                break;
            }
            walk = walk.then(" ").then(self.words.text(i));
            best = unit(self.fact(end, i + 1, walk).peek.kind).or(best);
        }
        best
    }

    fn count(&mut self, run: Run) {
        let long = run.end - run.start > 1;
        let before = run.start.checked_sub(1).filter(|_| !self.words.list[run.start].first());
        let titled = before.is_some_and(|i| is_title(self.words.text(i)));
        let placed = before.is_some_and(|i| {
            is_place_preposition(self.words.text(i)) && self.words.list[run.start].gap == gap::SPACE
        });
        let contained = self.container(run.end).is_some();
        for i in run.start..run.end {
            let word = self.words.list[i];
            if !word.name_like() {
                continue;
            }
            let after = i > run.start && {
                let lore = self.lore(i - 1);
                lore.first_name() > 0 && lore.first_name() >= lore.ordinary()
                    || is_title(self.words.text(i - 1))
            };
            let uses = self.uses.entry(word.key.bits()).or_default();
            uses.count = uses.count.saturating_add(1);
            uses.part = uses.part.saturating_add(u16::from(long));
            uses.person = uses.person.saturating_add(u16::from(after || titled && i == run.start));
            let here = placed && i == run.start && !long || contained && i + 1 == run.end;
            uses.placed = uses.placed.saturating_add(u16::from(here));
        }
    }
}

/// The keys are hashes already.
#[derive(Clone, Copy, Default)]
pub(crate) struct Mixed;

impl std::hash::BuildHasher for Mixed {
    type Hasher = Mixer;

    fn build_hasher(&self) -> Mixer {
        Mixer(0)
    }
}

/// See [`Mixed`].
pub(crate) struct Mixer(u64);

impl std::hash::Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u64(&mut self, key: u64) {
        let h = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = h ^ (h >> 32);
    }
}
