//! The gazetteer: which places there are, what they are called, where they lie.

mod about;
#[allow(unreachable_pub, reason = "shared with the build script, which compiles the embedded tables")]
mod compile;
mod fold;
mod index;
mod inflect;
#[allow(unreachable_pub, reason = "shared with the build script")]
mod latin;
#[allow(unreachable_pub, reason = "shared with the build script")]
mod layout;
#[allow(dead_code, unreachable_pub, reason = "shared with the build script")]
mod lore;
mod near;
mod peek;
mod read;
mod search;
#[allow(unreachable_pub, reason = "shared with the build script")]
mod sound;
#[allow(dead_code, unreachable_pub, reason = "shared with the build script, which reads the embedded tables")]
mod tables;

use crate::named::named;
use crate::units::LonLat;
use index::{Index, Layer};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

pub use about::{About, Refused};
pub use fold::fold;
pub use index::Data;
pub use inflect::base_forms;
pub use layout::Hash;
pub use lore::Lore;
pub use peek::Peek;
pub use read::{Form, Table, read};
pub use search::{Step, Walk};

/// Names one place for good: a GeoNames id where GeoNames has the place, else 2^40 and above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u64);

impl PlaceId {
    /// The GeoNames id, if it is one.
    #[must_use]
    pub fn geonames(self) -> Option<u64> {
        (self.0 < 1 << 40).then_some(self.0)
    }
}

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

named! {
    /// What a place is.
    Kind {
        /// A town or city of any size.
        Town = "town",
        /// A part of a town.
        Quarter = "quarter",
        /// A village or hamlet.
        Village = "village",
        /// A country.
        Country = "country",
        /// A first-level unit: province, governorate, oblast, state.
        Admin1 = "admin1",
        /// A second-level unit: district, county.
        Admin2 = "admin2",
        /// A military base or camp.
        Base = "base",
        /// An airport or airfield, civil or military.
        Airport = "airport",
        /// A border crossing.
        Crossing = "crossing",
        /// A dam.
        Dam = "dam",
        /// A river.
        River = "river",
        /// A lake or reservoir.
        Lake = "lake",
        /// A sea, gulf or ocean.
        Sea = "sea",
        /// A continent or a part of the world.
        Region = "region",
    }
}

/// A place as the gazetteer knows it. Borrowed from the gazetteer's own bytes, so cheap to make and copy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place<'g> {
    /// Its id.
    pub id: PlaceId,
    /// Name in Latin script.
    pub name: &'g str,
    /// Name in the script of its country, where that is not Latin and is known.
    pub local: Option<&'g str>,
    /// What it is.
    pub kind: Kind,
    /// The GeoNames feature code (`PPLA`, `ADM1`, `AIRP` …); empty where there is none.
    pub feature: &'g str,
    /// Where it is: a point, for large units the centroid its source gives.
    pub at: LonLat,
    /// Inhabitants, 0 where unknown.
    pub population: u64,
    /// ISO 3166 two-letter code of the country; empty for seas and continents.
    pub country: &'g str,
    /// Name of the first-level unit, if known.
    pub admin1: Option<&'g str>,
    /// Name of the second-level unit, if known.
    pub admin2: Option<&'g str>,
}

/// A place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate<'g> {
    /// The place.
    pub place: Place<'g>,
    /// The name of it that matched, as the gazetteer spells it.
    pub matched: &'g str,
    /// Whether that is the place's own name, in Latin or its country's script, and not one of its others.
    pub canonical: bool,
    /// How likely this place is meant if nothing but the name is known, 0…1: the place's prominence (for settlements
    /// the logarithm of the population over 7.5, more for seats of government; fixed for other kinds: country 0.97,
    /// region and sea 0.75, first-level unit 0.66, river and lake 0.55, airport and base 0.4, crossing and dam 0.38,
    /// second-level unit 0.34), times 0.85 where another name than the place's own matched, times 0.9 where an article
    /// was dropped. For near spellings 0.55 × likeness (0…1, 0.08 more where one letter is wrong, 0.04 less where another
    /// name than the place's own matched) + 0.14 × prominence + 0.02 × the logarithm of the number of its names.
    pub score: f64,
}

