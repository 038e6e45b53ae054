//! Blocks: lines that belong together, and what they are.

use super::{
    PdfPage,
    line::{Body, Line, Piece, Script, same_size},
};
use crate::text;
use std::collections::BTreeMap;

/// Distance of lines that parts blocks, against the usual one: ACL sets 1.34 between items, 1.67 between parts.
const APART: f32 = 1.28;
/// The same of lines with raised or lowered letters, for which word processors leave room.
const SCRIPTS_APART: f32 = 1.5;
/// The same of a displayed formula: TeX leaves more room above it than between lines.
const DISPLAYED: f32 = 1.04;
/// How far the first line of a paragraph stands in, in sizes: from TeX's `\parindent` of 1 em in columns to 1.5 cm.
const INDENT: std::ops::Range<f32> = 0.7..5.0;
/// What is not stood in, in sizes.
pub(super) const FLUSH: f32 = 0.45;
/// How far the last line of a paragraph ends before the edge of its column, in sizes, for the next to be a new one.
const SHORT: f32 = 3.0;
/// A gap within a line, in sizes, that justified text does not have but behind a run-in heading: LaTeX's there is 1.
const CELL_GAP: f32 = 1.05;
/// Share of lines with such a gap from which a block is a table.
const TABULAR: f32 = 0.34;
/// Widest gap in a heading, in sizes: behind its number.
const NUMBER_GAP: f32 = 4.0;
/// Longest heading, in lines and words.
const HEADING_LINES: usize = 3;
const HEADING_WORDS: usize = 16;
/// Words that a block of one or two lines has at least to be a sentence, where it is set otherwise than the text.
const SENTENCE_WORDS: usize = 12;
/// Size of a heading, and of a note, against the body's.
const LARGER: f32 = 1.06;
const SMALLER: f32 = 0.94;
/// Share of function words among the words of running text, at least; English has 0.4 of them, tables and labels few.
const RUNNING: f32 = 0.15;
/// How much of its width a paragraph fills, at least: ragged text has 0.85, cells of a table any share.
const FILLED: f32 = 0.75;
/// Share of a block's characters that stand in words, at least; below it is a formula or a table.
const WORDY: f32 = 0.5;
/// The same, of words of three letters, below which a line with signs of a formula is one: names of variables are short.
const FORMULA: f32 = 0.35;
/// Width of a stripe of a page, in points: less than any gutter.
const STRIPE: f32 = 5.0;
/// Share of the document's letters in one small size, from which it is a part of the text and no notes.
const OWN_SIZE: f32 = 0.15;

/// Words that number a figure, a table and the like.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "figure", "fig.", "fig", "table", "tab.", "algorithm", "scheme", "box", "listing", "chart", "plate", "exhibit",
];

/// What some lines are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text.
    Prose,
    /// Too short to be told from a label, set like the text: the last words of a paragraph may be.
    Fragment,
    Heading,
    Caption,
    /// A footnote.
    Note,
    /// A displayed formula.
    Formula,
    /// A table of words, which columns run together look like.
    Table,
    /// Anything else: what is written in a figure, authors, addresses.
    Other,
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Block<'a> {
    pub kind: Kind,
    /// At least one, in order.
    pub lines: &'a [Line],
    /// Its lines joined by blanks.
    pub text: String,
    /// Whether it begins with the mark of a list's item.
    pub is_item: bool,
}

/// The blocks of a document in reading order.
pub(super) fn blocks<'a>(lines: &'a [Line], pages: &[PdfPage], body: &Body) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block<'a>> = Vec::new();
    let mut start = 0;
    for at in 1..=lines.len() {
        let block = &lines[start..at];
        if at == lines.len() || parts(block, &lines[at], body) {
            if !block.is_empty() {
                blocks.push(Block::of(block, body));
            }
            start = at;
        }
    }
    unlabel(&mut blocks, body);
    continue_captions(&mut blocks, body);
    note_feet(&mut blocks, pages, body);
    blocks
}

