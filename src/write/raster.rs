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
    let bytes = settled(&bytes);
    sink.part("graph.pdf", |out| out.write_all(&bytes))
}

/// The dictionaries of resources that `svg2pdf` writes in the order of a hash table, which differs from run to run.
const RESOURCES: [&[u8]; 6] =
    [b"/ColorSpace <<\n", b"/ExtGState <<\n", b"/Font <<\n", b"/Pattern <<\n", b"/Shading <<\n", b"/XObject <<\n"];

/// The same PDF with the entries of these dictionaries in order, so that the same graph gives the same bytes. Lines only
/// change places inside a dictionary: everything behind it stays where the table of offsets has it.
fn settled(pdf: &[u8]) -> Vec<u8> {
    let lines: Vec<&[u8]> = pdf.split_inclusive(|&byte| byte == b'\n').collect();
    let mut out = Vec::with_capacity(pdf.len());
    let mut rest = &lines[..];
    while let [line, after @ ..] = rest {
        out.extend_from_slice(line);
        let opens = RESOURCES.iter().any(|name| line.ends_with(name));
        let count = if opens { after.iter().take_while(|line| is_reference(line)).count() } else { 0 };
        let mut entries = after[..count].to_vec();
        entries.sort_unstable();
        entries.iter().for_each(|entry| out.extend_from_slice(entry));
        rest = &after[count..];
    }
    out
}

/// Whether a line names an object: `  /gs3 12 0 R`.
fn is_reference(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"/") && line.ends_with(b" 0 R\n")
}

/// The picture, with its letters shaped.
fn tree(report: &Report, options: &Options) -> Result<Tree> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(FONT.to_vec());
    fonts.set_sans_serif_family(FAMILY);
    let settings =
        usvg::Options { fontdb: Arc::new(fonts), font_family: FAMILY.to_owned(), ..usvg::Options::default() };
    Tree::from_str(&svg::picture(&report.graph, options), &settings).map_err(fault)
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
        (0..4).for_each(|_| assert_eq!(bytes, drawn("pdf", &report)));
    }

    #[test]
    fn resources_stand_in_order() {
        let pdf = b"x\n  /ExtGState <<\n    /gs2 3 0 R\n    /gs1 4 0 R\n  >>\n/b 2 0 R\n/a 1 0 R\n\xff";
        let expected = b"x\n  /ExtGState <<\n    /gs1 4 0 R\n    /gs2 3 0 R\n  >>\n/b 2 0 R\n/a 1 0 R\n\xff";
        assert_eq!(settled(pdf), expected);
    }

    #[test]
    fn an_empty_graph_is_drawn() {
        for format in ["png", "pdf"] {
            assert!(drawn(format, &Report::default()).len() > 500, "{format}");
        }
    }
}
