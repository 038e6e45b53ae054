//! DataCite `/dois`, arXiv's prefix only: arXiv's own metadata through a door that browsers may use.
//!
//! `query` is an Elasticsearch query string: words, and phrases in quotes, joined by `AND`. Ranking works with page numbers only;
//! with a cursor the answer comes by date.

use super::{
    Courtesy, Facts, ParseError, SourceId, Step,
    body::{self, items, text},
    found::{Author, Found},
    operand, phrases,
};
use crate::{
    paper::{
        Notice, Paper,
        identifier::{self, percent_encoded},
    },
    question::{Matching, Query},
    request::Request,
};
use serde_json::Value;

const ASKED: SourceId = SourceId::Datacite;
const FIELDS: &str =
    "doi,titles,creators,publisher,container,publicationYear,descriptions,dates,relatedIdentifiers,url";

pub(super) static FACTS: Facts = Facts {
    note: "The arXiv preprints, as registered with DataCite.",
    remedy: "DataCite limits requests per address in five minutes: wait that long and try again.",
    on_by_default: true,
    needs_relay: false,
    matching: Matching::All,
    // At least 500 requests in 5 minutes for an anonymous address; page[size] ≤ 1000, kept small.
    courtesy: Courtesy::of_search(600, 2, 100),
    search,
    read: |body| parse(body).map(Step::Done),
    parse,
};

fn search(query: &Query, limit: usize) -> Option<Request> {
    let search = phrases(query).map(|phrase| operand(&phrase)).collect::<Vec<_>>().join(" AND ");
    let url = format!(
        "https://api.datacite.org/dois?prefix=10.48550&query={}&sort=relevance&page%5Bnumber%5D=1&page%5Bsize%5D={limit}\
         &disable-facets=true&fields%5Bdois%5D={FIELDS}",
        percent_encoded(&search, "")
    );
    (!search.is_empty()).then_some(Request { url, server: ASKED.into() })
}

fn parse(body: &str) -> Result<Vec<Paper>, ParseError> {
    let value = body::json(ASKED, body)?;
    let records = body::records(ASKED, body, &value["data"], &value["meta"]["total"], "“data”")?;
    super::citable(ASKED, records.len(), records.iter().filter_map(|record| found(&record["attributes"]).paper(ASKED)))
}

fn found(record: &Value) -> Found {
    let titles = items(&record["titles"]);
    let title_of = |kind: Option<&str>| {
        titles.iter().filter(|title| title["titleType"].as_str() == kind).find_map(|title| text(&title["title"]))
    };
    let descriptions = |kind: &'static str| {
        items(&record["descriptions"])
            .iter()
            .filter(move |description| description["descriptionType"] == kind)
            .filter_map(|description| text(&description["description"]))
    };
    let own_doi = text(&record["doi"]);
    Found {
        title: title_of(None).or_else(|| titles.iter().find_map(|title| text(&title["title"]))).unwrap_or_default(),
        subtitle: title_of(Some("Subtitle")),
        authors: items(&record["creators"]).iter().filter_map(author).collect(),
        year: year(record),
        venue: text(&record["container"]["title"]).or_else(|| publisher(&record["publisher"])),
        arxiv_id: own_doi.clone().filter(|doi| identifier::arxiv_id(doi).is_some()),
        doi: published_doi(record).or(own_doi),
        abstract_text: descriptions("Abstract").max_by_key(String::len),
        notice: descriptions("Other").filter_map(|comment| Notice::of_comment(&comment)).chain(withdrawn(record)).max(),
        ..Found::default()
    }
}

/// Whether the record has a date of its withdrawal (DataCite schema 4, dateType).
fn withdrawn(record: &Value) -> Option<Notice> {
    items(&record["dates"]).iter().any(|date| date["dateType"] == "Withdrawn").then_some(Notice::Withdrawn)
}

/// The DOI of the publication, where arXiv knows it.
fn published_doi(record: &Value) -> Option<String> {
    items(&record["relatedIdentifiers"])
        .iter()
        .filter(|related| related["relationType"] == "IsVersionOf" && related["relatedIdentifierType"] == "DOI")
        .find_map(|related| identifier::doi(related["relatedIdentifier"].as_str()?))
}

/// "Given Family" from its parts; else the name as sent, which of an organisation is in order.
fn author(creator: &Value) -> Option<Author> {
    let part = |key: &str| creator[key].as_str().map(str::trim).filter(|part| !part.is_empty());
    match (part("givenName"), part("familyName")) {
        (Some(given), Some(family)) => Some(Author::Ordered(format!("{given} {family}"))),
        _ => {
            let name = part("name").or(part("raw_name"))?.to_owned();
            Some(if part("nameType") == Some("Organizational") { Author::Ordered(name) } else { Author::Named(name) })
        }
    }
}

/// The earliest of the publication year and the dates of submission.
fn year(record: &Value) -> Option<i64> {
    let number = |value: &Value| value.as_i64().or_else(|| value.as_str()?.get(..4)?.parse().ok());
    let submitted = items(&record["dates"]).iter().filter(|date| date["dateType"] == "Submitted");
    submitted.filter_map(|date| number(&date["date"])).chain(number(&record["publicationYear"])).min()
}

/// Text, or since schema 4.5 an object with a name.
fn publisher(publisher: &Value) -> Option<String> {
    text(publisher).or_else(|| text(&publisher["name"]))
}
