//! Small classifiers as the usual tools export them, against onnxruntime's logits (tests/data/classifiers.py).

use probatum::nli::Model;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fs};

#[derive(Deserialize)]
struct Expected {
    ids: Vec<Vec<u32>>,
    /// By file.
    logits: BTreeMap<String, Vec<[f32; 3]>>,
}

fn expected() -> Expected {
    serde_json::from_slice(&fs::read("tests/data/classifiers/expected.json").unwrap()).unwrap()
}

fn load(name: &str) -> Model {
    let model = fs::read(format!("tests/data/classifiers/{name}.onnx")).unwrap();
    let tokenizer = fs::read("tests/data/nli/tokenizer.json").unwrap();
    let hex = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut inputs = vec!["input_ids", "attention_mask"];
    if name.starts_with("bert") {
        inputs.push("token_type_ids");
    }
    let manifest = json!({
        "name": name, "format": 2,
        "files": {
            "model": {"path": "model.onnx", "sha256": hex(&model)},
            "tokenizer": {"path": "tokenizer.json", "sha256": hex(&tokenizer), "kind": "bert-wordpiece",
                "lowercase": true},
        },
        "inputs": inputs, "output": "logits",
        "labels": ["entailment", "neutral", "contradiction"],
        "pair": "[CLS] premise [SEP] hypothesis [SEP]", "maxTokens": 40,
        "calibration": {"temperature": 1.0}, "thresholds": {"supported": 0.8, "refuted": 0.8},
    });
    Model::load(manifest.to_string().as_bytes(), model, &tokenizer).unwrap()
}

/// Greatest difference of a logit, for each model of a type.
fn errors(of: &str) -> BTreeMap<String, f32> {
    let expected = expected();
    let models = expected.logits.iter().filter(|(name, _)| name.ends_with(of));
    let errors = models.map(|(name, rows)| {
        let model = load(name);
        let pairs = expected.ids.iter().zip(rows);
        let differences = pairs.flat_map(|(ids, row)| {
            let logits = model.logits(ids.clone(), ids.len() / 2).unwrap();
            logits.into_iter().zip(*row).map(|(ours, theirs)| (ours - theirs).abs())
        });
        (name.clone(), differences.fold(0.0, f32::max))
    });
    errors.collect()
}

#[track_caller]
fn assert_below(errors: &BTreeMap<String, f32>, models: usize, most: f32) {
    assert_eq!(errors.len(), models, "{errors:?}");
    assert!(errors.values().all(|&error| error < most), "{errors:?}");
}

#[test]
fn f32_logits_equal_onnxruntimes() {
    assert_below(&errors("f32"), 9, 1e-3);
}

/// Half-precision models are computed in f32, onnxruntime computes them in f16.
#[test]
fn f16_logits_are_close_to_onnxruntimes() {
    assert_below(&errors("f16"), 5, 0.02);
}

/// Activations are quantised a row here and a tensor in onnxruntime: both differ from f32 by as much as this.
#[test]
fn int8_logits_are_close_to_onnxruntimes() {
    assert_below(&errors("int8"), 9, 0.2);
}
