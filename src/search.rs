//! Searching: the chosen sources are asked side by side, in three rounds, and none holds the others up.
//!
//! The first round asks with the question's own words; the second with the words of the nearest works that the first one
//! found ([`crate::question::widened`]); the third follows the citations of the nearest works of both, one step, to find what
//! says the same in other words. A source that is not done some seconds after another has answered everything it
//! was asked is late: the run goes on with what it gave. A source late in the first round is asked nothing more, but what
//! it still answers while the second goes on is used. A source that the reader goes on without is not waited for any longer.

use crate::{
    host::{Host, PaperSummary, Progress},
    own,
    paper::{Paper, PaperId, SourceId, merge},
    question::{Query, Question, Seen, queries, widened},
    record::{Asked, Citations, Config, SearchParams, SourceOutcome, Warning, WarningKind},
    relevance::{self, Ranked},
    request::{FetchError, SourceState},
    source::{Ask, Direction, ParseError, Step},
    text::count,
};
use futures::{
    StreamExt,
    future::{Either, select},
    stream::FuturesUnordered,
};
use std::{cell::RefCell, collections::BTreeSet, pin::pin};

/// What the sources gave.
#[derive(Debug, Default)]
pub struct Found {
    /// Distinct works, in the order of the sources and their answers.
    pub works: Vec<Paper>,
    /// Records that came, by searches and along citations.
    pub records: usize,
    /// Requests as sent, for words and along citations, by source.
    pub asked: Vec<Asked>,
    /// How each source ended, in the order of [`Config::sources`].
    pub sources: Vec<SourceOutcome>,
    /// What went wrong.
    pub warnings: Vec<Warning>,
    /// True where the reader cancelled.
    pub cancelled: bool,
}

/// Asks every chosen source and puts the records of each work together.
pub async fn search(question: &Question, config: &Config, host: &impl Host) -> Found {
    let params = &config.params.search;
    let (files, unread) = own::papers(host).await;
    let (named, unknown) = own::named(config, host).await;
    let own = [files, named].concat();
    let open = |(at, &source): (usize, &SourceId)| {
        let papers = if source == SourceId::Yours { own.clone() } else { source.shipped() };
        Desk::open(at, source, config, params, host, papers)
    };
    let desks: Vec<Desk<_>> = config.sources.iter().enumerate().map(open).collect();
    let mut asking: FuturesUnordered<_> = desks.iter().map(|desk| desk.ask(desk.first(question))).collect();
    let late = settle(&mut asking, &desks, (0..desks.len()).collect()).await;

    let works = merge(desks.iter().flat_map(|desk| desk.gathered.borrow().papers.clone()).collect());
    let (nearest, others) = relevance::nearest(question, &works, &config.params.relevance);
    let seen = Seen { nearest: &nearest, others: &others };
    let in_time: BTreeSet<usize> = (0..desks.len()).filter(|at| !late.contains(at)).collect();
    for &at in &in_time {
        asking.push(desks[at].ask(desks[at].second(question, &seen)));
    }
    let late: BTreeSet<usize> = settle(&mut asking, &desks, in_time).await.union(&late).copied().collect();
    let follows = |desk: &&Desk<_>| desk.source.cites_at_once() > 0 && desk.is_open() && !late.contains(&desk.at);
    let following: Vec<&Desk<_>> = desks.iter().filter(follows).collect();
    if !following.is_empty() {
        let seeds = seeds(question, config, &desks);
        let mut waited_for = BTreeSet::new();
        for desk in following {
            let citations = desk.citations(&seeds);
            if !citations.is_empty() {
                waited_for.insert(desk.at);
                asking.push(desk.ask(citations));
            }
        }
        let patience = host.sleep(params.citation_patience_ms);
        let following = settle(&mut asking, &desks, waited_for.clone());
        let unended = match select(pin!(following), pin!(patience)).await {
            Either::Left((unended, _)) => unended,
            Either::Right(_) => waited_for,
        };
        unended.into_iter().for_each(|at| desks[at].tell(desks[at].state()));
    }
    drop(asking);
    let mut found = gather(desks, &late);
    found.warnings.extend(unread.into_iter().chain(unknown));
    found
}

