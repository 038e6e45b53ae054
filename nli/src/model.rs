//! The model: loaded through tract, checked against its manifest, run on one pair at a time.
//!
//! Why one at a time: nothing is padded, so no work is wasted and a pair's scores depend on nothing but the pair. A batch
//! would gain nothing: one pair already keeps the kernels busy, and all weights stay in the processor's caches from one
//! pair to the next. The sequence length stays symbolic in the one optimised plan.

use super::{
    Entailment, Pair,
    manifest::{Class, Input, Manifest, ManifestError},
    onnx::{GraphProto, ModelProto, Onnx},
    operators,
    rewrite::rewrite,
    tokenizer::{Encoding, Token, Tokenizer, TokenizerError},
    window::{self, Layout},
};
use prost::{Message, bytes::Bytes};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{collections::HashMap, sync::Arc};
use tract_hir::{prelude::*, tract_core::plan::eval};

/// Runs that one pair may take: a minute's work. Beyond it something else than a claim and a passage was sent.
const MOST_WINDOWS: usize = 1024;
/// A table of so many rows is one of segments: a model that is not told them looks up the first for every token.
const MOST_SEGMENTS: usize = 2;
/// Bytes that are digested in one call. Browsers replace a function by its optimised form only between two calls: all at
/// once, a model is digested at a tenth of the speed.
const DIGEST_CHUNK: usize = 1 << 16;
/// Rows that an embedding table may have beyond its vocabulary: some are padded to a round number. Of a large
/// vocabulary one in [`SPARE_SHARE`] rows may be spare: mDeBERTa has 900 beside 250,100.
const MOST_SPARE_ROWS: usize = 128;
/// See [`MOST_SPARE_ROWS`].
const SPARE_SHARE: usize = 200;

/// Why a model cannot be used. All but [`ModelError::Run`], [`ModelError::NotFinite`] and [`ModelError::TooLong`] arise
/// at load, before any verdict.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The manifest was refused.
    #[error("manifest.json: {0}")]
    Manifest(#[from] ManifestError),
    /// A file is not the one that the manifest describes.
    #[error("{file}: its sha256 is {found}, and the manifest says {expected}; download the model's files again")]
    Digest {
        /// Name of the file it is about.
        file: String,
        /// By the manifest.
        expected: String,
        /// Of the bytes given.
        found: String,
    },
    /// The tokenizer was refused.
    #[error("{file}: {source}")]
    Tokenizer {
        /// Name of the file it is about.
        file: String,
        /// Why.
        source: TokenizerError,
    },
    /// Not an ONNX file, or one that tract cannot run.
    #[error("{file}: it is damaged or not an ONNX model that can be run here ({reason})")]
    Damaged {
        /// Name of the file it is about.
        file: String,
        /// What tract says.
        reason: String,
    },
    /// Some of its numbers are not in the file.
    #[error(
        "{file}: its tensor {kept:?} is kept in another file, which is not read here; export the model as one file"
    )]
    External {
        /// Name of the file it is about.
        file: String,
        /// The tensor that is kept elsewhere.
        kept: String,
    },
    /// The graph uses operators that are not built in.
    #[error(
        "{file}: it uses {operators}, which cannot be run here; export the model for ONNX's own operators, opset 11 to 22, not optimised"
    )]
    Operators {
        /// Name of the file it is about.
        file: String,
        /// Their names, separated by commas.
        operators: String,
    },
    /// Inputs or outputs are not what the manifest says.
    #[error("{file}: {what} {name:?}; the manifest does not fit this model")]
    Interface {
        /// Name of the file it is about.
        file: String,
        /// What is wrong with it.
        what: &'static str,
        /// The input or output.
        name: String,
    },
    /// The tokenizer is another model's.
    #[error("{file}: its embedding table has {rows} rows, and the tokenizer needs {needed}; they belong to two models")]
    Vocabulary {
        /// Name of the file it is about.
        file: String,
        /// Rows of the table.
        rows: usize,
        /// Rows that the vocabulary needs.
        needed: usize,
    },
    /// The manifest allows longer pairs than the model can place.
    #[error(
        "{file}: its table of positions has {rows} rows, {first} of them unused, and the manifest's maxTokens is \
         {max_tokens}; lower it"
    )]
    Positions {
        /// Name of the file it is about.
        file: String,
        /// Rows of the table.
        rows: usize,
        /// Rows before that of a pair's first token.
        first: usize,
        /// By the manifest.
        max_tokens: usize,
    },
    /// The output has another shape or type.
    #[error("{file}: its output is {found}, and three logits (f32, [1, 3]) are needed; use a three-class NLI model")]
    Output {
        /// Name of the file it is about.
        file: String,
        /// Type and shape.
        found: String,
    },
    /// A logit is infinite or not a number.
    #[error("{file}: its logits are {logits:?}; its weights are damaged")]
    NotFinite {
        /// Name of the file it is about.
        file: String,
        /// As the model gave them.
        logits: [f32; 3],
    },
    /// tract failed while running.
    #[error("{file}: it cannot be run on {tokens} tokens ({reason})")]
    Run {
        /// Name of the file it is about.
        file: String,
        /// Length of the pair.
        tokens: usize,
        /// What tract says.
        reason: String,
    },
    /// A pair is so long that scoring it would take minutes.
    #[error("a pair needs {windows} windows, and {MOST_WINDOWS} is the most; split the premise into passages")]
    TooLong {
        /// Windows it needs.
        windows: usize,
    },
}

