//! Numbers in words with all their parts ("one hundred and twenty-five thousand", "two and a half million"), and numbers in
//! digits with a scale in words ("2.5 million").

use super::token::Token;

/// Numbers below a hundred that are one word.
pub(super) const WORDS: &[(&str, f64)] = &[
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fourty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];
/// What a number before them is multiplied by.
pub(super) const SCALES: &[(&str, f64)] = &[
    ("dozen", 12.0),
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("lakh", 1e5),
    ("million", 1e6),
    ("crore", 1e7),
    ("billion", 1e9),
    ("trillion", 1e12),
];

/// A number, its rounding, and one past its last token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub value: f64,
    pub rounding: f64,
    pub end: usize,
    /// In digits alone.
    pub is_bare: bool,
    /// The word "one" and nothing more.
    pub is_alone_one: bool,
}

/// The number that begins at a token.
pub(super) fn number(tokens: &[Token], at: usize) -> Option<Number> {
    let Token::Digits { value, rounding, bare, .. } = *tokens.get(at)? else { return in_words(tokens, at) };
    let mut number = Number { value, rounding, end: at + 1, is_bare: bare, is_alone_one: false };
    while let Some(scale) = scale(tokens, number.end) {
        number = Number {
            value: number.value * scale,
            rounding: number.rounding * scale,
            end: number.end + 1,
            is_bare: false,
            ..number
        };
    }
    Some(number)
}

pub(super) fn is_number_word(word: &str) -> bool {
    value_of(word).is_some() || SCALES.iter().any(|(name, _)| *name == word)
}

pub(super) fn value_of(word: &str) -> Option<f64> {
    if word == "one" { Some(1.0) } else { named(WORDS, word) }
}

pub(super) fn named(names: &[(&str, f64)], word: &str) -> Option<f64> {
    names.iter().find(|(name, _)| *name == word).map(|&(_, value)| value)
}

fn scale(tokens: &[Token], at: usize) -> Option<f64> {
    let word = tokens.get(at)?.word()?;
    named(SCALES, super::unit::singular(word))
        .filter(|_| !(word.ends_with('s') && next_is(tokens, at + 1, "of") && word != "dozens"))
}

fn next_is(tokens: &[Token], at: usize, expected: &str) -> bool {
    tokens.get(at).and_then(Token::word) == Some(expected)
}

fn in_words(tokens: &[Token], at: usize) -> Option<Number> {
    let word = |at: usize| tokens.get(at).and_then(Token::word);
    let first = word(at)?;
    // "Half a million", "a hundred", "a dozen".
    if let Some(start) = match first {
        "half" if matches!(word(at + 1), Some("a" | "an")) => Some(0.5),
        "a" => Some(1.0),
        _ => None,
    } {
        let scaled = at + if first == "a" { 1 } else { 2 };
        let scale_of = scale(tokens, scaled).filter(|_| !word(scaled).is_some_and(|word| word.ends_with('s')))?;
        if first == "a" {
            return compound(tokens, scaled, Some(1.0));
        }
        let value = start * scale_of;
        return Some(Number { value, rounding: value / 20.0, end: scaled + 1, is_bare: false, is_alone_one: false });
    }
    value_of(first)?;
    compound(tokens, at, None)
}

/// A number in words from its first word on; `before` is what "a" before a scale stands for.
fn compound(tokens: &[Token], at: usize, before: Option<f64>) -> Option<Number> {
    let word = |at: usize| tokens.get(at).and_then(Token::word);
    let (mut total, mut group, mut rounding) = (0.0, before, 0.5);
    let mut largest = f64::INFINITY;
    let mut end = at;
    while let Some(next) = word(end) {
        let fits = |value: f64, group: Option<f64>| match group {
            None => true,
            Some(group) if value < 10.0 && group % 100.0 >= 20.0 => group % 10.0 == 0.0,
            Some(group) => group >= 100.0 && group % 100.0 == 0.0,
        };
        if let Some(value) = value_of(next) {
            if !fits(value, group) {
                break;
            }
            group = Some(group.unwrap_or(0.0) + value);
            rounding = 0.5;
            end += 1;
        } else if next == "and"
            && word(end + 1) == Some("a")
            && matches!(word(end + 2), Some("half" | "quarter"))
            && (group.is_some() || largest.is_finite())
        {
            // "Two and a half million", "two million and a half".
            let part = if word(end + 2) == Some("half") { 0.5 } else { 0.25 };
            match group {
                Some(whole) => group = Some(whole + part),
                None => total += part * largest,
            }
            rounding = if largest.is_finite() { largest / 20.0 } else { 0.05 };
            end += 3;
        } else if next == "and"
            && group.map_or(total > 0.0, |group| group >= 100.0 && group % 100.0 == 0.0)
            && word(end + 1).and_then(value_of).is_some_and(|value| fits(value, group))
        {
            end += 1;
        } else if next == "point"
            && group.is_some()
            && word(end + 1).and_then(value_of).is_some_and(|value| value < 10.0)
        {
            let mut unit = 0.1;
            end += 1;
            while let Some(digit) = word(end)
                .and_then(|word| if word == "zero" || word == "nought" { Some(0.0) } else { value_of(word) })
                .filter(|digit| *digit < 10.0)
            {
                group = group.map(|group| group + digit * unit);
                rounding = unit / 2.0;
                unit /= 10.0;
                end += 1;
            }
        } else if let Some(scale) = scale(tokens, end)
            && let Some(value) = group
        {
            if scale <= 100.0 {
                group = Some(value * scale);
                rounding *= scale;
            } else if scale < largest {
                total += value * scale;
                rounding *= scale;
                largest = scale;
                group = None;
            } else {
                break;
            }
            end += 1;
        } else {
            break;
        }
    }
    let is_alone_one = end == at + 1 && word(at) == Some("one");
    Some(Number { value: total + group.unwrap_or(0.0), rounding, end, is_bare: false, is_alone_one })
        .filter(|_| end > at)
}
