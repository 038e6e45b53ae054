//! The sentences of a block, their citations, and the words in them that a model is to read.

use super::{
    Format, Quotation,
    bibliography::Entry,
    layout::{Block, WITHIN},
    quotation,
};
use crate::text::{self, Citation, Cited, Form, Round, Span, citation::only_leads, citations, normalize, without_tex};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A sentence of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Its words without citations and markup, as plain text; white space normalised. Where a citation by number or key is a
    /// word of the sentence (`as \citet{ito} found`), `CITED` or `CITED_SEVERAL` stands for it.
    pub text: String,
    /// Where it stands in the draft as given, citations behind its stop included: UTF-8 bytes.
    pub span: Span,
    /// Index of its section in [`super::Draft::sections`].
    pub section: usize,
    /// Its citations, in order; spans in the draft.
    pub marks: Vec<Citation>,
    /// Direct quotations in it, in order.
    pub quotations: Vec<Quotation>,
}

/// What stands in the words of a sentence for a work that only a citation names.
pub const CITED: &str = "the cited work";
/// The same for several.
pub const CITED_SEVERAL: &str = "the cited works";

/// Words before a citation that make it a word of the sentence: "in [3]", "than \cite{ito}".
#[rustfmt::skip]
const GOVERNING: &[&str] = &[
    "against", "and", "as", "by", "following", "from", "in", "like", "of", "or", "than", "that", "to", "unlike", "while", "with", "see",
];

/// Most words of a note, citations left out, for it to be a citation ("See also …, p. 4.") and no sentence of its own.
const MOST_WORDS_OF_NOTE: usize = 4;
/// How far ahead a word of a sentence is looked for in the draft, in bytes: what stands between is markup and citations.
const FARTHEST: usize = 400;
/// Longest brackets looked for around a citation, each way, in bytes.
const LONGEST_BRACKET: usize = 400;

impl Sentence {
    /// Where words of [`Self::text`] stand in the draft that it was read from: from the first to the last word of `span` that
    /// is written there as it is. `None` where none of them is, as within a formula.
    #[must_use]
    pub fn in_draft(&self, draft: &str, span: Span) -> Option<Span> {
        let source = self.span.of(draft);
        let mut cursor = 0;
        let mut found: Option<Span> = None;
        for word in words_of(&self.text) {
            if word.start >= span.end {
                break;
            }
            let Some(at) = find_word(source, cursor, word.of(&self.text)) else { continue };
            cursor = at.end;
            if word.overlaps(span) {
                let start = found.map_or(at.start, |found| found.start);
                found = Some(Span { start, end: at.end });
            }
        }
        found.map(|found| Span { start: self.span.start + found.start, end: self.span.start + found.end })
    }

    /// Puts the works of short notes in the place of the notes' keys. A key of a note that is a sentence of its own, or that
    /// says nothing of a work, cites nothing.
    pub(super) fn resolve_notes(&mut self, works: &BTreeMap<String, Vec<Cited>>, list: &[Entry]) {
        let mut marks = std::mem::take(&mut self.marks);
        for mark in &mut marks {
            let resolved = mark.works.iter().flat_map(|work| match work {
                Cited::Key(key) if key.starts_with('^') => match works.get(key) {
                    Some(works) => works.clone(),
                    None if list.iter().any(|entry| &entry.key == key) => vec![work.clone()],
                    None => Vec::new(),
                },
                work => vec![work.clone()],
            });
            mark.works = resolved.collect();
        }
        marks.retain(|mark| !mark.works.is_empty());
        self.marks = marks;
    }
}

/// The runs of letters and digits in a sentence's words, without those that stand for a work.
fn words_of(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = None;
    let mut past = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if start.is_none() && at >= past {
            let rest = &text[at..];
            let standing = [CITED_SEVERAL, CITED]
                .into_iter()
                .find(|cited| rest.get(..cited.len()).is_some_and(|written| written.eq_ignore_ascii_case(cited)));
            past = standing.map_or(past, |cited| at + cited.len());
        }
        if c.is_alphanumeric() && at >= past {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            found.push(Span { start, end: at });
        }
    }
    found
}

/// Where `word` stands in `source` as a word of its own, near behind `from`.
fn find_word(source: &str, from: usize, word: &str) -> Option<Span> {
    let window = &source[from..source.floor_char_boundary((from + FARTHEST).min(source.len())).max(from)];
    window.match_indices(word).map(|(at, _)| Span { start: from + at, end: from + at + word.len() }).find(|at| {
        !source[..at.start].ends_with(char::is_alphanumeric) && !source[at.end..].starts_with(char::is_alphanumeric)
    })
}

