//! All that is written of a situation: a map for each day, a contact sheet, tables, GeoJSON and a report.

mod aim;
mod compare;
mod design;
mod ground;
mod point;

pub use aim::place;
pub use design::Design;
pub use ground::{Holdings, net, survey};
pub use point::{Point, Say, point};

use crate::actor::{Actor, ActorId};
use crate::areas::{Ground, Region};
use crate::basemap::Basemap;
use crate::claim::{Change, Site, SiteKey};
use crate::diag::{Checked, Code, Locus, Problem};
use crate::event::Event;
use crate::export::{self, Chapter, Figure, Imprint, Spell, Story};
use crate::gazetteer::Gazetteer;
use crate::project::By;
use crate::render::{self, Format};
use crate::run::Situation;
use crate::scene::{self, Palette, Plan, Scene, Sheet, Spot, View};
use crate::style::Style;
use crate::timeline::{Control, Interval};
use crate::units::Date;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Whose data the maps rest on, in the words they ask for.
pub const CREDITS: [&str; 2] = [
    "Places: GeoNames and SimpleMaps (CC BY 4.0), OCHA (CC BY-IGO), airportsdata (MIT)",
    "Base map: made with Natural Earth (public domain); some rivers and roads schematic",
];

/// One file to write: its path below the output folder, with `/`, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The ground of a situation's days, ready to draw.
#[derive(Clone, Debug)]
pub struct Atlas<'a> {
    situation: &'a Situation,
    /// The situation's events, each place under the one name that it has on the maps.
    events: Vec<Event>,
    base: &'a Basemap,
    region: Region,
    grounds: Vec<Ground>,
    /// Those of the two days that are compared.
    pair: Option<[Ground; 2]>,
    palette: Palette,
    design: Design,
    plan: OnceLock<Option<Plan>>,
}

/// Works out the ground of every day to draw.
#[must_use]
pub fn of<'a>(situation: &'a Situation, base: &'a Basemap, gazetteer: &Gazetteer) -> Checked<Atlas<'a>> {
    designed(situation, base, gazetteer, Design::default())
}

/// The same, its pictures as a design says.
#[must_use]
pub fn designed<'a>(
    situation: &'a Situation,
    base: &'a Basemap,
    gazetteer: &Gazetteer,
    design: Design,
) -> Checked<Atlas<'a>> {
    on_days(&situation.days(), situation, base, gazetteer, design)
}

/// The map of one day, also of one on which nothing changed, from the embedded base map and gazetteer.
///
/// # Problems
/// Those of the ground; `no-ground` for a day of which nothing is known: its map shows the region alone.
///
/// # Example
/// ```
/// use conflict_map::actor::ActorId;
/// use conflict_map::{event, gazetteer::Gazetteer, project::Project, run, style::DARK, units::Date};
/// let (gazetteer, project) = (Gazetteer::embedded(), Project::default());
/// let resolve = |sought: &conflict_map::table::Sought<'_>| run::seek(&gazetteer, &project, sought);
/// let table = "date,place,change,gaining\n2024-12-05,Hama,captured,Rebels\n";
/// let events = event::table::read("mine", table.as_bytes(), &resolve, &|name| ActorId(name.into())).value;
/// let situation = run::of_events(project.clone(), events, Vec::new()).value;
/// let scene = conflict_map::draw(&situation, Date::constant(2024, 12, 6), &DARK).value;
/// assert!(conflict_map::render::svg(&scene).contains("Hama"));
/// ```
#[must_use]
pub fn draw(situation: &Situation, day: Date, style: &Style) -> Checked<Scene> {
    let (base, gazetteer) = (Basemap::embedded(), Gazetteer::embedded());
    let design = Design { style: style.clone(), ..Design::default() };
    let Checked { value: atlas, mut problems } = on_days(&[day], situation, &base, &gazetteer, design);
    if situation.timeline.at(day).is_empty() {
        let first = situation.timeline.days().into_iter().next();
        let first = first.map_or_else(String::new, |first| format!("; the first change known is of {first}"));
        let message = format!("of {day} nothing is known{first}");
        let way_out = "draw a later day, or add a baseline";
        problems.insert(0, Problem::new(Code::NoGround, Locus::Run, message).help(way_out));
    }
    Checked { value: atlas.map(0), problems }
}

