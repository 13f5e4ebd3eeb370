//! The built-in picture as PNG and as PDF: the SVG, drawn with the font that the program brings, so that the bytes do not
//! depend on the fonts of the machine.
//!
//! The font has the letters of Latin, Greek and Cyrillic; a name in another script is drawn as boxes (the SVG leaves letters to
//! the program that shows it).

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Tree, fontdb};

use super::{Options, Sink, svg};
use crate::error::{Error, Result};
use crate::measure::Report;

/// Inter Medium, cut down to the letters named above: see `fonts/README.md`.
const FONT: &[u8] = include_bytes!("fonts/Inter-Medium.otf");
const FAMILY: &str = "Inter";
/// Pixels for each unit of the picture: sharp on dense screens and in print.
const SCALE: f32 = 2.0;
/// A picture has at most so many pixels; a larger one is drawn at a smaller scale.
const MOST_PIXELS: f32 = 60e6;

/// Writes the picture of the first [`svg::MAX_ACTORS`] actors as PNG, light. 0.5 s for 150 actors.
///
/// # Errors
/// The sink cannot be written to.
pub fn write_png(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    let tree = tree(report, options)?;
    let size = tree.size();
    let scale = SCALE.min((MOST_PIXELS / (size.width() * size.height())).sqrt());
    let sides = [size.width(), size.height()].map(|side| (side * scale).ceil().max(1.0) as u32);
    let mut pixels =
        Pixmap::new(sides[0], sides[1]).ok_or_else(|| fault(format!("no picture has {sides:?} pixels")))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let bytes = pixels.encode_png().map_err(fault)?;
    sink.part("graph.png", |out| out.write_all(&bytes))
}

/// Writes the same picture as PDF, on one page of its size; text stays text.
///
/// # Errors
/// The sink cannot be written to.
pub fn write_pdf(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    let tree = tree(report, options)?;
    let bytes = svg2pdf::to_pdf(&tree, svg2pdf::ConversionOptions::default(), svg2pdf::PageOptions::default())
        .map_err(fault)?;
    sink.part("graph.pdf", |out| out.write_all(&bytes))
}

/// The picture, with its letters shaped.
fn tree(report: &Report, options: &Options) -> Result<Tree> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(FONT.to_vec());
    fonts.set_sans_serif_family(FAMILY);
    let settings =
        usvg::Options { fontdb: Arc::new(fonts), font_family: FAMILY.to_owned(), ..usvg::Options::default() };
    Tree::from_str(&svg::picture(&report.graph, &options.title), &settings).map_err(fault)
}

fn fault(error: impl std::fmt::Display) -> Error {
    Error::new("picture", error).way_out("write it as .svg")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::writer;

    fn drawn(format: &str, report: &Report) -> Vec<u8> {
        let mut sink = Sink::memory();
        (writer(format).expect("a format").write)(report, &Options::default(), &mut sink).expect("memory");
        sink.into_parts().remove(0).1
    }

    #[test]
    fn a_png_has_the_size_of_the_picture_and_its_letters() {
        let report = crate::write::hostile_tests::report();
        let bytes = drawn("png", &report);
        let pixels = Pixmap::decode_png(&bytes).expect("PNG");
        let tree = tree(&report, &Options::default()).expect("a picture");
        assert_eq!(pixels.width(), (tree.size().width() * 2.0).ceil() as u32);
        // Paper, not the dark one; and many pixels of ink.
        assert_eq!(pixels.pixel(0, 0).map(|pixel| (pixel.red(), pixel.alpha())), Some((255, 255)));
        let dark = pixels.pixels().iter().filter(|pixel| pixel.red() < 60 && pixel.blue() < 70).count();
        assert!(dark > 2_000, "{dark} dark pixels: no letters");
        assert_eq!(bytes, drawn("png", &report));
    }

    #[test]
    fn a_pdf_is_one_and_always_the_same() {
        let report = crate::write::hostile_tests::report();
        let bytes = drawn("pdf", &report);
        assert!(bytes.starts_with(b"%PDF-1.") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
        let holds = |what: &[u8]| bytes.windows(what.len()).any(|part| part == what);
        assert!(holds(b"Inter-Medium"), "text is text");
        assert!(!holds(b"/JavaScript") && !holds(b"/CreationDate"));
        assert_eq!(bytes, drawn("pdf", &report));
    }

    #[test]
    fn an_empty_graph_is_drawn() {
        for format in ["png", "pdf"] {
            assert!(drawn(format, &Report::default()).len() > 500, "{format}");
        }
    }
}
