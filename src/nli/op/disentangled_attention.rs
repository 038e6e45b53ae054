//! `DisentangledAttention`: DeBERTa's attention for all heads of one sequence.

use super::{filled, slice, tokens_and_width};
use crate::nli::onnx::{NodeProto, ParsingContext};
use probatum_kernel::{
    attention::Heads,
    disentangled::{self, Distances, Positions},
};
use tract_hir::internal::*;

/// The op's name in a rewritten graph. Inputs: query, key, value (f32, `[1, tokens, heads × depth]`; of queries the first
/// few may be there alone), then the position keys and the position queries (f32, `[1, rows, heads × depth]`).
pub const NAME: &str = "probatum/DisentangledAttention";
/// Attribute: number of heads.
pub const HEADS: &str = "heads";
/// Attribute: what the scores are divided by, or with [`PER_DEPTH`] the root of so many times the depth.
pub const DIVISOR: &str = "divisor";
/// Attribute: 1 where the divisor depends on the depth.
pub const PER_DEPTH: &str = "per_depth";
/// Attribute: the row of the tables for each distance, query less key, from the least to the greatest.
pub const ROWS: &str = "rows";

#[derive(Clone, Debug)]
struct DisentangledAttention {
    heads: usize,
    divisor: f32,
    per_depth: bool,
    distances: Arc<Distances>,
    /// The last two inputs, once they are known to be constant.
    positions: Option<Arc<Positions>>,
}

/// Builds the op of one node, for tract's register of ONNX ops.
pub fn build(_: &ParsingContext, node: &NodeProto) -> TractResult<Box<dyn InferenceOp>> {
    let rows = node.get_attr::<&[i64]>(ROWS)?.iter().map(|&row| Ok(usize::try_from(row)?));
    let rows = rows.collect::<TractResult<Vec<usize>>>()?;
    let distances = Distances::new(rows).context("as many distances on either side of 0 are needed")?;
    let op = DisentangledAttention {
        heads: node.get_attr(HEADS)?,
        divisor: node.get_attr(DIVISOR)?,
        per_depth: node.get_attr::<i64>(PER_DEPTH)? == 1,
        distances: Arc::new(distances),
        positions: None,
    };
    ensure!(op.heads > 0, "no heads");
    Ok(expand(op))
}

impl PartialEq for DisentangledAttention {
    fn eq(&self, other: &Self) -> bool {
        let same_tables = match (&self.positions, &other.positions) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        let numbers = |op: &Self| (op.heads, op.divisor.to_bits(), op.per_depth);
        numbers(self) == numbers(other) && same_tables && self.distances == other.distances
    }
}

impl Eq for DisentangledAttention {}

impl Expansion for DisentangledAttention {
    fn name(&self) -> StaticName {
        NAME.into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        check_input_arity(inputs, 5)?;
        check_output_arity(outputs, 1)?;
        solver.equals(&outputs[0].datum_type, f32::datum_type())?;
        solver.equals(&outputs[0].shape, &inputs[0].shape)
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> TractResult<TVec<OutletId>> {
        model.wire_node(prefix, self.clone(), inputs)
    }
}

impl DisentangledAttention {
    /// Lays out the tables for heads of so many values.
    fn lay_out(&self, keys: &[f32], queries: &[f32], depth: usize) -> TractResult<Positions> {
        let width = self.heads * depth;
        ensure!(
            keys.len() == queries.len() && keys.len().is_multiple_of(width.max(1)),
            "tables of unlike or broken rows"
        );
        let (rows, needed) = (keys.len() / width.max(1), self.distances.table_rows());
        ensure!(rows >= needed, "tables of {rows} rows, and {needed} are needed");
        Ok(Positions::new(keys, queries, self.heads, depth))
    }
}

impl Op for DisentangledAttention {
    fn name(&self) -> StaticName {
        NAME.into()
    }

    op_as_typed_op!();
}

impl EvalOp for DisentangledAttention {
    op_out_of_plan!();

    fn eval(&self, _: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let (tokens, width) = tokens_and_width(&inputs)?;
        ensure!(width % self.heads == 0, "{} heads of {width}", self.heads);
        let most = self.distances.most_tokens();
        ensure!(tokens <= most, "{tokens} tokens, and {most} is the most; lower the manifest's maxTokens");
        let depth = width / self.heads;
        let positions = match &self.positions {
            Some(positions) => Arc::clone(positions),
            None => Arc::new(self.lay_out(slice(&inputs[3])?, slice(&inputs[4])?, depth)?),
        };
        let divisor = if self.per_depth { (self.divisor * depth as f32).sqrt() } else { self.divisor };
        let (query, key, value) = (slice(&inputs[0])?, slice(&inputs[1])?, slice(&inputs[2])?);
        let heads = Heads { query, key, value, heads: self.heads, depth };
        filled(inputs[0].shape(), |output| {
            disentangled::attention(heads, &positions, &self.distances, 1.0 / divisor, output);
            Ok(())
        })
    }
}

impl TypedOp for DisentangledAttention {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        Ok(tvec!(f32::fact(inputs[0].shape.clone())))
    }

    fn declutter(&self, model: &TypedModel, node: &TypedNode) -> TractResult<Option<TypedModelPatch>> {
        let &[query, key, value, keys, queries] = node.inputs.as_slice() else { return Ok(None) };
        let constant = |input| model.outlet_fact(input).map(|fact| fact.konst.clone());
        let (Some(keys), Some(queries)) = (constant(keys)?, constant(queries)?) else { return Ok(None) };
        let width = *keys.shape().last().context("position keys are one number")?;
        ensure!(width % self.heads == 0, "{} heads of {width}", self.heads);
        let floats = |tensor: &Tensor| TractResult::Ok(tensor.try_as_plain_ram()?.as_slice::<f32>()?.to_vec());
        let positions = self.lay_out(&floats(&keys)?, &floats(&queries)?, width / self.heads)?;
        let op = Self { positions: Some(Arc::new(positions)), ..self.clone() };
        TypedModelPatch::replace_single_op(model, node, &[query, key, value], op).map(Some)
    }

    as_op!();
}
