//! Linear layers whose weights are stored in int8, in the spellings of onnxruntime's quantizers.

use super::graph::{self, Graph, attribute, integer};
use crate::onnx::{NodeProto, TensorProto, tensor_proto::DataType};
use crate::op::linear::{GELU, NAME};

/// Name of the bias of a layer that has none.
const NO_BIAS: &str = "QuantizedLinear:no bias";

/// `Mul(Cast(MatMulInteger(q, weights, …)), Mul(scale of q, scale of weights))` with `q` from `DynamicQuantizeLinear`.
pub fn product(graph: &mut Graph, mul: &NodeProto) -> Option<NodeProto> {
    if mul.op_type != "Mul" {
        return None;
    }
    let (cast, scales) = graph.either(mul, |value| graph.made_by(value, "Cast"))?;
    let product = graph.made_by(cast.input.first()?, "MatMulInteger")?;
    let [quantized, weights, zero_points @ ..] = product.input.as_slice() else { return None };
    let quantize = graph.made_by(quantized, "DynamicQuantizeLinear")?;
    let [x] = quantize.input.as_slice() else { return None };
    let [of_q, scale_of_q, zero_of_q] = quantize.output.as_slice() else { return None };
    if of_q != quantized || zero_points.first() != Some(zero_of_q) {
        return None;
    }
    let scales = graph.made_by(scales, "Mul")?;
    let ((), scale) = graph.either(scales, |value| (value == scale_of_q).then_some(()))?;
    let (x, scale, weights) = (x.clone(), scale.to_owned(), weights.clone());
    let zero_point = zero_points.get(1).filter(|name| !name.is_empty()).cloned();
    linear(graph, mul, x, weights, scale, zero_point)
}

/// `MatMul(x, DequantizeLinear(weights, …))`, or the same as a `Gemm` whose weights are not transposed.
pub fn float_product(graph: &mut Graph, node: &NodeProto) -> Option<NodeProto> {
    let plain_gemm = |node: &NodeProto| {
        let is_one = |name| attribute(node, name).is_none_or(|factor| (factor.f - 1.0).abs() < f32::EPSILON);
        let flag = |name| attribute(node, name).is_some_and(|flag| flag.i != 0);
        is_one("alpha") && is_one("beta") && !flag("transA") && !flag("transB")
    };
    let is_product = node.op_type == "MatMul" || node.op_type == "Gemm" && plain_gemm(node);
    let (true, [x, weights, bias @ ..]) = (is_product, node.input.as_slice()) else { return None };
    let dequantize = graph.made_by(weights, "DequantizeLinear")?;
    // Scales along the inputs cannot be taken out of the sum.
    let by_column = attribute(dequantize, "axis").is_none_or(|axis| axis.i == 1 || axis.i == -1);
    let [weights, scale, zero_point @ ..] = dequantize.input.as_slice() else { return None };
    if !by_column && graph.scalar(scale).is_none() {
        return None;
    }
    let (x, scale, weights) = (x.clone(), scale.clone(), weights.clone());
    let zero_point = zero_point.first().filter(|name| !name.is_empty()).cloned();
    let mut linear = linear(graph, node, x, weights, scale, zero_point)?;
    if let Some(bias) = bias.first() {
        graph.constant(bias)?;
        linear.input[4].clone_from(bias);
    }
    Some(linear)
}

/// The layer that computes what `node` does, without a bias; nothing where a part of it is not fixed.
fn linear(
    graph: &mut Graph,
    node: &NodeProto,
    x: String,
    weights: String,
    scale: String,
    zero_point: Option<String>,
) -> Option<NodeProto> {
    let tensor = graph.constant(&weights)?;
    let is_int8 = tensor.data_type == DataType::Int8 as i32 || tensor.data_type == DataType::Uint8 as i32;
    let zero = zero(&format!("QuantizedLinear:no zero point:{}", tensor.data_type), tensor.data_type);
    if !is_int8 || tensor.dims.len() != 2 {
        return None;
    }
    graph.constant(&scale)?;
    let zero_point = zero_point.unwrap_or_else(|| graph.add_constant(zero));
    graph.constant(&zero_point)?;
    let bias = graph.add_constant(self::zero(NO_BIAS, DataType::Float as i32));
    Some(graph::node(NAME, vec![x, weights, scale, zero_point, bias], node.output.first()?, vec![integer(GELU, 0)]))
}

