//! Lines: runs on one baseline in one column, with what is raised and lowered beside them.

use super::{
    PdfPage, PdfRuns, column,
    font::{Font, Fonts},
};
use crate::text::{self, script};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Largest angle of a line that is read, in degrees: a scan may lie a little askew, a stamp along the margin does not.
const LEVEL: f32 = 3.0;
/// Smallest text read, in points, as in [`page`](super::super::page): nobody reads smaller.
const SMALLEST: f32 = 4.0;
/// Least gap between runs that is a blank, in sizes, as pdf.js has it (`TRACKING_SPACE_FACTOR`).
const BLANK: f32 = 0.102;
/// Farthest that baselines of one line lie apart, in sizes.
const BASELINE: f32 = 0.2;
/// Size of raised or lowered text against the text it belongs to, at most: TeX sets 7 or 8 pt beside 10.
const SCRIPT_SIZE: f32 = 0.86;
/// How far above and below a baseline that of a script lies, in sizes of the larger text, at most.
const RAISED: f32 = 0.75;
const LOWERED: f32 = 0.4;
/// Least distance of a script's baseline, in sizes: less is the same line.
const OFF_LINE: f32 = 0.08;
/// How far a script stands from what it belongs to, in sizes, at most; it may overlap as far.
const SCRIPT_GAP: f32 = 0.5;
/// Size of a large initial against its text, at least: it is two lines high.
const INITIAL: f32 = 1.8;
/// Letters of a page that are looked at for being one, at most: a map has any number.
const MOST_INITIALS: usize = 100;
/// Runs looked at for what a script belongs to, at most: a line has few, a hostile page has any number.
const NEIGHBOURS: usize = 200;
/// Part of a line's height that lies above and below its baseline: the ascender and descender of common text faces.
pub(super) const ASCENT: f32 = 0.78;
pub(super) const DESCENT: f32 = 0.22;

/// A run on its line.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    pub font: Font,
    /// As in [`Fonts::stops`].
    pub stops: Vec<f32>,
    pub script: Option<Script>,
}

/// How a piece stands against its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Raised,
    Lowered,
}

/// A line of one column.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Counted from 0.
    pub page: usize,
    /// The stretch of a page that it belongs to: lines of one column that nothing interrupts. Counted over the document.
    pub region: usize,
    /// Left and right edge of its column.
    pub column: (f32, f32),
    pub x0: f32,
    pub x1: f32,
    /// Baseline.
    pub y: f32,
    /// Size of most of its letters.
    pub size: f32,
    /// From left to right.
    pub pieces: Vec<Piece>,
    /// As it reads, for telling what it is.
    pub text: String,
    /// Largest gap between its pieces, in sizes.
    pub gap: f32,
    /// Whether all its letters are bold.
    pub bold: bool,
    /// Whether all its letters are italic.
    pub italic: bool,
    /// Share of its letters that are set in fonts for formulas.
    pub math: f32,
    /// Family of most of its letters.
    pub family: String,
}

/// What most of a document's text is set in.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    /// In points.
    pub size: f32,
    pub family: String,
    /// From one baseline to the next, in sizes.
    pub leading: f32,
    /// Share of the document's letters by size in tenths of a point.
    shares: BTreeMap<i32, f32>,
}

/// All lines of a document in reading order.
pub(super) fn lines(document: &PdfRuns, fonts: &Fonts<'_>) -> Vec<Line> {
    let pages: Vec<Vec<Line>> = document.pages.iter().map(|page| rows(page, fonts)).collect();
    column::ordered(pages, &document.pages)
}

/// The lines of a page across all columns, from top to bottom.
fn rows(page: &PdfPage, fonts: &Fonts<'_>) -> Vec<Line> {
    let mut pieces = pieces(page, fonts);
    let owners = script_owners(&pieces);
    for (at, owner) in owners.iter().enumerate() {
        if let Some(owner) = owner {
            let raised = pieces[at].y < pieces[*owner].y;
            pieces[at].script = Some(if raised { Script::Raised } else { Script::Lowered });
        }
    }
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut row_of = vec![usize::MAX; pieces.len()];
    for (at, piece) in pieces.iter().enumerate().filter(|(at, _)| owners[*at].is_none()) {
        let same = rows.last().filter(|row| (piece.y - pieces[row[0]].y).abs() <= BASELINE * piece.size);
        if same.is_none() {
            rows.push(Vec::new());
        }
        row_of[at] = rows.len() - 1;
        rows.last_mut().expect("one was pushed").push(at);
    }
    for (at, owner) in owners.iter().enumerate() {
        if let Some(owner) = owner {
            rows[row_of[*owner]].push(at);
        }
    }
    let mut pieces: Vec<Option<Piece>> = pieces.into_iter().map(Some).collect();
    let line = |row: Vec<usize>| Line::of(row.into_iter().filter_map(|at| pieces[at].take()).collect());
    rows.into_iter().map(line).collect()
}

