//! The gazetteer: which places there are, what they are called, where they lie.

use crate::named::named;
use crate::units::LonLat;
use std::fmt;

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
