//! Whether the numbers of a claim are those of its evidence. Small models read over a number; this does not: it compares
//! values with their units, allows for rounding and bounds, and does the sums that a reader would do in the head.

use super::{signal::Signal, significance::NEGATIONS};
use crate::text::{Bound, Measure, Quantity, quantities};

pub(super) const SIGNAL: Signal = Signal {
    name: "numbers",
    about: "Whether the claim's numbers stand in the sentence, with their units, rounding and bounds, follow from its numbers by a \
            sum, difference, ratio or share, or differ from them.",
    kinds: &[
        ("stated", "; has the claim's numbers"),
        ("computed", "; the claim's numbers follow from its own"),
        ("differ", "; its numbers differ from the claim's"),
    ],
    compare: |evidence, claim| match numbers(evidence, claim) {
        Numbers::None | Numbers::Absent => None,
        Numbers::Stated => Some("stated"),
        Numbers::Computed => Some("computed"),
        Numbers::Differ => Some("differ"),
    },
};

/// How the numbers of a claim stand to those of its evidence; of several numbers, the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Numbers {
    /// The claim has none.
    None,
    /// The evidence has them too: as they are, rounded, in another unit, or within the claim's bound.
    Stated,
    /// They follow from numbers of the evidence: a sum, a difference, a product, a ratio, a share, a relative change.
    Computed,
    /// The evidence has no number of the kind.
    Absent,
    /// The evidence has numbers of the kind, and others.
    Differ,
}

/// Quantities of the evidence that sums are made of, at most: among more, some sum comes out by chance.
const MOST_TERMS: usize = 8;
/// Leeway of "about", and of a value in another unit, relative.
const ABOUT: f64 = 0.06;
const CONVERTED: f64 = 0.03;

/// How words begin that speak, as negations do, of those that something is not true of.
const COMPLEMENTS: &[&str] =
    &["rest", "remain", "other", "lost", "miss", "fail", "lack", "exclu", "except", "drop", "died"];

/// Compares the numbers of a claim with those of its evidence.
fn numbers(evidence: &str, claim: &str) -> Numbers {
    let claimed = quantities(claim);
    let given = if claimed.is_empty() { Vec::new() } else { quantities(evidence) };
    let values: Vec<f64> = claimed.iter().map(|quantity| quantity.value).collect();
    let wholes = (of_the_others(evidence) == of_the_others(claim)).then_some(values.as_slice());
    claimed.iter().map(|quantity| stands(quantity, &given, wholes)).max().unwrap_or(Numbers::None)
}

/// Whether a text speaks of those that something is not true of.
fn of_the_others(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '\u{2019}'));
    words.any(|word| {
        NEGATIONS.contains(&word)
            || ["n't", "n\u{2019}t"].iter().any(|end| word.ends_with(end))
            || COMPLEMENTS.iter().any(|beginning| word.starts_with(beginning))
    })
}

/// `wholes` are the numbers of a claim that speaks of the same as its evidence, not of the others: then a rest is no answer.
/// Of "60 % were cured" follows that 40 % were not, and not that 40 % were; of "two of eleven" not "nine of eleven".
fn stands(claimed: &Quantity, given: &[Quantity], wholes: Option<&[f64]>) -> Numbers {
    let alike: Vec<&Quantity> = given.iter().filter(|other| other.measure == claimed.measure).collect();
    if alike.iter().any(|other| is_met(claimed, other)) {
        Numbers::Stated
    } else if follows(claimed, &alike, given, wholes) {
        Numbers::Computed
    } else if alike.is_empty() {
        Numbers::Absent
    } else {
        Numbers::Differ
    }
}

/// Whether a number of the evidence is the claimed one, or lies within its bound.
fn is_met(claimed: &Quantity, given: &Quantity) -> bool {
    let within = match claimed.bound {
        Bound::Above => given.value >= claimed.value && given.bound != Bound::Below,
        Bound::Below => given.value <= claimed.value && given.bound != Bound::Above,
        Bound::About => (given.value - claimed.value).abs() <= ABOUT * claimed.value.abs(),
        Bound::Exact => false,
    };
    within || is_equal(claimed, given)
}

/// Equal as far as the claim's digits go, or, where their units differ, nearly.
fn is_equal(claimed: &Quantity, given: &Quantity) -> bool {
    let finer = given.rounding <= claimed.rounding;
    let same_unit = (claimed.rounding / given.rounding).log10().fract().abs() < 1e-6;
    let leeway = match (finer, same_unit) {
        (true, true) => claimed.rounding,
        (_, true) => 0.0,
        (_, false) => CONVERTED * claimed.value.abs(),
    };
    (given.value - claimed.value).abs() <= leeway + 1e-9 * claimed.value.abs()
}

/// Whether a claimed number comes out of one step of arithmetic with numbers of the evidence.
fn follows(claimed: &Quantity, alike: &[&Quantity], given: &[Quantity], wholes: Option<&[f64]>) -> bool {
    let terms: Vec<f64> = alike.iter().take(MOST_TERMS).map(|quantity| quantity.value).collect();
    let comes_to = |value: f64| {
        let leeway = if claimed.bound == Bound::About { ABOUT * claimed.value.abs() } else { 0.0 };
        (value - claimed.value).abs() <= leeway.max(1e-9 * claimed.value.abs())
    };
    let rounds_to = |value: f64| (value - claimed.value).abs() <= claimed.rounding;
    if terms.len() >= 2 && comes_to(terms.iter().sum()) {
        return true;
    }
    let is_whole = |value: f64| wholes.is_some_and(|wholes| wholes.contains(&value));
    let mut pairs = ordered_pairs(&terms);
    if pairs.any(|(a, b)| comes_to(a + b) || !is_whole(a) && comes_to(a - b)) || triples(&terms).any(&comes_to) {
        return true;
    }
    let is_plain = claimed.measure == Measure::Count || claimed.measure == Measure::Of("fold");
    if is_plain && ordered_pairs(&terms).any(|(a, b)| comes_to(a * b) || (b != 0.0 && comes_to(a / b))) {
        return true;
    }
    claimed.measure == Measure::Share && (wholes.is_none() && is_rest(&terms, comes_to) || is_ratio(given, rounds_to))
}

