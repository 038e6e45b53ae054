//! Quantities: the numbers that a text states, in digits or in words, with their units.

/// A number with its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// In the measure's base unit: seconds, metres, grams, per cent, …
    pub value: f64,
    /// Half a unit of the last digit given, in the same unit: what rounding may have moved it by.
    pub rounding: f64,
    /// What it measures.
    pub measure: Measure,
    /// How it is bounded.
    pub bound: Bound,
}

/// What a number measures; numbers of different measures are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A plain number, or one of a unit that `UNITS` does not have.
    Count,
    /// Per cent.
    Share,
    /// Any other, by the name of its base unit.
    Of(&'static str),
}

/// Whether a number is given as it is or as a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// As it is.
    Exact,
    /// "About", "nearly", "~".
    About,
    /// "More than", "at least", "or more": it or above.
    Above,
    /// "Less than", "at most", "up to": it or below.
    Below,
}

/// Singular names of units, the measure, and its base units in one of them.
const UNITS: &[(&[&str], Measure, f64)] = &[
    (&["%", "percent", "percentage"], Measure::Share, 1.0),
    (&["ms", "millisecond"], Measure::Of("second"), 1e-3),
    (&["second", "sec"], Measure::Of("second"), 1.0),
    (&["minute", "min"], Measure::Of("second"), 60.0),
    (&["hour", "hr", "h"], Measure::Of("second"), 3600.0),
    (&["day"], Measure::Of("second"), 86_400.0),
    (&["week", "wk"], Measure::Of("second"), 604_800.0),
    (&["month"], Measure::Of("second"), 2_629_800.0),
    (&["year", "yr"], Measure::Of("second"), 31_557_600.0),
    (&["decade"], Measure::Of("second"), 315_576_000.0),
    (&["nm", "nanometre", "nanometer"], Measure::Of("metre"), 1e-9),
    (&["µm", "μm", "um", "micrometre", "micrometer"], Measure::Of("metre"), 1e-6),
    (&["mm", "millimetre", "millimeter"], Measure::Of("metre"), 1e-3),
    (&["cm", "centimetre", "centimeter"], Measure::Of("metre"), 1e-2),
    (&["m", "metre", "meter"], Measure::Of("metre"), 1.0),
    (&["km", "kilometre", "kilometer"], Measure::Of("metre"), 1e3),
    (&["mile"], Measure::Of("metre"), 1_609.344),
    (&["µg", "μg", "ug", "mcg", "microgram"], Measure::Of("gram"), 1e-6),
    (&["mg", "milligram"], Measure::Of("gram"), 1e-3),
    (&["g", "gram"], Measure::Of("gram"), 1.0),
    (&["kg", "kilogram"], Measure::Of("gram"), 1e3),
    (&["tonne", "ton"], Measure::Of("gram"), 1e6),
    (&["ml", "millilitre", "milliliter"], Measure::Of("litre"), 1e-3),
    (&["l", "litre", "liter"], Measure::Of("litre"), 1.0),
    (&["pa", "pascal"], Measure::Of("pascal"), 1.0),
    (&["kpa"], Measure::Of("pascal"), 1e3),
    (&["mpa"], Measure::Of("pascal"), 1e6),
    (&["gpa"], Measure::Of("pascal"), 1e9),
    (&["mmhg"], Measure::Of("mmHg"), 1.0),
    (&["hz", "hertz"], Measure::Of("hertz"), 1.0),
    (&["khz"], Measure::Of("hertz"), 1e3),
    (&["mhz"], Measure::Of("hertz"), 1e6),
    (&["ghz"], Measure::Of("hertz"), 1e9),
    (&["k", "kelvin"], Measure::Of("kelvin"), 1.0),
    (&["°c", "celsius"], Measure::Of("celsius"), 1.0),
    (&["$", "dollar", "usd"], Measure::Of("dollar"), 1.0),
    (&["€", "euro", "eur"], Measure::Of("euro"), 1.0),
    (&["£", "gbp"], Measure::Of("pound"), 1.0),
    (&["fold", "time", "occasion"], Measure::Of("fold"), 1.0),
];

/// Numbers in words; "one" is left out, for it is a pronoun more often than a number.
const WORDS: &[(&str, f64)] = &[
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
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];
const SCALES: &[(&str, f64)] =
    &[("dozen", 12.0), ("hundred", 1e2), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)];
const CURRENCIES: &[&str] = &["$", "€", "£"];
/// Scales after an amount of money alone: "$40m" is no length.
const MONEY_SCALES: &[(&str, f64)] = &[("k", 1e3), ("m", 1e6), ("mn", 1e6), ("mil", 1e6), ("b", 1e9), ("bn", 1e9)];
/// Parts of a whole, in per cent.
const PARTS: &[(&str, f64)] =
    &[("half", 50.0), ("third", 100.0 / 3.0), ("quarter", 25.0), ("fifth", 20.0), ("tenth", 10.0)];

