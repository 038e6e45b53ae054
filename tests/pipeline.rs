//! The whole pipeline on the demonstration and on recorded answers, natively. A stand-in that scores by overlap takes the
//! model's place; `tests/demo.rs` runs the real one.

#[path = "support/config.rs"]
mod config;
#[path = "support/replay.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod replay;
#[path = "support/shared.rs"]
mod shared;

use pollster::block_on;
use probatum::{
    host::{EntailError, Host, Progress},
    nli::{Depth, Entailment, Manifest, Pair},
    paper::SourceId,
    pipeline::{self, Error},
    record::{Config, Models, Record, WarningKind},
    report::{CheckedClaim, Report, html, markdown},
    request::{Cancelled, FetchError, Request, Response, SourceState},
    source::demo,
    text::Span,
    verify::{Evidence, Relation},
};
use replay::{Overlap, ReplayHost, Scorer};
use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

const NLI_QUESTION: &str = "How does the reasoning accuracy of small language models on NLI benchmarks change when \
     fine-tuned on synthetic data from ChatGPT-3.5-Turbo compared to data from ChatGPT-4?";
const RELAY: &str = "https://relay.invalid/?key=hush&url=";

fn manifest() -> Manifest {
    Manifest::parse(&fs::read("www/models/probatum-nli-1/manifest.json").unwrap()).unwrap()
}

fn config(sources: &[SourceId]) -> Config {
    Config {
        max_papers: 16,
        max_full_texts: 8,
        max_claims: 24,
        max_claims_per_paper: 3,
        passages_per_claim: 8,
        ..config::config(sources)
    }
}

fn run(question: &str, config: Config, host: &ReplayHost<'_>) -> Result<Report, Error> {
    block_on(pipeline::run(question, config, manifest(), host))
}

fn demonstration() -> Report {
    run(&demo::question(), config(&[SourceId::Demo]), &ReplayHost::offline(&Overlap)).unwrap()
}

/// The folder of a scenario, built once; nothing where the recorded answers are not here.
fn scenario(name: &str) -> Option<PathBuf> {
    shared::shared("fixtures")?;
    static BUILT: OnceLock<bool> = OnceLock::new();
    let built = *BUILT.get_or_init(|| {
        Command::new("node").arg("tests/support/replay-build.mjs").status().is_ok_and(|status| status.success())
    });
    if !built {
        shared::skip("node cannot build the replay folders");
    }
    built.then(|| Path::new("target/replay").join(name))
}

/// Everything that must hold of any report.
fn assert_invariants(report: &Report) {
    let stands = |evidence: &Evidence| {
        let Span { start, end } = evidence.span;
        assert_eq!(evidence.passage.get(start..end), Some(evidence.quote.as_str()));
    };
    for checked in &report.claims {
        let Some(verdict) = &checked.verdict else { continue };
        for evidence in verdict.evidence_for.iter().chain(&verdict.evidence_against) {
            stands(evidence);
            assert_eq!(evidence.relation, Relation::Independent);
            assert_ne!(evidence.at.paper, checked.claim.at.paper);
        }
        if let Some(grounded) = &verdict.grounded {
            stands(grounded);
            assert_eq!(grounded.at.paper, checked.claim.at.paper);
        }
    }
    for pair in report.references.windows(2) {
        assert_ne!(pair[0].id, pair[1].id);
    }
}

fn state(report: &Report, source: SourceId) -> &SourceState {
    &report.sources.iter().find(|outcome| outcome.source == source).unwrap().state
}

#[test]
fn the_demonstration_gives_the_same_bytes_twice() {
    let (one, two) = (demonstration(), demonstration());
    assert_invariants(&one);
    assert!(!one.claims.is_empty() && !one.excluded.is_empty());
    assert_eq!(one.json(), two.json());
    assert_eq!(markdown::render(&one), markdown::render(&two));
    assert_eq!(html::document(&one), html::document(&two));
}

