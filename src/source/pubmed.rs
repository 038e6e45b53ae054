//! PubMed, by NCBI's E-utilities (www.ncbi.nlm.nih.gov/books/NBK25499): a search gives ids (`esearch`, JSON), and the records
//! are fetched by these (`efetch`, XML alone).
//!
//! Words without an operator are all required, each also by its other endings and as a subject heading; quotation marks would
//! turn that off, so phrases stand in parentheses (pubmed.ncbi.nlm.nih.gov/help).
//!
//! Traps of the records: a title ends in a full stop, and stands in brackets where it was translated; an abstract comes in
//! labelled parts; the references have DOIs of their own; a date may be words ("1998 Dec-1999 Jan").

use super::{
    Ask, Courtesy, Facts, ParseError, SourceId, Step,
    body::{self, excerpt},
    found::{Author, Found},
    phrases, xml,
};
use crate::{
    paper::{Notice, Paper, identifier::percent_encoded},
    question::{Matching, Query},
    request::Request,
};
use roxmltree::Node;
use serde_json::Value;

const ASKED: SourceId = SourceId::Pubmed;
/// Where they are.
pub(super) const EUTILS: &str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils";
/// How NCBI asks programs to name themselves (NBK25497, "Frequency, Timing and Registration").
pub(super) const TOOL: &str = "tool=probatum";
/// Least time between two requests, in milliseconds: three a second are allowed without a key (NBK25497).
pub(super) const MIN_INTERVAL_MS: u64 = 400;

pub(super) static FACTS: Facts = Facts {
    note: "Some 38 million records of medicine and the life sciences; leads to the full texts that PubMed Central has openly.",
    remedy: "PubMed allows three requests a second from one address: wait a minute and try again.",
    on_by_default: true,
    needs_relay: false,
    matching: Matching::All,
    // A record has some 10 kB (1.9 MB for 176 of 2019), its references and subject headings included, so that fewer are asked
    // for than elsewhere.
    courtesy: Courtesy::of_search(MIN_INTERVAL_MS, 2, 50),
    search,
    read: ids,
    parse,
};

fn search(query: &Query, limit: usize) -> Option<Request> {
    let operand = |phrase: String| if phrase.contains(' ') { format!("({phrase})") } else { phrase };
    // "#1" would be the first search of a session.
    let phrases = phrases(query).map(|phrase| phrase.replace('#', " ").trim().to_owned());
    let term = phrases.filter(|phrase| !phrase.is_empty()).map(operand).collect::<Vec<_>>().join(" AND ");
    let url = format!(
        "{EUTILS}/esearch.fcgi?db=pubmed&term={}&retmax={limit}&retmode=json&sort=relevance&{TOOL}",
        percent_encoded(&term, "")
    );
    (!term.is_empty()).then_some(Request { url, server: ASKED.into() })
}

/// The request for the records whose ids a search found.
fn ids(text: &str) -> Result<Step, ParseError> {
    let value = body::json(ASKED, text)?;
    let found = &value["esearchresult"];
    if let Some(message) = found["ERROR"].as_str() {
        return Err(ParseError::Refused { asked: ASKED, message: excerpt(message) });
    }
    let count = found["count"].as_str().and_then(|count| count.parse::<u64>().ok());
    let ids = body::records(ASKED, text, &found["idlist"], &Value::from(count), "“esearchresult.idlist”")?;
    let ids: Option<Vec<&str>> = ids.iter().map(|id| id.as_str().filter(|id| is_number(id))).collect();
    let Some(ids) = ids else {
        return Err(ParseError::Unexpected { asked: ASKED, missing: "PubMed ids", excerpt: excerpt(text) });
    };
    if ids.is_empty() {
        return Ok(Step::Done(Vec::new()));
    }
    let url = format!("{EUTILS}/efetch.fcgi?db=pubmed&id={}&retmode=xml&rettype=abstract&{TOOL}", ids.join(","));
    let request = Request { url, server: ASKED.into() };
    Ok(Step::Ask(Ask { request, read: |body| parse(body).map(Step::Done) }))
}

fn is_number(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit())
}

/// The articles of a set; chapters of books are left out. A set is asked for by ids, so that an empty one is no answer.
fn parse(text: &str) -> Result<Vec<Paper>, ParseError> {
    let text = body::open(ASKED, text)?;
    let unexpected = |missing| ParseError::Unexpected { asked: ASKED, missing, excerpt: excerpt(text) };
    let bare = xml::without_doctype(text).ok_or_else(|| unexpected("a document without entities of its own"))?;
    let document = xml::document(ASKED, &bare)?;
    let set = document.root_element();
    if let Some(error) = set.children().find(|node| node.has_tag_name("ERROR")) {
        return Err(ParseError::Refused { asked: ASKED, message: excerpt(&xml::text(error)) });
    }
    if !set.has_tag_name("PubmedArticleSet") || !set.children().any(|node| node.is_element()) {
        return Err(unexpected("a set of articles"));
    }
    let articles: Vec<Node> = set.children().filter(|node| node.has_tag_name("PubmedArticle")).collect();
    super::citable(ASKED, articles.len(), articles.iter().filter_map(|article| found(*article, &bare)?.paper(ASKED)))
}

