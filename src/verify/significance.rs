//! Whether a claim and its evidence say the same of statistical significance. Small models read "fewer bleeds (p = 0.13)"
//! as a finding; this compares p-values, confidence intervals of ratios, and the words for them.

use super::signal::Signal;
use crate::text::{Quantity, Role, quantities};

pub(super) const SIGNAL: Signal = Signal {
    name: "significance",
    about: "Whether claim and sentence call a result statistically significant: by their words for it, by p-values with 0.05 \
            as the level, and by the confidence intervals of ratios.",
    kinds: &[
        ("both", "; finds a significant result, as the claim does"),
        ("neither", "; finds no significant result, as the claim does"),
        ("differ", "; disagrees with the claim on significance"),
    ],
    compare: significance,
};

/// The level at which papers call a result significant.
const LEVEL: f64 = 0.05;
/// Words back to which a negation is looked for.
const REACH: usize = 4;
pub(super) const NEGATIONS: &[&str] =
    &["no", "not", "non", "without", "neither", "nor", "never", "cannot", "fail", "fails", "failed", "lack", "lacked"];
/// What a negation before it makes a finding of nothing.
const DIFFERENCES: &[&str] = &[
    "differ",
    "differed",
    "differs",
    "different",
    "difference",
    "differences",
    "effect",
    "effects",
    "change",
    "changes",
    "association",
    "associations",
    "benefit",
    "benefits",
    "improvement",
    "improvements",
    "correlation",
    "correlations",
];
/// What "not" right before it makes a finding of nothing.
const VERBS: &[&str] = &["affect", "alter", "influence", "change", "improve", "increase", "decrease", "reduce"];
/// Words for what is not significant, by themselves.
const NOTHING: &[&str] = &[
    "nonsignificant",
    "non-significant",
    "insignificant",
    "ns",
    "n.s",
    "similar",
    "similarly",
    "comparable",
    "unchanged",
    "unaffected",
];
/// Words by which papers admit it of their results; a claim may mean something else by them ("a warming trend").
const HINTS: &[&str] = &["trend", "trends", "tended", "tendency", "borderline", "neither", "nor"];

/// What a confidence interval may be of: a ratio, for which 1 is no difference.
const RATIOS: &[&str] = &["ratio", "ratios", "hr", "ahr", "rr", "arr", "irr", "aor"];
/// Words back to which a ratio's name is looked for: "HR 0.81 (95% CI".
const NAMED: usize = 8;

/// Compares what a claim and its evidence say of significance: `both` find something significant, `neither` does, or they
/// `differ`; nothing where one of them says nothing of it, or says both.
#[must_use]
pub fn significance(evidence: &str, claim: &str) -> Option<&'static str> {
    // Most claims say nothing of it, and then the evidence need not be read.
    let claimed = finds(claim, &[])?;
    Some(match (claimed, finds(evidence, HINTS)?) {
        (true, true) => "both",
        (false, false) => "neither",
        _ => "differ",
    })
}

/// Whether a text finds something significant, or finds that it is not; neither where it says nothing of it, or both. `hints`
/// are further words for the latter.
fn finds(text: &str, hints: &[&str]) -> Option<bool> {
    let numbers = quantities(text);
    let words = words(text, &numbers);
    let p_values = numbers.iter().filter(|number| number.role == Role::PValue).filter_map(p_value);
    let intervals = numbers.windows(2).filter_map(|ends| interval(text, &numbers, ends));
    let said = p_values.chain(intervals).chain((0..words.len()).filter_map(|at| in_words(&words, at, hints)));
    let said: Vec<bool> = said.collect();
    let first = *said.first()?;
    said.iter().all(|&significant| significant == first).then_some(first)
}

