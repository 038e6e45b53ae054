//! Sentences, by rule.
//!
//! Why rules: a claim is quoted to a reader who will lose face over it, so a sentence must never be cut off. Where a
//! stop is ambiguous (an abbreviation, an initial, a bracket) the text is kept together: a span of two sentences is
//! whole, half a sentence is wrong.

use super::{
    Span,
    abbreviation::{BEFORE_NUMBER, MAY_END, NEVER_END, STARTERS, UNITS},
};

/// Longest bracket, quotation or formula, in characters, within which no sentence ends: a stray bracket must not
/// swallow a paper.
const LONGEST_BRACKET: usize = 600;

/// Words before an abbreviation of letters ("U.K.", "p.m.") that may end a sentence, at least: fewer are no sentence yet.
const LEAST_WORDS: usize = 3;

/// Longest word looked at, in characters; any longer one is neither an abbreviation nor a usual start.
const LONGEST_WORD: usize = 24;

/// The sentences of `text`, in order: byte spans that do not overlap, are trimmed of white space and together cover
/// every other character. Runs in linear time and never panics.
///
/// Not split at: abbreviations, initials, decimals, versions, addresses, `$formulas$`, within brackets and curly
/// quotation marks, before a word in plain lower case. Always split at blank lines and before list bullets.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let splitter = Splitter { kept: kept_together(&chars), chars, text };
    splitter.split()
}

struct Splitter<'a> {
    text: &'a str,
    chars: Vec<(usize, char)>,
    /// Ranges of indices into `chars` that hold no end of a sentence; sorted, disjoint.
    kept: Vec<(usize, usize)>,
}

