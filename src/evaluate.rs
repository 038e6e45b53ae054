//! Evaluation: what labelled data are measured beside. Nothing here decides anything: claims are checked by [`crate::check`],
//! as everybody's are. A report never passes through this file.

mod opposite;

pub use opposite::opposite;

use crate::{nli::Pair, relevance::Bm25, text::terms};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Word-based scores of a pair, as baselines.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Lexical {
    /// Share of the hypothesis's distinct search terms that the premise has, in `0.0..=1.0`.
    pub overlap: f32,
    /// Okapi BM25 of the hypothesis for the premise, among all premises given.
    pub bm25: f32,
}

/// Word-based scores of pairs, in order: what a checker without a model would go by.
#[must_use]
pub fn lexical(pairs: &[Pair]) -> Vec<Lexical> {
    // Premises that occur in several pairs are one document.
    let mut place_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut documents = Vec::new();
    for pair in pairs {
        place_of.entry(&pair.premise).or_insert_with(|| {
            documents.push(terms(&pair.premise));
            documents.len() - 1
        });
    }
    let words: Vec<BTreeSet<String>> = documents.iter().map(|terms| terms.iter().cloned().collect()).collect();
    let index = Bm25::new(documents);
    let score = |pair: &Pair| {
        let place = place_of[pair.premise.as_str()];
        let wanted: BTreeSet<String> = terms(&pair.hypothesis).into_iter().collect();
        let met = wanted.intersection(&words[place]).count();
        let wanted: Vec<String> = wanted.into_iter().collect();
        Lexical { overlap: share(met, wanted.len()), bm25: index.score(&wanted, place) }
    };
    pairs.iter().map(score).collect()
}

#[allow(clippy::cast_precision_loss, reason = "counts of words stay far below 2^24")]
fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexical_scores_count_words() {
        let pair = |premise: &str, hypothesis: &str| Pair { premise: premise.into(), hypothesis: hypothesis.into() };
        let found = lexical(&[
            pair("Naps improved recall.", "Naps improve recall."),
            pair("Naps improved recall.", "Gold is heavy."),
            pair("Gold shines.", "Gold is heavy."),
            pair("Gold shines.", ""),
        ]);
        assert_eq!(found.iter().map(|lexical| lexical.overlap).collect::<Vec<_>>(), [1.0, 0.0, 0.5, 0.0]);
        assert!(found[0].bm25 > found[2].bm25 && found[1].bm25 == 0.0);
    }
}
