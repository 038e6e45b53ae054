//! What a number is to the finding that it stands in: p-values, confidence intervals with their levels, and spreads are told
//! from what was found.

use super::{
    quantity::{Found, Measure, Role, joins, word},
    token::Token,
};

/// Words before a p-value's number that say what it is of.
#[rustfmt::skip]
const OF_P_VALUE: &[&str] = &[
    "value", "values", "of", "was", "were", "is", "for", "trend", "interaction", "difference", "heterogeneity", "all", "both",
    "adj", "adjusted", "corrected", "corr", "fdr", "bonferroni", "two", "one", "sided", "tailed", "s", "equal", "equals", "to",
    "less", "greater", "more", "smaller", "lower", "higher", "than", "about", "above", "below", "under",
    "≥", "≤", "ranged", "ranging", "from", "between",
];
/// Names of p-values, in lower case.
#[rustfmt::skip]
const P_VALUES: &[&str] = &["p", "ps", "pvalue", "pvalues", "pval", "padj", "pfdr", "pcorr", "ptrend", "pinteraction", "pbonf"];
/// Names of confidence intervals.
const INTERVALS: &[&str] = &["ci", "cis", "c.i", "cri", "cl", "ic", "ci95", "ic95", "interval", "intervals"];
/// Words that stand between an interval's name and its level or its bounds.
#[rustfmt::skip]
const OF_INTERVAL: &[&str] = &[
    "confidence", "credible", "credibility", "uncertainty", "bootstrap", "bootstrapped", "bayesian", "posterior", "corrected",
    "of", "was", "were", "is", "are", "from", "between", "ci", "cis", "cri", "ranging", "ranged", "interval", "intervals", "%",
];
/// Names of spreads; the number after one is no finding.
const SPREADS: &[&str] = &["sd", "se", "sem", "s.d", "s.e", "s.e.m", "iqr", "±", "deviation", "deviations", "error"];
/// Tokens looked at between a name and its number.
const REACH: usize = 9;

/// Tells p-values, intervals with their levels, and spreads from what was found.
pub(super) fn set(tokens: &[Token], found: &mut [Found]) {
    for place in 0..found.len() {
        if found[place].quantity.role != Role::Value {
            continue;
        }
        if is_p_value(tokens, &mut found[place]) {
            found[place].quantity.role = Role::PValue;
        } else if is_after_spread(tokens, found[place].start) {
            found[place].quantity.role = Role::Spread;
            let divides = |next: &&Found| {
                let after = tokens.get(found[place].end..next.start).unwrap_or_default();
                joins(tokens, found[place].end, next.start) || matches!(after, [Token::Mark { c: ';', .. }])
            };
            if let Some(next) = found.get(place + 1).filter(divides) {
                let is_range = word(tokens, next.start - 1) != Some("and");
                let name = word(tokens, found[place].start.saturating_sub(1)).unwrap_or_default();
                if is_range && name != "±" {
                    found[place + 1].quantity.role = Role::Spread;
                }
            }
        } else if before_interval(tokens, &found[place]) {
            found[place].quantity.role = Role::Level;
        } else if is_after_interval(tokens, found[place].start) {
            let is_level = |found: &Found| {
                found.quantity.measure == Measure::Share && (80.0..100.0).contains(&found.quantity.value)
            };
            let next = place + 1;
            let pairs = |a: usize, found: &[Found]| {
                found.get(a + 1).is_some_and(|other| separates(tokens, found[a].end, other.start))
            };
            if is_level(&found[place]) && pairs(next, found) {
                found[place].quantity.role = Role::Level;
            } else if pairs(place, found) {
                found[place].quantity.role = Role::Interval;
                found[next].quantity.role = Role::Interval;
            }
        } else if place > 0
            && found[place - 1].quantity.role == Role::Level
            && found.get(place + 1).is_some_and(|next| separates(tokens, found[place].end, next.start))
            && is_filler_only(tokens, found[place - 1].end, found[place].start)
        {
            found[place].quantity.role = Role::Interval;
            found[place + 1].quantity.role = Role::Interval;
        }
    }
    // "p = 0.01 and 0.6", "p values ranged from 0.01 to 0.6"
    for place in 1..found.len() {
        let is_plain =
            found[place].quantity.measure == Measure::Count && (0.0..=1.0).contains(&found[place].quantity.value);
        let follows =
            found[place - 1].quantity.role == Role::PValue && joins(tokens, found[place - 1].end, found[place].start);
        if is_plain && follows && found[place].quantity.role == Role::Value {
            found[place].quantity.role = Role::PValue;
        }
    }
}

