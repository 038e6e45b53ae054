//! Drafts: a text that cites becomes sentences with their citations, and the works these cite. No I/O, no model.
//!
//! A reader of one format ([`Format`]) lays the draft out as blocks of plain words that know where they stand in the draft
//! as given; sentences and citations are found in those blocks alike for every format
//! ([`citations`](crate::text::citations) is the one recogniser). [`bibliography`] reads lists of works, and [`pair`] says
//! for each citing sentence which of them it cites, or why that cannot be said.

pub mod bibliography;
mod known;
pub(crate) mod layout;
mod markdown;
mod pair;
mod plain;
mod problem;
mod quotation;
mod sentence;
pub(crate) mod tex;

pub use bibliography::{Author, Entry};
pub use known::Known;
pub(crate) use pair::each_once;
pub use pair::{Citing, EntryRef, Found, pair};
pub use problem::{Problem, Words};
pub use quotation::Quotation;
pub use sentence::Sentence;
pub(crate) use sentence::{CITED, CITED_SEVERAL};

use crate::text::{Cited, Round, Span};
use layout::{Block, Layout};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a draft is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Format {
    /// Text without markup; paragraphs stand between blank lines.
    Plain,
    /// Markdown as `CommonMark` and Pandoc know it, with Pandoc's citations (`[@key]`, `@key [p. 3]`).
    Markdown,
    /// LaTeX, with the citation commands of natbib, biblatex, apacite and harvard.
    Tex,
}

/// A headed part of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Heading as a reader sees it; empty before the first.
    pub heading: String,
    /// Where the heading stands in the draft.
    pub span: Span,
}

/// A draft as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What it was read as.
    pub format: Format,
    /// Its sections, in order; never empty, the first is what stands before any heading.
    pub sections: Vec<Section>,
    /// Its sentences, in order of their start; a footnote's stand within the sentence that has it. Headings, figures, tables,
    /// listings and the list of works are left out.
    pub sentences: Vec<Sentence>,
    /// The list of works in the draft itself, and notes that are references; empty where it has none.
    pub list: Vec<Entry>,
}

/// Fewest works in a list of numbers for numbers in round brackets to cite, where the draft cites in no other way.
const SHORTEST_LIST: usize = 2;

impl Draft {
    /// Reads a draft. Any text is read as something; takes time in proportion to it.
    #[must_use]
    pub fn read(format: Format, text: &str) -> Self {
        let layout = layout(format, text);
        let mut list = layout.list.clone();
        let round = round(&layout, &list);
        let (notes, blocks): (Vec<&Block>, Vec<&Block>) = layout.blocks.iter().partition(|block| block.note.is_some());
        let mut sentences: Vec<Sentence> =
            blocks.iter().flat_map(|block| sentence::sentences(block, format, text, round)).collect();
        let mut works_of_notes: BTreeMap<String, Vec<Cited>> = BTreeMap::new();
        for block in notes {
            let Some(key) = &block.note else { continue };
            if let Some(works) = sentence::short_note(block) {
                works_of_notes.insert(key.clone(), works);
                continue;
            }
            let read = sentence::sentences(block, format, text, round);
            if read.iter().all(|read| read.marks.is_empty()) {
                list.extend(bibliography::reference(&block.text, key, None).filter(Entry::is_a_work));
            }
            sentences.extend(read.into_iter().filter(|read| !read.marks.is_empty()));
        }
        for sentence in &mut sentences {
            sentence.resolve_notes(&works_of_notes, &list);
        }
        sentences.sort_by_key(|sentence| (sentence.span.start, sentence.span.end));
        Self { format, sections: layout.sections, sentences, list }
    }

    /// The sentences that cite.
    pub fn citing(&self) -> impl Iterator<Item = &Sentence> {
        self.sentences.iter().filter(|sentence| !sentence.marks.is_empty())
    }
}

/// The blocks of a text.
pub(crate) fn layout(format: Format, text: &str) -> Layout {
    match format {
        Format::Plain => plain::read(text),
        Format::Markdown => markdown::read(text),
        Format::Tex => tex::read(text, tex::Formulas::ForCitations),
    }
}

/// Whether numbers in round brackets cite: the list is numbered, and nothing else cites by number or key.
fn round(layout: &Layout, list: &[Entry]) -> Round {
    let numbered = list.iter().filter(|entry| entry.number.is_some()).count() >= SHORTEST_LIST;
    let by_number = |block: &Block| {
        !block.marks.is_empty()
            || crate::text::citations(&block.text, Round::Plain)
                .iter()
                .any(|citation| citation.works.iter().any(|work| matches!(work, Cited::Number(_))))
    };
    if numbered && !layout.blocks.iter().any(by_number) { Round::Cites } else { Round::Plain }
}

#[cfg(test)]
mod tests;
