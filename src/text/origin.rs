//! Where something that stands in a normalised text stands in the text as it was given.

use super::{Span, is_invisible, undressed};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Where the span of [`normalize`](super::normalize)`(given)` stands in `given`; `None` where it holds no character of it.
/// Takes time in proportion to the text.
#[must_use]
pub fn origin(given: &str, span: Span) -> Option<Span> {
    let (mut start, mut end) = (None, None);
    let (mut at, mut pending_space) = (0, false);
    for cluster in clusters(given) {
        let text = cluster.of(given);
        for c in text.chars().filter(|&c| !is_invisible(c)).flat_map(undressed).nfc() {
            if c.is_whitespace() {
                pending_space = at > 0;
                continue;
            }
            at += usize::from(std::mem::take(&mut pending_space));
            if at >= span.start && at < span.end {
                start.get_or_insert(cluster.start);
                end = Some(cluster.end);
            }
            at += c.len_utf8();
        }
    }
    Some(Span { start: start?, end: end? })
}

/// Stretches that can be normalised each for itself: a character and what may become one with it.
fn clusters(given: &str) -> impl Iterator<Item = Span> {
    let mut starts = given.char_indices().filter(|&(at, c)| at == 0 || !joins(c)).map(|(at, _)| at).peekable();
    std::iter::from_fn(move || {
        let start = starts.next()?;
        Some(Span { start, end: starts.peek().copied().unwrap_or(given.len()) })
    })
}

/// Whether a character may become one with that before it, or is nothing by itself: marks (those of half width too),
/// medial and final letters of Hangul, and what cannot be seen.
fn joins(c: char) -> bool {
    is_combining_mark(c) || is_invisible(c) || matches!(c, 'ﾞ' | 'ﾟ' | '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normalize;
    use proptest::prelude::*;

    fn place<'g>(given: &'g str, wanted: &str) -> &'g str {
        let normal = normalize(given);
        let start = normal.find(wanted).unwrap();
        origin(given, Span { start, end: start + wanted.len() }).unwrap().of(given)
    }

    #[test]
    fn what_was_changed_is_found_again() {
        assert_eq!(place("  Naps\n\t help. ", "help."), "help.");
        assert_eq!(
            place("A signi\u{fb01}cant e\u{301}tude\u{ad}s", "significant études"),
            "signi\u{fb01}cant e\u{301}tude\u{ad}s"
        );
        assert_eq!(place("ｶﾞ and gold", "gold"), "gold");
        assert_eq!(origin("naps", Span { start: 4, end: 9 }), None);
    }

    proptest! {
        /// Every character is found where normalising what stands there gives it.
        #[test]
        fn any_part_is_where_it_comes_from(given in "(?s)[a-c \n\u{301}\u{fb01}\u{ad}ｶﾞ\u{1100}\u{1161}\u{11a8}\u{200b}]{0,24}|.{0,24}", from in 0..24_usize, to in 0..24_usize) {
            let normal = normalize(&given);
            let places: Vec<usize> = normal.char_indices().map(|(at, _)| at).chain([normal.len()]).collect();
            let span = Span { start: places[from.min(places.len() - 1)], end: places[to.min(places.len() - 1)] };
            let wanted = normal.get(span.start..span.end).unwrap_or_default();
            match origin(&given, span) {
                Some(origin) => {
                    let there = normalize(origin.of(&given));
                    prop_assert!(there.contains(wanted.trim()), "{there:?} has no {wanted:?}");
                }
                None => prop_assert!(wanted.trim().is_empty()),
            }
        }
    }
}
