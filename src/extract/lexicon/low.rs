//! Words in lower case, with what the lists say of them looked up once.

use super::{LISTS, Listed};
use crate::extract::rules::RULES;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::fmt;
use std::ops::Deref;
use std::sync::LazyLock;

/// A word of a sentence in lower case, or a punctuation mark, and the classes it belongs to.
///
/// The grammar asks for classes many times for each word; a word asks the lists only when it is made.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Low {
    text: SmolStr,
    classes: Classes,
}

/// The classes of a word, a bit for each list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u64);

/// A form of a verb that the grammar knows.
pub(super) const VERB: u32 = Listed::COUNT;
/// Such a form that is a noun as well.
pub(super) const ALSO_NOUN: u32 = Listed::COUNT + 1;
/// The first word of a phrase of a rule.
const OPENS_RULE: u32 = Listed::COUNT + 2;

const _: () = assert!(OPENS_RULE < u64::BITS, "a class has no bit left");

impl Classes {
    /// Whether the class of this number is among them.
    pub(super) fn has(self, class: u32) -> bool {
        self.0 >> class & 1 == 1
    }

    fn of(word: &str) -> Self {
        static TABLE: LazyLock<FxHashMap<String, u64>> = LazyLock::new(|| {
            let mut table: FxHashMap<String, u64> = FxHashMap::default();
            let mut put = |word: &str, class: u32| *table.entry(word.to_owned()).or_default() |= 1 << class;
            for (class, list) in LISTS {
                list.split_whitespace().for_each(|word| put(word, *class as u32));
            }
            super::verbs::all_forms().for_each(|(word, _)| put(&word, VERB));
            for word in super::verbs::also_nouns() {
                put(&word, ALSO_NOUN);
            }
            for word in RULES.iter().flat_map(super::super::grammar::openers) {
                put(&word, OPENS_RULE);
            }
            table
        });
        Self(TABLE.get(word).copied().unwrap_or_default())
    }
}

/// What may be asked for its classes.
pub(crate) trait Classed {
    /// The classes it belongs to.
    fn classes(&self) -> Classes;
}

impl Classed for Low {
    fn classes(&self) -> Classes {
        self.classes
    }
}

impl Classed for str {
    fn classes(&self) -> Classes {
        Classes::of(self)
    }
}

impl<W: Classed + ?Sized> Classed for &W {
    fn classes(&self) -> Classes {
        (**self).classes()
    }
}

impl Low {
    /// The word as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a phrase of a rule begins with it.
    pub(crate) fn opens_rule(&self) -> bool {
        self.classes.has(OPENS_RULE)
    }
}

impl From<&str> for Low {
    fn from(word: &str) -> Self {
        Self { text: SmolStr::new(word), classes: Classes::of(word) }
    }
}

impl Deref for Low {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl AsRef<str> for Low {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl PartialEq<str> for Low {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl PartialEq<&str> for Low {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl fmt::Display for Low {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Low {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{also_noun, is_be, is_preposition, verb_forms};
    use super::*;

    #[test]
    fn a_word_knows_what_the_lists_say_of_it() {
        for word in ["of", "was", "capture", "captures", "fell", "hama", "", "харків"] {
            let low = Low::from(word);
            assert_eq!(is_preposition(&low), is_preposition(word), "{word}");
            assert_eq!(is_be(&low), is_be(word), "{word}");
            assert_eq!(also_noun(&low), super::super::verbs::also_nouns().any(|noun| noun == word), "{word}");
            assert_eq!(
                verb_forms(&low).is_empty(),
                !super::super::verbs::all_forms().any(|(form, _)| form == word),
                "{word}"
            );
        }
        assert!(is_preposition("of") && is_be("was") && also_noun("captures"));
        assert!(Low::from("fell").opens_rule() && !Low::from("of").opens_rule());
    }
}
