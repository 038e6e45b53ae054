//! Tables: the cells of a grid with the heads that they stand under, and what a cell says as a statement.
//!
//! A cell with a number becomes `row — column: value (Table 2: caption)`. That is made of the author's words, not written by
//! them. Why a passage of its own in a section of its own ([`SectionKind::Table`]), and not a sentence among the others: a
//! quote stays what its passage holds, `passage[span] == quote`, a place points to one cell, and what a reader is shown can say
//! that it was read from a table. Wherever it goes, as a text of its own too, the statement says of itself what it is:
//! [`cell`] reads it back.
//!
//! A wrong head for a number is worse than no table. What is left out: tables without a caption or heads, with cells that
//! overlap, rows of another length than the rest, numbers that span several rows or columns, columns and rows whose heads are
//! the same or cannot be told, and what follows a second row of heads.

mod grid;
mod value;

use super::passage_of;
use crate::{
    paper::{Passage, Section, SectionKind},
    text::{MISSING, normalize, sentences},
};
use grid::{Grid, Read};
use value::is_value;

/// Tables read of a paper.
pub(super) const MOST_TABLES: usize = 200;
/// Rows read of a table. Those of papers have 10 to 60.
pub(super) const MOST_ROWS: usize = 200;
/// Cells read of all tables of a paper. The 26 tables of the papers that this was tried on have up to 130 each.
const MOST_CELLS: usize = 1_000;
/// Longest caption shown, in bytes.
const LONGEST_CAPTION: usize = 160;

/// Stands between the heads of a row and of a column.
const BETWEEN: &str = " — ";
/// How the name of every table begins.
const TABLE: &str = "Table";

/// A cell as a format writes it.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Its text, normalised.
    pub text: String,
    /// Columns that it spans, at least 1.
    pub columns: usize,
    /// Rows that it spans, at least 1.
    pub rows: usize,
    /// Whether it stands in from the left: what it heads belongs to the row above that does not.
    pub is_indented: bool,
    /// What leads to it.
    pub anchor: Option<String>,
}

impl Cell {
    /// A cell of one row and one column.
    pub fn of(text: &str) -> Self {
        Self { text: tidy(text), columns: 1, rows: 1, is_indented: false, anchor: None }
    }
}

/// A row as a format writes it.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Its cells, those that reach into it from above left out.
    pub cells: Vec<Cell>,
    /// Whether the format says that it is one of heads.
    pub is_head: bool,
    /// Whether a rule stands above it, over the whole width.
    pub has_rule: bool,
}

/// A table as a format writes it.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    /// "Table 2", where it is numbered.
    pub name: String,
    /// Its caption, without the name.
    pub caption: String,
    /// Its rows.
    pub rows: Vec<Row>,
    /// What leads to it.
    pub anchor: Option<String>,
}

/// A cell with a number, and the heads that it stands under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableCell {
    /// "Table 2", or "Table".
    pub table: String,
    /// The first sentence of the table's caption, or its beginning.
    pub caption: String,
    /// Heads of its row, the outer first.
    pub row: String,
    /// Heads of its column, the outer first.
    pub column: String,
    /// What stands in it, with the unit that its column names.
    pub value: String,
}

impl TableCell {
    /// What it says, as a statement: [`cell`] reads it back.
    #[must_use]
    pub fn statement(&self) -> String {
        let Self { table, caption, row, column, value } = self;
        format!("{row}{BETWEEN}{column}: {value} ({table}: {caption})")
    }

    /// Where it stands, for a reader: "Table 2, row NapNet, column MMLU".
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}, row {}, column {}", self.table, self.row, self.column)
    }
}

/// The cell that a statement is made of; `None` of any other text.
#[must_use]
pub fn cell(statement: &str) -> Option<TableCell> {
    let (row, rest) = statement.split_once(BETWEEN)?;
    let (column, rest) = rest.split_once(": ")?;
    let (value, rest) = rest.split_once(&format!(" ({TABLE}"))?;
    let (number, caption) = rest.strip_suffix(')')?.split_once(": ")?;
    let is_one = !row.is_empty() && !column.is_empty() && is_value(value) && !caption.is_empty();
    let is_number = number.len() < LONGEST_NAME && !number.contains(['(', ')']);
    (is_one && is_number).then(|| TableCell {
        table: format!("{TABLE}{number}"),
        caption: caption.to_owned(),
        row: row.to_owned(),
        column: column.to_owned(),
        value: value.to_owned(),
    })
}

