//! Tables of a word processor (ECMA-376 part 1, 17.4): a grid of cells, some of which go on from above.

use super::{child, child_of, is, runs, value};
use crate::{
    read::table::{Cell, MOST_ROWS, Row, Written},
    text::MISSING,
};
use roxmltree::Node;

/// More columns than a table has that is read.
const WIDEST: usize = 100;

/// A table without its caption, which is a paragraph of its own.
pub(super) fn written(table: Node) -> Written {
    let mut rows: Vec<Row> = Vec::new();
    // Of each column the cell that reaches into it: its row and its place there.
    let mut open: Vec<Option<(usize, usize)>> = Vec::new();
    for (at, node) in table.children().filter(|node| is(*node, "tr")).take(MOST_ROWS).enumerate() {
        let properties = child(node, "trPr");
        let is_head = properties.is_some_and(|properties| child(properties, "tblHeader").is_some());
        let mut row = Row { cells: Vec::new(), is_head, has_rule: false };
        let mut column = 0;
        for node in node.children().filter(|node| is(*node, "tc")).take(WIDEST) {
            let properties = child(node, "tcPr");
            let of = |name: &str| properties.and_then(|properties| child(properties, name));
            let columns =
                of("gridSpan").and_then(|span| value(span, "val")?.parse().ok()).unwrap_or(1).clamp(1, WIDEST);
            let merged = of("vMerge").map(|merge| value(merge, "val").unwrap_or_default());
            open.resize(open.len().max(column + columns), None);
            match (&merged, open[column]) {
                (Some(merge), Some((above, place))) if merge != "restart" => {
                    rows[above].cells[place].rows = at + 1 - above
                }
                _ => {
                    let reaching = merged.is_some().then_some((at, row.cells.len()));
                    open[column..column + columns].fill(reaching);
                    row.cells.push(cell(node, columns));
                }
            }
            column += columns;
        }
        rows.push(row);
    }
    Written { rows, ..Written::default() }
}

fn cell(node: Node, columns: usize) -> Cell {
    let mut text = String::new();
    let mut is_indented = false;
    if node.descendants().any(|inner| is(inner, "tbl") || is(inner, "drawing") || is(inner, "pict")) {
        text.push_str(MISSING);
    } else {
        for paragraph in node.descendants().filter(|inner| is(*inner, "p")) {
            let stands_in = |indent: Node| {
                ["left", "start", "firstLine"]
                    .iter()
                    .filter_map(|side| value(indent, side))
                    .any(|length| !length.trim_start_matches('0').is_empty())
            };
            is_indented |= child_of(paragraph, "ind").is_some_and(stands_in);
            runs(paragraph, &mut text, &mut false);
            text.push(' ');
        }
    }
    is_indented |= text.starts_with(['\u{a0}', '\u{2003}']) || text.starts_with("  ");
    Cell { columns, is_indented, ..Cell::of(&text) }
}

#[cfg(test)]
mod tests {
    use crate::read::table::sections;

    #[test]
    fn merged_cells_and_heads_are_read() {
        let cell = |properties: &str, text: &str| {
            format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
        };
        let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
        let (starts, goes_on) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
        let rows = [
            row(&[cell(starts, "Herd"), cell("<w:gridSpan w:val=\"2\"/>", "Summer")]),
            row(&[cell(goes_on, ""), cell("", "Milk"), cell("", "Fat (%)")]),
            row(&[cell("", "North"), cell("", "21.5"), cell("", "4.1")]),
            row(&[cell("", "South"), cell("", "19.8"), cell(starts, "3.9")]),
            row(&[cell("", "East"), cell("", "18.2"), cell(goes_on, "")]),
        ];
        let xml = format!("<w:tbl xmlns:w=\"w\">{}</w:tbl>", rows.concat());
        let document = roxmltree::Document::parse(&xml).unwrap();
        let mut table = super::written(document.root_element());
        table.caption = "Milk".into();
        let texts: Vec<String> =
            sections(&[table]).remove(0).passages.into_iter().map(|passage| passage.text).collect();
        assert_eq!(
            texts,
            [
                "North — Summer, Milk: 21.5 (Table: Milk)",
                "North — Summer, Fat (%): 4.1% (Table: Milk)",
                "South — Summer, Milk: 19.8 (Table: Milk)",
                "East — Summer, Milk: 18.2 (Table: Milk)",
            ]
        );
    }
}