impl Splitter<'_> {
    fn split(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        let (mut start, mut at, mut kept) = (0, 0, self.kept.iter().copied().peekable());
        while at < self.chars.len() {
            let c = self.char(at);
            let end = if c == '\n' { self.end_at_line(at) } else { self.end_at_stop(start, at) };
            while kept.next_if(|&(_, to)| to <= end.after).is_some() {}
            let is_kept = kept.peek().is_some_and(|&(from, to)| from < end.after && end.after < to);
            if end.ends && (c == '\n' || !is_kept) {
                self.push(start, end.after, &mut spans);
                start = end.after;
            }
            at = end.after.max(at + 1);
        }
        self.push(start, self.chars.len(), &mut spans);
        spans
    }

    fn push(&self, from: usize, to: usize, spans: &mut Vec<Span>) {
        let (start, end) = (self.byte(from), self.byte(to));
        let slice = &self.text[start..end];
        let trimmed = slice.trim();
        if !trimmed.is_empty() {
            let start = start + (slice.len() - slice.trim_start().len());
            spans.push(Span { start, end: start + trimmed.len() });
        }
    }

    /// A blank line ends a sentence, and so does a line that is followed by a bullet.
    fn end_at_line(&self, at: usize) -> End {
        let mut next = at + 1;
        let mut blank = false;
        while self.char(next).is_whitespace() {
            blank |= self.char(next) == '\n';
            next += 1;
        }
        let bullet = matches!(self.char(next), '•' | '‣' | '▪' | '◦' | '*' | '-' | '–')
            && (self.char(next + 1) == ' ' || !self.char(next).is_ascii());
        End { ends: blank || bullet, after: next }
    }

    fn end_at_stop(&self, start: usize, at: usize) -> End {
        let c = self.char(at);
        if matches!(c, '。' | '！' | '？' | '｡') {
            return End { ends: true, after: self.past_closers(at + 1) };
        }
        if !is_stop(c) {
            return End { ends: false, after: at + 1 };
        }
        let mut run_end = at + 1;
        while is_stop(self.char(run_end)) {
            run_end += 1;
        }
        let closed = self.past_closers(run_end);
        let after = self.past_citation(closed);
        let mut next = after;
        while self.char(next).is_whitespace() && self.char(next) != '\n' {
            next += 1;
        }
        let glued = next == after && self.char(next) != '\n' && next < self.chars.len();
        if glued {
            // A lost space: "…is better.We show…"; anything else is a decimal, a version or an address.
            let lower = at > 0 && self.char(at - 1).is_lowercase();
            let ends = c == '.' && run_end == at + 1 && after == run_end && lower && self.glued_start(after);
            return End { ends, after };
        }
        while self.char(next).is_whitespace() {
            next += 1;
        }
        End {
            ends: next >= self.chars.len()
                || (self.is_end(start, at, run_end, next) && !self.closes_inner_bracket(start, run_end, closed)),
            after,
        }
    }

    /// Whether the stop at `at..run_end` ends the sentence from `start` before the word at `next`.
    fn is_end(&self, start: usize, at: usize, run_end: usize, next: usize) -> bool {
        let word = self.word_before(at);
        let following = self.word_at(next);
        let usual_start = STARTERS.binary_search(&following.as_str()).is_ok();
        let single = run_end == at + 1;
        if !self.can_start(next) {
            return false;
        }
        match self.char(at) {
            // "CheckThat! Lab", "Yahoo! Answers": names that carry their mark.
            '!' => usual_start || !word.starts_with(char::is_uppercase) || !self.char(next).is_uppercase(),
            '.' if single => self.full_stop_ends(start, at, next, &word, usual_start),
            // "x, y, … Z" goes on; an ellipsis ends a sentence only before a word.
            '.' | '…' => following.chars().count() > 1 && self.char(next).is_uppercase(),
            _ => true,
        }
    }

    fn full_stop_ends(&self, start: usize, at: usize, next: usize, word: &str, usual_start: bool) -> bool {
        let lower = word.to_lowercase();
        let first_word = self.is_first_word(start, at, word);
        let enumerates = first_word
            && !word.is_empty()
            && (word.chars().all(|c| c.is_ascii_digit() || c == '.') || word.chars().count() == 1 || is_roman(word));
        if enumerates || NEVER_END.contains(&lower.as_str()) {
            return false;
        }
        if BEFORE_NUMBER.contains(&lower.as_str()) && self.char(next).is_ascii_digit() {
            return false;
        }
        // "In the U.K. Patients waited" has no verb before the stop yet.
        let is_long_enough = at - start > LEAST_WORDS * LONGEST_WORD
            || (start..at).filter(|&at| self.char(at).is_whitespace()).count() >= LEAST_WORDS;
        if lower == "al" || lower == "etc" {
            return self.char(next).is_uppercase() && is_long_enough;
        }
        if UNITS.contains(&lower.as_str()) && self.is_behind_number(at, word) {
            return true;
        }
        let is_abbreviated = MAY_END.binary_search(&lower.as_str()).is_ok()
            || is_initials(word)
            || is_dotted(word)
            || has_no_vowel(word)
            || is_clipped(word) && (self.is_clipped_at(next) || self.is_behind_stop(at, word))
            || is_clipped(word) && word.len() <= 4 && is_initials(self.word_at(next).trim_end_matches('.'));
        !is_abbreviated || usual_start && (is_long_enough || !(word.contains('.') && is_initials(word)))
    }

    /// Whether a number stands right before the word that ends at `at`.
    fn is_behind_number(&self, at: usize, word: &str) -> bool {
        let start = at.saturating_sub(word.chars().count());
        let before = (0..start).rev().take(2).map(|at| self.char(at)).find(|c| !c.is_whitespace());
        before.is_some_and(|c| c.is_ascii_digit() || c == '/')
    }

    /// Whether the word that ends at `at` follows another with a stop in the same sentence: "Chem. Scand."
    fn is_behind_stop(&self, at: usize, word: &str) -> bool {
        let start = at.saturating_sub(word.chars().count());
        start >= 2 && self.char(start - 1) == ' ' && self.char(start - 2) == '.'
    }

    /// Whether a clipped word with its stop begins at `at`, and something follows it: "Rev. Lett.".
    fn is_clipped_at(&self, at: usize) -> bool {
        let word = self.word_at(at);
        let after = at + word.chars().count();
        word.strip_suffix('.').is_some_and(is_clipped)
            && self.char(after) == ' '
            && STARTERS.binary_search(&word.trim_end_matches('.')).is_err()
    }

    /// True where the stop stands before a bracket that closes in mid-sentence: "(BERT, GPT, etc.) are".
    fn closes_inner_bracket(&self, start: usize, run_end: usize, closed: usize) -> bool {
        (run_end..closed).any(|at| matches!(self.char(at), ')' | ']' | '}'))
            && self.kept.binary_search_by(|&(_, to)| to.cmp(&closed)).is_ok_and(|found| {
                let opener = self.kept[found].0;
                (start..opener).any(|at| !self.char(at).is_whitespace())
            })
    }

    fn is_first_word(&self, start: usize, at: usize, word: &str) -> bool {
        let word_start = at.saturating_sub(word.chars().count());
        word_start.saturating_sub(start) <= LONGEST_WORD
            && (start..word_start).all(|at| self.char(at).is_whitespace() || is_opener(self.char(at)))
    }

    /// Whether a sentence can start at `at`: with a capital, a digit, a letter without case, a Greek letter, a formula,
    /// a bullet, a list marker, or a name such as "mBERT", "word2vec" or "p-value"; not with a plain word in lower case.
    fn can_start(&self, at: usize) -> bool {
        let mut at = at;
        while is_opener(self.char(at)) {
            at += 1;
        }
        let c = self.char(at);
        let word = self.word_at(at);
        let past_word = at + word.chars().count();
        if self.char(past_word) == ')' && word.chars().count() <= 3 {
            // "(2) data …" goes on with a list that the sentence introduced; "(2) Data …" starts.
            return self.char(past_word + 1) == ' ' && self.char(past_word + 2).is_uppercase();
        }
        if c.is_lowercase() && !('\u{370}'..='\u{3ff}').contains(&c) {
            let marker = self.char(at + 1) == '.' && self.char(at + 2) == ' ' && self.char(at + 3).is_uppercase();
            let named = word.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
            return marker || named || self.char(at + 1) == '-';
        }
        c.is_alphanumeric()
            || matches!(c, '$' | '\\' | '•' | '*' | '-' | '–' | '—' | '#' | '@' | '~' | '©')
            || !is_written(c)
    }

    fn glued_start(&self, at: usize) -> bool {
        STARTERS.binary_search(&self.word_at(at).as_str()).is_ok() && self.char(at + 1).is_lowercase()
    }

    /// Past quotation marks, brackets and formulas that close right after a stop.
    fn past_closers(&self, mut at: usize) -> usize {
        loop {
            let closes = match self.char(at) {
                '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '}' | '」' | '』' | '）' | '】' => true,
                '$' => self.kept.binary_search_by(|&(_, to)| to.cmp(&(at + 1))).is_ok(),
                _ => false,
            };
            if !closes {
                return at;
            }
            at += 1;
        }
    }

    /// Past a numeric citation that is set after the stop: "…is better.[12] We…", "…is better. [3, 4] We…".
    fn past_citation(&self, at: usize) -> usize {
        // "…is better.¹² We…"
        let is_raised = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
        if is_raised(self.char(at)) {
            return (at..)
                .find(|&at| !is_raised(self.char(at)) && !matches!(self.char(at), ',' | '–' | '⁻' | '˒'))
                .unwrap_or(at);
        }
        let open = if self.char(at) == ' ' { at + 1 } else { at };
        if self.char(open) != '[' {
            return at;
        }
        let mut close = open + 1;
        while self.char(close).is_ascii_digit() || matches!(self.char(close), ',' | ' ' | '-' | '–' | ';') {
            close += 1;
        }
        let closed = self.char(close) == ']' && close > open + 1;
        let then = self.char(close + 1);
        let before_capital = then == ' ' && self.char(close + 2).is_uppercase();
        let at_end = close + 1 >= self.chars.len();
        if closed && (at_end || before_capital) { close + 1 } else { at }
    }

    /// The word that ends right before `at`, without opening brackets and quotation marks.
    fn word_before(&self, at: usize) -> String {
        let is_break = |c: char| c.is_whitespace() || is_opener(c) || matches!(c, '–' | '—' | '/' | '-');
        let from = (0..at).rev().take(LONGEST_WORD).take_while(|&i| !is_break(self.char(i))).last().unwrap_or(at);
        (from..at).map(|i| self.char(i)).collect()
    }

    /// The word that starts at `at`, up to white space or a mark that is not part of a word.
    fn word_at(&self, at: usize) -> String {
        let is_word = |c: char| c.is_alphanumeric() || c == '.' || c == '-' || c == '_';
        (at..self.chars.len()).take(LONGEST_WORD).map(|i| self.char(i)).take_while(|&c| is_word(c)).collect()
    }

    /// The character at index `at`; a NUL past the end, which no rule takes for anything.
    fn char(&self, at: usize) -> char {
        self.chars.get(at).map_or('\0', |&(_, c)| c)
    }

    fn byte(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.text.len(), |&(byte, _)| byte)
    }
}

