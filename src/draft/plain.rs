//! Plain text: paragraphs between blank lines, headings by their looks.

use super::{
    bibliography,
    layout::{Layout, ends_list, is_list, lines},
};
use crate::text::{Round, Span, citations};

/// Longest heading, in characters and in words.
const LONGEST_HEADING: usize = 90;
const MOST_WORDS: usize = 14;

/// Lays out a plain text. A line is a heading that stands between blank lines without a stop, that is written in capitals, or
/// that names the list of works.
pub(super) fn read(source: &str) -> Layout {
    let mut layout = Layout::new();
    let all: Vec<Span> = lines(source).collect();
    let is_blank = |at: usize| all.get(at).is_none_or(|line| line.of(source).trim().is_empty());
    let mut list: Option<usize> = None;
    for (at, &line) in all.iter().enumerate() {
        let text = line.of(source).trim();
        let alone = (at == 0 || is_blank(at - 1)) && is_blank(at + 1);
        let is_heading = !text.is_empty() && is_heading(text, alone);
        if let Some(from) = list {
            if is_heading && ends_list(text) {
                layout.list = bibliography::list(&source[from..line.start]);
                list = None;
            } else {
                continue;
            }
        }
        if is_heading || is_list(text) {
            layout.head(text, line);
            list = is_list(text).then_some(line.end);
        } else if text.is_empty() {
            layout.close();
        } else {
            // The line end before it is white space of the paragraph.
            let start = if layout.open().text.is_empty() { line.start } else { all[at - 1].end };
            layout.open().keep(source, Span { start, end: line.end });
        }
    }
    if let Some(from) = list {
        layout.list = bibliography::list(&source[from..]);
    }
    layout.close();
    layout
}

fn is_heading(text: &str, alone: bool) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let short = text.chars().count() <= LONGEST_HEADING && text.split_whitespace().count() <= MOST_WORDS && letters > 2;
    let shouted = !text.contains(char::is_lowercase) && letters > 3;
    let stops = text.ends_with(['.', '!', ',', ';', ':', '…', ')', ']', '”', '"']);
    let starts = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    short && starts && (shouted || alone && !stops) && citations(text, Round::Plain).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_their_looks() {
        let layout = read(
            "A title\n\nOne line\nand another. It\r\nrose.\n\n2. Methods\n\nWe ran.\n\nRESULTS\nIt fell [1].\n\nReferences\n[1] A.\n",
        );
        let headings: Vec<&str> = layout.sections.iter().map(|section| section.heading.as_str()).collect();
        assert_eq!(headings, ["", "A title", "2. Methods", "RESULTS", "References"]);
        let texts: Vec<&str> = layout.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["One line\nand another. It\r\nrose.", "We ran.", "It fell [1]."]);
    }
}
