//! Which part of a war's ground a picture is to show.

use super::Design;
use crate::claim::Site;
use crate::diag::{Code, Locus, Problem};
use crate::gazetteer::Gazetteer;
use crate::run::{self, Situation};
use crate::table::Sought;

/// The place of this name: one of the war's own, else the gazetteer's.
#[must_use]
pub fn place(situation: &Situation, gazetteer: &Gazetteer, name: &str) -> Option<Site> {
    let name = name.trim();
    let own = situation.timeline.intervals().map(|interval| &interval.site);
    let same = |site: &&Site| {
        let local = site.local.as_deref().is_some_and(|local| local == name);
        site.at.is_some() && (local || site.name.to_lowercase() == name.to_lowercase())
    };
    let sought = Sought { name, ..Sought::default() };
    own.into_iter().find(same).cloned().or_else(|| {
        let found = run::seek(gazetteer, &situation.project, &sought)?;
        // Under another spelling it may still be one of the war's own, with the name that the map gives it.
        let own = situation.timeline.intervals().map(|interval| &interval.site);
        let known = own.into_iter().find(|site| site.id.is_some() && site.id == found.id).cloned();
        known.or(Some(found)).filter(|site| site.at.is_some())
    })
}

/// What is to be told of a design that shows nothing of the war.
pub(super) fn empty(situation: &Situation, design: &Design) -> Vec<Problem> {
    let sites = || situation.timeline.intervals().filter_map(|interval| interval.site.at);
    let mut told = Vec::new();
    if let Some(extent) = &design.extent
        && !sites().any(|at| extent.contains(at))
    {
        let [west, south, east, north] = [extent.west(), extent.south(), extent.east(), extent.north()]
            .map(|degrees| format!("{degrees:.2}"));
        let message =
            format!("no place of this war lies in {west},{south},{east},{north}, which the maps show");
        let way_out = "give another --extent, or --around a place with more --km";
        told.push(Problem::new(Code::OffMap, Locus::Run, message).help(way_out));
    }
    for inset in design.insets.iter().filter(|inset| !sites().any(|at| inset.extent.contains(at))) {
        let message = format!("no place of this war lies in the inset of {}", inset.name);
        told.push(Problem::new(Code::OffMap, Locus::Run, message).help("give another --inset"));
    }
    told
}
