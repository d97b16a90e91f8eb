//! What the words around a name make of it: "Hama province", "the countryside of Aleppo", "Kuweires air base".

use super::lists::{is_around, is_direction, is_district, is_facility_adjective, is_settlement, is_unit};
use super::words::{Words, gap, how};
use crate::gazetteer::Kind;

/// What the words around a name make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// The place itself.
    Itself,
    /// "the city of Hama": the settlement of this name.
    Settlement,
    /// "Hama province", "northern Aleppo": the unit of land of this name.
    Unit,
    /// "Afrin district": the smaller unit of this name.
    District,
    /// "Hama airport": something at the place that the gazetteer may not know by itself.
    Facility(Kind),
    /// "the countryside of", "outskirts of": near it.
    Near,
}

/// What the words around the name from `start` up to `end` make of it, and one past the last of those behind it.
pub(crate) fn of(words: &Words, start: usize, end: usize) -> (Ground, usize) {
    let behind = |i: usize| match words.list.get(i) {
        Some(word) if word.gap.only(gap::SPACE | gap::HYPHEN) => words.text(i),
        _ => "",
    };
    let back = |n: usize| match start.checked_sub(n) {
        Some(i) if (i + 1..=start).all(|k| words.gap(k).only(gap::SPACE | gap::HYPHEN)) => words.text(i),
        _ => "",
    };
    if !words.list[end - 1].how.has(how::POSSESSIVE) {
        let next = behind(end);
        if next == "countryside" {
            return (Ground::Near, end + 1);
        }
        if is_unit(next) {
            return (Ground::Unit, end + 1);
        }
        if is_district(next) {
            return (Ground::District, end + 1);
        }
        let mut i = end;
        while is_facility_adjective(behind(i)) {
            i += 1;
        }
        if let Some(kind) = facility(behind(i)) {
            return (Ground::Facility(kind), i + 1);
        }
        if is_settlement(next) && !words.list[end].name_like() {
            return (Ground::Settlement, end + 1);
        }
    }
    let of = matches!(back(1), "of");
    let ground = match (of, back(1), back(2)) {
        (true, _, "countryside") => Ground::Near,
        (true, _, unit) if is_unit(unit) => Ground::Unit,
        (true, _, district) if is_district(district) => Ground::District,
        (true, _, town) if is_settlement(town) => Ground::Settlement,
        (true, _, near) if is_around(near) || is_direction(near) => Ground::Near,
        (false, direction, _) if is_direction(direction) && direction.ends_with("ern") => Ground::Unit,
        (false, near, _) if is_around(near) => Ground::Near,
        // The nouns of Arabic and Russian stand before the name without an "of".
        (false, unit, _) if !unit.is_ascii() && is_unit(unit) => Ground::Unit,
        (false, unit, _) if !unit.is_ascii() && is_district(unit) => Ground::District,
        (false, town, _) if !town.is_ascii() && is_settlement(town) => Ground::Settlement,
        (false, "village" | "town" | "hamlet", _) => Ground::Settlement,
        _ => Ground::Itself,
    };
    (ground, end)
}

/// The kind of spot that a noun names by itself after a name.
pub(crate) fn facility(noun: &str) -> Option<Kind> {
    Some(match noun {
        "airport" | "airfield" => Kind::Airport,
        "crossing" => Kind::Crossing,
        "dam" => Kind::Dam,
        "bridge" | "port" | "refinery" => Kind::Quarter,
        "airbase" | "base" | "camp" | "barracks" => Kind::Base,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, name: &str, expect: Ground) {
        let words = Words::of(text);
        let at = text.find(name).unwrap_or(0);
        let start = words.list.iter().position(|word| word.start as usize == at).unwrap_or(0);
        let count = Words::of(name).list.len();
        assert_eq!(of(&words, start, start + count).0, expect, "{text}");
    }

    #[test]
    fn words_around_a_name_tell_what_ground_is_meant() {
        check("Hama province fell", "Hama", Ground::Unit);
        check("in the province of Hama", "Hama", Ground::Unit);
        check("northern Aleppo", "Aleppo", Ground::Unit);
        check("the Hama countryside", "Hama", Ground::Near);
        check("north of Homs", "Homs", Ground::Near);
        check("the city of Homs", "Homs", Ground::Settlement);
        check("Kuweires air base", "Kuweires", Ground::Facility(Kind::Base));
        check("Aleppo International Airport", "Aleppo", Ground::Facility(Kind::Airport));
        check("Walker County", "Walker", Ground::District);
        check("Hama, province", "Hama", Ground::Itself);
        check("محافظة حماة", "حماة", Ground::Unit);
    }
}
