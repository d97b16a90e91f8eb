//! A style file: TOML that changes a built-in style.

use super::{Colour, Colours, LIGHT, READABLE, Style, contrast};
use crate::diag::{Checked, Code, Locus, Problem, short};
use crate::fonts::Family;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// A file beside a style file, by the path written in it.
pub type Beside<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, String>;

/// Reads a style file. `beside` gives the fonts and the logo it names.
///
/// # Problems
/// `bad-style` with its line for each value that cannot be used; what it would have changed stays as it is in the style
/// that the file begins with. `low-contrast` where letters could not be read.
///
/// # Example
/// ```
/// let text = "base = \"dark\"\n[colours]\nsea = \"#14202e\"\n";
/// let style = conflict_map::style::read("ours.toml", text, &|_| Err("no files here".into()));
/// assert_eq!(style.problems, []);
/// assert_eq!(style.value.sea.rgb, [0x14, 0x20, 0x2e]);
/// ```
#[must_use]
pub fn read(name: &str, text: &str, beside: Beside<'_>) -> Checked<Style> {
    let mut reader = Reader { name, text, beside, problems: Vec::new() };
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            reader.tell(&error.span().unwrap_or(0..0), error.message().replace('\n', "; "));
            return Checked { value: LIGHT.clone(), problems: reader.problems };
        }
    };
    let value = reader.style(table.get_ref());
    reader.problems.extend(
        faint(&value)
            .into_iter()
            .map(|message| Problem::new(Code::LowContrast, Locus::File(name.to_owned()), message)),
    );
    Checked { value, problems: reader.problems }
}

/// Letters of a style that fall under [`READABLE`] on what they stand on, in words.
#[must_use]
pub fn faint(style: &Style) -> Vec<String> {
    let pairs = [
        ("ink", style.ink, "paper", style.paper),
        ("quiet", style.quiet, "paper", style.paper),
        ("ink", style.ink, "unknown", style.unknown),
        ("ink", style.ink, "sea", style.sea),
        ("water_name", style.water_name, "sea", style.sea),
        ("abroad_name", style.abroad_name, "abroad", style.abroad),
    ];
    let told = |(letters, a, ground, b): (&str, Colour, &str, Colour)| {
        let found = contrast(a, b);
        (found < READABLE).then(|| {
            let [hex_a, hex_b] = [a, b].map(Colour::hex);
            format!("{letters} ({hex_a}) on {ground} ({hex_b}) has a contrast of {found:.1}:1, less than {READABLE}:1")
        })
    };
    pairs.into_iter().filter_map(told).collect()
}

