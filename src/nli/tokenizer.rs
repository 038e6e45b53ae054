//! BERT WordPiece, from `tokenizer.json`: the token ids equal those of Hugging Face's `tokenizers` for the same text.
//!
//! Devlin et al. 2019, "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding"; the order of
//! the steps (clean, space out Chinese, decompose and drop accents, lower-case, split off punctuation, greedy longest
//! match) is that of `BertNormalizer`, `BertPreTokenizer` and `WordPiece` in `tokenizers` 0.23.
//!
//! One difference is deliberate: a text never produces a special token. The reference looks for `[SEP]`, `[MASK]`… in
//! the raw text and injects the token; a paper that prints `[SEP]` would then cut its own premise in two. Here such a
//! literal is the plain text `[`, `sep`, `]`, as the reference also reads it once its `added_tokens` are removed.
//!
//! Characters are classed by the crate `unicode_categories`, as in the reference: its tables are those of Unicode 8, and newer ones
//! would read 618 later characters otherwise than the model saw them in training.

use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use unicode_categories::UnicodeCategories;
use unicode_normalization::UnicodeNormalization;

/// Why a `tokenizer.json` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TokenizerError {
    /// Not JSON, or a field that WordPiece needs is missing.
    #[error("it is not a WordPiece tokenizer.json ({0}); save the model's tokenizer in the fast format")]
    Unreadable(#[from] serde_json::Error),
    /// One of its steps is not BERT's.
    #[error("its {part} is {found}, and only {wanted} is understood; use a model with a BERT WordPiece tokenizer")]
    Unsupported {
        /// Which step.
        part: &'static str,
        /// What the file names there.
        found: String,
        /// What this tokenizer does.
        wanted: &'static str,
    },
    /// A token that every pair needs is not in the vocabulary.
    #[error("its vocabulary has no {0:?}, which every pair needs; the file is incomplete")]
    MissingToken(String),
}

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its row in the model's embedding table.
    pub id: u32,
    /// True for the first piece of a word or a punctuation mark: a text may be cut before it.
    pub starts_word: bool,
}

/// The tokenizer of one model.
#[derive(Clone, Debug)]
pub struct Tokenizer {
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
    cls: u32,
    sep: u32,
}

#[derive(Deserialize)]
struct File {
    normalizer: Option<Value>,
    pre_tokenizer: Option<Value>,
    post_processor: Option<Value>,
    #[serde(default)]
    added_tokens: Vec<AddedToken>,
    model: Value,
}

#[derive(Deserialize)]
struct AddedToken {
    content: String,
    special: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct Normalizer {
    clean_text: bool,
    handle_chinese_chars: bool,
    strip_accents: Option<bool>,
    lowercase: bool,
}

#[derive(Deserialize)]
struct WordPiece {
    unk_token: String,
    continuing_subword_prefix: String,
    max_input_chars_per_word: usize,
    vocab: HashMap<Box<str>, u32>,
}

impl Tokenizer {
    /// Reads a `tokenizer.json`.
    ///
    /// # Errors
    /// [`TokenizerError`] where the file is damaged or describes anything but BERT's WordPiece over
    /// `[CLS] premise [SEP] hypothesis [SEP]`.
    pub fn parse(bytes: &[u8]) -> Result<Self, TokenizerError> {
        let file: File = serde_json::from_slice(bytes)?;
        let normalizer = expect_kind(file.normalizer, "normalizer", "BertNormalizer")?;
        expect_kind(file.pre_tokenizer, "pre-tokenizer", "BertPreTokenizer")?;
        let model = expect_kind(Some(file.model), "model", "WordPiece")?;
        check_template(file.post_processor)?;
        // A token of the model's own that is no special token would be looked for in the text before all other steps.
        if let Some(token) = file.added_tokens.into_iter().find(|token| !token.special) {
            return Err(TokenizerError::Unsupported {
                part: "added token",
                found: token.content,
                wanted: "a special token",
            });
        }
        Self::new(serde_json::from_value(normalizer)?, serde_json::from_value(model)?)
    }

