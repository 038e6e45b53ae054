//! DeBERTa's disentangled attention, from the reshaping of query, key and value to that of the result.
//!
//! Which row of the position tables belongs to which distance is not assumed ([`distance::rows`]).

use super::{
    attention::{permutation, sizes},
    distance::{self, REACH},
    graph::{self, Graph, attribute, float, integer, ints},
    mask,
};
use crate::onnx::{NodeProto, tensor_proto::DataType};
use crate::op::{
    disentangled_attention::{DIVISOR, HEADS, NAME, PER_DEPTH, ROWS},
    layer_norm,
};

/// `[1, tokens, heads, depth]` to `[1, heads, tokens, depth]` and back.
const SWAP: [i64; 4] = [0, 2, 1, 3];
/// The last two axes of three exchanged.
const TURN: [i64; 3] = [0, 2, 1];
/// Masked scores are set to this or less.
const MASKED: f32 = -1e4;

/// `Reshape(Transpose(Reshape(softmax(scores) · value)))`, the scores a sum of three products, each divided by the same:
/// query · keyᵀ, and two of which the distance's elements are gathered, query · position keysᵀ and, turned, key ·
/// position queriesᵀ.
pub fn disentangled_attention(graph: &mut Graph, reshape: &NodeProto) -> Option<NodeProto> {
    if reshape.op_type != "Reshape" {
        return None;
    }
    let transpose = permutation(graph, reshape.input.first()?, &SWAP)?;
    let product = graph.made_by(graph.past(transpose.input.first()?, &["Reshape"])?, "MatMul")?;
    let [weights, value] = product.input.as_slice() else { return None };
    let value = split_heads(graph, value)?;
    let scores = masked(graph, softmax_input(graph, graph.past(weights, &["Reshape"])?)?)?;
    let mut terms = Terms::default();
    for summand in graph.summands(graph.past(scores, &["Reshape"])?) {
        terms.take(graph, summand)?;
    }
    let (content, of_query, of_key) = (terms.content?, terms.of_query?, terms.of_key?);
    let alike = content.left.rows == of_query.left.rows
        && content.right.rows == of_key.left.rows
        && [&content.left, &content.right, &of_query.right, &of_key.right].iter().all(|side| side.heads == value.heads)
        && [&of_query, &of_key].iter().all(|term| term.divisor == content.divisor);
    let distances: Vec<i64> = (-REACH..=REACH).collect();
    let backwards: Vec<i64> = (-REACH..=REACH).rev().collect();
    let rows = distance::rows(graph, &of_query.index?, distances)?;
    if !alike || rows != distance::rows(graph, &of_key.index?, backwards)? {
        return None;
    }
    let (divisor, per_depth) = content.divisor;
    let mut input = vec![content.left.rows, content.right.rows, value.rows];
    match (float_layer(graph, &of_query.right.rows), float_layer(graph, &of_key.right.rows)) {
        (Some([of_keys, keys @ ..]), Some([of_queries, queries @ ..])) => {
            input.extend([of_keys, of_queries].into_iter().chain(keys).chain(queries));
        }
        _ => input.extend([of_query.right.rows, of_key.right.rows]),
    }
    let attributes = vec![
        integer(HEADS, value.heads),
        float(DIVISOR, divisor),
        integer(PER_DEPTH, per_depth.into()),
        ints(ROWS, rows),
    ];
    Some(graph::node(NAME, input, reshape.output.first()?, attributes))
}

/// `x · marks` where x is a layer's normalised output: the marks of padding, one a token, are all 1.
pub fn unpadded(graph: &mut Graph, node: &NodeProto) -> Option<NodeProto> {
    if node.op_type != "Mul" {
        return None;
    }
    let marks = |value: &str| (graph.past(value, &["Cast", "Unsqueeze"])? == mask::INPUT).then_some(());
    let ((), x) = graph.either(node, marks)?;
    graph.made_by(x, layer_norm::NAME)?;
    Some(graph::node("Identity", vec![x.to_owned()], node.output.first()?, Vec::new()))
}

/// Rows split into heads.
#[derive(Clone)]
struct Side {
    rows: String,
    heads: i64,
}

/// One product of the sum.
struct Term {
    left: Side,
    right: Side,
    /// What it is divided by, or with `true` the root of so many times the depth.
    divisor: (f32, bool),
    /// Which elements are taken of each row, where not all are.
    index: Option<String>,
}

/// The three products.
#[derive(Default)]
struct Terms {
    content: Option<Term>,
    /// Of query and position keys.
    of_query: Option<Term>,
    /// Of key and position queries.
    of_key: Option<Term>,
}

