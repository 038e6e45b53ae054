//! Layers that read the same value become one node: what they read is then made whole numbers only once. Of query, key and
//! value that is so.

use super::graph::attribute;
use crate::onnx::{GraphProto, NodeProto};
use crate::op::linear::{GELU, NAME};
use std::collections::HashMap;

/// Joins the linear layers of each value, but for those that GELU follows.
pub fn join_layers(graph: &mut GraphProto) {
    let mut nodes: Vec<NodeProto> = Vec::new();
    let mut first_of: HashMap<String, usize> = HashMap::new();
    for node in std::mem::take(&mut graph.node) {
        let is_plain = node.op_type == NAME && attribute(&node, GELU).is_none_or(|gelu| gelu.i == 0);
        match node.input.first().filter(|_| is_plain).and_then(|x| first_of.get(x)) {
            Some(&at) => {
                nodes[at].input.extend(node.input.into_iter().skip(1));
                nodes[at].output.extend(node.output);
            }
            None => {
                if let Some(x) = node.input.first().filter(|_| is_plain) {
                    first_of.insert(x.clone(), nodes.len());
                }
                nodes.push(node);
            }
        }
    }
    graph.node = nodes;
}