    fn new(normalizer: Normalizer, model: WordPiece) -> Result<Self, TokenizerError> {
        let id =
            |token: &str| model.vocab.get(token).copied().ok_or_else(|| TokenizerError::MissingToken(token.to_owned()));
        let (unknown, cls, sep) = (id(&model.unk_token)?, id("[CLS]")?, id("[SEP]")?);
        let (mut first, mut next) = (HashMap::new(), HashMap::new());
        for (piece, id) in model.vocab {
            match piece.strip_prefix(&model.continuing_subword_prefix) {
                Some(rest) if !rest.is_empty() => next.insert(rest.into(), id),
                _ => first.insert(piece, id),
            };
        }
        let longest = first.keys().chain(next.keys()).map(|piece| piece.chars().count()).max().unwrap_or(0);
        let longest_word = model.max_input_chars_per_word;
        Ok(Self { normalizer, first, next, longest, longest_word, unknown, cls, sep })
    }

    /// True where upper and lower case are read alike.
    #[must_use]
    pub fn lowercase(&self) -> bool {
        self.normalizer.lowercase
    }

    /// Rows that an embedding table must have for this vocabulary: the greatest id and one.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.first.values().chain(self.next.values()).max().map_or(0, |&id| id as usize + 1)
    }

    /// The tokens of a text, without special tokens. Takes time linear in its length, whatever it holds.
    #[must_use]
    pub fn encode(&self, text: &str) -> Vec<Token> {
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

    /// `[CLS] premise [SEP] hypothesis [SEP]` of token lists.
    pub(super) fn pair(&self, premise: &[Token], hypothesis: &[Token]) -> Encoding {
        let premise = premise.iter().map(|token| token.id);
        let hypothesis = hypothesis.iter().map(|token| token.id);
        let mut ids: Vec<u32> = std::iter::once(self.cls).chain(premise).chain([self.sep]).collect();
        let first_segment = ids.len();
        ids.extend(hypothesis.chain([self.sep]));
        Encoding { ids, first_segment }
    }

    /// The whole pair as the model would see it, however long.
    #[must_use]
    pub fn encode_pair(&self, premise: &str, hypothesis: &str) -> Encoding {
        self.pair(&self.encode(premise), &self.encode(hypothesis))
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

/// A pair as token ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// `[CLS] premise [SEP] hypothesis [SEP]`.
    pub ids: Vec<u32>,
    /// How many of them, from the left, are of segment 0: `[CLS] premise [SEP]`. The rest is segment 1.
    pub first_segment: usize,
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

/// Takes a step's description where it is of the one kind this tokenizer knows.
fn expect_kind(step: Option<Value>, part: &'static str, wanted: &'static str) -> Result<Value, TokenizerError> {
    let step = step.unwrap_or_default();
    match step.get("type").and_then(Value::as_str) {
        Some(kind) if kind == wanted => Ok(step),
        Some(kind) => Err(TokenizerError::Unsupported { part, found: kind.to_owned(), wanted }),
        None => Err(TokenizerError::Unsupported { part, found: "not given".to_owned(), wanted }),
    }
}

/// Refuses a template that would put a pair together in another way.
fn check_template(processor: Option<Value>) -> Result<(), TokenizerError> {
    const WANTED: &str = "[CLS]:0 A:0 [SEP]:0 B:1 [SEP]:1";
    let processor = processor.unwrap_or_default();
    let found = match processor.get("type").and_then(Value::as_str) {
        Some("BertProcessing") => {
            let token = |field: &str| processor.pointer(&format!("/{field}/0")).and_then(Value::as_str).unwrap_or("?");
            let (cls, sep) = (token("cls"), token("sep"));
            format!("{cls}:0 A:0 {sep}:0 B:1 {sep}:1")
        }
        Some("TemplateProcessing") => {
            let pieces = processor.get("pair").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            pieces.iter().map(template_piece).collect::<Vec<_>>().join(" ")
        }
        Some(kind) => kind.to_owned(),
        None => "not given".to_owned(),
    };
    if found == WANTED {
        return Ok(());
    }
    Err(TokenizerError::Unsupported { part: "pair template", found, wanted: WANTED })
}

/// `[SEP]:1` of `{"SpecialToken": {"id": "[SEP]", "type_id": 1}}`.
fn template_piece(piece: &Value) -> String {
    let body = piece.get("SpecialToken").or_else(|| piece.get("Sequence")).unwrap_or(piece);
    let id = body.get("id").and_then(Value::as_str).unwrap_or("?");
    let segment = body.get("type_id").map_or_else(|| "?".to_owned(), Value::to_string);
    format!("{id}:{segment}")
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

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_punctuation()
}