fn on_days<'a>(
    days: &[Date],
    situation: &'a Situation,
    base: &'a Basemap,
    gazetteer: &Gazetteer,
    design: Design,
) -> Checked<Atlas<'a>> {
    let mut problems = Vec::new();
    let net = net(situation, base, gazetteer).unload(&mut problems);
    let all: Vec<Date> = days.iter().copied().chain(design.compare.into_iter().flatten()).collect();
    let grounds: Vec<Checked<Ground>> = all
        .par_iter()
        .map_init(
            || survey(situation, &net),
            |survey, day| survey.ground(*day, &Holdings::of(situation, net.region(), *day).held()),
        )
        .collect();
    let mut grounds: Vec<Ground> = grounds.into_iter().map(|checked| checked.unload(&mut problems)).collect();
    let pair = grounds.split_off(days.len()).try_into().ok();
    let region = net.region().clone();
    let palette = Palette::styled(&actors(situation), &design.style).unload(&mut problems);
    problems.extend(aim::empty(situation, &design));
    problems.extend(compare::unknown(situation, &design));
    // What is wrong with a place is wrong on every day: told once.
    let mut seen = BTreeSet::new();
    problems.retain(|problem| seen.insert(problem.clone()));
    let (events, plan) = (named(situation), OnceLock::new());
    let value = Atlas { situation, events, base, region, grounds, pair, palette, design, plan };
    Checked { value, problems }
}

/// The events with their places under the name that the first interval of each gives it, which is the baseline's where
/// there is one: a place has one name on all maps.
fn named(situation: &Situation) -> Vec<Event> {
    let mut events = situation.events.clone();
    for event in &mut events {
        if let Some(first) = situation.timeline.history(&event.site.key()).first() {
            event.site.name.clone_from(&first.site.name);
        }
    }
    events
}

/// The project's actors, then those that only the events name, so that colours stay with the project's order.
fn actors(situation: &Situation) -> Vec<Actor> {
    let mut actors = situation.project.actors.clone();
    let controls = situation.timeline.controls();
    let mut named: BTreeSet<&ActorId> = controls.flat_map(Control::actors).collect();
    if situation.project.drawing.by == By::Side {
        let sides = named.iter().filter_map(|id| Some(&situation.project.cast.actor(id)?.side));
        named = named.iter().copied().chain(sides.collect::<Vec<_>>()).collect();
    }
    for id in named {
        if !actors.iter().any(|actor| actor.id == *id) {
            actors.push(situation.project.cast.actor(id).cloned().unwrap_or_else(|| Actor::named(&id.0)));
        }
    }
    actors
}

/// What stands at the foot of every map.
struct Foot {
    sources: Vec<String>,
    credits: String,
}

