//! Looking up: the references of a draft whose texts are not at hand are asked for at the registers of works.
//!
//! By identifier first, then by title, one source after the other until one knows the work. Only where [`ENOUGH`] of them
//! answered that they have none is it called not found: a work may be missing in one (Crossref has no arXiv), and a source that
//! did not answer says nothing. The host keeps the manners: one request at a time to each source.

use crate::{
    draft::{Author, Entry, Known},
    host::{Host, Progress},
    paper::{Paper, SourceId, merge},
    request::{FetchError, Request},
    source::{Identifier, ParseError, Reference},
};
use futures::{StreamExt, stream};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

/// Sources that must have answered before a work is not found: two, whose holdings differ.
const ENOUGH: usize = 2;
/// References looked up at once: each source has one request at a time, so that as many as there are sources keep all of
/// them busy.
const AT_ONCE: usize = SourceId::REGISTERS.len();

/// Why nothing is asked any more.
const CANCELLED: &str = "the check was cancelled";
/// Why nothing was asked.
const TOLD_TOO_LITTLE: &str = "the list gives neither a title nor an identifier of it";

/// Looks references up, a few at a time, and tells the host how far it is. What came of each, in their order; once the reader
/// cancels, the rest could not be asked.
pub async fn look_up(entries: &[&Entry], host: &impl Host) -> Vec<Known> {
    let desk = Desk { host, cancelled: Cell::new(false), failures: RefCell::default() };
    let mut known = vec![Known::NotAsked(CANCELLED.into()); entries.len()];
    desk.tell(0, entries.len());
    let asking = entries.iter().enumerate().map(|(at, entry)| {
        let desk = &desk;
        async move { (at, desk.look_up(entry).await) }
    });
    let mut asking = stream::iter(asking).buffer_unordered(AT_ONCE);
    let mut done = 0;
    while let Some((at, found)) = asking.next().await {
        known[at] = found;
        done += 1;
        desk.tell(done, entries.len());
    }
    known
}

/// Where references are looked up.
struct Desk<'h, H> {
    host: &'h H,
    cancelled: Cell<bool>,
    /// Why each source first failed: that it is left alone afterwards is no reason of its own.
    failures: RefCell<BTreeMap<SourceId, String>>,
}

/// What asking one source after the other came to.
enum Reply {
    /// Records that were taken; never empty.
    Papers(Vec<Paper>),
    /// Enough of them have none.
    Nobody,
    /// Too few answered; why.
    Unasked(String),
}

/// How the body that answers a request is read.
type Parse = fn(SourceId, &str) -> Result<Vec<Paper>, ParseError>;

