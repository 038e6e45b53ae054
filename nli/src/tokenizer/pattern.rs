//! The regular expressions of `Replace`, as far as files of tokenizers hold them: alternatives of runs of one character
//! each, perhaps at the beginning or the end: `\s{2,}|[\n\r\t]`, ` {2,}`, `\s+`, `[^a-z]`, `\A +| +\z`. Anything else is
//! refused by name.

use std::ops::RangeInclusive;

/// Alternatives, tried in order at every place, as Oniguruma does.
#[derive(Clone, Debug)]
pub(super) struct Pattern(Vec<Alternative>);

#[derive(Clone, Debug, Default)]
struct Alternative {
    runs: Vec<Run>,
    /// Where it may begin and end; anywhere where there is none.
    begins: Option<Anchor>,
    ends: Option<Anchor>,
}

#[derive(Clone, Copy, Debug)]
enum Anchor {
    /// `\A`, `\z`: of the text.
    Text,
    /// `^`, `$`: of a line, as in Ruby's expressions.
    Line,
}

impl Anchor {
    fn begins(self, text: &str, at: usize) -> bool {
        at == 0 || matches!(self, Self::Line) && text[..at].ends_with('\n')
    }

    fn ends(self, text: &str, at: usize) -> bool {
        at == text.len() || matches!(self, Self::Line) && text[at..].starts_with('\n')
    }
}

/// Some times one character of a set, as often as possible.
#[derive(Clone, Debug)]
struct Run {
    set: Set,
    least: usize,
    most: usize,
}

#[derive(Clone, Debug, Default)]
struct Set {
    negated: bool,
    /// `\s`: white space of all kinds.
    spaces: bool,
    /// `\S`.
    others_than_spaces: bool,
    ranges: Vec<RangeInclusive<char>>,
}

impl Set {
    fn has(&self, c: char) -> bool {
        let listed = self.spaces && c.is_whitespace()
            || self.others_than_spaces && !c.is_whitespace()
            || self.ranges.iter().any(|range| range.contains(&c));
        listed != self.negated
    }
}

impl Pattern {
    /// `None` where it holds what is not known here, or could match nothing at all.
    pub(super) fn parse(pattern: &str) -> Option<Self> {
        let mut rest = pattern;
        let mut alternatives = vec![Alternative::default()];
        while let Some(c) = rest.chars().next() {
            let last = alternatives.last_mut()?;
            if let Some(after) = rest.strip_prefix('|') {
                (rest, _) = (after, alternatives.push(Alternative::default()));
                continue;
            }
            // Nothing stands behind an end.
            if last.ends.is_some() {
                return None;
            }
            if let Some((anchor, after)) = anchor(rest, [r"\A", "^"]) {
                if last.begins.is_some() || !last.runs.is_empty() {
                    return None;
                }
                (rest, last.begins) = (after, Some(anchor));
                continue;
            }
            if let Some((anchor, after)) = anchor(rest, [r"\z", "$"]) {
                (rest, last.ends) = (after, Some(anchor));
                continue;
            }
            let (set, after) = match c {
                '[' => class(rest)?,
                '\\' => escape(&rest[1..])?,
                '(' | ')' | '.' | '*' | '+' | '?' | '{' | '}' | ']' => return None,
                c => (of(c), &rest[c.len_utf8()..]),
            };
            let (least, most, after) = quantity(after)?;
            rest = after;
            last.runs.push(Run { set, least, most });
        }
        let matches_nothing = |alternative: &Alternative| alternative.runs.iter().all(|run| run.least == 0);
        (!alternatives.iter().any(matches_nothing)).then_some(Self(alternatives))
    }

    /// Every match, from the left, replaced by `to`.
    pub(super) fn replace(&self, text: &str, to: &str) -> String {
        let mut replaced = String::with_capacity(text.len());
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            match self.0.iter().find_map(|alternative| alternative.end(text, at)) {
                Some(end) => {
                    replaced += to;
                    at = end;
                }
                None => {
                    replaced.push(c);
                    at += c.len_utf8();
                }
            }
        }
        replaced
    }
}

impl Alternative {
    /// Where its match from `start` on ends.
    fn end(&self, text: &str, start: usize) -> Option<usize> {
        let begins = self.begins.is_none_or(|anchor| anchor.begins(text, start));
        begins.then(|| self.end_of(&self.runs, text, start)).flatten()
    }

    /// Where runs end: each as long as it can be, shorter where the next ones need it.
    fn end_of(&self, runs: &[Run], text: &str, start: usize) -> Option<usize> {
        let Some((run, rest)) = runs.split_first() else {
            return self.ends.is_none_or(|anchor| anchor.ends(text, start)).then_some(start);
        };
        let in_set = text[start..].char_indices().take(run.most).take_while(|&(_, c)| run.set.has(c));
        let mut ends = vec![start];
        ends.extend(in_set.map(|(at, c)| start + at + c.len_utf8()));
        ends.into_iter().skip(run.least).rev().find_map(|end| self.end_of(rest, text, end))
    }
}

