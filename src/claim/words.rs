//! A sentence as words, and word patterns over it.

use crate::text::{Form, Measure, Quantity, Role, Round, citations, quantities};

/// What a word is, beyond its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A word, or a number that measures nothing (a year, a version, a count).
    Word,
    /// A number that measures: with a percent sign, a decimal point, a unit of comparison.
    Quantity,
    /// A citation that stands beside the text: "[12]", "(Ito et al., 2020)".
    Citation,
    /// A citation that is part of the text: "Ito et al. (2020)"; the names before it are words of their own.
    Year,
}

/// One word.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// In lower case, without punctuation around it; a citation is `@`.
    pub text: String,
    /// What it is.
    pub sort: Sort,
    /// True where it starts with a capital.
    pub capital: bool,
    /// True where a comma, semicolon, colon or dash follows.
    pub pause: bool,
}

/// The words of a sentence. Patterns run over them: words separated by spaces, where `a|b` is either, `?a` may be
/// missing, `~3` is up to three words of any kind, `@` is a citation and `#` a quantity.
pub(crate) struct Words(Vec<Word>);

impl Words {
    pub(crate) fn of(sentence: &str) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let mut numbers = quantities(sentence).into_iter().peekable();
        let mut cited = citations(sentence, Round::Plain).into_iter().peekable();
        let mut rest = sentence;
        while let Some(c) = rest.chars().next() {
            let at = sentence.len() - rest.len();
            if let Some(citation) = cited.next_if(|citation| citation.span.start <= at) {
                let sort = if citation.form == Form::Within { Sort::Year } else { Sort::Citation };
                words.push(Word { text: "@".to_owned(), sort, capital: false, pause: false });
                rest = &sentence[citation.span.end.max(at)..];
                continue;
            }
            if c.is_alphanumeric() {
                // A raised number behind a word is none of its letters.
                let limit = cited.peek().map_or(rest.len(), |citation| citation.span.start - at);
                let (raw, after) = rest.split_at(word_length(rest).min(limit));
                let (start, end) = (sentence.len() - rest.len(), sentence.len() - after.len());
                while numbers.next_if(|number| number.span.end <= start).is_some() {}
                let number = numbers.next_if(|number| number.span.start < end);
                let measures = number.is_some_and(|number| is_measure(&number, sentence, words.last()));
                words.push(Word {
                    text: raw.to_lowercase(),
                    sort: if measures { Sort::Quantity } else { Sort::Word },
                    capital: c.is_uppercase(),
                    pause: false,
                });
                rest = after;
                continue;
            }
            if c == '&' {
                words.push(Word { text: "and".to_owned(), sort: Sort::Word, capital: false, pause: false });
            }
            if matches!(c, ',' | ';' | ':' | '—' | '–' | '(' | ')')
                && let Some(last) = words.last_mut()
            {
                last.pause = true;
            }
            rest = &rest[c.len_utf8()..];
        }
        Self(words)
    }

    pub(crate) fn list(&self) -> &[Word] {
        &self.0
    }

    /// Whether the pattern stands anywhere.
    pub(crate) fn has(&self, pattern: &str) -> bool {
        self.find(pattern).is_some()
    }

    /// Whether any of the patterns stands anywhere.
    pub(crate) fn has_any(&self, patterns: &[&str]) -> bool {
        patterns.iter().any(|pattern| self.has(pattern))
    }

    /// Where the pattern first stands: index of its first word and one past its last.
    pub(crate) fn find(&self, pattern: &str) -> Option<(usize, usize)> {
        let parts: Vec<&str> = pattern.split(' ').collect();
        (0..self.0.len()).find_map(|start| self.matches(&parts, start).map(|end| (start, end)))
    }

    /// Whether the sentence starts with the pattern.
    pub(crate) fn starts(&self, pattern: &str) -> bool {
        self.matches(&pattern.split(' ').collect::<Vec<_>>(), 0).is_some()
    }

    /// Where the match of `parts` from `at` ends.
    fn matches(&self, parts: &[&str], at: usize) -> Option<usize> {
        let Some((&part, rest)) = parts.split_first() else { return Some(at) };
        if let Some(gap) = part.strip_prefix('~') {
            let longest: usize = gap.parse().unwrap_or(0);
            return (0..=longest).find_map(|skip| self.matches(rest, at + skip).filter(|_| at + skip <= self.0.len()));
        }
        let (part, optional) = part.strip_prefix('?').map_or((part, false), |part| (part, true));
        let here = self.0.get(at).is_some_and(|word| part.split('|').any(|choice| is_choice(word, choice)));
        let taken = if here { self.matches(rest, at + 1) } else { None };
        if optional { taken.or_else(|| self.matches(rest, at)) } else { taken }
    }
}