/// The quantities that a text states, in order. Left out: numbers that are part of a name ("COVID-19", "p53"), ordinals,
/// and citations in brackets.
#[must_use]
pub fn quantities(text: &str) -> Vec<Quantity> {
    let tokens = tokens(text);
    let mut found: Vec<(Quantity, std::ops::Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match quantity(&tokens, at) {
            Some((quantity, end)) => {
                found.push((quantity, at..end));
                at = end;
            }
            None => at += 1,
        }
    }
    // "10 to 20 mg": the first has the unit of the second.
    for place in (1..found.len()).rev() {
        let (next, range) = found[place].clone();
        let (previous, before) = &mut found[place - 1];
        let between = &tokens[before.end..range.start];
        let joins = matches!(between, [Token::Word(word)] if ["to", "and", "or"].contains(&word.as_str()));
        if joins && previous.measure == Measure::Count && next.measure != Measure::Count {
            let factor = unit_after(&tokens, last_number(&tokens, &range)).map_or(1.0, |(_, factor, _)| factor);
            previous.measure = next.measure;
            previous.value *= factor;
            previous.rounding *= factor;
        }
    }
    found.into_iter().map(|(quantity, _)| quantity).collect()
}

/// One past the number of a quantity: where its unit begins.
fn last_number(tokens: &[Token], range: &std::ops::Range<usize>) -> usize {
    range.clone().find_map(|at| number(tokens, at).map(|(_, _, end)| end)).unwrap_or(range.end)
}

#[derive(Debug, PartialEq)]
enum Token {
    /// A number in digits and half a unit of its last one.
    Digits(f64, f64),
    /// A word in lower case, or a sign that stands for one.
    Word(String),
    /// Any other sign: nothing is joined over it.
    Break,
}

fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let before = at.checked_sub(1).map(|place| chars[place]);
        if c == '[' && citation(&chars[at..]).is_some() {
            at += citation(&chars[at..]).unwrap_or(1);
        } else if c.is_ascii_digit() {
            let end = digits(&chars, at);
            let is_range = before.is_some_and(is_dash) && at >= 2 && chars[at - 2].is_ascii_digit();
            let is_name = before.is_some_and(is_dash) && at >= 2 && chars[at - 2].is_alphabetic();
            if is_range {
                tokens.push(Token::Word("to".into()));
            }
            let written: String = chars[at..end].iter().filter(|&&c| c != ',').collect();
            let after: String = chars[end..].iter().take_while(|c| c.is_alphabetic()).collect();
            let is_ordinal = ["st", "nd", "rd", "th", "s"].contains(&after.as_str());
            at = end;
            match written.parse::<f64>() {
                Ok(value) if !is_name && !is_ordinal => {
                    let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(12));
                    tokens.push(Token::Digits(value, 0.5 / 10_f64.powi(i32::try_from(decimals).unwrap_or(0))));
                }
                _ => {
                    at += after.chars().count();
                    tokens.push(Token::Break);
                }
            }
        } else if c.is_alphabetic() || c == '°' {
            let word: String = chars[at..].iter().take_while(|c| c.is_alphanumeric() || **c == '°').collect();
            at += word.chars().count();
            tokens.push(Token::Word(word));
        } else {
            at += 1;
            match c {
                '%' | '$' | '€' | '£' => tokens.push(Token::Word(c.into())),
                '~' | '≈' => tokens.push(Token::Word("about".into())),
                '>' | '≥' => tokens.push(Token::Word("above".into())),
                '<' | '≤' => tokens.push(Token::Word("below".into())),
                c if c.is_whitespace() || is_dash(c) => {}
                _ => tokens.push(Token::Break),
            }
        }
    }
    tokens
}

/// Length of a citation such as `[12, 14]`.
fn citation(chars: &[char]) -> Option<usize> {
    let end = chars.iter().position(|&c| c == ']')?;
    chars[1..end].iter().all(|&c| c.is_ascii_digit() || c == ',' || c == ' ' || is_dash(c)).then_some(end + 1)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '−')
}

/// One past a number in digits: grouped in threes by commas, with a decimal point.
fn digits(chars: &[char], start: usize) -> usize {
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut at = start;
    let mut decimals = false;
    loop {
        match chars.get(at) {
            Some(c) if c.is_ascii_digit() => at += 1,
            Some(',') if !decimals && (1..=3).all(|next| is_digit(at + next)) && !is_digit(at + 4) => at += 1,
            Some('.') if !decimals && is_digit(at + 1) => {
                decimals = true;
                at += 1;
            }
            _ => return at,
        }
    }
}

