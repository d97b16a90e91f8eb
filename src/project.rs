//! A project: what `conflict-map.toml` says of a war and of the map to draw.

use crate::actor::{Actor, ActorId, Cast};
use crate::diag::{Checked, Code, Locus, Problem};
use crate::named::named;
use crate::units::Date;
use serde::Deserialize;

mod tables;

pub use tables::{Meaning, Order, Says, TableMap};

/// The project file's name in a project folder.
pub const FILE: &str = "conflict-map.toml";

/// A project. The default is what is assumed when there is no project file.
#[derive(Clone, Debug)]
pub struct Project {
    /// What the maps are headed with, if anything.
    pub title: Option<String>,
    /// ISO country codes of the region to draw; empty means chosen from the events.
    pub region: Vec<String>,
    /// What is drawn of the region and how.
    pub drawing: Drawing,
    /// First day of interest.
    pub from: Option<Date>,
    /// Last day of interest.
    pub to: Option<Date>,
    /// The baselines, tables or polygons, as paths relative to the project folder.
    pub baseline: Vec<String>,
    /// Tables of places to use besides the embedded gazetteer, as paths relative to the project folder.
    pub gazetteers: Vec<String>,
    /// Report files and folders, relative to the project folder.
    pub reports: Vec<String>,
    /// Who fights.
    pub cast: Cast,
    /// The project's own actors, in their order.
    pub actors: Vec<Actor>,
    /// What is known of the publishers.
    pub sources: Vec<Source>,
    /// How tables of others are read that are not known by their columns.
    pub tables: Vec<TableMap>,
}

impl Default for Project {
    fn default() -> Self {
        Self {
            title: None,
            region: Vec::new(),
            drawing: Drawing::default(),
            from: None,
            to: None,
            baseline: Vec::new(),
            gazetteers: Vec::new(),
            reports: Vec::new(),
            cast: Cast::new(Vec::new()),
            actors: Vec::new(),
            sources: Vec::new(),
            tables: Vec::new(),
        }
    }
}

/// What is drawn of the region and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// First-level units (ISO 3166-2) and countries (ISO 3166-1); empty for whole countries.
    pub units: Vec<String>,
    /// A rectangle as west, south, east, north in degrees; west greater than east across the antimeridian.
    pub bbox: Option<[f64; 4]>,
    /// The GeoJSON file of the outline, as a path relative to the project folder.
    pub outline_file: Option<String>,
    /// The outline itself, in degrees, and what it is called.
    pub outline: Option<(String, geo::MultiPolygon<f64>)>,
    /// Whether great rivers and lakes hold control up.
    pub rivers: bool,
    /// Whose ground is told apart.
    pub by: By,
    /// A built-in style, or the path of a style file relative to the project folder.
    pub style: Option<String>,
    /// In which language places are named.
    pub labels: Names,
    /// Whether meridians and parallels are drawn.
    pub graticule: bool,
    /// Whether arrows show from where places were taken.
    pub arrows: bool,
}

impl Default for Drawing {
    fn default() -> Self {
        Self {
            units: Vec::new(),
            bbox: None,
            outline_file: None,
            outline: None,
            rivers: true,
            by: By::Actor,
            style: None,
            labels: Names::English,
            graticule: false,
            arrows: true,
        }
    }
}

named! {
    /// In which language places are named.
    Names {
        /// The English name, or a romanised one.
        English = "en",
        /// The local name; the English one where none is known or no bundled font can show it.
        Local = "local",
        /// The English name with the local one below.
        Both = "both",
    }
}

named! {
    /// Whose ground is told apart.
    By {
        /// Each actor's.
        Actor = "actor",
        /// Each side's: allies hold their ground together.
        Side = "side",
    }
}

