//! Which of two numbers is of which side. A small model takes "A reached 91 %, compared with 84 % for B" by the order of
//! the numbers and not by their sides, so a sentence that compares by two numbers alone decides only where this rule agrees.
//! Where it says in words which is more, the model is right as often as elsewhere, and the rule keeps out of it.
//!
//! The rule is made to be silent: it reads two numbers of one unit, each beside the name of its side ("91 % with A and 84 %
//! with B", "A reached 91 %, compared with 84 % for B", "A and B reached 91 % and 84 %, respectively"). What it cannot
//! read, or can read in two ways, is *unclear*.

use super::{Decides, Said, signal::Signal, significance::NEGATIONS};
use crate::text::{Measure, Quantity, Role, Span, quantities, terms};
use std::collections::HashSet;

const NAME: &str = "sides";

pub(super) const SIGNAL: Signal = Signal {
    name: NAME,
    about: "Where a claim compares two sides and a sentence only states a number of each, which number is of which side \
            is read by rule; the sentence can decide only where that agrees.",
    kinds: &[
        ("agree", "; its two numbers stand as the claim says"),
        ("differ", "; its two numbers stand the other way round"),
        ("unclear", "; which of its numbers is of which side could not be read, so it decides nothing"),
    ],
    compare,
};

/// Whether the rule lets a sentence decide for a side.
pub(super) fn allow(signals: &[Said], side: Decides) -> bool {
    match signals.iter().find(|said| said.name == NAME).map(|said| said.kind.as_str()) {
        None => true,
        Some("agree") => side != Decides::Against,
        Some("differ") => side != Decides::For,
        Some(_) => false,
    }
}

/// What a comparison says of its first side's number.
#[derive(Clone, Copy, PartialEq)]
enum Degree {
    Greater,
    Smaller,
    /// Greater or smaller, by what is measured.
    Better,
    Worse,
    /// Smaller of times, greater of speeds.
    Faster,
    Slower,
}

/// Words for degrees; "more" and "less" are of what follows them.
#[rustfmt::skip]
const GREATER: &[&str] = &[
    "higher", "greater", "larger", "longer", "bigger", "older", "heavier", "exceeded", "exceeds", "exceed", "increased", "increases",
    "increase", "raised", "raises", "prolonged", "prolongs", "twice that", "double that", "warmer", "hotter", "costlier", "dearer",
];
#[rustfmt::skip]
const SMALLER: &[&str] = &[
    "fewer", "lower", "smaller", "shorter", "younger", "lighter", "reduced", "reduces", "reduce", "decreased", "decreases", "decrease",
    "lowered", "lowers", "shortened", "shortens", "half that", "colder", "cooler", "cheaper", "rarer",
];
const BETTER: &[&str] = &[
    "better",
    "improved",
    "improves",
    "improve",
    "superior",
    "superior to",
    "outperformed",
    "outperforms",
    "outperform",
    "surpassed",
    "surpasses",
    "surpass",
    "beats",
    "beat",
    "safer",
];
const FASTER: &[&str] =
    &["faster", "quicker", "quickened", "quickens", "accelerated", "accelerates", "sooner", "earlier"];
