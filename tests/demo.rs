//! The demonstration through the whole pipeline with the real model: every planted claim must come out as planted.

#[path = "support/replay.rs"]
#[allow(dead_code, reason = "the demonstration needs no network; other tests use the rest")]
mod replay;

use probatum::{
    nli::Model,
    paper::SourceId,
    pipeline,
    record::Config,
    report::Report,
    source::demo,
    verify::{self, Label},
};
use replay::ReplayHost;
use serde_json::Value;
use std::{fs, path::Path, sync::OnceLock};

fn file(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file is part of the repository")
}

fn report() -> &'static Report {
    static REPORT: OnceLock<Report> = OnceLock::new();
    REPORT.get_or_init(run)
}

fn run() -> Report {
    let model = |name: &str| file(&format!("www/models/probatum-nli-1/{name}"));
    let model = Model::load(&model("manifest.json"), model("model.onnx"), &model("tokenizer.json")).unwrap();
    let config = Config {
        sources: vec![SourceId::Demo],
        date: "2026-01-01".into(),
        max_papers: 12,
        max_full_texts: 0,
        max_claims: 60,
        max_claims_per_paper: 8,
        passages_per_claim: 8,
        relay: None,
        propositions: Vec::new(),
        verify: verify::Params::default(),
    };
    let host = ReplayHost::offline(&model);
    pollster::block_on(pipeline::run(&demo::question(), config, model.manifest().clone(), &host)).unwrap()
}

#[test]
fn every_planted_claim_comes_out_as_planted() {
    let report = report();
    let label = |claim: &str| -> String {
        if let Some(checked) = report.claims.iter().find(|checked| checked.claim.text == claim) {
            return serde_json::to_value(checked.verdict.as_ref().map(|verdict| verdict.label)).unwrap().to_string();
        }
        let second_hand = report.second_hand.iter().any(|second| second.text == claim);
        if second_hand { "\"second-hand\"".into() } else { "\"off-topic\"".into() }
    };
    let demo: Value = serde_json::from_slice(&file("src/source/demo.json")).unwrap();
    let planted = demo["planted"].as_array().unwrap().iter();
    let unlike = planted.filter_map(|planted| {
        let (claim, expected) = (planted["claim"].as_str().unwrap(), planted["expect"].to_string());
        let found = label(claim);
        (found != expected).then(|| format!("{claim} is {found}, not {expected}"))
    });
    assert_eq!(unlike.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn an_order_hidden_in_a_paper_changes_nothing() {
    let report = report();
    let supported = report
        .claims
        .iter()
        .filter(|checked| checked.verdict.as_ref().is_some_and(|verdict| verdict.label == Label::Supported));
    assert!(supported.count() < report.claims.len() / 2);
    assert!(report.claims.iter().all(|checked| !checked.claim.text.contains("Ignore previous instructions")));
}
