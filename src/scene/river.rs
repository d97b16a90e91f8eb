//! Names of rivers, along them where they run straight enough.

use super::canvas::{Page, put};
use super::clip;
use super::element::Words;
use super::frame::{Frame, points};
use super::layers::Backdrop;
use super::rect::Rect;
use crate::style::Style;
use crate::units::Px;

/// Most rivers that are named on one map.
const MOST: usize = 4;
/// Least ranks that are named, by Natural Earth's scale rank.
const NAMED: u8 = 6;
/// How much longer a stretch may be than the straight line between its ends and still bear a name.
const BEND: f64 = 1.14;

/// Names the greatest rivers; gives what the names cover.
pub(crate) fn names(
    page: &Page<'_>,
    style: &Style,
    backdrop: &Backdrop<'_>,
    frame: &Frame,
    u: f64,
    blocked: &[Rect],
) -> Vec<Rect> {
    let look = style.look(style.letters.small * 1.03846 * u, style.water_name).spaced(1.2 * u);
    let mut named: Vec<&str> = Vec::new();
    let mut covered: Vec<Rect> = Vec::new();
    let inner = frame.window.grown(-6.0 * u);
    for river in backdrop.rivers.iter().filter(|river| river.rank <= NAMED && !river.name.is_empty()) {
        if named.len() == MOST {
            break;
        }
        if named.contains(&river.name) {
            continue;
        }
        let line = look.line(river.name);
        let width = look.width(&line);
        let course: Vec<Px> = points(&river.line).into_iter().map(|at| frame.px(at)).collect();
        let parts = clip::line(&clip::sparse(&course), inner);
        let is_free = |rects: &[Rect]| {
            rects.iter().all(|rect| {
                inner.holds(rect) && !blocked.iter().chain(&covered).any(|other| other.meets(rect))
            })
        };
        let best = parts
            .iter()
            .flat_map(|part| stretches(part, width * 1.06))
            .map(|(from, to, bend)| (bend, level(from, to)))
            .filter(|(bend, (from, to))| *bend < BEND && is_free(&boxes(*from, *to, look.size)))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, (from, to))) = best else { continue };
        let (angle, length) = ((to.y - from.y).atan2(to.x - from.x), (to.x - from.x).hypot(to.y - from.y));
        let (sin, cos) = angle.sin_cos();
        let (along, off) = ((length - width) / 2.0, look.size * 0.35);
        let at = Px { x: from.x + cos * along + sin * off, y: from.y + sin * along - cos * off };
        put(page.draw(&Words::along(at, angle.to_degrees(), &line, look)));
        covered.extend(boxes(from, to, look.size));
        named.push(river.name);
    }
    covered
}

/// Stretches of a course whose ends are `length` apart as the water flows: both ends, and how much longer the course is
/// than the straight line between them.
fn stretches(course: &[Px], length: f64) -> Vec<(Px, Px, f64)> {
    let mut run = vec![0.0];
    for pair in course.windows(2) {
        let before = run.last().copied().unwrap_or_default();
        run.push(before + (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y));
    }
    let mut found = Vec::new();
    let mut end = 0;
    for (start, from) in course.iter().enumerate() {
        while end < course.len() && run[end] - run[start] < length * 1.04 {
            end += 1;
        }
        let Some(last) = course.get(end) else { break };
        // The end lies between two points; where they are far apart, on the line between them.
        let share = (length * 1.04 - (run[end - 1] - run[start])) / (run[end] - run[end - 1]).max(1e-9);
        let before = course[end - 1];
        let to = Px { x: before.x + (last.x - before.x) * share, y: before.y + (last.y - before.y) * share };
        let straight = (to.x - from.x).hypot(to.y - from.y);
        if straight >= length * 0.97 {
            found.push((*from, to, length * 1.04 / straight));
        }
    }
    found
}

/// The same stretch read from left to right.
fn level(from: Px, to: Px) -> (Px, Px) {
    if from.x <= to.x { (from, to) } else { (to, from) }
}

/// Boxes that cover a turned name above its stretch: a row of squares.
fn boxes(from: Px, to: Px, size: f64) -> Vec<Rect> {
    const COUNT: u32 = 8;
    let length = (to.x - from.x).hypot(to.y - from.y).max(1e-9);
    let (x, y) = ((to.y - from.y) / length * size * 0.7, -(to.x - from.x) / length * size * 0.7);
    let at = |i: u32| {
        let share = (f64::from(i) + 0.5) / f64::from(COUNT);
        Px { x: from.x + (to.x - from.x) * share + x, y: from.y + (to.y - from.y) * share + y }
    };
    (0..COUNT).map(at).map(|at| Rect::at(at.x, at.y, 0.0, 0.0).grown(size * 0.6)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_takes_the_straight_part_of_a_course() {
        let mut course: Vec<Px> =
            (0..20).map(|i| Px { x: f64::from(i) * 4.0, y: if i % 2 == 0 { 0.0 } else { 9.0 } }).collect();
        course.push(Px { x: 300.0, y: 0.0 });
        let best = stretches(&course, 100.0).into_iter().min_by(|a, b| a.2.total_cmp(&b.2)).unwrap();
        assert!(best.0.x >= 70.0 && best.2 < BEND, "{best:?}");
        assert!(stretches(&course, 1000.0).is_empty());
    }

    #[test]
    fn names_read_from_left_to_right() {
        let (a, b) = (Px { x: 5.0, y: 0.0 }, Px { x: 0.0, y: 3.0 });
        assert_eq!(level(a, b), (b, a));
    }
}
