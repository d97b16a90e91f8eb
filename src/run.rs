//! The whole line: reports in, a situation out, and the files that show it.

use crate::actor::ActorId;
use crate::basemap::{Basemap, Extent};
use crate::claim::{Claim, GeoPrecision, Site};
use crate::diag::{Checked, Code, Locus, Problem};
use crate::event::overrides::{self, Action, Corrected, Override};
use crate::event::{self, Event};
use crate::extract::Extractor;
use crate::gazetteer::{About, Candidate, Gazetteer};
use crate::import::{self, Table};
use crate::project::Project;
use crate::report::{self, Report};
use crate::table::Sought;
use crate::timeline::polygons::{self, Territory};
use crate::timeline::{self, Holding, Timeline};
use crate::units::{Date, Km, LonLat};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// All that is known of a war after reading: what reports say, what we believe, and who held what when.
#[derive(Clone, Debug, Default)]
pub struct Situation {
    /// The project it was read for.
    pub project: Project,
    /// The reports, by id.
    pub reports: BTreeMap<String, Report>,
    /// What each says, by report and sentence.
    pub claims: Vec<Claim>,
    /// What we believe, by day and place.
    pub events: Vec<Event>,
    /// What reports say and an analyst dropped.
    pub dropped: Vec<Event>,
    /// Who held what before the first event.
    pub baseline: Vec<Holding>,
    /// Who held what when.
    pub timeline: Timeline,
    /// The tables of places that were used besides the embedded gazetteer, and whether a place of this war is in each.
    pub gazetteers: Vec<(About, bool)>,
    /// Whose the tables among the reports are, by their ids.
    pub tables: BTreeMap<String, import::Kind>,
}

/// Reads reports: their claims, the events these make, and the timeline.
///
/// The order of the reports does not matter. Nothing fails: what could not be used is among the problems.
///
/// # Example
/// ```
/// use conflict_map::{gazetteer::Gazetteer, project::Project, report, run};
/// let text = "---\npublished: 2024-12-05\n---\nRebels captured Hama on Thursday.";
/// let reports = report::read("hama.md", text.as_bytes()).value;
/// let situation = run::read(Project::default(), reports, Vec::new(), &Gazetteer::embedded()).value;
/// assert_eq!(situation.events[0].site.name, "Hama");
/// assert_eq!(situation.timeline.days()[0].to_string(), "2024-12-05");
/// ```
#[must_use]
pub fn read(
    project: Project,
    reports: Vec<Report>,
    baseline: Vec<Holding>,
    gazetteer: &Gazetteer,
) -> Checked<Situation> {
    read_with(project, reports, Vec::new(), baseline, &[], gazetteer)
}

/// As [`read`], with tables of others among the reports, each one more voice, and with what an analyst decided by hand, which
/// is applied to the events before the timeline is made of them.
#[must_use]
pub fn read_with(
    project: Project,
    mut reports: Vec<Report>,
    mut tables: Vec<Table>,
    baseline: Vec<Holding>,
    overrides: &[Override],
    gazetteer: &Gazetteer,
) -> Checked<Situation> {
    reports.sort_by(|a, b| (&a.id, &a.text, a.published).cmp(&(&b.id, &b.text, b.published)));
    report::unique_ids(&mut reports);
    let mut problems = Vec::new();
    let read = self::claims(&reports, gazetteer, &project);
    let mut claims: Vec<Claim> = read.into_iter().flat_map(|checked| checked.unload(&mut problems)).collect();
    // A table of which nothing was used is no source of anything.
    tables.retain(|table| !table.claims.is_empty());
    tables.sort_by(|a, b| (&a.report.id, &a.report.text).cmp(&(&b.report.id, &b.report.text)));
    import::set_apart(&mut tables, &reports);
    let kinds = tables.iter().map(|table| (table.report.id.clone(), table.kind)).collect();
    for Table { report, claims: said, .. } in tables {
        reports.push(report);
        claims.extend(said);
    }
    let reports: BTreeMap<String, Report> =
        reports.into_iter().map(|report| (report.id.clone(), report)).collect();
    let merged = event::merge(&claims, &reports, &project);
    let Corrected { events, dropped } =
        overrides::apply(merged, overrides, &project.cast).unload(&mut problems);
    problems.extend(event::doubts(&events, &claims));
    if events.is_empty() {
        problems.push(
            Problem::new(Code::NoEvents, Locus::Run, "no report states a change of control that can be used")
                .help("look at what was read with `conflict-map extract`, or give a baseline to draw"),
        );
    }
    let timeline = Timeline::of(&baseline, &events).unload(&mut problems);
    problems.extend(timeline::doubts(&timeline, &events, &claims, &project.cast));
    let situation = Situation {
        project,
        reports,
        claims,
        events,
        dropped,
        baseline,
        timeline,
        gazetteers: Vec::new(),
        tables: kinds,
    };
    Checked { value: situation.placed_by(gazetteer), problems }
}

