//! Layer normalisation: as one node (opset 17 and later) or spelled out, with the sum before it.

use super::graph::{self, Graph, attribute, float};
use crate::onnx::NodeProto;
use crate::op::{attention, embedding, layer_norm, linear};

/// The input that holds the tokens.
const IDS: &str = "input_ids";
/// ONNX's default for `LayerNormalization`.
const DEFAULT_EPSILON: f32 = 1e-5;

/// `LayerNormalization` over the last axis, or the ten nodes it stands for, of an input or of a sum.
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
    match summands(graph, &x) {
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

/// The summands of a value, where all are known to be of one length: layers' outputs, or rows looked up, one a token.
fn summands(graph: &Graph, value: &str) -> Option<Vec<String>> {
    let mut found: Vec<String> = graph.summands(value).into_iter().map(str::to_owned).collect();
    let layers = [linear::NAME, layer_norm::NAME, attention::NAME];
    let made_by_one_of = |value: &String, makers: &[&str]| {
        graph.producer(value).is_some_and(|node| makers.contains(&node.op_type.as_str()))
    };
    if found.len() == 2 && found.iter().all(|value| made_by_one_of(value, &layers)) {
        return Some(found);
    }
    // Of tokens, segments and positions, positions may lack the axis of the batch: the tokens' shape counts.
    let tokens = |value: &String| graph.producer(value).is_some_and(|node| node.input.iter().any(|input| input == IDS));
    found.sort_by_key(|value| !tokens(value));
    let looked_up = found.iter().all(|value| made_by_one_of(value, &[embedding::NAME]));
    (looked_up && tokens(found.first()?)).then_some(found)
}
