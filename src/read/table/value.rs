//! Whether what stands in a cell is a value, and in which unit.

use crate::text::{MISSING, Measure, Span, quantities};

/// Longest value, in bytes: "0.81 (95% CI 0.70 to 0.94)" has 26.
const LONGEST_VALUE: usize = 48;
/// Words and letters in a value: units, "CI", "to".
const MOST_WORDS: usize = 3;
const MOST_LETTERS: usize = 16;

/// Whether a cell says that it has nothing.
pub(super) fn is_none(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        "n/a" | "na" | "n.a." | "nd" | "n.d." | "none" | "ns" | "n.s." | "ref" | "reference"
    ) || !text.contains(char::is_alphanumeric)
}

/// Whether a cell is a number, with what belongs to it: a sign, a unit, a spread, an interval, a share.
pub(super) fn is_value(text: &str) -> bool {
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
pub(super) fn with_unit(value: &str, column: &str, row: &str) -> String {
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
}