/// The claims of each report, read on all cores; in the order of the reports.
#[must_use]
pub fn claims(reports: &[Report], gazetteer: &Gazetteer, project: &Project) -> Vec<Checked<Vec<Claim>>> {
    reports
        .par_iter()
        .with_min_len(SHARE)
        .map_init(|| Extractor::new(gazetteer, project), |extractor, report| extractor.claims(report))
        .collect()
}

/// How many reports one extractor reads at least: what it looked up serves them all.
const SHARE: usize = 32;

/// The situation that a table of events makes, with no reports behind it.
#[must_use]
pub fn of_events(project: Project, events: Vec<Event>, baseline: Vec<Holding>) -> Checked<Situation> {
    of_events_corrected(project, events, baseline, &[])
}

/// The same with what an analyst decided by hand.
///
/// An event to be dropped that the table does not have was dropped before the table was written, and is not told.
#[must_use]
pub fn of_events_corrected(
    project: Project,
    events: Vec<Event>,
    baseline: Vec<Holding>,
    overrides: &[Override],
) -> Checked<Situation> {
    let ids: BTreeSet<&str> = events.iter().map(|event| event.id.as_str()).collect();
    let mut rows = overrides.to_vec();
    rows.retain(|row| row.correction.action() != Action::Drop || ids.contains(row.event_id.as_str()));
    let mut problems = Vec::new();
    let Corrected { events, dropped } = overrides::apply(events, &rows, &project.cast).unload(&mut problems);
    let timeline = Timeline::of(&baseline, &events).unload(&mut problems);
    problems.extend(timeline::doubts(&timeline, &events, &[], &project.cast));
    let situation = Situation { project, events, dropped, baseline, timeline, ..Situation::default() };
    Checked { value: situation, problems }
}

impl Situation {
    /// The same situation, knowing which tables its places may come from.
    #[must_use]
    pub fn placed_by(mut self, gazetteer: &Gazetteer) -> Self {
        let held = self.timeline.intervals().map(|interval| &interval.site);
        let held = held.chain(self.timeline.labelled()).filter_map(|site| site.id);
        let places = held.chain(self.events.iter().filter_map(|event| event.site.id)).collect();
        let tables = gazetteer.tables(&places);
        self.gazetteers = tables.into_iter().map(|(about, known)| (about.clone(), known)).collect();
        self
    }

    /// The days to draw: those on which some place changed hands, within the project's period; where there is none, the
    /// day of the baseline.
    #[must_use]
    pub fn days(&self) -> Vec<Date> {
        let (from, to) = (self.project.from.unwrap_or(Date::MIN), self.project.to.unwrap_or(Date::MAX));
        let days: Vec<Date> =
            self.timeline.days().into_iter().filter(|day| (from..=to).contains(day)).collect();
        if days.is_empty() {
            let start = self.timeline.last();
            return start
                .map(|start| self.project.from.map_or(start, |from| from.max(start)))
                .into_iter()
                .collect();
        }
        days
    }

    /// The name readers know an actor by.
    #[must_use]
    pub fn actor_name(&self, id: &ActorId) -> String {
        self.project.cast.name(id).to_owned()
    }
}