/// What one operator takes of a run, see [`Model::profile`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// Name of the operator.
    pub op: String,
    /// In the unit of the clock.
    pub time: f64,
    /// How often it ran.
    pub calls: usize,
}

/// A model that has been checked and run once: it can score pairs.
pub struct Model {
    manifest: Manifest,
    tokenizer: Tokenizer,
    plan: Arc<TypedRunnableModel>,
}

impl Model {
    /// Loads a model from the bytes of its three files and runs it once, on the shortest pair. The model file is taken
    /// over: tables are looked up in it as they are.
    ///
    /// # Errors
    /// [`ModelError`], naming the file and the reason.
    pub fn load(manifest: &[u8], model: Vec<u8>, tokenizer: &[u8]) -> Result<Self, ModelError> {
        let found = sha256(&model);
        Self::load_digested(manifest, model, found, tokenizer)
    }

    /// As [`Model::load`], where the caller has the sha256 of the model file already, in lower-case hexadecimal: a browser
    /// computes it ten times as fast as this crate does in WebAssembly.
    ///
    /// # Errors
    /// As [`Model::load`].
    pub fn load_digested(
        manifest: &[u8],
        model: Vec<u8>,
        model_sha256: String,
        tokenizer: &[u8],
    ) -> Result<Self, ModelError> {
        let manifest = Manifest::parse(manifest)?;
        check_digest(&manifest.model_file, &manifest.sha256, model_sha256)?;
        check_digest(&manifest.tokenizer.path, &manifest.tokenizer.sha256, sha256(tokenizer))?;
        let damaged = |error: &TractError| damaged(&manifest, error);
        let onnx = operators::framework();
        // Of bytes that can be shared, the decoder makes the constants parts of the file: nothing is copied.
        let proto = ModelProto::decode(Bytes::from(model)).map_err(|error| damaged(&error.into()))?;
        let tables = check_graph(&manifest, &proto)?;
        check_operators(&manifest, &onnx, &proto)?;
        let plan = plan(&onnx, proto, &manifest).map_err(|error| damaged(&error))?;
        // Last: what reading a large vocabulary takes for a while is then met from what the plan's building has let go.
        let tokenizer = load_tokenizer(&manifest, tokenizer)?;
        check_tables(&manifest, &tokenizer, &tables)?;
        let model = Self { manifest, tokenizer, plan };
        model.probe()?;
        Ok(model)
    }

