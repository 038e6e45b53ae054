//! `QuantizedLinear`: x · weights + bias [→ GELU] on int8 weights.

use super::slice;
use crate::onnx::{NodeProto, Numbers, ParsingContext, numbers};
use probatum_kernel::integer::{Activate, Linear, MOST_INPUTS, Weights};
use std::ops::Range;
use tract_hir::internal::*;

/// The op's name in a rewritten graph. Inputs: x (f32), then for each layer that reads it: weights (i8 or u8, inputs ×
/// outputs), their scale (f32), their zero point (as the weights), bias (f32); the last three a number each or one for all
/// columns. Outputs: that of each layer.
pub const NAME: &str = "probatum/QuantizedLinear";
/// Attribute: 1 where GELU follows.
pub const GELU: &str = "gelu";
/// The inputs that are constants of the file.
pub const CONSTANTS: Range<usize> = 1..usize::MAX;

/// Ready to run; the weights are shared by all copies of a plan.
#[derive(Clone, Debug)]
struct QuantizedLinear {
    layers: Arc<[Linear]>,
    activate: Activate,
}

/// Builds the op of one node, for the register of ONNX ops.
pub fn build(context: &ParsingContext, node: &NodeProto) -> TractResult<Box<dyn InferenceOp>> {
    let (layers, []) = node.input.get(1..).context("it has no inputs")?.as_chunks::<4>() else {
        bail!("a layer of it is incomplete")
    };
    let layers = layers.iter().map(|layer| self::layer(context, layer)).collect::<TractResult<Vec<Linear>>>()?;
    let first = layers.first().context("it has no weights")?;
    ensure!(layers.iter().all(|layer| layer.inputs() == first.inputs()), "layers of unlike inputs");
    let gelu = node.get_attr_opt::<i64>(GELU)?.unwrap_or(0) == 1;
    let activate = if gelu { Activate::Gelu } else { Activate::Identity };
    Ok(expand(QuantizedLinear { layers: layers.into(), activate }))
}

fn layer(context: &ParsingContext, [weights, scale, zero_point, bias]: &[String; 4]) -> TractResult<Linear> {
    let Numbers { datum_type, shape, bytes } = numbers(context.constant(weights)?)?;
    let [rows, columns] = *shape else { bail!("weights of shape {shape:?}") };
    ensure!(rows <= MOST_INPUTS, "{rows} inputs, and {MOST_INPUTS} is the most");
    let for_all = |name: &str| {
        let mut values = context.floats(name)?;
        if values.len() == 1 {
            values = vec![values[0]; columns];
        }
        ensure!(values.len() == columns, "{} values for {columns} columns", values.len());
        TractResult::Ok(values)
    };
    let (scale, zero_point, bias) = (for_all(scale)?, for_all(zero_point)?, for_all(bias)?);
    let is_signed = datum_type == DatumType::I8;
    ensure!(is_signed || datum_type == DatumType::U8, "weights of type {datum_type:?}");
    let zero_point: Vec<i32> = zero_point.iter().map(|&zero| zero as i32).collect();
    let (values, inputs) = (&bytes, rows);
    Ok(Linear::new(&Weights { values, is_signed, inputs, scale: &scale, zero_point: &zero_point, bias: &bias }))
}

impl QuantizedLinear {
    fn inputs(&self) -> usize {
        self.layers[0].inputs()
    }

    /// The shape of each layer's output.
    fn shapes<D: Clone + From<usize>>(&self, x: &[D]) -> impl Iterator<Item = TVec<D>> {
        self.layers.iter().map(|layer| {
            let mut shape: TVec<D> = x.into();
            shape.pop();
            shape.push(layer.outputs().into());
            shape
        })
    }
}

impl Expansion for QuantizedLinear {
    fn name(&self) -> StaticName {
        NAME.into()
    }

    fn nboutputs(&self) -> TractResult<usize> {
        Ok(self.layers.len())
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        check_input_arity(inputs, 1)?;
        check_output_arity(outputs, self.layers.len())?;
        for output in outputs {
            solver.equals(&output.datum_type, f32::datum_type())?;
        }
        solver.given(&inputs[0].shape, |solver, shape| {
            let inputs = self.inputs();
            ensure!(shape.last() == Some(&inputs.to_dim()), "x is {shape:?}, and it has {inputs} inputs");
            for (output, shape) in outputs.iter().zip(self.shapes(&shape)) {
                solver.equals(&output.shape, shape)?;
            }
            Ok(())
        })
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> TractResult<TVec<OutletId>> {
        model.wire_node(prefix, self.clone(), inputs)
    }
}

impl PartialEq for QuantizedLinear {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.layers, &other.layers) && self.activate == other.activate
    }
}

impl Eq for QuantizedLinear {}

impl Op for QuantizedLinear {
    fn name(&self) -> StaticName {
        NAME.into()
    }

    op_as_typed_op!();
}

impl EvalOp for QuantizedLinear {
    op_out_of_plan!();

    fn eval(&self, _: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let shape = inputs[0].shape();
        ensure!(shape.last() == Some(&self.inputs()), "rows of {shape:?}, and {} inputs", self.inputs());
        let x = slice(&inputs[0])?;
        let outputs = self.shapes(shape).map(|shape| Tensor::zero::<f32>(&shape));
        let mut outputs = outputs.collect::<TractResult<Vec<Tensor>>>()?;
        let views = outputs.iter_mut().map(Tensor::try_as_plain_ram_mut);
        let mut views = views.collect::<TractResult<Vec<_>>>()?;
        let rows = views.iter_mut().map(|view| view.as_slice_mut::<f32>());
        Linear::apply_all(&self.layers, x, self.activate, &mut rows.collect::<TractResult<Vec<_>>>()?);
        Ok(outputs.into_iter().map(IntoTValue::into_tvalue).collect())
    }
}

impl TypedOp for QuantizedLinear {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        Ok(self.shapes(&inputs[0].shape.to_tvec()).map(f32::fact).collect())
    }

    fn cost(&self, inputs: &[&TypedFact]) -> TractResult<TVec<(Cost, TDim)>> {
        let values: TDim = inputs[0].shape.iter().cloned().product();
        let outputs: usize = self.layers.iter().map(Linear::outputs).sum();
        Ok(tvec!((Cost::FMA(i8::datum_type()), values * outputs)))
    }

    as_op!();
}
