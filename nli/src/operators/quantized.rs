//! Numbers of 8 bits: quantising, its inverse, and products.

use super::{Built, Onnx, ParsingContext, Wires, arity, composed::like_first, constant};
use crate::onnx::NodeProto;
use tract_hir::{
    internal::*,
    ops::{
        math,
        matmul::{MatMulInference, compute_shapes},
    },
    tract_core::ops::{
        cast::{cast, wire_cast},
        change_axes::wire_with_rank_broadcast,
        quant::DequantizeLinearF32,
    },
};

/// Adds these operators.
pub(super) fn register(onnx: &mut Onnx) {
    onnx.insert("DynamicQuantizeLinear", |_, _| Ok(expand(DynamicQuantize)));
    onnx.insert("MatMulInteger", |_, node| {
        let [a_zero_point, b_zero_point] = node.optional_inputs(2);
        Ok(expand(IntegerMatMul { a_zero_point, b_zero_point }))
    });
    onnx.insert("QuantizeLinear", quantize);
    onnx.insert("DequantizeLinear", |_, node| {
        let axis = quantized_axis(node)?;
        Ok(like_first("DequantizeLinear", arity(node, 2)?, Some(f32::datum_type()), move |name, model, inputs| {
            dequantize(name, model, inputs, axis)
        }))
    });
}

/// Rounds x / scale + zero point to u8 or i8, with one scale or one for each place along `axis`.
fn quantize(context: &ParsingContext, node: &NodeProto) -> Built {
    let axis = quantized_axis(node)?;
    let to = match node.input.get(2) {
        Some(zero_point) => constant(context, zero_point)?.datum_type(),
        None => u8::datum_type(),
    };
    let (least, greatest) = match to {
        DatumType::U8 => (f32::from(u8::MIN), f32::from(u8::MAX)),
        DatumType::I8 => (f32::from(i8::MIN), f32::from(i8::MAX)),
        other => bail!("it quantises to {other:?}, and 8 bits are needed"),
    };
    Ok(like_first("QuantizeLinear", arity(node, 2)?, Some(to), move |name, model, inputs| {
        let wide = wire_cast(name, model, inputs, f32::datum_type())?;
        let behind = behind(model, inputs[0], axis)?;
        let scale = along(&format!("{name}.scale"), model, wide[1], behind)?;
        let mut value = wire_with_rank_broadcast(format!("{name}.scaled"), model, math::div(), &[wide[0], scale])?;
        value = model.wire_node(format!("{name}.rounded"), math::round_half_to_even(), &value)?;
        if let Some(&zero_point) = wide.get(2) {
            let zero_point = along(&format!("{name}.zero_point"), model, zero_point, behind)?;
            value = wire_with_rank_broadcast(format!("{name}.shifted"), model, math::add(), &[value[0], zero_point])?;
        }
        for (what, bound, op) in [("least", least, math::max()), ("greatest", greatest, math::min())] {
            let bound = model.add_const(format!("{name}.{what}"), tensor0(bound))?;
            value = wire_with_rank_broadcast(format!("{name}.at_{what}"), model, op, &[value[0], bound])?;
        }
        model.wire_node(name, cast(to), &value)
    }))
}

fn quantized_axis(node: &NodeProto) -> TractResult<i64> {
    ensure!(
        node.get_attr_opt::<i64>("block_size")?.unwrap_or(0) == 0,
        "it is quantised in blocks, which is not supported"
    );
    Ok(node.get_attr_opt("axis")?.unwrap_or(1))
}

/// (x − zero point) · scale, with one scale or one for each place along `axis`.
fn dequantize(name: &str, model: &mut TypedModel, inputs: &[OutletId], axis: i64) -> Wires {
    let known = |model: &TypedModel, input: usize| model.outlet_fact(inputs[input]).ok()?.konst.clone();
    let scale = known(model, 1).filter(|scale| scale.len() == 1);
    let zero_point = if inputs.len() == 3 { known(model, 2) } else { Some(rctensor0(0i32)) };
    if let (Some(scale), Some(zero_point)) = (scale, zero_point.filter(|zero_point| zero_point.len() == 1)) {
        // In one pass: a table of embeddings is large.
        let first = |tensor: &Tensor| tensor.clone().into_shape(&[]);
        let scale = first(&scale)?.cast_to_scalar()?;
        let zero_point = first(&zero_point)?.cast_to_scalar()?;
        return model.wire_node(name, DequantizeLinearF32 { scale, zero_point }, &inputs[..1]);
    }
    let behind = behind(model, inputs[0], axis)?;
    let wide = wire_cast(name, model, inputs, f32::datum_type())?;
    let mut value = wide[0];
    for (what, input, op) in [("centred", 2, math::sub()), ("scaled", 1, math::mul())] {
        let Some(&parameter) = wide.get(input) else { continue };
        let parameter = along(&format!("{name}.{what}_by"), model, parameter, behind)?;
        value = wire_with_rank_broadcast(format!("{name}.{what}"), model, op, &[value, parameter])?[0];
    }
    Ok(tvec!(value))
}

/// How many axes a value has behind this one.
fn behind(model: &TypedModel, value: OutletId, axis: i64) -> TractResult<usize> {
    let rank = i64::try_from(model.outlet_fact(value)?.rank())?;
    let axis = if axis < 0 { axis + rank } else { axis };
    // A value of one axis or none is scaled as a whole, and its axis is the default, which it does not have.
    Ok(usize::try_from((rank - axis - 1).max(0))?)
}

