//! Papers: one scholarly work each, with its sections and passages; records of one work are merged.

mod entry;
mod full_text;
pub mod identifier;
mod merge;
mod name;
mod notice;
mod source_id;
mod title;

pub use entry::{Author, Entry};
pub use full_text::{Format, FullText};
pub use merge::{merge, same_work};
pub(crate) use name::same_person;
pub use notice::Notice;
pub use source_id::SourceId;
pub use title::{Likeness, Titles, likeness};

use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Identifies a paper within a run: `doi:…` (lower case), else `arxiv:…` (no version), else `<source>:<its id>`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct PaperId(pub String);

/// One scholarly work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Paper {
    /// Its id within the run.
    pub id: PaperId,
    /// Title in plain text, whitespace normalised; never empty.
    pub title: String,
    /// Authors in order, "Given Family".
    pub authors: Vec<String>,
    /// Year of first publication.
    pub year: Option<u16>,
    /// Journal, conference or repository.
    pub venue: Option<String>,
    /// Bare DOI, lower case, no prefix.
    pub doi: Option<String>,
    /// arXiv id without version, e.g. `2004.14974` or `hep-th/9901001`.
    pub arxiv_id: Option<String>,
    /// Where to read it: `https` (`http` only of a host that may know nothing else); of a demonstration paper the anchor
    /// `#demo-…` in the page.
    pub url: String,
    /// Abstract in plain text (markup removed, whitespace normalised); `None` where no source gave one.
    pub abstract_text: Option<String>,
    /// True where it was taken back: [`Notice::takes_back`].
    pub retracted: bool,
    /// What a source, its title or its abstract says became of it.
    #[serde(default)]
    pub notice: Option<Notice>,
    /// Other years that sources give for it, too far from [`Self::year`] to be its preprint's or its print's.
    #[serde(default)]
    pub other_years: Vec<u16>,
    /// Who reported it, in the order asked.
    pub sources: Vec<SourceId>,
    /// Its id in each source that has ids of its own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ids: BTreeMap<SourceId, String>,
    /// True where no search found it, but a work found cites it or is cited by it.
    #[serde(default)]
    pub by_citation: bool,
    /// Full texts that may be had, in the order in which they are tried.
    #[serde(default)]
    pub full_texts: Vec<FullText>,
    /// What was read, in document order. Filled by `read`; a search record has none.
    pub sections: Vec<Section>,
    /// How much of it was read.
    pub reading: Reading,
    /// The list of works of the text that was read, in order; nothing of an abstract.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub works: Vec<Entry>,
    /// [`FullText::page`] of the full text that was read.
    #[serde(default)]
    pub page: Option<String>,
}

/// How much of a paper was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Reading {
    /// Neither abstract nor full text could be had.
    #[default]
    Nothing,
    /// The abstract alone.
    Abstract,
    /// The full text.
    FullText,
}

/// What part of a paper a section is; claims are treated by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum SectionKind {
    /// The abstract.
    Abstract,
    /// Introduction, motivation.
    Introduction,
    /// Related work, background: other people's findings.
    RelatedWork,
    /// Methods, data, set-up.
    Methods,
    /// Results, experiments, evaluation, ablations.
    Results,
    /// Discussion, analysis, limitations.
    Discussion,
    /// Conclusion.
    Conclusion,
    /// Anything else.
    Other,
    /// A table: its passages are statements made of its cells ([`crate::read::table`]), not sentences of the authors.
    Table,
}

/// A headed part of a paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// Heading as printed, without its number; "Abstract" for the abstract.
    pub heading: String,
    /// What part it is.
    pub kind: SectionKind,
    /// Its paragraphs.
    pub passages: Vec<Passage>,
}

/// A paragraph of a paper. Claims and evidence point into its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Passage {
    /// Plain text, whitespace normalised; never empty.
    pub text: String,
    /// Its sentences, in order, not overlapping; trimmed of surrounding whitespace. One that lost a word in reading
    /// ([`crate::text::MISSING`]) is left out.
    pub sentences: Vec<Span>,
    /// What leads to it behind the `#` of an address: the `id` of the element that it was read from; of a PDF the page on which
    /// it begins, such as `page=3` (RFC 8118).
    pub anchor: Option<String>,
    /// Where its sentences stand on the pages of a PDF, in order; of other formats nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
}

impl Passage {
    /// Where a span of it stands, such as one of its sentences: a rectangle for each line that it is on, in reading order. A span
    /// that is part of a sentence gives the whole of the sentence on those lines.
    pub fn places(&self, span: Span) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(move |place| place.span.overlaps(span))
    }
}

/// Where part of a passage stands on a page: what of one sentence is on one line. Lengths are in points, to a tenth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// In the passage's text.
    pub span: Span,
    /// Counted from 0.
    pub page: usize,
    /// Left edge, from that of the page as shown.
    pub x: f32,
    /// Top edge, from that of the page.
    pub y: f32,
    /// Along the line.
    pub width: f32,
    /// Across it.
    pub height: f32,
}

/// Points at one passage of one paper.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct PassageRef {
    /// Whose.
    pub paper: PaperId,
    /// Index of the section in [`Paper::sections`].
    pub section: usize,
    /// Index of the passage in [`Section::passages`].
    pub passage: usize,
}

impl Paper {
    /// Whether what it says may count for or against a claim: not of what was taken back, nor of what its editors doubt.
    #[must_use]
    pub fn can_be_evidence(&self) -> bool {
        !self.retracted && !self.notice.is_some_and(Notice::forbids_support)
    }

    /// Whether the reader brought it.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.sources.contains(&SourceId::Yours)
    }

    /// Whether a title may be this paper's: the same words but for a few, or one with a subtitle more.
    #[must_use]
    pub fn is_titled(&self, title: &str) -> bool {
        self.likeness(title) >= Likeness::Near
    }

    /// How near a title is to this paper's.
    #[must_use]
    pub fn likeness(&self, title: &str) -> Likeness {
        title::likeness(&self.title, title)
    }

    /// The passage that `at` points to, where it is one of this paper.
    #[must_use]
    pub fn passage(&self, at: &PassageRef) -> Option<&Passage> {
        self.sections.get(at.section).filter(|_| at.paper == self.id)?.passages.get(at.passage)
    }

    /// Every passage with its place, in document order.
    pub fn passages(&self) -> impl Iterator<Item = (PassageRef, &Passage)> {
        self.sections.iter().enumerate().flat_map(move |(section, part)| {
            part.passages
                .iter()
                .enumerate()
                .map(move |(passage, text)| (PassageRef { paper: self.id.clone(), section, passage }, text))
        })
    }
}