    /// What the model is.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Its tokenizer.
    #[must_use]
    pub fn tokenizer(&self) -> &Tokenizer {
        &self.tokenizer
    }

    /// Scores pairs, in order, one [`Entailment`] a pair. A pair's scores depend on nothing but the pair; one that is
    /// too long for the model is scored in windows ([`Model::windows`] says where).
    ///
    /// # Errors
    /// [`ModelError::Run`], [`ModelError::NotFinite`] or [`ModelError::TooLong`]; then no pair has a score.
    pub fn entail(&self, pairs: &[Pair]) -> Result<Vec<Entailment>, ModelError> {
        // A premise is tested against many claims: its tokens are looked up once.
        let mut premises: HashMap<&str, Vec<Token>> = HashMap::new();
        let mut scores = Vec::with_capacity(pairs.len());
        for Pair { premise, hypothesis } in pairs {
            let premise = premises.entry(premise).or_insert_with(|| self.tokenizer.encode(premise));
            scores.push(self.entail_one(premise, &self.tokenizer.encode(hypothesis))?);
        }
        Ok(scores)
    }

    /// The logits of a pair given as token ids, in the model's own order; the first `first_segment` ids are the
    /// premise's. For measurements: nothing is split into windows.
    ///
    /// # Errors
    /// [`ModelError::Run`] or [`ModelError::NotFinite`].
    pub fn logits(&self, ids: Vec<u32>, first_segment: usize) -> Result<[f32; 3], ModelError> {
        self.run(&Encoding { ids, first_segment })
    }

    /// Where the time of [`Model::logits`] goes: for each operator its time, by `now`, and its calls, over `rounds` runs;
    /// the costliest first.
    ///
    /// # Errors
    /// [`ModelError::Run`].
    pub fn profile(
        &self,
        ids: Vec<u32>,
        first_segment: usize,
        rounds: usize,
        now: impl Fn() -> f64,
    ) -> Result<Vec<Share>, ModelError> {
        let pair = Encoding { ids, first_segment };
        let mut times: HashMap<String, (f64, usize)> = HashMap::new();
        let mut run = || -> TractResult<()> {
            let mut state = self.plan.spawn()?;
            for _ in 0..rounds {
                state.run_plan_with_eval(self.inputs(&pair)?, |context, state, node, inputs| {
                    let start = now();
                    let outputs = eval(context, state, node, inputs);
                    let (time, calls) = times.entry(node.op().name().into_owned()).or_default();
                    *time += now() - start;
                    *calls += 1;
                    outputs
                })?;
            }
            Ok(())
        };
        run().map_err(|error| self.failed(&pair, &error))?;
        let mut shares: Vec<Share> = times.into_iter().map(|(op, (time, calls))| Share { op, time, calls }).collect();
        shares.sort_by(|a, b| b.time.total_cmp(&a.time).then_with(|| a.op.cmp(&b.op)));
        Ok(shares)
    }

    /// How many times the model is run for a pair: 1 where the pair fits, more where it is split into windows.
    #[must_use]
    pub fn windows(&self, pair: &Pair) -> usize {
        let (premise, hypothesis) = (self.tokenizer.encode(&pair.premise), self.tokenizer.encode(&pair.hypothesis));
        Layout::new(&premise, &hypothesis, self.room()).windows()
    }

    fn entail_one(&self, premise: &[Token], hypothesis: &[Token]) -> Result<Entailment, ModelError> {
        let layout = Layout::new(premise, hypothesis, self.room());
        if layout.windows() > MOST_WINDOWS {
            return Err(ModelError::TooLong { windows: layout.windows() });
        }
        let score = |part: &std::ops::Range<usize>, window: &std::ops::Range<usize>| {
            self.score(&self.tokenizer.pair(&premise[window.clone()], &hypothesis[part.clone()]))
        };
        let row = |part| layout.premise.iter().map(|window| score(part, window)).collect::<Result<Vec<_>, _>>();
        let rows = layout.hypothesis.iter().map(row).collect::<Result<Vec<_>, _>>()?;
        Ok(window::combine(&rows))
    }

