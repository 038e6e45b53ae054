//! Runs that follow citations, over bodies in the forms of OpenAlex and Semantic Scholar that were written for these tests; and
//! recorded lists of citations of `../shared/fixtures` where they are at hand.

#[path = "support/config.rs"]
mod config;
#[path = "support/replay.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod replay;
#[path = "support/shared.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod shared;

use config::config;
use pollster::block_on;
use probatum::{
    host::{EntailError, Host, Progress},
    nli::{Depth, Entailment, Manifest, Pair},
    paper::{PaperId, SourceId},
    pipeline,
    record::{Asked, Config, Record},
    report::{html, markdown},
    request::{Cancelled, FetchError, Request, Response, SourceState},
    source::{Direction, Step},
};
use replay::{Overlap, ReplayHost};
use serde_json::{Value, json};
use std::{
    cell::Cell,
    fs,
    future::poll_fn,
    path::PathBuf,
    task::{Context, Poll},
};

const QUESTION: &str = "Do short naps improve memory in adults?";
const SEARCH: &str = "https://api.openalex.org/works?search=";
const LISTS: &str = "https://api.openalex.org/works?filter=openalex:W1";
const RECORDS: &str = "https://api.openalex.org/works?filter=openalex:W2";
const CITING: &str = "https://api.openalex.org/works?filter=cites:W1";
const SCHOLAR: &str = "https://api.semanticscholar.org/graph/v1/paper/";
const SCHOLAR_SEARCH: &str = "https://api.semanticscholar.org/graph/v1/paper/search?";
const SCHOLARS: &str = "0123456789abcdef0123456789abcdef01234567";

const NAPS: (&str, &str) = (
    "Short naps improve memory in adults",
    "We asked whether short naps improve memory in adults. Short naps improved memory in adults.",
);
const REST: (&str, &str) = (
    "A short nap and the memory of adults at noon",
    "Adults were asked to rest for a while. Short naps improved their memory.",
);
const SLEEP: (&str, &str) = ("Memory of adults after short naps", "Short naps did not improve memory in adults.");

fn openalex(id: usize, (title, text): (&str, &str)) -> Value {
    let mut index = serde_json::Map::new();
    for (at, word) in text.split(' ').enumerate() {
        let places = index.entry(word).or_insert_with(|| json!([]));
        places.as_array_mut().unwrap().push(json!(at));
    }
    json!({"id": format!("https://openalex.org/W{id}"), "doi": format!("https://doi.org/10.9999/naps.{id}"), "display_name": title,
           "publication_year": 2020, "abstract_inverted_index": index})
}

fn works(records: &[Value]) -> String {
    json!({"meta": {"count": records.len()}, "results": records}).to_string()
}

fn scholar((title, text): (&str, &str)) -> Value {
    json!({"paperId": SCHOLARS, "title": title, "abstract": text, "year": 2020, "externalIds": {"DOI": "10.9999/naps.1"}})
}

/// The rules of a network where searches find [`NAPS`], which cites [`REST`] and is cited by [`SLEEP`]; these come first.
fn folder(name: &str, first: Vec<Value>) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("citations-{name}"));
    fs::create_dir_all(&folder).unwrap();
    let lists = json!({"id": "https://openalex.org/W1", "referenced_works": ["https://openalex.org/W2"]});
    for (file, text) in [
        ("search.json", works(&[openalex(1, NAPS)])),
        ("lists.json", works(&[lists])),
        ("records.json", works(&[openalex(2, REST)])),
        ("citing.json", works(&[openalex(3, SLEEP), openalex(1, NAPS)])),
        ("scholar.json", json!({"total": 1, "offset": 0, "data": [scholar(NAPS)]}).to_string()),
        ("cited-paper.json", json!({"offset": 0, "data": [{"citedPaper": scholar(NAPS)}]}).to_string()),
    ] {
        fs::write(folder.join(file), text).unwrap();
    }
    let mut rules = first;
    rules.extend([
        json!({"match": SEARCH, "file": "search.json"}),
        json!({"match": LISTS, "file": "lists.json"}),
        json!({"match": RECORDS, "file": "records.json"}),
        json!({"match": CITING, "file": "citing.json"}),
        json!({"match": SCHOLAR_SEARCH, "file": "scholar.json"}),
    ]);
    fs::write(folder.join("replay.json"), json!({"rules": rules}).to_string()).unwrap();
    folder
}

