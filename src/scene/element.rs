//! The elements that only our canvas can draw: shapes with holes and hatches, dashed lines, letters with a halo.
//!
//! They are put on a drawing area as plotters' own are; plotters maps their points through the area's coordinates.

use super::canvas::{Canvas, Drawn, px};
use super::clip;
use super::rect::Rect;
use super::text::{self, Hand, Line};
use super::{Anchor, Colour, Face, Font, Mark, Paint, Stroke};
use crate::fonts::Family;
use crate::style::Logo;
use crate::units::Px;
use plotters::element::{Drawable, PointCollection};
use plotters_backend::BackendCoord;
use std::sync::Arc;

/// How a line of text looks, before its runs have their typefaces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Look {
    /// Height of an em in pixels.
    pub(crate) size: f64,
    /// Bold or regular.
    pub(crate) bold: bool,
    /// Extra space after each letter in pixels; for words of one run.
    pub(crate) spacing: f64,
    /// Colour.
    pub(crate) colour: Colour,
    /// Halo: colour and width in pixels.
    pub(crate) halo: Option<(Colour, f64)>,
    /// The family before the bundled ones.
    pub(crate) family: Family,
}

impl Look {
    /// Regular letters without halo.
    pub(crate) fn new(size: f64, colour: Colour) -> Self {
        Self { size, bold: false, spacing: 0.0, colour, halo: None, family: Family::BUNDLED }
    }

    /// The same in bold.
    pub(crate) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same with a halo.
    pub(crate) fn halo(self, colour: Colour, width: f64) -> Self {
        Self { halo: Some((colour, width)), ..self }
    }

    /// The same with space between its letters; not for joined scripts.
    pub(crate) fn spaced(self, spacing: f64) -> Self {
        Self { spacing, ..self }
    }

    /// These words as one line.
    pub(crate) fn line(&self, words: &str) -> Line {
        Line::of(words, self.hand())
    }

    /// These words broken into lines of a width in pixels.
    pub(crate) fn wrap(&self, words: &str, width: f64, most: usize) -> Vec<Line> {
        text::wrap(words, self.hand(), width / self.size, most)
    }

    /// These words as one line, cut where it is wider than `width` pixels.
    pub(crate) fn cut(&self, words: &str, width: f64) -> Line {
        text::cut(words, self.hand(), width / self.size)
    }

    fn hand(&self) -> Hand {
        Hand { family: self.family, bold: self.bold }
    }

    /// Width of a line in pixels, its letter spacing counted.
    pub(crate) fn width(&self, line: &Line) -> f64 {
        let letters: usize = line.runs.iter().map(|run| run.words.chars().count()).sum();
        line.width * self.size + self.spacing * letters.saturating_sub(1) as f64
    }

    /// The font of a run in this typeface.
    pub(crate) fn font(&self, face: Face) -> Font {
        let Self { size, bold, spacing, colour, halo, .. } = *self;
        Font { face, size, bold, spacing: if face == Face::Arabic { 0.0 } else { spacing }, colour, halo }
    }
}

/// Filled rings, inside by the even-odd rule; `C` is the coordinate of the area it is drawn on.
pub(crate) struct Shape<C> {
    points: Vec<C>,
    ends: Vec<usize>,
    paint: Paint,
    clip: Option<Rect>,
}

impl<C> Shape<C> {
    /// A shape of any number of rings.
    pub(crate) fn new(rings: impl IntoIterator<Item = Vec<C>>, paint: Paint) -> Self {
        let mut shape = Self { points: Vec::new(), ends: Vec::new(), paint, clip: None };
        for ring in rings {
            shape.points.extend(ring);
            shape.ends.push(shape.points.len());
        }
        shape
    }

    /// The same, cut off at the edges of a rectangle.
    pub(crate) fn within(self, clip: Rect) -> Self {
        Self { clip: Some(clip), ..self }
    }
}

/// A line, perhaps dashed.
pub(crate) struct Path<C> {
    points: Vec<C>,
    closed: bool,
    stroke: Stroke,
    clip: Option<Rect>,
}

impl<C> Path<C> {
    /// A line through these points.
    pub(crate) fn new(points: Vec<C>, stroke: Stroke) -> Self {
        Self { points, closed: false, stroke, clip: None }
    }

    /// The same with its ends joined.
    pub(crate) fn closed(self) -> Self {
        Self { closed: true, ..self }
    }

    /// The same, cut off at the edges of a rectangle.
    pub(crate) fn within(self, clip: Rect) -> Self {
        Self { clip: Some(clip), ..self }
    }
}

/// A line of text.
pub(crate) struct Words<'a> {
    at: [Px; 1],
    anchor: Anchor,
    line: &'a Line,
    look: Look,
    turned: f64,
}

impl<'a> Words<'a> {
    /// A line of text whose baseline is at `at`, at its left end, its middle or its right end.
    pub(crate) fn new(at: Px, anchor: Anchor, line: &'a Line, look: Look) -> Self {
        Self { at: [at], anchor, line, look, turned: 0.0 }
    }

    /// A line of text whose baseline starts at `at` and runs `turned` degrees clockwise from level.
    pub(crate) fn along(at: Px, turned: f64, line: &'a Line, look: Look) -> Self {
        Self { at: [at], anchor: Anchor::Start, line, look, turned }
    }
}

