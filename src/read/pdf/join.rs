//! Text of lines: words broken at a line's end are joined, and each sentence keeps its places.

use super::line::{ASCENT, DESCENT, Line, Piece};
use crate::{
    paper::{Passage, Place},
    read::passage,
    text::{self, Span},
};
use std::{collections::HashSet, ops::Range};

/// Letters of half a word that make it a word by itself: "no-" before "table" is none.
const LONG_HALF: usize = 4;

/// The words of a document that are not broken by a line's end, in lower case, and its compounds with their hyphens.
pub(super) struct Words(HashSet<String>);

impl Words {
    pub(super) fn of(lines: &[Line]) -> Self {
        let mut words = HashSet::new();
        for (at, line) in lines.iter().enumerate() {
            let continues = at > 0 && ends_broken(&lines[at - 1].text);
            let mut inner: Vec<&str> = line.text.split(' ').skip(usize::from(continues)).collect();
            if ends_broken(&line.text) {
                inner.pop();
            }
            for word in inner {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('\u{2010}', "-");
                words.extend(word.split('-').map(str::to_owned));
                words.insert(word);
            }
        }
        Self(words)
    }

    /// Whether a line ends in half a word that is no word by itself, in small letters.
    pub(super) fn ends_in_half(&self, line: &str) -> bool {
        let half = line.rsplit(' ').next().unwrap_or_default().trim_end_matches(is_hyphen);
        ends_broken(line) && !half.is_empty() && half.chars().all(char::is_lowercase) && !self.0.contains(half)
    }

    /// Whether the hyphen between two halves of a word belongs to it. It does where the document has the word with one; where
    /// it has it without one it does not. Else it does in a chain ("state-of-", "the-art"), before a capital ("non-", "English")
    /// unless all are capitals, and where both halves are words of the document that are long enough not to be such by chance.
    fn keep_hyphen(&self, first: &str, second: &str) -> bool {
        let has = |word: &str| self.0.contains(word);
        let (small_first, small_second) = (first.to_lowercase(), second.to_lowercase());
        if has(&format!("{small_first}{small_second}")) {
            return false;
        }
        let long = |word: &str| word.chars().count() >= LONG_HALF && has(word);
        let is_capital = |word: &str| word.chars().all(|c| !c.is_lowercase());
        has(&format!("{small_first}-{small_second}"))
            || first.contains('-')
            || second.contains('-')
            || second.starts_with(char::is_uppercase) && !is_capital(first)
            || long(&small_first) && long(&small_second)
    }
}

/// Whether a line ends within a word.
pub(super) fn ends_broken(text: &str) -> bool {
    let mut ending = text.chars().rev();
    ending.next().is_some_and(is_hyphen) && ending.next().is_some_and(char::is_alphabetic)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{ad}')
}

/// A paragraph under way.
#[derive(Default)]
pub(super) struct Paragraph {
    text: String,
    inks: Vec<Ink>,
    /// Page and baseline of the line added last.
    line: Option<(usize, f32)>,
    /// Length of what it begins with and is no part of a sentence: the mark of an item, a run-in heading.
    lead: usize,
}

/// Part of the text, and where on a line it stands.
struct Ink {
    span: Span,
    page: usize,
    y: f32,
    size: f32,
    /// Where each of its characters begins, and where the last ends.
    edges: Vec<f32>,
}

impl Paragraph {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Notes that something stands here that is no text.
    pub(super) fn add_missing(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(text::MISSING) {
            self.text.push(' ');
            self.text.push_str(text::MISSING);
        }
    }

    /// Takes all that was added so far, or a mark of an item in it, for no part of a sentence.
    pub(super) fn close_lead(&mut self, is_item: bool) {
        self.lead = if is_item { self.lead.max(self.text.find(' ').unwrap_or_default()) } else { self.text.len() };
    }

    /// Appends the pieces of a line that are in `pieces`.
    pub(super) fn add(&mut self, line: &Line, pieces: Range<usize>, words: &Words) {
        let mut is_first = true;
        for (written, at) in line.written().filter(|(_, at)| pieces.contains(at)) {
            let piece = &line.pieces[at];
            let written = if is_first { written.trim_start() } else { &written };
            // Behind a run-in heading the line goes on as it is set.
            if is_first && at > 0 && self.line == Some((line.page, line.y)) {
                self.text.push(' ');
            } else if is_first {
                self.join(line, at, words);
            }
            is_first = false;
            self.write(written, piece, line.page);
        }
        self.line = Some((line.page, line.y));
    }