/// What the word at a place says of significance.
fn in_words(words: &[String], at: usize, hints: &[&str]) -> Option<bool> {
    let word = words[at].as_str();
    let is_negated = |reach: usize| {
        let clause = words[at.saturating_sub(reach)..at].rsplit(|word| word == ";").next().unwrap_or_default();
        let is_negation = |(at, word): (usize, &String)| {
            let is_not_only = word == "not" && clause.get(at + 1).is_some_and(|next| next == "only");
            (NEGATIONS.contains(&word.as_str()) || word.ends_with("n't")) && !is_not_only
        };
        clause.iter().enumerate().any(is_negation)
    };
    let is_negated_after = || words[at + 1..].iter().take(2).any(|word| word == "not");
    if word.starts_with("significan") {
        Some(!(is_negated(REACH) || word == "significance" && is_negated_after()))
    } else {
        let is_of_p_value = word == "trend" && at > 0 && words[at - 1] == "for";
        let is_nothing = NOTHING.contains(&word)
            || hints.contains(&word) && !is_of_p_value
            || DIFFERENCES.contains(&word) && is_negated(REACH)
            || VERBS.contains(&word) && is_negated(1);
        is_nothing.then_some(false)
    }
}

/// Whether a p-value is below the level; none where it cannot be told from what is given.
fn p_value(number: &Quantity) -> Option<bool> {
    match number.bound {
        bound if bound.is_upper() => (number.value <= LEVEL).then_some(true),
        bound if bound.is_lower() => (number.value >= LEVEL).then_some(false),
        _ if number.value < LEVEL => Some(true),
        _ => (number.value > LEVEL).then_some(false),
    }
}

/// Whether the confidence interval of a ratio leaves 1 out; `ends` are two numbers next to each other.
fn interval(text: &str, numbers: &[Quantity], ends: &[Quantity]) -> Option<bool> {
    let [least, most] = ends else { return None };
    // The ends come in pairs: the upper one and the next interval's lower one are no interval.
    let before = numbers.iter().filter(|other| other.role == Role::Interval && other.span < least.span).count();
    let is_pair = least.role == Role::Interval && most.role == Role::Interval && before % 2 == 0;
    if !is_pair || !is_of_ratio(&text[..least.span.start], numbers) {
        return None;
    }
    let (least, most) = (least.value, most.value);
    (0.0 < least && least < most).then_some(most < 1.0 || least > 1.0)
}

/// Whether the interval that is named last in a text is one of a ratio: "HR 0.81 (95% CI".
fn is_of_ratio(before: &str, numbers: &[Quantity]) -> bool {
    let words = words(before, numbers);
    let is_name = |word: &String| matches!(word.as_str(), "ci" | "cis" | "c.i" | "cri" | "interval" | "intervals");
    let named = words.iter().rposition(is_name).unwrap_or(words.len());
    let near = &words[named.saturating_sub(NAMED)..named];
    // "or" is an odds ratio where its value follows.
    near.iter().any(|word| RATIOS.contains(&word.as_str()))
        || near.windows(2).any(|pair| pair[0] == "or" && pair[1] == NUMBER)
}

/// What stands for a number in digits among the words.
const NUMBER: &str = "#";