/// What of a page is read, from top to bottom.
fn pieces(page: &PdfPage, fonts: &Fonts<'_>) -> Vec<Piece> {
    let is_read = |run: &&super::PdfRun| {
        [run.x, run.y, run.width, run.size, run.angle].iter().all(|number| number.is_finite())
            && run.angle.abs() <= LEVEL
            && (SMALLEST..=page.height.max(SMALLEST)).contains(&run.size)
            && run.width >= 0.0
            && (0.0..=page.width).contains(&run.x)
            && (0.0..=page.height).contains(&run.y)
            && !fonts.is_vertical(run.font)
            && !run.text.trim().is_empty()
    };
    let mut pieces: Vec<Piece> = page
        .runs
        .iter()
        .filter(is_read)
        .map(|run| Piece {
            text: run.text.clone(),
            x0: run.x,
            x1: (run.x + run.width).min(page.width.max(run.x)),
            y: run.y,
            size: run.size,
            font: fonts.get(run.font),
            stops: fonts.stops(&run.text, run.font, run.size, run.width),
            script: None,
        })
        .collect();
    raise_initials(&mut pieces);
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    pieces
}

/// Sets large initials on the first of the lines that they stand beside: their own baseline is that of a later one.
fn raise_initials(pieces: &mut [Piece]) {
    let is_initial = |piece: &Piece| {
        let mut letters = piece.text.trim().chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    let initials: Vec<usize> = (0..pieces.len()).filter(|&at| is_initial(&pieces[at])).collect();
    for at in initials.into_iter().take(MOST_INITIALS) {
        let initial = &pieces[at];
        let begins = |piece: &Piece| {
            initial.size >= INITIAL * piece.size
                && (-0.3..1.0).contains(&((piece.x0 - initial.x1) / piece.size))
                && (initial.y - initial.size..initial.y - 0.5 * piece.size).contains(&piece.y)
                && piece.text.starts_with(char::is_alphabetic)
        };
        let first = pieces.iter().filter(|piece| begins(piece)).min_by(|a, b| a.y.total_cmp(&b.y));
        if let Some(first) = first {
            let (x1, y, size) = (first.x0, first.y, first.size);
            pieces[at] = Piece { x1, y, size, ..pieces[at].clone() };
        }
    }
}

/// For each piece the one that it is a script of, itself none: a script of a script belongs to the text that both stand at.
fn script_owners(pieces: &[Piece]) -> Vec<Option<usize>> {
    let mut owners: Vec<Option<usize>> = vec![None; pieces.len()];
    let mut by_x: Vec<usize> = (0..pieces.len()).collect();
    by_x.sort_by(|&a, &b| pieces[a].x0.total_cmp(&pieces[b].x0));
    for &at in &by_x {
        let below = (at + 1..pieces.len()).take(NEIGHBOURS);
        let above = (0..at).rev().take(NEIGHBOURS);
        let near =
            |other: &usize| (pieces[*other].y - pieces[at].y).abs() <= pieces[*other].size.min(3.0 * pieces[at].size);
        let candidates = above.take_while(near).chain(below.take_while(near));
        let owner = candidates.filter_map(|other| {
            let owner = owners[other].unwrap_or(other);
            let touches = touches(&pieces[at], &pieces[other], pieces[owner].size);
            (owner != at && touches && is_script_of(&pieces[at], &pieces[owner])).then_some(owner)
        });
        owners[at] =
            owner.min_by(|&a, &b| distance(&pieces[at], &pieces[a]).total_cmp(&distance(&pieces[at], &pieces[b])));
    }
    // One that was found to be a script after it got scripts of its own.
    for at in 0..pieces.len() {
        if let Some(owner) = owners[at]
            && let Some(further) = owners[owner]
        {
            owners[at] = Some(further).filter(|&further| owners[further].is_none() && further != at);
        }
    }
    owners
}

fn distance(script: &Piece, owner: &Piece) -> f32 {
    (script.y - owner.y).abs()
}

fn is_script_of(script: &Piece, owner: &Piece) -> bool {
    let down = (script.y - owner.y) / owner.size;
    script.size <= SCRIPT_SIZE * owner.size && (-RAISED..=LOWERED).contains(&down) && down.abs() > OFF_LINE
}

/// Whether two pieces stand beside each other, an end of one at the start of the other.
fn touches(a: &Piece, b: &Piece, size: f32) -> bool {
    let reach = -SCRIPT_GAP * size..=SCRIPT_GAP * size;
    reach.contains(&(a.x0 - b.x1)) || reach.contains(&(b.x0 - a.x1))
}

impl Line {
    /// A line of pieces in any order.
    pub(super) fn of(mut pieces: Vec<Piece>) -> Self {
        pieces.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let mut line = Self { pieces: accented(pieces), ..Self::default() };
        line.measure();
        line
    }

    /// Works out everything that follows from the pieces.
    fn measure(&mut self) {
        let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
        let mut families: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut letters, mut bold, mut italic, mut math) = (0, 0, 0, 0);
        for piece in &self.pieces {
            let count = piece.text.chars().filter(|c| !c.is_whitespace()).count();
            *sizes.entry(tenths(piece.size)).or_default() += count;
            *families.entry(&piece.font.family).or_default() += count;
            let words = piece.text.chars().filter(|c| c.is_alphabetic()).count();
            letters += words;
            bold += if piece.font.bold { words } else { 0 };
            italic += if piece.font.italic { words } else { 0 };
            math += if piece.font.math { words } else { 0 };
        }
        #[allow(clippy::cast_precision_loss, reason = "a size is a small number")]
        let size = sizes.iter().max_by_key(|(_, count)| **count).map_or(0.0, |(size, _)| *size as f32 / 10.0);
        self.size = size;
        self.family =
            families.iter().max_by_key(|(_, count)| **count).map_or_else(String::new, |(name, _)| (*name).to_owned());
        (self.bold, self.italic) = (letters > 0 && bold == letters, letters > 0 && italic == letters);
        #[allow(clippy::cast_precision_loss, reason = "a line has few letters")]
        let share = if letters == 0 { 0.0 } else { math as f32 / letters as f32 };
        self.math = share;
        let base = self.pieces.iter().filter(|piece| piece.script.is_none());
        self.y = base.clone().map(|piece| piece.y).max_by(f32::total_cmp).unwrap_or_default();
        self.x0 = self.pieces.iter().map(|piece| piece.x0).min_by(f32::total_cmp).unwrap_or_default();
        self.x1 = self.pieces.iter().map(|piece| piece.x1).max_by(f32::total_cmp).unwrap_or_default();
        self.gap = self.gaps().map(|(gap, _)| gap / size.max(1.0)).max_by(f32::total_cmp).unwrap_or_default();
        self.text = text::normalize(&self.written().map(|(text, _)| text).collect::<String>());
    }

    /// The gaps between its pieces, each with the index of the piece behind it.
    pub(super) fn gaps(&self) -> impl Iterator<Item = (f32, usize)> {
        let mut right = f32::MIN;
        self.pieces.iter().enumerate().filter_map(move |(at, piece)| {
            let gap = piece.x0 - right;
            right = right.max(piece.x1);
            (at > 0).then_some((gap, at))
        })
    }

    /// Its pieces as they are written, blanks and marks of scripts included, each with its index.
    pub(super) fn written(&self) -> impl Iterator<Item = (String, usize)> {
        let mut before = String::new();
        self.pieces.iter().enumerate().map(move |(at, piece)| {
            let mut written = String::new();
            if at > 0 {
                let last = &self.pieces[at - 1];
                let size = last.size.min(piece.size);
                let gap = piece.x0 - last.x1;
                let spaced = gap > BLANK * size || last.text.ends_with(' ') || piece.text.starts_with(' ');
                // A script stands at its word: the gap is the layout's. A word that follows one may be apart.
                if spaced && (piece.script.is_none() || gap > SCRIPT_GAP * size) {
                    written.push(' ');
                }
            }
            let mark = before.len() + written.len();
            before.push_str(&written);
            before.push_str(piece.text.trim());
            match piece.script {
                Some(Script::Raised) => script::raise(&mut before, mark),
                Some(Script::Lowered) => script::lower(&mut before, mark),
                None => {}
            }
            written.push_str(before.get(mark..).unwrap_or_else(|| piece.text.trim()));
            // What stands before decides how a script is written; more than a few characters never do.
            let keep = before.floor_char_boundary(before.len().saturating_sub(8));
            before.drain(..keep);
            (written, at)
        })
    }

    /// How far it starts from the left edge of its column, in sizes.
    pub(super) fn indent(&self) -> f32 {
        (self.x0 - self.column.0) / self.size.max(1.0)
    }

    /// How far it ends before the right edge of its column, in sizes.
    pub(super) fn shortfall(&self) -> f32 {
        (self.column.1 - self.x1) / self.size.max(1.0)
    }
}

