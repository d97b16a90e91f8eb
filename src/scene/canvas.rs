//! Where plotters draws: a canvas that records marks.
//!
//! plotters counts whole pixels, so the canvas says it is 64 times as large as it is and an `i32` becomes 1/64 of a
//! pixel. What maps need and plotters' shapes lack is in `element`.

use super::element::Look;
use super::text::{Hand, Line};
use super::{Anchor, Colour, Mark, Paint, Scene, Stroke};
use crate::units::Px;
use plotters::coord::{CoordTranslate, Shift};
use plotters::drawing::{DrawingArea, IntoDrawingArea};
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

/// A step of the canvas in pixels.
pub(crate) fn px((x, y): BackendCoord) -> Px {
    Px { x: f64::from(x) / STEPS, y: f64::from(y) / STEPS }
}

/// Outcome of drawing on a canvas that cannot fail.
pub(crate) type Drawn = Result<(), DrawingErrorKind<Infallible>>;

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
    /// Records a mark on top of the others.
    pub(crate) fn push(&mut self, mark: Mark) {
        self.scene.marks.push(mark);
    }

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
        let line = look.line(words);
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let down = match style.anchor().v_pos {
            VPos::Top => line.ascent(),
            VPos::Center => (line.ascent() - line.descent()) / 2.0,
            VPos::Bottom => -line.descent(),
        } * size;
        let (degrees, turn) = match style.transform() {
            FontTransform::None => (0.0, (0.0, down)),
            FontTransform::Rotate90 => (90.0, (-down, 0.0)),
            FontTransform::Rotate180 => (180.0, (0.0, -down)),
            FontTransform::Rotate270 => (270.0, (down, 0.0)),
        };
        let at = px(at);
        self.words((Px { x: at.x + turn.0, y: at.y + turn.1 }, anchor), &line, &look, degrees);
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        words: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let bold = matches!(style.style(), FontStyle::Bold);
        let line = Line::of(words, Hand { bold, ..Hand::default() });
        let height = (line.ascent() + line.descent()) * style.size();
        Ok(((line.width * style.size()).ceil() as u32, height.ceil() as u32))
    }
}

impl Canvas<'_> {
    /// A line of text, a mark for each of its runs. Where there is but one, it keeps its anchor, so that it stays where
    /// it should in a reader that has another font.
    pub(crate) fn words(&mut self, (at, anchor): (Px, Anchor), line: &Line, look: &Look, turned: f64) {
        let (sin, cos) = turned.to_radians().sin_cos();
        let (anchor, start) = match line.runs.as_slice() {
            [_] if look.spacing <= 0.0 => (anchor, 0.0),
            _ => (Anchor::Start, -look.width(line) * anchor.share()),
        };
        for run in &line.runs {
            let along = start + run.left * look.size;
            self.scene.marks.push(Mark::Text {
                at: Px { x: at.x + along * cos, y: at.y + along * sin },
                words: run.words.clone(),
                font: look.font(run.face),
                anchor,
                turned,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plotters::prelude::*;

    fn empty() -> Scene {
        Scene { width: 200.0, height: 100.0, ..Scene::default() }
    }

    #[test]
    fn a_chart_of_plotters_is_drawn_between_the_pixels() {
        let mut scene = empty();
        let root = area(&mut scene);
        let mut chart = ChartBuilder::on(&root)
            .margin(step(10.0))
            .x_label_area_size(step(20.0))
            .y_label_area_size(step(30.0))
            .build_cartesian_2d(0.0..3.0, 0.0..1.0)
            .unwrap();
        let letters = (crate::fonts::LATIN, step(9.0)).into_font();
        chart.configure_mesh().label_style(letters).draw().unwrap();
        let line = ShapeStyle { color: BLACK.to_rgba(), filled: false, stroke_width: step(1.5) as u32 };
        let series = PathElement::new(vec![(0.0, 0.0), (1.0, 0.37), (3.0, 1.0)], line);
        chart.draw_series(std::iter::once(series)).unwrap();
        drop(chart);
        drop(root);
        let series = scene.marks.iter().rev().find_map(|mark| match mark {
            Mark::Line { points, stroke, .. } if points.len() == 3 => Some((points.clone(), stroke.width)),
            _ => None,
        });
        let (points, width) = series.unwrap();
        assert!((width - 1.5).abs() < 1e-9);
        assert!(points[1].y.fract() > 0.0 && points[1].y < points[0].y, "{points:?}");
        let words = scene.marks.iter().filter(|mark| matches!(mark, Mark::Text { .. })).count();
        assert!(words > 4, "{words} labels on the axes");
    }

    #[test]
    fn text_of_plotters_stands_where_its_anchor_says() {
        let mut scene = empty();
        let root = area(&mut scene);
        let style = TextStyle::from((crate::fonts::LATIN, step(20.0)).into_font())
            .pos(plotters::style::text_anchor::Pos::new(HPos::Right, VPos::Bottom));
        root.draw_text("Hama", &style, (step(100.0), step(50.0))).unwrap();
        drop(root);
        let Some(Mark::Text { at, font, anchor, .. }) = scene.marks.first() else {
            panic!("{:?}", scene.marks)
        };
        assert!((font.size - 20.0).abs() < 1e-9);
        assert_eq!((at.x, *anchor), (100.0, Anchor::End));
        assert!(at.y < 50.0, "{at:?}");
    }
}