#[test]
fn findings_name_the_papers_that_bear_them_out() {
    let report = demonstration();
    let mut borne_out = 0;
    for found in &report.answer.findings {
        let quoted =
            |claim: &CheckedClaim| claim.claim.at.paper == found.papers[0] && found.text.contains(&claim.claim.text);
        let claim = report.claims.iter().find(|claim| quoted(claim));
        for evidence in claim.and_then(|claim| claim.verdict.as_ref()).into_iter().flat_map(|v| &v.evidence_for) {
            assert!(found.papers.contains(&evidence.at.paper) || found.against.contains(&evidence.at.paper));
            borne_out += 1;
        }
    }
    assert!(borne_out > 0);
}

#[test]
fn at_another_strictness_it_is_as_if_it_had_run_so() {
    let gather = |manifest: Manifest| {
        let host = ReplayHost::offline(&Overlap);
        block_on(pipeline::gather(&demo::question(), config(&[SourceId::Demo]), manifest, &host)).unwrap()
    };
    let kept = serde_json::to_string(&gather(manifest())).unwrap();
    let at = |leniency| pipeline::report(serde_json::from_str::<Record>(&kept).unwrap().at(leniency));
    assert_eq!(at(0.0).json(), demonstration().json(), "kept and read again, nothing is lost");

    let lenient = at(1.0);
    assert_invariants(&lenient);
    let mut manifest = manifest();
    manifest.thresholds = manifest.thresholds.moved(1.0);
    assert_eq!(lenient.json(), pipeline::report(gather(manifest.clone())).json());
    let thresholds = &manifest.thresholds;
    assert_eq!((thresholds.supported, thresholds.refuted), (thresholds.leans_supported, thresholds.leans_refuted));
    assert_eq!((lenient.verdicts.leans_supported, lenient.verdicts.leans_refuted), (0, 0));
    let decided = |report: &Report| report.verdicts.supported + report.verdicts.refuted;
    assert!(decided(&lenient) >= decided(&at(0.0)));
    for text in [html::document(&lenient), markdown::render(&lenient)] {
        assert!(text.contains("The reader chose the strictness: supported from a probability of 0.67"));
    }
}

#[test]
fn cancelled_at_any_moment_it_keeps_what_was_found() {
    let whole = ReplayHost::offline(&Overlap);
    run(&demo::question(), config(&[SourceId::Demo]), &whole).unwrap();
    let moments = whole.seen().len();
    let verifying = whole.seen().iter().position(|seen| matches!(seen, Progress::Verifying { .. })).unwrap();
    for moment in [1, 2, 3, verifying + 1, moments - 1] {
        let host = ReplayHost::offline(&Overlap);
        host.cancel_at(moment);
        match run(&demo::question(), config(&[SourceId::Demo]), &host) {
            Ok(report) => {
                assert!(report.cancelled, "at {moment} of {moments}");
                assert!(report.warnings.iter().any(|warning| warning.kind == WarningKind::Cancelled));
                assert_invariants(&report);
            }
            Err(error) => assert!(matches!(error, Error::Cancelled) && moment <= 2, "{error} at {moment}"),
        }
    }
}

/// Takes no side, whatever it reads.
struct Undecided;

impl Scorer for Undecided {
    fn scores(&self, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
        Ok(vec![Entailment { entailment: -4.0, neutral: 4.0, contradiction: -4.0 }; pairs.len()])
    }
}

/// Cannot be had.
struct Missing;

impl Scorer for Missing {
    fn scores(&self, _pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
        Err(EntailError::Model("it could not be downloaded".into()))
    }
}

/// The demonstration read by both models.
fn read_twice(host: &ReplayHost<'_>) -> Report {
    let models = Models { small: manifest(), deep: Some(manifest()) };
    block_on(pipeline::run(&demo::question(), config(&[SourceId::Demo]), models, host)).unwrap()
}

#[test]
fn the_deep_model_has_the_last_word() {
    let small = demonstration();
    let host = ReplayHost::offline(&Overlap).with_deep(&Undecided);
    let report = read_twice(&host);
    assert_invariants(&report);
    let decided = |report: &Report| {
        let verdicts = report.claims.iter().filter_map(|claim| claim.verdict.as_ref());
        verdicts.filter(|verdict| verdict.label.is_decided()).count()
    };
    assert!(decided(&small) > 0);
    assert_eq!(decided(&report), 0);
    let tested = |report: &Report| -> Vec<usize> {
        report.claims.iter().filter_map(|claim| claim.verdict.as_ref()).map(|verdict| verdict.tested).collect()
    };
    assert_eq!(tested(&report), tested(&small), "what the small model compared still counts as compared");
    assert!(report.provenance.deep.is_some_and(|deep| deep.stances && deep.verdicts));
    let mut told = host.seen().into_iter().filter_map(|seen| match seen {
        Progress::Deepening { done, total } => Some((done, total)),
        _ => None,
    });
    assert!(told.next_back().is_some_and(|(done, total)| done == total));
}

