//! Crossref `/works`: the publishers' own records, about half of them with an abstract (as JATS).
//!
//! `query.bibliographic` ranks by the words it shares; it knows no phrases or operators. arXiv's DOIs are not here.

use super::{
    Courtesy, Facts, ParseError, SourceId, Step,
    body::{self, items, text},
    found::{Author, Found},
    phrases,
    record::{Identifier, Reference, TITLED, in_path},
};
use crate::{
    paper::{
        Notice, Paper,
        identifier::{arxiv_id, arxiv_of_doi, percent_encoded},
    },
    question::{Matching, Query},
    request::Request,
};
use serde_json::Value;

const ASKED: SourceId = SourceId::Crossref;
const FIELDS: &str =
    "DOI,title,subtitle,author,issued,published,container-title,abstract,type,relation,update-to,updated-by";
/// Works that can be read and cited as papers. Without a type filter, journals, figures and review reports come too;
/// a record without an abstract cannot be tested.
const FILTER: &str =
    "has-abstract:1,type:journal-article,type:proceedings-article,type:posted-content,type:book-chapter";

pub(super) static FACTS: Facts = Facts {
    note: "Publishers' own records of articles, proceedings and preprints; those with an abstract.",
    remedy: "Crossref allows few requests at a time from one address: wait a minute and try again.",
    on_by_default: true,
    needs_relay: false,
    matching: Matching::Any,
    // 5 requests/s, one at a time, in the public pool (x-rate-limit-limit of June 2026); rows ≤ 1000, kept small.
    courtesy: Courtesy::of_search(250, 2, 100),
    search,
    read: |body| parse(body).map(Step::Done),
    parse,
};

fn search(query: &Query, limit: usize) -> Option<Request> {
    let words = phrases(query).collect::<Vec<_>>().join(" ");
    let url = format!(
        "https://api.crossref.org/works?query.bibliographic={}&rows={limit}&filter={FILTER}&select={FIELDS}",
        percent_encoded(&words, "")
    );
    (!words.is_empty()).then_some(Request { url, server: ASKED.into() })
}

fn parse(body: &str) -> Result<Vec<Paper>, ParseError> {
    let value = body::json(ASKED, body)?;
    let message = &value["message"];
    let records = body::records(ASKED, body, &message["items"], &message["total-results"], "“message.items”")?;
    super::citable(ASKED, records.len(), records.iter().filter_map(|record| found(record).paper(ASKED)))
}

/// The record of a work, under its DOI alone.
pub(super) fn record(identifier: Identifier<'_>) -> Option<String> {
    match identifier {
        Identifier::Doi(doi) if arxiv_of_doi(doi).is_none() => {
            Some(format!("https://api.crossref.org/works/{}", in_path(doi)))
        }
        _ => None,
    }
}

/// Works of all types: books and reports are cited too.
pub(super) fn titled(title: &str, Reference { author, year, .. }: Reference<'_>) -> String {
    let year = year.map(|year| year.to_string());
    let words = [Some(title), author, year.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let words = percent_encoded(&words, "");
    format!("https://api.crossref.org/works?query.bibliographic={words}&rows={TITLED}&select={FIELDS}")
}

pub(super) fn parse_record(body: &str) -> Result<Option<Paper>, ParseError> {
    Ok(found(&body::json(ASKED, body)?["message"]).paper(ASKED))
}

fn found(record: &Value) -> Found {
    let first = |key: &str| items(&record[key]).iter().find_map(text);
    Found {
        title: first("title").unwrap_or_default(),
        subtitle: first("subtitle"),
        authors: items(&record["author"]).iter().filter_map(author).collect(),
        year: year(&record["issued"]).or_else(|| year(&record["published"])),
        venue: first("container-title"),
        doi: text(&record["DOI"]),
        arxiv_id: preprint(&record["relation"]),
        abstract_text: text(&record["abstract"]),
        notice: notice(record),
        ..Found::default()
    }
}

/// What became of a work: the notices that update it (`updated-by`), or what it updates as a notice (`update-to`), which
/// is no finding of its own either. A new version and an addendum change nothing.
fn notice(record: &Value) -> Option<Notice> {
    let kinds = ["updated-by", "update-to"].into_iter().flat_map(|key| items(&record[key]));
    let kinds = kinds.flat_map(|update| [&update["type"], &update["label"]]).filter_map(Value::as_str);
    let updates = kinds.filter_map(Notice::of_kind).max();
    // "is-retracted-by", "has-retraction"; "retracts" is a notice's.
    let is_of_it = |key: &str| key.ends_with("-by") || key.starts_with("has-") || key == "retracts";
    let relations = record["relation"].as_object().into_iter().flatten();
    let related = relations.filter(|(key, works)| is_of_it(key) && !items(works).is_empty());
    updates.max(related.filter_map(|(key, _)| Notice::of_kind(key)).max())
}

/// "Given Family", the family name alone, or the name of a group.
fn author(author: &Value) -> Option<Author> {
    let part = |key: &str| author[key].as_str().map(str::trim).filter(|part| !part.is_empty());
    let suffix = part("suffix").map_or(String::new(), |suffix| format!(" {suffix}"));
    match (part("given"), part("family")) {
        (Some(given), Some(family)) => Some(Author::Ordered(format!("{given} {family}{suffix}"))),
        (given, family) => part("name").or(family).or(given).map(|name| Author::Ordered(name.to_owned())),
    }
}

/// The year of `{"date-parts": [[2020, 1, 2]]}`; an unknown date is `[[null]]`.
fn year(date: &Value) -> Option<i64> {
    date["date-parts"][0][0].as_i64()
}

/// The arXiv id of the work's preprint, where the publisher named it.
fn preprint(relation: &Value) -> Option<String> {
    items(&relation["has-preprint"])
        .iter()
        .chain(items(&relation["is-version-of"]))
        .find_map(|r| arxiv_id(r["id"].as_str()?))
}
