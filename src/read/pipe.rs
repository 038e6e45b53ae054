//! Tables of Markdown (GitHub Flavored Markdown 4.10): lines of cells between pipes, the second one of dashes. The caption is the
//! paragraph before or after that begins with "Table", else the heading of the section.

use super::table::{Cell, Row, Written};
use crate::text::without_tex;

/// The tables of a text, in order.
pub(super) fn tables(source: &str) -> Vec<Written> {
    let lines: Vec<&str> = source.lines().collect();
    let mut found = Vec::new();
    let (mut heading, mut is_code) = ("", false);
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].trim();
        is_code ^= line.starts_with("```") || line.starts_with("~~~");
        if line.starts_with('#') {
            heading = line.trim_matches(['#', ' ']);
        }
        let is_table = !is_code && line.contains('|') && lines.get(at + 1).is_some_and(|next| is_rule(next));
        if !is_table {
            at += 1;
            continue;
        }
        let end = (at + 2..lines.len()).find(|&next| !lines[next].contains('|')).unwrap_or(lines.len());
        let body = lines[at + 2..end].iter().map(|line| row(line, false));
        let rows = std::iter::once(row(line, true)).chain(body).collect();
        let before = lines[..at].iter().rev().find(|line| !line.trim().is_empty());
        let after = lines[end..].iter().find(|line| !line.trim().is_empty());
        let captions = [before, after].into_iter().flatten().find_map(|line| caption(line));
        let (name, caption) = captions.unwrap_or((String::new(), heading.to_owned()));
        found.push(Written { name, caption: plain(&caption), rows, anchor: None });
        at = end;
    }
    found
}

/// A line of dashes, which parts the heads from the rest.
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// "**Table 2.** Results" as its name and the rest.
fn caption(line: &str) -> Option<(String, String)> {
    let line = line.trim().trim_start_matches([':', ' ']).replace(['*', '_'], "");
    let rest = line.get(..5).filter(|start| start.eq_ignore_ascii_case("table")).map(|_| line[5..].trim_start())?;
    let end = rest.find([':', ' ']).or_else(|| rest.find(". ")).unwrap_or(rest.len());
    let (number, caption) = rest.split_at(end);
    let is_number = number.starts_with(|c: char| c.is_ascii_digit()) || number.len() < 4;
    is_number
        .then(|| (format!("Table {}", number.trim_end_matches('.')), caption.trim_matches([':', '.', ' ']).to_owned()))
}

fn row(line: &str, is_head: bool) -> Row {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            c => cells.last_mut().into_iter().for_each(|cell| cell.push(c)),
        }
        escaped = c == '\\' && !escaped;
    }
    // What stands behind the last pipe is no cell.
    if cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    let cell = |cell: &String| Cell { is_indented: cell.contains("&nbsp;"), ..Cell::of(&plain(cell)) };
    Row { cells: cells.iter().map(cell).collect(), is_head, has_rule: false }
}

/// Words without marks of emphasis and code.
fn plain(text: &str) -> String {
    let text = text.replace("\\|", "|").replace("&nbsp;", " ").replace("<br>", " ").replace("**", "").replace('`', "");
    let bare = text.trim();
    let bare = bare.strip_prefix(['*', '_']).and_then(|rest| rest.strip_suffix(['*', '_'])).unwrap_or(bare);
    without_tex(bare)
}

#[cfg(test)]
mod tests {
    use super::super::table::sections;

    #[test]
    fn tables_have_the_caption_beside_them_or_the_heading_above() {
        let source = "# Naps\n\n**Table 1.** Naps of adults\n\n| Group | n | Recall (%) |\n|---|---:|:-:|\n| **Naps** | 12 | 9.5 |\n| a\\|b | `13` | - |\n\n## Milk\n\nHerd | Milk\n--- | ---\nNorth | 21.5\n\n```\n| a | b |\n|---|---|\n| c | 1 |\n```\n";
        let read = sections(&super::tables(source));
        let texts: Vec<&str> =
            read.iter().flat_map(|section| &section.passages).map(|passage| passage.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "Naps — n: 12 (Table 1: Naps of adults)",
                "Naps — Recall (%): 9.5% (Table 1: Naps of adults)",
                "a|b — n: 13 (Table 1: Naps of adults)",
                "North — Milk: 21.5 (Table: Milk)",
            ]
        );
        assert!(super::tables("| no | rule |\n| a | 1 |").is_empty());
    }
}
