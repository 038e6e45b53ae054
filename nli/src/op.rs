//! The engine's own operators for tract: each stands for a group of ONNX nodes that [`super::rewrite`] found. Their names
//! have a prefix, for ONNX and its extensions have operators of the same names.

use super::onnx::Onnx;
use tract_hir::internal::*;

pub mod attention;
pub mod disentangled_attention;
pub mod embedding;
pub mod layer_norm;
pub mod linear;

/// Adds these operators to those of ONNX.
pub fn register(onnx: &mut Onnx) {
    onnx.insert(attention::NAME, attention::build);
    onnx.insert_with_constants(attention::RELATIVE, attention::build_relative, attention::CONSTANTS);
    onnx.insert_with_constants(
        disentangled_attention::NAME,
        disentangled_attention::build,
        disentangled_attention::CONSTANTS,
    );
    onnx.insert_with_constants(embedding::NAME, embedding::build, embedding::CONSTANTS);
    onnx.insert_with_constants(layer_norm::NAME, layer_norm::build, layer_norm::CONSTANTS);
    onnx.insert_with_constants(linear::NAME, linear::build, linear::CONSTANTS);
}

/// A tensor of floats whose every value `fill` sets.
fn filled(shape: &[usize], fill: impl FnOnce(&mut [f32]) -> TractResult<()>) -> TractResult<TVec<TValue>> {
    let mut tensor = Tensor::zero::<f32>(shape)?;
    fill(tensor.try_as_plain_ram_mut()?.as_slice_mut::<f32>()?)?;
    Ok(tvec!(tensor.into_tvalue()))
}

/// The floats of an input.
fn slice(value: &TValue) -> TractResult<&[f32]> {
    value.try_as_plain_ram()?.as_slice::<f32>()
}

/// How many tokens an attention's inputs hold, queries first, and how wide they are.
fn tokens_and_width(inputs: &[TValue]) -> TractResult<(usize, usize)> {
    let &[batch, queries, width] = inputs[0].shape() else { bail!("queries of {:?}", inputs[0].shape()) };
    let &[_, tokens, _] = inputs[1].shape() else { bail!("keys of {:?}", inputs[1].shape()) };
    ensure!(batch == 1, "{batch} sequences at once");
    let unlike = inputs[1..3].iter().any(|input| input.shape() != [1, tokens, width]);
    ensure!(!unlike && queries <= tokens, "queries, keys and values of unlike shapes");
    Ok((tokens, width))
}
