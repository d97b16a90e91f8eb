//! What a map is to show, before anything is decided about how.

use super::frame::Frame;
use super::{About, Inset, Palette, Plan, furniture};
use crate::actor::ActorId;
use crate::areas::{Ground, Region};
use crate::basemap::{Basemap, Extent};
use crate::claim::Site;
pub use crate::project::Names;
use crate::style::{Furniture, Style};
use crate::timeline::{Control, Interval};
use crate::units::Date;
use std::collections::BTreeMap;

/// One place on a map.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    /// The place.
    pub site: &'a Site,
    /// Who holds it; `None` where nobody is known to.
    pub control: Option<&'a Control>,
    /// Whether only the side that gained it says so.
    pub claimed: bool,
    /// Whether that is new since the map before: marked, and named whatever its size.
    pub changed: bool,
    /// On which day it changed, where it is new: written beside the name where that is not the day of the map.
    pub on: Option<Date>,
    /// Who held it before, where it is new.
    pub previous: Option<&'a Control>,
    /// The days on which it changed hands, where the day of the map is one of them and nobody knows on which.
    pub passing: Option<&'a Interval>,
}

/// One day's map: all it shows and the words around it.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// Width in pixels; 1600 is usual.
    pub width: f64,
    /// Height in pixels; 1200 is usual.
    pub height: f64,
    /// What the map says ("Government forces leave Hama").
    pub title: &'a str,
    /// The region and whatever else belongs under the title; the day is added to it.
    pub subtitle: &'a str,
    /// What the map is about: it fills the picture.
    pub region: &'a Region,
    /// Whose ground is whose, and on which day.
    pub ground: &'a Ground,
    /// The day of the map before, to which `changed` refers.
    pub since: Option<Date>,
    /// The ground of the map before, against which gains are marked and from which arrows start.
    pub before: Option<&'a Ground>,
    /// The places.
    pub spots: Vec<Spot<'a>>,
    /// The sides' names and colours.
    pub palette: &'a Palette,
    /// In which language places are named.
    pub names: Names,
    /// Whether meridians and parallels are drawn.
    pub graticule: bool,
    /// Whether arrows show from where places were taken.
    pub arrows: bool,
    /// The rectangle that fills the picture; the region where none is given.
    pub extent: Option<Extent>,
    /// Parts of it that are also drawn larger.
    pub insets: &'a [Inset],
    /// What the map has in common with others of its series.
    pub plan: Option<&'a Plan>,
    /// Publishers of the reports behind it.
    pub sources: &'a [String],
    /// Where the base map and names come from, with their licences.
    pub credits: &'a str,
    /// Land, borders and waters.
    pub base: &'a Basemap,
    /// Colours, type and lines.
    pub style: &'a Style,
    /// How large letters, lines and symbols are against those that a page of this size has by itself; 1 is usual.
    pub letters: f64,
    /// What stands around the map.
    pub furniture: Furniture,
}

