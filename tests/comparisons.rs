//! Comparisons that rest on two numbers, in both orders: whatever the model thinks of the words, no claim that turns the sides
//! round is supported, and few claims that are right are held back.

use probatum::{
    claim::ClaimId,
    nli::Thresholds,
    paper::{PaperId, PassageRef},
    text::Span,
    verify::{Decides, Evidence, Label, Params, Probability, Relation, judge, signals},
};

/// The verdict on a claim, by a model that reads every sentence as entailing it.
fn is_supported(premise: &str, claim: &str) -> bool {
    let evidence = Evidence {
        at: PassageRef { paper: PaperId("doi:10.5555/other".into()), section: 0, passage: 0 },
        relation: Relation::Independent,
        passage: premise.into(),
        span: Span { start: 0, end: premise.len() },
        quote: premise.into(),
        overlap: 1.0,
        signals: signals(premise, claim),
        probability: Probability { entailment: 0.99, neutral: 0.005, contradiction: 0.005 },
        decides: Decides::None,
        strength: None,
    };
    let verdict = judge(&ClaimId("c1".into()), vec![evidence], &Thresholds::firm(0.9, 0.9), &Params::default());
    matches!(verdict.label, Label::Supported | Label::LeansSupported)
}

/// What is measured, with two values of it, the greater first, and whether more is better.
struct Measure {
    name: &'static str,
    greater: &'static str,
    smaller: &'static str,
    more_is_better: bool,
}

const MEASURES: &[Measure] = &[
    Measure { name: "accuracy", greater: "91 %", smaller: "84 %", more_is_better: true },
    Measure { name: "sensitivity", greater: "78.5%", smaller: "61.0%", more_is_better: true },
    Measure { name: "recall", greater: "0.88", smaller: "0.79", more_is_better: true },
    Measure { name: "survival", greater: "64%", smaller: "52%", more_is_better: true },
    Measure { name: "mortality", greater: "18.2 %", smaller: "11.4 %", more_is_better: false },
    Measure { name: "error rate", greater: "9%", smaller: "6%", more_is_better: false },
    Measure { name: "latency", greater: "240 ms", smaller: "95 ms", more_is_better: false },
    Measure { name: "relapse", greater: "35%", smaller: "22%", more_is_better: false },
];

/// The sides: names of models, of drugs, of treatments in two words.
const SIDES: &[(&str, &str)] = &[("Alder", "Birch"), ("mirapine", "solvatin"), ("warm baths", "cold packs")];

/// Sentences that state two numbers: {m} what is measured, {x} and {y} the sides, {a} and {b} their numbers.
const PREMISES: &[&str] = &[
    "{x} reached a {m} of {a}, compared with {b} for {y}.",
    "The {m} was {a} with {x} and {b} with {y}.",
    "Compared with {y} ({b}), {x} reached a {m} of {a}.",
    "The {m} of {x} was {a}, that of {y} {b}.",
    "{x} and {y} reached a {m} of {a} and {b}, respectively.",
    "We tested {x} and {y} ({m} {a} vs. {b}).",
    "The {m} was {a} in the {x} group versus {b} in the {y} group.",
    "{x} had a {m} of {a}; {y} had {b}.",
    "With {x}, the {m} was {a}; with {y}, it was {b}.",
    "The {m} was {a} for {x}, against {b} for {y}.",
];

/// Claims that the first side has more of what is measured.
const MORE: &[&str] = &[
    "The {m} was higher with {x} than with {y}.",
    "{x} had a higher {m} than {y}.",
    "Compared with {y}, {x} had a higher {m}.",
    "The {m} of {x} exceeded that of {y}.",
    "{x} increased the {m} compared with {y}.",
    "The {m} was lower with {y} than with {x}.",
    "{y} had a lower {m} than {x}.",
    "{y} reduced the {m} relative to {x}.",
];

/// Claims that the first side is the better one.
const BETTER: &[&str] = &[
    "{x} outperformed {y} in {m}.",
    "{x} was superior to {y} in {m}.",
    "{y} was inferior to {x} in {m}.",
    "{y} was outperformed by {x} in {m}.",
    "{x} had a better {m} than {y}.",
    "{y} had a worse {m} than {x}.",
    "{x} improved the {m} compared with {y}.",
];

