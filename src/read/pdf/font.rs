//! Fonts: what their names say, and how wide their characters are.

use super::PdfRuns;

/// Parts of PostScript names of bold faces, in lower case: URW calls its bold weight "Medi", Computer Modern "BX".
const BOLD: &[&str] =
    &["bold", "black", "heavy", "demi", "-medi", "cmbx", "sfbx", "ecbx", "xbtx", "txb", "rtxb", "semib"];
/// The same of italic and slanted ones.
const ITALIC: &[&str] = &["ital", "obli", "slant", "cmti", "sfti", "ecti", "cmsl", "kursiv", "-it"];
/// The same of those that set formulas.
const MATH: &[&str] = &[
    "cmmi",
    "cmsy",
    "cmex",
    "msam",
    "msbm",
    "mt2mi",
    "mt2sy",
    "mt2ex",
    "mtmi",
    "mtsy",
    "mtex",
    "rtxmi",
    "txsy",
    "txex",
    "txmi",
    "math",
    "symbol",
    "eufm",
    "rsfs",
    "mtextra",
    "lucidanewmath",
    "cmbsy",
    "cmmib",
    "stix-",
    "stixsize",
];

/// Width of a character that was never measured, in thousandths of the size: Times' average.
const USUAL_WIDTH: f32 = 450.0;

/// What is known of a font.
#[derive(Clone, Debug, Default)]
pub(super) struct Font {
    pub bold: bool,
    pub italic: bool,
    pub math: bool,
    /// Name without its weight and slant: faces of one family share it.
    pub family: String,
}

/// The fonts of a document.
pub(super) struct Fonts<'a> {
    document: &'a PdfRuns,
    known: Vec<Font>,
}

impl<'a> Fonts<'a> {
    pub(super) fn of(document: &'a PdfRuns) -> Self {
        let known = document.fonts.iter().map(|font| Font::named(&font.name)).collect();
        Self { document, known }
    }

    /// The font of a run; a plain one where there is none.
    pub(super) fn get(&self, index: usize) -> Font {
        self.known.get(index).cloned().unwrap_or_default()
    }

    pub(super) fn is_vertical(&self, index: usize) -> bool {
        self.document.fonts.get(index).is_some_and(|font| font.vertical)
    }

    /// Where each character of a run begins, and where the last ends, as shares of its width from 0 to 1. What the
    /// characters' own widths leave over is the blanks', which justified setting stretches.
    pub(super) fn stops(&self, text: &str, index: usize, size: f32, width: f32) -> Vec<f32> {
        let widths = self.document.fonts.get(index).map(|font| &font.widths);
        let advance = |c: char| {
            let mut buffer = [0; 4];
            let known = widths.and_then(|widths| widths.get::<str>(c.encode_utf8(&mut buffer)).copied());
            known.filter(|width| width.is_finite() && *width >= 0.0).unwrap_or(USUAL_WIDTH) * size / 1000.0
        };
        let ink: f32 = text.chars().filter(|c| !c.is_whitespace()).map(advance).sum();
        let blanks = text.chars().filter(|c| c.is_whitespace()).count();
        #[allow(clippy::cast_precision_loss, reason = "a run has few blanks")]
        let blank = if blanks == 0 { 0.0 } else { ((width - ink) / blanks as f32).max(0.0) };
        let mut at = 0.0;
        let mut stops = vec![0.0];
        for c in text.chars() {
            at += if c.is_whitespace() { blank } else { advance(c) };
            stops.push(at);
        }
        let whole = if at > 0.0 { at } else { 1.0 };
        stops.iter_mut().for_each(|stop| *stop /= whole);
        stops
    }
}

impl Font {
    fn named(name: &str) -> Self {
        let name = name.to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        let family = name.split(['-', ',']).next().unwrap_or_default().to_owned();
        Self {
            bold: has(BOLD) || name.ends_with("-b") || name.ends_with(".b"),
            italic: has(ITALIC),
            math: has(MATH),
            family,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::PdfFont;

    #[test]
    fn names_tell_weight_and_slant() {
        for (name, bold, italic, math) in [
            ("NimbusRomNo9L-Medi", true, false, false),
            ("NimbusRomNo9L-MediItal", true, true, false),
            ("TimesNewRomanPS-BoldMT", true, false, false),
            ("NimbusRomNo9L-Regu", false, false, false),
            ("CMMI10", false, false, true),
            ("SFTI1000", false, true, false),
            ("", false, false, false),
        ] {
            let font = Font::named(name);
            assert_eq!((font.bold, font.italic, font.math), (bold, italic, math), "{name}");
        }
    }

    #[test]
    fn blanks_take_what_the_letters_leave() {
        let widths = [("a".to_owned(), 500.0), ("i".to_owned(), 250.0)].into();
        let fonts = vec![PdfFont { widths, ..PdfFont::default() }];
        let document = PdfRuns { fonts, ..PdfRuns::default() };
        let stops = Fonts::of(&document).stops("a i", 0, 10.0, 15.0);
        assert_eq!(stops.iter().map(|stop| stop * 15.0).collect::<Vec<_>>(), [0.0, 5.0, 12.5, 15.0]);
        assert_eq!(Fonts::of(&document).stops("  ", 7, 10.0, 0.0), [0.0, 0.0, 0.0]);
    }
}