impl Terms {
    /// Takes one summand; nothing where it is of another form or has been there before.
    fn take(&mut self, graph: &Graph, summand: &str) -> Option<()> {
        if graph.scalar(summand) == Some(0.0) {
            return Some(());
        }
        let (inner, outer_divisor) = divided(graph, summand);
        let (inner, is_turned) = turned(graph, inner);
        let (inner, inner_divisor) = divided(graph, inner);
        let (inner, index) = match graph.made_by(inner, "GatherElements") {
            Some(gather) => {
                let [from, index] = gather.input.as_slice() else { return None };
                let last = attribute(gather, "axis").is_some_and(|axis| axis.i == -1 || axis.i == 2);
                (last.then_some(from.as_str())?, Some(index.clone()))
            }
            None => (inner, None),
        };
        let product = graph.made_by(inner, "MatMul")?;
        let [left, right] = product.input.as_slice() else { return None };
        // The right side is turned; it may be divided before or after that.
        let (right, first_divisor) = divided(graph, right);
        let (right, true) = turned(graph, right) else { return None };
        let (right, second_divisor) = divided(graph, right);
        let divisors = [outer_divisor, inner_divisor, first_divisor, second_divisor];
        let mut divisors = divisors.into_iter().flatten();
        let (divisor, None) = (divisors.next()?, divisors.next()) else { return None };
        let (left, right) = (split_heads(graph, left)?, split_heads(graph, right)?);
        let place = match (&index, is_turned) {
            (None, false) => &mut self.content,
            (Some(_), false) => &mut self.of_query,
            (Some(_), true) => &mut self.of_key,
            (None, true) => return None,
        };
        let is_first = place.is_none();
        *place = Some(Term { left, right, divisor, index });
        is_first.then_some(())
    }
}

/// What the weights are the softmax of, over the last axis; older exports then set masked weights to 0.
fn softmax_input<'a>(graph: &'a Graph, weights: &'a str) -> Option<&'a str> {
    let weights = match graph.made_by(weights, "Where").map(|node| node.input.as_slice()) {
        Some([mask, zero, rest]) if graph.scalar(zero) == Some(0.0) && only_of_mask(graph, mask) => rest,
        _ => weights,
    };
    let softmax = graph.made_by(weights, "Softmax")?;
    let last = attribute(softmax, "axis").is_none_or(|axis| axis.i == -1 || axis.i == 3);
    last.then(|| softmax.input.first().map(String::as_str))?
}

/// The scores of which those of padding are set very low.
fn masked<'a>(graph: &'a Graph, value: &'a str) -> Option<&'a str> {
    let [mask, low, scores] = graph.made_by(value, "Where")?.input.as_slice() else { return None };
    let is_mask = graph.scalar(low).is_some_and(|low| low <= MASKED) && only_of_mask(graph, mask);
    is_mask.then_some(scores)
}

/// Whether a value depends on the marks of padding alone. No pair is padded: such a mask hides nothing.
fn only_of_mask(graph: &Graph, value: &str) -> bool {
    if value == mask::INPUT || graph.constant(value).is_some() {
        return true;
    }
    graph.producer(value).is_some_and(|node| node.input.iter().all(|input| only_of_mask(graph, input)))
}

/// Takes a division off a value: what was divided, and what by.
fn divided<'a>(graph: &'a Graph, value: &'a str) -> (&'a str, Option<(f32, bool)>) {
    let division = || {
        let [rest, divisor] = graph.made_by(value, "Div")?.input.as_slice() else { return None };
        let divisor =
            graph.scalar(divisor).map(|divisor| (divisor, false)).or_else(|| Some((depths(graph, divisor)?, true)));
        Some((rest.as_str(), Some(divisor?)))
    };
    division().unwrap_or((value, None))
}

/// The number of which times the depth the value is the root, the depth read off the last axis of split rows.
fn depths(graph: &Graph, value: &str) -> Option<f32> {
    let root = graph.made_by(graph.past(value, &["Cast"])?, "Sqrt")?;
    let product = graph.made_by(root.input.first()?, "Mul")?;
    let (times, depth) = graph.either(product, |value| graph.scalar(value))?;
    let slice = graph.made_by(graph.past(depth, &["Cast", "Squeeze"])?, "Slice")?;
    let [shape, start, ..] = slice.input.as_slice() else { return None };
    let of = graph.made_by(shape, "Shape")?.input.first()?;
    (graph.integers(start)? == [-1] && split_heads(graph, turned(graph, of).0).is_some()).then_some(times)
}

/// Takes an exchange of the last two axes off a value, and says whether there was one.
fn turned<'a>(graph: &'a Graph, value: &'a str) -> (&'a str, bool) {
    match permutation(graph, value, &TURN).and_then(|node| node.input.first()) {
        Some(unturned) => (unturned, true),
        None => (value, false),
    }
}

/// Rows split into heads, the heads before the tokens and in the place of the batch; a table of positions is repeated
/// once for each sequence of a batch, which has one.
fn split_heads(graph: &Graph, value: &str) -> Option<Side> {
    let joined = graph.made_by(graph.past(value, &["Tile", "Expand"])?, "Reshape")?;
    if sizes(graph, joined.input.get(1)?)?.len() != 3 {
        return None;
    }
    let swapped = permutation(graph, joined.input.first()?, &SWAP)?;
    let split = graph.made_by(swapped.input.first()?, "Reshape")?;
    let [rows, shape] = split.input.as_slice() else { return None };
    let [_, _, Some(heads), Some(_)] = *sizes(graph, shape)? else { return None };
    Some(Side { rows: rows.clone(), heads })
}