/// The quantity whose number begins at a token, and one past its last token.
fn quantity(tokens: &[Token], at: usize) -> Option<(Quantity, usize)> {
    if let Some((value, end)) = part(tokens, at) {
        let quantity = Quantity { value, rounding: 0.5, measure: Measure::Share, bound: bound(tokens, at, end) };
        return Some((quantity, end));
    }
    let (value, rounding, end) = number(tokens, at)?;
    let (measure, factor, end) = match unit_after(tokens, end) {
        Some(found) => found,
        None => match currency(tokens, at) {
            Some(sign) => {
                let (measure, factor) = unit(sign)?;
                (measure, factor, end)
            }
            None => (Measure::Count, 1.0, end),
        },
    };
    let bound = bound(tokens, at, end);
    Some((Quantity { value: value * factor, rounding: rounding * factor, measure, bound }, end))
}

/// A part of a whole in words: "half", "two thirds", "a quarter of", "one in five". In per cent, and one past its last token.
fn part(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let of = |at: usize| named(PARTS, singular(word(tokens, at)?));
    if word(tokens, at) == Some("half") {
        let is_added = at >= 2 && word(tokens, at - 2) == Some("and");
        return (!is_added).then_some((50.0, at + 1));
    }
    if let Some((count, _, end)) = number(tokens, at)
        && word(tokens, end).is_some_and(|word| word.ends_with('s'))
        && let Some(part) = of(end)
    {
        return Some((count * part, end + 1));
    }
    if let Some(found) = one_in(tokens, at) {
        return Some(found);
    }
    let single = matches!(word(tokens, at), Some("a" | "one"));
    let part = of(at + 1).filter(|_| single)?;
    // "A third" of something, or "by a third"; not "a third study".
    let is_whole_of = matches!(word(tokens, at + 2), Some("of" | "as" | "more" | "less" | "fewer"));
    let ends = !matches!(tokens.get(at + 2), Some(Token::Word(_)));
    (is_whole_of || ends).then_some((part, at + 2))
}

/// "One in five", "1 out of 10"; not "1 in 12 weeks". In per cent, and one past its last token.
fn one_in(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let is_one = word(tokens, at) == Some("one") || matches!(tokens.get(at), Some(Token::Digits(1.0, _)));
    let end = match (word(tokens, at + 1)?, word(tokens, at + 2)) {
        ("in", _) => at + 2,
        ("out", Some("of")) => at + 3,
        _ => return None,
    };
    let (whole, _, end) = number(tokens, end).filter(|&(whole, ..)| is_one && (2.0..=1000.0).contains(&whole))?;
    unit_after(tokens, end).is_none().then_some((100.0 / whole, end))
}

/// A number in digits or words with its scale ("2.5 million"): value, rounding and one past its last token.
fn number(tokens: &[Token], at: usize) -> Option<(f64, f64, usize)> {
    let (mut value, mut rounding, mut end) = match tokens.get(at)? {
        Token::Digits(value, rounding) => (*value, *rounding, at + 1),
        Token::Word(word) => (named(WORDS, word)?, 0.5, at + 1),
        Token::Break => return None,
    };
    if value >= 20.0
        && matches!(&tokens[at], Token::Word(_))
        && let Some(unit) =
            word(tokens, end).and_then(|word| if word == "one" { Some(1.0) } else { named(WORDS, word) })
        && unit < 10.0
    {
        value += unit;
        end += 1;
    }
    let is_money = currency(tokens, at).is_some();
    let scale = |word| named(SCALES, singular(word)).or_else(|| named(MONEY_SCALES, word).filter(|_| is_money));
    while let Some(scale) = word(tokens, end).and_then(scale) {
        value *= scale;
        rounding *= scale;
        end += 1;
    }
    Some((value, rounding, end))
}

/// The sign of a currency before a number.
fn currency(tokens: &[Token], at: usize) -> Option<&str> {
    at.checked_sub(1).and_then(|place| word(tokens, place)).filter(|sign| CURRENCIES.contains(sign))
}

fn unit_after(tokens: &[Token], at: usize) -> Option<(Measure, f64, usize)> {
    let name = word(tokens, at)?;
    if name == "per" && word(tokens, at + 1) == Some("cent") {
        return Some((Measure::Share, 1.0, at + 2));
    }
    let (measure, factor) = unit(name).or_else(|| unit(singular(name)))?;
    Some((measure, factor, at + 1))
}

fn unit(name: &str) -> Option<(Measure, f64)> {
    UNITS.iter().find(|(names, ..)| names.contains(&name)).map(|&(_, measure, factor)| (measure, factor))
}

