//! The model's manifest: what the model is, how its outputs are named, calibrated and thresholded.
//!
//! Why it is strict: the order of the labels cannot be seen in an ONNX file, and a wrong guess inverts every verdict.
//! A manifest that leaves anything open which decides a verdict is refused.

use super::tokenizer;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The format of `manifest.json`. 2: signals are a table, thresholds have two strengths.
const FORMAT: u64 = 2;
/// The one before it, which is read too: see [`of_the_first`].
const FIRST_FORMAT: u64 = 1;
/// Fewer tokens leave no room for a window of the premise beside a claim.
const LEAST_TOKENS: usize = 16;
/// No BERT has been trained beyond it; it bounds the memory of one pair.
const MOST_TOKENS: usize = 8192;

/// `manifest.json` beside the model, format 2. The report prints it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Manifest {
    /// Name, e.g. `probatum-nli-1`.
    pub name: String,
    /// sha256 of the model file, 64 lower-case hex digits.
    pub sha256: String,
    /// Name of the model file, in the manifest's folder.
    pub model_file: String,
    /// Its tokenizer.
    pub tokenizer: TokenizerFile,
    /// Names of the model's inputs: `input_ids`, `attention_mask` and, for some, `token_type_ids`.
    pub inputs: Vec<Input>,
    /// Name of the model's output, of shape `[1, 3]`.
    pub output: String,
    /// What each logit means, in the order of the output.
    pub labels: [Class; 3],
    /// How a pair is put together: `[CLS] premise [SEP] hypothesis [SEP]`, `<s> premise </s></s> hypothesis </s>` or
    /// `[CLS] premise [SEP][SEP] hypothesis [SEP]`.
    pub pair: String,
    /// Longest pair in tokens, special tokens counted.
    pub max_tokens: usize,
    /// Calibration of the logits.
    pub calibration: Calibration,
    /// Verdict thresholds.
    pub thresholds: Thresholds,
    /// What network it is, for the reader.
    #[serde(default)]
    pub architecture: Option<String>,
    /// How its weights were made small, for the reader.
    #[serde(default)]
    pub quantization: Option<String>,
    /// Licence of the weights.
    #[serde(default)]
    pub license: Option<String>,
    /// How it was made and what it is weak at, for the reader.
    #[serde(default)]
    pub note: Option<String>,
    /// Measured scores by data set, as the manifest gives them.
    #[serde(default)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "BTreeMap<String, Value>"))]
    pub metrics: BTreeMap<String, Value>,
}

/// The tokenizer file that belongs to the model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct TokenizerFile {
    /// Its name, in the manifest's folder.
    pub path: String,
    /// sha256, 64 lower-case hex digits.
    pub sha256: String,
    /// `bert-wordpiece`, `roberta-bpe` or `unigram`.
    pub kind: String,
    /// True where upper and lower case are read alike.
    pub lowercase: bool,
}

/// An input of the model, each of shape `[1, tokens]`, int64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Input {
    /// Token ids.
    InputIds,
    /// 1 for every token: nothing is padded.
    AttentionMask,
    /// With BERT's template 0 for `[CLS] premise [SEP]` and 1 for `hypothesis [SEP]`; with the others 0.
    TokenTypeIds,
}

impl Input {
    /// Its name in the ONNX file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InputIds => "input_ids",
            Self::AttentionMask => "attention_mask",
            Self::TokenTypeIds => "token_type_ids",
        }
    }
}

/// A class of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Class {
    /// The premise entails the hypothesis.
    Entailment,
    /// It says nothing about it.
    Neutral,
    /// It contradicts it.
    Contradiction,
}

/// What is added by the kind of a signal.
pub type Allowances = BTreeMap<String, Allowance>;

/// How logits become probabilities: the caller adds what its signals say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Calibration {
    /// What the logits are divided by. Finite, `> 0`; 1 leaves them as they are.
    pub temperature: f32,
    /// What is added to the calibrated logits, by name and kind of a signal, which is what the caller reads off the two texts; 0 for what is not named.
    #[serde(default)]
    pub signals: BTreeMap<String, Allowances>,
    /// How it was found, for the reader.
    #[serde(default)]
    pub note: Option<String>,
    /// Whatever else the manifest says of it, printed and not used.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