const SLOWER: &[&str] = &["slower", "delayed", "delays", "slowed", "slows", "later"];
/// How adverbs begin after "more" that say how fast.
const SPEEDS: &[(&str, Degree, Degree)] = &[
    ("quick", Degree::Faster, Degree::Slower),
    ("rapid", Degree::Faster, Degree::Slower),
    ("swift", Degree::Faster, Degree::Slower),
    ("slow", Degree::Slower, Degree::Faster),
];
#[rustfmt::skip]
const WORSE: &[&str] = &[
    "worse", "inferior", "inferior to", "underperformed", "underperforms", "underperform", "worsened", "worsens", "impaired", "impairs",
    "trailed", "lagged behind",
];
/// Words for the greatest of several: a claim with one of them compares, and does not name the others.
const SUPERLATIVES: &[&str] = &[
    "highest", "greatest", "largest", "longest", "best", "most", "lowest", "smallest", "shortest", "worst", "least",
    "fewest",
];
/// Auxiliaries before a participle: "was outperformed by".
const PASSIVE: &[&str] = &["was", "were", "is", "are", "been", "being"];
/// How verbs and nouns of more and less begin. What they count may be a change, and not what was reached.
const CHANGES: &[&str] = &[
    "increas", "decreas", "reduc", "improv", "declin", "worsen", "elevat", "enhanc", "impair", "prolong", "shorten",
    "attenuat", "better", "best", "rose", "fell", "drop", "gain", "loss", "lost", "superior", "inferior", "faster",
    "slower", "cheaper",
];
/// How adjectives begin that praise.
const PRAISE: &[&str] = &[
    "accura", "benefici", "effect", "efficac", "efficien", "power", "precis", "reliab", "robust", "safe", "sensitiv",
    "specific", "success", "toler", "useful",
];
/// Verbs that stand between two sides by themselves.
const VERBS: &[&str] = &[
    "outperformed",
    "outperforms",
    "outperform",
    "surpassed",
    "surpasses",
    "surpass",
    "beats",
    "beat",
    "exceeded",
    "exceeds",
    "exceed",
    "underperformed",
    "underperforms",
    "underperform",
    "trailed",
    "lagged behind",
    "superior to",
    "inferior to",
    "twice that",
    "double that",
    "half that",
];
/// What stands between two sides otherwise.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "than", "compared with", "compared to", "versus", "vs", "relative to", "over", "similar to", "comparable to", "equal to",
    "the same as", "in contrast to",
];
/// Words before the second side among which the degree is looked for.
const REACH: usize = 10;
/// Words that open a side.
const PREPOSITIONS: &[&str] =
    &["with", "for", "in", "on", "by", "of", "among", "from", "under", "using", "after", "at"];
/// Terms that name no side: of every group, and of how results are told.
const OF_NO_SIDE: &[&str] = &[
    "group", "arm", "patient", "particip", "receiv", "treat", "signific", "reach", "achiev", "had", "show", "yield",
    "produc", "obtain", "result", "perform", "score", "attain", "led", "gave", "report", "compar", "respect",
];
/// How terms begin of which less is better, and of which more is.
const LESS_IS_BETTER: &[&str] = &[
    "error", "loss", "mortal", "death", "pain", "latenc", "cost", "risk", "perplex", "mae", "rmse", "wer", "failur",
    "relaps", "complic", "time", "delay", "bleed", "infect", "readmiss", "advers", "toxic", "harm", "nausea",
];
const MORE_IS_BETTER: &[&str] = &[
    "accurac",
    "accur",
    "f1",
    "auc",
    "auroc",
    "precis",
    "recal",
    "sensit",
    "specif",
    "surviv",
    "success",
    "bleu",
    "iou",
    "dice",
    "throughput",
    "speed",
    "cure",
    "correct",
];

