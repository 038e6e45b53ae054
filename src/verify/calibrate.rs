//! From logits to the probabilities that decide: the manifest's temperature, how long the evidence is, its numbers, what
//! it calls significant, and whether it speaks of more or of less.

use super::{Comparison, Direction, Numbers, Probability, Significance, compare, direction, significance};
use crate::nli::{Allowance, Calibration, Entailment, Pair};

/// Words of a premise at which the manifest's temperature holds as it is.
const USUAL_WORDS: f32 = 30.0;
/// Numbers of a premise up to which the manifest's allowances hold as they are.
const FEW_NUMBERS: u16 = 2;

/// Calibrated probabilities of one pair, not rounded: softmax((logits + w × opposed) / T + a + s + d).
///
/// - opposed are the logits of the claim's [opposite](super::opposite), those of entailment and contradiction exchanged, w is the
///   manifest's weight of them: evidence for a claim has to speak against its opposite.
/// - T is the manifest's temperature (Guo et al. 2017), times ((words + 1) / 31) to the power of its `growth`, since the
///   longer a premise, the less sure a small model should be, and times 1 + its `doubt` where the numbers of the hypothesis
///   [follow](Numbers::Computed) from those of the premise or [differ](Numbers::Differ): there they say more than the model.
/// - a is its allowance for how the numbers stand; s its allowance for what both sides call [significant](Significance),
///   d for what they say of [more and less](Direction).
/// - Where the premise has more than two numbers, a and `doubt` count 2 / numbers of the premise: among many, some are met
///   by chance, and most have to do with something else.
#[must_use]
pub fn probabilities(
    scored: &Entailment,
    opposed: Option<&Entailment>,
    pair: &Pair,
    calibration: &Calibration,
) -> Probability {
    let scored = opposed.map_or(*scored, |opposed| with_opposed(*scored, *opposed, calibration.opposite));
    let Comparison { numbers, among } = compare(&pair.premise, &pair.hypothesis);
    let weight = f32::from(FEW_NUMBERS) / f32::from(among.max(FEW_NUMBERS));
    let words = pair.premise.split_whitespace().count().min(usize::from(u16::MAX));
    let words = f32::from(u16::try_from(words).unwrap_or(u16::MAX));
    let doubt = if matches!(numbers, Numbers::Computed | Numbers::Differ) { weight * calibration.doubt } else { 0.0 };
    let temperature =
        calibration.temperature * ((words + 1.0) / (USUAL_WORDS + 1.0)).powf(calibration.growth) * (1.0 + doubt);
    let a = of_numbers(numbers, calibration);
    let s = of_significance(significance(&pair.premise, &pair.hypothesis), calibration);
    let d = of_direction(direction(&pair.premise, &pair.hypothesis), calibration);
    let logits = [
        scored.entailment / temperature + weight * a.entailment + s.entailment + d.entailment,
        scored.neutral / temperature,
        scored.contradiction / temperature + weight * a.contradiction + s.contradiction + d.contradiction,
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

fn of_numbers(numbers: Numbers, calibration: &Calibration) -> Allowance {
    match numbers {
        Numbers::Stated => calibration.numbers.stated,
        Numbers::Computed => calibration.numbers.computed,
        Numbers::Differ => calibration.numbers.differ,
        Numbers::None | Numbers::Absent => Allowance::default(),
    }
}

fn of_significance(significance: Significance, calibration: &Calibration) -> Allowance {
    match significance {
        Significance::Both => calibration.significance.both,
        Significance::Neither => calibration.significance.neither,
        Significance::Differ => calibration.significance.differ,
        Significance::None => Allowance::default(),
    }
}

fn of_direction(direction: Direction, calibration: &Calibration) -> Allowance {
    match direction {
        Direction::Same => calibration.direction.same,
        Direction::Opposite => calibration.direction.opposite,
        Direction::None => Allowance::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nli::{DirectionAllowances, NumberAllowances, SignificanceAllowances};
    use std::collections::BTreeMap;

    fn calibration(temperature: f32, growth: f32) -> Calibration {
        let numbers = NumberAllowances {
            stated: Allowance { entailment: 0.25, contradiction: -0.25 },
            computed: Allowance { entailment: 1.5, contradiction: -1.0 },
            differ: Allowance { entailment: -1.0, contradiction: 0.5 },
        };
        let significance = SignificanceAllowances {
            differ: Allowance { entailment: -2.0, contradiction: 0.5 },
            ..SignificanceAllowances::default()
        };
        let direction = DirectionAllowances {
            opposite: Allowance { entailment: -0.5, contradiction: 0.25 },
            ..DirectionAllowances::default()
        };
        Calibration {
            temperature,
            growth,
            doubt: 0.0,
            opposite: 0.0,
            numbers,
            significance,
            direction,
            note: None,
            more: BTreeMap::new(),
        }
    }

    fn pair(premise: &str, hypothesis: &str) -> Pair {
        Pair { premise: premise.into(), hypothesis: hypothesis.into() }
    }

    const LOGITS: Entailment = Entailment { entailment: 1.0, neutral: 0.0, contradiction: -1.0 };

    #[test]
    fn a_softmax_over_the_temperature() {
        let of = |temperature| {
            probabilities(&LOGITS, None, &pair("Naps help.", "Naps help."), &calibration(temperature, 0.0))
        };
        let (sharp, flat) = (of(0.5), of(4.0));
        assert!((sharp.entailment + sharp.neutral + sharp.contradiction - 1.0).abs() < 1e-6);
        assert!((sharp.entailment - 0.867).abs() < 1e-3);
        assert!(flat.entailment < sharp.entailment && flat.entailment > flat.neutral);
    }

    #[test]
    fn a_longer_premise_makes_less_sure() {
        let of = |words: usize| {
            probabilities(&LOGITS, None, &pair(&"nap ".repeat(words), "Naps help."), &calibration(1.0, 0.2))
        };
        assert!((of(30).entailment - 0.665).abs() < 1e-3, "thirty words are the usual length");
        assert!(of(8).entailment > of(30).entailment && of(30).entailment > of(200).entailment);
    }

    #[test]
    fn numbers_that_differ_speak_against_and_numbers_that_follow_speak_for() {
        let of = |claim: &str| {
            probabilities(&LOGITS, None, &pair("Of 54 streams 18 had trout.", claim), &calibration(1.0, 0.0))
        };
        let none = of("Streams had trout.");
        let stated = of("18 streams had trout.");
        let differ = of("19 streams had trout.");
        let computed = of("36 streams had none.");
        assert!(differ.entailment < stated.entailment && differ.contradiction > stated.contradiction);
        assert!(stated.entailment > none.entailment && stated.contradiction < none.contradiction);
        assert!(computed.entailment > stated.entailment && computed.contradiction < stated.contradiction);
    }

    #[test]
    fn among_many_numbers_one_says_less() {
        let of = |premise: &str| {
            probabilities(&LOGITS, None, &pair(premise, "There were 36."), &calibration(1.0, 0.0)).entailment
        };
        let two = of("Of 54 streams 18 had trout.");
        let four = of("Of 54 streams 18 had trout, 7 pike and 5 perch.");
        assert!(two > four && four > of("Of the streams some had trout."));
    }

    #[test]
    fn where_numbers_decide_the_model_is_doubted() {
        let of = |doubt: f32, claim: &str| {
            let calibration = Calibration { doubt, numbers: NumberAllowances::default(), ..calibration(1.0, 0.0) };
            probabilities(&LOGITS, None, &pair("Of 54 streams 18 had trout.", claim), &calibration).entailment
        };
        assert!(of(1.0, "19 streams had trout.") < of(0.0, "19 streams had trout."));
        assert_eq!(of(1.0, "18 streams had trout."), of(0.0, "18 streams had trout."));
    }

    #[test]
    fn another_significance_speaks_against() {
        let of = |p: &str| {
            let premise = format!("Fewer had bleeds with the drug (p = {p}).");
            probabilities(
                &LOGITS,
                None,
                &pair(&premise, "The drug significantly reduced bleeds."),
                &calibration(1.0, 0.0),
            )
        };
        let (significant, not) = (of("0.01"), of("0.13"));
        assert!(not.entailment < significant.entailment && not.contradiction > significant.contradiction);
    }

    #[test]
    fn less_speaks_against_more() {
        let of = |premise: &str| {
            probabilities(&LOGITS, None, &pair(premise, "Naps improve recall."), &calibration(1.0, 0.0))
        };
        let (more, less) = (of("Recall was better."), of("Recall was lower."));
        assert!(less.entailment < more.entailment && less.contradiction > more.contradiction);
    }

    #[test]
    fn what_lets_the_opposite_pass_says_less() {
        let pair = pair("Naps help.", "Naps help.");
        let calibration = Calibration { opposite: 0.5, ..calibration(1.0, 0.0) };
        let of = |opposed: Option<&Entailment>| probabilities(&LOGITS, opposed, &pair, &calibration);
        let reading = |entailment, contradiction| Entailment { entailment, neutral: 0.0, contradiction };
        let (rejected, passed) = (of(Some(&reading(-1.0, 1.0))), of(Some(&reading(1.0, -1.0))));
        assert!(rejected.entailment > of(None).entailment && of(None).entailment > passed.entailment);
        assert!(rejected.contradiction < of(None).contradiction && of(None).contradiction < passed.contradiction);
        assert_eq!(passed.entailment, probabilities(&reading(0.5, -0.5), None, &pair, &calibration).entailment);
    }
}