/// Whether `next` does not belong to the block before it.
fn parts(block: &[Line], next: &Line, body: &Body) -> bool {
    let (Some(first), Some(last)) = (block.first(), block.last()) else { return false };
    let distance = (next.y - last.y) / (body.leading * last.size.max(next.size)).max(1.0);
    // Raised and lowered letters push lines apart.
    let apart = if has_scripts(last) || has_scripts(next) { SCRIPTS_APART } else { APART };
    if last.region != next.region || distance > apart || !same_size(next.size, last.size) {
        return true;
    }
    // "… as shown in", "Table 1. It …" is no caption.
    if is_label(next, body) && (distance > 1.05 || ends_sentence(&last.text) && last.shortfall() > SHORT) {
        return true;
    }
    if is_label(first, body) {
        return false;
    }
    // A displayed formula stands apart from the lines of a paragraph, which may be full of signs too.
    if is_formula_line(first) != is_formula_line(next) && (is_formula_line(first) || distance > DISPLAYED) {
        return true;
    }
    let is_short = last.shortfall() > SHORT;
    let begins = next.text.starts_with(char::is_uppercase) && (ends_sentence(&last.text) || last.bold);
    if last.bold != next.bold && (is_short || distance > 1.05 || begins) {
        return true;
    }
    // Within a paragraph a line may begin with "2." by chance.
    if is_item(next)
        && (is_short || distance > 1.05 || (next.x0 - last.x0).abs() > FLUSH * next.size || is_bulleted(next))
    {
        return true;
    }
    let stands_in = INDENT.contains(&next.indent()) && last.indent() < next.indent() - FLUSH;
    // The lines of an item hang below its text.
    if stands_in && !is_item(first) && last.indent().abs() < FLUSH {
        return true;
    }
    is_short && ends_sentence(&last.text) && next.indent() < FLUSH.max(last.indent())
}

fn has_scripts(line: &Line) -> bool {
    line.pieces.iter().any(|piece| piece.script.is_some())
}

/// Whether a line begins a caption: "Figure 2:", "Table S1.", "Fig. 3 |"; without a mark, if it is bold or small.
fn is_label(line: &Line, body: &Body) -> bool {
    let lower = line.text.to_lowercase();
    let rest = ["supplementary ", "supplemental ", "extended data ", "appendix "]
        .iter()
        .find_map(|lead| lower.strip_prefix(lead));
    let lower = rest.unwrap_or(&lower);
    let mut words = lower.split(' ');
    let Some(label) = words.next().filter(|label| LABELS.contains(label)) else { return false };
    let Some(number) = words.next() else { return false };
    let bare = number.trim_end_matches([':', '.', '|', ',', ';', '—', '–']);
    let is_number = bare.chars().any(|c| c.is_ascii_digit())
        && bare.len() <= 5
        && bare.chars().all(|c| c.is_alphanumeric() || c == '.')
        || bare.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    if bare.is_empty() || !is_number {
        return false;
    }
    let next = words.next();
    let is_marked =
        number.ends_with([':', '.', '|', '—', '–']) || next.is_none_or(|next| next.starts_with(['|', ':', '—', '–']));
    let is_set_apart = line.pieces[0].font.bold || label.len() > 3 && line.text.starts_with(&label.to_uppercase());
    is_marked || is_set_apart || line.size < SMALLER * body.size
}

/// Whether a line begins with the mark of an item: a bullet, "(1)", "2.", "b)".
fn is_item(line: &Line) -> bool {
    let (mark, rest) = line.text.split_once(' ').unwrap_or((&line.text, ""));
    let inner = mark.strip_prefix('(').unwrap_or(mark).strip_suffix([')', '.']).unwrap_or_default();
    let is_count = !inner.is_empty()
        && inner.len() <= 3
        && (inner.chars().all(|c| c.is_ascii_digit())
            || inner.len() == 1 && inner.chars().all(|c| c.is_ascii_lowercase()))
        || (inner.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) && !inner.is_empty());
    is_bulleted(line) || is_count && !rest.is_empty()
}

/// Whether a line begins with a bullet: a sign by itself, whatever its font maps it to.
fn is_bulleted(line: &Line) -> bool {
    let first = line.pieces[0].text.trim();
    let is_sign = first.chars().count() == 1 && !first.starts_with(|c: char| c.is_alphanumeric() || is_opener(c));
    let is_apart = line.pieces.get(1).is_some_and(|next| next.x0 - line.pieces[0].x1 > 0.3 * line.size);
    is_sign && is_apart || line.text.starts_with(['•', '‣', '▪', '◦', '●', '■']) && line.text.contains(' ')
}

fn is_opener(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '"' | '‘' | '\'' | '«')
}

