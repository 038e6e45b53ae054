//! The demonstration through the whole pipeline with the real model: its question is answered as a reader would answer it.

#[path = "support/replay.rs"]
#[allow(dead_code, reason = "the demonstration needs no network; other tests use the rest")]
mod replay;

use probatum::{answer::Label, nli::Model, paper::SourceId, pipeline, record::Config, report::Report, source::demo};
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
        params: Default::default(),
    };
    let host = ReplayHost::offline(&model);
    pollster::block_on(pipeline::run(&demo::question(), config, model.manifest().clone(), &host)).unwrap()
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
