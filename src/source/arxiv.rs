//! arXiv's own query API: Atom. Browsers cannot read it since November 2025 (no CORS header), so it needs
//! a relay that the reader entered ([`super::Ask::relayed`]); without one its first search fails and says so.
//!
//! Traps (info.arxiv.org/help/api/user-manual.html and recorded answers): words without an operator are joined by `OR`, so every
//! phrase is quoted and every `AND` written; an error is an entry titled "Error"; ids are `http:` with a version.

use super::{Courtesy, Facts, ParseError, SourceId, Step, body, found::Author, found::Found, phrases, quoted, xml};
use crate::{
    paper::{
        Notice, Paper,
        identifier::{self, percent_encoded},
    },
    question::{Matching, Query},
    request::Request,
};
use roxmltree::Node;

const ASKED: SourceId = SourceId::Arxiv;
const ATOM: &str = "http://www.w3.org/2005/Atom";
/// arXiv's extension of Atom: DOI, comment, journal.
const ARXIV: &str = "http://arxiv.org/schemas/atom";
const OPENSEARCH: &str = "http://a9.com/-/spec/opensearch/1.1/";

pub(super) static FACTS: Facts = Facts {
    note: "arXiv's own search; browsers cannot read it since November 2025, so it needs a relay.",
    remedy: "arXiv's search has not allowed web pages to read it since November 2025: use OpenAlex or DataCite, which hold the same papers, \
             or enter the address of a relay.",
    on_by_default: false,
    needs_relay: true,
    matching: Matching::All,
    // One request in three seconds, one connection; info.arxiv.org/help/api/tou.html. max_results ≤ 2000, kept small.
    courtesy: Courtesy::of_search(3_000, 1, 100),
    search,
    read: |body| parse(body).map(Step::Done),
    parse,
};

fn search(query: &Query, limit: usize) -> Option<Request> {
    let search = phrases(query).map(|phrase| format!("all:{}", quoted(&phrase))).collect::<Vec<_>>().join(" AND ");
    // The colon stays: encoded, it was answered with 406.
    let url = format!(
        "https://export.arxiv.org/api/query?search_query={}&start=0&max_results={limit}&sortBy=relevance&sortOrder=descending",
        percent_encoded(&search, ":")
    );
    (!search.is_empty()).then_some(Request { url, server: ASKED.into() })
}

fn parse(text: &str) -> Result<Vec<Paper>, ParseError> {
    let text = body::open(ASKED, text)?;
    let document = xml::document(ASKED, text)?;
    let feed = document.root_element();
    if !feed.has_tag_name((ATOM, "feed")) {
        return Err(ParseError::Unexpected { asked: ASKED, missing: "an Atom feed", excerpt: body::excerpt(text) });
    }
    let entries: Vec<Node> = feed.children().filter(|node| node.has_tag_name((ATOM, "entry"))).collect();
    if let Some(error) = entries.iter().find(|entry| is_error(**entry)) {
        let message = child(*error, ATOM, "summary").unwrap_or_default();
        return Err(ParseError::Refused { asked: ASKED, message: body::excerpt(&message) });
    }
    if let Some(echo) = child(feed, ATOM, "title").filter(|title| has_or(title)) {
        return Err(ParseError::Rewritten { asked: ASKED, echo: body::excerpt(&echo) });
    }
    let count = |name| child(feed, OPENSEARCH, name).and_then(|count| count.trim().parse::<u64>().ok());
    match (entries.is_empty(), count("totalResults"), count("startIndex")) {
        // A known fault: later pages of a search may be empty too, but a first page is asked for here.
        (true, Some(total), start) if total > start.unwrap_or(0) => Err(ParseError::EmptyPage { asked: ASKED, total }),
        (true, None, _) => {
            Err(ParseError::Unexpected { asked: ASKED, missing: "“totalResults”", excerpt: body::excerpt(text) })
        }
        _ => super::citable(ASKED, entries.len(), entries.iter().filter_map(|entry| found(*entry).paper(ASKED))),
    }
}

/// An error comes as an entry, with status 400 or, from older servers and caches, 200.
fn is_error(entry: Node) -> bool {
    child(entry, ATOM, "id").is_some_and(|id| id.contains("arxiv.org/api/errors"))
}

/// Whether the echoed query has an `OR` outside quotes: ours never has one.
fn has_or(title: &str) -> bool {
    let unquoted = title.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    unquoted.split(|c: char| c.is_whitespace() || "()+".contains(c)).any(|word| word == "OR")
}

fn found(entry: Node) -> Found {
    let text = |name| child(entry, ATOM, name);
    let authors = entry.children().filter(|node| node.has_tag_name((ATOM, "author")));
    let comment = child(entry, ARXIV, "comment");
    Found {
        title: text("title").unwrap_or_default(),
        authors: authors.filter_map(|author| child(author, ATOM, "name").map(Author::Named)).collect(),
        // `published` is the first version, `updated` the last; a record without the first is still a record.
        year: text("published").or_else(|| text("updated")).and_then(|date| date.trim().get(..4)?.parse().ok()),
        venue: Some(child(entry, ARXIV, "journal_ref").unwrap_or_else(|| "arXiv".to_owned())),
        doi: child(entry, ARXIV, "doi"),
        arxiv_id: text("id").filter(|id| identifier::arxiv_id(id).is_some()),
        abstract_text: text("summary"),
        notice: comment.as_deref().and_then(Notice::of_comment),
        ..Found::default()
    }
}

/// All text of the first child of that name.
fn child(node: Node, namespace: &str, name: &str) -> Option<String> {
    node.children().find(|child| child.has_tag_name((namespace, name))).map(xml::text)
}
