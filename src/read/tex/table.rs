//! Tables of TeX: a `tabular` or the like in a float with a caption, and `longtable`. Numbers are those of LaTeX's counter:
//! every caption of a float counts, those of its panels do not.

use super::{plain, source};
use crate::{
    draft::tex::{arguments, group},
    read::table::{self, Cell, MOST_ROWS, MOST_TABLES, Row, Written},
    text::MISSING,
};

/// Environments with a caption.
const FLOATS: &[&str] = &["table", "table*", "sidewaystable", "sidewaystable*", "wraptable", "longtable"];
/// Environments of rows and cells. `tabular*` and the like have a width before their columns.
const TABULARS: &[&str] = &["tabular", "tabular*", "tabularx", "tabulary", "tabu", "longtable", "NiceTabular"];
/// Parts of a float with a caption of their own.
const PANELS: &[&str] = &["subtable", "subfigure", "minipage"];
/// Rules over the whole width, with and without arguments.
const RULES: &[&str] = &["toprule", "midrule", "bottomrule", "hline", "hhline", "Xhline", "specialrule", "thickhline"];
/// What stands between rows and is no rule over the whole width.
const BETWEEN_ROWS: &[&str] = &[
    "addlinespace",
    "arrayrulecolor",
    "arrayrulewidth",
    "cdashline",
    "cdashlinelr",
    "cline",
    "cmidrule",
    "hdashline",
    "morecmidrules",
    "noalign",
    "rowcolor",
];
/// Marks of the head and the foot that `longtable` repeats on every page.
const REPEATED: &[&str] = &[r"\endhead", r"\endfoot", r"\endlastfoot"];
/// Commands that set words in from the left.
const INDENTS: &[&str] = &["quad", "qquad", "hspace", "hskip", "enspace", "indent", "phantom", "hphantom", " ", "~"];
/// Commands that print nothing of a cell, with their arguments.
const SILENT: &[&str] = &[
    "cellcolor",
    "color",
    "footnote",
    "footnotemark",
    "hfill",
    "hphantom",
    "hskip",
    "hspace",
    "label",
    "phantom",
    "rowcolor",
    "tablefootnote",
    "tnote",
    "vspace",
    "columncolor",
    "raisebox",
];
/// Commands of which the last argument is what they print.
const PRINTED: &[&str] = &[
    "colorbox",
    "fbox",
    "makecell",
    "mbox",
    "multirowcell",
    "parbox",
    "resizebox",
    "rotatebox",
    "rothead",
    "scalebox",
    "shortstack",
    "textcolor",
    "thead",
    "adjustbox",
];
/// Sizes of type.
const SIZES: &[&str] = &[
    "Huge",
    "LARGE",
    "Large",
    "centering",
    "footnotesize",
    "huge",
    "large",
    "normalsize",
    "raggedleft",
    "raggedright",
    "scriptsize",
    "small",
    "strut",
    "tiny",
    "arraybackslash",
    "bfseries",
    "itshape",
    "quad",
    "qquad",
    "enspace",
    "indent",
    "null",
];
/// Longest cell that is read, in bytes of TeX; a longer one is no number and no head.
const LONGEST_CELL: usize = 2_000;
/// More columns than a table has that is read.
const WIDEST: usize = 100;

/// The tables of a text, its macros written out, in order.
pub(super) fn tables(text: &str) -> Vec<Written> {
    let mut found = Vec::new();
    let mut number = 0;
    let mut rest = text;
    while let Some(at) = rest.find(r"\begin{").filter(|_| found.len() < MOST_TABLES) {
        let behind = &rest[at + r"\begin".len()..];
        rest = behind;
        let Some(length) = group(behind, '{', '}') else { continue };
        let name = &behind[1..length - 1];
        if !FLOATS.contains(&name) {
            continue;
        }
        let Some(end) = behind.find(&format!("\\end{{{name}}}")) else { break };
        let body = &behind[length..end.max(length)];
        rest = &behind[end..];
        let mut float = Float::default();
        if name == "longtable" {
            float.longtable(body);
        } else {
            float.read(body);
        }
        number += float.counted;
        found.extend(float.written(number));
    }
    found
}

