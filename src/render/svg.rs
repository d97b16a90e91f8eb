//! SVG 1.1: one file, no scripts, no links, text as text.

use super::about::rdf;
use super::outline::outline;
use crate::scene::{Anchor, Colour, Face, Font, Form, Mark, Paint, Scene, Stroke};
use crate::units::Px;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::fmt::Write as _;

/// Writes into a string, which cannot fail.
macro_rules! put {
    ($out:expr, $($words:tt)*) => {
        let _ = write!($out, $($words)*);
    };
}

/// The picture as an SVG file. Same scene, same bytes.
///
/// # Units
/// One user unit is one pixel of the scene; numbers are rounded to 1/100.
///
/// # Example
/// ```
/// use conflict_map::{render, scene::Scene};
/// let empty = Scene { width: 10.0, height: 5.0, title: "a < b".into(), ..Scene::default() };
/// assert!(render::svg(&empty).contains("<title>a &lt; b</title>"));
/// ```
#[must_use]
pub fn svg(scene: &Scene) -> String {
    written(scene, false)
}

/// The same with letters as outlines: about five times as large, and the same wherever it is opened.
#[must_use]
pub fn svg_outlined(scene: &Scene) -> String {
    written(scene, true)
}

fn written(scene: &Scene, outlined: bool) -> String {
    let mut out = String::with_capacity(64 * 1024);
    let (width, height) = (number(scene.width), number(scene.height));
    put!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\">\n"
    );
    put!(out, "<title>{}</title>\n", escaped(&scene.title));
    if !scene.description.is_empty() {
        put!(out, "<desc>{}</desc>\n", escaped(&scene.description));
    }
    let rdf = rdf(scene);
    if !rdf.is_empty() {
        put!(out, "<metadata>{rdf}</metadata>\n");
    }
    let hatches = hatches(scene);
    if !hatches.is_empty() {
        out.push_str("<defs>\n");
        for (i, paint) in hatches.iter().enumerate() {
            match paint {
                Paint::Hatch { colours, stripe } => hatch(&mut out, i, colours, *stripe),
                Paint::Pattern { ground, ink, form, apart } => {
                    pattern(&mut out, i, (*ground, *ink), *form, *apart);
                }
                Paint::Solid(_) => {}
            }
        }
        out.push_str("</defs>\n");
    }
    for mark in &scene.marks {
        match mark {
            Mark::Text { at, words, font, anchor, turned } if outlined => {
                letters(&mut out, *at, words, font, *anchor, *turned);
            }
            mark => draw(&mut out, mark, &hatches),
        }
    }
    out.push_str("</svg>\n");
    out
}

fn draw(out: &mut String, mark: &Mark, hatches: &[&Paint]) {
    match mark {
        Mark::Fill { rings, paint } => {
            out.push_str("<path d=\"");
            for ring in rings {
                trail(out, ring, true);
            }
            let rule = if rings.len() > 1 { " fill-rule=\"evenodd\"" } else { "" };
            put!(out, "\"{rule}{}/>\n", fill(paint, hatches));
        }
        Mark::Line { points, closed, stroke: look } => {
            out.push_str("<path d=\"");
            trail(out, points, *closed);
            put!(out, "\" fill=\"none\"{}/>\n", stroke(look));
        }
        Mark::Dot { centre, radius, fill: paint, stroke: look } => {
            let fill =
                paint.as_ref().map_or_else(|| " fill=\"none\"".to_owned(), |paint| fill(paint, hatches));
            let line = look.as_ref().map(stroke).unwrap_or_default();
            let (x, y, r) = (number(centre.x), number(centre.y), number(*radius));
            put!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{fill}{line}/>\n");
        }
        Mark::Note { centre, radius, words } => {
            let (x, y, r) = (number(centre.x), number(centre.y), number(*radius));
            put!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"none\" pointer-events=\"all\">");
            put!(out, "<title>{}</title></circle>\n", escaped(words));
        }
        Mark::Image { at, width, height, picture } => {
            let (x, y, w, h) = (number(at.x), number(at.y), number(*width), number(*height));
            put!(out, "<image x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" ");
            put!(out, "href=\"data:image/png;base64,{}\"/>\n", BASE64.encode(&picture.png));
        }
        Mark::Text { at, words, font, anchor, turned } => text(out, *at, words, font, *anchor, *turned),
    }
}

fn text(out: &mut String, at: Px, words: &str, font: &Font, anchor: Anchor, turned: f64) {
    let (x, y) = (number(at.x), number(at.y));
    let anchor = match anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = if font.bold { " font-weight=\"700\"" } else { "" };
    let spacing = optional("letter-spacing", font.spacing);
    let (turn, halo) = (turn(at, turned), halo(font));
    let family = match font.face {
        Face::Own(_) => format!("'{}', {}", font.face.family(), Face::Sans.family()),
        bundled => bundled.family().to_owned(),
    };
    put!(
        out,
        "<text x=\"{x}\" y=\"{y}\" font-family=\"{family}, sans-serif\" font-size=\"{}\"{weight}{spacing}{anchor}{turn} \
         fill=\"{}\"{}{halo}>{}</text>\n",
        number(font.size),
        hex(font.colour),
        alpha("fill-opacity", font.colour),
        escaped(words)
    );
}

