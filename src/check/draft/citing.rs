//! A citing sentence's works and parts, and which works are cited for which part.

use crate::{
    check::parts::{Part, parts},
    draft::{Citing, EntryRef, Found, Sentence, each_once},
    text::Span,
};

/// A citing sentence: which it is, its works and its parts.
pub(super) struct Cites {
    pub sentence: usize,
    pub found: Vec<Found>,
    pub parts: Vec<CitingPart>,
}

/// A part of it: what it says, where its words stand in the draft, and its works.
pub(super) struct CitingPart {
    pub text: String,
    pub span: Span,
    pub found: Vec<Found>,
}

impl Cites {
    pub(super) fn of(citing: &Citing, read: &Sentence, draft: &str) -> Self {
        Self {
            sentence: citing.sentence,
            found: citing.entries(),
            parts: citing_parts(citing, read, draft).unwrap_or_default(),
        }
    }
}

/// The parts of a sentence with their works; none where it has none, quotes, or where one of them
/// cannot be placed in the draft.
fn citing_parts(citing: &Citing, read: &Sentence, draft: &str) -> Option<Vec<CitingPart>> {
    let parts = parts(&read.text);
    // The words of a quotation are checked as they stand, in all of the cited texts.
    if parts.is_empty() || !read.quotations.is_empty() {
        return None;
    }
    let spans = parts.iter().map(|part| read.in_draft(draft, part.span)).collect::<Option<Vec<Span>>>()?;
    if spans.windows(2).any(|pair| pair[1].start < pair[0].end) {
        return None;
    }
    let leads = parts.iter().map(|part| lead_in_draft(read, draft, part)).collect::<Option<Vec<Option<Span>>>>()?;
    let shares =
        |mark: Span| leads.iter().map(|lead| lead.is_some_and(|lead| lead.overlaps(mark))).collect::<Vec<bool>>();
    // A mark among the words that several parts share is of all of them; any other closes the part that it stands in.
    let mut shared: Vec<Vec<&Found>> = vec![Vec::new(); parts.len()];
    let mut own: Vec<Vec<&Found>> = vec![Vec::new(); parts.len()];
    for (mark, works) in read.marks.iter().zip(&citing.by_mark) {
        let stands_in = spans.iter().rposition(|span| span.start <= mark.span.start).unwrap_or_default();
        let shares = shares(mark.span);
        if shares.contains(&true) {
            for (at, _) in shares.iter().enumerate().filter(|&(at, &is_shared)| is_shared || at == stands_in) {
                shared[at].extend(works);
            }
        } else {
            own[stands_in].extend(works);
        }
    }
    // What has no mark of its own is closed by the next one, or by the last.
    let closing =
        |at: usize| (at..own.len()).chain((0..at).rev()).find(|&at| !own[at].is_empty()).map_or(&[][..], |at| &own[at]);
    let works = |at: usize| each_once(shared[at].iter().chain(closing(at)).copied());
    let parts = parts.into_iter().zip(&spans).enumerate();
    Some(parts.map(|(at, (part, &span))| CitingPart { text: part.text, span, found: works(at) }).collect())
}

/// Where the words stand in the draft that a part shares with those before it, with the marks behind them; the inner `None`
/// where it shares none.
fn lead_in_draft(read: &Sentence, draft: &str, part: &Part) -> Option<Option<Span>> {
    let (Some(first), Some(last)) = (part.lead.first(), part.lead.last()) else { return Some(None) };
    let said = read.in_draft(draft, Span { start: first.start, end: last.end })?;
    let next = read.in_draft(draft, Span { start: last.end, end: read.text.len() })?;
    Some(Some(Span { start: said.start, end: next.start.max(said.end) }))
}

/// The works among what was found.
pub(super) fn entries_of(found: &[Found]) -> impl Iterator<Item = EntryRef> {
    found.iter().filter_map(|found| match found {
        Found::Entry(entry) => Some(*entry),
        Found::Problem(_) => None,
    })
}

/// The places of works among all.
pub(super) fn places_of(found: &[Found]) -> Vec<usize> {
    entries_of(found).map(|EntryRef(place)| place).collect()
}
