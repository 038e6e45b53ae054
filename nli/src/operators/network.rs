//! What the layers of an encoder are made of: products of matrices, activations, normalisation.

use super::{Built, Onnx, ParsingContext, Wires, arity, composed::like_first, constant, is_set};
use crate::onnx::NodeProto;
use tract_hir::{
    internal::*,
    ops::{
        activations,
        element_wise::ElementWiseIntoHir,
        math,
        matmul::{MatMulInference, compute_shapes},
        nn::{LayerSoftmax, Reduce, Reducer, Softmax},
    },
    tract_core::ops::{
        cast::{cast, wire_cast},
        change_axes::wire_with_rank_broadcast,
        nn::gelu_approximate::gelu_approximate,
    },
};

/// From here on Softmax normalises one axis; before, all axes from the one given.
const SOFTMAX_OF_ONE_AXIS: i64 = 13;

/// Adds these operators.
pub(super) fn register(onnx: &mut Onnx) {
    onnx.insert("MatMul", |_, _| Ok(expand(MatMulInference::default())));
    onnx.insert("Gemm", |_, node| {
        let [alpha, beta] = ["alpha", "beta"].map(|name| TractResult::Ok(node.get_attr_opt(name)?.unwrap_or(1.0)));
        let [a_trans, b_trans] = ["transA", "transB"].map(|name| is_set(node, name));
        let product = MatMulInference { a_trans: a_trans?, b_trans: b_trans?, c_trans: false };
        Ok(expand(Gemm { alpha: alpha?, beta: beta?, product }))
    });
    onnx.insert("Softmax", |context, node| {
        let axis = node.get_attr_opt("axis")?;
        Ok(if context.opset < SOFTMAX_OF_ONE_AXIS {
            expand(LayerSoftmax::new(axis.unwrap_or(1), true))
        } else {
            expand(Softmax::new(axis.unwrap_or(-1)))
        })
    });
    onnx.insert("Relu", |_, _| Ok(expand(activations::Clip::new(Some(0.0), None))));
    onnx.insert("Gelu", gelu);
    onnx.insert("LayerNormalization", layer_normalization);
    onnx.insert("Dropout", |context, node| {
        let [training] = node.optional_inputs(2);
        let trains = training.map(|_| constant(context, &node.input[2])?.cast_to_scalar::<bool>()).transpose()?;
        ensure!(
            trains != Some(true) && node.output.len() == 1,
            "it is one of training: export the model for inference"
        );
        Ok(like_first("Dropout", arity(node, 1)?, None, |_, _, inputs| Ok(tvec!(inputs[0]))))
    });
}

/// Φ(x)·x with the normal distribution's Φ (Hendrycks & Gimpel 2016), exact or by their approximation with tanh.
fn gelu(_: &ParsingContext, node: &NodeProto) -> Built {
    if node.get_attr_opt::<&str>("approximate")? == Some("tanh") {
        return Ok(gelu_approximate(false).into_hir());
    }
    Ok(like_first("Gelu", 1, None, |name, model, inputs| {
        let datum_type = model.outlet_fact(inputs[0])?.datum_type;
        let mut times = |what: &str, factor: f32| {
            let factor = tensor0(factor).cast_to_dt(datum_type)?.into_owned();
            let factor = model.add_const(format!("{name}.{what}_by"), factor)?;
            wire_with_rank_broadcast(format!("{name}.{what}"), model, math::mul(), &[inputs[0], factor])
        };
        let half = times("half", 0.5)?[0];
        let scaled = times("scaled", std::f32::consts::FRAC_1_SQRT_2)?[0];
        let erf = model.wire_node(format!("{name}.erf"), math::erf(), &[scaled])?;
        let product = model.wire_node(format!("{name}.product"), math::mul(), &[half, erf[0]])?;
        model.wire_node(name, math::add(), &[half, product[0]])
    }))
}

