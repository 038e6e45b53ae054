//! Structure: blocks become the sections of a paper.

use super::{
    PdfRuns,
    block::{self, Block, Kind, ends_sentence, split_number},
    join::{Paragraph, Words},
    line::{Body, Line, Piece, same_size},
};
use crate::{
    draft::bibliography::{self, ListFormat},
    paper::{Section, SectionKind},
    read::{Page, heading},
    text,
};

/// Heading of text that stands in no section, as in the other readers.
pub(in crate::read) const UNHEADED: &str = "Text";
/// Longest run-in heading, in words, as in the other readers.
const LONGEST_LEAD: usize = 8;
/// Lines that it takes, at most.
const LEAD_LINES: usize = 2;
/// Size of a title against the text's, at least.
const TITLE: f32 = 1.15;

/// How far a line that goes on ends before the edge of its column, in sizes, at most.
const FULL: f32 = 1.5;

/// Names of an abstract.
const ABSTRACT: &[&str] = &["abstract", "summary", "synopsis"];
/// Bytes that "Abstract" takes at most, its letters spaced out and a mark behind them.
const LONGEST_LEAD_ABSTRACT: usize = 24;
/// Names of lists of keywords, which stand between an abstract and the text.
const KEYWORDS: &[&str] =
    &["keywords", "key words", "index terms", "ccs concepts", "jel classification", "subject headings", "mesh terms"];
/// Names of a reference list.
#[rustfmt::skip]
const REFERENCES: &[&str] =
    &["references", "bibliography", "literature cited", "works cited", "references and notes", "references cited", "literature"];
/// Names of parts that stand at the top of a paper's order, however they are set.
#[rustfmt::skip]
const TOP: &[&str] = &[
    "introduction", "background", "related work", "methods", "materials and methods", "results", "discussion",
    "results and discussion", "conclusion", "conclusions", "acknowledgements", "acknowledgments", "acknowledgement", "acknowledgment",
];

/// Whether a heading is one that papers usually have: it needs no type of its own to be known.
pub(super) fn is_usual(name: &str) -> bool {
    let name = plain(name);
    [ABSTRACT, REFERENCES, TOP].iter().any(|names| names.contains(&name.as_str()))
}

/// A heading in lower case, letters spaced out closed up, without marks at its end.
fn plain(name: &str) -> String {
    let lower = name.trim().trim_end_matches(['.', ':', '—', '–', '-']).trim().to_lowercase();
    let is_spaced = lower.split(' ').count() > 3 && lower.split(' ').all(|letter| letter.chars().count() == 1);
    if is_spaced { lower.replace(' ', "") } else { lower }
}

/// How a heading is set: size in tenths of a point, bold, capitals.
type Style = (i32, bool, bool);

