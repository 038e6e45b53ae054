#![doc = include_str!("../README.md")]

pub mod manifest;
pub mod model;
pub mod tokenizer;

pub(crate) mod onnx;

mod op;
mod operators;
mod rewrite;
mod window;

pub use manifest::{
    Allowance, Allowances, Calibration, Class, Curve, Manifest, ManifestError, Measured, Point, Thresholds,
};
pub use model::{Model, ModelError};
pub use tokenizer::{Tokenizer, TokenizerError};

use serde::{Deserialize, Serialize};

/// A file of text without the byte-order mark that tools of Windows write before it.
fn without_mark(file: &[u8]) -> &[u8] {
    file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file)
}

/// Which of two models reads: the small one sees every pair, the deep one what could decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Depth {
    /// The small model: it opens at once.
    Small,
    /// The deep model: slower, larger, and more often right.
    Deep,
}

/// What the model is asked: does the premise (evidence) entail the hypothesis (claim)?
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Pair {
    /// Evidence.
    pub premise: String,
    /// Claim.
    pub hypothesis: String,
}

/// Raw output of the model for one pair: logits, not probabilities; see [`Calibration`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Entailment {
    /// Logit of "the premise entails the hypothesis".
    pub entailment: f32,
    /// Logit of "the premise says nothing about it".
    pub neutral: f32,
    /// Logit of "the premise contradicts it".
    pub contradiction: f32,
}
