//! Full texts of the papers kept are fetched side by side, those of one host as far apart as it wants.
//!
//! Of a work the formats are tried in their order, the next one only once the one before could not be had. Whatever has not
//! come within the patience is done without: the abstract has been read by then.

use crate::{
    host::{Host, Progress},
    paper::{Format, FullText, Notice, Paper, Reading, SectionKind},
    read::{self, Page},
    request::FetchError,
    source::{self, unpaywall},
};
use futures::{
    StreamExt,
    future::{Either, select},
    stream::FuturesUnordered,
};
use std::pin::pin;

/// PDFs of one work that are tried at most, arXiv's first: publishers' hosts mostly let no page read theirs, and each that hangs
/// keeps the reader waiting.
const PDFS_PER_PAPER: usize = 3;

/// A full text, and the page that shows it; else why there is none, for the reader.
type Text = Result<(Page, Option<String>), String>;

/// What came of a paper's full texts.
pub(crate) struct Tried {
    /// The paper's place among those kept.
    pub place: usize,
    /// What could be read.
    pub text: Text,
}

/// What came of the full texts of several papers.
pub(crate) struct FullTexts {
    /// In the order of the papers.
    pub tried: Vec<Tried>,
    /// True where the reader cancelled meanwhile.
    pub cancelled: bool,
}

/// Tries to read the papers, given with their places, in full.
pub(crate) async fn full_texts(host: &impl Host, papers: Vec<(usize, Paper)>, patience_ms: u64) -> FullTexts {
    let total = papers.len();
    let mut tried: Vec<Option<Text>> = papers.iter().map(|_| None).collect();
    let one = async |at: usize| (at, full_text(host, &papers[at].1).await);
    let mut trying: FuturesUnordered<_> = (0..total).map(one).collect();
    let mut patience = pin!(host.sleep(patience_ms));
    let mut cancelled = false;
    let mut done = 0;
    while !cancelled {
        let Either::Left((Some((at, text)), _)) = select(trying.next(), patience.as_mut()).await else { break };
        done += 1;
        let (paper, full_text) = (papers[at].1.id.clone(), text.is_ok());
        cancelled = host.emit(Progress::Reading { done, total, paper, full_text }).is_err();
        tried[at] = Some(text);
    }
    drop(trying);
    let late = || Err(format!("it had not come after {} s", patience_ms / 1_000));
    let tried = papers.iter().zip(tried).map(|(&(place, _), text)| Tried { place, text: text.unwrap_or_else(late) });
    FullTexts { tried: tried.collect(), cancelled }
}

/// The first of a work's full texts that can be had, can be read and is its own, and the page that shows it; else why none is.
async fn full_text(host: &impl Host, paper: &Paper) -> Text {
    let mut reasons = Vec::new();
    let texts = if paper.full_texts.is_empty() { open_copies(host, paper).await? } else { paper.full_texts.clone() };
    let (others, pdfs): (Vec<_>, Vec<_>) = texts.iter().partition(|text| text.format != Format::Pdf);
    for text in others.into_iter().chain(pdfs.into_iter().take(PDFS_PER_PAPER)) {
        match fetched(host, paper, text).await {
            Ok(page) => return Ok((page, text.shown_at().map(Into::into))),
            Err(reason) => reasons.push(format!("{}: {reason}", text.format.name())),
        }
    }
    Err(reasons.join("; "))
}

/// The full texts that Unpaywall knows of a paper of which no source knows one; else why there are none.
async fn open_copies(host: &impl Host, paper: &Paper) -> Result<Vec<FullText>, String> {
    let doi = paper.doi.as_deref().ok_or("no source knows an open full text of it")?;
    let request = unpaywall::request(doi);
    let response = host.fetch(&request).await.map_err(|error| match error {
        FetchError::Status { status: 404 } => "Unpaywall does not know its DOI".to_owned(),
        FetchError::Status { status: 422 } => "Unpaywall does not take the e-mail address that you entered".to_owned(),
        error => format!("Unpaywall could not be asked for an open copy: {error}"),
    })?;
    let texts = unpaywall::full_texts(&response.text()).ok_or("Unpaywall sent something else than a record")?;
    host.keep(&request, &response).await;
    if texts.is_empty() { Err("Unpaywall knows no open copy of it".into()) } else { Ok(texts) }
}

async fn fetched(host: &impl Host, paper: &Paper, text: &FullText) -> Result<Page, String> {
    let request = source::full_text::request(text);
    let response = match host.fetch(&request).await {
        Ok(response) => response,
        // arXiv's 404 carries no CORS header, so a page cannot see it.
        Err(FetchError::Unreadable) => return Err(format!("{} has none that a page may read", text.host())),
        Err(error) => return Err(error.to_string()),
    };
    let page = read_body(host, text.format, &response.body).await?;
    if !read::is_of(paper, page.title.as_deref(), &page.sections) {
        let title = page.title.map_or_else(|| "another text".to_owned(), |title| format!("“{title}”"));
        return Err(format!("it is {title}, not this paper"));
    }
    // As PubMed Central answers of articles that are not open.
    if page.sections.iter().all(|section| matches!(section.kind, SectionKind::Abstract | SectionKind::Table)) {
        return Err(format!("{} gives its abstract alone; the full text is not open there", text.host()));
    }
    host.keep(&request, &response).await;
    Ok(page)
}

/// Reads a paper that is written in this format.
pub(crate) async fn read_body(host: &impl Host, format: Format, body: &[u8]) -> Result<Page, String> {
    if format != Format::Pdf {
        return read::sections(format, body).map_err(|error| error.to_string());
    }
    read::pdf::check(body).map_err(|error| error.to_string())?;
    let runs = host.pdf_runs(body).await.map_err(|error| error.to_string())?;
    read::pdf::sections(&runs).map_err(|error| error.to_string())
}

/// Reads the abstract of a paper of which nothing else was read.
pub(crate) fn read_abstract(paper: &mut Paper) {
    if paper.sections.is_empty()
        && let Some(text) = &paper.abstract_text
    {
        paper.sections = vec![read::plain::section("Abstract", SectionKind::Abstract, text)];
        paper.reading = Reading::Abstract;
    }
}

/// Puts the full text in place; the source's abstract stays in front where the text has none of its own. A notice in the text's
/// title ("RETRACTED: …") is one of the paper.
pub(crate) fn set_full_text(paper: &mut Paper, page: Page, shown_at: Option<String>) {
    let notice = page.title.as_deref().and_then(Notice::of_title);
    paper.retracted |= notice.is_some_and(Notice::takes_back);
    paper.notice = paper.notice.max(notice);
    if page.sections.iter().any(|section| section.kind == SectionKind::Abstract) {
        paper.sections = page.sections;
    } else {
        paper.sections.extend(page.sections);
    }
    paper.works = page.works;
    paper.reading = Reading::FullText;
    paper.page = shown_at;
}
