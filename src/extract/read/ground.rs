//! Which place words stand for: a name, "the city", "its airport", "both towns".

use super::{Reader, View};
use crate::claim::{GeoPrecision, Site};
use crate::extract::grammar::{Ground, ItemKind};
use crate::extract::lexicon::{is_facility, is_speech};
use crate::gazetteer::Kind;
use crate::units::Span;

/// How far from a town its airport or base may lie.
const FACILITY_KM: f64 = 30.0;

/// How far the middle of a unit may lie from the town it is named after.
const TOWN_KM: f64 = 80.0;

/// Whether a noun means a settlement.
fn is_settlement(noun: &str) -> bool {
    matches!(noun, "city" | "town" | "village" | "capital" | "port" | "hub")
}

impl Reader<'_, '_> {
    /// The places that a ground means, none of `seen`; several for "both towns".
    pub(super) fn ground(&self, view: &View<'_>, ground: Ground, seen: &[Site]) -> Vec<(Site, Span)> {
        let items = &view.items;
        let mut at = ground.item;
        let mut merged = false;
        if let ItemKind::Place(i) = items[at].kind {
            let Some(placed) = view.sentence.places.get(i) else { return Vec::new() };
            // "the Euphrates city", "the Syrian border town": a river or a country only says which city.
            let unknown = placed.site.at.is_none() && at > 0 && items[at - 1].low == "the";
            let says_which = !placed.site.is_spot() || placed.site.kind == Kind::River || unknown;
            // The noun may have been taken for a part of the name.
            merged = says_which && items[at].last != items[at].low && is_settlement(&items[at].last);
            match ground.noun.filter(|noun| says_which && is_settlement(&items[*noun].low)) {
                Some(noun) => at = noun,
                // "the western districts of Aleppo": of the town, not of the unit around it.
                None if ground.partial && placed.site.precision == GeoPrecision::Admin2 => {
                    return vec![(
                        self.town(&placed.site).unwrap_or_else(|| placed.site.clone()),
                        placed.span,
                    )];
                }
                None if merged => {}
                None => return vec![(placed.site.clone(), placed.span)],
            }
        }
        let span = view.span(at, at + 1);
        if ground.plural {
            let members = self.list.iter().filter(|site| !seen.contains(site));
            return members.map(|site| (site.clone(), span)).collect();
        }
        let noun = if merged { items[at].last.as_str() } else { items[at].low.as_str() };
        if let Some(owner) = ground.owner {
            // "Hama's airport" is not Hama; it is known only if the gazetteer has it near by.
            let near = view.site(owner).map(|site| self.facility(site, noun));
            return near.map(|site| (site, span)).into_iter().collect();
        }
        let wanted = |site: &&Site| match noun {
            "province" | "governorate" | "region" | "oblast" | "state" => {
                site.precision == GeoPrecision::Admin1
            }
            "airport" | "airbase" | "airfield" => matches!(site.kind, Kind::Airport | Kind::Base),
            "base" | "camp" | "barracks" | "headquarters" => matches!(site.kind, Kind::Base | Kind::Airport),
            "dam" => site.kind == Kind::Dam,
            "crossing" => site.kind == Kind::Crossing,
            "it" | "its" | "there" => !matches!(site.precision, GeoPrecision::Country | GeoPrecision::Near),
            _ => site.is_spot() && matches!(site.kind, Kind::Town | Kind::Village | Kind::Quarter),
        };
        // Earlier in this sentence first, then what is in mind. A capital that speaks is its government and no ground.
        let before: Vec<&Site> = (0..at)
            .filter(|j| !items.get(j + 1).is_some_and(|next| is_speech(&next.low)) && !items[*j].possessive)
            // "an officer in nearby Markala": where somebody is, not what is spoken of.
            .filter(|j| {
                !(0..3).any(|n| {
                    j.checked_sub(n + 1).is_some_and(|i| {
                        matches!(
                            items[i].low.as_str(),
                            "nearby" | "near" | "from" | "to" | "towards" | "outside"
                        )
                    })
                })
            })
            .filter_map(|j| view.site(j))
            .collect();
        // "the town" may be one that the gazetteer knows only as a crossing or a base.
        let spot = |site: &&Site| site.is_spot();
        let strict = matches!(
            noun,
            "airport"
                | "airbase"
                | "airfield"
                | "base"
                | "camp"
                | "barracks"
                | "dam"
                | "crossing"
                | "province"
                | "governorate"
                | "region"
                | "oblast"
                | "state"
                | "headquarters"
        );
        let last = || self.focus.iter().rev();
        // "South-east of Aleppo, the army retook Khanasir after losing it": a town before a stretch of land.
        let pronoun = matches!(noun, "it" | "its" | "there");
        let near = before.iter().copied().filter(|_| pronoun).find(spot);
        // "Bunagana, a crossing into Uganda, …. M23 seized the town": what was last spoken of, though the gazetteer has it only
        // as a crossing or a base.
        let topic = last().next().filter(|site| {
            let crossing = matches!(site.kind, Kind::Crossing | Kind::Base);
            let named_so = site.name.split(' ').any(|word| is_facility(&word.to_lowercase()));
            crossing && !named_so && matches!(noun, "town" | "village" | "city") && site.is_spot()
        });
        let near = near.or(topic.filter(|_| before.is_empty()));
        let found =
            near.or_else(|| before.into_iter().find(|site| wanted(site))).or_else(|| last().find(wanted));
        let found = found.or_else(|| last().filter(|_| !strict).find(spot));
        found.filter(|site| !seen.contains(site)).map(|site| (site.clone(), span)).into_iter().collect()
    }

    /// The town that a unit is named after.
    fn town(&self, unit: &Site) -> Option<Site> {
        let at = unit.at?;
        let found = self.gazetteer.find(&unit.name).into_iter().map(|candidate| candidate.place);
        let near = found.filter(|place| {
            matches!(place.kind, Kind::Town | Kind::Village) && place.at.distance(at).0 < TOWN_KM
        });
        near.max_by_key(|place| (place.population, std::cmp::Reverse(place.id))).map(|place| Site::of(&place))
    }

    /// The airport, base or crossing of a town, from the gazetteer; else one of that name near the town, for it is not the
    /// town itself.
    fn facility(&self, town: &Site, noun: &str) -> Site {
        let named = format!("{} {noun}", town.name);
        let known = town.at.and_then(|at| {
            let found = self.gazetteer.find(&named);
            found.into_iter().find(|candidate| candidate.place.at.distance(at).0 < FACILITY_KM)
        });
        known.map_or_else(
            || Site {
                id: None,
                name: named,
                local: None,
                population: 0,
                precision: GeoPrecision::Near,
                ..town.clone()
            },
            |candidate| Site::of(&candidate.place),
        )
    }
}