/// A text without the statements of cells that end it, each a paragraph of its own, and these.
#[must_use]
pub fn parted(text: &str) -> (&str, Vec<&str>) {
    let mut cells = Vec::new();
    let mut prose = text.trim_end();
    while let Some((before, last)) = prose.rsplit_once("\n\n")
        && cell(&normalize(last)).is_some()
    {
        cells.push(last.trim());
        prose = before.trim_end();
    }
    cells.reverse();
    (prose, cells)
}

/// Longest number of a table, in bytes.
const LONGEST_NAME: usize = 24;

/// The sections of tables, one for each of which cells are read, as far as a paper's cells go.
pub(super) fn sections(tables: &[Written]) -> Vec<Section> {
    let mut left = MOST_CELLS;
    let mut sections = Vec::new();
    for table in tables {
        let mut passages = passages(table);
        passages.truncate(left);
        left -= passages.len();
        if let Some(first) = passages.first().and_then(|passage| cell(&passage.text)) {
            let heading = format!("{}: {}", first.table, first.caption);
            sections.push(Section { heading, kind: SectionKind::Table, passages });
        }
    }
    sections
}

/// A passage for each cell that is read.
fn passages(table: &Written) -> Vec<Passage> {
    let (name, caption) = (name(&table.name), caption(&table.caption));
    let Some(grid) = Grid::of(table).filter(|_| !caption.is_empty()) else { return Vec::new() };
    let read = grid.read().into_iter().map(|read| {
        let Read { row, column, value, anchor } = read;
        (TableCell { table: name.clone(), caption: caption.clone(), row, column, value }, anchor)
    });
    let told = read.filter(|(one, _)| cell(&one.statement()).as_ref() == Some(one));
    told.map(|(one, anchor)| passage_of(one.statement(), anchor.or_else(|| table.anchor.clone()))).collect()
}

/// "TABLE II." as "Table II"; only "Table" of what is named otherwise.
fn name(name: &str) -> String {
    let name = normalize(name);
    let number =
        name.get(..TABLE.len()).filter(|start| start.eq_ignore_ascii_case(TABLE)).map(|_| &name[TABLE.len()..]);
    let number = number.unwrap_or_default().trim_matches([' ', '.', ':', '|']);
    let is_number = !number.is_empty()
        && number.len() + 1 < LONGEST_NAME
        && number.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    if is_number { format!("{TABLE} {number}") } else { TABLE.to_owned() }
}

/// The first sentence of a caption, cut where it is long.
fn caption(caption: &str) -> String {
    let caption = normalize(&caption.replace(MISSING, "…"));
    let first = sentences(&caption).first().map_or(caption.as_str(), |span| span.of(&caption));
    let first = first.trim_end_matches(['.', ':', ' ']);
    if first.len() <= LONGEST_CAPTION {
        return first.to_owned();
    }
    let cut = &first[..first.floor_char_boundary(LONGEST_CAPTION)];
    format!("{}…", cut.rsplit_once(' ').map_or(cut, |(cut, _)| cut))
}

/// The text of a cell, normalised, without the marks of notes at its end.
fn tidy(text: &str) -> String {
    let text = normalize(text);
    text.trim_end_matches(['*', '†', '‡', '§', '¶', '∗', '⁎']).trim_end().to_owned()
}

/// Whether what is raised in a cell marks a note: letters alone, stars and daggers.
pub(super) fn is_mark(raised: &str) -> bool {
    let is_sign = |c: char| !c.is_numeric() && !matches!(c, '-' | '−' | '–' | '+' | '(' | '°' | '′');
    raised.split([',', ' ']).all(|part| part.chars().count() <= LONGEST_MARK && part.chars().all(is_sign))
}

