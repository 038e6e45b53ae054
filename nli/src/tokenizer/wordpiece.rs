//! BERT's WordPiece.
//!
//! Devlin et al. 2019, "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding"; the order of
//! the steps (clean, space out Chinese, decompose and drop accents, lower-case, split off punctuation, greedy longest
//! match) is that of `BertNormalizer`, `BertPreTokenizer` and `WordPiece` in `tokenizers` 0.23.
//!
//! Characters are classed by the crate `unicode_categories`, as in the reference: its tables are those of Unicode 8, and newer ones
//! would read 618 later characters otherwise than the model saw them in training.

use super::{Token, TokenizerError, expect_kind, read_model};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use unicode_categories::UnicodeCategories;
use unicode_normalization::UnicodeNormalization;

/// What a manifest calls it.
pub(super) const KIND: &str = "bert-wordpiece";

/// Steps and vocabulary of one model.
#[derive(Clone, Debug)]
pub(super) struct WordPiece {
    normalizer: Normalizer,
    /// Pieces that begin a word.
    first: HashMap<Box<str>, u32>,
    /// Pieces that go on with one, without their prefix.
    next: HashMap<Box<str>, u32>,
    /// Characters of the longest piece: no longer match need be tried, which keeps the time linear.
    longest: usize,
    /// Words of more characters are unknown as a whole.
    longest_word: usize,
    unknown: u32,
}

#[derive(Clone, Debug, Deserialize)]
struct Normalizer {
    clean_text: bool,
    handle_chinese_chars: bool,
    strip_accents: Option<bool>,
    lowercase: bool,
}

#[derive(Deserialize)]
struct Model {
    unk_token: String,
    continuing_subword_prefix: String,
    max_input_chars_per_word: usize,
    vocab: HashMap<Box<str>, u32>,
}

impl WordPiece {
    /// Reads the steps and the vocabulary. No special token need be set aside: the brackets of `[SEP]` are punctuation
    /// and stand alone.
    pub(super) fn parse(
        normalizer: Option<Value>,
        pre_tokenizer: Option<Value>,
        file: &[u8],
    ) -> Result<Self, TokenizerError> {
        let normalizer = expect_kind(normalizer, "normalizer", "BertNormalizer")?;
        expect_kind(pre_tokenizer, "pre-tokenizer", "BertPreTokenizer")?;
        let normalizer: Normalizer = serde_json::from_value(normalizer)?;
        let model: Model = read_model(file)?;
        let Some(&unknown) = model.vocab.get(model.unk_token.as_str()) else {
            return Err(TokenizerError::MissingToken(model.unk_token));
        };
        let (mut first, mut next) = (HashMap::new(), HashMap::new());
        for (piece, id) in model.vocab {
            match piece.strip_prefix(&model.continuing_subword_prefix) {
                Some(rest) if !rest.is_empty() => next.insert(rest.into(), id),
                _ => first.insert(piece, id),
            };
        }
        let longest = first.keys().chain(next.keys()).map(|piece| piece.chars().count()).max().unwrap_or(0);
        let longest_word = model.max_input_chars_per_word;
        Ok(Self { normalizer, first, next, longest, longest_word, unknown })
    }

    /// The id of a token that begins a word or is one.
    pub(super) fn id(&self, token: &str) -> Option<u32> {
        self.first.get(token).copied()
    }

    /// True where upper and lower case are read alike.
    pub(super) fn lowercase(&self) -> bool {
        self.normalizer.lowercase
    }

    /// Rows that an embedding table must have for this vocabulary: the greatest id and one.
    pub(super) fn rows(&self) -> usize {
        self.first.values().chain(self.next.values()).max().map_or(0, |&id| id as usize + 1)
    }

    /// The tokens of a text, without special tokens. Takes time linear in its length, whatever it holds.
    pub(super) fn encode(&self, text: &str) -> Vec<Token> {
        let normal = self.normalizer.normalize(text);
        let mut tokens = Vec::new();
        for chunk in normal.split_whitespace() {
            // Punctuation stands alone; what lies between is a word.
            let mut rest = chunk;
            while let Some((at, mark)) = rest.char_indices().find(|&(_, c)| is_punctuation(c)) {
                let (mark_end, word) = (at + mark.len_utf8(), &rest[..at]);
                self.encode_word(word, &mut tokens);
                self.encode_word(&rest[at..mark_end], &mut tokens);
                rest = &rest[mark_end..];
            }
            self.encode_word(rest, &mut tokens);
        }
        tokens
    }

    /// Greedy longest match first, from the left; a word that cannot be matched to its end is unknown as a whole.
    fn encode_word(&self, word: &str, tokens: &mut Vec<Token>) {
        if word.is_empty() {
            return;
        }
        let before = tokens.len();
        if !self.match_pieces(word, tokens) {
            tokens.truncate(before);
            tokens.push(Token { id: self.unknown, starts_word: true });
        }
    }

    /// Pushes the pieces of a word; false, with some of them pushed, where it has no reading.
    fn match_pieces(&self, word: &str, tokens: &mut Vec<Token>) -> bool {
        if word.chars().nth(self.longest_word).is_some() {
            return false;
        }
        let mut rest = word;
        while !rest.is_empty() {
            let starts_word = rest.len() == word.len();
            let pieces = if starts_word { &self.first } else { &self.next };
            let mut end = rest.char_indices().nth(self.longest).map_or(rest.len(), |(at, _)| at);
            let id = loop {
                if let Some(&id) = pieces.get(&rest[..end]) {
                    break id;
                }
                match rest[..end].char_indices().next_back() {
                    None | Some((0, _)) => return false,
                    Some((last, _)) => end = last,
                }
            };
            tokens.push(Token { id, starts_word });
            rest = &rest[end..];
        }
        true
    }
}

impl Normalizer {
    /// The reference's steps in the reference's order.
    fn normalize(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if self.clean_text {
            text = text.chars().filter(|&c| !is_dropped(c)).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        }
        if self.handle_chinese_chars {
            text = text
                .chars()
                .flat_map(|c| if is_chinese(c) { [Some(' '), Some(c), Some(' ')] } else { [Some(c), None, None] })
                .flatten()
                .collect();
        }
        if self.strip_accents.unwrap_or(self.lowercase) {
            text = text.nfd().filter(|&c| !c.is_mark_nonspacing()).collect();
        }
        if self.lowercase {
            // Character by character, as the reference does: no final sigma.
            text = text.chars().flat_map(char::to_lowercase).collect();
        }
        text
    }
}

/// Control, format and private-use characters, NUL and the replacement character.
fn is_dropped(c: char) -> bool {
    !matches!(c, '\t' | '\n' | '\r') && (c == '\u{fffd}' || c.is_other())
}

/// The blocks that the reference counts as Chinese; its third extension block starts 256 code points late, and so
/// does this one.
fn is_chinese(c: char) -> bool {
    matches!(u32::from(c),
        0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xf900..=0xfaff
        | 0x20000..=0x2a6df
        | 0x2a700..=0x2b73f
        | 0x2b740..=0x2b81f
        | 0x2b920..=0x2ceaf
        | 0x2f800..=0x2fa1f)
}

/// What the reference counts as punctuation: ASCII's signs and Unicode's.
pub(super) fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_punctuation()
}
