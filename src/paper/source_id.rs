//! Who a record of a paper came from: part of a paper's identity where it has neither DOI nor arXiv id.

use serde::{Deserialize, Serialize};

/// An API that can be asked for papers. Serialized in kebab case.
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
    /// PubMed, by NCBI's E-utilities.
    Pubmed,
    /// arXiv's own query API; no CORS since November 2025, so a page needs a relay.
    Arxiv,
    /// The demonstration papers that ship with Probatum; never mixed with real sources.
    Demo,
    /// Files that the reader brings; they never leave the device.
    Yours,
}

impl SourceId {
    /// Every source, in the order in which they are asked.
    pub const ALL: [Self; 8] = [
        Self::Openalex,
        Self::SemanticScholar,
        Self::Datacite,
        Self::Crossref,
        Self::Pubmed,
        Self::Arxiv,
        Self::Demo,
        Self::Yours,
    ];
    /// The sources that can be searched over the network.
    pub const SEARCHABLE: [Self; 6] =
        [Self::Openalex, Self::SemanticScholar, Self::Datacite, Self::Crossref, Self::Pubmed, Self::Arxiv];

    /// Its name for the reader.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Openalex => "OpenAlex",
            Self::SemanticScholar => "Semantic Scholar",
            Self::Datacite => "DataCite",
            Self::Crossref => "Crossref",
            Self::Pubmed => "PubMed",
            Self::Arxiv => "arXiv",
            Self::Demo => "Demonstration papers",
            Self::Yours => "Your papers",
        }
    }

    /// Its id in settings, commands and reports: the same as its serialized form.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Openalex => "openalex",
            Self::SemanticScholar => "semantic-scholar",
            Self::Datacite => "datacite",
            Self::Crossref => "crossref",
            Self::Pubmed => "pubmed",
            Self::Arxiv => "arxiv",
            Self::Demo => "demo",
            Self::Yours => "yours",
        }
    }

    /// The source with this [`id`](Self::id).
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.id() == id)
    }
}