/// Words in lower case, [`NUMBER`] for every number in digits, and ";" for what ends a clause.
fn words(text: &str, numbers: &[Quantity]) -> Vec<String> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let char = |at: usize| chars.get(at).map_or('\0', |&(_, c)| c);
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(&(byte, c)) = chars.get(at) {
        let in_digits = numbers.iter().find(|number| number.span.start == byte).filter(|_| !c.is_alphabetic());
        if let Some(number) = in_digits {
            words.push(NUMBER.to_owned());
            at += chars[at..].iter().take_while(|&&(place, _)| place < number.span.end).count().max(1);
        } else if c.is_alphanumeric() {
            let inner = |at: usize| {
                matches!(char(at), '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}' | '.')
                    && char(at + 1).is_alphabetic()
            };
            let end = (at..chars.len()).find(|&at| !char(at).is_alphanumeric() && !inner(at)).unwrap_or(chars.len());
            let plain = |c: char| match c {
                '\u{2010}' | '\u{2011}' => '-',
                '\u{2019}' => '\'',
                c => c,
            };
            words.push(chars[at..end].iter().flat_map(|&(_, c)| plain(c).to_lowercase()).collect());
            at = end;
        } else {
            let ends_clause = c == ';' || c == '.' && !char(at + 1).is_ascii_digit();
            if ends_clause {
                words.push(";".into());
            }
            at += 1;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_values_are_read_as_papers_write_them() {
        for text in [
            "(p < 0.001)",
            "P = .003",
            "p=0·04",
            "P<0,01",
            "p-value of 0.02",
            "p: 0.03",
            "p for trend = 0.001",
            "P = 3 × 10−6",
            "p ≤ 0.05",
            "p = 1.2E-5",
            "𝑝 = .01",
            "p_adj < 10^-4",
            "Ps < .01",
            "p less than 0.01",
        ] {
            assert_eq!(finds(text, HINTS), Some(true), "{text}");
        }
        for text in ["(p = 0.14)", "P > 0.05", "p = .054", "P ≥ 0.1", "P 0.166", "p values were 0.6"] {
            assert_eq!(finds(text, HINTS), Some(false), "{text}");
        }
        for text in
            ["p < 0.1", "P = 0.05", "p53 = 0.9", "p = 7", "vitamin P 2", "P", "p =", "p = 0.01 and p = 0.6", "0.03"]
        {
            assert_eq!(finds(text, HINTS), None, "{text}");
        }
    }

    #[test]
    fn intervals_of_ratios_are_read() {
        for text in [
            "(HR 0.57, 95% CI 0.44-0.74)",
            "hazard ratio = 1.9; 95% confidence interval (CI): 1.2 to 3.1",
            "OR = 1.24 (CI 95% 1.04, 1.48)",
            "odds ratio 0.62 [95% CI, 0.51\u{2013}0.76]",
        ] {
            assert_eq!(finds(text, HINTS), Some(true), "{text}");
        }
        for text in ["RR 0.9 (95% CI 0.76 to 1.06)", "OR 1.1, 95% CI 1.0 to 1.3", "(aHR 1.2; 95% CI: 0.8 to 1.9)"] {
            assert_eq!(finds(text, HINTS), Some(false), "{text}");
        }
        for text in [
            "a fall of 6.2 mmHg (95% CI 3.9 to 8.5)",
            "one or two (95% CI 0.5 to 1.5)",
            "HR 0.9 (CI)",
            "HR (95% CI 1.2)",
            "HR 0.9 (95% CI 1.2 to 0.8)",
            "HR 0.9 (95% CI 0.8 to 1.1), OR 2 (95% CI 1.5 to 3)",
            "CI",
        ] {
            assert_eq!(finds(text, HINTS), None, "{text}");
        }
    }

    #[test]
    fn words_say_it_too() {
        for text in [
            "Pain fell significantly.",
            "A significant effect was seen.",
            "It was lower, and significantly so.",
            "It fell not only significantly.",
        ] {
            assert_eq!(finds(text, HINTS), Some(true), "{text}");
        }
        for text in [
            "There was no significant difference in pain.",
            "The groups did not differ.",
            "The drug didn\u{2019}t reach statistical significance.",
            "Significance was not reached.",
            "A non-significant fall was seen.",
            "A trend towards fewer bleeds was seen.",
            "The drug had no effect on pain.",
            "The drug did not reduce pain.",
        ] {
            assert_eq!(finds(text, HINTS), Some(false), "{text}");
        }
        for text in ["Pain fell.", "", "Pain fell significantly, but sleep did not differ."] {
            assert_eq!(finds(text, HINTS), None, "{text}");
        }
    }

    #[test]
    fn claim_and_evidence_are_compared() {
        let claim = "The drug significantly reduced bleeds.";
        assert_eq!(significance("Fewer had bleeds with the drug (p = 0.01).", claim), Some("both"));
        assert_eq!(significance("Fewer had bleeds with the drug (p = 0.13).", claim), Some("differ"));
        assert_eq!(significance("Fewer had bleeds with the drug.", claim), None);
        assert_eq!(significance("Fewer had bleeds with the drug (p = 0.13).", "The drug reduced bleeds."), None);
        assert_eq!(significance("No trend was seen.", "There was a warming trend."), None);
        assert_eq!(significance("Bleeds: p = 0.13.", "The groups did not differ in bleeds."), Some("neither"));
        assert_eq!(significance("Bleeds: p = 0.01.", "The groups did not differ in bleeds."), Some("differ"));
    }
}
