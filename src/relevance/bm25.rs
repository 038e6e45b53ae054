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
    vocabulary: BTreeMap<String, u32>,
    /// By number of a term: the documents that have it, in order.
    having: Vec<Vec<u32>>,
    /// By document: its terms' numbers in order, and how often it has each. Kept small: tens of thousands of abstracts are
    /// held at once.
    counts: Vec<Box<[(u32, u32)]>>,
    /// By document: its length in terms.
    lengths: Vec<f32>,
    mean_length: f32,
}

impl Bm25 {
    /// Indexes documents, each given by its terms ([`crate::text::terms`]). Documents keep their positions.
    #[must_use]
    pub fn new(documents: impl IntoIterator<Item = Vec<String>>) -> Self {
        let mut vocabulary: BTreeMap<String, u32> = BTreeMap::new();
        let mut having: Vec<Vec<u32>> = Vec::new();
        let mut counts = Vec::new();
        let mut lengths = Vec::new();
        for (place, document) in documents.into_iter().enumerate() {
            lengths.push(count(document.len()));
            let mut here: BTreeMap<u32, u32> = BTreeMap::new();
            for term in document {
                let term = *vocabulary.entry(term).or_insert_with(|| {
                    having.push(Vec::new());
                    stored(having.len() - 1)
                });
                *here.entry(term).or_insert(0) += 1;
            }
            for &term in here.keys() {
                having[term as usize].push(stored(place));
            }
            counts.push(here.into_iter().collect());
        }
        let mean_length = lengths.iter().sum::<f32>() / count(lengths.len().max(1));
        Self { vocabulary, having, counts, lengths, mean_length }
    }

    /// BM25 of `query` for the document at `place`, `>= 0`; 0 where there is no such document. Terms repeated in the
    /// query count repeatedly.
    #[must_use]
    pub fn score(&self, query: &[String], place: usize) -> f32 {
        let Some(length) = self.lengths.get(place) else { return 0.0 };
        let norm = K1 * (1.0 - B + B * length / self.mean_length.max(f32::MIN_POSITIVE));
        let known = query.iter().filter_map(|term| self.vocabulary.get(term));
        known
            .filter_map(|&term| Some((self.weight(Some(&term)), count(self.times(term, place)? as usize))))
            .map(|(weight, times)| weight * times * (K1 + 1.0) / (times + norm))
            .sum()
    }

    /// The documents that have a term of `query`, best first by [`score`](Self::score), of equals the first; at most `most`.
    #[must_use]
    pub fn best(&self, query: &[String], most: usize) -> Vec<usize> {
        let known = query.iter().filter_map(|term| self.vocabulary.get(term));
        let mut having: Vec<u32> = known.flat_map(|&term| self.having[term as usize].iter().copied()).collect();
        having.sort_unstable();
        having.dedup();
        let mut ranked: Vec<(f32, usize)> =
            having.into_iter().map(|place| (self.score(query, place as usize), place as usize)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.into_iter().take(most).map(|(_, place)| place).collect()
    }

    /// [`score`](Self::score) as a share of the most that any document could reach, in `0.0..=1.0`.
    #[must_use]
    pub fn share(&self, query: &[String], place: usize) -> f32 {
        let most: f32 = query.iter().map(|term| self.weight(self.vocabulary.get(term))).sum();
        if most > 0.0 { self.score(query, place) / (most * (K1 + 1.0)) } else { 0.0 }
    }

    /// Share of the query's terms that the document at `place` has, each by its weight, in `0.0..=1.0`. A term that
    /// no document has weighs most.
    #[must_use]
    pub fn overlap(&self, query: &[String], place: usize) -> f32 {
        self.met(query, |term| self.vocabulary.get(term).and_then(|&term| self.times(term, place)).is_some())
    }

    /// The same for terms of a text that is none of the documents.
    #[must_use]
    pub fn overlap_with(&self, query: &[String], terms: &[String]) -> f32 {
        self.met(query, |term| terms.iter().any(|other| other == term))
    }

    /// The share of a query's terms that something has, by weight.
    fn met(&self, query: &[String], has: impl Fn(&String) -> bool) -> f32 {
        let (mut found, mut all) = (0.0, 0.0);
        for term in query {
            let weight = self.weight(self.vocabulary.get(term));
            all += weight;
            found += if has(term) { weight } else { 0.0 };
        }
        if all > 0.0 { found / all } else { 0.0 }
    }

    /// The document's terms by number, each `(1 + ln tf) · idf`, scaled to length 1; empty where there is no such document.
    pub(super) fn vector(&self, place: usize) -> Vec<(usize, f32)> {
        let Some(counts) = self.counts.get(place) else { return Vec::new() };
        let weigh = |(term, times): &(u32, u32)| {
            (*term as usize, (1.0 + count(*times as usize).ln()) * self.weight(Some(term)))
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

    /// How often a document has a term, where it has it.
    fn times(&self, term: u32, place: usize) -> Option<u32> {
        let counts = self.counts.get(place)?;
        let at = counts.binary_search_by_key(&term, |(term, _)| *term).ok()?;
        counts.get(at).map(|(_, times)| *times)
    }

    /// Of a term by its number; of one that no document has, the greatest.
    fn weight(&self, term: Option<&u32>) -> f32 {
        let having = term.map_or(0, |&term| self.having[term as usize].len());
        idf(having, self.counts.len())
    }
}

/// A place as it is stored: none reaches 2^32.
fn stored(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
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
        Bm25::new(documents.iter().map(|text| words(text)))
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
    fn the_best_are_those_of_the_highest_score() {
        let index = index(&["nap", "gold", "nap memory", "memory nap"]);
        assert_eq!(index.best(&words("memory unknown"), 9), [2, 3]);
        assert_eq!(index.best(&words("nap memory"), 2), [2, 3]);
        assert_eq!(index.best(&words("unknown"), 9), Vec::<usize>::new());
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
