//! Cells of tables as evidence ([`crate::read::table`]): which of them a claim is put to.
//!
//! A cell says one number, so it answers a claim only by that number, under the heads that the claim names: of its table's rows
//! and of its columns no other may be named better, and one of the two must be named at all. A cell never speaks against a
//! claim: another number under heads that are only nearly the claim's proves nothing.
//!
//! Why not by the model alone: of 28 statements of cells put to claims with their number, it takes 6 of the 14 that the claim
//! does not mean for support ("39.1% of sheep" for "Goats, Seroprevalence (%): 39.1%").

use super::{Decides, Said, signal::Signal};
use crate::{
    read::table::{self, TableCell},
    text::{Measure, Quantity, Role, Span, quantities, terms},
};
use std::collections::{BTreeMap, BTreeSet};

const NAME: &str = "table";

pub(super) const SIGNAL: Signal = Signal {
    name: NAME,
    about: "A statement that was read from a table's cell, under the heads of its row and column, and is no sentence of the \
            paper, is put only to a claim that has its number and names its heads best; it cannot contradict one.",
    kinds: &[("cell", "; read from a table")],
    compare: |premise, _| table::cell(premise).map(|_| "cell"),
};

/// Whether the rule lets a statement decide for a side.
pub(super) fn allow(signals: &[Said], side: Decides) -> bool {
    side != Decides::Against || !signals.iter().any(|said| said.name == NAME)
}

/// A cell, and where it stands among the statements given.
struct Entry {
    place: usize,
    cell: TableCell,
    /// Row and column among the heads of its table.
    row: usize,
    column: usize,
    /// The numbers in it.
    numbers: Vec<Written>,
}

/// A number as its digits say, whatever its unit.
#[derive(Clone, Copy)]
struct Written {
    value: f64,
    /// Half a unit of its last digit.
    rounding: f64,
    /// Significant digits.
    digits: usize,
}

/// Significant digits of a claim's number that is looked for: where the claim names the heads of both, the row and the column,
/// and where it names one alone.
const FEWEST_DIGITS: usize = 2;
const FEWEST_ALONE: usize = 3;

/// A table: the terms of its rows' and columns' heads, and its cells.
#[derive(Default)]
struct Table {
    rows: Heads,
    columns: Heads,
    entries: Vec<Entry>,
}

/// Heads, each once.
#[derive(Default)]
struct Heads {
    places: BTreeMap<String, usize>,
    terms: Vec<BTreeSet<String>>,
}

impl Heads {
    fn place(&mut self, head: &str) -> usize {
        let next = self.terms.len();
        let place = *self.places.entry(head.to_owned()).or_insert(next);
        if place == next {
            // "IN56 (3)" is not named by a three.
            let words = terms(head).into_iter().filter(|term| term.contains(char::is_alphabetic));
            self.terms.push(words.collect());
        }
        place
    }

    /// Of each head how many of its terms a claim has, and which share of them.
    fn named(&self, claim: &BTreeSet<String>) -> Vec<(usize, f64)> {
        #[allow(clippy::cast_precision_loss, reason = "a head has few words")]
        let named = |head: &BTreeSet<String>| {
            let shared = head.intersection(claim).count();
            (shared, shared as f64 / head.len().max(1) as f64)
        };
        self.terms.iter().map(named).collect()
    }
}

/// The cells among the statements of a text, by table.
#[derive(Default)]
pub struct Cells {
    tables: BTreeMap<String, Table>,
}

impl Cells {
    /// Takes in a statement; false where it is none of a cell. `place` is what it is found by.
    pub fn add(&mut self, place: usize, statement: &str) -> bool {
        let Some(cell) = table::cell(statement) else { return false };
        let table = self.tables.entry(format!("{} {}", cell.table, cell.caption)).or_default();
        let (row, column) = (table.rows.place(&cell.row), table.columns.place(&cell.column));
        let numbers = quantities(&cell.value).iter().filter_map(|number| written(number, &cell.value)).collect();
        table.entries.push(Entry { place, cell, row, column, numbers });
        true
    }

    /// The cells that have one of a claim's numbers under the heads that it names best, in order: their places, and where those
    /// numbers stand in the claim.
    #[must_use]
    pub fn answering(&self, claim: &str) -> Vec<(usize, Vec<Span>)> {
        let is_wanted = |number: &Quantity| {
            number.role == Role::Value
                && number.measure != Measure::Year
                && !number.span.of(claim).starts_with(char::is_alphabetic)
        };
        let wanted: Vec<(Quantity, Written)> = quantities(claim)
            .into_iter()
            .filter(is_wanted)
            .filter_map(|number| Some((number, written(&number, claim)?)))
            .collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let named: BTreeSet<String> = terms(claim).into_iter().collect();
        let mut found = Vec::new();
        for table in self.tables.values() {
            let (rows, columns) = (table.rows.named(&named), table.columns.named(&named));
            let (best_row, best_column) = (best(&rows), best(&columns));
            for entry in &table.entries {
                let (row, column) = (rows[entry.row], columns[entry.column]);
                let is_best = row >= best_row && column >= best_column;
                // A head that the claim names, as no other of its kind.
                let is_named = |named: (usize, f64), all: &[(usize, f64)]| {
                    named.0 > 0 && all.iter().filter(|other| **other >= named).count() == 1
                };
                let (by_row, by_column) = (is_named(row, &rows), is_named(column, &columns));
                let both = row.0 > 0 && column.0 > 0;
                if is_best && (by_row || by_column) {
                    let least = if both { FEWEST_DIGITS } else { FEWEST_ALONE };
                    let met = wanted
                        .iter()
                        .filter(|(number, written)| written.digits >= least && entry.states(number, *written, claim));
                    let spans: Vec<Span> = met.map(|(number, _)| number.span).collect();
                    if !spans.is_empty() {
                        found.push((entry.place, spans));
                    }
                }
            }
        }
        found.sort_unstable_by_key(|(place, _)| *place);
        found
    }
}

