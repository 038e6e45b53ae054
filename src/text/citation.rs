//! Citations in running text: "[3, 5–7]", "(Ito et al., 2020; Berg, 2021a)", "Ito et al. (2020)", "ibid.", raised numbers.
//! The one recogniser: what counts as a citation is decided here, for claims and for drafts.

use super::{Span, abbreviation::STARTERS};
use serde::{Deserialize, Serialize};

/// Longest citation looked for, in characters: a stray bracket must not swallow the text.
const LONGEST: usize = 400;
/// Longest row of names looked for before a year in brackets, in bytes.
const LONGEST_NAMES: usize = 160;
/// Highest number of a reference, and most numbers of a range: longer lists are rare, larger numbers measure something.
const HIGHEST: u32 = 999;
const LONGEST_RANGE: u32 = 60;
/// Most words that may stand beside the works within brackets for the brackets to be a citation as a whole.
const MOST_BESIDE: usize = 2;

/// Words that lead into a citation within its brackets.
#[rustfmt::skip]
const LEADS: &[&str] = &[
    "a", "adapted", "after", "also", "although", "and", "as", "based", "but", "by", "c.f", "cf", "citing", "compare", "contra", "details",
    "e.g", "eg", "especially", "example", "following", "for", "from", "further", "i.e", "ie", "in", "including", "instance",
    "likewise", "on", "or", "overview", "particularly", "review", "reviewed", "review:", "reviews", "see", "similarly", "the", "viz", "with",
];
/// Words and signs that say where in a work: "p. 3", "Table 2".
#[rustfmt::skip]
const LOCATORS: &[&str] = &[
    "app", "appendix", "ch", "chap", "chapter", "col", "eq", "eqs", "equation", "fig", "figs", "figure", "line", "lines", "loc", "n",
    "note", "p", "page", "pages", "para", "part", "pp", "sec", "section", "sect", "suppl", "table", "tab", "theorem", "thm", "vol", "§", "§§",
];
/// What stands for a year.
const YEARLESS: &[&str] = &["n.d.", "n. d.", "in press", "forthcoming", "in preparation", "op. cit.", "loc. cit."];
/// Words with a capital before a year that name no author.
#[rustfmt::skip]
const NO_NAMES: &[&str] = &[
    "Appendix", "Apr", "April", "Aug", "August", "Autumn", "Chapter", "Dec", "December", "Eq", "Equation", "Experiment", "Feb", "February",
    "Fig", "Figure", "Figures", "Friday", "Grant", "Jan", "January", "Jul", "July", "Jun", "June", "Mar", "March", "May", "Model", "Monday", "No",
    "Nov", "November", "Oct", "October", "Part", "Phase", "Release", "Saturday", "Section", "Sep", "Sept", "September", "Spring", "Step", "Study",
    "Summer", "Sunday", "Table", "Tables", "Thursday", "Tuesday", "Version", "Wednesday", "Winter",
];
/// Small words within names: of persons, and of bodies.
const PARTICLES: &[&str] = &[
    "af", "al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la",
    "las", "le", "los", "ten", "ter", "und", "van", "vom", "von", "zu", "zur",
];
const OF: &[&str] = &["for", "of", "on", "the"];
/// What stands for the authors that are not named.
pub(crate) const OTHERS: &[&str] = &[
    "et al.",
    "et al",
    "& al.",
    "and al.",
    "et coll.",
    "and colleagues",
    "& colleagues",
    "and others",
    "and coworkers",
    "and co-workers",
    "and collaborators",
    "and associates",
    "u. a.",
    "u.a.",
];
/// Nouns between an author and the year: "Ito's study (2020)".
const WORKS: &[&str] = &[
    "analysis",
    "article",
    "book",
    "experiment",
    "model",
    "paper",
    "report",
    "results",
    "review",
    "study",
    "survey",
    "trial",
    "work",
];
/// Names of what two numbers in brackets may be: "95% CI [2, 6]".
const INTERVALS: &[&str] = &["ci", "cri", "interval", "intervals", "iqr", "quartiles", "range", "limits", "bounds"];