#[test]
fn without_the_deep_model_the_small_ones_word_stands() {
    let small = demonstration();
    let report = read_twice(&ReplayHost::offline(&Overlap).with_deep(&Missing));
    assert_eq!((&report.claims, &report.papers, &report.answer), (&small.claims, &small.papers, &small.answer));
    assert!(report.provenance.deep.is_some_and(|deep| !deep.stances && !deep.verdicts));
    let warning = report.warnings.iter().find(|warning| warning.kind == WarningKind::Deep);
    assert!(warning.is_some_and(|warning| warning.message.contains("could not be downloaded")));
}

#[test]
fn cancelled_while_the_deep_model_reads_each_word_is_of_one_model() {
    let whole = ReplayHost::offline(&Overlap).with_deep(&Undecided);
    read_twice(&whole);
    let small = demonstration();
    let deepening: Vec<usize> = (0..)
        .zip(whole.seen())
        .filter_map(|(at, seen)| matches!(seen, Progress::Deepening { .. }).then_some(at + 1))
        .collect();
    for &moment in [deepening.first(), deepening.get(deepening.len() - 2)].into_iter().flatten() {
        let host = ReplayHost::offline(&Overlap).with_deep(&Undecided);
        host.cancel_at(moment);
        let report = read_twice(&host);
        assert!(report.cancelled);
        assert_invariants(&report);
        assert_eq!(report.claims, small.claims, "at {moment}");
    }
}

#[test]
fn recorded_answers_become_a_report_that_keeps_the_invariants() {
    let Some(folder) = scenario("nli-question") else { return };
    let sources = SourceId::SEARCHABLE;
    let host = ReplayHost::open(&folder, &Overlap);
    let report = run(NLI_QUESTION, config(&sources), &host).unwrap();
    assert_invariants(&report);
    assert!(!report.references.is_empty());
    let seen = host.seen();
    let brought = |source| {
        let of = |seen: &Progress| match seen {
            Progress::Found { source: whose, papers } if *whose == source => papers.len(),
            _ => 0,
        };
        seen.iter().map(of).sum::<usize>()
    };
    for source in sources {
        let records = match state(&report, source) {
            SourceState::Answered { records } => *records,
            _ => 0,
        };
        assert_eq!(brought(source), records, "{source:?}");
    }
    let at = |wanted: fn(&Progress) -> bool| seen.iter().position(wanted).unwrap();
    assert!(at(|seen| matches!(seen, Progress::Found { .. })) < at(|seen| matches!(seen, Progress::Screened { .. })));
    assert!(matches!(state(&report, SourceId::Arxiv), SourceState::Failed { .. }), "its query API has no CORS");
    assert!(matches!(state(&report, SourceId::Datacite), SourceState::Answered { records: 1.. }));
}

#[test]
fn a_full_text_is_read_where_there_is_one() {
    let Some(folder) = scenario("full-text") else { return };
    let question = "How accurately can systems verify scientific claims?";
    let report = run(question, config(&[SourceId::Datacite]), &ReplayHost::open(&folder, &Overlap)).unwrap();
    assert_invariants(&report);
    assert!(report.flow.full_text > 0, "{:?}", report.flow);
    assert!(report.flow.abstract_only > 0, "{:?}", report.flow);
}

