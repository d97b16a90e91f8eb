//! What the command line offers.

use super::fail::Fail;
use super::look::Look;
use crate::basemap::Extent;
use crate::export::MentionForm;
use crate::project::{By, Names};
use crate::units::{Date, LonLat};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};

/// Reads reports of a war and draws who holds what, day by day, every colour traceable to its sentence.
#[derive(Debug, Parser)]
#[command(
    name = "conflict-map",
    version,
    after_help = "Examples:
  conflict-map map examples/syria-2024                     a project folder, to output/syria-2024/
  conflict-map map articles/ --published 2024-12-05 -o out  a folder of saved articles
  conflict-map locate \"Khan Sheikhoun\" Homs                which places have these names
  conflict-map why Hama --on 2024-12-06 -p examples/syria-2024

Exit code: 0, 1 if there were problems and --strict was given, 2 if it could not be done at all."
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Reads reports and writes maps, tables, GeoJSON and a report
    #[command(after_help = "Examples:
  conflict-map map examples/syria-2024
  conflict-map map examples/syria-2024 --compare 2024-12-01 2024-12-08
  conflict-map map article.html dispatch.md --title \"Hama, December 2024\" -o output/hama
  cat feed.jsonl | conflict-map map - --region SY -o output/feed")]
    Map(MapArgs),
    /// Prints the places that have a name
    #[command(after_help = "Examples:
  conflict-map locate \"Khan Sheikhoun\" \"خان شيخون\" Hama Homs
  conflict-map locate Tripoli --country LY --format json")]
    Locate(LocateArgs),
    /// Says why a place, or a point of ground, has its colour: control, event, claims, sentences
    #[command(after_help = "Examples:
  conflict-map why Hama --on 2024-12-06 -p examples/syria-2024
  conflict-map why --at 35.2,36.7 --on 2024-12-06 -p examples/syria-2024
  conflict-map why \"Khan Sheikhoun\" --on 2024-12-01 articles/ --published 2024-12-05")]
    Why(WhyArgs),
    /// Prints what changed between two days: ground in square kilometres, and place by place with the events behind it
    #[command(after_help = "Examples:
  conflict-map between 2024-12-01 2024-12-05 examples/syria-2024
  conflict-map between 2024-12-01 2024-12-05 -p examples/syria-2024 --format csv
  conflict-map between 2024-12-01 2024-12-05 --events events.csv --format json

Both days are taken as at their end: what changed on the first is not counted, what changed on the last is.")]
    Between(BetweenArgs),
    /// Writes the claims table alone
    #[command(after_help = "Examples:
  conflict-map extract articles/ --published 2024-12-05
  conflict-map extract feed.jsonl -o claims.csv
  zcat archive.jsonl.gz | conflict-map extract - > claims.csv
  conflict-map extract article.txt --explain

Input of any size is read in stretches, in memory that does not grow with it; only tables are held whole.")]
    Extract(TableArgs),
    /// Writes the place names found: JSON Lines, GeoJSON or CSV
    #[command(after_help = "Examples:
  conflict-map geoparse article.txt
  conflict-map geoparse archive.jsonl.gz 2024/ -o mentions.csv
  zcat archive.jsonl.gz | conflict-map geoparse - > mentions.jsonl
  conflict-map geoparse feed.jsonl --spans names.jsonl -o places.geojson

Input of any size is read in stretches, in memory that does not grow with it.")]
    Geoparse(GeoparseArgs),
    /// Draws from an events table, with no reports at all
    #[command(after_help = "Examples:
  conflict-map render events.csv -o output/drawn
  conflict-map render output/syria-2024/events.csv -p examples/syria-2024 -o output/again")]
    Render(RenderArgs),
    /// Reads everything and reports problems only
    #[command(after_help = "Examples:
  conflict-map check examples/syria-2024
  conflict-map check articles/ --strict --format json")]
    Check(CheckArgs),
    /// Installs tables of places, for all commands to use besides what is in the program
    #[command(subcommand)]
    Gazetteer(super::gazetteer::args::Gazetteer),
    /// Prints a completion script for a shell
    #[command(after_help = "Example:
  conflict-map completions bash > /etc/bash_completion.d/conflict-map")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Where reports come from and what is known of them.
#[derive(Debug, Args)]
pub(super) struct Inputs {
    /// A project folder, report files (.txt .md .html .jsonl), tables of ACLED or VIINA (.csv), each also .gz, folders of
    /// them, or - for standard input
    #[arg(value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// The project folder, where it is not an INPUT itself
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) project: Option<PathBuf>,
    /// The day of publication, for reports that do not say
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(super) published: Option<Date>,
    #[command(flatten)]
    pub(super) places: Places,
}

/// Which places are known besides those in the program.
#[derive(Debug, Args)]
pub(super) struct Places {
    /// A table of places to use besides: GeoNames dump, CSV, GeoJSON, or a zip of one; may be given several times
    #[arg(long = "gazetteer", value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Leaves out what `conflict-map gazetteer add` installed
    #[arg(long)]
    pub(super) no_installed: bool,
}

