//! `RoBERTa` counts its tokens to place them.

use super::graph::{Graph, attribute};
use crate::onnx::{NodeProto, tensor_proto::DataType};

/// A running sum of numbers that were widened from 32 to 64 bits only for it: taken of the narrow ones. tract reads a
/// cast to 64 bits as one to sizes of tensors, which it cannot sum.
pub fn running_sum(graph: &mut Graph, node: &NodeProto) -> Option<NodeProto> {
    if node.op_type != "CumSum" {
        return None;
    }
    let cast_to = |value: &str, to: DataType| {
        graph.made_by(value, "Cast").filter(|cast| attribute(cast, "to").is_some_and(|given| given.i == to as i64))
    };
    let [widened, axis] = node.input.as_slice() else { return None };
    let narrow = cast_to(widened, DataType::Int64)?.input.first()?;
    cast_to(narrow, DataType::Int32)?;
    Some(NodeProto { input: vec![narrow.clone(), axis.clone()], ..node.clone() })
}