    /// Makes the text ready for a line whose piece `at` comes next: a blank, or a broken word joined.
    fn join(&mut self, line: &Line, at: usize, words: &Words) {
        let next: String = line.written().filter(|(_, index)| *index >= at).map(|(written, _)| written).collect();
        let next = next.trim_start();
        let Some(last) = self.text.chars().next_back() else { return };
        if last == '\u{ad}' {
            self.pop();
            return;
        }
        let second = word_at_start(next);
        let stem = &self.text[..self.text.len() - last.len_utf8()];
        let first = word_at_end(stem);
        if is_hyphen(last) && !first.is_empty() {
            let is_broken = first.ends_with(char::is_alphabetic) && second.starts_with(char::is_alphabetic);
            if is_broken && !words.keep_hyphen(first, second) {
                self.pop();
            }
            return;
        }
        // A dash between words without blanks, and an address, go on in the next line.
        let goes_on = matches!(last, '/' | '—' | '–') && stem.ends_with(|c: char| !c.is_whitespace());
        if !goes_on && !last.is_whitespace() {
            self.text.push(' ');
        }
    }

    /// Takes the last character off.
    fn pop(&mut self) {
        self.text.pop();
        if let Some(ink) = self.inks.last_mut() {
            ink.span.end = ink.span.end.min(self.text.len());
            ink.edges.truncate(ink.span.of(&self.text).chars().count() + 1);
        }
    }

    fn write(&mut self, written: &str, piece: &Piece, page: usize) {
        let blank = written.len() - written.trim_start().len();
        self.text.push_str(&written[..blank]);
        let (text, edges) = inked(&written[blank..], piece);
        let start = self.text.len();
        self.text.push_str(&text);
        let span = Span { start, end: self.text.len() };
        self.inks.push(Ink { span, page, y: piece.y, size: piece.size, edges });
    }

    /// The passage, with the places of its sentences; `None` where nothing in it can be read.
    pub(super) fn finish(self) -> Option<Passage> {
        let page = self.inks.first().map(|ink| format!("page={}", ink.page + 1));
        let mut passage = passage(&self.text, page)?;
        let moved = Moved::between(&self.text, &passage.text);
        let lead = moved.span(Span { start: 0, end: self.lead }).end;
        if lead > 0 {
            passage.sentences = sentences_behind(&passage.text, lead);
        }
        let mut places: Vec<(usize, Place)> = Vec::new();
        let mut first = 0;
        for ink in &self.inks {
            let span = moved.span(ink.span);
            // Sentences and inks both go forward.
            while passage.sentences.get(first).is_some_and(|sentence| sentence.end <= span.start) {
                first += 1;
            }
            let sentences = passage.sentences.iter().enumerate().skip(first);
            for (at, sentence) in sentences.take_while(|(_, sentence)| sentence.start < span.end) {
                let part = Span { start: span.start.max(sentence.start), end: span.end.min(sentence.end) };
                let Some(place) = ink.place(span, part, &passage.text) else { continue };
                match places.last_mut() {
                    Some((same, last)) if *same == at && last.is_on_line_of(&place) => last.extend(&place),
                    _ => places.push((at, place)),
                }
            }
        }
        passage.places = places.into_iter().map(|(_, place)| place.rounded()).collect();
        Some(passage)
    }
}

impl Ink {
    /// Where the characters of `part` stand, which lies in `span`, this ink's in the passage.
    fn place(&self, span: Span, part: Span, text: &str) -> Option<Place> {
        let before = Span { start: span.start, end: part.start }.of(text).chars().count();
        let inside = part.of(text).trim_end().chars().count();
        let (from, to) = (self.edges.get(before)?, self.edges.get(before + inside).or(self.edges.last())?);
        let (top, foot) = (self.y - ASCENT * self.size, self.y + DESCENT * self.size);
        let width = (to - from).max(0.0);
        (inside > 0).then_some(Place { span: part, page: self.page, x: *from, y: top, width, height: foot - top })
    }
}

/// The sentences of a text from the byte `lead` on.
fn sentences_behind(text: &str, lead: usize) -> Vec<Span> {
    let rest = Span { start: lead, end: text.len() }.of(text);
    let found = text::sentences(rest).into_iter().filter(|span| !span.of(rest).contains(text::MISSING));
    found.map(|span| Span { start: span.start + lead, end: span.end + lead }).collect()
}