/// Claims that no two numbers of two sides can support.
const BEST: &[&str] = &["{x} had the highest {m}.", "{x} was the best in {m}."];

fn filled(form: &str, measure: &Measure, (x, a): (&str, &str), (y, b): (&str, &str)) -> String {
    let text = [("{m}", measure.name), ("{x}", x), ("{y}", y), ("{a}", a), ("{b}", b)]
        .into_iter()
        .fold(form.to_owned(), |text, (place, word)| text.replace(place, word));
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Calls `check` with every sentence, the measure, the side that has more and the one that has less.
fn for_every_sentence(mut check: impl FnMut(&str, &Measure, &str, &str)) {
    for measure in MEASURES {
        for &(one, other) in SIDES {
            for premise in PREMISES {
                for (x, y, a, b) in [
                    (one, other, measure.greater, measure.smaller),
                    (one, other, measure.smaller, measure.greater),
                    (other, one, measure.greater, measure.smaller),
                    (other, one, measure.smaller, measure.greater),
                ] {
                    let (more, less) = if a == measure.greater { (x, y) } else { (y, x) };
                    check(&filled(premise, measure, (x, a), (y, b)), measure, more, less);
                }
            }
        }
    }
}

#[test]
fn no_claim_that_turns_the_sides_round_is_supported() {
    let mut sentences = 0;
    let mut wrong = Vec::new();
    for_every_sentence(|premise, measure, more, less| {
        sentences += 1;
        let (better, worse) = if measure.more_is_better { (more, less) } else { (less, more) };
        let turned = MORE.iter().map(|claim| filled(claim, measure, (less, ""), (more, "")));
        let worst = BETTER.iter().chain(&BEST[1..]).map(|claim| filled(claim, measure, (worse, ""), (better, "")));
        let highest = [filled(BEST[0], measure, (less, ""), (more, ""))];
        wrong.extend(
            turned
                .chain(worst)
                .chain(highest)
                .filter(|claim| is_supported(premise, claim))
                .map(|claim| (premise.to_owned(), claim)),
        );
    });
    assert!(sentences >= 100, "{sentences}");
    assert!(wrong.is_empty(), "{} wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
}

#[test]
fn nine_of_ten_claims_that_are_right_are_not_held_back() {
    let (mut claims, mut held) = (0, Vec::new());
    for_every_sentence(|premise, measure, more, less| {
        let (better, worse) = if measure.more_is_better { (more, less) } else { (less, more) };
        let right = MORE.iter().map(|claim| filled(claim, measure, (more, ""), (less, "")));
        let good = BETTER.iter().map(|claim| filled(claim, measure, (better, ""), (worse, "")));
        for claim in right.chain(good) {
            claims += 1;
            if !is_supported(premise, &claim) {
                held.push((premise.to_owned(), claim));
            }
        }
    });
    println!("{} of {claims} right claims held back", held.len());
    assert!(10 * held.len() <= claims, "{} of {claims} held back: {:#?}", held.len(), &held[..held.len().min(20)]);
}

#[test]
fn numbers_are_not_what_they_are_not() {
    for (premise, claim) in [
        ("We ran 12 trials with 4 arms each.", "We ran 48 trials."),
        ("We ran 12 trials with 4 arms each.", "The 48 trials ended early."),
        ("In 2010 and 2015 we saw 40 owls.", "In 4025 we saw 40 owls."),
        ("From 2010 to 2020 the owls were counted.", "The owls were counted for 2010 years."),
        ("5 nurses looked after 8 wards.", "40 wards were looked after."),
        ("The two methods were tested on 30 owls.", "The two methods were tested on 60 owls."),
        ("Owls of 3 kg ate 4 mice.", "Owls ate 12 mice."),
    ] {
        assert!(!is_supported(premise, claim), "{premise} | {claim}");
    }
    // "The two" counts nothing: a sentence that does not repeat it is no worse for that.
    assert!(is_supported("Both methods found the owls.", "The two methods found the owls."));
}
