//! Whether a claim and its evidence speak of the same direction: of more, or of less. Small models take "fewer" for "more"
//! where all other words are the same.

use serde::{Deserialize, Serialize};

/// How a claim and its evidence stand in what they say of more and less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Direction {
    /// One of them speaks of neither, or of both.
    None,
    /// Both speak of more, or both of less.
    Same,
    /// One speaks of more, the other of less.
    Opposite,
}

/// How verbs of more begin.
const MORE_STEMS: &[&str] = &[
    "increas",
    "improv",
    "elevat",
    "enhanc",
    "promot",
    "upregulat",
    "exceed",
    "induc",
    "activat",
    "worsen",
    "accelerat",
];
const MORE: &[&str] = &[
    "more", "higher", "greater", "larger", "longer", "faster", "better", "stronger", "superior", "rose", "risen",
    "raise", "raises", "raised", "raising", "gain", "gains", "gained",
];
/// How verbs of less begin.
const LESS_STEMS: &[&str] = &[
    "decreas",
    "reduc",
    "declin",
    "diminish",
    "attenuat",
    "suppress",
    "inhibit",
    "downregulat",
    "impair",
    "prevent",
    "protect",
    "block",
    "shorten",
];
const LESS: &[&str] = &[
    "less", "fewer", "lower", "lowers", "lowered", "lowering", "smaller", "shorter", "slower", "weaker", "inferior",
    "fell", "loss", "lost", "drop", "drops", "dropped",
];
/// Ends of what does it ("an ACE inhibitor", "beta blockers"), which is no finding.
const DOERS: &[&str] = &["or", "ors", "er", "ers"];

/// Compares what a claim and its evidence say of more and less.
#[must_use]
pub fn direction(evidence: &str, claim: &str) -> Direction {
    match (speaks_of_more(claim), speaks_of_more(evidence)) {
        (Some(claimed), Some(found)) if claimed == found => Direction::Same,
        (Some(_), Some(_)) => Direction::Opposite,
        _ => Direction::None,
    }
}

/// Whether a text speaks of more (and not of less) or of less; neither where it speaks of none or of both.
fn speaks_of_more(text: &str) -> Option<bool> {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphabetic());
    let said: Vec<bool> = words.filter_map(of_word).collect();
    let first = *said.first()?;
    said.iter().all(|&more| more == first).then_some(first)
}

fn of_word(word: &str) -> Option<bool> {
    let is_doer = DOERS.iter().any(|end| word.ends_with(end));
    let is_verb = |stems: &[&str]| !is_doer && stems.iter().any(|stem| word.starts_with(stem));
    if MORE.contains(&word) || is_verb(MORE_STEMS) {
        Some(true)
    } else {
        (LESS.contains(&word) || is_verb(LESS_STEMS)).then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_speaks_of_more_or_of_less() {
        for text in ["Naps improved recall.", "More patients recovered.", "Prices rose; wages were higher."] {
            assert_eq!(speaks_of_more(text), Some(true), "{text}");
        }
        for text in ["Fewer bleeds were seen.", "The drug REDUCED pain.", "Less sleep, slower answers."] {
            assert_eq!(speaks_of_more(text), Some(false), "{text}");
        }
        for text in [
            "Naps and recall.",
            "",
            "Costs rose and waits fell.",
            "A lesson, moreover.",
            "Droplets and ACE inhibitors.",
        ] {
            assert_eq!(speaks_of_more(text), None, "{text}");
        }
    }

    #[test]
    fn claim_and_evidence_are_compared() {
        let claim = "The drug reduced bleeds.";
        assert_eq!(direction("Bleeds were fewer with the drug.", claim), Direction::Same);
        assert_eq!(direction("Bleeds increased with the drug.", claim), Direction::Opposite);
        assert_eq!(direction("Bleeds were seen with the drug.", claim), Direction::None);
    }
}
