//! Tables of LaTeXML: a tabular of whatever elements (`ltx_tabular`, `ltx_tr`, `ltx_td`) in a float that is a table
//! (`ltx_table`). Tabulars elsewhere lay something out. Rows of heads are guessed there; the rules are the author's.

use super::{has_class, is_lost, is_unread, page};
use crate::{
    read::table::{Cell, Row, Written, is_mark},
    text::{MISSING, formula, script},
};
use scraper::{ElementRef, Node};

/// Classes of a cell below a rule, and of one above it.
const BELOW: [&str; 3] = ["ltx_border_t", "ltx_border_tt", "ltx_border_T"];
const ABOVE: [&str; 3] = ["ltx_border_b", "ltx_border_bb", "ltx_border_B"];

/// The tables of a document, in order.
pub(super) fn tables(document: ElementRef) -> Vec<Written> {
    let tabulars = within(document, "ltx_tabular").filter(|tabular| !above(*tabular).any(|one| is(one, "ltx_tabular")));
    tabulars.filter_map(table).collect()
}

fn is(element: ElementRef, class: &str) -> bool {
    has_class(element.value(), class)
}

fn within<'a>(element: ElementRef<'a>, class: &'static str) -> impl Iterator<Item = ElementRef<'a>> {
    element.descendants().skip(1).filter_map(ElementRef::wrap).filter(move |inner| is(*inner, class))
}

fn above(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.ancestors().filter_map(ElementRef::wrap)
}

/// A tabular with the caption of the innermost float that has one; `None` of one in no table.
fn table(tabular: ElementRef) -> Option<Written> {
    let floats: Vec<ElementRef> = above(tabular).filter(|one| is(*one, "ltx_table")).collect();
    let captions: Vec<ElementRef> = floats.iter().filter_map(|float| caption_of(*float)).collect();
    let caption = *captions.first()?;
    let tags = captions.iter().flat_map(|caption| within(*caption, "ltx_tag"));
    let name = tags.map(text).find(|tag| tag.trim().to_lowercase().starts_with("table")).unwrap_or_default();
    if page::is_hidden(tabular.value()) {
        return None;
    }
    let rows: Vec<ElementRef> = within(tabular, "ltx_tr").filter(|row| is_of(*row, tabular)).collect();
    let mut below_rule = false;
    let written = rows.into_iter().map(|row| {
        let own: Vec<ElementRef> = row.child_elements().filter(|cell| is(*cell, "ltx_td")).collect();
        let all = |classes: [&str; 3]| !own.is_empty() && own.iter().all(|cell| classes.iter().any(|class| is(*cell, class)));
        let has_rule = all(BELOW) || below_rule;
        below_rule = all(ABOVE);
        let is_head = above(row).take_while(|one| *one != tabular).any(|one| is(one, "ltx_thead"))
            || !own.is_empty() && own.iter().all(|cell| is(*cell, "ltx_th_column"));
        Row { cells: own.iter().map(|one| cell(*one, row)).collect(), is_head, has_rule }
    });
    let rows = written.collect();
    let anchor = floats.iter().find_map(|float| float.value().id());
    Some(Written { name, caption: text(caption), rows, anchor: anchor.map(str::to_owned) })
}

/// The caption of a float itself, not of one within it.
fn caption_of(float: ElementRef<'_>) -> Option<ElementRef<'_>> {
    within(float, "ltx_caption").find(|caption| above(*caption).find(|one| is(*one, "ltx_table")) == Some(float))
}

/// Whether a row is one of this tabular, and not of one within it.
fn is_of(row: ElementRef, tabular: ElementRef) -> bool {
    above(row).find(|one| is(*one, "ltx_tabular")) == Some(tabular)
}

fn cell(element: ElementRef, row: ElementRef) -> Cell {
    let spans = |attribute: &str, class: &str| {
        let by_class = element.value().classes().find_map(|found| found.strip_prefix(class)?.parse().ok());
        element.attr(attribute).and_then(|span| span.parse().ok()).or(by_class).unwrap_or(1).max(1)
    };
    let words = text(element);
    Cell {
        columns: spans("colspan", "ltx_colspan_"),
        rows: spans("rowspan", "ltx_rowspan_"),
        is_indented: words.starts_with(['\u{a0}', '\u{2003}']),
        anchor: element.value().id().or(row.value().id()).map(str::to_owned),
        ..Cell::of(&words)
    }
}

/// The text of a cell or a caption, without its tag, notes and citations.
fn text(element: ElementRef) -> String {
    let mut out = String::new();
    let is_tag = is(element, "ltx_tag");
    write(element, &mut out, is_tag);
    out
}

fn write(element: ElementRef, out: &mut String, with_tags: bool) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => out.push_str(text),
            Node::Element(inner) => {
                let Some(child) = ElementRef::wrap(child) else { continue };
                let is_tabular = is(child, "ltx_tabular");
                let is_passed = is(child, "ltx_note") || is(child, "ltx_cite") || is(child, "ltx_tag") && !with_tags;
                if page::is_hidden(inner) || is_passed {
                } else if is_lost(inner) || is_tabular && !is_stack(child) {
                    out.push_str(MISSING);
                } else if inner.name() == "math" {
                    out.push_str(&inner.attr("alttext").map_or_else(|| MISSING.to_owned(), formula::inline));
                } else if is_tabular || !is_unread(inner) || is(child, "ltx_tag") {
                    let from = out.len();
                    write(child, out, with_tags);
                    match inner.name() {
                        "sup" if is_mark(out[from..].trim()) => out.truncate(from),
                        "sup" => script::raise(out, from),
                        "sub" => script::lower(out, from),
                        "p" | "br" | "tr" | "td" | "div" => out.push(' '),
                        _ if is(child, "ltx_tr") || is(child, "ltx_p") => out.push(' '),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

/// Lines of one cell (`\shortstack`): a tabular of one column.
fn is_stack(tabular: ElementRef) -> bool {
    within(tabular, "ltx_tr").all(|row| row.child_elements().filter(|cell| is(*cell, "ltx_td")).count() <= 1)
}
