//! Columns: where a page's gutters are, and in which order its lines are read.
//!
//! A gutter is an upright stripe that few lines cross. Lines that cross all of them (the title, a wide table) divide the page
//! into bands, read from top to bottom; within a band columns are read from left to right (a recursive X-Y cut, Nagy & Seth
//! 1984, along gutters found beforehand).

use super::{
    PdfPage,
    line::{Line, same_size},
};
use std::ops::Range;

/// Width of a stripe, in points.
const STRIPE: f32 = 2.0;
/// Most of what covers a gutter, against a stripe that is covered as usual.
const OPEN: f32 = 0.25;
/// The same by which the stripes of a gutter differ, at most: one line may cross part of it.
const CLEAR: f32 = 0.04;
/// Narrowest gutter, in points: IEEE's is 12, ACL's 17, Elsevier's 18.
const NARROWEST: f32 = 6.0;
/// How far from the edges of the text a gutter lies at least, as a share of its width: three columns have theirs at 1/3.
const INNER: f32 = 0.2;
/// How much of a gutter's width the gap between two columns' lines has at least: lines may hang over a little.
const GAP: f32 = 0.6;
/// How far a line reaches into a column that it spans, as a share of the column's width, at least: less is a line too long.
const SPANS: f32 = 0.12;
/// Distance of two lines of a paragraph, in sizes, at most.
const LEADING: f32 = 1.6;
/// Lines a page has at least for its own gutters to be found; else the document's are taken.
const LEAST_LINES: usize = 20;

/// An upright stripe between columns.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Gutter {
    from: f32,
    to: f32,
}

impl Gutter {
    fn centre(self) -> f32 {
        f32::midpoint(self.from, self.to)
    }
}

/// The lines of all pages in reading order, cut at gutters.
pub(super) fn ordered(pages: Vec<Vec<Line>>, sizes: &[PdfPage]) -> Vec<Line> {
    let width = sizes.iter().map(|page| page.width).max_by(f32::total_cmp).unwrap_or_default();
    let document = gutters(pages.iter().flatten(), width);
    let mut ordered = Vec::new();
    let mut region = 0;
    for (page, rows) in pages.into_iter().enumerate() {
        let own = gutters(rows.iter(), width);
        let gutters = if rows.len() >= LEAST_LINES && !own.is_empty() { &own } else { &document };
        order_page(rows, gutters, page, &mut region, &mut ordered);
    }
    ordered
}

/// The gutters of some lines, from left to right.
fn gutters<'a>(rows: impl Iterator<Item = &'a Line>, width: f32) -> Vec<Gutter> {
    let mut cover = vec![0.0_f32; stripe(width) + 1];
    for piece in rows.flat_map(|row| &row.pieces) {
        let last = cover.len() - 1;
        for covered in &mut cover[stripe(piece.x0).min(last)..=stripe(piece.x1).min(last)] {
            *covered += piece.size;
        }
    }
    let mut ranked: Vec<f32> = cover.iter().copied().filter(|&covered| covered > 0.0).collect();
    ranked.sort_by(f32::total_cmp);
    // Four fifths up: the peak of one stripe may be a column of a table.
    let usual = ranked.get(ranked.len() * 4 / 5).copied().unwrap_or_default();
    let is_text = |covered: &f32| *covered > OPEN * usual;
    let (Some(first), Some(last)) = (cover.iter().position(is_text), cover.iter().rposition(is_text)) else {
        return Vec::new();
    };
    #[allow(clippy::cast_precision_loss, reason = "a page has few stripes")]
    let x = |at: usize| at as f32 * STRIPE;
    let (left, right) = (x(first), x(last + 1));
    let inner = left + INNER * (right - left)..=right - INNER * (right - left);
    let mut gutters = Vec::new();
    let mut open: Option<usize> = None;
    for at in first..=last + 1 {
        let is_open = at <= last && !is_text(&cover[at]);
        match (open, is_open) {
            (None, true) => open = Some(at),
            (Some(from), false) => {
                let clear = clearest(&cover[from..at], CLEAR * usual);
                let gutter = Gutter { from: x(from + clear.start), to: x(from + clear.end) };
                if gutter.to - gutter.from >= NARROWEST && inner.contains(&gutter.centre()) {
                    gutters.push(gutter);
                }
                open = None;
            }
            _ => {}
        }
    }
    gutters
}

