//! Numbers in digits, in the notations of papers: grouped by comma, space or apostrophe; with a point, a middle dot or a
//! comma before the decimals; with powers of ten raised, after `^`, `**` or `e`, or by a lost superscript ("× 10−48").

use unicode_normalization::char::decompose_compatible;

/// A character as it is read: compatibility forms ("𝑝", "０", "㎎") as their plain letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Char {
    /// First byte of the written character.
    pub at: usize,
    /// The plain character.
    pub c: char,
    /// Written as a superscript.
    pub raised: bool,
}

/// The characters of a text, case kept. Vulgar fractions stay one character: "2½" is not "21/2".
pub(super) fn plain(text: &str) -> Vec<Char> {
    let mut chars = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let raised = is_raised(c);
        // "º", the ordinal sign, stands for a degree; "·" would come out as a Greek mark.
        match c {
            'º' | '˚' => chars.push(Char { at, c: '°', raised: false }),
            c if c.is_ascii() || fraction(c).is_some() || matches!(c, '·' | '\u{2026}') => {
                chars.push(Char { at, c, raised: false });
            }
            c => decompose_compatible(c, |c| chars.push(Char { at, c, raised })),
        }
    }
    chars
}

/// A superscript digit or sign.
fn is_raised(c: char) -> bool {
    matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '⁺' | '⁻')
}

/// The value of a vulgar fraction.
pub(super) fn fraction(c: char) -> Option<f64> {
    let (part, whole) = match c {
        '½' => (1.0, 2.0),
        '⅓' => (1.0, 3.0),
        '⅔' => (2.0, 3.0),
        '¼' => (1.0, 4.0),
        '¾' => (3.0, 4.0),
        '⅕' => (1.0, 5.0),
        '⅖' => (2.0, 5.0),
        '⅗' => (3.0, 5.0),
        '⅘' => (4.0, 5.0),
        '⅛' => (1.0, 8.0),
        '⅜' => (3.0, 8.0),
        '⅝' => (5.0, 8.0),
        '⅞' => (7.0, 8.0),
        _ => return None,
    };
    Some(part / whole)
}

/// Any sign that authors and converters write for a minus or a hyphen.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2014}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
}

/// A number in digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Written {
    /// Its value, without the sign before it.
    pub value: f64,
    /// Half a unit of its last digit.
    pub rounding: f64,
    /// One past its last character.
    pub end: usize,
    /// Digits alone: neither grouped, nor decimal, nor a power.
    pub bare: bool,
}

/// The number that begins at a character, a digit or the point before one; `None` for versions and addresses ("1.2.3").
pub(super) fn number(chars: &[Char], at: usize) -> Option<Written> {
    let lead = mantissa(chars, at)?;
    if let Some((exponent, end)) = power_of_ten(chars, lead.end) {
        return Some(scaled(lead, 10_f64.powf(exponent), end));
    }
    let (exponent, end) = match raised(chars, lead.end) {
        Some(found) => found,
        None if lead.bare && lead.value == 10.0 => match lost_script(chars, at, lead.end) {
            Some(found) => found,
            None => return Some(lead),
        },
        None => return Some(lead),
    };
    let is_year = lead.bare && (1500.0..=2100.0).contains(&lead.value);
    let is_explicit = !chars.get(lead.end).is_some_and(|c| c.raised);
    match (lead.bare, is_year) {
        (true, false) => {
            let value = lead.value.powf(exponent);
            // As fine as "10" is.
            Some(Written { value, rounding: value * 0.05, end, bare: false })
        }
        // "2019¹²" and "3.5¹²" carry a note; what "3.5^2" is meant to be cannot be told.
        _ if is_explicit => None,
        (true, true) => Some(lead),
        (false, _) => Some(Written { end: past_raised(chars, lead.end), ..lead }),
    }
}

/// The exponent of a ten whose superscript was lost, and one past it: "10(9) bacteria"; "10−5", for a minus is no range from
/// high to low; "p < 10-12", for a number that is compared is no range.
fn lost_script(chars: &[Char], at: usize, end: usize) -> Option<(f64, usize)> {
    let before = chars[..at].iter().rev().map(|c| c.c).find(|c| !c.is_whitespace());
    let is_compared = before.is_some_and(|c| matches!(c, '<' | '>' | '=' | '≤' | '≥'));
    let sign = char(chars, end);
    if sign == '(' {
        return bracketed(chars, end)
            .filter(|&(_, end)| char(chars, end) == ' ' && char(chars, end + 1).is_alphabetic());
    }
    let is_meant = |exponent: f64| is_compared || sign == '\u{2212}' && exponent > -10.0;
    is_dash(sign).then(|| signed(chars, end))?.filter(|&(exponent, _)| is_meant(exponent))
}

