//! Tables of LaTeXML: a tabular of whatever elements (`ltx_tabular`, `ltx_tr`, `ltx_td`) in a float that is a table
//! (`ltx_table`). Tabulars elsewhere lay something out. Rows of heads are guessed there; the rules are the author's.

use super::{has_class, is_lost, is_unread, page};
use crate::{
    read::table::{Cell, MOST_ROWS, MOST_TABLES, Row, Written, is_mark},
    text::{MISSING, formula, script},
};
use scraper::{ElementRef, Node};

/// Classes of a cell below a rule, and of one above it.
const BELOW: [&str; 3] = ["ltx_border_t", "ltx_border_tt", "ltx_border_T"];
const ABOVE: [&str; 3] = ["ltx_border_b", "ltx_border_bb", "ltx_border_B"];

/// The tables of a document, in order.
pub(super) fn tables(document: ElementRef) -> Vec<Written> {
    let tabulars = within(document, "ltx_tabular").filter(|tabular| !above(*tabular).any(|one| is(one, "ltx_tabular")));
    tabulars.take(MOST_TABLES).filter_map(table).collect()
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
    let rows: Vec<ElementRef> = within(tabular, "ltx_tr").filter(|row| is_of(*row, tabular)).take(MOST_ROWS).collect();
    let mut below_rule = false;
    let written = rows.into_iter().map(|row| {
        let own: Vec<ElementRef> = row.child_elements().filter(|cell| is(*cell, "ltx_td")).collect();
        let all =
            |classes: [&str; 3]| !own.is_empty() && own.iter().all(|cell| classes.iter().any(|class| is(*cell, class)));
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
    within(tabular, "ltx_tabular").next().is_none()
        && within(tabular, "ltx_tr").all(|row| row.child_elements().filter(|cell| is(*cell, "ltx_td")).count() <= 1)
}

#[cfg(test)]
mod tests {
    use crate::paper::SectionKind;

    fn read(tables: &str) -> Vec<(String, String)> {
        let prose = "<div class='ltx_para'><p class='ltx_p'>Naps help.</p></div>";
        let html = format!("<html><body><article class='ltx_document'>{prose}{tables}</article></body></html>");
        let sections = super::super::sections(&html).unwrap();
        let tables = sections.into_iter().filter(|section| section.kind == SectionKind::Table);
        tables.flat_map(|section| section.passages).map(|passage| (passage.text, passage.anchor.unwrap())).collect()
    }

    #[test]
    fn tables_are_read_by_their_rules_and_heads() {
        let table = "<figure id='S1.T2' class='ltx_table'><figcaption class='ltx_caption'><span class='ltx_tag ltx_tag_table'>Table 2: </span>Naps of adults. More.<span class='ltx_note'>a note</span></figcaption>
            <table class='ltx_tabular'><tbody>
            <tr class='ltx_tr'><td class='ltx_td ltx_border_tt' rowspan='2'>Model</td><td class='ltx_td ltx_border_tt' colspan='2'>Recall</td></tr>
            <tr class='ltx_tr'><td class='ltx_td ltx_border_t'>n</td><td class='ltx_td ltx_border_t'><math alttext='F_{1}'></math></td></tr>
            <tr id='S1.T2.r3' class='ltx_tr'><td class='ltx_td ltx_border_t'>NapNet <cite class='ltx_cite'>(Ito, 2020)</cite></td><td class='ltx_td ltx_border_t'>12<sup class='ltx_sup'>*</sup></td><td class='ltx_td ltx_border_t'><math alttext='0.71'></math></td></tr>
            <tr class='ltx_tr'><td class='ltx_td'><table class='ltx_tabular'><tr class='ltx_tr'><td class='ltx_td'>Owl</td></tr><tr class='ltx_tr'><td class='ltx_td'>Net</td></tr></table></td><td class='ltx_td'><span class='ltx_ERROR'>x</span>13</td><td class='ltx_td'>0.69</td></tr>
            </tbody></table></figure>";
        let of = |text: &str, anchor: &str| (format!("{text} (Table 2: Naps of adults)"), anchor.to_owned());
        assert_eq!(
            read(table),
            [
                of("NapNet — Recall, n: 12", "S1.T2.r3"),
                of("NapNet — Recall, F_1: 0.71", "S1.T2.r3"),
                of("Owl Net — Recall, F_1: 0.69", "S1.T2")
            ]
        );
    }

    #[test]
    fn old_markup_and_panels_are_read_and_layout_is_not() {
        let rows = "<span class='ltx_tabular'><span class='ltx_tr'><span class='ltx_td'>Herd</span><span class='ltx_td'>Milk</span></span><span class='ltx_tr'><span class='ltx_td'>North</span><span class='ltx_td'>21.5</span></span></span>";
        let panels = format!(
            "<div id='T1' class='ltx_table'><div class='ltx_caption'><span class='ltx_tag'>Table 1: </span>All</div>
            <div id='T1.a' class='ltx_table'><div class='ltx_caption'><span class='ltx_tag'>(a) </span>Milk of cows</div>{rows}</div></div>"
        );
        assert_eq!(read(&panels), [("North — Milk: 21.5 (Table 1: Milk of cows)".to_owned(), "T1.a".to_owned())]);
        assert!(read(&format!("<div class='ltx_para'>{rows}</div>")).is_empty());
        assert!(read(&format!("<figure class='ltx_table'>{rows}</figure>")).is_empty());
    }
}