/// A colour of a style by its name in files.
type Slot = (&'static str, fn(&mut Style) -> &mut Colour);
/// A number of a style by its name in files, with what it can be.
type Measure = (&'static str, RangeInclusive<f64>, fn(&mut Style) -> &mut f64);

const COLOURS: &[Slot] = &[
    ("ink", |style| &mut style.ink),
    ("quiet", |style| &mut style.quiet),
    ("paper", |style| &mut style.paper),
    ("casing", |style| &mut style.casing),
    ("edge", |style| &mut style.edge),
    ("sea", |style| &mut style.sea),
    ("shore", |style| &mut style.shore),
    ("water_name", |style| &mut style.water_name),
    ("abroad", |style| &mut style.abroad),
    ("abroad_name", |style| &mut style.abroad_name),
    ("unknown", |style| &mut style.unknown),
    ("border", |style| &mut style.border),
    ("admin", |style| &mut style.admin),
    ("road", |style| &mut style.road),
    ("changed", |style| &mut style.changed),
    ("tint_towards", |style| &mut style.tint_towards),
];

const TINTS: &[Measure] = &[
    ("held", 0.0..=1.0, |style| &mut style.tint),
    ("presumed", 0.0..=1.0, |style| &mut style.presumed_tint),
    ("claimed", 0.0..=1.0, |style| &mut style.claimed_tint),
];

const LETTERS: &[Measure] = &[
    ("title", 12.0..=120.0, |style| &mut style.letters.title),
    ("subtitle", 8.0..=60.0, |style| &mut style.letters.subtitle),
    ("legend", 8.0..=48.0, |style| &mut style.letters.legend),
    ("small", 7.0..=36.0, |style| &mut style.letters.small),
    ("places", 8.0..=48.0, |style| &mut style.letters.places),
];

const LINES: &[Measure] = &[
    ("front", 0.5..=20.0, |style| &mut style.lines.front),
    ("border", 0.2..=10.0, |style| &mut style.lines.border),
];

/// Names that a style file can have at its top.
const KEYS: [&str; 11] =
    ["base", "name", "palette", "patterns", "logo", "colours", "tint", "letters", "lines", "actors", "fonts"];

struct Reader<'a> {
    name: &'a str,
    text: &'a str,
    beside: Beside<'a>,
    problems: Vec<Problem>,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn style(&mut self, table: &DeTable<'_>) -> Style {
        let mut style = LIGHT.clone();
        if let Some((_, value)) = table.get_key_value("base")
            && let Some(name) = self.words("base", value)
        {
            if let Some(base) = Style::named(&name) {
                style = base.clone();
            } else {
                let known = Style::built_in().map(|style| style.name.as_ref()).join(", ");
                self.tell(
                    &value.span(),
                    format!("`{}` is no built-in style; there are {known}", short(&name)),
                );
            }
        }
        style.name = "own".into();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "base" => {}
                "name" => style.name = self.words("name", value).unwrap_or_default().into(),
                "patterns" => match value.get_ref().as_bool() {
                    Some(patterns) => style.patterns = patterns,
                    None => self.tell(&value.span(), "`patterns` is true or false".to_owned()),
                },
                "palette" => style.palette = self.palette(value).or(style.palette),
                "colours" => self.colours(value, &mut style),
                "tint" => self.measures("tint", value, TINTS, &mut style),
                "letters" => self.measures("letters", value, LETTERS, &mut style),
                "lines" => self.measures("lines", value, LINES, &mut style),
                "actors" => self.actors(value, &mut style),
                "fonts" => self.fonts(value, &mut style),
                "logo" => self.logo(value, &mut style),
                other => self.unknown(key, other, &KEYS),
            }
        }
        style
    }

    fn palette(&mut self, value: &Value<'_>) -> Option<Colours> {
        let name = self.words("palette", value)?;
        let palette = Colours::parse(&name);
        if palette.is_none() {
            let known = Colours::ALL.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(", ");
            self.tell(&value.span(), format!("`{}` is no palette; there are {known}", short(&name)));
        }
        palette
    }

    fn colours(&mut self, value: &Value<'_>, style: &mut Style) {
        for (key, value) in self.table("colours", value) {
            let name = key.get_ref().as_ref();
            let Some((_, slot)) = COLOURS.iter().find(|(known, _)| *known == name) else {
                let known: Vec<&str> = COLOURS.iter().map(|(name, _)| *name).collect();
                self.unknown(key, &format!("colours.{name}"), &known);
                continue;
            };
            if let Some(colour) = self.colour(name, value) {
                *slot(style) = colour;
            }
        }
    }

    fn actors(&mut self, value: &Value<'_>, style: &mut Style) {
        for (key, value) in self.table("actors", value) {
            if let Some(colour) = self.colour(key.get_ref(), value) {
                style.actors.insert(key.get_ref().to_lowercase(), colour);
            }
        }
    }

    fn measures(&mut self, part: &str, value: &Value<'_>, known: &[Measure], style: &mut Style) {
        for (key, value) in self.table(part, value) {
            let name = key.get_ref().as_ref();
            let Some((_, range, slot)) = known.iter().find(|(known, ..)| *known == name) else {
                let known: Vec<&str> = known.iter().map(|(name, ..)| *name).collect();
                self.unknown(key, &format!("{part}.{name}"), &known);
                continue;
            };
            if let Some(number) = number(value).filter(|number| range.contains(number)) {
                *slot(style) = number;
            } else {
                let (least, most) = (range.start(), range.end());
                self.tell(&value.span(), format!("`{part}.{name}` is no number from {least} to {most}"));
            }
        }
    }

    fn fonts(&mut self, value: &Value<'_>, style: &mut Style) {
        let mut files = [None, None];
        let mut at = value.span();
        for (key, value) in self.table("fonts", value) {
            let place = match key.get_ref().as_ref() {
                "regular" => 0,
                "bold" => 1,
                other => {
                    self.unknown(key, &format!("fonts.{other}"), &["regular", "bold"]);
                    continue;
                }
            };
            at = value.span();
            files[place] = self.file("fonts", value);
        }
        match files {
            [Some(regular), bold] => match Family::load(&regular, bold.as_deref()) {
                Ok(family) => style.family = family,
                Err(why) => self.tell(&at, format!("{why}; the bundled one is used")),
            },
            [None, Some(_)] => {
                self.tell(&at, "`fonts` names no regular font; the bundled one is used".to_owned());
            }
            [None, None] => {}
        }
    }

    fn logo(&mut self, value: &Value<'_>, style: &mut Style) {
        let Some(bytes) = self.file("logo", value) else { return };
        match super::Logo::read(bytes) {
            Ok(logo) => style.logo = Some(Arc::new(logo)),
            Err(why) => self.tell(&value.span(), format!("the logo {why}; none is drawn")),
        }
    }

    fn file(&mut self, key: &str, value: &Value<'_>) -> Option<Vec<u8>> {
        let path = self.words(key, value)?;
        match (self.beside)(&path) {
            Ok(bytes) => Some(bytes),
            Err(why) => {
                self.tell(&value.span(), format!("`{}` cannot be read: {why}", short(&path)));
                None
            }
        }
    }

    fn colour(&mut self, name: &str, value: &Value<'_>) -> Option<Colour> {
        let text = value.get_ref().as_str();
        let colour = text.and_then(Colour::parse);
        if colour.is_none() {
            let written = text.map_or_else(|| self.written(&value.span()), short);
            self.tell(
                &value.span(),
                format!("`{written}` is not a colour of the form #rrggbb; `{}` stays as it was", short(name)),
            );
        }
        colour
    }

    fn words(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        let words = value.get_ref().as_str().map(str::to_owned);
        if words.is_none() {
            self.tell(&value.span(), format!("`{key}` is no text in quotes"));
        }
        words
    }

    fn table<'v, 'i>(
        &mut self,
        key: &str,
        value: &'v Value<'i>,
    ) -> Vec<(&'v Spanned<DeString<'i>>, &'v Value<'i>)> {
        if let Some(table) = value.get_ref().as_table() {
            return table.iter().collect();
        }
        self.tell(&value.span(), format!("`{key}` is a table: write [{key}] on a line of its own"));
        Vec::new()
    }

    fn unknown(&mut self, key: &Spanned<DeString<'_>>, name: &str, known: &[&str]) {
        let known = known.join(", ");
        self.tell(&key.span(), format!("`{}` is no key of a style; there are {known}", short(name)));
    }

    fn written(&self, span: &Range<usize>) -> String {
        short(self.text.get(span.clone()).unwrap_or_default())
    }

    fn tell(&mut self, span: &Range<usize>, message: String) {
        let before = self.text.get(..span.start.min(self.text.len())).unwrap_or_default();
        let line = 1 + before.matches('\n').count() as u64;
        self.problems.push(Problem::new(
            Code::BadStyle,
            Locus::Line { file: self.name.to_owned(), line },
            message,
        ));
    }
}

