//! SentencePiece's Unigram: DeBERTa-v2/v3, XLM-RoBERTa, ALBERT.
//!
//! Kudo 2018, "Subword Regularization: Improving Neural Network Translation Models with Multiple Subword Candidates": of
//! all ways to cut a word into pieces of the vocabulary, the one with the greatest sum of scores, by Viterbi. Blanks
//! become a visible mark first, which pieces begin with. Penalty, ties and what becomes of unknown characters are as in
//! `Unigram` and `Metaspace` of `tokenizers` 0.23.

use super::{Token, TokenizerError, brief, normalizer::Normalizer, read_model, unsupported, wordpiece::is_punctuation};
use serde::Deserialize;
use serde_json::Value;
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    ops::Range,
};

/// What a manifest calls it.
pub(super) const KIND: &str = "unigram";

/// An unknown character scores this much less than the worst piece.
const UNKNOWN_PENALTY: f64 = 10.0;

/// Steps and vocabulary of one model.
#[derive(Clone, Debug)]
pub(super) struct Unigram {
    normalizer: Normalizer,
    metaspace: Metaspace,
    /// Where a text is cut before the mark is put in.
    cuts: Vec<Cut>,
    pieces: Trie,
    /// By id.
    scores: Vec<f64>,
    unknown: u32,
    unknown_score: f64,
    /// The ids of bytes that are pieces, where unknown characters fall back on them; else empty.
    bytes: HashMap<u8, u32>,
    /// Set aside: no text produces them.
    special: HashMap<String, u32>,
}

/// A way to cut a text, before blanks are made visible.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// At spaces of all kinds, which are dropped.
    Spaces,
    /// At punctuation.
    Punctuation(Marks),
}

/// What becomes of the punctuation that a text is cut at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marks {
    /// Each mark stands alone.
    Isolated,
    /// Marks side by side stand together.
    Contiguous,
    /// A mark belongs to what is before it.
    WithPrevious,
    /// A mark belongs to what is behind it.
    WithNext,
    Removed,
}

impl Cut {
    /// None where it is no cut that is known.
    fn parse(step: &Value) -> Option<Self> {
        match step["type"].as_str()? {
            "WhitespaceSplit" => Some(Self::Spaces),
            "Punctuation" => Some(Self::Punctuation(match step.get("behavior").map(Value::as_str) {
                None | Some(Some("Isolated")) => Marks::Isolated,
                Some(Some("Contiguous")) => Marks::Contiguous,
                Some(Some("MergedWithPrevious")) => Marks::WithPrevious,
                Some(Some("MergedWithNext")) => Marks::WithNext,
                Some(Some("Removed")) => Marks::Removed,
                Some(_) => return None,
            })),
            _ => None,
        }
    }

    fn parts(self, text: &str) -> Vec<&str> {
        match self {
            Self::Spaces => text.split_whitespace().collect(),
            Self::Punctuation(marks) => at_punctuation(text, marks),
        }
    }
}

/// A text cut at punctuation, as the reference cuts it: of several marks side by side only the one beside a word joins it.
fn at_punctuation(text: &str, marks: Marks) -> Vec<&str> {
    let is_mark = |at: usize| text[at..].starts_with(is_punctuation);
    // A piece begins at every mark, and behind each.
    let mut starts: Vec<usize> = Vec::new();
    for (at, _) in text.char_indices() {
        let (mark, after_mark) = (is_mark(at), text[..at].ends_with(is_punctuation));
        let begins = match marks {
            Marks::Isolated | Marks::Removed => mark || after_mark,
            Marks::Contiguous => mark != after_mark,
            Marks::WithPrevious => after_mark,
            Marks::WithNext => mark,
        };
        if at == 0 || begins {
            starts.push(at);
        }
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    let parts = starts.iter().zip(ends).map(|(&start, end)| &text[start..end]);
    parts.filter(|part| marks != Marks::Removed || !part.starts_with(is_punctuation)).collect()
}

/// Which parts of a text get a mark where they follow no blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prefix {
    Always,
    /// Only the one that the text begins with.
    First,
    Never,
}

/// How blanks are made visible.
#[derive(Clone, Copy, Debug)]
struct Metaspace {
    mark: char,
    /// Whether what follows no blank gets the mark too.
    prefix: Prefix,
    /// True where words are cut apart before each mark.
    split: bool,
}

#[derive(Deserialize)]
struct Model<'a> {
    unk_id: Option<u32>,
    #[serde(default)]
    byte_fallback: bool,
    #[serde(borrow)]
    vocab: Vec<Piece<'a>>,
}

#[derive(Deserialize)]
struct Piece<'a>(#[serde(borrow)] Cow<'a, str>, f64);

/// The best way to a place in a text: its last piece.
#[derive(Clone, Copy)]
struct Step {
    score: f64,
    start: usize,
    id: u32,
}

