//! Tables of JATS: the XHTML table model within a `table-wrap`, which has the name, the caption and the id.

use super::{Reader, child, is};
use crate::{
    read::table::{Cell, MOST_ROWS, MOST_TABLES, Row, Written, is_mark},
    text::MISSING,
};
use roxmltree::Node;

/// Spaces that set words in from the left; others stand in the source alone.
const INDENTS: [char; 5] = ['\u{a0}', '\u{2001}', '\u{2002}', '\u{2003}', '\u{2007}'];
/// Texts of other authors, which bring tables of their own.
const OTHERS: &[&str] = &["sub-article", "response"];

/// The tables of an article, in document order.
pub(super) fn tables<'a>(article: Node<'a, 'a>, reader: &mut Reader<'a>) -> Vec<Written> {
    let is_own = |wrap: &Node| !wrap.ancestors().any(|above| OTHERS.iter().any(|name| is(above, name)));
    let wraps = article.descendants().filter(|node| is(*node, "table-wrap") && is_own(node));
    wraps.flat_map(|wrap| of_wrap(wrap, reader)).take(MOST_TABLES).collect()
}

/// A wrap can hold several tables under one caption.
fn of_wrap<'a>(wrap: Node<'a, 'a>, reader: &mut Reader<'a>) -> Vec<Written> {
    let name = child(wrap, "label").map(|label| reader.line(label)).unwrap_or_default();
    let caption = child(wrap, "caption").map(|caption| text(caption, reader)).unwrap_or_default();
    let is_table = |node: &Node| is(*node, "table") && !node.ancestors().skip(1).any(|above| is(above, "table"));
    let tables = wrap.descendants().filter(is_table);
    let written = tables.map(|table| Written {
        name: name.clone(),
        caption: caption.clone(),
        rows: rows_of(table).map(|row| self::row(row, reader)).collect(),
        anchor: wrap.attribute("id").map(str::to_owned),
    });
    written.collect()
}

/// The rows of a table itself, not of one in a cell.
fn rows_of<'a>(table: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    let is_own = move |row: &Node| is(*row, "tr") && row.ancestors().find(|above| is(*above, "table")) == Some(table);
    table.descendants().filter(is_own).take(MOST_ROWS)
}

fn row<'a>(row: Node<'a, 'a>, reader: &mut Reader<'a>) -> Row {
    let cells: Vec<Node> = row.children().filter(|node| is(*node, "td") || is(*node, "th")).collect();
    let is_head = row.parent().is_some_and(|part| is(part, "thead"));
    let anchor = row.attribute("id");
    Row { cells: cells.into_iter().map(|node| cell(node, anchor, reader)).collect(), is_head, has_rule: false }
}

fn cell<'a>(node: Node<'a, 'a>, row: Option<&str>, reader: &mut Reader<'a>) -> Cell {
    let spans = |name: &str| node.attribute(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1).max(1);
    let first = node.descendants().filter(Node::is_text).find_map(|text| text.text().filter(|text| !text.is_empty()));
    Cell {
        columns: spans("colspan"),
        rows: spans("rowspan"),
        is_indented: first.is_some_and(|text| text.starts_with(INDENTS)),
        anchor: node.attribute("id").or(row).map(str::to_owned),
        ..Cell::of(&text(node, reader))
    }
}

/// The text of a cell or a caption, without the marks of notes and works; a table or a picture in it is lost.
fn text<'a>(node: Node<'a, 'a>, reader: &mut Reader<'a>) -> String {
    let mut parts = Vec::new();
    let mut from = Vec::new();
    for child in node.children() {
        match child.tag_name().name() {
            "p" | "title" | "list" | "list-item" => {
                parts.extend(line(&std::mem::take(&mut from), reader));
                parts.push(text(child, reader));
            }
            _ => from.push(child),
        }
    }
    parts.extend(line(&from, reader));
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// Nodes of one line in plain text.
fn line<'a>(nodes: &[Node<'a, 'a>], reader: &mut Reader<'a>) -> Option<String> {
    let is_mark = |node: Node| {
        let words =
            || node.descendants().filter_map(|inner| inner.text().filter(|_| inner.is_text())).collect::<String>();
        is(node, "xref") && !node.attribute("ref-type").is_some_and(|kind| kind == "fig" || kind == "table")
            || is(node, "sup") && is_mark(words().trim())
    };
    let is_lost = |inner: Node| ["table", "graphic", "inline-graphic", "media"].iter().any(|name| is(inner, name));
    if nodes.iter().any(|node| node.descendants().any(is_lost)) {
        return Some(MISSING.to_owned());
    }
    let kept: Vec<Node> = nodes.iter().copied().filter(|node| !is_mark(*node)).collect();
    (!kept.is_empty()).then(|| reader.line_of(&kept))
}

#[cfg(test)]
mod tests {
    use crate::paper::{Format, SectionKind};

    #[test]
    fn cells_are_read_with_their_heads_and_anchors() {
        let xml = r#"<article><body><sec><title>Results</title><p>Naps help.</p>
            <table-wrap id="t1"><label>TABLE I.</label><caption><title>Naps of adults.</title><p>Two groups.</p></caption><alternatives><graphic/><table>
            <thead><tr><th rowspan="2">Group<sup>a</sup></th><th colspan="2">Recall <xref ref-type="bibr" rid="b">[1]</xref></th></tr><tr><th>n (%)</th><th>Words</th></tr></thead>
            <tbody><tr id="r1"><td>Naps</td><td>12 (60)</td><td id="c1">9.5<xref ref-type="table-fn" rid="f"><sup>b</sup></xref></td></tr>
            <tr><td>&#x2003;Short</td><td>10<sup>2</sup></td><td><p>8.1</p></td></tr><tr><td>None</td><td><table><tr><td>Inner</td><td>7</td></tr></table></td><td>7.2</td></tr></tbody>
            </table></alternatives></table-wrap></sec></body>
            <sub-article><body><p>We agree.</p><table-wrap><label>Table 9</label><caption><p>Of others</p></caption><table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td>1</td></tr></table></table-wrap></body></sub-article></article>"#;
        let page = crate::read::sections(Format::Jats, xml.as_bytes()).unwrap();
        let [prose, table] = page.sections.as_slice() else { panic!("{:?}", page.sections) };
        assert_eq!(
            (prose.heading.as_str(), table.heading.as_str(), table.kind),
            ("Results", "Table I: Naps of adults", SectionKind::Table)
        );
        let read = table.passages.iter().map(|passage| (passage.text.as_str(), passage.anchor.as_deref().unwrap()));
        assert_eq!(
            read.collect::<Vec<_>>(),
            [
                ("Naps — Recall, n (%): 12 (60%) (Table I: Naps of adults)", "r1"),
                ("Naps — Recall, Words: 9.5 (Table I: Naps of adults)", "c1"),
                ("Naps, Short — Recall, n (%): 10^2 (Table I: Naps of adults)", "t1"),
                ("Naps, Short — Recall, Words: 8.1 (Table I: Naps of adults)", "t1"),
                ("None — Recall, Words: 7.2 (Table I: Naps of adults)", "t1"),
            ]
        );
    }
}
