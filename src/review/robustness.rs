//! R4: would the verdicts survive a second look? (GRADE inconsistency and imprecision)

use super::{Criterion, Lost, Measure, Outcome, Reviewer};
use crate::{nli::Manifest, record::Record};

/// A second independent paper, so that one paper's error does not decide.
const ENOUGH_PAPERS: usize = 2;

pub(super) fn reviewer(record: &Record, claims: &[Outcome]) -> Reviewer {
    let supported: Vec<Outcome> = claims.iter().filter(|c| c.supported).cloned().collect();
    let decisive: Vec<Outcome> = claims.iter().filter(|c| c.decisive).cloned().collect();
    let criteria = vec![
        Criterion::of_claims("Claims compared with two or more other papers", claims, "claims listed", |c| {
            c.compared_with >= ENOUGH_PAPERS
        }),
        Criterion::of_claims(
            "Supported claims with two or more papers behind them",
            &supported,
            "supported claims",
            |c| c.supported_by >= ENOUGH_PAPERS,
        ),
        Criterion::of_claims("Decided claims that are not contested", &decisive, "claims decided", |c| !c.contested),
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
    let value = if over == 0 { 0.0 } else { margins.iter().sum::<f32>() / over as f32 };
    let value = (value * 100.0).round() / 100.0;
    let rule = "10 × mean of (probability − threshold) / (1 − threshold); a claim that only leans counts 0; 0 where none was decided";
    let measure = Measure::Mean { value, over, unit: "claims decided".into() };
    Criterion::rated(name, measure, 10.0 * value, rule, Lost::default())
}

/// Whether the manifest says that its probabilities were calibrated: a temperature of exactly 1 is the one that
/// leaves the logits as they are.
#[must_use]
pub fn calibrated(model: &Manifest) -> bool {
    model.calibration.temperature.total_cmp(&1.0).is_ne()
}