/// How many of a line's gaps are as wide as those between a table's cells; not those behind a number, a bullet or bold words
/// at its start.
fn cell_gaps(line: &Line) -> usize {
    let is_lead = |at: usize| {
        let is_set = |piece: &Piece| piece.font.bold || piece.font.italic;
        line.pieces[..at].iter().all(is_set) && !is_set(&line.pieces[at])
            || at == 1 && (is_item(line) || split_number(&line.text).0.is_some())
    };
    let wide: Vec<f32> =
        line.gaps().filter(|(gap, at)| *gap >= CELL_GAP * line.size && !is_lead(*at)).map(|(gap, _)| gap).collect();
    // A line that fills its column may be stretched: at one place, or between all its words.
    let is_full = line.indent().abs() < FLUSH && line.shortfall().abs() < FLUSH;
    let is_stretched = wide.len() == 1 && wide[0] < 2.0 * CELL_GAP * line.size
        || line.pieces.iter().all(|piece| !piece.text.trim().contains(' '));
    let words = line.text.split(' ').filter(|word| word.contains(char::is_alphabetic)).count();
    let is_text = running(&line.text) >= RUNNING && words * 4 >= line.text.split(' ').count() * 3;
    if is_full && is_stretched && is_text { 0 } else { wide.len() }
}

/// Whether a line is part of a displayed formula: few words, signs of one, and it does not fill its column.
fn is_formula_line(line: &Line) -> bool {
    let fills = line.indent() < FLUSH && line.shortfall() < FLUSH;
    let signs: String = line.text.split(' ').filter(|token| !is_number(token)).collect::<Vec<_>>().join(" ");
    !fills && wordy(&signs, 3) < FORMULA && has_formula_signs(std::slice::from_ref(line))
}

/// Whether a text ends as a sentence does, quotation marks, brackets and raised numbers aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»']);
    let text = text.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['^', '[']);
    text.ends_with(['.', '?', '!', ':'])
}

impl<'a> Block<'a> {
    fn of(lines: &'a [Line], body: &Body) -> Self {
        let text = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
        let is_item = is_item(&lines[0]);
        let mut block = Self { kind: Kind::Other, lines, text, is_item };
        block.kind = block.kind(body);
        block
    }

    pub(super) fn first(&self) -> &'a Line {
        &self.lines[0]
    }

    pub(super) fn last(&self) -> &'a Line {
        &self.lines[self.lines.len() - 1]
    }

    /// Size of most of its lines.
    pub(super) fn size(&self) -> f32 {
        self.first().size
    }

    fn kind(&self, body: &Body) -> Kind {
        if is_label(self.first(), body) {
            return Kind::Caption;
        }
        if self.is_heading(body) {
            return Kind::Heading;
        }
        let running = running(&self.text);
        let is_full = self.lines.len() >= 3;
        #[allow(clippy::cast_precision_loss, reason = "a block has few lines")]
        let gaps = self.lines.iter().filter(|line| cell_gaps(line) > 0).count() as f32 / self.lines.len() as f32;
        if self.lines.iter().all(is_formula_line) || wordy(&self.text, 2) < WORDY && !(is_full && running >= RUNNING) {
            return if has_formula_signs(self.lines) { Kind::Formula } else { Kind::Other };
        }
        if gaps >= TABULAR {
            return if running >= RUNNING && is_full { Kind::Table } else { Kind::Other };
        }
        let words = self.text.split(' ').count();
        let is_body = same_size(self.size(), body.size);
        let is_own = is_body && self.first().family == body.family;
        if is_full && (is_own && running >= RUNNING / 2.0 || running >= RUNNING && self.fill() >= FILLED) {
            return Kind::Prose;
        }
        // Shorter than three lines it could be a label: then it is a whole sentence, or is set as the text is.
        let is_sentence =
            words >= SENTENCE_WORDS && ends_sentence(&self.text) && self.text.starts_with(char::is_uppercase);
        if is_sentence && running >= RUNNING {
            return Kind::Prose;
        }
        if !is_body || !is_own && running < 2.0 * RUNNING {
            return Kind::Other;
        }
        let fills = self.first().indent().abs() < FLUSH && self.last().shortfall() < FLUSH;
        if words >= 4 && (running >= RUNNING || fills) || self.is_item && words >= 3 {
            Kind::Prose
        } else if self.first().indent().abs() < FLUSH {
            Kind::Fragment
        } else {
            Kind::Other
        }
    }

    /// How much of the block's width its lines take, but for the last.
    fn fill(&self) -> f32 {
        let left = self.lines.iter().map(|line| line.x0).min_by(f32::total_cmp).unwrap_or_default();
        let right = self.lines.iter().map(|line| line.x1).max_by(f32::total_cmp).unwrap_or_default();
        let inner = &self.lines[..self.lines.len() - 1];
        let taken: f32 = inner.iter().map(|line| line.x1 - line.x0).sum();
        #[allow(clippy::cast_precision_loss, reason = "a block has few lines")]
        let share = taken / (inner.len() as f32 * (right - left)).max(1.0);
        share
    }

    /// Short, and set apart: in bold, in a larger size, in capitals, numbered or under a usual name.
    fn is_heading(&self, body: &Body) -> bool {
        let (number, name) = split_number(&self.text);
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        let is_short = self.lines.len() <= HEADING_LINES && self.text.split(' ').count() <= HEADING_WORDS;
        let is_closed = name.ends_with(['.', ',', ';', ':', '-']) && !name.to_lowercase().ends_with("et al.");
        if !is_short
            || letters < 3
            || is_closed && !super::structure::is_usual(name)
            || name.starts_with(char::is_lowercase)
        {
            return false;
        }
        if self.lines.iter().any(|line| line.gap > NUMBER_GAP || cell_gaps(line) > 0)
            || name.contains(['=', '@'])
            || wordy(name, 2) < WORDY
        {
            return false;
        }
        let is_large = self.size() >= LARGER * body.size;
        let is_bold = self.lines.iter().all(|line| line.bold);
        let is_capital = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && letters >= 4;
        let is_styled = is_bold || is_capital || self.lines.iter().all(|line| line.italic);
        let is_alone = self.last().shortfall() > SHORT || self.lines.len() > 1;
        let is_small = self.size() < SMALLER * body.size;
        is_large
            || !is_small && is_styled && (is_alone || is_bold)
            || (number.is_some() && is_styled || super::structure::is_usual(name)) && is_alone
    }
}

