//! Quantities: the numbers that a text states, in digits or in words, with their units. The one recogniser of numbers: what
//! a claim is compared by, what makes a sentence a finding and what a p-value says are read from it.

use super::{
    Span,
    numeral::{self, named},
    role,
    token::{Token, tokens},
    unit::{self, Product, singular, unit},
};

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
    /// What it is to the finding.
    pub role: Role,
    /// Where it stands, from its sign to its unit.
    pub span: Span,
}

/// What a number measures; numbers of different measures are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A plain number, or one of a unit that is not known.
    Count,
    /// A year of the calendar.
    Year,
    /// Per cent.
    Share,
    /// Any other, by the name of its base unit.
    Of(&'static str),
    /// Several base units and their powers: a speed, a dose.
    Product([(&'static str, i8); 3]),
}

impl Measure {
    /// A day of the month, in a month that is named.
    const DAY: Self = Self::Of("day of a month");
    /// A date, as year, month and day, or as the three numbers in the order given.
    const DATE: Self = Self::Of("date");
    /// A time of the day, in seconds after midnight.
    const CLOCK: Self = Self::Of("time of the day");

    /// Whether it is a place in the calendar or the day, with which nobody reckons.
    #[must_use]
    pub fn is_of_calendar(self) -> bool {
        matches!(self, Self::Year | Self::DAY | Self::DATE | Self::CLOCK)
    }
}

/// Whether a number is given as it is or as a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// As it is.
    Exact,
    /// "About", "nearly", "~".
    About,
    /// "More than", "over": above it.
    Above,
    /// "At least", "or more": it or above.
    AtLeast,
    /// "Less than", "under": below it.
    Below,
    /// "At most", "up to": it or below.
    AtMost,
}

impl Bound {
    /// Whether it bounds from below: what is bounded is as great or greater.
    #[must_use]
    pub fn is_lower(self) -> bool {
        matches!(self, Self::Above | Self::AtLeast)
    }

    /// Whether it bounds from above.
    #[must_use]
    pub fn is_upper(self) -> bool {
        matches!(self, Self::Below | Self::AtMost)
    }

    /// That of the number with the other sign.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Above => Self::Below,
            Self::AtLeast => Self::AtMost,
            Self::Below => Self::Above,
            Self::AtMost => Self::AtLeast,
            bound => bound,
        }
    }
}

/// What a number is to the finding that it stands in; numbers of different roles are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What was found.
    Value,
    /// A standard deviation, a standard error, an interquartile range, what follows "±".
    Spread,
    /// An end of a confidence interval.
    Interval,
    /// The level of a confidence interval: "95% CI".
    Level,
    /// A p-value.
    PValue,
}

/// Parts of a whole, in per cent.
const PARTS: &[(&str, f64)] = &[
    ("half", 50.0),
    ("third", 100.0 / 3.0),
    ("quarter", 25.0),
    ("fourth", 25.0),
    ("fifth", 20.0),
    ("sixth", 100.0 / 6.0),
    ("eighth", 12.5),
    ("tenth", 10.0),
];
/// Words that are a number of times by themselves.
const MULTIPLES: &[(&str, f64)] =
    &[("twice", 2.0), ("thrice", 3.0), ("doubled", 2.0), ("tripled", 3.0), ("trebled", 3.0), ("quadrupled", 4.0)];
/// Months, as written; "May" and "March" are words too, with a small letter.
#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Jan",
    "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
];
/// Words before a time of the day.
const BEFORE_CLOCK: &[&str] =
    &["at", "from", "to", "until", "till", "by", "between", "after", "before", "since", "and"];
/// Words before "more than" within which a negation makes it "at most".
const NEGATION_REACH: usize = 3;
const CURRENCIES: &[&str] = &["$", "€", "£", "¥"];
/// Words before a number that only names something: "Table 2", "type 2 diabetes".
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "algorithm", "appendix", "chapter", "definition", "eq", "eqn", "equation", "exon", "fig", "figure", "grade", "hypothesis",
    "lemma", "phase", "ref", "reference", "sec", "section", "stage", "tab", "table", "theorem", "type", "v", "version",
];
/// Words that do so only by themselves: "in group 2", not "in the control group 45 died".
#[rustfmt::skip]
const LABELS_ALONE: &[&str] =
    &["arm", "class", "cluster", "cohort", "example", "experiment", "group", "level", "number", "part", "step", "study", "wave"];
/// Words before which such a label stands by itself.
const BEFORE_LABEL: &[&str] =
    &["a", "and", "at", "by", "for", "from", "in", "of", "on", "or", "see", "than", "to", "versus", "vs", "with"];
/// Words that say that what follows was named before: "the two methods" counts nothing.
#[rustfmt::skip]
const DETERMINERS: &[&str] =
    &["the", "these", "those", "both", "all", "our", "their", "its", "his", "her", "other", "either", "such", "same"];
/// What a number in words before it makes a kind of: "a two-sided test".
#[rustfmt::skip]
const KINDS: &[&str] = &["sided", "tailed", "way", "dimensional", "stage", "step", "phase", "level"];
/// The quantities that a text states, in order, with where they stand. Left out: numbers that are part of a name
/// ("COVID-19", "p53", "Table 2"), ordinals, citations in brackets, and "the two methods".
#[must_use]
pub fn quantities(text: &str) -> Vec<Quantity> {
    let tokens = tokens(text);
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(quantity) = quantity(&tokens, at) {
            at = quantity.end;
            found.push(quantity);
        } else {
            at += 1;
        }
    }
    role::set(&tokens, &mut found);
    share_units(&tokens, &mut found);
    found.retain(|found| !found.is_name);
    found.into_iter().map(|found| found.quantity).collect()
}

/// A quantity and the tokens it takes.
pub(super) struct Found {
    pub quantity: Quantity,
    pub start: usize,
    pub end: usize,
    /// What its unit multiplies it by; `None` without a unit.
    factor: Option<f64>,
    /// Part of a name after all, unless it turns out to be an end of a range.
    is_name: bool,
}

