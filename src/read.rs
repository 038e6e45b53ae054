//! Reading: the bytes of one format become sections of passages with exact sentence spans. No I/O.

mod archive;
pub mod arxiv_html;
mod docx;
mod format;
mod given;
mod heading;
mod jats;
mod laid_out;
mod outline;
mod page;
pub mod pdf;
mod pipe;
pub mod plain;
pub mod table;
mod tex;

pub use format::format;
pub use given::{Given, GivenPlace, draft_pdf, draft_text, given, given_pdf};

use crate::{
    draft::{self, Entry},
    paper::{Format, Paper, Passage, Section, SectionKind},
    text::{self, Span, charset},
};
use std::collections::BTreeSet;

/// Longest text read, in bytes. The largest LaTeXML pages of real papers have a few megabytes.
const LARGEST: usize = 20_000_000;

/// Deepest nesting of elements read; papers stay below 100.
const DEEPEST: usize = 400;

/// A full text as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The document's title, where it has one.
    pub title: Option<String>,
    /// Its sections, the abstract first, the rest in document order, then one for each table of which cells are read
    /// ([`table`]); each has at least one passage. Left out are the list of works, figures and all captions, footnotes and
    /// acknowledgements.
    pub sections: Vec<Section>,
    /// Its list of works, in order, as far as it can be told; nothing where it has none that is read.
    pub works: Vec<Entry>,
}

/// Why a full text could not be read. The abstract is used instead, and the report says so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Larger than any paper, as it is or unpacked.
    #[error("it has {bytes} bytes, more than the {limit} that are read")]
    TooLarge {
        /// Its length; of something packed, the length at which unpacking was given up.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Nested deeper than any paper.
    #[error("it nests elements more than {limit} deep, which no paper does")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// Another kind of page: an error page, a login, a redirect notice.
    #[error("the page is not a paper converted by LaTeXML (no element of class ltx_document)")]
    NotLatexml,
    /// LaTeXML gave up on the source, so any part may be missing.
    #[error("the conversion of this paper to HTML failed and the page may be cut off")]
    ConversionFailed,
    /// Cut off, or not what it should be.
    #[error("it cannot be read as {}: {reason}", format.name())]
    Malformed {
        /// What it was read as.
        format: Format,
        /// What is wrong with it.
        reason: String,
    },
    /// XML that defines entities of its own, which can grow without bound.
    #[error("it defines entities, which are not read")]
    Entities,
    /// Written in letters that are not read.
    #[error("it is written in {charset}, which is not read; save it as UTF-8")]
    Charset {
        /// The encoding that it declares.
        charset: String,
    },
    /// A format that is not read here.
    #[error("{} is not read here", format.name())]
    NotRead {
        /// Which.
        format: Format,
    },
    /// Nothing tells what it is.
    #[error("{name:?} is of no kind that is read: JATS XML, HTML by LaTeXML, TeX, DOCX, Markdown or plain text")]
    Unknown {
        /// The name of the file.
        name: String,
    },
    /// Without any paragraph.
    #[error("it holds no paragraph of text")]
    Empty,
    /// A PDF of pictures: a scan without a text layer.
    #[error(
        "the {pages} pages of the PDF are pictures without text: a scan, which has to go through text recognition first"
    )]
    NoText {
        /// Its pages.
        pages: usize,
    },
    /// A PDF whose fonts do not say which letters they show.
    #[error(
        "the text of the PDF makes no English words: its fonts do not say which letters they show, or it is in another language"
    )]
    Garbled,
    /// A PDF whose columns could not be told apart.
    #[error("the order of the PDF's lines is uncertain, columns may run into each other: nothing of it is quoted")]
    Interleaved,
    /// A PDF of figures, tables or slides.
    #[error("the PDF holds no paragraph of running text")]
    NoParagraph,
}

/// Reads a full text. Every sentence of a passage is a verbatim slice of it; formulas stand as plain text where that says
/// the same, else as `$tex$`; what could not be read is [`text::MISSING`], and its sentence is not quoted. A PDF is read by
/// [`pdf::sections`], once its runs are known.
///
/// # Errors
/// [`ReadError`] where it is too large or too deep, cut off, of another format, or without a paragraph.
pub fn sections(format: Format, bytes: &[u8]) -> Result<Page, ReadError> {
    match format {
        Format::Html => arxiv_html::page(&decoded(bytes)?),
        Format::Jats => jats::page(&decoded(bytes)?),
        Format::Tex => tex::page(bytes),
        Format::Docx => docx::page(bytes),
        Format::Markdown => laid_out::page(draft::Format::Markdown, &decoded(bytes)?),
        Format::Plain => laid_out::page(draft::Format::Plain, &decoded(bytes)?),
        Format::Pdf => Err(ReadError::NotRead { format }),
    }
}

/// The characters of a text that is not too long.
fn decoded(bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, ReadError> {
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit: LARGEST });
    }
    match charset::unknown(bytes) {
        Some(charset) => Err(ReadError::Charset { charset }),
        None => Ok(charset::decode(bytes)),
    }
}

/// Least share of the record's abstract, in terms, that is found in the abstract of a page of another title. Versions of one
/// abstract share more; abstracts of two papers on one topic less.
const SAME_ABSTRACT: f32 = 0.5;
/// The same for a page's whole text, where it has no abstract.
const SAME_TEXT: f32 = 0.8;
/// An abstract of fewer terms tells nothing against a page of the same title: "Gears turn."
const FEWEST_TERMS: usize = 8;

