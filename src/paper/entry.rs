//! What a list of works says of one of them.

use serde::{Deserialize, Serialize};

/// An author.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Family name with its particles, or the name of a body; never empty.
    pub family: String,
    /// Given names or initials; empty where none are told.
    pub given: String,
}

/// One work of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The key or label it is cited by; empty where it has none.
    pub key: String,
    /// Its number in a numbered list.
    pub number: Option<u32>,
    /// Title in plain text; empty where it could not be told.
    pub title: String,
    /// Authors, or else editors, in order.
    pub authors: Vec<Author>,
    /// Whether the list leaves authors out: "et al.", "and others".
    pub more_authors: bool,
    /// Year of publication.
    pub year: Option<u16>,
    /// The letter behind the year in a printed list: "a" of "2019a".
    pub letter: Option<char>,
    /// Bare DOI, lower case.
    pub doi: Option<String>,
    /// arXiv id without version.
    pub arxiv_id: Option<String>,
    /// PubMed id, digits only.
    pub pmid: Option<String>,
    /// Journal, proceedings or book that it stands in.
    pub container: Option<String>,
    /// Where to read it, `https` or `http`.
    pub url: Option<String>,
}