impl Calibration {
    /// Leaves the logits as they are.
    #[must_use]
    pub fn none() -> Self {
        Self { temperature: 1.0, signals: BTreeMap::new(), note: None, more: BTreeMap::new() }
    }

    /// What one kind of a signal adds.
    #[must_use]
    pub fn allowance(&self, signal: &str, kind: &str) -> Allowance {
        self.signals.get(signal).and_then(|kinds| kinds.get(kind)).copied().unwrap_or_default()
    }
}

/// Added to the logits of two classes; the third, neutral, stays. Finite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Allowance {
    /// To entailment.
    pub entailment: f32,
    /// To contradiction.
    pub contradiction: f32,
}

impl Allowance {
    fn is_finite(&self) -> bool {
        self.entailment.is_finite() && self.contradiction.is_finite()
    }
}

/// The least calibrated probabilities of a class that decide a verdict, in two strengths.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Thresholds {
    /// For *supported*, of entailment; above 0.5, at most 1.
    pub supported: f32,
    /// For *leans to supported*, of entailment; above 1/3, at most 1. Without one in the manifest nothing leans.
    #[serde(default = "never")]
    pub leans_supported: f32,
    /// For *leans to refuted*, of contradiction; above 1/3, at most 1. Without one in the manifest nothing leans.
    #[serde(default = "never")]
    pub leans_refuted: f32,
    /// For *refuted*, of contradiction; above 0.5, at most 1.
    pub refuted: f32,
    /// How they were found, for the reader.
    #[serde(default)]
    pub note: Option<String>,
    /// What was measured at each of the four, by its name.
    #[serde(default)]
    pub measured: BTreeMap<String, Measured>,
    /// What was measured at other thresholds, for a reader who moves them.
    #[serde(default)]
    pub curve: Curve,
    /// How far a reader has moved the firm thresholds towards those of leaning: 1 is all the way. `None` where they are the
    /// manifest's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leniency: Option<f32>,
    /// Whatever else the manifest says of them, printed and not used.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

/// A threshold that nothing short of certainty reaches.
fn never() -> f32 {
    1.0
}

impl Thresholds {
    /// Two firm thresholds and nothing measured.
    #[must_use]
    pub fn firm(supported: f32, refuted: f32) -> Self {
        Self {
            supported,
            leans_supported: never(),
            leans_refuted: never(),
            refuted,
            note: None,
            measured: BTreeMap::new(),
            curve: Curve::default(),
            leniency: None,
            more: BTreeMap::new(),
        }
    }

    /// The firm thresholds moved towards those of leaning, to three decimals: `leniency` 0 leaves them, 1 moves them all the
    /// way, and a side without a lower threshold of leaning stays where it is. What was measured of the firm ones is then
    /// what the curve has at the threshold next below.
    #[must_use]
    pub fn moved(&self, leniency: f32) -> Self {
        if leniency <= 0.0 {
            return self.clone();
        }
        let leniency = leniency.min(1.0);
        let between =
            |firm: f32, leans: f32| ((firm + leniency * (leans.min(firm) - firm)) * 1_000.0).round() / 1_000.0;
        let (supported, refuted) =
            (between(self.supported, self.leans_supported), between(self.refuted, self.leans_refuted));
        let mut measured = self.measured.clone();
        for (name, points, threshold) in
            [("supported", &self.curve.supported, supported), ("refuted", &self.curve.refuted, refuted)]
        {
            measured.remove(name);
            let below = points.iter().rev().find(|point| point.threshold <= threshold);
            measured.extend(below.map(|point| (name.to_owned(), point.measured)));
        }
        Self { supported, refuted, measured, leniency: Some(leniency), ..self.clone() }
    }
}

/// What was measured of pairs whose probability reaches a threshold, on data that fitted nothing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Measured {
    /// How many pairs reach it.
    pub pairs: usize,
    /// Share of them that are of another class, in `0.0..=1.0`, sets and classes weighted as the manifest's note says.
    pub wrong: f32,
    /// Where nine of ten such shares lie when the premises are drawn anew: a 90 % bootstrap interval.
    #[serde(default)]
    pub interval: Option<[f32; 2]>,
    /// Share of the pairs of the class that reach it, in `0.0..=1.0`.
    pub kept: f32,
}