/// What a float holds.
#[derive(Default)]
struct Float<'a> {
    /// Captions, each with its panel.
    captions: Vec<(usize, &'a str)>,
    /// The rows of tabulars, each with its panel.
    tabulars: Vec<(usize, String)>,
    /// Captions that count.
    counted: usize,
}

impl<'a> Float<'a> {
    fn read(&mut self, body: &'a str) {
        let mut rest = body;
        // Panel 0 is the float itself.
        let (mut panels, mut open) = (0, Vec::new());
        while let Some(at) = rest.find('\\') {
            let (name, behind) = command(&rest[at..]);
            rest = behind;
            match name {
                "begin" => {
                    let Some(length) = group(behind, '{', '}') else { continue };
                    let environment = &behind[1..length - 1];
                    if TABULARS.contains(&environment) {
                        let Some(end) = end_of(behind, environment) else { return };
                        let rows = without_columns(&behind[length..end], environment);
                        self.tabulars.push((open.last().copied().unwrap_or(0), rows.to_owned()));
                        rest = &behind[end..];
                    } else if PANELS.contains(&environment.trim_end_matches('*')) {
                        panels += 1;
                        open.push(panels);
                    }
                }
                "end" if ends_panel(behind) => _ = open.pop(),
                "caption" | "subcaption" | "captionof" => {
                    let (given, _) = given(behind);
                    let words = if name == "captionof" { given.get(1) } else { given.first() };
                    let panel = open.last().copied().unwrap_or(0);
                    self.counted += usize::from(name != "subcaption" && panel == 0 && !behind.starts_with('*'));
                    self.captions.extend(words.map(|words| (panel, *words)));
                }
                _ => {}
            }
        }
    }

    /// A table over several pages: its caption is a row of it, and its head is written for every page.
    fn longtable(&mut self, body: &'a str) {
        if let Some((_, behind)) = body.split_once(r"\caption") {
            self.counted = usize::from(!behind.starts_with('*'));
            self.captions.extend(given(behind).0.first().map(|words| (0, *words)));
        }
        let rows = without_columns(body, "longtable");
        let past = REPEATED.iter().filter_map(|mark| rows.rfind(mark).map(|at| at + mark.len())).max();
        let head =
            [r"\endfirsthead", r"\endhead"].iter().find_map(|mark| rows.split_once(mark)).map_or("", |(head, _)| head);
        let rows = past.map_or_else(|| rows.to_owned(), |past| format!("{head}{}", &rows[past..]));
        self.tabulars.push((0, without_caption(&rows)));
    }

    /// The tables; `number` is that of the float. A float with several captions of its own is left out: nobody knows which is of
    /// which tabular.
    fn written(self, number: usize) -> Vec<Written> {
        let of = |panel: usize| {
            let mut own = self.captions.iter().filter(move |(of, _)| *of == panel).map(|(_, words)| *words);
            own.next().filter(|_| own.next().is_none())
        };
        let written = self.tabulars.iter().filter_map(|(panel, rows)| {
            let caption = of(*panel).or_else(|| of(0))?;
            let name = if self.counted == 1 { format!("Table {number}") } else { String::new() };
            Some(Written { name, caption: words(caption), rows: self::rows(rows)?, anchor: None })
        });
        written.collect()
    }
}