/// The nearest of the works found so far: those whose citations are followed.
fn seeds<H: Host>(question: &Question, config: &Config, desks: &[Desk<'_, H>]) -> Vec<Ranked> {
    let Config { params, .. } = config;
    let works = merge(desks.iter().flat_map(|desk| desk.gathered.borrow().papers.clone()).collect());
    let (mut nearest, _) = relevance::screen(question, works, params.search.seeds, &params.relevance);
    nearest.retain(|work| work.relevance >= params.search.seed_relevance);
    nearest
}

/// Lets the searches go on until those waited for have ended, or its patience after the first of them that was answered.
/// Gives those that have not ended.
async fn settle<H: Host, F: Future<Output = usize>>(
    asking: &mut FuturesUnordered<F>,
    desks: &[Desk<'_, H>],
    mut waited_for: BTreeSet<usize>,
) -> BTreeSet<usize> {
    let mut patience = None;
    while !waited_for.is_empty() {
        let ended = match patience.take() {
            None => asking.next().await,
            Some(timer) => match select(asking.next(), timer).await {
                Either::Left((ended, timer)) => {
                    patience = Some(timer);
                    ended
                }
                Either::Right(_) => break,
            },
        };
        let Some(at) = ended else { break };
        waited_for.remove(&at);
        if patience.is_none() && desks[at].has_answered() {
            patience = Some(Box::pin(desks[at].host.sleep(desks[at].params.patience_ms)));
        }
    }
    waited_for
}

/// One source being asked.
struct Desk<'a, H> {
    /// Its place among the sources.
    at: usize,
    source: SourceId,
    config: &'a Config,
    params: &'a SearchParams,
    host: &'a H,
    gathered: RefCell<Gathered>,
}

/// A request of a search, or one along citations.
struct Planned {
    ask: Ask,
    citations: Option<Citations>,
}

/// Why a source did not answer, and what the reader can do about just that.
#[derive(Clone)]
struct Failure {
    reason: String,
    remedy: String,
}

/// What a source has given so far.
#[derive(Default)]
struct Gathered {
    papers: Vec<Paper>,
    asked: Vec<Asked>,
    sent: Vec<Query>,
    failure: Option<Failure>,
    /// Its next search would only cost the reader the same wait again, or is not wanted.
    closed: bool,
    /// The reader went on without it.
    left_out: bool,
    cancelled: bool,
}

impl<'a, H: Host> Desk<'a, H> {
    /// With the papers of it that are there without a search.
    fn open(
        at: usize,
        source: SourceId,
        config: &'a Config,
        params: &'a SearchParams,
        host: &'a H,
        papers: Vec<Paper>,
    ) -> Self {
        let gathered = Gathered { papers, ..Gathered::default() };
        Self { at, source, config, params, host, gathered: RefCell::new(gathered) }
    }

    fn first(&self, question: &Question) -> Vec<Planned> {
        self.searches(queries(question, self.source.matching(), self.params.first.min(self.budget())))
    }

    fn second(&self, question: &Question, seen: &Seen) -> Vec<Planned> {
        let queries = {
            let sent = &self.gathered.borrow().sent;
            widened(question, seen, self.source.matching(), sent, self.budget().saturating_sub(sent.len()))
        };
        self.searches(queries)
    }

    fn searches(&self, queries: Vec<Query>) -> Vec<Planned> {
        let mut gathered = self.gathered.borrow_mut();
        let planned = queries.into_iter().filter_map(|query| {
            let ask = self.source.search(&query, self.params.records)?;
            gathered.sent.push(query);
            Some(Planned { ask, citations: None })
        });
        planned.collect()
    }

    /// What it is asked about the works among these that it knows, the nearest first.
    fn citations(&self, seeds: &[Ranked]) -> Vec<Planned> {
        let known = seeds.iter().filter_map(|seed| Some((&seed.paper.id, seed.paper.ids.get(&self.source)?.as_str())));
        let (papers, ids): (Vec<&PaperId>, Vec<&str>) = known.unzip();
        let at_once = self.source.cites_at_once();
        let planned = papers.chunks(at_once).zip(ids.chunks(at_once)).flat_map(|(papers, ids)| {
            [Direction::Cited, Direction::Citing].into_iter().filter_map(move |direction| {
                let ask = self.source.citations(direction, ids, self.params.records)?;
                let of = papers.iter().copied().cloned().collect();
                Some(Planned { ask, citations: Some(Citations { direction, of }) })
            })
        });
        // Half of what fits: the first has to wait too, and answers take their time.
        planned.take(self.within(self.params.citation_patience_ms).div_ceil(2)).collect()
    }

    /// Searches that it may be asked: no more than it answers within the patience.
    fn budget(&self) -> usize {
        self.params.searches.min(self.within(self.params.patience_ms))
    }

    /// Requests that it answers within a time at the distance it wants between two; at least one.
    fn within(&self, ms: u64) -> usize {
        let more = ms / self.source.courtesy().min_interval_ms.max(1);
        1 + usize::try_from(more).unwrap_or(usize::MAX - 1)
    }

    /// Whether it may be asked more.
    fn is_open(&self) -> bool {
        let gathered = self.gathered.borrow();
        !gathered.closed && !gathered.cancelled
    }

    /// Asks it one thing after the other, until the reader goes on without it; gives its place.
    async fn ask(&self, planned: Vec<Planned>) -> usize {
        self.tell(SourceState::Asking);
        let (asking, leaving) = (pin!(self.put(planned)), pin!(self.host.left_out(self.source)));
        if let Either::Right(_) = select(asking, leaving).await {
            let mut gathered = self.gathered.borrow_mut();
            (gathered.left_out, gathered.closed) = (true, true);
        }
        self.tell(self.state());
        self.at
    }

    async fn put(&self, planned: Vec<Planned>) {
        for Planned { ask, citations } in planned {
            if !self.is_open() {
                break;
            }
            let follows = citations.is_some();
            // Told without the relay, whose address may hold a key.
            let url = ask.request.url.clone();
            let ask = self.relayed(ask);
            let at = {
                let mut gathered = self.gathered.borrow_mut();
                gathered.asked.push(Asked { source: self.source, url, records: None, citations });
                gathered.asked.len() - 1
            };
            let mut answer = self.records(ask).await;
            if let Ok(papers) = &mut answer {
                papers.iter_mut().for_each(|paper| paper.by_citation = follows);
                self.show(papers);
            }
            self.gathered.borrow_mut().take(at, self.source, answer);
        }
    }

    /// Asks, and what the answers lead to, until the records are there.
    async fn records(&self, mut ask: Ask) -> Result<Vec<Paper>, Refusal> {
        loop {
            let response = self.host.fetch(&ask.request).await?;
            let step = ask.next(&response.text())?;
            self.host.keep(&ask.request, &response).await;
            match step {
                Step::Done(papers) => return Ok(papers),
                Step::Ask(next) => ask = self.relayed(next),
            }
        }
    }

    fn relayed(&self, ask: Ask) -> Ask {
        match &self.config.relay {
            Some(relay) if self.source.needs_relay() => ask.relayed(relay),
            _ => ask,
        }
    }

    fn has_answered(&self) -> bool {
        matches!(self.state(), SourceState::Answered { .. })
    }

    /// A source of which no search was answered has failed.
    fn state(&self) -> SourceState {
        let gathered = self.gathered.borrow();
        if gathered.left_out {
            return SourceState::LeftOut { records: gathered.papers.len() };
        }
        let answered = gathered.searches().any(|asked| asked.records.is_some());
        if answered || gathered.searches().next().is_none() {
            return SourceState::Answered { records: gathered.papers.len() };
        }
        let Failure { reason, remedy } = gathered.failure.clone().unwrap_or_else(|| self.too_slow());
        SourceState::Failed { reason, remedy }
    }

    fn too_slow(&self) -> Failure {
        let patience = self.params.patience_ms / 1_000;
        Failure {
            reason: format!("no answer {patience} s after another source had answered everything"),
            remedy: "Run the question again later, or rely on the other sources.".into(),
        }
    }

    fn tell(&self, state: SourceState) {
        let told = self.host.emit(Progress::Searching { source: self.source, state });
        self.gathered.borrow_mut().cancelled |= told.is_err();
    }

    /// What a search brought, while others are still waited for.
    fn show(&self, papers: &[Paper]) {
        let papers = papers.iter().map(PaperSummary::of).collect();
        let told = self.host.emit(Progress::Found { source: self.source, papers });
        self.gathered.borrow_mut().cancelled |= told.is_err();
    }

    /// What the report says of it where not all went well.
    fn warning(&self, late: bool) -> Option<Warning> {
        let (name, gathered) = (self.source.name(), self.gathered.borrow());
        let (all, unasked) = (gathered.searches().count(), gathered.searches().filter(|a| a.records.is_none()).count());
        let failure = gathered.failure.clone().unwrap_or_else(|| self.too_slow());
        let message = match self.state() {
            SourceState::LeftOut { records } => {
                let remedy = Some("Run the question again and wait for it.".into());
                let message = match records {
                    0 => format!("{name} was left out by the reader: what it might have had is missing"),
                    _ => format!(
                        "{name} was left out by the reader after {}: what else it might have had is missing",
                        count(records, "record")
                    ),
                };
                return Some(Warning { kind: WarningKind::Source, message, remedy });
            }
            SourceState::Failed { reason, .. } => format!("{name} could not be asked: {reason}"),
            _ if late => format!("{name} is slow: {} of {all} searches were waited for", all - unasked),
            _ if unasked > 0 => format!("{unasked} of {all} searches of {name} failed: {}", failure.reason),
            _ => return None,
        };
        Some(Warning { kind: WarningKind::Source, message, remedy: Some(failure.remedy) })
    }
}

impl Gathered {
    /// What it was asked for by words: whether a source could be asked is known by these alone.
    fn searches(&self) -> impl Iterator<Item = &Asked> {
        self.asked.iter().filter(|asked| asked.citations.is_none())
    }

    fn take(&mut self, at: usize, source: SourceId, answer: Result<Vec<Paper>, Refusal>) {
        match answer {
            Ok(papers) => {
                self.asked[at].records = Some(papers.len());
                self.papers.extend(papers);
            }
            Err(refusal) => {
                // It knows the works it is asked about, so that one answer tells of the others too.
                self.closed = refusal.lasts() || self.asked[at].citations.is_some();
                self.cancelled |= matches!(refusal, Refusal::Fetch(FetchError::Cancelled));
                // What opened the breaker is the reason; that it is open is not.
                if self.failure.is_none() || !self.closed {
                    self.failure = Some(Failure { reason: refusal.to_string(), remedy: refusal.remedy(source) });
                }
            }
        }
    }
}

fn gather<H: Host>(desks: Vec<Desk<'_, H>>, late: &BTreeSet<usize>) -> Found {
    let mut found = Found::default();
    let mut papers = Vec::new();
    for (at, desk) in desks.into_iter().enumerate() {
        let late = late.contains(&at);
        found.warnings.extend(desk.warning(late));
        found.sources.push(SourceOutcome { source: desk.source, state: desk.state() });
        if late {
            desk.tell(desk.state());
        }
        let gathered = desk.gathered.into_inner();
        found.cancelled |= gathered.cancelled;
        found.asked.extend(gathered.asked);
        papers.extend(gathered.papers);
    }
    found.records = papers.len();
    found.works = own::joined(merge(papers));
    found
}

/// Why a search brought no records.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error(transparent)]
    Parse(#[from] ParseError),
}

impl Refusal {
    /// What a reader can do about this very failure, in a sentence.
    fn remedy(&self, source: SourceId) -> String {
        let name = source.name();
        match self {
            Self::Fetch(FetchError::Throttled { retry_after_s: Some(s) }) => {
                format!("Run the question again in {}, or rely on the other sources.", wait(*s))
            }
            Self::Fetch(FetchError::Throttled { retry_after_s: None }) => source.remedy().into(),
            Self::Fetch(FetchError::Unreadable) if source.needs_relay() => source.remedy().into(),
            Self::Fetch(FetchError::Unreadable) => {
                "Check the connection; where other sources answer, this one refuses for now: try again in a few minutes.".into()
            }
            Self::Fetch(FetchError::Status { status: 500.. }) => {
                format!("{name} has a fault of its own: try again later, or rely on the other sources.")
            }
            Self::Fetch(FetchError::Status { .. }) => {
                format!("{name} does not take this search: word the question differently, or rely on the other sources.")
            }
            Self::Fetch(FetchError::TimedOut { .. }) => {
                format!("{name} or the connection is slow: try again later, or rely on the other sources.")
            }
            Self::Fetch(FetchError::CircuitOpen { .. }) => "Try again in a few minutes.".into(),
            Self::Fetch(FetchError::Cancelled) => "Run the question again.".into(),
            Self::Parse(_) => format!("{name} sent something else than records: try again later, or rely on the other sources."),
        }
    }

    /// Whether the source's next search would only cost the reader the same wait again.
    fn lasts(&self) -> bool {
        matches!(
            self,
            Self::Fetch(FetchError::Unreadable | FetchError::TimedOut { .. } | FetchError::CircuitOpen { .. })
        )
    }
}

/// A time to wait, in words.
fn wait(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3_600)),
    }
}