/// How the numbers of two sides stand to a claim's comparison; nothing where the claim compares no two sides, or the
/// sentence does not state two numbers of one unit and name both sides.
fn compare(premise: &str, hypothesis: &str) -> Option<&'static str> {
    let Some(claimed) = Comparison::of(hypothesis) else { return superlative(premise, hypothesis) };
    if claimed.first.is_empty() || claimed.second.is_empty() {
        return nested(premise, &claimed);
    }
    let stated = Stated::of(premise, &claimed);
    let [one, other] = stated.numbers()?;
    if !stated.names(Side::First) || !stated.names(Side::Second) {
        return None;
    }
    // "A fall of 5 is greater than one of 3."
    let of_changes = changes(premise);
    let sizes = of_changes || is_of_change(hypothesis) && stated.is_below_zero(one) && stated.is_below_zero(other);
    let size = |value: f64| if sizes { value.abs() } else { value };
    let greater_first = stated
        .sided(one, other)
        .map(|(first, second)| (size(first), size(second)))
        .and_then(|(first, second)| (first.total_cmp(&second).is_ne()).then_some(first > second));
    let wanted = claimed.wants_greater(premise, hypothesis, stated.measure(one));
    if of_changes {
        // What was reached and by how much it changed are easily confused: only a reversal of the changes is told.
        let is_of_size = matches!(claimed.degree, Some(Degree::Greater | Degree::Smaller)) && is_of_change(hypothesis);
        let is_reversed = greater_first.zip(wanted).is_some_and(|(is, wanted)| is != wanted);
        return (is_of_size && claimed.is_plain && is_reversed).then_some("differ");
    }
    let in_words = compares_in_words(premise);
    match (greater_first, wanted) {
        (Some(is), Some(wanted)) if is != wanted => Some("differ"),
        _ if in_words => None,
        (Some(_), Some(_)) => Some("agree"),
        _ => Some("unclear"),
    }
}

/// Two sides of which one's name holds the other's, "smokers" and "non-smokers", cannot be told apart in a sentence.
fn nested(premise: &str, claimed: &Comparison) -> Option<&'static str> {
    let stated = Stated::of(premise, claimed);
    let is_named = stated.names(Side::First) || stated.names(Side::Second);
    (stated.numbers().is_some() && is_named && !compares_in_words(premise) && !changes(premise)).then_some("unclear")
}

/// A claim that a side is the greatest of several cannot be read off two numbers without the names of the others.
fn superlative(premise: &str, hypothesis: &str) -> Option<&'static str> {
    let hypothesis = hypothesis.to_lowercase();
    let at = words(&hypothesis).position(|word| SUPERLATIVES.contains(&word))?;
    let before = words(&hypothesis).take(at).collect::<Vec<&str>>().join(" ");
    let claimed = Comparison { degree: None, is_plain: false, first: side(&before), second: HashSet::new() };
    let stated = Stated::of(premise, &claimed);
    let says = words(&premise.to_lowercase()).any(|word| SUPERLATIVES.contains(&word));
    (stated.numbers().is_some()
        && stated.names(Side::First)
        && !says
        && !compares_in_words(premise)
        && !changes(premise))
    .then_some("unclear")
}

/// Whether a sentence says in words which side has more: then the model need not go by the numbers alone.
fn compares_in_words(premise: &str) -> bool {
    words(&premise.to_lowercase()).any(|word| degree_of(word).is_some() || ["more", "less"].contains(&word))
}

/// Whether a sentence speaks of changes: its numbers may be of those.
fn changes(premise: &str) -> bool {
    words(&premise.to_lowercase()).any(|word| CHANGES.iter().any(|beginning| word.starts_with(beginning)))
}

/// Whether a claim is about a change: "A lowered the pressure more than B".
fn is_of_change(hypothesis: &str) -> bool {
    changes(hypothesis)
        || words(&hypothesis.to_lowercase()).any(|word| matches!(word, "lowered" | "lowers" | "raised" | "raises"))
}

/// "A has more than B", or "compared with B, A has more": the terms that only one of the two sides has.
struct Comparison {
    degree: Option<Degree>,
    /// The degree is said by "more", "less", "greater" and the like, and not by a verb of change.
    is_plain: bool,
    first: HashSet<String>,
    second: HashSet<String>,
}

