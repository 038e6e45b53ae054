//! `QuantizedLinear`: x · weights + bias [→ GELU] on int8 weights.

use super::{constant, filled, floats, slice};
use crate::nli::kernel::integer::{Activate, Linear, MOST_INPUTS, Weights};
use crate::nli::onnx::{NodeProto, ParsingContext};
use tract_hir::internal::*;

/// The op's name in a rewritten graph. Inputs: x (f32), weights (i8 or u8, inputs × outputs), their scale (f32), their
/// zero point (as the weights), bias (f32); the last three a number each or one for all columns.
pub const NAME: &str = "QuantizedLinear";
/// Attribute: 1 where GELU follows.
pub const GELU: &str = "gelu";

/// Before the weights are laid out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Loaded {
    gelu: bool,
}

/// Builds the op of one node, for tract's register of ONNX ops.
pub fn build(_: &ParsingContext, node: &NodeProto) -> TractResult<Box<dyn InferenceOp>> {
    let gelu = node.get_attr_opt::<i64>(GELU)?.unwrap_or(0) == 1;
    Ok(expand(Loaded { gelu }))
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
        check_input_arity(inputs, 5)?;
        check_output_arity(outputs, 1)?;
        solver.equals(&outputs[0].datum_type, f32::datum_type())?;
        solver.given_2(&inputs[0].shape, &inputs[1].shape, move |solver, x, weights| {
            ensure!(weights.len() == 2 && x.last() == weights.first(), "x is {x:?}, its weights are {weights:?}");
            let mut shape = x.clone();
            shape.pop();
            shape.push(weights[1].clone());
            solver.equals(&outputs[0].shape, shape)
        })?;
        Ok(())
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> TractResult<TVec<OutletId>> {
        let weights = constant(model, inputs[1])?;
        let [rows, columns] = *weights.shape() else { bail!("weights of shape {:?}", weights.shape()) };
        ensure!(rows <= MOST_INPUTS, "{rows} inputs, and {MOST_INPUTS} is the most");
        let for_all = |mut values: Vec<f32>| {
            if values.len() == 1 {
                values = vec![values[0]; columns];
            }
            ensure!(values.len() == columns, "{} values for {columns} columns", values.len());
            Ok(values)
        };
        let zero_point = for_all(floats(model, inputs[3])?)?;
        let (scale, bias) = (for_all(floats(model, inputs[2])?)?, for_all(floats(model, inputs[4])?)?);
        // Unsigned weights become signed by taking 128 away from them and from their zero point.
        let (values, shift): (Vec<i8>, i32) = match weights.datum_type() {
            DatumType::U8 => (weights.as_bytes().iter().map(|&byte| (byte ^ 0x80) as i8).collect(), 128),
            DatumType::I8 => (weights.as_bytes().iter().map(|&byte| byte as i8).collect(), 0),
            other => bail!("weights of type {other:?}"),
        };
        let zero_point: Vec<i32> = zero_point.iter().map(|&zero| zero as i32 - shift).collect();
        let linear = Linear::new(&Weights {
            values: &values,
            inputs: rows,
            scale: &scale,
            zero_point: &zero_point,
            bias: &bias,
        });
        let activate = if self.gelu { Activate::Gelu } else { Activate::Identity };
        model.wire_node(prefix, QuantizedLinear { linear: Arc::new(linear), activate }, &inputs[..1])
    }
}

/// Ready to run; the weights are shared by all copies of a plan.
#[derive(Clone, Debug)]
struct QuantizedLinear {
    linear: Arc<Linear>,
    activate: Activate,
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