/// The linear layer in floats that makes a table of positions out of constants: what it reads, its weights and its bias.
fn float_layer(graph: &Graph, rows: &str) -> Option<[String; 3]> {
    let (product, bias) = graph.either(graph.made_by(rows, "Add")?, |value| graph.made_by(value, "MatMul"))?;
    let [x, weights] = product.input.as_slice() else { return None };
    let (weights, bias) = (graph.original(weights), graph.original(bias));
    let is_floats = |name: &str, axes: usize| {
        graph.constant(name).is_some_and(|it| it.data_type == DataType::Float as i32 && it.dims.len() == axes)
    };
    (is_fixed(graph, x) && is_floats(weights, 2) && is_floats(bias, 1))
        .then(|| [x.as_str(), weights, bias].map(ToOwned::to_owned))
}

/// Whether a value depends on nothing that a run brings along.
fn is_fixed(graph: &Graph, value: &str) -> bool {
    graph.constant(graph.original(value)).is_some()
        || graph.producer(value).is_some_and(|node| node.input.iter().all(|input| is_fixed(graph, input)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onnx::{GraphProto, ModelProto};
    use prost::Message;
    use std::fs;

    fn model(name: &str) -> ModelProto {
        let file = fs::read(format!("../tests/data/classifiers/{name}.onnx")).unwrap();
        ModelProto::decode(file.as_slice()).unwrap()
    }

    fn rewritten(mut model: ModelProto) -> GraphProto {
        crate::rewrite::rewrite(&mut model);
        model.graph.unwrap()
    }

    fn count(graph: &GraphProto, op_type: &str) -> usize {
        graph.node.iter().filter(|node| node.op_type == op_type).count()
    }

    #[test]
    fn every_layer_of_every_export_is_recognised() {
        for exporter in ["torchscript", "dynamo"] {
            for of in ["f32", "int8"] {
                let graph = rewritten(model(&format!("deberta-{exporter}-{of}")));
                let left = ["GatherElements", "Softmax", "Log", "Range"].map(|op_type| count(&graph, op_type));
                assert_eq!((count(&graph, NAME), left), (2, [0; 4]), "{exporter} {of}");
            }
        }
    }

    /// Else tract keeps every product with the table while it loads.
    #[test]
    fn the_tables_of_positions_are_made_by_the_op() {
        for exporter in ["torchscript", "dynamo"] {
            let graph = rewritten(model(&format!("deberta-{exporter}-f32")));
            let ours = graph.node.iter().filter(|node| node.op_type == NAME);
            assert_eq!(ours.map(|node| node.input.len()).collect::<Vec<_>>(), [9, 9], "{exporter}");
        }
    }

    #[test]
    fn rows_are_those_of_the_logarithmic_buckets() {
        let graph = rewritten(model("deberta-torchscript-f32"));
        let node = graph.node.iter().find(|node| node.op_type == NAME).unwrap();
        let rows = &attribute(node, ROWS).unwrap().ints;
        // Eight buckets, the first four exact, the others up to a distance of 47: 8 + 4 + ceil(ln(d/4) / ln(47/4) · 3).
        let row = |distance: i64| rows[usize::try_from(REACH + distance).unwrap()];
        assert_eq!([-5, -4, -1, 0, 1, 4, 5].map(row), [3, 4, 7, 8, 9, 12, 13]);
        assert_eq!([9, 10, 20, 21, 47, 48, 2047].map(row), [13, 14, 14, 15, 15, 15, 15]);
        assert_eq!([-9, -10, -21, -47, -2047].map(row), [3, 2, 1, 1, 0]);
    }

    /// Another scale for one of the three products is another model than this op computes.
    #[test]
    fn what_differs_in_one_number_is_left_alone() {
        let mut model = model("deberta-dynamo-f32");
        let graph = model.graph.as_mut().unwrap();
        let is_scale = |tensor: &&mut crate::onnx::TensorProto| {
            graph::floats(tensor).is_some_and(|values| values.len() == 1 && (values[0] - 24_f32.sqrt()).abs() < 1e-4)
        };
        let of_division: Vec<String> =
            graph.node.iter().filter(|node| node.op_type == "Div").map(|node| node.input[1].clone()).collect();
        let scale = graph.initializer.iter_mut().find(is_scale).unwrap();
        assert!(of_division.contains(&scale.name));
        let mut other = scale.clone();
        other.name = "other".to_owned();
        other.raw_data = 5_f32.to_le_bytes().to_vec().into();
        let name = scale.name.clone();
        graph.initializer.push(other);
        let division = graph.node.iter_mut().find(|node| node.op_type == "Div" && node.input[1] == name).unwrap();
        division.input[1] = "other".to_owned();
        let graph = rewritten(model);
        assert_eq!((count(&graph, NAME), count(&graph, "Softmax")), (1, 1));
    }
}
