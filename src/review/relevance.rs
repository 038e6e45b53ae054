//! R1: does the review address the question that was asked? (ROBIS phase 1; GRADE indirectness)

use super::{Criterion, Lost, Measure, Outcome, Reviewer};
use crate::{claim::Claim, question::Facet, record::Record, text::terms};
use std::collections::BTreeSet;

/// Share of the question's facets, weighted by rarity, that a paper must name for its claims to count as on topic.
const DIRECT: f32 = 0.5;

/// Facets of the question that the claim's own sentence names, in the question's order.
#[must_use]
pub fn claim_facets<'a>(record: &'a Record, claim: &Claim) -> Vec<&'a str> {
    let terms: BTreeSet<String> = terms(&claim.text).into_iter().collect();
    let shown = |group: &Vec<String>| !group.is_empty() && group.iter().all(|term| terms.contains(term));
    let named = |facet: &&Facet| facet.alternatives.iter().any(shown);
    record.question.facets.iter().filter(named).map(|f| f.phrase.as_str()).collect()
}

/// Whether a claim is on the question's topic: its paper names at least half of the question's facets by weight, and
/// the claim's own sentence names at least one.
#[must_use]
pub fn on_topic(record: &Record, claim: &Claim) -> bool {
    let direct = record.papers.iter().any(|r| r.paper.id == claim.at.paper && r.coverage >= DIRECT);
    direct && !claim_facets(record, claim).is_empty()
}

pub(super) fn reviewer(record: &Record, claims: &[Outcome]) -> Reviewer {
    let topical = Criterion::of_claims("Claims on the question's topic", claims, "claims listed", |c| c.on_topic);
    let criteria = vec![facets(record), coverage(record), direct_papers(record), topical];
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
