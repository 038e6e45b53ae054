//! Whether the numbers of a claim are those of its evidence. Small models read over a number; this does not: it compares
//! values with their units, allows for rounding and bounds, and does the sums that a reader would do in the head.
//!
//! It adds nothing to the logits: what a sentence with other numbers says can still contradict a claim, but it cannot
//! support it, however surely the model reads the words around the number.

use super::{Decides, Said, signal::Signal, significance::NEGATIONS};
use crate::text::{Bound, Measure, Quantity, Role, Span, quantities};

const NAME: &str = "numbers";

pub(super) const SIGNAL: Signal = Signal {
    name: NAME,
    about: "The numbers of a claim are compared with a sentence's by rule: values with their units and signs, rounding \
            and bounds, and one step of arithmetic with like things; a sentence whose numbers differ cannot support it.",
    kinds: &[
        ("stated", "; it has the claim's numbers"),
        ("computed", "; the claim's numbers follow from its own"),
        ("differ", "; its numbers differ from the claim's, so it does not support it"),
    ],
    compare: kind,
};

/// Whether the rule lets a sentence decide for a side.
pub(super) fn allow(signals: &[Said], side: Decides) -> bool {
    side != Decides::For || !signals.iter().any(|said| said.name == NAME && said.kind == "differ")
}

fn kind(premise: &str, hypothesis: &str) -> Option<&'static str> {
    match compare(premise, hypothesis) {
        Numbers::Stated => Some("stated"),
        Numbers::Computed => Some("computed"),
        Numbers::Differ => Some("differ"),
        Numbers::None | Numbers::Absent => None,
    }
}

/// A claim with the numbers that a sentence has too written as the sentence writes them: "350M" as "350 million". The model
/// takes two spellings of one number for two numbers.
pub(super) fn rewritten(claim: &str, sentence: &str) -> String {
    let (claimed, given) = (quantities(claim), quantities(sentence));
    let mut rewritten = String::with_capacity(claim.len());
    let mut from = 0;
    let in_digits = |text: &str| !text.starts_with(char::is_alphabetic);
    for number in claimed {
        let is_same = |other: &&Quantity| {
            (other.measure, other.bound, other.role) == (number.measure, number.bound, number.role)
                && (other.value - number.value).abs() <= 1e-9 * number.value.abs()
        };
        if let Some(other) = given.iter().find(is_same)
            && in_digits(other.span.of(sentence))
            && in_digits(number.span.of(claim))
        {
            rewritten.push_str(&claim[from..number.span.start]);
            rewritten.push_str(other.span.of(sentence));
            from = number.span.end;
        }
    }
    rewritten.push_str(&claim[from..]);
    rewritten
}

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
/// How words begin that say that what follows went down: "fell by 3 points" is a change of −3.
const FALLS: &[&str] = &[
    "reduc", "decreas", "declin", "fell", "fall", "drop", "lower", "lost", "loss", "lose", "shrank", "shrink",
    "diminish", "less", "fewer",
];
/// Words back to which such a word is looked for.
const FALLS_REACH: usize = 8;
/// Words after a number within which what it counts is named.
const NAMED_WITHIN: usize = 4;

/// A quantity of a sentence, with what it counts.
struct Term {
    quantity: Quantity,
    /// The plural noun that a plain number counts, as it begins, and one past it in the text.
    things: Option<(String, usize)>,
    /// The plural noun that a share is of: "30% of women".
    whole: Option<String>,
    /// What comes before says that something went down.
    falls: bool,
    /// Its digits as they are written, without its unit; empty for a number in words.
    digits: String,
}

impl Term {
    fn of(text: &str, quantity: Quantity) -> Self {
        let after = || things(text, quantity.span.end);
        let is_part = quantity.measure == Measure::Share && text[quantity.span.end..].starts_with(" of ");
        let whole = is_part.then(after).flatten().map(|(noun, _)| noun);
        let things = (quantity.measure == Measure::Count).then(after).flatten();
        let is_of_number = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ',' | '·');
        let digits = quantity.span.of(text).chars().take_while(is_of_number).collect();
        Self { quantity, things, whole, falls: falls(&text[..quantity.span.start]), digits }
    }

    /// Numbers of one measure and one role, and, as far as is said, of the same things.
    fn is_like(&self, other: &Self) -> bool {
        self.is_comparable(other)
            && match (&self.things, &other.things) {
                (Some((a, _)), Some((b, _))) => a == b,
                _ => true,
            }
    }

    /// What it counts or is a share of, as far as that is said.
    fn noun(&self) -> Option<&str> {
        self.things.as_ref().map(|(things, _)| things.as_str()).or(self.whole.as_deref())
    }

    fn is_comparable(&self, other: &Self) -> bool {
        self.quantity.measure == other.quantity.measure && self.quantity.role == other.quantity.role
    }
}