impl Unigram {
    /// Reads the steps and the vocabulary.
    pub(super) fn parse(
        normalizer: Option<Value>,
        pre_tokenizer: Option<Value>,
        file: &[u8],
        mut special: HashSet<String>,
    ) -> Result<Self, TokenizerError> {
        let (cuts, metaspace) = parse_pre_tokenizer(pre_tokenizer)?;
        let Model { unk_id, byte_fallback, vocab } = read_model(file)?;
        let unknown = unk_id.ok_or_else(|| unsupported("unk_id", "not given", "a piece of the vocabulary"))?;
        let Some(Piece(name, _)) = vocab.get(unknown as usize) else {
            return Err(unsupported("unk_id", unknown.to_string(), "a piece of the vocabulary"));
        };
        special.insert(name.to_string());
        // Of two equal pieces the later one holds, as in the reference.
        let mut ids: HashMap<&str, u32> = (0..).zip(&vocab).map(|(id, Piece(piece, _))| (piece.as_ref(), id)).collect();
        let bytes = if byte_fallback { byte_pieces(&ids) } else { HashMap::new() };
        let special =
            special.into_iter().filter_map(|token| ids.remove(token.as_str()).map(|id| (token, id))).collect();
        let scores: Vec<f64> = vocab.iter().map(|&Piece(_, score)| score).collect();
        Ok(Self {
            normalizer: Normalizer::parse(normalizer)?,
            metaspace,
            cuts,
            pieces: Trie::new(&ids),
            unknown,
            unknown_score: scores.iter().copied().fold(f64::INFINITY, f64::min) - UNKNOWN_PENALTY,
            scores,
            bytes,
            special,
        })
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
        self.scores.len()
    }

    /// The tokens of a text, without special tokens.
    pub(super) fn encode(&self, text: &str) -> Vec<Token> {
        let normal = self.normalizer.normalize(text);
        let parts: Vec<&str> = self
            .cuts
            .iter()
            .fold(vec![normal.as_str()], |parts, step| parts.into_iter().flat_map(|part| step.parts(part)).collect());
        let mut tokens = Vec::new();
        for part in parts {
            let prefix = match self.metaspace.prefix {
                Prefix::Always => true,
                Prefix::First => std::ptr::eq(part.as_ptr(), normal.as_ptr()),
                Prefix::Never => false,
            };
            self.encode_part(part, prefix, &mut tokens);
        }
        tokens
    }

    /// Makes the blanks visible and cuts before each.
    fn encode_part(&self, part: &str, prefix: bool, tokens: &mut Vec<Token>) {
        let Metaspace { mark, split, .. } = self.metaspace;
        let mut marked = part.replace(' ', mark.encode_utf8(&mut [0; 4]));
        if prefix && !marked.is_empty() && !marked.starts_with(mark) {
            marked.insert(0, mark);
        }
        let mut rest = marked.as_str();
        while let Some(first) = rest.chars().next() {
            let next = if split { rest[first.len_utf8()..].find(mark) } else { None };
            let (word, after) = rest.split_at(next.map_or(rest.len(), |next| next + first.len_utf8()));
            self.encode_word(word, tokens);
            rest = after;
        }
    }

    /// Viterbi's forward pass, then the best way from its end, with unknown neighbours as one.
    fn encode_word(&self, word: &str, tokens: &mut Vec<Token>) {
        let best = self.best_steps(word);
        let mut way: Vec<(Range<usize>, u32)> = Vec::new();
        let mut end = word.len();
        while end > 0 {
            let Step { start, id, .. } = best[end];
            match way.last_mut() {
                Some((unknown, last)) if *last == self.unknown && id == self.unknown => unknown.start = start,
                _ => way.push((start..end, id)),
            }
            end = start;
        }
        for (range, id) in way.into_iter().rev() {
            let (before, starts_word) =
                (tokens.len(), range.start == 0 || word[range.start..].starts_with(self.metaspace.mark));
            if id == self.unknown {
                self.push_unknown(&word[range], tokens);
            } else {
                tokens.push(Token { id, starts_word: false });
            }
            tokens[before].starts_word = starts_word;
        }
    }

    /// The best step to every place where a character ends. Each place is tried with the pieces that the text there
    /// begins with, no longer than the longest, which keeps the time linear.
    fn best_steps(&self, word: &str) -> Vec<Step> {
        const UNREACHED: Step = Step { score: f64::NEG_INFINITY, start: 0, id: 0 };
        let mut best = vec![UNREACHED; word.len() + 1];
        best[0].score = 0.0;
        for (start, c) in word.char_indices() {
            let (before, one) = (best[start].score, start + c.len_utf8());
            let mut try_step = |end: usize, id, score| {
                let score = before + score;
                // Of equal ways the first holds.
                if score > best[end].score {
                    best[end] = Step { score, start, id };
                }
            };
            let mut alone = false;
            self.pieces.prefixes(&word.as_bytes()[start..], |length, id| {
                try_step(start + length, id, self.scores[id as usize]);
                alone |= start + length == one;
            });
            if !alone {
                try_step(one, self.unknown, self.unknown_score);
            }
        }
        best
    }

    /// Characters that are no pieces alone: together a piece after all, or their bytes, or unknown.
    fn push_unknown(&self, text: &str, tokens: &mut Vec<Token>) {
        let ids = match (self.pieces.get(text.as_bytes()), self.byte_ids(text)) {
            (Some(id), _) => vec![id],
            (None, Some(bytes)) => bytes,
            (None, None) => vec![self.unknown],
        };
        tokens.extend(ids.into_iter().map(|id| Token { id, starts_word: false }));
    }