fn gathered(config: Config, host: &impl Host) -> Record {
    let manifest = Manifest::parse(&fs::read("www/models/probatum-nli-1/manifest.json").unwrap()).unwrap();
    block_on(pipeline::gather(QUESTION, config, manifest, host)).unwrap_or_else(|error| panic!("{error}"))
}

fn along(record: &Record) -> Vec<&Asked> {
    record.asked.iter().filter(|asked| asked.citations.is_some()).collect()
}

fn id(doi: &str) -> PaperId {
    PaperId(format!("doi:10.9999/{doi}"))
}

#[test]
fn what_the_nearest_work_cites_and_what_cites_it_joins_the_works_found() {
    let host = ReplayHost::open(&folder("whole", Vec::new()), &Overlap);
    let record = gathered(config(&[SourceId::Openalex]), &host);
    let followed: Vec<_> = along(&record)
        .into_iter()
        .map(|asked| {
            let citations = asked.citations.as_ref().unwrap();
            (citations.direction, citations.of.clone(), asked.records)
        })
        .collect();
    assert_eq!(
        followed,
        [(Direction::Cited, vec![id("naps.1")], Some(1)), (Direction::Citing, vec![id("naps.1")], Some(2)),]
    );
    let mut kept: Vec<_> =
        record.papers.iter().map(|ranked| (ranked.paper.id.clone(), ranked.paper.by_citation)).collect();
    kept.sort();
    assert_eq!(kept, [(id("naps.1"), false), (id("naps.2"), true), (id("naps.3"), true)], "one was found both ways");
    assert_eq!(record.works, 3);
    let report = pipeline::report(record);
    let (markdown, html) = (markdown::render(&report), html::document(&report));
    let said = "OpenAlex was also asked what the nearest work cites, and what cites it: 3 records came; 2 papers were kept that no \
                search had found.";
    assert!(markdown.contains(said) && html.contains(said), "{markdown}");
    assert!(markdown.contains("| OpenAlex, works cited by [") && html.contains("OpenAlex, works that cite <a "));
    assert!([LISTS, CITING].iter().all(|address| markdown.contains(address)), "to be asked again");
}

#[test]
fn a_source_that_does_not_tell_citations_was_asked_all_the_same() {
    for (name, fault) in [
        ("none", json!({"status": 404})),
        ("fault", json!({"status": 500})),
        ("offline", json!({"fault": "unreadable"})),
        ("page", json!({"file": "replay.json"})),
    ] {
        let rule = |address: &str| {
            let mut rule = fault.clone();
            rule["match"] = address.into();
            rule
        };
        let host = ReplayHost::open(&folder(name, vec![rule(LISTS), rule(CITING)]), &Overlap);
        let record = gathered(config(&[SourceId::Openalex]), &host);
        assert_eq!(along(&record).len(), 1, "{name}: not asked again");
        assert!(matches!(record.sources[0].state, SourceState::Answered { records: 1.. }), "{name}");
        assert!(record.warnings.is_empty(), "{name}: {:?}", record.warnings);
        let report = pipeline::report(record);
        let markdown = markdown::render(&report);
        assert!(
            markdown.contains("what cites it: no answer came.") && markdown.contains("| no answer |"),
            "{markdown}"
        );
        assert!(!markdown.contains("could not be asked"), "{name}: {markdown}");
    }
}

#[test]
fn only_sources_that_were_chosen_are_asked_and_by_their_own_ids() {
    let scholars = vec![json!({"match": format!("{SCHOLAR}{SCHOLARS}/references?"), "file": "cited-paper.json"})];
    let folder = folder("scholar", scholars);
    let record = gathered(config(&[SourceId::SemanticScholar]), &ReplayHost::open(&folder, &Overlap));
    let addresses: Vec<&str> = along(&record).iter().map(|asked| asked.url.split('?').next().unwrap()).collect();
    assert_eq!(addresses, ["references", "citations"].map(|list| format!("{SCHOLAR}{SCHOLARS}/{list}")));
    assert_eq!(along(&record).iter().map(|asked| asked.records).collect::<Vec<_>>(), [Some(1), None]);
    assert!(!record.papers[0].paper.by_citation, "a search had found it");
    let mut without = config(&[SourceId::SemanticScholar]);
    without.params.search.seeds = 0;
    assert!(along(&gathered(without, &ReplayHost::open(&folder, &Overlap))).is_empty());
    let mut sure = config(&[SourceId::SemanticScholar]);
    sure.params.search.seed_relevance = 1.1;
    assert!(along(&gathered(sure, &ReplayHost::open(&folder, &Overlap))).is_empty(), "no work is near enough");
}

