//! The cells of a table in their places, and which of them stand under heads that can be told.

use super::{
    BETWEEN, Cell, MOST_ROWS, Written,
    value::{is_none, is_value, with_unit},
};
use crate::text::MISSING;
use std::{collections::BTreeMap, ops::Range};

/// Widest table that is read, in columns; wider ones are lists of data.
const MOST_COLUMNS: usize = 40;
/// Longest head of a row or a column, in bytes; longer ones are running text.
const LONGEST_HEAD: usize = 160;
/// Rows from which on a column of numbers in order is taken for heads: layers, years, ranks.
const FEWEST_IN_ORDER: usize = 3;

/// A cell that is read.
pub(super) struct Read {
    pub row: String,
    pub column: String,
    pub value: String,
    pub anchor: Option<String>,
}

/// Cells in their places.
pub(super) struct Grid<'a> {
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
    pub fn of(table: &'a Written) -> Option<Self> {
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
    pub fn read(&self) -> Vec<Read> {
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

/// Those whose heads no other has: of two with the same heads something that tells them apart was not read.
fn told_apart(heads: Vec<(usize, String)>) -> Vec<(usize, String)> {
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, head) in &heads {
        *met.entry(head).or_default() += 1;
    }
    let alone: Vec<bool> = heads.iter().map(|(_, head)| met[head.as_str()] == 1).collect();
    heads.into_iter().zip(alone).filter_map(|(one, alone)| alone.then_some(one)).collect()
}