impl Comparison {
    fn of(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let (between, before, after) = between(&text)?;
        let is_fronted = terms(before).is_empty();
        let (before, after) =
            if is_fronted { after.split_once(',').map(|(second, first)| (first, second))? } else { (before, after) };
        let words: Vec<&str> = words(before).collect();
        // "A was outperformed by B": B outperformed A.
        let is_passive =
            words.last().is_some_and(|word| PASSIVE.contains(word)) && after.trim_start().starts_with("by ");
        let (at, degree) = match degree_of(between) {
            Some(degree) => (words.len(), Some(degree)),
            None => nearest_degree(&words),
        };
        let second = after.split([';', ':', ',', '.', '(']).next().unwrap_or_default().trim_start();
        let opens = second.split_whitespace().next().filter(|word| PREPOSITIONS.contains(word));
        // "Higher with A than with B": the first side stands after the same preposition; else it is what the degree is said of.
        let first = opens.and_then(|opens| words.iter().rposition(|word| *word == opens));
        let is_named = |words: &[&str]| !terms(&words.join(" ")).is_empty();
        let first = match first {
            Some(place) => words[place..].join(" "),
            // "More women than men".
            None if !is_named(&words[..at]) => words[(at + 1).min(words.len())..].join(" "),
            None => words[..at].join(" "),
        };
        let is_plain = words.get(at).is_some_and(|word| PLAIN.contains(word));
        let (first, second) = (side(&first), side(second));
        if first.is_empty() || second.is_empty() || first == second {
            return None;
        }
        let (first, second): (HashSet<String>, HashSet<String>) = (&first - &second, &second - &first);
        let (first, second) = (without_measure(first), without_measure(second));
        let (first, second) = if is_passive { (second, first) } else { (first, second) };
        (!first.is_empty() || !second.is_empty()).then_some(Self { degree, is_plain, first, second })
    }

