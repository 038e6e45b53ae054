//! Plain text, such as the abstract in a search record.

use super::passage;
use crate::{
    paper::{Section, SectionKind},
    text::without_tex,
};

/// A section of `text`: paragraphs stand between blank lines. Takes time in proportion to the text.
///
/// Abstracts from arXiv carry TeX: fonts, escapes, dashes and simple formulas become plain text, other formulas stay
/// between dollar signs. The section has no passage where there is nothing to read.
#[must_use]
pub fn section(heading: &str, kind: SectionKind, text: &str) -> Section {
    let text = text.replace("\r\n", "\n");
    let mut passages = Vec::new();
    let mut paragraph = String::new();
    for line in text.split('\n').chain([""]) {
        if line.trim().is_empty() {
            passages.extend(passage(&without_tex(&paragraph), None));
            paragraph.clear();
        } else {
            paragraph.push_str(line);
            paragraph.push('\n');
        }
    }
    Section { heading: heading.to_owned(), kind, passages }
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