/// (x − mean) / √(variance + ε) · scale + bias, over the axes from the given one on (Ba, Kiros & Hinton 2016).
fn layer_normalization(_: &ParsingContext, node: &NodeProto) -> Built {
    let axis: i64 = node.get_attr_opt("axis")?.unwrap_or(-1);
    let epsilon: f32 = node.get_attr_opt("epsilon")?.unwrap_or(1e-5);
    ensure!(node.output.len() == 1, "it gives mean and deviation too, as in training: export the model for inference");
    Ok(like_first("LayerNormalization", arity(node, 2)?, None, move |name, model, inputs| {
        let fact = model.outlet_fact(inputs[0])?.clone();
        let rank = i64::try_from(fact.rank())?;
        let axes: Vec<i64> = (if axis < 0 { axis + rank } else { axis }..rank).collect();
        let inputs = wire_cast(name, model, inputs, f32::datum_type())?;
        let mean = Reduce::new(Some(axes), true, Reducer::Mean);
        let centre = mean.wire(&format!("{name}.mean"), model, &inputs[..1])?;
        let centred = model.wire_node(format!("{name}.centred"), math::sub(), &[inputs[0], centre[0]])?;
        let squared = model.wire_node(format!("{name}.squared"), math::square(), &centred)?;
        let variance = mean.wire(&format!("{name}.variance"), model, &squared)?;
        let epsilon = model.add_const(format!("{name}.epsilon"), tensor0(epsilon))?;
        let positive = format!("{name}.positive");
        let variance = wire_with_rank_broadcast(positive, model, math::add(), &[variance[0], epsilon])?;
        let inverse = model.wire_node(format!("{name}.inverse"), math::rsqrt(), &variance)?;
        let mut value = model.wire_node(format!("{name}.normal"), math::mul(), &[centred[0], inverse[0]])?;
        value = wire_with_rank_broadcast(format!("{name}.scaled"), model, math::mul(), &[value[0], inputs[1]])?;
        if let Some(&bias) = inputs.get(2) {
            value = wire_with_rank_broadcast(format!("{name}.shifted"), model, math::add(), &[value[0], bias])?;
        }
        model.wire_node(name, cast(fact.datum_type), &value)
    }))
}

/// α·A·B + β·C of matrices.
#[derive(Clone, Debug)]
struct Gemm {
    alpha: f32,
    beta: f32,
    product: MatMulInference,
}

impl Gemm {
    fn times(name: String, model: &mut TypedModel, value: OutletId, factor: f32) -> TractResult<OutletId> {
        if factor == 1.0 {
            return Ok(value);
        }
        let factor = tensor0(factor).cast_to_dt(model.outlet_fact(value)?.datum_type)?.into_owned();
        let factor = model.add_const(format!("{name}.factor"), factor)?;
        Ok(wire_with_rank_broadcast(name, model, math::mul(), &[value, factor])?[0])
    }
}

impl Expansion for Gemm {
    fn name(&self) -> StaticName {
        "Gemm".into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        ensure!(matches!(inputs.len(), 2 | 3), "it has {} inputs, and 2 or 3 are needed", inputs.len());
        check_output_arity(outputs, 1)?;
        for input in inputs {
            solver.equals(&input.datum_type, &outputs[0].datum_type)?;
        }
        for matrix in [&inputs[0], &inputs[1], &outputs[0]] {
            solver.equals(&matrix.rank, 2)?;
        }
        solver.given_2(&inputs[0].shape, &inputs[1].shape, |solver, a, b| {
            let (_, _, _, shape) = compute_shapes(a, b, self.product.a_trans, self.product.b_trans, false)?;
            solver.equals(&outputs[0].shape, shape)
        })
    }

    fn wire(&self, prefix: &str, model: &mut TypedModel, inputs: &[OutletId]) -> Wires {
        let product = self.product.wire(&format!("{prefix}.product"), model, &inputs[..2])?;
        let product = Self::times(format!("{prefix}.alpha"), model, product[0], self.alpha)?;
        let Some(&bias) = inputs.get(2) else { return Ok(tvec!(product)) };
        let bias = Self::times(format!("{prefix}.beta"), model, bias, self.beta)?;
        wire_with_rank_broadcast(prefix, model, math::add(), &[product, bias])
    }
}
