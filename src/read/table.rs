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

use super::passage_of;
use crate::{
    paper::{Passage, Section, SectionKind},
    text::{MISSING, Measure, Span, normalize, quantities, sentences},
};
use std::{collections::BTreeMap, ops::Range};

/// Widest table that is read, in columns; wider ones are lists of data.
const MOST_COLUMNS: usize = 40;
/// Tables read of a paper.
pub(super) const MOST_TABLES: usize = 200;
/// Rows read of a table. Those of papers have 10 to 60.
pub(super) const MOST_ROWS: usize = 200;
/// Cells read of all tables of a paper. The 26 tables of the papers that this was tried on have up to 130 each.
const MOST_CELLS: usize = 1_000;
/// Longest head of a row or a column, in bytes; longer ones are running text.
const LONGEST_HEAD: usize = 160;
/// Longest value, in bytes: "0.81 (95% CI 0.70 to 0.94)" has 26.
const LONGEST_VALUE: usize = 48;
/// Words and letters in a value: units, "CI", "to".
const MOST_WORDS: usize = 3;
const MOST_LETTERS: usize = 16;
/// Longest caption shown, in bytes.
const LONGEST_CAPTION: usize = 160;
/// Rows from which on a column of numbers in order is taken for heads: layers, years, ranks.
const FEWEST_IN_ORDER: usize = 3;

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

/// Those whose heads no other has: of two with the same heads something that tells them apart was not read.
fn told_apart(heads: Vec<(usize, String)>) -> Vec<(usize, String)> {
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, head) in &heads {
        *met.entry(head).or_default() += 1;
    }
    let alone: Vec<bool> = heads.iter().map(|(_, head)| met[head.as_str()] == 1).collect();
    heads.into_iter().zip(alone).filter_map(|(one, alone)| alone.then_some(one)).collect()
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

/// A cell that is read.
struct Read {
    row: String,
    column: String,
    value: String,
    anchor: Option<String>,
}

/// Cells in their places.
struct Grid<'a> {
    cells: Vec<&'a Cell>,
    rows: Vec<GridRow>,
    /// Columns.
    width: usize,
    /// Rows of heads.
    heads: usize,
}

/// A row of places.
struct GridRow {
    /// Of each column the cell that covers it.
    slots: Vec<Option<usize>>,
    /// Whether the format says that it is one of heads.
    is_head: bool,
    has_rule: bool,
}

impl<'a> Grid<'a> {
    /// Puts the cells in their places, as HTML does; `None` where cells overlap or there are no heads.
    fn of(table: &'a Written) -> Option<Self> {
        let height = table.rows.len().min(MOST_ROWS);
        let mut cells = Vec::new();
        let mut slots: Vec<Vec<Option<usize>>> = vec![Vec::new(); height];
        for (at, row) in table.rows.iter().take(height).enumerate() {
            let mut column = 0;
            for cell in &row.cells {
                while slots[at].get(column).is_some_and(Option::is_some) {
                    column += 1;
                }
                let end = column.checked_add(cell.columns).filter(|&end| end <= MOST_COLUMNS)?;
                for below in &mut slots[at..height.min(at.saturating_add(cell.rows))] {
                    below.resize(below.len().max(end), None);
                    if below[column..end].iter().any(Option::is_some) {
                        return None;
                    }
                    below[column..end].fill(Some(cells.len()));
                }
                cells.push(cell);
                column = end;
            }
        }
        let width = slots.iter().map(Vec::len).max().filter(|&width| width > 1)?;
        let rows = slots.into_iter().zip(&table.rows).map(|(slots, row)| GridRow {
            slots,
            is_head: row.is_head,
            has_rule: row.has_rule,
        });
        let mut grid = Self { cells, rows: rows.collect(), width, heads: 0 };
        let cells = &grid.cells;
        grid.rows.retain(|row| row.slots.iter().flatten().any(|&cell| !cells[cell].text.is_empty()));
        grid.heads = grid.count_heads()?;
        Some(grid)
    }