/// Pieces with their accents on the letters they were set over: TeX sets "˝" and then "o" below it. An accent over no
/// letter of a word is part of a formula, and goes.
fn accented(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut accented: Vec<Piece> = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        if let Some(last) = accented.last_mut()
            && let Some(accent) = last.text.chars().next_back()
            && let Some(mark) = combining(accent)
            && piece.x0 - last.x1 < BLANK * piece.size
            && let Some(letter) = piece.text.chars().next().filter(|c| c.is_alphabetic())
        {
            last.text.pop();
            last.stops.pop();
            let end = last.stops.last().copied().unwrap_or_default();
            last.x1 = last.x0 + (last.x1 - last.x0) * end;
            if end > 0.0 {
                last.stops.iter_mut().for_each(|stop| *stop /= end);
            }
            // One character as before: the stops of the piece stay.
            let composed: String = [letter, mark].iter().collect::<String>().nfc().collect();
            piece.text.replace_range(..letter.len_utf8(), &composed);
            if last.text.trim().is_empty() {
                accented.pop();
            }
        }
        accented.push(piece);
    }
    accented.retain(|piece| piece.text.trim().chars().any(|c| combining(c).is_none()));
    accented
}

/// The combining form of an accent that stands by itself.
fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '`' => '\u{300}',
        '´' => '\u{301}',
        'ˆ' => '\u{302}',
        '˜' => '\u{303}',
        '¯' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    })
}