/// Whether a p-value's name stands before a number, with nothing between them but what says of what it is. A lone "10−5"
/// after it is a power of ten.
fn is_p_value(tokens: &[Token], found: &mut Found) -> bool {
    let mut is_related = false;
    for back in (found.start.saturating_sub(REACH)..found.start).rev() {
        match &tokens[back] {
            Token::Word { lower, .. } if P_VALUES.contains(&lower.as_str()) => {
                let quantity = &mut found.quantity;
                let is_named = is_related || (quantity.value < 1.0 && tokens[found.start].begins_with_nought());
                let fits = quantity.measure == Measure::Count && (0.0..=1.0).contains(&quantity.value);
                return is_named && fits;
            }
            Token::Word { lower, .. }
                if matches!(lower.as_str(), "above" | "below" | "≥" | "≤" | "about" | "than" | "value" | "values") =>
            {
                is_related = true;
            }
            Token::Word { lower, .. } if OF_P_VALUE.contains(&lower.as_str()) => {}
            Token::Mark { c: '=' | ':', .. } => is_related = true,
            Token::Mark { c: '(' | ')' | '_' | '[' | ']' | '{' | '}' | ',' | '\'', .. } => {}
            _ => return false,
        }
    }
    false
}

/// "(SD 2.1)", "± 2", "standard deviation of 2.1".
fn is_after_spread(tokens: &[Token], start: usize) -> bool {
    for back in (start.saturating_sub(4)..start).rev() {
        match &tokens[back] {
            Token::Word { lower, .. } if SPREADS.contains(&lower.as_str()) => {
                let is_spread = match lower.as_str() {
                    "deviation" | "deviations" | "error" => back > 0 && word(tokens, back - 1) == Some("standard"),
                    _ => true,
                };
                return is_spread;
            }
            Token::Word { lower, .. } if matches!(lower.as_str(), "of" | "was" | "range") => {
                if lower == "range" && word(tokens, back.wrapping_sub(1)) == Some("interquartile") {
                    return true;
                }
            }
            Token::Mark { c: '=' | ':' | ',' | '[' | '(' | '.', .. } => {}
            _ => return false,
        }
    }
    false
}

/// Whether a share is the level of the interval that is named after it: "95% confidence interval".
fn before_interval(tokens: &[Token], found: &Found) -> bool {
    let is_share = found.quantity.measure == Measure::Share && (50.0..100.0).contains(&found.quantity.value);
    is_share
        && (found.end..found.end + 4)
            .map_while(|at| word(tokens, at))
            .take_while(|word| OF_INTERVAL.contains(word) || INTERVALS.contains(word) || *word == "hdi")
            .any(|word| INTERVALS.contains(&word) || word == "hdi")
}

/// Whether an interval's name stands before a number, with nothing between them but what leads to its bounds.
fn is_after_interval(tokens: &[Token], start: usize) -> bool {
    for back in (start.saturating_sub(REACH)..start).rev() {
        match &tokens[back] {
            Token::Word { lower, .. } if INTERVALS.contains(&lower.as_str()) => return true,
            Token::Word { lower, .. } if OF_INTERVAL.contains(&lower.as_str()) => {}
            Token::Mark { c: '(' | ')' | '[' | ']' | ':' | '=' | ',' | ';' | '.', .. } => {}
            _ => return false,
        }
    }
    false
}

fn is_filler_only(tokens: &[Token], from: usize, to: usize) -> bool {
    tokens[from..to].iter().all(|token| match token {
        Token::Word { lower, .. } => OF_INTERVAL.contains(&lower.as_str()) || INTERVALS.contains(&lower.as_str()),
        Token::Mark { c, .. } => matches!(c, '(' | ')' | '[' | ']' | ':' | '=' | ',' | ';'),
        Token::Digits { .. } => false,
    })
}

/// Whether only a word or mark that divides the ends of an interval stands between two numbers.
fn separates(tokens: &[Token], from: usize, to: usize) -> bool {
    joins(tokens, from, to) || matches!(tokens.get(from..to), Some([Token::Mark { c: ',' | ';' | ':', .. }]))
}
