//! tract as it comes, in WebAssembly: the model optimised by tract alone, one pair at a time, since the dynamic
//! quantisation of a batch would depend on the pairs' neighbours.

use std::sync::Arc;
use tract_onnx::prelude::*;
use wasm_bindgen::prelude::*;

/// A loaded model.
#[wasm_bindgen]
pub struct Rival {
    inputs: Vec<String>,
    plan: Arc<TypedRunnableModel>,
}

#[wasm_bindgen]
impl Rival {
    /// Loads an ONNX file whose inputs are of shape `[1, tokens]`, int64.
    ///
    /// # Errors
    /// What tract says.
    #[wasm_bindgen(constructor)]
    pub fn new(model: &[u8]) -> Result<Rival, JsError> {
        let load = || -> TractResult<Self> {
            let onnx = tract_onnx::onnx().with_ignore_value_info(true).with_ignore_output_shapes(true);
            let mut model = onnx.model_for_read(&mut &*model)?;
            let outlets = model.input_outlets()?.to_vec();
            let inputs = outlets.iter().map(|outlet| model.node(outlet.node).name.clone()).collect();
            let tokens = model.symbols.sym("tokens");
            for input in 0..outlets.len() {
                model.set_input_fact(input, i64::fact([1.to_dim(), tokens.to_dim()]).into())?;
            }
            Ok(Self { inputs, plan: model.into_optimized()?.into_runnable()? })
        };
        load().map_err(|error| JsError::new(&format!("{error:#}")))
    }

    /// The logits of pairs of one length, a row after the other. `ids` holds those of all pairs, the first
    /// `first_segment` of each pair being of segment 0.
    ///
    /// # Errors
    /// What tract says.
    pub fn logits(&self, ids: &[i32], pairs: usize, first_segment: usize) -> Result<Vec<f32>, JsError> {
        let run = |pair: &[i32]| -> TractResult<Vec<f32>> {
            let inputs =
                self.inputs.iter().map(|name| tensor(name, pair, first_segment)).collect::<TractResult<_>>()?;
            Ok(self.plan.run(inputs)?[0].to_plain_array_view::<f32>()?.iter().copied().collect())
        };
        let rows: TractResult<Vec<Vec<f32>>> = ids.chunks(ids.len() / pairs).map(run).collect();
        rows.map(|rows| rows.concat()).map_err(|error| JsError::new(&format!("{error:#}")))
    }
}

fn tensor(name: &str, ids: &[i32], first_segment: usize) -> TractResult<TValue> {
    let values: Vec<i64> = match name {
        "input_ids" => ids.iter().map(|&id| i64::from(id)).collect(),
        "attention_mask" => vec![1; ids.len()],
        _ => (0..ids.len()).map(|at| i64::from(at >= first_segment)).collect(),
    };
    Ok(Tensor::from_shape(&[1, values.len()], &values)?.into())
}
