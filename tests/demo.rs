//! The demonstration through the whole pipeline with the real model: its question is answered as a reader would answer it.

#[path = "support/config.rs"]
mod config;
#[path = "support/replay.rs"]
#[allow(dead_code, reason = "the demonstration needs no network; other tests use the rest")]
mod replay;

use probatum::{
    answer::Label,
    check::{CheckLimits, GivenText, Library},
    nli::Model,
    paper::{Paper, SourceId},
    pipeline,
    record::{Config, Record},
    report::Report,
    source::demo,
    verify::Params,
};
use replay::ReplayHost;
use serde_json::Value;
use std::{fs, path::Path, sync::OnceLock};

fn file(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file is part of the repository")
}

fn report() -> &'static Report {
    static REPORT: OnceLock<Report> = OnceLock::new();
    REPORT.get_or_init(|| pipeline::report(record().clone()))
}

fn record() -> &'static Record {
    static RECORD: OnceLock<Record> = OnceLock::new();
    RECORD.get_or_init(gather)
}

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    let of = |name: &str| file(&format!("www/models/probatum-nli-1/{name}"));
    MODEL.get_or_init(|| Model::load(&of("manifest.json"), of("model.onnx"), &of("tokenizer.json")).unwrap())
}

fn gather() -> Record {
    let config = Config {
        date: "2026-01-01".into(),
        max_papers: 12,
        max_claims: 60,
        max_claims_per_paper: 8,
        passages_per_claim: 8,
        ..config::config(&[SourceId::Demo])
    };
    let host = ReplayHost::offline(model());
    pollster::block_on(pipeline::gather(&demo::question(), config, model().manifest().clone(), &host)).unwrap()
}

fn demo() -> Value {
    serde_json::from_slice(&file("src/source/demo.json")).unwrap()
}

#[test]
fn its_question_is_answered() {
    let report = report();
    let counts = report.answer.counts;
    assert!(matches!(report.answer.label, Label::Yes | Label::Mixed), "{}", report.answer.text);
    assert!(counts.yes > counts.no + counts.no_difference, "{}", report.answer.text);
    let disagreement = report.answer.disagreement.as_ref().expect("some papers disagree");
    assert_ne!(disagreement.on_one_side, disagreement.on_the_other);
}

#[test]
fn no_paper_is_taken_for_the_opposite_of_what_it_says() {
    let report = report();
    let against = |stance: &str| matches!(stance, "no" | "no-difference");
    let mut right = 0;
    for written in demo()["papers"].as_array().unwrap() {
        let (id, expected) = (written["id"].as_str().unwrap(), written["expect"].as_str().unwrap());
        let Some(row) = report.papers.iter().find(|row| row.id.0.ends_with(id)) else {
            assert!(matches!(expected, "off-topic" | "silent"), "{id} has no row");
            continue;
        };
        let stance = serde_json::to_value(row.stance).unwrap().as_str().unwrap().to_owned();
        assert!(!(expected == "yes" && against(&stance) || against(expected) && stance == "yes"), "{id} is {stance}");
        right += usize::from(stance == expected);
    }
    assert!(2 * right >= report.papers.len(), "{right} of {} as a reader would say", report.papers.len());
}

#[test]
fn planted_claims_come_out_on_the_planted_side() {
    let report = report();
    let found = |claim: &str| -> String {
        if let Some(checked) = report.claims.iter().find(|checked| checked.claim.text == claim) {
            return checked.came_out();
        }
        let second_hand = report.second_hand.iter().any(|second| second.text == claim);
        if second_hand { "second-hand".into() } else { "off-topic".into() }
    };
    for planted in demo()["planted"].as_array().unwrap() {
        let (claim, expected) = (planted["claim"].as_str().unwrap(), planted["expect"].as_str().unwrap());
        // Undecided is no mistake, and a claim may give way to a closer one; the other side is one.
        let wrong: &[&str] = match expected {
            "supported" => &["refuted", "second-hand"],
            "refuted" => &["supported", "second-hand"],
            _ => &["supported", "refuted"],
        };
        assert!(
            !wrong.iter().any(|wrong| found(claim).ends_with(wrong)),
            "{claim} is {}, not {expected}",
            found(claim)
        );
    }
}

#[test]
fn an_order_hidden_in_a_paper_changes_nothing() {
    let report = report();
    let came_out = |label: &str| report.claims.iter().filter(|checked| checked.came_out() == label).count();
    assert!(came_out("supported") < report.claims.len() / 2);
    assert!(report.claims.iter().all(|checked| !checked.claim.text.contains("gnore previous instructions")));
    let shown = report.papers.iter().flat_map(|row| [&row.finding, &row.second]).flatten();
    assert!(shown.clone().count() > 0 && shown.into_iter().all(|finding| !finding.text.contains("gnore previous")));
}

/// What a reader of these papers would have at hand.
fn text_of(paper: &Paper) -> GivenText {
    let paragraphs: Vec<&str> = paper.passages().map(|(_, passage)| passage.text.as_str()).collect();
    GivenText {
        id: Some(paper.id.0.clone()),
        title: paper.title.clone(),
        text: paragraphs.join("\n\n"),
        retracted: paper.retracted,
    }
}

#[test]
fn a_claim_checked_by_itself_comes_to_the_same() {
    let record = record();
    let texts: Vec<GivenText> = record.papers.iter().map(|ranked| text_of(&ranked.paper)).collect();
    let library = Library::of(texts.clone(), Params::default());
    let manifest = model().manifest();
    for (claim, verdict) in record.claims.iter().zip(&record.verdicts) {
        let limits = CheckLimits { texts: texts.len(), passages: 8, own: Some(claim.at.paper.0.clone()) };
        let scores = model().entail(&library.pairs(&claim.text, &limits)).unwrap();
        let checked = library.judge(&claim.text, &limits, &scores, &manifest.calibration, &manifest.thresholds);
        let probabilities = |quotes: &[probatum::check::FoundSentence]| {
            quotes.iter().map(|found| (found.quote.clone(), found.probability)).collect::<Vec<_>>()
        };
        let expected = |evidence: &[probatum::verify::Evidence]| {
            evidence.iter().map(|evidence| (evidence.quote.clone(), evidence.probability)).collect::<Vec<_>>()
        };
        assert_eq!((checked.label, checked.probability), (verdict.label, verdict.confidence), "{}", claim.text);
        assert_eq!(probabilities(&checked.for_it), expected(&verdict.evidence_for));
        assert_eq!(probabilities(&checked.against), expected(&verdict.evidence_against));
        assert_eq!(probabilities(&checked.nearest), expected(&verdict.nearest));
        for found in checked.for_it.iter().chain(&checked.against).chain(&checked.nearest) {
            let text = &texts.iter().find(|text| text.id.as_ref() == Some(&found.text)).unwrap().text;
            let units: Vec<u16> = text.encode_utf16().collect();
            assert_eq!(String::from_utf16(&units[found.start..found.end]).unwrap(), found.quote);
        }
    }
    assert!(record.verdicts.iter().any(|verdict| verdict.label.is_decided()));
}
