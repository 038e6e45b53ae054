//! Whether a claim and its evidence speak of the same direction: of more, or of less. Small models take "fewer" for "more"
//! where all other words are the same, and "more in A than in B" for "more in B than in A".

use crate::text::terms;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// How a claim and its evidence stand in what they say of more and less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Direction {
    /// One of them speaks of neither, or of both.
    None,
    /// Both speak of more, or both of less; or one of more and the other of less, of sides that have changed places.
    Same,
    /// One speaks of more, the other of less; or both of more, or of less, of sides that have changed places.
    Opposite,
}

/// How verbs of more begin.
const MORE_STEMS: &[&str] =
    &["increas", "improv", "elevat", "enhanc", "promot", "upregulat", "exceed", "induc", "activat", "accelerat"];
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

/// Comparatives that say neither more nor less; the same one in both texts is the same direction.
const OTHER: &[&str] = &[
    "cheaper",
    "safer",
    "easier",
    "harder",
    "younger",
    "older",
    "warmer",
    "colder",
    "cooler",
    "hotter",
    "deeper",
    "wider",
    "narrower",
    "thinner",
    "thicker",
    "heavier",
    "lighter",
    "richer",
    "poorer",
    "earlier",
    "later",
    "sooner",
    "quicker",
    "steeper",
    "denser",
    "brighter",
    "darker",
    "softer",
    "cleaner",
    "rarer",
    "milder",
    "taller",
    "simpler",
    "healthier",
];
/// What stands between the two sides of a comparison.
const BETWEEN: &[&str] = &[
    "than",
    "compared with",
    "compared to",
    "in comparison with",
    "in comparison to",
    "versus",
    "vs",
    "relative to",
    "as opposed to",
];
/// Words before "than" among which its comparative is looked for.
const REACH: usize = 10;
/// Words that end the second side.
const ENDS: &[&str] = &["at", "during", "after", "but", "while", "whereas", "which"];
/// Numbers in words: "more than half" has no second side.
const NUMBERS: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "half", "twice", "double"];
/// Terms that tell no side from the other.
const OF_EVERY_SIDE: &[&str] = &["group", "arm", "patient", "particip", "receiv", "treat", "signific"];

/// Compares what a claim and its evidence say of more and less.
#[must_use]
pub fn direction(evidence: &str, claim: &str) -> Direction {
    match in_comparisons(evidence, claim).or_else(|| in_all_words(evidence, claim)) {
        Some(true) => Direction::Same,
        Some(false) => Direction::Opposite,
        None => Direction::None,
    }
}

/// Whether two texts speak of the same direction, by all of their words.
fn in_all_words(evidence: &str, claim: &str) -> Option<bool> {
    let claimed = speaks_of_more(claim)?;
    Some(speaks_of_more(evidence)? == claimed)
}

/// Whether two comparisons have the same direction; nothing where one of the texts compares nothing, or their sides cannot be
/// matched.
fn in_comparisons(evidence: &str, claim: &str) -> Option<bool> {
    let claimed = Contrast::of(claim)?;
    let found = Contrast::of(evidence)?;
    Some(claimed.degree.is_that_of(&found.degree)? != claimed.is_turned(&found)?)
}

/// What a comparison says of its first side.
#[derive(PartialEq)]
enum Degree {
    More,
    Less,
    Other(String),
}

impl Degree {
    fn of_word(word: &str) -> Option<Self> {
        let other = || OTHER.contains(&word).then(|| Self::Other(word.to_owned()));
        of_word(word).map(Self::of_more).or_else(other)
    }

    fn of_more(more: bool) -> Self {
        if more { Self::More } else { Self::Less }
    }

    /// Nothing where the two cannot be compared.
    fn is_that_of(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::More, Self::Less) | (Self::Less, Self::More) => Some(false),
            _ => (self == other).then_some(true),
        }
    }
}

/// "A has more than B", or "compared with B, A has more": the terms that only one of the two sides has.
struct Contrast {
    degree: Degree,
    first: HashSet<String>,
    second: HashSet<String>,
}

