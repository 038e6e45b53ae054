//! From logits to the probabilities that decide: the manifest's temperature, and what the signals say.
//!
//! Why no more: fitted again without each, on half of the premises of five claim-verification sets and measured on the other
//! half and on a set that fitted nothing, only significance lowered the loss on both. The numbers of the two, whether they speak
//! of more or of less, the claim's opposite put to the same sentence, the length of the sentence and the words in common did
//! not, or cost a second run of the model (`training/RESULTS.md`).

use super::{Probability, Said};
use crate::nli::{Calibration, Entailment};

/// Calibrated probabilities of one pair, not rounded: softmax(logits / T + a), T the manifest's temperature (Guo et al. 2017), a the
/// sum of its allowances for what the [signals](super::SIGNALS) say of the pair.
#[must_use]
pub fn probabilities(scored: &Entailment, said: &[Said], calibration: &Calibration) -> Probability {
    let allowances: Vec<_> = said.iter().map(|said| calibration.allowance(&said.name, &said.kind)).collect();
    let logits = [
        scored.entailment / calibration.temperature + allowances.iter().map(|a| a.entailment).sum::<f32>(),
        scored.neutral / calibration.temperature,
        scored.contradiction / calibration.temperature + allowances.iter().map(|a| a.contradiction).sum::<f32>(),
    ];
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights = logits.map(|logit| (logit - most).exp());
    let sum: f32 = weights.iter().sum();
    let [entailment, neutral, contradiction] = weights.map(|weight| weight / sum);
    Probability { entailment, neutral, contradiction }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nli::Allowance;

    const LOGITS: Entailment = Entailment { entailment: 1.0, neutral: 0.0, contradiction: -1.0 };

    fn of(temperature: f32, said: &[Said]) -> Probability {
        let mut calibration = Calibration { temperature, ..Calibration::none() };
        let differ = Allowance { entailment: -2.0, contradiction: 0.5 };
        calibration.signals.entry("significance".into()).or_default().insert("differ".into(), differ);
        probabilities(&LOGITS, said, &calibration)
    }

    #[test]
    fn a_softmax_over_the_temperature() {
        let (sharp, flat) = (of(0.5, &[]), of(4.0, &[]));
        assert!((sharp.entailment + sharp.neutral + sharp.contradiction - 1.0).abs() < 1e-6);
        assert!((sharp.entailment - 0.867).abs() < 1e-3);
        assert!(flat.entailment < sharp.entailment && flat.entailment > flat.neutral);
    }

    #[test]
    fn a_signal_adds_what_the_manifest_says() {
        let said = |name: &str, kind: &str| [Said { name: name.into(), kind: kind.into() }];
        let none = of(1.0, &[]);
        let differ = of(1.0, &said("significance", "differ"));
        assert!(differ.entailment < none.entailment && differ.contradiction > none.contradiction);
        assert_eq!(of(1.0, &said("significance", "both")), none, "what the manifest does not name adds nothing");
        assert_eq!(of(1.0, &said("mood", "differ")), none);
    }
}
