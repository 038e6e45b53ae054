//! A classifier's head reads the first token alone: what the last layer would compute of the others is left out. Of six
//! layers that is an eighth of all multiplications.

use super::graph::{self, attribute, integer, integers};
use crate::onnx::{GraphProto, NodeProto, TensorProto, tensor_proto::DataType};
use crate::op::{attention, disentangled_attention, layer_norm, linear};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Name of the constant that the inserted nodes take their row by.
const FIRST: &str = "probatum/first";
/// The axis of tokens, of values shaped `[1, tokens, width]`.
const TOKENS: i64 = 1;

/// Makes every node compute the first token only, whose other tokens nothing reads. Nodes that need all tokens of what
/// they read (keys and values) end the search; in front of the others a `Gather` takes the first row.
pub fn first_token_alone(graph: &mut GraphProto) {
    let narrow = narrow_nodes(graph);
    let whole: HashSet<String> = graph
        .node
        .iter()
        .zip(&narrow)
        .filter(|(_, narrow)| !**narrow)
        .flat_map(|(node, _)| node.output.clone())
        .collect();
    let mut taken = HashSet::new();
    let mut nodes = Vec::new();
    for (mut node, narrow) in std::mem::take(&mut graph.node).into_iter().zip(narrow) {
        for input in rows_read(&node).filter(|_| narrow).unwrap_or_default() {
            let value = &mut node.input[input];
            if whole.contains(value.as_str()) {
                let first = format!("{FIRST}/{value}");
                if taken.insert(first.clone()) {
                    let axis = vec![integer("axis", TOKENS)];
                    nodes.push(graph::node("Gather", vec![value.clone(), FIRST.to_owned()], &first, axis));
                }
                *value = first;
            }
        }
        nodes.push(node);
    }
    graph.node = nodes;
    if !taken.is_empty() {
        let data_type = DataType::Int64 as i32;
        let first = TensorProto {
            name: FIRST.to_owned(),
            dims: vec![1],
            data_type,
            int64_data: vec![0],
            ..TensorProto::default()
        };
        graph.initializer.push(first);
    }
}

/// For each node whether its first token is all that is read of it, and it can compute that one alone.
fn narrow_nodes(graph: &GraphProto) -> Vec<bool> {
    let kept: HashSet<&str> = graph.output.iter().map(|output| output.name.as_str()).collect();
    let mut readers: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, node) in graph.node.iter().enumerate() {
        node.input.iter().for_each(|input| readers.entry(input).or_default().push(at));
    }
    let mut narrow = vec![false; graph.node.len()];
    for (at, node) in graph.node.iter().enumerate().rev() {
        let [output] = node.output.as_slice() else { continue };
        let reads_first = |&reader: &usize| {
            let node = &graph.node[reader];
            takes_first(graph, node) || narrow[reader] && reads_rows_only(node, output)
        };
        let all_read_first = readers.get(output.as_str()).is_some_and(|readers| readers.iter().all(reads_first));
        narrow[at] = rows_read(node).is_some() && !kept.contains(output.as_str()) && all_read_first;
    }
    narrow
}

/// Which inputs a node reads token by token, each token of its output from the same token of theirs.
fn rows_read(node: &NodeProto) -> Option<Range<usize>> {
    match node.op_type.as_str() {
        linear::NAME | attention::NAME | attention::RELATIVE | disentangled_attention::NAME => Some(0..1),
        layer_norm::NAME => Some(2..node.input.len()),
        _ => None,
    }
}

/// Whether a node reads a value token by token and in no other way.
fn reads_rows_only(node: &NodeProto, value: &str) -> bool {
    let rows = rows_read(node).unwrap_or_default();
    node.input.iter().enumerate().all(|(at, input)| input != value || rows.contains(&at))
}

/// Whether a node picks the first token.
fn takes_first(graph: &GraphProto, node: &NodeProto) -> bool {
    let is_first = |index: &String| {
        let constant = graph.initializer.iter().find(|tensor| tensor.name == *index);
        constant.and_then(integers).is_some_and(|index| index == [0])
    };
    node.op_type == "Gather"
        && attribute(node, "axis").is_some_and(|axis| axis.i == TOKENS)
        && node.input.get(1).is_some_and(is_first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{onnx::ModelProto, rewrite::rewrite};
    use prost::Message;

    fn shipped() -> GraphProto {
        let file = std::fs::read("../www/models/probatum-nli-1/model.onnx").unwrap();
        let mut model = ModelProto::decode(file.as_slice()).unwrap();
        rewrite(&mut model);
        model.graph.unwrap()
    }

    #[test]
    fn the_last_layer_computes_one_token() {
        let graph = shipped();
        let picked = |node: &&NodeProto| node.op_type == "Gather" && node.input[1] == FIRST;
        assert_eq!(graph.node.iter().filter(picked).count(), 1);
        // Of the last layer query, output and both halves of the block after it; of the head nothing is left to narrow.
        let narrow = narrow_nodes(&graph);
        let names = graph.node.iter().zip(narrow).filter(|(_, narrow)| *narrow).map(|(node, _)| node.op_type.as_str());
        assert_eq!(names.filter(|name| *name == linear::NAME).count(), 4);
    }

    #[test]
    fn a_value_that_is_read_whole_stays_whole() {
        let mut graph = shipped();
        let picked = graph.node.iter().rfind(|node| takes_first(&graph, node)).unwrap().input[0].clone();
        graph.output.push(crate::onnx::ValueInfoProto { name: picked, ..Default::default() });
        assert!(!narrow_nodes(&graph).contains(&true));
    }
}