/// The sentences of `block`, which was read from `source`.
pub(super) fn sentences(block: &Block, format: Format, source: &str, round: Round) -> Vec<Sentence> {
    let marks = marks(block, round);
    let spans = spans(&block.text, &marks);
    let mut marks = marks.into_iter().peekable();
    let mut found = Vec::new();
    for (at, span) in spans.iter().enumerate() {
        let limit = spans.get(at + 1).map_or(usize::MAX, |next| next.start);
        let mut own = Vec::new();
        while let Some(mark) = marks.next_if(|mark| mark.span.start < limit) {
            own.push(mark);
        }
        let text = words(&block.text, *span, &own, format);
        if !text.contains(char::is_alphanumeric) {
            continue;
        }
        let quotations = quotation::quotations(block.text.get(span.start..span.end).unwrap_or_default(), format);
        let quotations = quotations.into_iter().map(|inner| {
            let inner = Span { start: span.start + inner.start, end: span.start + inner.end };
            Quotation { span: block.in_draft(inner), text: words(&block.text, inner, &own, format) }
        });
        let in_draft = block.in_draft(*span);
        found.push(Sentence {
            text,
            span: in_draft,
            section: block.section,
            quotations: quotations.collect(),
            marks: own.into_iter().map(|mark| Citation { span: block.in_draft(mark.span), ..mark }).collect(),
        });
    }
    debug_assert!(found.iter().all(|sentence| !sentence.span.of(source).is_empty()));
    found
}

/// The citations of a block, by key and by form, in order; not overlapping.
pub(super) fn marks(block: &Block, round: Round) -> Vec<Citation> {
    let by_key = &block.marks;
    let is_free = |span: Span| {
        let next = by_key.partition_point(|mark| mark.span.end <= span.start);
        by_key.get(next).is_none_or(|mark| !mark.span.overlaps(span))
    };
    let by_form = citations(&block.text, round).into_iter();
    let mut marks: Vec<Citation> = by_form
        .filter(|citation| is_free(citation.span) && !names_filler(citation))
        .chain(by_key.iter().cloned())
        .collect();
    marks.sort_by_key(|mark| mark.span.start);
    marks
}

/// "\citeauthor{ito} (2020)": the year belongs to the citation by key before it.
fn names_filler(citation: &Citation) -> bool {
    citation
        .works
        .iter()
        .any(|work| matches!(work, Cited::Named { names, .. } if names.iter().any(|name| name.contains(WITHIN))))
}

/// Where the sentences stand, each with the citations behind its stop.
fn spans(text: &str, marks: &[Citation]) -> Vec<Span> {
    let mut spans = text::sentences(&masked(text, marks));
    for at in 0..spans.len() {
        // Citations before the first word, where a sentence ends right before: "It rose. (Ito, 2020) Then …"
        let moved =
            at.checked_sub(1).map(|before| leading(text, spans[before], spans[at], marks)).filter(|&end| end > 0);
        if let Some(end) = moved {
            spans[at - 1].end = end;
            let rest = &text[end..spans[at].end];
            spans[at].start = end + (rest.len() - rest.trim_start().len());
        }
    }
    for at in 0..spans.len() {
        let limit = spans.get(at + 1).map_or(text.len(), |next| next.start);
        // Raised numbers between two sentences belong to the first.
        let last = &marks[..marks.partition_point(|mark| mark.span.end <= limit)];
        if let Some(last) = last.last().filter(|mark| mark.span.start >= spans[at].end) {
            spans[at].end = last.span.end;
        }
    }
    spans.retain(|span| span.start < span.end);
    spans
}

/// Where the citations end that stand before the first word of `span` and belong to the sentence before; 0 for none.
fn leading(text: &str, before: Span, span: Span, marks: &[Citation]) -> usize {
    let mut end = 0;
    let mut at = span.start;
    let here =
        |at: usize| marks.get(marks.partition_point(|mark| mark.span.start < at)).filter(|mark| mark.span.start == at);
    while let Some(mark) = here(at).filter(|mark| mark.form == Form::Beside) {
        end = mark.span.end;
        let rest = text.get(end..span.end).unwrap_or_default();
        at = end + (rest.len() - rest.trim_start().len());
    }
    let stops = before.of(text).ends_with(['.', '?', '!', '”', '"']);
    let starts = text.get(at..).is_some_and(|rest| rest.starts_with(char::is_uppercase));
    if stops && starts { end } else { 0 }
}

/// The text with its citations written so that the rules of sentences know them, at the same length: beside the text as a
/// number in brackets or as blanks, as a part of it as a word.
fn masked(text: &str, marks: &[Citation]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut past = 0;
    for mark in marks {
        masked.push_str(&text[past..mark.span.start]);
        let length = mark.span.end - mark.span.start;
        match mark.form {
            Form::Within if mark.works.iter().any(|work| matches!(work, Cited::Key(_))) => {
                masked.push_str(mark.span.of(text))
            }
            _ if length < 3 => masked.push_str(&" ".repeat(length)),
            _ => {
                masked.push_str("[1");
                masked.push_str(&" ".repeat(length - 3));
                masked.push(']');
            }
        }
        past = mark.span.end;
    }
    masked.push_str(&text[past..]);
    masked
}