#[test]
fn dead_sources_are_named_and_never_end_a_run() {
    let Some(folder) = scenario("faults") else { return };
    let sources = SourceId::SEARCHABLE;
    let with_relay = Config { relay: Some(RELAY.into()), ..config(&sources) };
    let report = run(NLI_QUESTION, with_relay, &ReplayHost::open(&folder, &Overlap)).unwrap();
    assert_invariants(&report);
    let written = serde_json::to_string(&report).unwrap();
    assert!(
        written.contains("https://relay.invalid/") && !written.contains("hush"),
        "a relay's address may hold a key"
    );
    assert!(matches!(state(&report, SourceId::Datacite), SourceState::Answered { records: 1.. }));
    for source in [SourceId::Openalex, SourceId::SemanticScholar, SourceId::Crossref, SourceId::Pubmed] {
        let SourceState::Failed { reason, remedy } = state(&report, source) else { panic!("{source:?} did not fail") };
        assert!(!reason.is_empty() && !remedy.is_empty(), "{source:?}");
        assert!(!reason.contains("500") || remedy.contains("a fault of its own"), "{source:?}: {reason}: {remedy}");
        assert!(!reason.contains("left alone"), "{source:?} says that it is left alone, not why: {reason}");
    }
}

#[test]
fn answers_with_nothing_are_no_failure() {
    let Some(folder) = scenario("empty") else { return };
    let sources: Vec<SourceId> = SourceId::SEARCHABLE.into_iter().filter(|source| source.on_by_default()).collect();
    let report = run(NLI_QUESTION, config(&sources), &ReplayHost::open(&folder, &Overlap)).unwrap();
    for source in sources {
        assert_eq!(state(&report, source), &SourceState::Answered { records: 0 });
    }
    assert!(report.references.is_empty() && report.claims.is_empty());
}

/// A host whose reader goes on without a source once it has answered so many requests: it never answers another.
struct Impatient<'m> {
    replay: ReplayHost<'m>,
    without: SourceId,
    answers: Cell<usize>,
}

impl Host for Impatient<'_> {
    async fn fetch(&self, request: &Request) -> Result<Response, FetchError> {
        if request.server == self.without.into() {
            let Some(left) = self.answers.get().checked_sub(1) else { return std::future::pending().await };
            self.answers.set(left);
        }
        self.replay.fetch(request).await
    }

    async fn keep(&self, request: &Request, response: &Response) {
        self.replay.keep(request, response).await;
    }

    async fn entail(&self, depth: Depth, pairs: &[Pair]) -> Result<Vec<Entailment>, EntailError> {
        self.replay.entail(depth, pairs).await
    }

    async fn left_out(&self, source: SourceId) {
        if source != self.without || self.answers.get() > 0 {
            std::future::pending::<()>().await;
        }
    }

    fn emit(&self, progress: Progress) -> Result<(), Cancelled> {
        self.replay.emit(progress)
    }
}

#[test]
fn a_run_goes_on_without_a_source_and_says_so() {
    let Some(folder) = scenario("nli-question") else { return };
    let without = |source, answers, sources: &[SourceId]| {
        let host =
            Impatient { replay: ReplayHost::open(&folder, &Overlap), without: source, answers: Cell::new(answers) };
        block_on(pipeline::run(NLI_QUESTION, config(sources), manifest(), &host))
    };
    let sources = [SourceId::Datacite, SourceId::Crossref];
    let report = without(SourceId::Crossref, 0, &sources).unwrap();
    assert_invariants(&report);
    assert_eq!(state(&report, SourceId::Crossref), &SourceState::LeftOut { records: 0 });
    assert!(matches!(state(&report, SourceId::Datacite), SourceState::Answered { records: 1.. }));
    let said = "Crossref was left out by the reader: what it might have had is missing";
    assert!(report.warnings.iter().any(|warning| warning.message == said && warning.remedy.is_some()));
    let (markdown, html) = (markdown::render(&report), html::document(&report));
    for text in [&markdown, &html] {
        assert!(text.contains("left out by the reader") && !text.contains("could not be asked"));
        assert!(!text.contains("no record matched"));
    }
    let error = without(SourceId::Crossref, 0, &[SourceId::Crossref]).unwrap_err();
    assert!(matches!(&error, Error::NothingAsked(why) if why == "Crossref: left out by the reader"), "{error}");
}

#[test]
fn where_nobody_can_be_asked_there_is_no_report() {
    let sources = [SourceId::Openalex, SourceId::Datacite];
    let error = run(NLI_QUESTION, config(&sources), &ReplayHost::offline(&Overlap)).unwrap_err();
    assert!(matches!(error, Error::NothingAsked(_)), "{error}");
}