/// Text as outlines, with its words for readers that do not see it.
fn letters(out: &mut String, at: Px, words: &str, font: &Font, anchor: Anchor, turned: f64) {
    let (turn, halo) = (turn(at, turned), halo(font));
    let (fill, faded) = (hex(font.colour), alpha("fill-opacity", font.colour));
    put!(out, "<path role=\"img\" aria-label=\"{}\" d=\"", escaped(words));
    out.push_str(&outline(at, words, font, anchor));
    put!(out, "\"{turn} fill=\"{fill}\"{faded}{halo}/>\n");
}

fn turn(at: Px, turned: f64) -> String {
    match number(turned).as_str() {
        "0" => String::new(),
        degrees => format!(" transform=\"rotate({degrees} {} {})\"", number(at.x), number(at.y)),
    }
}

fn halo(font: &Font) -> String {
    font.halo.map_or_else(String::new, |(colour, width)| {
        format!(
            " paint-order=\"stroke\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{}",
            hex(colour),
            number(width * 2.0),
            alpha("stroke-opacity", colour)
        )
    })
}

fn trail(out: &mut String, points: &[Px], closed: bool) {
    for (i, at) in points.iter().enumerate() {
        let verb = match i {
            0 => "M",
            1 => "L",
            _ => " ",
        };
        out.push_str(verb);
        push_number(out, at.x);
        out.push(' ');
        push_number(out, at.y);
    }
    if closed {
        out.push('Z');
    }
}

fn fill(paint: &Paint, hatches: &[&Paint]) -> String {
    match paint {
        Paint::Solid(colour) => format!(" fill=\"{}\"{}", hex(*colour), alpha("fill-opacity", *colour)),
        Paint::Hatch { .. } | Paint::Pattern { .. } => {
            let index = hatches.iter().position(|hatch| *hatch == paint).unwrap_or(0);
            format!(" fill=\"url(#h{index})\"")
        }
    }
}

fn stroke(stroke: &Stroke) -> String {
    let mut text = format!(
        " stroke=\"{}\" stroke-width=\"{}\"{} stroke-linejoin=\"round\"",
        hex(stroke.colour),
        number(stroke.width),
        alpha("stroke-opacity", stroke.colour)
    );
    if stroke.dashes.is_empty() {
        text.push_str(" stroke-linecap=\"round\"");
    } else {
        let dashes: Vec<String> = stroke.dashes.iter().map(|dash| number(*dash)).collect();
        put!(text, " stroke-dasharray=\"{}\"", dashes.join(" "));
    }
    text
}

/// The different hatches and patterns of a scene, in the order met.
fn hatches(scene: &Scene) -> Vec<&Paint> {
    let mut all: Vec<&Paint> = Vec::new();
    for mark in &scene.marks {
        let (Mark::Fill { paint, .. } | Mark::Dot { fill: Some(paint), .. }) = mark else { continue };
        if !matches!(paint, Paint::Solid(_)) && !all.contains(&paint) {
            all.push(paint);
        }
    }
    all
}

/// A square tile of whole pixels with stripes from its lower left to its upper right: neighbouring tiles join
/// without a seam, and nothing is turned, so the rasteriser copies it.
fn hatch(out: &mut String, index: usize, colours: &[Colour], stripe: f64) {
    let count = colours.len().max(1) as f64;
    let whole = (stripe * count * std::f64::consts::SQRT_2).round().max(1.0);
    let side = number(whole);
    put!(out, "<pattern id=\"h{index}\" width=\"{side}\" height=\"{side}\" patternUnits=\"userSpaceOnUse\">");
    for (i, colour) in colours.iter().enumerate() {
        if i == 0 {
            put!(out, "<path d=\"M0 0H{side}V{side}H0Z\"");
        } else {
            // The stripe between two diagonals, in this tile and where it enters from the next.
            let (from, to) = (number(whole / count * i as f64), number(whole / count * (i + 1) as f64));
            put!(out, "<path d=\"M{from} 0L{to} 0L0 {to}L0 {from}Z");
            put!(out, "M{side} {from}L{side} {to}L{to} {side}L{from} {side}Z\"");
        }
        put!(out, " fill=\"{}\"{}/>", hex(*colour), alpha("fill-opacity", *colour));
    }
    out.push_str("</pattern>\n");
}