/// The quantity whose number begins at a token.
fn quantity(tokens: &[Token], at: usize) -> Option<Found> {
    let found = |value, rounding, measure, end: usize, factor| {
        let span = Span { start: tokens[at].span().start, end: tokens[end - 1].span().end };
        let bound = bound(tokens, at, end);
        let quantity = Quantity { value, rounding, measure, bound, role: Role::Value, span };
        Found { quantity, start: at, end, factor, is_name: false }
    };
    if let Some((value, measure, end)) = half_a_unit(tokens, at).or_else(|| calendar(tokens, at)) {
        return Some(found(value, 0.5, measure, end, Some(1.0)));
    }
    if let Some((value, end)) = part(tokens, at) {
        return Some(found(value, 0.5, Measure::Share, end, Some(1.0)));
    }
    if word(tokens, at) == Some("zero") && is_counted(tokens, at + 1) {
        return Some(found(0.0, 0.5, Measure::Count, at + 1, None));
    }
    let times = |word: &str| named(MULTIPLES, word).or_else(|| numeral::value_of(word.strip_suffix("fold")?));
    if let Some(times) = word(tokens, at).and_then(times) {
        return Some(found(times, 0.5, Measure::Of("fold"), at + 1, Some(1.0)));
    }
    let mut number = numeral::number(tokens, at)?;
    let money = currency(tokens, at);
    if let Some((scale, end)) = magnitude(tokens, at, number.end, money.is_some()) {
        (number.value, number.rounding, number.end) = (number.value * scale, number.rounding * scale, end);
    }
    let is_in_words = !matches!(tokens[at], Token::Digits { .. });
    let is_below_zero = is_in_words
        && at > 0
        && word(tokens, at - 1) == Some("minus")
        && !(at > 1 && (word(tokens, at - 2) == Some("or") || matches!(tokens[at - 2], Token::Digits { .. })));
    if is_below_zero {
        number.value = -number.value;
    }
    let (value, rounding) = (number.value, number.rounding);
    if at >= 2 && word(tokens, at - 2) == Some("factor") && word(tokens, at - 1) == Some("of") && number.end == at + 1 {
        return Some(found(value, rounding, Measure::Of("fold"), number.end, Some(1.0)));
    }
    if let Some((measure, factor, end)) = unit_after(tokens, number.end)
        && !(number.is_alone_one && measure == Measure::Of("fold"))
    {
        return Some(found(value * factor, rounding * factor, measure, end, Some(factor)));
    }
    // A name that begins with digits: "3D", "16S", "5-HT".
    if is_name(tokens, at, number.end) {
        return None;
    }
    // "One" is a pronoun more often than a number.
    if is_in_words && (number.is_alone_one || is_spoken_of(tokens, at) || is_kind(tokens, number.end)) {
        return None;
    }
    if let Some(sign) = money {
        let unit = unit(sign)?;
        return Some(found(value, rounding, Measure::Of(unit.base), number.end, Some(1.0)));
    }
    let is_year = number.is_bare && (1500.0..=2100.0).contains(&value) && !is_counted(tokens, number.end);
    let measure = if is_year { Measure::Year } else { Measure::Count };
    let mut found = found(value, rounding, measure, number.end, None);
    found.is_name = !is_in_words && is_labelled(tokens, at) && word(tokens, number.end) != Some("of");
    Some(found)
}

/// "Half an hour": its value, what it measures, and one past its last token.
fn half_a_unit(tokens: &[Token], at: usize) -> Option<(f64, Measure, usize)> {
    let is_half = word(tokens, at) == Some("half");
    let unit_at = match (word(tokens, at + 1)?, tokens.get(at + 1)?) {
        ("a" | "an", _) => at + 2,
        (_, Token::Word { hyphen: true, .. }) => at + 1,
        _ => return None,
    };
    let (measure, factor, end) = product(tokens, unit_at).filter(|_| is_half)?;
    Some((factor / 2.0, measure, end))
}

/// "12 March", "March 12", "2020-03-12", "12/03/2020", "at 10:30 am": its value, what it measures, and one past its last
/// token. A number of things is none: "in March 12 patients".
fn calendar(tokens: &[Token], at: usize) -> Option<(f64, Measure, usize)> {
    let bare = |at: usize| match tokens.get(at)? {
        Token::Digits { value, bare: true, .. } => Some(*value),
        _ => None,
    };
    let is_month =
        |at: usize| matches!(tokens.get(at), Some(Token::Word { raw, .. }) if MONTHS.contains(&raw.as_str()));
    let (first, at_once) = (bare(at)?, |at: usize| tokens[at - 1].span().end == tokens[at].span().start);
    let divided = |by: fn(&Token) -> bool| {
        let numbers = (bare(at + 2)?, bare(at + 4)?);
        let is_one = by(&tokens[at + 1]) && by(&tokens[at + 3]) && (at + 1..=at + 4).all(at_once);
        is_one.then_some(numbers)
    };
    let is_year = |value: f64| (1500.0..=2100.0).contains(&value);
    if let Some((second, third)) = divided(|token| token.word() == Some("to"))
        .or_else(|| divided(|token| matches!(token, Token::Mark { c: '/', .. })))
        .filter(|&(_, third)| is_year(first) || is_year(third))
    {
        return Some((first * 1e4 + second * 1e2 + third, Measure::DATE, at + 5));
    }
    if matches!(tokens.get(at + 1), Some(Token::Mark { c: ':', .. }))
        && let Some(minutes) = bare(at + 2).filter(|minutes| *minutes < 60.0 && first <= 24.0)
        && (at_once(at + 1) && at_once(at + 2) && tokens[at + 2].span().end - tokens[at + 2].span().start == 2)
    {
        let half = word(tokens, at + 3);
        let is_told =
            at.checked_sub(1).and_then(|at| word(tokens, at)).is_some_and(|word| BEFORE_CLOCK.contains(&word));
        let hours = match half {
            Some("pm" | "p.m") if first < 12.0 => first + 12.0,
            Some("am" | "a.m" | "pm" | "p.m" | "h" | "hours" | "utc") => first,
            _ if is_told => first,
            _ => return None,
        };
        let is_named = matches!(half, Some("am" | "a.m" | "pm" | "p.m" | "h" | "hours" | "utc"));
        return Some((hours * 3600.0 + minutes * 60.0, Measure::CLOCK, at + 3 + usize::from(is_named)));
    }
    let is_day = (1.0..=31.0).contains(&first) && !is_counted(tokens, at + 1);
    let is_dated = is_month(at + 1) || word(tokens, at + 1) == Some("of") && is_month(at + 2);
    (is_day && (is_dated || at > 0 && is_month(at - 1) && unit_after(tokens, at + 1).is_none())).then_some((
        first,
        Measure::DAY,
        at + 1,
    ))
}