impl Contrast {
    /// The first comparison of a text.
    fn of(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let (between, before, after) = between(&text)?;
        let before = before.rsplit([';', ':']).next().unwrap_or_default().rsplit(". ").next().unwrap_or_default();
        let (first, second) = if terms(before).is_empty() {
            let (second, first) = after.split_once(',')?;
            let first = first.split([';', ':']).next().unwrap_or_default().split(". ").next().unwrap_or_default();
            (first, second.to_owned())
        } else {
            (before, second_side(after))
        };
        let nearest = || words(before).rev().take(REACH).find_map(Degree::of_word);
        let degree = (between == "than").then(nearest).flatten();
        let degree = degree.or_else(|| speaks_of_more(&text).map(Degree::of_more))?;
        let (first, second) = (side(first), side(&second));
        Some(Self { degree, first: &first - &second, second: &second - &first })
    }

    /// Whether the sides have changed places; nothing where too few words tell. What both name where the other names its
    /// opposite has changed places; one word alone may be of the outcome.
    fn is_turned(&self, other: &Self) -> Option<bool> {
        let common = |a: &HashSet<String>, b: &HashSet<String>| a.intersection(b).count();
        let straight = common(&self.second, &other.second);
        let turned = common(&self.second, &other.first).min(common(&self.first, &other.second));
        (straight != turned).then_some(turned > straight)
    }
}

/// The first words that stand between two sides, and the text before and after them.
fn between(text: &str) -> Option<(&'static str, &str, &str)> {
    let found = BETWEEN.iter().flat_map(|&words| text.match_indices(words).map(move |(at, _)| (at, words)));
    let mut places: Vec<(usize, &str)> = found.collect();
    places.sort_unstable();
    places.into_iter().find_map(|(at, between)| {
        let (before, after) = (&text[..at], &text[at + between.len()..]);
        let is_word = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        let next = words(after).next().unwrap_or_default();
        let is_number =
            NUMBERS.contains(&next) || after.trim_start().starts_with(|c: char| c.is_numeric() || "$€£".contains(c));
        (is_word && !is_number).then_some((between, before, after))
    })
}

/// The side that follows what stands between: up to a sign, or a word that begins something else.
fn second_side(after: &str) -> String {
    let mut parts = after.split([';', ':', ',', '.', '(', ')', '[', ']']);
    let side = parts.find(|part| !part.trim().is_empty()).unwrap_or_default();
    side.split_whitespace().take_while(|word| !ENDS.contains(word)).collect::<Vec<_>>().join(" ")
}

/// The terms of a side that may tell it from the other.
fn side(text: &str) -> HashSet<String> {
    let tells = |term: &String| !OF_EVERY_SIDE.contains(&term.as_str()) && of_word(term).is_none();
    terms(text).into_iter().filter(tells).collect()
}

/// Words of letters.
fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// Whether a text speaks of more (and not of less) or of less; neither where it speaks of none or of both.
fn speaks_of_more(text: &str) -> Option<bool> {
    let text = text.to_lowercase();
    let said: Vec<bool> = words(&text).filter_map(of_word).collect();
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

    #[test]
    fn sides_that_change_places_turn_the_direction() {
        let evidence = "Fewer bleeds were seen with the tablets than with the injection.";
        let turned = "Bleeds were less frequent with the injection than with the tablets.";
        assert_eq!(direction(evidence, "The tablets led to fewer bleeds than the injection."), Direction::Same);
        assert_eq!(direction(evidence, turned), Direction::Opposite);
        assert_eq!(direction(evidence, "The injection caused more bleeds than the tablets."), Direction::Same);
        assert_eq!(direction(evidence, "Compared with the injection, the tablets reduced bleeds."), Direction::Same);
        assert_eq!(
            direction(evidence, "Compared with the tablets, the injection reduced bleeds."),
            Direction::Opposite
        );
        assert_eq!(direction("Trains are cheaper than cars.", "Cars are cheaper than trains."), Direction::Opposite);
        assert_eq!(direction("Trains are cheaper than cars.", "Trains are cheaper than cars."), Direction::Same);
    }

    #[test]
    fn what_is_more_than_a_number_has_no_sides() {
        for text in
            ["It took more than 3 days.", "More than half fell ill.", "It cost less than $5 a day.", "than", "A vs"]
        {
            assert!(Contrast::of(text).is_none(), "{text}");
        }
    }
}