/// Longest mark of a note, in characters.
const LONGEST_MARK: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;
    use proptest::prelude::*;

    /// A table of lines of cells between bars. "~" sets a cell in, "2>" and "2v" span; a line of dashes is a rule.
    fn table(text: &str) -> Written {
        let mut rows: Vec<Row> = Vec::new();
        let mut has_rule = false;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if line.chars().all(|c| c == '-') {
                has_rule = true;
                continue;
            }
            let cell = |text: &str| {
                let spanning = |text: &str, mark: char| match text.split_once(mark) {
                    Some((number, rest)) if number.parse::<usize>().is_ok() => {
                        (rest.to_owned(), number.parse().unwrap())
                    }
                    _ => (text.to_owned(), 1),
                };
                let (text, columns) = spanning(text.trim(), '>');
                let (text, rows) = spanning(&text, 'v');
                Cell { columns, rows, is_indented: text.starts_with('~'), ..Cell::of(text.trim_start_matches('~')) }
            };
            rows.push(Row { cells: line.split('|').map(cell).collect(), is_head: false, has_rule });
            has_rule = false;
        }
        let caption = "Milk of three herds. More of it.".to_owned();
        Written { name: "Table 2".into(), caption, rows, anchor: Some("t2".into()) }
    }

    /// What is read of it, without the table's name.
    fn read(text: &str) -> Vec<String> {
        let told = |passage: &Passage| passage.text.strip_suffix(" (Table 2: Milk of three herds)").unwrap().to_owned();
        passages(&table(text)).iter().map(told).collect()
    }

    #[test]
    fn a_cell_stands_under_the_heads_of_its_row_and_column() {
        let passages = passages(&table("Herd | Milk (kg) | Fat (%)\n North | 21.5 | 4.1 \n South | 19.8* | n/a"));
        let texts: Vec<&str> = passages.iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "North — Milk (kg): 21.5 kg (Table 2: Milk of three herds)",
                "North — Fat (%): 4.1% (Table 2: Milk of three herds)",
                "South — Milk (kg): 19.8 kg (Table 2: Milk of three herds)",
            ]
        );
        assert!(passages.iter().all(|passage| passage.sentences == [Span { start: 0, end: passage.text.len() }]));
        assert_eq!(passages[0].anchor.as_deref(), Some("t2"));
        let cell = cell(texts[0]).unwrap();
        assert_eq!(cell.place(), "Table 2, row North, column Milk (kg)");
        assert_eq!((cell.value.as_str(), cell.statement().as_str()), ("21.5 kg", texts[0]));
    }

    #[test]
    fn heads_are_joined_over_rows_and_spans() {
        for (table, expected) in [
            (
                "2vHerd | 2>Summer | 2>Winter \n n | Milk | n | Milk \n --- \n North | 12 | 21.5 | 14 | 18.0",
                vec![
                    "North — Summer, n: 12",
                    "North — Summer, Milk: 21.5",
                    "North — Winter, n: 14",
                    "North — Winter, Milk: 18.0",
                ],
            ),
            (
                " | 2>Summer \n Herd | n | Milk \n North | 12 | 21.5",
                vec!["North — Summer, n: 12", "North — Summer, Milk: 21.5"],
            ),
            ("Herd | 2019 | 2020 \n ---- \n North | 12 | 21.5", vec!["North — 2019: 12", "North — 2020: 21.5"]),
            (
                "Herd | Feed | Milk \n 2vNorth | hay | 21.5 \n straw | 17.0 \n South | hay | 20.1 \n | straw | 16.3",
                vec![
                    "North, hay — Milk: 21.5",
                    "North, straw — Milk: 17.0",
                    "South, hay — Milk: 20.1",
                    "South, straw — Milk: 16.3",
                ],
            ),
        ] {
            assert_eq!(read(table), expected, "{table}");
        }
    }

    #[test]
    fn rows_belong_to_what_is_written_over_them() {
        for (table, expected) in [
            (
                "Herd | Milk | Fat \n 3>Hay \n North | 21.5 | 4.1 \n 3>Straw \n North | 17.0 | 3.9",
                vec![
                    "Hay, North — Milk: 21.5",
                    "Hay, North — Fat: 4.1",
                    "Straw, North — Milk: 17.0",
                    "Straw, North — Fat: 3.9",
                ],
            ),
            (
                "Cows | All | Sick \n Sex | | \n ~Bulls | 20 | 3 \n ~Cows | 80 | 9 \n Old | 31 | 8",
                vec![
                    "Sex, Bulls — All: 20",
                    "Sex, Bulls — Sick: 3",
                    "Sex, Cows — All: 80",
                    "Sex, Cows — Sick: 9",
                    "Old — All: 31",
                    "Old — Sick: 8",
                ],
            ),
            // Nobody knows where "Sex" ends.
            (
                "Cows | All | Sick \n Young | 31 | 8 \n Sex | | \n Bulls | 20 | 3 \n Old | 31 | 8",
                vec!["Young — All: 31", "Young — Sick: 8"],
            ),
            (
                "Dose | All | Sick \n ~C | 20 | 3 \n Ratio | 1.5 | 1.2 \n ~C | 30 | 4",
                vec!["Ratio — All: 1.5", "Ratio — Sick: 1.2"],
            ),
        ] {
            assert_eq!(read(table), expected, "{table}");
        }
    }

    #[test]
    fn numbers_can_head_rows_where_they_are_in_order() {
        let layers = "Layer | Score \n 1 | 0.5 \n 2 | 0.6 \n 3 | 0.7";
        assert_eq!(read(layers), ["Layer 1 — Score: 0.5", "Layer 2 — Score: 0.6", "Layer 3 — Score: 0.7"]);
        assert!(read("Train | Dev | Test \n 800 | 300 | 300").is_empty());
        let ages = "Age (years) | n \n 18–24 | 12 \n Older | 30";
        assert_eq!(read(ages), ["Age (years) 18–24 — n: 12", "Older — n: 30"]);
    }

    #[test]
    fn what_cannot_be_told_is_left_out() {
        for text in [
            "North | 21.5 | 4.1 \n South | 19.8 | 3.9",
            "Herd | Milk | Milk \n North | 21.5 | 4.1",
            "Herd | | Fat \n North | 21.5 | -",
            "Herd | 5 | 10 \n --- \n North | 21.5 | 4.1",
            "Herd | Milk \n North | 21.5 \n North | 20.1",
            "Herd | Milk | Fat \n North | 2>21.5",
            "Herd | Milk \n 2vNorth | 2v21.5 \n | ",
            "Herd | Milk | Fat \n North | 21.5",
            " | Men | | Women | \n Herd | n | % | n | % \n --- \n North | - | 12 | - | 13",
            "Herd | Milk",
            "2vHerd | Milk \n 2>North | 21.5",
            "Herd | Milk | Herd | Milk \n North | - | South | 19.8",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
        let second = "Herd | Milk | Fat \n North | 21.5 | 4.1 \n Herd | Eggs | Meat \n North | 30 | 12";
        assert_eq!(read(second), ["North — Milk: 21.5", "North — Fat: 4.1"]);
        let bare = Written { caption: String::new(), ..table("Herd | Milk \n North | 21.5") };
        assert!(passages(&bare).is_empty(), "without a caption");
    }

    #[test]
    fn names_and_captions_are_those_of_the_table() {
        for (given, expected) in [
            ("TABLE II.", "Table II"),
            ("Table 2", "Table 2"),
            ("Table A.1:", "Table A.1"),
            ("Tab. 3", "Table"),
            ("", "Table"),
        ] {
            assert_eq!(name(given), expected, "{given}");
        }
        assert_eq!(caption("Milk of cows, e.g. Friesians. Fat in per cent."), "Milk of cows, e.g. Friesians");
        assert!(caption(&"milk ".repeat(90)).ends_with("milk…"));
    }

    #[test]
    fn statements_end_a_text_apart_from_its_prose() {
        let statement = "North — Fat: 4.1 (Table 2: Milk)";
        let text = format!("Cows eat.\n\nThey drink.\n\n{statement}\n\n{statement}");
        assert_eq!(parted(&text), ("Cows eat.\n\nThey drink.", vec![statement, statement]));
        assert_eq!(parted("Cows eat.\n\nThey drink."), ("Cows eat.\n\nThey drink.", vec![]));
    }

    proptest! {
        #[test]
        fn any_table_is_read_or_left_out(
            cells in prop::collection::vec(
                prop::collection::vec(("[a-c—: (]{0,4}|[0-9]{1,3}(\\.[0-9])?%?|\\PC{0,6}", 0..4_usize, 0..4_usize, any::<bool>()), 0..6),
                0..8,
            ),
            heads in 0..3_usize,
            rule in 0..8_usize,
        ) {
            let cell = |(text, columns, rows, is_indented): (String, usize, usize, bool)| {
                Cell { columns: columns.max(1), rows: rows.max(1), is_indented, ..Cell::of(&text) }
            };
            let rows = cells.into_iter().enumerate().map(|(at, cells)| Row {
                cells: cells.into_iter().map(cell).collect(),
                is_head: at < heads,
                has_rule: at == rule,
            });
            let table = Written { caption: "Milk: (all)".into(), rows: rows.collect(), ..Written::default() };
            for passage in passages(&table) {
                prop_assert_eq!(super::cell(&passage.text).map(|cell| cell.statement()), Some(passage.text.clone()));
                prop_assert_eq!(normalize(&passage.text), passage.text);
            }
        }
    }
}
