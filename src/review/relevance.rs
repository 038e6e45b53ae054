//! R1: does the review address the question that was asked? (ROBIS phase 1; GRADE indirectness)

use super::{Criterion, Lost, Measure, Outcome, Reviewer};
use crate::record::Record;

/// Relevance below which a paper is named as one that lost points: as likely off the question as on it.
const DIRECT: f32 = 0.5;

pub(super) fn reviewer(record: &Record, claims: &[Outcome]) -> Reviewer {
    let topical = Criterion::of_claims("Claims on the question's topic", claims, "claims listed", |c| c.on_topic);
    let criteria = vec![papers(record), topical];
    Reviewer::new("R1", "Relevance", "Does what was kept address the question asked?", 0.25, criteria)
}

fn papers(record: &Record) -> Criterion {
    let over = record.papers.len();
    let sum: f32 = record.papers.iter().map(|ranked| ranked.relevance).sum();
    let value = if over == 0 { 0.0 } else { (sum / over as f32 * 100.0).round() / 100.0 };
    let lost = record.papers.iter().filter(|r| r.relevance < DIRECT).map(|r| r.paper.id.clone());
    let measure = Measure::Mean { value, over, unit: "papers kept".into() };
    let rule = "10 × mean relevance of the papers kept to the question; 0 where none was kept";
    Criterion::rated("Relevance of the papers", measure, 10.0 * value, rule, Lost::papers(lost))
}
