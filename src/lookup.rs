//! Looking up: the references of a draft whose texts are not at hand are asked for at the registers of works.
//!
//! By identifier first, then by title, one source after the other until one knows the work. Only where `ENOUGH` of them
//! answered that they have none is it called not found: a work may be missing in one (Crossref has no arXiv), and a source that
//! did not answer says nothing. The host keeps the manners: one request at a time to each source.

use crate::{
    draft::{Author, Entry, Known, Problem},
    host::{Host, Progress},
    paper::{Paper, SourceId, merge},
    request::{FetchError, Request},
    source::{Identifier, ParseError, Reference},
    trace::{Cited, Unchecked},
};
use futures::{
    StreamExt,
    future::{Either, select},
    stream,
};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    pin::pin,
};

/// Sources that must have answered before a work is not found: two, whose holdings differ.
const ENOUGH: usize = 2;
/// References looked up at once: each source has one request at a time, so that as many as there are sources keep all of
/// them busy.
const AT_ONCE: usize = SourceId::REGISTERS.len();

/// Works that second-hand claims cite and that are looked up for one report, at most.
const MOST_CITED: usize = 12;

/// Why nothing is asked any more.
const CANCELLED: &str = "the check was cancelled";
/// Why nothing was asked.
const TOLD_TOO_LITTLE: &str = "the list gives neither a title nor an identifier of it";