/// What was measured at every threshold that a reader may choose, both lists by rising threshold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Curve {
    /// Of entailment.
    pub supported: Vec<Point>,
    /// Of contradiction.
    pub refuted: Vec<Point>,
}

/// One threshold of a [`Curve`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Point {
    /// The threshold.
    pub threshold: f32,
    /// What was measured there.
    #[serde(flatten)]
    pub measured: Measured,
}

/// Why a manifest is refused.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// Not JSON, or a field is missing or of the wrong type.
    #[error("it cannot be read ({0}); take manifest.json from the model's own folder")]
    Unreadable(#[from] serde_json::Error),
    /// A later format.
    #[error("its format is {0}, and only formats up to {FORMAT} are understood; use a newer version of Probatum")]
    Format(u64),
    /// A value that cannot be used.
    #[error("{field} is {found}, and must be {wanted}; correct the manifest")]
    Value {
        /// Which field.
        field: &'static str,
        /// What it holds.
        found: String,
        /// What it must hold.
        wanted: &'static str,
    },
}

/// The file's own shape.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    name: String,
    files: Files,
    inputs: Vec<String>,
    output: String,
    labels: Vec<String>,
    pair: String,
    max_tokens: usize,
    calibration: Calibration,
    thresholds: Thresholds,
    architecture: Option<String>,
    quantization: Option<String>,
    license: Option<String>,
    note: Option<String>,
    #[serde(default)]
    metrics: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Files {
    model: ModelFile,
    tokenizer: TokenizerFile,
}

#[derive(Deserialize)]
struct ModelFile {
    path: String,
    sha256: String,
}

impl Manifest {
    /// Reads and checks a `manifest.json`.
    ///
    /// # Errors
    /// [`ManifestError`] where it is damaged, of another format, or leaves open anything that decides a verdict.
    pub fn parse(bytes: &[u8]) -> Result<Self, ManifestError> {
        // The format comes first: of another one, no other field can be trusted to mean the same.
        #[derive(Deserialize)]
        struct Format {
            format: u64,
        }
        let bytes = super::without_mark(bytes);
        let Format { format } = serde_json::from_slice(bytes)?;
        let file: File = match format {
            FORMAT => serde_json::from_slice(bytes)?,
            FIRST_FORMAT => serde_json::from_value(of_the_first(serde_json::from_slice(bytes)?))?,
            other => return Err(ManifestError::Format(other)),
        };
        const PAIRS: &str = "[CLS] premise [SEP] hypothesis [SEP], <s> premise </s></s> hypothesis </s> or [CLS] premise [SEP][SEP] hypothesis [SEP]";
        check("pair", &file.pair, tokenizer::PAIRS.contains(&file.pair.as_str()), PAIRS)?;
        let kind = &file.files.tokenizer.kind;
        let known = tokenizer::KINDS.contains(&kind.as_str());
        check("files.tokenizer.kind", kind, known, "bert-wordpiece, roberta-bpe or unigram")?;
        let in_range = (LEAST_TOKENS..=MOST_TOKENS).contains(&file.max_tokens);
        check("maxTokens", &file.max_tokens, in_range, "from 16 to 8192")?;
        let Calibration { temperature, signals, .. } = &file.calibration;
        check("calibration.temperature", temperature, temperature.is_finite() && *temperature > 0.0, "finite and > 0")?;
        let are_finite = signals.values().flat_map(Allowances::values).all(|allowance| allowance.is_finite());
        check("calibration.signals", signals, are_finite, "finite")?;
        let Thresholds { supported, leans_supported, leans_refuted, refuted, .. } = file.thresholds;
        check("thresholds.supported", &supported, decides(supported), "above 0.5 and at most 1")?;
        check("thresholds.leansSupported", &leans_supported, leans(leans_supported), "above 1/3 and at most 1")?;
        check("thresholds.leansRefuted", &leans_refuted, leans(leans_refuted), "above 1/3 and at most 1")?;
        check("thresholds.refuted", &refuted, decides(refuted), "above 0.5 and at most 1")?;
        Ok(Self {
            name: file.name,
            sha256: digest("files.model.sha256", &file.files.model.sha256)?,
            model_file: file_name("files.model.path", file.files.model.path)?,
            tokenizer: TokenizerFile {
                sha256: digest("files.tokenizer.sha256", &file.files.tokenizer.sha256)?,
                path: file_name("files.tokenizer.path", file.files.tokenizer.path)?,
                ..file.files.tokenizer
            },
            inputs: inputs(&file.inputs)?,
            output: file.output,
            labels: labels(&file.labels)?,
            pair: file.pair,
            max_tokens: file.max_tokens,
            calibration: file.calibration,
            thresholds: file.thresholds,
            architecture: file.architecture,
            quantization: file.quantization,
            license: file.license,
            note: file.note,
            metrics: file.metrics,
        })
    }
}