impl<H: Host> Desk<'_, H> {
    async fn look_up(&self, entry: &Entry) -> Known {
        let by_identifier = requests(entry);
        if by_identifier.is_empty() && entry.title.is_empty() {
            return Known::NotAsked(TOLD_TOO_LITTLE.into());
        }
        let mut other = None;
        let is_it = |papers: Vec<Paper>| {
            let (its, others): (Vec<Paper>, Vec<Paper>) = papers.into_iter().partition(|paper| entry.may_be(paper));
            other = other.take().or_else(|| others.into_iter().next());
            its
        };
        let reply = self.ask_in_turn(by_identifier, record, is_it).await;
        let by_title = match (reply, other) {
            (Reply::Papers(papers), _) => return self.known(papers).await,
            (_, Some(other)) => return Known::OtherWork(Box::new(other)),
            (Reply::Unasked(why), None) if entry.title.is_empty() => return Known::NotAsked(why),
            (Reply::Nobody, None) if entry.title.is_empty() => return Known::NotFound,
            (reply, None) => {
                (reply, self.ask_in_turn(titled(entry), SourceId::parse, |found| entry.among(found)).await)
            }
        };
        match by_title {
            (_, Reply::Papers(papers)) => self.known(papers).await,
            (Reply::Unasked(why), _) | (_, Reply::Unasked(why)) => Known::NotAsked(why),
            _ => Known::NotFound,
        }
    }

    /// One work with its abstract, or several.
    async fn known(&self, papers: Vec<Paper>) -> Known {
        match <[Paper; 1]>::try_from(papers) {
            Ok([paper]) => self.with_abstract(paper).await,
            Err(several) => Known::Ambiguous(several),
        }
    }

    /// Asks the sources that may have the abstract of a work, where it came without one and may be read at all.
    async fn with_abstract(&self, mut paper: Paper) -> Known {
        let mut failures = Vec::new();
        for source in [SourceId::Openalex, SourceId::SemanticScholar] {
            if paper.abstract_text.is_some() || !paper.can_be_evidence() {
                break;
            }
            if paper.sources.contains(&source) {
                continue;
            }
            let identifier = paper.doi.as_deref().map(Identifier::Doi);
            let identifier = identifier.or_else(|| paper.arxiv_id.as_deref().map(Identifier::Arxiv));
            let Some(request) = identifier.and_then(|identifier| source.record(identifier)) else { continue };
            match self.ask(&request, record).await {
                Ok(more) => {
                    let together = merge(std::iter::once(paper.clone()).chain(more).collect());
                    paper = together.into_iter().next().unwrap_or(paper);
                }
                Err(why) => failures.push(why),
            }
        }
        let unasked = (paper.abstract_text.is_none() && !failures.is_empty()).then(|| failures.join("; "));
        Known::Found { paper: Box::new(paper), unasked }
    }

    /// Asks one source after the other until the records of one are taken, or enough have none.
    async fn ask_in_turn(
        &self,
        requests: Vec<Request>,
        parse: Parse,
        mut taken: impl FnMut(Vec<Paper>) -> Vec<Paper>,
    ) -> Reply {
        let (mut without, mut failures) = (0, Vec::new());
        for request in requests {
            match self.ask(&request, parse).await {
                Ok(papers) => {
                    let papers = taken(papers);
                    if !papers.is_empty() {
                        return Reply::Papers(papers);
                    }
                    without += 1;
                }
                Err(why) => failures.push(why),
            }
            if without == ENOUGH {
                return Reply::Nobody;
            }
        }
        if failures.is_empty() { Reply::Nobody } else { Reply::Unasked(failures.join("; ")) }
    }

    /// The records that answer a request; none where the source says that it has none; or why it could not be asked.
    async fn ask(&self, request: &Request, parse: Parse) -> Result<Vec<Paper>, String> {
        if self.cancelled.get() {
            return Err(CANCELLED.into());
        }
        let source = request.source;
        let response = match self.host.fetch(request).await {
            Ok(response) => response,
            Err(FetchError::Status { status: 404 }) => return Ok(Vec::new()),
            Err(error) => return Err(self.failure(source, &error)),
        };
        let papers = parse(source, &response.body).map_err(|error| error.to_string())?;
        self.host.keep(request, &response).await;
        Ok(papers)
    }

    fn failure(&self, source: SourceId, error: &FetchError) -> String {
        let mut failures = self.failures.borrow_mut();
        let first = failures.entry(source).or_insert_with(|| format!("{}: {error}", source.name()));
        if matches!(error, FetchError::CircuitOpen { .. }) {
            first.clone()
        } else {
            format!("{}: {error}", source.name())
        }
    }

    fn tell(&self, done: usize, total: usize) {
        let told = self.host.emit(Progress::LookingUp { done, total });
        self.cancelled.set(self.cancelled.get() || told.is_err());
    }
}

fn record(source: SourceId, body: &str) -> Result<Vec<Paper>, ParseError> {
    source.parse_record(body).map(|paper| vec![paper])
}

/// The requests for a reference by its identifiers: one a source, by the first that it keeps records under.
fn requests(entry: &Entry) -> Vec<Request> {
    let identifiers = [
        entry.doi.as_deref().map(Identifier::Doi),
        entry.arxiv_id.as_deref().map(Identifier::Arxiv),
        entry.pmid.as_deref().map(Identifier::Pmid),
    ];
    let first = |source: SourceId| identifiers.into_iter().flatten().find_map(|identifier| source.record(identifier));
    SourceId::REGISTERS.into_iter().filter_map(first).collect()
}

/// The requests for a reference by its title.
fn titled(entry: &Entry) -> Vec<Request> {
    let author = entry.authors.first().map(|Author { family, .. }| family.as_str());
    let reference = Reference { title: &entry.title, author, year: entry.year };
    SourceId::BY_TITLE.into_iter().filter_map(|source| source.titled(reference)).collect()
}
