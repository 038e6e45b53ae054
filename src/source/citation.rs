//! Citation searching: what works cite, and what cites them. No search by words: it finds what says the same in others.

use super::{Ask, Direction, openalex, semantic_scholar};
use crate::paper::SourceId;

impl Direction {
    /// What is asked for, before the works that it is asked of.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Cited => "works cited by",
            Self::Citing => "works that cite",
        }
    }
}

impl SourceId {
    /// Works that one request about citations may name; 0 of a source that is not asked for any.
    #[must_use]
    pub fn cites_at_once(self) -> usize {
        match self {
            // Values of one filter; developers.openalex.org/guides/filtering.
            Self::Openalex => 100,
            Self::SemanticScholar => 1,
            Self::Datacite | Self::Crossref | Self::Pubmed | Self::Arxiv | Self::Demo | Self::Yours => 0,
        }
    }

    /// The request for works that these cite, or that cite them, at most `limit` records. Works by their ids in this source
    /// ([`Paper::ids`](crate::paper::Paper::ids)), at least one and no more than [`Self::cites_at_once`]. `None` of a source that
    /// is not asked for any.
    #[must_use]
    pub fn citations(self, direction: Direction, works: &[&str], limit: usize) -> Option<Ask> {
        let limit = limit.clamp(1, self.courtesy().max_records);
        match self {
            Self::Openalex => Some(openalex::citations(direction, works, limit)),
            Self::SemanticScholar => works.first().map(|work| semantic_scholar::citations(direction, work, limit)),
            Self::Datacite | Self::Crossref | Self::Pubmed | Self::Arxiv | Self::Demo | Self::Yours => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{ParseError, Step};

    const SEEDS: [&str; 2] = ["W11", "W12"];
    const PAPER: &str = "0123456789abcdef0123456789abcdef01234567";

    fn ask(source: SourceId, direction: Direction, works: &[&str]) -> Ask {
        source.citations(direction, works, 999).unwrap()
    }

    fn titles(step: Step) -> Vec<String> {
        let Step::Done(papers) = step else { panic!("{step:?}") };
        papers.into_iter().map(|paper| paper.title).collect()
    }

    #[test]
    fn openalex_is_asked_for_all_works_at_once() {
        let citing = ask(SourceId::Openalex, Direction::Citing, &SEEDS);
        assert!(
            citing.request.url.starts_with(
                "https://api.openalex.org/works?filter=cites:W11%7CW12&sort=cited_by_count:desc&per_page=100&select=id,doi,"
            ),
            "{}",
            citing.request.url
        );
        let body = r#"{"meta":{"count":1},"results":[{"id":"https://openalex.org/W9","display_name":"On gears"}]}"#;
        assert_eq!(titles(citing.next(body).unwrap()), ["On gears"]);
        let none = r#"{"meta":{"count":0},"results":[]}"#;
        assert!(titles(citing.next(none).unwrap()).is_empty(), "nothing cites a new work");
    }

    #[test]
    fn what_more_works_cite_is_asked_for_first_and_no_work_for_itself() {
        let cited = ask(SourceId::Openalex, Direction::Cited, &SEEDS);
        assert_eq!(
            cited.request.url,
            "https://api.openalex.org/works?filter=openalex:W11%7CW12&per_page=2&select=id,referenced_works"
        );
        let lists = r#"{"meta":{"count":2},"results":[
            {"id":"https://openalex.org/W11","referenced_works":["https://openalex.org/W1","https://openalex.org/W2","x"]},
            {"id":"https://openalex.org/W12","referenced_works":["https://openalex.org/W2","https://openalex.org/W11"]}]}"#;
        let Step::Ask(records) = cited.next(lists).unwrap() else { panic!("the records are to be asked for") };
        let start = "https://api.openalex.org/works?filter=openalex:W2%7CW1&per_page=100&select=id,doi,";
        assert!(records.request.url.starts_with(start), "{}", records.request.url);
        let many: Vec<String> = (100..400).map(|id| format!("\"https://openalex.org/W{id}\"")).collect();
        let long = format!(
            r#"{{"meta":{{"count":1}},"results":[{{"id":"https://openalex.org/W11","referenced_works":[{}]}}]}}"#,
            many.join(",")
        );
        let Step::Ask(records) = cited.next(&long).unwrap() else { panic!("the records are to be asked for") };
        assert_eq!(records.request.url.matches("%7C").count(), 99, "one request, however long the lists are");
        let none = r#"{"meta":{"count":1},"results":[{"id":"https://openalex.org/W11","referenced_works":[]}]}"#;
        assert!(titles(cited.next(none).unwrap()).is_empty());
        for changed in ["{}", r#"{"meta":{"count":1},"results":[{"id":"https://openalex.org/W11"}]}"#] {
            assert!(matches!(cited.next(changed), Err(ParseError::Unexpected { .. })), "{changed}");
        }
    }

    #[test]
    fn semantic_scholar_is_asked_for_one_work_after_another() {
        let (cited, citing) = (
            ask(SourceId::SemanticScholar, Direction::Cited, &[PAPER]),
            ask(SourceId::SemanticScholar, Direction::Citing, &[PAPER]),
        );
        let address = |what: &str| {
            format!("https://api.semanticscholar.org/graph/v1/paper/{PAPER}/{what}?limit=100&fields=title,abstract,")
        };
        assert!(cited.request.url.starts_with(&address("references")), "{}", cited.request.url);
        assert!(citing.request.url.starts_with(&address("citations")), "{}", citing.request.url);
        let body = |within: &str| {
            format!(
                r#"{{"offset":0,"data":[{{"{within}":{{"paperId":"{PAPER}","title":"On gears"}}}},
                {{"{within}":{{"paperId":null,"title":"A leaflet"}}}}]}}"#
            )
        };
        assert_eq!(
            titles(cited.next(&body("citedPaper")).unwrap()),
            ["On gears"],
            "what cannot be found again is left out"
        );
        assert_eq!(titles(citing.next(&body("citingPaper")).unwrap()), ["On gears"]);
        assert!(titles(citing.next(r#"{"offset":0,"data":[]}"#).unwrap()).is_empty());
        let withheld = r#"{"offset":0,"citingPaperInfo":{"title":"On gears"},"data":null}"#;
        assert!(cited.next(withheld).is_err(), "a list that the publisher withholds is not an empty one");
    }

    #[test]
    fn others_are_asked_for_none() {
        for source in SourceId::ALL {
            let asks = source.citations(Direction::Cited, &["1"], 5).is_some();
            assert_eq!(asks, source.cites_at_once() > 0, "{source:?}");
        }
    }
}
