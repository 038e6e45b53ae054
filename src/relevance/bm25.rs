//! Okapi BM25.

use std::collections::BTreeMap;

/// Term-frequency saturation; Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond",
/// give 1.2 to 2.
const K1: f32 = 1.2;

/// How far long documents are held back, in `0.0..=1.0`; same source, 0.5 to 0.8.
const B: f32 = 0.75;

/// Documents of terms, indexed for Okapi BM25 with k1 = 1.2 and b = 0.75 (Robertson & Zaragoza 2009).
///
/// A term that `df` of `n` documents have weighs `ln(1 + (n - df + 0.5) / (df + 0.5))`, which is never negative.
#[derive(Clone, Debug)]
pub struct Bm25 {
    /// By term: its number in [`Self::counts`].
    vocabulary: BTreeMap<String, usize>,
    /// By number of a term: how many documents have it.
    having: Vec<usize>,
    /// By document: how often it has each term.
    counts: Vec<BTreeMap<usize, u32>>,
    /// By document: its length in terms.
    lengths: Vec<f32>,
    mean_length: f32,
}

impl Bm25 {
    /// Indexes documents, each given by its terms ([`crate::text::terms`]). Documents keep their positions.
    #[must_use]
    pub fn new(documents: Vec<Vec<String>>) -> Self {
        let mut vocabulary: BTreeMap<String, usize> = BTreeMap::new();
        let mut having = Vec::new();
        let mut counts = Vec::with_capacity(documents.len());
        let mut lengths = Vec::with_capacity(documents.len());
        for document in documents {
            lengths.push(count(document.len()));
            let mut here: BTreeMap<usize, u32> = BTreeMap::new();
            for term in document {
                let number = *vocabulary.entry(term).or_insert(having.len());
                if number == having.len() {
                    having.push(0);
                }
                let times = here.entry(number).or_insert(0);
                having[number] += usize::from(*times == 0);
                *times += 1;
            }
            counts.push(here);
        }
        let mean_length = lengths.iter().sum::<f32>() / count(lengths.len().max(1));
        Self { vocabulary, having, counts, lengths, mean_length }
    }

    /// BM25 of `query` for the document at `place`, `>= 0`; 0 where there is no such document. Terms repeated in the
    /// query count repeatedly.
    #[must_use]
    pub fn score(&self, query: &[String], place: usize) -> f32 {
        let (Some(counts), Some(length)) = (self.counts.get(place), self.lengths.get(place)) else { return 0.0 };
        let norm = K1 * (1.0 - B + B * length / self.mean_length.max(f32::MIN_POSITIVE));
        let known = query.iter().filter_map(|term| self.vocabulary.get(term));
        known
            .filter_map(|number| Some((self.weight(self.having[*number]), count(*counts.get(number)? as usize))))
            .map(|(weight, times)| weight * times * (K1 + 1.0) / (times + norm))
            .sum()
    }

    /// [`score`](Self::score) as a share of the most that any document could reach, in `0.0..=1.0`.
    #[must_use]
    pub fn share(&self, query: &[String], place: usize) -> f32 {
        let most: f32 = query
            .iter()
            .map(|term| self.weight(self.vocabulary.get(term).map_or(0, |number| self.having[*number])))
            .sum();
        if most > 0.0 { self.score(query, place) / (most * (K1 + 1.0)) } else { 0.0 }
    }

    /// Share of the query's terms that the document at `place` has, each by its weight, in `0.0..=1.0`. A term that
    /// no document has weighs most.
    #[must_use]
    pub fn overlap(&self, query: &[String], place: usize) -> f32 {
        let Some(counts) = self.counts.get(place) else { return 0.0 };
        let (mut met, mut all) = (0.0, 0.0);
        for term in query {
            let known = self.vocabulary.get(term);
            let weight = self.weight(known.map_or(0, |number| self.having[*number]));
            all += weight;
            met += known.filter(|number| counts.contains_key(number)).map_or(0.0, |_| weight);
        }
        if all > 0.0 { met / all } else { 0.0 }
    }

    /// The document's terms by number, each `(1 + ln tf) · idf`, scaled to length 1; empty where there is no such document.
    pub(super) fn vector(&self, place: usize) -> Vec<(usize, f32)> {
        let Some(counts) = self.counts.get(place) else { return Vec::new() };
        let weigh = |(&number, &times): (&usize, &u32)| {
            (number, (1.0 + count(times as usize).ln()) * self.weight(self.having[number]))
        };
        let mut vector: Vec<(usize, f32)> = counts.iter().map(weigh).collect();
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        vector
    }

    /// How many different terms the documents have.
    pub(super) fn size(&self) -> usize {
        self.having.len()
    }

    fn weight(&self, having: usize) -> f32 {
        idf(having, self.counts.len())
    }
}

/// Inverse document frequency, smoothed so that it stays positive: `ln(1 + (n - df + 0.5) / (df + 0.5))`.
pub(super) fn idf(having: usize, documents: usize) -> f32 {
    let without = count(documents.saturating_sub(having));
    (1.0 + (without + 0.5) / (count(having) + 0.5)).ln()
}

/// A count as a number to calculate with; exact below 2^24.
#[allow(clippy::cast_precision_loss, reason = "counts of documents and terms stay far below 2^24")]
fn count(number: usize) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(documents: &[&str]) -> Bm25 {
        Bm25::new(documents.iter().map(|text| words(text)).collect())
    }

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(Into::into).collect()
    }

    #[test]
    fn the_score_is_the_published_formula() {
        let index = index(&["nap memory", "nap", "velvet velvet velvet"]);
        // df(memory) = 1 of 3: ln(1 + 2.5 / 1.5); length 2 of mean 2: norm = 1.2; tf 1: 1 * 2.2 / 2.2.
        assert!((index.score(&words("memory"), 0) - (1.0_f32 + 2.5 / 1.5).ln()).abs() < 1e-6);
        assert!(index.score(&words("nap"), 1) > index.score(&words("nap"), 0), "the shorter document scores higher");
        assert_eq!(index.score(&words("nap"), 2), 0.0);
        assert_eq!(index.score(&words("nap"), 9), 0.0);
    }

    #[test]
    fn repeats_saturate() {
        let index = index(&["a b b b b b b b", "a b c d e f g h"]);
        let (often, once) = (index.score(&words("b"), 0), index.score(&words("b"), 1));
        assert!(often > once && often < once * (K1 + 1.0));
    }

    #[test]
    fn overlap_is_a_share_by_weight() {
        let index = index(&["nap memory", "nap adult", "nap word"]);
        assert!((index.overlap(&words("nap memory"), 0) - 1.0).abs() < 1e-6);
        assert!(index.overlap(&words("nap memory"), 1) < 0.5, "the rare word weighs more than the common one");
        assert!(index.overlap(&words("unknown"), 0).abs() < 1e-6);
        assert!(index.overlap(&[], 0).abs() < 1e-6);
    }

    #[test]
    fn an_empty_index_answers() {
        assert_eq!(index(&[]).score(&words("nap"), 0), 0.0);
        assert_eq!(index(&["", ""]).score(&words("nap"), 1), 0.0);
    }
}
