//! What the panel needs to know of each claim, worked out once: the reviewers count it, the bootstrap draws from it.

use super::{deciding, paper, verdict};
use crate::{
    claim::{Claim, ClaimId},
    nli::Thresholds,
    paper::{PaperId, PassageRef},
    record::Record,
    relevance::Ranked,
    text::Span,
    verify::{Evidence, Label, Relation, Strength, Verdict},
};
use std::collections::BTreeSet;

/// How one claim came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Which claim.
    pub id: ClaimId,
    /// From a paper that is more likely on the question's topic than not.
    pub on_topic: bool,
    /// Its text and its evidence equal their spans, and its verdict has a sentence that decides it.
    pub anchored: bool,
    /// Compared with a passage of another paper.
    pub tested: bool,
    /// Supported.
    pub supported: bool,
    /// Supported or leaning to it.
    pub upheld: bool,
    /// Decided on either side or both, in either strength.
    pub decisive: bool,
    /// Decided on both sides.
    pub contested: bool,
    /// Other papers it was compared with.
    pub compared_with: usize,
    /// Other papers with a sentence that decides for it.
    pub supported_by: usize,
    /// Where decided on one side: how far its probability lies above the firm threshold, as a share of the way to certainty; 0
    /// where it only leans.
    pub margin: Option<f32>,
}

/// The outcome of each claim, in the record's order.
pub fn outcomes(record: &Record) -> Vec<Outcome> {
    record.claims.iter().map(|claim| outcome(record, claim)).collect()
}

fn outcome(record: &Record, claim: &Claim) -> Outcome {
    let verdict = verdict(record, claim);
    let is = |labels: &[Label]| verdict.is_some_and(|v| labels.contains(&v.label) && is_decided_by_evidence(v));
    let compared = |v: &Verdict| papers(v.evidence_for.iter().chain(&v.evidence_against).chain(&v.nearest));
    Outcome {
        id: claim.id.clone(),
        on_topic: ranked(record, &claim.at.paper).is_some_and(|ranked| ranked.relevance >= 0.5),
        anchored: verbatim(record, &claim.at, claim.span, &claim.text)
            && verdict.is_none_or(|v| backed(record, claim, v)),
        tested: verdict.is_some_and(|v| v.tested > 0),
        supported: is(&[Label::Supported]),
        upheld: is(&[Label::Supported, Label::LeansSupported]),
        decisive: verdict.is_some_and(|v| v.label.is_decided() && is_decided_by_evidence(v)),
        contested: is(&[Label::Contested]),
        compared_with: verdict.map_or(0, compared),
        supported_by: verdict.map_or(0, |v| papers(v.evidence_for.iter())),
        margin: verdict.and_then(|v| margin(v, &record.decider().thresholds)),
    }
}

fn ranked<'a>(record: &'a Record, id: &PaperId) -> Option<&'a Ranked> {
    record.papers.iter().find(|ranked| ranked.paper.id == *id)
}

fn papers<'a>(evidence: impl Iterator<Item = &'a Evidence>) -> usize {
    evidence.map(|e| &e.at.paper).collect::<BTreeSet<&PaperId>>().len()
}

/// Whether `text` is exactly what stands at `span` of the passage, and is not empty.
fn verbatim(record: &Record, at: &PassageRef, span: Span, text: &str) -> bool {
    let passage = paper(record, &at.paper).and_then(|p| p.passage(at));
    !text.is_empty() && passage.is_some_and(|p| span.of(&p.text) == text)
}

/// Whether the quotes are verbatim and independent of the claim's paper, and a sentence decides what the verdict says.
fn backed(record: &Record, claim: &Claim, verdict: &Verdict) -> bool {
    let quoted = |e: &Evidence| {
        e.relation == Relation::Independent && e.at.paper != claim.at.paper && verbatim(record, &e.at, e.span, &e.quote)
    };
    let mut listed = verdict.evidence_for.iter().chain(&verdict.evidence_against).chain(&verdict.nearest);
    is_decided_by_evidence(verdict) && listed.all(quoted)
}

/// Whether the verdict lists a sentence on each side that its label names.
fn is_decided_by_evidence(verdict: &Verdict) -> bool {
    match verdict.label {
        Label::NotEnoughInfo | Label::Untested => true,
        Label::Contested => !verdict.evidence_for.is_empty() && !verdict.evidence_against.is_empty(),
        _ => deciding(verdict).is_some(),
    }
}

fn margin(verdict: &Verdict, thresholds: &Thresholds) -> Option<f32> {
    let deciding = deciding(verdict)?;
    let threshold = match verdict.label {
        Label::Supported | Label::LeansSupported => thresholds.supported,
        _ => thresholds.refuted,
    };
    let is_firm = deciding.strength == Some(Strength::Firm) && threshold < 1.0;
    let above = verdict.confidence? - threshold;
    Some(if is_firm { (above / (1.0 - threshold)).clamp(0.0, 1.0) } else { 0.0 })
}