#[allow(clippy::cast_possible_truncation, reason = "a size lies between 4 and a page's height")]
fn tenths(size: f32) -> i32 {
    (size * 10.0).round() as i32
}

impl Body {
    pub(super) fn of(lines: &[Line]) -> Self {
        let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
        let mut families: BTreeMap<&str, usize> = BTreeMap::new();
        for line in lines {
            let count = line.text.chars().filter(|c| c.is_alphabetic()).count();
            *sizes.entry(tenths(line.size)).or_default() += count;
            *families.entry(&line.family).or_default() += count;
        }
        let whole: usize = sizes.values().sum();
        #[allow(clippy::cast_precision_loss, reason = "shares are rough")]
        let shares: BTreeMap<i32, f32> =
            sizes.iter().map(|(size, count)| (*size, *count as f32 / whole.max(1) as f32)).collect();
        #[allow(clippy::cast_precision_loss, reason = "a size is a small number")]
        let size = sizes.iter().max_by_key(|(_, count)| **count).map_or(10.0, |(size, _)| *size as f32 / 10.0);
        let family =
            families.iter().max_by_key(|(_, count)| **count).map_or_else(String::new, |(name, _)| (*name).to_owned());
        let mut leadings: Vec<f32> = lines
            .windows(2)
            .filter(|pair| {
                pair[0].region == pair[1].region && same_size(pair[0].size, size) && same_size(pair[1].size, size)
            })
            .map(|pair| (pair[1].y - pair[0].y) / size)
            .filter(|leading| (0.8..4.0).contains(leading))
            .collect();
        leadings.sort_by(f32::total_cmp);
        let leading = leadings.get(leadings.len() / 2).copied().unwrap_or(1.2);
        Self { size, family, leading, shares }
    }

    /// Share of the document's letters that are set in about this size.
    pub(super) fn share(&self, size: f32) -> f32 {
        let near = tenths(size * 0.97)..=tenths(size * 1.03).max(tenths(size * 0.97));
        self.shares.range(near).map(|(_, share)| share).sum()
    }
}

/// Whether two sizes are one for a reader's eye.
pub(super) fn same_size(a: f32, b: f32) -> bool {
    (a - b).abs() <= 0.06 * b.max(1.0)
}