/// A manifest of the first format as one of today's. Its signals stood each in a field of its own, and its thresholds were
/// fitted with steps of calibration that are no longer done; a probability that reaches one of them therefore only *leans*.
fn of_the_first(mut manifest: Value) -> Value {
    let Some(calibration) = manifest["calibration"].as_object_mut() else { return manifest };
    let names = ["numbers", "significance"].into_iter();
    let signals: serde_json::Map<String, Value> =
        names.filter_map(|name| Some((name.to_owned(), calibration.remove(name)?))).collect();
    calibration.insert("signals".into(), signals.into());
    for (leaning, firm) in [("leansSupported", "supported"), ("leansRefuted", "refuted")] {
        if let Some(threshold) = manifest["thresholds"].get(firm).cloned() {
            manifest["thresholds"][leaning] = threshold;
            manifest["thresholds"][firm] = never().into();
        }
    }
    manifest
}

fn check(
    field: &'static str,
    found: &impl std::fmt::Debug,
    good: bool,
    wanted: &'static str,
) -> Result<(), ManifestError> {
    if good { Ok(()) } else { Err(ManifestError::Value { field, found: format!("{found:?}"), wanted }) }
}

/// More sure than not.
fn decides(threshold: f32) -> bool {
    threshold > 0.5 && threshold <= 1.0
}

/// Of three classes the most probable has more than a third.
fn leans(threshold: f32) -> bool {
    threshold > 1.0 / 3.0 && threshold <= 1.0
}

fn digest(field: &'static str, hex: &str) -> Result<String, ManifestError> {
    let good = hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit());
    check(field, &hex, good, "64 hexadecimal digits")?;
    Ok(hex.to_ascii_lowercase())
}

/// A file of the manifest's own folder: no address and no way out of it.
fn file_name(field: &'static str, path: String) -> Result<String, ManifestError> {
    let good = !path.is_empty() && path != ".." && !path.contains(['/', '\\', ':']);
    check(field, &path, good, "the name of a file beside the manifest")?;
    Ok(path)
}

fn inputs(names: &[String]) -> Result<Vec<Input>, ManifestError> {
    const KNOWN: [Input; 3] = [Input::InputIds, Input::AttentionMask, Input::TokenTypeIds];
    const WANTED: &str = "input_ids, attention_mask and, where the model has it, token_type_ids";
    let known: Option<Vec<Input>> =
        names.iter().map(|name| KNOWN.into_iter().find(|input| input.name() == name)).collect();
    let inputs = known.unwrap_or_default();
    let once = |input: Input| inputs.iter().filter(|&&other| other == input).count();
    let good = once(Input::InputIds) == 1 && once(Input::AttentionMask) == 1 && once(Input::TokenTypeIds) <= 1;
    check("inputs", &names, good, WANTED)?;
    Ok(inputs)
}

/// Exactly the three classes, each once, in the file's order: never guessed, never filled in.
fn labels(names: &[String]) -> Result<[Class; 3], ManifestError> {
    const WANTED: &str = "entailment, neutral and contradiction, each once, in the order of the model's output";
    let class = |name: &String| match name.as_str() {
        "entailment" => Some(Class::Entailment),
        "neutral" => Some(Class::Neutral),
        "contradiction" => Some(Class::Contradiction),
        _ => None,
    };
    let classes: Option<Vec<Class>> = names.iter().map(class).collect();
    let classes = classes.unwrap_or_default();
    let mut sorted = classes.clone();
    sorted.sort_unstable();
    match (<[Class; 3]>::try_from(classes), sorted == [Class::Entailment, Class::Neutral, Class::Contradiction]) {
        (Ok(labels), true) => Ok(labels),
        _ => Err(ManifestError::Value { field: "labels", found: format!("{names:?}"), wanted: WANTED }),
    }
}