/// How a citation stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Beside the text: `[12]`, `(Ito et al., 2020)`; the sentence is whole without it.
    Beside,
    /// Part of the text: "(2020)" of "Ito et al. (2020)"; the names before it belong to the sentence.
    Within,
}

/// One work as a citation gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cited {
    /// By its number in the list.
    Number(u32),
    /// By authors and year.
    Named {
        /// Family names or bodies, as written; a word that is no name may stand before them.
        names: Vec<String>,
        /// Whether more authors are meant: "et al."
        others: bool,
        /// The year with its letter ("2020a"), or what stands for one ("in press", "op. cit.").
        year: String,
    },
    /// By a key or a label: `ito2020` of `\cite{ito2020}`, `Ito20` of `[Ito20]`.
    Key(String),
    /// The work cited last: "ibid."
    Again,
}

/// A citation in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Where, its brackets included.
    pub span: Span,
    /// How it stands there.
    pub form: Form,
    /// What it cites, in order; never empty.
    pub works: Vec<Cited>,
}

/// Whether numbers in round brackets cite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// "(3)" is a number, an item of a list, an equation.
    Plain,
    /// "(3)" cites, as medical journals print it.
    Cites,
}

/// The citations in `text`, in order, not overlapping. Takes time in proportion to the text and never panics.
#[must_use]
pub fn citations(text: &str, round: Round) -> Vec<Citation> {
    let mut found: Vec<Citation> = Vec::new();
    let mut past = 0;
    for (at, c) in text.char_indices() {
        if at < past {
            continue;
        }
        let citation = match c {
            '[' | '(' => bracketed(text, at, round),
            'i' | 'I' => again(text, at),
            c if raised_digit(c).is_some() => raised(text, at),
            _ => None,
        };
        if let Some(citation) = citation {
            past = citation.span.end;
            push(text, citation, &mut found);
        }
    }
    found
}

/// Adds a citation; "[1]–[4]" and raised "1,2" after "1" become one.
fn push(text: &str, citation: Citation, found: &mut Vec<Citation>) {
    if let (Some(last), [Cited::Number(to)]) = (found.last_mut(), citation.works.as_slice())
        && let [.., Cited::Number(from)] = last.works[..]
        && is_dash_only(&text[last.span.end..citation.span.start])
        && let Some(range) = range(from, *to)
    {
        last.works.pop();
        last.works.extend(range);
        last.span.end = citation.span.end;
        return;
    }
    found.push(citation);
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2014}' | '\u{2212}')
}

fn is_dash_only(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(is_dash)
}

/// A citation in the brackets that open at `at`.
fn bracketed(text: &str, at: usize, round: Round) -> Option<Citation> {
    let inner = inside(&text[at..])?;
    let span = Span { start: at, end: at + inner.len() + 2 };
    let square = text[at..].starts_with('[');
    let before = &text[..at];
    let beside = |works: Vec<Cited>| Some(Citation { span, form: Form::Beside, works });
    if (square || round == Round::Cites && !is_item(before))
        && let Some(works) = numbers(inner).filter(|works| !is_statistic(before, works))
    {
        return beside(works);
    }
    if is_again(inner) {
        return beside(vec![Cited::Again]);
    }
    if let Some(works) = years_alone(before, inner) {
        return Some(Citation { span, form: Form::Within, works });
    }
    if let Some(works) = labels(inner, square) {
        return beside(works);
    }
    let (works, within) = named(inner);
    if works.is_empty() {
        return None;
    }
    let offset = at + 1;
    let part = Span { start: offset + within.start, end: offset + within.end };
    Some(Citation { span: if is_whole(inner, within) { span } else { part }, form: Form::Beside, works })
}

/// What stands in the bracket that `text` starts with, where it closes soon.
fn inside(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().take(LONGEST) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return text.get(1..at);
                }
            }
            _ => {}
        }
    }
    None
}