/// "Table 2", "in group 2", "Eq. (4)".
fn is_labelled(tokens: &[Token], at: usize) -> bool {
    const CLIPPED: &[&str] = &["eq", "eqs", "eqn", "fig", "figs", "ref", "refs", "sec", "tab", "no", "nos"];
    let mut label = at;
    while label > 0 && at - label < 2 && matches!(tokens[label - 1], Token::Mark { c: '(' | '.', .. }) {
        label -= 1;
    }
    if label < at && label.checked_sub(1).and_then(|at| word(tokens, at)).is_some_and(|word| CLIPPED.contains(&word)) {
        return true;
    }
    let before = |back: usize| at.checked_sub(back).and_then(|at| word(tokens, at));
    before(1).is_some_and(|label| {
        let is_alone = || before(2).is_none_or(|word| BEFORE_LABEL.contains(&word));
        LABELS.contains(&label) || LABELS_ALONE.contains(&label) && is_alone()
    })
}

/// Whether letters or a capital after a hyphen make a name of the number before.
fn is_name(tokens: &[Token], at: usize, end: usize) -> bool {
    let Some(Token::Word { raw, glued, hyphen, .. }) = tokens.get(end) else { return false };
    let is_short = raw.chars().count() < 4;
    matches!(tokens[at], Token::Digits { .. })
        && (*glued && (is_short || raw.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit()))
            || *hyphen && raw.starts_with(char::is_uppercase))
        && !raw.starts_with(['%', '$', '€', '£', '°', '×'])
}

/// "The two methods", "all three arms"; not "two of the eleven trials".
fn is_spoken_of(tokens: &[Token], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| word(tokens, at));
    let is_part_of = before(2) == Some("of")
        && at >= 3
        && (matches!(tokens[at - 3], Token::Digits { .. }) || before(3).is_some_and(numeral::is_number_word));
    !is_part_of && before(1).is_some_and(|word| DETERMINERS.contains(&word))
}

fn is_kind(tokens: &[Token], end: usize) -> bool {
    matches!(tokens.get(end), Some(Token::Word { lower, hyphen: true, .. }) if KINDS.contains(&lower.as_str()))
}

/// Whether a word that names several things follows, perhaps after an adjective: "patients", "older adults".
fn is_counted(tokens: &[Token], end: usize) -> bool {
    (end..end + 2).map_while(|at| word(tokens, at)).any(is_plural)
}

fn is_plural(word: &str) -> bool {
    const OTHERS: &[&str] =
        &["people", "men", "women", "children", "mice", "data", "citations", "rna", "bacteria", "teeth", "feet", "bp"];
    let singular_s = ["ss", "us", "is", "as"].iter().any(|end| word.ends_with(end));
    OTHERS.contains(&word) || word.len() > 3 && word.ends_with('s') && !singular_s && word != "times"
}

/// A letter for thousands and more right after a number, by its context: "350M parameters", "7B", "$40m"; not "5 m", "2 M
/// NaCl" or "at 300 K". The factor, and one past the letter.
fn magnitude(tokens: &[Token], at: usize, end: usize, is_money: bool) -> Option<(f64, usize)> {
    let Some(Token::Word { raw, glued, .. }) = tokens.get(end) else { return None };
    if !matches!(tokens[at], Token::Digits { .. }) {
        return None;
    }
    let before = at.checked_sub(1).and_then(|at| word(tokens, at)).unwrap_or_default();
    let things = || is_counted(tokens, end + 1) && !is_dissolved(tokens, end + 1);
    let is_money =
        is_money || matches!(word(tokens, end + 1), Some("usd" | "eur" | "€" | "$" | "dollars" | "euros" | "£"));
    let is_meant = match raw.as_str() {
        "bn" | "Bn" | "mln" | "Mln" | "mio" | "Mio" => true,
        "mn" => is_money || things(),
        "mil" | "b" | "m" | "t" | "tn" => is_money || things() && *glued,
        "k" => true,
        "K" => {
            is_money
                || things()
                || *glued && !matches!(before, "at" | "below" | "above" | "near" | "to" | "temperature")
        }
        "M" => is_money || things() || *glued && !is_dissolved(tokens, end + 1),
        "B" => is_money || things() || *glued,
        "T" => is_money || things(),
        _ => false,
    };
    let scale = match raw.to_lowercase().as_str() {
        "k" => 1e3,
        "m" | "mn" | "mil" | "mln" | "mio" => 1e6,
        "b" | "bn" => 1e9,
        _ => 1e12,
    };
    is_meant.then_some((scale, end + 1))
}

/// Whether what follows "M" is a chemical: a formula ("NaCl", "CaCl2"), or a word for what is dissolved.
fn is_dissolved(tokens: &[Token], at: usize) -> bool {
    const WORDS: &[&str] = &[
        "urea",
        "guanidine",
        "sucrose",
        "glucose",
        "solution",
        "solutions",
        "sodium",
        "potassium",
        "acid",
        "tris",
        "salt",
        "aqueous",
    ];
    let Some(Token::Word { raw, lower, .. }) = tokens.get(at) else { return false };
    let is_formula = raw.starts_with(char::is_uppercase)
        && raw.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit())
        && raw.chars().any(char::is_lowercase);
    is_formula || WORDS.contains(&lower.as_str()) || matches!(lower.as_str(), "koh" | "kcl" | "hcl" | "edta" | "dtt")
}