/// Compares the numbers that a claim finds with those of its evidence; of several, the worst.
fn compare(evidence: &str, claim: &str) -> Numbers {
    each(evidence, claim).into_iter().map(|(_, stands)| stands).max().unwrap_or(Numbers::None)
}

/// Where a claim has numbers in digits, years left out, that a text neither states nor implies. Of numbers in words every second
/// is one that only the claim makes ("two studies", "half an hour").
#[must_use]
pub fn unstated(text: &str, claim: &str) -> Vec<Span> {
    let is_missing = |(quantity, stands): &(Quantity, Numbers)| {
        let in_digits = quantity.span.of(claim).contains(|c: char| c.is_ascii_digit());
        in_digits && quantity.measure != Measure::Year && matches!(stands, Numbers::Absent | Numbers::Differ)
    };
    each(text, claim).into_iter().filter(is_missing).map(|(quantity, _)| quantity.span).collect()
}

/// How each number that a claim finds stands to those of its evidence. P-values, intervals and spreads are of one study.
fn each(evidence: &str, claim: &str) -> Vec<(Quantity, Numbers)> {
    let terms =
        |text: &str| -> Vec<Term> { quantities(text).into_iter().map(|quantity| Term::of(text, quantity)).collect() };
    let is_found = |term: &Term| term.quantity.role == Role::Value;
    let claimed: Vec<Term> = terms(claim).into_iter().filter(is_found).collect();
    let given = if claimed.is_empty() { Vec::new() } else { terms(evidence) };
    let values: Vec<f64> = claimed.iter().map(|term| term.quantity.value).collect();
    let wholes = (of_the_others(evidence) == of_the_others(claim)).then_some(values.as_slice());
    claimed.iter().map(|term| (term.quantity, stands(term, &given, evidence, wholes))).collect()
}

/// What a number that ends at a byte counts: the first plural soon after it, also behind "of the 54".
fn things(text: &str, at: usize) -> Option<(String, usize)> {
    const OTHERS: &[&str] = &["people", "men", "women", "children", "mice", "teeth", "data"];
    const LINKS: &[&str] = &["of", "the", "these", "those", "our"];
    let mut rest = &text[at..];
    for _ in 0..NAMED_WITHIN {
        let word_at = rest.find(|c: char| !c.is_whitespace() && c != '-')?;
        rest = &rest[word_at..];
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let word = rest[..length].to_lowercase();
        let end = text.len() - rest.len() + length;
        rest = &rest[length..];
        let is_plural =
            word.len() > 3 && word.ends_with('s') && !["ss", "us", "is", "as"].iter().any(|end| word.ends_with(end));
        if word.is_empty() {
            return None;
        }
        if is_plural || OTHERS.contains(&word.as_str()) {
            return Some((word.trim_end_matches('s').to_owned(), end));
        }
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        if matches!(word.as_str(), "and" | "or" | "in" | "to" | "by" | "with" | "from" | "had" | "were" | "was" | "at")
            && !is_number
            && !LINKS.contains(&word.as_str())
        {
            return None;
        }
    }
    None
}

