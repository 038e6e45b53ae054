//! Sources: the scholarly APIs a page can ask. Each file holds the facts of one, builds its requests and parses its bodies;
//! none does I/O.
//!
//! Why a search is a chain of steps: some sources give ids first and the records only when asked for those. What asks them
//! ([`Ask::next`]) goes on until the records are there, however many requests that takes.

mod arxiv;
mod body;
mod citation;
mod crossref;
mod datacite;
pub mod demo;
mod found;
pub mod full_text;
pub(crate) mod markup;
mod mathml;
mod openalex;
mod pubmed;
mod record;
mod semantic_scholar;
pub mod unpaywall;
pub(crate) mod xml;

pub use body::{MAX_BODY_BYTES, ParseError};
pub use record::{Identifier, Reference};

use crate::{
    paper::{Paper, SourceId, identifier::percent_encoded},
    question::{Matching, Query},
    request::{Request, Server},
    text::normalize,
};
use serde::{Deserialize, Serialize};

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

/// One request of a search, and how its answer is read.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What is asked.
    pub request: Request,
    read: Read,
}

/// What an answer comes to.
#[derive(Clone, Debug)]
pub enum Step {
    /// Something else must be asked before the records are there.
    Ask(Ask),
    /// The records, in the source's order. Those without a title or without an address are left out.
    Done(Vec<Paper>),
}

/// Which way citations are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Direction {
    /// To the works that a work cites: its list of references.
    Cited,
    /// To the works that cite it.
    Citing,
}

/// How a body is read.
type Read = fn(&str) -> Result<Step, ParseError>;

/// What is known of a source and how it is asked: everything about it but its name. Its file holds it.
struct Facts {
    /// [`SourceId::note`].
    note: &'static str,
    /// [`SourceId::remedy`].
    remedy: &'static str,
    /// [`SourceId::on_by_default`].
    on_by_default: bool,
    /// [`SourceId::needs_relay`].
    needs_relay: bool,
    /// [`SourceId::matching`].
    matching: Matching,
    /// [`SourceId::courtesy`].
    courtesy: Courtesy,
    /// The first request of a search, for at most so many records.
    search: fn(&Query, usize) -> Option<Request>,
    /// How the answer to it is read.
    read: Read,
    /// [`SourceId::parse`].
    parse: fn(&str) -> Result<Vec<Paper>, ParseError>,
}

impl Facts {
    /// Of papers that are there without a search.
    const fn unsearched(note: &'static str, remedy: &'static str) -> Self {
        Self {
            note,
            remedy,
            on_by_default: false,
            needs_relay: false,
            matching: Matching::Any,
            courtesy: Courtesy::of_search(0, 0, usize::MAX),
            search: |_, _| None,
            read: |_| Ok(Step::Done(Vec::new())),
            parse: |_| Ok(Vec::new()),
        }
    }
}

/// The reader's own papers: the host has them ([`crate::host::Host::own_files`]).
static YOURS: Facts = Facts::unsearched("Files that you add; they never leave this device.", "Add the files again.");

impl Ask {
    /// What the body that answers it comes to.
    ///
    /// # Errors
    /// [`ParseError`] where the body is anything but what was asked for, or says in its own words that there is none.
    pub fn next(&self, body: &str) -> Result<Step, ParseError> {
        (self.read)(body)
    }

    /// The same request through a relay: its address, followed by the encoded address to fetch.
    #[must_use]
    pub fn relayed(self, relay: &str) -> Self {
        let Request { url, server } = self.request;
        let url = format!("{}{}", relay.trim(), percent_encoded(&url, ""));
        Self { request: Request { url, server }, ..self }
    }
}