impl<'a, C> PointCollection<'a, C> for &'a Shape<C> {
    type Point = &'a C;
    type IntoIter = &'a [C];
    fn point_iter(self) -> &'a [C] {
        &self.points
    }
}

impl<'a, C> PointCollection<'a, C> for &'a Path<C> {
    type Point = &'a C;
    type IntoIter = &'a [C];
    fn point_iter(self) -> &'a [C] {
        &self.points
    }
}

impl<'a> PointCollection<'a, Px> for &'a Words<'_> {
    type Point = &'a Px;
    type IntoIter = &'a [Px];
    fn point_iter(self) -> &'a [Px] {
        &self.at
    }
}

impl<C> Drawable<Canvas<'_>> for Shape<C> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        pos: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Drawn {
        let all: Vec<Px> = pos.map(px).collect();
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let rings: Vec<Vec<Px>> = starts
            .zip(&self.ends)
            .filter_map(|(start, end)| all.get(start..*end))
            .map(|ring| clip::ring(&clip::sparse(ring), self.clip))
            .filter(|ring| ring.len() > 2 && clip::is_seen(ring))
            .collect();
        if !rings.is_empty() {
            canvas.push(Mark::Fill { rings, paint: self.paint.clone() });
        }
        Ok(())
    }
}

impl<C> Drawable<Canvas<'_>> for Path<C> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        pos: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Drawn {
        let mut points = clip::sparse(&pos.map(px).collect::<Vec<_>>());
        let (closed, stroke) = (self.closed, &self.stroke);
        let Some(rect) = self.clip else {
            canvas.push(Mark::Line { points, closed, stroke: stroke.clone() });
            return Ok(());
        };
        if closed && points.iter().all(|at| rect.has(*at)) {
            canvas.push(Mark::Line { points, closed, stroke: stroke.clone() });
            return Ok(());
        }
        points.extend(points.first().copied().filter(|_| closed));
        for points in clip::line(&points, rect).into_iter().filter(|line| clip::is_seen(line)) {
            canvas.push(Mark::Line { points, closed: false, stroke: stroke.clone() });
        }
        Ok(())
    }
}

impl Drawable<Canvas<'_>> for Words<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        pos: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Drawn {
        for at in pos {
            canvas.words((px(at), self.anchor), self.line, &self.look, self.turned);
        }
        Ok(())
    }
}

/// What is told of a place to those who point at it.
pub(crate) struct Note {
    centre: [Px; 1],
    radius: f64,
    words: String,
}

impl Note {
    /// A note on what lies within `radius` pixels of `centre`.
    pub(crate) fn new(centre: Px, radius: f64, words: &str) -> Self {
        Self { centre: [centre], radius, words: text::clean(words) }
    }
}

impl<'a> PointCollection<'a, Px> for &'a Note {
    type Point = &'a Px;
    type IntoIter = &'a [Px];
    fn point_iter(self) -> &'a [Px] {
        &self.centre
    }
}

impl Drawable<Canvas<'_>> for Note {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        pos: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Drawn {
        for at in pos {
            canvas.push(Mark::Note { centre: px(at), radius: self.radius, words: self.words.clone() });
        }
        Ok(())
    }
}

/// A picture.
pub(crate) struct Picture {
    at: [Px; 1],
    width: f64,
    height: f64,
    picture: Arc<Logo>,
}

impl Picture {
    /// A picture whose upper left corner is at `at`, `height` pixels high.
    pub(crate) fn new(at: Px, height: f64, picture: &Arc<Logo>) -> Self {
        let width = height * f64::from(picture.width.max(1)) / f64::from(picture.height.max(1));
        Self { at: [at], width, height, picture: Arc::clone(picture) }
    }
}

impl<'a> PointCollection<'a, Px> for &'a Picture {
    type Point = &'a Px;
    type IntoIter = &'a [Px];
    fn point_iter(self) -> &'a [Px] {
        &self.at
    }
}

impl Drawable<Canvas<'_>> for Picture {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        pos: I,
        canvas: &mut Canvas<'_>,
        _: (u32, u32),
    ) -> Drawn {
        let (width, height) = (self.width, self.height);
        for at in pos {
            canvas.push(Mark::Image { at: px(at), width, height, picture: Arc::clone(&self.picture) });
        }
        Ok(())
    }
}

/// Marks that were worked out in pixels before, in their order.
pub(crate) struct Made {
    at: [Px; 1],
    marks: Vec<Mark>,
}

impl Made {
    /// These marks.
    pub(crate) fn of(marks: Vec<Mark>) -> Self {
        Self { at: [Px { x: 0.0, y: 0.0 }], marks }
    }
}

impl<'a> PointCollection<'a, Px> for &'a Made {
    type Point = &'a Px;
    type IntoIter = &'a [Px];
    fn point_iter(self) -> &'a [Px] {
        &self.at
    }
}

impl Drawable<Canvas<'_>> for Made {
    fn draw<I: Iterator<Item = BackendCoord>>(&self, _: I, canvas: &mut Canvas<'_>, _: (u32, u32)) -> Drawn {
        self.marks.iter().cloned().for_each(|mark| canvas.push(mark));
        Ok(())
    }
}