/// What was decided by hand.
#[derive(Debug, Args)]
pub(super) struct Corrections {
    /// Corrections to events: a table of ids and actions; otherwise overrides.csv in the project folder
    #[arg(long, value_name = "FILE")]
    pub(super) overrides: Option<PathBuf>,
}

/// What holds for every command that reads.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Common {
    /// How to print problems, and results for which no other form is chosen
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Ends with exit code 1 if there were problems
    #[arg(long)]
    pub(super) strict: bool,
}

/// What ground is drawn and how it is worked out.
#[derive(Debug, Args)]
pub(super) struct Ground {
    /// Countries to draw, as ISO codes, or parts of them (SY-HM); otherwise chosen from the events
    #[arg(long, value_name = "CC", value_delimiter = ',')]
    pub(super) region: Vec<String>,
    /// A rectangle to draw, in degrees, of the countries of --region or of the events; west may be greater than east, across
    /// the antimeridian
    #[arg(long, value_name = "WEST,SOUTH,EAST,NORTH", value_parser = rectangle, allow_hyphen_values = true)]
    pub(super) bbox: Option<[f64; 4]>,
    /// A GeoJSON file with the outline of what is to be drawn of these countries
    #[arg(long, value_name = "FILE")]
    pub(super) outline: Option<PathBuf>,
    /// Lets control spread across great rivers and lakes as over land
    #[arg(long)]
    pub(super) no_rivers: bool,
    /// Whose ground is told apart
    #[arg(long, value_name = "WHOM", value_parser = by())]
    pub(super) by: Option<By>,
    /// Who held what on some day: a table of place and actor, GeoJSON polygons with an actor, or the areas.geojson of an
    /// earlier run; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Vec<PathBuf>,
}

/// Where pictures go and what they show.
#[derive(Debug, Args)]
pub(super) struct Picture {
    /// The folder to write to; otherwise output/ and the name of what is read
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
    /// Heads the maps; otherwise the title is made from the data
    #[arg(long)]
    pub(super) title: Option<String>,
    #[command(flatten)]
    pub(super) ground: Ground,
    #[command(flatten)]
    pub(super) look: Look,
    #[command(flatten)]
    pub(super) signs: Signs,
}

/// What stands on the maps besides ground and symbols.
#[derive(Debug, Args)]
pub(super) struct Signs {
    /// In which language places are named; otherwise as the project says, or in English
    #[arg(long, value_name = "LANGUAGE", value_parser = labels())]
    pub(super) labels: Option<Names>,
    /// Draws meridians and parallels
    #[arg(long)]
    pub(super) graticule: bool,
    /// Leaves out the arrows to places that were taken
    #[arg(long)]
    pub(super) no_arrows: bool,
}

