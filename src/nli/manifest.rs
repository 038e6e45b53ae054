//! The model's manifest: what the model is, how its outputs are named, calibrated and thresholded.
//! (skeleton: fields below are the contract, the file is being completed)

use serde::{Deserialize, Serialize};

/// `manifest.json` beside the model. Format 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Manifest {
    /// Name, e.g. `probatum-nli-interim`.
    pub name: String,
    /// sha256 of the model file, hex.
    pub sha256: String,
    /// Longest pair in tokens.
    pub max_tokens: usize,
    /// Calibration of the logits.
    pub calibration: Calibration,
    /// Verdict thresholds.
    pub thresholds: Thresholds,
}

/// How logits become probabilities: softmax(logits / temperature).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Calibration {
    /// `> 0`.
    pub temperature: f32,
    /// How it was found, for the reader.
    #[serde(default)]
    pub note: Option<String>,
}

/// The least calibrated probability of a class that decides a verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Thresholds {
    /// For *supported*, of entailment.
    pub supported: f32,
    /// For *refuted*, of contradiction.
    pub refuted: f32,
    /// How they were found, for the reader.
    #[serde(default)]
    pub note: Option<String>,
}
