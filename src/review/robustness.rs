//! R4: would the verdicts survive a second look? (GRADE inconsistency and imprecision)

use super::{Criterion, Lost, Measure, Reviewer, contested, stands};
use crate::{
    claim::ClaimId,
    nli::Manifest,
    record::Record,
    verify::{Evidence, Label, Verdict},
};
use std::collections::BTreeSet;

/// A second independent paper, so that one paper's error does not decide.
const ENOUGH_PAPERS: usize = 2;

pub(super) fn reviewer(record: &Record) -> Reviewer {
    let criteria = vec![
        Criterion::not_measured(
            "Altered claims rejected",
            "claims are not yet retried with numbers, direction or negation changed",
        ),
        looked_widely(record),
        corroborated(record),
        uncontested(record),
        margin(record),
    ];
    Reviewer::new("R4", "Robustness", "Would the verdicts survive a second look?", 0.15, criteria)
}

fn papers<'a>(evidence: impl Iterator<Item = &'a Evidence>) -> usize {
    evidence.map(|e| &e.at.paper).collect::<BTreeSet<_>>().len()
}

fn looked_widely(record: &Record) -> Criterion {
    let wide = |v: &Verdict| papers(v.evidence_for.iter().chain(&v.evidence_against)) >= ENOUGH_PAPERS;
    let ok = |id: &ClaimId| record.verdicts.iter().any(|v| v.claim == *id && wide(v));
    let lost = Lost::claims(record.claims.iter().map(|c| c.id.clone()).filter(|id| !ok(id)));
    let all = record.claims.len();
    Criterion::share(
        "Claims compared with two or more other papers",
        all - lost.claims.len(),
        all,
        "claims listed",
        lost,
    )
}

fn corroborated(record: &Record) -> Criterion {
    let threshold = record.model.thresholds.supported;
    let supported: Vec<&Verdict> =
        record.verdicts.iter().filter(|v| stands(v, Label::Supported, &record.model)).collect();
    let strong = |v: &Verdict| papers(v.evidence_for.iter().filter(|e| e.probability.entailment >= threshold));
    let lost = Lost::claims(supported.iter().filter(|v| strong(v) < ENOUGH_PAPERS).map(|v| v.claim.clone()));
    let all = supported.len();
    Criterion::share(
        "Supported claims with two or more papers behind them",
        all - lost.claims.len(),
        all,
        "supported claims",
        lost,
    )
}

fn uncontested(record: &Record) -> Criterion {
    let name = "Decisive claims without evidence on the other side";
    let decisive = |v: &&Verdict| {
        contested(v, &record.model)
            || stands(v, Label::Supported, &record.model)
            || stands(v, Label::Refuted, &record.model)
    };
    let of = record.verdicts.iter().filter(decisive).count();
    let contested = record.verdicts.iter().filter(|v| contested(v, &record.model)).map(|v| v.claim.clone());
    let lost = Lost::claims(contested);
    Criterion::share(name, of - lost.claims.len(), of, "claims with evidence at a threshold", lost)
}

/// How far above their threshold the deciding probabilities lie, as a share of the way to certainty.
fn margin(record: &Record) -> Criterion {
    let name = "Margin over the threshold";
    if !calibrated(&record.model) {
        return Criterion::not_measured(
            name,
            "the model's probabilities are not calibrated, so a margin means nothing",
        );
    }
    let margins: Vec<f32> = record.verdicts.iter().filter_map(|v| margin_of(v, &record.model)).collect();
    let over = margins.len();
    let value = if over == 0 { 0.0 } else { margins.iter().sum::<f32>() / over as f32 };
    let value = (value * 100.0).round() / 100.0;
    let rule = "10 × mean of (probability − threshold) / (1 − threshold); 0 where no claim was decided";
    let measure = Measure::Mean { value, over, unit: "claims decided".into() };
    Criterion::rated(name, measure, 10.0 * value, rule, Lost::default())
}

fn margin_of(verdict: &Verdict, model: &Manifest) -> Option<f32> {
    let threshold = match verdict.label {
        Label::Supported => model.thresholds.supported,
        Label::Refuted => model.thresholds.refuted,
        Label::NotEnoughInfo => return None,
    };
    let confidence = verdict.confidence.filter(|_| stands(verdict, verdict.label, model))?;
    Some(if threshold < 1.0 { ((confidence - threshold) / (1.0 - threshold)).clamp(0.0, 1.0) } else { 0.0 })
}

/// Whether the manifest says that its probabilities were calibrated: a temperature of exactly 1 is the one that
/// leaves the logits as they are.
#[must_use]
pub fn calibrated(model: &Manifest) -> bool {
    model.calibration.temperature.total_cmp(&1.0).is_ne()
}
