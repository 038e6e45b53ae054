//! Reading: the bytes of one format become sections of passages with exact sentence spans. No I/O.

pub mod arxiv_html;
mod heading;
mod page;
pub mod plain;

use crate::{paper::Passage, text};

/// Why a full text could not be read. The abstract is used instead, and the report says so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Larger than any paper.
    #[error("the page has {bytes} bytes, more than the {limit} that are read; use the PDF")]
    TooLarge {
        /// Its length.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Nested deeper than any paper.
    #[error("the page nests elements more than {limit} deep, which no paper does; use the PDF")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// Another kind of page: an error page, a login, a redirect notice.
    #[error("the page is not a paper converted by LaTeXML (no element of class ltx_document); use the PDF")]
    NotLatexml,
    /// LaTeXML gave up on the source, so any part may be missing.
    #[error("the conversion of this paper to HTML failed and the page may be cut off; use the PDF")]
    ConversionFailed,
    /// A LaTeXML page without any paragraph.
    #[error("the page holds no paragraph of text; use the PDF")]
    Empty,
}

/// A passage of `text`, normalised and split; `None` where nothing in it can be read.
fn passage(text: &str, anchor: Option<String>) -> Option<Passage> {
    let text = text::normalize(text);
    let sentences = text::sentences(&text);
    text.contains(char::is_alphanumeric).then_some(Passage { text, sentences, anchor })
}
