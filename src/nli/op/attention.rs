//! `Attention`: softmax(scale · query · keyᵀ + mask) · value for all heads of one sequence.

use super::{filled, slice, tokens_and_width};
use crate::nli::onnx::{NodeProto, ParsingContext};
use probatum_kernel::attention::{self, Heads, MOST_TOKENS};
use tract_hir::internal::*;

/// The op's name in a rewritten graph. Inputs: query, key, value (f32, `[1, tokens, heads × depth]`; of queries the first
/// few may be there alone), then, where there is one, the mask that is added to the scores (f32, `[1, 1, 1 or tokens,
/// tokens]`).
pub const NAME: &str = "probatum/Attention";
/// Attribute: number of heads; -1 where it follows from the depth.
pub const HEADS: &str = "heads";
/// Attribute: values of one head; -1 where it follows from the number of heads.
pub const DEPTH: &str = "depth";
/// Attribute: what the scores are multiplied by.
pub const SCALE: &str = "scale";

#[derive(Clone, Debug, PartialEq)]
struct Attention {
    heads: i64,
    depth: i64,
    scale: f32,
}

impl Eq for Attention {}

impl Attention {
    /// Number and depth of the heads in rows of a width.
    fn heads(&self, width: usize) -> TractResult<(usize, usize)> {
        let known = |size: i64| usize::try_from(size).ok().filter(|&size| size > 0);
        let (heads, depth) = match (known(self.heads), known(self.depth)) {
            (Some(heads), None) => (heads, width / heads),
            (None, Some(depth)) => (width / depth, depth),
            (heads, depth) => (heads.context("no size of a head")?, depth.context("no size of a head")?),
        };
        ensure!(heads * depth == width, "{heads} heads of {depth} in rows of {width}");
        Ok((heads, depth))
    }
}

/// Builds the op of one node, for tract's register of ONNX ops.
pub fn build(_: &ParsingContext, node: &NodeProto) -> TractResult<Box<dyn InferenceOp>> {
    let (heads, depth, scale) = (node.get_attr(HEADS)?, node.get_attr(DEPTH)?, node.get_attr(SCALE)?);
    Ok(expand(Attention { heads, depth, scale }))
}

impl Expansion for Attention {
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

impl Op for Attention {
    fn name(&self) -> StaticName {
        NAME.into()
    }

    op_as_typed_op!();
}

impl EvalOp for Attention {
    op_out_of_plan!();

    fn eval(&self, _: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let (tokens, width) = tokens_and_width(&inputs)?;
        let (heads, depth) = self.heads(width)?;
        let (query, key, value) = (slice(&inputs[0])?, slice(&inputs[1])?, slice(&inputs[2])?);
        let mask = inputs.get(3).map(slice).transpose()?;
        ensure!(
            mask.is_none_or(|mask| mask.len() == tokens || mask.len() == tokens * tokens),
            "a mask of another size"
        );
        ensure!(
            tokens <= MOST_TOKENS,
            "{tokens} tokens, and {MOST_TOKENS} is the most; lower the manifest's maxTokens"
        );
        let heads = Heads { query, key, value, heads, depth };
        filled(inputs[0].shape(), |output| {
            attention::attention(heads, self.scale, mask, output);
            Ok(())
        })
    }
}

impl TypedOp for Attention {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        Ok(tvec!(f32::fact(inputs[0].shape.clone())))
    }

    as_op!();
}
