//! Columns: where a page's gutters are, and in which order its lines are read.
//!
//! A gutter is an upright stripe that few lines cross. Lines that cross it (the title, a wide table) divide the page into
//! bands, read from top to bottom; within a band its columns are read from left to right.

use super::{
    PdfPage,
    line::{Line, same_size},
};

/// Width of a stripe, in points.
const STRIPE: f32 = 2.0;
/// Most of what covers a gutter, against a stripe that is covered as usual.
const OPEN: f32 = 0.25;
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
                let gutter = Gutter { from: x(from), to: x(at) };
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

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pages are finite and coordinates on them")]
fn stripe(x: f32) -> usize {
    (x.clamp(0.0, 20_000.0) / STRIPE) as usize
}

/// Appends the lines of one page in reading order.
fn order_page(rows: Vec<Line>, gutters: &[Gutter], page: usize, region: &mut usize, ordered: &mut Vec<Line>) {
    let mut lines: Vec<(Line, usize, bool)> = Vec::new();
    let (left, right) = edges(rows.iter());
    let bounds: Vec<f32> = std::iter::once(left).chain(gutters.iter().map(|gutter| gutter.centre())).chain([right]).collect();
    for row in rows {
        for line in cut(row, gutters) {
            let (column, wide) = place(&line, &bounds);
            lines.push((line, column, wide));
        }
    }
    lines.sort_by(|(a, ..), (b, ..)| a.y.total_cmp(&b.y));
    let columns: Vec<(f32, f32)> = (0..bounds.len() - 1)
        .map(|column| edges(lines.iter().filter(|(_, own, wide)| *own == column && !wide).map(|(line, ..)| line)))
        .collect();
    let mut band: Vec<Vec<Line>> = vec![Vec::new(); columns.len()];
    let mut close = |band: &mut Vec<Vec<Line>>, ordered: &mut Vec<Line>| {
        for lines in band {
            if !lines.is_empty() {
                *region += 1;
            }
            ordered.extend(lines.drain(..).map(|line| Line { region: *region, ..line }));
        }
    };
    spread_wide(&mut lines);
    let mut wide_before = false;
    for (line, column, wide) in lines {
        let edges = if wide { (left, right) } else { columns[column] };
        let line = Line { page, wide, column: edges, ..line };
        if wide != wide_before {
            close(&mut band, ordered);
        }
        band[if wide { 0 } else { column }].push(line);
        wide_before = wide;
    }
    close(&mut band, ordered);
}

/// The last line of a paragraph across columns may end within the first: it follows a line across them, begins below it, and
/// nothing stands beside it.
fn spread_wide(lines: &mut [(Line, usize, bool)]) {
    for at in 1..lines.len() {
        let (line, ..) = &lines[at];
        let beside = |other: usize| lines.get(other).is_some_and(|(other, ..)| (other.y - line.y).abs() < 0.5 * line.size);
        let (above, _, above_is_wide) = &lines[at - 1];
        let follows = line.y - above.y < LEADING * line.size
            && (line.x0 - above.x0).abs() < 3.0 * line.size
            && same_size(line.size, above.size);
        if *above_is_wide && follows && !beside(at + 1) {
            lines[at].2 = true;
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

/// The column a line starts in, and whether it spans more than that one. `bounds` are the edges of the columns.
fn place(line: &Line, bounds: &[f32]) -> (usize, bool) {
    let columns = bounds.len() - 1;
    let reaches = |column: usize| {
        let (from, to) = (bounds[column], bounds[column + 1]);
        (line.x1.min(to) - line.x0.max(from)) / (to - from).max(1.0)
    };
    let widest = (0..columns).max_by(|&a, &b| reaches(a).total_cmp(&reaches(b))).unwrap_or_default();
    let spanned = (0..columns).filter(|&column| reaches(column) >= SPANS).count();
    (widest, spanned > 1)
}
