//! PDF: the runs that pdf.js finds (`pkg/pdf-runs.mjs`) become sections, each sentence with its places on the page.
//!
//! A PDF says where glyphs stand and nothing of words, lines, columns or paragraphs. In order:
//! `line` makes lines of runs, `column` their reading order, `furniture` takes out what repeats from page to page, `block`
//! makes paragraphs, headings, captions and notes of lines, `join` text of them, and `structure` sections; `quality` says
//! whether that can be quoted.
//!
//! Why rules and geometry, not a model: what is read is quoted, so it must be what stands there, and the same every time.
//! Where the rules cannot tell, a sentence or the whole document is given up, never guessed.

mod block;
mod column;
mod font;
mod furniture;
mod join;
mod line;
mod quality;
mod structure;

pub(super) use structure::UNHEADED;

use super::{LARGEST, Page, ReadError};
use crate::paper::Format;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What pdf.js finds in a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PdfRuns {
    /// Title in the document's information; often the name of a file.
    pub title: Option<String>,
    /// Its fonts.
    pub fonts: Vec<PdfFont>,
    /// Its pages, in order.
    pub pages: Vec<PdfPage>,
}

/// A font as a document names it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PdfFont {
    /// Its PostScript name, without the mark of a subset, e.g. `NimbusRomNo9L-Medi`; empty where it has none.
    pub name: String,
    /// Whether it is set from top to bottom.
    #[serde(default)]
    pub vertical: bool,
    /// How far a character moves on, in thousandths of the size, for those that were shown.
    #[serde(default)]
    pub widths: BTreeMap<String, f32>,
}

/// One page as shown, its rotation accounted for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PdfPage {
    /// In points.
    pub width: f32,
    /// In points.
    pub height: f32,
    /// In the order in which the page sets them.
    pub runs: Vec<PdfRun>,
}

/// A stretch of text set in one go, on one line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PdfRun {
    /// As its font maps it.
    pub text: String,
    /// Where its baseline begins, in points from the page's left edge.
    pub x: f32,
    /// The baseline, in points from the page's top edge.
    pub y: f32,
    /// Along the baseline, in points.
    pub width: f32,
    /// Of its font, in points.
    pub size: f32,
    /// Of its baseline, in degrees clockwise.
    #[serde(default)]
    pub angle: f32,
    /// Index into [`PdfRuns::fonts`].
    #[serde(default)]
    pub font: usize,
}

/// Whether bytes can be a PDF that is read, before anything opens it.
///
/// # Errors
/// [`ReadError::TooLarge`], or [`ReadError::Malformed`] where a PDF's mark is missing: often that of a page that asks to log in.
pub fn check(bytes: &[u8]) -> Result<(), ReadError> {
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit: LARGEST });
    }
    match super::format("", bytes) {
        Some(Format::Pdf) => Ok(()),
        _ => Err(ReadError::Malformed { format: Format::Pdf, reason: "its mark %PDF- is missing".into() }),
    }
}

/// The sections of a document, the abstract first, the rest in reading order; each has at least one passage. The title is the
/// one printed, else the one in the document's information.
///
/// A passage is a paragraph, whole across columns and pages; its anchor is its first page. Left out: titles and authors, running heads
/// and page numbers, what stands upright along a margin, captions, tables, what is written in figures, footnotes,
/// acknowledgements, the reference list. Where a displayed formula stands in a paragraph, the text has
/// [`MISSING`](crate::text::MISSING), and the sentence is not quoted. Raised and lowered letters are written as
/// [`script`](crate::text) writes them: 10^5 is not 105. A word broken at the end of a line is joined, with its hyphen where
/// the document has it with one elsewhere, or has both halves as words. An appendix is kept as
/// [`SectionKind::Other`](crate::paper::SectionKind::Other).
///
/// Takes time in proportion to the runs, but for sorting them.
///
/// # Errors
/// [`ReadError::NoText`] of a scan, [`ReadError::Garbled`] where fonts do not say which letters they show,
/// [`ReadError::Interleaved`] where lines of columns run into each other, [`ReadError::NoParagraph`] where nothing is running
/// text: in each case nothing is given that could be quoted.
pub fn sections(document: &PdfRuns) -> Result<Page, ReadError> {
    read(document).map(|(page, _)| page)
}

/// The same with the lines of the reference list, in reading order; none where it has none under a heading that says so. A
/// line that stands in, as those that go on with a reference do in many styles, begins with a blank.
pub(super) fn read(document: &PdfRuns) -> Result<(Page, Vec<String>), ReadError> {
    quality::check_letters(document)?;
    let fonts = font::Fonts::of(document);
    let mut lines = line::lines(document, &fonts);
    let body = line::Body::of(&lines);
    furniture::remove(&mut lines, &document.pages, &body);
    let words = join::Words::of(&lines);
    let blocks = block::blocks(&lines, &document.pages, &body);
    quality::check_order(&blocks, &words)?;
    structure::read(document, &blocks, &body, &words).ok_or(ReadError::NoParagraph)
}