/// "3", "3, 5–7", "see 3; 9, p. 12": numbers of a list, ranges written out.
fn numbers(inner: &str) -> Option<Vec<Cited>> {
    let mut works = Vec::new();
    let mut located = false;
    for (separator, part) in parts(without_leads(inner)) {
        located &= separator != ';';
        let part = part.trim();
        if located || is_locator(part) && !works.is_empty() {
            located = true;
            continue;
        }
        // "2 p. 4"
        let (number, locator) = part.split_once(' ').map_or((part, ""), |(number, rest)| (number, rest.trim()));
        if is_locator(locator)
            && let Some(number) = number_of(number)
        {
            works.push(Cited::Number(number));
            located = true;
            continue;
        }
        match part.split_once(is_dash) {
            None => works.push(Cited::Number(number_of(part)?)),
            Some((from, to)) => {
                works.extend(range(number_of(from.trim())?, number_of(to.trim_matches(|c| is_dash(c) || c == ' '))?)?);
            }
        }
    }
    (!works.is_empty()).then_some(works)
}

/// The parts between commas and semicolons, each with the sign before it.
fn parts(text: &str) -> impl Iterator<Item = (char, &str)> {
    let mut separator = ';';
    text.split_inclusive([',', ';']).map(move |part| {
        let before = separator;
        separator = part.chars().next_back().unwrap_or(',');
        (before, part.trim_end_matches([',', ';']))
    })
}

fn number_of(text: &str) -> Option<u32> {
    let plain = text.len() <= 3 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|&number: &u32| plain && number <= HIGHEST)
}

fn range(from: u32, to: u32) -> Option<impl Iterator<Item = Cited>> {
    (from < to && to - from <= LONGEST_RANGE).then(|| (from..=to).map(Cited::Number))
}

/// "p. 8", "Sec. 4", "§ 2".
fn is_locator(text: &str) -> bool {
    let word = text.split(|c: char| c.is_whitespace() || c == '.' || c.is_ascii_digit()).next().unwrap_or_default();
    LOCATORS.contains(&word.to_lowercase().as_str())
}

/// Whether the words of `text` only lead into citations or connect them.
pub(crate) fn only_leads(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '~'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .all(|word| word.is_empty() || LEADS.contains(&word.as_str()))
}

/// Without "see", "e.g.," and the like at the start.
fn without_leads(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let end = rest.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches(['.', ':']).to_lowercase();
        if end == rest.len() || !LEADS.contains(&word.as_str()) {
            return rest;
        }
        rest = rest[end..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }
}

/// Whether a number in round brackets behind this text is an item of a list: "three things: (1) …, (2) …".
fn is_item(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with([':', ';', ',', '.']) || before.ends_with(" and") || before.ends_with(" or")
}

/// "9 [2-21]", "95% CI [2, 6]", "F[1,12]": two numbers that measure something.
fn is_statistic(before: &str, works: &[Cited]) -> bool {
    let glued = before.trim_end() == before;
    let word = before.trim_end().rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    if glued && word.chars().count() == 1 && word != "." {
        return true;
    }
    let measured = word.ends_with(|c: char| c.is_ascii_digit()) && !is_year(word);
    works.len() > 1 && (measured || INTERVALS.contains(&word.to_lowercase().as_str()))
}

/// "2020", "2020a".
fn is_year(text: &str) -> bool {
    let digits = text.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(text);
    digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits.starts_with("20") || digits.starts_with('1') && digits.as_bytes()[1] >= b'5')
}

/// "ibid.", "ibid., p. 4", "ibidem".
fn is_again(inner: &str) -> bool {
    let inner = without_leads(inner);
    let word = inner.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(word.to_lowercase().as_str(), "ibid" | "ibidem") && inner.len() < 40
}

/// "Ibid." as a word of its own.
fn again(text: &str, at: usize) -> Option<Citation> {
    let starts_word = !text[..at].ends_with(char::is_alphanumeric);
    let word: String = text[at..].chars().take_while(|c| c.is_alphabetic()).take(7).collect();
    if !starts_word || !matches!(word.to_lowercase().as_str(), "ibid" | "ibidem") {
        return None;
    }
    let stop = usize::from(text[at + word.len()..].starts_with('.'));
    Some(Citation {
        span: Span { start: at, end: at + word.len() + stop },
        form: Form::Beside,
        works: vec![Cited::Again],
    })
}

