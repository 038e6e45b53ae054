//! R3: does every claim stand verbatim in its paper, and does another paper support it? (AMSTAR-2 items 8 and 9)

use super::{Criterion, Lost, Reviewer, deciding, paper, stands, verdict};
use crate::{
    claim::{Claim, ClaimId},
    paper::{PaperId, PassageRef},
    record::Record,
    text::Span,
    verify::{Evidence, Label, Relation, Verdict},
};
use std::collections::BTreeSet;

pub(super) fn reviewer(record: &Record) -> Reviewer {
    let criteria = vec![anchored(record), tested(record), supported(record), own_findings(record)];
    Reviewer::new("R3", "Grounding", "Is every claim verbatim, tested, and supported elsewhere?", 0.30, criteria)
}

/// Claims that are not the text at their span, or whose verdict stands without reproducible evidence at its threshold.
pub(super) fn unanchored(record: &Record) -> Vec<ClaimId> {
    let fails = |c: &&Claim| {
        !verbatim(record, &c.at, c.span, &c.text) || verdict(record, c).is_some_and(|v| !backed(record, c, v))
    };
    record.claims.iter().filter(fails).map(|c| c.id.clone()).collect()
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

fn anchored(record: &Record) -> Criterion {
    let lost = Lost::claims(unanchored(record));
    let all = record.claims.len();
    let name = "Claims whose text and evidence equal their spans";
    Criterion::share(name, all - lost.claims.len(), all, "claims listed", lost)
}

fn tested(record: &Record) -> Criterion {
    let untested = |c: &&Claim| verdict(record, c).is_none_or(|v| v.tested == 0);
    let lost = Lost::claims(record.claims.iter().filter(untested).map(|c| c.id.clone()));
    let all = record.claims.len();
    Criterion::share("Claims tested against another paper", all - lost.claims.len(), all, "claims listed", lost)
}

fn supported(record: &Record) -> Criterion {
    let unsupported = |c: &&Claim| !verdict(record, c).is_some_and(|v| stands(v, Label::Supported, &record.model));
    let lost = Lost::claims(record.claims.iter().filter(unsupported).map(|c| c.id.clone()));
    let all = record.claims.len();
    Criterion::share("Claims supported at the threshold", all - lost.claims.len(), all, "claims listed", lost)
}

fn own_findings(record: &Record) -> Criterion {
    let own = record.claims.len();
    let all = own + record.second_hand.len();
    let papers: BTreeSet<PaperId> = record.second_hand.iter().map(|c| c.at.paper.clone()).collect();
    let lost = Lost::papers(papers);
    Criterion::share("Claims on topic that are the paper's own finding", own, all, "claims met on topic", lost)
}
