//! What a reader has at hand: files of any format that is read, as a title and a text.

use super::{
    ReadError, decoded, docx, format,
    pdf::{self, PdfRuns},
    sections,
};
use crate::paper::{Format, Section};

/// A file as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// What it is written in.
    pub format: Format,
    /// Its title, where it has one.
    pub title: Option<String>,
    /// Its paragraphs, blank lines between them. Of Markdown and plain text the file as it is, so that a place in it is a place
    /// in the file.
    pub text: String,
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
            Some((title, rest)) => Given { format, title: Some(title.trim().to_owned()), text: rest.to_owned() },
            None => Given { format, title: None, text },
        });
    }
    let page = sections(format, bytes)?;
    Ok(Given { format, title: page.title, text: paragraphs(&page.sections) })
}

/// Reads a PDF of the reader's, from its runs.
///
/// # Errors
/// [`ReadError`] where nothing of it can be quoted.
pub fn given_pdf(runs: &PdfRuns) -> Result<Given, ReadError> {
    let pdf = pdf::sections(runs)?;
    Ok(Given { format: Format::Pdf, title: pdf.title, text: paragraphs(&pdf.sections) })
}

/// The passages, blank lines between them.
fn paragraphs(sections: &[Section]) -> String {
    let passages = sections.iter().flat_map(|section| &section.passages);
    passages.map(|passage| passage.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

/// The plain text of a draft that a word processor wrote (DOCX), its list of works included.
///
/// # Errors
/// [`ReadError`] where it is none, is cut off, or holds no text.
pub fn draft_text(bytes: &[u8]) -> Result<String, ReadError> {
    docx::draft(bytes)
}
