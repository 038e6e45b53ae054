//! Sections in the making: a reader opens, names and closes them, and puts passages in the innermost.

use super::{
    Page, ReadError, heading,
    table::{self, Written},
};
use crate::{
    paper::{Passage, Section, SectionKind},
    text::normalize,
};

/// Heading of text that stands in no section.
const UNHEADED: &str = "Text";

/// What is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Abstract,
    /// Its sections are [`SectionKind::Other`], whatever their headings say.
    Appendix,
    Section,
}

/// A section that is open.
struct Open {
    /// Index into the sections.
    index: usize,
    /// How deep its heading is, where headings have levels.
    level: usize,
    /// False for acknowledgements and the like.
    read: bool,
    appendix: bool,
}

/// Sections, and which of them are open, the outermost first.
#[derive(Default)]
pub(super) struct Outline {
    sections: Vec<Section>,
    open: Vec<Open>,
    tables: Vec<Written>,
}

impl Outline {
    /// Opens a section within the open ones.
    pub fn open(&mut self, part: Part) {
        let level = self.open.last().map_or(0, |parent| parent.level + 1);
        let parent = self.open.last();
        let (heading, kind) = match (part, parent) {
            (Part::Abstract, _) => ("Abstract", SectionKind::Abstract),
            (Part::Section, Some(parent)) => ("", self.sections[parent.index].kind),
            _ => ("", SectionKind::Other),
        };
        let open = Open {
            index: self.sections.len(),
            level,
            read: parent.is_none_or(|parent| parent.read),
            appendix: part == Part::Appendix || parent.is_some_and(|parent| parent.appendix),
        };
        self.open.push(open);
        self.sections.push(Section { heading: heading.to_owned(), kind, passages: Vec::new() });
    }

    /// Names the innermost open section. A `hint` says what it is where its heading does not.
    pub fn head(&mut self, heading: &str, hint: Option<&str>) {
        let heading = normalize(heading);
        let heading = heading.trim_end_matches([':', '.']).to_owned();
        let parent = self.open.iter().rev().nth(1).map(|open| self.sections[open.index].kind);
        if let Some(open) = self.open.last_mut() {
            open.read &= !heading::is_unread(&heading);
            let section = &mut self.sections[open.index];
            if !open.appendix {
                section.kind = match (heading::kind(&heading, parent), hint) {
                    (SectionKind::Other, Some(hint)) => heading::kind(hint, parent),
                    (kind, _) => kind,
                };
            }
            section.heading = heading;
        }
    }

    /// Closes the innermost open section.
    pub fn close(&mut self) {
        self.open.pop();
    }

    /// Starts a section at a heading of this level, 1 being the outermost: those open of this level and below are closed.
    pub fn start(&mut self, level: usize, part: Part, heading: &str) {
        while self.open.last().is_some_and(|open| open.level >= level) {
            self.open.pop();
        }
        self.open(part);
        if let Some(open) = self.open.last_mut() {
            open.level = level;
        }
        if part != Part::Abstract {
            self.head(heading, None);
        }
    }

    /// Closes all that is open.
    pub fn close_all(&mut self) {
        self.open.clear();
    }

    /// Puts a passage in the innermost open section.
    pub fn add(&mut self, passage: Passage) {
        match self.open.last() {
            Some(open) if open.read => self.sections[open.index].passages.push(passage),
            Some(_) => {}
            // A letter without sections, or what stands before the first.
            None => match self.sections.last_mut() {
                Some(section) if section.heading == UNHEADED => section.passages.push(passage),
                _ => self.sections.push(Section {
                    heading: UNHEADED.to_owned(),
                    kind: SectionKind::Other,
                    passages: vec![passage],
                }),
            },
        }
    }

    /// Puts in a table, wherever it stands.
    pub fn add_table(&mut self, table: Written) {
        self.tables.push(table);
    }

    /// The sections that hold something, the abstract first, the tables last.
    ///
    /// # Errors
    /// [`ReadError::Empty`] where none does.
    pub fn finish(mut self, title: Option<String>) -> Result<Page, ReadError> {
        self.sections.retain(|section| !section.passages.is_empty());
        if self.sections.is_empty() {
            return Err(ReadError::Empty);
        }
        // Stable: some styles print the abstract after the first paragraphs.
        self.sections.sort_by_key(|section| section.kind != SectionKind::Abstract);
        self.sections.extend(table::sections(&self.tables));
        let title = title.map(|title| normalize(&title)).filter(|title| !title.is_empty());
        Ok(Page { title, sections: self.sections, works: Vec::new() })
    }
}
