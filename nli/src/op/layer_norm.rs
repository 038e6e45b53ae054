//! `AddLayerNorm`: layer normalisation over the last axis of one input, or of the sum of several.

use super::{filled, slice};
use crate::onnx::{NodeProto, ParsingContext};
use probatum_kernel::float;
use std::ops::Range;
use tract_hir::internal::*;

/// The op's name in a rewritten graph. Inputs: scale and shift (f32, constant), then one or more f32, each
/// as long as the first, whose shape the result has.
pub const NAME: &str = "probatum/AddLayerNorm";
/// Attribute: what is added to the variance.
pub const EPSILON: &str = "epsilon";

/// The inputs that are constants of the file.
pub const CONSTANTS: Range<usize> = 0..2;

#[derive(Clone, Debug)]
struct AddLayerNorm {
    scale: Arc<Vec<f32>>,
    shift: Arc<Vec<f32>>,
    epsilon: f32,
}

/// Builds the op of one node, for the register of ONNX ops.
pub fn build(context: &ParsingContext, node: &NodeProto) -> TractResult<Box<dyn InferenceOp>> {
    let [scale, shift, ..] = node.input.as_slice() else { bail!("it has neither scale nor shift") };
    let (scale, shift) = (context.floats(scale)?, context.floats(shift)?);
    ensure!(scale.len() == shift.len(), "{} scales and {} shifts", scale.len(), shift.len());
    let epsilon = node.get_attr(EPSILON)?;
    Ok(expand(AddLayerNorm { scale: Arc::new(scale), shift: Arc::new(shift), epsilon }))
}

impl Expansion for AddLayerNorm {
    fn name(&self) -> StaticName {
        NAME.into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        check_output_arity(outputs, 1)?;
        solver.equals(&outputs[0].datum_type, f32::datum_type())?;
        solver.equals(&outputs[0].shape, &inputs[0].shape)
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> TractResult<TVec<OutletId>> {
        model.wire_node(prefix, self.clone(), inputs)
    }
}

impl PartialEq for AddLayerNorm {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.scale, &other.scale)
    }
}

impl Eq for AddLayerNorm {}

impl Op for AddLayerNorm {
    fn name(&self) -> StaticName {
        NAME.into()
    }

    op_as_typed_op!();
}

impl EvalOp for AddLayerNorm {
    op_out_of_plan!();

    fn eval(&self, _: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let shape = inputs[0].shape();
        ensure!(shape.last() == Some(&self.scale.len()), "rows of {shape:?}, and {} scales", self.scale.len());
        ensure!(inputs.iter().all(|input| input.len() == inputs[0].len()), "sums of unlike shapes");
        let summands = inputs.iter().map(slice).collect::<TractResult<TVec<&[f32]>>>()?;
        filled(shape, |output| {
            float::layer_norm(&summands, &self.scale, &self.shift, self.epsilon, output);
            Ok(())
        })
    }
}

impl TypedOp for AddLayerNorm {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        Ok(tvec!(f32::fact(inputs[0].shape.clone())))
    }

    as_op!();
}
