//! What a run is given: the project, its reports, its baseline, its events; each with what could not be read.

use super::args::{Corrections, Ground, Inputs, Places, Signs};
use super::fail::Fail;
use super::message::Texts;
use super::source::{self, Source};
use super::{files, gazetteer};
use crate::actor::ActorId;
use crate::areas;
use crate::diag::{Checked, Code, Locus, Problem};
use crate::event::overrides::{self, Override};
use crate::event::{self, Event};
use crate::gazetteer::Gazetteer;
use crate::import::{self, Table};
use crate::project::{self, Project};
use crate::report::{self, Report};
use crate::run::{self, Situation};
use crate::table::Sought;
use crate::timeline::Holding;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Everything a run reads.
pub(super) struct Given {
    pub(super) project: Project,
    pub(super) reports: Vec<Report>,
    pub(super) tables: Vec<Table>,
    pub(super) baseline: Vec<Holding>,
    pub(super) events: Option<Vec<Event>>,
    pub(super) overrides: Vec<Override>,
    pub(super) gazetteer: Gazetteer,
    pub(super) problems: Vec<Problem>,
    pub(super) texts: Texts,
    /// The project's folder.
    pub(super) folder: Option<PathBuf>,
}

impl Given {
    fn new() -> Self {
        Self {
            project: Project::default(),
            reports: Vec::new(),
            tables: Vec::new(),
            baseline: Vec::new(),
            events: None,
            overrides: Vec::new(),
            folder: None,
            gazetteer: Gazetteer::embedded(),
            problems: Vec::new(),
            texts: Texts::default(),
        }
    }

    /// Reads the project file of a folder.
    fn project(&mut self, folder: &Path) -> Result<(), Fail> {
        self.folder = Some(folder.to_owned());
        let path = folder.join(project::FILE);
        let bytes = match files::read(&path) {
            Err(Fail::Read(..)) if folder.is_dir() && !path.exists() => {
                return Err(Fail::Asked(
                    format!("{} is no project folder: it holds no {}", folder.display(), project::FILE),
                    "leave -p out, or write a project file; examples/syria-2024 has one to start from",
                ));
            }
            read => read?,
        };
        let name = path.display().to_string();
        let text = String::from_utf8_lossy(&bytes);
        self.texts.keep(&name, &text);
        self.project = project::read(&name, &text).unload(&mut self.problems);
        for code in &self.project.region {
            if self.gazetteer.country(code).is_none() {
                let line = text
                    .lines()
                    .position(|line| line.trim_start().starts_with("region"))
                    .map_or(1, |at| at as u64 + 1);
                let at = Locus::Line { file: name.clone(), line };
                self.problems.push(
                    Problem::new(Code::BadProject, at, format!("`{code}` is not the ISO code of a country"))
                        .help("use two-letter codes such as SY, UA, SD"),
                );
            }
        }
        let gazetteer = &self.gazetteer;
        self.project.region.retain(|code| gazetteer.country(code).is_some());
        Ok(())
    }

    /// Lays the user's own tables of places over the embedded gazetteer: those named, the project's, those installed.
    fn places(&mut self, places: &Places, folder: Option<&Path>) -> Result<(), Fail> {
        let listed = self.project.gazetteers.iter().zip(folder.into_iter().cycle());
        let listed: Vec<PathBuf> =
            listed.map(|(path, folder)| inside(folder, path)).collect::<Result<_, _>>()?;
        self.gazetteer = gazetteer::lay(places, &listed, &mut self.problems, &mut self.texts)?;
        Ok(())
    }

    /// What follows from all of it, which is used up.
    pub(super) fn situation(&mut self) -> Situation {
        let (reports, tables) = (std::mem::take(&mut self.reports), std::mem::take(&mut self.tables));
        let (project, baseline) = (self.project.clone(), std::mem::take(&mut self.baseline));
        let read = match self.events.take() {
            Some(events) => {
                let read = run::of_events_corrected(project, events, baseline, &self.overrides);
                Checked { value: read.value.placed_by(&self.gazetteer), ..read }
            }
            None => run::read_with(project, reports, tables, baseline, &self.overrides, &self.gazetteer),
        };
        read.unload(&mut self.problems)
    }

