//! Where the full text of a work lies, and what it is written in.

use serde::{Deserialize, Serialize};

/// Where arXiv has the HTML page of a paper, before its id.
const ARXIV_HTML: &str = "https://arxiv.org/html/";

/// Year and month from which on arXiv has made an HTML page of most papers, as their ids begin. Of those from before it has one
/// only where a later version came after that.
const HTML_SINCE: &str = "2312";

/// What a text is written in, the best first: the earlier, the surer is what was read of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// The HTML that LaTeXML makes of TeX, as arXiv has it.
    Html,
    /// JATS, the XML of PubMed Central and of many publishers (jats.nlm.nih.gov).
    Jats,
    /// TeX: one file, or arXiv's package of a paper's sources (tar and gzip).
    Tex,
    /// A word processor's document (Office Open XML, ECMA-376).
    Docx,
    /// A PDF.
    Pdf,
    /// Markdown.
    Markdown,
    /// Text without markup.
    Plain,
}

impl Format {
    /// Its name for the reader.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Jats => "JATS XML",
            Self::Tex => "TeX",
            Self::Docx => "DOCX",
            Self::Pdf => "PDF",
            Self::Markdown => "Markdown",
            Self::Plain => "plain text",
        }
    }
}

/// A full text that a page may be able to fetch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FullText {
    /// What it is written in.
    pub format: Format,
    /// Its `https` address.
    pub url: String,
    /// Address at which a reader sees it, where that is a page whose elements bear the anchors of what is read: `#` and a
    /// passage's anchor lead to the passage.
    pub page: Option<String>,
}

impl FullText {
    /// Host that is asked for it; empty where the address is none.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.url.split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    }

    /// Whether the address most likely leads nowhere: arXiv's HTML of a paper from before [`HTML_SINCE`]. Ids from before
    /// April 2007 begin with a name.
    fn is_unlikely(&self) -> bool {
        let id = self.url.strip_prefix(ARXIV_HTML);
        id.is_some_and(|id| !id.starts_with(|c: char| c.is_ascii_digit()) || id < HTML_SINCE)
    }

    /// Address to which the anchors of what is read belong: that of [`Self::page`]; a PDF is shown as it is.
    #[must_use]
    pub fn shown_at(&self) -> Option<&str> {
        self.page.as_deref().or((self.format == Format::Pdf).then_some(self.url.as_str()))
    }
}

/// Adds full texts to a work's, each address once, the best format first; unlikely ones before the PDFs.
pub(super) fn add(to: &mut Vec<FullText>, more: Vec<FullText>) {
    for text in more {
        if to.iter().all(|known| known.url != text.url) {
            to.push(text);
        }
    }
    to.sort_by_key(|text| if text.is_unlikely() { Format::Docx } else { text.format });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_that_is_hardly_there_is_asked_for_after_tex() {
        let order = |id: &str| {
            let text = |format, path| FullText { format, url: format!("https://arxiv.org/{path}/{id}"), page: None };
            let mut texts = Vec::new();
            add(&mut texts, vec![text(Format::Pdf, "pdf"), text(Format::Html, "html"), text(Format::Tex, "src")]);
            texts.into_iter().map(|text| text.format).collect::<Vec<_>>()
        };
        assert_eq!(order("2312.00001"), [Format::Html, Format::Tex, Format::Pdf]);
        for old in ["2311.17999", "0704.0001", "hep-th/9901001"] {
            assert_eq!(order(old), [Format::Tex, Format::Html, Format::Pdf], "{old}");
        }
    }
}