/// "(-5)".
fn bracketed(chars: &[Char], at: usize) -> Option<(f64, usize)> {
    let (exponent, end) = (char(chars, at) == '(').then(|| signed(chars, at + 1))??;
    (char(chars, end) == ')').then_some((exponent, end + 1))
}

/// "× 10 −5", "× 10 6 cells": an exponent that was set apart.
fn set_apart(chars: &[Char], at: usize) -> Option<(f64, usize)> {
    if char(chars, at) != ' ' {
        return None;
    }
    let (exponent, end) = signed(chars, at + 1)?;
    let is_signed = is_dash(char(chars, at + 1));
    let is_alone =
        !matches!(char(chars, end), '.' | ',' | '%' | '-' | '\u{2013}') && !char(chars, end).is_alphanumeric();
    let is_before_word = matches!(char(chars, end), ' ' | '/') && char(chars, end + 1).is_alphabetic();
    (is_alone && (is_signed || is_before_word)).then_some((exponent, end))
}

fn scaled(lead: Written, factor: f64, end: usize) -> Written {
    Written { value: lead.value * factor, rounding: lead.rounding * factor, end, bare: false }
}

/// Digits with their groups and decimals.
fn mantissa(chars: &[Char], at: usize) -> Option<Written> {
    let whole_end = digits(chars, at);
    let whole = whole_end - at;
    let mut end = whole_end;
    let mut separator = None;
    if (1..=3).contains(&whole) && char(chars, at) != '0' {
        let mark = char(chars, end);
        let grouped = if mark == ',' { lakhs(chars, end) } else { None }.unwrap_or_else(|| groups(chars, end, mark));
        let is_grouped = match mark {
            ',' | '\'' | '\u{2019}' | ' ' | '\u{2009}' | '\u{202f}' | '\u{a0}' => grouped > end,
            // "1.000.000" and "1.000,5"; "1.234" alone has decimals.
            '.' => {
                grouped > end + 4
                    || grouped > end && char(chars, grouped) == ',' && is_digit(chars, grouped + 1)
                    || grouped > end && is_in_every(chars, at, end)
            }
            _ => false,
        };
        if is_grouped {
            (end, separator) = (grouped, Some(mark));
        }
    }
    let grouped_end = end;
    if is_digit(chars, end + 1) && is_decimal_mark(chars, at, end, separator) {
        end = digits(chars, end + 1);
    }
    // "1.2.3", "10.1000/x.1"
    if char(chars, end) == '.' && is_digit(chars, end + 1) {
        return None;
    }
    let written: String = chars[at..grouped_end].iter().map(|c| c.c).filter(char::is_ascii_digit).collect();
    let decimals: String = chars[grouped_end..end].iter().map(|c| c.c).filter(char::is_ascii_digit).collect();
    let mut value: f64 = format!("0{written}.{decimals}0").parse().ok()?;
    let mut rounding = 0.5 / 10_f64.powi(i32::try_from(decimals.len().min(15)).unwrap_or(0));
    let bare = separator.is_none() && decimals.is_empty();
    if let Some(part) = chars.get(end).and_then(|c| fraction(c.c)).filter(|_| bare) {
        value += part;
        rounding = 0.05;
        return Some(Written { value, rounding, end: end + 1, bare: false });
    }
    Some(Written { value, rounding, end, bare })
}

/// "Per 100.000": a whole that a rate is of has no decimals.
fn is_in_every(chars: &[Char], at: usize, end: usize) -> bool {
    at >= 4 && starts_with(chars, at - 4, "per ") && starts_with(chars, end, ".000")
}