/// The command that `text` begins with, a sign behind the backslash included, and what follows.
fn command(text: &str) -> (&str, &str) {
    let letters = text[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let length = if letters == 0 { text[1..].chars().next().map_or(0, char::len_utf8) } else { letters };
    (&text[1..=length], &text[1 + length..])
}

/// Whether a part of a float ends whose name `text` begins with.
fn ends_panel(text: &str) -> bool {
    group(text, '{', '}').is_some_and(|length| PANELS.contains(&text[1..length - 1].trim_end_matches('*')))
}

/// The arguments behind a command that may have a star, those in square brackets left out, and the length of all.
fn given(behind: &str) -> (Vec<&str>, usize) {
    let bare = behind.trim_start_matches('*');
    let (all, length) = arguments(bare);
    let own = all.into_iter().filter(|(optional, _)| !optional).map(|(_, span)| span.of(bare));
    (own.collect(), behind.len() - bare.len() + length)
}

/// What follows the first argument of a command that may have a star.
fn past_first(behind: &str) -> &str {
    let bare = behind.trim_start_matches('*');
    let all = arguments(bare).0;
    let first = all.iter().find(|(optional, _)| !optional).or(all.last());
    first.map_or(bare, |(_, span)| &bare[span.end + 1..])
}

/// Where the environment ends whose name `text` begins with.
fn end_of(text: &str, environment: &str) -> Option<usize> {
    let (begin, end) = (format!("\\begin{{{environment}}}"), format!("\\end{{{environment}}}"));
    let mut depth = 1_usize;
    let mut at = 0;
    while let Some(next) = text[at..].find('\\') {
        at += next;
        if text[at..].starts_with(&end) {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        } else if text[at..].starts_with(&begin) {
            depth += 1;
        }
        at += 1;
    }
    None
}

/// What stands behind the width, the position and the columns of a tabular.
fn without_columns<'t>(text: &'t str, environment: &str) -> &'t str {
    let has_width = matches!(environment, "tabular*" | "tabularx" | "tabulary");
    let (found, _) = arguments(text);
    let wanted = if has_width { 2 } else { 1 };
    let end = found.iter().filter(|(optional, _)| !optional).nth(wanted - 1).map_or(0, |(_, span)| span.end + 1);
    &text[end..]
}

/// Rows without the row that is the caption.
fn without_caption(rows: &str) -> String {
    let Some((before, behind)) = rows.split_once(r"\caption") else { return rows.to_owned() };
    let behind = &behind[given(behind).1..];
    let behind = behind
        .split_once(r"\\")
        .filter(|(gap, _)| gap.len() < 80 && !gap.contains('&'))
        .map_or(behind, |(_, rest)| rest);
    format!("{before}{behind}")
}

/// The rows of a tabular; `None` where one of its cells spans upwards or holds a tabular.
fn rows(text: &str) -> Option<Vec<Row>> {
    let mut rows: Vec<(Vec<Found>, bool)> = Vec::new();
    let (mut cells, mut has_rule) = (Vec::new(), false);
    let mut cell = String::new();
    let (mut depth, mut environments) = (0_usize, 0_usize);
    let mut rest = text;
    while let Some(c) = rest.chars().next().filter(|_| rows.len() < MOST_ROWS) {
        let is_top = depth == 0 && environments == 0;
        if c != '\\' {
            rest = &rest[c.len_utf8()..];
            match c {
                '&' if is_top => cells.push(std::mem::take(&mut cell)),
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if c != '&' || !is_top {
                cell.push(c);
            }
            continue;
        }
        let (name, behind) = command(rest);
        let starts = cells.is_empty() && cell.trim().is_empty();
        match name {
            "\\" | "tabularnewline" | "cr" if is_top => {
                cells.push(std::mem::take(&mut cell));
                rows.push((found(&std::mem::take(&mut cells))?, std::mem::take(&mut has_rule)));
                // The space below it.
                let behind = behind.trim_start_matches('*').trim_start_matches([' ', '\t']);
                rest = &behind[group(behind, '[', ']').unwrap_or(0)..];
            }
            name if is_top && starts && (RULES.contains(&name) || BETWEEN_ROWS.contains(&name)) => {
                has_rule |= RULES.contains(&name);
                rest = past_rule(behind);
            }
            "begin" | "end" => {
                environments = if name == "begin" { environments + 1 } else { environments.saturating_sub(1) };
                cell.push_str(&rest[..=name.len()]);
                rest = behind;
            }
            name => {
                cell.push_str(&rest[..1 + name.len()]);
                rest = behind;
            }
        }
    }
    if rows.len() < MOST_ROWS && (!cells.is_empty() || !cell.trim().is_empty()) {
        cells.push(cell);
        rows.push((found(&cells)?, has_rule));
    }
    Some(covered(rows))
}

/// What follows a rule's arguments: `[…]`, `{…}`, and `(lr)` of booktabs.
fn past_rule(behind: &str) -> &str {
    let mut rest = behind;
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t']);
        let length = group(trimmed, '[', ']').or_else(|| group(trimmed, '{', '}')).or_else(|| group(trimmed, '(', ')'));
        let Some(length) = length else { return rest };
        rest = &trimmed[length..];
    }
}

/// A cell as found, and whether it is empty.
struct Found {
    cell: Cell,
    is_empty: bool,
}