    /// The command line's title goes before the project's.
    pub(super) fn title(&mut self, title: Option<&str>) {
        if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
            self.project.title = Some(title.to_owned());
        }
    }

    /// The command line's signs go before the project's.
    pub(super) fn signs(&mut self, signs: &Signs) {
        let drawing = &mut self.project.drawing;
        drawing.labels = signs.labels.unwrap_or(drawing.labels);
        drawing.graticule |= signs.graticule;
        drawing.arrows &= !signs.no_arrows;
    }

    /// Reads the corrections that an option names, else those of the project, if it has any.
    pub(super) fn correct(&mut self, corrections: &Corrections) -> Result<(), Fail> {
        let path = match (&corrections.overrides, &self.folder) {
            (Some(path), _) => path.clone(),
            (None, Some(folder)) if folder.join(overrides::FILE).exists() => inside(folder, overrides::FILE)?,
            _ => return Ok(()),
        };
        let bytes = files::read(&path)?;
        let name = path.display().to_string();
        self.texts.keep(&name, &String::from_utf8_lossy(&bytes));
        let mut unknown = Vec::new();
        let checked = {
            let actor = self.actors(&name, &bytes, &mut unknown);
            let resolve = |sought: &Sought<'_>| run::seek(&self.gazetteer, &self.project, sought);
            overrides::read(&name, &bytes, &resolve, &actor)
        };
        self.overrides = checked.unload(&mut self.problems);
        self.problems.append(&mut unknown);
        Ok(())
    }

    /// The actor behind a name in a table. A project that lists its actors is told of names that are none of them.
    pub(super) fn actors<'a>(
        &'a self,
        file: &str,
        bytes: &[u8],
        unknown: &mut Vec<Problem>,
    ) -> impl Fn(&str) -> ActorId + 'a {
        let cast = &self.project.cast;
        if !self.project.actors.is_empty() {
            let text = String::from_utf8_lossy(bytes);
            for name in run::actors_named(&text) {
                if cast.find(&name).is_none() {
                    let line = text
                        .lines()
                        .position(|line| line.contains(name.as_str()))
                        .map_or(1, |at| at as u64 + 1);
                    unknown.push(
                        Problem::new(
                            Code::UnknownActor,
                            Locus::Line { file: file.to_owned(), line },
                            format!(
                                "no actor is called `{}`; it is taken for a new one",
                                crate::diag::short(&name)
                            ),
                        )
                        .help("list it under [[actors]] in the project file, or as an alias of one"),
                    );
                }
            }
        }
        move |name: &str| cast.find(name).cloned().unwrap_or_else(|| ActorId(name.to_owned()))
    }

    /// Tells of a project file that is passed over because its folder is only read for reports.
    fn tell_unused_project(&mut self, path: &Path, used: Option<&Path>) {
        let Some(folder) = project_folder(path) else { return };
        if used.is_some_and(|used| same(used, &folder)) {
            return;
        }
        let at = Locus::File(folder.join(project::FILE).display().to_string());
        let message = "this project is not used: only the reports of its folder are read";
        self.problems.push(
            Problem::new(Code::BadProject, at, message)
                .help("give one project folder alone, or name the one to use with -p"),
        );
    }

    /// Every file to read, each once however often it is named: a report counted twice would confirm itself.
    ///
    /// Tables that a folder holds are among them unless they are `taken`, that is, read as something else.
    fn sources(
        &mut self,
        paths: &[PathBuf],
        base: Option<&Path>,
        taken: Option<&[PathBuf]>,
    ) -> Result<Vec<Source>, Fail> {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let other: BTreeSet<PathBuf> = taken.unwrap_or_default().iter().map(|path| real(path)).collect();
        let mut met = BTreeSet::new();
        let mut first = |path: &Path| met.insert(real(path));
        let mut sources = Vec::new();
        let source = |path: &Path, named| {
            let shown = base.and_then(|base| path.strip_prefix(base).ok()).unwrap_or(path);
            Source { shown: shown.display().to_string(), path: Some(path.to_owned()), named }
        };
        for path in paths {
            if path == Path::new("-") {
                if first(path) {
                    sources.push(Source { shown: "stdin".to_owned(), path: None, named: true });
                }
            } else if path.is_file() && path.file_name().is_some_and(|name| name == project::FILE) {
                // A project file is no report; one that is not used has been told of.
            } else if path.is_dir() {
                let mut below = files::reports_below(path)?;
                let corrects = |table: &Path| table.file_name().is_some_and(|name| name == overrides::FILE);
                below
                    .tables
                    .retain(|table| taken.is_some() && !other.contains(&real(table)) && !corrects(table));
                if below.reports.is_empty() && below.tables.is_empty() {
                    self.problems.push(
                        Problem::new(
                            Code::NoReports,
                            Locus::File(path.display().to_string()),
                            "the folder holds no report that can be read",
                        )
                        .help("reports are .txt, .md, .html and .jsonl files, tables .csv files"),
                    );
                }
                self.problems.extend(below.passed.iter().map(|(passed, why)| passed_over(passed, why)));
                let found = below.reports.iter().chain(&below.tables);
                sources.extend(found.filter(|file| first(file)).map(|file| source(file, false)));
            } else if first(path) {
                sources.push(source(path, true));
            }
        }
        Ok(sources)
    }

    /// The claims of a table of others.
    pub(super) fn table_of_others(&self, name: &str, bytes: &[u8]) -> Checked<Option<Table>> {
        let resolve = |sought: &Sought<'_>| run::seek(&self.gazetteer, &self.project, sought);
        let (gazetteer, project) = (&self.gazetteer, &self.project);
        import::read(name, bytes, &import::Given { gazetteer, project, resolve: &resolve })
    }

    /// Reads a file or standard input whole.
    pub(super) fn read(&mut self, source: &Source) -> Result<(), Fail> {
        let read = match &source.path {
            None => files::standard_input(),
            Some(path) => files::read(path),
        };
        match read {
            Ok(bytes) => match source::unpacked(&source.shown, bytes) {
                Ok(bytes) => self.read_bytes(&source.shown, &bytes),
                Err(problem) => self.problems.push(problem),
            },
            Err(Fail::Read(path, error)) if !source.named => {
                self.problems.push(passed_over(&path, &format!("it cannot be read: {error}")));
            }
            Err(fail) => return Err(fail),
        }
        Ok(())
    }

    fn read_bytes(&mut self, name: &str, bytes: &[u8]) {
        let mut found = Vec::new();
        if import::is_table(name, bytes) {
            let tables = self.table_of_others(name, bytes).unload(&mut found);
            self.tables.extend(tables);
        } else {
            self.reports.extend(report::read(name, bytes).unload(&mut found));
        }
        if !found.is_empty() {
            self.texts.keep(name, &String::from_utf8_lossy(bytes));
            self.problems.append(&mut found);
        }
    }
}