    /// Tokens that premise and hypothesis may have together in one run.
    fn room(&self) -> usize {
        self.manifest.max_tokens - self.tokenizer.special_tokens()
    }

    /// Runs the model once, so that a wrong output shows at load. On the shortest pair: at its full length, not yet
    /// optimised by the browser, one run takes half of the time that loading takes. Whether the model has a position for
    /// every token of the longest pair is read from its graph ([`check_graph`]).
    fn probe(&self) -> Result<(), ModelError> {
        self.score(&self.tokenizer.encode_pair("", "")).map(|_| ())
    }

    /// One run, its logits named.
    fn score(&self, pair: &Encoding) -> Result<Entailment, ModelError> {
        Ok(entailment(self.manifest.labels, self.run(pair)?))
    }

    /// One run.
    fn run(&self, pair: &Encoding) -> Result<[f32; 3], ModelError> {
        let file = || self.manifest.model_file.clone();
        let outputs = self.inputs(pair).and_then(|inputs| self.plan.run(inputs));
        let outputs = outputs.map_err(|error| self.failed(pair, &error))?;
        let found = outputs.first().map_or_else(|| "nothing".to_owned(), |output| format!("{output:?}"));
        let wrong = || ModelError::Output { file: file(), found: found.clone() };
        let output = outputs.first().filter(|output| output.shape() == [1, 3]).ok_or_else(wrong)?;
        let view = output.to_plain_array_view::<f32>().map_err(|_| wrong())?;
        let logits: [f32; 3] = view.iter().copied().collect::<Vec<_>>().try_into().map_err(|_| wrong())?;
        if logits.iter().any(|logit| !logit.is_finite()) {
            return Err(ModelError::NotFinite { file: file(), logits });
        }
        Ok(logits)
    }

    fn inputs(&self, pair: &Encoding) -> TractResult<TVec<TValue>> {
        self.manifest.inputs.iter().map(|&input| tensor(input, pair)).collect()
    }

    fn failed(&self, pair: &Encoding, error: &TractError) -> ModelError {
        ModelError::Run { file: self.manifest.model_file.clone(), tokens: pair.ids.len(), reason: reason(error) }
    }
}