/// The words of `span` without its citations and what leads to them.
fn words(text: &str, span: Span, marks: &[Citation], format: Format) -> String {
    let mut kept = String::with_capacity(span.end - span.start);
    let mut past = span.start;
    for mark in marks.iter().filter(|mark| span.start <= mark.span.start && mark.span.end <= span.end) {
        let gone = with_brackets(text, mark.span, span, marks);
        if mark.span.end <= past {
            continue;
        }
        kept.push_str(&text[past..gone.start.max(past)]);
        if gone == mark.span && is_word(text, span, mark) {
            let word = if mark.works.len() > 1 { CITED_SEVERAL } else { CITED };
            kept.push_str(&if kept.trim().is_empty() { capitalised(word) } else { word.to_owned() });
        } else {
            kept.truncate(kept.trim_end_matches([' ', '~', '\n', '\u{a0}']).len());
        }
        past = gone.end.max(past);
    }
    kept.push_str(&text[past.min(span.end)..span.end]);
    let plain = match format {
        Format::Plain => kept,
        Format::Markdown => {
            if kept.contains('$') {
                without_tex(&kept)
            } else {
                kept
            }
        }
        Format::Tex => without_tex(&kept.replace("\\ ", " ").replace("{}", "")),
    };
    tidy(&normalize(&text::unescape(&plain)))
}

/// Commas and brackets that a citation left alone.
fn tidy(text: &str) -> String {
    let text = text
        .replace("( ", "(")
        .replace(" )", ")")
        .replace("()", "")
        .replace("[]", "")
        .replace(" ,", ",")
        .replace(" .", ".");
    let mut last = ' ';
    let tidy: String =
        text.chars().filter(|&c| std::mem::replace(&mut last, c) != c || !matches!(c, ',' | ';' | ' ')).collect();
    tidy.trim().to_owned()
}

/// The brackets around a citation that hold nothing but citations and words that lead to them; else the citation alone.
fn with_brackets(text: &str, mark: Span, within: Span, marks: &[Citation]) -> Span {
    let before =
        &text[text.floor_char_boundary(mark.start.saturating_sub(LONGEST_BRACKET)).max(within.start)..mark.start];
    let after = &text[mark.end..text.ceil_char_boundary((mark.end + LONGEST_BRACKET).min(within.end))];
    let open = before
        .rfind(['(', '['])
        .filter(|&at| !before[at..].contains([')', ']']))
        .map(|at| mark.start - before.len() + at);
    let close = after.find([')', ']']).filter(|&at| !after[..at].contains(['(', '['])).map(|at| mark.end + at + 1);
    let (Some(start), Some(end)) = (open, close) else { return mark };
    let mut rest = String::new();
    let mut past = start + 1;
    let inside = &marks[marks.partition_point(|other| other.span.start <= start)..];
    for other in inside.iter().take_while(|other| other.span.end < end) {
        rest.push_str(text.get(past..other.span.start).unwrap_or_default());
        rest.push(' ');
        past = other.span.end;
    }
    rest.push_str(text.get(past..end - 1).unwrap_or_default());
    if only_leads(&rest) { Span { start, end } } else { mark }
}

/// Whether a citation is a word of its sentence, which is no sentence without it.
fn is_word(text: &str, span: Span, mark: &Citation) -> bool {
    let by_name = mark.works.iter().any(|work| matches!(work, Cited::Named { .. }));
    if mark.form == Form::Within {
        return !by_name;
    }
    if by_name {
        return false;
    }
    let before = text[span.start..mark.span.start].trim_end_matches([' ', '~', '\n', '\u{a0}']);
    let after = text[mark.span.end..span.end].trim_start();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let starts = before.is_empty() && after.starts_with(char::is_lowercase);
    starts || before.ends_with(char::is_alphanumeric) && GOVERNING.contains(&last.as_str())
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The works of a note that is a citation rather than a sentence: it cites, and says little else.
pub(super) fn short_note(block: &Block) -> Option<Vec<Cited>> {
    let marks = marks(block, Round::Plain);
    let mut words = 0;
    let mut past = 0;
    let count = |text: &str| text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    for mark in &marks {
        words += count(&block.text[past..mark.span.start]);
        past = mark.span.end;
    }
    words += count(&block.text[past..]);
    let works: Vec<Cited> = marks.into_iter().flat_map(|mark| mark.works).collect();
    (!works.is_empty() && words <= MOST_WORDS_OF_NOTE).then_some(works)
}
