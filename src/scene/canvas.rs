//! Where plotters draws: a canvas that records marks, and the elements that only it can draw.
//!
//! plotters counts whole pixels, so the canvas says it is 64 times as large as it is and an `i32` becomes 1/64 of a
//! pixel. Maps need what plotters' shapes lack: rings with holes, hatches, dashes, letters with a halo. These are
//! elements of our own ([`Shape`], [`Path`], [`Words`]), put on a drawing area as any other element is.

use super::clip;
use super::text::{self, Line};
use super::{Anchor, Colour, Face, Font, Mark, Paint, Scene, Stroke};
use crate::units::Px;
use plotters::coord::{CoordTranslate, Shift};
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Drawable, PointCollection};
use plotters::style::RGBAColor;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    FontTransform,
};
use std::convert::Infallible;

/// Steps of the canvas in one pixel.
pub(crate) const STEPS: f64 = 64.0;

/// Where a pixel lies on the canvas, in steps.
pub(crate) fn step(length: f64) -> i32 {
    (length * STEPS).round() as i32
}

/// A colour as plotters has it.
pub(crate) fn rgba(colour: Colour) -> RGBAColor {
    let [r, g, b] = colour.rgb;
    RGBAColor(r, g, b, colour.alpha)
}

/// Drawing on a canvas that only records cannot fail; plotters' signature says it may.
pub(crate) fn put<E>(drawn: Result<(), E>) {
    drawn.unwrap_or_else(|_| debug_assert!(false, "the canvas refused a mark"));
}

fn px((x, y): BackendCoord) -> Px {
    Px { x: f64::from(x) / STEPS, y: f64::from(y) / STEPS }
}

/// Outcome of drawing on a canvas that cannot fail.
type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Records what plotters draws.
pub(crate) struct Canvas<'a> {
    scene: &'a mut Scene,
}

/// A whole page in pixels.
pub(crate) type Page<'a> = DrawingArea<Canvas<'a>, Pixels>;

/// A drawing area over the whole of an empty scene, in plotters' own coordinates: steps.
pub(crate) fn area(scene: &mut Scene) -> DrawingArea<Canvas<'_>, Shift> {
    Canvas { scene }.into_drawing_area()
}

/// The coordinate system of furniture: pixels of the whole canvas.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pixels;

impl CoordTranslate for Pixels {
    type From = Px;
    fn translate(&self, at: &Px) -> BackendCoord {
        (step(at.x), step(at.y))
    }
}

impl Canvas<'_> {
    fn outline(&mut self, points: Vec<Px>, closed: bool, style: &impl BackendStyle) {
        let stroke = Stroke {
            colour: colour(style.color()),
            width: f64::from(style.stroke_width()) / STEPS,
            dashes: Vec::new(),
        };
        self.scene.marks.push(Mark::Line { points, closed, stroke });
    }
}

fn colour(of: BackendColor) -> Colour {
    Colour { rgb: [of.rgb.0, of.rgb.1, of.rgb.2], alpha: of.alpha }
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (step(self.scene.width).max(0) as u32, step(self.scene.height).max(0) as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    /// A point one pixel wide: plotters asks for it only where a series is drawn as single pixels.
    fn draw_pixel(&mut self, at: BackendCoord, point: BackendColor) -> Drawn {
        let fill = Some(Paint::Solid(colour(point)));
        self.scene.marks.push(Mark::Dot { centre: px(at), radius: 0.5, fill, stroke: None });
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.outline(vec![px(from), px(to)], false, style);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)].map(px).to_vec();
        if fill {
            let paint = Paint::Solid(colour(style.color()));
            self.scene.marks.push(Mark::Fill { rings: vec![corners], paint });
        } else {
            self.outline(corners, true, style);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.outline(path.into_iter().map(px).collect(), false, style);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        at: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let solid = Paint::Solid(colour(style.color()));
        let stroke = Stroke {
            colour: colour(style.color()),
            width: f64::from(style.stroke_width()) / STEPS,
            dashes: Vec::new(),
        };
        self.scene.marks.push(Mark::Dot {
            centre: px(at),
            radius: f64::from(radius) / STEPS,
            fill: fill.then_some(solid),
            stroke: (!fill).then_some(stroke),
        });
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        ring: I,
        style: &S,
    ) -> Drawn {
        let rings = vec![ring.into_iter().map(px).collect()];
        self.scene.marks.push(Mark::Fill { rings, paint: Paint::Solid(colour(style.color())) });
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, words: &str, style: &T, at: BackendCoord) -> Drawn {
        let bold = matches!(style.style(), FontStyle::Bold);
        let size = style.size() / STEPS;
        let look = Look { size, bold, colour: colour(style.color()), ..Look::new(size, Colour::grey(0)) };
        let line = Line::of(words, bold);
        let along = match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => -line.width / 2.0,
            HPos::Right => -line.width,
        } * size;
        let down = match style.anchor().v_pos {
            VPos::Top => line.ascent(),
            VPos::Center => (line.ascent() - line.descent()) / 2.0,
            VPos::Bottom => -line.descent(),
        } * size;
        let (degrees, turn) = match style.transform() {
            FontTransform::None => (0.0, (along, down)),
            FontTransform::Rotate90 => (90.0, (-down, along)),
            FontTransform::Rotate180 => (180.0, (-along, -down)),
            FontTransform::Rotate270 => (270.0, (down, -along)),
        };
        let at = px(at);
        self.words(Px { x: at.x + turn.0, y: at.y + turn.1 }, &line, &look, degrees);
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        words: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let line = Line::of(words, matches!(style.style(), FontStyle::Bold));
        let height = (line.ascent() + line.descent()) * style.size();
        Ok(((line.width * style.size()).ceil() as u32, height.ceil() as u32))
    }
}

