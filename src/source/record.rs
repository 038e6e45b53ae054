//! One work, asked for by its identifier or by its title. No search by topic: what is wanted is known, and the question is
//! whether a source has it.

use super::{ParseError, crossref, openalex, semantic_scholar};
use crate::{
    paper::{Paper, SourceId, identifier::percent_encoded},
    request::Request,
};

/// Records that a search by title asks for: the work itself, its preprint, a notice on it, and a namesake or two.
pub(super) const TITLED: usize = 5;

/// What a work is registered under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identifier<'a> {
    /// Bare DOI, lower case.
    Doi(&'a str),
    /// arXiv id without version.
    Arxiv(&'a str),
    /// PubMed id, digits only.
    Pmid(&'a str),
}

/// A work as a list of references tells it.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// Its title.
    pub title: &'a str,
    /// Family name of its first author, where told.
    pub author: Option<&'a str>,
    /// Year of publication, where told.
    pub year: Option<u16>,
}

impl SourceId {
    /// The sources that a reference is looked up in, in the order they are asked: all allow web pages to read them.
    /// OpenAlex gives a record by its identifier for nothing; Crossref has publishers' own records, and their notices;
    /// Semantic Scholar, which is often busy, has abstracts that the others lack.
    pub const REGISTERS: [Self; 3] = [Self::Openalex, Self::Crossref, Self::SemanticScholar];
    /// The same where only the title is known: Crossref's search is free, OpenAlex's has a budget of about 100 a day.
    pub const BY_TITLE: [Self; 3] = [Self::Crossref, Self::Openalex, Self::SemanticScholar];

    /// The request for the one record under an identifier; `None` where this source keeps none under such. A source that has no
    /// such record answers with HTTP 404.
    #[must_use]
    pub fn record(self, identifier: Identifier<'_>) -> Option<Request> {
        let url = match self {
            Self::Openalex => Some(openalex::record(identifier)),
            Self::Crossref => crossref::record(identifier),
            Self::SemanticScholar => Some(semantic_scholar::record(identifier)),
            Self::Datacite | Self::Pubmed | Self::Arxiv | Self::Demo | Self::Yours => None,
        };
        url.map(|url| Request { url, server: self.into() })
    }

    /// The work in the body that answers a [`record`](Self::record).
    ///
    /// # Errors
    /// [`ParseError`] where the body is no record, or one that cannot be cited.
    pub fn parse_record(self, body: &str) -> Result<Paper, ParseError> {
        let paper = match self {
            Self::Openalex => openalex::parse_record(body)?,
            Self::Crossref => crossref::parse_record(body)?,
            Self::SemanticScholar => semantic_scholar::parse_record(body)?,
            Self::Datacite | Self::Pubmed | Self::Arxiv | Self::Demo | Self::Yours => None,
        };
        paper.ok_or(ParseError::NothingCitable { asked: self, records: 1 })
    }

    /// The request for works of a title, which [`parse`](Self::parse) reads; `None` for a source without such a search, and
    /// for a title without words. Semantic Scholar answers with HTTP 404 where it has no such title.
    #[must_use]
    pub fn titled(self, reference: Reference<'_>) -> Option<Request> {
        let title = super::phrase_words(reference.title);
        let title: String = title.chars().take(super::MAX_QUERY_CHARS).collect();
        let url = match self {
            Self::Openalex => openalex::titled(&title),
            Self::Crossref => crossref::titled(&title, reference),
            Self::SemanticScholar => semantic_scholar::titled(&title),
            Self::Datacite | Self::Pubmed | Self::Arxiv | Self::Demo | Self::Yours => return None,
        };
        (!title.is_empty()).then_some(Request { url, server: self.into() })
    }
}

/// A DOI as a part of an address: its slashes are its own.
pub(super) fn in_path(doi: &str) -> String {
    percent_encoded(doi, "/:;().,@!*")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOI: Identifier<'_> = Identifier::Doi("10.9999/gears(1)<2>");
    const REFERENCE: Reference<'_> =
        Reference { title: "Gears & wheels: \"a tale\", part OR none", author: Some("Müller"), year: Some(2020) };

    #[test]
    fn a_record_is_asked_for_by_its_identifier() {
        let url = |source: SourceId, identifier| source.record(identifier).map(|request| request.url);
        let openalex = url(SourceId::Openalex, DOI).unwrap();
        assert!(openalex.starts_with("https://api.openalex.org/works/doi:10.9999/gears(1)%3C2%3E?select=id,doi,"));
        let arxiv = url(SourceId::Openalex, Identifier::Arxiv("2001.00001")).unwrap();
        assert!(arxiv.starts_with("https://api.openalex.org/works/doi:10.48550/arxiv.2001.00001?"));
        assert!(url(SourceId::Openalex, Identifier::Pmid("123")).unwrap().contains("/works/pmid:123?"));
        assert_eq!(
            url(SourceId::Crossref, DOI).as_deref(),
            Some("https://api.crossref.org/works/10.9999/gears(1)%3C2%3E")
        );
        for unregistered in
            [Identifier::Arxiv("2001.00001"), Identifier::Pmid("1"), Identifier::Doi("10.48550/arxiv.2001.00001")]
        {
            assert_eq!(url(SourceId::Crossref, unregistered), None, "{unregistered:?}");
        }
        let scholar = url(SourceId::SemanticScholar, Identifier::Doi("10.48550/arxiv.2001.00001")).unwrap();
        assert!(scholar.starts_with("https://api.semanticscholar.org/graph/v1/paper/ARXIV:2001.00001?fields=title,"));
        assert!(url(SourceId::SemanticScholar, DOI).unwrap().contains("/paper/DOI:10.9999/gears(1)%3C2%3E?"));
        assert!(url(SourceId::SemanticScholar, Identifier::Pmid("1")).unwrap().contains("/paper/PMID:1?"));
        assert_eq!(url(SourceId::Demo, DOI), None);
    }

    #[test]
    fn a_title_is_searched_for_and_cannot_change_the_request() {
        fn url(source: SourceId, reference: Reference<'_>) -> Option<String> {
            source.titled(reference).map(|request| request.url)
        }
        let crossref = url(SourceId::Crossref, REFERENCE).unwrap();
        assert!(crossref.contains(
            "?query.bibliographic=Gears%20wheels%20a%20tale%20part%20or%20none%20M%C3%BCller%202020&rows=5&select="
        ));
        assert!(
            url(SourceId::Openalex, REFERENCE)
                .unwrap()
                .contains("?filter=title.search:Gears%20wheels%20a%20tale%20part%20or%20none&")
        );
        let scholar = url(SourceId::SemanticScholar, Reference { title: "A well-known tale", ..REFERENCE }).unwrap();
        assert!(scholar.contains("/paper/search/match?query=A%20well%20known%20tale&fields="), "{scholar}");
        for source in SourceId::BY_TITLE {
            assert_eq!(url(source, Reference { title: "?&/", ..REFERENCE }), None);
            let long = "long ".repeat(5_000);
            assert!(url(source, Reference { title: &long, ..REFERENCE }).unwrap().len() < 2_000);
        }
        assert_eq!(url(SourceId::Datacite, REFERENCE), None);
    }

    #[test]
    fn one_record_is_read_as_a_search_reads_it() {
        let bodies = [
            (
                SourceId::Openalex,
                r#"{"id":"https://openalex.org/W1","doi":"https://doi.org/10.9999/X","display_name":"On gears","publication_year":2020,"is_retracted":true,"abstract_inverted_index":{"Gears":[0],"turn.":[1]}}"#,
            ),
            (
                SourceId::Crossref,
                r#"{"status":"ok","message":{"DOI":"10.9999/X","title":["On gears"],"issued":{"date-parts":[[2020]]},"abstract":"<jats:p>Gears turn.</jats:p>","updated-by":[{"type":"retraction"}]}}"#,
            ),
            (
                SourceId::SemanticScholar,
                r#"{"paperId":"0123456789abcdef0123456789abcdef01234567","title":"RETRACTED: On gears","year":2020,"abstract":"Gears turn.","externalIds":{"DOI":"10.9999/X"}}"#,
            ),
        ];
        for (source, body) in bodies {
            let paper = source.parse_record(body).unwrap();
            assert_eq!((paper.doi.as_deref(), paper.year, paper.retracted), (Some("10.9999/x"), Some(2020), true));
            assert_eq!(paper.abstract_text.as_deref(), Some("Gears turn."), "{source:?}");
            assert!(source.parse_record("{}").is_err() && source.parse_record("<html>").is_err());
        }
        assert!(SourceId::Demo.parse_record("{}").is_err());
    }
}