/// A part of a whole in words or as a fraction: "half", "two thirds", "a quarter of", "one in five", "1/2 of". In per cent,
/// and one past its last token.
fn part(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let of = |at: usize| named(PARTS, singular(word(tokens, at)?));
    if word(tokens, at) == Some("halved") {
        return Some((50.0, at + 1));
    }
    // "Half-life", "half-maximal".
    if word(tokens, at) == Some("half") && matches!(tokens.get(at + 1), Some(Token::Word { hyphen: true, .. })) {
        return None;
    }
    if word(tokens, at) == Some("half") {
        let is_added = at >= 2 && word(tokens, at - 2) == Some("and");
        let is_scaled = numeral::number(tokens, at).is_some();
        return (!is_added && !is_scaled).then_some((50.0, at + 1));
    }
    if let Some(number) = numeral::number(tokens, at)
        && word(tokens, number.end).is_some_and(|word| word.ends_with('s') || word == "half" || number.value == 1.0)
        && let Some(part) = of(number.end)
        && !(number.is_alone_one && is_of_nothing(tokens, number.end + 1))
    {
        return Some((number.value * part, number.end + 1));
    }
    if let Some(found) = one_in(tokens, at).or_else(|| fraction_of(tokens, at)) {
        return Some(found);
    }
    let part = of(at + 1).filter(|_| word(tokens, at) == Some("a"))?;
    (!is_of_nothing(tokens, at + 2)).then_some((part, at + 2))
}

/// "A third" of something, or "by a third"; not "a third study".
fn is_of_nothing(tokens: &[Token], at: usize) -> bool {
    let is_whole_of = matches!(word(tokens, at), Some("of" | "as" | "more" | "less" | "fewer" | "in" | "and"));
    !is_whole_of && matches!(tokens.get(at), Some(Token::Word { .. }))
}

/// "1/2 of the cells", "½ of the cells".
fn fraction_of(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let Token::Digits { value, .. } = tokens.get(at)? else { return None };
    let (share, end) = match (tokens.get(at + 1), tokens.get(at + 2)) {
        (Some(Token::Mark { c: '/', .. }), Some(Token::Digits { value: whole, .. }))
            if value < whole && *whole <= 10.0 =>
        {
            (100.0 * value / whole, at + 3)
        }
        _ if *value > 0.0 && *value < 1.0 && tokens[at].is_fraction() => (100.0 * value, at + 1),
        _ => return None,
    };
    (word(tokens, end) == Some("of")).then_some((share, end))
}

/// "One in five", "one in every five", "1 out of 10", "three in ten"; not "1 in 12 weeks" or "3 out of 40 mice", which are
/// counts. In per cent, and one past its last token.
fn one_in(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let in_words = |at: usize| !matches!(tokens.get(at), Some(Token::Digits { .. }));
    let some = numeral::number(tokens, at).filter(|some| some.value == 1.0 || in_words(at) && some.value < 10.0)?;
    let mut end = match (word(tokens, some.end)?, word(tokens, some.end + 1)) {
        ("in", _) => some.end + 1,
        ("out", Some("of")) => some.end + 2,
        _ => return None,
    };
    end += usize::from(word(tokens, end) == Some("every"));
    let whole = numeral::number(tokens, end)?;
    let most = if some.value == 1.0 { 1000.0 } else { 10.0 };
    let is_part = whole.value > some.value && whole.value <= most && (some.value == 1.0 || in_words(end));
    (is_part && unit_after(tokens, whole.end).is_none()).then_some((100.0 * some.value / whole.value, whole.end))
}

/// The sign or code of a currency before a number.
fn currency(tokens: &[Token], at: usize) -> Option<&str> {
    let sign = at.checked_sub(1).and_then(|place| word(tokens, place))?;
    (CURRENCIES.contains(&sign) || matches!(sign, "usd" | "eur" | "gbp")).then_some(sign)
}

/// The unit after a number, what it multiplies by, and one past its last token.
fn unit_after(tokens: &[Token], at: usize) -> Option<(Measure, f64, usize)> {
    share(tokens, at).or_else(|| fold(tokens, at)).or_else(|| product(tokens, at))
}

/// Per cent, per mille, percentage points.
fn share(tokens: &[Token], at: usize) -> Option<(Measure, f64, usize)> {
    const POINTS: Measure = Measure::Of("percentage point");
    let next = word(tokens, at + 1);
    let is_points = |word: Option<&str>| matches!(word, Some("point" | "points" | "pts"));
    match word(tokens, at)? {
        "pp" | "pps" | "p.p" | "ppt" | "ppts" => Some((POINTS, 1.0, at + 1)),
        "basis" if is_points(next) => Some((POINTS, 0.01, at + 2)),
        "bps" => Some((POINTS, 0.01, at + 1)),
        "%" | "percent" | "percentage" | "pct" if is_points(next) => Some((POINTS, 1.0, at + 2)),
        "%" | "percent" | "percentage" | "pct" => Some((Measure::Share, 1.0, at + 1)),
        "per" if matches!(next, Some("cent" | "centum")) && is_points(word(tokens, at + 2)) => {
            Some((POINTS, 1.0, at + 3))
        }
        "per" if matches!(next, Some("cent" | "centum")) => Some((Measure::Share, 1.0, at + 2)),
        "per" if matches!(next, Some("mille" | "mil")) => Some((Measure::Share, 0.1, at + 2)),
        "‰" => Some((Measure::Share, 0.1, at + 1)),
        _ => None,
    }
}