fn found(record: Node, xml: &str) -> Option<Found> {
    let citation = at(record, &["MedlineCitation"])?;
    let article = at(citation, &["Article"])?;
    let native_id = at(citation, &["PMID"]).map(xml::text).filter(|id| is_number(id));
    let numbered = |kind| all(record, &["PubmedData", "ArticleIdList"], "ArticleId").find(has("IdType", kind));
    let located = || all(article, &[], "ELocationID").find(has("EIdType", "doi"));
    Some(Found {
        address: native_id.as_ref().map(|id| format!("https://pubmed.ncbi.nlm.nih.gov/{id}/")),
        native_id,
        title: title(article, xml),
        authors: all(article, &["AuthorList"], "Author").filter_map(author).collect(),
        year: year(article),
        venue: at(article, &["Journal", "Title"]).map(xml::text),
        doi: numbered("doi").or_else(located).map(xml::text),
        pmcid: numbered("pmc").map(xml::text),
        abstract_text: at(article, &["Abstract"]).map(|whole| abstract_text(whole, xml)),
        notice: notice(citation, article),
        ..Found::default()
    })
}

/// The title, with markup, without the full stop that all have and the brackets around one that was translated; the original
/// one where there is no other.
fn title(article: Node, xml: &str) -> String {
    let bare = |name: &str| {
        let written = at(article, &[name]).map_or("", |node| inner(node, xml)).trim();
        written.strip_suffix('.').unwrap_or(written).to_owned()
    };
    let title = bare("ArticleTitle");
    let is_english = all(article, &[], "Language").any(|language| language.text() == Some("eng"));
    let translated = title.strip_prefix('[').and_then(|title| title.strip_suffix(']')).filter(|_| !is_english);
    match translated.unwrap_or(&title) {
        "" | "Not Available" => bare("VernacularTitle"),
        title => title.to_owned(),
    }
}

/// The parts of an abstract, each under its label.
fn abstract_text(whole: Node, xml: &str) -> String {
    let part = |part: Node| {
        let label = part.attribute("Label").filter(|label| !matches!(*label, "UNLABELLED" | "UNASSIGNED"));
        let heading = label.map_or(String::new(), |label| format!("<title>{label}</title>"));
        format!("{heading}<p>{}</p>", inner(part, xml))
    };
    all(whole, &[], "AbstractText").map(part).collect()
}

/// The name of a person, in full where it is known, or of a group.
fn author(author: Node) -> Option<Author> {
    let part = |name| at(author, &[name]).map(xml::text).filter(|part| !part.trim().is_empty());
    let family = part("LastName").or_else(|| part("CollectiveName"))?;
    let given = part("ForeName").or_else(|| part("Initials"));
    let name = [given, Some(family), part("Suffix")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Some(Author::Ordered(name))
}

/// The year of the journal's issue, or of the day online where that was before it. A date in words begins with its year, but
/// for a season.
fn year(article: Node) -> Option<i64> {
    let issue = at(article, &["Journal", "JournalIssue", "PubDate"])?;
    let told = [at(issue, &["Year"]), at(issue, &["MedlineDate"]), at(article, &["ArticleDate", "Year"])];
    let years = told.into_iter().flatten().filter_map(|date| {
        let date = xml::text(date);
        date.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 4)?.parse().ok()
    });
    years.min()
}

/// What became of a work, by its types and by what refers to it; or what it says itself of another. A corrected edition
/// ("…From") stands.
fn notice(citation: Node, article: Node) -> Option<Notice> {
    let types = all(article, &["PublicationTypeList"], "PublicationType").filter_map(|kind| kind.text());
    let related = all(citation, &["CommentsCorrectionsList"], "CommentsCorrections");
    let related = related.filter_map(|related| related.attribute("RefType")).filter(|kind| !kind.ends_with("From"));
    types.chain(related).filter_map(Notice::of_kind).max()
}

/// The element that a path of names leads to, the first of each.
fn at<'a>(node: Node<'a, 'a>, path: &[&str]) -> Option<Node<'a, 'a>> {
    path.iter().try_fold(node, |node, name| node.children().find(|child| child.has_tag_name(*name)))
}

/// The elements of a name in that which a path leads to.
fn all<'a>(node: Node<'a, 'a>, path: &[&str], name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    at(node, path).into_iter().flat_map(|node| node.children()).filter(move |child| child.has_tag_name(name))
}

fn has<'a>(attribute: &'static str, value: &'static str) -> impl Fn(&Node<'a, 'a>) -> bool {
    move |node| node.attribute(attribute) == Some(value)
}

/// What stands in an element, with its markup.
fn inner<'x>(node: Node, xml: &'x str) -> &'x str {
    let first = node.first_child().map_or(0, |child| child.range().start);
    let last = node.last_child().map_or(0, |child| child.range().end);
    xml.get(first..last).unwrap_or_default()
}
