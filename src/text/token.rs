//! A text as numbers, words and marks, with signs where they belong: "−3.2" is one number, "5–10" two and a range, the
//! "19" of "COVID-19" part of a name.

use super::{
    Span,
    number::{self, Char, char, is_dash, is_digit, plain},
    unit::unit,
};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A number in digits, with its sign.
    Digits {
        value: f64,
        /// Half a unit of its last digit.
        rounding: f64,
        /// Digits alone: no sign, group, decimal or power.
        bare: bool,
        /// Whether a nought or the point comes first.
        nought: bool,
        /// A vulgar fraction: "½".
        fraction: bool,
        span: Span,
    },
    /// A word, or a sign that stands for one.
    Word {
        /// As written, compatibility forms aside.
        raw: String,
        lower: String,
        /// Right behind a digit.
        glued: bool,
        /// Behind a hyphen.
        hyphen: bool,
        /// The exponent behind it.
        power: Option<i8>,
        span: Span,
    },
    /// Any other sign: nothing is joined over it.
    Mark { c: char, span: Span },
}

impl Token {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Digits { span, .. } | Self::Word { span, .. } | Self::Mark { span, .. } => *span,
        }
    }

    /// In lower case, where it is a word.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word { lower, .. } => Some(lower),
            _ => None,
        }
    }

    pub(super) fn is_fraction(&self) -> bool {
        matches!(self, Self::Digits { fraction: true, .. })
    }

    pub(super) fn begins_with_nought(&self) -> bool {
        matches!(self, Self::Digits { nought: true, .. })
    }
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars = plain(text);
    let mut reader = Reader { length: text.len(), chars: &chars, tokens: Vec::new(), sign: None, hyphen: false };
    let mut at = 0;
    while at < chars.len() {
        at = reader.token(at).max(at + 1);
    }
    reader.tokens
}

struct Reader<'a> {
    length: usize,
    chars: &'a [Char],
    tokens: Vec<Token>,
    /// Where the sign of the number that follows stands, and whether it is a minus.
    sign: Option<(usize, bool)>,
    /// A hyphen came last.
    hyphen: bool,
}

