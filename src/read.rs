//! Reading: the bytes of one format become sections of passages with exact sentence spans. No I/O.

pub mod arxiv_html;
mod heading;
mod page;
pub mod pdf;
pub mod plain;

use crate::{
    paper::{Paper, Passage, Section, SectionKind},
    text,
};
use std::collections::BTreeSet;

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

/// Least share of the record's abstract, in terms, that is found in the abstract of a page of another title. Versions of one
/// abstract share more; abstracts of two papers on one topic less.
const SAME_ABSTRACT: f32 = 0.5;
/// The same for a page's whole text, where it has no abstract.
const SAME_TEXT: f32 = 0.8;

/// Whether what was read is the paper of the record: the page's title is the record's, or its abstract is, or, where it has
/// none, its text holds what the record's abstract says. A source package can hold a checklist or a template besides, and
/// then that is what is converted. True where there is nothing to compare.
#[must_use]
pub fn is_of(paper: &Paper, title: Option<&str>, sections: &[Section]) -> bool {
    if title.is_some_and(|title| paper.is_titled(title)) {
        return true;
    }
    let Some(abstract_text) = &paper.abstract_text else { return title.is_none() };
    let wanted: BTreeSet<String> = text::terms(abstract_text).into_iter().collect();
    let has_abstract = sections.iter().any(|section| section.kind == SectionKind::Abstract);
    let compared = sections.iter().filter(|section| !has_abstract || section.kind == SectionKind::Abstract);
    let passages = compared.flat_map(|section| &section.passages);
    let found: BTreeSet<String> = passages.flat_map(|passage| text::terms(&passage.text)).collect();
    let least = if has_abstract { SAME_ABSTRACT } else { SAME_TEXT };
    #[allow(clippy::cast_precision_loss, reason = "an abstract has few words")]
    let share = wanted.intersection(&found).count() as f32 / wanted.len().max(1) as f32;
    share >= least
}

/// A passage of `text`, normalised and split; `None` where nothing in it can be read.
fn passage(text: &str, anchor: Option<String>) -> Option<Passage> {
    let text = text::normalize(text);
    let mut sentences = text::sentences(&text);
    // What has lost a word is not what its author wrote.
    sentences.retain(|span| !span.of(&text).contains(text::MISSING));
    text.contains(char::is_alphanumeric).then_some(Passage { text, sentences, anchor })
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
        assert!(is_of(&paper, Some("Kefir for Mice"), &form), "its title is the record's");
        assert!(is_of(&paper, Some("Sour milk and the gut of mice"), &own), "a new title, the old abstract");
        assert!(is_of(&paper, None, &own));
        assert!(!is_of(&paper, Some("Checklist for authors"), &form));
        assert!(!is_of(&paper, None, &form[1..]));
        assert!(is_of(&paper, None, &[section(SectionKind::Results, ABSTRACT)]), "no abstract of its own");
        let bare = Paper { abstract_text: None, ..paper };
        assert!(!is_of(&bare, Some("Checklist for authors"), &own) && is_of(&bare, None, &own));
    }

    #[test]
    fn a_sentence_that_lost_a_word_is_not_quoted() {
        let read = passage(&format!("We show that {} helps. It is cheap.", text::MISSING), None).unwrap();
        let sentences: Vec<&str> = read.sentences.iter().map(|span| span.of(&read.text)).collect();
        assert_eq!(sentences, ["It is cheap."]);
    }
}