/// A vector with so many axes of one behind it, so that it runs along an axis that is not the last.
fn along(name: &str, model: &mut TypedModel, vector: OutletId, behind: usize) -> TractResult<OutletId> {
    let mut wire = vector;
    for axis in 0..if model.outlet_fact(vector)?.rank() == 0 { 0 } else { behind } {
        wire = model.wire_node(format!("{name}.{axis}"), AxisOp::Add(1), &[wire])?[0];
    }
    Ok(wire)
}

/// ONNX `DynamicQuantizeLinear`: f32 as u8 by the range of the whole tensor, with its scale and zero point.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct DynamicQuantize;

impl DynamicQuantize {
    /// Scale and zero point by which [least, greatest], with 0 in it, becomes [0, 255].
    fn parameters(values: &[f32]) -> (f32, u8) {
        let (least, greatest) =
            values.iter().fold((0f32, 0f32), |(least, greatest), &v| (least.min(v), greatest.max(v)));
        let scale = (greatest - least) / 255.0;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped; that of nothing but 0 is 0"
        )]
        let zero_point = (-least / scale).round_ties_even().clamp(0.0, 255.0) as u8;
        (scale, zero_point)
    }
}

impl Expansion for DynamicQuantize {
    fn name(&self) -> StaticName {
        "DynamicQuantizeLinear".into()
    }

    fn nboutputs(&self) -> TractResult<usize> {
        Ok(3)
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        check_input_arity(inputs, 1)?;
        check_output_arity(outputs, 3)?;
        solver.equals(&inputs[0].datum_type, f32::datum_type())?;
        solver.equals(&outputs[0].shape, &inputs[0].shape)?;
        for (output, datum_type) in outputs.iter().zip([u8::datum_type(), f32::datum_type(), u8::datum_type()]) {
            solver.equals(&output.datum_type, datum_type)?;
        }
        for scalar in &outputs[1..] {
            solver.equals(&scalar.rank, 0)?;
        }
        Ok(())
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> Wires {
        model.wire_node(prefix, self.clone(), inputs)
    }
}

impl Op for DynamicQuantize {
    fn name(&self) -> StaticName {
        "DynamicQuantizeLinear".into()
    }

    op_as_typed_op!();
}

impl EvalOp for DynamicQuantize {
    op_out_of_plan!();

    fn eval(&self, _: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let input = inputs[0].try_as_plain_ram()?;
        let values = input.as_slice::<f32>()?;
        let (scale, zero_point) = Self::parameters(values);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let quantize =
            |value: &f32| ((value / scale).round_ties_even() as i32 + i32::from(zero_point)).clamp(0, 255) as u8;
        let quantized: Vec<u8> = values.iter().map(quantize).collect();
        let quantized = Tensor::from_shape(inputs[0].shape(), &quantized)?;
        Ok(tvec!(quantized.into(), tensor0(scale).into(), tensor0(zero_point).into()))
    }
}

impl TypedOp for DynamicQuantize {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        Ok(tvec!(u8::fact(inputs[0].shape.clone()), f32::fact([0usize; 0]), u8::fact([0usize; 0])))
    }

    as_op!();
}

/// ONNX `MatMulInteger`: (a − a₀)·(b − b₀) as i32, computed in f32. The zero points are where they are given.
///
/// The result is exact as long as no sum exceeds 2²⁴, for f32 holds every integer up to there: with weights in 7 bits a
/// layer 384 wide cannot exceed it, and one 1,536 wide only if most activations are at their greatest.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct IntegerMatMul {
    a_zero_point: Option<usize>,
    b_zero_point: Option<usize>,
}

impl Expansion for IntegerMatMul {
    fn name(&self) -> StaticName {
        "IntegerMatMul".into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        let zero_points = [self.a_zero_point, self.b_zero_point].into_iter().flatten().count();
        check_input_arity(inputs, 2 + zero_points)?;
        check_output_arity(outputs, 1)?;
        solver.equals(&outputs[0].datum_type, i32::datum_type())?;
        solver.given_2(&inputs[0].shape, &inputs[1].shape, move |solver, a, b| {
            let (_, _, _, shape) = compute_shapes(a, b, false, false, false)?;
            solver.equals(&outputs[0].shape, shape)
        })?;
        Ok(())
    }

    fn wire(&self, prefix: &str, target: &mut TypedModel, inputs: &[OutletId]) -> Wires {
        let wide = wire_cast(format!("{prefix}.wide"), target, inputs, f32::datum_type())?;
        let mut centred = |side: usize, zero_point: Option<usize>| match zero_point {
            Some(zero) => {
                let name = format!("{prefix}.centred{side}");
                Ok(wire_with_rank_broadcast(name, target, math::sub(), &[wide[side], wide[zero]])?[0])
            }
            None => TractResult::Ok(wide[side]),
        };
        let operands = [centred(0, self.a_zero_point)?, centred(1, self.b_zero_point)?];
        let product = MatMulInference::default().wire(&format!("{prefix}.product"), target, &operands)?;
        wire_cast(prefix, target, &product, i32::datum_type())
    }
}