impl View<'_> {
    /// How large a pixel of the standard picture is on this page.
    pub(crate) fn unit(&self) -> f64 {
        furniture::unit(self.width, self.height, self.letters)
    }

    /// The same view without the places that lie outside the frame's window.
    pub(crate) fn seen_in(&self, frame: &Frame) -> Self {
        let mut seen = self.clone();
        seen.spots.retain(|spot| spot.site.at.is_some_and(|at| frame.window.has(frame.px(at))));
        seen
    }

    /// What the picture says of itself: a caption of title and day, sources, licences.
    pub(crate) fn about(&self) -> About {
        let title = self.title.trim_end_matches('.');
        let day = long(self.ground.day);
        About {
            caption: format!("{title}. Situation in {} at the end of {day}.", self.region.name),
            sources: self.sources.to_vec(),
            licence: self.credits.to_owned(),
        }
    }

    /// The map in words, for those who do not see it: who holds how many places, and what changed.
    #[must_use]
    pub fn description(&self) -> String {
        let mut held: BTreeMap<(usize, &ActorId), usize> = BTreeMap::new();
        let (mut contested, mut besieged, mut unknown) = (0, 0, 0);
        for spot in &self.spots {
            match spot.control {
                Some(Control::Contested(_)) => contested += 1,
                Some(Control::Held(actor) | Control::Besieged { holder: actor, .. }) => {
                    let shown = self.palette.shown_as(actor);
                    *held.entry((self.palette.rank(shown), shown)).or_default() += 1;
                    besieged += usize::from(matches!(spot.control, Some(Control::Besieged { .. })));
                }
                None => unknown += 1,
            }
        }
        let mut parts: Vec<String> =
            held.iter().map(|((_, actor), n)| format!("{} {n}", self.palette.name(actor))).collect();
        let others =
            [(contested, "contested"), (unknown, "holder not known"), (besieged, "besieged among these")];
        parts.extend(others.iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{words} {n}")));
        let day = long(self.ground.day);
        let mut sentences = vec![format!("Map of {} at the end of {day}.", self.region.name)];
        if !parts.is_empty() {
            sentences.push(format!("Places: {}.", parts.join(", ")));
        }
        if let Some(changes) = self.changes() {
            let since = self.since.map(|day| format!(" since {}", long(day))).unwrap_or_default();
            sentences.push(format!("Changed{since}: {changes}."));
        }
        sentences.join(" ")
    }

    /// The places that changed and how, in words; `None` where none did.
    pub(crate) fn changes(&self) -> Option<String> {
        let changed: Vec<String> =
            self.spots.iter().filter(|spot| spot.changed).map(|spot| self.state(spot)).collect();
        (!changed.is_empty()).then(|| changed.join("; "))
    }

    /// A place and who holds it, in words.
    pub(crate) fn state(&self, spot: &Spot<'_>) -> String {
        if let Some((interval, passing)) = spot.passing.and_then(|it| Some((it, it.passing.as_ref()?))) {
            let held = |control: &Option<Control>| {
                control.as_ref().map_or("nobody known".to_owned(), |control| self.control(control))
            };
            let to = interval.end.map_or_else(String::new, |end| format!(" and {}", long(end)));
            let (from, before, after) = (long(interval.start), held(&passing.before), held(&passing.after));
            return format!(
                "{} (changed between {from}{to}: {before} before, {after} after)",
                spot.site.name
            );
        }
        let now = spot.control.map_or("holder not known".to_owned(), |control| self.control(control));
        let claimed = if spot.claimed { ", claimed" } else { "" };
        let before = spot.previous.filter(|_| spot.changed);
        let before = before.map(|control| format!(", before {}", self.control(control))).unwrap_or_default();
        format!("{} ({now}{claimed}{before})", spot.site.name)
    }

    /// Who holds something, in words.
    pub(crate) fn control(&self, control: &Control) -> String {
        let name = |actor: &ActorId| self.palette.name(actor).to_owned();
        match control {
            Control::Held(actor) => name(actor),
            Control::Contested(actors) => {
                format!("contested by {}", actors.iter().map(name).collect::<Vec<_>>().join(" and "))
            }
            Control::Besieged { holder, by } => {
                let by = by.as_ref().map(|by| format!(" by {}", name(by))).unwrap_or_default();
                format!("{}, besieged{by}", name(holder))
            }
        }
    }
}

/// A day as a reader writes it: `5 December 2024`.
pub(crate) fn long(day: Date) -> String {
    format!("{} {} {}", day.day(), month(day), day.year())
}

/// A day where there is less room: `5 Dec 2024`.
pub(crate) fn short(day: Date) -> String {
    format!("{} {:.3} {}", day.day(), month(day), day.year())
}

/// A day where there is least room: `5 Dec`.
pub(crate) fn brief(day: Date) -> String {
    format!("{} {:.3}", day.day(), month(day))
}

fn month(day: Date) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let index = usize::try_from(day.month()).unwrap_or_default();
    MONTHS.get(index.wrapping_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_long_as_there_is_room() {
        let day = jiff::civil::date(2024, 12, 5);
        assert_eq!(
            (long(day), short(day), brief(day)),
            ("5 December 2024".into(), "5 Dec 2024".into(), "5 Dec".into())
        );
    }
}
