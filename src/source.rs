//! Sources: the scholarly APIs a page can ask. Each file builds its requests and parses its bodies; none does I/O.

pub mod arxiv;
mod body;
mod crossref;
mod datacite;
pub mod demo;
mod found;
pub mod full_text;
pub(crate) mod markup;
mod mathml;
mod openalex;
mod record;
mod semantic_scholar;

pub use body::{MAX_BODY_BYTES, ParseError};
pub use record::{Identifier, Reference};

use crate::{
    paper::{Paper, SourceId},
    question::{Matching, Query},
    request::{Request, Server},
    text::normalize,
};

/// Characters of phrases that one query sends, at most: addresses beyond some 4 kB are refused by OpenAlex, and a
/// query that long finds nothing. The least specific phrases are left out.
const MAX_QUERY_CHARS: usize = 400;

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
    /// What it holds, in a sentence for the reader.
    #[must_use]
    pub fn note(self) -> &'static str {
        match self {
            Self::Openalex => {
                "Some 250 million works of all fields, arXiv included; searches titles, abstracts and many full texts."
            }
            Self::SemanticScholar => "Some 200 million works of all fields; often busy without a key.",
            Self::Datacite => "The arXiv preprints, as registered with DataCite.",
            Self::Crossref => "Publishers' own records of articles, proceedings and preprints; those with an abstract.",
            Self::Arxiv => "arXiv's own search; browsers cannot read it since November 2025, so it needs a relay.",
            Self::Demo => "Twelve invented papers written for the demonstration; nothing leaves the device.",
        }
    }

    /// Whether a reader who chose nothing asks it.
    #[must_use]
    pub fn on_by_default(self) -> bool {
        matches!(self, Self::Openalex | Self::SemanticScholar | Self::Datacite | Self::Crossref)
    }

    /// What a reader can do where it throttles without saying for how long, or can never be read by a page; in a sentence.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Openalex => {
                "OpenAlex gives every network address a budget of about 100 searches a day: try again tomorrow or from another network, or \
                 rely on the other sources."
            }
            Self::SemanticScholar => {
                "Semantic Scholar serves everybody without a key from one shared pool that is often exhausted: try again in a few minutes."
            }
            Self::Datacite => "DataCite limits requests per address in five minutes: wait that long and try again.",
            Self::Crossref => "Crossref allows few requests at a time from one address: wait a minute and try again.",
            Self::Arxiv => {
                "arXiv's search has not allowed web pages to read it since November 2025: use OpenAlex or DataCite, which hold the same \
                 papers, or enter the address of a relay."
            }
            Self::Demo => "The demonstration papers are part of the program: reload the page.",
        }
    }

    /// Whether a search brings only records that have every word of it.
    #[must_use]
    pub fn matching(self) -> Matching {
        match self {
            Self::Openalex | Self::Datacite | Self::Arxiv => Matching::All,
            Self::SemanticScholar | Self::Crossref | Self::Demo => Matching::Any,
        }
    }

    /// The papers that are part of the program and need no search: those of the demonstration.
    #[must_use]
    pub fn shipped(self) -> Vec<Paper> {
        if self == Self::Demo { demo::papers() } else { Vec::new() }
    }

    /// The search for a query, for at most `limit` records (at least one; at most [`Courtesy::max_records`]). `None`
    /// for a source that is not searched and for a query without words.
    #[must_use]
    pub fn search(self, query: &Query, limit: usize) -> Option<Request> {
        let limit = limit.clamp(1, self.courtesy().max_records);
        match self {
            Self::Openalex => openalex::search(query, limit),
            Self::SemanticScholar => semantic_scholar::search(query, limit),
            Self::Datacite => datacite::search(query, limit),
            Self::Crossref => crossref::search(query, limit),
            Self::Arxiv => arxiv::search(query, limit),
            Self::Demo => None,
        }
    }

    /// The papers in the body that answers a [`search`](Self::search), in the source's order. Records without a title
    /// or without an address are left out. A source that is not searched has none.
    ///
    /// # Errors
    /// [`ParseError`] where the body is anything but a list of records, or an empty list that says it is one.
    pub fn parse(self, body: &str) -> Result<Vec<Paper>, ParseError> {
        match self {
            Self::Openalex => openalex::parse(body),
            Self::SemanticScholar => semantic_scholar::parse(body),
            Self::Datacite => datacite::parse(body),
            Self::Crossref => crossref::parse(body),
            Self::Arxiv => arxiv::parse(body),
            Self::Demo => Ok(Vec::new()),
        }
    }

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
            Self::Demo => (0, 0, usize::MAX),
        };
        Courtesy { min_interval_ms, max_retries, counts_failures: true, max_records }
    }
}

impl Server {
    /// The manners that it asks for.
    #[must_use]
    pub fn courtesy(&self) -> Courtesy {
        match self {
            Self::Source(source) => source.courtesy(),
            Self::FullText(host) => full_text::courtesy(host),
        }
    }
}

/// The phrases of a query, cleaned of everything that some query syntax gives a meaning; their first words, up to
/// [`MAX_QUERY_CHARS`].
fn phrases(query: &Query) -> impl Iterator<Item = String> {
    let mut chars = 0;
    let cleaned = query.phrases.iter().map(move |phrase| {
        let words = phrase_words(phrase);
        let fits = words.split(' ').take_while(|word| {
            chars += word.chars().count() + 1;
            chars <= MAX_QUERY_CHARS
        });
        fits.collect::<Vec<_>>().join(" ")
    });
    cleaned.filter(|phrase| !phrase.is_empty())
}