impl Canvas<'_> {
    /// A line of text whose left end stands at `at`, a mark for each of its runs.
    fn words(&mut self, at: Px, line: &Line, look: &Look, turned: f64) {
        let (sin, cos) = turned.to_radians().sin_cos();
        for run in &line.runs {
            let along = run.left * look.size;
            self.scene.marks.push(Mark::Text {
                at: Px { x: at.x + along * cos, y: at.y + along * sin },
                words: run.words.clone(),
                font: look.font(run.face),
                anchor: Anchor::Start,
                turned,
            });
        }
    }
}

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
}

impl Look {
    /// Regular letters without halo.
    pub(crate) fn new(size: f64, colour: Colour) -> Self {
        Self { size, bold: false, spacing: 0.0, colour, halo: None }
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
        Line::of(words, self.bold)
    }

    /// These words broken into lines of a width in pixels.
    pub(crate) fn wrap(&self, words: &str, width: f64, most: usize) -> Vec<Line> {
        text::wrap(words, self.bold, width / self.size, most)
    }

    /// Width of a line in pixels, its letter spacing counted.
    pub(crate) fn width(&self, line: &Line) -> f64 {
        let letters: usize = line.runs.iter().map(|run| run.words.chars().count()).sum();
        line.width * self.size + self.spacing * letters.saturating_sub(1) as f64
    }

    fn font(&self, face: Face) -> Font {
        let Self { size, bold, spacing, colour, halo } = *self;
        Font { face, size, bold, spacing: if face == Face::Arabic { 0.0 } else { spacing }, colour, halo }
    }
}

/// A rectangle of the canvas, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Rect {
    /// A rectangle from its upper left corner.
    pub(crate) fn at(left: f64, top: f64, width: f64, height: f64) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// Width in pixels.
    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height in pixels.
    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Its middle.
    pub(crate) fn centre(&self) -> Px {
        Px { x: f64::midpoint(self.left, self.right), y: f64::midpoint(self.top, self.bottom) }
    }

    /// The same, larger by `by` pixels on each side (smaller where negative).
    pub(crate) fn grown(&self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// Whether they share more than an edge.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether `other` lies inside.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }

    /// Whether the point lies inside or on the edge.
    pub(crate) fn has(&self, at: Px) -> bool {
        (self.left..=self.right).contains(&at.x) && (self.top..=self.bottom).contains(&at.y)
    }

    /// Its corners, clockwise from the upper left.
    pub(crate) fn corners(&self) -> Vec<Px> {
        let Self { left, top, right, bottom } = *self;
        vec![
            Px { x: left, y: top },
            Px { x: right, y: top },
            Px { x: right, y: bottom },
            Px { x: left, y: bottom },
        ]
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
    line: &'a Line,
    look: Look,
}

impl<'a> Words<'a> {
    /// A line of text whose baseline is at `at`; `share` of its width lies left of that point.
    pub(crate) fn new(at: Px, share: f64, line: &'a Line, look: Look) -> Self {
        Self { at: [Px { x: at.x - look.width(line) * share, y: at.y }], line, look }
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
            .filter(|ring| ring.len() > 2)
            .collect();
        if !rings.is_empty() {
            canvas.scene.marks.push(Mark::Fill { rings, paint: self.paint.clone() });
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
            canvas.scene.marks.push(Mark::Line { points, closed, stroke: stroke.clone() });
            return Ok(());
        };
        if closed && points.iter().all(|at| rect.has(*at)) {
            canvas.scene.marks.push(Mark::Line { points, closed, stroke: stroke.clone() });
            return Ok(());
        }
        points.extend(points.first().copied().filter(|_| closed));
        for points in clip::line(&points, rect) {
            canvas.scene.marks.push(Mark::Line { points, closed: false, stroke: stroke.clone() });
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
            canvas.words(px(at), self.line, &self.look, 0.0);
        }
        Ok(())
    }
}