#[derive(Debug, Args)]
pub(super) struct MapArgs {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    #[command(flatten)]
    pub(super) picture: Picture,
    #[command(flatten)]
    pub(super) corrections: Corrections,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct LocateArgs {
    /// Names, in any common spelling or script
    #[arg(value_name = "NAME", required = true)]
    pub(super) names: Vec<String>,
    /// Only places in this country
    #[arg(long, value_name = "CC")]
    pub(super) country: Option<String>,
    /// At most so many places for each name
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub(super) limit: usize,
    #[command(flatten)]
    pub(super) places: Places,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct WhyArgs {
    /// The place; with --at one more INPUT
    #[arg(value_name = "PLACE")]
    pub(super) place: Option<String>,
    /// A point of ground, in degrees, in place of a name
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    pub(super) at: Option<LonLat>,
    /// The day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(super) on: Date,
    #[command(flatten)]
    pub(super) inputs: Inputs,
    #[command(flatten)]
    pub(super) ground: Ground,
    #[command(flatten)]
    pub(super) corrections: Corrections,
    #[command(flatten)]
    pub(super) common: Common,
}

/// What `why` is asked about.
pub(super) enum Wanted {
    /// The place of this name.
    Place(String),
    /// This point of ground.
    Point(LonLat),
}

impl WhyArgs {
    /// What is asked about. A point has no name: what stands in the name's place is then something to read.
    pub(super) fn wanted(&mut self) -> Result<Wanted, Fail> {
        match (self.at, self.place.take()) {
            (Some(at), place) => {
                self.inputs.inputs.splice(0..0, place.map(PathBuf::from));
                Ok(Wanted::Point(at))
            }
            (None, Some(place)) => Ok(Wanted::Place(place)),
            (None, None) => Err(Fail::Asked(
                "no place was named".into(),
                "give a name, or a point of ground as --at LAT,LON",
            )),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct BetweenArgs {
    /// The first day
    #[arg(value_name = "FROM", value_parser = day)]
    pub(super) from: Date,
    /// The last day
    #[arg(value_name = "TO", value_parser = day)]
    pub(super) to: Date,
    #[command(flatten)]
    pub(super) inputs: Inputs,
    /// An events table to read in place of reports, or - for standard input
    #[arg(long, value_name = "EVENTS.CSV", conflicts_with = "inputs")]
    pub(super) events: Option<PathBuf>,
    #[command(flatten)]
    pub(super) ground: Ground,
    #[command(flatten)]
    pub(super) corrections: Corrections,
    /// How to print
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub(super) format: TableFormat,
    /// Ends with exit code 1 if there were problems
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Args)]
pub(super) struct TableArgs {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    /// Writes, sentence by sentence, what was read and why the other words of control gave no claim
    #[arg(long)]
    pub(super) explain: bool,
    /// The file to write; standard output otherwise
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// The largest report to read, in MiB; what is larger is told and passed over
    #[arg(long, value_name = "MIB", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=2048))]
    pub(super) max_report: u32,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct GeoparseArgs {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    /// The file to write; standard output otherwise
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// What to write; otherwise chosen by the ending of FILE, JSON Lines where that says nothing
    #[arg(long, value_name = "FORM", value_parser = form())]
    pub(super) to: Option<MentionForm>,
    /// Names that are known already, to find their places: objects of doc, start, end, a line each
    #[arg(long, value_name = "FILE.jsonl")]
    pub(super) spans: Option<PathBuf>,
    /// Takes peoples and their adjectives for names of their countries as well ("Syrian")
    #[arg(long)]
    pub(super) peoples: bool,
    /// The largest report to read, in MiB; what is larger is told and passed over
    #[arg(long, value_name = "MIB", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=2048))]
    pub(super) max_report: u32,
    #[command(flatten)]
    pub(super) common: Common,
}

impl GeoparseArgs {
    /// What to write.
    pub(super) fn form(&self) -> MentionForm {
        let ending = self.output.as_deref().and_then(Path::extension).map(|end| end.to_string_lossy());
        let by_ending = || match ending?.to_lowercase().as_str() {
            "json" => Some(MentionForm::GeoJson),
            ending => MentionForm::parse(ending),
        };
        self.to.or_else(by_ending).unwrap_or(MentionForm::JsonLines)
    }
}

fn by() -> impl TypedValueParser<Value = By> {
    let names = By::ALL.iter().map(|(_, name)| *name);
    PossibleValuesParser::new(names).map(|name| By::parse(&name).unwrap_or(By::Actor))
}

fn labels() -> impl TypedValueParser<Value = Names> {
    let names = Names::ALL.iter().map(|(_, name)| *name);
    PossibleValuesParser::new(names).map(|name| Names::parse(&name).unwrap_or(Names::English))
}

pub(super) fn rectangle(text: &str) -> Result<[f64; 4], String> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|part| part.trim().parse().ok()).collect();
    let numbers: Option<[f64; 4]> = numbers.and_then(|numbers| numbers.try_into().ok());
    let is_rectangle =
        |[west, south, east, north]: &[f64; 4]| Extent::new(*west, *south, *east, *north).is_some();
    numbers
        .filter(is_rectangle)
        .ok_or_else(|| format!("`{text}` is not west,south,east,north in degrees, as in 36,34,38.5,37"))
}

fn form() -> impl TypedValueParser<Value = MentionForm> {
    let names = MentionForm::ALL.iter().map(|(_, name)| *name);
    PossibleValuesParser::new(names).map(|name| MentionForm::parse(&name).unwrap_or(MentionForm::JsonLines))
}

#[derive(Debug, Args)]
pub(super) struct RenderArgs {
    /// The events table, or - for standard input; `date, place, change, gaining` is enough
    #[arg(value_name = "EVENTS.CSV")]
    pub(super) events: PathBuf,
    /// A project folder, for its title, region, actors and baseline
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) project: Option<PathBuf>,
    #[command(flatten)]
    pub(super) places: Places,
    #[command(flatten)]
    pub(super) picture: Picture,
    #[command(flatten)]
    pub(super) corrections: Corrections,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    #[command(flatten)]
    pub(super) corrections: Corrections,
    #[command(flatten)]
    pub(super) common: Common,
}

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// How to print what is also a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TableFormat {
    /// For people
    Text,
    /// A table, a row for each place
    Csv,
    /// For programs
    Json,
}

/// A latitude and a longitude.
fn point(text: &str) -> Result<LonLat, String> {
    let no = || format!("`{text}` is not a latitude and a longitude in degrees, as 35.2,36.7");
    let (lat, lon) = text.split_once([',', ' ', ';']).ok_or_else(no)?;
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| no());
    LonLat::new(number(lon)?, number(lat)?).ok_or_else(no)
}

pub(super) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("`{text}` is not a date of the form YYYY-MM-DD"))
}
