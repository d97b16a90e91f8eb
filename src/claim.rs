//! The words in which reports, tables and maps speak of control: no logic, only names.

use crate::actor::ActorId;
use crate::gazetteer::{Kind, Place, PlaceId};
use crate::named::named;
use crate::units::{Date, LonLat, Span};
use smol_str::SmolStr;

named! {
    /// What happened to the control of a place.
    Change {
        /// A side gained the place.
        Captured = "captured",
        /// A side left and nobody is named as taking over.
        Withdrew = "withdrew",
        /// There is fighting inside, or a part is held.
        Contested = "contested",
        /// It is encircled.
        Besieged = "besieged",
        /// A siege ended.
        SiegeLifted = "siege_lifted",
    }
}

/// Who stands behind a claim.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The reporter, a monitor, residents, officials of neither side; named where the text names them.
    Reported(Option<String>),
    /// The side that loses by it, against its own interest: the strongest single source there is.
    ConcededBy(Option<String>),
    /// Only the gaining side, its ally or sponsor.
    ClaimedBy(Option<String>),
    /// The sentence denies the change.
    DeniedBy(Option<String>),
}

impl Standing {
    /// The name in files: `reported`, `claimed` or `denied`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Reported(_) | Self::ConcededBy(_) => "reported",
            Self::ClaimedBy(_) => "claimed",
            Self::DeniedBy(_) => "denied",
        }
    }

    /// Who says so, as the text names them.
    #[must_use]
    pub fn said_by(&self) -> Option<&str> {
        match self {
            Self::Reported(who) | Self::ConcededBy(who) | Self::ClaimedBy(who) | Self::DeniedBy(who) => {
                who.as_deref()
            }
        }
    }
}

named! {
    /// How much ground a claim or event speaks of.
    GeoPrecision {
        /// The place itself.
        Place = "place",
        /// Near the place.
        Near = "near",
        /// A district; repaints no town.
        Admin2 = "admin2",
        /// A province; repaints no town.
        Admin1 = "admin1",
        /// A country; repaints no town.
        Country = "country",
    }
}

named! {
    /// How closely a date is known.
    Precision {
        /// To the day.
        Day = "day",
        /// To a week or less than a month.
        Week = "week",
        /// To the month.
        Month = "month",
        /// To the year.
        Year = "year",
        /// Only a latest possible day, or nothing.
        Unknown = "unknown",
    }
}

named! {
    /// What a date rests on.
    Basis {
        /// The text gives the date.
        Stated = "stated",
        /// The text gives it relative to another ("on Thursday", "a week later").
        Relative = "relative",
        /// Only the day of publication is known.
        Publication = "publication",
    }
}

/// When something happened, as closely as the text allows.
///
/// `from` is `None` where only a latest day is known; `to` is `None` where nothing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    /// First possible day.
    pub from: Option<Date>,
    /// Last possible day.
    pub to: Option<Date>,
    /// How close that is.
    pub precision: Precision,
    /// What it rests on.
    pub basis: Basis,
}

impl When {
    /// A single day.
    #[must_use]
    pub fn day(day: Date, basis: Basis) -> Self {
        Self { from: Some(day), to: Some(day), precision: Precision::Day, basis }
    }

    /// Nothing is known.
    pub const UNKNOWN: Self =
        Self { from: None, to: None, precision: Precision::Unknown, basis: Basis::Publication };

    /// The day from which a map shows it: the last possible one, when it has surely happened.
    #[must_use]
    pub fn shown_from(&self) -> Option<Date> {
        self.to.or(self.from)
    }
}

/// The ground a claim, an event or a baseline row speaks of, with all that a table or a map says of it.
///
/// Not a gazetteer entry: a row of a hand-made table may name ground that no gazetteer knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// The gazetteer's id, if it is a gazetteer's place.
    pub id: Option<PlaceId>,
    /// Name in Latin script.
    pub name: String,
    /// Name in the local script, if known.
    pub local: Option<String>,
    /// Name of the first-level unit it lies in.
    pub admin1: Option<String>,
    /// ISO 3166 two-letter code of the country.
    pub country: Option<String>,
    /// Where it is; `None` where a report names ground that no gazetteer knows.
    pub at: Option<LonLat>,
    /// What it is.
    pub kind: Kind,
    /// Inhabitants, 0 where unknown.
    pub population: u64,
    /// How much ground is meant.
    pub precision: GeoPrecision,
}

impl Site {
    /// Ground of which only the name is known, and the country that is spoken of.
    #[must_use]
    pub fn unplaced(name: &str, country: Option<&str>, kind: Kind, precision: GeoPrecision) -> Self {
        Self {
            id: None,
            name: name.to_owned(),
            local: None,
            admin1: None,
            country: country.map(str::to_owned),
            at: None,
            kind,
            population: 0,
            precision,
        }
    }

    /// The whole of a gazetteer's place.
    #[must_use]
    pub fn of(place: &Place<'_>) -> Self {
        Self {
            id: Some(place.id),
            name: place.name.to_owned(),
            local: place.local.map(str::to_owned),
            admin1: place.admin1.map(str::to_owned),
            country: (!place.country.is_empty()).then(|| place.country.to_owned()),
            at: Some(place.at),
            kind: place.kind,
            population: place.population,
            precision: match place.kind {
                Kind::Country | Kind::Sea | Kind::River | Kind::Lake => GeoPrecision::Country,
                Kind::Admin1 | Kind::Region => GeoPrecision::Admin1,
                Kind::Admin2 => GeoPrecision::Admin2,
                _ => GeoPrecision::Place,
            },
        }
    }

    /// What makes two sites the same ground: the gazetteer's id, else the name and the rounded position.
    #[must_use]
    pub fn key(&self) -> SiteKey {
        let spot = self.at.map_or((i32::MAX, i32::MAX), |at| {
            ((at.lon() * 1e4).round() as i32, (at.lat() * 1e4).round() as i32)
        });
        match self.id {
            Some(id) => SiteKey(Some(id), SmolStr::default(), (0, 0)),
            None => SiteKey(None, self.name.to_lowercase().into(), spot),
        }
    }

    /// Whether it is a spot that can change hands as a whole, and so be drawn as one.
    #[must_use]
    pub fn is_spot(&self) -> bool {
        self.precision == GeoPrecision::Place
    }
}

/// Identity of a [`Site`]; see [`Site::key`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteKey(Option<PlaceId>, SmolStr, (i32, i32));

/// Where a claim stands in a report. It points; the words are taken from the report when shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// The report's id (or the table's name).
    pub report: String,
    /// The sentence that states it, counted from 0; of a table, the line of its row, from 1.
    pub sentence: usize,
    /// Further sentences that repeat or confirm it.
    pub also: Vec<usize>,
    /// The place's name as written.
    pub name: Span,
    /// The sentence.
    pub quote: Span,
    /// The rule that found it.
    pub rule: String,
}

/// What one source says of one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Stable within the run: made from report, sentence and place.
    pub id: String,
    /// Which ground.
    pub site: Site,
    /// What happened there.
    pub change: Change,
    /// Who says so.
    pub standing: Standing,
    /// The side that gains, if named.
    pub gaining: Option<ActorId>,
    /// The side that loses, if named.
    pub losing: Option<ActorId>,
    /// When.
    pub day: When,
    /// Plainly history, or more than sixty days before publication.
    pub background: bool,
    /// Where it says so.
    pub evidence: Evidence,
}