fn is_choice(word: &Word, choice: &str) -> bool {
    match choice {
        "#" => word.sort == Sort::Quantity,
        "@" => matches!(word.sort, Sort::Citation | Sort::Year),
        choice => word.text == choice,
    }
}

/// Length of the word at the start of `text`: marks count where a letter or digit follows them.
fn word_length(text: &str) -> usize {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        let within = match c {
            ',' => before.is_ascii_digit() && next.is_ascii_digit(),
            '-' | '\'' | '’' | '.' | '+' => next.is_alphanumeric(),
            c => c.is_alphanumeric() || c == '_' || c == '^',
        };
        if !within {
            return at;
        }
        before = c;
    }
    text.len()
}

/// Words that make the number before them a measurement.
const UNITS: &[&str] = &["point", "points", "bleu", "f1", "orders", "rouge", "auc"];

/// Whether a number measures something: a share, a multiple, decimals, a p-value; not a count, a year or a version.
fn is_measure(number: &Quantity, sentence: &str, last: Option<&Word>) -> bool {
    let is_measured = number.role != Role::Value
        || matches!(number.measure, Measure::Share | Measure::Of("percentage point" | "fold" | "decibel"));
    let unit = sentence[number.span.end..].trim_start();
    let next = unit[..word_length(unit)].to_lowercase();
    if is_measured || unit.starts_with('±') || UNITS.contains(&next.trim_end_matches("-level")) {
        return true;
    }
    // "Gemini 2.5" is a name.
    let named = last.is_some_and(|last| !last.pause && last.capital && last.text.len() > 4 && last.text != "score");
    let written = number.span.of(sentence);
    let is_decimal = written.contains(['.', '·']) || written.contains(',') && number.rounding < 0.5;
    is_decimal && written.starts_with(|c: char| !c.is_alphabetic()) && !named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorts(sentence: &str, sort: Sort) -> usize {
        Words::of(sentence).list().iter().filter(|word| word.sort == sort).count()
    }

    #[test]
    fn citations_are_known_by_their_form() {
        for cited in [
            "It rose [12].",
            "It rose [3, 4-6].",
            "It rose (Ito et al., 2020; Berg, 2021a).",
            "It rose [Ito20].",
            "It rose (e.g., Berg & Cole, 2019).",
        ] {
            assert_eq!(sorts(cited, Sort::Citation), 1, "{cited}");
        }
        for plain in [
            "It rose (see below).",
            "It lies in [0, 1].",
            "It ran (May to June).",
            "It rose (COVID-19).",
            "It rose (P=0.005).",
            "It rose to 9 [2-21].",
            "It rose (F[1,12] = 8).",
        ] {
            assert_eq!(sorts(plain, Sort::Citation), 0, "{plain}");
        }
        assert_eq!(sorts("Ito et al. (2020) and Berg (2021) agree.", Sort::Year), 2);
    }

    #[test]
    fn quantities_measure() {
        for measured in [
            "It rose by 3%.",
            "It is 2.5 times faster.",
            "It gained 4 points.",
            "It is 10x cheaper.",
            "p < 0.05",
            "It fell by half.",
            "It rose by .5 points.",
            "It fell by 48·8%.",
            "It changed by \u{2212}1.5 kg.",
            "It is three times as fast.",
            "It gained 3 percentage points.",
            "P=0·04",
        ] {
            assert_eq!(sorts(measured, Sort::Quantity), 1, "{measured}");
        }
        for named in [
            "See Section 4.1 for more.",
            "In 2019 it rose.",
            "We used Gemini 2.5 here.",
            "We asked 120 people.",
            "GPT-3.5 is older.",
        ] {
            assert_eq!(sorts(named, Sort::Quantity), 0, "{named}");
        }
    }

    #[test]
    fn patterns_match_words() {
        let words = Words::of("In this work, we also find that small models win by 3%.");
        assert!(words.has("we ?also|further find ?that small"));
        assert!(words.has("this ~3 find"));
        assert!(!words.has("this ~2 find"));
        assert!(words.has("by #") && words.starts("in this work|paper") && !words.has("models lose|fail"));
    }
}