    /// Rows of heads: those that the format says are, those above the first rule, or those above the first number; and the rows
    /// of words behind them. `None` where that leaves none, or one of them is not
    /// as wide as the table.
    fn count_heads(&self) -> Option<usize> {
        let told = self.rows.iter().take_while(|row| row.is_head).count();
        // A rule beside a cell that reaches into the row does not part the table.
        let is_ruled = |&at: &usize| {
            let parts = |(above, below): (&Option<usize>, &Option<usize>)| above.is_none() || above != below;
            let (above, below) = (&self.rows[at - 1], &self.rows[at]);
            below.has_rule && above.slots.iter().zip(&below.slots).all(parts)
        };
        let ruled = (1..self.rows.len()).find(is_ruled).unwrap_or(0);
        let is_of_numbers =
            |row: &GridRow| row.slots.iter().skip(1).flatten().any(|&cell| is_value(&self.cells[cell].text));
        // What is written across the table below its first row heads rows.
        let is_head = |at: usize| !is_of_numbers(&self.rows[at]) && (at == 0 || self.group(at).is_none());
        let above_numbers = (0..self.rows.len()).take_while(|&at| is_head(at)).count();
        // What is told can be guessed and stop short, and a rule can part rows of numbers from each other: heads that are numbers
        // ("0", "1", "2+") stand in one row.
        let mut heads = match (told, ruled) {
            (told, ruled) if ruled > told && (ruled <= above_numbers || ruled == 1) => ruled,
            (0, _) => above_numbers,
            (told, _) => told,
        };
        while heads > 0 && heads < self.rows.len() && self.is_of_words(heads, 1) {
            heads += 1;
        }
        let is_whole = self.rows.iter().take(heads).all(|row| row.slots.len() == self.width);
        (heads > 0 && heads < self.rows.len() && is_whole).then_some(heads)
    }