/// A country as the gazetteer knows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Country<'g> {
    /// ISO 3166 two-letter code; a code of our own (`XA` …) for territories that have none.
    pub code: &'g str,
    /// Usual English name; empty where only settlements of it are known.
    pub name: &'g str,
    /// Adjective of the country, `Syrian`; empty where none is known.
    pub demonym: &'g str,
    /// Its id as a place.
    pub id: PlaceId,
}

/// All places, searched in place: an embedded index and any number of tables laid over it.
#[derive(Clone)]
pub struct Gazetteer {
    /// Indexes, the uppermost first.
    layers: Vec<Layer>,
}

static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.idx"));

impl Gazetteer {
    /// The gazetteer in the binary: the whole world, see `gazetteer/README.md`. Costs nothing; its bytes are read from
    /// disk as they are needed.
    #[must_use]
    pub fn embedded() -> Self {
        Self { layers: Layer::embedded(EMBEDDED).into_iter().collect() }
    }

    /// A gazetteer of this index alone, or nothing if these bytes are no index or not all of one.
    #[must_use]
    pub fn open(index: impl Data) -> Option<Self> {
        Some(Self { layers: vec![Layer::open(index)?] })
    }

    /// This gazetteer, knowing what there is to know of the table behind it.
    #[must_use]
    pub fn with(mut self, about: About) -> Self {
        let about = Arc::new(about);
        for layer in &mut self.layers {
            layer.about = Some(Arc::clone(&about));
        }
        self
    }

    /// What is known of the tables laid over and under the embedded gazetteer, the uppermost first, and whether each
    /// knows one of these places.
    #[must_use]
    pub fn tables(&self, places: &BTreeSet<PlaceId>) -> Vec<(&About, bool)> {
        let knows = |layer: &Layer| places.iter().any(|id| layer.index().number(*id).is_some());
        self.layers.iter().filter_map(|layer| Some((layer.about.as_deref()?, knows(layer)))).collect()
    }

    /// This gazetteer laid over another: of a place that both know by the same id, this one's row holds.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self { layers: self.layers.into_iter().chain(below.layers).collect() }
    }

    /// The indexes, the uppermost first.
    fn indices(&self) -> impl Iterator<Item = Index<'_>> {
        self.layers.iter().map(Layer::index)
    }

    /// Number of places, all layers together.
    #[must_use]
    pub fn len(&self) -> usize {
        self.indices().map(|index| index.len() as usize).sum()
    }

    /// Whether there is no place at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The place of this id.
    #[must_use]
    pub fn place(&self, id: PlaceId) -> Option<Place<'_>> {
        self.indices().find_map(|index| index.place(index.number(id)?))
    }

    /// All names of a place: its own, the local one, then the others.
    #[must_use]
    pub fn names(&self, id: PlaceId) -> Vec<&str> {
        let mut names = Vec::new();
        for index in self.indices() {
            let Some(number) = index.number(id) else { continue };
            let own = (0..2).filter_map(|name| index.name(number, name)).filter(|name| !name.is_empty());
            for name in own.chain(index.others(number)) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// The country of this ISO 3166 code.
    #[must_use]
    pub fn country(&self, code: &str) -> Option<Country<'_>> {
        let mut found = self.indices().filter_map(|index| index.country(code));
        let (code, name, demonym, id, _) = found.find(|(_, name, ..)| !name.is_empty())?;
        Some(Country { code, name, demonym, id })
    }

    /// Code of the country whose adjective or people this folded word, or these two, are: `syrian`, `south sudanese`.
    #[must_use]
    pub fn demonym(&self, folded: &str) -> Option<&str> {
        self.indices().find_map(|index| index.demonym(folded))
    }

    /// The towns, quarters and villages of a country, by id within each layer.
    pub fn within(&self, code: &str) -> impl Iterator<Item = Place<'_>> {
        let ranges: Vec<_> =
            self.indices().filter_map(|index| Some((index, index.country(code)?.4))).collect();
        ranges
            .into_iter()
            .flat_map(|(index, members)| members.map_while(move |i| index.place(index.member(i)?)))
    }
}

impl fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gazetteer of {} places", self.len())
    }
}

#[cfg(test)]
mod tests;