/// "3 times as many", "10x", "5×"; not "3 times a day".
fn fold(tokens: &[Token], at: usize) -> Option<(Measure, f64, usize)> {
    let found = Some((Measure::Of("fold"), 1.0, at + 1));
    let is_number = matches!(tokens.get(at + 1), Some(Token::Digits { .. }));
    match tokens.get(at)? {
        Token::Word { lower, .. } if lower == "times" || lower == "time" => {
            let is_rate = matches!(
                word(tokens, at + 1),
                Some(
                    "per"
                        | "a"
                        | "daily"
                        | "weekly"
                        | "each"
                        | "every"
                        | "monthly"
                        | "in"
                        | "during"
                        | "point"
                        | "points"
                )
            );
            found.filter(|_| !is_rate)
        }
        Token::Word { raw, glued: true, .. } if raw == "x" && !is_number => found,
        Token::Mark { c: '×', .. } if !is_number => found,
        _ => None,
    }
}

/// A unit, perhaps divided by others: "mg/kg", "mmol L⁻¹", "metres per second".
fn product(tokens: &[Token], at: usize) -> Option<(Measure, f64, usize)> {
    let unit_at = |at: usize| match tokens.get(at)? {
        Token::Word { raw, .. } if matches!(raw.as_str(), "M" | "K" | "T" | "N") && at > 0 => {
            let base = match raw.as_str() {
                "M" => "molar",
                "K" => "kelvin",
                "N" => "newton",
                _ => "tesla",
            };
            Some((super::unit::Unit { base, factor: 1.0 }, 1, at + 1))
        }
        Token::Word { raw, power, lower, .. } => {
            let (found, power) = match unit(raw) {
                Some(found) => (found, power.unwrap_or(1)),
                // "m2", "cm3": the raised digit was lost.
                None => {
                    (unit(raw.strip_suffix(['2', '3'])?)?, i8::try_from(raw.chars().next_back()?.to_digit(10)?).ok()?)
                }
            };
            if matches!(lower.as_str(), "square" | "sq" | "cubic") { None } else { Some((found, power, at + 1)) }
        }
        _ => None,
    };
    if let Some((found, words)) = unit::phrase(|back| match tokens.get(at + back)? {
        Token::Mark { c: '/', .. } => Some("/"),
        token => token.word(),
    }) {
        return Some((Measure::Of(found.base), found.factor, at + words));
    }
    let power_before = match word(tokens, at) {
        Some("square" | "sq") => 2,
        Some("cubic") => 3,
        _ => 1,
    };
    let (first, power, mut end) = unit_at(at + usize::from(power_before > 1))?;
    let mut product = Product::of(first, power * power_before)?;
    loop {
        let slash = matches!(tokens.get(end), Some(Token::Mark { c: '/', .. }));
        let dot = matches!(tokens.get(end), Some(Token::Mark { c: '·', .. }));
        // "ng.mL-1"
        let stop = matches!(tokens.get(end), Some(Token::Mark { c: '.', .. }));
        let divides = slash || word(tokens, end) == Some("per");
        let next =
            unit_at(end + usize::from(divides || dot || stop)).filter(|&(_, power, _)| divides || dot || power < 0);
        let Some((unit, power, after)) = next else { break };
        let Some(times) = product.times(unit, if divides { -power } else { power }) else { break };
        (product, end) = (times, after);
    }
    let (measure, factor) = product.measure();
    Some((measure, factor, end))
}

/// How the words around a number bound it.
fn bound(tokens: &[Token], start: usize, end: usize) -> Bound {
    let before = |back: usize| start.checked_sub(back).and_then(|at| word(tokens, at));
    // A currency sign stands between "over" and its number.
    let skipped = (0..2)
        .take_while(|&back| matches!(before(1 + back), Some("$" | "€" | "£" | "us" | "a" | "age" | "ages" | "aged")))
        .count();
    let [last, second] = [1, 2].map(|back| before(back + skipped).unwrap_or_default());
    const MORE: &[&str] = &["more", "greater", "higher", "larger", "longer", "older", "better"];
    const LESS: &[&str] = &["less", "fewer", "lower", "smaller", "shorter", "younger", "worse"];
    // "No more than 5", "not to use more than 5".
    let is_denied = |from: usize| {
        let words = (from..from + NEGATION_REACH).map_while(|back| before(back + skipped));
        words.into_iter().any(|word| matches!(word, "no" | "not" | "never"))
    };
    let than = if last != "than" {
        None
    } else if MORE.contains(&second) {
        Some(if is_denied(3) { Bound::AtMost } else { Bound::Above })
    } else if LESS.contains(&second) {
        Some(if is_denied(3) { Bound::AtLeast } else { Bound::Below })
    } else {
        None
    };
    let is_plus = matches!(tokens.get(end), Some(Token::Mark { c: '+', .. }));
    let after = [word(tokens, end).unwrap_or_default(), word(tokens, end + 1).unwrap_or_default()];
    than.unwrap_or(match (second, last) {
        ("at", "least") | ("minimum", "of") | (_, "≥") => Bound::AtLeast,
        ("at", "most") | ("up", "to") | ("maximum", "of") | (_, "≤") => Bound::AtMost,
        (_, "over" | "above" | "exceeding" | "exceeded" | "exceeds") | ("excess", "of") => Bound::Above,
        (_, "under" | "below") => Bound::Below,
        (
            _,
            "about" | "around" | "approximately" | "roughly" | "nearly" | "almost" | "some" | "circa" | "ca" | "approx",
        ) => Bound::About,
        _ if is_plus => Bound::AtLeast,
        _ => match after {
            ["or", "more" | "older" | "higher" | "above" | "over" | "greater" | "longer"] => Bound::AtLeast,
            ["or", "less" | "fewer" | "younger" | "lower" | "below" | "under" | "shorter"] => Bound::AtMost,
            _ => Bound::Exact,
        },
    })
}