    /// The cell at a place, where one is there.
    fn at(&self, row: usize, column: usize) -> Option<&'a Cell> {
        let cell = *self.rows[row].slots.get(column)?;
        Some(self.cells[cell?])
    }

    fn text(&self, row: usize, column: usize) -> &'a str {
        self.at(row, column).map_or("", |cell| &cell.text)
    }

    /// Whether a place is the first of its cell.
    fn is_first(&self, row: usize, column: usize) -> bool {
        let slot = self.rows[row].slots.get(column).copied().flatten();
        let left = column.checked_sub(1).and_then(|left| self.rows[row].slots.get(left).copied().flatten());
        let above = row.checked_sub(1).and_then(|above| self.rows[above].slots.get(column).copied().flatten());
        slot.is_some() && slot != left && slot != above
    }

    /// The cells with numbers, and their heads.
    fn read(&self) -> Vec<Read> {
        let body = self.heads..self.rows.len();
        let (rows, end) = self.heads_of_rows(body);
        let columns = told_apart(self.heads_of_columns(self.heads..end));
        let mut read = Vec::new();
        for (row, head) in told_apart(rows) {
            for &(column, ref above) in &columns {
                let Some(cell) = self.at(row, column).filter(|cell| cell.columns == 1 && cell.rows == 1) else {
                    continue;
                };
                if is_value(&cell.text) {
                    let value = with_unit(&cell.text, above, &head);
                    read.push(Read { row: head.clone(), column: above.clone(), value, anchor: cell.anchor.clone() });
                }
            }
        }
        read
    }

    /// Columns at the left that head the rows: the first, and those behind it that are of words.
    fn stub(&self, body: Range<usize>) -> usize {
        1 + (1..self.width).take_while(|&column| self.is_words(body.clone(), column) == Some(true)).count()
    }

    /// Whether most cells of a column are words, and not numbers; `None` where all are empty.
    fn is_words(&self, body: Range<usize>, column: usize) -> Option<bool> {
        let texts = body.map(|row| self.text(row, column)).filter(|text| !text.is_empty() && !is_none(text));
        let (numbers, words): (Vec<&str>, Vec<&str>) = texts.partition(|text| is_value(text));
        (!numbers.is_empty() || !words.is_empty()).then_some(numbers.len() < words.len())
    }

    /// Of each row below the heads with numbers its heads; and where the rows end that the heads are of.
    fn heads_of_rows(&self, body: Range<usize>) -> (Vec<(usize, String)>, usize) {
        let stub = self.stub(body.clone());
        let mut found = Vec::new();
        if stub >= self.width || !self.has_row_heads(body.clone()) {
            return (found, body.start);
        }
        let is_indented = |row: usize| self.at(row, 0).is_some_and(|cell| cell.is_indented);
        // Where the first row stands in already, it stands in from nothing.
        let indents = !is_indented(body.start) && body.clone().any(is_indented);
        let first_is_group = self.group(body.start).is_some();
        let mut group = Group::None;
        let mut above = vec![""; stub];
        for row in body.clone() {
            if row > body.start && self.is_of_words(row, stub) {
                return (found, row);
            }
            if let Some((text, is_wide)) = self.group(row) {
                group = if is_wide || first_is_group || indents { Group::Of(text) } else { Group::Unclear };
                continue;
            }
            if self.rows[row].slots.len() != self.width {
                continue;
            }
            let first = self.text(row, 0);
            if indents && !is_indented(row) && !first.is_empty() {
                group = Group::Of(first);
            }
            let own = self.carried(row, &mut above);
            let Some(head) = self.head_of_row(&own, matches!(group, Group::None)) else { continue };
            match &group {
                Group::Unclear => {}
                Group::Of(text) if indents && !is_indented(row) || *text == head => found.push((row, head)),
                Group::Of(text) => found.push((row, format!("{text}, {head}"))),
                Group::None => found.push((row, head)),
            }
        }
        found.retain(|(_, head)| {
            head.len() <= LONGEST_HEAD && head.contains(char::is_alphabetic) && !head.contains(MISSING)
        });
        (found, body.end)
    }

    /// The texts of a row's first columns; one left blank before another is that of the row above.
    fn carried(&self, row: usize, above: &mut [&'a str]) -> Vec<&'a str> {
        let slots = &self.rows[row].slots;
        let is_spanned = |column: usize| column > 0 && slots[column] == slots[column - 1];
        let own: Vec<&str> =
            (0..above.len()).map(|column| if is_spanned(column) { "" } else { self.text(row, column) }).collect();
        let Some(last) = own.iter().rposition(|text| !text.is_empty()) else { return own };
        for column in 0..own.len() {
            if !own[column].is_empty() || is_spanned(column) || column > last {
                above[column] = own[column];
                above[column + 1..].fill("");
            }
        }
        above.to_vec()
    }

    /// The heads of a row by the texts of its first columns; `None` where all are blank. A number that nothing else heads says what
    /// it is of by the head of its column.
    fn head_of_row(&self, own: &[&str], is_outermost: bool) -> Option<String> {
        let head = self.head_of_column(0).unwrap_or_default();
        let first = match is_outermost && is_value(own[0]) {
            true if head.is_empty() => return None,
            true => format!("{head} {}", own[0]),
            false => own[0].to_owned(),
        };
        let all = std::iter::once(first.as_str()).chain(own[1..].iter().copied()).filter(|text| !text.is_empty());
        let joined = all.collect::<Vec<_>>().join(", ");
        (!joined.is_empty()).then(|| as_head(&joined))
    }

    /// Whether the first column heads the rows: it has words, or numbers in order under a head, as layers and years are.
    fn has_row_heads(&self, body: Range<usize>) -> bool {
        let texts: Vec<&str> = body.map(|row| self.text(row, 0)).filter(|text| !text.is_empty()).collect();
        if texts.iter().any(|text| !is_value(text)) {
            return true;
        }
        let numbers: Vec<f64> = texts.iter().filter_map(|text| text.parse().ok()).collect();
        let in_order = |pair: &[f64]| pair[0] < pair[1];
        let falls = |pair: &[f64]| pair[0] > pair[1];
        numbers.len() == texts.len()
            && numbers.len() >= FEWEST_IN_ORDER
            && (numbers.windows(2).all(in_order) || numbers.windows(2).all(falls))
    }

    /// What a row without numbers that has one text heads below it, and whether it is written across the table.
    fn group(&self, row: usize) -> Option<(&'a str, bool)> {
        let slots = &self.rows[row].slots;
        let mut filled = slots.iter().flatten().map(|&cell| self.cells[cell]).filter(|cell| !cell.text.is_empty());
        let cell =
            filled.next().filter(|cell| !is_value(&cell.text) && filled.all(|other| std::ptr::eq(*cell, other)))?;
        let is_wide = cell.columns > 1;
        (is_wide || !self.text(row, 0).is_empty()).then_some((&cell.text, is_wide))
    }

    /// Whether a row is one of heads again: words where numbers stand elsewhere.
    fn is_of_words(&self, row: usize, stub: usize) -> bool {
        let behind = (stub..self.width).filter(|&column| self.is_first(row, column));
        let texts: Vec<&str> = behind.map(|column| self.text(row, column)).filter(|text| !text.is_empty()).collect();
        texts.len() > 1
            && texts.iter().all(|text| text.contains(char::is_alphabetic) && !is_value(text) && !is_none(text))
    }

    /// The heads of the columns with numbers. Behind a second column of words nothing is read: two tables may stand side by side.
    fn heads_of_columns(&self, body: Range<usize>) -> Vec<(usize, String)> {
        let stub = self.stub(body.clone());
        let firsts: Vec<String> = (0..stub).filter_map(|column| self.head_of_column(column)).collect();
        let mut heads = Vec::new();
        for column in stub..self.width {
            let head = self.head_of_column(column);
            if self.is_words(body.clone(), column) == Some(true)
                || head.as_ref().is_some_and(|head| firsts.contains(head))
            {
                break;
            }
            let is_told = |head: &String| {
                let is_year = head.len() == 4 && (head.starts_with("19") || head.starts_with("20"));
                let says = head.contains(|c: char| c.is_alphabetic() || matches!(c, '%' | '#'));
                head.len() <= LONGEST_HEAD && !head.contains(MISSING) && (says || is_year)
            };
            if let Some(head) = head.filter(is_told).filter(|_| !self.is_unclear(column, stub)) {
                heads.push((column, head));
            }
        }
        heads
    }

    /// The heads over a column, the outer first.
    fn head_of_column(&self, column: usize) -> Option<String> {
        let mut parts: Vec<&str> = Vec::new();
        for row in 0..self.heads {
            let text = self.text(row, column);
            if !text.is_empty() && parts.last() != Some(&text) {
                parts.push(text);
            }
        }
        let head = as_head(&parts.join(", "));
        (!head.is_empty()).then_some(head)
    }

    /// Whether an empty head may belong to its neighbour at the left: "Men", "", "Women", "" over "n", "%", "n", "%", where the
    /// table does not say what spans what.
    fn is_unclear(&self, column: usize, stub: usize) -> bool {
        (0..self.heads.saturating_sub(1)).any(|row| {
            let spans = (0..self.width).any(|at| self.at(row, at).is_some_and(|cell| cell.columns > 1));
            let left = (stub..column).rev().map(|at| self.text(row, at)).find(|text| !text.is_empty());
            !spans && self.text(row, column).is_empty() && left.is_some()
        })
    }
}

/// What rows below belong to.
enum Group<'a> {
    None,
    Of(&'a str),
    /// A row that heads some of the rows below it, nobody knows how many.
    Unclear,
}

/// A head without what the form of a statement needs for itself.
fn as_head(text: &str) -> String {
    let text = text.replace(BETWEEN, " – ").replace(": ", ", ");
    text.trim_matches([' ', ':', ',', ';']).to_owned()
}

/// Whether a cell says that it has nothing.
fn is_none(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        "n/a" | "na" | "n.a." | "nd" | "n.d." | "none" | "ns" | "n.s." | "ref" | "reference"
    ) || !text.contains(char::is_alphanumeric)
}

