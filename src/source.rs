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