/// Kinds of documents that bear a paper's title beside a word of their own: "Comment on …", "…: supplementary material".
#[rustfmt::skip]
const OTHER_DOCUMENTS: &[&str] = &[
    "addendum", "appendices", "appendix", "checklist", "comment", "commentary", "comments", "correction", "corrections", "corrigendum", "decision",
    "editorial", "errata", "erratum", "expression", "poster", "presentation", "protocol", "rebuttal", "referee", "reply", "response", "retraction",
    "reviewer", "reviewers", "slides", "supplement", "supplemental", "supplementary", "supporting", "withdrawal",
];

/// Whether what was read is the paper of the record: its title or abstract is the record's, and its text holds what the
/// record's abstract says. A source package can hold a checklist or a template besides, and then that is what is converted; an
/// address can lead to a correction, a comment, or a page that asks for consent. True where there is nothing to compare.
#[must_use]
pub fn is_of(paper: &Paper, title: Option<&str>, sections: &[Section]) -> bool {
    let is_titled = title.is_some_and(|title| paper.is_titled(title) && !is_of_another(&paper.title, title));
    let Some(abstract_text) = &paper.abstract_text else { return is_titled || title.is_none() };
    let wanted: BTreeSet<String> = text::terms(abstract_text).into_iter().collect();
    let has_abstract = !is_titled && sections.iter().any(|section| section.kind == SectionKind::Abstract);
    let prose = sections.iter().filter(|section| section.kind != SectionKind::Table);
    let compared = prose.filter(|section| !has_abstract || section.kind == SectionKind::Abstract);
    let passages = compared.flat_map(|section| &section.passages);
    let found: BTreeSet<String> = passages.flat_map(|passage| text::terms(&passage.text)).collect();
    let least = if has_abstract || is_titled { SAME_ABSTRACT } else { SAME_TEXT };
    #[allow(clippy::cast_precision_loss, reason = "an abstract has few words")]
    let share = wanted.intersection(&found).count() as f32 / wanted.len().max(1) as f32;
    share >= least || is_titled && wanted.len() < FEWEST_TERMS
}

/// Whether what one title has more than the other names another document or another part.
fn is_of_another(own: &str, title: &str) -> bool {
    let words = |title: &str| -> BTreeSet<String> {
        let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit()) || matches!(word, "i" | "ii" | "iii" | "iv");
    let (own, title) = (words(own), words(title));
    own.symmetric_difference(&title).any(|word| OTHER_DOCUMENTS.contains(&word.as_str()) || is_number(word))
}

/// A passage of `text`, normalised and split; `None` where nothing in it can be read.
fn passage(text: &str, anchor: Option<String>) -> Option<Passage> {
    let text = text::normalize(text);
    if table::cell(&text).is_some() {
        return Some(passage_of(text, anchor));
    }
    let mut sentences = text::sentences(&text);
    // What has lost a word or a letter is not what its author wrote.
    sentences.retain(|span| !span.of(&text).contains(text::MISSING) && !span.of(&text).contains('\u{fffd}'));
    text.contains(char::is_alphanumeric).then_some(Passage { text, sentences, anchor, places: Vec::new() })
}

/// A passage that is one sentence, normalised.
fn passage_of(text: String, anchor: Option<String>) -> Passage {
    let sentences = vec![Span { start: 0, end: text.len() }];
    Passage { text, sentences, anchor, places: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(kind: SectionKind, text: &str) -> Section {
        let passages = passage(text, None).into_iter().collect();
        Section { heading: "A heading".into(), kind, passages }
    }

    #[test]
    fn a_page_of_another_text_is_known() {
        const ABSTRACT: &str =
            "We gave forty mice a cup of kefir every morning and found thicker gut walls after ten weeks.";
        let paper =
            Paper { title: "Kefir for mice: a trial".into(), abstract_text: Some(ABSTRACT.into()), ..Paper::default() };
        let own = [section(
            SectionKind::Abstract,
            "Forty mice got a cup of kefir every morning. Their gut walls were thicker after ten weeks.",
        )];
        let form = [
            section(SectionKind::Abstract, "Describe in at most two hundred words what you found."),
            section(SectionKind::Other, "Did you describe the mice?"),
        ];
        assert!(!is_of(&paper, Some("Kefir for Mice"), &form), "the title alone is not the paper");
        assert!(is_of(&paper, Some("Kefir for Mice"), &own));
        assert!(is_of(&paper, Some("Sour milk and the gut of mice"), &own), "a new title, the old abstract");
        assert!(is_of(&paper, None, &own));
        assert!(!is_of(&paper, Some("Checklist for authors"), &form));
        assert!(!is_of(&paper, None, &form[1..]));
        assert!(is_of(&paper, None, &[section(SectionKind::Results, ABSTRACT)]), "no abstract of its own");
        let bare = Paper { abstract_text: None, ..paper };
        assert!(!is_of(&bare, Some("Checklist for authors"), &own) && is_of(&bare, None, &own));
        assert!(is_of(&bare, Some("Kefir for mice"), &own));
        for other in [
            "Erratum to: Kefir for mice: a trial",
            "Comment on “Kefir for mice: a trial”",
            "Kefir for mice: a trial. Supplementary material",
            "Kefir for mice: a trial. Part II",
            "Kefir for mice: a trial protocol",
        ] {
            assert!(!is_of(&bare, Some(other), &own), "{other}");
        }
    }

    #[test]
    fn a_sentence_that_lost_a_word_is_not_quoted() {
        let read = passage(&format!("We show that {} helps. It is cheap.", text::MISSING), None).unwrap();
        let sentences: Vec<&str> = read.sentences.iter().map(|span| span.of(&read.text)).collect();
        assert_eq!(sentences, ["It is cheap."]);
    }
}
