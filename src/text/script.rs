//! Superscripts and subscripts in plain text: "10" with a raised "5" is 10^5, never 105.

/// Marks what stands in `text` from the byte `mark` on as a superscript, where it would else be read as part of what is
/// before it. "1st", "™" and a raised "o" before "C" are written plainly; a number behind a stop is a citation.
pub(crate) fn raise(text: &mut String, mark: usize) {
    let Some(raised) = text.get(mark..) else { return };
    let content = raised.trim();
    let before = text[..mark].chars().next_back();
    if content.is_empty() {
        return;
    }
    let behind_digit = text[..mark].trim_end().ends_with(|c: char| c.is_ascii_digit());
    if matches!(content, "o" | "º" | "°" | "◦" | "∘") && behind_digit {
        text.truncate(mark);
        text.push('°');
        return;
    }
    let is_plain = ["st", "nd", "rd", "th", "tm", "sm", "r", "®", "™", "†", "‡", "*"]
        .contains(&content.to_lowercase().as_str())
        || content.starts_with(['^', '[', '(']);
    let is_numbers = content.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '–' | ' '));
    // "10 <sup>6</sup>": the blank is the layout's.
    let base = text[..mark].trim_end();
    let is_power =
        base.strip_suffix("10").is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '.'));
    let is_exponent = content.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '\u{2013}' | '\u{2212}' | '+'));
    if is_power && is_exponent && base.len() < mark {
        let power = format!("^{content}");
        text.truncate(base.len());
        text.push_str(&power);
        return;
    }
    match before {
        _ if is_plain => {}
        Some('.' | ',' | ';' | ':' | '”' | '"' | '%') if is_numbers => {
            let citation = format!("[{content}]");
            text.truncate(mark);
            text.push_str(&citation);
        }
        Some(before) if before.is_alphanumeric() || matches!(before, ')' | ']' | '}' | '\'' | '′') => {
            let raised = format!("^{}", text[mark..].trim_start());
            text.truncate(mark);
            text.push_str(&raised);
        }
        _ => {}
    }
}

/// The same for a subscript: "x" with a lowered "1" stays "x1", a number with a lowered one does not become one number.
pub(crate) fn lower(text: &mut String, mark: usize) {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let lowered = text.get(mark..).and_then(|lowered| lowered.trim_start().chars().next());
    if is_digit(lowered) && is_digit(text[..mark].chars().next_back()) {
        text.insert(mark, '_');
    }
}

/// Whether an exponent or index needs no brackets: a sign belongs to it at its ends only.
pub(crate) fn is_simple(script: &str) -> bool {
    let inner = script.trim_matches(['-', '+', '\u{2212}', '*', '′']);
    inner.chars().all(|c| c.is_alphanumeric() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_and_lowered_digits_never_join_a_number() {
        for (before, raised, expected) in [
            ("10", "6", "10^6"),
            ("5 m s", "-1", "5 m s^-1"),
            ("5 m s", "\u{2212}1", "5 m s^\u{2212}1"),
            ("4 × 10 ", "\u{2212}3", "4 × 10^\u{2212}3"),
            ("m", "2", "m^2"),
            ("Ca", "2+", "Ca^2+"),
            ("2", "n", "2^n"),
            ("the 1", "st", "the 1st"),
            ("Drug", "TM", "DrugTM"),
            ("37", "o", "37°"),
            ("37 ", "o", "37 °"),
            ("", "18", "18"),
            ("(", "18", "(18"),
            ("was lower.", "3,4", "was lower.[3,4]"),
            ("of 95%", "3", "of 95%[3]"),
            ("10", " 9", "10^9"),
            ("(a+b)", "2", "(a+b)^2"),
        ] {
            let mut text = format!("{before}{raised}");
            raise(&mut text, before.len());
            assert_eq!(text, expected);
        }
        for (before, lowered, expected) in [("H", "2", "H2"), ("10", "2", "10_2"), ("V", "max", "Vmax")] {
            let mut text = format!("{before}{lowered}");
            lower(&mut text, before.len());
            assert_eq!(text, expected);
        }
    }
}
