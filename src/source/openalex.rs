//! OpenAlex `/works`: a search over title, abstract and full text.
//!
//! Words without an operator between them are all required, with any ending, and a phrase in double quotes is matched as
//! one (developers.openalex.org/guides/searching), so no operators are needed; more than five of those would be
//! throttled to one request a second. Abstracts come as an inverted index, or not at all where the publisher forbade it.

use super::{
    Ask, Courtesy, Direction, Facts, ParseError, SourceId, Step,
    body::{self, items, text},
    found::{Author, Found},
    operand, phrases,
    record::{Identifier, TITLED, in_path},
};
use crate::{
    paper::{
        Notice, Paper,
        identifier::{arxiv_id, percent_encoded},
    },
    question::{Matching, Query},
    request::Request,
};
use serde_json::Value;

const ASKED: SourceId = SourceId::Openalex;
/// What is needed of a record; the whole is ten times as long.
const FIELDS: &str = "id,doi,ids,display_name,publication_year,type,is_retracted,authorships,primary_location,locations,abstract_inverted_index";

pub(super) static FACTS: Facts = Facts {
    note: "Some 250 million works of all fields, arXiv included; searches titles, abstracts and many full texts.",
    remedy: "OpenAlex gives every network address a budget of about 100 searches a day: try again tomorrow or from another network, or \
             rely on the other sources.",
    on_by_default: true,
    needs_relay: false,
    matching: Matching::All,
    // 10 requests/s without a key, per_page ≤ 100; developers.openalex.org/guides/authentication.
    courtesy: Courtesy::of_search(200, 2, 100),
    search,
    read: |body| parse(body).map(Step::Done),
    parse,
};

fn search(query: &Query, limit: usize) -> Option<Request> {
    let search = phrases(query).map(|phrase| operand(&phrase)).collect::<Vec<_>>().join(" ");
    let url = format!(
        "https://api.openalex.org/works?search={}&per_page={limit}&select={FIELDS}",
        percent_encoded(&search, "")
    );
    (!search.is_empty()).then_some(Request { url, server: ASKED.into() })
}

fn parse(body: &str) -> Result<Vec<Paper>, ParseError> {
    let value = body::json(ASKED, body)?;
    let records = body::records(ASKED, body, &value["results"], &value["meta"]["count"], "“results”")?;
    super::citable(ASKED, records.len(), records.iter().filter_map(|record| found(record).paper(ASKED)))
}

/// The request for works that these cite, the lists of references first; or for those that cite them, the most cited first.
pub(super) fn citations(direction: Direction, works: &[&str], limit: usize) -> Ask {
    let ids = works.join("%7C");
    match direction {
        Direction::Cited => Ask {
            request: request(format!("filter=openalex:{ids}&per_page={}&select=id,referenced_works", works.len())),
            read: cited,
        },
        Direction::Citing => Ask {
            request: request(format!("filter=cites:{ids}&sort=cited_by_count:desc&per_page={limit}&select={FIELDS}")),
            read: |body| parse(body).map(Step::Done),
        },
    }
}

fn request(query: String) -> Request {
    Request { url: format!("https://api.openalex.org/works?{query}"), server: ASKED.into() }
}

/// The request for the records of the works that lists of references name, those in more of the lists first.
fn cited(body: &str) -> Result<Step, ParseError> {
    let value = body::json(ASKED, body)?;
    let records = body::records(ASKED, body, &value["results"], &value["meta"]["count"], "“results”")?;
    if records.iter().any(|record| !record["referenced_works"].is_array()) {
        let excerpt = body::excerpt(body);
        return Err(ParseError::Unexpected { asked: ASKED, missing: "“referenced_works”", excerpt });
    }
    let seeds: Vec<String> = records.iter().filter_map(|record| native_id(&record["id"])).collect();
    let mut named: Vec<(String, usize)> = Vec::new();
    for id in records.iter().flat_map(|record| items(&record["referenced_works"])).filter_map(native_id) {
        match named.iter_mut().find(|(known, _)| *known == id) {
            Some((_, lists)) => *lists += 1,
            None if seeds.contains(&id) => {}
            None => named.push((id, 1)),
        }
    }
    named.sort_by_key(|&(_, lists)| std::cmp::Reverse(lists));
    let ids: Vec<String> = named.into_iter().map(|(id, _)| id).take(FACTS.courtesy.max_records).collect();
    if ids.is_empty() {
        return Ok(Step::Done(Vec::new()));
    }
    let query = format!("filter=openalex:{}&per_page={}&select={FIELDS}", ids.join("%7C"), FACTS.courtesy.max_records);
    Ok(Step::Ask(Ask { request: request(query), read: |body| parse(body).map(Step::Done) }))
}