/// How the words around a number bound it.
fn bound(tokens: &[Token], start: usize, end: usize) -> Bound {
    let before = |back: usize| start.checked_sub(back).and_then(|at| word(tokens, at));
    // A currency sign stands between "over" and its number.
    let skipped = usize::from(matches!(before(1), Some("$" | "€" | "a")));
    let [last, second, third] = [1, 2, 3].map(|back| before(back + skipped).unwrap_or_default());
    const MORE: &[&str] = &["more", "greater", "higher", "larger", "longer", "older", "better"];
    const LESS: &[&str] = &["less", "fewer", "lower", "smaller", "shorter", "younger", "worse"];
    let than = if last != "than" {
        None
    } else if MORE.contains(&second) {
        Some(if third == "no" { Bound::Below } else { Bound::Above })
    } else if LESS.contains(&second) {
        Some(if third == "no" { Bound::Above } else { Bound::Below })
    } else {
        None
    };
    let after = [word(tokens, end).unwrap_or_default(), word(tokens, end + 1).unwrap_or_default()];
    than.unwrap_or(match (second, last) {
        ("at", "least") => Bound::Above,
        ("at", "most") | ("up", "to") => Bound::Below,
        (_, "over" | "above" | "exceeding" | "exceeded" | "exceeds") => Bound::Above,
        (_, "under" | "below") => Bound::Below,
        (_, "about" | "around" | "approximately" | "roughly" | "nearly" | "almost" | "some") => Bound::About,
        _ => match after {
            ["or", "more" | "older" | "higher"] => Bound::Above,
            ["or", "less" | "fewer" | "younger" | "lower"] => Bound::Below,
            _ => Bound::Exact,
        },
    })
}

fn word(tokens: &[Token], at: usize) -> Option<&str> {
    match tokens.get(at) {
        Some(Token::Word(word)) => Some(word),
        _ => None,
    }
}

fn named(names: &[(&str, f64)], word: &str) -> Option<f64> {
    names.iter().find(|(name, _)| *name == word).map(|&(_, value)| value)
}

fn singular(word: &str) -> &str {
    if word == "halves" { "half" } else { word.strip_suffix('s').unwrap_or(word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each as "value measure bound".
    fn read(text: &str) -> Vec<String> {
        let told = |q: &Quantity| {
            let measure = match q.measure {
                Measure::Count => String::new(),
                Measure::Share => "%".into(),
                Measure::Of(unit) => format!(" {unit}"),
            };
            let bound = match q.bound {
                Bound::Exact => "",
                Bound::About => "~",
                Bound::Above => ">",
                Bound::Below => "<",
            };
            format!("{bound}{}{measure}", (q.value * 100.0).round() / 100.0)
        };
        quantities(text).iter().map(told).collect()
    }

    #[test]
    fn digits_words_and_scales() {
        assert_eq!(read("312 of 1,640 patients, or twenty-three of three million"), ["312", "1640", "23", "3000000"]);
        assert_eq!(read("2.5 million euros; a value of 0.004."), ["2500000 euro", "0"]);
        assert_eq!(read("$500,000 and over $ 2 million"), ["500000 dollar", ">2000000 dollar"]);
        assert_eq!(
            read("$40m, $ 29.3 mil, €2bn and £3k; 40 m"),
            ["40000000 dollar", "29300000 dollar", "2000000000 euro", "3000 pound", "40 metre"]
        );
    }

    #[test]
    fn units_are_converted() {
        assert_eq!(read("two weeks or 30 minutes"), ["1209600 second", "1800 second"]);
        assert_eq!(
            read("a 10-year study of 2.3 km, 39 mg and 48.8 %"),
            ["315576000 second", "2300 metre", "0.04 gram", "48.8%"]
        );
        assert_eq!(read("from 10 to 20 mg, 5–10 per cent"), ["0.01 gram", "0.02 gram", "5%", "10%"]);
    }

    #[test]
    fn parts_of_a_whole_are_per_cent() {
        assert_eq!(read("Half of the streams, two thirds of them, fell by a third."), ["50%", "66.67%", "33.33%"]);
        assert_eq!(read("A third study; a quarter of the claims"), ["25%"]);
        assert_eq!(read("One in five mice, about 1 in 10 rats, 1 out of 4 dogs"), ["20%", "~10%", "25%"]);
        assert_eq!(read("One in 12 weeks; this one in 2010; 18 in 54"), ["7257600 second", "2010", "18", "54"]);
    }

    #[test]
    fn bounds_are_read_on_both_sides() {
        assert_eq!(read("more than 60%, no more than 5, at least two years"), [">60%", "<5", ">63115200 second"]);
        assert_eq!(
            read("about 49%, ~7, below 2 °C, 65 or older, fewer than half"),
            ["~49%", "~7", "<2 celsius", ">65", "<50%"]
        );
    }

    #[test]
    fn names_ordinals_and_citations_are_no_quantities() {
        let none: [&str; 0] = [];
        assert_eq!(read("COVID-19, p53 and H1N1 in the 2nd trial of the 1990s [12, 14] was one of them."), none);
    }
}
