//! Which words are ordinary English, first names or surnames: what a capitalised word may be besides a place.

use super::layout::Hash;

/// Slots of the compiled table, each a `u32`: 24 bits of fingerprint, then the three bands of two bits. A word that is
/// not listed is taken for another once in about sixteen million look-ups.
const SLOTS: usize = 1 << 18;

/// How usual a word is as an ordinary word, a first name and a surname: 0 is not at all, 3 is very.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lore(u8);

impl Lore {
    /// As an ordinary English word, written without a capital.
    #[must_use]
    pub fn ordinary(self) -> u8 {
        self.0 & 3
    }

    /// As a first name.
    #[must_use]
    pub fn first_name(self) -> u8 {
        self.0 >> 2 & 3
    }

    /// As a surname.
    #[must_use]
    pub fn surname(self) -> u8 {
        self.0 >> 4 & 3
    }
}

/// Compiles the table `words.tsv`: folded word, and its three bands as digits.
pub fn compile(table: &str) -> Vec<u8> {
    let mut slots = vec![0_u32; SLOTS];
    for line in table.lines() {
        let Some((word, bands)) = line.split_once('\t') else { continue };
        let digits: Vec<u8> = bands.bytes().map(|digit| digit.wrapping_sub(b'0') & 3).collect();
        let [ordinary, first, last] = digits.as_slice() else { continue };
        let (mut slot, print) = place(Hash::START.then(word));
        while slots[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        slots[slot] = print | u32::from(ordinary | first << 2 | last << 4);
    }
    slots.iter().flat_map(|slot| slot.to_le_bytes()).collect()
}

/// What is known of a word by its hash.
pub fn of(table: &[u8], word: Hash) -> Lore {
    let (mut slot, print) = place(word);
    for _ in 0..SLOTS {
        let bytes = table.get(slot * 4..slot * 4 + 4).and_then(|bytes| bytes.try_into().ok());
        match bytes.map(u32::from_le_bytes) {
            None | Some(0) => break,
            Some(found) if found & !0xff == print => return Lore((found & 0xff) as u8),
            Some(_) => slot = (slot + 1) % SLOTS,
        }
    }
    Lore::default()
}

fn place(word: Hash) -> (usize, u32) {
    let (slot, print) = word.slot(SLOTS);
    (slot, (print << 8).max(0x100))
}
