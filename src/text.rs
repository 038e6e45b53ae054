//! Text: spans, sentences, and words for search. No stage below this one looks at raw characters of a paper.

mod abbreviation;
pub(crate) mod charset;
pub(crate) mod citation;
mod core;
mod entity;
pub(crate) mod formula;
pub(crate) mod letter;
mod number;
mod numeral;
mod origin;
mod quantity;
mod role;
pub(crate) mod script;
mod sentence;
mod spelling;
mod term;
mod tex;
mod token;
mod unit;

pub use self::core::{core, label};
pub(crate) use citation::OTHERS;
pub use citation::{Citation, Cited, Form, Round, citations};
pub use entity::unescape;
pub use origin::origin;
pub use quantity::{Bound, Measure, Quantity, Role, quantities};
pub use sentence::sentences;
pub(crate) use spelling::greek;
pub use term::terms;
pub(crate) use term::{is_function_word, spelled};
pub use tex::without_tex;

use serde::{Deserialize, Serialize};
use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// "1 paper", "2 papers".
#[must_use]
pub fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

/// A range of **UTF-8 byte offsets** `start..end` into one text; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The verbatim slice of `text`, or `""` where the span does not fit it.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether the two have a byte in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// What stands in a passage where the author wrote something that could not be read. A sentence with it is not quoted.
pub const MISSING: &str = "[…]";

/// Text as the pipeline keeps it: Unicode NFC, runs of white space as one space, trimmed; characters that a reader
/// cannot see (controls, zero-width characters, soft hyphens, bidirectional overrides, tags) removed; ligatures and
/// letters in other dress (full width, mathematical) as the letters they are. Raised digits stay: 10⁹ is not 109.
///
/// Why removed: invisible characters split words for the search and for the model, and can hide an instruction. Why
/// undressed: "signiﬁcant" from a PDF must meet "significant".
#[must_use]
pub fn normalize(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut pending_space = false;
    for c in text.chars().filter(|&c| !is_invisible(c)).flat_map(undressed).nfc() {
        if c.is_whitespace() {
            pending_space = !normal.is_empty();
        } else {
            if std::mem::take(&mut pending_space) {
                normal.push(' ');
            }
            normal.push(c);
        }
    }
    normal
}

/// Lower case without accents; letters that have none to lose as the Latin ones that stand for them.
#[must_use]
pub fn unaccented(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    // Letter by letter: what decomposition would put in another order are accents, and they go.
    for c in text.chars() {
        if c.is_ascii() {
            plain.push(c.to_ascii_lowercase());
            continue;
        }
        let letters = std::iter::once(c).nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase);
        letters.for_each(|c| match c {
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' | 'ɖ' => plain.push('d'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ı' => plain.push('i'),
            'ȷ' => plain.push('j'),
            'ħ' => plain.push('h'),
            'ŧ' => plain.push('t'),
            'ŋ' => plain.push('n'),
            'ĸ' => plain.push('k'),
            'ɓ' => plain.push('b'),
            'ɗ' => plain.push('d'),
            'ɛ' | 'ə' => plain.push('e'),
            'ɔ' => plain.push('o'),
            'ƙ' => plain.push('k'),
            'ŉ' => plain.push('n'),
            'ſ' => plain.push('s'),
            c => plain.push(c),
        });
    }
    plain
}

/// The letters and digits of a ligature or of a form in another dress; any other character as it is.
fn undressed(c: char) -> impl Iterator<Item = char> {
    let dressed = matches!(c,
        'ſ' | 'ŉ' | 'Ĳ' | 'ĳ' | 'Ǆ'..='ǌ' | 'Ǳ'..='ǳ' | '℃' | '℉' | '№' | 'ℎ' | 'ℂ' | 'ℍ' | 'ℕ' | 'ℙ' | 'ℚ' | 'ℝ' | 'ℤ'
        // Letters like script capitals, Roman numerals, squared units without a raised digit.
        | 'ℊ'..='ℌ' | 'ℐ'..='ℒ' | 'ℛ' | 'ℜ' | 'ℬ' | 'ℭ' | 'ℯ'..='ℱ' | 'ℳ' | 'ℴ' | 'Ⅰ'..='ⅿ' | '㎀'..='㎟' | '㎩'..='㎬'
        // Latin and Armenian ligatures, full and half width, mathematical letters and digits.
        | 'ﬀ'..='ﬆ' | 'ﬓ'..='ﬗ' | '！'..='～' | 'ｦ'..='ﾟ' | '\u{1d400}'..='\u{1d7ff}');
    let mut letters = [Some(c), None, None, None];
    if dressed {
        let mut count = 0;
        unicode_normalization::char::decompose_compatible(c, |letter| {
            if let Some(place) = letters.get_mut(count) {
                *place = Some(letter);
            }
            count += 1;
        });
    }
    letters.into_iter().flatten()
}

/// A control or format character, other than white space.
fn is_invisible(c: char) -> bool {
    !c.is_whitespace() && matches!(get_general_category(c), GeneralCategory::Control | GeneralCategory::Format)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn normalizing_composes_collapses_and_drops_the_invisible() {
        assert_eq!(normalize("  Cafe\u{301} \n\t noir  "), "Café noir");
        assert_eq!(normalize("hy\u{ad}phen zero\u{200b}width \u{202e}bidi\u{7}"), "hyphen zerowidth bidi");
        assert_eq!(normalize("\u{feff}\u{a0}\u{2003}"), "");
    }

    #[test]
    fn letters_in_another_dress_are_the_letters_and_raised_digits_stay() {
        assert_eq!(
            normalize("signiﬁcant eﬀects, ﬂuid, eﬃcient, ﬆable"),
            "significant effects, fluid, efficient, stable"
        );
        assert_eq!(
            normalize("ｐ＝０．０３, 𝑝 < 𝟎.𝟎𝟓, 𝛽-cells, ⅠⅤ 37 ℃ 5 ㎎"),
            "p=0.03, p < 0.05, β-cells, IV 37 °C 5 mg"
        );
        assert_eq!(normalize("10⁹ CO₂ ½ ™ ª x² …"), "10⁹ CO₂ ½ ™ ª x² …");
    }

    #[test]
    fn a_span_that_does_not_fit_is_empty() {
        assert_eq!(Span { start: 1, end: 9 }.of("é"), "");
        assert_eq!(Span { start: 0, end: 2 }.of("é"), "é");
    }

    proptest! {
        #[test]
        fn normalizing_twice_changes_nothing(text in any::<String>()) {
            let once = normalize(&text);
            prop_assert_eq!(normalize(&once), once);
        }
    }
}
