//! Pairs longer than the model's limit: split into overlapping windows, each scored, the scores combined. Nothing is
//! ever cut off unseen.
//!
//! **The premise** is split first: a window is 100 tokens long, or less where the hypothesis leaves no room, and shares
//! half of its length with the one before it, so any stretch of half a window stands whole in at least one. Cuts fall
//! between words. Why so long: an abstract makes six windows then, not fifteen, and each is a chance of a false alarm;
//! `training/RESULTS.md` has the scores of whole abstracts by window. Why not as long as the model allows: a decisive
//! sentence is lost among others, and a claim takes its part of the room.
//!
//! **The hypothesis** stays whole while it takes no more than three quarters of the room, for half a claim is another
//! claim. A longer one is split in the same way into parts of half the room, and every part is scored against every
//! window.
//!
//! **Combined** ([`combine`]): a part of the hypothesis gets the scores of the one window that speaks most decidedly for
//! or against it, the greatest margin of the stronger of entailment and contradiction over neutral. An average would let
//! twenty silent windows outvote the sentence that decides. The whole hypothesis is contradicted where one part is (the
//! most decided of them stands for all), and otherwise is entailed no more than its least entailed part.
//! The price: the more windows, the more chances of a false alarm; a caller that wants none keeps its premises short.

use super::{Entailment, tokenizer::Token};
use std::{cmp::Ordering, ops::Range};

/// Longest window of a premise that has to be split, in tokens.
const PREMISE_WINDOW: usize = 100;

/// How a pair is laid out: every part of the hypothesis meets every window of the premise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Token ranges of the hypothesis; one where it stays whole.
    pub(super) hypothesis: Vec<Range<usize>>,
    /// Token ranges of the premise; one where it fits.
    pub(super) premise: Vec<Range<usize>>,
}

impl Layout {
    /// Lays out a pair of which one run has room for so many tokens, at least 12, special tokens not counted.
    pub(super) fn new(premise: &[Token], hypothesis: &[Token], room: usize) -> Self {
        if premise.len() + hypothesis.len() <= room {
            return Self { hypothesis: spans(hypothesis, room), premise: spans(premise, room) };
        }
        let whole = hypothesis.len() <= room * 3 / 4;
        let hypothesis = spans(hypothesis, if whole { room } else { room / 2 });
        let longest = hypothesis.iter().map(Range::len).max().unwrap_or(0);
        Self { premise: spans(premise, PREMISE_WINDOW.min(room - longest)), hypothesis }
    }

    /// Pairs that the model will be run on.
    pub(super) fn windows(&self) -> usize {
        self.hypothesis.len() * self.premise.len()
    }
}

/// Splits tokens into spans of at most `size`, each overlapping the next by at least half of `size`.
fn spans(tokens: &[Token], size: usize) -> Vec<Range<usize>> {
    // The nearest start of a word at or before a place, if it lies after `floor`; else the place itself.
    let word_start = |at: usize, floor: usize| (floor + 1..=at).rev().find(|&at| tokens[at].starts_word).unwrap_or(at);
    let mut spans = Vec::new();
    let mut start = 0;
    while start + size < tokens.len() {
        let end = word_start(start + size, start + size / 2);
        spans.push(start..end);
        start = word_start(end - size / 2, start);
    }
    spans.push(start..tokens.len());
    spans
}

/// One score for the whole pair from the scores of its windows: a row for each part of the hypothesis, in it one score a
/// window of the premise. Returns the scores of a real window, never a mixture; all zeros where there is none.
pub(super) fn combine(rows: &[Vec<Entailment>]) -> Entailment {
    let parts = rows.iter().filter_map(|row| first_greatest(row, decidedness));
    let (against, rest): (Vec<Entailment>, Vec<Entailment>) =
        parts.partition(|score| score.contradiction > score.neutral.max(score.entailment));
    first_greatest(&against, decidedness)
        .or_else(|| first_greatest(&rest, |score| score.neutral.max(score.contradiction) - score.entailment))
        .unwrap_or(Entailment { entailment: 0.0, neutral: 0.0, contradiction: 0.0 })
}

/// By how much the stronger of entailment and contradiction exceeds neutral, in logits.
fn decidedness(score: Entailment) -> f32 {
    score.entailment.max(score.contradiction) - score.neutral
}

/// The first of the scores that `measure` finds greatest.
fn first_greatest(scores: &[Entailment], measure: impl Fn(Entailment) -> f32) -> Option<Entailment> {
    let greater = |a: Entailment, b: Entailment| measure(b).total_cmp(&measure(a)) == Ordering::Greater;
    scores.iter().copied().reduce(|best, score| if greater(best, score) { score } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(word_starts: &[bool]) -> Vec<Token> {
        word_starts.iter().map(|&starts_word| Token { id: 7, starts_word }).collect()
    }

    fn score(entailment: f32, neutral: f32, contradiction: f32) -> Entailment {
        Entailment { entailment, neutral, contradiction }
    }

    proptest! {
        #[test]
        fn spans_cover_every_token_and_overlap_by_half(starts in prop::collection::vec(any::<bool>(), 0..400), size in 4_usize..60) {
            let spans = spans(&tokens(&starts), size);
            prop_assert_eq!(spans[0].start, 0);
            prop_assert_eq!(spans.last().unwrap().end, starts.len());
            for span in &spans {
                prop_assert!(span.len() <= size);
            }
            for (one, next) in spans.iter().zip(&spans[1..]) {
                prop_assert!(one.start < next.start);
                prop_assert!(one.end >= next.start + size / 2);
            }
        }

        #[test]
        fn a_layout_never_exceeds_the_room(premise in 0_usize..700, hypothesis in 0_usize..700, room in 12_usize..200) {
            let layout = Layout::new(&tokens(&vec![true; premise]), &tokens(&vec![true; hypothesis]), room);
            for part in &layout.hypothesis {
                for window in &layout.premise {
                    prop_assert!(part.len() + window.len() <= room);
                }
            }
            prop_assert_eq!(layout.windows() == 1, premise + hypothesis <= room);
        }
    }

    #[test]
    fn cuts_fall_between_words() {
        let words: Vec<bool> = (0..100).map(|at| at % 3 == 0).collect();
        for span in spans(&tokens(&words), 20) {
            assert!(words[span.start], "{span:?} starts inside a word");
            assert!(words.get(span.end).is_none_or(|&starts| starts), "{span:?} ends inside a word");
        }
    }

    #[test]
    fn a_silent_majority_does_not_outvote_the_window_that_decides() {
        let mut row = vec![score(0.0, 4.0, 0.0); 20];
        row[13] = score(0.1, -1.0, 3.0);
        assert_eq!(combine(&[row.clone()]), row[13]);
    }

    #[test]
    fn one_contradicted_part_contradicts_the_whole() {
        let (entailed, contradicted) = (score(5.0, 0.0, 0.0), score(0.0, 1.0, 2.0));
        assert_eq!(combine(&[vec![entailed], vec![contradicted], vec![entailed]]), contradicted);
    }

    #[test]
    fn the_whole_is_entailed_no_more_than_its_weakest_part() {
        let (strong, weak) = (score(5.0, 0.0, 0.0), score(1.0, 2.0, 0.0));
        assert_eq!(combine(&[vec![strong], vec![weak]]), weak);
    }
}
