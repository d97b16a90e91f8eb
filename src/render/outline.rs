//! Letters as outlines, for pictures that are to look the same where their fonts are not.

use super::svg::push_number;
use crate::scene::{Anchor, Font, shaper};
use crate::units::Px;
use rustybuzz::UnicodeBuffer;
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};

/// The outlines of a run of text whose baseline is at `at`, as the commands of an SVG path.
pub(super) fn outline(at: Px, words: &str, font: &Font, anchor: Anchor) -> String {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(words);
    buffer.guess_segment_properties();
    let face = shaper(font.face, font.bold);
    let glyphs = rustybuzz::shape(face, &[], buffer);
    let em = font.size / f64::from(face.units_per_em().max(1));
    let width: i32 = glyphs.glyph_positions().iter().map(|glyph| glyph.x_advance).sum();
    let mut pen =
        Pen { out: String::new(), at: Px { x: at.x - f64::from(width) * em * anchor.share(), ..at }, em };
    for (glyph, place) in glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()) {
        let start = pen.at;
        pen.at =
            Px { x: start.x + f64::from(place.x_offset) * em, y: start.y - f64::from(place.y_offset) * em };
        let id = u16::try_from(glyph.glyph_id).unwrap_or_default();
        face.outline_glyph(GlyphId(id), &mut pen);
        pen.at = Px { x: start.x + f64::from(place.x_advance) * em + font.spacing, y: start.y };
    }
    pen.out
}

struct Pen {
    out: String,
    at: Px,
    em: f64,
}

impl Pen {
    fn put(&mut self, verb: char, points: &[(f32, f32)]) {
        self.out.push(verb);
        for (i, (x, y)) in points.iter().enumerate() {
            if i > 0 {
                self.out.push(' ');
            }
            push_number(&mut self.out, self.at.x + f64::from(*x) * self.em);
            self.out.push(' ');
            push_number(&mut self.out, self.at.y - f64::from(*y) * self.em);
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.put('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.put('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.out.push('Z');
    }
}