/// What is known of a publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name, as reports give it.
    pub publisher: String,
    /// Reliability by the Admiralty code, `A` (reliable) to `E`, `F` unknown.
    pub reliability: char,
    /// The side it favours: its word counts fully only against that side.
    pub favours: Option<ActorId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Option<String>,
    #[serde(default)]
    region: Vec<String>,
    bbox: Option<[f64; 4]>,
    outline: Option<String>,
    rivers: Option<bool>,
    by: Option<String>,
    style: Option<String>,
    labels: Option<String>,
    graticule: Option<bool>,
    arrows: Option<bool>,
    period: Option<PeriodRow>,
    #[serde(default)]
    baseline: Paths,
    #[serde(default)]
    gazetteer: Vec<String>,
    #[serde(default)]
    reports: Vec<String>,
    #[serde(default)]
    actors: Vec<ActorRow>,
    #[serde(default)]
    sources: Vec<SourceRow>,
    #[serde(default)]
    tables: Vec<tables::TableRow>,
}

/// One path, or a list of them.
#[derive(Default, Deserialize)]
#[serde(from = "OneOrMany")]
struct Paths(Vec<String>);

#[derive(Deserialize)]
#[serde(untagged, expecting = "a path or a list of paths")]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl From<OneOrMany> for Paths {
    fn from(paths: OneOrMany) -> Self {
        match paths {
            OneOrMany::One(path) => Self(vec![path]),
            OneOrMany::Many(paths) => Self(paths),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodRow {
    from: Option<toml::value::Datetime>,
    to: Option<toml::value::Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorRow {
    id: String,
    name: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    side: Option<String>,
    colour: Option<String>,
    state_of: Option<String>,
    umbrella_of: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceRow {
    publisher: String,
    reliability: Option<String>,
    favours: Option<String>,
}

/// Reads a project file.
///
/// # Errors
/// None: a file that is not understood gives the default project and a `bad-project` problem with its line; a single
/// wrong value is told and left out.
#[must_use]
pub fn read(name: &str, text: &str) -> Checked<Project> {
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            let line = error
                .span()
                .map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count() as u64);
            let at = Locus::Line { file: name.to_owned(), line };
            let problem = Problem::new(Code::BadProject, at, error.message().replace('\n', "; ")).help(
                "known keys: title, region, bbox, outline, rivers, by, style, baseline, gazetteer, reports, [period] from, to, [[actors]], [[sources]], [[tables]]",
            );
            return Checked { value: Project::default(), problems: vec![problem] };
        }
    };
    let mut reader = Reader { name, text, problems: Vec::new() };
    let value = reader.project(file);
    Checked { value, problems: reader.problems }
}

/// The countries of codes of countries and of their first-level units, each once.
#[must_use]
pub fn countries_of(codes: &[String]) -> Vec<String> {
    let mut countries: Vec<String> = Vec::new();
    for code in codes.iter().filter_map(|code| code.split('-').next()) {
        if !countries.iter().any(|known| known == code) {
            countries.push(code.to_owned());
        }
    }
    countries
}

struct Reader<'a> {
    name: &'a str,
    text: &'a str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn project(&mut self, file: File) -> Project {
        let period = file.period.unwrap_or(PeriodRow { from: None, to: None });
        let (mut from, mut to) = (self.day(period.from), self.day(period.to));
        if let (Some(first), Some(last)) = (from, to)
            && last < first
        {
            self.tell(
                "period",
                format!("the period ends on {last}, before it begins on {first}; it is left out"),
            );
            (from, to) = (None, None);
        }
        let mut actors: Vec<Actor> = Vec::new();
        for mut row in file.actors {
            row.id = one_line(&row.id);
            if row.id.is_empty() {
                self.tell("[[actors]]", "an actor has an empty id; it is left out".to_owned());
            } else if actors.iter().any(|actor| actor.id.0 == row.id) {
                self.tell_last(&row.id, format!("a second actor has the id `{}`; it is left out", row.id));
            } else {
                actors.push(self.actor(row));
            }
        }
        let codes: Vec<String> = file.region.iter().map(|code| code.trim().to_uppercase()).collect();
        let region = countries_of(&codes);
        let by = file.by.as_deref().map(|name| By::parse(name.trim()).ok_or(name));
        if let Some(Err(name)) = by {
            self.tell("by", format!("`{name}` is nothing ground is told apart by; it is by actor"));
        }
        let labels = file.labels.as_deref().map(|name| Names::parse(name.trim()).ok_or(name));
        if let Some(Err(name)) = labels {
            self.tell("labels", format!("`{name}` is not en, local or both; places are named in English"));
        }
        let drawing = Drawing {
            units: if codes == region { Vec::new() } else { codes },
            bbox: file.bbox,
            outline_file: file.outline,
            outline: None,
            rivers: file.rivers.unwrap_or(true),
            by: by.and_then(Result::ok).unwrap_or(By::Actor),
            style: file.style.map(|style| one_line(&style)).filter(|style| !style.is_empty()),
            labels: labels.and_then(Result::ok).unwrap_or(Names::English),
            graticule: file.graticule.unwrap_or(false),
            arrows: file.arrows.unwrap_or(true),
        };
        let sources = file.sources.into_iter().map(|row| self.source(row, &actors)).collect();
        let tables = file.tables.into_iter().filter_map(|row| self.table(row)).collect();
        Project {
            title: file.title.as_deref().map(one_line).filter(|title| !title.is_empty()),
            region,
            drawing,
            from,
            to,
            baseline: file.baseline.0,
            gazetteers: file.gazetteer,
            reports: file.reports,
            cast: Cast::new(actors.clone()),
            actors,
            sources,
            tables,
        }
    }

    fn day(&mut self, value: Option<toml::value::Datetime>) -> Option<Date> {
        let value = value?;
        let date = value.date.and_then(|d| {
            Date::new(i16::try_from(d.year).ok()?, i8::try_from(d.month).ok()?, i8::try_from(d.day).ok()?)
                .ok()
        });
        if date.is_none() {
            self.tell(&value.to_string(), format!("`{value}` is not a date"));
        }
        date
    }

    fn actor(&mut self, row: ActorRow) -> Actor {
        let name = row.name.as_deref().map(one_line).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| row.id.clone());
        let colour = row.colour.filter(|colour| {
            let good = colour.len() == 7
                && colour.starts_with('#')
                && colour[1..].bytes().all(|byte| byte.is_ascii_hexdigit());
            if !good {
                self.tell(
                    colour,
                    format!("`{colour}` is not a colour of the form #rrggbb; another is chosen"),
                );
            }
            good
        });
        Actor {
            side: ActorId(row.side.map_or_else(|| row.id.clone(), |side| one_line(&side))),
            id: ActorId(row.id),
            name,
            aliases: row
                .aliases
                .iter()
                .map(|alias| one_line(alias))
                .filter(|alias| !alias.is_empty())
                .collect(),
            colour,
            state_of: row.state_of.map(|code| code.to_uppercase()),
            umbrella_of: row.umbrella_of.map(|code| code.to_uppercase()),
        }
    }

    fn source(&mut self, row: SourceRow, actors: &[Actor]) -> Source {
        let letter = row.reliability.unwrap_or_else(|| "F".to_owned());
        let reliability = if let [byte @ b'A'..=b'F'] = letter.as_bytes() {
            char::from(*byte)
        } else {
            self.tell(&letter, format!("reliability `{letter}` is not a letter from A to F; F is taken"));
            'F'
        };
        let favours = row.favours.map(|side| ActorId(one_line(&side))).filter(|id| {
            let known = actors.iter().any(|actor| actor.id == *id || actor.side == *id);
            if !known {
                self.tell(
                    &id.0,
                    format!("source {} favours `{id}`, which is no actor and no side", row.publisher),
                );
            }
            known
        });
        Source { publisher: one_line(&row.publisher), reliability, favours }
    }

    /// Tells a problem on the first line that holds `value`.
    fn tell(&mut self, value: &str, message: String) {
        self.tell_at(self.text.find(value), message);
    }

    /// Tells a problem on the last line that holds `value` in quotes.
    fn tell_last(&mut self, value: &str, message: String) {
        self.tell_at(self.text.rfind(&format!("\"{value}\"")), message);
    }

    fn tell_at(&mut self, at: Option<usize>, message: String) {
        let line = at.map_or(1, |at| 1 + self.text[..at].matches('\n').count() as u64);
        self.problems.push(Problem::new(
            Code::BadProject,
            Locus::Line { file: self.name.to_owned(), line },
            message,
        ));
    }
}