/// Letters, digits and the marks within words (`gpt-3.5`, `C++`, `O'Brien`); operators in lower case.
fn phrase_words(phrase: &str) -> String {
    let spaced: String =
        normalize(phrase).chars().map(|c| if c.is_alphanumeric() || "-.'’+#%".contains(c) { c } else { ' ' }).collect();
    let is_operator = |word: &str| matches!(word, "AND" | "OR" | "NOT" | "ANDNOT" | "TO");
    let words =
        spaced.split_whitespace().map(|word| if is_operator(word) { word.to_lowercase() } else { word.to_owned() });
    let words = words.map(|word| word.trim_matches(['-', '.', '\'', '’']).to_owned()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A phrase in double quotes; it holds none itself.
fn quoted(phrase: &str) -> String {
    format!("\"{phrase}\"")
}

/// A word as it is, so that its endings do not count; anything else in quotes.
fn operand(phrase: &str) -> String {
    if phrase.chars().all(char::is_alphanumeric) { phrase.to_owned() } else { quoted(phrase) }
}

/// The papers, unless records came and none of them can be cited.
fn citable(asked: SourceId, records: usize, papers: impl Iterator<Item = Paper>) -> Result<Vec<Paper>, ParseError> {
    let papers: Vec<Paper> = papers.collect();
    if papers.is_empty() && records > 0 {
        return Err(ParseError::NothingCitable { asked, records });
    }
    Ok(papers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn url(source: SourceId, phrases: &[&str], limit: usize) -> Option<String> {
        let query = Query { phrases: phrases.iter().map(|&phrase| phrase.to_owned()).collect() };
        source.search(&query, limit).map(|request| request.url)
    }

    #[test]
    fn each_source_is_asked_in_its_own_syntax() {
        let asked = |source| url(source, &["synthetic data", "GPT-4"], 25).unwrap();
        let openalex = asked(SourceId::Openalex);
        assert!(openalex.starts_with(
            "https://api.openalex.org/works?search=%22synthetic%20data%22%20%22GPT-4%22&per_page=25&select=id,doi,"
        ));
        assert!(
            asked(SourceId::SemanticScholar)
                .contains("paper/search?query=synthetic%20data%20GPT%204&limit=25&fields=title,")
        );
        let datacite = asked(SourceId::Datacite);
        assert!(datacite.contains(
            "?prefix=10.48550&query=%22synthetic%20data%22%20AND%20%22GPT-4%22&sort=relevance&page%5Bnumber%5D=1"
        ));
        assert!(asked(SourceId::Crossref).contains("works?query.bibliographic=synthetic%20data%20GPT-4&rows=25&"));
        assert!(
            asked(SourceId::Arxiv)
                .contains("search_query=all:%22synthetic%20data%22%20AND%20all:%22GPT-4%22&start=0&max_results=25&")
        );
        assert!(url(SourceId::Demo, &["x"], 1).is_none());
    }

    #[test]
    fn a_query_cannot_change_the_syntax_or_the_request() {
        for source in SourceId::SEARCHABLE {
            let hostile =
                url(source, &["a\" OR ti:\"b", "x&per_page=9#f", "c AND (d)* ~2 \\", "é\u{202e}\n"], 0).unwrap();
            assert!(hostile.is_ascii() && !hostile.contains(['"', ' ', '#', '\\']), "{hostile}");
            assert!(!hostile.contains("OR") && !hostile.contains("%26") && !hostile.contains("ti%3A"), "{hostile}");
            assert!(hostile.contains("=1&"), "at least one record is asked for: {hostile}");
            assert!(url(source, &["/", "\"", " "], 5).is_none(), "{source:?}");
            assert!(url(source, &["word"], 9_999).unwrap().contains("=100&"), "{source:?}");
            assert!(url(source, &[&"long ".repeat(5_000)], 5).unwrap().len() < 2_000, "{source:?}");
        }
    }

    #[test]
    fn ids_are_the_serialized_form() {
        for source in SourceId::ALL {
            assert_eq!(serde_json::to_value(source).unwrap(), source.id());
            assert_eq!(SourceId::from_id(source.id()), Some(source));
            assert!(source.remedy().ends_with('.') && source.note().ends_with('.'));
        }
        assert_eq!(SourceId::from_id("scholar"), None);
    }

    #[test]
    fn a_relay_gets_the_whole_address_encoded() {
        let relayed = arxiv::relayed(
            &Request {
                url: "https://export.arxiv.org/api/query?id_list=2004.14974".into(),
                server: SourceId::Arxiv.into(),
            },
            " https://relay.example/?url=",
        );
        assert_eq!(
            relayed.url,
            "https://relay.example/?url=https%3A%2F%2Fexport.arxiv.org%2Fapi%2Fquery%3Fid_list%3D2004.14974"
        );
    }

    proptest! {
        #[test]
        fn any_query_makes_an_address(phrases in proptest::collection::vec(any::<String>(), 0..4)) {
            for source in SourceId::SEARCHABLE {
                if let Some(request) = source.search(&Query { phrases: phrases.clone() }, 10) {
                    prop_assert!(request.url.is_ascii() && request.url.len() < 8_000);
                    prop_assert!(request.url.starts_with("https://"));
                }
            }
        }
    }
}
