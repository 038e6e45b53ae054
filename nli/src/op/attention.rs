//! `Attention`: softmax(scale · query · keyᵀ + mask) · value for all heads of one sequence, and `RelativeAttention`, which adds
//! what head and distance decide in the place of a mask.

use super::{filled, slice, tokens_and_width};
use crate::onnx::{NodeProto, ParsingContext};
use probatum_kernel::attention::{self, Bias, ByDistance, Heads, MOST_TOKENS};
use std::ops::Range;
use tract_hir::internal::*;

/// The op's name in a rewritten graph. Inputs: query, key, value (f32, `[1, tokens, heads × depth]`; of queries the first
/// few may be there alone), then, where there is one, the mask that is added to the scores (f32, `[1, 1, 1 or tokens,
/// tokens]`).
pub const NAME: &str = "probatum/Attention";
/// The name of the op with relative positions. Inputs: query, key and value as above, then a table of what is added, a row a
/// bucket of distances and in it a number a head (f32; or i8 or u8, its scale and its zero point following).
pub const RELATIVE: &str = "probatum/RelativeAttention";
/// The inputs of [`RELATIVE`] that are constants of the file.
pub const CONSTANTS: Range<usize> = 3..usize::MAX;
/// Attribute of [`RELATIVE`]: the row of the table for each distance, key less query, from the least to the greatest.
pub const BUCKETS: &str = "buckets";
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
    by_distance: Option<Arc<ByDistance>>,
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
    Ok(expand(attention_of(node, None)?))
}

/// As [`build`], with relative positions.
pub fn build_relative(context: &ParsingContext, node: &NodeProto) -> TractResult<Box<dyn InferenceOp>> {
    let (table, heads) = table(context, &node.input[CONSTANTS.start..])?;
    let buckets = node.get_attr::<&[i64]>(BUCKETS)?.iter().map(|&bucket| Ok(usize::try_from(bucket)?));
    let by_distance = ByDistance::new(&table, heads, &buckets.collect::<TractResult<Vec<_>>>()?);
    let by_distance =
        by_distance.context("a table of positions without a row for each of as many distances on either side")?;
    Ok(expand(attention_of(node, Some(Arc::new(by_distance)))?))
}

fn attention_of(node: &NodeProto, by_distance: Option<Arc<ByDistance>>) -> TractResult<Attention> {
    let (heads, depth, scale) = (node.get_attr(HEADS)?, node.get_attr(DEPTH)?, node.get_attr(SCALE)?);
    Ok(Attention { heads, depth, scale, by_distance })
}

/// The numbers of a table and how many a row has.
fn table(context: &ParsingContext, names: &[String]) -> TractResult<(Vec<f32>, usize)> {
    let (table, steps) = names.split_first().context("no table of positions")?;
    let &[_, heads] = context.constant(table)?.dims.as_slice() else { bail!("{table:?} is no table") };
    let mut values = context.floats(table)?;
    if let [scale, zero_point] = steps {
        let (scale, zero_point) = (context.floats(scale)?, context.floats(zero_point)?);
        let (&[scale], &[zero_point]) = (&*scale, &*zero_point) else { bail!("{table:?} has more than one scale") };
        values.iter_mut().for_each(|value| *value = (*value - zero_point) * scale);
    }
    Ok((values, usize::try_from(heads)?))
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
        let most = self.by_distance.as_deref().map_or(MOST_TOKENS, ByDistance::most_tokens);
        ensure!(tokens <= most, "{tokens} tokens, and {most} is the most; lower the manifest's maxTokens");
        let bias = match &self.by_distance {
            Some(by_distance) => Bias::ByDistance(by_distance),
            None => mask.map_or(Bias::None, Bias::Tokens),
        };
        ensure!(
            self.by_distance.as_ref().is_none_or(|by_distance| by_distance.heads() == heads),
            "a table of positions for another number of heads than {heads}"
        );
        let heads = Heads { query, key, value, heads, depth };
        filled(inputs[0].shape(), |output| {
            attention::attention(heads, self.scale, bias, output);
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
