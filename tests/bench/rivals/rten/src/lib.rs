//! rten as it comes, in WebAssembly.

use rten::{Model, ModelOptions, NodeId, ValueOrView};
use rten_tensor::{NdTensor, prelude::*};
use std::error::Error;
use wasm_bindgen::prelude::*;

/// A loaded model.
#[wasm_bindgen]
pub struct Rival {
    model: Model,
}

#[wasm_bindgen]
impl Rival {
    /// Loads an ONNX file whose inputs are of shape `[pairs, tokens]`.
    ///
    /// # Errors
    /// What rten says.
    #[wasm_bindgen(constructor)]
    pub fn new(model: &[u8]) -> Result<Rival, JsError> {
        let model = ModelOptions::with_all_ops().prepack_weights(true).load(model.to_vec());
        Ok(Self { model: model.map_err(|error| JsError::new(&error.to_string()))? })
    }

    /// The logits of pairs of one length, a row after the other. `ids` holds those of all pairs, the first
    /// `first_segment` of each pair being of segment 0.
    ///
    /// # Errors
    /// What rten says.
    pub fn logits(&self, ids: &[i32], pairs: usize, first_segment: usize) -> Result<Vec<f32>, JsError> {
        self.run(ids, pairs, first_segment).map_err(|error| JsError::new(&error.to_string()))
    }

    fn run(&self, ids: &[i32], pairs: usize, first_segment: usize) -> Result<Vec<f32>, Box<dyn Error>> {
        let tokens = ids.len() / pairs;
        let input = |&id: &NodeId| -> (NodeId, ValueOrView<'static>) {
            let name = self.model.node_info(id).and_then(|node| node.name()).unwrap_or_default();
            let value = |at: usize| match name {
                "input_ids" => ids[at],
                "attention_mask" => 1,
                _ => i32::from(at % tokens >= first_segment),
            };
            (id, NdTensor::from_data([pairs, tokens], (0..ids.len()).map(value).collect::<Vec<i32>>()).into())
        };
        let inputs = self.model.input_ids().iter().map(input).collect();
        let [output] = self.model.run_n(inputs, [self.model.output_ids()[0]], None)?;
        let logits: NdTensor<f32, 2> = output.try_into()?;
        Ok(logits.to_vec())
    }
}
