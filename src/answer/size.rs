//! Stated sizes, for a question of how much.

use super::{Row, Size};
use crate::text::Span;

/// The stated sizes of the findings, a row a paper.
pub(super) fn sizes(rows: &[Row<'_>]) -> Vec<Size> {
    let of = |row: &Row<'_>| {
        [&row.stance.finding, &row.stance.second].into_iter().flatten().find_map(|finding| {
            let sizes: Vec<String> =
                stated_sizes(&finding.text).map(|span| span.of(&finding.text).to_owned()).collect();
            let (paper, text) = (row.paper.id.clone(), finding.text.clone());
            (!sizes.is_empty()).then_some(Size { paper, sizes, text })
        })
    };
    rows.iter().filter_map(of).collect()
}

/// Words after a number that make it a size.
const SIZE_WORDS: &[&str] = &[
    "%",
    "percent",
    "per cent",
    "percentage point",
    "points",
    "pp",
    "fold",
    "-fold",
    "times",
    "x",
    "×",
    "orders of magnitude",
];

/// Numbers in digits that are followed by a word of size.
fn stated_sizes(text: &str) -> impl Iterator<Item = Span> + '_ {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '·');
    let starts = text.char_indices().filter(move |&(at, c)| {
        c.is_ascii_digit()
            && !text[..at].chars().next_back().is_some_and(|before| number(before) || before.is_alphabetic())
    });
    starts.filter_map(move |(start, _)| {
        let digits = text[start..].find(|c| !number(c)).unwrap_or(text.len() - start);
        let end = start + text[start..start + digits].trim_end_matches(['.', ',', '·']).len();
        let gap = text[end..].len() - text[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}', '\\']).len();
        let rest = &text[end + gap..];
        let word = SIZE_WORDS.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len())?;
        let after = rest[word.len()..].chars().next();
        let whole = !word.ends_with(char::is_alphabetic) || !after.is_some_and(|c| c.is_alphabetic() && c != 's');
        whole.then_some(Span { start, end: end + gap + word.len() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_numbers_with_a_word_of_size() {
        let of = |text: &str| stated_sizes(text).map(|span| span.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            of("It fell by 12.5%, 3-fold, 4 points and 2.1× in 2019 with 40 patients."),
            ["12.5%", "3-fold", "4 points", "2.1×"]
        );
        assert_eq!(of("Model v2 x1 timesteps 7 timesteps"), Vec::<String>::new());
    }
}