/// Looks references up at these sources, a few at a time, and tells the host how far it is. What came of each, in their order;
/// once the reader cancels, the rest could not be asked.
pub async fn look_up(entries: &[&Entry], sources: &[SourceId], host: &impl Host) -> Vec<Known> {
    let desk = Desk { host, sources, cancelled: Cell::new(false), failures: RefCell::default() };
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

/// Looks up the works that second-hand claims cite, each once, for no longer than the patience. Gives with every claim its work,
/// or why there is none.
pub async fn works_cited(
    claims: Vec<Cited>,
    sources: &[SourceId],
    patience_ms: u64,
    host: &impl Host,
) -> Vec<(Cited, Result<Paper, Unchecked>)> {
    let mut entries: Vec<Entry> = Vec::new();
    // Where each claim's work stands among them; nowhere where there are enough.
    let places: Vec<Option<usize>> = claims
        .iter()
        .map(|claim| {
            let entry = claim.work.as_ref().ok()?;
            entries.iter().position(|other| other == entry || other.is_same_work(entry)).or_else(|| {
                (entries.len() < MOST_CITED).then(|| {
                    entries.push(entry.clone());
                    entries.len() - 1
                })
            })
        })
        .collect();
    let asks = sources.iter().any(|source| SourceId::REGISTERS.contains(source));
    let known = if asks && !entries.is_empty() {
        let entries: Vec<&Entry> = entries.iter().collect();
        match select(pin!(look_up(&entries, sources, host)), pin!(host.sleep(patience_ms))).await {
            Either::Left((known, _)) => Ok(known),
            Either::Right(_) => Err(Unchecked::late(patience_ms)),
        }
    } else {
        Err(Unchecked::offline())
    };
    let work = |place: Option<usize>| -> Result<Paper, Unchecked> {
        let place = place.ok_or_else(|| Unchecked::beyond(MOST_CITED))?;
        let known = &known.as_ref().map_err(Clone::clone)?[place];
        match (known, known.problem()) {
            (Known::Found { paper, .. }, None) => Ok((**paper).clone()),
            (_, problem) => Err(Unchecked::from(&problem.unwrap_or(Problem::NoText))),
        }
    };
    claims.into_iter().zip(places).map(|(claim, place)| (claim, work(place))).collect()
}

/// Where references are looked up.
struct Desk<'h, H> {
    host: &'h H,
    /// Those that may be asked.
    sources: &'h [SourceId],
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
            match self.ask(source, &request, record).await {
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
        requests: Vec<(SourceId, Request)>,
        parse: Parse,
        mut taken: impl FnMut(Vec<Paper>) -> Vec<Paper>,
    ) -> Reply {
        let (mut without, mut failures) = (0, Vec::new());
        for (source, request) in requests {
            match self.ask(source, &request, parse).await {
                Ok(papers) => {
                    let papers = taken(papers);
                    if !papers.is_empty() {
                        return Reply::Papers(papers);
                    }
                    without += 1;
                }
                Err(why) if self.cancelled.get() => return Reply::Unasked(why),
                Err(why) => failures.push(why),
            }
            if without == ENOUGH {
                return Reply::Nobody;
            }
        }
        if failures.is_empty() { Reply::Nobody } else { Reply::Unasked(failures.join("; ")) }
    }

    /// The records that answer a request; none where the source says that it has none; or why it could not be asked.
    async fn ask(&self, source: SourceId, request: &Request, parse: Parse) -> Result<Vec<Paper>, String> {
        if self.cancelled.get() {
            return Err(CANCELLED.into());
        }
        if !self.sources.contains(&source) {
            return Err(format!("{} was not to be asked", source.name()));
        }
        let response = match self.host.fetch(request).await {
            Ok(response) => response,
            Err(FetchError::Status { status: 404 }) => return Ok(Vec::new()),
            Err(FetchError::Cancelled) => {
                self.cancelled.set(true);
                return Err(CANCELLED.into());
            }
            Err(error) => return Err(self.failure(source, &error)),
        };
        let papers = parse(source, &response.text()).map_err(|error| error.to_string())?;
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
fn requests(entry: &Entry) -> Vec<(SourceId, Request)> {
    let identifiers = [
        entry.doi.as_deref().map(Identifier::Doi),
        entry.arxiv_id.as_deref().map(Identifier::Arxiv),
        entry.pmid.as_deref().map(Identifier::Pmid),
    ];
    let first = |source: SourceId| {
        identifiers.into_iter().flatten().find_map(|identifier| Some((source, source.record(identifier)?)))
    };
    SourceId::REGISTERS.into_iter().filter_map(first).collect()
}

/// The requests for a reference by its title.
fn titled(entry: &Entry) -> Vec<(SourceId, Request)> {
    let author = entry.authors.first().map(|Author { family, .. }| family.as_str());
    let reference = Reference { title: &entry.title, author, year: entry.year };
    SourceId::BY_TITLE.into_iter().filter_map(|source| Some((source, source.titled(reference)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        draft::bibliography::{ListFormat, read},
        host::EntailError,
        nli::{Depth, Entailment, Pair},
        request::{Cancelled, Response},
    };
    use pollster::block_on;
    use serde_json::json;

    const THROTTLED: FetchError = FetchError::Throttled { retry_after_s: None };
    const NONE: FetchError = FetchError::Status { status: 404 };

    /// Answers by the beginning of an address; what has no rule is as where there is no network.
    #[derive(Default)]
    struct Registers {
        answers: Vec<(&'static str, Result<String, FetchError>)>,
        asked: RefCell<Vec<String>>,
        kept: Cell<usize>,
        told: RefCell<Vec<(usize, usize)>>,
        cancel_at: Option<usize>,
    }

    impl Host for Registers {
        async fn fetch(&self, request: &Request) -> Result<Response, FetchError> {
            self.asked.borrow_mut().push(request.url.clone());
            let answer = self.answers.iter().find(|(start, _)| request.url.starts_with(start));
            let body = answer.map_or(Err(FetchError::Unreadable), |(_, answer)| answer.clone())?;
            Ok(Response { body: body.into_bytes(), cached: false })
        }

        async fn keep(&self, _request: &Request, _response: &Response) {
            self.kept.set(self.kept.get() + 1);
        }

        async fn entail(&self, _depth: Depth, _pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
            Err(EntailError::Cancelled)
        }

        fn emit(&self, progress: Progress) -> Result<(), Cancelled> {
            let Progress::LookingUp { done, total } = progress else { return Ok(()) };
            self.told.borrow_mut().push((done, total));
            if self.cancel_at.is_some_and(|at| done >= at) { Err(Cancelled) } else { Ok(()) }
        }
    }

    const OPENALEX: &str = "https://api.openalex.org/works/";
    const OPENALEX_TITLE: &str = "https://api.openalex.org/works?filter=title.search:";
    const CROSSREF: &str = "https://api.crossref.org/works/";
    const CROSSREF_TITLE: &str = "https://api.crossref.org/works?query.bibliographic=";
    const SCHOLAR: &str = "https://api.semanticscholar.org/graph/v1/paper/";
    const SCHOLAR_TITLE: &str = "https://api.semanticscholar.org/graph/v1/paper/search/match?";

    const GEARS: &str =
        "@article{g, title={Gears of the Deep Sea}, author={Ito, Aki}, year={2019}, doi={10.9999/gears}}";
    const UNNUMBERED: &str = "@article{g, title={Gears of the Deep Sea}, author={Ito, Aki}, year={2019}}";

    fn openalex(title: &str, text: Option<&str>, retracted: bool) -> String {
        let index = text.map(|text| {
            text.split(' ')
                .enumerate()
                .map(|(at, word)| (word.to_owned(), json!([at])))
                .collect::<serde_json::Map<_, _>>()
        });
        json!({"id": "https://openalex.org/W1", "doi": "https://doi.org/10.9999/gears", "display_name": title,
               "publication_year": 2019, "is_retracted": retracted, "authorships": [{"author": {"display_name": "Aki Ito"}}],
               "abstract_inverted_index": index})
        .to_string()
    }

    fn crossref(records: &[(&str, &str, u16)]) -> String {
        let items: Vec<_> = records
            .iter()
            .map(|(doi, title, year)| {
                json!({"DOI": doi, "title": [title], "author": [{"given": "Aki", "family": "Ito"}],
                       "issued": {"date-parts": [[year]]}})
            })
            .collect();
        json!({"message": {"total-results": items.len(), "items": items}}).to_string()
    }

    fn scholar(text: &str) -> String {
        json!({"paperId": "0123456789abcdef0123456789abcdef01234567", "title": "Gears of the deep sea", "year": 2019,
               "authors": [{"name": "A. Ito"}], "abstract": text, "externalIds": {"DOI": "10.9999/gears"}})
        .to_string()
    }

    /// What comes of a reference, and where it was asked for.
    fn known(list: &str, answers: &[(&'static str, Result<String, FetchError>)]) -> (Known, Vec<String>) {
        let registers = Registers { answers: answers.to_vec(), ..Registers::default() };
        let entries = read(ListFormat::Bibtex, list);
        let mut known = block_on(look_up(&entries.iter().collect::<Vec<_>>(), &SourceId::REGISTERS, &registers));
        (known.remove(0), registers.asked.into_inner())
    }

    fn found(known: Known) -> Paper {
        match known {
            Known::Found { paper, .. } => *paper,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_doi_that_openalex_knows_costs_one_request() {
        let answer = openalex("Gears of the deep sea", Some("Gears turn slowly."), false);
        let (known, asked) = known(GEARS, &[(OPENALEX, Ok(answer))]);
        assert_eq!(found(known).abstract_text.as_deref(), Some("Gears turn slowly."));
        assert!(asked.len() == 1 && asked[0].contains("/works/doi:10.9999/gears?"), "{asked:?}");
    }

    #[test]
    fn an_abstract_that_one_lacks_another_may_have() {
        let bare = openalex("Gears of the deep sea", None, false);
        let (with, _) = known(GEARS, &[(OPENALEX, Ok(bare.clone())), (SCHOLAR, Ok(scholar("Gears turn slowly.")))]);
        assert_eq!(found(with).abstract_text.as_deref(), Some("Gears turn slowly."));
        let kind = |known: Known| known.problem().map(|problem| problem.name());
        let (without, _) = known(GEARS, &[(OPENALEX, Ok(bare.clone())), (SCHOLAR, Err(NONE))]);
        assert_eq!(kind(without), Some("no-open-text"));
        let (unasked, _) = known(GEARS, &[(OPENALEX, Ok(bare)), (SCHOLAR, Err(THROTTLED))]);
        assert_eq!(kind(unasked), Some("not-asked"));
    }

    #[test]
    fn a_retracted_work_is_not_asked_for_further() {
        let (known, asked) = known(GEARS, &[(OPENALEX, Ok(openalex("Gears of the deep sea", None, true)))]);
        assert_eq!((known.problem().map(|problem| problem.name()), asked.len()), (Some("retracted"), 1));
    }

    #[test]
    fn a_doi_of_another_work_is_told_once_no_source_has_the_right_one() {
        let bread = openalex("Sourdough bread in mountain villages", Some("Bread."), false);
        let (known_one, asked) = known(GEARS, &[(OPENALEX, Ok(bread.clone())), (CROSSREF, Err(NONE))]);
        let Known::OtherWork(paper) = known_one else { panic!("{known_one:?}") };
        assert_eq!((paper.title.as_str(), asked.len()), ("Sourdough bread in mountain villages", 2));
        let right =
            json!({"message": {"DOI": "10.9999/gears", "title": ["Gears of the deep sea"], "abstract": "Gears turn."}});
        let (known_right, _) = known(GEARS, &[(OPENALEX, Ok(bread)), (CROSSREF, Ok(right.to_string()))]);
        assert_eq!(found(known_right).title, "Gears of the deep sea", "one source has it wrong");
    }

    #[test]
    fn a_title_is_asked_for_where_no_identifier_leads_to_it() {
        let one = crossref(&[("10.9999/bread", "Sourdough", 2019), ("10.9999/gears", "Gears of the deep sea", 2019)]);
        let full = openalex("Gears of the deep sea", Some("Gears turn slowly."), false);
        let by_title = [(CROSSREF_TITLE, Ok(one)), (OPENALEX, Ok(full))];
        let (known_by_title, asked) = known(UNNUMBERED, &by_title);
        let paper = found(known_by_title);
        assert_eq!((paper.doi.as_deref(), paper.abstract_text.is_some()), (Some("10.9999/gears"), true));
        assert!(asked[0].contains("Gears%20of%20the%20Deep%20Sea%20Ito%202019&") && asked.len() == 2, "{asked:?}");
        let wrong_doi = GEARS.replace("10.9999/gears", "10.9999/nowhere");
        let mut answers =
            vec![("https://api.openalex.org/works/doi:10.9999/nowhere", Err(NONE)), (CROSSREF, Err(NONE))];
        answers.extend(by_title);
        assert_eq!(found(known(&wrong_doi, &answers).0).doi.as_deref(), Some("10.9999/gears"));
    }

    #[test]
    fn several_works_of_one_title_are_ambiguous() {
        let two =
            crossref(&[("10.9999/a", "Gears of the deep sea", 2009), ("10.9999/b", "Gears of the deep sea", 2016)]);
        let (known, _) = known(UNNUMBERED, &[(CROSSREF_TITLE, Ok(two))]);
        assert!(matches!(&known, Known::Ambiguous(papers) if papers.len() == 2), "{known:?}");
    }

    #[test]
    fn two_sources_must_have_answered_before_a_work_is_not_found() {
        let nothing = || crossref(&[("10.9999/bread", "Sourdough", 2019)]);
        let none = r#"{"meta":{"count":0},"results":[]}"#.to_owned();
        let kind = |answers: &[(&'static str, Result<String, FetchError>)], list: &str| {
            known(list, answers).0.problem().map(|problem| problem.name())
        };
        let (no, none, busy) =
            ((CROSSREF_TITLE, Ok(nothing())), (OPENALEX_TITLE, Ok(none)), (OPENALEX_TITLE, Err(THROTTLED)));
        assert_eq!(kind(&[no.clone(), none.clone()], UNNUMBERED), Some("not-found"));
        assert_eq!(kind(&[no.clone(), busy.clone(), (SCHOLAR_TITLE, Err(NONE))], UNNUMBERED), Some("not-found"));
        assert_eq!(kind(&[no.clone(), busy.clone()], UNNUMBERED), Some("not-asked"));
        assert_eq!(kind(&[], UNNUMBERED), Some("not-asked"), "no network");
        assert_eq!(kind(&[no.clone(), none.clone()], GEARS), Some("not-asked"), "its DOI could not be asked for");
        assert_eq!(
            kind(&[(OPENALEX, Err(NONE)), (CROSSREF, Err(NONE)), no.clone(), none.clone()], GEARS),
            Some("not-found")
        );
        assert_eq!(
            kind(&[(CROSSREF_TITLE, Ok("<html>".into())), none, (SCHOLAR_TITLE, Err(THROTTLED))], UNNUMBERED),
            Some("not-asked")
        );
        assert_eq!(kind(&[], "@misc{x, author={Ito, Aki}, year={2019}}"), Some("not-asked"));
    }

    #[test]
    fn an_arxiv_id_and_a_pubmed_id_are_asked_for() {
        let (_, asked) = known("@misc{x, title={Gears}, eprint={2001.00001}, archiveprefix={arXiv}}", &[]);
        assert!(
            asked[0].contains("/works/doi:10.48550/arxiv.2001.00001?") && asked[1].contains("/paper/ARXIV:2001.00001?")
        );
        let entry = Entry { pmid: Some("123".into()), ..Entry::default() };
        let urls: Vec<String> = requests(&entry).into_iter().map(|(_, request)| request.url).collect();
        assert!(urls.len() == 2 && urls[0].contains("/works/pmid:123?") && urls[1].contains("/paper/PMID:123?"));
    }

    #[test]
    fn progress_is_told_and_a_cancellation_asks_nothing_more() {
        let answer = openalex("Gears of the deep sea", Some("Gears turn slowly."), false);
        let list: String = (0..8).map(|n| GEARS.replace("{g,", &format!("{{g{n},"))).collect();
        let entries = read(ListFormat::Bibtex, &list);
        let entries: Vec<&Entry> = entries.iter().collect();
        assert_eq!(entries.len(), 8);
        let run = |cancel_at| {
            let registers =
                Registers { answers: vec![(OPENALEX, Ok(answer.clone()))], cancel_at, ..Registers::default() };
            let known = block_on(look_up(&entries, &SourceId::REGISTERS, &registers));
            (known, registers)
        };
        let (known, registers) = run(None);
        assert!(known.iter().all(|known| matches!(known, Known::Found { .. })));
        assert_eq!(
            registers.told.into_inner(),
            (0..=entries.len()).map(|done| (done, entries.len())).collect::<Vec<_>>()
        );
        assert_eq!(registers.kept.get(), entries.len());
        let (known, registers) = run(Some(2));
        assert!(registers.asked.borrow().len() < entries.len());
        let unasked = |known: &&Known| matches!(known, Known::NotAsked(why) if why == CANCELLED);
        assert_eq!(known.iter().filter(unasked).count(), entries.len() - registers.asked.borrow().len());
    }
}
