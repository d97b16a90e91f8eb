//! How pictures look: what the command line and the project say of it.

use super::args::{day, rectangle};
use super::fail::Fail;
use super::files;
use super::input::{Given, inside};
use crate::atlas::{self, Design};
use crate::basemap::Extent;
use crate::diag::short;
use crate::gazetteer::Gazetteer;
use crate::render::Format;
use crate::run::Situation;
use crate::scene::Inset;
use crate::style::{self, Preset, Size, Style};
use crate::units::{Date, Km};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::path::Path;

/// How pictures look.
#[derive(Debug, Args)]
#[command(next_help_heading = "Pictures")]
pub(super) struct Look {
    /// Colours, type and lines: light, dark, print (greys and patterns), or a style file; otherwise the project's, or light
    #[arg(long, value_name = "NAME|FILE")]
    pub(super) style: Option<String>,
    /// A page by name, with letters of the size it needs
    #[arg(long, value_name = "NAME", value_parser = preset())]
    pub(super) preset: Option<Preset>,
    /// The page in pixels; otherwise the preset's, or 1600x1200
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = Size::parse)]
    pub(super) size: Option<(f64, f64)>,
    /// Pixels of PNG and WebP for each of the page's; 2 for sharp screens
    #[arg(long, value_name = "TIMES", value_parser = Size::parse_scale)]
    pub(super) scale: Option<f64>,
    /// A rectangle that fills each map, in degrees; the ground is worked out for the whole region all the same
    #[arg(long, value_name = "WEST,SOUTH,EAST,NORTH", value_parser = rectangle, allow_hyphen_values = true)]
    pub(super) extent: Option<[f64; 4]>,
    /// A place that each map shows with its surroundings
    #[arg(long, value_name = "PLACE", conflicts_with = "extent")]
    pub(super) around: Option<String>,
    /// How much of them --around and --inset show on each side, in kilometres
    #[arg(long, value_name = "KM", default_value_t = 40.0, value_parser = kilometres)]
    pub(super) km: f64,
    /// A place whose surroundings are also drawn larger, in a panel; may be given several times, PLACE=KM with its own
    /// measure
    #[arg(long, value_name = "PLACE[=KM]")]
    pub(super) inset: Vec<String>,
    /// Two days to draw side by side besides, with what changed between them marked and listed
    #[arg(long, value_names = ["FROM", "TO"], num_args = 2, value_parser = day)]
    pub(super) compare: Vec<Date>,
    /// The forms in which pictures are written: svg, png, pdf, webp
    #[arg(long = "as", value_name = "FORM", value_delimiter = ',', value_parser = format(), default_value = "svg,png")]
    pub(super) formats: Vec<Format>,
    /// Letters of SVG as text, or as outlines that look the same everywhere
    #[arg(long, value_enum, default_value_t = Text::Text)]
    pub(super) text: Text,
}

fn kilometres(text: &str) -> Result<f64, String> {
    let km: Option<f64> = text.trim().parse().ok();
    km.filter(|km| (1.0..=3000.0).contains(km))
        .ok_or_else(|| format!("`{text}` is no number of kilometres from 1 to 3000"))
}

/// Turns the places that the command line names into the ground that pictures show.
pub(super) fn aim(
    look: &Look,
    design: &mut Design,
    situation: &Situation,
    gazetteer: &Gazetteer,
) -> Result<(), Fail> {
    design.extent = look.extent.and_then(|[west, south, east, north]| Extent::new(west, south, east, north));
    let around = |name: &str, km: f64| {
        let site = atlas::place(situation, gazetteer, name);
        let found = site.and_then(|site| Some((site.name, Extent::around(site.at, Km(km))?)));
        found.ok_or_else(|| {
            let name = short(name);
            Fail::Asked(
                format!("no place is called `{name}`"),
                "`conflict-map locate` says how places are spelt",
            )
        })
    };
    if let Some(name) = &look.around {
        design.extent = Some(around(name, look.km)?.1);
    }
    for inset in &look.inset {
        let own = inset.rsplit_once('=').and_then(|(name, km)| Some((name, kilometres(km).ok()?)));
        let (name, km) = own.unwrap_or((inset, look.km));
        let (name, extent) = around(name, km)?;
        design.insets.push(Inset { name, extent });
    }
    Ok(())
}

/// What letters of SVG are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Text {
    /// Text, to search and to change
    Text,
    /// Outlines
    Paths,
}

fn format() -> impl TypedValueParser<Value = Format> {
    let names = Format::ALL.iter().map(|(_, name)| *name);
    PossibleValuesParser::new(names).map(|name| Format::parse(&name).unwrap_or(Format::Svg))
}

fn preset() -> impl TypedValueParser<Value = Preset> {
    let names = Preset::ALL.iter().map(|(_, name)| *name);
    PossibleValuesParser::new(names).map(|name| Preset::parse(&name).unwrap_or(Preset::Slide))
}

impl Given {
    /// How pictures are to look. What the command line says goes before what the project says.
    pub(super) fn design(&mut self, look: &Look) -> Result<Design, Fail> {
        let mut size = look.preset.map(Preset::size).unwrap_or_default();
        (size.width, size.height) = look.size.unwrap_or((size.width, size.height));
        size.scale = look.scale.unwrap_or(size.scale);
        let size = size.drawable().map_err(|why| Fail::Asked(why, "give another --size or --scale"))?;
        let compare = match look.compare.as_slice() {
            [from, to] if from >= to => {
                let message = format!("{from} is not before {to}");
                return Err(Fail::Asked(message, "give the earlier day first"));
            }
            [from, to] => Some([*from, *to]),
            _ => None,
        };
        let formats: BTreeSet<Format> = look.formats.iter().copied().collect();
        let formats = formats.into_iter().collect();
        let outlined = look.text == Text::Paths;
        Ok(Design { style: self.style(look)?, size, compare, formats, outlined, ..Design::default() })
    }

    fn style(&mut self, look: &Look) -> Result<Style, Fail> {
        let of_project = self.project.drawing.style.clone();
        let Some(name) = look.style.as_ref().or(of_project.as_ref()) else { return Ok(Style::default()) };
        if let Some(style) = Style::named(name) {
            return Ok(style.clone());
        }
        let path = match (&look.style, &self.folder) {
            (None, Some(folder)) => inside(folder, name)?,
            _ => Path::new(name).to_owned(),
        };
        if !path.exists() && !name.contains(['.', '/', '\\']) {
            let known = Style::built_in().map(|style| style.name.as_ref()).join(", ");
            return Err(Fail::Asked(
                format!("`{name}` is no built-in style and no file; built in are {known}"),
                "give one of these, or the path of a style file",
            ));
        }
        let bytes = files::read(&path)?;
        let text = String::from_utf8_lossy(&bytes);
        let shown = path.display().to_string();
        self.texts.keep(&shown, &text);
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let beside = |name: &str| {
            let read = inside(&folder, name).and_then(|path| files::read(&path));
            read.map_err(|fail| match fail {
                Fail::Read(_, error) => error.to_string(),
                Fail::Asked(message, _) => message,
                other => other.to_string(),
            })
        };
        Ok(style::read(&shown, &text, &beside).unload(&mut self.problems))
    }
}