impl Place {
    /// Whether two places are on one line: the heights of two lines do not share half of one.
    fn is_on_line_of(&self, other: &Self) -> bool {
        let shared = (self.y + self.height).min(other.y + other.height) - self.y.max(other.y);
        self.page == other.page && shared > 0.4 * self.height.min(other.height) && other.x >= self.x
    }

    /// Takes in what stands beside it.
    fn extend(&mut self, other: &Self) {
        let (right, foot) =
            ((self.x + self.width).max(other.x + other.width), (self.y + self.height).max(other.y + other.height));
        self.x = self.x.min(other.x);
        self.y = self.y.min(other.y);
        (self.width, self.height) = (right - self.x, foot - self.y);
        self.span.end = self.span.end.max(other.span.end);
    }

    /// To a tenth of a point, which nobody sees.
    fn rounded(self) -> Self {
        let round = |length: f32| (length * 10.0).round() / 10.0;
        let Self { x, y, width, height, .. } = self;
        Self { x: round(x), y: round(y), width: round(width), height: round(height), ..self }
    }
}

/// A piece as it is written, with the edges of its characters on the page.
fn inked(written: &str, piece: &Piece) -> (String, Vec<f32>) {
    let width = piece.x1 - piece.x0;
    let x = |stop: usize| piece.x0 + width * piece.stops.get(stop).copied().unwrap_or(1.0);
    let lead = piece.text.chars().take_while(|c| c.is_whitespace()).count();
    let mut letters: Vec<(char, f32)> = Vec::new();
    for (at, c) in piece.text.trim().chars().enumerate() {
        if c.is_whitespace() {
            letters.push((' ', x(lead + at)));
        } else {
            // A ligature's letters share its place.
            let normal = text::normalize(c.encode_utf8(&mut [0; 4]));
            letters.extend(normal.chars().map(|letter| (letter, x(lead + at))));
        }
    }
    let plain: String = letters.iter().map(|(letter, _)| letter).collect();
    let normal = text::normalize(written);
    let end = x(lead + piece.text.trim().chars().count());
    // A soft hyphen is no letter, and decides how the next line is joined.
    let normal = if written.ends_with('\u{ad}') { normal + "\u{ad}" } else { normal };
    let extra = normal.chars().count().checked_sub(letters.len());
    let mut edges: Vec<f32> = match extra {
        // What marks a script stands where the script begins.
        Some(extra) if normal.ends_with(&plain) => {
            std::iter::repeat_n(x(lead), extra).chain(letters.iter().map(|(_, x)| *x)).collect()
        }
        _ => spread(x(lead), end, normal.chars().count()),
    };
    edges.push(end);
    (normal, edges)
}

/// Characters of the same width from one place to another.
fn spread(from: f32, to: f32, count: usize) -> Vec<f32> {
    #[allow(clippy::cast_precision_loss, reason = "a run has few characters")]
    let edge = |at: usize| from + (to - from) * at as f32 / count.max(1) as f32;
    (0..count).map(edge).collect()
}

/// The word a text ends with, its hyphens included.
fn word_at_end(text: &str) -> &str {
    let is_inside = |c: &char| c.is_alphanumeric() || *c == '-';
    let start = text.char_indices().rev().take_while(|(_, c)| is_inside(c)).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// The same at its start.
fn word_at_start(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(text.len());
    text[..end].trim_end_matches('-')
}

/// How offsets in a text become offsets in the same text normalised once more: letters and accents of two runs may join.
struct Moved(Option<Vec<usize>>);

impl Moved {
    fn between(text: &str, normal: &str) -> Self {
        if text == normal {
            return Self(None);
        }
        let mut moved = vec![0; text.len() + 1];
        let mut rest = normal.char_indices().peekable();
        for (at, c) in text.char_indices() {
            let here = rest.peek().map_or(normal.len(), |(offset, _)| *offset);
            moved[at..at + c.len_utf8()].fill(here);
            let is_same = rest.peek().is_some_and(|(_, letter)| *letter == c || c.is_whitespace() && *letter == ' ');
            // A character that went leaves the other text where it is.
            if is_same || !(c.is_whitespace() || text::normalize(c.encode_utf8(&mut [0; 4])).is_empty()) {
                rest.next();
            }
        }
        moved[text.len()] = normal.len();
        Self(Some(moved))
    }

    fn span(&self, span: Span) -> Span {
        let Some(moved) = &self.0 else { return span };
        Span { start: moved[span.start], end: moved[span.end] }
    }
}