impl Reader<'_> {
    /// Reads what begins at a character; one past it.
    fn token(&mut self, at: usize) -> usize {
        let c = self.char(at);
        let before = at.checked_sub(1).map_or(' ', |at| self.char(at));
        let is_point = matches!(c, '.' | '·') && is_digit(self.chars, at + 1) && !before.is_alphanumeric();
        if self.chars[at].raised {
            return self.past(at, |c| c.raised);
        }
        if !before.is_alphanumeric() && self.is_address(at) {
            let end = self.past(at, |c| !c.c.is_whitespace());
            self.push_mark('#', at, end);
            return end;
        }
        if c == '['
            && !self.is_after_interval()
            && let Some(end) = citation(self.chars, at)
        {
            return end;
        }
        if c.is_ascii_digit() || is_point {
            return self.digits(at);
        }
        if let Some(value) = number::fraction(c) {
            let span = self.span(at, at + 1);
            self.tokens.push(Token::Digits { value, rounding: 0.05, bare: false, nought: false, fraction: true, span });
            return at + 1;
        }
        if c.is_alphabetic() || c == '°' {
            return self.word(at);
        }
        if is_dash(c) {
            return self.dash(at);
        }
        self.mark(at)
    }

    /// A web address or a DOI: its digits are no numbers.
    fn is_address(&self, at: usize) -> bool {
        let begins = |text: &str| text.chars().enumerate().all(|(place, c)| self.char(at + place) == c);
        let registrant = self.past(at + 3, |c| c.c.is_ascii_digit());
        ["http://", "https://", "www.", "doi:", "DOI:"].into_iter().any(begins)
            || begins("10.") && registrant > at + 6 && self.char(registrant) == '/'
    }

    fn digits(&mut self, at: usize) -> usize {
        let sign = self.sign.take();
        let start = sign.map_or(at, |(at, _)| at);
        // "x_1", and the "2" of "v1.2".
        let is_name = at > 0
            && (self.char(at - 1) == '_' || self.char(at - 1) == '.' && at > 1 && self.char(at - 2).is_alphanumeric());
        let Some(written) = number::number(self.chars, at).filter(|_| !is_name) else {
            return self.name(start, at);
        };
        let after: String = self.chars[written.end..].iter().map(|c| c.c).take_while(|c| c.is_alphanumeric()).collect();
        if ["st", "nd", "rd", "th", "s"].contains(&after.to_lowercase().as_str()) {
            return self.name(start, at);
        }
        let value = if matches!(sign, Some((_, true))) { -written.value } else { written.value };
        let nought = matches!(self.char(at), '0' | '.' | '·');
        let (rounding, bare, span) = (written.rounding, written.bare && sign.is_none(), self.span(start, written.end));
        self.tokens.push(Token::Digits { value, rounding, bare, nought, fraction: false, span });
        self.hyphen = false;
        written.end
    }

    /// A name with digits in it, to its end.
    fn name(&mut self, start: usize, at: usize) -> usize {
        let is_inner =
            |at: usize| matches!(self.char(at), '.' | '-' | '_' | '/' | ',') && self.char(at + 1).is_alphanumeric();
        let end = (at..self.chars.len()).find(|&at| !self.char(at).is_alphanumeric() && !is_inner(at));
        let end = end.unwrap_or(self.chars.len());
        self.push_mark('#', start, end);
        end
    }

    fn word(&mut self, at: usize) -> usize {
        let is_initials = |at: usize| {
            self.char(at).is_alphabetic()
                && self.char(at + 1) == '.'
                && self.char(at + 2).is_alphabetic()
                && !self.char(at + 3).is_alphanumeric()
        };
        let mut end = at + 1;
        if self.char(at) == '°' {
            // "° C"
            let letter = if self.char(end) == ' ' { end + 1 } else { end };
            if matches!(self.char(letter), 'C' | 'F') && !self.char(letter + 1).is_alphanumeric() {
                let raw = format!("°{}", self.char(letter));
                self.push_word(raw, at, letter + 1, None);
                return letter + 1;
            }
        } else if is_initials(at) {
            end = at + 3;
            while self.char(end) == '.' && self.char(end + 1).is_alphabetic() && !self.char(end + 2).is_alphanumeric() {
                end += 2;
            }
        } else {
            end = self.past(at, |c| c.c.is_alphanumeric() && !c.raised);
        }
        let raw: String = self.chars[at..end].iter().map(|c| c.c).collect();
        if self.is_sign_in_words(&raw, end) {
            self.sign = Some((at, true));
            return end + 1;
        }
        let exponent = number::raised(self.chars, end);
        let power = exponent.and_then(|(power, _)| i8::try_from(power as i64).ok());
        let next = exponent.filter(|_| power.is_some()).map_or(end, |(_, end)| end);
        self.push_word(raw, at, next, power);
        next
    }

    /// "Minus 20 degrees", "a change of negative 3"; not "5 minus 3", "plus or minus 3" or "tested negative 40 times".
    fn is_sign_in_words(&self, raw: &str, end: usize) -> bool {
        let is_number = self.char(end) == ' '
            && (is_digit(self.chars, end + 1)
                || matches!(self.char(end + 1), '.' | '·') && is_digit(self.chars, end + 2));
        let before = self.tokens.last();
        is_number
            && match raw.to_lowercase().as_str() {
                "minus" => {
                    !matches!(before, Some(Token::Digits { .. }))
                        && before.and_then(Token::word) != Some("or")
                        && !self.is_after_unit()
                }
                "negative" => before.and_then(Token::word).is_some_and(|word| BEFORE_NEGATIVE.contains(&word)),
                _ => false,
            }
    }

    fn dash(&mut self, at: usize) -> usize {
        let c = self.char(at);
        let before = at.checked_sub(1).map_or(' ', |at| self.char(at));
        let next = self.char(at + 1);
        let is_number =
            |at: usize| is_digit(self.chars, at) || matches!(self.char(at), '.' | '·') && is_digit(self.chars, at + 1);
        let is_signed_number = is_dash(next) && is_number(at + 2);
        let starts = before.is_whitespace()
            || matches!(
                before,
                '(' | '['
                    | '{'
                    | '='
                    | '<'
                    | '>'
                    | '≤'
                    | '≥'
                    | '~'
                    | '≈'
                    | ','
                    | ':'
                    | ';'
                    | '/'
                    | '$'
                    | '"'
                    | '“'
                    | '±'
            )
            || is_dash(before)
            || at == 0;
        let follows_number = matches!(self.tokens.last(), Some(Token::Digits { .. })) || self.is_after_unit();
        if is_number(at + 1) && starts && c != '—' {
            // "5 -10 mg" is a careless range; a true minus is a sign.
            if before.is_whitespace() && follows_number && c != '\u{2212}' {
                self.push_word("to".into(), at, at + 1, None);
            } else if c == '-' && before == '-' && self.is_in_range_from_zero() {
                // "10--20" is TeX for 10–20.
            } else {
                self.sign = Some((at, true));
            }
            return at + 1;
        }
        if (is_number(at + 1) || is_signed_number) && !starts {
            if follows_number {
                if let Some(end) = self.power_of_unit(at) {
                    return end;
                }
                self.push_word("to".into(), at, at + 1, None);
                return at + 1;
            }
            return self.name(at, at + 1);
        }
        if next.is_whitespace() && (before.is_whitespace() || at == 0) {
            let number = self.past(at + 1, |c| c.c.is_whitespace());
            let leads = match self.tokens.last() {
                Some(Token::Word { lower, .. }) => lower.chars().count() > 1 && !self.is_after_unit(),
                Some(Token::Mark { c, .. }) => matches!(c, '=' | '(' | '['),
                _ => false,
            };
            // "The change was - 0.3"
            let is_told = || match self.tokens.last() {
                Some(Token::Word { lower, .. }) => BEFORE_NEGATIVE.contains(&lower.as_str()),
                last => matches!(last, Some(Token::Mark { c: '=', .. })),
            };
            if leads && is_number(number) && (c == '\u{2212}' || c != '—' && is_told()) {
                self.sign = Some((at, true));
                return number;
            }
            self.push_mark('–', at, at + 1);
        } else if c == '—' {
            self.push_mark('–', at, at + 1);
        } else {
            self.hyphen = before.is_alphanumeric();
        }
        at + 1
    }

    /// Whether a range is open whose first number is not below zero.
    fn is_in_range_from_zero(&self) -> bool {
        let is_open = self.tokens.last().and_then(Token::word) == Some("to");
        let numbers = self.tokens.iter().rev().take(3).find_map(|token| match token {
            Token::Digits { value, .. } => Some(*value >= 0.0),
            _ => None,
        });
        is_open && numbers.unwrap_or(false)
    }

    /// "kg-1" and "L−1" after a number: the raised exponent was lost.
    fn power_of_unit(&mut self, at: usize) -> Option<usize> {
        let digit = self.char(at + 1).to_digit(10).filter(|digit| (1..=3).contains(digit))?;
        if self.char(at + 2).is_alphanumeric() || self.char(at + 2) == '.' && is_digit(self.chars, at + 3) {
            return None;
        }
        let is_range = matches!(self.char(at + 2), '%' | '°');
        match self.tokens.last_mut() {
            Some(Token::Word { power, raw, glued: false, .. }) if !is_range && unit(raw).is_some() => {
                *power = i8::try_from(digit).ok().map(|digit| -digit);
                Some(at + 2)
            }
            _ => None,
        }
    }

    /// Whether a unit of a number came last: "5 mg", "10%".
    fn is_after_unit(&self) -> bool {
        match self.tokens.as_slice() {
            [.., Token::Digits { .. }, Token::Word { raw, glued, .. }] => {
                *glued || unit(raw).is_some() || matches!(raw.as_str(), "%" | "‰" | "percent")
            }
            [.., Token::Word { raw: first, .. }, Token::Word { raw, .. }] => {
                unit(first).is_some() && unit(raw).is_some()
            }
            [.., Token::Mark { c: '/' | '·' | '.', .. }, Token::Word { raw, .. }] => unit(raw).is_some(),
            _ => false,
        }
    }

    /// Whether the name of an interval came last: its bounds may look like a citation.
    fn is_after_interval(&self) -> bool {
        let words = self.tokens.iter().rev().take(2).filter_map(Token::word);
        words.into_iter().any(|word| matches!(word, "ci" | "cis" | "cri" | "interval" | "intervals" | "iqr" | "range"))
    }

    fn mark(&mut self, at: usize) -> usize {
        let c = self.char(at);
        let before = at.checked_sub(1).map_or(' ', |at| self.char(at));
        let next_is_number = is_digit(self.chars, at + 1) || self.char(at + 1) == '.' && is_digit(self.chars, at + 2);
        if c == '+' && (self.char(at + 1) == '/' && is_dash(self.char(at + 2)) || is_dash(self.char(at + 1))) {
            let end = if self.char(at + 1) == '/' { at + 3 } else { at + 2 };
            self.push_word("±".into(), at, end, None);
            return end;
        }
        let word = match c {
            '%' | '‰' | '±' | '€' | '£' | '¥' => Some(c.to_string()),
            '$' if !self.is_formula(at) => Some(c.to_string()),
            '~' | '≈' | '∼' | '≃' | '≅' => Some("about".to_owned()),
            '≥' | '⩾' | '≧' | '≳' => Some("≥".to_owned()),
            '≤' | '⩽' | '≦' | '≲' => Some("≤".to_owned()),
            '>' if self.char(at + 1) == '=' => Some("≥".to_owned()),
            '<' if self.char(at + 1) == '=' => Some("≤".to_owned()),
            '>' | '≫' => Some("above".to_owned()),
            '<' | '≪' => Some("below".to_owned()),
            _ => None,
        };
        match word {
            Some(word) => self.push_word(word, at, at + 1, None),
            None if c == '+' && next_is_number && !before.is_alphanumeric() => self.sign = Some((at, false)),
            None if c == '=' && matches!(before, '<' | '>') => {}
            None if !c.is_whitespace() => self.push_mark(c, at, at + 1),
            None => {}
        }
        at + 1
    }

    /// Whether a dollar sign opens or closes a formula and is no money.
    fn is_formula(&self, at: usize) -> bool {
        let after = if self.char(at + 1) == ' ' { at + 2 } else { at + 1 };
        let end = self.past(after, |c| c.c.is_ascii_digit() || matches!(c.c, '.' | ','));
        end == after || matches!(self.char(end), '\\' | '^' | '_' | '{' | '}' | '=' | '$')
    }

    fn push_word(&mut self, raw: String, start: usize, end: usize, power: Option<i8>) {
        self.sign = None;
        let is_letter = self.char(start).is_alphabetic();
        let glued = is_letter
            && start > 0
            && is_digit(self.chars, start - 1)
            && matches!(self.tokens.last(), Some(Token::Digits { .. }));
        let span = self.span(start, end);
        let hyphen = std::mem::take(&mut self.hyphen);
        self.tokens.push(Token::Word { lower: raw.to_lowercase(), raw, glued, hyphen, power, span });
    }

    fn push_mark(&mut self, c: char, start: usize, end: usize) {
        self.sign = None;
        self.hyphen = false;
        let span = self.span(start, end);
        self.tokens.push(Token::Mark { c, span });
    }

    fn past(&self, at: usize, is_in: impl Fn(&Char) -> bool) -> usize {
        (at..self.chars.len()).find(|&at| !is_in(&self.chars[at])).unwrap_or(self.chars.len().max(at))
    }

    fn char(&self, at: usize) -> char {
        char(self.chars, at)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let byte = |at: usize| self.chars.get(at).map_or(self.length, |c| c.at);
        let last = end.checked_sub(1).map_or(0, byte);
        let past = self.chars[end.min(self.chars.len())..].iter().map(|c| c.at).find(|&at| at > last);
        Span { start: byte(start), end: past.unwrap_or(self.length) }
    }
}

/// Words before a sign that is a minus, in words or set apart: "a change of negative 3", "the change was - 3".
const BEFORE_NEGATIVE: &[&str] =
    &["of", "was", "is", "were", "are", "by", "to", "from", "at", "a", "than", "between", "and"];

/// One past a citation such as `[12, 14]`.
fn citation(chars: &[Char], at: usize) -> Option<usize> {
    let length = chars[at..].iter().take(80).position(|c| c.c == ']')?;
    let inner = &chars[at + 1..at + length];
    let is_citation = inner.iter().all(|c| c.c.is_ascii_digit() || matches!(c.c, ',' | ' ' | ';') || is_dash(c.c));
    (is_citation && inner.first().is_some_and(|c| ('1'..='9').contains(&c.c))).then_some(at + length + 1)
}
