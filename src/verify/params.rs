//! What the verification may be varied in, with what it is set to and where that comes from.

use serde::{Deserialize, Serialize};

/// Every constant of the verification that decides what is tested, what counts and what is listed. What belongs to a
/// model (temperature, allowances, thresholds) stands in its manifest instead.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Params {
    /// Fewest search terms of a sentence that can be evidence; scraps of fewer are headings and remains of tables.
    pub min_terms: usize,
    /// Share of a claim's words, weighted by how rare they are, that a sentence must have to be tested; `0.0..=1.0`.
    /// It saves time: what is below it has next to no word in common with the claim.
    pub min_overlap: f32,
    /// The share from which on it can decide; below it the model takes like findings about other things for the same ("drug A lowered
    /// X" for "drug B lowered X"). Of 15 sentences that decided claims of thirteen questions, read one by one, 2 did so rightly and one in
    /// part, all above it; of the 12 others 4 are.
    pub deciding_overlap: f32,
    /// Passages of one paper tested for one claim, at most, so that evidence is spread over papers.
    pub passages_per_paper: usize,
    /// Sentences of the claim's own paper tested for grounding, at most.
    pub own_passages: usize,
    /// Least calibrated probability with which a sentence can decide, however low a reader sets the thresholds; its class
    /// must be the most probable one besides. At one half it is more probable than the other two together.
    pub floor: f32,
    /// Sentences of a claim that the deep model reads again, at most: those nearest to deciding by the small one's scores.
    pub deepened: usize,
    /// Sentences listed on each side, at most.
    pub listed: usize,
    /// Sentences listed that decide nothing, at most: the nearest to deciding.
    pub nearest: usize,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            min_terms: 4,
            min_overlap: 0.15,
            deciding_overlap: 0.25,
            passages_per_paper: 3,
            own_passages: 2,
            floor: 0.5,
            deepened: 4,
            listed: 3,
            nearest: 3,
        }
    }
}
