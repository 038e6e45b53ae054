//! R4: would the verdicts survive a second look? (GRADE inconsistency and imprecision)

use super::{Criterion, Lost, Measure, Outcome, Reviewer};
use crate::{nli::Manifest, record::Record};

/// A second independent paper, so that one paper's error does not decide.
const ENOUGH_PAPERS: usize = 2;

pub(super) fn reviewer(record: &Record, claims: &[Outcome]) -> Reviewer {
    let supported: Vec<Outcome> = claims.iter().filter(|c| c.supported).cloned().collect();
    let decisive: Vec<Outcome> = claims.iter().filter(|c| c.decisive).cloned().collect();
    let behind = "Supported claims with two or more papers behind them";
    let uncontested = "Decided claims that are not contested";
    let criteria = vec![
        Criterion::of_claims("Claims compared with two or more other papers", claims, "claims listed", |c| {
            c.compared_with >= ENOUGH_PAPERS
        }),
        if supported.is_empty() {
            Criterion::not_applicable(behind, "no claim is supported")
        } else {
            Criterion::of_claims(behind, &supported, "supported claims", |c| c.supported_by >= ENOUGH_PAPERS)
        },
        if decisive.is_empty() {
            Criterion::not_applicable(uncontested, "no claim is decided")
        } else {
            Criterion::of_claims(uncontested, &decisive, "claims decided", |c| !c.contested)
        },
        margin(record, claims),
    ];
    Reviewer::new("R4", "Robustness", "Would the verdicts survive a second look?", 0.15, criteria)
}

fn margin(record: &Record, claims: &[Outcome]) -> Criterion {
    let name = "Margin over the threshold";
    if !calibrated(record.decider()) {
        return Criterion::not_measured(
            name,
            "the model's probabilities are not calibrated, so a margin means nothing",
        );
    }
    let margins: Vec<f32> = claims.iter().filter_map(|c| c.margin).collect();
    let over = margins.len();
    if over == 0 {
        return Criterion::not_applicable(name, "no claim is decided on one side");
    }
    let value = margins.iter().sum::<f32>() / over as f32;
    let value = (value * 100.0).round() / 100.0;
    let rule = "10 × mean of (probability − threshold) / (1 − threshold); a claim that only leans counts 0";
    let measure = Measure::Mean { value, over, unit: "claims decided".into() };
    Criterion::rated(name, measure, 10.0 * value, rule, Lost::default())
}

/// Whether the manifest says that its probabilities were calibrated: a temperature of exactly 1 is the one that
/// leaves the logits as they are.
#[must_use]
pub fn calibrated(model: &Manifest) -> bool {
    model.calibration.temperature.total_cmp(&1.0).is_ne()
}