/// Whether only "to", "and", "or" or a dash stands between two numbers.
pub(super) fn joins(tokens: &[Token], from: usize, to: usize) -> bool {
    match tokens.get(from..to) {
        Some([Token::Word { lower, .. }]) => matches!(lower.as_str(), "to" | "and" | "or" | "±"),
        Some([Token::Mark { c, .. }]) => matches!(c, '–' | '…'),
        _ => false,
    }
}

/// "10 to 20 mg", "10 ± 2 mg": the first has the unit of the second.
fn share_units(tokens: &[Token], found: &mut [Found]) {
    for place in (1..found.len()).rev() {
        let (next, factor) = (found[place].quantity.measure, found[place].factor);
        let joined = joins(tokens, found[place - 1].end, found[place].start);
        let previous = &mut found[place - 1];
        let Some(factor) = factor.filter(|_| joined && previous.factor.is_none()) else { continue };
        previous.quantity.measure = next;
        previous.quantity.value *= factor;
        previous.quantity.rounding *= factor;
        previous.factor = Some(factor);
        previous.is_name = false;
    }
    // "from 5% to 10": the second has the unit of the first only where a range is one token.
    for place in 1..found.len() {
        let (measure, factor) = (found[place - 1].quantity.measure, found[place - 1].factor);
        let is_spread = matches!(tokens.get(found[place - 1].end..found[place].start), Some([Token::Word { lower, .. }]) if lower == "±");
        let next = &mut found[place];
        let Some(factor) = factor.filter(|_| is_spread && next.factor.is_none()) else { continue };
        (next.quantity.measure, next.factor) = (measure, Some(factor));
        next.quantity.value *= factor;
        next.quantity.rounding *= factor;
    }
}