fn sha256(bytes: &[u8]) -> String {
    let mut digest = Sha256::new();
    bytes.chunks(DIGEST_CHUNK).for_each(|piece| digest.update(piece));
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn check_digest(file: &str, expected: &str, found: String) -> Result<(), ModelError> {
    if found == expected {
        return Ok(());
    }
    Err(ModelError::Digest { file: file.to_owned(), expected: expected.to_owned(), found })
}

fn load_tokenizer(manifest: &Manifest, bytes: &[u8]) -> Result<Tokenizer, ModelError> {
    let file = &manifest.tokenizer;
    let refused = |source| ModelError::Tokenizer { file: file.path.clone(), source };
    let tokenizer = Tokenizer::parse(bytes).map_err(refused)?;
    tokenizer.check_against(manifest).map_err(refused)?;
    Ok(tokenizer)
}

/// Checks what tract does not: that the graph has the manifest's inputs and output. Answers the tables that it looks up.
fn check_graph(manifest: &Manifest, proto: &ModelProto) -> Result<Vec<Lookup>, ModelError> {
    let file = || manifest.model_file.clone();
    let Some(graph) = &proto.graph else {
        return Err(ModelError::Damaged { file: file(), reason: "it holds no graph".to_owned() });
    };
    let of_nodes = graph.node.iter().flat_map(|node| &node.attribute).filter_map(|attribute| attribute.t.as_ref());
    if let Some(tensor) = graph.initializer.iter().chain(of_nodes).find(|tensor| tensor.data_location != 0) {
        return Err(ModelError::External { file: file(), kept: tensor.name.clone() });
    }
    let interface = |what, name: &str| Err(ModelError::Interface { file: file(), what, name: name.to_owned() });
    let is_constant = |name: &str| graph.initializer.iter().any(|constant| constant.name == name);
    let mut inputs = graph.input.iter().map(|input| input.name.as_str()).filter(|name| !is_constant(name));
    let declared: Vec<&str> = manifest.inputs.iter().map(|input| input.name()).collect();
    if let Some(name) = declared.iter().find(|&&name| !graph.input.iter().any(|input| input.name == name)) {
        return interface("it has no input", name);
    }
    if let Some(name) = inputs.find(|name| !declared.contains(name)) {
        return interface("the manifest does not name its input", name);
    }
    if !graph.output.iter().any(|output| output.name == manifest.output) {
        return interface("it has no output", &manifest.output);
    }
    // tract looks these up without asking whether they are there.
    let computed = |name: &str| graph.node.iter().any(|node| node.output.iter().any(|output| output == name));
    if let Some(output) = graph.output.iter().find(|output| !computed(&output.name)) {
        return interface("nothing computes its output", &output.name);
    }
    Ok(lookups(graph).collect())
}

/// Checks that the graph's tables are those of the tokenizer's vocabulary and of as many positions as the manifest says.
fn check_tables(manifest: &Manifest, tokenizer: &Tokenizer, tables: &[Lookup]) -> Result<(), ModelError> {
    let file = || manifest.model_file.clone();
    let needed = tokenizer.rows();
    let spare = MOST_SPARE_ROWS.max(needed / SPARE_SHARE);
    let ids = Input::InputIds.name();
    let of_words = match tables.iter().find(|lookup| lookup.by == ids) {
        Some(Lookup { rows, width, .. }) if (needed..needed + spare).contains(rows) => *width,
        Some(&Lookup { rows, .. }) => return Err(ModelError::Vocabulary { file: file(), rows, needed }),
        None => {
            let what = "no table of embeddings is looked up by its input";
            return Err(ModelError::Interface { file: file(), what, name: ids.to_owned() });
        }
    };
    // A table as wide as that of words that is looked up by no input is one of positions; tract panics where a row is missing.
    // One of distances has a number for each head and as many rows as there are buckets.
    let (max_tokens, first) = (manifest.max_tokens, tokenizer.first_position());
    let declared = |by: &str| manifest.inputs.iter().any(|input| input.name() == by);
    let of_positions =
        |lookup: &Lookup| lookup.width == of_words && !declared(&lookup.by) && lookup.rows > MOST_SEGMENTS;
    let too_short = |lookup: &&Lookup| of_positions(lookup) && lookup.rows < max_tokens + first;
    match tables.iter().find(too_short) {
        Some(&Lookup { rows, .. }) => Err(ModelError::Positions { file: file(), rows, first, max_tokens }),
        None => Ok(()),
    }
}

fn check_operators(manifest: &Manifest, onnx: &Onnx, proto: &ModelProto) -> Result<(), ModelError> {
    let unsupported = proto.graph.as_ref().map(|graph| operators::unsupported(onnx, graph)).unwrap_or_default();
    if unsupported.is_empty() {
        return Ok(());
    }
    let operators = unsupported.into_iter().collect::<Vec<_>>().join(", ");
    Err(ModelError::Operators { file: manifest.model_file.clone(), operators })
}

/// A constant table of rows that the graph looks up.
struct Lookup {
    /// Name of the value that holds the row numbers.
    by: String,
    /// Rows of the table.
    rows: usize,
    /// Values of a row.
    width: i64,
}

/// The graph's look-ups in constant tables; quantised tables stand behind a `DequantizeLinear`.
fn lookups(graph: &GraphProto) -> impl Iterator<Item = Lookup> {
    let gathers = graph.node.iter().filter(|node| node.op_type == "Gather");
    gathers.filter_map(|gather| {
        let [table, by] = gather.input.as_slice() else { return None };
        let dequantize =
            graph.node.iter().find(|node| node.op_type == "DequantizeLinear" && node.output.contains(table));
        let table = dequantize.and_then(|node| node.input.first()).unwrap_or(table);
        let constant = graph.initializer.iter().find(|constant| constant.name == *table)?;
        let &[rows, width] = constant.dims.as_slice() else { return None };
        Some(Lookup { by: by.clone(), rows: usize::try_from(rows).ok()?, width })
    })
}

fn plan(onnx: &Onnx, mut proto: ModelProto, manifest: &Manifest) -> TractResult<Arc<TypedRunnableModel>> {
    rewrite(&mut proto);
    let mut model = onnx.model(&proto)?;
    drop(proto);
    model.set_input_names(manifest.inputs.iter().map(|input| input.name()))?;
    model.select_outputs_by_name([&manifest.output])?;
    let tokens = model.symbols.sym("tokens");
    // DeBERTa's first version begins a slice at its farthest distance less the length: tract has to know that this is not below 0.
    model.symbols.add_assertion(format!("tokens <= {}", manifest.max_tokens))?;
    for input in 0..manifest.inputs.len() {
        model.set_input_fact(input, i64::fact([1.to_dim(), tokens.to_dim()]).into())?;
    }
    model.into_optimized()?.into_runnable()
}

fn damaged(manifest: &Manifest, error: &TractError) -> ModelError {
    ModelError::Damaged { file: manifest.model_file.clone(), reason: reason(error) }
}

/// tract's whole chain: the cause alone seldom names the node.
fn reason(error: &TractError) -> String {
    format!("{error:#}")
}

fn tensor(input: Input, pair: &Encoding) -> TractResult<TValue> {
    let values: Vec<i64> = match input {
        Input::InputIds => pair.ids.iter().map(|&id| i64::from(id)).collect(),
        Input::AttentionMask => vec![1; pair.ids.len()],
        Input::TokenTypeIds => (0..pair.ids.len()).map(|at| i64::from(at >= pair.first_segment)).collect(),
    };
    Ok(Tensor::from_shape(&[1, values.len()], &values)?.into())
}

/// Names the logits by the manifest's order.
fn entailment(labels: [Class; 3], logits: [f32; 3]) -> Entailment {
    let mut named = Entailment { entailment: 0.0, neutral: 0.0, contradiction: 0.0 };
    for (label, logit) in labels.into_iter().zip(logits) {
        match label {
            Class::Entailment => named.entailment = logit,
            Class::Neutral => named.neutral = logit,
            Class::Contradiction => named.contradiction = logit,
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onnx::{GraphProto, TensorProto};
    use serde_json::json;

    #[test]
    fn weights_in_another_file_are_the_reason_given() {
        let digest = "0".repeat(64);
        let manifest = json!({
            "name": "written for the test", "format": 2,
            "files": {
                "model": {"path": "model.onnx", "sha256": digest},
                "tokenizer": {"path": "tokenizer.json", "sha256": digest, "kind": "unigram", "lowercase": false},
            },
            "inputs": ["input_ids", "attention_mask"], "output": "logits",
            "labels": ["entailment", "neutral", "contradiction"],
            "pair": "[CLS] premise [SEP] hypothesis [SEP]", "maxTokens": 32,
            "calibration": {"temperature": 1.0}, "thresholds": {"supported": 0.8, "refuted": 0.8},
        });
        let kept = TensorProto { name: "weights".into(), data_location: 1, ..TensorProto::default() };
        let graph = GraphProto { initializer: vec![kept], ..GraphProto::default() };
        let proto = ModelProto { graph: Some(graph), ..ModelProto::default() };
        let manifest = Manifest::parse(manifest.to_string().as_bytes()).unwrap();
        let error = check_graph(&manifest, &proto).err().unwrap();
        assert!(error.to_string().contains("\"weights\" is kept in another file"), "{error}");
    }
}
