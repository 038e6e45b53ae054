//! Character references of HTML: `&beta;`, `&#946;`, `&#x3b2;`.

use std::borrow::Cow;
use web_atoms::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Longest reference, in bytes: `CounterClockwiseContourIntegral;`.
const LONGEST: usize = 32;

/// The text with every reference replaced; what HTML does not know, and what lacks its semicolon, stays as it is.
#[must_use]
pub fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST + 2).position(|b| b == b';');
        match end.and_then(|end| Some((entity(&rest[1..=end])?, end + 1))) {
            Some(([first, second], bytes)) => {
                plain.push(first);
                plain.extend(Some(second).filter(|&second| second != '\0'));
                rest = &rest[bytes..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The characters of a reference, given without its `&` and with its `;`; the second is mostly NUL, for none.
fn entity(name: &str) -> Option<[char; 2]> {
    if let Some(number) = name.strip_prefix('#') {
        let number = number.strip_suffix(';')?;
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        // Numbers of Windows-1252 are meant as such (HTML Living Standard, numeric character reference end state).
        let replaced = code.checked_sub(0x80).and_then(|at| *C1_REPLACEMENTS.get(usize::try_from(at).ok()?)?);
        return Some([replaced.or_else(|| char::from_u32(code)).filter(|&c| c != '\0')?, '\0']);
    }
    if let Some(letter) = iso_greek(name) {
        return Some([letter, '\0']);
    }
    let &(first, second) = NAMED_ENTITIES.get(name).filter(|codes| codes.0 != 0)?;
    Some([char::from_u32(first)?, char::from_u32(second)?])
}

/// ISO 8879's Greek letters, which publishers' files have and HTML has not: `&agr;`, `&OHgr;`.
fn iso_greek(name: &str) -> Option<char> {
    #[rustfmt::skip]
    const LETTERS: &[(&str, char, char)] = &[
        ("a", 'α', 'Α'), ("b", 'β', 'Β'), ("g", 'γ', 'Γ'), ("d", 'δ', 'Δ'), ("e", 'ε', 'Ε'), ("z", 'ζ', 'Ζ'), ("ee", 'η', 'Η'),
        ("th", 'θ', 'Θ'), ("i", 'ι', 'Ι'), ("k", 'κ', 'Κ'), ("l", 'λ', 'Λ'), ("m", 'μ', 'Μ'), ("n", 'ν', 'Ν'), ("x", 'ξ', 'Ξ'),
        ("o", 'ο', 'Ο'), ("p", 'π', 'Π'), ("r", 'ρ', 'Ρ'), ("s", 'σ', 'Σ'), ("sf", 'ς', 'Σ'), ("t", 'τ', 'Τ'), ("u", 'υ', 'Υ'),
        ("ph", 'φ', 'Φ'), ("kh", 'χ', 'Χ'), ("ps", 'ψ', 'Ψ'), ("oh", 'ω', 'Ω'),
    ];
    let letter = name.strip_suffix("gr;")?;
    let &(_, small, capital) = LETTERS.iter().find(|(known, ..)| letter.eq_ignore_ascii_case(known))?;
    Some(if letter.starts_with(|c: char| c.is_ascii_uppercase()) { capital } else { small })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_reference_of_html_is_known_and_nothing_else() {
        for (text, expected) in [
            ("&beta;-blockers &amp; &Lstrok;&oacute;d&zacute;", "β-blockers & Łódź"),
            ("p &lt; 0.05 &le; &ges; &NotEqualTilde;", "p < 0.05 ≤ ⩾ ≂̸"),
            ("&#946; &#x3B2; &#150; &#8211;", "β β – –"),
            ("R&D; &unknown; &; & &#xFFFFFFFF; &#0; &amp", "R&D; &unknown; &; & &#xFFFFFFFF; &#0; &amp"),
            ("&CounterClockwiseContourIntegral;", "∳"),
        ] {
            assert_eq!(unescape(text), expected);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_unescaped(text in "(&|#|x|;|amp|lt|beta|9|é){0,30}") {
            let _ = unescape(&text);
        }
    }
}