/// A host where what is asked about citations never comes: waiting is over at once, or else the reader goes on without.
struct Slow<'m> {
    replay: ReplayHost<'m>,
    waits: bool,
    asked: Cell<bool>,
}

impl<'m> Slow<'m> {
    fn over(replay: ReplayHost<'m>, waits: bool) -> Self {
        Self { replay, waits, asked: Cell::new(false) }
    }
}

impl Host for Slow<'_> {
    async fn fetch(&self, request: &Request) -> Result<Response, FetchError> {
        if request.url.contains("filter=") {
            self.asked.set(true);
            std::future::pending::<()>().await;
        }
        self.replay.fetch(request).await
    }

    async fn keep(&self, request: &Request, response: &Response) {
        self.replay.keep(request, response).await;
    }

    async fn entail(&self, depth: Depth, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
        self.replay.entail(depth, pairs).await
    }

    async fn sleep(&self, _ms: u64) {
        if self.waits {
            std::future::pending::<()>().await;
        }
    }

    async fn left_out(&self, _source: SourceId) {
        let is_left = |_: &mut Context<'_>| {
            if self.waits && self.asked.get() { Poll::Ready(()) } else { Poll::Pending }
        };
        poll_fn(is_left).await;
    }

    fn emit(&self, progress: Progress) -> Result<(), Cancelled> {
        self.replay.emit(progress)
    }
}

#[test]
fn no_source_holds_a_run_up_over_citations() {
    let host = Slow::over(ReplayHost::open(&folder("slow", Vec::new()), &Overlap), false);
    let record = gathered(config(&[SourceId::Openalex]), &host);
    assert_eq!(along(&record).iter().map(|asked| asked.records).collect::<Vec<_>>(), [None]);
    assert!(record.warnings.is_empty() && record.papers.len() == 1, "{:?}", record.warnings);
    let mut told = host.replay.seen().into_iter().filter_map(|seen| match seen {
        Progress::Searching { state, .. } => Some(state),
        _ => None,
    });
    assert!(matches!(told.next_back(), Some(SourceState::Answered { .. })), "nobody is shown as being asked for ever");
}

#[test]
fn the_reader_may_go_on_without_what_is_asked_about_citations() {
    let host = Slow::over(ReplayHost::open(&folder("left", Vec::new()), &Overlap), true);
    let record = gathered(config(&[SourceId::Openalex]), &host);
    assert_eq!(along(&record).iter().map(|asked| asked.records).collect::<Vec<_>>(), [None]);
    assert!(matches!(record.sources[0].state, SourceState::LeftOut { records: 1.. }), "{:?}", record.sources);
    assert_eq!(record.papers.len(), 1, "what the searches found stands");
    let markdown = markdown::render(&pipeline::report(record));
    assert!(markdown.contains("left out by the reader") && !markdown.contains("could not be asked"), "{markdown}");
}

#[test]
fn recorded_lists_are_read() {
    let Some(fixtures) = shared::shared("fixtures") else { return };
    for (file, direction, list, end) in [
        ("fastpaper_references.json", Direction::Cited, "data", "citedPaper"),
        ("fastpaper_citations.json", Direction::Citing, "data", "citingPaper"),
        ("references_1.json", Direction::Cited, "data", "citedPaper"),
        ("references_2.json", Direction::Cited, "data", "citedPaper"),
    ] {
        let body = fs::read_to_string(fixtures.join("semantic_scholar").join(file)).unwrap();
        let ask = SourceId::SemanticScholar.citations(direction, &[SCHOLARS], 100).unwrap();
        let Step::Done(papers) = ask.next(&body).unwrap() else { panic!("{file}") };
        let value: Value = serde_json::from_str(&body).unwrap();
        let known = value[list].as_array().unwrap().iter().filter(|citation| citation[end]["paperId"].is_string());
        assert_eq!(papers.len(), known.count(), "{file}");
        assert!(!papers.is_empty() && papers.iter().all(|paper| paper.ids.contains_key(&SourceId::SemanticScholar)));
    }
}