/// Whether the words right before a number say that something went down.
fn falls(before: &str) -> bool {
    let clause = before.rsplit([';', '(', ')']).next().unwrap_or_default().to_lowercase();
    let words = clause.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(FALLS_REACH).any(|word| FALLS.iter().any(|beginning| word.starts_with(beginning)))
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
fn stands(claimed: &Term, given: &[Term], evidence: &str, wholes: Option<&[f64]>) -> Numbers {
    let mut alike = given.iter().filter(|other| other.is_comparable(claimed)).peekable();
    let none_alike = alike.peek().is_none();
    if alike.any(|other| is_met(claimed, other) && !is_of_others(claimed, other, given)) {
        Numbers::Stated
    } else if follows(claimed, given, evidence, wholes) {
        Numbers::Computed
    } else if none_alike && !given.iter().any(|other| is_confused(claimed, other)) {
        Numbers::Absent
    } else {
        Numbers::Differ
    }
}

/// Whether a number is of other things than the claimed one, whose things have another number: "12 centres enrolled 45
/// patients" has no 45 centres. Two names for one thing are no reason: then the evidence has no number of the claim's.
fn is_of_others(claimed: &Term, met: &Term, given: &[Term]) -> bool {
    let Some((asked, _)) = claimed.noun().zip(met.noun()).filter(|(asked, said)| asked != said) else {
        return false;
    };
    let has_another =
        |other: &Term| other.noun() == Some(asked) && other.is_comparable(claimed) && !is_met(claimed, other);
    let is_named_too = |other: &Term| other.noun() == Some(asked) && is_met(claimed, other);
    given.iter().any(has_another) && !given.iter().any(is_named_too)
}

/// Numbers that only look alike: per cent and percentage points, and the same digits of another measure or role, as in "50 %"
/// and "50 patients", "30 m" and "30 min", "95 % of patients" and "a 95 % interval". A unit that is not known may be the same.
fn is_confused(a: &Term, b: &Term) -> bool {
    const POINTS: Measure = Measure::Of("percentage point");
    let (one, other) = (a.quantity.measure, b.quantity.measure);
    let of_two_measures = match (one, other) {
        (Measure::Share, POINTS) | (POINTS, Measure::Share) => return true,
        (Measure::Count, Measure::Share) | (Measure::Share, Measure::Count) => true,
        (Measure::Count, _) | (_, Measure::Count) => false,
        (one, other) => one != other,
    };
    !a.digits.is_empty() && a.digits == b.digits && (of_two_measures || a.quantity.role != b.quantity.role)
}

/// Whether a number of the evidence is the claimed one, or lies within its bound. A fall by 3 is a change of −3.
fn is_met(claimed: &Term, given: &Term) -> bool {
    let (mut asked, mut said) = (claimed.quantity, given.quantity);
    for (one, falls, other) in [(&mut asked, claimed.falls, given), (&mut said, given.falls, claimed)] {
        if falls && one.value > 0.0 && other.quantity.value < 0.0 {
            one.value = -one.value;
            one.bound = one.bound.turned();
        }
    }
    let is_bounded_likewise =
        asked.bound.is_lower() && said.bound.is_lower() || asked.bound.is_upper() && said.bound.is_upper();
    let is_bounded_otherwise =
        asked.bound.is_lower() && said.bound.is_upper() || asked.bound.is_upper() && said.bound.is_lower();
    let within = match asked.bound {
        Bound::Above => said.value > asked.value,
        Bound::AtLeast => said.value >= asked.value,
        Bound::Below => said.value < asked.value,
        Bound::AtMost => said.value <= asked.value,
        Bound::About => (said.value - asked.value).abs() <= ABOUT * asked.value.abs(),
        Bound::Exact => false,
    };
    // "9 hours" are not more than 9 hours.
    let is_excluded = matches!(asked.bound, Bound::Above | Bound::Below) && !is_bounded_likewise;
    !is_bounded_otherwise && (within || !is_excluded && is_equal(&asked, &said))
}

/// Equal as far as the claim's digits go, or, where their units differ, nearly.
fn is_equal(claimed: &Quantity, given: &Quantity) -> bool {
    let steps = (claimed.rounding / given.rounding).log10();
    let same_unit = (steps - steps.round()).abs() < 1e-6;
    let leeway = if same_unit { claimed.rounding } else { CONVERTED * claimed.value.abs() };
    (given.value - claimed.value).abs() <= leeway + 1e-9 * claimed.value.abs()
}

/// Whether a claimed number comes out of one step of arithmetic with numbers of the evidence: like things only, never
/// years, p-values or intervals.
fn follows(claimed: &Term, given: &[Term], evidence: &str, wholes: Option<&[f64]>) -> bool {
    let Quantity { value: claimed_value, rounding, measure, bound, role, .. } = claimed.quantity;
    if role != Role::Value || measure.is_of_calendar() {
        return false;
    }
    let like: Vec<&Term> = given.iter().filter(|other| other.is_like(claimed)).take(MOST_TERMS).collect();
    let terms: Vec<f64> = like.iter().map(|term| term.quantity.value).collect();
    // −5 and 10 are the ends of a range: nobody adds them.
    let added = if terms.iter().any(|&term| term < 0.0) { &[] } else { terms.as_slice() };
    let comes_to = |value: f64| {
        let leeway = if bound == Bound::About { ABOUT * claimed_value.abs() } else { 0.0 };
        (value - claimed_value).abs() <= leeway.max(1e-9 * claimed_value.abs())
    };
    let rounds_to = |value: f64| (value - claimed_value).abs() <= rounding;
    if added.len() >= 2 && comes_to(added.iter().sum()) {
        return true;
    }
    let is_whole = |value: f64| wholes.is_some_and(|wholes| wholes.contains(&value));
    if ordered_pairs(added).any(|(a, b)| comes_to(a + b))
        || ordered_pairs(&terms).any(|(a, b)| !is_whole(a) && comes_to(a - b))
        || triples(added).any(&comes_to)
    {
        return true;
    }
    match measure {
        Measure::Count => is_all_of_each(claimed, given, evidence, comes_to),
        Measure::Of("fold") => ratios(given).any(comes_to),
        Measure::Share => {
            wholes.is_none() && is_rest(&terms, comes_to)
                || ratios(given).any(|ratio| rounds_to(100.0 * ratio) || rounds_to((100.0 * ratio - 100.0).abs()))
        }
        _ => false,
    }
}

/// "Each of the 12 boxes held 6 pens": 72 pens, and not 72 boxes.
fn is_all_of_each(claimed: &Term, given: &[Term], evidence: &str, comes_to: impl Fn(f64) -> bool) -> bool {
    let evidence = evidence.to_ascii_lowercase();
    let counts = |term: &&Term| term.quantity.measure == Measure::Count && term.quantity.role == Role::Value;
    let contents = given.iter().filter(counts).filter(|content| content.things.is_some() && content.is_like(claimed));
    contents.take(MOST_TERMS).any(|content| {
        given.iter().filter(counts).take(MOST_TERMS).any(|holder| {
            !holder.is_like(content)
                && is_in_each(&evidence, content, holder)
                && comes_to(content.quantity.value * holder.quantity.value)
        })
    })
}

/// Whether the evidence, in lower case, says that each holder has the content.
fn is_in_each(evidence: &str, content: &Term, holder: &Term) -> bool {
    const AFTER: &[&str] = &["each", "apiece", "in each", "for each", "to each", "per "];
    const BEFORE: &[&str] = &["each of the", "each of", "each of these", "every one of the", "in each of the"];
    let after = content.things.as_ref().map_or("", |&(_, end)| evidence[end..].trim_start());
    let before = evidence[..holder.quantity.span.start].trim_end();
    let named = holder.things.as_ref().is_some_and(|(things, _)| {
        ["each", "every", "per"].iter().any(|word| evidence.contains(&format!("{word} {things}")))
    });
    AFTER.iter().any(|word| after.starts_with(word)) || BEFORE.iter().any(|words| before.ends_with(words)) || named
}

/// What every two like numbers of the evidence are to each other.
fn ratios(given: &[Term]) -> impl Iterator<Item = f64> {
    let is_measured = |term: &&Term| term.quantity.role == Role::Value && !term.quantity.measure.is_of_calendar();
    let terms: Vec<&Term> = given.iter().filter(is_measured).take(MOST_TERMS).collect();
    let pairs =
        terms.clone().into_iter().flat_map(move |part| terms.clone().into_iter().map(move |whole| (part, whole)));
    let unlike = pairs.filter(|(part, whole)| part.is_like(whole) && part.quantity.value != whole.quantity.value);
    unlike.map(|(part, whole)| part.quantity.value / whole.quantity.value).filter(|ratio| ratio.is_finite())
}

/// A share that is what others leave of the whole.
fn is_rest(shares: &[f64], comes_to: impl Fn(f64) -> bool) -> bool {
    !shares.is_empty()
        && (shares.iter().any(|share| comes_to(100.0 - share)) || comes_to(100.0 - shares.iter().sum::<f64>()))
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

    fn numbers(evidence: &str, claim: &str) -> Numbers {
        compare(evidence, claim)
    }

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

    #[test]
    fn sign_scale_and_notation_make_the_number() {
        let said = |number: &str| format!("We found that the diet changed the score by {number} in adults.");
        for (a, b) in [
            ("\u{2212}4.1 points", "4.1 points"),
            ("-4.1 points", "+4.1 points"),
            (".7 percent", "7 percent"),
            ("48·8%", "8%"),
            ("10⁸ cells", "10⁵ cells"),
            ("4.1 × 10⁻⁵", "4.1 × 10⁻³"),
            ("4 percentage points", "4%"),
            ("12 mmol", "12 µmol"),
            ("40 MPa", "40 mPa"),
            ("\u{2212}20 °C", "20 °C"),
            ("r = .45", "r = 0.54"),
            ("2 M NaCl", "2 million"),
        ] {
            for (a, b) in [(a, b), (b, a)] {
                let found = numbers(&said(a), &said(b));
                assert!(matches!(found, Numbers::Differ | Numbers::Absent), "{a} {b}: {found:?}");
            }
        }
        for (a, b) in [
            (".7 percent", "0.7 percent"),
            ("48·8%", "48.8%"),
            ("48,8%", "48.8%"),
            ("10⁸ cells", "10^8 cells"),
            ("10⁸ cells", "100 million cells"),
            ("700M parameters", "700 million parameters"),
            ("7B", "7 billion"),
            ("1.2k steps", "1,200 steps"),
            ("12 000 steps", "12,000 steps"),
            ("two hundred and fifty steps", "250 steps"),
            ("r = .45", "r = 0.45"),
            ("4 percentage points", "4 pp"),
            ("12 mmol/L", "12 mM"),
        ] {
            for (a, b) in [(a, b), (b, a)] {
                assert_eq!(numbers(&said(a), &said(b)), Numbers::Stated, "{a} {b}");
            }
        }
    }

    #[test]
    fn a_fall_is_a_negative_change() {
        assert_eq!(numbers("The mean change was \u{2212}3.2 kg.", "Weight fell by 3.2 kg."), Numbers::Stated);
        assert_eq!(numbers("Weight fell by 3.2 kg.", "The mean change was \u{2212}3.2 kg."), Numbers::Stated);
        assert_eq!(numbers("The mean change was \u{2212}3.2 kg.", "Weight rose by 3.2 kg."), Numbers::Differ);
        assert_eq!(numbers("The mean change was \u{2212}3.2 kg.", "Weight fell by more than 3 kg."), Numbers::Stated);
    }

    #[test]
    fn only_like_things_are_reckoned_with() {
        let trials = "We pooled 12 trials with 4 arms each.";
        assert_eq!(numbers(trials, "There were 48 arms."), Numbers::Computed);
        assert_eq!(numbers(trials, "There were 48 trials."), Numbers::Differ);
        assert_eq!(numbers("We pooled 12 trials and 30 cohorts.", "There were 42 trials."), Numbers::Differ);
        assert_eq!(numbers("It was founded in 1990 and closed in 2010.", "There were 20 members."), Numbers::Absent);
        assert_eq!(numbers("It rose from 2000 to 2010.", "It rose by 0.5%."), Numbers::Absent);
        assert_eq!(numbers("It fell (p = 0.04).", "It fell (p = 0.4)."), Numbers::None, "of one study");
        assert_eq!(numbers("Accuracy was 84% (95% CI 80 to 88).", "Accuracy was 80%."), Numbers::Differ);
        assert_eq!(numbers("The dose was 10 ± 2 mg.", "The dose was 2 mg."), Numbers::Differ);
        assert_eq!(numbers("The two methods differ.", "The two methods agree."), Numbers::None);
    }

    #[test]
    fn a_number_is_put_to_the_model_as_the_sentence_writes_it() {
        let put = |claim: &str, sentence: &str| rewritten(claim, sentence);
        assert_eq!(
            put("A 350M model won by 48·8%.", "Models of 350 million won by 48.8%."),
            "A 350 million model won by 48.8%."
        );
        assert_eq!(put("It held 10^6 cells.", "It held 1,000,000 cells."), "It held 1,000,000 cells.");
        assert_eq!(put("It rose by 3%.", "It rose by 3 percentage points."), "It rose by 3%.");
        assert_eq!(put("It doubled in 2 h.", "It was 2-fold after 120 min."), "It doubled in 120 min.");
    }

    #[test]
    fn other_numbers_support_nothing() {
        let said = |kind: &str| vec![Said { name: NAME.into(), kind: kind.into() }];
        assert!(!allow(&said("differ"), Decides::For) && allow(&said("differ"), Decides::Against));
        assert!(allow(&said("stated"), Decides::For) && allow(&[], Decides::For));
    }
}
