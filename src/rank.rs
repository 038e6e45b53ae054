//! Ranking: which papers address the question, in which order; the relevance gate.

use crate::paper::{Paper, PaperId};
use serde::{Deserialize, Serialize};

/// A paper that was found but set aside, with the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Excluded {
    /// Which.
    pub paper: PaperId,
    /// Its title.
    pub title: String,
    /// Where to read it all the same.
    pub url: String,
    /// Why, as a sentence for the reader, naming the facets it lacks.
    pub reason: String,
}

/// A paper that passed the gate.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The paper.
    pub paper: Paper,
    /// Okapi BM25 of the question over title and abstract; a ranking score without unit, `>= 0`.
    pub bm25: f32,
    /// Share of the question's facets, weighted by how rare each is among the papers found, in `0.0..=1.0`.
    pub coverage: f32,
    /// Phrases of the facets found in title or abstract.
    pub facets: Vec<String>,
}
