//! Plain facts of how a word is written and what stands before it, as sets of bits.

use std::ops::{BitOr, BitOrAssign};

/// A set of plain facts, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits(pub(crate) u16);

impl Bits {
    /// Whether any of these is among them.
    pub(crate) fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Whether nothing but these is among them.
    pub(crate) fn only(self, these: Self) -> bool {
        self.0 & !these.0 == 0
    }
}

impl BitOr for Bits {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Bits {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// What may stand between two words.
pub(crate) mod gap {
    use super::Bits;

    pub(crate) const SPACE: Bits = Bits(1);
    pub(crate) const COMMA: Bits = Bits(2);
    /// A full stop, question or exclamation mark.
    pub(crate) const STOP: Bits = Bits(4);
    pub(crate) const HYPHEN: Bits = Bits(8);
    pub(crate) const DASH: Bits = Bits(16);
    pub(crate) const COLON: Bits = Bits(32);
    pub(crate) const QUOTE: Bits = Bits(64);
    pub(crate) const OPEN: Bits = Bits(128);
    pub(crate) const CLOSE: Bits = Bits(256);
    pub(crate) const SLASH: Bits = Bits(512);
    /// The end of a line, or of the text.
    pub(crate) const LINE: Bits = Bits(1024);
    /// What marks addresses and tags: @ # _ \.
    pub(crate) const SIGN: Bits = Bits(2048);
    pub(crate) const OTHER: Bits = Bits(4096);
}

/// How a word is written.
pub(crate) mod how {
    use super::Bits;

    /// Begins with a capital letter.
    pub(crate) const CAPITAL: Bits = Bits(1);
    /// Is of a script that knows no capitals.
    pub(crate) const CASELESS: Bits = Bits(2);
    /// All its letters are capitals, and there is more than one.
    pub(crate) const UPPER: Bits = Bits(4);
    /// Begins with a digit.
    pub(crate) const DIGIT: Bits = Bits(8);
    /// An 's or a bare apostrophe after an s follows, which is no part of it.
    pub(crate) const POSSESSIVE: Bits = Bits(16);
    /// Initials with full stops, the last of them part of it: "U.S.".
    pub(crate) const INITIALS: Bits = Bits(32);
    /// An abbreviation whose full stop follows it: "St".
    pub(crate) const SHORT: Bits = Bits(64);
    /// First of its sentence.
    pub(crate) const FIRST: Bits = Bits(128);
    /// In a line of which most words have capitals, as headlines have.
    pub(crate) const HEADLINE: Bits = Bits(256);
    /// Has letters other than Latin ones.
    pub(crate) const FOREIGN: Bits = Bits(512);
}
