//! Scaled dot-product attention, from the reshaping of query, key and value to that of the result.

use super::{
    distance::{self, REACH},
    graph::{self, Graph, attribute, float, integer, ints},
    mask,
};
use crate::onnx::{NodeProto, tensor_proto::DataType};
use crate::op::{
    attention::{BUCKETS, DEPTH, HEADS, NAME, RELATIVE, SCALE},
    embedding,
};
use std::slice;

/// `[1, tokens, heads, depth]` to `[1, heads, tokens, depth]` and back.
const SWAP: [i64; 4] = [0, 2, 1, 3];
/// `[1, tokens, heads, depth]` to `[1, heads, depth, tokens]`.
const SWAP_AND_TURN: [i64; 4] = [0, 2, 3, 1];
/// `[tokens, tokens, heads]` to `[heads, tokens, tokens]`.
const HEADS_FIRST: [i64; 3] = [2, 0, 1];
/// The last two axes exchanged.
const TURN: [i64; 4] = [0, 1, 3, 2];

/// `Reshape(Transpose(softmax(query · keyᵀ · scale + mask) · value))`, the scale on the product or on its sides; in the place of
/// the mask, what head and distance decide.
pub fn attention(graph: &mut Graph, reshape: &NodeProto) -> Option<NodeProto> {
    if reshape.op_type != "Reshape" {
        return None;
    }
    let transpose = permutation(graph, reshape.input.first()?, &SWAP)?;
    let product = graph.made_by(transpose.input.first()?, "MatMul")?;
    let [weights, value] = product.input.as_slice() else { return None };
    let (value, heads, depth) = split_heads(graph, value, &SWAP)?;
    // -1 stands for whatever is left: one of the number of heads and their depth, and the heads side by side.
    let width = last_size(graph, reshape.input.get(1)?)?;
    let fits = match (heads > 0, depth > 0) {
        (true, true) => width == -1 || width == heads * depth,
        (true, false) => width == -1 || width % heads == 0,
        (false, true) => width == -1 || width % depth == 0,
        (false, false) => false,
    };
    if !fits {
        return None;
    }
    let (scores, added) = added(graph, softmax_input(graph, weights)?)?;
    let is_alone = added.len() == 1;
    let (mut positions, mut masks) = (Vec::new(), Vec::new());
    for value in added {
        match relative(graph, &value) {
            Some(found) => positions.push(found),
            None if mask::adds_nothing(graph, &value) => {}
            None => masks.push(value),
        }
    }
    let (scores, scale) = scaled(graph, &scores);
    let scores = graph.made_by(&scores, "MatMul")?;
    let [query, key] = scores.input.as_slice() else { return None };
    let (query, of_query) = scaled(graph, query);
    let (key, of_key) = scaled(graph, key);
    let of_query = (split_heads(graph, &query, &SWAP)?, of_query);
    let of_key = (turned_heads(graph, &key)?, of_key);
    let ((query, query_heads, query_depth), query_scale) = of_query;
    let ((key, key_heads, key_depth, inner_scale), key_scale) = of_key;
    if [query_heads, key_heads] != [heads; 2] || [query_depth, key_depth] != [depth; 2] {
        return None;
    }
    let scale = scale * query_scale * key_scale * inner_scale;
    let mut input = vec![query, key, value];
    let mut attributes = vec![integer(HEADS, heads), integer(DEPTH, depth), float(SCALE, scale)];
    let name = match (positions.pop(), masks.pop()) {
        // Of several summands, one that is no mask may be of another shape than a mask's.
        (None, mask) if is_alone || mask.is_none() => {
            input.extend(mask);
            NAME
        }
        (Some(Relative { table, buckets }), None) => {
            input.extend(table);
            attributes.push(ints(BUCKETS, buckets));
            RELATIVE
        }
        _ => return None,
    };
    let is_all = positions.is_empty() && masks.is_empty();
    is_all.then(|| Some(graph::node(name, input, reshape.output.first()?, attributes)))?
}