impl Entry {
    /// Whether it has a claim's number, as far as the claim's digits go, in no other unit.
    fn states(&self, number: &Quantity, asked: Written, claim: &str) -> bool {
        let leeway = asked.rounding * (1.0 + 1e-9);
        let is_near = |own: &Written| own.rounding <= leeway && (own.value - asked.value).abs() <= leeway;
        self.numbers.iter().any(is_near) && self.has_unit(number, claim)
    }

    /// Whether nothing says that a claim's number is of another unit: its heads name the unit, or it is a share of something.
    fn has_unit(&self, number: &Quantity, claim: &str) -> bool {
        let own = quantities(&self.cell.value);
        match number.measure {
            Measure::Count => true,
            Measure::Share => own.iter().all(|own| matches!(own.measure, Measure::Count | Measure::Share)),
            measure => {
                let unit = number.span.of(claim).trim_matches(|c: char| !c.is_alphabetic());
                let is_named = [&self.cell.row, &self.cell.column].iter().any(|head| head.contains(unit));
                own.iter().any(|own| own.measure == measure) || is_named
            }
        }
    }
}

/// The best of what heads are named by.
fn best(named: &[(usize, f64)]) -> (usize, f64) {
    named.iter().copied().max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))).unwrap_or_default()
}

/// A number as its digits say.
fn written(number: &Quantity, text: &str) -> Option<Written> {
    let written = number.span.of(text).replace('−', "-");
    let digits = written.trim_start_matches(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '.'));
    let end = digits[1.min(digits.len())..]
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))
        .map_or(digits.len(), |end| end + 1);
    let plain = digits[..end].trim_end_matches(['.', ',']).replace(',', "");
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let leading = plain.trim_start_matches(['-', '0', '.']);
    let significant = if decimals == 0 { leading.trim_end_matches('0') } else { leading };
    let significant = significant.chars().filter(char::is_ascii_digit).count();
    let rounding = 0.5 * 10_f64.powi(-i32::try_from(decimals).ok()?);
    Some(Written { value: plain.parse().ok()?, rounding, digits: significant })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(claim: &str) -> Vec<String> {
        let values = [
            ("NapNet", ["71.3%", "45.0%"]),
            ("NapNet without naps", ["64.2%", "45.0%"]),
            ("OwlNet", ["70.1%", "71.3%"]),
        ];
        let columns = ["MMLU, Accuracy (%)", "GSM8K, Accuracy (%)"];
        let mut cells = Cells::default();
        let mut all = Vec::new();
        for (row, values) in values {
            for (column, value) in columns.iter().zip(values) {
                let cell = TableCell {
                    table: "Table 2".into(),
                    caption: "Results on three tests".into(),
                    row: row.into(),
                    column: (*column).into(),
                    value: value.into(),
                };
                assert!(cells.add(all.len(), &cell.statement()));
                all.push(format!("{row}, {column}"));
            }
        }
        assert!(!cells.add(9, "NapNet reaches 71.3% on MMLU."));
        cells.answering(claim).into_iter().map(|(place, _)| all[place].clone()).collect()
    }

    #[test]
    fn a_cell_answers_by_its_number_under_the_heads_that_are_named() {
        for (claim, expected) in [
            ("NapNet reaches 71.3% accuracy on MMLU.", vec!["NapNet, MMLU, Accuracy (%)"]),
            ("NapNet reaches 71% on MMLU.", vec!["NapNet, MMLU, Accuracy (%)"]),
            ("NapNet reaches 71.34% on MMLU.", vec![]),
            ("NapNet reaches 71.3% on GSM8K.", vec![]),
            ("OwlNet reaches 71.3% on MMLU.", vec![]),
            ("OwlNet reaches 71.3% on GSM8K.", vec!["OwlNet, GSM8K, Accuracy (%)"]),
            ("NapNet without naps reaches 64.2% on MMLU.", vec!["NapNet without naps, MMLU, Accuracy (%)"]),
            ("NapNet without naps reaches 71.3% on MMLU.", vec![]),
            ("Naps of 71.3 minutes help.", vec![]),
            ("Accuracy was 71.3%.", vec![]),
            ("NapNet is good on MMLU.", vec![]),
        ] {
            assert_eq!(found(claim), expected, "{claim}");
        }
    }

    #[test]
    fn a_cell_does_not_contradict() {
        let said = |name: &str| [Said { name: name.into(), kind: "cell".into() }];
        assert!(allow(&said(NAME), Decides::For) && !allow(&said(NAME), Decides::Against));
        assert!(allow(&said("numbers"), Decides::Against));
    }
}