/// Text as it may stand in a table and on a map: TOML can write control characters (`\u0000`), and no table or SVG with
/// one can be read again.
fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_project_is_read() {
        let text = "title = \"T\"\nregion = [\"sy\"]\n[period]\nfrom = 2024-11-26\n\n[[actors]]\nid = \"gov\"\nstate_of = \"SY\"\n[[sources]]\npublisher = \"P\"\nreliability = \"B\"\nfavours = \"gov\"\n";
        let checked = read(FILE, text);
        assert_eq!(checked.problems, []);
        assert_eq!(checked.value.region, ["SY"]);
        assert_eq!(checked.value.cast.state("SY", "Syrian"), ActorId("gov".into()));
        assert_eq!(checked.value.sources[0].reliability, 'B');
    }

    #[test]
    fn a_wrong_value_is_told_with_its_line_and_the_rest_is_used() {
        let text = "region = [\"SY\"]\n[[actors]]\nid = \"a\"\ncolour = \"red\"\n[[sources]]\npublisher = \"P\"\nreliability = \"Z\"\nfavours = \"b\"\n";
        let checked = read(FILE, text);
        let said: Vec<_> = checked.problems.iter().map(|p| (p.at.clone(), p.message.as_str())).collect();
        let line = |line| Locus::Line { file: FILE.into(), line };
        assert_eq!(said[0], (line(4), "`red` is not a colour of the form #rrggbb; another is chosen"));
        assert_eq!(said[1].0, line(7));
        assert_eq!(checked.value.actors.len(), 1);
    }

    #[test]
    fn a_period_that_ends_before_it_begins_and_an_id_used_twice_are_left_out() {
        let text = "[period]\nfrom = 2024-12-08\nto = 2024-11-01\n[[actors]]\nid = \"a\"\nname = \"\"\n[[actors]]\nid = \"a\"\nname = \"B\"\n[[actors]]\nid = \" \"\n";
        let checked = read(FILE, text);
        assert_eq!((checked.value.from, checked.value.to), (None, None));
        let names: Vec<&str> = checked.value.actors.iter().map(|actor| actor.name.as_str()).collect();
        assert_eq!(names, ["a"]);
        let lines: Vec<_> = checked.problems.iter().map(|p| p.at.clone()).collect();
        assert_eq!(lines, [1, 8, 4].map(|line| Locus::Line { file: FILE.into(), line }));
    }

    #[test]
    fn control_characters_never_come_in() {
        let text = "title = \"a\\u0000b\"\n[[actors]]\nid = \"g\\u0000\"\nname = \"G\\u001b[31m\"\n";
        let project = read(FILE, text).value;
        assert_eq!(project.title.as_deref(), Some("a b"));
        assert_eq!((project.actors[0].id.0.as_str(), project.actors[0].name.as_str()), ("g", "G [31m"));
    }

    #[test]
    fn an_unknown_key_is_told_with_its_line() {
        let checked = read(FILE, "title = \"T\"\nregoin = [\"SY\"]\n");
        assert_eq!(checked.problems[0].at, Locus::Line { file: FILE.into(), line: 2 });
        assert!(checked.problems[0].message.contains("regoin"), "{:?}", checked.problems);
    }
}
