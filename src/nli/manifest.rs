//! The model's manifest: what the model is, how its outputs are named, calibrated and thresholded.
//!
//! Why it is strict: the order of the labels cannot be seen in an ONNX file, and a wrong guess inverts every verdict.
//! A manifest that leaves anything open which decides a verdict is refused.

use super::tokenizer;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The format of `manifest.json` that is read here.
const FORMAT: u64 = 1;
/// Fewer tokens leave no room for a window of the premise beside a claim.
const LEAST_TOKENS: usize = 16;
/// No BERT has been trained beyond it; it bounds the memory of one pair.
const MOST_TOKENS: usize = 8192;

/// `manifest.json` beside the model, format 1. The report prints it.
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
    /// How a pair is put together: `[CLS] premise [SEP] hypothesis [SEP]` or `<s> premise </s></s> hypothesis </s>`.
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
    /// With BERT's template 0 for `[CLS] premise [SEP]` and 1 for `hypothesis [SEP]`; with RoBERTa's 0.
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

/// How logits become probabilities: see [`crate::verify::probabilities`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Calibration {
    /// What the logits are divided by for a premise of 30 words. Finite, `> 0`; 1 leaves them as they are.
    pub temperature: f32,
    /// How the temperature grows with the premise: the power of its length. In `0.0..=1.0`; 0 where the manifest has none.
    #[serde(default)]
    pub growth: f32,
    /// How much less the logits count where the numbers follow or differ; `>= 0`, 0 where the manifest has none.
    #[serde(default)]
    pub doubt: f32,
    /// How much the logits of the claim's opposite count beside its own; in `0.0..=1.0`, 0 where the manifest has none.
    #[serde(default)]
    pub opposite: f32,
    /// What numbers add to the logits.
    #[serde(default)]
    pub numbers: NumberAllowances,
    /// What is added where claim and evidence speak of statistical significance.
    #[serde(default)]
    pub significance: SignificanceAllowances,
    /// What is added where both say something of more and less.
    #[serde(default)]
    pub direction: DirectionAllowances,
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
        Self {
            temperature: 1.0,
            growth: 0.0,
            doubt: 0.0,
            opposite: 0.0,
            numbers: NumberAllowances::default(),
            significance: SignificanceAllowances::default(),
            direction: DirectionAllowances::default(),
            note: None,
            more: BTreeMap::new(),
        }
    }
}

/// What is added to calibrated logits for how a claim's numbers stand to those of its evidence, where that has one or two
/// ([less](crate::verify::probabilities) where it has more); 0 where the manifest has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct NumberAllowances {
    /// Where the evidence has them too.
    #[serde(default)]
    pub stated: Allowance,
    /// Where they follow from numbers of the evidence.
    #[serde(default)]
    pub computed: Allowance,
    /// Where the evidence has other numbers.
    #[serde(default)]
    pub differ: Allowance,
}

/// What is added to calibrated logits where a claim and its evidence both say what is statistically significant; 0 where the
/// manifest has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct SignificanceAllowances {
    /// Where both find something significant.
    #[serde(default)]
    pub both: Allowance,
    /// Where both find nothing significant.
    #[serde(default)]
    pub neither: Allowance,
    /// Where one does and the other does not.
    #[serde(default)]
    pub differ: Allowance,
}

/// What is added to calibrated logits where a claim and its evidence both say something of more and less; 0 where the manifest has
/// none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct DirectionAllowances {
    /// Where both say the same of it.
    #[serde(default)]
    pub same: Allowance,
    /// Where they say the opposite.
    #[serde(default)]
    pub opposite: Allowance,
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

/// The least calibrated probability of a class that decides a verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Thresholds {
    /// For *supported*, of entailment; above 0.5, at most 1.
    pub supported: f32,
    /// For *refuted*, of contradiction; above 0.5, at most 1.
    pub refuted: f32,
    /// How they were found, for the reader.
    #[serde(default)]
    pub note: Option<String>,
    /// Whatever else the manifest says of them (measured error rates), printed and not used.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

/// Why a manifest is refused.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// Not JSON, or a field is missing or of the wrong type.
    #[error("it cannot be read ({0}); take manifest.json from the model's own folder")]
    Unreadable(#[from] serde_json::Error),
    /// A later or unknown format.
    #[error("its format is {0}, and only format {FORMAT} is understood; use a newer version of Probatum")]
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
        let Format { format } = serde_json::from_slice(bytes)?;
        if format != FORMAT {
            return Err(ManifestError::Format(format));
        }
        let file: File = serde_json::from_slice(bytes)?;
        const PAIRS: &str = "[CLS] premise [SEP] hypothesis [SEP] or <s> premise </s></s> hypothesis </s>";
        check("pair", &file.pair, tokenizer::PAIRS.contains(&file.pair.as_str()), PAIRS)?;
        let kind = &file.files.tokenizer.kind;
        let known = tokenizer::KINDS.contains(&kind.as_str());
        check("files.tokenizer.kind", kind, known, "bert-wordpiece, roberta-bpe or unigram")?;
        let in_range = (LEAST_TOKENS..=MOST_TOKENS).contains(&file.max_tokens);
        check("maxTokens", &file.max_tokens, in_range, "from 16 to 8192")?;
        let Calibration { temperature, growth, doubt, opposite, numbers, significance, direction, .. } =
            &file.calibration;
        check("calibration.temperature", temperature, temperature.is_finite() && *temperature > 0.0, "finite and > 0")?;
        check("calibration.growth", growth, (0.0..=1.0).contains(growth), "from 0 to 1")?;
        check("calibration.doubt", doubt, doubt.is_finite() && *doubt >= 0.0, "finite and >= 0")?;
        check("calibration.opposite", opposite, (0.0..=1.0).contains(opposite), "from 0 to 1")?;
        let NumberAllowances { stated, computed, differ } = *numbers;
        check("calibration.numbers", numbers, are_finite(&[stated, computed, differ]), "finite")?;
        let SignificanceAllowances { both, neither, differ } = *significance;
        check("calibration.significance", significance, are_finite(&[both, neither, differ]), "finite")?;
        let DirectionAllowances { same, opposite } = *direction;
        check("calibration.direction", direction, are_finite(&[same, opposite]), "finite")?;
        let Thresholds { supported, refuted, .. } = file.thresholds;
        check("thresholds.supported", &supported, decides(supported), "above 0.5 and at most 1")?;
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

fn check(
    field: &'static str,
    found: &impl std::fmt::Debug,
    good: bool,
    wanted: &'static str,
) -> Result<(), ManifestError> {
    if good { Ok(()) } else { Err(ManifestError::Value { field, found: format!("{found:?}"), wanted }) }
}

fn are_finite(allowances: &[Allowance]) -> bool {
    allowances.iter().all(|allowance| allowance.entailment.is_finite() && allowance.contradiction.is_finite())
}

/// Above one half no two classes of a pair can both reach their threshold.
fn decides(threshold: f32) -> bool {
    threshold > 0.5 && threshold <= 1.0
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