/// Who held each settlement of the gazetteer by a baseline's polygons: those of the project's region, else of the countries
/// that the polygons touch.
#[must_use]
pub fn settlements(
    gazetteer: &Gazetteer,
    project: &Project,
    base: &Basemap,
    territories: &[Territory],
) -> Checked<Vec<Holding>> {
    let mut codes: Vec<String> = project.region.clone();
    if codes.is_empty() {
        let corners = territories
            .iter()
            .flat_map(|territory| &territory.shape)
            .flat_map(|polygon| &polygon.exterior().0);
        let corners = corners.filter_map(|at| LonLat::new((at.x + 540.0).rem_euclid(360.0) - 180.0, at.y));
        let touched = Extent::around(corners, Km(1.0)).map(|extent| base.countries_in(&extent));
        codes = touched.into_iter().flatten().map(|country| country.code.to_owned()).collect();
    }
    let sites = codes.iter().flat_map(|code| gazetteer.within(code)).map(|place| Site::of(&place));
    polygons::label(territories, sites.filter(Site::is_spot))
}

/// The ground that a row of a table speaks of: the gazetteer's place of that name, in the project's region where several have
/// it, nearest to the row's own position where it gives one.
#[must_use]
pub fn seek(gazetteer: &Gazetteer, project: &Project, sought: &Sought<'_>) -> Option<Site> {
    if let Some(place) = sought.id.and_then(|id| gazetteer.place(id)) {
        return Some(Site::of(&place));
    }
    let country = |candidate: &Candidate<'_>, code: &str| {
        candidate.place.country.eq_ignore_ascii_case(code)
            || gazetteer
                .country(candidate.place.country)
                .is_some_and(|country| country.name.eq_ignore_ascii_case(code))
    };
    let score = |candidate: &Candidate<'_>| {
        let near =
            sought.at.map_or(0.0, |at| if candidate.place.at.distance(at).0 <= NEAR_KM { 2.0 } else { -2.0 });
        let home = f64::from(u8::from(project.region.iter().any(|code| country(candidate, code))));
        let admin1 = sought
            .admin1
            .is_some_and(|name| candidate.place.admin1.is_some_and(|own| own.eq_ignore_ascii_case(name)));
        // A table names spots; a unit of land is meant only where nothing else has the name.
        let spot = if Site::of(&candidate.place).precision == GeoPrecision::Place { 0.0 } else { -1.5 };
        candidate.score + near + home + f64::from(u8::from(admin1)) + spot
    };
    let found = gazetteer.find(sought.name);
    let mut wanted: Vec<&Candidate<'_>> =
        found.iter().filter(|candidate| sought.country.is_none_or(|code| country(candidate, code))).collect();
    wanted.sort_by(|a, b| score(b).total_cmp(&score(a)).then(a.place.id.cmp(&b.place.id)));
    let best = wanted.first()?;
    let far = sought.at.is_some_and(|at| best.place.at.distance(at).0 > NEAR_KM);
    (!far).then(|| Site::of(&best.place))
}

/// A row's own position and a gazetteer's for one place differ by less than this: towns have extent, and tables round.
const NEAR_KM: f64 = 12.0;

/// The actors that the rows of a table name, for telling of those that are none of a project's.
#[must_use]
pub fn actors_named(text: &str) -> Vec<String> {
    const COLUMNS: [&str; 3] = ["actor", "gaining", "losing"];
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let wanted: Vec<usize> = reader
        .headers()
        .map(|header| {
            header
                .iter()
                .enumerate()
                .filter(|(_, name)| COLUMNS.contains(&name.trim()))
                .map(|(i, _)| i)
                .collect()
        })
        .unwrap_or_default();
    let mut out: Vec<String> = Vec::new();
    for row in reader.records().flatten() {
        for name in wanted.iter().filter_map(|i| row.get(*i)).flat_map(|cell| cell.split(';')).map(str::trim)
        {
            if !name.is_empty() && !out.iter().any(|known| known == name) {
                out.push(name.to_owned());
            }
        }
    }
    out
}