/// The anchor of the text or of a line that an expression goes on with.
fn anchor<'a>(rest: &'a str, [of_text, of_line]: [&str; 2]) -> Option<(Anchor, &'a str)> {
    let text = rest.strip_prefix(of_text).map(|after| (Anchor::Text, after));
    text.or_else(|| Some((Anchor::Line, rest.strip_prefix(of_line)?)))
}

fn of(c: char) -> Set {
    Set { ranges: vec![c..=c], ..Set::default() }
}

/// What follows a backslash.
fn escape(rest: &str) -> Option<(Set, &str)> {
    let c = rest.chars().next()?;
    let set = match c {
        's' => Set { spaces: true, ..Set::default() },
        'S' => Set { others_than_spaces: true, ..Set::default() },
        'n' => of('\n'),
        'r' => of('\r'),
        't' => of('\t'),
        'f' => of('\u{c}'),
        'v' => of('\u{b}'),
        c if c.is_ascii_punctuation() => of(c),
        _ => return None,
    };
    Some((set, &rest[c.len_utf8()..]))
}

/// A set in brackets: single characters, ranges, escapes; perhaps denied.
fn class(rest: &str) -> Option<(Set, &str)> {
    let mut rest = &rest[1..];
    let mut set = Set::default();
    if let Some(after) = rest.strip_prefix('^') {
        (set.negated, rest) = (true, after);
    }
    loop {
        let c = rest.chars().next()?;
        let (one, after) = match c {
            ']' if !set.ranges.is_empty() || set.spaces || set.others_than_spaces => return Some((set, &rest[1..])),
            '\\' => escape(&rest[1..])?,
            // Classes within classes, and "[]", which engines read differently.
            '[' | ']' | '&' => return None,
            c => (of(c), &rest[c.len_utf8()..]),
        };
        set.spaces |= one.spaces;
        set.others_than_spaces |= one.others_than_spaces;
        rest = after;
        let range_to = rest.strip_prefix('-').filter(|after| !after.starts_with(']'));
        match (one.ranges.first(), range_to) {
            (Some(from), Some(after)) => {
                let to = after.chars().next().filter(|&to| to != '\\' && to != '[')?;
                set.ranges.push(*from.start()..=to);
                rest = &after[to.len_utf8()..];
            }
            _ => set.ranges.extend(one.ranges),
        }
    }
}

/// How often: `+`, `*`, `?`, `{2,}`, `{1,3}`, `{2}`, or once. Lazy and possessive forms are not known.
fn quantity(rest: &str) -> Option<(usize, usize, &str)> {
    let (least, most, after) = match rest.chars().next() {
        Some('+') => (1, usize::MAX, &rest[1..]),
        Some('*') => (0, usize::MAX, &rest[1..]),
        Some('?') => (0, 1, &rest[1..]),
        Some('{') => {
            let (inner, after) = rest[1..].split_once('}')?;
            let (least, most) = match inner.split_once(',') {
                Some((least, "")) => (least.parse().ok()?, usize::MAX),
                Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
                None => (inner.parse().ok()?, inner.parse().ok()?),
            };
            (least, most, after)
        }
        _ => return Some((1, 1, rest)),
    };
    (!after.starts_with(['+', '?', '*'])).then_some((least, most, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_published_files_replace_what_they_match() {
        let replaced = |pattern: &str, text: &str| Pattern::parse(pattern).unwrap().replace(text, "_");
        assert_eq!(replaced(r"\s{2,}|[\n\r\t]", "a  b\tc d\n\ne\u{3000} f"), "a_b_c d_e_f");
        assert_eq!(replaced(" {2,}", "a b  c   d\t\t"), "a b_c_d\t\t");
        assert_eq!(replaced(r"\s+", " a \n b"), "_a_b");
        assert_eq!(replaced(r"[\r\n\t]", "a\r\nb"), "a__b");
        assert_eq!(replaced("[^a-c ]", "abcd e"), "abc_ _");
        assert_eq!(replaced("a+ab", "aaab ab"), "_ ab", "a run gives back what the next one needs");
        assert_eq!(replaced(r"\A +| +\z", "  a b \n "), "_a b \n_");
        assert_eq!(replaced("^x+|x$", "xxax\nxbx"), "_a_\n_b_");
        assert_eq!(replaced(r"^▁+$", "▁▁"), "_");
        assert_eq!(replaced("(?:x)".trim_matches(['(', ')', '?', ':']), "xyx"), "_y_");
        assert_eq!(replaced(r"\.{3}|\u{2026}".replace(r"\u{2026}", "\u{2026}").as_str(), "a...b\u{2026}."), "a_b_.");
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for pattern in [
            "",
            "a|",
            "(ab)+",
            "^",
            "a^b",
            "a$b",
            ".",
            r"\p{L}",
            r"\d",
            "a*",
            "a+?",
            "[a",
            "[]",
            "a{2",
            "[[:alpha:]]",
            r"\",
        ] {
            assert!(Pattern::parse(pattern).is_none(), "{pattern}");
        }
    }
}
