//! What a reader of a format makes of a draft: blocks of plain words that know where they stand in it.

use super::{Entry, Section};
use crate::text::{Citation, Cited, Form, Span};

/// A stretch of a block's text, and where it comes from.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// First byte in the block's text.
    at: usize,
    /// Where it stands in the draft.
    span: Span,
    /// Whether it stands there as it is in the block.
    verbatim: bool,
}

/// A paragraph, a list item or a footnote without its markup.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    /// Its words; markup that a reader does not see is left out, a citation by key is a filler.
    pub text: String,
    /// Citations by key and the like, with spans in `text`.
    pub marks: Vec<Citation>,
    /// Index of its section.
    pub section: usize,
    /// Key of the note that it is.
    pub note: Option<String>,
    /// Whether it is a footnote that stands within another block.
    pub is_footnote: bool,
    pieces: Vec<Piece>,
}

/// What stands in a block for a citation by key: beside the text, and as a part of it. The second is a word that the rules of
/// sentences take for no abbreviation.
pub(super) const BESIDE: &str = "[1]";
pub(super) const WITHIN: &str = "Thecitedwork";

impl Block {
    /// Adds a slice of the draft as it is.
    pub fn keep(&mut self, source: &str, span: Span) {
        let slice = span.of(source);
        if slice.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.verbatim && last.span.end == span.start => last.span.end = span.end,
            _ => self.pieces.push(Piece { at: self.text.len(), span, verbatim: true }),
        }
        self.text.push_str(slice);
    }

    /// Adds `text` for a slice of the draft.
    pub fn put(&mut self, span: Span, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece { at: self.text.len(), span, verbatim: false });
            self.text.push_str(text);
        }
    }

    /// Adds a citation by key or the like for a slice of the draft.
    pub fn cite(&mut self, span: Span, form: Form, works: Vec<Cited>) {
        if works.is_empty() {
            return;
        }
        let filler = if form == Form::Beside { BESIDE } else { WITHIN };
        // Two fillers in a row are two words.
        if form == Form::Within && self.text.ends_with(char::is_alphanumeric) {
            self.put(Span { start: span.start, end: span.start }, " ");
        }
        let start = self.text.len();
        self.put(span, filler);
        self.marks.push(Citation { span: Span { start, end: start + filler.len() }, form, works });
    }

    /// Where a span of the block's text stands in the draft.
    pub fn in_draft(&self, span: Span) -> Span {
        let place = |at: usize, is_end: bool| {
            let before = |piece: &Piece| if is_end { piece.at < at } else { piece.at <= at };
            let Some(piece) = self.pieces[..self.pieces.partition_point(before)].last() else { return 0 };
            match (piece.verbatim, is_end) {
                (true, _) => (piece.span.start + (at - piece.at)).min(piece.span.end),
                (false, true) => piece.span.end,
                (false, false) => piece.span.start,
            }
        };
        let start = place(span.start, false);
        Span { start, end: place(span.end, true).max(start) }
    }
}

/// A draft laid out.
#[derive(Debug)]
pub(crate) struct Layout {
    /// Its sections; the first stands before any heading.
    pub sections: Vec<Section>,
    /// Its blocks, in the order in which they end.
    pub blocks: Vec<Block>,
    /// Its list of works.
    pub list: Vec<Entry>,
    open: Block,
}

impl Layout {
    pub fn new() -> Self {
        let first = Section { heading: String::new(), span: Span { start: 0, end: 0 } };
        Self { sections: vec![first], blocks: Vec::new(), list: Vec::new(), open: Block::default() }
    }

    /// The block that is written.
    pub fn open(&mut self) -> &mut Block {
        &mut self.open
    }

    /// Ends the block that is written.
    pub fn close(&mut self) {
        let next = Block { section: self.sections.len() - 1, ..Block::default() };
        let block = std::mem::replace(&mut self.open, next);
        if block.text.contains(|c: char| !c.is_whitespace()) {
            self.blocks.push(block);
        }
    }

    /// Starts a block within the one that is written, which is given back: a footnote.
    pub fn nest(&mut self) -> Block {
        let inner = Block { section: self.open.section, ..Block::default() };
        std::mem::replace(&mut self.open, inner)
    }

    /// Takes up a block again that [`Self::nest`] gave.
    pub fn resume(&mut self, block: Block) {
        self.open = block;
    }

    /// Starts a section.
    pub fn head(&mut self, heading: &str, span: Span) {
        self.close();
        self.sections.push(Section { heading: heading.to_owned(), span });
        self.open.section = self.sections.len() - 1;
    }
}

/// Headings of lists of works, in lower case, without a number before them.
const LISTS: &[&str] = &[
    "bibliography",
    "cited literature",
    "cited works",
    "list of references",
    "literature",
    "literature cited",
    "reference list",
    "references",
    "references and notes",
    "references cited",
    "sources",
    "work cited",
    "works cited",
];
/// First words of headings after a list of works.
const AFTER_LIST: &[&str] = &[
    "appendi",
    "acknowledg",
    "supplement",
    "author contribution",
    "declaration",
    "figure legend",
    "footnotes",
    "notes",
];

/// Whether a heading announces the list of works.
pub(super) fn is_list(heading: &str) -> bool {
    let bare = heading.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    // "VII. References"
    let unnumbered = bare.split_once(". ").map_or(bare.as_str(), |(_, rest)| rest);
    LISTS.contains(&unnumbered)
}

/// Whether a heading ends the list of works.
pub(super) fn ends_list(heading: &str) -> bool {
    let bare = heading.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    AFTER_LIST.iter().any(|start| bare.starts_with(start))
}

/// The lines of `text` with their places, line ends left out.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        Span { start, end: start + line.trim_end_matches(['\n', '\r']).len() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_knows_where_its_text_stands() {
        let source = "It *rose* by \\cite{a} much.";
        let mut block = Block::default();
        block.keep(source, Span { start: 0, end: 3 });
        block.keep(source, Span { start: 4, end: 8 });
        block.keep(source, Span { start: 9, end: 13 });
        block.cite(Span { start: 13, end: 21 }, Form::Beside, vec![Cited::Key("a".into())]);
        block.keep(source, Span { start: 21, end: 27 });
        assert_eq!(block.text, "It rose by [1] much.");
        let rose = block.text.find("rose").unwrap();
        assert_eq!(block.in_draft(Span { start: rose, end: rose + 4 }).of(source), "rose");
        assert_eq!(block.in_draft(block.marks[0].span).of(source), "\\cite{a}");
        assert_eq!(block.in_draft(Span { start: 0, end: block.text.len() }).of(source), source);
    }

    #[test]
    fn headings_of_lists_are_known() {
        for heading in ["References", "7. References", "VII. REFERENCES", "Works Cited:", "# Bibliography"] {
            assert!(is_list(heading), "{heading}");
        }
        assert!(!is_list("Reference values") && ends_list("Appendix A"));
    }
}
