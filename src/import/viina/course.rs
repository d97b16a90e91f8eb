//! What happens to a settlement from day to day.

use crate::units::Date;
use std::collections::HashMap;

/// Who holds a settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    Ukraine,
    Russia,
    Contested,
}

impl Status {
    /// The status of a cell; nothing where it is empty.
    pub(super) fn parse(text: &str) -> Result<Option<Self>, ()> {
        match text {
            "" | "NA" | "NaN" | "nan" => Ok(None),
            "UA" => Ok(Some(Self::Ukraine)),
            "RU" => Ok(Some(Self::Russia)),
            "CONTESTED" => Ok(Some(Self::Contested)),
            _ => match text.to_ascii_uppercase() {
                upper if upper != text => Self::parse(&upper),
                _ => Err(()),
            },
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ukraine => "UA",
            Self::Russia => "RU",
            Self::Contested => "CONTESTED",
        }
    }

    pub(super) fn other(self) -> Option<Self> {
        match self {
            Self::Ukraine => Some(Self::Russia),
            Self::Russia => Some(Self::Ukraine),
            Self::Contested => None,
        }
    }
}

/// A day as the files write it, `20220401`.
pub(super) type Stamp = u32;

/// What is known of a settlement so far.
#[derive(Clone, Copy)]
pub(super) struct Last {
    pub(super) day: Stamp,
    pub(super) status: Status,
    /// Who last held it alone.
    pub(super) held: Option<Status>,
}

/// A status that differs from the one before.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) before: Last,
    pub(super) day: Stamp,
    pub(super) status: Status,
}

/// What a row does to its settlement.
pub(super) enum Seen {
    Same,
    Changed(Step),
    Twice,
    /// Its day lies before one already seen.
    Late,
}

/// Every settlement's last day: what is held does not grow with the number of days.
#[derive(Default)]
pub(super) struct Course(HashMap<u64, Last>);

impl Course {
    pub(super) fn see(&mut self, id: u64, day: Stamp, status: Status) -> Seen {
        let alone = |status: Status| status.other().map(|_| status);
        let Some(last) = self.0.get_mut(&id) else {
            self.0.insert(id, Last { day, status, held: alone(status) });
            return Seen::Same;
        };
        let before = *last;
        if day < before.day {
            return Seen::Late;
        }
        if day == before.day {
            return if status == before.status { Seen::Same } else { Seen::Twice };
        }
        *last = Last { day, status, held: alone(status).or(before.held) };
        if status == before.status { Seen::Same } else { Seen::Changed(Step { before, day, status }) }
    }
}

pub(super) fn stamp(text: &str) -> Option<Stamp> {
    let number: Stamp = text.replace('-', "").parse().ok()?;
    date(number).map(|_| number)
}

pub(super) fn date(stamp: Stamp) -> Option<Date> {
    let part = |number: u32| i8::try_from(number).ok();
    Date::new(i16::try_from(stamp / 10_000).ok()?, part(stamp / 100 % 100)?, part(stamp % 100)?).ok()
}
