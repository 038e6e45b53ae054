//! Layer normalisation: as one node (opset 17 and later) or spelled out, with the sum before it.

use super::graph::{self, Graph, attribute, float};
use crate::nli::onnx::NodeProto;
use crate::nli::op::{attention, layer_norm, linear};

/// ONNX's default for `LayerNormalization`.
const DEFAULT_EPSILON: f32 = 1e-5;

/// `LayerNormalization` over the last axis, or the ten nodes it stands for, of an input or of a sum of two.
pub fn layer_norm(graph: &mut Graph, node: &NodeProto) -> Option<NodeProto> {
    let (x, scale, shift, epsilon) = match node.op_type.as_str() {
        "LayerNormalization" => one_node(node)?,
        "Add" => spelled_out(graph, node)?,
        _ => return None,
    };
    for value in [&scale, &shift] {
        if graph.constant(value)?.dims.len() != 1 {
            return None;
        }
    }
    let mut input = vec![scale, shift];
    match sum_of_hidden(graph, &x) {
        Some(summands) => input.extend(summands),
        None => input.push(x),
    }
    Some(graph::node(layer_norm::NAME, input, node.output.first()?, vec![float(layer_norm::EPSILON, epsilon)]))
}

fn one_node(node: &NodeProto) -> Option<(String, String, String, f32)> {
    let [x, scale, shift] = node.input.as_slice() else { return None };
    // Mean and deviation as further outputs are computed by tract's own operator.
    let last_axis = attribute(node, "axis").is_none_or(|axis| axis.i == -1);
    let epsilon = attribute(node, "epsilon").map_or(DEFAULT_EPSILON, |epsilon| epsilon.f);
    (last_axis && node.output.len() == 1).then(|| (x.clone(), scale.clone(), shift.clone(), epsilon))
}

/// `(x - mean) / sqrt(mean((x - mean)²) + epsilon) · scale + shift`.
fn spelled_out(graph: &Graph, add: &NodeProto) -> Option<(String, String, String, f32)> {
    let constant = |value: &str| graph.constant(value).map(|_| value.to_owned());
    let (shift, scaled) = graph.either(add, constant)?;
    let (scale, normal) = graph.either(graph.made_by(scaled, "Mul")?, constant)?;
    let divide = graph.made_by(normal, "Div")?;
    let [centred, deviation] = divide.input.as_slice() else { return None };
    let subtract = graph.made_by(centred, "Sub")?;
    let [x, mean] = subtract.input.as_slice() else { return None };
    if mean_of(graph, mean)? != *x {
        return None;
    }
    let root = graph.made_by(deviation, "Sqrt")?;
    let variance = graph.made_by(root.input.first()?, "Add")?;
    let (epsilon, variance) = graph.either(variance, |value| graph.scalar(value))?;
    let square = graph.producer(mean_of(graph, variance)?)?;
    let squares = match (square.op_type.as_str(), square.input.as_slice()) {
        ("Pow", [base, exponent]) => base == centred && graph.scalar(exponent) == Some(2.0),
        ("Mul", [a, b]) => a == centred && b == centred,
        _ => false,
    };
    squares.then(|| (x.clone(), scale, shift, epsilon))
}

/// What a value is the mean of, over the last axis.
fn mean_of<'a>(graph: &'a Graph, value: &str) -> Option<&'a str> {
    let mean = graph.made_by(value, "ReduceMean")?;
    let axes = match mean.input.get(1) {
        Some(axes) => graph.integers(axes)?,
        None => attribute(mean, "axes")?.ints.clone(),
    };
    let keeps = attribute(mean, "keepdims").is_none_or(|keeps| keeps.i == 1);
    (axes == [-1] && keeps).then(|| mean.input.first().map(String::as_str))?
}

/// The two summands of a value, where both are known to be whole layers' outputs and so of one shape.
fn sum_of_hidden(graph: &Graph, value: &str) -> Option<[String; 2]> {
    let add = graph.made_by(value, "Add")?;
    let [a, b] = add.input.as_slice() else { return None };
    let hidden = |value: &str| {
        let makers = [linear::NAME, layer_norm::NAME, attention::NAME];
        graph.producer(value).is_some_and(|node| makers.contains(&node.op_type.as_str()))
    };
    (hidden(a) && hidden(b)).then(|| [a.clone(), b.clone()])
}
