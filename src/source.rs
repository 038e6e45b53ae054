//! Sources: the scholarly APIs a page can ask. Each file builds its requests and parses its bodies; none does I/O.

use serde::{Deserialize, Serialize};

/// An API that can be asked for papers, or for a full text. Serialized in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum SourceId {
    /// OpenAlex `/works`.
    Openalex,
    /// Semantic Scholar Graph API, `paper/search`.
    SemanticScholar,
    /// DataCite, arXiv's DOI prefix 10.48550.
    Datacite,
    /// Crossref `/works`.
    Crossref,
    /// arXiv's own query API; no CORS since November 2025, so only where a probe answers or through a relay.
    Arxiv,
    /// `arxiv.org/html/<id>`: full texts, never searched.
    ArxivHtml,
    /// The demonstration papers that ship with Probatum; never mixed with real sources.
    Demo,
}

/// The manners a source asks for. The host keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Courtesy {
    /// Least time between the starts of two requests, in milliseconds. Requests to one source never overlap.
    pub min_interval_ms: u64,
    /// Tries after the first one, where the failure is one that may pass.
    pub max_retries: u32,
    /// Whether failures open the circuit breaker: not where a failure is the usual way to say "there is none".
    pub counts_failures: bool,
    /// Most records one request may ask for.
    pub max_records: usize,
}

impl SourceId {
    /// The manners this source asks for, from its documentation.
    #[must_use]
    pub fn courtesy(self) -> Courtesy {
        let (min_interval_ms, max_retries, max_records) = match self {
            // 10 requests/s without a key, per_page ≤ 100; developers.openalex.org/guides/authentication.
            Self::Openalex => (200, 2, 100),
            // 1 request/s even with a key; without one a shared pool sheds about three searches of four, so it is
            // worth more tries. limit ≤ 100; api.semanticscholar.org/api-docs.
            Self::SemanticScholar => (1_100, 4, 100),
            // At least 500 requests in 5 minutes for an anonymous address; page[size] ≤ 1000, kept small.
            Self::Datacite => (600, 2, 100),
            // 5 requests/s, one at a time, in the public pool (x-rate-limit-limit of June 2026); rows ≤ 1000, kept small.
            Self::Crossref => (250, 2, 100),
            // One request in three seconds, one connection; info.arxiv.org/help/api/tou.html. max_results ≤ 2000, kept small.
            Self::Arxiv => (3_000, 1, 100),
            // No published limit: read like a person. A failure mostly means that there is no HTML version.
            Self::ArxivHtml => (1_000, 0, 1),
            Self::Demo => (0, 0, usize::MAX),
        };
        Courtesy { min_interval_ms, max_retries, counts_failures: self != Self::ArxivHtml, max_records }
    }
}