impl SourceId {
    fn facts(self) -> &'static Facts {
        match self {
            Self::Openalex => &openalex::FACTS,
            Self::SemanticScholar => &semantic_scholar::FACTS,
            Self::Datacite => &datacite::FACTS,
            Self::Crossref => &crossref::FACTS,
            Self::Pubmed => &pubmed::FACTS,
            Self::Arxiv => &arxiv::FACTS,
            Self::Demo => &demo::FACTS,
            Self::Yours => &YOURS,
        }
    }

    /// What it holds, in a sentence for the reader.
    #[must_use]
    pub fn note(self) -> &'static str {
        self.facts().note
    }

    /// Whether a reader who chose nothing asks it.
    #[must_use]
    pub fn on_by_default(self) -> bool {
        self.facts().on_by_default
    }

    /// Whether pages cannot read it but through a relay that the reader entered.
    #[must_use]
    pub fn needs_relay(self) -> bool {
        self.facts().needs_relay
    }

    /// What a reader can do where it throttles without saying for how long, or can never be read by a page; in a sentence.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        self.facts().remedy
    }

    /// Whether a search brings only records that have every word of it.
    #[must_use]
    pub fn matching(self) -> Matching {
        self.facts().matching
    }

    /// The papers that are part of the program and need no search: those of the demonstration.
    #[must_use]
    pub fn shipped(self) -> Vec<Paper> {
        if self == Self::Demo { demo::papers() } else { Vec::new() }
    }

    /// The search for a query, for at most `limit` records (at least one; at most [`Courtesy::max_records`]). `None`
    /// for a source that is not searched and for a query without words.
    #[must_use]
    pub fn search(self, query: &Query, limit: usize) -> Option<Ask> {
        let Facts { search, read, courtesy, .. } = self.facts();
        let request = search(query, limit.clamp(1, courtesy.max_records))?;
        Some(Ask { request, read: *read })
    }

    /// The papers in a body that lists records, in the source's order. Records without a title or without an address are
    /// left out. A source that is not searched has none.
    ///
    /// # Errors
    /// [`ParseError`] where the body is anything but a list of records, or an empty list that says it is one.
    pub fn parse(self, body: &str) -> Result<Vec<Paper>, ParseError> {
        (self.facts().parse)(body)
    }

    /// The manners this source asks for, from its documentation.
    #[must_use]
    pub fn courtesy(self) -> Courtesy {
        self.facts().courtesy
    }
}

impl Courtesy {
    /// Of an API that is searched, where a failure is one.
    const fn of_search(min_interval_ms: u64, max_retries: u32, max_records: usize) -> Self {
        Self { min_interval_ms, max_retries, counts_failures: true, max_records }
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
        source.search(&query, limit).map(|ask| ask.request.url)
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
        assert!(
            url(SourceId::Pubmed, &["vitamin D", "falls", "#1"], 25)
                .unwrap()
                .ends_with("db=pubmed&term=%28vitamin%20D%29%20AND%20falls%20AND%201&retmax=25&retmode=json&sort=relevance&tool=probatum")
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
            let most = format!("={}&", source.courtesy().max_records);
            assert!(url(source, &["word"], 9_999).unwrap().contains(&most), "{source:?}");
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
        let query = Query { phrases: vec!["gears".into()] };
        let relayed = SourceId::Arxiv.search(&query, 9).unwrap().relayed(" https://relay.example/?url=");
        assert_eq!(
            relayed.request.url,
            "https://relay.example/?url=https%3A%2F%2Fexport.arxiv.org%2Fapi%2Fquery%3Fsearch_query%3Dall%3A%2522gears%2522%26start%3D0\
             %26max_results%3D9%26sortBy%3Drelevance%26sortOrder%3Ddescending"
        );
    }

    proptest! {
        #[test]
        fn any_query_makes_an_address(phrases in proptest::collection::vec(any::<String>(), 0..4)) {
            for source in SourceId::SEARCHABLE {
                if let Some(Ask { request, .. }) = source.search(&Query { phrases: phrases.clone() }, 10) {
                    prop_assert!(request.url.is_ascii() && request.url.len() < 8_000);
                    prop_assert!(request.url.starts_with("https://"));
                }
            }
        }
    }
}