/// The longest part of some stripes that is covered hardly more than the least covered of them: beside a column of short
/// lines a gutter looks wider than it is.
fn clearest(cover: &[f32], more: f32) -> Range<usize> {
    let least = cover.iter().copied().min_by(f32::total_cmp).unwrap_or_default();
    let mut longest = 0..0;
    let mut start = 0;
    for at in 0..=cover.len() {
        if cover.get(at).is_none_or(|covered| *covered > least + more) {
            if at - start > longest.len() {
                longest = start..at;
            }
            start = at + 1;
        }
    }
    longest
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pages are finite and coordinates on them")]
fn stripe(x: f32) -> usize {
    (x.clamp(0.0, 20_000.0) / STRIPE) as usize
}

/// A line, and the first and last of the columns that it spans.
struct Placed {
    line: Line,
    first: usize,
    last: usize,
}

/// Appends the lines of one page in reading order.
fn order_page(rows: Vec<Line>, gutters: &[Gutter], page: usize, region: &mut usize, ordered: &mut Vec<Line>) {
    let (left, right) = edges(rows.iter());
    let bounds: Vec<f32> =
        std::iter::once(left).chain(gutters.iter().map(|gutter| gutter.centre())).chain([right]).collect();
    let mut placed: Vec<Placed> =
        rows.into_iter().flat_map(|row| cut(row, gutters)).map(|line| place(line, &bounds)).collect();
    placed.sort_by(|a, b| a.line.y.total_cmp(&b.line.y));
    spread_wide(&mut placed);
    let last = bounds.len() - 2;
    let columns: Vec<(f32, f32)> = (0..=last)
        .map(|column| {
            edges(
                placed
                    .iter()
                    .filter(|placed| placed.first == column && placed.last == column)
                    .map(|placed| &placed.line),
            )
        })
        .collect();
    let mut regions = Vec::new();
    arrange(placed, 0, last, &mut regions);
    for lines in regions {
        *region += 1;
        ordered.extend(lines.into_iter().map(|Placed { line, first, last }| {
            let is_wide = first < last;
            let column = if is_wide { (left, right) } else { columns[first] };
            Line { page, region: *region, column, ..line }
        }));
    }
}

/// The regions of lines that span no columns but those from `first` to `last`, in reading order: bands from top to bottom,
/// parted by lines that span all of the columns; within a band first what stands left of a gutter that no line crosses.
fn arrange(mut placed: Vec<Placed>, first: usize, last: usize, regions: &mut Vec<Vec<Placed>>) {
    if placed.is_empty() {
        return;
    }
    if first == last {
        regions.push(placed);
        return;
    }
    let is_whole = |placed: &Placed| placed.first == first && placed.last == last;
    if placed.iter().any(is_whole) {
        while !placed.is_empty() {
            let whole = is_whole(&placed[0]);
            let rest =
                placed.split_off(placed.iter().position(|placed| is_whole(placed) != whole).unwrap_or(placed.len()));
            let band = std::mem::replace(&mut placed, rest);
            if whole {
                regions.push(band);
            } else {
                arrange(band, first, last, regions);
            }
        }
        return;
    }
    let is_crossed = |gutter: usize| placed.iter().any(|placed| placed.first <= gutter && gutter < placed.last);
    if let Some(gutter) = (first..last).find(|&gutter| !is_crossed(gutter)) {
        let (left, right) = placed.into_iter().partition(|placed| placed.last <= gutter);
        arrange(left, first, gutter, regions);
        arrange(right, gutter + 1, last, regions);
        return;
    }
    // Every gutter is crossed somewhere: whatever crosses one parts the bands.
    for placed in placed.iter_mut().filter(|placed| placed.first < placed.last) {
        (placed.first, placed.last) = (first, last);
    }
    arrange(placed, first, last, regions);
}

/// The last line of a paragraph across columns may end within the first: it follows a line across them, begins below it, and
/// nothing stands beside it.
fn spread_wide(placed: &mut [Placed]) {
    for at in 1..placed.len() {
        let Placed { line, .. } = &placed[at];
        let beside =
            |other: usize| placed.get(other).is_some_and(|other| (other.line.y - line.y).abs() < 0.5 * line.size);
        let above = &placed[at - 1];
        let follows = line.y - above.line.y < LEADING * line.size
            && (line.x0 - above.line.x0).abs() < 3.0 * line.size
            && same_size(line.size, above.line.size);
        if above.first < above.last && follows && !beside(at + 1) {
            (placed[at].first, placed[at].last) = (above.first, above.last);
        }
    }
}

/// Left and right edge of some lines: those that a tenth of them pass.
fn edges<'a>(lines: impl Iterator<Item = &'a Line>) -> (f32, f32) {
    let (mut lefts, mut rights): (Vec<f32>, Vec<f32>) = lines.map(|line| (line.x0, line.x1)).unzip();
    lefts.sort_by(f32::total_cmp);
    rights.sort_by(f32::total_cmp);
    let left = lefts.get(lefts.len() / 10).copied().unwrap_or_default();
    let right = rights.get(rights.len() * 9 / 10).copied().unwrap_or_default();
    (left, right)
}

/// A row as the lines of its columns.
fn cut(row: Line, gutters: &[Gutter]) -> Vec<Line> {
    let mut cuts: Vec<usize> = Vec::new();
    for (gap, at) in row.gaps() {
        let (from, to) = (row.pieces[at].x0 - gap, row.pieces[at].x0);
        let is_cut = |gutter: &&Gutter| {
            from <= gutter.centre() && gutter.centre() <= to && gap >= GAP * (gutter.to - gutter.from)
        };
        if gutters.iter().any(|gutter| is_cut(&gutter)) {
            cuts.push(at);
        }
    }
    if cuts.is_empty() {
        return vec![row];
    }
    let mut pieces = row.pieces.into_iter();
    let mut start = 0;
    let mut lines = Vec::new();
    for cut in cuts {
        lines.push(Line::of(pieces.by_ref().take(cut - start).collect()));
        start = cut;
    }
    lines.push(Line::of(pieces.collect()));
    lines
}

/// A line with the columns it spans: the one that most of it is in, and others that it reaches into. `bounds` are the edges
/// of the columns.
fn place(line: Line, bounds: &[f32]) -> Placed {
    let columns = bounds.len() - 1;
    let reaches = |column: usize| {
        let (from, to) = (bounds[column], bounds[column + 1]);
        (line.x1.min(to) - line.x0.max(from)) / (to - from).max(1.0)
    };
    let most = (0..columns).max_by(|&a, &b| reaches(a).total_cmp(&reaches(b))).unwrap_or_default();
    let spanned = || (0..columns).filter(|&column| column == most || reaches(column) >= SPANS);
    let (first, last) = (spanned().min().unwrap_or_default(), spanned().max().unwrap_or_default());
    Placed { line, first, last }
}