/// A share that is what others leave of the whole.
fn is_rest(shares: &[f64], comes_to: impl Fn(f64) -> bool) -> bool {
    !shares.is_empty()
        && (shares.iter().any(|share| comes_to(100.0 - share)) || comes_to(100.0 - shares.iter().sum::<f64>()))
}

/// A share or a relative change of two numbers of one measure, in per cent.
fn is_ratio(given: &[Quantity], rounds_to: impl Fn(f64) -> bool) -> bool {
    given.iter().take(MOST_TERMS).any(|part| {
        given.iter().take(MOST_TERMS).any(|whole| {
            let share = 100.0 * part.value / whole.value;
            part.measure == whole.measure
                && part.value != whole.value
                && share.is_finite()
                && (rounds_to(share) || rounds_to((share - 100.0).abs()))
        })
    })
}

/// Every two terms, both ways round.
fn ordered_pairs(terms: &[f64]) -> impl Iterator<Item = (f64, f64)> {
    (0..terms.len()).flat_map(move |a| (0..terms.len()).filter(move |&b| b != a).map(move |b| (terms[a], terms[b])))
}

/// What every three terms come to, none, one or two of them taken away.
fn triples(terms: &[f64]) -> impl Iterator<Item = f64> {
    let places = 0..terms.len();
    places
        .clone()
        .flat_map(move |a| {
            (a + 1..terms.len()).flat_map(move |b| (b + 1..terms.len()).map(move |c| [terms[a], terms[b], terms[c]]))
        })
        .flat_map(|[a, b, c]| [a + b + c, a + b - c, a - b + c, b + c - a, a - b - c, b - a - c, c - a - b])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRIAL: &str = "In the trial, 312 of 640 patients (48.8%) recovered within 14 days, against 31.5% on placebo.";

    #[test]
    fn a_number_is_stated_as_it_is_rounded_bounded_or_in_another_unit() {
        for claim in [
            "48.8% recovered.",
            "About half of the patients recovered.",
            "49% recovered within two weeks.",
            "More than 45% recovered.",
            "Fewer than 400 patients recovered.",
        ] {
            assert_eq!(numbers(TRIAL, claim), Numbers::Stated, "{claim}");
        }
        assert_eq!(numbers(TRIAL, "Many patients recovered."), Numbers::None);
    }

    #[test]
    fn another_number_differs_and_a_number_of_another_kind_is_absent() {
        for claim in
            ["38.8% recovered.", "More than 60% recovered.", "They recovered within 14 hours.", "312 of 700 recovered."]
        {
            assert_eq!(numbers(TRIAL, claim), Numbers::Differ, "{claim}");
        }
        assert_eq!(numbers(TRIAL, "They lost 3 kg."), Numbers::Absent);
        assert_eq!(numbers("Many recovered.", "48% recovered."), Numbers::Absent);
    }

    #[test]
    fn one_step_of_arithmetic_is_done() {
        for (evidence, claim) in [
            ("Sam had 9.0 dimes and was given 7.0 dimes.", "Sam has 16.0 dimes."),
            ("The strength rose from 41 MPa to 58 MPa.", "The strength rose by 17 MPa."),
            ("18 of the 54 streams held crayfish.", "33% of the streams held crayfish."),
            ("Errors fell from 20 to 15.", "Errors fell by 25%."),
            ("12% of pupils left without a diploma.", "88% of pupils had a diploma."),
            ("Each of the 12 boxes held 6 pens.", "There were 72 pens."),
        ] {
            assert_eq!(numbers(evidence, claim), Numbers::Computed, "{claim}");
        }
        assert_eq!(numbers("Sam had 9.0 dimes and was given 7.0 dimes.", "Sam has 17.0 dimes."), Numbers::Differ);
    }

    #[test]
    fn a_rest_is_of_the_others() {
        for (evidence, same, others) in [
            (
                "60% of the patients were cured.",
                "40% of the patients were cured.",
                "40% of the patients were not cured.",
            ),
            (
                "Two of the eleven trials failed.",
                "Nine of the eleven trials failed.",
                "Nine of the eleven trials ended well.",
            ),
            ("T cells made up 30%.", "T cells made up 70%.", "70% weren\u{2019}t T cells."),
        ] {
            assert_eq!(numbers(evidence, same), Numbers::Differ, "{same}");
            assert_eq!(numbers(evidence, others), Numbers::Computed, "{others}");
        }
        assert_eq!(numbers("Sam had 100 dimes and spent 40.", "Sam has 60 dimes."), Numbers::Computed);
    }

    #[test]
    fn digits_beyond_those_of_the_evidence_are_not_taken_for_rounding() {
        assert_eq!(numbers("49% recovered.", "48.8% recovered."), Numbers::Differ);
        assert_eq!(numbers("The accuracy was 0.5.", "The accuracy was 0.52."), Numbers::Differ);
    }
}