/// The document read, and the lines of its reference list; `None` where it has no paragraph.
pub(super) fn read(
    document: &PdfRuns,
    blocks: &[Block<'_>],
    body: &Body,
    words: &Words,
) -> Option<(Page, Vec<String>)> {
    let title = printed_title(blocks, body)
        .or_else(|| document.title.as_deref().map(text::normalize))
        .filter(|title| !title.is_empty());
    let mut reader = Reader::new(words);
    for block in &blocks[start(blocks, body)..] {
        reader.read(block);
    }
    let (sections, references) = reader.finish();
    let works = bibliography::read(ListFormat::Printed, &references.join("\n"));
    (!sections.is_empty()).then_some((Page { title, sections, works }, references))
}

/// What is set largest on the first page.
fn printed_title(blocks: &[Block<'_>], body: &Body) -> Option<String> {
    let at = printed_title_at(blocks, body)?;
    let size = blocks[at].size();
    let lines = blocks[at..].iter().take_while(|block| same_size(block.size(), size)).flat_map(|block| block.lines);
    let title: Vec<&str> = lines.map(|line| line.text.as_str()).collect();
    Some(text::normalize(&title.join(" ")))
}

/// Index of the first block of more than a word that is set largest on the first page.
fn printed_title_at(blocks: &[Block<'_>], body: &Body) -> Option<usize> {
    let is_candidate = |block: &Block<'_>| block.first().page == 0 && block.text.contains(' ');
    let largest = blocks.iter().filter(|block| is_candidate(block)).map(Block::size).max_by(f32::total_cmp);
    let largest = largest.filter(|size| *size >= TITLE * body.size)?;
    blocks.iter().position(|block| is_candidate(block) && same_size(block.size(), largest))
}

/// The first block that is read: the abstract, else what follows the title. What is before it are titles, authors and
/// addresses.
fn start(blocks: &[Block<'_>], body: &Body) -> usize {
    let is_early = |block: &&Block<'_>| block.first().page <= 1;
    let early = blocks.iter().take_while(is_early).count();
    let is_abstract = |block: &Block<'_>| match block.kind {
        Kind::Heading => ABSTRACT.contains(&plain(split_number(&block.text).1).as_str()),
        Kind::Prose => lead_abstract(block).is_some(),
        _ => false,
    };
    let behind_title = printed_title_at(blocks, body).map_or(0, |at| at + 1);
    blocks[..early].iter().position(is_abstract).unwrap_or(behind_title)
}

/// The pieces of a paragraph's first line that say "Abstract", where it begins with it.
fn lead_abstract(block: &Block<'_>) -> Option<usize> {
    let mut said = String::new();
    for (at, piece) in block.first().pieces.iter().enumerate() {
        said.push_str(&piece.text);
        if said.len() > LONGEST_LEAD_ABSTRACT {
            break;
        }
        if plain(&said) == "abstract" {
            return Some(at + 1);
        }
    }
    None
}

struct Reader<'a> {
    words: &'a Words,
    sections: Vec<Section>,
    paragraph: Paragraph,
    /// The last line of the paragraph under way.
    last: Option<Line>,
    /// Open headings, outermost first: level and kind.
    open: Vec<(usize, SectionKind)>,
    /// How headings are set, with their level.
    styles: Vec<(Style, usize)>,
    /// The level at which what is not read began, and how its heading is set.
    unread: Option<(usize, Style)>,
    /// After the reference list everything is an appendix.
    appendix: bool,
    /// Whether the list is under way.
    in_references: bool,
    /// Its lines, a word that is broken at a line's end whole; those that stand in begin with a blank.
    references: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(words: &'a Words) -> Self {
        Self {
            words,
            sections: Vec::new(),
            paragraph: Paragraph::default(),
            last: None,
            open: Vec::new(),
            styles: Vec::new(),
            unread: None,
            appendix: false,
            in_references: false,
            references: Vec::new(),
        }
    }

    fn read(&mut self, block: &Block<'_>) {
        match block.kind {
            Kind::Heading => self.read_heading(block),
            Kind::Caption => {}
            _ if self.in_references => self.read_references(block),
            _ if self.unread.is_some() => {}
            Kind::Prose => self.read_prose(block),
            Kind::Fragment if self.goes_on(block) => self.add(block, 0),
            Kind::Formula => self.paragraph.add_missing(),
            Kind::Fragment | Kind::Table | Kind::Other => self.pass_over(block),
            Kind::Note => {}
        }
    }

    /// Keeps the lines of a block of the reference list.
    fn read_references(&mut self, block: &Block<'_>) {
        for line in block.lines {
            if self.paragraph.is_empty() && line.indent() > block::FLUSH {
                self.references.push(" ".to_owned());
            } else if self.paragraph.is_empty() {
                self.references.push(String::new());
            }
            self.paragraph.add(line, 0..line.pieces.len(), self.words);
            if !super::join::ends_broken(self.paragraph.text()) {
                self.end_reference_line();
            }
        }
    }

    fn end_reference_line(&mut self) {
        let line = std::mem::take(&mut self.paragraph);
        if let Some(open) = self.references.last_mut() {
            open.push_str(line.text());
        }
    }

    /// Leaves out a block. Where it is set as the text is and a sentence is open, the sentence may have lost a line by it.
    fn pass_over(&mut self, block: &Block<'_>) {
        let Some(last) = &self.last else { return };
        let first = block.first();
        let is_like = same_size(first.size, last.size) && first.family == last.family && first.page == last.page;
        if is_like && !ends_sentence(self.paragraph.text()) {
            self.paragraph.add_missing();
        }
    }

    fn read_prose(&mut self, block: &Block<'_>) {
        if self.goes_on(block) {
            return self.add(block, 0);
        }
        self.flush();
        if KEYWORDS.iter().any(|name| block.text.to_lowercase().starts_with(name)) {
            return;
        }
        if self.sections.is_empty()
            && let Some(skipped) = lead_abstract(block)
        {
            self.open_section("Abstract", SectionKind::Abstract);
            return self.add(block, skipped);
        }
        let lead = lead(block);
        let mut left = lead;
        for line in block.lines {
            let here = left.min(line.pieces.len());
            self.paragraph.add(line, 0..here, self.words);
            left -= here;
            if here > 0 && left == 0 {
                self.paragraph.close_lead(false);
            }
            self.paragraph.add(line, here..line.pieces.len(), self.words);
        }
        if block.is_item {
            self.paragraph.close_lead(true);
        }
        self.last = Some(block.last().clone());
    }

    /// Whether a block is the rest of the paragraph under way: that ends in mid-sentence, and this does not begin one.
    fn goes_on(&self, block: &Block<'_>) -> bool {
        let Some(last) = &self.last else { return false };
        let text = self.paragraph.text();
        if text.is_empty() || block.is_item {
            return false;
        }
        let first = block.first();
        if !same_size(first.size, last.size) {
            return false;
        }
        let begins_small = block.text.starts_with(char::is_lowercase);
        let stands_in =
            first.indent() > block::FLUSH && block.lines.get(1).is_none_or(|second| second.indent() < block::FLUSH);
        if text.ends_with(text::MISSING) {
            return begins_small || !ended_before_missing(text) && !stands_in;
        }
        let is_full = last.shortfall() < FULL;
        super::join::ends_broken(text)
            || !ends_sentence(text) && (begins_small || is_full && !stands_in)
            || text.ends_with(':') && begins_small && is_full
    }

    fn add(&mut self, block: &Block<'_>, skipped: usize) {
        for (at, line) in block.lines.iter().enumerate() {
            self.paragraph.add(line, if at == 0 { skipped } else { 0 }..line.pieces.len(), self.words);
        }
        self.last = Some(block.last().clone());
    }

    fn read_heading(&mut self, block: &Block<'_>) {
        let (number, name) = split_number(&block.text);
        let name = text::normalize(name).trim_end_matches([':', '.']).to_owned();
        let lower = plain(&name);
        let style = style(block);
        if let Some((level, other)) = self.unread {
            let is_appendix = lower.starts_with("appendi") || lower.starts_with("supplement");
            let same = style.0 >= other.0 && (style.1, style.2) == (other.1, other.2) || TOP.contains(&lower.as_str());
            if !(same || is_appendix || number.is_some() && level > 1) {
                if self.in_references {
                    self.read_references(block);
                }
                return;
            }
            self.unread = None;
        }
        if self.in_references {
            self.end_reference_line();
            self.in_references = false;
        }
        self.flush();
        let level = self.level(number, &lower, style);
        self.open.retain(|(other, _)| *other < level);
        let parent = self.open.last().map(|(_, kind)| *kind);
        if REFERENCES.contains(&lower.as_str()) || heading::is_unread(&lower) {
            self.in_references = REFERENCES.contains(&lower.as_str());
            self.appendix |= self.in_references;
            self.unread = Some((level, style));
            return;
        }
        self.appendix |= lower.starts_with("appendi") || lower.starts_with("supplementary");
        let kind = match () {
            () if ABSTRACT.contains(&lower.as_str())
                && self.sections.iter().all(|section| section.kind != SectionKind::Abstract) =>
            {
                SectionKind::Abstract
            }
            () if self.appendix => SectionKind::Other,
            () => heading::kind(&name, parent.filter(|kind| *kind != SectionKind::Abstract)),
        };
        if kind != SectionKind::Abstract {
            self.open.push((level, kind));
        }
        self.open_section(if kind == SectionKind::Abstract { "Abstract" } else { &name }, kind);
    }

    /// How deep a heading stands, from 1: as its number says, else as others that are set the same.
    fn level(&mut self, number: Option<&str>, lower: &str, style: Style) -> usize {
        let numbered = number
            .filter(|number| number.starts_with(|c: char| c.is_ascii_digit()))
            .map(|number| number.split('.').count());
        let top = (TOP.contains(&lower) || REFERENCES.contains(&lower)).then_some(1);
        let known = self.styles.iter().find(|(other, _)| *other == style).map(|(_, level)| *level);
        let smaller = || {
            let above = self.styles.iter().filter(|(other, _)| *other > style);
            above.map(|(_, level)| level + 1).max().unwrap_or(1)
        };
        let level = numbered.or(top).or(known).unwrap_or_else(smaller);
        if known.is_none() {
            self.styles.push((style, level));
        }
        level
    }

    fn open_section(&mut self, heading: &str, kind: SectionKind) {
        self.sections.push(Section { heading: heading.to_owned(), kind, passages: Vec::new() });
    }

    fn flush(&mut self) {
        let mut paragraph = std::mem::take(&mut self.paragraph);
        // A sentence that fills its last line and has no end goes on where it was not found.
        if self.last.take().is_some_and(|last| last.shortfall() < FULL) && !ends_sentence(paragraph.text()) {
            paragraph.add_missing();
        }
        let Some(passage) = (!paragraph.is_empty()).then(|| paragraph.finish()).flatten() else { return };
        if self.sections.is_empty() {
            self.open_section(UNHEADED, SectionKind::Other);
        }
        if let Some(section) = self.sections.last_mut() {
            section.passages.push(passage);
        }
    }

    fn finish(mut self) -> (Vec<Section>, Vec<String>) {
        if self.in_references {
            self.end_reference_line();
        }
        self.flush();
        let mut read = self.sections;
        read.retain(|section| !section.passages.is_empty());
        // What stands before the introduction without a heading is the abstract.
        if let [first, second, ..] = &mut read[..]
            && first.heading == UNHEADED
            && second.kind == SectionKind::Introduction
        {
            (first.heading, first.kind) = ("Abstract".to_owned(), SectionKind::Abstract);
        }
        // Stable: some styles print the abstract beside the first paragraphs.
        read.sort_by_key(|section| section.kind != SectionKind::Abstract);
        (read, self.references)
    }
}

/// Whether the text before a displayed formula ended a sentence.
fn ended_before_missing(text: &str) -> bool {
    ends_sentence(text.trim_end_matches(text::MISSING).trim_end())
}

/// How many pieces a run-in heading takes at the start of a paragraph, behind the mark of an item: bold words, or italic
/// ones with a stop, before a capital.
fn lead(block: &Block<'_>) -> usize {
    let pieces: Vec<&Piece> = block.lines.iter().take(LEAD_LINES).flat_map(|line| &line.pieces).collect();
    let mark = usize::from(block.is_item && !pieces[0].text.trim().contains(' '));
    let Some(first) = pieces.get(mark) else { return 0 };
    let bold = first.font.bold;
    if !bold && !first.font.italic {
        return 0;
    }
    let is_set = |piece: &&&Piece| if bold { piece.font.bold } else { piece.font.italic };
    let length = pieces[mark..].iter().take_while(is_set).count();
    let said = pieces[mark..mark + length].iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ");
    let rest = pieces.get(mark + length).map(|piece| piece.text.trim_start());
    let is_heading = said.split_whitespace().count() <= LONGEST_LEAD && (bold || said.trim().ends_with(['.', ':']));
    let follows = rest.is_some_and(|rest| rest.starts_with(char::is_uppercase));
    if is_heading && follows && said.chars().any(char::is_alphabetic) { mark + length } else { 0 }
}

fn style(block: &Block<'_>) -> Style {
    let (_, name) = split_number(&block.text);
    let is_capital = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    #[allow(clippy::cast_possible_truncation, reason = "a size lies between 4 and a page's height")]
    let size = (block.size() * 10.0).round() as i32;
    (size, block.lines.iter().all(|line| line.bold), is_capital)
}
