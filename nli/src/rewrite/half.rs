//! Half-precision models are computed in f32: every tensor and every cast to f16 becomes one of f32.

use crate::onnx::{AttributeProto, GraphProto, TensorProto, tensor_proto::DataType, type_proto::Value};
use tract_hir::internal::f16;

/// Widens a graph in place.
pub fn widen(graph: &mut GraphProto) {
    graph.initializer.iter_mut().for_each(widen_tensor);
    for info in graph.input.iter_mut().chain(&mut graph.output) {
        if let Some(Value::TensorType(tensor)) = info.r#type.as_mut().and_then(|r#type| r#type.value.as_mut()) {
            widen_type(&mut tensor.elem_type);
        }
    }
    for node in &mut graph.node {
        let is_cast = node.op_type == "Cast";
        for attribute in &mut node.attribute {
            widen_attribute(attribute, is_cast);
        }
    }
}

fn widen_attribute(attribute: &mut AttributeProto, is_cast: bool) {
    if let Some(tensor) = &mut attribute.t {
        widen_tensor(tensor);
    }
    if is_cast && attribute.name == "to" && attribute.i == DataType::Float16 as i64 {
        attribute.i = DataType::Float as i64;
    }
}

fn widen_type(data_type: &mut i32) {
    if *data_type == DataType::Float16 as i32 {
        *data_type = DataType::Float as i32;
    }
}

fn widen_tensor(tensor: &mut TensorProto) {
    if tensor.data_type != DataType::Float16 as i32 {
        return;
    }
    widen_type(&mut tensor.data_type);
    let raw = std::mem::take(&mut tensor.raw_data);
    let short = raw.as_chunks().0.iter().map(|&bytes| u16::from_le_bytes(bytes));
    // Without raw data, ONNX keeps the bits of half floats in whole numbers.
    let kept = std::mem::take(&mut tensor.int32_data);
    let bits = short.chain(kept.into_iter().map(|bits| bits as u16));
    tensor.float_data = bits.map(|bits| f16::from_bits(bits).to_f32()).collect();
}
