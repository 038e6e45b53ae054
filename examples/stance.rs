//! What the coefficients of `stance` are fitted on, and what it makes of labelled papers: JSON lines from standard input to
//! standard output. `training/stance/README.md` says how it is used.
//!
//! In, a question a line: `{"question", "proposition": null | "…", "papers": [{"id", "title", "text", "scores": [[e, n, c]]}]}`; the
//! proposition overrides the one made by rule. Out, by the first argument; the second names a file of coefficients:
//!
//! - `sentences`: every sentence of every paper, `[start, end, features]`;
//! - `pairs`: what the model is asked;
//! - `papers`: the features of candidates and papers, with the scores given;
//! - `judge`: the stances.

use probatum::{
    nli::Entailment,
    paper::{Paper, PaperId, Passage, Reading, Section, SectionKind},
    question::{Proposition, propositions},
    stance::{Params, Rarity, candidates, fit, judge, pairs},
    text::{normalize, sentences},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, stdin};

#[derive(Deserialize)]
struct Asked {
    question: String,
    #[serde(default)]
    proposition: Option<String>,
    papers: Vec<Given>,
}

#[derive(Deserialize)]
struct Given {
    id: String,
    title: String,
    text: String,
    #[serde(default)]
    scores: Vec<[f32; 3]>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mode = arguments.next().unwrap_or_default();
    let params = match arguments.next() {
        Some(path) => serde_json::from_str(&std::fs::read_to_string(path)?)?,
        None => Params::default(),
    };
    for line in stdin().lock().lines() {
        println!("{}", answer(&mode, &serde_json::from_str(&line?)?, &params)?);
    }
    Ok(())
}

fn answer(mode: &str, asked: &Asked, params: &Params) -> Result<Value, serde_json::Error> {
    let by_rule = propositions(&asked.question);
    let proposition = asked.proposition.as_deref().map(Proposition::stated).or_else(|| by_rule.first().cloned());
    let papers: Vec<Paper> = asked.papers.iter().map(paper).collect();
    let rarity = Rarity::of(&papers);
    let mut answers = Vec::new();
    for (paper, given) in papers.iter().zip(&asked.papers) {
        let scores: Vec<Entailment> = given
            .scores
            .iter()
            .map(|&[entailment, neutral, contradiction]| Entailment { entailment, neutral, contradiction })
            .collect();
        let chosen = || candidates(&asked.question, proposition.as_ref(), paper, &rarity, params);
        answers.push(match mode {
            "sentences" => {
                let read = fit::sentences(&asked.question, proposition.as_ref(), paper, &rarity);
                json!(read.iter().map(|candidate| place(&fit::features(candidate, None))).collect::<Vec<_>>())
            }
            "pairs" => json!(proposition.as_ref().map(|proposition| pairs(proposition, paper, &chosen(), params))),
            "papers" => {
                let chosen = chosen();
                let readings = scores.as_chunks().0;
                let read: Vec<Value> = chosen
                    .iter()
                    .enumerate()
                    .map(|(at, candidate)| place(&fit::features(candidate, readings.get(at))))
                    .collect();
                let whole = proposition.as_ref().map(|_| fit::paper(chosen, &scores, params));
                json!({ "candidates": read, "paper": whole })
            }
            _ => serde_json::to_value(judge(proposition.as_ref(), paper, chosen(), &scores, params))?,
        });
    }
    Ok(json!({ "proposition": proposition, "byRule": by_rule, "papers": answers }))
}

fn place((span, features): &fit::Read) -> Value {
    json!([span.start, span.end, features])
}

fn paper(given: &Given) -> Paper {
    let text = normalize(&given.text);
    let passage = Passage { sentences: sentences(&text), text: text.clone(), anchor: None, places: Vec::new() };
    Paper {
        id: PaperId(given.id.clone()),
        title: normalize(&given.title),
        authors: Vec::new(),
        year: None,
        venue: None,
        doi: None,
        arxiv_id: None,
        url: String::new(),
        abstract_text: Some(text),
        retracted: false,
        notice: None,
        other_years: vec![],
        sources: Vec::new(),
        sections: vec![Section { heading: "Abstract".into(), kind: SectionKind::Abstract, passages: vec![passage] }],
        reading: Reading::Abstract,
        ..Paper::default()
    }
}
