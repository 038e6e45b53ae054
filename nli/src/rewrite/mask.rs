//! Masks of padding. No pair is padded: a mask that hides nothing but padding adds nothing and is left out.

use super::graph::Graph;
use crate::{
    onnx::{GraphProto, ModelProto, NodeProto, OperatorSetIdProto, TensorProto, tensor_proto::DataType},
    op::layer_norm,
    operators,
};
use tract_hir::prelude::*;

/// The input that marks what is no padding: always one here.
pub const INPUT: &str = "attention_mask";
/// Tokens with which a mask is tried: several, for a mask may also hide what comes later in the sequence.
const TOKENS: usize = 7;

/// Whether an added mask is 0 throughout wherever nothing is padded. It is computed once for all layers, from ones; whatever
/// cannot be computed from them and from the number of tokens alone counts as a mask that does something.
pub fn adds_nothing(graph: &Graph, mask: &str) -> bool {
    if let Some(&known) = graph.masks.borrow().get(mask) {
        return known;
    }
    let found = is_zero(graph, mask);
    graph.masks.borrow_mut().insert(mask.to_owned(), found);
    found
}

fn is_zero(graph: &Graph, mask: &str) -> bool {
    let hidden = |node: &NodeProto| hidden_asked_for_its_size(graph, node);
    let nodes = graph.nodes_of(mask, |node| hidden(node).is_some());
    if !reads_only_marks(graph, &nodes) {
        return false;
    }
    let mut given: Vec<TensorProto> = nodes.iter().filter_map(|node| hidden(node)).collect();
    given.sort_by(|a, b| a.name.cmp(&b.name));
    given.dedup_by(|a, b| a.name == b.name);
    let opset_import = vec![OperatorSetIdProto { version: graph.opset(), ..OperatorSetIdProto::default() }];
    computed(graph.part(nodes, mask, given), opset_import).is_ok_and(|mask| mask.iter().all(|&value| value == 0.0))
}

/// What a node takes the size of, where that is a layer's output: exporters ask it for the number of tokens. Zeros stand for
/// it.
fn hidden_asked_for_its_size(graph: &Graph, node: &NodeProto) -> Option<TensorProto> {
    let [hidden] = node.input.as_slice() else { return None };
    let scale = graph.made_by(hidden, layer_norm::NAME).filter(|_| node.op_type == "Shape")?.input.first()?;
    let width = *graph.constant(scale)?.dims.first()?;
    let count = TOKENS * usize::try_from(width).ok()?;
    Some(TensorProto {
        name: hidden.clone(),
        dims: vec![1, TOKENS as i64, width],
        data_type: DataType::Float as i32,
        float_data: vec![0.0; count],
        ..TensorProto::default()
    })
}

/// Whether all inputs but [`INPUT`] are asked for their size only.
fn reads_only_marks(graph: &Graph, nodes: &[&NodeProto]) -> bool {
    let others: Vec<&String> = graph.inputs().map(|input| &input.name).filter(|&name| name != INPUT).collect();
    let allowed = |name: &String| !others.contains(&name);
    nodes.iter().filter(|node| node.op_type != "Shape").all(|node| node.input.iter().all(allowed))
}

fn computed(part: GraphProto, opset_import: Vec<OperatorSetIdProto>) -> TractResult<Vec<f32>> {
    let inputs = part.input.len();
    let proto = ModelProto { graph: Some(part), opset_import };
    let mut model = operators::framework().model(&proto)?;
    for input in 0..inputs {
        model.set_input_fact(input, i64::fact([1, TOKENS]).into())?;
    }
    let ones = Tensor::from_shape(&[1, TOKENS], &[1_i64; TOKENS])?;
    let output = model.into_typed()?.into_runnable()?.run((0..inputs).map(|_| ones.clone().into()).collect())?;
    Ok(output[0].to_plain_array_view::<f32>()?.iter().copied().collect())
}
