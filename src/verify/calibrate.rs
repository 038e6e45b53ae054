//! From logits to the probabilities that decide: the manifest's temperature, how long the evidence is, and its numbers.

use super::{Numbers, Probability, numbers, round};
use crate::nli::{Calibration, Entailment, Pair};

/// Words of a premise at which the manifest's temperature holds as it is.
const USUAL_WORDS: f32 = 30.0;

/// Calibrated probabilities of one pair, not rounded.
///
/// softmax(logits / T + a): T is the manifest's temperature (Guo et al. 2017), times ((words + 1) / 31) to the power of
/// its `growth`, since the longer a premise, the less sure a small model should be; a is the manifest's allowance for
/// numbers of the hypothesis that [follow from](Numbers::Computed) those of the premise or
/// [differ](Numbers::Differ) from them.
#[must_use]
pub fn probabilities(scored: &Entailment, pair: &Pair, calibration: &Calibration) -> Probability {
    let words = pair.premise.split_whitespace().count().min(usize::from(u16::MAX));
    let words = f32::from(u16::try_from(words).unwrap_or(u16::MAX));
    let temperature = calibration.temperature * ((words + 1.0) / (USUAL_WORDS + 1.0)).powf(calibration.growth);
    let allowance = match numbers(&pair.premise, &pair.hypothesis) {
        Numbers::Computed => calibration.numbers.computed,
        Numbers::Differ => calibration.numbers.differ,
        Numbers::None | Numbers::Stated | Numbers::Absent => Default::default(),
    };
    let logits = [
        scored.entailment / temperature + allowance.entailment,
        scored.neutral / temperature,
        scored.contradiction / temperature + allowance.contradiction,
    ];
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights = logits.map(|logit| (logit - most).exp());
    let sum: f32 = weights.iter().sum();
    let [entailment, neutral, contradiction] = weights.map(|weight| weight / sum);
    Probability { entailment, neutral, contradiction }
}

/// What is made of a sentence by its two [`super::Sentences::readings`], alone and in its place: the mean of their logits,
/// so that neither a title nor a missing context decides by itself. The numbers compared are the sentence's own. Rounded to
/// three decimals, so that reports do not differ in digits nobody can use.
pub(super) fn decide(scores: &[Entailment; super::READINGS], alone: &Pair, calibration: &Calibration) -> Probability {
    let [one, other] = scores;
    let scored = Entailment {
        entailment: f32::midpoint(one.entailment, other.entailment),
        neutral: f32::midpoint(one.neutral, other.neutral),
        contradiction: f32::midpoint(one.contradiction, other.contradiction),
    };
    let Probability { entailment, neutral, contradiction } = probabilities(&scored, alone, calibration);
    Probability { entailment: round(entailment), neutral: round(neutral), contradiction: round(contradiction) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nli::{Allowance, NumberAllowances};
    use std::collections::BTreeMap;

    fn calibration(temperature: f32, growth: f32) -> Calibration {
        let numbers = NumberAllowances {
            computed: Allowance { entailment: 1.5, contradiction: -1.0 },
            differ: Allowance { entailment: -1.0, contradiction: 0.5 },
        };
        Calibration { temperature, growth, numbers, note: None, more: BTreeMap::new() }
    }

    fn pair(premise: &str, hypothesis: &str) -> Pair {
        Pair { premise: premise.into(), hypothesis: hypothesis.into() }
    }

    const LOGITS: Entailment = Entailment { entailment: 1.0, neutral: 0.0, contradiction: -1.0 };

    #[test]
    fn a_softmax_over_the_temperature() {
        let of =
            |temperature| probabilities(&LOGITS, &pair("Naps help.", "Naps help."), &calibration(temperature, 0.0));
        let (sharp, flat) = (of(0.5), of(4.0));
        assert!((sharp.entailment + sharp.neutral + sharp.contradiction - 1.0).abs() < 1e-6);
        assert!((sharp.entailment - 0.867).abs() < 1e-3);
        assert!(flat.entailment < sharp.entailment && flat.entailment > flat.neutral);
    }

    #[test]
    fn a_longer_premise_makes_less_sure() {
        let of =
            |words: usize| probabilities(&LOGITS, &pair(&"nap ".repeat(words), "Naps help."), &calibration(1.0, 0.2));
        assert!((of(30).entailment - 0.665).abs() < 1e-3, "thirty words are the usual length");
        assert!(of(8).entailment > of(30).entailment && of(30).entailment > of(200).entailment);
    }

    #[test]
    fn numbers_that_differ_speak_against_and_numbers_that_follow_speak_for() {
        let of =
            |claim: &str| probabilities(&LOGITS, &pair("Of 54 streams 18 had trout.", claim), &calibration(1.0, 0.0));
        let stated = of("18 streams had trout.");
        let differ = of("19 streams had trout.");
        let computed = of("36 streams had none.");
        assert!(differ.entailment < stated.entailment && differ.contradiction > stated.contradiction);
        assert!(computed.entailment > stated.entailment && computed.contradiction < stated.contradiction);
    }

    #[test]
    fn both_readings_count_alike() {
        let reading = |entailment, contradiction| Entailment { entailment, neutral: 0.0, contradiction };
        let pair = pair("Naps help.", "Naps help.");
        let of = |alone, in_place| decide(&[alone, in_place], &pair, &calibration(1.0, 0.0));
        let (entails, refutes) = (reading(3.0, -1.0), reading(-1.0, 3.0));
        assert_eq!(of(entails, refutes), of(refutes, entails));
        assert_eq!(of(entails, refutes).entailment, of(entails, refutes).contradiction);
        let half = of(entails, reading(0.0, 0.0)).entailment;
        assert!(of(entails, entails).entailment > half && half > of(entails, refutes).entailment);
    }
}
