//! `DisentangledAttention`: DeBERTa's attention for all heads of one sequence.

use super::{filled, slice, tokens_and_width};
use crate::onnx::{NodeProto, ParsingContext, TensorProto, tensor};
use probatum_kernel::{
    attention::Heads,
    disentangled::{self, Distances, Positions},
};
use std::ops::Range;
use tract_hir::{internal::*, tract_core::ops::einsum::EinSum};

/// The op's name in a rewritten graph. Inputs: query, key, value (f32, `[1, tokens, heads × depth]`; of queries the first
/// few may be there alone), then the position keys and the position queries (f32, `[1, rows, heads × depth]`). Where more
/// inputs follow, those two are what a linear layer in floats makes into them: weights and bias of the keys' layer (f32,
/// inputs × outputs and outputs), then of the queries'.
pub const NAME: &str = "probatum/DisentangledAttention";
/// The inputs that are constants of the file.
pub const CONSTANTS: Range<usize> = 5..usize::MAX;
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
    /// What makes position keys and queries of the last two inputs, if they are not those already.
    layers: Option<Arc<[FloatLinear; 2]>>,
    /// The position keys and queries, once they are known to be constant.
    positions: Option<Arc<Positions>>,
}

/// A linear layer in floats, its numbers still where they lie in the file. Why here and not a node of its own: tract would
/// keep what each node makes of a constant table for as long as it loads, 50 MB for a DeBERTa of 12 layers.
#[derive(Debug)]
struct FloatLinear {
    weights: TensorProto,
    bias: TensorProto,
}

impl FloatLinear {
    fn of(&self, x: &TValue) -> TractResult<TValue> {
        let (weights, bias) = (tensor(&self.weights)?.into_tvalue(), tensor(&self.bias)?.into_tvalue());
        let product = EinSum::new("bmk,kn->bmn".parse()?, f32::datum_type());
        let rows = product.eval_out_of_plan(tvec!(x.clone(), weights))?.and_then(|mut rows| rows.pop());
        let mut rows = rows.context("a table of positions has no product")?.into_tensor();
        let bias = slice(&bias)?;
        for row in rows.try_as_plain_ram_mut()?.as_slice_mut::<f32>()?.chunks_exact_mut(bias.len().max(1)) {
            for (value, bias) in row.iter_mut().zip(bias) {
                *value += bias;
            }
        }
        Ok(rows.into_tvalue())
    }
}

/// Builds the op of one node, for tract's register of ONNX ops.
pub fn build(context: &ParsingContext, node: &NodeProto) -> TractResult<Box<dyn InferenceOp>> {
    let rows = node.get_attr::<&[i64]>(ROWS)?.iter().map(|&row| Ok(usize::try_from(row)?));
    let rows = rows.collect::<TractResult<Vec<usize>>>()?;
    let distances = Distances::new(rows).context("as many distances on either side of 0 are needed")?;
    let op = DisentangledAttention {
        heads: node.get_attr(HEADS)?,
        divisor: node.get_attr(DIVISOR)?,
        per_depth: node.get_attr::<i64>(PER_DEPTH)? == 1,
        distances: Arc::new(distances),
        layers: layers(context, node.input.get(CONSTANTS.start..).unwrap_or_default())?.map(Arc::new),
        positions: None,
    };
    ensure!(op.heads > 0, "no heads");
    Ok(expand(op))
}

fn layers(context: &ParsingContext, constants: &[String]) -> TractResult<Option<[FloatLinear; 2]>> {
    let layer = |weights, bias| {
        let (weights, bias) = (context.constant(weights)?.clone(), context.constant(bias)?.clone());
        TractResult::Ok(FloatLinear { weights, bias })
    };
    match constants {
        [] => Ok(None),
        [of_keys, bias_of_keys, of_queries, bias_of_queries] => {
            Ok(Some([layer(of_keys, bias_of_keys)?, layer(of_queries, bias_of_queries)?]))
        }
        _ => bail!("two layers for its positions are needed"),
    }
}

impl PartialEq for DisentangledAttention {
    fn eq(&self, other: &Self) -> bool {
        fn same<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
            one.map(Arc::as_ptr) == other.map(Arc::as_ptr)
        }
        let numbers = |op: &Self| (op.heads, op.divisor.to_bits(), op.per_depth);
        let same_tables = same(self.positions.as_ref(), other.positions.as_ref());
        let same_layers = same(self.layers.as_ref(), other.layers.as_ref());
        numbers(self) == numbers(other) && same_tables && same_layers && self.distances == other.distances
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
    /// The tables that these two inputs hold or make, laid out for heads of so many values.
    fn lay_out(&self, keys: &TValue, queries: &TValue, depth: usize) -> TractResult<Positions> {
        let (keys, queries) = match self.layers.as_deref() {
            Some([of_keys, of_queries]) => (of_keys.of(keys)?, of_queries.of(queries)?),
            None => (keys.clone(), queries.clone()),
        };
        let (keys, queries) = (slice(&keys)?, slice(&queries)?);
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
            None => Arc::new(self.lay_out(&inputs[3], &inputs[4], depth)?),
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
        let width = model.outlet_fact(query)?.shape.last().and_then(|width| width.as_i64());
        let width = usize::try_from(width.context("queries of no known width")?)?;
        ensure!(width % self.heads == 0, "{} heads of {width}", self.heads);
        let positions = self.lay_out(&keys.into_tvalue(), &queries.into_tvalue(), width / self.heads)?;
        let op = Self { positions: Some(Arc::new(positions)), ..self.clone() };
        TypedModelPatch::replace_single_op(model, node, &[query, key, value], op).map(Some)
    }

    as_op!();
}