/// "W42", of its address.
fn native_id(address: &Value) -> Option<String> {
    let digits = address.as_str()?.strip_prefix("https://openalex.org/W")?;
    let is_id = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_id.then(|| format!("W{digits}"))
}

/// The record of a work; OpenAlex keeps arXiv's preprints under their DOIs.
pub(super) fn record(identifier: Identifier<'_>) -> String {
    let name = match identifier {
        Identifier::Doi(doi) => format!("doi:{}", in_path(doi)),
        Identifier::Arxiv(id) => format!("doi:10.48550/arxiv.{}", in_path(id)),
        Identifier::Pmid(id) => format!("pmid:{}", in_path(id)),
    };
    format!("https://api.openalex.org/works/{name}?select={FIELDS}")
}

pub(super) fn titled(title: &str) -> String {
    let title = percent_encoded(title, "");
    format!("https://api.openalex.org/works?filter=title.search:{title}&per_page={TITLED}&select={FIELDS}")
}

pub(super) fn parse_record(body: &str) -> Result<Option<Paper>, ParseError> {
    Ok(found(&body::json(ASKED, body)?).paper(ASKED))
}

fn found(record: &Value) -> Found {
    let native_id = native_id(&record["id"]);
    let title = text(&record["display_name"]).or_else(|| text(&record["title"])).unwrap_or_default();
    let places = std::iter::once(&record["primary_location"]).chain(items(&record["locations"]));
    let arxiv_id = places
        .clone()
        .flat_map(|place| [&place["landing_page_url"], &place["pdf_url"]])
        .find_map(|address| arxiv_id(address.as_str().filter(|address| address.contains("arxiv"))?));
    let in_pmc =
        || places.clone().filter_map(|place| text(&place["landing_page_url"])).find(|url| url.contains("/pmc/"));
    let pmcid = text(&record["ids"]["pmcid"]).or_else(in_pmc);
    Found {
        address: text(&record["id"]).filter(|_| native_id.is_some()),
        native_id,
        title,
        authors: items(&record["authorships"]).iter().filter_map(author).collect(),
        year: record["publication_year"].as_i64(),
        venue: text(&record["primary_location"]["source"]["display_name"]),
        doi: text(&record["doi"]),
        arxiv_id,
        pmcid,
        open_copies: places.filter_map(|place| text(&place["pdf_url"])).collect(),
        abstract_text: text_of_index(&record["abstract_inverted_index"]),
        notice: (record["is_retracted"] == Value::Bool(true))
            .then_some(Notice::Retracted)
            .max(record["type"].as_str().and_then(Notice::of_kind)),
        ..Found::default()
    }
}

fn author(authorship: &Value) -> Option<Author> {
    let name = text(&authorship["author"]["display_name"]).or_else(|| text(&authorship["raw_author_name"]));
    name.map(Author::Named)
}

/// The abstract from `{word: [positions]}`. Positions only order the words: a gap or a wild number costs nothing.
fn text_of_index(index: &Value) -> Option<String> {
    let mut words: Vec<(u64, &str)> = index
        .as_object()?
        .iter()
        .flat_map(|(word, at)| items(at).iter().filter_map(move |at| Some((at.as_u64()?, word.as_str()))))
        .collect();
    words.sort_unstable();
    Some(words.into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" "))
}
