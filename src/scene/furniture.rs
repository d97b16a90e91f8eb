//! What stands around a map: the headline above, sources and credits below.

use super::Anchor;
use super::canvas::{Page, put};
use super::element::{Picture, Words};
use super::rect::Rect;
use crate::style::Style;
use crate::units::Px;

/// Which day a day is: no source gives the hour of its reports, so no time zone can be promised.
pub(crate) const DAYS: &str = "Days are as the sources give them.";

/// How large things are against the standard picture of 1600 by 1200, `letters` times what a page of this size has by
/// itself; never so small that letters cannot be read.
pub(crate) fn unit(width: f64, height: f64, letters: f64) -> f64 {
    ((width / 1600.0).min(height / 1200.0) * letters).clamp(0.55, 8.0)
}

/// Draws title, subtitle with the day, sources and credits on a page; gives the rectangle that is left.
pub(crate) fn around(
    page: &Page<'_>,
    whole: Rect,
    (title, subtitle, day): (&str, &str, &str),
    sources: &[String],
    credits: &str,
    style: &Style,
    u: f64,
) -> Rect {
    let note = format!("Projection: Lambert azimuthal equal-area. {DAYS}");
    noted(page, whole, (title, subtitle, day), sources, (credits, &note), style, u)
}

/// The same around a chart, which has no projection; `note` stands after the credits.
pub(crate) fn noted(
    page: &Page<'_>,
    whole: Rect,
    words: (&str, &str, &str),
    sources: &[String],
    (credits, note): (&str, &str),
    style: &Style,
    u: f64,
) -> Rect {
    let margin = 24.0 * u;
    let inner = Rect { left: whole.left + margin, right: whole.right - margin, ..whole };
    let top = head(page, inner, words, style, u);
    let bottom = foot(page, inner, sources, (credits, note), style, u);
    // A page of a few pixels has no room for a map; it still has a rectangle.
    Rect { top, bottom: bottom.max(top + 1.0), right: inner.right.max(inner.left + 1.0), ..inner }
}

/// Draws the title and the day alone; gives the rectangle that is left.
pub(crate) fn headed(page: &Page<'_>, whole: Rect, title: &str, day: &str, style: &Style, u: f64) -> Rect {
    let margin = 14.0 * u;
    let inner = Rect { left: whole.left + margin, right: whole.right - margin, ..whole };
    let top = head(page, inner, (title, "", day), style, u);
    Rect {
        top,
        bottom: (inner.bottom - margin).max(top + 1.0),
        right: inner.right.max(inner.left + 1.0),
        ..inner
    }
}

/// The headline, and under it the day, which must not be lost where the subtitle is cut.
fn head(
    page: &Page<'_>,
    inner: Rect,
    (title, subtitle, day): (&str, &str, &str),
    style: &Style,
    u: f64,
) -> f64 {
    let heading = style.look(style.letters.title * u, style.ink).bold();
    let under = style.look(style.letters.subtitle * u, style.quiet);
    let subtitle =
        if subtitle.trim().is_empty() { day.to_owned() } else { format!("{day}  ·  {}", subtitle.trim()) };
    let mut y = inner.top + 14.0 * u;
    let mut room = inner.width();
    if let Some(logo) = &style.logo {
        // As high as the headline, at most a third of the page wide.
        let (wide, high) = (f64::from(logo.width.max(1)), f64::from(logo.height.max(1)));
        let height = (heading.size * 1.3).min(inner.width() / 3.0 * high / wide);
        let left = inner.right - height * wide / high;
        put(page.draw(&Picture::new(Px { x: left, y: y + 4.0 * u }, height, logo)));
        room = (left - inner.left - 16.0 * u).max(1.0);
    }
    for (look, words) in [(heading, title), (under, subtitle.as_str())] {
        for line in look.wrap(words, room, 2) {
            y += look.size * 1.22;
            put(page.draw(&Words::new(
                Px { x: inner.left, y: y - look.size * 0.2 },
                Anchor::Start,
                &line,
                look,
            )));
        }
        y += 2.0 * u;
    }
    y + 10.0 * u
}

fn foot(
    page: &Page<'_>,
    inner: Rect,
    sources: &[String],
    (credits, note): (&str, &str),
    style: &Style,
    u: f64,
) -> f64 {
    let look = style.look(style.letters.small * u, style.quiet);
    let mut lines = Vec::new();
    if !sources.is_empty() {
        lines.extend(look.wrap(&format!("Sources: {}.", sources.join(", ")), inner.width(), 2));
    }
    let credits = credits.trim().trim_end_matches('.');
    let stop = if credits.is_empty() { "" } else { ". " };
    let credits = format!("{credits}{stop}{note}");
    // Whom data is owed to may not be cut short.
    lines.extend(look.wrap(&credits, inner.width(), 5));
    let top = inner.bottom - 12.0 * u - lines.len() as f64 * look.size * 1.35;
    for (i, line) in lines.iter().enumerate() {
        let y = top + (i as f64 + 0.85) * look.size * 1.35;
        put(page.draw(&Words::new(Px { x: inner.left, y }, Anchor::Start, line, look)));
    }
    top - 8.0 * u
}
