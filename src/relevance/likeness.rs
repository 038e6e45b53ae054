//! How like a work is to the works nearest to the question: Rocchio's pseudo relevance feedback.
//!
//! Why: a paper on the topic that words it otherwise shares the other words of its papers. Among the works found for
//! judged questions this alone told on topic from off topic better than the question's own words did.

use super::Bm25;

/// The works found as vectors, and the weighted middle of the nearest.
pub(super) struct Likeness {
    vectors: Vec<Vec<(usize, f32)>>,
    middle: Vec<f32>,
    /// By work: its weight in the middle.
    weights: Vec<f32>,
}

impl Likeness {
    /// The middle of the works at these places, each with its weight.
    pub(super) fn to(index: &Bm25, works: usize, nearest: &[(usize, f32)]) -> Self {
        let vectors: Vec<_> = (0..works).map(|place| index.vector(place)).collect();
        let (mut middle, mut weights) = (vec![0.0; index.size()], vec![0.0; works]);
        for &(place, weight) in nearest {
            weights[place] = weight;
            vectors[place].iter().for_each(|(number, value)| middle[*number] += weight * value);
        }
        Self { vectors, middle, weights }
    }

    /// Cosine of the angle between a work and the middle of the nearest, itself left out, in `0.0..=1.0`.
    pub(super) fn of(&self, place: usize) -> f32 {
        let (vector, own) = (&self.vectors[place], self.weights[place]);
        let with: f32 = vector.iter().map(|(number, value)| value * self.middle[*number]).sum();
        let length: f32 = self.middle.iter().map(|value| value * value).sum();
        // The vector has length 1, so that leaving it out takes `own` from the product.
        let rest = (length - 2.0 * own * with + own * own).max(0.0).sqrt();
        if rest > 1e-6 { ((with - own) / rest).clamp(0.0, 1.0) } else { 0.0 }
    }
}
