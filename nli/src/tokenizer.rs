//! Tokenizers, from `tokenizer.json`: the token ids equal those of Hugging Face's `tokenizers` for the same text.
//!
//! Three kinds: BERT's WordPiece (`wordpiece`), the byte-level BPE of RoBERTa (`byte_bpe`) and SentencePiece's
//! Unigram as DeBERTa-v2/v3, XLM-RoBERTa and ALBERT have it (`unigram`); how a pair is put together is read from the
//! file too (`template`). Whatever else a file describes is refused by name at load.
//!
//! One difference from the reference is deliberate: a text never produces a special token. The reference looks for
//! `[SEP]`, `<mask>`… in the raw text and injects the token; a paper that prints `[SEP]` would then cut its own premise in
//! two. Here such a literal is plain text, as the reference also reads it once its special tokens are unknown to it.

mod byte_bpe;
mod charsmap;
mod normalizer;
mod pattern;
mod template;
mod unigram;
mod wordpiece;

use self::{byte_bpe::ByteBpe, template::Template, unigram::Unigram, wordpiece::WordPiece};
use super::Manifest;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// What a manifest calls the kinds.
pub(super) const KINDS: [&str; 3] = [wordpiece::KIND, byte_bpe::KIND, unigram::KIND];
/// What a manifest calls the ways to put a pair together.
pub(super) const PAIRS: [&str; 3] = [template::BERT_PAIR, template::ROBERTA_PAIR, template::DEBERTA_PAIR];

/// Why a `tokenizer.json` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TokenizerError {
    /// Not JSON, or a field is missing or of another type.
    #[error("it is not a tokenizer.json ({0}); save the model's tokenizer in the fast format")]
    Unreadable(#[from] serde_json::Error),
    /// One of its steps is not known here.
    #[error(
        "its {part} is {found}, and only {wanted} is understood; use the tokenizer.json that was published with the model, or another model"
    )]
    Unsupported {
        /// Which step.
        part: &'static str,
        /// What the file names there.
        found: String,
        /// What is known here.
        wanted: &'static str,
    },
    /// A token that it cannot do without is not in the vocabulary.
    #[error("its vocabulary has no {0:?}, which it cannot do without; the file is incomplete")]
    MissingToken(String),
    /// The manifest describes another tokenizer.
    #[error("it has {field}: {found}, and the manifest says {said}; correct the manifest or take the model's own file")]
    Mismatch {
        /// Field of the manifest.
        field: &'static str,
        /// By the tokenizer's file.
        found: String,
        /// By the manifest.
        said: String,
    },
}

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its row in the model's embedding table.
    pub id: u32,
    /// True for the first piece of a word or a punctuation mark: a text may be cut before it.
    pub starts_word: bool,
}

/// A pair as token ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// Premise and hypothesis with the special tokens of the model's template.
    pub ids: Vec<u32>,
    /// How many of them, from the left, are of segment 0. The rest is segment 1: with BERT's template
    /// `hypothesis [SEP]`, with RoBERTa's nothing.
    pub first_segment: usize,
}

/// The tokenizer of one model.
#[derive(Clone, Debug)]
pub struct Tokenizer {
    algorithm: Algorithm,
    template: Template,
    /// See [`Self::rows`].
    rows: usize,
}

#[derive(Clone, Debug)]
enum Algorithm {
    WordPiece(WordPiece),
    ByteBpe(ByteBpe),
    Unigram(Unigram),
}

#[derive(Deserialize)]
struct File {
    normalizer: Option<Value>,
    pre_tokenizer: Option<Value>,
    post_processor: Option<Value>,
    #[serde(default)]
    added_tokens: Vec<AddedToken>,
    model: ModelFields,
}

#[derive(Deserialize)]
struct AddedToken {
    id: u32,
    content: String,
    special: bool,
}

/// Fields by which the kinds of models are told apart.
#[derive(Deserialize)]
struct ModelFields {
    #[serde(rename = "type")]
    kind: Option<String>,
    merges: Option<IgnoredAny>,
    max_input_chars_per_word: Option<IgnoredAny>,
    unk_id: Option<IgnoredAny>,
}

impl ModelFields {
    /// The model's type; files of the first years do not name it.
    fn kind(&self) -> &str {
        match self {
            Self { kind: Some(kind), .. } => kind,
            Self { merges: Some(_), .. } => "BPE",
            Self { max_input_chars_per_word: Some(_), .. } => "WordPiece",
            Self { unk_id: Some(_), .. } => "Unigram",
            _ => "not given",
        }
    }
}

