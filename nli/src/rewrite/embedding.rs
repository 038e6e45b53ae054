//! Look-ups in int8 tables: the rows are widened after the look-up, never the table.

use super::graph::{self, Graph, attribute};
use crate::onnx::{NodeProto, tensor_proto::DataType};
use crate::op::embedding::NAME;

/// `DequantizeLinear(Gather(table, ids), …)` or `Gather(DequantizeLinear(table, …), ids)`.
pub fn embedding(graph: &mut Graph, node: &NodeProto) -> Option<NodeProto> {
    let (gather, dequantize, table) = match node.op_type.as_str() {
        "DequantizeLinear" => {
            let gather = graph.made_by(node.input.first()?, "Gather")?;
            // One scale for the whole table: any other is looked up beside it.
            graph.scalar(node.input.get(1)?)?;
            (gather, node, gather.input.first()?)
        }
        "Gather" => {
            let dequantize = graph.made_by(node.input.first()?, "DequantizeLinear")?;
            let by_row = attribute(dequantize, "axis").is_some_and(|axis| axis.i == 0);
            if !by_row {
                graph.scalar(dequantize.input.get(1)?)?;
            }
            (node, dequantize, dequantize.input.first()?)
        }
        _ => return None,
    };
    let [_, ids] = gather.input.as_slice() else { return None };
    let [_, scale, zero_point] = dequantize.input.as_slice() else { return None };
    let tensor = graph.constant(table)?;
    let is_int8 = tensor.data_type == DataType::Int8 as i32 || tensor.data_type == DataType::Uint8 as i32;
    let rows = attribute(gather, "axis").is_none_or(|axis| axis.i == 0);
    if !is_int8 || !rows || tensor.dims.len() != 2 {
        return None;
    }
    graph.constant(scale)?;
    graph.constant(zero_point)?;
    let input = [table, scale, zero_point, ids].map(Clone::clone).to_vec();
    Some(graph::node(NAME, input, node.output.first()?, Vec::new()))
}
