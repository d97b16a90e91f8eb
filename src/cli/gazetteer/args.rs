//! What `gazetteer` offers.

use crate::cli::args::Format;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What can be done with gazetteers.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Gazetteer {
    /// Compiles tables of places and installs them
    #[command(after_help = "Examples:
  conflict-map gazetteer add SY.zip
  conflict-map gazetteer add --alternates alternateNamesV2.zip SY.txt
  conflict-map gazetteer add syr_pplp.csv --licence \"CC BY-IGO\" --credit \"OCHA\"
  conflict-map gazetteer add villages.geojson --name my-villages")]
    Add(Add),
    /// Lists what is installed
    #[command(after_help = "Example:
  conflict-map gazetteer list --format json")]
    List(List),
    /// Tells all that is known of one, and checks that it is whole
    #[command(after_help = "Example:
  conflict-map gazetteer info SY")]
    Info(Info),
    /// Removes some
    #[command(after_help = "Example:
  conflict-map gazetteer remove SY UA")]
    Remove(Remove),
    /// Downloads dumps of countries from GeoNames and installs them
    #[cfg(feature = "fetch")]
    #[command(after_help = "Examples:
  conflict-map gazetteer fetch SY
  conflict-map gazetteer fetch SY UA --alternates
  conflict-map gazetteer fetch SD --base https://mirror.example.org/geonames/")]
    Fetch(Fetch),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Add {
    /// GeoNames dumps, CSV, GeoJSON, or zips of these
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,
    /// GeoNames' other names, joined to dumps by id: alternateNamesV2.txt, or its zip
    #[arg(long, value_name = "FILE")]
    pub(super) alternates: Option<PathBuf>,
    /// What to call it; otherwise as the file
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Under which licence the data may be passed on; known for GeoNames
    #[arg(long, value_name = "TEXT")]
    pub(super) licence: Option<String>,
    /// Whom the data are owed to, printed on the maps; otherwise the file's name
    #[arg(long, value_name = "TEXT")]
    pub(super) credit: Option<String>,
    /// How to print results and problems
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Ends with exit code 1 if there were problems
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct List {
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Info {
    /// Its name
    #[arg(value_name = "NAME")]
    pub(super) name: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Remove {
    /// Their names
    #[arg(value_name = "NAME", required = true)]
    pub(super) names: Vec<String>,
}

#[cfg(feature = "fetch")]
#[derive(Debug, Args)]
pub(in crate::cli) struct Fetch {
    /// Countries, as ISO codes
    #[arg(value_name = "CC", required = true)]
    pub(super) countries: Vec<String>,
    /// Fetches other names too: more of them, and which language each is of
    #[arg(long)]
    pub(super) alternates: bool,
    /// Where to fetch from
    #[arg(
        long,
        value_name = "URL",
        env = "CONFLICT_MAP_GEONAMES",
        default_value = "https://download.geonames.org/export/dump/"
    )]
    pub(super) base: String,
    /// How to print results and problems
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Ends with exit code 1 if there were problems
    #[arg(long)]
    pub(super) strict: bool,
}