/// What the weights are the softmax of, over the last axis; some exports put zeros where a whole row is masked.
fn softmax_input<'a>(graph: &'a Graph, weights: &str) -> Option<&'a str> {
    let node = graph.producer(weights)?;
    let softmax = match node.op_type.as_str() {
        "Where" => {
            let [test, zeros, weights] = node.input.as_slice() else { return None };
            let (test, softmax) = (graph.made_by(test, "IsNaN")?, graph.made_by(weights, "Softmax")?);
            (test.input.first() == Some(weights) && graph.scalar(zeros) == Some(0.0)).then_some(softmax)?
        }
        "Softmax" => node,
        _ => return None,
    };
    let last = attribute(softmax, "axis").is_none_or(|axis| axis.i == -1 || axis.i == 3);
    last.then(|| softmax.input.first().map(String::as_str))?
}

/// The product of the two sides, scaled, and what is added to it.
fn added(graph: &Graph, value: &str) -> Option<(String, Vec<String>)> {
    if graph.made_by(&scaled(graph, value).0, "MatMul").is_some() {
        return Some((value.to_owned(), Vec::new()));
    }
    let add = graph.made_by(value, "Add")?;
    let ((scores, mut summands), summand) = graph.either(add, |side| added(graph, side))?;
    summands.push(summand.to_owned());
    Some((scores, summands))
}

/// A summand that head and distance decide: the table it is looked up in, with its scale and zero point where it has them, and
/// the row for each distance, key less query.
struct Relative {
    table: Vec<String>,
    buckets: Vec<i64>,
}

/// `[heads, tokens, tokens]` of the rows that a table of `[buckets, heads]` has for each distance; a table in 8 bits is widened
/// where it is looked up, or where its rows were turned.
fn relative(graph: &Graph, value: &str) -> Option<Relative> {
    let shaped = graph.past(value, &["Expand", "Unsqueeze"])?;
    let (turned, steps) = match graph.made_by(shaped, "DequantizeLinear").map(|node| node.input.as_slice()) {
        Some([turned, steps @ ..]) => (graph.past(turned, &["Unsqueeze"])?, steps),
        _ => (shaped, &[][..]),
    };
    let transpose = permutation(graph, turned, &HEADS_FIRST)?;
    let look_up = graph.producer(transpose.input.first()?)?;
    let (index, table) = match (look_up.op_type.as_str(), look_up.input.as_slice()) {
        (embedding::NAME, [table @ .., index]) => (index, table.to_vec()),
        ("Gather", [table, index]) if attribute(look_up, "axis").is_none_or(|axis| axis.i == 0) => {
            let is_floats = graph.constant(table)?.data_type == DataType::Float as i32;
            (is_floats == steps.is_empty()).then(|| (index, [slice::from_ref(table), steps].concat()))?
        }
        _ => return None,
    };
    let (values, steps) = table.split_first()?;
    let is_one = |name: &String| graph.constant(name).is_some_and(|tensor| tensor.dims.iter().product::<i64>() == 1);
    if graph.constant(values)?.dims.len() != 2 || !steps.iter().all(is_one) {
        return None;
    }
    // A query less its key, from the greatest to the least.
    let buckets = distance::rows(graph, index, (-REACH..=REACH).rev().collect())?;
    Some(Relative { table, buckets })
}

/// Takes constant factors off a value: what is left, and their product.
fn scaled(graph: &Graph, value: &str) -> (String, f32) {
    let factor = |node: &NodeProto| match (node.op_type.as_str(), node.input.as_slice()) {
        ("Mul", _) => graph.either(node, |value| graph.scalar(value)).map(|(factor, rest)| (rest.to_owned(), factor)),
        ("Div", [rest, divisor]) => graph.scalar(divisor).map(|divisor| (rest.clone(), 1.0 / divisor)),
        _ => None,
    };
    match graph.producer(value).and_then(factor) {
        Some((rest, factor)) => {
            let (rest, more) = scaled(graph, &rest);
            (rest, factor * more)
        }
        None => (value.to_owned(), 1.0),
    }
}

/// Query or value split into heads: the rows they come from, the number of heads and their depth, as the graph says them.
fn split_heads(graph: &Graph, value: &str, by: &[i64; 4]) -> Option<(String, i64, i64)> {
    let transpose = permutation(graph, value, by)?;
    let reshape = graph.made_by(transpose.input.first()?, "Reshape")?;
    let [rows, shape] = reshape.input.as_slice() else { return None };
    let [.., heads, depth] = *sizes(graph, shape)? else { return None };
    Some((rows.clone(), heads?, depth?))
}