    /// The ids of a text's bytes, if all are pieces.
    fn byte_ids(&self, text: &str) -> Option<Vec<u32>> {
        text.bytes().map(|byte| self.bytes.get(&byte).copied()).collect()
    }
}

/// Where a text is cut first, and how blanks are made visible.
fn parse_pre_tokenizer(described: Option<Value>) -> Result<(Vec<Cut>, Metaspace), TokenizerError> {
    let described = described.unwrap_or_default();
    let steps = steps_of(&described);
    let refused = |step: &Value| {
        unsupported("pre-tokenizer", brief(step), "Metaspace, alone or after WhitespaceSplit and Punctuation")
    };
    let Some((&last, before)) = steps.split_last() else { return Err(refused(&described)) };
    let cut = |step: &Value| Cut::parse(step).ok_or_else(|| refused(step));
    let cuts = before.iter().map(|step| cut(step)).collect::<Result<Vec<Cut>, TokenizerError>>()?;
    let metaspace = Metaspace::parse(last).ok_or_else(|| refused(last))?;
    Ok((cuts, metaspace))
}

/// The steps of a sequence, and of those within it.
fn steps_of(described: &Value) -> Vec<&Value> {
    match described["pretokenizers"].as_array() {
        Some(steps) if described["type"] == "Sequence" => steps.iter().flat_map(steps_of).collect(),
        _ => vec![described],
    }
}

impl Metaspace {
    /// None where it is no Metaspace, or one of which the reference makes nothing or something else.
    fn parse(step: &Value) -> Option<Self> {
        if step["type"] != "Metaspace" {
            return None;
        }
        let mut marks = step["replacement"].as_str()?.chars();
        let (Some(mark), None) = (marks.next(), marks.next()) else { return None };
        let prefix = match step.get("prepend_scheme").map(Value::as_str) {
            None | Some(Some("always")) => Prefix::Always,
            Some(Some("first")) => Prefix::First,
            Some(Some("never")) => Prefix::Never,
            Some(_) => return None,
        };
        if prefix != Prefix::Never && step["add_prefix_space"] == false {
            return None;
        }
        let split = if step["split"].is_null() { true } else { step["split"].as_bool()? };
        Some(Self { mark, prefix, split })
    }
}

/// Those of the pieces `<0x00>` to `<0xFF>` that are there.
fn byte_pieces(ids: &HashMap<&str, u32>) -> HashMap<u8, u32> {
    (0..=u8::MAX).filter_map(|byte| Some((byte, *ids.get(format!("<0x{byte:02X}>").as_str())?))).collect()
}

/// Pieces by their bytes, a level a byte.
#[derive(Clone, Debug)]
struct Trie {
    nodes: Vec<Node>,
}

/// A node's children lie side by side, ordered by their bytes.
#[derive(Clone, Debug)]
struct Node {
    byte: u8,
    /// The piece that ends here.
    id: Option<u32>,
    children: Range<usize>,
}

impl Trie {
    /// Level by level.
    fn new(ids: &HashMap<&str, u32>) -> Self {
        let mut pieces: Vec<(&[u8], u32)> = ids.iter().map(|(piece, &id)| (piece.as_bytes(), id)).collect();
        pieces.sort_unstable();
        let mut nodes = vec![Node { byte: 0, id: None, children: 0..0 }];
        // For each node, the pieces that go through it and how many of their bytes lead to it.
        let mut through = vec![(pieces.as_slice(), 0)];
        let mut at = 0;
        while let Some(&(mut pieces, depth)) = through.get(at) {
            if let Some(((piece, id), rest)) = pieces.split_first()
                && piece.len() == depth
            {
                nodes[at].id = Some(*id);
                pieces = rest;
            }
            let first = nodes.len();
            for group in pieces.chunk_by(|(one, _), (next, _)| one[depth] == next[depth]) {
                nodes.push(Node { byte: group[0].0[depth], id: None, children: 0..0 });
                through.push((group, depth + 1));
            }
            nodes[at].children = first..nodes.len();
            at += 1;
        }
        Self { nodes }
    }

    /// Calls `found` with the length and the id of every piece that `text` begins with, shortest first.
    fn prefixes(&self, text: &[u8], mut found: impl FnMut(usize, u32)) {
        let mut node = &self.nodes[0];
        for (at, &byte) in text.iter().enumerate() {
            let Some(child) = self.child(node, byte) else { return };
            node = child;
            if let Some(id) = node.id {
                found(at + 1, id);
            }
        }
    }

    /// The id of a piece.
    fn get(&self, piece: &[u8]) -> Option<u32> {
        piece.iter().try_fold(&self.nodes[0], |node, &byte| self.child(node, byte))?.id
    }

    fn child(&self, node: &Node, byte: u8) -> Option<&Node> {
        let children = &self.nodes[node.children.clone()];
        children.binary_search_by_key(&byte, |child| child.byte).ok().map(|at| &children[at])
    }
}