/// A place where a sentence may end.
struct End {
    ends: bool,
    /// Index of the first character after it.
    after: usize,
}

/// Ranges of indices that no sentence end cuts: brackets, curly quotations and formulas that close soon enough.
fn kept_together(chars: &[(usize, char)]) -> Vec<(usize, usize)> {
    let mut ranges = formulas(chars);
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, &(_, c)) in chars.iter().enumerate() {
        match c {
            '(' | '[' | '{' | '“' => open.push((at, c)),
            ')' | ']' | '}' | '”' => {
                // The innermost bracket only: a smiley or "a)" must not pair with a bracket far away.
                if let Some(&(from, opener)) = open.last()
                    && closer_of(opener) == c
                {
                    open.pop();
                    if at - from < LONGEST_BRACKET {
                        ranges.push((from, at + 1));
                    }
                }
            }
            _ => {}
        }
    }
    ranges.sort_unstable_by_key(|&(from, to)| (from, std::cmp::Reverse(to)));
    let mut outermost: Vec<(usize, usize)> = Vec::new();
    for range in ranges {
        match outermost.last_mut() {
            Some(last) if range.0 < last.1 => last.1 = last.1.max(range.1),
            _ => outermost.push(range),
        }
    }
    outermost
}

fn closer_of(opener: char) -> char {
    match opener {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        _ => '”',
    }
}