/// Whether a cell is a number, with what belongs to it: a sign, a unit, a spread, an interval, a share.
fn is_value(text: &str) -> bool {
    const BEFORE: [char; 16] = ['~', '≈', '<', '>', '≤', '≥', '±', '+', '-', '−', '–', '$', '€', '£', '↑', '↓'];
    let number = text.trim_start_matches(BEFORE).trim_start();
    let digits = number.strip_prefix('.').unwrap_or(number);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || text.len() > LONGEST_VALUE || text.contains(MISSING) {
        return false;
    }
    // What is raised behind anything but a power of ten may be the mark of a note.
    let is_raised = text.match_indices('^').any(|(at, _)| !text[..at].ends_with("10"));
    if is_raised || text.contains(['\\', '{', '}', '_', '@', ';']) || number.contains('$') {
        return false;
    }
    let end = number.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(number.len());
    let (behind, rest) =
        number[end..].split_at(number[end..].find(|c: char| !c.is_alphabetic()).unwrap_or(number.len() - end));
    let is_name = matches!(behind, "D" | "d" | "st" | "nd" | "rd" | "th")
        || rest.starts_with('-') && rest[1..].starts_with(char::is_alphabetic)
        || !behind.is_empty() && rest.starts_with(|c: char| c.is_ascii_digit());
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    !is_name && words.count() <= MOST_WORDS && letters <= MOST_LETTERS
}

