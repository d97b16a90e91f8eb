//! The colours that the press and wikis have come to use for the sides of some wars.

use super::Colour;
use crate::actor::Actor;

/// Whom a colour is for: names and acronyms in lower case, the country whose state the actor is, and the one whose rebels.
type Row = (&'static [&'static str], &'static str, &'static str, [u8; 3]);

/// From the legends of the maps of these wars on Wikipedia, in Liveuamap and by the Institute for the Study of War, as of
/// 2024; stronger than there, since ground is tinted from them.
const ROWS: &[Row] = &[
    (&["islamic state", "isis", "isil", "is", "daesh"], "", "", [70, 70, 74]),
    (&["syrian democratic forces", "sdf", "ypg"], "", "", [224, 178, 62]),
    (&["syrian national army", "sna", "turkish-backed rebels"], "", "", [70, 160, 150]),
    (&["hayat tahrir al-sham", "hts"], "", "SY", [79, 157, 105]),
    (&["syrian free army", "revolutionary commando army"], "", "", [143, 111, 179]),
    (&["syrian government", "syrian army", "saa"], "SY", "", [200, 55, 45]),
    (&["russian forces", "russia", "russian army"], "RU", "", [200, 55, 45]),
    (&["ukraine", "ukrainian forces", "ukrainian army", "afu"], "UA", "", [46, 109, 180]),
    (&["donetsk people's republic", "dpr", "luhansk people's republic", "lpr"], "", "", [170, 80, 90]),
    (&["houthis", "houthi", "ansar allah"], "", "YE", [79, 157, 105]),
    (&["southern transitional council", "stc"], "", "", [224, 178, 62]),
    (&["libyan national army", "lna"], "", "", [200, 55, 45]),
    (&["government of national accord", "gna", "government of national unity"], "LY", "", [46, 109, 180]),
    (&["rapid support forces", "rsf"], "", "SD", [79, 157, 105]),
    (&["sudanese armed forces", "saf"], "SD", "", [200, 55, 45]),
    (&["taliban"], "", "AF", [70, 70, 74]),
];

/// The colour that is usual for an actor, if one is.
pub(crate) fn colour(actor: &Actor) -> Option<Colour> {
    let names: Vec<String> = [&actor.id.0, &actor.name]
        .into_iter()
        .chain(&actor.aliases)
        .map(|name| name.to_lowercase())
        .collect();
    let is = |code: &Option<String>, known: &str| code.as_deref().is_some_and(|code| code == known);
    let named = ROWS.iter().find(|(known, ..)| names.iter().any(|name| known.contains(&name.as_str())));
    let of_state = || {
        ROWS.iter().find(|(_, state, rebels, _)| is(&actor.state_of, state) || is(&actor.umbrella_of, rebels))
    };
    named.or_else(of_state).map(|(.., [r, g, b])| Colour::rgb(*r, *g, *b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_known_by_its_name_or_by_its_state() {
        let sdf = Actor { aliases: vec!["SDF".into()], ..Actor::named("kurds") };
        assert_eq!(colour(&sdf), Some(Colour::rgb(224, 178, 62)));
        let army = Actor { state_of: Some("SY".into()), ..Actor::named("army") };
        assert_eq!(colour(&army), Some(Colour::rgb(200, 55, 45)));
        assert_eq!(colour(&Actor::named("somebody")), None);
    }
}
