//! Text: spans, sentences, and words for search. No stage below this one looks at raw characters of a paper.

mod abbreviation;
mod core;
mod number;
mod numeral;
mod quantity;
mod sentence;
mod term;
mod token;
mod unit;

pub use self::core::{core, label};
pub use quantity::{Bound, Measure, Quantity, Role, quantities};
pub use sentence::sentences;
pub use term::terms;

use serde::{Deserialize, Serialize};
use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;

/// A range of **UTF-8 byte offsets** `start..end` into one text; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The verbatim slice of `text`, or `""` where the span does not fit it.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// Text as the pipeline keeps it: Unicode NFC, runs of white space as one space, trimmed; characters that a reader
/// cannot see (controls, zero-width characters, soft hyphens, bidirectional overrides, tags) removed.
///
/// Why removed: invisible characters split words for the search and for the model, and can hide an instruction.
#[must_use]
pub fn normalize(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut pending_space = false;
    for c in text.chars().filter(|&c| !is_invisible(c)).nfc() {
        if c.is_whitespace() {
            pending_space = !normal.is_empty();
        } else {
            if std::mem::take(&mut pending_space) {
                normal.push(' ');
            }
            normal.push(c);
        }
    }
    normal
}

/// A control or format character, other than white space.
fn is_invisible(c: char) -> bool {
    !c.is_whitespace() && matches!(get_general_category(c), GeneralCategory::Control | GeneralCategory::Format)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn normalizing_composes_collapses_and_drops_the_invisible() {
        assert_eq!(normalize("  Cafe\u{301} \n\t noir  "), "Café noir");
        assert_eq!(normalize("hy\u{ad}phen zero\u{200b}width \u{202e}bidi\u{7}"), "hyphen zerowidth bidi");
        assert_eq!(normalize("\u{feff}\u{a0}\u{2003}"), "");
    }

    #[test]
    fn a_span_that_does_not_fit_is_empty() {
        assert_eq!(Span { start: 1, end: 9 }.of("é"), "");
        assert_eq!(Span { start: 0, end: 2 }.of("é"), "é");
    }

    proptest! {
        #[test]
        fn normalizing_twice_changes_nothing(text in any::<String>()) {
            let once = normalize(&text);
            prop_assert_eq!(normalize(&once), once);
        }
    }
}
