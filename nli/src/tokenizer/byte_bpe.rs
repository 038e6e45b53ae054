//! RoBERTa's and DeBERTa's byte-level BPE.
//!
//! Radford et al. 2019, "Language Models are Unsupervised Multitask Learners", and Sennrich et al. 2016, "Neural Machine
//! Translation of Rare Words with Subword Units": a text is split into words, numbers and marks, each with the blank
//! before it, and the bytes of each are merged, the earliest learnt pair first. As every byte has its symbol, nothing is
//! unknown. The split is GPT-2's regular expression
//! `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`, written out.

use super::{Token, TokenizerError, expect_kind, normalizer::Normalizer, read_model, unsupported};
use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, SeqAccess, Visitor},
};
use serde_json::Value;
use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, HashSet},
    fmt,
};
use unicode_general_category::{GeneralCategory, get_general_category};

/// What a manifest calls it.
pub(super) const KIND: &str = "roberta-bpe";

/// GPT-2's regular expression, as a step of its own has it.
const SPLIT: &str = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

/// No symbol: before the first and after the last.
const NONE: usize = usize::MAX;

/// Steps and vocabulary of one model.
#[derive(Clone, Debug)]
pub(super) struct ByteBpe {
    normalizer: Normalizer,
    /// True where the text's first word gets a blank before it as every other has.
    prefix_space: bool,
    /// The id of each byte.
    bytes: Box<[u32; 256]>,
    /// What two neighbours become.
    merges: HashMap<(u32, u32), Merge>,
    /// Words that are looked up before anything is merged; empty where the file does not say so.
    whole: HashMap<Box<[u8]>, u32>,
    /// Set aside: no text produces them.
    special: HashMap<String, u32>,
    rows: usize,
}

#[derive(Clone, Copy, Debug)]
struct Merge {
    /// The lower, the earlier.
    rank: usize,
    id: u32,
}

/// One symbol of a word that is being merged: a list linked in both directions.
#[derive(Clone, Copy)]
struct Symbol {
    id: u32,
    before: usize,
    after: usize,
    alive: bool,
}

#[derive(Deserialize)]
struct PreTokenizer {
    add_prefix_space: bool,
    #[serde(default = "yes")]
    use_regex: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
struct Model {
    dropout: Option<f32>,
    continuing_subword_prefix: Option<String>,
    end_of_word_suffix: Option<String>,
    #[serde(default)]
    ignore_merges: bool,
    vocab: HashMap<String, u32>,
    merges: Vec<Pair>,
}

/// A merge as files of different years have it.
enum Pair {
    Joined(String),
    Split(String, String),
}

/// By hand: what serde derives for an untagged enum copies every merge once more and is large.
impl<'de> Deserialize<'de> for Pair {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Pair;

            fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
                to.write_str("a merge of two symbols")
            }