impl Tokenizer {
    /// Reads a `tokenizer.json`.
    ///
    /// # Errors
    /// [`TokenizerError`] where the file is damaged or describes anything that is not done here.
    pub fn parse(bytes: &[u8]) -> Result<Self, TokenizerError> {
        let bytes = super::without_mark(bytes);
        let File { normalizer, pre_tokenizer, post_processor, added_tokens, model } = serde_json::from_slice(bytes)?;
        // A token of the model's own that is no special token would be looked for in the text before all other steps.
        if let Some(token) = added_tokens.iter().find(|token| !token.special) {
            return Err(unsupported("added token", format!("{:?}", token.content), "a special token"));
        }
        let template = Template::parse(&post_processor.unwrap_or_default())?;
        // Behind the vocabulary, where they are none of its own.
        let added: HashMap<String, u32> = added_tokens.into_iter().map(|token| (token.content, token.id)).collect();
        let mut special: HashSet<String> = added.keys().cloned().collect();
        special.extend(template.tokens().map(str::to_owned));
        let algorithm = match model.kind() {
            "WordPiece" => Algorithm::WordPiece(WordPiece::parse(normalizer, pre_tokenizer, bytes)?),
            "BPE" => Algorithm::ByteBpe(ByteBpe::parse(normalizer, pre_tokenizer, bytes, &special)?),
            "Unigram" => Algorithm::Unigram(Unigram::parse(normalizer, pre_tokenizer, bytes, special)?),
            other => return Err(unsupported("model", other, "WordPiece, BPE or Unigram")),
        };
        let of_vocabulary = match &algorithm {
            Algorithm::WordPiece(words) => words.rows(),
            Algorithm::ByteBpe(bytes) => bytes.rows(),
            Algorithm::Unigram(pieces) => pieces.rows(),
        };
        template.check_ids(|token| {
            let own = match &algorithm {
                Algorithm::WordPiece(words) => words.id(token),
                Algorithm::ByteBpe(bytes) => bytes.special_id(token),
                Algorithm::Unigram(pieces) => pieces.special_id(token),
            };
            own.or_else(|| added.get(token).copied().filter(|&id| id as usize >= of_vocabulary))
        })?;
        let rows = of_vocabulary.max(template.rows());
        Ok(Self { algorithm, template, rows })
    }

    /// What a manifest calls its kind: `bert-wordpiece`, `roberta-bpe` or `unigram`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.algorithm {
            Algorithm::WordPiece(_) => wordpiece::KIND,
            Algorithm::ByteBpe(_) => byte_bpe::KIND,
            Algorithm::Unigram(_) => unigram::KIND,
        }
    }

    /// True where upper and lower case are read alike.
    #[must_use]
    pub fn lowercase(&self) -> bool {
        match &self.algorithm {
            Algorithm::WordPiece(words) => words.lowercase(),
            Algorithm::ByteBpe(bytes) => bytes.lowercase(),
            Algorithm::Unigram(pieces) => pieces.lowercase(),
        }
    }

    /// Rows that an embedding table must have for this vocabulary: the greatest id and one.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Special tokens of a pair: 3 with BERT's template, 4 with the others.
    #[must_use]
    pub fn special_tokens(&self) -> usize {
        self.template.special_tokens()
    }

    /// The position that a model with this template gives to a pair's first token.
    pub(super) fn first_position(&self) -> usize {
        self.template.first_position()
    }

    /// Checks that the manifest describes this tokenizer.
    pub(super) fn check_against(&self, manifest: &Manifest) -> Result<(), TokenizerError> {
        let file = &manifest.tokenizer;
        let same = |field, found: String, said: String| {
            if found == said { Ok(()) } else { Err(TokenizerError::Mismatch { field, found, said }) }
        };
        same("kind", self.kind().to_owned(), file.kind.clone())?;
        same("lowercase", self.lowercase().to_string(), file.lowercase.to_string())?;
        same("pair", self.template.pair_text().to_owned(), manifest.pair.clone())
    }

    /// The tokens of a text, without special tokens. Its time grows with the text's length and, in a word that has no
    /// end, its logarithm, whatever it holds.
    #[must_use]
    pub fn encode(&self, text: &str) -> Vec<Token> {
        match &self.algorithm {
            Algorithm::WordPiece(words) => words.encode(text),
            Algorithm::ByteBpe(bytes) => bytes.encode(text),
            Algorithm::Unigram(pieces) => pieces.encode(text),
        }
    }

    /// A pair of token lists in the model's template.
    pub(super) fn pair(&self, premise: &[Token], hypothesis: &[Token]) -> Encoding {
        self.template.pair(premise, hypothesis)
    }

    /// The whole pair as the model would see it, however long.
    #[must_use]
    pub fn encode_pair(&self, premise: &str, hypothesis: &str) -> Encoding {
        self.pair(&self.encode(premise), &self.encode(hypothesis))
    }
}

/// Reads the model, now that its kind is known. A second pass over the file, for a vocabulary of 250,000 pieces read as a
/// tree of values first would take 50 MB.
fn read_model<'a, M: Deserialize<'a>>(bytes: &'a [u8]) -> Result<M, TokenizerError> {
    #[derive(Deserialize)]
    struct OnlyModel<M> {
        model: M,
    }
    let OnlyModel { model } = serde_json::from_slice(bytes)?;
    Ok(model)
}

fn unsupported(part: &'static str, found: impl Into<String>, wanted: &'static str) -> TokenizerError {
    TokenizerError::Unsupported { part, found: found.into(), wanted }
}

/// A step's description, cut short, for a message.
fn brief(step: &Value) -> String {
    if step.is_null() { "not given".to_owned() } else { step.to_string().chars().take(200).collect() }
}

/// Takes a step's description where it is of the one kind that is known.
fn expect_kind(step: Option<Value>, part: &'static str, wanted: &'static str) -> Result<Value, TokenizerError> {
    let mut step = step.unwrap_or_default();
    // A sequence of one step is that step.
    while step["type"] == "Sequence"
        && let Some([only]) = step[list_of(part)].as_array().map(Vec::as_slice)
    {
        step = only.clone();
    }
    match step.get("type").and_then(Value::as_str) {
        Some(kind) if kind == wanted => Ok(step),
        // Of a sequence the steps tell what is not known.
        Some("Sequence") => Err(unsupported(part, brief(&step), wanted)),
        Some(kind) => Err(unsupported(part, kind, wanted)),
        None => Err(unsupported(part, "not given", wanted)),
    }
}

/// The field under which a sequence of such steps lists them.
fn list_of(part: &str) -> &'static str {
    if part == "normalizer" { "normalizers" } else { "pretokenizers" }
}
