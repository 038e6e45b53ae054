//! Direct quotations: words between quotation marks, which are to stand word for word in the work that they are from.

use super::Format;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// A direct quotation in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quotation {
    /// Where it stands in the draft, without its quotation marks.
    pub span: Span,
    /// The words quoted, as plain text.
    pub text: String,
}

/// Fewest words of a quotation: fewer are a term, or said with a smile.
const LEAST_WORDS: usize = 4;

/// Longest quotation looked for, in bytes: a stray mark must not swallow the text.
const LONGEST: usize = 4_000;

/// Opening and closing marks that differ.
const PAIRS: &[(&str, &str)] = &[("“", "”"), ("„", "“"), ("«", "»"), ("‘", "’")];

/// The spans between quotation marks in a sentence, of at least [`LEAST_WORDS`] words; not nested.
pub(super) fn quotations(sentence: &str, format: Format) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = sentence[at..].chars().next() {
        match quoted(sentence, at, format) {
            Some((span, end)) => {
                if span.of(sentence).split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
                    >= LEAST_WORDS
                {
                    found.push(span);
                }
                at = end;
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

/// The words of the quotation whose mark stands at `at`, and where its closing mark ends.
fn quoted(text: &str, at: usize, format: Format) -> Option<(Span, usize)> {
    let rest = &text[at..text.ceil_char_boundary((at + LONGEST).min(text.len()))];
    let tex = (format == Format::Tex).then_some(("``", "''"));
    for &(open, close) in PAIRS.iter().chain(tex.as_ref()) {
        let Some(inner) = rest.strip_prefix(open) else { continue };
        let mut from = 0;
        while let Some(found) = inner[from..].find(close) {
            let end = from + found;
            let after = end + close.len();
            // An apostrophe stands within a word.
            if close != "’" || !inner[after..].starts_with(char::is_alphanumeric) {
                let start = at + open.len();
                return Some((Span { start, end: start + end }, start + after));
            }
            from = after;
        }
    }
    let inner = rest.strip_prefix('"')?;
    let opens = !text[..at].ends_with(|c: char| c.is_alphanumeric()) && !inner.starts_with(char::is_whitespace);
    let end = inner.find('"').filter(|_| opens)?;
    Some((Span { start: at + 1, end: at + 1 + end }, at + 2 + end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_of_some_words_are_found() {
        for (sentence, quote) in [
            ("They say “it rose by a fifth” here.", Some("it rose by a fifth")),
            ("They say \"it rose by a fifth\", though.", Some("it rose by a fifth")),
            ("They say ‘it’s risen by a fifth’.", Some("it’s risen by a fifth")),
            ("They say ``it rose by a fifth''.", Some("it rose by a fifth")),
            ("A \"large effect\" of 5\" pipes and 6\" pipes.", None),
            ("They say “it rose by a fifth.", None),
        ] {
            let found: Vec<&str> =
                quotations(sentence, Format::Tex).into_iter().map(|span| span.of(sentence)).collect();
            assert_eq!(found.first().copied(), quote, "{sentence}");
        }
    }
}