/// What nobody named, but a folder held, does not stop the reading of the rest.
pub(super) fn passed_over(path: &Path, why: &str) -> Problem {
    let at = Locus::File(path.display().to_string());
    Problem::new(Code::BadReport, at, format!("this was passed over: {why}"))
        .help("give the file or folder itself on the command line, or take it out of the folder")
}

/// Reads the inputs of a command; also a name for what it writes.
pub(super) fn reports(inputs: &Inputs, ground: Option<&Ground>) -> Result<(Given, String), Fail> {
    let (mut given, sources, name) = sources(inputs, ground, true)?;
    for source in &sources {
        given.read(source)?;
    }
    // Problems speak of reports by their ids, so these are made unique before anything is told of them; which of two gets
    // which must not hang on the order of the arguments.
    given.reports.sort_by(|a, b| (&a.id, &a.text, a.published).cmp(&(&b.id, &b.text, b.published)));
    report::unique_ids(&mut given.reports);
    import::set_apart(&mut given.tables, &given.reports);
    for report in &mut given.reports {
        report.published = report.published.or(inputs.published);
    }
    for report in &given.reports {
        given.texts.keep(&report.id, &report.text);
    }
    for table in &given.tables {
        given.texts.keep(&table.report.id, &table.report.text);
    }
    Ok((given, name))
}

