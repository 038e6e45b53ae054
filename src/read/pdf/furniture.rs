//! Furniture: running heads, page numbers and the like are what stands at the same place on page after page.

use super::{
    PdfPage,
    line::{Body, Line},
};
use std::collections::{BTreeMap, BTreeSet};

/// Part of a page's height at its top and at its foot in which furniture is looked for.
const MARGIN: f32 = 0.13;
/// How far the same furniture moves from page to page, in points.
const SAME_PLACE: f32 = 3.0;
/// Pages on which it stands, at least; of a document of fewer than twice as many, two.
const REPEATED: usize = 3;
/// Lines of it at the top and at the foot of a page, at most.
const MOST: usize = 4;
/// Lines of text that are numbered for reviewers, on a page, at least; a list has fewer and is inside the column.
const NUMBERED: usize = 15;

/// Removes what is not part of the text: furniture, and the numbers of lines.
pub(super) fn remove(lines: &mut Vec<Line>, pages: &[PdfPage], body: &Body) {
    remove_line_numbers(lines);
    // Furniture is what repeats, from the edge of the page inwards; a line of the text may repeat by chance.
    let repeated = repeated(lines, pages);
    let (heads, feet) = (peeled(lines, &repeated, pages.len(), false), peeled(lines, &repeated, pages.len(), true));
    let repeated: BTreeSet<usize> = heads.iter().chain(&feet).copied().collect();
    // Beyond what repeats stands what is on one page only: the publisher's note below the first page's number.
    let height = |line: &Line| pages.get(line.page).map_or(0.0, |page| page.height);
    let head = heads.iter().map(|&at| lines[at].y).max_by(f32::total_cmp).unwrap_or(f32::MIN);
    let foot = feet.iter().map(|&at| lines[at].y).min_by(f32::total_cmp).unwrap_or(f32::MAX);
    let outermost = outermost(lines, pages.len());
    let mut at = 0;
    lines.retain(|line| {
        let is_repeated = repeated.contains(&at);
        let is_edge = outermost.contains(&at);
        at += 1;
        let small = line.size <= body.size * 1.1;
        let beyond = line.y > foot - SAME_PLACE || line.y < head + SAME_PLACE && small;
        !(is_repeated || beyond || is_edge && is_lone_number(line, height(line)))
    });
}

/// Lines of the margins whose text, digits aside, stands at the same height on several pages.
fn repeated(lines: &[Line], pages: &[PdfPage]) -> BTreeSet<usize> {
    let mut by_text: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let height = pages.get(line.page).map_or(0.0, |page| page.height);
        if line.y < MARGIN * height || line.y > (1.0 - MARGIN) * height {
            by_text.entry(without_digits(&line.text)).or_default().push(at);
        }
    }
    let least = if pages.len() < 2 * REPEATED { 2 } else { REPEATED };
    let mut repeated = BTreeSet::new();
    for mut group in by_text.into_values() {
        group.sort_by(|&a, &b| lines[a].y.total_cmp(&lines[b].y));
        for same in group.chunk_by(|&a, &b| lines[b].y - lines[a].y <= SAME_PLACE) {
            let pages: BTreeSet<usize> = same.iter().map(|&at| lines[at].page).collect();
            if pages.len() >= least {
                repeated.extend(same);
            }
        }
    }
    repeated
}

/// Those of the repeated lines that have nothing but such lines between them and the top, or the foot, of their page.
fn peeled(lines: &[Line], repeated: &BTreeSet<usize>, pages: usize, from_foot: bool) -> Vec<usize> {
    let mut by_page: Vec<Vec<usize>> = vec![Vec::new(); pages];
    for (at, line) in lines.iter().enumerate() {
        if let Some(own) = by_page.get_mut(line.page) {
            own.push(at);
        }
    }
    let mut peeled = Vec::new();
    for mut own in by_page {
        own.sort_by(|&a, &b| lines[a].y.total_cmp(&lines[b].y));
        if from_foot {
            own.reverse();
        }
        peeled.extend(own.into_iter().take(MOST).take_while(|at| repeated.contains(at)));
    }
    peeled
}

/// A text with its numbers, and those of pages in Roman digits, as one mark.
fn without_digits(text: &str) -> String {
    if !text.is_empty() && text.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c')) {
        return "#".to_owned();
    }
    let mut plain = String::new();
    for c in text.chars() {
        if !c.is_ascii_digit() {
            plain.extend(c.to_lowercase());
        } else if !plain.ends_with('#') {
            plain.push('#');
        }
    }
    plain
}

/// The highest and the lowest line of each page.
fn outermost(lines: &[Line], pages: usize) -> BTreeSet<usize> {
    let mut edges: Vec<Option<(usize, usize)>> = vec![None; pages];
    for (at, line) in lines.iter().enumerate() {
        let Some(edge) = edges.get_mut(line.page) else { continue };
        let (mut top, mut foot) = edge.unwrap_or((at, at));
        if line.y < lines[top].y {
            top = at;
        }
        if line.y > lines[foot].y {
            foot = at;
        }
        *edge = Some((top, foot));
    }
    edges.into_iter().flatten().flat_map(|(top, foot)| [top, foot]).collect()
}

/// A page number in a margin, alone or with a running title: known even where there is no other page to compare.
fn is_lone_number(line: &Line, height: f32) -> bool {
    let is_margin = line.y < MARGIN * height || line.y > (1.0 - MARGIN) * height;
    let is_number = |piece: Option<&super::line::Piece>| {
        piece.is_some_and(|piece| piece.text.len() <= 4 && piece.text.trim().chars().all(|c| c.is_ascii_digit()))
    };
    let parted = line.gap > 1.0 || line.pieces.len() == 1;
    is_margin && parted && (is_number(line.pieces.first()) || is_number(line.pieces.last()))
}

/// Takes out the numbers that some manuscripts have beside each line: on a page a column of numbers that count on, to the left
/// of all text.
fn remove_line_numbers(lines: &mut Vec<Line>) {
    for page in lines.chunk_by_mut(|a, b| a.page == b.page) {
        let number = |line: &Line| {
            let first = line.pieces.first()?;
            first.text.trim().parse::<u32>().ok().map(|number| (number, first.x1))
        };
        let numbers: Vec<(u32, f32)> = page.iter().filter_map(number).collect();
        let counting = numbers.windows(2).filter(|pair| pair[1].0.checked_sub(pair[0].0) == Some(1)).count();
        let edge = numbers.iter().map(|(_, edge)| *edge).max_by(f32::total_cmp).unwrap_or_default();
        let is_beside = page.iter().flat_map(|line| line.pieces.get(1)).all(|piece| piece.x0 > edge);
        if counting < NUMBERED || !is_beside {
            continue;
        }
        for line in page.iter_mut().filter(|line| number(line).is_some()) {
            let rest = Line::of(line.pieces.drain(1..).collect());
            *line = Line { page: line.page, region: line.region, column: line.column, ..rest };
        }
        // The left edge of the column was that of the numbers.
        let left = page.iter().filter(|line| !line.pieces.is_empty()).map(|line| line.x0).min_by(f32::total_cmp);
        for line in page {
            line.column.0 = left.unwrap_or(line.column.0);
        }
    }
    lines.retain(|line| !line.pieces.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_are_one_text() {
        assert_eq!(without_digits("Page 3 of 12"), without_digits("Page 11 of 12"));
        assert_eq!(without_digits("xiv"), without_digits("7"));
        assert_ne!(without_digits("Results"), without_digits("Methods"));
    }
}
