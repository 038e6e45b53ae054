//! `AddLayerNorm`: layer normalisation over the last axis of one input, or of the sum of two.

use super::{constant, filled, floats, slice};
use crate::nli::kernel::float;
use crate::nli::onnx::{NodeProto, ParsingContext};
use tract_hir::internal::*;

/// The op's name in a rewritten graph. Inputs: scale and shift (f32, constant), then one or two f32 of one shape.
pub const NAME: &str = "AddLayerNorm";
/// Attribute: what is added to the variance.
pub const EPSILON: &str = "epsilon";

#[derive(Clone, Debug)]
struct AddLayerNorm {
    scale: Arc<Vec<f32>>,
    shift: Arc<Vec<f32>>,
    epsilon: f32,
}

#[derive(Clone, Debug, PartialEq)]
struct Loaded {
    epsilon: f32,
}

impl Eq for Loaded {}

/// Builds the op of one node, for tract's register of ONNX ops.
pub fn build(_: &ParsingContext, node: &NodeProto) -> TractResult<Box<dyn InferenceOp>> {
    Ok(expand(Loaded { epsilon: node.get_attr(EPSILON)? }))
}

impl Expansion for Loaded {
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
        solver.equals(&outputs[0].shape, &inputs[2].shape)
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> TractResult<TVec<OutletId>> {
        let (scale, shift) = (floats(model, inputs[0])?, floats(model, inputs[1])?);
        ensure!(scale.len() == shift.len() && constant(model, inputs[0])?.rank() == 1, "a scale for each column");
        let op = AddLayerNorm { scale: Arc::new(scale), shift: Arc::new(shift), epsilon: self.epsilon };
        model.wire_node(prefix, op, &inputs[2..])
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
        ensure!(inputs.iter().all(|input| input.shape() == shape), "sums of unlike shapes");
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
