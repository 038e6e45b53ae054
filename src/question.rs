//! The question, its facets, and the searches that it becomes.

use serde::{Deserialize, Serialize};

/// What the reader asked, whitespace normalised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// As typed, trimmed.
    pub text: String,
    /// What a paper must be about, most specific first.
    pub facets: Vec<Facet>,
}

/// One thing that the question is about: a phrase that stands for one concept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Facet {
    /// As it stands in the question, e.g. "synthetic data".
    pub phrase: String,
    /// Search terms ([`crate::text::terms`]) any one group of which shows the facet, e.g. `[["nli"], ["natur","languag","infer"]]`.
    pub alternatives: Vec<Vec<String>>,
}

/// One search, still without any source's syntax.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Query {
    /// Words and phrases (a phrase has spaces), most specific first; a record should match all of them.
    pub phrases: Vec<String>,
}
