//! What the compiler of the index and its reader must agree on.

/// First bytes of an index.
pub const MAGIC: [u8; 8] = *b"cmgaz\0\0\x02";
/// Bytes of the header: the magic, then [`SECTIONS`] pairs of offset and length, each a `u32`.
pub const HEADER: usize = 8 + 8 * SECTIONS;
/// Number of sections.
pub const SECTIONS: usize = 10;

/// Fixed-width place records, sorted by id.
pub const PLACES: usize = 0;
/// Texts, each after its length as a `u16`; the empty text is at 0.
pub const TEXTS: usize = 1;
/// Per place its other names, each after its length as a `u8`, ended by a 0.
pub const OTHERS: usize = 2;
/// Open hash table over folded names and the beginnings of names.
pub const TABLE: usize = 3;
/// What the entries of the table point to: see [`POSTING`].
pub const POSTINGS: usize = 4;
/// Sketches of names (see `sound.rs`) in blocks of [`BLOCK`], grouped by country, in each by the number of their bits.
pub const SKETCHES: usize = 5;
/// Place numbers grouped by country.
pub const MEMBERS: usize = 6;
/// Countries sorted by code.
pub const COUNTRIES: usize = 7;
/// Demonyms sorted by their folded text.
pub const DEMONYMS: usize = 8;
/// The names the sketches are of, in the same order: see [`POSTING`].
pub const SKETCHED: usize = 9;

/// Bytes of a place record: id `u64`, latitude and longitude `i32` in 1e-5 degrees, population `u32`, the texts name,
/// local, feature, country, admin1, admin2 `u32`, others `u32`, kind `u8`, number of other names up to 255 `u8`, two spare.
pub const PLACE: usize = 52;
/// Bytes of a table slot: fingerprint `u32` (0 is empty), then `u32`: offset of the postings × 4 + [`NAME`] + [`MORE`].
pub const SLOT: usize = 8;
/// Slot flag: this is a whole name.
pub const NAME: u32 = 1;
/// Slot flag: longer names begin so.
pub const MORE: u32 = 2;
/// Bytes of a posting: place number `u32`, number of the name `u16`. Postings follow their count, a `u16`.
pub const POSTING: usize = 6;
/// Bit of a posting's name number: the name had an article, dropped here.
pub const BARE: u16 = 1 << 15;
/// Names of a block of sketches. The first block of a country is filled up at its front with names of no place.
pub const BLOCK: usize = 256;
/// Bytes of one bit of all sketches of a block.
pub const PLANE: usize = BLOCK / 8;
/// Bytes of a block: for each bit of a sketch a [`PLANE`], so that a search reads only the bits it asks for; then for each
/// sketch the number of its bits, a `u8`.
pub const SKETCHES_OF_BLOCK: usize = 64 * PLANE + BLOCK;
/// Bytes of a country: texts code, name, demonym `u32`, id `u64`, first member and number of members `u32`,
/// first block of sketches and number of blocks `u32`. What lies in no country has a row with an empty code, the first.
pub const COUNTRY: usize = 36;
/// Bytes of a demonym: texts folded demonym and country code, `u32` each.
pub const DEMONYM: usize = 8;

/// The kinds of place in the order of their number in a record, as `Kind` names them.
pub const KINDS: [&str; 14] = [
    "town", "quarter", "village", "country", "admin1", "admin2", "base", "airport", "crossing", "dam",
    "river", "lake", "sea", "region",
];

/// Hash of a folded name, word by word: FNV-1a, 64 bits, so that the words of a text extend it one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash(u64);

impl Hash {
    /// Of nothing.
    pub const START: Self = Self(0xcbf2_9ce4_8422_2325);

    /// Of what was hashed, followed by `text`.
    #[must_use]
    pub fn then(self, text: &str) -> Self {
        Self(text.bytes().fold(self.0, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    /// Slot number in a table of `slots` and the fingerprint to expect there, never 0.
    ///
    /// FNV's upper bits are weak, so they are mixed first (the finaliser of `MurmurHash3`, public domain).
    #[must_use]
    pub fn slot(self, slots: usize) -> (usize, u32) {
        let mut h = self.0;
        h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^= h >> 33;
        let slot = ((h >> 32) * slots as u64) >> 32;
        (slot as usize, (h as u32).max(1))
    }

    /// The hash as a number.
    #[must_use]
    pub fn bits(self) -> u64 {
        self.0
    }

    /// The hash of this number.
    #[must_use]
    pub fn of_bits(bits: u64) -> Self {
        Self(bits)
    }
}

/// Id of a place no GeoNames id is known for: 2^40 + a hash of its name and country, so that it stays the same when
/// rows around it come and go.
#[must_use]
pub fn own_id(name: &str, country: &str, kind: &str) -> u64 {
    let Hash(h) = Hash::START.then(name).then("|").then(country).then("|").then(kind);
    (1 << 40) + (h >> 25)
}

/// How likely a place is meant when its name stands in a report and nothing else is known, in 0…1.
///
/// For settlements the logarithm of the population (10 million: 0.93), a little more for seats of government, which
/// are never below a floor (their population is often not given); the other kinds have a fixed place among them. The most populous reading of a name is right in about three quarters of
/// news mentions (accuracy .78 on TR-News, .66 on LGL), which is what this reproduces.
#[must_use]
pub fn prominence(kind: &str, feature: &str, population: u64) -> f64 {
    let size = (population as f64 + 1.0).log10() / 7.5;
    let p = match kind {
        "country" => 0.97,
        "region" | "sea" => 0.75,
        "admin1" => (size * 0.9).clamp(0.3, 0.66),
        "river" | "lake" => 0.55,
        "airport" | "base" => 0.40,
        "crossing" | "dam" => 0.38,
        "admin2" => 0.34,
        "quarter" => (size * 0.6).clamp(0.15, 0.6),
        _ => {
            let seat = match feature {
                "PPLC" => (0.12, 0.8),
                "PPLA" => (0.06, 0.6),
                "PPLA2" => (0.03, 0.48),
                "PPLA3" => (0.0, 0.4),
                _ => (0.0, 0.2),
            };
            (size + seat.0).clamp(seat.1, 0.96)
        }
    };
    (p * 1000.0).round() / 1000.0
}

/// What a match counts by the number of the name that matched: the place's own name (in Latin or local script) 1,
/// another name 0.85; 0.9 of that where an article was dropped.
#[must_use]
pub fn weight(name: u16) -> f64 {
    let by_name = if name & !BARE < 2 { 1.0 } else { 0.85 };
    if name & BARE == 0 { by_name } else { by_name * 0.9 }
}