/// The cells of a row.
fn found(cells: &[String]) -> Option<Vec<Found>> {
    let found = cells.iter().take(WIDEST).map(|source| {
        let mut cell = Cell::of("");
        let mut inner = source.trim();
        // Either stands within the other.
        for _ in 0..2 {
            let (name, behind) = if inner.starts_with('\\') { command(inner) } else { ("", inner) };
            let number = if name == "multicolumn" { 3 } else { 3 * usize::from(name == "multirow") };
            let own = given(behind).0;
            match (name, &own[..own.len().min(number)]) {
                ("multicolumn", [columns, _, text]) => {
                    cell.columns = columns.trim().parse().ok().filter(|&columns| columns > 0)?;
                    inner = text.trim();
                }
                ("multirow", [rows, _, text]) => {
                    cell.rows = rows.trim().parse().ok().filter(|&rows| rows > 0)?;
                    inner = text.trim();
                }
                _ => break,
            }
        }
        if inner.contains(r"\begin{tabular") {
            return None;
        }
        let (name, _) = if inner.starts_with('\\') { command(inner) } else { ("", inner) };
        cell.is_indented = inner.starts_with('~') || INDENTS.contains(&name);
        cell.text = if inner.len() > LONGEST_CELL { MISSING.to_owned() } else { Cell::of(&words(inner)).text };
        Some(Found { is_empty: cell.text.is_empty(), cell })
    });
    found.collect()
}

/// Rows without the empty cells that a cell from above reaches into: it ends where they do.
fn covered(rows: Vec<(Vec<Found>, bool)>) -> Vec<Row> {
    // Of each column how many rows a cell still reaches down, and of which row and cell it is.
    let mut open: Vec<(usize, usize, usize)> = Vec::new();
    let mut out: Vec<Row> = Vec::new();
    for (at, (cells, has_rule)) in rows.into_iter().enumerate() {
        let mut row = Row { cells: Vec::new(), is_head: false, has_rule };
        let mut column = 0;
        for Found { mut cell, is_empty } in cells {
            let end = column + cell.columns.min(WIDEST);
            open.resize(open.len().max(end), (0, 0, 0));
            let reaching = open[column];
            let is_covered = is_empty && reaching.0 > 0 && open[column..end].iter().all(|other| *other == reaching);
            if is_covered {
                if column == 0 || open[column - 1] != reaching {
                    out[reaching.1].cells[reaching.2].rows = at + 1 - reaching.1;
                }
                open[column..end].fill((reaching.0 - 1, reaching.1, reaching.2));
            } else {
                let reach = std::mem::replace(&mut cell.rows, 1) - 1;
                open[column..end].fill((reach, at, row.cells.len()));
                row.cells.push(cell);
            }
            column = end;
        }
        out.push(row);
    }
    out
}

/// The words of a cell or a caption, without marks of notes, citations and colours; what is not known is lost.
fn words(tex: &str) -> String {
    let mut kept = String::with_capacity(tex.len());
    let mut rest = tex.trim();
    while let Some(at) = rest.find('\\') {
        kept.push_str(&rest[..at]);
        let (name, behind) = command(&rest[at..]);
        rest = behind;
        match name {
            "\\" => kept.push(' '),
            name if SILENT.contains(&name) || name.contains("cite") => rest = past_first(behind),
            name if SIZES.contains(&name) => kept.push(' '),
            name if PRINTED.contains(&name) => {
                let (all, length) = given(behind);
                if let Some(last) = all.last() {
                    kept.push('{');
                    kept.push_str(&words(last));
                    kept.push('}');
                    rest = &behind[length..];
                }
            }
            name => {
                kept.push('\\');
                kept.push_str(name);
            }
        }
    }
    kept.push_str(rest);
    without_marks(&plain(&source::set(&kept)))
}