/// Keys split into heads and turned, in one step or in two with a factor between them.
fn turned_heads(graph: &Graph, value: &str) -> Option<(String, i64, i64, f32)> {
    if let Some((rows, heads, depth)) = split_heads(graph, value, &SWAP_AND_TURN) {
        return Some((rows, heads, depth, 1.0));
    }
    let unturned = permutation(graph, value, &TURN).or_else(|| turned_flat(graph, value))?;
    let (unturned, factor) = scaled(graph, unturned.input.first()?);
    split_heads(graph, &unturned, &SWAP).map(|(rows, heads, depth)| (rows, heads, depth, factor))
}

/// What some exports make of a turn: heads joined with the batch, the last two of three axes exchanged, heads split off
/// again. The node that joins them.
fn turned_flat<'a>(graph: &'a Graph, value: &str) -> Option<&'a NodeProto> {
    let split = graph.made_by(value, "Reshape")?;
    let transpose = graph.made_by(split.input.first()?, "Transpose")?;
    attribute(transpose, "perm").filter(|perm| perm.ints == [0, 2, 1])?;
    graph.made_by(transpose.input.first()?, "Reshape")
}

/// The node that computes a value by exchanging axes in this way.
pub fn permutation<'a>(graph: &'a Graph, value: &str, wanted: &[i64]) -> Option<&'a NodeProto> {
    graph.made_by(value, "Transpose").filter(|node| attribute(node, "perm").is_some_and(|perm| perm.ints == wanted))
}

/// The sizes in a shape, those that are fixed: of a constant, or of numbers put side by side.
pub fn sizes(graph: &Graph, shape: &str) -> Option<Vec<Option<i64>>> {
    if let Some(sizes) = graph.integers(shape) {
        return Some(sizes.into_iter().map(Some).collect());
    }
    let concat = graph.made_by(shape, "Concat")?;
    let size = |value: &String| match graph.integers(value).as_deref() {
        Some(&[size]) => Some(size),
        _ => None,
    };
    Some(concat.input.iter().map(size).collect())
}

fn last_size(graph: &Graph, shape: &str) -> Option<i64> {
    sizes(graph, shape)?.pop()?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        onnx::{GraphProto, ModelProto},
        rewrite::rewrite,
    };
    use prost::Message;

    fn rewritten(name: &str) -> GraphProto {
        let file = std::fs::read(format!("../tests/data/classifiers/{name}.onnx")).unwrap();
        let mut model = ModelProto::decode(file.as_slice()).unwrap();
        rewrite(&mut model);
        model.graph.unwrap()
    }

    #[test]
    fn every_layer_with_relative_positions_is_recognised() {
        for name in ["torchscript-f32", "torchscript-f16", "torchscript-int8", "dynamo-f32", "dynamo-int8"] {
            let graph = rewritten(&format!("mpnet-{name}"));
            let count = |op_type: &str| graph.node.iter().filter(|node| node.op_type == op_type).count();
            assert_eq!([RELATIVE, NAME, "Softmax", "Log", "Range"].map(count), [2, 0, 0, 0, 0], "{name}");
        }
    }

    #[test]
    fn buckets_are_those_of_the_published_model() {
        let graph = rewritten("mpnet-torchscript-f32");
        let node = graph.node.iter().find(|node| node.op_type == RELATIVE).unwrap();
        let buckets = &attribute(node, BUCKETS).unwrap().ints;
        // Sixteen to either side, eight of them exact, the others up to a distance of 128: 8 + ⌊8 · ln(d/8) / ln 16⌋.
        let bucket = |ahead: i64| buckets[usize::try_from(REACH + ahead).unwrap()];
        assert_eq!([0, -1, -7, -8, -11, -12, -127, -128, -2047].map(bucket), [0, 1, 7, 8, 8, 9, 15, 15, 15]);
        assert_eq!([1, 7, 8, 12, 2047].map(bucket), [17, 23, 24, 25, 31]);
    }
}