    /// Whether the claim holds where the first side's number is the greater one; nothing where that cannot be told.
    fn wants_greater(&self, premise: &str, hypothesis: &str, measure: Option<Measure>) -> Option<bool> {
        let is_denied = words(&hypothesis.to_lowercase()).any(|word| NEGATIONS.contains(&word));
        let measured: Vec<String> = [terms(premise), terms(hypothesis)].concat();
        let has = |beginnings: &[&str]| {
            measured.iter().any(|term| beginnings.iter().any(|beginning| term.starts_with(beginning)))
        };
        let more_is_better = match (has(MORE_IS_BETTER), has(LESS_IS_BETTER)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        match self.degree? {
            _ if is_denied => None,
            Degree::Greater => Some(true),
            Degree::Smaller => Some(false),
            Degree::Better => more_is_better,
            Degree::Worse => more_is_better.map(|more| !more),
            Degree::Faster => is_speed(measure?),
            Degree::Slower => is_speed(measure?).map(|is| !is),
        }
    }
}

/// Words that only say which of two is greater.
const PLAIN: &[&str] = &["more", "less", "fewer", "greater", "smaller", "larger", "higher", "lower"];

/// Whether the greater number is the faster one: of speeds and rates it is, of times it is not; of others it cannot be told.
fn is_speed(measure: Measure) -> Option<bool> {
    match measure {
        Measure::Of("second") => Some(false),
        Measure::Of("hertz") => Some(true),
        Measure::Product(parts) => parts.contains(&("second", -1)).then_some(true),
        _ => None,
    }
}

/// The first words that stand between two sides, and the text before and after them.
fn between(text: &str) -> Option<(&str, &str, &str)> {
    let found = BETWEEN.iter().chain(VERBS).flat_map(|&words| text.match_indices(words));
    let mut places: Vec<(usize, &str)> = found.collect();
    places.sort_unstable_by_key(|(at, words)| (*at, usize::MAX - words.len()));
    places.into_iter().find_map(|(at, between)| {
        let (before, after) = (&text[..at], &text[at + between.len()..]);
        let is_word = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        let is_number = after.trim_start().starts_with(|c: char| c.is_numeric() || "$€£".contains(c));
        (is_word && !is_number).then_some((between, before, after))
    })
}

fn degree_of(word: &str) -> Option<Degree> {
    let degrees = [
        (GREATER, Degree::Greater),
        (SMALLER, Degree::Smaller),
        (BETTER, Degree::Better),
        (WORSE, Degree::Worse),
        (FASTER, Degree::Faster),
        (SLOWER, Degree::Slower),
    ];
    degrees.into_iter().find_map(|(words, degree)| words.contains(&word).then_some(degree))
}

/// The last degree of some words and its place. "More accurate" is better, "more patients" and "more often" a greater number.
fn nearest_degree(words: &[&str]) -> (usize, Option<Degree>) {
    let reach = words.len().saturating_sub(REACH);
    let praised =
        |at: usize| words.get(at).is_some_and(|word| PRAISE.iter().any(|beginning| word.starts_with(beginning)));
    let found = (reach..words.len()).rev().find_map(|at| {
        let speed =
            words.get(at + 1).and_then(|next| SPEEDS.iter().find(|(beginning, ..)| next.starts_with(beginning)));
        if let Some(&(_, more, less)) = speed.filter(|_| matches!(words[at], "more" | "less")) {
            return Some((at, Some(if words[at] == "more" { more } else { less })));
        }
        let degree = match (words[at], praised(at + 1)) {
            ("more", true) => Degree::Better,
            ("more", false) => Degree::Greater,
            ("less", true) => Degree::Worse,
            ("less", false) => Degree::Smaller,
            (word, _) => degree_of(word)?,
        };
        Some((at, Some(degree)))
    });
    found.unwrap_or((words.len(), None))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Second,
}

/// A word of a sentence, as far as it matters here.
#[derive(Clone, Copy, PartialEq)]
enum Token {
    Number {
        value: f64,
        measure: Measure,
    },
    Names(Side),
    Preposition,
    /// "versus", "compared with", "and".
    Joins,
    /// "Between 84 % and 91 %" names the ends of a range.
    Between,
    Other,
}

/// A sentence with what it names.
struct Stated(Vec<Token>);

impl Stated {
    fn of(premise: &str, claimed: &Comparison) -> Self {
        let is_stated = |number: &Quantity| {
            number.role == Role::Value && !number.measure.is_of_calendar() && !is_of_test(&premise[..number.span.start])
        };
        let numbers: Vec<Quantity> = quantities(premise).into_iter().filter(is_stated).collect();
        let mut tokens = Vec::new();
        let mut last = String::new();
        for (at, written) in words_at(premise) {
            let place = Span { start: at, end: at + written.len() };
            if let Some(number) = numbers.iter().find(|number| number.span.overlaps(place)) {
                if number.span.start >= at {
                    tokens.push(Token::Number { value: number.value, measure: number.measure });
                }
                continue;
            }
            let word = written.to_lowercase();
            let token = match word.as_str() {
                // "Compared with" joins.
                "with" | "to" if last == "compared" => Token::Joins,
                word if PREPOSITIONS.contains(&word) => Token::Preposition,
                "vs" | "versus" | "and" | "compared" | "against" => Token::Joins,
                "between" => Token::Between,
                word => {
                    let named = terms(word);
                    let names = |side: &HashSet<String>| named.iter().any(|term| side.contains(term));
                    match (names(&claimed.first), names(&claimed.second)) {
                        (true, false) => Token::Names(Side::First),
                        (false, true) => Token::Names(Side::Second),
                        _ => Token::Other,
                    }
                }
            };
            tokens.push(token);
            last = word;
        }
        Self(tokens)
    }

    fn names(&self, side: Side) -> bool {
        self.0.contains(&Token::Names(side))
    }

    /// The places of two numbers of one unit: shares where there are any, else those of the only unit that has two. Nothing
    /// where there are none; of more than two the first is given twice, which no reading will tell apart.
    fn numbers(&self) -> Option<[usize; 2]> {
        let measure = |at: usize| match self.0[at] {
            Token::Number { measure, .. } => Some(measure),
            _ => None,
        };
        let of =
            |wanted: Measure| -> Vec<usize> { (0..self.0.len()).filter(|&at| measure(at) == Some(wanted)).collect() };
        let units = (0..self.0.len()).filter_map(measure);
        let mut several = [Measure::Share].into_iter().chain(units).map(of).filter(|places| places.len() >= 2);
        let first = several.next()?;
        let is_only = measure(first[0]) == Some(Measure::Share) || several.all(|other| other == first);
        match first[..] {
            [one, other] if is_only => Some([one, other]),
            [one, ..] => Some([one, one]),
            [] => None,
        }
    }

