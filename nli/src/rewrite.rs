//! Rewrites an ONNX graph before tract reads it: groups of nodes become the engine's own operators ([`super::op`]).
//!
//! Exporters spell one linear layer of an int8 model in five nodes and one attention in twenty. Each rule looks at one
//! node, follows its inputs, and answers the node that computes the same in one step, or nothing. A rule that does not
//! recognise every part of its pattern leaves the graph alone, and tract runs the nodes as they are. Nodes that nothing
//! reads any more are dropped at the end.

mod attention;
mod deberta;
mod distance;
mod embedding;
mod first_token;
mod graph;
mod half;
mod layer_norm;
mod linear;
mod mask;
mod positions;
mod shared_input;

use crate::onnx::{ModelProto, NodeProto};
use graph::Graph;

/// A rule: the node that replaces the given one, or nothing.
type Rule = fn(&mut Graph, &NodeProto) -> Option<NodeProto>;

/// In the order in which they are tried on each node, from the graph's inputs to its output.
const RULES: [Rule; 10] = [
    linear::product,
    linear::float_product,
    linear::bias,
    linear::gelu,
    layer_norm::layer_norm,
    embedding::embedding,
    attention::attention,
    deberta::disentangled_attention,
    deberta::unpadded,
    positions::running_sum,
];

/// Rewrites a model's graph in place.
pub fn rewrite(model: &mut ModelProto) {
    let Some(graph) = &mut model.graph else { return };
    let own = model.opset_import.iter().find(|opset| opset.domain.is_empty() || opset.domain == "ai.onnx");
    half::widen(graph);
    let mut index = Graph::new(std::mem::take(graph), own.map_or(0, |opset| opset.version));
    for at in 0..index.len() {
        for rule in RULES {
            let node = index.node(at).clone();
            if let Some(replacement) = rule(&mut index, &node) {
                index.replace(at, replacement);
            }
        }
    }
    *graph = index.finish();
    first_token::first_token_alone(graph);
    shared_input::join_layers(graph);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onnx::GraphProto;
    use crate::op;
    use prost::Message;

    fn count(graph: &GraphProto, op_type: &str) -> usize {
        graph.node.iter().filter(|node| node.op_type == op_type).count()
    }

    #[test]
    fn every_layer_of_the_shipped_model_is_recognised() {
        let file = std::fs::read("../www/models/probatum-nli-1/model.onnx").unwrap();
        let mut model = ModelProto::decode(file.as_slice()).unwrap();
        rewrite(&mut model);
        let graph = model.graph.unwrap();
        let ours = [op::linear::NAME, op::layer_norm::NAME, op::attention::NAME, op::embedding::NAME];
        assert_eq!(ours.map(|name| count(&graph, name)), [27, 13, 6, 3]);
        let left = ["MatMulInteger", "DynamicQuantizeLinear", "MatMul", "Softmax", "Erf", "LayerNormalization"];
        assert_eq!(left.map(|name| count(&graph, name)), [0; 6]);
        // Nor is anything left of the mask, which nothing pads.
        assert!(graph.node.iter().all(|node| !node.input.iter().any(|input| input == mask::INPUT)));
        assert_eq!(count(&graph, "Add"), 0);
    }
}
