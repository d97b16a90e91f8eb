//! Meridians and parallels, a round number of degrees apart, with their degrees at the edges of the map.

use super::canvas::{Page, put};
use super::element::{Path, Words};
use super::frame::Frame;
use super::rect::Rect;
use super::{Anchor, Stroke, clip};
use crate::style::Style;
use crate::units::{LonLat, Px};

/// How far apart lines may be, in degrees.
const STEPS: [f64; 10] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0];
/// Of how many straight parts a line is made.
const PARTS: u32 = 48;
/// About how many lines cross the map.
const LINES: f64 = 5.0;

/// Draws the lines; gives what their numbers cover.
pub(crate) fn draw(page: &Page<'_>, style: &Style, frame: &Frame, u: f64, blocked: &[Rect]) -> Vec<Rect> {
    let (west, south, east, north) = frame.seen();
    let wide = if east > west { east - west } else { east - west + 360.0 };
    let step = |span: f64| STEPS.into_iter().find(|step| span / step <= LINES + 1.0).unwrap_or(45.0);
    // Towards a pole meridians lie close: one step for both would leave one of the two too dense.
    let (across, along) = (step(wide), step(north - south));
    let mut covered = Vec::new();
    let stroke = Stroke::solid(style.border.faded(0.45), 0.7 * u);
    let look = style.look(11.5 * u, style.quiet).halo(style.halo(), 2.0 * u);
    let mut line = |points: Vec<Px>, words: String, is_meridian: bool| {
        let parts = clip::line(&points, frame.window);
        for part in &parts {
            put(page.draw(&Path::new(clip::sparse(part), stroke.clone())));
        }
        // A meridian is told at the lower edge, a parallel at the left one.
        let ends = parts.iter().flat_map(|part| [part.first(), part.last()]).flatten();
        let edge = frame.window.grown(-1.0);
        let end = ends.copied().find(|at| if is_meridian { at.y >= edge.bottom } else { at.x <= edge.left });
        let (Some(at), line) = (end, look.line(&words)) else { return };
        let width = look.width(&line);
        let at = if is_meridian {
            Px { x: at.x - width / 2.0, y: at.y - 5.0 * u }
        } else {
            Px { x: at.x + 5.0 * u, y: at.y + look.size * 0.35 }
        };
        let bounds = Rect::at(at.x, at.y - look.size * 0.8, width, look.size);
        let is_free = frame.window.holds(&bounds)
            && !blocked.iter().chain(&covered).any(|other: &Rect| other.meets(&bounds.grown(3.0 * u)));
        if is_free {
            put(page.draw(&Words::new(at, Anchor::Start, &line, look)));
            covered.push(bounds);
        }
    };
    let share = |i: u32| f64::from(i) / f64::from(PARTS);
    for i in 0..=(wide / across) as i32 + 1 {
        let lon = ((west / across).ceil() + f64::from(i)) * across;
        let lon = (lon + 540.0).rem_euclid(360.0) - 180.0;
        let at = |i: u32| LonLat::new(lon, south + (north - south) * share(i));
        let points = (0..=PARTS).filter_map(at).map(|at| frame.px(at)).collect();
        line(points, degrees(lon, "E", "W"), true);
    }
    for i in 0..=((north - south) / along) as i32 + 1 {
        let lat = ((south / along).ceil() + f64::from(i)) * along;
        let at = |i: u32| LonLat::new((west + wide * share(i) + 540.0).rem_euclid(360.0) - 180.0, lat);
        let points = (0..=PARTS).filter_map(at).map(|at| frame.px(at)).collect();
        line(points, degrees(lat, "N", "S"), false);
    }
    covered
}

/// Degrees as maps write them: `38° E`.
pub(crate) fn degrees(value: f64, positive: &str, negative: &str) -> String {
    let size = format!("{:.1}", value.abs());
    let size = size.trim_end_matches('0').trim_end_matches('.');
    match size {
        "0" => "0°".to_owned(),
        "180" if positive == "E" => "180°".to_owned(),
        _ => format!("{size}° {}", if value < 0.0 { negative } else { positive }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_name_their_half_of_the_globe() {
        let words = [38.0, -0.5, 0.0, -180.0].map(|value| degrees(value, "E", "W"));
        assert_eq!(words, ["38° E", "0.5° W", "0°", "180°"]);
    }
}