/// Without raised letters and stars, the marks of notes: "71.3^*", "NapNet^{a}".
fn without_marks(text: &str) -> String {
    let Some((before, mark)) = text.trim_end().rsplit_once('^') else { return text.to_owned() };
    let bare = mark.trim_matches(['{', '}', '(', ')', ' ']);
    let is_mark = !bare.is_empty() && mark != MISSING && table::is_mark(bare);
    if is_mark { before.to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::paper::{Format, SectionKind};

    /// What is read of the tables of a text.
    fn read(tables: &str) -> Vec<String> {
        let macros = r"\newcommand{\ours}{\textsc{NapNet}\xspace}\newcommand{\thick}{\arrayrulecolor{black}\midrule}";
        let text =
            format!("\\documentclass{{article}}{macros}\\begin{{document}}Naps help.\n{tables}\n\\end{{document}}");
        let page = crate::read::sections(Format::Tex, text.as_bytes()).unwrap();
        let sections = page.sections.into_iter().filter(|section| section.kind == SectionKind::Table);
        sections.flat_map(|section| section.passages).map(|passage| passage.text).collect()
    }

    #[test]
    fn spans_rules_and_marks_are_read() {
        let table = r"\begin{table*}[t]\centering\footnotesize
            \begin{tabularx}{\linewidth}{l *{2}{c} r} \toprule
            & \multicolumn{2}{c}{\textbf{MMLU}} & \\ \cmidrule(lr){2-3}
            Model & Acc. (\%) & $F_1$ & \makecell{Size\\(MB)} \\ \thick
            \multirow{2}{*}{\ours~\cite{x}} & 71.3$^*$ & \textbf{0.70} & 12 \\[2pt]
            & 72.0 & 0.71 & 13 \\ \midrule
            \multicolumn{4}{l}{\textit{Larger}} \\
            \hspace{1em}OwlNet\footnotemark[1] & \cellcolor{gray!10}64.5 & -- & 1{,}200 \\ \bottomrule
            \end{tabularx}\caption{Results of \ours. More.}\label{t}\end{table*}";
        assert_eq!(
            read(table),
            [
                "Larger, OwlNet — MMLU, Acc. (%): 64.5% (Table 1: Results of NapNet)",
                "Larger, OwlNet — Size (MB): 1,200 MB (Table 1: Results of NapNet)",
            ],
            "the two rows of one head are not told apart"
        );
    }

    #[test]
    fn a_table_is_named_by_its_caption() {
        let tables = r"\begin{table}\begin{tabular}{lr}\hline Herd & Milk \\ \hline North & 21.5 \\ \hline\end{tabular}\caption{One}\end{table}
            \begin{table}\caption{Two}\begin{subtable}{\linewidth}\begin{tabular}{lr}Herd & Fat \\ North & 4.1 \\\end{tabular}\subcaption{Fat of cows}\end{subtable}
            \begin{subtable}{\linewidth}\begin{tabular}{lr}Herd & Age \\ North & 6.5\end{tabular}\caption{Age of cows}\end{subtable}\end{table}
            \begin{longtable}{lr}\caption{Three}\\ Herd & Eggs \\ \endfirsthead Herd & Eggs \\ \endhead North & 30 \\\end{longtable}";
        assert_eq!(
            read(tables),
            [
                "North — Milk: 21.5 (Table 1: One)",
                "North — Fat: 4.1 (Table 2: Fat of cows)",
                "North — Age: 6.5 (Table 2: Age of cows)",
                "North — Eggs: 30 (Table 3: Three)",
            ]
        );
    }

    #[test]
    fn what_is_not_known_or_has_no_caption_is_left_out() {
        for table in [
            r"\begin{tabular}{lr}Herd & Milk \\ North & 21.5\end{tabular}",
            r"\begin{table}\begin{tabular}{lr}Herd & Milk \\ North & 21.5\end{tabular}\end{table}",
            r"\begin{table}\begin{tabular}{lr}Herd & Milk \\ North & \unknown{21.5}\end{tabular}\caption{One}\end{table}",
            r"\begin{table}\begin{tabular}{lr}Herd & Milk \\ North & \begin{tabular}{l}21.5\end{tabular}\end{tabular}\caption{One}\end{table}",
            r"\begin{table}\begin{tabular}{lr}Herd & Milk \\ North & 21.5\end{table}\caption{One}",
            r"\begin{table}\begin{tabular}{lr}Herd & Milk \\ \multirow{-2}{*}{North} & 21.5\end{tabular}\caption{One}\end{table}",
        ] {
            assert_eq!(read(table), Vec::<String>::new(), "{table}");
        }
    }
}