/// A heading's number and what it numbers: "4.2 Data", "IV. Data", "B. Data", "Appendix A: Data".
pub(super) fn split_number(text: &str) -> (Option<&str>, &str) {
    let Some((number, rest)) = text.split_once(' ') else { return (None, text) };
    let bare = number.trim_end_matches(['.', ')', ':']);
    let parts = || bare.split('.');
    let is_part = |part: &str| !part.is_empty() && part.len() <= 2 && part.chars().all(|c| c.is_ascii_digit());
    let is_lettered = bare.starts_with(|c: char| c.is_ascii_uppercase())
        && parts().next().is_some_and(|part| part.len() == 1)
        && parts().skip(1).all(is_part)
        && (number.len() > bare.len() || bare.len() > 1);
    let is_roman = number.ends_with('.') && !bare.is_empty() && bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    if parts().all(is_part) || is_lettered || is_roman { (Some(bare), rest.trim()) } else { (None, text) }
}

/// Share of function words among the words of a text.
pub(super) fn running(text: &str) -> f32 {
    let words = || text.split(' ').filter(|word| word.chars().any(char::is_alphabetic));
    let function = words().filter(|word| text::is_function_word(word)).count();
    #[allow(clippy::cast_precision_loss, reason = "shares are rough")]
    let share = function as f32 / words().count().max(1) as f32;
    share
}

/// Share of a text's characters that stand in words of at least so many letters.
fn wordy(text: &str, least: usize) -> f32 {
    let is_word = |word: &&str| {
        let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
        let letters = inner.chars().filter(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\'' | '/')).count();
        inner == "a" || inner == "I" || letters >= least && letters * 4 >= inner.chars().count() * 3
    };
    let length = |word: &str| word.chars().count();
    let all: usize = text.split(' ').map(length).sum();
    let inside: usize = text.split(' ').filter(is_word).map(length).sum();
    #[allow(clippy::cast_precision_loss, reason = "shares are rough")]
    let share = inside as f32 / all.max(1) as f32;
    share
}

/// Whether a token is a number, with its marks: statistics in a text are no formula.
fn is_number(token: &str) -> bool {
    token.contains(|c: char| c.is_ascii_digit()) && !token.contains(char::is_alphabetic)
}