/// `$…$` by Pandoc's rule (no space after the opening sign, none before the closing one, no digit after it), so that
/// amounts of money are not formulas.
fn formulas(chars: &[(usize, char)]) -> Vec<(usize, usize)> {
    let char = |at: usize| chars.get(at).map_or('\0', |&(_, c)| c);
    let signs: Vec<usize> =
        (0..chars.len()).filter(|&at| char(at) == '$' && (at == 0 || char(at - 1) != '\\')).collect();
    let mut ranges = Vec::new();
    let mut next = 0;
    while let [from, to, ..] = signs[next..] {
        let opens = !char(from + 1).is_whitespace();
        let closes = !char(to - 1).is_whitespace() && !char(to + 1).is_ascii_digit();
        if opens && closes && to - from < LONGEST_BRACKET {
            ranges.push((from, to + 1));
            next += 2;
        } else {
            next += 1;
        }
    }
    ranges
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '{' | '「' | '『' | '（' | '【')
}

/// ASCII punctuation, mathematics and the like; the rest (emoji, bullets) can start a sentence.
fn is_written(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{2000}'..='\u{206f}' | '\u{2200}'..='\u{22ff}' | '±' | '×' | '÷' | '·' | '°')
}

/// "J", "U.S", "Ph.D": letters with stops between them.
fn is_initials(word: &str) -> bool {
    !word.is_empty()
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        })
}

/// "B.Sc", "M.Eng", "s.str": stops within a word of short parts.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| (1..=4).contains(&part.len()) && part.chars().all(char::is_alphabetic))
}

/// "Drs", "cv", "ssp": no English word; in capitals it is an acronym.
fn has_no_vowel(word: &str) -> bool {
    let letters = word.chars().all(|c| c.is_ascii_alphabetic());
    let shouted = word.chars().skip(1).any(char::is_uppercase);
    (2..=5).contains(&word.len())
        && letters
        && !shouted
        && !word.to_ascii_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// A short word with a capital, as journals' names are abbreviated.
fn is_clipped(word: &str) -> bool {
    word.len() <= 7
        && word.starts_with(char::is_uppercase)
        && word.chars().skip(1).all(char::is_lowercase)
        && word.len() > 1
}

fn is_roman(word: &str) -> bool {
    word.len() <= 4 && !word.is_empty() && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_stray_bracket_does_not_swallow_the_text() {
        let text = format!("An open ( bracket. {}", "It ends here. ".repeat(100));
        assert_eq!(sentences(&text).len(), 101);
    }

    #[test]
    fn hostile_texts_take_linear_time() {
        for unit in
            [".", ". ", "a. ", "(", "()", "$", "$a ", "[1]", ".\n", "\n", "\u{1f600}.", "…", "U.S. ", "“", ".) "]
        {
            let text = unit.repeat(1_000_000 / unit.len());
            let spans = sentences(&text);
            assert!(spans.iter().all(|span| !span.of(&text).is_empty() || text.trim().is_empty()), "{unit:?}");
        }
    }

    proptest! {
        #[test]
        fn spans_cover_all_that_is_written(text in "(?s)[ \n.!?…$()\\[\\]“”a-cA-C1-3。é😀-]{0,80}|.{0,80}") {
            let mut covered = 0;
            for span in sentences(&text) {
                prop_assert!(span.start >= covered && span.end > span.start);
                prop_assert!(text[covered..span.start].trim().is_empty());
                let slice = span.of(&text);
                prop_assert!(!slice.is_empty());
                prop_assert_eq!(slice, slice.trim());
                covered = span.end;
            }
            prop_assert!(text[covered..].trim().is_empty());
        }
    }
}
