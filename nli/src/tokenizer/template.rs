//! How a pair is put together: the special tokens around premise and hypothesis, and the segment that each token is of.

use super::{Encoding, Token, TokenizerError, unsupported};
use serde_json::Value;

/// What a manifest calls the template of BERT and DeBERTa.
pub(super) const BERT_PAIR: &str = "[CLS] premise [SEP] hypothesis [SEP]";
/// What a manifest calls the template of RoBERTa and XLM-RoBERTa.
pub(super) const ROBERTA_PAIR: &str = "<s> premise </s></s> hypothesis </s>";

/// What a manifest calls the template that transformers 5 writes for DeBERTa's first version.
pub(super) const DEBERTA_PAIR: &str = "[CLS] premise [SEP][SEP] hypothesis [SEP]";

/// One of the three templates, with the ids of its tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Template {
    layout: &'static Layout,
    /// `[CLS]` or `<s>`.
    start: u32,
    /// `[SEP]` or `</s>`.
    end: u32,
}

/// What tells the templates apart.
#[derive(Debug)]
struct Layout {
    /// What a manifest calls it.
    name: &'static str,
    /// The reference's own way of writing it down: token or text, and its segment.
    written: &'static str,
    /// The token before the pair, and the one behind each text.
    tokens: [&'static str; 2],
    /// How often the latter stands between the texts.
    between: usize,
    /// Whether the hypothesis is a segment of its own.
    two_segments: bool,
    /// The position of the first token. RoBERTa counts from its padding token's id and one: Liu et al. 2019's code,
    /// `padding_idx + 1`.
    first_position: usize,
}

static LAYOUTS: [Layout; 3] = [
    Layout {
        name: BERT_PAIR,
        written: "[CLS]:0 A:0 [SEP]:0 B:1 [SEP]:1",
        tokens: ["[CLS]", "[SEP]"],
        between: 1,
        two_segments: true,
        first_position: 0,
    },
    Layout {
        name: ROBERTA_PAIR,
        written: "<s>:0 A:0 </s>:0 </s>:0 B:0 </s>:0",
        tokens: ["<s>", "</s>"],
        between: 2,
        two_segments: false,
        first_position: 2,
    },
    Layout {
        name: DEBERTA_PAIR,
        written: "[CLS]:0 A:0 [SEP]:0 [SEP]:0 B:0 [SEP]:0",
        tokens: ["[CLS]", "[SEP]"],
        between: 2,
        two_segments: false,
        first_position: 0,
    },
];

impl Template {
    /// Reads a `post_processor` and refuses one that would put a pair together in another way.
    pub(super) fn parse(processor: &Value) -> Result<Self, TokenizerError> {
        const WANTED: &str = "[CLS]:0 A:0 [SEP]:0 B:1 [SEP]:1, <s>:0 A:0 </s>:0 </s>:0 B:0 </s>:0 or [CLS]:0 A:0 [SEP]:0 [SEP]:0 B:0 [SEP]:0";
        let processor = of_pairs(processor);
        let found = written_down(processor);
        let Some(layout) = LAYOUTS.iter().find(|layout| layout.written == found) else {
            return Err(unsupported("pair template", found, WANTED));
        };
        let id = |token| {
            given_id(processor, token)
                .ok_or_else(|| unsupported("pair template", format!("without an id of {token}"), "one id a token"))
        };
        let [start, end] = layout.tokens;
        Ok(Self { layout, start: id(start)?, end: id(end)? })
    }

    /// Refuses a template whose ids are not the vocabulary's own.
    pub(super) fn check_ids(self, vocabulary: impl Fn(&str) -> Option<u32>) -> Result<(), TokenizerError> {
        for (token, id) in self.tokens().into_iter().zip([self.start, self.end]) {
            match vocabulary(token) {
                None => return Err(TokenizerError::MissingToken(token.to_owned())),
                Some(known) if known == id => {}
                Some(_) => {
                    return Err(unsupported("pair template's token", format!("{token} = {id}"), "the vocabulary's id"));
                }
            }
        }
        Ok(())
    }

    /// Its special tokens.
    pub(super) fn tokens(self) -> [&'static str; 2] {
        self.layout.tokens
    }

    /// Rows that an embedding table must have for them.
    pub(super) fn rows(self) -> usize {
        self.start.max(self.end) as usize + 1
    }

    /// What a manifest calls it.
    pub(super) fn pair_text(self) -> &'static str {
        self.layout.name
    }

    /// Special tokens of a pair.
    pub(super) fn special_tokens(self) -> usize {
        2 + self.layout.between
    }

    /// The position that a model with this template gives to a pair's first token.
    pub(super) fn first_position(self) -> usize {
        self.layout.first_position
    }

    pub(super) fn pair(self, premise: &[Token], hypothesis: &[Token]) -> Encoding {
        let mut ids = Vec::with_capacity(premise.len() + hypothesis.len() + self.special_tokens());
        ids.push(self.start);
        ids.extend(premise.iter().map(|token| token.id));
        ids.resize(ids.len() + self.layout.between, self.end);
        let before = ids.len();
        ids.extend(hypothesis.iter().map(|token| token.id));
        ids.push(self.end);
        let first_segment = if self.layout.two_segments { before } else { ids.len() };
        Encoding { ids, first_segment }
    }
}

/// The one step of a `post_processor` that puts pairs together: ByteLevel beside it changes no tokens.
fn of_pairs(processor: &Value) -> &Value {
    let is_pairs = |step: &&Value| step["type"] != "ByteLevel";
    match processor["processors"].as_array().map(|steps| steps.iter().filter(is_pairs).collect::<Vec<_>>()) {
        Some(steps) if steps.len() == 1 && processor["type"] == "Sequence" => of_pairs(steps[0]),
        _ => processor,
    }
}

/// A `post_processor` in the reference's notation, or its type where it is of an unknown one.
fn written_down(processor: &Value) -> String {
    let token = |field: &str| processor.pointer(&format!("/{field}/0")).and_then(Value::as_str).unwrap_or("?");
    let (cls, sep) = (token("cls"), token("sep"));
    match processor.get("type").and_then(Value::as_str) {
        Some("BertProcessing") => format!("{cls}:0 A:0 {sep}:0 B:1 {sep}:1"),
        Some("RobertaProcessing") => format!("{cls}:0 A:0 {sep}:0 {sep}:0 B:0 {sep}:0"),
        Some("TemplateProcessing") => {
            let pieces = processor.get("pair").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            pieces.iter().map(template_piece).collect::<Vec<_>>().join(" ")
        }
        Some(kind) => kind.to_owned(),
        None => "not given".to_owned(),
    }
}

/// `[SEP]:1` of `{"SpecialToken": {"id": "[SEP]", "type_id": 1}}`.
fn template_piece(piece: &Value) -> String {
    let body = piece.get("SpecialToken").or_else(|| piece.get("Sequence")).unwrap_or(piece);
    let id = body.get("id").and_then(Value::as_str).unwrap_or("?");
    let segment = body.get("type_id").map_or_else(|| "?".to_owned(), Value::to_string);
    format!("{id}:{segment}")
}

/// The id that a `post_processor` gives to a token, which is what the reference puts into a pair.
fn given_id(processor: &Value, token: &str) -> Option<u32> {
    let id = match processor.get("special_tokens") {
        Some(special) => match special.get(token)?.get("ids")?.as_array()?.as_slice() {
            [id] => id,
            _ => return None,
        },
        None => &["cls", "sep"].map(|field| &processor[field]).into_iter().find(|named| named[0] == token)?[1],
    };
    u32::try_from(id.as_u64()?).ok()
}