impl Atlas<'_> {
    /// The ground of each day, in order.
    #[must_use]
    pub fn grounds(&self) -> &[Ground] {
        &self.grounds
    }

    /// What is drawn.
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// What the map of a day is headed with: what changed on it, else the project's title.
    #[must_use]
    pub fn headline(&self, day: Date) -> String {
        let name = |id: &ActorId| self.situation.actor_name(id);
        let mut events = self.events(day);
        // A place that was taken back and forth is headed by how the day ended.
        events.retain(|event| {
            let history = self.situation.timeline.history(&event.site.key());
            let now = history.iter().find(|now| now.holds(day) && now.events.contains(&event.id));
            match now.and_then(|now| now.control.as_ref()) {
                Some(Control::Held(holder)) if event.change == Change::Captured => {
                    event.gaining.as_ref() == Some(holder)
                }
                _ => true,
            }
        });
        let caption = export::caption(&events, &name);
        if caption.is_empty() { self.title() } else { caption }
    }

    /// What the whole is headed with.
    #[must_use]
    pub fn title(&self) -> String {
        self.situation.project.title.clone().unwrap_or_else(|| format!("Control of {}", self.region.name))
    }

    /// The events that changed something on a day.
    fn events(&self, day: Date) -> Vec<&Event> {
        let on: BTreeSet<&str> = self
            .situation
            .timeline
            .intervals()
            .filter(|interval| interval.start == day && interval.is_change())
            .flat_map(|interval| interval.events.iter().map(String::as_str))
            .collect();
        self.events.iter().filter(|event| on.contains(event.id.as_str())).collect()
    }

    /// The places on a day, with what is new since the map before.
    fn spots(&self, at: usize) -> Vec<Spot<'_>> {
        let day = self.grounds[at].day;
        let before = at.checked_sub(1).map(|i| self.grounds[i].day);
        let known = self.situation.timeline.at(day);
        known
            .into_iter()
            .map(|interval| {
                let changed = interval.is_change()
                    && before.map_or(interval.start == day, |before| interval.start > before);
                let previous = changed.then(|| self.previous(interval)).flatten();
                Spot { changed, on: changed.then_some(interval.start), previous, ..self.spot(interval) }
            })
            .collect()
    }

    /// A place as it is, unmarked.
    fn spot<'v>(&'v self, interval: &'v Interval) -> Spot<'v> {
        let history = self.situation.timeline.history(&interval.site.key());
        Spot {
            site: history.first().map_or(&interval.site, |first| &first.site),
            control: interval.control.as_ref(),
            claimed: interval.claimed,
            changed: false,
            on: None,
            previous: None,
            passing: interval.passing.is_some().then_some(interval),
        }
    }

    fn previous(&self, interval: &Interval) -> Option<&Control> {
        let history = self.situation.timeline.history(&interval.site.key());
        let before = history.iter().rfind(|other| other.end.is_some_and(|end| end <= interval.start))?;
        before.passing.as_ref().map_or(&before.control, |passing| &passing.before).as_ref()
    }

    /// Publishers of the reports and tables, then what the baseline rests on.
    fn sources(&self) -> Vec<String> {
        let reports = self.situation.reports.values().filter_map(|report| report.publisher.clone());
        let tables = self.situation.events.iter().flat_map(|event| event.sources.clone());
        let named: BTreeSet<String> = reports.chain(tables).collect();
        let mut named: Vec<String> = named.into_iter().collect();
        // The many sources of a baseline are listed in the report; a map has no room for them.
        let baseline = match self.baseline().as_slice() {
            [] => return named,
            [one] => one.clone(),
            all => format!("a table of {} sources", all.len()),
        };
        match named.last_mut() {
            Some(last) => *last = format!("{last}; for what was held before: {baseline}"),
            None => named.push(baseline),
        }
        named
    }

    /// What the baseline rests on.
    fn baseline(&self) -> Vec<String> {
        let rows = self.situation.timeline.sources();
        let named: BTreeSet<&str> = rows.filter(|source| !source.trim().is_empty()).collect();
        named.into_iter().map(str::to_owned).collect()
    }

    fn held(&self, day: Date) -> BTreeMap<String, usize> {
        let mut held = BTreeMap::new();
        for interval in self.situation.timeline.at(day) {
            if let Some(Control::Held(actor) | Control::Besieged { holder: actor, .. }) = &interval.control {
                *held.entry(self.situation.actor_name(actor)).or_default() += 1;
            }
        }
        held
    }

    /// The view of one day, headed with these words.
    fn view<'v>(&'v self, at: usize, words: (&'v str, &'v str), foot: &'v Foot) -> View<'v> {
        let before = at.checked_sub(1).map(|i| &self.grounds[i]);
        self.view_of(&self.grounds[at], before, self.spots(at), words, foot)
    }

    /// The view of some ground and places.
    fn view_of<'v>(
        &'v self,
        ground: &'v Ground,
        before: Option<&'v Ground>,
        spots: Vec<Spot<'v>>,
        (title, subtitle): (&'v str, &'v str),
        foot: &'v Foot,
    ) -> View<'v> {
        let drawing = &self.situation.project.drawing;
        View {
            width: self.design.size.width,
            height: self.design.size.height,
            title,
            subtitle,
            region: &self.region,
            ground,
            since: before.map(|ground| ground.day),
            spots,
            palette: &self.palette,
            names: drawing.labels,
            before,
            graticule: drawing.graticule,
            arrows: drawing.arrows,
            extent: self.design.extent,
            insets: &self.design.insets,
            plan: None,
            sources: &foot.sources,
            credits: &foot.credits,
            base: self.base,
            style: &self.design.style,
            letters: self.design.size.letters,
            furniture: self.design.size.furniture,
        }
    }

    fn foot(&self) -> Foot {
        Foot { sources: self.sources(), credits: self.credits().join(". ") + "." }
    }

    /// Whose data the maps rest on: what is embedded, and the tables that know a place of this war.
    fn credits(&self) -> Vec<String> {
        let tables = self.situation.gazetteers.iter().filter(|(_, known)| *known);
        let owed: BTreeSet<String> = tables.filter_map(|(about, _)| about.owed()).collect();
        let mut credits: Vec<String> = CREDITS.iter().map(|line| (*line).to_owned()).collect();
        if !owed.is_empty() {
            let also = format!("Places also: {}", owed.into_iter().collect::<Vec<_>>().join("; "));
            credits.insert(1, also);
        }
        let tables: BTreeSet<&str> =
            self.situation.tables.values().filter_map(|kind| kind.credit()).collect();
        if !tables.is_empty() {
            credits.push(format!(
                "Changes of control also: {}",
                tables.into_iter().collect::<Vec<_>>().join("; ")
            ));
        }
        credits
    }

    /// The map of the day at this place in [`Atlas::grounds`].
    #[must_use]
    pub fn map(&self, at: usize) -> Scene {
        let (headline, under) = self.heading(at);
        let foot = self.foot();
        let view = View { plan: self.plan(), ..self.view(at, (&headline, &under), &foot) };
        let mut scene = scene::map(&view);
        let (chapter, name) = (self.chapter(at), |id: &ActorId| self.situation.actor_name(id));
        let Chapter { day, since, events, held, .. } = &chapter;
        scene.description = export::alt_text(&self.region.name, *day, *since, events, held, &name);
        scene.about.caption = export::picture_caption(&self.region.name, &chapter, &name);
        scene
    }

    /// The headline of a day's map and what stands under it.
    fn heading(&self, at: usize) -> (String, String) {
        let day = self.grounds[at].day;
        let headline = self.headline(day);
        let title = self.title();
        let under = if headline == title { self.region.name.clone() } else { title };
        let changes = match self.events(day).len() {
            0 => String::new(),
            1 => "  ·  1 change".to_owned(),
            n => format!("  ·  {n} changes"),
        };
        (headline, format!("{under}{changes}"))
    }

    /// What the maps of all days have in common.
    fn plan(&self) -> Option<&Plan> {
        let plan = || {
            let foot = self.foot();
            let headings: Vec<(String, String)> =
                (0..self.grounds.len()).map(|at| self.heading(at)).collect();
            let views = headings.iter().enumerate();
            let views: Vec<View<'_>> =
                views.map(|(at, (title, under))| self.view(at, (title, under), &foot)).collect();
            scene::plan(&views)
        };
        self.plan.get_or_init(plan).as_ref()
    }

    /// All days on one page.
    #[must_use]
    pub fn sheet(&self) -> Scene {
        let foot = self.foot();
        let views: Vec<View<'_>> = (0..self.grounds.len()).map(|at| self.view(at, ("", ""), &foot)).collect();
        scene::sheet(&Sheet {
            width: self.design.size.width,
            height: self.design.size.height,
            title: &self.title(),
            // The region is not said twice.
            subtitle: if self.title().contains(&self.region.name) { "" } else { &self.region.name },
            views: &views,
        })
    }

    /// Every file: tables and GeoJSON, a map for each day, the contact sheet, charts of more than one day and the report. `problems` are
    /// all those told so far; `step` is called once for each picture made.
    #[must_use]
    pub fn files(&self, problems: &[Problem], step: &(dyn Fn() + Sync)) -> Checked<Vec<File>> {
        let others = self.others();
        let mut files = self.tables(&others);
        let mut told = Vec::new();
        if !self.grounds.is_empty() || !others.is_empty() {
            // After the maps comes the contact sheet, then the others: the slowest pictures are started first.
            let sheets = usize::from(!self.grounds.is_empty());
            let pages: Vec<usize> = (0..self.grounds.len() + sheets + others.len()).rev().collect();
            let print = self.design.print();
            let mut drawn: Vec<(usize, Vec<_>)> = pages
                .par_iter()
                .with_max_len(1)
                .map(|&page| {
                    let other = page.checked_sub(self.grounds.len() + sheets).and_then(|at| others.get(at));
                    let scene = match other {
                        Some(other) => Cow::Borrowed(&other.scene),
                        None if page < self.grounds.len() => Cow::Owned(self.map(page)),
                        None => Cow::Owned(self.sheet()),
                    };
                    let formats = self.design.formats.iter();
                    let made = formats.map(|format| (*format, render::print(&scene, *format, &print)));
                    let made = made.collect();
                    step();
                    (page, made)
                })
                .collect();
            drawn.sort_by_key(|(page, _)| *page);
            for (page, made) in drawn {
                let ground = self.grounds.get(page);
                let other = page.checked_sub(self.grounds.len() + sheets).and_then(|at| others.get(at));
                let stem = match (ground, other) {
                    (Some(ground), _) => format!("maps/{}", ground.day),
                    (None, Some(other)) => other.stem.clone(),
                    (None, None) => "sheet".to_owned(),
                };
                for (format, bytes) in made {
                    let path = format!("{stem}.{}", format.name());
                    match bytes {
                        Ok(bytes) => files.push(File { path, bytes }),
                        Err(error) => {
                            told.push(Problem::new(Code::NoPicture, Locus::File(path), error.to_string()));
                        }
                    }
                }
            }
        }
        let all: Vec<Problem> = problems.iter().chain(&told).cloned().collect();
        files.push(File { path: "problems.json".into(), bytes: export::problems_json(&all).into_bytes() });
        Checked { value: files, problems: told }
    }

    /// What the report tells of the day at this place in [`Atlas::grounds`].
    fn chapter(&self, at: usize) -> Chapter<'_> {
        let day = self.grounds[at].day;
        let ending = self.design.shown().map_or("svg", Format::name);
        Chapter {
            day,
            headline: self.headline(day),
            since: at.checked_sub(1).map(|i| self.grounds[i].day),
            picture: format!("maps/{day}.{ending}"),
            events: self.events(day),
            held: self.held(day),
        }
    }

    /// Tables, GeoJSON and the report.
    fn tables(&self, others: &[compare::Other]) -> Vec<File> {
        let situation = self.situation;
        let name = |id: &ActorId| situation.actor_name(id);
        let credits = self.credits();
        let gazetteers: Vec<String> = situation.gazetteers.iter().map(|(about, _)| about.line()).collect();
        let imprint = Imprint { actor_name: &name, credits: &credits, licence: "" };
        let sites: BTreeMap<SiteKey, Site> = situation
            .timeline
            .intervals()
            .map(|interval| (interval.site.key(), interval.site.clone()))
            .collect();
        let spells: Vec<Spell<'_>> = self
            .grounds
            .iter()
            .enumerate()
            .map(|(i, ground)| Spell {
                ground,
                start: ground.day,
                end: self.grounds.get(i + 1).map(|next| next.day),
            })
            .collect();
        let title = self.title();
        let drawn: BTreeSet<&str> = situation
            .timeline
            .intervals()
            .flat_map(|interval| interval.events.iter().map(String::as_str))
            .collect();
        let unmapped: Vec<&Event> =
            self.events.iter().filter(|event| !drawn.contains(event.id.as_str())).collect();
        let chapters: Vec<Chapter<'_>> = (0..self.grounds.len()).map(|at| self.chapter(at)).collect();
        let ending = self.design.shown().map_or("svg", Format::name);
        let figures: Vec<Figure<'_>> = others.iter().map(|other| other.figure(ending)).collect();
        let story = Story {
            title: &title,
            region: &self.region.name,
            chapters: &chapters,
            figures: &figures,
            unmapped: &unmapped,
            claims: &situation.claims,
            reports: &situation.reports,
            tables: situation.tables.len(),
            baseline: &self.baseline(),
            gazetteers: &gazetteers,
        };
        let text = |path: &str, text: String| File { path: path.into(), bytes: text.into_bytes() };
        vec![
            text("claims.csv", export::claims_csv(&situation.claims, &situation.reports, &name)),
            text("events.csv", export::events_csv(&situation.events, &name)),
            text("events.geojson", export::events_geojson(&situation.events, &imprint)),
            text("places.geojson", export::places_geojson(situation.timeline.intervals(), &imprint)),
            text("areas.geojson", export::areas_geojson(&spells, &sites, &imprint)),
            text("fronts.geojson", export::fronts_geojson(&spells, &imprint)),
            text("report.md", export::report_md(&story, &imprint)),
        ]
    }
}
