//! Masks of padding. No pair is padded: a mask that hides nothing but padding adds nothing and is left out.

use super::graph::Graph;
use crate::nli::{
    onnx::{GraphProto, ModelProto, NodeProto, OperatorSetIdProto},
    operators,
};
use tract_hir::prelude::*;

/// The input that marks what is no padding: always one here.
pub const INPUT: &str = "attention_mask";
/// Tokens with which a mask is tried: several, for a mask may also hide what comes later in the sequence.
const TOKENS: usize = 7;

/// Whether an added mask is 0 throughout wherever nothing is padded. It is computed once, from ones; whatever cannot be
/// computed from them and from the number of tokens alone counts as a mask that does something.
pub fn adds_nothing(graph: &Graph, mask: &str) -> bool {
    let nodes = graph.nodes_of(mask);
    if !reads_only_marks(graph, &nodes) {
        return false;
    }
    let opset_import = vec![OperatorSetIdProto { version: graph.opset(), ..OperatorSetIdProto::default() }];
    computed(graph.part(nodes, mask), opset_import).is_ok_and(|mask| mask.iter().all(|&value| value == 0.0))
}

/// Whether all inputs but [`INPUT`] are asked for their size only.
fn reads_only_marks(graph: &Graph, nodes: &[&NodeProto]) -> bool {
    let others: Vec<&String> = graph.inputs().map(|input| &input.name).filter(|&name| name != INPUT).collect();
    let allowed = |name: &String| !others.contains(&name);
    nodes.iter().filter(|node| node.op_type != "Shape").all(|node| node.input.iter().all(allowed))
}

fn computed(part: GraphProto, opset_import: Vec<OperatorSetIdProto>) -> TractResult<Vec<f32>> {
    let inputs = part.input.len();
    let proto = ModelProto { graph: Some(part), opset_import, ..ModelProto::default() };
    let mut model = operators::framework().model(&proto)?;
    for input in 0..inputs {
        model.set_input_fact(input, i64::fact([1, TOKENS]).into())?;
    }
    let ones = Tensor::from_shape(&[1, TOKENS], &[1_i64; TOKENS])?;
    let output = model.into_typed()?.into_runnable()?.run((0..inputs).map(|_| ones.clone().into()).collect())?;
    Ok(output[0].to_plain_array_view::<f32>()?.iter().copied().collect())
}