            fn visit_str<E: de::Error>(self, joined: &str) -> Result<Pair, E> {
                Ok(Pair::Joined(joined.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut symbols: A) -> Result<Pair, A::Error> {
                match (symbols.next_element()?, symbols.next_element()?, symbols.next_element::<IgnoredAny>()?) {
                    (Some(left), Some(right), None) => Ok(Pair::Split(left, right)),
                    _ => Err(de::Error::custom("a merge is not of two symbols")),
                }
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl ByteBpe {
    /// Reads the steps and the vocabulary.
    pub(super) fn parse(
        normalizer: Option<Value>,
        pre_tokenizer: Option<Value>,
        file: &[u8],
        special: &HashSet<String>,
    ) -> Result<Self, TokenizerError> {
        let pre_tokenizer = expect_kind(pre_tokenizer.map(with_own_split), "pre-tokenizer", "ByteLevel")?;
        let pre_tokenizer: PreTokenizer = serde_json::from_value(pre_tokenizer)?;
        if !pre_tokenizer.use_regex {
            return Err(unsupported("pre-tokenizer", "ByteLevel with use_regex: false", "use_regex: true"));
        }
        let model: Model = read_model(file)?;
        if let Some(dropout) = model.dropout.filter(|&dropout| dropout != 0.0) {
            return Err(unsupported("model", format!("BPE with dropout: {dropout}"), "BPE without it"));
        }
        for affix in [&model.continuing_subword_prefix, &model.end_of_word_suffix].into_iter().flatten() {
            if !affix.is_empty() {
                return Err(unsupported("model", format!("BPE with the affix {affix:?}"), "BPE without one"));
            }
        }
        Self::new(Normalizer::parse(normalizer)?, pre_tokenizer.add_prefix_space, model, special)
    }

    fn new(
        normalizer: Normalizer,
        prefix_space: bool,
        model: Model,
        special: &HashSet<String>,
    ) -> Result<Self, TokenizerError> {
        let Model { mut vocab, merges, ignore_merges, .. } = model;
        let rows = vocab.values().max().map_or(0, |&id| id as usize + 1);
        let special = special.iter().filter_map(|token| vocab.remove_entry(token)).collect();
        let id = |token: &str| vocab.get(token).copied().ok_or_else(|| TokenizerError::MissingToken(token.to_owned()));
        let symbols = byte_symbols();
        let mut bytes = Box::new([0; 256]);
        for (byte, symbol) in bytes.iter_mut().zip(symbols) {
            *byte = id(symbol.encode_utf8(&mut [0; 4]))?;
        }
        let mut merged = HashMap::with_capacity(merges.len());
        for (rank, pair) in merges.iter().filter(|pair| !pair.is_version()).enumerate() {
            let (left, right) = pair.halves()?;
            merged.insert((id(left)?, id(right)?), Merge { rank, id: id(&format!("{left}{right}"))? });
        }
        let byte_of: HashMap<char, u8> = symbols.into_iter().zip(0..=u8::MAX).collect();
        let spelt = |token: &str| token.chars().map(|symbol| byte_of.get(&symbol).copied()).collect::<Option<_>>();
        let whole = if ignore_merges {
            vocab.iter().filter_map(|(token, &id)| Some((spelt(token)?, id))).collect()
        } else {
            HashMap::new()
        };
        Ok(Self { normalizer, prefix_space, bytes, merges: merged, whole, special, rows })
    }

    /// The id of a token that is set aside.
    pub(super) fn special_id(&self, token: &str) -> Option<u32> {
        self.special.get(token).copied()
    }

    /// True where upper and lower case are read alike.
    pub(super) fn lowercase(&self) -> bool {
        self.normalizer.lowercase()
    }

    /// Rows that an embedding table must have for this vocabulary: the greatest id and one.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The tokens of a text, without special tokens.
    pub(super) fn encode(&self, text: &str) -> Vec<Token> {
        let mut normal = self.normalizer.normalize(text);
        if self.prefix_space && !normal.is_empty() && !normal.starts_with(' ') {
            normal.insert(0, ' ');
        }
        let mut tokens = Vec::new();
        let mut rest = normal.as_str();
        while !rest.is_empty() {
            let (word, after) = rest.split_at(word_length(rest));
            self.encode_word(word.as_bytes(), &mut tokens);
            rest = after;
        }
        tokens
    }

    fn encode_word(&self, word: &[u8], tokens: &mut Vec<Token>) {
        let before = tokens.len();
        match self.whole.get(word) {
            Some(&id) => tokens.push(Token { id, starts_word: false }),
            None => self.merge(word, tokens),
        }
        tokens[before].starts_word = true;
    }

    /// Merges the pair that was learnt first, of equal ones the leftmost, until no two neighbours can be merged. The heap
    /// keeps the time of a word of n bytes at n log n.
    fn merge(&self, word: &[u8], tokens: &mut Vec<Token>) {
        let mut symbols: Vec<Symbol> = word
            .iter()
            .enumerate()
            .map(|(at, &byte)| Symbol {
                id: self.bytes[usize::from(byte)],
                before: at.checked_sub(1).unwrap_or(NONE),
                after: if at + 1 < word.len() { at + 1 } else { NONE },
                alive: true,
            })
            .collect();
        let candidate = |symbols: &[Symbol], at: usize| {
            let right = symbols.get(symbols[at].after)?;
            let merge = self.merges.get(&(symbols[at].id, right.id))?;
            Some(Reverse((merge.rank, at, merge.id)))
        };
        let mut heap: BinaryHeap<_> = (0..symbols.len()).filter_map(|at| candidate(&symbols, at)).collect();
        while let Some(Reverse((_, at, id))) = heap.pop() {
            // Neighbours may have changed since; what they can become now is in the heap too.
            let is_current = symbols[at].alive && candidate(&symbols, at).is_some_and(|Reverse((_, _, now))| now == id);
            if !is_current {
                continue;
            }
            let (right, before) = (symbols[at].after, symbols[at].before);
            let after = symbols[right].after;
            symbols[right].alive = false;
            symbols[at].id = id;
            symbols[at].after = after;
            if let Some(next) = symbols.get_mut(after) {
                next.before = at;
            }
            heap.extend(candidate(&symbols, at));
            if before != NONE {
                heap.extend(candidate(&symbols, before));
            }
        }
        let left = symbols.iter().filter(|symbol| symbol.alive);
        tokens.extend(left.map(|symbol| Token { id: symbol.id, starts_word: false }));
    }
}

/// GPT-2's split as a step of its own before ByteLevel is ByteLevel's own.
fn with_own_split(described: Value) -> Value {
    let Some([split, bytes]) = described["pretokenizers"].as_array().map(Vec::as_slice) else { return described };
    let is_split = split["type"] == "Split"
        && split["pattern"]["Regex"] == SPLIT
        && matches!(
            (split["behavior"].as_str(), split["invert"].as_bool()),
            (Some("Isolated"), _) | (Some("Removed"), Some(true))
        );
    if !is_split || bytes["use_regex"] != false || bytes["add_prefix_space"] != false {
        return described;
    }
    let mut bytes = bytes.clone();
    bytes["use_regex"] = Value::Bool(true);
    bytes
}

impl Pair {
    /// The first line of the text form of merges, which some files took over.
    fn is_version(&self) -> bool {
        matches!(self, Self::Joined(line) if line.starts_with("#version"))
    }

    fn halves(&self) -> Result<(&str, &str), TokenizerError> {
        match self {
            Self::Split(left, right) => Ok((left, right)),
            Self::Joined(joined) => match joined.split_once(' ') {
                Some((left, right)) if !right.contains(' ') => Ok((left, right)),
                _ => Err(unsupported("merge", format!("{joined:?}"), "two symbols with a blank between")),
            },
        }
    }
}

/// The symbol that stands for each byte in a vocabulary: the byte's own Latin-1 character where it can be seen, else the
/// next one from U+0100.
fn byte_symbols() -> [char; 256] {
    let mut unseen = '\u{100}'..;
    std::array::from_fn(|byte| match u8::try_from(byte) {
        Ok(byte @ (b'!'..=b'~' | 0xa1..=0xac | 0xae..)) => char::from(byte),
        _ => unseen.next().unwrap_or_default(),
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Number,
    Other,
}

fn class(c: char) -> Class {
    use GeneralCategory as G;
    if c.is_whitespace() {
        return Class::Space;
    }
    match get_general_category(c) {
        G::UppercaseLetter | G::LowercaseLetter | G::TitlecaseLetter | G::ModifierLetter | G::OtherLetter => {
            Class::Letter
        }
        G::DecimalNumber | G::LetterNumber | G::OtherNumber => Class::Number,
        _ => Class::Other,
    }
}

/// Bytes of the first word of a text that is not empty.
fn word_length(text: &str) -> usize {
    const ENDINGS: [&str; 7] = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];
    if let Some(ending) = ENDINGS.iter().find(|&&ending| text.starts_with(ending)) {
        return ending.len();
    }
    let run = |text: &str, of: Class| text.find(|c| class(c) != of).unwrap_or(text.len());
    let body = text.strip_prefix(' ').unwrap_or(text);
    match body.chars().next().map(class) {
        None | Some(Class::Space) => {}
        Some(kind) => return text.len() - body.len() + run(body, kind),
    }
    // Of spaces before a word the last belongs to the word or, where it is no blank, stands alone.
    let spaces = run(text, Class::Space);
    match text[..spaces].char_indices().next_back() {
        Some((last, _)) if last > 0 && spaces < text.len() => last,
        _ => spaces,
    }
}
