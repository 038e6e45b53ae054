//! What a reader has at hand: files of any format that is read, as a title and a text.

use super::{
    ReadError, decoded, docx, format,
    pdf::{self, PdfRuns},
    sections,
};
use crate::paper::{Format, Passage, Place, Section};
use serde::Serialize;

/// A file as read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Given {
    /// What it is written in.
    #[serde(skip)]
    pub format: Format,
    /// Its title, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its paragraphs, blank lines between them, then what its tables' cells say ([`super::table`]), likewise. Of Markdown and plain text the file as it is, so that a place in it is a place
    /// in the file.
    pub text: String,
    /// Of a PDF where its sentences stand on the pages, in the order of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<GivenPlace>,
}

/// Where part of a text stands on a page of a PDF: what of one sentence is on one line. Lengths are in points, to a tenth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GivenPlace {
    /// Where the part begins in the text, in UTF-16 units, as JavaScript counts.
    pub start: usize,
    /// Where it ends there.
    pub end: usize,
    /// Counted from 0.
    pub page: usize,
    /// Left edge, from that of the page as shown.
    pub x: f32,
    /// Top edge, from that of the page.
    pub y: f32,
    /// Along the line.
    pub width: f32,
    /// Across it.
    pub height: f32,
}

/// Reads a file of the reader's, whose name helps to tell what it is.
///
/// # Errors
/// [`ReadError`] where it is of no kind that is read, or cannot be read as what it is.
pub fn given(name: &str, bytes: &[u8]) -> Result<Given, ReadError> {
    let format = format(name, bytes).ok_or_else(|| ReadError::Unknown { name: name.to_owned() })?;
    if matches!(format, Format::Markdown | Format::Plain) {
        let text = decoded(bytes)?.into_owned();
        if !text.contains(char::is_alphanumeric) {
            return Err(ReadError::Empty);
        }
        // A heading in its first line is the title.
        let headed = text.strip_prefix("# ").map(|rest| rest.split_once('\n').unwrap_or((rest, "")));
        return Ok(match headed {
            Some((title, rest)) => {
                Given { format, title: Some(title.trim().to_owned()), text: rest.to_owned(), places: Vec::new() }
            }
            None => Given { format, title: None, text, places: Vec::new() },
        });
    }
    let page = sections(format, bytes)?;
    Ok(Given { format, title: page.title, text: paragraphs(&page.sections), places: Vec::new() })
}

/// Reads a PDF of the reader's, from its runs.
///
/// # Errors
/// [`ReadError`] where nothing of it can be quoted.
pub fn given_pdf(runs: &PdfRuns) -> Result<Given, ReadError> {
    let page = pdf::sections(runs)?;
    let (text, places) = (paragraphs(&page.sections), places(&page.sections));
    Ok(Given { format: Format::Pdf, title: page.title, text, places })
}

/// The plain text of a draft that was printed as a PDF, from its runs: headings and paragraphs with blank lines between them,
/// then its list of works, where it has one.
///
/// # Errors
/// [`ReadError`] where nothing of it can be quoted.
pub fn draft_pdf(runs: &PdfRuns) -> Result<String, ReadError> {
    let (page, references) = pdf::read(runs)?;
    let mut parts: Vec<&str> = page.title.as_deref().into_iter().collect();
    for section in &page.sections {
        parts.extend(Some(section.heading.as_str()).filter(|&heading| heading != pdf::UNHEADED));
        parts.extend(section.passages.iter().map(|passage| passage.text.as_str()));
    }
    let list = references.join("\n");
    if !list.is_empty() {
        parts.extend([LIST, list.as_str()]);
    }
    Ok(parts.join(BLANK_LINE))
}

/// Heading of a draft's list of works.
const LIST: &str = "References";

/// Stands between paragraphs.
const BLANK_LINE: &str = "\n\n";

fn passages(sections: &[Section]) -> impl Iterator<Item = &Passage> {
    sections.iter().flat_map(|section| &section.passages)
}

/// The passages, blank lines between them.
fn paragraphs(sections: &[Section]) -> String {
    passages(sections).map(|passage| passage.text.as_str()).collect::<Vec<_>>().join(BLANK_LINE)
}

/// Where the sentences stand, by their place in what [`paragraphs`] makes of the same.
fn places(sections: &[Section]) -> Vec<GivenPlace> {
    let (mut places, mut before) = (Vec::new(), 0);
    for passage in passages(sections) {
        let units = utf16_units(&passage.text);
        places.extend(passage.places.iter().map(|&Place { span, page, x, y, width, height }| {
            let (start, end) = (before + units[span.start], before + units[span.end]);
            GivenPlace { start, end, page, x, y, width, height }
        }));
        before += units[passage.text.len()] + BLANK_LINE.len();
    }
    places
}

/// How many UTF-16 units stand before each byte of a text, and before its end.
fn utf16_units(text: &str) -> Vec<usize> {
    let (mut units, mut before) = (Vec::with_capacity(text.len() + 1), 0);
    for letter in text.chars() {
        units.resize(units.len() + letter.len_utf8(), before);
        before += letter.len_utf16();
    }
    units.push(before);
    units
}

/// The plain text of a draft that a word processor wrote (DOCX), its list of works included.
///
/// # Errors
/// [`ReadError`] where it is none, is cut off, or holds no text.
pub fn draft_text(bytes: &[u8]) -> Result<String, ReadError> {
    docx::draft(bytes)
}
