//! R1: does the review address the question that was asked? (ROBIS phase 1; GRADE indirectness)

use super::{Criterion, Lost, Measure, Outcome, Reviewer};
use crate::record::Record;

/// Share of the question's facets below which a paper is named as one that lost points.
const DIRECT: f32 = 0.5;

pub(super) fn reviewer(record: &Record, claims: &[Outcome]) -> Reviewer {
    let topical = Criterion::of_claims("Claims on the question's topic", claims, "claims listed", |c| c.on_topic);
    let criteria = vec![facets(record), coverage(record), direct_papers(record), topical, directness(claims)];
    Reviewer::new("R1", "Relevance", "Does what was kept address the question asked?", 0.25, criteria)
}

fn facets(record: &Record) -> Criterion {
    let facets = &record.question.facets;
    let missing: Vec<String> = facets
        .iter()
        .map(|f| f.phrase.clone())
        .filter(|f| !record.papers.iter().any(|r| r.facets.contains(f)))
        .collect();
    let found = facets.len() - missing.len();
    Criterion::share("Facets named by a paper kept", found, facets.len(), "facets", Lost::other(missing))
}

fn coverage(record: &Record) -> Criterion {
    let over = record.papers.len();
    let sum: f32 = record.papers.iter().map(|r| r.coverage).sum();
    let value = if over == 0 { 0.0 } else { (sum / over as f32 * 100.0).round() / 100.0 };
    let lost = record.papers.iter().filter(|r| r.coverage < DIRECT).map(|r| r.paper.id.clone());
    let measure = Measure::Mean { value, over, unit: "papers kept".into() };
    let rule = "10 × mean share of the question's facets that a paper's title and abstract name, rare facets weighing \
                more; 0 where none was kept";
    Criterion::rated("Facets covered by each paper", measure, 10.0 * value, rule, Lost::papers(lost))
}

fn direct_papers(record: &Record) -> Criterion {
    let all = record.question.facets.len();
    let partial = record.papers.iter().filter(|r| r.facets.len() < all).map(|r| r.paper.id.clone());
    let lost = Lost::papers(partial);
    let kept = record.papers.len();
    Criterion::share("Papers that name every facet", kept - lost.papers.len(), kept, "papers kept", lost)
}

/// How much of the question the claims themselves speak of: a claim may pass the gate by its paper's title.
fn directness(claims: &[Outcome]) -> Criterion {
    let over = claims.len();
    let value = if over == 0 { 0.0 } else { claims.iter().map(|c| c.relevance).sum::<f32>() / over as f32 };
    let value = (value * 100.0).round() / 100.0;
    let measure = Measure::Mean { value, over, unit: "claims listed".into() };
    let rule = "10 × mean share of the question's facets that a claim's own sentence names; 0 where none is listed";
    Criterion::rated("Facets covered by each claim", measure, 10.0 * value, rule, Lost::default())
}