/// "(2020)", "(2020a, 2021; p. 4)" behind a name.
fn years_alone(before: &str, inner: &str) -> Option<Vec<Cited>> {
    let mut years: Vec<String> = Vec::new();
    for (_, part) in parts(inner) {
        let part = part.trim();
        let first = part.split([' ', ':']).next().unwrap_or_default();
        let last_digits = years.last().and_then(|year| year.get(..4)).map(str::to_owned);
        if is_year(part) || YEARLESS.contains(&part) {
            years.push(part.to_owned());
        } else if is_year(first) && part.contains(':') {
            years.push(first.to_owned());
        } else if let Some(digits) = last_digits.clone().filter(|_| is_letter(part)) {
            years.push(format!("{digits}{part}"));
        } else if last_digits.is_none() || !(is_locator(part) || part.starts_with(|c: char| c.is_ascii_digit())) {
            return None;
        }
    }
    let names = names_before(before, false)?;
    let work = |year| Cited::Named { names: names.names.clone(), others: names.others, year };
    Some(years.into_iter().map(work).collect::<Vec<_>>()).filter(|works| !works.is_empty())
}

fn is_letter(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|b| b.is_ascii_lowercase())
}

/// Labels ("[Ito20]", "[ABC+19, Def20]"), and keys that a conversion left standing ("(ito2020)").
fn labels(inner: &str, square: bool) -> Option<Vec<Cited>> {
    let label = |key: &str| {
        let key = key.trim();
        let digits = key.find(|c: char| c.is_ascii_digit()).unwrap_or(key.len());
        let (name, year) = key.split_at(digits);
        let year_digits = year.bytes().take_while(u8::is_ascii_digit).count();
        let is_label = !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'+' | b':' | b'_'))
            && (square && year_digits >= 2 || year_digits == 4 && is_year(&year[..4]));
        is_label.then(|| Cited::Key(key.to_owned()))
    };
    inner.split([',', ';']).map(label).collect()
}

/// The works named in `inner`, and the part of it that they take.
fn named(inner: &str) -> (Vec<Cited>, Span) {
    let mut works: Vec<Cited> = Vec::new();
    let mut taken = Span { start: 0, end: 0 };
    let mut from = 0;
    for (year, text) in years(inner) {
        let segment = &inner[from..year.start];
        let start = match (names_before(segment, true), works.last()) {
            (Some(found), _) => {
                works.push(Cited::Named { names: found.names, others: found.others, year: text });
                from + found.start
            }
            // "2019a, 2020", "2019a, b": the same authors.
            (None, Some(Cited::Named { names, others, .. })) if !segment.contains(char::is_alphabetic) => {
                works.push(Cited::Named { names: names.clone(), others: *others, year: text });
                from
            }
            _ => continue,
        };
        if works.len() == 1 {
            taken.start = start;
        }
        taken.end = year.end;
        from = year.end;
    }
    (works, taken)
}

/// Years and what stands for one, with their places; a letter behind a year with a letter is a year too.
fn years(text: &str) -> Vec<(Span, String)> {
    let mut found: Vec<(Span, String)> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
            continue;
        }
        let Some(from) = start.take() else { continue };
        let word = &text[from..at];
        let span = Span { start: from, end: at };
        if is_year(word) {
            found.push((span, word.to_owned()));
        } else if is_letter(word)
            && let Some((last, year)) = found.last()
            && year.len() == 5
            && text[last.end..from].chars().all(|c| matches!(c, ',' | ' ' | '&'))
        {
            let year = format!("{}{word}", &year[..4]);
            found.push((span, year));
        }
    }
    for mark in YEARLESS {
        if let Some(at) = text.find(mark) {
            found.push((Span { start: at, end: at + mark.len() }, (*mark).to_owned()));
        }
    }
    found.sort_by_key(|(span, _)| span.start);
    found
}

/// Whether brackets hold nothing but the works at `within`, words that lead to them, and places in them.
fn is_whole(inner: &str, within: Span) -> bool {
    let before = inner[..within.start].split_whitespace();
    let stray = before
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty() && !LEADS.contains(&word.as_str()))
        .count();
    let after = parts(&inner[within.end..]).map(|(_, part)| part.trim()).filter(|part| {
        !part.is_empty()
            && !is_locator(part)
            && !part.starts_with(|c: char| c.is_ascii_digit() || c == ':')
            && !LEADS.contains(part)
    });
    stray <= MOST_BESIDE
        && after.map(|part| without_leads(part).split_whitespace().count()).sum::<usize>() <= MOST_BESIDE
}

