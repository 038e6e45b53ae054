//! Bindings for evaluation on labelled data; a page never calls them.

use super::{error, to_js};
use crate::{
    evaluate,
    nli::{Entailment, Manifest, Pair},
    verify::{self, probabilities},
};
use wasm_bindgen::prelude::*;

/// Calibrated probabilities by the model's manifest, not rounded, of pairs and their scores, in order.
///
/// # Errors
/// `ModelError` where the manifest is refused; where `pairs` are no pairs or `scores` no scores.
#[wasm_bindgen(unchecked_return_type = "Probability[]")]
pub fn calibrated(
    manifest: &[u8],
    #[wasm_bindgen(unchecked_param_type = "Pair[]")] pairs: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Entailment[]")] scores: JsValue,
) -> Result<JsValue, JsValue> {
    let calibration = read(manifest)?.calibration;
    let pairs: Vec<Pair> = serde_wasm_bindgen::from_value(pairs)?;
    let scores: Vec<Entailment> = serde_wasm_bindgen::from_value(scores)?;
    let probabilities = |(score, pair): (&Entailment, &Pair)| {
        probabilities(score, &verify::signals(&pair.premise, &pair.hypothesis), &calibration)
    };
    to_js(&scores.iter().zip(&pairs).map(probabilities).collect::<Vec<_>>())
}

/// What the signals say of each pair, in order; those that say nothing are left out.
///
/// # Errors
/// Where `pairs` are no pairs.
#[wasm_bindgen(unchecked_return_type = "Said[][]")]
pub fn signals(#[wasm_bindgen(unchecked_param_type = "Pair[]")] pairs: JsValue) -> Result<JsValue, JsValue> {
    let pairs: Vec<Pair> = serde_wasm_bindgen::from_value(pairs)?;
    to_js(&pairs.iter().map(|pair| verify::signals(&pair.premise, &pair.hypothesis)).collect::<Vec<_>>())
}

/// The opposite of each claim, in order; `undefined` where it has none. Training data is made with it.
#[wasm_bindgen]
#[must_use]
pub fn opposites(claims: Vec<String>) -> Vec<JsValue> {
    let opposite = |claim: &String| evaluate::opposite(claim).map_or(JsValue::UNDEFINED, JsValue::from);
    claims.iter().map(opposite).collect()
}

/// Word-based scores of pairs, in order, as baselines.
///
/// # Errors
/// Where `pairs` are no pairs.
#[wasm_bindgen(unchecked_return_type = "Lexical[]")]
pub fn lexical(#[wasm_bindgen(unchecked_param_type = "Pair[]")] pairs: JsValue) -> Result<JsValue, JsValue> {
    let pairs: Vec<Pair> = serde_wasm_bindgen::from_value(pairs)?;
    to_js(&evaluate::lexical(&pairs))
}

pub(super) fn read(manifest: &[u8]) -> Result<Manifest, JsValue> {
    Manifest::parse(manifest).map_err(|reason| error("ModelError", &format!("manifest.json: {reason}")))
}
