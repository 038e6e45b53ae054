//! A run as tests want it: small, and the same on every day.

use probatum::{paper::SourceId, record::Config};

/// Few papers and claims of these sources, by their abstracts alone.
pub fn config(sources: &[SourceId]) -> Config {
    Config {
        sources: sources.to_vec(),
        date: "2026-01-31".into(),
        max_papers: 4,
        max_full_texts: 0,
        max_claims: 4,
        max_claims_per_paper: 2,
        passages_per_claim: 4,
        relay: None,
        unpaywall: false,
        propositions: Vec::new(),
        works: Vec::new(),
        params: Default::default(),
    }
}