    fn measure(&self, at: usize) -> Option<Measure> {
        match self.0.get(at)? {
            Token::Number { measure, .. } => Some(*measure),
            _ => None,
        }
    }

    fn is_below_zero(&self, at: usize) -> bool {
        matches!(self.0.get(at), Some(Token::Number { value, .. }) if *value < 0.0)
    }

    /// The numbers of the first and of the second side; nothing where they can be read in no way, or in two.
    fn sided(&self, one: usize, other: usize) -> Option<(f64, f64)> {
        let value = |at: usize| match self.0[at] {
            Token::Number { value, .. } => value,
            _ => f64::NAN,
        };
        let readings: Vec<Side> = if one == other {
            Vec::new()
        } else {
            self.in_order(one, other).map_or_else(|| self.beside(one, other), |side| vec![side])
        };
        let (first, rest) = readings.split_first()?;
        if rest.iter().any(|side| side != first) {
            return None;
        }
        Some(if *first == Side::First { (value(one), value(other)) } else { (value(other), value(one)) })
    }

    fn named(&self, at: usize) -> Option<Side> {
        match self.0.get(at) {
            Some(Token::Names(side)) => Some(*side),
            _ => None,
        }
    }

    /// "A and B reached 91 % and 84 %, respectively", "A beat B (91 % vs 84 %)": the side named first, where both are named
    /// before the numbers, only a joining word stands between these, and the sentence does not begin with the second side.
    fn in_order(&self, one: usize, other: usize) -> Option<Side> {
        let before = || (0..one).filter_map(|at| self.named(at));
        let both = before().any(|side| side == Side::First) && before().any(|side| side == Side::Second);
        let bare = (one + 1..other).all(|at| matches!(self.0[at], Token::Joins | Token::Other)) && other - one <= 5;
        let joined = (one + 1..other).any(|at| self.0[at] == Token::Joins);
        let is_last = (other + 1..self.0.len()).all(|at| self.named(at).is_none());
        let is_fronted = self.0.first() == Some(&Token::Joins);
        let is_range = one > 0 && self.0[one - 1] == Token::Between;
        (both && bare && joined && is_last && !is_fronted && !is_range).then(|| before().next()).flatten()
    }

    /// The side of the first number, by every reading in which each number has the name nearest before it, or the one that
    /// a preposition or a bracket opens after it, and no name counts twice.
    fn beside(&self, one: usize, other: usize) -> Vec<Side> {
        let before = |from: usize, to: usize| (from..to).rev().find(|&at| self.named(at).is_some());
        let after = |from: usize, to: usize| {
            let opens = (from..to.min(from + 4)).find(|&at| self.0[at] == Token::Preposition)?;
            (opens + 1..to.min(opens + 5)).find(|&at| self.named(at).is_some())
        };
        let of_one = [before(0, one), after(one + 1, other)];
        let of_other = [before(one + 1, other), after(other + 1, self.0.len())];
        let mut readings = Vec::new();
        for first in of_one.into_iter().flatten() {
            for second in of_other.into_iter().flatten() {
                if first != second && self.named(first) != self.named(second) {
                    readings.extend(self.named(first));
                }
            }
        }
        readings
    }
}

/// Whether a number behind this text is of a test or a sample: "(n = 24)", "p < 0.01".
fn is_of_test(before: &str) -> bool {
    before.trim_end().ends_with(['=', '<', '>', '≤', '≥'])
}

/// Words and signs with their places; marks are left out.
fn words_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| {
        c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}' | '%' | '$' | '€' | '£' | '\u{2212}' | '.' | '·')
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_word)?;
        let length = text[start..].find(|c: char| !is_word(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some((start, text[start..at].trim_end_matches(['.', '-'])))
    })
}

