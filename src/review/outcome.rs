//! What the panel needs to know of each claim, worked out once: the reviewers count it, the bootstrap draws from it.

use super::{contested, deciding, paper, stands, verdict};
use crate::{
    claim::{Claim, ClaimId},
    nli::Manifest,
    paper::{PaperId, PassageRef},
    record::Record,
    relevance::{Ranked, closeness},
    text::Span,
    verify::{Evidence, Label, Relation, Verdict},
};
use std::collections::BTreeSet;

/// How one claim came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Which claim.
    pub id: ClaimId,
    /// From a paper that is more likely on the question's topic than not.
    pub on_topic: bool,
    /// How close its own sentence is to the question, in `0.0..=1.0`.
    pub relevance: f32,
    /// Its text and its evidence equal their spans, and its verdict has evidence at the threshold.
    pub anchored: bool,
    /// Compared with a passage of another paper.
    pub tested: bool,
    /// Supported, with evidence at the threshold.
    pub supported: bool,
    /// Evidence at a threshold, on either side or both.
    pub decisive: bool,
    /// Evidence at the threshold on both sides.
    pub contested: bool,
    /// Other papers it was compared with.
    pub compared_with: usize,
    /// Other papers that support it at the threshold.
    pub supported_by: usize,
    /// Where supported, and it has an opposite: whether no sentence that supports it entails that more than it contradicts it.
    pub opposite_rejected: Option<bool>,
    /// Where decided: how far the probability lies above the threshold, as a share of the way to certainty.
    pub margin: Option<f32>,
}

/// The outcome of each claim, in the record's order.
pub fn outcomes(record: &Record) -> Vec<Outcome> {
    record.claims.iter().map(|claim| outcome(record, claim)).collect()
}

fn outcome(record: &Record, claim: &Claim) -> Outcome {
    let (model, verdict) = (&record.model, verdict(record, claim));
    let stands = |label| verdict.is_some_and(|v| stands(v, label, model));
    let contested = verdict.is_some_and(|v| contested(v, model));
    let all = |v: &Verdict| papers(v.evidence_for.iter().chain(&v.evidence_against));
    let strong = |v: &Verdict| papers(strong(v, model));
    Outcome {
        id: claim.id.clone(),
        on_topic: ranked(record, &claim.at.paper).is_some_and(|ranked| ranked.relevance >= 0.5),
        relevance: ranked(record, &claim.at.paper)
            .map_or(0.0, |ranked| closeness(&record.question, &claim.text, &ranked.paper)),
        anchored: verbatim(record, &claim.at, claim.span, &claim.text)
            && verdict.is_none_or(|v| backed(record, claim, v)),
        tested: verdict.is_some_and(|v| v.tested > 0),
        supported: stands(Label::Supported),
        decisive: contested || stands(Label::Supported) || stands(Label::Refuted),
        contested,
        compared_with: verdict.map_or(0, all),
        supported_by: verdict.map_or(0, strong),
        opposite_rejected: verdict.filter(|v| v.label == Label::Supported).and_then(|v| opposite_rejected(v, model)),
        margin: verdict.and_then(|v| margin(v, model)),
    }
}

fn ranked<'a>(record: &'a Record, id: &PaperId) -> Option<&'a Ranked> {
    record.papers.iter().find(|ranked| ranked.paper.id == *id)
}

/// The evidence for a claim that reaches the threshold.
fn strong<'a>(verdict: &'a Verdict, model: &Manifest) -> impl Iterator<Item = &'a Evidence> {
    let threshold = model.thresholds.supported;
    verdict.evidence_for.iter().filter(move |e| e.probability.entailment >= threshold)
}

fn opposite_rejected(verdict: &Verdict, model: &Manifest) -> Option<bool> {
    let of_opposites = strong(verdict, model).filter_map(|e| e.opposite.as_ref()).map(|opposed| opposed.probability);
    of_opposites.map(|p| p.contradiction > p.entailment).reduce(|all, one| all && one)
}

fn papers<'a>(evidence: impl Iterator<Item = &'a Evidence>) -> usize {
    evidence.map(|e| &e.at.paper).collect::<BTreeSet<&PaperId>>().len()
}

/// Whether `text` is exactly what stands at `span` of the passage, and is not empty.
fn verbatim(record: &Record, at: &PassageRef, span: Span, text: &str) -> bool {
    let passage = paper(record, &at.paper).and_then(|p| p.passage(at));
    !text.is_empty() && passage.is_some_and(|p| span.of(&p.text) == text)
}

/// Whether the quotes are verbatim, independent of the claim's paper, and strong enough for the verdict.
fn backed(record: &Record, claim: &Claim, verdict: &Verdict) -> bool {
    let quoted = |e: &Evidence| {
        e.relation == Relation::Independent && e.at.paper != claim.at.paper && verbatim(record, &e.at, e.span, &e.quote)
    };
    let decided = verdict.label == Label::NotEnoughInfo || deciding(verdict).is_some();
    decided
        && stands(verdict, verdict.label, &record.model)
        && verdict.evidence_for.iter().chain(&verdict.evidence_against).all(quoted)
}

fn margin(verdict: &Verdict, model: &Manifest) -> Option<f32> {
    let threshold = match verdict.label {
        Label::Supported => model.thresholds.supported,
        Label::Refuted => model.thresholds.refuted,
        Label::NotEnoughInfo => return None,
    };
    let confidence = verdict.confidence.filter(|_| stands(verdict, verdict.label, model))?;
    Some(if threshold < 1.0 { ((confidence - threshold) / (1.0 - threshold)).clamp(0.0, 1.0) } else { 0.0 })
}
