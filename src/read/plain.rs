//! Plain text, such as the abstract in a search record.

use super::passage;
use crate::{
    paper::{Passage, Section, SectionKind},
    text::{Span, without_tex},
};

/// A section of `text`: paragraphs stand between blank lines. Takes time in proportion to the text.
///
/// Abstracts from arXiv carry TeX: fonts, escapes, dashes and simple formulas become plain text, other formulas stay
/// between dollar signs. The section has no passage where there is nothing to read.
#[must_use]
pub fn section(heading: &str, kind: SectionKind, text: &str) -> Section {
    let readable = |place: Span| passage(&without_tex(&place.of(text).replace("\r\n", "\n")), None);
    Section { heading: heading.to_owned(), kind, passages: paragraphs(text).filter_map(readable).collect() }
}

/// The passages of a text that is read as it stands, each with the place of its paragraph in it.
pub fn passages(text: &str) -> impl Iterator<Item = (Span, Passage)> {
    paragraphs(text).filter_map(|place| Some((place, passage(place.of(text), None)?)))
}

/// The places of a text's paragraphs, which stand between blank lines.
fn paragraphs(text: &str) -> impl Iterator<Item = Span> {
    let mut lines = text.split_inclusive('\n');
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut paragraph: Option<Span> = None;
        for line in lines.by_ref() {
            let start = at;
            at += line.len();
            match (&mut paragraph, line.trim().is_empty()) {
                (None, true) => {}
                (Some(_), true) => break,
                (None, false) => paragraph = Some(Span { start, end: at }),
                (Some(paragraph), false) => paragraph.end = at,
            }
        }
        paragraph
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paragraphs_stand_between_blank_lines() {
        let section = section("Abstract", SectionKind::Abstract, "One a.\nTwo b.\n \nThree c.\r\n\r\n\n");
        let texts: Vec<&str> = section.passages.iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(texts, ["One a. Two b.", "Three c."]);
        assert_eq!(section.passages[0].sentences.len(), 2);
    }

    #[test]
    fn a_passage_knows_its_paragraph() {
        let text = " \n One $a$.\n\r\n***\n\nTwo \\emph{b}.";
        let found: Vec<(&str, String)> =
            passages(text).map(|(place, passage)| (place.of(text), passage.text)).collect();
        assert_eq!(found, [(" One $a$.\n", "One $a$.".into()), ("Two \\emph{b}.", "Two \\emph{b}.".into())]);
    }

    #[test]
    fn nothing_to_read_gives_no_passage() {
        assert!(section("Abstract", SectionKind::Abstract, " \n … \n").passages.is_empty());
    }

    proptest! {
        #[test]
        fn sentences_stay_exact_in_any_text(text in "(?s)[\\\\$~`'{}a-z%. \n]{0,60}|.{0,60}") {
            for passage in section("", SectionKind::Other, &text).passages {
                prop_assert!(!passage.text.is_empty());
                prop_assert!(passage.sentences.iter().all(|span| !span.of(&passage.text).is_empty()));
            }
        }
    }
}