/// The terms of a side that may tell it from the other.
fn side(text: &str) -> HashSet<String> {
    terms(text).into_iter().filter(|term| !OF_NO_SIDE.contains(&term.as_str())).collect()
}

/// A side without what is measured and how: "the accuracy of A" is A. One that has nothing else keeps it.
fn without_measure(side: HashSet<String>) -> HashSet<String> {
    let beginnings = [MORE_IS_BETTER, LESS_IS_BETTER, PRAISE, CHANGES].concat();
    let is_measure = |term: &String| beginnings.iter().any(|beginning| term.starts_with(beginning));
    let rest: HashSet<String> = side.iter().filter(|term| !is_measure(term)).cloned().collect();
    if rest.is_empty() { side } else { rest }
}

/// Words of letters and digits.
fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUE: &str = "MobileNet was more accurate than ResNet.";
    const FALSE: &str = "ResNet was more accurate than MobileNet.";

    #[test]
    fn numbers_are_read_beside_their_sides_in_both_orders() {
        for premise in [
            "MobileNet reached an accuracy of 91 %, compared with 84 % for ResNet.",
            "Accuracy was 84% with ResNet and 91% with MobileNet.",
            "Compared with ResNet (84%), MobileNet reached an accuracy of 91%.",
            "The accuracy of ResNet was 84 %, that of MobileNet 91 %.",
            "MobileNet and ResNet reached accuracies of 91% and 84%, respectively.",
            "We tested MobileNet and ResNet (accuracy 91% vs. 84%).",
            "The accuracy of MobileNet was 0.91, with ResNet at 0.84 (p = 0.01).",
        ] {
            assert_eq!(compare(premise, TRUE), Some("agree"), "{premise}");
            assert_eq!(compare(premise, FALSE), Some("differ"), "{premise}");
        }
    }

    #[test]
    fn what_is_better_depends_on_what_is_measured() {
        let premise = "The error of MobileNet was 9 %, compared with 16 % for ResNet.";
        assert_eq!(compare(premise, "MobileNet outperformed ResNet."), Some("agree"));
        assert_eq!(compare(premise, "The error was lower with MobileNet than with ResNet."), Some("agree"));
        assert_eq!(compare(premise, "The error was higher with MobileNet than with ResNet."), Some("differ"));
        assert_eq!(compare("MobileNet had 9 and ResNet 16.", "MobileNet was better than ResNet."), Some("unclear"));
    }

    #[test]
    fn what_cannot_be_read_is_unclear_and_what_is_no_comparison_is_left_alone() {
        for premise in [
            "MobileNet and ResNet reached accuracies between 84% and 91%.",
            "The accuracy of MobileNet was 91%, 88% and 90%, that of ResNet 84%.",
        ] {
            assert_eq!(compare(premise, TRUE), Some("unclear"), "{premise}");
        }
        for (premise, claim) in [
            ("MobileNet was more accurate than ResNet.", TRUE),
            ("MobileNet was more accurate than ResNet (91% against 84%).", TRUE),
            ("MobileNet reached 91% and 84% on two sets.", TRUE),
            ("MobileNet reached 91%, ResNet 84%.", "MobileNet reached 91%."),
            ("MobileNet reached 91%, ResNet 84%.", "MobileNet reached more than 90%."),
        ] {
            assert_eq!(compare(premise, claim), None, "{premise}");
        }
    }

    #[test]
    fn it_only_forbids() {
        let said = |kind: &str| [Said { name: NAME.into(), kind: kind.into() }];
        let allowed = |kind| [Decides::For, Decides::Against].map(|side| allow(&said(kind), side));
        assert_eq!(
            [allowed("agree"), allowed("differ"), allowed("unclear")],
            [[true, false], [false, true], [false, false]]
        );
        assert!(allow(&[], Decides::For) && allow(&[], Decides::Against));
    }
}