/// All that the inputs of a command say but the reports, and the files that hold these, with tables among them or not; also
/// a name for what it writes.
pub(super) fn sources(
    inputs: &Inputs,
    ground: Option<&Ground>,
    tables: bool,
) -> Result<(Given, Vec<Source>, String), Fail> {
    let mut given = Given::new();
    let mut paths: Vec<PathBuf> = inputs.inputs.clone();
    let mut name = paths.first().map_or_else(|| "map".to_owned(), |path| stem(path));
    let folder = match &inputs.project {
        Some(folder) => Some(project_folder(folder).unwrap_or_else(|| folder.clone())),
        None => match paths.as_slice() {
            [only] => project_folder(only).inspect(|_| paths.clear()),
            _ => None,
        },
    };
    if let Some(folder) = &folder {
        given.project(folder)?;
        name = stem(folder);
        if paths.is_empty() {
            let listed: Vec<PathBuf> =
                given.project.reports.iter().map(|path| inside(folder, path)).collect::<Result<_, _>>()?;
            paths = if listed.is_empty() { vec![folder.clone()] } else { listed };
            if tables {
                // A table that the project describes is meant to be read; what is listed twice is read once.
                let described = given.project.tables.iter();
                let described: Vec<PathBuf> =
                    described.map(|table| inside(folder, &table.file)).collect::<Result<_, _>>()?;
                paths.extend(described);
            }
        }
    } else if paths.is_empty() {
        return Err(Fail::Asked(
            "nothing to read was given".into(),
            "give a project folder, report files, folders of them, or - for standard input",
        ));
    }
    for path in &paths {
        given.tell_unused_project(path, folder.as_deref());
    }
    settings(&mut given, ground)?;
    given.places(&inputs.places, folder.as_deref())?;
    let named = ground.map_or(&[][..], |ground| &ground.baseline);
    given.baselines(named)?;
    let mut taken: Vec<PathBuf> = inputs.places.files.clone();
    taken.extend(named.iter().cloned());
    if let Some(folder) = &folder {
        let read = given.project.baseline.iter().chain(&given.project.gazetteers);
        taken.extend(read.map(|path| folder.join(path)));
    }
    let sources = given.sources(&paths, folder.as_deref(), tables.then_some(&taken))?;
    Ok((given, sources, name))
}

/// Reads an events table in place of reports.
pub(super) fn events(
    table: &Path,
    project: Option<&PathBuf>,
    places: &Places,
    ground: &Ground,
) -> Result<Given, Fail> {
    let mut given = Given::new();
    let folder = project.map(|path| project_folder(path).unwrap_or_else(|| path.clone()));
    if let Some(folder) = &folder {
        given.project(folder)?;
    }
    settings(&mut given, Some(ground))?;
    given.places(places, folder.as_deref())?;
    given.baselines(&ground.baseline)?;
    let (name, bytes) = if table == Path::new("-") {
        ("standard input".to_owned(), files::standard_input()?)
    } else {
        (table.display().to_string(), files::read(table)?)
    };
    given.texts.keep(&name, &String::from_utf8_lossy(&bytes));
    let mut unknown = Vec::new();
    let checked = {
        let actor = given.actors(&name, &bytes, &mut unknown);
        event::table::read(
            &name,
            &bytes,
            &|sought| run::seek(&given.gazetteer, &given.project, sought),
            &actor,
        )
    };
    if checked.value.is_empty() && checked.problems.is_empty() {
        given.problems.push(
            Problem::new(Code::NoEvents, Locus::File(name), "the table has a header and no rows")
                .help("a row needs a date, a place, a change and who gained it"),
        );
    }
    given.events = Some(checked.unload(&mut given.problems));
    given.problems.append(&mut unknown);
    Ok(given)
}

