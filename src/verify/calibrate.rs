//! From logits to the probabilities that decide: the manifest's temperature, what the model makes of the claim's opposite,
//! and what the signals say.

use super::{Probability, Said};
use crate::nli::{Calibration, Entailment};

/// Calibrated probabilities of one pair, not rounded: softmax((logits + w × opposed) / T + a).
///
/// - opposed are the logits of the claim's [opposite](super::opposite), those of entailment and contradiction exchanged, w is the
///   manifest's weight of them: evidence for a claim has to speak against its opposite.
/// - T is the manifest's temperature (Guo et al. 2017).
/// - a is the sum of the manifest's allowances for what the [signals](super::SIGNALS) say of the pair.
#[must_use]
pub fn probabilities(
    scored: &Entailment,
    opposed: Option<&Entailment>,
    said: &[Said],
    calibration: &Calibration,
) -> Probability {
    let scored = opposed.map_or(*scored, |opposed| with_opposed(*scored, *opposed, calibration.opposite));
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

fn with_opposed(scored: Entailment, opposed: Entailment, weight: f32) -> Entailment {
    Entailment {
        entailment: scored.entailment + weight * opposed.contradiction,
        neutral: scored.neutral + weight * opposed.neutral,
        contradiction: scored.contradiction + weight * opposed.entailment,
    }
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
        probabilities(&LOGITS, None, said, &calibration)
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

    #[test]
    fn what_lets_the_opposite_pass_says_less() {
        let calibration = Calibration { opposite: 0.5, ..Calibration::none() };
        let of = |opposed: Option<&Entailment>| probabilities(&LOGITS, opposed, &[], &calibration);
        let reading = |entailment, contradiction| Entailment { entailment, neutral: 0.0, contradiction };
        let (rejected, passed) = (of(Some(&reading(-1.0, 1.0))), of(Some(&reading(1.0, -1.0))));
        assert!(rejected.entailment > of(None).entailment && of(None).entailment > passed.entailment);
        assert!(rejected.contradiction < of(None).contradiction && of(None).contradiction < passed.contradiction);
        assert_eq!(passed.entailment, probabilities(&reading(0.5, -0.5), None, &[], &calibration).entailment);
    }
}