struct Names {
    names: Vec<String>,
    others: bool,
    /// Where they start, in bytes.
    start: usize,
}

/// The names at the end of `text`: "Ito", "Ito and Berg", "Ito, Berg, & Cole", "van der Lint et al.", "Institute of Gears".
/// Between commas alone they are names within brackets only.
fn names_before(text: &str, bracketed: bool) -> Option<Names> {
    let cut = text.floor_char_boundary(text.len().saturating_sub(LONGEST_NAMES));
    let mut rest = text[cut..].trim_end_matches([',', ' ', ':', '\n', '\u{a0}', '*', '_']);
    // "Ito's study (2020)"
    if !bracketed
        && let Some((before, noun)) = rest.rsplit_once(' ')
        && WORKS.contains(&noun)
        && (before.ends_with("'s") || before.ends_with("’s"))
    {
        rest = before;
    }
    rest = possessor(rest);
    let lower_end = rest.len();
    let others = OTHERS.iter().find(|others| {
        rest.len() > others.len()
            && rest.is_char_boundary(lower_end - others.len())
            && rest[lower_end - others.len()..].eq_ignore_ascii_case(others)
    });
    if let Some(others) = others {
        rest = rest[..rest.len() - others.len()].trim_end_matches([',', ' ', '\u{a0}', '\n', '*', '_']);
    }
    let mut names: Vec<String> = Vec::new();
    let mut joined = bracketed;
    let mut start = rest.len();
    while let Some((name, at)) = name_at_end(rest) {
        start = at;
        names.extend(name);
        let before = rest[..at].trim_end();
        let bare = before.trim_end_matches([',', ' ']);
        let conjunction = ["and", "&", "und", "et", "y", r"\&"]
            .iter()
            .find_map(|word| bare.strip_suffix(word).filter(|left| left.ends_with([' ', ',', '\n', '\u{a0}'])));
        if let Some(left) = conjunction {
            joined = true;
            rest = left.trim_end_matches([',', ' ', '\n', '\u{a0}']);
        } else if joined && before.ends_with(',') {
            rest = bare;
        } else {
            break;
        }
    }
    names.reverse();
    names.retain(|name| !name.is_empty());
    (!names.is_empty()).then_some(Names { names, others: others.is_some(), start: cut + start })
}

/// Without the ending of a possessive.
fn possessor(text: &str) -> &str {
    ["'s", "’s", "'", "’"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text)
}

/// The name that `text` ends with, and where it starts; initials belong to it and are left out. An empty name for initials
/// alone ("Ito, K."), which a family name stands before.
fn name_at_end(text: &str) -> Option<(Option<String>, usize)> {
    let mut words: Vec<&str> = Vec::new();
    let mut start = text.len();
    let mut initials = false;
    let mut rest = text;
    loop {
        let trimmed = rest.trim_end_matches([' ', '\n', '\u{a0}']);
        let from = trimmed
            .rfind(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | '[' | '—' | '–' | '“' | '"' | ':'))
            .map_or(0, |at| at + trimmed[at..].chars().next().map_or(1, char::len_utf8));
        let word = &trimmed[from..];
        let bare = word.trim_matches(['*', '_', '{', '}']);
        let is_initial = !bare.is_empty()
            && bare.split(['.', '-']).all(|part| part.chars().count() <= 1 && part.chars().all(char::is_uppercase))
            && bare.contains('.');
        let is_small = PARTICLES.contains(&bare) || (OF.contains(&bare) && !words.is_empty());
        let capital = is_name(bare);
        if !(is_initial || is_small && !words.is_empty() || capital) {
            break;
        }
        // A stop before a name ends what it may have to do with the text before.
        if bare.ends_with('.') && !is_initial {
            break;
        }
        if is_initial {
            initials = true;
        } else {
            words.push(bare);
        }
        start = from;
        rest = &trimmed[..from];
        if !rest.ends_with([' ', '\n', '\u{a0}']) {
            break;
        }
    }
    // Words that start a sentence, and small words of bodies that nothing stands before.
    while words.last().is_some_and(|word| {
        OF.contains(word) || STARTERS.binary_search(word).is_ok() || *word == "al" || NO_NAMES.contains(word)
    }) {
        let dropped = words.pop().unwrap_or_default();
        start = text[start..].find(dropped).map_or(start, |at| start + at + dropped.len());
        start += text[start..].len() - text[start..].trim_start().len();
    }
    let has_name = words.iter().any(|word| word.starts_with(char::is_uppercase));
    words.reverse();
    if has_name { Some((Some(words.join(" ")), start)) } else { initials.then_some((None, start)) }
}

