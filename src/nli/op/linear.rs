//! `QuantizedLinear`: x · weights + bias [→ GELU] on int8 weights.

use super::{filled, slice};
use crate::nli::onnx::{NodeProto, Numbers, ParsingContext, numbers};
use probatum_kernel::integer::{Activate, Linear, MOST_INPUTS, Weights};
use std::ops::Range;
use tract_hir::internal::*;

/// The op's name in a rewritten graph. Inputs: x (f32), weights (i8 or u8, inputs × outputs), their scale (f32), their
/// zero point (as the weights), bias (f32); the last three a number each or one for all columns.
pub const NAME: &str = "probatum/QuantizedLinear";
/// Attribute: 1 where GELU follows.
pub const GELU: &str = "gelu";

/// The inputs that are constants of the file.
pub const CONSTANTS: Range<usize> = 1..5;

/// Ready to run; the weights are shared by all copies of a plan.
#[derive(Clone, Debug)]
struct QuantizedLinear {
    linear: Arc<Linear>,
    activate: Activate,
}

/// Builds the op of one node, for the register of ONNX ops.
pub fn build(context: &ParsingContext, node: &NodeProto) -> TractResult<Box<dyn InferenceOp>> {
    let [_, weights, scale, zero_point, bias] = node.input.as_slice() else { bail!("it has not five inputs") };
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
    let weights =
        Weights { values: &bytes, is_signed, inputs: rows, scale: &scale, zero_point: &zero_point, bias: &bias };
    let gelu = node.get_attr_opt::<i64>(GELU)?.unwrap_or(0) == 1;
    let activate = if gelu { Activate::Gelu } else { Activate::Identity };
    Ok(expand(QuantizedLinear { linear: Arc::new(Linear::new(&weights)), activate }))
}

impl Expansion for QuantizedLinear {
    fn name(&self) -> StaticName {
        NAME.into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        check_input_arity(inputs, 1)?;
        check_output_arity(outputs, 1)?;
        solver.equals(&outputs[0].datum_type, f32::datum_type())?;
        solver.given(&inputs[0].shape, |solver, mut shape| {
            let inputs = self.linear.inputs();
            ensure!(shape.last() == Some(&inputs.to_dim()), "x is {shape:?}, and it has {inputs} inputs");
            shape.pop();
            shape.push(self.linear.outputs().to_dim());
            solver.equals(&outputs[0].shape, shape)
        })
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> TractResult<TVec<OutletId>> {
        model.wire_node(prefix, self.clone(), inputs)
    }
}

impl PartialEq for QuantizedLinear {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.linear, &other.linear) && self.activate == other.activate
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
        let mut shape: TVec<usize> = inputs[0].shape().into();
        let width = shape.last_mut().context("x is one number")?;
        ensure!(*width == self.linear.inputs(), "rows of {width}, and {} inputs", self.linear.inputs());
        *width = self.linear.outputs();
        let x = slice(&inputs[0])?;
        filled(&shape, |output| {
            self.linear.apply(x, self.activate, output);
            Ok(())
        })
    }
}

impl TypedOp for QuantizedLinear {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let mut shape: TVec<TDim> = inputs[0].shape.iter().cloned().collect();
        *shape.last_mut().context("x is one number")? = self.linear.outputs().to_dim();
        Ok(tvec!(f32::fact(shape)))
    }

    fn cost(&self, inputs: &[&TypedFact]) -> TractResult<TVec<(Cost, TDim)>> {
        let values: TDim = inputs[0].shape.iter().cloned().product();
        Ok(tvec!((Cost::FMA(i8::datum_type()), values * self.linear.outputs())))
    }

    as_op!();
}
