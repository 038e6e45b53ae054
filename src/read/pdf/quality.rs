//! Whether what was read can be quoted.

use super::{
    PdfRuns,
    block::{Block, Kind},
    join::Words,
};
use crate::read::ReadError;

/// Letters a page has at least, on average: a scan has those of a stamp or a cover sheet.
const LEAST_LETTERS: usize = 100;
/// Share of characters that no font maps to text, at most.
const UNKNOWN: f32 = 0.1;
/// Words from which the share of function words says something, and that share, at least: English has 0.4.
const ENOUGH_WORDS: usize = 200;
const LEAST_RUNNING: f32 = 0.1;
/// Lines that end within a word, from which what follows them says something.
const ENOUGH_BROKEN: usize = 12;
/// Share of them that are not followed by the rest of a word, at most.
const LOST: f32 = 0.35;
/// Share of lines in which running text has gaps as columns have between them, at most.
const GAPPED: f32 = 0.3;

/// Whether there is text, and its letters are known.
pub(super) fn check_letters(document: &PdfRuns) -> Result<(), ReadError> {
    let texts = || document.pages.iter().flat_map(|page| &page.runs).map(|run| run.text.as_str());
    let ink = || texts().flat_map(str::chars).filter(|c| !c.is_whitespace());
    let (all, letters) = (ink().count(), ink().filter(|c| c.is_alphabetic()).count());
    let unknown = ink().filter(|&c| is_unknown(c)).count();
    if all < LEAST_LETTERS * document.pages.len().max(1) {
        return Err(ReadError::NoText { pages: document.pages.len() });
    }
    let words = || texts().flat_map(|text| text.split(' ')).filter(|word| word.chars().any(char::is_alphabetic));
    let count = words().count();
    let function = words().filter(|word| crate::text::is_function_word(word)).count();
    if share(unknown, all) > UNKNOWN
        || letters * 3 < all
        || count >= ENOUGH_WORDS && share(function, count) < LEAST_RUNNING
    {
        return Err(ReadError::Garbled);
    }
    Ok(())
}

/// A character that a font gave for want of a better one.
fn is_unknown(c: char) -> bool {
    matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}') || c.is_control()
}

/// Whether lines follow each other: what comes behind half a word begins with a small letter.
pub(super) fn check_order(blocks: &[Block<'_>], words: &Words) -> Result<(), ReadError> {
    let prose = || blocks.iter().filter(|block| block.kind == Kind::Prose);
    let pairs = || prose().flat_map(|block| block.lines.windows(2)).filter(|pair| words.ends_in_half(&pair[0].text));
    let lost = pairs().filter(|pair| !pair[1].text.starts_with(char::is_lowercase)).count();
    let gapped: usize = blocks.iter().filter(|block| block.kind == Kind::Table).map(|block| block.lines.len()).sum();
    let lines: usize = prose().map(|block| block.lines.len()).sum();
    let is_lost = pairs().count() >= ENOUGH_BROKEN && share(lost, pairs().count()) > LOST;
    if is_lost || share(gapped, gapped + lines) > GAPPED {
        return Err(ReadError::Interleaved);
    }
    Ok(())
}

#[allow(clippy::cast_precision_loss, reason = "shares are rough")]
fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}
