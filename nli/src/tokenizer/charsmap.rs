//! SentencePiece's `precompiled_charsmap`: replacements of characters and short sequences, compiled to a trie.
//!
//! Its form is that of SentencePiece's `normalizer.cc`: the trie's size in bytes (u32, little-endian), the trie as a double
//! array of u32 (Yata et al. 2007, "A compact static double-array keeping character codes"), and the replacements, each
//! ended by NUL. How it is applied is not SentencePiece's longest match but what `tokenizers` makes of it, for these are
//! the ids that models are fine-tuned with: a grapheme of less than six bytes is replaced as a whole by what its shortest
//! entry says, and otherwise character by character.

use unicode_segmentation::UnicodeSegmentation;

/// Bytes from which on a grapheme is taken apart.
const LONG_GRAPHEME: usize = 6;

/// The replacements of one model.
#[derive(Clone, Debug)]
pub(super) struct Charsmap {
    trie: Vec<u32>,
    /// Ended by NUL; the trie's values are places in it.
    replacements: String,
}

impl Charsmap {
    /// Reads it from base64; none where it is damaged.
    pub(super) fn parse(base64: &str) -> Option<Self> {
        let bytes = decode_base64(base64)?;
        let (size, rest) = bytes.split_first_chunk::<4>()?;
        let (trie, replacements) = rest.split_at_checked(u32::from_le_bytes(*size) as usize)?;
        let (units, cut) = trie.as_chunks::<4>();
        if units.is_empty() || !cut.is_empty() {
            return None;
        }
        Some(Self {
            trie: units.iter().map(|&unit| u32::from_le_bytes(unit)).collect(),
            replacements: String::from_utf8(replacements.to_vec()).ok()?,
        })
    }

    pub(super) fn apply(&self, text: &str) -> String {
        let mut mapped = String::with_capacity(text.len());
        for grapheme in text.graphemes(true) {
            if grapheme.len() < LONG_GRAPHEME
                && let Some(replacement) = self.replacement(grapheme)
            {
                mapped += replacement;
                continue;
            }
            for (at, c) in grapheme.char_indices() {
                let c = &grapheme[at..at + c.len_utf8()];
                mapped += self.replacement(c).unwrap_or(c);
            }
        }
        mapped
    }

    /// What the shortest entry that `text` begins with is replaced by.
    fn replacement(&self, text: &str) -> Option<&str> {
        let mut node = offset(*self.trie.first()?);
        for byte in text.bytes().take_while(|&byte| byte != 0) {
            node ^= usize::from(byte);
            let unit = *self.trie.get(node)?;
            if unit & (1 << 31 | 0xff) != u32::from(byte) {
                return None;
            }
            node ^= offset(unit);
            if unit >> 8 & 1 == 1 {
                let place = *self.trie.get(node)? & !(1 << 31);
                return self.replacements.get(place as usize..)?.split('\0').next();
            }
        }
        None
    }
}

/// By how much a unit's children lie apart from it.
fn offset(unit: u32) -> usize {
    ((unit >> 10) << ((unit & 1 << 9) >> 6)) as usize
}

/// RFC 4648, section 4; none where the text is no base64.
fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    Some(bytes)
}
