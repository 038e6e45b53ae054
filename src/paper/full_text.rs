//! Where the full text of a work lies, and what it is written in.

use serde::{Deserialize, Serialize};

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

    /// Address to which the anchors of what is read belong: that of [`Self::page`]; a PDF is shown as it is.
    #[must_use]
    pub fn shown_at(&self) -> Option<&str> {
        self.page.as_deref().or((self.format == Format::Pdf).then_some(self.url.as_str()))
    }
}

/// Adds full texts to a work's, each address once, the best format first.
pub(super) fn add(to: &mut Vec<FullText>, more: Vec<FullText>) {
    for text in more {
        if to.iter().all(|known| known.url != text.url) {
            to.push(text);
        }
    }
    to.sort_by_key(|text| text.format);
}