pub(super) fn word(tokens: &[Token], at: usize) -> Option<&str> {
    tokens.get(at).and_then(Token::word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each as "value measure bound".
    fn read(text: &str) -> Vec<String> {
        quantities(text).iter().map(told).collect()
    }

    fn told(q: &Quantity) -> String {
        let measure = match q.measure {
            Measure::Count => String::new(),
            Measure::Year => " calendar".into(),
            Measure::Share => "%".into(),
            Measure::Of(unit) => format!(" {unit}"),
            Measure::Product(parts) => {
                parts.iter().filter(|part| part.1 != 0).map(|(base, power)| format!(" {base}{power}")).collect()
            }
        };
        let bound = match q.bound {
            Bound::Exact => "",
            Bound::About => "~",
            Bound::Above => ">",
            Bound::AtLeast => "≥",
            Bound::Below => "<",
            Bound::AtMost => "≤",
        };
        let role = match q.role {
            Role::Value => "",
            Role::Spread => "±",
            Role::Interval => "ci ",
            Role::Level => "level ",
            Role::PValue => "p ",
        };
        let value = if q.value.abs() < 0.01 || q.value.abs() >= 1e7 {
            format!("{:e}", format!("{:.3e}", q.value).parse::<f64>().unwrap())
        } else {
            format!("{}", (q.value * 100.0).round() / 100.0)
        };
        format!("{bound}{role}{value}{measure}").replace("0e0", "0")
    }

    #[test]
    fn digits_words_and_scales() {
        assert_eq!(read("312 of 1,640 patients, or twenty-three of three million"), ["312", "1640", "23", "3000000"]);
        assert_eq!(read("2.5 million euros; a value of 0.04."), ["2500000 euro", "0.04"]);
        assert_eq!(read("$500,000 and over $ 2 million"), ["500000 dollar", ">2000000 dollar"]);
        assert_eq!(
            read("$4m, $ 2.3 mil, €2mn and £3k; 40 m"),
            ["4000000 dollar", "2300000 dollar", "2000000 euro", "3000 pound sterling", "40 metre"]
        );
        assert_eq!(
            read(
                "one hundred and fifty mice, two hundred thousand cells, a dozen, half a million, two and a half million"
            ),
            ["150", "200000", "12", "500000", "2500000"]
        );
        assert_eq!(
            read(
                "three thousand four hundred and twenty-one genes, one point five per cent, fifteen hundred, a hundred"
            ),
            ["3421", "1.5%", "1500", "100"]
        );
    }

    #[test]
    fn signs_are_kept() {
        for minus in ["-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2212}", "\u{fe63}", "\u{ff0d}"] {
            assert_eq!(read(&format!("It changed by {minus}3.2 points.")), ["-3.2"], "{minus}");
            assert_eq!(read(&format!("(change = {minus}.5)")), ["-0.5"], "{minus}");
        }
        assert_eq!(read("It changed by \u{2212} 3.2 points, or +3.2."), ["-3.2", "3.2"]);
        assert_eq!(
            read("from \u{2212}20 °C to 20 °C; \u{2212}20 to \u{2212}5 °C"),
            ["-20 celsius", "20 celsius", "-20 celsius", "-5 celsius"]
        );
        assert_eq!(
            read("\u{2212}20–\u{2212}5 °C and -20--5 °C"),
            ["-20 celsius", "-5 celsius", "-20 celsius", "-5 celsius"]
        );
        for text in ["5-10 mg", "5–10 mg", "5 – 10 mg", "5 mg-10 mg", "5 -10 mg", "5 to 10 mg", "between 5 and 10 mg"]
        {
            assert_eq!(read(text), ["5e-3 gram", "0.01 gram"], "{text}");
        }
        assert_eq!(read("5%-10%, 5–10%"), ["5%", "10%", "5%", "10%"]);
    }

    #[test]
    fn letters_for_thousands_and_more_are_told_from_units_by_context() {
        for text in ["350M parameters", "350 million parameters", "350M", "350 M parameters", "350m parameters"] {
            assert_eq!(read(text), ["3.5e8"], "{text}");
        }
        assert_eq!(
            read("a 7B model, 1.2k steps, 5K steps, 1.5bn people and 2T tokens"),
            ["7e9", "1200", "5000", "1.5e9", "2e12"]
        );
        assert_eq!(
            read("2 M NaCl, 5M urea, 0.5 M; 300 K, at 300K, 3 T, 3T MRI"),
            ["2 molar", "5 molar", "0.5 molar", "300 kelvin", "300 kelvin", "3 tesla", "3 tesla"]
        );
        assert_eq!(read("5 m deep, 5 min long, 7 d, 24h"), ["5 metre", "300 second", "604800 second", "86400 second"]);
    }

    #[test]
    fn units_are_converted() {
        assert_eq!(read("two weeks or 30 minutes or one week"), ["1209600 second", "1800 second", "604800 second"]);
        assert_eq!(
            read("a 10-year study of 2.3 km, 39 mg and 48.8 %"),
            ["3.156e8 second", "2300 metre", "0.04 gram", "48.8%"]
        );
        assert_eq!(read("from 10 to 20 mg, 5–10 per cent"), ["0.01 gram", "0.02 gram", "5%", "10%"]);
        assert_eq!(
            read("12 mmol, 12 µmol, 12 μmol, 12 mM, 12 mmol/L, 12 mmol l−1, 12 mmol L⁻¹"),
            ["0.01 mole", "1.2e-5 mole", "1.2e-5 mole", "0.01 molar", "0.01 molar", "0.01 molar", "0.01 molar"]
        );
        for text in ["5 mg/mL", "5 mg mL-1", "5 mg mL⁻¹", "5 mg per ml", "5 mg/ml", "5 g/L", "500 mg/dl", "5 mg·mL⁻¹"]
        {
            assert_eq!(read(text), ["5 gram1 litre-1"], "{text}");
        }
        assert_eq!(
            read("5 m/s, 18 km/h, 5 m s⁻¹, 2 cm², 3 cm3"),
            ["5 metre1 second-1", "5 metre1 second-1", "5 metre1 second-1", "2e-4 square metre", "3e-3 litre"]
        );
        assert_eq!(
            read("40 MPa, 40 mPa, 40 ℃, 40 °C, 40 ° C"),
            ["4e7 pascal", "0.04 pascal", "40 celsius", "40 celsius", "40 celsius"]
        );
    }

    #[test]
    fn points_are_not_per_cent() {
        for text in [
            "3 percentage points",
            "3 percentage-points",
            "3 pp",
            "3 %-points",
            "3 p.p.",
            "3 per cent points",
            "300 basis points",
        ] {
            assert_eq!(read(text), ["3 percentage point"], "{text}");
        }
        for text in ["3%", "3 percent", "3 per cent", "3 pct", "３％", "30‰", "a 3 percent rise"] {
            assert_eq!(read(text), ["3%"], "{text}");
        }
    }

    #[test]
    fn parts_of_a_whole_are_per_cent() {
        assert_eq!(read("Half of the streams, two thirds of them, fell by a third."), ["50%", "66.67%", "33.33%"]);
        assert_eq!(read("A third study; a quarter of the claims; three-quarters"), ["25%", "75%"]);
        assert_eq!(read("One in five mice, about 1 in 10 rats, 1 out of 4 dogs"), ["20%", "~10%", "25%"]);
        assert_eq!(
            read("One in 12 weeks; this one in 2010; 18 in 54"),
            ["7257600 second", "2010 calendar", "18", "54"]
        );
        assert_eq!(
            read("1/2 of the cells, ½ of them, 2½ mg, 12/54 patients"),
            ["50%", "50%", "2.5e-3 gram", "12", "54"]
        );
        assert_eq!(
            read("It doubled; 5x faster, 5× faster, a fivefold rise, 5-fold, five times as many"),
            ["2 fold", "5 fold", "5 fold", "5 fold", "5 fold", "5 fold"]
        );
    }

    #[test]
    fn bounds_are_read_on_both_sides() {
        assert_eq!(read("more than 60%, no more than 5, at least two years"), [">60%", "≤5", "≥6.312e7 second"]);
        assert_eq!(
            read("about 49%, ~7, below 2 °C, 65 or older, 65+, >= 3, fewer than half"),
            ["~49%", "~7", "<2 celsius", "≥65", "≥65", "≥3", "<50%"]
        );
    }

    #[test]
    fn names_ordinals_citations_and_what_was_named_before_are_no_quantities() {
        let none: [&str; 0] = [];
        assert_eq!(read("COVID-19, p53 and H1N1 in the 2nd trial of the 1990s [12, 14] was one of them."), none);
        assert_eq!(
            read("Type 2 diabetes in Table 3, phase 3; in group 2, 5-HT, 16S rRNA, 3D, v1.2.3, GPT-3.5, IL-6"),
            none
        );
        assert_eq!(read("The two methods, all three arms and these four groups differ in a two-sided test."), none);
        assert_eq!(read("In the control group 45 died; in this study 312 of 640"), ["45", "312", "640"]);
        assert_eq!(read("two of the eleven trials, the two weeks"), ["2", "11", "1209600 second"]);
    }

    #[test]
    fn p_values_intervals_and_spreads_are_told_from_findings() {
        for text in [
            "p = .03",
            "P=0·03",
            "p=0,03",
            "p-value of 0.03",
            "P value: 0.03",
            "p for trend = 0.03",
            "p = 3 × 10−2",
            "p = 3E-2",
            "𝑝 = 0.03",
            "p_adj = 0.03",
            "(two-sided p = .03)",
            "p (two-tailed) = 0.03",
            "p ＝ ０．０３",
            "p 0.03",
            "p value was .03",
        ] {
            assert_eq!(read(text), ["p 0.03"], "{text}");
        }
        for text in ["p < .05", "P<0·05", "p &lt 0.05".replace("&lt", "<").as_str(), "p less than 0.05", "ps < .05"] {
            assert_eq!(read(text), ["<p 0.05"], "{text}");
        }
        assert_eq!(read("p ⩽ 0.05"), ["≤p 0.05"]);
        assert_eq!(read("p = 10−5, p < 10^{-16}, p < 1e-5"), ["p 1e-5", "<p 1e-16", "<p 1e-5"]);
        for text in [
            "2.1 (95% CI 1.2–3.1)",
            "2.1, 95% confidence interval (CI): 1.2 to 3.1",
            "2.1 (CI 95%: 1.2, 3.1)",
            "2.1 [95 % CI, 1·2; 3·1]",
            "2.1 (95% CI = [1.2, 3.1])",
            "2.1 (95% credible interval from 1.2 to 3.1)",
        ] {
            assert_eq!(read(text), ["2.1", "level 95%", "ci 1.2", "ci 3.1"], "{text}");
        }
        assert_eq!(read("\u{2212}3 (95% CI \u{2212}5 to \u{2212}1)"), ["-3", "level 95%", "ci -5", "ci -1"]);
        assert_eq!(
            read("10 ± 2 mg, 10 +/- 2 mg, mean 5 (SD 2), 7 (IQR 3–9)"),
            ["0.01 gram", "±2e-3 gram", "0.01 gram", "±2e-3 gram", "5", "±2", "7", "±3", "±9"]
        );
    }

    #[test]
    fn spans_take_sign_number_and_unit() {
        let text = "It fell by \u{2212}3.2 kg in 48·8 per cent; 350M models.";
        let spans: Vec<&str> = quantities(text).iter().map(|q| q.span.of(text)).collect();
        assert_eq!(spans, ["\u{2212}3.2 kg", "48·8 per cent", "350M"]);
    }

    /// A number in English words.
    fn in_words(n: u32) -> String {
        let name = |value: u32| {
            super::numeral::WORDS
                .iter()
                .find(|(_, v)| *v == f64::from(value))
                .map_or("one", |(word, _)| word)
                .to_owned()
        };
        match n {
            0 => String::new(),
            1..=20 => name(n),
            21..=99 if n.is_multiple_of(10) => name(n),
            21..=99 => format!("{}-{}", name(n - n % 10), name(n % 10)),
            100..=999 if n.is_multiple_of(100) => format!("{} hundred", name(n / 100)),
            100..=999 => format!("{} hundred and {}", name(n / 100), in_words(n % 100)),
            1_000..=999_999 => {
                let rest = n % 1000;
                let joined = if rest == 0 {
                    ""
                } else if rest < 100 {
                    " and "
                } else {
                    " "
                };
                format!("{} thousand{joined}{}", in_words(n / 1000), in_words(rest))
            }
            _ => format!("{} million {}", in_words(n / 1_000_000), in_words(n % 1_000_000)).trim_end().to_owned(),
        }
    }

    fn grouped(n: u32, separator: &str) -> String {
        let digits = n.to_string();
        let mut out = String::new();
        for (place, c) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push_str(separator);
            }
            out.push(c);
        }
        out
    }

    proptest! {
        #[test]
        fn what_any_style_writes_reads_back_as_the_same(
            whole in 0_u32..99_999_999, decimals in 0_u32..1_000, places in 0_usize..3, style in 0_usize..12, unit in 0_usize..6,
            minus in prop::option::of(0_usize..4),
        ) {
            let units: [(&str, Measure, f64); 6] = [
                (" kg", Measure::Of("gram"), 1e3), ("%", Measure::Share, 1.0), (" mmol/L", Measure::Of("molar"), 1e-3),
                (" percentage points", Measure::Of("percentage point"), 1.0), (" µg", Measure::Of("gram"), 1e-6), (" per cent", Measure::Share, 1.0),
            ];
            let (unit, measure, factor) = units[unit];
            let part = format!("{:0places$}", decimals % 10_u32.pow(places as u32));
            let with = |mark: &str, group: &str| if places == 0 { grouped(whole, group) } else { format!("{}{mark}{part}", grouped(whole, group)) };
            let exponent = 6;
            let (written, value) = match style {
                0 => (with(".", ""), None),
                1 => (with(".", ","), None),
                2 => (with(".", " "), None),
                3 => (with(".", "'"), None),
                4 => (with("·", ""), None),
                5 if places != 0 => (with(",", " "), None),
                6 if places != 0 => (with(",", "."), None),
                7 => (format!("{} × 10⁻⁶", with(".", "")), Some(-exponent)),
                8 => (format!("{}x10^{{-6}}", with(".", "")), Some(-exponent)),
                9 => (format!("{}e-6", with(".", "")), Some(-exponent)),
                10 => (format!("{} × 10\u{2212}6", with(".", "")), Some(-exponent)),
                _ => (with(".", ""), None),
            };
            let plain: f64 = if places == 0 { f64::from(whole) } else { format!("{whole}.{part}").parse().unwrap() };
            let sign = minus.map_or("", |minus| ["-", "\u{2212}", "–", "\u{2010}"][minus]);
            let expected = plain * value.map_or(1.0, |e| 10_f64.powi(e)) * factor * if minus.is_some() { -1.0 } else { 1.0 };
            let text = format!("It changed by {sign}{written}{unit} in adults.");
            let read = quantities(&text);
            prop_assert_eq!(read.len(), 1, "{} {:?}", text, read);
            prop_assert!((read[0].value - expected).abs() <= 1e-9 * expected.abs(), "{} {:?}", text, read);
            prop_assert_eq!(read[0].measure, measure, "{}", text);
        }

        #[test]
        fn numbers_in_words_read_back(n in 2_u32..9_999_999) {
            let text = format!("There were {} patients.", in_words(n));
            let read = quantities(&text);
            prop_assert!(read.len() == 1 && (read[0].value - f64::from(n)).abs() < 1e-6, "{} {:?}", text, read);
        }

        #[test]
        fn no_text_breaks_it(text in "[0-9.,·×x^{}()e\\-−–%pPCI=<>±/ mgMKLA½⁹⁻°'$a-f\\[\\]]{0,60}|.{0,60}") {
            for quantity in quantities(&text) {
                prop_assert!(!quantity.span.of(&text).is_empty());
            }
        }
    }
}
