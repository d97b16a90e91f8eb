//! Pictures of more than one day: two days side by side, and what was held over time.

use super::{Atlas, Design};
use crate::diag::{Code, Locus, Problem};
use crate::export::{Figure, long_date};
use crate::gazetteer::Kind;
use crate::run::Situation;
use crate::scene::{self, Comparison, Course, Scene, Sheet, Spot, Strip, View};
use crate::timeline::Interval;
use crate::units::Date;

/// A picture besides the maps and their sheet.
pub(super) struct Other {
    /// The name of its file, without the ending.
    pub(super) stem: String,
    /// What it is headed with in the report.
    heading: String,
    /// The picture.
    pub(super) scene: Scene,
}

impl Other {
    fn of(stem: &str, heading: &str, scene: Scene) -> Self {
        Self { stem: stem.to_owned(), heading: heading.to_owned(), scene }
    }

    /// The picture as the report has it.
    pub(super) fn figure<'o>(&'o self, ending: &'o str) -> Figure<'o> {
        Figure {
            heading: &self.heading,
            stem: &self.stem,
            ending,
            alt: &self.scene.description,
            caption: &self.scene.about.caption,
        }
    }
}

/// What is to be told of days of which there is nothing to compare.
pub(super) fn unknown(situation: &Situation, design: &Design) -> Vec<Problem> {
    let known = |day: &Date| !situation.timeline.at(*day).is_empty();
    let days = design.compare.into_iter().flatten().filter(|day| !known(day));
    let told = |day| {
        let first = situation.timeline.intervals().map(|interval| interval.start).min();
        let first = first.map_or_else(String::new, |first| format!("; the first thing known is of {first}"));
        Problem::new(Code::NoGround, Locus::Run, format!("of {day} nothing is known{first}"))
            .help("compare days of which something is known, or add a baseline")
    };
    days.map(told).collect()
}

impl Atlas<'_> {
    /// The days that the design compares, side by side; `None` where it names none.
    #[must_use]
    pub fn compare(&self) -> Option<Scene> {
        let [before, after] = self.pair.as_ref()?;
        let (foot, title) = (self.foot(), self.title());
        let subtitle = if title.contains(&self.region.name) { "" } else { self.region.name.as_str() };
        let first =
            View { since: None, ..self.view_of(before, None, self.spots_on(before.day), ("", ""), &foot) };
        let later = self.spots_since(before.day, after.day);
        let second = self.view_of(after, Some(before), later, ("", ""), &foot);
        Some(scene::compare(&Comparison { title: &title, subtitle, views: &[first, second] }))
    }

    /// The places on a day, none of them marked.
    fn spots_on(&self, day: Date) -> Vec<Spot<'_>> {
        let spot = |interval| {
            let spot = self.spot(interval);
            Spot { changed: false, on: None, previous: None, ..spot }
        };
        self.situation.timeline.at(day).into_iter().map(spot).collect()
    }

    /// The places on a day, those marked by whom something else is known than on the day `since`.
    fn spots_since<'v>(&'v self, since: Date, day: Date) -> Vec<Spot<'v>> {
        let timeline = &self.situation.timeline;
        let spot = |interval: &'v Interval| {
            let spot = self.spot(interval);
            let history = timeline.history(&interval.site.key());
            let before = history.iter().find(|before| before.holds(since));
            let previous = before.and_then(|before| before.control.as_ref());
            let is_other = before.is_none_or(|before| {
                (&before.control, before.claimed) != (&interval.control, interval.claimed)
            });
            let changed = interval.is_change() && interval.start > since && is_other;
            let previous = previous.filter(|_| changed);
            Spot { changed, on: changed.then_some(interval.start), previous, ..spot }
        };
        timeline.at(day).into_iter().map(spot).collect()
    }

    /// All pictures besides the maps and their sheet.
    pub(super) fn others(&self) -> Vec<Other> {
        let mut others = Vec::new();
        if let (Some(scene), Some([from, to])) = (self.compare(), self.design.compare) {
            let heading = format!("{} and {}", long_date(from), long_date(to));
            others.push(Other::of(&format!("compare-{from}-{to}"), &heading, scene));
        }
        let foot = self.foot();
        let views: Vec<View<'_>> = (0..self.grounds.len()).map(|at| self.view(at, ("", ""), &foot)).collect();
        let (Some(first), Some(last)) = (self.grounds.first(), self.grounds.last()) else { return others };
        let title = self.title();
        let sheet = Sheet {
            width: self.design.size.width,
            height: self.design.size.height,
            title: &title,
            subtitle: if title.contains(&self.region.name) { "" } else { &self.region.name },
            views: &views,
        };
        let ground = scene::chart(&sheet);
        others.extend(ground.map(|scene| Other::of("ground", "Ground and places held over time", scene)));
        let spots = views.last().map(|view| view.spots.as_slice()).unwrap_or_default();
        let towns: Vec<Course<'_>> = spots
            .iter()
            .filter(|spot| spot.site.kind == Kind::Town)
            .map(|spot| {
                let history = self.situation.timeline.history(&spot.site.key());
                Course { site: spot.site, history }
            })
            .collect();
        let towns = scene::strip(&Strip { sheet, days: (first.day, last.day), towns: &towns });
        others.extend(towns.map(|scene| Other::of("towns", "The main towns day by day", scene)));
        others
    }
}
