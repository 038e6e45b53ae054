//! Lone capitals: the "D" of "vitamin D" is a part of a name, and belongs to the word beside it.

use super::is_function_word;
use std::borrow::Cow;

/// Stands between a word and its letter. A hyphen to every reader of words, so that "T cells" and "T-cells" are one; not the
/// one that is typed, so that it can be told apart.
const JOINT: char = '\u{2010}';

/// Fewest characters of a word that takes a letter: "is" and "of" take none.
const SHORTEST: usize = 3;

/// The text with every lone capital joined by [`JOINT`] to the word before it ("vitamin D"), or, where none stands there, to
/// the one after ("B vitamins"). A stop word takes no letter.
pub fn joined(text: &str) -> Cow<'_, str> {
    let mut joined = Cow::Borrowed(text);
    for at in lone_capitals(text) {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let word_before = before.strip_suffix(' ').and_then(|before| before.rsplit(' ').next());
        let word_after = after.strip_prefix(' ').and_then(|after| after.split(' ').next());
        let space = match (word_before, word_after) {
            (Some(word), _) if takes_letter(word.trim_start_matches(|c: char| !c.is_alphanumeric())) => at - 1,
            // "A trial", "I see".
            (_, Some(word))
                if !matches!(text.as_bytes()[at], b'A' | b'I')
                    && takes_letter(word.trim_end_matches(|c: char| !c.is_alphanumeric())) =>
            {
                at + 1
            }
            _ => continue,
        };
        // A joint is longer than the space that it replaces: those before it have moved this one.
        let moved = joined.len() - text.len();
        joined.to_mut().replace_range(space + moved..=space + moved, JOINT.encode_utf8(&mut [0; 4]));
    }
    joined
}

/// As it was before [`joined`].
pub fn parted(text: &str) -> String {
    text.replace(JOINT, " ")
}

/// Whether a word has a letter of its own, joined here or by who typed it.
pub(super) fn is_joined(word: &str) -> bool {
    let lone = |part: &str| matches!(part.as_bytes(), [letter] if letter.is_ascii_uppercase());
    word.contains(JOINT) || word.split('-').any(lone)
}

/// Where a capital stands by itself.
fn lone_capitals(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).filter(move |&at| {
        let begins = at == 0 || bytes[at - 1] == b' ';
        begins && bytes[at].is_ascii_uppercase() && bytes.get(at + 1).is_none_or(|next| b" .,;:?!)".contains(next))
    })
}

fn takes_letter(word: &str) -> bool {
    word.chars().count() >= SHORTEST
        && word.chars().all(|c| c.is_alphanumeric() || c == '-')
        && word.chars().any(char::is_alphabetic)
        && !is_function_word(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_lone_capital_joins_the_word_beside_it() {
        for (text, expected) in [
            ("Does vitamin D lower mortality?", "Does vitamin‐D lower mortality?"),
            ("(vitamin C, vitamin D)", "(vitamin‐C, vitamin‐D)"),
            ("B vitamins and T cells", "B‐vitamins and T‐cells"),
            ("influenza A", "influenza‐A"),
            ("A trial of X", "A trial of X"),
            ("Is A better than B?", "Is A better than B?"),
            ("I saw it", "I saw it"),
            ("GPT-4 vitamins", "GPT-4 vitamins"),
        ] {
            assert_eq!(joined(text), expected);
        }
    }

    proptest! {
        #[test]
        fn what_is_joined_can_be_parted(text in "[A-Za-z ,é.]{0,60}") {
            prop_assert_eq!(parted(&joined(&text)), text);
        }
    }
}