/// The number 0 as a tensor.
fn zero(name: &str, data_type: i32) -> TensorProto {
    let bytes = if data_type == DataType::Float as i32 { 4 } else { 1 };
    TensorProto { name: name.to_owned(), data_type, raw_data: vec![0; bytes].into(), ..TensorProto::default() }
}

/// A layer without a bias to which a row of constants is added.
pub fn bias(graph: &mut Graph, add: &NodeProto) -> Option<NodeProto> {
    if add.op_type != "Add" {
        return None;
    }
    let bare = |value: &str| graph.made_by(value, NAME).filter(|layer| layer.input[4] == NO_BIAS && !has_gelu(layer));
    let (layer, bias) = graph.either(add, bare)?;
    let columns = *graph.constant(&layer.input[1])?.dims.last()?;
    if graph.constant(bias)?.dims != [columns] {
        return None;
    }
    let mut layer = renamed(layer, add)?;
    bias.clone_into(&mut layer.input[4]);
    Some(layer)
}

/// A layer followed by x · (1 + erf(x / √2)) / 2, its factors in any order.
pub fn gelu(graph: &mut Graph, last: &NodeProto) -> Option<NodeProto> {
    if last.op_type != "Mul" && last.op_type != "Gelu" {
        return None;
    }
    let x = match last.op_type.as_str() {
        "Gelu" if attribute(last, "approximate").is_none_or(|how| how.s == b"none") => last.input.first()?.clone(),
        "Mul" => gelu_input(graph, last)?,
        _ => return None,
    };
    let layer = graph.made_by(&x, NAME).filter(|layer| !has_gelu(layer))?;
    let mut layer = renamed(layer, last)?;
    layer.attribute = vec![integer(GELU, 1)];
    Some(layer)
}

/// The x of a spelled-out GELU that ends in this product.
fn gelu_input(graph: &Graph, last: &NodeProto) -> Option<String> {
    let half = |value: &str| is_near(graph.scalar(value)?, 0.5).then_some(());
    let one_plus_erf = |value: &str| {
        let add = graph.made_by(value, "Add")?;
        let ((), erf) = graph.either(add, |value| is_near(graph.scalar(value)?, 1.0).then_some(()))?;
        erf_input(graph, graph.made_by(erf, "Erf")?)
    };
    let half_of = |value: &str| {
        let mul = graph.made_by(value, "Mul")?;
        graph.either(mul, half).map(|((), other)| other.to_owned())
    };
    // (x · (1 + erf)) · ½
    if let Some(((), product)) = graph.either(last, half) {
        let product = graph.made_by(product, "Mul")?;
        let (x, other) = graph.either(product, one_plus_erf)?;
        return (x == other).then_some(x);
    }
    // (x · ½) · (1 + erf), or x · ((1 + erf) · ½)
    if let Some((x, other)) = graph.either(last, one_plus_erf) {
        return (half_of(other)? == x).then_some(x);
    }
    let (x, other) = graph.either(last, |value| one_plus_erf(&half_of(value)?))?;
    (x == other).then_some(x)
}

/// The x of erf(x / √2).
fn erf_input(graph: &Graph, erf: &NodeProto) -> Option<String> {
    let scaled = graph.producer(erf.input.first()?)?;
    let [x, by] = scaled.input.as_slice() else { return None };
    let factor = graph.scalar(by)?;
    let good = match scaled.op_type.as_str() {
        "Div" => is_near(factor, std::f32::consts::SQRT_2),
        "Mul" => is_near(factor, std::f32::consts::FRAC_1_SQRT_2),
        _ => false,
    };
    good.then(|| x.clone())
}

/// Exporters print constants with six or more digits.
fn is_near(value: f32, wanted: f32) -> bool {
    (value - wanted).abs() < 1e-5
}

fn has_gelu(layer: &NodeProto) -> bool {
    attribute(layer, GELU).is_some_and(|gelu| gelu.i == 1)
}

/// The layer under the name and the output of a node after it.
fn renamed(layer: &NodeProto, node: &NodeProto) -> Option<NodeProto> {
    Some(NodeProto { output: vec![node.output.first()?.clone()], name: node.output.first()?.clone(), ..layer.clone() })
}