/// Signs of a displayed formula: letters of fonts for formulas, a relation, or indices.
fn has_formula_signs(lines: &[Line]) -> bool {
    let scripts = |line: &Line| line.pieces.iter().filter(|piece| piece.script == Some(Script::Lowered)).count();
    lines
        .iter()
        .any(|line| line.math > 0.2 || line.text.contains(['=', '≤', '≥', '∈', '∑', '∝', '≈']) || scripts(line) >= 3)
}

/// A line that begins like a caption at the head of a column, set like the text, while a sentence is open, goes on with it.
fn unlabel(blocks: &mut [Block<'_>], body: &Body) {
    let mut open = false;
    for block in blocks {
        let line = block.first();
        if block.kind == Kind::Caption
            && open
            && same_size(line.size, body.size)
            && !line.pieces[0].font.bold
            && line.family == body.family
        {
            block.kind = Kind::Prose;
        }
        if block.kind == Kind::Prose {
            open = !ends_sentence(&block.text) && block.last().shortfall() < SHORT;
        }
    }
}

/// What goes on below a caption or a table in its size, smaller than the text, is part of it: its notes.
fn continue_captions(blocks: &mut [Block<'_>], body: &Body) {
    for at in 1..blocks.len() {
        let (before, rest) = blocks.split_at_mut(at);
        let (above, block) = (&before[at - 1], &mut rest[0]);
        let is_near = block.first().y - above.last().y < 2.0 * body.leading * block.size();
        let is_same = block.first().region == above.first().region && same_size(block.size(), above.size());
        let is_short = block.lines.len() < 3;
        let is_float = above.kind == Kind::Caption
            && (is_short || is_label(above.first(), body) || !ends_sentence(&above.text))
            || matches!(above.kind, Kind::Table | Kind::Other) && is_short;
        if is_float && is_near && is_same && block.size() < SMALLER * body.size && body.share(block.size()) < OWN_SIZE {
            block.kind = Kind::Caption;
        }
    }
}

/// What stands small at the foot of a column, below all text of it, is a footnote.
fn note_feet(blocks: &mut [Block<'_>], pages: &[PdfPage], body: &Body) {
    let lowest = Lowest::of(blocks, body);
    let mut above: Option<usize> = None;
    for block in blocks.iter_mut().rev() {
        let Line { page, region, .. } = *block.first();
        // Blocks are looked at from the foot of each region up, until one is no note.
        let is_done = above == Some(region);
        let is_small = block.size() < SMALLER * body.size && !matches!(block.kind, Kind::Caption | Kind::Table);
        let height = pages.get(page).map_or(0.0, |page| page.height);
        let is_low = block.last().y > 0.5 * height && body.share(block.size()) < OWN_SIZE;
        if !is_done && is_small && (is_marked(block) || is_low) && lowest.is_above(block) {
            block.kind = Kind::Note;
        } else {
            above = Some(region);
        }
    }
}

/// The lowest line in the text's size, in each stripe of each page.
struct Lowest(BTreeMap<(usize, usize), f32>);

impl Lowest {
    fn of(blocks: &[Block<'_>], body: &Body) -> Self {
        let mut lowest: BTreeMap<(usize, usize), f32> = BTreeMap::new();
        let lines = blocks.iter().filter(|block| block.kind == Kind::Prose).flat_map(|block| block.lines);
        for line in lines.filter(|line| same_size(line.size, body.size)) {
            for stripe in Self::stripes(line) {
                let y = lowest.entry((line.page, stripe)).or_insert(line.y);
                *y = y.max(line.y);
            }
        }
        Self(lowest)
    }

    /// Whether all text of its size stands above a block, where that is.
    fn is_above(&self, block: &Block<'_>) -> bool {
        let line = block.first();
        Self::stripes(line).all(|stripe| self.0.get(&(line.page, stripe)).is_none_or(|y| *y < line.y))
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a line lies on its page")]
    fn stripes(line: &Line) -> std::ops::RangeInclusive<usize> {
        (line.x0 / STRIPE) as usize..=(line.x1 / STRIPE) as usize
    }
}

/// Whether a block begins with the mark of a note.
fn is_marked(block: &Block<'_>) -> bool {
    let first = &block.first().pieces[0];
    let text = first.text.trim();
    let raised = block.first().pieces.len() > 1 && first.script == Some(Script::Raised);
    raised || text.starts_with(['*', '∗', '†', '‡', '§', '¶'])
}