fn number(value: &Value<'_>) -> Option<f64> {
    let written = match value.get_ref() {
        DeValue::Float(float) => float.as_str(),
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        _ => return None,
    };
    written.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Checked<Style> {
        read("own.toml", text, &|_| Err("there is no such file".into()))
    }

    #[test]
    fn a_style_file_changes_what_it_names_and_no_more() {
        let text = "base = \"dark\"\npalette = \"okabe-ito\"\n[colours]\nsea = \"#102030\"\n[letters]\ntitle = 44\n\
                    [lines]\nfront = 3.5\n[actors]\nGovernment = \"#ff0000\"\n";
        let checked = check(text);
        assert_eq!(checked.problems, []);
        let style = checked.value;
        assert_eq!((style.sea, style.paper), (Colour::rgb(16, 32, 48), super::super::DARK.paper));
        assert_eq!(
            (style.letters.title.to_string(), style.lines.front.to_string()),
            ("44".into(), "3.5".into())
        );
        assert_eq!(style.actors["government"], Colour::rgb(255, 0, 0));
        assert_eq!(style.palette, Some(Colours::OkabeIto));
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_line_and_the_rest_is_used() {
        for (text, line, said) in [
            ("[colours]\nsea = \"blue\"\n", 2, "`blue` is not a colour of the form #rrggbb; `sea` stays"),
            ("[colours]\nsea = 5\n", 2, "`5` is not a colour"),
            ("[colours]\nsee = \"#102030\"\n", 2, "`colours.see` is no key of a style; there are ink, "),
            ("\ncolors = 1\n", 2, "`colors` is no key of a style; there are base, "),
            ("base = \"drak\"\n", 1, "`drak` is no built-in style; there are light, dark, print"),
            ("base = 7\n", 1, "`base` is no text in quotes"),
            ("[letters]\ntitle = 0\n", 2, "`letters.title` is no number from 12 to 120"),
            ("[letters]\ntitle = nan\n", 2, "`letters.title` is no number from 12 to 120"),
            ("[lines]\nfront = \"wide\"\n", 2, "`lines.front` is no number from 0.5 to 20"),
            ("palette = \"rainbow\"\n", 1, "`rainbow` is no palette; there are okabe-ito, conventional"),
            ("colours = \"#102030\"\n", 1, "`colours` is a table: write [colours]"),
            ("[fonts]\nregular = \"a.ttf\"\n", 2, "`a.ttf` cannot be read: there is no such file"),
            ("logo = \"a.png\"\n", 1, "`a.png` cannot be read"),
            ("patterns = 1\n", 1, "`patterns` is true or false"),
        ] {
            let checked = check(text);
            assert_eq!(checked.problems.len(), 1, "{text}: {:?}", checked.problems);
            let problem = &checked.problems[0];
            assert_eq!(problem.code, Code::BadStyle);
            assert!(problem.message.starts_with(said), "{}", problem.message);
            assert_eq!(problem.at, Locus::Line { file: "own.toml".into(), line }, "{text}");
            let mut same = checked.value;
            same.name = LIGHT.name.clone();
            assert_eq!(same, LIGHT, "{text}");
        }
        assert_eq!(check("base = \"dark\"\nsea").problems[0].code, Code::BadStyle);
    }

    #[test]
    fn a_font_that_is_none_and_a_logo_that_is_none_are_told() {
        let text = "logo = \"logo.png\"\n[fonts]\nregular = \"a.ttf\"\n";
        let told = read("own.toml", text, &|_| Ok(b"GIF89a".to_vec())).problems;
        let said: Vec<&str> = told.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said.iter().any(|said| said.starts_with("the logo is no PNG picture")), "{said:?}");
        assert!(
            said.iter().any(|said| said.contains("is no TrueType or OpenType font; the bundled one")),
            "{said:?}"
        );
    }

    #[test]
    fn letters_that_could_not_be_read_are_told() {
        let told = check("[colours]\nquiet = \"#aaaaaa\"\n").problems;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].code, Code::LowContrast);
        assert_eq!(
            told[0].message,
            "quiet (#aaaaaa) on paper (#ffffff) has a contrast of 2.3:1, less than 4.5:1"
        );
    }

    #[test]
    fn letters_of_the_built_in_styles_can_be_read() {
        for style in Style::built_in() {
            assert_eq!(faint(style), Vec::<String>::new(), "{}", style.name);
        }
    }
}