/// Whether the mark at `end` stands before decimals of the number that begins at `start`.
fn is_decimal_mark(chars: &[Char], start: usize, end: usize, separator: Option<char>) -> bool {
    let past = digits(chars, end + 1);
    match char(chars, end) {
        '.' => separator != Some('.'),
        // "3·10⁻⁵" is a product.
        '·' | '\u{2219}' | '\u{22c5}' => power_of_ten(chars, end).is_none(),
        ',' => {
            let before = start.checked_sub(1).map_or('\0', |before| char(chars, before));
            let starts_with_nought = char(chars, start) == '0' && end == start + 1;
            let is_pair = matches!(before, '(' | '[') && matches!(char(chars, past), ')' | ']');
            let is_list = char(chars, past) == ',' && is_digit(chars, past + 1)
                || before == ',' && start >= 2 && is_digit(chars, start - 2);
            let is_group = past == end + 4 && !starts_with_nought;
            separator != Some(',')
                && start < end
                && !is_list
                && (separator.is_some() || !is_group)
                && (!is_pair || starts_with_nought && past > end + 2)
        }
        _ => false,
    }
}

/// One past the groups of three digits that `mark` divides, from the first mark on.
fn groups(chars: &[Char], mut at: usize, mark: char) -> usize {
    while char(chars, at) == mark && digits(chars, at + 1) == at + 4 {
        at += 4;
    }
    at
}

/// One past groups as in "1,50,000": of two digits, and at last of three.
fn lakhs(chars: &[Char], start: usize) -> Option<usize> {
    let mut at = start;
    while char(chars, at) == ',' && digits(chars, at + 1) == at + 3 {
        at += 3;
    }
    (at > start && char(chars, at) == ',' && digits(chars, at + 1) == at + 4).then_some(at + 4)
}

/// "× 10⁻⁵", "x10^5", "e-5" after a number: the exponent, and one past it.
fn power_of_ten(chars: &[Char], at: usize) -> Option<(f64, usize)> {
    if matches!(char(chars, at), 'e' | 'E') {
        let (exponent, end) = signed(chars, at + 1)?;
        let is_word = char(chars, end).is_alphanumeric() || exponent.abs() > 330.0;
        return (!is_word).then_some((exponent, end));
    }
    let mut place = past_spaces(chars, at);
    place = match char(chars, place) {
        '×' | 'x' | 'X' | '*' | '·' | '\u{2219}' | '\u{22c5}' | '✕' | '⨯' => place + 1,
        '\\' => {
            [r"\times", r"\cdot"].iter().find(|name| starts_with(chars, place, name)).map(|name| place + name.len())?
        }
        _ => return None,
    };
    place = past_spaces(chars, place);
    if !starts_with(chars, place, "10") || chars.get(place).is_some_and(|c| c.raised) {
        return None;
    }
    // "10−48" after a sign of multiplication has lost its superscript; "× 10e5" has a sign too many.
    let end = place + 2;
    let is_exponent = matches!(char(chars, end), 'e' | 'E');
    is_exponent
        .then(|| signed(chars, end + 1))
        .flatten()
        .filter(|&(_, end)| !char(chars, end).is_alphanumeric())
        .or_else(|| raised(chars, end))
        .or_else(|| is_dash(char(chars, end)).then(|| signed(chars, end))?)
        .or_else(|| bracketed(chars, end))
        .or_else(|| set_apart(chars, end))
}

/// An exponent at `at`: raised, or after `^` or `**`, in brackets or not, with blanks around the sign or none.
pub(super) fn raised(chars: &[Char], at: usize) -> Option<(f64, usize)> {
    let at = at + usize::from(starts_with(chars, at, " ^"));
    if chars.get(at)?.raised {
        return signed(chars, at).filter(|_| chars[at].raised);
    }
    let start = match char(chars, at) {
        '^' => at + 1,
        '*' if char(chars, at + 1) == '*' => at + 2,
        _ => return None,
    };
    let close = match char(chars, start) {
        '{' => Some('}'),
        '(' => Some(')'),
        _ => None,
    };
    let (exponent, end) = signed(chars, past_spaces(chars, start + usize::from(close.is_some())))?;
    match close {
        Some(close) => (char(chars, end) == close).then_some((exponent, end + 1)),
        None => Some((exponent, end)),
    }
}

/// A whole number with its sign, all of it raised or none.
fn signed(chars: &[Char], at: usize) -> Option<(f64, usize)> {
    let is_raised = chars.get(at)?.raised;
    let sign = char(chars, at);
    let start = at + usize::from(is_dash(sign) || sign == '+');
    let end = (start..).take_while(|&at| is_digit_of(chars, at, is_raised)).last()? + 1;
    let digits: String = chars[start..end].iter().map(|c| c.c).collect();
    let value: f64 = digits.parse().ok().filter(|_| end - start <= 3)?;
    Some((if is_dash(sign) { -value } else { value }, end))
}