/// A value with the unit that its column's head ends in: "Accuracy (%)". Of "n (%)" it is that of the number in brackets. A
/// p-value has none, whatever it stands under.
fn with_unit(value: &str, column: &str, row: &str) -> String {
    let Some((before, unit)) = column.strip_suffix(')').and_then(|head| head.rsplit_once('(')) else {
        let is_share = column == "%" || column.ends_with(" %");
        return if is_share && is_bare(value) && !is_p_value(row) { format!("{value}%") } else { value.to_owned() };
    };
    let measured = format!("1 {unit}");
    let is_unit = match quantities(&measured).as_slice() {
        [one] => one.measure != Measure::Count && one.span == Span { start: 0, end: measured.len() },
        _ => false,
    };
    if !is_unit || is_p_value(row) {
        return value.to_owned();
    }
    let last = before.trim_end().rsplit([' ', ',']).next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let counts = matches!(last.as_str(), "n" | "no" | "number" | "count" | "frequency" | "#");
    let gap = if unit == "%" { "" } else { " " };
    match (counts, value.strip_suffix(')').and_then(|rest| rest.split_once('('))) {
        (true, Some((count, share))) if is_bare(share) => format!("{count}({share}{gap}{unit})"),
        (false, None) if is_bare(value) => format!("{value}{gap}{unit}"),
        _ => value.to_owned(),
    }
}

/// Whether a value is a number alone.
fn is_bare(value: &str) -> bool {
    value.ends_with(|c: char| c.is_ascii_digit())
        && value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '−' | '+' | '<' | '>'))
}

fn is_p_value(head: &str) -> bool {
    head.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "p" | "pvalue" | "pval"))
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn only_numbers_with_what_belongs_to_them_are_values() {
        for value in [
            "71.3",
            "−0.02",
            "<0.001",
            "71.3 ± 0.2",
            "12 (34.5%)",
            "0.81 (95% CI 0.70–0.94)",
            "1,024",
            ".85",
            "1.0· 10^20",
            "45 min",
            "12/34",
            "100K",
            "$12",
        ] {
            assert!(is_value(value), "{value}");
        }
        for other in [
            "",
            "-",
            "n/a",
            "NapNet",
            "GPT-4",
            "[12]",
            "(0.02)",
            "5-shot",
            "3D",
            "2nd",
            "71.3^1",
            "4x4 grid of many small cells",
            "12 of the 45 cows that were ill",
            "[…]",
            "x = 3",
        ] {
            assert!(!is_value(other), "{other}");
        }
    }

    #[test]
    fn units_come_from_the_column() {
        for (value, column, row, expected) in [
            ("71.3", "Accuracy (%)", "NapNet", "71.3%"),
            ("71.3", "%", "NapNet", "71.3%"),
            ("12 (34.5)", "n (%)", "Men", "12 (34.5%)"),
            ("12", "No. (%)", "Men", "12"),
            ("0.03", "Share (%)", "p-value", "0.03"),
            ("12", "Score (points scored)", "Men", "12"),
            ("45.7 ± 2", "Time (min)", "Men", "45.7 ± 2"),
        ] {
            assert_eq!(with_unit(value, column, row), expected, "{value} {column}");
        }
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
