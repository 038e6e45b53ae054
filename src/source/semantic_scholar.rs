//! Semantic Scholar Graph API, `paper/search`: a ranked search over plain words.
//!
//! It knows no query syntax, and a hyphenated word matches nothing (api.semanticscholar.org/api-docs), so phrases are
//! sent as words without quotes and hyphens. An empty result has no `data` at all. Totals are estimates.

use super::{
    Ask, Courtesy, Direction, Facts, ParseError, SourceId, Step,
    body::{self, items, text},
    found::{Author, Found},
    phrases,
    record::{Identifier, in_path},
};
use crate::{
    paper::{
        Paper,
        identifier::{arxiv_of_doi, percent_encoded},
    },
    question::{Matching, Query},
    request::Request,
};
use serde_json::Value;

const ASKED: SourceId = SourceId::SemanticScholar;
const FIELDS: &str = "title,abstract,year,venue,journal,authors,externalIds,openAccessPdf";

pub(super) static FACTS: Facts = Facts {
    note: "Some 200 million works of all fields; often busy without a key.",
    remedy: "Semantic Scholar serves everybody without a key from one shared pool that is often exhausted: try again in a few minutes.",
    on_by_default: true,
    needs_relay: false,
    matching: Matching::Any,
    // 1 request/s even with a key; without one a shared pool sheds about three searches of four, so it is worth more tries.
    // limit ≤ 100; api.semanticscholar.org/api-docs.
    courtesy: Courtesy::of_search(1_100, 4, 100),
    search,
    read: |body| parse(body).map(Step::Done),
    parse,
};

fn search(query: &Query, limit: usize) -> Option<Request> {
    let words = unhyphenated(&phrases(query).collect::<Vec<_>>().join(" "));
    let url = format!(
        "https://api.semanticscholar.org/graph/v1/paper/search?query={}&limit={limit}&fields={FIELDS}",
        percent_encoded(&words, "")
    );
    (!words.is_empty()).then_some(Request { url, server: ASKED.into() })
}

/// The request for works that a work cites, or that cite it.
pub(super) fn citations(direction: Direction, work: &str, limit: usize) -> Ask {
    let (list, read): (_, super::Read) = match direction {
        Direction::Cited => ("references", |body| related(body, "citedPaper")),
        Direction::Citing => ("citations", |body| related(body, "citingPaper")),
    };
    let work = in_path(work);
    let url = format!("https://api.semanticscholar.org/graph/v1/paper/{work}/{list}?limit={limit}&fields={FIELDS}");
    Ask { request: Request { url, server: ASKED.into() }, read }
}

/// The papers at the other end of citations. Works of which it knows the title alone are many, and left out.
fn related(body: &str, end: &str) -> Result<Step, ParseError> {
    let value = body::json(ASKED, body)?;
    let citations = body::records(ASKED, body, &value["data"], &Value::Null, "“data”")?;
    Ok(Step::Done(citations.iter().filter_map(|citation| found(&citation[end]).paper(ASKED)).collect()))
}

/// The record of a work.
pub(super) fn record(identifier: Identifier<'_>) -> String {
    let name = match identifier {
        Identifier::Doi(doi) => {
            arxiv_of_doi(doi).map_or_else(|| format!("DOI:{}", in_path(doi)), |id| format!("ARXIV:{}", in_path(&id)))
        }
        Identifier::Arxiv(id) => format!("ARXIV:{}", in_path(id)),
        Identifier::Pmid(id) => format!("PMID:{}", in_path(id)),
    };
    format!("https://api.semanticscholar.org/graph/v1/paper/{name}?fields={FIELDS}")
}

/// The one work whose title is nearest.
pub(super) fn titled(title: &str) -> String {
    let title = percent_encoded(&unhyphenated(title), "");
    format!("https://api.semanticscholar.org/graph/v1/paper/search/match?query={title}&fields={FIELDS}")
}

pub(super) fn parse_record(body: &str) -> Result<Option<Paper>, ParseError> {
    Ok(found(&body::json(ASKED, body)?).paper(ASKED))
}

/// Words without hyphens and apostrophes.
fn unhyphenated(words: &str) -> String {
    let words = words.replace(['-', '‐', '‑', '–', '—', '\''], " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn parse(body: &str) -> Result<Vec<Paper>, ParseError> {
    let value = body::json(ASKED, body)?;
    let records = body::records(ASKED, body, &value["data"], &value["total"], "“data”")?;
    super::citable(ASKED, records.len(), records.iter().filter_map(|record| found(record).paper(ASKED)))
}

fn found(record: &Value) -> Found {
    let native_id = text(&record["paperId"]).filter(|id| id.len() == 40 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    let named = |value: &Value| text(value).filter(|name| !name.is_empty());
    Found {
        address: native_id.as_ref().map(|id| format!("https://www.semanticscholar.org/paper/{id}")),
        native_id,
        title: text(&record["title"]).unwrap_or_default(),
        authors: items(&record["authors"])
            .iter()
            .filter_map(|author| text(&author["name"]).map(Author::Named))
            .collect(),
        year: record["year"].as_i64(),
        venue: named(&record["venue"]).or_else(|| named(&record["journal"]["name"])),
        doi: text(&record["externalIds"]["DOI"]),
        arxiv_id: text(&record["externalIds"]["ArXiv"]),
        pmcid: text(&record["externalIds"]["PubMedCentral"]),
        open_copies: text(&record["openAccessPdf"]["url"]).into_iter().collect(),
        abstract_text: text(&record["abstract"]),
        ..Found::default()
    }
}