fn past_raised(chars: &[Char], at: usize) -> usize {
    (at..chars.len()).find(|&at| !chars[at].raised).unwrap_or(chars.len())
}

fn past_spaces(chars: &[Char], at: usize) -> usize {
    (at..chars.len()).find(|&at| !chars[at].c.is_whitespace()).unwrap_or(chars.len())
}

/// One past the digits at `at`.
fn digits(chars: &[Char], at: usize) -> usize {
    (at..chars.len()).find(|&at| !is_digit(chars, at)).unwrap_or(chars.len().max(at))
}

/// A digit on the line.
pub(super) fn is_digit(chars: &[Char], at: usize) -> bool {
    is_digit_of(chars, at, false)
}

fn is_digit_of(chars: &[Char], at: usize, raised: bool) -> bool {
    chars.get(at).is_some_and(|c| c.c.is_ascii_digit() && c.raised == raised)
}

fn starts_with(chars: &[Char], at: usize, text: &str) -> bool {
    text.chars().enumerate().all(|(place, c)| char(chars, at + place) == c)
}

/// The character at an index; a NUL past the end.
pub(super) fn char(chars: &[Char], at: usize) -> char {
    chars.get(at).map_or('\0', |c| c.c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(f64, usize)> {
        let chars = plain(text);
        number(&chars, 0).map(|written| (written.value, chars.len() - written.end))
    }

    #[test]
    fn one_number_has_many_notations() {
        for (text, value) in [
            ("1,234,567", 1_234_567.0),
            ("1 234 567", 1_234_567.0),
            ("1\u{202f}234\u{202f}567", 1_234_567.0),
            ("1'234'567", 1_234_567.0),
            ("1\u{2019}234\u{2019}567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("1.234,5", 1_234.5),
            ("1,234.5", 1_234.5),
            ("1 234,5", 1_234.5),
            ("48.8", 48.8),
            ("48·8", 48.8),
            ("48,8", 48.8),
            (".5", 0.5),
            ("·05", 0.05),
            ("0,125", 0.125),
            ("2½", 2.5),
            ("1,50,000", 150_000.0),
            ("０．５", 0.5),
            ("𝟎.𝟎𝟑", 0.03),
        ] {
            assert_eq!(read(text), Some((value, 0)), "{text}");
        }
        for text in ["1.2.3", "10.1000.5"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn powers_of_ten_are_read_in_every_spelling() {
        for text in [
            "3.2 × 10⁻⁵",
            "3.2×10^-5",
            "3.2 x 10^{-5}",
            "3.2*10**-5",
            "3.2·10⁻⁵",
            "3.2e-5",
            "3.2E\u{2212}5",
            "3.2 × 10−5",
            "3.2 × 10-5",
            r"3.2 \times 10^{-5}",
            "3.2 x 10(-5)",
            "3.2 × 10 −5",
            "3,2 × 10⁻⁵",
            "3·2 × 10⁻⁵",
            "32e-6",
            "3.2 × 10e-5",
            "3.2 × 10 ^ -5",
        ] {
            let (value, rest) = read(text).unwrap();
            assert!((value - 3.2e-5).abs() < 1e-12 && rest == 0, "{text} {value} {rest}");
        }
        for (text, value) in
            [("10⁹", 1e9), ("10^9", 1e9), ("10^(9)", 1e9), ("1e9", 1e9), ("10−5", 1e-5), ("2^10", 1024.0)]
        {
            assert_eq!(read(text), Some((value, 0)), "{text}");
        }
        assert_eq!(read("10(9) bacteria"), Some((1e9, 9)));
        assert_eq!(read("5 × 10 6 cells"), Some((5e6, 6)));
        assert_eq!(read("5 x 10 3/µL"), Some((5e3, 3)));
        assert_eq!(read("10−15 mg"), Some((10.0, 6)), "a range");
        let chars = plain("p<10-4");
        assert_eq!(number(&chars, 2).map(|written| (written.value, written.end)), Some((1e-4, 6)));
        assert_eq!(read("2019¹²"), Some((2019.0, 2)));
        assert_eq!(read("3 × 105"), Some((3.0, 6)), "nothing says that this is a power");
        assert_eq!(read("1,5,7"), Some((1.0, 4)), "a list");
    }
}