/// A square tile of whole pixels with the marks of a pattern.
fn pattern(out: &mut String, index: usize, (ground, ink): (Colour, Colour), form: Form, apart: f64) {
    let whole = apart.round().max(2.0);
    let (side, half, thin) = (number(whole), number(whole / 2.0), number((whole / 9.0).max(0.6)));
    put!(out, "<pattern id=\"h{index}\" width=\"{side}\" height=\"{side}\" patternUnits=\"userSpaceOnUse\">");
    put!(
        out,
        "<path d=\"M0 0H{side}V{side}H0Z\" fill=\"{}\"{}/>",
        hex(ground),
        alpha("fill-opacity", ground)
    );
    let (near, far) = (number(whole * 0.32), number(whole * 0.68));
    let lines = match form {
        Form::Dots => {
            put!(
                out,
                "<circle cx=\"{half}\" cy=\"{half}\" r=\"{}\" fill=\"{}\"/>",
                number(whole * 0.16),
                hex(ink)
            );
            put!(out, "</pattern>\n");
            return;
        }
        Form::Level => format!("M0 {half}H{side}"),
        Form::Upright => format!("M{half} 0V{side}"),
        Form::Grid => format!("M0 {half}H{side}M{half} 0V{side}"),
        // From corner to corner, and where the neighbours' lines reach into this tile.
        Form::Falling => {
            let (under, over) = (number(-whole / 2.0), number(whole * 1.5));
            format!("M0 0L{side} {side}M{under} {half}L{half} {over}M{half} {under}L{over} {half}")
        }
        Form::Crosses => format!("M{near} {half}H{far}M{half} {near}V{far}"),
    };
    put!(
        out,
        "<path d=\"{lines}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{thin}\"/></pattern>\n",
        hex(ink)
    );
}

/// A number with at most two decimals, and none that say nothing; what is no number is 0.
fn number(value: f64) -> String {
    let mut text = String::new();
    push_number(&mut text, value);
    text
}

pub(super) fn push_number(out: &mut String, value: f64) {
    // Through whole hundredths: exact, the same everywhere and many times quicker than formatting a float.
    let hundredths = if value.is_finite() { (value * 100.0).round().clamp(-1e12, 1e12) as i64 } else { 0 };
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    let sign = if hundredths < 0 { "-" } else { "" };
    put!(out, "{sign}{whole}");
    if part > 0 {
        let (digits, width) = if part % 10 == 0 { (part / 10, 1) } else { (part, 2) };
        put!(out, ".{digits:0width$}");
    }
}

fn optional(name: &str, value: f64) -> String {
    let text = number(value);
    if text == "0" { String::new() } else { format!(" {name}=\"{text}\"") }
}

fn alpha(name: &str, colour: Colour) -> String {
    if colour.alpha >= 0.995 {
        String::new()
    } else {
        format!(" {name}=\"{}\"", number(colour.alpha.max(0.0)))
    }
}

fn hex(colour: Colour) -> String {
    colour.hex()
}

/// Text for XML: its five signs escaped; characters that XML 1.0 does not allow, and marks of direction, left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            // Marks of direction could make a reader's words run the wrong way.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scene(marks: Vec<Mark>) -> Scene {
        Scene { width: 20.0, height: 10.0, title: "t".into(), marks, ..Scene::default() }
    }

    #[test]
    fn numbers_are_short_and_always_numbers() {
        let said: Vec<String> = [1.0, -0.004, 2.5, 2.505, -3.07, f64::NAN, f64::INFINITY, 1e300]
            .iter()
            .map(|n| number(*n))
            .collect();
        assert_eq!(said, ["1", "0", "2.5", "2.51", "-3.07", "0", "0", "10000000000"]);
    }

    #[test]
    fn equal_hatches_are_one_pattern() {
        let paint = Paint::Hatch { colours: vec![Colour::grey(0), Colour::grey(255)], stripe: 4.0 };
        let mark = Mark::Fill { rings: vec![vec![Px { x: 0.0, y: 0.0 }; 3]], paint };
        let text = svg(&scene(vec![mark.clone(), mark]));
        assert_eq!((text.matches("<pattern").count(), text.matches("url(#h0)").count()), (1, 2));
    }

    proptest! {
        #[test]
        fn any_words_make_well_formed_xml(words in "\\PC{0,40}|[<>&\"'\u{0}\u{b}\u{fffe}\u{202e}]{0,9}") {
            let mut picture = scene(vec![Mark::Text {
                at: Px { x: 1.0, y: 2.0 },
                words: words.clone(),
                font: Font {
                    face: crate::scene::Face::Sans, size: 9.0, bold: true, spacing: 0.0,
                    colour: Colour::grey(0), halo: None,
                },
                anchor: Anchor::Middle,
                turned: 30.0,
            }]);
            picture.title = words.clone();
            picture.description = words;
            let text = svg(&picture);
            let read = roxmltree::Document::parse(&text);
            prop_assert!(read.is_ok(), "{read:?}\n{text}");
        }
    }
}