/// What the command line says of the ground goes before what the project says.
fn settings(given: &mut Given, ground: Option<&Ground>) -> Result<(), Fail> {
    let Some(ground) = ground else { return Ok(()) };
    let drawing = &mut given.project.drawing;
    drawing.rivers &= !ground.no_rivers;
    drawing.by = ground.by.unwrap_or(drawing.by);
    if !ground.region.is_empty() {
        let codes: Vec<String> = ground.region.iter().map(|code| code.trim().to_uppercase()).collect();
        let countries = project::countries_of(&codes);
        if let Some(wrong) = countries.iter().find(|code| given.gazetteer.country(code).is_none()) {
            return Err(Fail::Asked(
                format!("`{wrong}` is not the ISO code of a country"),
                "use two-letter codes such as SY, UA, SD, or those of their parts, such as SY-HM",
            ));
        }
        drawing.units = if countries == codes { Vec::new() } else { codes };
        (drawing.bbox, drawing.outline_file) = (None, None);
        given.project.region = countries;
    }
    let drawing = &mut given.project.drawing;
    if ground.bbox.is_some() {
        (drawing.bbox, drawing.outline_file) = (ground.bbox, None);
    }
    let listed = drawing.outline_file.clone().zip(given.folder.clone());
    let listed = listed.map(|(path, folder)| inside(&folder, &path)).transpose()?;
    if let Some(path) = ground.outline.clone().or(listed) {
        let text = String::from_utf8_lossy(&files::read(&path)?).into_owned();
        let outline = areas::outline(&path.display().to_string(), &text).unload(&mut given.problems);
        let name = stem(&path);
        given.project.drawing.outline = (!outline.0.is_empty()).then_some((name, outline));
    }
    Ok(())
}

/// A path the project file gives, which must stay inside the project's folder.
pub(super) fn inside(folder: &Path, path: &str) -> Result<PathBuf, Fail> {
    let relative = Path::new(path);
    let leaves = relative.is_absolute()
        || relative.components().any(|part| matches!(part, std::path::Component::ParentDir));
    if leaves {
        return Err(Fail::Asked(
            format!("{}: `{path}` leads out of the project folder", folder.join(project::FILE).display()),
            "give a path inside the project folder",
        ));
    }
    let path = folder.join(relative);
    // A link may lead out as well; a folder that came from elsewhere must not make us read other files of its user.
    if let (Ok(folder), Ok(real)) = (folder_or_here(folder).canonicalize(), path.canonicalize())
        && !real.starts_with(&folder)
    {
        return Err(Fail::Asked(
            format!("{} is a link that leads out of the project folder", path.display()),
            "give what it points to on the command line, with -p for the project",
        ));
    }
    Ok(path)
}

/// The project folder that a path names: the folder itself, or the project file in it.
fn project_folder(path: &Path) -> Option<PathBuf> {
    if path.join(project::FILE).is_file() {
        return Some(path.to_owned());
    }
    let is_file = path.is_file() && path.file_name().is_some_and(|name| name == project::FILE);
    is_file.then(|| path.parent().map_or_else(PathBuf::new, Path::to_owned))
}

fn same(a: &Path, b: &Path) -> bool {
    matches!((folder_or_here(a).canonicalize(), folder_or_here(b).canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// The parent of a bare file name is the empty path, which is here.
fn folder_or_here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

fn stem(path: &Path) -> String {
    // "." and ".." have no name of their own, but the folders they mean do.
    let whole = if folder_or_here(path).is_dir() { folder_or_here(path).canonicalize().ok() } else { None };
    let name = whole.as_deref().map_or_else(|| path.file_stem(), Path::file_name);
    name.filter(|name| *name != "-")
        .map_or_else(|| "map".to_owned(), |name| name.to_string_lossy().into_owned())
}