/// A word that may be part of a name: a capital, and letters.
fn is_name(word: &str) -> bool {
    let letters = word.strip_suffix(['\'', '’']).unwrap_or(word);
    let mut chars = letters.chars();
    let apostrophe =
        letters.strip_prefix("d'").or_else(|| letters.strip_prefix("d’")).or_else(|| letters.strip_prefix("al-"));
    let first = apostrophe.map_or_else(|| chars.next(), |rest| rest.chars().next());
    first.is_some_and(char::is_uppercase)
        && letters.chars().count() > 1
        && letters.chars().all(|c| {
            c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.' | '\u{2010}' | '\u{301}') && !letters.ends_with('.')
        })
        && !NO_NAMES.contains(&letters)
}

/// The digit that a raised digit stands for.
fn raised_digit(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        _ => return None,
    })
}

/// Letters of a word that a raised number behind it cites rather than raises: "m²", "cm³" and "R²" have fewer or are units.
const LEAST_LETTERS: usize = 3;
const UNITS: &[&str] = &["inch", "mol", "feet", "foot", "sec", "min", "log", "sin", "cos", "tan", "exp", "kPa", "MPa"];

/// Raised numbers that start at `at`: "shown.¹⁻³", "authors¹,²".
fn raised(text: &str, at: usize) -> Option<Citation> {
    let before = &text[text.floor_char_boundary(at.saturating_sub(LONGEST_NAMES))..at];
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let behind_word =
        word.chars().count() >= LEAST_LETTERS && word.chars().all(char::is_alphabetic) && !UNITS.contains(&word);
    let behind_stop = before.ends_with(['.', ',', ';', ':', ')', ']', '”', '"', '’', '?', '!', '%']);
    let behind_number = word.is_empty() || word.ends_with(|c: char| c.is_ascii_digit());
    if !(behind_word || behind_stop && behind_number) || before.is_empty() {
        return None;
    }
    let mut plain = String::new();
    let mut end = at;
    let mut chars = text[at..].char_indices().take(LONGEST_NAMES).peekable();
    while let Some((offset, c)) = chars.next() {
        let next = chars.peek().and_then(|&(_, next)| raised_digit(next));
        match raised_digit(c) {
            Some(digit) => plain.push(digit),
            None if next.is_some() && (c == '⁻' || is_dash(c)) => plain.push('-'),
            None if next.is_some() && matches!(c, ',' | '˒' | 'ʼ' | '\u{2e34}') => plain.push(','),
            None => break,
        }
        end = at + offset + c.len_utf8();
    }
    let works = numbers(&plain)?;
    Some(Citation { span: Span { start: at, end }, form: Form::Beside, works })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The works of a text in short: numbers, "names|year", labels, "again"; a form within the text in braces.
    fn short(text: &str) -> String {
        let work = |work: &Cited| match work {
            Cited::Number(number) => number.to_string(),
            Cited::Named { names, others, year } => {
                format!("{}{}|{year}", names.join("&"), if *others { "+" } else { "" })
            }
            Cited::Key(label) => label.clone(),
            Cited::Again => "again".to_owned(),
        };
        let all = citations(text, Round::Plain).into_iter().map(|citation| {
            let works = citation.works.iter().map(work).collect::<Vec<_>>().join(" ");
            if citation.form == Form::Within { format!("{{{works}}}") } else { works }
        });
        all.collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn numbers_are_read_with_their_ranges() {
        for (text, works) in [
            ("It rose [3].", "3"),
            ("It rose [3, 5–7] and fell [9-11,13].", "3 5 6 7 / 9 10 11 13"),
            ("As seen [1]–[4].", "1 2 3 4"),
            ("As seen [1], [4].", "1 / 4"),
            ("It rose [see 3, p. 12; 5].", "3 5"),
            ("It reached 0.81 [3] in 2019 [4, 5].", "3 / 4 5"),
            ("It rose.¹⁻³ Authors⁴,⁵ say so.", "1 2 3 / 4 5"),
        ] {
            assert_eq!(short(text), works, "{text}");
        }
        assert_eq!(citations("It rose (3, 4).", Round::Cites).len(), 1);
    }

    #[test]
    fn names_are_read_with_their_years() {
        for (text, works) in [
            ("It rose (Ito et al., 2020; Berg, 2021a).", "Ito+|2020 Berg|2021a"),
            ("It rose (e.g., Ito & Berg, 2020a, b; 2021).", "Ito&Berg|2020a Ito&Berg|2020b Ito&Berg|2021"),
            ("Ito, Berg, and Cole (2020) agree.", "{Ito&Berg&Cole|2020}"),
            ("However, Ito et al. (2020, p. 4) agree.", "{Ito+|2020}"),
            ("In the trial of van der Lint and Øre (2019)", "{van der Lint&Øre|2019}"),
            ("It rose (World Gear Council 2015, 46).", "World Gear Council|2015"),
            ("It rose (Ministry of Gears, n.d.).", "Ministry of Gears|n.d."),
            ("Ito's (2020) trial and Berg's study (2021) agree.", "{Ito|2020} / {Berg|2021}"),
            ("It rose (ibid., p. 4). Ibid. says so.", "again / again"),
            ("It rose [Ito20, ABC+19].", "Ito20 ABC+19"),
            ("It rose (Ito, op. cit.).", "Ito|op. cit."),
            ("It rose [Ito 2020].", "Ito|2020"),
        ] {
            assert_eq!(short(text), works, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_citation_is_none() {
        for text in [
            "It rose (see below).",
            "It lies in [0, 1].",
            "It ran (May to June 2020).",
            "It rose (COVID-19).",
            "It rose to 9 [2-21] (95% CI [2, 6]).",
            "It rose (F[1,12] = 8) on 10⁴ m² at R² = 1 and 30 kg/m².",
            "It rose (Table 2020), (Version 2019).",
            "It rose (1990–2020) by (3).",
            "In 2019 (2020) it rose.",
        ] {
            assert_eq!(short(text), "", "{text}");
        }
    }

    #[test]
    fn brackets_with_more_than_works_keep_their_text() {
        let text = "It rose (by a fifth in forty rats in Ito, 2020) then.";
        assert_eq!(citations(text, Round::Plain)[0].span.of(text), "Ito, 2020");
        let text = "It rose (see also the trial by Ito, 2020, p. 3) then.";
        assert_eq!(citations(text, Round::Plain)[0].span.of(text), "(see also the trial by Ito, 2020, p. 3)");
    }

    #[test]
    fn hostile_texts_take_linear_time() {
        for unit in ["(", "[", "([", "[1]-", "(A, ", "A & ", "2020 ", "(2020)", "¹", "¹,", "ibid", "(Aa 2020", "de "]
        {
            let text = unit.repeat(100_000 / unit.len());
            assert!(citations(&text, Round::Cites).len() <= text.len());
        }
    }

    proptest! {
        #[test]
        fn spans_are_in_order_and_within_the_text(
            text in "(?s)([(\\[\\])]|[0-9]{1,4}|[,;:. &–-]|et al\\.|and|Ito|de|²|⁴|ibid|’s|é|n\\.d\\.){0,40}|.{0,60}"
        ) {
            for round in [Round::Plain, Round::Cites] {
                let mut past = 0;
                for citation in citations(&text, round) {
                    prop_assert!(citation.span.start >= past && !citation.span.of(&text).is_empty());
                    prop_assert!(!citation.works.is_empty());
                    past = citation.span.end;
                }
            }
        }
    }
}
